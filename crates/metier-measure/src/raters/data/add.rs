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
