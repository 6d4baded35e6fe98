//! Every figure of "Links" in `docs/method/extraction.md`, in one run.
//!
//! ```sh
//! METIER_DATA=../shared/data cargo run --release -p metier-market --example linking
//! ```
//!
//! `against FILE` compares with the R-precision another linker gave each validation sentence, one a line;
//! `scratch` begins with a table of random numbers in place of the distilled one.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a run that cannot read its data has nothing to say"
)]

use std::collections::{BTreeMap, BTreeSet};

use metier_market::concept::Concepts;
use metier_market::dataset::Asked;
use metier_market::evaluate::linking::{LinkScores, difference, mean, score_links};
use metier_market::link::bm25::Bm25;
use metier_market::link::grams::Grams;
use metier_market::link::table::Table;
use metier_market::link::{Lessons, Linker, Trained, train};
use metier_market::train::Dice;

#[path = "../tests/support/esco.rs"]
#[allow(dead_code, reason = "shared with other runs")]
mod esco;

const SEED: u64 = 1;

fn main() {
    let Some(folder) = esco::folder() else { return };
    let arguments: Vec<String> = std::env::args().collect();
    let table = table(arguments.iter().any(|a| a == "scratch"));
    let skills = esco::skills(&folder);
    let all = Concepts::new(skills.clone());
    let sets = {
        let labels: Vec<String> = skills.iter().map(|c| c.label.clone()).collect();
        let (sentences, given) = esco::validation(&folder);
        let of = esco::of_labels(&given, &skills);
        [
            Set {
                sentences: esco::skillskape(&folder, "dev"),
                labels,
                concepts: all.clone(),
                rank: true,
            },
            Set {
                sentences,
                labels: given,
                concepts: of,
                rank: false,
            },
        ]
    };
    let training = esco::skillskape(&folder, "train");

    let (trained, report) = train(&all, &training, &table, SEED);
    println!(
        "{report:?}\ncurve {:?}, {} bytes",
        trained.curve,
        trained.to_bytes().len()
    );
    let distilled = Trained::of(table.clone());
    let untaught = Lessons::new(&table, &all, &[]).tune(&table, SEED);
    for set in &sets {
        let index = Bm25::new(set.labels.iter().map(String::as_str));
        let mut found = Vec::new();
        let words = set.show("whole words (BM25)", |sentence| {
            index.score(sentence, &mut found);
            found.clone()
        });
        let index = Grams::new(set.labels.iter().map(String::as_str));
        let letters = set.show("letters", |sentence| {
            index.score(sentence, &mut found);
            found.clone()
        });
        let meaning = |trained: &Trained| Trained {
            letters: 0.0,
            ..trained.clone()
        };
        set.linker("table, distilled", meaning(&distilled));
        set.linker("table, tuned without sentences", meaning(&untaught));
        let table = set.linker("table, tuned", meaning(&trained));
        set.linker("both, distilled", distilled.clone());
        set.linker("both, tuned without sentences", untaught.clone());
        for letters in [0.15, 0.6, 1.0] {
            set.linker(
                &format!("both, tuned, letters {letters}"),
                Trained {
                    letters,
                    ..trained.clone()
                },
            );
        }
        let both = set.linker("both, tuned", trained.clone());
        for (name, other) in [
            ("whole words", &words),
            ("letters", &letters),
            ("the table", &table),
        ] {
            println!("  more than {name}: {:?}", difference(&both, other, SEED));
        }
        let linker = Linker::new(&set.concepts, trained.clone());
        let mut reader = linker.reader();
        set.show("both, tuned, near ones only", |sentence| {
            let mut scores = vec![0.0; set.labels.len()];
            for link in reader.candidates(sentence, 200) {
                scores[link.concept.0 as usize] = link.score;
            }
            scores
        });
        if let Some(at) = arguments
            .iter()
            .position(|a| a == "against")
            .filter(|_| !set.rank)
        {
            let other = std::fs::read_to_string(&arguments[at + 1]).unwrap();
            let other: Vec<f64> = other.lines().map(|l| l.parse().unwrap()).collect();
            println!("  more than the other: {:?}", difference(&both, &other, SEED));
        }
    }
    unseen(&all, &training, &sets[0], &table);
}

/// Sentences with the labels they are linked to; scored by reciprocal rank or by R-precision.
struct Set {
    sentences: Vec<Asked>,
    labels: Vec<String>,
    concepts: Concepts,
    rank: bool,
}

impl Set {
    fn show(&self, name: &str, score: impl FnMut(&str) -> Vec<f32>) -> Vec<f64> {
        let LinkScores {
            reciprocal,
            precise,
            left_out,
        } = score_links(&self.sentences, &self.labels, score);
        let (measure, values) = if self.rank {
            ("MRR", reciprocal)
        } else {
            ("RP@5", precise)
        };
        let found = mean(&values, SEED);
        println!(
            "{measure} {:.3} [{:.3}, {:.3}] {name}; {} sentences, {left_out} left out",
            found.value,
            found.low,
            found.high,
            values.len()
        );
        values
    }

    fn linker(&self, name: &str, trained: Trained) -> Vec<f64> {
        let linker = Linker::new(&self.concepts, trained);
        self.show(name, |sentence| linker.scores(sentence))
    }
}

/// Labels that training never saw: the labels of the dev sentences are put into five groups, those asked for
/// together into one group where the groups stay even; a table is tuned without any sentence of a group's
/// labels and scored on the dev sentences all of whose labels are of the group.
fn unseen(all: &Concepts, training: &[Asked], dev: &Set, table: &Table) {
    let groups = groups(&dev.sentences, 5);
    let mut values = Vec::new();
    for group in &groups {
        let seen: Vec<Asked> = training
            .iter()
            .filter(|a| !a.labels.iter().any(|l| group.contains(l.as_str())))
            .cloned()
            .collect();
        let within = |a: &&Asked| !a.labels.is_empty() && a.labels.iter().all(|l| group.contains(l.as_str()));
        let asked: Vec<Asked> = dev.sentences.iter().filter(within).cloned().collect();
        let trained = Lessons::new(table, all, &seen).tune(table, SEED);
        let linker = Linker::new(all, trained);
        let found = score_links(&asked, &dev.labels, |sentence| linker.scores(sentence));
        values.extend(found.reciprocal);
    }
    println!(
        "MRR of labels never seen, {} sentences: {:?}",
        values.len(),
        mean(&values, SEED)
    );
}

fn groups(sentences: &[Asked], count: usize) -> Vec<BTreeSet<&str>> {
    let mut together: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut parts: Vec<BTreeSet<&str>> = Vec::new();
    for asked in sentences {
        for a in &asked.labels {
            if !parts.iter().any(|p| p.contains(a.as_str())) {
                parts.push(BTreeSet::from([a.as_str()]));
            }
            for b in asked.labels.iter().filter(|b| a < *b) {
                *together.entry((a, b)).or_default() += 1;
            }
        }
    }
    let most = parts.len().div_ceil(count);
    let mut pairs: Vec<_> = together.into_iter().collect();
    pairs.sort_by_key(|(pair, times)| (std::cmp::Reverse(*times), *pair));
    for ((a, b), _) in pairs {
        let find = |parts: &[BTreeSet<&str>], l| parts.iter().position(|p| p.contains(l)).unwrap();
        let (i, j) = (find(&parts, a), find(&parts, b));
        if i != j && parts[i].len() + parts[j].len() <= most {
            let other = parts[j].clone();
            parts[i].extend(other);
            parts.remove(j);
        }
    }
    parts.sort_by_key(|p| std::cmp::Reverse(p.len()));
    let mut groups = vec![BTreeSet::new(); count];
    for part in parts {
        if let Some(least) = groups.iter_mut().min_by_key(|g| g.len()) {
            least.extend(part);
        }
    }
    groups
}

/// The table that is kept, or one of the same shape whose rows are thrown.
fn table(scratch: bool) -> Table {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/static-table.bin");
    let mut bytes = std::fs::read(kept).unwrap();
    if scratch {
        let table = Table::from_bytes(&bytes).unwrap();
        let rows = bytes.len() - table.len() * table.dims();
        let mut dice = Dice::new(SEED);
        bytes[rows..].fill_with(|| dice.bits().to_le_bytes()[0]);
    }
    Table::from_bytes(&bytes).unwrap()
}
