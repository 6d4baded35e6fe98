//! Calibration: dated estimates of raters' leniency, made over an organisation.
//!
//! One person's ratings do not tell a severe rater from a hard competency; the ratings of many people do, as far
//! as the same raters rated several of them. [`calibrate`] fits the model of `metier_measure::raters` to the
//! ratings of one family and keeps what it found in a [`Calibration`]: a document with a date and a digest,
//! which a standing may be asked with. Without one, or where it does not fit, the policy's priors hold.
//!
//! Every number says where it comes from ([`Origin`]): estimated, or the policy's because. A rater has an
//! estimate of their own only when others rated at least [`LEAST_LINKED`] of the same things, and is linked to
//! them; until then the role's holds. A calibration is there to adjust, never to be shown as a list: it ranks
//! nobody.

mod make;

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, Digest, digest_of};
use crate::framework::Framework;
use crate::id::{FamilyId, JournalId, RungId};
use crate::journal::{Entry, Fact, Payload, view};
use crate::policy::Policy;
use crate::rating::{Rating, Role};
use crate::standing::Number;

pub use make::{LEAST_LINKED, calibrate};

/// Estimates of raters' leniency, on the latent scale of the ordinal model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Over whose ratings.
    pub of: String,
    /// On which day.
    pub made_on: Date,
    /// Of which family of criteria.
    pub family: FamilyId,
    /// Its rungs, lowest first: the scale is theirs.
    pub rungs: Vec<RungId>,
    /// The policy whose priors it started from and fell back on.
    pub policy: Digest,
    /// What it was made from.
    pub heard: Heard,
    /// Thresholds between the rungs, lowest first.
    pub thresholds: Vec<Number>,
    /// Where these come from.
    pub thresholds_from: Origin,
    /// How far people's places spread: between people and, for one person, between competencies, together.
    pub prior_sd: Number,
    /// Where the spread between people comes from…
    pub people_from: Origin,
    /// …and that between the competencies of one person.
    pub competencies_from: Origin,
    /// Leniency of each role.
    pub roles: Vec<RoleLeniency>,
    /// Leniency of raters of whom it can be told; ordered by role, then name.
    pub raters: Vec<RaterLeniency>,
}

/// What a calibration was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// Ratings: the latest word of each rater on each competency of each person.
    pub ratings: u32,
    /// People rated.
    pub people: u32,
    /// Raters, one for each role they spoke in.
    pub raters: u32,
    /// Of these raters, how many cannot be compared with anybody.
    pub not_linked: u32,
    /// How many have too few ratings in company for an estimate of their own.
    pub too_few: u32,
    /// How many share their name and role with somebody else: whose word is whose cannot be told later.
    pub ambiguous: u32,
}

/// How generously a role judges.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleLeniency {
    /// Which role.
    pub role: Role,
    /// Mean.
    pub mean: Number,
    /// Where it comes from.
    pub mean_from: Origin,
    /// Standard deviation within the role.
    pub sd: Number,
    /// Where it comes from.
    pub sd_from: Origin,
}

/// How generously one rater judges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaterLeniency {
    /// In which role.
    pub role: Role,
    /// Who.
    pub rater: String,
    /// Mean.
    pub mean: Number,
    /// How far it may be off.
    pub sd: Number,
    /// Estimated from so many ratings of what others rated too.
    pub ratings: u32,
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// Estimated from the ratings.
    Estimated,
    /// The policy's, because it fixes the origin of the scale.
    FixesTheScale,
    /// The policy's, because there is too little of what it would be estimated from.
    TooFew {
        /// What there is.
        found: u32,
        /// What would be enough.
        needed: u32,
    },
    /// The policy's, because raters of the role rated too little of what other roles rated.
    NotCompared {
        /// What there is.
        found: u32,
        /// What would be enough.
        needed: u32,
    },
    /// The policy's, because the ratings show no such variation.
    NoVariation,
    /// The policy's, because the ratings set no bound to it.
    Unbounded,
}

/// A calibration a standing is asked with.
#[derive(Debug, Clone, Copy)]
pub struct InUse<'a> {
    /// The estimates.
    pub calibration: &'a Calibration,
    /// Their digest.
    pub digest: Digest,
}

/// Why a calibration is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// It is about another family.
    OtherFamily,
    /// The rungs have changed since.
    OtherRungs,
    /// It was made under another policy.
    OtherPolicy,
    /// It was made after the day asked about.
    MadeLater,
}

/// One rater's word on one competency of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word<'a> {
    /// About whom.
    pub person: JournalId,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The word.
    pub rating: &'a Rating,
}

/// The ratings of a journal that stand at an instant, as far as they may be used: `may` is asked with each
/// entry's payload, whose audience and purpose say what the person allowed.
pub fn words(entries: &[Entry], known_at: Timestamp, may: impl Fn(&Payload) -> bool) -> Vec<Word<'_>> {
    view(entries, known_at)
        .facts
        .into_iter()
        .filter(|fact| may(fact.payload()))
        .filter_map(|fact| match fact.fact() {
            Fact::Rating(rating) => Some(Word {
                person: fact.entry.link.journal,
                recorded_at: fact.recorded_at(),
                rating,
            }),
            _ => None,
        })
        .collect()
}

/// The leniency allowed for in one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Allowance {
    pub mean: Number,
    pub sd: Number,
    /// From so many ratings of the rater's own; absent: the role's.
    pub own: Option<u32>,
}

impl Calibration {
    /// The digest of its canonical form.
    ///
    /// # Errors
    /// None that a calibration can cause: it holds no number beyond 2^53.
    pub fn digest(&self) -> Result<Digest, CanonicalError> {
        digest_of(self)
    }

    /// Whether it can be used for a standing on a day by these criteria and this policy; if not, why.
    pub fn unfit_for(&self, framework: &Framework, policy: &Policy, at: Date) -> Option<Unfit> {
        let rungs = framework.ladder.active().map(|r| &r.id);
        if self.family != framework.family {
            Some(Unfit::OtherFamily)
        } else if !rungs.eq(&self.rungs) || self.thresholds.len() != self.rungs.len() {
            Some(Unfit::OtherRungs)
        } else if !digest_of(policy).is_ok_and(|digest| digest == self.policy) {
            Some(Unfit::OtherPolicy)
        } else if self.made_on > at {
            Some(Unfit::MadeLater)
        } else {
            None
        }
    }

    /// The mean distance of two neighbouring thresholds: one step on the latent scale.
    pub fn step(&self) -> f64 {
        let (first, last) = (self.thresholds.first(), self.thresholds.last());
        match (first, last, self.thresholds.len()) {
            (Some(first), Some(last), n) if n > 1 => (last.get() - first.get()) / (n - 1) as f64,
            _ => 1.0,
        }
    }

    /// What to allow for in a rater's words: the rater's own leniency where it is estimated, else the role's.
    pub(crate) fn allowance(&self, rater: &str, role: Role) -> Option<Allowance> {
        let at = |other: &RaterLeniency| -> Ordering {
            other
                .role
                .cmp(&role)
                .then_with(|| other.rater.as_str().cmp(rater))
        };
        let own = self.raters.binary_search_by(at).ok().map(|i| &self.raters[i]);
        let of_role = || self.roles.iter().find(|r| r.role == role);
        own.map(|own| Allowance {
            mean: own.mean,
            sd: own.sd,
            own: Some(own.ratings),
        })
        .or_else(|| {
            of_role().map(|role| Allowance {
                mean: role.mean,
                sd: role.sd,
                own: None,
            })
        })
    }
}
