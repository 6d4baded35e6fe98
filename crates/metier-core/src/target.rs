//! The target: what one aims at. A level, one's own definition of mastery, or an exemplar.
//!
//! Whatever it is, it asks for rungs of competencies, and the answer to "am I there?" comes the same way. A
//! definition asks besides for the significant things one wrote into it, each met by evidence and by nothing
//! else. An exemplar asks for what they were seen to do; their fame and their personality ask for nothing.

use std::collections::HashSet;

use serde::Serialize;

use crate::framework::{Expectation, Framework, Weight};
use crate::id::{EntryId, LevelId, RungId, ThingId};
use crate::journal::{Fact, View};
use crate::mastery::{Definition, Exemplar, MasteryFact, Significant};
use crate::person::{Aim, OwnAim};

/// What one aims at.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// What it is.
    pub of: TargetOf,
    /// Its name, for people.
    pub name: String,
    /// What it asks of competencies. One not named is not asked for.
    pub expectations: Vec<Expectation>,
    /// Whether the credentials that the profession requires are part of it.
    pub credentials: bool,
    /// The significant things it asks for, with whether each is there.
    pub things: Vec<ThingStanding>,
}

/// What a target is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetOf {
    /// A level of the framework.
    Level(LevelId),
    /// One's own definition of mastery, by its first entry.
    Definition(EntryId),
    /// An exemplar, by its first entry.
    Exemplar(EntryId),
    /// One of the person's own, as others are told of it: that it is one, and nothing of what it says.
    Own,
}

/// What a target of one's own is called to others.
const TO_OTHERS: &str = "an own target";

/// A significant thing, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThingStanding {
    /// Which.
    pub thing: ThingId,
    /// What.
    pub what: String,
    /// The evidence that shows it and stands; none: not yet.
    pub shown_by: Vec<EntryId>,
}

impl Target {
    /// A level of a framework; `None` when the framework has no such level.
    pub fn level(framework: &Framework, level: &LevelId) -> Option<Self> {
        let level = framework.level(level)?;
        Some(Self {
            of: TargetOf::Level(level.id.clone()),
            name: level.name.clone(),
            expectations: level.expectations.clone(),
            credentials: true,
            things: Vec::new(),
        })
    }

    /// One's own definition of mastery, met by evidence that stands in `view`.
    pub fn definition(
        root: EntryId,
        definition: &Definition,
        framework: &Framework,
        view: &View<'_>,
    ) -> Self {
        let evidence: HashSet<EntryId> = view
            .facts
            .iter()
            .filter(|fact| matches!(fact.fact(), Fact::Evidence(_)))
            .map(|fact| fact.root)
            .collect();
        let standing = |thing: &Significant| ThingStanding {
            thing: thing.id.clone(),
            what: thing.what.clone(),
            shown_by: thing
                .shown_by
                .iter()
                .copied()
                .filter(|id| evidence.contains(id))
                .collect(),
        };
        Self {
            of: TargetOf::Definition(root),
            name: "your own definition of mastery".into(),
            expectations: known(&definition.asks, framework),
            credentials: true,
            things: definition.things.iter().map(standing).collect(),
        }
    }

    /// What an exemplar was seen to do. Where it was not said at which rung, it is the one that the
    /// framework's highest level asks for; what no level asks for asks for nothing.
    pub fn exemplar(root: EntryId, exemplar: &Exemplar, framework: &Framework) -> Self {
        let mut expectations: Vec<Expectation> = Vec::new();
        let behaviours = exemplar.accomplished.iter().flat_map(|a| &a.behaviours);
        for behaviour in behaviours {
            let Some(competency) = &behaviour.competency else {
                continue;
            };
            let highest = || {
                let asked = framework.levels.iter().rev().flat_map(|l| &l.expectations);
                let mut asked = asked.filter(|e| e.weight != Weight::NotApplicable);
                asked
                    .find(|e| e.competency == *competency)
                    .map(|e| e.rung.clone())
            };
            let Some(rung) = behaviour.rung.clone().or_else(highest) else {
                continue;
            };
            let height = |rung: &RungId| framework.rung(rung).map(|(place, _)| place);
            match expectations.iter_mut().find(|e| e.competency == *competency) {
                Some(there) if height(&there.rung) < height(&rung) => there.rung = rung,
                Some(_) => {}
                None => expectations.push(Expectation {
                    competency: competency.clone(),
                    rung,
                    weight: Weight::Required,
                }),
            }
        }
        Self {
            of: TargetOf::Exemplar(root),
            name: format!("what {} does", exemplar.name),
            expectations: known(&expectations, framework),
            credentials: false,
            things: Vec::new(),
        }
    }

    /// What is aimed at, as it stands in `view`; `None` when nothing is, or it is gone.
    pub fn of_aim(aim: &Aim, framework: &Framework, view: &View<'_>) -> Option<Self> {
        let Some(own) = aim.own else {
            return Self::level(framework, aim.level.as_ref()?);
        };
        view.facts.iter().find_map(|fact| {
            let Fact::Mastery(said) = fact.fact() else {
                return None;
            };
            match (own, &**said) {
                (OwnAim::Definition(root), MasteryFact::Definition(d)) if root == fact.root => {
                    Some(Self::definition(root, d, framework, view))
                }
                (OwnAim::Exemplar(root), MasteryFact::Exemplar(e)) if root == fact.root => {
                    Some(Self::exemplar(root, e, framework))
                }
                _ => None,
            }
        })
    }

    /// The target as others are told of it. A level is a level; of one's own definition and of an exemplar
    /// they see which steps it asks for, and none of its words: neither a name nor a significant thing.
    #[must_use]
    pub fn for_others(&self) -> Self {
        match self.of {
            TargetOf::Level(_) => self.clone(),
            TargetOf::Definition(_) | TargetOf::Exemplar(_) | TargetOf::Own => Self {
                of: TargetOf::Own,
                name: TO_OTHERS.into(),
                expectations: self.expectations.clone(),
                credentials: self.credentials,
                things: Vec::new(),
            },
        }
    }

    /// What it asks of a competency.
    pub fn expectation(&self, competency: &crate::id::CompetencyId) -> Option<&Expectation> {
        self.expectations.iter().find(|e| e.competency == *competency)
    }
}

impl TargetOf {
    /// The level, where it is one.
    pub fn level(&self) -> Option<&LevelId> {
        match self {
            Self::Level(level) => Some(level),
            Self::Definition(_) | Self::Exemplar(_) | Self::Own => None,
        }
    }
}

impl ThingStanding {
    /// Whether it is there.
    pub fn met(&self) -> bool {
        !self.shown_by.is_empty()
    }
}

/// Expectations that the framework can judge: a version that lacks a competency or a rung asks nothing of it.
fn known(asks: &[Expectation], framework: &Framework) -> Vec<Expectation> {
    asks.iter()
        .filter(|e| framework.competency(&e.competency).is_some() && framework.rung(&e.rung).is_some())
        .cloned()
        .collect()
}
