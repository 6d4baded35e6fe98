//! Phones that may add: paired once, with a key of their own, and nothing to see.
//!
//! What a phone adds is a draft like any other: it waits for a yes on the person's own machine. Of a key
//! only its digest is kept, beside the journal; dropping it is what unpairing means.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use metier_core::canonical::Digest;
use metier_core::evidence::Happening;
use metier_exchange::capture::TITLE_MAX;
use metier_store::{Aside, AsideChange};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::captures::{Dated, Exactness, Form, Proposal, Proposed, Reading};
use crate::error::{AppError, Kind};
use crate::home::Metier;

/// For how many days a phone is paired.
pub const PAIRED_DAYS: i64 = 90;

/// The most phones that are paired at once.
pub const PHONES_MAX: usize = 10;

/// The most characters of a note from a phone.
pub const NOTE_MAX: usize = 20_000;

/// The most characters of a phone's name.
const NAME_MAX: usize = 40;

/// The most tries of one practice entry.
const ATTEMPTS_MAX: u32 = 10_000;

/// What phones are kept as.
const KIND: &str = "phone";

/// A phone that may add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phone {
    /// By which it goes.
    pub id: Uuid,
    /// What it was called when it was paired.
    pub name: String,
    /// Since when it may add.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// When it last added something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
    #[serde(skip)]
    digest: Digest,
}

/// How a phone is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    until: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<Timestamp>,
}

/// How many keys one request may bring.
const KEYS_MAX: usize = 4;
/// The digits of a key.
const KEY_DIGITS: usize = 64;

/// What a phone adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromPhone {
    /// What was done: its first line, and more.
    Note(String),
    /// Something practised.
    Practice {
        /// What.
        what: String,
        /// How often it was tried.
        attempts: u32,
        /// How often it came off unaided.
        clean: u32,
        /// What tells this time from another of the same kind on the same day.
        time: String,
    },
}

impl Metier {
    /// Pairs a phone. Returns the key it is known by from now on, which is told only this once.
    ///
    /// # Errors
    /// When too many are paired, or it cannot be kept.
    pub async fn pair_phone(&self, name: &str) -> Result<(Phone, String), AppError> {
        let there = self.phones().await?;
        if there.len() >= PHONES_MAX {
            return Err(
                AppError::new(Kind::NotReady, format!("{PHONES_MAX} phones are paired already"))
                    .hint("Unpair one of them first."),
            );
        }
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
        let key: String = self
            .surroundings
            .bytes::<32>()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let since = self.surroundings.now();
        let phone = Phone {
            id: self.surroundings.id(),
            name: if name.is_empty() { "Phone".into() } else { name },
            since,
            until: since
                .checked_add(SignedDuration::from_hours(24 * PAIRED_DAYS))
                .unwrap_or(since),
            last: None,
            digest: Digest::of(key.as_bytes()),
        };
        let aside = Aside {
            kind: KIND.into(),
            digest: phone.digest,
            id: phone.id,
            kept_at: since,
            body: body_of(&phone)?,
        };
        self.store.keep_asides(self.journal.id, &[aside]).await?;
        Ok((phone, key))
    }

    /// The phones that may add, the one paired first first. Those whose time is over are dropped.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn phones(&self) -> Result<Vec<Phone>, AppError> {
        let now = self.surroundings.now();
        let (mut phones, mut over) = (Vec::new(), Vec::new());
        for aside in self.store.asides(self.journal.id, KIND).await? {
            // What cannot be read opens nothing.
            let kept = serde_json::from_str::<Kept>(&aside.body).ok();
            match kept.filter(|kept| kept.until > now) {
                Some(kept) => phones.push(Phone {
                    id: aside.id,
                    name: kept.name,
                    since: aside.kept_at,
                    until: kept.until,
                    last: kept.last,
                    digest: aside.digest,
                }),
                None => over.push(dropped(aside.digest)),
            }
        }
        if !over.is_empty() {
            self.store.change_asides(self.journal.id, &over).await?;
        }
        Ok(phones)
    }

    /// The phone that one of these keys belongs to, while it is paired. Only so many are looked at, only what has the
    /// form of a key is, and the store is asked once.
    ///
    /// # Errors
    /// As [`Metier::phones`].
    pub async fn phone_of(&self, keys: impl IntoIterator<Item = &str>) -> Result<Option<Phone>, AppError> {
        let digests: Vec<Digest> = keys
            .into_iter()
            .take(KEYS_MAX)
            .filter(|key| key.len() == KEY_DIGITS && key.bytes().all(|b| b.is_ascii_hexdigit()))
            .map(|key| Digest::of(key.as_bytes()))
            .collect();
        if digests.is_empty() {
            return Ok(None);
        }
        let phones = self.phones().await?;
        Ok(phones.into_iter().find(|p| digests.contains(&p.digest)))
    }

    /// Unpairs a phone: from now on it adds nothing. What it added stays.
    ///
    /// # Errors
    /// When no such phone is paired.
    pub async fn unpair_phone(&self, id: Uuid) -> Result<(), AppError> {
        let phones = self.phones().await?;
        let phone = phones
            .iter()
            .find(|p| p.id == id)
            .ok_or_else(|| AppError::not_found("no such phone is paired"))?;
        let gone = dropped(phone.digest);
        Ok(self.store.change_asides(self.journal.id, &[gone]).await?)
    }

    /// Takes in what a phone adds, as a draft. The same note twice is one; so is the same time twice.
    ///
    /// # Errors
    /// When nothing is said, it is too long, the numbers contradict each other, the day has not come, or
    /// too many drafts wait.
    pub async fn add_from_phone(&self, phone: &Phone, on: Date, what: FromPhone) -> Result<(), AppError> {
        if on > self.surroundings.today() {
            return Err(AppError::input("that day has not come yet"));
        }
        let time = match &what {
            FromPhone::Note(_) => String::new(),
            FromPhone::Practice { time, .. } => time.clone(),
        };
        let mut proposal = proposal_of(what)?;
        proposal.place = format!("phone {}", phone.name);
        if proposal.day.is_none() || on != self.surroundings.today() {
            proposal.day = Some(Dated {
                date: on,
                said: "chosen on the phone".into(),
                exact: Exactness::Day,
            });
        }
        let reading = Reading {
            form: Form::List,
            proposals: vec![proposal],
            left_out: Vec::new(),
        };
        let taken = self.capture_once(&phone.name, reading, &time).await?;
        if taken.no_room > 0 {
            return Err(
                AppError::new(Kind::NotReady, "too many drafts wait on your computer")
                    .hint("Confirm or dismiss some there, then add this again."),
            );
        }
        let used = Phone {
            last: Some(self.surroundings.now()),
            ..phone.clone()
        };
        let change = AsideChange {
            kind: KIND.into(),
            digest: phone.digest,
            body: Some(body_of(&used)?),
        };
        Ok(self.store.change_asides(self.journal.id, &[change]).await?)
    }
}

fn proposal_of(what: FromPhone) -> Result<Proposal, AppError> {
    match what {
        FromPhone::Note(text) => {
            let (first, rest) = within(&text)?;
            // What kind of thing it is, its links and a day in it are read as from a list.
            let reading = Metier::read_capture("the note", first.as_bytes(), Some(Form::List))?;
            let mut proposals = reading.proposals.into_iter();
            let mut proposal = proposals
                .next()
                .ok_or_else(|| AppError::input("nothing in it reads as something you did"))?;
            text.trim().clone_into(&mut proposal.from);
            if !rest.is_empty() {
                if !proposal.note.is_empty() {
                    proposal.note.push('\n');
                }
                proposal.note.push_str(rest);
            }
            Ok(proposal)
        }
        FromPhone::Practice {
            what,
            attempts,
            clean,
            ..
        } => {
            let (first, rest) = within(&what)?;
            if attempts == 0 || attempts > ATTEMPTS_MAX {
                return Err(AppError::input(format!(
                    "how often you tried it is a number from 1 to {ATTEMPTS_MAX}"
                )));
            }
            if clean > attempts {
                return Err(AppError::input(format!(
                    "{clean} came off and only {attempts} were tried"
                )));
            }
            let title: String = first.chars().take(TITLE_MAX).collect();
            let longer = first.chars().count() > TITLE_MAX;
            let note = if longer { what.trim() } else { rest };
            Ok(Proposal {
                from: format!("{}: {clean} of {attempts}", what.trim()),
                place: String::new(),
                title,
                note: note.to_owned(),
                day: None,
                doubt: String::new(),
                confidential: String::new(),
                links: Vec::new(),
                because: "how often it was tried".into(),
                what: Proposed::Evidence(Happening::Attempts {
                    attempts,
                    clean,
                    aided: 0,
                    guide: String::new(),
                    minutes: None,
                }),
            })
        }
    }
}

/// A text of bearable length, its first line apart.
fn within(text: &str) -> Result<(&str, &str), AppError> {
    let text = text.trim();
    if !text.contains(char::is_alphanumeric) {
        return Err(AppError::input("say what you did, in a few words"));
    }
    let length = text.chars().count();
    if length > NOTE_MAX {
        return Err(AppError::input(format!(
            "it has {length} characters; a phone adds at most {NOTE_MAX} at once"
        )));
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    Ok((first.trim(), rest.trim()))
}

fn body_of(phone: &Phone) -> Result<String, AppError> {
    let kept = Kept {
        name: phone.name.clone(),
        until: phone.until,
        last: phone.last,
    };
    serde_json::to_string(&kept).map_err(|e| AppError::input(format!("the phone cannot be kept: {e}")))
}

fn dropped(digest: Digest) -> AsideChange {
    AsideChange {
        kind: KIND.into(),
        digest,
        body: None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::surroundings::fixed;

    async fn ada(home: &std::path::Path) -> Metier {
        Metier::open_or_start(home, fixed(), "Ada").await.unwrap()
    }

    fn practice(clean: u32, time: &str) -> FromPhone {
        FromPhone::Practice {
            what: "Placed a cannula".into(),
            attempts: 5,
            clean,
            time: time.into(),
        }
    }

    #[tokio::test]
    async fn a_paired_phone_adds_drafts_until_it_is_unpaired() {
        let home = tempfile::tempdir().unwrap();
        let metier = ada(home.path()).await;
        let (phone, key) = metier.pair_phone("  Ada's\u{7}  phone ").await.unwrap();
        assert_eq!(phone.name, "Ada's phone");
        assert_eq!(
            metier.phone_of([key.as_str()]).await.unwrap().unwrap().id,
            phone.id
        );
        assert_eq!(metier.phone_of([""]).await.unwrap(), None);
        assert_eq!(
            metier
                .phone_of([phone.digest.to_string().as_str()])
                .await
                .unwrap(),
            None
        );

        let today = metier.surroundings().today();
        let note = FromPhone::Note("Coached Bo through a handover\nHe leads the next one".into());
        for _ in 0..2 {
            metier.add_from_phone(&phone, today, note.clone()).await.unwrap();
            metier
                .add_from_phone(&phone, today, practice(4, "a"))
                .await
                .unwrap();
        }
        metier
            .add_from_phone(&phone, today, practice(4, "b"))
            .await
            .unwrap();
        let drafts = metier.captured().await.unwrap();
        let titles: Vec<&str> = drafts.iter().map(|d| d.proposal.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Coached Bo through a handover",
                "Placed a cannula",
                "Placed a cannula"
            ],
            "the same note is one, and so is the same time; another time is another"
        );
        assert_eq!(drafts[0].proposal.note, "He leads the next one");
        assert_eq!(drafts[0].source, "Ada's phone");
        assert!(
            metier
                .read()
                .await
                .unwrap()
                .0
                .iter()
                .all(|e| e.payload.author == "Ada")
        );
        assert!(metier.phones().await.unwrap()[0].last.is_some());

        metier.unpair_phone(phone.id).await.unwrap();
        assert_eq!(metier.phone_of([key.as_str()]).await.unwrap(), None);
        assert!(metier.unpair_phone(phone.id).await.is_err());
        assert_eq!(metier.captured().await.unwrap().len(), 3, "what it added stays");
    }

    #[tokio::test]
    async fn a_pairing_ends_by_itself() {
        let home = tempfile::tempdir().unwrap();
        let metier = ada(home.path()).await;
        let (_, key) = metier.pair_phone("").await.unwrap();
        metier.close().await;
        let later = crate::Surroundings {
            now: || Timestamp::constant(1_795_305_600 + 91 * 86_400, 0),
            ..fixed()
        };
        let metier = Metier::open(home.path(), later).await.unwrap();
        assert_eq!(metier.phone_of([key.as_str()]).await.unwrap(), None);
        assert_eq!(metier.phones().await.unwrap(), []);
    }

    #[tokio::test]
    async fn what_contradicts_itself_or_has_not_come_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let metier = ada(home.path()).await;
        let (phone, _) = metier.pair_phone("P").await.unwrap();
        let today = metier.surroundings().today();
        let many = |attempts| FromPhone::Practice {
            what: "x1".into(),
            attempts,
            clean: 0,
            time: String::new(),
        };
        for (on, what, says) in [
            (today, FromPhone::Note(" - ".into()), "say what you did"),
            (today, FromPhone::Note("x".repeat(NOTE_MAX + 1)), "at most 20000"),
            (today, practice(6, ""), "6 came off and only 5 were tried"),
            (today, many(0), "from 1 to 10000"),
            (today, many(10_001), "from 1 to 10000"),
            (date(2100, 1, 1), practice(1, ""), "has not come yet"),
        ] {
            let error = metier.add_from_phone(&phone, on, what).await.unwrap_err();
            assert!(error.message.contains(says), "{}", error.message);
        }
        assert_eq!(metier.captured().await.unwrap(), []);
        for _ in 1..PHONES_MAX {
            metier.pair_phone("P").await.unwrap();
        }
        assert!(metier.pair_phone("P").await.is_err());
    }
}
