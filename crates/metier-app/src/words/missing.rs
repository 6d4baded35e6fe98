//! What is missing, as something to do.

use metier_core::standing::Missing;

use super::{Words, capital, kind, number, percent, plural};

impl Words<'_> {
    /// What is missing, in a sentence.
    pub fn missing(&self, missing: &Missing) -> String {
        match missing {
            Missing::CleanAttempts { more, target, others } => {
                let clean = plural(*more, "more clean one", "more clean ones");
                let mut said = format!(
                    "{} would be enough for {}.",
                    capital(&clean),
                    percent(target.get())
                );
                let others: Vec<String> = others
                    .iter()
                    .filter(|(other, _)| other.get() > target.get())
                    .map(|(other, n)| format!("for {} {n} more", percent(other.get())))
                    .collect();
                if !others.is_empty() {
                    said += &format!(" {}.", capital(&others.join(", ")));
                }
                said
            }
            Missing::Days { more } => {
                format!(
                    "On {} still: \u{201c}consistently\u{201d} means over time.",
                    plural(u64::from(*more), "more day", "more days")
                )
            }
            Missing::Examples {
                more,
                of,
                leading_others,
                confirmed_by,
            } => {
                let what = match of.as_slice() {
                    [] => "example".to_owned(),
                    kinds => kinds.iter().map(|k| kind(*k)).collect::<Vec<_>>().join(" or "),
                };
                let led = if *leading_others {
                    ", larger, with others working under you"
                } else {
                    ""
                };
                let n = number(u64::from(*more));
                let who = if confirmed_by.is_empty() {
                    ", with a file, a link or somebody's word".to_owned()
                } else {
                    format!(", shown by a file, a link or the word of {confirmed_by}")
                };
                format!("{} more: {what}{led}{who}.", capital(&n))
            }
            Missing::Backing {
                evidence,
                confirmed_by,
            } => {
                let title = self.quoted(evidence);
                if confirmed_by.is_empty() {
                    format!("Attach what shows {title}, or ask somebody to confirm it.")
                } else {
                    format!("Ask {confirmed_by} to confirm {title}, or attach what shows it.")
                }
            }
            Missing::LearnerUnaided { evidence } => match evidence {
                Some(id) => format!(
                    "Somebody you taught in {} doing it once without help; then note that they did.",
                    self.quoted(id)
                ),
                None => "Teach it to one person, then let them do one alone.".into(),
            },
            Missing::Credential => "The credential itself: record it with its number or a copy.".into(),
            Missing::Renewal { evidence } => format!("Renew {} and record it.", self.quoted(evidence)),
            Missing::Ownership { confirmed_by } => {
                let who = if confirmed_by.is_empty() {
                    "your manager"
                } else {
                    confirmed_by
                };
                format!("Being named as responsible or accountable for it; ask {who}.")
            }
            Missing::Judgement { more, confirmed_by } => {
                let who = if confirmed_by.is_empty() {
                    "somebody who has seen you do it"
                } else {
                    confirmed_by
                };
                let times = if *more > 1 {
                    format!(" ({} people)", number(u64::from(*more)))
                } else {
                    String::new()
                };
                format!("Ask {who}: would you let me do it unsupervised?{times} Or attach what shows it.")
            }
            Missing::Answer { .. } => "An answer to the dispute: ask what would convince them.".into(),
            Missing::FreshProof => {
                "Fresh proof: what was shown before counts again once it is shown anew.".into()
            }
            Missing::Use => "Use it once and log it.".into(),
        }
    }

    /// What is missing in a few words, for the line under a competency's name.
    pub fn missing_short(&self, missing: &Missing) -> String {
        match missing {
            Missing::CleanAttempts { more, .. } => plural(*more, "more clean one", "more clean ones"),
            Missing::Days { more } => plural(u64::from(*more), "more day", "more days"),
            Missing::Examples {
                more,
                of,
                leading_others,
                ..
            } => {
                let what = of.first().map_or("example", |k| kind(*k));
                let larger = if *leading_others { "larger " } else { "" };
                let many = if *more == 1 || what.ends_with('g') {
                    ""
                } else {
                    "s"
                };
                format!("{} {larger}{what}{many}", number(u64::from(*more)))
            }
            Missing::Backing { .. } => "something to show for it".into(),
            Missing::LearnerUnaided { .. } => "a learner who does it unaided".into(),
            Missing::Credential => "the credential".into(),
            Missing::Renewal { .. } => "a renewal".into(),
            Missing::Ownership { .. } => "being named for it".into(),
            Missing::Judgement { more, .. } => plural(
                u64::from((*more).max(1)),
                "person's judgement",
                "people's judgement",
            ),
            Missing::Answer { .. } => "an answer to the dispute".into(),
            Missing::FreshProof => "fresh proof".into(),
            Missing::Use => "one fresh use".into(),
        }
    }
}
