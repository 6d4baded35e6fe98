//! The linear relaxation: a dual simplex method on a dense table with bounded columns.
//!
//! Lemke's dual method (Naval Research Logistics Quarterly 1, 1954) with bound flipping (Fourer 1994; Maros,
//! Computational Techniques of the Simplex Method, 2003, chapter 10). The table writes each basic variable
//! as a combination of the nonbasic ones. Costs are not negative, so the table of slacks is dual feasible;
//! and since every column has two bounds, it stays so whatever bounds are set later: one table serves the
//! whole search. Numbers here are floating-point and only propose; what they propose is proved in whole
//! numbers by [`super::proof`].

use super::meter::Meter;

/// Bounds are kept to within this.
const FEASIBLE: f64 = 1e-9;
/// Entries below this are nothing.
const DUST: f64 = 1e-12;
/// A pivot is at least this.
const PIVOT: f64 = 1e-7;
/// Rows whose length is computed for each pivot.
const LENGTHS: usize = 24;

/// How the relaxation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At its least value.
    Least,
    /// The variable of this row cannot be brought within its bounds.
    Stuck(usize),
    /// The value passed the cutoff.
    Passed,
    /// The work or the steps ran out.
    Unfinished,
}

/// Where a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Column(usize),
    Row(usize),
    /// A slack without its row, or a variable that is fixed for good.
    Out,
}

/// The table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Variables that are no slacks.
    variables: usize,
    /// Columns: as many as there are such variables, without those fixed for good.
    columns: usize,
    /// The variable of each column, its value and its reduced cost.
    nonbasic: Vec<usize>,
    at: Vec<f64>,
    gradient: Vec<f64>,
    /// The variable of each row and its value.
    basic: Vec<usize>,
    value: Vec<f64>,
    cells: Vec<f64>,
    /// Bounds of the variables that are no slacks; all others are from 0 to infinity.
    low: Vec<f64>,
    high: Vec<f64>,
    place: Vec<Place>,
    /// Kept to save allocations: the pivot row, its nonzero columns, and rows outside their bounds.
    pivot_row: Vec<f64>,
    nonzero: Vec<usize>,
    outside: Vec<(f64, usize, f64)>,
    /// Pivots since the table was made.
    pub age: usize,
}

impl Table {
    /// No rows yet; every variable at its lower bound. Costs must not be negative.
    pub fn new(costs: &[f64], low: &[f64], high: &[f64]) -> Self {
        Self {
            variables: costs.len(),
            columns: costs.len(),
            nonbasic: (0..costs.len()).collect(),
            at: low.to_vec(),
            gradient: costs.to_vec(),
            basic: Vec::new(),
            value: Vec::new(),
            cells: Vec::new(),
            low: low.to_vec(),
            high: high.to_vec(),
            place: (0..costs.len()).map(Place::Column).collect(),
            pivot_row: Vec::new(),
            nonzero: Vec::new(),
            outside: Vec::new(),
            age: 0,
        }
    }

    pub fn rows(&self) -> usize {
        self.basic.len()
    }

    /// The value of a variable; 0 for a slack whose row is not there.
    pub fn value(&self, variable: usize) -> f64 {
        match self.place.get(variable) {
            Some(Place::Column(j)) => self.at[*j],
            Some(Place::Row(i)) => self.value[*i],
            Some(Place::Out) if variable < self.variables => self.low[variable],
            _ => 0.0,
        }
    }

    /// The reduced cost of a variable.
    pub fn reduced(&self, variable: usize) -> f64 {
        match self.place[variable] {
            Place::Column(j) => self.gradient[j],
            _ => 0.0,
        }
    }

    /// Slacks that stand in a column with their reduced costs: the multipliers of their rows.
    pub fn multipliers(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let columns = self.nonbasic.iter().zip(&self.gradient);
        columns
            .filter(|(variable, d)| **variable >= self.variables && **d > 0.0)
            .map(|(variable, d)| (variable - self.variables, *d))
    }

    /// The multipliers that show why the variable of a row cannot be brought within its bounds.
    pub fn ray(&self, row: usize) -> Vec<(usize, f64)> {
        let sign = if self.value[row] < self.bounds(self.basic[row]).0 {
            -1.0
        } else {
            1.0
        };
        let mut ray: Vec<(usize, f64)> = self
            .nonbasic
            .iter()
            .zip(self.row(row))
            .filter(|(variable, cell)| **variable >= self.variables && sign * **cell > 0.0)
            .map(|(variable, cell)| (variable - self.variables, sign * cell))
            .collect();
        if let Some(own) = self.basic[row].checked_sub(self.variables) {
            ray.push((own, 1.0));
        }
        ray
    }

    /// Adds the row `sum of coefficients times variables >= least`; its slack is variable `columns + slack`.
    pub fn add(&mut self, slack: usize, coefficients: &[(usize, f64)], least: f64) {
        let variable = self.variables + slack;
        if self.place.len() <= variable {
            self.place.resize(variable + 1, Place::Out);
        }
        let mut value = -least;
        let mut cells = vec![0.0; self.columns];
        for &(structural, coefficient) in coefficients {
            value += coefficient * self.value(structural);
            match self.place[structural] {
                Place::Column(j) => cells[j] += coefficient,
                Place::Row(i) => {
                    for (cell, other) in cells.iter_mut().zip(self.row(i)) {
                        *cell += coefficient * other;
                    }
                }
                Place::Out => {}
            }
        }
        self.place[variable] = Place::Row(self.rows());
        self.basic.push(variable);
        self.value.push(value);
        self.cells.extend(cells);
    }

    /// True when the slack stands in a row and is larger than `more`: its row does not bind.
    pub fn slack(&self, slack: usize, more: f64) -> bool {
        matches!(self.place.get(self.variables + slack), Some(Place::Row(i)) if self.value[*i] > more)
    }

    /// Takes out the row of a slack that stands in a row.
    pub fn remove(&mut self, slack: usize) {
        let Some(&Place::Row(row)) = self.place.get(self.variables + slack) else {
            return;
        };
        let last = self.rows() - 1;
        if row != last {
            let (front, back) = self.cells.split_at_mut(last * self.columns);
            front[row * self.columns..(row + 1) * self.columns].copy_from_slice(back);
            self.place[self.basic[last]] = Place::Row(row);
        }
        self.cells.truncate(last * self.columns);
        self.basic.swap_remove(row);
        self.value.swap_remove(row);
        self.place[self.variables + slack] = Place::Out;
    }

    /// Fixes variables for good, each at the bound it is at; those that stand in a row stay.
    pub fn settle(&mut self, settled: impl Fn(usize) -> bool) {
        let keeps: Vec<bool> = self
            .nonbasic
            .iter()
            .map(|&v| v >= self.variables || self.low[v] < self.high[v] || !settled(v))
            .collect();
        let kept = keeps.iter().filter(|k| **k).count();
        if kept == self.columns {
            return;
        }
        for (&variable, _) in self.nonbasic.iter().zip(&keeps).filter(|(_, keep)| !**keep) {
            self.place[variable] = Place::Out;
        }
        let mut column = 0;
        self.cells.retain(|_| {
            let keep = keeps[column];
            column = (column + 1) % keeps.len();
            keep
        });
        retain(&mut self.nonbasic, &keeps);
        retain(&mut self.at, &keeps);
        retain(&mut self.gradient, &keeps);
        self.columns = kept;
        for (column, &variable) in self.nonbasic.iter().enumerate() {
            self.place[variable] = Place::Column(column);
        }
    }

    /// Sets the bounds of a column; its value follows when it stands at a bound.
    pub fn bound(&mut self, variable: usize, low: f64, high: f64) {
        self.low[variable] = low;
        self.high[variable] = high;
        if let Place::Column(j) = self.place[variable] {
            let to = if self.gradient[j] >= 0.0 { low } else { high };
            self.shift(j, to);
        }
    }

    /// Lowers the value until every bound is kept, in at most `steps` pivots.
    pub fn solve(&mut self, cutoff: f64, costs: &[f64], steps: usize, meter: &mut Meter) -> End {
        for _ in 0..steps {
            if !meter.left() {
                return End::Unfinished;
            }
            let Some((row, to)) = self.leaving(meter) else {
                return End::Least;
            };
            if self.objective(costs) >= cutoff {
                return End::Passed;
            }
            let Some(column) = self.entering(row, to) else {
                return End::Stuck(row);
            };
            self.pivot(row, column, to, meter);
        }
        End::Unfinished
    }

    /// The value of the relaxation.
    pub fn objective(&self, costs: &[f64]) -> f64 {
        (0..self.variables).map(|v| costs[v] * self.value(v)).sum()
    }

    /// The largest error of a row's value against the rows it was made from.
    pub fn drift<'a>(&self, rows: impl Iterator<Item = (usize, &'a [(usize, f64)], f64)>) -> f64 {
        rows.map(|(slack, coefficients, least)| {
            let sum: f64 = coefficients.iter().map(|&(v, c)| c * self.value(v)).sum();
            (sum - least - self.value(self.variables + slack)).abs()
        })
        .fold(0.0, f64::max)
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    fn bounds(&self, variable: usize) -> (f64, f64) {
        if variable < self.variables {
            (self.low[variable], self.high[variable])
        } else {
            (0.0, f64::INFINITY)
        }
    }

    /// Moves a column's value.
    fn shift(&mut self, column: usize, to: f64) {
        let by = to - self.at[column];
        if by != 0.0 {
            self.at[column] = to;
            for (value, row) in self.value.iter_mut().zip(self.cells.chunks_exact(self.columns)) {
                *value += by * row[column];
            }
        }
    }

    /// The row to bring within its bounds, and the bound it must go to: the one furthest outside for the
    /// length of its row (steepest edge: Forrest and Goldfarb, Mathematical Programming 57, 1992), the first
    /// of equals. Lengths are computed only for the few furthest outside.
    fn leaving(&mut self, meter: &mut Meter) -> Option<(usize, f64)> {
        let mut outside = std::mem::take(&mut self.outside);
        outside.clear();
        for (row, (&variable, &value)) in self.basic.iter().zip(&self.value).enumerate() {
            let (low, high) = self.bounds(variable);
            if low - value > FEASIBLE {
                outside.push((low - value, row, low));
            } else if value - high > FEASIBLE {
                outside.push((value - high, row, high));
            }
        }
        if outside.len() > LENGTHS {
            outside.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            outside.truncate(LENGTHS);
        }
        let mut best: Option<(f64, usize, f64)> = None;
        for &(by, row, to) in &outside {
            let length: f64 = self.row(row).iter().map(|c| c * c).sum();
            let steep = by * by / (1.0 + length);
            if best.is_none_or(|(most, ..)| steep > most) {
                best = Some((steep, row, to));
            }
        }
        meter.steps(outside.len() * self.columns);
        self.outside = outside;
        best.map(|(_, row, to)| (row, to))
    }

    /// The column that takes the row's place: the last breakpoint up to which the dual value rises.
    /// Columns passed on the way go to their other bound.
    fn entering(&mut self, row: usize, to: f64) -> Option<usize> {
        let up = self.value[row] < to;
        let mut breaks: Vec<(f64, f64, usize)> = Vec::new();
        for (j, &cell) in self.row(row).iter().enumerate() {
            if cell.abs() < PIVOT {
                continue;
            }
            let (low, high) = self.bounds(self.nonbasic[j]);
            if high <= low {
                continue;
            }
            let rises = if up { cell } else { -cell };
            let at_high = self.at[j] > low;
            if (rises > 0.0) != at_high {
                breaks.push((self.gradient[j].abs() / cell.abs(), cell.abs(), j));
            }
        }
        breaks.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let mut needed = (to - self.value[row]).abs();
        let mut passed = 0;
        for (_, size, j) in &breaks {
            let (low, high) = self.bounds(self.nonbasic[*j]);
            needed -= size * (high - low);
            if needed <= FEASIBLE {
                break;
            }
            passed += 1;
        }
        let &(ratio, ..) = breaks.get(passed)?;
        // Among columns of the same ratio the largest pivot is the most exact.
        let (_, _, column) = breaks[passed..]
            .iter()
            .take_while(|b| b.0 <= ratio + 1e-12)
            .fold((0.0, 0.0, 0), |best, b| if b.1 > best.1 { *b } else { best });
        for &(_, _, j) in &breaks[..passed] {
            let (low, high) = self.bounds(self.nonbasic[j]);
            let other = if self.at[j] > low { low } else { high };
            self.shift(j, other);
        }
        Some(column)
    }

    /// Exchanges a row and a column; the row's variable goes to `to`.
    fn pivot(&mut self, row: usize, column: usize, to: f64, meter: &mut Meter) {
        let n = self.columns;
        let pivot = self.cells[row * n + column];
        let by = (to - self.value[row]) / pivot;
        let entering = self.at[column] + by;
        let mut row_now = std::mem::take(&mut self.pivot_row);
        row_now.clear();
        row_now.extend(self.row(row).iter().map(|cell| {
            let cell = cell / -pivot;
            if cell.abs() < DUST { 0.0 } else { cell }
        }));
        row_now[column] = 0.0;
        self.nonzero.clear();
        self.nonzero.extend((0..n).filter(|&j| row_now[j] != 0.0));
        let sparse = self.nonzero.len() * 6 < n;
        let mut touched = 1;
        for (i, cells) in self.cells.chunks_exact_mut(n).enumerate() {
            let factor = cells[column];
            if i == row || factor.abs() < DUST {
                cells[column] = 0.0;
                continue;
            }
            touched += 1;
            self.value[i] += factor * by;
            if sparse {
                for &j in &self.nonzero {
                    cells[j] += factor * row_now[j];
                }
            } else {
                for (cell, now) in cells.iter_mut().zip(&row_now) {
                    *cell += factor * now;
                }
            }
            cells[column] = factor / pivot;
        }
        let price = self.gradient[column];
        for (gradient, now) in self.gradient.iter_mut().zip(&row_now) {
            *gradient += price * now;
        }
        self.gradient[column] = price / pivot;
        row_now[column] = 1.0 / pivot;
        self.cells[row * n..(row + 1) * n].copy_from_slice(&row_now);
        meter.pivot(touched * if sparse { self.nonzero.len() } else { n });
        self.pivot_row = row_now;

        let (into, out) = (self.nonbasic[column], self.basic[row]);
        self.value[row] = entering;
        self.at[column] = to;
        self.basic[row] = into;
        self.nonbasic[column] = out;
        self.place[into] = Place::Row(row);
        self.place[out] = Place::Column(column);
        self.age += 1;
    }
}

/// Keeps the elements whose place is marked.
fn retain<T>(list: &mut Vec<T>, keeps: &[bool]) {
    let mut keeps = keeps.iter();
    list.retain(|_| keeps.next().copied().unwrap_or(false));
}
