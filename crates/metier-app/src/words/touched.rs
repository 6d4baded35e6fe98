//! The eight areas and the eight strategies: what they are called, and one way to begin with each.

use jiff::civil::{Date, date};
use metier_core::plan::{Area, Quarter, Strategy};

/// One way to begin with what a quarter leaves empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    /// What to do, in a sentence.
    pub said: &'static str,
    /// What the link is called.
    pub link: &'static str,
    /// Where it leads.
    pub path: &'static str,
}

const fn begin(said: &'static str, link: &'static str, path: &'static str) -> Beginning {
    Beginning { said, link, path }
}

const READ: Beginning = begin(
    "Choose one thing to read or to try alone, and give it an hour.",
    "Plan to read or try something",
    "/plan/activity/new?kind=self-study",
);
const STRETCH: Beginning = begin(
    "Plan one thing beyond what you have done before, with the way back thought through.",
    "Plan a stretch",
    "/plan/activity/new?kind=stretch-assignment",
);

/// An area's name, what it is, and one way to begin.
pub fn area(area: Area) -> (&'static str, &'static str, Beginning) {
    match area {
        Area::Foundation => (
            "Foundation",
            "what the rest stands on",
            begin(
                "Work towards a credential your field asks for, or at a basic step that is still open.",
                "Plan it",
                "/plan/activity/new?kind=certification",
            ),
        ),
        Area::Learning => ("Continuous learning", "taking in what is new to you", READ),
        Area::Experience => (
            "Experience",
            "doing it for real",
            begin(
                "Write down something you did at work this quarter.",
                "Record what you did",
                "/did/new",
            ),
        ),
        Area::Network => (
            "Mentor and network",
            "people you learn from, and who learn from you",
            begin(
                "Ask somebody who is further along for half an hour.",
                "Plan time with a mentor",
                "/plan/activity/new?kind=mentoring",
            ),
        ),
        Area::Feedback => (
            "Feedback and reflection",
            "what others see, and what you make of it",
            begin(
                "Take two minutes: what did you do, what did you learn, what is next?",
                "Look back now",
                "/plan/reflect",
            ),
        ),
        Area::Challenge => ("Challenges", "harder than before", STRETCH),
        Area::Adaptability => (
            "Adaptability",
            "being open to what changes",
            begin(
                "Think one of the six moves through, without having to make it.",
                "Look at the six moves",
                "/plan/moves",
            ),
        ),
        Area::Brand => (
            "Brand",
            "what you are known for",
            begin(
                "Tell people of your field about one thing you made.",
                "Plan to speak about it",
                "/plan/activity/new?kind=speaking",
            ),
        ),
    }
}

/// A strategy's name, what it is, and one way to begin.
pub fn strategy(strategy: Strategy) -> (&'static str, &'static str, Beginning) {
    match strategy {
        Strategy::Goals => (
            "Goals",
            "saying what you want, and by when",
            begin(
                "Write down one thing you want to reach.",
                "Write a goal",
                "/plan/goal/new",
            ),
        ),
        Strategy::Learning => ("Learning", "keeping on with it", READ),
        Strategy::ChallengingWork => ("Challenging assignments", "taking on what stretches you", STRETCH),
        Strategy::Network => (
            "Network",
            "meeting people of your field",
            begin(
                "Go once to where people of your field meet.",
                "Plan to go",
                "/plan/activity/new?kind=community",
            ),
        ),
        Strategy::Showcase => (
            "Showing your work",
            "letting it be seen",
            begin(
                "Put one thing you made where others can see it.",
                "Plan to publish something",
                "/plan/activity/new?kind=publishing",
            ),
        ),
        Strategy::FeedbackAndMentors => (
            "Feedback and mentorship",
            "asking what others see",
            begin(
                "Ask one person what they saw of your work.",
                "Ask somebody",
                "/people/ask",
            ),
        ),
        Strategy::Mindset => (
            "Growth mindset",
            "learning from what goes wrong",
            begin(
                "Write down one thing that went wrong, and what you do otherwise now.",
                "Write it down",
                "/plan/setback/new",
            ),
        ),
        Strategy::Agility => (
            "Agility",
            "watching what changes, and changing with it",
            begin(
                "Write down an opportunity that was offered or that you sought.",
                "Write it down",
                "/plan/chance/new",
            ),
        ),
    }
}

/// A quarter's name: "fourth quarter of 2026".
pub fn quarter(quarter: Quarter) -> String {
    let name = match (quarter.from.month() - 1) / 3 {
        0 => "first",
        1 => "second",
        2 => "third",
        _ => "fourth",
    };
    format!("{name} quarter of {}", quarter.from.year())
}

/// A quarter as addresses and commands write it: "2026-4".
pub fn quarter_word(quarter: Quarter) -> String {
    format!("{}-{}", quarter.from.year(), (quarter.from.month() - 1) / 3 + 1)
}

/// The quarter that a word names; a day names its own.
pub fn quarter_of(word: &str) -> Option<Quarter> {
    if let Ok(day) = word.parse::<Date>() {
        return Some(Quarter::of(day));
    }
    let (year, number) = word.split_once('-')?;
    let (year, number): (i16, i8) = (year.parse().ok()?, number.parse().ok()?);
    let sane = (1000..=9000).contains(&year) && (1..=4).contains(&number);
    sane.then(|| Quarter::of(date(year, number * 3, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_goes_by_its_word() {
        let fourth = Quarter::of(date(2026, 11, 22));
        assert_eq!(quarter_word(fourth), "2026-4");
        assert_eq!(quarter_of("2026-4"), Some(fourth));
        assert_eq!(quarter_of("2026-11-02"), Some(fourth));
        assert_eq!(quarter(fourth), "fourth quarter of 2026");
        for wrong in ["", "2026", "2026-5", "2026-0", "x-1", "99999-1"] {
            assert_eq!(quarter_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn each_has_a_way_to_begin() {
        for one in Area::ALL.map(area).into_iter().chain(Strategy::ALL.map(strategy)) {
            assert!(
                one.2.path.starts_with('/') && one.2.said.ends_with(['.', '?']),
                "{}",
                one.0
            );
        }
    }
}
