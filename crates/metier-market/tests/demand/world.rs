//! A small index, and postings of our own making.

use jiff::civil::Date;
use metier_market::concept::{Concept, Concepts, Name, Scheme, Sort, Trust};
use metier_market::count::{Counts, SourceDigest, Thresholds, read};
use metier_market::detect::Detector;
use metier_market::posting::{Origin, Posting};

/// A generator of numbers that stays the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    pub fn chance(&mut self, p: f64) -> bool {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64 <= p
    }
}

pub fn concept(label: &str, names: &[(&str, Trust)]) -> Concept {
    Concept {
        scheme: Scheme::OnetTechnology,
        key: label.to_owned(),
        sort: Sort::Technology,
        label: label.to_owned(),
        names: names
            .iter()
            .map(|(text, trust)| Name {
                text: (*text).to_owned(),
                trust: *trust,
            })
            .collect(),
        description: String::new(),
        broader: Vec::new(),
    }
}

pub fn concepts() -> Concepts {
    Concepts::new(vec![
        concept("Kubernetes", &[("k8s", Trust::Plain)]),
        concept("project management", &[]),
        concept("PostgreSQL", &[("Postgres", Trust::Plain)]),
        concept("Go", &[("Golang", Trust::Plain), ("go live", Trust::InContext)]),
    ])
}

pub fn digest(n: u64) -> SourceDigest {
    SourceDigest::new(&format!("{n:064x}")).unwrap()
}

pub fn posting(file: &str, document: u64, date: Option<Date>, code: Option<&str>, text: &str) -> Posting {
    Posting {
        origin: Origin {
            file: file.to_owned(),
            document,
        },
        date,
        occupation: code.map(str::to_owned),
        text: text.to_owned(),
        ..Posting::default()
    }
}

/// The counts of postings, all of one file of this digest.
pub fn counted(postings: &[Posting], file: u64) -> Counts {
    let concepts = concepts();
    let detector = Detector::new(&concepts);
    let thresholds = Thresholds::new(concepts.len());
    let mut counts = Counts::new(detector.method());
    for posting in postings {
        counts.add(&digest(file), read(&detector, posting, &thresholds));
        counts.tighten(&thresholds);
    }
    counts.name(&concepts);
    counts
}
