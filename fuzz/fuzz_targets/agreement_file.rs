//! No file makes the reader panic. What it accepts is written and read back as the same letter; and a letter
//! that is sealed with digests that hold is read back, or refused for what is wrong with it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_core::agreement::Letter;
use metier_exchange::agreement_file::{read, write};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(letter) = read(bytes) {
        let again = write(&letter).expect("what was read has a canonical form");
        assert_eq!(read(again.as_bytes()), Ok(letter));
    }
    // Random bytes never have the right digest, so a letter by itself is sealed first.
    if let Ok(letter) = serde_json::from_slice::<Letter>(bytes)
        && let Ok(file) = write(&letter)
    {
        let sound = match &letter {
            Letter::Proposal(proposal) => proposal.check().is_ok(),
            Letter::Receipt(receipt) => receipt.check().is_ok(),
        };
        assert_eq!(read(file.as_bytes()).is_ok(), sound, "{file}");
    }
});
