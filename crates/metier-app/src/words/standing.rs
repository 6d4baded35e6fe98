//! A standing in words: the headline, a competency's line, the answer to "am I there?".

use metier_core::standing::{
    CompetencyStanding, CredentialStanding, CredentialState, Effort, Missing, Probably, Reason, Standing,
    State, TargetStanding, TargetVerdict, Verdict,
};

use super::{Words, ago, capital, day, list, number, plural};

impl Words<'_> {
    /// The sentence at the head of the page.
    pub fn headline(&self, standing: &Standing) -> String {
        let Some(target) = &standing.target else {
            let proven = standing
                .competencies
                .iter()
                .filter(|c| c.proven.is_some())
                .count() as u64;
            let seen = standing.competencies.iter().filter(|c| !c.blank()).count() as u64;
            return match (proven, seen) {
                (0, 0) => "Nothing recorded yet. One thing you did last year is enough to begin.".into(),
                (0, n) => format!(
                    "There is something to say about {}, and nothing proven yet.",
                    plural(n, "competency", "competencies")
                ),
                (n, _) => format!(
                    "You have proven something in {}.",
                    plural(n, "competency", "competencies")
                ),
            };
        };
        let level = target.name.as_str();
        let (met, of) = (u64::from(target.required.met), u64::from(target.required.of));
        let things = significant(target);
        if target.verdict == TargetVerdict::Yes {
            if of == 1 {
                return format!("You are there: the one thing {level} asks for is proven and fresh.{things}");
            }
            return format!("You are there: all {of} things {level} asks for are proven and fresh.{things}");
        }
        let mut said = if of == 0 {
            format!("{} asks for no competency.", capital(level))
        } else if (met, of) == (0, 1) {
            format!("The one thing {level} asks for is not proven yet.")
        } else if met == 0 {
            format!("None of the {of} things {level} asks for is proven yet.")
        } else {
            let confirmed = match target.confirmed {
                0 => String::new(),
                1 if met == 1 => " Somebody else confirmed it.".to_owned(),
                1 => " One of these is confirmed by someone else.".to_owned(),
                n => format!(
                    " {} of these are confirmed by others.",
                    capital(&number(u64::from(n)))
                ),
            };
            format!("On your own record you meet {met} of {of} things {level} asks for.{confirmed}")
        };
        if !target.credentials.is_empty() {
            let n = target.credentials.len() as u64;
            let (is, it) = if n == 1 { ("is", "") } else { ("are", "s") };
            said += &format!(" {} required credential{it} {is} missing.", capital(&number(n)));
        }
        said += &things;
        let unknown = standing.competencies.iter().filter(|c| {
            let required = c
                .expected
                .as_ref()
                .is_some_and(|e| e.weight == metier_core::framework::Weight::Required);
            required && (c.blank() || c.own_view_only)
        });
        let unknown = unknown.count() as u64;
        if unknown == of && met == 0 {
            said += " For none of them is there anything to judge by yet.";
        } else if unknown > 0 {
            said += &format!(" For {} there is nothing to judge by yet.", number(unknown));
        }
        match target.one_away.len() as u64 {
            0 => {}
            1 => said += " One is one example away from an answer.",
            n => said += &format!(" {} are one example away from an answer.", capital(&number(n))),
        }
        said
    }

    /// "Reliable to Delivers", "anything up to Teaches".
    pub fn probably(&self, probably: &Probably) -> String {
        match (&probably.low, &probably.high) {
            (None, None) => "not yet on the first step".into(),
            (None, Some(high)) => format!("anything up to {}", self.rung(high)),
            (Some(low), Some(high)) if low == high => self.rung(low).to_owned(),
            (Some(low), Some(high)) => format!("{} to {}", self.rung(low), self.rung(high)),
            (Some(low), None) => self.rung(low).to_owned(),
        }
    }

    /// "Proven" in one word.
    pub fn proven(&self, standing: &CompetencyStanding) -> String {
        standing
            .proven
            .as_ref()
            .map_or_else(|| "nothing yet".into(), |rung| self.rung(rung).to_owned())
    }

    /// The line under a competency's name: the one thing worth knowing about it.
    pub fn line(&self, standing: &CompetencyStanding) -> String {
        let disputed = standing.rungs.iter().find(|r| r.state == State::Disputed);
        if let Some(reason) = disputed.and_then(|r| r.reasons.first()) {
            return self.reason(reason);
        }
        if let Some(apart) = standing
            .apart
            .as_ref()
            .and_then(|a| a.self_and_manager)
            .filter(|steps| *steps > 1)
        {
            return format!("You and your manager are {} steps apart.", number(apart as u64));
        }
        let stale = standing
            .rungs
            .iter()
            .rev()
            .find(|r| r.state == State::RefresherDue);
        if let Some(rung) = stale {
            let since = standing.last_used.as_ref().map(|l| ago(l.on, self.today));
            return match (&rung.reasons.first(), since) {
                (Some(reason @ Reason::Lapsed { .. }), _) => self.reason(reason),
                (_, Some(since)) => format!("Refresher due: last used {since}."),
                _ => "Refresher due.".into(),
            };
        }
        match &standing.verdict {
            Verdict::Yes => met(standing),
            Verdict::CannotTell { .. } if standing.blank() => {
                "No record yet. One example would help most.".into()
            }
            Verdict::CannotTell { .. } => "Your own view, nothing behind it yet.".into(),
            Verdict::NotYet { missing } => match missing.as_slice() {
                [only] if only.what.one_example() => format!(
                    "One example away from an answer on \u{201c}{}\u{201d}: {}.",
                    self.rung(&only.rung),
                    self.missing_short(&only.what)
                ),
                _ => self.attempts_line(standing).unwrap_or_else(|| {
                    let items: Vec<String> = missing
                        .iter()
                        .take(3)
                        .map(|m| self.missing_short(&m.what))
                        .collect();
                    let more = if missing.len() > 3 { ", and more" } else { "" };
                    format!("Missing: {}{more}.", list(&items))
                }),
            },
            Verdict::NotAsked if standing.blank() => "No record; not asked for.".into(),
            Verdict::NotAsked => "Not asked for.".into(),
        }
    }

    /// "30 in a row without a miss: enough to claim 88%. Six more reach 90%."
    fn attempts_line(&self, standing: &CompetencyStanding) -> Option<String> {
        let rung = standing.rungs.iter().find(|r| {
            r.state != State::Proven && r.reasons.iter().any(|x| matches!(x, Reason::Attempts { .. }))
        })?;
        let attempts = rung
            .reasons
            .iter()
            .find(|x| matches!(x, Reason::Attempts { .. }))?;
        let more = rung.missing.iter().find_map(|m| match m {
            Missing::CleanAttempts { more, target, .. } => Some(format!(
                " {} more reach {}.",
                capital(&number(*more)),
                super::percent(target.get())
            )),
            _ => None,
        });
        Some(self.reason(attempts) + &more.unwrap_or_default())
    }

    /// The answer to "am I there?", in a sentence.
    pub fn verdict(&self, standing: &CompetencyStanding) -> String {
        match &standing.verdict {
            Verdict::NotAsked => "Your target does not ask for this.".into(),
            Verdict::Yes => "Yes: everything asked for here is proven and fresh.".into(),
            Verdict::NotYet { missing } => {
                let items: Vec<String> = missing.iter().map(|m| self.missing_short(&m.what)).collect();
                let is = if items.len() == 1 {
                    "thing is"
                } else {
                    "things are"
                };
                format!(
                    "Not yet. {} {is} missing: {}.",
                    capital(&number(items.len() as u64)),
                    list(&items)
                )
            }
            Verdict::CannotTell { because, .. } => {
                let why: Vec<String> = because.iter().map(|r| self.reason(r)).collect();
                format!("It cannot be told yet. {}", why.join(" "))
            }
        }
    }

    /// How the people who spoke see it, and how far apart they are.
    pub fn people(&self, standing: &CompetencyStanding) -> Option<String> {
        let apart = standing.apart.as_ref()?;
        let points = format!(
            "Taking into account how strict each usually is, this points to {}.",
            self.probably(&standing.probably)
        );
        let who = match apart.self_and_manager {
            Some(0) => "You and your manager agree.".to_owned(),
            Some(n) => format!(
                "You and your manager are {} apart.",
                plural(n as u64, "step", "steps")
            ),
            None if apart.steps == 0 => "They agree.".to_owned(),
            None => format!(
                "They are up to {} apart.",
                plural(apart.steps as u64, "step", "steps")
            ),
        };
        Some(format!("{who} {points}"))
    }

    /// Effort made, which is not level reached.
    pub fn effort(&self, effort: &Effort) -> String {
        if effort.entries == 0 {
            return "Nothing recorded yet.".into();
        }
        let counted = |n: u64, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let mut parts = vec![counted(
            u64::from(effort.entries),
            "thing recorded",
            "things recorded",
        )];
        if effort.attempts > 0 {
            parts.push(counted(effort.attempts, "attempt logged", "attempts logged"));
        }
        let given = effort.hours.get().round();
        if given > 0.0 {
            parts.push(format!("{given} hours noted"));
        }
        capital(&format!("{}.", list(&parts)))
    }

    /// A credential that asks for attention: one that lapses soon, has lapsed, or is missing though
    /// it is required.
    pub fn credential(&self, standing: &CredentialStanding) -> Option<String> {
        let asked = self
            .framework
            .credentials
            .iter()
            .find(|c| c.id == standing.credential)?;
        let name = &asked.name;
        match (standing.state, standing.expires) {
            (CredentialState::Expiring, Some(on)) => Some(format!("{name} lapses on {}.", day(on))),
            (CredentialState::Expiring, None) => Some(format!("{name} lapses soon.")),
            (CredentialState::Lapsed, Some(on)) => Some(format!("{name} lapsed on {}.", day(on))),
            (CredentialState::Lapsed, None) => Some(format!("{name} has lapsed.")),
            (CredentialState::Missing, _) if asked.required => {
                Some(format!("{name} is asked for, and nothing shows it yet."))
            }
            (CredentialState::Missing | CredentialState::Held, _) => None,
        }
    }
}

/// How a competency stands whose target is met.
fn met(standing: &CompetencyStanding) -> String {
    let top = standing
        .expected
        .as_ref()
        .and_then(|e| standing.rungs.iter().position(|r| r.rung == e.rung));
    let beyond = standing.rungs.iter().rposition(|r| r.state == State::Proven);
    if beyond > top {
        "Met, and beyond what is asked.".into()
    } else {
        "You meet what is asked.".into()
    }
}
/// How many of the significant things are there, as a sentence that follows another; empty without any.
fn significant(target: &TargetStanding) -> String {
    let of = target.things.len() as u64;
    let there = target.things.iter().filter(|thing| thing.met()).count() as u64;
    match (there, of) {
        (_, 0) => String::new(),
        (1, 1) => " The significant thing you wrote down is there.".into(),
        (0, 1) => " The significant thing you wrote down is still to accomplish.".into(),
        (there, of) if there == of => format!(" All {of} significant things you wrote down are there."),
        (0, of) => format!(" None of the {of} significant things you wrote down is there yet."),
        (there, of) => format!(
            " Of the {of} significant things you wrote down, {} there.",
            match there {
                1 => "one is".to_owned(),
                n => format!("{} are", number(n)),
            }
        ),
    }
}
