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
            return Err(FactError::new("address", "start it with https:// or http://"));
        }
        Ok(())
    }
}
