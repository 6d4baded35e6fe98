//! Lists and maps (YAML, JSON) as sheets: one row for each innermost record, with what it inherits from
//! those around it.
//!
//! `{"roles": [{"name": "Writer", "levels": [{"name": "Junior", "text": "…"}]}]}` becomes one sheet with
//! the columns `role name`, `level name` and `level text`. Records in a list that do not name themselves
//! get their place in it, in a column called after the list; lists of texts become lines that begin with
//! a dash.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Budget, COLUMNS_MAX, Format, Row, SHEETS_MAX, Sheet, too_wide};
use crate::DocumentProblem;
use crate::framework_yaml::wording;
use crate::problem::shown;

/// The largest document of this sort accepted, in bytes.
const DOCUMENT_MAX: usize = 8 << 20;

/// How deep lists and maps may nest.
const DEPTH_MAX: usize = 24;

/// The most values read.
const NODES_MAX: usize = 400_000;

/// What a document is, by its name or its first letters; `None`: delimited text.
pub(super) fn kind_of(name: &str, text: &str) -> Option<Format> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    match ending.as_deref() {
        Some("json") => return Some(Format::Json),
        Some("yaml" | "yml") => return Some(Format::Yaml),
        Some("csv" | "tsv" | "txt" | "tab") => return None,
        _ => {}
    }
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        Some(Format::Json)
    } else if start.starts_with("---\n") || start.starts_with("---\r\n") {
        Some(Format::Yaml)
    } else {
        None
    }
}

pub(super) fn read(text: &str, format: Format) -> Result<Vec<Sheet>, DocumentProblem> {
    if text.len() > DOCUMENT_MAX {
        return Err(DocumentProblem::new(
            format!("the document has more than {} MiB", DOCUMENT_MAX >> 20),
            "keep only the roles you need",
        ));
    }
    let node = if format == Format::Json {
        json(text)?
    } else {
        yaml(text)?
    };
    let mut sheets = Sheets::default();
    sheets.root(&node)?;
    sheets.done()
}

fn json(text: &str) -> Result<Node, DocumentProblem> {
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

fn yaml(text: &str) -> Result<Node, DocumentProblem> {
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
enum Node {
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
    fn records(&self) -> Option<Vec<&Fields>> {
        let Self::List(items) = self else { return None };
        let maps: Vec<&Fields> = items.iter().filter_map(Self::fields).collect();
        (!items.is_empty() && maps.len() == items.len()).then_some(maps)
    }

    /// A map of maps: records under their names.
    fn named_records(&self) -> Option<Vec<(&str, &Fields)>> {
        let Self::Map(entries) = self else { return None };
        let named: Vec<(&str, &Fields)> = entries
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.fields()?)))
            .collect();
        (!entries.is_empty() && named.len() == entries.len()).then_some(named)
    }

    fn fields(&self) -> Option<&Fields> {
        match self {
            Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The text of what is no record: a text itself, a list as lines.
    fn text(&self) -> String {
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

type Fields = Vec<(String, Node)>;

/// Cells by the name of their column, in the order they were met.
type Cells = Vec<(String, String)>;

#[derive(Default)]
struct Sheets {
    /// By the path of the lists that lead to it.
    sheets: Vec<(Vec<String>, Growing)>,
    budget: Budget,
}

/// A sheet while it grows columns.
#[derive(Default)]
struct Growing {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheets {
    fn root(&mut self, node: &Node) -> Result<(), DocumentProblem> {
        if let Some(records) = node.records() {
            for fields in records {
                self.record(fields, "", &[], &Cells::new())?;
            }
            Ok(())
        } else if let Some(records) = node.named_records() {
            for (name, fields) in records {
                self.record(fields, "", &[], &vec![("key".into(), name.to_owned())])?;
            }
            Ok(())
        } else if let Node::Map(fields) = node {
            self.record(fields, "", &[], &Cells::new())
        } else if let Node::List(rows) = node {
            self.lists(rows)
        } else {
            Err(DocumentProblem::new(
                "there is no table in this document",
                "write a list of records, each with the same names",
            ))
        }
    }

    /// A list of lists is a table already, its first row the head.
    fn lists(&mut self, rows: &[Node]) -> Result<(), DocumentProblem> {
        for (place, row) in (1..).zip(rows) {
            let Node::List(cells) = row else {
                return Err(DocumentProblem::new(
                    "a list is expected here, as in the rows before",
                    "write every row as a list of texts, or every row as a record with names",
                )
                .about(format!("row {place}")));
            };
            let cells: Vec<String> = cells.iter().map(Node::text).collect();
            if cells.len() > COLUMNS_MAX {
                return Err(too_wide(format!("row {place}")));
            }
            self.budget.row()?;
            self.budget.width(cells.len())?;
            for cell in &cells {
                self.budget.text(cell, || format!("row {place}"))?;
            }
            self.sheet(&[])?.rows.push(cells);
        }
        Ok(())
    }

    /// One record: its own texts, then a row for each record inside it, or one row when there is none.
    fn record(
        &mut self,
        fields: &Fields,
        prefix: &str,
        path: &[String],
        inherited: &Cells,
    ) -> Result<(), DocumentProblem> {
        let mut cells = inherited.clone();
        let mut groups = Vec::new();
        own(fields, prefix, &mut cells, &mut groups);
        if groups.is_empty() {
            return self.row(path, cells);
        }
        for (name, group) in groups {
            let path: Vec<String> = path.iter().cloned().chain([name.to_owned()]).collect();
            let one = singular(name);
            if let Some(records) = group.named_records() {
                for (key, fields) in records {
                    let cells = with(&cells, &one, key);
                    self.record(fields, &one, &path, &cells)?;
                }
            } else if let Some(records) = group.records() {
                let named = records.iter().all(|fields| names_itself(fields));
                for (place, fields) in (1..).zip(records) {
                    let cells = if named {
                        cells.clone()
                    } else {
                        with(&cells, &one, &place.to_string())
                    };
                    self.record(fields, &one, &path, &cells)?;
                }
            }
        }
        Ok(())
    }

    fn sheet(&mut self, path: &[String]) -> Result<&mut Growing, DocumentProblem> {
        let place = match self.sheets.iter().position(|(p, _)| p == path) {
            Some(place) => place,
            None if self.sheets.len() == SHEETS_MAX => {
                return Err(DocumentProblem::new(
                    format!("the document holds more than {SHEETS_MAX} sorts of records"),
                    "send the table of criteria by itself",
                ));
            }
            None => {
                self.sheets.push((path.to_vec(), Growing::default()));
                self.sheets.len() - 1
            }
        };
        Ok(&mut self.sheets[place].1)
    }

    fn row(&mut self, path: &[String], cells: Cells) -> Result<(), DocumentProblem> {
        self.budget.row()?;
        for (column, text) in &cells {
            self.budget.text(text, || column.clone())?;
        }
        self.sheet(path)?.push(cells.into_iter())?;
        let width = self.sheet(path)?.rows.last().map_or(0, Vec::len);
        self.budget.width(width)
    }

    /// The sheets. Records that have nothing inside stand with those of their kind that have.
    fn done(mut self) -> Result<Vec<Sheet>, DocumentProblem> {
        let mut place = 0;
        while place < self.sheets.len() {
            let path = self.sheets[place].0.clone();
            let inside = self
                .sheets
                .iter()
                .position(|(p, _)| p.len() == path.len() + 1 && p.starts_with(&path));
            let Some(inside) = inside else {
                place += 1;
                continue;
            };
            let (_, bare) = self.sheets.remove(place);
            let inside = inside - usize::from(inside > place);
            let sheet = &mut self.sheets[inside].1;
            for row in bare.rows {
                sheet.push(bare.columns.iter().cloned().zip(row))?;
            }
        }
        let only = self.sheets.len() == 1;
        Ok(self
            .sheets
            .into_iter()
            .map(|(path, growing)| growing.sheet(if only { String::new() } else { path.join(" ") }))
            .collect())
    }
}

impl Growing {
    /// Adds a row, and the columns it brings.
    fn push(&mut self, cells: impl Iterator<Item = (String, String)>) -> Result<(), DocumentProblem> {
        let mut row = Vec::new();
        for (column, text) in cells {
            let place = match self.columns.iter().position(|c| *c == column) {
                Some(place) => place,
                None if self.columns.len() == COLUMNS_MAX => return Err(too_wide(shown(&column))),
                None => {
                    self.columns.push(column);
                    self.columns.len() - 1
                }
            };
            if row.len() <= place {
                row.resize(place + 1, String::new());
            }
            row[place] = text;
        }
        self.rows.push(row);
        Ok(())
    }

    fn sheet(self, name: String) -> Sheet {
        let head = (!self.columns.is_empty()).then_some(Row {
            number: 0,
            cells: self.columns,
        });
        let rows = (1..).zip(self.rows).map(|(number, cells)| Row { number, cells });
        Sheet {
            name,
            hidden: false,
            rows: head.into_iter().chain(rows).collect(),
        }
    }
}

/// The texts of a record as cells, and the records inside it.
fn own<'n>(fields: &'n Fields, prefix: &str, cells: &mut Cells, groups: &mut Vec<(&'n str, &'n Node)>) {
    for (name, value) in fields {
        let column = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix} {name}")
        };
        // What is there but empty says nothing, and makes no column.
        if value.text().is_empty() {
            continue;
        }
        if value.records().is_some() || value.named_records().is_some() {
            groups.push((name, value));
        } else if let Node::Map(inner) = value
            && inner.iter().all(|(_, v)| !matches!(v, Node::Map(_)))
        {
            for (name, value) in inner {
                cells.push((format!("{column} {name}"), value.text()));
            }
        } else {
            cells.push((column, value.text()));
        }
    }
}

fn with(cells: &Cells, column: &str, text: &str) -> Cells {
    let mut cells = cells.clone();
    cells.push((column.to_owned(), text.to_owned()));
    cells
}

/// True when a record says what it is called.
fn names_itself(fields: &Fields) -> bool {
    const NAMES: [&str; 14] = [
        "name",
        "title",
        "label",
        "level",
        "id",
        "key",
        "role",
        "skill",
        "grade",
        "step",
        "rung",
        "milestone",
        "area",
        "displayname",
    ];
    fields.iter().any(|(name, value)| {
        matches!(value, Node::Text(_)) && NAMES.contains(&name.to_ascii_lowercase().as_str())
    })
}

/// `milestones` as `milestone`, near enough for a heading.
fn singular(name: &str) -> String {
    match name {
        _ if name.ends_with("ies") && name.len() > 4 => format!("{}y", &name[..name.len() - 3]),
        _ if name.ends_with('s') && !name.ends_with("ss") && name.len() > 3 => {
            name[..name.len() - 1].to_owned()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(text: &str) -> Vec<(String, Vec<Vec<String>>)> {
        read(text, kind_of("", text).unwrap_or(Format::Yaml))
            .unwrap_or_else(|p| panic!("{p}"))
            .into_iter()
            .map(|s| (s.name, s.rows.into_iter().map(|r| r.cells).collect()))
            .collect()
    }

    #[test]
    fn the_name_decides_and_else_the_first_letter() {
        assert_eq!(kind_of("a.JSON", "x"), Some(Format::Json));
        assert_eq!(kind_of("a.yml", "{}"), Some(Format::Yaml));
        assert_eq!(kind_of("a.csv", "{x"), None);
        assert_eq!(kind_of("a", " [1]"), Some(Format::Json));
        assert_eq!(kind_of("a", "---\na: 1"), Some(Format::Yaml));
        assert_eq!(kind_of("a", "a: 1"), None);
    }

    #[test]
    fn records_with_records_inside_become_rows_that_inherit() {
        let read = sheets(
            r#"{"A": {"displayName": "Mobile", "milestones": [{"summary": "x", "signals": ["s", "t"]}, {"summary": "y"}]},
                "B": {"displayName": "Web", "milestones": []}}"#,
        );
        assert_eq!(
            read,
            [(
                String::new(),
                vec![
                    vec![
                        "key".into(),
                        "displayName".into(),
                        "milestone".into(),
                        "milestone summary".into(),
                        "milestone signals".into()
                    ],
                    vec![
                        "A".into(),
                        "Mobile".into(),
                        "1".into(),
                        "x".into(),
                        "- s\n- t".into()
                    ],
                    vec!["A".into(), "Mobile".into(), "2".into(), "y".into()],
                    vec!["B".into(), "Web".into()],
                ]
            )]
        );
    }

    #[test]
    fn three_deep_and_two_sorts_side_by_side() {
        let read = sheets(
            "roles:\n  - name: Writer\n    levels:\n      - name: Junior\n        skills:\n          - {name: Draft, text: Drafts}\n          - {name: Edit, text: Edits}\nskills:\n  - {name: Draft}\n",
        );
        assert_eq!(read[0].0, "roles levels skills");
        assert_eq!(
            read[0].1,
            [
                ["role name", "level name", "skill name", "skill text"],
                ["Writer", "Junior", "Draft", "Drafts"],
                ["Writer", "Junior", "Edit", "Edits"]
            ]
        );
        assert_eq!(read[1].0, "skills");
        assert_eq!(read[1].1, [["skill name"], ["Draft"]]);
    }

    #[test]
    fn a_map_of_maps_is_a_matrix_and_lists_of_lists_are_a_table() {
        assert_eq!(
            sheets("Writing: {Junior: Drafts, Senior: Leads}\nReview: {Junior: Reads}\n")[0].1,
            [
                vec!["key", "Junior", "Senior"],
                vec!["Writing", "Drafts", "Leads"],
                vec!["Review", "Reads"]
            ]
        );
        assert_eq!(
            sheets("[[\"a\", 1], [\"b\", true]]")[0].1,
            [["a", "1"], ["b", "true"]]
        );
    }

    #[test]
    fn a_name_given_twice_and_broken_documents_are_refused_with_their_place() {
        for text in ["{\"a\": {\"x\": 1}, \"a\": {\"x\": 2}}", "a: {x: 1}\na: {x: 2}\n"] {
            let problem = read(text, kind_of("", text).unwrap_or(Format::Yaml)).unwrap_err();
            assert!(problem.to_string().contains("twice"), "{problem}");
            assert!(problem.line.is_some());
        }
        assert_eq!(read("{\"a\": ", Format::Json).unwrap_err().line, Some(1));
        assert!(read("just words", Format::Yaml).is_err());
        assert!(
            read("[1, [2]]", Format::Json)
                .unwrap_err()
                .place
                .contains("row 1")
        );
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert!(read(&deep, Format::Json).is_err());
        assert!(read(&deep, Format::Yaml).is_err());
    }
}
