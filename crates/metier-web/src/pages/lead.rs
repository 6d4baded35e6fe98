//! Where each missing thing is done: the form or page a step leads to.

use metier_core::framework::{ActivityKind, EvidenceKind};
use metier_core::id::{CompetencyId, RungId};
use metier_core::next_step::{Doing, Step};
use metier_core::standing::{Missing, MissingAt};

/// Where to, and what the link or button says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The address.
    pub to: String,
    /// What it does, as a button says it.
    pub says: &'static str,
}

/// Where a missing thing is done.
pub fn for_missing(competency: &CompetencyId, at: &MissingAt) -> Lead {
    let record = |kind, says| Lead {
        to: record_form(competency, &at.rung, kind),
        says,
    };
    match &at.what {
        Missing::CleanAttempts { .. } | Missing::Days { .. } => {
            record(Some(EvidenceKind::Attempts), "Log attempts")
        }
        Missing::Examples { of, .. } => record(of.first().copied(), "Record one"),
        Missing::Backing { evidence, .. } => Lead {
            to: format!("/did/{evidence}"),
            says: "Add what shows it",
        },
        Missing::LearnerUnaided {
            evidence: Some(evidence),
        } => Lead {
            to: format!("/did/{evidence}"),
            says: "Note that they did",
        },
        Missing::LearnerUnaided { evidence: None } => record(Some(EvidenceKind::Teaching), "Record teaching"),
        Missing::Credential => record(Some(EvidenceKind::Credential), "Record it"),
        Missing::Renewal { .. } => record(Some(EvidenceKind::Credential), "Record the renewal"),
        Missing::Ownership { .. } => record(Some(EvidenceKind::Ownership), "Record it"),
        Missing::Judgement { .. } => Lead {
            to: format!("/competency/{competency}?step={}#confirm", at.rung),
            says: "Note their answer",
        },
        Missing::Answer { .. } => Lead {
            to: format!("/competency/{competency}#settle"),
            says: "Note the answer",
        },
        Missing::FreshProof | Missing::Use => record(None, "Record it"),
    }
}

/// Where a step is done.
pub fn for_step(step: &Step) -> Option<Lead> {
    let first = step.closes.first()?;
    Some(match &step.what {
        Doing::Close { competency, at } => for_missing(competency, at),
        Doing::Activity { kind, .. } => Lead {
            to: record_form(&first.competency, &first.rung, shown_by(*kind)),
            says: "Done: record it",
        },
        Doing::Tell { competency } => Lead {
            to: record_form(competency, &first.rung, None),
            says: "Write it down",
        },
    })
}

/// The form that records something for a step.
pub fn record_form(competency: &CompetencyId, rung: &RungId, kind: Option<EvidenceKind>) -> String {
    let kind = kind.map_or_else(String::new, |k| format!("&kind={}", kind_name(k)));
    format!("/did/new?for={competency}/{rung}{kind}")
}

/// A kind of evidence as addresses and forms write it.
pub fn kind_name(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Attempts => "attempts",
        EvidenceKind::Accomplishment => "accomplishment",
        EvidenceKind::Project => "project",
        EvidenceKind::Teaching => "teaching",
        EvidenceKind::Communication => "communication",
        EvidenceKind::Incident => "incident",
        EvidenceKind::Ownership => "ownership",
        EvidenceKind::Credential => "credential",
        EvidenceKind::Learning => "learning",
        EvidenceKind::Recognition => "recognition",
    }
}

/// What an activity leaves behind, where its kind says so; otherwise the step decides.
fn shown_by(kind: ActivityKind) -> Option<EvidenceKind> {
    match kind {
        ActivityKind::Practice => Some(EvidenceKind::Attempts),
        ActivityKind::StretchAssignment | ActivityKind::Project | ActivityKind::Volunteering => {
            Some(EvidenceKind::Project)
        }
        ActivityKind::BeingAMentor => Some(EvidenceKind::Teaching),
        ActivityKind::Certification => Some(EvidenceKind::Credential),
        _ => None,
    }
}
