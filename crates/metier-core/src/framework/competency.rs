//! A competency: something one can be more or less able to do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Criterion, Wording};
use crate::id::{CompetencyId, PracticeId, RungId};

/// Something one can be more or less able to do, said so that a colleague could see it happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// Stable within the family.
    pub id: CompetencyId,
    /// The practice it belongs to.
    pub practice: PracticeId,
    /// Short and active: "Publish an article to house standard".
    pub name: String,
    /// What a colleague would see when it is done well.
    #[serde(default)]
    pub looks_like: String,
    /// Technical, interpersonal or knowledge.
    #[serde(default)]
    pub kind: Kind,
    /// True when the rest of the field stands on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub foundation: bool,
    /// The layer it belongs to: what one would take along to the next employer.
    #[serde(default)]
    pub layer: Layer,
    /// Where the statement comes from.
    #[serde(default)]
    pub provenance: Vec<Provenance>,
    /// Task, project or area.
    #[serde(default)]
    pub grain: Grain,
    /// How often it is done, which decides the fitting criterion.
    #[serde(default)]
    pub frequency: Frequency,
    /// What fades without use.
    #[serde(default)]
    pub retention: Retention,
    /// Minutes one checkable step takes, for planning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Importance 1 to 5 where a source gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importance: Option<f64>,
    /// Competencies that come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<CompetencyId>,
    /// Criteria of its own, by rung, in place of the ladder's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub criteria: BTreeMap<RungId, Criterion>,
    /// What a document says of it at a rung, in its own words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wording: BTreeMap<RungId, Wording>,
}

/// What sort of ability it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Done with hands, tools or methods of the field.
    #[default]
    Technical,
    /// Done with people.
    Interpersonal,
    /// Known and applied.
    Knowledge,
}

/// The layer a competency belongs to, from what endures to what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Holds wherever the profession is practised.
    #[default]
    Profession,
    /// Holds within one industry.
    Industry,
    /// Holds only with one employer.
    Organisation,
}

/// How large the thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// One piece of work.
    #[default]
    Task,
    /// Many tasks with a date or goal.
    Project,
    /// A standing responsibility.
    Area,
}

/// How often the thing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Many times a day: the original's 99% can be shown.
    ManyADay,
    /// About daily: 95%.
    Daily,
    /// Some times a week: 90%.
    #[default]
    Weekly,
    /// Rarer: the last five, accepted without rework.
    Rarer,
    /// Not countable (advising, leading, caring): judged.
    NotCountable,
}

/// What fades when it is not used, which decides the half-life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// Getting it right.
    Accuracy,
    /// Getting it done fast.
    Speed,
    /// Both.
    #[default]
    Mixed,
}

/// Where a statement comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Sort of source.
    pub kind: ProvenanceKind,
    /// Its name: a body, a person, a document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where in it (a code, a page, a link).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
}

/// Sorts of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvenanceKind {
    /// A body of the profession.
    ProfessionBody,
    /// A master of the field.
    Master,
    /// An employer's document.
    Employer,
    /// Someone who sells it.
    Vendor,
    /// The person themself.
    Own,
    /// Written for Metier as a start, to be checked with masters.
    Starter,
    /// The O*NET database.
    Onet,
    /// The ESCO classification.
    Esco,
}
