//! Estimates of the model itself: variances, thresholds and groups' means, from linked ratings.
//!
//! EM's fixed point with Laplace's approximation: the joint mode of effects, thresholds and means, the inverse
//! of the joint Hessian there, and `sd^2 = mean(mode^2 + variance)` over the effects of a kind (Dempster, Laird
//! and Rubin, Journal of the Royal Statistical Society B 39, 1977; Breslow and Clayton, Journal of the American
//! Statistical Association 88, 1993). That thresholds and means are among the unknowns of the Hessian makes it
//! the restricted (REML-like) estimate. The same fixed point is reached sooner with
//! `sd^2 = Sum mode^2 / (n - Sum variance / sd^2)` (Schall, Biometrika 78, 1991), whose steps are mixed: EM
//! alone can take hundreds where the ratings tell little.
//!
//! What the ratings cannot tell keeps the value given, and says why.

use crate::error::{MeasureError, Result, within};
use crate::raters::data::Ratings;
use crate::raters::effects::Effects;
use crate::raters::fit::{Fit, Reached, Settings};
use crate::raters::links::Links;
use crate::raters::model::Model;
use crate::raters::settle::{Settled, settle};
use crate::raters::spread::{MAX_EXACT, Sums, by_group, rated};
use crate::raters::system::{Free, System};

mod found;
mod mixing;

use found::Found;
use mixing::Mixing;

/// Below this standard deviation an estimate counts as at the boundary, where a variance is zero.
const BOUNDARY: f64 = 0.05;
/// Above this one it counts as running away.
const BEYOND: f64 = 10.0;

/// What is asked of the ratings, and how much of them is enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Whether thresholds are estimated.
    pub taus: bool,
    /// Whether the groups' means are, but for the first group's: it fixes the origin.
    pub means: bool,
    /// Whether one standard deviation of leniency serves all groups; else each has its own.
    pub shared_sd: bool,
    /// The fewest subjects, with cells in company, for the subjects' deviation; at least 2.
    pub subjects: usize,
    /// The fewest cells with two raters, of subjects with two such cells, for the cells' deviation; and cells
    /// in which a group meets another for its mean. At least 2.
    pub cells: usize,
    /// The fewest raters for their group's deviation (of all groups when shared), each with three cells in
    /// company and a leniency that can be told; besides, the subjects must be enough. At least 2.
    pub raters: usize,
    /// The fewest ratings in each category for thresholds; at least 1.
    pub each_category: usize,
    /// The largest change of a standard deviation between two steps at the end, from 1e-9 to 0.1.
    pub tolerance: f64,
    /// At most so many steps, from 1 to 10,000.
    pub rounds: usize,
    /// Variances are exact up to so many raters, thresholds and means, at most [`MAX_EXACT`]; beyond, probed.
    pub exact_up_to: usize,
    /// The number of probes, from 2 to 1,000.
    pub probes: usize,
}

impl Default for Ask {
    /// All of it, one deviation for all groups, from 8 subjects, 20 cells, 8 raters and 5 ratings in each
    /// category; to 1e-6 in at most 500 steps; exact up to 400 raters, 8 probes beyond.
    fn default() -> Self {
        Self {
            taus: true,
            means: true,
            shared_sd: true,
            subjects: 8,
            cells: 20,
            raters: 8,
            each_category: 5,
            tolerance: 1e-6,
            rounds: 500,
            exact_up_to: 400,
            probes: 8,
        }
    }
}

impl Ask {
    fn check(&self) -> Result<()> {
        for (name, count, least, most) in [
            ("subjects", self.subjects, 2.0, f64::MAX),
            ("cells", self.cells, 2.0, f64::MAX),
            ("raters", self.raters, 2.0, f64::MAX),
            ("each_category", self.each_category, 1.0, f64::MAX),
            ("rounds", self.rounds, 1.0, 1e4),
            ("exact_up_to", self.exact_up_to, 0.0, MAX_EXACT as f64),
            ("probes", self.probes, 2.0, 1e3),
        ] {
            within(
                name,
                count as f64,
                |n| n >= least && n <= most,
                "within its bounds, see Ask",
            )?;
        }
        within(
            "tolerance",
            self.tolerance,
            |t| (1e-9..=0.1).contains(&t),
            "from 1e-9 to 0.1",
        )?;
        Ok(())
    }
}

/// Where a number of the model comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Estimated from the ratings.
    Estimated,
    /// The value given, because it was not asked for or fixes the origin.
    Given,
    /// The value given, because there are fewer subjects, cells, raters or ratings than are enough.
    TooFew {
        /// What there is.
        found: usize,
        /// What would be enough.
        needed: usize,
    },
    /// The value given, because the group met no other in enough cells.
    NotCompared {
        /// The cells in which it met another.
        found: usize,
        /// What would be enough.
        needed: usize,
    },
    /// The value given, because the estimate went to the boundary, or all ratings name one category: they show
    /// no such variation.
    AtBoundary,
    /// The value given, because the estimate grew without bound.
    Unbounded,
}

impl Source {
    fn is_free(self) -> bool {
        self == Self::Estimated
    }
}

/// An estimated model, the mode of the effects under it, and where each number comes from.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// The mode of the effects under the estimated model; [`Fit::model`] is that model.
    pub fit: Fit,
    /// Of the thresholds, all together.
    pub taus: Source,
    /// Of each group's mean.
    pub group_mean: Vec<Source>,
    /// Of each group's deviation.
    pub group_sd: Vec<Source>,
    /// Of the subjects' deviation.
    pub subject_sd: Source,
    /// Of the cells' deviation.
    pub cell_sd: Source,
    /// Steps made.
    pub rounds: usize,
    /// The largest change of a deviation in the last of them.
    pub change: f64,
    /// The largest relative standard error of a sum of variances when these were probed; 0 when exact.
    pub probe_error: f64,
}

impl Estimate {
    /// Estimates what `ask` asks for and `ratings` can tell, from `prior` as the start and the fall-back.
    ///
    /// # Errors
    /// When `prior` or `ask` is outside its domain, `links` are another data set's, or a bounded iteration
    /// ends before its tolerance is met.
    pub fn new(ratings: &Ratings, links: &Links, prior: &Model, ask: &Ask) -> Result<Self> {
        prior.check(ratings.shape())?;
        ask.check()?;
        if links.kinds().len() != ratings.shape().raters as usize {
            return Err(MeasureError::Length {
                name: "links",
                length: links.kinds().len(),
                allowed: "one for each rater",
            });
        }
        let mut search = Search::new(ratings, links, prior, ask);
        search.run()?;
        search.finish()
    }
}

/// The standard deviations on a log scale, in the order subject, cell, groups.
type Point = Vec<f64>;

struct Search<'a> {
    ratings: &'a Ratings,
    prior: &'a Model,
    ask: &'a Ask,
    model: Model,
    effects: Effects,
    taus: Source,
    group_mean: Vec<Source>,
    /// In the order of a [`Point`].
    sds: Vec<Source>,
    /// How many effects of each kind have ratings.
    counts: Vec<f64>,
    rounds: usize,
    change: f64,
    probe_error: f64,
    settings: Settings,
}

impl<'a> Search<'a> {
    fn new(ratings: &'a Ratings, links: &Links, prior: &'a Model, ask: &'a Ask) -> Self {
        let found = Found::in_ratings(ratings, links);
        let groups = usize::from(ratings.shape().groups);
        let enough = |found: usize, needed: usize| {
            if found < needed {
                Source::TooFew { found, needed }
            } else {
                Source::Estimated
            }
        };
        let taus = match (ask.taus, found.categories.iter().min()) {
            (true, Some(&least)) => enough(least, ask.each_category),
            _ => Source::Given,
        };
        let mut group_mean = vec![Source::Given];
        for group in 1..groups {
            let met = found.meetings[group];
            group_mean.push(match (ask.means, met < ask.cells) {
                (false, _) => Source::Given,
                (true, true) => Source::NotCompared {
                    found: met,
                    needed: ask.cells,
                },
                (true, false) => Source::Estimated,
            });
        }
        let all: usize = found.raters.iter().sum();
        let mut sds = vec![
            enough(found.subjects, ask.subjects),
            enough(found.cells, ask.cells),
        ];
        // Over few subjects raters differ by what is peculiar to these.
        let of_group = |own: &usize| match sds[0] {
            Source::Estimated => enough(if ask.shared_sd { all } else { *own }, ask.raters),
            too_few => too_few,
        };
        let of_groups: Vec<Source> = found.raters.iter().map(of_group).collect();
        sds.extend(of_groups);
        // All of one category at an end, everything would be put there, as far as the priors let it.
        if found.categories.iter().filter(|given| **given > 0).count() == 1 {
            for source in sds.iter_mut().chain(&mut group_mean).filter(|s| s.is_free()) {
                *source = Source::AtBoundary;
            }
        }
        let mut model = prior.clone();
        if ask.shared_sd && sds[2].is_free() {
            // One start for all: the mean of the variances given.
            let square = prior.group_sd.iter().map(|sd| sd * sd).sum::<f64>() / groups as f64;
            model.group_sd.fill(libm::sqrt(square));
        }
        let effects = Effects::zero(ratings, &model);
        let ones = |n: usize| vec![1.0; n];
        let mut counts = vec![
            rated(ratings, &ones(effects.subject.len())),
            ratings.cells() as f64,
        ];
        counts.extend(by_group(ratings, &ones(effects.rater.len())));
        Self {
            ratings,
            prior,
            ask,
            model,
            effects,
            taus,
            group_mean,
            sds,
            counts,
            rounds: 0,
            change: 0.0,
            probe_error: 0.0,
            settings: Settings {
                tolerance: (0.01 * ask.tolerance).clamp(1e-9, 1e-4),
                ..Settings::default()
            },
        }
    }

    fn free(&self) -> Free {
        Free {
            taus: self.taus.is_free(),
            groups: self.group_mean.iter().map(|source| source.is_free()).collect(),
        }
    }

    /// Steps until the deviations stand still, each from where those before point.
    fn run(&mut self) -> Result<()> {
        let mut mixing = Mixing::default();
        let mut at = self.point();
        while self.rounds < self.ask.rounds {
            let sources = self.sds.clone();
            let to = self.step(&at)?;
            let changes = at
                .iter()
                .zip(&to)
                .map(|(a, b)| (libm::exp(*a) - libm::exp(*b)).abs());
            self.change = changes.fold(0.0, f64::max);
            if sources != self.sds {
                // A deviation was put back to what was given: another map.
                mixing.forget();
                at = to;
                continue;
            }
            if self.change <= self.ask.tolerance {
                return Ok(());
            }
            let (from, moved) = self.free_part(&at, &to);
            let next = mixing.next(&from, &moved);
            self.place(&mut at, &next);
        }
        Err(MeasureError::NoConvergence {
            quantity: "the variances",
        })
    }

    /// The places in a point that are estimated each for itself.
    fn own_places(&self) -> Vec<usize> {
        let last = if self.ask.shared_sd { 3 } else { self.sds.len() };
        (0..last).filter(|&kind| self.sds[kind].is_free()).collect()
    }

    fn free_part(&self, at: &Point, to: &Point) -> (Vec<f64>, Vec<f64>) {
        let places = self.own_places();
        let from = places.iter().map(|&i| at[i]).collect();
        (from, places.iter().map(|&i| to[i] - at[i]).collect())
    }

    /// Sets the free part, within the bounds.
    fn place(&self, at: &mut Point, free: &[f64]) {
        for (&place, value) in self.own_places().iter().zip(free) {
            at[place] = value.clamp(libm::log(BOUNDARY), libm::log(BEYOND));
        }
        if self.ask.shared_sd && self.sds[2].is_free() {
            let shared = at[2];
            at[2..].fill(shared);
        }
    }

    fn point(&self) -> Point {
        let mut sds = vec![self.model.subject_sd, self.model.cell_sd];
        sds.extend(&self.model.group_sd);
        sds.into_iter().map(libm::log).collect()
    }

    fn set(&mut self, point: &Point) {
        for (kind, ln) in point.iter().enumerate() {
            // To the bit what was given, rather than the exponential of its logarithm.
            let sd = if self.sds[kind].is_free() {
                libm::exp(*ln)
            } else {
                self.given(kind)
            };
            match kind {
                0 => self.model.subject_sd = sd,
                1 => self.model.cell_sd = sd,
                group => self.model.group_sd[group - 2] = sd,
            }
        }
    }

    /// Schall's step from the deviations at `point`; one that stays at a bound is put back to what was given.
    fn step(&mut self, point: &Point) -> Result<Point> {
        self.rounds += 1;
        self.set(point);
        let sums = self.expect()?;
        self.probe_error = sums.error;
        let effects = &self.effects;
        let powers = |list: &[f64]| -> Vec<f64> { list.iter().map(|e| e * e).collect() };
        let mut squares = vec![
            rated(self.ratings, &powers(&effects.subject)),
            powers(&effects.cell).iter().sum::<f64>(),
        ];
        squares.extend(by_group(self.ratings, &powers(&effects.rater)));
        let mut variances = vec![sums.subject, sums.cell];
        variances.extend(sums.group);
        let mut counts = self.counts.clone();
        if self.ask.shared_sd {
            for list in [&mut squares, &mut variances, &mut counts] {
                let total = list[2..].iter().sum::<f64>();
                list[2..].fill(total);
            }
        }
        let mut next = point.clone();
        let mut left = false;
        for (kind, value) in next.iter_mut().enumerate() {
            if !self.sds[kind].is_free() {
                continue;
            }
            // How many effects' worth the ratings tell; never none, for probes have an error.
            let told = counts[kind] - variances[kind] * libm::exp(-2.0 * point[kind]);
            let sd = libm::sqrt(squares[kind] / told.max(1e-6 * counts[kind]));
            let ln = libm::log(sd.clamp(BOUNDARY, BEYOND));
            // Out of bounds once may be a step too far; from the bound itself it is where the map leads.
            let stays = (BOUNDARY..=BEYOND).contains(&sd) || (point[kind] - ln).abs() > 1e-12;
            if stays {
                *value = ln;
            } else {
                left = true;
                self.sds[kind] = if sd < BOUNDARY {
                    Source::AtBoundary
                } else {
                    Source::Unbounded
                };
                *value = libm::log(self.given(kind));
            }
        }
        if left {
            self.set(&next);
        }
        Ok(next)
    }

    fn given(&self, kind: usize) -> f64 {
        match kind {
            0 => self.prior.subject_sd,
            1 => self.prior.cell_sd,
            group => self.prior.group_sd[group - 2],
        }
    }

    /// The joint mode, and the sums of variances there.
    fn expect(&mut self) -> Result<Sums> {
        self.effects.adopt(self.ratings, &self.model);
        let mut system = System::new(self.ratings, &self.effects, &self.free());
        let (settled, _) = settle(
            self.ratings,
            &mut self.model,
            &mut self.effects,
            &mut system,
            self.settings,
        )?;
        if matches!(settled, Settled::Ran) {
            // Thresholds and means go together: one that runs takes others along.
            self.taus = unbounded(self.taus);
            for source in &mut self.group_mean {
                *source = unbounded(*source);
            }
            self.model.taus.clone_from(&self.prior.taus);
            self.model.group_mean.clone_from(&self.prior.group_mean);
            self.effects = Effects::zero(self.ratings, &self.model);
            system = System::new(self.ratings, &self.effects, &self.free());
            settle(
                self.ratings,
                &mut self.model,
                &mut self.effects,
                &mut system,
                self.settings,
            )?;
        }
        if system.free_places().len() <= self.ask.exact_up_to {
            Sums::exact(self.ratings, &system)
        } else {
            system.precondition()?;
            Sums::probed(self.ratings, &system, self.ask.probes)
        }
    }

    fn finish(self) -> Result<Estimate> {
        let mut fit = Fit {
            model: self.model.clone(),
            effects: self.effects,
            reached: Reached::default(),
        };
        fit.remodel(self.ratings, &self.model, self.settings)?;
        Ok(Estimate {
            fit,
            taus: self.taus,
            group_mean: self.group_mean,
            group_sd: self.sds[2..].to_vec(),
            subject_sd: self.sds[0],
            cell_sd: self.sds[1],
            rounds: self.rounds,
            change: self.change,
            probe_error: self.probe_error,
        })
    }
}

fn unbounded(source: Source) -> Source {
    if source.is_free() {
        Source::Unbounded
    } else {
        source
    }
}
