//! Which competencies and steps of two frameworks mean the same: proposed from their words.
//!
//! A person's own criteria and a company's seldom use the same words for the same thing. This proposes
//! pairs by the words they share, the rare ones counting most, and sets the two ladders beside each other;
//! a person confirms. Nothing here is recorded and nothing counts before that.

mod ladders;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use crate::framework::scale::tidy;
use crate::framework::{Competency, Framework};
use crate::id::CompetencyId;

pub use ladders::steps;

use words::{WORDS_MAX, Words, add, bare};

/// Below this likeness nothing is proposed.
const PROPOSED: f64 = 0.05;

/// Where nothing reaches that, the likeliest of each is proposed down to this: a faint hint, and the only one.
const FAINT: f64 = 0.02;

/// From this likeness on, two competencies are taken for mostly the same.
const MOSTLY: f64 = 0.25;

/// How many words are named as the reason.
const NAMED: usize = 4;

/// How much the names of two competencies count beside everything that is said of them.
const OF_NAMES: f64 = 0.6;

/// How much a word of the practice counts beside one of the competency itself.
const PRACTICE: f64 = 0.4;

/// A word is common that more than such a share of all competencies hold ("team", "design"), or of those of
/// the two sides: what a field always speaks of tells none of its competencies apart. A common word adds to a
/// likeness and never makes one. The shares are those that did best on pairs judged by hand.
const COMMON: f64 = 0.08;
/// The same of the two sides alone.
const COMMON_HERE: f64 = 0.3;

/// How much of a likeness must come from words that are not common.
const TELLING: f64 = 0.4;

/// How well two things match: what the evidence's weight is multiplied by.
pub const SAME: f64 = 1.0;
/// Mostly the same.
pub const MOSTLY_SAME: f64 = 0.8;
/// Partly the same.
pub const PARTLY_SAME: f64 = 0.5;

/// Two competencies that may mean the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// Evidence for this one…
    pub from: CompetencyId,
    /// …may count for this one.
    pub to: CompetencyId,
    /// How alike their words are, 0 to 1.
    pub alike: f64,
    /// How well they match, as a crosswalk says it.
    pub confidence: f64,
    /// The words they share that speak loudest for it, as they stand in the first.
    pub words: Vec<String>,
}

/// Proposes, for each competency of `to`, those of `from` that most likely mean the same, the likeliest
/// first; at most `most` each. In the order of `to`. Where nothing is much alike, the nearest of each. Words
/// that many competencies of `background` use ("take", "before") count for little, and make no pair alone: give
/// it criteria of many professions.
pub fn propose<'b>(
    from: &Framework,
    to: &Framework,
    background: impl IntoIterator<Item = &'b Framework>,
    most: usize,
) -> Vec<Proposal> {
    let compared = Compared::of(from, to, background);
    let (mut proposals, mut faint) = (Vec::new(), Vec::new());
    for (place, competency) in to.competencies.iter().enumerate() {
        let mut of_it: Vec<Proposal> = from
            .competencies
            .iter()
            .enumerate()
            .filter_map(|(other, theirs)| compared.pair(other, theirs, place, competency))
            .collect();
        // Of several equally alike the first in reading order.
        of_it.sort_by(|a, b| b.alike.total_cmp(&a.alike));
        faint.extend(of_it.first().cloned());
        let likely = of_it.into_iter().filter(|p| p.alike >= PROPOSED);
        proposals.extend(likely.take(most));
    }
    if proposals.is_empty() { faint } else { proposals }
}

/// The words of two frameworks, weighed.
struct Compared {
    from: Vec<Spoken>,
    to: Vec<Spoken>,
    rarity: HashMap<String, f64>,
    /// Words that so many hold that they tell no two apart.
    common: HashSet<String>,
}

/// The words of one competency.
struct Spoken {
    /// Of its name alone.
    bare: Words,
    /// Of its name and its practice.
    name: Words,
    /// Of everything that is said of it.
    text: Words,
}

impl Compared {
    fn of<'b>(from: &Framework, to: &Framework, background: impl IntoIterator<Item = &'b Framework>) -> Self {
        let spoken =
            |f: &Framework| -> Vec<Spoken> { f.competencies.iter().map(|c| Spoken::of(f, c)).collect() };
        let (from, to) = (spoken(from), spoken(to));
        let others: Vec<Spoken> = background.into_iter().flat_map(spoken).collect();
        let everywhere: Vec<&Spoken> = from.iter().chain(&to).chain(&others).collect();
        let (of_from, of_to) = (from.iter().collect::<Vec<_>>(), to.iter().collect::<Vec<_>>());
        let mut common: HashSet<String> = HashSet::new();
        let sides: Vec<&Spoken> = from.iter().chain(&to).collect();
        for (all, share) in [(&everywhere, COMMON), (&sides, COMMON_HERE)] {
            // Two hold what two have in common: among few, only what more than a pair holds is common.
            let most = f64::max(3.0, all.len() as f64 * share);
            common.extend(
                held_by(all)
                    .into_iter()
                    .filter(|(_, held)| *held as f64 > most)
                    .map(|(word, _)| word.clone()),
            );
        }
        let mut rarity: HashMap<String, f64> = HashMap::new();
        for spoken in [everywhere, of_from, of_to] {
            // Few competencies tell nothing of which words are common among them.
            let all = spoken.len();
            if all < 4 {
                continue;
            }
            for (word, held) in held_by(&spoken) {
                let rare = libm::log((all as f64 + 1.0) / held as f64);
                let least = rarity.entry(word.clone()).or_insert(rare);
                *least = least.min(rare);
            }
        }
        Self {
            from,
            to,
            rarity,
            common,
        }
    }

    /// How rare a word is where it is commonest: one that every competency of one side holds tells nothing.
    fn rarity(&self, word: &str) -> f64 {
        // Where there is too little to count in, every word is as good as another.
        self.rarity.get(word).copied().unwrap_or(1.0)
    }

    fn weight(&self, words: &Words, word: &str) -> f64 {
        words
            .get(word)
            .map_or(0.0, |(weight, _)| libm::sqrt(*weight) * self.rarity(word))
    }

    fn length(&self, words: &Words) -> f64 {
        let squares: f64 = words
            .keys()
            .map(|word| {
                let weight = self.weight(words, word);
                weight * weight
            })
            .sum();
        libm::sqrt(squares)
    }

    /// How alike two sets of words are (the cosine of their weights), and the words they share with what
    /// each adds to it.
    fn alike<'w>(&self, a: &'w Words, b: &Words) -> (f64, Vec<InCommon<'w>>) {
        let lengths = self.length(a) * self.length(b);
        if lengths <= 0.0 {
            return (0.0, Vec::new());
        }
        let shared: Vec<InCommon<'_>> = a
            .iter()
            .filter(|(word, _)| b.contains_key(*word))
            .map(|(word, (_, stands))| InCommon {
                word,
                stands,
                part: self.weight(a, word) * self.weight(b, word) / lengths,
            })
            .collect();
        let sum: f64 = shared.iter().map(|one| one.part).sum();
        (sum.clamp(0.0, 1.0), shared)
    }

    /// True when one name says nothing but what the other says too: "Mentorship", "Mentor two colleagues".
    fn within(a: &Words, b: &Words) -> bool {
        let all = |a: &Words, b: &Words| !a.is_empty() && a.keys().all(|word| b.contains_key(word));
        all(a, b) || all(b, a)
    }

    /// The pair, where there is more than a faint likeness in words that tell something.
    fn pair(&self, other: usize, theirs: &Competency, place: usize, ours: &Competency) -> Option<Proposal> {
        let (a, b) = (&self.from[other], &self.to[place]);
        let (by_name, in_names) = self.alike(&a.name, &b.name);
        let (by_text, in_texts) = self.alike(&a.text, &b.text);
        let same_name = tidy(&theirs.name) == tidy(&ours.name);
        let alike = if same_name {
            1.0
        } else {
            OF_NAMES * by_name + (1.0 - OF_NAMES) * by_text
        };
        let mut parts: BTreeMap<&String, f64> = BTreeMap::new();
        let mut telling = 0.0;
        for (shared, counts) in [(in_names, OF_NAMES), (in_texts, 1.0 - OF_NAMES)] {
            for one in shared {
                *parts.entry(one.stands).or_default() += one.part * counts;
                if !self.common.contains(one.word) {
                    telling += one.part * counts;
                }
            }
        }
        if alike < FAINT || !(same_name || telling >= TELLING * alike || Self::within(&a.bare, &b.bare)) {
            return None;
        }
        let mut words: Vec<(f64, &String)> = parts.into_iter().map(|(word, part)| (part, word)).collect();
        words.sort_by(|x, y| y.0.total_cmp(&x.0));
        let same =
            theirs.id == ours.id && theirs.looks_like == ours.looks_like && theirs.wording == ours.wording;
        Some(Proposal {
            from: theirs.id.clone(),
            to: ours.id.clone(),
            alike,
            confidence: if same {
                SAME
            } else if alike >= MOSTLY {
                MOSTLY_SAME
            } else {
                PARTLY_SAME
            },
            words: words
                .into_iter()
                .filter(|(part, _)| *part > 0.0)
                .take(NAMED)
                .map(|(_, word)| word.clone())
                .collect(),
        })
    }
}

/// How many hold each word.
fn held_by<'s>(spoken: &[&'s Spoken]) -> HashMap<&'s String, usize> {
    let mut held: HashMap<&String, usize> = HashMap::new();
    for word in spoken.iter().flat_map(|s| s.text.keys()) {
        *held.entry(word).or_default() += 1;
    }
    held
}

/// A word that two have in common.
struct InCommon<'w> {
    /// The word as it is compared.
    word: &'w String,
    /// As it stands in the first.
    stands: &'w String,
    /// What it adds to the likeness.
    part: f64,
}

impl Spoken {
    fn of(framework: &Framework, competency: &Competency) -> Self {
        let mut spoken = Self {
            bare: Words::new(),
            name: Words::new(),
            text: Words::new(),
        };
        // The only practice of a framework says nothing that tells its competencies apart.
        let practice = framework
            .practice(&competency.practice)
            .filter(|_| framework.practices.len() > 1);
        add(&mut spoken.bare, &bare(&competency.name), 1.0);
        add(&mut spoken.name, &bare(&competency.name), 1.0);
        add(&mut spoken.text, &competency.name, 1.0);
        add(&mut spoken.text, &competency.looks_like, 1.0);
        if let Some(practice) = practice {
            add(&mut spoken.name, &practice.name, PRACTICE);
            add(&mut spoken.text, &practice.name, PRACTICE);
            add(&mut spoken.text, &practice.summary, PRACTICE);
        }
        for wording in competency.wording.values() {
            // A word counts once for each level, however often the level repeats it.
            let texts = std::iter::once(&wording.text).chain(&wording.signals);
            let once: BTreeSet<&str> = texts.flat_map(|t| t.split_whitespace()).take(WORDS_MAX).collect();
            for word in once {
                add(&mut spoken.text, word, 0.5);
            }
        }
        spoken
    }
}

#[cfg(test)]
mod tests;
