//! The data sets of a folder, recognised by their content; which may be learnt from is in their names.

use std::io::Read;
use std::path::{Path, PathBuf};

use metier_market::dataset::{DataSet, recognise};
use serde::Serialize;

use crate::error::AppError;

/// The largest file of a data folder that is looked into, in bytes; and the most that comes out of a
/// compressed one.
const LOOKED_INTO: u64 = 32 << 20;
/// The largest data set that is scored, in bytes.
const SET_MAX: u64 = 256 << 20;
/// How deep a data folder is walked.
const DEPTH: usize = 6;
/// The most files of a data folder that are looked at.
const FILES_MAX: usize = 10_000;

/// Which part of a data set a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Split {
    /// To learn from.
    Training,
    /// To score on.
    Validation,
    /// To leave alone.
    Test,
}

/// A file of a folder that is a data set, or may hold postings.
#[derive(Debug)]
pub(super) struct SetFile {
    /// Its path below the folder.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Which part it is.
    pub(super) split: Split,
    /// What it is; absent: a table or lines of postings, perhaps.
    pub(super) set: Option<DataSet>,
}

/// The data sets below a folder, in the order of their names, and what may hold postings.
///
/// # Errors
/// When the folder cannot be read, or a data set in it has a broken line.
pub(super) fn sets(folder: &Path) -> Result<Vec<SetFile>, AppError> {
    let mut found = Vec::new();
    for path in files(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let small = std::fs::metadata(&path).is_ok_and(|m| m.len() <= LOOKED_INTO);
        // What is no data set is no error: a folder may hold anything.
        let bytes = small.then(|| bytes_of(&path, LOOKED_INTO).ok()).flatten();
        let set = bytes
            .and_then(|bytes| recognise(&bytes))
            .transpose()
            .map_err(|e| AppError::input(format!("{}: {e}", path.display())))?;
        if set.is_some() || may_hold_postings(&name) {
            found.push(SetFile {
                split: split(&name),
                name,
                path,
                set,
            });
        }
    }
    Ok(found)
}

/// A data set from a file, for scoring.
///
/// # Errors
/// When the file cannot be read or is of no known format.
pub(super) fn set_of(path: &Path) -> Result<DataSet, AppError> {
    let named = path.display();
    let bytes = bytes_of(path, SET_MAX)?;
    match recognise(&bytes) {
        Some(set) => set.map_err(|e| AppError::input(format!("{named}: {e}"))),
        None => Err(AppError::input(format!("{named} is no data set of a known format")).hint(
            "Marked spans: on each line a token and one or two tags (O, B-... or I-...; skill, then knowledge) \
             with a tab between, and blank lines between sentences. Or a table in UTF-8 with the columns \
             sentence and skills; sentence and label; or title, description and esco_code.",
        )),
    }
}

/// A file's bytes, taken out of gzip where it is compressed so.
pub(super) fn bytes_of(path: &Path, most: u64) -> Result<Vec<u8>, AppError> {
    let unreadable =
        |e: &dyn std::fmt::Display| AppError::input(format!("{} cannot be read: {e}", path.display()));
    let mut file = std::fs::File::open(path).map_err(|e| unreadable(&e))?;
    let mut head = Vec::new();
    (&mut file)
        .take(2)
        .read_to_end(&mut head)
        .map_err(|e| unreadable(&e))?;
    let zipped = head == [0x1f, 0x8b];
    let whole = head.as_slice().chain(file);
    let mut bytes = Vec::new();
    let read = if zipped {
        flate2::read::MultiGzDecoder::new(whole)
            .take(most + 1)
            .read_to_end(&mut bytes)
    } else {
        whole.take(most + 1).read_to_end(&mut bytes)
    };
    read.map_err(|e| unreadable(&e))?;
    if bytes.len() as u64 > most {
        return Err(AppError::input(format!(
            "{} has more than {} MB; at most so much is read",
            path.display(),
            most >> 20
        )));
    }
    Ok(bytes)
}

/// Lines of JSON, compressed or not: what postings are kept in.
fn may_hold_postings(name: &str) -> bool {
    let name = name.to_lowercase();
    let bare = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let ending = Path::new(bare).extension().and_then(|e| e.to_str());
    matches!(ending, Some("jsonl" | "ndjson"))
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
            } else if kind.is_file() {
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
    /// How many sentences, adverts or postings it has.
    pub sentences: usize,
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
