//! Address cards (vCard): 2.1, 3.0 and 4.0 in, 3.0 and 4.0 out.
//!
//! Of a card is taken what helps to keep in touch about work. Everything else (pictures, birthdays, home
//! addresses, what programs add of their own) is left out, counted and named.

mod read;
mod write;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

pub use read::read;
pub use write::{Version, write};

/// The largest file accepted, in bytes.
pub const FILE_MAX: usize = 16 << 20;

/// The most cards of one file.
pub const CARDS_MAX: usize = 50_000;

/// The most mails, telephones, addresses, categories and units of one card; what is more is left out.
pub const EACH_MAX: usize = 100;

/// One person or organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// What the card is known by, where it says so.
    pub uid: Option<String>,
    /// The name as one would say it; never empty in what was read.
    pub name: String,
    /// The name taken apart, as far as it was.
    pub parts: NameParts,
    /// The organisation, then its units, from the largest.
    pub organisation: Vec<String>,
    /// What they do there; may be empty.
    pub title: String,
    /// Mail addresses.
    pub mails: Vec<Way>,
    /// Telephone numbers, as they were written.
    pub phones: Vec<Way>,
    /// Addresses of pages.
    pub urls: Vec<String>,
    /// Notes; may be empty and have several lines.
    pub note: String,
    /// Groups they were put in.
    pub categories: Vec<String>,
    /// When the card was last changed, where it says so.
    pub revised: Option<Timestamp>,
}

/// A name taken apart; each part may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NameParts {
    /// Family names.
    pub family: String,
    /// Given names.
    pub given: String,
    /// Further names.
    pub additional: String,
    /// What stands before it, such as `Dr`.
    pub prefix: String,
    /// What stands after it.
    pub suffix: String,
}

/// A way to reach somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The address or number.
    pub value: String,
    /// What it is for, in small letters: `work`, `home`, `cell`.
    pub kinds: Vec<String>,
    /// It is the one to try first.
    pub preferred: bool,
}

/// What a file of cards held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cards {
    /// One for each card of somebody, in their order.
    pub contacts: Vec<Contact>,
    /// Which cards of the file, from 1, say nobody's name and nothing else to go by; they are left out.
    pub nameless: Vec<usize>,
    /// How many lines of which property were left out; `KIND:GROUP` stands for whole cards that are lists
    /// of others, and a name with `;ENCODING` for lines whose text could not be decoded.
    pub left_out: BTreeMap<String, u64>,
}

/// Whether an identity is an address, and not a text.
fn is_address(uid: &str) -> bool {
    uid.starts_with("urn:") || uid.contains("://")
}

/// An address stands in a card as it is; what no address may hold is written with per cent signs.
fn address(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '\\' => address.push_str("%5C"),
            ' ' => address.push_str("%20"),
            _ if letter.is_control() => {}
            _ => address.push(letter),
        }
    }
    address
}

/// A kind as it may stand in a parameter: small letters, digits and hyphens.
fn kind_of(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    (!kept.is_empty()).then_some(kept)
}
