//! Suppression against a checker that knows nothing of flows: it tries all tables that agree with what is
//! published.

use metier_measure::suppress::{Least, TwoWay, one_way, two_way};
use proptest::prelude::*;

/// What a reader sees: inner counts, and the totals of rows, columns and all.
struct Published {
    cells: Vec<Vec<Option<u64>>>,
    rows: Vec<Option<u64>>,
    columns: Vec<Option<u64>>,
    total: Option<u64>,
}

impl From<&TwoWay> for Published {
    fn from(table: &TwoWay) -> Self {
        Self {
            cells: table.counts.clone(),
            rows: table.row_totals.clone(),
            columns: table.column_totals.clone(),
            total: table.total,
        }
    }
}

/// The smallest and largest value of everything hidden, over all tables with inner counts up to `most` where
/// nothing published limits them: inner counts row by row, then rows, columns, total.
fn ranges(seen: &Published, most: u64) -> Vec<(u64, u64)> {
    let (height, width) = (seen.rows.len(), seen.columns.len());
    let mut found = vec![(u64::MAX, 0); height * width + height + width + 1];
    let mut table = vec![vec![0; width]; height];
    fill(seen, most, 0, &mut table, &mut vec![0; width], &mut found);
    found
}

/// All ways to fill the table from place `at` on.
fn fill(
    seen: &Published,
    most: u64,
    at: usize,
    table: &mut Vec<Vec<u64>>,
    sums: &mut Vec<u64>,
    found: &mut Vec<(u64, u64)>,
) {
    let (height, width) = (seen.rows.len(), seen.columns.len());
    if at == height * width {
        let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
        let total: u64 = rows.iter().sum();
        let agrees =
            |seen: &[Option<u64>], got: &[u64]| seen.iter().zip(got).all(|(s, g)| s.is_none_or(|s| s == *g));
        if agrees(&seen.columns, sums) && agrees(&[seen.total], &[total]) {
            let all = table
                .iter()
                .flatten()
                .chain(&rows)
                .chain(sums.iter())
                .chain([&total]);
            for (range, value) in found.iter_mut().zip(all) {
                *range = (range.0.min(*value), range.1.max(*value));
            }
        }
        return;
    }
    let (i, j) = (at / width, at % width);
    let so_far: u64 = table[i][..j].iter().sum();
    let mut high = most;
    for (limit, used) in [(seen.rows[i], so_far), (seen.columns[j], sums[j])] {
        if let Some(limit) = limit {
            high = high.min(limit.saturating_sub(used));
            if limit < used {
                return;
            }
        }
    }
    let mut low = 0;
    // The last of a row is what is left.
    if let (Some(limit), true) = (seen.rows[i], j + 1 == width) {
        low = limit - so_far;
    }
    if let Some(value) = seen.cells[i][j] {
        if value > high && seen.rows[i].is_some() {
            return;
        }
        (low, high) = (low.max(value), value);
    }
    for value in low..=high {
        table[i][j] = value;
        sums[j] += value;
        fill(seen, most, at + 1, table, sums, found);
        sums[j] -= value;
    }
    table[i][j] = 0;
}

/// Everything, in the order of `ranges`: whether it is hidden.
fn hidden(seen: &Published) -> Vec<bool> {
    let all = seen
        .cells
        .iter()
        .flatten()
        .chain(&seen.rows)
        .chain(&seen.columns)
        .chain([&seen.total]);
    all.map(Option::is_none).collect()
}

fn safe(seen: &Published, threshold: u64, most: u64) -> bool {
    let ranges = ranges(seen, most);
    let mut both = ranges.iter().zip(hidden(seen));
    both.all(|((low, high), hidden)| !hidden || *high >= low + threshold)
}

/// Whether linear algebra alone determines a hidden count: its unit vector lies in the span of the equations.
fn determined(seen: &Published) -> bool {
    let (height, width) = (seen.rows.len(), seen.columns.len());
    let size = height * width + height + width + 1;
    let (row, column, total) = (height * width, height * width + height, size - 1);
    let mut equations = Vec::new();
    for i in 0..height {
        let mut e = vec![0_i64; size];
        (0..width).for_each(|j| e[i * width + j] = 1);
        e[row + i] = -1;
        equations.push(e);
    }
    for j in 0..width {
        let mut e = vec![0; size];
        (0..height).for_each(|i| e[i * width + j] = 1);
        e[column + j] = -1;
        equations.push(e);
    }
    let mut e = vec![0; size];
    (0..height).for_each(|i| e[row + i] = 1);
    e[total] = -1;
    equations.push(e);
    let unknown: Vec<usize> = hidden(seen)
        .iter()
        .enumerate()
        .filter(|(_, h)| **h)
        .map(|(i, _)| i)
        .collect();
    let mut matrix: Vec<Vec<i64>> = equations
        .iter()
        .map(|e| unknown.iter().map(|i| e[*i]).collect())
        .collect();
    // Reduced echelon form; totally unimodular, so entries stay -1, 0 and 1.
    let mut top = 0;
    for pivot in 0..unknown.len() {
        let Some(at) = (top..matrix.len()).find(|r| matrix[*r][pivot] != 0) else {
            continue;
        };
        matrix.swap(top, at);
        let sign = matrix[top][pivot];
        matrix[top].iter_mut().for_each(|v| *v *= sign);
        let lead = matrix[top].clone();
        for (r, line) in matrix.iter_mut().enumerate() {
            let factor = line[pivot];
            if r != top && factor != 0 {
                line.iter_mut().zip(&lead).for_each(|(v, l)| *v -= factor * l);
            }
        }
        top += 1;
    }
    matrix
        .iter()
        .any(|line| line.iter().filter(|v| **v != 0).count() == 1)
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![0..4_u64, 3..9_u64, 3..9_u64]
}

fn small_table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    prop_oneof![
        Just((2, 2)),
        Just((2, 3)),
        Just((3, 2)),
        Just((3, 3)),
        Just((1, 4)),
        Just((4, 1))
    ]
    .prop_flat_map(|(height, width)| {
        proptest::collection::vec(proptest::collection::vec(count(), width), height)
    })
}

fn large_table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (2..9_usize, 2..9_usize).prop_flat_map(|(height, width)| {
        let count = prop_oneof![0..5_u64, 5..200_u64, 5..200_u64, 5..200_u64];
        proptest::collection::vec(proptest::collection::vec(count, width), height)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn every_hidden_count_of_a_small_table_stays_open(rows in small_table()) {
        let got = two_way(&rows, 3).unwrap();
        let seen = Published::from(&got);
        let total: u64 = rows.iter().flatten().sum();
        prop_assert!(safe(&seen, 3, total + 3), "{got:?}");
        prop_assert!(!determined(&seen));
    }

    #[test]
    fn nothing_cheaper_would_have_been_safe(rows in small_table()) {
        let got = two_way(&rows, 3).unwrap();
        prop_assert_eq!(got.least, Least::Proven);
        let totals_shown = got.total.is_some()
            && got.row_totals.iter().chain(&got.column_totals).all(Option::is_some);
        prop_assume!(totals_shown);
        let width = rows[0].len();
        let flat: Vec<u64> = rows.iter().flatten().copied().collect();
        let own: u64 = flat.iter().zip(got.counts.iter().flatten()).filter(|(_, c)| c.is_none()).map(|(v, _)| v).sum();
        for set in 0..1_u32 << flat.len() {
            let hides = |at: usize| set >> at & 1 == 1;
            let cost: u64 = (0..flat.len()).filter(|at| hides(*at)).map(|at| flat[at]).sum();
            let covers = (0..flat.len()).all(|at| flat[at] >= 3 || hides(at));
            if !covers || cost >= own {
                continue;
            }
            let cells = (0..rows.len())
                .map(|i| (0..width).map(|j| (!hides(i * width + j)).then_some(rows[i][j])).collect())
                .collect();
            let seen = Published {
                cells,
                rows: got.row_totals.clone(),
                columns: got.column_totals.clone(),
                total: got.total,
            };
            prop_assert!(!safe(&seen, 3, u64::MAX), "{rows:?}: hiding {cost} of {own} is enough");
        }
    }

    #[test]
    fn no_hidden_count_of_a_large_table_is_determined(rows in large_table()) {
        let got = two_way(&rows, 5).unwrap();
        prop_assert!(!determined(&Published::from(&got)));
        let both = rows.iter().flatten().zip(got.counts.iter().flatten());
        for (count, shown) in both {
            prop_assert!(shown.is_none_or(|shown| shown == *count && shown >= 5));
        }
        let totals = got.row_totals.iter().chain(&got.column_totals).chain([&got.total]);
        prop_assert!(totals.flatten().all(|total| *total >= 5));
        // The same table, the same choice.
        prop_assert_eq!(two_way(&rows, 5).unwrap(), got);
    }

    #[test]
    fn a_list_is_safe_when_what_is_hidden_sums_to_the_threshold(counts in proptest::collection::vec(0..20_u64, 1..12)) {
        let got = one_way(&counts, 5).unwrap();
        let hidden: Vec<u64> = counts.iter().zip(&got.counts).filter(|(_, c)| c.is_none()).map(|(v, _)| *v).collect();
        let small = counts.iter().filter(|c| **c < 5).count();
        prop_assert!(hidden.len() >= small);
        if got.total.is_some() {
            prop_assert!(hidden.is_empty() || (hidden.len() >= 2 && hidden.iter().sum::<u64>() >= 5));
        }
        prop_assert_eq!(got.least, Least::Proven);
        // The cheapest: the small ones, and if that is not enough, the next.
        let mut rest: Vec<u64> = counts.iter().copied().filter(|c| *c >= 5).collect();
        rest.sort_unstable();
        let sum: u64 = counts.iter().filter(|c| **c < 5).sum();
        let further = usize::from(small > 0 && (small == 1 || sum < 5));
        if further <= rest.len() && got.total.is_some() {
            prop_assert_eq!(hidden.iter().sum::<u64>(), sum + rest[..further].iter().sum::<u64>());
        }
    }
}
