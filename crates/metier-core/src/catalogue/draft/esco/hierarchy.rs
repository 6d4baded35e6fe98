//! The way from the top of the skill hierarchy down to a skill.

use std::collections::HashMap;

use super::Kept;
use crate::catalogue::Esco;

/// Steps of a way at most; the hierarchy has five.
const STEPS_MAX: usize = 10;
/// Ways of one skill at most.
const WAYS_MAX: usize = 40;

/// Groups from the top down to the one a skill stands in, as places in [`Esco::groups`].
pub(super) type Way = Vec<u32>;

/// One way for each skill: of several, the one that most of the kept skills share.
pub(super) fn ways(esco: &Esco, kept: &[Kept]) -> Vec<Way> {
    let all: Vec<Vec<Way>> = kept.iter().map(|k| ways_of(esco, k.skill)).collect();
    let mut shared: HashMap<u32, usize> = HashMap::new();
    for ways in &all {
        let mut groups: Vec<u32> = ways.iter().flatten().copied().collect();
        groups.sort_unstable();
        groups.dedup();
        for group in groups {
            *shared.entry(group).or_default() += 1;
        }
    }
    let support = |way: &Way| -> Vec<usize> { way.iter().skip(1).map(|g| shared[g]).collect() };
    all.into_iter()
        .map(|ways| {
            let best = ways
                .into_iter()
                .max_by(|a, b| support(a).cmp(&support(b)).then_with(|| b.cmp(a)));
            best.unwrap_or_default()
        })
        .collect()
}

/// Every way down to a skill; through the skills above it where no group holds it itself.
fn ways_of(esco: &Esco, skill: u32) -> Vec<Way> {
    let mut groups: Vec<u32> = Vec::new();
    let mut look = vec![skill];
    let mut seen: Vec<u32> = Vec::new();
    while groups.is_empty() && !look.is_empty() && seen.len() < WAYS_MAX {
        let mut above = Vec::new();
        for at in look {
            let Some(known) = esco.skills.get(at as usize) else {
                continue;
            };
            groups.extend(&known.groups);
            seen.push(at);
            above.extend(known.broader.iter().filter(|b| !seen.contains(b)));
        }
        look = above;
    }
    groups.sort_unstable();
    groups.dedup();
    let mut ways = Vec::new();
    for group in groups {
        climb(esco, vec![group], &mut ways);
    }
    ways
}

/// Adds every way up from the last of `from`, turned to lead down.
fn climb(esco: &Esco, from: Vec<u32>, ways: &mut Vec<Way>) {
    if ways.len() >= WAYS_MAX || from.len() > STEPS_MAX {
        return;
    }
    let above = from
        .last()
        .and_then(|at| esco.groups.get(*at as usize))
        .map_or(&[] as &[u32], |g| &g.broader);
    let above: Vec<u32> = above.iter().copied().filter(|g| !from.contains(g)).collect();
    if above.is_empty() {
        let way: Way = from.into_iter().rev().collect();
        ways.push(way);
        return;
    }
    for group in above {
        let mut further = from.clone();
        further.push(group);
        climb(esco, further, ways);
    }
}
