//! Collecting sketches, then finding who is a repost of whom.

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::disk::{Reader, Writer};
use super::sorted::Sorter;
use super::{Rule, Sketch, jaccard};

/// Numbers held in memory while sorting: 32 MB.
const HELD: usize = 1 << 21;
/// The first of a band's documents with which each later one is compared.
const FIRST: usize = 16;

/// Why reposts could not be found.
#[derive(Debug, thiserror::Error)]
pub enum DuplicateError {
    /// The folder failed.
    #[error("the working folder {} cannot be used: {source}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// How.
        source: io::Error,
    },
    /// More documents than can be told apart.
    #[error("more than 4,294,967,295 postings cannot be compared at once; take them in parts")]
    TooMany,
}

/// Whose sketch it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The place of the file in the caller's list.
    pub file: u32,
    /// Which document of the file, from 1.
    pub document: u64,
    pub(super) day: u32,
}

impl Entry {
    /// A document of a file, posted on this day if that is known.
    pub fn new(file: u32, document: u64, date: Option<Date>) -> Self {
        // Ascending in time, from year -9999 on; undated ones come behind all.
        let day = date.map_or(u32::MAX, |d| {
            let year = u32::from(d.year().saturating_add(10_000).unsigned_abs());
            (year * 12 + u32::from(d.month().unsigned_abs())) * 32 + u32::from(d.day().unsigned_abs())
        });
        Self { file, document, day }
    }
}

/// A repost that is not counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropped {
    /// What is left out.
    pub dropped: Entry,
    /// What stays in its place.
    pub kept: Entry,
    /// Their exact Jaccard index.
    pub similarity: f64,
}

/// How far a collection is, to go on from after a stop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    documents: u32,
    bytes: u64,
    runs: usize,
}

impl State {
    /// How many documents it holds.
    pub fn documents(self) -> u32 {
        self.documents
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Documents looked at.
    pub documents: u64,
    /// Pairs compared exactly at most: candidates.
    pub candidates: u64,
    /// Reposts left out.
    pub dropped: u64,
}

/// Which documents are left out, a bit each, in the order they were collected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(Vec<u8>);

impl Marks {
    /// The bits as bytes, to be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// From bytes that were kept.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Whether this document is left out.
    pub fn is_dropped(&self, number: u64) -> bool {
        usize::try_from(number / 8)
            .ok()
            .and_then(|place| self.0.get(place))
            .is_some_and(|byte| byte >> (number % 8) & 1 == 1)
    }

    fn mark(&mut self, number: u32) {
        if let Some(byte) = self.0.get_mut(number as usize / 8) {
            *byte |= 1 << (number % 8);
        }
    }
}

/// Takes sketches in the order of reading and keeps them in a folder.
#[derive(Debug)]
pub struct Collector {
    folder: PathBuf,
    sets: Writer,
    bands: Sorter,
}

impl Collector {
    /// Goes on where `state` says, in a folder of its own; [`State::default`] begins.
    ///
    /// # Errors
    /// When the folder cannot be written, or holds less than the state says.
    pub fn after(folder: &Path, state: State) -> Result<Self, DuplicateError> {
        let opened = std::fs::create_dir_all(folder)
            .and_then(|()| Writer::after(folder, state.documents, state.bytes));
        Ok(Self {
            folder: folder.to_owned(),
            sets: opened.map_err(|e| failed(folder, e))?,
            bands: Sorter::after(folder, "bands", HELD, state.runs),
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn add(&mut self, sketch: &Sketch, entry: Entry) -> Result<(), DuplicateError> {
        let number = self
            .sets
            .add(&sketch.set, entry)
            .map_err(|e| failed(&self.folder, e))?
            .ok_or(DuplicateError::TooMany)?;
        for &band in &sketch.bands {
            let record = u128::from(band) << 64 | u128::from(rank(entry.day, number));
            self.bands.push(record).map_err(|e| failed(&self.folder, e))?;
        }
        Ok(())
    }

    /// Puts everything on disk, and says how to go on from here.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&mut self) -> Result<State, DuplicateError> {
        let written = self.sets.flush().and_then(|sets| Ok((sets, self.bands.flush()?)));
        let ((documents, bytes), runs) = written.map_err(|e| failed(&self.folder, e))?;
        Ok(State {
            documents,
            bytes,
            runs,
        })
    }

    /// Finds the reposts: each is handed to `dropped`, in the order of time. May be called again on the same
    /// folder and gives the same.
    ///
    /// # Errors
    /// When the folder fails, or what `dropped` answers.
    pub fn finish(
        mut self,
        rule: &Rule,
        dropped: impl FnMut(Dropped) -> io::Result<()>,
    ) -> Result<(Marks, Summary), DuplicateError> {
        let state = self.save()?;
        let folder = self.folder.clone();
        self.find(rule, state, dropped).map_err(|e| failed(&folder, e))
    }

    fn find(
        self,
        rule: &Rule,
        state: State,
        mut dropped: impl FnMut(Dropped) -> io::Result<()>,
    ) -> io::Result<(Marks, Summary)> {
        let candidates = candidates(&self.folder, self.bands)?;
        let mut marks = Marks(vec![0; (state.documents as usize).div_ceil(8)]);
        let mut summary = Summary {
            documents: u64::from(state.documents),
            ..Summary::default()
        };
        let mut sets = Reader::open(&self.folder)?;
        let (mut later_set, mut earlier_set) = (Vec::new(), Vec::new());
        let mut held = None;
        for pair in candidates {
            let (later, earlier) = numbers(pair?);
            summary.candidates += 1;
            if marks.is_dropped(u64::from(later)) || marks.is_dropped(u64::from(earlier)) {
                continue;
            }
            let line = match held {
                Some((number, line)) if number == later => line,
                _ => {
                    let line = sets.line(later)?;
                    sets.set(line, &mut later_set)?;
                    held = Some((later, line));
                    line
                }
            };
            let other = sets.line(earlier)?;
            let (short, long) = (line.length.min(other.length), line.length.max(other.length));
            // Two sets cannot be more alike than their sizes.
            if f64::from(short) < rule.least * f64::from(long) {
                continue;
            }
            sets.set(other, &mut earlier_set)?;
            let similarity = jaccard(&later_set, &earlier_set);
            if similarity >= rule.least {
                marks.mark(later);
                summary.dropped += 1;
                dropped(Dropped {
                    dropped: line.entry,
                    kept: other.entry,
                    similarity,
                })?;
            }
        }
        Ok((marks, summary))
    }
}

/// Who comes first: by day, then by the order of reading.
fn rank(day: u32, number: u32) -> u64 {
    u64::from(day) << 32 | u64::from(number)
}

/// The numbers of the later and of the earlier one of a pair of ranks.
#[allow(clippy::cast_possible_truncation, reason = "the lower halves are meant")]
fn numbers(pair: u128) -> (u32, u32) {
    ((pair >> 64) as u32, pair as u32)
}

/// Pairs that share a band, the later rank above the earlier, ascending. Each document of a band is paired
/// with the band's first [`FIRST`], so that ten thousand equal ones do not make fifty million pairs: those
/// are all pairs with the one that stays.
fn candidates(folder: &Path, bands: Sorter) -> io::Result<super::sorted::Merged> {
    let mut pairs = Sorter::after(folder, "pairs", HELD, 0);
    let mut first: Vec<u64> = Vec::with_capacity(FIRST);
    let mut band = None;
    for record in bands.merged()? {
        let record = record?;
        #[allow(clippy::cast_possible_truncation, reason = "both halves are meant")]
        let (of, rank) = ((record >> 64) as u64, record as u64);
        if band != Some(of) {
            band = Some(of);
            first.clear();
        }
        for &earlier in &first {
            pairs.push(u128::from(rank) << 64 | u128::from(earlier))?;
        }
        if first.len() < FIRST {
            first.push(rank);
        }
    }
    pairs.merged()
}

fn failed(folder: &Path, source: io::Error) -> DuplicateError {
    DuplicateError::Folder {
        folder: folder.to_owned(),
        source,
    }
}
