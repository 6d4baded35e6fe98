//! No file makes the reader of tables panic, what it accepts is within its limits, and delimited text is
//! read back the same when it is written plainly. Text that begins with `== ` is taken for the parts of a
//! workbook: `== name` begins each.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use metier_exchange::delimited::csv_field_safe;
use metier_exchange::table::{COLUMNS_MAX, Format, ROWS_MAX, SHEETS_MAX, TEXT_MAX, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if let Some(name) = line.strip_prefix(b"== ") {
            zip.start_file(std::str::from_utf8(name).ok()?.trim(), options).ok()?;
        } else {
            zip.write_all(line).ok()?;
        }
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let made = if bytes.starts_with(b"== ") {
        workbook(bytes)
    } else {
        Some(bytes.to_vec())
    };
    let Some(bytes) = made else { return };
    for name in ["x", "x.json", "x.yaml"] {
        let Ok(book) = read(name, &bytes, None) else { continue };
        assert!((1..=SHEETS_MAX).contains(&book.sheets.len()));
        let rows: Vec<_> = book.sheets.iter().flat_map(|s| &s.rows).collect();
        assert!(rows.len() <= ROWS_MAX + SHEETS_MAX);
        assert!(rows.iter().all(|r| (1..=COLUMNS_MAX).contains(&r.cells.len())));
        let text: usize = rows.iter().flat_map(|r| &r.cells).map(String::len).sum();
        assert!(text <= TEXT_MAX);
        assert!(rows.iter().flat_map(|r| &r.cells).all(|c| c.trim().len() == c.len()));
        assert!(book.findings.iter().all(|f| !f.to_string().is_empty()));
        if book.format == Format::Csv {
            let quoted = |cell: &String| csv_field_safe(cell);
            let lines: Vec<String> = book.sheets[0]
                .rows
                .iter()
                .map(|r| r.cells.iter().map(quoted).collect::<Vec<_>>().join(","))
                .collect();
            let written = format!("sep=,\n{}\n", lines.join("\n"));
            let again = read("x.csv", written.as_bytes(), Some("utf-8")).expect("what was accepted is accepted again");
            let cells = |rows: &[metier_exchange::table::Row]| -> Vec<Vec<String>> {
                rows.iter().map(|r| r.cells.clone()).collect()
            };
            assert_eq!(cells(&again.sheets[0].rows), cells(&book.sheets[0].rows));
        }
    }
    let _ = read("x.csv", &bytes, Some("windows-1252"));
});
