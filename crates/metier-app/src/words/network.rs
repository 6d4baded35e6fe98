//! What is said of the network, in a line of the timeline.

use metier_core::network::{CommunityKind, MentorshipSide, NetworkFact, NextTouch, Offer, OfferKind, Shared};

use super::{Words, day, list, number, plural};
use crate::network::Known;

impl Words<'_> {
    pub(super) fn of_network(&self, said: &NetworkFact) -> String {
        match said {
            NetworkFact::Contact(c) if c.organisation.is_empty() => format!("Contact: {}", c.name),
            NetworkFact::Contact(c) => format!("Contact: {}, {}", c.name, c.organisation),
            NetworkFact::Touch(t) if t.words.is_empty() => "Spoke with a contact".into(),
            NetworkFact::Touch(t) => format!("Spoke with a contact: {}", t.words),
            NetworkFact::Mentorship(m) => match m.side {
                MentorshipSide::TheyGuide => format!("Mentor: {}", m.with),
                MentorshipSide::IGuide => format!("Mentor to {}", m.with),
            },
            NetworkFact::Guidance(g) => format!("Guidance: {}", g.words),
            NetworkFact::Willing(w) if w.competencies.is_empty() => "Teaching nothing at the moment".into(),
            NetworkFact::Willing(w) => {
                let names: Vec<String> = w
                    .competencies
                    .iter()
                    .map(|c| self.competency(c).to_owned())
                    .collect();
                format!("Willing to teach {}", list(&names))
            }
            NetworkFact::Community(c) => format!("Where the field meets: {}", c.name),
        }
    }
}

/// Something a contact can offer, in a word.
pub fn offer(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::Support => "support",
        OfferKind::Opportunity => "opportunities",
        OfferKind::Platform => "a platform",
    }
}

/// An offer in a phrase: "support: a second pair of eyes".
pub fn offered(offered: &Offer) -> String {
    match offered.what.as_str() {
        "" => offer(offered.kind).to_owned(),
        what => format!("{}: {what}", offer(offered.kind)),
    }
}

/// A sort of community in words.
pub fn community_kind(kind: CommunityKind) -> &'static str {
    match kind {
        CommunityKind::Community => "community",
        CommunityKind::ProfessionalBody => "professional body",
        CommunityKind::IndustryGroup => "industry group",
        CommunityKind::Online => "online",
        CommunityKind::Event => "event",
    }
}

/// A day one chose, and for what: "3 February 2027: the talk".
pub fn next_touch(next: &NextTouch) -> String {
    match next.what.as_str() {
        "" => day(next.on),
        what => format!("{}: {what}", day(next.on)),
    }
}

/// What was told, written or taught, in a phrase: "talk, for 40 gardeners, reached 120".
pub fn knowledge_shared(shared: &Shared<'_>) -> String {
    let mut parts = Vec::new();
    match (shared.form, shared.learners) {
        (_, Some((all, unaided))) => {
            parts.push(format!("taught {}", plural(all as u64, "person", "people")));
            if unaided > 0 {
                parts.push(format!("{} unaided since", number(unaided as u64)));
            }
        }
        (Some(form), None) if !form.is_empty() => parts.push(form.to_owned()),
        _ => parts.push("told or written".to_owned()),
    }
    if !shared.audience.is_empty() {
        parts.push(format!("for {}", shared.audience));
    }
    if let Some(reach) = shared.reach {
        parts.push(format!("reached {reach}"));
    }
    parts.join(", ")
}

/// Why a card is not proposed to be taken in.
pub fn card_here(here: &Known) -> &'static str {
    match here {
        Known::ByCard(_) => "here already: the same card",
        Known::ByName(_) => "somebody of this name is here",
        Known::Twice => "twice in this file",
    }
}

/// What of cards was left out, in a sentence; empty when nothing was.
pub fn card_lines_left_out(left_out: &std::collections::BTreeMap<String, u64>) -> String {
    let named: Vec<String> = left_out.iter().map(|(name, n)| format!("{name} ({n})")).collect();
    match named.as_slice() {
        [] => String::new(),
        few => format!("Left out, line by line: {}.", list(few)),
    }
}
