//! No page, text or paste makes the reader of postings panic; what is read is within its limits, its places
//! are inside the source, and plain text is left as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_market::read::{Options, Read, Source, clean, pasted, read};

fuzz_target!(|bytes: &[u8]| {
    let options = Options::default();
    let text_max = options.limits.text;
    for name in ["x", "x.html", "x.mhtml", "x.txt"] {
        let source = Source::stream(name, std::io::Cursor::new(bytes.to_vec()));
        for read in read([source], Options::default()) {
            match read {
                Read::Posting(posting) => {
                    assert!(!posting.text.trim().is_empty() && posting.text.len() <= text_max);
                    assert!(posting.stretches.is_sorted_by_key(|stretch| stretch.at));
                    assert!(posting.stretches.iter().all(|stretch| stretch.at as usize <= posting.text.len()));
                }
                Read::Damaged(damaged) => assert!(!damaged.reason.is_empty()),
            }
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if !text.contains(['<', '&']) {
            assert_eq!(clean(text), text);
        }
        let _ = pasted(text);
    }
});
