//! Words for comparing: without endings, without those that say nothing, alike where people use them for
//! one another.

use std::collections::BTreeMap;

/// The most words of one competency that are compared.
pub(super) const WORDS_MAX: usize = 4_000;

/// The weight of each word by what it stands for, and the word as it is written.
pub(super) type Words = BTreeMap<String, (f64, String)>;

/// A name without what stands in brackets, which says where it belongs and not what it is.
pub(super) fn bare(name: &str) -> String {
    let (mut bare, mut depth) = (String::new(), 0_u32);
    for c in name.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    if bare.trim().is_empty() {
        name.to_owned()
    } else {
        bare
    }
}

/// Adds the words of a text, each by what it stands for.
pub(super) fn add(words: &mut Words, text: &str, weight: f64) {
    let parts = text
        .split(|c: char| !(c.is_alphanumeric() || c == '+' || c == '#'))
        .filter(|w| !w.is_empty())
        .take(WORDS_MAX);
    for word in parts {
        let lower = word.to_lowercase();
        // A letter alone is a point of a list ("A/B"), but for the two that are languages.
        let letter = lower.chars().nth(1).is_none() && !matches!(lower.as_str(), "c" | "r");
        if letter || EMPTY.contains(&lower.as_str()) {
            continue;
        }
        let entry = words
            .entry(meaning(&stem(&lower)))
            .or_insert_with(|| (0.0, lower));
        entry.0 += weight;
    }
}

/// Words that say nothing about what a competency is about.
#[rustfmt::skip]
const EMPTY: [&str; 112] = [
    "a", "an", "the", "and", "or", "of", "to", "in", "on", "for", "with", "from", "by", "as", "at", "into",
    "is", "are", "be", "it", "its", "that", "this", "these", "those", "what", "how", "when", "where",
    "which", "who", "you", "your", "can", "will", "do", "does", "their", "they", "them", "others", "other",
    "not", "no", "so", "if", "than", "then", "using", "use", "uses", "used", "work", "works", "working",
    "make", "makes", "including", "within", "across", "through", "about", "any", "all", "manage",
    "manages", "managing", "managed", "management", "manager", "several", "way", "take", "takes", "own",
    "being", "has", "have", "why", "before", "out", "up", "say", "says", "time", "change", "changes", "s",
    "t", "one", "two", "new", "also", "more", "most", "each", "every", "over", "still", "keep", "keeps",
    "need", "needs", "under", "place", "places", "carry", "carries", "follow", "follows", "following", "between",
];

/// Words that people use for one another when they write criteria, by their stems; the first stands for all.
#[rustfmt::skip]
const MEANINGS: [&[&str]; 34] = [
    &["communicat", "communication", "explain", "present", "presentation", "tell"],
    &["mentor", "mentorship", "coach", "teach", "train", "pair", "newcomer", "learner"],
    &["plan", "roadmap", "schedul", "estimat", "calendar", "prioritis", "prioritiz"],
    &["stakeholder", "requester", "sponsor"],
    &["customer", "client", "buyer", "reader", "audienc", "user"],
    &["test", "testing", "verify", "verification"],
    &["quality", "standard", "styl", "guidelin", "convention"],
    &["security", "secur", "threat", "vulnerability", "secret", "attack"],
    &["incident", "outag", "on-call"],
    &["fault", "troubleshoot", "bug", "defect", "diagnos", "problem", "resolution"],
    &["releas", "deploy", "deployment", "production", "ship"],
    &["design", "architectur", "architectural", "architect", "model"],
    &["programm", "program", "cod", "code", "coding", "softwar", "script", "develop", "developer"],
    &["data", "databas", "dataset"],
    &["review", "feedback", "critiqu"],
    &["recruit", "hir", "interview", "candidat"],
    &["document", "documentation", "guid", "runbook", "readm"],
    &["lead", "leader", "leadership"],
    &["budget", "cost", "financ", "financial", "money", "commercial"],
    &["research", "study", "survey"],
    &["accessibl", "accessibility", "keyboard", "captions", "caption"],
    &["measur", "metric", "analytic", "analytics", "report", "analys", "analysis", "analyz"],
    &["decid", "decision", "choos", "choice"],
    &["strategy", "strategic", "goal", "vision", "objectiv"],
    &["collaborat", "collaboration", "teamwork", "together", "team"],
    &["support", "operat", "operation", "operations", "maintain", "maintenanc", "service"],
    &["prototyp", "concept", "sketch"],
    &["monitor", "monitoring", "instrument", "alert", "availability", "capacity"],
    &["risk", "assumption", "uncertainty"],
    &["requirement", "request"],
    &["writ", "written", "articl", "draft"],
    &["edit", "editorial", "proofread"],
    &["patient", "resident", "car"],
    &["pupil", "student", "lesson", "classroom"],
];

/// What a word stands for: itself, or the first of those that mean the same here.
fn meaning(stem: &str) -> String {
    MEANINGS
        .iter()
        .find(|group| group.contains(&stem))
        .map_or(stem, |group| group[0])
        .to_owned()
}

/// A word without its ending, near enough for comparing: "designs", "designing", "designed" are one.
pub(super) fn stem(word: &str) -> String {
    let cut = |end: &str, least: usize| {
        word.strip_suffix(end)
            .filter(|bare| bare.chars().count() >= least)
            .map(str::to_owned)
    };
    let bare = cut("ies", 2)
        .map(|b| b + "y")
        .or_else(|| cut("sses", 2).map(|b| b + "ss"))
        .or_else(|| cut("ing", 4))
        .or_else(|| cut("ed", 4))
        .or_else(|| {
            (!word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is"))
                .then(|| cut("s", 3))
                .flatten()
        })
        .unwrap_or_else(|| word.to_owned());
    // "planning" leaves "plann", "used" leaves "us" (and is not cut), "managed" leaves "manag".
    let mut letters: Vec<char> = bare.chars().collect();
    if letters.len() > 3 {
        let (last, before) = (letters[letters.len() - 1], letters[letters.len() - 2]);
        if last == before && !matches!(last, 's' | 'l' | 'e' | 'o') {
            letters.pop();
        }
    }
    if letters.len() > 3 && letters.last() == Some(&'e') {
        letters.pop();
    }
    letters.into_iter().collect()
}
