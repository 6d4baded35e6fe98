//! What a run keeps on disk: files that are there whole or not at all.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{AppError, Kind};

/// Removes a folder, if it is there, in a way that leaves no half of it under its name.
pub(super) fn put_away(folder: &Path, done: &Path) -> Result<(), AppError> {
    if !folder.exists() {
        return Ok(());
    }
    if folder != done {
        std::fs::rename(folder, done).map_err(|e| failed(folder, &e))?;
    }
    std::fs::remove_dir_all(done).map_err(|e| failed(done, &e))
}

pub(super) fn read_json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Option<T>, AppError> {
    match std::fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| {
            AppError::new(Kind::Damaged, format!("{} cannot be read: {e}", path.display()))
                .hint("Begin anew with --anew.")
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed(path, &e)),
    }
}

pub(super) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), AppError> {
    let bytes = serde_json::to_vec(value).map_err(|e| AppError::input(e.to_string()))?;
    whole(path, &bytes)
}

/// Writes a file that is there whole or not at all.
pub(super) fn whole(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let unfinished = path.with_extension("unfinished");
    let written = std::fs::File::create(&unfinished).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_data()?;
        std::fs::rename(&unfinished, path)
    });
    written.map_err(|e| failed(path, &e))
}

pub(super) fn failed(path: &Path, error: &std::io::Error) -> AppError {
    AppError::new(
        Kind::Machine,
        format!("{} cannot be written: {error}", path.display()),
    )
}

pub(super) fn machine(error: &dyn std::fmt::Display) -> AppError {
    AppError::new(Kind::Machine, error.to_string()).hint("Nothing is lost: run it again to go on.")
}
