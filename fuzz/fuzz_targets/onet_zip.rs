//! No archive makes the O*NET reader panic, and a catalogue it accepts is kept and read back the same.
//! Bytes that are no archive are taken for tables: `== name` begins each.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use metier_exchange::{catalogue_file, onet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn archive(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut started = false;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if let Some(name) = line.strip_prefix(b"== ") {
            let name = std::str::from_utf8(name).ok()?.trim();
            zip.start_file(format!("db/{name}.txt"), options).ok()?;
            started = true;
        } else if started {
            zip.write_all(line).ok()?;
        }
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let archive = if bytes.starts_with(b"PK") {
        Some(bytes.to_vec())
    } else {
        archive(bytes)
    };
    let Some(archive) = archive else { return };
    if let Ok(import) = onet::read(&archive, |_| ()) {
        let kept = catalogue_file::to_bytes(&import.catalogue).expect("a catalogue has a binary form");
        let again = catalogue_file::from_bytes(&kept).expect("just written");
        assert_eq!(catalogue_file::to_bytes(&again).expect("just read"), kept);
    }
    let _ = catalogue_file::from_bytes(bytes);
});
