//! The guide: short pages about mastery, in the program's own words, with their sources.
//!
//! The pages are Markdown in the folder `guide/`, built into the program. They are read once into blocks and
//! runs of text, from which a page, a terminal and JSON render the same words.

mod text;

use std::sync::LazyLock;

use serde::Serialize;

pub use text::{Block, Run, plain};

/// The pages in reading order, under the headings of the list of contents.
const PAGES: [(&str, &[(&str, &str)]); 5] = [
    (
        "Mastery",
        &[
            ("why-mastery", include_str!("../../../../guide/why-mastery.md")),
            (
                "what-a-master-is",
                include_str!("../../../../guide/what-a-master-is.md"),
            ),
            ("conditions", include_str!("../../../../guide/conditions.md")),
            ("barriers", include_str!("../../../../guide/barriers.md")),
            ("stages", include_str!("../../../../guide/stages.md")),
        ],
    ),
    (
        "Your part",
        &[
            ("your-part", include_str!("../../../../guide/your-part.md")),
            ("as-a-manager", include_str!("../../../../guide/as-a-manager.md")),
            (
                "as-an-organisation",
                include_str!("../../../../guide/as-an-organisation.md"),
            ),
            ("as-a-coach", include_str!("../../../../guide/as-a-coach.md")),
        ],
    ),
    (
        "How to",
        &[
            (
                "asking-a-master",
                include_str!("../../../../guide/asking-a-master.md"),
            ),
            (
                "giving-feedback",
                include_str!("../../../../guide/giving-feedback.md"),
            ),
            ("five-minutes", include_str!("../../../../guide/five-minutes.md")),
            (
                "what-employers-ask",
                include_str!("../../../../guide/what-employers-ask.md"),
            ),
        ],
    ),
    (
        "Metier",
        &[
            ("privacy", include_str!("../../../../guide/privacy.md")),
            (
                "how-metier-judges",
                include_str!("../../../../guide/how-metier-judges.md"),
            ),
        ],
    ),
    (
        "Behind it",
        &[(SOURCES, include_str!("../../../../guide/sources.md"))],
    ),
];

/// The page that lists what the others draw on.
pub const SOURCES: &str = "sources";

/// One page of the guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GuidePage {
    /// What it is called in addresses and commands.
    pub name: &'static str,
    /// The heading it stands under in the list of contents.
    pub part: &'static str,
    /// Its heading.
    pub title: String,
    /// Its first sentence.
    pub summary: String,
    /// Everything under its heading, the first paragraph included.
    pub blocks: Vec<Block>,
}

/// Every page, in reading order.
pub fn guide() -> &'static [GuidePage] {
    static READ: LazyLock<Vec<GuidePage>> = LazyLock::new(|| {
        PAGES
            .iter()
            .flat_map(|(part, pages)| pages.iter().map(|(name, text)| page(part, name, text)))
            .collect()
    });
    &READ
}

fn page(part: &'static str, name: &'static str, source: &str) -> GuidePage {
    let mut blocks = text::read(source);
    let title = match blocks.first() {
        Some(Block::Heading { level: 1, runs, .. }) => plain(runs),
        _ => String::new(),
    };
    if !title.is_empty() {
        blocks.remove(0);
    }
    let summary = blocks.iter().find_map(|block| match block {
        Block::Paragraph(runs) => {
            let words = plain(runs);
            let end = words.find(". ").map_or(words.len(), |end| end + 1);
            Some(words[..end].to_owned())
        }
        _ => None,
    });
    GuidePage {
        name,
        part,
        title,
        summary: summary.unwrap_or_default(),
        blocks,
    }
}

/// The page of this name, with the one before and the one after it.
pub fn guide_page(
    name: &str,
) -> Option<(
    &'static GuidePage,
    Option<&'static GuidePage>,
    Option<&'static GuidePage>,
)> {
    let pages = guide();
    let place = pages.iter().position(|page| page.name == name)?;
    let before = place.checked_sub(1).and_then(|before| pages.get(before));
    Some((&pages[place], before, pages.get(place + 1)))
}

/// Where a link of the guide leads, as an address of the site: other pages of it are linked by their names.
pub fn guide_address(to: &str) -> String {
    if to.starts_with('/') {
        to.to_owned()
    } else {
        format!("/guide/{to}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn links(page: &GuidePage) -> Vec<&str> {
        page.blocks
            .iter()
            .flat_map(Block::runs)
            .filter_map(|run| run.to.as_deref())
            .collect()
    }

    fn anchors() -> BTreeSet<String> {
        let (sources, _, _) = guide_page(SOURCES).unwrap();
        sources
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { id, .. } => id.clone(),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn every_page_has_a_heading_a_beginning_and_between_250_and_450_words() {
        for page in guide() {
            assert!(
                !page.title.is_empty() && !page.summary.is_empty(),
                "{}",
                page.name
            );
            let words: usize = page
                .blocks
                .iter()
                .flat_map(Block::runs)
                .map(|run| run.text.split_whitespace().count())
                .sum();
            let right = page.name == SOURCES || (250..=450).contains(&words);
            assert!(right, "{} has {words} words", page.name);
        }
    }

    #[test]
    fn the_pages_use_nothing_that_is_not_shown() {
        for (_, pages) in PAGES {
            for (name, source) in pages {
                assert_eq!(text::unknown(source), Vec::<String>::new(), "{name}");
            }
        }
    }

    #[test]
    fn every_link_to_another_page_or_a_source_finds_it() {
        let anchors = anchors();
        for page in guide() {
            for link in links(page) {
                if let Some(source) = link.strip_prefix("sources#") {
                    assert!(anchors.contains(source), "{}: {link}", page.name);
                } else if !link.starts_with('/') {
                    assert!(guide_page(link).is_some(), "{}: {link}", page.name);
                }
            }
        }
    }

    #[test]
    fn every_source_is_cited_and_every_study_named_is_a_source() {
        let mut cited = BTreeSet::new();
        for page in guide().iter().filter(|page| page.name != SOURCES) {
            for run in page.blocks.iter().flat_map(Block::runs) {
                let source = run.to.as_deref().and_then(|to| to.strip_prefix("sources#"));
                cited.extend(source.map(str::to_owned));
                // A year beside no link would be a study that the list does not know.
                let year = run.text.split(|c: char| !c.is_ascii_digit()).find(|digits| {
                    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
                });
                match (year, source) {
                    (Some(year), Some(source)) => assert!(source.ends_with(year), "{}: {source}", page.name),
                    (Some(year), None) => panic!("{} names {year} without a source", page.name),
                    (None, _) => {}
                }
            }
        }
        assert_eq!(cited, anchors());
    }

    #[test]
    fn the_pages_follow_one_another() {
        let (first, before, next) = guide_page("why-mastery").unwrap();
        assert_eq!((first.part, before), ("Mastery", None));
        assert_eq!(next.map(|page| page.name), Some("what-a-master-is"));
        let (_, before, next) = guide_page(SOURCES).unwrap();
        assert_eq!((before.map(|p| p.name), next), (Some("how-metier-judges"), None));
        assert_eq!(guide_page("nothing"), None);
    }
}
