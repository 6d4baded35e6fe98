//! The nearest of many vectors, by looking only where they are likely to be.
//!
//! Vectors are gathered around centres (spherical k-means; Dhillon and Modha 2001), and a question looks into
//! the few groups whose centres are nearest to it (an inverted file; Sivic and Zisserman 2003). Numbers are
//! kept as 16-bit integers, whose products the compiler sums side by side.

use super::table::unit;

/// What a vector's numbers, of -1 to 1, are multiplied by. Products of 4096 such sum within 32 bits.
const GRAIN: f32 = 8192.0;
/// How often the centres move.
const ROUNDS: usize = 4;

/// Vectors of length 1, ready to be asked which are nearest.
#[derive(Debug, Clone)]
pub struct Near {
    dims: usize,
    rows: Vec<i16>,
    centres: Vec<i16>,
    /// The vectors of each centre, ascending.
    members: Vec<Vec<u32>>,
}

/// A vector of length 1 in integers.
pub fn grains(vector: &[f32]) -> Vec<i16> {
    #[allow(clippy::cast_possible_truncation, reason = "within -8192 and 8192")]
    let grain = |v: &f32| (v.clamp(-1.0, 1.0) * GRAIN).round() as i16;
    vector.iter().map(grain).collect()
}

/// The cosine of two vectors of length 1 in integers.
fn cosine(a: &[i16], b: &[i16]) -> f32 {
    let sum: i32 = a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum();
    sum as f32 / (GRAIN * GRAIN)
}

impl Near {
    /// Vectors of `dims` numbers, one behind another, each of length 1.
    pub fn new(dims: usize, vectors: &[f32]) -> Self {
        let rows: Vec<i16> = vectors.chunks_exact(dims).flat_map(grains).collect();
        let count = rows.len() / dims;
        let wanted = count.isqrt().max(1);
        let mut built = Self {
            dims,
            centres: (0..wanted.min(count))
                .flat_map(|c| {
                    let at = c * count / wanted;
                    rows[at * dims..(at + 1) * dims].to_vec()
                })
                .collect(),
            rows,
            members: Vec::new(),
        };
        for _ in 0..ROUNDS {
            built.gather();
            for (group, members) in built.members.iter().enumerate().filter(|(_, m)| !m.is_empty()) {
                let mut centre = vec![0.0; dims];
                for &member in members {
                    let at = member as usize * dims;
                    for (to, v) in centre.iter_mut().zip(&built.rows[at..at + dims]) {
                        *to += f32::from(*v);
                    }
                }
                unit(&mut centre);
                built.centres[group * dims..(group + 1) * dims].copy_from_slice(&grains(&centre));
            }
        }
        built.gather();
        built
    }

    fn gather(&mut self) {
        let mut members = vec![Vec::new(); self.centres.len() / self.dims];
        for (at, row) in (0..).zip(self.rows.chunks_exact(self.dims)) {
            if let Some(group) = self.centres_by_nearness(row).first() {
                members[group.1].push(at);
            }
        }
        self.members = members;
    }

    fn centres_by_nearness(&self, asked: &[i16]) -> Vec<(f32, usize)> {
        let centres = self.centres.chunks_exact(self.dims);
        let mut found: Vec<_> = centres.map(|c| cosine(c, asked)).zip(0..).collect();
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.rows.len() / self.dims
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cosine with one vector; 0 where there is none of this number.
    pub fn cosine(&self, asked: &[i16], at: u32) -> f32 {
        let at = at as usize * self.dims;
        self.rows
            .get(at..at + self.dims)
            .map_or(0.0, |row| cosine(row, asked))
    }

    /// The cosine with every vector.
    pub fn all(&self, asked: &[i16]) -> impl Iterator<Item = f32> {
        self.rows
            .chunks_exact(self.dims)
            .map(move |row| cosine(row, asked))
    }

    /// The vectors of the `groups` nearest groups, with their cosines, added to `into`.
    pub fn nearest(&self, asked: &[i16], groups: usize, into: &mut Vec<(u32, f32)>) {
        for (_, group) in self.centres_by_nearness(asked).into_iter().take(groups) {
            into.extend(self.members[group].iter().map(|&at| (at, self.cosine(asked, at))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::Dice;

    #[test]
    fn every_vector_is_found_in_its_own_group_and_all_groups_hold_all() {
        let mut dice = Dice::new(2);
        let mut vectors: Vec<f32> = (0..300 * 32).map(|_| dice.unit() - 0.5).collect();
        vectors.chunks_exact_mut(32).for_each(unit);
        let near = Near::new(32, &vectors);
        let mut found = Vec::new();
        for (at, vector) in (0..).zip(vectors.chunks_exact(32)) {
            found.clear();
            near.nearest(&grains(vector), 1, &mut found);
            let best = found.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert!(best.0 == at && (best.1 - 1.0).abs() < 1e-2, "{at}: {best:?}");
        }
        found.clear();
        near.nearest(&grains(&vectors[..32]), usize::MAX, &mut found);
        assert_eq!(found.len(), 300);
        let all: Vec<f32> = near.all(&grains(&vectors[..32])).collect();
        assert!(
            found
                .iter()
                .all(|(at, c)| (all[*at as usize] - c).abs() < f32::EPSILON)
        );
    }
}
