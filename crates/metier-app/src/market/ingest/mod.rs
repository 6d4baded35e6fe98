//! Reading many postings into counts: on all cores, in bounded memory, going on after a stop.
//!
//! Two passes over the files: one compares all postings and finds the reposts, one counts those that stay.
//! After every so many postings what is done is put on disk beside how far it is, so a run that was killed
//! goes on from there, and what comes out is the same to the byte.

mod disk;
mod reading;
mod run;

use std::path::{Path, PathBuf};

use metier_market::concept::Concepts;
use metier_market::count::{Counts, DamagedDocument};
use metier_market::duplicate::Summary;
use serde::{Deserialize, Serialize};

use self::disk::{failed, put_away, whole};
use self::reading::{Counting, Place};
use self::run::{Progress, Run};
use super::demand::{COUNTS_FILE, market_folder};
use super::files::{Columns, Listed, listed};
use crate::error::AppError;

/// The file of reposts left out, beside the counts.
pub const REPOSTS_FILE: &str = "reposts.csv";

/// What is read, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ingest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// What the fields are called.
    pub columns: Columns,
    /// Whether reposts are counted once.
    pub once: bool,
    /// Postings after which what is done is put on disk.
    pub save_after: u64,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Files are looked for, and read for their digests.
    Files,
    /// Postings are compared.
    Comparing,
    /// Reposts are told apart.
    Reposts,
    /// Postings are counted.
    Counting,
}

/// How far it is.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// What is being done.
    pub stage: Stage,
    /// The file.
    pub file: &'a Path,
    /// Postings done in this stage.
    pub postings: u64,
}

/// What came of an ingest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ingested {
    /// What was counted.
    #[serde(flatten)]
    pub counted: Counted,
    /// Whether it went on from an earlier run.
    pub went_on: bool,
    /// What comparing gave; absent where reposts were not looked for.
    pub compared: Option<Summary>,
    /// Where the counts are.
    pub counts: PathBuf,
    /// Where the list of reposts is.
    pub reposts: Option<PathBuf>,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counted {
    /// Files read.
    pub files: usize,
    /// Files left out, for another has the same contents: the one left out, the one read.
    pub same: Vec<(PathBuf, PathBuf)>,
    /// Postings counted.
    pub postings: u64,
    /// Concepts that any of them mentions.
    pub concepts: usize,
    /// Documents that could not be read.
    pub damaged: u64,
    /// The first of them.
    pub damaged_listed: Vec<DamagedDocument>,
}

impl Counted {
    fn of(counts: &Counts, listed: &Listed) -> Self {
        Self {
            files: listed.files.len(),
            same: listed.same.clone(),
            postings: counts.total(),
            concepts: counts.concepts().count(),
            damaged: counts.unread(),
            damaged_listed: counts.damaged().cloned().collect(),
        }
    }
}

/// Counts files, with nothing left out and nothing kept beside the counts. What was trained in the home reads
/// along.
///
/// # Errors
/// When a file cannot be opened, or what was trained is damaged.
pub fn count_files(
    home: &Path,
    paths: &[PathBuf],
    columns: &Columns,
    concepts: &Concepts,
    mut seen: impl FnMut(Step<'_>),
) -> Result<(Counts, Counted), AppError> {
    // Standard input is held in a file of this process, for its digest.
    let held = std::env::temp_dir().join(format!("metier-held-{}", std::process::id()));
    let counted = listed(paths, &held, |file| seen(files_step(file)))
        .and_then(|listed| counted(home, &listed, columns, concepts, &mut seen));
    if held.exists() {
        std::fs::remove_file(&held).map_err(|e| failed(&held, &e))?;
    }
    counted
}

fn counted(
    home: &Path,
    listed: &Listed,
    columns: &Columns,
    concepts: &Concepts,
    seen: &mut impl FnMut(Step<'_>),
) -> Result<(Counts, Counted), AppError> {
    let reading = Counting::new(home, concepts)?;
    let mut counts = Counts::new(reading.detector.method());
    let begin = (&Place::default(), 0);
    reading.pass(listed, &columns.options(), begin, None, &mut counts, |counted| {
        seen(Step {
            stage: Stage::Counting,
            file: counted.file,
            postings: counted.postings,
        });
        Ok(())
    })?;
    counts.name(concepts);
    let counted = Counted::of(&counts, listed);
    Ok((counts, counted))
}

fn files_step(file: &Path) -> Step<'_> {
    Step {
        stage: Stage::Files,
        file,
        postings: 0,
    }
}

/// Reads postings into the home's counts, in place of those there. Goes on where an earlier run of the same
/// stopped.
///
/// # Errors
/// When a file or the home cannot be used, or an unfinished run of something else is there and `anew` is
/// not said.
pub fn ingest(
    home: &Path,
    asked: &Ingest,
    concepts: &Concepts,
    anew: bool,
    mut seen: impl FnMut(Step<'_>),
) -> Result<Ingested, AppError> {
    let market = market_folder(home);
    let folder = market.join("unfinished");
    let done = market.join("done");
    if anew {
        put_away(&folder, &done)?;
    }
    put_away(&done, &done)?;
    std::fs::create_dir_all(&folder).map_err(|e| failed(&folder, &e))?;
    let reading = Counting::new(home, concepts)?;
    let run = Run::begin(folder, asked, reading.detector.method(), &mut seen)?;
    let went_on = run.load()?;
    let mut at = match &went_on {
        Some(at) => at.clone(),
        None if asked.once => Progress::begin(Stage::Comparing),
        None => Progress::begin(Stage::Counting),
    };
    if at.stage == Stage::Comparing {
        at = run.compare(at, &mut seen)?;
    }
    let compared = at.compared;
    let counts = run.count(&reading, at, concepts, &mut seen)?;
    let counted = Counted::of(&counts, &run.plan.listed);
    let to = market.join(COUNTS_FILE);
    whole(&to, counts.to_text().as_bytes())?;
    let reposts = market.join(REPOSTS_FILE);
    let made = run.folder.join(REPOSTS_FILE);
    if asked.once {
        // A run that was killed right here has moved it already.
        if made.exists() {
            std::fs::rename(&made, &reposts).map_err(|e| failed(&reposts, &e))?;
        }
    } else if reposts.exists() {
        // It is of the counts that were there before.
        std::fs::remove_file(&reposts).map_err(|e| failed(&reposts, &e))?;
    }
    put_away(&run.folder, &done)?;
    Ok(Ingested {
        counted,
        went_on: went_on.is_some(),
        compared,
        counts: to,
        reposts: asked.once.then_some(reposts),
    })
}
