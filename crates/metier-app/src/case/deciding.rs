//! Recording what others decided about the person.

use jiff::civil::Date;
use metier_core::decision::{
    CareerDecision, Decided, DecidedAbout, DecidedLevel, DecisionOutcome, decisions,
};
use metier_core::id::{EntryId, LevelId};
use metier_core::journal::{Fact, view};

use crate::error::AppError;
use crate::home::Metier;
use crate::person::level_of;

/// A decision to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    /// On which day.
    pub on: Date,
    /// About what.
    pub about: DecidedAbout,
    /// The level, where it is about one.
    pub level: Option<LevelId>,
    /// Which way.
    pub outcome: DecisionOutcome,
    /// By whom.
    pub by: String,
    /// With which reason; empty: none was given.
    pub reason: String,
    /// The agreement it goes back to.
    pub agreement: Option<EntryId>,
}

impl Metier {
    /// Records what somebody decided.
    ///
    /// # Errors
    /// When nobody is named, the day is to come, or there is no such level or agreement.
    pub async fn decided(&self, decide: Decide) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let version = life.needed()?;
        if let Some(level) = &decide.level {
            level_of(&version.framework, level)?;
        }
        if let Some(agreement) = decide.agreement {
            self.agreement(agreement).await?;
        }
        let fact = Fact::Decision(CareerDecision {
            about: decide.about,
            level: decide.level.map(|level| DecidedLevel {
                family: version.framework.family.clone(),
                level,
            }),
            outcome: decide.outcome,
            by: decide.by.trim().to_owned(),
            reason: decide.reason.trim().to_owned(),
            agreement: decide.agreement,
        });
        self.record(vec![self.writing_on(decide.on, fact)])
            .await
            .map(|ids| ids[0])
    }

    /// Every decision recorded here, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn decisions(&self) -> Result<Vec<Decided>, AppError> {
        let (entries, _) = self.read().await?;
        Ok(decisions(&view(&entries, self.surroundings.now())))
    }

    /// Adds the reason that was given later; what stood before stays in the history.
    ///
    /// # Errors
    /// When there is no such decision, or no reason is given.
    pub async fn reason_given(&self, decision: EntryId, reason: &str) -> Result<EntryId, AppError> {
        let found = self.decisions().await?.into_iter().find(|d| d.id == decision);
        let Some(found) = found else {
            return Err(AppError::not_found(format!("no decision goes by {decision}"))
                .hint("`metier decision list` shows those there are."));
        };
        if reason.trim().is_empty() {
            return Err(AppError::input("no reason is given").hint("Write it as they said it."));
        }
        let fact = Fact::Decision(CareerDecision {
            reason: reason.trim().to_owned(),
            ..found.what
        });
        self.correct(decision, found.on, fact).await
    }
}
