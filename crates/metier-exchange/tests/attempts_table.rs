//! The attempts table: what is read, and what is refused with which line.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::{Date, date};
use metier_exchange::attempts_csv::{AttemptsRow, COLUMNS, FILE_MAX, ROWS_MAX, read, template, write};
use proptest::prelude::*;

const TODAY: Date = date(2026, 6, 30);

fn refused(text: impl AsRef<[u8]>) -> Vec<String> {
    read(text.as_ref(), TODAY)
        .expect_err("should be refused")
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn the_template_reads() {
    let rows = read(template().as_bytes(), TODAY).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[0],
        AttemptsRow {
            line: 6,
            date: date(2026, 1, 12),
            attempts: 10,
            clean: 7,
            aided: 2,
            minutes: Some(55),
            guide: "House style 3".into(),
            note: "First try with the new template".into(),
        }
    );
}

#[test]
fn columns_are_found_by_name_in_any_order_and_separator() {
    for text in [
        "clean,date,attempts\n4,2026-01-31,5\n",
        "\u{feff}Clean;DATE; attempts \r\n4;2026-01-31;5\r\n",
        "clean\tdate\tattempts\n\"4\"\t2026-01-31\t5",
    ] {
        let rows = read(text.as_bytes(), TODAY).unwrap();
        assert_eq!(rows.len(), 1, "{text}");
        let row = &rows[0];
        assert_eq!(
            (row.line, row.date, row.attempts, row.clean),
            (2, date(2026, 1, 31), 5, 4)
        );
        assert_eq!((row.aided, row.minutes, row.guide.as_str()), (0, None, ""));
    }
}

#[test]
fn an_unknown_column_names_the_known_ones() {
    let said = refused("date,atempts,clean,weather\n2026-01-31,5,4,fine\n");
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said[0].contains("line 1") && said[0].contains("`atempts` is not known"),
        "{said:?}"
    );
    assert!(said[0].contains("perhaps `attempts` is meant"), "{said:?}");
    assert!(
        said[1].contains("weather") && COLUMNS.iter().all(|c| said[1].contains(c)),
        "{said:?}"
    );
    assert!(said[2].contains("the column `attempts` is missing"), "{said:?}");
    assert!(refused("date,clean,clean,attempts\n")[0].contains("there twice"));
}

#[test]
fn every_problem_is_named_with_its_line_and_nothing_is_kept() {
    let said = refused(
        "date,attempts,clean,aided\n\
         2026-01-31,5,4,0\n\
         31.01.2026,5,4,0\n\
         2026-02-30,5,4,0\n\
         2026-07-01,5,4,0\n\
         2026-01-30,5,4,2\n\
         2026-01-29,0,0,0\n\
         2026-01-28,five,-1,\n\
         ,1,,\n\
         2026-01-27,1\n",
    );
    let expected = [
        ("line 3: date: `31.01.2026` is not a date", "2026-01-31"),
        ("line 4: date: `2026-02-30` is not a date", ""),
        (
            "line 5: date: 2026-07-01 lies in the future",
            "today is 2026-06-30",
        ),
        (
            "line 6: clean: 4 clean and 2 aided are more than the 5 attempts",
            "",
        ),
        ("line 7: attempts: there was no attempt", ""),
        ("line 8: attempts: `five` is not a whole number", ""),
        ("line 8: clean: `-1` is not a whole number", ""),
        ("line 9: date: is empty", ""),
        ("line 9: clean: is empty", ""),
        ("line 10: this row has 2 fields, the header has 4", ""),
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, (begins, contains)) in said.iter().zip(expected) {
        assert!(
            said.starts_with(begins) && said.contains(contains),
            "{said}\n{begins}"
        );
    }
}

#[test]
fn the_same_row_twice_names_both_lines_and_a_note_tells_them_apart() {
    let said = refused("date,attempts,clean,note\n2026-01-31,5,4,\n2026-01-30,5,4,\n2026-01-31,5,4,\n");
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("line 4: says exactly what line 2 says"),
        "{said:?}"
    );
    assert!(
        read(
            b"date,attempts,clean,note\n2026-01-31,5,4,am\n2026-01-31,5,4,pm\n",
            TODAY
        )
        .is_ok()
    );
}

#[test]
fn what_is_not_such_a_table_is_refused_with_the_reason() {
    assert!(refused("")[0].contains("the file is empty"));
    assert!(refused("date,attempts,clean\n")[0].contains("no row"));
    assert!(refused(b"date,attempts,clean,note\n2026-01-31,5,4,caf\xe9\n")[0].contains("line 2, column 19"));
    assert!(
        refused("date,attempts,clean,note\n2026-01-31,5,4,\"open\n2026-01-30,5,4,\n")[0].contains("line 2")
    );
    assert!(
        refused(format!(
            "date,attempts,clean,note\n2026-01-31,5,4,{}\n",
            "x".repeat(10 << 20)
        ))[0]
            .contains("64 KiB")
    );
    assert!(refused("x".repeat(10 << 20))[0].contains("64 KiB"));
    assert!(refused(vec![b'x'; FILE_MAX + 1])[0].contains("at most"));
    assert!(refused("PK\u{3}\u{4}\n")[0].contains("ZIP archive"));
    assert_eq!(
        refused(format!("date,attempts,clean\n{}", "x,y,z\n".repeat(100))).len(),
        20
    );
}

#[test]
fn more_rows_than_the_limit_are_refused() {
    let rows: Vec<String> = (0..=ROWS_MAX).map(|i| format!("2026-01-31,5,4,{i}")).collect();
    let text = format!("date,attempts,clean,minutes\n{}", rows.join("\n"));
    assert!(refused(&text)[0].contains("more than 100000 rows"));
}

fn row() -> impl Strategy<Value = AttemptsRow> {
    let text = "[=+@'\\-a-z0-9,;\"\n\té#]{0,20}";
    (
        0..9_000_i64,
        1..=u32::MAX,
        any::<u32>(),
        any::<u32>(),
        any::<Option<u32>>(),
        text,
        text,
    )
        .prop_map(|(days, attempts, clean, aided, minutes, guide, note)| {
            let clean = clean % attempts;
            AttemptsRow {
                line: 0,
                date: date(2000, 1, 1).saturating_add(jiff::Span::new().days(days)),
                attempts,
                clean,
                aided: aided % (attempts - clean),
                minutes,
                guide: guide.trim().into(),
                note: note.trim().into(),
            }
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(rows in prop::collection::hash_set(row(), 1..20)) {
        let rows: Vec<AttemptsRow> = rows.into_iter().collect();
        let read: Vec<AttemptsRow> = read(write(&rows).as_bytes(), TODAY)
            .unwrap()
            .into_iter()
            .map(|row| AttemptsRow { line: 0, ..row })
            .collect();
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        let _ = read(format!("date,attempts,clean,note\n{text}").as_bytes(), TODAY);
    }
}
