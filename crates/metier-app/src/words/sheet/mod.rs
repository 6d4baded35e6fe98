//! The case for a level as a document: what a page draws and a Markdown file says, in the same sentences.
//!
//! A review sheet speaks to the person ("you"), a packet of them by name to whoever reads it. What a packet
//! says is taken from the reader's copy of the journal alone, by [`super::Words`] made of that copy.

mod behind;
mod make;
mod markdown;

use jiff::civil::Date;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::standing::{Grade, State};
use serde::Serialize;

/// How many things to ask for stand on the first page.
const ASKED_FIRST: usize = 5;

/// To whom it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice<'a> {
    /// To the person.
    You,
    /// Of the person, by name.
    Of(&'a str),
}

impl Voice<'_> {
    fn name(self) -> String {
        match self {
            Self::You => "You".into(),
            Self::Of(name) => name.into(),
        }
    }

    fn own(self, what: &str) -> String {
        match self {
            Self::You => format!("your own {what}"),
            Self::Of(name) => format!("{name}\u{2019}s own {what}"),
        }
    }

    fn verb<'v>(self, you: &'v str, they: &'v str) -> &'v str {
        match self {
            Self::You => you,
            Self::Of(_) => they,
        }
    }
}

/// The case for a level, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// "The case for Senior content marketer".
    pub title: String,
    /// Where the person stands towards it.
    pub headline: String,
    /// What it stands on: whose word how much of it is.
    pub stands_on: Vec<String>,
    /// How many of what is asked for are met, not yet met, and not to be told.
    pub counts: String,
    /// What changed since a day; empty: it was not asked, or nothing did.
    pub changed: Vec<String>,
    /// Criterion by criterion, in the framework's order.
    pub parts: Vec<SheetPart>,
    /// Whose answer came after what.
    pub witnesses: Vec<String>,
    /// Which version of which criteria, and as of when.
    pub basis: String,
}

/// One criterion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetPart {
    /// Which competency.
    pub id: CompetencyId,
    /// Its practice.
    pub practice: String,
    /// Its name.
    pub name: String,
    /// What a colleague would see when it is done well.
    pub looks_like: String,
    /// "Leads bigger versions, required".
    pub asked: String,
    /// The state of the rung asked for, and its grade.
    pub mark: (State, Option<Grade>),
    /// "Met, confirmed by others", "Not yet: one larger project".
    pub verdict: String,
    /// The same in a line: what is missing, exactly.
    pub brief: String,
    /// The strongest proof, in a line; empty: there is none.
    pub strongest: String,
    /// True when nothing is missing.
    pub met: bool,
    /// Each step up to the one asked for.
    pub steps: Vec<SheetStep>,
    /// The strongest evidence first.
    pub proofs: Vec<SheetProof>,
    /// What is not told one by one: sessions of attempts, and further pieces.
    pub counted: Vec<String>,
    /// What people say.
    pub people: Vec<SheetWord>,
    /// How far apart they are.
    pub apart: Option<String>,
    /// True when they are a step apart or more.
    pub differs: bool,
    /// Open disputes.
    pub disputes: Vec<String>,
    /// What to ask for; empty in a packet.
    pub ask: Vec<String>,
}

/// A step of a criterion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetStep {
    /// "Reliable, unaided".
    pub title: String,
    /// Its state.
    pub state: State,
    /// Its grade, once proven.
    pub grade: Option<Grade>,
    /// Why, in a sentence or two.
    pub why: String,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetProof {
    /// Which.
    pub id: EntryId,
    /// Its number in the document.
    pub number: usize,
    /// True when it is told in full further up.
    pub again: bool,
    /// Its title.
    pub title: String,
    /// When it happened.
    pub on: Date,
    /// What came of it, in a few words.
    pub detail: String,
    /// For which steps, and what is behind it: "Delivers; confirmed by Edith (manager)".
    pub behind: String,
    /// Links to look at.
    pub links: Vec<String>,
    /// True when it speaks against.
    pub against: bool,
}

/// Somebody's word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetWord {
    /// "Edith (manager)".
    pub who: String,
    /// The step they see.
    pub sees: String,
    /// Why.
    pub because: String,
    /// How it arrived, and when.
    pub how: String,
}

/// The criteria for whoever has one minute: those that there is proof of in a line each, the others by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance<'a> {
    /// What is met, or has a strongest proof.
    pub told: Vec<&'a SheetPart>,
    /// What something is recorded of, and nothing that decides.
    pub open: Vec<&'a SheetPart>,
    /// What nothing is recorded of.
    pub blank: Vec<&'a SheetPart>,
}

impl SheetPart {
    /// True when nothing is behind it.
    pub fn bare(&self) -> bool {
        self.proofs.is_empty()
            && self.counted.is_empty()
            && self.people.is_empty()
            && self.disputes.is_empty()
    }
}

impl Sheet {
    /// The criteria for whoever has one minute.
    pub fn glance(&self) -> Glance<'_> {
        let (told, rest): (Vec<_>, Vec<_>) = self
            .parts
            .iter()
            .partition(|part| part.met || !part.strongest.is_empty());
        let (blank, open) = rest
            .into_iter()
            .partition(|part| part.bare() && part.mark.0 == State::NoRecord);
        Glance { told, open, blank }
    }

    /// Where people differ, by criterion, in a line each.
    pub fn differ(&self) -> Vec<(&CompetencyId, String)> {
        let differ = self.parts.iter().filter_map(|part| {
            let contested = match part.disputes.len() {
                0 => "",
                _ => " Contested.",
            };
            let apart = part.apart.as_deref().filter(|_| part.differs);
            (apart.is_some() || !contested.is_empty()).then(|| {
                // How far, and no more: the rest is told at the criterion.
                let far = apart.and_then(|said| said.split_inclusive('.').next());
                let line = format!("{}: {}{contested}", part.name, far.unwrap_or_default());
                (&part.id, line.replace(":  ", ": "))
            })
        });
        differ.collect()
    }

    /// What to ask for first, with its criterion; empty in a packet.
    pub fn ask_first(&self) -> Vec<(&CompetencyId, String)> {
        let asks = self
            .parts
            .iter()
            .filter(|part| !part.proofs.is_empty() || part.differs);
        asks.filter_map(|part| Some((&part.id, format!("{}: {}", part.name, part.ask.first()?))))
            .take(ASKED_FIRST)
            .collect()
    }

    /// Numbers what is told, and tells each thing in full once.
    fn number(&mut self) {
        let mut numbers = std::collections::HashMap::new();
        for proof in self.parts.iter_mut().flat_map(|part| &mut part.proofs) {
            let next = numbers.len() + 1;
            proof.again = numbers.contains_key(&proof.id);
            proof.number = *numbers.entry(proof.id).or_insert(next);
        }
    }

    /// Puts another text in place of each.
    pub fn map_texts(&mut self, with: &impl Fn(&str) -> String) {
        let mut texts: Vec<&mut String> = vec![
            &mut self.title,
            &mut self.headline,
            &mut self.counts,
            &mut self.basis,
        ];
        texts.extend(
            self.stands_on
                .iter_mut()
                .chain(&mut self.changed)
                .chain(&mut self.witnesses),
        );
        for part in &mut self.parts {
            texts.extend([
                &mut part.practice,
                &mut part.name,
                &mut part.looks_like,
                &mut part.asked,
                &mut part.verdict,
                &mut part.brief,
                &mut part.strongest,
            ]);
            texts.extend(
                part.steps
                    .iter_mut()
                    .flat_map(|step| [&mut step.title, &mut step.why]),
            );
            for proof in &mut part.proofs {
                texts.extend([&mut proof.title, &mut proof.detail, &mut proof.behind]);
                texts.extend(&mut proof.links);
            }
            texts.extend(
                part.people
                    .iter_mut()
                    .flat_map(|word| [&mut word.who, &mut word.sees, &mut word.because, &mut word.how]),
            );
            texts.extend(part.counted.iter_mut().chain(&mut part.apart));
            texts.extend(part.disputes.iter_mut().chain(&mut part.ask));
        }
        for text in texts {
            *text = with(text);
        }
    }
}
