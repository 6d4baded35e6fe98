//! What is known of how many ask for a competency: from one's own adverts, and from counted postings.

use metier_core::id::CompetencyId;
use metier_core::market::Market;
use metier_market::demand::Asked;
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;
use crate::standing::Sight;

/// What is known of the demand for competencies.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct KnownDemand {
    /// One's own adverts that are looked at.
    pub adverts: usize,
    /// Postings counted.
    pub postings: u64,
    /// What either asks for.
    pub asked: Vec<Demanded>,
}

/// How many ask for one competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Demanded {
    /// Which.
    pub competency: CompetencyId,
    /// One's own adverts that ask for it.
    pub adverts: usize,
    /// The 95% interval of the share of postings that name it; absent where none does.
    pub share: Option<(f64, f64)>,
}

impl KnownDemand {
    /// What is known of one competency; `None` where nothing asks for it.
    pub fn of(&self, competency: &CompetencyId) -> Option<&Demanded> {
        self.asked.iter().find(|d| d.competency == *competency)
    }
}

impl Metier {
    /// What is known of the demand for the competencies of the criteria in force.
    ///
    /// # Errors
    /// When the counts or the store are damaged.
    pub async fn known_demand(&self, sight: &Sight) -> Result<KnownDemand, AppError> {
        let market = Market::in_journal(&sight.entries);
        let seen = sight.market(&market, None);
        let mut known = KnownDemand {
            adverts: seen.adverts,
            postings: 0,
            asked: seen
                .asked
                .iter()
                .map(|one| Demanded {
                    competency: one.competency.clone(),
                    adverts: one.adverts,
                    share: None,
                })
                .collect(),
        };
        if let Some(counted) = self.market_demand(&Asked::default()).await? {
            known.postings = counted.demand.postings;
            let joined = counted.joined.unwrap_or_default();
            for row in joined.asked_not_shown.iter().chain(&joined.asked_and_shown) {
                let share = Some((row.low, row.high));
                match known.asked.iter_mut().find(|d| d.competency == row.competency) {
                    Some(there) => there.share = share,
                    None => known.asked.push(Demanded {
                        competency: row.competency.clone(),
                        adverts: 0,
                        share,
                    }),
                }
            }
        }
        Ok(known)
    }
}
