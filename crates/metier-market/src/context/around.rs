//! What stands around a name: all that the classifier sees of a text.

use crate::dictionary::{Found, Traits};
use crate::text::{Case, case_of};

use super::linear::Features;

/// So many words to either side are looked at.
const REACH: usize = 6;

/// What a name is like, as features.
pub(crate) fn of_name(traits: Traits, name: &str, features: &mut Features) {
    let Traits {
        scheme,
        sort,
        relation,
        words,
        letters,
        common,
        written,
        shared,
    } = traits;
    let (scheme, sort, relation, written) = (scheme as u8, sort as u8, relation as u8, written as u8);
    features.add(0, &[]);
    features.add(1, &[scheme, sort, relation]);
    features.add(2, &[words]);
    features.add(3, &[common]);
    features.add(4, &[letters]);
    features.add(5, &[written]);
    features.add(6, &[shared]);
    features.add(7, &[sort, relation, common]);
    features.add(8, &[sort, words, common]);
    features.add(9, &[written, common]);
    features.add(10, &[relation, letters]);
    features.add(11, &[relation, words]);
    features.add(12, name.to_lowercase().as_bytes());
}

/// What stands around one of the names found in a text, as features.
pub(super) fn of_place(text: &str, found: &[Found], which: usize, features: &mut Features) {
    let this = &found[which];
    let (start, end) = (this.start as usize, this.end as usize);
    let name = &text[start..end];
    let written = case_of(name) as u8;
    features.add(20, &[written]);
    features.add(21, &[written, this.traits.written as u8]);
    features.add(22, &[written, this.traits.common]);
    features.add(23, &[written, this.traits.words]);

    let before = Side::before(&text[..start]);
    let behind = Side::behind(&text[end..]);
    features.add(24, &[before.gap]);
    features.add(25, &[behind.gap]);
    features.add(26, &[before.gap, behind.gap]);
    features.add(27, &[before.gap, written]);
    for (field, side) in [(30, &before), (40, &behind)] {
        for (place, word) in (0_u8..).zip(&side.words) {
            let small = word.to_lowercase();
            if place < 2 {
                features.add(field + place, small.as_bytes());
            }
            features.add(50, small.as_bytes());
            if place == 0 {
                features.add(field + 2, &[side.gap, case_of(word) as u8]);
                let ending = small.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
                features.add(field + 3, &small.as_bytes()[ending..]);
            }
        }
        features.add(field + 4, &[u8::try_from(side.words.len()).unwrap_or(u8::MAX)]);
        let capitals = side.words.iter().filter(|w| case_of(w) != Case::Small).count();
        features.add(
            field + 5,
            &[
                u8::try_from(capitals).unwrap_or(u8::MAX),
                u8::from(side.words.len() > 3),
            ],
        );
    }
    // Names near by, and whether the two are one list.
    let left = which
        .checked_sub(1)
        .map(|at| &text[found[at].end as usize..start]);
    let right = found.get(which + 1).map(|next| &text[end..next.start as usize]);
    let listed = [left, right].map(|gap| gap.map_or(0, list));
    features.add(60, &listed);
    features.add(61, &[listed[0].max(listed[1]), written]);
    features.add(62, &[listed[0].max(listed[1]), this.traits.common]);
    let near = found
        .iter()
        .filter(|f| (f.end as usize) + 120 > start && (f.start as usize) < end + 120)
        .count();
    features.add(63, &[u8::try_from(near.min(8)).unwrap_or(8)]);
}

/// Whether what stands between two names makes them neighbours of a list: 2 where nothing but a sign or
/// "and" does, 1 where they are close, 0 else.
pub(super) fn list(between: &str) -> u8 {
    let trimmed = between.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '/' | '(' | ')' | '&' | '|' | '\u{2022}')
    });
    if trimmed.is_empty() || matches!(trimmed, "and" | "or") {
        2
    } else {
        u8::from(between.len() < 24)
    }
}

/// One side of a name, up to the end of its line or sentence.
pub(super) struct Side<'a> {
    /// The words, the nearest first.
    pub words: Vec<&'a str>,
    /// What touches the name: 0 nothing, the line ends; 1 a blank; else the first sign.
    pub gap: u8,
}

impl<'a> Side<'a> {
    pub(super) fn before(text: &'a str) -> Self {
        let gap = sign(text.chars().rev());
        let begin = text.char_indices().rev().scan('\0', |next, (at, c)| {
            let ends = ends(c, *next);
            *next = c;
            Some((at + c.len_utf8(), ends))
        });
        let begin = begin.take(400).find(|(_, ends)| *ends).map_or(0, |(at, _)| at);
        let words = text[begin..]
            .rsplit(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
            .filter(|w| w.chars().any(char::is_alphanumeric))
            .take(REACH)
            .collect();
        Self { words, gap }
    }

    pub(super) fn behind(text: &'a str) -> Self {
        let gap = sign(text.chars());
        let mut rest = text.char_indices().peekable();
        let mut end = text.len();
        while let Some((at, c)) = rest.next() {
            if ends(c, rest.peek().map_or('\n', |(_, c)| *c)) {
                end = at;
                break;
            }
            if at > 400 {
                end = at;
                break;
            }
        }
        let words = text[..end]
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
            .filter(|w| w.chars().any(char::is_alphanumeric))
            .take(REACH)
            .collect();
        Self { words, gap }
    }
}

/// Whether a sentence or line ends with a sign that another follows.
fn ends(c: char, next: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2022}')
        || (matches!(c, '.' | '!' | '?' | ';') && (next.is_whitespace() || next == '\0'))
}

/// The first sign beside a name that is no blank: as one byte.
fn sign(mut beside: impl Iterator<Item = char>) -> u8 {
    match beside.find(|c| *c != ' ') {
        None | Some('\n' | '\r') => 0,
        Some(c) if c.is_alphanumeric() => 1,
        Some(c) if c.is_ascii() => u8::try_from(c).unwrap_or(2),
        Some(_) => 2,
    }
}
