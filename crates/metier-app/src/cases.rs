//! The case for a level: the packet for whoever decides, and the review sheet for oneself.

mod offers;

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::agreement::{AgreementState, same_name};
use metier_core::canonical::Digest;
use metier_core::disagreement::disagreements;
use metier_core::disclosure::{Disclosure, Like, Reader, Scan, Shared, View, Which, scan};
use metier_core::id::{EntryId, LevelId};
use metier_core::journal::{Head, view};
use metier_core::packet::{Asked, Packet, case, choosable, packet};
use metier_core::policy::Policy;
use metier_core::standing::Verdict;
use metier_core::target::Target;
use metier_store::{Aside, AsideChange};
use serde::{Deserialize, Serialize};

use crate::error::{AppError, Kind};
use crate::home::Metier;
use crate::person::level_of;
use crate::standing::{AsOf, Sight, question};
use crate::words::{self, Sheet, Voice, Words, answers_wait, day, planned};

pub use offers::{Choice, Offer, Together};

/// What the choice of what is in a packet is kept as.
const KIND: &str = "packet";

/// What a packet is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PacketAsked {
    /// Who reads it, by name; absent: whoever decides.
    pub reader: Option<String>,
    /// Towards which level; absent: the one aimed at.
    pub level: Option<LevelId>,
    /// What changed since this day.
    pub since: Option<Date>,
}

/// A packet with everything needed to show it, to its owner first.
#[derive(Debug, Clone)]
pub struct Cased {
    /// Where the owner stands by the whole of their record.
    pub sight: Sight,
    /// What may be put in, as it stands in the journal.
    pub choosable: HashSet<EntryId>,
    /// What the owner left away.
    pub away: HashSet<EntryId>,
    /// The packet.
    pub packet: Packet,
    /// The head of the journal it was made of.
    pub head: Head,
    /// Whose it is.
    pub name: String,
    /// The agreement whose criteria these are, when one is in force.
    pub agreement: Option<AgreementState>,
}

/// How the choice is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// For nobody in particular.
    away: Vec<EntryId>,
    /// For each reader, by their name as names are compared.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    by_reader: BTreeMap<String, Vec<EntryId>>,
}

/// A reader's name, as it is compared.
fn key_of(reader: &str) -> String {
    reader.trim().to_lowercase()
}

impl Metier {
    /// The packet for somebody: of all that bears on the level, but for what was left away.
    ///
    /// # Errors
    /// When nothing is aimed at, or there is no such level.
    pub async fn packet(&self, asked: &PacketAsked) -> Result<Cased, AppError> {
        let (sight, agreement) = self
            .towards(asked.level.as_ref(), asked.reader.as_deref())
            .await?;
        let away = self.left_away(asked.reader.as_deref()).await?;
        let choosable = choosable(&sight.entries, &sight.standing);
        let chosen: HashSet<EntryId> = choosable.difference(&away).copied().collect();
        let reader = reader_of(asked.reader.as_deref());
        let (policy, nothing) = (Policy::version_1(), HashSet::new());
        let asked = Asked {
            question: question(
                &sight.version,
                sight.target.as_ref(),
                &policy,
                sight.standing.at,
                sight.standing.known_at,
                &nothing,
            ),
            reader: &reader,
            chosen: &chosen,
            since: asked.since.map(|day| self.known_by(day)).transpose()?,
        };
        let packet = packet(&sight.entries, &asked)?.ok_or_else(no_level)?;
        Ok(Cased {
            head: self.head().await?,
            name: self.name().to_owned(),
            agreement,
            packet,
            choosable,
            away,
            sight,
        })
    }

    /// The case for one's own eyes, before a review: by the whole record, with what to ask for.
    ///
    /// # Errors
    /// When nothing is aimed at, or there is no such level.
    pub async fn review_sheet(
        &self,
        level: Option<&LevelId>,
        since: Option<Date>,
    ) -> Result<(Sight, Sheet), AppError> {
        let (sight, agreement) = self.towards(level, None).await?;
        let (policy, nothing) = (Policy::version_1(), HashSet::new());
        let question = question(
            &sight.version,
            sight.target.as_ref(),
            &policy,
            sight.standing.at,
            sight.standing.known_at,
            &nothing,
        );
        let since = since.or_else(|| sight.last_review());
        let since = since.map(|day| self.known_by(day)).transpose()?;
        let made = case(&sight.entries, &question, since)?.ok_or_else(no_level)?;
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut sheet = words.sheet(&made, Voice::You);
        words.contested(&mut sheet, &sight.disagreements(), Voice::You);
        sheet
            .stands_on
            .extend(agreement.iter().map(|a| agreed_on(a, Voice::You)));
        if let Some(next) = sight.life.next_review(self.surroundings().today()) {
            let said = planned(&next.what, Some(self.surroundings().today()));
            sheet.stands_on.insert(0, format!("{said}."));
        }
        let things = sight.standing.target.iter().flat_map(|target| &target.things);
        let significant = things.map(|thing| match thing.shown_by.first() {
            Some(evidence) => format!("Accomplished: {} ({}).", thing.what, words.evidence(evidence)),
            None => format!("Still to accomplish: {}.", thing.what),
        });
        sheet.stands_on.extend(significant);
        let waiting = self.whole().await?.waiting.people();
        if waiting > 0 {
            sheet.stands_on.push(answers_wait(waiting));
        }
        sheet.title = format!(
            "Before the review: {}",
            sight.target.as_ref().map_or("", |target| target.name.as_str())
        );
        for part in &mut sheet.parts {
            let Some(standing) = sight.standing.competency(&part.id) else {
                continue;
            };
            if let Verdict::NotYet { missing } | Verdict::CannotTell { missing, .. } = &standing.verdict {
                part.ask = missing.iter().map(|m| words.missing(&m.what)).collect();
            }
            if standing.apart.as_ref().is_some_and(|apart| apart.steps > 1)
                && let Some(convince) = sight.convince(&part.id)?
                && let Some(settles) = words.would_settle(standing, &convince)
            {
                part.ask
                    .push(format!("What would settle it most: {}.", settles.most));
            }
        }
        Ok((sight, sheet))
    }

    /// What was left away of the packets for a reader, or for nobody in particular: what is chosen for one
    /// says nothing of what another is to see.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn left_away(&self, reader: Option<&str>) -> Result<HashSet<EntryId>, AppError> {
        let mut kept = self.kept_choices().await?;
        let away = match reader {
            None => kept.away,
            Some(reader) => kept.by_reader.remove(&key_of(reader)).unwrap_or_default(),
        };
        Ok(away.into_iter().collect())
    }

    async fn kept_choices(&self) -> Result<Kept, AppError> {
        let asides = self.store.asides(self.journal.id, KIND).await?;
        let kept = asides.first().map(|aside| serde_json::from_str(&aside.body));
        Ok(kept.and_then(Result::ok).unwrap_or_default())
    }

    /// Leaves these away of the packets for a reader, or for nobody in particular, and nothing else.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn leave_away(&self, reader: Option<&str>, away: &HashSet<EntryId>) -> Result<(), AppError> {
        let mut kept = self.kept_choices().await?;
        let mut away: Vec<EntryId> = away.iter().copied().collect();
        away.sort();
        match reader {
            None => kept.away = away,
            Some(reader) => {
                kept.by_reader.insert(key_of(reader), away);
            }
        }
        let body = serde_json::to_string(&kept)
            .map_err(|e| AppError::new(Kind::Machine, format!("the choice cannot be kept: {e}")))?;
        let digest = Digest::of(KIND.as_bytes());
        let aside = Aside {
            kind: KIND.into(),
            digest,
            id: self.journal.id.0,
            kept_at: self.surroundings().now(),
            body: body.clone(),
        };
        self.store.keep_asides(self.journal.id, &[aside]).await?;
        let change = AsideChange {
            kind: KIND.into(),
            digest,
            body: Some(body),
        };
        Ok(self.store.change_asides(self.journal.id, &[change]).await?)
    }

    /// Where the person stands towards a level; without one, towards what was agreed, by exactly the
    /// criteria agreed on, and else towards what is aimed at.
    /// Of several agreements that with the reader counts, and else the latest.
    async fn towards(
        &self,
        level: Option<&LevelId>,
        reader: Option<&str>,
    ) -> Result<(Sight, Option<AgreementState>), AppError> {
        let mut sight = self.sight(AsOf::default()).await?;
        let mut agreement = None;
        if let Some(level) = level {
            level_of(&sight.version.framework, level)?;
            sight.standing = sight.towards(level)?;
            sight.target = Target::level(&sight.version.framework, level);
        } else if let Some(agreed) = agreed_with(reader, sight.agreements_in_force())
            && let Some(version) = sight.life.version(&agreed.terms.version).cloned()
            && version.framework.level(&agreed.terms.level).is_some()
        {
            sight.standing = sight.by(&version, &agreed.terms.level)?;
            sight.target = Target::level(&version.framework, &agreed.terms.level);
            sight.version = version;
            agreement = Some(agreed);
        }
        if sight.standing.target.is_none() {
            return Err(no_level());
        }
        Ok((sight, agreement))
    }

    /// A day and what was known by its end, for "what changed since".
    fn known_by(&self, day: Date) -> Result<(Date, Timestamp), AppError> {
        if day > self.surroundings().today() {
            return Err(AppError::input(format!("{day} lies ahead"))
                .hint("Name a day that has passed, such as that of your last review."));
        }
        Ok((day, self.end_of(day)?))
    }
}

impl Cased {
    /// The packet as a document, by the reader's copy of the journal alone.
    pub fn sheet(&self) -> Sheet {
        let standing = &self.packet.case.standing;
        let words = Words::new(
            &self.sight.version.framework,
            self.packet.journal.entries(),
            standing.at,
        );
        let voice = Voice::Of(&self.name);
        let mut sheet = words.sheet(&self.packet.case, voice);
        let given = view(self.packet.journal.entries(), standing.known_at);
        words.contested(&mut sheet, &disagreements(&given, standing.at), voice);
        // Who agreed is told so; nobody else is.
        let agreed = self.agreement.as_ref().filter(
            |a| matches!(&self.packet.reader, Reader::Party(reader) if same_name(reader, &a.terms.with)),
        );
        sheet.stands_on.extend(agreed.map(|a| agreed_on(a, voice)));
        sheet.title = format!("{} for {}", sheet.title, self.name);
        sheet.basis = format!(
            "{} {} chose what is in it; every state is worked out from what is in it alone. Head of the journal: {}.",
            sheet.basis, self.name, self.head
        );
        // Names kept out may stand in the criteria, too.
        let disclosure = Disclosure::of(&self.sight.entries, self.sight.standing.known_at);
        sheet.map_texts(&|text| disclosure.text(text).to_string());
        sheet
    }

    /// The look before giving it away: what of the choice is seen, and what is not and why.
    pub fn scan(&self) -> Scan<'_> {
        let chosen: HashSet<EntryId> = self.choosable.difference(&self.away).copied().collect();
        scan(
            &self.sight.entries,
            self.sight.standing.known_at,
            Which::IfShared(&chosen),
            &self.packet.reader,
            View::Packet,
        )
    }

    /// What of it is seen, and was recorded by an instant.
    pub fn seen(&self, by: Timestamp) -> Vec<EntryId> {
        let known: HashSet<EntryId> = view(&self.sight.entries, by)
            .facts
            .iter()
            .map(|f| f.root)
            .collect();
        let scan = self.scan();
        scan.seen()
            .map(Shared::entry)
            .filter(|id| known.contains(id))
            .collect()
    }
}

/// What in a look before sharing looks like a name, each once, with where it stands.
pub fn looks_like_names(scan: &Scan<'_>) -> Vec<(EntryId, String, Like)> {
    let mut seen = HashSet::new();
    scan.warnings()
        .filter(|(_, words, like)| seen.insert(((*words).to_owned(), *like)))
        .map(|(entry, words, like)| (entry, words.to_owned(), like))
        .collect()
}

fn reader_of(name: Option<&str>) -> Reader {
    match name.map(str::trim) {
        Some(name) if !name.is_empty() => Reader::Party(name.to_owned()),
        _ => Reader::Anyone,
    }
}

/// The agreement with the reader, or the latest.
fn agreed_with(reader: Option<&str>, mut in_force: Vec<AgreementState>) -> Option<AgreementState> {
    let theirs = reader.and_then(|reader| in_force.iter().rposition(|a| same_name(&a.terms.with, reader)));
    match theirs {
        Some(place) => Some(in_force.swap_remove(place)),
        None => in_force.pop(),
    }
}

/// "Agreed with Edith on 3 May 2026 (by link): Senior by exactly these criteria, by 30 November 2026."
fn agreed_on(agreement: &AgreementState, voice: Voice<'_>) -> String {
    let terms = &agreement.terms;
    let (on, how) = match &agreement.confirmed {
        None => (terms.proposed_on, String::new()),
        Some(answered) => {
            let (answer, arrival) = (&answered.what.answer, answered.what.arrival);
            let how = words::answer_arrival(answer, arrival);
            let how = match voice {
                Voice::You => how.to_owned(),
                Voice::Of(name) => how
                    .replace("by you", &format!("by {name}"))
                    .replace("you brought", &format!("{name} brought")),
            };
            (answer.on, format!(" ({how})"))
        }
    };
    format!(
        "Agreed with {} on {}{how}: {} by exactly these criteria, by {}.",
        terms.with,
        day(on),
        terms.level_name,
        day(terms.by)
    )
}

fn no_level() -> AppError {
    AppError::new(
        Kind::NotReady,
        "no level is aimed at, so there is no case to make yet",
    )
    .hint("Choose one: `metier aim --level LEVEL`, or on the page of your circumstances.")
}
