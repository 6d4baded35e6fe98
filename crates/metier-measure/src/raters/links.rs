//! Who can be compared with whom: the raters joined by what they both rated.
//!
//! Two raters of one cell differ, but for chance, by their leniencies alone; a chain of such pairs compares
//! any two raters on it, and between raters of different components nothing but the prior speaks (Linacre,
//! Many-Facet Rasch Measurement, 1989, on connected designs). Who rates a single subject, such as a rater of
//! oneself, is compared with that subject's other raters only: whether this rater is lenient in general, or
//! the others are severe, is told as far as *they* are linked beyond that subject. Hence the four kinds of
//! [`Linking`].

use crate::error::{Result, within};
use crate::raters::data::{Ratings, narrow};

/// What joins two raters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    /// A cell that both rated.
    Cells,
    /// A subject that both rated, be it in different aspects: a weaker link, for it takes the aspects of one
    /// subject to be alike but for chance.
    Subjects,
}

/// How far a rater's leniency can be told from everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    /// No ratings.
    Silent,
    /// Nobody else rated what this rater did.
    Alone,
    /// Others did, of one subject, and none of these others is linked beyond it.
    OneSubject,
    /// Others did, of one subject, and at least one of them is [`Linking::Linked`].
    Anchored,
    /// Others did, of two subjects or more.
    Linked,
}

impl Linking {
    /// Whether a leniency of one's own is stated, rather than the group's prior.
    pub fn is_told(self) -> bool {
        matches!(self, Self::Anchored | Self::Linked)
    }
}

/// The components of raters, and each rater's linking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    component: Vec<u32>,
    linking: Vec<Linking>,
    /// Cells that raters of both groups rated, by pair of groups.
    shared: Vec<Vec<usize>>,
    components: usize,
}

const NONE: u32 = u32::MAX;

impl Links {
    /// Joins all raters; union-find with path halving (Tarjan and van Leeuwen,
    /// Journal of the ACM 31, 1984).
    pub fn new(ratings: &Ratings, through: Through) -> Self {
        let shape = ratings.shape();
        let raters = shape.raters as usize;
        let mut parent: Vec<u32> = (0..shape.raters).collect();
        // By rater: how many subjects with company, the last of them.
        let mut company = vec![(0_u32, NONE); raters];
        let groups = usize::from(shape.groups);
        let mut shared = vec![vec![0; groups]; groups];
        let mut present = vec![false; groups];
        for subject in 0..shape.subjects as usize {
            let (of_subject, _) = ratings.ratings(subject);
            if through == Through::Subjects {
                join(&mut parent, of_subject);
            }
            let everybody = of_subject.iter().any(|r| *r != of_subject[0]);
            let mut from = 0;
            for slot in ratings.slots(subject) {
                let of_cell = &of_subject[from..slot.end as usize];
                from = slot.end as usize;
                join(&mut parent, of_cell);
                present.fill(false);
                for &rater in of_cell {
                    present[ratings.group_or_first(rater as usize)] = true;
                    let met = match through {
                        Through::Cells => of_cell.len() > 1,
                        Through::Subjects => everybody,
                    };
                    let (count, last) = &mut company[rater as usize];
                    if met && *last != narrow(subject) {
                        *count += 1;
                        *last = narrow(subject);
                    }
                }
                for (a, row) in shared.iter_mut().enumerate() {
                    for (b, count) in row.iter_mut().enumerate() {
                        *count += usize::from(present[a] && present[b]);
                    }
                }
            }
        }
        let linking = kinds(ratings, through, &company);
        let mut component = vec![NONE; raters];
        let mut components = 0;
        for rater in 0..raters {
            if linking[rater] == Linking::Silent {
                continue;
            }
            let root = find(&mut parent, narrow(rater)) as usize;
            if component[root] == NONE {
                component[root] = narrow(components);
                components += 1;
            }
            component[rater] = component[root];
        }
        Self {
            component,
            linking,
            shared,
            components,
        }
    }

    /// How far a rater's leniency can be told.
    ///
    /// # Errors
    /// When there is no such rater.
    pub fn linking(&self, rater: u32) -> Result<Linking> {
        self.check(rater)?;
        Ok(self.linking[rater as usize])
    }

    /// Whether the two can be compared: joined by a chain of what two raters both rated.
    ///
    /// # Errors
    /// When there is no such rater.
    pub fn comparable(&self, a: u32, b: u32) -> Result<bool> {
        self.check(a)?;
        self.check(b)?;
        let (a, b) = (self.component[a as usize], self.component[b as usize]);
        Ok(a == b && a != NONE)
    }

    /// The raters of each component, ascending, components by their first rater; raters without ratings are in
    /// none. Raters of different components cannot be compared.
    pub fn components(&self) -> Vec<Vec<u32>> {
        let mut lists = vec![Vec::new(); self.components];
        for (rater, &component) in self.component.iter().enumerate() {
            if component != NONE {
                lists[component as usize].push(narrow(rater));
            }
        }
        lists
    }

    /// In how many cells raters of both groups met; with itself: how many cells a group rated.
    ///
    /// # Errors
    /// When there is no such group.
    pub fn cells_of_both(&self, a: u8, b: u8) -> Result<usize> {
        let (a, b) = (usize::from(a), usize::from(b));
        for group in [a, b] {
            within(
                "group",
                group as f64,
                |_| group < self.shared.len(),
                "less than their number",
            )?;
        }
        Ok(self.shared[a][b])
    }

    pub(super) fn kinds(&self) -> &[Linking] {
        &self.linking
    }

    pub(super) fn check(&self, rater: u32) -> Result<()> {
        within(
            "rater",
            f64::from(rater),
            |_| (rater as usize) < self.linking.len(),
            "less than their number",
        )
        .map(|_| ())
    }
}

fn kinds(ratings: &Ratings, through: Through, company: &[(u32, u32)]) -> Vec<Linking> {
    let mut kinds: Vec<Linking> = company
        .iter()
        .enumerate()
        .map(|(rater, (subjects, _))| match subjects {
            0 if ratings.sheet(rater).0.is_empty() => Linking::Silent,
            0 => Linking::Alone,
            1 => Linking::OneSubject,
            _ => Linking::Linked,
        })
        .collect();
    for subject in 0..ratings.shape().subjects as usize {
        let (of_subject, _) = ratings.ratings(subject);
        let mut from = 0;
        for slot in ratings.slots(subject) {
            let to = slot.end as usize;
            let others = match through {
                Through::Cells => &of_subject[from..to],
                Through::Subjects => of_subject,
            };
            if others.iter().any(|&o| kinds[o as usize] == Linking::Linked) {
                for &rater in &of_subject[from..to] {
                    let kind = &mut kinds[rater as usize];
                    if *kind == Linking::OneSubject {
                        *kind = Linking::Anchored;
                    }
                }
            }
            from = to;
        }
    }
    kinds
}

fn find(parent: &mut [u32], of: u32) -> u32 {
    let mut at = of as usize;
    while parent[at] as usize != at {
        parent[at] = parent[parent[at] as usize];
        at = parent[at] as usize;
    }
    narrow(at)
}

/// Joins them all; the smaller index becomes the root, halving keeps the paths short.
fn join(parent: &mut [u32], raters: &[u32]) {
    let Some((&first, others)) = raters.split_first() else {
        return;
    };
    let mut root = find(parent, first);
    for &other in others {
        let of = find(parent, other);
        let (low, high) = (root.min(of), root.max(of));
        parent[high as usize] = low;
        root = low;
    }
}

#[cfg(test)]
mod tests {
    use super::Linking::{Alone, Anchored, Linked, OneSubject, Silent};
    use super::*;
    use crate::raters::{Entry, Shape};

    /// Raters 0 to 8; those below 4 of group 0, the others of group 1.
    fn ratings(said: &[(u32, u32, u32)]) -> Ratings {
        let shape = Shape {
            subjects: 5,
            aspects: 2,
            raters: 9,
            groups: 2,
            categories: 3,
        };
        let entries: Vec<Entry> = said
            .iter()
            .map(|&(subject, aspect, rater)| Entry {
                subject,
                aspect,
                rater,
                group: u8::from(rater > 3),
                category: 1,
            })
            .collect();
        Ratings::new(shape, &entries).unwrap()
    }

    #[test]
    fn tells_the_kinds_of_linking_apart() {
        // 4 meets others over subjects 0 and 1; 0 and 1 rate one of them each. 2 and 5 rate subject 2 and nothing
        // else. 3 and 6 rate different aspects of subject 3. 7 is by itself, 8 says nothing.
        let said = [
            (0, 0, 0),
            (0, 0, 4),
            (1, 0, 1),
            (1, 0, 4),
            (2, 0, 2),
            (2, 0, 5),
            (3, 0, 3),
            (3, 1, 6),
            (4, 0, 7),
        ];
        let ratings = ratings(&said);
        let links = Links::new(&ratings, Through::Cells);
        let kinds: Vec<Linking> = (0..9).map(|rater| links.linking(rater).unwrap()).collect();
        assert_eq!(
            kinds,
            [
                Anchored, Anchored, OneSubject, Alone, Linked, OneSubject, Alone, Alone, Silent
            ]
        );
        assert_eq!(
            links.components(),
            [vec![0, 1, 4], vec![2, 5], vec![3], vec![6], vec![7]]
        );
        assert_eq!(links.comparable(0, 1), Ok(true));
        assert_eq!(links.comparable(0, 2), Ok(false));
        assert_eq!(links.comparable(8, 8), Ok(false));
        assert_eq!(
            (links.cells_of_both(0, 1), links.cells_of_both(0, 0)),
            (Ok(3), Ok(4))
        );
        let wider = Links::new(&ratings, Through::Subjects);
        assert_eq!(wider.comparable(3, 6), Ok(true));
        assert_eq!(wider.linking(3), Ok(OneSubject));
        assert!(
            links.linking(9).is_err()
                && links.comparable(0, 9).is_err()
                && links.cells_of_both(0, 2).is_err()
        );
    }
}
