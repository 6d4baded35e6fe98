//! Words: what a name and an advert are both cut into, by one rule.
//!
//! A word is a run of letters and digits. Two signs belong to it where they are part of a name: a `+` or
//! `#` right behind it (C++, C#), and a full stop right before it where a word could not end (".NET").
//! Everything else stands between words; what stands there says whether two words can be parts of one
//! name ([`Word::joined`]): a blank, a hyphen, a slash or a full stop without a blank can be inside a
//! name, a comma or the end of a sentence cannot.

use super::scan::{Raw, Scanner};

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// How it is written.
    pub case: Case,
    /// Whether it can go on a name that the word before it began.
    pub joined: bool,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// No capital.
    Small,
    /// The first letter is a capital, and no other is.
    First,
    /// Every letter is a capital, and there are at least two; or one letter alone, a capital.
    All,
    /// Capitals inside: "PostgreSQL".
    Inside,
}

impl Word {
    /// The word as it stands in its text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start as usize..self.end as usize]
    }
}

/// The words of a text, in order.
///
/// Offsets are 32 bits wide: a text is read up to `u32::MAX` bytes.
pub fn words(text: &str) -> Words<'_> {
    Words {
        scanner: Scanner::new(text),
        first: true,
    }
}

/// Iterator over the words of a text.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    scanner: Scanner<'a>,
    first: bool,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let raw = self.scanner.next_word()?;
        let text = self.scanner.text;
        let joined = !self.first && joined(text, &raw);
        self.first = false;
        let begin = raw.start + usize::from(raw.dotted(text));
        Some(Word {
            start: u32::try_from(raw.start).ok()?,
            end: u32::try_from(raw.end).ok()?,
            case: case_of(&text[begin..raw.body_end]),
            joined,
        })
    }
}

/// Whether a word can go on a name that the word before it began.
#[inline]
pub(crate) fn joined(text: &str, raw: &Raw) -> bool {
    if raw.start == raw.gap + 1 && text.as_bytes()[raw.gap] == b' ' {
        return true;
    }
    let between = &text[raw.gap..raw.start];
    if raw.dotted(text) {
        // A full stop of its own: nothing but blanks may stand before it.
        return !between.is_empty() && between.bytes().all(|b| b == b' ');
    }
    joins(between)
}

/// Whether what stands between two words can stand inside a name.
fn joins(between: &str) -> bool {
    match between {
        "" | " " | "-" | "/" | "." | "&" | "'" | "\u{2019}" | "_" | " & " | "\u{a0}" | "\u{2013}"
        | "\u{2011}" => true,
        _ => between.len() <= 4 && between.bytes().all(|b| b == b' '),
    }
}

/// How the letters of a word, or of several, are written.
pub fn case_of(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Case::Small;
    };
    let capital = first.is_uppercase();
    let (mut others, mut capitals) = (0_usize, 0_usize);
    for letter in letters {
        others += 1;
        capitals += usize::from(letter.is_uppercase());
    }
    match (capital, capitals) {
        (false, 0) => Case::Small,
        (true, 0) if others > 0 => Case::First,
        (true, n) if n == others => Case::All,
        _ => Case::Inside,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text).map(|w| w.of(text)).collect()
    }

    #[test]
    fn signs_that_are_part_of_a_name_stay_with_it() {
        assert_eq!(
            cut("C++, C# and .NET (not ASP.NET)"),
            ["C++", "C#", "and", ".NET", "not", "ASP", "NET"]
        );
        assert_eq!(cut("1+1 ### two. three"), ["1", "1", "two", "three"]);
        assert_eq!(cut("naïve Ärzte"), ["naïve", "Ärzte"]);
    }

    #[test]
    fn what_stands_between_two_words_says_whether_one_name_can_hold_both() {
        let joined = |text: &str| words(text).nth(1).map(|w| w.joined);
        for text in [
            "project management",
            "on-call",
            "CI/CD",
            "Node.js",
            "R & D",
            "bachelor's",
        ] {
            assert_eq!(joined(text), Some(true), "{text}");
        }
        for text in [
            "Java, Kotlin",
            "end. Next",
            "one (two",
            "one: two",
            "a\nb",
            "a • b",
        ] {
            assert_eq!(joined(text), Some(false), "{text}");
        }
    }

    #[test]
    fn how_a_word_is_written_is_kept() {
        let cases: Vec<_> = words("go Go GO R PostgreSQL 5G").map(|w| w.case).collect();
        assert_eq!(
            cases,
            [
                Case::Small,
                Case::First,
                Case::All,
                Case::All,
                Case::Inside,
                Case::All
            ]
        );
    }

    proptest! {
        #[test]
        fn words_stand_in_order_and_apart(text in "\\PC{0,200}") {
            let mut behind = 0;
            for word in words(&text) {
                prop_assert!(word.start >= behind && word.end > word.start);
                prop_assert!(word.of(&text).chars().any(char::is_alphanumeric));
                behind = word.end;
            }
        }
    }
}
