//! What bears on each competency: claims joined with their evidence, confirmations, ratings, disputes.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Effort, Number, Question, Said};
use crate::evidence::{ClaimAbout, Confirmation, Confirmed, Crosswalk, Evidence, Happening, Stance, Step};
use crate::feedback::{FeedbackAbout, FeedbackGiven, FeedbackRequest, FeedbackSaid, NextTime, judged_step};
use crate::id::{CompetencyId, CredentialId, EntryId, RungId};
use crate::journal::{Arrival, Entry, Fact, Lasting, View};
use crate::person::{Leave, Position};

/// Everything that bears on a framework's competencies.
pub(super) struct Record<'a> {
    /// By the competency's place in the framework.
    pub competencies: Vec<Bearing<'a>>,
    /// Claims on the framework's credentials, in the order recorded.
    pub credentials: Vec<(&'a CredentialId, Shown<'a>)>,
    /// Time away.
    pub leaves: Vec<&'a Leave>,
    /// Positions, with the practices they exercise.
    pub positions: Vec<&'a Position>,
    /// Effort over all evidence, whether or not it bears on this framework.
    pub effort: Effort,
    /// True when something may be read through a crosswalk.
    pub across: bool,
}

/// What bears on one competency.
#[derive(Default)]
pub(super) struct Bearing<'a> {
    /// What happened, in the order it became known.
    pub events: Vec<Event<'a>>,
    /// Each rater's latest word.
    pub ratings: Vec<Said>,
}

/// Something that bears on a rung.
pub(super) struct Event<'a> {
    /// When it was known that it bears on this rung: when the last of its parts was recorded.
    pub known_at: Timestamp,
    /// Tie-break for events known at the same instant.
    pub order: EntryId,
    /// The rung's place among those in use.
    pub rung: usize,
    /// What it is.
    pub what: What<'a>,
}

/// Sorts of events.
pub(super) enum What<'a> {
    /// Evidence for or against.
    Shown(Shown<'a>),
    /// A confirmation, of a piece of evidence that bears on the rung or of the rung itself.
    Confirmed {
        evidence: Option<EntryId>,
        by: &'a Confirmation,
        on: Date,
    },
    /// Somebody who was asked whether they would let the person do it unsupervised said something else than
    /// yes. It is shown where the step stands, and moves nothing: only a yes has a step of its own.
    Withheld {
        by: &'a FeedbackGiven,
        next_time: NextTime,
        on: Date,
    },
    /// A dispute, and when it was settled.
    Disputed {
        entry: EntryId,
        by: &'a str,
        because: &'a str,
        settled: bool,
    },
}

/// Evidence as it bears on something.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub id: EntryId,
    pub evidence: &'a Evidence,
    pub on: Date,
    pub supports: bool,
    /// 1, or the confidence of the crosswalk it was read through.
    pub confidence: f64,
}

impl<'a> Record<'a> {
    /// Everything that bears on the question, read through crosswalks where it was recorded under other criteria.
    pub fn read(view: &View<'a>, question: &'a Question<'_>) -> Self {
        Self::reading(view, question, true)
    }

    /// The same without what is read through crosswalks.
    pub fn read_alone(view: &View<'a>, question: &'a Question<'_>) -> Self {
        Self::reading(view, question, false)
    }

    fn reading(view: &View<'a>, question: &'a Question<'_>, across: bool) -> Self {
        let framework = question.framework;
        let facts: Vec<Lasting<'a>> = view
            .facts
            .iter()
            .copied()
            .filter(|f| f.occurred_on() <= question.at)
            .collect();
        let places: HashMap<&CompetencyId, usize> = framework
            .competencies
            .iter()
            .enumerate()
            .map(|(i, c)| (&c.id, i))
            .collect();
        let rungs: HashMap<&RungId, usize> = framework
            .ladder
            .active()
            .enumerate()
            .map(|(i, r)| (&r.id, i))
            .collect();
        let mut reader = Reader {
            question,
            places,
            rungs,
            evidence: HashMap::new(),
            crosswalks: Vec::new(),
            record: Record {
                competencies: framework
                    .competencies
                    .iter()
                    .map(|_| Bearing::default())
                    .collect(),
                credentials: Vec::new(),
                leaves: Vec::new(),
                positions: Vec::new(),
                effort: Effort::default(),
                across: false,
            },
        };
        reader.gather(&facts);
        if !across {
            reader.crosswalks.clear();
        }
        reader.record.across = !reader.crosswalks.is_empty();
        reader.join(&facts);
        reader.settle(&facts);
        let mut record = reader.record;
        for bearing in &mut record.competencies {
            bearing.events.sort_by_key(|e| (e.known_at, e.order));
        }
        record
    }
}

struct Reader<'a, 'q> {
    question: &'q Question<'q>,
    places: HashMap<&'q CompetencyId, usize>,
    rungs: HashMap<&'q RungId, usize>,
    evidence: HashMap<EntryId, Lasting<'a>>,
    crosswalks: Vec<&'a Crosswalk>,
    record: Record<'a>,
}

impl<'a> Reader<'a, '_> {
    /// Evidence, crosswalks and the person's circumstances, before anything that refers to them.
    fn gather(&mut self, facts: &[Lasting<'a>]) {
        let mut hours = 0.0;
        for fact in facts {
            match fact.fact() {
                Fact::Evidence(evidence) => {
                    if self.question.without.contains(&fact.root) {
                        continue;
                    }
                    // Claims may name the first wording or a correction of it.
                    self.evidence.insert(fact.root, *fact);
                    self.evidence.insert(fact.entry.link.id, *fact);
                    self.record.effort.entries += 1;
                    hours += hours_of(evidence);
                    if let Happening::Attempts { attempts, .. } = &evidence.what {
                        self.record.effort.attempts += u64::from(*attempts);
                    }
                }
                Fact::Crosswalk(c) if c.to.family == self.question.framework.family => {
                    self.crosswalks.push(c);
                }
                Fact::Leave(leave) => self.record.leaves.push(leave),
                Fact::Position(p) if p.family == self.question.framework.family => {
                    self.record.positions.push(p);
                }
                _ => {}
            }
        }
        self.record.effort.hours = Number::new(hours);
    }

    /// Claims, confirmations, ratings and disputes, joined with what they refer to.
    fn join(&mut self, facts: &[Lasting<'a>]) {
        let mut bears_on: HashMap<EntryId, Vec<(usize, usize, Timestamp)>> = HashMap::new();
        for fact in facts {
            let Fact::Claim(claim) = fact.fact() else { continue };
            let Some(&evidence_fact) = self.evidence.get(&claim.evidence) else {
                continue;
            };
            let Fact::Evidence(evidence) = evidence_fact.fact() else {
                continue;
            };
            let mut shown = Shown {
                id: evidence_fact.root,
                evidence,
                on: evidence_fact.occurred_on(),
                supports: claim.stance == Stance::Supports,
                confidence: 1.0,
            };
            let known_at = known_since(fact).max(known_since(&evidence_fact));
            match &claim.about {
                ClaimAbout::Credential { family, credential } => {
                    if *family == self.question.framework.family {
                        self.record.credentials.push((credential, shown));
                    }
                }
                ClaimAbout::Step(step) => {
                    for (place, rung, confidence) in self.readings(step) {
                        shown.confidence = confidence;
                        bears_on
                            .entry(shown.id)
                            .or_default()
                            .push((place, rung, known_at));
                        self.record.competencies[place].events.push(Event {
                            known_at,
                            order: fact.entry.link.id,
                            rung,
                            what: What::Shown(shown),
                        });
                    }
                }
            }
        }
        let requests: HashMap<EntryId, &FeedbackRequest> = facts
            .iter()
            .filter_map(|fact| match fact.fact() {
                Fact::FeedbackRequested(request) => Some((fact.root, &**request)),
                _ => None,
            })
            .collect();
        for fact in facts {
            match fact.fact() {
                Fact::Confirmation(confirmation) => self.confirm(fact, confirmation, &bears_on),
                Fact::Rating(rating) if rating.family == self.question.framework.family => {
                    self.rate(fact, rating);
                }
                Fact::FeedbackGiven(given) => {
                    let request = given.request.and_then(|id| requests.get(&id));
                    if let Some(request) = request {
                        self.withheld(fact, given, request);
                    }
                }
                _ => {}
            }
        }
    }

    /// What else than yes somebody answered, at the step whose criterion asks exactly that.
    fn withheld(&mut self, fact: &Lasting<'a>, given: &'a FeedbackGiven, request: &FeedbackRequest) {
        let (FeedbackSaid::Observed(observed), FeedbackAbout::Competencies { family, .. }) =
            (&given.said, &request.about)
        else {
            return;
        };
        if *family != self.question.framework.family {
            return;
        }
        for of in &observed.of {
            let Some(step) = judged_step(self.question.framework, &of.competency) else {
                continue;
            };
            for (place, rung, _) in self.readings(&step) {
                self.record.competencies[place].events.push(Event {
                    known_at: fact.recorded_at(),
                    order: fact.entry.link.id,
                    rung,
                    what: What::Withheld {
                        by: given,
                        next_time: of.next_time,
                        on: fact.occurred_on(),
                    },
                });
            }
        }
    }

    /// The steps of this framework that a step is read as: itself, or through crosswalks.
    fn readings(&self, step: &Step) -> Vec<(usize, usize, f64)> {
        let own = (step.family == self.question.framework.family).then_some((step, 1.0));
        own.into_iter()
            .chain(
                self.crosswalks
                    .iter()
                    .filter(|c| c.from == *step)
                    .map(|c| (&c.to, c.confidence)),
            )
            .filter_map(|(s, confidence)| {
                Some((
                    *self.places.get(&s.competency)?,
                    *self.rungs.get(&s.rung)?,
                    confidence,
                ))
            })
            .collect()
    }

    fn confirm(
        &mut self,
        fact: &Lasting<'a>,
        by: &'a Confirmation,
        bears_on: &HashMap<EntryId, Vec<(usize, usize, Timestamp)>>,
    ) {
        let on = fact.occurred_on();
        let order = fact.entry.link.id;
        match &by.of {
            Confirmed::Step(step) => {
                for (place, rung, _) in self.readings(step) {
                    self.record.competencies[place].events.push(Event {
                        known_at: known_since(fact),
                        order,
                        rung,
                        what: What::Confirmed {
                            evidence: None,
                            by,
                            on,
                        },
                    });
                }
            }
            Confirmed::Evidence(id) => {
                let Some(root) = self.evidence.get(id).map(|e| e.root) else {
                    return;
                };
                for &(place, rung, claimed_at) in bears_on.get(&root).into_iter().flatten() {
                    self.record.competencies[place].events.push(Event {
                        known_at: known_since(fact).max(claimed_at),
                        order,
                        rung,
                        what: What::Confirmed {
                            evidence: Some(root),
                            by,
                            on,
                        },
                    });
                }
            }
        }
    }

    /// Keeps each rater's latest word: facts come in reading order.
    fn rate(&mut self, fact: &Lasting<'a>, rating: &'a crate::rating::Rating) {
        let Some(&place) = self.places.get(&rating.competency) else {
            return;
        };
        if rating
            .rung
            .as_ref()
            .is_some_and(|rung| !self.rungs.contains_key(rung))
        {
            // A rung that this version no longer uses says nothing about its rungs.
            return;
        }
        let ratings = &mut self.record.competencies[place].ratings;
        ratings.retain(|said| !(said.rater == rating.rater && said.role == rating.role));
        ratings.push(Said {
            entry: fact.entry.link.id,
            rater: rating.rater.clone(),
            role: rating.role,
            rung: rating.rung.clone(),
            reason: rating.reason.clone(),
            arrival: rating.arrival,
            on: fact.occurred_on(),
            allowed: None,
        });
    }

    fn settle(&mut self, facts: &[Lasting<'a>]) {
        let settled: Vec<EntryId> = facts
            .iter()
            .filter_map(|f| match f.fact() {
                Fact::DisputeSettled(s) => Some(s.dispute),
                _ => None,
            })
            .collect();
        for fact in facts {
            let Fact::Dispute(dispute) = fact.fact() else {
                continue;
            };
            let is_settled = settled.contains(&fact.root) || settled.contains(&fact.entry.link.id);
            for (place, rung, _) in self.readings(&dispute.step) {
                self.record.competencies[place].events.push(Event {
                    known_at: fact.recorded_at(),
                    order: fact.entry.link.id,
                    rung,
                    what: What::Disputed {
                        entry: fact.root,
                        by: &dispute.by,
                        because: &dispute.reason,
                        settled: is_settled,
                    },
                });
            }
        }
    }
}

/// Since when something counts as it stands: since it was first recorded, unless a correction changed what is
/// judged; then since that. Other words for the same thing make nothing new.
pub(crate) fn known_since(fact: &Lasting<'_>) -> Timestamp {
    match fact.first {
        Some(first) if fact.corrected() && same_judged(first, fact.entry) => first.link.recorded_at,
        _ => fact.recorded_at(),
    }
}

/// Whether two wordings say the same, as far as it is judged: of what happened the day, what it was and
/// whether there is something to show; of another's word everything but the words.
fn same_judged(first: &Entry, now: &Entry) -> bool {
    if first.payload.occurred_on != now.payload.occurred_on {
        return false;
    }
    match (&first.payload.fact, &now.payload.fact) {
        (Fact::Evidence(a), Fact::Evidence(b)) => {
            let plain = |e: &Evidence| {
                (
                    e.what.clone().map_texts(|_| String::new()),
                    e.artefacts.is_empty(),
                )
            };
            plain(a) == plain(b)
        }
        (Fact::Claim(a), Fact::Claim(b)) => a == b,
        (Fact::Confirmation(a), Fact::Confirmation(b)) => {
            (&a.of, &a.by, a.role, a.arrival) == (&b.of, &b.by, b.role, b.arrival)
        }
        (Fact::Rating(a), Fact::Rating(b)) => {
            let plain = |r: &crate::rating::Rating| crate::rating::Rating {
                reason: String::new(),
                ..r.clone()
            };
            plain(a) == plain(b)
        }
        _ => false,
    }
}

/// Hours that a piece of evidence says it took.
pub(super) fn hours_of(evidence: &Evidence) -> f64 {
    match (&evidence.what, evidence.hours) {
        (_, Some(hours)) => hours,
        (
            Happening::Attempts {
                minutes: Some(minutes),
                ..
            },
            None,
        ) => f64::from(*minutes) / 60.0,
        _ => 0.0,
    }
}

/// How well a confirmation can be relied on.
pub(super) fn signed(confirmation: &Confirmation) -> bool {
    confirmation.arrival == Arrival::Signed
}
