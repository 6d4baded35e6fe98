//! Grouping an occupation's tasks into practices by the work activities above them.
//!
//! Each task belongs to detailed work activities, each of those to an intermediate and a generalised
//! one. The generalised ones are the first groups; too many are folded into their nearest kin, too few
//! are split by the intermediate ones.

use std::collections::{BTreeMap, BTreeSet};

use super::task_weight;
use crate::catalogue::{Catalogue, Occupation};

/// Groups wanted where the data hold them.
pub(super) const WANTED: usize = 8;
/// Groups at most; with the practice of knowing the field they are the ten.
const MOST: usize = 9;
/// A larger group is split while there is room.
const CROWDED: usize = 6;
/// Tasks in each part of a split.
const SPLIT_LEAST: usize = 2;

/// Tasks that become one practice.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The activity that names it: a generalised or an intermediate one.
    pub(super) activity: String,
    /// Generalised activities folded in.
    pub(super) folded: BTreeSet<String>,
    /// Places of the tasks in the occupation.
    pub(super) tasks: Vec<usize>,
}

impl Group {
    fn of(activity: String) -> Self {
        Self {
            activity,
            folded: BTreeSet::new(),
            tasks: Vec::new(),
        }
    }

    /// True when tasks of this generalised activity are in it.
    pub(super) fn holds(&self, general: &str) -> bool {
        is_or_below(&self.activity, general) || self.folded.contains(general)
    }
}

/// True when `activity` is `above` or stands below it in the hierarchy.
fn is_or_below(activity: &str, above: &str) -> bool {
    activity
        .strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The generalised work activities an occupation touches.
pub(super) fn touched<'a>(catalogue: &'a Catalogue, occupation: &Occupation) -> BTreeSet<&'a str> {
    occupation
        .tasks
        .iter()
        .flat_map(|t| &t.activities)
        .filter_map(|id| Some(catalogue.activities.get(id)?.general.as_str()))
        .collect()
}

/// The groups of an occupation, heaviest first; empty when it has no tasks.
pub(super) fn groups(catalogue: &Catalogue, occupation: &Occupation) -> Vec<Group> {
    let mut work = Grouping::new(catalogue, occupation);
    work.take_heaviest_activities();
    work.fill_unused_activities();
    while work.too_many() && work.fold_lightest() {}
    while work.too_few() && work.split(SPLIT_LEAST) {}
    // Where tasks are scarce a practice of one task is better than hiding a work activity.
    while work.groups.len() < WANTED.min(work.touched) && work.split(1) {}
    work.place_tasks_without_activity();
    work.finish()
}

struct Grouping<'a> {
    /// By task: its activities as (generalised, intermediate), in the publisher's order.
    options: Vec<Vec<(&'a str, &'a str)>>,
    weights: Vec<f64>,
    /// Number of generalised activities touched.
    touched: usize,
    groups: Vec<Group>,
}

impl<'a> Grouping<'a> {
    fn new(catalogue: &'a Catalogue, occupation: &Occupation) -> Self {
        let options = occupation
            .tasks
            .iter()
            .map(|task| {
                task.activities
                    .iter()
                    .filter_map(|id| catalogue.activities.get(id))
                    .map(|a| (a.general.as_str(), a.intermediate.as_str()))
                    .collect()
            })
            .collect();
        Self {
            options,
            weights: occupation
                .tasks
                .iter()
                .map(|t| task_weight(occupation, t))
                .collect(),
            touched: touched(catalogue, occupation).len(),
            groups: Vec::new(),
        }
    }

    /// How heavy each activity is over all tasks; `pick` chooses the floor of the hierarchy.
    fn support(&self, pick: fn(&(&'a str, &'a str)) -> &'a str) -> BTreeMap<&'a str, f64> {
        let mut support = BTreeMap::new();
        for (options, weight) in self.options.iter().zip(&self.weights) {
            for activity in options.iter().map(pick).collect::<BTreeSet<_>>() {
                *support.entry(activity).or_insert(0.0) += weight;
            }
        }
        support
    }

    /// Each task goes to the heaviest of its generalised activities, the first of equals.
    fn take_heaviest_activities(&mut self) {
        let support = self.support(|o| o.0);
        let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
        for (task, options) in self.options.iter().enumerate() {
            let mut best: Option<(&str, f64)> = None;
            for (general, _) in options {
                let heavy = support.get(general).copied().unwrap_or(0.0);
                if best.is_none_or(|(_, known)| heavy > known) {
                    best = Some((general, heavy));
                }
            }
            if let Some((general, _)) = best {
                groups
                    .entry(general)
                    .or_insert_with(|| Group::of(general.to_owned()))
                    .tasks
                    .push(task);
            }
        }
        self.groups = groups.into_values().collect();
    }

    /// While groups are few, an activity that lost all its tasks to heavier ones takes some back.
    fn fill_unused_activities(&mut self) {
        let mut support: Vec<(&str, f64)> = self.support(|o| o.0).into_iter().collect();
        support.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        for (general, _) in support {
            if self.groups.len() >= WANTED {
                return;
            }
            if self.groups.iter().any(|g| g.activity == general) {
                continue;
            }
            let mut taken = Group::of(general.to_owned());
            for group in &mut self.groups {
                let mut left = group.tasks.len();
                group.tasks.retain(|&task| {
                    let take = left > SPLIT_LEAST && self.options[task].iter().any(|o| o.0 == general);
                    if take {
                        taken.tasks.push(task);
                        left -= 1;
                    }
                    !take
                });
            }
            if !taken.tasks.is_empty() {
                self.groups.push(taken);
            }
        }
    }

    fn weight(&self, group: &Group) -> f64 {
        group.tasks.iter().map(|&t| self.weights[t]).sum()
    }

    /// Too many to look over, or more than wanted with one that is hardly a practice.
    fn too_many(&self) -> bool {
        self.groups.len() > MOST
            || (self.groups.len() > WANTED && self.groups.iter().any(|g| g.tasks.len() < SPLIT_LEAST))
    }

    /// Fewer than wanted, or room for splitting one that is crowded.
    fn too_few(&self) -> bool {
        self.groups.len() < WANTED
            || (self.groups.len() < MOST && self.groups.iter().any(|g| g.tasks.len() > CROWDED))
    }

    /// Folds away the group that is missed least: light, and with near kin to go to.
    fn fold_lightest(&mut self) -> bool {
        let cost = |at: usize| {
            let group = &self.groups[at];
            let kin = self
                .groups
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, other)| nearness(&group.activity, &other.activity))
                .max()
                .unwrap_or(0);
            let strange = match kin {
                0..=2 => 1.6,
                3 => 1.25,
                _ => 1.0,
            };
            self.weight(group) * strange
        };
        let lightest = (0..self.groups.len()).min_by(|a, b| cost(*a).total_cmp(&cost(*b)));
        let Some(lightest) = lightest else {
            return false;
        };
        let gone = self.groups.remove(lightest);
        for &task in &gone.tasks {
            // Another of the task's own activities first, then the nearest in the hierarchy.
            let own = |g: &Group| self.options[task].iter().any(|o| g.holds(o.0));
            let target = (0..self.groups.len()).max_by_key(|&at| {
                let group = &self.groups[at];
                (
                    own(group),
                    nearness(&gone.activity, &group.activity),
                    std::cmp::Reverse(group.tasks.len()),
                    std::cmp::Reverse(group.activity.clone()),
                )
            });
            if let Some(target) = target {
                let stranger = !own(&self.groups[target]);
                let group = &mut self.groups[target];
                group.tasks.push(task);
                if stranger {
                    group.folded.insert(gone.activity.clone());
                    group.folded.extend(gone.folded.iter().cloned());
                }
            }
        }
        true
    }

    /// Splits the largest group that has an intermediate activity with at least `least` tasks, and as
    /// many without it. False when there is none.
    fn split(&mut self, least: usize) -> bool {
        let support = self.support(|o| o.1);
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(self.groups[at].tasks.len()));
        for at in order {
            let group = &self.groups[at];
            let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for &task in &group.tasks {
                let heaviest = self.options[task]
                    .iter()
                    .filter(|o| group.holds(o.0) && o.1 != group.activity)
                    .map(|o| o.1)
                    .max_by(|a, b| support[a].total_cmp(&support[b]).then(b.cmp(a)));
                if let Some(intermediate) = heaviest {
                    parts.entry(intermediate).or_default().push(task);
                }
            }
            let whole = group.tasks.len();
            let part = parts
                .into_iter()
                .filter(|(_, tasks)| tasks.len() >= least && whole - tasks.len() >= least)
                .max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(a.0)));
            if let Some((intermediate, tasks)) = part {
                let mut split = Group::of(intermediate.to_owned());
                self.groups[at].tasks.retain(|t| !tasks.contains(t));
                split.tasks = tasks;
                self.groups.push(split);
                return true;
            }
        }
        false
    }

    /// A task nobody classified joins the smallest group, or is a group of its own kind when it is alone.
    fn place_tasks_without_activity(&mut self) {
        let loose: Vec<usize> = (0..self.options.len())
            .filter(|&t| self.options[t].is_empty())
            .collect();
        if loose.is_empty() {
            return;
        }
        if self.groups.is_empty() {
            self.groups.push(Group::of(String::new()));
        }
        for task in loose {
            if let Some(smallest) = self.groups.iter_mut().min_by_key(|g| g.tasks.len()) {
                smallest.tasks.push(task);
            }
        }
    }

    /// Heaviest group first, and the heaviest task first in each.
    fn finish(mut self) -> Vec<Group> {
        let weights = std::mem::take(&mut self.weights);
        let weight = |tasks: &[usize]| tasks.iter().map(|&t| weights[t]).sum::<f64>();
        for group in &mut self.groups {
            group
                .tasks
                .sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
        }
        self.groups.retain(|g| !g.tasks.is_empty());
        self.groups.sort_by(|a, b| {
            weight(&b.tasks)
                .total_cmp(&weight(&a.tasks))
                .then_with(|| a.activity.cmp(&b.activity))
        });
        self.groups
    }
}

/// How near two activities stand in the hierarchy: the number of steps their ids share.
pub(super) fn nearness(a: &str, b: &str) -> usize {
    a.split('.').zip(b.split('.')).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_share_the_beginning_of_their_ids() {
        assert_eq!(nearness("4.A.2.b.1", "4.A.2.b.4"), 4);
        assert_eq!(nearness("4.A.2.b.1", "4.A.3.a.1"), 2);
        assert!(is_or_below("4.A.2.b.1.I03", "4.A.2.b.1"));
        assert!(!is_or_below("4.A.2.b.10", "4.A.2.b.1"));
    }
}
