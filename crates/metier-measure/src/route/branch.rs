//! Which column to decide next: the one whose both values raise the bound most.
//!
//! Gains seen before are remembered per unit of change (Benichou et al., Mathematical Programming 1, 1971);
//! columns without a memory are tried out for some pivots first (reliability branching: Achterberg, Koch and
//! Martin, Operations Research Letters 33, 2005).

use super::meter::Meter;
use super::search::WHOLE;
use super::table::{End, Table};

/// Columns tried out at a node.
const TRIED: usize = 4;
/// Pivots for each trial.
const PIVOTS: usize = 6;
/// Trials after which memory is relied on.
const RELIABLE: f64 = 1.0;
/// A gain is never counted as less than this part of the largest cost.
const LEAST: f64 = 1e-6;
/// What a value that is out of the question counts as having gained.
const CLOSED: f64 = 1e3;

/// What deciding each column gave so far.
#[derive(Debug, Clone)]
pub(super) struct History {
    /// Sum of gains per unit, down and up, and how many.
    gains: Vec<[(f64, f64); 2]>,
}

impl History {
    pub fn new(columns: usize) -> Self {
        Self {
            gains: vec![[(0.0, 0.0); 2]; columns],
        }
    }

    /// The column to decide and the value to try first; `None` when every value is 0 or 1.
    pub fn choose(
        &mut self,
        x: &[f64],
        free: impl Fn(usize) -> bool,
        table: &Table,
        costs: &[f64],
        meter: &mut Meter,
    ) -> Option<(usize, bool)> {
        let mut columns: Vec<(f64, usize)> = (0..x.len())
            .filter(|&v| free(v) && (WHOLE..=1.0 - WHOLE).contains(&x[v]))
            .map(|v| (self.score(v, x[v]), v))
            .collect();
        columns.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let now = table.objective(costs);
        let mut best: Option<(f64, usize)> = None;
        let mut tried = 0;
        for (score, column) in columns {
            let score = if self.reliable(column) || tried == TRIED || !meter.left() {
                score
            } else {
                tried += 1;
                let down = trial(table, column, 0.0, costs, meter).map(|value| value - now);
                let up = trial(table, column, 1.0, costs, meter).map(|value| value - now);
                self.remember(column, 0, down.map(|gain| gain / x[column]));
                self.remember(column, 1, up.map(|gain| gain / (1.0 - x[column])));
                product(down.unwrap_or(CLOSED), up.unwrap_or(CLOSED))
            };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, column));
            }
        }
        best.map(|(_, column)| (column, x[column] > 0.4))
    }

    fn reliable(&self, column: usize) -> bool {
        self.gains[column].iter().all(|(_, count)| *count >= RELIABLE)
    }

    fn remember(&mut self, column: usize, way: usize, gain: Option<f64>) {
        if let Some(gain) = gain {
            let (sum, count) = &mut self.gains[column][way];
            *sum += gain.max(0.0);
            *count += 1.0;
        }
    }

    fn score(&self, column: usize, x: f64) -> f64 {
        let average = |way: usize| {
            let (sum, count) = self.gains[column][way];
            if count > 0.0 { sum / count } else { 1.0 }
        };
        product(average(0) * x, average(1) * (1.0 - x))
    }
}

fn product(down: f64, up: f64) -> f64 {
    down.max(LEAST) * up.max(LEAST)
}

/// The relaxation's value some pivots after a column is set; `None` when that is out of the question.
fn trial(table: &Table, column: usize, to: f64, costs: &[f64], meter: &mut Meter) -> Option<f64> {
    let mut table = table.clone();
    table.bound(column, to, to);
    match table.solve(f64::INFINITY, costs, PIVOTS, meter) {
        End::Stuck(_) => None,
        End::Least | End::Passed | End::Unfinished => Some(table.objective(costs)),
    }
}
