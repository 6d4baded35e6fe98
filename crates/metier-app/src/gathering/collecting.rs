//! The collector's side: taking a round on, asking the peers, keeping what they answer, releasing it once.

use metier_core::gathering::{
    AskLetter, GatheringFact, Peer, PeerAnswered, PeerInvited, Refusal, Release, Round, RoundClosed, rounds,
};
use metier_core::id::EntryId;
use metier_core::invitation::LinkPurpose;
use metier_core::rating::Role;
use serde::Serialize;

use super::refused;
use crate::case::stands_as;
use crate::error::{AppError, Kind};
use crate::home::Metier;
use crate::invitations::NewLink;

/// A round that was taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gathers {
    /// Its entry.
    pub round: EntryId,
    /// False when it had been taken on before.
    pub new: bool,
}

/// A peer who was asked, with the link to send.
#[derive(Debug, Clone)]
pub struct AskedPeer {
    /// Whom.
    pub peer: Peer,
    /// Their link.
    pub link: NewLink,
}

/// What closing a round came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closing {
    /// What was released; absent: too few had answered.
    pub release: Option<Release>,
    /// How many had answered.
    pub answered: usize,
    /// How many it takes.
    pub threshold: u32,
    /// False when it had been closed before: what was released then is released again, unchanged.
    pub new: bool,
}

/// How a round stands that may be closed: what would be released, and of how many answers.
pub fn round_stands_as(round: &Round) -> String {
    stands_as(&(round.answered(), round.would_tell().ok()))
}

impl Metier {
    /// The rounds that are gathered here, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn rounds(&self) -> Result<Vec<Round>, AppError> {
        Ok(rounds(&self.whole().await?.entries))
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is none by this id.
    pub async fn round(&self, id: EntryId) -> Result<Round, AppError> {
        let found = self.rounds().await?.into_iter().find(|r| r.id == id);
        found.ok_or_else(|| crate::record::no_entry(id))
    }

    /// The round a peer was asked for, and the peer.
    ///
    /// # Errors
    /// When nobody was asked by this entry.
    pub async fn peer(&self, id: EntryId) -> Result<(Round, Peer), AppError> {
        for round in self.rounds().await? {
            if let Some(peer) = round.peers.iter().find(|p| p.id == id) {
                let peer = peer.clone();
                return Ok((round, peer));
            }
        }
        Err(crate::record::no_entry(id))
    }

    /// Takes a round on. `called` is the name the question uses for this home's owner, where it differs.
    ///
    /// # Errors
    /// When it is one's own question, somebody else is asked to gather it, its last day has passed, or another
    /// round about the same is open or was released not long ago; nothing is then recorded.
    pub async fn gather(&self, letter: &AskLetter, called: Option<&str>) -> Result<Gathers, AppError> {
        let by = called.map_or(self.name(), str::trim);
        let today = self.surroundings.today();
        let there = self.rounds().await?;
        if let Some(before) = there.iter().find(|r| r.letter.ask == letter.ask) {
            if before.letter.asked != letter.asked {
                return Err(AppError::input(
                    "you took on another question under this number: one of the two files was changed",
                )
                .hint("Nothing was recorded."));
            }
            return Ok(Gathers {
                round: before.id,
                new: false,
            });
        }
        letter
            .may_gather(by, self.journal.id, today)
            .map_err(|refusal| match refusal {
                Refusal::Somebody { ref expected, .. } => refused(&refusal).hint(format!(
                    "If that is you, say so; in a terminal: --as \"{expected}\""
                )),
                refusal => refused(&refusal),
            })?;
        for round in &there {
            round
                .apart_from(letter, today)
                .map_err(|refusal| refused(&refusal))?;
        }
        let writing = self.writing(GatheringFact::Collecting(letter.clone()).fact());
        let round = self.record(vec![writing]).await?[0];
        Ok(Gathers { round, new: true })
    }

    /// Asks peers: each gets a link that answers once, until the last day.
    ///
    /// # Errors
    /// When the round is closed or over, somebody cannot be among the peers, or all together are too few; nothing is
    /// then recorded.
    pub async fn ask_for_round(
        &self,
        round: EntryId,
        named: &[(String, Role)],
    ) -> Result<Vec<AskedPeer>, AppError> {
        let seen = self.round(round).await?;
        seen.may_ask(named, self.surroundings.today())
            .map_err(|refusal| refused(&refusal))?;
        let facts = named.iter().map(|(name, role)| {
            let invited = PeerInvited {
                round,
                name: name.trim().to_owned(),
                role: *role,
            };
            self.writing(GatheringFact::Invited(invited).fact())
        });
        let ids = self.record(facts.collect()).await?;
        let mut asked = Vec::new();
        for (id, (name, role)) in ids.into_iter().zip(named) {
            let name = name.trim().to_owned();
            let link = self
                .invite(LinkPurpose::Unnamed, id, &name, seen.letter.asked.until)
                .await?;
            let peer = Peer {
                id,
                name,
                role: *role,
                answer: None,
            };
            asked.push(AskedPeer { peer, link });
        }
        Ok(asked)
    }

    /// Makes a new link for a peer; those made before open no longer.
    ///
    /// # Errors
    /// When they have answered, or the round is closed or over.
    pub async fn renew_peer_link(&self, peer: EntryId) -> Result<NewLink, AppError> {
        let (round, seen) = self.peer(peer).await?;
        if seen.answer.is_some() {
            return Err(AppError::input(format!("{} has answered", seen.name)));
        }
        round
            .open(self.surroundings.today())
            .map_err(|refusal| refused(&refusal))?;
        self.revoke_links(peer).await?;
        let until = round.letter.asked.until;
        self.invite(LinkPurpose::Unnamed, peer, &seen.name, until).await
    }

    /// Keeps an answer under an id of its own. One that was kept before is not kept again: then this says false.
    ///
    /// # Errors
    /// When the round is closed or over, they have answered in another way, or it answers something else than was
    /// asked; nothing is then recorded.
    pub async fn keep_unnamed(&self, id: EntryId, answer: PeerAnswered) -> Result<bool, AppError> {
        let entries = self.whole().await?.entries;
        if entries.iter().any(|e| e.link.id == id) {
            return Ok(false);
        }
        let (round, peer) = self.peer(answer.invited).await?;
        if peer.answer.is_some() {
            return Err(AppError::input(format!("{} has answered already", peer.name))
                .hint("Each person answers once. Nothing was recorded."));
        }
        round
            .open(self.surroundings.today())
            .map_err(|refusal| refused(&refusal))?;
        let about = round.letter.asked.about.iter().map(|of| &of.competency);
        if !about.eq(answer.says.iter().map(|of| &of.competency)) {
            return Err(
                AppError::input("it answers something else than was asked").hint("Nothing was recorded.")
            );
        }
        let mut writing = self.writing(GatheringFact::Answered(answer).fact());
        writing.id = id;
        self.record(vec![writing]).await?;
        Ok(true)
    }

    /// Closes a round: its links open no longer, and what may be released is released, once and for all. `seen` is
    /// how it stood ([`round_stands_as`]) when whoever closes it saw what would be released.
    ///
    /// # Errors
    /// When there is no such round, somebody has answered since it was seen, or this journal has no key to sign
    /// with; nothing is then recorded.
    pub async fn close_round(&self, id: EntryId, seen: &str) -> Result<Closing, AppError> {
        let round = self.round(id).await?;
        let new = round.closed.is_none();
        if new {
            if round_stands_as(&round) != seen {
                return Err(AppError::input(
                    "the round was not closed: somebody has answered since you saw what would be released",
                )
                .hint("See what would be released now, then close it. Nothing was recorded."));
            }
            let mut release = round.release(self.surroundings.today())?;
            if let Some(release) = &mut release {
                let signature = self.signed(release.said()?).ok_or_else(|| {
                    AppError::new(
                        Kind::NotReady,
                        "this journal has no key, so nothing can be released from it",
                    )
                    .hint("Gather in a home that was started here. Nothing was recorded.")
                })?;
                release.signature = Some(signature);
            }
            let closed = GatheringFact::Closed(RoundClosed { round: id, release });
            self.record(vec![self.writing(closed.fact())]).await?;
            for peer in round.peers.iter().filter(|p| p.answer.is_none()) {
                self.revoke_links(peer.id).await?;
            }
        }
        // What was released first stands, also where two closed it at one moment.
        let round = self.round(id).await?;
        Ok(Closing {
            answered: round.answered(),
            threshold: round.letter.asked.threshold,
            release: round.closed.and_then(|(_, release)| release),
            new,
        })
    }
}
