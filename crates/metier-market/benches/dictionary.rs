//! Finding names in a text, beside what any way of doing so has to do, and beside two automata.
//!
//! One run, one text, one core: reading the memory; cutting it into words and looking each up with the very
//! same tokeniser and vocabulary; the dictionary; `aho-corasick` (NFA, ASCII case ignored) and `daachorse`
//! (double array, on text in small letters made beforehand), both leftmost-longest with whole words checked.
//! The text is that of the postings in `METIER_DATA`; where they are not, one made of words of our own.
//!
//! `cargo bench -p metier-market --bench dictionary`

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot be set up says so by panicking; its group is made by a macro"
)]

#[path = "../tests/real/mod.rs"]
mod real;

use std::hint::black_box;
use std::io::Read;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::{DoubleArrayAhoCorasickBuilder, MatchKind as DaacMatchKind};
use metier_market::concept::{Concept, Concepts, Scheme, Sort, Trust};
use metier_market::context::Context;
use metier_market::dictionary::{Dictionary, Rule, vetted, with_short_forms};

/// So much of the postings is read.
const MOST: usize = 16 << 20;

fn postings() -> Vec<String> {
    let Some(file) = real::data("postings/sample_4000.jsonl.gz") else {
        return made_up();
    };
    let mut lines = String::new();
    let mut file = flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap());
    file.read_to_string(&mut lines).unwrap();
    let mut bytes = 0;
    lines
        .lines()
        .map(|line| {
            let posting: serde_json::Value = serde_json::from_str(line).unwrap();
            posting["text"].as_str().unwrap().to_owned()
        })
        .take_while(|text| {
            bytes += text.len();
            bytes <= MOST
        })
        .collect()
}

/// Texts of a thousand words, the first of which are the most frequent, as in a language.
fn made_up() -> Vec<String> {
    let word = |n: u64| {
        let syllables = ["ma", "ter", "in", "sol", "qua", "len", "dor", "est", "pi", "rac"];
        let digits = [n % 10, n / 10 % 10, n / 100 % 10];
        let count = 1 + usize::from(n > 9) + usize::from(n > 99);
        digits[..count]
            .iter()
            .map(|d| syllables[usize::try_from(*d).unwrap()])
            .collect::<String>()
    };
    let mut state = 7_u64;
    (0..400)
        .map(|_| {
            let mut text = String::new();
            for n in 1..3000 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                // A number below 1000, the smaller the more often.
                let draw = (state >> 33) % (1 + (state >> 43) % 1000);
                text.push_str(&word(draw));
                text.push_str(if n % 12 == 0 { ". " } else { " " });
            }
            text
        })
        .collect()
}

/// The vetted names of ESCO and O*NET; where they are not there, pairs of the made-up words.
fn concepts() -> Concepts {
    if let Some(concepts) = real::concepts() {
        return vetted(&with_short_forms(&concepts), &Rule::default());
    }
    let words: Vec<String> = made_up()[0].split(' ').map(str::to_owned).collect();
    let concept = |label: String| Concept {
        scheme: Scheme::Esco,
        key: label.clone(),
        sort: Sort::Skill,
        label,
        names: Vec::new(),
        description: String::new(),
        broader: Vec::new(),
    };
    Concepts::new(words.windows(2).map(|pair| concept(pair.join(" "))).collect())
}

/// Whether a match begins and ends where words do.
fn whole(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let inside = |at: Option<&u8>| at.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let cut_before = inside(before) && inside(bytes.get(start));
    let cut_behind = inside(bytes.get(end)) && inside(bytes.get(end - 1));
    !cut_before && !cut_behind
}

fn dictionary(c: &mut Criterion) {
    let texts = postings();
    let bytes: usize = texts.iter().map(String::len).sum();
    let concepts = concepts();
    let began = Instant::now();
    let names = Dictionary::new(&concepts);
    println!("{} names built in {:?}", names.len(), began.elapsed());

    let look_up = |text: &str| names.look_up(text).known;
    let mut found = Vec::new();
    let mut find = |text: &str| {
        found.clear();
        names.find_into(text, &mut found);
        found.len()
    };
    // The ratio: texts of half a megabyte together, in turns, and the best of many for each, so that what
    // else the machine does weighs on neither.
    let mut best = [Duration::ZERO; 2];
    for some in texts.chunks(24) {
        let mut least = [Duration::MAX; 2];
        for _ in 0..12 {
            least[0] = least[0].min(timed(some, look_up));
            least[1] = least[1].min(timed(some, &mut find));
        }
        best[0] += least[0];
        best[1] += least[1];
    }
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{:.1} MB in {} postings; tokenise and look up {:.0} MB/s, dictionary {:.0} MB/s, ratio {:.2}",
        bytes as f64 / 1e6,
        texts.len(),
        speed(best[0]),
        speed(best[1]),
        speed(best[1]) / speed(best[0]),
    );

    let patterns = patterns(&concepts);
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&patterns)
        .unwrap();
    let daac = DoubleArrayAhoCorasickBuilder::new()
        .match_kind(DaacMatchKind::LeftmostLongest)
        .build::<_, _, u32>(&patterns)
        .unwrap();
    let small: Vec<String> = texts.iter().map(|t| t.to_ascii_lowercase()).collect();
    let context = Context::default();

    let read = |text: &str| text.bytes().fold(0_u8, u8::wrapping_add).into();
    let in_context = |text: &str| context.mentions(text, &names.find(text)).len();
    let aho = |text: &str| {
        let matches = automaton.find_iter(text);
        matches.filter(|m| whole(text, m.start(), m.end())).count()
    };
    let double = |text: &str| {
        let matches = daac.leftmost_find_iter(text);
        matches.filter(|m| whole(text, m.start(), m.end())).count()
    };

    let mut group = c.benchmark_group("dictionary");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.sample_size(10);
    group.bench_function("read", |b| b.iter(|| timed(&texts, read)));
    group.bench_function("tokenise_and_look_up", |b| b.iter(|| timed(&texts, look_up)));
    group.bench_function("dictionary", |b| b.iter(|| timed(&texts, &mut find)));
    group.bench_function("dictionary_and_context", |b| b.iter(|| timed(&texts, in_context)));
    group.bench_function("aho_corasick", |b| b.iter(|| timed(&texts, aho)));
    group.bench_function("daachorse", |b| b.iter(|| timed(&small, double)));
    group.finish();

    c.bench_function("dictionary_build", |b| b.iter(|| Dictionary::new(&concepts)));
}

/// The names a dictionary of these concepts looks for, in small letters, each once.
fn patterns(concepts: &Concepts) -> Vec<String> {
    let mut all: Vec<String> = concepts
        .iter()
        .flat_map(|(_, concept)| {
            let label_said = concept.names.iter().any(|n| n.text == concept.label);
            let named = concept.names.iter().filter(|n| n.trust != Trust::SearchOnly);
            let label = (!label_said).then_some(&concept.label);
            label.into_iter().chain(named.map(|n| &n.text))
        })
        .map(|name| name.to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn timed(texts: &[String], mut each: impl FnMut(&str) -> usize) -> Duration {
    let began = Instant::now();
    let mut count = 0_usize;
    for text in texts {
        count = count.wrapping_add(each(black_box(text)));
    }
    black_box(count);
    began.elapsed()
}

criterion_group!(benches, dictionary);
criterion_main!(benches);
