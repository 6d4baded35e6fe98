//! Sentences: what is shown as the proof of a count.
//!
//! Adverts are half prose and half lists. A sentence ends at the end of a line, at a bullet, at `?`, `!` or
//! `;`, and at a full stop that a blank and no small letter follow; never behind a single letter or a
//! known short form ("e.g.", "Inc.").

use std::ops::Range;

/// Short forms whose full stop ends nothing.
const SHORT: [&str; 16] = [
    "e.g", "i.e", "etc", "inc", "ltd", "co", "corp", "dr", "mr", "mrs", "ms", "st", "vs", "approx", "no",
    "dept",
];

/// The sentences of a text as byte ranges, ascending, without blanks at either end and without empty ones.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut places = text.char_indices().peekable();
    while let Some((at, c)) = places.next() {
        let after = at + c.len_utf8();
        let ends = match c {
            '\n' | '\r' | '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{b7}' | '\u{2028}' | '\u{2029}' => true,
            '!' | '?' | ';' => places.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '.' => full_stop(&text[begin..at], &text[after..]),
            _ => false,
        };
        if ends {
            push(text, begin..after, &mut found);
            begin = after;
        }
    }
    push(text, begin..text.len(), &mut found);
    found
}

/// Whether a full stop between these ends a sentence.
fn full_stop(before: &str, behind: &str) -> bool {
    let mut next = behind.chars();
    match next.next() {
        None => return true,
        Some(c) if !c.is_whitespace() => return false,
        Some(_) => {}
    }
    if behind.trim_start().chars().next().is_some_and(char::is_lowercase) {
        return false;
    }
    let last = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let last = last.trim_start_matches(['(', '"', '\'']);
    let letters = last.chars().count();
    !(letters == 1 && last.chars().all(char::is_alphabetic)
        || SHORT.iter().any(|short| last.eq_ignore_ascii_case(short)))
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{b7}');
    let part = &text[range.clone()];
    let begin = range.start + (part.len() - part.trim_start_matches(is_edge).len());
    let kept = text[begin..range.end].trim_end_matches(is_edge);
    if kept.chars().any(char::is_alphanumeric) {
        found.push(begin..begin + kept.len());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn prose_and_lists_are_cut_where_a_reader_would() {
        assert_eq!(
            cut("We use Node.js, e.g. Express. You lead.\n• 5 years of SQL\n• C# or F#\nAsk Dr. Mayer? Yes!"),
            [
                "We use Node.js, e.g. Express.",
                "You lead.",
                "5 years of SQL",
                "C# or F#",
                "Ask Dr. Mayer?",
                "Yes!"
            ]
        );
        assert!(cut(" \n• \n--").is_empty());
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "[a-zA-Z .!?;\n•]{0,200}") {
            let kept: String = sentences(&text).into_iter().map(|r| text[r].to_owned()).collect();
            let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&kept), letters(&text));
        }
    }
}
