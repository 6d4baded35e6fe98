//! What employers ask for: postings to mentions to demand.
//!
//! A [`posting::Posting`] is one advert, whatever file it came from. Its text is read word by word
//! ([`text`]) against the names of a [`concept::Concepts`] index ([`dictionary`]); what is found is a
//! [`mention::Mention`] that keeps its place, so that behind every count stand the sentences.
//!
//! Many postings go over all cores ([`stream`]); reposts are found on disk ([`duplicate`]); what is left is
//! counted into files that add up ([`count`]), and a count becomes shares, intervals and tested trends
//! ([`demand`]).
//!
//! Nothing here reads a clock or asks a network. The same postings and the same index give the same
//! mentions on every machine.

pub mod asked;
pub mod concept;
pub mod context;
pub mod count;
pub mod dataset;
pub mod demand;
pub mod detect;
pub mod dictionary;
mod digest;
pub mod duplicate;
pub mod evaluate;
pub mod link;
pub mod mention;
pub mod occupation;
pub mod posting;
pub mod read;
pub mod stream;
pub mod tagger;
pub mod text;
pub mod train;
