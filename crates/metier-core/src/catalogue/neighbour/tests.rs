use proptest::prelude::*;

use super::skills::Skills;
use super::{Way, WayError};
use crate::catalogue::{Catalogue, Esco, EscoOccupation, EscoSkill, Occupation, Rated, esco, example};

/// The numbers of `measures/v6_similarity.json`: importance and level of five elements in two occupations.
const A: [(f64, f64); 5] = [(4.1, 4.8), (3.2, 3.5), (2.0, 1.2), (4.5, 5.1), (1.5, 0.6)];
const B: [(f64, f64); 5] = [(3.9, 4.5), (4.0, 4.6), (3.1, 3.0), (2.2, 1.9), (1.2, 0.2)];

fn rated(code: &str, ratings: &[(f64, f64)]) -> Occupation {
    Occupation {
        code: code.into(),
        title: format!("People of {code}"),
        skills: ratings
            .iter()
            .enumerate()
            .map(|(at, (importance, level))| Rated {
                element: format!("2.A.{at}"),
                name: format!("Skill {at}"),
                importance: *importance,
                level: Some(*level),
            })
            .collect(),
        ..Occupation::default()
    }
}

fn two(a: &[(f64, f64)], b: &[(f64, f64)]) -> Catalogue {
    Catalogue {
        occupations: vec![rated("11-0000.00", a), rated("12-0000.00", b)],
        ..Catalogue::default()
    }
}

/// The sets of the same file: o1 to o4 over s1 to s9.
fn sets() -> Catalogue {
    let sets: [&[u32]; 4] = [&[0, 1, 2, 3], &[1, 2, 4], &[0, 1, 5, 6, 7], &[1, 8]];
    listed(&sets, 9)
}

fn listed(sets: &[&[u32]], skills: usize) -> Catalogue {
    Catalogue::default().with_esco(Esco {
        occupations: (1..)
            .zip(sets)
            .map(|(at, set)| EscoOccupation {
                code: format!("000{at}.1"),
                title: format!("o{at}"),
                essential: set.to_vec(),
                ..EscoOccupation::default()
            })
            .collect(),
        skills: (1..=skills)
            .map(|at| EscoSkill {
                uri: format!("s{at:02}"),
                label: format!("skill {at}"),
                ..EscoSkill::default()
            })
            .collect(),
        ..Esco::default()
    })
}

fn near(got: f64, want: f64) {
    assert!((got - want).abs() < 1e-12, "{got} is not {want}");
}

#[test]
fn the_published_gaps_are_reproduced_to_the_digit() {
    let there = two(&A, &B).way("11-0000", "12-0000").unwrap();
    near(there.missing, 0.107_598_784_194_528_88);
    near(there.unused, 0.171_012_482_662_968_06);
    let back = two(&A, &B).way("12-0000", "11-0000").unwrap();
    near(back.missing, there.unused);
    near(back.unused, there.missing);
}

#[test]
fn the_published_coverages_are_reproduced_to_the_digit() {
    let way = sets().way("0001.1", "0002.1").unwrap();
    near(1.0 - way.missing, 0.333_333_333_333_333_37);
    near(1.0 - way.unused, 0.25);
    let names = |items: &[super::Item]| items.iter().map(|i| i.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        names(&way.carries_over),
        ["skill 3"],
        "skill 2 is everywhere and tells nothing"
    );
    assert_eq!(names(&way.to_learn), ["skill 5"]);
    assert_eq!(names(&way.left_unused), ["skill 4", "skill 1"], "the rarer first");
}

#[test]
fn reasons_add_up_to_what_they_explain() {
    for way in [
        two(&A, &B).way("11-0000", "12-0000").unwrap(),
        sets().way("0003.1", "0001.1").unwrap(),
    ] {
        let sum = |items: &[super::Item]| items.iter().map(|i| i.part).sum::<f64>();
        near(sum(&way.to_learn), way.missing);
        near(sum(&way.left_unused), way.unused);
        assert!(way.to_learn.is_sorted_by(|a, b| a.part >= b.part));
    }
}

#[test]
fn what_has_no_figure_is_left_out_and_counted_unless_it_hardly_matters() {
    let mut catalogue = two(&A, &B);
    let whole = catalogue.way("11-0000", "12-0000").unwrap();
    catalogue.occupations[0].skills[1].level = None;
    let without = catalogue.way("11-0000", "12-0000").unwrap();
    assert_eq!((without.compared, without.without_figure), (4, 1));
    assert!(
        without.missing < whole.missing,
        "the largest gap cannot be told any more"
    );
    catalogue.occupations[1].skills[4].level = None;
    assert_eq!(
        catalogue.way("11-0000", "12-0000").unwrap().without_figure,
        1,
        "importance 1.2 without a level: not relevant, level 0"
    );
}

#[test]
fn neighbours_are_ordered_by_both_directions_together() {
    // The third asks for nothing much: nothing is missing, and everything is left unused.
    let mut catalogue = two(&A, &B);
    catalogue.occupations.push(rated("13-0000.00", &[(5.0, 0.1); 5]));
    let near = catalogue.neighbours("11-0000", 5).unwrap();
    let codes: Vec<&str> = near.iter().map(|w| w.to.code.as_str()).collect();
    assert_eq!(codes, ["12-0000.00", "13-0000.00"]);
    assert!(near[1].missing < near[0].missing);
    assert_eq!(catalogue.neighbours("11-0000", 1).unwrap().len(), 1);
    let esco = sets();
    let codes: Vec<String> = esco
        .neighbours("0001.1", 9)
        .unwrap()
        .into_iter()
        .map(|w| w.to.code)
        .collect();
    assert_eq!(codes, ["0002.1", "0003.1", "0004.1"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let both = example::bakery().with_esco(esco::example::bakery());
    assert!(matches!(
        both.way("51-3011", "7512.1"),
        Err(WayError::Apart { .. })
    ));
    assert!(matches!(
        both.way("51-3011", "51-3099"),
        Err(WayError::NotRated { .. })
    ));
    assert!(matches!(
        both.way("7512.1", "7512.3"),
        Err(WayError::NotRated { .. })
    ));
    assert!(matches!(
        both.neighbours("99-9999", 3),
        Err(WayError::Unknown { .. })
    ));
    assert!(
        both.neighbours("7512.1", 3)
            .unwrap()
            .iter()
            .all(|w| w.to.code != "7512.3")
    );
}

fn ratings() -> impl Strategy<Value = Vec<(f64, f64)>> {
    proptest::collection::vec((1.1..5.0_f64, 0.0..7.0_f64), 6)
}

fn set() -> impl Strategy<Value = std::collections::BTreeSet<u32>> {
    proptest::collection::btree_set(0..12_u32, 1..8)
}

fn way(a: &[(f64, f64)], b: &[(f64, f64)]) -> Way {
    two(a, b).way("11-0000", "12-0000").unwrap()
}

proptest! {
    #[test]
    fn the_gap_to_oneself_is_none_and_the_way_back_swaps_the_two(a in ratings(), b in ratings()) {
        let same = way(&a, &a);
        prop_assert!(same.missing == 0.0 && same.unused == 0.0 && same.to_learn.is_empty());
        let (there, back) = (way(&a, &b), way(&b, &a));
        prop_assert!((there.missing - back.unused).abs() < 1e-12);
        prop_assert!((0.0..=1.0).contains(&there.missing) && (0.0..=1.0).contains(&there.unused));
    }

    #[test]
    fn a_higher_level_never_raises_the_gap(a in ratings(), b in ratings(), at in 0..6_usize, more in 0.0..7.0_f64) {
        let mut better = a.clone();
        better[at].1 = better[at].1.max(more);
        prop_assert!(way(&better, &b).missing <= way(&a, &b).missing + 1e-12);
    }

    #[test]
    fn more_skills_never_raise_the_gap(a in set(), b in set(), more in set(), others in proptest::collection::vec(set(), 3..6)) {
        let own = |s: &std::collections::BTreeSet<u32>| s.iter().copied().collect::<Vec<u32>>();
        let mut all: Vec<Vec<u32>> = others.iter().map(own).collect();
        all.extend([own(&a), own(&b)]);
        let all: Vec<&[u32]> = all.iter().map(Vec::as_slice).collect();
        let catalogue = listed(&all, 12);
        let skills = Skills::of(&catalogue).unwrap();
        let (a, b) = (own(&a), own(&b));
        let mut richer: std::collections::BTreeSet<u32> = a.iter().copied().collect();
        richer.extend(more);
        if let (Ok(before), Ok(after)) = (skills.gap(&a, &b), skills.gap(&own(&richer), &b)) {
            prop_assert!(after.0 <= before.0 + 1e-12);
        }
        if let Ok(same) = skills.gap(&a, &a) {
            prop_assert_eq!(same, (0.0, 0.0));
        }
    }
}
