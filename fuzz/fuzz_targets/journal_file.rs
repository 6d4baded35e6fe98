//! No journal file makes the reader panic, and what it accepts is written and read back the same.
//! Bytes that are no archive are taken for the lines inside one, so that the fuzzer gets past the zip.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use metier_core::journal::{head, verify};
use metier_exchange::journal_file::{FileLimits, read, write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const LIMITS: FileLimits = FileLimits {
    archive: 1 << 20,
    line: 1 << 16,
    lines: 1 << 20,
    attachment: 1 << 16,
    attachments: 1 << 18,
    files: 100,
};

fn archive(lines: &[u8]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("journal.jsonl", options)
        .expect("memory can be written");
    zip.write_all(lines).expect("memory can be written");
    zip.finish().expect("memory can be written").into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let bytes = if bytes.starts_with(b"PK") {
        bytes.to_vec()
    } else {
        archive(bytes)
    };
    let Ok(file) = read(Cursor::new(&bytes), &LIMITS, None) else {
        return;
    };
    assert_eq!(verify(&file.entries), vec![]);
    assert_eq!(head(&file.entries), Ok(file.header.head));
    let written = write(
        Cursor::new(Vec::new()),
        &file.header,
        &file.entries,
        file.attachments.clone(),
    )
    .expect("what was accepted can be written");
    assert_eq!(read(written, &LIMITS, None), Ok(file));
});
