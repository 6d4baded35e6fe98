//! Sentences behind a count: a bounded sample that does not depend on the order of reading.

use serde::{Deserialize, Serialize};

use crate::posting::Origin;

/// The sentences kept for a concept.
pub const KEPT: usize = 8;
/// The most bytes of a sentence that are kept on each side of the mention.
const AROUND: usize = 240;
/// The most bytes of a mention.
const WORDS: usize = 160;

/// A sentence in which something is asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Example {
    /// Its place in an order that looks random and that the posting's text alone decides: the least are kept.
    pub rank: u64,
    /// The posting.
    pub origin: Origin,
    /// First byte of the mention in the posting's text.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// What stands before the mention, e-mail addresses taken out.
    pub before: String,
    /// The mention.
    pub words: String,
    /// What stands behind it.
    pub after: String,
}

impl Example {
    /// The sentence `within` a text, with a mention in it. `None` where the mention is part of an e-mail
    /// address, or the offsets are not of this text.
    pub(crate) fn of(
        text: &str,
        within: std::ops::Range<usize>,
        mention: (u32, u32),
        rank: u64,
        origin: &Origin,
    ) -> Option<Self> {
        let (start, end) = (mention.0 as usize, mention.1 as usize);
        let (before, words) = (text.get(within.start..start)?, text.get(start..end)?);
        let after = text.get(end..within.end.max(end))?;
        let glued = |c: char| !c.is_whitespace();
        let left = before.rsplit(char::is_whitespace).next().unwrap_or("");
        let right = after.split(char::is_whitespace).next().unwrap_or("");
        if (before.ends_with(glued) && left.contains('@'))
            || (after.starts_with(glued) && right.contains('@'))
        {
            return None;
        }
        Some(Self {
            rank,
            origin: origin.clone(),
            start: mention.0,
            end: mention.1,
            before: scrubbed(last(before)),
            words: scrubbed(first(words, WORDS)),
            after: scrubbed(first(after, AROUND)),
        })
    }
}

/// The beginning of a text, cut between letters.
fn first(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The end of a text.
fn last(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(AROUND))..]
}

/// A text with every e-mail address replaced: whatever stands between blanks and has an `@` inside.
pub fn scrubbed(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    text.split_inclusive(char::is_whitespace)
        .map(|part| {
            let word = part.trim_end();
            if word.contains('@') {
                format!("[e-mail]{}", &part[word.len()..])
            } else {
                part.to_owned()
            }
        })
        .collect()
}

/// Keeps an example if it is among the least; of one text read twice, the earlier origin.
pub(crate) fn keep(kept: &mut Vec<Example>, example: Example) {
    match kept.binary_search_by_key(&example.rank, |e| e.rank) {
        Ok(at) if example < kept[at] => kept[at] = example,
        Err(at) if at < KEPT => {
            kept.insert(at, example);
            kept.truncate(KEPT);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_out_and_nothing_else() {
        assert_eq!(
            scrubbed("Write to jane.doe@example.org, today.\nOr call."),
            "Write to [e-mail] today.\nOr call."
        );
        assert_eq!(scrubbed("C# @ home a@b"), "C# [e-mail] home [e-mail]");
    }

    #[test]
    fn a_mention_inside_an_address_is_no_example() {
        let text = "Ask java@example.org about Java now";
        let at = |start, end| Example::of(text, 0..text.len(), (start, end), 1, &Origin::default());
        assert_eq!(at(4, 8), None);
        let found = at(27, 31).unwrap();
        assert_eq!(
            (found.before.as_str(), found.words.as_str(), found.after.as_str()),
            ("Ask [e-mail] about ", "Java", " now")
        );
        assert_eq!(at(27, 99), None);
    }

    #[test]
    fn long_sentences_are_cut_between_letters() {
        let text = format!("{}Rust{}", "é".repeat(300), "ü".repeat(300));
        let found = Example::of(&text, 0..text.len(), (600, 604), 1, &Origin::default()).unwrap();
        assert_eq!((found.before.len(), found.after.len()), (AROUND, AROUND));
    }
}
