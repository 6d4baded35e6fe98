//! Near professions: what stands in for an occupation that cannot be compared, and how many ask for one.

use metier_core::catalogue::{Catalogue, End};
use metier_market::count::Group;
use serde::Serialize;

/// Occupations that are named instead of one that cannot be compared.
const INSTEAD: usize = 6;

/// How many of the postings counted are of an occupation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DemandThere {
    /// Postings of its group of occupations.
    pub postings: u64,
    /// Postings whose profession is known, of all.
    pub of: u64,
}

/// What can be compared in place of an occupation without rated skills: its occupations of the other
/// classification by the crosswalk, then those its own classification calls related.
pub fn rated_instead(catalogue: &Catalogue, code: &str) -> Vec<End> {
    let mut found: Vec<End> = Vec::new();
    let mut offer = |code: &str, title: &str| {
        if found.len() < INSTEAD && found.iter().all(|end| end.code != code) {
            found.push(End {
                code: code.to_owned(),
                title: title.to_owned(),
            });
        }
    };
    if let Some(onet) = catalogue.occupation(code) {
        for esco in linked_esco(catalogue, &onet.code) {
            offer(&esco.code, &esco.title);
        }
        for related in catalogue.related(&onet.code) {
            if !(related.skills.is_empty() && related.knowledge.is_empty()) {
                offer(&related.code, &related.title);
            }
        }
    } else if let Some(esco) = catalogue.esco_occupation(code)
        && let Some((onet, _)) = catalogue.linked_onet(esco)
        && !(onet.skills.is_empty() && onet.knowledge.is_empty())
    {
        offer(&onet.code, &onet.title);
    }
    found
}

/// The ESCO occupations linked to one of O*NET that list a skill, nearest first.
fn linked_esco<'a>(
    catalogue: &'a Catalogue,
    onet: &str,
) -> impl Iterator<Item = &'a metier_core::catalogue::EscoOccupation> {
    let links = catalogue.links.as_ref().map(|all| all.of_onet(onet));
    let links = links.unwrap_or_default();
    links
        .into_iter()
        .filter_map(|link| catalogue.esco_occupation(&link.esco))
        .filter(|esco| !esco.essential.is_empty())
}

/// How many of the postings counted are of an occupation; `None` where no posting has a profession of its
/// classification, nor of one the crosswalk links it to.
///
/// `counted` is what [`metier_market::demand::professions`] tells. ESCO's occupations are counted by their ISCO group, which is wider
/// than one of them.
pub fn demand_there(catalogue: &Catalogue, counted: &[(Group, u64)], code: &str) -> Option<DemandThere> {
    let mut groups: Vec<Group> = Group::of(code).into_iter().collect();
    if catalogue.occupation(code).is_some() {
        groups.extend(linked_esco(catalogue, code).filter_map(|esco| Group::of(&esco.code)));
    }
    if let Some(esco) = catalogue.esco_occupation(code) {
        groups.extend(Group::of(&esco.isco_group));
        groups.extend(
            catalogue
                .linked_onet(esco)
                .and_then(|(onet, _)| Group::of(&onet.code)),
        );
    }
    let of_onet = |group: &Group| group.as_str().contains('-');
    let comparable = |group: &Group| groups.iter().any(|g| of_onet(g) == of_onet(group));
    let sum = |keep: &dyn Fn(&Group) -> bool| -> u64 {
        counted
            .iter()
            .filter(|(group, _)| keep(group))
            .map(|(_, n)| n)
            .sum()
    };
    let of = sum(&comparable);
    let there = sum(&|group| groups.iter().any(|g| group.is_within(g.as_str())));
    (of > 0).then_some(DemandThere { postings: there, of })
}

#[cfg(test)]
mod tests {
    use metier_core::catalogue::{
        Esco, EscoOccupation, Match, Occupation, OccupationLink, OccupationLinks, Rated,
    };

    use super::*;

    fn occupation(code: &str, title: &str, rated: bool, related: &[&str]) -> Occupation {
        let skill = Rated {
            element: "2.A.1.a".into(),
            name: "Reading".into(),
            importance: 4.0,
            level: Some(4.0),
        };
        Occupation {
            code: code.into(),
            title: title.into(),
            skills: if rated { vec![skill] } else { Vec::new() },
            related: related.iter().map(|c| (*c).to_owned()).collect(),
            ..Occupation::default()
        }
    }

    fn catalogue() -> Catalogue {
        let mut onet = Catalogue::default();
        onet.occupations.extend([
            occupation("15-1251.00", "Computer Programmers", true, &[]),
            occupation(
                "15-1252.00",
                "Software Developers",
                false,
                &["15-1253.00", "15-1251.00"],
            ),
            occupation("15-1253.00", "Testers", false, &[]),
        ]);
        onet.with_esco(Esco {
            occupations: vec![EscoOccupation {
                uri: "http://example.org/dev".into(),
                code: "2512.4".into(),
                isco_group: "2512".into(),
                title: "software developer".into(),
                essential: vec![0],
                ..EscoOccupation::default()
            }],
            ..Esco::default()
        })
        .with_links(OccupationLinks {
            links: vec![OccupationLink {
                onet: "15-1252.00".into(),
                esco: "http://example.org/dev".into(),
                closeness: Match::Exact,
            }],
            ..OccupationLinks::default()
        })
    }

    #[test]
    fn what_cannot_be_compared_names_what_can() {
        let found = rated_instead(&catalogue(), "15-1252.00");
        let codes: Vec<&str> = found.iter().map(|end| end.code.as_str()).collect();
        assert_eq!(codes, ["2512.4", "15-1251.00"]);
        assert!(rated_instead(&catalogue(), "99-9999.00").is_empty());
    }

    #[test]
    fn postings_are_counted_by_the_group_and_unknown_is_not_zero() {
        let counted: Vec<(Group, u64)> = [("2512", 7), ("2431", 5)]
            .map(|(code, n)| (Group::of(code).unwrap(), n))
            .to_vec();
        let there = Some(DemandThere { postings: 7, of: 12 });
        assert_eq!(demand_there(&catalogue(), &counted, "2512.4"), there);
        assert_eq!(demand_there(&catalogue(), &counted, "15-1252.00"), there);
        assert_eq!(demand_there(&catalogue(), &counted, "15-1251.00"), None);
        assert_eq!(demand_there(&catalogue(), &[], "2512.4"), None);
    }
}
