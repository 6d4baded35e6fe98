//! Values of a JSON document, taken with their place: what has the wrong type is named by its pointer.

use serde_json::{Map, Value};

use crate::DocumentProblem;
use crate::problem::{PROBLEMS_MAX, shown};

/// An object somewhere in a document. Fields that are absent, `null` or empty are all the same: not said.
pub(super) struct Object<'a> {
    fields: &'a Map<String, Value>,
    place: String,
}

/// What is wrong, up to a limit.
#[derive(Default)]
pub(super) struct Problems(Vec<DocumentProblem>);

impl Problems {
    pub(super) fn done<T>(self, value: T) -> Result<T, Vec<DocumentProblem>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }

    fn expected(&mut self, place: &str, expected: &str, found: &Value) {
        if self.0.len() < PROBLEMS_MAX {
            let what = format!("expected {expected}, found {}", described(found));
            let remedy = "write it as jsonresume.org describes it, or take it out";
            self.0
                .push(DocumentProblem::new(what, remedy).about(shown(place)));
        }
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(b) => format!("the value {b}"),
        Value::Number(n) => format!("the number {n}"),
        Value::String(text) => format!("the text \"{}\"", shown(text)),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

impl<'a> Object<'a> {
    /// The whole of a document.
    pub(super) fn root(value: &'a Value, problems: &mut Problems) -> Option<Self> {
        Self::at(value, String::new(), problems)
    }

    fn at(value: &'a Value, place: String, problems: &mut Problems) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(Self { fields, place }),
            other => {
                let place = if place.is_empty() { "/" } else { &place };
                problems.expected(place, "an object", other);
                None
            }
        }
    }

    /// Its pointer: `/work/0`.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// The names of its fields that say something.
    pub(super) fn names(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let said = |value: &Value| match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            _ => true,
        };
        let fields = self.fields.iter().filter(move |(_, value)| said(value));
        fields.map(|(name, value)| (name.as_str(), value))
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|v| !v.is_null())
    }

    fn of(&self, name: &str) -> String {
        format!("{}/{name}", self.place)
    }

    /// A text; empty when it is not said. A number is taken as it is written: years often are.
    pub(super) fn text(&self, name: &str, problems: &mut Problems) -> String {
        match self.get(name) {
            None => String::new(),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => {
                problems.expected(&self.of(name), "a text", other);
                String::new()
            }
        }
    }

    /// A list of texts, each with its place.
    pub(super) fn texts(&self, name: &str, problems: &mut Problems) -> Vec<(String, &'a str)> {
        let mut texts = Vec::new();
        for (n, item) in self.list(name, problems).iter().enumerate() {
            let place = format!("{}/{n}", self.of(name));
            match item {
                Value::String(text) if text.trim().is_empty() => {}
                Value::String(text) => texts.push((place, text.trim())),
                Value::Null => {}
                other => problems.expected(&place, "a text", other),
            }
        }
        texts
    }

    /// A list of objects.
    pub(super) fn objects(&self, name: &str, problems: &mut Problems) -> Vec<Self> {
        let mut objects = Vec::new();
        for (n, item) in self.list(name, problems).iter().enumerate() {
            objects.extend(Self::at(item, format!("{}/{n}", self.of(name)), problems));
        }
        objects
    }

    fn list(&self, name: &str, problems: &mut Problems) -> &'a [Value] {
        match self.get(name) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(other) => {
                problems.expected(&self.of(name), "a list", other);
                &[]
            }
        }
    }
}
