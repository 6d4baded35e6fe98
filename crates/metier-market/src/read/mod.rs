//! Every way a posting gets in.
//!
//! A [`Source`] is a folder, a file or a stream. [`pieces`] cuts it into [`Piece`]s of whole documents without
//! understanding them, at the speed of looking for line ends; [`Piece::read`] makes postings of one, and is what
//! several threads share. [`read`] does both in turn. [`pasted`] reads what a person puts into a box, [`clean`]
//! one field.
//!
//! ```no_run
//! use metier_market::read::{Options, Read, Source, read};
//!
//! for read in read([Source::path("adverts")], Options::default()) {
//!     match read {
//!         Read::Posting(posting) => println!("{} {}", posting.origin.file, posting.text.len()),
//!         Read::Damaged(damaged) => eprintln!("{damaged}"),
//!     }
//! }
//! ```
//!
//! What cannot be read is a value like any other: named, with its reason and what to do, and the run goes on.
//! What is held in memory is one block of the file, the document being read, and the window of zstd, at most
//! 128 MiB. Every limit is a field of [`Limits`].
//!
//! Offsets ([`crate::posting::Posting::stretches`]) are those of the document: of the decoded file where it is
//! one posting, of the field's value in a table, a line of JSON or linked data.

mod cut;
mod date;
mod encoding;
mod feed;
mod format;
mod html;
mod input;
mod job_posting;
mod json;
mod options;
mod parquet;
mod pasted;
mod piece;
mod pieces;
mod position;
mod records;
mod row;
mod source;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::date::parse as date;
pub use self::format::Format;
pub use self::html::clean;
pub use self::options::{Limits, Options};
pub use self::pasted::{PASTED, pasted};
pub use self::piece::{Piece, Reads};
pub use self::pieces::{Pieces, pieces};
pub use self::position::Position;
pub use self::row::Field;
pub use self::source::{Source, files};
use crate::posting::{Origin, Posting};

/// What was read: a posting, or something that could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // Nearly every one is a posting.
pub enum Read {
    /// A posting.
    Posting(Posting),
    /// Something that could not be read.
    Damaged(Damaged),
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damaged {
    /// Where; the document is 0 for a file as a whole.
    pub origin: Origin,
    /// How much is lost by it.
    pub what: What,
    /// Why, and what to do.
    pub reason: String,
}

/// How much is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A file or folder, or the rest of it from the document on.
    File,
    /// One document.
    Document,
    /// A date only: the posting was read, right before this, and counts as undated.
    Date,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origin.document {
            0 => write!(f, "{}: {}", self.origin.file, self.reason),
            document => write!(f, "{}, document {document}: {}", self.origin.file, self.reason),
        }
    }
}

/// Reads sources one document after the other, on this thread.
pub fn read(sources: impl IntoIterator<Item = Source>, options: Options) -> Reading {
    Reading {
        pieces: pieces(sources, options),
        current: None,
    }
}

/// The documents of sources in their order.
pub struct Reading {
    pieces: Pieces,
    current: Option<Reads>,
}

impl Iterator for Reading {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        loop {
            if let Some(read) = self.current.as_mut().and_then(Iterator::next) {
                return Some(read);
            }
            self.current = Some(self.pieces.next()?.read());
        }
    }
}
