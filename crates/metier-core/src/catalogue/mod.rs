//! The catalogue: occupations as a public classification describes them, to be searched and drafted from.
//!
//! A [`Catalogue`] is reference material, not a record of anyone: it is rebuilt from the publisher's
//! file at will and stays outside journal, export and backup. [`Catalogue::search`] finds an
//! occupation by what people call it; [`Catalogue::draft`] turns one into a framework draft in one
//! step, which a person then makes their own.

mod draft;
mod search;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use draft::DraftError;
pub use search::{Hit, Matched, QUERY_MAX};

use search::LazyIndex;

/// Occupations with what is known about their work.
///
/// Built once by a reader and not changed afterwards: the index that [`Catalogue::search`] makes at
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

impl Catalogue {
    /// The occupation with this code; "15-1252" is read as "15-1252.00".
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

    /// A framework draft of one occupation: practices from the work activities above its tasks,
    /// competencies from tasks, skills, knowledge and technology, levels from the weight of the tasks.
    ///
    /// # Errors
    /// When the code is unknown, or the occupation has no tasks; the nearest ones that have are offered.
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
