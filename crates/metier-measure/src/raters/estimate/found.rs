//! What there is in the ratings to estimate from.

use crate::raters::data::Ratings;
use crate::raters::links::Links;

/// The fewest cells, rated in company, that a rater must have rated to count for the spread of leniency.
const EACH: usize = 3;

/// What the ratings hold that tells something.
pub(super) struct Found {
    pub(super) subjects: usize,
    pub(super) cells: usize,
    /// By group: raters whose leniency can be told, from enough cells.
    pub(super) raters: Vec<usize>,
    /// By group: cells in which it met another.
    pub(super) meetings: Vec<usize>,
    pub(super) categories: Vec<usize>,
}

impl Found {
    pub(super) fn in_ratings(ratings: &Ratings, links: &Links) -> Self {
        let shape = ratings.shape();
        let groups = usize::from(shape.groups);
        let mut found = Self {
            subjects: 0,
            cells: 0,
            raters: vec![0; groups],
            meetings: vec![0; groups],
            categories: vec![0; usize::from(shape.categories)],
        };
        let mut in_company_by = vec![0_usize; shape.raters as usize];
        for subject in 0..shape.subjects as usize {
            let (raters, categories) = ratings.ratings(subject);
            for &category in categories {
                found.categories[usize::from(category)] += 1;
            }
            let (mut from, mut in_company) = (0, 0);
            for slot in ratings.slots(subject) {
                let to = slot.end as usize;
                in_company += usize::from(to - from > 1);
                let mut present: u32 = 0;
                for &rater in &raters[from..to] {
                    present |= 1 << ratings.group_or_first(rater as usize);
                    in_company_by[rater as usize] += usize::from(to - from > 1);
                }
                if present.count_ones() > 1 {
                    for (group, meetings) in found.meetings.iter_mut().enumerate() {
                        *meetings += usize::from(present >> group & 1 == 1);
                    }
                }
                from = to;
            }
            found.subjects += usize::from(in_company > 0);
            if in_company > 1 {
                found.cells += in_company;
            }
        }
        for (rater, kind) in links.kinds().iter().enumerate() {
            let told = kind.is_told() && in_company_by[rater] >= EACH;
            found.raters[ratings.group_or_first(rater)] += usize::from(told);
        }
        found
    }
}
