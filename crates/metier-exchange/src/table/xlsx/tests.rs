//! Workbooks made here, part by part.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::{COLUMNS_MAX, Finding, read};

/// A workbook from its sheets (name, state, XML inside `worksheet`), shared texts and formats.
fn workbook(sheets: &[(&str, &str, &str)], strings: &str, styles: &str) -> Vec<u8> {
    let listed: String = sheets
        .iter()
        .enumerate()
        .map(|(i, (name, state, _))| {
            format!("<sheet name=\"{name}\" sheetId=\"{i}\" state=\"{state}\" r:id=\"rId{i}\"/>")
        })
        .collect();
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related: String = (0..sheets.len())
        .map(|i| {
            format!(
                "<Relationship Id=\"rId{i}\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"
            )
        })
        .collect();
    let mut parts = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships><Relationship Id=\"r\" Type=\"{kind}/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns:r=\"x\"><sheets>{listed}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships>{related}<Relationship Id=\"s\" Type=\"{kind}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
                 <Relationship Id=\"t\" Type=\"{kind}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml".to_owned(), format!("<sst>{strings}</sst>")),
        (
            "xl/styles.xml".to_owned(),
            format!("<styleSheet>{styles}</styleSheet>"),
        ),
    ];
    for (i, (.., xml)) in sheets.iter().enumerate() {
        parts.push((
            format!("xl/worksheets/sheet{i}.xml"),
            format!("<worksheet>{xml}</worksheet>"),
        ));
    }
    zipped(&parts)
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn one(xml: &str, strings: &str) -> Vec<u8> {
    workbook(
        &[("Sheet1", "visible", xml)],
        strings,
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs>",
    )
}

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let book = read("x.xlsx", bytes, None).unwrap_or_else(|p| panic!("{p}"));
    book.sheets[0].rows.iter().map(|r| r.cells.clone()).collect()
}

#[test]
fn every_sort_of_cell_is_read_as_it_is_shown() {
    let bytes = one(
        "<sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>in &lt;line&gt;</t></is></c>\
         <c><v>2.50</v></c></row><row><c t=\"b\"><v>1</v></c><c s=\"1\"><v>0.9</v></c><c t=\"str\"><v>text</v></c></row></sheetData>",
        "<si><t>shared</t></si>",
    );
    assert_eq!(
        rows(&bytes),
        [
            vec!["shared", "", "in <line>", "2.5"],
            vec!["TRUE", "90%", "text"]
        ]
    );
    let book = read("x.xlsx", &bytes, None).unwrap();
    assert_eq!(book.sheets[0].rows[0].number, 2);
    assert_eq!((book.sheets[0].name.as_str(), book.findings.len()), ("", 0));
}

#[test]
fn merged_cells_are_filled_where_something_stands_and_said() {
    let bytes = one(
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Area</v></c><c r=\"B1\" t=\"str\"><v>Skill</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"str\"><v>Craft</v></c><c r=\"B2\" t=\"str\"><v>x</v></c></row>\
         <row r=\"3\"><c r=\"B3\" t=\"str\"><v>y</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"A2:A1048576\"/></mergeCells>",
        "",
    );
    assert_eq!(rows(&bytes), [["Area", "Skill"], ["Craft", "x"], ["Craft", "y"]]);
    let book = read("x", &bytes, None).unwrap();
    assert_eq!(
        book.findings,
        [Finding::MergedCells {
            sheet: String::new(),
            count: 1,
            example: "A2:A1048576".into()
        }]
    );
}

#[test]
fn formulas_give_their_last_result_and_say_so() {
    let bytes = one(
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>B1&amp;\"x\"</f><v>done</v></c><c r=\"B1\"><f>NOW()</f></c>\
         <c r=\"C1\" t=\"e\"><f>A9</f><v>#REF!</v></c><c r=\"D1\"><v>4</v></c></row></sheetData>",
        "",
    );
    assert_eq!(rows(&bytes), [["done", "", "", "4"]]);
    let said: Vec<String> = read("x", &bytes, None)
        .unwrap()
        .findings
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].contains("2 cells hold a formula (as A1)"), "{said:?}");
    assert!(said[1].contains("without a result (as B1)"), "{said:?}");
    assert!(said[2].contains("as C1: #REF!"), "{said:?}");
}

#[test]
fn several_sheets_keep_their_names_and_hidden_ones_say_so() {
    let cell = |text: &str| {
        format!("<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>{text}</v></c></row></sheetData>")
    };
    let bytes = workbook(
        &[
            ("Engineer &amp; co", "visible", &cell("a")),
            ("Old", "hidden", &cell("b")),
            ("Empty", "visible", "<sheetData/>"),
        ],
        "",
        "",
    );
    let book = read("x", &bytes, None).unwrap();
    let sheets: Vec<_> = book.sheets.iter().map(|s| (s.name.as_str(), s.hidden)).collect();
    assert_eq!(sheets, [("Engineer & co", false), ("Old", true)]);
}

#[test]
fn what_is_broken_or_no_workbook_is_named() {
    let far = format!(
        "<sheetData><row r=\"1\"><c r=\"{}1\" t=\"str\"><v>x</v></c></row></sheetData>",
        super::super::column_name(COLUMNS_MAX)
    );
    for (bytes, word) in [
        (
            one(
                "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row></sheetData>",
                "",
            ),
            "A1 names a text",
        ),
        (one("<sheetData><row r=\"0\"/></sheetData>", ""), "no place"),
        (
            one("<sheetData><row><c r=\"AAAA1\"/></row></sheetData>", ""),
            "no place",
        ),
        (one("<sheetData><row>", ""), "sheet"),
        (
            one(
                "<sheetData><row><c t=\"str\"><v>&bomb;</v></c></row></sheetData>",
                "",
            ),
            "&bomb;",
        ),
        (one(&far, ""), "200 columns"),
        (
            one(&format!("<sheetData>{}</sheetData>", "<a>".repeat(100)), ""),
            "nested",
        ),
        (zipped(&[("content.xml".into(), String::new())]), "OpenDocument"),
        (
            zipped(&[
                ("_rels/.rels".into(), String::new()),
                ("word/document.xml".into(), String::new()),
            ]),
            "Word",
        ),
        (zipped(&[("a.txt".into(), "a".into())]), "zip archive"),
        (
            zipped(&[("_rels/.rels".into(), "<Relationships/>".into())]),
            "names no workbook",
        ),
        (b"PK\x03\x04 and no more".to_vec(), "package"),
    ] {
        let problem = read("x.xlsx", &bytes, None).unwrap_err();
        assert!(problem.to_string().contains(word), "{word}: {problem}");
    }
}

#[test]
fn a_bomb_is_stopped_by_what_comes_out_of_it() {
    let spaces = " ".repeat(1 << 20);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["_rels/.rels", "xl/workbook.xml"] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        for _ in 0..33 {
            zip.write_all(spaces.as_bytes()).unwrap();
        }
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    let problem = read("x", &bytes, None).unwrap_err();
    assert!(problem.what.contains("unpacks to more than 32 MiB"), "{problem}");
}

#[test]
fn merged_groups_over_each_other_do_not_take_for_ever() {
    let cells: String = (1..=3_000)
        .map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\" t=\"str\"><v>x</v></c></row>"))
        .collect();
    let merged = "<mergeCell ref=\"A1:B3000\"/>".repeat(1_000);
    let problem = read(
        "x",
        &one(
            &format!("<sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells>"),
            "",
        ),
        None,
    )
    .unwrap_err();
    assert!(problem.what.contains("merged"), "{problem}");
}

#[test]
fn a_shared_text_used_everywhere_is_counted_each_time() {
    let text = "x".repeat(100 << 10);
    let cells: String = (1..=400)
        .map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let bytes = one(
        &format!("<sheetData>{cells}</sheetData>"),
        &format!("<si><t>{text}</t></si>"),
    );
    let problem = read("x", &bytes, None).unwrap_err();
    assert!(problem.what.contains("32 MiB of text"), "{problem}");
}
