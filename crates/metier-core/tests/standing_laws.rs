//! The laws of a standing, whatever was recorded.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashSet;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use metier_core::canonical::Digest;
use metier_core::evidence::{
    Artefact, Claim, ClaimAbout, Confirmation, Confirmed, Evidence, Happening, Learner, Stance, Step,
};
use metier_core::framework::Framework;
use metier_core::id::{ChainId, EntryId, JournalId, RungId};
use metier_core::journal::{Arrival, Audience, Entry, Fact, Link, Payload, Purpose, Salt, Withdrawal};
use metier_core::policy::Policy;
use metier_core::rating::{Rating, Role};
use metier_core::standing::{Question, Standing, State, Verdict, standing};
use metier_core::target::Target;
use proptest::prelude::*;
use uuid::Uuid;

const RUNGS: [&str; 8] = [
    "follows",
    "reliable",
    "delivers",
    "teaches",
    "leads",
    "communicates",
    "troubleshoots",
    "owns",
];

const START: Date = date(2026, 1, 1);

/// One thing that is told.
#[derive(Debug, Clone)]
enum Told {
    Attempts {
        attempts: u32,
        clean: u32,
    },
    Shown {
        kind: u8,
        rung: usize,
        backed: bool,
        against: bool,
    },
    Word {
        rung: usize,
    },
    Rated {
        rung: Option<usize>,
        role: usize,
        who: u8,
    },
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        4 => (1_u32..12, 0_u32..3).prop_map(|(n, k)| Told::Attempts { attempts: n, clean: n - k.min(n) }),
        4 => (0_u8..5, 0_usize..8, any::<bool>(), prop::bool::weighted(0.15))
            .prop_map(|(kind, rung, backed, against)| Told::Shown { kind, rung, backed, against }),
        1 => (0_usize..8).prop_map(|rung| Told::Word { rung }),
        2 => (prop::option::of(0_usize..8), 0_usize..5, 0_u8..4)
            .prop_map(|(rung, role, who)| Told::Rated { rung, role, who }),
    ]
}

fn framework() -> Framework {
    serde_json::from_value(serde_json::json!({
        "family": "f", "version": "1", "title": "F",
        "practices": [{"id": "p", "name": "P"}],
        "competencies": [{"id": "c", "practice": "p", "name": "C"}],
        "levels": [{"id": "l", "name": "L", "expectations": [{"competency": "c", "rung": "teaches"}]}],
    }))
    .unwrap()
}

fn step(rung: usize) -> Step {
    Step {
        family: "f".parse().unwrap(),
        competency: "c".parse().unwrap(),
        rung: RUNGS[rung].parse().unwrap(),
    }
}

fn happening(kind: u8) -> Happening {
    match kind {
        0 => Happening::Project {
            tasks: String::new(),
            deadline: None,
            goal: String::new(),
            met: Some(true),
            people_led: 2,
        },
        1 => Happening::Teaching {
            learners: vec![Learner {
                name: "B".into(),
                can_now: String::new(),
                unaided: true,
            }],
        },
        2 => Happening::Communication {
            form: String::new(),
            audience: String::new(),
            reach: None,
        },
        3 => Happening::Incident {
            diagnosed: String::new(),
            reached: String::new(),
            outcome: String::new(),
        },
        _ => Happening::Ownership {
            role: Some(metier_core::evidence::Rasci::Accountable),
            objective: String::new(),
            until: None,
        },
    }
}

/// A journal told a day apart; the standing reads entries, not seals.
#[derive(Default, Clone)]
struct Telling(Vec<Entry>);

impl Telling {
    fn add(&mut self, fact: Fact) -> EntryId {
        let n = i64::try_from(self.0.len()).unwrap() + 1;
        let sequence = u64::try_from(n).unwrap();
        let id = EntryId(Uuid::from_u128(u128::from(sequence)));
        let link = Link {
            id,
            journal: JournalId(Uuid::from_u128(1)),
            chain: ChainId(Uuid::from_u128(1)),
            sequence,
            recorded_at: "2026-01-01T20:00:00Z".parse::<Timestamp>().unwrap() + (n * 24).hours(),
            previous: Digest::ZERO,
            payload: Digest::ZERO,
        };
        let payload = Payload {
            v: 1,
            author: "A".into(),
            occurred_on: START.saturating_add(n.days()),
            audience: Audience::Private,
            purpose: Purpose::Development,
            fact,
            corrects: None,
            salt: Salt([0; 16]),
        };
        self.0.push(Entry { link, payload });
        id
    }

    fn show(&mut self, what: Happening, rung: usize, backed: bool, against: bool) -> EntryId {
        let link = Artefact::Link {
            url: "https://example.org".into(),
            checked_on: None,
        };
        let evidence = Evidence {
            title: "E".into(),
            story: String::new(),
            hours: None,
            artefacts: if backed { vec![link] } else { vec![] },
            confidential: false,
            redacted: String::new(),
            what,
        };
        let id = self.add(Fact::Evidence(Box::new(evidence)));
        let stance = if against {
            Stance::Contradicts
        } else {
            Stance::Supports
        };
        self.add(Fact::Claim(Claim {
            evidence: id,
            about: ClaimAbout::Step(step(rung)),
            stance,
        }));
        id
    }

    fn tell(&mut self, told: &Told) {
        match *told {
            Told::Attempts { attempts, clean } => {
                let what = Happening::Attempts {
                    attempts,
                    clean,
                    aided: 0,
                    guide: String::new(),
                    minutes: None,
                };
                self.show(what, 1, false, false);
            }
            Told::Shown {
                kind,
                rung,
                backed,
                against,
            } => {
                self.show(happening(kind), rung, backed, against);
            }
            Told::Word { rung } => {
                self.add(Fact::Confirmation(Confirmation {
                    of: Confirmed::Step(step(rung)),
                    by: "M".into(),
                    role: Role::Manager,
                    words: String::new(),
                    arrival: Arrival::Relayed,
                    answer: None,
                }));
            }
            Told::Rated { rung, role, who } => {
                let roles = [
                    Role::Oneself,
                    Role::Manager,
                    Role::Peer,
                    Role::Client,
                    Role::Mentor,
                ];
                self.add(Fact::Rating(Rating {
                    family: "f".parse().unwrap(),
                    version: Digest::ZERO,
                    competency: "c".parse().unwrap(),
                    rung: rung.map(|r| step(r).rung),
                    role: roles[role],
                    rater: format!("R{who}"),
                    reason: String::new(),
                    evidence: vec![],
                    arrival: Arrival::Relayed,
                    answer: None,
                }));
            }
        }
    }

    fn of(tellings: &[Told]) -> Self {
        let mut telling = Self::default();
        for told in tellings {
            telling.tell(told);
        }
        telling
    }
}

fn ask(entries: &[Entry], at: Date, known_at: Timestamp, without: &HashSet<EntryId>) -> Standing {
    let framework = framework();
    let target = Target::level(&framework, &"l".parse().unwrap());
    let question = Question {
        framework: &framework,
        version: Digest::ZERO,
        target: target.as_ref(),
        policy: &Policy::version_1(),
        calibration: None,
        at,
        known_at,
        without,
    };
    standing(entries, &question).unwrap()
}

fn now(telling: &Telling) -> Standing {
    ask(&telling.0, date(2026, 12, 31), Timestamp::MAX, &HashSet::new())
}

fn json(standing: &Standing) -> String {
    serde_json::to_string(standing).unwrap()
}

fn rank(rung: Option<&RungId>) -> usize {
    rung.map_or(0, |id| 1 + RUNGS.iter().position(|r| *r == id.as_str()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_entries_are_handed_in_changes_nothing(
        told in prop::collection::vec(told(), 0..40),
    ) {
        let telling = Telling::of(&told);
        let mut reversed = telling.clone();
        reversed.0.reverse();
        prop_assert_eq!(json(&now(&telling)), json(&now(&reversed)));
    }

    #[test]
    fn the_posterior_is_one_and_falls_with_the_rungs(told in prop::collection::vec(told(), 0..40)) {
        let standing = now(&Telling::of(&told));
        let c = &standing.competencies[0];
        let mass: f64 = c.probably.mass.iter().map(|m| m.get()).sum();
        prop_assert!((mass - 1.0).abs() < 1e-6, "{}", mass);
        prop_assert!(c.probably.held.get() >= 0.8 - 1e-9);
        for pair in c.rungs.windows(2) {
            prop_assert!(pair[0].probability.get() >= pair[1].probability.get() - 1e-9);
        }
    }

    #[test]
    fn what_was_recorded_later_is_not_known_earlier(
        told in prop::collection::vec(told(), 1..30),
        later in prop::collection::vec(told(), 1..10),
    ) {
        let mut telling = Telling::of(&told);
        let known_at = telling.0.last().unwrap().link.recorded_at;
        let at = date(2026, 12, 31);
        let before = ask(&telling.0, at, known_at, &HashSet::new());
        for told in &later {
            telling.tell(told);
        }
        prop_assert_eq!(json(&before), json(&ask(&telling.0, at, known_at, &HashSet::new())));
    }

    #[test]
    fn proven_is_not_undone_by_more_that_supports_it(
        told in prop::collection::vec(told(), 0..40),
        kind in 0_u8..5, rung in 0_usize..8, backed in any::<bool>(), role in 0_usize..5, rated in 0_usize..8,
    ) {
        let mut telling = Telling::of(&told);
        let before = now(&telling);
        telling.tell(&Told::Shown { kind, rung, backed, against: false });
        telling.tell(&Told::Word { rung });
        telling.tell(&Told::Rated { rung: Some(rated), role, who: 9 });
        let after = now(&telling);
        for (b, a) in before.competencies[0].rungs.iter().zip(&after.competencies[0].rungs) {
            if matches!(b.state, State::Proven | State::RefresherDue) {
                prop_assert!(matches!(a.state, State::Proven), "{:?}: {:?} -> {:?}", b.rung, b.state, a.state);
                prop_assert!(a.grade >= b.grade, "{:?}", b.rung);
                prop_assert!(b.proven_at.is_none() || a.proven_at == b.proven_at);
            }
        }
        prop_assert!(
            rank(after.competencies[0].proven.as_ref()) >= rank(before.competencies[0].proven.as_ref())
        );
    }

    #[test]
    fn age_never_lowers_what_is_proven(told in prop::collection::vec(told(), 0..40), years in 1_i16..9) {
        let telling = Telling::of(&told);
        let later = ask(&telling.0, date(2026 + years, 12, 31), Timestamp::MAX, &HashSet::new());
        let (now, later) = (now(&telling), later);
        prop_assert_eq!(&now.competencies[0].proven, &later.competencies[0].proven);
    }

    #[test]
    fn taking_evidence_back_is_as_if_it_had_never_been_told(
        told in prop::collection::vec(told(), 0..30),
        kind in 0_u8..5, rung in 0_usize..8, backed in any::<bool>(), against in any::<bool>(),
    ) {
        let mut telling = Telling::of(&told);
        let id = telling.show(happening(kind), rung, backed, against);
        let without = ask(&telling.0, date(2026, 12, 31), Timestamp::MAX, &HashSet::from([id]));
        telling.add(Fact::Withdrawal(Withdrawal { reason: String::new() }));
        telling.0.last_mut().unwrap().payload.corrects = Some(id);
        let after = now(&telling);
        prop_assert_eq!(
            serde_json::to_string(&without.competencies).unwrap(),
            serde_json::to_string(&after.competencies).unwrap()
        );
    }

    #[test]
    fn yes_means_that_every_step_asked_for_is_proven(told in prop::collection::vec(told(), 0..60)) {
        let standing = now(&Telling::of(&told));
        let c = &standing.competencies[0];
        let all = c.rungs[..4].iter().all(|r| r.state == State::Proven);
        prop_assert_eq!(c.verdict == Verdict::Yes, all);
        if let Verdict::NotYet { missing } | Verdict::CannotTell { missing, .. } = &c.verdict {
            prop_assert!(!missing.is_empty(), "something must be said to be missing: {:?}", c.verdict);
        }
    }
}
