//! Checking a framework document: every problem, with its place and what to do.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::hash::Hash;

use serde::Serialize;

use super::{Activity, Competency, Criterion, Framework};
use crate::id::{ActivityId, CompetencyId, RungId};

/// The longest list accepted anywhere in a document.
const LIST_MAX: usize = 2_000;

/// Something wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where, as a path a person can follow: `levels > senior > publish-an-article`.
    pub place: String,
    /// What is wrong and what to do.
    pub what: String,
}

/// Everything wrong with a document; empty when it can be published.
pub fn check(framework: &Framework) -> Vec<Problem> {
    let mut check = Check {
        framework,
        problems: Vec::new(),
    };
    check.head();
    check.practices();
    check.ladder();
    check.competencies();
    check.credentials();
    check.levels();
    check.activities();
    check.kept();
    check.problems
}

struct Check<'a> {
    framework: &'a Framework,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, place: impl Display, what: impl Display) {
        self.problems.push(Problem {
            place: place.to_string(),
            what: what.to_string(),
        });
    }

    fn head(&mut self) {
        let f = self.framework;
        if f.metier_framework != super::FORMAT {
            self.add(
                "metier_framework",
                format!(
                    "is {}; this program reads format {}",
                    f.metier_framework,
                    super::FORMAT
                ),
            );
        }
        if f.title.trim().is_empty() {
            self.add("title", "is empty; name the profession");
        }
        if f.version.trim().is_empty() {
            self.add("version", "is empty; call it \"1\"");
        }
        for (list, length) in [
            ("practices", f.practices.len()),
            ("competencies", f.competencies.len()),
            ("ladder", f.ladder.rungs.len()),
            ("levels", f.levels.len()),
            ("activities", f.activities.len()),
            ("credentials", f.credentials.len()),
        ] {
            if length > LIST_MAX {
                self.add(list, format!("has {length} items; at most {LIST_MAX} are read"));
            }
        }
    }

    fn unique<'i, T: Eq + Hash + Display + 'i>(&mut self, list: &str, ids: impl Iterator<Item = &'i T>) {
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.add(
                    format!("{list} > {id}"),
                    "this id is used twice; each needs its own",
                );
            }
        }
    }

    fn practices(&mut self) {
        let f = self.framework;
        if f.practices.is_empty() {
            self.add("practices", "is empty; list the 8 to 10 core practices");
        }
        self.unique("practices", f.practices.iter().map(|p| &p.id));
        for practice in &f.practices {
            if practice.name.trim().is_empty() {
                self.add(format!("practices > {}", practice.id), "has no name");
            }
        }
    }

    fn ladder(&mut self) {
        let ladder = &self.framework.ladder;
        if ladder.active().next().is_none() {
            self.add(
                "ladder",
                "has no rung in use; leave it out to take the nine built-in steps",
            );
        }
        self.unique("ladder", ladder.rungs.iter().map(|r| &r.id));
        for (i, rung) in ladder.rungs.iter().enumerate() {
            let place = format!("ladder > {}", rung.id);
            if rung.name.trim().is_empty() || rung.title.trim().is_empty() {
                self.add(&place, "needs a name (one word) and a title");
            }
            self.criterion(&place, &rung.criterion);
            for lower in &rung.makes_obvious {
                if !ladder.rungs[..i].iter().any(|r| r.id == *lower) {
                    self.add(
                        &place,
                        format!("makes `{lower}` obvious, which is not a rung below it"),
                    );
                }
            }
        }
    }

    fn criterion(&mut self, place: &str, criterion: &Criterion) {
        match criterion {
            Criterion::Accuracy {
                target: Some(target), ..
            } if !(0.5..=0.999).contains(target) => {
                self.add(
                    place,
                    format!("asks for an accuracy of {target}; use 0.5 to 0.999"),
                );
            }
            Criterion::Accuracy { days: Some(days), .. } if !(1..=366).contains(days) => {
                self.add(place, format!("asks for {days} distinct days; use 1 to 366"));
            }
            Criterion::Count { at_least, .. } if !(1..=1_000).contains(at_least) => {
                self.add(place, format!("asks for {at_least} examples; use 1 to 1000"));
            }
            Criterion::Judged { at_least, .. } if !(1..=20).contains(at_least) => {
                self.add(place, format!("asks for {at_least} judgements; use 1 to 20"));
            }
            Criterion::Held { credential: Some(id) }
                if !self.framework.credentials.iter().any(|c| c.id == *id) =>
            {
                self.add(
                    place,
                    format!("names the credential `{id}`, which `credentials` does not list"),
                );
            }
            _ => {}
        }
    }

    fn rung_exists(&self, id: &RungId) -> bool {
        self.framework.ladder.rungs.iter().any(|r| r.id == *id)
    }

    fn competencies(&mut self) {
        let f = self.framework;
        if f.competencies.is_empty() {
            self.add("competencies", "is empty; list at least one");
        }
        self.unique("competencies", f.competencies.iter().map(|c| &c.id));
        for competency in &f.competencies {
            self.competency(competency);
        }
        let needs: HashMap<&CompetencyId, &[CompetencyId]> = f
            .competencies
            .iter()
            .map(|c| (&c.id, c.needs.as_slice()))
            .collect();
        for cycle in cycles(&needs) {
            self.add(
                "competencies",
                format!("need each other in a circle: {cycle}; take one `needs` away"),
            );
        }
    }

    fn competency(&mut self, competency: &Competency) {
        let place = format!("competencies > {}", competency.id);
        if competency.name.trim().is_empty() {
            self.add(&place, "has no name");
        }
        if self.framework.practice(&competency.practice).is_none() {
            self.add(
                &place,
                format!(
                    "belongs to `{}`, which `practices` does not list",
                    competency.practice
                ),
            );
        }
        if competency.importance.is_some_and(|i| !(1.0..=5.0).contains(&i)) {
            self.add(&place, "has an importance outside 1 to 5");
        }
        for need in &competency.needs {
            if self.framework.competency(need).is_none() {
                self.add(
                    &place,
                    format!("needs `{need}`, which `competencies` does not list"),
                );
            }
        }
        for (rung, criterion) in &competency.criteria {
            if self.rung_exists(rung) {
                self.criterion(&format!("{place} > {rung}"), criterion);
            } else {
                self.add(
                    &place,
                    format!("has a criterion for `{rung}`, which is not a rung of the ladder"),
                );
            }
        }
        for rung in competency.wording.keys() {
            if !self.rung_exists(rung) {
                self.add(
                    &place,
                    format!("says something of `{rung}`, which is not a rung of the ladder"),
                );
            }
        }
    }

    fn kept(&mut self) {
        for (i, kept) in self.framework.kept.iter().enumerate() {
            if kept.name.trim().is_empty() {
                self.add(
                    format!("kept > {}", i + 1),
                    "has no name; say what the document calls it",
                );
            }
        }
        if let Some(source) = &self.framework.source
            && source.document.trim().is_empty()
        {
            self.add("source", "names no document; give its file name");
        }
    }

    fn credentials(&mut self) {
        self.unique("credentials", self.framework.credentials.iter().map(|c| &c.id));
    }

    fn levels(&mut self) {
        let f = self.framework;
        self.unique("levels", f.levels.iter().map(|l| &l.id));
        for level in &f.levels {
            let place = format!("levels > {}", level.id);
            if level.name.trim().is_empty() {
                self.add(&place, "has no name");
            }
            self.unique(&place, level.expectations.iter().map(|e| &e.competency));
            for expectation in &level.expectations {
                let place = format!("{place} > {}", expectation.competency);
                if f.competency(&expectation.competency).is_none() {
                    self.add(&place, "is not a competency of this framework");
                }
                if f.rung(&expectation.rung).is_none() {
                    self.add(
                        &place,
                        format!("expects `{}`, which is not a rung in use", expectation.rung),
                    );
                }
                if let super::Weight::Weighted(w) = expectation.weight
                    && !(1..=5).contains(&w)
                {
                    self.add(&place, format!("has weight {w}; use 1 to 5"));
                }
            }
        }
    }

    fn activities(&mut self) {
        let f = self.framework;
        self.unique("activities", f.activities.iter().map(|a| &a.id));
        let known: HashSet<&ActivityId> = f.activities.iter().map(|a| &a.id).collect();
        for activity in &f.activities {
            self.activity(activity, &known);
        }
        let needs: HashMap<&ActivityId, &[ActivityId]> =
            f.activities.iter().map(|a| (&a.id, a.needs.as_slice())).collect();
        for cycle in cycles(&needs) {
            self.add(
                "activities",
                format!("need each other in a circle: {cycle}; take one `needs` away"),
            );
        }
    }

    fn activity(&mut self, activity: &Activity, known: &HashSet<&ActivityId>) {
        let place = format!("activities > {}", activity.id);
        if activity.name.trim().is_empty() {
            self.add(&place, "has no name");
        }
        let h = activity.hours;
        let ordered = h.low >= 0.0 && h.low <= h.likely && h.likely <= h.high && h.high <= 100_000.0;
        if !ordered {
            self.add(&place, "hours must rise: 0 <= low <= likely <= high");
        }
        for need in &activity.needs {
            if !known.contains(need) {
                self.add(
                    &place,
                    format!("needs `{need}`, which `activities` does not list"),
                );
            }
        }
        for shows in &activity.shows {
            if self.framework.competency(&shows.competency).is_none() {
                self.add(
                    &place,
                    format!("shows `{}`, which is not a competency here", shows.competency),
                );
            }
            if !self.rung_exists(&shows.rung) {
                self.add(
                    &place,
                    format!("shows `{}`, which is not a rung of the ladder", shows.rung),
                );
            }
        }
    }
}

/// The circles among things that need each other, each named once: `a > b > a`.
fn cycles<T: Eq + Hash + Ord + Display>(needs: &HashMap<&T, &[T]>) -> Vec<String> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        Open,
        Done,
    }
    let mut ids: Vec<&T> = needs.keys().copied().collect();
    ids.sort();
    let mut marks: HashMap<&T, Mark> = HashMap::new();
    let mut found = Vec::new();
    for &start in &ids {
        // Depth first without recursion, because the document may be hostile: (node, next need).
        let mut path: Vec<(&T, usize)> = Vec::new();
        if !marks.contains_key(start) {
            marks.insert(start, Mark::Open);
            path.push((start, 0));
        }
        while let Some((node, next)) = path.last_mut() {
            let node: &T = node;
            let Some(need) = needs.get(node).and_then(|n| n.get(*next)) else {
                marks.insert(node, Mark::Done);
                path.pop();
                continue;
            };
            *next += 1;
            let Some((&need, _)) = needs.get_key_value(need) else {
                continue;
            };
            match marks.get(need) {
                None => {
                    marks.insert(need, Mark::Open);
                    path.push((need, 0));
                }
                Some(Mark::Open) => {
                    let from = path.iter().position(|(n, _)| *n == need).unwrap_or(0);
                    let names: Vec<String> = path[from..].iter().map(|(n, _)| n.to_string()).collect();
                    found.push(format!("{} > {need}", names.join(" > ")));
                }
                Some(Mark::Done) => {}
            }
        }
    }
    found
}
