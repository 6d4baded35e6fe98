//! What others see: names that stay out of it, and texts that stand in place of private ones.

use metier_core::disclosure::{Disclosure, ForOthers, KeptOut, Whose, kept_out};
use metier_core::evidence::Evidence;
use metier_core::id::EntryId;
use metier_core::journal::{Fact, view};

use crate::error::AppError;
use crate::home::Metier;

/// What is noted when a name leaves the list.
const NO_LONGER: &str = "a name that is no longer kept out";

/// What others read of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InItsPlace {
    /// This text and nothing else of it.
    Text(String),
    /// Nothing.
    Nothing,
    /// It, as it stands.
    Itself,
}

impl Metier {
    /// Says what others read of an entry from now on. Of evidence it becomes part of its wording; in place
    /// of what somebody said (a rating, feedback, a confirmation, a dispute) it stands as an entry of its own, and
    /// their words stay as they are. Who may see the entry is not changed.
    ///
    /// # Errors
    /// When there is no such entry, or it is of a sort nobody else sees anyway, or the text is empty.
    pub async fn for_others(&self, entry: EntryId, what: InItsPlace) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let now = self.surroundings.now();
        let roots = metier_core::journal::View::roots(&entries);
        let root = roots.get(&entry).copied().unwrap_or(entry);
        let found = view(&entries, now).facts.into_iter().find(|f| f.root == root);
        let found = found.ok_or_else(|| crate::record::no_entry(entry))?;
        if matches!(&what, InItsPlace::Text(text) if text.trim().is_empty()) {
            return Err(AppError::input("no text for others was given")
                .hint("Write what others may read, or say that they read nothing of it."));
        }
        match found.fact() {
            Fact::Evidence(evidence) => {
                let evidence = with_text(evidence, what);
                let fact = Fact::Evidence(Box::new(evidence));
                self.correct(root, found.occurred_on(), fact).await
            }
            Fact::Confirmation(_)
            | Fact::Rating(_)
            | Fact::FeedbackGiven(_)
            | Fact::Dispute(_)
            | Fact::DisputeSettled(_) => {
                let disclosure = Disclosure::of(&entries, now);
                let there = disclosure.for_others(root).map(|(id, _)| id);
                let text = match what {
                    InItsPlace::Text(text) => text.trim().to_owned(),
                    InItsPlace::Nothing => String::new(),
                    InItsPlace::Itself => {
                        return match there {
                            Some(said) => self.withdraw(said, "").await,
                            None => Ok(root),
                        };
                    }
                };
                let fact = Fact::ForOthers(ForOthers { entry: root, text });
                if let Some(said) = there {
                    return self.correct(said, self.surroundings.today(), fact).await;
                }
                let written = self.record(vec![self.writing(fact)]).await;
                written.map(|ids| ids[0])
            }
            _ => Err(AppError::input("nobody else sees an entry of this sort").hint(
                "What happened, ratings, feedback, confirmations and disputes can have a text for others.",
            )),
        }
    }

    /// The names kept out, in the order they were given, with the entry of each.
    ///
    /// # Errors
    /// As [`Metier::read`].
    pub async fn names_kept_out(&self) -> Result<Vec<(EntryId, KeptOut)>, AppError> {
        let (entries, _) = self.read().await?;
        let names = kept_out(&entries, self.surroundings.now());
        Ok(names.into_iter().map(|(id, name)| (id, name.clone())).collect())
    }

    /// Keeps names out of everything others see: all of them or none. Those on the list already stay as
    /// they are. Returns how many are new.
    ///
    /// # Errors
    /// When one of them is no name, or they cannot be recorded.
    pub async fn keep_out(&self, names: &[String], whose: Whose) -> Result<usize, AppError> {
        let there = self.names_kept_out().await?;
        let mut listed: Vec<String> = there.iter().map(|(_, kept)| bare(&kept.name)).collect();
        let mut writings = Vec::new();
        for name in names
            .iter()
            .map(|n| n.split_whitespace().collect::<Vec<_>>().join(" "))
        {
            if name.is_empty() || listed.contains(&bare(&name)) {
                continue;
            }
            listed.push(bare(&name));
            writings.push(self.writing(Fact::KeptOut(KeptOut { name, whose })));
        }
        self.record(writings).await.map(|ids| ids.len())
    }

    /// Takes a name off the list. It is erased for good: the list of names is itself a secret.
    ///
    /// # Errors
    /// When there is no such name.
    pub async fn no_longer_keep_out(&self, entry: EntryId) -> Result<(), AppError> {
        let there = self.names_kept_out().await?;
        if !there.iter().any(|(id, _)| *id == entry) {
            return Err(AppError::not_found("there is no such name on the list"));
        }
        self.erase(entry, NO_LONGER).await
    }
}

fn with_text(evidence: &Evidence, what: InItsPlace) -> Evidence {
    let (confidential, redacted) = match what {
        InItsPlace::Text(text) => (evidence.confidential, text.trim().to_owned()),
        InItsPlace::Nothing => (true, String::new()),
        InItsPlace::Itself => (false, String::new()),
    };
    Evidence {
        confidential,
        redacted,
        ..evidence.clone()
    }
}

fn bare(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use metier_core::disclosure::{LeftOut, Reader, View};
    use metier_core::rating::Role;

    use super::*;

    #[tokio::test]
    async fn others_read_the_text_that_stands_in_place_of_an_entry() {
        let home = tempfile::tempdir().unwrap();
        let name = Metier::example_name();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), &name)
            .await
            .unwrap();
        metier.fill_example().await.unwrap();
        let happened = crate::evidence("Calmed Edith Moss", crate::one_line(None, &[]));
        let log = crate::LogEvidence {
            on: metier.surroundings().today(),
            evidence: happened,
            claims: Vec::new(),
            files: Vec::new(),
        };
        let own = metier.log(log).await.unwrap();
        let said = metier
            .rate("publish-an-article", None, Role::Peer, "Mo", "Edith was angry")
            .await
            .unwrap();
        for entry in [own, said] {
            let seen = async || {
                let (entries, _) = metier.read().await.unwrap();
                let disclosure = Disclosure::of(&entries, metier.surroundings().now());
                let seen = disclosure.if_shared(entry, &Reader::Party("Bo".into()), View::Packet);
                seen.map(|seen| (seen.line().to_string(), seen.redacted()))
            };
            let itself = seen().await.unwrap();
            assert!(itself.0.contains("Edith") && !itself.1);
            for text in ["Calmed somebody", "Helped somebody"] {
                metier
                    .for_others(entry, InItsPlace::Text(text.into()))
                    .await
                    .unwrap();
                assert_eq!(seen().await, Ok((text.to_owned(), true)));
            }
            metier.for_others(entry, InItsPlace::Nothing).await.unwrap();
            assert_eq!(seen().await, Err(LeftOut::NoTextForOthers));
            for _ in 0..2 {
                metier.for_others(entry, InItsPlace::Itself).await.unwrap();
                assert_eq!(seen().await, Ok(itself.clone()));
            }
            assert!(
                metier
                    .for_others(entry, InItsPlace::Text(" ".into()))
                    .await
                    .is_err()
            );
        }
        let profession = metier.read().await.unwrap().0[0].link.id;
        let refused = metier
            .for_others(profession, InItsPlace::Nothing)
            .await
            .unwrap_err();
        assert_eq!(refused.message, "nobody else sees an entry of this sort");
        assert!(
            metier
                .for_others(EntryId(uuid::Uuid::max()), InItsPlace::Nothing)
                .await
                .is_err()
        );
    }

    #[tokio::test]
    async fn a_name_is_kept_out_once_and_gone_for_good_when_it_is_not() {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let names = [
            "Zebedee  Quill".to_owned(),
            " ".into(),
            "zebedee quill".into(),
            "Acme".into(),
        ];
        assert_eq!(metier.keep_out(&names, Whose::Client).await.unwrap(), 2);
        assert_eq!(metier.keep_out(&names, Whose::Client).await.unwrap(), 0);
        let there = metier.names_kept_out().await.unwrap();
        assert_eq!(there[0].1.name, "Zebedee Quill");
        assert!(metier.keep_out(&["K".into()], Whose::Other).await.is_err());

        metier.no_longer_keep_out(there[0].0).await.unwrap();
        assert_eq!(metier.names_kept_out().await.unwrap().len(), 1);
        assert!(metier.no_longer_keep_out(there[0].0).await.is_err());
        metier.close().await;
        for file in std::fs::read_dir(home.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(7).any(|w| w == b"Zebedee"));
        }
    }
}
