//! No line and no payload of a journal makes its reading panic. A payload is also sealed with digests
//! that hold, which no fuzzer would guess, so that everything behind the digests is reached.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_core::canonical::{Digest, canonical_json_of, canonical_text, digest_of};
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Fact, LIMITS, Link, Sealed, merge, verify, view};
use uuid::Uuid;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(sealed) = serde_json::from_str::<Sealed>(text) {
        check(&sealed);
    }
    if let Some(sealed) = sealed(text) {
        sealed.check().expect("the digests were made to hold");
        check(&sealed);
    }
});

fn check(sealed: &Sealed) {
    let _ = verify([sealed]);
    assert!(merge(std::slice::from_ref(sealed), std::slice::from_ref(sealed)).is_ok());
    if let Ok(line) = canonical_text(sealed) {
        assert_eq!(
            &serde_json::from_str::<Sealed>(&line).expect("written by us"),
            sealed
        );
    }
    if let Ok(Some(entry)) = sealed.open() {
        let entries = [entry];
        let seen = view(&entries, entries[0].link.recorded_at);
        let withdrawn = matches!(entries[0].payload.fact, Fact::Withdrawal(_));
        assert_eq!(seen.facts.len(), usize::from(!withdrawn));
        let _ = entries[0].payload.fact.check(&LIMITS);
        if let Ok(text) = canonical_text(&entries[0].payload) {
            let again: metier_core::journal::Payload = serde_json::from_str(&text).expect("written by us");
            assert_eq!(again, entries[0].payload);
        }
    }
}

fn sealed(payload: &str) -> Option<Sealed> {
    let value = serde_json::from_str(payload).ok()?;
    let payload = String::from_utf8(canonical_json_of(&value).ok()?).ok()?;
    let link = Link {
        id: EntryId(Uuid::from_u128(1)),
        journal: JournalId(Uuid::from_u128(2)),
        chain: ChainId(Uuid::from_u128(3)),
        sequence: 1,
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        previous: Digest::ZERO,
        payload: Digest::of(payload.as_bytes()),
    };
    Some(Sealed {
        digest: digest_of(&link).ok()?,
        link,
        signature: None,
        payload: Some(payload),
    })
}
