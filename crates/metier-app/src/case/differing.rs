//! Where people see it differently: what each says, what it comes to taking into account how strict each
//! usually is, and the disagreements that were written down.

use jiff::civil::Date;
use metier_core::disagreement::{
    Disagreement, DisagreementEnded, DisagreementState, Ending, Side, disagreements, worth_settling,
};
use metier_core::id::{CompetencyId, EntryId, RungId};
use metier_core::journal::{Fact, view};
use metier_core::policy::Policy;
use metier_core::rating::Role;
use metier_core::standing::{CompetencyStanding, Convince, convince};
use serde::Serialize;

use crate::error::AppError;
use crate::evidence::{competency_of, rung_of};
use crate::home::Metier;
use crate::standing::Sight;

/// A competency on which people differ.
#[derive(Debug, Clone, Serialize)]
pub struct Differing<'s> {
    /// Which, and everything that is known of it.
    pub standing: &'s CompetencyStanding,
    /// Who sees what, lowest first.
    pub sides: Vec<DifferingSide>,
    /// Steps between the lowest and the highest as said.
    pub steps: usize,
    /// The same, evened out by how strict each usually is.
    pub allowed_steps: f64,
}

/// What one person says of one competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DifferingSide {
    /// The entry it is in.
    pub entry: EntryId,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: Role,
    /// The rung they see; absent: not even the first.
    pub rung: Option<RungId>,
    /// Its place, 0 for not even the first.
    pub place: usize,
    /// What is allowed for in it, in steps: above 0 they see people too high.
    pub leniency: f64,
    /// Where it comes to, allowing for that, on the same scale as `place`.
    pub allowed: f64,
    /// True when an estimate over an organisation was used, and not the policy's assumption.
    pub estimated: bool,
}

/// A disagreement to write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteDown {
    /// On what.
    pub competency: String,
    /// Which step is in question.
    pub rung: String,
    /// Who is to be convinced.
    pub whom: String,
    /// What would convince them, in their words.
    pub convincing: String,
    /// By when.
    pub by: Option<Date>,
    /// True when both said yes to this wording.
    pub both: bool,
    /// The agreement it belongs to.
    pub agreement: Option<EntryId>,
}

impl Sight {
    /// Every competency on which people differ by at least so many steps, widest first.
    pub fn differing(&self, steps: usize) -> Vec<Differing<'_>> {
        let mut found: Vec<Differing<'_>> = self
            .standing
            .competencies
            .iter()
            .filter_map(|c| self.differing_on(c))
            .filter(|d| d.steps >= steps)
            .collect();
        found.sort_by(|a, b| {
            (b.steps, b.allowed_steps)
                .partial_cmp(&(a.steps, a.allowed_steps))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        found
    }

    /// What people say of one competency and what it comes to; `None` while fewer than two spoke.
    pub fn differing_on<'s>(&self, standing: &'s CompetencyStanding) -> Option<Differing<'s>> {
        let apart = standing.apart.as_ref()?;
        let (policy, rungs) = (Policy::version_1(), standing.rungs.len());
        let highest = u32::try_from(rungs).map_or(f64::MAX, f64::from);
        let mut sides: Vec<DifferingSide> = standing
            .ratings
            .iter()
            .map(|said| {
                let place = said.rung.as_ref().map_or(0, |id| {
                    1 + standing.rungs.iter().position(|r| r.rung == *id).unwrap_or(0)
                });
                let leniency = said
                    .allowed
                    .as_ref()
                    .map_or_else(|| policy.leniency_in_steps(said.role, rungs), |a| a.steps.get());
                let as_said = u32::try_from(place).map_or(f64::MAX, f64::from);
                DifferingSide {
                    entry: said.entry,
                    who: said.rater.clone(),
                    role: said.role,
                    rung: said.rung.clone(),
                    place,
                    leniency,
                    allowed: (as_said - leniency).clamp(0.0, highest),
                    estimated: said.allowed.is_some(),
                }
            })
            .collect();
        sides.sort_by_key(|s| s.place);
        let of = |pick: fn(f64, f64) -> f64| sides.iter().map(|s| s.allowed).reduce(pick).unwrap_or(0.0);
        Some(Differing {
            standing,
            steps: apart.steps,
            allowed_steps: of(f64::max) - of(f64::min),
            sides,
        })
    }

    /// The disagreements written down, oldest first.
    pub fn disagreements(&self) -> Vec<DisagreementState> {
        disagreements(&view(&self.entries, self.standing.known_at), self.standing.at)
    }

    /// The competencies on which it is worth writing a disagreement down.
    pub fn worth_settling(&self) -> Vec<&CompetencyStanding> {
        worth_settling(&self.standing, &self.entries, &self.disagreements())
    }

    /// What the method would propose to settle whether somebody is at least on a step.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn would_convince(
        &self,
        competency: &CompetencyId,
        rung: &RungId,
    ) -> Result<Option<Convince>, AppError> {
        let (policy, nothing) = (Policy::version_1(), std::collections::HashSet::new());
        let alone = self.alone(competency);
        let question = crate::standing::question(
            &alone,
            None,
            &policy,
            self.standing.at,
            self.standing.known_at,
            &nothing,
        );
        Ok(convince(&self.entries, &question, competency, Some(rung))?)
    }
}

impl Metier {
    /// Writes a disagreement down, with what each side says now.
    ///
    /// # Errors
    /// When there is no such competency or step, nobody is named, or the day has passed.
    pub async fn write_down(&self, down: WriteDown) -> Result<EntryId, AppError> {
        let sight = self.sight(crate::AsOf::default()).await?;
        let framework = &sight.version.framework;
        let competency = competency_of(framework, &down.competency)?;
        let rung = rung_of(framework, &down.rung)?;
        if down.whom.trim().is_empty() {
            return Err(AppError::input("nobody is named").hint("Say who is to be convinced."));
        }
        if down.by.is_some_and(|by| by < self.surroundings.today()) {
            return Err(AppError::input("that day has passed").hint("Name a day to come, or none."));
        }
        if let Some(agreement) = down.agreement {
            self.agreement(agreement).await?;
        }
        let whom = down.whom.trim().to_owned();
        let said = sight.standing.competency(&competency);
        let said = said.map_or(&[][..], |c| &c.ratings);
        let mut sides: Vec<Side> = said
            .iter()
            .filter(|s| s.role == Role::Oneself || metier_core::agreement::same_name(&s.rater, &whom))
            .map(|s| Side {
                who: s.rater.clone(),
                role: s.role,
                rung: s.rung.clone(),
            })
            .collect();
        if !sides.iter().any(|s| s.role == Role::Oneself) {
            return Err(
                AppError::not_ready("you have not said yet where you see yourself on it")
                    .hint("Say it first: metier rate COMPETENCY STEP"),
            );
        }
        if sides.iter().all(|s| s.role == Role::Oneself) {
            return Err(
                AppError::not_ready(format!("{whom} has not said yet where they see you on it"))
                    .hint("Record it first: metier rate COMPETENCY STEP --role manager --by NAME"),
            );
        }
        sides.sort_by(|a, b| (a.role, &a.who).cmp(&(b.role, &b.who)));
        let fact = Fact::Disagreement(Box::new(Disagreement {
            family: framework.family.clone(),
            version: sight.version.digest,
            competency,
            rung,
            sides,
            whom: whom.clone(),
            convincing: down.convincing.trim().to_owned(),
            by: down.by,
            both: down.both,
            agreement: down.agreement,
        }));
        if down.both {
            self.record_shown(fact, &whom).await
        } else {
            self.record(vec![self.writing(fact)]).await.map(|ids| ids[0])
        }
    }

    /// Records how a disagreement ended, or that it was looked at and stays open.
    ///
    /// # Errors
    /// When there is no such disagreement, it has ended, or no reason is given.
    pub async fn look_at(
        &self,
        id: EntryId,
        how: Ending,
        by: &str,
        reason: &str,
        again: Option<Date>,
    ) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let today = self.surroundings.today();
        let known = disagreements(&view(&entries, self.surroundings.now()), today);
        let Some(found) = known.into_iter().find(|d| d.id == id) else {
            return Err(AppError::not_found(format!("no disagreement goes by {id}"))
                .hint("`metier disagree list` shows those there are."));
        };
        if !found.open {
            return Err(AppError::input("this disagreement has ended already").hint("Nothing was recorded."));
        }
        if reason.trim().is_empty() {
            return Err(AppError::input("no reason is given").hint("A sentence will do."));
        }
        if again.is_some_and(|day| day < today) {
            return Err(AppError::input("that day has passed").hint("Name a day to come, or none."));
        }
        let fact = Fact::DisagreementEnded(DisagreementEnded {
            disagreement: id,
            how,
            reason: reason.trim().to_owned(),
            by: by.trim().to_owned(),
            again: again.filter(|_| how == Ending::StaysOpen),
        });
        if found.what.both {
            self.record_shown(fact, &found.what.whom).await
        } else {
            self.record(vec![self.writing(fact)]).await.map(|ids| ids[0])
        }
    }
}
