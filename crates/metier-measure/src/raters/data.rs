//! The ratings in memory: by subject for the sweeps, by rater for what a single rater said.
//!
//! Each subject's ratings lie together, ordered by aspect and then by rater, so that a sweep reads memory in
//! order, and so that the order in which ratings are given cannot change a bit of any result. A subject that
//! gains a rating is written anew behind the others and its old place is left; when a quarter is waste, all
//! is moved together. An addition therefore costs what its subjects and raters weigh, not what all weigh.

use crate::error::{MeasureError, Result, within};

mod add;

pub use add::Added;

/// The largest number of ratings held: indices are 32 bits wide.
pub const MAX_HELD: usize = 1 << 30;
/// The largest number of groups of raters.
pub const MAX_GROUPS: u8 = 32;
/// The largest number of categories.
pub const MAX_CATEGORIES: u8 = 101;

const NO_GROUP: u8 = u8::MAX;

/// One rating: in which category a rater places one aspect of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Who or what is rated.
    pub subject: u32,
    /// In which respect; a subject and an aspect make a *cell*.
    pub aspect: u32,
    /// By whom.
    pub rater: u32,
    /// The group this rater belongs to, always the same one: who rates in two capacities is two raters.
    pub group: u8,
    /// The category given, from 0.
    pub category: u8,
}

/// How many there are of each: every index lies below its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Subjects.
    pub subjects: u32,
    /// Aspects.
    pub aspects: u32,
    /// Raters.
    pub raters: u32,
    /// Groups of raters, from 1 to [`MAX_GROUPS`].
    pub groups: u8,
    /// Categories, from 2 to [`MAX_CATEGORIES`].
    pub categories: u8,
}

impl Shape {
    fn checked(self) -> Result<Self> {
        within(
            "groups",
            f64::from(self.groups),
            |_| (1..=MAX_GROUPS).contains(&self.groups),
            "from 1 to 32",
        )?;
        within(
            "categories",
            f64::from(self.categories),
            |_| (2..=MAX_CATEGORIES).contains(&self.categories),
            "from 2 to 101",
        )?;
        for (name, count) in [("subjects", self.subjects), ("raters", self.raters)] {
            within(
                name,
                f64::from(count),
                |_| count as usize <= MAX_HELD,
                "at most 2^30",
            )?;
        }
        Ok(self)
    }

    fn holds(&self, entry: &Entry) -> Result<()> {
        let indices = [
            ("subject", entry.subject, self.subjects),
            ("aspect", entry.aspect, self.aspects),
            ("rater", entry.rater, self.raters),
            ("group", u32::from(entry.group), u32::from(self.groups)),
            ("category", u32::from(entry.category), u32::from(self.categories)),
        ];
        for (name, index, count) in indices {
            within(
                name,
                f64::from(index),
                |_| index < count,
                "less than their number",
            )?;
        }
        Ok(())
    }
}

/// Where a list lies in an arena.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
}

impl Span {
    fn new(start: usize, len: usize) -> Self {
        Self {
            start: narrow(start),
            len: narrow(len),
        }
    }

    pub(super) fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start + self.len as usize
    }
}

/// One cell of a subject: its number, and where its ratings end within the subject's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) cell: u32,
    pub(super) end: u32,
}

/// Ratings of subjects' aspects by raters in groups.
#[derive(Debug, Clone)]
pub struct Ratings {
    shape: Shape,
    count: usize,
    groups: Vec<u8>,
    /// By subject: slots, and ratings in the order of the slots.
    slots_of: Vec<Span>,
    spans_of: Vec<Span>,
    slots: Vec<Slot>,
    raters: Vec<u32>,
    categories: Vec<u8>,
    /// By cell number.
    cells: Vec<(u32, u32)>,
    /// By rater: the cells rated, and the categories given.
    sheet_of: Vec<Span>,
    sheet_cells: Vec<u32>,
    sheet_categories: Vec<u8>,
}

/// An index that fits: all lists are shorter than 2^32 by [`MAX_HELD`].
pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl Ratings {
    /// Sorts ratings given in any order; none at all is allowed.
    ///
    /// # Errors
    /// When an index is not below its number in `shape`, a rater appears in two groups, a rater rates a cell
    /// twice (keep the latest word), or there are more than [`MAX_HELD`] ratings.
    pub fn new(shape: Shape, entries: &[Entry]) -> Result<Self> {
        let shape = shape.checked()?;
        check_length(entries.len())?;
        let mut ratings = Self {
            shape,
            count: entries.len(),
            groups: vec![NO_GROUP; shape.raters as usize],
            slots_of: Vec::with_capacity(shape.subjects as usize),
            spans_of: Vec::with_capacity(shape.subjects as usize),
            slots: Vec::new(),
            raters: Vec::with_capacity(entries.len()),
            categories: Vec::with_capacity(entries.len()),
            cells: Vec::new(),
            sheet_of: Vec::new(),
            sheet_cells: vec![0; entries.len()],
            sheet_categories: vec![0; entries.len()],
        };
        ratings.enter_groups(entries)?;
        // Counting sort by subject, then each subject's few by aspect and rater.
        let starts = starts(
            entries.iter().map(|e| e.subject as usize),
            shape.subjects as usize,
        );
        let mut at = starts.clone();
        let mut order = vec![0_u32; entries.len()];
        for (i, entry) in entries.iter().enumerate() {
            let place = &mut at[entry.subject as usize];
            order[*place as usize] = narrow(i);
            *place += 1;
        }
        drop(at);
        let mut own: Vec<Entry> = Vec::new();
        for bounds in starts.windows(2) {
            own.clear();
            own.extend(
                order[bounds[0] as usize..bounds[1] as usize]
                    .iter()
                    .map(|&i| entries[i as usize]),
            );
            own.sort_unstable_by_key(|e| (e.aspect, e.rater));
            refuse_twice(&own)?;
            ratings.append_subject(&own);
        }
        drop(order);
        ratings.fill_sheets();
        Ok(ratings)
    }

    /// How many there are of each.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The number of ratings.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The number of cells with a rating.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// The subject and the aspect of a cell, by its number; cells are numbered by subject and aspect, those
    /// that came with later additions after them.
    pub fn cell(&self, number: usize) -> Option<(u32, u32)> {
        self.cells.get(number).copied()
    }

    /// The number of the cell of a subject and an aspect, if it has a rating.
    pub fn cell_number(&self, subject: u32, aspect: u32) -> Option<usize> {
        let slots = &self.slots[self.slots_of.get(subject as usize)?.range()];
        slots
            .iter()
            .map(|slot| slot.cell as usize)
            .find(|&cell| self.cells[cell].1 == aspect)
    }

    /// A rater's group, if the rater gave a rating.
    pub fn group(&self, rater: u32) -> Option<u8> {
        self.groups
            .get(rater as usize)
            .copied()
            .filter(|&group| group != NO_GROUP)
    }

    /// All ratings, by subject, aspect and rater.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        (0..self.shape.subjects).flat_map(move |subject| self.of_subject(subject))
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.groups.len()
            + 8 * (self.slots_of.len() + self.spans_of.len() + self.sheet_of.len())
            + 8 * (self.slots.capacity() + self.cells.capacity())
            + 5 * (self.raters.capacity() + self.sheet_cells.capacity())
    }

    pub(super) fn slots(&self, subject: usize) -> &[Slot] {
        &self.slots[self.slots_of[subject].range()]
    }

    pub(super) fn ratings(&self, subject: usize) -> (&[u32], &[u8]) {
        let range = self.spans_of[subject].range();
        (&self.raters[range.clone()], &self.categories[range])
    }

    /// Where a subject's ratings lie among [`Self::held`].
    pub(super) fn span(&self, subject: usize) -> std::ops::Range<usize> {
        self.spans_of[subject].range()
    }

    /// The length of a list with one place for each rating, places left included.
    pub(super) fn held(&self) -> usize {
        self.raters.len()
    }

    pub(super) fn sheet(&self, rater: usize) -> (&[u32], &[u8]) {
        let range = self.sheet_of[rater].range();
        (&self.sheet_cells[range.clone()], &self.sheet_categories[range])
    }

    /// Raters' groups; a rater without ratings counts as of group 0.
    pub(super) fn group_or_first(&self, rater: usize) -> usize {
        match self.groups[rater] {
            NO_GROUP => 0,
            group => usize::from(group),
        }
    }

    fn of_subject(&self, subject: u32) -> impl Iterator<Item = Entry> + '_ {
        let (raters, categories) = self.ratings(subject as usize);
        let mut from = 0;
        self.slots(subject as usize).iter().flat_map(move |slot| {
            let range = from..slot.end as usize;
            from = slot.end as usize;
            range.map(move |i| Entry {
                subject,
                aspect: self.cells[slot.cell as usize].1,
                rater: raters[i],
                group: self.groups[raters[i] as usize],
                category: categories[i],
            })
        })
    }

    /// Checks all indices and that nobody changes group; only then enters the groups.
    fn enter_groups(&mut self, entries: &[Entry]) -> Result<()> {
        for entry in entries {
            self.shape.holds(entry)?;
        }
        let same = |known: u8, given: u8| {
            within(
                "group",
                f64::from(given),
                |_| known == given,
                "the one group of its rater",
            )
            .map(|_| ())
        };
        let mut new: Vec<(u32, u8)> = Vec::new();
        for entry in entries {
            match self.groups[entry.rater as usize] {
                NO_GROUP => new.push((entry.rater, entry.group)),
                known => same(known, entry.group)?,
            }
        }
        new.sort_unstable();
        new.dedup();
        for pair in new.windows(2) {
            if pair[0].0 == pair[1].0 {
                same(pair[0].1, pair[1].1)?;
            }
        }
        for (rater, group) in new {
            self.groups[rater as usize] = group;
        }
        Ok(())
    }

    /// Appends a new subject's ratings, sorted, its cells numbered on.
    fn append_subject(&mut self, own: &[Entry]) {
        let (slot, rating) = (self.slots.len(), self.raters.len());
        for entry in own {
            self.raters.push(entry.rater);
            self.categories.push(entry.category);
        }
        let mut end = 0;
        for cell in own.chunk_by(|a, b| a.aspect == b.aspect) {
            end += cell.len();
            self.slots.push(Slot {
                cell: narrow(self.cells.len()),
                end: narrow(end),
            });
            self.cells.push((cell[0].subject, cell[0].aspect));
        }
        self.slots_of.push(Span::new(slot, self.slots.len() - slot));
        self.spans_of.push(Span::new(rating, own.len()));
    }

    /// The sheets from the subjects' ratings, each by ascending cell number when cells are in order.
    fn fill_sheets(&mut self) {
        let starts = starts(
            self.raters.iter().map(|&rater| rater as usize),
            self.shape.raters as usize,
        );
        let mut at = starts.clone();
        for subject in 0..self.slots_of.len() {
            let ratings = self.spans_of[subject].range();
            let mut from = 0;
            for slot in &self.slots[self.slots_of[subject].range()] {
                for i in from..slot.end as usize {
                    let i = ratings.start + i;
                    let place = &mut at[self.raters[i] as usize];
                    self.sheet_cells[*place as usize] = slot.cell;
                    self.sheet_categories[*place as usize] = self.categories[i];
                    *place += 1;
                }
                from = slot.end as usize;
            }
        }
        self.sheet_of = starts
            .windows(2)
            .map(|w| Span {
                start: w[0],
                len: w[1] - w[0],
            })
            .collect();
    }
}

fn check_length(length: usize) -> Result<()> {
    if length > MAX_HELD {
        return Err(MeasureError::Length {
            name: "entries",
            length,
            allowed: "at most 2^30",
        });
    }
    Ok(())
}

/// Refuses a rater's second word on a cell; `sorted` by subject, aspect and rater.
fn refuse_twice(sorted: &[Entry]) -> Result<()> {
    let twice = sorted
        .windows(2)
        .find(|w| (w[0].subject, w[0].aspect, w[0].rater) == (w[1].subject, w[1].aspect, w[1].rater));
    match twice {
        Some(pair) => Err(MeasureError::OutOfDomain {
            name: "rater of a cell",
            value: f64::from(pair[0].rater),
            allowed: "once each",
        }),
        None => Ok(()),
    }
}

/// Where each key's items start in a counting sort, with the total at the end.
fn starts(keys: impl Iterator<Item = usize>, count: usize) -> Vec<u32> {
    let mut starts = vec![0_u32; count + 1];
    for key in keys {
        starts[key + 1] += 1;
    }
    for i in 0..count {
        starts[i + 1] += starts[i];
    }
    starts
}
