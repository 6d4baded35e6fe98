//! Which things can come next, when some must come before others.
//!
//! A knowledge space (Doignon and Falmagne, International Journal of Man-Machine Studies 23, 1985; Knowledge
//! Spaces, 1999): a *state* is a set of items in which each can have been reached from nothing, one at a
//! time. Its *outer fringe* are the items that can come next, its *inner fringe* those that came last: any
//! one of them can be taken away.

use std::collections::BTreeSet;

use crate::error::{MeasureError, Result, within};

/// The largest number of items.
pub const MAX_ITEMS: usize = 4_000;

/// Items, and what must come before each: of each list, one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    needs: Vec<Vec<Vec<usize>>>,
}

impl Space {
    /// Items by position, each with what must come before it: one of each list.
    ///
    /// # Errors
    /// When there are more than [`MAX_ITEMS`] or a position is not one of the list.
    pub fn new(needs: &[Vec<Vec<usize>>]) -> Result<Self> {
        if needs.len() > MAX_ITEMS {
            return Err(MeasureError::Length {
                name: "items",
                length: needs.len(),
                allowed: "at most 4000",
            });
        }
        for &item in needs.iter().flatten().flatten() {
            within(
                "item",
                item as f64,
                |_| item < needs.len(),
                "a position in the list",
            )?;
        }
        Ok(Self {
            needs: needs.to_vec(),
        })
    }

    /// Whether the items form a state: they can be put in an order in which each finds its needs met.
    ///
    /// # Errors
    /// When a position is not one of the list.
    pub fn is_state(&self, items: &[usize]) -> Result<bool> {
        let set = self.set(items)?;
        Ok(self.grown(&set) == set)
    }

    /// The items that can be added to a state, ascending.
    ///
    /// # Errors
    /// When a position is not one of the list, or the items are no state.
    pub fn outer_fringe(&self, items: &[usize]) -> Result<Vec<usize>> {
        let state = self.state(items)?;
        Ok(self.next(&state).collect())
    }

    /// The items without any one of which the rest of a state still is one, ascending.
    ///
    /// # Errors
    /// As for [`Space::outer_fringe`].
    pub fn inner_fringe(&self, items: &[usize]) -> Result<Vec<usize>> {
        let state = self.state(items)?;
        let last = |item: &usize| {
            let mut rest = state.clone();
            rest.remove(item);
            self.grown(&rest) == rest
        };
        Ok(state.iter().copied().filter(last).collect())
    }

    /// How many states there are, the empty one included.
    ///
    /// # Errors
    /// When there are more than `limit`; a million takes some seconds and 100 MB.
    pub fn states(&self, limit: usize) -> Result<usize> {
        let mut seen = BTreeSet::from([BTreeSet::new()]);
        let mut open = vec![BTreeSet::new()];
        while let Some(state) = open.pop() {
            for item in self.next(&state) {
                let mut larger = state.clone();
                larger.insert(item);
                if seen.insert(larger.clone()) {
                    if seen.len() > limit {
                        return Err(MeasureError::OutOfReach {
                            quantity: "the number of states",
                            limit: limit as u64,
                        });
                    }
                    open.push(larger);
                }
            }
        }
        Ok(seen.len())
    }

    fn set(&self, items: &[usize]) -> Result<BTreeSet<usize>> {
        for &item in items {
            within(
                "item",
                item as f64,
                |_| item < self.needs.len(),
                "a position in the list",
            )?;
        }
        Ok(items.iter().copied().collect())
    }

    fn state(&self, items: &[usize]) -> Result<BTreeSet<usize>> {
        let set = self.set(items)?;
        if self.grown(&set) == set {
            Ok(set)
        } else {
            Err(MeasureError::NotEstimable {
                quantity: "the fringe",
                because: "an item is there without what must come before it",
            })
        }
    }

    /// What of a set can be reached from nothing within it.
    fn grown(&self, set: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut state = BTreeSet::new();
        loop {
            let next: Vec<usize> = self.next(&state).filter(|item| set.contains(item)).collect();
            if next.is_empty() {
                return state;
            }
            state.extend(next);
        }
    }

    fn next<'a>(&'a self, state: &'a BTreeSet<usize>) -> impl Iterator<Item = usize> + 'a {
        let met = |need: &Vec<usize>| need.iter().any(|item| state.contains(item));
        (0..self.needs.len()).filter(move |item| !state.contains(item) && self.needs[*item].iter().all(met))
    }
}
