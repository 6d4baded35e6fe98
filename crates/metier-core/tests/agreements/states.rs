//! The state of agreements does not depend on the order in which entries arrived.

use jiff::Timestamp;
use jiff::civil::date;
use metier_core::agreement::{
    AgreementConfirmed, AgreementEnded, AgreementEnding, AnswerArrival, Phase, agreements,
};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, view};
use proptest::prelude::*;

use crate::terms::{TODAY, answer, terms};
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
        steps in prop::collection::vec((0..4_u8, any::<prop::sample::Index>()), 1..14),
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
        for state in agreements(&a, TODAY) {
            prop_assert!(!state.in_force() || state.confirmed.is_some());
            prop_assert!(!state.awaits_answer() || state.confirmed.is_none());
            prop_assert_ne!(state.phase, Phase::Replaced { by: state.id });
        }
        prop_assert!(agreements(&a, TODAY).iter().all(|s| s.id != id(9_999)));
    }
}
