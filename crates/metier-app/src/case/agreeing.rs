//! Proposing an agreement, sending it, ending it.

use jiff::ToSpan;
use jiff::civil::Date;
use metier_core::agreement::{
    Agreement, AgreementEnded, AgreementEnding, AgreementState, Letter, Phase, Proposal, Receipt, agreements,
    same_name,
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
    /// The proposal that was declined and is made again, changed.
    pub amends: Option<EntryId>,
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
        if let Some(declined) = asked.amends {
            let declined = self.agreement(declined).await?;
            if declined.phase != Phase::Declined {
                return Err(
                    AppError::input("nobody said no to the agreement it would propose again")
                        .hint("Propose it as a new one."),
                );
            }
            // Who is asked reads what the proposal before it said: that is for nobody else's eyes.
            if !same_name(&declined.terms.with, &asked.with) {
                return Err(AppError::input(format!(
                    "it was {} who said no to the agreement it would propose again",
                    declined.terms.with
                ))
                .hint("Propose it to them again, or as a new one to somebody else."));
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
            amends: asked.amends,
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

    /// The receipt of an agreement that was answered, as both sides keep it: of the yes, or else of the no.
    ///
    /// # Errors
    /// When there is no such agreement, or nobody has answered it.
    pub async fn agreement_receipt(&self, id: EntryId) -> Result<Letter, AppError> {
        let state = self.agreement(id).await?;
        let yes = state.confirmed.map(|c| c.what.answer);
        let Some(answer) = yes.or(state.declined.map(|d| d.what.answer)) else {
            return Err(
                AppError::not_ready(format!("{} has not answered yet", state.terms.with))
                    .hint("There is a receipt once they have said yes or no."),
            );
        };
        Ok(Letter::Receipt(Box::new(Receipt {
            agreement: id,
            signature: self.signed(state.text),
            terms: state.terms,
            answer,
        })))
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

    /// Ends an agreement; links to answer it no longer open.
    ///
    /// # Errors
    /// When there is no such agreement, or it is over.
    pub async fn end_agreement(&self, id: EntryId, end: EndAgreement) -> Result<EntryId, AppError> {
        let state = self.agreement(id).await?;
        let declined = state.phase == Phase::Declined;
        if !(state.in_force() || state.awaits_answer() || declined) {
            return Err(AppError::input("this agreement is over already").hint("Nothing was recorded."));
        }
        if end.how == AgreementEnding::Declined {
            return Err(AppError::input("a no is an answer, with its reason")
                .hint("Record it as one: metier agreement decline ENTRY --by NAME --reason TEXT"));
        }
        if !state.in_force() && end.how != AgreementEnding::CalledOff {
            return Err(AppError::input("only what both agreed to is reached or not")
                .hint("What was only proposed can be called off."));
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
        let ended = self.record_shown(fact, &state.terms.with).await?;
        self.revoke_links(id).await?;
        Ok(ended)
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
