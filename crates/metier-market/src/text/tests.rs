//! The scanner against the rule read letter by letter.

use proptest::prelude::*;

use super::words;

/// The words of a text by the rule as it is stated, one `char` at a time.
fn plainly(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut gap = 0;
    while let Some(begin) = text[gap..].find(char::is_alphanumeric).map(|at| gap + at) {
        let body = &text[begin..];
        let mut end = begin + body.find(|c: char| !c.is_alphanumeric()).unwrap_or(body.len());
        let signs = text[end..]
            .bytes()
            .take_while(|b| matches!(b, b'+' | b'#'))
            .count();
        if signs <= 2 && !text[end + signs..].starts_with(char::is_alphanumeric) {
            end += signs;
        }
        let mut start = begin;
        if let Some(rest) = text[gap..begin].strip_suffix('.')
            && body.starts_with(char::is_alphabetic)
        {
            let open = match rest.chars().next_back() {
                None => gap == 0,
                Some(c) => c.is_whitespace() || matches!(c, '(' | '/' | ','),
            };
            if open {
                start -= 1;
            }
        }
        found.push((start, end));
        gap = end;
    }
    found
}

proptest! {
    #[test]
    fn eight_bytes_at_once_give_the_words_that_letter_by_letter_gives(
        text in "([a-zA-Z0-9]{1,20}|[ .,+#/()_@\\[`{é’–ßİ字\u{301}-]{1,3}){0,40}",
    ) {
        let fast: Vec<_> = words(&text).map(|w| (w.start as usize, w.end as usize)).collect();
        prop_assert_eq!(fast, plainly(&text));
    }

    #[test]
    fn every_word_begins_and_ends_between_letters(text in "\\PC{0,120}") {
        for word in words(&text) {
            prop_assert!(text.is_char_boundary(word.start as usize));
            prop_assert!(text.is_char_boundary(word.end as usize));
        }
    }
}
