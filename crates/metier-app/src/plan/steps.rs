//! The steps of a route, as things to put into the plan.

use metier_core::framework::{ActivityKind, EvidenceKind, Framework, Hours, Shows};
use metier_core::id::EntryId;
use metier_core::next_step::{Closes, Doing};
use metier_core::plan::{Plan, Planned};
use metier_core::route::RouteStep;
use metier_core::standing::Missing;

use crate::words::Words;

/// A step of a route as something to put into the plan, with its hours as the route has them. Of a stretch
/// assignment only the person can say what could go wrong: it comes without.
pub fn planned_step(
    step: &RouteStep,
    words: &Words<'_>,
    framework: &Framework,
    goal: Option<EntryId>,
) -> Planned {
    let shows = step.closes.iter().chain(&step.helps).map(|c: &Closes| Shows {
        competency: c.competency.clone(),
        rung: c.rung.clone(),
    });
    let shows: Vec<Shows> = shows.collect();
    let (kind, activity) = match &step.what {
        Doing::Activity { activity, kind, .. } => (*kind, Some(activity.clone())),
        Doing::Close { at, .. } => (kind_of(&at.what), None),
        Doing::Tell { .. } => (ActivityKind::Project, None),
    };
    let name = match &step.what {
        Doing::Activity { name, .. } => name.clone(),
        Doing::Close { competency, .. } | Doing::Tell { competency } => {
            let said = words.doing(&step.what);
            let said = said.trim_end_matches(['.', '?', '!']);
            let competency = words.competency(competency);
            // What is done as such does not always say of what.
            if said.to_lowercase().contains(&competency.to_lowercase()) {
                said.to_owned()
            } else {
                format!("{competency}: {said}")
            }
        }
    };
    Planned {
        name,
        kind,
        family: framework.family.clone(),
        activity,
        hours: Hours {
            low: hundredths(step.hours.low.get()),
            likely: hundredths(step.hours.likely.get()),
            high: hundredths(step.hours.high.get()),
        },
        shows,
        goal,
        from: None,
        until: None,
        stretch: None,
        because: String::new(),
    }
}

/// As forms write hours, so that a form that is sent back unchanged changes nothing.
fn hundredths(hours: f64) -> f64 {
    (hours * 100.0).round() / 100.0
}

/// What sort of activity it is to do what is missing as such.
pub fn kind_of(missing: &Missing) -> ActivityKind {
    match missing {
        Missing::CleanAttempts { .. } | Missing::Days { .. } | Missing::FreshProof | Missing::Use => {
            ActivityKind::Practice
        }
        Missing::Credential | Missing::Renewal { .. } => ActivityKind::Certification,
        Missing::LearnerUnaided { .. } => ActivityKind::BeingAMentor,
        Missing::Judgement { .. } | Missing::Answer { .. } => ActivityKind::Mentoring,
        Missing::Examples {
            of, leading_others, ..
        } => match of.first() {
            _ if *leading_others => ActivityKind::Leading,
            Some(EvidenceKind::Teaching) => ActivityKind::BeingAMentor,
            Some(EvidenceKind::Communication) => ActivityKind::Publishing,
            Some(EvidenceKind::Learning) => ActivityKind::SelfStudy,
            _ => ActivityKind::Project,
        },
        Missing::Backing { .. } | Missing::Ownership { .. } => ActivityKind::Project,
    }
}

/// The activity a step proposes, where it is in the plan and open.
pub fn planned_already(plan: &Plan<'_>, framework: &Framework, what: &Doing) -> Option<EntryId> {
    let Doing::Activity { activity, .. } = what else {
        return None;
    };
    let same =
        |other: &Planned| other.family == framework.family && other.activity.as_ref() == Some(activity);
    plan.open_planned().find(|p| same(p.what)).map(|p| p.id)
}

/// Whether something like it is in the plan and open: the same activity, or the same words.
pub(crate) fn in_plan(plan: &Plan<'_>, planned: &Planned) -> Option<EntryId> {
    let same = |other: &Planned| {
        other.family == planned.family
            && match (&other.activity, &planned.activity) {
                (Some(one), Some(other)) => one == other,
                (None, None) => other.name == planned.name,
                _ => false,
            }
    };
    plan.open_planned().find(|p| same(p.what)).map(|p| p.id)
}
