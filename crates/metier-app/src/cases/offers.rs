//! What can be put into a packet and left away of it, piece by piece and together, and keeping the choice.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use metier_core::evidence::Happening;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::{Fact, view};
use metier_core::packet::offered;

use super::{Cased, PacketAsked};
use crate::error::AppError;
use crate::home::Metier;

/// How many pieces of evidence of one criterion are offered one by one; the rest goes together.
const ONE_BY_ONE: usize = 12;

/// What goes together: there would be too much of it to choose one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Together {
    /// Sessions of attempts.
    Sessions,
    /// Evidence of less weight than what is offered one by one.
    Further,
}

impl Together {
    /// As a form writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Further => "further",
        }
    }
}

/// What is offered for one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which competency.
    pub competency: CompetencyId,
    /// One by one: evidence, the heaviest first, then what people said.
    pub single: Vec<EntryId>,
    /// Together.
    pub together: Vec<(Together, Vec<EntryId>)>,
}

/// What was offered on a form, and what of it was ticked.
#[derive(Debug, Clone)]
pub struct Choice {
    /// When the form was made: nothing recorded since was on it.
    pub known: Timestamp,
    /// What was offered one by one.
    pub offered: HashSet<EntryId>,
    /// What of that is in.
    pub kept: HashSet<EntryId>,
    /// What was offered together and is in.
    pub kept_together: HashSet<(CompetencyId, Together)>,
}

impl Cased {
    /// What is offered: everything that can be chosen, once.
    pub fn offers(&self) -> Vec<Offer> {
        let facts = view(&self.sight.entries, self.sight.standing.known_at).facts;
        let sessions: HashSet<EntryId> = facts
            .iter()
            .filter(|fact| {
                matches!(fact.fact(), Fact::Evidence(e) if matches!(e.what, Happening::Attempts { .. }))
            })
            .map(|fact| fact.root)
            .collect();
        let all = offered(&self.sight.entries, &self.sight.standing).into_iter();
        all.map(|offered| {
            let (attempts, mut single): (Vec<_>, Vec<_>) =
                offered.evidence.into_iter().partition(|id| sessions.contains(id));
            let further = single.split_off(single.len().min(ONE_BY_ONE));
            single.extend(offered.said);
            Offer {
                competency: offered.competency,
                single,
                together: [(Together::Sessions, attempts), (Together::Further, further)]
                    .into_iter()
                    .filter(|(_, ids)| !ids.is_empty())
                    .collect(),
            }
        })
        .collect()
    }
}

impl Metier {
    /// Keeps a choice made on a form. What was offered one by one is in or away as ticked, whatever has
    /// become its weight since; the rest of a criterion goes with what it was offered together with; what
    /// was recorded after the form was made stays as it was.
    ///
    /// # Errors
    /// When there is no case to choose for, or the choice cannot be kept.
    pub async fn choose(&self, asked: &PacketAsked, choice: &Choice) -> Result<(), AppError> {
        let made = self.packet(asked).await?;
        let facts = view(&made.sight.entries, choice.known).facts;
        let known: HashMap<EntryId, &Fact> = facts.iter().map(|fact| (fact.root, fact.fact())).collect();
        let mut away = made.away.clone();
        for offer in offered(&made.sight.entries, &made.sight.standing) {
            for id in offer.evidence.into_iter().chain(offer.said) {
                let Some(fact) = known.get(&id) else { continue };
                let kept = if choice.offered.contains(&id) {
                    choice.kept.contains(&id)
                } else {
                    let together = match fact {
                        Fact::Evidence(e) if matches!(e.what, Happening::Attempts { .. }) => {
                            Together::Sessions
                        }
                        _ => Together::Further,
                    };
                    choice
                        .kept_together
                        .contains(&(offer.competency.clone(), together))
                };
                if kept {
                    away.remove(&id);
                } else {
                    away.insert(id);
                }
            }
        }
        self.leave_away(asked.reader.as_deref(), &away).await
    }
}
