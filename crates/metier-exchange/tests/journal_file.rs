//! The journal file: what is written is read back whole, and everything else is refused by line.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod writing;

use std::io::{Cursor, Read, Write};

use jiff::ToSpan;
use jiff::civil::date;
use metier_core::canonical::{Digest, canonical_text, digest_of};
use metier_core::evidence::{Artefact, Evidence, Happening};
use metier_core::id::{EntryId, JournalId};
use metier_core::journal::{Draft, Erasure, Fact, LIMITS, Sealed, head};
use metier_exchange::journal_file::{
    FILE_LIMITS, FileLimits, Header, JournalFile, JournalFileError, WriteError, read, write,
};
use proptest::prelude::*;
use uuid::Uuid;
use writing::{JOURNAL, at, chain_order, header, journal, place};
use zip::write::SimpleFileOptions;

const PICTURE: &[u8] = b"a picture, as far as anyone here can tell";

/// Two chains of entries, one of them with an attachment.
fn entries() -> Vec<Sealed> {
    let mut entries = journal(6, 2);
    let evidence = Evidence {
        title: "Ran the spring check".into(),
        story: String::new(),
        hours: Some(2.5),
        artefacts: vec![Artefact::Attachment {
            digest: Digest::of(PICTURE),
            name: "stand.png".into(),
            media_type: "image/png".into(),
            size: PICTURE.len() as u64,
        }],
        confidential: false,
        redacted: String::new(),
        what: Happening::Attempts {
            attempts: 5,
            clean: 4,
            aided: 1,
            guide: String::new(),
            minutes: None,
        },
    };
    let draft = Draft::new("Ada", date(2026, 3, 1), Fact::Evidence(Box::new(evidence)));
    let place = place(&entries, 6, 2);
    entries.push(draft.record(&place, &LIMITS).unwrap());
    chain_order(entries)
}

fn attachments() -> Vec<(Digest, Vec<u8>)> {
    vec![(Digest::of(PICTURE), PICTURE.to_vec())]
}

fn file() -> Vec<u8> {
    let entries = entries();
    write(
        Cursor::new(Vec::new()),
        &header(&entries),
        &entries,
        attachments(),
    )
    .unwrap()
    .into_inner()
}

fn reading(bytes: &[u8]) -> Result<JournalFile, JournalFileError> {
    read(Cursor::new(bytes), &FILE_LIMITS, Some(at(1_000)))
}

/// The lines of the journal of [`file`].
fn lines() -> Vec<String> {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(file()))
        .unwrap()
        .by_name("journal.jsonl")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(str::to_owned).collect()
}

/// An archive of other files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An archive of these lines and the attachment.
fn archive_of(lines: &[String]) -> Vec<u8> {
    let text = lines.iter().fold(String::new(), |text, line| text + line + "\n");
    let name = format!("attachments/{}", &Digest::of(PICTURE).to_string()[7..]);
    archive(&[("journal.jsonl", text.as_bytes()), (&name, PICTURE)])
}

/// The line and the words of the refusal of [`lines`] after a change.
fn refused(change: impl FnOnce(&mut Vec<String>)) -> (Option<u64>, String) {
    let mut lines = lines();
    change(&mut lines);
    let error = reading(&archive_of(&lines)).expect_err("should be refused");
    (error.line, error.to_string())
}

/// The lines with a header that fits changed entries.
fn with_header(entries: &[Sealed]) -> Vec<String> {
    std::iter::once(canonical_text(&header(entries)).unwrap())
        .chain(entries.iter().map(|e| canonical_text(e).unwrap()))
        .collect()
}

#[track_caller]
fn says((line, words): (Option<u64>, String), expected_line: u64, expected: &str) {
    assert_eq!(line, Some(expected_line), "{words}");
    assert!(words.contains(expected), "{words}");
}

#[test]
fn what_is_written_is_read_back_and_the_same_bytes_come_out_twice() {
    let entries = entries();
    let read = reading(&file()).unwrap();
    assert_eq!(read.header, header(&entries));
    assert_eq!(read.entries, entries);
    assert_eq!(read.attachments, attachments());
    assert_eq!(file(), file());
    let again = write(
        Cursor::new(Vec::new()),
        &read.header,
        &read.entries,
        read.attachments,
    )
    .unwrap();
    assert_eq!(again.into_inner(), file());
}

#[test]
fn an_empty_journal_is_a_journal() {
    let bytes = write(
        Cursor::new(Vec::new()),
        &header(&[]),
        &[],
        Vec::<(Digest, Vec<u8>)>::new(),
    )
    .unwrap();
    assert!(reading(bytes.get_ref()).unwrap().entries.is_empty());
}

#[test]
fn erased_entries_stay_erased_and_need_no_attachment() {
    let mut entries = entries();
    let erased: EntryId = entries.last().unwrap().link.id;
    let last = entries.pop().unwrap();
    entries.push(last.erased());
    let fact = Fact::Erasure(Erasure {
        entry: erased,
        reason: String::new(),
    });
    let draft = Draft::new("Ada", date(2026, 3, 1), fact);
    let place = place(&entries, 7, 2);
    entries.push(draft.record(&place, &LIMITS).unwrap());
    let bytes = write(
        Cursor::new(Vec::new()),
        &header(&entries),
        &entries,
        attachments(),
    )
    .unwrap();
    let read = reading(bytes.get_ref()).unwrap();
    assert_eq!(read.entries, entries);
    assert!(read.attachments.is_empty(), "nothing names it any more");

    entries.pop();
    let error = reading(&archive_of(&with_header(&entries))).unwrap_err();
    says(
        (error.line, error.to_string()),
        entries.len() as u64 + 1,
        "no erasure accounts for it",
    );
}

#[test]
fn writing_refuses_what_would_not_be_read() {
    let entries = entries();
    let to = || Cursor::new(Vec::new());
    let none = Vec::<(Digest, Vec<u8>)>::new;
    let reversed: Vec<Sealed> = entries.iter().rev().cloned().collect();
    assert!(matches!(
        write(to(), &header(&entries), &reversed, none()),
        Err(WriteError::EntryOrder(_))
    ));
    assert!(matches!(
        write(to(), &header(&[]), &entries, none()),
        Err(WriteError::Entries {
            promised: 0,
            written: 7
        })
    ));
    let twice = [attachments(), attachments()].concat();
    assert!(matches!(
        write(to(), &header(&entries), &entries, twice),
        Err(WriteError::AttachmentOrder(_))
    ));
    let other = vec![(Digest::of(b"x"), b"y".to_vec())];
    assert!(matches!(
        write(to(), &header(&entries), &entries, other),
        Err(WriteError::Attachment(_))
    ));
}

#[test]
fn a_changed_payload_is_refused_by_line() {
    says(
        refused(|lines| lines[2] = lines[2].replace("entry ", "Entry ")),
        3,
        "was changed after it was written",
    );
    says(
        refused(|lines| lines[3] = lines[3].replacen("2026-03-01T", "2026-03-02T", 1)),
        4,
        "predecessor was changed",
    );
}

#[test]
fn entries_left_out_added_or_moved_are_refused() {
    // In the middle of a chain, with a header that says so: the chain tells.
    let mut kept = entries();
    kept.remove(1);
    let error = reading(&archive_of(&with_header(&kept))).unwrap_err();
    says(
        (error.line, error.to_string()),
        3,
        "the entry before it is missing",
    );
    // At its end: the head tells.
    says(
        refused(|lines| {
            lines.pop();
            lines[0] = lines[0].replace("\"entries\":7", "\"entries\":6");
        }),
        1,
        "wrong head",
    );
    says(
        refused(|lines| {
            lines.pop();
        }),
        7,
        "the header says 7 entries, and there are 6",
    );
    says(refused(|lines| lines.push(lines[7].clone())), 9, "comes twice");
    says(
        refused(|lines| lines.swap(1, 2)),
        3,
        "does not come in chain order",
    );
    says(
        refused(|lines| lines[0] = lines[0].replace("\"entries\":7", "\"entries\":6")),
        8,
        "one more",
    );
    let other = head(&[]).unwrap().to_string();
    let ours = head(&entries()).unwrap().to_string();
    says(
        refused(|lines| lines[0] = lines[0].replace(&ours, &other)),
        1,
        "wrong head",
    );
}

#[test]
fn an_id_used_twice_is_refused_with_both_lines() {
    let mut entries = entries();
    let first = entries[0].link.id;
    let last = entries.len() - 1;
    entries[last].link.id = first;
    entries[last].digest = digest_of(&entries[last].link).unwrap();
    let error = reading(&archive_of(&with_header(&entries))).unwrap_err();
    says((error.line, error.to_string()), 8, "was used on line 2 already");
}

#[test]
fn entries_of_another_journal_are_refused() {
    let ours = JOURNAL.to_string();
    let theirs = JournalId(Uuid::from_u128(99)).to_string();
    says(
        refused(|lines| lines[0] = lines[0].replace(&ours, &theirs)),
        2,
        "belongs to journal",
    );
    says(
        refused(|lines| lines[4] = lines[4].replace(&ours, &theirs)),
        5,
        "belongs to journal",
    );
}

#[test]
fn a_newer_or_unknown_format_is_said_to_be_so() {
    let (line, words) = refused(|lines| lines[0] = "{\"metier_journal\":2,\"anything\":[]}".into());
    says((line, words.clone()), 1, "written by a newer Metier");
    assert!(words.contains("update Metier"), "{words}");
    says(
        refused(|lines| lines[0] = lines[0].replace("_journal\":1", "_journal\":0")),
        1,
        "no format 0",
    );
    says(refused(|lines| lines[0] = "{}".into()), 1, "not the header");
    says(
        refused(|lines| lines[0] = lines[0].replace("{\"entries", "{\"extra\":1,\"entries")),
        1,
        "unknown field `extra`",
    );
}

#[test]
fn a_fact_of_a_newer_program_asks_for_an_update() {
    let mut entries = entries();
    let last = entries.len() - 1;
    let payload = entries[last]
        .payload
        .clone()
        .unwrap()
        .replace("\"evidence\"", "\"telepathy\"");
    entries[last].link.payload = Digest::of(payload.as_bytes());
    entries[last].payload = Some(payload);
    entries[last].digest = digest_of(&entries[last].link).unwrap();
    let error = reading(&archive_of(&with_header(&entries))).unwrap_err();
    assert!(error.remedy.contains("update Metier"), "{error}");
    says((error.line, error.to_string()), 8, "cannot be read");
}

#[test]
fn contradictions_and_dates_in_the_future_are_refused_though_every_digest_holds() {
    let forged = |from: &str, to: &str| {
        let mut entries = entries();
        let last = entries.len() - 1;
        let payload = entries[last].payload.clone().unwrap();
        assert!(payload.contains(from), "{payload}");
        let payload = payload.replace(from, to);
        entries[last].link.payload = Digest::of(payload.as_bytes());
        entries[last].payload = Some(payload);
        entries[last].digest = digest_of(&entries[last].link).unwrap();
        let error = reading(&archive_of(&with_header(&entries))).unwrap_err();
        (error.line, error.to_string())
    };
    says(
        forged("\"clean\":4", "\"clean\":5"),
        8,
        "more than the 5 attempts",
    );
    says(forged("2026-03-01", "2026-03-04"), 8, "after it was recorded");

    let early = at(0) - 25.hours();
    let error = read(Cursor::new(file()), &FILE_LIMITS, Some(early)).unwrap_err();
    says((error.line, error.to_string()), 2, "recorded in the future");
    assert!(read(Cursor::new(file()), &FILE_LIMITS, None).is_ok());
}

#[test]
fn lines_that_are_not_entries_are_refused_by_line() {
    says(refused(|lines| lines[3] = "not json".into()), 4, "column 2");
    says(
        refused(|lines| lines[3].push_str(" trailing")),
        4,
        "trailing characters",
    );
    says(refused(|lines| lines[3] = String::new()), 4, "the line is empty");
    says(
        refused(|lines| lines[3] = format!("{{\"payload\":{}}}", "[".repeat(200_000))),
        4,
        "nested too deep",
    );
    says(
        refused(|lines| lines[3] = lines[3].replace("\"digest\"", "\"digist\"")),
        4,
        "unknown field `digist`",
    );
    says(
        refused(|lines| lines[3] = lines[3].replace("sha256:", "md5:")),
        4,
        "not a digest",
    );
    let mut bytes = lines().join("\n").into_bytes();
    let at = bytes.iter().position(|b| *b == b'\n').unwrap() + 10;
    bytes[at] = 0xff;
    let error = reading(&archive(&[("journal.jsonl", &bytes)])).unwrap_err();
    says(
        (error.line, error.to_string()),
        2,
        "byte 10 of the line is not UTF-8",
    );
}

#[test]
fn what_is_not_such_an_archive_is_refused() {
    let words = |bytes: &[u8]| reading(bytes).expect_err("should be refused").to_string();
    let whole = file();
    for cut in [0, 1, 30, whole.len() / 2, whole.len() - 1] {
        assert!(words(&whole[..cut]).contains("not a whole zip archive"), "{cut}");
    }
    assert!(words(&archive(&[("readme.txt", b"hello")])).contains("`readme.txt` has no place"));
    assert!(words(&archive(&[("attachments/../../x", b"hello")])).contains("has no place"));
    assert!(words(&archive(&[("attachments/", b"")])).contains("no `journal.jsonl`"));
    assert!(words(&archive(&[("journal.jsonl", b"")])).contains("is empty"));
}

#[test]
fn attachments_must_be_there_and_unchanged() {
    let lines = lines().join("\n");
    let name = format!("attachments/{}", &Digest::of(PICTURE).to_string()[7..]);
    let words = |files: &[(&str, &[u8])]| {
        reading(&archive(files))
            .expect_err("should be refused")
            .to_string()
    };
    assert!(words(&[("journal.jsonl", lines.as_bytes())]).contains("not in the file"));
    assert!(words(&[("journal.jsonl", lines.as_bytes()), (&name, b"other")]).contains("not what it was"));
}

#[test]
fn a_damaged_byte_anywhere_is_refused_or_changes_nothing() {
    let whole = file();
    let right = reading(&whole).unwrap();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        if let Ok(read) = reading(&damaged) {
            assert_eq!(read, right, "byte {at}");
        }
    }
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    let limits = FileLimits {
        archive: 1 << 20,
        line: 10_000,
        lines: 50_000,
        attachment: 100_000,
        attachments: 150_000,
        files: 4,
    };
    let words = |bytes: &[u8]| {
        read(Cursor::new(bytes), &limits, None)
            .expect_err("should be refused")
            .to_string()
    };
    let long = vec![b' '; 100 << 20];
    assert!(words(&archive(&[("journal.jsonl", &long)])).contains("longer than 10000 bytes"));
    let mut many = lines()[0].clone().into_bytes();
    many.extend(vec![b'\n'; 1 << 20]);
    assert!(words(&archive(&[("journal.jsonl", &many)])).contains("the line is empty"));
    assert!(words(&vec![0; 2 << 20]).contains("at most 1048576"));
    let many: Vec<String> = (0..5).map(|i| format!("attachments/{i:064x}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(words(&archive(&many)).contains("5 files"));

    let tight = FileLimits {
        attachment: 10,
        ..FILE_LIMITS
    };
    let error = read(Cursor::new(file()), &tight, None).unwrap_err();
    assert!(error.to_string().contains("more than 10 bytes"), "{error}");
    let tight = FileLimits {
        lines: 1_000,
        ..FILE_LIMITS
    };
    let error = read(Cursor::new(file()), &tight, None).unwrap_err();
    says((error.line, error.to_string()), 3, "more than 1000 bytes");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_journal_is_read_back(count in 0..40_usize, chains in 1..5_u128) {
        let entries = chain_order(journal(count, chains));
        let bytes = write(Cursor::new(Vec::new()), &header(&entries), &entries, Vec::<(Digest, Vec<u8>)>::new()).unwrap();
        let read = read(bytes, &FILE_LIMITS, None).unwrap();
        prop_assert_eq!(read.entries, entries);
    }
}

/// The header as it is documented.
#[test]
fn the_first_line_is_as_documented() {
    let entries = entries();
    let expected = format!(
        "{{\"entries\":7,\"head\":\"{}\",\"journal\":\"{JOURNAL}\",\"metier_journal\":1,\"subject\":\"Ada\",\"written_at\":\"2026-03-01T12:00:00Z\"}}",
        head(&entries).unwrap()
    );
    assert_eq!(lines()[0], expected);
    let parsed: Header = serde_json::from_str(&expected).unwrap();
    assert_eq!(parsed, header(&entries));
}

/// A file of format 1 as it was first written: every later program must read it.
#[test]
fn the_first_format_is_read_for_ever() {
    let kept = include_bytes!("fixtures/journal-format-1.zip");
    let read = reading(kept).unwrap();
    assert_eq!(read.entries, entries());
    assert_eq!(read.attachments, attachments());
}
