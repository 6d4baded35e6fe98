//! The files that are read: found, told apart by their contents, and mapped.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use metier_market::count::SourceDigest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::{AppError, Kind};

/// The most files of one run, and how deep folders go.
const FILES_MOST: usize = 1_000_000;
const DEPTH_MOST: usize = 64;
/// Fields of a posting that may be called otherwise.
const FIELDS: [&str; 7] = ["text", "id", "title", "employer", "place", "date", "occupation"];

/// What the fields of a posting are called in a file, where it is not what one would think.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(BTreeMap<String, String>);

impl Columns {
    /// From `text=body,date=posted`.
    ///
    /// # Errors
    /// When a pair is none, or names no field.
    pub fn parse(text: &str) -> Result<Self, AppError> {
        let mut columns = BTreeMap::new();
        for pair in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let (field, name) = pair.split_once('=').unwrap_or((pair, ""));
            if !FIELDS.contains(&field.trim()) || name.trim().is_empty() {
                return Err(AppError::input(format!("\u{201c}{pair}\u{201d} names no column"))
                    .of("columns")
                    .hint(format!(
                        "Write FIELD=COLUMN; the fields are {}.",
                        FIELDS.join(", ")
                    )));
            }
            columns.insert(field.trim().to_owned(), name.trim().to_owned());
        }
        Ok(Self(columns))
    }

    /// What a field is called; `usual` where nothing else was said.
    pub(super) fn name<'a>(&'a self, field: &str, usual: &'a str) -> &'a str {
        self.0.get(field).map_or(usual, String::as_str)
    }
}

/// A file of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSeen {
    /// As it was named.
    pub path: PathBuf,
    /// Bytes.
    pub bytes: u64,
    /// What its contents are known by.
    pub digest: SourceDigest,
}

/// The files of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Each file once, in the order given, folders in the order of their names.
    pub files: Vec<FileSeen>,
    /// Files left out, for another has the same contents: the one left out, the one read.
    pub same: Vec<(PathBuf, PathBuf)>,
}

/// Finds the files under these paths, and reads each once for its digest.
///
/// # Errors
/// When a path is not there or cannot be read, or there is no file at all.
pub(super) fn listed(paths: &[PathBuf], mut seen: impl FnMut(&Path)) -> Result<Listed, AppError> {
    let mut found = Vec::new();
    for path in paths {
        walk(path, 0, &mut found)?;
    }
    if found.is_empty() {
        return Err(
            AppError::input("there is no file to read").hint("Name a file of postings, or a folder of them.")
        );
    }
    let mut listed = Listed::default();
    let mut known: BTreeMap<SourceDigest, PathBuf> = BTreeMap::new();
    for path in found {
        seen(&path);
        let (bytes, digest) = digest_of(&path)?;
        if let Some(first) = known.get(&digest) {
            listed.same.push((path, first.clone()));
            continue;
        }
        known.insert(digest.clone(), path.clone());
        listed.files.push(FileSeen { path, bytes, digest });
    }
    Ok(listed)
}

fn walk(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), AppError> {
    if path == Path::new("-") {
        return Err(AppError::input(
            "standard input cannot be read twice, and every file is: once for its digest",
        )
        .hint("Save it to a file first."));
    }
    let about = std::fs::metadata(path).map_err(|e| cannot(path, &e))?;
    if !about.is_dir() {
        found.push(path.to_owned());
        if found.len() > FILES_MOST {
            return Err(AppError::input(format!("there are more than {FILES_MOST} files"))
                .hint("Put many postings into one file: JSON Lines, an object a line."));
        }
        return Ok(());
    }
    if depth >= DEPTH_MOST {
        return Err(AppError::input(format!(
            "{} lies more than {DEPTH_MOST} folders deep",
            path.display()
        )));
    }
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut names: Vec<PathBuf> = entries
        .map_err(|e| cannot(path, &e))?
        .into_iter()
        .filter(|e| !e.file_name().as_encoded_bytes().starts_with(b"."))
        .map(|e| e.path())
        .collect();
    names.sort_unstable();
    for name in names {
        walk(&name, depth + 1, found)?;
    }
    Ok(())
}

fn digest_of(path: &Path) -> Result<(u64, SourceDigest), AppError> {
    let failed = |e: &std::io::Error| cannot(path, e);
    let mut file = File::open(path).map_err(|e| failed(&e))?;
    let (mut hasher, mut block, mut bytes) = (Sha256::new(), vec![0; 1 << 18], 0);
    loop {
        let read = file.read(&mut block).map_err(|e| failed(&e))?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        hasher.update(&block[..read]);
    }
    let text: String = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
    let digest =
        SourceDigest::new(&text).ok_or_else(|| AppError::new(Kind::Machine, "no digest was made"))?;
    Ok((bytes, digest))
}

pub(super) fn cannot(path: &Path, error: &std::io::Error) -> AppError {
    AppError::input(format!("{} cannot be read: {error}", path.display()))
        .hint("Name files and folders that are there.")
}
