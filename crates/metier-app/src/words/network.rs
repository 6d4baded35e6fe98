//! What is said of the network, in a line of the timeline.

use std::collections::BTreeMap;

use jiff::civil::Date;
use metier_core::network::{
    Community, CommunityKind, MentorshipSide, NetworkFact, NextTouch, Offer, OfferKind, Shared,
};

use super::{Words, day, list, number, plural};
use crate::network::{CardsSeen, Known};

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

/// The same, as something of today: a day that has gone by is not next.
pub fn chosen_touch(next: &NextTouch, today: Date) -> String {
    let told = next_touch(next);
    if next.on < today {
        format!("the day you chose was {told}")
    } else {
        format!("next {told}")
    }
}

/// Several offers in a phrase.
pub fn all_offered(offers: &[Offer]) -> String {
    let offers: Vec<String> = offers.iter().map(offered).collect();
    offers.join("; ")
}

/// The days of a community or an event, in a phrase; empty where none is known.
pub fn community_days(community: &Community) -> String {
    match (community.from, community.until) {
        (Some(from), Some(until)) if from == until => format!("on {}", day(from)),
        (Some(from), Some(until)) => format!("from {} to {}", day(from), day(until)),
        (Some(from), None) => format!("since {}", day(from)),
        (None, Some(until)) => format!("until {}", day(until)),
        (None, None) => String::new(),
    }
}

/// What was told, written or taught, in a phrase: "talk, for 40 gardeners, reached 120".
pub fn knowledge_shared(shared: &Shared<'_>) -> String {
    let mut parts = Vec::new();
    match (shared.form, shared.learners) {
        (_, Some((all, unaided))) => {
            parts.push(format!("taught {}", plural(all as u64, "person", "people")));
            match unaided {
                0 => {}
                n if n == all && all == 1 => parts.push("who does it unaided since".into()),
                n if n == all => parts.push("who all do it unaided since".into()),
                n => parts.push(format!("{} of them unaided since", number(n as u64))),
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

/// How many cards a file has, and what of them nobody can be taken in from.
pub fn cards_counted(seen: &CardsSeen) -> String {
    let all = seen.in_file() as u64;
    let cards = format!("{all} {}", if all == 1 { "card" } else { "cards" });
    match seen.lists {
        0 => cards,
        1 if all == 1 => format!("{cards}, which is a list of others"),
        1 => format!("{cards}, one of them a list of others"),
        n if n == all => format!("{cards}, all of them lists of others"),
        n => format!("{cards}, {n} of them lists of others"),
    }
}

/// Which cards say nobody's name, in a sentence; empty when all of them do.
pub fn cards_nameless(nameless: &[usize]) -> String {
    const FEW: usize = 8;
    let places: Vec<String> = nameless.iter().take(FEW).map(ToString::to_string).collect();
    match nameless.len() {
        0 => String::new(),
        1 => format!("Card {} says nobody's name, and was left out.", places[0]),
        n if n <= FEW => format!("Cards {} say nobody's name, and were left out.", list(&places)),
        n => format!(
            "{n} cards say nobody's name, and were left out: {} and others.",
            places.join(", ")
        ),
    }
}

/// What of cards was left out, in a sentence; empty when nothing was.
pub fn card_lines_left_out(left_out: &BTreeMap<String, u64>) -> String {
    let mut known: BTreeMap<&str, u64> = BTreeMap::new();
    let mut others: Vec<&str> = Vec::new();
    let mut undecoded: Vec<String> = Vec::new();
    for (name, n) in left_out {
        if let Some(name) = name.strip_suffix(";ENCODING") {
            undecoded.push(format!("{name}, of which the letters could not be read ({n})"));
            continue;
        }
        let what = match name.as_str() {
            "PHOTO" | "LOGO" => "pictures",
            "BDAY" | "ANNIVERSARY" => "birthdays and anniversaries",
            "ADR" | "LABEL" | "GEO" => "postal addresses and places",
            "NICKNAME" => "nicknames",
            "ROLE" => "roles",
            "IMPP" => "chat addresses",
            "KEY" => "keys",
            "URL" => "addresses that are none of the web",
            "SOUND" => "sounds",
            "GENDER" => "genders",
            "RELATED" => "relatives",
            "PRODID" | "REV" | "PROFILE" | "KIND" | "SOURCE" | "CLIENTPIDMAP" => "notes between programs",
            other => {
                others.push(other);
                continue;
            }
        };
        *known.entry(what).or_default() += n;
    }
    let mut named: Vec<String> = known.iter().map(|(what, n)| format!("{what} ({n})")).collect();
    named.extend(undecoded);
    if !others.is_empty() {
        let lines: u64 = others.iter().filter_map(|name| left_out.get(*name)).sum();
        let few = &others[..others.len().min(6)];
        named.push(format!("what other programs add ({lines}: {})", few.join(", ")));
    }
    match named.as_slice() {
        [] => String::new(),
        few => format!("Left out, with how many lines: {}.", list(few)),
    }
}
