//! What a single cell says: nothing, a level, a list.

use super::scale::{self, tidy};

/// Texts that say there is nothing, as they are written in tables.
const ABSENT: [&str; 17] = [
    "-",
    "–",
    "—",
    "--",
    "n/a",
    "na",
    "n.a.",
    "none",
    "nil",
    "tbd",
    "tbc",
    "tba",
    "not in use",
    "not applicable",
    "not used",
    "not required",
    "?",
];

/// True for a text that says there is nothing.
pub(super) fn absent(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    lower.is_empty() || ABSENT.contains(&lower.as_str())
}

/// A level of skill as a name: a bare number takes the heading in front of it.
pub(super) fn step_name(text: &str, heading: &str) -> String {
    if absent(text) {
        return String::new();
    }
    if scale::numeral(text.trim()).is_none() {
        return text.trim().to_owned();
    }
    let tidy = tidy(heading);
    let last = tidy.split(' ').next_back().unwrap_or_default();
    let head = match last {
        "milestone" => "Milestone",
        "step" => "Step",
        "stage" => "Stage",
        "rung" => "Rung",
        _ => "Level",
    };
    format!("{head} {}", text.trim())
}

/// A list kept in one cell, item by item.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| {
            line.trim()
                .trim_start_matches(['-', '•', '*', '–', '▪', '◦', '·'])
                .trim()
        })
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_nothing() {
        for text in ["", " - ", "N/A", "NOT IN USE", "None"] {
            assert!(absent(text), "{text}");
        }
        assert!(!absent("Not in use any more, ask Ada"));
    }

    #[test]
    fn a_bare_number_takes_its_heading() {
        assert_eq!(step_name("3", "milestone"), "Milestone 3");
        assert_eq!(step_name("3", "Required level"), "Level 3");
        assert_eq!(step_name("Expert", "Skill level"), "Expert");
        assert_eq!(step_name("n/a", "Skill level"), "");
    }

    #[test]
    fn a_list_in_a_cell_falls_into_items() {
        assert_eq!(lines("- a\n• b\n\n c "), ["a", "b", "c"]);
    }
}
