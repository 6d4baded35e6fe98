//! The coder: a posting to occupations and unit groups, with probabilities.

use std::collections::BTreeMap;

use crate::link::table::Table;

use super::evidence::Evidence;
use super::fit::{Weights, weigh};
use super::{Group, Occupation};

impl Weights {
    /// Fitted to all 271 adverts of `hahu_271_adverts.csv`; what cross-validation gave is in
    /// `docs/method/extraction.md`.
    pub const FITTED: Self = Self([
        1.306_845, 0.253_747, 5.635_33, 3.592_224, 2.416_026, 3.136_406, 2.009_22, 2.678_07,
    ]);
}

/// What a posting is for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coding {
    /// Occupations by their place in the list, likeliest first, with their probabilities.
    pub occupations: Vec<(usize, f64)>,
    /// Unit groups by their four digits, likeliest first, with their probabilities.
    pub groups: Vec<(String, f64)>,
}

/// Occupations that postings are compared with.
#[derive(Debug, Clone)]
pub struct Coder {
    evidence: Evidence,
    isco: Vec<String>,
    weights: Weights,
}

impl Coder {
    /// A coder over occupations; places in what it says are places in this list.
    pub fn new(occupations: &[Occupation], groups: &[Group], table: &Table, weights: Weights) -> Self {
        Self {
            evidence: Evidence::new(occupations, groups, table),
            isco: occupations.iter().map(|o| o.isco.clone()).collect(),
            weights,
        }
    }

    /// What a posting is for: the first `most` occupations and groups. Nothing is said of a posting without a
    /// word.
    pub fn code(&self, title: &str, text: &str, table: &Table, most: usize) -> Coding {
        if !title.chars().chain(text.chars()).any(char::is_alphanumeric) {
            return Coding::default();
        }
        let compared = self.evidence.compare(title, text, table);
        let sums: Vec<f64> = compared
            .iter()
            .map(|c| f64::from(weigh(c, &self.weights.0)))
            .collect();
        rank(&sums, &self.isco, most)
    }
}

/// Probabilities from weighted sums, for occupations and for the groups they are of.
pub(crate) fn rank(sums: &[f64], isco: &[String], most: usize) -> Coding {
    let highest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts: Vec<f64> = sums.iter().map(|s| libm::exp(s - highest)).collect();
    let total: f64 = parts.iter().sum();
    let mut groups: BTreeMap<&str, f64> = BTreeMap::new();
    for (part, group) in parts.iter().zip(isco) {
        *groups.entry(group).or_insert(0.0) += part / total;
    }
    let mut occupations: Vec<(usize, f64)> = parts.iter().map(|p| p / total).enumerate().collect();
    occupations.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    occupations.truncate(most);
    let mut groups: Vec<(String, f64)> = groups.into_iter().map(|(g, p)| (g.to_owned(), p)).collect();
    groups.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    groups.truncate(most);
    Coding { occupations, groups }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn occupation(isco: &str, label: &str, names: &[&str], description: &str) -> Occupation {
        Occupation {
            key: label.to_owned(),
            code: format!("{isco}.1"),
            isco: isco.to_owned(),
            label: label.to_owned(),
            names: names.iter().map(|&n| n.to_owned()).collect(),
            description: description.to_owned(),
            essential: Vec::new(),
            optional: Vec::new(),
        }
    }

    fn coder() -> (Coder, Table) {
        let values = [1.0, 0.1, 0.0, 0.1, 1.0, 0.0, 0.0, 0.1, 1.0];
        let table = Table::quantise("nurse\ncook\nweld".to_owned(), 3, &values, &[1.0; 3]);
        let occupations = [
            occupation("2221", "nurse", &["ward nurse"], "cares for patients"),
            occupation("5120", "cook", &["kitchen cook"], "prepares meals in a kitchen"),
            occupation("7212", "welder", &[], "joins metal parts"),
            occupation("5120", "diet cook", &[], "prepares meals for patients"),
        ];
        let groups = [Group {
            code: "5120".to_owned(),
            label: "Cooks".to_owned(),
            description: "Cooks plan and prepare meals".to_owned(),
        }];
        (Coder::new(&occupations, &groups, &table, Weights::FITTED), table)
    }

    #[test]
    fn the_title_and_what_the_text_says_find_the_occupation_and_its_group() {
        let (coder, table) = coder();
        let found = coder.code("Senior Ward Nurse (night)", "You care for patients.", &table, 10);
        assert_eq!((found.occupations[0].0, found.groups[0].0.as_str()), (0, "2221"));
        let found = coder.code("Team member", "You prepare meals in our kitchen.", &table, 10);
        assert_eq!((found.occupations[0].0, found.groups[0].0.as_str()), (1, "5120"));
        assert_eq!(coder.code("- ", "...", &table, 10), Coding::default());
        assert_eq!(coder.code("nurse", "", &table, 1).groups.len(), 1);
    }

    #[test]
    fn a_groups_probability_is_the_sum_of_its_occupations() {
        let isco = ["1", "2", "1"].map(str::to_owned);
        let found = rank(&[0.0, libm::log(3.0), 0.0], &isco, 9);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(
            found.occupations[0].0 == 1 && near(found.occupations[0].1, 0.6),
            "{found:?}"
        );
        assert!(
            found.groups[1].0 == "1" && near(found.groups[1].1, 0.4),
            "{found:?}"
        );
    }

    proptest! {
        #[test]
        fn probabilities_sum_to_one_and_never_rise(title in "\\PC{0,30}", text in "[a-z ]{1,40}x") {
            let (coder, table) = coder();
            let found = coder.code(&title, &text, &table, 10);
            let sum = |all: &[f64]| all.iter().sum::<f64>();
            let of: Vec<f64> = found.occupations.iter().map(|o| o.1).collect();
            let groups: Vec<f64> = found.groups.iter().map(|g| g.1).collect();
            prop_assert!((sum(&of) - 1.0).abs() < 1e-9 && (sum(&groups) - 1.0).abs() < 1e-9);
            prop_assert!(of.is_sorted_by(|a, b| a >= b) && groups.is_sorted_by(|a, b| a >= b));
        }
    }
}
