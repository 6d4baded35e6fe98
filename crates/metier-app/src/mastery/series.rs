//! The guided series: answering the question of the week, showing answers to somebody, and what they say.

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::disclosure::Disclosure;
use metier_core::id::EntryId;
use metier_core::invitation::LinkPurpose;
use metier_core::journal::{Arrival, view};
use metier_core::mastery::{
    AnswerComment, AnswersShown, CommentsRead, Mastery, MasteryFact, QuestionPut, SeriesAnswer, Since,
};
use metier_core::name::same_name;
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;
use crate::invitations::NewLink;

/// The most answers that are shown together.
pub const SHOWN_MAX: usize = 30;

/// The most characters of answers that are shown together: a page that can be read, and drawn.
pub const SHOWN_WORDS_MAX: usize = 24_000;

/// Answers to be shown to somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShowAnswers {
    /// Which.
    pub answers: Vec<EntryId>,
    /// To whom.
    pub to: String,
    /// The showing before it, beside which it is read.
    pub since: Option<EntryId>,
    /// A word with it.
    pub note: String,
}

/// What somebody said of answers, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commented {
    /// The showing it answers.
    pub shown: Option<EntryId>,
    /// Who.
    pub by: String,
    /// Of which answer what; an empty text is none.
    pub comments: Vec<(EntryId, String)>,
    /// A question to answer next; empty for none.
    pub question: String,
    /// How it came.
    pub arrival: Arrival,
}

/// Exactly what somebody who is shown answers reads: every text as others see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShowingRead {
    /// Its entry.
    pub id: EntryId,
    /// To whom.
    pub to: String,
    /// When it was chosen.
    pub on: Date,
    /// The last day to answer.
    pub until: Date,
    /// The word with it.
    pub note: String,
    /// When they were shown answers before.
    pub before: Option<Date>,
    /// The answers, by day.
    pub answers: Vec<AnswerRead>,
}

/// An answer, as somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerRead {
    /// Its entry.
    pub id: EntryId,
    /// The question.
    pub asked: String,
    /// The answer.
    pub words: String,
    /// Of which day.
    pub on: Date,
    /// How it stands to what they saw before.
    pub since: SinceRead,
    /// What they said of it before.
    pub said: Vec<String>,
}

/// How an answer stands to what they saw before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SinceRead {
    /// New to them.
    New,
    /// Answered anew; then it was this, of this day.
    Answered(String, Date),
    /// The same answer in other words.
    Reworded,
    /// As they saw it.
    Same,
}

impl Metier {
    /// Answers a question of the series, or one that somebody put. Answering again is a new answer.
    ///
    /// # Errors
    /// When there is no such question, or nothing is said.
    pub async fn answer_series(&self, question: &str, words: &str) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let asked = mastery.question(question.trim()).ok_or_else(|| {
            AppError::not_found(format!("the series has no question `{}`", question.trim()))
                .hint("`metier series list` shows what each goes by.")
        })?;
        let answer = SeriesAnswer {
            question: asked
                .id
                .parse()
                .map_err(|_| AppError::not_found("this question cannot be answered"))?,
            asked: asked.asks.to_owned(),
            words: words.trim().to_owned(),
        };
        let writing = self.writing(MasteryFact::Answer(answer).fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Chooses answers to be shown to somebody, and makes the link through which they read and comment on them.
    ///
    /// # Errors
    /// When nobody is named, nothing or too much is chosen, an answer is not there, the showing before was to
    /// somebody else, or the day has passed; nothing is then recorded.
    pub async fn show_answers(&self, show: ShowAnswers, until: Date) -> Result<(EntryId, NewLink), AppError> {
        self.open_until(until)?;
        let (entries, life) = self.read().await?;
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let to = show.to.trim().to_owned();
        if show.answers.len() > SHOWN_MAX {
            return Err(
                AppError::input(format!("{} answers are too many", show.answers.len()))
                    .hint(format!("Choose at most {SHOWN_MAX}, so that they can be read.")),
            );
        }
        for answer in &show.answers {
            if !mastery.answers.iter().any(|a| a.id == *answer) {
                return Err(AppError::not_found("one of the answers is not there")
                    .hint("Perhaps it was taken back in another window."));
            }
        }
        let chosen = mastery.answers.iter().filter(|a| show.answers.contains(&a.id));
        let characters: usize = chosen.map(|a| a.what.words.chars().count()).sum();
        if characters > SHOWN_WORDS_MAX {
            return Err(AppError::input(format!(
                "what you chose has {characters} characters together; at most {SHOWN_WORDS_MAX} can be shown"
            ))
            .of("answers")
            .hint("Choose fewer, and show the others another time."));
        }
        if let Some(since) = show.since {
            let before = mastery.shown.iter().find(|s| s.id == since);
            if !before.is_some_and(|b| same_name(&b.what.to, &to)) {
                return Err(AppError::input(format!("{to} was not shown that before"))
                    .hint("Only what somebody saw themselves stands beside what they see now."));
            }
        }
        let mut answers = show.answers;
        answers.sort_unstable();
        answers.dedup();
        let shown = AnswersShown {
            answers,
            to: to.clone(),
            since: show.since,
            until,
            note: show.note.trim().to_owned(),
        };
        let writing = self.writing(MasteryFact::Shown(shown).fact());
        let id = self.record(vec![writing]).await?[0];
        let link = self.invite(LinkPurpose::Comment, id, &to, until).await?;
        Ok((id, link))
    }

    /// Makes a new link for a showing; those made before open no longer.
    ///
    /// # Errors
    /// When there is no such showing, or its last day has passed.
    pub async fn renew_showing(&self, id: EntryId) -> Result<NewLink, AppError> {
        let read = self.showing(id).await?;
        self.open_until(read.until)?;
        self.revoke_links(id).await?;
        self.invite(LinkPurpose::Comment, id, &read.to, read.until).await
    }

    /// Takes a showing back: its links open no longer. What was said of the answers stays.
    ///
    /// # Errors
    /// When there is no such showing.
    pub async fn end_showing(&self, id: EntryId) -> Result<EntryId, AppError> {
        self.showing(id).await?;
        self.revoke_links(id).await?;
        self.withdraw(id, "").await
    }

    /// What somebody who is shown answers reads, exactly: each answer in the words that stood when it was chosen
    /// for them. What was taken back or erased since is not among it.
    ///
    /// # Errors
    /// When there is no such showing.
    pub async fn showing(&self, id: EntryId) -> Result<ShowingRead, AppError> {
        let (entries, life) = self.read().await?;
        let stands = view(&entries, Timestamp::MAX);
        let mastery = Mastery::of(&stands, &life.needed()?.framework.family);
        let showing = mastery
            .showing(id)
            .ok_or_else(|| AppError::not_found("these answers are shown to nobody any more"))?;
        let disclosure = Disclosure::of(&entries, Timestamp::MAX);
        let seen = |text: &str| disclosure.text(text).to_string();
        let known_then = view(&entries, showing.shown.recorded_at);
        let chosen = Mastery::of(&known_then, &life.needed()?.framework.family).showing(id);
        let chosen = chosen.map_or_else(Vec::new, |c| c.answers);
        let answers = showing.answers.iter().map(|now| {
            // What a device with another clock recorded may not have been known then: it is read as it stands.
            let as_chosen = chosen.iter().find(|c| c.answer.id == now.answer.id);
            (as_chosen.unwrap_or(now), now)
        });
        let there = |before: EntryId| mastery.answers.iter().any(|a| a.id == before);
        let answers = answers.map(|(shown, now)| AnswerRead {
            id: shown.answer.id,
            asked: seen(&shown.answer.what.asked),
            words: seen(&shown.answer.what.words),
            on: shown.answer.on,
            since: match shown.since {
                // What was taken back since is not told as the answer before, either.
                Since::Answered(before) if !there(before.id) => SinceRead::New,
                Since::New => SinceRead::New,
                Since::Answered(before) => SinceRead::Answered(seen(&before.what.words), before.on),
                Since::Reworded => SinceRead::Reworded,
                Since::Same => SinceRead::Same,
            },
            said: now.said.iter().map(|c| seen(&c.what.words)).collect(),
        });
        Ok(ShowingRead {
            id,
            answers: answers.collect(),
            to: showing.shown.what.to.clone(),
            on: showing.shown.on,
            until: showing.shown.what.until,
            note: seen(&showing.shown.what.note),
            before: showing.before.map(|b| b.on),
        })
    }

    /// The showing before that somebody of this name saw, latest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn shown_before(&self, to: &str) -> Result<Option<EntryId>, AppError> {
        let (entries, life) = self.read().await?;
        let view = view(&entries, Timestamp::MAX);
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let last = mastery.shown.iter().rfind(|s| same_name(&s.what.to, to));
        Ok(last.map(|s| s.id))
    }

    /// Records what somebody said of answers: by link, or noted by the person. The first entry gets the id
    /// `first`, when there is one, so that what is sent twice is recorded once.
    ///
    /// # Errors
    /// When nobody is named, nothing was said, or an answer is not there or was not shown to them.
    pub async fn commented(&self, said: Commented, first: Option<EntryId>) -> Result<Vec<EntryId>, AppError> {
        let (entries, life) = self.read().await?;
        if let Some(first) = first
            && entries.iter().any(|e| e.link.id == first)
        {
            return Ok(Vec::new());
        }
        let stands = view(&entries, Timestamp::MAX);
        let mastery = Mastery::of(&stands, &life.needed()?.framework.family);
        let showing = match said.shown {
            Some(id) => Some(mastery.showing(id).ok_or_else(|| {
                AppError::not_found("these answers are shown to nobody any more")
                    .hint("Nothing was recorded.")
            })?),
            None => None,
        };
        let by = said.by.trim().to_owned();
        let mut facts = Vec::new();
        for (answer, words) in said.comments {
            let there = match &showing {
                Some(showing) => showing.answers.iter().any(|a| a.answer.id == answer),
                None => mastery.answers.iter().any(|a| a.id == answer),
            };
            if !there {
                return Err(AppError::not_found("there is no such answer to comment on")
                    .hint("Perhaps it was taken back in another window. Nothing was recorded."));
            }
            let words = words.trim().to_owned();
            if !words.is_empty() {
                facts.push(MasteryFact::Comment(AnswerComment {
                    answer,
                    by: by.clone(),
                    words,
                    shown: said.shown,
                    arrival: said.arrival,
                }));
            }
        }
        let question = said.question.trim().to_owned();
        if !question.is_empty() {
            let id = self.surroundings().entry_id();
            facts.push(MasteryFact::Put(QuestionPut {
                id: format!("asked-{}", id.0.simple())
                    .parse()
                    .map_err(|_| AppError::input("the question cannot be kept"))?,
                question,
                by,
                shown: said.shown,
                arrival: said.arrival,
            }));
        }
        if facts.is_empty() {
            return Err(AppError::input("nothing is said")
                .hint("A comment under one of the answers is enough, or a question."));
        }
        facts.iter().try_for_each(MasteryFact::brief)?;
        let mut writings: Vec<_> = facts.into_iter().map(|fact| self.writing(fact.fact())).collect();
        if let (Some(first), Some(writing)) = (first, writings.first_mut()) {
            writing.id = first;
        }
        self.record(writings).await
    }

    /// Notes that what others said was read. What was read already is not noted again; how much was.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub async fn read_comments(&self, read: &[EntryId]) -> Result<usize, AppError> {
        let (entries, life) = self.read().await?;
        let view = view(&entries, Timestamp::MAX);
        let unread = Mastery::of(&view, &life.needed()?.framework.family).unread();
        let mut entries = unread.entries();
        entries.retain(|id| read.contains(id));
        let number = entries.len();
        if number > 0 {
            let writing = self.writing(MasteryFact::Read(CommentsRead { entries }).fact());
            self.record(vec![writing]).await?;
        }
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use metier_core::person::ProfessionStatus;
    use tempfile::TempDir;

    use super::*;
    use crate::{AimChoice, find_framework};

    async fn metier() -> (TempDir, Metier) {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let framework = find_framework(None, "content-marketing").unwrap();
        metier
            .begin(framework, ProfessionStatus::Held, AimChoice::default())
            .await
            .unwrap();
        (home, metier)
    }

    #[tokio::test]
    async fn a_coach_reads_an_answer_as_it_was_chosen_and_nothing_that_was_taken_back() {
        let (_home, metier) = metier().await;
        let until = metier.surroundings().today();
        let answer = metier.answer_series("profession", "As it was").await.unwrap();
        let other = metier.answer_series("need", "Another").await.unwrap();
        let show = |since| ShowAnswers {
            answers: vec![answer, other],
            to: "Petra".into(),
            since,
            note: String::new(),
        };
        let (first, _) = metier.show_answers(show(None), until).await.unwrap();
        let reworded = SeriesAnswer {
            question: "profession".parse().unwrap(),
            asked: "What?".into(),
            words: "For my eyes".into(),
        };
        let fact = MasteryFact::Answer(reworded).fact();
        metier.correct(answer, until, fact).await.unwrap();
        metier.withdraw(other, "").await.unwrap();
        let words =
            |read: ShowingRead| -> Vec<String> { read.answers.into_iter().map(|a| a.words).collect() };
        assert_eq!(words(metier.showing(first).await.unwrap()), ["As it was"]);
        let again = ShowAnswers {
            answers: vec![answer],
            ..show(Some(first))
        };
        let (second, _) = metier.show_answers(again, until).await.unwrap();
        let read = metier.showing(second).await.unwrap();
        assert_eq!(read.answers[0].since, SinceRead::Reworded);
        assert_eq!(words(read), ["For my eyes"]);
    }

    #[tokio::test]
    async fn what_others_say_is_kept_up_to_a_length_and_says_which_field_is_too_long() {
        let (_home, metier) = metier().await;
        let until = metier.surroundings().today();
        let answer = metier.answer_series("profession", "One").await.unwrap();
        let said = |words: usize, question: usize| Commented {
            shown: None,
            by: "Petra".into(),
            comments: vec![(answer, "\u{fc}".repeat(words))],
            question: "\u{fc}".repeat(question),
            arrival: Arrival::Relayed,
        };
        for (words, question, field) in [(4_001, 1, "what they say"), (1, 501, "question")] {
            let error = metier.commented(said(words, question), None).await.unwrap_err();
            assert_eq!(error.field.as_deref(), Some(field), "{error}");
        }
        assert_eq!(metier.commented(said(4_000, 500), None).await.unwrap().len(), 2);
        let long = metier
            .answer_series("need", &"long ".repeat(5_000))
            .await
            .unwrap();
        let show = ShowAnswers {
            answers: vec![long],
            to: "Petra".into(),
            since: None,
            note: String::new(),
        };
        let error = metier.show_answers(show, until).await.unwrap_err();
        assert_eq!(error.field.as_deref(), Some("answers"), "{error}");
    }
}
