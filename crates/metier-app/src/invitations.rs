//! Invitations: making a link for one purpose, finding out what a link may do, taking it back.
//!
//! A link is kept beside the journal, as the digest of its token. The invitation itself never changes;
//! that it was taken back, and how often it was opened, is kept beside it, so that a command and a page
//! that note something at the same moment lose nothing. Whether it was answered is read from the
//! journal: its answer has the id that the invitation gives it.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::canonical::Digest;
use metier_core::id::EntryId;
use metier_core::invitation::{Invitation, LinkPurpose, LinkState, LinkToken, Opened};
use metier_core::journal::{Fact, Lasting, view};
use metier_store::{Aside, AsideChange};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::{AppError, Kind};
use crate::home::Metier;

/// The most days a link may be open.
pub const OPEN_DAYS_MAX: i32 = 366;

/// What invitations are kept as.
const MADE: &str = "invitation";
/// That one was taken back.
const REVOKED: &str = "invitation-revoked";
/// How often one was opened.
const OPENED: &str = "invitation-opened";

/// A link that was made. The token is shown now and never again.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The secret to send.
    pub token: LinkToken,
    /// What is kept.
    pub link: KeptLink,
}

/// A link as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptLink {
    /// Of its token; what names it.
    pub digest: Digest,
    /// What it is for.
    pub invitation: Invitation,
    /// How often it was opened.
    pub opened: Option<Opened>,
    /// Whether it opens now.
    pub state: LinkState,
}

impl Metier {
    /// Makes a link that lets its holder do one thing about an entry, until the end of a day.
    ///
    /// # Errors
    /// When there is no such entry, or the day has passed or is further off than [`OPEN_DAYS_MAX`].
    pub async fn invite(
        &self,
        purpose: LinkPurpose,
        about: EntryId,
        to: &str,
        until: Date,
    ) -> Result<NewLink, AppError> {
        let expires_at = self.open_until(until)?;
        let entries = self.whole().await?.entries;
        if !entries.iter().any(|e| e.link.id == about) {
            return Err(crate::record::no_entry(about));
        }
        let now = self.surroundings.now();
        let token = LinkToken::of(self.surroundings.bytes());
        let invitation = Invitation {
            purpose,
            about,
            answer: self.surroundings.entry_id(),
            to: to.trim().to_owned(),
            made_at: now,
            expires_at,
        };
        let aside = aside(MADE, token.digest(), about, now, &invitation)?;
        self.store.keep_asides(self.journal.id, &[aside]).await?;
        let link = KeptLink {
            digest: token.digest(),
            state: invitation.state(false, false, now),
            invitation,
            opened: None,
        };
        Ok(NewLink { token, link })
    }

    /// The first instant after a day that lies ahead, for the person.
    pub(crate) fn open_until(&self, until: Date) -> Result<Timestamp, AppError> {
        let today = self.surroundings.today();
        let days = until.since(today).map_or(i32::MAX, |span| span.get_days());
        if until < today {
            return Err(AppError::input(format!("{until} has passed"))
                .of("until")
                .hint("Choose a day that lies ahead."));
        }
        if days > OPEN_DAYS_MAX {
            return Err(AppError::input(format!("{until} is too far off"))
                .of("until")
                .hint(format!("A link is open for at most {OPEN_DAYS_MAX} days.")));
        }
        until
            .tomorrow()
            .and_then(|day| day.to_zoned(self.surroundings.zone.clone()))
            .map(|morning| morning.timestamp())
            .map_err(|e| AppError::input(format!("{until} is no day to end on: {e}")))
    }

    /// Every link that was made, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn links(&self) -> Result<Vec<KeptLink>, AppError> {
        let made: Vec<(Digest, Invitation)> = self.links_kept(MADE).await?;
        let revoked: HashSet<Digest> = self
            .links_kept::<()>(REVOKED)
            .await?
            .into_iter()
            .map(|(d, ())| d)
            .collect();
        let opened: HashMap<Digest, Opened> = self.links_kept(OPENED).await?.into_iter().collect();
        let entries = self.whole().await?.entries;
        let now = self.surroundings.now();
        let standing: HashSet<EntryId> = view(&entries, Timestamp::MAX)
            .facts
            .iter()
            .map(|f| f.root)
            .collect();
        let answers: HashSet<EntryId> = entries.iter().map(|e| e.link.id).collect();
        let link = |(digest, invitation): (Digest, Invitation)| KeptLink {
            digest,
            opened: opened.get(&digest).copied(),
            state: invitation.state(
                answers.contains(&invitation.answer),
                // What was asked may have been taken back or erased since.
                revoked.contains(&digest) || !standing.contains(&invitation.about),
                now,
            ),
            invitation,
        };
        Ok(made.into_iter().map(link).collect())
    }

    /// What a token in an address may do; `None` when no link has it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn link(&self, token: &str) -> Result<Option<KeptLink>, AppError> {
        let Some(token) = LinkToken::read(token) else {
            return Ok(None);
        };
        // The digests of tokens are compared, so that the time it takes tells nothing of a token.
        let digest = token.digest();
        Ok(self.links().await?.into_iter().find(|l| l.digest == digest))
    }

    /// Notes that a link was opened.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn note_opened(&self, link: &KeptLink) -> Result<(), AppError> {
        let now = self.surroundings.now();
        let opened = link.opened.map_or(
            Opened {
                first: now,
                last: now,
                times: 1,
            },
            |before| Opened {
                last: now,
                times: before.times.saturating_add(1),
                ..before
            },
        );
        let first = aside(OPENED, link.digest, link.invitation.about, now, &opened)?;
        let changed = AsideChange {
            kind: OPENED.into(),
            digest: link.digest,
            body: Some(first.body.clone()),
        };
        self.store.keep_asides(self.journal.id, &[first]).await?;
        Ok(self.store.change_asides(self.journal.id, &[changed]).await?)
    }

    /// Takes back every link about an entry: from now on none of them opens. Returns how many were open.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn revoke_links(&self, about: EntryId) -> Result<usize, AppError> {
        let links = self.links().await?;
        let of_it: Vec<&KeptLink> = links.iter().filter(|l| l.invitation.about == about).collect();
        let now = self.surroundings.now();
        let revoked = of_it
            .iter()
            .map(|l| aside(REVOKED, l.digest, about, now, &()))
            .collect::<Result<Vec<_>, _>>()?;
        self.store.keep_asides(self.journal.id, &revoked).await?;
        Ok(of_it.iter().filter(|l| l.state == LinkState::Open).count())
    }

    /// The fact an invitation is about, when `wanted` knows it; the holder of a link reads no other entry.
    ///
    /// # Errors
    /// When it is not there, or is something else.
    pub async fn invited_about<T>(
        &self,
        invitation: &Invitation,
        wanted: impl Fn(&Fact) -> Option<T>,
    ) -> Result<T, AppError> {
        let entries = self.whole().await?.entries;
        let stands = view(&entries, Timestamp::MAX);
        let found = stands.facts.iter().find(|f| f.root == invitation.about);
        found
            .map(Lasting::fact)
            .and_then(wanted)
            .ok_or_else(|| crate::record::no_entry(invitation.about))
    }

    /// What of a kind is kept. Of a form this program does not know, it is as if it were not there: a
    /// link made by a newer program opens nothing here.
    async fn links_kept<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<(Digest, T)>, AppError> {
        let asides = self.store.asides(self.journal.id, kind).await?;
        Ok(asides
            .into_iter()
            .filter_map(|a| Some((a.digest, serde_json::from_str(&a.body).ok()?)))
            .collect())
    }
}

fn aside(
    kind: &str,
    digest: Digest,
    about: EntryId,
    kept_at: Timestamp,
    body: &impl Serialize,
) -> Result<Aside, AppError> {
    Ok(Aside {
        kind: kind.into(),
        digest,
        // What is kept under the id of an entry goes when the entry is erased.
        id: about.0,
        kept_at,
        body: serde_json::to_string(body)
            .map_err(|e| AppError::new(Kind::Machine, format!("the link cannot be kept: {e}")))?,
    })
}
