//! The framework document: what is read, written and refused.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use metier_core::canonical::Digest;
use metier_core::framework::{
    Activity, ActivityKind, Competency, Criterion, EvidenceKind, Expectation, FORMAT, Framework, Frequency,
    Grain, Hours, Kept, Kind, Layer, Level, Practice, Provenance, ProvenanceKind, RequiredCredential,
    Retention, Shows, Source, Weight, Wording, nine_steps,
};
use metier_core::id::{ActivityId, CompetencyId, CredentialId, FamilyId, LevelId, PracticeId, RungId};
use metier_exchange::framework_yaml::{DOCUMENT_MAX, read, read_draft, template, write};
use proptest::prelude::*;

fn refused(text: impl AsRef<[u8]>) -> Vec<String> {
    read(text.as_ref())
        .expect_err("should be refused")
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// The template with one text in it changed.
fn changed(from: &str, to: &str) -> String {
    assert!(template().contains(from), "{from}");
    template().replacen(from, to, 1)
}

fn line_of(text: &str, part: &str) -> usize {
    1 + text.lines().position(|l| l.contains(part)).unwrap()
}

#[test]
fn the_template_teaches_every_criterion_and_reads_without_a_problem() {
    let framework = read(template().as_bytes()).unwrap();
    let kinds: std::collections::BTreeSet<String> = framework
        .ladder
        .rungs
        .iter()
        .map(|r| serde_json::to_value(&r.criterion).unwrap()["kind"].to_string())
        .collect();
    assert_eq!(kinds.len(), 6, "{kinds:?}");
}

#[test]
fn every_field_of_the_format_is_in_the_template() {
    let fields =
        |value: serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let framework = serde_json::to_value(full()).unwrap();
    let mut names = fields(framework.clone());
    for list in ["practices", "competencies", "credentials", "levels", "activities"] {
        names.extend(fields(framework[list][0].clone()));
    }
    names.extend(fields(framework["ladder"]["rungs"][1].clone()));
    names.retain(|name| name != "credits");
    for name in names {
        assert!(template().contains(&format!("{name}:")), "{name}");
    }
}

#[test]
fn json_is_read_too() {
    let framework = full();
    let json = serde_json::to_string_pretty(&framework).unwrap();
    assert_eq!(read(json.as_bytes()), Ok(framework.clone()));
    let json = serde_json::to_string(&framework).unwrap();
    assert_eq!(read(json.as_bytes()), Ok(framework));
}

#[test]
fn a_mistyped_field_is_named_with_line_column_and_the_one_meant() {
    let text = changed("looks_like:", "look_like:");
    let said = refused(&text);
    let line = line_of(&text, "look_like:");
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with(&format!("line {line}, column 5: ")),
        "{said:?}"
    );
    assert!(said[0].contains("perhaps `looks_like` is meant"), "{said:?}");
}

#[test]
fn a_mistyped_value_is_named_with_the_known_ones() {
    let text = changed("frequency: daily", "frequency: dayly");
    let said = refused(&text);
    assert!(
        said[0].starts_with(&format!("line {}, ", line_of(&text, "dayly"))),
        "{said:?}"
    );
    assert!(
        said[0].contains("perhaps `daily`") && said[0].contains("many_a_day"),
        "{said:?}"
    );
}

#[test]
fn a_mistake_inside_a_criterion_is_located_too() {
    let text = changed(
        "{kind: accuracy, target: 0.95, days: 5}",
        "{kind: accuracy, goal: 0.95, days: 5}",
    );
    let said = refused(&text);
    assert!(
        said[0].starts_with(&format!("line {}", line_of(&text, "goal: 0.95"))),
        "{said:?}"
    );
    assert!(said[0].contains("goal") && said[0].contains("target"), "{said:?}");
    let text = changed("{kind: judged, at_least: 2,", "{kind: guessed, at_least: 2,");
    let said = refused(&text);
    assert!(
        said[0].starts_with(&format!("line {}", line_of(&text, "guessed"))),
        "{said:?}"
    );
    assert!(
        said[0].contains("guessed") && said[0].contains("judged"),
        "{said:?}"
    );
}

#[test]
fn what_is_missing_or_there_twice_or_of_the_wrong_sort_is_said() {
    let said = refused(changed("version: \"1\"", "# no version"));
    assert!(said[0].contains("`version` is missing"), "{said:?}");
    let said = refused(changed(
        "title: Bicycle repair\n",
        "title: Bicycle repair\ntitle: Twice\n",
    ));
    assert!(said[0].contains("`title` is there twice"), "{said:?}");
    let said = refused(changed("minutes: 25", "minutes: about half an hour"));
    assert_eq!(
        said,
        ["line 50, column 14: this is not a whole number (correct the value)"]
    );
    let said = refused(changed("needs: [transport, leisure]", "needs: transport"));
    assert!(said[0].starts_with("line 12, column 8: a list"), "{said:?}");
    let said = refused(changed("version: \"1\"", "version:"));
    assert!(said[0].contains("no value here"), "{said:?}");
    let said = refused(changed("off: true", "off: yes"));
    assert!(said[0].contains("true or false"), "{said:?}");
    let said = refused(changed("id: true-a-wheel", "id: True a wheel"));
    assert!(said[0].contains("`True a wheel` is not an id"), "{said:?}");
    let said = refused(changed("practices:", "practices: [oops"));
    assert!(said[0].starts_with("line "), "{said:?}");
}

#[test]
fn problems_of_content_are_located_and_listed_together() {
    let text = template()
        .replacen("practice: hand-over", "practice: hand-back", 1)
        .replacen(
            "{competency: true-a-wheel, rung: delivers, weight: not_applicable}",
            "{competency: paint, rung: delivers}",
            1,
        )
        .replacen("needs: [assess-a-bicycle]", "needs: [explain-a-repair]", 1)
        .replacen(
            "    frequency: not_countable",
            "    needs: [true-a-wheel]\n    frequency: not_countable",
            1,
        )
        .replacen("id: run-the-spring-check", "id: true-twenty-wheels", 1);
    let said = refused(&text);
    let at = |part: &str, words: &str| {
        let line = line_of(&text, part);
        assert!(
            said.iter()
                .any(|s| s.starts_with(&format!("line {line}: ")) && s.contains(words)),
            "line {line}: {words}\n{said:#?}"
        );
    };
    at("- id: explain-a-repair", "belongs to `hand-back`");
    at("{competency: paint", "is not a competency");
    at(
        "competencies:",
        "in a circle: explain-a-repair > true-a-wheel > explain-a-repair",
    );
    let second = 1 + text
        .lines()
        .enumerate()
        .filter(|(_, l)| l.contains("- id: true-twenty-wheels"))
        .nth(1)
        .unwrap()
        .0;
    assert!(
        said.iter()
            .any(|s| s.starts_with(&format!("line {second}: ")) && s.contains("used twice")),
        "{said:#?}"
    );

    assert!(read_draft(text.as_bytes()).is_ok(), "a draft may be unfinished");
}

#[test]
fn hostile_documents_are_refused_with_the_reason() {
    assert!(refused("")[0].contains("empty"));
    assert!(refused("# nothing\n")[0].contains("empty"));
    assert!(refused(vec![b'x'; DOCUMENT_MAX + 1])[0].contains("at most 2097152"));
    assert!(refused(b"family: caf\xe9\n")[0].starts_with("line 1, column 12: is not UTF-8 at byte 11"));
    assert!(refused(format!("{}\n---\n{}", template(), template()))[0].contains("more than one document"));

    for open in ["[", "{a: ", "- ", "{? ["] {
        let said = refused(format!("family: {}", open.repeat(100_000)));
        assert!(said[0].len() < 400, "{said:?}");
    }
    let deep = refused(format!("practices: {}1{}", "[".repeat(60), "]".repeat(60)));
    assert!(deep[0].contains("nested deeper than 24"), "{deep:?}");

    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 1..12 {
        let list = vec![format!("*a{}", i - 1); 10].join(", ");
        writeln!(bomb, "a{i}: &a{i} [{list}]").unwrap();
    }
    let said = refused(format!(
        "family: f\nversion: 1\ntitle: t\npractices: []\ncompetencies: []\n{bomb}"
    ));
    assert!(!said[0].is_empty());
    let said = refused(
        bomb.replace("a0: &a0", "credits: &a0")
            .replace("a11:", "practices:"),
    );
    assert!(!said[0].is_empty());
    let wide: Vec<String> = (0..300).map(|i| format!("k{i}: &k{i} 1")).collect();
    assert!(!refused(wide.join("\n"))[0].is_empty());
}

fn slug<T: std::fmt::Debug>(new: impl Fn(String) -> T) -> impl Strategy<Value = T> {
    "[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}".prop_map(new)
}

/// Texts a YAML writer can get wrong.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,20}",
        "[ \n\t:#'\"a\\-\\\\é|>&*!%@`{}\\[\\],?]{0,120}",
        "([a-z]{1,9} ){0,40}",
        prop::sample::select(vec![
            "",
            "null",
            "~",
            "true",
            "No",
            "1",
            "1.0",
            "0x1f",
            "1e3",
            ".nan",
            "-",
            "---",
            "...",
            "<<",
            "=",
            "2026-01-01",
            "12:30:00",
            " lead",
            "trail ",
            "a: b",
            "a #b",
            "\u{feff}x",
            "a\r\nb",
            "a\rb",
            "x\u{85}y",
            "x\u{2028}y",
            "\u{7f}",
            "\n",
            "\n\nx\n\n",
            "x\n",
            "\tx",
            "x\n  y\n z",
            "\u{0}",
        ])
        .prop_map(str::to_owned),
    ]
}

fn criterion() -> impl Strategy<Value = Criterion> {
    let of = prop::collection::vec(
        prop::sample::select(vec![
            EvidenceKind::Attempts,
            EvidenceKind::Project,
            EvidenceKind::Teaching,
        ]),
        0..3,
    );
    prop_oneof![
        (prop::option::of(0.5..0.999), any::<Option<u32>>())
            .prop_map(|(target, days)| Criterion::Accuracy { target, days }),
        (of.clone(), any::<u32>(), any::<bool>(), any::<bool>(), text()).prop_map(
            |(of, at_least, in_a_row, leading_others, confirmed_by)| Criterion::Count {
                of,
                at_least,
                in_a_row,
                leading_others,
                confirmed_by
            }
        ),
        (of, text()).prop_map(|(of, confirmed_by)| Criterion::Attested { of, confirmed_by }),
        prop::option::of(slug(|s| CredentialId::new(s).unwrap()))
            .prop_map(|credential| Criterion::Held { credential }),
        text().prop_map(|confirmed_by| Criterion::Owned { confirmed_by }),
        (any::<u32>(), text()).prop_map(|(at_least, confirmed_by)| Criterion::Judged {
            at_least,
            confirmed_by
        }),
    ]
}

fn competency() -> impl Strategy<Value = Competency> {
    (
        (
            slug(|s| CompetencyId::new(s).unwrap()),
            slug(|s| PracticeId::new(s).unwrap()),
            text(),
            text(),
        ),
        prop::sample::select(vec![
            Frequency::ManyADay,
            Frequency::NotCountable,
            Frequency::Weekly,
        ]),
        (
            any::<bool>(),
            any::<Option<u32>>(),
            prop::option::of(any::<f64>().prop_filter("finite", |f| f.is_finite())),
        ),
        (text(), text()),
        prop::collection::vec(slug(|s| CompetencyId::new(s).unwrap()), 0..3),
        prop::collection::btree_map(slug(|s| RungId::new(s).unwrap()), criterion(), 0..4),
        prop::collection::btree_map(
            slug(|s| RungId::new(s).unwrap()),
            (text(), prop::collection::vec(text(), 0..2)).prop_map(|(text, signals)| Wording {
                text,
                examples: signals.clone(),
                signals,
            }),
            0..3,
        ),
    )
        .prop_map(
            |(
                (id, practice, name, looks_like),
                frequency,
                (foundation, minutes, importance),
                source,
                needs,
                criteria,
                wording,
            )| Competency {
                id,
                practice,
                name,
                looks_like,
                kind: Kind::Knowledge,
                foundation,
                layer: Layer::Industry,
                provenance: vec![Provenance {
                    kind: ProvenanceKind::Onet,
                    name: source.0,
                    reference: source.1,
                }],
                grain: Grain::Area,
                frequency,
                retention: Retention::Speed,
                minutes,
                importance,
                needs,
                criteria,
                wording,
            },
        )
}

fn framework() -> impl Strategy<Value = Framework> {
    (
        (text(), text(), text(), text(), text()),
        prop::collection::vec(text(), 0..3),
        prop::collection::vec((slug(|s| PracticeId::new(s).unwrap()), text(), text()), 0..3),
        prop::collection::vec(competency(), 0..4),
        prop::collection::vec(
            (
                slug(|s| LevelId::new(s).unwrap()),
                text(),
                prop::sample::select(vec![Weight::Required, Weight::NotApplicable, Weight::Weighted(3)]),
            ),
            0..3,
        ),
        (0.0..10.0, 10.0..20.0, 20.0..99_999.0_f64),
    )
        .prop_map(
            |(
                (version, title, practitioner, summary, note),
                credits,
                practices,
                competencies,
                levels,
                hours,
            )| Framework {
                version,
                title,
                practitioner,
                summary,
                note,
                credits,
                practices: practices
                    .into_iter()
                    .map(|(id, name, summary)| Practice { id, name, summary })
                    .collect(),
                competencies,
                levels: levels
                    .into_iter()
                    .map(|(id, name, weight)| Level {
                        id,
                        summary: name.clone(),
                        indicative_years: name.clone(),
                        name,
                        expectations: vec![Expectation {
                            competency: CompetencyId::new("c").unwrap(),
                            rung: RungId::new("r").unwrap(),
                            weight,
                        }],
                    })
                    .collect(),
                activities: vec![Activity {
                    hours: Hours {
                        low: hours.0,
                        likely: hours.1,
                        high: hours.2,
                    },
                    ..full().activities[0].clone()
                }],
                ..full()
            },
        )
}

/// A sound framework with every field of the format filled.
fn full() -> Framework {
    let competency = CompetencyId::new("c").unwrap();
    let rung = RungId::new("reliable").unwrap();
    Framework {
        metier_framework: FORMAT,
        family: FamilyId::new("f").unwrap(),
        version: "1".into(),
        title: "T".into(),
        practitioner: "P".into(),
        summary: "S".into(),
        needs: Vec::new(),
        note: "N".into(),
        credits: vec!["by us".into()],
        practices: vec![Practice {
            id: PracticeId::new("p").unwrap(),
            name: "P".into(),
            summary: String::new(),
        }],
        competencies: vec![Competency {
            id: competency.clone(),
            practice: PracticeId::new("p").unwrap(),
            name: "C".into(),
            looks_like: String::new(),
            kind: Kind::Technical,
            foundation: true,
            layer: Layer::Profession,
            provenance: vec![Provenance {
                kind: ProvenanceKind::Own,
                name: "us".into(),
                reference: "1".into(),
            }],
            grain: Grain::Task,
            frequency: Frequency::Daily,
            retention: Retention::Mixed,
            minutes: Some(5),
            importance: Some(4.5),
            needs: Vec::new(),
            criteria: BTreeMap::from([(
                rung.clone(),
                Criterion::Accuracy {
                    target: Some(0.95),
                    days: Some(3),
                },
            )]),
            wording: BTreeMap::from([(
                rung.clone(),
                Wording {
                    text: "Does it alone.\n- every time".into(),
                    signals: vec!["Nobody checks".into()],
                    examples: vec!["Did it".into()],
                },
            )]),
        }],
        credentials: vec![RequiredCredential {
            id: CredentialId::new("k").unwrap(),
            name: "K".into(),
            body: "B".into(),
            renew_months: Some(12),
            required: true,
            note: "n".into(),
        }],
        ladder: nine_steps(),
        levels: vec![Level {
            id: LevelId::new("l").unwrap(),
            name: "L".into(),
            summary: "s".into(),
            indicative_years: "3".into(),
            expectations: vec![Expectation {
                competency: competency.clone(),
                rung: rung.clone(),
                weight: Weight::Weighted(2),
            }],
        }],
        activities: vec![Activity {
            id: ActivityId::new("a").unwrap(),
            name: "A".into(),
            kind: ActivityKind::SelfStudy,
            hours: Hours {
                low: 0.5,
                likely: 1.0,
                high: 2.25,
            },
            needs: Vec::new(),
            shows: vec![Shows { competency, rung }],
            note: "n".into(),
        }],
        source: Some(Source {
            document: "ladder.csv".into(),
            digest: Digest::of(b"ladder"),
            publisher: "U".into(),
            part: "P".into(),
        }),
        kept: vec![Kept {
            place: "levels > l".into(),
            name: "Pay band".into(),
            text: "7".into(),
        }],
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(framework in framework()) {
        let written = write(&framework);
        let read = read_draft(written.as_bytes());
        prop_assert_eq!(read, Ok(framework), "{}", written);
    }

    #[test]
    fn no_damage_makes_it_panic(at in 0..template().len(), with in ".{0,6}") {
        let mut bytes = template().as_bytes().to_vec();
        bytes.splice(at..(at + with.len()).min(template().len()), with.bytes());
        let _ = read(&bytes);
    }
}

#[test]
fn the_documentation_shows_the_template_as_it_is() {
    let page = include_str!("../../../docs/framework-format.md");
    assert!(page.contains(&format!("```yaml\n{}```\n", template())));
}
