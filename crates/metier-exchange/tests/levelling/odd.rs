//! What files and documents get wrong.

use metier_exchange::levelling::{Choices, Meaning, Note, read};
use metier_exchange::table::Finding;

use crate::{asks, framework, levelling, notes, says};

fn refused(name: &str, bytes: &[u8], choices: &Choices) -> String {
    read(name, bytes, choices)
        .expect_err("should be refused")
        .to_string()
}

#[test]
fn a_missing_column_is_named_with_the_columns_there_are() {
    let plain = Choices::default();
    let said = refused("x.csv", b"Role,Level,Text\nBaker,Junior,Kneads\n", &plain);
    assert!(said.contains("which skill or area"), "{said}");
    assert!(
        said.contains("Role (role), Level (role-level), Text (text)"),
        "{said}"
    );
    let said = refused("x.csv", b"Role,Level,Skill\nBaker,Junior,Dough\n", &plain);
    assert!(said.contains("no column says what is asked"), "{said}");
    let said = refused("x.csv", b"one column\nonly\n", &plain);
    assert!(said.contains("head of a table"), "{said}");
    let said = refused("x.csv", b"Area,Junior,Senior\n", &plain);
    assert!(said.contains("nothing below it"), "{said}");
}

#[test]
fn what_was_said_and_is_not_there_is_refused_with_what_is() {
    let table = b"Area,Junior,Senior\nCraft,Drafts,Leads\n";
    let with = |choices: Choices| refused("x.csv", table, &choices);
    let said = with(Choices {
        columns: vec![("Junor".into(), Meaning::LevelColumn)],
        ..Choices::default()
    });
    assert!(said.contains("perhaps `junior` is meant"), "{said}");
    let said = with(Choices {
        columns: vec![("A".into(), Meaning::Skill), ("B".into(), Meaning::Skill)],
        ..Choices::default()
    });
    assert!(said.contains("only one can"), "{said}");
    let said = with(Choices {
        sheets: vec!["Design".into()],
        ..Choices::default()
    });
    assert!(said.contains("no sheet `Design`"), "{said}");
    let said = with(Choices {
        head: Some(9),
        ..Choices::default()
    });
    assert!(said.contains("nothing in row 9"), "{said}");
    let said = with(Choices {
        grains: vec![("Baking".into(), metier_core::framework::Grain::Area)],
        ..Choices::default()
    });
    assert!(said.contains("no skill `Baking`"), "{said}");
    let read = levelling("x.csv", "Area,Junior,Senior\nCraft,Drafts,Leads\n");
    let said = read
        .framework(&["Baker"], &Choices::default())
        .unwrap_err()
        .to_string();
    assert!(said.contains("it names x"), "{said}");
    assert!(read.framework(&[], &Choices::default()).is_err());
}

#[test]
fn windows_letters_are_read_and_said() {
    let bytes = b"Area;Junior;Senior\nCaf\xe9;Serves \x96 alone;Leads \x93the bar\x94\n";
    let read = read("Barista.csv", bytes, &Choices::default()).unwrap();
    let f = framework(&read, &["Barista"]);
    assert_eq!(says(&f, "Café", "Junior"), "Serves – alone");
    assert!(
        matches!(&read.findings[..], [Finding::Encoding { name, guessed: true }] if name == "windows-1252")
    );
}

#[test]
fn repeats_are_counted_once_and_what_differs_is_kept() {
    let table = "Role,Level,Skill,Skill level,Expectation\n\
        Baker,Junior,Dough,Basic,Kneads\n\
        Baker,Junior,Dough,Basic,Kneads\n\
        Baker,Junior,Dough,Expert,Teaches\n";
    let read = levelling("x.csv", table);
    let said = notes(&read);
    assert!(said.contains("1 row repeats what an earlier one says"), "{said}");
    assert!(
        said.contains("row 4 as row 2 (Baker, Junior, Dough, Expert)"),
        "{said}"
    );
    let f = framework(&read, &["Baker"]);
    assert_eq!(asks(&f), [("Junior".into(), "Dough".into(), "Basic".into())]);
    let kept: Vec<_> = f
        .kept
        .iter()
        .map(|k| (k.name.as_str(), k.text.as_str()))
        .collect();
    assert_eq!(kept, [("row 4", "Expert"), ("row 4", "Teaches")]);
}

#[test]
fn two_columns_of_one_name_are_told_apart() {
    let read = levelling(
        "x.csv",
        "Area,Junior,Senior,Senior\nCraft,Drafts,Leads,Leads two\n",
    );
    let f = framework(&read, &["x"]);
    assert_eq!(
        f.levels.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(),
        ["Junior", "Senior", "Senior (2)"]
    );
    assert!(
        read.notes
            .iter()
            .any(|n| matches!(n, Note::SameHeading { .. }) && n.matters())
    );
}

#[test]
fn cells_left_empty_by_merging_take_the_text_above() {
    let table = "Role,Level,Skill,Expectation\nBaker,Junior,Dough,Kneads\n,,Oven,Loads\n,Senior,Dough,Leads\nPorter,,Lifting,Lifts\n";
    let read = levelling("x.csv", table);
    let f = framework(&read, &["Baker"]);
    assert_eq!(
        f.levels.iter().map(|l| l.expectations.len()).collect::<Vec<_>>(),
        [2, 2]
    );
    let said = notes(&read);
    assert!(said.contains("2 empty cells in “Role”"), "{said}");
    assert!(said.contains("1 empty cell in “Level”"), "{said}");
    assert!(
        said.contains("1 role has no level and cannot be aimed at: Porter."),
        "{said}"
    );
    let said = read
        .framework(&["Porter"], &Choices::default())
        .unwrap_err()
        .to_string();
    assert!(said.contains("names no level of `Porter`"), "{said}");
}

#[test]
fn headings_between_rows_group_what_is_below_and_nameless_rows_go_on() {
    let table = "Area,Junior,Senior\nTechnical,,\nCraft,Drafts,Leads\n,Tests,\nPeople,,\nTeam,Helps,Hires\nArea,Junior,Senior\nLast,,\n";
    let read = levelling("x.csv", table);
    let f = framework(&read, &["x"]);
    assert_eq!(
        f.practices.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(),
        ["Technical", "People"]
    );
    assert_eq!(says(&f, "Craft", "Junior"), "Drafts\nTests");
    let said = notes(&read);
    assert!(said.contains("The row 4 without a name goes on"), "{said}");
    assert!(
        said.contains("Of 1 skill the document says nothing at any level: Last."),
        "{said}"
    );
    assert_eq!(f.competencies.len(), 3, "a head printed again is no row");
}

#[test]
fn a_row_without_a_skill_is_left_out_and_named() {
    let read = levelling(
        "x.csv",
        "Role,Level,Skill,Expectation\nBaker,Junior,,Kneads\nBaker,Junior,Dough,Kneads\n",
    );
    assert!(notes(&read).contains("Left out, because no skill or area stands there: row 2."));
}

#[test]
fn a_workbook_with_all_of_it() {
    let bytes = include_bytes!("../fixtures/bakery-levels.xlsx");
    let read = read("bakery-levels.xlsx", bytes, &Choices::default()).unwrap();
    let names: Vec<&str> = read.parts.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Baker", "Service", "Lead"]);
    let f = framework(&read, &["Baker"]);
    assert_eq!(
        says(&f, "Oven", "Junior"),
        "Loads and unloads under supervision\nCleans the oven every day"
    );
    assert_eq!(says(&f, "Safety", "Junior"), "95%");
    assert_eq!(f.practices.len(), 2);
    let service = framework(&read, &["Service"]);
    assert_eq!(
        says(&service, "Till", "Level 2"),
        "Closes the till without a difference"
    );
    let said: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
    assert!(
        said[0].contains("3 groups of cells are merged on the sheet “Baker”"),
        "{said:?}"
    );
    assert!(said[1].contains("formula without a result"), "{said:?}");
    let said = notes(&read);
    assert!(said.contains("The sheet “Notes” was not read"), "{said}");
    assert!(
        said.contains("The sheet “Old” was not read: it is hidden"),
        "{said}"
    );
    let old = Choices {
        sheets: vec!["old".into()],
        ..Choices::default()
    };
    let read = metier_exchange::levelling::read("b.xlsx", bytes, &old).unwrap();
    assert_eq!(read.parts[0].name, "b");
}

#[test]
fn what_is_missing_can_be_asked_for_because_the_columns_are_known() {
    let table = b"Thing,Remark\nDough,x\nOven,y\n";
    let none = Choices::default();
    assert!(read("b.csv", table, &none).is_err());
    let sheets = metier_exchange::levelling::look("b.csv", table, &none).unwrap();
    let headings: Vec<&str> = sheets[0].columns.iter().map(|c| c.heading.as_str()).collect();
    assert_eq!(headings, ["Thing", "Remark"]);
    assert_eq!(sheets[0].columns[0].samples, ["Dough", "Oven"]);
    let said = Choices {
        columns: vec![("A".into(), Meaning::Skill), ("B".into(), Meaning::Text)],
        ..none
    };
    assert_eq!(read("b.csv", table, &said).unwrap().parts.len(), 2);
}

#[test]
fn a_column_of_one_sheet_is_said_without_losing_the_others() {
    let bytes = include_bytes!("../fixtures/bakery-levels.xlsx");
    let said = |word: &str| Choices {
        columns: vec![(word.into(), Meaning::Other)],
        ..Choices::default()
    };
    let plain = read("b.xlsx", bytes, &Choices::default()).unwrap();
    let letters = &plain.sheets[0].columns.last().unwrap().letters;
    let word = format!("{}!{letters}", plain.sheets[0].name);
    let read_so = read("b.xlsx", bytes, &said(&word)).unwrap();
    assert_eq!(read_so.sheets.len(), plain.sheets.len());
    let column = read_so.sheets[0].columns.last().unwrap();
    assert_eq!((column.meaning, column.guessed), (Meaning::Other, false));
    let why = refused("b.xlsx", bytes, &said("Wages"));
    assert!(why.contains("no sheet has a column `Wages`"), "{why}");
}
