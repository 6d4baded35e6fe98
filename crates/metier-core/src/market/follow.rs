//! What one follows: sources, notes, and what one changed because of them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::advert::of_the_web;
use crate::id::{CompetencyId, EntryId, FamilyId};
use crate::journal::{FactError, filled};

/// A source one follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFollowed {
    /// What it is called.
    pub name: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// What sort of source.
    pub kind: SourceKind,
    /// How often one looks; absent: when it comes up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<HowOften>,
    /// When one last looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_on: Option<Date>,
}

/// What sort of source something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A journal, a magazine, a newsletter.
    Periodical,
    /// Somebody whose work one follows.
    Person,
    /// A body of the profession, or one that sets rules.
    Body,
    /// A meeting or conference.
    Event,
    /// A place where work is advertised.
    JobBoard,
    /// Anything else.
    Other,
}

/// How often one looks at a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowOften {
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Every year.
    Yearly,
}

/// Something one noted of the field, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketNote {
    /// The source it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<EntryId>,
    /// The technology or skill it is about, as the field calls it.
    pub about: String,
    /// What one noted.
    pub text: String,
    /// What one changed because of it; empty: nothing yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub changed: String,
    /// The family of the competency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// The competency it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competency: Option<CompetencyId>,
    /// What one planned because of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<EntryId>,
}

impl HowOften {
    /// Months between two looks; a week counts as none.
    pub fn months(self) -> i32 {
        match self {
            Self::Weekly => 0,
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Yearly => 12,
        }
    }

    /// The day to look again.
    pub fn after(self, day: Date) -> Date {
        use jiff::ToSpan;
        match self.months() {
            0 => day.saturating_add(7.days()),
            months => day.saturating_add(months.months()),
        }
    }
}

impl SourceFollowed {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("name", &self.name)?;
        of_the_web(&self.link)
    }

    /// The day to look at it again; absent where one looks when it comes up.
    pub fn due(&self, followed_since: Date) -> Option<Date> {
        Some(self.every?.after(self.looked_on.unwrap_or(followed_since)))
    }
}

impl MarketNote {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("about", &self.about)?;
        filled("text", &self.text)?;
        if self.competency.is_some() && self.family.is_none() {
            return Err(FactError::new("competency", "say of which framework it is"));
        }
        Ok(())
    }
}
