//! Compressed postings: random bytes as gzip and zstd, and lines that are packed and then damaged.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use metier_market::read::{Limits, Options, Source, read};

fuzz_target!(|bytes: &[u8]| {
    for magic in [b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), b"\x28\xb5\x2f\xfd", b""] {
        let limits = Limits {
            expanded: 1 << 20,
            ..Limits::default()
        };
        let options = Options {
            limits,
            ..Options::default()
        };
        let packed = [magic, bytes].concat();
        assert!(read([Source::stream("x.jsonl", Cursor::new(packed))], options).count() <= 1 << 20);
    }
});
