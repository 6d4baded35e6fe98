//! What adverts call the competencies of the starters, in the words of the trade.

use std::collections::HashMap;

/// Lists by family: a line a competency, its names behind a colon, parted by semicolons.
const LISTS: [(&str, &str); 2] = [
    ("content-marketing", include_str!("called/content-marketing.txt")),
    (
        "software-engineering",
        include_str!("called/software-engineering.txt"),
    ),
];

/// The names of a family's competencies, by competency; empty where there is no list.
pub(super) fn called(family: &str) -> HashMap<&'static str, Vec<&'static str>> {
    let list = LISTS
        .iter()
        .find(|(of, _)| *of == family)
        .map_or("", |(_, list)| *list);
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (id, names) = line.split_once(':')?;
            let names = names.split(';').map(str::trim).filter(|n| !n.is_empty());
            Some((id.trim(), names.collect()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frameworks::find_framework;

    #[test]
    fn every_list_names_competencies_of_its_starter_and_each_name_once() {
        for (family, _) in LISTS {
            let framework = find_framework(None, family).unwrap();
            let called = called(family);
            assert_eq!(called.len(), framework.competencies.len(), "{family}");
            for (id, names) in called {
                assert!(
                    framework.competencies.iter().any(|c| c.id.as_str() == id),
                    "{family}: {id}"
                );
                assert!(!names.is_empty(), "{id}");
                for (place, name) in names.iter().enumerate() {
                    assert!(!names[..place].contains(name), "{id}: {name}");
                }
            }
        }
    }
}
