//! Every figure of "Occupations" in `docs/method/extraction.md`, in one run.
//!
//! ```sh
//! gunzip -c ../shared/data/postings/hahu_271_adverts.csv.gz > /tmp/adverts.csv
//! METIER_DATA=../shared/data cargo run --release -p metier-market --example occupations -- /tmp/adverts.csv
//! ```
//!
//! `tuned` tunes the table to the skills of ESCO and the training sentences first.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a run that cannot read its data has nothing to say"
)]

use metier_market::concept::Concepts;
use metier_market::dataset::{CodedAdvert, read_coded};
use metier_market::evaluate::linking::mean;
use metier_market::evaluate::occupations::score_codes;
use metier_market::link::Lessons;
use metier_market::link::table::Table;
use metier_market::occupation::{COMPARISONS, Coder, Evidence, Weights};

#[path = "../tests/support/esco.rs"]
#[allow(dead_code, reason = "shared with other runs")]
mod esco;

const SEED: u64 = 1;

fn main() {
    let Some(folder) = esco::folder() else { return };
    let arguments: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/static-table.bin"
    ))
    .unwrap();
    let mut table = Table::from_bytes(&bytes).unwrap();
    if arguments.iter().any(|a| a == "tuned") {
        let skills = Concepts::new(esco::skills(&folder));
        let sentences = esco::skillskape(&folder, "train");
        table = Lessons::new(&table, &skills, &sentences).tune(&table, SEED).table;
    }
    let adverts = read_coded(&std::fs::read(&arguments[1]).unwrap()).unwrap();
    let (occupations, groups) = esco::occupations(&folder);
    let evidence = Evidence::new(&occupations, &groups, &table);
    for at in 0..COMPARISONS {
        let mut weights = Weights([0.0; COMPARISONS]);
        weights.0[at] = 60.0;
        alone(
            &format!("comparison {at} alone"),
            &adverts,
            &Coder::new(&occupations, &groups, &table, weights),
            &table,
        );
    }
    let even = Coder::new(&occupations, &groups, &table, Weights([3.0; COMPARISONS]));
    alone("all alike, nothing fitted", &adverts, &even, &table);
    println!(
        "{:#?}",
        score_codes(&adverts, &occupations, &evidence, &table, SEED)
    );
}

fn alone(name: &str, adverts: &[CodedAdvert], coder: &Coder, table: &Table) {
    let within = |most: usize| -> Vec<f64> {
        adverts
            .iter()
            .map(|a| {
                let found = coder.code(&a.title, &a.text, table, most).groups;
                f64::from(u8::from(found.iter().any(|g| g.0 == a.isco())))
            })
            .collect()
    };
    println!(
        "{name}: first {:?}, first five {:?}",
        mean(&within(1), SEED),
        mean(&within(5), SEED)
    );
}
