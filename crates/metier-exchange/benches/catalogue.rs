//! The catalogue with O*NET, ESCO and their crosswalk: opening its file, the first search, a draft, neighbours.
//!
//! It needs the real publications, in the folder that `METIER_DATA` names.

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, criterion_group, criterion_main};
use metier_core::catalogue::Catalogue;
use metier_exchange::{catalogue_file, esco, onet};

/// The whole catalogue, or `None` with a word about it.
fn catalogue() -> Option<Catalogue> {
    let folder = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let read = |path: &str| {
        let bytes = std::fs::read(folder.join(path)).ok();
        if bytes.is_none() {
            println!("METIER_DATA not found at {}: not run", folder.display());
        }
        bytes
    };
    let onet = onet::read(&read("onet/db_29_2_text.zip")?, |_| ())
        .ok()?
        .catalogue;
    let esco = esco::read(&read("esco/esco_1.2.0_en_csv.zip")?, None, |_| ())
        .ok()?
        .esco;
    let links = esco::read_crosswalk(&read("esco/esco_onet_official.csv")?).ok()?;
    Some(onet.with_esco(esco).with_links(links))
}

fn whole(c: &mut Criterion) {
    let Some(catalogue) = catalogue() else { return };
    let Ok(bytes) = catalogue_file::to_bytes(&catalogue) else {
        return;
    };
    println!("catalogue file: {} bytes", bytes.len());
    catalogue.search("baker", 1);
    let mut group = c.benchmark_group("catalogue");
    group.sample_size(10);
    group.bench_function("open", |b| {
        b.iter(|| catalogue_file::from_bytes(black_box(&bytes)));
    });
    group.bench_function("first search", |b| {
        // A copy begins without an index.
        b.iter_batched(
            || catalogue.clone(),
            |fresh| fresh.search(black_box("web desiner"), 10),
            criterion::BatchSize::PerIteration,
        );
    });
    group.bench_function("search", |b| {
        b.iter(|| catalogue.search(black_box("web desiner"), 10));
    });
    group.bench_function("draft of ESCO", |b| {
        b.iter(|| catalogue.draft(black_box("2512.4")));
    });
    group.bench_function("neighbours, O*NET", |b| {
        b.iter(|| catalogue.neighbours(black_box("29-1141.00"), 10));
    });
    group.bench_function("neighbours, ESCO", |b| {
        b.iter(|| catalogue.neighbours(black_box("2512.4"), 10));
    });
    group.finish();
}

criterion_group!(benches, whole);
criterion_main!(benches);
