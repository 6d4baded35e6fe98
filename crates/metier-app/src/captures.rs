//! Drafts: what was pasted, imported or sent from a phone, waiting for a yes. Nothing of it is in the
//! journal until the person confirms it.
//!
//! A draft has from the beginning the id that its entry will have, so that confirming it twice, even
//! from two places at once, records it once; and it is known by the digest of the words it was read
//! from, so that pasting the same again brings nothing twice.

mod found;
mod kept;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use metier_core::canonical::Digest;
use metier_core::evidence::{Artefact, Evidence};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact};
use metier_core::person::Position;
pub use metier_exchange::capture::{
    Column, Dated, Exactness, Form, Mapping, PASTE_MAX, Proposal, Proposed, Reading, TableHead, form_of,
};
use metier_exchange::capture::{head_of_table, read, read_table};
use metier_store::{Aside, AsideChange};
use serde::Serialize;

use self::found::no_draft;
pub use self::found::{find_draft, open_question, suggested, without_questions};
use self::kept::{Kept, State, aside_of, captured_of, json};
use crate::error::{AppError, Kind};
use crate::evidence::{LogEvidence, ToClaim};
use crate::home::{Metier, Whole};
use crate::life::Life;
use crate::record::Writing;

/// The most drafts that wait at once.
pub const WAITING_MAX: usize = 5_000;

/// What drafts are kept as.
const KIND: &str = "draft";

/// A draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Captured {
    /// The id its entry will have.
    pub id: EntryId,
    /// Since when it waits.
    pub since: Timestamp,
    /// Where it came from: "pasted", the name of a file, a phone.
    pub source: String,
    /// What it would be.
    pub proposal: Proposal,
    /// True when it was dismissed, and can be brought back.
    pub dismissed: bool,
    #[serde(skip)]
    digest: Digest,
}

/// What became of a paste.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    /// The form it was taken for.
    pub form: Form,
    /// The drafts that are new.
    pub new: Vec<Captured>,
    /// Those that were waiting already.
    pub waiting: Vec<Captured>,
    /// How many were recorded before.
    pub recorded: usize,
    /// How many were dismissed before.
    pub dismissed: usize,
    /// How many found no room, because too many are waiting.
    pub no_room: usize,
    /// What was passed over, a sentence each.
    pub left_out: Vec<String>,
}

/// A yes to a draft.
#[derive(Debug, Clone)]
pub struct Yes {
    /// To which.
    pub draft: EntryId,
    /// The day it happened, where the draft's own is not meant.
    pub on: Option<Date>,
    /// What it shows.
    pub claims: Vec<ToClaim>,
    /// What to record in place of what the draft says.
    pub instead: Option<Instead>,
}

/// What is recorded in place of what a draft says.
#[derive(Debug, Clone)]
pub enum Instead {
    /// Evidence, with claims and files of its own.
    Evidence(Box<LogEvidence>),
    /// A position.
    Position(Box<Position>),
}

impl Yes {
    /// A yes to a draft as it is.
    pub fn to(draft: EntryId) -> Self {
        Self {
            draft,
            on: None,
            claims: Vec::new(),
            instead: None,
        }
    }
}

/// What confirming did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// What was recorded now.
    pub now: Vec<EntryId>,
    /// What had been recorded before.
    pub before: Vec<EntryId>,
}

impl Metier {
    /// Reads what was pasted or a file, of the form given or found out. Nothing is kept yet.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn read_capture(name: &str, bytes: &[u8], form: Option<Form>) -> Result<Reading, AppError> {
        read(bytes, form).map_err(|problems| AppError::document(name, &problems).hint("Nothing was kept."))
    }

    /// Reads the head of a table: its columns, and which of them probably tells what.
    ///
    /// # Errors
    /// When it is no table that can be read.
    pub fn head_of_table(name: &str, bytes: &[u8]) -> Result<TableHead, AppError> {
        head_of_table(bytes).map_err(|problems| AppError::document(name, &problems).hint("Nothing was kept."))
    }

    /// Reads a table by its columns. Nothing is kept yet.
    ///
    /// # Errors
    /// Every broken row with its line, or that no column says what was done.
    pub fn read_table(name: &str, bytes: &[u8], mapping: &Mapping) -> Result<Reading, AppError> {
        read_table(bytes, mapping)
            .map_err(|problems| AppError::document(name, &problems).hint("Nothing was kept."))
    }

    /// Keeps what was read as drafts that wait for a yes. What was pasted before is recognised.
    ///
    /// # Errors
    /// When the store cannot be written; nothing is then kept.
    pub async fn capture(&self, source: &str, reading: Reading) -> Result<Taken, AppError> {
        self.capture_once(source, reading, "").await
    }

    /// The same, where `time` tells this time from another at which the same was said of the same day.
    pub(crate) async fn capture_once(
        &self,
        source: &str,
        reading: Reading,
        time: &str,
    ) -> Result<Taken, AppError> {
        let mut known: HashMap<Digest, (State, Option<Captured>)> = self
            .kept()
            .await?
            .into_iter()
            .map(|(aside, kept)| (aside.digest, (kept.state, captured_of(&aside, kept))))
            .collect();
        let waiting = known.values().filter(|(s, _)| *s == State::Waiting).count();
        let mut taken = Taken {
            form: reading.form,
            new: Vec::new(),
            waiting: Vec::new(),
            recorded: 0,
            dismissed: 0,
            no_room: 0,
            left_out: reading.left_out,
        };
        let now = self.surroundings.now();
        let today = self.surroundings.today();
        let mut times: HashMap<Digest, u32> = HashMap::new();
        let mut asides = Vec::new();
        for (n, mut proposal) in (0_i64..).zip(reading.proposals) {
            let digest = self.digest_of(&proposal, time, &mut times);
            match known.remove(&digest) {
                Some((State::Waiting, draft)) => taken.waiting.extend(draft),
                Some((State::Recorded, _)) => taken.recorded += 1,
                Some((State::Dismissed, _)) => taken.dismissed += 1,
                None if waiting + taken.new.len() >= WAITING_MAX => taken.no_room += 1,
                None => {
                    not_in_the_future(&mut proposal, today);
                    let captured = Captured {
                        id: self.surroundings.entry_id(),
                        since: now.checked_add(SignedDuration::from_micros(n)).unwrap_or(now),
                        source: source.to_owned(),
                        proposal,
                        dismissed: false,
                        digest,
                    };
                    asides.push(aside_of(&captured)?);
                    taken.new.push(captured);
                }
            }
        }
        self.store.keep_asides(self.journal.id, &asides).await?;
        Ok(taken)
    }

    /// The drafts that wait for a yes, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn captured(&self) -> Result<Vec<Captured>, AppError> {
        self.drafts(State::Waiting).await
    }

    /// The drafts that were dismissed and not forgotten, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn dismissed(&self) -> Result<Vec<Captured>, AppError> {
        self.drafts(State::Dismissed).await
    }

    async fn drafts(&self, wanted: State) -> Result<Vec<Captured>, AppError> {
        let entries = self.whole().await?.entries;
        let recorded = ids_of(&entries);
        let kept = self.kept().await?.into_iter();
        let drafts = kept.filter(|(_, kept)| kept.state == wanted);
        Ok(drafts
            .filter_map(|(aside, kept)| captured_of(&aside, kept))
            .filter(|draft| !recorded.contains(&draft.id))
            .collect())
    }

    async fn kept(&self) -> Result<Vec<(Aside, Kept)>, AppError> {
        let mut all = Vec::new();
        for aside in self.store.asides(self.journal.id, KIND).await? {
            let kept: Kept = serde_json::from_str(&aside.body).map_err(|e| {
                AppError::new(
                    Kind::Damaged,
                    format!("a draft of {} cannot be read: {e}", aside.kept_at),
                )
                .hint("A newer program may have written it; open the folder with that one.")
            })?;
            all.push((aside, kept));
        }
        Ok(all)
    }

    /// Records drafts that were said yes to: all of them or none. One that was recorded before is not
    /// recorded again.
    ///
    /// # Errors
    /// When there is no such draft, or what it would record is not well formed.
    pub async fn confirm_drafts(&self, yes: Vec<Yes>) -> Result<Recorded, AppError> {
        let wanted: Vec<EntryId> = yes.iter().map(|y| y.draft).collect();
        // The drafts first: one that was settled since is then in the journal, and is found there.
        let drafts: HashMap<EntryId, (Aside, Kept)> = self
            .kept()
            .await?
            .into_iter()
            .map(|(aside, kept)| (EntryId(aside.id), (aside, kept)))
            .collect();
        let Whole { entries, life, .. } = self.whole().await?;
        let recorded = ids_of(&entries);
        let mut confirmed = Recorded {
            now: Vec::new(),
            before: Vec::new(),
        };
        let (mut writings, mut attachments) = (Vec::new(), Vec::new());
        for one in yes {
            if recorded.contains(&one.draft) {
                confirmed.before.push(one.draft);
                continue;
            }
            if confirmed.now.contains(&one.draft) {
                continue;
            }
            let draft = drafts
                .get(&one.draft)
                .and_then(|(_, kept)| kept.proposal.as_ref());
            let proposal = draft.ok_or_else(|| no_draft(&one.draft.to_string()))?;
            confirmed.now.push(one.draft);
            let (w, a) = self.writings_of(&life, proposal, one)?;
            writings.extend(w);
            attachments.extend(a);
        }
        let done = self
            .record_with(writings, attachments, Vec::new(), Vec::new())
            .await;
        if let Err(error) = done {
            // Somebody else may have said the same yes a moment ago.
            let there = ids_of(&self.whole().await?.entries);
            if !wanted.iter().all(|id| there.contains(id)) {
                return Err(error);
            }
            confirmed.before.append(&mut confirmed.now);
        }
        let settled = wanted.iter().filter_map(|id| drafts.get(id));
        self.note(settled.map(|(aside, _)| (aside, State::Recorded, None)))
            .await?;
        Ok(confirmed)
    }

    fn writings_of(
        &self,
        life: &Life,
        proposal: &Proposal,
        yes: Yes,
    ) -> Result<(Vec<Writing>, Vec<metier_store::Attachment>), AppError> {
        let today = self.surroundings.today();
        let own = proposal.day.as_ref().map(|d| d.date);
        let on = yes.on.or(own).unwrap_or(today);
        let instead = match (yes.instead, &proposal.what) {
            (Some(instead), _) => instead,
            (None, Proposed::Position { .. }) => Instead::Position(Box::new(position_of(life, proposal)?)),
            (None, Proposed::Evidence(_)) => Instead::Evidence(Box::new(LogEvidence {
                on,
                evidence: evidence_of(proposal),
                claims: yes.claims,
                files: Vec::new(),
            })),
        };
        match instead {
            Instead::Evidence(log) => self.evidence_writings(life, *log, Some(yes.draft)),
            Instead::Position(position) => {
                let mut writing = self.writing(Fact::Position(*position));
                writing.id = yes.draft;
                Ok((vec![writing], Vec::new()))
            }
        }
    }

    /// Dismisses drafts. They can be brought back until they are forgotten.
    ///
    /// # Errors
    /// When there is no such draft.
    pub async fn dismiss_drafts(&self, ids: &[EntryId]) -> Result<(), AppError> {
        self.turn(ids, State::Dismissed).await
    }

    /// Brings dismissed drafts back.
    ///
    /// # Errors
    /// When there is no such draft.
    pub async fn bring_back_drafts(&self, ids: &[EntryId]) -> Result<(), AppError> {
        self.turn(ids, State::Waiting).await
    }

    async fn turn(&self, ids: &[EntryId], to: State) -> Result<(), AppError> {
        let drafts = self.kept().await?;
        let mut turned = Vec::new();
        for id in ids {
            let found = drafts
                .iter()
                .find(|(aside, kept)| aside.id == id.0 && kept.proposal.is_some());
            let (aside, kept) = found.ok_or_else(|| no_draft(&id.to_string()))?;
            turned.push((aside, to, Some(kept)));
        }
        self.note(turned.into_iter()).await
    }

    /// Forgets what was dismissed, for good. Returns how many there were.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn forget_dismissed(&self) -> Result<usize, AppError> {
        let kept = self.kept().await?.into_iter();
        let gone: Vec<AsideChange> = kept
            .filter(|(_, kept)| kept.state == State::Dismissed)
            .map(|(aside, _)| AsideChange {
                kind: aside.kind,
                digest: aside.digest,
                body: None,
            })
            .collect();
        self.store.change_asides(self.journal.id, &gone).await?;
        Ok(gone.len())
    }

    async fn note<'k>(
        &self,
        settled: impl Iterator<Item = (&'k Aside, State, Option<&'k Kept>)>,
    ) -> Result<(), AppError> {
        let mut changes = Vec::new();
        for (aside, state, kept) in settled {
            let kept = Kept {
                state,
                source: kept.map(|k| k.source.clone()).unwrap_or_default(),
                proposal: kept.and_then(|k| k.proposal.clone()),
            };
            changes.push(AsideChange {
                kind: aside.kind.clone(),
                digest: aside.digest,
                body: Some(json(&kept)?),
            });
        }
        if changes.is_empty() {
            return Ok(());
        }
        Ok(self.store.change_asides(self.journal.id, &changes).await?)
    }

    /// What makes a proposal the same as one pasted before: the words it was read from and the day
    /// understood with them. The same line twice in one paste is two things.
    fn digest_of(&self, proposal: &Proposal, time: &str, times: &mut HashMap<Digest, u32>) -> Digest {
        let words: Vec<&str> = proposal.from.split_whitespace().collect();
        let day = proposal
            .day
            .as_ref()
            .map_or(String::new(), |d| d.date.to_string());
        let mut said = format!("{}\n{day}\n{}", self.journal.id.0, words.join(" "));
        if !time.is_empty() {
            said = format!("{said}\n\n{time}");
        }
        let first = Digest::of(said.as_bytes());
        let nth = times.entry(first).or_insert(0);
        *nth += 1;
        match *nth {
            1 => first,
            n => Digest::of(format!("{said}\n{n}").as_bytes()),
        }
    }
}

/// What a draft would be recorded as, when it is evidence.
pub fn evidence_of(proposal: &Proposal) -> Evidence {
    let what = match &proposal.what {
        Proposed::Evidence(what) => what.clone(),
        Proposed::Position { .. } => crate::happening_of(metier_core::framework::EvidenceKind::Ownership),
    };
    Evidence {
        story: proposal.note.clone(),
        confidential: !proposal.confidential.is_empty(),
        artefacts: proposal
            .links
            .iter()
            .map(|url| Artefact::Link {
                url: url.clone(),
                checked_on: None,
            })
            .collect(),
        ..crate::evidence(&proposal.title, what)
    }
}

fn position_of(life: &Life, proposal: &Proposal) -> Result<Position, AppError> {
    let Proposed::Position {
        organisation,
        from,
        until,
    } = &proposal.what
    else {
        return Err(AppError::input("this draft is no position"));
    };
    Ok(Position {
        title: proposal.title.clone(),
        organisation: organisation.clone(),
        industry: String::new(),
        family: life.needed()?.framework.family.clone(),
        practices: Vec::new(),
        from: *from,
        until: *until,
    })
}

/// Every id the journal knows: of entries that can be read, and of those erased.
fn ids_of(entries: &[Entry]) -> HashSet<EntryId> {
    let erased = entries.iter().filter_map(|e| match &e.payload.fact {
        Fact::Erasure(erasure) => Some(erasure.entry),
        _ => None,
    });
    entries.iter().map(|e| e.link.id).chain(erased).collect()
}

/// A day that has not come is not kept.
fn not_in_the_future(proposal: &mut Proposal, today: Date) {
    if proposal.day.as_ref().is_some_and(|d| d.date > today) {
        if proposal.doubt.is_empty()
            && let Some(day) = &proposal.day
        {
            proposal.doubt = format!("“{}” has not come yet: choose the day.", day.said);
        }
        proposal.day = None;
    }
}

#[cfg(test)]
mod tests;
