//! How many megabytes of postings the tagger reads a second on one core.
//!
//! `METIER_TEXT` names a file of plain text, a posting on each line; `METIER_DATA` the folder with the data
//! sets that a tagger of the usual size is taught from for one round, which changes its speed little.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a measurement that cannot go on says so by panicking"
)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use metier_market::dataset::read_spans;
use metier_market::tagger::{Desk, Tagger};
use metier_market::train::{Plan, TaggerData, train_tagger};

fn tagging(criterion: &mut Criterion) {
    let folder = std::env::var("METIER_DATA").unwrap_or_else(|_| "../../../shared/data".to_owned());
    let (Ok(text), Ok(house), Ok(tech)) = (
        std::env::var("METIER_TEXT")
            .map_err(|_| ())
            .and_then(|f| std::fs::read_to_string(f).map_err(|_| ())),
        std::fs::read_to_string(format!(
            "{folder}/skills-benchmarks/skillspan/skillspan_house_train.conll"
        )),
        std::fs::read_to_string(format!(
            "{folder}/skills-benchmarks/skillspan/skillspan_tech_train.conll"
        )),
    ) else {
        println!("METIER_TEXT names no text, or {folder} holds no SkillSpan: not run");
        return;
    };
    let postings: Vec<&str> = text.lines().take(1000).collect();
    let mut plan = Plan {
        folds: 2,
        teachers: 0,
        ..Plan::default()
    };
    plan.network.rounds = 2;
    let data = TaggerData {
        marked: [house, tech].iter().map(|t| read_spans(t).unwrap()).collect(),
        texts: postings.iter().map(ToString::to_string).collect(),
        adverts: Vec::new(),
    };
    let tagger = Tagger::new(train_tagger(&data, &plan, 1, |_| ()).unwrap().model);
    let bytes: usize = postings.iter().map(|p| p.len()).sum();
    let mut group = criterion.benchmark_group("market");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    let (mut desk, mut found) = (Desk::new(), Vec::new());
    group.bench_function("tagging", |bench| {
        bench.iter(|| {
            found.clear();
            for posting in &postings {
                tagger.tag(posting, &mut desk, &mut found);
            }
            found.len()
        });
    });
    group.finish();
}

criterion_group!(benches, tagging);
criterion_main!(benches);
