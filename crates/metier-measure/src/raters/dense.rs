//! The Cholesky factor of a small symmetric positive definite matrix over chosen places of a long vector.

use crate::error::{MeasureError, Result};

#[derive(Debug, Clone)]
pub(super) struct Cholesky {
    places: Vec<usize>,
    /// Lower triangle by rows, full width.
    factor: Vec<f64>,
}

impl Cholesky {
    pub(super) fn new(places: Vec<usize>, mut matrix: Vec<f64>) -> Result<Self> {
        let n = places.len();
        for i in 0..n {
            let (above, below) = matrix.split_at_mut(i * n);
            let row = &mut below[..n];
            for j in 0..i {
                let other = &above[j * n..j * n + j];
                let sum: f64 = row[..j].iter().zip(other).map(|(a, b)| a * b).sum();
                row[j] = (row[j] - sum) / above[j * n + j];
            }
            let left = row[i] - row[..i].iter().map(|a| a * a).sum::<f64>();
            if left.is_nan() || left <= 0.0 {
                return Err(MeasureError::NotEstimable {
                    quantity: "thresholds and groups' means",
                    because: "the ratings do not tell them apart",
                });
            }
            row[i] = libm::sqrt(left);
        }
        Ok(Self {
            places,
            factor: matrix,
        })
    }

    /// The solution for the entries of `right` at the places, written into `out` there.
    pub(super) fn solve(&self, right: &[f64], out: &mut [f64]) {
        let n = self.places.len();
        let mut x: Vec<f64> = self.places.iter().map(|&place| right[place]).collect();
        for i in 0..n {
            let row = &self.factor[i * n..i * n + i];
            let sum: f64 = row.iter().zip(&x).map(|(a, b)| a * b).sum();
            x[i] = (x[i] - sum) / self.factor[i * n + i];
        }
        for i in (0..n).rev() {
            x[i] /= self.factor[i * n + i];
            let at = x[i];
            let row = &self.factor[i * n..i * n + i];
            for (x, a) in x.iter_mut().zip(row) {
                *x -= at * a;
            }
        }
        for (&place, x) in self.places.iter().zip(&x) {
            out[place] = *x;
        }
    }

    pub(super) fn ln_determinant(&self) -> f64 {
        let n = self.places.len();
        (0..n).map(|i| 2.0 * libm::log(self.factor[i * n + i])).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_at_its_places_and_knows_its_determinant() {
        let factor = Cholesky::new(vec![0, 2], vec![4.0, 2.0, 2.0, 3.0]).unwrap();
        let mut out = [7.0; 3];
        factor.solve(&[8.0, 99.0, 7.0], &mut out);
        assert!((out[0] - 1.25).abs() < 1e-15 && (out[2] - 1.5).abs() < 1e-15);
        assert_eq!(out[1].to_bits(), 7f64.to_bits());
        assert!((factor.ln_determinant() - 8f64.ln()).abs() < 1e-15);
        assert!(Cholesky::new(vec![0, 1], vec![1.0, 2.0, 2.0, 1.0]).is_err());
        assert!(Cholesky::new(vec![0], vec![f64::NAN]).is_err());
    }
}
