//! No table makes the reader panic, and what it accepts is written and read back as the same rows.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use metier_exchange::attempts_csv::{AttemptsRow, read, write};

fuzz_target!(|bytes: &[u8]| {
    let today = date(2026, 6, 30);
    let without_lines = |rows: Vec<AttemptsRow>| -> Vec<AttemptsRow> {
        rows.into_iter()
            .map(|row| AttemptsRow { line: 0, ..row })
            .collect()
    };
    match read(bytes, today) {
        Ok(rows) => {
            assert!(rows.iter().all(|r| r.date <= today && r.clean <= r.attempts));
            let again = read(write(&rows).as_bytes(), today).expect("what was accepted is accepted again");
            assert_eq!(without_lines(again), without_lines(rows));
        }
        Err(problems) => assert!((1..=20).contains(&problems.len())),
    }
});
