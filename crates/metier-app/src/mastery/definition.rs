//! One's own definition of mastery, and the significant things in it.

use std::collections::HashSet;

use metier_core::framework::{Expectation, Framework, Weight};
use metier_core::id::{EntryId, LevelId, ThingId, slug_of};
use metier_core::journal::{Entry, Fact, Lasting, Noted, View, view};
use metier_core::mastery::{Definition, Mastery, MasteryFact, Significant};
use metier_core::plan::{Goal, Plan};

use super::needs_reason;
use crate::error::AppError;
use crate::home::Metier;
use crate::wordings::{Worded, wordings};

/// What a definition says; its significant things stay as they are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Define {
    /// "A master of this is somebody who…"
    pub statement: String,
    /// What one will then have to say.
    pub will_say: String,
    /// "To be a master I need to…"
    pub needs_to: String,
    /// The competencies to have, each up to which step.
    pub asks: Vec<Expectation>,
    /// Why it is changed; not asked of the first wording.
    pub because: String,
}

/// What is done with a significant thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThingSaid {
    /// A new one: what, and who would see it for what it is.
    Add(String, String),
    /// Said otherwise: what, who would see it, and why it is changed.
    Reword(ThingId, String, String, String),
    /// Met with this evidence, beside what was named before.
    Met(ThingId, EntryId),
    /// This evidence does not show it after all.
    NotMet(ThingId, EntryId),
    /// Taken out, and why.
    Remove(ThingId, String),
}

/// A significant thing as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ThingSeen<'a> {
    /// The thing.
    pub thing: &'a Significant,
    /// The evidence it is met with that still stands.
    pub shown_by: Vec<EntryId>,
    /// The open goal that it is.
    pub goal: Option<Noted<'a, Goal>>,
}

impl<'a> ThingSeen<'a> {
    /// The significant things of a definition, each not yet, met, or a goal.
    pub fn of(definition: &Noted<'a, Definition>, view: &View<'a>) -> Vec<Self> {
        let plan = Plan::of(view);
        let evidence: HashSet<EntryId> = view
            .facts
            .iter()
            .filter(|fact| matches!(fact.fact(), Fact::Evidence(_)))
            .map(|fact| fact.root)
            .collect();
        let seen = |thing: &'a Significant| Self {
            thing,
            shown_by: thing
                .shown_by
                .iter()
                .copied()
                .filter(|id| evidence.contains(id))
                .collect(),
            goal: plan.open_goals().copied().find(|goal| {
                goal.what
                    .thing
                    .as_ref()
                    .is_some_and(|of| of.definition == definition.id && of.thing == thing.id)
            }),
        };
        definition.what.things.iter().map(seen).collect()
    }

    /// Whether it is there.
    pub fn met(&self) -> bool {
        !self.shown_by.is_empty()
    }
}

/// What a level asks for, as a beginning of one's own list, in which everything is to be had.
pub fn prefilled(framework: &Framework, level: &LevelId) -> Vec<Expectation> {
    let asked = framework.level(level).map_or(&[][..], |l| &l.expectations);
    asked
        .iter()
        .filter(|e| e.weight != Weight::NotApplicable)
        .map(|e| Expectation {
            weight: Weight::Required,
            ..e.clone()
        })
        .collect()
}

impl Metier {
    /// Writes what mastery of the profession aimed at is to the person, or changes it; the earlier wording
    /// is kept.
    ///
    /// # Errors
    /// When it says nothing, is changed without a reason, or names what the criteria do not have.
    pub async fn define(&self, define: Define) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let framework = &life.needed()?.framework;
        for asked in &define.asks {
            if framework.competency(&asked.competency).is_none() || framework.rung(&asked.rung).is_none() {
                return Err(AppError::not_found(format!(
                    "{} has no step {}/{}",
                    framework.title, asked.competency, asked.rung
                )));
            }
        }
        let view = view(&entries, self.surroundings().now());
        let there = Mastery::of(&view, &framework.family).definition();
        let definition = Definition {
            family: framework.family.clone(),
            statement: define.statement.trim().to_owned(),
            will_say: define.will_say.trim().to_owned(),
            needs_to: define.needs_to.trim().to_owned(),
            asks: define.asks,
            things: there.map_or_else(Vec::new, |d| d.what.things.clone()),
            because: define.because.trim().to_owned(),
        };
        let Some(there) = there else {
            let first = Definition {
                because: String::new(),
                ..definition
            };
            let writing = self.writing(MasteryFact::Definition(first).fact());
            return self.record(vec![writing]).await.map(|ids| ids[0]);
        };
        let same = Definition {
            because: there.what.because.clone(),
            ..definition.clone()
        };
        if same == *there.what {
            return Ok(there.id);
        }
        if definition.because.is_empty() {
            return Err(needs_reason());
        }
        let fact = MasteryFact::Definition(definition).fact();
        self.correct(there.id, self.surroundings().today(), fact)
            .await
            .map(|_| there.id)
    }

    /// Does something with a significant thing of the definition.
    ///
    /// # Errors
    /// When there is no definition or no such thing, evidence is not there, or a rewording has no reason.
    pub async fn significant(&self, said: ThingSaid) -> Result<ThingId, AppError> {
        let (entries, life) = self.read().await?;
        let framework = &life.needed()?.framework;
        let view = view(&entries, self.surroundings().now());
        let there = Mastery::of(&view, &framework.family).definition();
        let there = there.ok_or_else(|| {
            AppError::not_ready("you have not written yet what a master is to you")
                .hint("Write it first: on the page What mastery is, or `metier mastery define`.")
        })?;
        let mut definition = there.what.clone();
        definition.because = String::new();
        let id = match said {
            ThingSaid::Add(what, by) => {
                let id = fresh(&definition.things, &what)?;
                definition.things.push(Significant {
                    id: id.clone(),
                    what: what.trim().to_owned(),
                    recognised_by: by.trim().to_owned(),
                    shown_by: Vec::new(),
                });
                id
            }
            ThingSaid::Reword(id, what, by, because) => {
                let thing = thing_mut(&mut definition.things, &id)?;
                if because.trim().is_empty() {
                    return Err(needs_reason());
                }
                what.trim().clone_into(&mut thing.what);
                by.trim().clone_into(&mut thing.recognised_by);
                because.trim().clone_into(&mut definition.because);
                id
            }
            ThingSaid::Met(id, shown) => {
                let did = |f: &Lasting<'_>| f.root == shown && matches!(f.fact(), Fact::Evidence(_));
                if !view.facts.iter().any(did) {
                    return Err(
                        AppError::not_found("that is nothing you did, or it was taken back")
                            .hint("Choose an entry of What I did; `metier log --list` shows them."),
                    );
                }
                let shown_by = &mut thing_mut(&mut definition.things, &id)?.shown_by;
                if !shown_by.contains(&shown) {
                    shown_by.push(shown);
                }
                id
            }
            ThingSaid::NotMet(id, shown) => {
                thing_mut(&mut definition.things, &id)?
                    .shown_by
                    .retain(|other| *other != shown);
                id
            }
            ThingSaid::Remove(id, because) => {
                thing_mut(&mut definition.things, &id)?;
                if because.trim().is_empty() {
                    return Err(needs_reason());
                }
                definition.things.retain(|t| t.id != id);
                because.trim().clone_into(&mut definition.because);
                id
            }
        };
        if definition.things == there.what.things {
            return Ok(id);
        }
        let fact = MasteryFact::Definition(definition).fact();
        self.correct(there.id, self.surroundings().today(), fact).await?;
        Ok(id)
    }
}

/// Every wording of a definition, earliest first.
pub fn definition_wordings(entries: &[Entry], root: EntryId) -> Vec<Worded<'_, Definition>> {
    wordings(entries, root, |fact| match fact {
        Fact::Mastery(said) => match &**said {
            MasteryFact::Definition(definition) => Some(definition),
            _ => None,
        },
        _ => None,
    })
}

fn thing_mut<'t>(things: &'t mut [Significant], id: &ThingId) -> Result<&'t mut Significant, AppError> {
    things.iter_mut().find(|t| t.id == *id).ok_or_else(|| {
        AppError::not_found(format!("there is no significant thing `{id}`"))
            .hint("Perhaps it was taken out in another window; `metier mastery show` shows what there is.")
    })
}

/// The most letters of a thing's id that are made of its words.
const ID_LENGTH: usize = 40;

/// An id made of the words that no other thing has.
fn fresh(things: &[Significant], what: &str) -> Result<ThingId, AppError> {
    let whole = slug_of(what).unwrap_or_else(|| "thing".into());
    // Whole words, as many as fit.
    let base = match whole.char_indices().nth(ID_LENGTH) {
        None => whole.as_str(),
        Some((cut, _)) => whole[..cut]
            .rsplit_once('-')
            .map_or(&whole[..cut], |(words, _)| words),
    };
    let taken = |id: &str| things.iter().any(|t| t.id.as_str() == id);
    let free = std::iter::once(base.to_owned())
        .chain((2..things.len() + 3).map(|n| format!("{base}-{n}")))
        .find(|id| !taken(id))
        .unwrap_or_else(|| base.to_owned());
    ThingId::new(free).map_err(|e| AppError::input(e.to_string()))
}
