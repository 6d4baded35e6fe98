//! Keeping bounds and rows of the table in step with the search, and proofs of what it says.

use super::super::proof::Proof;
use super::super::rows::Row;
use super::super::table::Table;
use super::{Search, WHOLE};

impl Search<'_> {
    /// Sets the bounds of every column: the part's own, then the node's.
    /// False when they leave a column no value.
    pub(super) fn set_bounds(&mut self, fixed: &[(usize, bool)]) -> bool {
        let graph = self.graph;
        let mut low: Vec<bool> = graph.must.iter().chain(&graph.target).copied().collect();
        let mut high = vec![true; low.len()];
        let settled = self.settled.iter().enumerate();
        let settled = settled.filter_map(|(column, value)| Some((column, (*value)?)));
        for (column, value) in settled.chain(fixed.iter().copied()) {
            low[column] |= value;
            high[column] &= value;
        }
        if low.iter().zip(&high).any(|(low, high)| *low && !high) {
            return false;
        }
        for column in 0..low.len() {
            if (low[column], high[column]) != (self.low[column], self.high[column]) {
                self.table.bound(column, one(low[column]), one(high[column]));
            }
        }
        self.low = low;
        self.high = high;
        true
    }

    pub(super) fn proof(&self) -> Option<Proof> {
        let multipliers = self.table.multipliers().map(|(number, multiplier)| {
            let row = &self.rows.all[number];
            (row, multiplier * self.scale / row.scale())
        });
        Proof::new(&self.values, &self.low, &self.high, multipliers)
    }

    /// Proves that the variable of a row cannot be brought within its bounds.
    pub(super) fn impossible(&self, row: usize) -> bool {
        let zero = vec![0; self.values.len()];
        let ray = self.table.ray(row);
        let multipliers = ray.iter().map(|&(number, multiplier)| {
            let row = &self.rows.all[number];
            (row, multiplier * 1e6 / row.scale())
        });
        Proof::new(&zero, &self.low, &self.high, multipliers).is_some_and(|proof| proof.impossible())
    }

    pub(super) fn use_row(&mut self, number: usize) {
        self.rows.used[number] = true;
        let (coefficients, least) = scaled(&self.rows.all[number]);
        self.table.add(number, &coefficients, least);
    }

    /// Takes rows that do not bind out of the table.
    pub(super) fn tidy(&mut self) {
        for number in 0..self.rows.all.len() {
            if self.rows.used[number] && self.table.slack(number, WHOLE) {
                self.table.remove(number);
                self.rows.used[number] = false;
            }
        }
    }

    pub(super) fn drift(&self) -> f64 {
        let used = (0..self.rows.all.len()).filter(|&number| self.rows.used[number]);
        let rows: Vec<_> = used
            .map(|number| (number, scaled(&self.rows.all[number])))
            .collect();
        self.table.drift(
            rows.iter()
                .map(|(number, (row, least))| (*number, row.as_slice(), *least)),
        )
    }

    /// Makes the table anew from its rows.
    pub(super) fn renew(&mut self) {
        self.table = Table::new(&self.costs, &ones(&self.low), &ones(&self.high));
        for number in 0..self.rows.all.len() {
            if self.rows.used[number] {
                self.use_row(number);
            }
        }
    }
}

/// A row with its largest coefficient 1.
fn scaled(row: &Row) -> (Vec<(usize, f64)>, f64) {
    let scale = row.scale();
    let coefficients = row.coefficients.iter().map(|&(v, c)| (v, c as f64 / scale));
    (coefficients.collect(), row.least as f64 / scale)
}

fn one(value: bool) -> f64 {
    f64::from(u8::from(value))
}

pub(super) fn ones(values: &[bool]) -> Vec<f64> {
    values.iter().map(|&v| one(v)).collect()
}
