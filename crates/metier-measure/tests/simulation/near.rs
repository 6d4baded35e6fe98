//! Near duplicates: the estimate's error and the candidates' share, against the laws stated for them.

use metier_measure::minhash::{Bands, Index, MinHash, estimate, estimate_sd};
use metier_measure::sets::jaccard;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::Share;

/// Two sets of `size` elements each, `shared` of them in common, made by `element`.
fn pair(size: u64, shared: u64, mut element: impl FnMut(u64) -> u64) -> (Vec<u64>, Vec<u64>) {
    let all: Vec<u64> = (0..2 * size - shared).map(&mut element).collect();
    let at = usize::try_from(size).unwrap();
    let from = usize::try_from(size - shared).unwrap();
    let (mut first, mut second) = (all[..at].to_vec(), all[from..].to_vec());
    first.sort_unstable();
    second.sort_unstable();
    (first, second)
}

#[test]
fn the_estimate_errs_as_a_binomial_share() {
    println!(
        "estimate of the Jaccard index from 256 places, 600 seeds: bias in standard errors, sd over the binomial one"
    );
    let length = 256;
    for (i, (size, shared)) in (0..).zip([(12, 9), (100, 10), (100, 60), (300, 285), (2000, 1800)]) {
        for kind in ["random", "consecutive", "multiples of 2^32"] {
            let mut generator = Pcg64Mcg::seed_from_u64(700 + i);
            let (first, second) = pair(size, shared, |j| match kind {
                "random" => generator.random(),
                "consecutive" => j,
                _ => j << 32,
            });
            let exact = jaccard(&first, &second).unwrap();
            let runs = 600_u64;
            let found: Vec<f64> = (0..runs)
                .map(|seed| {
                    let hasher = MinHash::new(length, seed).unwrap();
                    estimate(
                        &hasher.signature(&first).unwrap(),
                        &hasher.signature(&second).unwrap(),
                    )
                    .unwrap()
                })
                .collect();
            let mean = found.iter().sum::<f64>() / runs as f64;
            let variance = found.iter().map(|e| (e - exact).powi(2)).sum::<f64>() / runs as f64;
            let sd = estimate_sd(exact, length).unwrap();
            let bias = (mean - exact) / (sd / (runs as f64).sqrt());
            let ratio = variance.sqrt() / sd;
            println!(
                "{size} elements, {shared} shared, {kind}: J {exact:.4}, bias {bias:+.2}, sd ratio {ratio:.3}"
            );
            assert!(bias.abs() <= 4.0, "{bias}");
            // The standard error of a standard deviation is 1/sqrt(2 runs).
            assert!((ratio - 1.0).abs() <= 4.0 / (2.0 * runs as f64).sqrt(), "{ratio}");
        }
    }
}

#[test]
fn candidates_come_as_the_curve_says() {
    println!("32 bands of 8 rows, 2000 pairs each: share that become candidates");
    let bands = Bands::new(32, 8).unwrap();
    println!("half of the pairs at J = {:.4}", bands.half());
    for (i, shared) in (0..).zip([100, 130, 150, 165, 180]) {
        let mut generator = Pcg64Mcg::seed_from_u64(800 + i);
        let hasher = MinHash::new(bands.length(), 3).unwrap();
        let (size, mut found) = (200, Vec::new());
        let exact = shared as f64 / (2 * size - shared) as f64;
        let share = Share::count(2000, || {
            let (first, second) = pair(size, shared, |_| generator.random());
            let mut index = Index::new(bands, 1).unwrap();
            index.insert(&hasher.signature(&first).unwrap()).unwrap();
            index
                .candidates(&hasher.signature(&second).unwrap(), &mut found)
                .unwrap();
            !found.is_empty()
        });
        let want = bands.probability(exact).unwrap();
        println!("J = {exact:.4}: {share}, stated {want:.4}");
        share.assert_is(want);
    }
}
