//! One durable append at a time against the machine's own synchronous writes, the rate of an import,
//! and reading a journal from a file just opened.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and may stop when something fails"
)]

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use metier_core::journal::{Sealed, verify};
use metier_store::{Batch, ChainEnd, Journal, Store, SubjectKind, Union, Writer};
use metier_testkit::{Clock, Pen};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// In the folder of the build, as a home is on the disk: `/tmp` may be in memory.
fn folder() -> TempDir {
    let target = std::env::current_exe().unwrap();
    TempDir::new_in(target.parent().unwrap()).unwrap()
}

fn journal(pen: &Pen) -> Journal {
    Journal {
        id: pen.journal,
        kind: SubjectKind::Person,
        name: "Ada".into(),
        created_at: Clock::MONDAY.now(),
    }
}

async fn open(folder: &Path, pen: &Pen) -> Store {
    let store = Store::open_sqlite(&folder.join("metier.db")).await.unwrap();
    let writer = Writer {
        chain: pen.chain,
        author: pen.author.clone(),
        secret_key: None,
    };
    store.create_journal(&journal(pen), &writer).await.unwrap();
    store
}

/// A plain file: 4 KiB and a sync of its data, `count` times.
fn plain_writes(folder: &Path, count: u32) -> Duration {
    let path = folder.join("plain");
    let mut options = OpenOptions::new();
    let mut file = options.create(true).append(true).open(&path).unwrap();
    let begun = Instant::now();
    for _ in 0..count {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
    }
    begun.elapsed()
}

async fn appends(store: &Store, pen: &mut Pen, count: u32) -> Duration {
    let entries: Vec<Sealed> = (0..count)
        .map(|_| pen.attempts("Published to house standard", 3, 3))
        .collect();
    let begun = Instant::now();
    for entry in entries {
        let expected = ChainEnd {
            sequence: entry.link.sequence - 1,
            digest: entry.link.previous,
        };
        let batch = Batch::of(entry.link.journal, vec![entry], expected);
        store.append(&batch).await.unwrap();
    }
    begun.elapsed()
}

/// Alternates between the two, so that both meet the same disk, and prints the ratio.
fn one_at_a_time(c: &mut Criterion) {
    const ROUNDS: u32 = 30;
    const EACH: u32 = 100;
    let runtime = Runtime::new().unwrap();
    let home = folder();
    let mut pen = Pen::new(1);
    let store = runtime.block_on(open(home.path(), &pen));
    let (mut plain, mut append) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        plain += plain_writes(home.path(), EACH);
        append += runtime.block_on(appends(&store, &mut pen, EACH));
    }
    let rate = |time: Duration| f64::from(ROUNDS * EACH) / time.as_secs_f64();
    println!(
        "synchronous writes of 4 KiB: {:.0}/s; durable appends: {:.0}/s; ratio {:.2} (at least 0.70 wanted)",
        rate(plain),
        rate(append),
        rate(append) / rate(plain)
    );

    let mut group = c.benchmark_group("one at a time");
    group.sample_size(20);
    group.bench_function("plain synchronous write of 4 KiB", |b| {
        b.iter_custom(|count| plain_writes(home.path(), u32::try_from(count).unwrap()));
    });
    group.bench_function("durable append", |b| {
        b.iter_custom(|count| runtime.block_on(appends(&store, &mut pen, u32::try_from(count).unwrap())));
    });
    group.finish();
    runtime.block_on(store.close());
}

/// What `metier import` does once the file is parsed: verify everything, then one transaction.
fn import(c: &mut Criterion) {
    const ENTRIES: usize = 50_000;
    let runtime = Runtime::new().unwrap();
    let mut pen = Pen::new(2);
    let entries = pen.pages(ENTRIES);
    let mut group = c.benchmark_group("import");
    group.sample_size(10);
    group.throughput(Throughput::Elements(ENTRIES as u64));
    group.bench_function("verify and unite 50,000 entries", |b| {
        b.iter_custom(|count| {
            let mut spent = Duration::ZERO;
            for _ in 0..count {
                let home = folder();
                let store = runtime.block_on(open(home.path(), &pen));
                let journal = journal(&pen);
                let union = Union {
                    journal: &journal,
                    writer: None,
                    entries: &entries,
                    attachments: &[],
                    drop_attachments: &[],
                };
                let begun = Instant::now();
                assert!(verify(&entries).is_empty());
                runtime.block_on(store.unite(&union)).unwrap();
                spent += begun.elapsed();
                runtime.block_on(store.close());
            }
            spent
        });
    });
    group.finish();
}

/// Opening the file and reading everything in it, as a command does that starts from nothing.
fn reading(c: &mut Criterion) {
    const ENTRIES: usize = 10_000;
    let runtime = Runtime::new().unwrap();
    let home = folder();
    let mut pen = Pen::new(3);
    runtime.block_on(async {
        let store = open(home.path(), &pen).await;
        let batch = Batch::of(pen.journal, pen.pages(ENTRIES), ChainEnd::START);
        store.append(&batch).await.unwrap();
        store.close().await;
    });
    let path = home.path().join("metier.db");
    let mut group = c.benchmark_group("reading");
    group.throughput(Throughput::Elements(ENTRIES as u64));
    group.bench_function("open the file and read 10,000 entries", |b| {
        b.iter(|| {
            runtime.block_on(async {
                let store = Store::open_sqlite(&path).await.unwrap();
                let reading = store.entries(pen.journal).await.unwrap();
                assert_eq!(reading.entries.len(), ENTRIES);
                store.close().await;
            });
        });
    });
    group.bench_function("open the file and its settings alone", |b| {
        b.iter(|| {
            runtime.block_on(async {
                let store = Store::open_sqlite(&path).await.unwrap();
                store.close().await;
            });
        });
    });
    group.finish();
}

criterion_group!(benches, one_at_a_time, import, reading);
criterion_main!(benches);
