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

/// Whether `actor` may do `action` on an entry of someone's journal.
pub fn may(actor: &Actor, action: Action, entry: &Payload) -> Decision {
    if *actor == Actor::Owner {
        return Decision::Own;
    }
    if action == Action::Write {
        return Decision::NotOwner;
    }
    let shown = match (&entry.audience, actor) {
        (Audience::Public, _) => true,
        (Audience::Parties(names), Actor::Party(name)) => names.contains(name),
        (Audience::Organisation(shown_to), Actor::Member(of)) => shown_to == of,
        _ => false,
    };
    if !shown {
        return Decision::NotShown;
    }
    if action == Action::ReadForDecision && entry.purpose == Purpose::Development {
        return Decision::GivenForDevelopment;
    }
    Decision::Shown
}
