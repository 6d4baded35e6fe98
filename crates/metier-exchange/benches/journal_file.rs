//! How fast journal files are written and read, in entries a second:
//! `cargo bench -p metier-exchange --bench journal_file`.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hint::black_box;
use std::io::Cursor;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;
use metier_core::canonical::Digest;
use metier_core::evidence::{Evidence, Happening};
use metier_core::journal::{Draft, Fact, LIMITS, Sealed, merge, verify};
use metier_exchange::journal_file::{FILE_LIMITS, read, write};

#[path = "../tests/writing/mod.rs"]
mod writing;

const ENTRIES: usize = 50_000;

/// What a person logs most: sessions of attempts, on three devices.
fn sessions() -> Vec<Sealed> {
    let mut last: [Option<Sealed>; 3] = [None, None, None];
    let mut entries = Vec::new();
    for number in 0..ENTRIES {
        let evidence = Evidence {
            title: format!("Published article number {number} to house standard"),
            story: "Second draft needed; the editor asked for a shorter opening.".into(),
            hours: Some(2.5),
            artefacts: Vec::new(),
            confidential: false,
            redacted: String::new(),
            what: Happening::Attempts {
                attempts: 3,
                clean: 2,
                aided: 1,
                guide: "House style 3".into(),
                minutes: Some(50),
            },
        };
        let device = number % 3;
        let place = writing::place(last[device].as_slice(), number, device as u128 + 1);
        let draft = Draft::new("Ada", date(2026, 3, 1), Fact::Evidence(Box::new(evidence)));
        let sealed = draft.record(&place, &LIMITS).unwrap();
        last[device] = Some(sealed.clone());
        entries.push(sealed);
    }
    writing::chain_order(entries)
}

fn journal_file(c: &mut Criterion) {
    let entries = sessions();
    let header = writing::header(&entries);
    let none = Vec::<(Digest, Vec<u8>)>::new;
    let file = write(Cursor::new(Vec::new()), &header, &entries, none())
        .unwrap()
        .into_inner();
    println!("{ENTRIES} entries in {} bytes", file.len());

    let mut group = c.benchmark_group("journal");
    group
        .throughput(Throughput::Elements(ENTRIES as u64))
        .sample_size(10);
    group.bench_function("write", |b| {
        b.iter(|| write(Cursor::new(Vec::new()), &header, black_box(&entries), none()).unwrap());
    });
    group.bench_function("read and verify", |b| {
        b.iter(|| read(Cursor::new(black_box(&file)), &FILE_LIMITS, None).unwrap());
    });
    group.bench_function("verify alone", |b| b.iter(|| verify(black_box(&entries))));
    group.bench_function("merge with itself", |b| {
        b.iter(|| merge(black_box(&entries), black_box(&entries)).unwrap());
    });
    group.finish();
}

criterion_group!(benches, journal_file);
criterion_main!(benches);
