//! What is probable: ratings with each rater's leniency allowed for, then evidence by its weight.
//!
//! The method is in `docs/method/standing.md`: an ordinal model of the ratings gives a distribution over
//! rungs; each item of evidence multiplies it by its likelihood, tempered by how far the item can be
//! relied on, how many items come from the same source and how long the competency was not used.

use std::collections::HashMap;

use metier_measure::evidence::{Curve, Item, temper, weight};
use metier_measure::further::Known;
use metier_measure::ordinal::{OrdinalModel, Rating};
use metier_measure::range::shortest_run;
use metier_measure::{Result, ordinal};

use super::record::signed;
use super::tally::Tally;
use super::{Allowed, CalibrationUse, ItemStanding, LastUse, Number, Probably, Question, Said};
use crate::calibration::{Calibration, InUse, Unfit};
use crate::evidence::Happening;
use crate::framework::{Competency, EvidenceKind};
use crate::id::{EntryId, RungId};
use crate::policy::Policy;
use crate::rating::Role;

/// The model for one framework's ladder, reused over its competencies.
pub(super) struct Belief<'a> {
    model: OrdinalModel,
    curve: Curve,
    policy: &'a Policy,
    rungs: Vec<&'a RungId>,
    /// The calibration asked with, and why it is not used, if it is not.
    asked: Option<(InUse<'a>, Option<Unfit>)>,
}

/// What is probable on one competency.
pub(super) struct Believed {
    pub probably: Probably,
    /// `at_least[r]`: probability of being at least on the rung in place `r`.
    pub at_least: Vec<f64>,
    pub items: Vec<ItemStanding>,
}

/// An item before its weight is known.
pub(super) struct Piece<'t> {
    evidence: Option<EntryId>,
    rung: usize,
    supports: bool,
    verifiability: f64,
    pub source: &'t str,
    ages: bool,
    scale: f64,
}

impl<'a> Belief<'a> {
    pub fn new(question: &Question<'a>) -> Result<Self> {
        let rungs: Vec<&RungId> = question.framework.ladder.active().map(|r| &r.id).collect();
        let asked = question.calibration.map(|in_use| {
            let unfit = in_use
                .calibration
                .unfit_for(question.framework, question.policy, question.at);
            (in_use, unfit)
        });
        let (taus, prior_sd) = match used(asked) {
            Some(calibration) => (
                calibration.thresholds.iter().map(|t| t.get()).collect(),
                calibration.prior_sd.get(),
            ),
            None => (
                equal_thresholds(rungs.len(), question.policy),
                question.policy.prior_sd,
            ),
        };
        let shape = question.policy.item;
        Ok(Self {
            model: OrdinalModel::new(&taus, prior_sd)?,
            curve: Curve {
                a: shape.slope,
                g: shape.guess,
                s: shape.slip,
            },
            policy: question.policy,
            rungs,
            asked,
        })
    }

    /// The calibration asked with, as a standing names it.
    pub fn calibration(&self) -> Option<CalibrationUse> {
        self.asked.map(|(in_use, unfit)| CalibrationUse {
            digest: in_use.digest,
            of: in_use.calibration.of.clone(),
            made_on: in_use.calibration.made_on,
            unfit,
        })
    }

    /// What people said, with what is allowed for in it when a calibration is used.
    pub fn allowing(&self, ratings: &[Said]) -> Vec<Said> {
        let Some(calibration) = used(self.asked) else {
            return ratings.to_vec();
        };
        let step = calibration.step();
        let allowed = |said: &Said| {
            let allowance = calibration.allowance(&said.rater, said.role)?;
            Some(Allowed {
                steps: Number::new(allowance.mean.get() / step),
                give_or_take: Number::new(allowance.sd.get() / step),
                from_ratings: allowance.own,
            })
        };
        ratings
            .iter()
            .map(|said| Said {
                allowed: allowed(said),
                ..said.clone()
            })
            .collect()
    }

    /// The posterior of one competency.
    pub fn about(
        &mut self,
        competency: &Competency,
        ratings: &[Said],
        tallies: &[Tally<'_>],
        last_used: Option<&LastUse>,
    ) -> Result<Believed> {
        let said: Vec<Rating> = ratings.iter().map(|r| self.rating(r)).collect();
        let from_ratings = self.model.posterior(&said)?.mass;
        let pieces = self.pieces(tallies)?;
        let age = last_used.map_or(0.0, |l| l.months.get());
        let items = self.weigh(competency, &pieces, age, None)?;
        let mass = temper(&from_ratings, &items, self.curve)?;
        let run = shortest_run(&mass, self.policy.range)?;
        let rung = |category: usize| category.checked_sub(1).map(|r| self.rungs[r].clone());
        let most = (0..mass.len())
            .rev()
            .max_by(|&a, &b| mass[a].total_cmp(&mass[b]))
            .unwrap_or(0);
        let at_least = (1..mass.len())
            .map(|c| mass[c..].iter().sum::<f64>().min(1.0))
            .collect();
        let items = pieces
            .iter()
            .zip(&items)
            .map(|(piece, item)| ItemStanding {
                evidence: piece.evidence,
                rung: self.rungs[piece.rung].clone(),
                supports: piece.supports,
                weight: Number::new(item.weight),
            })
            .collect();
        Ok(Believed {
            probably: Probably {
                low: rung(run.lo),
                high: rung(run.hi),
                held: Number::new(run.held),
                most: rung(most),
                mass: mass.iter().map(|&m| Number::new(m)).collect(),
                from_ratings: from_ratings.iter().map(|&m| Number::new(m)).collect(),
            },
            at_least,
            items,
        })
    }

    /// Someone's word, as the model takes it.
    pub fn rating(&self, said: &Said) -> Rating {
        let (leniency_mean, leniency_sd) = self.leniency(&said.rater, said.role);
        let category = said
            .rung
            .as_ref()
            .and_then(|rung| self.rungs.iter().position(|r| *r == rung))
            .map_or(0, |place| place + 1);
        Rating {
            category,
            leniency_mean,
            leniency_sd,
        }
    }

    /// Mean and standard deviation of a rater's leniency: the calibration's where one is used, else the
    /// policy's for the role.
    pub fn leniency(&self, rater: &str, role: Role) -> (f64, f64) {
        used(self.asked)
            .and_then(|calibration| calibration.allowance(rater, role))
            .map_or_else(
                || {
                    let prior = self.policy.leniency_of(role);
                    (prior.mean, prior.sd)
                },
                |allowance| (allowance.mean.get(), allowance.sd.get()),
            )
    }

    /// What enters the posterior, before it is weighed.
    pub fn pieces<'t>(&self, tallies: &'t [Tally<'_>]) -> Result<Vec<Piece<'t>>> {
        let mut pieces: Vec<Piece<'t>> = Vec::new();
        for (rung, tally) in tallies.iter().enumerate() {
            self.pieces_of(rung, tally, &mut pieces)?;
        }
        Ok(pieces)
    }

    /// The pieces with their weights so many months after the last use; `joined` by another one of that source.
    pub fn weigh(
        &self,
        competency: &Competency,
        pieces: &[Piece<'_>],
        age: f64,
        joined: Option<&str>,
    ) -> Result<Vec<Item>> {
        let mut of_source: HashMap<&str, usize> = HashMap::new();
        for source in pieces.iter().map(|p| p.source).chain(joined) {
            *of_source.entry(source).or_default() += 1;
        }
        let half_life = self.policy.half_life_of(competency.retention);
        pieces
            .iter()
            .map(|piece| {
                let age = if piece.ages { age } else { 0.0 };
                let same = of_source[piece.source];
                let full = weight(piece.verifiability, same, self.policy.rho, age, half_life)?;
                Ok(Item {
                    target: piece.rung + 1,
                    supports: piece.supports,
                    weight: full * piece.scale,
                })
            })
            .collect()
    }

    /// What is known from these ratings and items, to ask what a further observation would tell.
    pub fn known<'k>(&'k mut self, ratings: &'k [Rating], items: &'k [Item]) -> Known<'k> {
        Known {
            model: &mut self.model,
            ratings,
            items,
            curve: self.curve,
            level: self.policy.range,
        }
    }

    fn pieces_of<'t>(&self, rung: usize, tally: &'t Tally<'_>, pieces: &mut Vec<Piece<'t>>) -> Result<()> {
        let progress = tally.attempts_progress()?;
        let mut log: Option<Piece<'t>> = None;
        for example in &tally.examples {
            let (verifiability, source) = example.backing(self.policy);
            let what = &example.shown.evidence.what;
            if let (Some((for_it, against)), Happening::Attempts { .. }, true) =
                (progress, what, example.shown.supports)
            {
                // All attempts are one item, weighed by how far the gate is open; a confirmed session
                // lends its confirmation to the log.
                let piece = log.get_or_insert(Piece {
                    evidence: Some(example.shown.id),
                    rung,
                    supports: for_it >= against,
                    verifiability,
                    source,
                    ages: true,
                    scale: for_it.max(against),
                });
                if verifiability > piece.verifiability {
                    (piece.verifiability, piece.source) = (verifiability, source);
                }
                continue;
            }
            pieces.push(Piece {
                evidence: Some(example.shown.id),
                rung,
                supports: example.shown.supports,
                verifiability,
                source,
                ages: ages(what.kind()),
                scale: example.shown.confidence,
            });
        }
        pieces.extend(log);
        for (by, _) in &tally.word {
            let v = self.policy.verifiability;
            pieces.push(Piece {
                evidence: None,
                rung,
                supports: true,
                verifiability: if signed(by) { v.signed } else { v.confirmed },
                source: by.by.as_str(),
                ages: true,
                scale: 1.0,
            });
        }
        Ok(())
    }
}

/// The calibration, if it is used.
fn used(asked: Option<(InUse<'_>, Option<Unfit>)>) -> Option<&Calibration> {
    asked
        .filter(|(_, unfit)| unfit.is_none())
        .map(|(in_use, _)| in_use.calibration)
}

/// The policy's thresholds.
pub(crate) fn equal_thresholds(rungs: usize, policy: &Policy) -> Vec<f64> {
    let span = policy.threshold_span / 2.1;
    // No model takes more than 100 of them.
    ordinal::equal_thresholds(u8::try_from(rungs).unwrap_or(u8::MAX))
        .iter()
        .map(|t| t * span)
        .collect()
}

/// Credentials, publications and recognitions expire or stand; they do not fade.
fn ages(kind: EvidenceKind) -> bool {
    !matches!(
        kind,
        EvidenceKind::Credential | EvidenceKind::Communication | EvidenceKind::Recognition
    )
}
