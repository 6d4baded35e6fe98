//! A one-to-one at one device: what both said yes to, recorded together or not at all.

use jiff::civil::Date;
use metier_core::agreement::{AnswerArrival, same_name};
use metier_core::canonical::Digest;
use metier_core::disagreement::{Disagreement, Side};
use metier_core::disclosure::{Disclosure, Reader, View};
use metier_core::id::{CompetencyId, EntryId, RungId};
use metier_core::journal::{Arrival, Fact};
use metier_core::rating::{Rating, Role};
use metier_core::standing::Said;
use metier_store::{Aside, AsideChange};
use serde::{Deserialize, Serialize};

use super::{Propose, Reply};
use crate::error::{AppError, Kind};
use crate::evidence::{competency_of, rung_of};
use crate::home::Metier;
use crate::standing::Sight;

/// What both say at the end of a one-to-one about one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// With whom.
    pub with: String,
    /// Who they are to the person.
    pub role: Role,
    /// Which competency.
    pub competency: String,
    /// Which step is in question.
    pub rung: String,
    /// The highest step they see; `None`: not even the first.
    pub theirs: Option<String>,
    /// The highest step the person sees.
    pub own: Option<String>,
    /// What would convince them, in their words.
    pub convincing: String,
    /// By when.
    pub by: Option<Date>,
}

impl Sight {
    /// What may be shown to somebody on one competency while both look on: their own word, and the
    /// person's where they chose to show it; by what the disclosure lets through to them where somebody
    /// decides. Nothing that others said, nothing private, nothing given for development.
    pub fn for_both(&self, competency: &CompetencyId, with: &str, own: bool) -> Vec<&Said> {
        let disclosure = Disclosure::of(&self.entries, self.standing.known_at);
        let reader = Reader::Party(with.trim().to_owned());
        let shown = |said: &&Said| {
            let theirs_or_chosen = match said.role {
                Role::Oneself => own,
                _ => same_name(&said.rater, with),
            };
            theirs_or_chosen && disclosure.if_shared(said.entry, &reader, View::Packet).is_ok()
        };
        self.standing
            .competency(competency)
            .map_or_else(Vec::new, |c| c.ratings.iter().filter(shown).collect())
    }
}

/// What a one-to-one that is going on is kept as.
const KIND: &str = "meeting";

/// How it is kept: the fields of its screens.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Begun {
    fields: Vec<(String, String)>,
}

impl Metier {
    /// The fields of the one-to-one that is going on, as its screens were filled in; empty when none is. It is kept
    /// beside the journal until both confirm, so that what was typed stands in no address and survives a restart.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn meeting_begun(&self) -> Result<Vec<(String, String)>, AppError> {
        let asides = self.store.asides(self.journal.id, KIND).await?;
        let begun = asides
            .first()
            .and_then(|a| serde_json::from_str::<Begun>(&a.body).ok());
        Ok(begun.unwrap_or_default().fields)
    }

    /// Keeps the fields of the one-to-one that is going on, and nothing of one before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn keep_meeting(&self, fields: Vec<(String, String)>) -> Result<(), AppError> {
        let body = serde_json::to_string(&Begun { fields })
            .map_err(|e| AppError::new(Kind::Machine, format!("the one-to-one cannot be kept: {e}")))?;
        let digest = Digest::of(KIND.as_bytes());
        let aside = Aside {
            kind: KIND.into(),
            digest,
            id: self.journal.id.0,
            kept_at: self.surroundings.now(),
            body: body.clone(),
        };
        self.store.keep_asides(self.journal.id, &[aside]).await?;
        self.change_meeting(Some(body)).await
    }

    /// Forgets the one-to-one that was going on: it was recorded, or left.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn meeting_over(&self) -> Result<(), AppError> {
        self.change_meeting(None).await
    }

    async fn change_meeting(&self, body: Option<String>) -> Result<(), AppError> {
        let change = AsideChange {
            kind: KIND.into(),
            digest: Digest::of(KIND.as_bytes()),
            body,
        };
        Ok(self.store.change_asides(self.journal.id, &[change]).await?)
    }

    /// Records what both said yes to: where each sees the person now, where that is new, and what would
    /// convince. All of it or nothing.
    ///
    /// # Errors
    /// When there is no such competency or step, nobody is named, or the day has passed.
    pub async fn met(&self, met: Met) -> Result<EntryId, AppError> {
        let sight = self.sight(crate::AsOf::default()).await?;
        let framework = &sight.version.framework;
        let competency = competency_of(framework, &met.competency)?;
        let rung = rung_of(framework, &met.rung)?;
        let with = met.with.trim();
        if with.is_empty() || same_name(with, self.name()) {
            return Err(AppError::input("it takes somebody else than yourself").hint("Say who they are."));
        }
        if met.by.is_some_and(|by| by < self.surroundings.today()) {
            return Err(AppError::input("that day has passed").hint("Name a day to come, or none."));
        }
        if met.convincing.trim().is_empty() {
            return Err(AppError::input("it is not said what would convince")
                .hint("Write it in their words: that is what can be looked at later."));
        }
        let named = |word: &Option<String>| -> Result<Option<RungId>, AppError> {
            word.as_deref().map(|w| rung_of(framework, w)).transpose()
        };
        let sides = [
            Side {
                who: self.name().to_owned(),
                role: Role::Oneself,
                rung: named(&met.own)?,
            },
            Side {
                who: with.to_owned(),
                role: met.role,
                rung: named(&met.theirs)?,
            },
        ];
        let mut writings = Vec::new();
        for side in &sides {
            let said = sight.standing.competency(&competency);
            let mut said = said.map_or(&[][..], |c| &c.ratings).iter();
            let same = |said: &Said| {
                let who = match side.role {
                    Role::Oneself => said.role == Role::Oneself,
                    _ => same_name(&said.rater, with),
                };
                who && said.rung == side.rung
            };
            if said.any(same) {
                continue;
            }
            let rating = Fact::Rating(Rating {
                family: framework.family.clone(),
                version: sight.version.digest,
                competency: competency.clone(),
                rung: side.rung.clone(),
                role: side.role,
                rater: side.who.clone(),
                reason: String::new(),
                evidence: Vec::new(),
                arrival: Arrival::Relayed,
                answer: None,
            });
            writings.push(self.shown_to(rating, with));
        }
        let fact = Fact::Disagreement(Box::new(Disagreement {
            family: framework.family.clone(),
            version: sight.version.digest,
            competency,
            rung,
            sides: sides.to_vec(),
            whom: with.to_owned(),
            convincing: met.convincing.trim().to_owned(),
            by: met.by,
            both: true,
            agreement: None,
        }));
        let writing = self.shown_to(fact, with);
        let id = writing.id;
        writings.push(writing);
        self.record(writings).await.map(|_| id)
    }

    /// Records an agreement that both said yes to at one device.
    ///
    /// # Errors
    /// As for proposing it and for answering it.
    pub async fn agreed_together(&self, asked: Propose) -> Result<EntryId, AppError> {
        let with = asked.with.clone();
        let id = self.propose_agreement(asked).await?;
        self.answered(id, &with, &Reply::default(), AnswerArrival::Together)
            .await?;
        Ok(id)
    }
}
