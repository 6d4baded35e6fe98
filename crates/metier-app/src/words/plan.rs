//! What is said of the plan, in a line of the timeline.

use jiff::civil::Date;
use metier_core::plan::{
    GoalEnding, MoveState, OpportunityEnding, OpportunityOrigin, PlanFact, PlannedEnding,
};

use super::{Words, day};

impl Words<'_> {
    pub(super) fn of_plan(said: &PlanFact) -> String {
        match said {
            PlanFact::Goal(g) => format!("Goal: {}{}", g.title, by(g.by)),
            PlanFact::GoalEnded(e) => because(
                match e.how {
                    GoalEnding::Reached => "A goal was reached",
                    GoalEnding::LetGo => "A goal was let go",
                },
                &e.reason,
            ),
            PlanFact::Planned(p) => format!("Planned: {}{}", p.name, by(p.until)),
            PlanFact::PlannedEnded(e) => because(
                match e.how {
                    PlannedEnding::Done => "Done as planned",
                    PlannedEnding::Dropped => "Dropped from the plan",
                },
                &e.reason,
            ),
            PlanFact::SetAside(t) => {
                format!("Time set aside: {} hours a week from {}", t.hours_a_week, t.from)
            }
            PlanFact::Spent(t) => because(&format!("Time spent: {} hours", t.hours), &t.on_what),
            PlanFact::Rhythm(r) => format!("How often to look back: {}", super::rhythm(r)),
            PlanFact::Opportunity(o) => match o.origin {
                OpportunityOrigin::Sought => format!("Sought: {}", o.what),
                OpportunityOrigin::Offered => format!("Offered: {}", o.what),
            },
            PlanFact::OpportunityEnded(e) => because(
                match e.how {
                    OpportunityEnding::Taken => "An opportunity was taken",
                    OpportunityEnding::Refused => "An opportunity was refused",
                    OpportunityEnding::NotGiven => "An opportunity went to somebody else",
                    OpportunityEnding::Passed => "An opportunity passed",
                },
                &e.reason,
            ),
            PlanFact::Setback(s) => because(&format!("Setback: {}", s.what), &s.lesson),
            PlanFact::Reflection(r) => format!("Reflection: {}", r.words),
            PlanFact::Move(m) => match m.state {
                MoveState::Open => format!("Considered: {}", m.what),
                MoveState::Chosen => format!("Chosen: {}", m.what),
                MoveState::SetAside => format!("Set aside: {}", m.what),
            },
        }
    }
}

fn by(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| format!(" by {}", day(date)))
}

fn because(what: &str, reason: &str) -> String {
    if reason.is_empty() {
        what.to_owned()
    } else {
        format!("{what} \u{2013} {reason}")
    }
}
