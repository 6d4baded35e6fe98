//! The standing of 40 competencies from journals of a thousand, ten thousand and a hundred thousand
//! entries: it should grow with the entries and no faster. And the track record of ten years, which looks at
//! 119 month ends of such a journal.
//!
//! `cargo bench -p metier-core --bench standing`

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up says so by panicking; its group is made by a macro"
)]

use std::collections::HashSet;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use metier_core::canonical::Digest;
use metier_core::evidence::{
    Claim, ClaimAbout, Confirmation, Confirmed, Evidence, Happening, Learner, Stance, Step,
};
use metier_core::framework::Framework;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Arrival, Entry, Fact, Link, Payload, Salt};
use metier_core::policy::Policy;
use metier_core::rating::{Rating, Role};
use metier_core::standing::{Question, standing};
use metier_core::target::Target;
use metier_core::track_record::{InForce, Past, track_record};
use serde_json::json;
use uuid::Uuid;

const COMPETENCIES: usize = 40;
const FIRST_DAY: Date = date(2016, 1, 1);
const LAST_DAY: Date = date(2025, 12, 31);

/// Ten practices of four competencies, and a level that asks for something of each.
fn framework() -> Framework {
    let ids = || (0..COMPETENCIES).map(|n| format!("competency-{n}"));
    let practices: Vec<_> = (0..10)
        .map(|n| json!({"id": format!("practice-{n}"), "name": format!("Practice {n}")}))
        .collect();
    let competencies: Vec<_> = ids()
        .enumerate()
        .map(|(n, id)| json!({"id": id, "practice": format!("practice-{}", n / 4), "name": format!("Do thing {n}")}))
        .collect();
    let expectations: Vec<_> = ids()
        .map(|id| json!({"competency": id, "rung": "leads"}))
        .collect();
    serde_json::from_value(json!({
        "family": "bench", "version": "1", "title": "Bench",
        "practices": practices, "competencies": competencies,
        "levels": [{"id": "senior", "name": "Senior", "expectations": expectations}],
    }))
    .unwrap()
}

/// A career of `count` entries over ten years: of ten entries, four pairs of something that happened and
/// what it shows, one judgement and one confirmation.
fn career(count: usize, framework: &Framework) -> Vec<Entry> {
    let version = framework.digest().unwrap();
    let days = FIRST_DAY.until(LAST_DAY).unwrap().get_days();
    let begin: Timestamp = "2016-01-01T08:00:00Z".parse().unwrap();
    let gap = SignedDuration::from_hours(24 * i64::from(days)) / i32::try_from(count).unwrap();
    let mut entries: Vec<Entry> = Vec::with_capacity(count);
    for n in 0..count {
        let round = n / 10;
        let competency = format!("competency-{}", round % COMPETENCIES);
        let step = |rung: &str| Step {
            family: "bench".parse().unwrap(),
            competency: competency.parse().unwrap(),
            rung: rung.parse().unwrap(),
        };
        let last = entries.last().map(|e| e.link.id);
        let fact = match (n % 10, last) {
            (0 | 2 | 4 | 6, _) => Fact::Evidence(Box::new(happened(n, round))),
            (1 | 3 | 5, Some(last)) => claim(last, step("reliable")),
            (7, Some(last)) => claim(last, step("teaches")),
            (8, _) => Fact::Rating(Rating {
                family: "bench".parse().unwrap(),
                version,
                competency: competency.parse().unwrap(),
                rung: Some("delivers".parse().unwrap()),
                role: [Role::Manager, Role::Peer, Role::Client, Role::Oneself][round % 4],
                rater: format!("R{}", round % 12),
                reason: String::new(),
                evidence: Vec::new(),
                arrival: Arrival::Relayed,
                answer: None,
            }),
            _ => Fact::Confirmation(Confirmation {
                of: Confirmed::Step(step("follows")),
                by: "Edith".into(),
                role: Role::Manager,
                words: String::new(),
                arrival: Arrival::Relayed,
                answer: None,
            }),
        };
        let of_days = i32::try_from(n * usize::try_from(days).unwrap() / count).unwrap();
        let at = begin + gap * i32::try_from(n).unwrap();
        entries.push(entry(n, FIRST_DAY.saturating_add(of_days.days()), at, fact));
    }
    entries
}

fn happened(n: usize, round: usize) -> Evidence {
    let what = if n % 10 == 6 {
        Happening::Teaching {
            learners: vec![Learner {
                name: "Bo".into(),
                can_now: String::new(),
                unaided: round.is_multiple_of(3),
            }],
        }
    } else {
        Happening::Attempts {
            attempts: 3,
            clean: if round % 40 == 7 { 2 } else { 3 },
            aided: 0,
            guide: String::new(),
            minutes: None,
        }
    };
    Evidence {
        title: format!("Did a thing of the trade, number {n}"),
        story: String::new(),
        hours: Some(1.5),
        artefacts: Vec::new(),
        confidential: false,
        redacted: String::new(),
        what,
    }
}

fn claim(evidence: EntryId, step: Step) -> Fact {
    Fact::Claim(Claim {
        evidence,
        about: ClaimAbout::Step(step),
        stance: Stance::Supports,
    })
}

/// An entry as the store gives it; its digests are not looked at here.
fn entry(n: usize, on: Date, recorded_at: Timestamp, fact: Fact) -> Entry {
    Entry {
        link: Link {
            id: EntryId(Uuid::from_u128(n as u128 + 1)),
            journal: JournalId(Uuid::from_u128(1)),
            chain: ChainId(Uuid::from_u128(2)),
            sequence: n as u64 + 1,
            recorded_at,
            previous: Digest::ZERO,
            payload: Digest::ZERO,
        },
        payload: Payload {
            v: 1,
            author: "Ada".into(),
            occurred_on: on,
            audience: metier_core::journal::Audience::default(),
            purpose: metier_core::journal::Purpose::default(),
            fact,
            corrects: None,
            salt: Salt([7; 16]),
        },
    }
}

fn standing_of_forty(bench: &mut Criterion) {
    let framework = framework();
    let version = framework.digest().unwrap();
    let target = Target::level(&framework, &"senior".parse().unwrap());
    let (policy, without) = (Policy::version_1(), HashSet::new());
    let mut group = bench.benchmark_group("standing_of_40");
    group.sample_size(20);
    for count in [1_000, 10_000, 100_000] {
        let entries = career(count, &framework);
        let question = Question {
            framework: &framework,
            version,
            target: target.as_ref(),
            policy: &policy,
            calibration: None,
            at: LAST_DAY,
            known_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            without: &without,
        };
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &entries, |b, entries| {
            b.iter(|| standing(black_box(entries), black_box(&question)));
        });
    }
    group.finish();
}

fn track_record_of_ten_years(bench: &mut Criterion) {
    let framework = framework();
    let criteria = [InForce {
        since: Timestamp::MIN,
        framework: &framework,
        version: framework.digest().unwrap(),
    }];
    let policy = Policy::version_1();
    let past = Past {
        criteria: &criteria,
        policy: &policy,
        until: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    let mut group = bench.benchmark_group("track_record_of_ten_years");
    group.sample_size(10);
    for count in [1_000, 10_000] {
        let entries = career(count, &framework);
        let record = track_record(&entries, &past).unwrap();
        assert!(record.looks >= 100 && record.counts.called >= 40, "{record:?}");
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &entries, |b, entries| {
            b.iter(|| track_record(black_box(entries), black_box(&past)));
        });
    }
    group.finish();
}

criterion_group!(benches, standing_of_forty, track_record_of_ten_years);
criterion_main!(benches);
