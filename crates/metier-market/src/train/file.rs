//! The trained file: every part that was trained, in one file, each of which may be absent.
//!
//! Ten bytes say what the file is, four which version of the layout, thirty-two are the SHA-256 of what
//! follows: the parts by name. A part of a name this program does not know is kept as it is.

use std::collections::BTreeMap;

use metier_core::canonical::Digest;
use serde::Serialize;
use thiserror::Error;

use crate::tagger::{Model, ModelError};

const MAGIC: &[u8; 10] = b"METIER-TRN";
/// The version of the layout this program writes, and the only one it reads: an older file is trained anew.
const VERSION: u32 = 1;
/// Largest file read, in bytes; what is trained here comes to less than a sixth of it.
pub const TRAINED_MAX: u64 = 64 << 20;

/// What can be trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Spans that no dictionary has ([`crate::tagger`]).
    Tagger,
    /// Which of an ambiguous name's meanings is meant, by what stands around it.
    Context,
    /// Which alternative names are looked for in texts.
    Vetting,
    /// How linking weighs its stages.
    Linking,
    /// Vectors of word pieces, for linking.
    Table,
    /// Which occupation an advert is for.
    Occupations,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 6] = [
        Self::Tagger,
        Self::Context,
        Self::Vetting,
        Self::Linking,
        Self::Table,
        Self::Occupations,
    ];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tagger => "tagger",
            Self::Context => "context",
            Self::Vetting => "vetting",
            Self::Linking => "linking",
            Self::Table => "table",
            Self::Occupations => "occupations",
        }
    }
}

/// What was trained.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trained {
    parts: BTreeMap<String, Vec<u8>>,
}

/// Why a trained file was not read, or not written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TrainedError {
    /// The bytes are something else.
    #[error("this is not a trained file (`metier market train` makes one)")]
    NotTrained,
    /// Another version of the program wrote it.
    #[error(
        "the trained file has layout {found}, this program reads {VERSION} (run `metier market train` again)"
    )]
    OtherVersion {
        /// The layout found.
        found: u32,
    },
    /// It was cut or changed.
    #[error("the trained file is damaged: {0} (run `metier market train` again)")]
    Damaged(String),
    /// It could not be written.
    #[error("the trained file could not be written: {0}")]
    Unwritable(String),
}

impl From<ModelError> for TrainedError {
    fn from(error: ModelError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl Trained {
    /// The bytes of a part; absent: it was not trained.
    pub fn part(&self, part: Part) -> Option<&[u8]> {
        self.parts.get(part.name()).map(Vec::as_slice)
    }

    /// Puts a part in, in place of an older one.
    pub fn set(&mut self, part: Part, bytes: Vec<u8>) {
        self.parts.insert(part.name().to_owned(), bytes);
    }

    /// The parts that are not there.
    pub fn missing(&self) -> Vec<Part> {
        Part::ALL
            .into_iter()
            .filter(|p| self.part(*p).is_none())
            .collect()
    }

    /// The tagger's weights; `None`: it was not trained.
    ///
    /// # Errors
    /// When its bytes do not hold together.
    pub fn tagger(&self) -> Result<Option<Model>, TrainedError> {
        Ok(self.part(Part::Tagger).map(Model::from_bytes).transpose()?)
    }

    /// The bytes of the file; the same parts give the same bytes.
    ///
    /// # Errors
    /// When it has no binary form; what was trained always has.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TrainedError> {
        let content =
            postcard::to_allocvec(&self.parts).map_err(|e| TrainedError::Unwritable(e.to_string()))?;
        let mut bytes = Vec::with_capacity(content.len() + 46);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(Digest::of(&content).as_bytes());
        bytes.extend_from_slice(&content);
        Ok(bytes)
    }

    /// Reads the bytes of a file. What is inside a part is looked at when the part is taken.
    ///
    /// # Errors
    /// When they are something else, of another layout, cut or changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TrainedError> {
        let cut = || TrainedError::Damaged("it is cut short".into());
        let rest = bytes.strip_prefix(MAGIC).ok_or(TrainedError::NotTrained)?;
        let (version, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
        let found = u32::from_le_bytes(*version);
        if found != VERSION {
            return Err(TrainedError::OtherVersion { found });
        }
        let (digest, content) = rest.split_first_chunk::<32>().ok_or_else(cut)?;
        if content.len() as u64 > TRAINED_MAX {
            return Err(TrainedError::Damaged("it is larger than any trained file".into()));
        }
        if Digest::of(content).as_bytes() != digest {
            return Err(TrainedError::Damaged(
                "its content is not what was written".into(),
            ));
        }
        let parts = postcard::from_bytes(content).map_err(|e| TrainedError::Damaged(e.to_string()))?;
        Ok(Self { parts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Trained {
        let mut trained = Trained::default();
        trained.set(Part::Linking, vec![1, 2, 3]);
        trained.parts.insert("of a newer program".into(), vec![4]);
        trained
    }

    #[test]
    fn parts_are_kept_also_those_of_a_newer_program_and_missing_ones_are_named() {
        let read = Trained::from_bytes(&small().to_bytes().unwrap()).unwrap();
        assert_eq!(read, small());
        assert_eq!(read.part(Part::Linking), Some(&[1, 2, 3][..]));
        assert_eq!(read.missing().len(), Part::ALL.len() - 1);
        assert!(!read.missing().contains(&Part::Linking));
        assert_eq!(read.tagger().unwrap(), None);
    }

    #[test]
    fn any_changed_byte_and_any_cut_is_refused() {
        let bytes = small().to_bytes().unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(Trained::from_bytes(&changed).is_err(), "byte {at}");
            assert!(Trained::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(Trained::from_bytes(b"PK").unwrap_err(), TrainedError::NotTrained);
        let mut newer = bytes;
        newer[10] = 9;
        assert_eq!(
            Trained::from_bytes(&newer).unwrap_err(),
            TrainedError::OtherVersion { found: 9 }
        );
    }

    #[test]
    fn a_tagger_whose_parts_do_not_fit_is_refused() {
        let mut trained = Trained::default();
        trained.set(Part::Tagger, vec![0; 40]);
        assert!(matches!(trained.tagger(), Err(TrainedError::Damaged(_))));
    }
}
