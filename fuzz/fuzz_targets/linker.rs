//! No bytes make the reader of trained linkers or of linked sentences panic; a linker that is accepted is
//! written back the same, and can be used.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_market::concept::Concepts;
use metier_market::dataset::{read_annotations, read_coded, read_sentences};
use metier_market::link::{Linker, Trained};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(trained) = Trained::from_bytes(bytes) {
        assert_eq!(trained.to_bytes().len(), Trained::from_bytes(&trained.to_bytes()).map_or(0, |t| t.to_bytes().len()));
        let linker = Linker::new(&Concepts::default(), trained);
        assert!(linker.rank("weld metal", 3).is_empty());
        assert!(linker.reader().link("weld metal").is_none());
    }
    let _ = (read_sentences(bytes), read_annotations(bytes), read_coded(bytes));
});
