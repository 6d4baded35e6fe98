//! No text makes the reader of counts panic, and what it accepts is written, read back, merged with itself and
//! made into demand as the same counts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_market::count::Counts;
use metier_market::demand::{Asked, Demand, Rule};
use sha2::{Digest, Sha256};

fuzz_target!(|text: &str| {
    let _ = Counts::from_text(text);
    // Random lines never have the right checksum, so they are closed with it first.
    let body = format!("metier-counts 1\n{}\n", text.trim_end_matches('\n'));
    let sum: String = Sha256::digest(body.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    if let Ok(mut counts) = Counts::from_text(&format!("{body}end\t{sum}\n")) {
        let written = counts.to_text();
        let again = Counts::from_text(&written).expect("what was read is written so that it can be read");
        assert_eq!(again.to_text(), written);
        counts.merge(&again).expect("one part given twice is one");
        assert_eq!(counts.to_text(), written);
        let _ = Demand::of(&counts, &Asked::default(), Rule::USUAL);
    }
});
