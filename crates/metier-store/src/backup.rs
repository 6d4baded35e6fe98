//! A consistent copy of a journal file while it is being written.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions as _, Connection as _};

use crate::Store;
use crate::error::StoreError;
use crate::open::{keep_name, make_private_file, sqlite_options};

impl Store {
    /// Copies the journal, as it is at this moment, into a new file at `path`: a journal file like any
    /// other, so that restoring is opening it (or putting it in a home's place). Writers go on
    /// meanwhile. When this returns `Ok` the copy is durable; otherwise `path` does not exist.
    ///
    /// # Errors
    /// When `path` exists (it is never overwritten), cannot be written, or the store is PostgreSQL.
    pub async fn backup(&self, path: &Path) -> Result<(), StoreError> {
        let Self::Sqlite(database) = self else {
            return Err(StoreError::NotAFile);
        };
        // The name is taken first, so that two backups cannot both believe it is theirs; the copy is
        // made beside it and moved there when it is whole and on disk.
        let name = Claim::take(path)?;
        let partial = Claim::take(&beside(path))?;
        let mut source = sqlite_options(&database.path).connect().await?;
        let copied = sqlx::query("VACUUM INTO $1")
            .bind(partial.0.to_string_lossy().into_owned())
            .execute(&mut source)
            .await;
        source.close().await?;
        copied?;
        sync(&partial.0).map_err(StoreError::file(path))?;
        fs::rename(&partial.0, &name.0).map_err(StoreError::file(path))?;
        partial.keep();
        name.keep();
        keep_name(path).map_err(StoreError::file(path))
    }
}

/// A file of ours that is removed again unless it is kept.
struct Claim(PathBuf);

impl Claim {
    fn take(path: &Path) -> Result<Self, StoreError> {
        if make_private_file(path)? {
            Ok(Self(path.to_owned()))
        } else {
            Err(StoreError::Exists {
                path: path.to_owned(),
            })
        }
    }

    fn keep(mut self) {
        self.0 = PathBuf::new();
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if !self.0.as_os_str().is_empty() {
            // Nothing more can be done about a file that cannot be removed.
            drop(fs::remove_file(&self.0));
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

fn sync(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}
