//! Reads an O*NET release, writes its report, and shows a search and a draft: what reading costs can be
//! measured with it.
//!
//! `cargo run --release -p metier-exchange --example onet -- db_29_2_text.zip ["web designer" [15-1252.00]]`

use std::error::Error;
use std::fs::File;

use metier_exchange::{catalogue_file, onet};

fn main() -> Result<(), Box<dyn Error>> {
    let mut asked = std::env::args().skip(1);
    let path = asked.next().ok_or("name the zip of the release")?;
    let onet::Import { catalogue, report } = onet::read_from(File::open(path)?, |p| {
        eprintln!("{:>3}% {}", p.done * 100 / p.total.max(1), p.table);
    })?;
    println!("{report}");
    println!(
        "catalogue file: {} bytes",
        catalogue_file::to_bytes(&catalogue)?.len()
    );
    if let Some(query) = asked.next() {
        for hit in catalogue.search(&query, 10) {
            println!("{} {} ({:?}, {:.1})", hit.code, hit.title, hit.matched, hit.score);
        }
    }
    if let Some(code) = asked.next() {
        let framework = catalogue.draft(&code)?;
        println!(
            "\n{} ({})\n{}\n",
            framework.title, framework.practitioner, framework.note
        );
        for practice in &framework.practices {
            println!("{} - {}", practice.name, practice.summary);
            for competency in framework.competencies_of(&practice.id) {
                println!("    {} [{:?}]", competency.name, competency.kind);
            }
        }
    }
    Ok(())
}
