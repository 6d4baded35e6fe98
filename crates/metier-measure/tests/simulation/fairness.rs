//! How often does Katz' interval hold the ratio of two rates, and how often does Fisher's test err? Summed over the
//! two binomial laws, and so exact: no seeds.

use metier_measure::impact::{Group, KATZ_CELL, impact};
use metier_measure::interval::Coverage;
use metier_measure::special::ln_gamma;

const SIZES: [u64; 5] = [20, 40, 80, 150, 250];
const RATES: [f64; 9] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

/// `P(k of n)` at rate `p`, for all `k`.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let ln_factorial = |k: u64| ln_gamma(k as f64 + 1.0).unwrap();
    let chance = |k: u64| {
        let ways = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
        (ways + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p()).exp()
    };
    (0..=n).map(chance).collect()
}

/// What one pair of numbers selected gives.
struct Cell {
    katz: Option<(f64, f64)>,
    checked: bool,
    p: f64,
}

impl Cell {
    fn holds(&self, ratio: f64) -> bool {
        self.katz
            .is_some_and(|(lower, upper)| lower <= ratio && ratio <= upper)
    }
}

/// Every pair of numbers selected.
struct Table(Vec<Vec<Cell>>);

impl Table {
    fn new(m: u64, n: u64) -> Self {
        let cell = |a: u64, c: u64| {
            let group = |selected: u64, of: u64| Group { of, selected };
            let got = impact(group(a, m), group(c, n), 0.95).unwrap();
            let checked = got.katz.is_some_and(|katz| katz.coverage == Coverage::Checked);
            Cell {
                katz: got.katz.map(|katz| (katz.lower, katz.upper)),
                checked,
                p: got.fisher_p,
            }
        };
        Self((0..=m).map(|a| (0..=n).map(|c| cell(a, c)).collect()).collect())
    }

    fn sum(&self, p: f64, q: f64, of: impl Fn(&Cell) -> bool) -> f64 {
        let (one, other) = (
            binomial(self.0.len() as u64 - 1, p),
            binomial(self.0[0].len() as u64 - 1, q),
        );
        let row = |(row, p): (&Vec<Cell>, &f64)| {
            let inner = row.iter().zip(&other).filter(|(cell, _)| of(cell));
            p * inner.map(|(_, q)| q).sum::<f64>()
        };
        self.0.iter().zip(&one).map(row).sum()
    }
}

#[test]
fn katz_covers_where_ten_are_expected_in_each_cell() {
    println!(
        "Katz, 95%: coverage where at least {KATZ_CELL} are expected selected and not selected in each group"
    );
    let (mut least, mut most, mut points) = (1.0_f64, 0.0_f64, 0);
    for m in SIZES {
        for n in SIZES {
            let table = Table::new(m, n);
            for p in RATES {
                for q in RATES {
                    let expected = [
                        m as f64 * p,
                        m as f64 * (1.0 - p),
                        n as f64 * q,
                        n as f64 * (1.0 - q),
                    ];
                    if expected.iter().any(|e| *e < KATZ_CELL as f64 - 1e-9) {
                        continue;
                    }
                    let covered = table.sum(p, q, |cell| cell.holds(p / q));
                    let shown = table.sum(p, q, |cell| cell.checked);
                    println!("{m} at {p}, {n} at {q}: covers {covered:.4}, marked as checked in {shown:.3}");
                    assert!(
                        (0.93..=0.97).contains(&covered),
                        "{m} at {p}, {n} at {q}: {covered}"
                    );
                    (least, most, points) = (least.min(covered), most.max(covered), points + 1);
                }
            }
        }
    }
    println!("{points} points: {least:.4} to {most:.4}");
    // With six expected in the smallest cell it is outside already; there it is not marked.
    let few = Table::new(20, 400);
    let covered = few.sum(0.7, 0.95, |cell| cell.holds(0.7 / 0.95));
    let shown = few.sum(0.7, 0.95, |cell| cell.checked);
    println!("20 at 0.7, 400 at 0.95: covers {covered:.4}, marked as checked in {shown:.3}");
    assert!(covered < 0.93 && shown < 0.06);
}

#[test]
fn fisher_errs_at_most_as_often_as_stated() {
    println!("Fisher, 5%: how often equal rates are told apart");
    for (m, n) in [(5, 5), (10, 40), (30, 30), (100, 60)] {
        let table = Table::new(m, n);
        for p in RATES {
            let size = table.sum(p, p, |cell| cell.p <= 0.05);
            println!("{m} and {n} at {p}: {size:.4}");
            assert!(size <= 0.05);
        }
    }
}
