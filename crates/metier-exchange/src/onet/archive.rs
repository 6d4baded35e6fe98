//! The zip archive around the tables, with limits on what it may unpack to.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::OnetError;
use super::layout::{self, Part};
use crate::problem::shown;

/// Bytes all files of an archive may unpack to together; a whole release is under 200 MB.
const TOTAL_MAX: u64 = 1 << 30;
/// Bytes one file may unpack to.
const FILE_MAX: u64 = 256 << 20;
/// How many times its packed size a file may unpack to; tables come to about 20 times.
const RATIO_MAX: u64 = 250;
/// Files below this size are not suspected by their ratio.
const RATIO_FROM: u64 = 8 << 20;
/// Files an archive may hold.
const FILES_MAX: usize = 2_000;

/// An opened archive and where its tables are.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    /// Place in the archive and name of the file, by table.
    found: BTreeMap<Part, (usize, String)>,
    /// Name and place of the file that says which release it is.
    read_me: Option<usize>,
    /// Names of all files, for what the folder says of the release.
    names: Vec<String>,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens the archive and finds its tables; refuses one that would unpack to too much.
    pub(super) fn open(reader: R) -> Result<Self, OnetError> {
        let zip = ZipArchive::new(reader).map_err(|error| OnetError::NotAZip { why: said(&error) })?;
        if zip.len() > FILES_MAX {
            return Err(OnetError::NotAZip {
                why: format!("it lists {} files, at most {FILES_MAX} are read", zip.len()),
            });
        }
        let mut archive = Self {
            zip,
            found: BTreeMap::new(),
            read_me: None,
            names: Vec::new(),
        };
        archive.look()?;
        Ok(archive)
    }

    fn look(&mut self) -> Result<(), OnetError> {
        let mut total: u64 = 0;
        for at in 0..self.zip.len() {
            let file = self
                .zip
                .by_index_raw(at)
                .map_err(|error| OnetError::NotAZip { why: said(&error) })?;
            let name = file
                .name()
                .map_err(|error| OnetError::NotAZip { why: said(&error) })?
                .into_owned();
            let (size, packed) = (file.size(), file.compressed_size());
            drop(file);
            total = total.saturating_add(size);
            let limit = FILE_MAX.min(packed.saturating_mul(RATIO_MAX).max(RATIO_FROM));
            if size > limit {
                return Err(OnetError::TooLarge {
                    what: shown(&name),
                    bytes: size,
                    limit,
                });
            }
            if total > TOTAL_MAX {
                return Err(OnetError::TooLarge {
                    what: "the archive".into(),
                    bytes: total,
                    limit: TOTAL_MAX,
                });
            }
            self.note(at, name)?;
        }
        Ok(())
    }

    fn note(&mut self, at: usize, name: String) -> Result<(), OnetError> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        if file.eq_ignore_ascii_case("Read Me.txt") {
            self.read_me = Some(at);
        }
        if let Some((part, table)) = layout::part_of(file) {
            if let Some((_, first)) = self.found.get(&part) {
                return Err(OnetError::TableTwice {
                    table: table.into(),
                    first: shown(first),
                    second: shown(&name),
                });
            }
            self.found.insert(part, (at, name.clone()));
        }
        self.names.push(name);
        Ok(())
    }

    /// Which tables are there.
    pub(super) fn has(&self, part: Part) -> bool {
        self.found.contains_key(&part)
    }

    /// Names of all files in it.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Bytes of one table, unpacked; 0 when it is not there.
    pub(super) fn size(&mut self, part: Part) -> u64 {
        let Some((at, _)) = self.found.get(&part) else {
            return 0;
        };
        self.zip.by_index_raw(*at).map_or(0, |file| file.size())
    }

    /// A table to read from, with the name of its file; `None` when it is not there.
    pub(super) fn table(&mut self, part: Part) -> Result<Option<(String, impl Read + '_)>, OnetError> {
        let Some((at, name)) = self.found.get(&part) else {
            return Ok(None);
        };
        let name = shown(name);
        let file = self.zip.by_index(*at).map_err(|error| OnetError::Unpacking {
            file: name.clone(),
            why: said(&error),
        })?;
        let left = file.size();
        Ok(Some((name, Limited { reader: file, left })))
    }

    /// The first bytes of the file that says which release it is; empty when there is none.
    pub(super) fn read_me(&mut self) -> String {
        let mut text = Vec::new();
        if let Some(at) = self.read_me
            && let Ok(file) = self.zip.by_index(at)
        {
            // The release is named in a courtesy file: an unreadable one is as good as none.
            let _ = file.take(4096).read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}

/// Reads no more than the archive declared, so that a lying declaration cannot fill the memory.
struct Limited<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("it unpacks to more than the archive says"))?;
        Ok(read)
    }
}

/// What the archive reader says, shortened.
fn said(error: &ZipError) -> String {
    shown(&error.to_string())
}
