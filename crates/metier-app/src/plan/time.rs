//! Time set aside and spent.

use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::journal::view;
use metier_core::plan::{Plan, PlanFact, TimeSetAside, TimeSpent};

use super::{YEARS_MOST, planned_seen, too_far};
use crate::error::AppError;
use crate::home::Metier;

/// The least time that is noted, in hours: a minute, as one rounds it.
const HOURS_LEAST: f64 = 0.01;

/// The most that a day has.
const HOURS_MOST: f64 = 24.0;

/// What to write as the hours of a day.
const HOURS_OF_A_DAY: &str =
    "Give a number from 0.01 to 24, the hours of one day; what took longer is noted day by day.";

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
    /// When it is no number of hours that a day has, the day is to come or too long ago, or nothing planned goes
    /// by that entry.
    pub async fn spent(&self, spent: TimeSpent, on: Date) -> Result<EntryId, AppError> {
        self.not_to_come(on, "Note it when it is spent; plan it with from and until.")?;
        if too_far(on, self.surroundings.today()) {
            return Err(
                AppError::input(format!("{on} is more than {YEARS_MOST} years ago"))
                    .hint("Look at the year again."),
            );
        }
        if !(HOURS_LEAST..=HOURS_MOST).contains(&spent.hours) {
            return Err(
                AppError::input(format!("{} hours are not what one day has", spent.hours))
                    .hint(HOURS_OF_A_DAY),
            );
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
