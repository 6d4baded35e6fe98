//! Who may see and do what: one pure function, with a reason.
//!
//! Every route and command asks [`may`] first. On one's own machine the owner is the only actor; link
//! holders and others are refused here, before any entry is read.

use serde::Serialize;

use crate::journal::{Audience, Payload, Purpose};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The person whose journal it is.
    Owner,
    /// Someone named.
    Party(String),
    /// Someone of an organisation.
    Member(String),
    /// Nobody in particular.
    Nobody,
}

/// What for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To read, where the person wants to get better.
    ReadForDevelopment,
    /// To read, where someone decides about the person.
    ReadForDecision,
    /// To record, correct, erase, publish, export.
    Write,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Yes, because it is theirs.
    Own,
    /// Yes, because it is shown to them.
    Shown,
    /// No: it is not shown to them.
    NotShown,
    /// No: it was given for development and would be used in a decision.
    GivenForDevelopment,
    /// No: only the owner writes.
    NotOwner,
}

impl Decision {
    /// True for yes.
    pub fn allowed(self) -> bool {
        matches!(self, Self::Own | Self::Shown)
    }
}

/// Whether `actor` may do `action` on an entry of someone's journal, by what the entry itself says.
/// Where later entries changed who may see it, ask [`decide`] with what is in force
/// ([`crate::disclosure::Disclosure::sharing`]).
pub fn may(actor: &Actor, action: Action, entry: &Payload) -> Decision {
    decide(actor, action, &entry.audience, entry.purpose)
}

/// Whether `actor` may do `action` on something with this audience and purpose.
pub fn decide(actor: &Actor, action: Action, audience: &Audience, purpose: Purpose) -> Decision {
    if *actor == Actor::Owner {
        return Decision::Own;
    }
    if action == Action::Write {
        return Decision::NotOwner;
    }
    let shown = match (audience, actor) {
        (Audience::Public, _) => true,
        (Audience::Parties(names), Actor::Party(name)) => names.contains(name),
        (Audience::Organisation(shown_to), Actor::Member(of)) => shown_to == of,
        _ => false,
    };
    if !shown {
        return Decision::NotShown;
    }
    if action == Action::ReadForDecision && purpose == Purpose::Development {
        return Decision::GivenForDevelopment;
    }
    Decision::Shown
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::journal::{Fact, Review, Salt};

    fn entry(audience: Audience, purpose: Purpose) -> Payload {
        Payload {
            v: 1,
            author: "Ada".into(),
            occurred_on: date(2026, 1, 1),
            audience,
            purpose,
            fact: Fact::Review(Review {
                with: String::new(),
                note: String::new(),
            }),
            corrects: None,
            salt: Salt([0; 16]),
        }
    }

    fn actors() -> [Actor; 6] {
        [
            Actor::Owner,
            Actor::Party("Mo".into()),
            Actor::Party("Eve".into()),
            Actor::Member("Garden".into()),
            Actor::Member("Other".into()),
            Actor::Nobody,
        ]
    }

    /// Who of `actors()` may read an entry with this audience for their own development.
    fn readers(audience: &Audience) -> Vec<Actor> {
        let payload = entry(audience.clone(), Purpose::Development);
        let may_read = |actor: &Actor| may(actor, Action::ReadForDevelopment, &payload).allowed();
        actors().into_iter().filter(may_read).collect()
    }

    #[test]
    fn an_entry_is_shown_to_its_audience_and_nobody_else() {
        let [owner, mo, _, garden, ..] = actors();
        assert_eq!(readers(&Audience::Private), std::slice::from_ref(&owner));
        assert_eq!(
            readers(&Audience::Parties(vec!["Mo".into()])),
            [owner.clone(), mo]
        );
        assert_eq!(readers(&Audience::Organisation("Garden".into())), [owner, garden]);
        assert_eq!(readers(&Audience::Public), actors());
    }

    #[test]
    fn what_was_given_for_development_is_never_read_for_a_decision() {
        for audience in [Audience::Parties(vec!["Mo".into()]), Audience::Public] {
            let mo = Actor::Party("Mo".into());
            let given = entry(audience.clone(), Purpose::Development);
            assert_eq!(
                may(&mo, Action::ReadForDecision, &given),
                Decision::GivenForDevelopment
            );
            let meant = entry(audience, Purpose::Administrative);
            assert_eq!(may(&mo, Action::ReadForDecision, &meant), Decision::Shown);
        }
    }

    #[test]
    fn only_the_owner_writes() {
        let public = entry(Audience::Public, Purpose::Administrative);
        for actor in actors() {
            let decision = may(&actor, Action::Write, &public);
            assert_eq!(
                decision.allowed(),
                actor == Actor::Owner,
                "{actor:?}: {decision:?}"
            );
        }
    }
}
