//! No archive makes the ESCO reader panic, and a classification it accepts is kept and read back the same,
//! and every occupation of it is drafted or refused. Bytes that are no archive are taken for files
//! (`== name` begins each) and for a crosswalk.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use metier_core::catalogue::Catalogue;
use metier_core::framework::check;
use metier_exchange::publication::publication;
use metier_exchange::{catalogue_file, esco};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn archive(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut started = false;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if let Some(name) = line.strip_prefix(b"== ") {
            let name = std::str::from_utf8(name).ok()?.trim();
            zip.start_file(format!("v1.2.0/{name}_en.csv"), options).ok()?;
            started = true;
        } else if started {
            zip.write_all(line).ok()?;
        }
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let _ = publication(&mut Cursor::new(bytes));
    if let Ok(links) = esco::read_crosswalk(bytes) {
        assert!(links.links.is_sorted_by(|a, b| a.esco <= b.esco));
    }
    let archive = if bytes.starts_with(b"PK") {
        Some(bytes.to_vec())
    } else {
        archive(bytes)
    };
    let Some(archive) = archive else { return };
    if let Ok(import) = esco::read(&archive, None, |_| ()) {
        let catalogue = Catalogue::default().with_esco(import.esco);
        let kept = catalogue_file::to_bytes(&catalogue).expect("a catalogue has a binary form");
        let again = catalogue_file::from_bytes(&kept).expect("just written");
        assert_eq!(again.esco, catalogue.esco);
        for occupation in again.esco.iter().flat_map(|e| &e.occupations).take(3) {
            if let Ok(draft) = again.draft(&occupation.code) {
                assert_eq!(check(&draft), []);
            }
            let _ = again.neighbours(&occupation.code, 3);
        }
    }
});
