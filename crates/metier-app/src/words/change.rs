//! What changed between two versions of the criteria, in sentences.

use jiff::civil::Date;
use metier_core::framework::{Change, Competency, Expectation, Framework, Rung};
use metier_core::id::LevelId;
use serde::Serialize;

use super::framework::{ability, frequency, grain, layer, need, provenance, retention, weight};
use super::{Words, list};

/// A change in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeSaid {
    /// What it is about: "Publish an article, how often it is done".
    pub what: String,
    /// What was said before; absent: it is new.
    pub before: Option<String>,
    /// What is said now; absent: it is gone.
    pub after: Option<String>,
}

/// A change from `old` to `new`, in words.
pub fn change(old: &Framework, new: &Framework, change: &Change) -> ChangeSaid {
    let place: Vec<&str> = change.place.split(" > ").collect();
    // What is new is named by the new version, what is gone by the old.
    let named = if change.after.is_some() { new } else { old };
    let name = |list: &str, id: &str| name_of(named, list, id);
    let (what, values) = match place.as_slice() {
        [field] if *field == "ladder" => ("Order of the steps".into(), None),
        [field] => (super::capital(field), None),
        [list, id] => (
            format!("{}: {}", one_of(list), name(list, id)),
            Some((None, None)),
        ),
        ["levels", level, competency] => {
            let said = |f: &Framework| expected(f, level, competency).map(|e| expectation(f, e));
            (
                format!(
                    "{} asks of {}",
                    name("levels", level),
                    name("competencies", competency)
                ),
                Some((said(old), said(new))),
            )
        }
        ["levels", level, competency, field] => {
            let said = |f: &Framework| {
                let e = expected(f, level, competency)?;
                Some(match *field {
                    "weight" => weight(e.weight),
                    _ => step(f, e.rung.as_str()),
                })
            };
            (
                format!(
                    "{} asks of {}",
                    name("levels", level),
                    name("competencies", competency)
                ),
                Some((said(old), said(new))),
            )
        }
        [list, id, "wording", rung] => (
            format!("{}, {}: what it says", name(list, id), step(named, rung)),
            None,
        ),
        [list, id, field] => (
            format!("{}, {}", name(list, id), field_name(field)),
            Some((value(old, list, id, field), value(new, list, id, field))),
        ),
        _ => (change.place.clone(), None),
    };
    let whole = place.len() == 2;
    match (values, whole) {
        (_, true) => ChangeSaid {
            what,
            before: change
                .before
                .as_ref()
                .map(|_| "there".into())
                .filter(|_| change.after.is_none()),
            after: change
                .after
                .as_ref()
                .map(|_| "new".into())
                .filter(|_| change.before.is_none()),
        },
        (Some((before, after)), false) => ChangeSaid {
            what,
            before: before.or_else(|| filled(change.before.as_ref())),
            after: after.or_else(|| filled(change.after.as_ref())),
        },
        (None, false) => ChangeSaid {
            what,
            before: filled(change.before.as_ref()).map(|t| order(old, &place, t)),
            after: filled(change.after.as_ref()).map(|t| order(new, &place, t)),
        },
    }
}

impl ChangeSaid {
    /// The change as one sentence, for a line of a terminal.
    pub fn sentence(&self) -> String {
        match (&self.before, &self.after) {
            (Some(_), None) if self.before.as_deref() == Some("there") => {
                format!("{}: taken out.", self.what)
            }
            (None, Some(_)) if self.after.as_deref() == Some("new") => format!("{}: new.", self.what),
            (Some(before), Some(after)) => format!("{}: {after} (before: {before}).", self.what),
            (None, Some(after)) => format!("{}: {after} (before: nothing).", self.what),
            (Some(before), None) => format!("{}: nothing (before: {before}).", self.what),
            (None, None) => format!("{}.", self.what),
        }
    }
}

fn filled(text: Option<&String>) -> Option<String> {
    text.filter(|t| !t.is_empty()).cloned()
}

/// The order of a ladder in the names of its steps.
fn order(framework: &Framework, place: &[&str], text: String) -> String {
    if place != ["ladder"] {
        return text;
    }
    let steps: Vec<String> = text.split(" > ").map(|id| step(framework, id)).collect();
    steps.join(", ")
}

fn one_of(list: &str) -> &str {
    match list {
        "needs" => "Need",
        "practices" => "Practice",
        "competencies" => "Competency",
        "credentials" => "Credential",
        "ladder" => "Step",
        "levels" => "Level",
        "activities" => "Activity",
        "kept" => "Said besides",
        other => other,
    }
}

fn name_of(framework: &Framework, list: &str, id: &str) -> String {
    let found = match list {
        "practices" => framework
            .practices
            .iter()
            .find(|p| p.id.as_str() == id)
            .map(|p| &p.name),
        "competencies" => framework
            .competencies
            .iter()
            .find(|c| c.id.as_str() == id)
            .map(|c| &c.name),
        "credentials" => framework
            .credentials
            .iter()
            .find(|c| c.id.as_str() == id)
            .map(|c| &c.name),
        "ladder" => framework
            .ladder
            .rungs
            .iter()
            .find(|r| r.id.as_str() == id)
            .map(|r| &r.title),
        "levels" => framework
            .levels
            .iter()
            .find(|l| l.id.as_str() == id)
            .map(|l| &l.name),
        "activities" => framework
            .activities
            .iter()
            .find(|a| a.id.as_str() == id)
            .map(|a| &a.name),
        _ => None,
    };
    if list == "needs" {
        return need(id);
    }
    found.map_or_else(|| id.to_owned(), Clone::clone)
}

fn step(framework: &Framework, id: &str) -> String {
    framework
        .ladder
        .rungs
        .iter()
        .find(|r| r.id.as_str() == id)
        .map_or_else(|| id.to_owned(), |r| r.name.clone())
}

fn expected<'f>(framework: &'f Framework, level: &str, competency: &str) -> Option<&'f Expectation> {
    let level = framework.level(&LevelId::new(level).ok()?)?;
    level
        .expectations
        .iter()
        .find(|e| e.competency.as_str() == competency)
}

fn expectation(framework: &Framework, e: &Expectation) -> String {
    format!("{}, {}", step(framework, e.rung.as_str()), weight(e.weight))
}

fn field_name(field: &str) -> &str {
    match field {
        "looks_like" => "what it looks like",
        "frequency" => "how often it is done",
        "criteria" => "what its own steps ask for",
        "criterion" => "what it asks for",
        "off" => "in use or not",
        "makes_obvious" => "what it makes obvious",
        "needs" => "what comes first",
        "layer" => "where it holds",
        "kind" => "what sort it is",
        "grain" => "how large it is",
        "retention" => "what fades without use",
        "provenance" => "where it comes from",
        "renew_months" => "months until renewal",
        "indicative_years" => "usual years",
        other => other,
    }
}

/// The value of a field in words; `None` where the plain text says it well enough.
fn value(framework: &Framework, list_name: &str, id: &str, field: &str) -> Option<String> {
    match list_name {
        "competencies" => {
            let competency = framework.competencies.iter().find(|c| c.id.as_str() == id)?;
            of_competency(framework, competency, field)
        }
        "ladder" => {
            let rung = framework.ladder.rungs.iter().find(|r| r.id.as_str() == id)?;
            of_rung(framework, rung, field)
        }
        _ => None,
    }
}

fn of_competency(framework: &Framework, competency: &Competency, field: &str) -> Option<String> {
    let words = Words::new(framework, &[], Date::ZERO);
    Some(match field {
        "practice" => words.practice(&competency.practice).to_owned(),
        "kind" => ability(competency.kind).into(),
        "layer" => layer(competency.layer).into(),
        "grain" => grain(competency.grain).into(),
        "frequency" => frequency(competency.frequency).into(),
        "retention" => retention(competency.retention).into(),
        "foundation" if competency.foundation => "a foundation".into(),
        "foundation" => "not a foundation".into(),
        "needs" => list(
            &competency
                .needs
                .iter()
                .map(|n| words.competency(n).to_owned())
                .collect::<Vec<_>>(),
        ),
        "provenance" => list(&competency.provenance.iter().map(provenance).collect::<Vec<_>>()),
        "criteria" => {
            let own: Vec<String> = competency
                .criteria
                .iter()
                .map(|(rung, criterion)| format!("{}: {}", words.rung(rung), words.criterion(criterion)))
                .collect();
            if own.is_empty() {
                "the same as everywhere".into()
            } else {
                own.join(" ")
            }
        }
        _ => return None,
    })
    .filter(|t| !t.is_empty())
}

fn of_rung(framework: &Framework, rung: &Rung, field: &str) -> Option<String> {
    let words = Words::new(framework, &[], Date::ZERO);
    Some(match field {
        "criterion" => words.criterion(&rung.criterion),
        "off" if rung.off => "not in use".into(),
        "off" => "in use".into(),
        "makes_obvious" => {
            let names: Vec<String> = rung
                .makes_obvious
                .iter()
                .map(|r| words.rung(r).to_owned())
                .collect();
            if names.is_empty() {
                "nothing".into()
            } else {
                list(&names)
            }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_framework;
    use metier_core::framework::{Criterion, Frequency, Kept, Weight, Wording, difference};

    #[test]
    fn every_sort_of_change_reads_as_a_sentence() {
        let old = find_framework(None, "content-marketing").unwrap();
        let mut new = old.clone();
        new.title = "Content".into();
        let article = new
            .competencies
            .iter_mut()
            .find(|c| c.id.as_str() == "publish-an-article")
            .unwrap();
        article.frequency = Frequency::Daily;
        let reliable = new.ladder.rungs[1].id.clone();
        article.criteria.insert(
            reliable,
            Criterion::Accuracy {
                target: Some(0.95),
                days: Some(10),
            },
        );
        let gone = new.competencies.remove(0);
        for level in &mut new.levels {
            level.expectations.retain(|e| e.competency != gone.id);
        }
        let taught = new.ladder.rungs[3].id.clone();
        new.competencies[0].wording.insert(
            taught,
            Wording {
                text: "Teaches two people a year".into(),
                signals: vec!["They do it alone".into()],
                examples: Vec::new(),
            },
        );
        new.kept.push(Kept {
            place: "levels > senior".into(),
            name: "Pay band".into(),
            text: "7".into(),
        });
        new.ladder.rungs[8].off = false;
        new.ladder.rungs.swap(2, 3);
        new.levels[0].expectations[0].weight = Weight::Weighted(5);
        let said: Vec<String> = difference(&old, &new)
            .iter()
            .map(|c| change(&old, &new, c).sentence())
            .collect();
        let has = |text: &str| assert!(said.iter().any(|s| s == text), "{text}\n{}", said.join("\n"));
        has("Title: Content (before: Content marketing).");
        has(
            "Publish an article to house standard, how often it is done: about daily (before: several times a week).",
        );
        has("Said besides: levels / senior Pay band: new.");
        assert!(
            said.iter().any(|s| s.contains(
                ", Teaches: what it says: Teaches two people a year\n- They do it alone (before: nothing)"
            )),
            "{}",
            said.join("\n")
        );
        has("Competency: Research an audience: taken out.");
        has("Recognised in public, in use or not: in use (before: not in use).");
        assert!(
            said.iter().any(|s| s.contains("Reliable: Unaided and correct")),
            "{}",
            said.join("\n")
        );
        assert!(
            said.iter().any(|s| s.contains("counts five points (before:")),
            "{}",
            said.join("\n")
        );
        assert!(
            said.iter().all(|s| !s.contains("sha256") && !s.contains('{')),
            "{}",
            said.join("\n")
        );
    }
}
