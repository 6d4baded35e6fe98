//! The consistency check: each claim held against the standing, against the other channels, and against the
//! stated values. What it finds is put to the person; it judges no sentence by itself.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{Asserted, Brand, Channel, PresenceFact, TellsOf};
use crate::id::{CompetencyId, EntryId, RungId, ThingId};
use crate::journal::{Entry, Fact, Noted, View, view_of};
use crate::standing::{Standing, State};

/// Months after which a channel should be looked at again.
const LOOK_AGAIN_MONTHS: i32 = 6;

/// Everything of one's presence that stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Presence<'a> {
    /// Channels, by name.
    pub channels: Vec<Noted<'a, Channel>>,
    /// What one stands for; the last one counts.
    pub brands: Vec<Noted<'a, Brand>>,
}

/// A place of a claim: the channel, and which of its claims, from nought on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ClaimAt {
    /// The channel.
    pub channel: EntryId,
    /// Which claim.
    pub claim: usize,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Contradiction {
    /// A channel claims a step that is not proven.
    NotProven {
        /// Where.
        at: ClaimAt,
        /// Of which competency.
        competency: CompetencyId,
        /// The step claimed.
        claimed: RungId,
        /// Its state.
        state: State,
        /// The highest step proven with all below it.
        proven: Option<RungId>,
    },
    /// A channel claims a step lower than what is proven: one shows less than one can.
    Understated {
        /// Where.
        at: ClaimAt,
        /// Of which competency.
        competency: CompetencyId,
        /// The step claimed.
        claimed: RungId,
        /// The highest step proven with all below it.
        proven: RungId,
    },
    /// A channel claims something of a framework that is not the one looked at.
    OtherFramework {
        /// Where.
        at: ClaimAt,
    },
    /// Two channels tell the same fact otherwise.
    Differ {
        /// Of what.
        of: TellsOf,
        /// Every telling, by value.
        told: Vec<(String, Vec<ClaimAt>)>,
    },
    /// A claim goes against a stated value.
    AgainstValue {
        /// Where.
        at: ClaimAt,
        /// Which value.
        value: ThingId,
    },
    /// No claim on any channel expresses a stated value.
    ValueNowhere {
        /// Which value.
        value: ThingId,
    },
    /// A claim names a value that is no longer stated.
    ValueGone {
        /// Where.
        at: ClaimAt,
        /// Which value.
        value: ThingId,
    },
    /// What one wants to be known for is claimed nowhere.
    SkillNowhere {
        /// Which competency.
        competency: CompetencyId,
    },
    /// A channel was not looked at for long, or never.
    LookAgain {
        /// Which.
        channel: EntryId,
        /// When it was last looked at.
        looked_on: Option<Date>,
    },
}

impl<'a> Presence<'a> {
    /// What stands of it in these entries; the rest of the journal is passed over.
    pub fn in_journal(entries: &'a [Entry]) -> Self {
        Self::of(&view_of(entries, |fact| matches!(fact, Fact::Presence(_))))
    }

    /// What stands of it.
    pub fn of(view: &View<'a>) -> Self {
        let mut channels = view.noted(|fact: &'a Fact| match fact {
            Fact::Presence(said) => match &**said {
                PresenceFact::Channel(channel) => Some(channel),
                PresenceFact::Brand(_) => None,
            },
            _ => None,
        });
        channels.sort_by_key(|c| (c.what.name.to_lowercase(), c.id));
        let brands = view.noted(|fact: &'a Fact| match fact {
            Fact::Presence(said) => match &**said {
                PresenceFact::Brand(brand) => Some(brand),
                PresenceFact::Channel(_) => None,
            },
            _ => None,
        });
        Self { channels, brands }
    }

    /// What one stands for.
    pub fn brand(&self) -> Option<Noted<'a, Brand>> {
        self.brands.last().copied()
    }

    /// Everything that does not fit, as of a day: first what is claimed and not shown.
    pub fn check(&self, standing: &Standing, today: Date) -> Vec<Contradiction> {
        let mut found = Vec::new();
        for (at, claim) in self.claims() {
            if let Some(asserted) = &claim.asserts {
                found.extend(against_standing(at, asserted, standing));
            }
        }
        found.extend(self.between_channels());
        found.extend(self.against_values());
        found.extend(self.unsaid());
        found.extend(self.unseen(today));
        found
    }

    fn claims(&self) -> impl Iterator<Item = (ClaimAt, &'a super::PublicClaim)> + '_ {
        self.channels.iter().flat_map(|channel| {
            let at = move |claim| ClaimAt {
                channel: channel.id,
                claim,
            };
            channel
                .what
                .claims
                .iter()
                .enumerate()
                .map(move |(i, c)| (at(i), c))
        })
    }

    fn between_channels(&self) -> Vec<Contradiction> {
        let mut told: BTreeMap<TellsOf, BTreeMap<String, (String, Vec<ClaimAt>)>> = BTreeMap::new();
        for (at, claim) in self.claims() {
            // One can hold several credentials: naming different ones contradicts nothing.
            if let Some(tells) = claim.tells.as_ref().filter(|t| t.of != TellsOf::Credential) {
                let (_, places) = told
                    .entry(tells.of)
                    .or_default()
                    .entry(same(&tells.value))
                    .or_insert_with(|| (tells.value.trim().to_owned(), Vec::new()));
                places.push(at);
            }
        }
        told.into_iter()
            .filter(|(_, values)| values.len() > 1)
            .map(|(of, values)| Contradiction::Differ {
                of,
                told: values.into_values().collect(),
            })
            .collect()
    }

    fn against_values(&self) -> Vec<Contradiction> {
        let stated: Vec<&ThingId> = self
            .brand()
            .map(|b| b.what.values.iter().map(|v| &v.id).collect())
            .unwrap_or_default();
        let mut found = Vec::new();
        let mut expressed: Vec<&ThingId> = Vec::new();
        for (at, claim) in self.claims() {
            for value in &claim.values {
                let id = value.value.clone();
                match (stated.contains(&&value.value), value.agrees) {
                    (false, _) => found.push(Contradiction::ValueGone { at, value: id }),
                    (true, false) => found.push(Contradiction::AgainstValue { at, value: id }),
                    (true, true) => expressed.push(&value.value),
                }
            }
        }
        if !self.channels.is_empty() {
            let nowhere = stated.into_iter().filter(|id| !expressed.contains(id));
            found.extend(nowhere.map(|id| Contradiction::ValueNowhere { value: id.clone() }));
        }
        found
    }

    fn unsaid(&self) -> Vec<Contradiction> {
        let Some(brand) = self.brand().filter(|_| !self.channels.is_empty()) else {
            return Vec::new();
        };
        let claimed: Vec<&CompetencyId> = self
            .claims()
            .filter_map(|(_, c)| Some(&c.asserts.as_ref()?.competency))
            .collect();
        let skills = brand.what.skills.iter().filter(|id| !claimed.contains(id));
        skills
            .map(|id| Contradiction::SkillNowhere {
                competency: id.clone(),
            })
            .collect()
    }

    fn unseen(&self, today: Date) -> Vec<Contradiction> {
        let old = |on: Date| {
            use jiff::ToSpan;
            on.saturating_add(LOOK_AGAIN_MONTHS.months()) < today
        };
        self.channels
            .iter()
            .filter(|c| c.what.looked_on.is_none_or(old))
            .map(|c| Contradiction::LookAgain {
                channel: c.id,
                looked_on: c.what.looked_on,
            })
            .collect()
    }
}

fn against_standing(at: ClaimAt, asserted: &Asserted, standing: &Standing) -> Option<Contradiction> {
    if asserted.family != standing.family {
        return Some(Contradiction::OtherFramework { at });
    }
    let Some(stands) = standing.competency(&asserted.competency) else {
        return Some(Contradiction::OtherFramework { at });
    };
    let place = |rung: &RungId| stands.rungs.iter().position(|r| r.rung == *rung);
    let Some(claimed) = stands.rung(&asserted.rung) else {
        return Some(Contradiction::OtherFramework { at });
    };
    if !claimed.state.proven() {
        return Some(Contradiction::NotProven {
            at,
            competency: asserted.competency.clone(),
            claimed: asserted.rung.clone(),
            state: claimed.state,
            proven: stands.proven.clone(),
        });
    }
    let proven = stands.proven.as_ref()?;
    (place(proven) > place(&asserted.rung)).then(|| Contradiction::Understated {
        at,
        competency: asserted.competency.clone(),
        claimed: asserted.rung.clone(),
        proven: proven.clone(),
    })
}

/// Two tellings that differ in case and spaces alone are the same.
fn same(value: &str) -> String {
    value
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
