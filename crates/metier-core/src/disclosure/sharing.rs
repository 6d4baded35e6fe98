//! Who may see an entry, what for, and what they read in its place, as later entries changed it.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::feedback::{Channel, FeedbackGiven, FeedbackSaid};
use crate::id::EntryId;
use crate::journal::{Arrival, Audience, Entry, Fact, Lasting, Payload, Purpose};
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
    /// What another was told when they gave it themselves, and who that was: it is not the owner's to widen.
    pub told: Option<(Sharing, &'a str)>,
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
    entries: &'a [Entry],
) -> HashMap<EntryId, InForce<'a>> {
    let answers = answers(entries);
    let mut all: HashMap<EntryId, InForce<'a>> = HashMap::new();
    for fact in facts {
        let first = fact.first.unwrap_or(fact.entry);
        let given = [first, fact.entry]
            .iter()
            .any(|entry| gave_it_themselves(&entry.payload.fact, &answers));
        let in_force = InForce {
            sharing: terms(fact.payload()),
            told: given.then(|| (terms(&first.payload), by(&first.payload.fact))),
            for_others: None,
        };
        all.insert(fact.root, in_force);
    }
    let mut in_place: HashMap<EntryId, (EntryId, &'a str)> = HashMap::new();
    for fact in facts {
        let (entry, said) = match fact.fact() {
            Fact::Shown(shown) => (shown.entry, Said::Shown(shown.audience.clone(), shown.purpose)),
            Fact::ForOthers(other) => (other.entry, Said::InItsPlace(other.text.trim())),
            _ => continue,
        };
        let root = *roots.get(&entry).unwrap_or(&entry);
        if let Said::InItsPlace(text) = &said {
            in_place.insert(root, (fact.root, *text));
        }
        let Some(in_force) = all.get_mut(&root) else {
            continue;
        };
        match said {
            Said::Shown(audience, purpose) => {
                in_force.sharing = Sharing { audience, purpose };
            }
            Said::InItsPlace(text) => in_force.for_others = Some((fact.root, text)),
        }
    }
    // A rating that came with an answer repeats its words: what is read in place of those is read here, too.
    for fact in facts {
        let of = answer(fact.fact()).and_then(|answer| in_place.get(roots.get(&answer).unwrap_or(&answer)));
        if let (Some(of), Some(in_force)) = (of, all.get_mut(&fact.root)) {
            in_force.for_others.get_or_insert(*of);
        }
    }
    for in_force in all.values_mut() {
        if let Some((told, _)) = &in_force.told
            && told.purpose == Purpose::Development
        {
            in_force.sharing.purpose = Purpose::Development;
        }
    }
    all
}

enum Said<'a> {
    Shown(Audience, Purpose),
    InItsPlace(&'a str),
}

fn terms(payload: &Payload) -> Sharing {
    Sharing {
        audience: payload.audience.clone(),
        purpose: payload.purpose,
    }
}

/// Who answered what, of those who were asked: the ratings and confirmations beside an answer carry its
/// words. One that was taken back since binds as before: what its giver was told does not change.
///
/// This is how they were tied before they named the answer they came with; journals of that time are read so
/// for ever, and there the tie goes with an erased answer.
fn answers(entries: &[Entry]) -> HashSet<(&str, &str)> {
    let given = entries.iter().filter_map(|entry| match &entry.payload.fact {
        Fact::FeedbackGiven(given) if asked(given) => Some(given),
        _ => None,
    });
    given
        .filter_map(|given| match &given.said {
            FeedbackSaid::Observed(observed) => Some((given.by.as_str(), observed.saw.as_str())),
            FeedbackSaid::Recognised(_) => None,
        })
        .collect()
}

/// False for what nobody was asked and the owner wrote down.
fn asked(given: &FeedbackGiven) -> bool {
    given.request.is_some() || given.channel != Channel::Told
}

/// The feedback that something came with.
pub(super) fn answer(fact: &Fact) -> Option<EntryId> {
    match fact {
        Fact::Confirmation(c) => c.answer,
        Fact::Rating(r) => r.answer,
        _ => None,
    }
}

/// Who gave it.
fn by(fact: &Fact) -> &str {
    match fact {
        Fact::FeedbackGiven(given) => &given.by,
        Fact::Confirmation(c) => &c.by,
        Fact::Rating(r) => &r.rater,
        _ => "",
    }
}

/// True for what somebody else gave themselves, through a link, by file, by mail or signed: they were told
/// who sees it and what for. What the owner wrote down of their own accord is the owner's note.
fn gave_it_themselves(fact: &Fact, answers: &HashSet<(&str, &str)>) -> bool {
    match fact {
        Fact::FeedbackGiven(given) => asked(given),
        Fact::Confirmation(c) => {
            c.arrival != Arrival::Relayed || c.answer.is_some() || answers.contains(&(&*c.by, &*c.words))
        }
        Fact::Rating(r) if r.role == Role::Oneself => false,
        Fact::Rating(r) => {
            r.arrival != Arrival::Relayed || r.answer.is_some() || answers.contains(&(&*r.rater, &*r.reason))
        }
        _ => false,
    }
}
