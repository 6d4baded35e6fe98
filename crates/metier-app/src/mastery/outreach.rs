//! Asking a master: what is written to them, how far it is, what was said, what comes next.

use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::journal::{Noted, view};
use metier_core::mastery::{Conversation, Mastery, MasteryFact, NextAction, Outreach, OutreachState};

use crate::error::AppError;
use crate::home::Metier;

/// Whom to ask, how and what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutreachSaid {
    /// Whom.
    pub to: String,
    /// Among the exemplars.
    pub exemplar: Option<EntryId>,
    /// By which way.
    pub channel: String,
    /// What is asked.
    pub questions: Vec<String>,
    /// What is sent.
    pub draft: String,
    /// What comes next.
    pub next: Option<NextAction>,
}

impl From<&Outreach> for OutreachSaid {
    fn from(outreach: &Outreach) -> Self {
        Self {
            to: outreach.to.clone(),
            exemplar: outreach.exemplar,
            channel: outreach.channel.clone(),
            questions: outreach.questions.clone(),
            draft: outreach.draft.clone(),
            next: outreach.next.clone(),
        }
    }
}

impl Metier {
    /// Records a master to ask, or says anew whom, how and what; how far it is stays.
    ///
    /// # Errors
    /// When nobody is named, the exemplar is not there, or there is no such outreach.
    pub async fn reach_out(&self, told: Option<EntryId>, said: OutreachSaid) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let there = told.map(|id| found(&mastery, id)).transpose()?;
        if let Some(exemplar) = said.exemplar
            && !mastery.exemplars.iter().any(|e| e.id == exemplar)
        {
            return Err(
                AppError::not_found("there is no such master among those you look at")
                    .hint("Perhaps they were taken out in another window."),
            );
        }
        let outreach = Outreach {
            to: said.to.trim().to_owned(),
            exemplar: said.exemplar,
            contact: there.and_then(|t| t.what.contact),
            channel: said.channel.trim().to_owned(),
            draft: said.draft.trim().to_owned(),
            questions: said
                .questions
                .iter()
                .map(|q| q.trim().to_owned())
                .filter(|q| !q.is_empty())
                .collect(),
            state: there.map_or(OutreachState::Draft, |t| t.what.state),
            next: said.next.filter(|n| !n.what.trim().is_empty()),
        };
        self.tell_outreach(there, outreach).await
    }

    /// Says how far an outreach is.
    ///
    /// # Errors
    /// When there is no such outreach.
    pub async fn outreach_state(&self, id: EntryId, state: OutreachState) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let there = found(&mastery, id)?;
        let outreach = Outreach {
            state,
            next: mastery.next_of(&there).cloned(),
            ..there.what.clone()
        };
        self.tell_outreach(Some(there), outreach).await
    }

    async fn tell_outreach(
        &self,
        there: Option<Noted<'_, Outreach>>,
        outreach: Outreach,
    ) -> Result<EntryId, AppError> {
        match there {
            Some(there) if *there.what == outreach => Ok(there.id),
            Some(there) => {
                let fact = MasteryFact::Outreach(outreach).fact();
                self.correct(there.id, there.on, fact).await.map(|_| there.id)
            }
            None => {
                let writing = self.writing(MasteryFact::Outreach(outreach).fact());
                self.record(vec![writing]).await.map(|ids| ids[0])
            }
        }
    }

    /// Notes a conversation with a master, on the day it was; who talks has answered.
    ///
    /// # Errors
    /// When there is no such outreach, nothing was said, or the day has not come.
    pub async fn talked_to_master(
        &self,
        id: EntryId,
        on: Date,
        words: &str,
        next: Option<NextAction>,
    ) -> Result<EntryId, AppError> {
        self.not_to_come(on, "Note it once you have talked.")?;
        let (entries, life) = self.read().await?;
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let there = found(&mastery, id)?;
        let mut writings = Vec::new();
        if matches!(there.what.state, OutreachState::Draft | OutreachState::Sent) {
            let answered = Outreach {
                state: OutreachState::Answered,
                ..there.what.clone()
            };
            let mut writing = self.writing_on(there.on, MasteryFact::Outreach(answered).fact());
            writing.draft.corrects = Some(there.id);
            writings.push(writing);
        }
        let conversation = Conversation {
            outreach: there.id,
            words: words.trim().to_owned(),
            next: next.filter(|n| !n.what.trim().is_empty()),
        };
        writings.push(self.writing_on(on, MasteryFact::Conversation(conversation).fact()));
        let ids = self.record(writings).await?;
        Ok(ids.last().copied().unwrap_or(there.id))
    }

    /// Takes an outreach back; the conversations of it stay in the journal.
    ///
    /// # Errors
    /// When there is no such outreach.
    pub async fn end_outreach(&self, id: EntryId) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let view = view(&entries, self.surroundings().now());
        found(&Mastery::of(&view, &life.needed()?.framework.family), id)?;
        self.withdraw(id, "").await
    }
}

fn found<'a>(mastery: &Mastery<'a>, id: EntryId) -> Result<Noted<'a, Outreach>, AppError> {
    mastery
        .outreaches
        .iter()
        .find(|o| o.id == id)
        .copied()
        .ok_or_else(|| {
            AppError::not_found("there is no such master to ask")
                .hint("Perhaps it was taken back; `metier mastery outreach list` shows whom you ask.")
        })
}
