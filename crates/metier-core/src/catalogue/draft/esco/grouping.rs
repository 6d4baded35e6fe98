//! Grouping the skills of a draft into practices by the hierarchy above them.
//!
//! The groups below "skills" and each other pillar (knowledge, transversal skills, languages) are the first
//! practices; too many are folded, too few are split one step further down.

use std::collections::BTreeMap;

use super::Kept;
use super::hierarchy::{Way, ways};
use crate::catalogue::Esco;

/// Practices wanted where the hierarchy holds them.
pub(super) const WANTED: usize = 8;
/// Practices at most.
const MOST: usize = 10;
/// A larger practice is split while there is room.
const CROWDED: usize = 8;

/// Skills that become one practice.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The way down to the group that names it; empty: no group holds its skills.
    pub(super) way: Way,
    /// Groups folded in.
    pub(super) folded: Vec<u32>,
    /// Its skills.
    pub(super) skills: Vec<Kept>,
}

impl Group {
    fn weight(&self) -> f64 {
        let one = |k: &Kept| if k.essential { 2.0 } else { 1.0 };
        self.skills.iter().map(one).sum()
    }
}

/// A group being put together, with the way of each of its skills.
struct Part {
    way: Way,
    folded: Vec<u32>,
    members: Vec<usize>,
}

/// The groups, heaviest first, those of knowledge and of the whole person last.
pub(super) fn groups(esco: &Esco, kept: &[Kept]) -> Vec<Group> {
    let ways = ways(esco, kept);
    let mut work = Grouping {
        esco,
        ways: &ways,
        parts: Vec::new(),
    };
    work.begin();
    while work.parts.len() > MOST || (work.parts.len() > WANTED && work.has_single()) {
        if !work.fold() {
            break;
        }
    }
    while work.parts.len() < WANTED && work.split(2, 0) {}
    while work.parts.len() < MOST - 1 && work.split(3, CROWDED) {}
    // Where skills are scarce a practice of one is better than hiding a group.
    while work.parts.len() < WANTED && work.split(1, 0) {}
    work.name_closely();
    let mut groups: Vec<Group> = work
        .parts
        .into_iter()
        .map(|part| Group {
            way: part.way,
            folded: part.folded,
            skills: part.members.iter().map(|&at| kept[at]).collect(),
        })
        .collect();
    let pillar = |g: &Group| {
        let top = g.way.first().and_then(|at| esco.groups.get(*at as usize));
        match top.map_or("", |g| g.code.as_str()) {
            "T" => 1,
            "L" => 2,
            "K" => 3,
            _ => 0,
        }
    };
    groups.sort_by(|a, b| {
        pillar(a)
            .cmp(&pillar(b))
            .then_with(|| b.weight().total_cmp(&a.weight()))
            .then_with(|| a.way.cmp(&b.way))
    });
    for group in &mut groups {
        group.skills.sort_by(|a, b| {
            b.essential
                .cmp(&a.essential)
                .then_with(|| b.weight.total_cmp(&a.weight))
                .then(a.skill.cmp(&b.skill))
        });
    }
    groups
}

struct Grouping<'a> {
    esco: &'a Esco,
    ways: &'a [Way],
    parts: Vec<Part>,
}

impl Grouping<'_> {
    fn code(&self, group: u32) -> &str {
        self.esco.groups.get(group as usize).map_or("", |g| &g.code)
    }

    fn label(&self, group: u32) -> &str {
        self.esco.groups.get(group as usize).map_or("", |g| &g.label)
    }

    /// One part for each group below "skills", and for each other pillar.
    fn begin(&mut self) {
        let mut parts: BTreeMap<Way, Vec<usize>> = BTreeMap::new();
        for (at, way) in self.ways.iter().enumerate() {
            let depth = match way.first() {
                Some(&top) if self.code(top) == "S" => 2,
                _ => 1,
            };
            let head: Way = way.iter().take(depth).copied().collect();
            parts.entry(head).or_default().push(at);
        }
        self.parts = parts
            .into_iter()
            .map(|(way, members)| Part {
                way,
                folded: Vec::new(),
                members,
            })
            .collect();
    }

    fn has_single(&self) -> bool {
        self.parts.iter().any(|p| p.members.len() < 2)
    }

    /// Folds the smallest part into the one nearest to it. False when there is nothing to fold.
    fn fold(&mut self) -> bool {
        if self.parts.len() < 2 {
            return false;
        }
        let smallest = (0..self.parts.len()).min_by_key(|&at| self.parts[at].members.len());
        let Some(smallest) = smallest else { return false };
        let gone = self.parts.remove(smallest);
        let near = |part: &Part| part.way.iter().zip(&gone.way).take_while(|(a, b)| a == b).count();
        let target = (0..self.parts.len()).max_by_key(|&at| {
            let part = &self.parts[at];
            // Languages and manners belong to the whole person: with each other rather than with a field.
            let with_people = part.way.first().map(|g| self.code(*g)) == Some("T");
            (near(part), with_people, std::cmp::Reverse(at))
        });
        let Some(target) = target else { return false };
        let into = &mut self.parts[target];
        into.members.extend(gone.members);
        into.folded.extend(gone.way.last());
        into.folded.extend(gone.folded);
        true
    }

    /// Splits the largest part of more than `above` skills one step down, so that either side keeps at least
    /// `least`. False when none can be split.
    fn split(&mut self, least: usize, above: usize) -> bool {
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(self.parts[at].members.len()));
        for at in order {
            let part = &self.parts[at];
            if part.members.len() <= above.max(1) {
                return false;
            }
            for depth in part.way.len()..self.longest(&part.members) {
                if let Some((way, taken)) = self.below(part, depth, least) {
                    let part = &mut self.parts[at];
                    part.members.retain(|m| !taken.contains(m));
                    self.parts.push(Part {
                        way,
                        folded: Vec::new(),
                        members: taken,
                    });
                    return true;
                }
            }
        }
        false
    }

    fn longest(&self, members: &[usize]) -> usize {
        members.iter().map(|&m| self.ways[m].len()).max().unwrap_or(0)
    }

    /// The largest group at this depth below a part that leaves enough on either side.
    fn below(&self, part: &Part, depth: usize, least: usize) -> Option<(Way, Vec<usize>)> {
        let mut children: BTreeMap<Way, Vec<usize>> = BTreeMap::new();
        for &member in &part.members {
            let way = &self.ways[member];
            if way.len() > depth && way.starts_with(&part.way) {
                children.entry(way[..=depth].to_vec()).or_default().push(member);
            }
        }
        let named_alike = |way: &Way| {
            let named = |g: &u32| self.label(*g).to_lowercase();
            way.last().map(named) == part.way.last().map(named)
        };
        children
            .into_iter()
            .filter(|(way, members)| {
                members.len() >= least && part.members.len() - members.len() >= least && !named_alike(way)
            })
            .max_by(|a, b| a.1.len().cmp(&b.1.len()).then_with(|| b.0.cmp(&a.0)))
    }

    /// A part whose skills all stand below one group is named by that group.
    fn name_closely(&mut self) {
        let mut closer: Vec<Option<Way>> = Vec::new();
        for part in &self.parts {
            let mut common: Option<Way> = None;
            for &member in &part.members {
                let way = &self.ways[member];
                common = Some(match common {
                    None => way.clone(),
                    Some(known) => known
                        .iter()
                        .zip(way)
                        .take_while(|(a, b)| a == b)
                        .map(|(a, _)| *a)
                        .collect(),
                });
            }
            let common = common.unwrap_or_default();
            let closely = part.members.len() > 1 && part.folded.is_empty() && common.len() > part.way.len();
            closer.push(closely.then_some(common));
        }
        for (part, way) in self.parts.iter_mut().zip(closer) {
            if let Some(way) = way {
                part.way = way;
            }
        }
    }
}
