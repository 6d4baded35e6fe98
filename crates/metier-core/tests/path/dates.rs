//! What goes into a calendar: days that stand, days that are over, and how often each was changed.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::journal::{Entry, view};
use metier_core::plan::{DatedWhat, Plan, dates};
use serde_json::{Value, json};

use crate::{entry, entry_on, id};

const TODAY: Date = date(2026, 7, 1);

fn told(entries: &[Entry]) -> Vec<(Date, DatedWhat, u32, bool)> {
    let dates = dates(entries, Timestamp::MAX, TODAY);
    dates.iter().map(|d| (d.on, d.what, d.wording, d.over)).collect()
}

fn goal(by: Option<&str>, milestones: &Value) -> Value {
    let mut goal = json!({"fact": "plan", "of": "goal", "title": "G", "milestones": milestones});
    if let Some(by) = by {
        goal["by"] = json!(by);
    }
    goal
}

fn rhythm(from: &str, weeks: Option<u8>, months: Option<u8>) -> Value {
    let mut rhythm = json!({"fact": "plan", "of": "rhythm", "from": from});
    if let Some(weeks) = weeks {
        rhythm["reflect_weeks"] = json!(weeks);
    }
    if let Some(months) = months {
        rhythm["review_months"] = json!(months);
    }
    rhythm
}

#[test]
fn what_ended_before_its_day_is_over_and_what_ended_after_it_took_place() {
    let milestones = json!([
        {"id": "early", "what": "E", "by": "2026-05-01"},
        {"id": "late", "what": "L", "by": "2026-08-01"}]);
    let entries = vec![
        entry(1, None, goal(Some("2026-09-01"), &milestones)),
        entry(
            2,
            None,
            json!({"fact": "plan", "of": "goal_ended", "goal": id(1), "how": "let_go"}),
        ),
    ];
    assert_eq!(
        told(&entries),
        [
            (date(2026, 5, 1), DatedWhat::Milestone, 1, false),
            (date(2026, 8, 1), DatedWhat::Milestone, 1, true),
            (date(2026, 9, 1), DatedWhat::Goal, 1, true),
        ]
    );
}

#[test]
fn a_day_that_is_named_no_more_is_over_and_each_change_counts_up() {
    let milestones = json!([{"id": "m", "what": "M", "by": "2026-08-01"}]);
    let mut entries = vec![
        entry(1, None, goal(Some("2026-09-01"), &milestones)),
        entry(2, Some(1), goal(None, &json!([]))),
    ];
    assert_eq!(
        told(&entries),
        [
            (date(2026, 8, 1), DatedWhat::Milestone, 1, true),
            (date(2026, 9, 1), DatedWhat::Goal, 1, true),
        ]
    );
    // Ended and opened again: the number never falls, so that a calendar believes the later file.
    entries.push(entry(3, Some(1), goal(Some("2026-10-01"), &json!([]))));
    entries.push(entry(
        4,
        None,
        json!({"fact": "plan", "of": "goal_ended", "goal": id(1), "how": "reached"}),
    ));
    assert_eq!(told(&entries)[1], (date(2026, 10, 1), DatedWhat::Goal, 3, true));
    entries.push(entry(5, Some(4), json!({"fact": "withdrawal"})));
    assert_eq!(told(&entries)[1], (date(2026, 10, 1), DatedWhat::Goal, 4, false));
    // Taken back as a whole.
    entries.push(entry(6, Some(1), json!({"fact": "withdrawal"})));
    assert!(told(&entries).iter().all(|(.., over)| *over));
}

#[test]
fn a_rhythm_that_another_one_followed_leaves_no_day_behind() {
    let mut entries = vec![entry(3, None, rhythm("2026-01-31", None, Some(6)))];
    assert_eq!(
        told(&entries),
        [
            (date(2026, 7, 31), DatedWhat::Review, 0, false),
            (date(2027, 1, 31), DatedWhat::Review, 0, false),
            (date(2027, 7, 31), DatedWhat::Review, 0, false),
        ]
    );
    entries.push(entry(4, None, rhythm("2026-08-15", None, Some(3))));
    let after = told(&entries);
    assert_eq!(after[0], (date(2026, 7, 31), DatedWhat::Review, 1, false));
    assert_eq!(after[1], (date(2026, 11, 15), DatedWhat::Review, 0, false));
    assert!(after.contains(&(date(2027, 1, 31), DatedWhat::Review, 1, true)));
    // The second one taken back, the first holds again, and says so with a higher number.
    entries.push(entry(5, Some(4), json!({"fact": "withdrawal"})));
    let again = told(&entries);
    assert!(again.contains(&(date(2027, 1, 31), DatedWhat::Review, 2, false)));
    assert!(again.contains(&(date(2026, 11, 15), DatedWhat::Review, 1, true)));
}

#[test]
fn what_comes_next_by_the_rhythm_is_told_once_each() {
    let entries = vec![entry(1, None, rhythm("2026-06-01", Some(2), Some(60)))];
    let view = view(&entries, Timestamp::MAX);
    assert_eq!(
        Plan::of(&view).next_by_rhythm(TODAY),
        [
            (DatedWhat::Reflection, date(2026, 7, 13)),
            (DatedWhat::Review, date(2031, 6, 1)),
        ]
    );
}

#[test]
fn who_has_looked_back_today_is_asked_the_next_time() {
    let mut entries = vec![entry(1, None, rhythm("2026-06-01", Some(2), None))];
    let due = date(2026, 6, 29);
    let next = |entries: &[Entry]| {
        let view = view(entries, Timestamp::MAX);
        Plan::of(&view).next_by_rhythm(due)
    };
    assert_eq!(next(&entries), [(DatedWhat::Reflection, due)]);
    let said = json!({"fact": "plan", "of": "reflection", "words": "It went well"});
    entries.push(entry_on(2, None, due, said));
    assert_eq!(next(&entries), [(DatedWhat::Reflection, date(2026, 7, 13))]);
}

#[test]
fn reviews_answers_and_next_talks_have_their_days() {
    let touch = |next: Value| json!({"fact": "network", "of": "touch", "contact": id(3), "next": next});
    let mut entries = vec![
        entry(
            1,
            None,
            json!({"fact": "review_planned", "on": "2026-07-10", "with": "Edith"}),
        ),
        entry(
            2,
            None,
            json!({"fact": "plan", "of": "opportunity", "what": "The fair", "origin": "offered", "by": "2026-07-20"}),
        ),
        entry(
            3,
            None,
            json!({"fact": "network", "of": "contact", "name": "Rosa", "next": {"on": "2026-07-05"}}),
        ),
        entry_on(
            4,
            None,
            date(2026, 6, 20),
            touch(json!({"on": "2026-07-25", "what": "salt"})),
        ),
    ];
    assert_eq!(
        told(&entries),
        [
            (date(2026, 7, 10), DatedWhat::ReviewDay, 0, false),
            (date(2026, 7, 20), DatedWhat::AnswerDue, 0, false),
            (date(2026, 7, 25), DatedWhat::Touch, 1, false),
        ]
    );
    let dated = dates(&entries, Timestamp::MAX, TODAY);
    assert_eq!(
        (dated[2].title.as_str(), dated[2].about.as_str()),
        ("Rosa", "salt")
    );
    // Spoken with, and no next day: what the calendar has is over, under its name.
    entries.push(entry_on(5, None, date(2026, 6, 30), touch(Value::Null)));
    let dated = dates(&entries, Timestamp::MAX, TODAY);
    assert_eq!(
        (dated[2].title.as_str(), dated[2].over, dated[2].wording),
        ("Rosa", true, 2)
    );
}

#[test]
fn a_calendar_that_was_made_where_it_was_a_day_later_loses_no_day() {
    let entries = [
        entry(1, None, rhythm("2027-06-26", Some(1), None)),
        entry(2, Some(1), rhythm("2027-06-26", None, Some(60))),
    ];
    // Both were recorded on 28 May 2026 at 20:26 in London; in Tokyo it was the 29th.
    let held = date(2027, 7, 3);
    assert!(
        told(&entries).contains(&(held, DatedWhat::Reflection, 1, true)),
        "{:?}",
        told(&entries)
    );
}
