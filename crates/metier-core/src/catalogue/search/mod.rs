//! Finding an occupation by what people call it, or by what they say they do.
//!
//! Every title, alternate title and task is a short text of words; both classifications are in one index. A query word matches a word of a
//! text when it is the same, begins it, is another form of it, or is a typing mistake away. The order
//! of the answers follows how people search: a title as it is written, then what it is also called,
//! then what begins so, then all words, then all words forgiven, then a task.

mod index;
pub(in crate::catalogue) mod words;

use std::sync::OnceLock;

use serde::Serialize;

use super::{Catalogue, Classification};
use index::Index;

/// Longest part of a query that is read, in characters.
pub const QUERY_MAX: usize = 200;

/// One occupation found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Which classification lists it.
    pub classification: Classification,
    /// Code of the occupation.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What of it matched best.
    pub matched: Matched,
    /// How well, for ordering only: hundreds say how it matched, the rest how closely.
    pub score: f64,
}

/// What of an occupation a query matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// The code itself.
    Code,
    /// The title.
    Title,
    /// Another name for it.
    AlternateTitle(String),
    /// A task done in it.
    Task(String),
}

/// The index of a catalogue, made when first asked for. It is no part of the catalogue's value: a copy
/// starts without one.
#[derive(Debug, Default)]
pub(super) struct LazyIndex(OnceLock<Index>);

impl LazyIndex {
    /// The index of `catalogue`.
    pub(super) fn of(&self, catalogue: &Catalogue) -> &Index {
        self.0.get_or_init(|| Index::new(catalogue))
    }
}

impl Clone for LazyIndex {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::Matched;
    use crate::catalogue::example::bakery;

    /// The best hit, as its code and what matched.
    fn best(query: &str) -> Option<(String, Matched)> {
        let hit = bakery().search(query, 5).into_iter().next()?;
        Some((hit.code, hit.matched))
    }

    #[test]
    fn a_title_is_found_in_either_number_and_any_case() {
        for query in ["Bakers", "baker", "  BAKER "] {
            assert_eq!(
                best(query),
                Some(("51-3011.00".into(), Matched::Title)),
                "{query}"
            );
        }
    }

    #[test]
    fn typing_mistakes_are_forgiven() {
        for query in ["bakr", "abker", "pastri cheff", "pastry chfe"] {
            assert_eq!(best(query).map(|b| b.0).as_deref(), Some("51-3011.00"), "{query}");
        }
    }

    #[test]
    fn what_it_is_also_called_is_said() {
        assert_eq!(
            best("pastry chef"),
            Some(("51-3011.00".into(), Matched::AlternateTitle("Pastry Chef".into())))
        );
    }

    #[test]
    fn a_task_is_found_when_no_name_fits() {
        let Some((code, Matched::Task(text))) = best("weigh flour") else {
            panic!("a task should match");
        };
        assert_eq!(code, "51-3011.00");
        assert!(text.contains("flour"), "{text}");
    }

    #[test]
    fn an_exact_name_comes_before_one_that_contains_it() {
        let hits = bakery().search("machine operator", 5);
        assert_eq!(hits[0].code, "51-3093.00", "an alternate title, word for word");
    }

    #[test]
    fn a_code_finds_its_occupation() {
        assert_eq!(best("51-3093"), Some(("51-3093.00".into(), Matched::Code)));
    }

    #[test]
    fn nothing_is_found_for_nothing_and_for_nonsense() {
        for query in ["", "  ", "of the", "qqqqqqqq zzzzzzzz", "\u{0}\u{1F600}"] {
            assert_eq!(bakery().search(query, 5), [], "{query:?}");
        }
        assert_eq!(bakery().search("baker", 0), []);
        assert!(
            !bakery().search(&"baker ".repeat(100_000), 5).is_empty(),
            "a long query is cut"
        );
    }

    #[test]
    fn an_occupation_appears_once_with_its_best_match() {
        let hits = bakery().search("baker", 10);
        let mut codes: Vec<_> = hits.iter().map(|h| &h.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), hits.len());
    }
}
