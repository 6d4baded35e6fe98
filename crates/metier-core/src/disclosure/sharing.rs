//! Who may see an entry, what for, and what they read in its place, as later entries changed it.

use std::collections::HashMap;

use serde::Serialize;

use crate::id::EntryId;
use crate::journal::{Arrival, Audience, Fact, Lasting, Purpose};
use crate::rating::Role;

/// Who may see something, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sharing {
    /// Who.
    pub audience: Audience,
    /// What for.
    pub purpose: Purpose,
}

/// All that was said of who may see an entry.
#[derive(Debug, Clone)]
pub(super) struct InForce<'a> {
    pub sharing: Sharing,
    /// Another gave it for development: that is not the owner's to widen.
    pub bound: bool,
    /// What others read in its place, and the entry that says so.
    pub for_others: Option<(EntryId, &'a str)>,
}

/// What is in force for everything that stands, by the first entry of each thing.
///
/// The audience of an entry is changed only by a later one. What another gave for development stays
/// for development whatever the owner says later.
pub(super) fn in_force<'a>(
    facts: &[Lasting<'a>],
    roots: &HashMap<EntryId, EntryId>,
) -> HashMap<EntryId, InForce<'a>> {
    let mut all: HashMap<EntryId, InForce<'a>> = HashMap::new();
    for fact in facts {
        let payload = fact.payload();
        let first = fact.first.unwrap_or(fact.entry);
        let in_force = InForce {
            sharing: Sharing {
                audience: payload.audience.clone(),
                purpose: payload.purpose,
            },
            bound: [fact.entry, first]
                .iter()
                .any(|e| gave_it_themselves(&e.payload.fact) && e.payload.purpose == Purpose::Development),
            for_others: None,
        };
        all.insert(fact.root, in_force);
    }
    for fact in facts {
        let (entry, said) = match fact.fact() {
            Fact::Shown(shown) => (shown.entry, Said::Shown(shown.audience.clone(), shown.purpose)),
            Fact::ForOthers(other) => (other.entry, Said::InItsPlace(other.text.trim())),
            _ => continue,
        };
        let Some(in_force) = all.get_mut(roots.get(&entry).unwrap_or(&entry)) else {
            continue;
        };
        match said {
            Said::Shown(audience, purpose) => {
                in_force.sharing.audience = audience;
                if !in_force.bound {
                    in_force.sharing.purpose = purpose;
                }
            }
            Said::InItsPlace(text) => in_force.for_others = Some((fact.root, text)),
        }
    }
    for in_force in all.values_mut().filter(|in_force| in_force.bound) {
        in_force.sharing.purpose = Purpose::Development;
    }
    all
}

enum Said<'a> {
    Shown(Audience, Purpose),
    InItsPlace(&'a str),
}

/// True for what somebody else gave themselves, through a link or signed: they were told what for. What
/// the owner wrote down of it is the owner's own note.
fn gave_it_themselves(fact: &Fact) -> bool {
    match fact {
        Fact::Confirmation(c) => c.arrival != Arrival::Relayed,
        Fact::Rating(r) => r.role != Role::Oneself && r.arrival != Arrival::Relayed,
        _ => false,
    }
}
