//! Parts of an advert: the work and what it takes; and what stands around it, of the house, the pay and the law.
//!
//! Adverts follow one pattern: headings, each with a list or a paragraph. A heading says what its part is about until
//! the next one does. A sentence of the law or the pay is told by its own words wherever it stands.

use std::ops::Range;

use serde::Serialize;

use crate::text::sentences;

/// What a sentence of an advert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The work, and what it takes.
    Work,
    /// A heading.
    Heading,
    /// The house, the pay, the law, how to apply; and what is said not to be needed.
    Around,
}

/// Words that begin a part about something else than the work, in small letters.
const AROUND: &[&str] = &[
    "about us",
    "about the company",
    "about our",
    "who we are",
    "our story",
    "our company",
    "our mission",
    "our values",
    "benefits",
    "perks",
    "what we offer",
    "we offer",
    "what you get",
    "what you'll get",
    "what's in it",
    "in return",
    "why join",
    "why work",
    "why us",
    "compensation",
    "salary",
    "pay and",
    "the package",
    "how to apply",
    "to apply",
    "application",
    "next steps",
    "equal opportunity",
    "diversity",
    "our commitment",
    "inclusion",
    "privacy",
    "the process",
    "hiring process",
    "interview process",
    "selection process",
    "the team you",
    "location and",
    "the small print",
    "good to know",
    "conditions",
];

/// Words of a heading that leads back to the work.
const WORK: &[&str] = &[
    "what you",
    "you will",
    "you'll",
    "your",
    "the role",
    "the job",
    "the work",
    "responsib",
    "require",
    "qualif",
    "skill",
    "experience",
    "must",
    "nice",
    "bonus",
    "desirable",
    "essential",
    "who you are",
    "about you",
    "looking for",
    "duties",
    "tasks",
    "we expect",
    "we ask",
    "you bring",
    "you have",
    "profile",
    "day to day",
    "stack",
    "tech",
    "tools",
    "person specification",
    "ideal",
];

/// What a sentence says that is not of the work, in small letters.
const LAW_AND_PAY: &[&str] = &[
    "equal opportunit",
    "equal-opportunit",
    "regardless of",
    "reasonable adjustment",
    "reasonable accommodation",
    "accommodations",
    "background check",
    "right to work",
    "visa",
    "salary",
    "per annum",
    "pension",
    "holiday",
    "days off",
    "annual leave",
    "vacation",
    "health insurance",
    "dental",
    "parental leave",
    "send your cv",
    "your cv",
    "cover letter",
    "apply by",
    "closing date",
    "apply now",
    "please apply",
    "we offer",
    "we are proud",
    "founded in",
    "headquarter",
    "sick pay",
    "training budget",
    "learning budget",
    "stock option",
    "bonus scheme",
    "protected characteristic",
    "criminal record",
    "is not required",
    "are not required",
    "not needed",
    "no need to",
    "you do not need",
    "you don't need",
    "not a requirement",
    "no prior",
];

/// The sentences of an advert with what each is about.
pub fn parts(text: &str) -> Vec<(Range<usize>, Part)> {
    let mut around = false;
    sentences(text)
        .into_iter()
        .map(|range| {
            let sentence = &text[range.clone()];
            let small = sentence.to_lowercase().replace('\u{2019}', "'");
            let part = if is_heading(text, &range) {
                let begins = |words: &[&str]| words.iter().any(|w| small.starts_with(w));
                if begins(AROUND) {
                    around = true;
                } else if WORK.iter().any(|w| small.contains(w)) || around && sentence.ends_with(':') {
                    around = false;
                }
                Part::Heading
            } else if around || LAW_AND_PAY.iter().any(|w| small.contains(w)) {
                Part::Around
            } else {
                Part::Work
            };
            (range, part)
        })
        .collect()
}

/// A heading: a line of few words by itself that ends in a colon, or has no full stop and no item sign and is
/// followed by a line that is one, or stands after an empty line.
fn is_heading(text: &str, range: &Range<usize>) -> bool {
    let sentence = text[range.clone()].trim_end();
    if sentence.split_whitespace().count() > 7 {
        return false;
    }
    // Only what stands right before and behind is looked at: a line may be a megabyte long.
    let signs = [' ', '\t', '#', '*'];
    let before = text[..range.start].trim_end_matches(signs);
    let behind = text[range.end..].trim_start_matches([' ', '\t', '*', ':', '\r']);
    if !(before.is_empty() || before.ends_with('\n')) || !(behind.is_empty() || behind.starts_with('\n')) {
        return false;
    }
    let marked =
        text[before.len()..range.start].contains(['#', '*']) && text[range.end..].starts_with(['*', '\n']);
    let after_gap = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
    sentence.ends_with(':')
        || (marked && !sentence.ends_with('.'))
        || (after_gap
            && !sentence.ends_with(['.', '!', ';', ','])
            && !sentence.starts_with(['-', '\u{2013}']))
}
