//! Contacts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::EntryId;
use crate::journal::{FactError, filled};
use crate::presence::of_the_web;

/// Somebody one knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Who.
    pub name: String,
    /// The name taken apart, where a card said so; absent: nobody took it apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<NameParts>,
    /// What they do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// How to reach them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reach: Vec<Reach>,
    /// What they can offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// Words to find them by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Whatever else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When to speak next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextTouch>,
    /// The id of the card they came from, so that it is not taken in twice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub card: String,
}

/// A name taken apart, as address books sort by it; each part may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameParts {
    /// Family names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub family: String,
    /// Given names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub given: String,
    /// Further names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub additional: String,
    /// What stands before it, such as `Dr`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What stands after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

/// A way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Which sort.
    pub kind: ReachKind,
    /// The address or number.
    pub value: String,
}

/// Sorts of ways to reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReachKind {
    /// A mail address.
    Mail,
    /// A telephone number.
    Phone,
    /// An address of the web.
    Web,
}

/// Something a contact can offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Which sort.
    pub kind: OfferKind,
    /// What exactly.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
}

/// Sorts of offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// Support: advice, a second pair of eyes, an ear.
    Support,
    /// Opportunities: work, introductions.
    Opportunity,
    /// A platform: somewhere to speak, write, show.
    Platform,
}

/// When to speak next, and about what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextTouch {
    /// On which day.
    pub on: Date,
    /// About what.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
}

/// One spoke with somebody, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Touch {
    /// With whom.
    pub contact: EntryId,
    /// What came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// When to speak next, in place of what was planned; absent: no day is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextTouch>,
}

impl Contact {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("name", &self.name)?;
        self.reach.iter().try_for_each(|r| {
            filled("mail, telephone or web address", &r.value)?;
            match r.kind {
                ReachKind::Web => of_the_web(&r.value),
                ReachKind::Mail | ReachKind::Phone => Ok(()),
            }
        })
    }
}
