//! Texts as sentences, sentences as words.

/// A sentence or a line of a list, with its words.
#[derive(Debug, Clone)]
pub(super) struct Sentence<'t> {
    /// As it stands, without the sign in front of it.
    pub text: &'t str,
    /// Its words and commas, lower case, with where they stand.
    pub words: Vec<Word>,
}

/// A word, or a comma.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Lower case, typographic signs plain.
    pub plain: String,
    /// Where it stands in the sentence, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

impl Sentence<'_> {
    /// The words from one place to another, both included, as they stand.
    pub fn said(&self, first: usize, last: usize) -> String {
        match (self.words.get(first), self.words.get(last)) {
            (Some(first), Some(last)) => self.text[first.from..last.to].to_owned(),
            _ => String::new(),
        }
    }

    /// The plain form of a word; empty beyond the last.
    pub fn word(&self, place: usize) -> &str {
        self.words.get(place).map_or("", |w| &w.plain)
    }

    /// Where a phrase of one or more words stands, each place once.
    pub fn find<'a>(&'a self, phrase: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let parts: Vec<&str> = phrase.split(' ').collect();
        let length = parts.len();
        (0..(self.words.len() + 1).saturating_sub(length))
            .filter(move |at| {
                parts
                    .iter()
                    .enumerate()
                    .all(|(i, part)| self.word(at + i) == *part)
            })
            .map(move |at| (at, at + length - 1))
    }
}

/// The sentences of a text.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Sentence<'_>> {
    text.lines()
        .map(|line| {
            line.trim()
                .trim_start_matches(['-', '•', '*', '–', '▪', '◦', '·'])
                .trim()
        })
        .filter(|line| !line.ends_with(':'))
        .flat_map(parted)
        .map(|text| Sentence {
            text,
            words: words(text),
        })
        .filter(|s| !s.words.is_empty())
}

/// Parts a line at the ends of its sentences: a full stop and what comes after, between space and a
/// capital. "e.g. this" goes on.
fn parted(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = line
            .match_indices(['.', '!', '?', ';'])
            .map(|(at, sign)| (at, at + sign.len()))
            .find(|(at, after)| {
                let next = &line[*after..];
                let begins = next
                    .trim_start()
                    .chars()
                    .next()
                    .is_none_or(|c| c.is_uppercase() || c.is_numeric());
                let spaced = next.is_empty() || next.starts_with(char::is_whitespace);
                spaced && (begins || line[*at..].starts_with(';'))
            });
        let (sentence, further) = match end {
            Some((at, after)) => (&line[..at], Some(line[after..].trim_start())),
            None => (line, None),
        };
        rest = further.filter(|f| !f.is_empty());
        Some(sentence.trim())
    })
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begun: Option<usize> = None;
    let mut push = |from: usize, to: usize| {
        let plain = text[from..to]
            .to_lowercase()
            .replace(['’', 'ʼ'], "'")
            .replace('‑', "-");
        words.push(Word { plain, from, to });
    };
    for (at, c) in text.char_indices() {
        let inside =
            c.is_alphanumeric() || (matches!(c, '-' | '‑' | '\'' | '’' | '%' | '.') && begun.is_some());
        match (inside, begun) {
            (true, None) => begun = Some(at),
            (false, Some(from)) => {
                push(from, trimmed(text, from, at));
                begun = None;
            }
            _ => {}
        }
        if matches!(c, ',' | ';' | '(' | ')' | ':') {
            push(at, at + 1);
        }
    }
    if let Some(from) = begun {
        push(from, trimmed(text, from, text.len()));
    }
    words
}

/// The end of a word without the signs that only follow it.
fn trimmed(text: &str, from: usize, to: usize) -> usize {
    from + text[from..to].trim_end_matches(['-', '\'', '’', '.']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        sentences(text).map(|s| s.text).collect()
    }

    #[test]
    fn lines_and_sentences_are_parted_and_lead_ins_left_out() {
        assert_eq!(
            texts("You can:\n- plan, e.g. a week\n• Do this. Do that\n\nOne; two"),
            ["plan, e.g. a week", "Do this", "Do that", "One", "two"]
        );
    }

    #[test]
    fn words_keep_their_hyphens_and_places() {
        let text = "Large-scale “work”, 99.5% (users’)";
        let sentence = sentences(text).next().unwrap();
        let words: Vec<&str> = sentence.words.iter().map(|w| w.plain.as_str()).collect();
        assert_eq!(words, ["large-scale", "work", ",", "99.5%", "(", "users", ")"]);
        assert_eq!(sentence.said(0, 1), "Large-scale “work");
        assert_eq!(sentence.find("99.5%").collect::<Vec<_>>(), [(3, 3)]);
    }
}
