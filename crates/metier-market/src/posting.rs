//! A posting: one advert for work, read from whatever held it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One advert.
///
/// Only the text is certain. Everything else is there where the source said so, and absent where not:
/// a posting without a date counts as undated and is never given one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Where it was read.
    pub origin: Origin,
    /// The identifier its source gives it.
    pub id: Option<String>,
    /// What the work is called.
    pub title: Option<String>,
    /// Who asks.
    pub employer: Option<String>,
    /// Where the work is.
    pub place: Option<String>,
    /// The day it was posted.
    pub date: Option<Date>,
    /// The occupation's code as the source gives it: of ESCO, ISCO or O*NET.
    pub occupation: Option<String>,
    /// Where it stands on the web, where linked data says so; http or https.
    #[serde(default)]
    pub link: Option<String>,
    /// What it says, without mark-up and without what stands around an advert on a page.
    pub text: String,
    /// Where stretches of the text stood in the source, ascending by `at`; empty where the text is the
    /// source's own, byte for byte.
    pub stretches: Vec<Stretch>,
}

/// Where a posting was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The file, as it was named; "-" for standard input.
    pub file: String,
    /// Which document of the file, from 1: the line, the row, the posting of a page.
    pub document: u64,
}

/// A stretch of a posting's text that stands in one piece in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Byte offset in [`Posting::text`] where it begins.
    pub at: u32,
    /// Byte offset in the source document where it begins.
    pub source: u32,
}

impl Posting {
    /// The byte offset in the source document of a byte of the text; inside a replaced stretch (an
    /// entity) the nearest place before it that is exact.
    pub fn source_offset(&self, at: u32) -> u32 {
        match self.stretches.partition_point(|s| s.at <= at).checked_sub(1) {
            Some(before) => {
                let stretch = self.stretches[before];
                stretch.source + (at - stretch.at)
            }
            None => at,
        }
    }
}
