//! Word vectors from plain text: which words stand beside the same words.
//!
//! Positive pointwise mutual information of each word with the frequent words one and two places before and
//! behind it (each place a column of its own), the columns' distribution flattened by the power 0.75
//! (Levy, Goldberg, Dagan 2015), cut to its leading singular directions by randomised subspace iteration
//! (Halko, Martinsson, Tropp 2011). Deterministic from a seed.

use super::Dice;
use super::kernel::{add_scaled, dot};

/// How many frequent words are columns, for each place.
const CONTEXTS: usize = 2500;
/// Places beside a word that are looked at.
const PLACES: [isize; 4] = [-2, -1, 1, 2];
/// Rounds of subspace iteration.
const ROUNDS: usize = 4;
/// Pairs are sorted and summed when there are this many.
const BATCH: usize = 1 << 24;

/// Counts of words beside words.
#[derive(Debug)]
pub(crate) struct Counter {
    pairs: Vec<(u64, u32)>,
    fresh: Vec<u64>,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            pairs: Vec::new(),
            fresh: Vec::with_capacity(BATCH),
        }
    }
}

impl Counter {
    /// Counts a sentence of word numbers, most frequent word first numbered; `u32::MAX` is no word.
    pub(crate) fn add(&mut self, sentence: &[u32]) {
        for (t, &word) in sentence.iter().enumerate() {
            if word == u32::MAX {
                continue;
            }
            for (place, offset) in (0_u64..).zip(PLACES) {
                let beside = t.checked_add_signed(offset).and_then(|i| sentence.get(i));
                if let Some(&beside) = beside.filter(|&&b| (b as usize) < CONTEXTS) {
                    let column = place * CONTEXTS as u64 + u64::from(beside);
                    self.fresh.push(u64::from(word) << 32 | column);
                }
            }
        }
        if self.fresh.len() + 4 * 4096 > BATCH {
            self.fold();
        }
    }

    fn fold(&mut self) {
        self.fresh.sort_unstable();
        let mut merged: Vec<(u64, u32)> = Vec::with_capacity(self.pairs.len() + self.fresh.len() / 2);
        let mut old = std::mem::take(&mut self.pairs).into_iter().peekable();
        let mut fresh = self.fresh.iter().copied().peekable();
        while let Some(&key) = fresh.peek() {
            let mut count = 0;
            while fresh.next_if_eq(&key).is_some() {
                count += 1;
            }
            while let Some(pair) = old.next_if(|p| p.0 < key) {
                merged.push(pair);
            }
            if let Some((_, before)) = old.next_if(|p| p.0 == key) {
                count += before;
            }
            merged.push((key, count));
        }
        merged.extend(old);
        self.pairs = merged;
        self.fresh.clear();
    }

    /// The vectors of words `0..words`, `width` numbers each, every vector of length 1; nought for a word
    /// that was not met.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "counts and logarithms fit single precision"
    )]
    pub(crate) fn vectors(mut self, words: usize, width: usize, seed: u64) -> Vec<f32> {
        self.fold();
        let columns = CONTEXTS * PLACES.len();
        let mut row_sum = vec![0.0_f64; words];
        let mut column_sum = vec![0.0_f64; columns];
        for &(key, count) in &self.pairs {
            row_sum[(key >> 32) as usize] += f64::from(count);
            column_sum[(key & 0xffff_ffff) as usize] += f64::from(count);
        }
        let flat: Vec<f64> = column_sum.iter().map(|&c| libm::pow(c, 0.75)).collect();
        let flat_sum: f64 = flat.iter().sum();
        let cells: Vec<(u32, u32, f32)> = self
            .pairs
            .iter()
            .filter_map(|&(key, count)| {
                let (row, column) = ((key >> 32) as usize, (key & 0xffff_ffff) as usize);
                let pmi = libm::log(f64::from(count) * flat_sum / (row_sum[row] * flat[column]));
                (pmi > 0.0).then_some(((key >> 32) as u32, (key & 0xffff_ffff) as u32, pmi as f32))
            })
            .collect();
        drop(self.pairs);
        leading(&cells, words, columns, width, seed)
    }
}

/// The rows of a sparse matrix in its leading directions, scaled by the square root of the singular values.
fn leading(cells: &[(u32, u32, f32)], rows: usize, columns: usize, width: usize, seed: u64) -> Vec<f32> {
    let wide = width + 8;
    let mut dice = Dice::new(seed);
    let mut right: Vec<f32> = (0..columns * wide)
        .map(|_| (0..4).map(|_| dice.unit()).sum::<f32>() - 2.0)
        .collect();
    let mut left = vec![0.0; rows * wide];
    for round in 0..=ROUNDS {
        left.fill(0.0);
        for &(r, c, x) in cells {
            add_scaled(
                &mut left[r as usize * wide..][..wide],
                x,
                &right[c as usize * wide..][..wide],
            );
        }
        orthonormal(&mut left, wide);
        right.fill(0.0);
        for &(r, c, x) in cells {
            add_scaled(
                &mut right[c as usize * wide..][..wide],
                x,
                &left[r as usize * wide..][..wide],
            );
        }
        if round < ROUNDS {
            orthonormal(&mut right, wide);
        }
    }
    // right = transposed(matrix) left: its Gram matrix holds the squared singular values.
    let mut gram = vec![0.0_f64; wide * wide];
    for row in right.chunks_exact(wide) {
        for i in 0..wide {
            for j in 0..wide {
                gram[i * wide + j] += f64::from(row[i]) * f64::from(row[j]);
            }
        }
    }
    let (values, directions) = symmetric(&mut gram, wide);
    let mut order: Vec<usize> = (0..wide).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    let mut vectors = vec![0.0_f32; rows * width];
    for (vector, row) in vectors.chunks_exact_mut(width).zip(left.chunks_exact(wide)) {
        let mut squares = 0.0;
        for (out, &direction) in vector.iter_mut().zip(&order) {
            let along: f64 = (0..wide)
                .map(|k| f64::from(row[k]) * directions[k * wide + direction])
                .sum();
            let scaled = along * libm::pow(values[direction].max(0.0), 0.25);
            squares += scaled * scaled;
            #[allow(clippy::cast_possible_truncation, reason = "single precision is what is kept")]
            {
                *out = scaled as f32;
            }
        }
        if squares > 0.0 {
            #[allow(clippy::cast_possible_truncation, reason = "a length of about 1")]
            let by = (1.0 / libm::sqrt(squares)) as f32;
            for x in vector.iter_mut() {
                *x *= by;
            }
        }
    }
    vectors
}

/// Makes the columns of a matrix orthonormal (Gram-Schmidt, twice for accuracy).
fn orthonormal(matrix: &mut [f32], wide: usize) {
    let rows = matrix.len() / wide;
    // Columns as rows, so that they lie in one piece.
    let mut columns = vec![0.0_f32; matrix.len()];
    for (r, row) in matrix.chunks_exact(wide).enumerate() {
        for (c, &x) in row.iter().enumerate() {
            columns[c * rows + r] = x;
        }
    }
    for c in 0..wide {
        let (before, rest) = columns.split_at_mut(c * rows);
        let column = &mut rest[..rows];
        for _ in 0..2 {
            for earlier in before.chunks_exact(rows) {
                let along = dot(earlier, column);
                add_scaled(column, -along, earlier);
            }
        }
        let length = libm::sqrtf(dot(column, column));
        let by = if length > 1e-12 { 1.0 / length } else { 0.0 };
        for x in column.iter_mut() {
            *x *= by;
        }
    }
    for (r, row) in matrix.chunks_exact_mut(wide).enumerate() {
        for (c, x) in row.iter_mut().enumerate() {
            *x = columns[c * rows + r];
        }
    }
}

/// Eigenvalues and eigenvectors (as columns) of a small symmetric matrix, by Jacobi's rotations.
#[allow(clippy::many_single_char_names, reason = "the letters of the method")]
fn symmetric(a: &mut [f64], n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut v = vec![0.0; n * n];
    for i in 0..n {
        v[i * n + i] = 1.0;
    }
    for _ in 0..30 {
        let off: f64 = (0..n)
            .map(|i| (0..i).map(|j| a[i * n + j] * a[i * n + j]).sum::<f64>())
            .sum();
        let on: f64 = (0..n).map(|i| a[i * n + i] * a[i * n + i]).sum();
        if off <= 1e-22 * on {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                let apq = a[p * n + q];
                if apq.abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * apq);
                let t = theta.signum() / (theta.abs() + libm::sqrt(theta * theta + 1.0));
                let c = 1.0 / libm::sqrt(t * t + 1.0);
                let s = t * c;
                for k in 0..n {
                    let (x, y) = (a[k * n + p], a[k * n + q]);
                    a[k * n + p] = c * x - s * y;
                    a[k * n + q] = s * x + c * y;
                }
                for k in 0..n {
                    let (x, y) = (a[p * n + k], a[q * n + k]);
                    a[p * n + k] = c * x - s * y;
                    a[q * n + k] = s * x + c * y;
                }
                for k in 0..n {
                    let (x, y) = (v[k * n + p], v[k * n + q]);
                    v[k * n + p] = c * x - s * y;
                    v[k * n + q] = s * x + c * y;
                }
            }
        }
    }
    ((0..n).map(|i| a[i * n + i]).collect(), v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_same_places_have_like_vectors() {
        let mut counter = Counter::default();
        let mut dice = Dice::new(3);
        // 0 and 1 stand between 4 and 5, 2 and 3 between 6 and 7.
        for _ in 0..2000 {
            let word = u32::try_from(dice.below(4)).unwrap();
            let (before, behind) = if word < 2 { (4, 5) } else { (6, 7) };
            counter.add(&[before, word, behind]);
        }
        let vectors = counter.vectors(8, 3, 1);
        let like = |a: usize, b: usize| dot(&vectors[a * 3..][..3], &vectors[b * 3..][..3]);
        assert!(like(0, 1) > 0.9 && like(2, 3) > 0.9, "{vectors:?}");
        assert!(like(0, 2) < 0.3 && like(1, 3) < 0.3, "{vectors:?}");
    }

    #[test]
    fn rotations_find_the_eigenvalues() {
        let mut a = vec![2.0, 1.0, 0.0, 1.0, 2.0, 0.0, 0.0, 0.0, 5.0];
        let (mut values, _) = symmetric(&mut a, 3);
        values.sort_by(f64::total_cmp);
        for (found, exact) in values.iter().zip([1.0, 3.0, 5.0]) {
            assert!((found - exact).abs() < 1e-9);
        }
    }
}
