//! The plan in sentences: whether one is on the way, how it changed, time set aside and spent.

use jiff::civil::Date;
use metier_core::framework::{ActivityKind, Hours, Weight};
use metier_core::gap::Gap;
use metier_core::id::CompetencyId;
use metier_core::plan::{GoalEnding, PlannedEnding, Stretch, TimeKept, TrackState};

use super::{Words, activity, capital, day, hours, list, number, plural};
use crate::plan::{GoalSeen, PlannedSeen};

/// Competencies named in a line before the rest are counted.
const NAMED: usize = 3;

/// Whether one is on the way, in a few words.
pub fn track_state(state: TrackState) -> &'static str {
    match state {
        TrackState::Ended => "ended",
        TrackState::AllThere => "everything is there",
        TrackState::PastItsDay => "its day is over",
        TrackState::MilestoneLate => "a milestone is past its day",
        TrackState::NoDay => "no day",
        TrackState::MoreWorkThanTime => "more work than time",
        TrackState::NotBegun => "not begun",
        TrackState::OnTrack => "on the way",
    }
}

/// How a goal ended, in a word or two.
pub fn goal_ending(how: GoalEnding) -> &'static str {
    match how {
        GoalEnding::Reached => "reached",
        GoalEnding::LetGo => "let go",
    }
}

/// How something planned ended, in a word.
pub fn planned_ending(how: PlannedEnding) -> &'static str {
    match how {
        PlannedEnding::Done => "done",
        PlannedEnding::Dropped => "dropped",
    }
}

/// A sort of activity as the name of a thing to choose: "A course with an end".
pub fn activity_name(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Course => "A course",
        ActivityKind::Workshop => "A workshop or seminar",
        ActivityKind::Webinar => "A webinar",
        ActivityKind::SelfStudy => "Reading and trying alone",
        ActivityKind::Certification => "Working towards a credential",
        ActivityKind::Practice => "Practice: the same step again",
        ActivityKind::StretchAssignment => "A stretch assignment: more than you have done before",
        ActivityKind::Rotation => "Time in another role",
        ActivityKind::Project => "A project",
        ActivityKind::Volunteering => "Volunteering",
        ActivityKind::Mentoring => "Being guided by a mentor",
        ActivityKind::BeingAMentor => "Guiding somebody else",
        ActivityKind::Community => "Taking part in a community",
        ActivityKind::Event => "Going to an event",
        ActivityKind::Collaboration => "Working with somebody new",
        ActivityKind::Publishing => "Publishing something",
        ActivityKind::Speaking => "Speaking in front of people",
        ActivityKind::Leading => "Leading people",
    }
}

/// A sort of activity as forms, addresses and commands write it: "stretch-assignment".
pub fn activity_word(kind: ActivityKind) -> String {
    let word = serde_json::to_value(kind).ok();
    let word = word.as_ref().and_then(|w| w.as_str()).unwrap_or_default();
    word.replace('_', "-")
}

/// The sort of activity that a word names.
pub fn activity_of(word: &str) -> Option<ActivityKind> {
    let word = word.trim().to_lowercase().replace(['_', ' '], "-");
    ACTIVITY_KINDS
        .into_iter()
        .find(|kind| activity_word(*kind) == word)
}

/// Every sort of activity, in the order forms show them.
pub const ACTIVITY_KINDS: [ActivityKind; 18] = [
    ActivityKind::Project,
    ActivityKind::StretchAssignment,
    ActivityKind::Practice,
    ActivityKind::SelfStudy,
    ActivityKind::Course,
    ActivityKind::Workshop,
    ActivityKind::Webinar,
    ActivityKind::Certification,
    ActivityKind::Mentoring,
    ActivityKind::BeingAMentor,
    ActivityKind::Leading,
    ActivityKind::Rotation,
    ActivityKind::Collaboration,
    ActivityKind::Volunteering,
    ActivityKind::Community,
    ActivityKind::Event,
    ActivityKind::Publishing,
    ActivityKind::Speaking,
];

/// Three estimates: "about 4 hours (2 to 9)"; "about 4 hours" where they are one.
pub fn three_hours(estimate: Hours) -> String {
    if estimate.low >= estimate.high {
        return format!("about {}", exact(estimate.likely));
    }
    format!(
        "about {} ({})",
        exact(neat(estimate.likely)),
        hours_between(estimate.low, estimate.high)
    )
}

/// A range of hours: "2 to 9"; "20 minutes to an hour" where it begins under an hour.
pub fn hours_between(low: f64, high: f64) -> String {
    if low < 0.95 {
        return format!("{} to {}", exact(low), exact(neat(high)));
    }
    format!("{} to {}", short_hours(neat(low)), short_hours(neat(high)))
}

/// As exact as an estimate is: whole hours from ten on, halves below.
fn neat(length: f64) -> f64 {
    match length {
        ..1.0 => length,
        1.0..10.0 => rounded(length),
        _ => length.round(),
    }
}

/// Hours as they were said: "an hour", "1.5 hours", "45 minutes".
pub fn exact(length: f64) -> String {
    let halves = length * 2.0;
    if length >= 1.25 && (halves - halves.round()).abs() < 1e-6 {
        format!("{} hours", short_hours(length))
    } else if length <= 0.0 {
        "no time".into()
    } else {
        hours(length)
    }
}

/// A number of hours without the word: "4", "1.5", "0.25".
pub fn short_hours(length: f64) -> String {
    let hundredths = (length * 100.0).round() / 100.0;
    format!("{hundredths}")
}

/// From when until when: "from 3 May to 8 June 2027"; empty without days.
pub fn from_until(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {}", day(from)),
        (None, Some(until)) => format!("until {}", day(until)),
        (Some(from), Some(until)) if from.year() == until.year() => {
            format!("from {} to {}", super::short_day(from), day(until))
        }
        (Some(from), Some(until)) => format!("from {} to {}", day(from), day(until)),
    }
}

/// Time set aside against time spent, in a sentence.
pub fn time_kept(time: &TimeKept) -> String {
    let (aside, spent) = (time.planned.get(), time.spent.get());
    match (aside > 0.0, spent > 0.0) {
        (false, false) => "No time was set aside, and none was noted.".into(),
        (false, true) => format!("{} noted; none was set aside.", capital(&exact(spent))),
        (true, false) => format!("{} set aside; none noted yet.", capital(&exact(rounded(aside)))),
        (true, true) => format!(
            "{} set aside, {} noted.",
            capital(&exact(rounded(aside))),
            exact(spent)
        ),
    }
}

/// Hours set aside come of days: to the nearest half.
pub fn rounded(hours: f64) -> f64 {
    (hours * 2.0).round() / 2.0
}

impl Words<'_> {
    /// Whether one is on the way to a goal and why, in a sentence or two.
    pub fn on_track(&self, seen: &GoalSeen<'_>) -> String {
        let track = &seen.track;
        let first = match track.state {
            TrackState::Ended => return goal_end(seen),
            TrackState::AllThere => "Everything it takes is there. You can call it reached.".into(),
            TrackState::PastItsDay => format!(
                "Its day was {}. It can have another, or be let go; either says why.",
                seen.goal.by.map(day).unwrap_or_default()
            ),
            TrackState::MilestoneLate => {
                let late = track.late.iter().filter_map(|id| {
                    let milestone = seen.goal.milestones.iter().find(|m| m.id == *id)?;
                    let by = milestone.by.map(day).unwrap_or_default();
                    Some(format!("\u{201c}{}\u{201d} ({by})", milestone.what))
                });
                let late: Vec<String> = late.collect();
                let verb = if late.len() == 1 { "is" } else { "are" };
                format!(
                    "{} {verb} past {} day, and the goal itself is still ahead.",
                    capital(&list(&late)),
                    if late.len() == 1 { "its" } else { "their" }
                )
            }
            TrackState::NoDay => "It has no day, so there is nothing to be late for.".into(),
            TrackState::MoreWorkThanTime => track.work.map_or_else(String::new, |work| {
                format!(
                    "What is planned for it takes about {} more, and {} are set aside until its day: about {} short.",
                    exact(rounded(work.hours.get())),
                    exact(rounded(work.time.get())),
                    exact(rounded(work.short.get()).max(0.5))
                )
            }),
            TrackState::NotBegun => "Its day is ahead, and nothing is planned for it yet.".into(),
            TrackState::OnTrack => match track.work {
                Some(work) => format!(
                    "What is planned for it takes about {} more, and {} are set aside until its day.",
                    exact(rounded(work.hours.get())),
                    exact(rounded(work.time.get()))
                ),
                None if seen.planned.is_empty() => {
                    "Its day is ahead, a milestone is met, and nothing more is planned for it yet.".into()
                }
                None => {
                    "Its day is ahead. No time is set aside yet to compare what is planned with.".into()
                }
            },
        };
        match self.still_open(&track.open, seen.goal.asks.len()) {
            Some(open) => format!("{first} {open}"),
            None => first,
        }
    }

    fn still_open(&self, open: &[CompetencyId], of: usize) -> Option<String> {
        if open.is_empty() {
            return None;
        }
        let named = self.names(open);
        Some(match (open.len(), of) {
            (1, 1) => format!("What it takes is still open: {named}."),
            (n, of) if n == of => format!(
                "All {} competencies it takes are still open: {named}.",
                number(of as u64)
            ),
            (n, of) => format!(
                "Of {} competencies it takes, {} still open: {named}.",
                number(of as u64),
                if n == 1 {
                    "one is".to_owned()
                } else {
                    format!("{} are", number(n as u64))
                },
            ),
        })
    }

    /// The gap in a sentence.
    pub fn gap_line(&self, gap: &Gap, to: &str) -> String {
        let all = gap.open.len() + gap.met.len();
        if all == 0 {
            return format!("{} asks for nothing that can be looked up.", capital(to));
        }
        if gap.open.is_empty() {
            return format!("Everything that {to} asks for is proven.");
        }
        // Elsewhere only what is required is counted; here is also what counts and need not be met.
        let weighted = gap.open.iter().any(|item| item.weight != Weight::Required);
        let asks = if weighted {
            "requires or counts"
        } else {
            "asks for"
        };
        let mut said = format!(
            "Of {} that {to} {asks}, {} still open",
            plural(all as u64, "competency", "competencies"),
            if gap.open.len() == 1 {
                "one is".to_owned()
            } else {
                format!("{} are", number(gap.open.len() as u64))
            },
        );
        match gap.ready.len() {
            0 => {}
            1 => said += "; one of them lacks one thing only",
            n => said += &format!("; {} of them lack one thing only", number(n as u64)),
        }
        said + "."
    }

    /// Where something planned stands in a line: its sort, how long, when.
    pub fn planned_line(&self, seen: &PlannedSeen<'_>) -> String {
        let planned = seen.planned;
        let mut parts = vec![activity(planned.kind).to_owned(), three_hours(planned.hours)];
        if seen.spent.get() > 0.0 {
            parts.push(format!("{} spent", exact(seen.spent.get())));
        }
        let when = from_until(planned.from, planned.until);
        if !when.is_empty() {
            parts.push(when);
        }
        if let Some(ended) = &seen.ended {
            parts.push(format!("{} on {}", planned_ending(ended.how.how), day(ended.on)));
        }
        capital(&parts.join(", "))
    }

    /// What something is expected to show: "Publish an article (Reliable) and Edit (Delivers)".
    pub fn shows(&self, shows: &[metier_core::framework::Shows]) -> String {
        let first = shows.iter().take(NAMED);
        let mut names: Vec<String> = first
            .map(|s| format!("{} ({})", self.competency(&s.competency), self.rung(&s.rung)))
            .collect();
        if shows.len() > NAMED {
            names.push(plural((shows.len() - NAMED) as u64, "other", "others"));
        }
        list(&names)
    }

    /// A stretch in lines: what it is for, the risk, the way back, who is at hand.
    pub fn stretch(&self, stretch: &Stretch) -> Vec<(&'static str, String)> {
        let mut lines = vec![
            ("The gap it is for", self.competency(&stretch.gap).to_owned()),
            ("What could go wrong", stretch.risk.clone()),
            ("The way back", stretch.way_back.clone()),
        ];
        if !stretch.at_hand.is_empty() {
            lines.push(("Who is at hand", stretch.at_hand.clone()));
        }
        lines
    }

    /// Names of a few competencies, the rest counted.
    pub(super) fn names(&self, ids: &[CompetencyId]) -> String {
        let mut names: Vec<String> = ids
            .iter()
            .take(NAMED)
            .map(|id| self.competency(id).to_owned())
            .collect();
        if ids.len() > NAMED {
            names.push(plural((ids.len() - NAMED) as u64, "other", "others"));
        }
        list(&names)
    }
}

/// How a goal ended, in a sentence.
fn goal_end(seen: &GoalSeen<'_>) -> String {
    let Some(ended) = &seen.ended else {
        return String::new();
    };
    let said = format!("{} on {}", capital(goal_ending(ended.how.how)), day(ended.on));
    if ended.how.reason.is_empty() {
        said + "."
    } else {
        format!("{said}: {}", ended.how.reason)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use metier_core::standing::Number;

    use super::*;

    #[test]
    fn hours_read_as_they_were_said() {
        assert_eq!(exact(1.5), "1.5 hours");
        assert_eq!(exact(4.0), "4 hours");
        assert_eq!(exact(0.25), "15 minutes");
        let three = |low, likely, high| three_hours(Hours { low, likely, high });
        assert_eq!(three(2.0, 4.0, 9.0), "about 4 hours (2 to 9)");
        assert_eq!(three(4.0, 4.0, 4.0), "about 4 hours");
        assert_eq!(three(12.95, 18.5, 37.0), "about 19 hours (13 to 37)");
        assert_eq!(three(0.35, 0.5, 1.0), "about 30 minutes (20 minutes to an hour)");
    }

    #[test]
    fn every_sort_of_activity_goes_by_a_word_and_has_a_name() {
        for kind in ACTIVITY_KINDS {
            assert_eq!(activity_of(&activity_word(kind)), Some(kind));
            assert!(!activity_name(kind).is_empty());
        }
        assert_eq!(
            activity_of("Stretch assignment"),
            Some(ActivityKind::StretchAssignment)
        );
        assert_eq!(activity_of("nothing"), None);
    }

    #[test]
    fn time_is_compared_and_never_counted_against_anybody() {
        let kept = |planned, spent| {
            time_kept(&TimeKept {
                from: date(2026, 6, 1),
                until: date(2026, 6, 7),
                planned: Number::new(planned),
                spent: Number::new(spent),
            })
        };
        assert_eq!(kept(4.0, 1.5), "4 hours set aside, 1.5 hours noted.");
        assert_eq!(kept(4.0, 0.0), "4 hours set aside; none noted yet.");
        assert_eq!(kept(0.0, 0.0), "No time was set aside, and none was noted.");
    }

    #[test]
    fn days_read_as_people_say_them() {
        let (may, june) = (date(2027, 5, 3), date(2027, 6, 8));
        assert_eq!(from_until(Some(may), Some(june)), "from 3 May to 8 June 2027");
        assert_eq!(from_until(None, Some(june)), "until 8 June 2027");
    }
}
