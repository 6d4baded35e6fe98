//! The consistency check of what one shows.

use jiff::Timestamp;
use jiff::civil::date;
use metier_core::journal::{Entry, view};
use metier_core::presence::Presence;
use serde_json::{Value, json};

use crate::{entry, proof, stand_to};

fn channel(n: u128, name: &str, claims: &Value) -> Entry {
    entry(
        n,
        None,
        json!({"fact": "presence", "of": "channel", "name": name, "kind": "profile",
        "looked_on": "2026-06-01", "claims": claims}),
    )
}

/// The findings, by their names.
fn found(entries: &[Entry]) -> Vec<String> {
    let view = view(entries, Timestamp::MAX);
    let presence = Presence::of(&view);
    presence
        .check(&stand_to(entries, None), date(2026, 7, 1))
        .iter()
        .map(|c| {
            serde_json::to_value(c).unwrap()["finding"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

fn asserts(rung: &str) -> Value {
    json!([{"words": "W", "asserts": {"family": "f", "competency": "c", "rung": rung}}])
}

#[test]
fn a_claim_is_held_against_the_standing() {
    assert_eq!(found(&[channel(1, "A", &asserts("follows"))]), ["not_proven"]);
    let mut entries = proof(2, "c", "follows").to_vec();
    entries.push(channel(9, "A", &asserts("follows")));
    assert_eq!(found(&entries), [] as [&str; 0]);
    let other = json!([{"words": "W", "asserts": {"family": "g", "competency": "c", "rung": "follows"}}]);
    assert_eq!(found(&[channel(1, "A", &other)]), ["other_framework"]);
}

#[test]
fn channels_that_tell_the_same_otherwise_differ() {
    let tells = |of: &str, value: &str| json!([{"words": "W", "tells": {"of": of, "value": value}}]);
    let two = |of: &str, one: &str, other: &str| {
        found(&[
            channel(1, "A", &tells(of, one)),
            channel(2, "B", &tells(of, other)),
        ])
    };
    assert_eq!(two("since", "2012", "2014"), ["differ"]);
    assert_eq!(
        two("position", "Head  of Content", "head of content"),
        [] as [&str; 0]
    );
    assert_eq!(two("credential", "A", "B"), [] as [&str; 0], "one can hold both");
}

#[test]
fn values_are_expressed_strained_or_nowhere() {
    let brand = entry(
        1,
        None,
        json!({"fact": "presence", "of": "brand", "values": [{"id": "v", "name": "V"}]}),
    );
    let with = |values: Value| {
        let claims = json!([{"words": "W", "values": values}]);
        found(&[brand.clone(), channel(2, "A", &claims)])
    };
    assert_eq!(with(json!([{"value": "v", "agrees": true}])), [] as [&str; 0]);
    assert_eq!(
        with(json!([{"value": "v", "agrees": false}])),
        ["against_value", "value_nowhere"]
    );
    assert_eq!(
        with(json!([{"value": "gone", "agrees": true}])),
        ["value_gone", "value_nowhere"]
    );
    assert_eq!(
        found(&[brand]),
        [] as [&str; 0],
        "without a channel there is nothing to compare"
    );
}

#[test]
fn a_channel_not_looked_at_for_long_is_named() {
    let old = |looked_on: Value| {
        found(&[entry(
            1,
            None,
            json!({"fact": "presence", "of": "channel", "name": "A", "kind": "site",
            "looked_on": looked_on}),
        )])
    };
    assert_eq!(old(json!("2025-12-31")), ["look_again"]);
    assert_eq!(old(Value::Null), ["look_again"]);
    assert_eq!(old(json!("2026-01-01")), [] as [&str; 0]);
}
