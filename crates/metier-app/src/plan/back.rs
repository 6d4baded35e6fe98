//! Looking back: reflections, setbacks, and the lesson that comes later.

use jiff::civil::Date;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::{Entry, Fact, view};
use metier_core::plan::{Plan, PlanFact, Reflection, Setback};

use crate::case::stands_as;
use crate::error::AppError;
use crate::home::Metier;
use crate::life::Life;
use crate::wordings::{Worded, wordings};

/// Every wording of a setback, earliest first.
pub fn setback_wordings(entries: &[Entry], setback: EntryId) -> Vec<Worded<'_, Setback>> {
    wordings(entries, setback, |fact| match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Setback(setback) => Some(setback),
            _ => None,
        },
        _ => None,
    })
}

/// Every wording of a reflection, earliest first.
pub fn reflection_wordings(entries: &[Entry], reflection: EntryId) -> Vec<Worded<'_, Reflection>> {
    wordings(entries, reflection, |fact| match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Reflection(reflection) => Some(reflection),
            _ => None,
        },
        _ => None,
    })
}

/// A short name for how something looked back on is worded.
pub fn looked_mark(what: &metier_core::plan::Looked<'_>) -> String {
    stands_as(what)
}

impl Metier {
    /// Notes a look back, on a day; or words one otherwise.
    ///
    /// # Errors
    /// When it says nothing, the day is to come, or it names what is not there.
    pub async fn reflect(
        &self,
        before: Option<EntryId>,
        said: Reflection,
        on: Date,
    ) -> Result<EntryId, AppError> {
        self.not_to_come(on, super::WAS)?;
        self.about_what_is_there(&said.competencies, said.goal).await?;
        let trim = |text: &str| text.trim().to_owned();
        let fact = PlanFact::Reflection(Reflection {
            words: trim(&said.words),
            learnt: trim(&said.learnt),
            next: trim(&said.next),
            ..said
        });
        self.noted(before, on, fact).await
    }

    /// Notes something that went wrong, on a day; or words it otherwise, with the lesson that came later.
    ///
    /// # Errors
    /// As [`Metier::reflect`].
    pub async fn set_back(
        &self,
        before: Option<EntryId>,
        said: Setback,
        on: Date,
    ) -> Result<EntryId, AppError> {
        self.not_to_come(on, super::WAS)?;
        self.about_what_is_there(&said.competencies, said.goal).await?;
        if let Some(planned) = said.planned {
            let (entries, _) = self.read().await?;
            let here = view(&entries, self.surroundings.now());
            super::planned_seen(&Plan::of(&here), planned)?;
        }
        let trim = |text: &str| text.trim().to_owned();
        let fact = PlanFact::Setback(Setback {
            what: trim(&said.what),
            lesson: trim(&said.lesson),
            otherwise: trim(&said.otherwise),
            ..said
        });
        self.noted(before, on, fact).await
    }

    /// Takes back a look back or a setback.
    ///
    /// # Errors
    /// When there is none by this entry.
    pub async fn take_back_looked(&self, id: EntryId) -> Result<(), AppError> {
        let (entries, _) = self.read().await?;
        let here = view(&entries, self.surroundings.now());
        looked_at(&Plan::of(&here), id)?;
        self.withdraw(id, "").await.map(drop)
    }

    async fn noted(&self, before: Option<EntryId>, on: Date, fact: PlanFact) -> Result<EntryId, AppError> {
        let Some(id) = before else {
            let writing = self.writing_on(on, fact.fact());
            return self.record(vec![writing]).await.map(|ids| ids[0]);
        };
        {
            let (entries, _) = self.read().await?;
            let here = view(&entries, self.surroundings.now());
            looked_at(&Plan::of(&here), id)?;
        }
        self.correct(id, on, fact.fact()).await?;
        Ok(id)
    }

    /// Refuses competencies and goals that are not there.
    async fn about_what_is_there(
        &self,
        competencies: &[CompetencyId],
        goal: Option<EntryId>,
    ) -> Result<(), AppError> {
        let (entries, life) = self.read().await?;
        for id in competencies {
            if !known(&life, id) {
                return Err(
                    AppError::not_found(format!("no criteria here have a competency `{id}`"))
                        .hint("`metier framework show` lists them."),
                );
            }
        }
        let here = view(&entries, self.surroundings.now());
        match goal {
            Some(goal) if Plan::of(&here).goals.iter().all(|g| g.id != goal) => {
                Err(AppError::not_found(format!("no goal goes by {goal}"))
                    .hint("`metier goal list` shows those there are."))
            }
            _ => Ok(()),
        }
    }
}

fn known(life: &Life, id: &CompetencyId) -> bool {
    life.versions.iter().any(|v| v.framework.competency(id).is_some())
}

/// The look back or setback that goes by an entry.
///
/// # Errors
/// When there is none.
pub fn looked_at<'a>(plan: &Plan<'a>, id: EntryId) -> Result<metier_core::plan::LookedBack<'a>, AppError> {
    let found = plan.looked_back(None, None).into_iter().find(|one| one.id == id);
    found.ok_or_else(|| {
        AppError::not_found(format!("nothing looked back on goes by {id}"))
            .hint("`metier reflect` and `metier setback` list what there is; it may have been taken back.")
    })
}
