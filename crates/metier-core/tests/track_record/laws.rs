//! The laws of a track record, whatever was recorded.

use std::collections::HashSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use metier_core::canonical::Digest;
use metier_core::evidence::{Happening, Stance};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::policy::Policy;
use metier_core::rating::Role;
use metier_core::standing::{Question, State, standing};
use metier_core::track_record::Call;
use proptest::prelude::*;

use crate::telling::{Telling, framework, month, project, step};

const RUNGS: [&str; 5] = ["follows", "reliable", "delivers", "teaches", "leads"];
const ROLES: [Role; 5] = [
    Role::Oneself,
    Role::Manager,
    Role::Peer,
    Role::Client,
    Role::Mentor,
];

#[derive(Debug, Clone)]
enum Told {
    Attempts {
        competency: usize,
        attempts: u32,
        errors: u32,
    },
    Shown {
        competency: usize,
        rung: usize,
        backed: bool,
        against: bool,
    },
    Rated {
        competency: usize,
        rung: Option<usize>,
        role: usize,
        who: u8,
    },
    Disputed {
        competency: usize,
        rung: usize,
    },
    TakenBack(prop::sample::Index),
    Away {
        from: usize,
        months: usize,
    },
    Position {
        from: usize,
        months: Option<usize>,
    },
}

fn told() -> impl Strategy<Value = Told> {
    let competency = 0..3_usize;
    prop_oneof![
        3 => (competency.clone(), 1_u32..12, 0_u32..3)
            .prop_map(|(competency, attempts, errors)| Told::Attempts { competency, attempts, errors }),
        3 => (competency.clone(), 0..5_usize, any::<bool>(), prop::bool::weighted(0.25))
            .prop_map(|(competency, rung, backed, against)| Told::Shown { competency, rung, backed, against }),
        4 => (competency.clone(), prop::option::of(0..5_usize), 0..5_usize, 0_u8..3)
            .prop_map(|(competency, rung, role, who)| Told::Rated { competency, rung, role, who }),
        1 => (competency, 0..5_usize).prop_map(|(competency, rung)| Told::Disputed { competency, rung }),
        1 => any::<prop::sample::Index>().prop_map(Told::TakenBack),
        1 => (0..30_usize, 1..8_usize).prop_map(|(from, months)| Told::Away { from, months }),
        1 => (0..30_usize, prop::option::of(1..12_usize))
            .prop_map(|(from, months)| Told::Position { from, months }),
    ]
}

/// What is told, with months between.
fn journal() -> impl Strategy<Value = Vec<(usize, Told)>> {
    prop::collection::vec((0..5_usize, told()), 1..40)
}

fn tell(told: &[(usize, Told)]) -> Telling {
    let mut telling = Telling::default();
    let mut n = 0;
    for (later, told) in told {
        n += later;
        let on = month(n);
        match told {
            Told::Attempts {
                competency,
                attempts,
                errors,
            } => {
                let what = Happening::Attempts {
                    attempts: *attempts,
                    clean: attempts.saturating_sub(*errors),
                    aided: 0,
                    guide: String::new(),
                    minutes: None,
                };
                telling.show(on, step(*competency, "reliable"), what, false, Stance::Supports);
            }
            Told::Shown {
                competency,
                rung,
                backed,
                against,
            } => {
                let stance = if *against {
                    Stance::Contradicts
                } else {
                    Stance::Supports
                };
                telling.show(on, step(*competency, RUNGS[*rung]), project(), *backed, stance);
            }
            Told::Rated {
                competency,
                rung,
                role,
                who,
            } => telling.rate(
                on,
                *competency,
                ROLES[*role],
                &format!("R{who}"),
                rung.map(|r| RUNGS[r]),
            ),
            Told::Disputed { competency, rung } => telling.dispute(on, *competency, RUNGS[*rung]),
            Told::TakenBack(which) if !telling.0.is_empty() => {
                let id = telling.0[which.index(telling.0.len())].link.id;
                telling.take_back(on, id);
            }
            Told::TakenBack(_) => {}
            Told::Away { from, months } => telling.leave(on, month(*from), Some(month(from + months))),
            Told::Position { from, months } => {
                telling.position(on, month(*from), months.map(|m| month(from + m)));
            }
        }
    }
    telling
}

fn end_of(on: Date) -> Timestamp {
    let next = on.first_of_month().saturating_add(1.month());
    next.to_zoned(TimeZone::UTC).unwrap().timestamp() - 1.microsecond()
}

/// The months in which something was recorded, by their ends.
fn ends(telling: &Telling) -> Vec<Timestamp> {
    let mut ends: Vec<Timestamp> = telling
        .0
        .iter()
        .map(|e| end_of(e.link.recorded_at.to_zoned(TimeZone::UTC).date()))
        .collect();
    ends.dedup();
    ends
}

/// The first time each rung is likely, from a whole standing at the end of every month.
fn the_long_way(telling: &Telling, framework: &Framework) -> Vec<(String, String, Timestamp, u64)> {
    let (policy, nothing) = (Policy::version_1(), HashSet::<EntryId>::new());
    let (mut seen, mut calls) = (HashSet::new(), Vec::new());
    for at in ends(telling) {
        let question = Question {
            framework,
            version: Digest::ZERO,
            target: None,
            policy: &policy,
            calibration: None,
            at: at.to_zoned(TimeZone::UTC).date(),
            known_at: at,
            without: &nothing,
        };
        for c in standing(&telling.0, &question).unwrap().competencies {
            for r in c.rungs.iter().filter(|r| r.state == State::Likely) {
                if seen.insert((c.competency.clone(), r.rung.clone())) {
                    let stated = r.probability.get().to_bits();
                    calls.push((c.competency.to_string(), r.rung.to_string(), at, stated));
                }
            }
        }
    }
    calls
}

fn as_said(calls: &[Call]) -> Vec<(String, String, Timestamp, u64)> {
    calls
        .iter()
        .map(|c| {
            (
                c.competency.to_string(),
                c.rung.to_string(),
                c.at,
                c.stated.get().to_bits(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn passing_over_what_did_not_change_changes_no_call(told in journal()) {
        let (telling, framework) = (tell(&told), framework(3));
        let record = telling.record(&framework, Timestamp::MAX);
        prop_assert_eq!(as_said(&record.calls), the_long_way(&telling, &framework));
    }

    #[test]
    fn later_entries_never_change_an_earlier_call(told in journal(), cut in any::<prop::sample::Index>()) {
        let (telling, framework) = (tell(&told), framework(3));
        let all = telling.record(&framework, Timestamp::MAX);
        let ends = ends(&telling);
        // A journal of nothing has no month to look back from.
        prop_assume!(!ends.is_empty());
        let until = ends[cut.index(ends.len())];
        // As it was read then: nothing later had been recorded.
        let mut then = telling.clone();
        then.0.retain(|e| e.link.recorded_at <= until);
        let then = then.record(&framework, until);
        let earlier: Vec<Call> = all.calls.into_iter().filter(|c| c.at <= until).collect();
        prop_assert_eq!(as_said(&earlier), as_said(&then.calls));
        // And the same journal, asked as of then, says the same in full.
        prop_assert_eq!(telling.record(&framework, until), then);
    }

    #[test]
    fn every_call_has_one_outcome_and_the_order_of_entries_none(told in journal()) {
        let (telling, framework) = (tell(&told), framework(3));
        let record = telling.record(&framework, Timestamp::MAX);
        let counts = record.counts;
        prop_assert_eq!(counts.called, counts.proven + counts.against + counts.open);
        prop_assert!(counts.no_longer_likely <= counts.open && counts.disputed_since <= counts.proven);
        let distinct: HashSet<_> = record.calls.iter().map(|c| (&c.competency, &c.rung)).collect();
        prop_assert_eq!(distinct.len(), record.calls.len());
        let mut reversed = telling.clone();
        reversed.0.reverse();
        prop_assert_eq!(reversed.record(&framework, Timestamp::MAX), record);
    }
}
