//! Which counts of a table may be published so that no small one can be worked out?
//!
//! Every count below the threshold is hidden, zero and totals included ("nobody" says something about each
//! member too). That alone protects nothing: the rest of a row gives a single hidden count away. So further
//! counts are hidden, of least weight, until **each hidden count could differ by at least the threshold**: over
//! all tables of non-negative whole numbers that agree with everything published, its largest possible value
//! is at least its smallest plus the threshold. Then none can be recovered, and none can be seen to lie below
//! the threshold, from this table alone.
//!
//! A table with its totals is a circulation: a count is a flow, an inner one from its row to its column,
//! a total back again. How far a hidden count can move is a maximum flow over the other hidden ones, in whole
//! numbers, and a minimum cut that holds it back names the counts of which one must be hidden too. Searching
//! those by cost, cheapest set first, finds the least loss (Cox, Journal of the American Statistical
//! Association 75, 1980; Fischetti and Salazar, Management Science 47, 2001).
//!
//! What it does not see, the caller must: **two publications together**. A table for all and one for all but a
//! few, or the same table before and after somebody joined, give the difference away. Whatever can be
//! subtracted has to be protected in one table, with the difference as a row or column of its own: not "all" and
//! "all without the newcomers" but "newcomers", "the others" and their total. And publish each table once: a
//! table that is refreshed on request can be subtracted from itself. Nor does it hide from those who are
//! counted: a member of a cell knows one of it.

use crate::error::{MeasureError, Result, within};

mod network;
mod search;

use network::{Arc, Network};
pub use search::Least;

/// The threshold customary for figures about people.
pub const DEFAULT_THRESHOLD: u64 = 5;
/// The lowest threshold accepted.
pub const LOWEST_THRESHOLD: u64 = 3;
/// The largest threshold accepted.
pub const LARGEST_THRESHOLD: u64 = 1_000;
/// The largest number of counts in a table, without totals.
pub const MAX_CELLS: usize = 2_500;
/// The largest total of a table.
pub const MAX_TOTAL: u64 = 1_000_000_000_000;

/// What may be published of counts with their total.
#[derive(Debug, Clone, PartialEq)]
pub struct OneWay {
    /// The counts; none where hidden.
    pub counts: Vec<Option<u64>>,
    /// The total; none where hidden.
    pub total: Option<u64>,
    /// Whether less could have been hidden.
    pub least: Least,
}

/// What may be published of a table with the totals of its rows and columns and of all.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoWay {
    /// The counts, row by row; none where hidden.
    pub counts: Vec<Vec<Option<u64>>>,
    /// The rows' totals.
    pub row_totals: Vec<Option<u64>>,
    /// The columns' totals.
    pub column_totals: Vec<Option<u64>>,
    /// The total of all.
    pub total: Option<u64>,
    /// Whether less could have been hidden.
    pub least: Least,
}

impl OneWay {
    /// A number attached to each count (a mean, a share), gone where the count is.
    ///
    /// # Errors
    /// When there are not as many values as counts.
    pub fn attach<T: Copy>(&self, values: &[T]) -> Result<Vec<Option<T>>> {
        attach(&self.counts, values)
    }

    /// The shares of the total; none where the count or the total is hidden.
    pub fn shares(&self) -> Vec<Option<f64>> {
        self.counts
            .iter()
            .map(|count| share(*count, self.total))
            .collect()
    }
}

impl TwoWay {
    /// A number attached to each inner count, gone where the count is.
    ///
    /// # Errors
    /// When the values are not arranged as the counts are.
    pub fn attach<T: Copy>(&self, values: &[Vec<T>]) -> Result<Vec<Vec<Option<T>>>> {
        same_length("values", values.len(), self.counts.len())?;
        self.counts
            .iter()
            .zip(values)
            .map(|(row, values)| attach(row, values))
            .collect()
    }

    /// A number attached to each row's total, gone where that is.
    ///
    /// # Errors
    /// When there are not as many values as rows.
    pub fn attach_to_rows<T: Copy>(&self, values: &[T]) -> Result<Vec<Option<T>>> {
        attach(&self.row_totals, values)
    }

    /// A number attached to each column's total, gone where that is.
    ///
    /// # Errors
    /// When there are not as many values as columns.
    pub fn attach_to_columns<T: Copy>(&self, values: &[T]) -> Result<Vec<Option<T>>> {
        attach(&self.column_totals, values)
    }

    /// Each count's share of its row; none where the count or the row's total is hidden.
    pub fn row_shares(&self) -> Vec<Vec<Option<f64>>> {
        let of_row = |(row, total): (&Vec<Option<u64>>, &Option<u64>)| {
            row.iter().map(|count| share(*count, *total)).collect()
        };
        self.counts.iter().zip(&self.row_totals).map(of_row).collect()
    }
}

fn share(count: Option<u64>, of: Option<u64>) -> Option<f64> {
    Some(count? as f64 / of? as f64)
}

fn attach<T: Copy>(counts: &[Option<u64>], values: &[T]) -> Result<Vec<Option<T>>> {
    same_length("values", values.len(), counts.len())?;
    Ok(counts
        .iter()
        .zip(values)
        .map(|(count, value)| count.map(|_| *value))
        .collect())
}

fn same_length(name: &'static str, length: usize, counts: usize) -> Result<()> {
    if length == counts {
        return Ok(());
    }
    Err(MeasureError::Length {
        name,
        length,
        allowed: "as many as counts",
    })
}

/// Hides of counts and their total what the threshold asks for, and no more than needed.
///
/// # Errors
/// When there is no count or more than [`MAX_CELLS`], the total exceeds [`MAX_TOTAL`], or the threshold is below
/// [`LOWEST_THRESHOLD`] or above [`LARGEST_THRESHOLD`].
pub fn one_way(counts: &[u64], threshold: u64) -> Result<OneWay> {
    let rows = [counts.to_vec()];
    let total = checked(&rows, threshold)?;
    let mut arcs: Vec<Arc> = counts.iter().map(|count| Arc::inner(0, 1, *count)).collect();
    arcs.push(Arc::total(1, 0, total));
    let found = search::protect(&Network::new(2, arcs), threshold);
    Ok(OneWay {
        counts: counts
            .iter()
            .zip(&found.hidden)
            .map(|(count, hidden)| shown(*count, *hidden))
            .collect(),
        total: shown(total, found.hidden[counts.len()]),
        least: found.least,
    })
}

/// Hides of a table of counts, given row by row, and of its totals what the threshold asks for, and no more than
/// needed.
///
/// # Errors
/// When there is no row, rows are empty or differ in length, there are more than [`MAX_CELLS`] counts, the total
/// exceeds [`MAX_TOTAL`], or the threshold is below [`LOWEST_THRESHOLD`] or above [`LARGEST_THRESHOLD`].
pub fn two_way(rows: &[Vec<u64>], threshold: u64) -> Result<TwoWay> {
    let total = checked(rows, threshold)?;
    let (height, width) = (rows.len(), rows[0].len());
    let row_totals: Vec<u64> = rows.iter().map(|row| row.iter().sum()).collect();
    let column_totals: Vec<u64> = (0..width).map(|j| rows.iter().map(|row| row[j]).sum()).collect();
    // Nodes: the rows, the row of totals, the columns, the column of totals.
    let (sum_row, columns, sum_column) = (height, height + 1, height + 1 + width);
    let mut arcs = Vec::with_capacity((height + 1) * (width + 1));
    for (i, row) in rows.iter().enumerate() {
        for (j, count) in row.iter().enumerate() {
            arcs.push(Arc::inner(i, columns + j, *count));
        }
        arcs.push(Arc::total(sum_column, i, row_totals[i]));
    }
    for (j, count) in column_totals.iter().enumerate() {
        arcs.push(Arc::total(columns + j, sum_row, *count));
    }
    arcs.push(Arc::total(sum_row, sum_column, total));
    let found = search::protect(&Network::new(sum_column + 1, arcs), threshold);
    let hidden = |i: usize, j: usize| found.hidden[i * (width + 1) + j];
    let of_row = |i: usize| (0..width).map(|j| shown(rows[i][j], hidden(i, j))).collect();
    Ok(TwoWay {
        counts: (0..height).map(of_row).collect(),
        row_totals: (0..height)
            .map(|i| shown(row_totals[i], hidden(i, width)))
            .collect(),
        column_totals: (0..width)
            .map(|j| shown(column_totals[j], hidden(height, j)))
            .collect(),
        total: shown(total, hidden(height, width)),
        least: found.least,
    })
}

fn shown(count: u64, hidden: bool) -> Option<u64> {
    (!hidden).then_some(count)
}

/// The total of a possible table.
fn checked(rows: &[Vec<u64>], threshold: u64) -> Result<u64> {
    within(
        "threshold",
        threshold as f64,
        |_| (LOWEST_THRESHOLD..=LARGEST_THRESHOLD).contains(&threshold),
        "from 3 to 1000",
    )?;
    let width = rows.first().map_or(0, Vec::len);
    let cells = rows.len().saturating_mul(width);
    if cells == 0 || cells > MAX_CELLS {
        return Err(MeasureError::Length {
            name: "counts",
            length: cells,
            allowed: "1 to 2500",
        });
    }
    for row in rows {
        same_length("row", row.len(), width)?;
    }
    let mut total = 0_u64;
    for count in rows.iter().flatten() {
        total = total.saturating_add(*count);
    }
    within("total", total as f64, |_| total <= MAX_TOTAL, "up to 10^12")?;
    Ok(total)
}

#[cfg(test)]
mod tests;
