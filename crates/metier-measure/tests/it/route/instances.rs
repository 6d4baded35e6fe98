//! Large problems made from a seed, much as people have them.

use metier_measure::route::{Action, Gain, Goal, Need, Prior, Problem};

/// Sebastiano Vigna's splitmix64: the same numbers everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `count - 1`.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// How a family of large problems is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Goals in six layers; an action gives to one to three goals of a layer, wholly or in part, and needs
    /// goals of the layers below.
    Layered,
    /// The same, with one need in five from the same layer or from above, so that circles come about.
    Circular,
    /// Every goal is a target; each can be reached by one dear action or by several cheap ones that give
    /// parts and cost much the same: hard.
    Parts,
}

/// A problem of so many actions and goals.
pub fn large(family: Family, actions: usize, goals: usize, seed: u64) -> Problem {
    let mut numbers = Numbers(seed.wrapping_mul(1_000_003) + actions as u64);
    let layers = 6;
    let layer_of = |goal: usize| goal * layers / goals;
    let in_layer = |layer: usize, numbers: &mut Numbers| {
        let (from, to) = (
            (layer * goals).div_ceil(layers),
            ((layer + 1) * goals).div_ceil(layers),
        );
        from + numbers.below(to - from)
    };
    let actions = (0..actions)
        .map(|number| {
            // The first ones see to it that every goal can be reached.
            let goal = if number < goals {
                number
            } else {
                numbers.below(goals)
            };
            let layer = layer_of(goal);
            let whole = number < goals || (family != Family::Parts && numbers.percent(40));
            let part = |numbers: &mut Numbers| (3 + numbers.below(10)) as f64 / 20.0;
            let mut gains = vec![Gain {
                goal,
                amount: if whole { 1.0 } else { part(&mut numbers) },
            }];
            for _ in 0..numbers.below(3) {
                let other = in_layer((layer + numbers.below(2)).min(layers - 1), &mut numbers);
                if gains.iter().all(|g| g.goal != other) {
                    gains.push(Gain {
                        goal: other,
                        amount: part(&mut numbers),
                    });
                }
            }
            let mut needs = Vec::new();
            for _ in 0..(if layer == 0 { 0 } else { 1 + numbers.below(2) }) {
                let mut one_of = vec![Prior::Goal(in_layer(numbers.below(layer), &mut numbers))];
                if numbers.percent(30) {
                    one_of.push(Prior::Goal(in_layer(numbers.below(layer), &mut numbers)));
                }
                if family == Family::Circular && number >= goals && numbers.percent(20) {
                    one_of = vec![Prior::Goal(in_layer(
                        layer + numbers.below(layers - layer),
                        &mut numbers,
                    ))];
                }
                needs.push(Need { one_of });
            }
            let quarters = match family {
                Family::Parts if whole => 100 + numbers.below(51),
                Family::Parts => 40 + numbers.below(21),
                _ if whole => 16 + numbers.below(240),
                _ => 4 + numbers.below(120),
            };
            Action {
                cost: quarters as f64 / 4.0,
                gains,
                needs,
            }
        })
        .collect();
    let targets = (0..goals)
        .filter(|&goal| family == Family::Parts || layer_of(goal) == layers - 1 || goal % 7 == 0)
        .collect();
    Problem {
        goals: (0..goals)
            .map(|goal| Goal {
                amount: 1.0,
                already: if goal % 11 == 3 { 0.3 } else { 0.0 },
            })
            .collect(),
        actions,
        targets,
    }
}
