//! The route, as things to do.

use metier_core::next_step::{Closes, Doing};
use metier_core::route::{Alternative, Cheaper, Note, Route, RouteStep, Unreached};

use super::{Words, list, number, plural};

impl Words<'_> {
    /// How long the whole takes, in a sentence or two.
    pub fn route_length(&self, route: &Route) -> String {
        if route.steps.is_empty() {
            return "Nothing that is required is missing.".into();
        }
        let (low, high) = route.hours.together;
        let weeks = plural(u64::from(route.weeks), "week", "weeks");
        let mut said = format!(
            "{} and about {} of work: {weeks} at {} a week, one thing after another. {} to {} if all goes well or \
             all drags ({}).",
            super::capital(&plural(route.steps.len() as u64, "step", "steps")),
            span(route.likely.get()),
            span(route.hours_a_week.get()),
            super::capital(&span(low.get())),
            span(high.get()),
            weeks_between(route.weeks_range),
        );
        if route.longest.get() < route.likely.get() {
            said += &format!(
                " The longest chain of things that wait for one another takes {}.",
                span(route.longest.get())
            );
        }
        said
    }

    /// When a step is done and what it takes: "Weeks 1 to 3, about 14 hours".
    pub fn route_when(&self, step: &RouteStep) -> String {
        let weeks = if step.first_week == step.last_week {
            format!("Week {}", step.first_week)
        } else {
            format!("Weeks {} to {}", step.first_week, step.last_week)
        };
        format!("{weeks}, about {}", span(step.hours.likely.get()))
    }

    /// What a step is there for, and what it would take without it.
    pub fn route_why(&self, step: &RouteStep) -> String {
        let mut said = Vec::new();
        if !step.closes.is_empty() {
            said.push(format!("Closes {}.", self.rungs(&step.closes)));
        }
        if !step.helps.is_empty() {
            said.push(format!("Helps with {}.", self.rungs(&step.helps)));
        }
        if step.forced {
            said.push("It is there because what comes after needs it first.".into());
        }
        if !step.after.is_empty() {
            let places: Vec<String> = step.after.iter().map(|place| (place + 1).to_string()).collect();
            said.push(format!("After {}.", list(&places)));
        }
        match step.without {
            Some(more) if more.get() < 1.0 / 12.0 => said.push("Another way takes no longer.".into()),
            Some(more) => said.push(format!("Without it: {} more.", span(more.get()))),
            // Of what is missing done as such nobody expects another way.
            None if matches!(step.what, Doing::Activity { .. }) => {
                said.push("There is no way without it.".into());
            }
            None => {}
        }
        said.join(" ")
    }

    /// The next best route, in a sentence.
    pub fn route_other(&self, other: &Alternative) -> String {
        let names = |doings: &[Doing]| -> String {
            let names: Vec<String> = doings.iter().map(|d| self.doing_in_brief(d)).collect();
            list(&names)
        };
        let more = if other.more.get() < 1.0 / 12.0 {
            "The next best takes no longer".to_owned()
        } else {
            format!("The next best takes {} more", span(other.more.get()))
        };
        let instead = if other.takes.is_empty() {
            String::new()
        } else {
            format!("; instead: {}", names(&other.takes))
        };
        let known = if other.proven {
            ""
        } else {
            " There may be a better one between the two."
        };
        format!(
            "{more}. It does without {}{instead}.{known}",
            names(&other.leaves_out)
        )
    }

    /// What an activity that is not chosen would have to take, in a sentence.
    pub fn route_cheaper(&self, cheaper: &Cheaper) -> String {
        let name = self.doing_in_brief(&cheaper.what);
        match cheaper.by {
            None => format!("{name} would not be chosen even if it took no time."),
            Some(by) if cheaper.proven => format!(
                "{name} would be as good if it took {} instead of {}.",
                span((cheaper.likely.get() - by.get()).max(0.0)),
                span(cheaper.likely.get()),
            ),
            Some(by) => format!("{name} would have to take at least {} less.", span(by.get())),
        }
    }

    /// What cannot be reached, in a sentence.
    pub fn route_unreached(&self, unreached: &Unreached) -> String {
        let what = format!(
            "{} of {} cannot be reached",
            self.rung_title(&unreached.rung),
            self.competency(&unreached.competency)
        );
        if unreached.waits.is_empty() {
            return format!("{what}: nothing shows enough of it.");
        }
        let names: Vec<String> = unreached.waits.iter().map(|d| self.doing_in_brief(d)).collect();
        let circle = if unreached.circle {
            ", and these wait for it in turn"
        } else {
            ""
        };
        format!("{what}: it waits for {}{circle}.", list(&names))
    }

    /// What a route rests on, in a sentence.
    pub fn route_note(&self, note: Note, route: &Route) -> String {
        match note {
            Note::ActivitiesShow => "That an activity shows what it says is an assumption.".into(),
            Note::OwnHours => {
                "Hours of what no activity of the framework covers are estimates of this program.".into()
            }
            Note::NotProven => format!(
                "This is the best route found; a better one would still take {}.",
                span(route.least.get())
            ),
        }
    }

    /// What to do, in a few words.
    fn doing_in_brief(&self, what: &Doing) -> String {
        match what {
            Doing::Activity { name, .. } => format!("\u{201c}{name}\u{201d}"),
            Doing::Close { competency, at } => {
                format!(
                    "{} ({})",
                    self.missing_short(&at.what),
                    self.competency(competency)
                )
            }
            Doing::Tell { competency } => self.competency(competency).to_owned(),
        }
    }

    /// Rungs of competencies: "Publish an article (Reliable) and Edit (Delivers)".
    fn rungs(&self, closes: &[Closes]) -> String {
        const NAMED: usize = 3;
        let mut names: Vec<String> = closes
            .iter()
            .take(NAMED)
            .map(|c| format!("{} ({})", self.competency(&c.competency), self.rung(&c.rung)))
            .collect();
        if closes.len() > NAMED {
            names.push(plural((closes.len() - NAMED) as u64, "other", "others"));
        }
        list(&names)
    }
}

/// "45 minutes", "an hour", "14 hours"; nothing is "no time".
fn span(hours: f64) -> String {
    if hours <= 0.0 {
        "no time".into()
    } else {
        super::hours(hours)
    }
}

fn weeks_between((low, high): (u32, u32)) -> String {
    if low == high {
        plural(u64::from(low), "week", "weeks")
    } else {
        format!("{} to {} weeks", number(u64::from(low)), number(u64::from(high)))
    }
}
