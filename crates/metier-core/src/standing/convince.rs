//! What would convince? Of all single further observations, those expected to narrow the range most.
//!
//! Candidates are a word from each role not heard yet (and from one more peer or client), and an example for
//! each rung that is not proven, backed by somebody who has confirmed nothing so far or by something to
//! show. What each is expected to leave open is an average over how it may turn out, as now seen
//! (`metier_measure::further`): an example sought may speak against as well as for. After an example the
//! competency counts as used, so that older evidence weighs as fresh, and evidence of one source weighs less
//! for each more of it: all is weighed as it would be then.
//!
//! Attempts at an accuracy rung are not among the candidates: they are no single observation, and what they
//! would prove is said by what is missing.

use metier_measure::Result;
use metier_measure::evidence::weight;
use metier_measure::further::{Further, Known, Open};
use serde::Serialize;

use super::belief::{Belief, Piece};
use super::freshness::last_use;
use super::record::Record;
use super::{CompetencyStanding, Number, Question, Said, competency};
use crate::framework::{Competency, Criterion, EvidenceKind};
use crate::id::{CompetencyId, RungId};
use crate::journal::{Entry, view};
use crate::rating::Role;

/// How many candidates are named.
const FEW: usize = 3;

/// What would tell most about one competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Convince {
    /// Which competency.
    pub competency: CompetencyId,
    /// The question: is the person at least here?
    pub question: RungId,
    /// Probability of yes, now.
    pub probability: Number,
    /// True when that lies outside the middle already: below the policy's "not yet", or as far from certain on
    /// the other side. Then `settles` is the chance that it stays so.
    pub settled: bool,
    /// How many neighbouring places the range holds now, "below the first" among them.
    pub range: Number,
    /// The observations expected to leave the shortest range, best first; a role or a rung is named once. Empty
    /// when none is expected to tell anything.
    pub best: Vec<Telling>,
    /// Whose word would tell anything, best first.
    pub words: Vec<Telling>,
    /// The best of those for which nobody else is needed.
    pub on_your_own: Option<Telling>,
}

/// One further observation, and what it is expected to tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Telling {
    /// What is observed.
    pub what: Observation,
    /// How many places the range is expected to hold afterwards.
    pub range: Number,
    /// The chance that the question is settled afterwards.
    pub settles: Number,
    /// Probability of yes once an example came off; absent for a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Number>,
}

/// Something that could be observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "observation", rename_all = "snake_case")]
pub enum Observation {
    /// Somebody's word.
    Word {
        /// In which role.
        role: Role,
        /// True when somebody spoke in that role already: it takes another one.
        another: bool,
    },
    /// An example.
    Example {
        /// Of which rung.
        rung: RungId,
        /// Of which of these kinds; empty: any.
        of: Vec<EvidenceKind>,
        /// What is behind it.
        backing: Backing,
        /// Who would best confirm it.
        confirmed_by: String,
    },
}

/// What is behind an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Backing {
    /// Something to show.
    Artefact,
    /// Somebody's confirmation who has not confirmed anything here so far.
    Confirmed,
}

/// A candidate with all that decides about it.
struct Weighed {
    telling: Telling,
    open: Open,
}

/// What would tell most on one competency about being at least on a rung: the one given, else the one that the
/// target asks for while that is open, else the one that is least certain. `None` when the framework has no such competency or
/// rung.
///
/// # Errors
/// When a number of the policy lies outside its method's domain.
pub fn convince(
    entries: &[Entry],
    question: &Question<'_>,
    competency: &CompetencyId,
    rung: Option<&RungId>,
) -> Result<Option<Convince>> {
    let competencies = &question.framework.competencies;
    let Some(place) = competencies.iter().position(|c| c.id == *competency) else {
        return Ok(None);
    };
    let competency = &competencies[place];
    let view = view(entries, question.known_at);
    let record = Record::read(&view, question);
    let bearing = &record.competencies[place];
    let mut belief = Belief::new(question)?;
    let standing = competency::stand(competency, bearing, &record, question, &mut belief)?;
    let criteria = competency::criteria(competency, question);
    let tallies = competency::tallies(&criteria, bearing, question)?;
    let pieces = belief.pieces(&tallies)?;
    let used = last_use(competency, bearing, &record, question)?;
    let age = used.as_ref().map_or(0.0, |l| l.months.get());
    let Some(asked) = asked(&standing, rung, question) else {
        return Ok(None);
    };
    let mut search = Search {
        question,
        competency,
        asked,
        said: &bearing.ratings,
        pieces: &pieces,
        age,
        belief,
    };
    let now = search.now()?;
    let mut found: Vec<Weighed> = Vec::new();
    for (role, another) in unheard(&bearing.ratings) {
        found.push(search.word(role, another)?);
    }
    for (target, (rung, criterion)) in standing.rungs.iter().zip(&criteria).enumerate() {
        let (Some((of, confirmed_by)), None) = (example(criterion), rung.proven_at) else {
            continue;
        };
        for backing in [Backing::Artefact, Backing::Confirmed] {
            let what = Observation::Example {
                rung: rung.rung.clone(),
                of: of.clone(),
                backing,
                confirmed_by: confirmed_by.clone(),
            };
            found.push(search.example(target, backing, what)?);
        }
    }
    found.retain(|w| less(&w.open, &now));
    found.sort_by(|a, b| {
        let key = |w: &Weighed| (rounded(w.open.length), w.open.entropy);
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let told = |keep: fn(&Observation) -> bool| {
        let tellings = found.iter().map(|w| &w.telling);
        tellings.filter(move |t| keep(&t.what)).cloned()
    };
    let words = told(|what| matches!(what, Observation::Word { .. })).collect();
    let on_your_own = told(alone).next();
    let probability = standing.rungs[asked].probability;
    Ok(Some(Convince {
        competency: competency.id.clone(),
        question: standing.rungs[asked].rung.clone(),
        probability,
        settled: settled(probability.get(), question),
        range: Number::new(now.length),
        words,
        on_your_own,
        best: few(found),
    }))
}

/// The place of the rung asked about.
fn asked(standing: &CompetencyStanding, given: Option<&RungId>, question: &Question<'_>) -> Option<usize> {
    let place = |id: &RungId| standing.rungs.iter().position(|r| r.rung == *id);
    if let Some(given) = given {
        return place(given);
    }
    let expected = standing.expected.as_ref().and_then(|e| place(&e.rung));
    let open = |place: &usize| !settled(standing.rungs[*place].probability.get(), question);
    let from_even = |place: usize| (standing.rungs[place].probability.get() - 0.5).abs();
    let least_certain = || (0..standing.rungs.len()).min_by(|a, b| from_even(*a).total_cmp(&from_even(*b)));
    expected.filter(open).or_else(least_certain)
}

struct Search<'s, 'q> {
    question: &'s Question<'q>,
    competency: &'s Competency,
    /// The place of the rung asked about.
    asked: usize,
    said: &'s [Said],
    pieces: &'s [Piece<'s>],
    age: f64,
    belief: Belief<'q>,
}

impl Search<'_, '_> {
    fn now(&mut self) -> Result<Open> {
        let items = self.belief.weigh(self.competency, self.pieces, self.age, None)?;
        let said: Vec<_> = self.said.iter().map(|s| self.belief.rating(s)).collect();
        self.belief.known(&said, &items).open()
    }

    fn word(&mut self, role: Role, another: bool) -> Result<Weighed> {
        // Somebody of whom nothing is known but the role.
        let (leniency_mean, leniency_sd) = self.belief.leniency("", role);
        let items = self.belief.weigh(self.competency, self.pieces, self.age, None)?;
        let further = Further::Rating {
            leniency_mean,
            leniency_sd,
        };
        self.weigh(&items, further, Observation::Word { role, another })
    }

    fn example(&mut self, target: usize, backing: Backing, what: Observation) -> Result<Weighed> {
        let policy = self.question.policy;
        // One's own word is one source, whatever there is to show; a new name is a new one.
        let (verifiability, source) = match backing {
            Backing::Artefact => (policy.verifiability.artefact, Some("")),
            Backing::Confirmed => (policy.verifiability.confirmed, None),
        };
        let same = source.map_or(0, |s| self.pieces.iter().filter(|p| p.source == s).count());
        let items = self.belief.weigh(self.competency, self.pieces, 0.0, source)?;
        let half_life = policy.half_life_of(self.competency.retention);
        let further = Further::Item {
            target: target + 1,
            weight: weight(verifiability, same + 1, policy.rho, 0.0, half_life)?,
        };
        self.weigh(&items, further, what)
    }

    fn weigh(
        &mut self,
        items: &[metier_measure::evidence::Item],
        further: Further,
        what: Observation,
    ) -> Result<Weighed> {
        let said: Vec<_> = self.said.iter().map(|s| self.belief.rating(s)).collect();
        let (asked, question) = (self.asked + 1, self.question);
        let mut known: Known<'_> = self.belief.known(&said, items);
        let at_least = |mass: &[f64]| mass[asked..].iter().sum::<f64>().min(1.0);
        let outcomes = known.outcomes(further)?;
        let settles = outcomes
            .iter()
            .filter(|(_, mass)| settled(at_least(mass), question))
            .map(|(chance, _)| chance)
            .sum();
        let then = match further {
            Further::Item { .. } => outcomes.first().map(|(_, mass)| Number::new(at_least(mass))),
            Further::Rating { .. } => None,
        };
        let open = known.expected(further)?;
        Ok(Weighed {
            telling: Telling {
                what,
                range: Number::new(open.length),
                settles: Number::new(settles),
                then,
            },
            open,
        })
    }
}

/// The roles whose word would be new, and whether somebody spoke in that role before. There is one manager and
/// one mentor, and there are many peers and clients.
fn unheard(said: &[Said]) -> Vec<(Role, bool)> {
    [Role::Manager, Role::Peer, Role::Client, Role::Mentor]
        .into_iter()
        .map(|role| (role, said.iter().any(|s| s.role == role)))
        .filter(|(role, heard)| !heard || matches!(role, Role::Peer | Role::Client))
        .collect()
}

/// The kinds of example a criterion counts, and who would best confirm it; none for attempts.
fn example(criterion: &Criterion) -> Option<(Vec<EvidenceKind>, String)> {
    match criterion {
        Criterion::Accuracy { .. } => None,
        Criterion::Count { of, confirmed_by, .. } | Criterion::Attested { of, confirmed_by } => {
            Some((of.clone(), confirmed_by.clone()))
        }
        Criterion::Held { .. } => Some((vec![EvidenceKind::Credential], String::new())),
        Criterion::Owned { confirmed_by } => Some((vec![EvidenceKind::Ownership], confirmed_by.clone())),
        Criterion::Judged { confirmed_by, .. } => Some((Vec::new(), confirmed_by.clone())),
    }
}

/// True outside the middle: below the policy's "not yet", or as far from certain on the other side.
fn settled(probability: f64, question: &Question<'_>) -> bool {
    let edge = question.policy.not_yet;
    probability < edge || probability > 1.0 - edge
}

/// Lengths are compared so, that rounding decides nothing.
fn rounded(length: f64) -> f64 {
    libm::round(length * 1e9)
}

fn less(a: &Open, b: &Open) -> bool {
    let (length, now) = (rounded(a.length), rounded(b.length));
    length < now || (length <= now && a.entropy < b.entropy - 1e-9)
}

fn alone(what: &Observation) -> bool {
    matches!(
        what,
        Observation::Example {
            backing: Backing::Artefact,
            ..
        }
    )
}

/// The first few, each role and each rung once.
fn few(found: Vec<Weighed>) -> Vec<Telling> {
    let mut few: Vec<Telling> = Vec::new();
    for Weighed { telling, .. } in found {
        let same = |other: &Telling| match (&other.what, &telling.what) {
            (Observation::Example { rung: a, .. }, Observation::Example { rung: b, .. }) => a == b,
            (a, b) => a == b,
        };
        if few.len() < FEW && !few.iter().any(same) {
            few.push(telling);
        }
    }
    few
}
