//! Training of what reads adverts, from a folder of data sets and what the home knows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use metier_market::concept::Concepts;
use metier_market::context::{Marked, Tally, learn};
use metier_market::dataset::{Asked, CodedAdvert, DataSet, Layer, SpanSet};
use metier_market::dictionary::with_short_forms;
use metier_market::evaluate::occupations::{CodeScores, score_codes};
use metier_market::evaluate::{Scores, SpanScores};
use metier_market::link::{self, Report, table::Table};
use metier_market::occupation::{Evidence, Group, Occupation};
use metier_market::read::{Options, Read, Source, read};
use metier_market::tagger::Tagger;
use metier_market::train::{
    LinkingPart, NamesPart, OccupationsPart, Part, Plan, TaggerData, TaggerReport, Trained, TrainedError,
    TrainedTagger, train_tagger,
};
use serde::Serialize;

use super::references::{coded_occupations, esco_only, names_of, static_table};
use super::scored::{Cut, LinkEvaluation, links, names, spans};
use super::sets::{FileTaken, SetFile, Split, Use, sets};
use super::trained::{trained, write_trained};
use crate::error::{AppError, Kind};

/// The most text of postings that is read for which words stand in the same places, in bytes: more gave no
/// more, and the time grows with it (`docs/method/extraction.md`).
const POSTINGS_MAX: usize = 20 << 20;

/// What training is told.
#[derive(Debug, Clone, Default)]
pub struct TrainAsked {
    /// The folder with the data sets.
    pub folder: PathBuf,
    /// Postings to read as plain text; none: those found in the folder.
    pub postings: Vec<PathBuf>,
    /// What all draws follow from.
    pub seed: u64,
}

/// What training did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarketTraining {
    /// The files that were recognised.
    pub files: Vec<FileTaken>,
    /// The seed.
    pub seed: u64,
    /// Which names are trusted, and when; absent: not trained.
    pub names: Option<NamesReport>,
    /// How the tagger's training went; absent: not trained.
    pub tagger: Option<TaggerReport>,
    /// The tagger's scores on the validation sets, all together; absent: there are none.
    pub validation: Option<SpanScores>,
    /// How linking's training went; absent: not trained.
    pub linking: Option<LinkingReport>,
    /// The coder's scores by nested cross-validation; absent: not trained.
    pub occupations: Option<CodeScores>,
    /// The parts that the file holds.
    pub parts: Vec<Part>,
    /// The parts it does not hold.
    pub missing: Vec<Part>,
    /// Why, and what to do about it.
    pub why: Vec<String>,
    /// Its length in bytes.
    pub bytes: usize,
}

/// How well names alone do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamesReport {
    /// On the parts of the training sets that were left out in turn.
    pub left_out: Tally,
    /// On the validation sets; absent: there are none.
    pub validation: Option<Scores>,
}

/// How linking's training went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkingReport {
    /// What it learnt from, and how good it was on what it kept apart.
    pub training: Report,
    /// On the validation sets of sentences with lists of labels; absent: there are none.
    pub validation: Option<LinkEvaluation>,
}

/// Trains all that can be trained from a folder of data sets and a home, and writes it into the home.
///
/// Data sets are recognised by their content. Which of them may be learnt from is in their names: what is
/// called dev or validation is only scored, what is called test is left alone. The tagger is taught on one
/// thread and all else on another; neither's result depends on the other's.
///
/// # Errors
/// When the folder cannot be read or nothing can be learnt from it, or the home cannot be written. The old
/// file stays then.
pub fn train_market(
    home: &Path,
    asked: &TrainAsked,
    said: impl FnMut(&str) + Send,
) -> Result<MarketTraining, AppError> {
    let mut found = Material::new(home)?;
    for file in sets(&asked.folder)? {
        found.take(file);
    }
    let postings = if asked.postings.is_empty() {
        std::mem::take(&mut found.lines)
    } else {
        asked.postings.clone()
    };
    found.read_postings(&postings);
    if found.tagger.marked.is_empty() && !found.teaches_linking() && !found.teaches_codes() {
        return Err(AppError::input(format!(
            "nothing was trained from {}: too few data sets to learn from: 0",
            asked.folder.display()
        ))
        .hint(
            "Name a folder with sets of marked spans: a token, a skill tag and a knowledge tag on each line, \
             such as the train files of SkillSpan. Linking needs ESCO in the home: `metier catalog import`.",
        ));
    }
    let said = Mutex::new(said);
    let say = |what: &str| said.lock().unwrap_or_else(PoisonError::into_inner)(what);
    let (tagger, rest) = std::thread::scope(|scope| {
        let tagger = scope.spawn(|| found.teach_tagger(asked.seed, &say));
        let rest = found.teach_others(asked.seed, &say);
        (tagger.join(), rest)
    });
    let tagger = tagger.map_err(|_| AppError::new(Kind::Machine, "the tagger's training broke off"))??;

    // A damaged file is what this command repairs.
    let mut kept = trained(home).ok().flatten().unwrap_or_default();
    let validation = tagger.as_ref().and_then(|t| {
        let tagger = Tagger::new(t.model.clone());
        let sets: Vec<&SpanSet> = found.validation.iter().collect();
        (!sets.is_empty()).then(|| spans(&tagger, &sets, Cut::Read))
    });
    if let Some(tagger) = &tagger {
        let bytes = tagger.model.to_bytes();
        kept.set(
            Part::Tagger,
            bytes.map_err(|e| AppError::new(Kind::Machine, e.to_string()))?,
        );
    }
    rest.put_into(&mut kept).map_err(unwritable)?;
    write_trained(home, &kept)?;
    let missing = kept.missing();
    Ok(MarketTraining {
        why: found.why(&missing),
        files: found.files,
        seed: asked.seed,
        names: rest.names.map(|n| n.1),
        tagger: tagger.map(|t| t.report),
        validation,
        linking: rest.linking.map(|l| l.1),
        occupations: rest.occupations.map(|o| o.1),
        parts: Part::ALL.into_iter().filter(|p| !missing.contains(p)).collect(),
        missing,
        bytes: kept.to_bytes().map_err(unwritable)?.len(),
    })
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn unwritable(error: TrainedError) -> AppError {
    AppError::new(Kind::Machine, error.to_string())
}

/// What there is to learn from and to score on.
struct Material {
    files: Vec<FileTaken>,
    concepts: Concepts,
    occupations: (Vec<Occupation>, Vec<Group>),
    table: Table,
    tagger: TaggerData,
    validation: Vec<SpanSet>,
    sentences: Vec<Asked>,
    asked: Vec<Asked>,
    coded: Vec<CodedAdvert>,
    lines: Vec<PathBuf>,
}

/// What was taught beside the tagger, each with how it went.
#[derive(Default)]
struct Rest {
    names: Option<(NamesPart, NamesReport)>,
    linking: Option<(LinkingPart, LinkingReport)>,
    occupations: Option<(OccupationsPart, CodeScores)>,
}

impl Rest {
    fn put_into(&self, kept: &mut Trained) -> Result<(), TrainedError> {
        if let Some((part, _)) = &self.names {
            kept.set_names(part)?;
        }
        if let Some((part, _)) = &self.linking {
            kept.set_linking(part)?;
        }
        if let Some((part, _)) = &self.occupations {
            kept.set_occupations(part)?;
        }
        Ok(())
    }
}

impl Material {
    /// What the home knows: its names and their descriptions are read as plain text too.
    fn new(home: &Path) -> Result<Self, AppError> {
        let concepts = names_of(home)?;
        let said = concepts.iter().flat_map(|(_, c)| {
            let names = c.names.iter().map(|n| n.text.as_str());
            std::iter::once(c.label.as_str())
                .chain(names)
                .chain([c.description.as_str()])
        });
        let texts = said.filter(|t| !t.is_empty()).map(str::to_owned).collect();
        Ok(Self {
            files: Vec::new(),
            occupations: coded_occupations(home)?,
            table: static_table()?,
            tagger: TaggerData {
                texts,
                ..TaggerData::default()
            },
            validation: Vec::new(),
            sentences: Vec::new(),
            asked: Vec::new(),
            coded: Vec::new(),
            lines: Vec::new(),
            concepts,
        })
    }

    /// Takes in a file of the folder.
    fn take(&mut self, file: SetFile) {
        let Some(set) = file.set else {
            if file.split == Split::Training {
                self.lines.push(file.path);
            }
            return;
        };
        let used = match (&set, file.split) {
            (DataSet::Spans(set), _) if !set.both_layers => Use::LeftAlone,
            // Spans with labels are few, and from real adverts: kept to score on.
            (_, Split::Test) | (DataSet::Annotations(_), _) | (DataSet::Coded(_), Split::Validation) => {
                Use::LeftAlone
            }
            (_, Split::Validation) => Use::Validation,
            (_, Split::Training) => Use::Training,
        };
        self.files.push(FileTaken {
            file: file.name,
            what: set.called(),
            used,
            sentences: set.len(),
        });
        match (set, used) {
            (DataSet::Spans(set), Use::Training) => self.tagger.marked.push(set),
            (DataSet::Spans(set), Use::Validation) => self.validation.push(set),
            (DataSet::Sentences(all), Use::Training) => {
                for asked in &all {
                    self.reads(&asked.sentence);
                }
                self.sentences.extend(all);
            }
            (DataSet::Sentences(all), Use::Validation) => self.asked.extend(all),
            (DataSet::Coded(all), Use::Training) => {
                for advert in &all {
                    self.reads(&advert.text);
                }
                self.coded.extend(all);
            }
            _ => {}
        }
    }

    /// A plain text that teachers mark.
    fn reads(&mut self, text: &str) {
        self.tagger.texts.push(text.to_owned());
        self.tagger.adverts.push(text.to_owned());
    }

    /// Reads postings as plain text, up to [`POSTINGS_MAX`]. What cannot be read of them is passed over.
    fn read_postings(&mut self, paths: &[PathBuf]) {
        let mut taken = 0;
        for path in paths {
            if taken >= POSTINGS_MAX {
                return;
            }
            let mut many = 0;
            for found in read([Source::path(path)], Options::default()) {
                let Read::Posting(posting) = found else { continue };
                taken += posting.text.len();
                many += 1;
                self.tagger.texts.push(posting.text);
                if taken >= POSTINGS_MAX {
                    break;
                }
            }
            if many > 0 {
                self.files.push(FileTaken {
                    file: path.display().to_string(),
                    what: "postings",
                    used: Use::Text,
                    sentences: many,
                });
            }
        }
    }

    fn teaches_linking(&self) -> bool {
        !self.sentences.is_empty() && !self.occupations.0.is_empty()
    }

    fn teaches_codes(&self) -> bool {
        !self.coded.is_empty() && !self.occupations.0.is_empty()
    }

    /// The tagger, where there are marked spans.
    fn teach_tagger(&self, seed: u64, say: &impl Fn(&str)) -> Result<Option<TrainedTagger>, AppError> {
        if self.tagger.marked.is_empty() {
            return Ok(None);
        }
        let say = |what: &str| say(&format!("spans: {what}"));
        let done = train_tagger(&self.tagger, &Plan::default(), seed, say);
        done.map(Some)
            .map_err(|e| AppError::input(format!("nothing was trained: {e}")))
    }

    /// All but the tagger.
    fn teach_others(&self, seed: u64, say: &impl Fn(&str)) -> Rest {
        let mut rest = Rest::default();
        if !self.concepts.is_empty() && !self.tagger.marked.is_empty() {
            say("names: which to trust, and when");
            rest.names = Some(self.teach_names(seed));
        }
        let skills = esco_only(&self.concepts);
        if !skills.is_empty() {
            say("links: vectors, tuned twice");
            let (trained, report) = link::train(&skills, &self.sentences, &self.table, seed);
            let labels: BTreeSet<String> = self.sentences.iter().flat_map(|a| a.labels.clone()).collect();
            let part = LinkingPart {
                trained,
                seen: labels,
            };
            let validation = (!self.asked.is_empty()).then(|| links(&skills, &part, &self.asked, None));
            rest.linking = Some((
                part,
                LinkingReport {
                    training: report,
                    validation,
                },
            ));
        }
        if self.teaches_codes() {
            say("occupations: by nested cross-validation");
            let (occupations, groups) = &self.occupations;
            let evidence = Evidence::new(occupations, groups, &self.table);
            let scores = score_codes(&self.coded, occupations, &evidence, &self.table, seed);
            let marks = self.coded.iter();
            let mut fitted_to: Vec<u64> = marks.map(|a| OccupationsPart::mark(&a.title, &a.text)).collect();
            fitted_to.sort_unstable();
            let weights = scores.weights;
            rest.occupations = Some((OccupationsPart { weights, fitted_to }, scores));
        }
        say("all but the spans is taught");
        rest
    }

    fn teach_names(&self, seed: u64) -> (NamesPart, NamesReport) {
        let sentences = self.tagger.marked.iter().flat_map(|s| &s.sentences);
        let written: Vec<_> = sentences.map(|m| m.written(Layer::Knowledge)).collect();
        let texts: Vec<Marked<'_>> = written
            .iter()
            .map(|(text, spans)| Marked { text, spans })
            .collect();
        let learnt = learn(&with_short_forms(&self.concepts), &texts, seed);
        let part = NamesPart {
            rule: learnt.rule,
            context: learnt.context,
        };
        let sets: Vec<&SpanSet> = self.validation.iter().collect();
        let report = NamesReport {
            left_out: learnt.left_out,
            validation: names(&self.concepts, Some(&part), &sets),
        };
        (part, report)
    }

    /// Why parts are missing.
    fn why(&self, missing: &[Part]) -> Vec<String> {
        let no_esco = "there is no ESCO in this home; `metier catalog import FILE.zip` with its CSV release";
        let mut why: Vec<String> = Vec::new();
        for part in missing {
            let (name, reason) = match part {
                Part::Tagger => ("spans", "the folder has no set of skill and knowledge spans"),
                Part::Vetting if self.concepts.is_empty() => (
                    "names",
                    "there are no names in this home; `metier catalog import FILE.zip` brings them",
                ),
                Part::Vetting => ("names", "the folder has no set of skill and knowledge spans"),
                Part::Linking => ("links", no_esco),
                Part::Occupations if self.occupations.0.is_empty() => ("occupations", no_esco),
                Part::Occupations => ("occupations", "the folder has no adverts with occupations"),
                Part::Context | Part::Table => continue,
            };
            why.push(format!("{name}: {reason}"));
        }
        why
    }
}

#[cfg(test)]
mod tests;
