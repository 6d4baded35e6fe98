//! Which row is the head of a table.

use serde::Serialize;

use super::meaning::{names_a_level, of_heading, open_heading};
use crate::table::{Row, Sheet};

/// How many rows may stand above a head.
const ABOVE_MAX: usize = 20;

/// A heading is shorter than this, in characters.
const HEADING_MAX: usize = 80;

/// The head of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Its place among the rows of the sheet.
    #[serde(skip)]
    pub place: usize,
    /// The row it stands in, as the sheet counts.
    pub row: u64,
    /// True when its words are known ones.
    pub known: bool,
}

/// Finds the head: the row whose texts read most like headings. `said` is the row somebody named.
///
/// `None` when there is no row with two different texts in it, or no such row was named.
pub(super) fn find(sheet: &Sheet, said: Option<u64>) -> Option<Head> {
    if let Some(row) = said {
        let place = sheet.rows.iter().position(|r| r.number == row)?;
        return Some(Head {
            place,
            row,
            known: true,
        });
    }
    let mut best: Option<(usize, usize, bool)> = None;
    for (place, row) in sheet.rows.iter().take(ABOVE_MAX).enumerate() {
        let Some((score, known)) = score(row) else {
            continue;
        };
        // The first of several that are equally good.
        if best.is_none_or(|(_, most, _)| score > most) {
            best = Some((place, score, known));
        }
    }
    // Without a known word, the first row that can be one is the head.
    let (place, known) = match best {
        Some((place, _, true)) => (place, true),
        _ => (
            sheet
                .rows
                .iter()
                .take(ABOVE_MAX)
                .position(|row| score(row).is_some())?,
            false,
        ),
    };
    Some(Head {
        place,
        row: sheet.rows[place].number,
        known,
    })
}

/// How much a row reads like a head, and whether any of its words is known; `None` when it cannot be one.
fn score(row: &Row) -> Option<(usize, bool)> {
    let mut texts: Vec<&str> = row
        .cells
        .iter()
        .map(String::as_str)
        .filter(|c| !c.is_empty())
        .collect();
    let long = texts.iter().filter(|t| t.chars().count() > HEADING_MAX).count();
    let known = texts
        .iter()
        .filter(|t| {
            // A bare number may be a level in a head, but is likelier a value below one.
            let number = t.bytes().all(|b| b.is_ascii_digit());
            of_heading(t).is_some() || open_heading(t).is_some() || (names_a_level(t) && !number)
        })
        .count();
    texts.sort_unstable();
    texts.dedup();
    if texts.len() < 2 || long * 2 > texts.len() {
        return None;
    }
    // A row of a matrix may name levels too, but seldom as many as its head.
    Some((
        (known * 4 + texts.len().min(8)).saturating_sub(long * 4),
        known > 0,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::read;

    fn head(text: &str) -> Option<(u64, bool)> {
        let book = read("x.csv", text.as_bytes(), None).unwrap();
        find(&book.sheets[0], None).map(|h| (h.row, h.known))
    }

    #[test]
    fn the_head_is_found_below_titles_and_above_the_criteria() {
        assert_eq!(head("Role,Level,Skill\na,b,c\n"), Some((1, true)));
        assert_eq!(
            head("Our ladder,,\nValid from,2026\n\nArea,Junior,Senior\nCraft,Drafts,Leads\n"),
            Some((4, true))
        );
        assert_eq!(head("x,y\n1,2\n"), Some((1, false)));
        assert_eq!(head("only\nwords\n"), None);
        let long = "a very long sentence ".repeat(6);
        assert_eq!(head(&format!("{long},{long}b\nArea,Junior\n")), Some((2, true)));
    }

    #[test]
    fn a_row_that_was_named_is_the_head_if_it_is_there() {
        let book = read("x.csv", b"a,b\nc,d\n", None).unwrap();
        assert_eq!(find(&book.sheets[0], Some(2)).unwrap().place, 1);
        assert!(find(&book.sheets[0], Some(9)).is_none());
    }
}
