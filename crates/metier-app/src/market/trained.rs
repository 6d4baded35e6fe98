//! The trained file of a home: rebuilt by one command, outside journal, export and backup.

use std::path::Path;

use metier_market::train::{TRAINED_MAX, Trained};

use crate::error::{AppError, Kind};

/// The trained file's place in a home.
pub const TRAINED_FILE: &str = "market/trained.bin";

/// What was trained in a home; `None` when nothing was.
///
/// # Errors
/// When its file is damaged or cannot be read.
pub fn trained(home: &Path) -> Result<Option<Trained>, AppError> {
    let place = home.join(TRAINED_FILE);
    let unreadable = |e: &dyn std::fmt::Display| {
        AppError::new(Kind::Machine, format!("the trained file cannot be read: {e}"))
    };
    let length = match std::fs::metadata(&place) {
        Ok(about) => about.len(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(unreadable(&e)),
    };
    if length > TRAINED_MAX + 64 {
        return Err(AppError::new(
            Kind::Damaged,
            format!("{} is larger than any trained file", place.display()),
        )
        .hint("Run `metier market train` again."));
    }
    let bytes = std::fs::read(&place).map_err(|e| unreadable(&e))?;
    Trained::from_bytes(&bytes)
        .map(Some)
        .map_err(|e| AppError::new(Kind::Damaged, format!("{}: {e}", place.display())))
}

/// Writes what was trained; the old file stays until the new one is whole.
///
/// # Errors
/// When the home cannot be written.
pub fn write_trained(home: &Path, trained: &Trained) -> Result<(), AppError> {
    let failed = |e: &dyn std::fmt::Display| {
        AppError::new(Kind::Machine, format!("the trained file cannot be written: {e}"))
    };
    let place = home.join(TRAINED_FILE);
    let bytes = trained.to_bytes().map_err(|e| failed(&e))?;
    let unfinished = place.with_extension("unfinished");
    std::fs::create_dir_all(home.join("market"))
        .and_then(|()| std::fs::write(&unfinished, bytes))
        .and_then(|()| std::fs::rename(&unfinished, &place))
        .map_err(|e| failed(&e))
}
