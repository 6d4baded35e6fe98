//! The route to what is aimed at, or to another level.

use std::collections::BTreeMap;

use metier_core::framework::{ActivityKind, Hours};
use metier_core::id::{ActivityId, EntryId, LevelId};
use metier_core::plan::{Plan, Planned};
use metier_core::policy::Policy;
use metier_core::route::{Asked, Effort, HOURS_A_WEEK, Route, route_within};

use crate::error::AppError;
use crate::person::level_of;
use crate::plan::{in_plan, planned_step};
use crate::standing::Sight;
use crate::words::Words;

/// Hours a week that a route is planned with where nothing was said of any.
pub const HOURS_A_WEEK_USUAL: f64 = 4.0;

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

impl RouteAsked {
    /// A route by the plan: with the hours a week that are set aside where none are said, and the hours of
    /// activities that are planned where no others are said.
    pub fn by_plan(
        sight: &Sight,
        plan: &Plan<'_>,
        level: Option<LevelId>,
        hours_a_week: Option<f64>,
        hours: BTreeMap<ActivityId, Hours>,
    ) -> Self {
        let framework = &sight.version.framework;
        let aside = || plan.hours_a_week(sight.standing.at);
        let aside = || aside().filter(|hours| HOURS_A_WEEK.contains(hours));
        let mut own = plan.own_hours(&framework.family);
        own.retain(|id, _| framework.activities.iter().any(|a| a.id == *id));
        own.extend(hours);
        Self {
            level,
            hours_a_week: hours_a_week.or_else(aside).unwrap_or(HOURS_A_WEEK_USUAL),
            hours: own,
        }
    }
}

/// A step of a route, as it can be put into the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct StepToTake {
    /// What would be planned.
    pub planned: Planned,
    /// Something like it that is in the plan already.
    pub there: Option<EntryId>,
}

impl StepToTake {
    /// True when it first asks what could go wrong, and for the way back.
    pub fn asks_for_risk(&self) -> bool {
        self.planned.kind == ActivityKind::StretchAssignment && self.planned.stretch.is_none()
    }
}

impl Sight {
    /// The route; `None` when nothing is aimed at and no level is named.
    ///
    /// # Errors
    /// When there is no such level or activity, or a number is outside what can be planned with.
    pub fn route(&self, asked: &RouteAsked) -> Result<Option<Route>, AppError> {
        self.route_within(asked, Effort::THOROUGH)
    }

    /// The steps of a route as things to put into the plan, in its order.
    pub fn steps_to_take(
        &self,
        route: &Route,
        plan: &Plan<'_>,
        words: &Words<'_>,
        goal: Option<EntryId>,
    ) -> Vec<StepToTake> {
        let steps = route.steps.iter().map(|step| {
            let planned = planned_step(step, words, &self.version.framework, goal);
            let there = in_plan(plan, &planned);
            StepToTake { planned, there }
        });
        steps.collect()
    }

    /// The route found with no more than so much work.
    ///
    /// # Errors
    /// As [`Sight::route`].
    pub fn route_within(&self, asked: &RouteAsked, effort: Effort) -> Result<Option<Route>, AppError> {
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
        route_within(&standing, framework, &asked, effort).map_err(|error| {
            AppError::input(format!("no route can be planned: {error}"))
                .hint("A level that asks for less at once can be.")
        })
    }
}
