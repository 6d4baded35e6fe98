//! The catalogue of occupations: a rebuildable file beside the store, outside journal and export.

use std::path::{Path, PathBuf};

use metier_core::catalogue::{Catalogue, DraftError};
use metier_core::framework::Framework;
use metier_exchange::onet::{Progress, Report};
use metier_exchange::{catalogue_file, onet};

use crate::error::{AppError, Kind};

/// The catalogue's file name in a home.
pub const CATALOGUE_FILE: &str = "catalogue.bin";

fn place(home: &Path) -> PathBuf {
    home.join(CATALOGUE_FILE)
}

/// Reads an O*NET release into the home's catalogue. The old catalogue stays until the new one is whole.
///
/// # Errors
/// When the archive is damaged or incomplete (file, line and column are named), or the home cannot be
/// written.
pub fn import_catalogue(
    home: &Path,
    archive: &Path,
    progress: impl FnMut(Progress<'_>),
) -> Result<Report, AppError> {
    let named = archive.display();
    let file = std::fs::File::open(archive)
        .map_err(|e| AppError::input(format!("{named} cannot be opened: {e}")))?;
    let import = onet::read_from(std::io::BufReader::new(file), progress)
        .map_err(|e| AppError::input(format!("{named}: {e}")).hint("Nothing was changed."))?;
    let failed = |e: &dyn std::fmt::Display| {
        AppError::new(Kind::Machine, format!("the catalogue cannot be written: {e}"))
    };
    let bytes = catalogue_file::to_bytes(&import.catalogue).map_err(|e| failed(&e))?;
    std::fs::create_dir_all(home).map_err(|e| failed(&e))?;
    let unfinished = home.join("catalogue.unfinished");
    std::fs::write(&unfinished, bytes)
        .and_then(|()| std::fs::rename(&unfinished, place(home)))
        .map_err(|e| failed(&e))?;
    Ok(import.report)
}

/// The home's catalogue; `None` when none was imported.
///
/// # Errors
/// When its file is damaged.
pub fn catalogue(home: &Path) -> Result<Option<Catalogue>, AppError> {
    let bytes = match std::fs::read(place(home)) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => {
            return Err(AppError::new(
                Kind::Machine,
                format!("the catalogue cannot be read: {e}"),
            ));
        }
    };
    catalogue_file::from_bytes(&bytes).map(Some).map_err(|e| {
        AppError::new(Kind::Damaged, format!("the catalogue cannot be read: {e}"))
            .hint("Import it again: `metier catalog import FILE`.")
    })
}

/// The home's catalogue, or an error that says how to get one.
///
/// # Errors
/// When none was imported or its file is damaged.
pub fn needed_catalogue(home: &Path) -> Result<Catalogue, AppError> {
    catalogue(home)?.ok_or_else(|| {
        AppError::not_ready("no catalogue of occupations is here yet")
            .hint("Get the O*NET database in text form and run `metier catalog import FILE.zip`.")
    })
}

/// A framework draft of an occupation.
///
/// # Errors
/// When there is no such occupation, or it has no tasks; the nearest ones are named.
pub fn draft_occupation(catalogue: &Catalogue, code: &str) -> Result<Framework, AppError> {
    catalogue.draft(code).map_err(|error| {
        let (DraftError::NoTasks { nearest, .. } | DraftError::Unknown { nearest, .. }) = &error;
        let hint = nearest
            .first()
            .map(|(code, title)| format!("Try `metier framework draft --occupation {code}` ({title})."));
        let base = AppError::not_found(error.to_string());
        match hint {
            Some(hint) => base.hint(hint),
            None => base.hint("`metier catalog search \"…\"` finds occupations."),
        }
    })
}
