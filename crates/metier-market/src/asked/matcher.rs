//! Which competencies a sentence asks for.
//!
//! Two rules. *Called*: all words of something the competency is also called stand in the sentence, in order and close
//! together. *Words*: of the words of its name, by weight, enough stand close together. A word weighs the more the
//! fewer competencies have it and the fewer sentences of the adverts hold it; the verb a name begins with weighs half,
//! since adverts write, plan and manage everything. At least two words of the name have to be there, and at least one
//! of them besides the verb. Words compare by their stems.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use metier_core::framework::stem;

use super::{By, Sought};
use crate::text::words;

/// The share of a name's weight that has to stand in the sentence.
const ENOUGH: f64 = 0.62;
/// What the verb a name begins with weighs beside its other words.
const VERB: f64 = 0.5;
/// What a word of the description adds, beside one of the name.
const DESCRIPTION: f64 = 0.12;
/// The most the description can add, as a share of the name.
const DESCRIPTION_MOST: f64 = 0.15;
/// Words of a sentence within which the words of a name have to stand.
const SPAN: usize = 12;
/// Words that may stand between two words of something a competency is called.
const BETWEEN: usize = 2;

/// Words that ask for nothing by themselves.
pub(super) const EMPTY: &[&str] = &[
    "a", "about", "across", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "both", "but", "by", "can", "do", "each", "every", "few", "first", "for", "from", "get",
    "good", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "like", "made", "make",
    "many", "more", "most", "my", "new", "no", "not", "of", "off", "on", "one", "only", "or", "other",
    "others", "our", "out", "over", "own", "per", "so", "such", "than", "that", "the", "their", "them",
    "then", "these", "they", "this", "those", "through", "to", "too", "two", "under", "up", "us", "use",
    "used", "using", "very", "was", "way", "we", "well", "what", "when", "where", "which", "while", "who",
    "will", "with", "within", "without", "work", "would", "year", "years", "you", "your",
];

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its stem, in small letters.
    pub stem: String,
    /// Its place among all words.
    pub place: usize,
    /// Whether it says something by itself.
    says: bool,
}

/// Every word of a text, with its stem.
fn all_tokens(text: &str) -> Vec<Token> {
    words(text)
        .enumerate()
        .map(|(place, word)| {
            let small = word.of(text).to_lowercase();
            let says = !EMPTY.contains(&small.as_str())
                && small.chars().any(char::is_alphabetic)
                && (small.chars().count() > 1 || small == "c" || small == "r");
            Token {
                range: word.start as usize..word.end as usize,
                stem: if says { stem(&small) } else { small },
                place,
                says,
            }
        })
        .collect()
}

/// The words of a text that say something, with their stems.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = all_tokens(text);
    tokens.retain(|t| t.says);
    tokens
}

#[derive(Debug)]
struct Competency {
    /// Stems of its name in order with their weights; each once.
    name: Vec<(String, f64)>,
    /// The stem of the verb its name begins with.
    verb: Option<String>,
    description: HashSet<String>,
    called: Vec<Vec<String>>,
}

/// Competencies prepared to be looked for.
#[derive(Debug)]
pub(super) struct Matcher {
    competencies: Vec<Competency>,
    /// Every stem of a name or of something one is called.
    known: HashSet<String>,
}

impl Matcher {
    /// Takes in competencies; `sentences` are those of the work, over which words are weighed.
    pub(super) fn new(sought: &[Sought], sentences: &[&str]) -> Self {
        let stems = |text: &str| -> Vec<String> {
            let mut seen = HashSet::new();
            tokens(text)
                .into_iter()
                .map(|t| t.stem)
                .filter(|s| seen.insert(s.clone()))
                .collect()
        };
        let mut in_names: HashMap<String, f64> = HashMap::new();
        for s in sought {
            for stem in stems(&s.name) {
                *in_names.entry(stem).or_default() += 1.0;
            }
        }
        let mut in_sentences: HashMap<String, f64> = HashMap::new();
        for sentence in sentences {
            for stem in stems(sentence) {
                *in_sentences.entry(stem).or_default() += 1.0;
            }
        }
        let weight = |stem: &str| {
            let (n, m) = (sought.len() as f64, sentences.len() as f64);
            let among_names = ((n + 1.0) / in_names.get(stem).copied().unwrap_or(0.0).max(1.0)).ln();
            // A few adverts say little of how common a word is: as if fifty more sentences had been read without it.
            let held = in_sentences.get(stem).copied().unwrap_or(0.0) + 1.0;
            among_names.max(0.1) * ((m + 51.0) / held).ln().max(0.2)
        };
        let mut known = HashSet::new();
        let competencies = sought
            .iter()
            .map(|s| {
                let all = stems(&s.name);
                let verb = first_word(&s.name).filter(|v| all.len() > 1 && all.first() == Some(v));
                let weigh = |stem: String| {
                    let part = if verb.as_ref() == Some(&stem) { VERB } else { 1.0 };
                    let weight = weight(&stem) * part;
                    (stem, weight)
                };
                let called: Vec<Vec<String>> = s
                    .also
                    .iter()
                    .map(|name| all_tokens(name))
                    .filter(|all| all.iter().any(|t| t.says))
                    .map(|all| all.into_iter().map(|t| t.stem).collect())
                    .collect();
                known.extend(called.iter().flatten().cloned());
                known.extend(all.iter().cloned());
                Competency {
                    name: all.into_iter().map(weigh).collect(),
                    verb,
                    description: stems(&s.looks_like).into_iter().collect(),
                    called,
                }
            })
            .collect();
        Self { competencies, known }
    }

    /// Whether every word of something is a word of a competency.
    pub(super) fn knows(&self, text: &str) -> bool {
        let all = tokens(text);
        !all.is_empty() && all.iter().all(|t| self.known.contains(&t.stem))
    }

    /// The competencies a sentence asks for, by place, with the bytes of the words that say so.
    pub(super) fn read(&self, sentence: &str) -> Vec<(usize, Vec<Range<usize>>, By)> {
        let all = all_tokens(sentence);
        let here = tokens(sentence);
        let mut found: Vec<(usize, Vec<Range<usize>>, By)> = Vec::new();
        for (place, competency) in self.competencies.iter().enumerate() {
            let mut called: Vec<Range<usize>> = competency
                .called
                .iter()
                .flat_map(|name| stands(name, &all))
                .collect();
            if called.is_empty() {
                if let Some(words) = competency.by_words(&here) {
                    found.push((place, words, By::Words));
                }
            } else {
                called.sort_by_key(|r| r.start);
                called.dedup();
                found.push((place, called, By::Name));
            }
        }
        // Of two that stand on the same words, the one that stands on more of them is meant.
        let inside =
            |a: &[Range<usize>], b: &[Range<usize>]| a.len() < b.len() && a.iter().all(|w| b.contains(w));
        let all = found.clone();
        found.retain(|(_, words, by)| {
            *by == By::Name || !all.iter().any(|(_, other, _)| inside(words, other))
        });
        found
    }
}

impl Competency {
    /// The words of its name that stand together in a sentence, when they are enough.
    fn by_words(&self, here: &[Token]) -> Option<Vec<Range<usize>>> {
        let whole: f64 = self.name.iter().map(|(_, weight)| weight).sum();
        if self.name.len() < 2 {
            return None;
        }
        let weight_of = |stem: &str| self.name.iter().find(|(s, _)| s == stem).map(|(_, w)| *w);
        let hits: Vec<(&Token, f64)> = here
            .iter()
            .filter_map(|t| Some((t, weight_of(&t.stem)?)))
            .collect();
        let mut best: Option<(f64, Vec<&Token>)> = None;
        for (begin, (first, _)) in hits.iter().enumerate() {
            let mut seen: HashSet<&str> = HashSet::new();
            let mut sum = 0.0;
            let mut these = Vec::new();
            for (token, weight) in hits[begin..]
                .iter()
                .take_while(|(t, _)| t.place < first.place + SPAN)
            {
                if seen.insert(&token.stem) {
                    sum += weight;
                    these.push(*token);
                }
            }
            let besides = these.iter().any(|t| self.verb.as_ref() != Some(&t.stem));
            if these.len() >= 2 && besides && best.as_ref().is_none_or(|(s, _)| sum > *s) {
                best = Some((sum, these));
            }
        }
        let (sum, these) = best?;
        let more = here
            .iter()
            .filter(|t| self.description.contains(&t.stem) && weight_of(&t.stem).is_none())
            .map(|t| &t.stem)
            .collect::<HashSet<_>>()
            .len();
        let more = (more as f64 * DESCRIPTION).min(DESCRIPTION_MOST);
        let mut words: Vec<Range<usize>> = these.iter().map(|t| t.range.clone()).collect();
        words.sort_by_key(|r| r.start);
        (sum / whole + more >= ENOUGH).then_some(words)
    }
}

/// The stem of a name's first word.
fn first_word(name: &str) -> Option<String> {
    words(name).next().map(|word| stem(&word.of(name).to_lowercase()))
}

/// Every place where the words of a name stand in order and close together, as the bytes from its first to its last.
fn stands(name: &[String], here: &[Token]) -> Vec<Range<usize>> {
    let Some((first, rest)) = name.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (at, token) in here.iter().enumerate().filter(|(_, t)| t.stem == *first) {
        let mut last = token;
        let mut next = at + 1;
        let whole = rest.iter().all(|stem| {
            let step = here[next..]
                .iter()
                .position(|t| t.stem == *stem && t.place <= last.place + 1 + BETWEEN);
            step.is_some_and(|step| {
                last = &here[next + step];
                next += step + 1;
                true
            })
        });
        if whole {
            found.push(token.range.start..last.range.end);
        }
    }
    found
}
