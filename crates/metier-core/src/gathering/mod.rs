//! What peers say without their names: gathered by somebody both sides trust, and released only as far as enough of
//! them said the same.
//!
//! The person asks ([`PeersAsked`]). A collector with a journal of their own names the peers and keeps the
//! answers, with names. Only a [`Release`] ever leaves that journal: which answers the threshold or more
//! gave, never how many exactly, and words that enough people gave to be shown. It goes into the person's journal once, for their own development: it is
//! no rating and bears on no step.
//!
//! A manager and the person themselves are never among the peers: of each there is one, so a number hides nobody.
//!
//! | file | question |
//! |---|---|
//! | `release` | what can be told of the answers so that nobody can be worked out? |
//! | `letter` | what goes from one to the other, and what is wrong with one that came? |
//! | `state` | who was asked, who answered, what was released? |

mod letter;
mod release;
mod state;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::agreement::same_name;
use crate::canonical::{CanonicalError, Digest, digest_of};
use crate::feedback::{COMPETENCIES_MAX, Channel, NextTime};
use crate::id::{CompetencyId, EntryId, FamilyId, JournalId};
use crate::journal::{Fact, FactError, filled};
use crate::rating::Role;

pub use letter::{AskLetter, GatheringLetter, Refusal, Release};
pub use metier_measure::suppress::LOWEST_THRESHOLD;
pub use release::{Aggregate, OfPeers, TOLD_MAX, TooFew, released};
pub use state::{AskSeen, Came, Peer, Peered, Round, asks, holds_a_release, rounds};

/// The most people one round asks.
pub const PEERS_MAX: usize = 60;

/// The most characters of one text of an answer: a sentence or two, and room.
pub const WORDS_MAX: usize = 2_000;

/// Days between a release and another round about the same competency: two that lie close could be subtracted,
/// and whoever joined between them worked out.
pub const ROUNDS_APART_DAYS: i32 = 90;

/// What is said of gathering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum GatheringFact {
    /// The person asks somebody to gather what peers say.
    Asked(PeersAsked),
    /// The collector took that on.
    Collecting(AskLetter),
    /// The collector asked a peer.
    Invited(PeerInvited),
    /// A peer answered.
    Answered(PeerAnswered),
    /// The collector closed the round.
    Closed(RoundClosed),
    /// What was released came to the person.
    Came(ReleaseCame),
}

/// The person asks somebody both sides trust to gather what peers say. With the id of its entry this is the text
/// that a release answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeersAsked {
    /// Of whom it is asked.
    pub person: String,
    /// Their journal.
    pub journal: JournalId,
    /// Who gathers the answers.
    pub collector: String,
    /// Who must not be among the peers besides the person and the collector: those who lead the person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_among: Vec<String>,
    /// The family of the criteria.
    pub family: FamilyId,
    /// The criteria's title.
    pub title: String,
    /// The exact version whose words are read.
    pub version: Digest,
    /// What people call that version.
    pub version_name: String,
    /// What is asked about, in the words of the criteria.
    pub about: Vec<AskedOf>,
    /// The fewest who must say a thing before it is told.
    pub threshold: u32,
    /// When it was asked.
    pub asked_on: Date,
    /// The last day for an answer.
    pub until: Date,
    /// A few words to whoever answers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A competency that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedOf {
    /// Which.
    pub competency: CompetencyId,
    /// Its name.
    pub name: String,
    /// What it looks like when it is done well.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub looks_like: String,
}

/// Somebody the collector asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerInvited {
    /// The round: the entry by which the collector took it on.
    pub round: EntryId,
    /// Who.
    pub name: String,
    /// Who they are to the person: a peer or a client.
    pub role: Role,
}

/// What a peer answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerAnswered {
    /// Who was asked.
    pub invited: EntryId,
    /// The way it came.
    pub channel: Channel,
    /// Of each competency asked about.
    pub says: Vec<PeerSays>,
    /// What the person does well.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub strengths: String,
    /// One thing to change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub change: String,
    /// Whether the person may read these words, without a name.
    pub words_shown: bool,
}

/// What a peer says of one competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerSays {
    /// Which.
    pub competency: CompetencyId,
    /// Whether they would let the person do it unsupervised next time.
    pub next_time: NextTime,
}

/// The collector closed a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundClosed {
    /// Which.
    pub round: EntryId,
    /// What was released; absent: too few had answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Release>,
}

/// What was released, as the person took it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseCame {
    /// It.
    pub release: Release,
}

impl GatheringFact {
    /// The fact it is recorded as.
    pub fn fact(self) -> Fact {
        Fact::Gathering(Box::new(self))
    }

    pub(crate) fn check(&self) -> Result<(), FactError> {
        match self {
            Self::Asked(asked) => asked.check(),
            Self::Collecting(letter) => letter.asked.check(),
            Self::Invited(invited) => {
                filled("who is asked", &invited.name)?;
                may_be_among(invited.role)
            }
            Self::Answered(answered) => answered.check(),
            Self::Closed(closed) => closed.release.as_ref().map_or(Ok(()), Release::well_formed),
            Self::Came(came) => came.release.well_formed(),
        }
    }
}

/// Refuses roles of which there is one: a number hides nobody there.
fn may_be_among(role: Role) -> Result<(), FactError> {
    let problem = match role {
        Role::Peer | Role::Client => return Ok(()),
        Role::Manager => {
            "a manager is never anonymous: there is one of them, and they decide. Ask them with their name"
        }
        Role::Oneself => "nobody is a peer of themselves; one's own view is a rating of oneself",
        Role::Mentor => "a mentor is never anonymous: there are too few of them. Ask them with their name",
    };
    Err(FactError::new("who is asked", problem))
}

impl PeersAsked {
    /// The digest of what is asked: what a release names.
    ///
    /// # Errors
    /// Never for texts, days and digests; the canonical form's error is passed on.
    pub fn text(&self, id: EntryId) -> Result<Digest, CanonicalError> {
        digest_of(&(id, self))
    }

    /// A competency that both ask about, by its name: the same of one family, or one of the same name in any.
    pub(crate) fn shares(&self, other: &Self) -> Option<String> {
        let same = |mine: &AskedOf, theirs: &AskedOf| {
            (self.family == other.family && mine.competency == theirs.competency)
                || same_name(&mine.name, &theirs.name)
        };
        let both = |mine: &&AskedOf| other.about.iter().any(|theirs| same(mine, theirs));
        self.about.iter().find(both).map(|of| of.name.clone())
    }

    /// Checks that it is well formed.
    ///
    /// # Errors
    /// The first problem found.
    pub fn check(&self) -> Result<(), FactError> {
        filled("who", &self.person)?;
        filled("who gathers", &self.collector)?;
        if same_name(&self.person, &self.collector) {
            return Err(FactError::new(
                "who gathers",
                "name somebody else than yourself: whoever gathers can read each answer with its name",
            ));
        }
        if self.not_among.iter().any(|name| same_name(name, &self.collector)) {
            return Err(FactError::new(
                "who gathers",
                format!(
                    "{} leads you, and would read each answer with its name; name somebody who does not decide about you",
                    self.collector
                ),
            ));
        }
        match self.about.len() {
            0 => {
                return Err(FactError::new(
                    "what you ask about",
                    "choose at least one competency",
                ));
            }
            n if n > COMPETENCIES_MAX => {
                return Err(FactError::new(
                    "what you ask about",
                    format!(
                        "{n} competencies; ask about at most {COMPETENCIES_MAX}, so that it takes five minutes"
                    ),
                ));
            }
            _ => {}
        }
        for (at, of) in self.about.iter().enumerate() {
            filled("what you ask about", &of.name)?;
            if self.about[..at]
                .iter()
                .any(|other| other.competency == of.competency)
            {
                return Err(FactError::new(
                    "what you ask about",
                    format!("{} is named twice", of.name),
                ));
            }
        }
        if u64::from(self.threshold) < LOWEST_THRESHOLD {
            return Err(FactError::new(
                "threshold",
                format!("{}; under {LOWEST_THRESHOLD} nobody is anonymous", self.threshold),
            ));
        }
        if self.until < self.asked_on {
            return Err(FactError::new(
                "until",
                format!("{} is before the day it is asked on", self.until),
            ));
        }
        Ok(())
    }
}

impl PeerAnswered {
    fn check(&self) -> Result<(), FactError> {
        if self.says.is_empty() {
            return Err(FactError::new("what they say", "nothing was answered"));
        }
        for (field, text) in [
            ("what they do well", &self.strengths),
            ("one thing to change", &self.change),
        ] {
            let characters = text.chars().count();
            if characters > WORDS_MAX {
                return Err(FactError::new(
                    field,
                    format!("{characters} characters; at most {WORDS_MAX} are taken"),
                ));
            }
        }
        Ok(())
    }
}
