//! ESCO's side of the catalogue: occupations by the skills they ask for, and the hierarchy of skills.
//!
//! Lists refer to each other by place ([`Esco::skills`], [`Esco::groups`]), so that 129,000 relations take
//! little room. A reader that makes an [`Esco`] promises that every place is within its list; what reads it
//! passes over one that is not.

#[cfg(test)]
pub(crate) mod example;

use serde::{Deserialize, Serialize};

/// The ESCO classification in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Esco {
    /// The release it was read from: "ESCO 1.2.0"; "ESCO" where the file does not say.
    pub source: String,
    /// Language of its labels: "en".
    pub language: String,
    /// Attribution lines that must be shown wherever this content is.
    pub credits: Vec<String>,
    /// Files a release has and the archive lacked, by name.
    pub missing_files: Vec<String>,
    /// Every occupation, by code ascending.
    pub occupations: Vec<EscoOccupation>,
    /// Every skill and knowledge, by URI ascending.
    pub skills: Vec<EscoSkill>,
    /// The groups above the skills, by URI ascending.
    pub groups: Vec<SkillGroup>,
    /// The ISCO groups above the occupations, by code ascending.
    pub isco: Vec<IscoGroup>,
}

/// An occupation of ESCO.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscoOccupation {
    /// Its URI.
    pub uri: String,
    /// Its code below its ISCO group: "2512.4".
    pub code: String,
    /// Code of the ISCO unit group: "2512".
    pub isco_group: String,
    /// Its preferred label, small and in the singular as published: "software developer".
    pub title: String,
    /// What else it is called.
    pub alternate_titles: Vec<String>,
    /// What people in it do, in a few sentences.
    pub description: String,
    /// Skills everyone in it needs, as places in [`Esco::skills`], ascending.
    pub essential: Vec<u32>,
    /// Skills that some in it need, as places in [`Esco::skills`], ascending.
    pub optional: Vec<u32>,
}

/// A skill or knowledge of ESCO.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscoSkill {
    /// Its URI.
    pub uri: String,
    /// Its preferred label: "use version control".
    pub label: String,
    /// What else it is called, as published: many are rearrangements of the label.
    pub alternative_labels: Vec<String>,
    /// Something done, or something known.
    pub kind: SkillKind,
    /// How far it reaches; absent where the release does not say.
    pub reuse: Option<Reuse>,
    /// What it means.
    pub description: String,
    /// Skills above it, as places in [`Esco::skills`], ascending.
    pub broader: Vec<u32>,
    /// Groups above it, as places in [`Esco::groups`], ascending.
    pub groups: Vec<u32>,
    /// Skills it goes with, as places in [`Esco::skills`], and whether they are essential to it.
    pub related: Vec<(u32, bool)>,
    /// Which collections of the publisher hold it.
    pub collections: Collections,
}

/// Something done, or something known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkillKind {
    /// A skill or competence.
    #[default]
    Skill,
    /// Knowledge.
    Knowledge,
}

/// How far a skill reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reuse {
    /// Needed in nearly every occupation.
    Transversal,
    /// Needed in several sectors.
    CrossSector,
    /// Needed throughout one sector.
    SectorSpecific,
    /// Needed in one occupation.
    OccupationSpecific,
}

/// Collections of the publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // Four sets that overlap, each with the publisher's own name.
pub struct Collections {
    /// Languages.
    pub language: bool,
    /// Transversal skills.
    pub transversal: bool,
    /// Digital skills.
    pub digital: bool,
    /// Green skills.
    pub green: bool,
}

/// A group of the skill hierarchy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillGroup {
    /// Its URI.
    pub uri: String,
    /// Its code: "S5.1", "0613"; may be empty.
    pub code: String,
    /// Its label: "programming computer systems".
    pub label: String,
    /// What it means; may be empty.
    pub description: String,
    /// Groups above it, as places in [`Esco::groups`], ascending.
    pub broader: Vec<u32>,
}

/// A group of ISCO.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IscoGroup {
    /// Its code: one to four digits.
    pub code: String,
    /// Its label: "Software developers".
    pub label: String,
}

impl Esco {
    /// The occupation with this code or URI, blanks around it forgiven.
    pub fn occupation(&self, code: &str) -> Option<&EscoOccupation> {
        self.place_of(code).and_then(|at| self.occupations.get(at))
    }

    /// The place of the occupation with this code or URI in [`Esco::occupations`].
    pub(super) fn place_of(&self, code: &str) -> Option<usize> {
        let code = code.trim();
        if code.contains('/') {
            // Publishers write both schemes of one and the same address.
            let tail = |uri: &str| {
                uri.trim_start_matches("https://")
                    .trim_start_matches("http://")
                    .to_owned()
            };
            let wanted = tail(code);
            return self.occupations.iter().position(|o| tail(&o.uri) == wanted);
        }
        self.occupations
            .binary_search_by(|o| o.code.as_str().cmp(code))
            .ok()
    }

    /// The label of an ISCO group; absent when the release does not name it.
    pub fn isco_label(&self, code: &str) -> Option<&str> {
        let at = self.isco.binary_search_by(|g| g.code.as_str().cmp(code)).ok()?;
        self.isco.get(at).map(|g| g.label.as_str())
    }

    /// The skills at these places, in their order.
    pub fn skills_at<'a>(&'a self, places: &'a [u32]) -> impl Iterator<Item = &'a EscoSkill> {
        places.iter().filter_map(|at| self.skills.get(*at as usize))
    }
}
