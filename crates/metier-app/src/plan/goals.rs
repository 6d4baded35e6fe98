//! Goals: written, changed with a reason, their milestones, their end.

use jiff::civil::Date;
use metier_core::id::{EntryId, ThingId};
use metier_core::journal::{Fact, view};
use metier_core::mastery::Mastery;
use metier_core::plan::{Goal, GoalEnded, GoalEnding, Milestone, Plan, PlanFact};

use super::{YEARS_MOST, because, too_far};
use crate::error::AppError;
use crate::home::Metier;
use crate::life::Life;

/// How a goal ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndGoal {
    /// Reached, or let go.
    pub how: GoalEnding,
    /// Why, or what came of it; needed where it is let go.
    pub reason: String,
    /// On which day.
    pub on: Date,
}

/// What to do about a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MilestoneDo {
    /// Add one.
    Add {
        /// What is to be there.
        what: String,
        /// By when.
        by: Option<Date>,
    },
    /// Word it otherwise, or move its day; says why.
    Change {
        /// Which.
        id: ThingId,
        /// What is to be there.
        what: String,
        /// By when.
        by: Option<Date>,
        /// Why.
        because: String,
    },
    /// It is there.
    Met {
        /// Which.
        id: ThingId,
        /// Since when.
        on: Date,
        /// The evidence that shows it.
        shown_by: Vec<EntryId>,
    },
    /// It is not there after all.
    Open {
        /// Which.
        id: ThingId,
        /// Why.
        because: String,
    },
    /// Take it out; says why.
    Drop {
        /// Which.
        id: ThingId,
        /// Why.
        because: String,
    },
}

impl Metier {
    /// Writes down something to reach.
    ///
    /// # Errors
    /// When it says nothing, its day has passed, or it names what is not there.
    pub async fn add_goal(&self, goal: Goal) -> Result<EntryId, AppError> {
        if goal.by.is_some_and(|by| by < self.surroundings.today()) {
            return Err(AppError::input("its day has passed").hint("Name a day to come, or none."));
        }
        let goal = self.checked_goal(goal).await?;
        let fact = PlanFact::Goal(goal).fact();
        self.record(vec![self.writing(fact)]).await.map(|ids| ids[0])
    }

    /// Words a goal otherwise; what it was stays readable. Says nothing and records nothing where nothing
    /// differs.
    ///
    /// # Errors
    /// When there is no such goal, no reason is given, or the wording is not well formed.
    pub async fn change_goal(&self, id: EntryId, goal: Goal, reason: &str) -> Result<(), AppError> {
        let (on, before) = self.goal_now(id).await?;
        let same = Goal {
            because: before.because.clone(),
            ..goal.clone()
        };
        if same == before {
            return Ok(());
        }
        let goal = Goal {
            because: because(reason)?,
            ..goal
        };
        self.reword_goal(id, on, goal).await
    }

    /// Adds, changes, meets or drops a milestone of a goal.
    ///
    /// # Errors
    /// When there is no such goal or milestone, or no reason is given where one is asked for.
    pub async fn milestone(&self, goal: EntryId, what: MilestoneDo) -> Result<(), AppError> {
        let (on, mut now) = self.goal_now(goal).await?;
        match what {
            MilestoneDo::Add { what, by } => {
                let id = fresh(&now.milestones)?;
                now.because.clear();
                now.milestones.push(Milestone {
                    id,
                    what: what.trim().to_owned(),
                    by,
                    met_on: None,
                    shown_by: Vec::new(),
                });
            }
            MilestoneDo::Change {
                id,
                what,
                by,
                because: why,
            } => {
                let milestone = find(&mut now, &id)?;
                if milestone.what == what.trim() && milestone.by == by {
                    return Ok(());
                }
                what.trim().clone_into(&mut milestone.what);
                milestone.by = by;
                now.because = because(&why)?;
            }
            MilestoneDo::Met { id, on, shown_by } => {
                self.not_to_come(on, "Name the day on which it was there.")?;
                let milestone = find(&mut now, &id)?;
                milestone.met_on = Some(on);
                milestone.shown_by = shown_by;
                now.because.clear();
            }
            MilestoneDo::Open { id, because: why } => {
                let milestone = find(&mut now, &id)?;
                milestone.met_on = None;
                milestone.shown_by = Vec::new();
                now.because = because(&why)?;
            }
            MilestoneDo::Drop { id, because: why } => {
                find(&mut now, &id)?;
                now.milestones.retain(|m| m.id != id);
                now.because = because(&why)?;
            }
        }
        now.milestones.sort_by_key(|m| (m.by.is_none(), m.by));
        self.reword_goal(goal, on, now).await
    }

    /// A goal came to its end.
    ///
    /// # Errors
    /// When there is no such goal, it ended already, the day is to come, or it is let go without a reason.
    pub async fn end_goal(&self, id: EntryId, end: EndGoal) -> Result<EntryId, AppError> {
        self.goal_now(id).await?;
        let (entries, _) = self.read().await?;
        let plan_view = view(&entries, self.surroundings.now());
        if Plan::of(&plan_view).goal_ended(id).is_some() {
            return Err(AppError::not_ready("it came to its end before")
                .hint("Open it again first: metier goal again GOAL"));
        }
        self.not_to_come(end.on, super::WAS)?;
        let reason = match end.how {
            GoalEnding::LetGo => because(&end.reason)?,
            GoalEnding::Reached => end.reason.trim().to_owned(),
        };
        let fact = PlanFact::GoalEnded(GoalEnded {
            goal: id,
            how: end.how,
            reason,
        });
        let writing = self.writing_on(end.on, fact.fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Opens a goal again that had come to its end; that it had stays in the journal.
    ///
    /// # Errors
    /// When there is no such goal, or it is open.
    pub async fn reopen_goal(&self, id: EntryId, reason: &str) -> Result<(), AppError> {
        self.goal_now(id).await?;
        self.open_again(id, reason).await
    }

    /// A goal as it is worded now, and its day.
    async fn goal_now(&self, id: EntryId) -> Result<(Date, Goal), AppError> {
        let (entries, _) = self.read().await?;
        let plan_view = view(&entries, self.surroundings.now());
        let plan = Plan::of(&plan_view);
        let noted = plan.goals.iter().find(|g| g.id == id);
        let noted = noted.ok_or_else(|| {
            AppError::not_found(format!("no goal goes by {id}"))
                .hint("`metier goal list` shows those there are.")
        })?;
        Ok((noted.on, noted.what.clone()))
    }

    async fn reword_goal(&self, id: EntryId, on: Date, goal: Goal) -> Result<(), AppError> {
        let goal = self.checked_goal(goal).await?;
        self.correct(id, on, PlanFact::Goal(goal).fact()).await.map(drop)
    }

    /// The goal with what it names looked up.
    async fn checked_goal(&self, mut goal: Goal) -> Result<Goal, AppError> {
        let (entries, life) = self.read().await?;
        let days = goal.milestones.iter().filter_map(|m| m.by).chain(goal.by);
        let today = self.surroundings.today();
        if let Some(far) = days.max().filter(|by| too_far(today, *by)) {
            return Err(
                AppError::input(format!("{far} is more than {YEARS_MOST} years ahead"))
                    .hint("Look at the year again, or name no day."),
            );
        }
        goal.title = goal.title.trim().to_owned();
        goal.why = goal.why.trim().to_owned();
        if goal.asks.is_empty() {
            goal.family = None;
        }
        asked_for(&goal, &life)?;
        let here = view(&entries, self.surroundings.now());
        if let Some(of) = &goal.thing {
            let known = life.versions.iter().any(|version| {
                let mastery = Mastery::of(&here, &version.framework.family);
                let mut definitions = mastery.definitions.iter().filter(|d| d.id == of.definition);
                definitions.any(|d| d.what.things.iter().any(|t| t.id == of.thing))
            });
            if !known {
                return Err(AppError::not_found(
                    "this significant thing is not in your definition of mastery",
                )
                .hint("Choose one that is, or none."));
            }
        }
        for id in goal.milestones.iter().flat_map(|m| &m.shown_by) {
            evidence_there(&here, *id)?;
        }
        Ok(goal)
    }
}

/// Refuses what is no evidence, or was taken back.
pub(super) fn evidence_there(here: &metier_core::journal::View<'_>, id: EntryId) -> Result<(), AppError> {
    let there = here
        .facts
        .iter()
        .any(|f| f.root == id && matches!(f.fact(), Fact::Evidence(_)));
    if there {
        return Ok(());
    }
    Err(AppError::not_found(format!("{id} is nothing that happened"))
        .hint("`metier log --list` and the page What I did show what is recorded."))
}

fn asked_for(goal: &Goal, life: &Life) -> Result<(), AppError> {
    let Some(family) = &goal.family else {
        return Ok(());
    };
    let framework = match life.current().filter(|v| v.framework.family == *family) {
        Some(version) => &version.framework,
        None => &life.criteria_of(family)?.framework,
    };
    for asked in &goal.asks {
        let known =
            framework.competency(&asked.competency).is_some() && framework.rung(&asked.rung).is_some();
        if !known {
            return Err(AppError::not_found(format!(
                "{} has no step `{}` of `{}`",
                framework.title, asked.rung, asked.competency
            ))
            .hint("`metier framework show` lists its competencies and steps."));
        }
    }
    Ok(())
}

fn find<'g>(goal: &'g mut Goal, id: &ThingId) -> Result<&'g mut Milestone, AppError> {
    let all: Vec<String> = goal.milestones.iter().map(|m| m.id.to_string()).collect();
    goal.milestones.iter_mut().find(|m| m.id == *id).ok_or_else(|| {
        let error = AppError::not_found(format!("the goal has no milestone `{id}`"));
        if all.is_empty() {
            error.hint("It has none yet.")
        } else {
            error.hint(format!("It has: {}.", all.join(", ")))
        }
    })
}

/// A name no milestone of the goal has.
fn fresh(milestones: &[Milestone]) -> Result<ThingId, AppError> {
    let taken = |n: usize| milestones.iter().any(|m| m.id.as_str() == format!("m{n}"));
    let free = (1..=milestones.len() + 1).find(|n| !taken(*n)).unwrap_or(1);
    ThingId::new(format!("m{free}")).map_err(|e| AppError::input(e.to_string()))
}
