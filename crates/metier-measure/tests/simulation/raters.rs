//! Several raters: the model with estimated variances and thresholds against mean, median and manager.

use metier_measure::ordinal::equal_thresholds;
use metier_measure::raters::{Ask, Estimate, Links, Model, Source, Through};

use crate::organisation::{Organisation, truth};

const SEEDS: std::ops::Range<u64> = 100..120;

/// What is given before the ratings are seen: the origin, which no rating tells, and otherwise numbers that
/// are not the true ones.
fn before() -> Model {
    Model {
        taus: equal_thresholds(4),
        group_mean: vec![0.6, 0.0, 0.0],
        group_sd: vec![1.0; 3],
        subject_sd: 1.3,
        cell_sd: 1.3,
    }
}

#[test]
fn the_estimated_model_beats_mean_median_and_manager() {
    println!("seeds {SEEDS:?}; share of cells in the exact category");
    println!("raters  mean  median  manager  estimated model  true model");
    for raters in [2, 4, 8] {
        let mut sums = [0.0; 5];
        let mut worse = 0;
        let mut kept = 0;
        for seed in SEEDS {
            let organisation = Organisation::new(seed, raters, 0.0);
            let links = Links::new(&organisation.ratings, Through::Cells);
            let estimate = Estimate::new(&organisation.ratings, &links, &before(), &Ask::default()).unwrap();
            let sources = [
                estimate.taus,
                estimate.subject_sd,
                estimate.cell_sd,
                estimate.group_sd[0],
            ];
            kept += sources.iter().filter(|s| **s != Source::Estimated).count();
            let shares = [
                organisation.mean(0),
                organisation.median(),
                organisation.manager(),
                organisation.mode(&estimate.fit),
                organisation.mode(&organisation.fit(&truth())),
            ]
            .map(|hits| hits.exact);
            worse += usize::from(shares[..3].iter().any(|share| *share >= shares[3]));
            for (sum, share) in sums.iter_mut().zip(shares) {
                *sum += share;
            }
        }
        let [mean, median, manager, estimated, true_model] = sums.map(|sum| sum / SEEDS.count() as f64);
        println!(
            "{raters}  {mean:.3}  {median:.3}  {manager:.3}  {estimated:.3}  {true_model:.3}; not the best in {worse} seeds; {kept} numbers kept as given"
        );
        assert!(estimated > mean && estimated > median && estimated > manager);
    }
}

#[test]
fn probes_find_what_the_exact_variances_do() {
    let organisation = Organisation::new(7, 8, 0.0);
    let links = Links::new(&organisation.ratings, Through::Cells);
    let estimate = |exact_up_to, probes| {
        let ask = Ask {
            exact_up_to,
            probes,
            shared_sd: false,
            raters: 6,
            ..Ask::default()
        };
        Estimate::new(&organisation.ratings, &links, &before(), &ask).unwrap()
    };
    let exact = estimate(400, 2);
    let of = |estimate: &Estimate| {
        let model = estimate.fit.model();
        let mut sds = vec![model.subject_sd, model.cell_sd];
        sds.extend(&model.group_sd);
        sds
    };
    println!("exact: {:.4?}", of(&exact));
    for probes in [8, 32, 128] {
        let probed = estimate(0, probes);
        let error = probed.probe_error;
        println!(
            "{probes} probes: {:.4?}, stated error of a sum of variances {error:.4}",
            of(&probed)
        );
        assert!(error > 0.0 && error < 1.0 / f64::from(u32::try_from(probes).unwrap()).sqrt());
        for (a, b) in of(&probed).iter().zip(of(&exact)) {
            // A sum of variances is at most n sd^2, so that its error moves sd by no more than its own share.
            assert!((a / b - 1.0).abs() <= 4.0 * error, "{a} {b}");
        }
    }
}

#[test]
fn a_manager_whom_nothing_links_keeps_the_prior() {
    // What oneself and one manager say of one subject tells neither's leniency.
    let organisation = Organisation::new(7, 2, 0.0);
    let one: Vec<_> = organisation
        .ratings
        .entries()
        .filter(|e| e.subject == 0)
        .collect();
    let ratings = metier_measure::raters::Ratings::new(organisation.ratings.shape(), &one).unwrap();
    let links = Links::new(&ratings, Through::Cells);
    let estimate = Estimate::new(&ratings, &links, &truth(), &Ask::default()).unwrap();
    assert_eq!(estimate.fit.model(), &truth());
    for entry in &one {
        let leniency = estimate.fit.leniency(&ratings, &links, entry.rater).unwrap();
        let group = usize::from(entry.group);
        assert!(!leniency.linking.is_told());
        assert!((leniency.mean - truth().group_mean[group]).abs() < 1e-15);
        assert!((leniency.sd - truth().group_sd[group]).abs() < 1e-15);
    }
}
