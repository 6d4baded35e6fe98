//! Channels and the claims made there.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, FamilyId, RungId, ThingId};
use crate::journal::{FactError, filled};

/// Somewhere one shows in public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// What one calls it.
    pub name: String,
    /// Which sort.
    pub kind: ChannelKind,
    /// Where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// When one last looked at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_on: Option<Date>,
    /// What is claimed there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<PublicClaim>,
}

/// Sorts of channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// One's own site.
    Site,
    /// A profile in a network.
    Profile,
    /// A short biography.
    Bio,
    /// A resume.
    Resume,
    /// A talk.
    Talk,
    /// Writing in public.
    Writing,
    /// In person: how one introduces oneself.
    InPerson,
    /// Anything else.
    Other,
}

/// A sentence of one's own, somewhere in public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicClaim {
    /// As it stands there.
    pub words: String,
    /// The competency it asserts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserts: Option<Asserted>,
    /// The fact it tells, which another channel may tell otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tells: Option<Tells>,
    /// The values it expresses or strains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Expresses>,
}

/// What a claim asserts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asserted {
    /// The family of the competency.
    pub family: FamilyId,
    /// Which.
    pub competency: CompetencyId,
    /// At which rung.
    pub rung: RungId,
}

/// A fact that a claim tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tells {
    /// Of what.
    pub of: TellsOf,
    /// What: "2019", "Head of content".
    pub value: String,
}

/// What a fact is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TellsOf {
    /// What one's position is called.
    Position,
    /// For whom one works.
    Organisation,
    /// What one's profession is called.
    Profession,
    /// Since when one has practised.
    Since,
    /// A credential.
    Credential,
    /// Where one is found.
    Place,
}

/// A value that a claim expresses or strains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expresses {
    /// Which value.
    pub value: ThingId,
    /// True when it expresses it; false when it goes against it.
    pub agrees: bool,
}

impl Channel {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("channel", &self.name)?;
        for claim in &self.claims {
            filled("what is claimed", &claim.words)?;
            if let Some(tells) = &claim.tells {
                filled("what it tells", &tells.value)?;
            }
        }
        if !(self.url.is_empty() || self.url.starts_with("https://") || self.url.starts_with("http://")) {
            return Err(no_web());
        }
        Ok(())
    }
}

fn no_web() -> FactError {
    FactError::new("address", "start it with https:// or http://")
}

/// An address that names no way to open it, such as `example.org`, or that of the web. Others (a script, data,
/// a file) would be done, not opened, by whoever follows them.
///
/// # Errors
/// When it names another way.
pub(crate) fn of_the_web(address: &str) -> Result<(), FactError> {
    // As a browser reads it: blanks and control characters before and within count for nothing.
    let bare: String = address
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let Some((way, rest)) = bare.split_once(':') else {
        return Ok(());
    };
    let is_way = way.starts_with(|c: char| c.is_ascii_alphabetic())
        && way
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let web = ["https", "http"]
        .iter()
        .any(|known| way.eq_ignore_ascii_case(known))
        && rest.starts_with("//");
    // `example.org:8080` names a door and no way.
    let door = way.contains('.') && rest.starts_with(|c: char| c.is_ascii_digit());
    if is_way && !web && !door {
        return Err(no_web());
    }
    Ok(())
}

/// Whether an address can be followed without harm: one of the web, or one that names no way to open it.
pub fn is_of_the_web(address: &str) -> bool {
    of_the_web(address).is_ok()
}
