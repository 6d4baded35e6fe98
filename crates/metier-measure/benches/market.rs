//! Trends of many series and near duplicates of many documents: `cargo bench -p metier-measure --bench
//! market`.
//!
//! With `PYTHON` set to a Python that has `pymannkendall` and `datasketch`, the same data go to these in
//! the same run (`benches/market_peer.py`).
#![allow(missing_docs, reason = "the macro writes the functions")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "made-up data within bounds; a benchmark that cannot go on has failed"
)]

use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group};
use metier_measure::minhash::{Bands, MinHash, NearDuplicates, Place};
use metier_measure::multiple::benjamini_hochberg;
use metier_measure::rate::{Observed, ratio};
use metier_measure::shrink::fit;
use metier_measure::trend::{Series, seasonal, seasonal_dependent, seasonal_slope};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

const SERIES: usize = 10_000;
const MONTHS: usize = 60;
const DOCUMENTS: usize = 4_000;

/// Shares a thousand with seasons, noise and, in every third, a slope.
fn series() -> Vec<Vec<f64>> {
    let mut generator = Pcg64Mcg::seed_from_u64(1);
    (0..SERIES)
        .map(|i| {
            let slope = if i % 3 == 0 { 0.1 } else { 0.0 };
            (0..MONTHS)
                .map(|t| {
                    let season = 5.0 * (std::f64::consts::TAU * t as f64 / 12.0).sin();
                    20.0 + season + slope * t as f64 + generator.random_range(-4.0..4.0)
                })
                .collect()
        })
        .collect()
}

/// Texts of 300 words; every third is an earlier one with six words changed.
fn documents(count: usize, words: usize) -> Vec<String> {
    let mut generator = Pcg64Mcg::seed_from_u64(2);
    // Few words are frequent: the square of an even number lies near zero.
    let word = |generator: &mut Pcg64Mcg| -> u32 { (generator.random::<f64>().powi(2) * 8_000.0) as u32 };
    let mut all: Vec<Vec<u32>> = Vec::with_capacity(count);
    for i in 0..count {
        if i % 3 == 2 {
            let mut copy = all[generator.random_range(0..i)].clone();
            for _ in 0..words / 50 {
                let at = generator.random_range(0..words);
                copy[at] = word(&mut generator);
            }
            all.push(copy);
        } else {
            all.push((0..words).map(|_| word(&mut generator)).collect());
        }
    }
    let text = |words: &Vec<u32>| {
        words
            .iter()
            .map(|w| format!("word{w}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    all.iter().map(text).collect()
}

/// Hashes of runs of three words, as a set: what the caller of the crate does.
fn shingles(text: &str) -> Vec<u64> {
    let hash = |bytes: &[u8]| {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let words: Vec<u64> = text.split(' ').map(|word| hash(word.as_bytes())).collect();
    let run = |w: &[u64]| {
        w.iter().fold(0_u64, |all, w| {
            (all.rotate_left(21) ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    };
    let mut set: Vec<u64> = words.windows(3).map(run).collect();
    set.sort_unstable();
    set.dedup();
    set
}

fn trends(c: &mut Criterion) {
    let all: Vec<Vec<Option<f64>>> = series()
        .into_iter()
        .map(|s| s.into_iter().map(Some).collect())
        .collect();
    let mut group = c.benchmark_group("60 months");
    group.throughput(Throughput::Elements(SERIES as u64));
    group.sample_size(20);
    let each = |of: fn(&Series) -> f64| -> f64 { all.iter().map(|v| of(&Series::new(v).unwrap())).sum() };
    group.bench_function("10,000 series, seasonal test and slope with interval", |b| {
        b.iter(|| {
            black_box(each(|s| {
                seasonal(s, 12).unwrap().p_value + seasonal_slope(s, 12, 0.95, 1.0).unwrap().slope
            }))
        });
    });
    group.bench_function("10,000 series, seasonal dependent test", |b| {
        b.iter(|| black_box(each(|s| seasonal_dependent(s, 12).unwrap().p_value)));
    });
    group.finish();
}

fn counts(c: &mut Criterion) {
    let p: Vec<f64> = (0..SERIES)
        .map(|i| (i * 7_919 % SERIES) as f64 / SERIES as f64)
        .collect();
    c.bench_function("10,000 p-values adjusted", |b| {
        b.iter(|| benjamini_hochberg(black_box(&p)));
    });
    let side = |events, exposure| Observed { events, exposure };
    c.bench_function("one ratio of rates", |b| {
        b.iter(|| ratio(black_box(side(323, 14_890.0)), side(266, 14_600.0), 0.95));
    });
    let things: Vec<Observed> = (0..1_000_u64)
        .map(|i| side(i * i % 97, 1.0 + (i % 13) as f64))
        .collect();
    c.bench_function("a law fitted to 1,000 rates", |b| {
        b.iter(|| fit(black_box(&things)));
    });
}

/// Places all; `sets` in the order given.
fn place_all(sets: &[Vec<u64>]) -> (usize, usize) {
    let bands = Bands::new(32, 8).unwrap();
    let mut near = NearDuplicates::new(bands, 0.7, sets.len(), 1).unwrap();
    let (mut kept, mut duplicates): (Vec<&[u64]>, usize) = (Vec::new(), 0);
    for set in sets {
        match near.place(set, |number| Some(kept[number as usize])).unwrap() {
            Place::Kept(_) => kept.push(set),
            Place::Duplicate { .. } => duplicates += 1,
        }
    }
    (duplicates, near.index().bytes())
}

fn near(c: &mut Criterion) {
    let texts = documents(DOCUMENTS, 300);
    let bytes: usize = texts.iter().map(String::len).sum();
    let sets: Vec<Vec<u64>> = texts.iter().map(|t| shingles(t)).collect();
    let hasher = MinHash::new(256, 1).unwrap();
    let mut group = c.benchmark_group("4,000 documents of 300 words");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.sample_size(10);
    group.bench_function("shingles", |b| {
        b.iter(|| texts.iter().map(|t| shingles(black_box(t)).len()).sum::<usize>());
    });
    group.bench_function("signatures of 256", |b| {
        b.iter(|| {
            sets.iter()
                .map(|s| hasher.signature(black_box(s)).unwrap()[0])
                .fold(0_u32, u32::wrapping_add)
        });
    });
    group.bench_function("duplicates told from first comers, from texts", |b| {
        b.iter(|| place_all(&texts.iter().map(|t| shingles(t)).collect::<Vec<_>>()));
    });
    group.finish();
}

/// Processor time so far, so that a busy machine does not count: of Linux's own account, in hundredths of a
/// second; elsewhere the clock.
fn processor_seconds(since: Instant) -> f64 {
    let account = std::fs::read_to_string("/proc/self/stat").ok();
    let ticks = account.and_then(|line| {
        // After the name in brackets; user time is the 12th field from there, system time the 13th.
        let fields: Vec<&str> = line.rsplit(')').next()?.split_whitespace().collect();
        let at = |i: usize| fields.get(i)?.parse::<f64>().ok();
        Some((at(11)? + at(12)?) / 100.0)
    });
    ticks.unwrap_or_else(|| since.elapsed().as_secs_f64())
}

/// How long it takes, in processor time, and what comes of it.
fn timed<T>(of: impl FnOnce() -> T) -> (f64, T) {
    let since = Instant::now();
    let start = processor_seconds(since);
    let result = of();
    (processor_seconds(since) - start, result)
}

/// What takes too long to be repeated.
fn once() {
    let texts = documents(DOCUMENTS, 300);
    let bytes: usize = texts.iter().map(String::len).sum();
    let (seconds, (duplicates, _)) =
        timed(|| place_all(&texts.iter().map(|t| shingles(t)).collect::<Vec<_>>()));
    println!(
        "ours: {DOCUMENTS} documents of {:.1} MB in {seconds:.2} s: {:.0} documents/s, {:.1} MB/s, {duplicates} duplicates",
        bytes as f64 / 1e6,
        DOCUMENTS as f64 / seconds,
        bytes as f64 / 1e6 / seconds
    );
    let all = series();
    let values: Vec<Vec<Option<f64>>> = all
        .iter()
        .map(|s| s.iter().copied().map(Some).collect())
        .collect();
    let both = |values: &Vec<Option<f64>>| {
        let series = Series::new(values).unwrap();
        seasonal(&series, 12).unwrap().z + seasonal_slope(&series, 12, 0.95, 1.0).unwrap().slope
    };
    let rounds = 10;
    let (seconds, _) = timed(|| {
        (0..rounds)
            .map(|_| black_box(values.iter().map(both).sum::<f64>()))
            .sum::<f64>()
    });
    let each = seconds * 1e6 / (rounds * SERIES) as f64;
    let first: f64 = values[..200].iter().map(both).sum();
    println!(
        "ours: {rounds} times {SERIES} series, {each:.2} microseconds each; sum over the first 200 {first:.9}"
    );
    let dependent =
        |values: &Vec<Option<f64>>| seasonal_dependent(&Series::new(values).unwrap(), 12).unwrap().z;
    let (seconds, _) = timed(|| black_box(values.iter().map(dependent).sum::<f64>()));
    println!(
        "ours: the dependent test, {:.1} microseconds each",
        seconds * 1e6 / SERIES as f64
    );
    peer(&all[..200], &texts);
    million();
}

/// The same series and texts, to other people's implementations.
fn peer(series: &[Vec<f64>], texts: &[String]) {
    let Some(python) = std::env::var_os("PYTHON") else {
        println!("PYTHON is not set: nothing to compare with");
        return;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/market_peer.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for values in series {
        let line: Vec<String> = values.iter().map(f64::to_string).collect();
        writeln!(input, "{}", line.join(" ")).unwrap();
    }
    writeln!(input).unwrap();
    for text in texts {
        writeln!(input, "{text}").unwrap();
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

/// A million small documents, of which only those kept are held.
fn million() {
    let count = 1_000_000_u64;
    let bands = Bands::new(32, 8).unwrap();
    let mut near = NearDuplicates::new(bands, 0.7, 1_000_000, 1).unwrap();
    let (mut kept, mut from, mut duplicates) = (Vec::<u64>::new(), vec![0_usize], 0_u64);
    let mut generator = Pcg64Mcg::seed_from_u64(3);
    let since = Instant::now();
    let start = processor_seconds(since);
    for _ in 0..count {
        // Fifty hashes that follow from the document's number; one in three documents takes an earlier number
        // and loses two of them.
        let number = generator.random_range(0..3 * count);
        let mut state = Pcg64Mcg::seed_from_u64(number);
        let size = if number % 3 == 0 { 48 } else { 50 };
        let mut set: Vec<u64> = (0..size).map(|_| state.random()).collect();
        set.sort_unstable();
        let place = near
            .place(&set, |n| kept.get(from[n as usize]..from[n as usize + 1]))
            .unwrap();
        if let Place::Kept(_) = place {
            kept.extend(&set);
            from.push(kept.len());
        } else {
            duplicates += 1;
        }
    }
    let seconds = processor_seconds(since) - start;
    println!(
        "ours: a million sets of 50 in {seconds:.1} s, {:.0}/s; {duplicates} duplicates; index {:.0} MB, {:.0} bytes a document",
        count as f64 / seconds,
        near.index().bytes() as f64 / 1e6,
        near.index().bytes() as f64 / count as f64
    );
}

criterion_group!(benches, trends, counts, near);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    once();
}
