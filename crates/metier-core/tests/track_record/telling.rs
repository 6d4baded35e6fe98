//! A journal told a few days apart; nothing here looks at seals.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use metier_core::canonical::Digest;
use metier_core::evidence::{Artefact, Claim, ClaimAbout, Evidence, Happening, Stance, Step};
use metier_core::framework::Framework;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Arrival, Audience, Entry, Fact, Link, Payload, Purpose, Salt, Withdrawal};
use metier_core::person::{Leave, Position};
use metier_core::policy::Policy;
use metier_core::rating::{Dispute, Rating, Role};
use metier_core::track_record::{InForce, Past, TrackRecord, track_record};
use uuid::Uuid;

/// As many competencies as asked for, `c0` and so on, of one practice.
pub fn framework(competencies: usize) -> Framework {
    let competencies: Vec<_> = (0..competencies)
        .map(|n| serde_json::json!({"id": format!("c{n}"), "practice": "p", "name": "C"}))
        .collect();
    serde_json::from_value(serde_json::json!({
        "family": "f", "version": "1", "title": "F",
        "practices": [{"id": "p", "name": "P"}],
        "competencies": competencies,
        "levels": [],
    }))
    .unwrap()
}

pub fn step(competency: usize, rung: &str) -> Step {
    Step {
        family: "f".parse().unwrap(),
        competency: format!("c{competency}").parse().unwrap(),
        rung: rung.parse().unwrap(),
    }
}

pub fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The entries so far; each is recorded on the day it happened, at eight in the evening.
#[derive(Default, Clone)]
pub struct Telling(pub Vec<Entry>);

impl Telling {
    pub fn add(&mut self, on: Date, fact: Fact) -> EntryId {
        let sequence = u64::try_from(self.0.len()).unwrap() + 1;
        let id = EntryId(Uuid::from_u128(u128::from(sequence)));
        let noon = on.at(20, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        let seconds = i64::try_from(sequence % 3_000).unwrap();
        self.0.push(Entry {
            link: Link {
                id,
                journal: JournalId(Uuid::from_u128(1)),
                chain: ChainId(Uuid::from_u128(1)),
                sequence,
                recorded_at: noon.timestamp() + seconds.seconds(),
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

    pub fn rate(&mut self, on: Date, competency: usize, role: Role, rater: &str, rung: Option<&str>) {
        self.add(
            on,
            Fact::Rating(Rating {
                family: "f".parse().unwrap(),
                version: Digest::ZERO,
                competency: format!("c{competency}").parse().unwrap(),
                rung: rung.map(|r| r.parse().unwrap()),
                role,
                rater: rater.into(),
                reason: String::new(),
                evidence: vec![],
                arrival: Arrival::Relayed,
                answer: None,
            }),
        );
    }

    pub fn show(&mut self, on: Date, step: Step, what: Happening, backed: bool, stance: Stance) -> EntryId {
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
        let about = ClaimAbout::Step(step);
        let claim = Claim {
            evidence: id,
            about,
            stance,
        };
        self.add(on, Fact::Claim(claim));
        id
    }

    /// A project that met its goal, with something to show for it.
    pub fn project(&mut self, on: Date, competency: usize) -> EntryId {
        let what = project();
        self.show(on, step(competency, "delivers"), what, true, Stance::Supports)
    }

    pub fn dispute(&mut self, on: Date, competency: usize, rung: &str) {
        self.add(
            on,
            Fact::Dispute(Dispute {
                step: step(competency, rung),
                by: "D".into(),
                reason: "not so".into(),
            }),
        );
    }

    pub fn take_back(&mut self, on: Date, what: EntryId) {
        self.add(
            on,
            Fact::Withdrawal(Withdrawal {
                reason: String::new(),
            }),
        );
        self.0.last_mut().unwrap().payload.corrects = Some(what);
    }

    pub fn leave(&mut self, on: Date, from: Date, until: Option<Date>) {
        self.add(on, Fact::Leave(Leave { from, until }));
    }

    pub fn position(&mut self, on: Date, from: Date, until: Option<Date>) {
        self.add(
            on,
            Fact::Position(Position {
                title: "T".into(),
                organisation: String::new(),
                industry: String::new(),
                family: "f".parse().unwrap(),
                practices: vec!["p".parse().unwrap()],
                from,
                until,
            }),
        );
    }

    pub fn record(&self, framework: &Framework, until: Timestamp) -> TrackRecord {
        let criteria = [InForce {
            since: Timestamp::MIN,
            framework,
            version: Digest::ZERO,
        }];
        let policy = Policy::version_1();
        let past = Past {
            criteria: &criteria,
            policy: &policy,
            until,
        };
        track_record(&self.0, &past).unwrap()
    }
}

pub fn project() -> Happening {
    Happening::Project {
        tasks: String::new(),
        deadline: None,
        goal: String::new(),
        met: Some(true),
        people_led: 0,
    }
}

/// The first of a month counted from January 2024.
pub fn month(n: usize) -> Date {
    date(2024, 1, 3).saturating_add(i32::try_from(n).unwrap().months())
}
