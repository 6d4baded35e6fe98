//! Why a rung is in its state, and what is missing: structured values that pages, commands and the
//! interface render alike.

use jiff::civil::Date;
use serde::Serialize;

use super::{Grade, Number};
use crate::feedback::NextTime;
use crate::framework::EvidenceKind;
use crate::id::{EntryId, RungId};
use crate::rating::Role;

/// Why a rung is in its state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// Attempts so far, and the accuracy they are enough to claim.
    Attempts {
        /// How many.
        attempts: u64,
        /// How many of them were not correct and unaided.
        errors: u64,
        /// On how many distinct days.
        days: u32,
        /// The accuracy they are enough to claim.
        claim: Number,
        /// The accuracy asked for.
        target: Number,
    },
    /// Examples so far.
    Examples {
        /// How many that count.
        counted: u32,
        /// How many of these have something to show for it.
        backed: u32,
        /// How many of these somebody confirmed.
        confirmed: u32,
        /// How many are asked for.
        needed: u32,
    },
    /// This evidence does not say how it came out: it counts neither way.
    NotSaid {
        /// Which.
        evidence: EntryId,
    },
    /// Somebody confirmed it.
    Confirmed {
        /// Who.
        by: String,
        /// In which role.
        role: Role,
        /// When.
        on: Date,
        /// Of which evidence; absent: of the rung itself.
        evidence: Option<EntryId>,
    },
    /// Somebody who was asked would not let the person do it unsupervised yet.
    Withheld {
        /// Who.
        by: String,
        /// In which role.
        role: Role,
        /// What they answered.
        next_time: NextTime,
        /// When.
        on: Date,
    },
    /// A higher rung that is proven makes it obvious.
    MadeObvious {
        /// Which.
        by: RungId,
        /// How well that one is proven.
        grade: Grade,
    },
    /// Ratings and evidence make it this probable.
    Probable {
        /// Probability of at least this rung.
        probability: Number,
    },
    /// Nothing is behind it but the person's own view.
    OwnView,
    /// This evidence speaks against it.
    Contradicted {
        /// Which.
        evidence: EntryId,
        /// When it happened.
        on: Date,
    },
    /// The attempts themselves show that the accuracy asked for is not there.
    TooManyErrors {
        /// How many attempts.
        attempts: u64,
        /// How many errors.
        errors: u64,
    },
    /// Errors have become more frequent since it was proven.
    Drift {
        /// The day on which it showed.
        on: Date,
    },
    /// Somebody disputes it.
    Disputed {
        /// Who.
        by: String,
        /// Why.
        because: String,
        /// The dispute.
        entry: EntryId,
    },
    /// It was not used for long.
    NotUsed {
        /// Since when.
        since: Date,
        /// Months, time away not counted.
        months: Number,
        /// Share retained by the policy's half-life.
        retained: Number,
    },
    /// The credential has lapsed.
    Lapsed {
        /// Its last day.
        on: Date,
        /// Which.
        evidence: EntryId,
    },
    /// Nothing is known.
    NothingKnown,
}

/// What would prove a rung, or make it fresh again.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "missing", rename_all = "snake_case")]
pub enum Missing {
    /// Clean attempts.
    CleanAttempts {
        /// So many more in a row.
        more: u64,
        /// Would be enough for this accuracy.
        target: Number,
        /// And so many more for these: the other usual targets and the original's 99%.
        others: Vec<(Number, u64)>,
    },
    /// Attempts on more days.
    Days {
        /// So many more days.
        more: u32,
    },
    /// Examples.
    Examples {
        /// So many more.
        more: u32,
        /// Of these kinds; empty: any.
        of: Vec<EvidenceKind>,
        /// In which others worked under the person.
        leading_others: bool,
        /// Who would best confirm it.
        confirmed_by: String,
    },
    /// Something to show for an example that is there: a file, a link, or somebody's word.
    Backing {
        /// Which example.
        evidence: EntryId,
        /// Who would best confirm it.
        confirmed_by: String,
    },
    /// Somebody taught must have done it unaided.
    LearnerUnaided {
        /// The teaching that is there; absent: nobody was taught yet.
        evidence: Option<EntryId>,
    },
    /// A credential.
    Credential,
    /// A credential renewed.
    Renewal {
        /// The one that lapsed.
        evidence: EntryId,
    },
    /// Being named as responsible or accountable.
    Ownership {
        /// Who would best confirm it.
        confirmed_by: String,
    },
    /// Somebody's judgement that they would let the person do it unsupervised.
    Judgement {
        /// From so many more people.
        more: u32,
        /// Who would best judge.
        confirmed_by: String,
    },
    /// An answer to a dispute.
    Answer {
        /// Which dispute.
        dispute: EntryId,
    },
    /// New evidence after something spoke against it.
    FreshProof,
    /// One use.
    Use,
}

impl Missing {
    /// True when one example, or one word of somebody, would settle it.
    pub fn one_example(&self) -> bool {
        match self {
            Self::CleanAttempts { more, .. } => *more == 1,
            Self::Days { more } | Self::Examples { more, .. } | Self::Judgement { more, .. } => *more <= 1,
            Self::Backing { .. }
            | Self::LearnerUnaided { .. }
            | Self::Ownership { .. }
            | Self::Answer { .. }
            | Self::Use => true,
            Self::Credential | Self::Renewal { .. } | Self::FreshProof => false,
        }
    }
}
