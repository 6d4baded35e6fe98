//! `docs/rows.md` against the tests: every row names some, and each of them is there, ran, and passed.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::place::Place;
use crate::process::Failure;

/// A row of the product, and the tests it names.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    id: String,
    tests: Vec<String>,
}

/// Reads what the last whole run of the tests left behind.
pub fn check(place: &Place) -> Result<(), Failure> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
    };
    let rows = rows(&read(&place.root.join("docs/rows.md"))?);
    let report = place.root.join("target/nextest/default/junit.xml");
    let mut passed = passed(&read(&report)?);
    let folder = place.e2e().join("tests");
    let files =
        fs::read_dir(&folder).map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
    for file in files.flatten() {
        passed.extend(titles(&read(&file.path())?));
    }
    let faults = faults(&rows, &passed);
    if faults.is_empty() {
        println!("{} rows, each with tests that ran", rows.len());
        Ok(())
    } else {
        Err(Failure::new(format!("docs/rows.md:\n  {}", faults.join("\n  "))))
    }
}

/// The rows of every table: the first cell is the row, the last names its tests between backticks.
fn rows(text: &str) -> Vec<Row> {
    text.lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| row "))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches(['|', ' ']).split(" | ").collect();
            let named = cells.last().copied().unwrap_or_default();
            Row {
                id: cells.first().map_or("", |cell| cell.trim()).to_owned(),
                tests: named.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// The tests of a `JUnit` report that passed, as "binary test".
fn passed(report: &str) -> HashSet<String> {
    report
        .split("<testcase ")
        .skip(1)
        .filter(|case| {
            let case = case.split("</testcase>").next().unwrap_or(case);
            let own = case.split("<testcase ").next().unwrap_or(case);
            !["<failure", "<error", "<skipped"]
                .iter()
                .any(|mark| own.contains(mark))
        })
        .filter_map(|case| {
            let value = |name: &str| {
                let rest = case.split_once(&format!("{name}=\""))?.1;
                rest.split_once('"').map(|(value, _)| value)
            };
            Some(format!("{} {}", value("classname")?, value("name")?))
        })
        .collect()
}

/// The titles of the browser's tests in a file, as "e2e: title". That they ran, the step of their own says.
fn titles(source: &str) -> Vec<String> {
    let mut titles = Vec::new();
    for line in source.lines() {
        let Some(rest) = line.trim_start().strip_prefix("test(") else {
            continue;
        };
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`')) else {
            continue;
        };
        if let Some(title) = rest[1..].split(quote).next() {
            titles.push(format!("e2e: {title}"));
        }
    }
    titles
}

fn faults(rows: &[Row], passed: &HashSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    if rows.is_empty() {
        faults.push("no row was found".to_owned());
    }
    for row in rows {
        if row.tests.is_empty() {
            faults.push(format!("{} names no test", row.id));
        }
        for test in row.tests.iter().filter(|test| !passed.contains(*test)) {
            faults.push(format!("{}: `{test}` is not among the tests that passed", row.id));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"<testsuites><testsuite name="a::it">
        <testcase name="pages::one" classname="a::it" time="1"/>
        <testcase name="pages::two" classname="a::it" time="1"><failure>no</failure></testcase>
        <testcase name="pages::three" classname="a::it" time="1"><system-out>fine</system-out></testcase>
    </testsuite></testsuites>"#;

    fn row(tests: &[&str]) -> Row {
        Row {
            id: "B1".into(),
            tests: tests.iter().map(|t| (*t).to_owned()).collect(),
        }
    }

    #[test]
    fn a_table_s_rows_are_read_with_their_tests() {
        let text = "# What\n\n| row | what | page | command | test |\n|---|---|---|---|---|\n\
                    | B1 | a | `/p` | `c` | `a::it pages::one`, `e2e: it walks` |\n";
        assert_eq!(rows(text), [row(&["a::it pages::one", "e2e: it walks"])]);
    }

    #[test]
    fn what_passed_passed_and_the_rest_is_named() {
        let mut passed = passed(REPORT);
        assert!(passed.contains("a::it pages::one") && passed.contains("a::it pages::three"));
        assert!(!passed.contains("a::it pages::two"));
        passed.extend(titles("  test('it walks', async () => {"));
        let none: [Row; 0] = [];
        assert_eq!(
            faults(&[row(&["a::it pages::one", "e2e: it walks"])], &passed),
            [""; 0]
        );
        assert_eq!(faults(&[row(&["a::it pages::two"])], &passed).len(), 1);
        assert_eq!(faults(&[row(&["a::it pages::gone"])], &passed).len(), 1);
        assert_eq!(faults(&[row(&[])], &passed), ["B1 names no test"]);
        assert_eq!(faults(&none, &passed).len(), 1);
    }
}
