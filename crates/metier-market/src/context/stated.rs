//! The rule that decides without training: how the word is written, and what stands beside it.

use crate::dictionary::Found;
use crate::text::{Case, case_of};

use super::around::{Side, list};

/// Words after which the name of something one knows or uses may stand.
const KNOWING: [&str; 16] = [
    "in",
    "with",
    "of",
    "using",
    "knowledge",
    "like",
    "as",
    "including",
    "and",
    "or",
    "use",
    "know",
    "via",
    "on",
    "e.g.",
    "language",
];

/// A name with fewer descriptions than 2^(this - 1) is no everyday word.
const EVERYDAY: u8 = 4;

/// How sure the stated rule is that a name is meant.
///
/// A name that is written with a capital has to be written so, and not only because a sentence begins.
/// An everyday word ("go", "word", "access") has to stand in one list with another name or behind a word
/// such as "in" or "with", and not go on with another capitalised word. One letter has to stand in a list
/// or between blanks and signs with such a word before it.
pub(super) fn score(text: &str, found: &[Found], which: usize) -> f32 {
    let this = &found[which];
    let (start, end) = (this.start as usize, this.end as usize);
    let (before, behind) = (Side::before(&text[..start]), Side::behind(&text[end..]));
    let written = case_of(&text[start..end]);
    let everyday = this.traits.common >= EVERYDAY || this.traits.letters <= 2;
    let neighbours = [which.checked_sub(1), Some(which + 1)];
    let listed = neighbours.iter().flatten().any(|at| {
        found.get(*at).is_some_and(|other| {
            let between = if *at < which {
                &text[other.end as usize..start]
            } else {
                &text[end..other.start as usize]
            };
            list(between) == 2 && firm(text, other)
        })
    });
    let capital = match this.traits.written {
        Case::Small => true,
        Case::First => written != Case::Small,
        Case::All | Case::Inside => matches!(written, Case::All | Case::Inside),
    };
    if !capital {
        return if listed && !everyday { 0.6 } else { 0.1 };
    }
    if listed {
        return 0.9;
    }
    let shows = this.traits.written != Case::Small && !before.words.is_empty();
    let shouts = before
        .words
        .iter()
        .chain(&behind.words)
        .take(4)
        .all(|w| case_of(w) != Case::Small);
    if !everyday {
        return if shows && !shouts { 0.8 } else { 0.4 };
    }
    let known = before
        .words
        .first()
        .is_some_and(|word| KNOWING.contains(&word.to_lowercase().as_str()));
    let goes_on = behind.gap == 1
        && behind.words.first().is_some_and(|w| {
            !matches!(
                *w,
                "and" | "or" | "is" | "are" | "for" | "as" | "at" | "programming"
            )
        });
    if shows && known && !goes_on { 0.7 } else { 0.2 }
}

/// Whether a neighbour is a name for sure: no everyday word, and written as a name.
fn firm(text: &str, name: &Found) -> bool {
    let written = case_of(&text[name.start as usize..name.end as usize]);
    !name.in_context
        || (name.traits.common < EVERYDAY && (written != Case::Small || name.traits.written == Case::Small))
}
