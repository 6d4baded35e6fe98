//! The network as it stands: when one last spoke with whom, what is chosen to come next, and which gaps
//! nobody helps with.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{
    Community, Contact, Guidance, Mentorship, MentorshipSide, NetworkFact, NextTouch, Touch, WillingToTeach,
};
use crate::gap::Gap;
use crate::id::{CompetencyId, EntryId};
use crate::journal::{Entry, Fact, Noted, View, view_of};

/// Everything of the network that stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Network<'a> {
    /// Contacts, by name.
    pub contacts: Vec<Noted<'a, Contact>>,
    /// Times one spoke with them, by day.
    pub touches: Vec<Noted<'a, Touch>>,
    /// Mentorships, by their first day.
    pub mentorships: Vec<Noted<'a, Mentorship>>,
    /// Guidance, by day.
    pub guidance: Vec<Noted<'a, Guidance>>,
    /// What one is willing to teach; the last one counts.
    pub willing: Vec<Noted<'a, WillingToTeach>>,
    /// Communities, bodies, events, by name.
    pub communities: Vec<Noted<'a, Community>>,
}

impl<'a> Network<'a> {
    /// What stands of it in these entries; the rest of the journal is passed over.
    pub fn in_journal(entries: &'a [Entry]) -> Self {
        Self::of(&view_of(entries, |fact| matches!(fact, Fact::Network(_))))
    }

    /// Who guides whom and what one is willing to teach, and nothing else of it.
    pub fn guiding(entries: &'a [Entry]) -> Self {
        let sort = |fact: &Fact| match fact {
            Fact::Network(said) => {
                matches!(&**said, NetworkFact::Mentorship(_) | NetworkFact::Willing(_))
            }
            _ => false,
        };
        Self::of(&view_of(entries, sort))
    }

    /// What stands of it.
    pub fn of(view: &View<'a>) -> Self {
        macro_rules! noted {
            ($sort:ident) => {
                view.noted(|fact: &'a Fact| match fact {
                    Fact::Network(said) => match &**said {
                        NetworkFact::$sort(what) => Some(what),
                        _ => None,
                    },
                    _ => None,
                })
            };
        }
        let mut network = Self {
            contacts: noted!(Contact),
            touches: noted!(Touch),
            mentorships: noted!(Mentorship),
            guidance: noted!(Guidance),
            willing: noted!(Willing),
            communities: noted!(Community),
        };
        network
            .contacts
            .sort_by_key(|c| (c.what.name.to_lowercase(), c.id));
        network.touches.sort_by_key(|t| (t.on, t.recorded_at));
        network.mentorships.sort_by_key(|m| (m.what.from, m.recorded_at));
        network.guidance.sort_by_key(|g| (g.on, g.recorded_at));
        network
            .communities
            .sort_by_key(|c| (c.what.name.to_lowercase(), c.id));
        network
    }

    /// Times one spoke with a contact, earliest first.
    pub fn touches_of(&self, contact: EntryId) -> impl DoubleEndedIterator<Item = &Noted<'a, Touch>> {
        self.touches.iter().filter(move |t| t.what.contact == contact)
    }

    /// When to speak next with a contact: what the last time says, or else what the contact says.
    /// A word on the contact that is newer than the last time counts before it.
    pub fn next_with(&self, contact: &Noted<'a, Contact>) -> Option<&'a NextTouch> {
        next_after(contact, self.touches_of(contact.id).last())
    }

    /// The last time one spoke with each contact.
    pub fn last_touches(&self) -> HashMap<EntryId, &Noted<'a, Touch>> {
        self.touches.iter().map(|t| (t.what.contact, t)).collect()
    }

    /// Every next touch, by day: of contacts, and of communities.
    pub fn next_touches(&self) -> Vec<Coming<'a>> {
        let last = self.last_touches();
        let people = self.contacts.iter().filter_map(|c| {
            Some(Coming {
                entry: c.id,
                name: &c.what.name,
                next: next_after(c, last.get(&c.id).copied())?,
            })
        });
        let places = self.communities.iter().filter_map(|c| {
            Some(Coming {
                entry: c.id,
                name: &c.what.name,
                next: c.what.next.as_ref()?,
            })
        });
        let mut coming: Vec<Coming<'a>> = people.chain(places).collect();
        coming.sort_by_key(|c| (c.next.on, c.name));
        coming
    }

    /// Guidance of a mentorship, earliest first.
    pub fn guidance_of(&self, mentorship: EntryId) -> impl Iterator<Item = &Noted<'a, Guidance>> {
        self.guidance
            .iter()
            .filter(move |g| g.what.mentorship == mentorship)
    }

    /// Mentorships that last on a day.
    pub fn lasting(&self, side: MentorshipSide, on: Date) -> impl Iterator<Item = &Noted<'a, Mentorship>> {
        self.mentorships.iter().filter(move |m| {
            m.what.side == side && m.what.from <= on && m.what.until.is_none_or(|until| on <= until)
        })
    }

    /// The gaps for which nobody guides one on a day.
    pub fn unguided(&self, gap: &Gap, on: Date) -> Vec<CompetencyId> {
        let guided = |id: &CompetencyId| {
            self.lasting(MentorshipSide::TheyGuide, on)
                .any(|m| m.what.gaps.contains(id))
        };
        let open = gap.open.iter().map(|item| &item.competency);
        open.filter(|id| !guided(id)).cloned().collect()
    }
}

fn next_after<'a>(contact: &Noted<'a, Contact>, last: Option<&Noted<'a, Touch>>) -> Option<&'a NextTouch> {
    match last {
        Some(last) if contact.recorded_at <= last.recorded_at => last.what.next.as_ref(),
        _ => contact.what.next.as_ref(),
    }
}

/// A next touch with its whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming<'a> {
    /// The contact or community.
    pub entry: EntryId,
    /// Its name.
    pub name: &'a str,
    /// When, and about what.
    pub next: &'a NextTouch,
}
