//! What others see: the one way from a journal to somebody else's eyes.
//!
//! Whatever is given away (a packet, a review sheet, a feedback form, a receipt, a public page) is made of
//! [`Shared`] entries and [`SharedText`]. Both can only be made here, by a [`Disclosure`]; code that shows
//! something to others takes them as parameters and never a [`Fact`] or a `&str`, so what was not let
//! through cannot be shown by mistake.
//!
//! ```
//! use jiff::Timestamp;
//! use metier_core::disclosure::{Disclosure, LeftOut, Reader, View};
//! use metier_core::id::EntryId;
//!
//! # let entries = Vec::new();
//! # let entry = EntryId(uuid::Uuid::nil());
//! let disclosure = Disclosure::of(&entries, Timestamp::MAX);
//! let mo = Reader::Party("Mo".into());
//! match disclosure.if_shared(entry, &mo, View::Packet) {
//!     Ok(shared) => println!("{}", shared.line()),     // exactly what Mo will read
//!     Err(reason) => assert_eq!(reason, LeftOut::NotThere), // and why nothing is read
//! }
//! println!("{}", disclosure.text("Case for the step to Senior"));
//! ```
//!
//! # The rules, in the order they are applied
//!
//! 1. What was taken back or erased, and what has no place in a view (a name kept out, a draft of a
//!    framework, anything at all in a receipt), is never shown.
//! 2. An entry is shown only to its audience, as the last word on it says ([`Sharing`]). The question is
//!    put to [`crate::authorisation::decide`], as everywhere. [`Disclosure::if_shared`] asks the same as if
//!    the owner had just shared it.
//! 3. What was given for development is shown in no view by which somebody decides ([`View`]). What another
//!    gave themselves, through a link, a file or an answered mail, is shown only to those, and for only
//!    that, which they were told, whatever the owner says later.
//! 4. Where a text for others was written (`redacted` of evidence, [`ForOthers`] of anything else), that
//!    text is shown and nothing else of the entry. What is confidential and has none is left out.
//! 5. In every text that is left, names on the person's list ([`KeptOut`]) are replaced; what only looks
//!    like a name is marked and stays, for the person to look at ([`scan()`]).
//!
//! The list of names is read from the journal itself, so that no caller can forget it. It is private, has
//! no place in any view, and leaves the machine only in the person's own export and backup.

mod copy;
mod names;
mod ordinary;
mod patterns;
mod scan;
mod shared;
mod sharing;

pub use copy::SharedJournal;
pub use names::{KeptOut, Like, Whose};
pub use scan::{Outcome, Scan, Scanned, Which, kept_out, scan};
pub use shared::{Piece, Shared, SharedText, What};
pub use sharing::Sharing;

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::names::Names;
use self::sharing::InForce;
use crate::authorisation::{Action, Actor, Decision, decide};
use crate::evidence::{Artefact, Evidence};
use crate::feedback::{FeedbackGiven, FeedbackSaid};
use crate::id::EntryId;
use crate::journal::{Audience, Entry, Fact, Lasting, Purpose};

/// Where others see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// A packet or a review sheet: somebody decides by it.
    Packet,
    /// A form by which somebody gives feedback, or a talk about how to get better: nobody decides by it.
    FeedbackForm,
    /// A receipt: it names entries and tells none.
    Receipt,
    /// A public page, a portfolio, a badge. Whoever decides reads it, too.
    Public,
}

impl View {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Packet, Self::FeedbackForm, Self::Receipt, Self::Public];

    /// What reading it is for; `None` when nothing is read in it.
    fn action(self) -> Option<Action> {
        match self {
            Self::Packet | Self::Public => Some(Action::ReadForDecision),
            Self::FeedbackForm => Some(Action::ReadForDevelopment),
            Self::Receipt => None,
        }
    }

    /// Whether a sort of fact has a place in it at all.
    fn holds(self, fact: &Fact) -> bool {
        match fact {
            Fact::Evidence(_) => self != Self::Receipt,
            // Who gives feedback is not led by what others said.
            Fact::Confirmation(_) => matches!(self, Self::Packet | Self::Public),
            Fact::Rating(_) | Fact::FeedbackGiven(_) | Fact::Dispute(_) | Fact::DisputeSettled(_) => {
                self == Self::Packet
            }
            // Every other sort by name, so that a new one is not forgotten here.
            Fact::Profession(_)
            | Fact::Position(_)
            | Fact::Aim(_)
            | Fact::Leave(_)
            | Fact::FrameworkDrafted(_)
            | Fact::FrameworkPublished(_)
            | Fact::Claim(_)
            | Fact::Crosswalk(_)
            | Fact::CrosswalkRejected(_)
            | Fact::FeedbackRequested(_)
            | Fact::FeedbackUsed(_)
            | Fact::Gathering(_)
            | Fact::AgreementProposed(_)
            | Fact::AgreementConfirmed(_)
            | Fact::AgreementDeclined(_)
            | Fact::AgreementTalked(_)
            | Fact::AgreementEnded(_)
            | Fact::ReceiptKept(_)
            | Fact::Disagreement(_)
            | Fact::DisagreementEnded(_)
            | Fact::Decision(_)
            | Fact::Mastery(_)
            | Fact::Plan(_)
            | Fact::Network(_)
            | Fact::Presence(_)
            | Fact::Market(_)
            | Fact::LinkChecked(_)
            | Fact::Review(_)
            | Fact::ReviewPlanned(_)
            | Fact::Shown(_)
            | Fact::KeptOut(_)
            | Fact::ForOthers(_)
            | Fact::Withdrawal(_)
            | Fact::Erasure(_) => false,
        }
    }
}

/// Who looks on: anybody but the owner, who reads the entries themselves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// Someone named.
    Party(String),
    /// Everyone of an organisation.
    Organisation(String),
    /// Everyone.
    Anyone,
}

impl Reader {
    fn actor(&self) -> Actor {
        match self {
            Self::Party(name) => Actor::Party(name.clone()),
            Self::Organisation(of) => Actor::Member(of.clone()),
            Self::Anyone => Actor::Nobody,
        }
    }

    /// The audience that is just this reader.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Party(name) => Audience::Parties(vec![name.clone()]),
            Self::Organisation(of) => Audience::Organisation(of.clone()),
            Self::Anyone => Audience::Public,
        }
    }
}

/// Why something is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// There is no such entry, or it was taken back or erased.
    NotThere,
    /// Such things have no place in this view.
    NoPlace,
    /// It is private, or shown to others than these.
    NotShown,
    /// It was given for development and somebody would decide by it.
    GivenForDevelopment,
    /// Who gave it was not told that these would see it.
    NotTold,
    /// It is confidential and has no text for others.
    NoTextForOthers,
}

/// What others read in place of an entry, from now on: for anything but evidence, whose own form has a
/// field for it. Taking this entry back lets the words be read as they stand again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForOthers {
    /// Which entry: a rating, a confirmation, a dispute.
    pub entry: EntryId,
    /// What is read in its place; empty: nothing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// What may be seen of a journal, as known at an instant. A pure function of its entries: no clock, no
/// settings.
#[derive(Debug, Clone)]
pub struct Disclosure<'a> {
    /// What stands, by the first entry of each thing.
    standing: HashMap<EntryId, Lasting<'a>>,
    /// The first entry of the thing each correction belongs to.
    roots: HashMap<EntryId, EntryId>,
    in_force: HashMap<EntryId, InForce<'a>>,
    names: Names,
}

impl<'a> Disclosure<'a> {
    /// Of a whole journal: leave none of its entries away, the list of names is among them.
    pub fn of(entries: &'a [Entry], known_at: Timestamp) -> Self {
        let facts = crate::journal::view(entries, known_at).facts;
        let roots = crate::journal::View::roots(entries);
        let in_force = sharing::in_force(&facts, &roots, entries);
        let names = facts.iter().filter_map(|fact| match fact.fact() {
            Fact::KeptOut(name) => Some(name),
            _ => None,
        });
        Self {
            names: Names::of(names),
            in_force,
            roots,
            standing: facts.into_iter().map(|fact| (fact.root, fact)).collect(),
        }
    }

    /// What `reader` sees of an entry in a view, as it is shared. Any wording of it may be named.
    ///
    /// # Errors
    /// Why nothing of it is seen.
    pub fn shared(&self, entry: EntryId, reader: &Reader, view: View) -> Result<Shared, LeftOut> {
        let (fact, in_force) = self.find(entry)?;
        self.let_through(fact, in_force, &in_force.sharing, reader, view)
    }

    /// What `reader` would see of an entry in a view, if the owner shared it with them for just that: for
    /// the look before sharing, and for what the owner puts into a packet by hand.
    ///
    /// # Errors
    /// Why nothing of it would be seen all the same.
    pub fn if_shared(&self, entry: EntryId, reader: &Reader, view: View) -> Result<Shared, LeftOut> {
        let (fact, in_force) = self.find(entry)?;
        let sharing = Sharing {
            audience: reader.audience(),
            purpose: match view {
                View::FeedbackForm => Purpose::Development,
                View::Packet | View::Receipt | View::Public => Purpose::Administrative,
            },
        };
        self.let_through(fact, in_force, &sharing, reader, view)
    }

    /// What others see of words that are no entry and were chosen by the owner for this very view: a
    /// heading, a question, the name of a profession. Names kept out are replaced.
    pub fn text(&self, text: &str) -> SharedText {
        names::look(text, &self.names)
    }

    /// Who may see an entry, and what for, as the last word on it says; `None` when it does not stand.
    pub fn sharing(&self, entry: EntryId) -> Option<&Sharing> {
        let root = self.roots.get(&entry).unwrap_or(&entry);
        self.in_force.get(root).map(|in_force| &in_force.sharing)
    }

    /// The entry that says what others read in place of this one, if any, and its words.
    pub fn for_others(&self, entry: EntryId) -> Option<(EntryId, &'a str)> {
        let root = self.roots.get(&entry).unwrap_or(&entry);
        self.in_force.get(root)?.for_others
    }

    fn find(&self, entry: EntryId) -> Result<(&Lasting<'a>, &InForce<'a>), LeftOut> {
        let root = self.roots.get(&entry).unwrap_or(&entry);
        let found = self.standing.get(root).zip(self.in_force.get(root));
        found.ok_or(LeftOut::NotThere)
    }

    fn let_through(
        &self,
        lasting: &Lasting<'a>,
        in_force: &InForce<'a>,
        sharing: &Sharing,
        reader: &Reader,
        view: View,
    ) -> Result<Shared, LeftOut> {
        let (texts, redacted) = allowed(lasting.fact(), in_force, sharing, reader, view)?;
        let what = What::of(lasting.fact()).ok_or(LeftOut::NoPlace)?;
        let texts = texts
            .into_iter()
            .map(|(field, text)| (field, self.text(text)))
            .collect();
        Ok(Shared::new(
            lasting.root,
            lasting.occurred_on(),
            what,
            texts,
            redacted,
        ))
    }

    /// Whether an entry is shared with a reader in a view already, if only by the text for others that is
    /// still to be written.
    fn is_shared(&self, entry: EntryId, reader: &Reader, view: View) -> bool {
        self.find(entry).is_ok_and(|(lasting, in_force)| {
            let seen = allowed(lasting.fact(), in_force, &in_force.sharing, reader, view);
            matches!(seen, Ok(_) | Err(LeftOut::NoTextForOthers))
        })
    }
}

/// Texts, each with the name of its field.
type Texts<'f> = Vec<(&'static str, &'f str)>;

/// What of an entry is seen, before names are replaced in it: its texts, and whether they are the text for
/// others.
fn allowed<'f>(
    fact: &'f Fact,
    in_force: &InForce<'f>,
    sharing: &Sharing,
    reader: &Reader,
    view: View,
) -> Result<(Texts<'f>, bool), LeftOut> {
    let action = view
        .action()
        .filter(|_| view.holds(fact))
        .ok_or(LeftOut::NoPlace)?;
    match decide(&reader.actor(), action, &sharing.audience, sharing.purpose) {
        Decision::Own | Decision::Shown => {}
        Decision::GivenForDevelopment => return Err(LeftOut::GivenForDevelopment),
        Decision::NotShown | Decision::NotOwner => return Err(LeftOut::NotShown),
    }
    if let Some((told, by)) = &in_force.told {
        if action == Action::ReadForDecision && told.purpose == Purpose::Development {
            return Err(LeftOut::GivenForDevelopment);
        }
        // Who gave it knows it.
        let own = matches!(reader, Reader::Party(name) if name == by);
        if !own && !decide(&reader.actor(), action, &told.audience, told.purpose).allowed() {
            return Err(LeftOut::NotTold);
        }
    }
    match (in_force.for_others, fact) {
        (Some((_, "")), _) => Err(LeftOut::NoTextForOthers),
        (Some((_, text)), _) => Ok((vec![("redacted", text)], true)),
        (None, Fact::Evidence(evidence)) if !evidence.redacted.trim().is_empty() => {
            Ok((vec![("redacted", evidence.redacted.trim())], true))
        }
        (None, Fact::Evidence(evidence)) if evidence.confidential => Err(LeftOut::NoTextForOthers),
        (None, fact) => Ok((texts_of(fact), false)),
    }
}

/// The texts of a fact that can be shown to others, the line that stands for it first.
fn texts_of(fact: &Fact) -> Texts<'_> {
    let texts = match fact {
        Fact::Evidence(evidence) => texts_of_evidence(evidence),
        Fact::Confirmation(c) => vec![("words", &*c.words), ("by", &*c.by)],
        Fact::Rating(r) => vec![("reason", &*r.reason), ("by", &*r.rater)],
        Fact::FeedbackGiven(given) => texts_of_feedback(given),
        Fact::Dispute(d) => vec![("reason", &*d.reason), ("by", &*d.by)],
        Fact::DisputeSettled(d) => vec![("outcome", &*d.outcome), ("by", &*d.by)],
        _ => Vec::new(),
    };
    texts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
}

fn texts_of_feedback(given: &FeedbackGiven) -> Texts<'_> {
    let mut texts = match &given.said {
        FeedbackSaid::Observed(o) => vec![
            ("saw", &*o.saw),
            ("when", &*o.when),
            ("strengths", &*o.strengths),
            ("change", &*o.change),
        ],
        FeedbackSaid::Recognised(r) => vec![
            ("what", &*r.what),
            ("how hard", &*r.how_hard),
            ("otherwise", &*r.otherwise),
        ],
    };
    texts.push(("by", &*given.by));
    texts
}

fn texts_of_evidence(evidence: &Evidence) -> Texts<'_> {
    let mut texts = vec![("title", &*evidence.title), ("story", &*evidence.story)];
    texts.extend(evidence.what.texts());
    texts.extend(evidence.artefacts.iter().map(|artefact| match artefact {
        Artefact::Attachment { name, .. } => ("file", &**name),
        Artefact::Link { url, .. } => ("link", &**url),
    }));
    texts
}
