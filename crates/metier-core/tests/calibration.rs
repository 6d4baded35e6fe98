//! Estimates of raters' leniency over an organisation, and standings asked with them.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::calibration::{Calibration, InUse, LEAST_LINKED, Origin, Unfit, Word, calibrate, words};
use metier_core::canonical::{Digest, digest_of};
use metier_core::framework::Framework;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Arrival, Audience, Entry, Fact, Link, Payload, Purpose, Salt};
use metier_core::policy::Policy;
use metier_core::rating::{Rating, Role};
use metier_core::standing::{Number, Question, Standing, standing};
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

const MADE: Date = date(2026, 6, 30);

fn framework() -> Framework {
    let competencies: Vec<_> = (0..6)
        .map(|n| serde_json::json!({"id": format!("c{n}"), "practice": "p", "name": "C"}))
        .collect();
    serde_json::from_value(serde_json::json!({
        "family": "f", "version": "1", "title": "F",
        "practices": [{"id": "p", "name": "P"}],
        "competencies": competencies,
    }))
    .unwrap()
}

fn person(n: usize) -> JournalId {
    JournalId(Uuid::from_u128(u128::try_from(n).unwrap() + 1))
}

fn rating(competency: usize, role: Role, rater: &str, category: usize) -> Rating {
    Rating {
        family: "f".parse().unwrap(),
        version: Digest::ZERO,
        competency: format!("c{competency}").parse().unwrap(),
        rung: category.checked_sub(1).map(|r| RUNGS[r].parse().unwrap()),
        role,
        rater: rater.into(),
        reason: String::new(),
        evidence: vec![],
        arrival: Arrival::Relayed,
        answer: None,
    }
}

/// Numbers from 0 to 1 that are the same in every run (Knuth's multiplier).
struct Dice(u64);

impl Dice {
    #[allow(clippy::cast_precision_loss)]
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let (u, v) = (self.roll().max(1e-12), self.roll());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    /// A category by the model, at this place on the latent scale.
    fn say(&mut self, place: f64) -> usize {
        let u = self.roll();
        let below = |k: usize| {
            let tau = -2.1 + 0.6 * f64::from(u32::try_from(k).unwrap());
            1.0 / (1.0 + (place - tau).exp())
        };
        (0..8).take_while(|&k| u > below(k)).count()
    }
}

/// An organisation: 48 people and their competencies, each seen by their manager and two of twelve peers.
/// One peer is generous, one severe.
fn organisation() -> Vec<(JournalId, Rating)> {
    let mut dice = Dice(7);
    let mut said = Vec::new();
    let lenient = |peer: usize| match peer {
        0 => 1.6,
        1 => -1.6,
        _ => 0.1,
    };
    for p in 0..48 {
        let theta = 1.1 * dice.normal();
        for c in 0..6 {
            let place = theta + 0.6 * dice.normal();
            said.push((
                person(p),
                rating(c, Role::Manager, &format!("M{}", p % 5), dice.say(place - 0.3)),
            ));
            for peer in [p % 12, (p + 1 + p / 12) % 12] {
                let category = dice.say(place + lenient(peer));
                said.push((person(p), rating(c, Role::Peer, &format!("P{peer}"), category)));
            }
        }
    }
    // One peer spoke three times only; one rater shares nothing with anybody.
    for c in 0..3 {
        said.push((person(0), rating(c, Role::Peer, "New", 3)));
    }
    said.push((person(99), rating(0, Role::Client, "Far", 3)));
    // Everybody's own view, and two people of one name.
    for p in 0..12 {
        for c in 0..6 {
            let name = if p < 2 { "Sam".to_owned() } else { format!("S{p}") };
            said.push((person(p), rating(c, Role::Oneself, &name, dice.say(0.6))));
        }
    }
    said
}

fn at(n: usize) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + i64::try_from(n).unwrap()).unwrap()
}

fn said(organisation: &[(JournalId, Rating)]) -> Vec<Word<'_>> {
    organisation
        .iter()
        .enumerate()
        .map(|(n, (person, rating))| Word {
            person: *person,
            recorded_at: at(n),
            rating,
        })
        .collect()
}

fn policy() -> (Policy, Digest) {
    let policy = Policy::version_1();
    let digest = digest_of(&policy).unwrap();
    (policy, digest)
}

fn made(words: &[Word<'_>]) -> Calibration {
    let (policy, digest) = policy();
    calibrate("Works", words, &framework(), (&policy, digest), MADE).unwrap()
}

fn ask(entries: &[Entry], calibration: Option<&Calibration>, policy: &Policy, on: Date) -> Standing {
    let framework = framework();
    let question = Question {
        framework: &framework,
        version: Digest::ZERO,
        target: None,
        policy,
        calibration: calibration.map(|calibration| InUse {
            calibration,
            digest: calibration.digest().unwrap(),
        }),
        at: on,
        known_at: Timestamp::MAX,
        without: &HashSet::new(),
    };
    standing(entries, &question).unwrap()
}

fn journal(ratings: Vec<Rating>) -> Vec<Entry> {
    let entry = |(n, rating): (usize, Rating)| Entry {
        link: Link {
            id: EntryId(Uuid::from_u128(u128::try_from(n).unwrap() + 1)),
            journal: person(0),
            chain: ChainId(Uuid::from_u128(1)),
            sequence: u64::try_from(n).unwrap() + 1,
            recorded_at: at(n),
            previous: Digest::ZERO,
            payload: Digest::ZERO,
        },
        payload: Payload {
            v: 1,
            author: "A".into(),
            occurred_on: date(2026, 6, 1),
            audience: Audience::Private,
            purpose: Purpose::Development,
            fact: Fact::Rating(rating),
            corrects: None,
            salt: Salt([0; 16]),
        },
    };
    ratings.into_iter().enumerate().map(entry).collect()
}

fn own<'c>(calibration: &'c Calibration, rater: &str) -> Option<&'c metier_core::calibration::RaterLeniency> {
    calibration.raters.iter().find(|r| r.rater == rater)
}

#[test]
fn finds_the_generous_and_the_severe_and_says_where_each_number_comes_from() {
    let organisation = organisation();
    let calibration = made(&said(&organisation));
    let (generous, severe) = (own(&calibration, "P0").unwrap(), own(&calibration, "P1").unwrap());
    assert!(generous.mean.get() > 0.8, "{generous:?}");
    assert!(severe.mean.get() < -0.8, "{severe:?}");
    assert!(generous.sd.get() < 0.6 && generous.ratings >= 30, "{generous:?}");
    assert_eq!(calibration.thresholds_from, Origin::Estimated);
    assert_eq!(calibration.people_from, Origin::Estimated);
    let role = |role| *calibration.roles.iter().find(|r| r.role == role).unwrap();
    assert_eq!(role(Role::Peer).mean_from, Origin::FixesTheScale);
    assert_eq!(role(Role::Manager).mean_from, Origin::Estimated);
    // The one client met nobody; no mentor spoke.
    assert!(matches!(
        role(Role::Client).mean_from,
        Origin::NotCompared { found: 0, .. }
    ));
    assert!((role(Role::Mentor).mean.get() - 0.0).abs() < 1e-12);
    assert_eq!(calibration.heard.people, 49);
    assert_eq!(
        usize::try_from(calibration.heard.ratings).unwrap(),
        organisation.len()
    );
}

#[test]
fn has_no_estimate_of_who_said_little_met_nobody_or_shares_a_name() {
    let organisation = organisation();
    let calibration = made(&said(&organisation));
    for nobody in ["New", "Far", "Sam", "S5"] {
        assert!(own(&calibration, nobody).is_none(), "{nobody}");
    }
    assert_eq!(
        (calibration.heard.not_linked, calibration.heard.ambiguous),
        (1, 2)
    );
    assert!(
        calibration
            .raters
            .iter()
            .all(|r| r.ratings as usize >= LEAST_LINKED)
    );
    let sorted = calibration.raters.is_sorted_by_key(|r| (r.role, r.rater.clone()));
    assert!(sorted);
}

#[test]
fn the_order_of_words_changes_nothing_and_the_document_keeps_every_bit() {
    let organisation = organisation();
    let words = said(&organisation);
    let calibration = made(&words);
    let mut shuffled = words.clone();
    shuffled.reverse();
    shuffled.swap(3, 200);
    assert_eq!(made(&shuffled).digest().unwrap(), calibration.digest().unwrap());
    let text = serde_json::to_string(&calibration).unwrap();
    let read: Calibration = serde_json::from_str(&text).unwrap();
    assert_eq!(read, calibration);
    assert_eq!(read.digest().unwrap(), calibration.digest().unwrap());
}

#[test]
fn of_several_words_the_last_counts() {
    let mut organisation = organisation();
    let (who, first) = organisation[0].clone();
    organisation.push((who, Rating { rung: None, ..first }));
    let twice = made(&said(&organisation));
    organisation[0] = organisation.pop().unwrap();
    assert_eq!(twice, made(&said(&organisation)));
}

#[test]
fn without_ratings_it_says_what_the_policy_says() {
    let calibration = made(&[]);
    let (policy, _) = policy();
    assert!(calibration.raters.is_empty());
    for role in &calibration.roles {
        let prior = policy.leniency_of(role.role);
        assert_eq!(
            (role.mean, role.sd),
            (Number::new(prior.mean), Number::new(prior.sd))
        );
        assert_ne!(role.sd_from, Origin::Estimated);
    }
    assert_eq!(calibration.prior_sd, Number::new(policy.prior_sd));
    let entries = journal(vec![
        rating(0, Role::Manager, "M", 3),
        rating(0, Role::Peer, "P", 5),
    ]);
    let with = ask(&entries, Some(&calibration), &policy, date(2026, 7, 1));
    let without = ask(&entries, None, &policy, date(2026, 7, 1));
    for (a, b) in with.competencies[0]
        .probably
        .mass
        .iter()
        .zip(&without.competencies[0].probably.mass)
    {
        assert!((a.get() - b.get()).abs() < 1e-8);
    }
}

#[test]
fn a_standing_allows_for_the_rater_and_says_so() {
    let organisation = organisation();
    let calibration = made(&said(&organisation));
    let (policy, _) = policy();
    let with = |rater: &str| {
        let entries = journal(vec![rating(0, Role::Peer, rater, 5)]);
        ask(&entries, Some(&calibration), &policy, date(2026, 7, 1))
    };
    let at_least_leads = |standing: &Standing| standing.competencies[0].rungs[4].probability.get();
    let (generous, severe, stranger) = (with("P0"), with("P1"), with("Nobody"));
    assert!(at_least_leads(&generous) < at_least_leads(&stranger) - 0.05);
    assert!(at_least_leads(&stranger) < at_least_leads(&severe) - 0.05);

    let allowed = generous.competencies[0].ratings[0].allowed.unwrap();
    assert_eq!(
        allowed.from_ratings,
        Some(own(&calibration, "P0").unwrap().ratings)
    );
    assert!(
        allowed.steps.get() > 1.0 && allowed.give_or_take.get() < 1.5,
        "{allowed:?}"
    );
    let of_role = stranger.competencies[0].ratings[0].allowed.unwrap();
    assert_eq!(of_role.from_ratings, None);
    // The same name in another role is somebody else's way of judging.
    let entries = journal(vec![rating(0, Role::Mentor, "P0", 5)]);
    let mentor = ask(&entries, Some(&calibration), &policy, date(2026, 7, 1));
    assert_eq!(
        mentor.competencies[0].ratings[0].allowed.unwrap().from_ratings,
        None
    );

    let used = generous.calibration.unwrap();
    assert_eq!((used.digest, used.unfit), (calibration.digest().unwrap(), None));
}

#[test]
fn one_that_does_not_fit_changes_nothing_and_the_standing_says_why() {
    let organisation = organisation();
    let calibration = made(&said(&organisation));
    let (policy, _) = policy();
    let entries = journal(vec![rating(0, Role::Peer, "P0", 5)]);
    let without = ask(&entries, None, &policy, date(2026, 7, 1));
    let later = Calibration {
        made_on: date(2026, 8, 1),
        ..calibration.clone()
    };
    let other_family = Calibration {
        family: "g".parse().unwrap(),
        ..calibration.clone()
    };
    let mut other_rungs = calibration.clone();
    other_rungs.rungs.pop();
    let other_policy = Calibration {
        policy: Digest::ZERO,
        ..calibration
    };
    for (unfit, why) in [
        (later, Unfit::MadeLater),
        (other_family, Unfit::OtherFamily),
        (other_rungs, Unfit::OtherRungs),
        (other_policy, Unfit::OtherPolicy),
    ] {
        let mut with = ask(&entries, Some(&unfit), &policy, date(2026, 7, 1));
        assert_eq!(with.calibration.take().unwrap().unfit, Some(why));
        assert_eq!(with, without);
    }
    let json = serde_json::to_string(&without).unwrap();
    assert!(!json.contains("calibration") && !json.contains("allowed"));
}

#[test]
fn words_are_those_that_stand_and_may_be_used() {
    let mut entries = journal(vec![rating(0, Role::Peer, "P", 5), rating(1, Role::Peer, "P", 5)]);
    entries[1].payload.purpose = Purpose::Administrative;
    let all = words(&entries, Timestamp::MAX, |_| true);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].person, person(0));
    let some = words(&entries, Timestamp::MAX, |p| p.purpose == Purpose::Administrative);
    assert_eq!(some.len(), 1);
    assert_eq!(words(&entries, at(0), |_| true).len(), 1);
    entries[1].payload.corrects = Some(entries[0].link.id);
    assert_eq!(words(&entries, Timestamp::MAX, |_| true).len(), 1);
}
