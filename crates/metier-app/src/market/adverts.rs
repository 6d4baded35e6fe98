//! Saving adverts, and putting right how they are read.

use jiff::civil::Date;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::{Entry, Fact, LIMITS, Noted};
use metier_core::market::{
    Advert, AdvertClosed, AdvertEnd, AdvertsLookedAt, AlsoCalled, AskedRuling, Market, MarketFact,
    NameSetAside, one_line,
};
use metier_market::asked::{SAME_FROM, alike};
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;
use crate::network;
use crate::record::find_entry;
use crate::wordings::{Worded, wordings};

/// The largest advert, in bytes.
pub const ADVERT_MAX: usize = LIMITS.text;
/// The longest title that is taken from an advert's first line, in characters.
const TITLE: usize = 120;

/// An advert, as it is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdvertSaid {
    /// What the work is called; empty: the advert's first line.
    pub title: String,
    /// Who asks.
    pub employer: String,
    /// Where the work is.
    pub place: String,
    /// The day it was posted.
    pub posted: Option<Date>,
    /// Where it stood.
    pub link: String,
    /// What it says.
    pub text: String,
}

/// An advert saved, and which one it is like.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SavedAdvert {
    /// The entry it goes by.
    pub id: EntryId,
    /// Its title.
    pub title: String,
    /// An advert that is nearly the same: its entry, its title.
    pub like: Option<(EntryId, String)>,
}

/// An advert out of what was pasted or uploaded: cleaned, and with what its first line says.
///
/// # Errors
/// When nothing is left, or it is larger than [`ADVERT_MAX`].
pub fn read_advert(mut said: AdvertSaid) -> Result<Advert, AppError> {
    let text = said.text.trim();
    if text.is_empty() {
        return Err(AppError::input("there is no advert: the text is empty")
            .of("text")
            .hint("Paste what the advert says, from its title to its end."));
    }
    if text.len() > ADVERT_MAX {
        return Err(too_long(text.len()));
    }
    if said.title.trim().is_empty() {
        let first = text
            .lines()
            .map(str::trim)
            .find(|line| line.chars().any(char::is_alphanumeric));
        said.title = first
            .unwrap_or("An advert")
            .trim_matches(['#', '*', ' '])
            .chars()
            .take(TITLE)
            .collect();
    }
    Ok(Advert {
        title: one_line(&said.title),
        employer: one_line(&said.employer),
        place: one_line(&said.place),
        posted: said.posted,
        link: said.link.trim().to_owned(),
        text: text.to_owned(),
    })
}

pub(super) fn too_long(bytes: usize) -> AppError {
    AppError::input(format!(
        "{bytes} bytes; an advert has at most {ADVERT_MAX} (1 MiB)"
    ))
    .of("text")
    .hint("Paste the advert alone, without the page around it. Nothing was recorded.")
}

/// The advert a person names: by its place in the list from 1, its title, or its entry.
///
/// # Errors
/// When there is none, or more than one.
pub fn find_advert<'a>(
    entries: &[Entry],
    market: &Market<'a>,
    word: &str,
) -> Result<Noted<'a, Advert>, AppError> {
    let none = || {
        AppError::not_found(format!("no advert, or several, go by `{word}`"))
            .hint("`metier market adverts` shows those there are, each with its number.")
    };
    let word = word.trim();
    if let Some(one) = word
        .parse::<usize>()
        .ok()
        .and_then(|n| market.adverts.get(n.checked_sub(1)?))
    {
        return Ok(*one);
    }
    let lower = word.to_lowercase();
    let mut named = market
        .adverts
        .iter()
        .filter(|a| a.what.title.to_lowercase() == lower);
    if let (Some(one), None) = (named.next(), named.next()) {
        return Ok(*one);
    }
    let id = find_entry(entries, word).map_err(|_| none())?;
    market.advert(id).ok_or_else(none)
}

/// Every wording of an advert, earliest first.
pub fn advert_wordings(entries: &[Entry], advert: EntryId) -> Vec<Worded<'_, Advert>> {
    wordings(entries, advert, |fact| match fact {
        Fact::Market(said) => match &**said {
            MarketFact::Advert(advert) => Some(advert),
            _ => None,
        },
        _ => None,
    })
}

impl Metier {
    /// Saves an advert one would answer. One that is nearly the same as another is saved and said.
    ///
    /// # Errors
    /// When it is empty or too long, or its link is none.
    pub async fn save_advert(&self, said: AdvertSaid) -> Result<SavedAdvert, AppError> {
        let saved = self.save_adverts(vec![said]).await?.pop();
        saved.ok_or_else(|| AppError::input("there is no advert"))
    }

    /// Saves several, or none of them.
    ///
    /// # Errors
    /// As [`Metier::save_advert`], of the first that is not right.
    pub async fn save_adverts(&self, said: Vec<AdvertSaid>) -> Result<Vec<SavedAdvert>, AppError> {
        let adverts = said
            .into_iter()
            .map(|one| {
                let advert = read_advert(one)?;
                if let Some(posted) = advert.posted {
                    self.not_to_come(posted, "Give the day it was posted, or leave it out.")
                        .map_err(|e| e.of("posted"))?;
                }
                Ok(advert)
            })
            .collect::<Result<Vec<Advert>, AppError>>()?;
        let (entries, _) = self.read().await?;
        let market = Market::in_journal(&entries);
        let facts = adverts
            .iter()
            .map(|a| self.writing(MarketFact::Advert(a.clone()).fact()));
        let ids = self.record(facts.collect()).await?;
        let there = market
            .adverts
            .iter()
            .map(|a| (a.id, a.what))
            .chain(ids.iter().copied().zip(&adverts));
        let there: Vec<(EntryId, &Advert)> = there.collect();
        let known = market.adverts.len();
        let saved = adverts.iter().enumerate().map(|(place, advert)| {
            let like = there[..known + place]
                .iter()
                .map(|(id, other)| (alike(&other.text, &advert.text), *id, &other.title))
                .filter(|(likeness, ..)| *likeness >= SAME_FROM)
                .max_by(|(a, ..), (b, ..)| a.total_cmp(b))
                .map(|(_, id, title)| (id, title.clone()));
            SavedAdvert {
                id: ids[place],
                title: advert.title.clone(),
                like,
            }
        });
        Ok(saved.collect())
    }

    /// Says otherwise what an advert is called, who asks, or what it says; what stood before stays readable.
    ///
    /// # Errors
    /// When there is no such advert, or as [`Metier::save_advert`].
    pub async fn change_advert(&self, id: EntryId, said: AdvertSaid) -> Result<EntryId, AppError> {
        let advert = read_advert(said)?;
        let (entries, _) = self.read().await?;
        let on = Market::in_journal(&entries)
            .advert(id)
            .ok_or_else(|| no_advert(id))?
            .on;
        self.correct(id, on, MarketFact::Advert(advert).fact()).await
    }

    /// Looks at an advert no longer, and says why. Said again, the last reason counts.
    ///
    /// # Errors
    /// When there is no such advert.
    pub async fn close_advert(&self, id: EntryId, why: AdvertEnd) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        Market::in_journal(&entries)
            .advert(id)
            .ok_or_else(|| no_advert(id))?;
        self.say(MarketFact::Closed(AdvertClosed { advert: id, why }))
            .await
    }

    /// Looks at an advert again that was put away.
    ///
    /// # Errors
    /// When there is no such advert, or it was not put away.
    pub async fn reopen_advert(&self, id: EntryId) -> Result<(), AppError> {
        let (entries, _) = self.read().await?;
        let closed: Vec<EntryId> = {
            let market = Market::in_journal(&entries);
            market
                .closed
                .iter()
                .filter(|c| c.what.advert == id)
                .map(|c| c.id)
                .collect()
        };
        if closed.is_empty() {
            return Err(AppError::input("this advert was not put away"));
        }
        self.withdraw_all(&closed, "looked at again").await.map(drop)
    }

    /// Says that a sentence of an advert asks for a competency, or does not; an empty sentence: the whole advert does not.
    ///
    /// # Errors
    /// When there is no such advert, competency or sentence.
    pub async fn rule_asked(
        &self,
        advert: EntryId,
        competency: &CompetencyId,
        sentence: &str,
        asks: bool,
    ) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let framework = &life.needed()?.framework;
        network::known(framework, std::slice::from_ref(competency))?;
        let sentence = one_line(sentence);
        {
            let market = Market::in_journal(&entries);
            let text = &market.advert(advert).ok_or_else(|| no_advert(advert))?.what.text;
            let there = metier_market::text::sentences(text)
                .into_iter()
                .any(|r| one_line(&text[r]) == sentence);
            if !(there || sentence.is_empty() && !asks) {
                return Err(AppError::not_found("the advert has no such sentence")
                    .of("sentence")
                    .hint(
                        "Give a sentence of the advert, word for word, as `metier market advert N` shows it.",
                    ));
            }
        }
        self.say(MarketFact::Ruling(AskedRuling {
            advert,
            family: framework.family.clone(),
            competency: competency.clone(),
            sentence,
            asks,
        }))
        .await
    }

    /// Says what else a competency is called in adverts; from now on these words count.
    ///
    /// # Errors
    /// When there is no such competency, or the words are no name.
    pub async fn also_called(&self, competency: &CompetencyId, name: &str) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let framework = &life.needed()?.framework;
        network::known(framework, std::slice::from_ref(competency))?;
        self.say(MarketFact::AlsoCalled(AlsoCalled {
            family: framework.family.clone(),
            competency: competency.clone(),
            name: one_line(name),
        }))
        .await
    }

    /// Sets a name of adverts aside that is nothing one could be able to do.
    ///
    /// # Errors
    /// When it is no name.
    pub async fn set_name_aside(&self, name: &str) -> Result<EntryId, AppError> {
        self.say(MarketFact::SetAside(NameSetAside { name: one_line(name) }))
            .await
    }

    /// Says that one looked at the adverts today.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub async fn looked_at_adverts(&self) -> Result<EntryId, AppError> {
        self.say(MarketFact::LookedAt(AdvertsLookedAt {})).await
    }

    pub(super) async fn say(&self, fact: MarketFact) -> Result<EntryId, AppError> {
        self.record(vec![self.writing(fact.fact())])
            .await
            .map(|ids| ids[0])
    }
}

pub(super) fn no_advert(id: EntryId) -> AppError {
    AppError::not_found(format!("there is no advert {id}"))
        .hint("`metier market adverts` shows those there are.")
}
