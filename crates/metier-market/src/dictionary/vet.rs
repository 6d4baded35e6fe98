//! Vetting: which names of an index are good for reading texts.
//!
//! A classification's other names are made for searching: "access", "term", "form" and "scale" are among
//! those of ESCO. A rule says of each name whether the concept is meant wherever the words stand, whether
//! what stands around decides, or whether the name is for searching only. The stated rule needs nothing but
//! the index; a learnt one is fitted to texts in which people marked what is asked for.

use serde::{Deserialize, Serialize};

use crate::concept::{Concept, Concepts, Name, Scheme, Sort, Trust};
use crate::context::{Features, Linear, of_name};
use crate::text::Case;

use super::traits::{Background, Relation, Traits};

/// A rule that says what a name is good for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    learnt: Option<Learnt>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Learnt {
    linear: Linear,
    thresholds: Thresholds,
}

/// From which probability on that a place where a name stands is marked, the name is good for what.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// From here on what stands around a name decides; below it the name is for searching only.
    pub in_context: f32,
    /// From here on a name is trusted wherever it stands.
    pub plain: f32,
}

impl Rule {
    pub(crate) fn learnt(linear: Linear, thresholds: Thresholds) -> Self {
        Self {
            learnt: Some(Learnt { linear, thresholds }),
        }
    }

    /// What a name with these traits is good for.
    pub fn trust(&self, traits: Traits, name: &str) -> Trust {
        let Some(learnt) = &self.learnt else {
            return stated(traits);
        };
        let mut features = Features::default();
        of_name(traits, name, &mut features);
        let probability = learnt.linear.probability(&features);
        if probability >= learnt.thresholds.plain {
            Trust::Plain
        } else if probability >= learnt.thresholds.in_context {
            Trust::InContext
        } else {
            Trust::SearchOnly
        }
    }
}

/// What each name of an index is good for: of each concept the preferred label, then the other names.
///
/// A person's own competencies keep the trust they have: who named them knows what is meant.
pub fn vet(concepts: &Concepts, rule: &Rule) -> Vec<Trust> {
    let background = Background::new(concepts);
    let mut trusts = Vec::new();
    for (_, concept) in concepts.iter() {
        let own = concept.scheme == Scheme::Own;
        let label = concept.label.as_str();
        trusts.push(if own {
            Trust::Plain
        } else {
            rule.trust(background.traits(concept, label), label)
        });
        trusts.extend(concept.names.iter().map(|name| {
            if own {
                name.trust
            } else {
                rule.trust(background.traits(concept, &name.text), &name.text)
            }
        }));
    }
    trusts
}

/// The index with every name's trust set by a rule.
///
/// A preferred label that is not to be trusted plainly is put among the names with the trust it has, as
/// [`super::Dictionary::new`] reads it.
#[must_use]
pub fn vetted(concepts: &Concepts, rule: &Rule) -> Concepts {
    let mut trusts = vet(concepts, rule).into_iter();
    let mut next = || trusts.next().unwrap_or(Trust::SearchOnly);
    let all = concepts
        .iter()
        .map(|(_, concept)| {
            let label = next();
            let names = concept.names.iter().map(|name| Name {
                text: name.text.clone(),
                trust: next(),
            });
            let mut made = Concept {
                names: names.collect(),
                ..concept.clone()
            };
            if concept.scheme != Scheme::Own {
                made.names.retain(|name| name.text != concept.label);
                if label != Trust::Plain {
                    let text = concept.label.clone();
                    made.names.push(Name { text, trust: label });
                }
            }
            made
        })
        .collect();
    Concepts::new(all)
}

/// The stated rule.
///
/// The fewer descriptions a name's rarest word stands in, the more of a name it is. A common word is a name
/// only in a phrase; one that is written with a capital may be the name of a product, so what stands around
/// it decides; anything else common is for searching.
fn stated(traits: Traits) -> Trust {
    let Traits {
        sort,
        relation,
        words,
        letters,
        common,
        written,
        shared,
        ..
    } = traits;
    let single = words == 1;
    let capital = written != Case::Small;
    let rare = |plain: u8, in_context: u8| {
        if common <= plain {
            Trust::Plain
        } else if common <= in_context {
            Trust::InContext
        } else {
            Trust::SearchOnly
        }
    };
    match (relation, sort) {
        _ if words == 0 => Trust::SearchOnly,
        (Relation::Label | Relation::Bare | Relation::Spelt, Sort::Skill) if single && !capital => {
            Trust::SearchOnly
        }
        (Relation::Label | Relation::Bare | Relation::Spelt, Sort::Skill) => Trust::Plain,
        (Relation::Label | Relation::Bare | Relation::Spelt, _) if !single => rare(7, 15),
        (Relation::Label | Relation::Bare | Relation::Spelt, _) if letters <= 2 => Trust::InContext,
        (Relation::Label | Relation::Bare | Relation::Spelt, _) if capital => rare(3, 15),
        (Relation::Label | Relation::Bare | Relation::Spelt, _) => rare(3, 4),
        (Relation::Initials, _) if shared > 1 || letters <= 2 => Trust::SearchOnly,
        (Relation::Product, _) if single && letters > 2 && capital => Trust::InContext,
        (Relation::Product, _) if !single && capital && common <= 4 => Trust::InContext,
        (Relation::Kind, _) if !single => rare(6, 7),
        (Relation::Kind, _) if capital && common <= 2 => Trust::InContext,
        (Relation::Other, Sort::Skill | Sort::Attitude) if words >= 3 && common <= 6 => Trust::Plain,
        (Relation::Other, Sort::Skill | Sort::Attitude) => Trust::SearchOnly,
        (Relation::Other, _) if !single => rare(6, 7),
        (Relation::Other | Relation::Initials, _) if common <= 2 => Trust::InContext,
        _ => Trust::SearchOnly,
    }
}
