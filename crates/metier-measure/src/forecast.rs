//! How good were stated probabilities, once it is known what came?
//!
//! A [`Forecast`] is a probability that was stated and whether the thing came. Scores say how good the
//! statements were as a whole ([`brier`], [`log_score`]); [`decompose`] splits the Brier score into being
//! right about the chances, telling apart, and what nobody can help; [`reliability`] and [`pooled`] show
//! where statements and outcomes part, by bins or without any; [`check`] asks whether the outcomes speak
//! against the statements, and says so when they are too few to tell.
//!
//! Forecasts are taken as of separate things: several statements about one thing are not several forecasts.
//! Order changes no bit of any answer.
//!
//! References: Brier, Monthly Weather Review 78 (1950); Good, Journal of the Royal Statistical Society B 14
//! (1952); Murphy, Journal of Applied Meteorology 12 (1973); Dawid, Journal of the American Statistical
//! Association 77 (1982); Stephenson, Coelho and Jolliffe, Weather and Forecasting 23 (2008); Dimitriadis,
//! Gneiting and Jordan, PNAS 118 (2021).

mod bins;
mod check;
mod pooled;

use crate::error::{MeasureError, Result, closed_unit};

pub use bins::{Bin, Decomposition, Edges, decompose, reliability};
pub use check::{Check, Finding, MAX_EXACT, Overall, check, overall};
pub use pooled::{Pool, Pooled, pooled};

/// The largest number of forecasts scored at once.
pub const MAX_FORECASTS: usize = 10_000_000;

/// A probability that was stated, and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The stated probability that it would come, from 0 to 1.
    pub stated: f64,
    /// Whether it came.
    pub came: bool,
}

impl Forecast {
    fn outcome(&self) -> f64 {
        if self.came { 1.0 } else { 0.0 }
    }

    fn squared_error(&self) -> f64 {
        let apart = self.stated - self.outcome();
        apart * apart
    }
}

/// Brier's score, the mean of `(stated - outcome)^2`: 0 is perfect, 1 as wrong as can be, 1/4 what always
/// saying one half earns. From 1 to [`MAX_FORECASTS`] forecasts.
///
/// # Errors
/// When there are none or too many, or a stated probability is none.
pub fn brier(forecasts: &[Forecast]) -> Result<f64> {
    Ok(mean(&sorted(forecasts)?, Forecast::squared_error))
}

/// Good's logarithmic score, the mean of `-ln(probability stated for what came)`, in nats: 0 is perfect, ln 2
/// what always saying one half earns.
///
/// A stated 0 or 1 that turned out right costs nothing. One that turned out wrong costs infinitely much,
/// however many others were right: that is no number to put beside others, and it is refused. Nothing is
/// clipped.
///
/// # Errors
/// When there are none or too many, a stated probability is none, or a certainty turned out wrong.
pub fn log_score(forecasts: &[Forecast]) -> Result<f64> {
    let sorted = sorted(forecasts)?;
    let wrong = |f: &Forecast| (f.came && f.stated <= 0.0) || (!f.came && f.stated >= 1.0);
    if sorted.iter().any(wrong) {
        return Err(MeasureError::NotEstimable {
            quantity: "log score",
            because: "something stated as certain turned out otherwise, which scores as infinitely wrong",
        });
    }
    let surprise = |f: &Forecast| {
        if f.came {
            -libm::log(f.stated)
        } else {
            -libm::log1p(-f.stated)
        }
    };
    Ok(mean(&sorted, surprise) + 0.0)
}

/// Checked, lowest stated probability first, what did not come before what did: one order for any order
/// given.
fn sorted(forecasts: &[Forecast]) -> Result<Vec<Forecast>> {
    if forecasts.is_empty() || forecasts.len() > MAX_FORECASTS {
        return Err(MeasureError::Length {
            name: "forecasts",
            length: forecasts.len(),
            allowed: "1 to 10000000",
        });
    }
    let mut sorted = forecasts
        .iter()
        .map(|f| {
            // Zero has one sign here.
            let stated = closed_unit("stated", f.stated)? + 0.0;
            Ok(Forecast { stated, came: f.came })
        })
        .collect::<Result<Vec<_>>>()?;
    sorted.sort_unstable_by(|a, b| a.stated.total_cmp(&b.stated).then(a.came.cmp(&b.came)));
    Ok(sorted)
}

fn mean(forecasts: &[Forecast], of: impl Fn(&Forecast) -> f64) -> f64 {
    forecasts.iter().map(of).sum::<f64>() / forecasts.len() as f64
}

fn came(forecasts: &[Forecast]) -> u64 {
    forecasts.iter().map(|f| u64::from(f.came)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(list: &[(f64, bool)]) -> Vec<Forecast> {
        list.iter()
            .map(|&(stated, came)| Forecast { stated, came })
            .collect()
    }

    #[test]
    fn scores_a_handful_by_hand() {
        let few = told(&[(0.7, true), (0.7, false), (0.2, false), (1.0, true)]);
        assert!((brier(&few).unwrap() - (0.09 + 0.49 + 0.04) / 4.0).abs() < 1e-15);
        let surprise = -(libm::log(0.7) + libm::log(0.3) + libm::log(0.8)) / 4.0;
        assert!((log_score(&few).unwrap() - surprise).abs() < 1e-15);
    }

    #[test]
    fn certainty_is_free_when_right_and_refused_when_wrong() {
        let right = told(&[(0.0, false), (1.0, true), (-0.0, false)]);
        assert_eq!(brier(&right), Ok(0.0));
        assert_eq!(log_score(&right).map(f64::to_bits), Ok(0.0_f64.to_bits()));
        for wrong in [(0.0, true), (1.0, false)] {
            let told = told(&[(0.5, true), wrong]);
            assert!(matches!(log_score(&told), Err(MeasureError::NotEstimable { .. })));
            assert!(brier(&told).is_ok());
        }
    }

    #[test]
    fn refuses_what_is_no_probability_and_nothing_at_all() {
        for bad in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
            assert!(brier(&told(&[(0.5, true), (bad, false)])).is_err(), "{bad}");
            assert!(log_score(&told(&[(bad, true)])).is_err(), "{bad}");
        }
        assert!(brier(&[]).is_err() && log_score(&[]).is_err());
    }
}
