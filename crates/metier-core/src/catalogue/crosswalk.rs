//! The crosswalk between the occupations of ESCO and O*NET.

use serde::{Deserialize, Serialize};

/// Links between occupations of O*NET and ESCO, as their publishers drew them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccupationLinks {
    /// What it calls itself: "ESCO-O*NET Crosswalk, Sep-22".
    pub source: String,
    /// Attribution lines that must be shown wherever this content is.
    pub credits: Vec<String>,
    /// The links, by ESCO URI, then closeness, then O*NET code.
    pub links: Vec<OccupationLink>,
}

/// One link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccupationLink {
    /// Code of the O*NET occupation.
    pub onet: String,
    /// URI of the ESCO occupation, or of an ISCO group.
    pub esco: String,
    /// How close they are.
    pub closeness: Match,
}

/// How close two linked occupations are, from nearest on; a file says it of the O*NET one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The same occupation.
    Exact,
    /// Nearly the same.
    Close,
    /// The O*NET occupation is the broader of the two.
    Broad,
    /// The O*NET occupation is the narrower of the two.
    Narrow,
}

impl OccupationLinks {
    /// The links of an ESCO occupation, nearest first.
    pub fn of_esco(&self, uri: &str) -> &[OccupationLink] {
        let from = self.links.partition_point(|l| l.esco.as_str() < uri);
        let count = self.links[from..].partition_point(|l| l.esco == uri);
        &self.links[from..from + count]
    }

    /// The links of an O*NET occupation, nearest first.
    pub fn of_onet(&self, code: &str) -> Vec<&OccupationLink> {
        let mut found: Vec<&OccupationLink> = self.links.iter().filter(|l| l.onet == code).collect();
        found.sort_by_key(|l| l.closeness);
        found
    }
}
