//! Where the field meets.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::NextTouch;
use crate::journal::{FactError, filled};
use crate::presence::of_the_web;

/// A community, a professional body, an industry group, an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    /// Its name.
    pub name: String,
    /// Which sort.
    pub kind: CommunityKind,
    /// Where it is found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// What one does there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// Since when, or the first day of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until when, or the last day of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What one took along.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What comes next there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextTouch>,
}

/// Sorts of communities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommunityKind {
    /// A community of practice.
    Community,
    /// A professional body.
    ProfessionalBody,
    /// A group of an industry.
    IndustryGroup,
    /// A community of the web.
    Online,
    /// An event.
    Event,
}

impl Community {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("name", &self.name)?;
        of_the_web(&self.url)?;
        match (self.from, self.until) {
            (Some(from), Some(until)) if until < from => Err(FactError::new(
                "days",
                format!("ends on {until}, before it begins on {from}"),
            )),
            _ => Ok(()),
        }
    }
}
