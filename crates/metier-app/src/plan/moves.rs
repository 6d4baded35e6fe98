//! The six moves as options: considered, changed, chosen, set aside, side by side.

use std::collections::BTreeSet;

use jiff::civil::Date;
use metier_core::id::{EntryId, PracticeId};
use metier_core::journal::{Entry, Fact, view};
use metier_core::plan::{
    CareerMove, MoveConsidered, MoveEffect, MoveState, Plan, PlanFact, Suggested, effect, suggested,
};
use serde::Serialize;

use super::because;
use crate::case::stands_as;
use crate::error::AppError;
use crate::home::Metier;
use crate::standing::Sight;
use crate::wordings::{Worded, wordings};

/// A move that is considered, with what it would do.
#[derive(Debug, Clone, Serialize)]
pub struct MoveSeen<'a> {
    /// Its first entry.
    pub id: EntryId,
    /// The day of its wording.
    pub on: Date,
    /// In the wording that stands.
    #[serde(rename = "move")]
    pub considered: &'a MoveConsidered,
    /// What it would do; absent where it is of another profession than the one aimed at.
    pub does: Option<MoveEffect>,
}

/// One of the six, with what is considered of it.
#[derive(Debug, Clone, Serialize)]
pub struct MovesOf<'a> {
    /// Which.
    pub kind: CareerMove,
    /// What is considered, chosen first and set aside last.
    pub moves: Vec<MoveSeen<'a>>,
    /// What it could be, out of the criteria.
    pub suggested: Suggested,
}

impl MoveSeen<'_> {
    /// A short name for how it stands.
    pub fn mark(&self) -> String {
        stands_as(self.considered)
    }
}

/// Every wording of a move, earliest first.
pub fn move_wordings(entries: &[Entry], considered: EntryId) -> Vec<Worded<'_, MoveConsidered>> {
    wordings(entries, considered, |fact| match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Move(considered) => Some(considered),
            _ => None,
        },
        _ => None,
    })
}

impl Sight {
    /// The practices that the positions held today exercise.
    pub fn practices_now(&self) -> BTreeSet<PracticeId> {
        let family = &self.version.framework.family;
        let held = self.life.positions.iter().map(|told| &told.what);
        held.filter(|p| p.family == *family && p.covers(self.standing.at))
            .flat_map(|p| p.practices.iter().cloned())
            .collect()
    }

    /// The six moves with what is considered of each.
    pub fn moves<'p>(&self, plan: &Plan<'p>) -> Vec<MovesOf<'p>> {
        let now = self.practices_now();
        let framework = &self.version.framework;
        let rank = |state: MoveState| match state {
            MoveState::Chosen => 0,
            MoveState::Open => 1,
            MoveState::SetAside => 2,
        };
        CareerMove::ALL
            .into_iter()
            .map(|kind| {
                let of_it = plan.moves.iter().filter(|m| m.what.kind == kind);
                let mut moves: Vec<MoveSeen<'p>> = of_it
                    .map(|m| MoveSeen {
                        id: m.id,
                        on: m.on,
                        considered: m.what,
                        does: (m.what.family == framework.family)
                            .then(|| effect(m.what, &now, framework, &self.standing)),
                    })
                    .collect();
                moves.sort_by_key(|m| rank(m.considered.state));
                MovesOf {
                    kind,
                    moves,
                    suggested: suggested(kind, &now, framework, &self.standing),
                }
            })
            .collect()
    }

    /// A move that is considered.
    ///
    /// # Errors
    /// When none goes by this entry.
    pub fn move_seen<'p>(&self, plan: &Plan<'p>, id: EntryId) -> Result<MoveSeen<'p>, AppError> {
        let mut all = self.moves(plan).into_iter().flat_map(|of| of.moves);
        all.find(|m| m.id == id).ok_or_else(|| {
            AppError::not_found(format!("no move goes by {id}"))
                .hint("`metier move list` and the page Six moves show those there are.")
        })
    }
}

impl Metier {
    /// Writes down a move that is considered.
    ///
    /// # Errors
    /// When it says nothing, or names what is not there.
    pub async fn consider(&self, considered: MoveConsidered) -> Result<EntryId, AppError> {
        let considered = self.checked_move(considered).await?;
        let fact = PlanFact::Move(considered).fact();
        self.record(vec![self.writing(fact)]).await.map(|ids| ids[0])
    }

    /// Words a move otherwise, chooses it or sets it aside; says why, and what was before stays readable.
    /// Where nothing differs nothing is recorded.
    ///
    /// # Errors
    /// When there is no such move, no reason is given, or it names what is not there.
    pub async fn reconsider(
        &self,
        id: EntryId,
        considered: MoveConsidered,
        reason: &str,
    ) -> Result<(), AppError> {
        let before = {
            let (entries, _) = self.read().await?;
            let here = view(&entries, self.surroundings.now());
            let found = Plan::of(&here).moves.into_iter().find(|m| m.id == id);
            let found = found.ok_or_else(|| {
                AppError::not_found(format!("no move goes by {id}"))
                    .hint("`metier move list` shows those there are.")
            })?;
            found.what.clone()
        };
        let same = MoveConsidered {
            because: before.because.clone(),
            ..considered.clone()
        };
        if same == before {
            return Ok(());
        }
        let considered = self
            .checked_move(MoveConsidered {
                because: because(reason)?,
                ..considered
            })
            .await?;
        let on = self.surroundings.today();
        let fact = PlanFact::Move(considered).fact();
        self.correct(id, on, fact).await.map(drop)
    }

    async fn checked_move(&self, mut considered: MoveConsidered) -> Result<MoveConsidered, AppError> {
        let (_, life) = self.read().await?;
        considered.what = considered.what.trim().to_owned();
        considered.note = considered.note.trim().to_owned();
        super::shows_there(&life, &considered.family, &considered.shows)?;
        let framework = super::criteria(&life, &considered.family)?;
        let unknown = considered
            .practices
            .iter()
            .find(|id| framework.practices.iter().all(|p| p.id != **id));
        match unknown {
            Some(id) => Err(
                AppError::not_found(format!("{} has no practice `{id}`", framework.title))
                    .hint("`metier framework show` lists them."),
            ),
            None => Ok(considered),
        }
    }
}
