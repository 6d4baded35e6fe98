//! How far it is from one occupation to another, and which are near.
//!
//! The way has a direction: what the target asks and the start has not is missing, what the start has and
//! the target does not ask is left unused; neither makes up for the other, so both are always given. Every
//! way carries its reasons ([`Item`]): what carries over, what is missing, what is left unused.
//!
//! Two occupations are compared within one classification. O*NET rates the importance and the level of
//! skills and knowledge: the gap is `Sum imp_t max(0, lvl_t - lvl_f) / 7 / Sum imp_t` with
//! `imp = (IM - 1) / 4` ([`metier_measure::profile`]). ESCO lists skills: missing is one minus the share of
//! the target's essential skills that the start's hold, each weighing `ln(N / n)` for the `n` of `N`
//! occupations that need it ([`metier_measure::sets`]).

mod rated;
mod skills;

use metier_measure::MeasureError;
use serde::Serialize;

use super::{Catalogue, Classification, EscoOccupation, Occupation};

/// The way from one occupation to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// Which classification describes both.
    pub classification: Classification,
    /// Where it begins.
    pub from: End,
    /// Where it leads.
    pub to: End,
    /// What the target asks and the start has not, 0 (nothing) to 1.
    pub missing: f64,
    /// What the start has and the target does not ask, 0 (nothing) to 1: the way back's `missing`.
    pub unused: f64,
    /// What of the target the start has already, most weighty first.
    pub carries_over: Vec<Item>,
    /// What is missing, most weighty first.
    pub to_learn: Vec<Item>,
    /// What would be left unused, most weighty first.
    pub left_unused: Vec<Item>,
    /// Skills and knowledge areas compared.
    pub compared: usize,
    /// Those the publisher gives no reliable figure for in one of the two: they are left out, not counted as 0.
    pub without_figure: usize,
}

/// An end of a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct End {
    /// Code of the occupation.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// One reason: a skill or knowledge area, and how much of the whole it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Element id or URI.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Something known rather than done.
    pub knowledge: bool,
    /// Its part of the quantity it explains, 0 to 1: those of [`Way::to_learn`] add up to [`Way::missing`],
    /// those of [`Way::left_unused`] to [`Way::unused`].
    pub part: f64,
    /// Level needed at the start, 0 to 7, where levels are rated.
    pub level_from: Option<f64>,
    /// Level needed at the target, 0 to 7, where levels are rated.
    pub level_to: Option<f64>,
}

/// Why two occupations are not compared.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WayError {
    /// No occupation has this code.
    #[error("the catalogue has no occupation {code}")]
    Unknown {
        /// Code asked for, cut to a readable length.
        code: String,
    },
    /// Nothing about skills is known of it.
    #[error("{code} {title} has no rated skills in the catalogue, so that it cannot be compared")]
    NotRated {
        /// Code of the occupation.
        code: String,
        /// Its title.
        title: String,
    },
    /// They are of different classifications.
    #[error("{from} is an occupation of {} and {to} of {}; only two of the same are compared", from_in.name(), to_in.name())]
    Apart {
        /// The first code.
        from: String,
        /// Its classification.
        from_in: Classification,
        /// The second code.
        to: String,
        /// Its classification.
        to_in: Classification,
    },
    /// The quantity is not defined for these two.
    #[error("the way cannot be measured: {0}")]
    NotMeasured(#[from] MeasureError),
}

/// An occupation of either classification.
enum Found<'a> {
    Onet(&'a Occupation),
    Esco(&'a EscoOccupation),
}

impl Found<'_> {
    fn classification(&self) -> Classification {
        match self {
            Self::Onet(_) => Classification::Onet,
            Self::Esco(_) => Classification::Esco,
        }
    }

    fn code(&self) -> String {
        match self {
            Self::Onet(o) => o.code.clone(),
            Self::Esco(o) => o.code.clone(),
        }
    }
}

impl Catalogue {
    /// The way from one occupation to another of the same classification.
    ///
    /// # Errors
    /// When a code is unknown, the two are of different classifications, or one has no rated skills.
    pub fn way(&self, from: &str, to: &str) -> Result<Way, WayError> {
        match (self.found(from)?, self.found(to)?) {
            (Found::Onet(from), Found::Onet(to)) => rated::way(from, to),
            (Found::Esco(from), Found::Esco(to)) => skills::Skills::of(self)?.way(from, to),
            (from, to) => Err(WayError::Apart {
                from: from.code(),
                from_in: from.classification(),
                to: to.code(),
                to_in: to.classification(),
            }),
        }
    }

    /// The nearest occupations of the same classification, by what is missing and what is left unused
    /// together, then by code: by what is missing alone, whatever asks for little would seem near.
    ///
    /// Occupations without rated skills are passed over.
    ///
    /// # Errors
    /// When the code is unknown or the occupation has no rated skills.
    pub fn neighbours(&self, from: &str, limit: usize) -> Result<Vec<Way>, WayError> {
        let mut near: Vec<Way> = match self.found(from)? {
            Found::Onet(from) => {
                rated::way(from, from)?;
                let others = self.occupations.iter().filter(|o| o.code != from.code);
                others.filter_map(|to| rated::way(from, to).ok()).collect()
            }
            Found::Esco(from) => {
                let skills = skills::Skills::of(self)?;
                skills.way(from, from)?;
                skills.nearest(from, limit)
            }
        };
        near.sort_by(|a, b| {
            (a.missing + a.unused)
                .total_cmp(&(b.missing + b.unused))
                .then_with(|| a.to.code.cmp(&b.to.code))
        });
        near.truncate(limit);
        Ok(near)
    }

    fn found(&self, code: &str) -> Result<Found<'_>, WayError> {
        let onet = self.occupation(code).map(Found::Onet);
        onet.or_else(|| self.esco_occupation(code).map(Found::Esco))
            .ok_or_else(|| WayError::Unknown {
                code: code.trim().chars().take(60).collect(),
            })
    }
}

/// Reasons by weight, without those that weigh nothing; equal ones by key.
fn ranked(mut items: Vec<Item>) -> Vec<Item> {
    items.retain(|item| item.part > 0.0);
    items.sort_by(|a, b| b.part.total_cmp(&a.part).then_with(|| a.key.cmp(&b.key)));
    items
}

#[cfg(test)]
mod tests;
