//! Which single further observation would narrow the range most?
//!
//! Each possible outcome of an observation leads to a distribution over the categories; averaged over the
//! chances of the outcomes as now seen, the length of the shortest range and the entropy say what the
//! observation is expected to leave open (Lindley, Annals of Mathematical Statistics 27, 1956). All outcomes
//! are summed, none is sampled.
//!
//! For a rating, and for an item of weight 1, the average of the distributions after is the distribution
//! before, and the expected entropy is never above the entropy now. An item of a smaller weight is expected
//! with its full likelihood, as its source would respond, and then moves the distribution by its weight only,
//! as [`evidence::temper`] will: the average then moves a little towards caution, and its expected
//! entropy can lie above that of now.

use crate::error::{MeasureError, Result, within};
use crate::evidence::{self, Curve, Item};
use crate::ordinal::{OrdinalModel, Rating};
use crate::range::shortest_run;

/// Something that could be asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Further {
    /// A rating by a rater of this leniency; see [`Rating`].
    Rating {
        /// The mean leniency, from -50 to 50.
        leniency_mean: f64,
        /// Its standard deviation, from 0 to 3.
        leniency_sd: f64,
    },
    /// An example about a category, which may come out in support or against.
    Item {
        /// The category it speaks about.
        target: usize,
        /// Its weight, from 0 to 1.
        weight: f64,
    },
}

/// What is left open, in expectation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Open {
    /// The length of the shortest run of categories that holds the level, in categories.
    pub length: f64,
    /// The entropy of the distribution over the categories, in nats.
    pub entropy: f64,
}

/// What is known: ratings under a model, and weighed items.
#[derive(Debug)]
pub struct Known<'a> {
    /// The model of the ratings, whose categories the items speak of too.
    pub model: &'a mut OrdinalModel,
    /// The ratings.
    pub ratings: &'a [Rating],
    /// The items.
    pub items: &'a [Item],
    /// How items respond to the category.
    pub curve: Curve,
    /// The share of probability that the range holds, more than 0 and at most 1.
    pub level: f64,
}

impl Known<'_> {
    /// The distribution over the categories: ratings first, then items.
    ///
    /// # Errors
    /// As for [`OrdinalModel::posterior`] and [`evidence::temper`].
    pub fn mass(&mut self) -> Result<Vec<f64>> {
        let mass = self.model.posterior(self.ratings)?.mass;
        evidence::temper(&mass, self.items, self.curve)
    }

    /// What is open now.
    ///
    /// # Errors
    /// As for [`Known::mass`], and when the level is outside its domain.
    pub fn open(&mut self) -> Result<Open> {
        let mass = self.mass()?;
        open(&mass, self.level)
    }

    /// The outcomes of a further observation: the chance of each, and the distribution after it. Of a rating,
    /// one for each category; of an item, in support and then against.
    ///
    /// # Errors
    /// As for [`Known::mass`], and when the observation is outside its domain.
    pub fn outcomes(&mut self, further: Further) -> Result<Vec<(f64, Vec<f64>)>> {
        match further {
            Further::Rating {
                leniency_mean,
                leniency_sd,
            } => {
                let joint = self.model.next(self.ratings, leniency_mean, leniency_sd)?;
                let even = vec![1.0; joint.len()];
                let weights = evidence::temper(&even, self.items, self.curve)?;
                let joint: Vec<Vec<f64>> = joint
                    .into_iter()
                    .map(|row| row.iter().zip(&weights).map(|(p, w)| p * w).collect())
                    .collect();
                let total: f64 = joint.iter().flatten().sum();
                within("the items' likelihood", total, |t| t > 0.0, "more than 0")?;
                Ok(joint
                    .into_iter()
                    .filter_map(|row| {
                        let sum: f64 = row.iter().sum();
                        let after = || row.iter().map(|p| p / sum).collect();
                        (sum > 0.0).then(|| (sum / total, after()))
                    })
                    .collect())
            }
            Further::Item { target, weight } => {
                let mass = self.mass()?;
                let mut outcomes = Vec::with_capacity(2);
                for supports in [true, false] {
                    let mut chance = 0.0;
                    for (category, p) in mass.iter().enumerate() {
                        chance += p * evidence::likelihood(category, target, supports, self.curve)?;
                    }
                    let item = Item {
                        target,
                        supports,
                        weight,
                    };
                    outcomes.push((chance, evidence::temper(&mass, &[item], self.curve)?));
                }
                Ok(outcomes)
            }
        }
    }

    /// What a further observation is expected to leave open.
    ///
    /// # Errors
    /// As for [`Known::outcomes`], and when the level is outside its domain.
    pub fn expected(&mut self, further: Further) -> Result<Open> {
        let level = self.level;
        let mut expected = Open {
            length: 0.0,
            entropy: 0.0,
        };
        for (chance, mass) in self.outcomes(further)? {
            let after = open(&mass, level)?;
            expected.length += chance * after.length;
            expected.entropy += chance * after.entropy;
        }
        Ok(expected)
    }

    /// The observation, of those `offered`, expected to narrow the range most: its place and what it leaves
    /// open. Ranges within 1e-9 of each other count as equal, then the smaller entropy decides, then the
    /// earlier place. None when nothing is offered, or when nothing offered is expected to leave less open
    /// than now.
    ///
    /// # Errors
    /// As for [`Known::expected`]; more than 10,000 offers are refused.
    pub fn most_telling(&mut self, offered: &[Further]) -> Result<Option<(usize, Open)>> {
        const EQUAL: f64 = 1e-9;
        if offered.len() > 10_000 {
            return Err(MeasureError::Length {
                name: "offered",
                length: offered.len(),
                allowed: "at most 10000",
            });
        }
        let now = self.open()?;
        let less = |a: &Open, b: &Open| {
            a.length < b.length - EQUAL || (a.length <= b.length + EQUAL && a.entropy < b.entropy - EQUAL)
        };
        let mut best: Option<(usize, Open)> = None;
        for (place, further) in offered.iter().enumerate() {
            let open = self.expected(*further)?;
            if less(&open, best.as_ref().map_or(&now, |(_, open)| open)) {
                best = Some((place, open));
            }
        }
        Ok(best)
    }
}

fn open(mass: &[f64], level: f64) -> Result<Open> {
    let run = shortest_run(mass, level)?;
    let of = |p: &f64| if *p > 0.0 { -p * libm::log(*p) } else { 0.0 };
    Ok(Open {
        length: (run.hi - run.lo + 1) as f64,
        entropy: mass.iter().map(of).sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ordinal::equal_thresholds;

    fn rating(category: usize, leniency_mean: f64, leniency_sd: f64) -> Rating {
        Rating {
            category,
            leniency_mean,
            leniency_sd,
        }
    }

    #[test]
    fn prefers_the_rater_whose_leniency_is_known_and_the_item_between_what_is_open() {
        let mut model = OrdinalModel::new(&equal_thresholds(8), 1.3).unwrap();
        let said = [rating(4, 0.6, 0.7)];
        let mut known = Known {
            model: &mut model,
            ratings: &said,
            items: &[],
            curve: Curve::default(),
            level: 0.8,
        };
        let vague = Further::Rating {
            leniency_mean: 0.0,
            leniency_sd: 1.5,
        };
        let sharp = Further::Rating {
            leniency_mean: -0.3,
            leniency_sd: 0.2,
        };
        let (place, after) = known.most_telling(&[vague, sharp]).unwrap().unwrap();
        let now = known.open().unwrap();
        assert_eq!(place, 1);
        assert!(after.length < now.length && after.entropy < now.entropy);
        let item = |target| Further::Item { target, weight: 1.0 };
        let items: Vec<Further> = (0..9).map(item).collect();
        let (place, _) = known.most_telling(&items).unwrap().unwrap();
        let middle = known.mass().unwrap();
        assert!(
            (0.2..0.8).contains(&middle[place..].iter().sum::<f64>()),
            "{place}"
        );
        // Nothing offered, or nothing that could tell.
        let nothing = Further::Item {
            target: 3,
            weight: 0.0,
        };
        assert_eq!(known.most_telling(&[]), Ok(None));
        assert_eq!(known.most_telling(&[nothing]), Ok(None));
    }

    #[test]
    fn an_item_of_small_weight_can_leave_more_open() {
        // Two camps; an item in the middle, weighed lightly, speaks for the middle whichever way it comes out.
        let mut model = OrdinalModel::new(&[-0.5, 0.5], 20.0).unwrap();
        let mut known = Known {
            model: &mut model,
            ratings: &[],
            items: &[],
            curve: Curve {
                a: 0.8,
                g: 0.01,
                s: 0.01,
            },
            level: 0.8,
        };
        let now = known.open().unwrap().entropy;
        let expected = |known: &mut Known<'_>, weight| {
            let further = Further::Item { target: 1, weight };
            known.expected(further).unwrap().entropy
        };
        assert!(expected(&mut known, 1.0) < now);
        assert!(expected(&mut known, 0.01) > now + 1e-5);
    }

    #[test]
    fn refuses_what_is_no_observation() {
        let mut model = OrdinalModel::new(&[0.0], 1.0).unwrap();
        let mut known = Known {
            model: &mut model,
            ratings: &[],
            items: &[],
            curve: Curve::default(),
            level: 0.8,
        };
        let bad = [
            Further::Rating {
                leniency_mean: f64::NAN,
                leniency_sd: 0.5,
            },
            Further::Rating {
                leniency_mean: 0.0,
                leniency_sd: -0.5,
            },
            Further::Item {
                target: 2,
                weight: 0.5,
            },
            Further::Item {
                target: 0,
                weight: f64::INFINITY,
            },
        ];
        for further in bad {
            assert!(known.expected(further).is_err(), "{further:?}");
        }
        known.level = 0.0;
        assert!(known.open().is_err() && known.most_telling(&[]).is_err());
    }
}
