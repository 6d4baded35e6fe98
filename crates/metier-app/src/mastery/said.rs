//! The six questions, the layer one sees oneself on, and what masters say of the list of competencies.

use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::{Arrival, view};
use metier_core::mastery::{
    CheckFinding, CriteriaAnswer, CriteriaQuestion, Found, IdentitySaid, Mastery, MasteryFact, RealityCheck,
    Weighs,
};

use crate::error::AppError;
use crate::home::Metier;

/// An answer to one of the six questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriaSaid {
    /// Which question.
    pub question: CriteriaQuestion,
    /// The answer.
    pub answer: Weighs,
    /// Why.
    pub reason: String,
}

/// What a master said of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckSaid {
    /// Who.
    pub by: String,
    /// Among the exemplars.
    pub exemplar: Option<EntryId>,
    /// What belongs there, by what they said.
    pub confirmed: Vec<CompetencyId>,
    /// What does not.
    pub struck: Vec<CompetencyId>,
    /// What is missing.
    pub added: Vec<String>,
    /// What else they said.
    pub words: String,
}

impl Metier {
    /// Answers some of the six questions; what says the same as before is not recorded again. How many were.
    ///
    /// # Errors
    /// When an answer in words has none, or nothing can be recorded.
    pub async fn answer_criteria(&self, said: Vec<CriteriaSaid>) -> Result<usize, AppError> {
        let (entries, life) = self.read().await?;
        let family = life.needed()?.framework.family.clone();
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &family);
        let mut writings = Vec::new();
        for one in said {
            let reason = one.reason.trim().to_owned();
            if one.answer == Weighs::InWords && reason.is_empty() {
                return Err(
                    AppError::input("the answer is to be in words, and there are none")
                        .hint("Write it where the reason goes."),
                );
            }
            let last = mastery.criteria_of(one.question).last();
            if last.is_some_and(|l| l.what.answer == one.answer && l.what.reason == reason) {
                continue;
            }
            let answer = CriteriaAnswer {
                family: family.clone(),
                question: one.question,
                answer: one.answer,
                reason,
            };
            writings.push(self.writing(MasteryFact::Criteria(answer).fact()));
        }
        self.record(writings).await.map(|ids| ids.len())
    }

    /// Notes which layer one sees oneself on.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub async fn identity(&self, said: IdentitySaid) -> Result<EntryId, AppError> {
        let writing = self.writing(MasteryFact::Identity(said).fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Notes what a master said of the list of competencies of the version aimed at, as they said it to the
    /// person.
    ///
    /// # Errors
    /// When nobody is named, nothing was said, or a competency is not in the list.
    pub async fn reality_checked(&self, said: CheckSaid) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let version = life.needed()?;
        let listed = |id: &CompetencyId| {
            if version.framework.competency(id).is_some() {
                return Ok(());
            }
            Err(AppError::not_found(format!(
                "{} has no competency `{id}`",
                version.framework.title
            )))
        };
        let mut findings = Vec::new();
        for (ids, found) in [
            (said.confirmed, Found::Confirmed as fn(CompetencyId) -> Found),
            (said.struck, Found::Struck as fn(CompetencyId) -> Found),
        ] {
            for id in ids {
                listed(&id)?;
                findings.push(found(id));
            }
        }
        let added = said.added.iter().map(|what| what.trim());
        findings.extend(
            added
                .filter(|what| !what.is_empty())
                .map(|what| Found::Added(what.to_owned())),
        );
        let check = RealityCheck {
            family: version.framework.family.clone(),
            version: version.digest,
            by: said.by.trim().to_owned(),
            exemplar: said.exemplar,
            findings: findings
                .into_iter()
                .map(|found| CheckFinding {
                    found,
                    words: String::new(),
                })
                .collect(),
            words: said.words.trim().to_owned(),
            arrival: Arrival::Relayed,
        };
        let writing = self.writing(MasteryFact::RealityCheck(check).fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }
}
