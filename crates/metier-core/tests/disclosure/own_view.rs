//! One's own view first: every sort of another's answer, every way it comes, before and after.

use std::collections::HashSet;

use jiff::civil::date;
use metier_core::canonical::Digest;
use metier_core::disclosure::ForOthers;
use metier_core::evidence::{Confirmation, Confirmed};
use metier_core::feedback::{Channel, FeedbackGiven, FeedbackSaid, NextTime, Observed, OfCompetency};
use metier_core::framework::{Framework, check};
use metier_core::id::{EntryId, FamilyId};
use metier_core::journal::{Arrival, Entry, Fact, Withdrawal};
use metier_core::own_view::OwnViewFirst;
use metier_core::policy::Policy;
use metier_core::rating::Role;
use metier_core::standing::{Question, standing};

use super::sorts::{AT, Hand, confirmation, dispute, evidence, rating, step};

const CAME: [(Arrival, Channel); 3] = [
    (Arrival::ByLink, Channel::Link),
    (Arrival::ByFile, Channel::File),
    (Arrival::Relayed, Channel::Told),
];

fn feedback(channel: Channel) -> Fact {
    Fact::FeedbackGiven(Box::new(FeedbackGiven {
        request: None,
        by: "Mo".into(),
        role: Role::Manager,
        channel,
        said: FeedbackSaid::Observed(Observed {
            of: vec![OfCompetency {
                competency: step().competency,
                next_time: NextTime::Unsupervised,
                step: None,
            }],
            ..Observed::default()
        }),
    }))
}

fn of_evidence(evidence: EntryId, arrival: Arrival) -> Fact {
    match confirmation(arrival) {
        Fact::Confirmation(c) => Fact::Confirmation(Confirmation {
            of: Confirmed::Evidence(evidence),
            ..c
        }),
        other => other,
    }
}

fn holds(hand: &Hand, entry: EntryId) -> bool {
    OwnViewFirst::of(&hand.0, AT).holds(entry)
}

#[test]
fn what_others_answered_waits_for_the_own_view_and_what_the_owner_wrote_down_does_not() {
    for (arrival, channel) in CAME {
        let waits = arrival != Arrival::Relayed;
        let mut hand = Hand(Vec::new());
        let happened = hand.private(evidence(false, ""));
        let table = [
            ("rating", rating(Role::Manager, arrival), waits),
            ("confirmation of a step", confirmation(arrival), waits),
            ("feedback", feedback(channel), waits),
            ("what happened, confirmed", of_evidence(happened, arrival), false),
            ("dispute", dispute(), false),
        ];
        let told = table.map(|(name, fact, waits)| (name, hand.private(fact), waits));
        for (name, entry, waits) in told {
            assert_eq!(holds(&hand, entry), waits, "{name}, {arrival:?}");
        }
        let first = OwnViewFirst::of(&hand.0, AT);
        assert_eq!(first.people(), usize::from(waits), "one person, one answer");
        assert_eq!(
            first.about(&step().family, &step().competency),
            usize::from(waits)
        );

        let own = hand.private(rating(Role::Oneself, Arrival::Relayed));
        assert!(OwnViewFirst::of(&hand.0, AT).is_empty(), "{arrival:?}");
        let before = hand.0.last().unwrap().link.recorded_at - jiff::SignedDuration::from_secs(1);
        assert_eq!(OwnViewFirst::of(&hand.0, before).is_empty(), !waits);
        hand.correct(
            Fact::Withdrawal(Withdrawal {
                reason: String::new(),
            }),
            own,
        );
        assert_eq!(OwnViewFirst::of(&hand.0, AT).is_empty(), !waits, "taken back");
    }
}

#[test]
fn a_view_of_other_criteria_is_none_of_these() {
    let mut hand = Hand(Vec::new());
    let said = hand.private(rating(Role::Peer, Arrival::ByLink));
    if let Fact::Rating(mut elsewhere) = rating(Role::Oneself, Arrival::Relayed) {
        elsewhere.family = FamilyId::new("gardening").unwrap();
        hand.private(Fact::Rating(elsewhere));
    }
    assert!(holds(&hand, said));
}

#[test]
fn another_wording_and_what_others_read_in_its_place_wait_with_it() {
    let mut hand = Hand(Vec::new());
    let said = hand.private(rating(Role::Peer, Arrival::ByLink));
    let again = hand.correct(rating(Role::Peer, Arrival::ByLink), said);
    let instead = hand.private(Fact::ForOthers(ForOthers {
        entry: said,
        text: "well done".into(),
    }));
    for entry in [said, again, instead] {
        assert!(holds(&hand, entry));
    }
    assert_eq!(OwnViewFirst::of(&hand.0, AT).seen(&hand.0), []);
}

#[test]
fn no_state_reason_or_range_tells_of_an_answer_that_waits() {
    let framework: Framework = serde_json::from_value(serde_json::json!({
        "family": "nursing", "version": "1", "title": "Nursing",
        "practices": [{"id": "care", "name": "Care"}],
        "competencies": [{"id": "calm-a-patient", "practice": "care", "name": "Calm a patient", "frequency": "rarer"}],
    }))
    .unwrap();
    assert_eq!(check(&framework), []);
    let policy = Policy::version_1();
    let nothing = HashSet::new();
    let stand = |entries: &[Entry]| {
        let question = Question {
            framework: &framework,
            version: Digest::ZERO,
            target: None,
            policy: &policy,
            calibration: None,
            at: date(2026, 2, 1),
            known_at: AT,
            without: &nothing,
        };
        serde_json::to_string(&standing(entries, &question).unwrap()).unwrap()
    };
    let answered = |role, arrival| match rating(role, arrival) {
        Fact::Rating(mut rating) => {
            rating.rung = Some(framework.ladder.active().nth(3).unwrap().id.clone());
            Fact::Rating(rating)
        }
        other => other,
    };
    let mut hand = Hand(Vec::new());
    hand.private(evidence(false, ""));
    let without = stand(&hand.0);
    hand.private(answered(Role::Manager, Arrival::ByLink));
    let seen = OwnViewFirst::of(&hand.0, AT).seen(&hand.0);
    assert_ne!(stand(&hand.0), without, "it would count");
    assert_eq!(stand(&seen), without, "and it does not, while it waits");
    hand.private(answered(Role::Oneself, Arrival::Relayed));
    let seen = OwnViewFirst::of(&hand.0, AT).seen(&hand.0);
    assert_eq!(stand(&seen), stand(&hand.0), "and then all of it counts");
}
