//! What a few adverts ask for, read against the competencies of one framework: which advert asks for which
//! competency, by which sentences, and what they name that no competency has.
//!
//! Nothing is trained. A sentence asks for a competency where it holds something the competency is also called, or
//! enough of the words of its name, the rarer the more; a person puts right what this gets wrong ([`Ruling`]), and
//! their word always counts. The rules favour silence: what is not found costs a look at the advert, what is found
//! wrongly costs trust.
//!
//! | file | question |
//! |---|---|
//! | `part` | which sentences of an advert speak of the work, and which of the house, the pay, the law? |
//! | `matcher` | which competencies does a sentence ask for? |
//! | `names` | what do the adverts name that no competency has? |
//! | `same` | are two adverts one? |

mod matcher;
mod names;
mod part;
mod same;

use std::ops::Range;

use serde::Serialize;

use crate::text::sentences;
use matcher::Matcher;
pub use names::Named;
pub use part::{Part, parts};
pub use same::{SAME_FROM, alike};

/// A competency to be looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Its name: "Publish an article to house standard".
    pub name: String,
    /// What a colleague would see when it is done well.
    pub looks_like: String,
    /// What else it is called.
    pub also: Vec<String>,
}

/// An advert to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Read<'a> {
    /// What the work is called.
    pub title: &'a str,
    /// Who asks.
    pub employer: &'a str,
    /// Where the work is.
    pub place: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// What a person said of one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Which advert, by its place.
    pub advert: usize,
    /// Which competency, by its place.
    pub competency: usize,
    /// The sentence; empty: the advert as a whole.
    pub sentence: String,
    /// Whether it asks for it.
    pub asks: bool,
}

/// Everything a few adverts ask for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Asked {
    /// What asks for each competency, in the order the competencies were given.
    pub competencies: Vec<Vec<AskedBy>>,
    /// What is named and no competency has, what most adverts name first.
    pub names: Vec<Named>,
}

/// One sentence that asks for a competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedBy {
    /// Which advert, by its place.
    pub advert: usize,
    /// Bytes of the sentence in its text.
    pub sentence: Range<usize>,
    /// Bytes of the words that said so, ascending; empty where the person said so.
    pub words: Vec<Range<usize>>,
    /// What said so.
    pub by: By,
}

/// What said that a sentence asks for a competency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The person.
    Person,
    /// Something it is called.
    Name,
    /// Words of its name.
    Words,
}

impl Asked {
    /// How many adverts ask for a competency.
    pub fn adverts(&self, competency: usize) -> usize {
        let mut adverts: Vec<usize> = self
            .competencies
            .get(competency)
            .into_iter()
            .flatten()
            .map(|a| a.advert)
            .collect();
        adverts.dedup();
        adverts.len()
    }
}

/// Reads adverts against competencies. `set_aside` are names that are never named again.
pub fn asked(sought: &[Sought], adverts: &[Read<'_>], rulings: &[Ruling], set_aside: &[String]) -> Asked {
    let cut: Vec<Vec<(Range<usize>, Part)>> = adverts.iter().map(|a| parts(a.text)).collect();
    let of_work = |place: usize| {
        cut[place]
            .iter()
            .filter(|(_, part)| *part == Part::Work)
            .map(|(range, _)| range.clone())
    };
    let all: Vec<&str> = (0..adverts.len())
        .flat_map(|place| of_work(place).map(move |range| &adverts[place].text[range]))
        .collect();
    let matcher = Matcher::new(sought, &all);
    let mut competencies: Vec<Vec<AskedBy>> = vec![Vec::new(); sought.len()];
    for (place, advert) in adverts.iter().enumerate() {
        for sentence in of_work(place) {
            for (competency, words, by) in matcher.read(&advert.text[sentence.clone()]) {
                let words = words
                    .into_iter()
                    .map(|w| w.start + sentence.start..w.end + sentence.start);
                competencies[competency].push(AskedBy {
                    advert: place,
                    sentence: sentence.clone(),
                    words: words.collect(),
                    by,
                });
            }
        }
    }
    for ruling in rulings {
        rule(ruling, adverts, &mut competencies);
    }
    for asking in &mut competencies {
        asking.sort_by_key(|a| (a.advert, a.sentence.start));
    }
    let names = names::named(adverts, &cut, &matcher, set_aside);
    Asked { competencies, names }
}

/// The person's word on one reading takes the place of what was found.
fn rule(ruling: &Ruling, adverts: &[Read<'_>], competencies: &mut [Vec<AskedBy>]) {
    let (Some(advert), Some(asking)) = (
        adverts.get(ruling.advert),
        competencies.get_mut(ruling.competency),
    ) else {
        return;
    };
    let same = |range: &Range<usize>| one_line(&advert.text[range.clone()]) == one_line(&ruling.sentence);
    let whole = ruling.sentence.trim().is_empty();
    if !ruling.asks {
        asking.retain(|a| a.advert != ruling.advert || !(whole || same(&a.sentence)));
        return;
    }
    let Some(sentence) = sentences(advert.text).into_iter().find(|range| same(range)) else {
        return;
    };
    match asking
        .iter_mut()
        .find(|a| a.advert == ruling.advert && a.sentence == sentence)
    {
        Some(found) => found.by = By::Person,
        None => asking.push(AskedBy {
            advert: ruling.advert,
            sentence,
            words: Vec::new(),
            by: By::Person,
        }),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
