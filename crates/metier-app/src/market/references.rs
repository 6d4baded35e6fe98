//! What training and scoring take from a home and from the program: skills, occupations, vectors.

use std::path::Path;

use metier_core::catalogue::Esco;
use metier_market::concept::{Concepts, Scheme};
use metier_market::link::table::Table;
use metier_market::occupation::{Group, Occupation};

use super::concepts::concept_index;
use crate::error::{AppError, Kind};
use crate::occupations::catalogue;

/// The distilled vectors of word pieces, part of the program: it asks for no download, and a file beside it
/// could be another one than its figures were measured with.
static TABLE: &[u8] = include_bytes!("../../../../models/static-table.bin");

/// The distilled vectors of word pieces that training begins with.
///
/// # Errors
/// When the program itself is damaged.
pub fn static_table() -> Result<Table, AppError> {
    Table::from_bytes(TABLE).map_err(|e| AppError::new(Kind::Damaged, format!("the program is damaged: {e}")))
}

/// The home's skills and technologies; none where no publication was imported.
pub(super) fn names_of(home: &Path) -> Result<Concepts, AppError> {
    Ok(concept_index(home)?.map_or_else(Concepts::default, |index| index.concepts().clone()))
}

/// ESCO's skills alone, in their order.
pub(super) fn esco_only(concepts: &Concepts) -> Concepts {
    let skills = concepts.iter().map(|(_, c)| c);
    Concepts::new(skills.filter(|c| c.scheme == Scheme::Esco).cloned().collect())
}

/// The home's ESCO occupations and the unit groups they are of; none where ESCO was not imported.
///
/// # Errors
/// When the catalogue is damaged.
pub fn coded_occupations(home: &Path) -> Result<(Vec<Occupation>, Vec<Group>), AppError> {
    let catalogue = catalogue(home)?;
    let esco = catalogue.as_ref().and_then(|c| c.esco.as_ref());
    Ok(esco.map_or_else(Default::default, occupations_of))
}

fn occupations_of(esco: &Esco) -> (Vec<Occupation>, Vec<Group>) {
    let labels = |places: &[u32]| {
        let skills = places.iter().filter_map(|at| esco.skills.get(*at as usize));
        skills.map(|s| s.label.clone()).collect()
    };
    let occupations = esco.occupations.iter().map(|o| Occupation {
        key: o.uri.clone(),
        code: o.code.clone(),
        isco: o.isco_group.clone(),
        label: o.title.clone(),
        names: o.alternate_titles.clone(),
        description: o.description.clone(),
        essential: labels(&o.essential),
        optional: labels(&o.optional),
    });
    let groups = esco.isco.iter().filter(|g| g.code.len() == 4).map(|g| Group {
        code: g.code.clone(),
        label: g.label.clone(),
        description: String::new(),
    });
    (occupations.collect(), groups.collect())
}
