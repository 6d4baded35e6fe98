//! Counting and comparing many postings: megabytes a second, postings a second, and the most memory taken.
//!
//! ```sh
//! METIER_CONCEPTS=concepts.json cargo bench -p metier-market --bench demand -- count 1000000 1
//! cargo bench -p metier-market --bench demand -- compare 1000000 2
//! ```
//!
//! The arguments: what is done (`count` or `compare`), how many postings, on how many threads. Postings are made
//! of sentences of the sample in `METIER_DATA`, drawn anew for each; three of ten are perturbed copies of an
//! earlier one. Making them is part of the time unless `texts` is asked for, which makes them and does
//! nothing else. One process does one thing, so that the most memory it took is of that thing.

// A benchmark that cannot go on says so by panicking, and looks at the clock.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    missing_docs
)]

use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use metier_market::concept::{Concept, Concepts, Scheme, Sort};
use metier_market::count::{Counts, SourceDigest, Thresholds, read};
use metier_market::detect::Detector;
use metier_market::duplicate::{Collector, Entry, Rule, State};
use metier_market::posting::{Origin, Posting};
use metier_market::stream;
use metier_market::text::sentences;

/// Sentences of a posting, and postings of a piece of work.
const SENTENCES: u64 = 14;
const PIECE: u64 = 128;

fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

struct World {
    pool: Vec<String>,
}

impl World {
    fn load() -> Self {
        let data = std::env::var_os("METIER_DATA").map_or_else(
            || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
            PathBuf::from,
        );
        let path = data.join("postings/sample_4000.jsonl.gz");
        let file = std::fs::File::open(&path).unwrap_or_else(|e| {
            eprintln!(
                "{} is not there ({e}): name the data's folder in METIER_DATA",
                path.display()
            );
            std::process::exit(1);
        });
        let mut all = String::new();
        flate2::read::MultiGzDecoder::new(file)
            .read_to_string(&mut all)
            .unwrap();
        let pool = all
            .lines()
            .take(1500)
            .filter_map(|line| {
                let posting: serde_json::Value = serde_json::from_str(line).ok()?;
                posting["text"].as_str().map(str::to_owned)
            })
            .flat_map(|text| {
                let cut = sentences(&text);
                cut.into_iter().map(|s| text[s].to_owned()).collect::<Vec<_>>()
            })
            .filter(|s| (20..400).contains(&s.len()))
            .collect();
        Self { pool }
    }

    /// Posting `n`: always the same. Three of ten are an earlier one with one of its sentences' words changed.
    fn text(&self, n: u64) -> String {
        let copy = n > 10 && mixed(n) % 10 < 3;
        let of = if copy { mixed(n ^ 0xabcd) % n } else { n };
        let pick = |k: u64| &self.pool[(mixed(of * SENTENCES + k) % self.pool.len() as u64) as usize];
        let mut text: String = (0..SENTENCES).flat_map(|k| [pick(k).as_str(), "\n"]).collect();
        if copy {
            text.push_str(&format!("apply by day {} to office {}", n % 31, n % 97));
        }
        text
    }

    fn posting(&self, n: u64) -> Posting {
        Posting {
            origin: Origin {
                file: "resampled".into(),
                document: n + 1,
            },
            date: jiff::civil::Date::new(2019 + (n % 5) as i16, 1 + (n % 12) as i8, 1).ok(),
            occupation: Some(format!("{}", 1000 + mixed(n) % 400)),
            text: self.text(n),
            ..Posting::default()
        }
    }
}

/// The names of a list in `METIER_CONCEPTS` (an array of concepts), else a few hundred common words.
fn concepts(world: &World) -> Concepts {
    if let Some(path) = std::env::var_os("METIER_CONCEPTS") {
        let bytes = std::fs::read(path).expect("METIER_CONCEPTS names a file");
        return Concepts::new(serde_json::from_slice(&bytes).expect("an array of concepts"));
    }
    let mut words: Vec<String> = world
        .pool
        .iter()
        .take(2000)
        .flat_map(|s| s.split_whitespace())
        .filter(|w| w.len() > 7 && w.bytes().all(|b| b.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    let concept = |label: String| Concept {
        scheme: Scheme::Esco,
        key: label.clone(),
        sort: Sort::Skill,
        label,
        names: Vec::new(),
        description: String::new(),
        broader: Vec::new(),
    };
    Concepts::new(words.into_iter().map(concept).collect())
}

/// The most memory this process took, in megabytes; absent where the system does not say.
fn most_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Numbers of postings, a piece of work at a time.
fn pieces(postings: u64) -> impl FnMut() -> Option<std::ops::Range<u64>> {
    let mut at = 0;
    move || {
        let from = at;
        at = (at + PIECE).min(postings);
        (from < at).then_some(from..at)
    }
}

fn go<W: Send>(
    postings: u64,
    threads: usize,
    work: impl Fn(std::ops::Range<u64>) -> W + Sync,
    mut take: impl FnMut(W),
) {
    stream::in_order(threads, pieces(postings), work, |w| {
        take(w);
        ControlFlow::<()>::Continue(())
    });
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let what = arguments.first().map_or("count", String::as_str);
    let number = |at: usize, usual: u64| arguments.get(at).and_then(|a| a.parse().ok()).unwrap_or(usual);
    let (postings, threads) = (number(1, 20_000), number(2, stream::cores() as u64) as usize);
    let world = World::load();
    let begun = Instant::now();
    let mut bytes = 0_u64;
    let said = match what {
        "texts" => {
            let made = |r: std::ops::Range<u64>| r.map(|n| world.posting(n).text.len() as u64).sum::<u64>();
            go(postings, threads, made, |n| bytes += n);
            String::from("made")
        }
        "count" => {
            let concepts = concepts(&world);
            let detector = Detector::new(&concepts);
            let thresholds = Thresholds::new(concepts.len());
            let mut counts = Counts::new(detector.method());
            let digest = SourceDigest::new(&"0".repeat(64)).expect("64 digits");
            let work = |r: std::ops::Range<u64>| {
                let made = r.map(|n| {
                    let posting = world.posting(n);
                    (posting.text.len() as u64, read(&detector, &posting, &thresholds))
                });
                made.collect::<Vec<_>>()
            };
            go(postings, threads, work, |made| {
                for (length, read) in made {
                    bytes += length;
                    counts.add(&digest, read);
                }
                counts.tighten(&thresholds);
            });
            counts.name(&concepts);
            format!(
                "counted, {} concepts of {}",
                counts.concepts().count(),
                concepts.len()
            )
        }
        "compare" => {
            let rule = Rule::usual().expect("the usual rule");
            let folder = tempfile::tempdir().expect("a folder");
            let mut collector = Collector::after(folder.path(), State::default()).expect("a collector");
            let work = |r: std::ops::Range<u64>| {
                let made = r.map(|n| {
                    let posting = world.posting(n);
                    let entry = Entry::new(0, n + 1, None);
                    (posting.text.len() as u64, rule.sketch(&posting.text), entry)
                });
                made.collect::<Vec<_>>()
            };
            go(postings, threads, work, |made| {
                for (length, sketch, entry) in made {
                    bytes += length;
                    collector.add(&sketch, entry).expect("room on the disk");
                }
            });
            let collected = begun.elapsed().as_secs_f64();
            let (_, summary) = collector.finish(&rule, |_| Ok(())).expect("room on the disk");
            format!(
                "compared, {collected:.1} s of it sketching; {} candidates, {} reposts",
                summary.candidates, summary.dropped
            )
        }
        other => {
            eprintln!("{other}: count, compare or texts");
            std::process::exit(2);
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    let megabytes = bytes as f64 / 1e6;
    let memory = most_memory().map_or_else(String::new, |m| format!(", at most {m:.0} MB of memory"));
    println!(
        "{postings} postings of {megabytes:.0} MB on {threads} threads {said}: {seconds:.1} s, {:.0} MB/s, {:.0} postings/s{memory}",
        megabytes / seconds,
        postings as f64 / seconds
    );
}
