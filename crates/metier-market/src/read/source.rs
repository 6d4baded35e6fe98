//! Where postings are read from: folders, files, a stream.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::input::Bytes;
use super::options::Limits;
use super::{Damaged, What};
use crate::posting::Origin;

/// Where postings are read from.
pub enum Source {
    /// A file, or a folder and the folders inside it in the order of their names. Names that begin with a full
    /// stop are passed over, and so is the folder `NAME_files` that a browser saves beside `NAME.html`.
    Path(PathBuf),
    /// A stream and what it is called; "-" is standard input.
    Stream(String, Box<dyn io::Read + Send>),
}

impl Source {
    /// A file or a folder.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::Path(path.into())
    }

    /// A stream, such as standard input under the name "-".
    pub fn stream(name: impl Into<String>, bytes: impl io::Read + Send + 'static) -> Self {
        Self::Stream(name.into(), Box::new(bytes))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Self::Stream(name, _) => f.debug_tuple("Stream").field(name).finish_non_exhaustive(),
        }
    }
}

/// The files of folders and paths in the order in which they are read, without opening any; streams are
/// passed over. What is not there, and a folder that cannot be opened, is said in its place.
pub fn files(
    sources: impl IntoIterator<Item = Source>,
    limits: &Limits,
) -> impl Iterator<Item = Result<PathBuf, Damaged>> {
    Walk::new(sources, limits).filter_map(|found| match found {
        Ok(File::Path(path)) => Some(Ok(path)),
        Ok(File::Stream(..)) => None,
        Err(damaged) => Some(Err(damaged)),
    })
}

/// A file that is to be read.
pub(super) enum File {
    Path(PathBuf),
    Stream(String, Bytes),
}

impl File {
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Stream(name, _) => name.clone(),
        }
    }
}

/// Goes through sources, folders in the order of names. Of each open folder it holds the names.
pub(super) struct Walk {
    sources: VecDeque<Source>,
    open: Vec<(PathBuf, std::vec::IntoIter<OsString>)>,
    folders: usize,
}

impl Walk {
    pub fn new(sources: impl IntoIterator<Item = Source>, limits: &Limits) -> Self {
        Self {
            sources: sources.into_iter().collect(),
            open: Vec::new(),
            folders: limits.folders,
        }
    }

    fn enter(&mut self, folder: PathBuf) -> Result<(), Damaged> {
        let damaged = |reason| damaged(&folder, reason);
        if self.open.len() >= self.folders {
            return Err(damaged(format!(
                "it is more than {} folders deep, the limit",
                self.folders
            )));
        }
        let mut names = Vec::new();
        let entries =
            fs::read_dir(&folder).map_err(|error| damaged(format!("it cannot be opened: {error}")))?;
        for entry in entries {
            let entry = entry.map_err(|error| damaged(format!("it cannot be read: {error}")))?;
            let name = entry.file_name();
            if !name.as_encoded_bytes().starts_with(b".") {
                names.push(name);
            }
        }
        names.sort_unstable();
        let saved: Vec<OsString> = names
            .iter()
            .filter_map(|name| {
                let page = name.to_str()?.strip_suffix("_files")?;
                let beside = |end: &str| {
                    names
                        .binary_search(&OsString::from(format!("{page}{end}")))
                        .is_ok()
                };
                (beside(".html") || beside(".htm")).then(|| name.clone())
            })
            .collect();
        names.retain(|name| saved.binary_search(name).is_err());
        self.open.push((folder, names.into_iter()));
        Ok(())
    }
}

fn damaged(path: &Path, reason: String) -> Damaged {
    Damaged {
        origin: Origin {
            file: path.display().to_string(),
            document: 0,
        },
        what: What::File,
        reason,
    }
}

impl Iterator for Walk {
    type Item = Result<File, Damaged>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = if let Some((folder, names)) = self.open.last_mut() {
                let Some(name) = names.next() else {
                    self.open.pop();
                    continue;
                };
                let path = folder.join(name);
                // A link to a folder may lead back; files behind links are read.
                let is_link = fs::symlink_metadata(&path).is_ok_and(|about| about.is_symlink());
                let is_other = || fs::metadata(&path).is_ok_and(|about| !about.is_dir() && !about.is_file());
                if is_link && path.is_dir() || is_other() {
                    continue;
                }
                path
            } else {
                match self.sources.pop_front()? {
                    Source::Path(path) => path,
                    Source::Stream(name, bytes) => return Some(Ok(File::Stream(name, bytes))),
                }
            };
            match fs::metadata(&path) {
                Ok(about) if about.is_dir() => {
                    if let Err(damaged) = self.enter(path) {
                        return Some(Err(damaged));
                    }
                }
                Ok(_) => return Some(Ok(File::Path(path))),
                Err(error) => return Some(Err(damaged(&path, format!("it cannot be opened: {error}")))),
            }
        }
    }
}
