//! Derived values in words: the same sentence on a page, in a command and in a file.
//!
//! The core says *why* as structured values; this module says them in plain English. It never adds a
//! fact of its own. The words on pages are not the model's: a rung is called by its name or a "step".

mod agreement;
mod ambiguity;
mod asking;
mod capture;
mod change;
pub mod demand;
mod disclosure;
mod fact;
mod feedback;
mod framework;
mod gathering;
mod levelling;
mod looking;
mod market;
mod mastery;
mod missing;
mod moving;
mod network;
mod next;
mod person;
mod plan;
mod planning;
mod presence;
mod prompt;
mod ratings;
mod reason;
mod replanned;
mod route;
mod series;
mod settle;
mod sheet;
mod since;
mod standing;
mod touched;
mod track;

pub use agreement::{
    agreement_ending, agreement_line, answer_arrival, days_left, decided, decided_about, ending, leniency,
    name_of_phase, outcome_word, phase, term_changes, untraced,
};
pub use ambiguity::{open, open_why, question};
pub use asking::{
    LIST_QUESTION, MASTER_QUESTIONS, NAME_QUESTIONS, mailto, name_mail, named_by_whom, outreach_draft,
    outreach_state,
};
pub use capture::{form, held, left_waiting, marked_confidential, taken, taken_for, understood};
pub use change::{ChangeSaid, change};
pub use disclosure::{field, left_out, like, sort, view, whose};
pub use fact::{detail, planned};
pub use feedback::{
    NEXT_TIME, OWN_VIEW_FIRST, SAW, WORTH, answers_wait, came, for_me, i_see, mail_questions, next_time,
    next_times, used, what_for, who_sees,
};
pub use framework::{
    LevelAsks, ability, activity, asks, clean_ones, done, frequency, grain, layer, level_asks, need,
    open_share, provenance, retention, weight,
};
pub use gathering::{
    MIND_YOUR_WORDS, NO_RATING, NOT_HOW_MANY, RELEASE_WAITS, asked_of_peers, at_least, beside_competency,
    nothing_released, of_peers, round_so_far, round_state, unnamed_first, unnamed_for_me,
};
pub use levelling::found;
pub use looking::{
    DRIVES, chance_ending, chance_origin, dated, dated_title, drive, drive_over, every_months, every_weeks,
    rhythm,
};
pub(crate) use looking::{dated_word, one_line_of};
pub use market::{COVERAGE, NAMES_ONLY, advert_end, asked_for, how_often, market_headline, source_kind};
pub use mastery::{
    STAGE_SOURCE, chain_end, criteria_question, headline_of_checks, identity_layer, months, own_aim, stage,
    stage_years, still_to_accomplish, weighs,
};
pub use moving::{MOVES, career_move, move_state, move_word};
pub use network::{
    all_offered, card_here, card_lines_left_out, cards_counted, cards_nameless, chosen_touch, community_days,
    community_kind, knowledge_shared, next_touch, offer, offered,
};
pub use person::{covered, credential_state, profession_status, span};
pub use planning::{
    ACTIVITY_KINDS, activity_name, activity_of, activity_word, exact, from_until, goal_ending, hours_between,
    planned_ending, rounded, short_hours, three_hours, time_kept, track_state,
};
pub use presence::{Against, Finding, channel_kind, tells_of};
pub use series::{answers, becomes, met_of, showing_mail, since_shown, unread};

use std::collections::HashMap;

use jiff::civil::Date;
use metier_core::evidence::Evidence;
use metier_core::framework::{EvidenceKind, Framework};
use metier_core::id::{CompetencyId, EntryId, LevelId, PracticeId, RungId};
use metier_core::journal::{Arrival, Entry, Fact};
use metier_core::rating::Role;
use metier_core::standing::{Grade, State};

pub use settle::Settles;
pub use sheet::{Glance, Sheet, SheetPart, SheetProof, SheetStep, SheetWord, Voice};
pub use since::Changed;
pub use touched::{Beginning, area, quarter, quarter_of, quarter_word, strategy};
pub use track::{outcome, track_record};

/// Names for the ids that derived values carry.
#[derive(Debug)]
pub struct Words<'a> {
    framework: &'a Framework,
    evidence: HashMap<EntryId, (&'a Evidence, Date)>,
    today: Date,
}

impl<'a> Words<'a> {
    /// Words for one framework's values and one journal's evidence, as of a day.
    pub fn new(framework: &'a Framework, entries: &'a [Entry], today: Date) -> Self {
        let evidence = metier_core::journal::view(entries, jiff::Timestamp::MAX)
            .facts
            .into_iter()
            .filter_map(|fact| match fact.fact() {
                Fact::Evidence(evidence) => Some((fact.root, (&**evidence, fact.occurred_on()))),
                _ => None,
            })
            .collect();
        Self {
            framework,
            evidence,
            today,
        }
    }

    /// A rung's one word: "Reliable".
    pub fn rung<'s>(&'s self, id: &'s RungId) -> &'s str {
        self.framework
            .ladder
            .rungs
            .iter()
            .find(|r| r.id == *id)
            .map_or(id.as_str(), |r| &r.name)
    }

    /// A rung's heading: "Reliable, unaided".
    pub fn rung_title<'s>(&'s self, id: &'s RungId) -> &'s str {
        self.framework
            .ladder
            .rungs
            .iter()
            .find(|r| r.id == *id)
            .map_or(id.as_str(), |r| &r.title)
    }

    /// A competency's name.
    pub fn competency<'s>(&'s self, id: &'s CompetencyId) -> &'s str {
        self.framework.competency(id).map_or(id.as_str(), |c| &c.name)
    }

    /// A practice's name.
    pub fn practice<'s>(&'s self, id: &'s PracticeId) -> &'s str {
        self.framework.practice(id).map_or(id.as_str(), |p| &p.name)
    }

    /// A level's name.
    pub fn level<'s>(&'s self, id: &'s LevelId) -> &'s str {
        self.framework.level(id).map_or(id.as_str(), |l| &l.name)
    }

    /// The day of a piece of evidence; `None` when it was taken back.
    pub fn happened_on(&self, id: &EntryId) -> Option<Date> {
        self.evidence.get(id).map(|(_, on)| *on)
    }

    /// A piece of evidence; `None` when it was taken back.
    pub fn of_evidence(&self, id: &EntryId) -> Option<&'a Evidence> {
        self.evidence.get(id).map(|(evidence, _)| *evidence)
    }

    /// The title of a piece of evidence.
    pub fn evidence<'s>(&'s self, id: &'s EntryId) -> &'s str {
        self.evidence
            .get(id)
            .map_or("something taken back since", |(e, _)| &e.title)
    }
}

/// A state in the words of pages.
pub fn state(state: State, grade: Option<Grade>) -> &'static str {
    match (state, grade) {
        (State::Disputed, _) => "people disagree",
        (State::RefresherDue, _) => "refresher due",
        (State::Proven, Some(Grade::Confirmed)) => "proven, confirmed",
        (State::Proven, Some(Grade::ReadAcross)) => "proven under other criteria",
        (State::Proven, _) => "proven",
        (State::Likely, _) => "likely",
        (State::NotYet, _) => "not yet",
        (State::NoRecord, _) => "no record",
    }
}

/// A role in words.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Oneself => "you",
        Role::Manager => "manager",
        Role::Peer => "peer",
        Role::Client => "client",
        Role::Mentor => "mentor",
    }
}

/// How somebody's word arrived.
pub fn arrival(arrival: Arrival) -> &'static str {
    match arrival {
        Arrival::Signed => "signed",
        Arrival::ByLink => "by link",
        Arrival::ByFile => "by file",
        Arrival::Relayed => "relayed by you",
    }
}

/// A kind of evidence in words, as one example of it.
pub fn kind(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Attempts => "log of attempts",
        EvidenceKind::Accomplishment => "accomplishment",
        EvidenceKind::Project => "project",
        EvidenceKind::Teaching => "teaching",
        EvidenceKind::Communication => "piece of communication",
        EvidenceKind::Incident => "problem solved",
        EvidenceKind::Ownership => "responsibility",
        EvidenceKind::Credential => "credential",
        EvidenceKind::Learning => "learning",
        EvidenceKind::Recognition => "recognition",
    }
}

/// One or several examples of a kind: "project", "projects".
pub fn kinds(kind: EvidenceKind, n: u64) -> &'static str {
    match (kind, n) {
        (EvidenceKind::Attempts, 1) => "clean attempt",
        (EvidenceKind::Attempts, _) => "clean attempts",
        (EvidenceKind::Accomplishment, 1) => "accomplishment",
        (EvidenceKind::Accomplishment, _) => "accomplishments",
        (EvidenceKind::Project, 1) => "project",
        (EvidenceKind::Project, _) => "projects",
        (EvidenceKind::Teaching, 1) => "teaching after which somebody does it unaided",
        (EvidenceKind::Teaching, _) => "teachings after which somebody does it unaided",
        (EvidenceKind::Communication, 1) => "talk, article or report",
        (EvidenceKind::Communication, _) => "talks, articles or reports",
        (EvidenceKind::Incident, 1) => "problem solved",
        (EvidenceKind::Incident, _) => "problems solved",
        (EvidenceKind::Ownership, 1) => "responsibility",
        (EvidenceKind::Ownership, _) => "responsibilities",
        (EvidenceKind::Credential, 1) => "credential",
        (EvidenceKind::Credential, _) => "credentials",
        (EvidenceKind::Learning, 1) => "course or self-study put to use",
        (EvidenceKind::Learning, _) => "courses or self-studies put to use",
        (EvidenceKind::Recognition, 1) => "recognition",
        (EvidenceKind::Recognition, _) => "recognitions",
    }
}

/// A share as people say it: "88%", "99.5%".
pub fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).floor() / 10.0;
    if (tenths - tenths.round()).abs() < 0.05 || share < 0.985 {
        // Never rounded up: a claim of 89.97% is a claim of 89%.
        format!("{}%", (share * 100.0 + 1e-9).floor())
    } else {
        format!("{tenths}%")
    }
}

/// A probability, rounded to a whole percentage and never to certainty.
pub fn chance(probability: f64) -> String {
    match (probability * 100.0).round() {
        p if p < 1.0 => "under 1%".into(),
        p if p > 99.0 => "over 99%".into(),
        p => format!("{p}%"),
    }
}

/// A small number in words, a larger one in figures.
pub fn number(n: u64) -> String {
    const WORDS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    usize::try_from(n)
        .ok()
        .and_then(|n| WORDS.get(n))
        .map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// The same with a capital, for the beginning of a sentence.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// "1 thing", "2 things".
pub fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// A list in a sentence: "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// A day as people write it: "3 February 2026".
pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// A day without its year: "3 February".
pub fn short_day(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// A month: "June 2027".
pub fn month_of(date: Date) -> String {
    format!("{} {}", month(date), date.year())
}

fn month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[usize::from(date.month().unsigned_abs().clamp(1, 12)) - 1]
}

/// How long ago: "today", "12 days ago", "6 weeks ago", "14 months ago".
pub fn ago(from: Date, today: Date) -> String {
    let days = from.until(today).map_or(0, |span| span.get_days());
    match days {
        ..=0 => "today".into(),
        1 => "yesterday".into(),
        2..=20 => format!("{days} days ago"),
        21..=69 => format!("{} weeks ago", days / 7),
        70..=729 => format!("{} months ago", (f64::from(days) / 30.44).round()),
        _ => format!("{} years ago", days / 365),
    }
}

/// Hours as people say them: "15 minutes", "6 hours".
pub fn hours(hours: f64) -> String {
    if hours < 0.99 {
        let minutes = ((hours * 60.0 / 5.0).round() * 5.0).max(5.0);
        format!("{minutes} minutes")
    } else if hours < 1.5 {
        "an hour".into()
    } else {
        format!("{} hours", hours.round())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_claim_is_never_rounded_up() {
        assert_eq!(percent(0.8816), "88%");
        assert_eq!(percent(0.8999), "89%");
        assert_eq!(percent(0.90), "90%");
        assert_eq!(percent(0.99), "99%");
        assert_eq!(percent(0.995), "99.5%");
    }

    #[test]
    fn times_and_numbers_read_as_people_say_them() {
        let today = date(2026, 11, 22);
        assert_eq!(ago(date(2026, 11, 10), today), "12 days ago");
        assert_eq!(ago(date(2026, 10, 11), today), "6 weeks ago");
        assert_eq!(ago(date(2025, 9, 20), today), "14 months ago");
        assert_eq!(hours(0.25), "15 minutes");
        assert_eq!(hours(6.0), "6 hours");
        assert_eq!(plural(1, "thing", "things"), "one thing");
        assert_eq!(number(347), "347");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(day(date(2026, 2, 3)), "3 February 2026");
    }
}
