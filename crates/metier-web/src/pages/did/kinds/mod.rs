//! The ten kinds of things that happen, as forms: which fields each has, what they hold, how they are
//! read.

mod hold;
mod part;
mod read;

use metier_core::framework::EvidenceKind;

pub use hold::{fill, told};
pub use part::draw;
pub use read::read;

/// A kind with its id, and when to choose it.
pub struct Kind {
    pub of: EvidenceKind,
    pub id: &'static str,
    pub name: &'static str,
    pub when: &'static str,
}

const fn kind(kind: EvidenceKind, id: &'static str, name: &'static str, when: &'static str) -> Kind {
    Kind {
        of: kind,
        id,
        name,
        when,
    }
}

/// Every kind, the most used first.
pub const KINDS: [Kind; 10] = [
    kind(
        EvidenceKind::Accomplishment,
        "accomplishment",
        "Accomplishment",
        "Something done and finished.",
    ),
    kind(
        EvidenceKind::Attempts,
        "attempts",
        "Attempts",
        "The same step several times: how often was it right?",
    ),
    kind(
        EvidenceKind::Project,
        "project",
        "Project",
        "Several tasks with a deadline or a goal.",
    ),
    kind(
        EvidenceKind::Teaching,
        "teaching",
        "Teaching",
        "Somebody learned it from you.",
    ),
    kind(
        EvidenceKind::Communication,
        "communication",
        "Communication",
        "An article, a talk, a report, a workshop.",
    ),
    kind(
        EvidenceKind::Incident,
        "incident",
        "Problem solved",
        "Something went wrong and you dealt with it.",
    ),
    kind(
        EvidenceKind::Ownership,
        "ownership",
        "Responsibility",
        "An area you answer for.",
    ),
    kind(
        EvidenceKind::Credential,
        "credential",
        "Credential",
        "A licence, a certificate, a degree.",
    ),
    kind(
        EvidenceKind::Learning,
        "learning",
        "Learning",
        "A course, a workshop, a book, and what you used it for.",
    ),
    kind(
        EvidenceKind::Recognition,
        "recognition",
        "Recognition",
        "Others said what it was worth.",
    ),
];

/// The kind with an id.
pub fn of_id(id: &str) -> Option<EvidenceKind> {
    KINDS.iter().find(|k| k.id == id).map(|k| k.of)
}

/// What pages call a kind, and its id.
pub fn described(kind: EvidenceKind) -> &'static Kind {
    KINDS.iter().find(|k| k.of == kind).unwrap_or(&KINDS[0])
}
