//! Time set aside and spent.

use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::journal::view;
use metier_core::plan::{Plan, PlanFact, TimeSetAside, TimeSpent};

use super::planned_seen;
use crate::error::AppError;
use crate::home::Metier;

impl Metier {
    /// Sets time aside from a day on; what was set aside before holds until then.
    ///
    /// # Errors
    /// When it is no number of hours that a week has.
    pub async fn set_aside(&self, aside: TimeSetAside) -> Result<EntryId, AppError> {
        let fact = PlanFact::SetAside(TimeSetAside {
            when: aside.when.trim().to_owned(),
            ..aside
        });
        self.record(vec![self.writing(fact.fact())])
            .await
            .map(|ids| ids[0])
    }

    /// Notes time spent on a day, on something planned or on what is said.
    ///
    /// # Errors
    /// When it is no number of hours, the day is to come, or nothing planned goes by that entry.
    pub async fn spent(&self, spent: TimeSpent, on: Date) -> Result<EntryId, AppError> {
        if on > self.surroundings.today() {
            return Err(AppError::input(format!("{on} has not come yet"))
                .hint("Note it when it is spent; plan it with from and until."));
        }
        if let Some(planned) = spent.planned {
            let (entries, _) = self.read().await?;
            let here = view(&entries, self.surroundings.now());
            planned_seen(&Plan::of(&here), planned)?;
        }
        let fact = PlanFact::Spent(TimeSpent {
            on_what: spent.on_what.trim().to_owned(),
            ..spent
        });
        let writing = self.writing_on(on, fact.fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }
}
