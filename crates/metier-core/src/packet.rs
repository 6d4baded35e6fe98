//! The packet: the case for a level, made for somebody who decides, of exactly what they are given.
//!
//! Every state, reason and number in it is derived from the reader's copy of the journal
//! ([`crate::disclosure::SharedJournal`]), so that it stands on nothing they cannot see and tells nothing
//! that was not let through. What is private may well have proven more to its owner; that is then not in
//! the case.
//!
//! The owner chooses what is in. Left to them are evidence, ratings and confirmations; open disputes are
//! not. The packet says how many items are the owner's own statements, and which of them were recorded
//! before whose answer: whoever gave one has kept a receipt that names the journal's head of that day.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use metier_measure::MeasureError;
use serde::Serialize;

use crate::agreement::AnswerArrival;
use crate::disclosure::{self, Disclosure, LeftOut, Reader, SharedJournal};
use crate::evidence::{Confirmed, Evidence, Happening};
use crate::framework::Weight;
use crate::id::{CompetencyId, EntryId, RungId};
use crate::journal::{Arrival, Entry, Fact, Lasting, View, view};
use crate::rating::Role;
use crate::standing::{
    CompetencyStanding, Difference, Number, Question, RungStanding, Standing, changes, standing,
};
use crate::target::Target;

/// What a packet is made of and for whom.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Which criteria, towards which level, as of when.
    pub question: Question<'a>,
    /// Who reads it.
    pub reader: &'a Reader,
    /// What the owner puts in.
    pub chosen: &'a HashSet<EntryId>,
    /// What changed since this day, as known at that instant.
    pub since: Option<(Date, Timestamp)>,
}

/// A case, made for somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Packet {
    /// Who reads it.
    pub reader: Reader,
    /// The case, by what is in the packet.
    #[serde(flatten)]
    pub case: Case,
    /// What the owner chose and is not in it, and why: for their eyes alone.
    #[serde(skip)]
    pub left_out: Vec<(EntryId, LeftOut)>,
    /// What it is derived from, to name things by.
    #[serde(skip)]
    pub journal: SharedJournal,
}

/// The case for a level: what it stands on, criterion by criterion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Case {
    /// Where the person stands.
    pub standing: Standing,
    /// What each criterion rests on: the competencies the level asks something of, in the framework's order.
    pub parts: Vec<Part>,
    /// How much of it is whose word.
    pub statements: Statements,
    /// Whose answer came when, earliest first.
    pub witnesses: Vec<Witness>,
    /// What changed, when it was asked since a day.
    pub changed: Option<Difference>,
}

/// What one competency rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Which.
    pub competency: CompetencyId,
    /// What is asked for.
    pub asked: RungId,
    /// Whether it must be met.
    pub weight: Weight,
    /// What bears on it up to what is asked for, the heaviest first; sessions of attempts apart.
    pub proofs: Vec<Proof>,
    /// Sessions of attempts, all together.
    pub attempts: Option<Attempts>,
}

/// One piece of evidence in a packet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proof {
    /// Which.
    pub evidence: EntryId,
    /// When it happened.
    pub on: Date,
    /// When it was first recorded.
    pub recorded_at: Timestamp,
    /// When it was last reworded, when it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reworded_at: Option<Timestamp>,
    /// On which rungs it bears.
    pub rungs: Vec<RungId>,
    /// For or against.
    pub supports: bool,
    /// Its weight, 0 to 1; absent: it bears by its criterion alone.
    pub weight: Option<Number>,
    /// What is behind it.
    pub behind: Behind,
}

/// What is behind a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Behind {
    /// The owner's own statement.
    OwnWord,
    /// A file or a link.
    Artefact,
    /// Somebody else's word.
    Confirmed,
}

/// Sessions of attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Attempts {
    /// How many sessions.
    pub sessions: u32,
    /// Attempts in them.
    pub attempts: u64,
    /// How many of these were correct and unaided.
    pub clean: u64,
    /// The first of them.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// How much of a packet is whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Statements {
    /// Pieces of evidence that bear on what the level asks for.
    pub evidence: u32,
    /// Of these, nothing but the owner's own statement.
    pub own_word: u32,
    /// Of these, with a file or a link and nobody else's word.
    pub artefact: u32,
    /// Of these, confirmed by somebody else.
    pub confirmed: u32,
    /// Words of others that came from themselves: signed, by link or by file.
    pub heard: u32,
    /// Words of others as the owner wrote them down.
    pub relayed: u32,
}

/// Somebody's word, and what was recorded before they gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The entry their word is in.
    pub entry: EntryId,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: Role,
    /// How it arrived; only what came from themselves bears witness.
    pub arrival: Arrival,
    /// When it was recorded.
    pub at: Timestamp,
    /// Pieces of evidence of this packet recorded before it.
    pub before: u32,
    /// And after it.
    pub after: u32,
}

/// Makes the case for somebody of what they are given. `None` when no level is asked for. A target of the
/// owner's own is told as [`Target::for_others`] tells it.
///
/// # Errors
/// When a number of the policy lies outside its method's domain.
pub fn packet(entries: &[Entry], asked: &Asked<'_>) -> Result<Option<Packet>, MeasureError> {
    let disclosure = Disclosure::of(entries, asked.question.known_at);
    let journal = disclosure.journal(asked.chosen, asked.reader, disclosure::View::Packet);
    let target = asked.question.target.map(Target::for_others);
    let question = Question {
        target: target.as_ref(),
        ..asked.question.clone()
    };
    let made = case(journal.entries(), &question, asked.since)?;
    Ok(made.map(|case| Packet {
        reader: asked.reader.clone(),
        case,
        left_out: journal.left_out().to_vec(),
        journal,
    }))
}

/// The case by what `entries` hold: the owner's own, by all of theirs. `None` when no level is asked for.
///
/// # Errors
/// When a number of the policy lies outside its method's domain.
pub fn case(
    entries: &[Entry],
    question: &Question<'_>,
    since: Option<(Date, Timestamp)>,
) -> Result<Option<Case>, MeasureError> {
    if question.target.is_none() {
        return Ok(None);
    }
    let now = standing(entries, question)?;
    let changed = match since {
        None => None,
        Some((at, known_at)) => {
            let then = Question {
                at,
                known_at,
                ..question.clone()
            };
            Some(changes(&standing(entries, &then)?, &now))
        }
    };
    let known = Known::of(entries, question);
    let parts = now.competencies.iter().filter_map(|c| known.part(c)).collect();
    let shown: BTreeSet<EntryId> = now
        .competencies
        .iter()
        .filter(|c| c.expected.is_some())
        .flat_map(|c| {
            up_to_asked(c)
                .flat_map(|r| r.evidence.iter().copied())
                .chain(against(c))
        })
        .collect();
    Ok(Some(Case {
        statements: known.statements(&shown),
        witnesses: known.witnesses(&shown),
        parts,
        changed,
        standing: now,
    }))
}

/// What an owner may put into a packet for one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Which competency.
    pub competency: CompetencyId,
    /// Evidence for and against, the heaviest first.
    pub evidence: Vec<EntryId>,
    /// What people said of it: ratings, and confirmations of its steps.
    pub said: Vec<EntryId>,
}

/// All that an owner may put into a packet towards the level of `standing`: the evidence that bears on what
/// the level asks for, for and against, and what people said of it; each thing once, with the first
/// criterion it bears on.
pub fn offered(entries: &[Entry], standing: &Standing) -> Vec<Offered> {
    let facts = view(entries, standing.known_at).facts;
    let mut of_steps: HashMap<&CompetencyId, Vec<EntryId>> = HashMap::new();
    for fact in &facts {
        if let Fact::Confirmation(c) = fact.fact()
            && let Confirmed::Step(step) = &c.of
            && step.family == standing.family
            && fact.occurred_on() <= standing.at
        {
            of_steps.entry(&step.competency).or_default().push(fact.root);
        }
    }
    let mut seen: HashSet<EntryId> = HashSet::new();
    let asked = standing.competencies.iter().filter(|c| c.expected.is_some());
    asked
        .map(|c| {
            let mut weight: HashMap<EntryId, f64> = HashMap::new();
            for (id, item) in c.items.iter().filter_map(|i| Some((i.evidence?, i))) {
                let heaviest = weight.entry(id).or_default();
                *heaviest = heaviest.max(item.weight.get());
            }
            let behind = up_to_asked(c).flat_map(|r| r.evidence.iter().copied());
            let mut evidence: Vec<EntryId> = behind.chain(against(c)).filter(|id| seen.insert(*id)).collect();
            let of = |id: &EntryId| weight.get(id).copied().unwrap_or_default();
            evidence.sort_by(|a, b| of(b).total_cmp(&of(a)).then(b.cmp(a)));
            let confirmed = of_steps.get(&c.competency).into_iter().flatten().copied();
            let said = c.ratings.iter().map(|said| said.entry).chain(confirmed);
            Offered {
                competency: c.competency.clone(),
                evidence,
                said: said.filter(|id| seen.insert(*id)).collect(),
            }
        })
        .filter(|offered| !offered.evidence.is_empty() || !offered.said.is_empty())
        .collect()
}

/// Everything of [`offered`].
pub fn choosable(entries: &[Entry], standing: &Standing) -> HashSet<EntryId> {
    let all = offered(entries, standing).into_iter();
    all.flat_map(|offered| offered.evidence.into_iter().chain(offered.said))
        .collect()
}

/// The rungs up to the one asked for.
fn up_to_asked(competency: &CompetencyStanding) -> impl Iterator<Item = &RungStanding> {
    let asked = competency.expected.as_ref().map(|e| &e.rung);
    let last = competency.rungs.iter().position(|r| Some(&r.rung) == asked);
    competency.rungs.iter().take(last.map_or(0, |place| place + 1))
}

/// What speaks against any of its rungs.
fn against(competency: &CompetencyStanding) -> impl Iterator<Item = EntryId> {
    competency
        .items
        .iter()
        .filter(|item| !item.supports)
        .filter_map(|item| item.evidence)
}

/// What is there, by the first entry of each thing.
struct Known<'a> {
    evidence: BTreeMap<EntryId, (&'a Evidence, Lasting<'a>)>,
    confirmed: HashSet<EntryId>,
    /// Words of others: entry, who, role, how.
    words: Vec<(Lasting<'a>, &'a str, Role, Arrival)>,
    /// Answers to agreements, in the same form.
    answers: Vec<(Lasting<'a>, &'a str, Role, Arrival)>,
}

impl<'a> Known<'a> {
    fn of(entries: &'a [Entry], question: &Question<'_>) -> Self {
        let mut known = Self {
            evidence: BTreeMap::new(),
            confirmed: HashSet::new(),
            words: Vec::new(),
            answers: Vec::new(),
        };
        let mut roles: HashMap<EntryId, Role> = HashMap::new();
        let roots = View::roots(entries);
        for fact in view(entries, question.known_at).facts {
            match fact.fact() {
                _ if fact.occurred_on() > question.at => {}
                Fact::Evidence(evidence) => {
                    known.evidence.insert(fact.root, (evidence, fact));
                }
                Fact::Confirmation(c) => {
                    if let Confirmed::Evidence(of) = c.of {
                        known.confirmed.insert(*roots.get(&of).unwrap_or(&of));
                    }
                    known.words.push((fact, &c.by, c.role, c.arrival));
                }
                Fact::AgreementProposed(terms) => {
                    roles.insert(fact.root, terms.role);
                }
                Fact::AgreementConfirmed(c) => {
                    let role = roles.get(&c.answer.agreement).copied().unwrap_or(Role::Manager);
                    let arrival = match c.arrival {
                        // A file without a signature is whatever the owner brought: nobody's word but theirs.
                        _ if !c.answer.heard(c.arrival) => Arrival::Relayed,
                        AnswerArrival::ByFile => Arrival::Signed,
                        _ => Arrival::ByLink,
                    };
                    known.answers.push((fact, &c.answer.by, role, arrival));
                }
                Fact::Rating(r) if r.role != Role::Oneself => {
                    known.words.push((fact, &r.rater, r.role, r.arrival));
                }
                _ => {}
            }
        }
        known
    }

    fn part(&self, competency: &CompetencyStanding) -> Option<Part> {
        let expected = competency.expected.as_ref()?;
        let mut rungs: BTreeMap<EntryId, Vec<RungId>> = BTreeMap::new();
        for rung in up_to_asked(competency) {
            for evidence in &rung.evidence {
                rungs.entry(*evidence).or_default().push(rung.rung.clone());
            }
        }
        let contradicts: BTreeSet<EntryId> = against(competency).collect();
        for evidence in &contradicts {
            rungs.entry(*evidence).or_default();
        }
        let mut attempts: Option<Attempts> = None;
        let mut proofs = Vec::new();
        for (id, rungs) in rungs {
            let Some((evidence, fact)) = self.evidence.get(&id) else {
                continue;
            };
            let on = fact.occurred_on();
            let supports = !contradicts.contains(&id);
            if let (
                Happening::Attempts {
                    attempts: n, clean, ..
                },
                true,
            ) = (&evidence.what, supports)
            {
                let so_far = attempts.get_or_insert(Attempts {
                    sessions: 0,
                    attempts: 0,
                    clean: 0,
                    from: on,
                    to: on,
                });
                so_far.sessions += 1;
                so_far.attempts += u64::from(*n);
                so_far.clean += u64::from(*clean);
                so_far.from = so_far.from.min(on);
                so_far.to = so_far.to.max(on);
                continue;
            }
            let weights = competency.items.iter().filter(|item| item.evidence == Some(id));
            proofs.push(Proof {
                evidence: id,
                on,
                recorded_at: first_recorded(fact),
                reworded_at: fact.corrected().then(|| fact.recorded_at()),
                rungs,
                supports,
                weight: weights
                    .map(|item| item.weight)
                    .max_by(|a, b| a.get().total_cmp(&b.get())),
                behind: self.behind(id, evidence),
            });
        }
        let weight = |proof: &Proof| proof.weight.map_or(0.0, Number::get);
        proofs.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(b.on.cmp(&a.on)));
        Some(Part {
            competency: competency.competency.clone(),
            asked: expected.rung.clone(),
            weight: expected.weight,
            proofs,
            attempts,
        })
    }

    fn behind(&self, id: EntryId, evidence: &Evidence) -> Behind {
        if self.confirmed.contains(&id) {
            Behind::Confirmed
        } else if evidence.artefacts.is_empty() {
            Behind::OwnWord
        } else {
            Behind::Artefact
        }
    }

    fn statements(&self, shown: &BTreeSet<EntryId>) -> Statements {
        let mut statements = Statements::default();
        for (id, (evidence, _)) in self.evidence.iter().filter(|(id, _)| shown.contains(id)) {
            statements.evidence += 1;
            *match self.behind(*id, evidence) {
                Behind::OwnWord => &mut statements.own_word,
                Behind::Artefact => &mut statements.artefact,
                Behind::Confirmed => &mut statements.confirmed,
            } += 1;
        }
        for (.., arrival) in &self.words {
            *match arrival {
                Arrival::Relayed => &mut statements.relayed,
                Arrival::Signed | Arrival::ByLink | Arrival::ByFile => &mut statements.heard,
            } += 1;
        }
        statements
    }

    fn witnesses(&self, shown: &BTreeSet<EntryId>) -> Vec<Witness> {
        let recorded: Vec<Timestamp> = self
            .evidence
            .iter()
            .filter(|(id, _)| shown.contains(id))
            .map(|(_, (_, fact))| first_recorded(fact))
            .collect();
        let mut witnesses: Vec<Witness> = self
            .words
            .iter()
            .chain(&self.answers)
            .filter(|(.., arrival)| *arrival != Arrival::Relayed)
            .map(|(fact, who, role, arrival)| {
                let at = first_recorded(fact);
                let count = |before: bool| {
                    let n = recorded.iter().filter(|then| (**then < at) == before).count();
                    u32::try_from(n).unwrap_or(u32::MAX)
                };
                Witness {
                    entry: fact.root,
                    who: (*who).to_owned(),
                    role: *role,
                    arrival: *arrival,
                    at,
                    before: count(true),
                    after: count(false),
                }
            })
            .collect();
        witnesses.sort_by_key(|w| (w.at, w.entry));
        witnesses
    }
}

/// When something was first recorded: other words for it do not make it later.
fn first_recorded(fact: &Lasting<'_>) -> Timestamp {
    fact.first
        .map_or_else(|| fact.recorded_at(), |first| first.link.recorded_at)
}
