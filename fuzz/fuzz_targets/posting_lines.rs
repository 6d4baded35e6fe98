//! Lines of JSON and tables: however they are cut, the same postings come of them; no lost quote, no broken
//! line and no encoding makes the reader panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_market::posting::Posting;
use metier_market::read::{Limits, Options, Read, Source, read};

fn postings(name: &str, bytes: &[u8], block: usize) -> Vec<Posting> {
    let limits = Limits {
        block,
        document: 1 << 20,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    let source = Source::stream(name, std::io::Cursor::new(bytes.to_vec()));
    read([source], options)
        .filter_map(|read| match read {
            Read::Posting(posting) => Some(posting),
            Read::Damaged(damaged) => {
                assert!(!damaged.reason.is_empty());
                None
            }
        })
        .collect()
}

fuzz_target!(|bytes: &[u8]| {
    for name in ["x.jsonl", "x.csv"] {
        let whole = postings(name, bytes, 1 << 16);
        assert!(whole.is_sorted_by_key(|posting| posting.origin.document));
        let cut = postings(name, bytes, 7);
        // Where a table is broken, rows that are lost may be counted together or apart.
        assert!(whole.iter().map(|p| &p.text).eq(cut.iter().map(|p| &p.text)));
    }
    let table = [b"text,title,date\n".as_slice(), bytes].concat();
    let whole = postings("x.csv", &table, 1 << 16);
    assert!(whole.iter().map(|p| &p.text).eq(postings("x.csv", &table, 11).iter().map(|p| &p.text)));
});
