//! What is missing, as something to do.

use metier_core::standing::Missing;

use super::{Words, capital, kinds, number, percent, plural};

impl Words<'_> {
    /// What is missing, in a sentence.
    pub fn missing(&self, missing: &Missing) -> String {
        match missing {
            Missing::CleanAttempts { more, target, others } => {
                let clean = format!("{} without a miss", plural(*more, "more", "more"));
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
                let what = examples(*more, of, *leading_others);
                let led = if *leading_others {
                    ", with others working under you"
                } else {
                    ""
                };
                let who = if confirmed_by.is_empty() {
                    "somebody"
                } else {
                    confirmed_by
                };
                format!(
                    "{}{led}: shown by a file, a link or the word of {who}.",
                    capital(&what)
                )
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
            Missing::CleanAttempts { more, .. } => {
                format!("{} without a miss", plural(*more, "more", "more"))
            }
            Missing::Days { more } => plural(u64::from(*more), "more day", "more days"),
            Missing::Examples {
                more,
                of,
                leading_others,
                ..
            } => examples(*more, of, *leading_others),
            Missing::Backing { confirmed_by, .. } if confirmed_by.is_empty() => {
                "something to show for it".into()
            }
            Missing::Backing { confirmed_by, .. } => format!("the word of {confirmed_by}"),
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

/// "two more projects", "one larger project", "one more example".
pub(super) fn examples(more: u32, of: &[metier_core::framework::EvidenceKind], larger: bool) -> String {
    let n = u64::from(more);
    let what = match of {
        [] if n == 1 => "example".to_owned(),
        [] => "examples".to_owned(),
        // A long list of kinds says less than one word.
        of if of.len() > 2 => if n == 1 { "example" } else { "examples" }.to_owned(),
        of => of.iter().map(|k| kinds(*k, n)).collect::<Vec<_>>().join(" or "),
    };
    let sort = if larger { "larger" } else { "more" };
    format!("{} {sort} {what}", number(n))
}
