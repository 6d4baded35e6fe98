//! A journal made so that every outcome is in it.

use jiff::civil::date;
use metier_core::evidence::Stance;
use metier_core::rating::Role;
use metier_core::standing::{Number, Reason};
use metier_core::track_record::{Call, ENOUGH, Outcome, TrackRecord, Verdict, Worth};

use crate::telling::{Telling, framework, instant, project, step};

fn call<'t>(record: &'t TrackRecord, competency: &str, rung: &str) -> Option<&'t Call> {
    record
        .calls
        .iter()
        .find(|c| c.competency.as_str() == competency && c.rung.as_str() == rung)
}

/// Manager and two peers place a competency on "delivers" in January; from then on each goes its own way.
fn told() -> Telling {
    let mut telling = Telling::default();
    for competency in 0..4 {
        for (role, rater) in [(Role::Manager, "M"), (Role::Peer, "P"), (Role::Client, "K")] {
            telling.rate(date(2024, 1, 10), competency, role, rater, Some("delivers"));
        }
    }
    // 0: two projects with something to show prove it in April.
    telling.project(date(2024, 3, 5), 0);
    telling.project(date(2024, 4, 16), 0);
    // 1: a project sent back speaks against it.
    telling.show(
        date(2024, 5, 6),
        step(1, "delivers"),
        project(),
        false,
        Stance::Contradicts,
    );
    // 2: the manager takes a much lower view; nobody has shown anything either way.
    for rater in ["M", "N", "O"] {
        telling.rate(date(2024, 6, 3), 2, Role::Manager, rater, None);
    }
    // 3: disputed.
    telling.dispute(date(2024, 7, 1), 3, "delivers");
    // 4: proven outright in August, never having been called likely.
    telling.project(date(2024, 8, 5), 4);
    telling.project(date(2024, 8, 6), 4);
    telling
}

#[test]
fn every_outcome_is_told_apart() {
    let framework = framework(5);
    let record = told().record(&framework, instant("2024-12-31T12:00:00Z"));

    let january = instant("2024-01-31T23:59:59.999999Z");
    assert_eq!(record.from, Some(january));
    // January, March to August: months in which something was recorded.
    assert_eq!(record.looks, 7);
    for competency in ["c0", "c1", "c2", "c3"] {
        let call = call(&record, competency, "delivers").unwrap();
        assert_eq!(call.at, january);
        assert!(call.stated.get() > 0.5 && call.stated.get() < 0.9, "{call:?}");
        assert!(!call.own_view);
    }
    let outcome = |competency| &call(&record, competency, "delivers").unwrap().outcome;

    let Outcome::Proven {
        at,
        days,
        disputed_since: false,
    } = outcome("c0")
    else {
        panic!("{:?}", outcome("c0"))
    };
    assert_eq!(at.to_string()[..10], *"2024-04-16");
    assert_eq!(*days, 75);
    let Outcome::Against { because } = outcome("c1") else {
        panic!("{:?}", outcome("c1"))
    };
    assert!(
        matches!(because[..], [Reason::Contradicted { .. }]),
        "{because:?}"
    );
    assert!(
        matches!(
            outcome("c2"),
            Outcome::Open {
                still_likely: false,
                ..
            }
        ),
        "{:?}",
        outcome("c2")
    );
    let Outcome::Against { because } = outcome("c3") else {
        panic!("{:?}", outcome("c3"))
    };
    assert!(matches!(because[..], [Reason::Disputed { .. }]), "{because:?}");

    assert!(call(&record, "c4", "delivers").is_none());
    assert_eq!(record.counts.uncalled, 1, "{:?}", record.counts);
    assert_eq!(record.median_days.map(Number::get), Some(75.0));
    let counts = record.counts;
    assert_eq!(counts.called, counts.proven + counts.against + counts.open);
    assert_eq!(usize::try_from(counts.called).unwrap(), record.calls.len());
    assert!(
        matches!(
            record.worth,
            Worth::TooFew {
                calls: 16,
                competencies: 5,
                ..
            }
        ),
        "{:?}",
        record.worth
    );
}

#[test]
fn a_rung_is_called_once_however_often_it_comes_back() {
    let framework = framework(1);
    let mut telling = Telling::default();
    telling.rate(date(2024, 1, 10), 0, Role::Manager, "M", Some("delivers"));
    telling.rate(date(2024, 2, 10), 0, Role::Manager, "M", None);
    telling.rate(date(2024, 3, 10), 0, Role::Manager, "M", Some("delivers"));
    let record = telling.record(&framework, instant("2024-12-31T12:00:00Z"));
    let follows: Vec<&Call> = record
        .calls
        .iter()
        .filter(|c| c.rung.as_str() == "follows")
        .collect();
    assert_eq!(follows.len(), 1);
    assert_eq!(follows[0].at, instant("2024-01-31T23:59:59.999999Z"));
}

#[test]
fn ones_own_view_is_marked_as_such() {
    let framework = framework(1);
    let mut telling = Telling::default();
    telling.rate(date(2024, 1, 10), 0, Role::Oneself, "A", Some("leads"));
    let record = telling.record(&framework, instant("2024-12-31T12:00:00Z"));
    assert!(record.counts.called > 0);
    assert_eq!(record.counts.own_view, record.counts.called);
}

#[test]
fn nothing_recorded_is_nothing_called() {
    let record = Telling::default().record(&framework(2), instant("2024-12-31T12:00:00Z"));
    assert_eq!((record.from, record.looks, record.median_days), (None, 0, None));
    assert!(matches!(record.worth, Worth::TooFew { calls: 0, .. }));
    // The month is not over yet: nothing is looked at.
    let record = told().record(&framework(5), instant("2024-01-31T12:00:00Z"));
    assert_eq!((record.looks, record.calls.len()), (0, 0));
}

/// `proven` of `all` competencies that one rater called likely are proven later, the others disputed or open.
fn many(all: usize, proven: usize, against: usize) -> TrackRecord {
    let mut telling = Telling::default();
    for competency in 0..all {
        for (role, rater) in [(Role::Manager, "M"), (Role::Peer, "P"), (Role::Client, "K")] {
            telling.rate(date(2024, 1, 10), competency, role, rater, Some("delivers"));
        }
    }
    for competency in 0..all {
        for rung in ["follows", "reliable", "delivers", "teaches"] {
            if competency < proven {
                telling.show(
                    date(2024, 3, 5),
                    step(competency, rung),
                    project(),
                    true,
                    Stance::Supports,
                );
                telling.add(
                    date(2024, 3, 6),
                    metier_core::journal::Fact::Confirmation(metier_core::evidence::Confirmation {
                        of: metier_core::evidence::Confirmed::Step(step(competency, rung)),
                        by: "M".into(),
                        role: Role::Manager,
                        words: String::new(),
                        arrival: metier_core::journal::Arrival::Relayed,
                        answer: None,
                    }),
                );
                telling.project(date(2024, 3, 7), competency);
            } else if competency >= all - against {
                telling.dispute(date(2024, 3, 5), competency, rung);
            }
        }
    }
    let record = telling.record(&framework(all), instant("2024-12-31T12:00:00Z"));
    let delivers = record
        .calls
        .iter()
        .filter(|c| c.rung.as_str() == "delivers")
        .count();
    assert_eq!(delivers, all);
    record
}

#[test]
fn few_calls_have_counts_and_no_shares() {
    let record = many(4, 4, 0);
    assert!(record.calls.len() < ENOUGH, "{}", record.calls.len());
    let Worth::TooFew {
        calls, needed_calls, ..
    } = record.worth
    else {
        panic!("{:?}", record.worth)
    };
    assert_eq!((calls, needed_calls), (record.counts.called, 20));
}

#[test]
fn many_calls_have_shares_between_what_is_proven_and_what_is_not_spoken_against() {
    let record = many(40, 24, 8);
    let Worth::Enough {
        expected,
        share,
        bins,
        ..
    } = &record.worth
    else {
        panic!("{:?}", record.worth)
    };
    let counts = record.counts;
    let of = |n: u32| f64::from(n) / f64::from(counts.called);
    assert!((share.low.get() - of(counts.proven)).abs() < 1e-8);
    assert!((share.high.get() - of(counts.proven + counts.open)).abs() < 1e-8);
    assert!(share.from.get() < share.low.get() && share.to.get() > share.high.get());
    let stated: f64 = record.calls.iter().map(|c| c.stated.get()).sum();
    assert!((expected.get() - stated).abs() < 1e-6);
    assert_eq!(bins.iter().map(|b| b.called).sum::<u32>(), counts.called);
    assert_eq!(bins.iter().map(|b| b.proven).sum::<u32>(), counts.proven);
    assert_eq!(bins.iter().map(|b| b.against).sum::<u32>(), counts.against);
    assert!(bins.iter().all(|b| b.called >= 10));
}

#[test]
fn what_follows_for_the_stated_probabilities() {
    let verdict = |proven, against| match many(40, proven, against).worth {
        Worth::Enough { verdict, .. } => verdict,
        other @ Worth::TooFew { .. } => panic!("{other:?}"),
    };
    assert_eq!(verdict(0, 40), Verdict::TooHigh);
    // Whether the ones that are open come decides.
    assert_eq!(verdict(20, 0), Verdict::CannotTell);
}
