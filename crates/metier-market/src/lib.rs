//! What employers ask for: postings to mentions to demand.
//!
//! A [`posting::Posting`] is one advert, whatever file it came from. Its text is read word by word
//! ([`text`]) against the names of a [`concept::Concepts`] index ([`dictionary`]); what is found is a
//! [`mention::Mention`] that keeps its place, so that behind every count stand the sentences.
//!
//! Nothing here reads a clock or asks a network. The same postings and the same index give the same
//! mentions on every machine.

pub mod concept;
pub mod context;
pub mod dataset;
pub mod dictionary;
pub mod evaluate;
pub mod link;
pub mod mention;
pub mod occupation;
pub mod posting;
pub mod read;
pub mod tagger;
pub mod text;
pub mod train;
