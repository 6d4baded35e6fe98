//! Links made since the program started: only they can be shown again, because no token is ever stored.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use metier_core::id::EntryId;
use metier_core::invitation::LinkToken;

/// The tokens of links that were made since the program started, by what they are about.
#[derive(Debug, Default)]
pub struct Links(Mutex<HashMap<EntryId, LinkToken>>);

impl Links {
    /// Remembers a token until the program ends.
    pub fn made(&self, about: EntryId, token: LinkToken) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(about, token);
    }

    /// The token made last, if it was made since the program started.
    pub fn of(&self, about: EntryId) -> Option<LinkToken> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&about)
            .cloned()
    }
}
