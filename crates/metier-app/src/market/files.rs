//! The files that are read: found, told apart by their contents, and mapped.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use metier_market::count::SourceDigest;
use metier_market::read::{Field, Limits, Options, Source, files};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::{AppError, Kind};

/// The most files of one run.
const FILES_MOST: usize = 1_000_000;
/// Fields of a posting that may be called otherwise.
const FIELDS: [(&str, Field); 7] = [
    ("text", Field::Text),
    ("id", Field::Id),
    ("title", Field::Title),
    ("employer", Field::Employer),
    ("place", Field::Place),
    ("date", Field::Date),
    ("occupation", Field::Occupation),
];

/// What the fields of a posting are called in a file, where it is not what one would think.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(BTreeMap<Field, String>);

impl Columns {
    /// From `text=body,date=posted`.
    ///
    /// # Errors
    /// When a pair is none, or names no field.
    pub fn parse(text: &str) -> Result<Self, AppError> {
        let mut columns = BTreeMap::new();
        for pair in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let (field, name) = pair.split_once('=').unwrap_or((pair, ""));
            let field = FIELDS.iter().find(|(called, _)| *called == field.trim());
            let Some((_, field)) = field.filter(|_| !name.trim().is_empty()) else {
                return Err(AppError::input(format!("\u{201c}{pair}\u{201d} names no column"))
                    .of("columns")
                    .hint(format!(
                        "Write FIELD=COLUMN; the fields are {}.",
                        FIELDS.map(|(called, _)| called).join(", ")
                    )));
            };
            columns.insert(*field, name.trim().to_owned());
        }
        Ok(Self(columns))
    }

    /// As readers are told.
    pub(super) fn options(&self) -> Options {
        Options {
            columns: self.0.clone(),
            ..Options::default()
        }
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
    /// Where its contents are held, for standard input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<PathBuf>,
}

/// The files of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Each file once, in the order given, folders in the order of their names.
    pub files: Vec<FileSeen>,
    /// Files left out, for another has the same contents: the one left out, the one read.
    pub same: Vec<(PathBuf, PathBuf)>,
}

/// Finds the files under these paths, and reads each once for its digest. Standard input ("-") is copied to
/// `hold`, for it is read more than once.
///
/// # Errors
/// When a path is not there or cannot be read, or there is no file at all.
pub(super) fn listed(
    paths: &[PathBuf],
    hold: &Path,
    mut seen: impl FnMut(&Path),
) -> Result<Listed, AppError> {
    let mut found: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            if found.iter().any(|(_, held)| held.is_some()) {
                return Err(AppError::input("standard input is named twice").hint("Name it once: -"));
            }
            seen(path);
            hold_input(hold)?;
            found.push((path.clone(), Some(hold.to_owned())));
            continue;
        }
        for file in files([Source::path(path)], &Limits::default()) {
            let file = file.map_err(|damaged| {
                AppError::input(format!("{}: {}", damaged.origin.file, damaged.reason))
                    .hint("Name files and folders that are there.")
            })?;
            found.push((file, None));
            if found.len() > FILES_MOST {
                return Err(AppError::input(format!("there are more than {FILES_MOST} files"))
                    .hint("Put many postings into one file: JSON Lines, an object a line."));
            }
        }
    }
    if found.is_empty() {
        return Err(
            AppError::input("there is no file to read").hint("Name a file of postings, or a folder of them.")
        );
    }
    let mut listed = Listed::default();
    let mut known: BTreeMap<SourceDigest, PathBuf> = BTreeMap::new();
    for (path, held) in found {
        seen(&path);
        let (bytes, digest) = digest_of(held.as_ref().unwrap_or(&path))?;
        if let Some(first) = known.get(&digest) {
            listed.same.push((path, first.clone()));
            continue;
        }
        known.insert(digest.clone(), path.clone());
        listed.files.push(FileSeen {
            path,
            bytes,
            digest,
            held,
        });
    }
    Ok(listed)
}

/// Copies standard input into a file.
fn hold_input(hold: &Path) -> Result<(), AppError> {
    let copied =
        File::create(hold).and_then(|mut file| std::io::copy(&mut std::io::stdin().lock(), &mut file));
    copied.map(|_| ()).map_err(|e| {
        AppError::new(
            Kind::Machine,
            format!("standard input could not be held in {}: {e}", hold.display()),
        )
        .hint("Save it to a file, and name that.")
    })
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
