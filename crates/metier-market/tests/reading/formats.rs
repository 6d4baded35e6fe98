//! One test for each way in.

use std::fs;
use std::sync::Arc;

use jiff::civil::date;
use metier_market::read::{Field, Format, Options, Position, Source, What, pasted, pieces, read};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::{folder, gzip, sorted, stream, texts, with, zstd};

#[test]
fn json_lines_are_read_by_well_known_keys_whatever_is_beside_them() {
    let lines = concat!(
        "{\"ID\": 7, \"Job Title\": \"Baker\", \"text\": \"Bakes bread.\\nEvery day.\", \"posted_at\": ",
        "\"2026-01-31T08:00:00Z\", \"company\": {\"name\": \"Mill &amp; Son\"}, \"location\": {\"addressLocality\": ",
        "\"Lyon\", \"addressCountry\": \"FR\"}, \"esco_code\": \"7512.1\", \"more\": [{\"text\": 1}]}\n\n",
        "{\"description\": \"<p>Sells</p><p>bread.</p>\", \"date\": \"soon\"}\r\n",
        "{\"@type\": \"JobPosting\", \"description\": \"Drives.\", \"hiringOrganization\": {\"name\": \"Bus\"}}",
    );
    for (name, bytes) in [
        ("-", lines.as_bytes().to_vec()),
        ("a.jsonl.gz", gzip(lines.as_bytes())),
        ("a.ndjson.zst", zstd(lines.as_bytes())),
    ] {
        let (postings, damaged) = stream(name, bytes);
        assert_eq!(
            texts(&postings),
            ["Bakes bread.\nEvery day.", "Sells\nbread.", "Drives."],
            "{damaged:?}"
        );
        let first = &postings[0];
        assert_eq!(first.id.as_deref(), Some("7"));
        assert_eq!(first.title.as_deref(), Some("Baker"));
        assert_eq!(first.employer.as_deref(), Some("Mill & Son"));
        assert_eq!(first.place.as_deref(), Some("Lyon, FR"));
        assert_eq!(first.date, Some(date(2026, 1, 31)));
        assert_eq!(first.occupation.as_deref(), Some("7512.1"));
        assert_eq!(postings[1].origin.document, 3);
        assert_eq!(postings[1].date, None);
        assert_eq!(postings[2].employer.as_deref(), Some("Bus"));
        // The date that could not be read is counted, and is all that is lost.
        assert_eq!(damaged.len(), 1);
        assert_eq!(damaged[0].what, What::Date);
        assert_eq!(damaged[0].origin, postings[1].origin);
    }
}

#[test]
fn a_table_is_read_whatever_separates_it() {
    for separator in [',', ';', '\t', '|'] {
        let table = "id,text,date\r\n1,\"Bakes, \"\"well\"\",\nand long.\",2026-01\r\n\r\n2,Sells,\n"
            .replace("Bakes,", "Bakes_")
            .replace("\"\",\n", "\"\"_\n")
            .replace(',', &separator.to_string())
            .replace('_', ",");
        let (postings, damaged) = stream("-", table);
        assert_eq!(
            texts(&postings),
            ["Bakes, \"well\",\nand long.", "Sells"],
            "{damaged:?}"
        );
        assert_eq!(damaged, []);
        assert_eq!(postings[0].date, Some(date(2026, 1, 1)));
        assert_eq!(postings[1].origin.document, 2);
    }
}

#[test]
fn a_column_that_is_named_comes_before_the_well_known_ones() {
    let table = "text,was,posted_epoch\nshort,The whole of it.,1769817600\n";
    let mut options = Options::default();
    options.columns.insert(Field::Text, "was".to_owned());
    let (postings, _) = with("a.csv", table, options.clone());
    assert_eq!(texts(&postings), ["The whole of it."]);
    assert_eq!(postings[0].date, Some(date(2026, 1, 31)));
    options.columns.insert(Field::Title, "missing".to_owned());
    let (postings, damaged) = with("a.csv", table, options);
    assert!(postings.is_empty());
    assert!(damaged[0].reason.contains("missing"), "{}", damaged[0]);
    assert!(
        damaged[0].reason.contains("text, was, posted_epoch"),
        "{}",
        damaged[0]
    );
}

const LINKED: &str = r#"<!doctype html><html><head><title>x</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "name": "Nobody"},
 {"@type": ["JobPosting"], "title": "Nurse", "datePosted": "2026-03-01", "description":
  "&lt;p&gt;You look after people on a ward of eighteen beds, by day and by night.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Registered&lt;/li&gt;&lt;/ul&gt;",
  "hiringOrganization": {"@type": "Organization", "name": "Ward 4"},
  "jobLocation": [{"address": {"addressLocality": "Graz", "addressCountry": "AT"}}],
  "occupationalCategory": "2221", "identifier": {"value": "N-1"}, "skills": "First aid"},
 {"@type": "JobPosting", "title": "Cook", "description": "You cook for eighty, twice a day, and nobody goes hungry."}
]};</script></head><body><p>Something else.</p></body></html>"#;

#[test]
fn linked_data_says_what_the_postings_of_a_page_are() {
    let (postings, damaged) = stream("page.html", LINKED);
    assert_eq!(damaged, []);
    assert_eq!(postings.len(), 2);
    let nurse = &postings[0];
    assert_eq!(
        nurse.text,
        "You look after people on a ward of eighteen beds, by day and by night.\nRegistered\nFirst aid"
    );
    assert_eq!(nurse.title.as_deref(), Some("Nurse"));
    assert_eq!(nurse.employer.as_deref(), Some("Ward 4"));
    assert_eq!(nurse.place.as_deref(), Some("Graz, AT"));
    assert_eq!(nurse.occupation.as_deref(), Some("2221"));
    assert_eq!(nurse.id.as_deref(), Some("N-1"));
    assert_eq!(nurse.date, Some(date(2026, 3, 1)));
    assert_eq!((postings[0].origin.document, postings[1].origin.document), (1, 2));
}

#[test]
fn microdata_says_it_too_and_keeps_the_places() {
    let page = r#"<html><body><div itemscope itemtype="https://schema.org/JobPosting">
      <h1 itemprop="title">Cook</h1><meta itemprop="datePosted" content="2026-02-03">
      <div itemprop="hiringOrganization" itemscope><span itemprop="name">Canteen</span></div>
      <div itemprop="jobLocation"><span itemprop="address"><b itemprop="addressLocality">Bern</b></span></div>
      <div itemprop="description"><p>You cook for eighty, twice a day.</p><div>You know what a roux is, and
      why it burns, and what to say to whoever burnt it.</div></div></div><p>Another thing.</p></body></html>"#;
    let (postings, damaged) = stream("page.htm", page);
    assert_eq!(damaged, []);
    let cook = &postings[0];
    assert_eq!(
        cook.text,
        "You cook for eighty, twice a day.\nYou know what a roux is, and why it burns, and what to say to whoever burnt it."
    );
    assert_eq!(cook.title.as_deref(), Some("Cook"));
    assert_eq!(cook.employer.as_deref(), Some("Canteen"));
    assert_eq!(cook.place.as_deref(), Some("Bern"));
    assert_eq!(cook.date, Some(date(2026, 2, 3)));
    let at = u32::try_from(cook.text.find("roux").expect("there")).expect("short");
    assert!(page[cook.source_offset(at) as usize..].starts_with("roux"));
}

#[test]
fn a_page_saved_with_everything_is_read() {
    let mail = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; \
                boundary=\"b\"; type=\"text/html\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\
                Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>Bakes br=C3=BBl=C3=A9e =\r\n\
                every day.</p></body></html>\r\n--b\r\nContent-Type: image/png\r\n\
                Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    let (postings, damaged) = stream("page.mhtml", mail);
    assert_eq!(
        texts(&postings),
        ["Bakes br\u{fb}l\u{e9}e every day."],
        "{damaged:?}"
    );
}

#[test]
fn encodings_are_read_where_they_are_said_or_show() {
    let text = "Caf\u{e9} sucht Leute \u{2013} f\u{fc}r den Tag und f\u{fc}r die Nacht";
    let wide: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .map(|c| c as u16)
        .flat_map(u16::to_le_bytes)
        .collect();
    let western = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    for bytes in [wide, western.clone(), [b"\xef\xbb\xbf", text.as_bytes()].concat()] {
        assert_eq!(texts(&stream("a.txt", bytes).0), [text]);
    }
    let table = [b"text;date\n", western.as_slice(), b";2026-01-01\n"].concat();
    assert_eq!(texts(&stream("a.csv", table).0), [text]);
    let page = [
        b"<html><meta charset=koi8-r><p>".as_slice(),
        &encoding_rs::KOI8_R
            .encode("\u{43f}\u{435}\u{43a}\u{430}\u{440}\u{44c}")
            .0,
    ]
    .concat();
    assert_eq!(
        texts(&stream("a.html", page).0),
        ["\u{43f}\u{435}\u{43a}\u{430}\u{440}\u{44c}"]
    );
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let home = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &[u8]| {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("b.txt", b"Second advert\nwith more");
    write("a/one.txt", b"First.");
    write("c.html", b"<html><p>Third.");
    write("c_files/ad.html", b"<html><p>What a browser saved beside it.");
    write(".hidden.txt", b"no");
    write("d.jsonl", b"{\"text\": \"Fourth.\"}\n");
    write("e.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    let (postings, damaged) = folder(home.path());
    assert_eq!(
        texts(&postings),
        ["First.", "Second advert\nwith more", "Third.", "Fourth."]
    );
    assert_eq!(postings[1].title.as_deref(), Some("Second advert"));
    assert_eq!(damaged.len(), 1);
    assert!(damaged[0].origin.file.ends_with("e.png"));
    let missing = home.path().join("nowhere");
    assert!(folder(&missing).1[0].to_string().contains("nowhere"));
}

#[test]
fn pasted_adverts_are_told_apart() {
    let adverts =
        pasted("Baker\nBakes bread & rolls.\n---\n\n<p>Sells</p><ul><li>bread</ul>\n  -----\n\n---\nDrives.");
    assert_eq!(
        texts(&adverts),
        ["Baker\nBakes bread & rolls.\n", "Sells\nbread", "Drives."]
    );
    assert_eq!(adverts[0].title.as_deref(), Some("Baker"));
    assert_eq!(
        adverts.iter().map(|a| a.origin.document).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(pasted(LINKED).len(), 2);
    assert!(pasted(" \n---\n").is_empty());
}

/// A file of two row groups: `text` with a gap, and `date` as days since 1970.
fn table_file(path: &std::path::Path) {
    let schema = "message postings { OPTIONAL BYTE_ARRAY text (UTF8); REQUIRED INT32 date (DATE); OPTIONAL BYTE_ARRAY title (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let file = fs::File::create(path).expect("a file");
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::builder().build()))
        .expect("a writer");
    for group in 0..2_i32 {
        let mut rows = writer.next_row_group().expect("a group");
        let texts: Vec<ByteArray> = (0..99)
            .map(|n| ByteArray::from(format!("Advert {group} {n}").as_str()))
            .collect();
        let levels: Vec<i16> = (0..100).map(|n| i16::from(n != 50)).collect();
        let mut column = rows.next_column().expect("text").expect("text");
        column
            .typed::<ByteArrayType>()
            .write_batch(&texts, Some(&levels), None)
            .expect("written");
        column.close().expect("closed");
        let mut column = rows.next_column().expect("day").expect("day");
        column
            .typed::<Int32Type>()
            .write_batch(&[20_484; 100], None, None)
            .expect("written");
        column.close().expect("closed");
        let mut column = rows.next_column().expect("title").expect("title");
        column
            .typed::<ByteArrayType>()
            .write_batch(&[], Some(&[0; 100]), None)
            .expect("written");
        column.close().expect("closed");
        rows.close().expect("closed");
    }
    writer.close().expect("closed");
}

#[test]
fn parquet_is_read_row_group_by_row_group() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("postings.parquet");
    table_file(&path);
    let (postings, damaged) = folder(&path);
    assert_eq!(postings.len(), 198);
    assert_eq!(postings[0].date, Some(date(2026, 1, 31)));
    assert_eq!(postings[197].text, "Advert 1 98");
    assert_eq!(postings[197].origin.document, 200);
    assert_eq!(
        damaged.iter().map(|d| d.origin.document).collect::<Vec<_>>(),
        [51, 151]
    );
    // The two groups are two pieces, and reading can go on between them and inside one.
    assert_eq!(pieces([Source::path(&path)], Options::default()).count(), 2);
    let from = Position {
        file: path.display().to_string(),
        document: 121,
        byte: None,
    };
    let options = Options {
        from: Some(from),
        ..Options::default()
    };
    let (rest, _) = sorted(read([Source::path(&path)], options));
    assert_eq!(rest, postings[postings.len() - 79..]);

    let whole = fs::read(&path).expect("a file");
    for (name, bytes) in [
        ("footer", whole[..whole.len() - 30].to_vec()),
        ("start", whole[..8].to_vec()),
        ("middle", [&whole[..40], &vec![0xff; 400], &whole[440..]].concat()),
    ] {
        let path = home.path().join(format!("{name}.parquet"));
        fs::write(&path, bytes).expect("a file");
        let (_, damaged) = folder(&path);
        assert!(
            damaged.iter().any(|d| d.what == What::File),
            "{name}: {damaged:?}"
        );
    }
    let mut options = Options::default();
    options.columns.insert(Field::Employer, "who".to_owned());
    let (_, damaged) = sorted(read([Source::path(&path)], options));
    assert!(damaged[0].reason.contains("text, date, title"), "{}", damaged[0]);
    // From a stream it cannot be read, and that is said.
    assert!(crate::refused("-", whole).contains("Parquet"));
}

#[test]
fn the_format_can_be_told() {
    let options = Options {
        format: Some(Format::Text),
        ..Options::default()
    };
    let (postings, _) = with("-", "{\"text\": \"as it stands\"}", options);
    assert_eq!(texts(&postings), ["{\"text\": \"as it stands\"}"]);
}
