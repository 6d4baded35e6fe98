//! Pieces of words: how a static table cuts a text.
//!
//! The manner is that of the encoders such tables are distilled from (Schuster and Nakajima 2012; Devlin
//! and others 2019): small letters without accents, every sign a piece of its own, and each run of letters
//! and digits cut greedily into the longest entries that the vocabulary holds. An entry that goes a word on
//! is written with `##` before it.

use std::collections::HashMap;

/// Longer runs are not cut: no word is that long.
const LONGEST_WORD: usize = 100;

/// A vocabulary that texts are cut by. An entry's number is its place in the list it was made of.
#[derive(Debug, Clone, Default)]
pub struct Pieces {
    begins: HashMap<Box<str>, u32>,
    goes_on: HashMap<Box<str>, u32>,
    /// The longest entry's length in bytes, without its `##`.
    longest: usize,
}

impl Pieces {
    /// The vocabulary of these entries, in this order.
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut built = Self::default();
        for (number, entry) in (0..).zip(entries) {
            let (map, bare) = match entry.strip_prefix("##") {
                Some(bare) if !bare.is_empty() => (&mut built.goes_on, bare),
                _ => (&mut built.begins, entry),
            };
            built.longest = built.longest.max(bare.len());
            map.entry(bare.into()).or_insert(number);
        }
        built
    }

    /// The numbers of a text's pieces, in order, added to `into`. A word that the vocabulary cannot spell is
    /// left out.
    pub fn cut(&self, text: &str, into: &mut Vec<u32>) {
        let mut word = String::new();
        for c in text.chars() {
            if c.is_alphanumeric() {
                fold(c, &mut word);
                continue;
            }
            self.word(&word, into);
            word.clear();
            if !c.is_whitespace() && !c.is_control() {
                let mut sign = [0; 4];
                into.extend(self.begins.get(&*c.encode_utf8(&mut sign)));
            }
        }
        self.word(&word, into);
    }

    fn word(&self, word: &str, into: &mut Vec<u32>) {
        if word.is_empty() || word.len() > LONGEST_WORD {
            return;
        }
        let before = into.len();
        let mut map = &self.begins;
        let mut rest = word;
        while !rest.is_empty() {
            let limit = rest.len().min(self.longest);
            let found = (1..=limit)
                .rev()
                .find_map(|end| Some((end, *map.get(rest.get(..end)?)?)));
            let Some((end, number)) = found else {
                into.truncate(before);
                return;
            };
            into.push(number);
            rest = &rest[end..];
            map = &self.goes_on;
        }
    }
}

/// Adds a letter or digit in small letters, without its accent where it is a Latin one.
fn fold(c: char, into: &mut String) {
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    for small in c.to_lowercase() {
        into.push(match small {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => 'c',
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' | 'ģ' | 'ĝ' | 'ġ' => 'g',
            'ì'..='ï' | 'ī' | 'į' => 'i',
            'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
            'ò'..='ö' | 'ō' | 'ő' => 'o',
            'ř' | 'ŕ' => 'r',
            'ś' | 'š' | 'ş' | 'ș' => 's',
            'ť' | 'ţ' | 'ț' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            'ď' => 'd',
            '\u{300}'..='\u{36f}' => continue,
            other => other,
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENTRIES: [&str; 9] = ["un", "##aff", "##able", "unaff", "cafe", "+", "#", "##", "c"];

    fn cut(text: &str) -> Vec<&'static str> {
        let mut numbers = Vec::new();
        Pieces::new(ENTRIES).cut(text, &mut numbers);
        numbers.into_iter().map(|n| ENTRIES[n as usize]).collect()
    }

    #[test]
    fn the_longest_entry_is_taken_first_and_what_cannot_be_spelt_is_left_out() {
        assert_eq!(cut("Unaffable"), ["unaff", "##able"]);
        assert_eq!(cut("Café, C++ C#"), ["cafe", "c", "+", "+", "c", "#"]);
        assert_eq!(cut("unknown un"), ["un"]);
        assert!(cut(&"un".repeat(60)).is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_cut(text in "\\PC{0,80}") {
            let mut numbers = Vec::new();
            Pieces::new(ENTRIES).cut(&text, &mut numbers);
            prop_assert!(numbers.iter().all(|&n| (n as usize) < ENTRIES.len()));
        }
    }
}
