//! Looking back over our own calls, under the criteria that were aimed at when each was made.

use jiff::Timestamp;
use metier_core::journal::{Entry, Fact};
use metier_core::policy::Policy;
use metier_core::track_record::{InForce, Past, TrackRecord, track_record};

use crate::error::AppError;
use crate::home::Metier;
use crate::life::Life;

impl Metier {
    /// What was called likely so far, and what came of it.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn track_record(&self) -> Result<TrackRecord, AppError> {
        let (entries, life) = self.read().await?;
        let policy = Policy::version_1();
        let past = Past {
            criteria: &in_force(&entries, &life),
            policy: &policy,
            until: self.surroundings().now(),
        };
        Ok(track_record(&entries, &past)?)
    }
}

/// The criteria aimed at, from when on; a further aim at the same ones changes nothing.
fn in_force<'a>(entries: &[Entry], life: &'a Life) -> Vec<InForce<'a>> {
    let mut aims: Vec<(Timestamp, &Entry)> = entries
        .iter()
        .filter(|e| matches!(e.payload.fact, Fact::Aim(_)))
        .map(|e| (e.link.recorded_at, e))
        .collect();
    aims.sort_by_key(|(_, e)| e.reading_order());
    let mut in_force: Vec<InForce<'a>> = Vec::new();
    for (since, entry) in aims {
        let Fact::Aim(aim) = &entry.payload.fact else {
            continue;
        };
        let same = in_force.last().is_some_and(|last| last.version == aim.version);
        if let (false, Some(version)) = (same, life.version(&aim.version)) {
            in_force.push(InForce {
                since,
                framework: &version.framework,
                version: version.digest,
            });
        }
    }
    in_force
}
