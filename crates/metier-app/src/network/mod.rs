//! The network: whom one knows, who guides whom, where the field meets, and cards both ways.

mod cards;
mod said;

pub use cards::{CardSeen, CardsSeen, Known, cards_of, read_cards};
/// Which version of cards is written: `V3` is the one that every program reads.
pub use metier_exchange::contacts::Version as CardVersion;
pub(crate) use said::known;
pub use said::{Willing, network_mark, of_name};

use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact};
use metier_core::network::{Contact, NetworkFact};

use crate::wordings::{Worded, wordings};

/// Every wording of a contact, earliest first.
pub fn contact_wordings(entries: &[Entry], contact: EntryId) -> Vec<Worded<'_, Contact>> {
    wordings(entries, contact, |fact| match fact {
        Fact::Network(said) => match &**said {
            NetworkFact::Contact(contact) => Some(contact),
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Metier;

    #[tokio::test]
    async fn after_a_correction_was_undone_the_text_that_stands_is_not_among_the_earlier_ones() {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let contact =
            |name: &str| -> Contact { serde_json::from_value(serde_json::json!({"name": name})).unwrap() };
        let id = metier.know(contact("Rosa")).await.unwrap();
        let changed = metier.change_contact(id, contact("Rosa Diaz")).await.unwrap();
        metier.withdraw(changed, "").await.unwrap();
        let (entries, _) = metier.read().await.unwrap();
        let told: Vec<_> = contact_wordings(&entries, id)
            .iter()
            .map(|w| (w.what.name.clone(), w.stands))
            .collect();
        assert_eq!(told, [("Rosa".to_owned(), true), ("Rosa Diaz".to_owned(), false)]);
    }
}
