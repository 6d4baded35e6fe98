//! What holds for any source: how it is cut changes nothing, and nothing is read twice or lost.

use std::fs;
use std::io::{Cursor, Read};

use metier_market::read::{Limits, Options, Source, pieces, read};
use proptest::prelude::*;

use crate::{gzip, sorted, with};

/// Gives its bytes in portions of the sizes told.
struct Portions {
    bytes: Cursor<Vec<u8>>,
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Portions {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = into.len().min(self.sizes[self.turn % self.sizes.len()]);
        self.turn += 1;
        self.bytes.read(&mut into[..most])
    }
}

fn cut_into(block: usize) -> Options {
    Options {
        limits: Limits {
            block,
            document: 4_096,
            ..Limits::default()
        },
        ..Options::default()
    }
}

fn table(cells: &[(String, String)]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["text", "title"]).expect("into memory");
    for (text, title) in cells {
        writer.write_record([text, title]).expect("into memory");
    }
    writer.into_inner().expect("into memory")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn however_a_stream_is_cut_its_postings_are_the_same(
        lines in prop::collection::vec("(\\{\"text\": \"[a-z\u{e4}\u{20ac} ]{1,40}\"\\}|[a-z]{0,5}|\\{\"text\": 1)", 0..40),
        sizes in prop::collection::vec(1_usize..50, 1..5),
        block in 1_usize..200,
    ) {
        let bytes = lines.join("\n").into_bytes();
        let whole = with("a.jsonl", bytes.clone(), Options::default());
        let portions = Portions { bytes: Cursor::new(bytes), sizes, turn: 0 };
        let cut = sorted(read([Source::stream("a.jsonl", portions)], cut_into(block)));
        prop_assert_eq!(cut, whole);
    }

    #[test]
    fn a_table_reads_as_it_was_written_however_it_is_cut(
        cells in prop::collection::vec(("[a-z,;\"\n\r\u{e4}]{1,40}x", "[a-z\"', \n]{0,20}"), 0..30),
        block in 1_usize..200,
    ) {
        let (postings, damaged) = with("a.csv", table(&cells), cut_into(block));
        prop_assert_eq!(damaged.len(), 0, "{:?}", damaged);
        let read: Vec<&str> = postings.iter().map(|p| p.text.as_str()).collect();
        let written: Vec<&str> = cells.iter().map(|(text, _)| text.as_str()).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn a_broken_table_is_cut_anywhere_with_the_same_postings(
        rows in prop::collection::vec("[a\",\n]{0,12}", 0..30),
        block in 1_usize..100,
    ) {
        let bytes = format!("text,title\n{}", rows.join("\n"));
        let whole = with("a.csv", bytes.clone(), cut_into(1 << 16));
        let cut = with("a.csv", bytes, cut_into(block));
        prop_assert_eq!(cut.0, whole.0);
    }

    #[test]
    fn reading_goes_on_where_it_stopped(
        cells in prop::collection::vec(("[a-z,\"\n]{1,40}x", "[a-z]{0,5}"), 1..60),
        block in 1_usize..200,
        after in 0_usize..20,
        is_table: bool,
        packed: bool,
    ) {
        let bytes = if is_table {
            table(&cells)
        } else {
            cells.iter().map(|(text, _)| format!("{{\"text\": {text:?}}}\n")).collect::<String>().into_bytes()
        };
        let bytes = if packed { gzip(&bytes) } else { bytes };
        let home = tempfile::tempdir().expect("a folder");
        let name = if is_table { "b.csv" } else { "b.jsonl" };
        fs::write(home.path().join("a.txt"), "An advert before it.").expect("a file");
        fs::write(home.path().join(name), bytes).expect("a file");
        let source = || [Source::path(home.path())];
        let all = sorted(read(source(), cut_into(block))).0;
        let mut first = Vec::new();
        let mut at = None;
        for piece in pieces(source(), cut_into(block)).take(after) {
            at = Some(piece.behind());
            first.push(piece);
        }
        let mut both = sorted(first.into_iter().flat_map(metier_market::read::Piece::read)).0;
        let options = Options { from: at, ..cut_into(block) };
        both.extend(sorted(read(source(), options)).0);
        prop_assert_eq!(both, all);
    }
}
