//! Crosswalks: steps of one family read as steps of another. The program proposes, the person confirms,
//! one by one or all that are shown.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use metier_core::canonical::Digest;
use metier_core::crosswalk::{self, Proposal};
use metier_core::evidence::{Crosswalk, CrosswalkRejected, OfFamily, Step};
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, EntryId, FamilyId, RungId};
use metier_core::journal::{Entry, Fact, Withdrawal, view};
use serde::Serialize;

use crate::error::AppError;
use crate::frameworks::starters;
use crate::home::Metier;
use crate::life::{Life, Told, Version};
use crate::record::Writing;

/// How many competencies are proposed for one.
const PROPOSED: usize = 3;

/// Criteria of many professions: what they all say tells nothing apart.
static BACKGROUND: LazyLock<Vec<Framework>> =
    LazyLock::new(|| starters().into_iter().map(|s| s.framework).collect());

/// What the person says of two competencies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// The first counts as the second.
    Counts {
        /// How well they match, above 0 and up to 1.
        confidence: f64,
    },
    /// They do not mean the same.
    Different,
    /// Nothing is said of them, or no longer.
    Open,
}

/// What is said of a pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ruling {
    /// Evidence for this one…
    pub from: CompetencyId,
    /// …counts for this one.
    pub to: CompetencyId,
    /// Or does not.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What is to be settled between two families.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// The family whose evidence counts…
    pub from: FamilyId,
    /// …in this one.
    pub to: FamilyId,
    /// Which step is read as which, for every pair that counts.
    pub steps: Vec<(RungId, RungId)>,
    /// What is recorded under the second counts under the first too, as far as its steps reach there.
    pub both_ways: bool,
    /// Pair by pair; the others stay as they are.
    pub rulings: Vec<Ruling>,
    /// [`Settled::state`] of what the person had in view; absent: whatever is there.
    pub seen: Option<Digest>,
}

/// What stands between two families.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settled {
    /// Pairs that count or do not, in the order they were settled.
    pub rulings: Vec<Ruling>,
    /// Which step is read as which, over all pairs; empty before the first counts.
    pub steps: Vec<(RungId, RungId)>,
    /// True when something counts the other way too.
    pub both_ways: bool,
    /// Changes when any of it changes.
    pub state: Digest,
}

impl Settled {
    /// What is said of a pair.
    pub fn of(&self, from: &CompetencyId, to: &CompetencyId) -> Verdict {
        let ruling = self.rulings.iter().find(|r| r.from == *from && r.to == *to);
        ruling.map_or(Verdict::Open, |r| r.verdict)
    }
}

impl Life {
    /// The criteria of every family here: of the one aimed at the version aimed at, of the others the
    /// latest. The one aimed at first, then the newest.
    pub fn families(&self) -> Vec<&Version> {
        let mut seen: HashSet<&FamilyId> = HashSet::new();
        self.current()
            .into_iter()
            .chain(self.versions.iter().rev())
            .filter(|v| seen.insert(&v.framework.family))
            .collect()
    }

    /// The latest versions of the families here other than the one aimed at.
    pub fn other_families(&self) -> Vec<&Version> {
        let current = self.current().map(|v| &v.framework.family);
        self.families()
            .into_iter()
            .filter(|v| current.is_some_and(|c| v.framework.family != *c))
            .collect()
    }

    /// The criteria that a family is read beside: itself when something else is aimed at. Of the family aimed
    /// at it is the one aimed at before, else the newest other one.
    pub fn beside(&self, family: &FamilyId) -> Option<&Version> {
        let others = self.other_families();
        let named = |wanted: &FamilyId| others.iter().find(|v| v.framework.family == *wanted).copied();
        if self.current().is_none_or(|c| c.framework.family != *family) {
            return named(family);
        }
        let before = self.aims.iter().rev().find_map(|a| named(&a.what.family));
        before.or_else(|| others.first().copied())
    }

    /// The criteria of a family: the version aimed at, else the latest.
    ///
    /// # Errors
    /// When no version of it is published here.
    pub fn criteria_of(&self, family: &FamilyId) -> Result<&Version, AppError> {
        self.families()
            .into_iter()
            .find(|v| v.framework.family == *family)
            .ok_or_else(|| {
                AppError::not_found(format!("no framework `{family}` is published here"))
                    .hint("`metier framework list` shows what there is.")
            })
    }
}

/// The crosswalks that stand.
pub fn crosswalks(entries: &[Entry]) -> Vec<Told<Crosswalk>> {
    view(entries, jiff::Timestamp::MAX)
        .facts
        .iter()
        .filter_map(|fact| match fact.fact() {
            Fact::Crosswalk(what) => Some(Told {
                id: fact.root,
                on: fact.occurred_on(),
                what: what.clone(),
            }),
            _ => None,
        })
        .collect()
}

/// What of one framework may mean the same in another, likeliest first for each competency of `to`.
pub fn proposals(from: &Framework, to: &Framework) -> Vec<Proposal> {
    crosswalk::propose(from, to, BACKGROUND.iter(), PROPOSED)
}

/// The steps of one ladder as steps of another.
pub fn common_steps(from: &Framework, to: &Framework) -> Vec<(RungId, RungId)> {
    crosswalk::steps(from, to)
}

/// The steps that stand beside each other when the person says nothing else: seen from the other side.
fn back(from: &Framework, to: &Framework, steps: &[(RungId, RungId)]) -> Vec<(RungId, RungId)> {
    if steps == common_steps(from, to) {
        return common_steps(to, from);
    }
    // The person set them side by side: what reaches a step surely reaches the lowest that stands beside it.
    let mut back: Vec<(RungId, RungId)> = Vec::new();
    for (a, b) in steps {
        if !back.iter().any(|(there, _)| there == b) {
            back.push((b.clone(), a.clone()));
        }
    }
    back
}

/// What stands between two families, and the entries that say it.
struct Between {
    forth: Vec<Told<Crosswalk>>,
    back: Vec<Told<Crosswalk>>,
    rejected: Vec<Told<CrosswalkRejected>>,
}

impl Between {
    fn of(entries: &[Entry], from: &FamilyId, to: &FamilyId) -> Self {
        let both = |a: &FamilyId, b: &FamilyId| (a == from && b == to) || (a == to && b == from);
        let (forth, back) = crosswalks(entries)
            .into_iter()
            .filter(|t| both(&t.what.from.family, &t.what.to.family))
            .partition(|t| t.what.from.family == *from);
        let rejected = view(entries, jiff::Timestamp::MAX)
            .facts
            .iter()
            .filter_map(|fact| match fact.fact() {
                Fact::CrosswalkRejected(what) if both(&what.from.family, &what.to.family) => Some(Told {
                    id: fact.root,
                    on: fact.occurred_on(),
                    what: what.clone(),
                }),
                _ => None,
            })
            .collect();
        Self {
            forth,
            back,
            rejected,
        }
    }

    fn settled(&self, from: &FamilyId) -> Settled {
        let mut rulings: Vec<Ruling> = Vec::new();
        let mut steps = Vec::new();
        for crosswalk in self.forth.iter().map(|t| &t.what) {
            let (a, b) = (&crosswalk.from, &crosswalk.to);
            if !rulings
                .iter()
                .any(|r| r.from == a.competency && r.to == b.competency)
            {
                rulings.push(Ruling {
                    from: a.competency.clone(),
                    to: b.competency.clone(),
                    verdict: Verdict::Counts {
                        confidence: crosswalk.confidence,
                    },
                });
            }
            let step = (a.rung.clone(), b.rung.clone());
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        for what in self.rejected.iter().map(|t| &t.what) {
            let (a, b) = if what.from.family == *from {
                (&what.from, &what.to)
            } else {
                (&what.to, &what.from)
            };
            if !rulings
                .iter()
                .any(|r| r.from == a.competency && r.to == b.competency)
            {
                rulings.push(Ruling {
                    from: a.competency.clone(),
                    to: b.competency.clone(),
                    verdict: Verdict::Different,
                });
            }
        }
        let mut ids: Vec<String> = self
            .forth
            .iter()
            .chain(&self.back)
            .map(|t| t.id.to_string())
            .chain(self.rejected.iter().map(|t| t.id.to_string()))
            .collect();
        ids.sort_unstable();
        Settled {
            rulings,
            steps,
            both_ways: !self.back.is_empty(),
            state: Digest::of(ids.concat().as_bytes()),
        }
    }
}

/// Two frameworks beside each other: what is settled between them and what may mean the same.
#[derive(Debug, Clone)]
pub struct Facing {
    /// The one that was first: what was done under it counts…
    pub from: Arc<Framework>,
    /// …in this one.
    pub to: Arc<Framework>,
    /// True when the first is what is aimed at now.
    pub aims_at_first: bool,
    /// What is settled.
    pub settled: Settled,
    /// Which step is read as which: as settled, or as the ladders suggest.
    pub steps: Vec<(RungId, RungId)>,
    /// Proposed and not settled yet, in the order of `to`, the likeliest first for each.
    pub proposed: Vec<Proposal>,
}

impl Metier {
    /// What is aimed at and another family, beside each other.
    ///
    /// # Errors
    /// When nothing is aimed at, the other family is not here, or it is the one aimed at.
    pub async fn facing(&self, other: &FamilyId) -> Result<Facing, AppError> {
        let (entries, life) = self.read().await?;
        let own = Arc::clone(&life.needed()?.framework);
        let other = Arc::clone(&life.criteria_of(other)?.framework);
        if own.family == other.family {
            return Err(
                AppError::input(format!("{} is what you aim at", other.title)).hint("Name another family.")
            );
        }
        let aims_at_first = !other_first(&entries, &life, &own.family, &other.family);
        let (from, to) = if aims_at_first { (own, other) } else { (other, own) };
        let settled = settled(&entries, &from.family, &to.family);
        let proposed = proposals(&from, &to)
            .into_iter()
            .filter(|p| settled.of(&p.from, &p.to) == Verdict::Open)
            .collect();
        let steps = if settled.steps.is_empty() {
            common_steps(&from, &to)
        } else {
            settled.steps.clone()
        };
        Ok(Facing {
            from,
            to,
            aims_at_first,
            settled,
            steps,
            proposed,
        })
    }
}

/// True when what counts is asked from the second of two families to the first. It does not turn round with
/// the aim or with what is recorded: as it was settled first, else from the one that was aimed at first, else
/// from the one that was here first.
fn other_first(entries: &[Entry], life: &Life, one: &FamilyId, other: &FamilyId) -> bool {
    let settled = crosswalks(entries).into_iter().find_map(|t| {
        let (from, to) = (&t.what.from.family, &t.what.to.family);
        ((from == one && to == other) || (from == other && to == one)).then(|| from == other)
    });
    settled.unwrap_or_else(|| {
        let either = |family: &FamilyId| family == one || family == other;
        let aimed = life.aims.iter().map(|a| &a.what.family).find(|f| either(f));
        let here = life
            .versions
            .iter()
            .map(|v| &v.framework.family)
            .find(|f| either(f));
        aimed.or(here) == Some(other)
    })
}

/// What stands between two families: what of the first counts in the second, and what does not.
pub fn settled(entries: &[Entry], from: &FamilyId, to: &FamilyId) -> Settled {
    Between::of(entries, from, to).settled(from)
}

impl Metier {
    /// Records what the person says of pairs of competencies: all of it or nothing. What is said so already
    /// stays as it is; what is said otherwise is taken back.
    ///
    /// # Errors
    /// When a family, a competency or a step is not there, no step is named for what counts, something else
    /// was recorded since it was looked at, or it cannot be recorded.
    pub async fn settle_crosswalk(&self, settlement: &Settlement) -> Result<Vec<EntryId>, AppError> {
        let (entries, life) = self.read().await?;
        let (from, to) = (
            &life.criteria_of(&settlement.from)?.framework,
            &life.criteria_of(&settlement.to)?.framework,
        );
        if from.family == to.family {
            return Err(AppError::input("these are steps of the same framework"));
        }
        let between = Between::of(&entries, &from.family, &to.family);
        let now = between.settled(&from.family).state;
        if settlement.seen.is_some_and(|seen| seen != now) {
            return Err(
                AppError::input("what counts was changed elsewhere since you looked at it")
                    .hint("Nothing was recorded. Look at it as it stands now, and say it again."),
            );
        }
        checked_steps(&settlement.steps, from, to)?;
        let back = back(from, to, &settlement.steps);
        let mut writings = Vec::new();
        for ruling in &settlement.rulings {
            checked(ruling, &settlement.steps, from, to)?;
            let mut wanted: Vec<Crosswalk> = Vec::new();
            if let Verdict::Counts { confidence } = ruling.verdict {
                let mut want = |from: Step, to: Step| {
                    wanted.push(Crosswalk { from, to, confidence });
                };
                for (a, b) in &settlement.steps {
                    want(step(from, &ruling.from, a), step(to, &ruling.to, b));
                }
                for (a, b) in back.iter().filter(|_| settlement.both_ways) {
                    want(step(to, &ruling.to, a), step(from, &ruling.from, b));
                }
            }
            let forth = |c: &Crosswalk| c.from.competency == ruling.from && c.to.competency == ruling.to;
            let behind = |c: &Crosswalk| c.to.competency == ruling.from && c.from.competency == ruling.to;
            let there: Vec<&Told<Crosswalk>> = between
                .forth
                .iter()
                .filter(|t| forth(&t.what))
                .chain(between.back.iter().filter(|t| behind(&t.what)))
                .collect();
            writings.extend(
                there
                    .iter()
                    .filter(|t| !wanted.contains(&t.what))
                    .map(|t| self.taking_back(t.id)),
            );
            writings.extend(
                wanted
                    .into_iter()
                    .filter(|w| !there.iter().any(|t| t.what == *w))
                    .map(|w| self.writing(Fact::Crosswalk(w))),
            );
            self.reject(ruling, &between.rejected, (from, to), &mut writings);
        }
        self.record(writings).await
    }

    /// Notes that two are different, or takes that back.
    fn reject(
        &self,
        ruling: &Ruling,
        there: &[Told<CrosswalkRejected>],
        (from, to): (&Framework, &Framework),
        writings: &mut Vec<Writing>,
    ) {
        let of = |framework: &Framework, competency: &CompetencyId| OfFamily {
            family: framework.family.clone(),
            competency: competency.clone(),
        };
        let what = CrosswalkRejected {
            from: of(from, &ruling.from),
            to: of(to, &ruling.to),
        };
        let same = |c: &CrosswalkRejected| {
            (c.from == what.from && c.to == what.to) || (c.from == what.to && c.to == what.from)
        };
        let mut said = there.iter().filter(|t| same(&t.what)).peekable();
        if ruling.verdict != Verdict::Different {
            writings.extend(said.map(|t| self.taking_back(t.id)));
        } else if said.peek().is_none() {
            writings.push(self.writing(Fact::CrosswalkRejected(what)));
        }
    }

    fn taking_back(&self, entry: EntryId) -> Writing {
        let mut writing = self.writing(Fact::Withdrawal(Withdrawal {
            reason: String::new(),
        }));
        writing.draft.corrects = Some(entry);
        writing
    }
}

fn step(framework: &Framework, competency: &CompetencyId, rung: &RungId) -> Step {
    Step {
        family: framework.family.clone(),
        competency: competency.clone(),
        rung: rung.clone(),
    }
}

fn checked_steps(steps: &[(RungId, RungId)], from: &Framework, to: &Framework) -> Result<(), AppError> {
    for (theirs, ours) in steps {
        for (framework, rung) in [(from, theirs), (to, ours)] {
            if framework.rung(rung).is_none() {
                return Err(AppError::not_found(format!(
                    "{} has no step `{rung}`",
                    framework.title
                )));
            }
        }
    }
    Ok(())
}

/// Refuses a ruling that names what is not there.
fn checked(
    ruling: &Ruling,
    steps: &[(RungId, RungId)],
    from: &Framework,
    to: &Framework,
) -> Result<(), AppError> {
    for (framework, competency) in [(from, &ruling.from), (to, &ruling.to)] {
        // What is no longer in the criteria may still be taken back.
        if ruling.verdict != Verdict::Open && framework.competency(competency).is_none() {
            return Err(AppError::not_found(format!(
                "{} has no competency `{competency}`",
                framework.title
            )));
        }
    }
    if matches!(ruling.verdict, Verdict::Counts { .. }) && steps.is_empty() {
        return Err(AppError::input("no step stands beside another")
            .hint("Say which step is read as which, for at least one."));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
