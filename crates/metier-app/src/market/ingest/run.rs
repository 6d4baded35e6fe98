//! A run in its folder: what it began with, how far it is, and its two passes.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use metier_market::concept::Concepts;
use metier_market::count::Counts;
use metier_market::duplicate::{Collector, Dropped, Entry, Marks, Rule, State, Summary};
use metier_market::read::Read;
use serde::{Deserialize, Serialize};

use super::super::demand::counts_of;
use super::super::files::{Listed, listed};
use super::disk::{failed, machine, read_json, whole, write_json};
use super::reading::{Counting, Place, over_files};
use super::{Ingest, REPOSTS_FILE, Stage, Step, files_step};
use crate::error::AppError;

/// What a run began with: another one cannot go on from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Plan {
    pub asked: Ingest,
    pub method: u64,
    pub listed: Listed,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Progress {
    pub stage: Stage,
    /// Where to go on.
    pub place: Place,
    /// Postings of the stage that are done.
    pub postings: u64,
    pub collected: State,
    pub compared: Option<Summary>,
    /// The counts so far are in the file of this number.
    pub saved: u64,
}

impl Progress {
    pub(super) fn begin(stage: Stage) -> Self {
        Self {
            stage,
            place: Place::default(),
            postings: 0,
            collected: State::default(),
            compared: None,
            saved: 0,
        }
    }
}

/// A run in its folder.
pub(super) struct Run {
    pub folder: PathBuf,
    pub plan: Plan,
}

impl Run {
    pub(super) fn begin(
        folder: PathBuf,
        asked: &Ingest,
        method: u64,
        seen: &mut impl FnMut(Step<'_>),
    ) -> Result<Self, AppError> {
        let path = folder.join("plan.json");
        if let Some(there) = read_json::<Plan>(&path)? {
            let same = there.asked == *asked && there.method == method;
            let unchanged = there.listed.files.iter().all(|file| {
                let place = file.held.as_ref().unwrap_or(&file.path);
                std::fs::metadata(place).is_ok_and(|about| about.len() == file.bytes)
            });
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
            listed: listed(&asked.paths, &folder.join("held"), |file| seen(files_step(file)))?,
        };
        write_json(&path, &plan)?;
        Ok(Self { folder, plan })
    }

    pub(super) fn load(&self) -> Result<Option<Progress>, AppError> {
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
    pub(super) fn compare(
        &self,
        mut at: Progress,
        seen: &mut impl FnMut(Step<'_>),
    ) -> Result<Progress, AppError> {
        let rule = Rule::usual()?;
        let work = self.folder.join("compared");
        let mut collector = Collector::after(&work, at.collected).map_err(|e| machine(&e))?;
        let save_after = self.plan.asked.save_after.max(1);
        let mut unsaved = 0;
        let begin = at.place.clone();
        let options = self.plan.asked.columns.options();
        let sketched = |(): &mut (), number: u32, reads: &mut dyn Iterator<Item = Read>| {
            reads
                .filter_map(|read| match read {
                    Read::Posting(posting) => {
                        let entry = Entry::new(number, posting.origin.document, posting.date);
                        Some((rule.sketch(&posting.text), entry))
                    }
                    Read::Damaged(_) => None,
                })
                .collect::<Vec<_>>()
        };
        over_files(
            &self.plan.listed,
            &options,
            &begin,
            || (),
            sketched,
            |done| {
                at.place = done.behind;
                unsaved += done.made.len() as u64;
                at.postings += done.made.len() as u64;
                for (sketch, entry) in &done.made {
                    collector.add(sketch, *entry).map_err(|e| machine(&e))?;
                }
                if unsaved >= save_after {
                    unsaved = 0;
                    at.collected = collector.save().map_err(|e| machine(&e))?;
                    self.save(&at)?;
                }
                seen(Step {
                    stage: Stage::Comparing,
                    file: self.file(done.file),
                    postings: at.postings,
                });
                Ok(())
            },
        )?;
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
    pub(super) fn count(
        &self,
        reading: &Counting,
        mut at: Progress,
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
            counts_of(&self.saved(at.saved))?
        } else {
            Counts::new(self.plan.method)
        };
        counts.tighten(&reading.thresholds);
        let begin = (at.place.clone(), at.postings);
        let save_after = self.plan.asked.save_after.max(1);
        let mut unsaved = at.postings;
        reading.pass(
            &self.plan.listed,
            &self.plan.asked.columns.options(),
            (&begin.0, begin.1),
            marks.as_ref(),
            &mut counts,
            |counted| {
                seen(Step {
                    stage: Stage::Counting,
                    file: counted.file,
                    postings: counted.postings,
                });
                if counted.postings - unsaved < save_after {
                    return Ok(());
                }
                unsaved = counted.postings;
                at.place = counted.behind;
                at.postings = counted.postings;
                at.saved += 1;
                counted.counts.name(concepts);
                whole(&self.saved(at.saved), counted.counts.to_text().as_bytes())?;
                self.save(&at)?;
                // The one before is not needed; when it stays, nothing is lost but room.
                let _ = std::fs::remove_file(self.saved(at.saved - 1));
                Ok(())
            },
        )?;
        counts.name(concepts);
        Ok(counts)
    }
}
