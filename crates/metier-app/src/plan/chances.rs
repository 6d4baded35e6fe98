//! Opportunities: sought or offered, taken into the plan, refused, not given, passed.

use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, view};
use metier_core::plan::{Opportunity, OpportunityEnded, OpportunityEnding, Plan, PlanFact, Planned};
use serde::Serialize;

use super::{Ended, WAS, because};
use crate::case::stands_as;
use crate::error::AppError;
use crate::home::Metier;
use crate::wordings::{Worded, wordings};

/// A chance as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct ChanceSeen<'a> {
    /// Its first entry.
    pub id: EntryId,
    /// The day it came, or was sought.
    pub on: Date,
    /// In the wording that stands.
    pub chance: &'a Opportunity,
    /// What became of it, and when; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended<'a, OpportunityEnded>>,
}

/// What became of a chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndChance {
    /// Refused, not given or passed; what is taken goes into the plan.
    pub how: OpportunityEnding,
    /// Why.
    pub reason: String,
    /// On which day.
    pub on: Date,
}

impl ChanceSeen<'_> {
    /// A short name for how it stands.
    pub fn mark(&self) -> String {
        stands_as(&(self.chance, self.ended.map(|e| e.entry)))
    }
}

/// Every wording of a chance, earliest first.
pub fn chance_wordings(entries: &[Entry], chance: EntryId) -> Vec<Worded<'_, Opportunity>> {
    wordings(entries, chance, |fact| match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Opportunity(chance) => Some(chance),
            _ => None,
        },
        _ => None,
    })
}

/// Chances: open ones by the day an answer is due, then those that ended, latest first.
pub fn chances<'p>(plan: &Plan<'p>) -> Vec<ChanceSeen<'p>> {
    let mut seen: Vec<ChanceSeen<'p>> = plan
        .opportunities
        .iter()
        .map(|chance| ChanceSeen {
            id: chance.id,
            on: chance.on,
            chance: chance.what,
            ended: plan.opportunity_ended(chance.id).map(Ended::of),
        })
        .collect();
    seen.sort_by_key(|c| {
        let ended = c.ended.map(|e| std::cmp::Reverse(e.on));
        (ended.is_some(), ended, c.chance.by.is_none(), c.chance.by, c.id)
    });
    seen
}

/// A chance.
///
/// # Errors
/// When none goes by this entry.
pub fn chance_seen<'p>(plan: &Plan<'p>, id: EntryId) -> Result<ChanceSeen<'p>, AppError> {
    chances(plan).into_iter().find(|c| c.id == id).ok_or_else(|| {
        AppError::not_found(format!("no opportunity goes by {id}"))
            .hint("`metier opportunity list` and the page Opportunities show those there are.")
    })
}

impl Metier {
    /// Writes down a chance that was sought or offered on a day.
    ///
    /// # Errors
    /// When it says nothing, the day is to come, or it names what is not there.
    pub async fn add_chance(&self, chance: Opportunity, on: Date) -> Result<EntryId, AppError> {
        self.not_to_come(on, WAS)?;
        let chance = self.checked_chance(chance).await?;
        let writing = self.writing_on(on, PlanFact::Opportunity(chance).fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Words a chance otherwise; what was written before stays readable. Where nothing differs nothing is
    /// recorded.
    ///
    /// # Errors
    /// When there is no such chance, no reason is given, or it is not well formed.
    pub async fn change_chance(
        &self,
        id: EntryId,
        chance: Opportunity,
        reason: &str,
    ) -> Result<(), AppError> {
        let (on, before, _) = self.chance_now(id).await?;
        let same = Opportunity {
            because: before.because.clone(),
            ..chance.clone()
        };
        if same == before {
            return Ok(());
        }
        let chance = Opportunity {
            because: because(reason)?,
            ..chance
        };
        let chance = self.checked_chance(chance).await?;
        let fact = PlanFact::Opportunity(chance).fact();
        self.correct(id, on, fact).await.map(drop)
    }

    /// A chance came to nothing: refused, not given, or passed.
    ///
    /// # Errors
    /// When there is no such chance, it ended before, the day is to come, or it is refused without a reason.
    pub async fn end_chance(&self, id: EntryId, end: EndChance) -> Result<EntryId, AppError> {
        self.still_open(id).await?;
        self.not_to_come(end.on, WAS)?;
        let reason = match end.how {
            OpportunityEnding::Refused => because(&end.reason)?,
            OpportunityEnding::Taken => {
                return Err(AppError::input("what is taken goes into the plan")
                    .hint("Take it: metier opportunity take, or the button on its page."));
            }
            _ => end.reason.trim().to_owned(),
        };
        let fact = ended(id, end.how, reason, None);
        let writing = self.writing_on(end.on, fact.fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Takes a chance: it becomes something planned, both or neither. Gives what is planned.
    ///
    /// # Errors
    /// When there is no such chance, it ended before, or what is planned is not well formed.
    pub async fn take_chance(&self, id: EntryId, planned: Planned) -> Result<EntryId, AppError> {
        self.still_open(id).await?;
        let planned = self.checked_planned(planned).await?;
        let plan = self.writing(PlanFact::Planned(planned).fact());
        let of = plan.id;
        let fact = ended(id, OpportunityEnding::Taken, String::new(), Some(of));
        self.record(vec![plan, self.writing(fact.fact())]).await?;
        Ok(of)
    }

    /// Opens a chance again. What it became in the plan stays there.
    ///
    /// # Errors
    /// When there is no such chance, or it is open.
    pub async fn reopen_chance(&self, id: EntryId) -> Result<(), AppError> {
        self.chance_now(id).await?;
        self.open_again(id, "").await
    }

    async fn still_open(&self, id: EntryId) -> Result<(), AppError> {
        match self.chance_now(id).await? {
            (.., Some(_)) => Err(AppError::not_ready("it came to its end before")
                .hint("Open it again first: metier opportunity again OPPORTUNITY")),
            _ => Ok(()),
        }
    }

    async fn chance_now(&self, id: EntryId) -> Result<(Date, Opportunity, Option<EntryId>), AppError> {
        let (entries, _) = self.read().await?;
        let here = view(&entries, self.surroundings.now());
        let seen = chance_seen(&Plan::of(&here), id)?;
        Ok((seen.on, seen.chance.clone(), seen.ended.map(|e| e.entry)))
    }

    async fn checked_chance(&self, mut chance: Opportunity) -> Result<Opportunity, AppError> {
        chance.what = chance.what.trim().to_owned();
        chance.with = chance.with.trim().to_owned();
        if chance.shows.is_empty() {
            chance.family = None;
        }
        if let Some(family) = &chance.family {
            let (_, life) = self.read().await?;
            super::shows_there(&life, family, &chance.shows)?;
        }
        Ok(chance)
    }
}

fn ended(opportunity: EntryId, how: OpportunityEnding, reason: String, planned: Option<EntryId>) -> PlanFact {
    PlanFact::OpportunityEnded(OpportunityEnded {
        opportunity,
        how,
        reason,
        planned,
    })
}
