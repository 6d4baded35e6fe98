//! Recording one's presence: channels with their claims, and what one stands for.

use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, EntryId, ThingId, slug_of};
use metier_core::journal::{Entry, Fact, Noted, view};
use metier_core::presence::{Brand, Channel, Differentiator, Presence, PresenceFact, PublicClaim, Value};

use crate::case::stands_as;
use crate::error::AppError;
use crate::home::Metier;
use crate::network;
use crate::wordings::{Worded, wordings};

/// What one stands for, as it is said: values by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrandSaid {
    /// In a sentence.
    pub sentence: String,
    /// The values.
    pub values: Vec<ValueSaid>,
    /// The skills to be known for.
    pub skills: Vec<CompetencyId>,
    /// The experiences to be known for.
    pub experiences: Vec<EntryId>,
    /// What sets one apart.
    pub apart: Vec<Apart>,
}

/// A value, as it is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueSaid {
    /// Which of those stated before; absent: one of the same name, or a new one.
    pub id: Option<ThingId>,
    /// Its name.
    pub name: String,
    /// What one does because of it.
    pub means: String,
}

/// What sets one apart, with what shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Apart {
    /// What.
    pub words: String,
    /// The evidence that shows it.
    pub shown_by: Vec<EntryId>,
}

/// Every wording of a channel, earliest first.
pub fn channel_wordings(entries: &[Entry], channel: EntryId) -> Vec<Worded<'_, Channel>> {
    wordings(entries, channel, |fact| match fact {
        Fact::Presence(said) => match &**said {
            PresenceFact::Channel(channel) => Some(channel),
            PresenceFact::Brand(_) => None,
        },
        _ => None,
    })
}

/// Every wording of what one stands for, earliest first.
pub fn brand_wordings(entries: &[Entry], brand: EntryId) -> Vec<Worded<'_, Brand>> {
    wordings(entries, brand, |fact| match fact {
        Fact::Presence(said) => match &**said {
            PresenceFact::Brand(brand) => Some(brand),
            PresenceFact::Channel(_) => None,
        },
        _ => None,
    })
}

/// A short name for how a channel or what one stands for stands, for forms to carry.
pub fn presence_mark<T>(noted: Option<&Noted<'_, T>>) -> String {
    stands_as(&noted.map(|n| (n.id, n.recorded_at.to_string())))
}

impl Metier {
    /// Notes where one shows.
    ///
    /// # Errors
    /// When it has no name, its address is none, or it claims a competency that is not there.
    pub async fn show_at(&self, channel: Channel) -> Result<EntryId, AppError> {
        self.claims_known(&channel.claims).await?;
        let writing = self.writing(PresenceFact::Channel(channel).fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Rewords a channel; what stood before stays readable.
    ///
    /// # Errors
    /// When there is no such channel, or as [`Metier::show_at`].
    pub async fn change_channel(&self, id: EntryId, channel: Channel) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let (on, before) = {
            let presence = Presence::in_journal(&entries);
            let found = presence.channels.iter().find(|c| c.id == id);
            let found = found.ok_or_else(|| no_channel(id))?;
            (found.on, found.what.clone())
        };
        // What was said of other criteria before stays as it was said.
        let fresh: Vec<PublicClaim> = channel
            .claims
            .iter()
            .filter(|c| !before.claims.contains(c))
            .cloned()
            .collect();
        self.claims_known(&fresh).await?;
        self.correct(id, on, PresenceFact::Channel(channel).fact()).await
    }

    /// Adds claims to a channel.
    ///
    /// # Errors
    /// As [`Metier::change_channel`].
    pub async fn claim_at(&self, id: EntryId, claims: Vec<PublicClaim>) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let mut channel = {
            let presence = Presence::in_journal(&entries);
            let found = presence.channels.iter().find(|c| c.id == id);
            found.ok_or_else(|| no_channel(id))?.what.clone()
        };
        channel.claims.extend(claims);
        self.change_channel(id, channel).await
    }

    /// Says what one stands for; it takes the place of what was said before, which stays readable.
    ///
    /// # Errors
    /// When a value has no name or is there twice, or a skill or piece of evidence is not there.
    pub async fn stand_for(&self, mut said: BrandSaid) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let framework = &life.needed()?.framework;
        network::known(framework, &said.skills)?;
        let shown = said.apart.iter().flat_map(|a| &a.shown_by);
        evidence_there(&entries, said.experiences.iter().chain(shown))?;
        let (before, values) = {
            let brand = Presence::in_journal(&entries).brand();
            let stated = brand.map(|b| b.what.values.clone()).unwrap_or_default();
            (
                brand.map(|b| (b.id, b.on)),
                values(&stated, std::mem::take(&mut said.values))?,
            )
        };
        let fact = PresenceFact::Brand(brand(framework, said, values)).fact();
        match before {
            Some((id, on)) => self.correct(id, on, fact).await,
            None => self.record(vec![self.writing(fact)]).await.map(|ids| ids[0]),
        }
    }

    async fn claims_known(&self, claims: &[PublicClaim]) -> Result<(), AppError> {
        let life = self.life().await?;
        for asserted in claims.iter().filter_map(|c| c.asserts.as_ref()) {
            let version = life.latest(&asserted.family).ok_or_else(|| {
                AppError::not_found(format!("there are no criteria `{}` here", asserted.family))
            })?;
            let framework = &version.framework;
            network::known(framework, std::slice::from_ref(&asserted.competency))?;
            if !framework.ladder.active().any(|r| r.id == asserted.rung) {
                return Err(AppError::not_found(format!(
                    "the ladder has no step `{}`",
                    asserted.rung
                )));
            }
        }
        Ok(())
    }
}

fn brand(framework: &Framework, said: BrandSaid, values: Vec<Value>) -> Brand {
    let apart = said.apart.into_iter().map(|a| Differentiator {
        words: a.words.trim().to_owned(),
        shown_by: a.shown_by,
    });
    Brand {
        sentence: said.sentence.trim().to_owned(),
        values,
        family: (!said.skills.is_empty()).then(|| framework.family.clone()),
        skills: said.skills,
        experiences: said.experiences,
        differentiators: apart.collect(),
    }
}

/// Values keep their ids while their words change, so that claims that name them still do.
fn values(stated: &[Value], said: Vec<ValueSaid>) -> Result<Vec<Value>, AppError> {
    let mut values: Vec<Value> = Vec::new();
    for one in said {
        let name = one.name.trim().to_owned();
        let by_id = one.id.filter(|id| stated.iter().any(|v| v.id == *id));
        let by_name = || {
            let same = |v: &&Value| v.name.to_lowercase() == name.to_lowercase();
            stated.iter().find(same).map(|v| v.id.clone())
        };
        let id = match by_id.or_else(by_name) {
            Some(id) => id,
            None => fresh(&name, stated, &values)?,
        };
        if values.iter().any(|v| v.id == id) {
            return Err(
                AppError::input(format!("the value \u{201c}{name}\u{201d} is there twice"))
                    .hint("Say each once."),
            );
        }
        values.push(Value {
            id,
            name,
            means: one.means.trim().to_owned(),
        });
    }
    Ok(values)
}

fn fresh(name: &str, stated: &[Value], values: &[Value]) -> Result<ThingId, AppError> {
    let base = slug_of(name).unwrap_or_else(|| "value".into());
    let taken = |id: &ThingId| stated.iter().chain(values).any(|v| v.id == *id);
    let short: String = base.chars().take(40).collect();
    let short = short.trim_end_matches('-');
    let names = std::iter::once(short.to_owned()).chain((2..).map(|n| format!("{short}-{n}")));
    let mut ids = names.take(1_000).filter_map(|n| ThingId::new(&n).ok());
    ids.find(|id| !taken(id))
        .ok_or_else(|| AppError::input(format!("\u{201c}{name}\u{201d} cannot be the name of a value")))
}

fn evidence_there<'a>(
    entries: &[Entry],
    mut named: impl Iterator<Item = &'a EntryId>,
) -> Result<(), AppError> {
    let view = view(entries, jiff::Timestamp::MAX);
    let there = |id: &EntryId| {
        let mut facts = view.facts.iter();
        facts.any(|f| f.root == *id && matches!(f.fact(), Fact::Evidence(_)))
    };
    match named.find(|id| !there(id)) {
        Some(missing) => Err(AppError::not_found(format!("there is no evidence {missing}"))
            .hint("`metier log --list` shows what each goes by.")),
        None => Ok(()),
    }
}

fn no_channel(id: EntryId) -> AppError {
    AppError::not_found(format!("there is no channel {id}"))
        .hint("`metier presence list` shows those there are.")
}
