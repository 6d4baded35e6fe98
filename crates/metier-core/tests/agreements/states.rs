//! The state of agreements does not depend on the order in which entries arrived.

use jiff::Timestamp;
use jiff::civil::date;
use metier_core::agreement::{
    AgreementConfirmed, AgreementDeclined, AgreementEnded, AgreementEnding, AgreementTalked, AnswerArrival,
    Phase, agreements,
};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, view};
use proptest::prelude::*;

use crate::terms::{TODAY, answer, no, terms};
use crate::writing::{Writing, draft, id};

fn confirmed(writing: &mut Writing, of: EntryId, terms: &metier_core::agreement::Agreement) -> EntryId {
    writing.add_to(
        2,
        draft(Fact::AgreementConfirmed(Box::new(AgreementConfirmed {
            answer: answer(of, terms),
            arrival: AnswerArrival::ByFile,
        }))),
    )
}

fn declined(writing: &mut Writing, of: EntryId, terms: &metier_core::agreement::Agreement) -> EntryId {
    writing.add_to(
        2,
        draft(Fact::AgreementDeclined(Box::new(AgreementDeclined {
            answer: no(of, terms),
            arrival: AnswerArrival::ByLink,
        }))),
    )
}

fn ended(writing: &mut Writing, of: EntryId) {
    writing.add_to(
        3,
        draft(Fact::AgreementEnded(AgreementEnded {
            agreement: of,
            how: AgreementEnding::CalledOff,
            by: "Ada".into(),
            reason: String::new(),
        })),
    );
}

fn phases(entries: &[Entry]) -> Vec<Phase> {
    let view = view(entries, Timestamp::MAX);
    agreements(&view, TODAY).into_iter().map(|a| a.phase).collect()
}

#[test]
fn an_agreement_is_proposed_confirmed_replaced_and_ended() {
    let mut writing = Writing::default();
    let first = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(first.clone()))));
    assert_eq!(phases(&writing.open()), [Phase::Proposed]);
    let open = writing.open();
    let known = view(&open, Timestamp::MAX);
    assert_eq!(agreements(&known, date(2026, 3, 16))[0].phase, Phase::Unanswered);
    confirmed(&mut writing, one, &first);
    assert_eq!(phases(&writing.open()), [Phase::InForce]);

    let mut second = terms(&writing.entries);
    second.replaces = Some(one);
    second.proposed_on = date(2026, 3, 2);
    let two = writing.add(draft(Fact::AgreementProposed(Box::new(second.clone()))));
    assert_eq!(
        phases(&writing.open()),
        [Phase::InForce, Phase::Proposed],
        "nothing changes by being proposed"
    );
    confirmed(&mut writing, two, &second);
    assert_eq!(
        phases(&writing.open()),
        [Phase::Replaced { by: two }, Phase::InForce]
    );
    ended(&mut writing, two);
    assert_eq!(
        phases(&writing.open()),
        [Phase::Replaced { by: two }, Phase::Ended]
    );
}

#[test]
fn a_no_stands_until_it_is_proposed_again_or_agreed_to_after_all() {
    let mut writing = Writing::default();
    let first = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(first.clone()))));
    declined(&mut writing, one, &first);
    let state = |writing: &Writing, place: usize| {
        agreements(&view(&writing.open(), Timestamp::MAX), TODAY)[place].clone()
    };
    let now = state(&writing, 0);
    assert_eq!(now.phase, Phase::Declined);
    assert!(now.unsettled() && !now.awaits_answer() && now.convincing() == "a launch of your own");
    writing.add(draft(Fact::AgreementTalked(AgreementTalked {
        agreement: one,
        reply: "I ran the spring launch".into(),
        convincing: "two launches on the day".into(),
        again: Some(date(2026, 5, 1)),
    })));
    let now = state(&writing, 0);
    assert_eq!(
        (now.convincing(), now.again()),
        ("two launches on the day", Some(date(2026, 5, 1)))
    );

    let mut changed = terms(&writing.entries);
    (changed.amends, changed.by) = (Some(one), date(2026, 12, 31));
    let two = writing.add(draft(Fact::AgreementProposed(Box::new(changed))));
    let now = state(&writing, 0);
    assert!(now.phase == Phase::Declined && now.proposed_again == Some(two) && !now.unsettled());

    confirmed(&mut writing, one, &first);
    let now = state(&writing, 0);
    assert!(now.in_force() && now.declined.is_some(), "the no stays in sight");
}

#[test]
fn a_yes_that_comes_after_the_end_takes_nobodys_place() {
    let mut writing = Writing::default();
    let first = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(first.clone()))));
    confirmed(&mut writing, one, &first);
    let mut second = terms(&writing.entries);
    second.replaces = Some(one);
    let two = writing.add(draft(Fact::AgreementProposed(Box::new(second.clone()))));
    // Called off on one device; the yes was taken in later on another.
    ended(&mut writing, two);
    confirmed(&mut writing, two, &second);
    let merged = agreements(&view(&writing.open(), Timestamp::MAX), TODAY);
    assert_eq!(
        merged[0].phase,
        Phase::InForce,
        "what was never in force replaced nothing"
    );
    assert_eq!(merged[1].phase, Phase::Ended);
}

#[test]
fn a_no_kept_by_an_older_version_is_an_answer() {
    let mut writing = Writing::default();
    let first = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(first.clone()))));
    writing.add(draft(Fact::AgreementEnded(AgreementEnded {
        agreement: one,
        how: AgreementEnding::Declined,
        by: "Edith".into(),
        reason: "not before the budget is known".into(),
    })));
    assert_eq!(phases(&writing.open()), [Phase::Declined]);
    confirmed(&mut writing, one, &first);
    assert_eq!(phases(&writing.open()), [Phase::Ended]);
}

#[test]
fn a_yes_to_other_terms_is_no_yes_to_these() {
    let mut writing = Writing::default();
    let first = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(first.clone()))));
    confirmed(&mut writing, one, &first);
    let later = metier_core::agreement::Agreement {
        by: date(2026, 9, 30),
        ..first
    };
    writing.add(draft(Fact::AgreementProposed(Box::new(later))).correcting(one));
    assert_eq!(phases(&writing.open()), [Phase::Proposed]);
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter(
        steps in prop::collection::vec((0..6_u8, any::<prop::sample::Index>()), 1..18),
        order in any::<u64>(),
    ) {
        let mut writing = Writing::default();
        let mut proposed: Vec<(EntryId, metier_core::agreement::Agreement)> = Vec::new();
        for (step, which) in steps {
            let one = (!proposed.is_empty()).then(|| proposed[which.index(proposed.len())].clone());
            match (step, one) {
                (0, _) | (_, None) => {
                    let terms = terms(&writing.entries);
                    let id = writing.add(draft(Fact::AgreementProposed(Box::new(terms.clone()))));
                    proposed.push((id, terms));
                }
                (1, Some((old, _))) => {
                    let mut terms = terms(&writing.entries);
                    terms.replaces = Some(old);
                    let id = writing.add(draft(Fact::AgreementProposed(Box::new(terms.clone()))));
                    proposed.push((id, terms));
                }
                (2, Some((of, terms))) => { confirmed(&mut writing, of, &terms); }
                (3, Some((of, terms))) => { declined(&mut writing, of, &terms); }
                (4, Some((old, _))) => {
                    let mut terms = terms(&writing.entries);
                    terms.amends = Some(old);
                    let id = writing.add(draft(Fact::AgreementProposed(Box::new(terms.clone()))));
                    proposed.push((id, terms));
                }
                (_, Some((of, _))) => ended(&mut writing, of),
            }
        }
        let entries = writing.open();
        let mut turned = entries.clone();
        let mut seed = order;
        for i in (1..turned.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            turned.swap(i, usize::try_from(seed >> 33).unwrap() % (i + 1));
        }
        let (a, b) = (view(&entries, Timestamp::MAX), view(&turned, Timestamp::MAX));
        prop_assert_eq!(agreements(&a, TODAY), agreements(&b, TODAY));
        let all = agreements(&a, TODAY);
        for state in all.clone() {
            if let Phase::Replaced { by } = state.phase {
                // What took its place was in force: a yes was recorded before any end.
                let new = all.iter().find(|s| s.id == by).unwrap();
                let at = |entry: EntryId| entries.iter().find(|e| e.link.id == entry).unwrap().link.recorded_at;
                let agreed = entries.iter().filter_map(|e| match &e.payload.fact {
                    Fact::AgreementConfirmed(c) if c.answer.agreement == by => Some(e.link.recorded_at),
                    _ => None,
                }).min();
                prop_assert!(agreed.is_some() && new.ended.as_ref().is_none_or(|end| agreed < Some(at(end.id))));
            }
            prop_assert!(state.phase != Phase::Declined || state.confirmed.is_none() && state.ended.is_none());
            prop_assert!(!state.in_force() || state.confirmed.is_some());
            prop_assert!(!state.awaits_answer() || state.confirmed.is_none());
            prop_assert_ne!(state.phase, Phase::Replaced { by: state.id });
        }
        prop_assert!(agreements(&a, TODAY).iter().all(|s| s.id != id(9_999)));
    }
}
