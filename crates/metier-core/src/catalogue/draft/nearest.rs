//! The nearest occupations that can be drafted, offered where one cannot.

use std::collections::BTreeSet;

use crate::catalogue::{Catalogue, Classification, Esco, EscoOccupation, Occupation};

/// How many are offered.
const OFFERED: usize = 3;

/// Nearest to an occupation: the related ones first, then by code and likeness of title.
pub(super) fn to_occupation(catalogue: &Catalogue, wanted: &Occupation) -> Vec<(String, String)> {
    let related = catalogue.related(&wanted.code).into_iter();
    let mut ranked: Vec<&Occupation> = with_tasks(catalogue).collect();
    let words = title_words(&wanted.title);
    ranked.sort_by_cached_key(|o| {
        let shared = title_words(&o.title).intersection(&words).count();
        let near = common(&o.code, &wanted.code);
        // Within one group of the classification a shared word says more than a further digit.
        (
            std::cmp::Reverse(near.min(5)),
            std::cmp::Reverse(shared),
            std::cmp::Reverse(near),
            o.code.clone(),
        )
    });
    // A code of its own corner (a military one) has no kin: there only the words can tell.
    let by_words = catalogue
        .search(&wanted.title, 20)
        .into_iter()
        .filter_map(|hit| catalogue.occupation(&hit.code));
    let alone = ranked.first().is_none_or(|o| common(&o.code, &wanted.code) < 2);
    let ordered: Vec<&Occupation> = if alone {
        related.chain(by_words).chain(ranked).collect()
    } else {
        related.chain(ranked).collect()
    };
    offered(ordered.into_iter())
}

/// Nearest to a code that no occupation has; when it is no code at all, by what it says.
pub(super) fn to_code(catalogue: &Catalogue, code: &str) -> Vec<(String, String)> {
    if !code.starts_with(|c: char| c.is_ascii_digit()) {
        let hits = catalogue.search(code, 20);
        return hits
            .into_iter()
            .filter(|hit| {
                hit.classification == Classification::Esco
                    || catalogue
                        .occupation(&hit.code)
                        .is_some_and(|o| !o.tasks.is_empty())
            })
            .take(OFFERED)
            .map(|hit| (hit.code, hit.title))
            .collect();
    }
    // O*NET's codes have a hyphen behind two digits; ESCO's begin with four.
    if let Some(esco) = &catalogue.esco
        && (catalogue.occupations.is_empty() || !code.contains('-'))
    {
        return of_esco(esco, code);
    }
    let mut ranked: Vec<&Occupation> = with_tasks(catalogue).collect();
    ranked.sort_by_key(|o| (std::cmp::Reverse(common(&o.code, code)), o.code.as_str()));
    offered(ranked.into_iter())
}

/// The ESCO occupations whose codes begin most like this one.
pub(super) fn of_esco(esco: &Esco, code: &str) -> Vec<(String, String)> {
    let mut ranked: Vec<&EscoOccupation> = esco
        .occupations
        .iter()
        .filter(|o| !(o.essential.is_empty() && o.optional.is_empty()))
        .collect();
    ranked.sort_by_key(|o| {
        (
            std::cmp::Reverse(common(&o.code, code)),
            o.code.len(),
            o.code.as_str(),
        )
    });
    ranked
        .into_iter()
        .take(OFFERED)
        .map(|o| (o.code.clone(), o.title.clone()))
        .collect()
}

fn with_tasks(catalogue: &Catalogue) -> impl Iterator<Item = &Occupation> {
    catalogue.occupations.iter().filter(|o| !o.tasks.is_empty())
}

fn offered<'a>(occupations: impl Iterator<Item = &'a Occupation>) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    occupations
        .filter(|o| !o.tasks.is_empty() && seen.insert(o.code.as_str()))
        .take(OFFERED)
        .map(|o| (o.code.clone(), o.title.clone()))
        .collect()
}

/// How many leading characters two codes share.
fn common(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

/// Words of a title that tell occupations apart.
fn title_words(title: &str) -> BTreeSet<String> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| w.len() > 3 && !["other", "workers", "except"].contains(&w.as_str()))
        .collect()
}
