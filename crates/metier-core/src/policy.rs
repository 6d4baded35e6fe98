//! The numbers a judgement depends on: one versioned document, shown to the person. They are policy,
//! chosen and published, never called learned.

use serde::{Deserialize, Serialize};

use crate::framework::Retention;
use crate::rating::Role;

/// One version of the numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which version.
    pub version: u32,
    /// Error probability of "proven" by attempts.
    pub alpha: f64,
    /// Distinct days that make "consistently".
    pub days: u32,
    /// "Likely" from this probability on.
    pub likely: f64,
    /// "Not yet" below this probability, with at least one rating or item.
    pub not_yet: f64,
    /// Mass of the range shown.
    pub range: f64,
    /// Standard deviation of the person prior; its mean is 0.
    pub prior_sd: f64,
    /// Thresholds are equally spaced from minus to plus this.
    pub threshold_span: f64,
    /// Leniency of raters, by role.
    pub leniency: Vec<Leniency>,
    /// How far each sort of backing can be relied on.
    pub verifiability: Verifiability,
    /// Correlation of items of one source.
    pub rho: f64,
    /// Shape of an item's likelihood: slope, guess, slip.
    pub item: ItemShape,
    /// Months until half is lost without use.
    pub half_life: HalfLife,
    /// A refresher is due below this retained share, for accuracy rungs…
    pub refresher_accuracy: f64,
    /// …and for others.
    pub refresher_other: f64,
    /// The fewest people who must have said a thing before it is told without their names; never under three.
    pub anonymity: u32,
    /// Days before its expiry that a credential is warned about.
    pub expiry_warning_days: i32,
    /// How many times the errors that a target allows a slip is that "slipped since it was proven" watches for.
    pub drift_factor: f64,
    /// Height of the drift statistic that raises the alarm, in natural logarithms of a likelihood ratio; how many
    /// attempts lie between false alarms follows from it (`docs/method/trials.md`).
    pub drift_alarm: f64,
}

/// How generously a role judges, on the latent scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leniency {
    /// The role.
    pub role: Role,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// How far each sort of backing can be relied on, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verifiability {
    /// Own log or words.
    pub own: f64,
    /// With an artefact.
    pub artefact: f64,
    /// Confirmed by a named person.
    pub confirmed: f64,
    /// Signed, or a verified credential.
    pub signed: f64,
}

/// Shape of an item's likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemShape {
    /// Slope.
    pub slope: f64,
    /// Guess.
    pub guess: f64,
    /// Slip.
    pub slip: f64,
}

/// Months until half is lost without use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfLife {
    /// Where getting it right fades.
    pub accuracy: f64,
    /// Where speed fades.
    pub speed: f64,
    /// Where both do.
    pub mixed: f64,
}

impl Policy {
    /// Version 1 (`docs/method/policy.md` says where each number is from).
    pub fn version_1() -> Self {
        let leniency = |role, mean, sd| Leniency { role, mean, sd };
        Self {
            version: 1,
            alpha: 0.05,
            days: 10,
            likely: 0.50,
            not_yet: 0.20,
            range: 0.80,
            prior_sd: 1.3,
            threshold_span: 2.1,
            leniency: vec![
                leniency(Role::Oneself, 0.6, 0.7),
                leniency(Role::Manager, -0.3, 0.5),
                leniency(Role::Peer, 0.15, 0.6),
                leniency(Role::Client, 0.15, 0.6),
                leniency(Role::Mentor, 0.0, 0.5),
            ],
            verifiability: Verifiability {
                own: 0.6,
                artefact: 0.7,
                confirmed: 0.9,
                signed: 0.95,
            },
            rho: 0.7,
            item: ItemShape {
                slope: 1.5,
                guess: 0.1,
                slip: 0.05,
            },
            half_life: HalfLife {
                accuracy: 6.5,
                speed: 13.0,
                mixed: 11.0,
            },
            refresher_accuracy: 0.50,
            refresher_other: 0.25,
            anonymity: 5,
            expiry_warning_days: 90,
            drift_factor: 4.0,
            drift_alarm: 4.0,
        }
    }

    /// Leniency of a role; a role the document leaves out is taken as neutral and uncertain.
    pub fn leniency_of(&self, role: Role) -> Leniency {
        self.leniency
            .iter()
            .find(|l| l.role == role)
            .copied()
            .unwrap_or(Leniency {
                role,
                mean: 0.0,
                sd: 0.7,
            })
    }

    /// Leniency of a role in steps of a ladder with so many rungs: above 0 the role sees people higher than
    /// they are taken to be. A ladder of one rung has no step.
    pub fn leniency_in_steps(&self, role: Role, rungs: usize) -> f64 {
        if rungs < 2 {
            return 0.0;
        }
        let between = u32::try_from(rungs - 1).map_or(f64::MAX, f64::from);
        self.leniency_of(role).mean / (2.0 * self.threshold_span / between)
    }

    /// Half-life in months of what fades.
    pub fn half_life_of(&self, retention: Retention) -> f64 {
        match retention {
            Retention::Accuracy => self.half_life.accuracy,
            Retention::Speed => self.half_life.speed,
            Retention::Mixed => self.half_life.mixed,
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::version_1()
    }
}
