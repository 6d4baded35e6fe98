//! What cannot be read is counted and named, and the run goes on.

use std::io::Read as _;

use metier_market::read::{Limits, Options, Source, What, read};

use crate::{gzip, refused, sorted, stream, texts, with};

#[test]
fn what_is_no_posting_is_refused_with_its_reason() {
    for (name, bytes, reason) in [
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "no text"),
        ("a.zip", b"PK\x03\x04rest".to_vec(), "unpack"),
        ("a.gz", gzip(&gzip(b"text")), "twice"),
        ("a.gz", b"\x1f\x8b\x08\0broken".to_vec(), "cannot be read"),
        ("a.xz", b"\xfd7zXZ\0".to_vec(), "xz"),
        ("a.txt", b" \n".to_vec(), "empty"),
        (
            "a.txt",
            b"\xc8\xf9\xe5\xec \xef\xee\xe2\xe0\xf0\xe0".to_vec(),
            "UTF-8",
        ),
        ("a.csv", b"a,b,c\n1,2,3\n".to_vec(), "its columns are: a, b, c"),
        ("a.csv", b"\"a,b,c\n1,2,3\n".to_vec(), "quote"),
        ("a.parquet", b"PAR1 but nothing else".to_vec(), "Parquet"),
    ] {
        let said = refused(name, bytes);
        assert!(said.contains(reason), "{name}: {said}");
    }
}

#[test]
fn a_bomb_is_put_down_before_it_goes_off() {
    // 128 MiB of blanks behind one good line, in a few kilobytes.
    let bomb = || {
        b"{\"text\": \"One.\"}\n"
            .as_slice()
            .chain(std::io::repeat(b' ').take(128 << 20))
    };
    let mut packed = Vec::new();
    zstd::stream::copy_encode(bomb(), &mut packed, 1).expect("into memory");
    let (postings, damaged) = stream("a.jsonl.zst", packed.clone());
    assert_eq!(texts(&postings), ["One."]);
    // The line that never ends is one, what the file claims to hold the other.
    assert_eq!(damaged.len(), 2, "{damaged:?}");
    assert_eq!(damaged[1].what, What::File);
    assert!(
        damaged[1].reason.contains("1000 bytes for each"),
        "{}",
        damaged[1]
    );
    let limits = Limits {
        expanded: 1 << 20,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    let (_, damaged) = with("a.jsonl.zst", packed, options);
    assert!(damaged[0].reason.contains("1 MiB"), "{}", damaged[0]);
}

#[test]
fn a_file_that_breaks_off_gives_what_was_whole() {
    let lines: String = (0..5_000)
        .map(|n| format!("{{\"text\": \"Advert number {n}\"}}\n"))
        .collect();
    let packed = gzip(lines.as_bytes());
    let (postings, damaged) = stream("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(postings.len() > 100);
    assert!(
        postings
            .iter()
            .enumerate()
            .all(|(n, p)| p.text == format!("Advert number {n}"))
    );
    assert_eq!(damaged.len(), 1);
    assert_eq!(damaged[0].what, What::File);
    assert_eq!(damaged[0].origin.document, postings.len() as u64 + 1);
}

#[test]
fn a_line_of_a_hundred_megabytes_is_one_document_that_is_lost() {
    let long = std::io::Cursor::new(b"{\"text\": \"One.\"}\n{\"text\": \"".to_vec())
        .chain(std::io::repeat(b'x').take(100 << 20))
        .chain(std::io::Cursor::new(b"\"}\n{\"text\": \"Three.\"}\n".to_vec()));
    let (postings, damaged) = sorted(read([Source::stream("-", long)], Options::default()));
    assert_eq!(texts(&postings), ["One.", "Three."]);
    assert_eq!(postings[1].origin.document, 3);
    assert_eq!(damaged.len(), 1);
    assert!(damaged[0].reason.contains("16 MiB"), "{}", damaged[0]);
}

#[test]
fn broken_lines_are_named_one_by_one() {
    let lines = b"{\"text\": \"One.\"}\nno json\n{\"text\": \"cut off\n{\"title\": \"No text\"}\n[1]\n{\"text\": \"\xc8\xf9\xe5\xec\"}\n{\"text\": \"Last.\"} x\n";
    let deep = format!("{{\"text\": {}1{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    let (postings, damaged) = stream("a.jsonl", [lines.as_slice(), deep.as_bytes()].concat());
    assert_eq!(texts(&postings), ["One."]);
    assert_eq!(
        damaged.iter().map(|d| d.origin.document).collect::<Vec<_>>(),
        [2, 3, 4, 5, 6, 7, 8]
    );
    assert!(damaged[2].reason.contains("description"), "{}", damaged[2]);
}

#[test]
fn a_text_over_the_limit_is_refused_by_name() {
    let options = Options {
        limits: Limits {
            text: 1_024,
            ..Limits::default()
        },
        ..Options::default()
    };
    let (postings, damaged) = with("a.txt", "word ".repeat(300), options);
    assert!(postings.is_empty());
    assert!(damaged[0].reason.contains("1 KiB"), "{}", damaged[0]);
}

#[test]
fn a_lost_quote_does_not_swallow_the_table() {
    let row = |n: usize| format!("{n},\"Advert, number {n}\",2026-01-01\n");
    let all: Vec<String> = (0..200).map(row).collect();
    for (name, broken) in [
        ("opening", "100,Advert, number 100\",2026-01-01\n"),
        ("closing", "100,\"Advert, number 100,2026-01-01\n"),
        ("inside", "100,\"Advert, \"number\" 100\",2026-01-01\n"),
        ("missing field", "100,\"Advert, number 100\"\n"),
        (
            "over lines",
            "100,\"Advert,\nnumber\" one\nhundred, one, two\n\",2026-01-01\n",
        ),
    ] {
        let mut lines = all.clone();
        broken.clone_into(&mut lines[100]);
        let (postings, damaged) = stream("a.csv", format!("id,text,date\n{}", lines.concat()));
        let there: Vec<usize> = postings
            .iter()
            .map(|p| p.id.as_deref().expect("an id").parse().expect("a number"))
            .collect();
        let lost: Vec<usize> = (0..200).filter(|n| !there.contains(n)).collect();
        assert!(lost.contains(&100) && lost.len() <= 2, "{name}: {lost:?}");
        assert!(!damaged.is_empty() && damaged.len() <= 2, "{name}: {damaged:?}");
        assert!(
            postings.iter().all(|p| p.text.starts_with("Advert, number ")),
            "{name}"
        );
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let mut table = "id,text,date\n1,One.,2026-01-01\n2,\"Two.,2026-01-01\n".to_owned();
    for n in 3..5_000 {
        table.push_str(&format!("{n},Advert number {n},2026-01-01\n"));
    }
    let options = Options {
        limits: Limits {
            block: 4_096,
            document: 64 << 10,
            ..Limits::default()
        },
        ..Options::default()
    };
    let (postings, damaged) = with("a.csv", table, options);
    assert_eq!(postings.len(), 4_998);
    assert_eq!(damaged.len(), 1, "{damaged:?}");
    assert_eq!(damaged[0].origin.document, 2);
}

#[test]
fn a_table_of_nothing_but_broken_rows_is_read_in_proportion() {
    // Each row opens a quote that the next one closes in the wrong place.
    let table = format!("id,text,date\n{}", "1,\"a\n\"\",b\n".repeat(50_000));
    let (postings, damaged) = stream("a.csv", table);
    assert!(postings.is_empty());
    assert!(!damaged.is_empty());
}

#[test]
fn a_place_to_go_on_from_that_is_gone_is_said() {
    let from = metier_market::read::Position {
        file: "gone.jsonl".to_owned(),
        document: 5,
        byte: Some(10),
    };
    let options = Options {
        from: Some(from),
        ..Options::default()
    };
    let (postings, damaged) = with("here.jsonl", "{\"text\": \"One.\"}\n", options);
    assert!(postings.is_empty());
    assert_eq!(damaged[0].origin.file, "gone.jsonl");
}
