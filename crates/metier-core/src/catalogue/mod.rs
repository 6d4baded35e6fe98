//! The catalogue: occupations as a public classification describes them, to be searched and drafted from.
//!
//! A [`Catalogue`] is reference material, not a record of anyone: it is rebuilt from the publisher's
//! file at will and stays outside journal, export and backup. [`Catalogue::search`] finds an
//! occupation by what people call it; [`Catalogue::draft`] turns one into a framework draft in one
//! step, which a person then makes their own.

mod crosswalk;
mod draft;
mod esco;
mod neighbour;
mod search;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crosswalk::{Match, OccupationLink, OccupationLinks};
pub use draft::DraftError;
pub use esco::{Collections, Esco, EscoOccupation, EscoSkill, IscoGroup, Reuse, SkillGroup, SkillKind};
pub use neighbour::{End, Item, Way, WayError};
pub use search::{Hit, Matched, QUERY_MAX};

use search::LazyIndex;

/// Occupations with what is known about their work, from one classification or from two side by side.
///
/// The lists directly in it are O*NET's and empty where only ESCO was read; ESCO's are in
/// [`Catalogue::esco`]. The two are joined by [`Catalogue::links`] and by nothing else: each keeps its
/// source and its credits. Built once by a reader and not changed afterwards: the index that [`Catalogue::search`] makes at
/// the first query does not notice later changes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// The release it was read from: "O*NET 29.2".
    pub source: String,
    /// Attribution lines that must be shown wherever this content is.
    pub credits: Vec<String>,
    /// Tables of the release that the file did not hold, by name.
    pub missing_tables: Vec<String>,
    /// Every occupation, by code ascending.
    pub occupations: Vec<Occupation>,
    /// The hierarchy above the tasks: detailed work activities by their id.
    pub activities: BTreeMap<String, WorkActivity>,
    /// Names and descriptions of elements (generalised work activities, skills, knowledge areas) by id.
    pub elements: BTreeMap<String, Element>,
    /// Which generalised work activities a skill serves: element ids by the skill's element id.
    pub skill_serves: BTreeMap<String, Vec<String>>,
    /// The ESCO classification; absent when it was not read. A catalogue file keeps it in a part of its own.
    #[serde(skip)]
    pub esco: Option<Esco>,
    /// Which occupations of the two are linked; absent when no crosswalk was read. Kept as the above.
    #[serde(skip)]
    pub links: Option<OccupationLinks>,
    #[serde(skip)]
    index: LazyIndex,
}

/// One occupation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Occupation {
    /// Its code: "15-1252.00".
    pub code: String,
    /// Its title, in the plural as published: "Software Developers".
    pub title: String,
    /// What people in it do, in a few sentences.
    pub description: String,
    /// What else it is called, short forms included.
    pub alternate_titles: Vec<String>,
    /// How much preparation it asks for, 1 (little) to 5 (extensive); absent: not classified.
    pub job_zone: Option<u8>,
    /// What is done in it; empty for residual and military occupations.
    pub tasks: Vec<Task>,
    /// Rated skills, by element id.
    pub skills: Vec<Rated>,
    /// Rated knowledge areas, by element id.
    pub knowledge: Vec<Rated>,
    /// Software and other technology used.
    pub technology: Vec<Technology>,
    /// Codes of related occupations, nearest first.
    pub related: Vec<String>,
}

/// A task of an occupation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The publisher's number of the statement.
    pub id: String,
    /// The whole statement.
    pub text: String,
    /// Core to the occupation (true), supplemental (false), or not classified.
    pub core: Option<bool>,
    /// How many people in the occupation answered about it; absent: nobody was asked.
    pub incumbents: Option<u32>,
    /// The detailed work activities it belongs to, by id, in the publisher's order.
    pub activities: Vec<String>,
}

/// A detailed work activity and its place in the hierarchy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkActivity {
    /// Title of the detailed work activity.
    pub title: String,
    /// Id of the intermediate work activity above it.
    pub intermediate: String,
    /// Title of the intermediate work activity.
    pub intermediate_title: String,
    /// Element id of the generalised work activity above that: a key of [`Catalogue::elements`].
    pub general: String,
}

/// An element of the content model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// What it means; may be empty.
    pub description: String,
    /// Mean importance over the occupations it is rated in, 1 to 5; absent where nobody rated it.
    pub usual: Option<f64>,
}

/// A skill or knowledge area as it matters in one occupation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// Element id.
    pub element: String,
    /// Name of the element.
    pub name: String,
    /// How much it matters, 1 to 5.
    pub importance: f64,
    /// How much of it is needed, 0 to 7; absent where the publisher has no reliable or relevant figure.
    pub level: Option<f64>,
}

/// A technology used in an occupation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Technology {
    /// The product: "PostgreSQL".
    pub name: String,
    /// The sort of product: "Data base management system software".
    pub category: String,
    /// Asked for often in adverts of all occupations.
    pub hot: bool,
    /// Asked for often in adverts of this occupation.
    pub in_demand: bool,
}

/// A public classification of occupations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// O*NET, of the United States.
    Onet,
    /// ESCO, of the European Union.
    Esco,
}

impl Classification {
    /// Its name as its publisher writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Onet => "O*NET",
            Self::Esco => "ESCO",
        }
    }
}

impl Catalogue {
    /// This catalogue with O*NET's side taken from `onet`; ESCO and the crosswalk stay.
    #[must_use]
    pub fn with_onet(self, onet: Self) -> Self {
        Self {
            esco: self.esco,
            links: self.links,
            index: LazyIndex::default(),
            ..onet
        }
    }

    /// This catalogue with another ESCO; O*NET and the crosswalk stay.
    #[must_use]
    pub fn with_esco(self, esco: Esco) -> Self {
        Self {
            esco: Some(esco),
            index: LazyIndex::default(),
            ..self
        }
    }

    /// This catalogue with another crosswalk.
    #[must_use]
    pub fn with_links(self, links: OccupationLinks) -> Self {
        Self {
            links: Some(links),
            ..self
        }
    }

    /// How many occupations there are, over both classifications.
    pub fn len(&self) -> usize {
        self.occupations.len() + self.esco.as_ref().map_or(0, |e| e.occupations.len())
    }

    /// True when no occupation was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The releases in it, O*NET first: "O*NET 29.2", "ESCO 1.2.0".
    pub fn sources(&self) -> Vec<&str> {
        let onet = (!self.occupations.is_empty()).then_some(self.source.as_str());
        let esco = self.esco.as_ref().map(|e| e.source.as_str());
        let links = self.links.as_ref().map(|l| l.source.as_str());
        onet.into_iter().chain(esco).chain(links).collect()
    }

    /// Every attribution line of what is in it, each once.
    pub fn all_credits(&self) -> Vec<&str> {
        let mut credits: Vec<&str> = Vec::new();
        let esco = self.esco.iter().flat_map(|e| &e.credits);
        let links = self.links.iter().flat_map(|l| &l.credits);
        for credit in self.credits.iter().chain(esco).chain(links) {
            if !credits.contains(&credit.as_str()) {
                credits.push(credit);
            }
        }
        credits
    }

    /// The ESCO occupation with this code or URI.
    pub fn esco_occupation(&self, code: &str) -> Option<&EscoOccupation> {
        self.esco.as_ref()?.occupation(code)
    }

    /// The O*NET occupation that is linked nearest to an ESCO one, where both are here.
    pub fn linked_onet(&self, esco: &EscoOccupation) -> Option<(&Occupation, Match)> {
        let links = self.links.as_ref()?.of_esco(&esco.uri);
        links
            .iter()
            .find_map(|link| Some((self.occupation(&link.onet)?, link.closeness)))
    }

    /// The O*NET occupation with this code; "15-1252" is read as "15-1252.00".
    pub fn occupation(&self, code: &str) -> Option<&Occupation> {
        let code = full_code(code);
        self.occupations
            .binary_search_by(|o| o.code.as_str().cmp(&code))
            .ok()
            .map(|at| &self.occupations[at])
    }

    /// The occupations related to one, nearest first; empty for an unknown code.
    pub fn related(&self, code: &str) -> Vec<&Occupation> {
        self.occupation(code)
            .map(|o| o.related.iter().filter_map(|c| self.occupation(c)).collect())
            .unwrap_or_default()
    }

    /// Occupations by title, alternate title and task, best first; typing mistakes are forgiven.
    ///
    /// A query is read up to [`QUERY_MAX`] characters. The first call on a catalogue builds the index.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.index.of(self).search(self, query, limit)
    }

    /// A framework draft of one occupation.
    ///
    /// Of O*NET: practices from the work activities above its tasks, competencies from tasks, skills,
    /// knowledge and technology, levels from the weight of the tasks. Of ESCO (by code or URI): practices
    /// from the hierarchy above its skills, competencies from what is essential (required) and optional
    /// (weighted), with what a linked O*NET occupation adds.
    ///
    /// # Errors
    /// When the code is unknown, or nothing is known of what is done in the occupation; the nearest ones
    /// that can be drafted are offered.
    pub fn draft(&self, code: &str) -> Result<crate::framework::Framework, DraftError> {
        draft::draft(self, code)
    }
}

/// The code as the catalogue writes it: trimmed, and with the ".00" that a plain SOC code lacks.
fn full_code(code: &str) -> String {
    let code = code.trim();
    let plain = code.len() == 7 && code.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if plain {
        format!("{code}.00")
    } else {
        code.to_owned()
    }
}

#[cfg(test)]
pub(crate) mod example;

#[cfg(test)]
mod tests {
    use super::example::bakery;

    #[test]
    fn a_plain_soc_code_means_the_occupation_itself() {
        let catalogue = bakery();
        for code in ["51-3011.00", "51-3011", " 51-3011 "] {
            assert_eq!(
                catalogue.occupation(code).map(|o| o.title.as_str()),
                Some("Bakers"),
                "{code}"
            );
        }
        assert_eq!(catalogue.occupation("51-301"), None);
        assert_eq!(catalogue.occupation(""), None);
    }

    #[test]
    fn related_occupations_keep_the_publishers_order_and_skip_unknown_codes() {
        let catalogue = bakery();
        let titles: Vec<_> = catalogue
            .related("51-3011")
            .iter()
            .map(|o| o.title.as_str())
            .collect();
        assert_eq!(titles, ["Food Cooking Machine Operators"]);
        assert!(catalogue.related("99-9999").is_empty());
    }
}
