//! Spans linked in a second: never seen before, and remembered; whole sentences against all concepts; and how
//! long a linker takes to be built. On ESCO where `METIER_DATA` is there, else on made-up concepts.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use metier_market::concept::{Concept, Concepts, Scheme, Sort};
use metier_market::link::table::Table;
use metier_market::link::{Linker, Trained};

#[path = "../tests/support/esco.rs"]
#[allow(dead_code)]
mod esco;

fn concepts() -> Concepts {
    let made_up = |at: usize| Concept {
        scheme: Scheme::OnetTechnology,
        key: at.to_string(),
        sort: Sort::Skill,
        label: format!("operate machine {at} of plant {}", at / 7),
        names: Vec::new(),
        description: format!("Run and maintain machine {at}."),
        broader: Vec::new(),
    };
    let of_esco = esco::folder().map(|folder| esco::skills(&folder));
    Concepts::new(of_esco.unwrap_or_else(|| (0..14_000).map(made_up).collect()))
}

fn bench(c: &mut Criterion) {
    let bytes = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/static-table.bin"
    ))
    .unwrap();
    let table = Table::from_bytes(&bytes).unwrap();
    let concepts = concepts();
    let linker = Linker::new(&concepts, Trained::of(table.clone()));
    // Spans of one to eight words, no two alike: pieces of definitions.
    let spans: Vec<String> = concepts
        .iter()
        .flat_map(|(id, concept)| {
            let words: Vec<&str> = concept.description.split_whitespace().collect();
            let take = 1 + id.0 as usize % 8;
            words
                .chunks(take)
                .take(1)
                .map(|w| w.join(" "))
                .collect::<Vec<_>>()
        })
        .take(2000)
        .collect();
    let mut group = c.benchmark_group("linking");
    group.sample_size(10);
    group.bench_function("build", |b| {
        b.iter(|| Linker::new(&concepts, Trained::of(table.clone())));
    });
    group.throughput(Throughput::Elements(spans.len() as u64));
    group.bench_function("spans never seen", |b| {
        b.iter(|| {
            let mut reader = linker.reader();
            for span in &spans {
                black_box(reader.link(span));
            }
        });
    });
    let mut reader = linker.reader();
    group.bench_function("spans remembered", |b| {
        b.iter(|| {
            for span in &spans {
                black_box(reader.link(span));
            }
        });
    });
    group.throughput(Throughput::Elements(100));
    group.bench_function("sentences against all", |b| {
        b.iter(|| {
            for (_, concept) in concepts.iter().take(100) {
                black_box(linker.rank(&concept.description, 10));
            }
        });
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
