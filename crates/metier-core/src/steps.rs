//! What can be done about what is missing, and how long it takes: the one source of the next step and of
//! routes.

use crate::framework::{Activity, EvidenceKind, Framework, Hours, Weight};
use crate::id::RungId;
use crate::standing::{CompetencyStanding, Missing, MissingAt, Standing, Verdict};

/// Hours for asking somebody something.
const ASK: f64 = 0.25;
/// Hours for attaching a file or writing down what already happened.
pub(crate) const WRITE_DOWN: f64 = 0.25;
/// Minutes of one checkable step where the framework gives none.
const STEP_MINUTES: u32 = 30;
/// What a step that no framework estimates may take, as parts of what is likely: if all goes well, and if
/// it drags. Our choice.
const SPAN: (f64, f64) = (0.7, 2.0);

/// A competency that the target asks for and is not met.
pub(crate) struct Open<'a> {
    /// Where it stands.
    pub competency: &'a CompetencyStanding,
    /// What is missing, lowest rung first.
    pub missing: &'a [MissingAt],
    /// Whether it must be met.
    pub weight: Weight,
}

impl<'a> Open<'a> {
    /// Everything the target asks for and is not met, in the framework's order.
    pub fn all(standing: &'a Standing) -> Vec<Self> {
        standing.competencies.iter().filter_map(Self::of).collect()
    }

    fn of(competency: &'a CompetencyStanding) -> Option<Self> {
        let missing = match &competency.verdict {
            Verdict::NotYet { missing } | Verdict::CannotTell { missing, .. } => missing,
            Verdict::Yes | Verdict::NotAsked => return None,
        };
        let weight = competency.expected.as_ref()?.weight;
        (weight != Weight::NotApplicable).then_some(Self {
            competency,
            missing,
            weight,
        })
    }

    /// True when something is missing at this rung.
    pub fn at(&self, rung: &RungId) -> bool {
        self.missing.iter().any(|m| m.rung == *rung)
    }

    /// Hours that one of the missing things takes, done as such.
    pub fn hours(&self, missing: &Missing, framework: &Framework) -> f64 {
        let minutes = framework
            .competency(&self.competency.competency)
            .and_then(|c| c.minutes)
            .unwrap_or(STEP_MINUTES);
        hours(missing, minutes)
    }
}

/// What an activity is expected to show of what is open, in its order.
pub(crate) fn shown<'o, 'a>(activity: &'o Activity, open: &'o [Open<'a>]) -> Vec<(&'o Open<'a>, &'o RungId)> {
    activity
        .shows
        .iter()
        .filter_map(|shows| {
            let open = open
                .iter()
                .find(|o| o.competency.competency == shows.competency)?;
            open.at(&shows.rung).then_some((open, &shows.rung))
        })
        .collect()
}

/// The activities that come first and still show something open; the others count as done.
pub(crate) fn first<'f>(
    activity: &Activity,
    framework: &'f Framework,
    open: &[Open<'_>],
) -> Vec<&'f Activity> {
    framework
        .activities
        .iter()
        .filter(|a| a.id != activity.id && activity.needs.contains(&a.id) && !shown(a, open).is_empty())
        .collect()
}

/// Three estimates of a step that only has a likely one.
pub(crate) fn estimate(likely: f64) -> Hours {
    Hours {
        low: SPAN.0 * likely,
        likely,
        high: SPAN.1 * likely,
    }
}

/// Hours that a missing thing takes when no activity of the framework says otherwise.
fn hours(missing: &Missing, minutes: u32) -> f64 {
    let steps = |n: u64| n as f64 * f64::from(minutes) / 60.0;
    match missing {
        Missing::CleanAttempts { more, .. } => steps(*more),
        Missing::Days { more } => steps(u64::from(*more)),
        Missing::Examples {
            more,
            of,
            leading_others,
            ..
        } => f64::from(*more) * example_hours(of, *leading_others),
        Missing::LearnerUnaided { .. } => 6.0,
        Missing::Credential => 80.0,
        Missing::Renewal { .. } => 8.0,
        Missing::Backing { .. } => WRITE_DOWN,
        Missing::Ownership { .. } => 1.0,
        Missing::Judgement { more, .. } => f64::from((*more).max(1)) * ASK,
        Missing::Answer { .. } => 0.5,
        Missing::FreshProof => steps(5),
        Missing::Use => steps(1),
    }
}

fn example_hours(of: &[EvidenceKind], leading_others: bool) -> f64 {
    let of_kind = |kind: &EvidenceKind| match kind {
        EvidenceKind::Project if leading_others => 40.0,
        EvidenceKind::Project => 20.0,
        EvidenceKind::Communication => 4.0,
        EvidenceKind::Teaching => 6.0,
        EvidenceKind::Credential => 80.0,
        EvidenceKind::Learning => 8.0,
        EvidenceKind::Incident | EvidenceKind::Recognition | EvidenceKind::Ownership => 2.0,
        EvidenceKind::Attempts | EvidenceKind::Accomplishment => 1.0,
    };
    of.iter().map(of_kind).min_by(f64::total_cmp).unwrap_or(1.0)
}
