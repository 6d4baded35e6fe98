//! Asking colleagues whom they see as the expert to go to, and what becomes of the names.

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::disclosure::Disclosure;
use metier_core::id::EntryId;
use metier_core::invitation::LinkPurpose;
use metier_core::journal::{Arrival, Fact, Noted, View, view};
use metier_core::mastery::{Mastery, MasteryFact, Nominated, NominationAsked};
use metier_core::name::same_name;
use metier_exchange::feedback_mail::read_mail_answer;
use serde::Serialize;

use super::ExemplarHead;
use crate::error::AppError;
use crate::home::Metier;
use crate::invitations::NewLink;
use crate::words;

/// A name that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameSaid {
    /// Whom.
    pub name: String,
    /// What they saw them do.
    pub why: String,
    /// Who says so.
    pub by: String,
    /// The asking it answers.
    pub asked: Option<EntryId>,
    /// How it came.
    pub arrival: Arrival,
}

/// What a colleague who is asked for a name reads: every text as others see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameAsked {
    /// Its entry.
    pub id: EntryId,
    /// Who is asked.
    pub to: String,
    /// For which profession.
    pub profession: String,
    /// A word with it.
    pub note: String,
    /// The last day to answer, if one was said.
    pub until: Option<Date>,
    /// When they were asked.
    pub on: Date,
}

/// What a pasted mail says, to be looked at before it is recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NameDraft {
    /// Whom they name.
    pub name: String,
    /// What they saw them do.
    pub why: String,
    /// What belongs to neither question.
    pub beside: String,
}

impl Metier {
    /// Asks a colleague whom they see as the expert to go to, and makes the link through which they say it.
    ///
    /// # Errors
    /// When nobody is named, nothing is aimed at, or the day has passed; nothing is then recorded.
    pub async fn ask_for_name(
        &self,
        to: &str,
        note: &str,
        until: Date,
    ) -> Result<(EntryId, NewLink), AppError> {
        self.open_until(until)?;
        let life = self.life().await?;
        let framework = &life.needed()?.framework;
        let asked = NominationAsked {
            family: framework.family.clone(),
            profession: framework.title.clone(),
            to: to.trim().to_owned(),
            note: note.trim().to_owned(),
            until: Some(until),
        };
        let writing = self.writing(MasteryFact::NominationAsked(asked).fact());
        let id = self.record(vec![writing]).await?[0];
        let link = self.invite(LinkPurpose::Nomination, id, to, until).await?;
        Ok((id, link))
    }

    /// What a colleague who was asked for a name reads.
    ///
    /// # Errors
    /// When nobody is asked under this id any more.
    pub async fn name_asked(&self, id: EntryId) -> Result<NameAsked, AppError> {
        let (entries, _) = self.read().await?;
        let stands = view(&entries, Timestamp::MAX);
        let asked = asking(&stands, id)?;
        let disclosure = Disclosure::of(&entries, Timestamp::MAX);
        Ok(NameAsked {
            id,
            to: asked.what.to.clone(),
            profession: disclosure.text(&asked.what.profession).to_string(),
            note: disclosure.text(&asked.what.note).to_string(),
            until: asked.what.until,
            on: asked.on,
        })
    }

    /// Makes a new link for a colleague who was asked; those made before open no longer.
    ///
    /// # Errors
    /// When nobody is asked under this id, or its last day has passed.
    pub async fn renew_name_link(&self, id: EntryId) -> Result<NewLink, AppError> {
        let asked = self.name_asked(id).await?;
        let until = asked.until.unwrap_or_else(|| self.surroundings().today());
        self.open_until(until)?;
        self.revoke_links(id).await?;
        self.invite(LinkPurpose::Nomination, id, &asked.to, until).await
    }

    /// Takes an asking back: its links open no longer. Names that were given stay.
    ///
    /// # Errors
    /// When nobody is asked under this id.
    pub async fn end_name_asked(&self, id: EntryId) -> Result<EntryId, AppError> {
        self.name_asked(id).await?;
        self.revoke_links(id).await?;
        self.withdraw(id, "").await
    }

    /// Records a name that somebody gave: by link, under the id its invitation holds, or noted by the person.
    /// One that was recorded before is not recorded again.
    ///
    /// # Errors
    /// When nobody is named, or the asking is not there any more.
    pub async fn name_given(&self, said: NameSaid, id: Option<EntryId>) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        if let Some(id) = id
            && entries.iter().any(|e| e.link.id == id)
        {
            return Ok(id);
        }
        let family = match said.asked {
            // Of the profession it was asked for, whatever is aimed at by now.
            Some(asked) => asking(&view(&entries, Timestamp::MAX), asked)?
                .what
                .family
                .clone(),
            None => life.needed()?.framework.family.clone(),
        };
        let nominated = Nominated {
            family,
            name: said.name.split_whitespace().collect::<Vec<_>>().join(" "),
            why: said.why.trim().to_owned(),
            by: said.by.trim().to_owned(),
            asked: said.asked,
            arrival: said.arrival,
        };
        let nominated = MasteryFact::Nominated(nominated);
        nominated.brief()?;
        let mut writing = self.writing(nominated.fact());
        if let Some(id) = id {
            writing.id = id;
        }
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// What a pasted mail says, to be looked at: nothing is recorded.
    ///
    /// # Errors
    /// When it is too large, or holds no answer.
    pub async fn read_name_mail(&self, asked: EntryId, text: &str) -> Result<NameDraft, AppError> {
        let asked = self.name_asked(asked).await?;
        let sent = words::name_mail(&asked, self.name());
        let read = read_mail_answer(text, &sent, &words::NAME_QUESTIONS)
            .map_err(|problems| AppError::document("the mail", &problems).hint("Nothing was recorded."))?;
        let mut answers = read.answers.into_iter();
        Ok(NameDraft {
            name: answers.next().unwrap_or_default().trim().to_owned(),
            why: answers.next().unwrap_or_default().trim().to_owned(),
            beside: read.beside,
        })
    }

    /// Makes somebody who was named one of the masters to look at; who is one already stays as they are.
    ///
    /// # Errors
    /// When nobody of this name was named.
    pub async fn look_up_to_named(&self, name: &str) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        if let Some(there) = mastery.exemplars.iter().find(|e| same_name(&e.what.name, name)) {
            return Ok(there.id);
        }
        let given = mastery.names();
        let Some(somebody) = given.iter().find(|n| same_name(n.name, name)) else {
            return Err(
                AppError::not_found(format!("nobody named \u{201c}{}\u{201d}", name.trim()))
                    .hint("`metier mastery names list` shows who was named."),
            );
        };
        let head = ExemplarHead {
            name: somebody.name.to_owned(),
            ..ExemplarHead::default()
        };
        self.look_up_to(None, head).await
    }
}

/// Who was asked for a name under an id, of whatever profession.
fn asking<'a>(view: &View<'a>, id: EntryId) -> Result<Noted<'a, NominationAsked>, AppError> {
    let of_names = |fact: &'a Fact| match fact {
        Fact::Mastery(said) => match &**said {
            MasteryFact::NominationAsked(asked) => Some(asked),
            _ => None,
        },
        _ => None,
    };
    let asked = view.noted(of_names).into_iter().find(|a| a.id == id);
    asked.ok_or_else(|| AppError::not_found("nobody is asked for a name here any more"))
}

/// What was said of an exemplar by colleagues who named them, by day.
pub fn named_by<'a>(mastery: &Mastery<'a>, name: &str) -> Vec<Noted<'a, Nominated>> {
    let mut by: Vec<_> = mastery
        .nominated
        .iter()
        .filter(|n| same_name(&n.what.name, name))
        .copied()
        .collect();
    by.sort_by_key(|n| (n.on, n.recorded_at));
    by
}
