//! The next step, as something to do.

use metier_core::next_step::{Closes, Doing, Step};
use metier_core::standing::Missing;

use super::{Words, capital, hours, plural};

impl Words<'_> {
    /// What to do, in a sentence.
    pub fn step(&self, step: &Step) -> String {
        self.doing(&step.what)
    }

    /// What to do, in a sentence.
    pub fn doing(&self, what: &Doing) -> String {
        match what {
            Doing::Activity { name, .. } => ended(name),
            Doing::Tell { competency } => format!(
                "Write down one time you did this: {}.",
                lower_first(self.competency(competency))
            ),
            Doing::Close { competency, at } => {
                let name = lower_first(self.competency(competency));
                match &at.what {
                    Missing::CleanAttempts { more, .. } => {
                        let times = format!("{} without a miss", plural(*more, "more", "more"));
                        format!("Log {times}: {name}.")
                    }
                    Missing::Days { more } => {
                        format!(
                            "Log it on {}: {name}.",
                            plural(u64::from(*more), "more day", "more days")
                        )
                    }
                    Missing::Examples {
                        more,
                        of,
                        leading_others,
                        ..
                    } => {
                        let what = super::missing::examples(*more, of, *leading_others);
                        format!("Record {what}: {name}.")
                    }
                    other => ended(&self.missing(other)),
                }
            }
        }
    }

    /// What the step would answer, and how long it takes.
    pub fn step_why(&self, step: &Step) -> String {
        if let Doing::Tell { .. } = step.what {
            return format!(
                "Nothing is known there yet, and one example says most. About {}.",
                hours(step.hours.get())
            );
        }
        let Some(first) = step.closes.first() else {
            return String::new();
        };
        let mut said = format!(
            "It would answer \u{201c}{}\u{201d} for {}",
            self.rung_title(&first.rung),
            self.competency(&first.competency)
        );
        let others = step.closes.len().saturating_sub(1) as u64;
        if others > 0 {
            said += &format!(" and helps {}", plural(others, "other", "others"));
        }
        if step.closes.iter().any(|c| c.completes) {
            said += ", the last thing asked for there";
        }
        format!("{said}. About {}.", hours(step.hours.get()))
    }

    /// Why this step and not another.
    pub fn step_choice(&self, step: &Step) -> String {
        let closes: Vec<String> = step
            .closes
            .iter()
            .map(|c: &Closes| format!("{} ({})", self.competency(&c.competency), self.rung(&c.rung)))
            .collect();
        format!(
            "Of everything that is missing, this closes the most for an hour of work: {}. Hours are estimates, \
             and that it shows what it should is an assumption.",
            closes.join("; ")
        )
    }
}

fn ended(text: &str) -> String {
    let text = capital(text);
    if text.ends_with(['.', '?', '!']) {
        text
    } else {
        text + "."
    }
}

/// A name inside a sentence: "Publish an article" becomes "publish an article"; "SQL" stays.
fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}
