//! Reading an invented release of three occupations, whole and spoilt in every way we know.

// A whole file of tests: what is given here is known to hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use metier_core::catalogue::DraftError;
use metier_core::framework::check;
use metier_exchange::onet::{self, Import, OnetError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A release as files: (name, content).
type Files = Vec<(String, Vec<u8>)>;

/// The smallest release with everything in it: kite makers, kite fliers, and a residual code.
fn kites() -> Files {
    let tables = [
        (
            "Occupation Data",
            "O*NET-SOC Code\tTitle\tDescription\n\
             51-9901.00\tKite Makers\tMake kites.\n\
             51-9902.00\tKite Fliers\tFly kites for an audience.\n\
             51-9909.00\tKite Workers, All Other\tAll others.\n",
        ),
        (
            "Alternate Titles",
            "O*NET-SOC Code\tTitle\tAlternate Title\tShort Title\tSource(s)\n\
             51-9901.00\tKite Makers\tSail Builder (SB)\tSB\t01\n\
             51-9901.00\tKite Makers\tSail Builder (SB)\t\t02\n",
        ),
        (
            "Job Zones",
            "O*NET-SOC Code\tTitle\tJob Zone\tDate\tDomain Source\n51-9901.00\tKite Makers\t2\t01/2026\tAnalyst\n",
        ),
        (
            "DWA Reference",
            "Element ID\tElement Name\tIWA ID\tIWA Title\tDWA ID\tDWA Title\n\
             4.A.3.a.2\tHandling and Moving Objects\t4.A.3.a.2.I01\tBuild things.\t4.A.3.a.2.I01.D01\tBuild frames.\n\
             4.A.4.a.8\tPerforming for the Public\t4.A.4.a.8.I01\tPerform.\t4.A.4.a.8.I01.D01\tFly in public.\n",
        ),
        (
            "IWA Reference",
            "Element ID\tElement Name\tIWA ID\tIWA Title\n\
             4.A.3.a.2\tHandling and Moving Objects\t4.A.3.a.2.I01\tBuild light things.\n",
        ),
        (
            "Task Statements",
            "O*NET-SOC Code\tTitle\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source\n\
             51-9901.00\tKite Makers\t1\tSplit bamboo for the frame.\tCore\t12\t01/2026\tIncumbent\n\
             51-9901.00\tKite Makers\t2\tPaint the sail \"by hand.\tSupplemental\tn/a\t01/2026\tIncumbent\n\
             51-9902.00\tKite Fliers\t3\tFly the kite.\t\t\t01/2026\tAnalyst\n",
        ),
        (
            "Tasks to DWAs",
            "O*NET-SOC Code\tTitle\tTask ID\tTask\tDWA ID\tDWA Title\tDate\tDomain Source\n\
             51-9901.00\tKite Makers\t1\tSplit\t4.A.3.a.2.I01.D01\tBuild frames.\t01/2026\tAnalyst\n\
             51-9902.00\tKite Fliers\t3\tFly\t4.A.4.a.8.I01.D01\tFly in public.\t01/2026\tAnalyst\n\
             51-9902.00\tKite Fliers\t3\tFly\t4.Z.9.D01\tUnknown.\t01/2026\tAnalyst\n",
        ),
        (
            "Skills",
            "O*NET-SOC Code\tTitle\tElement ID\tElement Name\tScale ID\tScale Name\tData Value\tN\tRecommend Suppress\tNot Relevant\n\
             51-9901.00\tKite Makers\t2.B.3.a\tWind Sense\tIM\tImportance\t4.5\t8\tN\t\n\
             51-9901.00\tKite Makers\t2.B.3.a\tWind Sense\tLV\tLevel\t5\t8\tN\tN\n\
             51-9901.00\tKite Makers\t2.B.3.b\tKnots\tIM\tImportance\t4.1\t8\tN\t\n\
             51-9901.00\tKite Makers\t2.B.3.b\tKnots\tLV\tLevel\t0.5\t8\tN\tY\n\
             51-9901.00\tKite Makers\t2.B.3.c\tGuesses\tIM\tImportance\t4.9\t8\tY\t\n",
        ),
        (
            "Technology Skills",
            "O*NET-SOC Code\tTitle\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n\
             51-9901.00\tKite Makers\tSailPlan\t1\tSail drawing software\tY\tN\n",
        ),
        (
            "Related Occupations",
            "O*NET-SOC Code\tTitle\tRelated O*NET-SOC Code\tRelated Title\tRelatedness Tier\tIndex\n\
             51-9901.00\tKite Makers\t51-9909.00\tKite Workers, All Other\tPrimary-Short\t2\n\
             51-9901.00\tKite Makers\t51-9902.00\tKite Fliers\tPrimary-Short\t1\n\
             51-9901.00\tKite Makers\t99-9999.00\tNobody\tPrimary-Short\t3\n",
        ),
        ("Read Me", "O*NET 99.1 Database\nInvented for tests\n"),
    ];
    tables
        .into_iter()
        .map(|(name, text)| (format!("db_99_1_text/{name}.txt"), text.as_bytes().to_vec()))
        .collect()
}

/// The files as the bytes of a zip archive.
fn zipped(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(files: &Files) -> Result<Import, OnetError> {
    onet::read(&zipped(files), |_| ())
}

/// The release with one table changed by `change`.
fn changed(table: &str, change: impl Fn(&str) -> String) -> Files {
    let mut files = kites();
    let file = files
        .iter_mut()
        .find(|(name, _)| name.ends_with(&format!("/{table}.txt")))
        .unwrap();
    let text = String::from_utf8(file.1.clone()).unwrap();
    file.1 = change(&text).into_bytes();
    files
}

/// What is said of a spoilt release.
#[track_caller]
fn said(files: &Files, parts: &[&str]) {
    let message = match read(files) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("it was read"),
    };
    for part in parts {
        assert!(message.contains(part), "{message:?} should say {part:?}");
    }
}

#[test]
fn a_small_release_is_read() {
    let Import { catalogue, report } = read(&kites()).unwrap();
    assert_eq!(report.source, "O*NET 99.1");
    assert_eq!((report.occupations, report.with_tasks, report.tasks), (3, 2, 3));
    assert!(catalogue.credits[0].contains("O*NET 99.1 Database"));

    let makers = catalogue.occupation("51-9901").unwrap();
    assert_eq!(makers.alternate_titles, ["Sail Builder (SB)", "SB"]);
    assert_eq!(makers.job_zone, Some(2));
    assert_eq!(makers.tasks[0].core, Some(true));
    assert_eq!(makers.tasks[0].incumbents, Some(12));
    assert_eq!(makers.tasks[1].incumbents, None);
    assert_eq!(
        makers.tasks[1].text, "Paint the sail \"by hand.",
        "a quotation mark is only a mark"
    );
    assert_eq!(
        makers.related,
        ["51-9902.00", "51-9909.00"],
        "in the release's order"
    );
    assert_eq!(
        catalogue.activities["4.A.3.a.2.I01.D01"].intermediate_title,
        "Build light things."
    );
    assert!(makers.technology[0].hot && !makers.technology[0].in_demand);
}

#[test]
fn ratings_that_the_publisher_would_suppress_are_passed_over() {
    let catalogue = read(&kites()).unwrap().catalogue;
    let skills: Vec<_> = catalogue.occupations[0]
        .skills
        .iter()
        .map(|s| (s.name.as_str(), s.importance, s.level))
        .collect();
    assert_eq!(skills, [("Wind Sense", 4.5, Some(5.0)), ("Knots", 4.1, None)]);
}

#[test]
fn drafts_of_a_small_release_are_small_and_whole() {
    let catalogue = read(&kites()).unwrap().catalogue;
    let draft = catalogue.draft("51-9901.00").unwrap();
    assert_eq!(check(&draft), []);
    assert!(draft.note.contains("only 1 work activity"), "{}", draft.note);
    assert!(
        draft
            .competencies
            .iter()
            .any(|c| c.name == "Split bamboo for the frame")
    );
    let Err(DraftError::NoTasks { nearest, .. }) = catalogue.draft("51-9909.00") else {
        panic!("it has no tasks");
    };
    assert!(nearest.iter().all(|(code, _)| catalogue.draft(code).is_ok()) && !nearest.is_empty());
}

#[test]
fn missing_tables_are_named_and_rows_about_unknown_things_counted() {
    let report = read(&kites()).unwrap().report;
    let said = report.to_string();
    assert!(said.contains("tables are missing: Abilities, "), "{said}");
    assert!(report.missing_tables.iter().any(|t| t == "Knowledge"));
    assert!(!report.missing_tables.iter().any(|t| t == "Skills"));
    let skipped: Vec<_> = report
        .skipped
        .iter()
        .map(|s| (s.table.as_str(), s.rows))
        .collect();
    assert_eq!(skipped, [("Related Occupations", 1), ("Tasks to DWAs", 1)]);
}

#[test]
fn the_new_names_of_tables_are_read_too() {
    let old = read(&kites()).unwrap();
    let mut files = kites();
    for (name, content) in &mut files {
        for (before, after) in [
            ("/Technology Skills.txt", "/Software Skills.txt"),
            ("/Alternate Titles.txt", "/Job Titles.txt"),
            ("/Skills.txt", "/Essential Skills.txt"),
        ] {
            *name = name
                .replace(before, after)
                .replace("db_99_1_text", "some/where/else");
        }
        let text = String::from_utf8(content.clone()).unwrap();
        *content = text.replace("\tAlternate Title\t", "\tJob Title\t").into_bytes();
    }
    let head = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\n";
    files.push((
        "Transferable Skills.txt".into(),
        format!("{head}51-9901.00\t2.B.9.z\tPatience\tIM\t4\n").into_bytes(),
    ));
    let new = read(&files).unwrap();
    assert_eq!(new.catalogue.occupations[0].skills.len(), 3);
    assert_eq!(
        new.catalogue.occupations[0].alternate_titles,
        old.catalogue.occupations[0].alternate_titles
    );
    assert_eq!(
        new.catalogue.occupations[0].technology,
        old.catalogue.occupations[0].technology
    );
    assert_eq!(new.report.missing_tables, old.report.missing_tables);
}

#[test]
fn columns_are_found_by_their_heads_and_line_ends_do_not_matter() {
    let files = changed("Occupation Data", |text| {
        let lines: Vec<String> = text
            .lines()
            .map(|line| {
                let mut fields: Vec<&str> = line.split('\t').collect();
                fields.reverse();
                format!("new column\t{}", fields.join("\t"))
            })
            .collect();
        format!("\u{feff}{}\r\n\r\n", lines.join("\r\n"))
    });
    assert_eq!(
        read(&files).unwrap().catalogue.occupations[0].title,
        "Kite Makers"
    );
}

#[test]
fn without_occupations_or_tasks_nothing_is_loaded() {
    let mut files = kites();
    files.retain(|(name, _)| !name.contains("Task Statements") && !name.contains("Occupation Data"));
    said(
        &files,
        &["tables are missing in this archive: Occupation Data, Task Statements"],
    );
    said(&Vec::new(), &["Occupation Data"]);
}

#[test]
fn a_table_that_does_not_say_what_it_should_is_named_with_its_line() {
    let occupations = "db_99_1_text/Occupation Data.txt: ";
    said(
        &changed("Occupation Data", |t| t.replace("\tTitle\t", "\tTitel\t")),
        &[
            occupations,
            "line 1",
            "there is no column `Title`; is `Titel` meant?",
            "`Description`",
        ],
    );
    said(
        &changed("Occupation Data", |t| t.replace("\tFly kites", "Fly kites")),
        &[
            occupations,
            "line 3",
            "2 fields, where the first line names 3 columns",
        ],
    );
    said(
        &changed("Occupation Data", |t| t.replace("51-9902.00", "51-9901.00")),
        &[occupations, "line 3", "51-9901.00 is listed twice"],
    );
    said(
        &changed("Occupation Data", |t| t.replace("51-9902.00", "fifty-one")),
        &["line 3", "`fifty-one` is not an occupation code", "15-1252.00"],
    );
    said(
        &changed("Occupation Data", |_| String::new()),
        &["the table is empty"],
    );
    said(
        &changed("Task Statements", |t| t.replace("\t12\t", "\ttwelve\t")),
        &[
            "Task Statements.txt: line 2: Incumbents Responding",
            "`twelve` is not a whole number",
        ],
    );
    said(
        &changed("Task Statements", |t| t.replace("\tCore\t", "\tVital\t")),
        &["line 2: Task Type", "Core, Supplemental or nothing"],
    );
    said(
        &changed("Task Statements", |t| t.replace("Makers\t2\t", "Makers\t1\t")),
        &["line 3: Task ID", "task 1 is listed twice"],
    );
    for wrong in ["much", "NaN", "inf", "7.5", "-1", ""] {
        said(
            &changed("Skills", |t| t.replace("\t4.5\t", &format!("\t{wrong}\t"))),
            &["Skills.txt: line 2: Data Value", "is not a number from 1 to 5"],
        );
    }
    said(
        &changed("Skills", |t| {
            t.replace("2.B.3.b\tKnots\tIM", "2.B.3.a\tKnots\tIM")
        }),
        &["line 4: Element ID", "rated twice"],
    );
    said(
        &changed("Skills", |t| t.replace("\tY\t\n", "\tmaybe\t\n")),
        &["`maybe` is neither Y nor N"],
    );
    said(
        &changed("Job Zones", |t| t.replace("\t2\t", "\t6\t")),
        &["line 2: Job Zone", "1 to 5"],
    );
    said(
        &changed("Related Occupations", |t| t.replace("99-9999.00", "nobody")),
        &["line 4: Related O*NET-SOC Code"],
    );
}

#[test]
fn a_byte_that_is_not_text_is_named_with_line_and_column() {
    let mut files = kites();
    let text = &mut files[0].1;
    let at = text.windows(3).position(|w| w == b"Fly").unwrap();
    text[at + 1] = 0xff;
    said(
        &files,
        &[
            "Occupation Data.txt: line 3, column 25",
            "byte ff (hexadecimal) is not UTF-8",
        ],
    );
}

#[test]
fn a_line_of_ten_megabytes_is_refused() {
    let long = noise(10 << 20);
    let files = changed("Occupation Data", |t| format!("{t}{long}"));
    said(
        &files,
        &[
            "Occupation Data.txt: line 5",
            "the line is longer than 1048576 bytes",
        ],
    );
}

/// Letters that do not pack well, from a fixed start.
fn noise(length: usize) -> String {
    let mut state = 1_u32;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 24) as u8 % 26)
        })
        .collect()
}

#[test]
fn an_archive_that_would_unpack_to_too_much_is_refused_before_it_does() {
    let mut files = kites();
    files.push(("bomb.bin".into(), vec![0; 64 << 20]));
    said(&files, &["bomb.bin would unpack to 67108864 bytes"]);
}

#[test]
fn a_declared_size_that_lies_is_noticed() {
    let mut bytes = zipped(&kites());
    // The size stands at offset 24 of an entry of the central directory, after its signature.
    let entry = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[entry + 24..entry + 28].copy_from_slice(&10_u32.to_le_bytes());
    let error = onet::read(&bytes, |_| ()).unwrap_err();
    assert!(
        matches!(error, OnetError::Unpacking { .. } | OnetError::NotAZip { .. }),
        "{error}"
    );
}

#[test]
fn two_of_one_table_are_refused() {
    let mut files = kites();
    files.push(("other/Skills.txt".into(), files[7].1.clone()));
    said(
        &files,
        &["holds the table Skills twice: db_99_1_text/Skills.txt and other/Skills.txt"],
    );
}

#[test]
fn an_archive_cut_anywhere_is_refused() {
    let bytes = zipped(&kites());
    for length in (0..bytes.len()).step_by(7) {
        let error = onet::read(&bytes[..length], |_| ())
            .map(|i| i.report)
            .unwrap_err();
        assert!(
            matches!(error, OnetError::NotAZip { .. }),
            "cut at {length}: {error}"
        );
    }
}

#[test]
fn a_changed_byte_is_noticed_or_harmless_and_never_a_panic() {
    let bytes = zipped(&kites());
    let whole = onet::read(&bytes, |_| ()).unwrap().catalogue;
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        // What the tables say is under the archive's checksums. Names and dates of files are not: a table
        // renamed is a table missing, and is reported as one.
        if let Ok(import) = onet::read(&changed, |_| ())
            && import.report.missing_tables == whole.missing_tables
        {
            assert_eq!(import.catalogue.occupations, whole.occupations, "byte {at}");
        }
    }
}
