//! Disagreements: proposed where people are far apart, open until they end, overdue when their day passes.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::date;
use metier_core::disagreement::{
    Disagreement, DisagreementEnded, Ending, Side, disagreements, worth_settling,
};
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Entry, Fact, view};
use metier_core::policy::Policy;
use metier_core::rating::{Rating, Role};
use metier_core::standing::{Question, Standing, standing};

use crate::terms::{TODAY, criteria};
use crate::writing::{Writing, draft, id};

fn rate(writing: &mut Writing, who: &str, role: Role, step: usize) -> EntryId {
    let criteria = criteria();
    writing.add(draft(Fact::Rating(Rating {
        family: criteria.family.clone(),
        version: criteria.digest().unwrap(),
        competency: "prune".parse().unwrap(),
        rung: Some(criteria.ladder.rungs[step].id.clone()),
        role,
        rater: who.into(),
        reason: String::new(),
        evidence: Vec::new(),
        arrival: Arrival::Relayed,
        answer: None,
    })))
}

fn apart() -> Fact {
    let criteria = criteria();
    let side = |who: &str, role, step: usize| Side {
        who: who.into(),
        role,
        rung: Some(criteria.ladder.rungs[step].id.clone()),
    };
    Fact::Disagreement(Box::new(Disagreement {
        family: criteria.family.clone(),
        version: criteria.digest().unwrap(),
        competency: "prune".parse().unwrap(),
        rung: criteria.ladder.rungs[2].id.clone(),
        sides: vec![side("Ada", Role::Oneself, 3), side("Edith", Role::Manager, 1)],
        whom: "Edith".into(),
        convincing: "two hedges in a row without my looking".into(),
        by: Some(date(2026, 3, 20)),
        both: true,
        agreement: None,
    }))
}

fn ended(of: EntryId, how: Ending, again: Option<jiff::civil::Date>) -> Fact {
    Fact::DisagreementEnded(DisagreementEnded {
        disagreement: of,
        how,
        reason: "we looked".into(),
        by: "Edith".into(),
        again,
    })
}

fn stands(entries: &[Entry]) -> Standing {
    let (framework, policy, nothing) = (criteria(), Policy::version_1(), HashSet::new());
    let question = Question {
        framework: &framework,
        version: framework.digest().unwrap(),
        target: None,
        policy: &policy,
        calibration: None,
        at: TODAY,
        known_at: Timestamp::MAX,
        without: &nothing,
    };
    standing(entries, &question).unwrap()
}

/// How many are proposed.
fn proposed(entries: &[Entry]) -> usize {
    let known = disagreements(&view(entries, Timestamp::MAX), TODAY);
    worth_settling(&stands(entries), entries, &known).len()
}

#[test]
fn it_is_proposed_until_written_down_and_again_when_somebody_speaks_after_its_end() {
    let mut writing = Writing::default();
    rate(&mut writing, "Ada", Role::Oneself, 3);
    rate(&mut writing, "Edith", Role::Manager, 2);
    assert_eq!(proposed(&writing.open()), 0, "one step is no disagreement");
    rate(&mut writing, "Edith", Role::Manager, 1);
    assert_eq!(proposed(&writing.open()), 1);
    let one = writing.add(draft(apart()));
    assert_eq!(proposed(&writing.open()), 0, "it is written down");
    writing.add(draft(ended(one, Ending::DecisionStands, None)));
    assert_eq!(proposed(&writing.open()), 0, "nobody said anything new");
    rate(&mut writing, "Bo", Role::Peer, 3);
    assert_eq!(proposed(&writing.open()), 1);
}

#[test]
fn it_is_overdue_when_its_day_has_passed_and_looking_again_moves_the_day() {
    let mut writing = Writing::default();
    let one = writing.add(draft(apart()));
    let state =
        |writing: &Writing, today| disagreements(&view(&writing.open(), Timestamp::MAX), today)[0].clone();
    assert!(!state(&writing, date(2026, 3, 20)).overdue);
    assert!(state(&writing, date(2026, 3, 21)).overdue);
    writing.add(draft(ended(one, Ending::StaysOpen, Some(date(2026, 5, 1)))));
    let later = state(&writing, date(2026, 3, 21));
    assert!(later.open && !later.overdue && later.by == Some(date(2026, 5, 1)));
    writing.add(draft(ended(one, Ending::Convinced, None)));
    let over = state(&writing, date(2026, 9, 1));
    assert!(!over.open && !over.overdue && over.looked.len() == 2);
    assert_ne!(over.id, id(99));
}
