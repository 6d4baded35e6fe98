//! Real postings, where they are there: every one is read.

use std::path::PathBuf;

use metier_market::read::{Options, Read, Source, read};

fn data(name: &str) -> Option<PathBuf> {
    let home = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = home.join("postings").join(name);
    if !path.exists() {
        eprintln!("{} is not there: not tested", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn real_postings_are_read_without_a_loss() {
    for (name, many) in [("hahu_271_adverts.csv.gz", 271), ("sample_4000.jsonl.gz", 4_000)] {
        let Some(path) = data(name) else { continue };
        let mut postings = 0;
        for read in read([Source::path(&path)], Options::default()) {
            match read {
                Read::Posting(posting) => {
                    postings += 1;
                    assert!(!posting.text.contains("&ldquo;"), "{:?}", posting.origin);
                    assert_eq!(posting.occupation.is_some(), many == 271, "{:?}", posting.origin);
                    assert_eq!(posting.date, None);
                }
                Read::Damaged(damaged) => panic!("{damaged}"),
            }
        }
        assert_eq!(postings, many, "{name}");
    }
}
