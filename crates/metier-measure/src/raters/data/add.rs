//! Additions to ratings that are already in order.

use super::{Entry, NO_GROUP, Ratings, Shape, Slot, Span, check_length, narrow, refuse_twice};
use crate::error::{Result, within};

/// What [`Ratings::add`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The subjects that gained a rating or had one revised, ascending.
    pub subjects: Vec<u32>,
    /// The raters who gave them, ascending.
    pub raters: Vec<u32>,
    /// How many ratings took the place of an earlier one of the same rater in the same cell.
    pub revised: usize,
}

impl Ratings {
    /// Makes room for more subjects, aspects or raters; the groups and the categories stay.
    ///
    /// # Errors
    /// When a number would fall, or the groups or the categories would change.
    pub fn widen(&mut self, shape: Shape) -> Result<()> {
        let shape = shape.checked()?;
        let now = self.shape;
        for (name, old, new) in [
            ("subjects", now.subjects, shape.subjects),
            ("aspects", now.aspects, shape.aspects),
            ("raters", now.raters, shape.raters),
        ] {
            within(name, f64::from(new), |_| new >= old, "no fewer than before")?;
        }
        for (name, old, new) in [
            ("groups", now.groups, shape.groups),
            ("categories", now.categories, shape.categories),
        ] {
            within(name, f64::from(new), |_| new == old, "the same as before")?;
        }
        self.shape = shape;
        self.slots_of.resize(shape.subjects as usize, Span::default());
        self.spans_of.resize(shape.subjects as usize, Span::default());
        self.sheet_of.resize(shape.raters as usize, Span::default());
        self.groups.resize(shape.raters as usize, NO_GROUP);
        Ok(())
    }

    /// Adds ratings, in any order. A rating of a cell that its rater has rated before takes that one's place:
    /// a rater's latest word counts.
    ///
    /// # Errors
    /// As for [`Ratings::new`], with nothing changed; among `entries` themselves a rater may rate a cell once.
    pub fn add(&mut self, entries: &[Entry]) -> Result<Added> {
        check_length(self.raters.len() + entries.len())?;
        let mut sorted = entries.to_vec();
        sorted.sort_unstable_by_key(|e| (e.subject, e.aspect, e.rater));
        refuse_twice(&sorted)?;
        self.enter_groups(entries)?;
        let mut added = Added {
            subjects: Vec::new(),
            raters: Vec::new(),
            revised: 0,
        };
        for new in sorted.chunk_by(|a, b| a.subject == b.subject) {
            added.subjects.push(new[0].subject);
            added.revised += self.renew_subject(new);
        }
        let mut by_rater = sorted;
        by_rater.sort_unstable_by_key(|e| (e.rater, e.subject, e.aspect));
        for new in by_rater.chunk_by(|a, b| a.rater == b.rater) {
            added.raters.push(new[0].rater);
            self.renew_sheet(new);
        }
        self.count += entries.len() - added.revised;
        let held = self.raters.len().max(self.sheet_cells.len());
        if held > self.count + self.count / 4 + 4_096 {
            self.compact();
        }
        Ok(added)
    }

    /// Writes a subject anew with `new`, sorted; says how many were revised.
    fn renew_subject(&mut self, new: &[Entry]) -> usize {
        let subject = new[0].subject;
        let mut own: Vec<Entry> = self.of_subject(subject).collect();
        let before = own.len();
        let known: Vec<(u32, u32)> = self
            .slots(subject as usize)
            .iter()
            .map(|slot| (self.cells[slot.cell as usize].1, slot.cell))
            .collect();
        for entry in new {
            match own.binary_search_by_key(&(entry.aspect, entry.rater), |e| (e.aspect, e.rater)) {
                Ok(at) => own[at] = *entry,
                Err(at) => own.insert(at, *entry),
            }
        }
        let (slot, rating) = (self.slots.len(), self.raters.len());
        for entry in &own {
            self.raters.push(entry.rater);
            self.categories.push(entry.category);
        }
        let mut end = 0;
        for cell in own.chunk_by(|a, b| a.aspect == b.aspect) {
            end += cell.len();
            let aspect = cell[0].aspect;
            let number = if let Ok(at) = known.binary_search_by_key(&aspect, |k| k.0) {
                known[at].1
            } else {
                self.cells.push((subject, aspect));
                narrow(self.cells.len() - 1)
            };
            self.slots.push(Slot {
                cell: number,
                end: narrow(end),
            });
        }
        self.slots_of[subject as usize] = Span::new(slot, self.slots.len() - slot);
        self.spans_of[subject as usize] = Span::new(rating, own.len());
        before + new.len() - own.len()
    }

    /// Writes a rater's sheet anew with `new`, after the subjects have been.
    fn renew_sheet(&mut self, new: &[Entry]) {
        let rater = new[0].rater as usize;
        let (cells, categories) = self.sheet(rater);
        let mut own: Vec<(u32, u8)> = cells.iter().copied().zip(categories.iter().copied()).collect();
        for entry in new {
            let Some(cell) = self.cell_number(entry.subject, entry.aspect) else {
                continue;
            };
            let cell = narrow(cell);
            match own.binary_search_by_key(&cell, |o| o.0) {
                Ok(at) => own[at].1 = entry.category,
                Err(at) => own.insert(at, (cell, entry.category)),
            }
        }
        self.sheet_of[rater] = Span::new(self.sheet_cells.len(), own.len());
        self.sheet_cells.extend(own.iter().map(|o| o.0));
        self.sheet_categories.extend(own.iter().map(|o| o.1));
    }

    /// Leaves no waste; cells keep their numbers.
    fn compact(&mut self) {
        let (mut slots, mut raters, mut categories) = (Vec::new(), Vec::new(), Vec::new());
        raters.reserve_exact(self.count);
        categories.reserve_exact(self.count);
        for subject in 0..self.slots_of.len() {
            let (of_slots, of_ratings) = (self.slots_of[subject].range(), self.spans_of[subject].range());
            self.slots_of[subject] = Span::new(slots.len(), of_slots.len());
            self.spans_of[subject] = Span::new(raters.len(), of_ratings.len());
            slots.extend_from_slice(&self.slots[of_slots]);
            raters.extend_from_slice(&self.raters[of_ratings.clone()]);
            categories.extend_from_slice(&self.categories[of_ratings]);
        }
        (self.slots, self.raters, self.categories) = (slots, raters, categories);
        let (mut cells, mut given) = (Vec::with_capacity(self.count), Vec::with_capacity(self.count));
        for span in &mut self.sheet_of {
            let range = span.range();
            *span = Span::new(cells.len(), range.len());
            cells.extend_from_slice(&self.sheet_cells[range.clone()]);
            given.extend_from_slice(&self.sheet_categories[range]);
        }
        (self.sheet_cells, self.sheet_categories) = (cells, given);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        subjects: 3,
        aspects: 2,
        raters: 4,
        groups: 2,
        categories: 5,
    };

    fn entry(subject: u32, aspect: u32, rater: u32, category: u8) -> Entry {
        Entry {
            subject,
            aspect,
            rater,
            group: u8::from(rater > 1),
            category,
        }
    }

    #[test]
    fn refuses_what_lies_outside_the_shape_and_keeps_what_it_had() {
        let mut ratings = Ratings::new(SHAPE, &[entry(0, 0, 0, 1)]).unwrap();
        let other_group = Entry {
            group: 1,
            ..entry(1, 0, 0, 1)
        };
        let two_groups = [
            entry(1, 0, 1, 0),
            Entry {
                group: 1,
                ..entry(1, 1, 1, 0)
            },
        ];
        let bad: [&[Entry]; 8] = [
            &[entry(3, 0, 0, 0)],
            &[entry(0, 2, 0, 0)],
            &[entry(0, 0, 4, 0)],
            &[entry(0, 0, 0, 5)],
            &[Entry {
                group: 2,
                ..entry(0, 0, 3, 0)
            }],
            &[other_group],
            &two_groups,
            &[entry(2, 0, 2, 0), entry(2, 0, 2, 1)],
        ];
        for list in bad {
            assert!(ratings.add(list).is_err(), "{list:?}");
        }
        assert!(ratings.entries().eq([entry(0, 0, 0, 1)]));
        assert_eq!(ratings.group(1), None);
        for list in &bad[..5] {
            assert!(Ratings::new(SHAPE, list).is_err(), "{list:?}");
        }
        assert!(Ratings::new(SHAPE, bad[6]).is_err() && Ratings::new(SHAPE, bad[7]).is_err());
        for (groups, categories) in [(0, 5), (33, 5), (2, 1), (2, 102)] {
            let shape = Shape {
                groups,
                categories,
                ..SHAPE
            };
            assert!(Ratings::new(shape, &[]).is_err());
        }
    }

    #[test]
    fn keeps_additions_in_order_through_many_of_them() {
        let shape = Shape {
            subjects: 40,
            aspects: 5,
            raters: 60,
            ..SHAPE
        };
        let all: Vec<Entry> = (0..40 * 5 * 60)
            .map(|i: u32| i * 7_919 % 12_000)
            .map(|i| entry(i / 300, i / 60 % 5, i % 60, u8::try_from(i % 5).unwrap()))
            .collect();
        let mut ratings = Ratings::new(shape, &all[..10]).unwrap();
        for some in all[10..].chunks(100) {
            let added = ratings.add(some).unwrap();
            assert_eq!(added.revised, 0);
            assert!(added.subjects.windows(2).all(|w| w[0] < w[1]));
        }
        assert_eq!(ratings.len(), all.len());
        assert!(ratings.entries().eq(Ratings::new(shape, &all).unwrap().entries()));
        assert!(ratings.held() < ratings.len() + ratings.len() / 2 + 5_000);
        for rater in 0..60 {
            assert_eq!(ratings.sheet(rater).0.len(), 200);
        }
    }

    #[test]
    fn widens_but_never_narrows() {
        let mut ratings = Ratings::new(SHAPE, &[]).unwrap();
        assert!(ratings.is_empty() && ratings.cells() == 0);
        let wider = Shape { subjects: 5, ..SHAPE };
        ratings.widen(wider).unwrap();
        assert!(ratings.add(&[entry(4, 1, 3, 2)]).is_ok());
        assert_eq!(
            (ratings.cell(0), ratings.cell_number(4, 1)),
            (Some((4, 1)), Some(0))
        );
        assert!(ratings.widen(SHAPE).is_err());
        assert!(
            ratings
                .widen(Shape {
                    categories: 6,
                    ..wider
                })
                .is_err()
        );
    }
}
