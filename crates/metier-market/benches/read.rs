//! How fast postings are read, in bytes of the source: cutting alone, and cutting and reading.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use metier_market::read::{Options, Source, clean, pieces, read};

/// Adverts of some 2 KB with lists.
fn adverts(many: usize) -> Vec<String> {
    (0..many)
        .map(|n| {
            let mut text =
                format!("Baker number {n}\nYou bake bread, rolls and cakes for a quarter of the town.\n");
            for line in 0..24 {
                let _ = writeln!(
                    text,
                    "\u{2022} You know how to keep a starter alive for {line} days, and say \"why\" it died"
                );
            }
            text
        })
        .collect()
}

fn json_lines(adverts: &[String]) -> Vec<u8> {
    let line = |(n, text): (usize, &String)| {
        let text = text.replace('"', "\\\"").replace('\n', "\\n");
        format!("{{\"id\": {n}, \"title\": \"Baker\", \"date\": \"2026-01-31\", \"text\": \"{text}\"}}\n")
    };
    adverts
        .iter()
        .enumerate()
        .map(line)
        .collect::<String>()
        .into_bytes()
}

fn table(adverts: &[String]) -> Vec<u8> {
    let mut table = "id,title,date,text\n".to_owned();
    for (n, text) in adverts.iter().enumerate() {
        let _ = writeln!(table, "{n},Baker,2026-01-31,\"{}\"", text.replace('"', "\"\""));
    }
    table.into_bytes()
}

fn page(adverts: &[String]) -> String {
    let mut page = "<!doctype html><html><body><nav><a href='/'>Home</a></nav><main>".to_owned();
    for text in adverts {
        for line in text.lines() {
            let _ = writeln!(
                page,
                "<li class=\"item\">{} <b>&amp;</b> more</li>",
                line.replace('"', "&quot;")
            );
        }
    }
    page.push_str("</main></body></html>");
    page
}

fn reading(criterion: &mut Criterion) {
    let adverts = adverts(2_000);
    let mut group = criterion.benchmark_group("read");
    group.sample_size(20);
    for (name, bytes) in [
        ("postings.jsonl", json_lines(&adverts)),
        ("postings.csv", table(&adverts)),
    ] {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        let source = || [Source::stream(name, Cursor::new(bytes.clone()))];
        group.bench_function(format!("cut {name}"), |b| {
            b.iter(|| pieces(source(), Options::default()).count());
        });
        group.bench_function(format!("read {name}"), |b| {
            b.iter(|| read(source(), Options::default()).count());
        });
    }
    let page = page(&adverts[..200]);
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("clean html", |b| b.iter(|| clean(black_box(&page)).len()));
    group.bench_function("read page.html", |b| {
        b.iter(|| {
            let source = Source::stream("page.html", Cursor::new(page.clone().into_bytes()));
            read([source], Options::default()).count()
        });
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
