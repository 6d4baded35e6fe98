//! Scores of what was trained on any data set of the known formats.

use std::path::Path;

use metier_market::dataset::{Asked, CodedAdvert, DataSet, SpanSet, read_labels};
use metier_market::evaluate::{Scores, SpanScores};
use metier_market::tagger::Tagger;
use metier_market::train::{Trained, TrainedError};
use serde::Serialize;

use super::references::{coded_occupations, esco_only, names_of, static_table};
use super::scored::{CodingEvaluation, Cut, LinkEvaluation, codes, links, names, spans};
use super::sets::{bytes_of, set_of};
use super::trained::{TRAINED_FILE, trained};
use crate::error::{AppError, Kind};

/// The largest file of labels, in bytes.
const LABELS_MAX: u64 = 64 << 20;

/// The scores on a data set: those that its format has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarketEvaluation {
    /// The file.
    pub file: String,
    /// What it is.
    pub format: &'static str,
    /// How many sentences, or adverts, it has.
    pub sentences: usize,
    /// The tagger's scores.
    pub spans: Option<SpanEvaluation>,
    /// The scores of names alone on marked knowledge.
    pub names: Option<Scores>,
    /// How well its sentences are linked.
    pub linking: Option<LinkEvaluation>,
    /// How well its adverts are coded.
    pub occupations: Option<CodingEvaluation>,
    /// What is missing, each with what to do about it.
    pub missing: Vec<String>,
}

/// The tagger's scores on a set of marked spans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpanEvaluation {
    /// With the tokens that the set gives.
    pub as_given: SpanScores,
    /// With its sentences cut as an advert is cut.
    pub as_read: SpanScores,
}

/// Scores what was trained in a home on a data set, recognised by its content. `labels` is a file of the
/// labels that sentences are linked to, one a line; absent: all of ESCO's skills in the home.
///
/// # Errors
/// When the file cannot be read or is no data set, or nothing of what it scores was trained.
pub fn evaluate_market(
    home: &Path,
    file: &Path,
    labels: Option<&Path>,
) -> Result<MarketEvaluation, AppError> {
    let set = set_of(file)?;
    if labels.is_some() && !matches!(set, DataSet::Sentences(_) | DataSet::Annotations(_)) {
        return Err(AppError::input(format!(
            "{} is no set of sentences to link, so labels have no use",
            file.display()
        ))
        .of("labels")
        .hint("Leave --labels out."));
    }
    let kept = trained(home)?;
    let kept = kept.unwrap_or_default();
    let mut done = MarketEvaluation {
        file: file.display().to_string(),
        format: set.called(),
        sentences: set.len(),
        spans: None,
        names: None,
        linking: None,
        occupations: None,
        missing: Vec::new(),
    };
    match set {
        DataSet::Spans(set) => done.score_spans(home, &kept, &set)?,
        DataSet::Sentences(all) | DataSet::Annotations(all) => {
            let labels = labels.map(labels_of).transpose()?;
            done.score_links(home, &kept, &all, labels.as_deref())?;
        }
        DataSet::Coded(all) => done.score_codes(home, &kept, &all)?,
    }
    Ok(done)
}

impl MarketEvaluation {
    fn score_spans(&mut self, home: &Path, kept: &Trained, set: &SpanSet) -> Result<(), AppError> {
        let part = kept.names().map_err(damaged)?;
        let concepts = names_of(home)?;
        self.names = names(&concepts, part.as_ref(), &[set]);
        if part.is_none() && self.names.is_some() {
            self.missing.push(format!(
                "which names to trust was not trained, so the stated rule decides: {TRAIN}"
            ));
        } else if concepts.is_empty() {
            self.missing.push(
                "there are no names to look for: import ESCO or O*NET, `metier catalog import FILE.zip`"
                    .to_owned(),
            );
        }
        match kept.tagger().map_err(damaged)? {
            Some(model) => {
                let tagger = Tagger::new(model);
                self.spans = Some(SpanEvaluation {
                    as_given: spans(&tagger, &[set], Cut::Given),
                    as_read: spans(&tagger, &[set], Cut::Read),
                });
            }
            None if self.names.is_some() => {
                self.missing
                    .push(format!("no tagger was trained in this home: {TRAIN}"));
            }
            None => return Err(untrained("no tagger was trained in this home")),
        }
        Ok(())
    }

    fn score_links(
        &mut self,
        home: &Path,
        kept: &Trained,
        sentences: &[Asked],
        labels: Option<&[String]>,
    ) -> Result<(), AppError> {
        let part = kept.linking().map_err(damaged)?;
        let part = part.ok_or_else(|| untrained("no linking was trained in this home"))?;
        let skills = esco_only(&names_of(home)?);
        if skills.is_empty() {
            return Err(no_esco());
        }
        self.linking = Some(links(&skills, &part, sentences, labels));
        Ok(())
    }

    fn score_codes(&mut self, home: &Path, kept: &Trained, adverts: &[CodedAdvert]) -> Result<(), AppError> {
        let part = kept.occupations().map_err(damaged)?;
        let part = part.ok_or_else(|| untrained("no occupation coder was trained in this home"))?;
        let occupations = coded_occupations(home)?;
        if occupations.0.is_empty() {
            return Err(no_esco());
        }
        let found = codes(&occupations, &part, &static_table()?, adverts);
        if found.adverts == 0 {
            self.missing.push(
                "every advert of this set was learnt from; `market train` scores them by cross-validation"
                    .to_owned(),
            );
        }
        self.occupations = Some(found);
        Ok(())
    }
}

/// What to do where something was not trained.
const TRAIN: &str = "`metier market train --data DIR`";

fn untrained(what: &str) -> AppError {
    AppError::not_ready(what).hint(format!("{TRAIN} writes {TRAINED_FILE}."))
}

fn no_esco() -> AppError {
    AppError::not_ready("there is no ESCO in this home")
        .hint("`metier catalog import FILE.zip` with the CSV release of ESCO.")
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn damaged(error: TrainedError) -> AppError {
    AppError::new(Kind::Damaged, error.to_string())
}

fn labels_of(path: &Path) -> Result<Vec<String>, AppError> {
    let text = String::from_utf8(bytes_of(path, LABELS_MAX)?).map_err(|_| {
        AppError::input(format!("{} is not a text in UTF-8", path.display()))
            .of("labels")
            .hint("A file of labels has one a line.")
    })?;
    let labels = read_labels(&text);
    if labels.is_empty() {
        return Err(
            AppError::input(format!("there is no label in {}", path.display()))
                .of("labels")
                .hint("A file of labels has one a line."),
        );
    }
    Ok(labels)
}
