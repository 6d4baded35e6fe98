//! Competencies from the technology that people in an occupation use.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::competencies::Said;
use super::wording::statement_name;
use crate::catalogue::{Occupation, Technology};
use crate::framework::{Frequency, Kind};

/// Sorts of technology at most.
const SORTS: usize = 3;
/// Products named of one sort of technology.
const PRODUCTS: usize = 6;

/// The sorts of technology that matter most: asked for in this occupation's adverts, else in many.
pub(super) fn technologies(occupation: &Occupation) -> Vec<Said> {
    let mut sorts: BTreeMap<&str, Vec<&Technology>> = BTreeMap::new();
    for technology in &occupation.technology {
        sorts.entry(&technology.category).or_default().push(technology);
    }
    let wanted = |products: &[&Technology]| {
        products
            .iter()
            .map(|t| 3 * usize::from(t.in_demand) + 2 * usize::from(t.hot))
            .sum::<usize>()
    };
    let mut sorts: Vec<(&str, Vec<&Technology>)> = sorts.into_iter().collect();
    sorts.sort_by_key(|(name, products)| (Reverse(wanted(products)), Reverse(products.len()), *name));
    let hot_sorts = sorts.iter().filter(|(_, products)| wanted(products) > 0).count();
    sorts
        .into_iter()
        .take(hot_sorts.clamp(1, SORTS))
        .map(|(sort, products)| use_of(sort, products))
        .collect()
}

fn use_of(sort: &str, mut products: Vec<&Technology>) -> Said {
    products.sort_by_key(|t| (!t.in_demand, !t.hot, t.name.to_lowercase()));
    let named: Vec<&str> = products.iter().take(PRODUCTS).map(|t| t.name.as_str()).collect();
    let more = match products.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let asked: Vec<&str> = products
        .iter()
        .filter(|t| t.in_demand)
        .take(PRODUCTS)
        .map(|t| t.name.as_str())
        .collect();
    let adverts = if asked.is_empty() {
        String::new()
    } else {
        format!(" Adverts for this occupation often ask for {}.", asked.join(", "))
    };
    // "Data base software" begins small within a sentence, "CAD software" does not.
    let mut letters = sort.chars();
    let first = letters.next();
    let lower = match first {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sort.to_owned(),
    };
    Said {
        name: statement_name(&format!("Use {lower}")),
        looks_like: format!("Works with tools such as {}{more}.{adverts}", named.join(", ")),
        kind: Kind::Technical,
        reference: format!("technology {sort}"),
        frequency: Frequency::NotCountable,
        foundation: false,
        importance: None,
    }
}
