//! Names of things: readable ids inside a framework, UUIDs for what a journal holds.
//!
//! Ids inside a framework are *slugs* (`write-for-the-reader`): a person can type one, they survive
//! a rewording, and they are stable within a family. Each kind of thing has a type of its own, so
//! that a rung can never be passed where a competency is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest slug accepted, in characters.
pub const SLUG_MAX: usize = 80;

/// Why a text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not an id: use 1 to {SLUG_MAX} lower-case letters, digits and single hyphens, starting with a letter or digit"
)]
pub struct SlugError {
    /// The text that was refused, cut to a readable length.
    pub text: String,
}

/// Checks that `text` is a slug: `[a-z0-9]+(-[a-z0-9]+)*`, at most [`SLUG_MAX`] characters.
fn check_slug(text: &str) -> Result<(), SlugError> {
    let tidy = !text.is_empty()
        && text.len() <= SLUG_MAX
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if tidy {
        Ok(())
    } else {
        Err(SlugError {
            text: text.chars().take(60).collect(),
        })
    }
}

/// Makes a slug of any text: lower case, runs of anything else become one hyphen, cut at a word.
///
/// Returns `None` when nothing of the text survives (for example when it has no Latin letter or digit).
pub fn slug_of(text: &str) -> Option<String> {
    let mut slug = String::new();
    for word in text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        if slug.len() + word.len() + 1 > SLUG_MAX {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    (!slug.is_empty()).then_some(slug)
}

macro_rules! slug_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses a slug.
            ///
            /// # Errors
            /// When the text is not lower-case letters, digits and single hyphens.
            pub fn new(text: impl Into<String>) -> Result<Self, SlugError> {
                let text = text.into();
                check_slug(&text)?;
                Ok(Self(text))
            }

            /// The slug as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = SlugError;
            fn from_str(text: &str) -> Result<Self, SlugError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = SlugError;
            fn try_from(text: String) -> Result<Self, SlugError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    )*};
}

slug_id! {
    /// A framework family: all versions of one framework.
    FamilyId;
    /// One of the human needs a profession serves.
    NeedId;
    /// A core practice of a profession.
    PracticeId;
    /// Something one can be more or less able to do.
    CompetencyId;
    /// A step of a ladder.
    RungId;
    /// A named career level.
    LevelId;
    /// Something one can do to move.
    ActivityId;
    /// A credential the field asks for.
    CredentialId;
    /// A question of the guided series.
    QuestionId;
    /// Something that keeps its identity within one document of the person's while its words change:
    /// a significant thing, a milestone, a value.
    ThingId;
}

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

uuid_id! {
    /// One entry of a journal (UUID v7, so that ids made later sort later).
    EntryId;
    /// A journal: everything known about one subject.
    JournalId;
    /// A chain of a journal: the entries of one writer (a device or a server).
    ChainId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_lower_case_words_with_single_hyphens() {
        for good in ["a", "write-for-the-reader", "onet-15-1252-00", "5s"] {
            assert!(RungId::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a--b",
            "Write",
            "a b",
            "é",
            "a_b",
            &"x".repeat(81),
        ] {
            assert!(RungId::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_slug_is_made_of_any_title() {
        assert_eq!(
            slug_of("Run an e-mail programme!").as_deref(),
            Some("run-an-e-mail-programme")
        );
        assert_eq!(slug_of("  ").as_deref(), None);
        assert!(slug_of(&"word ".repeat(60)).is_some_and(|s| CompetencyId::new(s).is_ok()));
    }
}
