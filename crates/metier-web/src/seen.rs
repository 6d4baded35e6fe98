//! What was worked out last, kept while nothing was recorded since: a person looks at several pages
//! between two things they record.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use metier_app::{AppError, AsOf, Metier, Sight};
use metier_core::standing::Difference;
use tokio::sync::Mutex;

/// How many days looked at are kept.
const KEPT: usize = 8;

/// A standing, and what changed up to it since the review before.
#[derive(Debug)]
pub struct Seen {
    /// The standing.
    pub sight: Sight,
    since: OnceLock<Option<(Date, Difference)>>,
}

impl Seen {
    /// The last review before the day of this standing, and what changed since.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn since_review(&self) -> Result<Option<&(Date, Difference)>, AppError> {
        if let Some(since) = self.since.get() {
            return Ok(since.as_ref());
        }
        let since = match self.sight.last_review() {
            Some(on) => Some((on, self.sight.since(on)?)),
            None => None,
        };
        Ok(self.since.get_or_init(|| since).as_ref())
    }
}

/// Standings by what was asked and on which day.
#[derive(Debug, Default)]
pub struct Kept(Mutex<HashMap<Key, Arc<Seen>>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    at: Option<Date>,
    known_at: Option<Date>,
    today: Date,
}

impl Kept {
    /// Where the person stands, worked out anew only when something was recorded since.
    ///
    /// # Errors
    /// As [`Metier::sight`].
    pub async fn sight(&self, metier: &Metier, as_of: AsOf) -> Result<Arc<Seen>, AppError> {
        let key = Key {
            at: as_of.at,
            known_at: as_of.known_at,
            today: metier.surroundings().today(),
        };
        let (entries, _) = metier.read().await?;
        let mut kept = self.0.lock().await;
        let holds = |seen: &&Arc<Seen>| {
            // An entry from a device whose clock is ahead may come in by the passing of time alone.
            let all_known = entries.last().is_none_or(|last| {
                as_of.known_at.is_some() || last.link.recorded_at <= seen.sight.standing.known_at
            });
            Arc::ptr_eq(&seen.sight.entries, &entries) && all_known
        };
        if let Some(seen) = kept.get(&key).filter(holds) {
            return Ok(Arc::clone(seen));
        }
        kept.retain(|_, seen| Arc::ptr_eq(&seen.sight.entries, &entries));
        if kept.len() >= KEPT {
            kept.clear();
        }
        let seen = Arc::new(Seen {
            sight: metier.sight(as_of).await?,
            since: OnceLock::new(),
        });
        kept.insert(key, Arc::clone(&seen));
        Ok(seen)
    }
}
