//! Reading many postings into counts: on all cores, in bounded memory, going on after a stop.
//!
//! Two passes over the files: one compares all postings and finds the reposts, one counts those that stay.
//! After every so many postings what is done is put on disk beside how far it is, so a run that was killed
//! goes on from there, and what comes out is the same to the byte.

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use metier_market::concept::Concepts;
use metier_market::count::{self, Counts, DamagedDocument, PostingRead, Thresholds};
use metier_market::detect::Detector;
use metier_market::duplicate::{Collector, Dropped, Entry, Marks, Rule, Sketch, State, Summary};
use metier_market::posting::Origin;
use metier_market::stream;
use serde::{Deserialize, Serialize};

use super::demand::{COUNTS_FILE, market_folder};
use super::files::{Columns, FileSeen, Listed, cannot, listed};
use super::lines::{Block, Blocks, posting};
use crate::error::{AppError, Kind};

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

/// What a run began with: another one cannot go on from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Plan {
    asked: Ingest,
    method: u64,
    listed: Listed,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Progress {
    stage: Stage,
    /// Where to go on: this file, behind so many of its documents.
    file: usize,
    documents: u64,
    /// Postings of the stage that are done.
    postings: u64,
    collected: State,
    compared: Option<Summary>,
    /// The counts so far are in the file of this number.
    saved: u64,
}

impl Progress {
    fn begin(stage: Stage) -> Self {
        Self {
            stage,
            file: 0,
            documents: 0,
            postings: 0,
            collected: State::default(),
            compared: None,
            saved: 0,
        }
    }
}

/// Counts files, with nothing left out and nothing kept beside the counts.
///
/// # Errors
/// When a file cannot be opened.
pub fn count_files(
    paths: &[PathBuf],
    columns: &Columns,
    concepts: &Concepts,
    mut seen: impl FnMut(Step<'_>),
) -> Result<(Counts, Counted), AppError> {
    let listed = listed(paths, |file| seen(files_step(file)))?;
    let reading = Counting::new(concepts);
    let mut counts = Counts::new(reading.detector.method());
    let begin = Progress::begin(Stage::Counting);
    reading.pass(
        &listed,
        columns,
        &begin,
        None,
        &mut counts,
        |_, postings, file, _| {
            seen(Step {
                stage: Stage::Counting,
                file,
                postings,
            });
            Ok(())
        },
    )?;
    counts.name(concepts);
    let counted = Counted::of(&counts, &listed);
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
    let reading = Counting::new(concepts);
    let run = Run::begin(folder, asked, reading.detector.method(), &mut seen)?;
    let went_on = run.load()?;
    let mut at = match &went_on {
        Some(at) => *at,
        None if asked.once => Progress::begin(Stage::Comparing),
        None => Progress::begin(Stage::Counting),
    };
    if at.stage == Stage::Comparing {
        at = run.compare(at, &mut seen)?;
    }
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
        compared: at.compared,
        counts: to,
        reposts: asked.once.then_some(reposts),
    })
}

/// Removes a folder, if it is there, in a way that leaves no half of it under its name.
fn put_away(folder: &Path, done: &Path) -> Result<(), AppError> {
    if !folder.exists() {
        return Ok(());
    }
    if folder != done {
        std::fs::rename(folder, done).map_err(|e| failed(folder, &e))?;
    }
    std::fs::remove_dir_all(done).map_err(|e| failed(done, &e))
}

/// A run in its folder.
struct Run {
    folder: PathBuf,
    plan: Plan,
}

impl Run {
    fn begin(
        folder: PathBuf,
        asked: &Ingest,
        method: u64,
        seen: &mut impl FnMut(Step<'_>),
    ) -> Result<Self, AppError> {
        let path = folder.join("plan.json");
        if let Some(there) = read_json::<Plan>(&path)? {
            let same = there.asked == *asked && there.method == method;
            let unchanged = there
                .listed
                .files
                .iter()
                .all(|file| std::fs::metadata(&file.path).is_ok_and(|about| about.len() == file.bytes));
            if !same || !unchanged {
                let why = if same {
                    "a file of it has changed"
                } else {
                    "it reads something else"
                };
                return Err(
                    AppError::not_ready(format!("an earlier run is not finished, and {why}"))
                        .hint("Run it again as it was to go on, or begin anew with --anew."),
                );
            }
            return Ok(Self { folder, plan: there });
        }
        let plan = Plan {
            asked: asked.clone(),
            method,
            listed: listed(&asked.paths, |file| seen(files_step(file)))?,
        };
        write_json(&path, &plan)?;
        Ok(Self { folder, plan })
    }

    fn load(&self) -> Result<Option<Progress>, AppError> {
        read_json(&self.folder.join("progress.json"))
    }

    fn save(&self, at: &Progress) -> Result<(), AppError> {
        write_json(&self.folder.join("progress.json"), at)
    }

    fn file(&self, number: u32) -> &Path {
        let file = self.plan.listed.files.get(number as usize);
        file.map_or(Path::new(""), |f| f.path.as_path())
    }

    /// Compares all postings, and says which are reposts.
    fn compare(&self, at: Progress, seen: &mut impl FnMut(Step<'_>)) -> Result<Progress, AppError> {
        let rule = Rule::usual()?;
        let work = self.folder.join("compared");
        let mut at = at;
        let mut collector = Collector::after(&work, at.collected).map_err(|e| machine(&e))?;
        let save_after = self.plan.asked.save_after.max(1);
        let mut unsaved = 0;
        let columns = &self.plan.asked.columns;
        let sketched = |number: u32, file: &FileSeen, block: Block| -> Piece<Vec<(Sketch, Entry)>> {
            let (first, documents) = (block.first, block.lines.len() as u64);
            let sketches = (first..)
                .zip(block.lines)
                .filter_map(|(document, line)| {
                    let read = posting(line, origin(file, document), columns)?.ok()?;
                    Some((rule.sketch(&read.text), Entry::new(number, document, read.date)))
                })
                .collect();
            Piece {
                file: number,
                behind: first + documents - 1,
                made: sketches,
            }
        };
        over_files(&self.plan.listed, at.file, at.documents, sketched, |piece| {
            (at.file, at.documents) = (piece.file as usize, piece.behind);
            unsaved += piece.made.len() as u64;
            at.postings += piece.made.len() as u64;
            for (sketch, entry) in &piece.made {
                collector.add(sketch, *entry).map_err(|e| machine(&e))?;
            }
            if unsaved >= save_after {
                unsaved = 0;
                at.collected = collector.save().map_err(|e| machine(&e))?;
                self.save(&at)?;
            }
            seen(Step {
                stage: Stage::Comparing,
                file: self.file(piece.file),
                postings: at.postings,
            });
            Ok(())
        })?;
        seen(Step {
            stage: Stage::Reposts,
            file: &work,
            postings: at.postings,
        });
        let (marks, summary) = self.reposts(collector, &rule)?;
        whole(&self.folder.join("marks"), marks.bytes())?;
        let mut next = Progress::begin(Stage::Counting);
        next.compared = Some(summary);
        self.save(&next)?;
        // What was compared is not needed any more, and may be as large as the postings.
        std::fs::remove_dir_all(&work).map_err(|e| failed(&work, &e))?;
        Ok(next)
    }

    fn reposts(&self, collector: Collector, rule: &Rule) -> Result<(Marks, Summary), AppError> {
        let path = self.folder.join(REPOSTS_FILE);
        let file = std::fs::File::create(&path).map_err(|e| failed(&path, &e))?;
        let mut out = BufWriter::new(file);
        let named = |number: u32| self.file(number).display().to_string().replace('"', "\"\"");
        let head = b"left_out_file,left_out_document,kept_file,kept_document,similarity\r\n";
        out.write_all(head).map_err(|e| failed(&path, &e))?;
        let found = collector.finish(rule, |d: Dropped| {
            let (gone, kept) = (named(d.dropped.file), named(d.kept.file));
            let (at, of) = (d.dropped.document, d.kept.document);
            write!(out, "\"{gone}\",{at},\"{kept}\",{of},{}\r\n", d.similarity)
        });
        let found = found.map_err(|e| machine(&e))?;
        out.flush().map_err(|e| failed(&path, &e))?;
        Ok(found)
    }

    fn saved(&self, number: u64) -> PathBuf {
        self.folder.join(format!("counts-{number}"))
    }

    /// Counts the postings that stay.
    fn count(
        &self,
        reading: &Counting,
        at: Progress,
        concepts: &Concepts,
        seen: &mut impl FnMut(Step<'_>),
    ) -> Result<Counts, AppError> {
        let marks = if self.plan.asked.once {
            let path = self.folder.join("marks");
            Some(Marks::from_bytes(
                std::fs::read(&path).map_err(|e| failed(&path, &e))?,
            ))
        } else {
            None
        };
        let mut counts = if at.saved > 0 {
            let path = self.saved(at.saved);
            super::demand::counts_of(&path)?
        } else {
            Counts::new(self.plan.method)
        };
        counts.tighten(&reading.thresholds);
        let (mut at, begun) = (at, at);
        let save_after = self.plan.asked.save_after.max(1);
        let mut unsaved = begun.postings;
        let pass = |counts: &mut Counts, postings: u64, file: &Path, place: (usize, u64)| {
            seen(Step {
                stage: Stage::Counting,
                file,
                postings,
            });
            if postings - unsaved < save_after {
                return Ok(());
            }
            unsaved = postings;
            (at.file, at.documents) = place;
            at.postings = postings;
            at.saved += 1;
            counts.name(concepts);
            whole(&self.saved(at.saved), counts.to_text().as_bytes())?;
            self.save(&at)?;
            // The one before is not needed; when it stays, nothing is lost but room.
            let _ = std::fs::remove_file(self.saved(at.saved - 1));
            Ok(())
        };
        let columns = &self.plan.asked.columns;
        reading.pass(
            &self.plan.listed,
            columns,
            &begun,
            marks.as_ref(),
            &mut counts,
            pass,
        )?;
        counts.name(concepts);
        Ok(counts)
    }
}

/// What reads postings for counting.
struct Counting {
    detector: Detector,
    thresholds: Thresholds,
}

/// A document that was read for counting.
enum Document {
    Posting(Box<PostingRead>),
    /// A repost: nothing was looked for in it.
    Damaged(DamagedDocument),
    /// It can be read; whether it counts is known in order only.
    Blank,
}

impl Counting {
    fn new(concepts: &Concepts) -> Self {
        Self {
            detector: Detector::new(concepts),
            thresholds: Thresholds::new(concepts.len()),
        }
    }

    /// Counts every posting from `at` on but those marked, and calls `after` behind each block: with the
    /// counts, the postings read so far, the file and the place to go on from.
    fn pass(
        &self,
        listed: &Listed,
        columns: &Columns,
        at: &Progress,
        marks: Option<&Marks>,
        counts: &mut Counts,
        mut after: impl FnMut(&mut Counts, u64, &Path, (usize, u64)) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        for file in &listed.files {
            counts.note(&file.digest, &file.path.display().to_string());
        }
        let mut postings = at.postings;
        let read = |number: u32, file: &FileSeen, block: Block| -> Piece<Vec<Document>> {
            let (first, documents) = (block.first, block.lines.len() as u64);
            let made = (first..)
                .zip(block.lines)
                .map(|(document, line)| {
                    let origin = origin(file, document);
                    match posting(line, origin.clone(), columns) {
                        None => Document::Blank,
                        Some(Ok(posting)) => {
                            let read = count::read(&self.detector, &posting, &self.thresholds);
                            Document::Posting(Box::new(read))
                        }
                        Some(Err(why)) => Document::Damaged(DamagedDocument { origin, why }),
                    }
                })
                .collect();
            Piece {
                file: number,
                behind: first + documents - 1,
                made,
            }
        };
        over_files(listed, at.file, at.documents, read, |piece| {
            let Some(file) = listed.files.get(piece.file as usize) else {
                return Ok(());
            };
            for document in piece.made {
                match document {
                    Document::Blank => {}
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
            after(counts, postings, &file.path, (piece.file as usize, piece.behind))
        })
    }
}

fn origin(file: &FileSeen, document: u64) -> Origin {
    Origin {
        file: file.path.display().to_string(),
        document,
    }
}

/// What was made of a block.
struct Piece<M> {
    file: u32,
    /// The last document of it.
    behind: u64,
    made: M,
}

/// Works on all blocks of the files on all cores, from a place on, and takes what is made in order.
fn over_files<M: Send>(
    listed: &Listed,
    file: usize,
    behind: u64,
    work: impl Fn(u32, &FileSeen, Block) -> Piece<M> + Sync,
    mut take: impl FnMut(Piece<M>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let mut opened: Option<(usize, Blocks)> = None;
    let (mut next_file, mut skip) = (file, behind);
    let mut unreadable = None;
    let next = || loop {
        if let Some((number, blocks)) = &mut opened {
            if let Some(block) = blocks.next() {
                return Some((*number, block));
            }
            opened = None;
        }
        let file = listed.files.get(next_file)?;
        match Blocks::open(&file.path, std::mem::take(&mut skip)) {
            Ok(blocks) => opened = Some((next_file, blocks)),
            Err(error) => {
                unreadable = Some(cannot(&file.path, &error));
                return None;
            }
        }
        next_file += 1;
    };
    let broke = stream::in_order(
        stream::cores(),
        next,
        |(number, block): (usize, Block)| {
            // There are at most a million files.
            let short = u32::try_from(number).unwrap_or(u32::MAX);
            work(short, &listed.files[number], block)
        },
        |piece| match take(piece) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        },
    );
    broke.or(unreadable).map_or(Ok(()), Err)
}

fn read_json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Option<T>, AppError> {
    match std::fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| {
            AppError::new(Kind::Damaged, format!("{} cannot be read: {e}", path.display()))
                .hint("Begin anew with --anew.")
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed(path, &e)),
    }
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), AppError> {
    let bytes = serde_json::to_vec(value).map_err(|e| AppError::input(e.to_string()))?;
    whole(path, &bytes)
}

/// Writes a file that is there whole or not at all.
fn whole(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let unfinished = path.with_extension("unfinished");
    let written = std::fs::File::create(&unfinished).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_data()?;
        std::fs::rename(&unfinished, path)
    });
    written.map_err(|e| failed(path, &e))
}

fn failed(path: &Path, error: &std::io::Error) -> AppError {
    AppError::new(
        Kind::Machine,
        format!("{} cannot be written: {error}", path.display()),
    )
}

fn machine(error: &dyn std::fmt::Display) -> AppError {
    AppError::new(Kind::Machine, error.to_string()).hint("Nothing is lost: run it again to go on.")
}
