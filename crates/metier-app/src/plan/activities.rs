//! What is planned: put into the plan, changed with a reason, done with what came of it, dropped.

use jiff::civil::Date;
use metier_core::framework::ActivityKind;
use metier_core::id::EntryId;
use metier_core::journal::view;
use metier_core::plan::{Plan, PlanFact, Planned, PlannedEnded, PlannedEnding};

use super::because;
use super::goals::evidence_there;
use crate::error::AppError;
use crate::evidence::LogEvidence;
use crate::home::Metier;

/// How something planned ended.
#[derive(Debug, Clone)]
pub enum EndPlanned {
    /// Done; what happened is recorded with it.
    DoneWith(Box<LogEvidence>),
    /// Done; what happened is recorded already, or there is nothing to record.
    Done {
        /// The evidence.
        evidence: Vec<EntryId>,
        /// What came of it.
        reason: String,
        /// On which day.
        on: Date,
    },
    /// It will not be done.
    Dropped {
        /// Why.
        reason: String,
    },
}

impl Metier {
    /// Puts things to do into the plan: all of them or none.
    ///
    /// # Errors
    /// When one is not well formed, names what is not there, or is beyond what one has done before and says
    /// neither the risk nor the way back.
    pub async fn plan_to(&self, planned: Vec<Planned>) -> Result<Vec<EntryId>, AppError> {
        let mut writings = Vec::with_capacity(planned.len());
        for one in planned {
            let one = self.checked_planned(one).await?;
            writings.push(self.writing(PlanFact::Planned(one).fact()));
        }
        self.record(writings).await
    }

    /// Plans something otherwise; what was planned before stays readable. Where nothing differs nothing is
    /// recorded.
    ///
    /// # Errors
    /// When nothing planned goes by this entry, no reason is given, or the wording is not well formed.
    pub async fn replan(&self, id: EntryId, planned: Planned, reason: &str) -> Result<(), AppError> {
        let (on, before) = self.planned_now(id).await?;
        let same = Planned {
            because: before.because.clone(),
            ..planned.clone()
        };
        if same == before {
            return Ok(());
        }
        let planned = self
            .checked_planned(Planned {
                because: because(reason)?,
                ..planned
            })
            .await?;
        self.correct(id, on, PlanFact::Planned(planned).fact())
            .await
            .map(drop)
    }

    /// Something planned was done, or will not be. Gives the evidence recorded with it, if any.
    ///
    /// # Errors
    /// When nothing planned goes by this entry, it ended already, or it is dropped without a reason.
    pub async fn end_planned(&self, id: EntryId, end: EndPlanned) -> Result<Option<EntryId>, AppError> {
        self.planned_now(id).await?;
        let (entries, life) = self.read().await?;
        {
            let here = view(&entries, self.surroundings.now());
            if Plan::of(&here).planned_ended(id).is_some() {
                return Err(AppError::not_ready("it was done or dropped before")
                    .hint("Open it again first: metier plan again ENTRY"));
            }
            if let EndPlanned::Done { evidence, .. } = &end {
                for one in evidence {
                    evidence_there(&here, *one)?;
                }
            }
        }
        let ended = |how, evidence, reason: &str| {
            PlanFact::PlannedEnded(PlannedEnded {
                planned: id,
                how,
                evidence,
                reason: reason.trim().to_owned(),
            })
            .fact()
        };
        match end {
            EndPlanned::DoneWith(log) => {
                let on = log.on;
                let (mut writings, attachments) = self.evidence_writings(&life, *log, None)?;
                let evidence = writings[0].id;
                let fact = ended(PlannedEnding::Done, vec![evidence], "");
                writings.push(self.writing_on(on, fact));
                self.record_with(writings, attachments, Vec::new(), Vec::new())
                    .await?;
                Ok(Some(evidence))
            }
            EndPlanned::Done { evidence, reason, on } => {
                self.not_to_come(on, super::WAS)?;
                let fact = ended(PlannedEnding::Done, evidence, &reason);
                self.record(vec![self.writing_on(on, fact)]).await?;
                Ok(None)
            }
            EndPlanned::Dropped { reason } => {
                let fact = ended(PlannedEnding::Dropped, Vec::new(), &because(&reason)?);
                self.record(vec![self.writing(fact)]).await?;
                Ok(None)
            }
        }
    }

    /// Opens something planned again that was done or dropped; that it was stays in the journal.
    ///
    /// # Errors
    /// When nothing planned goes by this entry, or it is open.
    pub async fn reopen_planned(&self, id: EntryId, reason: &str) -> Result<(), AppError> {
        self.planned_now(id).await?;
        self.open_again(id, reason).await
    }

    async fn planned_now(&self, id: EntryId) -> Result<(Date, Planned), AppError> {
        let (entries, _) = self.read().await?;
        let here = view(&entries, self.surroundings.now());
        let plan = Plan::of(&here);
        let seen = super::planned_seen(&plan, id)?;
        let on = plan.planned.iter().find(|p| p.id == id).map(|p| p.on);
        Ok((on.unwrap_or(self.surroundings.today()), seen.planned.clone()))
    }

    /// What is planned, with what it names looked up.
    pub(super) async fn checked_planned(&self, mut planned: Planned) -> Result<Planned, AppError> {
        let (entries, life) = self.read().await?;
        planned.name = planned.name.trim().to_owned();
        let framework = super::criteria(&life, &planned.family)?;
        if let Some(activity) = &planned.activity
            && framework.activities.iter().all(|a| a.id != *activity)
        {
            return Err(
                AppError::not_found(format!("{} has no activity `{activity}`", framework.title))
                    .hint("`metier framework show` lists them."),
            );
        }
        super::shows_there(&life, &planned.family, &planned.shows)?;
        match &mut planned.stretch {
            Some(stretch) => {
                if framework.competency(&stretch.gap).is_none() {
                    return Err(AppError::not_found(format!(
                        "{} has no competency `{}`",
                        framework.title, stretch.gap
                    ))
                    .hint("`metier framework show` lists them."));
                }
                for text in [&mut stretch.risk, &mut stretch.way_back, &mut stretch.at_hand] {
                    *text = text.trim().to_owned();
                }
            }
            None if planned.kind == ActivityKind::StretchAssignment => {
                return Err(AppError::input(
                    "a stretch assignment says which gap it is for, what could go wrong, and the way back",
                )
                .hint("Say them with it: the gap, the risk, what you do then, and who is at hand."));
            }
            None => {}
        }
        let here = view(&entries, self.surroundings.now());
        let goals = Plan::of(&here).goals;
        if let Some(goal) = planned.goal
            && goals.iter().all(|g| g.id != goal)
        {
            return Err(AppError::not_found(format!("no goal goes by {goal}"))
                .hint("`metier goal list` shows those there are."));
        }
        Ok(planned)
    }
}
