//! The catalogue of occupations: rebuildable files beside the store, outside journal and export.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use metier_core::catalogue::{Catalogue, DraftError, Way, WayError};
use metier_core::framework::Framework;
use metier_core::id::FamilyId;
use metier_exchange::onet::Progress;
use metier_exchange::publication::{Publication, publication};
use metier_exchange::{catalogue_file, esco, onet};
use serde::Serialize;

use crate::error::{AppError, Kind};
use crate::market;

/// The catalogue's file name in a home.
pub const CATALOGUE_FILE: &str = "catalogue.bin";

fn place(home: &Path) -> PathBuf {
    home.join(CATALOGUE_FILE)
}

/// What a publication held that was taken into the catalogue.
#[derive(Debug, Clone, Serialize)]
pub struct CatalogueImported {
    /// What it held, as its reader reports it.
    #[serde(flatten)]
    pub report: PublicationReport,
    /// Every publication the catalogue now holds: "O*NET 29.2", "ESCO 1.2.0".
    pub sources: Vec<String>,
    /// Occupations it now holds.
    pub all_occupations: usize,
    /// Skills and technologies that can be looked for in postings.
    pub concepts: usize,
    /// Why the catalogue that was there could not be kept; absent: it was, or there was none.
    pub old_lost: Option<String>,
}

/// What a publication held.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum PublicationReport {
    /// A release of O*NET.
    Onet(onet::Report),
    /// A release of ESCO.
    Esco(esco::Report),
    /// The crosswalk between the two.
    Crosswalk {
        /// What it calls itself.
        source: String,
        /// Links in it.
        links: usize,
    },
}

/// Takes a publication into the home's catalogue: a release of O*NET or of ESCO, or the crosswalk between
/// them, told from what is in the file. What the catalogue holds of the others stays. The old catalogue
/// stays until the new one is whole.
///
/// # Errors
/// When the file is none of these, damaged or incomplete (file, line and column are named), or the home
/// cannot be written.
pub fn import_catalogue(
    home: &Path,
    file: &Path,
    progress: impl FnMut(Progress<'_>),
) -> Result<CatalogueImported, AppError> {
    let named = file.display();
    let unchanged =
        |e: &dyn std::fmt::Display| AppError::input(format!("{named}: {e}")).hint("Nothing was changed.");
    let opened = File::open(file).map_err(|e| AppError::input(format!("{named} cannot be opened: {e}")))?;
    let mut reader = BufReader::new(opened);
    let kind = publication(&mut reader).map_err(|e| unchanged(&e))?;
    let (old, old_lost) = match catalogue(home) {
        Ok(old) => (old.unwrap_or_default(), None),
        Err(error) => (Catalogue::default(), Some(error.message)),
    };
    let (new, report) = match kind {
        Publication::Onet => {
            let import = onet::read_from(reader, progress).map_err(|e| unchanged(&e))?;
            (
                old.with_onet(import.catalogue),
                PublicationReport::Onet(import.report),
            )
        }
        Publication::Esco => {
            let name = file.file_name().and_then(|n| n.to_str());
            let import = esco::read_from(reader, name, progress).map_err(|e| unchanged(&e))?;
            (old.with_esco(import.esco), PublicationReport::Esco(import.report))
        }
        Publication::Crosswalk => {
            let links = crosswalk(reader).map_err(|e| unchanged(&e))?;
            let report = PublicationReport::Crosswalk {
                source: links.source.clone(),
                links: links.links.len(),
            };
            (old.with_links(links), report)
        }
    };
    let index = market::index_of(&new);
    write(home, &new, &index)?;
    Ok(CatalogueImported {
        report,
        sources: new.sources().into_iter().map(str::to_owned).collect(),
        all_occupations: new.len(),
        concepts: index.concepts().len(),
        old_lost,
    })
}

fn crosswalk(reader: impl std::io::Read) -> Result<metier_core::catalogue::OccupationLinks, String> {
    let mut bytes = Vec::new();
    // One byte above the limit is enough for the reader to refuse it.
    let most = u64::try_from(esco::CROSSWALK_MAX)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    reader
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("it cannot be read: {e}"))?;
    esco::read_crosswalk(&bytes).map_err(|problem| problem.to_string())
}

/// Writes both files, and puts them in place when both are whole.
fn write(
    home: &Path,
    catalogue: &Catalogue,
    index: &metier_market::concept::ConceptIndex,
) -> Result<(), AppError> {
    let failed = |e: &dyn std::fmt::Display| {
        AppError::new(Kind::Machine, format!("the catalogue cannot be written: {e}"))
    };
    let files = [
        (
            "catalogue.unfinished",
            place(home),
            catalogue_file::to_bytes(catalogue).map_err(|e| failed(&e))?,
        ),
        (
            "concepts.unfinished",
            home.join(market::CONCEPTS_FILE),
            index.to_bytes().map_err(|e| failed(&e))?,
        ),
    ];
    std::fs::create_dir_all(home).map_err(|e| failed(&e))?;
    for (unfinished, _, bytes) in &files {
        std::fs::write(home.join(unfinished), bytes).map_err(|e| failed(&e))?;
    }
    for (unfinished, place, _) in &files {
        std::fs::rename(home.join(unfinished), place).map_err(|e| failed(&e))?;
    }
    Ok(())
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
        AppError::not_ready("no catalogue of occupations is here yet").hint(
            "Get the O*NET database in text form, or ESCO as CSV, and run `metier catalog import FILE.zip`.",
        )
    })
}

/// A framework draft of an occupation, by its O*NET code, ESCO code or ESCO URI.
///
/// # Errors
/// When there is no such occupation, or nothing is known of what is done in it; the nearest ones are named.
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

/// The code of the occupation that a drafted framework comes from; `None` for any other framework.
pub fn occupation_of_family(family: &FamilyId) -> Option<String> {
    let family = family.as_str();
    if let Some(code) = family.strip_prefix("esco-") {
        return Some(code.replace('-', "."));
    }
    let (group, detail) = family.strip_prefix("onet-")?.rsplit_once('-')?;
    Some(format!("{group}.{detail}"))
}

/// The nearest occupations to one, each with what carries over, what is missing and what is left unused.
///
/// # Errors
/// When there is no such occupation, or its skills are not rated.
pub fn neighbours(catalogue: &Catalogue, code: &str, limit: usize) -> Result<Vec<Way>, AppError> {
    catalogue.neighbours(code, limit).map_err(|error| {
        let said = AppError::not_found(error.to_string());
        match error {
            WayError::NotRated { .. } => market::rated_instead(catalogue, code)
                .iter()
                .fold(said, |said, end| {
                    said.hint(format!(
                        "Near to it and known: `metier market neighbours --occupation {}` ({}).",
                        end.code, end.title
                    ))
                })
                .hint("`metier catalog search \"…\"` finds others."),
            _ => said.hint("`metier catalog search \"…\"` finds occupations and their codes."),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drafted_family_tells_its_occupation() {
        for (family, code) in [
            ("onet-15-1252-00", Some("15-1252.00")),
            ("esco-2512-4-1", Some("2512.4.1")),
            ("content-marketing", None),
        ] {
            let family = FamilyId::new(family).unwrap();
            assert_eq!(occupation_of_family(&family).as_deref(), code);
        }
    }
}
