//! What can be said of a name from the index alone.

use crate::concept::{Concept, Concepts, Scheme, Sort};
use crate::text::scan::{SpreadMap, keys, name_key};
use crate::text::{Case, words};

/// What a name is like: all that the rules of vetting see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Traits {
    /// Where its concept comes from.
    pub scheme: Scheme,
    /// What its concept is.
    pub sort: Sort,
    /// How it stands to the concept's preferred name.
    pub relation: Relation,
    /// How many words it has, up to 4.
    pub words: u8,
    /// How many characters it has, up to 9.
    pub letters: u8,
    /// How common its rarest word is where nobody names anything: in how many of the index's descriptions
    /// it stands, as a power of two. 0: in none, 1: in one, 2: in 2 or 3, 3: in 4 to 7, up to 15. An index
    /// with fewer than 1000 descriptions cannot tell; there a name of one word has 5.
    pub common: u8,
    /// How the first word that has a letter is written.
    pub written: Case,
    /// How many concepts go by it, up to 3.
    pub shared: u8,
}

/// How a name stands to its concept's preferred name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// It is the preferred name.
    Label,
    /// It is the preferred name without what stands in parentheses at its end.
    Bare,
    /// It is the initials: "SQL" of "Structured query language SQL".
    Initials,
    /// It is what the initials stand for.
    Spelt,
    /// It is the preferred name without the maker: "Excel" of "Microsoft Excel".
    Product,
    /// It is the preferred name without "software" at its end.
    Kind,
    /// It is another name.
    Other,
}

/// How common words are in the descriptions of an index.
#[derive(Debug, Clone, Default)]
pub struct Background {
    /// Of each word's key, in how many descriptions it stands, and the last of them.
    seen: SpreadMap<u64, (u32, u32)>,
    /// Of each name's key how many concepts go by it.
    named: SpreadMap<u64, u8>,
    /// How many descriptions were read.
    read: usize,
}

/// A description of fewer words is a label of another kind and says nothing of how common words are.
const DESCRIPTION: usize = 8;
/// Fewer descriptions do not tell a rare word from a common one.
const ENOUGH: usize = 1000;
/// What a word counts as where too few descriptions are at hand: an everyday word, for all that is known.
const UNKNOWN: u8 = 5;

impl Background {
    /// What the descriptions and names of an index tell.
    pub fn new(concepts: &Concepts) -> Self {
        let mut made = Self::default();
        for (id, concept) in concepts.iter() {
            if words(&concept.description).nth(DESCRIPTION - 1).is_none() {
                continue;
            }
            made.read += 1;
            for key in keys(&concept.description) {
                let (count, last) = made.seen.entry(key).or_insert((0, u32::MAX));
                if *last != id.0 {
                    *last = id.0;
                    *count += 1;
                }
            }
        }
        for (_, concept) in concepts.iter() {
            let mut names: Vec<_> = names(concept).map(name_key).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let count = made.named.entry(name).or_default();
                *count = count.saturating_add(1);
            }
        }
        made
    }

    /// What a name of a concept is like.
    pub fn traits(&self, concept: &Concept, name: &str) -> Traits {
        let mut count = 0_u8;
        let mut common = u32::MAX;
        let mut written = None;
        for (word, key) in words(name).zip(keys(name)) {
            count = count.saturating_add(1);
            common = common.min(self.seen.get(&key).map_or(0, |(count, _)| *count));
            if written.is_none() && word.of(name).chars().any(char::is_alphabetic) {
                written = Some(word.case);
            }
        }
        let power = match count {
            0 => 0,
            1 if self.read < ENOUGH => u32::from(UNKNOWN),
            _ => u32::BITS - common.leading_zeros(),
        };
        Traits {
            scheme: concept.scheme,
            sort: concept.sort,
            relation: relation(concept, name),
            words: count.min(4),
            letters: u8::try_from(name.chars().count().min(9)).unwrap_or(9),
            common: u8::try_from(power.min(15)).unwrap_or(15),
            written: written.unwrap_or(Case::Small),
            shared: self.named.get(&name_key(name)).copied().unwrap_or(1).min(3),
        }
    }
}

fn names(concept: &Concept) -> impl Iterator<Item = &str> {
    std::iter::once(concept.label.as_str()).chain(concept.names.iter().map(|n| n.text.as_str()))
}

fn relation(concept: &Concept, name: &str) -> Relation {
    let label = concept.label.as_str();
    if name == label || name_key(name) == name_key(label) {
        return Relation::Label;
    }
    if bare(label) == Some(name) {
        return Relation::Bare;
    }
    if let Some((spelt, initials)) = initials(label) {
        if initials == name {
            return Relation::Initials;
        }
        if spelt == name {
            return Relation::Spelt;
        }
    }
    if kind(label) == Some(name) {
        return Relation::Kind;
    }
    if concept.scheme == Scheme::OnetTechnology && product(label).is_some_and(|(_, p)| p == name) {
        return Relation::Product;
    }
    Relation::Other
}

/// A label without what stands in parentheses at its end.
pub(super) fn bare(label: &str) -> Option<&str> {
    let (before, _) = label.strip_suffix(')')?.rsplit_once('(')?;
    Some(before.trim_end()).filter(|b| !b.is_empty())
}

/// What initials at the end of a label stand for, and the initials: "Structured query language SQL",
/// "Human resource information system (HRIS)".
pub(super) fn initials(label: &str) -> Option<(&str, &str)> {
    let label = label.strip_suffix(" software").unwrap_or(label);
    let (spelt, last) = label.rsplit_once(' ')?;
    let last = last
        .strip_prefix('(')
        .and_then(|l| l.strip_suffix(')'))
        .unwrap_or(last);
    let capitals = last.chars().filter(|c| c.is_uppercase()).count();
    let letters = last.chars().count();
    if !(2..=8).contains(&letters) || capitals < 2 || !last.chars().all(char::is_alphanumeric) {
        return None;
    }
    // Each letter of the initials begins a word, in order; one may be missing ("of", "and" have none).
    let mut begins = words(spelt).filter_map(|w| w.of(spelt).chars().next()?.to_lowercase().next());
    let mut wanted = last.chars().filter_map(|c| c.to_lowercase().next()).peekable();
    let mut met = 0;
    for first in begins.by_ref() {
        if wanted.peek() == Some(&first) {
            wanted.next();
            met += 1;
        }
    }
    (met >= 2 && met + 1 >= letters).then_some((spelt, last))
}

/// The maker and the product of a technology's name.
pub(super) fn product(label: &str) -> Option<(&str, &str)> {
    label
        .split_once(' ')
        .filter(|(maker, _)| maker.starts_with(char::is_uppercase))
}

/// A technology's name without "software" at its end.
pub(super) fn kind(label: &str) -> Option<&str> {
    label.strip_suffix(" software").filter(|k| !k.is_empty())
}
