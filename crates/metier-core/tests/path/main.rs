//! The path: what is said of mastery, the plan, the network and one's presence, and what follows from it.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod back;
mod changes;
mod dates;
mod ended;
mod market;
mod mastery;
mod network;
mod plan;
mod presence;
mod shapes;
mod targets;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::canonical::Digest;
use metier_core::framework::Framework;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Audience, Entry, Fact, Link, Payload, Purpose, Salt};
use metier_core::policy::Policy;
use metier_core::standing::{Question, Standing, standing};
use metier_core::target::Target;
use serde_json::{Value, json};
use uuid::Uuid;

fn framework() -> Framework {
    serde_json::from_value(json!({
        "family": "f", "version": "1", "title": "F",
        "practices": [{"id": "p", "name": "P"}],
        "competencies": [{"id": "c", "practice": "p", "name": "C"}, {"id": "d", "practice": "p", "name": "D"}],
        "levels": [
            {"id": "l", "name": "L", "expectations": [{"competency": "c", "rung": "follows"}]},
            {"id": "m", "name": "M", "expectations": [
                {"competency": "c", "rung": "reliable"}, {"competency": "d", "rung": "leads", "weight": "not_applicable"}
            ]}
        ],
        "credentials": [{"id": "licence", "name": "Licence", "body": "The body", "required": true}],
    }))
    .unwrap()
}

fn id(n: u128) -> EntryId {
    EntryId(Uuid::from_u128(n))
}

fn entry(n: u128, corrects: Option<u128>, fact: Value) -> Entry {
    entry_on(n, corrects, date(2026, 6, 1), fact)
}

fn entry_on(n: u128, corrects: Option<u128>, occurred_on: Date, fact: Value) -> Entry {
    let fact: Fact = serde_json::from_value(fact).unwrap();
    Entry {
        link: Link {
            id: id(n),
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
            occurred_on,
            audience: Audience::Private,
            purpose: Purpose::Development,
            fact,
            corrects: corrects.map(id),
            salt: Salt([0; 16]),
        },
    }
}

fn evidence() -> Value {
    json!({"fact": "evidence", "title": "The book is out",
        "what": {"kind": "communication", "form": "book", "audience": "all"}})
}

/// Evidence with a file, and the claim that it shows a step that one such example proves.
fn proof(n: u128, competency: &str, rung: &str) -> [Entry; 2] {
    let evidence = json!({"fact": "evidence", "title": "Runs it",
        "artefacts": [{"kind": "link", "url": "https://example.org"}],
        "what": {"kind": "project", "met": true}});
    let claim = json!({"fact": "claim", "evidence": id(n), "stance": "supports",
        "about": {"step": {"family": "f", "competency": competency, "rung": rung}}});
    [entry(n, None, evidence), entry(n + 1, None, claim)]
}

fn stand_to(entries: &[Entry], target: Option<&Target>) -> Standing {
    let (framework, policy, nothing) = (framework(), Policy::version_1(), HashSet::new());
    let question = Question {
        framework: &framework,
        version: Digest::ZERO,
        target,
        policy: &policy,
        calibration: None,
        at: date(2026, 7, 1),
        known_at: Timestamp::MAX,
        without: &nothing,
    };
    standing(entries, &question).unwrap()
}
