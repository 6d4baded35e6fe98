//! Adverts, and what a person puts right in how they are read.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, EntryId, FamilyId};
use crate::journal::{FactError, filled};
use crate::presence::is_of_the_web;

/// The longest name something goes by in adverts, in characters.
pub const NAME_MAX: usize = 80;

/// An advert one would answer, whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advert {
    /// What the work is called.
    pub title: String,
    /// Who asks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub employer: String,
    /// Where the work is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The day it was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted: Option<Date>,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// What it says, at most the limit of one text.
    pub text: String,
}

/// An advert is no longer looked at; it stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvertClosed {
    /// Which.
    pub advert: EntryId,
    /// Why.
    pub why: AdvertEnd,
}

/// Why an advert is no longer looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdvertEnd {
    /// The work is given.
    Closed,
    /// One answered it.
    Answered,
    /// One would not answer it after all.
    NotForMe,
}

/// What a person says of one reading: this asks for that, or does not. The last word on the same advert, competency
/// and sentence counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedRuling {
    /// Which advert.
    pub advert: EntryId,
    /// The family of the competency.
    pub family: FamilyId,
    /// Which competency.
    pub competency: CompetencyId,
    /// The sentence, word for word; empty: the advert as a whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sentence: String,
    /// Whether it asks for it.
    pub asks: bool,
}

/// What else a competency is called in adverts: from now on these words ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlsoCalled {
    /// The family of the competency.
    pub family: FamilyId,
    /// Which competency.
    pub competency: CompetencyId,
    /// The words.
    pub name: String,
}

/// A name in adverts that is nothing one could be able to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameSetAside {
    /// The name.
    pub name: String,
}

/// On the day of the entry one looked at the adverts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvertsLookedAt {}

impl Advert {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("title", &self.title)?;
        filled("text", &self.text)?;
        of_the_web(&self.link)
    }
}

impl AskedRuling {
    pub(super) fn check(&self) -> Result<(), FactError> {
        // An advert as a whole can ask for nothing of the kind; that it asks stands in a sentence.
        if self.asks {
            filled("sentence", &self.sentence)
        } else {
            Ok(())
        }
    }
}

impl AlsoCalled {
    pub(super) fn check(&self) -> Result<(), FactError> {
        name("also called", &self.name)
    }
}

impl NameSetAside {
    pub(super) fn check(&self) -> Result<(), FactError> {
        name("name", &self.name)
    }
}

/// A name has a letter, and is one.
fn name(field: &str, name: &str) -> Result<(), FactError> {
    filled(field, name)?;
    if !name.chars().any(char::is_alphabetic) {
        return Err(FactError::new(
            field,
            "has no letter; give it as adverts write it",
        ));
    }
    match name.chars().count() {
        n if n > NAME_MAX => Err(FactError::new(
            field,
            format!("{n} characters; a name has at most {NAME_MAX}. Give the words adverts use."),
        )),
        _ => Ok(()),
    }
}

pub(super) fn of_the_web(link: &str) -> Result<(), FactError> {
    if link.is_empty() || is_of_the_web(link) {
        Ok(())
    } else {
        Err(FactError::new("link", "start it with https:// or http://"))
    }
}
