//! The answer to an agreement: taken in as a file, through a link, from a mail or by word; and what is said after
//! a no.

use jiff::civil::Date;
use metier_core::agreement::{
    AgreementConfirmed, AgreementDeclined, AgreementState, AgreementTalked, Answer, AnswerArrival, Phase,
    Receipt, Says,
};
use metier_core::disclosure::Disclosure;
use metier_core::id::EntryId;
use metier_core::journal::{Fact, hex};
use metier_exchange::agreement_mail::{self, MailReply};

use crate::error::AppError;
use crate::home::Metier;
use crate::record::Writing;
use crate::words::{self, Words};

/// What somebody answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// Yes or no.
    pub says: Says,
    /// In their words; of a no, why.
    pub words: String,
    /// Of a no: what would have to be otherwise.
    pub otherwise: String,
}

impl Reply {
    /// A yes.
    pub fn yes(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            ..Self::default()
        }
    }

    /// A no.
    pub fn no(words: &str, otherwise: &str) -> Self {
        Self {
            says: Says::No,
            words: words.to_owned(),
            otherwise: otherwise.to_owned(),
        }
    }

    /// As an answer to a text, with the space around its words left away.
    pub(crate) fn answer(
        &self,
        agreement: EntryId,
        text: metier_core::canonical::Digest,
        by: &str,
        on: Date,
    ) -> Answer {
        Answer {
            agreement,
            text,
            says: self.says,
            by: by.trim().to_owned(),
            on,
            words: self.words.trim().to_owned(),
            otherwise: match self.says {
                Says::Yes => String::new(),
                Says::No => self.otherwise.trim().to_owned(),
            },
            checkpoint: None,
            signature: None,
        }
    }
}

impl Metier {
    /// Takes in the answer that came back as a file, a yes or a no. Whether it counts as the other's word hangs on
    /// their signature.
    ///
    /// # Errors
    /// When it is altered, late, of somebody else, of another journal, signed with this journal's own key, or here
    /// already. Nothing is recorded.
    pub async fn take_answer(&self, receipt: &Receipt) -> Result<EntryId, AppError> {
        let known = self.agreements().await?;
        receipt
            .may_take(
                self.journal.id,
                self.own_key().as_deref(),
                AnswerArrival::ByFile,
                &known,
            )
            .map_err(|refusal| {
                AppError::input(format!("the answer is not taken in: {refusal}"))
                    .hint("Nothing was recorded.")
            })?;
        let entry = self.surroundings.entry_id();
        let (answer, with) = (receipt.answer.clone(), &receipt.terms.with);
        let taken = self
            .keep_answer(entry, answer, AnswerArrival::ByFile, with)
            .await?;
        self.revoke_links(receipt.agreement).await?;
        Ok(taken)
    }

    /// Records what the other side said: by word, from a mail, or both at one device.
    ///
    /// # Errors
    /// When there is no such agreement, it has been answered or ended, the day to answer has passed, or a no says
    /// neither why nor what would have to be otherwise.
    pub async fn answered(
        &self,
        id: EntryId,
        by: &str,
        reply: &Reply,
        arrival: AnswerArrival,
    ) -> Result<EntryId, AppError> {
        let entry = self.surroundings.entry_id();
        let answered = self.answered_as(entry, id, by, reply, arrival).await?;
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
        reply: &Reply,
    ) -> Result<EntryId, AppError> {
        let state = self.agreement(id).await?;
        // What both agreed to, or one said no to, is not answered again by an older link that is still open.
        if !state.awaits_answer() {
            return Err(AppError::input("this was answered already").hint("Nothing was recorded."));
        }
        let with = state.terms.with;
        self.answered_as(entry, id, &with, reply, AnswerArrival::ByLink)
            .await
    }

    /// Keeps what was said after a no: the person's reply, what would convince the other, by when to look again.
    ///
    /// # Errors
    /// When nobody said no, nothing is said, or the day has passed.
    pub async fn talked(
        &self,
        id: EntryId,
        reply: &str,
        convincing: &str,
        again: Option<Date>,
    ) -> Result<EntryId, AppError> {
        let state = self.declined(id).await?;
        if again.is_some_and(|day| day < self.surroundings.today()) {
            return Err(AppError::input("that day has passed").hint("Name a day to come, or none."));
        }
        let fact = Fact::AgreementTalked(AgreementTalked {
            agreement: id,
            reply: reply.trim().to_owned(),
            convincing: convincing.trim().to_owned(),
            again,
        });
        self.record_shown(fact, &state.terms.with).await
    }

    /// An agreement to which somebody said no, and that is not over.
    async fn declined(&self, id: EntryId) -> Result<AgreementState, AppError> {
        let state = self.agreement(id).await?;
        match state.phase {
            Phase::Declined => Ok(state),
            _ => Err(AppError::input(format!(
                "{} did not say no to it, or it is over",
                state.terms.with
            ))
            .hint("Nothing was recorded.")),
        }
    }

    /// The agreements to which somebody said no and that were neither proposed again nor ended.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn unsettled_agreements(&self) -> Result<Vec<AgreementState>, AppError> {
        let mut all = self.agreements().await?;
        all.retain(AgreementState::unsettled);
        Ok(all)
    }

    /// The mail that asks for an answer: what is proposed, what the level asks, and two plain questions.
    ///
    /// # Errors
    /// When there is no such agreement, it waits for no answer, or its criteria are no longer in this journal.
    pub async fn agreement_mail(&self, id: EntryId) -> Result<String, AppError> {
        let state = self.agreement(id).await?;
        if !state.awaits_answer() {
            return Err(AppError::input("this agreement waits for no answer")
                .hint("Propose it again: metier agreement propose"));
        }
        self.mail_of(&state).await
    }

    async fn mail_of(&self, state: &AgreementState) -> Result<String, AppError> {
        let (entries, life) = self.read().await?;
        let terms = &state.terms;
        let version = life.version(&terms.version).ok_or_else(|| {
            AppError::not_found("the criteria that are proposed are no longer in this journal")
        })?;
        let criteria = &version.framework;
        let named = Words::new(criteria, &[], self.surroundings.today());
        // It goes to somebody else, so names on the list stay out of it.
        let others = Disclosure::of(&entries, self.surroundings.now());
        let seen = |text: &str| others.text(text).to_string();
        let mut mail = format!(
            "Hello {},\n\nI would like us to agree on this, so that we both know what is asked:\n\n\
             {} by {}, by the criteria \"{}\", version {} ({}).\n",
            terms.with,
            seen(&terms.level_name),
            words::day(terms.by),
            seen(&terms.title),
            terms.version_name,
            terms.version.short(),
        );
        if !terms.note.is_empty() {
            mail += &format!("Also: {}\n", seen(&terms.note));
        }
        if let Some(level) = criteria.level(&terms.level) {
            mail += &format!("\nWhat {} asks:\n", seen(&level.name));
            for asked in &level.expectations {
                mail += &format!(
                    "- {}: {} ({})\n",
                    seen(named.competency(&asked.competency)),
                    seen(named.rung_title(&asked.rung)),
                    words::weight(asked.weight)
                );
            }
        }
        mail += &format!(
            "\nYour answer may be used in a decision. Criteria that change later hold only once we both agree again.\n\
             Please answer by {}, under the two questions:\n",
            words::day(terms.answer_by)
        );
        for (number, question) in (1..).zip(agreement_mail::QUESTIONS) {
            mail += &format!("\n{number}. {question}\n");
        }
        mail += &format!("\nThank you!\n{}\n", self.name());
        Ok(mail)
    }

    /// What a pasted mail says, to be looked at before it is recorded.
    ///
    /// # Errors
    /// When there is no answer in it.
    pub async fn read_agreement_mail(&self, id: EntryId, text: &str) -> Result<MailReply, AppError> {
        let state = self.agreement(id).await?;
        let sent = self.mail_of(&state).await?;
        agreement_mail::read(text, &sent).map_err(|problems| {
            AppError::document("the pasted mail", &problems).hint("Nothing was recorded.")
        })
    }

    async fn answered_as(
        &self,
        entry: EntryId,
        id: EntryId,
        by: &str,
        reply: &Reply,
        arrival: AnswerArrival,
    ) -> Result<EntryId, AppError> {
        let state = self.agreement(id).await?;
        let receipt = Receipt {
            agreement: id,
            signature: None,
            answer: reply.answer(id, state.text, by, self.surroundings.today()),
            terms: state.terms.clone(),
        };
        receipt
            .may_take(self.journal.id, None, arrival, std::slice::from_ref(&state))
            .map_err(|refusal| AppError::input(refusal.to_string()).hint("Nothing was recorded."))?;
        self.keep_answer(entry, receipt.answer, arrival, &state.terms.with)
            .await
    }

    async fn keep_answer(
        &self,
        entry: EntryId,
        answer: Answer,
        arrival: AnswerArrival,
        with: &str,
    ) -> Result<EntryId, AppError> {
        let fact = match answer.says {
            Says::Yes => Fact::AgreementConfirmed(Box::new(AgreementConfirmed { answer, arrival })),
            Says::No => Fact::AgreementDeclined(Box::new(AgreementDeclined { answer, arrival })),
        };
        let writing = Writing {
            id: entry,
            ..self.shown_to(fact, with)
        };
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// The public key this journal signs with, where it has one.
    pub(crate) fn own_key(&self) -> Option<String> {
        let key = self.key.as_ref()?;
        Some(hex(key.verifying_key().as_bytes()))
    }
}
