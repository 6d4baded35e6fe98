//! Why a rung is in its state, in a sentence.

use metier_core::feedback::NextTime;
use metier_core::framework::{Criterion, EvidenceKind};
use metier_core::standing::Reason;

use super::{Words, chance, day, number, percent, plural, role};

impl Words<'_> {
    /// Why, in a sentence.
    pub fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Attempts {
                attempts,
                errors,
                days,
                claim,
                target,
            } => {
                let over = plural(u64::from(*days), "day", "days");
                let run = if *errors == 0 {
                    format!("{attempts} in a row without a miss, over {over}.")
                } else {
                    let missed = plural(*errors, "miss", "misses");
                    format!("{attempts} logged over {over}, {missed} among them.")
                };
                let claimed = claim.get();
                if claimed >= target.get() || claimed >= 0.5 {
                    format!("{run} That is enough to claim {}.", percent(claimed))
                } else {
                    format!("{run} That is too few to claim anything yet.")
                }
            }
            Reason::Examples {
                counted,
                backed,
                confirmed,
                needed,
            } => examples(*counted, *backed, *confirmed, *needed),
            Reason::NotSaid { evidence } => format!(
                "{} does not say how it came out, so it counts neither way. Say it there.",
                self.quoted(evidence)
            ),
            Reason::Confirmed {
                by,
                role: who,
                on,
                evidence,
            } => match evidence {
                Some(id) => format!(
                    "{by} ({}) confirmed {} on {}.",
                    role(*who),
                    self.quoted(id),
                    day(*on)
                ),
                None => format!("{by} ({}) confirmed it on {}.", role(*who), day(*on)),
            },
            Reason::Withheld {
                by,
                role: who,
                next_time,
                on,
            } => {
                let said = match next_time {
                    NextTime::Beside => "would want somebody beside you next time",
                    NextTime::Unsupervised | NextTime::NotYet | NextTime::CannotSay => {
                        "would not let you do it unsupervised yet"
                    }
                };
                format!("{by} ({}) {said}, asked on {}.", role(*who), day(*on))
            }
            Reason::MadeObvious { by, .. } => {
                format!(
                    "Obvious from \u{201c}{}\u{201d}, which is proven.",
                    self.rung_title(by)
                )
            }
            Reason::Probable { probability } => {
                format!(
                    "All that was said and recorded makes it {} likely.",
                    chance(probability.get())
                )
            }
            Reason::OwnView => "Your own view, nothing behind it yet.".into(),
            Reason::Contradicted { evidence, on } => {
                format!(
                    "{} on {} speaks against it.",
                    super::capital(&self.quoted(evidence)),
                    day(*on)
                )
            }
            Reason::TooManyErrors { attempts, errors } => format!(
                "{} in {attempts} attempts: the share asked for is not there.",
                super::capital(&plural(*errors, "miss", "misses"))
            ),
            Reason::Drift { on } => {
                format!(
                    "Misses have become more frequent since it was proven; it showed on {}.",
                    day(*on)
                )
            }
            Reason::Disputed { by, because, .. } => {
                let who = if by.is_empty() { "Somebody" } else { by };
                format!("{who} disputes it: {because}")
            }
            Reason::NotUsed { since, .. } => {
                format!("Last used {}.", super::ago(*since, self.today))
            }
            Reason::Lapsed { on, .. } => format!("It lapsed on {}.", day(*on)),
            Reason::NothingKnown => "Nothing here yet.".into(),
        }
    }

    /// What a piece of evidence carries; `None` when leaving it out changes
    /// nothing to speak of.
    pub fn carried(&self, carried: &crate::Carried) -> Option<String> {
        if carried.proof {
            return Some("Your proof here: without it, this would not be proven.".into());
        }
        let (with, without) = (chance(carried.with), chance(carried.without));
        let drops = format!("without it, likely drops from {with} to {without}.");
        (with != without && carried.with > carried.without).then(|| {
            if carried.strongest {
                format!("Your strongest proof here; {drops}")
            } else {
                super::capital(&drops)
            }
        })
    }

    /// What a criterion asks for, in a sentence.
    pub fn criterion(&self, criterion: &Criterion) -> String {
        match criterion {
            Criterion::Accuracy { target, days } => {
                let target = target.unwrap_or(0.99);
                let days = days.unwrap_or(10);
                let original = if target < 0.99 {
                    " (The original asks for 99%.)"
                } else {
                    ""
                };
                format!(
                    "Unaided and correct, again and again: {} or better, on at least {days} days.{original}",
                    percent(target)
                )
            }
            Criterion::Count {
                of,
                at_least,
                in_a_row,
                leading_others,
                confirmed_by,
            } => {
                let n = u64::from(*at_least);
                let kinds: Vec<&str> = of.iter().map(|k| super::kinds(*k, n)).collect();
                let what = match kinds.as_slice() {
                    [] => super::plural(n, "example", "examples"),
                    kinds => format!("{} {}", number(n), kinds.join(" or ")),
                };
                let mut said = if *in_a_row {
                    format!("The last {} accepted without rework", number(n))
                } else {
                    super::capital(&what)
                        + if n == 1 {
                            " that came off"
                        } else {
                            " that came off, each shown or confirmed"
                        }
                };
                if *leading_others {
                    said = format!(
                        "{}, larger and with others working under you",
                        super::capital(&what)
                    );
                }
                said + "." + &by(confirmed_by)
            }
            Criterion::Attested { of, confirmed_by } if *of == [EvidenceKind::Teaching] => {
                "Somebody you taught now does it unaided, and says so or you can show it.".to_owned()
                    + &by(confirmed_by)
            }
            Criterion::Attested { of, confirmed_by } => {
                let kinds: Vec<&str> = of.iter().map(|k| super::kinds(*k, 1)).collect();
                let what = if kinds.is_empty() {
                    "example".to_owned()
                } else {
                    kinds.join(" or ")
                };
                format!("One {what} that somebody saw, or that you can show.") + &by(confirmed_by)
            }
            Criterion::Held { .. } => "A credential you hold, not lapsed.".into(),
            Criterion::Owned { confirmed_by } => {
                "You are named as responsible or accountable for it.".to_owned() + &by(confirmed_by)
            }
            Criterion::Judged {
                at_least,
                confirmed_by,
            } => {
                let who = plural(u64::from(*at_least), "person", "people");
                format!("{} would let you do it unsupervised.", super::capital(&who)) + &by(confirmed_by)
            }
        }
    }

    /// A piece of evidence in quotation marks.
    pub(super) fn quoted(&self, id: &metier_core::id::EntryId) -> String {
        format!("\u{201c}{}\u{201d}", self.evidence(id))
    }
}

fn by(confirmed_by: &str) -> String {
    if confirmed_by.is_empty() {
        String::new()
    } else {
        format!(" Best confirmed by {confirmed_by}.")
    }
}

/// So many of so many examples, and how many of them are backed or confirmed.
fn examples(counted: u32, backed: u32, confirmed: u32, needed: u32) -> String {
    let mut said = if needed == 1 {
        plural(u64::from(counted), "example", "examples")
    } else {
        format!(
            "{} of the {} asked for",
            number(u64::from(counted)),
            number(u64::from(needed))
        )
    };
    said += &match (confirmed, backed) {
        (0, 0) => ", not confirmed, and nothing to show for it yet".to_owned(),
        (0, n) if n == counted => ", with something to show for it".to_owned(),
        (0, n) => format!(", {} with something to show for it", number(u64::from(n))),
        (n, _) if n == counted => ", confirmed".to_owned(),
        (n, _) => format!(", {} confirmed", number(u64::from(n))),
    };
    super::capital(&said) + "."
}
