//! A publisher's zip archive: the tables in it by what they hold, with limits on what it may unpack to.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::problem::shown;

/// Bytes all files of an archive may unpack to together; a whole release of O*NET is under 200 MB.
const TOTAL_MAX: u64 = 1 << 30;
/// Bytes one file may unpack to.
const FILE_MAX: u64 = 256 << 20;
/// How many times its packed size a file may unpack to; tables come to about 20 times.
const RATIO_MAX: u64 = 250;
/// Files below this size are not suspected by their ratio.
const RATIO_FROM: u64 = 8 << 20;
/// Files an archive may hold.
const FILES_MAX: usize = 2_000;

/// Why an archive was not read; each reader says what to do about it.
#[derive(Debug)]
pub(crate) enum PackedError {
    /// The bytes are not a whole zip archive.
    NotAZip { why: String },
    /// It would unpack to more than is read.
    TooLarge { what: String, bytes: u64, limit: u64 },
    /// A file in it could not be unpacked.
    Unpacking { file: String, why: String },
    /// One table is there twice.
    Twice {
        table: String,
        first: String,
        second: String,
    },
}

/// Which table a file of this name holds, with the name used in messages.
pub(crate) type PartOf<P> = fn(file: &str) -> Option<(P, &'static str)>;

/// An opened archive and where its tables are.
pub(crate) struct Archive<R, P> {
    zip: ZipArchive<R>,
    /// Place in the archive and name of the file, by table.
    found: BTreeMap<P, (usize, String)>,
    /// Names of all files by their place, for what the folder says of the release.
    names: Vec<String>,
}

impl<R: Read + Seek, P: Ord + Copy> Archive<R, P> {
    /// Opens the archive and finds its tables; refuses one that would unpack to too much.
    pub(crate) fn open(reader: R, part_of: PartOf<P>) -> Result<Self, PackedError> {
        let zip = ZipArchive::new(reader).map_err(|error| PackedError::NotAZip { why: said(&error) })?;
        if zip.len() > FILES_MAX {
            return Err(PackedError::NotAZip {
                why: format!("it lists {} files, at most {FILES_MAX} are read", zip.len()),
            });
        }
        let mut archive = Self {
            zip,
            found: BTreeMap::new(),
            names: Vec::new(),
        };
        archive.look(part_of)?;
        Ok(archive)
    }

    fn look(&mut self, part_of: PartOf<P>) -> Result<(), PackedError> {
        let mut total: u64 = 0;
        for at in 0..self.zip.len() {
            let file = self
                .zip
                .by_index_raw(at)
                .map_err(|error| PackedError::NotAZip { why: said(&error) })?;
            let name = file
                .name()
                .map_err(|error| PackedError::NotAZip { why: said(&error) })?
                .into_owned();
            let (size, packed) = (file.size(), file.compressed_size());
            drop(file);
            total = total.saturating_add(size);
            let limit = FILE_MAX.min(packed.saturating_mul(RATIO_MAX).max(RATIO_FROM));
            if size > limit {
                return Err(PackedError::TooLarge {
                    what: shown(&name),
                    bytes: size,
                    limit,
                });
            }
            if total > TOTAL_MAX {
                return Err(PackedError::TooLarge {
                    what: "the archive".into(),
                    bytes: total,
                    limit: TOTAL_MAX,
                });
            }
            self.note(at, name, part_of)?;
        }
        Ok(())
    }

    fn note(&mut self, at: usize, name: String, part_of: PartOf<P>) -> Result<(), PackedError> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        if let Some((part, table)) = part_of(file) {
            if let Some((_, first)) = self.found.get(&part) {
                return Err(PackedError::Twice {
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
    pub(crate) fn has(&self, part: P) -> bool {
        self.found.contains_key(&part)
    }

    /// Names of all files in it.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Bytes of one table, unpacked; 0 when it is not there.
    pub(crate) fn size(&mut self, part: P) -> u64 {
        let Some((at, _)) = self.found.get(&part) else {
            return 0;
        };
        self.zip.by_index_raw(*at).map_or(0, |file| file.size())
    }

    /// A table to read from, with the name of its file; `None` when it is not there.
    pub(crate) fn table(&mut self, part: P) -> Result<Option<(String, impl Read + '_)>, PackedError> {
        let Some((at, name)) = self.found.get(&part) else {
            return Ok(None);
        };
        let name = shown(name);
        let file = self.zip.by_index(*at).map_err(|error| PackedError::Unpacking {
            file: name.clone(),
            why: said(&error),
        })?;
        let left = file.size();
        Ok(Some((name, Limited { reader: file, left })))
    }

    /// The name of the file that holds a table.
    pub(crate) fn name_of(&self, part: P) -> Option<&str> {
        self.found.get(&part).map(|(_, name)| name.as_str())
    }

    /// The first 4,096 bytes of a file by its name, whatever its folder; empty when there is none. For
    /// courtesy files only: an unreadable one is as good as none.
    pub(crate) fn beginning(&mut self, file: &str) -> String {
        let mut text = Vec::new();
        let named = |name: &String| {
            name.rsplit(['/', '\\'])
                .next()
                .is_some_and(|last| last.eq_ignore_ascii_case(file))
        };
        if let Some(at) = self.names.iter().rposition(named)
            && let Ok(file) = self.zip.by_index(at)
        {
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
