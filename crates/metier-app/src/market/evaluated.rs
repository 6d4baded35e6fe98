//! Scores of what was trained on any data set of the known formats.

use std::path::Path;

use metier_market::dataset::{Marked, looks_like_spans, read_spans};
use metier_market::evaluate::{SpanScores, score_spans};
use metier_market::tagger::{Desk, Tagger};
use serde::Serialize;

use super::trained::{TRAINED_FILE, trained};
use crate::error::{AppError, Kind};

/// The largest data set that is scored, in bytes.
const SET_MAX: u64 = 256 << 20;
/// The seed of the intervals.
const SEED: u64 = 1;

/// The scores on a set of marked spans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpanEvaluation {
    /// The file.
    pub file: String,
    /// What it is.
    pub format: &'static str,
    /// With the tokens that the set gives.
    pub as_given: SpanScores,
    /// With its sentences cut as an advert is cut.
    pub as_read: SpanScores,
}

/// Scores what was trained in a home on a data set, recognised by its content.
///
/// # Errors
/// When the file cannot be read or is no data set, or what it scores was not trained.
pub fn evaluate_market(home: &Path, file: &Path) -> Result<SpanEvaluation, AppError> {
    let named = file.display();
    let unreadable = |e: &dyn std::fmt::Display| AppError::input(format!("{named} cannot be read: {e}"));
    let length = std::fs::metadata(file).map_err(|e| unreadable(&e))?.len();
    if length > SET_MAX {
        return Err(AppError::input(format!(
            "{named} has {} MB; at most {} are read",
            length >> 20,
            SET_MAX >> 20
        )));
    }
    let bytes = std::fs::read(file).map_err(|e| unreadable(&e))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        AppError::input(format!("{named} is not a text in UTF-8")).hint("Data sets are read as UTF-8 text.")
    })?;
    if !looks_like_spans(&text) {
        return Err(AppError::input(format!("{named} is no data set of a known format")).hint(
            "Marked spans: on each line a token and one or two tags (O, B-... or I-...; skill, then knowledge) \
             with a tab between, and blank lines between sentences.",
        ));
    }
    let set = read_spans(&text).map_err(|e| AppError::input(format!("{named}: {e}")))?;
    let untrained = || {
        AppError::not_ready("no tagger was trained in this home")
            .hint(format!("`metier market train --data DIR` writes {TRAINED_FILE}."))
    };
    let model = trained(home)?
        .ok_or_else(untrained)?
        .tagger()
        .map_err(|e| AppError::new(Kind::Damaged, e.to_string()))?
        .ok_or_else(untrained)?;
    let tagger = Tagger::new(model);
    let recut: Vec<Marked> = set.sentences.iter().map(Marked::recut).collect();
    Ok(SpanEvaluation {
        file: named.to_string(),
        format: if set.both_layers {
            "spans of skills and knowledge"
        } else {
            "spans of skills alone"
        },
        as_given: scored(&tagger, &set.sentences, set.both_layers),
        as_read: scored(&tagger, &recut, set.both_layers),
    })
}

fn scored(tagger: &Tagger, marked: &[Marked], both_layers: bool) -> SpanScores {
    let mut desk = Desk::new();
    tagger.begin(&mut desk);
    let found: Vec<_> = marked
        .iter()
        .map(|m| tagger.spans(m.tokens.iter().map(|t| &**t), &mut desk))
        .collect();
    score_spans(marked, &found, both_layers, SEED)
}
