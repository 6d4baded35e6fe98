//! What was shared with whom, and when: noted by the person after they gave something away.

use jiff::civil::Date;
use metier_core::disclosure::{Disclosure, Outcome, Reader, View, Which, scan};
use metier_core::id::EntryId;
use metier_core::journal::{Audience, Entry, Fact, Purpose, Shown, view};
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;

/// Something that was shown to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownTo {
    /// When.
    pub on: Date,
    /// To whom.
    pub with: String,
    /// What: the first entry of each thing.
    pub entries: Vec<EntryId>,
}

impl Metier {
    /// Notes that the person showed things to somebody on a day: of `chosen`, or of everything when nothing is
    /// chosen, all that a view lets through to them. From then on they may see these things. What everybody or an
    /// organisation may see already is left as it is. Returns how many were noted.
    ///
    /// # Errors
    /// When nobody is named, the day has not come, or nothing of it would be seen.
    pub async fn note_shown(
        &self,
        chosen: &[EntryId],
        with: &str,
        on: Date,
        in_view: View,
    ) -> Result<usize, AppError> {
        let with = with.split_whitespace().collect::<Vec<_>>().join(" ");
        if with.is_empty() {
            return Err(AppError::input("nobody is named").hint("Say to whom you showed it."));
        }
        self.not_to_come(on, "Note it once you have shown it.")?;
        let (entries, _) = self.read().await?;
        let now = self.surroundings.now();
        let roots = metier_core::journal::View::roots(&entries);
        let chosen: std::collections::HashSet<EntryId> =
            chosen.iter().map(|id| *roots.get(id).unwrap_or(id)).collect();
        let which = if chosen.is_empty() {
            Which::AllIfShared
        } else {
            Which::IfShared(&chosen)
        };
        let scanned = scan(&entries, now, which, &Reader::Party(with.clone()), in_view);
        let disclosure = Disclosure::of(&entries, now);
        let purpose = match in_view {
            View::FeedbackForm => Purpose::Development,
            View::Packet | View::Receipt | View::Public => Purpose::Administrative,
        };
        let mut writings = Vec::new();
        for item in scanned
            .items
            .iter()
            .filter(|i| matches!(i.outcome, Outcome::Seen(_)))
        {
            let sharing = disclosure.sharing(item.entry).cloned().unwrap_or_default();
            let mut names = match sharing.audience {
                Audience::Public | Audience::Organisation(_) => continue,
                Audience::Parties(names) => names,
                Audience::Private => Vec::new(),
            };
            // Whom it was shown to this time comes last.
            names.retain(|name| *name != with);
            names.push(with.clone());
            // What could be used in a decision before still can.
            let purpose = if sharing.purpose == Purpose::Administrative {
                sharing.purpose
            } else {
                purpose
            };
            writings.push(self.writing_on(
                on,
                Fact::Shown(Shown {
                    entry: item.entry,
                    audience: Audience::Parties(names),
                    purpose,
                }),
            ));
        }
        if writings.is_empty() {
            return Err(
                AppError::input(format!("there is nothing in it that {with} would see"))
                    .hint("The scan says of each thing why it is left out."),
            );
        }
        self.record(writings).await.map(|ids| ids.len())
    }
}

/// What was shown to whom, latest first; what was noted of one person on one day stands together.
pub fn shown_to(entries: &[Entry]) -> Vec<ShownTo> {
    let mut all: Vec<ShownTo> = Vec::new();
    let mut places: std::collections::HashMap<(Date, String), usize> = std::collections::HashMap::new();
    for fact in view(entries, jiff::Timestamp::MAX).facts {
        let Fact::Shown(shown) = fact.fact() else { continue };
        let Audience::Parties(names) = &shown.audience else {
            continue;
        };
        let Some(with) = names.last() else { continue };
        let on = fact.occurred_on();
        let place = *places.entry((on, with.clone())).or_insert_with(|| {
            all.push(ShownTo {
                on,
                with: with.clone(),
                entries: Vec::new(),
            });
            all.len() - 1
        });
        if let Some(there) = all.get_mut(place)
            && !there.entries.contains(&shown.entry)
        {
            there.entries.push(shown.entry);
        }
    }
    all.sort_by_key(|shown| std::cmp::Reverse(shown.on));
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{AimChoice, LogEvidence, evidence, find_framework, happening_of};
    use metier_core::framework::EvidenceKind;
    use metier_core::person::ProfessionStatus;

    #[tokio::test]
    async fn what_was_shown_is_noted_once_it_was_and_told_of_that_day() {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let framework = find_framework(None, "content-marketing").unwrap();
        metier
            .begin(framework, ProfessionStatus::Held, AimChoice::default())
            .await
            .unwrap();
        let log = |title: &str, confidential: bool| {
            let mut what = evidence(title, happening_of(EvidenceKind::Accomplishment));
            what.confidential = confidential;
            LogEvidence {
                on: date(2026, 1, 2),
                evidence: what,
                claims: Vec::new(),
                files: Vec::new(),
            }
        };
        let open = metier.log(log("Ran the fair", false)).await.unwrap();
        metier.log(log("Closed the merger", true)).await.unwrap();
        let today = metier.surroundings().today();
        let note = |with: &'static str, on| metier.note_shown(&[], with, on, View::Packet);
        assert!(note(" ", today).await.is_err());
        assert!(note("Mo", today.tomorrow().unwrap()).await.is_err());
        assert_eq!(
            note("Mo", today).await.unwrap(),
            1,
            "the confidential one was not seen"
        );
        assert_eq!(note("Edith", today).await.unwrap(), 1);
        let (entries, _) = metier.read().await.unwrap();
        let told = shown_to(&entries);
        let with: Vec<&str> = told.iter().map(|s| s.with.as_str()).collect();
        assert_eq!(with, ["Mo", "Edith"]);
        assert!(told.iter().all(|s| s.entries == [open] && s.on == today));
        let disclosure = Disclosure::of(&entries, jiff::Timestamp::MAX);
        for name in ["Mo", "Edith"] {
            assert!(
                disclosure
                    .shared(open, &Reader::Party(name.into()), View::Packet)
                    .is_ok()
            );
        }
        assert!(
            disclosure
                .shared(open, &Reader::Party("Eve".into()), View::Packet)
                .is_err()
        );
    }
}
