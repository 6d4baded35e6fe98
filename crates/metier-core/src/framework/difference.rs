//! What changed between two versions of a framework, said in sentences a person can weigh.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Serialize;

use super::Framework;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: `competencies > publish-an-article`.
    pub place: String,
    /// What was said before; absent: it is new.
    pub before: Option<String>,
    /// What is said now; absent: it is gone.
    pub after: Option<String>,
}

/// Every change from `old` to `new`, in reading order of the document. The version's own name and the file
/// it was read from are not changes of criteria and are left out.
pub fn difference(old: &Framework, new: &Framework) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, before, after) in [
        ("title", &old.title, &new.title),
        ("practitioner", &old.practitioner, &new.practitioner),
        ("summary", &old.summary, &new.summary),
        ("note", &old.note, &new.note),
    ] {
        if before != after {
            changes.push(Change {
                place: place.into(),
                before: Some(before.clone()),
                after: Some(after.clone()),
            });
        }
    }
    compare(&mut changes, "needs", &old.needs, &new.needs, ToString::to_string);
    compare(&mut changes, "practices", &old.practices, &new.practices, |p| {
        p.id.to_string()
    });
    compare(
        &mut changes,
        "competencies",
        &old.competencies,
        &new.competencies,
        |c| c.id.to_string(),
    );
    compare(
        &mut changes,
        "credentials",
        &old.credentials,
        &new.credentials,
        |c| c.id.to_string(),
    );
    compare(
        &mut changes,
        "ladder",
        &old.ladder.rungs,
        &new.ladder.rungs,
        |r| r.id.to_string(),
    );
    order(&mut changes, old, new);
    compare_levels(&mut changes, old, new);
    compare(
        &mut changes,
        "activities",
        &old.activities,
        &new.activities,
        |a| a.id.to_string(),
    );
    compare(&mut changes, "kept", &old.kept, &new.kept, |k| {
        format!("{} {}", k.place.replace(" > ", " / "), k.name)
            .trim()
            .to_owned()
    });
    changes
}

/// Compares two lists by id, field by field.
fn compare<T: Serialize>(
    changes: &mut Vec<Change>,
    list: &str,
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> String,
) {
    let before: BTreeMap<String, &T> = old.iter().map(|item| (id(item), item)).collect();
    let after: BTreeMap<String, &T> = new.iter().map(|item| (id(item), item)).collect();
    for item in new {
        let id = id(item);
        match before.get(&id) {
            None => changes.push(Change {
                place: format!("{list} > {id}"),
                before: None,
                after: Some(headline(item)),
            }),
            Some(earlier) => compare_fields(changes, &format!("{list} > {id}"), earlier, item),
        }
    }
    for item in old {
        let id = id(item);
        if !after.contains_key(&id) {
            changes.push(Change {
                place: format!("{list} > {id}"),
                before: Some(headline(item)),
                after: None,
            });
        }
    }
}

/// How a whole item is named when it appears or goes.
fn headline(item: &impl Serialize) -> String {
    let value = serde_json::to_value(item).unwrap_or_default();
    ["name", "title"]
        .iter()
        .find_map(|field| value.get(field)?.as_str().map(str::to_owned))
        .unwrap_or_else(|| plain(&value))
}

fn compare_fields(changes: &mut Vec<Change>, place: &str, old: &impl Serialize, new: &impl Serialize) {
    let (old, new) = (
        serde_json::to_value(old).unwrap_or_default(),
        serde_json::to_value(new).unwrap_or_default(),
    );
    if old == new {
        return;
    }
    let (Some(before), Some(after)) = (old.as_object(), new.as_object()) else {
        changes.push(change(place, &old, &new));
        return;
    };
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort();
    fields.dedup();
    for field in fields {
        let (b, a) = (before.get(field), after.get(field));
        // What a document says is compared rung by rung: a whole page is no difference to weigh.
        if field == "wording" && b != a {
            wordings(changes, place, b, a);
        } else if b != a {
            changes.push(Change {
                place: format!("{place} > {field}"),
                before: b.map(plain),
                after: a.map(plain),
            });
        }
    }
}

fn wordings(
    changes: &mut Vec<Change>,
    place: &str,
    old: Option<&serde_json::Value>,
    new: Option<&serde_json::Value>,
) {
    let said = |value: Option<&serde_json::Value>, rung: &str| value.and_then(|v| v.get(rung)).map(words_of);
    let rungs = |value: Option<&serde_json::Value>| -> Vec<String> {
        value
            .and_then(serde_json::Value::as_object)
            .map_or_else(Vec::new, |o| o.keys().cloned().collect())
    };
    let mut all = rungs(old);
    all.extend(rungs(new));
    all.sort();
    all.dedup();
    for rung in all {
        let (before, after) = (said(old, &rung), said(new, &rung));
        if before != after {
            changes.push(Change {
                place: format!("{place} > wording > {rung}"),
                before,
                after,
            });
        }
    }
}

/// What is said at a rung, with its signals and examples as lines.
fn words_of(wording: &serde_json::Value) -> String {
    let text = wording.get("text").map(plain).filter(|t| !t.is_empty());
    let lines = ["signals", "examples"].into_iter().flat_map(|list| {
        wording
            .get(list)
            .and_then(serde_json::Value::as_array)
            .into_iter()
            .flatten()
            .map(|line| format!("- {}", plain(line)))
    });
    text.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn change(place: impl Display, old: &serde_json::Value, new: &serde_json::Value) -> Change {
    Change {
        place: place.to_string(),
        before: Some(plain(old)),
        after: Some(plain(new)),
    }
}

/// A value as a person would write it.
fn plain(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields
            .iter()
            .map(|(k, v)| format!("{k} {}", plain(v)))
            .collect::<Vec<_>>()
            .join("; "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn order(changes: &mut Vec<Change>, old: &Framework, new: &Framework) {
    let names = |f: &Framework| -> Vec<String> { f.ladder.active().map(|r| r.id.to_string()).collect() };
    let (before, after) = (names(old), names(new));
    let mut sorted = (before.clone(), after.clone());
    sorted.0.sort();
    sorted.1.sort();
    if sorted.0 == sorted.1 && before != after {
        changes.push(Change {
            place: "ladder".into(),
            before: Some(before.join(" > ")),
            after: Some(after.join(" > ")),
        });
    }
}

fn compare_levels(changes: &mut Vec<Change>, old: &Framework, new: &Framework) {
    let bare = |f: &Framework| -> Vec<super::Level> {
        f.levels
            .iter()
            .map(|l| super::Level {
                expectations: Vec::new(),
                ..l.clone()
            })
            .collect()
    };
    compare(changes, "levels", &bare(old), &bare(new), |l| l.id.to_string());
    for level in &new.levels {
        if let Some(earlier) = old.level(&level.id) {
            compare(
                changes,
                &format!("levels > {}", level.id),
                &earlier.expectations,
                &level.expectations,
                |e| e.competency.to_string(),
            );
        }
    }
}
