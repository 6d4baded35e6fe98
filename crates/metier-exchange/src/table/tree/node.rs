//! A document of lists and maps as it is, in its own order.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::DOCUMENT_MAX;
use crate::DocumentProblem;
use crate::framework_yaml::wording;
use crate::problem::shown;

/// How deep lists and maps may nest.
const DEPTH_MAX: usize = 24;

/// The most values read.
const NODES_MAX: usize = 400_000;

pub(super) fn json(text: &str) -> Result<Node, DocumentProblem> {
    serde_json::from_str::<Node>(text).map_err(|error| {
        let said = error.to_string();
        let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(w, _)| w);
        let problem = DocumentProblem::new(shown(what), "mend the JSON, or send the table as CSV");
        match (error.line(), error.column()) {
            (0, _) => problem,
            (line, column) => problem.at_line(line as u64).at_column(column.max(1) as u64),
        }
    })
}

pub(super) fn yaml(text: &str) -> Result<Node, DocumentProblem> {
    let mut aliases = serde_saphyr::options::AliasLimits::default();
    aliases.max_total_replayed_events = 20_000;
    aliases.max_replay_stack_depth = 8;
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: DEPTH_MAX,
            flow_nesting_limit: DEPTH_MAX,
            max_documents: 1,
            max_events: 2 * NODES_MAX,
            max_nodes: NODES_MAX,
            max_anchors: 200,
            max_aliases: 200,
            max_merge_keys: 100,
            max_recorded_anchor_events: 20_000,
            max_recorded_anchor_bytes: 1 << 20,
            max_total_scalar_bytes: 2 * DOCUMENT_MAX,
        },
        alias_limits: aliases,
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::Error,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options::<Node>(text, options).map_err(|error| wording::problem_of(&error))
}

/// A document as it is, in its own order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Nothing,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or a map")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let mut map: Vec<(String, Node)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(key) = fields.next_key::<Node>()? {
            let Node::Text(key) = key else {
                return Err(serde::de::Error::custom("a name must be a text"));
            };
            if !seen.insert(key.clone()) {
                return Err(serde::de::Error::custom(format!(
                    "`{}` is there twice",
                    shown(&key)
                )));
            }
            map.push((key, fields.next_value()?));
        }
        Ok(Node::Map(map))
    }
}

impl Node {
    pub fn records(&self) -> Option<Vec<&Fields>> {
        let Self::List(items) = self else { return None };
        let maps: Vec<&Fields> = items.iter().filter_map(Self::fields).collect();
        (!items.is_empty() && maps.len() == items.len()).then_some(maps)
    }

    /// A map of maps: records under their names.
    pub fn named_records(&self) -> Option<Vec<(&str, &Fields)>> {
        let Self::Map(entries) = self else { return None };
        let named: Vec<(&str, &Fields)> = entries
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.fields()?)))
            .collect();
        (!entries.is_empty() && named.len() == entries.len()).then_some(named)
    }

    pub fn fields(&self) -> Option<&Fields> {
        match self {
            Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The text of what is no record: a text itself, a list as lines.
    pub fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(items) => items
                .iter()
                .map(Self::text)
                .filter(|t| !t.is_empty())
                .map(|t| format!("- {t}"))
                .collect::<Vec<_>>()
                .join("\n"),
            Self::Map(fields) => fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", value.text()))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

/// What a map holds.
pub(super) type Fields = Vec<(String, Node)>;
