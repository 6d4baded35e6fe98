//! Cards both ways: what a file holds and who of it is here, taking them in, and giving them out.

use std::collections::{BTreeMap, HashMap, HashSet};

use metier_core::id::EntryId;
use metier_core::journal::Entry;
use metier_core::name::plain_name;
use metier_core::network::{Contact, NameParts, Network, NetworkFact, Reach, ReachKind};
use metier_core::presence::is_of_the_web;
use metier_exchange::contacts::{self, Version, Way};
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;

/// What a file of cards holds, held against who is here.
#[derive(Debug, Clone, Serialize)]
pub struct CardsSeen {
    /// Every card, in the file's order.
    pub cards: Vec<CardSeen>,
    /// Which cards of the file, from 1, say nobody's name; they are left out.
    pub nameless: Vec<usize>,
    /// How many cards are lists of others; they are left out.
    pub lists: u64,
    /// How many lines of which property were left out; a name with `;ENCODING` stands for lines whose text could
    /// not be decoded.
    pub left_out: BTreeMap<String, u64>,
}

/// One card, and whether its person is here.
#[derive(Debug, Clone, Serialize)]
pub struct CardSeen {
    /// What would be taken in.
    pub contact: Contact,
    /// Who of the contacts it is; absent: nobody.
    pub here: Option<Known>,
}

/// By what somebody is known to be here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Their card was taken in before.
    ByCard(EntryId),
    /// Somebody of the same name is here.
    ByName(EntryId),
    /// An earlier card of the same file is theirs.
    Twice,
}

/// Reads a file of cards; `entries` tell who is here.
///
/// # Errors
/// What is wrong with the file, card by card.
pub fn read_cards(name: &str, bytes: &[u8], entries: &[Entry]) -> Result<CardsSeen, AppError> {
    let mut read = contacts::read(bytes).map_err(|problems| AppError::document(name, &problems))?;
    let network = Network::in_journal(entries);
    let by_card: HashMap<String, EntryId> = network
        .contacts
        .iter()
        .map(|c| (uid(c.id, c.what), c.id))
        .collect();
    let by_name: HashMap<String, EntryId> = network
        .contacts
        .iter()
        .map(|c| (plain_name(&c.what.name), c.id))
        .collect();
    let lists = read.left_out.remove("KIND:GROUP").unwrap_or_default();
    let mut left_out = read.left_out;
    let mut before: HashSet<(String, String)> = HashSet::new();
    let cards: Vec<CardSeen> = read
        .contacts
        .into_iter()
        .map(|card| {
            let all = card.urls.len();
            let contact = taken_from(card);
            let opened = contact.reach.iter().filter(|r| r.kind == ReachKind::Web).count();
            if opened < all {
                *left_out.entry("URL".into()).or_default() += (all - opened) as u64;
            }
            let name = plain_name(&contact.name);
            let key = match contact.card.as_str() {
                "" => (name.clone(), String::new()),
                card => (String::new(), card.to_owned()),
            };
            let twice = !before.insert(key);
            let here = by_card
                .get(contact.card.as_str())
                .map(|id| Known::ByCard(*id))
                .or_else(|| by_name.get(&name).map(|id| Known::ByName(*id)))
                .or(twice.then_some(Known::Twice));
            CardSeen { contact, here }
        })
        .collect();
    Ok(CardsSeen {
        cards,
        nameless: read.nameless,
        lists,
        left_out,
    })
}

impl CardsSeen {
    /// How many cards the file has, those that are left out included.
    pub fn in_file(&self) -> usize {
        self.cards.len() + self.nameless.len() + usize::try_from(self.lists).unwrap_or_default()
    }

    /// How many of the people are not here yet.
    pub fn new_ones(&self) -> usize {
        self.cards.iter().filter(|c| c.here.is_none()).count()
    }
}

impl Metier {
    /// Takes in the cards at these places: all of them or none. A card whose person is here by the same card
    /// is passed over; how many were taken in is answered.
    ///
    /// # Errors
    /// When one of them cannot be recorded.
    pub async fn take_in_cards(&self, seen: &CardsSeen, places: &[usize]) -> Result<usize, AppError> {
        let writings: Vec<_> = places
            .iter()
            .filter_map(|place| seen.cards.get(*place))
            .filter(|card| !matches!(card.here, Some(Known::ByCard(_))))
            .map(|card| self.writing(NetworkFact::Contact(card.contact.clone()).fact()))
            .collect();
        self.record(writings).await.map(|ids| ids.len())
    }
}

fn taken_from(card: contacts::Contact) -> Contact {
    let ways = |kind: ReachKind, ways: Vec<Way>| {
        let (first, rest): (Vec<Way>, Vec<Way>) = ways.into_iter().partition(|w| w.preferred);
        let all = first.into_iter().chain(rest);
        all.map(move |way| Reach {
            kind,
            value: way.value,
        })
    };
    let mut reach: Vec<Reach> = ways(ReachKind::Mail, card.mails).collect();
    reach.extend(ways(ReachKind::Phone, card.phones));
    let pages = card.urls.into_iter().filter(|url| is_of_the_web(url));
    reach.extend(pages.map(|value| Reach {
        kind: ReachKind::Web,
        value,
    }));
    reach.retain(|r| !r.value.trim().is_empty());
    Contact {
        name: card.name,
        parts: (card.parts != contacts::NameParts::default()).then_some(NameParts {
            family: card.parts.family,
            given: card.parts.given,
            additional: card.parts.additional,
            prefix: card.parts.prefix,
            suffix: card.parts.suffix,
        }),
        title: card.title,
        organisation: card.organisation.join(", "),
        reach,
        offers: Vec::new(),
        categories: card.categories,
        note: card.note,
        next: None,
        card: card.uid.unwrap_or_default(),
    }
}

/// The cards of contacts, as a file: of those named, or of all. What one noted of somebody is one's own, and
/// stands in them only when `notes` says so.
pub fn cards_of(network: &Network<'_>, which: &[EntryId], notes: bool, version: Version) -> String {
    let chosen = network
        .contacts
        .iter()
        .filter(|c| which.is_empty() || which.contains(&c.id));
    let cards: Vec<contacts::Contact> = chosen.map(|c| card(c.id, c.what, notes)).collect();
    contacts::write(&cards, version)
}

/// What the card of a contact is known by: as it came, or by its entry.
fn uid(id: EntryId, contact: &Contact) -> String {
    match contact.card.as_str() {
        "" => format!("urn:uuid:{id}"),
        card => card.to_owned(),
    }
}

fn card(id: EntryId, contact: &Contact, notes: bool) -> contacts::Contact {
    let ways = |kind: ReachKind| {
        let of_kind = contact.reach.iter().filter(move |r| r.kind == kind);
        of_kind.map(|r| r.value.clone())
    };
    let way = |value| Way {
        value,
        ..Way::default()
    };
    let parts = contact.parts.clone().unwrap_or_default();
    contacts::Contact {
        uid: Some(uid(id, contact)),
        name: contact.name.clone(),
        parts: contacts::NameParts {
            family: parts.family,
            given: parts.given,
            additional: parts.additional,
            prefix: parts.prefix,
            suffix: parts.suffix,
        },
        organisation: match contact.organisation.as_str() {
            "" => Vec::new(),
            organisation => vec![organisation.to_owned()],
        },
        title: contact.title.clone(),
        mails: ways(ReachKind::Mail).map(way).collect(),
        phones: ways(ReachKind::Phone).map(way).collect(),
        urls: ways(ReachKind::Web).filter(|url| is_of_the_web(url)).collect(),
        note: if notes {
            contact.note.clone()
        } else {
            String::new()
        },
        categories: contact.categories.clone(),
        revised: None,
    }
}
