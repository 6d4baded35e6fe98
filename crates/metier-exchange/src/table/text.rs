//! Delimited text as one sheet.

use super::{Budget, COLUMNS_MAX, Row, Sheet, cell_name, too_wide};
use crate::DocumentProblem;
use crate::delimited::{Records, plain_text};

/// The longest line accepted, in bytes, quoted line breaks included.
const LINE_MAX: usize = 512 << 10;

/// How many lines decide which sign separates the columns.
const LOOKED_AT: usize = 40;

/// What may separate columns, the usual first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

pub(super) fn read(text: &str) -> Result<Sheet, DocumentProblem> {
    let (text, separator, first) = match said(text) {
        Some((separator, rest)) => (rest, separator, 1),
        None => (text, separator_of(text), 0),
    };
    let mut budget = Budget::default();
    let mut rows = Vec::new();
    for (number, record) in (1..).zip(Records::every_line(text, separator, LINE_MAX)) {
        let record = record.map_err(|mut problem| {
            problem.line = problem.line.map(|line| line + first);
            problem
        })?;
        budget.row()?;
        let mut cells: Vec<String> = record
            .fields
            .into_iter()
            .map(|field| match plain_text(&field) {
                plain if plain.len() < field.len() => plain.to_owned(),
                _ => field,
            })
            .collect();
        while cells.last().is_some_and(|c| c.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() > COLUMNS_MAX {
            return Err(too_wide(cell_name(COLUMNS_MAX, number)).at_line(record.line + first));
        }
        budget.width(cells.len())?;
        for (column, cell) in cells.iter().enumerate() {
            budget.text(cell, || cell_name(column, number))?;
        }
        rows.push(Row { number, cells });
    }
    Ok(Sheet {
        name: String::new(),
        hidden: false,
        rows,
    })
}

/// Excel's own hint in the first line, `sep=;`, and the rest.
fn said(text: &str) -> Option<(char, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let sign = first.trim_end_matches('\r').strip_prefix("sep=")?;
    let mut signs = sign.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) if !matches!(sign, '"' | '\r') => Some((sign, rest)),
        _ => None,
    }
}

/// The sign by which the most lines fall into the same number of columns, more columns before fewer.
fn separator_of(text: &str) -> char {
    let score = |separator: char| {
        let widths = widths(text, separator);
        let mut best = 0;
        for width in widths.iter().filter(|w| **w > 1) {
            let same = widths.iter().filter(|w| *w == width).count();
            best = best.max(same * (*width).min(12));
        }
        best
    };
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|separator| score(*separator))
        .unwrap_or(',')
}

/// How many columns each of the first lines would have. A quotation mark opens a field only where one
/// begins, and closes it wherever it stands.
fn widths(text: &str, separator: char) -> Vec<usize> {
    let (mut widths, mut width, mut quoted, mut begins) = (Vec::new(), 1, false, true);
    for c in text.chars() {
        if c == '"' && (quoted || begins) {
            quoted = !quoted;
            // A quotation mark right after one that closes stands for itself, and the field goes on.
            begins = !quoted;
            continue;
        }
        if !quoted && c == separator {
            width += 1;
            begins = true;
            continue;
        }
        if !quoted && c == '\n' {
            widths.push(width);
            (width, begins) = (1, true);
            if widths.len() == LOOKED_AT {
                return widths;
            }
            continue;
        }
        begins = false;
    }
    widths.push(width);
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text).unwrap().rows.into_iter().map(|r| r.cells).collect()
    }

    #[test]
    fn the_separator_is_found_below_a_title_and_inside_texts_with_commas() {
        assert_eq!(
            cells("Our ladder, 2026\n\nArea;Junior;Senior\nWriting;Drafts, edits;Leads, teaches\n")[3],
            ["Writing", "Drafts, edits", "Leads, teaches"]
        );
        assert_eq!(cells("a\tb\n1\t2,5\n")[1], ["1", "2,5"]);
        assert_eq!(cells("a|b|c\n1|2|3\n")[0], ["a", "b", "c"]);
        assert_eq!(cells("sep=|\na|b,c,d\n")[0], ["a", "b,c,d"]);
        assert_eq!(cells("only\nwords\n"), [["only"], ["words"]]);
        assert_eq!(cells("\"a \"\"b\"\" ; c ; d\",e\n")[0], ["a \"b\" ; c ; d", "e"]);
        assert_eq!(
            cells("a,b\n\"one; two; three\n; four\",x\n\"five; six; seven\n; eight\",y\n")[1],
            ["one; two; three\n; four", "x"]
        );
    }

    #[test]
    fn rows_count_as_in_a_spreadsheet_and_problems_name_lines() {
        let sheet = read("sep=,\na,b\n\"1\n1\",2\n\n3,4\n").unwrap();
        let numbers: Vec<u64> = sheet.rows.iter().map(|r| r.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4]);
        assert_eq!(read("sep=,\na,b\n\"1\n1\",2\n3,\"4\n").unwrap_err().line, Some(5));
    }

    #[test]
    fn a_row_too_wide_is_refused_with_its_place_but_trailing_separators_are_not() {
        assert_eq!(cells(&format!("a,b{}\n", ",".repeat(400)))[0], ["a", "b"]);
        let problem = read(&format!("a\nb{}c\n", ",".repeat(COLUMNS_MAX))).unwrap_err();
        assert_eq!((problem.line, problem.place.as_str()), (Some(2), "GS2"));
    }

    #[test]
    fn an_open_quotation_mark_is_named_by_its_line() {
        assert_eq!(read("a,b\n1,\"two\n3,4\n").unwrap_err().line, Some(2));
    }
}
