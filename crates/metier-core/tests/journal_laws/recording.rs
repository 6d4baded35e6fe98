//! What may be recorded, and the one form in which it is.

use jiff::civil::{Date, date};
use metier_core::canonical::{CanonicalError, Digest, canonical_text};
use metier_core::id::ChainId;
use metier_core::journal::{Draft, LIMITS, Place, RecordError, Salt};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use crate::writing::{JOURNAL, at, id, note};

#[test]
fn what_lies_in_the_future_is_not_recorded() {
    let place = Place {
        id: id(0),
        journal: JOURNAL,
        chain: ChainId(Uuid::from_u128(1)),
        sequence: 1,
        previous: Digest::ZERO,
        recorded_at: at(0),
        salt: Salt([0; 16]),
    };
    let on = |day: Date| Draft::new("Ada", day, note("x")).record(&place, &LIMITS);
    assert!(
        on(date(2026, 3, 2)).is_ok(),
        "the other side of the world is a day ahead"
    );
    assert!(matches!(on(date(2026, 3, 3)), Err(RecordError::Future { .. })));
}

#[test]
#[allow(clippy::excessive_precision, reason = "as the RFC writes it")]
fn canonical_form_is_rfc_8785() {
    let cases = [
        // RFC 8785, section 3.2.2 and 3.2.3.
        (
            json!({"numbers": [333_333_333.333_333_29, 1e30, 4.50, 2e-3, 0.000_000_000_000_000_000_000_000_001],
                   "string": "\u{20ac}$\u{000F}\u{000a}A'\u{0042}\u{0022}\u{005c}\\\"/",
                   "literals": [null, true, false]}),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        ),
        (
            json!({"\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
                   "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis"}),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
        ),
        // RFC 8785, appendix B.
        (
            json!([
                0.0,
                -0.0,
                5e-324,
                -5e-324,
                f64::MAX,
                1e21,
                9.999_999_999_999_997e22,
                1e23
            ]),
            "[0,0,5e-324,-5e-324,1.7976931348623157e+308,1e+21,9.999999999999997e+22,1e+23]",
        ),
        (
            json!([
                9_007_199_254_740_992_u64,
                -9_007_199_254_740_992_i64,
                0.000_001,
                1e-7
            ]),
            "[9007199254740992,-9007199254740992,0.000001,1e-7]",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(canonical_text(&value).unwrap(), expected);
    }
    for beyond in [
        json!(9_007_199_254_740_993_u64),
        json!(-9_007_199_254_740_993_i64),
        json!([{"n": u64::MAX}]),
        json!(1e17),
        json!(-1e20),
    ] {
        assert!(
            matches!(canonical_text(&beyond), Err(CanonicalError::Integer(_))),
            "{beyond}"
        );
    }
}

proptest! {
    /// What has a canonical form keeps it when it is read and written again: without this an entry
    /// could be recorded and never be read.
    #[test]
    fn canonical_form_is_stable(bits in any::<u64>(), text in ".{0,20}") {
        let value = json!({"n": f64::from_bits(bits), text.clone(): text});
        if let Ok(written) = canonical_text(&value) {
            let read: serde_json::Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(canonical_text(&read).unwrap(), written);
        }
    }
}
