//! Standing: where the person is, how sure that is, and why. Derived, never stored as truth.
//!
//! [`standing`] is a pure function of entries, criteria, policy and two times; the same input gives the
//! same bytes out on every platform. Per competency it says the state of every rung with reasons and
//! what is missing, and two quantities and no third: *Proven*, decided by each rung's own criterion, and
//! *Probably*, the range that holds most of the posterior from ratings and evidence. The posterior never
//! decides what is proven.
//!
//! | file | question |
//! |---|---|
//! | `record` | what bears on each competency? |
//! | `tally` | when was a rung's criterion met, and does it still hold? |
//! | `belief` | what is probable? |
//! | `freshness` | when was it last used? |
//! | `verdict` | am I there? |
//! | `change` | what changed between two standings? |
//! | `convince` | what would settle it? |
//! | `looks` | what has newly become likely, month after month? |

mod belief;
mod change;
mod competency;
mod convince;
mod drift;
mod freshness;
mod looks;
mod number;
mod reason;
mod record;
mod tally;
mod verdict;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use metier_measure::MeasureError;
use serde::Serialize;

use crate::calibration::{InUse, Unfit};
use crate::canonical::Digest;
use crate::framework::{Criterion, Expectation, Framework};
use crate::id::{CompetencyId, CredentialId, EntryId, FamilyId, PracticeId, RungId};
use crate::journal::{Arrival, Entry, view};
use crate::policy::Policy;
use crate::rating::Role;
use crate::target::{Target, TargetOf, ThingStanding};

pub use change::{Difference, Moved, changes};
pub use convince::{Backing, Convince, Observation, Telling, convince};
pub use number::Number;
pub use reason::{Missing, Reason};

pub(crate) use looks::Looks;

use belief::Belief;
pub(crate) use belief::equal_thresholds;
use record::Record;
pub(crate) use record::known_since;

/// What is asked: whose criteria, which target, as of when, known when.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The criteria.
    pub framework: &'a Framework,
    /// Their digest.
    pub version: Digest,
    /// The target, if there is one.
    pub target: Option<&'a Target>,
    /// The numbers judgement depends on.
    pub policy: &'a Policy,
    /// Estimates of raters' leniency; absent: the policy's priors.
    pub calibration: Option<InUse<'a>>,
    /// What had happened by this day.
    pub at: Date,
    /// What had been recorded by this instant.
    pub known_at: Timestamp,
    /// Evidence left out, to see what it carried. Empty for the standing itself.
    pub without: &'a HashSet<EntryId>,
}

/// Where the person is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// As of this day…
    pub at: Date,
    /// …from what was known at this instant.
    pub known_at: Timestamp,
    /// Against this family…
    pub family: FamilyId,
    /// …in exactly this version.
    pub version: Digest,
    /// Under this version of the policy.
    pub policy: u32,
    /// The calibration it was asked with, whether or not it could be used; absent: there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calibration: Option<CalibrationUse>,
    /// Every competency of the framework, in its order.
    pub competencies: Vec<CompetencyStanding>,
    /// Credentials the framework asks for.
    pub credentials: Vec<CredentialStanding>,
    /// The target, if there is one.
    pub target: Option<TargetStanding>,
    /// Effort: kept apart from level.
    pub effort: Effort,
}

/// The calibration a standing was asked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalibrationUse {
    /// Which.
    pub digest: Digest,
    /// Over whose ratings it was made…
    pub of: String,
    /// …and when.
    pub made_on: Date,
    /// Why it was not used, and the policy's priors were; absent: it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unfit: Option<Unfit>,
}

/// Where the person is on one competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompetencyStanding {
    /// Which.
    pub competency: CompetencyId,
    /// Its practice.
    pub practice: PracticeId,
    /// Every rung in use, lowest first.
    pub rungs: Vec<RungStanding>,
    /// The highest rung with all rungs below it proven; absent: none yet.
    pub proven: Option<RungId>,
    /// The grade of that; the weakest of the rungs it stands on.
    pub grade: Option<Grade>,
    /// What is probable.
    pub probably: Probably,
    /// What people say: each person's latest word, oldest first.
    pub ratings: Vec<Said>,
    /// How far apart the lowest and the highest of these are, in rungs, when more than one.
    pub apart: Option<Apart>,
    /// True when there is nothing behind it but the person's own view.
    pub own_view_only: bool,
    /// When it was last used.
    pub last_used: Option<LastUse>,
    /// What the target asks of it.
    pub expected: Option<Expectation>,
    /// Am I there?
    pub verdict: Verdict,
    /// What bears on it.
    pub items: Vec<ItemStanding>,
    /// Effort that went into it.
    pub effort: Effort,
}

/// One rung of one competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RungStanding {
    /// Which.
    pub rung: RungId,
    /// What it asks for here.
    pub criterion: Criterion,
    /// Its state.
    pub state: State,
    /// The grade, once proven.
    pub grade: Option<Grade>,
    /// When it was proven: when the entry that met the criterion was recorded.
    pub proven_at: Option<Timestamp>,
    /// Probability of being at least here.
    pub probability: Number,
    /// Why it is in this state.
    pub reasons: Vec<Reason>,
    /// What would prove it, or make it fresh again.
    pub missing: Vec<Missing>,
    /// The evidence behind it, in the order it was recorded.
    pub evidence: Vec<EntryId>,
}

/// The state of a rung. The first that applies holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// An open dispute, or a contradiction or drift after it was proven.
    Disputed,
    /// Proven, but not used for longer than the policy allows, or lapsed.
    RefresherDue,
    /// Its criterion is met.
    Proven,
    /// Probable, or its criterion is partly met.
    Likely,
    /// There is evidence against it.
    NotYet,
    /// Nothing is known.
    NoRecord,
}

/// How well proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Only by what was recorded under other criteria and is read as this through a crosswalk.
    ReadAcross,
    /// On the person's own record.
    OwnRecord,
    /// Confirmed by others.
    Confirmed,
}

/// The shortest run of consecutive rungs that holds most of the posterior.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Probably {
    /// Lowest rung of the range; absent: below the first.
    pub low: Option<RungId>,
    /// Highest rung of the range; absent: below the first.
    pub high: Option<RungId>,
    /// The mass it holds.
    pub held: Number,
    /// The most probable rung; absent: below the first.
    pub most: Option<RungId>,
    /// Mass of each category: below the first rung, then each rung.
    pub mass: Vec<Number>,
    /// The same from the ratings alone.
    pub from_ratings: Vec<Number>,
}

/// Someone's latest word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The entry it is in.
    pub entry: EntryId,
    /// Who.
    pub rater: String,
    /// In which role.
    pub role: Role,
    /// Where they see the person; absent: not even on the first rung.
    pub rung: Option<RungId>,
    /// Why.
    pub reason: String,
    /// How it arrived.
    pub arrival: Arrival,
    /// On which day.
    pub on: Date,
    /// What was allowed for in it by a calibration; absent: the policy's prior for the role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Allowed>,
}

/// What was allowed for in someone's word.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Allowed {
    /// How generous, in steps of the ladder; above 0: this rater sees people higher than others do.
    pub steps: Number,
    /// How far that may be off, in steps.
    pub give_or_take: Number,
    /// How many ratings of the rater's own it is estimated from; absent: it is that of the role.
    pub from_ratings: Option<u32>,
}

/// How far apart people are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Apart {
    /// Steps between the lowest and the highest.
    pub steps: usize,
    /// Mean distance from the middle one, in steps.
    pub average: Number,
    /// The entries that place the person lowest; empty when all agree.
    pub lowest: Vec<EntryId>,
    /// The entries that place the person highest; empty when all agree.
    pub highest: Vec<EntryId>,
    /// Steps between the person and their manager, when both spoke.
    pub self_and_manager: Option<usize>,
}

/// When a competency was last used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LastUse {
    /// The day; while a position exercises it, the day asked about or the last before time away.
    pub on: Date,
    /// The evidence of it; absent: a position exercises it.
    pub evidence: Option<EntryId>,
    /// Months since, time away not counted.
    pub months: Number,
    /// Share retained after that, by the policy's half-life.
    pub retained: Number,
}

/// Am I there?
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing is asked for here.
    NotAsked,
    /// Every rung the target asks for is proven and fresh.
    Yes,
    /// Not yet, and exactly these items.
    NotYet {
        /// What is missing, lowest rung first.
        missing: Vec<MissingAt>,
    },
    /// It cannot be told, because.
    CannotTell {
        /// Why.
        because: Vec<Reason>,
        /// What would tell, lowest rung first.
        missing: Vec<MissingAt>,
    },
}

/// Something missing, and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissingAt {
    /// At which rung.
    pub rung: RungId,
    /// What.
    pub what: Missing,
}

/// One piece of evidence as it bears on a competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemStanding {
    /// Which evidence; absent: a confirmation of the rung itself.
    pub evidence: Option<EntryId>,
    /// On which rung.
    pub rung: RungId,
    /// For or against.
    pub supports: bool,
    /// Its weight in the posterior, 0 to 1.
    pub weight: Number,
}

/// A credential the framework asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CredentialStanding {
    /// Which.
    pub credential: CredentialId,
    /// Where it stands.
    pub state: CredentialState,
    /// The evidence that shows it.
    pub evidence: Option<EntryId>,
    /// Last day it holds.
    pub expires: Option<Date>,
}

/// Where a credential stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialState {
    /// Held.
    Held,
    /// Held, and it lapses soon.
    Expiring,
    /// It has lapsed.
    Lapsed,
    /// Nothing shows it.
    Missing,
}

/// The target as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetStanding {
    /// What it is.
    #[serde(flatten)]
    pub of: TargetOf,
    /// What it is called.
    pub name: String,
    /// Am I there?
    pub verdict: TargetVerdict,
    /// Required expectations.
    pub required: Met,
    /// Weighted expectations, counted by weight.
    pub weighted: Met,
    /// How many of the required ones met are confirmed by others.
    pub confirmed: u32,
    /// Required ones of which something is known, and that one example, or one word of somebody, would settle.
    pub one_away: Vec<CompetencyId>,
    /// Required credentials that are missing or lapsed.
    pub credentials: Vec<CredentialId>,
    /// The significant things it asks for besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<ThingStanding>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Met {
    /// Met.
    pub met: u32,
    /// Asked for.
    pub of: u32,
}

/// The answer for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetVerdict {
    /// Every required expectation is met, every required credential held, and every significant thing there.
    Yes,
    /// Something required is missing.
    NotYet,
    /// Nothing missing is known to be missing, but something required is disputed or unknown.
    CannotTell,
}

/// Effort made, which is not level reached.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Effort {
    /// Pieces of evidence recorded.
    pub entries: u32,
    /// Attempts logged.
    pub attempts: u64,
    /// Hours given.
    pub hours: Number,
}

/// Where the person is, from what is recorded.
///
/// Ratings are adjusted by the question's calibration where there is one and it fits, else by the policy's
/// priors for each role.
///
/// # Errors
/// When a number of the policy lies outside its method's domain.
pub fn standing(entries: &[Entry], question: &Question<'_>) -> Result<Standing, MeasureError> {
    let view = view(entries, question.known_at);
    let record = Record::read(&view, question);
    let mut belief = Belief::new(question)?;
    let mut competencies = Vec::with_capacity(question.framework.competencies.len());
    for (place, competency) in question.framework.competencies.iter().enumerate() {
        competencies.push(competency::stand(
            competency,
            &record.competencies[place],
            &record,
            question,
            &mut belief,
        )?);
    }
    if record.across {
        let alone = Record::read_alone(&view, question);
        let mut belief = Belief::new(question)?;
        let all = question.framework.competencies.iter().zip(&alone.competencies);
        for (standing, (competency, bearing)) in competencies.iter_mut().zip(all) {
            let alone = competency::stand(competency, bearing, &alone, question, &mut belief)?;
            competency::say_what_is_read_across(standing, &alone);
        }
    }
    let credentials = verdict::credentials(&record, question);
    let target = question
        .target
        .map(|target| verdict::target(target, &competencies, &credentials, question));
    Ok(Standing {
        at: question.at,
        known_at: question.known_at,
        family: question.framework.family.clone(),
        version: question.version,
        policy: question.policy.version,
        calibration: belief.calibration(),
        competencies,
        credentials,
        target,
        effort: record.effort,
    })
}

impl Standing {
    /// One competency's standing.
    pub fn competency(&self, id: &CompetencyId) -> Option<&CompetencyStanding> {
        self.competencies.iter().find(|c| c.competency == *id)
    }
}

impl CompetencyStanding {
    /// One rung's standing.
    pub fn rung(&self, id: &RungId) -> Option<&RungStanding> {
        self.rungs.iter().find(|r| r.rung == *id)
    }

    /// True when nothing at all is known.
    pub fn blank(&self) -> bool {
        self.rungs.iter().all(|r| r.state == State::NoRecord)
    }
}

impl State {
    /// Proven, even if fresh use or an answer to a dispute is wanted.
    pub fn proven(self) -> bool {
        self == Self::Proven
    }
}
