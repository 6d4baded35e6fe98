//! The same record read against two frameworks, side by side.

use std::collections::HashMap;

use metier_core::framework::Weight;
use metier_core::gap::{Gap, gap};
use metier_core::id::{CompetencyId, FamilyId, LevelId};
use metier_core::standing::{CompetencyStanding, RungStanding, State, TargetStanding};
use serde::Serialize;

use crate::crosswalks::crosswalks;
use crate::error::AppError;
use crate::home::Metier;
use crate::standing::{AsOf, Sight};

/// Two standings from the same entries, and what of the one is read as what of the other.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Against the criteria aimed at.
    pub own: Sight,
    /// Against the others.
    pub other: Sight,
    /// Each competency of the others, in their order, with what is read as it.
    pub rows: Vec<BesideRow>,
    /// Competencies aimed at that nothing of the others is read from.
    pub left: Vec<CompetencyId>,
}

/// One competency of the other criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BesideRow {
    /// Which.
    pub competency: CompetencyId,
    /// What of the criteria aimed at is read as it, through confirmed crosswalks.
    pub read_as: Vec<CompetencyId>,
}

/// Two standings in one answer, for programs.
#[derive(Debug, Serialize)]
pub struct BesideAnswer<'a> {
    /// Against what is aimed at.
    pub own: &'a [CompetencyStanding],
    /// Against the other family…
    pub family: &'a FamilyId,
    /// …for this level of it, when one was chosen.
    pub target: Option<&'a TargetStanding>,
    /// How it stands there.
    pub other: &'a [CompetencyStanding],
    /// What is read as what.
    pub rows: &'a [BesideRow],
    /// What is missing there.
    pub gap: Gap,
}

/// The step to speak of when a competency is said in a line: the one asked for, else the highest reached.
pub fn telling_step(standing: &CompetencyStanding) -> Option<&RungStanding> {
    let asked = standing.expected.as_ref();
    match asked.filter(|e| e.weight != Weight::NotApplicable) {
        Some(asked) => standing.rung(&asked.rung),
        None => highest_step(standing),
    }
}

/// The highest step that is proven, else the highest that is likely.
pub fn highest_step(standing: &CompetencyStanding) -> Option<&RungStanding> {
    let highest = |states: &[State]| standing.rungs.iter().rev().find(|r| states.contains(&r.state));
    highest(&[State::Proven, State::RefresherDue]).or_else(|| highest(&[State::Likely]))
}

impl Metier {
    /// Where the person stands against the criteria aimed at, and against those of another family. The
    /// level is one of the other family's; absent: the level aimed at when that family is, else none.
    ///
    /// # Errors
    /// When nothing is aimed at, there is no such family or level, or it is the one aimed at.
    pub async fn beside(
        &self,
        as_of: AsOf,
        family: &FamilyId,
        level: Option<&LevelId>,
    ) -> Result<Beside, AppError> {
        let own = self.sight(as_of).await?;
        if own.version.framework.family == *family {
            return Err(AppError::input(format!(
                "{} is what you aim at; choose another to set beside it",
                own.version.framework.title
            )));
        }
        let other = self.sight_of(as_of, family, level).await?;
        let mut read_as: HashMap<&CompetencyId, Vec<CompetencyId>> = HashMap::new();
        let standing = crosswalks(&own.entries);
        for crosswalk in standing.iter().map(|t| &t.what) {
            if crosswalk.from.family == own.version.framework.family && crosswalk.to.family == *family {
                let read = read_as.entry(&crosswalk.to.competency).or_default();
                if !read.contains(&crosswalk.from.competency) {
                    read.push(crosswalk.from.competency.clone());
                }
            }
        }
        let rows: Vec<BesideRow> = other
            .version
            .framework
            .competencies
            .iter()
            .map(|c| BesideRow {
                competency: c.id.clone(),
                read_as: read_as.get(&c.id).cloned().unwrap_or_default(),
            })
            .collect();
        let left = own
            .version
            .framework
            .competencies
            .iter()
            .map(|c| c.id.clone())
            .filter(|id| !rows.iter().any(|r| r.read_as.contains(id)))
            .collect();
        Ok(Beside {
            own,
            other,
            rows,
            left,
        })
    }
}

impl Beside {
    /// The gap to the level of the other criteria; empty without one.
    pub fn gap(&self) -> Gap {
        gap(&self.other.standing)
    }

    /// How many of what the other level requires something is known of, and how many it requires.
    pub fn known(&self) -> (usize, usize) {
        let asked: Vec<&CompetencyStanding> = self
            .other
            .standing
            .competencies
            .iter()
            .filter(|c| {
                c.expected
                    .as_ref()
                    .is_some_and(|e| e.weight != Weight::NotApplicable)
            })
            .collect();
        (asked.iter().filter(|c| !c.blank()).count(), asked.len())
    }

    /// Everything, for programs.
    pub fn answer(&self) -> BesideAnswer<'_> {
        BesideAnswer {
            own: &self.own.standing.competencies,
            family: &self.other.version.framework.family,
            target: self.other.standing.target.as_ref(),
            other: &self.other.standing.competencies,
            rows: &self.rows,
            gap: self.gap(),
        }
    }
}
