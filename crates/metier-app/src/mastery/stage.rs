//! One's own years beside those that are usual.

use jiff::civil::Date;
use metier_core::id::FamilyId;
use metier_core::mastery::months_within;
use metier_core::person::ProfessionStatus;

use crate::life::Life;

/// How long it was so far, in whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct OwnYears {
    /// Within positions that exercise the profession.
    pub in_positions: u32,
    /// Since the profession was taken up; absent: no day was told.
    pub in_profession: Option<u32>,
}

impl OwnYears {
    /// What the person told, up to a day.
    pub fn of(life: &Life, family: &FamilyId, today: Date) -> Self {
        let positions: Vec<_> = life
            .positions
            .iter()
            .filter(|p| p.what.family == *family)
            .map(|p| (p.what.from, p.what.until))
            .collect();
        let professions: Vec<_> = life
            .professions
            .iter()
            .filter(|p| p.what.family.as_ref() == Some(family) && p.what.status == ProfessionStatus::Held)
            .filter_map(|p| Some((p.what.from?, p.what.until)))
            .collect();
        Self {
            in_positions: months_within(&positions, today),
            in_profession: (!professions.is_empty()).then(|| months_within(&professions, today)),
        }
    }
}
