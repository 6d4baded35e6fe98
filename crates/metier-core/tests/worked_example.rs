//! The worked example of the model: a content marketer's one competency, from entries to answers.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::canonical::Digest;
use metier_core::evidence::{
    Artefact, Claim, ClaimAbout, Confirmation, Confirmed, Evidence, Happening, Learner, Stance, Step,
};
use metier_core::framework::{Framework, check};
use metier_core::id::{ChainId, EntryId, JournalId, RungId};
use metier_core::journal::{Arrival, Draft, Entry, Fact, LIMITS, Place, Salt};
use metier_core::next_step::next;
use metier_core::policy::Policy;
use metier_core::rating::{Rating, Role};
use metier_core::standing::{
    Grade, Missing, Question, Reason, Standing, State, TargetVerdict, Verdict, standing,
};
use metier_core::target::Target;
use uuid::Uuid;

fn framework() -> Framework {
    let framework: Framework = serde_json::from_value(serde_json::json!({
        "family": "content-marketing",
        "version": "1",
        "title": "Content marketing",
        "practices": [{"id": "write", "name": "Write"}],
        "competencies": [{
            "id": "publish-an-article", "practice": "write",
            "name": "Publish an article to house standard", "frequency": "weekly", "minutes": 60,
        }],
        "levels": [{
            "id": "senior", "name": "Senior",
            "expectations": [{"competency": "publish-an-article", "rung": "leads"}],
        }],
        "activities": [{
            "id": "larger-series", "name": "Run a larger series with others", "kind": "stretch_assignment",
            "hours": {"low": 30, "likely": 40, "high": 60},
            "shows": [{"competency": "publish-an-article", "rung": "leads"}],
        }],
    }))
    .unwrap();
    assert_eq!(check(&framework), []);
    framework
}

/// A journal written one entry after another, a minute apart.
struct Writer {
    entries: Vec<Entry>,
    previous: Digest,
    at: Timestamp,
}

impl Writer {
    fn new() -> Self {
        Self {
            entries: Vec::new(),
            previous: Digest::ZERO,
            at: "2026-06-01T08:00:00Z".parse().unwrap(),
        }
    }

    fn write(&mut self, on: Date, fact: Fact) -> EntryId {
        let sequence = self.entries.len() as u64 + 1;
        self.at = self.at.checked_add(jiff::SignedDuration::from_mins(1)).unwrap();
        let place = Place {
            id: EntryId(Uuid::from_u128(u128::from(sequence))),
            journal: JournalId(Uuid::from_u128(1)),
            chain: ChainId(Uuid::from_u128(2)),
            sequence,
            previous: self.previous,
            recorded_at: self.at,
            salt: Salt([7; 16]),
        };
        let sealed = Draft::new("Ada", on, fact).record(&place, &LIMITS).unwrap();
        self.previous = sealed.digest;
        self.entries.push(sealed.open().unwrap().unwrap());
        place.id
    }

    fn claim(&mut self, on: Date, evidence: EntryId, rung: &str, stance: Stance) {
        self.write(
            on,
            Fact::Claim(Claim {
                evidence,
                about: ClaimAbout::Step(step(rung)),
                stance,
            }),
        );
    }

    fn attempts(&mut self, on: Date, attempts: u32, clean: u32) -> EntryId {
        let what = Happening::Attempts {
            attempts,
            clean,
            aided: 0,
            guide: String::new(),
            minutes: None,
        };
        let id = self.write(on, Fact::Evidence(Box::new(evidence("Articles", what))));
        self.claim(on, id, "reliable", Stance::Supports);
        id
    }

    fn rate(&mut self, role: Role, rater: &str, rung: &str) {
        self.write(
            date(2026, 5, 20),
            Fact::Rating(Rating {
                family: "content-marketing".parse().unwrap(),
                version: framework().digest().unwrap(),
                competency: "publish-an-article".parse().unwrap(),
                rung: Some(rung.parse().unwrap()),
                role,
                rater: rater.into(),
                reason: String::new(),
                evidence: vec![],
                arrival: Arrival::Relayed,
                answer: None,
            }),
        );
    }

    fn confirm(&mut self, of: Confirmed, by: &str, role: Role) {
        let confirmation = Confirmation {
            of,
            by: by.into(),
            role,
            words: String::new(),
            arrival: Arrival::Relayed,
            answer: None,
        };
        self.write(date(2026, 5, 21), Fact::Confirmation(confirmation));
    }

    fn standing(&self, at: Date) -> Standing {
        self.standing_without(at, &HashSet::new())
    }

    fn standing_without(&self, at: Date, without: &HashSet<EntryId>) -> Standing {
        let framework = framework();
        let target = Target::level(&framework, &"senior".parse().unwrap());
        let question = Question {
            framework: &framework,
            version: framework.digest().unwrap(),
            target: target.as_ref(),
            policy: &Policy::version_1(),
            calibration: None,
            at,
            known_at: "2027-12-01T00:00:00Z".parse().unwrap(),
            without,
        };
        standing(&self.entries, &question).unwrap()
    }
}

fn step(rung: &str) -> Step {
    Step {
        family: "content-marketing".parse().unwrap(),
        competency: "publish-an-article".parse().unwrap(),
        rung: rung.parse().unwrap(),
    }
}

fn evidence(title: &str, what: Happening) -> Evidence {
    Evidence {
        title: title.into(),
        story: String::new(),
        hours: None,
        artefacts: vec![],
        confidential: false,
        redacted: String::new(),
        what,
    }
}

/// As a standing names it.
#[allow(clippy::unnecessary_wraps)]
fn rung(name: &str) -> Option<RungId> {
    Some(name.parse().unwrap())
}

/// The example as the model tells it; returns the teaching entry too.
fn example() -> (Writer, EntryId) {
    let mut writer = Writer::new();
    for day in 0..12 {
        let clean = if day < 6 { 3 } else { 2 };
        writer.attempts(date(2026, 5, 1 + day), clean, clean);
    }
    let learner = |name: &str, unaided| Learner {
        name: name.into(),
        can_now: String::new(),
        unaided,
    };
    let what = Happening::Teaching {
        learners: vec![learner("Bo", true), learner("Cy", false)],
    };
    let teaching = writer.write(
        date(2026, 5, 15),
        Fact::Evidence(Box::new(evidence("Coached two", what))),
    );
    writer.claim(date(2026, 5, 15), teaching, "teaches", Stance::Supports);
    writer.confirm(Confirmed::Step(step("follows")), "Ed", Role::Manager);
    writer.rate(Role::Oneself, "Ada", "teaches");
    writer.rate(Role::Manager, "Mo", "reliable");
    writer.rate(Role::Peer, "P1", "delivers");
    writer.rate(Role::Peer, "P2", "delivers");
    writer.rate(Role::Peer, "P3", "reliable");
    (writer, teaching)
}

#[test]
fn the_page_can_say_what_the_model_says() {
    let (writer, teaching) = example();
    let standing = writer.standing(date(2026, 6, 1));
    let c = &standing.competencies[0];

    assert_eq!(c.proven, rung("follows"));
    assert_eq!(c.grade, Some(Grade::Confirmed));

    let reliable = &c.rungs[1];
    assert_eq!(reliable.state, State::Likely);
    let Reason::Attempts {
        attempts,
        errors,
        days,
        claim,
        ..
    } = &reliable.reasons[0]
    else {
        panic!("{:?}", reliable.reasons)
    };
    assert_eq!((*attempts, *errors, *days), (30, 0, 12));
    assert!((claim.get() - 0.8816).abs() < 5e-5, "{claim:?}");
    let Missing::CleanAttempts { more, others, .. } = &reliable.missing[0] else {
        panic!("{:?}", reliable.missing)
    };
    assert_eq!(*more, 6);
    let others: Vec<(String, u64)> = others
        .iter()
        .map(|(t, n)| (format!("{:.2}", t.get()), *n))
        .collect();
    assert_eq!(others, [("0.95".to_owned(), 44), ("0.99".to_owned(), 347)]);

    let teaches = &c.rungs[3];
    assert_eq!(teaches.state, State::Likely);
    assert!(
        matches!(&teaches.missing[..], [Missing::Backing { evidence, .. }] if *evidence == teaching),
        "{:?}",
        teaches.missing
    );

    // From the ratings alone: rungs 2 to 4, most likely 3.
    let from: Vec<f64> = c.probably.from_ratings.iter().map(|n| n.get()).collect();
    let at_least = |k: usize| from[k..].iter().sum::<f64>();
    for (k, p) in [(2, 0.906_117_334), (3, 0.645_090_288), (4, 0.283_790_907)] {
        // The vector sums the indicator on a grid of step 5.2e-4, so half a step times the density
        // (about 0.6) lies between it and the integral.
        assert!((at_least(k) - p).abs() < 1.6e-4, "{k}: {}", at_least(k));
    }
    assert_eq!(
        (c.probably.low.clone(), c.probably.most.clone()),
        (rung("reliable"), rung("delivers"))
    );

    assert_eq!(c.apart.as_ref().unwrap().self_and_manager, Some(2));
    let apart = c.apart.as_ref().unwrap();
    assert_eq!(
        (apart.steps, apart.average.get().to_string().as_str()),
        (2, "0.6")
    );
    assert_eq!((apart.lowest.len(), apart.highest.len()), (2, 1));

    let Verdict::NotYet { missing } = &c.verdict else {
        panic!("{:?}", c.verdict)
    };
    let what: Vec<&str> = missing.iter().map(|m| m.rung.as_str()).collect();
    assert_eq!(what, ["reliable", "teaches", "leads"]);
    assert!(matches!(
        missing[2].what,
        Missing::Examples {
            more: 1,
            leading_others: true,
            ..
        }
    ));
    assert_eq!(standing.target.as_ref().unwrap().verdict, TargetVerdict::NotYet);

    // Today: ask the one she taught.
    let step = next(&standing, &framework()).unwrap().step;
    assert_eq!(step.what.evidence(), Some(teaching));
}

#[test]
fn six_more_clean_ones_prove_it_on_her_own_record_and_it_sticks() {
    let (mut writer, _) = example();
    writer.attempts(date(2026, 5, 28), 6, 6);
    let c = &writer.standing(date(2026, 6, 1)).competencies[0];
    assert_eq!(c.rungs[1].state, State::Proven);
    assert_eq!(c.rungs[1].grade, Some(Grade::OwnRecord));
    assert_eq!(c.proven, rung("reliable"));

    // One error afterwards neither disproves it nor raises an alarm; it stays proven at that date.
    writer.attempts(date(2026, 5, 29), 1, 0);
    assert_eq!(
        writer.standing(date(2026, 6, 1)).competencies[0].rungs[1].state,
        State::Proven
    );

    // A run of errors does.
    writer.attempts(date(2026, 5, 30), 5, 0);
    let c = &writer.standing(date(2026, 6, 1)).competencies[0];
    assert_eq!(c.rungs[1].state, State::Disputed);
    assert!(matches!(c.rungs[1].reasons[0], Reason::Drift { .. }));
    assert!(matches!(c.verdict, Verdict::CannotTell { .. }));

    // As many clean ones as a first proof takes answer it; what came before does not count again.
    writer.at = "2026-07-01T08:00:00Z".parse().unwrap();
    for day in 0..12 {
        writer.attempts(date(2026, 6, 2 + day), 3, 3);
        let now = writer.standing(date(2026, 6, 20)).competencies[0].rungs[1].state;
        assert_eq!(now, if day < 11 { State::Disputed } else { State::Proven });
    }
}

#[test]
fn a_lone_user_proves_every_rung_with_an_artefact() {
    let mut writer = Writer::new();
    for day in 0..12 {
        writer.attempts(date(2026, 5, 1 + day), 3, 3);
    }
    let shown = |what: Happening| {
        let mut evidence = evidence("Shown", what);
        evidence.artefacts = vec![Artefact::Link {
            url: "https://example.org/a".into(),
            checked_on: None,
        }];
        Fact::Evidence(Box::new(evidence))
    };
    let project = |led| Happening::Project {
        tasks: String::new(),
        deadline: None,
        goal: String::new(),
        met: Some(true),
        people_led: led,
    };
    let talk = || Happening::Communication {
        form: "talk".into(),
        audience: "readers".into(),
        reach: None,
    };
    let incident = || Happening::Incident {
        diagnosed: "a wrong link".into(),
        reached: "the editor".into(),
        outcome: String::new(),
    };
    let learner = Learner {
        name: "Bo".into(),
        can_now: String::new(),
        unaided: true,
    };
    for (rung, what) in [
        ("delivers", project(0)),
        ("delivers", project(0)),
        (
            "teaches",
            Happening::Teaching {
                learners: vec![learner],
            },
        ),
        ("leads", project(3)),
        ("communicates", talk()),
        ("communicates", talk()),
        ("troubleshoots", incident()),
        ("troubleshoots", incident()),
        (
            "owns",
            Happening::Ownership {
                role: Some(metier_core::evidence::Rasci::Accountable),
                objective: "Blog".into(),
                until: None,
            },
        ),
    ] {
        let id = writer.write(date(2026, 5, 20), shown(what));
        writer.claim(date(2026, 5, 20), id, rung, Stance::Supports);
    }
    let standing = writer.standing(date(2026, 6, 1));
    let c = &standing.competencies[0];
    let states: Vec<State> = c.rungs.iter().map(|r| r.state).collect();
    assert_eq!(states, [State::Proven; 8]);
    assert!(c.rungs.iter().all(|r| r.grade == Some(Grade::OwnRecord)));
    assert_eq!(c.verdict, Verdict::Yes);
    assert_eq!(standing.target.unwrap().verdict, TargetVerdict::Yes);
}

#[test]
fn unknown_is_not_zero() {
    let c = &Writer::new().standing(date(2026, 6, 1)).competencies[0];
    assert!(c.blank());
    assert!(matches!(&c.verdict, Verdict::CannotTell { because, .. } if because == &[Reason::NothingKnown]));
    assert!(c.probably.held.get() >= 0.8);
}

#[test]
fn age_makes_a_refresher_due_and_lowers_nothing() {
    let mut writer = Writer::new();
    for day in 0..12 {
        writer.attempts(date(2026, 5, 1 + day), 3, 3);
    }
    let later = writer.standing(date(2027, 8, 1));
    let c = &later.competencies[0];
    assert_eq!(c.rungs[1].state, State::RefresherDue);
    assert_eq!(c.rungs[1].missing, [Missing::Use]);
    assert_eq!(c.proven, rung("reliable"), "age never lowers a rung");

    // The clock stands still on leave.
    writer.at = "2027-06-01T08:00:00Z".parse().unwrap();
    writer.write(
        date(2027, 5, 30),
        Fact::Leave(metier_core::person::Leave {
            from: date(2026, 7, 1),
            until: Some(date(2027, 5, 31)),
        }),
    );
    assert_eq!(
        writer.standing(date(2027, 8, 1)).competencies[0].rungs[1].state,
        State::Proven
    );
}

#[test]
fn a_contradiction_after_the_proof_disputes_it_and_fresh_proof_answers() {
    let mut writer = Writer::new();
    for day in 0..12 {
        writer.attempts(date(2026, 5, 1 + day), 3, 3);
    }
    let what = Happening::Accomplishment {
        scope: String::new(),
        responsibility: String::new(),
        result: "sent back".into(),
        impact: String::new(),
        significance: String::new(),
        difficulty: String::new(),
        recognised: String::new(),
        accepted: Some(false),
    };
    let id = writer.write(
        date(2026, 5, 20),
        Fact::Evidence(Box::new(evidence("Sent back", what))),
    );
    writer.claim(date(2026, 5, 20), id, "reliable", Stance::Contradicts);
    let state = |w: &Writer| w.standing(date(2026, 6, 1)).competencies[0].rungs[1].state;
    assert_eq!(state(&writer), State::Disputed);
    for day in 0..12 {
        writer.attempts(date(2026, 5, 20 + (day % 12)), 3, 3);
    }
    assert_eq!(state(&writer), State::Proven);
}

#[test]
fn what_nobody_said_counts_neither_way() {
    let project = |met| Happening::Project {
        tasks: String::new(),
        deadline: None,
        goal: String::new(),
        met,
        people_led: 0,
    };
    let told = |met: &[Option<bool>]| {
        let mut writer = Writer::new();
        for (day, met) in (1..).zip(met) {
            let mut what = evidence("Series", project(*met));
            what.artefacts = vec![Artefact::Link {
                url: "https://example.org/a".into(),
                checked_on: None,
            }];
            let id = writer.write(date(2026, 5, day), Fact::Evidence(Box::new(what)));
            writer.claim(date(2026, 5, day), id, "delivers", Stance::Supports);
        }
        let standing = writer.standing(date(2026, 6, 1));
        let rungs = &standing.competencies[0].rungs;
        rungs
            .iter()
            .find(|r| r.rung.as_str() == "delivers")
            .unwrap()
            .clone()
    };
    let met = told(&[Some(true)]);
    let unsaid = told(&[None]);
    let missed = told(&[Some(false)]);
    assert!(
        met.reasons
            .iter()
            .any(|r| matches!(r, Reason::Examples { counted: 1, .. }))
    );
    assert!(unsaid.reasons.iter().any(|r| matches!(r, Reason::NotSaid { .. })));
    assert!(
        !unsaid
            .reasons
            .iter()
            .any(|r| matches!(r, Reason::Examples { .. }))
    );
    assert!(!missed.reasons.iter().any(|r| matches!(r, Reason::NotSaid { .. })));
    assert_eq!(unsaid.probability, missed.probability, "neither raises anything");
    // Beside one that counts, it takes nothing away.
    assert_eq!(told(&[Some(true), None]).state, met.state);
}

#[test]
fn leaving_the_attempts_out_shows_what_they_carried() {
    let (writer, _) = example();
    let attempts: HashSet<EntryId> = writer
        .entries
        .iter()
        .filter(|e| matches!(&e.payload.fact, Fact::Evidence(e) if e.title == "Articles"))
        .map(|e| e.link.id)
        .collect();
    let with = writer.standing(date(2026, 6, 1)).competencies[0].rungs[1]
        .probability
        .get();
    let without = writer.standing_without(date(2026, 6, 1), &attempts).competencies[0].rungs[1]
        .probability
        .get();
    assert!(without < with, "{without} < {with}");
}
