//! A home: one store with one person's journal, and the files beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use metier_core::id::{ChainId, JournalId};
use metier_core::journal::Entry;
use metier_core::own_view::OwnViewFirst;
use metier_store::{ChainEnd, Journal, SecretKey, Store, SubjectKind, Writer};
use tokio::sync::Mutex;

use crate::error::{AppError, Kind};
use crate::life::Life;
use crate::surroundings::Surroundings;

/// The one file that holds everything a person recorded.
pub const STORE_FILE: &str = "metier.db";

/// An open home.
#[derive(Debug)]
pub struct Metier {
    pub(crate) store: Store,
    pub(crate) home: PathBuf,
    pub(crate) surroundings: Surroundings,
    pub(crate) journal: Journal,
    pub(crate) writer: Writer,
    pub(crate) key: Option<SigningKey>,
    /// What was read last, kept while nothing was added since.
    read: Mutex<Option<Read>>,
}

#[derive(Debug, Clone)]
struct Read {
    ends: Vec<(ChainId, ChainEnd)>,
    whole: Whole,
    seen: Arc<Vec<Entry>>,
}

/// A journal with nothing left out of it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Every entry that can be read, in reading order.
    pub entries: Arc<Vec<Entry>>,
    /// What they tell of the person.
    pub life: Arc<Life>,
    /// Which answers of others wait for the person's own view.
    pub waiting: Arc<OwnViewFirst>,
}

impl Metier {
    /// True when a person has started in this home.
    pub fn exists(home: &Path) -> bool {
        home.join(STORE_FILE).exists()
    }

    /// Opens a home somebody started.
    ///
    /// # Errors
    /// When nobody did, or the store cannot be opened.
    pub async fn open(home: &Path, surroundings: Surroundings) -> Result<Self, AppError> {
        if !Self::exists(home) {
            return Err(
                AppError::not_ready(format!("nothing was started in {}", home.display()))
                    .hint("Run `metier` and follow the page, or `metier start --profession …`."),
            );
        }
        let store = Store::open_sqlite(&home.join(STORE_FILE)).await?;
        let journal = store
            .journals()
            .await?
            .into_iter()
            .find(|j| j.kind == SubjectKind::Person);
        let Some(journal) = journal else {
            return Err(
                AppError::not_ready(format!("no person's journal in {}", home.display()))
                    .hint("Run `metier start --profession …`."),
            );
        };
        let writer = store.writer(journal.id).await?.ok_or_else(|| {
            AppError::new(
                Kind::Damaged,
                format!("{} has a journal but no writer", home.display()),
            )
            .hint("Export it elsewhere, or restore a backup.")
        })?;
        Ok(Self::with(store, home, surroundings, journal, writer))
    }

    /// Opens a home, starting a journal for `name` when nobody did. The journal gets a key of its own
    /// (Ed25519); every entry written here is signed with it.
    ///
    /// # Errors
    /// When the folder or the store cannot be made or opened.
    pub async fn open_or_start(
        home: &Path,
        surroundings: Surroundings,
        name: &str,
    ) -> Result<Self, AppError> {
        if Self::exists(home) {
            match Self::open(home, surroundings.clone()).await {
                // A store without a journal is what a start that was cut off leaves behind.
                Err(error) if error.kind == Kind::NotReady => {}
                opened => return opened,
            }
        }
        make_private_folder(home)?;
        let store = Store::open_sqlite(&home.join(STORE_FILE)).await?;
        let journal = Journal {
            id: JournalId(surroundings.id()),
            kind: SubjectKind::Person,
            name: name.to_owned(),
            created_at: surroundings.now(),
        };
        let writer = new_writer(&surroundings, name);
        store.create_journal(&journal, &writer).await?;
        Ok(Self::with(store, home, surroundings, journal, writer))
    }

    pub(crate) fn with(
        store: Store,
        home: &Path,
        surroundings: Surroundings,
        journal: Journal,
        writer: Writer,
    ) -> Self {
        let key = writer.secret_key.as_ref().map(|k| SigningKey::from_bytes(&k.0));
        Self {
            store,
            home: home.to_owned(),
            surroundings,
            journal,
            writer,
            key,
            read: Mutex::new(None),
        }
    }

    /// The folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The clock and the dice.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// The person's name, as they gave it.
    pub fn name(&self) -> &str {
        &self.journal.name
    }

    /// Closes the store: what was written is on disk.
    pub async fn close(&self) {
        self.store.close().await;
    }

    /// The entries the person sees, in reading order, and what they tell of the person: all but answers of
    /// others that wait for the person's own view. Every view is made of these. Cheap while nothing was
    /// added since the last call.
    ///
    /// # Errors
    /// When the store cannot be read, or an entry in it is damaged.
    pub async fn read(&self) -> Result<(Arc<Vec<Entry>>, Arc<Life>), AppError> {
        let read = self.reading().await?;
        Ok((read.seen, read.whole.life))
    }

    /// The whole journal, with what waits in it: to keep the books by, such as what was answered already,
    /// and never to show.
    ///
    /// # Errors
    /// As [`Metier::read`].
    pub async fn whole(&self) -> Result<Whole, AppError> {
        Ok(self.reading().await?.whole)
    }

    async fn reading(&self) -> Result<Read, AppError> {
        let ends = self.store.chain_ends(self.journal.id).await?;
        let mut read = self.read.lock().await;
        if let Some(read) = read.as_ref().filter(|r| r.ends == ends) {
            return Ok(read.clone());
        }
        let reading = self.store.entries(self.journal.id).await?;
        if let Some(broken) = reading.unreadable.first() {
            return Err(
                AppError::new(Kind::Damaged, format!("entry {} cannot be read", broken.entry))
                    .hint("Run `metier verify` to see everything that is damaged, then restore a backup."),
            );
        }
        let entries = Arc::new(reading.entries);
        let life = Arc::new(Life::of(&entries, self.surroundings.now())?);
        let waiting = Arc::new(OwnViewFirst::of(&entries, Timestamp::MAX));
        let seen = if waiting.is_empty() {
            Arc::clone(&entries)
        } else {
            Arc::new(waiting.seen(&entries))
        };
        let now = Read {
            ends,
            whole: Whole {
                entries,
                life,
                waiting,
            },
            seen,
        };
        *read = Some(now.clone());
        Ok(now)
    }

    /// What the entries tell of the person.
    ///
    /// # Errors
    /// As [`Metier::read`].
    pub async fn life(&self) -> Result<Arc<Life>, AppError> {
        Ok(self.read().await?.1)
    }
}

/// A chain of one's own with a key of one's own.
pub(crate) fn new_writer(surroundings: &Surroundings, name: &str) -> Writer {
    Writer {
        chain: ChainId(surroundings.id()),
        author: name.to_owned(),
        secret_key: Some(SecretKey(surroundings.bytes())),
    }
}

/// Makes the folder so that only its owner can look into it, where the system knows such a thing.
fn make_private_folder(home: &Path) -> Result<(), AppError> {
    let failed = |e: std::io::Error| {
        AppError::new(
            Kind::Machine,
            format!("the folder {} cannot be made: {e}", home.display()),
        )
        .hint("Choose another with --home DIR or METIER_HOME.")
    };
    if home.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(home).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(home, std::fs::Permissions::from_mode(0o700)).map_err(failed)?;
    }
    Ok(())
}
