//! What a happening holds, by field: to fill a form with, and to be read.

use jiff::civil::Date;
use metier_core::evidence::{Happening, Learner};

use super::part::{Ask, parts, rasci};
use crate::form::Sent;

/// A form filled with what a happening holds.
pub fn fill(sent: Sent, what: &Happening) -> Sent {
    held(what)
        .into_iter()
        .fold(sent, |sent: Sent, (field, text)| sent.with(&field, text))
}

/// What a happening holds, by field.
fn held(what: &Happening) -> Vec<(String, String)> {
    let fields = |fields: &[(&str, &str)]| {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        fields.iter().map(owned).collect()
    };
    match what {
        Happening::Attempts {
            attempts,
            clean,
            aided,
            guide,
            minutes,
        } => fields(&[
            ("attempts", &attempts.to_string()),
            ("clean", &clean.to_string()),
            ("aided", &unless_none(*aided)),
            ("guide", guide),
            ("minutes", &number(*minutes)),
        ]),
        Happening::Accomplishment {
            scope,
            responsibility,
            result,
            impact,
            significance,
            difficulty,
            recognised,
            accepted,
        } => fields(&[
            ("scope", scope),
            ("responsibility", responsibility),
            ("result", result),
            ("impact", impact),
            ("significance", significance),
            ("difficulty", difficulty),
            ("recognised", recognised),
            ("accepted", yes(*accepted)),
        ]),
        Happening::Project {
            tasks,
            deadline,
            goal,
            met,
            people_led,
        } => fields(&[
            ("tasks", tasks),
            ("deadline", &day(*deadline)),
            ("goal", goal),
            ("met", yes(*met)),
            ("people-led", &unless_none(*people_led)),
        ]),
        Happening::Teaching { learners } => learners.iter().enumerate().flat_map(taught).collect(),
        Happening::Communication {
            form,
            audience,
            reach,
        } => fields(&[("form", form), ("audience", audience), ("reach", &number(*reach))]),
        Happening::Incident {
            diagnosed,
            reached,
            outcome,
        } => fields(&[
            ("diagnosed", diagnosed),
            ("reached", reached),
            ("outcome", outcome),
        ]),
        Happening::Ownership {
            role,
            objective,
            until,
        } => fields(&[
            ("role", rasci(*role)),
            ("objective", objective),
            ("until", &day(*until)),
        ]),
        Happening::Credential {
            body,
            number,
            expires,
        } => fields(&[("body", body), ("number", number), ("expires", &day(*expires))]),
        Happening::Learning {
            form,
            provider,
            used_for,
        } => fields(&[("form", form), ("provider", provider), ("used-for", used_for)]),
        Happening::Recognition { by, how } => fields(&[("by", by), ("how", how)]),
    }
}

fn taught((n, learner): (usize, &Learner)) -> Vec<(String, String)> {
    let mut held = vec![
        (format!("learner-{n}"), learner.name.clone()),
        (format!("can-{n}"), learner.can_now.clone()),
    ];
    if learner.unaided {
        held.push((format!("unaided-{n}"), "yes".into()));
    }
    held
}

fn number(n: Option<u32>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn unless_none(n: u32) -> String {
    number(Some(n).filter(|n| *n > 0))
}

fn day(day: Option<Date>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

/// Empty: not said.
fn yes(said: Option<bool>) -> &'static str {
    match said {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

/// What a happening says, as labels and texts; what is empty is left out.
pub fn told(what: &Happening) -> Vec<(String, String)> {
    let filled = fill(Sent::default(), what);
    let mut told: Vec<(String, String)> = parts(what.kind())
        .into_iter()
        .filter(|part| filled.has(part.name) || matches!(part.ask, Ask::Choice(_)))
        .map(|part| {
            let text = filled.text(part.name);
            let said = match part.ask {
                Ask::Day => text
                    .parse()
                    .map_or_else(|_| text.to_owned(), metier_app::words::day),
                Ask::Choice(options) => options
                    .iter()
                    .find(|(value, _)| *value == text)
                    .map_or(text, |(_, name)| name)
                    .to_owned(),
                Ask::Line | Ask::Lines | Ask::Number => text.to_owned(),
            };
            (part.label.to_owned(), said)
        })
        .collect();
    if let Happening::Teaching { learners } = what {
        told.extend(learners.iter().map(|l| {
            let alone = if l.unaided {
                "does it without help"
            } else {
                "whether without help is not said"
            };
            let can = if l.can_now.is_empty() {
                String::new()
            } else {
                format!("{}; ", l.can_now)
            };
            (l.name.clone(), can + alone)
        }));
    }
    told
}
