//! What twelve adverts of about 5 KB ask for, against the 41 competencies of a starter with what adverts call them.
#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use metier_market::asked::{Read, Sought, asked};

const ADVERTS: &str = include_str!("../../metier-app/src/demo/adverts.txt");
const CALLED: &str = include_str!("../../metier-app/src/market/called/content-marketing.txt");

fn twelve(criterion: &mut Criterion) {
    let sought: Vec<Sought> = CALLED
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(id, names)| Sought {
            name: id.replace('-', " "),
            looks_like: names.replace(';', " "),
            also: names.split("; ").map(str::to_owned).collect(),
        })
        .collect();
    let whole: Vec<&str> = ADVERTS
        .split("=== ")
        .skip(1)
        .filter_map(|a| a.split_once('\n'))
        .map(|(_, text)| text)
        .collect();
    // Each with parts of the others behind it, until it is as long as adverts are.
    let texts: Vec<String> = (0..whole.len())
        .map(|first| {
            let mut text = String::new();
            for next in whole.iter().cycle().skip(first) {
                text.push_str(next);
                if text.len() >= 5_000 {
                    break;
                }
            }
            text
        })
        .collect();
    let adverts: Vec<Read<'_>> = texts
        .iter()
        .map(|text| Read {
            text,
            ..Read::default()
        })
        .collect();
    assert_eq!((sought.len(), adverts.len()), (41, 12));
    criterion.bench_function("asked by twelve adverts of 5 KB", |bencher| {
        bencher.iter(|| asked(black_box(&sought), black_box(&adverts), &[], &[]));
    });
}

criterion_group!(benches, twelve);
criterion_main!(benches);
