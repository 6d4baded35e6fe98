//! Standing against the criteria that were agreed on, beside the newest ones.

use metier_core::agreement::{AgreementState, TermChange, agreements};
use metier_core::framework::Change;
use metier_core::id::LevelId;
use metier_core::journal::view;
use metier_core::standing::Standing;
use serde::Serialize;

use crate::error::AppError;
use crate::frameworks::compare;
use crate::life::Version;
use crate::standing::Sight;

/// An agreement with where the person stands by it.
#[derive(Debug, Clone, Serialize)]
pub struct Pinned {
    /// The agreement.
    pub agreement: AgreementState,
    /// What it says otherwise than the proposal that was declined before it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<TermChange>,
    /// The criteria agreed on; absent: no longer in this journal.
    #[serde(skip)]
    pub agreed: Option<Version>,
    /// Standing by exactly those.
    pub standing: Option<Standing>,
    /// The newest version of the same family, where it is another.
    #[serde(skip)]
    pub newest: Option<Version>,
    /// Standing by those, for the level of the same name; absent where there is none.
    pub standing_newest: Option<Standing>,
    /// What changed from the criteria agreed on to the newest, shown and never applied.
    pub changes: Vec<Change>,
}

impl Sight {
    /// The agreements in force on the day of this standing, by what was known.
    pub fn agreements_in_force(&self) -> Vec<AgreementState> {
        let known = view(&self.entries, self.standing.known_at);
        let mut all = agreements(&known, self.standing.at);
        all.retain(AgreementState::in_force);
        all
    }

    /// Where the person stands by what was agreed, beside the newest criteria of the same family.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn pinned(&self, agreement: AgreementState) -> Result<Pinned, AppError> {
        let terms = &agreement.terms;
        let agreed = self.life.version(&terms.version).cloned();
        let newest = self
            .life
            .latest(&terms.family)
            .filter(|v| v.digest != terms.version)
            .cloned();
        let by = |version: Option<&Version>, level: &LevelId| -> Result<Option<Standing>, AppError> {
            match version.filter(|v| v.framework.level(level).is_some()) {
                Some(version) => self.by(version, level).map(Some),
                None => Ok(None),
            }
        };
        let standing = by(agreed.as_ref(), &terms.level)?;
        let standing_newest = by(newest.as_ref(), &terms.level)?;
        let changes = match (&agreed, &newest) {
            (Some(agreed), Some(newest)) => compare(&agreed.framework, &newest.framework),
            _ => Vec::new(),
        };
        let otherwise = match terms.amends {
            Some(before) => agreements(&view(&self.entries, self.standing.known_at), self.standing.at)
                .iter()
                // What was declined may have been erased since.
                .find(|a| a.id == before)
                .map_or_else(Vec::new, |a| terms.changes_since(&a.terms)),
            None => Vec::new(),
        };
        Ok(Pinned {
            agreement,
            otherwise,
            agreed,
            standing,
            newest,
            standing_newest,
            changes,
        })
    }
}
