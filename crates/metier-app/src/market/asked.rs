//! What the adverts one would answer ask for, joined to where one stands. Worked out anew from the texts each time;
//! nothing of it is kept.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use metier_core::catalogue::Catalogue;
use metier_core::framework::{ActivityKind, Competency, Framework, Hours, ProvenanceKind, Shows};
use metier_core::id::{CompetencyId, EntryId, RungId};
use metier_core::journal::Noted;
use metier_core::market::{Advert, Market};
use metier_core::plan::Planned;
use metier_core::standing::{CompetencyStanding, Grade, Standing, State};
use metier_market::asked::{self, Asked, By, Part, Read, Ruling, Sought};
use serde::Serialize;

use super::called::called;
use crate::beside::telling_step;
use crate::standing::Sight;

/// Letters of a sentence that are quoted; the advert itself has all of it.
const LONGEST: usize = 400;

/// What a person's adverts ask for, beside where they stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MarketSeen {
    /// How many adverts are looked at.
    pub adverts: usize,
    /// How many were put away.
    pub put_away: usize,
    /// What they ask for: what most ask for first.
    pub asked: Vec<AskedFor>,
    /// What none of them asks for and the person can show.
    pub shown_not_asked: Vec<AskedFor>,
    /// How many competencies are asked for.
    pub asked_for: usize,
    /// For how many of these there is proof.
    pub with_proof: usize,
    /// What they name that no competency has.
    pub names: Vec<NameSeen>,
    /// Where importance comes from, with its date; absent where none is known.
    pub importance_from: Option<String>,
    /// The day to look again.
    pub look_again: Option<Date>,
}

/// A competency with what asks for it and how one stands in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedFor {
    /// Which.
    pub competency: CompetencyId,
    /// Its name.
    pub name: String,
    /// How many adverts ask for it.
    pub adverts: usize,
    /// The step the state is of: the one aimed at, else the highest reached.
    pub rung: Option<RungId>,
    /// How one stands there.
    pub state: State,
    /// How well proven.
    pub grade: Option<Grade>,
    /// Importance, 1 to 5, as the source of the criteria gives it.
    pub importance: Option<f64>,
    /// The sentences.
    pub sentences: Vec<AskedIn>,
}

/// A sentence that asks for a competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedIn {
    /// In which advert.
    pub advert: EntryId,
    /// What it is called.
    pub title: String,
    /// The sentence.
    pub sentence: String,
    /// Bytes of the sentence that said so.
    pub words: Vec<Range<usize>>,
    /// What said so.
    pub by: By,
}

/// A name that adverts use and no competency has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NameSeen {
    /// The name.
    pub name: String,
    /// Whether it is the name of something (a product, a tool), and not a phrase that recurs.
    pub proper: bool,
    /// How many adverts use it.
    pub adverts: usize,
    /// A sentence of each.
    pub sentences: Vec<NameIn>,
    /// What is planned already that names it.
    pub planned: Option<EntryId>,
}

/// A sentence with a name in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NameIn {
    /// In which advert.
    pub advert: EntryId,
    /// What it is called.
    pub title: String,
    /// The sentence.
    pub sentence: String,
    /// Bytes of the name in it.
    pub words: Range<usize>,
}

/// One advert with every sentence and what it asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdvertSeen {
    /// Its sentences in order.
    pub sentences: Vec<SentenceSeen>,
}

/// A sentence of an advert.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceSeen {
    /// Bytes in the advert's text.
    pub at: Range<usize>,
    /// What it is about.
    pub part: Part,
    /// What it asks for: the competency, the bytes in the advert's text that said so, what said so.
    pub asks: Vec<Asks>,
}

/// A competency, the bytes that said so, and what said so.
pub type Asks = (CompetencyId, Vec<Range<usize>>, By);

impl Sight {
    /// What the adverts ask for, joined to where one stands.
    pub fn market(&self, market: &Market<'_>, catalogue: Option<&Catalogue>) -> MarketSeen {
        let framework = &self.version.framework;
        let adverts = market.considered();
        let asked = read(framework, market, &adverts);
        let all: Vec<AskedFor> = framework
            .competencies
            .iter()
            .enumerate()
            .map(|(place, competency)| joined(competency, place, &asked, &adverts, &self.standing))
            .collect();
        let (mut asked_for, not_asked): (Vec<_>, Vec<_>) = all.into_iter().partition(|a| a.adverts > 0);
        asked_for.sort_by_key(|a| std::cmp::Reverse(a.adverts));
        let shown = |a: &AskedFor| matches!(a.state, State::Proven | State::RefresherDue | State::Likely);
        let plan = self.plan();
        let names = asked
            .names
            .iter()
            .map(|named| {
                let small = named.name.to_lowercase();
                let planned = plan
                    .open_planned()
                    .find(|p| p.what.name.to_lowercase().contains(&small));
                NameSeen {
                    name: named.name.clone(),
                    proper: named.proper,
                    adverts: named.places.len(),
                    sentences: named
                        .places
                        .iter()
                        .map(|place| name_in(place, &adverts))
                        .collect(),
                    planned: planned.map(|p| p.id),
                }
            })
            .collect();
        MarketSeen {
            adverts: adverts.len(),
            put_away: market.adverts.len() - adverts.len(),
            asked_for: asked_for.len(),
            with_proof: asked_for.iter().filter(|a| a.has_proof()).count(),
            importance_from: importance_from(framework, catalogue),
            look_again: market.look_again(),
            names,
            shown_not_asked: if adverts.is_empty() {
                Vec::new()
            } else {
                not_asked.into_iter().filter(shown).collect()
            },
            asked: asked_for,
        }
    }

    /// One advert sentence by sentence; `None` where there is no such advert.
    pub fn advert(&self, market: &Market<'_>, id: EntryId) -> Option<AdvertSeen> {
        let framework = &self.version.framework;
        let advert = market.advert(id)?;
        // Read among all, so that words weigh here as they weigh in the counts.
        let mut adverts = market.considered();
        let place = adverts.iter().position(|a| a.id == id).unwrap_or_else(|| {
            adverts.push(advert);
            adverts.len() - 1
        });
        let asked = read(framework, market, &adverts);
        let mut by_sentence: HashMap<usize, Vec<Asks>> = HashMap::new();
        for (competency, asking) in framework.competencies.iter().zip(&asked.competencies) {
            for one in asking.iter().filter(|a| a.advert == place) {
                let said = (competency.id.clone(), one.words.clone(), one.by);
                by_sentence.entry(one.sentence.start).or_default().push(said);
            }
        }
        let sentences = asked::parts(&advert.what.text)
            .into_iter()
            .map(|(at, part)| SentenceSeen {
                asks: by_sentence.remove(&at.start).unwrap_or_default(),
                at,
                part,
            })
            .collect();
        Some(AdvertSeen { sentences })
    }

    /// Something to do about what adverts ask for: to learn a name, or to show the next step of a competency.
    ///
    /// `None` where the competency is not of the criteria.
    pub fn plan_for_asked(&self, competency: &CompetencyId) -> Option<Planned> {
        let framework = &self.version.framework;
        let one = framework.competency(competency)?;
        let stands = self.standing.competency(competency)?;
        let next = stands
            .rungs
            .iter()
            .find(|r| !r.state.proven())
            .map(|r| r.rung.clone());
        let shows = next.map(|rung| Shows {
            competency: competency.clone(),
            rung,
        });
        Some(self.planned(&format!("Practise: {}", one.name), ActivityKind::Practice, shows))
    }

    /// Something to do about a name that no competency has.
    pub fn plan_for_name(&self, name: &str) -> Planned {
        self.planned(
            &format!("Learn what adverts mean by {name}"),
            ActivityKind::SelfStudy,
            None,
        )
    }

    fn planned(&self, name: &str, kind: ActivityKind, shows: Option<Shows>) -> Planned {
        Planned {
            name: name.to_owned(),
            kind,
            family: self.version.framework.family.clone(),
            activity: None,
            // A first guess, as the page says; the hours are the person's to change.
            hours: Hours {
                low: 4.0,
                likely: 10.0,
                high: 25.0,
            },
            shows: shows.into_iter().collect(),
            goal: None,
            from: None,
            until: None,
            stretch: None,
            because: String::new(),
        }
    }
}

impl AskedFor {
    /// Whether there is proof, at the step aimed at where there is one.
    pub fn has_proof(&self) -> bool {
        matches!(self.state, State::Proven | State::RefresherDue)
    }
}

impl MarketSeen {
    /// What asks for one competency; `None` where no advert does.
    pub fn of(&self, competency: &CompetencyId) -> Option<&AskedFor> {
        self.asked.iter().find(|a| a.competency == *competency)
    }
}

/// Reads adverts by the criteria, with everything the person put right.
fn read(framework: &Framework, market: &Market<'_>, adverts: &[Noted<'_, Advert>]) -> Asked {
    let called = called(framework.family.as_str());
    let mut sought: Vec<Sought> = framework
        .competencies
        .iter()
        .map(|c| Sought {
            name: c.name.clone(),
            looks_like: c.looks_like.clone(),
            also: called
                .get(c.id.as_str())
                .into_iter()
                .flatten()
                .map(|n| (*n).to_owned())
                .collect(),
        })
        .collect();
    let place_of = |id: &CompetencyId| framework.competencies.iter().position(|c| c.id == *id);
    for said in market
        .also_called
        .iter()
        .filter(|a| a.what.family == framework.family)
    {
        if let Some(place) = place_of(&said.what.competency) {
            sought[place].also.push(said.what.name.clone());
        }
    }
    let texts: Vec<Read<'_>> = adverts
        .iter()
        .map(|a| Read {
            title: &a.what.title,
            employer: &a.what.employer,
            place: &a.what.place,
            text: &a.what.text,
        })
        .collect();
    let rulings: Vec<Ruling> = market
        .rulings_of(&framework.family)
        .into_iter()
        .filter_map(|said| {
            Some(Ruling {
                advert: adverts.iter().position(|a| a.id == said.advert)?,
                competency: place_of(&said.competency)?,
                sentence: said.sentence.clone(),
                asks: said.asks,
            })
        })
        .collect();
    let set_aside: Vec<String> = market.set_aside.iter().map(|s| s.what.name.clone()).collect();
    asked::asked(&sought, &texts, &rulings, &set_aside)
}

fn joined(
    competency: &Competency,
    place: usize,
    asked: &Asked,
    adverts: &[Noted<'_, Advert>],
    standing: &Standing,
) -> AskedFor {
    let stands: Option<&CompetencyStanding> = standing.competency(&competency.id);
    let step = stands
        .and_then(telling_step)
        .or_else(|| stands.and_then(|s| s.rungs.first()));
    let sentences = asked.competencies[place].iter().map(|one| {
        let advert = &adverts[one.advert];
        let (shown, words) = cut(&advert.what.text, &one.sentence, &one.words);
        AskedIn {
            advert: advert.id,
            title: advert.what.title.clone(),
            sentence: shown,
            words,
            by: one.by,
        }
    });
    AskedFor {
        competency: competency.id.clone(),
        name: competency.name.clone(),
        adverts: asked.adverts(place),
        rung: step.map(|s| s.rung.clone()),
        state: step.map_or(State::NoRecord, |s| s.state),
        grade: step.and_then(|s| s.grade),
        importance: competency.importance,
        sentences: sentences.collect(),
    }
}

/// A sentence as it is shown, without the sign of its list, and the places in it.
fn cut(text: &str, sentence: &Range<usize>, words: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let whole = &text[sentence.clone()];
    let shown = whole.trim_start_matches(['-', '*', '\u{2013}', ' ', '\t']);
    let begin = sentence.start + (whole.len() - shown.len());
    let shown = match shown.char_indices().nth(LONGEST) {
        Some((at, _)) => &shown[..at],
        None => shown,
    };
    let within = |at: usize| at.saturating_sub(begin).min(shown.len());
    let words = words
        .iter()
        .map(|w| within(w.start)..within(w.end))
        .filter(|w| w.start < w.end);
    (shown.to_owned(), words.collect())
}

fn name_in(place: &(usize, Range<usize>, Range<usize>), adverts: &[Noted<'_, Advert>]) -> NameIn {
    let (advert, sentence, word) = place;
    let advert = &adverts[*advert];
    let (shown, mut words) = cut(&advert.what.text, sentence, std::slice::from_ref(word));
    NameIn {
        advert: advert.id,
        title: advert.what.title.clone(),
        sentence: shown,
        words: words.pop().unwrap_or_default(),
    }
}

/// Where the importance of these criteria comes from: the release they were drafted from; where the catalogue here is
/// another one, that too.
fn importance_from(framework: &Framework, catalogue: Option<&Catalogue>) -> Option<String> {
    let rated = framework.competencies.iter().filter(|c| c.importance.is_some());
    let mut sources = rated
        .flat_map(|c| &c.provenance)
        .filter(|p| p.kind == ProvenanceKind::Onet);
    let source = sources.next()?;
    let drafted = source.name.clone();
    match catalogue {
        Some(catalogue) if catalogue.source != drafted && !catalogue.source.is_empty() => Some(format!(
            "{drafted}; the catalogue here is of {}",
            catalogue.source
        )),
        _ => Some(drafted),
    }
}
