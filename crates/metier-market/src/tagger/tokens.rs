//! Tokens: what the tagger reads.
//!
//! The sets with marked spans come as tokens: words with the signs around them cut off, and without commas.
//! An advert is cut in the same way: at blanks; opening signs come off the front and closing signs off the
//! end, each a token of its own; signs inside a word ("Node.js", "and/or", "R&D") and those that belong to
//! it ("C++", "C#", ".NET") stay. Commas are passed over, as in the sets. So the tokens of a set, joined by
//! blanks and cut again, are nearly the same tokens, and one rule serves for both.

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

impl Token {
    /// The token as it stands in its text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Appends the tokens of a sentence to `found`; `base` is added to every offset.
///
/// Offsets are 32 bits wide: a text is read up to `u32::MAX` bytes.
pub fn cut(sentence: &str, base: u32, found: &mut Vec<Token>) {
    let bytes = sentence.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let blank = blank_at(bytes, at);
        if blank > 0 {
            at += blank;
            continue;
        }
        let mut end = at + 1;
        while end < bytes.len() && bytes[end] != b',' && blank_at(bytes, end) == 0 {
            end += 1;
        }
        // A comma inside a number ("10,000") stays, any other one is passed over.
        if bytes[at] == b',' {
            at += 1;
            continue;
        }
        piece(sentence, at, end, base, found);
        at = end;
    }
}

/// How many bytes of blank begin at a place: 0 where none does.
fn blank_at(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => 1,
        0xc2 if bytes.get(at + 1) == Some(&0xa0) => 2,
        0xe2 if bytes.get(at + 1) == Some(&0x80)
            && matches!(bytes.get(at + 2), Some(0x80..=0x8b | 0xa8..=0xaf)) =>
        {
            3
        }
        0xef if bytes.get(at + 1..at + 3) == Some(&[0xbb, 0xbf]) => 3,
        _ => 0,
    }
}

/// Cuts what stands between two blanks.
fn piece(text: &str, mut start: usize, mut end: usize, base: u32, found: &mut Vec<Token>) {
    let mut push = |from: usize, to: usize| {
        if let (Ok(start), Ok(end)) = (u32::try_from(from), u32::try_from(to)) {
            found.push(Token {
                start: base + start,
                end: base + end,
            });
        }
    };
    let bytes = text.as_bytes();
    // The quick way: letters and digits at both ends.
    if bytes[start].is_ascii_alphanumeric() && bytes[end - 1].is_ascii_alphanumeric() {
        push(start, end);
        return;
    }
    // What was made unknown in a set, such as <ORGANIZATION>.
    if bytes[start] == b'<' && bytes[end - 1] == b'>' {
        push(start, end);
        return;
    }
    while let Some(sign) = text[start..end].chars().next() {
        let behind = start + sign.len_utf8();
        if behind >= end || !opens(sign, &bytes[behind..end]) {
            break;
        }
        push(start, behind);
        start = behind;
    }
    let whole = end;
    while let Some(sign) = text[start..end].chars().next_back() {
        let before = end - sign.len_utf8();
        if before <= start || !closes(sign, &text[start..before]) {
            break;
        }
        end = before;
    }
    push(start, end);
    while end < whole {
        let sign = text[end..].chars().next().map_or(1, char::len_utf8);
        push(end, end + sign);
        end += sign;
    }
}

fn opens(sign: char, behind: &[u8]) -> bool {
    match sign {
        // ".NET" keeps its full stop.
        '.' => !behind.first().is_some_and(u8::is_ascii_alphabetic),
        '$' | '\u{20ac}' | '\u{a3}' | '#' | '@' | '<' => false,
        _ => !sign.is_alphanumeric(),
    }
}

fn closes(sign: char, before: &str) -> bool {
    match sign {
        '+' | '#' | '%' | '>' | '&' => false,
        // "e.g." and "U.S." keep their full stop off as well: the sets write "e.g".
        _ => !sign.is_alphanumeric() && !before.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        cut(text, 0, &mut found);
        found.into_iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn signs_come_off_words_and_stay_inside_them() {
        assert_eq!(
            tokens("Skills: C++, C# (.NET), Node.js and/or R&D, e.g. <ORGANIZATION>."),
            [
                "Skills",
                ":",
                "C++",
                "C#",
                "(",
                ".NET",
                ")",
                "Node.js",
                "and/or",
                "R&D",
                "e.g",
                ".",
                "<ORGANIZATION>",
                "."
            ]
        );
        assert_eq!(tokens("•\u{a0}You’ll lead…"), ["•", "You’ll", "lead", "…"]);
        assert!(tokens(" , ,\n").is_empty());
    }

    proptest! {
        #[test]
        fn tokens_cut_again_are_the_same(text in "[a-zA-Z0-9+#.,:()<> \u{e9}\u{2019}\u{a0}-]{0,80}") {
            let once = tokens(&text);
            let joined = once.join(" ");
            prop_assert_eq!(tokens(&joined), once);
        }

        #[test]
        fn tokens_stand_in_order_and_hold_every_letter(text in "\\PC{0,120}") {
            let mut found = Vec::new();
            cut(&text, 0, &mut found);
            prop_assert!(found.windows(2).all(|w| w[0].end <= w[1].start));
            let kept: usize = found.iter().map(|t| t.of(&text).chars().filter(|c| c.is_alphanumeric()).count()).sum();
            prop_assert_eq!(kept, text.chars().filter(|c| c.is_alphanumeric()).count());
        }
    }
}
