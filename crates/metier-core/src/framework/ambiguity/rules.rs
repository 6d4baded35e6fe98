//! One rule for each sort of ambiguity.

use super::lexicon::{
    BELOW, CARRIERS, COMPARATIVE, DEGREE, DOING, DOING_OR_THING, DOING_TOO, INNER, INNER_NOUNS, MORE_OF,
    NUMBERS, OPEN_CASE, OPENERS, RANK, STATES, VAGUE,
};
use super::sentence::Sentence;
use super::{Flag, Sort};

/// A flag with where its words stand.
struct At {
    sort: Sort,
    first: usize,
    last: usize,
}

/// Everything a sentence leaves open, in reading order. Of words that several rules find, the first keeps
/// them.
pub(super) fn of(sentence: &Sentence<'_>) -> Vec<Flag> {
    let mut found: Vec<At> = Vec::new();
    for at in unseen(sentence)
        .into_iter()
        .chain(open_case(sentence))
        .chain(comparison(sentence))
        .chain(vague(sentence))
        .chain(no_threshold(sentence))
        .chain(two_things(sentence))
    {
        let taken = found
            .iter()
            .any(|f| f.first <= at.last && at.first <= f.last && at.sort != Sort::TwoThings);
        if !taken {
            found.push(at);
        }
    }
    // What stands in an example only illustrates.
    let example = (0..sentence.words.len()).find(|at| {
        let pair = (sentence.word(*at), sentence.word(at + 1));
        matches!(
            pair,
            ("for", "example" | "instance") | ("such", "as") | ("e.g", _)
        )
    });
    found.retain(|at| example.is_none_or(|example| at.first < example));
    found.sort_by_key(|at| (at.first, at.sort));
    found
        .into_iter()
        .map(|at| Flag {
            sort: at.sort,
            words: sentence.said(at.first, at.last),
            sentence: sentence.text.to_owned(),
        })
        .collect()
}

/// The form a verb stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "plan"
    Base,
    /// "plans"
    Third,
}

/// The verb of a list a word is, and its form.
fn form_in(word: &str, verbs: &[&str]) -> Option<Form> {
    if verbs.contains(&word) {
        return Some(Form::Base);
    }
    let bare = word.strip_suffix('s')?;
    let third = verbs.contains(&bare)
        || bare.strip_suffix('e').is_some_and(|b| verbs.contains(&b))
        || bare
            .strip_suffix("ie")
            .is_some_and(|b| verbs.contains(&format!("{b}y").as_str()));
    third.then_some(Form::Third)
}

fn doing(word: &str) -> Option<Form> {
    form_in(word, &DOING).or_else(|| form_in(word, &DOING_TOO))
}

fn any_verb(word: &str) -> Option<Form> {
    doing(word)
        .or_else(|| form_in(word, &DOING_OR_THING))
        .or_else(|| form_in(word, &INNER))
}

fn adverb(word: &str) -> bool {
    const VERBS: [&str; 8] = [
        "apply", "comply", "supply", "reply", "rely", "imply", "multiply", "family",
    ];
    (word.ends_with("ly") && word.len() > 4 && !VERBS.contains(&word))
        || matches!(word, "also" | "often" | "then" | "not" | "always")
}

/// The place of the first verb: behind "you can", "is able to" and adverbs; `None` when the sentence does
/// not begin with one.
fn first_verb(sentence: &Sentence<'_>) -> Option<usize> {
    const LEADS: [&str; 10] = [
        "you", "can", "will", "able", "to", "should", "they", "must", "he", "she",
    ];
    let mut at = 0;
    while adverb(sentence.word(at)) || LEADS.contains(&sentence.word(at)) {
        at += 1;
    }
    // "is able to plan"
    if matches!(sentence.word(at), "is" | "be" | "are") && sentence.word(at + 1) == "able" {
        at += 3;
    }
    (at < sentence.words.len()).then_some(at)
}

/// True when, behind a place, something is done beside what stands there: "and apply it".
fn does_more(sentence: &Sentence<'_>, from: usize) -> bool {
    (from..sentence.words.len()).any(|at| {
        let joined = matches!(sentence.word(at), "and" | "or" | "," | "but" | "then");
        if !joined {
            return false;
        }
        let mut next = at + 1;
        while adverb(sentence.word(next)) || is_lead(sentence.word(next)) {
            next += 1;
        }
        // "and are starting to use them"
        if matches!(sentence.word(next), "is" | "are") && sentence.word(next + 1).ends_with("ing") {
            return true;
        }
        let word = sentence.word(next);
        let inner = form_in(word, &INNER).is_some();
        (doing(word).is_some() || form_in(word, &DOING_OR_THING).is_some()) && !inner
    })
}

/// What may stand between a conjunction and its verb.
fn is_lead(word: &str) -> bool {
    matches!(
        word,
        "and" | "or" | "you" | "they" | "can" | "will" | "to" | "be" | "able"
    )
}

fn unseen(sentence: &Sentence<'_>) -> Vec<At> {
    let Some(at) = first_verb(sentence) else {
        return Vec::new();
    };
    let word = sentence.word(at);
    let last = if form_in(word, &INNER).is_some() {
        Some(at)
    } else if form_in(word, &CARRIERS).is_some() || matches!(word, "has" | "having") {
        carried(sentence, at)
    } else if matches!(word, "is" | "be" | "are") {
        state(sentence, at)
    } else {
        None
    };
    match last {
        Some(last) if !does_more(sentence, last + 1) => vec![At {
            sort: Sort::Unseen,
            first: at,
            last,
        }],
        _ => Vec::new(),
    }
}

/// "show a strong understanding": the place of the noun, at most five words on.
fn carried(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    (at + 1..at + 7)
        .take_while(|p| !matches!(sentence.word(*p), "," | "of" | "to" | "by" | "how" | ""))
        .find(|p| {
            let noun = INNER_NOUNS.contains(&sentence.word(*p));
            // "communication skills workshop" is something else.
            noun && !matches!(
                sentence.word(p + 1),
                "workshop" | "course" | "training" | "gaps" | "base"
            )
        })
}

/// "is aware", "be an expert".
fn state(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    (at + 1..at + 5)
        .take_while(|p| !matches!(sentence.word(*p), "," | "of" | "to" | "for" | ""))
        .find(|p| STATES.contains(&sentence.word(*p)))
}

fn phrases(sentence: &Sentence<'_>, phrases: &[&str], sort: Sort) -> Vec<At> {
    let mut found: Vec<At> = phrases
        .iter()
        .flat_map(|phrase| sentence.find(phrase))
        .map(|(first, last)| At { sort, first, last })
        .collect();
    // The longest of phrases that begin at one place.
    found.sort_by_key(|at| (at.first, std::cmp::Reverse(at.last)));
    found.dedup_by_key(|at| at.first);
    found
}

fn open_case(sentence: &Sentence<'_>) -> Vec<At> {
    phrases(sentence, &OPEN_CASE, Sort::OpenCase)
}

/// True when a practice is what is spoken of, not how something is to be done: "share best practice",
/// "the definition of best practice".
fn spoken_of(sentence: &Sentence<'_>, before: &str) -> bool {
    const OF_IT: [&str; 10] = [
        "share",
        "explain",
        "define",
        "develop",
        "describe",
        "advise",
        "contribute",
        "identify",
        "set",
        "advocate",
    ];
    let first = first_verb(sentence).map_or("", |at| sentence.word(at));
    matches!(before, "of" | "on" | "about")
        || form_in(first, &OF_IT).is_some()
        || form_in(before, &OF_IT).is_some()
}

/// The word before a flag, its first, and the one behind it.
fn around<'s>(sentence: &'s Sentence<'_>, at: &At) -> (&'s str, &'s str, &'s str) {
    (
        at.first.checked_sub(1).map_or("", |p| sentence.word(p)),
        sentence.word(at.first),
        sentence.word(at.last + 1),
    )
}

fn vague(sentence: &Sentence<'_>) -> Vec<At> {
    let mut found = phrases(sentence, &VAGUE, Sort::Vague);
    found.retain(|at| {
        let (before, word, next) = around(sentence, at);
        // Terms, and what is weighed ("decide when it is appropriate") in place of asked for.
        let term = (word == "great" && matches!(next, "deal" | "many" | "lengths" | "britain"))
            || (word == "effective" && (before == "cost" || matches!(next, "date" | "tax")))
            || (word == "proactive" && sentence.word(at.last + 2) == "reactive")
            || (word == "appropriate" && matches!(before, "is" | "it's" | "be" | "not"))
            || (sentence.word(at.last).starts_with("practice") && spoken_of(sentence, before));
        !term
    });
    found
}

fn no_threshold(sentence: &Sentence<'_>) -> Vec<At> {
    let settled = sentence
        .words
        .iter()
        .any(|w| w.plain.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(&w.plain.as_str()));
    if settled {
        return Vec::new();
    }
    let mut found = phrases(sentence, &DEGREE, Sort::NoThreshold);
    found.retain(|at| {
        let (before, word, next) = around(sentence, at);
        let term = (word == "simple" && matches!(next, "machine" | "terms" | "language" | "english"))
            || (word == "many" && before == "how")
            || (word == "few" && before == "a" && next.is_empty())
            || (word == "often" && before == "how")
            || (word == "variety" && sentence.word(at.first.saturating_sub(2)) == "of")
            || (matches!(word, "large" | "small") && matches!(next, "organisation" | "organization"))
            || (matches!(word, "significant" | "major" | "minor" | "large" | "small") && next.is_empty())
            || (word == "major" && matches!(next, "incident" | "incidents" | "key"))
            || (matches!(word, "major" | "minor")
                && [next, sentence.word(at.last + 2)]
                    .iter()
                    .any(|w| matches!(*w, "version" | "versions" | "release")));
        !term
    });
    found
}

fn comparison(sentence: &Sentence<'_>) -> Vec<At> {
    let mut found = phrases(sentence, &RANK, Sort::Comparison);
    let named = sentence.words.iter().any(|w| w.plain == "than");
    if named {
        return found;
    }
    for at in 0..sentence.words.len() {
        let (word, next) = (sentence.word(at), sentence.word(at + 1));
        if matches!(word, "more" | "most") {
            // "more complex" and "more effectively", not "more people" or "become more".
            let graded = DEGREE.contains(&next)
                || VAGUE.contains(&next)
                || adverb(next)
                || ["ful", "ive", "ous", "ible", "able", "ent", "ant", "ated", "ing"]
                    .iter()
                    .any(|end| next.len() > 5 && next.ends_with(end));
            let counted = at > 0 && matches!(sentence.word(at - 1), "or" | "no" | "any");
            if graded && !counted && word == "more" && !MORE_OF.contains(&next) {
                found.push(At {
                    sort: Sort::Comparison,
                    first: at,
                    last: at + 1,
                });
            }
        } else if COMPARATIVE.contains(&word)
            && !matches!(next, "education" | "level" | "levels" | "picture" | "")
        {
            found.push(At {
                sort: Sort::Comparison,
                first: at,
                last: at,
            });
        }
    }
    found
}

/// Two verbs, each with an object of its own, joined by "and": "run the workshop and write the report".
fn two_things(sentence: &Sentence<'_>) -> Vec<At> {
    let Some(first) = first_verb(sentence) else {
        return Vec::new();
    };
    let Some(form) = any_verb(sentence.word(first)) else {
        return Vec::new();
    };
    // "help teams plan the work and write it down": whose second thing is it?
    let for_others = form_in(
        sentence.word(first),
        &[
            "help",
            "enable",
            "encourage",
            "support",
            "let",
            "allow",
            "coach",
            "guide",
            "teach",
        ],
    )
    .is_some();
    let mut objects = 0_usize;
    // "identify, locate and fix faults" lists verbs up to its first "and".
    let mut listing = sentence.word(first + 1) == ",";
    let mut at = first + 1;
    while at < sentence.words.len() {
        let word = sentence.word(at);
        if BELOW.contains(&word) {
            // What follows hangs on something below the first verb: it is not sure to be a second thing.
            return Vec::new();
        }
        if matches!(word, "and" | "or") && listing {
            (listing, objects) = (false, 0);
        } else if matches!(word, "and" | "or") {
            if let Some(second) = second_verb(sentence, at, form)
                && objects > 0
                && any_verb(before(sentence, at)).is_none()
                && !matches!(
                    before(sentence, at),
                    "of" | "with" | "in" | "to" | "for" | "on" | "from"
                )
            {
                return vec![At {
                    sort: Sort::TwoThings,
                    first: at,
                    last: second,
                }];
            }
        } else if for_others && any_verb(word).is_some() {
            return Vec::new();
        } else if word != "," && any_verb(word).is_none() && !adverb(word) {
            objects += 1;
        }
        at += 1;
    }
    Vec::new()
}

/// The word before a conjunction, behind a comma.
fn before<'s>(sentence: &'s Sentence<'_>, at: usize) -> &'s str {
    let place = at.saturating_sub(1);
    if sentence.word(place) == "," {
        sentence.word(place.saturating_sub(1))
    } else {
        sentence.word(place)
    }
}

/// The place of a verb in the same form behind a conjunction, when it surely is one.
fn second_verb(sentence: &Sentence<'_>, conjunction: usize, form: Form) -> Option<usize> {
    let mut at = conjunction + 1;
    while adverb(sentence.word(at)) {
        at += 1;
    }
    let (word, next) = (sentence.word(at), sentence.word(at + 1));
    let followed = !matches!(next, "" | "," | "and" | "or" | "of" | "." | ")");
    let sure = match (doing(word), form_in(word, &DOING_OR_THING)) {
        (Some(found), _) => found == form && followed,
        (None, Some(found)) => found == form && OPENERS.contains(&next),
        _ => false,
    };
    sure.then_some(at)
}
