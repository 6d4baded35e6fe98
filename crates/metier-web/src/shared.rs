//! What every request shares: the home, the clock, the open journal, the catalogue.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use metier_app::{AppError, CATALOGUE_FILE, Kind, Metier, Surroundings, catalogue};
use metier_core::catalogue::Catalogue;
use tokio::sync::Mutex;

use crate::held::Held;
use crate::pages::guest::{Links, Turns};
use crate::phone::PhoneSite;
use crate::problem::Problem;
use crate::security::Keys;
use crate::seen::Kept;

/// What every request shares. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shared(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    home: PathBuf,
    surroundings: Surroundings,
    keys: Keys,
    metier: Mutex<Option<Arc<Metier>>>,
    catalogue: Mutex<Option<(SystemTime, Arc<Catalogue>)>>,
    kept: Kept,
    turns: Turns,
    links: Links,
    phone: OnceLock<PhoneSite>,
    held: Held,
}

impl Shared {
    /// What the requests to one home share, served on a port. Makes the token and the session key of
    /// this start.
    pub fn new(home: PathBuf, surroundings: Surroundings, port: u16) -> Self {
        let keys = Keys::new(&surroundings, port);
        Self(Arc::new(Inner {
            home,
            surroundings,
            keys,
            metier: Mutex::new(None),
            catalogue: Mutex::new(None),
            kept: Kept::default(),
            turns: Turns::default(),
            links: Links::default(),
            phone: OnceLock::new(),
            held: Held::default(),
        }))
    }

    /// The same, with the site for phones at an address of the local network. Only the first one holds.
    #[must_use]
    pub fn reached_by_phones(self, address: SocketAddr) -> Self {
        let site = self.0.phone.get_or_init(|| PhoneSite::at(address));
        tracing::info!(address = %site.address(), "phones may be paired");
        self
    }

    /// The site for phones; `None` unless it was asked for.
    pub(crate) fn phone(&self) -> Option<&PhoneSite> {
        self.0.phone.get()
    }

    /// The folder of the home.
    pub fn home(&self) -> &Path {
        &self.0.home
    }

    /// The clock and the dice.
    pub fn surroundings(&self) -> &Surroundings {
        &self.0.surroundings
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// Links that were made since the program started.
    pub(crate) fn links(&self) -> &Links {
        &self.0.links
    }

    /// How often links are tried.
    pub(crate) fn turns(&self) -> &Turns {
        &self.0.turns
    }

    /// The address of a path that a link leads to: that in the local network, where one is listened to.
    pub(crate) fn address_of(&self, path: &str) -> String {
        match self.phone() {
            Some(site) => format!("http://{}{path}", site.address()),
            None => format!("http://127.0.0.1:{}{path}", self.keys().port()),
        }
    }

    /// From where a link opens, in a sentence.
    pub(crate) fn reach_of_links(&self) -> &'static str {
        if self.phone().is_some() {
            "It opens in the local network, while Metier runs. The way there is not encrypted: in a network of \
             strangers choose another way than a link."
        } else {
            "It opens on this machine only, while Metier runs: hand over the keyboard, or share your screen. Started \
             with `metier serve --phone` it opens in the whole local network. For somebody elsewhere choose another way \
             than a link."
        }
    }

    pub(crate) fn held(&self) -> &Held {
        &self.0.held
    }

    /// The token of this start, which the address to open carries.
    pub fn token(&self) -> &str {
        self.keys().token()
    }

    /// The open journal; `None` while nobody started one in this home.
    ///
    /// # Errors
    /// When the store is there and cannot be opened.
    pub async fn metier(&self) -> Result<Option<Arc<Metier>>, AppError> {
        let mut open = self.0.metier.lock().await;
        if open.is_none() && Metier::exists(self.home()) {
            match Metier::open(self.home(), self.surroundings().clone()).await {
                Ok(metier) => *open = Some(Arc::new(metier)),
                // A store without a journal is what a start that was cut off leaves behind.
                Err(error) if error.kind == Kind::NotReady => {}
                Err(error) => return Err(error),
            }
        }
        Ok(open.clone())
    }

    /// The open journal of somebody who has chosen a profession; anybody else is sent to the first run.
    ///
    /// # Errors
    /// `Problem::NotStarted` while there is no journal or nothing is aimed at; else as
    /// [`Shared::metier`].
    pub async fn started(&self) -> Result<Arc<Metier>, Problem> {
        let metier = self.metier().await?.ok_or(Problem::NotStarted)?;
        if metier.life().await?.current().is_none() {
            return Err(Problem::NotStarted);
        }
        Ok(metier)
    }

    /// The open journal, whether or not a profession was chosen in it.
    ///
    /// # Errors
    /// `Problem::NotStarted` while there is no journal; else as [`Shared::metier`].
    pub async fn opened(&self) -> Result<Arc<Metier>, Problem> {
        self.metier().await?.ok_or(Problem::NotStarted)
    }

    /// Opens the journal, starting one for `name` when there is none.
    ///
    /// # Errors
    /// When the folder or the store cannot be made or opened.
    pub async fn start(&self, name: &str) -> Result<Arc<Metier>, AppError> {
        let mut open = self.0.metier.lock().await;
        if let Some(metier) = open.as_ref() {
            return Ok(Arc::clone(metier));
        }
        let metier = Metier::open_or_start(self.home(), self.surroundings().clone(), name).await?;
        let metier = Arc::new(metier);
        *open = Some(Arc::clone(&metier));
        Ok(metier)
    }

    /// The catalogue of occupations; `None` when none was imported. Read once, and again when its file
    /// changes.
    ///
    /// # Errors
    /// When its file is damaged.
    pub async fn catalogue(&self) -> Result<Option<Arc<Catalogue>>, AppError> {
        let changed = std::fs::metadata(self.home().join(CATALOGUE_FILE)).and_then(|m| m.modified());
        let Ok(changed) = changed else {
            return Ok(None);
        };
        let mut kept = self.0.catalogue.lock().await;
        if let Some((_, there)) = kept.as_ref().filter(|(at, _)| *at == changed) {
            return Ok(Some(Arc::clone(there)));
        }
        let home = self.home().to_owned();
        let read = tokio::task::spawn_blocking(move || catalogue(&home))
            .await
            .map_err(|e| AppError::new(Kind::Machine, format!("the catalogue cannot be read: {e}")))??;
        let read = read.map(Arc::new);
        *kept = read.clone().map(|read| (changed, read));
        Ok(read)
    }

    /// Closes the journal: what was written is on disk.
    pub async fn close(&self) {
        if let Some(metier) = self.0.metier.lock().await.take() {
            metier.close().await;
        }
    }
}
