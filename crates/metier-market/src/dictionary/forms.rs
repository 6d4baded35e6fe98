//! Shorter names: what people write for a concept whose preferred name is long.
//!
//! "Java (computer programming)" is written "Java", "Microsoft Excel" is written "Excel", and of
//! "Structured query language SQL" either half. Which of them are good for reading is vetting's to say;
//! here they are only added, for searching.

use std::collections::{BTreeMap, HashSet};

use crate::concept::{Concepts, Name, Scheme, Trust};

use crate::text::scan::name_key;

use super::traits::{bare, initials, kind, product};

/// So many names of technologies begin with a word that is taken for their maker.
const MAKER: usize = 5;

/// The index with the shorter forms of every preferred name added, good for searching only.
#[must_use]
pub fn with_short_forms(concepts: &Concepts) -> Concepts {
    let mut makers: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, concept) in concepts.iter() {
        if concept.scheme == Scheme::OnetTechnology
            && let Some((maker, _)) = product(&concept.label)
        {
            *makers.entry(maker).or_default() += 1;
        }
    }
    let all = concepts
        .iter()
        .map(|(_, concept)| {
            let mut made = concept.clone();
            if concept.scheme == Scheme::Own {
                return made;
            }
            let label = concept.label.as_str();
            let mut short = Vec::new();
            short.extend(bare(label));
            if let Some((spelt, initials)) = initials(label) {
                short.extend([spelt, initials]);
            }
            if concept.scheme == Scheme::OnetTechnology {
                short.extend(kind(label));
                if let Some((maker, product)) = product(label)
                    && makers.get(maker).is_some_and(|n| *n >= MAKER)
                {
                    short.push(product);
                }
            }
            let mut known: HashSet<u64> = concept.names.iter().map(|n| name_key(&n.text)).collect();
            known.insert(name_key(label));
            for text in short {
                if known.insert(name_key(text)) {
                    made.names.push(Name {
                        text: text.to_owned(),
                        trust: Trust::SearchOnly,
                    });
                }
            }
            made
        })
        .collect();
    Concepts::new(all)
}
