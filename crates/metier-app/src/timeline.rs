//! What I did, in the order it was told: every entry, those corrected and taken back included.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, view};
use serde::Serialize;

/// Whether what an entry says still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// It does.
    Yes,
    /// A later wording stands in its place.
    Corrected,
    /// It was taken back.
    TakenBack,
    /// It takes back or erases another.
    TakesBack,
}

/// One entry of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Line<'a> {
    /// Which entry.
    pub entry: EntryId,
    /// When it happened.
    pub on: Date,
    /// When it was told.
    pub recorded_at: Timestamp,
    /// The entry it corrects or takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<EntryId>,
    /// Whether it still holds.
    pub holds: Holds,
    /// What it says.
    pub fact: &'a Fact,
}

/// Every entry that can be read, in reading order.
pub fn timeline(entries: &[Entry]) -> Vec<Line<'_>> {
    let now = view(entries, Timestamp::MAX);
    let stands: HashSet<EntryId> = now.facts.iter().map(|f| f.entry.link.id).collect();
    let things: HashSet<EntryId> = now.facts.iter().map(|f| f.root).collect();
    let roots: HashMap<EntryId, EntryId> = metier_core::journal::View::roots(entries);
    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by_key(|e| e.reading_order());
    let line = |entry: &'_ Entry| -> Holds {
        let id = entry.link.id;
        let root = roots.get(&id).copied().unwrap_or(id);
        match entry.payload.fact {
            Fact::Withdrawal(_) | Fact::Erasure(_) => Holds::TakesBack,
            _ if stands.contains(&id) => Holds::Yes,
            _ if things.contains(&root) => Holds::Corrected,
            _ => Holds::TakenBack,
        }
    };
    order
        .into_iter()
        .map(|entry| Line {
            entry: entry.link.id,
            on: entry.payload.occurred_on,
            recorded_at: entry.link.recorded_at,
            corrects: entry.payload.corrects,
            holds: line(entry),
            fact: &entry.payload.fact,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Metier, evidence, happening_of};
    use metier_core::framework::EvidenceKind;

    #[tokio::test]
    async fn what_was_corrected_and_taken_back_stays_to_be_seen() {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let fact = |title: &str| {
            Fact::Evidence(Box::new(evidence(
                title,
                happening_of(EvidenceKind::Accomplishment),
            )))
        };
        let on = metier.surroundings().today();
        let ids = metier
            .record(vec![metier.writing(fact("one")), metier.writing(fact("two"))])
            .await
            .unwrap();
        metier.correct(ids[0], on, fact("one, better")).await.unwrap();
        metier.withdraw(ids[1], "not mine").await.unwrap();
        let (entries, _) = metier.read().await.unwrap();
        let holds: Vec<Holds> = timeline(&entries).iter().map(|l| l.holds).collect();
        assert_eq!(
            holds,
            [Holds::Corrected, Holds::TakenBack, Holds::Yes, Holds::TakesBack]
        );
        let last = crate::find_entry(&entries, "last").unwrap();
        assert_eq!(last, ids[0], "the thing, whatever its wording");
        let end = &ids[1].0.simple().to_string()[24..];
        assert_eq!(crate::find_entry(&entries, end).unwrap(), ids[1]);
        assert!(crate::find_entry(&entries, "ffff").is_err());
    }
}
