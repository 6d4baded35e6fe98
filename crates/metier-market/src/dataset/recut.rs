//! Marked sentences cut by the rule that adverts are cut by.

use super::{Layer, Marked, Span};
use crate::tagger::{Token, cut};

impl Marked {
    /// The sentence with a blank between its tokens, and the first byte and the byte after the last of each
    /// span of a layer in it.
    pub fn written(&self, layer: Layer) -> (String, Vec<(u32, u32)>) {
        let (text, places) = self.joined();
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let spans = self.spans(layer).iter().filter_map(|span| {
            let first = places.get(span.start as usize)?.0;
            let last = places.get((span.end as usize).checked_sub(1)?)?.1;
            Some((byte(first), byte(last)))
        });
        let spans = spans.collect();
        (text, spans)
    }

    /// The sentence with a blank between its tokens, and where each stands in it.
    fn joined(&self) -> (String, Vec<(usize, usize)>) {
        let mut text = String::new();
        let mut places = Vec::with_capacity(self.tokens.len());
        for token in &self.tokens {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(token);
            places.push((start, text.len()));
        }
        (text, places)
    }

    /// The same sentence, its tokens joined by blanks and cut by the tagger's own rule; a span holds the
    /// new tokens that lie wholly inside it, and is gone where none does.
    #[must_use]
    pub fn recut(&self) -> Self {
        let (text, places) = self.joined();
        let mut tokens = Vec::new();
        cut(&text, 0, &mut tokens);
        let moved = |spans: &[Span]| {
            spans
                .iter()
                .filter_map(|s| inside(*s, &places, &tokens))
                .collect()
        };
        Self {
            skill: moved(&self.skill),
            knowledge: moved(&self.knowledge),
            tokens: tokens.iter().map(|t| t.of(&text).into()).collect(),
        }
    }
}

fn inside(span: Span, places: &[(usize, usize)], tokens: &[Token]) -> Option<Span> {
    let start = places.get(span.start as usize)?.0;
    let end = places.get((span.end as usize).checked_sub(1)?)?.1;
    let first = tokens.partition_point(|t| (t.start as usize) < start);
    let behind = tokens.partition_point(|t| t.end as usize <= end);
    (first < behind).then_some(Span {
        start: u32::try_from(first).ok()?,
        end: u32::try_from(behind).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_move_with_their_words() {
        let marked = Marked {
            tokens: ["Role:", "lead", ",", "Java", "etc.)"].map(Into::into).to_vec(),
            skill: vec![Span { start: 1, end: 4 }, Span { start: 2, end: 3 }],
            knowledge: vec![Span { start: 3, end: 5 }],
        };
        let cut = marked.recut();
        let tokens: Vec<&str> = cut.tokens.iter().map(|t| &**t).collect();
        assert_eq!(tokens, ["Role", ":", "lead", "Java", "etc", ".", ")"]);
        assert_eq!(cut.skill, [Span { start: 2, end: 4 }]);
        assert_eq!(cut.knowledge, [Span { start: 3, end: 7 }]);
        assert_eq!(cut.recut(), cut);
    }
}
