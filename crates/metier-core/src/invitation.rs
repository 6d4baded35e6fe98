//! Invitations: a link lets somebody without an account do one thing, once, until a day.
//!
//! Whoever holds the link is the one invited, so the link carries 256 random bits and only their digest
//! is kept: reading the store gives nobody a link. An invitation names one entry and one purpose; it
//! opens no other page and reads no other entry.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::canonical::Digest;
use crate::id::EntryId;

/// What the holder of a link may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// To answer a request for feedback.
    Feedback,
    /// To say what an accomplishment was worth.
    Recognition,
    /// To answer an agreement that was proposed.
    Agreement,
    /// To comment on answers of the guided series.
    Comment,
    /// To name whom one sees as a master.
    Nomination,
    /// To say something of somebody without their learning who said it.
    Unnamed,
}

/// An invitation, as it was made. What became of it is kept beside it, so that two programs that note
/// something at once lose nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// What its holder may do.
    pub purpose: LinkPurpose,
    /// The entry it is about.
    pub about: EntryId,
    /// The id that the entry of the answer will have: an answer sent twice is recorded once.
    pub answer: EntryId,
    /// Whom it was made for, as the person calls them.
    pub to: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when on it no longer opens.
    pub expires_at: Timestamp,
}

/// How often a link was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// For the first time.
    pub first: Timestamp,
    /// For the last time.
    pub last: Timestamp,
    /// How often.
    pub times: u32,
}

/// Whether a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// It opens its form.
    Open,
    /// Its form was sent: it shows the receipt and takes nothing more.
    Answered,
    /// Its time is over.
    Expired,
    /// The person took it back.
    Revoked,
}

impl Invitation {
    /// Whether the link opens at an instant: taken back comes first, because the holder of a link that
    /// was taken back learns nothing, not even that it existed.
    pub fn state(&self, answered: bool, revoked: bool, now: Timestamp) -> LinkState {
        match (revoked, answered) {
            (true, _) => LinkState::Revoked,
            (_, true) => LinkState::Answered,
            _ if now >= self.expires_at => LinkState::Expired,
            _ => LinkState::Open,
        }
    }
}

/// The secret of a link. It is shown once, to be sent; only its digest is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl std::fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkToken")
    }
}

/// Characters of a token: letters and digits alone, so that no program that makes links of addresses
/// cuts one short.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Characters that 256 bits take, at five bits a character.
const TOKEN_CHARS: usize = 52;

impl LinkToken {
    /// A token of 256 random bits.
    pub fn of(bits: [u8; 32]) -> Self {
        let bit = |at: usize| bits.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
        let five = |place: usize| (0..5).fold(0, |n, i| n << 1 | usize::from(bit(place * 5 + i)));
        Self(
            (0..TOKEN_CHARS)
                .map(|place| char::from(ALPHABET[five(place)]))
                .collect(),
        )
    }

    /// A token as it stands in an address; `None` when no token looks like that.
    pub fn read(text: &str) -> Option<Self> {
        let whole = text.len() == TOKEN_CHARS && text.bytes().all(|b| ALPHABET.contains(&b));
        whole.then(|| Self(text.to_owned()))
    }

    /// As it stands in an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_305_600 + second).unwrap()
    }

    fn until(expires_at: Timestamp) -> Invitation {
        Invitation {
            purpose: LinkPurpose::Feedback,
            about: EntryId(uuid::Uuid::from_u128(1)),
            answer: EntryId(uuid::Uuid::from_u128(2)),
            to: "Bo".into(),
            made_at: at(0),
            expires_at,
        }
    }

    #[test]
    fn a_link_opens_until_it_is_answered_over_or_taken_back() {
        let invitation = until(at(10));
        assert_eq!(invitation.state(false, false, at(9)), LinkState::Open);
        assert_eq!(invitation.state(false, false, at(10)), LinkState::Expired);
        assert_eq!(invitation.state(true, false, at(20)), LinkState::Answered);
        for answered in [false, true] {
            for second in [0, 20] {
                assert_eq!(invitation.state(answered, true, at(second)), LinkState::Revoked);
            }
        }
    }

    #[test]
    fn a_token_holds_every_bit_it_was_given() {
        let zero = LinkToken::of([0; 32]);
        assert_eq!(zero.as_str(), "a".repeat(52));
        for bit in 0..256 {
            let mut bits = [0; 32];
            bits[bit / 8] = 0x80 >> (bit % 8);
            let token = LinkToken::of(bits);
            assert_ne!(token, zero, "bit {bit}");
            assert_eq!(LinkToken::read(token.as_str()), Some(token));
        }
    }

    #[test]
    fn what_does_not_look_like_a_token_is_none_and_one_is_never_printed() {
        let long = "a".repeat(53);
        let upper = "A".repeat(52);
        for text in ["", "abc", &long, &upper, &"1".repeat(52), &"é".repeat(26)] {
            assert_eq!(LinkToken::read(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", LinkToken::of([7; 32])), "LinkToken");
    }
}
