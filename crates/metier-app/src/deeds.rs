//! What I did, thing by thing: each piece of evidence with every wording it had, what it was claimed
//! for, who confirmed it, and whether it was taken back; and the tombstones of what was erased.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::evidence::{Artefact, Claim, Confirmation, Confirmed, Evidence};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, LinkChecked, View, Withdrawal, view};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed<'a> {
    /// The first entry of it: what claims, corrections and addresses name.
    pub id: EntryId,
    /// The wording that stands, or stood last before it was taken back.
    pub wording: Wording<'a>,
    /// The wordings it had before, oldest first.
    pub earlier: Vec<Wording<'a>>,
    /// That it was taken back, when it is.
    pub taken_back: Option<TakenBack<'a>>,
    /// What it is claimed for, with the entry of each claim.
    pub claims: Vec<(EntryId, &'a Claim)>,
    /// Who confirmed it, with entry and day.
    pub confirmations: Vec<(EntryId, Date, &'a Confirmation)>,
    /// When its links were looked at, latest last.
    pub link_checks: Vec<(Date, &'a LinkChecked)>,
}

/// One wording of a deed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wording<'a> {
    /// Its entry.
    pub entry: EntryId,
    /// When it happened, by this wording.
    pub on: Date,
    /// When this was recorded.
    pub recorded_at: Timestamp,
    /// What it says.
    pub evidence: &'a Evidence,
}

/// That something was taken back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TakenBack<'a> {
    /// The entry that takes it back: taking that back brings it again.
    pub entry: EntryId,
    /// When.
    pub recorded_at: Timestamp,
    /// Why; may be empty.
    pub reason: &'a str,
}

/// What is left of something that was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// When it was erased.
    pub on: Date,
    /// Why; may be empty.
    pub reason: String,
    /// How many entries (wordings) went.
    pub entries: usize,
}

impl Deed<'_> {
    /// True when something shows it besides the person's own words.
    pub fn backed(&self) -> bool {
        !self.wording.evidence.artefacts.is_empty() || !self.confirmations.is_empty()
    }

    /// When the person last looked at a link, and whether it worked.
    pub fn link_checked(&self, url: &str) -> Option<(Date, bool)> {
        let looked = self.link_checks.iter().rev().find(|(_, check)| check.url == url);
        looked.map(|(on, check)| (*on, check.works)).or_else(|| {
            self.wording.evidence.artefacts.iter().find_map(|a| match a {
                Artefact::Link {
                    url: u,
                    checked_on: Some(on),
                } if u == url => Some((*on, true)),
                _ => None,
            })
        })
    }
}

/// Every deed that was not erased, latest first.
pub fn deeds(entries: &[Entry]) -> Vec<Deed<'_>> {
    let roots = View::roots(entries);
    let root = |id: EntryId| roots.get(&id).copied().unwrap_or(id);
    let now = view(entries, Timestamp::MAX);
    let stands: HashMap<EntryId, EntryId> = now.facts.iter().map(|f| (f.root, f.entry.link.id)).collect();

    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by_key(|e| e.reading_order());
    let mut things: Vec<Deed<'_>> = Vec::new();
    let mut place: HashMap<EntryId, usize> = HashMap::new();
    for entry in &order {
        let Some(wording) = Wording::of(entry) else {
            continue;
        };
        let id = root(entry.link.id);
        if let Some(&at) = place.get(&id) {
            let before = std::mem::replace(&mut things[at].wording, wording);
            things[at].earlier.push(before);
        } else {
            place.insert(id, things.len());
            things.push(Deed::new(id, wording));
        }
    }
    for deed in &mut things {
        deed.settle(stands.get(&deed.id).copied());
    }
    // The latest withdrawal of each thing that does not stand is the one that holds.
    for entry in &order {
        if let (Fact::Withdrawal(Withdrawal { reason }), Some(of)) =
            (&entry.payload.fact, entry.payload.corrects)
            && let Some(&at) = place.get(&root(of))
            && !stands.contains_key(&things[at].id)
            && things[at].wording_of(of)
        {
            things[at].taken_back = Some(TakenBack {
                entry: entry.link.id,
                recorded_at: entry.link.recorded_at,
                reason,
            });
        }
    }
    for fact in &now.facts {
        let (id, on) = (fact.root, fact.occurred_on());
        let of = |evidence: EntryId| place.get(&root(evidence)).copied();
        match fact.fact() {
            Fact::Claim(claim) => {
                if let Some(at) = of(claim.evidence) {
                    things[at].claims.push((id, claim));
                }
            }
            Fact::Confirmation(confirmation) => {
                if let Confirmed::Evidence(evidence) = confirmation.of
                    && let Some(at) = of(evidence)
                {
                    things[at].confirmations.push((id, on, confirmation));
                }
            }
            Fact::LinkChecked(check) => {
                if let Some(at) = of(check.evidence) {
                    things[at].link_checks.push((on, check));
                }
            }
            _ => {}
        }
    }
    things.sort_by_key(|d| std::cmp::Reverse((d.wording.on, d.wording.recorded_at, d.id)));
    things
}

/// What was erased, latest first; the wordings of one thing are counted together.
pub fn tombstones(entries: &[Entry]) -> Vec<Tombstone> {
    let mut erased: Vec<(Timestamp, &Entry, &str)> = entries
        .iter()
        .filter_map(|e| match &e.payload.fact {
            Fact::Erasure(erasure) => Some((e.link.recorded_at, e, erasure.reason.as_str())),
            _ => None,
        })
        .collect();
    erased.sort_by_key(|(_, e, _)| e.reading_order());
    let mut stones: Vec<(Timestamp, Tombstone)> = Vec::new();
    for (at, entry, reason) in erased {
        // Entries of one batch are recorded a microsecond apart.
        let with_last = stones.last_mut().filter(|(last, stone)| {
            stone.reason == reason && at.as_microsecond() - last.as_microsecond() <= 1
        });
        if let Some((last, stone)) = with_last {
            *last = at;
            stone.entries += 1;
        } else {
            stones.push((
                at,
                Tombstone {
                    on: entry.payload.occurred_on,
                    reason: reason.to_owned(),
                    entries: 1,
                },
            ));
        }
    }
    stones.into_iter().rev().map(|(_, stone)| stone).collect()
}

impl<'a> Wording<'a> {
    fn of(entry: &'a Entry) -> Option<Self> {
        match &entry.payload.fact {
            Fact::Evidence(evidence) => Some(Self {
                entry: entry.link.id,
                on: entry.payload.occurred_on,
                recorded_at: entry.link.recorded_at,
                evidence,
            }),
            _ => None,
        }
    }
}

impl<'a> Deed<'a> {
    fn new(id: EntryId, wording: Wording<'a>) -> Self {
        Self {
            id,
            wording,
            earlier: Vec::new(),
            taken_back: None,
            claims: Vec::new(),
            confirmations: Vec::new(),
            link_checks: Vec::new(),
        }
    }

    /// Puts the wording that stands in its place, which is not the last one when that was undone.
    fn settle(&mut self, stands: Option<EntryId>) {
        if let Some(stands) = stands
            && let Some(at) = self.earlier.iter().position(|w| w.entry == stands)
        {
            let last = std::mem::replace(&mut self.wording, self.earlier[at]);
            self.earlier.remove(at);
            self.earlier.push(last);
        }
    }

    fn wording_of(&self, entry: EntryId) -> bool {
        self.id == entry || self.wording.entry == entry || self.earlier.iter().any(|w| w.entry == entry)
    }
}

#[cfg(test)]
mod tests {
    use metier_core::framework::EvidenceKind;
    use metier_core::rating::Role;

    use super::*;
    use crate::{Metier, evidence, happening_of};

    async fn home() -> (tempfile::TempDir, Metier) {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        (home, metier)
    }

    fn fact(title: &str) -> Fact {
        let what = happening_of(EvidenceKind::Accomplishment);
        Fact::Evidence(Box::new(evidence(title, what)))
    }

    #[tokio::test]
    async fn a_correction_keeps_what_was_said_before_and_the_word_of_others() {
        let (_home, metier) = home().await;
        let on = metier.surroundings().today();
        let id = metier.record(vec![metier.writing(fact("one"))]).await.unwrap()[0];
        metier
            .confirm_evidence(id, "Bo", Role::Peer, "yes")
            .await
            .unwrap();
        metier.correct(id, on, fact("one, better")).await.unwrap();
        let (entries, _) = metier.read().await.unwrap();
        let deeds = deeds(&entries);
        assert_eq!(deeds.len(), 1);
        assert_eq!(deeds[0].id, id);
        assert_eq!(deeds[0].wording.evidence.title, "one, better");
        assert_eq!(deeds[0].earlier[0].evidence.title, "one");
        assert_eq!(deeds[0].confirmations.len(), 1);
        assert!(deeds[0].backed() && deeds[0].taken_back.is_none());
    }

    #[tokio::test]
    async fn what_was_taken_back_can_be_brought_again() {
        let (_home, metier) = home().await;
        let on = metier.surroundings().today();
        let id = metier.record(vec![metier.writing(fact("one"))]).await.unwrap()[0];
        metier.correct(id, on, fact("one, better")).await.unwrap();
        let back = metier.withdraw(id, "not mine").await.unwrap();
        let (entries, _) = metier.read().await.unwrap();
        let taken = deeds(&entries)[0].taken_back.unwrap();
        assert_eq!((taken.entry, taken.reason), (back, "not mine"));
        metier.withdraw(back, "").await.unwrap();
        let (entries, _) = metier.read().await.unwrap();
        let deeds = deeds(&entries);
        assert_eq!(deeds[0].taken_back, None);
        assert_eq!(deeds[0].wording.evidence.title, "one, better");
    }

    #[tokio::test]
    async fn what_was_erased_leaves_one_tombstone_for_all_its_wordings() {
        let (_home, metier) = home().await;
        let on = metier.surroundings().today();
        let id = metier.record(vec![metier.writing(fact("one"))]).await.unwrap()[0];
        metier.correct(id, on, fact("one, better")).await.unwrap();
        metier.erase(id, "names a patient").await.unwrap();
        let (entries, _) = metier.read().await.unwrap();
        assert_eq!(deeds(&entries), []);
        let stones = tombstones(&entries);
        assert_eq!(stones.len(), 1);
        assert_eq!(stones[0].reason, "names a patient");
        assert_eq!(stones[0].entries, 2);
    }
}
