//! What adverts name that no competency has: technologies and other names, told by how they are written; and
//! phrases that two adverts or more use.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use metier_core::framework::stem;
use serde::Serialize;

use super::matcher::{EMPTY, Matcher};
use super::{Part, Read};
use crate::text::{Case, Word, words};

/// The most names that are told.
const MOST: usize = 60;
/// The most words of a name.
const LONGEST: usize = 4;
/// From how many adverts on a phrase in small letters is told.
const RECURS: usize = 2;

/// Something adverts name and no competency has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// As most adverts write it.
    pub name: String,
    /// True for a name (a product, a tool, an abbreviation), false for a phrase that recurs.
    pub proper: bool,
    /// Where: the advert by its place, the bytes of the sentence and of the name; at most one of each advert.
    pub places: Vec<(usize, Range<usize>, Range<usize>)>,
}

/// Words with capitals that name nothing one can do: in small letters, one a line.
const NO_NAME: &str = include_str!("no_name.txt");

/// Words of adverts that make no phrase worth telling: in small letters.
const OF_ADVERTS: &[&str] = &[
    "experience",
    "experienced",
    "skill",
    "skills",
    "ability",
    "abilities",
    "able",
    "team",
    "teams",
    "year",
    "years",
    "strong",
    "excellent",
    "great",
    "proven",
    "track",
    "record",
    "knowledge",
    "understanding",
    "familiarity",
    "familiar",
    "comfortable",
    "working",
    "work",
    "works",
    "role",
    "job",
    "candidate",
    "candidates",
    "looking",
    "join",
    "help",
    "helping",
    "ideally",
    "plus",
    "preferred",
    "required",
    "least",
    "similar",
    "related",
    "relevant",
    "minimum",
    "degree",
    "equivalent",
    "responsible",
    "ensure",
    "ensuring",
    "including",
    "include",
    "day",
    "days",
    "week",
    "month",
    "quarter",
    "time",
    "full",
    "part",
    "passion",
    "passionate",
    "fast",
    "paced",
    "environment",
    "company",
    "business",
    "people",
    "colleagues",
    "world",
    "opportunity",
    "want",
    "need",
    "needs",
    "love",
    "know",
    "someone",
    "something",
    "across",
    "alongside",
    "together",
    "closely",
    "will",
    "you'll",
    "we're",
    "you're",
    "you've",
    "good",
    "solid",
    "deep",
    "hands",
    "best",
    "practice",
    "practices",
    "high",
    "quality",
    "every",
    "each",
    "own",
    "key",
    "main",
    "range",
    "wide",
    "variety",
    "sense",
    "eye",
    "detail",
    "self",
    "starter",
    "player",
    "report",
    "reports",
    "reporting",
    "clear",
    "clearly",
    "care",
    "things",
    "thing",
    "ways",
    "way",
    "keep",
    "take",
    "make",
    "makes",
    "set",
    "end",
    "one",
    "two",
    "three",
    "five",
    "four",
    "ten",
    "why",
    "what",
    "how",
    "who",
    "services",
    "service",
    "customers",
    "customer",
    "internal",
    "external",
    "senior",
    "junior",
    "fluent",
    "english",
    "written",
    "spoken",
    "native",
    "level",
];

struct Found {
    proper: bool,
    spellings: BTreeMap<String, usize>,
    places: Vec<(usize, Range<usize>, Range<usize>)>,
}

/// What the adverts name and no competency has.
pub(super) fn named(
    adverts: &[Read<'_>],
    cut: &[Vec<(Range<usize>, Part)>],
    matcher: &Matcher,
    set_aside: &[String],
) -> Vec<Named> {
    let aside: HashSet<String> = set_aside.iter().map(|n| key(n)).collect();
    let mut found: HashMap<String, Found> = HashMap::new();
    for (place, advert) in adverts.iter().enumerate() {
        let own: HashSet<String> = [advert.employer, advert.place, advert.title]
            .iter()
            .flat_map(|text| words(text).map(|w| w.of(text).to_lowercase()))
            .collect();
        for (sentence, part) in &cut[place] {
            if *part != Part::Work {
                continue;
            }
            let text = &advert.text[sentence.clone()];
            let all: Vec<Word> = words(text).collect();
            let proper = proper(text, &all, &own);
            let phrases = phrases(text, &all, &proper);
            for (range, is_proper) in proper
                .into_iter()
                .map(|r| (r, true))
                .chain(phrases.into_iter().map(|r| (r, false)))
            {
                let name = &text[range.clone()];
                let key = key(name);
                if aside.contains(&key) || matcher.knows(name) {
                    continue;
                }
                let one = found.entry(key).or_insert_with(|| Found {
                    proper: is_proper,
                    spellings: BTreeMap::new(),
                    places: Vec::new(),
                });
                one.proper |= is_proper;
                *one.spellings
                    .entry(name.split_whitespace().collect::<Vec<_>>().join(" "))
                    .or_default() += 1;
                if one.places.last().is_none_or(|(last, ..)| *last != place) {
                    let word = range.start + sentence.start..range.end + sentence.start;
                    one.places.push((place, sentence.clone(), word));
                }
            }
        }
    }
    told(found)
}

fn told(found: HashMap<String, Found>) -> Vec<Named> {
    let mut kept: Vec<(String, Found)> = found
        .into_iter()
        .filter(|(_, one)| one.proper || one.places.len() >= RECURS)
        .collect();
    kept.sort_by(|(a, x), (b, y)| {
        y.places
            .len()
            .cmp(&x.places.len())
            .then(b.split(' ').count().cmp(&a.split(' ').count()))
            .then(a.cmp(b))
    });
    // "content marketing" says nothing beside "content marketing strategy" in the same adverts.
    let mut names: Vec<(BTreeSet<String>, Named)> = Vec::new();
    for (key, one) in kept {
        let stems: BTreeSet<String> = key.split(' ').map(str::to_owned).collect();
        let adverts =
            |places: &[(usize, Range<usize>, Range<usize>)]| places.iter().map(|p| p.0).collect::<Vec<_>>();
        let covered = names.iter().any(|(other, named)| {
            let inside = stems.is_subset(other) || other.is_subset(&stems) && !one.proper;
            inside
                && adverts(&one.places)
                    .iter()
                    .all(|a| adverts(&named.places).contains(a))
        });
        if covered {
            continue;
        }
        let name = one
            .spellings
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))
            .map(|(name, _)| name);
        let Some(name) = name.map(|n| if one.proper { n } else { n.to_lowercase() }) else {
            continue;
        };
        names.push((
            stems,
            Named {
                name,
                proper: one.proper,
                places: one.places,
            },
        ));
        if names.len() == MOST {
            break;
        }
    }
    names.into_iter().map(|(_, named)| named).collect()
}

/// What a name is counted under: its words' stems.
fn key(name: &str) -> String {
    words(name)
        .map(|w| stem(&w.of(name).to_lowercase()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Names told by how they are written, as bytes of the sentence.
fn proper(text: &str, all: &[Word], own: &HashSet<String>) -> Vec<Range<usize>> {
    let small = |w: &Word| w.of(text).to_lowercase();
    // Where most words have a capital it says nothing: a title.
    let capitals = all.iter().filter(|w| w.case == Case::First).count();
    let shouted = all.len() > 2 && capitals * 3 > all.len() * 2;
    let is_name = |at: usize| {
        let word = &all[at];
        let low = small(word);
        if own.contains(&low) || NO_NAME.lines().any(|word| word == low) || EMPTY.contains(&low.as_str()) {
            return false;
        }
        let of = word.of(text);
        if !of.chars().any(char::is_alphabetic) {
            return false;
        }

        match word.case {
            Case::Inside => of.chars().count() > 1 && !of.ends_with("'s"),
            Case::All => {
                let letters = of.chars().filter(|c| c.is_alphabetic()).count();
                (2..=6).contains(&letters) && !shouted
                    || of.ends_with(['+', '#'])
                    || letters == 1 && one_letter(text, word)
            }
            Case::First => {
                at > 0 && !shouted && !begins(text, word) || of.starts_with('.') || of.ends_with(['+', '#'])
            }
            Case::Small => of.ends_with(['+', '#']) && of.len() <= 4,
        }
    };
    let mut names = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if !is_name(at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < all.len()
            && end - at < LONGEST
            && all[end].joined
            && is_name(end)
            && all[end - 1].case != Case::Small
            && !text[all[end - 1].end as usize..all[end].start as usize].contains('/')
        {
            end += 1;
        }
        // "Node.js", "Next.js".
        if end < all.len() && small(&all[end]) == "js" && all[end].joined {
            end += 1;
        }
        names.push(all[at].start as usize..all[end - 1].end as usize);
        at = end;
    }
    names
}

/// A letter alone names something between commas or after "in": "R, SQL", never in "R & D" or "Plan B".
fn one_letter(text: &str, word: &Word) -> bool {
    let before = text[..word.start as usize].trim_end();
    let behind = text[word.end as usize..].trim_start();
    matches!(word.of(text), "R" | "C")
        && (before.ends_with([',', '(']) || before.ends_with("in"))
        && !behind.starts_with('&')
}

/// Whether a word begins something inside its sentence: behind a colon, a dash, an opening bracket or quotation mark.
fn begins(text: &str, word: &Word) -> bool {
    let before = text[..word.start as usize].trim_end();
    before.is_empty() || before.ends_with([':', '-', '\u{2013}', '\u{2014}', '"', '\u{201c}', '*'])
}

/// Runs of two or three words in small letters that could be the name of something, as bytes of the sentence.
fn phrases(text: &str, all: &[Word], proper: &[Range<usize>]) -> Vec<Range<usize>> {
    let could = |w: &Word| {
        let low = w.of(text).to_lowercase();
        // They stand in order and apart.
        let before = proper.partition_point(|r| r.end < w.end as usize);
        let taken = proper.get(before).is_some_and(|r| r.start <= w.start as usize);
        !taken
            && low.chars().count() > 2
            && low.chars().all(|c| c.is_alphabetic() || c == '-')
            && !EMPTY.contains(&low.as_str())
            && !OF_ADVERTS.contains(&low.as_str())
            && w.case != Case::All
    };
    let mut found = Vec::new();
    for at in 0..all.len() {
        for length in [3, 2] {
            let Some(run) = all.get(at..at + length) else {
                continue;
            };
            let whole = run.iter().all(could)
                && run[1..].iter().all(|w| w.joined)
                && run[1..].iter().all(|w| w.case == Case::Small);
            let ends = run.last().is_some_and(|w| !ends_as_no_noun(w.of(text)));
            if whole && ends {
                found.push(run[0].start as usize..run[length - 1].end as usize);
            }
        }
    }
    found
}

/// Endings that the last word of the name of a thing seldom has.
fn ends_as_no_noun(word: &str) -> bool {
    let low = word.to_lowercase();
    low.ends_with("ly")
        || low.ends_with("ed")
        || low.ends_with("ful")
        || low.ends_with("ive")
        || low.ends_with("ous")
}
