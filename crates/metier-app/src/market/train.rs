//! Training of what reads adverts, from a folder of marked data sets.

use std::path::{Path, PathBuf};

use metier_market::dataset::{SpanSet, looks_like_spans, read_spans};
use metier_market::evaluate::{SpanScores, score_spans};
use metier_market::tagger::{Desk, Tagger};
use metier_market::train::{Part, Plan, TaggerData, TaggerReport, train_tagger};
use serde::Serialize;

use super::trained::{trained, write_trained};
use crate::error::{AppError, Kind};

/// The largest file of a data folder that is looked into, in bytes.
const LOOKED_INTO: u64 = 16 << 20;
/// How deep a data folder is walked.
const DEPTH: usize = 6;
/// The most files of a data folder that are looked at.
const FILES_MAX: usize = 10_000;

/// What a file of the data folder is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Learnt from.
    Training,
    /// Not learnt from: what was trained is scored on it at the end.
    Validation,
    /// Read as plain text, for which words stand in the same places.
    Text,
    /// Recognised, and left alone.
    LeftAlone,
}

/// A file of the data folder that was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileTaken {
    /// Its path below the folder.
    pub file: String,
    /// What it is.
    pub what: &'static str,
    /// What it is used for.
    pub used: Use,
    /// How many sentences it has.
    pub sentences: usize,
}

/// What training did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarketTraining {
    /// The files that were recognised.
    pub files: Vec<FileTaken>,
    /// The seed.
    pub seed: u64,
    /// How the tagger's training went.
    pub tagger: TaggerReport,
    /// Its scores on the validation sets, all together; absent: there are none.
    pub validation: Option<SpanScores>,
    /// The parts that the file holds.
    pub parts: Vec<Part>,
    /// The parts it does not hold.
    pub missing: Vec<Part>,
    /// Its length in bytes.
    pub bytes: usize,
}

/// Trains all that can be trained from a folder of data sets and writes it into the home.
///
/// Data sets are recognised by their content. Which of them may be learnt from is in their names: what is
/// called dev or validation is only scored, what is called test is left alone. `texts` are plain texts from
/// elsewhere: names and descriptions of a classification.
///
/// # Errors
/// When the folder cannot be read or holds nothing to learn from, or the home cannot be written. The old file
/// stays then.
pub fn train_market(
    home: &Path,
    folder: &Path,
    texts: Vec<String>,
    seed: u64,
    mut said: impl FnMut(&str),
) -> Result<MarketTraining, AppError> {
    let mut found = Found {
        data: TaggerData {
            texts,
            ..TaggerData::default()
        },
        ..Found::default()
    };
    for file in files(folder)? {
        found.take(folder, &file)?;
    }
    let result = train_tagger(&found.data, &Plan::default(), seed, |what| said(what)).map_err(|e| {
        AppError::input(format!("nothing was trained from {}: {e}", folder.display())).hint(
            "Name a folder with sets of marked spans: a token, a skill tag and a knowledge tag on each line, \
             such as the train files of SkillSpan.",
        )
    })?;
    let validation = (!found.validation.is_empty()).then(|| {
        let tagger = Tagger::new(result.model.clone());
        let (mut marked, mut named) = (Vec::new(), Vec::new());
        for set in &found.validation {
            let mut desk = Desk::new();
            tagger.begin(&mut desk);
            for sentence in set.sentences.iter().map(metier_market::dataset::Marked::recut) {
                named.push(tagger.spans(sentence.tokens.iter().map(|t| &**t), &mut desk));
                marked.push(sentence);
            }
        }
        score_spans(&marked, &named, true, seed)
    });
    // A damaged file is what this command repairs.
    let mut kept = trained(home).ok().flatten().unwrap_or_default();
    let bytes = result
        .model
        .to_bytes()
        .map_err(|e| AppError::new(Kind::Machine, e.to_string()))?;
    kept.set(Part::Tagger, bytes);
    write_trained(home, &kept)?;
    let missing = kept.missing();
    Ok(MarketTraining {
        files: found.files,
        seed,
        tagger: result.report,
        validation,
        parts: Part::ALL.into_iter().filter(|p| !missing.contains(p)).collect(),
        missing,
        bytes: kept.to_bytes().map_or(0, |b| b.len()),
    })
}

#[derive(Debug, Default)]
struct Found {
    files: Vec<FileTaken>,
    data: TaggerData,
    validation: Vec<SpanSet>,
}

impl Found {
    /// Takes in a file, if it is a data set.
    fn take(&mut self, folder: &Path, file: &Path) -> Result<(), AppError> {
        let Ok(text) = std::fs::read_to_string(file) else {
            return Ok(());
        };
        let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        if looks_like_spans(&text) {
            let set = read_spans(&text).map_err(|e| AppError::input(format!("{}: {e}", file.display())))?;
            let (what, used) = match (set.both_layers, split(&name)) {
                (false, _) => ("spans of skills alone", Use::LeftAlone),
                (true, Split::Test) => ("spans of skills and knowledge", Use::LeftAlone),
                (true, Split::Validation) => ("spans of skills and knowledge", Use::Validation),
                (true, Split::Training) => ("spans of skills and knowledge", Use::Training),
            };
            self.files.push(FileTaken {
                file: name,
                what,
                used,
                sentences: set.sentences.len(),
            });
            match used {
                Use::Training => self.data.marked.push(set),
                Use::Validation => self.validation.push(set),
                Use::Text | Use::LeftAlone => {}
            }
        } else if let Some(sentences) = column(file, text.as_bytes(), "sentence") {
            let used = if split(&name) == Split::Training {
                Use::Text
            } else {
                Use::LeftAlone
            };
            self.files.push(FileTaken {
                file: name,
                what: "sentences with labels",
                used,
                sentences: sentences.len(),
            });
            if used == Use::Text {
                self.data.adverts.extend(sentences.iter().cloned());
                self.data.texts.extend(sentences);
            }
        }
        Ok(())
    }
}

/// The different texts of a column of a table, if there is such a column.
fn column(file: &Path, bytes: &[u8], called: &str) -> Option<Vec<String>> {
    if file.extension().is_none_or(|e| !e.eq_ignore_ascii_case("csv")) {
        return None;
    }
    let book = metier_exchange::table::read("table.csv", bytes, Some("utf-8")).ok()?;
    let rows = &book.sheets.first()?.rows;
    let (head, rows) = rows.split_first()?;
    let which = head.cells.iter().position(|c| c == called)?;
    let mut texts: Vec<String> = rows.iter().map(|r| r.cell(which).to_owned()).collect();
    texts.dedup();
    Some(texts)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Split {
    Training,
    Validation,
    Test,
}

/// Which split a file is, by the words of its path.
fn split(name: &str) -> Split {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let has = |wanted: &[&str]| words.clone().any(|word| wanted.contains(&word));
    if has(&["test"]) {
        Split::Test
    } else if words.any(|word| matches!(word, "dev" | "valid" | "validation")) {
        Split::Validation
    } else {
        Split::Training
    }
}

/// The files below a folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    let unreadable = |path: &Path, e: &std::io::Error| {
        AppError::input(format!("{} cannot be read: {e}", path.display()))
            .hint("Name the folder that holds the data sets with --data.")
    };
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((path, depth)) = open.pop() {
        for entry in std::fs::read_dir(&path).map_err(|e| unreadable(&path, &e))? {
            let entry = entry.map_err(|e| unreadable(&path, &e))?;
            let kind = entry.file_type().map_err(|e| unreadable(&path, &e))?;
            if kind.is_dir() && depth < DEPTH {
                open.push((entry.path(), depth + 1));
            } else if kind.is_file() && entry.metadata().is_ok_and(|m| m.len() <= LOOKED_INTO) {
                found.push(entry.path());
            }
        }
        if found.len() > FILES_MAX {
            return Err(
                AppError::input(format!("{} holds more than {FILES_MAX} files", folder.display()))
                    .hint("Name the folder that holds the data sets alone."),
            );
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_split_a_file_is_stands_in_its_name() {
        assert_eq!(split("skillspan/skillspan_house_train.conll"), Split::Training);
        assert_eq!(split("skillspan/skillspan_house_dev.conll"), Split::Validation);
        assert_eq!(split("house_validation_annotations.csv"), Split::Validation);
        assert_eq!(split("a/TEST/x.conll"), Split::Test);
        assert_eq!(split("latest/device.conll"), Split::Training);
    }
}
