//! Which fields each kind has, and how they are drawn.

use maud::{Markup, html};
use metier_core::evidence::Rasci;
use metier_core::framework::EvidenceKind;

use crate::field::{Field, Shown};
use crate::form::Sent;

/// People taught that an empty form has rows for, and the most one form is read for.
const LEARNERS: usize = 4;
const LEARNERS_MAX: usize = 500;

/// How a field is filled.
pub(super) enum Ask {
    Line,
    Lines,
    Number,
    Day,
    Choice(&'static [(&'static str, &'static str)]),
}

/// One field of a kind.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) needed: bool,
    pub(super) ask: Ask,
}

const fn part(name: &'static str, label: &'static str, hint: &'static str, ask: Ask) -> Part {
    Part {
        name,
        label,
        hint,
        needed: false,
        ask,
    }
}

const fn needed(part: Part) -> Part {
    Part { needed: true, ..part }
}

const YES_NO: &[(&str, &str)] = &[("", "not said"), ("yes", "yes"), ("no", "no")];
pub(super) const PARTS_OF_RASCI: &[(&str, &str)] = &[
    ("", "not said"),
    ("responsible", "responsible: I do it"),
    ("accountable", "accountable: I answer for it"),
    ("supporting", "supporting: I help"),
    ("consulted", "consulted: I am asked"),
    ("informed", "informed: I am told"),
];

/// The fields of a kind, but for the people taught, who have rows of their own.
pub(super) fn parts(kind: EvidenceKind) -> Vec<Part> {
    use Ask::{Choice, Day, Line, Lines, Number};
    match kind {
        EvidenceKind::Attempts => vec![
            needed(part("attempts", "How many times", "", Number)),
            needed(part("clean", "Right, without help", "", Number)),
            part("aided", "Right, with help or the guide open", "", Number),
            part(
                "minutes",
                "Minutes for all of them",
                "Only if you looked at the clock.",
                Number,
            ),
            part("guide", "The guide", "A link or a name.", Line),
        ],
        EvidenceKind::Accomplishment => vec![
            part("result", "How it came out", "", Lines),
            part(
                "impact",
                "What changed because of it, in numbers",
                "“Waiting time down from 9 to 6 days.”",
                Line,
            ),
            part("scope", "How large", "People, money, beds, sites.", Line),
            part("responsibility", "What you answered for", "", Line),
            part("significance", "Why it mattered", "", Line),
            part("difficulty", "What made it hard", "", Line),
            part("recognised", "Who recognised it, and how", "", Line),
            part(
                "accepted",
                "Was it accepted as delivered?",
                "“No”: it had to be done again.",
                Choice(YES_NO),
            ),
        ],
        EvidenceKind::Project => vec![
            part("goal", "The goal", "", Line),
            part("deadline", "The deadline", "", Day),
            part("met", "Was the goal or the deadline met?", "", Choice(YES_NO)),
            part("tasks", "The tasks in it", "One a line.", Lines),
            part("people-led", "How many people worked under you", "", Number),
        ],
        EvidenceKind::Teaching => Vec::new(),
        EvidenceKind::Communication => vec![
            part(
                "form",
                "Its form",
                "Article, talk, report, workshop, post, podcast.",
                Line,
            ),
            part("audience", "Whom it was for", "", Line),
            part("reach", "How many it reached", "", Number),
        ],
        EvidenceKind::Incident => vec![
            part("diagnosed", "What the cause was", "", Lines),
            part(
                "reached",
                "Whom you asked or told",
                "Roles or initials, never patients or clients.",
                Line,
            ),
            part("outcome", "How it ended", "", Lines),
        ],
        EvidenceKind::Ownership => vec![
            part("role", "Your part", "", Choice(PARTS_OF_RASCI)),
            part("objective", "The objective, or where it is written", "", Line),
            part("until", "Until", "Leave empty while it lasts.", Day),
        ],
        EvidenceKind::Credential => vec![
            needed(part("body", "Who gave it", "", Line)),
            part("number", "Its number, or where it can be looked up", "", Line),
            part(
                "expires",
                "Last day it holds",
                "Leave empty if it does not lapse.",
                Day,
            ),
        ],
        EvidenceKind::Learning => vec![
            part(
                "form",
                "Its form",
                "Course, workshop, webinar, seminar, self-study, degree.",
                Line,
            ),
            part("provider", "Who gave it", "", Line),
            part("used-for", "What you have used it for at work", "", Lines),
        ],
        EvidenceKind::Recognition => vec![
            needed(part("by", "Who", "", Line)),
            part("how", "In what form", "An award, a letter, a mention.", Line),
        ],
    }
}

/// The fields of a kind, to be filled in.
pub fn draw(form: &Shown<'_>, kind: EvidenceKind) -> Markup {
    html! {
        @for part in parts(kind) {
            @let plain = Field::new(part.name, part.label).hint(part.hint);
            @let field = if part.needed { plain } else { plain.optional() };
            @match part.ask {
                Ask::Line => (form.line("text", field)),
                Ask::Lines => (form.lines(3, field)),
                Ask::Number => (form.line("number", field)),
                Ask::Day => (form.line("date", field)),
                Ask::Choice(options) => (form.choice(plain, options)),
            }
        }
        @if kind == EvidenceKind::Teaching { (learners(form)) }
    }
}

fn learners(form: &Shown<'_>) -> Markup {
    let rows = rows(form.sent);
    html! {
        fieldset id="f-learner-0" {
            legend { "Whom you taught" }
            p.hint { "Initials will do. It counts as taught once somebody does it without help." }
            (learner(form, 0))
            details.link open[form.sent.has("learner-1") || form.sent.has("can-1")] {
                summary { "More people" }
                @for n in 1..rows { (learner(form, n)) }
            }
        }
    }
}

fn learner(form: &Shown<'_>, n: usize) -> Markup {
    let (name, can, alone) = (format!("learner-{n}"), format!("can-{n}"), format!("unaided-{n}"));
    html! {
        div.pair {
            (form.line("text", Field::new(&name, "Who").may_stay_empty()))
            (form.line("text", Field::new(&can, "What they can do now").may_stay_empty()))
            (form.tick(&alone, "yes", "does it without help"))
        }
    }
}

/// Rows of people taught: those sent, and room for two more.
pub(super) fn rows(sent: &Sent) -> usize {
    let last = sent
        .fields()
        .filter(|(_, text)| !text.trim().is_empty())
        .filter_map(|(field, _)| field.strip_prefix("learner-")?.parse::<usize>().ok())
        .filter(|n| *n < LEARNERS_MAX)
        .max();
    last.map_or(LEARNERS, |last| (last + 3).max(LEARNERS))
}

/// In the order of [`PARTS_OF_RASCI`].
pub(super) const ROLES: [Option<Rasci>; 6] = [
    None,
    Some(Rasci::Responsible),
    Some(Rasci::Accountable),
    Some(Rasci::Supporting),
    Some(Rasci::Consulted),
    Some(Rasci::Informed),
];

pub(super) fn rasci(role: Option<Rasci>) -> &'static str {
    ROLES
        .iter()
        .position(|r| *r == role)
        .map_or("", |at| PARTS_OF_RASCI[at].0)
}
