//! The index over a catalogue's words, and the order of what it finds.

use std::collections::{BTreeMap, HashMap};

use super::words::{Closeness, closeness, words};
use super::{Catalogue, Hit, Matched, QUERY_MAX};
use crate::catalogue::{Classification, full_code};

/// Words of a query that are looked at.
const WORDS_MAX: usize = 12;

/// Which text of an occupation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Title,
    Alternate(usize),
    Task(usize),
}

/// One searchable text: its words are `Index::sequence[start..end]`.
#[derive(Debug)]
struct Text {
    occupation: usize,
    place: Place,
    start: usize,
    end: usize,
}

/// Which words stand in which texts.
#[derive(Debug)]
pub(in crate::catalogue) struct Index {
    texts: Vec<Text>,
    /// Words of all texts, one after the other, as places in `vocabulary`.
    sequence: Vec<usize>,
    vocabulary: Vec<Vec<char>>,
    /// For each word of the vocabulary, the texts it stands in, ascending.
    standing_in: Vec<Vec<usize>>,
    /// For each occupation, the text that is its title.
    titles: Vec<usize>,
}

impl Index {
    /// Indexes titles, alternate titles and tasks of every occupation: O*NET's first, ESCO's behind them.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut index = Self {
            texts: Vec::new(),
            sequence: Vec::new(),
            vocabulary: Vec::new(),
            standing_in: Vec::new(),
            titles: Vec::new(),
        };
        let mut known: HashMap<String, usize> = HashMap::new();
        for (at, occupation) in catalogue.occupations.iter().enumerate() {
            index.titles.push(index.texts.len());
            index.add(&mut known, at, Place::Title, &occupation.title);
            for (i, title) in occupation.alternate_titles.iter().enumerate() {
                index.add(&mut known, at, Place::Alternate(i), title);
            }
            for (i, task) in occupation.tasks.iter().enumerate() {
                index.add(&mut known, at, Place::Task(i), &task.text);
            }
        }
        let behind = catalogue.occupations.len();
        for (at, occupation) in catalogue.esco.iter().flat_map(|e| &e.occupations).enumerate() {
            index.titles.push(index.texts.len());
            index.add(&mut known, behind + at, Place::Title, &occupation.title);
            for (i, title) in occupation.alternate_titles.iter().enumerate() {
                index.add(&mut known, behind + at, Place::Alternate(i), title);
            }
        }
        index
    }

    fn add(&mut self, known: &mut HashMap<String, usize>, occupation: usize, place: Place, text: &str) {
        let start = self.sequence.len();
        let id = self.texts.len();
        for word in words(text) {
            let next = self.vocabulary.len();
            let at = *known.entry(word).or_insert_with_key(|word| {
                self.vocabulary.push(word.chars().collect());
                self.standing_in.push(Vec::new());
                next
            });
            self.sequence.push(at);
            if self.standing_in[at].last() != Some(&id) {
                self.standing_in[at].push(id);
            }
        }
        self.texts.push(Text {
            occupation,
            place,
            start,
            end: self.sequence.len(),
        });
    }

    /// The occupations found, best first; equal ones by code.
    pub(in crate::catalogue) fn search(&self, catalogue: &Catalogue, query: &str, limit: usize) -> Vec<Hit> {
        let query: String = query.chars().take(QUERY_MAX).collect();
        let mut best: BTreeMap<usize, (f64, Option<Place>)> = BTreeMap::new();
        if let Some(at) = place_of_code(catalogue, &query) {
            best.insert(at, (1000.0, None));
        }
        for (text, score) in self.scores(&query) {
            let text = &self.texts[text];
            let known = best.entry(text.occupation).or_insert((0.0, Some(text.place)));
            if score > known.0 {
                *known = (score, Some(text.place));
            }
        }
        let mut found: Vec<(usize, f64, Option<Place>)> = best
            .into_iter()
            .map(|(at, (score, place))| (at, score, place))
            .collect();
        // Occupations are kept by code, so their place breaks ties by code.
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
            .into_iter()
            .take(limit)
            .filter_map(|(at, score, place)| hit(catalogue, at, score, place))
            .collect()
    }

    /// The score of every text that matches well enough.
    fn scores(&self, query: &str) -> Vec<(usize, f64)> {
        let asked: Vec<Vec<char>> = words(query)
            .into_iter()
            .take(WORDS_MAX)
            .map(|w| w.chars().collect())
            .collect();
        let mut close: Vec<HashMap<usize, Closeness>> = Vec::new();
        let mut matches: BTreeMap<usize, [Option<Closeness>; WORDS_MAX]> = BTreeMap::new();
        for (q, asked) in asked.iter().enumerate() {
            let mut words_close = HashMap::new();
            for (word, letters) in self.vocabulary.iter().enumerate() {
                let Some(closeness) = closeness(asked, letters) else {
                    continue;
                };
                words_close.insert(word, closeness);
                for &text in &self.standing_in[word] {
                    let slot = &mut matches.entry(text).or_default()[q];
                    if slot.is_none_or(|known| known.value() < closeness.value()) {
                        *slot = Some(closeness);
                    }
                }
            }
            close.push(words_close);
        }
        let weights: Vec<f64> = close.iter().map(|words| self.rarity(words)).collect();
        let asked = Asked {
            weights: &weights,
            close: &close,
        };
        matches
            .iter()
            .filter_map(|(text, matched)| {
                let title = self.titles[self.texts[*text].occupation];
                let in_title = matches.get(&title).map_or(0.0, |m| asked.covered_by(m));
                Some((
                    *text,
                    self.score(*text, &matched[..weights.len()], &asked, in_title)?,
                ))
            })
            .collect()
    }

    /// How much a query word tells: the rarer, the more. A word not known as it stands counts as rare.
    fn rarity(&self, close: &HashMap<usize, Closeness>) -> f64 {
        let texts = close
            .iter()
            .find(|(_, c)| **c == Closeness::Same)
            .map_or(1, |(word, _)| self.standing_in[*word].len());
        libm::log(1.0 + self.texts.len() as f64 / texts as f64)
    }

    /// How well one text matches; `None` when too little of the query is in it. `in_title` is how much of
    /// the query the occupation's title holds: of two that are called the same, it is the one meant.
    fn score(
        &self,
        text: usize,
        matched: &[Option<Closeness>],
        asked: &Asked<'_>,
        in_title: f64,
    ) -> Option<f64> {
        let Asked { weights, close } = asked;
        let text = &self.texts[text];
        let sequence = &self.sequence[text.start..text.end];
        let covered = asked.covered_by(matched);
        let all = matched.iter().all(Option::is_some);
        let certain = matched
            .iter()
            .all(|m| matches!(m, Some(Closeness::Same | Closeness::Begins(_))));
        let begins = sequence.len() >= close.len()
            && close.iter().zip(sequence).enumerate().all(|(q, (close, word))| {
                match close.get(word) {
                    Some(Closeness::Same) => true,
                    // Only the last word of a query may be unfinished.
                    Some(Closeness::Begins(_)) => q + 1 == weights.len(),
                    _ => false,
                }
            });
        let exact =
            begins && sequence.len() == close.len() && matched.iter().all(|m| *m == Some(Closeness::Same));

        let task = matches!(text.place, Place::Task(_));
        let title = text.place == Place::Title;
        let way = match (task, exact, begins, all, certain) {
            (false, true, ..) if title => 800.0,
            (false, true, ..) => 700.0,
            (false, _, true, ..) => 600.0,
            (false, _, _, true, true) => 500.0,
            (false, _, _, true, false) => 400.0,
            (true, _, _, true, _) => 300.0,
            (false, ..) if covered >= 0.5 => 200.0,
            (true, ..) if covered >= 0.6 => 100.0,
            _ => return None,
        };
        let words_matched = matched.iter().flatten().count() as f64;
        let share_of_text = (words_matched / sequence.len().max(1) as f64).min(1.0);
        let closely = 60.0 * covered + 30.0 * share_of_text + if title { 9.0 } else { 8.0 * in_title };
        Some(way + closely)
    }
}

/// The words of a query, as the index knows them.
struct Asked<'a> {
    /// How much each word tells.
    weights: &'a [f64],
    /// For each word, the words of the vocabulary it may mean.
    close: &'a [HashMap<usize, Closeness>],
}

impl Asked<'_> {
    /// How much of the query was matched, 0 to 1.
    fn covered_by(&self, matched: &[Option<Closeness>]) -> f64 {
        let covered: f64 = matched
            .iter()
            .zip(self.weights)
            .filter_map(|(m, weight)| Some(m.as_ref()?.value() * weight))
            .sum();
        covered / self.weights.iter().sum::<f64>()
    }
}

/// The place of the occupation whose code the query is.
fn place_of_code(catalogue: &Catalogue, query: &str) -> Option<usize> {
    let code = full_code(query);
    catalogue
        .occupations
        .binary_search_by(|o| o.code.as_str().cmp(&code))
        .ok()
        .or_else(|| Some(catalogue.occupations.len() + catalogue.esco.as_ref()?.place_of(query)?))
}

fn hit(catalogue: &Catalogue, at: usize, score: f64, place: Option<Place>) -> Option<Hit> {
    let Some(occupation) = catalogue.occupations.get(at) else {
        return esco_hit(catalogue, at - catalogue.occupations.len(), score, place);
    };
    let matched = match place {
        None => Matched::Code,
        Some(Place::Title) => Matched::Title,
        Some(Place::Alternate(i)) => Matched::AlternateTitle(occupation.alternate_titles.get(i)?.clone()),
        Some(Place::Task(i)) => Matched::Task(occupation.tasks.get(i)?.text.clone()),
    };
    Some(Hit {
        classification: Classification::Onet,
        code: occupation.code.clone(),
        title: occupation.title.clone(),
        matched,
        score,
    })
}

fn esco_hit(catalogue: &Catalogue, at: usize, score: f64, place: Option<Place>) -> Option<Hit> {
    let occupation = catalogue.esco.as_ref()?.occupations.get(at)?;
    let matched = match place {
        None => Matched::Code,
        Some(Place::Title) => Matched::Title,
        Some(Place::Alternate(i)) => Matched::AlternateTitle(occupation.alternate_titles.get(i)?.clone()),
        Some(Place::Task(_)) => return None,
    };
    Some(Hit {
        classification: Classification::Esco,
        code: occupation.code.clone(),
        title: occupation.title.clone(),
        matched,
        score,
    })
}
