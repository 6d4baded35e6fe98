//! One competency: its rungs' states, the two quantities, and the answer to "am I there?".

use jiff::civil::Date;
use metier_measure::Result;
use metier_measure::agreement::within::within;

use super::belief::Belief;
use super::freshness::last_use;
use super::record::{Bearing, Record, hours_of};
use super::tally::Tally;
use super::{
    Apart, CompetencyStanding, Effort, Grade, LastUse, Missing, Number, Question, Reason, RungStanding, Said,
    State, verdict,
};
use crate::evidence::Happening;
use crate::framework::{Competency, Criterion, EvidenceKind, Rung};
use crate::id::EntryId;
use crate::rating::Role;

pub(super) fn stand(
    competency: &Competency,
    bearing: &Bearing<'_>,
    record: &Record<'_>,
    question: &Question<'_>,
    belief: &mut Belief<'_>,
) -> Result<CompetencyStanding> {
    let ladder: Vec<&Rung> = question.framework.ladder.active().collect();
    let criteria = criteria(competency, question);
    let tallies = tallies(&criteria, bearing, question)?;
    let last_used = last_use(competency, bearing, record, question)?;
    let believed = belief.about(competency, &bearing.ratings, &tallies, last_used.as_ref())?;

    let anything = !bearing.ratings.is_empty() || !believed.items.is_empty();
    let own_view_only = believed.items.is_empty()
        && !bearing.ratings.is_empty()
        && bearing.ratings.iter().all(|r| r.role == Role::Oneself);
    let obvious = obvious(&ladder, &tallies)?;
    let mut rungs = Vec::with_capacity(ladder.len());
    for (place, rung) in ladder.iter().enumerate() {
        let sight = Sight {
            rung,
            criterion: &criteria[place],
            tally: &tallies[place],
            obvious: obvious[place].as_ref(),
            probability: believed.at_least[place],
            last_used: last_used.as_ref(),
            anything,
            own_view_only,
            question,
        };
        rungs.push(sight.stand()?);
    }

    let proven = standing_on(&rungs).last().map(|r| r.rung.clone());
    let grade = standing_on(&rungs).filter_map(|r| r.grade).min();
    let expected = question
        .target
        .and_then(|target| target.expectation(&competency.id))
        .cloned();
    let verdict = verdict::competency(expected.as_ref(), &ladder, &rungs, own_view_only);
    Ok(CompetencyStanding {
        competency: competency.id.clone(),
        practice: competency.practice.clone(),
        proven,
        grade,
        probably: believed.probably,
        apart: apart(&bearing.ratings, &ladder)?,
        ratings: belief.allowing(&bearing.ratings),
        own_view_only,
        last_used,
        expected,
        verdict,
        items: believed.items,
        effort: effort(&tallies),
        rungs,
    })
}

/// The rungs that what is proven stands on.
fn standing_on(rungs: &[RungStanding]) -> impl Iterator<Item = &RungStanding> {
    rungs
        .iter()
        .take_while(|r| matches!(r.state, State::Proven | State::RefresherDue))
}

/// Lowers the grades to what would be there without what is read through crosswalks: `alone`.
pub(super) fn say_what_is_read_across(standing: &mut CompetencyStanding, alone: &CompetencyStanding) {
    for (rung, alone) in standing.rungs.iter_mut().zip(&alone.rungs) {
        rung.grade = rung
            .grade
            .map(|grade| alone.grade.map_or(Grade::ReadAcross, |own| grade.min(own)));
    }
    standing.grade = standing_on(&standing.rungs).filter_map(|r| r.grade).min();
}

/// What each rung in use asks for on a competency.
pub(super) fn criteria(competency: &Competency, question: &Question<'_>) -> Vec<Criterion> {
    let framework = question.framework;
    let rungs = framework.ladder.active();
    rungs.map(|rung| framework.criterion(competency, rung)).collect()
}

/// What each rung has gathered.
pub(super) fn tallies<'t>(
    criteria: &'t [Criterion],
    bearing: &'t Bearing<'t>,
    question: &Question<'t>,
) -> Result<Vec<Tally<'t>>> {
    criteria
        .iter()
        .enumerate()
        .map(|(place, criterion)| {
            let events = bearing.events.iter().filter(move |e| e.rung == place);
            Tally::fold(criterion, question.policy, events)
        })
        .collect()
}

/// For each rung, the higher proven rung that makes it obvious, with that one's grade.
fn obvious(ladder: &[&Rung], tallies: &[Tally<'_>]) -> Result<Vec<Option<Reason>>> {
    let mut by: Vec<Option<Reason>> = vec![None; ladder.len()];
    for (higher, tally) in ladder.iter().zip(tallies) {
        if tally.proven_at.is_none() || tally.challenge.is_some() {
            continue;
        }
        let grade = tally.grade()?;
        for (place, lower) in ladder.iter().enumerate() {
            if higher.makes_obvious.contains(&lower.id) {
                by[place] = Some(Reason::MadeObvious {
                    by: higher.id.clone(),
                    grade,
                });
            }
        }
    }
    Ok(by)
}

/// One rung with everything its state depends on.
struct Sight<'s, 'a> {
    rung: &'s Rung,
    criterion: &'s Criterion,
    tally: &'s Tally<'a>,
    obvious: Option<&'s Reason>,
    probability: f64,
    last_used: Option<&'s LastUse>,
    anything: bool,
    own_view_only: bool,
    question: &'s Question<'s>,
}

impl Sight<'_, '_> {
    fn stand(&self) -> Result<RungStanding> {
        let (state, mut reasons, missing) = self.state()?;
        if reasons.is_empty() {
            reasons.push(Reason::NothingKnown);
        }
        let grade = match (self.tally.proven_at, self.obvious) {
            (Some(_), Some(Reason::MadeObvious { grade, .. })) => Some(self.tally.grade()?.max(*grade)),
            (Some(_), _) => Some(self.tally.grade()?),
            (None, Some(Reason::MadeObvious { grade, .. })) => Some(*grade),
            _ => None,
        };
        let grade = grade.filter(|_| matches!(state, State::Proven | State::RefresherDue | State::Disputed));
        Ok(RungStanding {
            rung: self.rung.id.clone(),
            criterion: self.criterion.clone(),
            state,
            grade,
            proven_at: self.tally.proven_at,
            probability: Number::new(self.probability),
            reasons,
            missing,
            evidence: self.tally.examples.iter().map(|e| e.shown.id).collect(),
        })
    }

    /// The first state that applies, in the model's order.
    fn state(&self) -> Result<(State, Vec<Reason>, Vec<Missing>)> {
        let tally = self.tally;
        if let Some(disputed) = self.disputed() {
            return Ok(disputed);
        }
        let mut reasons = tally.reasons()?;
        let by_itself = tally.proven_at.is_some();
        if by_itself || self.obvious.is_some() {
            if !by_itself {
                reasons.extend(self.obvious.cloned());
            }
            return Ok(match self.stale() {
                Some((why, missing)) => {
                    reasons.insert(0, why);
                    (State::RefresherDue, reasons, vec![missing])
                }
                None => (State::Proven, reasons, Vec::new()),
            });
        }
        let missing = tally.missing()?;
        let policy = self.question.policy;
        if !self.anything {
            return Ok((State::NoRecord, reasons, missing));
        }
        let probable = Reason::Probable {
            probability: Number::new(self.probability),
        };
        let against = match &tally.contradicted {
            Some(reason) => Some(reason.clone()),
            None => tally.refuted()?,
        };
        if let Some(against) = against {
            reasons.insert(0, against);
            reasons.push(probable);
            return Ok((State::NotYet, reasons, missing));
        }
        let state = if tally.partly()? || self.probability >= policy.likely {
            State::Likely
        } else if self.probability < policy.not_yet {
            State::NotYet
        } else {
            State::NoRecord
        };
        if self.own_view_only && state != State::NoRecord {
            reasons.push(Reason::OwnView);
        }
        if state != State::NoRecord {
            reasons.push(probable);
        }
        Ok((state, reasons, missing))
    }

    fn disputed(&self) -> Option<(State, Vec<Reason>, Vec<Missing>)> {
        let tally = self.tally;
        if tally.disputes.is_empty() && tally.challenge.is_none() {
            return None;
        }
        let mut missing: Vec<Missing> = tally
            .disputes
            .iter()
            .filter_map(|d| match d {
                Reason::Disputed { entry, .. } => Some(Missing::Answer { dispute: *entry }),
                _ => None,
            })
            .collect();
        if tally.challenge.is_some() {
            missing.push(Missing::FreshProof);
        }
        let reasons = tally
            .disputes
            .iter()
            .cloned()
            .chain(tally.challenge.clone())
            .collect();
        Some((State::Disputed, reasons, missing))
    }

    /// Whether a proven rung wants fresh use, and why.
    fn stale(&self) -> Option<(Reason, Missing)> {
        if let Criterion::Held { .. } = self.criterion {
            let (evidence, lapsed) = self.lapsed()?;
            return Some((
                Reason::Lapsed { on: lapsed, evidence },
                Missing::Renewal { evidence },
            ));
        }
        let used = self.last_used?;
        let threshold = match self.criterion {
            Criterion::Accuracy { .. } => self.question.policy.refresher_accuracy,
            Criterion::Count { of, .. } | Criterion::Attested { of, .. } if stands(of) => return None,
            _ => self.question.policy.refresher_other,
        };
        (used.retained.get() < threshold).then(|| {
            let reason = Reason::NotUsed {
                since: used.on,
                months: used.months,
                retained: used.retained,
            };
            (reason, Missing::Use)
        })
    }

    /// The credential that lapsed last, when none holds on the day asked about.
    fn lapsed(&self) -> Option<(EntryId, Date)> {
        let mut latest = None;
        for example in self.tally.examples.iter().filter(|e| e.counts) {
            let Happening::Credential { expires, .. } = &example.shown.evidence.what else {
                continue;
            };
            match expires {
                Some(on) if *on < self.question.at => {
                    if latest.is_none_or(|(_, before)| before < *on) {
                        latest = Some((example.shown.id, *on));
                    }
                }
                _ => return None,
            }
        }
        latest
    }
}

/// True when everything a criterion counts stands for ever: publications and recognitions do not fade.
fn stands(of: &[EvidenceKind]) -> bool {
    !of.is_empty()
        && of.iter().all(|kind| {
            matches!(
                kind,
                EvidenceKind::Communication | EvidenceKind::Recognition | EvidenceKind::Credential
            )
        })
}

fn apart(ratings: &[Said], ladder: &[&Rung]) -> Result<Option<Apart>> {
    if ratings.len() < 2 {
        return Ok(None);
    }
    let place = |said: &Said| {
        said.rung
            .as_ref()
            .map_or(0, |id| 1 + ladder.iter().position(|r| r.id == *id).unwrap_or(0))
    };
    let places: Vec<usize> = ratings.iter().map(place).collect();
    let (Some(&low), Some(&high)) = (places.iter().min(), places.iter().max()) else {
        return Ok(None);
    };
    let of_role = |role: Role| ratings.iter().rev().find(|r| r.role == role).map(place);
    let self_and_manager = match (of_role(Role::Oneself), of_role(Role::Manager)) {
        (Some(own), Some(manager)) => Some(own.abs_diff(manager)),
        _ => None,
    };
    let at = |end: usize| -> Vec<EntryId> {
        let those = ratings.iter().zip(&places).filter(|(_, place)| **place == end);
        those.filter(|_| low < high).map(|(said, _)| said.entry).collect()
    };
    let numbers: Vec<f64> = places.iter().map(|p| *p as f64).collect();
    let categories = u32::try_from(ladder.len() + 1).unwrap_or(u32::MAX);
    Ok(Some(Apart {
        steps: high - low,
        average: Number::new(within(&numbers, categories)?.ad_median),
        lowest: at(low),
        highest: at(high),
        self_and_manager,
    }))
}

/// Effort that went into a competency, each piece of evidence counted once.
fn effort(tallies: &[Tally<'_>]) -> Effort {
    let mut seen = std::collections::HashSet::new();
    let (mut effort, mut hours) = (Effort::default(), 0.0);
    for example in tallies.iter().flat_map(|t| &t.examples) {
        if !seen.insert(example.shown.id) {
            continue;
        }
        effort.entries += 1;
        hours += hours_of(example.shown.evidence);
        if let Happening::Attempts { attempts, .. } = &example.shown.evidence.what {
            effort.attempts += u64::from(*attempts);
        }
    }
    effort.hours = Number::new(hours);
    effort
}

impl Grade {
    /// True when somebody else confirmed it.
    pub fn confirmed(self) -> bool {
        self == Self::Confirmed
    }
}
