//! What must hold for several raters whatever they say.

use metier_measure::raters::{
    Ask, Entry, Estimate, Fit, Linking, Links, Model, Ratings, Settings, Shape, Source, Through,
};
use proptest::prelude::*;

const SUBJECTS: u32 = 7;
const ASPECTS: u32 = 3;
const RATERS: u32 = 9;
const CATEGORIES: u8 = 4;

fn shape() -> Shape {
    Shape {
        subjects: SUBJECTS,
        aspects: ASPECTS,
        raters: RATERS,
        groups: 3,
        categories: CATEGORIES,
    }
}

/// Rater `r` is of group `r % 3`; each rates a cell at most once.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let all = (SUBJECTS * ASPECTS * RATERS) as usize;
    proptest::collection::vec(proptest::option::weighted(0.4, 0..CATEGORIES), all).prop_map(|given| {
        (0..)
            .zip(given)
            .filter_map(|(i, category): (u32, _)| {
                let rater = i % RATERS;
                Some(Entry {
                    subject: i / RATERS / ASPECTS,
                    aspect: i / RATERS % ASPECTS,
                    rater,
                    group: u8::try_from(rater % 3).unwrap(),
                    category: category?,
                })
            })
            .collect()
    })
}

fn model() -> impl Strategy<Value = Model> {
    let sd = || 0.2..2.5_f64;
    let gap = || 0.1..2.0_f64;
    (
        sd(),
        sd(),
        [sd(), sd(), sd()],
        [gap(), gap(), gap()],
        -1.0..1.0_f64,
    )
        .prop_map(|(subject_sd, cell_sd, group_sd, gaps, mean)| Model {
            taus: vec![
                gaps[0] - 2.0,
                gaps[0] + gaps[1] - 2.0,
                gaps[0] + gaps[1] + gaps[2] - 2.0,
            ],
            group_mean: vec![0.0, mean, -mean],
            group_sd: group_sd.to_vec(),
            subject_sd,
            cell_sd,
        })
}

fn exact() -> Settings {
    Settings {
        tolerance: 1e-9,
        ..Settings::default()
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The unknowns in one list, subjects, cells, raters, and for each rating its three places and its mean.
struct Plain {
    x: Vec<f64>,
    precision: Vec<f64>,
    rated: Vec<([usize; 3], f64, u8)>,
}

fn plain(ratings: &Ratings, fit: &Fit) -> Plain {
    let model = fit.model();
    let (subjects, cells) = (fit.subjects().len(), fit.cells().len());
    let mut x = fit.subjects().to_vec();
    x.extend(fit.cells());
    x.extend(fit.raters());
    let of = |sd: f64| 1.0 / (sd * sd);
    let mut precision = vec![of(model.subject_sd); subjects];
    precision.extend(vec![of(model.cell_sd); cells]);
    precision.extend(
        (0..fit.raters().len())
            .map(|r| of(model.group_sd[usize::from(ratings.group(u32::try_from(r).unwrap()).unwrap_or(0))])),
    );
    let rated = ratings
        .entries()
        .map(|e| {
            let cell = ratings.cell_number(e.subject, e.aspect).unwrap();
            let places = [
                e.subject as usize,
                subjects + cell,
                subjects + cells + e.rater as usize,
            ];
            (places, model.group_mean[usize::from(e.group)], e.category)
        })
        .collect();
    Plain { x, precision, rated }
}

impl Plain {
    /// The gradient and the Hessian of minus the penalised log-likelihood, from the model's definition.
    fn slopes(&self, taus: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let n = self.x.len();
        let mut gradient: Vec<f64> = self.x.iter().zip(&self.precision).map(|(x, p)| x * p).collect();
        let mut hessian = vec![vec![0.0; n]; n];
        for (row, (line, p)) in hessian.iter_mut().zip(&self.precision).enumerate() {
            line[row] = *p;
        }
        for (places, mean, category) in &self.rated {
            let eta = mean + places.iter().map(|&i| self.x[i]).sum::<f64>();
            let y = usize::from(*category);
            let upper = taus.get(y).map_or(1.0, |t| logistic(t - eta));
            let lower = if y == 0 { 0.0 } else { logistic(taus[y - 1] - eta) };
            let weight = upper * (1.0 - upper) + lower * (1.0 - lower);
            for &i in places {
                // d/d eta of ln(F1 - F0) is -(f1 - f0) / (F1 - F0).
                let (f1, f0) = (upper * (1.0 - upper), lower * (1.0 - lower));
                gradient[i] += (f1 - f0) / (upper - lower);
                for &j in places {
                    hessian[i][j] += weight;
                }
            }
        }
        (gradient, hessian)
    }
}

/// The diagonal of the inverse, by Gauss and Jordan.
fn inverse_diagonal(mut a: Vec<Vec<f64>>) -> Vec<f64> {
    let n = a.len();
    for (i, row) in a.iter_mut().enumerate() {
        row.extend((0..n).map(|j| f64::from(u8::from(i == j))));
    }
    for i in 0..n {
        let pivot = a[i][i];
        for value in &mut a[i] {
            *value /= pivot;
        }
        let row = a[i].clone();
        for (j, other) in a.iter_mut().enumerate() {
            if j != i {
                let times = other[i];
                for (value, from) in other.iter_mut().zip(&row) {
                    *value -= times * from;
                }
            }
        }
    }
    (0..n).map(|i| a[i][n + i]).collect()
}

fn same_bits(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_gradient_is_zero_at_the_mode_and_the_variances_are_the_inverse_hessians(
        entries in entries(),
        model in model(),
        sweeps in 0..5_usize,
    ) {
        let ratings = Ratings::new(shape(), &entries).unwrap();
        let fit = Fit::new(&ratings, &model, Settings { sweeps, ..exact() }).unwrap();
        prop_assert!(fit.reached().gradient <= 1e-9);
        let plain = plain(&ratings, &fit);
        let (gradient, hessian) = plain.slopes(&model.taus);
        for slope in gradient {
            prop_assert!(slope.abs() < 1e-8, "{slope:e}");
        }
        let spreads = fit.spreads(&ratings).unwrap();
        let mut sds = spreads.subject.clone();
        sds.extend(&spreads.cell);
        sds.extend(&spreads.rater);
        for (sd, variance) in sds.iter().zip(inverse_diagonal(hessian)) {
            prop_assert!((sd * sd - variance).abs() < 1e-9, "{} {variance}", sd * sd);
        }
        let links = Links::new(&ratings, Through::Cells);
        for rater in 0..RATERS {
            let leniency = fit.leniency(&ratings, &links, rater);
            let Some(group) = ratings.group(rater) else {
                prop_assert!(leniency.is_err());
                continue;
            };
            let leniency = leniency.unwrap();
            let sd = if leniency.linking.is_told() { spreads.rater[rater as usize] } else { model.group_sd[usize::from(group)] };
            prop_assert!((leniency.sd - sd).abs() < 1e-8);
        }
    }

    #[test]
    fn order_changes_no_bit((entries, shuffled) in entries().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle())), model in model()) {
        let one = Ratings::new(shape(), &entries).unwrap();
        let other = Ratings::new(shape(), &shuffled).unwrap();
        let (a, b) = (Fit::new(&one, &model, exact()).unwrap(), Fit::new(&other, &model, exact()).unwrap());
        prop_assert!(same_bits(a.subjects(), b.subjects()) && same_bits(a.cells(), b.cells()) && same_bits(a.raters(), b.raters()));
        prop_assert_eq!(a.reached(), b.reached());
        prop_assert!(one.entries().eq(other.entries()));
    }

    #[test]
    fn additions_are_as_if_they_had_always_been_there(
        entries in entries(),
        model in model(),
        first in 0.0..1.0_f64,
        revised in 0..20_usize,
    ) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let first = (first * entries.len() as f64) as usize;
        let mut ratings = Ratings::new(shape(), &entries[..first]).unwrap();
        let mut fit = Fit::new(&ratings, &model, exact()).unwrap();
        // The rest, and another word on some of the first.
        let mut more = entries[first..].to_vec();
        more.extend(entries[..first].iter().take(revised).map(|e| Entry { category: (e.category + 1) % CATEGORIES, ..*e }));
        let added = ratings.add(&more).unwrap();
        prop_assert_eq!(added.revised, revised.min(first));
        fit.refit(&ratings, &added, exact()).unwrap();
        let mut all = entries.clone();
        for entry in all.iter_mut().take(revised.min(first)) {
            entry.category = (entry.category + 1) % CATEGORIES;
        }
        let at_once = Ratings::new(shape(), &all).unwrap();
        prop_assert!(ratings.entries().eq(at_once.entries()));
        let cold = Fit::new(&at_once, &model, exact()).unwrap();
        for (a, b) in fit.subjects().iter().zip(cold.subjects()).chain(fit.raters().iter().zip(cold.raters())) {
            prop_assert!((a - b).abs() < 1e-7);
        }
        for (cell, b) in cold.cells().iter().enumerate() {
            let (subject, aspect) = at_once.cell(cell).unwrap();
            let a = fit.cells()[ratings.cell_number(subject, aspect).unwrap()];
            prop_assert!((a - b).abs() < 1e-7);
        }
        prop_assert!((fit.penalised(&ratings) - cold.penalised(&at_once)).abs() < 1e-9);
    }

    #[test]
    fn components_are_those_of_a_search(entries in entries(), keep in 0.0..0.3_f64) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let entries: Vec<Entry> = entries[..(keep * entries.len() as f64) as usize].iter().rev().copied().collect();
        let ratings = Ratings::new(shape(), &entries).unwrap();
        for through in [Through::Cells, Through::Subjects] {
            let links = Links::new(&ratings, through);
            let met = |a: &Entry, b: &Entry| a.subject == b.subject && (through == Through::Subjects || a.aspect == b.aspect);
            let mut reach: Vec<Vec<bool>> = (0..RATERS).map(|a| (0..RATERS).map(|b| {
                entries.iter().any(|x| x.rater == a && entries.iter().any(|y| y.rater == b && met(x, y)))
            }).collect()).collect();
            for middle in 0..reach.len() {
                for from in 0..reach.len() {
                    for to in 0..reach.len() {
                        reach[from][to] |= reach[from][middle] && reach[middle][to];
                    }
                }
            }
            for a in 0..RATERS {
                for b in 0..RATERS {
                    prop_assert_eq!(links.comparable(a, b).unwrap(), reach[a as usize][b as usize]);
                }
                let silent = !entries.iter().any(|e| e.rater == a);
                prop_assert_eq!(links.linking(a).unwrap() == Linking::Silent, silent);
            }
            let listed: usize = links.components().iter().map(Vec::len).sum();
            prop_assert_eq!(listed, (0..RATERS).filter(|&a| entries.iter().any(|e| e.rater == a)).count());
        }
    }

    #[test]
    fn little_data_leave_the_model_given(entries in entries(), model in model(), few in 0..12_usize) {
        let ratings = Ratings::new(shape(), &entries[..few.min(entries.len())]).unwrap();
        let links = Links::new(&ratings, Through::Cells);
        let estimate = Estimate::new(&ratings, &links, &model, &Ask::default()).unwrap();
        prop_assert_eq!(estimate.fit.model(), &model);
        let given = |s: &Source| !matches!(s, Source::Estimated);
        prop_assert!(given(&estimate.taus) && given(&estimate.subject_sd) && given(&estimate.cell_sd));
        prop_assert!(estimate.group_mean.iter().chain(&estimate.group_sd).all(given));
    }
}
