//! The route to what is aimed at, or to another level.

use std::collections::BTreeMap;

use metier_core::framework::Hours;
use metier_core::id::{ActivityId, LevelId};
use metier_core::policy::Policy;
use metier_core::route::{Asked, HOURS_A_WEEK, Route, route};

use crate::error::AppError;
use crate::person::level_of;
use crate::standing::Sight;

/// How a route is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteAsked {
    /// To which level; absent: to the one aimed at.
    pub level: Option<LevelId>,
    /// Hours a week.
    pub hours_a_week: f64,
    /// The person's own estimates, in place of the framework's.
    pub hours: BTreeMap<ActivityId, Hours>,
}

impl Sight {
    /// The route; `None` when nothing is aimed at and no level is named.
    ///
    /// # Errors
    /// When there is no such level or activity, or a number is outside what can be planned with.
    pub fn route(&self, asked: &RouteAsked) -> Result<Option<Route>, AppError> {
        let framework = &self.version.framework;
        if !HOURS_A_WEEK.contains(&asked.hours_a_week) {
            return Err(AppError::input(format!(
                "{} hours a week cannot be planned with",
                asked.hours_a_week
            ))
            .hint("Use a number from 0.25 to 168."));
        }
        for (id, hours) in &asked.hours {
            if framework.activities.iter().all(|a| a.id != *id) {
                return Err(
                    AppError::not_found(format!("{} has no activity `{id}`", framework.title))
                        .hint("`metier framework show` lists them."),
                );
            }
            let rising = 0.0 <= hours.low && hours.low <= hours.likely && hours.likely <= hours.high;
            if !rising || hours.high > 100_000.0 {
                return Err(
                    AppError::input(format!("the hours of `{id}` do not rise from low to high"))
                        .hint("Use numbers from 0 to 100000: low, likely, high."),
                );
            }
        }
        let standing = match &asked.level {
            Some(level) => {
                level_of(framework, level)?;
                self.towards(level)?
            }
            None => self.standing.clone(),
        };
        let asked = Asked {
            hours_a_week: asked.hours_a_week,
            hours: asked.hours.clone(),
            range: Policy::version_1().range,
        };
        route(&standing, framework, &asked).map_err(|error| {
            AppError::input(format!("no route can be planned: {error}"))
                .hint("A level that asks for less at once can be.")
        })
    }
}
