//! How the plan changed, in a line.

use jiff::civil::Date;
use metier_core::plan::{GoalChange, PlannedChange};

use super::planning::{exact, goal_ending, planned_ending, three_hours};
use super::{Words, activity, capital, day};
use crate::plan::Reworded;

impl Words<'_> {
    /// What changed in the plan, and why: the change, and its reason if it has one.
    pub fn plan_change(&self, what: &Reworded<'_>) -> (String, String) {
        let title = |text: &str| format!("\u{201c}{text}\u{201d}");
        match what {
            Reworded::NewGoal(goal) => (format!("New goal: {}", title(&goal.title)), goal.why.clone()),
            Reworded::Goal(goal, changes) => (
                format!("{}: {}", title(&goal.title), self.goal_changes(changes)),
                goal.because.clone(),
            ),
            Reworded::GoalEnded(goal, ended) => (
                format!("{} was {}", title(&goal.title), goal_ending(ended.how)),
                ended.reason.clone(),
            ),
            Reworded::NewPlanned(planned) => (format!("Planned: {}", title(&planned.name)), String::new()),
            Reworded::Planned(planned, changes) => (
                format!("{}: {}", title(&planned.name), self.planned_changes(changes)),
                planned.because.clone(),
            ),
            Reworded::PlannedEnded(planned, ended) => (
                format!("{} was {}", title(&planned.name), planned_ending(ended.how)),
                ended.reason.clone(),
            ),
            Reworded::SetAside(aside) => {
                let from = day(aside.from);
                let said = if aside.hours_a_week > 0.0 {
                    format!(
                        "{} a week set aside from {from}",
                        capital(&exact(aside.hours_a_week))
                    )
                } else {
                    format!("No time set aside from {from}")
                };
                (said, aside.when.clone())
            }
        }
    }

    /// What differs between two wordings of a goal, in a line.
    pub fn goal_changes(&self, changes: &[GoalChange]) -> String {
        if changes.is_empty() {
            return "worded again as it was".into();
        }
        let said = changes.iter().map(|change| match change {
            GoalChange::Title { from } => format!("was called \u{201c}{from}\u{201d}"),
            GoalChange::Why => "what it is good for is said otherwise".into(),
            GoalChange::Day { from, to } => moved("its day", *from, *to),
            GoalChange::Asks(ids) => format!("now takes {}", self.names(ids)),
            GoalChange::AsksNoLonger(ids) => format!("no longer takes {}", self.names(ids)),
            GoalChange::AsksOtherwise(ids) => format!("takes {} up to another step", self.names(ids)),
            GoalChange::Thing => "the significant thing that it is changed".into(),
            GoalChange::MilestoneAdded(what) => format!("milestone added: {what}"),
            GoalChange::MilestoneDropped(what) => format!("milestone taken out: {what}"),
            GoalChange::MilestoneReworded { from, to } => {
                format!("the milestone \u{201c}{from}\u{201d} is now \u{201c}{to}\u{201d}")
            }
            GoalChange::MilestoneMoved { what, from, to } => {
                moved(&format!("the milestone \u{201c}{what}\u{201d}"), *from, *to)
            }
            GoalChange::MilestoneMet(what) => format!("milestone met: {what}"),
            GoalChange::MilestoneOpen(what) => format!("milestone open again: {what}"),
        });
        said.collect::<Vec<_>>().join("; ")
    }

    /// What differs between two wordings of something planned, in a line.
    pub fn planned_changes(&self, changes: &[PlannedChange]) -> String {
        if changes.is_empty() {
            return "worded again as it was".into();
        }
        let said = changes.iter().map(|change| match change {
            PlannedChange::Name { from } => format!("was called \u{201c}{from}\u{201d}"),
            PlannedChange::Kind { from, to } => format!(
                "was \u{201c}{}\u{201d}, is \u{201c}{}\u{201d}",
                activity(*from),
                activity(*to)
            ),
            PlannedChange::Hours { from, to } => {
                format!("takes {}, was {}", three_hours(*to), three_hours(*from))
            }
            PlannedChange::Begins { from, to } => moved("its first day", *from, *to),
            PlannedChange::Ends { from, to } => moved("its last day", *from, *to),
            PlannedChange::Goal => "is for another goal".into(),
            PlannedChange::Shows => "is expected to show something else".into(),
            PlannedChange::Stretch => "the risk or the way back is said otherwise".into(),
        });
        said.collect::<Vec<_>>().join("; ")
    }
}

fn moved(what: &str, from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{what} moved from {} to {}", day(from), day(to)),
        (None, Some(to)) => format!("{what} is {}", day(to)),
        (Some(from), None) => format!("{what}, {}, was taken out", day(from)),
        (None, None) => format!("{what} stayed open"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_that_moved_is_told_with_both() {
        let (may, june) = (date(2027, 5, 3), date(2027, 6, 8));
        assert_eq!(
            moved("its day", Some(may), Some(june)),
            "its day moved from 3 May 2027 to 8 June 2027"
        );
    }
}
