//! Spans in columns: a token and one tag a layer on each line, a blank line between sentences.
//!
//! `SkillSpan` has three columns (token, skill, knowledge), the set of Sayfullina two (token, skill). A tag
//! is `O`, `B-…` or `I-…`; an `I` that continues nothing begins a span, as the shared tasks of `CoNLL` count.

use super::{DatasetError, Marked, Span, SpanSet};

const EXPECTED: &str = "a token and one or two tags (O, B-... or I-...) with a tab or a blank between, and blank lines between sentences";

/// How many lines are looked at to recognise a set.
const LOOKED_AT: usize = 50;

/// Whether a text looks like span data: its first lines are tokens with tags.
pub fn looks_like_spans(text: &str) -> bool {
    let mut lines = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .take(LOOKED_AT)
        .peekable();
    lines.peek().is_some() && lines.all(|line| columns(line).is_some())
}

/// Reads span data.
///
/// # Errors
/// When a line has no tags, another number of columns than the first, or there is no sentence.
pub fn read_spans(text: &str) -> Result<SpanSet, DatasetError> {
    let mut set = SpanSet::default();
    let mut layers = None;
    let mut sentence = Open::default();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim_matches([' ', '\t', '\r']).is_empty() {
            sentence.close(&mut set.sentences);
            continue;
        }
        let wrong = |expected| DatasetError::Line {
            line: number,
            found: format!("\"{}\"", line.chars().take(60).collect::<String>()),
            expected,
        };
        let (token, first, second) = columns(line).ok_or_else(|| wrong(EXPECTED))?;
        if *layers.get_or_insert(second.is_some()) != second.is_some() {
            return Err(wrong("as many columns as the lines before"));
        }
        sentence.push(token, first, second.unwrap_or(Tag::Outside));
    }
    sentence.close(&mut set.sentences);
    set.both_layers = layers.unwrap_or(false);
    if set.sentences.is_empty() {
        return Err(DatasetError::Empty { expected: EXPECTED });
    }
    Ok(set)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Outside,
    Begin,
    Inside,
}

fn tag(text: &str) -> Option<Tag> {
    match text {
        "O" => Some(Tag::Outside),
        _ if text.starts_with("B-") => Some(Tag::Begin),
        _ if text.starts_with("I-") => Some(Tag::Inside),
        _ => None,
    }
}

/// The token and the tags of a line.
fn columns(line: &str) -> Option<(&str, Tag, Option<Tag>)> {
    let line = line.trim_end_matches(['\r', '\n']);
    let cut = |separator: char| {
        let mut parts = line.rsplit(separator);
        let last = tag(parts.next()?.trim())?;
        let before = parts.next()?;
        match tag(before.trim()) {
            // Two tags, and whatever is before them is the token.
            Some(first) => match parts.next() {
                Some(token) => Some((token, first, Some(last))),
                // "O" is a word too: a token and one tag.
                None => Some((before, last, None)),
            },
            None => Some((before, last, None)),
        }
    };
    cut('\t').or_else(|| cut(' '))
}

#[derive(Default)]
struct Open {
    marked: Marked,
    inside: [bool; 2],
}

impl Open {
    fn push(&mut self, token: &str, skill: Tag, knowledge: Tag) {
        let at = u32::try_from(self.marked.tokens.len()).unwrap_or(u32::MAX);
        self.marked.tokens.push(token.into());
        let layers = [
            (skill, &mut self.marked.skill),
            (knowledge, &mut self.marked.knowledge),
        ];
        for ((tag, spans), inside) in layers.into_iter().zip(&mut self.inside) {
            match (tag, spans.last_mut()) {
                (Tag::Inside, Some(open)) if *inside => open.end = at + 1,
                (Tag::Outside, _) => {}
                _ => spans.push(Span {
                    start: at,
                    end: at + 1,
                }),
            }
            *inside = tag != Tag::Outside;
        }
    }

    fn close(&mut self, sentences: &mut Vec<Marked>) {
        let done = std::mem::take(self);
        if !done.marked.tokens.is_empty() {
            sentences.push(done.marked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    #[test]
    fn two_layers_are_read_and_may_lie_inside_each_other() {
        let text = "test\tB-Skill\tO\nJava\tI-Skill\tB-Knowledge\nand\tI-Skill\tO\nC\tO\tB-Knowledge\nD\tO\tB-Knowledge\n\nPython\tO\tI-Knowledge\n";
        assert!(looks_like_spans(text));
        let set = read_spans(text).unwrap();
        assert!(set.both_layers);
        assert_eq!(set.sentences.len(), 2);
        assert_eq!(set.sentences[0].skill, [span(0, 3)]);
        assert_eq!(set.sentences[0].knowledge, [span(1, 2), span(3, 4), span(4, 5)]);
        assert_eq!(set.sentences[1].knowledge, [span(0, 1)]);
    }

    #[test]
    fn one_layer_is_read_with_blanks_too() {
        let set = read_spans("team B-Skill\nplayer I-Skill\r\n\r\nO O\n").unwrap();
        assert!(!set.both_layers);
        assert_eq!(set.sentences[0].skill, [span(0, 2)]);
        assert_eq!(&*set.sentences[1].tokens[0], "O");
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_line() {
        let refused = read_spans("a\tO\tO\n\nb\tO\n").unwrap_err();
        assert!(matches!(refused, DatasetError::Line { line: 3, .. }), "{refused}");
        let refused = read_spans("sentence,label\n\"a b\",c\n").unwrap_err().to_string();
        assert!(
            refused.starts_with("line 1: ") && refused.contains("B-..."),
            "{refused}"
        );
        assert!(matches!(read_spans(" \n\n"), Err(DatasetError::Empty { .. })));
        assert!(!looks_like_spans("id,text\n1,O B\n"));
    }
}
