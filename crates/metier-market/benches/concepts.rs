//! Building, opening and searching an index of concepts.
//!
//! `METIER_CONCEPTS=FILE` names a file that `metier catalog import` wrote; without it an invented index of the
//! same size is measured: 23,000 concepts with 88,000 names of two to five words out of 20,000.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use metier_market::concept::{Concept, ConceptIndex, Concepts, Name, Scheme, Sort, Trust};

/// Numbers that look like chance and are the same each time (Knuth's linear congruential generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn word(&mut self, of: u64) -> String {
        // Few words are common, as in any language.
        let place = self.below(of).min(self.below(of));
        let mut letters = Numbers(place.wrapping_mul(2_654_435_761));
        let length = 4 + letters.below(7);
        (0..length)
            .map(|_| char::from(b'a' + u8::try_from(letters.below(26)).unwrap_or(0)))
            .collect()
    }

    fn name(&mut self) -> String {
        let length = 2 + self.below(4);
        let words: Vec<String> = (0..length).map(|_| self.word(20_000)).collect();
        words.join(" ")
    }
}

fn invented() -> Concepts {
    let mut numbers = Numbers(7);
    let one = |at: u32| Concept {
        scheme: if at < 14_000 {
            Scheme::Esco
        } else {
            Scheme::OnetTechnology
        },
        key: format!("http://example.org/esco/skill/{at:036}"),
        sort: Sort::Skill,
        label: numbers.name(),
        names: (0..if at < 14_000 { 5 } else { 0 })
            .map(|_| Name {
                text: numbers.name(),
                trust: Trust::SearchOnly,
            })
            .collect(),
        description: (0..20).map(|_| numbers.word(20_000) + " ").collect(),
        broader: Vec::new(),
    };
    Concepts::new((0..23_000).map(one).collect())
}

fn index() -> ConceptIndex {
    let file = std::env::var_os("METIER_CONCEPTS").and_then(|file| std::fs::read(file).ok());
    file.and_then(|bytes| ConceptIndex::from_bytes(&bytes).ok())
        .unwrap_or_else(|| ConceptIndex::build(invented()))
}

fn concepts(c: &mut Criterion) {
    let index = index();
    let concepts = index.concepts().clone();
    let Ok(bytes) = index.to_bytes() else { return };
    let mut group = c.benchmark_group("concepts");
    group.sample_size(20);
    group.bench_function("build", |b| {
        b.iter(|| ConceptIndex::build(black_box(concepts.clone())));
    });
    group.bench_function("open", |b| b.iter(|| ConceptIndex::from_bytes(black_box(&bytes))));
    for (name, query) in [
        ("two letters", "ma"),
        ("a word", "programing"),
        ("a phrase", "manage projct teams in companies"),
    ] {
        group.bench_function(format!("search, {name}"), |b| {
            b.iter(|| index.search(black_box(query), 10));
        });
    }
    group.finish();
}

criterion_group!(benches, concepts);
criterion_main!(benches);
