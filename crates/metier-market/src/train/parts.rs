//! What each part of the trained file holds.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::file::{Part, Trained, TrainedError};
use crate::context::Context;
use crate::dictionary::Rule;
use crate::link;
use crate::occupation::Weights;

/// Which names are looked for, and when an ambiguous one is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct NamesPart {
    /// Which names are looked for.
    pub rule: Rule,
    /// When an ambiguous one is meant.
    pub context: Context,
}

/// How linking is done.
#[derive(Debug, Clone)]
pub struct LinkingPart {
    /// The table with how it is used.
    pub trained: link::Trained,
    /// The labels of the sentences it was taught by.
    pub seen: BTreeSet<String>,
}

/// How occupations are told apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OccupationsPart {
    /// How much each comparison counts.
    pub weights: Weights,
    /// What the adverts that these were fitted to are known by ([`OccupationsPart::mark`]), ascending.
    pub fitted_to: Vec<u64>,
}

impl OccupationsPart {
    /// What an advert is known by.
    pub fn mark(title: &str, text: &str) -> u64 {
        use crate::digest::{digest, pair};
        pair(digest(title.as_bytes(), 0), digest(text.as_bytes(), 0))
    }
}

/// Linking without its table, which is a part of its own.
#[derive(Serialize, Deserialize)]
struct Kept {
    head: Vec<u8>,
    seen: BTreeSet<String>,
}

impl Trained {
    /// Puts in which names are looked for.
    ///
    /// # Errors
    /// When it has no binary form; what was trained always has.
    pub fn set_names(&mut self, names: &NamesPart) -> Result<(), TrainedError> {
        self.set(Part::Vetting, bytes(&names.rule)?);
        self.set(Part::Context, bytes(&names.context)?);
        Ok(())
    }

    /// Which names are looked for; `None`: it was not trained, the stated rule holds.
    ///
    /// # Errors
    /// When its bytes do not hold together.
    pub fn names(&self) -> Result<Option<NamesPart>, TrainedError> {
        let (Some(rule), Some(context)) = (self.part(Part::Vetting), self.part(Part::Context)) else {
            return Ok(None);
        };
        Ok(Some(NamesPart {
            rule: read(rule)?,
            context: read(context)?,
        }))
    }

    /// Puts in how linking is done.
    ///
    /// # Errors
    /// When it has no binary form; what was trained always has.
    pub fn set_linking(&mut self, linking: &LinkingPart) -> Result<(), TrainedError> {
        let mut head = linking.trained.to_bytes();
        let table = head.split_off(link::Trained::HEAD.min(head.len()));
        let kept = Kept {
            head,
            seen: linking.seen.clone(),
        };
        self.set(Part::Linking, bytes(&kept)?);
        self.set(Part::Table, table);
        Ok(())
    }

    /// How linking is done; `None`: it was not trained.
    ///
    /// # Errors
    /// When its bytes do not hold together.
    pub fn linking(&self) -> Result<Option<LinkingPart>, TrainedError> {
        let (Some(kept), Some(table)) = (self.part(Part::Linking), self.part(Part::Table)) else {
            return Ok(None);
        };
        let Kept { mut head, seen } = read(kept)?;
        head.extend_from_slice(table);
        let trained = link::Trained::from_bytes(&head).map_err(|e| TrainedError::Damaged(e.to_string()))?;
        Ok(Some(LinkingPart { trained, seen }))
    }

    /// Puts in how occupations are told apart.
    ///
    /// # Errors
    /// When it has no binary form; what was trained always has.
    pub fn set_occupations(&mut self, occupations: &OccupationsPart) -> Result<(), TrainedError> {
        self.set(Part::Occupations, bytes(occupations)?);
        Ok(())
    }

    /// How occupations are told apart; `None`: it was not trained.
    ///
    /// # Errors
    /// When its bytes do not hold together.
    pub fn occupations(&self) -> Result<Option<OccupationsPart>, TrainedError> {
        let found: Option<OccupationsPart> = self.part(Part::Occupations).map(read).transpose()?;
        if found
            .as_ref()
            .is_some_and(|p| p.weights.0.iter().any(|w| !w.is_finite()))
        {
            return Err(TrainedError::Damaged("weights of occupations".into()));
        }
        Ok(found)
    }
}

fn bytes(value: &impl Serialize) -> Result<Vec<u8>, TrainedError> {
    postcard::to_allocvec(value).map_err(|e| TrainedError::Unwritable(e.to_string()))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, TrainedError> {
    postcard::from_bytes(bytes).map_err(|e| TrainedError::Damaged(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::table::Table;

    #[test]
    fn parts_come_back_as_they_were_put_in() {
        let table = Table::quantise("a\nb".to_owned(), 2, &[0.5, -0.5, 1.0, 0.25], &[1.0, 2.0]);
        let linking = LinkingPart {
            trained: link::Trained {
                curve: [3.0, -1.0],
                ..link::Trained::of(table)
            },
            seen: BTreeSet::from(["sell goods".to_owned()]),
        };
        let occupations = OccupationsPart {
            weights: Weights::FITTED,
            fitted_to: vec![OccupationsPart::mark("Cook", "Cooks.")],
        };
        let names = NamesPart {
            rule: Rule::default(),
            context: Context::default(),
        };
        let mut trained = Trained::default();
        assert!(trained.linking().unwrap().is_none() && trained.names().unwrap().is_none());
        trained.set_linking(&linking).unwrap();
        trained.set_occupations(&occupations).unwrap();
        trained.set_names(&names).unwrap();
        let read = Trained::from_bytes(&trained.to_bytes().unwrap()).unwrap();
        let found = read.linking().unwrap().unwrap();
        assert_eq!(found.trained.to_bytes(), linking.trained.to_bytes());
        assert_eq!(found.seen, linking.seen);
        assert_eq!(read.occupations().unwrap(), Some(occupations));
        assert_eq!(read.names().unwrap(), Some(names));
        assert_eq!(read.missing(), [Part::Tagger]);
    }

    #[test]
    fn a_part_that_does_not_hold_together_is_refused() {
        let mut trained = Trained::default();
        trained.set(Part::Linking, vec![9; 3]);
        trained.set(Part::Table, vec![1]);
        trained.set(Part::Occupations, vec![0; 2]);
        assert!(trained.linking().is_err() && trained.occupations().is_err());
    }
}
