//! No document makes the reader panic, and what it accepts is written and read back as the same
//! framework with the same digest.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_exchange::framework_yaml::{read, read_draft, write};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(draft) = read_draft(bytes) {
        let again = read_draft(write(&draft).as_bytes());
        // Only a draft may hold numbers that are none, and those equal nothing.
        let numbers = draft.digest().is_ok();
        assert!(!numbers || again.as_ref() == Ok(&draft), "{}", write(&draft));
    }
    match read(bytes) {
        Ok(framework) => assert!(framework.digest().is_ok()),
        Err(problems) => assert!((1..=20).contains(&problems.len())),
    }
});
