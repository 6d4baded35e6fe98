//! Editing criteria: one small change after another, each kept as a draft. A draft may have problems;
//! publishing may not.

use std::collections::BTreeMap;

use metier_core::framework::{
    Competency, Criterion, Expectation, Framework, Frequency, Grain, Kind, Layer, Level, Practice,
    Provenance, ProvenanceKind, Retention, Rung,
};
use metier_core::id::{CompetencyId, LevelId, PracticeId, RungId, slug_of};

use crate::error::AppError;

/// A change to a framework being written.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Title and what is said of the whole.
    Head(Head),
    /// A new step above the others.
    AddStep(StepWording),
    /// A step said otherwise, with what it asks for.
    Step(RungId, StepWording, Criterion),
    /// A step in use or not.
    UseStep(RungId, bool),
    /// A step moved up (towards the highest) or down.
    MoveStep(RungId, Direction),
    /// A step taken out.
    RemoveStep(RungId),
    /// A new practice: name, summary.
    AddPractice(String, String),
    /// A practice said otherwise: name, summary.
    Practice(PracticeId, String, String),
    /// A practice taken out; only one without competencies.
    RemovePractice(PracticeId),
    /// A new competency.
    AddCompetency(Stated),
    /// A competency said otherwise.
    Competency(CompetencyId, Stated),
    /// What one step asks for of one competency; `None`: the same as everywhere.
    OwnCriterion(CompetencyId, RungId, Option<Criterion>),
    /// A competency taken out, with everything that names it.
    RemoveCompetency(CompetencyId),
    /// A new level: name, summary. It begins with what the highest level so far asks.
    AddLevel(String, String),
    /// A level: name, summary, everything it asks.
    Level(LevelId, String, String, Vec<Expectation>),
    /// A level taken out.
    RemoveLevel(LevelId),
}

/// Which way a step moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the highest.
    Up,
    /// Towards the lowest.
    Down,
}

/// What is said of a framework as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// "Content marketing".
    pub title: String,
    /// "Content marketer".
    pub practitioner: String,
    /// What the profession is for.
    pub summary: String,
    /// Who wrote it, from what, how far it was checked.
    pub note: String,
}

/// How a step is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepWording {
    /// One word: "Reliable".
    pub name: String,
    /// As a heading: "Reliable, unaided".
    pub title: String,
    /// As a sentence.
    pub statement: String,
}

/// How a competency is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The practice it belongs to.
    pub practice: PracticeId,
    /// Short and active.
    pub name: String,
    /// What a colleague would see.
    pub looks_like: String,
    /// What sort of ability it is.
    pub kind: Kind,
    /// The layer it belongs to.
    pub layer: Layer,
    /// How large the thing is.
    pub grain: Grain,
    /// How often it is done.
    pub frequency: Frequency,
    /// Whether the rest of the field stands on it.
    pub foundation: bool,
}

/// The framework after a change. Names that had to exist and do not are refused; what a change leaves
/// without its object (an expectation of a competency taken out) goes with it.
///
/// # Errors
/// When the change names something that is not there, or would leave something hanging that only the
/// person can decide on.
pub fn edited(framework: &Framework, edit: Edit) -> Result<Framework, AppError> {
    let mut f = framework.clone();
    match edit {
        Edit::Head(head) => {
            f.title = head.title;
            f.practitioner = head.practitioner;
            f.summary = head.summary;
            f.note = head.note;
        }
        Edit::AddStep(wording) => add_step(&mut f, wording)?,
        Edit::Step(id, wording, criterion) => {
            let step = step_mut(&mut f, &id)?;
            step.name = wording.name;
            step.title = wording.title;
            step.statement = wording.statement;
            step.criterion = criterion;
        }
        Edit::UseStep(id, used) => step_mut(&mut f, &id)?.off = !used,
        Edit::MoveStep(id, direction) => move_step(&mut f, &id, direction)?,
        Edit::RemoveStep(id) => remove_step(&mut f, &id)?,
        Edit::AddPractice(name, summary) => {
            let id = fresh(&name, "practice", |id| {
                f.practices.iter().any(|p| p.id.as_str() == id)
            });
            let id = PracticeId::new(id).map_err(|e| slug(&e))?;
            f.practices.push(Practice { id, name, summary });
        }
        Edit::Practice(id, name, summary) => {
            let practice = f
                .practices
                .iter_mut()
                .find(|p| p.id == id)
                .ok_or_else(|| gone("practice", &id))?;
            practice.name = name;
            practice.summary = summary;
        }
        Edit::RemovePractice(id) => remove_practice(&mut f, &id)?,
        Edit::AddCompetency(stated) => add_competency(&mut f, stated)?,
        Edit::Competency(id, stated) => {
            practice_exists(&f, &stated.practice)?;
            state(competency_mut(&mut f, &id)?, stated);
        }
        Edit::OwnCriterion(id, rung, criterion) => {
            step_mut(&mut f, &rung)?;
            let criteria = &mut competency_mut(&mut f, &id)?.criteria;
            match criterion {
                Some(criterion) => criteria.insert(rung, criterion),
                None => criteria.remove(&rung),
            };
        }
        Edit::RemoveCompetency(id) => remove_competency(&mut f, &id)?,
        Edit::AddLevel(name, summary) => {
            let id = fresh(&name, "level", |id| f.levels.iter().any(|l| l.id.as_str() == id));
            f.levels.push(Level {
                id: LevelId::new(id).map_err(|e| slug(&e))?,
                name,
                summary,
                indicative_years: String::new(),
                expectations: f
                    .levels
                    .last()
                    .map(|l| l.expectations.clone())
                    .unwrap_or_default(),
            });
        }
        Edit::Level(id, name, summary, expectations) => {
            let level = f
                .levels
                .iter_mut()
                .find(|l| l.id == id)
                .ok_or_else(|| gone("level", &id))?;
            level.name = name;
            level.summary = summary;
            level.expectations = expectations;
        }
        Edit::RemoveLevel(id) => {
            let there = f.levels.len();
            f.levels.retain(|l| l.id != id);
            if f.levels.len() == there {
                return Err(gone("level", &id));
            }
        }
    }
    Ok(f)
}

fn gone(what: &str, id: &impl std::fmt::Display) -> AppError {
    AppError::not_found(format!("there is no {what} `{id}` in this draft"))
        .hint("Perhaps it was taken out in another window; look at the draft again.")
}

/// Made from texts that are slugs already; kept as an error so that nothing can panic.
fn slug(error: &metier_core::id::SlugError) -> AppError {
    AppError::input(error.to_string())
}

/// An id made of a name that nothing has yet.
fn fresh(name: &str, sort: &str, taken: impl Fn(&str) -> bool) -> String {
    // Cut, so that a number still fits behind it.
    let mut base: String = slug_of(name)
        .unwrap_or_else(|| sort.to_owned())
        .chars()
        .take(70)
        .collect();
    base.truncate(base.trim_end_matches('-').len());
    let numbered = (2_u32..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone())
        .chain(numbered)
        .find(|id| !taken(id))
        .unwrap_or(base)
}

fn step_mut<'f>(f: &'f mut Framework, id: &RungId) -> Result<&'f mut Rung, AppError> {
    f.ladder
        .rungs
        .iter_mut()
        .find(|r| r.id == *id)
        .ok_or_else(|| gone("step", id))
}

fn competency_mut<'f>(f: &'f mut Framework, id: &CompetencyId) -> Result<&'f mut Competency, AppError> {
    f.competencies
        .iter_mut()
        .find(|c| c.id == *id)
        .ok_or_else(|| gone("competency", id))
}

fn practice_exists(f: &Framework, id: &PracticeId) -> Result<(), AppError> {
    f.practice(id).map(drop).ok_or_else(|| gone("practice", id))
}

fn add_step(f: &mut Framework, wording: StepWording) -> Result<(), AppError> {
    let id = fresh(&wording.name, "step", |id| {
        f.ladder.rungs.iter().any(|r| r.id.as_str() == id)
    });
    f.ladder.rungs.push(Rung {
        id: RungId::new(id).map_err(|e| slug(&e))?,
        name: wording.name,
        title: wording.title,
        statement: wording.statement,
        criterion: Criterion::Attested {
            of: Vec::new(),
            confirmed_by: String::new(),
        },
        makes_obvious: Vec::new(),
        off: false,
    });
    Ok(())
}

fn move_step(f: &mut Framework, id: &RungId, direction: Direction) -> Result<(), AppError> {
    let rungs = &mut f.ladder.rungs;
    let at = rungs
        .iter()
        .position(|r| r.id == *id)
        .ok_or_else(|| gone("step", id))?;
    let to = match direction {
        Direction::Up => at + 1,
        Direction::Down => at.wrapping_sub(1),
    };
    if to < rungs.len() {
        rungs.swap(at, to);
    }
    obvious_only_below(rungs);
    Ok(())
}

/// A step can only make obvious what is below it.
fn obvious_only_below(rungs: &mut [Rung]) {
    for i in 0..rungs.len() {
        let (below, above) = rungs.split_at_mut(i);
        if let Some(rung) = above.first_mut() {
            rung.makes_obvious.retain(|o| below.iter().any(|r| r.id == *o));
        }
    }
}

fn remove_step(f: &mut Framework, id: &RungId) -> Result<(), AppError> {
    step_mut(f, id)?;
    let asking: Vec<String> = f
        .levels
        .iter()
        .filter(|l| l.expectations.iter().any(|e| e.rung == *id))
        .map(|l| l.name.clone())
        .collect();
    if !asking.is_empty() {
        return Err(AppError::input(format!(
            "{} still asks for this step",
            crate::words::list(&asking)
        ))
        .hint("Change what the level asks first, then take the step out."));
    }
    f.ladder.rungs.retain(|r| r.id != *id);
    obvious_only_below(&mut f.ladder.rungs);
    for competency in &mut f.competencies {
        competency.criteria.remove(id);
        competency.wording.remove(id);
    }
    for activity in &mut f.activities {
        activity.shows.retain(|s| s.rung != *id);
    }
    Ok(())
}

fn remove_practice(f: &mut Framework, id: &PracticeId) -> Result<(), AppError> {
    practice_exists(f, id)?;
    let n = f.competencies_of(id).count() as u64;
    if n > 0 {
        let held = crate::words::plural(n, "competency belongs", "competencies belong");
        return Err(AppError::input(format!("{held} to this practice"))
            .hint("Move them to another practice or take them out first."));
    }
    f.practices.retain(|p| p.id != *id);
    Ok(())
}

fn state(competency: &mut Competency, stated: Stated) {
    competency.practice = stated.practice;
    competency.name = stated.name;
    competency.looks_like = stated.looks_like;
    competency.kind = stated.kind;
    competency.layer = stated.layer;
    competency.grain = stated.grain;
    competency.frequency = stated.frequency;
    competency.foundation = stated.foundation;
}

fn add_competency(f: &mut Framework, stated: Stated) -> Result<(), AppError> {
    practice_exists(f, &stated.practice)?;
    let id = fresh(&stated.name, "competency", |id| {
        f.competencies.iter().any(|c| c.id.as_str() == id)
    });
    let mut competency = Competency {
        id: CompetencyId::new(id).map_err(|e| slug(&e))?,
        practice: stated.practice.clone(),
        name: String::new(),
        looks_like: String::new(),
        kind: Kind::default(),
        foundation: false,
        layer: Layer::default(),
        provenance: vec![Provenance {
            kind: ProvenanceKind::Own,
            name: String::new(),
            reference: String::new(),
        }],
        grain: Grain::default(),
        frequency: Frequency::default(),
        retention: Retention::default(),
        minutes: None,
        importance: None,
        needs: Vec::new(),
        criteria: BTreeMap::new(),
        wording: BTreeMap::new(),
    };
    state(&mut competency, stated);
    f.competencies.push(competency);
    Ok(())
}

fn remove_competency(f: &mut Framework, id: &CompetencyId) -> Result<(), AppError> {
    competency_mut(f, id)?;
    f.competencies.retain(|c| c.id != *id);
    for competency in &mut f.competencies {
        competency.needs.retain(|n| n != id);
    }
    for level in &mut f.levels {
        level.expectations.retain(|e| e.competency != *id);
    }
    for activity in &mut f.activities {
        activity.shows.retain(|s| s.competency != *id);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_framework;
    use metier_core::framework::check;

    fn starter() -> Framework {
        find_framework(None, "content-marketing").unwrap()
    }

    fn stated(name: &str, practice: &str) -> Stated {
        Stated {
            practice: practice.parse().unwrap(),
            name: name.into(),
            looks_like: String::new(),
            kind: Kind::Technical,
            layer: Layer::Profession,
            grain: Grain::Task,
            frequency: Frequency::Weekly,
            foundation: false,
        }
    }

    #[test]
    fn what_is_added_gets_an_id_of_its_own() {
        let mut f = starter();
        for name in ["Write a poem", "Write a poem", "詩を書く", "詩を書く"] {
            f = edited(&f, Edit::AddCompetency(stated(name, "write"))).unwrap();
        }
        let ids: Vec<&str> = f
            .competencies
            .iter()
            .rev()
            .take(4)
            .map(|c| c.id.as_str())
            .collect();
        assert_eq!(
            ids,
            ["competency-2", "competency", "write-a-poem-2", "write-a-poem"]
        );
        let long = "word ".repeat(40);
        f = edited(&f, Edit::AddPractice(long.clone(), String::new())).unwrap();
        f = edited(&f, Edit::AddPractice(long, String::new())).unwrap();
        assert_eq!(check(&f), []);
        assert!(edited(&f, Edit::AddCompetency(stated("x", "nowhere"))).is_err());
    }

    #[test]
    fn a_competency_goes_with_everything_that_names_it() {
        let f = starter();
        let id: CompetencyId = "publish-an-article".parse().unwrap();
        let after = edited(&f, Edit::RemoveCompetency(id.clone())).unwrap();
        assert_eq!(check(&after), []);
        assert!(edited(&after, Edit::RemoveCompetency(id)).is_err());
    }

    #[test]
    fn a_step_moved_down_makes_nothing_above_it_obvious() {
        let f = starter();
        let mut moved = f.clone();
        for _ in 0..9 {
            moved = edited(&moved, Edit::MoveStep("leads".parse().unwrap(), Direction::Down)).unwrap();
        }
        assert_eq!(moved.ladder.rungs[0].id.as_str(), "leads");
        assert!(moved.ladder.rungs[0].makes_obvious.is_empty());
        assert_eq!(check(&moved), []);
    }

    #[test]
    fn what_a_level_still_asks_for_is_not_taken_out() {
        let f = starter();
        let asked = f.levels.last().unwrap().expectations[0].rung.clone();
        assert!(
            edited(&f, Edit::RemoveStep(asked))
                .unwrap_err()
                .message
                .contains("still asks")
        );
        let unasked = edited(
            &f,
            Edit::AddStep(StepWording {
                name: "Signs".into(),
                title: "Signs it".into(),
                ..StepWording::default()
            }),
        )
        .unwrap();
        let id = unasked.ladder.rungs.last().unwrap().id.clone();
        assert_eq!(edited(&unasked, Edit::RemoveStep(id)).unwrap(), f);
        assert!(edited(&f, Edit::RemovePractice("write".parse().unwrap())).is_err());
    }
}
