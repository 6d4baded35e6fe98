//! Making a calibration from ratings: roles become groups, people subjects, competencies aspects.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use metier_measure::MeasureError;
use metier_measure::raters::{self, Ask, Entry, Estimate, Links, Model, Ratings, Shape, Source, Through};

use super::{Calibration, Heard, Origin, RaterLeniency, RoleLeniency, Word};
use crate::canonical::Digest;
use crate::framework::Framework;
use crate::id::{CompetencyId, JournalId, RungId};
use crate::policy::Policy;
use crate::rating::Role;
use crate::standing::{Number, equal_thresholds};

/// A rater has an estimate of their own from so many ratings of what others rated too.
pub const LEAST_LINKED: usize = 10;

/// Groups of raters; the first fixes the origin, so it is the one that is most often in company.
const ROLES: [Role; 5] = [
    Role::Peer,
    Role::Manager,
    Role::Client,
    Role::Mentor,
    Role::Oneself,
];

/// The share of the policy's prior variance taken as between people, until it is estimated; the rest is between
/// the competencies of one person.
const BETWEEN_PEOPLE: f64 = 0.75;

/// The widest leniency that a posterior is computed with.
const WIDEST: f64 = 3.0;

/// Estimates leniency from the words of many people's raters on one family's competencies, over the ladder of
/// `framework`. Of several words of one rater in one role on one competency of one person the last counts; words
/// on other families or on rungs that are not in use are left out. The order of words changes nothing.
///
/// # Errors
/// When the policy's numbers lie outside their methods' domain, there are more ratings than the method
/// takes, or the estimation does not settle.
pub fn calibrate(
    of: &str,
    words: &[Word<'_>],
    framework: &Framework,
    policy: (&Policy, Digest),
    on: Date,
) -> Result<Calibration, MeasureError> {
    let (policy, digest) = policy;
    let rungs: Vec<RungId> = framework.ladder.active().map(|r| r.id.clone()).collect();
    let table = Table::of(words, framework, &rungs)?;
    let prior = prior(policy, rungs.len());
    let links = Links::new(&table.ratings, Through::Cells);
    let estimate = Estimate::new(&table.ratings, &links, &prior, &Ask::default())?;
    let model = estimate.fit.model();
    let between = model.subject_sd * model.subject_sd + model.cell_sd * model.cell_sd;
    let mut heard = Heard {
        ratings: small(table.ratings.len()),
        people: small(table.people),
        raters: small(table.raters.len()),
        ..Heard::default()
    };
    let mut own = Vec::new();
    for (rater, key) in (0_u32..).zip(&table.raters) {
        let linked = table.in_company.get(&rater).copied().unwrap_or(0);
        if !links.linking(rater)?.is_told() {
            heard.not_linked += 1;
        } else if table.ambiguous.contains(&(key.name.clone(), key.role)) {
            heard.ambiguous += 1;
        } else if linked < LEAST_LINKED {
            heard.too_few += 1;
        } else {
            let leniency = estimate.fit.leniency(&table.ratings, &links, rater)?;
            own.push(RaterLeniency {
                role: key.role,
                rater: key.name.clone(),
                mean: Number::new(leniency.mean),
                sd: Number::new(leniency.sd.min(WIDEST)),
                ratings: small(linked),
            });
        }
    }
    own.sort_by(|a, b| (a.role, &a.rater).cmp(&(b.role, &b.rater)));
    Ok(Calibration {
        of: of.to_owned(),
        made_on: on,
        family: framework.family.clone(),
        policy: digest,
        heard,
        thresholds: model.taus.iter().map(|t| Number::new(*t)).collect(),
        thresholds_from: origin(estimate.taus),
        prior_sd: Number::new(libm::sqrt(between)),
        people_from: origin(estimate.subject_sd),
        competencies_from: origin(estimate.cell_sd),
        roles: roles(&estimate, model, policy),
        raters: own,
        rungs,
    })
}

fn roles(estimate: &Estimate, model: &Model, policy: &Policy) -> Vec<RoleLeniency> {
    let mut roles: Vec<RoleLeniency> = ROLES
        .into_iter()
        .enumerate()
        .map(|(group, role)| {
            let (sd, sd_from) = if model.group_sd[group] <= WIDEST {
                (model.group_sd[group], origin(estimate.group_sd[group]))
            } else {
                (policy.leniency_of(role).sd, Origin::Unbounded)
            };
            RoleLeniency {
                role,
                mean: Number::new(model.group_mean[group]),
                mean_from: if group == 0 {
                    Origin::FixesTheScale
                } else {
                    origin(estimate.group_mean[group])
                },
                sd: Number::new(sd),
                sd_from,
            }
        })
        .collect();
    roles.sort_by_key(|r| r.role);
    roles
}

/// The policy's numbers as the model of many raters has them.
fn prior(policy: &Policy, rungs: usize) -> Model {
    let leniency = ROLES.map(|role| policy.leniency_of(role));
    Model {
        taus: equal_thresholds(rungs, policy),
        group_mean: leniency.iter().map(|l| l.mean).collect(),
        group_sd: leniency.iter().map(|l| l.sd).collect(),
        subject_sd: policy.prior_sd * libm::sqrt(BETWEEN_PEOPLE),
        cell_sd: policy.prior_sd * libm::sqrt(1.0 - BETWEEN_PEOPLE),
    }
}

/// A rater: somebody in a role. A person's own view is told apart by whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Rater {
    role: Role,
    name: String,
    /// Whose own view; absent for others'.
    of: Option<JournalId>,
}

/// The words as the model takes them.
struct Table {
    ratings: Ratings,
    people: usize,
    raters: Vec<Rater>,
    /// How many of a rater's ratings are of what others rated too.
    in_company: HashMap<u32, usize>,
    /// Names that several people have in one role.
    ambiguous: HashSet<(String, Role)>,
}

/// One rater's place for one competency of one person.
type Cell<'w> = (JournalId, &'w CompetencyId);

impl Table {
    fn of(words: &[Word<'_>], framework: &Framework, rungs: &[RungId]) -> Result<Self, MeasureError> {
        // The last word of each rater on each cell: the greatest by time, then by category.
        let mut last: BTreeMap<(Cell<'_>, Rater), (jiff::Timestamp, u8)> = BTreeMap::new();
        for word in words.iter().filter(|w| w.rating.family == framework.family) {
            let Some(category) = category(word, rungs) else {
                continue;
            };
            let rater = Rater {
                role: word.rating.role,
                name: word.rating.rater.clone(),
                of: (word.rating.role == Role::Oneself).then_some(word.person),
            };
            let key = ((word.person, &word.rating.competency), rater);
            let said = (word.recorded_at, category);
            let kept = last.entry(key).or_insert(said);
            *kept = said.max(*kept);
        }
        let people = numbered(last.keys().map(|((person, _), _)| *person));
        let aspects = numbered(last.keys().map(|((_, competency), _)| *competency));
        let raters = numbered(last.keys().map(|(_, rater)| rater.clone()));
        let mut company: HashMap<Cell<'_>, u32> = HashMap::new();
        for (cell, _) in last.keys() {
            *company.entry(*cell).or_default() += 1;
        }
        let mut in_company: HashMap<u32, usize> = HashMap::new();
        let mut entries = Vec::with_capacity(last.len());
        for ((cell, rater), (_, category)) in &last {
            let number = raters.get(rater).copied().unwrap_or_default();
            if company.get(cell).is_some_and(|n| *n > 1) {
                *in_company.entry(number).or_default() += 1;
            }
            entries.push(Entry {
                subject: people.get(&cell.0).copied().unwrap_or_default(),
                aspect: aspects.get(cell.1).copied().unwrap_or_default(),
                rater: number,
                group: group(rater.role),
                category: *category,
            });
        }
        let shape = Shape {
            subjects: small(people.len()),
            aspects: small(aspects.len()),
            raters: small(raters.len()),
            groups: group_count(),
            categories: categories(rungs)?,
        };
        let raters: Vec<Rater> = raters.into_keys().collect();
        let mut seen: HashSet<(&str, Role)> = HashSet::new();
        let ambiguous = raters
            .iter()
            .filter(|r| !seen.insert((r.name.as_str(), r.role)))
            .map(|r| (r.name.clone(), r.role))
            .collect();
        Ok(Self {
            ratings: Ratings::new(shape, &entries)?,
            people: people.len(),
            raters,
            in_company,
            ambiguous,
        })
    }
}

fn numbered<T: Ord>(of: impl Iterator<Item = T>) -> BTreeMap<T, u32> {
    let distinct: BTreeSet<T> = of.collect();
    distinct.into_iter().zip(0..).collect()
}

/// 0: not even the first rung; else the rung's place from 1. None for a rung that is not in use.
fn category(word: &Word<'_>, rungs: &[RungId]) -> Option<u8> {
    match &word.rating.rung {
        None => Some(0),
        Some(rung) => {
            let place = rungs.iter().position(|r| r == rung)?;
            u8::try_from(place + 1).ok()
        }
    }
}

fn categories(rungs: &[RungId]) -> Result<u8, MeasureError> {
    u8::try_from(rungs.len() + 1)
        .ok()
        .filter(|count| *count <= raters::MAX_CATEGORIES)
        .ok_or(MeasureError::Length {
            name: "rungs",
            length: rungs.len(),
            allowed: "up to 100",
        })
}

fn group(role: Role) -> u8 {
    let place = ROLES.iter().position(|r| *r == role).unwrap_or(0);
    u8::try_from(place).unwrap_or(0)
}

fn group_count() -> u8 {
    u8::try_from(ROLES.len()).unwrap_or(u8::MAX)
}

fn origin(source: Source) -> Origin {
    match source {
        Source::Estimated => Origin::Estimated,
        Source::Given => Origin::FixesTheScale,
        Source::TooFew { found, needed } => Origin::TooFew {
            found: small(found),
            needed: small(needed),
        },
        Source::NotCompared { found, needed } => Origin::NotCompared {
            found: small(found),
            needed: small(needed),
        },
        Source::AtBoundary => Origin::NoVariation,
        Source::Unbounded => Origin::Unbounded,
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
