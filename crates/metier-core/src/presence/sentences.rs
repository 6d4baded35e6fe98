//! A pasted text as sentences, each of which may be a claim.

/// The most sentences of one text; what is more is left out, and said so.
const SENTENCES_MAX: usize = 200;

/// The longest sentence, in characters; a longer one is cut at a word.
const SENTENCE_MAX: usize = 600;

/// The sentences of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentences {
    /// Each once, in their order.
    pub all: Vec<String>,
    /// How many were left out, since there were too many.
    pub left_out: usize,
}

/// Takes a text apart: at line breaks, and where a sentence ends.
pub fn sentences(text: &str) -> Sentences {
    let mut found = Sentences::default();
    for line in text.lines() {
        for sentence in of_line(line) {
            let sentence = short(sentence);
            // A heading or a date alone claims nothing; what has no letters is decoration.
            if sentence.chars().filter(|c| c.is_alphabetic()).count() < 2 || found.all.contains(&sentence) {
                continue;
            }
            if found.all.len() == SENTENCES_MAX {
                found.left_out += 1;
            } else {
                found.all.push(sentence);
            }
        }
    }
    found
}

/// The sentences of a line: each ends with a stop that a space and a beginning follow.
fn of_line(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut from = 0;
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    for (place, &(at, letter)) in letters.iter().enumerate() {
        if !matches!(letter, '.' | '!' | '?' | ';') {
            continue;
        }
        let end = at + letter.len_utf8();
        let rest = &line[end..];
        let begins = rest.trim_start().chars().next();
        let ends = rest.starts_with(char::is_whitespace)
            && begins.is_some_and(|c| c.is_uppercase() || c.is_numeric());
        // "B. Sc.", "Dr. Ito": one to three letters before a stop shorten a word.
        let word = letters[..place]
            .iter()
            .rev()
            .take_while(|(_, c)| c.is_alphanumeric())
            .count();
        let shortened = letter == '.' && (1..=3).contains(&word) && letters[place - word].1.is_uppercase();
        if ends && !shortened {
            sentences.push(&line[from..end]);
            from = end;
        }
    }
    sentences.push(&line[from..]);
    sentences
}

/// Without bullets and space around it, and no longer than a claim may be.
fn short(sentence: &str) -> String {
    let bare = sentence
        .trim()
        .trim_start_matches(['-', '*', '\u{2022}', '\u{b7}', '\u{2013}', '#', '>'])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if bare.chars().count() <= SENTENCE_MAX {
        return bare;
    }
    let cut: String = bare.chars().take(SENTENCE_MAX).collect();
    let at = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} \u{2026}", &cut[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_at_its_sentences_and_lines() {
        let text = "Head of content at Garden Tools.  I write for gardeners! Since 2014 in print.\n\n\u{2022} Runs the newsletter\n---\n* Runs the newsletter";
        assert_eq!(
            sentences(text).all,
            [
                "Head of content at Garden Tools.",
                "I write for gardeners!",
                "Since 2014 in print.",
                "Runs the newsletter",
            ]
        );
    }

    #[test]
    fn shortened_words_and_numbers_end_no_sentence() {
        assert_eq!(
            sentences("Dr. Ito led 2.5 teams. Then more.").all,
            ["Dr. Ito led 2.5 teams.", "Then more."]
        );
        assert_eq!(sentences("").all, [] as [&str; 0]);
    }

    #[test]
    fn a_text_of_any_length_gives_a_bounded_list() {
        let many: String = (0..1_000).map(|n| format!("I did thing {n}.\n")).collect();
        let found = sentences(&many);
        assert_eq!((found.all.len(), found.left_out), (SENTENCES_MAX, 800));
        let long = "word ".repeat(10_000);
        assert!(sentences(&long).all[0].chars().count() <= SENTENCE_MAX + 2);
    }
}
