//! No cards make the reader panic, and what it accepts is written and read back as the same contacts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_exchange::contacts::{Version, read, write};

fuzz_target!(|bytes: &[u8]| match read(bytes) {
    Ok(cards) => {
        assert!(cards.contacts.iter().all(|contact| !contact.name.is_empty()));
        for version in [Version::V3, Version::V4] {
            let written = write(&cards.contacts, version);
            assert!(written.split("\r\n").all(|line| line.len() <= 75));
            let again = read(written.as_bytes());
            if cards.contacts.is_empty() {
                assert!(again.is_err(), "no card is no file of cards");
            } else {
                assert_eq!(again.map(|cards| cards.contacts), Ok(cards.contacts.clone()));
            }
        }
    }
    Err(problems) => assert!((1..=20).contains(&problems.len())),
});
