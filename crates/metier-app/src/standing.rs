//! Asking where the person stands: now, on a past day, as known then, with something left out.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::endurance::{IfItEnded, if_it_ended};
use metier_core::gap::{Gap, gap};
use metier_core::id::{CompetencyId, EntryId, FamilyId, LevelId, RungId};
use metier_core::journal::{Entry, view};
use metier_core::next_step::{Next, next};
use metier_core::policy::Policy;
use metier_core::standing::{Convince, Difference, Question, Standing, changes, convince, standing};
use metier_core::target::Target;

use crate::error::AppError;
use crate::home::Metier;
use crate::life::{Life, Version};

/// As of when, and known when; absent: today and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AsOf {
    /// What had happened by the end of this day.
    pub at: Option<Date>,
    /// What had been recorded by the end of this day.
    pub known_at: Option<Date>,
}

/// A standing with everything needed to show it.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The entries it was derived from.
    pub entries: Arc<Vec<Entry>>,
    /// What was told of the person by then.
    pub life: Arc<Life>,
    /// The criteria.
    pub version: Version,
    /// The target asked about, if there is one.
    pub target: Option<Target>,
    /// The standing.
    pub standing: Standing,
}

/// What one piece of evidence carries on one rung.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Carried {
    /// Which evidence.
    pub evidence: EntryId,
    /// On which rung.
    pub rung: RungId,
    /// Probability of at least the rung with everything.
    pub with: f64,
    /// Probability of at least the rung without it.
    pub without: f64,
    /// True when the rung would no longer be proven without it.
    pub proof: bool,
    /// True when nothing else weighs more on the same rung.
    pub strongest: bool,
}

impl Metier {
    /// Where the person stands.
    ///
    /// # Errors
    /// When nothing is aimed at, or nothing was known at that time.
    pub async fn sight(&self, as_of: AsOf) -> Result<Sight, AppError> {
        self.sight_without(as_of, &HashSet::new()).await
    }

    /// Where the person would stand with some evidence left out.
    ///
    /// # Errors
    /// As [`Metier::sight`].
    pub async fn sight_without(&self, as_of: AsOf, without: &HashSet<EntryId>) -> Result<Sight, AppError> {
        let (entries, mut life) = self.read().await?;
        let now = self.surroundings.now();
        let known_at = match as_of.known_at {
            None => now,
            Some(day) => self.end_of(day)?,
        };
        if as_of.known_at.is_some() {
            life = Arc::new(Life::of(&entries, known_at)?);
        }
        let version = life.needed()?.clone();
        let target = life
            .aim()
            .and_then(|aim| Target::of_aim(aim, &version.framework, &view(&entries, known_at)));
        let at = as_of.at.unwrap_or_else(|| self.surroundings.today());
        let standing = ask(&entries, &version, target.as_ref(), at, known_at, without)?;
        Ok(Sight {
            entries,
            life,
            version,
            target,
            standing,
        })
    }

    /// Where the person stands against another family's criteria: what was claimed there, and what was
    /// claimed elsewhere and is read as it through confirmed crosswalks.
    ///
    /// # Errors
    /// When no version of the family is published here, or it has no such level.
    pub async fn sight_of(
        &self,
        as_of: AsOf,
        family: &FamilyId,
        level: Option<&LevelId>,
    ) -> Result<Sight, AppError> {
        let (entries, life) = self.read().await?;
        let version = life.criteria_of(family)?.clone();
        if let Some(level) = level {
            crate::person::level_of(&version.framework, level)?;
        }
        let aimed = life.aim().filter(|a| a.family == *family);
        let known_at = match as_of.known_at {
            None => self.surroundings.now(),
            Some(day) => self.end_of(day)?,
        };
        let at = as_of.at.unwrap_or_else(|| self.surroundings.today());
        let target = match level {
            Some(level) => Target::level(&version.framework, level),
            None => aimed.and_then(|aim| Target::of_aim(aim, &version.framework, &view(&entries, known_at))),
        };
        let standing = ask(&entries, &version, target.as_ref(), at, known_at, &HashSet::new())?;
        Ok(Sight {
            entries,
            life,
            version,
            target,
            standing,
        })
    }

    /// The last instant of a day, where the person is.
    pub(crate) fn end_of(&self, day: Date) -> Result<Timestamp, AppError> {
        let cannot = || AppError::input(format!("{day} is too far away"));
        let next = day.tomorrow().map_err(|_| cannot())?;
        let start = next
            .to_zoned(self.surroundings.zone.clone())
            .map_err(|_| cannot())?;
        Ok(start.timestamp() - jiff::SignedDuration::from_micros(1))
    }
}

fn ask(
    entries: &[Entry],
    version: &Version,
    target: Option<&Target>,
    at: Date,
    known_at: Timestamp,
    without: &HashSet<EntryId>,
) -> Result<Standing, AppError> {
    let policy = Policy::version_1();
    let question = question(version, target, &policy, at, known_at, without);
    Ok(standing(entries, &question)?)
}

pub(crate) fn question<'a>(
    version: &'a Version,
    target: Option<&'a Target>,
    policy: &'a Policy,
    at: Date,
    known_at: Timestamp,
    without: &'a HashSet<EntryId>,
) -> Question<'a> {
    Question {
        framework: &version.framework,
        version: version.digest,
        target,
        policy,
        calibration: None,
        at,
        known_at,
        without,
    }
}

impl Sight {
    /// What of what is proven would go along if the job ended, and what it leaves untouched.
    pub fn if_it_ended(&self) -> IfItEnded {
        let positions: Vec<_> = self.life.positions.iter().map(|told| told.what.clone()).collect();
        if_it_ended(
            &self.standing,
            &self.version.framework,
            &positions,
            self.standing.at,
        )
    }

    /// The gap to the target.
    pub fn gap(&self) -> Gap {
        gap(&self.standing)
    }

    /// Where the person stands, seen from another level.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn towards(&self, level: &LevelId) -> Result<Standing, AppError> {
        let (at, known_at) = (self.standing.at, self.standing.known_at);
        let target = Target::level(&self.version.framework, level);
        ask(
            &self.entries,
            &self.version,
            target.as_ref(),
            at,
            known_at,
            &HashSet::new(),
        )
    }

    /// Where the person stands by other criteria, seen from one of their levels.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn by(&self, version: &Version, level: &LevelId) -> Result<Standing, AppError> {
        let (at, known_at) = (self.standing.at, self.standing.known_at);
        let target = Target::level(&version.framework, level);
        ask(
            &self.entries,
            version,
            target.as_ref(),
            at,
            known_at,
            &HashSet::new(),
        )
    }

    /// The one next step.
    pub fn next(&self) -> Option<Next> {
        next(&self.standing, &self.version.framework)
    }

    /// The last review before the day of this standing.
    pub fn last_review(&self) -> Option<Date> {
        self.life
            .reviews
            .iter()
            .map(|r| r.on)
            .rfind(|on| *on < self.standing.at)
    }

    /// What changed since an earlier day, by today's criteria and today's knowledge of what had
    /// happened by then and was recorded by then.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn since(&self, day: Date) -> Result<Difference, AppError> {
        let known_at = day
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map_or(self.standing.known_at, |z| {
                z.timestamp() + jiff::SignedDuration::from_hours(24)
            })
            .min(self.standing.known_at);
        let then = self.at(day, known_at, &HashSet::new())?;
        Ok(changes(&then, &self.standing))
    }

    /// The same question for another day, with some evidence left out.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn at(
        &self,
        day: Date,
        known_at: Timestamp,
        without: &HashSet<EntryId>,
    ) -> Result<Standing, AppError> {
        ask(
            &self.entries,
            &self.version,
            self.target.as_ref(),
            day,
            known_at,
            without,
        )
    }

    /// What each of the strongest pieces of evidence on one competency carries, strongest first.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn carried(&self, competency: &CompetencyId, most: usize) -> Result<Vec<Carried>, AppError> {
        let Some(now) = self.standing.competency(competency) else {
            return Ok(Vec::new());
        };
        let mut items: Vec<_> = now
            .items
            .iter()
            .filter_map(|i| Some((i.evidence?, &i.rung, i.weight.get())))
            .collect();
        items.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut seen = HashSet::new();
        items.retain(|(evidence, ..)| seen.insert(*evidence));
        let alone = self.alone(competency);
        let (mut carried, mut rungs) = (Vec::new(), HashSet::new());
        for (evidence, rung, _) in items.into_iter().take(most) {
            let without = HashSet::from([evidence]);
            let (at, known_at) = (self.standing.at, self.standing.known_at);
            let then = ask(&self.entries, &alone, None, at, known_at, &without)?;
            let (Some(with), Some(after)) = (
                now.rung(rung),
                then.competency(competency).and_then(|c| c.rung(rung)),
            ) else {
                continue;
            };
            carried.push(Carried {
                evidence,
                rung: rung.clone(),
                with: with.probability.get(),
                without: after.probability.get(),
                proof: with.state.proven() && !after.state.proven(),
                strongest: rungs.insert(rung),
            });
        }
        Ok(carried)
    }

    /// What further word or example would tell most about one competency.
    ///
    /// # Errors
    /// When the policy's numbers cannot be used.
    pub fn convince(&self, competency: &CompetencyId) -> Result<Option<Convince>, AppError> {
        let (policy, nothing) = (Policy::version_1(), HashSet::new());
        let alone = self.alone(competency);
        let question = question(
            &alone,
            self.target.as_ref(),
            &policy,
            self.standing.at,
            self.standing.known_at,
            &nothing,
        );
        Ok(convince(&self.entries, &question, competency, None)?)
    }

    /// The criteria of one competency by themselves: what it carries does not depend on the others.
    pub(crate) fn alone(&self, competency: &CompetencyId) -> Version {
        let mut framework = (*self.version.framework).clone();
        framework.competencies.retain(|c| c.id == *competency);
        Version {
            framework: Arc::new(framework),
            ..self.version.clone()
        }
    }
}
