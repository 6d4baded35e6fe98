//! A pen: writes the entries of one chain, one after the other.

use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use metier_core::canonical::Digest;
use metier_core::evidence::{Artefact, Claim, ClaimAbout, Evidence, Happening, Stance, Step};
use metier_core::id::{ChainId, CompetencyId, EntryId, FamilyId, JournalId, RungId};
use metier_core::journal::{Draft, Erasure, Fact, LIMITS, Place, RecordError, Sealed};

use crate::{Clock, Ids};

/// Writes one chain of a journal: places, times, ids and salts take care of themselves, and the same
/// seed writes the same bytes. The clock moves on by a minute after every entry.
#[derive(Debug, Clone)]
pub struct Pen {
    /// Whose journal.
    pub journal: JournalId,
    /// Which chain.
    pub chain: ChainId,
    /// Who writes.
    pub author: String,
    /// When.
    pub clock: Clock,
    /// The last entry's number and digest.
    end: (u64, Digest),
    ids: Ids,
    key: Option<SigningKey>,
}

impl Pen {
    /// A pen for a journal of its own, which begins on [`Clock::MONDAY`].
    pub fn new(seed: u64) -> Self {
        let (mut ids, clock) = (Ids::seeded(seed), Clock::MONDAY);
        Self {
            journal: JournalId(ids.uuid(clock.now())),
            chain: ChainId(ids.uuid(clock.now())),
            author: "Ada".into(),
            clock,
            end: (0, Digest::ZERO),
            ids,
            key: None,
        }
    }

    /// A pen for another chain of the same journal: a second device.
    #[must_use]
    pub fn beside(&self, seed: u64) -> Self {
        Self {
            journal: self.journal,
            ..Self::new(seed)
        }
    }

    /// The same pen with a key that signs what it writes.
    #[must_use]
    pub fn signing(mut self) -> Self {
        let mut key = [0; 32];
        key[..16].copy_from_slice(&self.ids.salt().0);
        key[16..].copy_from_slice(&self.ids.salt().0);
        self.key = Some(SigningKey::from_bytes(&key));
        self
    }

    /// The same pen, going on after an entry that is there already.
    pub fn continue_after(&mut self, sequence: u64, digest: Digest) {
        self.end = (sequence, digest);
    }

    /// The number and digest of the last entry.
    pub fn end(&self) -> (u64, Digest) {
        self.end
    }

    /// The instant the next entry is recorded at.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Records a draft.
    ///
    /// # Errors
    /// When the core refuses it.
    pub fn record(&mut self, draft: Draft) -> Result<Sealed, RecordError> {
        let place = Place {
            id: EntryId(self.ids.uuid(self.now())),
            journal: self.journal,
            chain: self.chain,
            sequence: self.end.0 + 1,
            previous: self.end.1,
            recorded_at: self.now(),
            salt: self.ids.salt(),
        };
        let mut sealed = draft.record(&place, &LIMITS)?;
        if let Some(key) = &self.key {
            sealed = sealed.signed(key);
        }
        self.end = (sealed.link.sequence, sealed.digest);
        self.clock.pass(SignedDuration::from_mins(1));
        Ok(sealed)
    }

    /// Records a fact of today.
    ///
    /// # Panics
    /// When the core refuses it: a sample is well formed.
    #[allow(
        clippy::panic,
        reason = "test support: an ill-formed sample is a mistake in the test"
    )]
    pub fn write(&mut self, fact: Fact) -> Sealed {
        let draft = Draft::new(self.author.clone(), self.clock.today(), fact);
        match self.record(draft) {
            Ok(sealed) => sealed,
            Err(e) => panic!("not a well-formed sample: {e}"),
        }
    }

    /// Records a session of attempts at something.
    pub fn attempts(&mut self, title: &str, attempts: u32, clean: u32) -> Sealed {
        self.evidence(
            title,
            Vec::new(),
            Happening::Attempts {
                attempts,
                clean,
                aided: 0,
                guide: String::new(),
                minutes: None,
            },
        )
    }

    /// Records something that happened.
    pub fn evidence(&mut self, title: &str, artefacts: Vec<Artefact>, what: Happening) -> Sealed {
        self.write(Fact::Evidence(Box::new(Evidence {
            title: title.into(),
            story: String::new(),
            hours: None,
            artefacts,
            confidential: false,
            redacted: String::new(),
            what,
        })))
    }

    /// Records that evidence supports a rung, written `family/competency/rung`.
    ///
    /// # Panics
    /// When `step` is not written so.
    #[allow(
        clippy::panic,
        reason = "test support: an ill-formed sample is a mistake in the test"
    )]
    pub fn claim(&mut self, evidence: EntryId, step: &str) -> Sealed {
        let parts: Vec<&str> = step.split('/').collect();
        let (Ok(family), Ok(competency), Ok(rung)) = (
            FamilyId::new(parts.first().copied().unwrap_or_default()),
            CompetencyId::new(parts.get(1).copied().unwrap_or_default()),
            RungId::new(parts.get(2).copied().unwrap_or_default()),
        ) else {
            panic!("`{step}` is not family/competency/rung");
        };
        self.write(Fact::Claim(Claim {
            evidence,
            about: ClaimAbout::Step(Step {
                family,
                competency,
                rung,
            }),
            stance: Stance::Supports,
        }))
    }

    /// Records that the content of an entry was erased. The content itself goes with
    /// [`Sealed::erased`] or the store.
    pub fn erasure(&mut self, entry: EntryId) -> Sealed {
        self.write(Fact::Erasure(Erasure {
            entry,
            reason: "asked for".into(),
        }))
    }

    /// `count` entries as a journal holds them: sessions of attempts, and what each supports.
    pub fn pages(&mut self, count: usize) -> Vec<Sealed> {
        let mut pages: Vec<Sealed> = Vec::with_capacity(count);
        while pages.len() < count {
            let page = match pages.last() {
                Some(last) if pages.len() % 2 == 1 => {
                    let evidence = last.link.id;
                    self.claim(evidence, "content-marketing/publish-an-article/reliable")
                }
                _ => {
                    let attempts = u32::try_from(self.ids.below(9) + 1).unwrap_or(1);
                    let title = format!("Published to house standard, for reader group {}", pages.len());
                    self.attempts(&title, attempts, attempts - 1)
                }
            };
            pages.push(page);
        }
        pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use metier_core::journal::{head, verify};

    #[test]
    fn a_pen_writes_a_journal_that_verifies_and_repeats() {
        let mut pen = Pen::new(3).signing();
        let mut chain = pen.pages(9);
        let erased = chain[4].link.id;
        chain[4] = chain[4].clone().erased();
        assert_eq!(verify(&chain).len(), 1, "an erasure nobody recorded");
        chain.push(pen.erasure(erased));
        assert_eq!(verify(&chain), []);
        assert!(chain.iter().all(|e| e.signature.is_some()));

        let mut second = pen.beside(4);
        assert_eq!(second.journal, pen.journal);
        chain.extend(second.pages(3));
        assert_eq!(verify(&chain), []);
        assert_eq!(
            head(&Pen::new(3).signing().pages(9)),
            head(&Pen::new(3).signing().pages(9))
        );
    }
}
