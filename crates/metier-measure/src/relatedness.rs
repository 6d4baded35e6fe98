//! Which columns of a table of rows and columns go together?
//!
//! A cell says how much of a column a row uses. A row uses a column *more than usual* when the column's share
//! in that row exceeds its share in the whole table: its revealed comparative advantage
//! `rca = (x_rc / Sum_c x_rc) / (Sum_r x_rc / Sum x)` is above 1 (Balassa, The Manchester School 33, 1965).
//! Two columns are related as far as the same rows use both more than usual: `theta` is the number of those
//! rows over the larger of the two columns' own numbers, which is the lesser of the two conditional shares
//! (Hidalgo, Klinger, Barabasi and Hausmann, Science 317, 2007; in this form Alabdulkareem and
//! others, Science Advances 4, 2018).
//!
//! The table is sparse: what is not there is zero. With few rows `theta` is coarse, and a column that one row
//! uses has a `theta` of 1 with whatever else only that row uses: [`Pair`] carries the counts, so that a page
//! can leave such pairs out.

use crate::error::{MeasureError, Result, within};

/// The most rows, columns and pairs computed with.
const MOST: usize = 100_000_000;

/// A table without negative cells; what is not stored is zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    columns: usize,
    rows: Vec<Vec<(usize, f64)>>,
    row_totals: Vec<f64>,
    column_totals: Vec<f64>,
    total: f64,
}

/// Two columns and how related they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The column with the lower number.
    pub first: usize,
    /// The column with the higher number.
    pub second: usize,
    /// The rows that use both more than usual; at least 1.
    pub both: u32,
    /// The larger of the two columns' numbers of rows that use them more than usual.
    pub larger: u32,
    /// `both / larger`, above 0 and at most 1.
    pub theta: f64,
}

impl Table {
    /// A table of so many columns from its rows, each a list of (column, cell) in strictly increasing order
    /// of columns. Cells are finite and not negative, at most 1e100. Rows and columns of zeros are allowed
    /// and use nothing more than usual.
    ///
    /// # Errors
    /// When there is no row or no column, or more than 10^8 of them, a row is out of order or names a column
    /// that is not there, a cell is outside its domain, or all cells are zero.
    pub fn new(columns: usize, rows: Vec<Vec<(usize, f64)>>) -> Result<Self> {
        size("columns", columns)?;
        size("rows", rows.len())?;
        let (mut row_totals, mut column_totals) = (Vec::with_capacity(rows.len()), vec![0.0; columns]);
        for row in &rows {
            let mut sum = 0.0;
            for (i, &(column, cell)) in row.iter().enumerate() {
                let above = i == 0 || row[i - 1].0 < column;
                within(
                    "column",
                    column as f64,
                    |_| above && column < columns,
                    "strictly increasing, below the number of columns",
                )?;
                let cell = within("cell", cell, |v| (0.0..=1e100).contains(&v), "from 0 to 1e100")?;
                sum += cell;
                column_totals[column] += cell;
            }
            row_totals.push(sum);
        }
        let total: f64 = row_totals.iter().sum();
        if total <= 0.0 {
            return Err(MeasureError::NotEstimable {
                quantity: "comparative advantage",
                because: "all cells are zero",
            });
        }
        Ok(Self {
            columns,
            rows,
            row_totals,
            column_totals,
            total,
        })
    }

    /// The revealed comparative advantage of each cell that is stored, row by row. A cell of zero has none,
    /// 0, whatever its row and column; a row or column of zeros never divides by zero.
    pub fn advantage(&self) -> Vec<Vec<(usize, f64)>> {
        let of_row = |(row, &sum): (&Vec<(usize, f64)>, &f64)| {
            let of_cell = |&(column, cell): &(usize, f64)| {
                let rca = if cell > 0.0 {
                    (cell / sum) / (self.column_totals[column] / self.total)
                } else {
                    0.0
                };
                (column, rca)
            };
            row.iter().map(of_cell).collect()
        };
        self.rows.iter().zip(&self.row_totals).map(of_row).collect()
    }

    /// The columns that each row uses more than usual: `x * total > row * column`, which no rounding blurs as
    /// long as the cells are whole numbers and these products below 2^53. A column used exactly as usual is
    /// not used more than usual.
    pub fn more_than_usual(&self) -> Vec<Vec<usize>> {
        let of_row = |(row, &sum): (&Vec<(usize, f64)>, &f64)| {
            row.iter()
                .filter(|&&(column, cell)| cell * self.total > sum * self.column_totals[column])
                .map(|&(column, _)| column)
                .collect()
        };
        self.rows.iter().zip(&self.row_totals).map(of_row).collect()
    }

    /// All pairs of columns that at least one row uses both more than usual, in order; every other pair has a
    /// `theta` of 0. Of a column with itself it is 1, and not listed.
    ///
    /// Time and memory in proportion to the pairs within rows.
    ///
    /// # Errors
    /// When more than 10^8 pairs would be listed.
    pub fn related(&self) -> Result<Vec<Pair>> {
        let used = self.more_than_usual();
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.columns];
        for (row, columns) in used.iter().enumerate() {
            for &column in columns {
                users[column].push(row);
            }
        }
        let (mut pairs, mut together) = (Vec::new(), vec![0_u32; self.columns]);
        for first in 0..self.columns {
            let mut touched: Vec<usize> = Vec::new();
            for &row in &users[first] {
                let from = used[row].partition_point(|&column| column <= first);
                for &second in &used[row][from..] {
                    if together[second] == 0 {
                        touched.push(second);
                    }
                    together[second] += 1;
                }
            }
            touched.sort_unstable();
            if pairs.len() + touched.len() > MOST {
                return Err(MeasureError::OutOfReach {
                    quantity: "number of pairs",
                    limit: MOST as u64,
                });
            }
            for second in touched {
                let both = std::mem::take(&mut together[second]);
                let larger = users[first].len().max(users[second].len());
                pairs.push(Pair {
                    first,
                    second,
                    both,
                    // No more rows than 10^8.
                    larger: u32::try_from(larger).unwrap_or(u32::MAX),
                    theta: f64::from(both) / larger as f64,
                });
            }
        }
        Ok(pairs)
    }
}

fn size(name: &'static str, length: usize) -> Result<()> {
    if (1..=MOST).contains(&length) {
        return Ok(());
    }
    Err(MeasureError::Length {
        name,
        length,
        allowed: "from 1 to 10^8",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_usual_is_not_more_than_usual() {
        let even = Table::new(2, vec![vec![(0, 3.0), (1, 7.0)]; 3]).unwrap();
        assert!(even.more_than_usual().iter().all(Vec::is_empty));
        assert!(even.related().unwrap().is_empty());
        for (_, rca) in even.advantage().concat() {
            assert!((rca - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn counts_rows_that_use_both() {
        // Columns 0 and 1 together in two rows of three and two; 2 apart; 3 empty; a row of zeros.
        let rows = vec![
            vec![(0, 1.0), (1, 1.0)],
            vec![(0, 1.0), (1, 1.0)],
            vec![(0, 1.0)],
            vec![(2, 5.0)],
            vec![(1, 0.0)],
            vec![],
        ];
        let table = Table::new(4, rows).unwrap();
        let pairs = table.related().unwrap();
        assert_eq!(pairs.len(), 1);
        assert_eq!(
            (pairs[0].first, pairs[0].second, pairs[0].both, pairs[0].larger),
            (0, 1, 2, 3)
        );
        assert!((pairs[0].theta - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(table.advantage()[4], vec![(1, 0.0)]);
    }

    #[test]
    fn refuses_what_is_no_table() {
        assert!(Table::new(0, vec![vec![]]).is_err() && Table::new(1, vec![]).is_err());
        assert!(Table::new(2, vec![vec![(0, 0.0)]]).is_err());
        assert!(Table::new(2, vec![vec![(2, 1.0)]]).is_err());
        assert!(Table::new(2, vec![vec![(1, 1.0), (0, 1.0)]]).is_err());
        for bad in [f64::NAN, f64::INFINITY, -1.0, 1e101] {
            assert!(Table::new(1, vec![vec![(0, bad)]]).is_err());
        }
    }
}
