//! Finding people in the network: by a word, by what they offer, and for a gap.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Contact, MentorshipSide, Network, OfferKind};
use crate::framework::Competency;
use crate::id::EntryId;
use crate::journal::Noted;
use crate::name::same_name;

/// The shortest word that tells one competency from another.
const TELLING: usize = 4;

/// In how many of the names asked about a word may stand.
const OFTEN: usize = 3;

/// Characters of a note that are read for whom could help.
const NOTE_READ: usize = 10_000;

/// Words of so many competencies that they tell nothing.
const COMMON: [&str; 10] = [
    "what", "that", "with", "from", "into", "your", "their", "them", "make", "work",
];

/// Whom one looks for. What is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Every word of it stands somewhere in what is known of them.
    pub words: String,
    /// They offer this.
    pub offers: Option<OfferKind>,
    /// They are in this category.
    pub category: String,
}

impl Wanted {
    /// True when nothing is asked for.
    pub fn anybody(&self) -> bool {
        self.words.trim().is_empty() && self.offers.is_none() && self.category.trim().is_empty()
    }

    /// Whether a contact is such a one.
    pub fn is(&self, contact: &Contact) -> bool {
        let category = self.category.trim().to_lowercase();
        let in_category =
            category.is_empty() || contact.categories.iter().any(|c| c.to_lowercase() == category);
        let offers = self
            .offers
            .is_none_or(|kind| contact.offers.iter().any(|o| o.kind == kind));
        if !in_category || !offers {
            return false;
        }
        let known = known_of(contact);
        self.words
            .to_lowercase()
            .split_whitespace()
            .all(|word| known.contains(word))
    }
}

impl<'a> Network<'a> {
    /// The contacts one looks for, by name.
    pub fn found(&self, wanted: &Wanted) -> Vec<Noted<'a, Contact>> {
        let contacts = self.contacts.iter().filter(|c| wanted.is(c.what));
        contacts.copied().collect()
    }

    /// The contact of that name, where only one has it.
    pub fn only_one_called(&self, name: &str) -> Option<&Noted<'a, Contact>> {
        let mut called = self.contacts.iter().filter(|c| same_name(&c.what.name, name));
        let first = called.next()?;
        called.next().is_none().then_some(first)
    }

    /// Every category with how many contacts are in it, by name.
    pub fn categories(&self) -> BTreeMap<&'a str, usize> {
        let mut categories = BTreeMap::new();
        for category in self.contacts.iter().flat_map(|c| &c.what.categories) {
            *categories.entry(category.as_str()).or_default() += 1;
        }
        categories
    }

    /// For each of these competencies the contacts who could help with it: those who guided one through it
    /// before, and those of whom one wrote down that they do, or support with, something that its name says
    /// too. By name; nobody is before anybody.
    pub fn could_help(&self, competencies: &[&Competency]) -> Vec<Vec<Noted<'a, Contact>>> {
        let names: Vec<String> = competencies.iter().map(|c| c.name.to_lowercase()).collect();
        let mut telling: Vec<Vec<&str>> = names.iter().map(|name| telling(name)).collect();
        let mut often: BTreeMap<&str, usize> = BTreeMap::new();
        for word in telling.iter().flatten() {
            *often.entry(word).or_default() += 1;
        }
        // What many of them are called after tells none of them from the others.
        for words in &mut telling {
            words.retain(|word| often.get(word).is_some_and(|n| *n <= OFTEN));
        }
        let mut by_stem: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
        for (place, words) in telling.iter().enumerate() {
            for word in words {
                by_stem.entry(stem(word)).or_default().push((word, place));
            }
        }
        let guided = self.guided_through(competencies);
        let mut found = vec![Vec::new(); competencies.len()];
        for contact in &self.contacts {
            let mut helps: BTreeSet<usize> = guided.get(&contact.id).cloned().unwrap_or_default();
            let known = able_of(contact.what);
            let words: HashSet<&str> = telling_of(&known).collect();
            for word in words {
                let like = by_stem.get(stem(word)).into_iter().flatten();
                helps.extend(like.filter(|(t, _)| alike(word, t)).map(|(_, place)| place));
            }
            for place in helps {
                found[place].push(*contact);
            }
        }
        found
    }

    /// Who guided one through which of these, by its place among them.
    fn guided_through(&self, competencies: &[&Competency]) -> HashMap<EntryId, BTreeSet<usize>> {
        let mut guided: HashMap<EntryId, BTreeSet<usize>> = HashMap::new();
        for mentorship in &self.mentorships {
            if mentorship.what.side == MentorshipSide::TheyGuide
                && let Some(contact) = mentorship.what.contact
            {
                let through = competencies
                    .iter()
                    .enumerate()
                    .filter(|(_, c)| mentorship.what.gaps.contains(&c.id));
                guided
                    .entry(contact)
                    .or_default()
                    .extend(through.map(|(place, _)| place));
            }
        }
        guided
    }
}

/// The beginning that two words which are [`alike`] surely share.
fn stem(word: &str) -> &str {
    let end = word
        .char_indices()
        .nth(TELLING - 1)
        .map_or(word.len(), |(at, _)| at);
    &word[..end]
}

/// The words of a name that tell it from others.
fn telling(name: &str) -> Vec<&str> {
    telling_of(name).filter(|w| !COMMON.contains(w)).collect()
}

fn telling_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= TELLING)
}

/// Two words that differ in their ending alone: `editing` and `edit`.
fn alike(word: &str, other: &str) -> bool {
    let (short, long) = if word.len() <= other.len() {
        (word, other)
    } else {
        (other, word)
    };
    let stem = short.strip_suffix('e').unwrap_or(short);
    short.chars().count() >= TELLING && long.starts_with(stem) && long.len() <= short.len() + 3
}

/// What one wrote down of what somebody can do: their work, the support they offer, and what one noted.
fn able_of(contact: &Contact) -> String {
    let support = contact.offers.iter().filter(|o| o.kind == OfferKind::Support);
    let all: Vec<&str> = [contact.title.as_str(), beginning(&contact.note)]
        .into_iter()
        .chain(support.map(|o| o.what.as_str()))
        .chain(contact.categories.iter().map(String::as_str))
        .collect();
    all.join("\n").to_lowercase()
}

/// As much of a note as is read for whom could help: a card of another program may bring a book.
fn beginning(note: &str) -> &str {
    let end = note
        .char_indices()
        .nth(NOTE_READ)
        .map_or(note.len(), |(at, _)| at);
    &note[..end]
}

/// Everything one wrote down of somebody by which they are found, in small letters.
fn known_of(contact: &Contact) -> String {
    let offers = contact.offers.iter().map(|o| o.what.as_str());
    let reach = contact.reach.iter().map(|r| r.value.as_str());
    let categories = contact.categories.iter().map(String::as_str);
    let own = [
        contact.name.as_str(),
        contact.title.as_str(),
        contact.organisation.as_str(),
        contact.note.as_str(),
    ];
    let all: Vec<&str> = own
        .into_iter()
        .chain(offers)
        .chain(reach)
        .chain(categories)
        .collect();
    all.join("\n").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_alike_share_their_stem() {
        let words = [
            "edit",
            "edits",
            "editing",
            "editor",
            "make",
            "making",
            "write",
            "writing",
            "writ",
            "plan",
            "planned",
            "\u{e9}crire",
            "\u{e9}crit",
            "\u{e9}cri",
        ];
        for one in words {
            for other in words {
                assert!(!alike(one, other) || stem(one) == stem(other), "{one} {other}");
            }
        }
        assert!(alike("make", "making"));
    }

    #[test]
    fn of_a_note_without_end_the_beginning_is_read() {
        let note = "\u{fc}".repeat(NOTE_READ * 2);
        assert_eq!(beginning(&note).chars().count(), NOTE_READ);
        assert_eq!(beginning("short"), "short");
    }
}
