//! The order of levels: by their names where these say it, else as they were met.

pub(super) use metier_core::framework::scale::{numeral, role, role_or_plain, skill, tidy};

/// On what an order rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The person said so.
    Said,
    /// The names say so.
    Names,
    /// The columns stand in this order.
    Columns,
    /// What the levels ask for rises in this order.
    Asked,
    /// They were met in this order, which means little.
    #[default]
    Met,
}

/// Orders the names of skill levels, lowest first.
pub(super) fn order_of_skill_levels(names: Vec<String>, in_columns: bool) -> (Vec<String>, Basis) {
    let heights: Option<Vec<u32>> = names
        .iter()
        .map(|n| numeral(n.trim()).or_else(|| skill(n)).or_else(|| role(n)))
        .collect();
    let Some(heights) = heights.filter(|h| distinct(h)) else {
        let basis = if in_columns { Basis::Columns } else { Basis::Met };
        return (names, basis);
    };
    let mut both: Vec<(u32, String)> = heights.into_iter().zip(names).collect();
    both.sort();
    (both.into_iter().map(|(_, n)| n).collect(), Basis::Names)
}

/// True when a list of heights puts its items in an order.
fn distinct(heights: &[u32]) -> bool {
    let mut sorted = heights.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] < pair[1])
}

/// Puts what was said first into that order, and the rest behind it as it was. Names are compared
/// without regard to case.
pub(super) fn as_said(names: Vec<String>, said: &[String]) -> Vec<String> {
    let place = |name: &String| {
        said.iter()
            .position(|s| s.trim().eq_ignore_ascii_case(name.trim()))
            .unwrap_or(usize::MAX)
    };
    let mut ordered = names;
    ordered.sort_by_key(place);
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(names: &[&str]) -> (Vec<String>, Basis) {
        order_of_skill_levels(names.iter().map(|n| (*n).to_owned()).collect(), false)
    }

    #[test]
    fn known_names_and_numbers_stand_in_their_order() {
        assert_eq!(
            ordered(&["Expert", "Working", "Awareness", "Practitioner"]),
            (
                ["Awareness", "Working", "Practitioner", "Expert"]
                    .map(str::to_owned)
                    .to_vec(),
                Basis::Names
            )
        );
        assert_eq!(ordered(&["10", "2", "1"]).0, ["1", "2", "10"]);
        assert_eq!(
            ordered(&["Milestone 2", "Milestone 1"]).0,
            ["Milestone 1", "Milestone 2"]
        );
        assert_eq!(ordered(&["L3", "L1", "L2"]).0, ["L1", "L2", "L3"]);
        assert_eq!(
            ordered(&["Red", "Blue"]),
            (vec!["Red".into(), "Blue".into()], Basis::Met)
        );
        assert_eq!(
            ordered(&["Proficient", "Skilled"]).1,
            Basis::Met,
            "both the same height"
        );
    }

    #[test]
    fn what_is_said_comes_first() {
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(as_said(names, &["C".into(), "a".into()]), ["c", "a", "b"]);
    }
}
