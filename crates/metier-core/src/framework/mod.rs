//! What mastery of a profession is made of: practices, competencies, a ladder, levels, activities.
//!
//! A [`Framework`] is a document. A *family* has versions; a published version never changes and is
//! named by the digest of its canonical form, so an agreement can pin exactly the criteria that were
//! agreed. Competency and rung ids are stable within a family, so evidence claimed under one version
//! reads under the next. The YAML form a person writes is this structure, field for field
//! (`docs/framework-format.md`).

mod activity;
pub mod ambiguity;
mod competency;
mod criterion;
mod difference;
mod ladder;
mod level;
mod need;
pub mod scale;
mod source;
mod suggest;
mod validate;

pub use activity::{Activity, ActivityKind, Hours, Shows};
pub use competency::{Competency, Frequency, Grain, Kind, Layer, Provenance, ProvenanceKind, Retention};
pub use criterion::{Criterion, EvidenceKind};
pub use difference::{Change, difference};
pub use ladder::{Ladder, Rung, nine_steps};
pub use level::{Expectation, Level, Weight};
pub use need::{Need, needs};
pub use source::{Kept, Source, Wording};
pub use suggest::{Suggester, Suggestion, stem};
pub use validate::{Problem, check};

use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, Digest, digest_of};
use crate::id::{CompetencyId, CredentialId, FamilyId, LevelId, NeedId, PracticeId, RungId};

/// The version of the framework document format this program writes.
pub const FORMAT: u32 = 1;

/// A framework document: one version of one family, draft or published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Version of this document format; today always 1.
    #[serde(default = "format")]
    pub metier_framework: u32,
    /// The family all versions share.
    pub family: FamilyId,
    /// What people call this version: "1", "2027 spring".
    pub version: String,
    /// Title of the framework, usually the profession: "Content marketing".
    pub title: String,
    /// What one who does it is called: "Content marketer".
    #[serde(default)]
    pub practitioner: String,
    /// One or two sentences: what the profession is for.
    #[serde(default)]
    pub summary: String,
    /// The human needs the profession serves.
    #[serde(default)]
    pub needs: Vec<NeedId>,
    /// Who wrote it, from what, and how far it was checked.
    #[serde(default)]
    pub note: String,
    /// Attribution lines that must be shown wherever this content is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<String>,
    /// The 8 to 10 core practices, in reading order.
    pub practices: Vec<Practice>,
    /// The competencies, in reading order within their practice.
    pub competencies: Vec<Competency>,
    /// Credentials the field asks for.
    #[serde(default)]
    pub credentials: Vec<RequiredCredential>,
    /// The steps; the built-in nine-step ladder when the document gives none.
    #[serde(default)]
    pub ladder: Ladder,
    /// Career levels, lowest first.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// What one can do to move.
    #[serde(default)]
    pub activities: Vec<Activity>,
    /// The document it was read from, when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What that document says and has no place of its own here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
}

fn format() -> u32 {
    FORMAT
}

/// One of the core areas of a profession.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Stable id.
    pub id: PracticeId,
    /// Short name: "Write".
    pub name: String,
    /// What belongs to it, in a sentence.
    #[serde(default)]
    pub summary: String,
}

/// A credential the field asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredCredential {
    /// Stable id.
    pub id: CredentialId,
    /// Its name as the field says it.
    pub name: String,
    /// Who gives it.
    #[serde(default)]
    pub body: String,
    /// Months until it must be renewed; absent when it does not lapse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renew_months: Option<u32>,
    /// True when one may not practise without it.
    #[serde(default)]
    pub required: bool,
    /// Where it differs (by country, by level), what to look for.
    #[serde(default)]
    pub note: String,
}

impl Framework {
    /// The name of this exact document: the digest of its canonical form.
    ///
    /// # Errors
    /// When a number in it has no canonical form (not finite).
    pub fn digest(&self) -> Result<Digest, CanonicalError> {
        digest_of(self)
    }

    /// The practice with this id.
    pub fn practice(&self, id: &PracticeId) -> Option<&Practice> {
        self.practices.iter().find(|p| p.id == *id)
    }

    /// The competency with this id.
    pub fn competency(&self, id: &CompetencyId) -> Option<&Competency> {
        self.competencies.iter().find(|c| c.id == *id)
    }

    /// The competencies of one practice, in reading order.
    pub fn competencies_of<'a>(&'a self, practice: &'a PracticeId) -> impl Iterator<Item = &'a Competency> {
        self.competencies.iter().filter(move |c| c.practice == *practice)
    }

    /// The level with this id.
    pub fn level(&self, id: &LevelId) -> Option<&Level> {
        self.levels.iter().find(|l| l.id == *id)
    }

    /// The criterion that one rung of one competency asks for: the competency's own where it has one,
    /// else the ladder's, fitted to how often the thing is done.
    pub fn criterion(&self, competency: &Competency, rung: &Rung) -> Criterion {
        match competency.criteria.get(&rung.id) {
            Some(own) => own.clone(),
            None => rung.criterion.fitted(competency.frequency),
        }
    }

    /// What a document says of a competency at a rung, in its own words; `None` when it says nothing.
    pub fn wording(&self, competency: &CompetencyId, rung: &RungId) -> Option<&Wording> {
        self.competency(competency)?
            .wording
            .get(rung)
            .filter(|w| !w.is_empty())
    }

    /// What a level asks of a competency; `None` when the level does not name it.
    pub fn expectation(&self, level: &LevelId, competency: &CompetencyId) -> Option<&Expectation> {
        self.level(level)?
            .expectations
            .iter()
            .find(|e| e.competency == *competency)
    }

    /// The rung with this id, with its place among the active rungs (0 is the lowest).
    pub fn rung(&self, id: &RungId) -> Option<(usize, &Rung)> {
        self.ladder.active().enumerate().find(|(_, r)| r.id == *id)
    }

    /// True when every source of the list is a vendor or an employer, so that nobody of the
    /// profession has looked at it yet.
    pub fn unchecked_by_profession(&self) -> bool {
        !self.competencies.is_empty()
            && self.competencies.iter().all(|c| {
                !c.provenance.is_empty()
                    && c.provenance
                        .iter()
                        .all(|p| matches!(p.kind, ProvenanceKind::Vendor | ProvenanceKind::Employer))
            })
    }
}
