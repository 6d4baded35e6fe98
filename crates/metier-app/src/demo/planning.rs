//! The example's plan: a goal that moved, what is planned for it, an hour a week that is not always kept.

use jiff::ToSpan;
use metier_core::framework::{ActivityKind, Expectation, Weight};
use metier_core::id::{ActivityId, EntryId};
use metier_core::plan::{
    Goal, Milestone, PlanFact, Planned, PlannedEnded, PlannedEnding, Stretch, TimeSetAside, TimeSpent,
};

use super::{Career, slug};
use crate::error::AppError;

/// What the goal takes: competency and step.
const TAKES: [(&str, &str); 4] = [
    ("publish-an-article", "teaches"),
    ("build-a-quarterly-content-plan", "leads"),
    ("report-results-and-impact", "communicates"),
    ("brief-and-coach-freelancers", "delivers"),
];
/// Days ago and hours of what was noted.
const SPENT: [(i32, f64); 9] = [
    (75, 1.5),
    (68, 2.0),
    (54, 1.0),
    (47, 3.5),
    (33, 2.0),
    (26, 1.5),
    (12, 2.5),
    (5, 1.0),
    (3, 1.5),
];

impl Career<'_> {
    /// Tells the plan, between what else was told at the time.
    pub(super) fn planning(&mut self) -> Result<(), AppError> {
        let goal = self.plan()?;
        self.looking(goal)
    }

    /// Gives the goal that it is all for.
    fn plan(&mut self) -> Result<EntryId, AppError> {
        self.tell_between(
            84,
            PlanFact::SetAside(TimeSetAside {
                hours_a_week: 3.0,
                from: self.today.saturating_sub(84.days()),
                when: "Thursday mornings, before the stand-up".into(),
            })
            .fact(),
        );
        let mut goal = self.goal()?;
        let first = self.tell_between(80, PlanFact::Goal(goal.clone()).fact());
        let teach = self.activity("teach-publishing", Some(first))?;
        let teach = self.tell_between(78, PlanFact::Planned(teach).fact());
        let calls = self.activity("listen-to-calls", Some(first))?;
        let calls = self.tell_between(78, PlanFact::Planned(calls).fact());
        let mut hour = self.activity("hold-an-editing-hour", None)?;
        hour.until = Some(self.today.saturating_add(40.days()));
        self.tell_between(60, PlanFact::Planned(hour).fact());
        for (days_ago, hours) in SPENT {
            let spent = TimeSpent {
                hours,
                planned: (hours > 2.0).then_some(teach),
                on_what: String::new(),
            };
            self.tell_between(days_ago, PlanFact::Spent(spent).fact());
        }
        let dropped = PlannedEnded {
            planned: calls,
            how: PlannedEnding::Dropped,
            evidence: Vec::new(),
            reason: "sales now sends the questions every Friday".into(),
        };
        self.tell_between(20, PlanFact::PlannedEnded(dropped).fact());
        let loss = self.stretch(first)?;
        self.tell_between(14, PlanFact::Planned(loss).fact());
        goal.by = Some(self.today.saturating_add(210.days()));
        goal.milestones[0].met_on = Some(self.today.saturating_sub(10.days()));
        goal.because = "the spring launch moved to May, and the plan with it".into();
        self.reword(9, first, PlanFact::Goal(goal).fact());
        Ok(first)
    }

    fn goal(&self) -> Result<Goal, AppError> {
        let asks = TAKES.iter().map(|(competency, rung)| {
            Ok(Expectation {
                competency: competency.parse().map_err(slug)?,
                rung: rung.parse().map_err(slug)?,
                weight: Weight::Required,
            })
        });
        let milestone = |id: &str, what: &str, days: i32| {
            Ok::<_, AppError>(Milestone {
                id: id.parse().map_err(slug)?,
                what: what.into(),
                by: Some(self.today.saturating_add(days.days())),
                met_on: None,
                shown_by: Vec::new(),
            })
        };
        Ok(Goal {
            title: "Lead the content of a whole launch".into(),
            why: "It is what Edith does, and what I want to be asked for.".into(),
            family: Some(self.framework.family.clone()),
            asks: asks.collect::<Result<_, AppError>>()?,
            thing: None,
            by: Some(self.today.saturating_add(150.days())),
            milestones: vec![
                milestone("m1", "A colleague publishes alone", -5)?,
                milestone("m2", "The spring plan agreed with sales and product", 45)?,
                milestone("m3", "The launch report told to the management team", 195)?,
            ],
            because: String::new(),
        })
    }

    /// An activity of the criteria, as it is planned.
    fn activity(&self, id: &str, goal: Option<EntryId>) -> Result<Planned, AppError> {
        let id: ActivityId = id.parse().map_err(slug)?;
        let found = self.framework.activities.iter().find(|a| a.id == id);
        let found = found.ok_or_else(|| AppError::not_found(format!("there is no activity `{id}`")))?;
        Ok(Planned {
            name: found.name.clone(),
            kind: found.kind,
            family: self.framework.family.clone(),
            activity: Some(id),
            hours: found.hours,
            shows: found.shows.clone(),
            goal,
            from: None,
            until: Some(self.today.saturating_add(20.days())),
            stretch: None,
            because: String::new(),
        })
    }

    fn stretch(&self, goal: EntryId) -> Result<Planned, AppError> {
        let loss = self.activity("explain-a-traffic-loss", Some(goal))?;
        Ok(Planned {
            kind: ActivityKind::StretchAssignment,
            from: Some(self.today.saturating_add(25.days())),
            until: Some(self.today.saturating_add(60.days())),
            stretch: Some(Stretch {
                gap: "optimise-a-page-for-search".parse().map_err(slug)?,
                risk: "I rewrite a page that was fine, and it sinks further.".into(),
                way_back: "Keep the old text; put it back after two weeks without a cause.".into(),
                at_hand: "Jonas".into(),
            }),
            ..loss
        })
    }
}
