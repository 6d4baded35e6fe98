//! How often is an accuracy certified that is not there, when one looks after every trial and stops at the first
//! proof? The rule that proof also needs distinct days is left out: it could only make proofs fewer.
//!
//! A success never lowers the evidence, so a sequence with `k` errors passes from trial `first_n(k)` on: the gaps
//! between errors say everything, and the evidence need not be computed at each trial. That this is the same is
//! checked first.

use metier_measure::accuracy::{first_n, fixed_n, ln_e, ln_e_mirror};
use rand::{RngExt, SeedableRng};
use rand_distr::{Beta, Distribution, Geometric};
use rand_pcg::Pcg64Mcg;

use crate::Share;
use crate::passage::Passage;

const SEEDS: [u64; 8] = [11, 12, 13, 14, 15, 16, 17, 18];

fn generator(seed: u64) -> Pcg64Mcg {
    Pcg64Mcg::seed_from_u64(seed)
}

/// Whether trials with error rate `rate`, up to the horizon, ever pass a gate that opens at trial `first[k]` with
/// `k` errors.
fn passes(first: &[u64], horizon: u64, gaps: &Geometric, generator: &mut Pcg64Mcg) -> bool {
    let mut trial = 0_u64;
    for opens in first {
        // The next error is made at this trial; before it there were as many as errors so far.
        trial = trial.saturating_add(gaps.sample(generator)).saturating_add(1);
        if *opens <= horizon && *opens < trial {
            return true;
        }
        if trial > horizon {
            return false;
        }
    }
    panic!("the gate is not known for so many errors");
}

/// Where the gate opens for each number of errors that the horizon can hold.
fn gate(horizon: u64, opens: impl Fn(u64) -> u64) -> Vec<u64> {
    let mut first: Vec<u64> = (0..=horizon).map(opens).take_while(|n| *n <= horizon).collect();
    // With more errors than these the gate is closed up to the horizon.
    first.extend(std::iter::repeat_n(
        u64::MAX,
        usize::try_from(horizon).unwrap() + 1,
    ));
    first
}

#[test]
fn looking_after_every_trial_is_the_same_as_the_gates_opening() {
    let (eps, horizon, mut passed) = (0.05, 600, 0);
    let first = gate(horizon, |k| first_n(k, eps, 0.05).unwrap());
    for seed in 0..400 {
        let gaps = Geometric::new(0.03).unwrap();
        let by_gate = passes(&first, horizon, &gaps, &mut generator(seed));
        // The same errors once more, trial by trial.
        let mut again = generator(seed);
        let (mut errors, mut next) = (0, gaps.sample(&mut again) + 1);
        let by_looking = (1..=horizon).any(|trial| {
            if trial == next {
                errors += 1;
                next += gaps.sample(&mut again) + 1;
            }
            ln_e(trial, errors, eps).unwrap() >= 20f64.ln()
        });
        assert_eq!(by_gate, by_looking, "seed {seed}");
        passed += u32::from(by_gate);
    }
    println!("error rate 3%, claim 95%: {passed} of 400 sequences pass, the same by either way");
    assert!((50..350).contains(&passed));
}

#[test]
fn at_the_limit_itself_false_proof_is_at_most_alpha() {
    println!("error rate exactly eps, looked at after every trial");
    for (eps, seed) in [0.2, 0.1, 0.05, 0.01].into_iter().zip(SEEDS) {
        // Long enough for five hundred errors.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let horizon = (500.0 / eps) as u64;
        let gaps = Geometric::new(eps).unwrap();
        for alpha in [0.1, 0.05, 0.01] {
            let first = gate(horizon, |k| first_n(k, eps, alpha).unwrap());
            let mut generator = generator(seed);
            let share = Share::count(10_000, || passes(&first, horizon, &gaps, &mut generator));
            let exact = Passage::new(horizon.min(5_000), eps, |k| first_n(k, eps, alpha).unwrap()).share();
            println!(
                "eps {eps}, alpha {alpha}, {horizon} trials: {share}; exactly {exact:.5} within {}",
                horizon.min(5_000)
            );
            assert!(share.value <= alpha && exact <= alpha);
            assert!(
                share.value + 4.0 * share.error >= exact,
                "fewer than in a part of the time"
            );
        }
    }
}

/// The trial at which a gate opens with so many errors.
type Opens = fn(u64) -> u64;

#[test]
fn the_reference_simulations_are_met() {
    // (true error rate, horizon, runs, by the gate, by the naive rule), from v1_sequential and v1_eprocess_table.
    let references = [
        (0.01, 2000, 4000, 0.0395, 0.1675),
        (0.01, 3000, 6000, 0.037_333_333, 0.196_666_667),
        (0.012, 3000, 6000, 0.015_833_333, 0.065_666_667),
        (0.005, 3000, 6000, 0.7185, 0.967_833_333),
        (0.002, 3000, 6000, 0.9995, 1.0),
    ];
    println!(
        "claim 99%, alpha 5%: the anytime gate, and an exact test for a fixed number looked at after each trial"
    );
    for (reference, seed) in references.into_iter().zip(SEEDS) {
        let (rate, horizon, runs, by_gate, by_naive) = reference;
        let gaps = Geometric::new(rate).unwrap();
        let rules: [(&str, Opens, f64); 2] = [
            ("gate", |k| first_n(k, 0.01, 0.05).unwrap(), by_gate),
            ("naive", |k| fixed_n(k, 0.01, 0.05).unwrap(), by_naive),
        ];
        for (name, opens, theirs) in rules {
            let first = gate(horizon, opens);
            let mut generator = generator(seed);
            let ours = Share::count(20_000, || passes(&first, horizon, &gaps, &mut generator));
            let exact = Passage::new(horizon, rate, opens).share();
            println!(
                "error rate {rate}, {horizon} trials, {name}: {ours}; exactly {exact:.5}; reference {theirs}"
            );
            ours.assert_is(exact);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let theirs = Share::new((theirs * f64::from(runs)).round() as u32, runs);
            theirs.assert_is(exact);
            ours.assert_like(&theirs);
        }
    }
}

/// Up to which trial `k` errors refute "the error rate is at most eps"; zero when not even from the start.
fn refuted_until(k: u64, eps: f64, alpha: f64) -> u64 {
    let refuted = |n: u64| ln_e_mirror(n, k, eps).unwrap() >= -alpha.ln();
    if k == 0 || !refuted(k) {
        return 0;
    }
    let (mut yes, mut no) = (k, 2 * k);
    while refuted(no) {
        (yes, no) = (no, 2 * no);
    }
    while no - yes > 1 {
        let middle = yes + (no - yes) / 2;
        if refuted(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}

#[test]
fn false_refutation_is_at_most_alpha_too() {
    println!("the mirror: error rate exactly eps, refuted as too high");
    for (eps, seed) in [0.2, 0.05, 0.01].into_iter().zip(SEEDS) {
        let gaps = Geometric::new(eps).unwrap();
        for alpha in [0.1, 0.05] {
            let until: Vec<u64> = (1..=1000).map(|k| refuted_until(k, eps, alpha)).collect();
            let mut generator = generator(seed);
            let share = Share::count(20_000, || {
                let mut trial = 0;
                until.iter().any(|until| {
                    trial += gaps.sample(&mut generator) + 1;
                    trial <= *until
                })
            });
            println!("eps {eps}, alpha {alpha}, 1000 errors: {share}");
            assert!(share.value <= alpha);
            assert!(
                share.value > 0.2 * alpha,
                "a test that never refutes says nothing"
            );
        }
    }
}

/// Sessions, looked at after each; `draw` gives the next session's errors and trials from the counts so far.
fn by_sessions(
    horizon: u64,
    generator: &mut Pcg64Mcg,
    mut draw: impl FnMut(&mut Pcg64Mcg, u64, u64) -> (u64, u64),
    opens: &[u64],
) -> bool {
    let (mut errors, mut trials) = (0, 0);
    while trials < horizon {
        let (more_errors, more_trials) = draw(generator, errors, trials);
        errors += more_errors;
        trials += more_trials;
        if opens[usize::try_from(errors).unwrap()] <= trials {
            return true;
        }
    }
    false
}

fn errors_among(trials: u64, rate: f64, generator: &mut Pcg64Mcg) -> u64 {
    (0..trials).filter(|_| generator.random_bool(rate)).count() as u64
}

#[test]
fn sessions_of_any_size_leave_the_promise() {
    let (eps, alpha, horizon, runs) = (0.05, 0.05, 4000, 4000);
    let opens = gate(horizon + 100, |k| first_n(k, eps, alpha).unwrap());
    let by = |seed, draw: &dyn Fn(&mut Pcg64Mcg, u64, u64) -> (u64, u64)| {
        let mut generator = generator(seed);
        Share::count(runs, || by_sessions(horizon, &mut generator, draw, &opens))
    };
    let sizes = by(21, &|g, _, _| {
        let trials = g.random_range(1..=40);
        (errors_among(trials, 0.05, g), trials)
    });
    let chosen = by(22, &|g, errors, trials| {
        // Stops where it is best for the claim: exactly where a clean session would prove it.
        let clean = opens[usize::try_from(errors).unwrap()] - trials;
        let trials = clean.clamp(1, 40);
        (errors_among(trials, 0.05, g), trials)
    });
    let uneven = by(23, &|g, _, _| {
        // Never below eps, in half of the sessions far above.
        let (trials, bad) = (g.random_range(1..=40), g.random_bool(0.5));
        (errors_among(trials, if bad { 0.15 } else { 0.05 }, g), trials)
    });
    println!("claim 95%, alpha 5%, error rate 5%, {horizon} trials, looked at after each session");
    println!("sessions of 1 to 40 trials: {sizes}");
    println!("sessions chosen to end where they would prove: {chosen}");
    println!("error rate 5% in half of the sessions, 15% in the others: {uneven}");
    for share in [&sizes, &chosen, &uneven] {
        assert!(share.value <= alpha, "{share}");
    }
    assert!(uneven.value < 0.2 * sizes.value);
}

#[test]
fn clustered_errors_are_the_known_limit() {
    // What the promise rests on: each trial fails with probability at least eps, whatever came before. Here only
    // the average over sessions is eps: within a session the rate is low or high, and the promise is not kept.
    let (eps, alpha, horizon, runs) = (0.05, 0.05, 4000, 4000);
    let opens = gate(horizon + 100, |k| first_n(k, eps, alpha).unwrap());
    println!("claim 95%, alpha 5%, sessions of 20 whose error rates average 5%");
    let mut shares = Vec::new();
    for (spread, seed) in [(200.0, 31), (20.0, 32), (5.0, 33)] {
        let rates = Beta::new(eps * spread, (1.0 - eps) * spread).unwrap();
        let mut generator = generator(seed);
        let draw = |g: &mut Pcg64Mcg, _, _| {
            let rate = rates.sample(g);
            (errors_among(20, rate, g), 20)
        };
        let share = Share::count(runs, || by_sessions(horizon, &mut generator, draw, &opens));
        println!("rates Beta({}, {}): {share}", eps * spread, (1.0 - eps) * spread);
        shares.push(share.value);
    }
    assert!(shares[0] < shares[1] && shares[1] < shares[2] && shares[2] > alpha);
}
