//! No file of concepts makes opening or searching panic, with the right sum too; and an index of any names
//! is kept and read back the same. The first line is the query, the others are names.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_market::concept::{Concept, ConceptIndex, Concepts, Scheme, Sort};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let query = lines.next().unwrap_or("").to_owned();
    for file in [bytes.to_vec(), summed(bytes)] {
        if let Ok(index) = ConceptIndex::from_bytes(&file) {
            index.search(&query, 5);
        }
    }
    let named = lines.take(200).map(|label| Concept {
        scheme: Scheme::Esco,
        key: label.to_owned(),
        sort: Sort::Skill,
        label: label.to_owned(),
        names: Vec::new(),
        description: String::new(),
        broader: Vec::new(),
    });
    let index = ConceptIndex::build(Concepts::new(named.collect()));
    let kept = index.to_bytes().expect("an index has a binary form");
    let again = ConceptIndex::from_bytes(&kept).expect("just written");
    assert_eq!(again.search(&query, 5), index.search(&query, 5));
});

/// The bytes as a file whose head and sum are right.
fn summed(content: &[u8]) -> Vec<u8> {
    let mut file = b"METIER-CON\x01\x00\x00\x00".to_vec();
    file.extend(crc32fast::hash(content).to_le_bytes());
    file.extend(content);
    file
}
