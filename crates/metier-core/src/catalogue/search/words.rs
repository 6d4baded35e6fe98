//! Words of a text, and how close two words are.

/// Longest word compared letter by letter, in characters; the rest of a longer one is ignored.
const WORD_MAX: usize = 40;

/// Words that say nothing about which occupation is meant.
const EMPTY_WORDS: [&str; 14] = [
    "a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with",
];

/// The words of a text in order: lower case, singular, without those that say nothing.
pub(in crate::catalogue) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '+' || c == '#'))
        .filter(|w| !w.is_empty())
        .map(|w| {
            w.chars()
                .flat_map(char::to_lowercase)
                .take(WORD_MAX)
                .collect::<String>()
        })
        .filter(|w| !EMPTY_WORDS.contains(&w.as_str()))
        .map(singular)
        .collect()
}

/// The singular of an English word, near enough for comparing.
fn singular(mut word: String) -> String {
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    word
}

/// How a query word may match a word, from surest to least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Closeness {
    /// The same word.
    Same,
    /// The query word begins it.
    Begins(f64),
    /// Another form of it, or a typing mistake away.
    Near(f64),
}

impl Closeness {
    /// As a number, 0 to 1.
    pub(super) fn value(self) -> f64 {
        match self {
            Self::Same => 1.0,
            Self::Begins(v) | Self::Near(v) => v,
        }
    }
}

/// How close `word` is to the query word `asked`; `None` when they are different words.
///
/// One mistake is forgiven from four letters, two from eight: shorter words are too often words of
/// their own.
pub(super) fn closeness(asked: &[char], word: &[char]) -> Option<Closeness> {
    if asked == word {
        return Some(Closeness::Same);
    }
    let common = asked.iter().zip(word).take_while(|(a, b)| a == b).count();
    if common == asked.len() && asked.len() >= 3 {
        let extra = (word.len() - asked.len()) as f64;
        return Some(Closeness::Begins((0.92 - 0.03 * extra).max(0.6)));
    }
    let allowed = match asked.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if allowed > 0 && asked.len().abs_diff(word.len()) <= allowed {
        let distance = edits(asked, word);
        if distance <= allowed {
            // A first letter is seldom mistyped.
            let sure = if common > 0 { 0.05 } else { 0.0 };
            return Some(Closeness::Near(0.95 - 0.15 * distance as f64 + sure));
        }
    }
    // "teaching" and "teacher": a long common beginning.
    let longer = asked.len().max(word.len());
    (common >= 5 && common * 10 >= longer * 6).then_some(Closeness::Near(0.55))
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = last;
        last = row;
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits_of(a: &str, b: &str) -> usize {
        edits(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn a_swap_of_neighbours_is_one_mistake() {
        assert_eq!(edits_of("desinger", "designer"), 1);
        assert_eq!(edits_of("elektrician", "electrician"), 1);
        assert_eq!(edits_of("practitoner", "practitioner"), 1);
        assert_eq!(edits_of("", "abc"), 3);
        assert_eq!(edits_of("kitten", "sitting"), 3);
    }

    #[test]
    fn words_are_compared_in_lower_case_and_singular() {
        assert_eq!(
            words("Secretaries of the Bosses, C++ and C#"),
            ["secretary", "bosse", "c++", "c#"]
        );
        assert_eq!(words("Bus Class"), ["bus", "class"]);
    }

    #[test]
    fn short_words_forgive_nothing() {
        let close = |a: &str, b: &str| {
            closeness(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>()).map(Closeness::value)
        };
        assert_eq!(close("cat", "car"), None);
        assert!(close("cook", "cok").is_some());
        assert!(close("teaching", "teacher").is_some());
        assert_eq!(close("nurse", "purser"), None);
    }
}
