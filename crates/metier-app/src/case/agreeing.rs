//! Proposing an agreement, taking in the answer, ending it.

use jiff::ToSpan;
use jiff::civil::Date;
use metier_core::agreement::{
    Agreement, AgreementConfirmed, AgreementEnded, AgreementEnding, AgreementState, Answer, AnswerArrival,
    Letter, Phase, Proposal, Receipt, agreements, same_name,
};
use metier_core::canonical::Digest;
use metier_core::disclosure::Disclosure;
use metier_core::id::{EntryId, LevelId};
use metier_core::invitation::LinkPurpose;
use metier_core::journal::{Audience, Checkpoint, End, Fact, Purpose, Signature, hex, view};
use metier_core::rating::Role;

use crate::error::AppError;
use crate::home::Metier;
use crate::invitations::NewLink;
use crate::person::level_of;
use crate::record::Writing;

/// How long an answer counts when nobody says.
const DAYS_TO_ANSWER: i32 = 14;

/// What to agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propose {
    /// With whom.
    pub with: String,
    /// Who they are to the person.
    pub role: Role,
    /// The level aimed at.
    pub level: LevelId,
    /// By when.
    pub by: Date,
    /// Until when an answer counts; absent: two weeks from today.
    pub answer_by: Option<Date>,
    /// What else is agreed.
    pub note: String,
    /// The agreement it takes the place of.
    pub replaces: Option<EntryId>,
}

/// How an agreement ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndAgreement {
    /// How.
    pub how: AgreementEnding,
    /// Who ended it; empty: the person.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Metier {
    /// Where this journal stands, told so that it can be found again.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn checkpoint(&self) -> Result<Checkpoint, AppError> {
        let ends = self.store.chain_ends(self.journal.id).await?;
        let ends = ends.into_iter().map(|(chain, end)| End {
            chain,
            sequence: end.sequence,
            digest: end.digest,
        });
        Ok(Checkpoint::of_ends(self.journal.id, ends)?)
    }

    /// Which journal this is, as agreements and receipts name it.
    pub fn journal_id(&self) -> metier_core::id::JournalId {
        self.journal.id
    }

    /// Every agreement proposed here, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn agreements(&self) -> Result<Vec<AgreementState>, AppError> {
        let (entries, _) = self.read().await?;
        let now = view(&entries, self.surroundings.now());
        Ok(agreements(&now, self.surroundings.today()))
    }

    /// One agreement proposed here.
    ///
    /// # Errors
    /// When there is none by this id.
    pub async fn agreement(&self, id: EntryId) -> Result<AgreementState, AppError> {
        let found = self.agreements().await?.into_iter().find(|a| a.id == id);
        found.ok_or_else(|| {
            AppError::not_found(format!("no agreement goes by {id}"))
                .hint("`metier agreement list` and the page of agreements show those there are.")
        })
    }

    /// Proposes an agreement on the criteria aimed at now: recorded here, and to be sent as a file or link.
    ///
    /// # Errors
    /// When the criteria have no such level, or a day has passed.
    pub async fn propose_agreement(&self, asked: Propose) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let version = life.needed()?;
        level_of(&version.framework, &asked.level)?;
        // It goes to somebody else, so names on the list stay out of it.
        let others = Disclosure::of(&entries, self.surroundings.now());
        let today = self.surroundings.today();
        let answer_by = asked
            .answer_by
            .unwrap_or_else(|| today.saturating_add(DAYS_TO_ANSWER.days()));
        if asked.by < today {
            return Err(AppError::input(format!(
                "{} has passed; name a day to come",
                asked.by
            )));
        }
        if answer_by < today {
            return Err(AppError::input(format!(
                "{answer_by} has passed; nobody could answer until then"
            )));
        }
        if let Some(old) = asked.replaces {
            let old = self.agreement(old).await?;
            if !old.in_force() {
                return Err(
                    AppError::input("the agreement it would take the place of is not in force")
                        .hint("Propose it as a new one."),
                );
            }
            if !same_name(&old.terms.with, &asked.with) {
                return Err(AppError::input(format!(
                    "the agreement it would take the place of was made with {}",
                    old.terms.with
                ))
                .hint("Propose the new one to them, or end that one first."));
            }
        }
        let level_name = version
            .framework
            .level(&asked.level)
            .map_or_else(String::new, |l| l.name.clone());
        let terms = Agreement {
            person: self.name().to_owned(),
            with: asked.with.trim().to_owned(),
            role: asked.role,
            family: version.framework.family.clone(),
            title: version.framework.title.clone(),
            version: version.digest,
            version_name: version.framework.version.clone(),
            level: asked.level,
            level_name,
            by: asked.by,
            note: others.text(asked.note.trim()).to_string(),
            proposed_on: today,
            answer_by,
            checkpoint: self.checkpoint().await?,
            replaces: asked.replaces,
        };
        let with = terms.with.clone();
        self.record_shown(Fact::AgreementProposed(Box::new(terms)), &with)
            .await
    }

    /// The file that asks for an answer.
    ///
    /// # Errors
    /// When there is no such agreement, or its criteria are no longer in this journal.
    pub async fn proposal(&self, id: EntryId) -> Result<Letter, AppError> {
        let state = self.agreement(id).await?;
        let life = self.life().await?;
        let version = life.version(&state.terms.version).ok_or_else(|| {
            AppError::not_found(format!(
                "the criteria that were agreed on ({}) are no longer in this journal",
                state.terms.version.short()
            ))
        })?;
        Ok(Letter::Proposal(Box::new(Proposal {
            agreement: id,
            signature: self.signed(state.text),
            terms: state.terms,
            criteria: Box::new((*version.framework).clone()),
        })))
    }

    /// The receipt of an agreement that was confirmed, as both sides keep it.
    ///
    /// # Errors
    /// When there is no such agreement, or nobody has answered it.
    pub async fn agreement_receipt(&self, id: EntryId) -> Result<Letter, AppError> {
        let state = self.agreement(id).await?;
        let Some(confirmed) = state.confirmed else {
            return Err(
                AppError::not_ready(format!("{} has not answered yet", state.terms.with))
                    .hint("There is a receipt once both have said yes."),
            );
        };
        Ok(Letter::Receipt(Box::new(Receipt {
            agreement: id,
            signature: self.signed(state.text),
            terms: state.terms,
            answer: confirmed.what.answer,
        })))
    }

    /// Takes in the answer that came back as a file.
    ///
    /// # Errors
    /// When it is altered, late, of somebody else, of another journal, or here already. Nothing is recorded.
    pub async fn take_answer(&self, receipt: &Receipt) -> Result<EntryId, AppError> {
        let known = self.agreements().await?;
        receipt.may_take(self.journal.id, &known).map_err(|refusal| {
            AppError::input(format!("the answer is not taken in: {refusal}")).hint("Nothing was recorded.")
        })?;
        let entry = self.surroundings.entry_id();
        let (answer, with) = (receipt.answer.clone(), &receipt.terms.with);
        let taken = self.confirmed(entry, answer, AnswerArrival::ByFile, with).await?;
        self.revoke_links(receipt.agreement).await?;
        Ok(taken)
    }

    /// Records that the other side said yes: by word, or both at one device.
    ///
    /// # Errors
    /// When there is no such agreement, it has been answered or ended, or the day to answer has passed.
    pub async fn answered(
        &self,
        id: EntryId,
        by: &str,
        words: &str,
        arrival: AnswerArrival,
    ) -> Result<EntryId, AppError> {
        let entry = self.surroundings.entry_id();
        let answered = self.answered_as(entry, id, by, words, arrival).await?;
        self.revoke_links(id).await?;
        Ok(answered)
    }

    /// Records what the holder of a link said, under the id their link gives it.
    ///
    /// # Errors
    /// As for [`Metier::answered`].
    pub async fn answered_by_link(
        &self,
        entry: EntryId,
        id: EntryId,
        words: &str,
    ) -> Result<EntryId, AppError> {
        let with = self.agreement(id).await?.terms.with;
        self.answered_as(entry, id, &with, words, AnswerArrival::ByLink)
            .await
    }

    /// Records that the holder of a link said no, under the id their link gives it.
    ///
    /// # Errors
    /// When there is no such agreement, or it is over.
    pub async fn declined_by_link(
        &self,
        entry: EntryId,
        id: EntryId,
        reason: &str,
    ) -> Result<EntryId, AppError> {
        // What both agreed to does not end by an older link that is still open.
        if !self.agreement(id).await?.awaits_answer() {
            return Err(AppError::input("this was answered already").hint("Nothing was recorded."));
        }
        let end = EndAgreement {
            how: AgreementEnding::Declined,
            by: self.agreement(id).await?.terms.with,
            reason: reason.to_owned(),
        };
        self.ended_as(entry, id, end).await
    }

    /// Makes a link through which the agreement can be answered, without an account, until the day to answer.
    ///
    /// # Errors
    /// When there is no such agreement, it waits for no answer, or the day has passed.
    pub async fn agreement_link(&self, id: EntryId) -> Result<NewLink, AppError> {
        let state = self.agreement(id).await?;
        if state.phase != Phase::Proposed {
            return Err(AppError::input("this agreement waits for no answer")
                .hint("Propose it again: metier agreement propose"));
        }
        let (with, until) = (&state.terms.with, state.terms.answer_by);
        self.invite(LinkPurpose::Agreement, id, with, until).await
    }

    async fn answered_as(
        &self,
        entry: EntryId,
        id: EntryId,
        by: &str,
        words: &str,
        arrival: AnswerArrival,
    ) -> Result<EntryId, AppError> {
        let state = self.agreement(id).await?;
        let receipt = Receipt {
            agreement: id,
            signature: None,
            answer: Answer {
                agreement: id,
                text: state.text,
                by: by.trim().to_owned(),
                on: self.surroundings.today(),
                words: words.trim().to_owned(),
                checkpoint: None,
                signature: None,
            },
            terms: state.terms.clone(),
        };
        receipt
            .may_take(self.journal.id, std::slice::from_ref(&state))
            .map_err(|refusal| AppError::input(refusal.to_string()).hint("Nothing was recorded."))?;
        self.confirmed(entry, receipt.answer, arrival, &state.terms.with)
            .await
    }

    async fn confirmed(
        &self,
        entry: EntryId,
        answer: Answer,
        arrival: AnswerArrival,
        with: &str,
    ) -> Result<EntryId, AppError> {
        let fact = Fact::AgreementConfirmed(Box::new(AgreementConfirmed { answer, arrival }));
        let writing = Writing {
            id: entry,
            ..self.shown_to(fact, with)
        };
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Ends an agreement; links to answer it no longer open.
    ///
    /// # Errors
    /// When there is no such agreement, or it is over.
    pub async fn end_agreement(&self, id: EntryId, end: EndAgreement) -> Result<EntryId, AppError> {
        let ended = self.ended_as(self.surroundings.entry_id(), id, end).await?;
        self.revoke_links(id).await?;
        Ok(ended)
    }

    async fn ended_as(&self, entry: EntryId, id: EntryId, end: EndAgreement) -> Result<EntryId, AppError> {
        let state = self.agreement(id).await?;
        if !(state.in_force() || state.awaits_answer()) {
            return Err(AppError::input("this agreement is over already").hint("Nothing was recorded."));
        }
        let by = match end.by.trim() {
            "" => self.name(),
            by => by,
        };
        let fact = Fact::AgreementEnded(AgreementEnded {
            agreement: id,
            how: end.how,
            by: by.to_owned(),
            reason: end.reason.trim().to_owned(),
        });
        let writing = Writing {
            id: entry,
            ..self.shown_to(fact, &state.terms.with)
        };
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Records a fact that another may see and that may be used in a decision.
    pub(crate) async fn record_shown(&self, fact: Fact, with: &str) -> Result<EntryId, AppError> {
        let writing = self.shown_to(fact, with);
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    pub(crate) fn shown_to(&self, fact: Fact, with: &str) -> Writing {
        let mut writing = self.writing(fact);
        writing.draft.audience = Audience::Parties(vec![with.trim().to_owned()]);
        writing.draft.purpose = Purpose::Administrative;
        writing
    }

    /// This journal's signature over a digest, where it has a key.
    pub(crate) fn signed(&self, digest: Digest) -> Option<Signature> {
        use ed25519_dalek::Signer;
        let key = self.key.as_ref()?;
        let signature = key.sign(digest.to_string().as_bytes());
        Some(Signature {
            key: hex(key.verifying_key().as_bytes()),
            signature: hex(&signature.to_bytes()),
        })
    }
}
