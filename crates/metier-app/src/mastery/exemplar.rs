//! Masters one looks at: who they are, and step by step what they accomplished and were seen to do.

use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::journal::{Noted, view};
use metier_core::mastery::{Accomplished, Behaviour, Exemplar, MasterKind, Mastery, MasteryFact};

use crate::error::AppError;
use crate::home::Metier;

/// What is said of a master, apart from what they did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExemplarHead {
    /// Who.
    pub name: String,
    /// A person or a company.
    pub kind: MasterKind,
    /// Whether one knows them; absent: not said.
    pub known: Option<bool>,
    /// What they have written.
    pub written: String,
    /// Why they are credible, were they not known at all.
    pub credible: String,
    /// What they are known for.
    pub fame: String,
    /// What belongs to their personality.
    pub personality: String,
}

/// Something that is added to, said anew of, or taken out of what a master was seen to do. What is there is
/// named by its words, so that two windows that add to it lose nothing of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// They accomplished this.
    Accomplished(String),
    /// For that, they were seen to do this; what is there with the same words is said anew.
    Did(String, Behaviour),
    /// What they were seen to do for that, said otherwise: the words before, and now.
    Reworded(String, String, Behaviour),
    /// They did not accomplish this after all.
    NotAccomplished(String),
    /// For that, they were not seen to do this.
    DidNot(String, String),
}

impl From<&Exemplar> for ExemplarHead {
    fn from(exemplar: &Exemplar) -> Self {
        Self {
            name: exemplar.name.clone(),
            kind: exemplar.kind,
            known: exemplar.known,
            written: exemplar.written.clone(),
            credible: exemplar.credible.clone(),
            fame: exemplar.fame.clone(),
            personality: exemplar.personality.clone(),
        }
    }
}

impl Metier {
    /// Records a master to look at, or says anew who they are; what they did stays.
    ///
    /// # Errors
    /// When they have no name, or there is no such master.
    pub async fn look_up_to(&self, told: Option<EntryId>, head: ExemplarHead) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let family = life.needed()?.framework.family.clone();
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &family);
        let there = told.map(|id| found(&mastery, id)).transpose()?;
        let exemplar = Exemplar {
            family,
            name: head.name.trim().to_owned(),
            kind: head.kind,
            known: head.known,
            written: head.written.trim().to_owned(),
            credible: head.credible.trim().to_owned(),
            fame: head.fame.trim().to_owned(),
            personality: head.personality.trim().to_owned(),
            accomplished: there.map_or_else(Vec::new, |e| e.what.accomplished.clone()),
        };
        match there {
            Some(there) if *there.what == exemplar => Ok(there.id),
            Some(there) => {
                let fact = MasteryFact::Exemplar(exemplar).fact();
                self.correct(there.id, self.surroundings().today(), fact)
                    .await
                    .map(|_| there.id)
            }
            None => {
                let writing = self.writing(MasteryFact::Exemplar(exemplar).fact());
                self.record(vec![writing]).await.map(|ids| ids[0])
            }
        }
    }

    /// Records what a master accomplished or was seen to do.
    ///
    /// # Errors
    /// When there is no such master, or what it belongs to is not there.
    pub async fn seen_of(&self, exemplar: EntryId, seen: Seen) -> Result<(), AppError> {
        let (entries, life) = self.read().await?;
        let framework = &life.needed()?.framework;
        let view = view(&entries, self.surroundings().now());
        let mastery = Mastery::of(&view, &framework.family);
        let there = found(&mastery, exemplar)?;
        let mut changed = there.what.clone();
        let rows = &mut changed.accomplished;
        match seen {
            Seen::Accomplished(what) => {
                let what = what.trim().to_owned();
                if !rows.iter().any(|a| a.what == what) {
                    rows.push(Accomplished {
                        what,
                        behaviours: Vec::new(),
                    });
                }
            }
            Seen::Did(of, behaviour) => {
                let behaviour = known(behaviour, framework)?;
                let behaviours = &mut row(rows, &of)?.behaviours;
                match behaviours.iter_mut().find(|b| b.what == behaviour.what) {
                    Some(there) => *there = behaviour,
                    None => behaviours.push(behaviour),
                }
            }
            Seen::Reworded(of, was, behaviour) => {
                let behaviour = known(behaviour, framework)?;
                let behaviours = &mut row(rows, &of)?.behaviours;
                if behaviours.iter().any(|b| b.what == behaviour.what) {
                    return Err(AppError::input(format!(
                        "\u{201c}{}\u{201d} is there already",
                        behaviour.what
                    ))
                    .hint("Take one of the two out, or say it otherwise."));
                }
                let there = behaviours.iter_mut().find(|b| b.what == was.trim());
                *there.ok_or_else(|| gone(&was))? = behaviour;
            }
            Seen::NotAccomplished(what) => {
                row(rows, &what)?;
                rows.retain(|a| a.what != what.trim());
            }
            Seen::DidNot(of, what) => {
                let behaviours = &mut row(rows, &of)?.behaviours;
                let before = behaviours.len();
                behaviours.retain(|b| b.what != what.trim());
                if behaviours.len() == before {
                    return Err(gone(&what));
                }
            }
        }
        if changed == *there.what {
            return Ok(());
        }
        let fact = MasteryFact::Exemplar(changed).fact();
        self.correct(there.id, self.surroundings().today(), fact)
            .await
            .map(drop)
    }
}

fn found<'a>(mastery: &Mastery<'a>, id: EntryId) -> Result<Noted<'a, Exemplar>, AppError> {
    mastery
        .exemplars
        .iter()
        .find(|e| e.id == id)
        .copied()
        .ok_or_else(|| {
            AppError::not_found("there is no such master among those you look at")
                .hint("Perhaps they were taken out; `metier mastery exemplar list` shows who is there.")
        })
}

/// A behaviour whose competency and step the criteria have.
fn known(mut behaviour: Behaviour, framework: &Framework) -> Result<Behaviour, AppError> {
    behaviour.what = behaviour.what.trim().to_owned();
    if let Some(competency) = &behaviour.competency
        && framework.competency(competency).is_none()
    {
        return Err(
            AppError::input(format!("{} has no competency `{competency}`", framework.title))
                .hint("`metier framework show` lists them; one that is missing can be added to a draft."),
        );
    }
    if let Some(rung) = &behaviour.rung
        && framework.rung(rung).is_none()
    {
        return Err(AppError::input(format!(
            "{} has no step `{rung}`",
            framework.title
        )));
    }
    Ok(behaviour)
}

fn row<'r>(rows: &'r mut [Accomplished], what: &str) -> Result<&'r mut Accomplished, AppError> {
    rows.iter_mut()
        .find(|a| a.what == what.trim())
        .ok_or_else(|| gone(what))
}

fn gone(what: &str) -> AppError {
    AppError::not_found(format!("\u{201c}{}\u{201d} is not there", what.trim()))
        .hint("Perhaps it was taken out in another window; look at it again.")
}
