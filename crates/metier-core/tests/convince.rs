//! What would convince: held to standings really derived after the observation, and to sums made another way.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::canonical::Digest;
use metier_core::evidence::{
    Artefact, Claim, ClaimAbout, Confirmation, Confirmed, Evidence, Happening, Rasci, Stance, Step,
};
use metier_core::framework::Framework;
use metier_core::id::{ChainId, EntryId, JournalId, RungId};
use metier_core::journal::{Arrival, Audience, Entry, Fact, Link, Payload, Purpose, Salt};
use metier_core::policy::Policy;
use metier_core::rating::{Rating, Role};
use metier_core::standing::{
    Backing, Convince, Observation, Question, Standing, State, Telling, convince, standing,
};
use metier_core::target::Target;
use metier_measure::range::shortest_run;
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

/// The day of the question; everything recorded lies before it.
const TODAY: Date = date(2026, 6, 30);

fn framework() -> Framework {
    serde_json::from_value(serde_json::json!({
        "family": "f", "version": "1", "title": "F",
        "practices": [{"id": "p", "name": "P"}],
        "competencies": [{"id": "c", "practice": "p", "name": "C"}],
        "levels": [{"id": "l", "name": "L", "expectations": [{"competency": "c", "rung": "leads"}]}],
    }))
    .unwrap()
}

fn rung(place: usize) -> RungId {
    RUNGS[place].parse().unwrap()
}

fn step(place: usize) -> Step {
    Step {
        family: "f".parse().unwrap(),
        competency: "c".parse().unwrap(),
        rung: rung(place),
    }
}

#[derive(Default, Clone)]
struct Journal(Vec<Entry>);

impl Journal {
    fn add(&mut self, on: Date, fact: Fact) -> EntryId {
        let n = self.0.len() + 1;
        let id = EntryId(Uuid::from_u128(u128::try_from(n).unwrap()));
        self.0.push(Entry {
            link: Link {
                id,
                journal: JournalId(Uuid::from_u128(1)),
                chain: ChainId(Uuid::from_u128(1)),
                sequence: u64::try_from(n).unwrap(),
                recorded_at: Timestamp::from_second(1_780_000_000 + i64::try_from(n).unwrap()).unwrap(),
                previous: Digest::ZERO,
                payload: Digest::ZERO,
            },
            payload: Payload {
                v: 1,
                author: "A".into(),
                occurred_on: on,
                audience: Audience::Private,
                purpose: Purpose::Development,
                fact,
                corrects: None,
                salt: Salt([0; 16]),
            },
        });
        id
    }

    fn rate(&mut self, on: Date, role: Role, rater: &str, category: usize) {
        self.add(
            on,
            Fact::Rating(Rating {
                family: "f".parse().unwrap(),
                version: Digest::ZERO,
                competency: "c".parse().unwrap(),
                rung: category.checked_sub(1).map(rung),
                role,
                rater: rater.into(),
                reason: String::new(),
                evidence: vec![],
                arrival: Arrival::Relayed,
                answer: None,
            }),
        );
    }

    fn show(&mut self, on: Date, place: usize, backed: bool, stance: Stance) -> EntryId {
        let what = match place {
            7 => Happening::Ownership {
                role: Some(Rasci::Accountable),
                objective: String::new(),
                until: None,
            },
            _ => Happening::Project {
                tasks: String::new(),
                deadline: None,
                goal: String::new(),
                met: Some(true),
                people_led: 0,
            },
        };
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
        let id = self.add(on, Fact::Evidence(Box::new(evidence)));
        self.add(
            on,
            Fact::Claim(Claim {
                evidence: id,
                about: ClaimAbout::Step(step(place)),
                stance,
            }),
        );
        id
    }

    fn confirm(&mut self, on: Date, evidence: EntryId, by: &str) {
        self.add(
            on,
            Fact::Confirmation(Confirmation {
                of: Confirmed::Evidence(evidence),
                by: by.into(),
                role: Role::Manager,
                words: String::new(),
                arrival: Arrival::Relayed,
                answer: None,
            }),
        );
    }

    fn ask<T>(&self, of: impl FnOnce(&[Entry], &Question<'_>) -> T) -> T {
        let (framework, policy, nothing) = (framework(), Policy::version_1(), HashSet::new());
        let target = Target::level(&framework, &"l".parse().unwrap());
        of(
            &self.0,
            &Question {
                framework: &framework,
                version: Digest::ZERO,
                target: target.as_ref(),
                policy: &policy,
                calibration: None,
                at: TODAY,
                known_at: Timestamp::MAX,
                without: &nothing,
            },
        )
    }

    fn standing(&self) -> Standing {
        self.ask(|entries, question| standing(entries, question).unwrap())
    }

    fn convince(&self, about: Option<usize>) -> Convince {
        let (c, about) = ("c".parse().unwrap(), about.map(rung));
        self.ask(|entries, question| convince(entries, question, &c, about.as_ref()).unwrap().unwrap())
    }
}

/// The ratings of the model's worked example, and an older project.
fn told() -> Journal {
    let mut telling = Journal::default();
    let may = date(2026, 5, 20);
    telling.rate(may, Role::Oneself, "Ada", 4);
    telling.rate(may, Role::Manager, "Mo", 2);
    for (peer, category) in [("P1", 3), ("P2", 3), ("P3", 2)] {
        telling.rate(may, Role::Peer, peer, category);
    }
    telling.show(date(2025, 12, 1), 2, false, Stance::Supports);
    telling
}

fn mass(telling: &Journal) -> Vec<f64> {
    let standing = telling.standing();
    standing.competencies[0]
        .probably
        .mass
        .iter()
        .map(|m| m.get())
        .collect()
}

fn length(mass: &[f64]) -> f64 {
    let run = shortest_run(mass, 0.8).unwrap();
    f64::from(u32::try_from(run.hi - run.lo + 1).unwrap())
}

/// P(a rater of this leniency says category, place is category), by plain sums over a fine grid.
fn joint(said: &[(usize, f64, f64)], leniency: (f64, f64)) -> [[f64; 9]; 9] {
    let tau = |k: usize| match k {
        0 => f64::NEG_INFINITY,
        9 => f64::INFINITY,
        k => -2.1 + 0.6 * f64::from(u32::try_from(k - 1).unwrap()),
    };
    let logistic = |v: f64| 1.0 / (1.0 + (-v).exp());
    let chance = |category: usize, theta: f64, (mean, sd): (f64, f64)| {
        let (mut sum, mut whole) = (0.0, 0.0);
        for i in -60..=60 {
            let z = f64::from(i) / 10.0;
            let weight = (-0.5 * z * z).exp();
            let v = theta + mean + sd * z;
            sum += weight * (logistic(tau(category + 1) - v) - logistic(tau(category) - v));
            whole += weight;
        }
        sum / whole
    };
    let mut joint = [[0.0; 9]; 9];
    for place in 0..9 {
        // 200 points in each interval between thresholds, as far as 8 standard deviations.
        let (from, to) = (tau(place).max(-10.4), tau(place + 1).min(10.4));
        for i in 0..200 {
            let theta = from + (to - from) * (f64::from(i) + 0.5) / 200.0;
            let prior = (-0.5 * (theta / 1.3_f64).powi(2)).exp() * (to - from);
            let likelihood: f64 = said
                .iter()
                .map(|&(y, mean, sd)| chance(y, theta, (mean, sd)))
                .product();
            for (says, row) in joint.iter_mut().enumerate() {
                row[place] += prior * likelihood * chance(says, theta, leniency);
            }
        }
    }
    joint
}

#[test]
fn a_further_word_leaves_what_a_sum_over_all_words_says() {
    let telling = told();
    // What the target asks for is as good as answered; "teaches" is the least certain.
    assert_eq!(telling.convince(None).question, rung(3));
    let found = telling.convince(Some(4));
    // As docs/method/standing.md tells it.
    let best: Vec<String> = found
        .best
        .iter()
        .map(|t| format!("{:.2}", t.range.get()))
        .collect();
    assert_eq!(best[..2], ["2.26", "2.44"]);
    let now = telling.standing();
    let now = &now.competencies[0];
    assert!((found.range.get() - length(&mass(&telling))).abs() < 1e-12);
    assert_eq!(found.probability, now.rungs[4].probability);

    let said = [
        (4, 0.6, 0.7),
        (2, -0.3, 0.5),
        (3, 0.15, 0.6),
        (3, 0.15, 0.6),
        (2, 0.15, 0.6),
    ];
    for (role, another, leniency) in [
        (Role::Mentor, false, (0.0, 0.5)),
        (Role::Client, false, (0.15, 0.6)),
        (Role::Peer, true, (0.15, 0.6)),
    ] {
        let mut joint = joint(&said, leniency);
        let items = now.probably.mass.iter().zip(&now.probably.from_ratings);
        let tilt: Vec<f64> = items.map(|(after, before)| after.get() / before.get()).collect();
        for row in &mut joint {
            row.iter_mut().zip(&tilt).for_each(|(p, t)| *p *= t);
        }
        let whole: f64 = joint.iter().flatten().sum();
        let (mut range, mut settles) = (0.0, 0.0);
        for row in &joint {
            let chance: f64 = row.iter().sum();
            let after: Vec<f64> = row.iter().map(|p| p / chance).collect();
            range += chance / whole * length(&after);
            let yes: f64 = after[5..].iter().sum();
            settles += if (0.2..=0.8).contains(&yes) {
                0.0
            } else {
                chance / whole
            };
        }
        let telling = of_word(&found, role).unwrap();
        assert_eq!(telling.what, Observation::Word { role, another });
        assert!(
            (telling.range.get() - range).abs() < 2e-3,
            "{role:?} {telling:?} {range}"
        );
        assert!(
            (telling.settles.get() - settles).abs() < 2e-3,
            "{role:?} {telling:?} {settles}"
        );
    }
    assert!(
        of_word(&found, Role::Manager).is_none(),
        "there is one manager, and they spoke"
    );
}

fn of_word(found: &Convince, wanted: Role) -> Option<&Telling> {
    found
        .words
        .iter()
        .find(|t| matches!(t.what, Observation::Word { role, .. } if role == wanted))
}

#[test]
fn after_the_example_the_standing_says_what_was_said_before() {
    let telling = told();
    for about in [1, 3, 4] {
        let found = telling.convince(Some(about));
        let own = found.on_your_own.clone();
        let mut checked = 0;
        for candidate in found.best.iter().chain(own.as_ref()) {
            let Observation::Example {
                rung: id, backing, ..
            } = &candidate.what
            else {
                continue;
            };
            let place = RUNGS.iter().position(|r| *r == id.as_str()).unwrap();
            let mut after = telling.clone();
            let id = after.show(TODAY, place, *backing == Backing::Artefact, Stance::Supports);
            if *backing == Backing::Confirmed {
                after.confirm(TODAY, id, "Newcomer");
            }
            let yes = after.standing().competencies[0].rungs[about].probability;
            let then = candidate.then.unwrap();
            assert!((then.get() - yes.get()).abs() < 1e-8, "{candidate:?}: {yes:?}");
            checked += 1;
        }
        assert!(checked > 0, "{found:?}");
    }
}

#[test]
fn nothing_known_asks_for_a_word_or_an_example() {
    let found = Journal::default().convince(None);
    assert!(found.range.get() > 5.0, "{found:?}");
    assert_eq!(found.best.len(), 3);
    assert!(found.on_your_own.is_some());
    assert!(found.best[0].range.get() < found.range.get());
}

#[test]
fn no_such_rung_or_competency_is_no_answer() {
    let telling = told();
    let (c, other) = ("c".parse().unwrap(), "other".parse().unwrap());
    let nowhere: RungId = "nowhere".parse().unwrap();
    telling.ask(|entries, question| {
        assert!(convince(entries, question, &other, None).unwrap().is_none());
        assert!(convince(entries, question, &c, Some(&nowhere)).unwrap().is_none());
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn the_best_come_first_and_all_are_better_than_nothing(
        ratings in prop::collection::vec((0..5_usize, 0..9_usize), 0..6),
        shown in prop::collection::vec((2..8_usize, any::<bool>(), prop::bool::weighted(0.2)), 0..5),
        about in 0..8_usize,
    ) {
        let mut telling = Journal::default();
        let roles = [Role::Oneself, Role::Manager, Role::Peer, Role::Client, Role::Mentor];
        for (n, (role, category)) in ratings.into_iter().enumerate() {
            telling.rate(date(2026, 1, 5), roles[role], &format!("R{n}"), category);
        }
        for (place, backed, against) in shown {
            let stance = if against { Stance::Contradicts } else { Stance::Supports };
            telling.show(date(2026, 2, 5), place, backed, stance);
        }
        let found = telling.convince(Some(about));
        for pair in found.best.windows(2) {
            prop_assert!(pair[0].range.get() <= pair[1].range.get() + 1e-8);
        }
        let standing = telling.standing();
        for t in found.best.iter().chain(&found.on_your_own) {
            prop_assert!(t.range.get() <= found.range.get() + 1e-8);
            prop_assert!((0.0..=1.0 + 1e-9).contains(&t.settles.get()));
            if let Observation::Example { rung, .. } = &t.what {
                let state = standing.competencies[0].rung(rung).unwrap().state;
                prop_assert!(state != State::Proven || standing.competencies[0].rung(rung).unwrap().proven_at.is_none());
            }
        }
        let middle = (0.2..=0.8).contains(&found.probability.get());
        prop_assert_eq!(found.settled, !middle);
    }
}
