//! What peers say without their names: who may be asked, what is released, and what nobody can work out from it.
#![allow(clippy::unwrap_used)]

mod letters;
mod releases;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::canonical::Digest;
use metier_core::feedback::{Channel, NextTime};
use metier_core::gathering::{
    AskLetter, AskedOf, GatheringFact, PeerAnswered, PeerInvited, PeerSays, PeersAsked, Release, ReleaseCame,
    RoundClosed,
};
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Draft, Entry, Fact, LIMITS, Place, Salt, Signature, hex};
use metier_core::rating::Role;
use uuid::Uuid;

const THRESHOLD: u32 = 5;

fn id(n: u128) -> EntryId {
    EntryId(Uuid::from_u128(n))
}

fn about(n: usize) -> Vec<AskedOf> {
    (0..n)
        .map(|n| AskedOf {
            competency: format!("skill-{n}").parse().unwrap(),
            name: format!("Skill {n}"),
            looks_like: String::new(),
        })
        .collect()
}

fn asked(skills: usize) -> PeersAsked {
    PeersAsked {
        person: "Ada".into(),
        journal: JournalId(Uuid::from_u128(1)),
        collector: "Bo".into(),
        not_among: vec!["Edith".into()],
        family: "nursing".parse().unwrap(),
        title: "Nursing".into(),
        version: Digest::ZERO,
        version_name: "1".into(),
        about: about(skills),
        threshold: THRESHOLD,
        asked_on: date(2026, 5, 1),
        until: date(2026, 5, 20),
        note: String::new(),
    }
}

fn letter(ask: u128, skills: usize) -> AskLetter {
    signed_ask(
        3,
        AskLetter {
            ask: id(ask),
            asked: asked(skills),
            signature: None,
        },
    )
}

fn signed_ask(by: u8, letter: AskLetter) -> AskLetter {
    let signature = Some(signature(by, letter.asked.text(letter.ask).unwrap()));
    AskLetter { signature, ..letter }
}

fn answer(invited: u128, says: &[NextTime]) -> PeerAnswered {
    PeerAnswered {
        invited: id(invited),
        channel: Channel::Link,
        says: about(says.len())
            .into_iter()
            .zip(says)
            .map(|(of, next_time)| PeerSays {
                competency: of.competency,
                next_time: *next_time,
            })
            .collect(),
        strengths: String::new(),
        change: String::new(),
        words_shown: false,
    }
}

/// A journal of such facts, each on its day; their ids count from 100.
fn journal(facts: Vec<(Date, GatheringFact)>) -> Vec<Entry> {
    journal_of(facts.into_iter().map(|(on, said)| (on, said.fact())).collect())
}

fn journal_of(facts: Vec<(Date, Fact)>) -> Vec<Entry> {
    let mut previous = Digest::ZERO;
    let mut entries = Vec::new();
    for (n, (on, fact)) in (1_u64..).zip(facts) {
        let place = Place {
            id: id(99 + u128::from(n)),
            journal: JournalId(Uuid::from_u128(2)),
            chain: ChainId(Uuid::from_u128(3)),
            sequence: n,
            previous,
            recorded_at: Timestamp::from_second(1_795_305_600 + i64::try_from(n).unwrap()).unwrap(),
            salt: Salt([0; 16]),
        };
        let sealed = Draft::new("Bo", on, fact).record(&place, &LIMITS).unwrap();
        previous = sealed.digest;
        entries.push(sealed.open().unwrap().unwrap());
    }
    entries
}

fn day(day: i8) -> Date {
    date(2026, 5, day)
}

/// A round on the first, with so many peers asked (ids from 101).
fn round_of(peers: usize) -> Vec<(Date, GatheringFact)> {
    let mut facts = vec![(day(1), GatheringFact::Collecting(letter(7, 1)))];
    facts.extend((0..peers).map(|n| {
        let invited = PeerInvited {
            round: id(100),
            name: format!("Peer {n}"),
            role: Role::Peer,
        };
        (day(2), GatheringFact::Invited(invited))
    }));
    facts
}

fn answered(peer: usize, says: NextTime) -> (Date, GatheringFact) {
    (
        day(3),
        GatheringFact::Answered(answer(101 + peer as u128, &[says])),
    )
}

fn closed(on: Date, release: Option<Release>) -> (Date, GatheringFact) {
    let round = id(100);
    (on, GatheringFact::Closed(RoundClosed { round, release }))
}

fn came(on: Date, release: Release) -> (Date, GatheringFact) {
    (on, GatheringFact::Came(ReleaseCame { release }))
}

/// A signature over a digest by a key made of one byte.
fn signature(by: u8, digest: Digest) -> Signature {
    use ed25519_dalek::{Signer, SigningKey};
    let key = SigningKey::from_bytes(&[by; 32]);
    Signature {
        key: hex(key.verifying_key().as_bytes()),
        signature: hex(&key.sign(digest.to_string().as_bytes()).to_bytes()),
    }
}

fn signed(by: u8, release: Release) -> Release {
    let signature = Some(signature(by, release.said().unwrap()));
    Release { signature, ..release }
}
