//! One rung's criterion, folded over what bears on it in the order it became known.
//!
//! Proven is an event with a date: the first entry at which the criterion was met. It sticks. What
//! comes later can challenge it (a contradiction, a drift of errors), and new evidence that meets the
//! criterion again answers the challenge; nothing sets it back to "not yet".

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use metier_measure::{Result, accuracy};

use super::drift::Drift;
use super::record::{Event, Shown, What, signed};
use super::{Grade, Missing, Number, Reason};
use crate::evidence::{Artefact, Confirmation, Happening};
use crate::feedback::{FeedbackGiven, NextTime};
use crate::framework::{Criterion, EvidenceKind};
use crate::id::EntryId;
use crate::policy::Policy;
use crate::rating::Role;

/// The accuracies that are named beside the one asked for; the last is the original's.
const USUAL_TARGETS: [f64; 3] = [0.90, 0.95, 0.99];

/// No session is read as longer than this many attempts, whatever a foreign file says.
const SESSION_MAX: u32 = 100_000;

/// What one rung has gathered.
pub(super) struct Tally<'a> {
    criterion: &'a Criterion,
    policy: &'a Policy,
    /// Evidence, in the order it became known.
    pub examples: Vec<Example<'a>>,
    place: HashMap<EntryId, usize>,
    /// Others' confirmations of the rung itself.
    pub word: Vec<(&'a Confirmation, Date)>,
    /// The latest answer of each who was asked whether they would let the person do it unsupervised.
    asked: Vec<(&'a FeedbackGiven, NextTime, Date)>,
    /// When the criterion was first met.
    pub proven_at: Option<Timestamp>,
    /// What spoke against it since, unanswered.
    pub challenge: Option<Reason>,
    /// What speaks against it though it was never proven.
    pub contradicted: Option<Reason>,
    /// Disputes nobody has answered.
    pub disputes: Vec<Reason>,
    pool: Pool,
    /// Attempts of the sessions somebody confirmed.
    confirmed_pool: (u64, u64),
    counts: Counts,
    drift: Drift,
}

/// One piece of evidence as it bears on the rung.
pub(super) struct Example<'a> {
    pub shown: Shown<'a>,
    /// It is of the kind asked for and came off.
    pub counts: bool,
    /// Who confirmed it.
    pub confirmed: Option<(&'a Confirmation, Date)>,
    /// It still counts: nothing reset the run since.
    current: bool,
}

/// Attempts since the start, or since a challenge.
#[derive(Default)]
struct Pool {
    attempts: u64,
    errors: u64,
    days: BTreeSet<Date>,
}

/// Examples that count since the start, or since the run was broken.
#[derive(Default, Clone, Copy)]
struct Counts {
    counted: u32,
    backed: u32,
    confirmed: u32,
}

impl<'a> Tally<'a> {
    /// Folds the events of one rung.
    pub fn fold(
        criterion: &'a Criterion,
        policy: &'a Policy,
        events: impl Iterator<Item = &'a Event<'a>>,
    ) -> Result<Self> {
        let mut tally = Self {
            criterion,
            policy,
            examples: Vec::new(),
            place: HashMap::new(),
            word: Vec::new(),
            asked: Vec::new(),
            proven_at: None,
            challenge: None,
            contradicted: None,
            disputes: Vec::new(),
            pool: Pool::default(),
            confirmed_pool: (0, 0),
            counts: Counts::default(),
            drift: Drift::default(),
        };
        for event in events {
            match &event.what {
                What::Shown(shown) if shown.supports => tally.support(*shown)?,
                What::Shown(shown) => tally.contradict(*shown),
                What::Confirmed { by, .. } if by.role == Role::Oneself => {}
                What::Confirmed {
                    evidence: Some(id),
                    by,
                    on,
                } => tally.confirm(*id, by, *on),
                What::Confirmed {
                    evidence: None,
                    by,
                    on,
                } => tally.word.push((by, *on)),
                What::Withheld { by, next_time, on } => {
                    let same = |a: &FeedbackGiven| a.by == by.by && a.role == by.role;
                    tally.asked.retain(|(before, ..)| !same(before));
                    tally.asked.push((by, *next_time, *on));
                }
                What::Disputed {
                    entry,
                    by,
                    because,
                    settled,
                } => {
                    if !settled {
                        tally.disputes.push(Reason::Disputed {
                            by: (*by).to_owned(),
                            because: (*because).to_owned(),
                            entry: *entry,
                        });
                    }
                }
            }
            tally.judge(event.known_at)?;
        }
        Ok(tally)
    }

    fn support(&mut self, shown: Shown<'a>) -> Result<()> {
        let counts = self.qualifies(&shown);
        let example = Example {
            shown,
            counts,
            confirmed: None,
            current: true,
        };
        match (&shown.evidence.what, self.criterion) {
            (Happening::Attempts { attempts, clean, .. }, Criterion::Accuracy { target, .. }) => {
                let attempts = (*attempts).min(SESSION_MAX);
                let errors = attempts - (*clean).min(attempts);
                self.pool.attempts += u64::from(attempts);
                self.pool.errors += u64::from(errors);
                self.pool.days.insert(shown.on);
                self.watch(attempts, errors, shown.on, target.unwrap_or(0.99))?;
            }
            // What nobody said neither counts nor breaks a run.
            (what, Criterion::Count { in_a_row: true, .. }) if !counts && what.came_off().is_some() => {
                self.break_run();
            }
            _ => {}
        }
        if counts {
            self.counts.counted += worth(&shown);
            if backed(self.criterion, &shown) {
                self.counts.backed += worth(&shown);
            }
        }
        self.place.insert(shown.id, self.examples.len());
        self.examples.push(example);
        Ok(())
    }

    fn contradict(&mut self, shown: Shown<'a>) {
        let reason = Reason::Contradicted {
            evidence: shown.id,
            on: shown.on,
        };
        self.examples.push(Example {
            shown,
            counts: false,
            confirmed: None,
            current: false,
        });
        if matches!(self.criterion, Criterion::Count { in_a_row: true, .. }) {
            self.break_run();
        }
        if self.proven_at.is_some() {
            self.challenged(reason);
        } else {
            self.contradicted = Some(reason);
        }
    }

    fn confirm(&mut self, id: EntryId, by: &'a Confirmation, on: Date) {
        let Some(example) = self.place.get(&id).and_then(|&i| self.examples.get_mut(i)) else {
            return;
        };
        if example.confirmed.is_some() {
            return;
        }
        example.confirmed = Some((by, on));
        if example.current && example.counts {
            let worth = worth(&example.shown);
            self.counts.confirmed += worth;
            if !backed(self.criterion, &example.shown) {
                self.counts.backed += worth;
            }
        }
        if let Happening::Attempts { attempts, clean, .. } = &example.shown.evidence.what {
            let attempts = (*attempts).min(SESSION_MAX);
            self.confirmed_pool.0 += u64::from(attempts);
            self.confirmed_pool.1 += u64::from(attempts.saturating_sub(*clean));
        }
    }

    /// A run of examples was broken: what came before no longer counts towards it.
    fn break_run(&mut self) {
        self.counts = Counts::default();
        for example in &mut self.examples {
            example.current = false;
        }
    }

    /// Something spoke against a proven rung: from here it has to be shown anew.
    fn challenged(&mut self, reason: Reason) {
        self.challenge = Some(reason);
        self.pool = Pool::default();
        self.confirmed_pool = (0, 0);
        self.word.clear();
        self.drift = Drift::default();
        self.break_run();
    }

    /// Watches a proven accuracy for errors that have become more frequent.
    fn watch(&mut self, attempts: u32, errors: u32, on: Date, target: f64) -> Result<()> {
        if self.proven_at.is_some()
            && self.challenge.is_none()
            && self.drift.session(attempts, errors, target, self.policy)?
        {
            self.challenged(Reason::Drift { on });
        }
        Ok(())
    }

    /// Notes the instant at which the criterion is first met, or met again after a challenge.
    fn judge(&mut self, at: Timestamp) -> Result<()> {
        if self.proven_at.is_some() && self.challenge.is_none() {
            return Ok(());
        }
        if self.met()? {
            self.proven_at.get_or_insert(at);
            self.challenge = None;
            self.contradicted = None;
        }
        Ok(())
    }

    fn met(&self) -> Result<bool> {
        let (word, counts) = (!self.word.is_empty(), self.counts);
        Ok(match self.criterion {
            Criterion::Accuracy { target, .. } => {
                self.days_missing() == 0 && self.gate(self.pool.attempts, self.pool.errors, *target)? >= 1.0
            }
            Criterion::Count { at_least, .. } => {
                counts.backed >= *at_least || (word && counts.counted >= *at_least)
            }
            Criterion::Attested { .. } | Criterion::Owned { .. } => word || counts.backed > 0,
            Criterion::Held { .. } => counts.backed > 0,
            Criterion::Judged { at_least, .. } => self.judges() >= *at_least || counts.backed > 0,
        })
    }

    /// The grade of a proven rung.
    pub fn grade(&self) -> Result<Grade> {
        let (word, counts) = (!self.word.is_empty(), self.counts);
        let confirmed = match self.criterion {
            Criterion::Accuracy { target, .. } => {
                let (attempts, errors) = self.confirmed_pool;
                word || self.gate(attempts, errors, *target)? >= 1.0
            }
            Criterion::Count { at_least, .. } => word || counts.confirmed >= *at_least,
            Criterion::Attested { .. } | Criterion::Owned { .. } | Criterion::Held { .. } => {
                word || counts.confirmed > 0
            }
            Criterion::Judged { at_least, .. } => self.judges() >= *at_least,
        };
        Ok(if confirmed {
            Grade::Confirmed
        } else {
            Grade::OwnRecord
        })
    }

    /// How far the gate of an accuracy criterion is open, 0 to 1.
    fn gate(&self, attempts: u64, errors: u64, target: Option<f64>) -> Result<f64> {
        if attempts == 0 {
            return Ok(0.0);
        }
        accuracy::progress(attempts, errors, 1.0 - target.unwrap_or(0.99), self.policy.alpha)
    }

    /// How far towards proof, 0 to 1, and towards its opposite, for what enters the posterior as one item.
    pub fn attempts_progress(&self) -> Result<Option<(f64, f64)>> {
        let Criterion::Accuracy { target, .. } = self.criterion else {
            return Ok(None);
        };
        let (attempts, errors) = (self.pool.attempts, self.pool.errors);
        if attempts == 0 {
            return Ok(None);
        }
        let eps = 1.0 - target.unwrap_or(0.99);
        let goal = -libm::log(self.policy.alpha);
        let against = (accuracy::ln_e_mirror(attempts, errors, eps)? / goal).clamp(0.0, 1.0);
        Ok(Some((self.gate(attempts, errors, *target)?, against)))
    }

    /// Distinct people who would let the person do it unsupervised.
    fn judges(&self) -> u32 {
        let names: BTreeSet<&str> = self
            .word
            .iter()
            .map(|(by, _)| by.by.as_str())
            .chain(
                self.examples
                    .iter()
                    .filter_map(|e| Some(e.confirmed?.0.by.as_str())),
            )
            .collect();
        u32::try_from(names.len()).unwrap_or(u32::MAX)
    }

    fn days_missing(&self) -> u32 {
        let Criterion::Accuracy { days, .. } = self.criterion else {
            return 0;
        };
        let have = u32::try_from(self.pool.days.len()).unwrap_or(u32::MAX);
        days.unwrap_or(self.policy.days).saturating_sub(have)
    }

    /// Whether evidence is of the kind the criterion asks for, and came off. Where that it came off is what the
    /// criterion asks, it must have been said; elsewhere it is enough that nobody said the opposite.
    fn qualifies(&self, shown: &Shown<'_>) -> bool {
        let what = &shown.evidence.what;
        let came_off = what.came_off() == Some(true);
        let not_failed = what.came_off() != Some(false);
        let kind = what.kind();
        match self.criterion {
            Criterion::Accuracy { .. } => kind == EvidenceKind::Attempts,
            Criterion::Count {
                of, leading_others, ..
            } => {
                let led = !leading_others
                    || match what {
                        Happening::Project { people_led, .. } => *people_led > 0,
                        _ => true,
                    };
                (of.is_empty() || of.contains(&kind)) && came_off && led
            }
            Criterion::Attested { of, .. } => {
                let tried = match what {
                    Happening::Attempts {
                        attempts,
                        clean,
                        aided,
                        ..
                    } => clean.saturating_add(*aided) == *attempts,
                    _ => not_failed,
                };
                (of.is_empty() || of.contains(&kind)) && tried
            }
            Criterion::Held { .. } => kind == EvidenceKind::Credential,
            Criterion::Owned { .. } => kind == EvidenceKind::Ownership && came_off,
            Criterion::Judged { .. } => not_failed,
        }
    }

    /// True when the criterion is at least half met.
    pub fn partly(&self) -> Result<bool> {
        Ok(match self.criterion {
            Criterion::Accuracy { target, .. } => {
                self.gate(self.pool.attempts, self.pool.errors, *target)? >= 0.5
            }
            Criterion::Count { at_least, .. } => self.counts.counted.saturating_mul(2) >= *at_least,
            Criterion::Judged { .. }
            | Criterion::Attested { .. }
            | Criterion::Owned { .. }
            | Criterion::Held { .. } => self.counts.counted > 0 || !self.word.is_empty(),
        })
    }

    /// The attempts themselves refute the accuracy asked for.
    pub fn refuted(&self) -> Result<Option<Reason>> {
        let (attempts, errors) = (self.pool.attempts, self.pool.errors);
        Ok(match self.attempts_progress()? {
            Some((_, against)) if against >= 1.0 => Some(Reason::TooManyErrors { attempts, errors }),
            _ => None,
        })
    }

    /// What there is, as reasons.
    pub fn reasons(&self) -> Result<Vec<Reason>> {
        let withheld = |n: NextTime| matches!(n, NextTime::Beside | NextTime::NotYet);
        let asked = self.asked.iter().filter(|(_, next_time, _)| withheld(*next_time));
        // First, so that nobody overlooks it beside a step that looks likely.
        let mut reasons: Vec<Reason> = asked
            .map(|(given, next_time, on)| Reason::Withheld {
                by: given.by.clone(),
                role: given.role,
                next_time: *next_time,
                on: *on,
            })
            .collect();
        match self.criterion {
            Criterion::Accuracy { target, .. } if self.pool.attempts > 0 => {
                reasons.push(Reason::Attempts {
                    attempts: self.pool.attempts,
                    errors: self.pool.errors,
                    days: u32::try_from(self.pool.days.len()).unwrap_or(u32::MAX),
                    claim: Number::new(accuracy::bound(
                        self.pool.attempts,
                        self.pool.errors,
                        self.policy.alpha,
                    )?),
                    target: Number::new(target.unwrap_or(0.99)),
                });
            }
            Criterion::Accuracy { .. } => {}
            _ if self.counts.counted > 0 => reasons.push(Reason::Examples {
                counted: self.counts.counted,
                backed: self.counts.backed,
                confirmed: self.counts.confirmed,
                needed: self.needed(),
            }),
            _ => {}
        }
        let unsaid =
            |e: &&Example<'_>| e.shown.supports && !e.counts && e.shown.evidence.what.came_off().is_none();
        reasons.extend(
            self.examples
                .iter()
                .filter(unsaid)
                .map(|e| Reason::NotSaid { evidence: e.shown.id }),
        );
        let of_evidence = self
            .examples
            .iter()
            .filter_map(|e| e.confirmed.map(|c| (c, Some(e.shown.id))));
        let of_rung = self.word.iter().map(|word| (*word, None));
        reasons.extend(
            of_rung
                .chain(of_evidence)
                .map(|((by, on), evidence)| Reason::Confirmed {
                    by: by.by.clone(),
                    role: by.role,
                    on,
                    evidence,
                }),
        );
        Ok(reasons)
    }

    fn needed(&self) -> u32 {
        match self.criterion {
            Criterion::Count { at_least, .. } | Criterion::Judged { at_least, .. } => *at_least,
            _ => 1,
        }
    }

    /// What would meet the criterion.
    pub fn missing(&self) -> Result<Vec<Missing>> {
        match self.criterion {
            Criterion::Accuracy { target, .. } => self.missing_attempts(target.unwrap_or(0.99)),
            Criterion::Held { .. } if self.counts.counted == 0 => Ok(vec![Missing::Credential]),
            Criterion::Owned { confirmed_by } if self.counts.counted == 0 => Ok(vec![Missing::Ownership {
                confirmed_by: confirmed_by.clone(),
            }]),
            Criterion::Judged {
                confirmed_by,
                at_least,
            } if self.counts.counted == 0 => Ok(vec![Missing::Judgement {
                more: at_least.saturating_sub(self.judges()),
                confirmed_by: confirmed_by.clone(),
            }]),
            _ => Ok(self.missing_examples()),
        }
    }

    fn missing_attempts(&self, target: f64) -> Result<Vec<Missing>> {
        let more = |target: f64| {
            accuracy::clean_needed(
                self.pool.attempts,
                self.pool.errors,
                1.0 - target,
                self.policy.alpha,
            )
        };
        let mut missing = Vec::new();
        let needed = more(target)?;
        if needed > 0 {
            let others = USUAL_TARGETS
                .into_iter()
                .filter(|usual| (usual - target).abs() > 1e-9)
                .map(|usual| Ok((Number::new(usual), more(usual)?)))
                .filter(|other| !matches!(other, Ok((_, 0))))
                .collect::<Result<_>>()?;
            missing.push(Missing::CleanAttempts {
                more: needed,
                target: Number::new(target),
                others,
            });
        }
        let days = self.days_missing();
        // The days come along with the attempts unless there are fewer attempts than days to go.
        if days > 0 && u64::from(days) > needed {
            missing.push(Missing::Days { more: days });
        }
        Ok(missing)
    }

    fn missing_examples(&self) -> Vec<Missing> {
        let (of, leading_others, confirmed_by) = match self.criterion {
            Criterion::Count {
                of,
                leading_others,
                confirmed_by,
                ..
            } => (of.clone(), *leading_others, confirmed_by),
            Criterion::Attested { of, confirmed_by } => (of.clone(), false, confirmed_by),
            Criterion::Owned { confirmed_by } | Criterion::Judged { confirmed_by, .. } => {
                (Vec::new(), false, confirmed_by)
            }
            Criterion::Accuracy { .. } | Criterion::Held { .. } => (Vec::new(), false, NOBODY),
        };
        let needed = self.needed();
        let unbacked = self
            .examples
            .iter()
            .filter(|e| e.current && e.counts && e.confirmed.is_none() && !backed(self.criterion, &e.shown))
            .map(|e| Missing::Backing {
                evidence: e.shown.id,
                confirmed_by: confirmed_by.clone(),
            });
        let want_backing = needed.saturating_sub(self.counts.backed) as usize;
        let mut missing: Vec<Missing> = unbacked.take(want_backing).collect();
        let more = needed.saturating_sub(self.counts.counted);
        if more > 0 {
            let taught = of == [EvidenceKind::Teaching];
            missing.push(if taught {
                Missing::LearnerUnaided {
                    evidence: self.examples.last().map(|e| e.shown.id),
                }
            } else {
                Missing::Examples {
                    more,
                    of,
                    leading_others,
                    confirmed_by: confirmed_by.clone(),
                }
            });
        }
        missing
    }
}

const NOBODY: &String = &String::new();

/// How many examples a piece of evidence is worth: a log of clean attempts is as many as it holds.
fn worth(shown: &Shown<'_>) -> u32 {
    match &shown.evidence.what {
        Happening::Attempts { clean, aided, .. } => clean.saturating_add(*aided).min(SESSION_MAX),
        _ => 1,
    }
}

/// Something to show for it: a file, a link, a log, a number that can be looked up. A log of attempts shows
/// what is counted; where something is judged, there is nothing in it to judge by.
fn backed(criterion: &Criterion, shown: &Shown<'_>) -> bool {
    let artefact = shown.evidence.artefacts.iter().any(|a| match a {
        Artefact::Attachment { .. } | Artefact::Link { .. } => true,
    });
    artefact
        || match &shown.evidence.what {
            Happening::Attempts { .. } => !matches!(criterion, Criterion::Judged { .. }),
            Happening::Credential { number, .. } => !number.is_empty(),
            _ => false,
        }
}

impl Example<'_> {
    /// How far it can be relied on, 0 to 1, and whose word it rests on.
    pub fn backing(&self, policy: &Policy) -> (f64, &str) {
        let v = policy.verifiability;
        match self.confirmed {
            Some((by, _)) if signed(by) => (v.signed, by.by.as_str()),
            Some((by, _)) => (v.confirmed, by.by.as_str()),
            None if !self.shown.evidence.artefacts.is_empty() => (v.artefact, ""),
            None => (v.own, ""),
        }
    }
}
