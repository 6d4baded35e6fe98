//! Occupations: which occupation a posting is for.
//!
//! An occupation is known by its names, what it is said to do and the skills it asks for; a posting by its
//! title and text. Each of eight comparisons gives every occupation a number (`evidence`); their weighted sum
//! becomes a probability, and the probabilities of the occupations of one ISCO unit group are added up
//! ([`Coder`]). The comparisons need no posting whose occupation is known; only the weights are fitted to
//! such ([`fit()`]).

mod coder;
mod evidence;
mod fit;

use serde::{Deserialize, Serialize};

pub(crate) use coder::rank;
pub use coder::{Coder, Coding};
pub use evidence::{COMPARISONS, Compared, Evidence, plain_title};
pub(crate) use fit::weigh;
pub use fit::{Known, Weights, fit};

/// An occupation of ESCO, with what a posting can be compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupation {
    /// Its URI.
    pub key: String,
    /// Its code: the ISCO unit group, then its place in it ("2422.10").
    pub code: String,
    /// The four digits of its ISCO unit group.
    pub isco: String,
    /// Its preferred name.
    pub label: String,
    /// Its other names.
    pub names: Vec<String>,
    /// What it does; may be empty.
    pub description: String,
    /// The names of the skills and knowledge it cannot do without.
    pub essential: Vec<String>,
    /// The names of those it can.
    pub optional: Vec<String>,
}

/// A unit group of ISCO.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its four digits.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What its occupations do; may be empty.
    pub description: String,
}
