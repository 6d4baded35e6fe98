//! Looking back and ahead: the rhythm, the days in a calendar, what drew one on, what became of a chance.

use jiff::civil::Date;
use metier_core::plan::{
    Dated, DatedWhat, Drive, DriveOver, Opportunity, OpportunityEnding, OpportunityOrigin, Rhythm,
};

use super::{Words, capital, day, list, number};
use crate::plan::ChanceSeen;

/// A day in a calendar, without names and subjects: a colleague may look into it.
pub fn dated(what: DatedWhat) -> &'static str {
    match what {
        DatedWhat::Goal => "A goal\u{2019}s day",
        DatedWhat::Milestone => "A milestone\u{2019}s day",
        DatedWhat::Begins => "Something planned begins",
        DatedWhat::Ends => "Last day of something planned",
        DatedWhat::AnswerDue => "An answer is due",
        DatedWhat::ReviewDay => "Review",
        DatedWhat::Touch => "Speak with somebody",
        DatedWhat::Review => "Time for a review",
        DatedWhat::Reflection => "Look back, two minutes",
        DatedWhat::Market => "Look at the field",
    }
}

/// A day in a calendar, with names and subjects.
pub fn dated_title(dated: &Dated) -> String {
    let title = one_line_of(&dated.title);
    match dated.what {
        DatedWhat::Goal => format!("Goal: {title}"),
        DatedWhat::Milestone => format!("Milestone: {title}"),
        DatedWhat::Begins => format!("Begins: {title}"),
        DatedWhat::Ends => format!("Last day: {title}"),
        DatedWhat::AnswerDue => format!("Answer due: {title}"),
        DatedWhat::ReviewDay if !title.is_empty() => format!("Review with {title}"),
        DatedWhat::Touch if !title.is_empty() => format!("Speak: {title}"),
        DatedWhat::ReviewDay
        | DatedWhat::Touch
        | DatedWhat::Review
        | DatedWhat::Reflection
        | DatedWhat::Market => self::dated(dated.what).into(),
    }
}

/// A sort of day as identities write it.
pub(crate) fn dated_word(what: DatedWhat) -> &'static str {
    match what {
        DatedWhat::Goal => "goal",
        DatedWhat::Milestone => "milestone",
        DatedWhat::Begins => "begins",
        DatedWhat::Ends => "ends",
        DatedWhat::AnswerDue => "answer",
        DatedWhat::ReviewDay => "review-day",
        DatedWhat::Touch => "touch",
        DatedWhat::Review => "review",
        DatedWhat::Reflection => "reflection",
        DatedWhat::Market => "market",
    }
}

/// A text with its line breaks made spaces.
pub(crate) fn one_line_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "every week", "every two weeks".
pub fn every_weeks(n: u8) -> String {
    match n {
        1 => "every week".into(),
        n => format!("every {} weeks", number(u64::from(n))),
    }
}

/// "every month", "every three months", "once a year".
pub fn every_months(n: u8) -> String {
    match n {
        1 => "every month".into(),
        12 => "once a year".into(),
        n => format!("every {} months", number(u64::from(n))),
    }
}

/// The rhythm in a sentence.
pub fn rhythm(rhythm: &Rhythm) -> String {
    let said = [
        rhythm
            .reflect_weeks
            .map(|n| format!("look back {}", every_weeks(n))),
        rhythm
            .review_months
            .map(|n| format!("have a review {}", every_months(n))),
        rhythm
            .market_months
            .map(|n| format!("look at the field {}", every_months(n))),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    if said.is_empty() {
        return format!("No rhythm is kept, since {}.", day(rhythm.from));
    }
    format!("You {}; counted from {}.", list(&said), day(rhythm.from))
}

/// How much one is drawn to go on, as an answer.
pub fn drive(drive: Drive) -> &'static str {
    match drive {
        Drive::Low => "hardly",
        Drive::Steady => "as usual",
        Drive::High => "much",
    }
}

/// How much one is drawn to go on, as forms and commands write it.
pub const DRIVES: [(&str, Drive); 3] = [
    ("low", Drive::Low),
    ("steady", Drive::Steady),
    ("high", Drive::High),
];

/// A time over which the same was said: "Much, on 3 May 2026".
pub fn drive_over(over: &DriveOver) -> String {
    let when = if over.from == over.until {
        format!("on {}", day(over.from))
    } else {
        format!(
            "each time you said it from {} to {}",
            day(over.from),
            day(over.until)
        )
    };
    format!("{}, {when}", capital(drive(over.drive)))
}

/// Where a chance came from, in a word.
pub fn chance_origin(origin: OpportunityOrigin) -> &'static str {
    match origin {
        OpportunityOrigin::Sought => "sought",
        OpportunityOrigin::Offered => "offered",
    }
}

/// What became of a chance, in a word or two.
pub fn chance_ending(how: OpportunityEnding) -> &'static str {
    match how {
        OpportunityEnding::Taken => "taken",
        OpportunityEnding::Refused => "refused",
        OpportunityEnding::NotGiven => "not given to you",
        OpportunityEnding::Passed => "passed",
    }
}

impl Words<'_> {
    /// Where a chance stands in a line.
    pub fn chance_line(&self, seen: &ChanceSeen<'_>, today: Date) -> String {
        let chance = seen.chance;
        let with = if chance.with.is_empty() {
            String::new()
        } else {
            match chance.origin {
                OpportunityOrigin::Sought => format!(" with {}", chance.with),
                OpportunityOrigin::Offered => format!(" by {}", chance.with),
            }
        };
        let first = format!(
            "{}{with} on {}",
            capital(chance_origin(chance.origin)),
            day(seen.on)
        );
        match (&seen.ended, chance.by) {
            (Some(ended), _) => {
                let how = chance_ending(ended.how.how);
                format!("{first}; {how} on {}.", day(ended.on))
            }
            (None, Some(by)) if by < today => {
                format!("{first}. The day for an answer was {}.", day(by))
            }
            (None, Some(by)) => format!("{first}. An answer is due by {}.", day(by)),
            (None, None) => format!("{first}."),
        }
    }

    /// What a chance would show: "Would show Publish an article (Reliable)."
    pub fn would_show(&self, chance: &Opportunity, ended: bool) -> String {
        let shows = self.shows(&chance.shows);
        match (shows.is_empty(), ended) {
            (true, _) => String::new(),
            (_, true) => format!("Would have shown {shows}."),
            (_, false) => format!("Would show {shows}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_rhythm_reads_as_people_say_it() {
        let said = |weeks, review, market| {
            rhythm(&Rhythm {
                from: date(2026, 11, 1),
                reflect_weeks: weeks,
                review_months: review,
                market_months: market,
            })
        };
        assert_eq!(
            said(None, None, None),
            "No rhythm is kept, since 1 November 2026."
        );
        assert_eq!(
            said(Some(1), None, None),
            "You look back every week; counted from 1 November 2026."
        );
        assert_eq!(
            said(Some(2), Some(6), Some(12)),
            "You look back every two weeks, have a review every six months and look at the field once a year; counted from 1 November 2026."
        );
    }

    #[test]
    fn drive_is_told_in_words_and_days() {
        let over = |until| {
            drive_over(&DriveOver {
                drive: Drive::Low,
                from: date(2026, 5, 1),
                until,
            })
        };
        assert_eq!(over(date(2026, 5, 1)), "Hardly, on 1 May 2026");
        assert_eq!(
            over(date(2026, 5, 8)),
            "Hardly, each time you said it from 1 May 2026 to 8 May 2026"
        );
    }
}
