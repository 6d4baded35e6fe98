//! `contact`: whom one knows, what they offer, when one spoke, and cards both ways.

mod args;
mod cards;
mod note;
mod seen;

use metier_app::{AppError, find_entry};
use metier_core::id::EntryId;
use metier_core::journal::Entry;
use metier_core::name::same_name;
use metier_core::network::Network;

pub use args::ContactCommand;

use super::short;
use crate::answer::Answer;
use crate::session::Session;

/// Does it.
pub async fn run(command: ContactCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        ContactCommand::Add(args) => note::add(args, session).await,
        ContactCommand::List(args) => seen::list(args, session).await,
        ContactCommand::Show(args) => seen::show(&args, session).await,
        ContactCommand::Touch(args) => note::touch(args, session).await,
        ContactCommand::Change(args) => note::change(args, session).await,
        ContactCommand::Import(args) => cards::import(args, session).await,
        ContactCommand::Export(args) => cards::export(&args, session).await,
    }
}

/// The contact a word names: its entry as lists show it, or its name where only one has it.
pub fn find_contact(entries: &[Entry], network: &Network<'_>, word: &str) -> Result<EntryId, AppError> {
    let named: Vec<EntryId> = network
        .contacts
        .iter()
        .filter(|c| same_name(&c.what.name, word))
        .map(|c| c.id)
        .collect();
    match named.as_slice() {
        [one] => return Ok(*one),
        [] => {}
        several => {
            let ids: Vec<String> = several.iter().map(|id| short(*id)).collect();
            return Err(AppError::input(format!("several contacts are called {word}"))
                .hint(format!("Name one by its entry: {}.", ids.join(", "))));
        }
    }
    let found = find_entry(entries, word).ok();
    found
        .filter(|id| network.contacts.iter().any(|c| c.id == *id))
        .ok_or_else(|| {
            AppError::not_found(format!("no contact goes by `{word}`"))
                .hint("`metier contact list` shows those there are.")
        })
}
