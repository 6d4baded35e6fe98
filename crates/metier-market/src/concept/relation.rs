//! How concepts go together, and when two of different schemes are said to be of one name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{ConceptId, Concepts, Scheme};
use crate::text::words;

/// One concept goes with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// Where it begins.
    pub from: ConceptId,
    /// Where it leads.
    pub to: ConceptId,
    /// How they go together.
    pub sort: Related,
}

/// How two concepts go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Related {
    /// The second is essential to the first, as the publisher says.
    Essential,
    /// The second is optional to the first, as the publisher says.
    Optional,
    /// They are of one name in two schemes ([`same_names`]): ask of both, and count them apart.
    SameName,
}

/// First words that begin at least this many technologies are taken for their maker.
const MAKER_OF: usize = 5;

/// Which skills of ESCO and technologies of O*NET are of one name, both ways.
///
/// A technology's name is compared whole, and without its maker: a first word that begins the names of at
/// least five technologies ("Oracle Java", "Microsoft Excel"). A skill's preferred label is compared whole,
/// and without what follows in brackets ("Java (computer programming)"). Names are compared word for word in
/// lower case, without "software". Alternative labels are not compared: too many of them are names of
/// something wider. Two concepts so related are not made one: a maker's product and the craft of using it
/// are asked for apart, and what a publisher says of one is not said of the other.
pub fn same_names(concepts: &Concepts) -> Vec<Relation> {
    let technologies: Vec<(ConceptId, Vec<String>)> = concepts
        .iter()
        .filter(|(_, c)| c.scheme == Scheme::OnetTechnology)
        .map(|(id, c)| (id, cut(&c.label)))
        .collect();
    let mut begun: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name) in &technologies {
        if let Some(first) = name.first() {
            *begun.entry(first).or_default() += 1;
        }
    }
    let mut named: HashMap<&[String], Vec<ConceptId>> = HashMap::new();
    for (id, name) in &technologies {
        named.entry(name).or_default().push(*id);
        let maker = name
            .first()
            .is_some_and(|first| begun[first.as_str()] >= MAKER_OF);
        if maker && name.len() > 1 {
            named.entry(&name[1..]).or_default().push(*id);
        }
    }
    let mut found: BTreeSet<Relation> = BTreeSet::new();
    for (id, concept) in concepts.iter().filter(|(_, c)| c.scheme == Scheme::Esco) {
        let whole = cut(&concept.label);
        let bare = cut(concept.label.split('(').next().unwrap_or_default());
        for name in [whole.as_slice(), bare.as_slice()] {
            for &to in named.get(name).into_iter().flatten().filter(|_| !name.is_empty()) {
                let sort = Related::SameName;
                found.insert(Relation { from: id, to, sort });
                found.insert(Relation {
                    from: to,
                    to: id,
                    sort,
                });
            }
        }
    }
    found.into_iter().collect()
}

fn cut(name: &str) -> Vec<String> {
    words(name)
        .map(|word| word.of(name).to_lowercase())
        .filter(|word| word != "software")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concept::tests::concept;

    #[test]
    fn a_product_and_the_craft_of_using_it_are_related_and_stay_two() {
        let makers = [
            "Oracle Java",
            "Oracle Database",
            "Oracle Fusion",
            "Oracle Forms",
            "Oracle VM",
        ];
        let mut all: Vec<_> = makers
            .iter()
            .map(|name| concept(Scheme::OnetTechnology, name, &[]))
            .collect();
        all.push(concept(Scheme::OnetTechnology, "Blender software", &[]));
        all.push(concept(Scheme::OnetTechnology, "Garden Java", &[]));
        all.push(concept(Scheme::Esco, "Java (computer programming)", &[]));
        all.push(concept(Scheme::Esco, "Blender", &[]));
        all.push(concept(Scheme::Esco, "drink coffee", &["Oracle Java"]));
        let concepts = Concepts::new(all);
        let related = same_names(&concepts);
        let pairs: Vec<(u32, u32)> = related.iter().map(|r| (r.from.0, r.to.0)).collect();
        assert_eq!(
            pairs,
            [(0, 7), (5, 8), (7, 0), (8, 5)],
            "\"Garden\" makes nothing else"
        );
        let concepts = concepts.with_related(related);
        assert_eq!(concepts.related(ConceptId(7))[0].to, ConceptId(0));
        assert!(concepts.related(ConceptId(9)).is_empty());
    }
}
