//! One's own view first: which answers of others the person may already see.
//!
//! What somebody else says of a competency is shown once the person has said where they see themselves on it.
//! Until then the answer waits, and so does everything derived from it: a view of the owner is made of the
//! entries that [`OwnViewFirst::seen`] leaves, never of the others, so that no state, reason or range can tell
//! of an answer that waits. Once the own view is in, the answer counts from when it was recorded.
//!
//! Held are ratings, confirmations of a step and feedback that came from others themselves (signed, by link,
//! by file), and what peers said without their names. What the owner wrote down themselves they know. Confirmations of a piece of evidence say what
//! happened and judge no competency, and a dispute holds a step whoever has read it: neither waits.
//!
//! The answers lie in the person's own journal. Holding them back is therefore a courtesy, and pages say so.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::evidence::Confirmed;
use crate::feedback::{FeedbackAbout, FeedbackSaid};
use crate::gathering::GatheringFact;
use crate::id::{CompetencyId, EntryId, FamilyId};
use crate::journal::{Arrival, Entry, Fact, Lasting, View, view};
use crate::rating::Role;

/// A competency that an answer speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Spoken {
    /// Its family; absent where the answer does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// Which.
    pub competency: CompetencyId,
}

/// An answer that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The first entry of it.
    pub entry: EntryId,
    /// Who gave it.
    pub by: String,
    /// In which role.
    pub role: Role,
    /// What the own view of is missing.
    pub missing: Vec<Spoken>,
}

/// What waits for the person's own view, and what does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnViewFirst {
    waiting: Vec<Waiting>,
    held: HashSet<EntryId>,
}

impl OwnViewFirst {
    /// What waits in a journal, as known at an instant.
    pub fn of(entries: &[Entry], known_at: Timestamp) -> Self {
        let facts = view(entries, known_at).facts;
        let mut own: HashSet<(&FamilyId, &CompetencyId)> = HashSet::new();
        let mut asked: HashMap<EntryId, &FamilyId> = HashMap::new();
        for fact in &facts {
            match fact.fact() {
                Fact::Rating(r) if r.role == Role::Oneself => {
                    own.insert((&r.family, &r.competency));
                }
                Fact::FeedbackRequested(request) => {
                    if let FeedbackAbout::Competencies { family, .. } = &request.about {
                        asked.insert(fact.root, family);
                    }
                }
                Fact::Gathering(said) => {
                    if let GatheringFact::Asked(of_peers) = &**said {
                        asked.insert(fact.root, &of_peers.family);
                    }
                }
                _ => {}
            }
        }
        let placed = |spoken: &Spoken| match &spoken.family {
            Some(family) => own.contains(&(family, &spoken.competency)),
            None => own
                .iter()
                .any(|(_, competency)| **competency == spoken.competency),
        };
        let waiting: Vec<Waiting> = facts
            .iter()
            .filter_map(|fact| {
                let (by, role, mut missing) = answer(fact, &asked)?;
                missing.retain(|spoken| !placed(spoken));
                (!missing.is_empty()).then(|| Waiting {
                    entry: fact.root,
                    by: by.to_owned(),
                    role,
                    missing,
                })
            })
            .collect();
        let held = if waiting.is_empty() {
            HashSet::new()
        } else {
            wordings(entries, &waiting)
        };
        Self { waiting, held }
    }

    /// The answers that wait, in the order they came.
    pub fn waiting(&self) -> &[Waiting] {
        &self.waiting
    }

    /// True when nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// True when an entry, in any wording of it, waits.
    pub fn holds(&self, entry: EntryId) -> bool {
        self.held.contains(&entry)
    }

    /// What the own view of is missing before an answer is shown; empty when it may be seen.
    pub fn missing(&self, answer: EntryId) -> &[Spoken] {
        self.waiting
            .iter()
            .find(|waiting| waiting.entry == answer)
            .map_or(&[], |waiting| &waiting.missing)
    }

    /// What the own view of is missing, each once, in the order the answers came.
    pub fn wanted(&self) -> Vec<Spoken> {
        let mut wanted: Vec<Spoken> = Vec::new();
        for spoken in self.waiting.iter().flat_map(|waiting| &waiting.missing) {
            if !wanted.contains(spoken) {
                wanted.push(spoken.clone());
            }
        }
        wanted
    }

    /// How many people's answers wait.
    pub fn people(&self) -> usize {
        people(self.waiting.iter())
    }

    /// How many people's answers about a competency wait.
    pub fn about(&self, family: &FamilyId, competency: &CompetencyId) -> usize {
        let of_it = |spoken: &Spoken| {
            spoken.competency == *competency && spoken.family.as_ref().is_none_or(|f| f == family)
        };
        people(self.waiting.iter().filter(|w| w.missing.iter().any(of_it)))
    }

    /// The entries a view of the owner is made of: all but what waits.
    pub fn seen(&self, entries: &[Entry]) -> Vec<Entry> {
        let kept = entries.iter().filter(|entry| !self.holds(entry.link.id));
        kept.cloned().collect()
    }
}

/// Somebody's rating, confirmation and feedback given in one go are one answer.
fn people<'a>(waiting: impl Iterator<Item = &'a Waiting>) -> usize {
    let who: HashSet<(&str, Role)> = waiting.map(|w| (w.by.as_str(), w.role)).collect();
    who.len()
}

/// What of a fact is another's own answer about competencies.
fn answer<'a>(
    fact: &Lasting<'a>,
    asked: &HashMap<EntryId, &FamilyId>,
) -> Option<(&'a str, Role, Vec<Spoken>)> {
    let (by, role, arrival, spoken) = match fact.fact() {
        Fact::Rating(r) if r.role != Role::Oneself => {
            let spoken = Spoken {
                family: Some(r.family.clone()),
                competency: r.competency.clone(),
            };
            (&r.rater, r.role, r.arrival, vec![spoken])
        }
        Fact::Confirmation(c) => {
            let Confirmed::Step(step) = &c.of else { return None };
            let spoken = Spoken {
                family: Some(step.family.clone()),
                competency: step.competency.clone(),
            };
            (&c.by, c.role, c.arrival, vec![spoken])
        }
        Fact::FeedbackGiven(given) => {
            let FeedbackSaid::Observed(observed) = &given.said else {
                return None;
            };
            let family = given.request.and_then(|request| asked.get(&request).copied());
            let spoken = observed.of.iter().map(|of| Spoken {
                family: family.cloned(),
                competency: of.competency.clone(),
            });
            (&given.by, given.role, given.channel.arrival(), spoken.collect())
        }
        Fact::Gathering(said) => {
            let GatheringFact::Came(came) = &**said else {
                return None;
            };
            let release = &came.release;
            let family = asked.get(&release.ask).copied();
            // Also where no answer was given by enough: that tells what others do not say.
            let spoken = release.told.of.iter().map(|of| Spoken {
                family: family.cloned(),
                competency: of.competency.clone(),
            });
            (&release.collector, Role::Peer, Arrival::ByFile, spoken.collect())
        }
        // Each is named, so that whoever adds a sort decides here whether it is another's answer.
        Fact::Rating(_)
        | Fact::Profession(_)
        | Fact::Position(_)
        | Fact::Aim(_)
        | Fact::Leave(_)
        | Fact::FrameworkDrafted(_)
        | Fact::FrameworkPublished(_)
        | Fact::Evidence(_)
        | Fact::Claim(_)
        | Fact::Crosswalk(_)
        | Fact::CrosswalkRejected(_)
        | Fact::Dispute(_)
        | Fact::DisputeSettled(_)
        | Fact::FeedbackRequested(_)
        | Fact::FeedbackUsed(_)
        | Fact::AgreementProposed(_)
        | Fact::AgreementConfirmed(_)
        | Fact::AgreementDeclined(_)
        | Fact::AgreementTalked(_)
        | Fact::AgreementEnded(_)
        | Fact::ReceiptKept(_)
        | Fact::Disagreement(_)
        | Fact::DisagreementEnded(_)
        | Fact::Decision(_)
        | Fact::Mastery(_)
        | Fact::Plan(_)
        | Fact::Network(_)
        | Fact::Presence(_)
        | Fact::Market(_)
        | Fact::LinkChecked(_)
        | Fact::Review(_)
        | Fact::ReviewPlanned(_)
        | Fact::Shown(_)
        | Fact::KeptOut(_)
        | Fact::ForOthers(_)
        | Fact::Withdrawal(_)
        | Fact::Erasure(_) => return None,
    };
    (arrival != Arrival::Relayed).then_some((by.as_str(), role, spoken))
}

/// Every wording of what waits, and what others read in its place.
fn wordings(entries: &[Entry], waiting: &[Waiting]) -> HashSet<EntryId> {
    let roots = View::roots(entries);
    let root = |id: EntryId| roots.get(&id).copied().unwrap_or(id);
    let held: HashSet<EntryId> = waiting.iter().map(|w| w.entry).collect();
    entries
        .iter()
        .filter(|entry| {
            let about = match &entry.payload.fact {
                Fact::ForOthers(instead) => instead.entry,
                _ => entry.link.id,
            };
            held.contains(&root(about))
        })
        .map(|entry| entry.link.id)
        .collect()
}
