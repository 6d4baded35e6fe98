//! No file makes the reader panic. What it accepts is written and read back as the same letter; and a letter that is
//! sealed with a digest that holds is read back, or refused for what is wrong with it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_core::gathering::GatheringLetter;
use metier_exchange::gathering_file::{read, write};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(letter) = read(bytes) {
        let again = write(&letter).expect("what was read has a canonical form");
        assert_eq!(read(again.as_bytes()), Ok(letter));
    }
    // Random bytes never have the right digest, so a letter by itself is sealed first.
    if let Ok(letter) = serde_json::from_slice::<GatheringLetter>(bytes)
        && let Ok(file) = write(&letter)
    {
        assert_eq!(read(file.as_bytes()).is_ok(), letter.check().is_ok(), "{file}");
    }
});
