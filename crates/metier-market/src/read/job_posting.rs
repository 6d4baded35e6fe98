//! `JobPosting` of schema.org as linked data (JSON-LD): alone, in a list, in a `@graph`, several a page.

use serde_json::Value;

use super::html::{Marked, TEXTS};
use super::row::{Field, Row};

/// Most nodes of linked data that are looked at in one page.
const NODES_MAX: usize = 100_000;

/// The postings a script of linked data holds. What is no JSON holds none.
pub(super) fn postings(script: &str) -> Vec<Row<'static>> {
    let Some(data) = parse(script) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut open = vec![data];
    let mut seen = 0;
    while let Some(value) = open.pop() {
        seen += 1;
        if seen > NODES_MAX {
            break;
        }
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(object) if is_posting(&object) => found.push(row(&object)),
            Value::Object(object) => {
                open.extend(object.into_iter().map(|(_, value)| value).rev());
            }
            _ => {}
        }
    }
    found
}

/// A script as JSON; what pages often get wrong is mended: comments around it, a semicolon behind it, line
/// ends inside a text.
fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let mended: String = script
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&mended).ok()
    })
}

type Object = serde_json::Map<String, Value>;

/// Whether an object says that it is a posting.
pub(super) fn is_posting(object: &Object) -> bool {
    let is = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| kind.rsplit(['/', ':']).next() == Some("JobPosting"))
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// What a posting of linked data says.
pub(super) fn row(object: &Object) -> Row<'static> {
    let get = |name: &str| object.get(name).and_then(text);
    let mut row = Row::default();
    row.set(Field::Title, get("title").or_else(|| get("name")));
    row.set(Field::Employer, get("hiringOrganization"));
    row.set(Field::Place, object.get("jobLocation").and_then(place));
    row.set(Field::Date, get("datePosted"));
    row.set(Field::Occupation, get("occupationalCategory"));
    row.set(Field::Id, get("identifier"));
    row.link = get("url");
    let mut whole = String::new();
    for name in TEXTS {
        if let Some(text) = get(name).filter(|text| !whole.contains(text.trim())) {
            if !whole.is_empty() {
                // A paragraph in mark-up, an empty line without.
                whole.push_str(if super::html::has_tags(&whole) {
                    "\n<p>\n"
                } else {
                    "\n\n"
                });
            }
            whole.push_str(&text);
        }
    }
    row.set(Field::Text, Some(whole).filter(|whole| !whole.is_empty()));
    row
}

/// What a posting marked on the page says, but for its text.
pub(super) fn marked(item: &Marked) -> Row<'static> {
    let get = |path: &str| {
        item.values
            .iter()
            .find(|(known, value)| known == path && !value.is_empty())
            .map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut row = Row::default();
    row.set(Field::Title, get("title").or_else(|| get("name")));
    row.set(
        Field::Employer,
        get("hiringOrganization.name").or_else(|| get("hiringOrganization")),
    );
    let parts = ["addressLocality", "addressRegion", "addressCountry"].map(|part| {
        get(&format!("jobLocation.address.{part}")).or_else(|| get(&format!("jobLocation.{part}")))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    row.set(
        Field::Place,
        Some(parts.join(", "))
            .filter(|place| !place.is_empty())
            .or_else(|| get("jobLocation.address"))
            .or_else(|| get("jobLocation")),
    );
    row.set(Field::Date, get("datePosted"));
    row.set(Field::Occupation, get("occupationalCategory"));
    row.set(Field::Id, get("identifier.value").or_else(|| get("identifier")));
    row.link = get("url");
    row
}

/// A value as text: itself, the first of a list that has one, or what an object is called.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().filter_map(text).collect();
            // A list of skills is a list; of several names the first is taken.
            (!all.is_empty()).then(|| all.join("\n"))
        }
        Value::Object(object) => ["codeValue", "value", "name", "@value", "description", "text"]
            .into_iter()
            .find_map(|name| object.get(name).filter(|value| !value.is_object()).and_then(text)),
        _ => None,
    }
}

/// A place by its name or by the parts of its address.
pub(super) fn place(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(place),
        Value::Object(object) => {
            let address = match object.get("address") {
                Some(Value::Object(address)) => address,
                Some(Value::String(address)) => return Some(address.clone()),
                _ => object,
            };
            let parts: Vec<String> = ["addressLocality", "addressRegion", "addressCountry"]
                .into_iter()
                .filter_map(|part| address.get(part).and_then(text))
                .collect();
            (!parts.is_empty())
                .then(|| parts.join(", "))
                .or_else(|| text(value))
        }
        other => text(other),
    }
}
