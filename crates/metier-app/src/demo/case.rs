//! The example's case: a decision that came without a level, what was agreed after it, and what is seen
//! differently on the way.

use jiff::ToSpan;
use metier_core::agreement::{Agreement, AgreementConfirmed, Answer, AnswerArrival, Says};
use metier_core::decision::{CareerDecision, DecidedAbout, DecidedLevel, DecisionOutcome};
use metier_core::disagreement::{Disagreement, Side};
use metier_core::id::LevelId;
use metier_core::journal::{Checkpoint, Fact};
use metier_core::rating::Role;

use super::{Career, slug};
use crate::error::AppError;

/// The manager of the example.
const EDITH: &str = "Edith";

impl Career<'_> {
    /// At the second review: not senior yet, and what it takes, agreed on a few days later. `checkpoint` is where
    /// the journal stands by what was told so far.
    pub(super) fn agreed(&mut self, checkpoint: Checkpoint) -> Result<(), AppError> {
        let level: LevelId = "senior".parse().map_err(slug)?;
        self.tell(
            101,
            Fact::Decision(CareerDecision {
                about: DecidedAbout::Promotion,
                level: Some(DecidedLevel {
                    family: self.framework.family.clone(),
                    level: level.clone(),
                }),
                outcome: DecisionOutcome::NotOfficialYet,
                by: EDITH.into(),
                reason: "The work is there; we never wrote down what senior asks for.".into(),
                agreement: None,
            }),
        );
        let (proposed, answered) = (98, 96);
        let proposed_on = self.today.saturating_sub(proposed.days());
        let level_name = self
            .framework
            .level(&level)
            .map_or_else(String::new, |l| l.name.clone());
        let terms = Agreement {
            person: self.metier.name().to_owned(),
            with: EDITH.into(),
            role: Role::Manager,
            family: self.framework.family.clone(),
            title: self.framework.title.clone(),
            version: self.framework.digest()?,
            version_name: self.framework.version.clone(),
            level,
            level_name,
            by: self.today.saturating_add(7.months()),
            note: "Looked at together every quarter.".into(),
            proposed_on,
            answer_by: proposed_on.saturating_add(14.days()),
            checkpoint,
            replaces: None,
            amends: None,
        };
        let agreement = self.tell_to(EDITH, proposed, Fact::AgreementProposed(Box::new(terms.clone())));
        let answer = Answer {
            agreement,
            text: terms.text(agreement)?,
            says: Says::Yes,
            by: EDITH.into(),
            on: self.today.saturating_sub(answered.days()),
            words: "Gladly. Let us look at launches first.".into(),
            otherwise: String::new(),
            checkpoint: None,
            signature: None,
        };
        let confirmed = AgreementConfirmed {
            answer,
            arrival: AnswerArrival::Relayed,
        };
        self.tell_to(EDITH, answered, Fact::AgreementConfirmed(Box::new(confirmed)));
        Ok(())
    }

    /// What would convince Edith, as she said it when both looked at it.
    pub(super) fn seen_differently(&mut self) -> Result<(), AppError> {
        let at = self.step("optimise-a-page-for-search", "delivers")?;
        let side = |who: &str, role, rung: &str| -> Result<Side, AppError> {
            Ok(Side {
                who: who.into(),
                role,
                rung: Some(rung.parse().map_err(slug)?),
            })
        };
        let disagreement = Disagreement {
            version: self.framework.digest()?,
            family: at.family,
            competency: at.competency,
            rung: at.rung,
            sides: vec![
                side(self.metier.name(), Role::Oneself, "teaches")?,
                side(EDITH, Role::Manager, "reliable")?,
            ],
            whom: EDITH.into(),
            convincing: "One page reworked from start to end, on the first page of results for three months."
                .into(),
            by: Some(self.today.saturating_add(70.days())),
            both: true,
            agreement: None,
        };
        self.tell_to(EDITH, 26, Fact::Disagreement(Box::new(disagreement)));
        Ok(())
    }
}
