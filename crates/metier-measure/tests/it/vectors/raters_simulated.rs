//! What simulation found, found again with another generator: within four Monte Carlo standard errors.

use std::sync::OnceLock;

use metier_measure::special::normal_upper;
use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;
use serde_json::Value;

use super::{f, list, u};
use crate::organisation::{Organisation, truth};

/// The mean of a figure over simulated runs, and the standard deviation of one run.
#[derive(Debug, Clone, Copy)]
struct Figure {
    mean: f64,
    sd: f64,
    runs: f64,
}

impl Figure {
    fn new(runs: &[f64]) -> Self {
        let n = runs.len() as f64;
        let mean = runs.iter().sum::<f64>() / n;
        let square = runs.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>();
        Self {
            mean,
            sd: (square / (n - 1.0)).sqrt(),
            runs: n,
        }
    }

    /// Fails unless the mean over `of` other runs, stated to `rounding`, is within four standard errors.
    #[track_caller]
    fn assert_like(&self, want: f64, of: f64, rounding: f64, what: &str) {
        let error = self.sd * (1.0 / self.runs + 1.0 / of).sqrt();
        let apart = (self.mean - want).abs();
        assert!(
            apart <= 4.0 * error + rounding,
            "{what}: got {} +- {error}, want {want}",
            self.mean
        );
    }
}

/// Seeds of one's own runs of each design; the file's were eight.
const SEEDS: std::ops::Range<u64> = 1_000..1_040;
const DESIGNS: [(u64, f64); 6] = [(2, 0.0), (4, 0.0), (6, 0.0), (8, 0.0), (4, 0.6), (6, 0.6)];
const METHODS: [&str; 5] = [
    "mean_rounded",
    "mean_no_self",
    "median",
    "manager_only",
    "model_map",
];

/// By design: exact and within one of each method, then the share of statements made with 90% and of these
/// that hold.
fn simulated() -> &'static [Vec<Figure>] {
    static FIGURES: OnceLock<Vec<Vec<Figure>>> = OnceLock::new();
    FIGURES.get_or_init(|| {
        DESIGNS
            .iter()
            .map(|&(raters, halo)| simulate(raters, halo))
            .collect()
    })
}

fn simulate(raters: u64, halo: f64) -> Vec<Figure> {
    let mut runs = vec![Vec::new(); 2 * METHODS.len() + 2];
    for seed in SEEDS {
        let organisation = Organisation::new(seed, usize::try_from(raters).unwrap(), halo);
        let fit = organisation.fit(&truth());
        let methods = [
            organisation.mean(0),
            organisation.mean(1),
            organisation.median(),
            organisation.manager(),
            organisation.mode(&fit),
        ];
        let (made, hold) = organisation.claims(&fit);
        let row = methods
            .iter()
            .flat_map(|hits| [hits.exact, hits.within_one])
            .chain([made, hold]);
        for (figures, value) in runs.iter_mut().zip(row) {
            figures.push(value);
        }
    }
    let figures: Vec<Figure> = runs.iter().map(|runs| Figure::new(runs)).collect();
    let means: Vec<f64> = figures.iter().map(|figure| figure.mean).collect();
    println!("{raters} raters, halo {halo}, seeds {SEEDS:?}: {means:.3?}");
    figures
}

pub(super) fn v2_simulation(v: &Value) {
    const RUNS: f64 = 8.0;
    const ROUNDING: f64 = 0.0005;
    let results = list(&v["results"]);
    assert_eq!(results.len(), DESIGNS.len());
    for ((result, figures), (raters, halo)) in results.iter().zip(simulated()).zip(DESIGNS) {
        assert_eq!(u(&result["raters_per_person"]), raters);
        assert!((f(&result["halo_sd"]) - halo).abs() < 1e-12);
        for (method, both) in METHODS.iter().zip(figures.chunks(2)) {
            for (figure, column) in both.iter().zip(["exact_rung_accuracy", "within_one"]) {
                figure.assert_like(f(&result[column][method]), RUNS, ROUNDING, method);
            }
        }
        let [made, hold] = [figures[10], figures[11]];
        made.assert_like(
            f(&result["share_of_claims_stated_at_90"]),
            RUNS,
            ROUNDING,
            "stated",
        );
        let what = "when_model_says_ge_90pct_true_share";
        hold.assert_like(f(&result[what]), RUNS, ROUNDING, what);
    }
}

const PEOPLE: usize = 200_000;
const DK_SEEDS: std::ops::Range<u64> = 11..19;

/// One's own view is 0.29 of performance, else noise, and 0.3 too high: by quarter of performance, the mean
/// rank and the mean of where one sees oneself among all, in percent.
fn quarters(seed: u64) -> [(f64, f64); 4] {
    let mut rng = Pcg64::seed_from_u64(seed);
    let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
    let mut people: Vec<(f64, f64)> = (0..PEOPLE)
        .map(|_| {
            let performance = normal();
            let noise = (1.0_f64 - 0.29 * 0.29).sqrt() * normal();
            (performance, 0.29 * performance + noise + 0.3)
        })
        .collect();
    people.sort_by(|a, b| a.0.total_cmp(&b.0));
    let percent = |count: usize| 100.0 * count as f64 / PEOPLE as f64;
    let quarter = PEOPLE / 4;
    std::array::from_fn(|q| {
        let own = &people[q * quarter..(q + 1) * quarter];
        let viewed: f64 = own.iter().map(|p| normal_upper(-p.1).unwrap()).sum();
        let rank = (0..quarter).map(|i| percent(q * quarter + i)).sum::<f64>();
        (rank / quarter as f64, 100.0 * viewed / quarter as f64)
    })
}

fn noise_alone() -> &'static [(f64, Figure)] {
    static FIGURES: OnceLock<Vec<(f64, Figure)>> = OnceLock::new();
    FIGURES.get_or_init(|| {
        let runs: Vec<[(f64, f64); 4]> = DK_SEEDS.map(quarters).collect();
        let figures: Vec<(f64, Figure)> = (0..4)
            .map(|q| {
                let seen: Vec<f64> = runs.iter().map(|run| run[q].1).collect();
                (runs[0][q].0, Figure::new(&seen))
            })
            .collect();
        println!("seeds {DK_SEEDS:?}: {figures:.3?}");
        figures
    })
}

pub(super) fn v2_dk_artefact(v: &Value) {
    assert_eq!(u(&v["n"]), PEOPLE as u64);
    let rows = list(&v["quartile_mean_actual_pct_and_self_pct"]);
    assert_eq!(rows.len(), 4);
    for (row, (rank, seen)) in rows.iter().zip(noise_alone()) {
        // Ranks are no sample: apart by no more than the place of one of so many.
        assert!((rank - f(&row[0])).abs() < 100.0 / PEOPLE as f64, "{rank}");
        seen.assert_like(f(&row[1]), 1.0, 0.0, "seen by oneself");
    }
    // Noise and one leniency for all: nobody lacks insight, and the lowest quarter still sees itself far above
    // its rank and the highest below.
    assert!(noise_alone()[0].1.mean > 40.0 && noise_alone()[3].1.mean < 75.0);
}
