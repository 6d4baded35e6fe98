//! If this job ended tomorrow.

use jiff::civil::date;
use metier_core::endurance::if_it_ended;
use metier_core::person::Position;
use serde_json::json;

use crate::{framework, proof, stand_to};

#[test]
fn what_is_proven_is_told_by_layer_and_what_is_not_exercised_by_name() {
    let mut framework = framework();
    let mut other = framework.practices[0].clone();
    other.id = "q".parse().unwrap();
    framework.practices.push(other);
    let mut entries = proof(1, "c", "follows").to_vec();
    entries.extend(proof(3, "d", "follows"));
    let position = |from: &str, until: serde_json::Value, practices: &[&str]| -> Position {
        let said = json!({"title": "T", "family": "f", "practices": practices, "from": from, "until": until});
        serde_json::from_value(said).unwrap()
    };
    let positions = [
        position("2023-03-01", json!("2023-12-31"), &["q"]),
        position("2024-01-01", json!(null), &["p"]),
    ];
    let standing = stand_to(&entries, None);
    let all = if_it_ended(&standing, &framework, &positions, date(2026, 7, 1));
    assert_eq!((all.profession.len(), all.organisation.len()), (2, 0));
    framework.competencies[1].layer = metier_core::framework::Layer::Organisation;
    let left = if_it_ended(&standing, &framework, &positions, date(2026, 7, 1));
    assert_eq!((left.profession.len(), left.organisation.len()), (1, 1));
    assert_eq!(left.exercised.len(), 1);
    assert_eq!(left.untouched[0].as_str(), "q");
    assert_eq!((left.years.len(), left.same_for_years), (4, 3));
    assert_eq!(
        if_it_ended(&standing, &framework, &[], date(2026, 7, 1)).same_for_years,
        0
    );
}
