//! Sources one follows, notes of the field, and what one changed because of them.

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::view;
use metier_core::market::{Market, MarketFact, MarketNote, SourceFollowed};
use metier_core::plan::Plan;

use crate::error::AppError;
use crate::home::Metier;
use crate::network;

/// A note, as it is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteSaid {
    /// The day; absent: today.
    pub on: Option<Date>,
    /// The source it came from.
    pub source: Option<EntryId>,
    /// The technology or skill it is about.
    pub about: String,
    /// What one noted.
    pub text: String,
    /// What one changed because of it.
    pub changed: String,
    /// The competency it is about.
    pub competency: Option<CompetencyId>,
    /// What one planned because of it.
    pub planned: Option<EntryId>,
}

impl Metier {
    /// Follows a source.
    ///
    /// # Errors
    /// When it has no name or its link is none.
    pub async fn follow_source(&self, source: SourceFollowed) -> Result<EntryId, AppError> {
        self.say(MarketFact::Source(source)).await
    }

    /// Says otherwise what a source is, or that one looked at it.
    ///
    /// # Errors
    /// When there is no such source, or as [`Metier::follow_source`].
    pub async fn change_source(&self, id: EntryId, source: SourceFollowed) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let market = Market::in_journal(&entries);
        let on = market.sources.iter().find(|s| s.id == id).map(|s| s.on);
        let on = on.ok_or_else(|| no_source(id))?;
        self.correct(id, on, MarketFact::Source(source).fact()).await
    }

    /// Notes something of the field.
    ///
    /// # Errors
    /// When it says nothing, or names a source, competency or plan item that is not there.
    pub async fn note_market(&self, said: NoteSaid) -> Result<EntryId, AppError> {
        let on = said.on.unwrap_or_else(|| self.surroundings.today());
        let fact = self.market_note(said).await?;
        self.record(vec![self.writing_on(on, fact.fact())])
            .await
            .map(|ids| ids[0])
    }

    /// Says otherwise what was noted: what one changed because of it is often known later.
    ///
    /// # Errors
    /// When there is no such note, or as [`Metier::note_market`].
    pub async fn change_note(&self, id: EntryId, said: NoteSaid) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let before = Market::in_journal(&entries)
            .notes
            .iter()
            .find(|n| n.id == id)
            .map(|n| n.on);
        let before = before.ok_or_else(|| {
            AppError::not_found(format!("there is no note {id}"))
                .hint("`metier market notes` shows those there are.")
        })?;
        let on = said.on.unwrap_or(before);
        let fact = self.market_note(said).await?;
        self.correct(id, on, fact.fact()).await
    }

    async fn market_note(&self, said: NoteSaid) -> Result<MarketFact, AppError> {
        let (entries, life) = self.read().await?;
        let family = match &said.competency {
            None => None,
            Some(competency) => {
                let framework = &life.needed()?.framework;
                network::known(framework, std::slice::from_ref(competency))?;
                Some(framework.family.clone())
            }
        };
        if let Some(on) = said.on {
            self.not_to_come(on, "Give the day you noted it.")
                .map_err(|e| e.of("on"))?;
        }
        if let Some(source) = said.source
            && !Market::in_journal(&entries)
                .sources
                .iter()
                .any(|s| s.id == source)
        {
            return Err(no_source(source));
        }
        if let Some(planned) = said.planned
            && !Plan::of(&view(&entries, Timestamp::MAX))
                .planned
                .iter()
                .any(|p| p.id == planned)
        {
            return Err(AppError::not_found(format!("nothing planned goes by {planned}"))
                .hint("`metier plan` shows what is planned."));
        }
        Ok(MarketFact::Note(MarketNote {
            source: said.source,
            about: said.about.trim().to_owned(),
            text: said.text.trim().to_owned(),
            changed: said.changed.trim().to_owned(),
            family,
            competency: said.competency,
            planned: said.planned,
        }))
    }
}

fn no_source(id: EntryId) -> AppError {
    AppError::not_found(format!("no source {id} is followed"))
        .hint("`metier market sources` shows those there are.")
}
