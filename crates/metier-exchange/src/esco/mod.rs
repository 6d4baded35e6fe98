//! Reads a release of ESCO: the zip of CSV files in one language, as published; and its crosswalk to O*NET.
//!
//! Files are known by their names without the language (`skills_en.csv`, `skills_de.csv`), columns by their
//! heads. Occupations, skills and the relations between them must be there; a missing file of another sort
//! is named in the report and the rest loads. The whole release is read before anything is returned, so a
//! fault anywhere leaves nothing half-loaded.
//!
//! ```
//! let error = metier_exchange::esco::read(b"not a zip", None, |_| ()).unwrap_err();
//! assert!(error.to_string().starts_with("this is not a whole zip archive"));
//! ```

mod crosswalk;
mod error;
mod layout;
mod rows;
mod table;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};

use metier_core::catalogue::Esco;
use serde::Serialize;

pub(crate) use crosswalk::is_crosswalk;
pub use crosswalk::{CROSSWALK_MAX, read_crosswalk};
pub use error::EscoError;

use crate::onet::{Progress, Skipped};
use crate::packed;
use layout::{Part, READ, REQUIRED, name_of};
use rows::Gathering;

type Archive<R> = packed::Archive<R, Part>;

/// A release, read.
#[derive(Debug, Clone)]
pub struct Import {
    /// The classification.
    pub esco: Esco,
    /// What was read and what was not.
    pub report: Report,
}

/// What a release held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The release: "ESCO 1.2.0".
    pub source: String,
    /// Language of its labels: "en".
    pub language: String,
    /// Occupations.
    pub occupations: usize,
    /// Skills and knowledge.
    pub skills: usize,
    /// How many of the skills are knowledge.
    pub knowledge: usize,
    /// Other labels of skills.
    pub alternative_labels: usize,
    /// Relations between an occupation and a skill that is essential to it.
    pub essential: usize,
    /// Relations between an occupation and an optional skill.
    pub optional: usize,
    /// Groups of the skill hierarchy.
    pub groups: usize,
    /// Files a release has and this archive lacks.
    pub missing_files: Vec<String>,
    /// Rows passed over, because they are about something the release does not list.
    pub skipped: Vec<Skipped>,
}

/// Reads a release from the bytes of its zip archive. `archive_name` may tell which release it is: the files
/// do not. `progress` is told of each file before it is read.
///
/// # Errors
/// When the archive is damaged or would unpack to too much, when occupations, skills or relations are
/// missing, or when a file does not say what it should: the file, the line and the column are named.
pub fn read(
    bytes: &[u8],
    archive_name: Option<&str>,
    progress: impl FnMut(Progress<'_>),
) -> Result<Import, EscoError> {
    read_from(Cursor::new(bytes), archive_name, progress)
}

/// Reads a release from a file or anything else that can be read at any place.
///
/// # Errors
/// As [`read`], and when reading fails.
pub fn read_from(
    reader: impl Read + Seek,
    archive_name: Option<&str>,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Import, EscoError> {
    let mut archive = Archive::open(reader, layout::part_of)?;
    let lacking: Vec<String> = REQUIRED
        .into_iter()
        .filter(|part| !archive.has(*part))
        .map(|part| name_of(part).to_owned())
        .collect();
    if !lacking.is_empty() {
        return Err(EscoError::FilesMissing { files: lacking });
    }
    let missing: Vec<String> = READ
        .into_iter()
        .filter(|part| !archive.has(*part))
        .map(|part| name_of(part).to_owned())
        .collect();
    let language = archive
        .name_of(Part::Skills)
        .and_then(layout::language_of)
        .unwrap_or_default();
    let source = release(archive_name, archive.names());

    let mut gathering = Gathering::default();
    let total = READ.into_iter().map(|part| archive.size(part)).sum();
    let mut done = 0;
    for part in READ {
        let size = archive.size(part);
        if let Some((file, reader)) = archive.table(part)? {
            progress(Progress {
                table: name_of(part),
                done,
                total,
            });
            gathering.read(part, file, reader)?;
            done += size;
        }
    }
    let (mut esco, skipped) = gathering.finish();
    esco.source = source;
    esco.language = language;
    esco.missing_files = missing;
    esco.credits = vec!["This service uses the ESCO classification of the European Commission.".into()];
    let report = report(&esco, &skipped);
    Ok(Import { esco, report })
}

/// True when the names of an archive's files are those of an ESCO release.
pub(crate) fn is_esco(reader: impl Read + Seek) -> Result<bool, packed::PackedError> {
    let archive = Archive::open(reader, layout::part_of)?;
    Ok(REQUIRED.into_iter().any(|part| archive.has(part)))
}

/// "ESCO 1.2.0" from the archive's name or a folder in it; "ESCO" when neither tells.
fn release(archive_name: Option<&str>, names: &[String]) -> String {
    let number = |name: &str| -> Option<String> {
        name.split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .map(|word| word.trim_matches('.'))
            .find(|word| {
                let parts: Vec<&str> = word.split('.').collect();
                (2..=3).contains(&parts.len()) && parts.iter().all(|p| (1..=2).contains(&p.len()))
            })
            .map(str::to_owned)
    };
    archive_name
        .and_then(number)
        .or_else(|| names.iter().find_map(|n| number(n)))
        .map_or_else(|| "ESCO".to_owned(), |number| format!("ESCO {number}"))
}

fn report(esco: &Esco, skipped: &BTreeMap<&'static str, usize>) -> Report {
    use metier_core::catalogue::SkillKind;
    Report {
        source: esco.source.clone(),
        language: esco.language.clone(),
        occupations: esco.occupations.len(),
        skills: esco.skills.len(),
        knowledge: esco
            .skills
            .iter()
            .filter(|s| s.kind == SkillKind::Knowledge)
            .count(),
        alternative_labels: esco.skills.iter().map(|s| s.alternative_labels.len()).sum(),
        essential: esco.occupations.iter().map(|o| o.essential.len()).sum(),
        optional: esco.occupations.iter().map(|o| o.optional.len()).sum(),
        groups: esco.groups.len(),
        missing_files: esco.missing_files.clone(),
        skipped: skipped
            .iter()
            .map(|(table, rows)| Skipped {
                table: (*table).to_owned(),
                rows: *rows,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_release_is_told_from_names() {
        let name = "ESCO dataset - v1.2.0 - classification - en - csv.zip";
        assert_eq!(super::release(Some(name), &[]), "ESCO 1.2.0");
        assert_eq!(super::release(Some("esco_1.2.0_en_csv.zip"), &[]), "ESCO 1.2.0");
        assert_eq!(
            super::release(Some("x.zip"), &["v1.1/skills_en.csv".into()]),
            "ESCO 1.1"
        );
        assert_eq!(super::release(None, &["skills_en.csv".into()]), "ESCO");
    }
}
