//! Which competency a text may speak for, by the words they share. A suggestion, never a claim.

use std::collections::{BTreeMap, BTreeSet};

use super::{Competency, Framework};

/// Words that say nothing about what was done.
const EMPTY: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "before", "by",
    "can", "do", "each", "every", "first", "for", "from", "get", "good", "had", "has", "have", "how", "i",
    "if", "in", "into", "is", "it", "its", "made", "make", "many", "more", "my", "new", "no", "not", "of",
    "on", "one", "only", "or", "other", "our", "out", "over", "own", "so", "that", "the", "their", "them",
    "they", "this", "through", "time", "to", "two", "under", "up", "use", "used", "was", "we", "well",
    "what", "when", "which", "while", "who", "will", "with", "without", "work", "year", "you", "your",
];

/// Words of a text that are compared.
const WORDS_MAX: usize = 80;

/// How much a word of the name weighs beside one of what it looks like.
const NAME: f64 = 2.0;

/// Letters of a word that says enough by itself.
const TELLING: usize = 7;

/// A competency that a text may speak for.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion<'f> {
    /// Which.
    pub competency: &'f Competency,
    /// The words of the text that led to it, in the order they stand.
    pub words: Vec<String>,
}

/// A framework prepared to be asked about many texts.
#[derive(Debug, Clone)]
pub struct Suggester<'f> {
    competencies: Vec<(&'f Competency, BTreeMap<String, f64>)>,
    /// In how many competencies a word stands.
    common: BTreeMap<String, usize>,
}

impl<'f> Suggester<'f> {
    /// Takes in the words of every competency.
    pub fn new(framework: &'f Framework) -> Self {
        let mut competencies = Vec::new();
        let mut common: BTreeMap<String, usize> = BTreeMap::new();
        for competency in &framework.competencies {
            let mut weights: BTreeMap<String, f64> = BTreeMap::new();
            for (_, stem) in stems(&competency.looks_like) {
                weights.insert(stem, 1.0);
            }
            for (_, stem) in stems(&competency.name) {
                weights.insert(stem, NAME);
            }
            for stem in weights.keys() {
                *common.entry(stem.clone()).or_default() += 1;
            }
            competencies.push((competency, weights));
        }
        Self { competencies, common }
    }

    /// The competency whose words a text shares most, where it shares enough to be meant.
    pub fn of(&self, text: &str) -> Option<Suggestion<'f>> {
        let said = stems(text);
        let all = self.competencies.len() as f64;
        let rarity = |standing_in: f64| libm::log((all + 1.0) / (standing_in + 1.0));
        let rare = |stem: &str| rarity(self.common.get(stem).copied().unwrap_or_default() as f64);
        let score = |weights: &BTreeMap<String, f64>| -> f64 {
            let distinct: BTreeSet<&str> = said.iter().map(|(_, stem)| stem.as_str()).collect();
            let weighed = distinct
                .iter()
                .filter_map(|stem| Some(weights.get(*stem)? * rare(stem)));
            weighed.sum()
        };
        let scored = self
            .competencies
            .iter()
            .map(|(c, weights)| (score(weights), *c, weights));
        let (best, competency, weights) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
        // As much as a word of the name weighs that no other competency has.
        let enough = NAME * rarity(1.0);
        let mut words: Vec<String> = Vec::new();
        for (word, stem) in said.iter().filter(|(_, stem)| weights.contains_key(stem)) {
            if !words.contains(word) && rare(stem) > 0.0 {
                words.push(word.clone());
            }
        }
        // One short word in common is too often chance: "house" is in "moved house".
        let by_chance = words.len() < 2 && words.iter().all(|w| w.chars().count() < TELLING);
        (best >= enough && !by_chance).then_some(Suggestion { competency, words })
    }
}

/// The words of a text with their stems, without those that say nothing.
fn stems(text: &str) -> Vec<(String, String)> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '+' || c == '#'));
    words
        .map(str::to_lowercase)
        .filter(|w| w.chars().count() > 1 && !EMPTY.contains(&w.as_str()))
        .filter(|w| !w.chars().all(char::is_numeric))
        .take(WORDS_MAX)
        .map(|w| {
            let stem = stem(&w);
            (w, stem)
        })
        .collect()
}

/// What the forms of an English word, in small letters, have in common: near enough for comparing.
pub fn stem(word: &str) -> String {
    const ENDINGS: [&str; 14] = [
        "ations", "ation", "ings", "ing", "ments", "ment", "ers", "ors", "ies", "ed", "er", "or", "es", "s",
    ];
    let cut = ENDINGS.iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        (stem.chars().count() >= 4 && !stem.ends_with('s')).then_some(stem)
    });
    let stem = cut.unwrap_or(word);
    let stem = stem
        .strip_suffix(['e', 'y'])
        .filter(|s| s.chars().count() >= 3)
        .unwrap_or(stem);
    // "planned" and "plan".
    let mut letters: Vec<char> = stem.chars().collect();
    if let [.., before, last] = letters[..]
        && cut.is_some()
        && before == last
        && !matches!(last, 'l' | 's' | 'e')
    {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            ["publish", "published", "publishing", "publishers"].as_slice(),
            &["plan", "planned", "planning", "planners"],
            &["write", "writing", "writer", "writers"],
            &["edit", "edited", "editing", "editor"],
            &["teach", "teaching", "teacher"],
            &["coach", "coached", "coaching"],
            &["article", "articles"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
        assert_ne!(stem("nurse"), stem("number"));
    }
}
