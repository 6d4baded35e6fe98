//! Files to postings to what each adds, on all cores, taken in the order of the files.

use std::ops::ControlFlow;
use std::path::Path;

use metier_market::concept::Concepts;
use metier_market::count::{self, Counts, DamagedDocument, PostingRead, Thresholds};
use metier_market::detect::{Detector, Parts};
use metier_market::duplicate::Marks;
use metier_market::read::{Options, Piece, Position, Read, What, pieces};
use metier_market::stream;
use serde::{Deserialize, Serialize};

use super::super::files::{FileSeen, Listed, cannot};
use super::super::trained::trained;
use crate::error::{AppError, Kind};

/// Where reading goes on: in this file, from there on; at its beginning where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub file: usize,
    pub from: Option<Position>,
}

/// What was made of a piece.
pub(super) struct Done<M> {
    pub file: u32,
    /// Where reading goes on behind it.
    pub behind: Place,
    pub made: M,
}

/// Works on all pieces of the files on all cores, from a place on, and takes what is made in order.
///
/// `kept` is what each thread keeps at hand; `work` sees it, the file's number, and what was read of a piece.
pub(super) fn over_files<S, M: Send>(
    listed: &Listed,
    options: &Options,
    place: &Place,
    kept: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, u32, &mut dyn Iterator<Item = Read>) -> M + Sync,
    mut take: impl FnMut(Done<M>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let mut opened = None;
    let mut next_file = place.file;
    let mut from = place.from.clone();
    let mut unreadable = None;
    let next = || {
        loop {
            if let Some((number, pieces)) = &mut opened {
                if let Some(piece) = Iterator::next(pieces) {
                    return Some((*number, piece));
                }
                opened = None;
            }
            let file = listed.files.get(next_file)?;
            match file.source() {
                Ok(source) => {
                    let options = Options {
                        from: from.take(),
                        ..options.clone()
                    };
                    opened = Some((next_file, pieces([source], options)));
                }
                Err(error) => {
                    unreadable = Some(cannot(&file.path, &error));
                    return None;
                }
            }
            next_file += 1;
        }
    };
    let broke = stream::in_order_with(
        stream::cores(),
        next,
        kept,
        |kept, (number, piece): (usize, Piece)| {
            // There are at most a million files.
            let short = u32::try_from(number).unwrap_or(u32::MAX);
            let behind = piece.behind();
            let mut over = false;
            let mut reads = piece.read().inspect(|read| {
                over |= matches!(read, Read::Damaged(damaged) if damaged.what == What::File);
            });
            let made = work(kept, short, &mut reads);
            drop(reads);
            // Behind what breaks a file off there is nothing, and it is not to be met twice.
            let behind = if over {
                Place {
                    file: number + 1,
                    from: None,
                }
            } else {
                Place {
                    file: number,
                    from: Some(behind),
                }
            };
            Done {
                file: short,
                behind,
                made,
            }
        },
        |done| match take(done) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        },
    );
    broke.or(unreadable).map_or(Ok(()), Err)
}

/// What reads postings for counting.
pub(super) struct Counting {
    pub detector: Detector,
    pub thresholds: Thresholds,
}

/// A document that was read for counting.
enum Document {
    Posting(Box<PostingRead>),
    Damaged(DamagedDocument),
}

/// How far counting is.
pub(super) struct Counted<'a> {
    pub counts: &'a mut Counts,
    /// Postings read so far, reposts among them.
    pub postings: u64,
    pub file: &'a Path,
    pub behind: Place,
}

impl Counting {
    /// Reads for these concepts, with what was trained in the home.
    pub(super) fn new(home: &Path, concepts: &Concepts) -> Result<Self, AppError> {
        let damaged = |e: metier_market::train::TrainedError| AppError::new(Kind::Damaged, e.to_string());
        let parts = trained(home)?
            .as_ref()
            .map(Parts::of)
            .transpose()
            .map_err(damaged)?;
        Ok(Self {
            detector: Detector::with(concepts, parts.unwrap_or_default()).map_err(damaged)?,
            thresholds: Thresholds::new(concepts.len()),
        })
    }

    /// Counts every posting from a place on but those marked, and calls `after` behind each piece. `postings`
    /// are those read before the place.
    pub(super) fn pass(
        &self,
        listed: &Listed,
        options: &Options,
        (place, mut postings): (&Place, u64),
        marks: Option<&Marks>,
        counts: &mut Counts,
        mut after: impl FnMut(Counted<'_>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        for file in &listed.files {
            counts.note(&file.digest, &file.path.display().to_string());
        }
        over_files(
            listed,
            options,
            place,
            || self.detector.detecting(),
            |detecting, _, reads| {
                reads
                    .filter_map(|read| match read {
                        Read::Posting(posting) => Some(Document::Posting(Box::new(count::read_with(
                            detecting,
                            &posting,
                            &self.thresholds,
                        )))),
                        // The posting stands right before it, and counts as undated.
                        Read::Damaged(damaged) if damaged.what == What::Date => None,
                        Read::Damaged(damaged) => Some(Document::Damaged(DamagedDocument {
                            origin: damaged.origin,
                            why: damaged.reason,
                        })),
                    })
                    .collect::<Vec<_>>()
            },
            |done| {
                let Some(file) = listed.files.get(done.file as usize) else {
                    return Ok(());
                };
                for document in done.made {
                    match document {
                        Document::Damaged(damaged) => counts.add_damaged(&file.digest, damaged),
                        Document::Posting(read) => {
                            if marks.is_some_and(|marks| marks.is_dropped(postings)) {
                                counts.leave_out(&file.digest, &read.origin.file);
                            } else {
                                counts.add(&file.digest, *read);
                            }
                            postings += 1;
                        }
                    }
                }
                counts.tighten(&self.thresholds);
                after(Counted {
                    counts: &mut *counts,
                    postings,
                    file: &file.path,
                    behind: done.behind,
                })
            },
        )
    }
}

impl FileSeen {
    /// What it is read from.
    fn source(&self) -> std::io::Result<metier_market::read::Source> {
        use metier_market::read::Source;
        match &self.held {
            None => Ok(Source::path(self.path.clone())),
            Some(held) => {
                let name = self.path.display().to_string();
                Ok(Source::stream(name, std::fs::File::open(held)?))
            }
        }
    }
}
