//! The dictionary: which names of an index stand in a text, leftmost and longest first, whole words only.
//!
//! A name and a text are cut by one rule ([`crate::text::words`]). Each different word of the names has a
//! number (`vocabulary`); a text's word is scanned and looked up once, and only from a word that begins a
//! name is the tree of the names (`tree`) walked. The forms of a word share its number (`inflection`),
//! so that "tested solar panels" is found by the name "test solar panel" without further work.

mod forms;
mod inflection;
mod traits;
mod tree;
mod vet;
mod vocabulary;

pub use forms::with_short_forms;
pub use traits::{Background, Relation, Traits};
pub use vet::{Rule, Thresholds, vet, vetted};

use crate::concept::{Concept, ConceptId, Concepts, Trust};
use crate::text::scan::{Scanner, SpreadMap};
use crate::text::{joined, words};
use tree::{Growing, Tree};
use vocabulary::{Known, Part, Vocabulary};

/// A name of more words is not looked for.
const LONGEST: usize = 32;

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// First byte in the text.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// What goes by this name.
    pub concept: ConceptId,
    /// Whether what stands around it has still to decide.
    pub in_context: bool,
    /// What the name is like.
    pub traits: Traits,
}

/// What the words of a text are to a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LookedUp {
    /// How many words there are.
    pub words: usize,
    /// How many of them are words of a name.
    pub known: usize,
}

/// The names of an index, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    vocabulary: Vocabulary,
    tree: Tree,
    entries: Vec<Entry>,
}

/// What a name says.
#[derive(Debug, Clone, Copy)]
struct Entry {
    concept: ConceptId,
    in_context: bool,
    traits: Traits,
}

/// A word of a text that a name may hold.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    known: Known,
    joined: bool,
}

const NO_TOKEN: Token = Token {
    start: 0,
    end: 0,
    known: Known::NONE,
    joined: false,
};

impl Dictionary {
    /// The dictionary of an index: preferred labels, and the other names that are looked for in texts.
    ///
    /// A preferred label is trusted, unless the concept's names hold it once more with a trust of its own.
    /// Where two concepts share a name, the one of the earlier scheme has it, then the one that comes first.
    /// Names of more than 32 words are left out.
    pub fn new(concepts: &Concepts) -> Self {
        Self::built(concepts, true)
    }

    /// The same without the inflected forms of words: each name as it is written, but for case.
    pub fn without_inflection(concepts: &Concepts) -> Self {
        Self::built(concepts, false)
    }

    fn built(concepts: &Concepts, inflected: bool) -> Self {
        let background = Background::new(concepts);
        let mut named: Vec<(ConceptId, &Concept, &str, Trust)> = concepts
            .iter()
            .flat_map(|(id, concept)| names(concept).map(move |(text, trust)| (id, concept, text, trust)))
            .filter(|(.., trust)| *trust != Trust::SearchOnly)
            .collect();
        named.sort_by_key(|&(id, concept, _, trust)| (concept.scheme, id, trust));

        let mut parts: SpreadMap<Box<str>, Part> = SpreadMap::default();
        let mut tree = Growing::default();
        let mut entries = Vec::new();
        let mut small = String::new();
        for (id, concept, text, trust) in named {
            if words(text).nth(LONGEST).is_some() {
                continue;
            }
            let mut node = None;
            for word in words(text) {
                small.clear();
                small.push_str(word.of(text));
                if small.is_ascii() {
                    small.make_ascii_lowercase();
                } else {
                    small = small.to_lowercase();
                }
                let fresh = u32::try_from(parts.len()).unwrap_or(u32::MAX);
                if !parts.contains_key(small.as_str()) {
                    let part = Part {
                        number: fresh,
                        ..Part::default()
                    };
                    parts.insert(small.as_str().into(), part);
                }
                let Some(part) = parts.get_mut(small.as_str()) else {
                    continue;
                };
                node = Some(match node {
                    None => {
                        part.begins = true;
                        let more = words(text).nth(1).is_some();
                        part.open |= more;
                        part.ends |= !more;
                        part.number
                    }
                    Some(node) => {
                        part.goes_on = true;
                        tree.step(node, part.number)
                    }
                });
            }
            let Some(node) = node else {
                continue;
            };
            let entry = u32::try_from(entries.len()).unwrap_or(u32::MAX);
            if tree.end(node, entry) {
                entries.push(Entry {
                    concept: id,
                    in_context: trust == Trust::InContext,
                    traits: background.traits(concept, text),
                });
            }
        }
        let forms = if inflected {
            inflection::forms(&parts)
        } else {
            Vec::new()
        };
        Self {
            vocabulary: Vocabulary::new(&parts, &forms),
            tree: tree.finish(),
            entries,
        }
    }

    /// How many names it looks for.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it looks for none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every name in a text, in order and without overlap.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        self.find_into(text, &mut found);
        found
    }

    /// Every name in a text, in order and without overlap, put behind what is found already.
    ///
    /// Nothing else is kept in memory, however long the text.
    pub fn find_into(&self, text: &str, found: &mut Vec<Found>) {
        let mut scanner = Scanner::new(text);
        let mut first = NO_TOKEN;
        // Whether a word and the one before it can be of one name is worked out for every word, without a
        // branch: the only jump that is hard to foresee is the one to a name.
        while let Some(raw) = scanner.next_word() {
            let known = self.vocabulary.get(text, &raw).unwrap_or(Known::NONE);
            let asked = first.known.leads_to(known);
            let both = self.tree.may_step(asked, first.known.number, known.number);
            let mut next = Some(Token {
                start: offset(raw.start),
                end: offset(raw.end),
                known,
                joined: true,
            });
            if both | first.known.ends() {
                let step = if both && joined(text, &raw) {
                    self.tree.step(first.known.number, known.number)
                } else {
                    None
                };
                if let (Some(node), Some(second)) = (step, next) {
                    next = self.walk(&mut scanner, [first, second], node, found);
                } else if first.known.ends() {
                    self.keep(first.start, first.end, first.known.number, found);
                }
            }
            first = next.unwrap_or(NO_TOKEN);
        }
        if first.known.ends() {
            self.keep(first.start, first.end, first.known.number, found);
        }
    }

    #[inline(never)]
    /// Goes on from two words that begin a name, until no word read ahead is left but perhaps the last.
    fn walk(
        &self,
        scanner: &mut Scanner<'_>,
        [first, second]: [Token; 2],
        node: u32,
        found: &mut Vec<Found>,
    ) -> Option<Token> {
        let mut window = [NO_TOKEN; LONGEST];
        (window[0], window[1]) = (first, second);
        let (mut head, mut filled) = (0, 2);
        let mut reached = Some((2, node));
        while head < filled {
            let first = window[head];
            if head > 0 {
                if !first.known.begins() {
                    head += 1;
                    continue;
                }
                if head + 1 == filled {
                    return Some(first);
                }
                window.copy_within(head..filled, 0);
                filled -= head;
            }
            let mut best = first.known.ends().then_some((1, first.known.number));
            let (mut length, mut node) = reached.take().unwrap_or((1, first.known.number));
            if length > 1 && self.tree.end(node).is_some() {
                best = Some((length, node));
            }
            while length < LONGEST
                && (length == 1 && first.known.begins() || length > 1 && self.tree.open(node))
            {
                if length == filled {
                    let Some(token) = self.token(scanner) else {
                        break;
                    };
                    window[length] = token;
                    filled += 1;
                }
                let next = window[length];
                if !(next.joined && next.known.goes_on()) {
                    break;
                }
                let Some(step) = self.tree.step(node, next.known.number) else {
                    break;
                };
                node = step;
                length += 1;
                if self.tree.end(node).is_some() {
                    best = Some((length, node));
                }
            }
            head = best.map_or(1, |(length, node)| {
                self.keep(first.start, window[length - 1].end, node, found);
                length
            });
        }
        None
    }

    /// Puts the name that ends at a node behind what is found.
    #[inline]
    fn keep(&self, start: u32, end: u32, node: u32, found: &mut Vec<Found>) {
        let entry = self
            .tree
            .end(node)
            .and_then(|entry| self.entries.get(entry as usize));
        found.extend(entry.map(|entry| Found {
            start,
            end,
            concept: entry.concept,
            in_context: entry.in_context,
            traits: entry.traits,
        }));
    }

    #[inline(never)]
    fn token(&self, scanner: &mut Scanner<'_>) -> Option<Token> {
        let raw = scanner.next_word()?;
        Some(Token {
            start: offset(raw.start),
            end: offset(raw.end),
            known: self.vocabulary.get(scanner.text, &raw).unwrap_or(Known::NONE),
            joined: joined(scanner.text, &raw),
        })
    }

    /// Cuts a text into words and looks each up, and nothing more: what finding names cannot do without.
    pub fn look_up(&self, text: &str) -> LookedUp {
        let mut scanner = Scanner::new(text);
        let mut looked_up = LookedUp::default();
        while let Some(raw) = scanner.next_word() {
            looked_up.words += 1;
            looked_up.known += usize::from(self.vocabulary.get(text, &raw).is_some());
        }
        looked_up
    }
}

/// The preferred label and the other names, each with its trust.
fn names(concept: &Concept) -> impl Iterator<Item = (&str, Trust)> {
    let label = concept.label.as_str();
    let said = concept.names.iter().find(|n| n.text == label);
    let label = said.is_none().then_some((label, Trust::Plain));
    label
        .into_iter()
        .chain(concept.names.iter().map(|n| (n.text.as_str(), n.trust)))
}

/// A place in a text: the scanner reads no further than 32 bits reach.
#[inline]
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
