//! Am I there? Per competency and per target: yes / not yet, and exactly these items / cannot tell,
//! because. Never from years, fame or the top rung alone.

use jiff::ToSpan;

use super::record::Record;
use super::{
    CompetencyStanding, CredentialStanding, CredentialState, Met, MissingAt, Question, Reason, RungStanding,
    State, TargetStanding, TargetVerdict, Verdict,
};
use crate::evidence::Happening;
use crate::framework::{Expectation, Rung, Weight};
use crate::target::{Target, ThingStanding};

/// The answer for one competency.
pub(super) fn competency(
    expected: Option<&Expectation>,
    ladder: &[&Rung],
    rungs: &[RungStanding],
    own_view_only: bool,
) -> Verdict {
    let Some(expected) = expected.filter(|e| e.weight != Weight::NotApplicable) else {
        return Verdict::NotAsked;
    };
    let Some(top) = rungs.iter().position(|r| r.rung == expected.rung) else {
        return Verdict::NotAsked;
    };
    let asked = &rungs[..=top];
    let open: Vec<usize> = (0..=top).filter(|&i| !asked[i].state.proven()).collect();
    if open.is_empty() {
        return Verdict::Yes;
    }
    // A rung that another open one will make obvious is not a thing of its own to do.
    let comes_along = |i: usize| {
        !matches!(asked[i].state, State::Disputed | State::RefresherDue)
            && open
                .iter()
                .any(|&higher| ladder[higher].makes_obvious.contains(&ladder[i].id))
    };
    let mut missing: Vec<MissingAt> = open
        .iter()
        .filter(|&&i| !comes_along(i))
        .flat_map(|&i| {
            asked[i].missing.iter().map(move |what| MissingAt {
                rung: asked[i].rung.clone(),
                what: what.clone(),
            })
        })
        .collect();
    // One use refreshes every rung that is stale.
    let mut used = false;
    missing.retain(|m| m.what != super::Missing::Use || !std::mem::replace(&mut used, true));
    let disputed: Vec<Reason> = asked
        .iter()
        .filter(|r| r.state == State::Disputed)
        .flat_map(|r| r.reasons.iter().cloned())
        .collect();
    if !disputed.is_empty() {
        return Verdict::CannotTell {
            because: disputed,
            missing,
        };
    }
    if rungs.iter().all(|r| r.state == State::NoRecord) {
        return Verdict::CannotTell {
            because: vec![Reason::NothingKnown],
            missing,
        };
    }
    if own_view_only {
        return Verdict::CannotTell {
            because: vec![Reason::OwnView],
            missing,
        };
    }
    Verdict::NotYet { missing }
}

/// The answer for the target as a whole.
pub(super) fn target(
    target: &Target,
    competencies: &[CompetencyStanding],
    credentials: &[CredentialStanding],
    question: &Question<'_>,
) -> TargetStanding {
    let lacking = if target.credentials {
        lacking(credentials, question)
    } else {
        Vec::new()
    };
    let mut target = TargetStanding {
        of: target.of.clone(),
        name: target.name.clone(),
        things: target.things.clone(),
        verdict: TargetVerdict::Yes,
        required: Met::default(),
        weighted: Met::default(),
        confirmed: 0,
        one_away: Vec::new(),
        credentials: lacking,
    };
    let there = target.credentials.is_empty() && target.things.iter().all(ThingStanding::met);
    let (mut missing, mut unknown) = (!there, false);
    for competency in competencies {
        let Some(expected) = &competency.expected else {
            continue;
        };
        match (expected.weight, &competency.verdict) {
            (_, Verdict::NotAsked) | (Weight::NotApplicable, _) => {}
            (Weight::Weighted(weight), verdict) => {
                target.weighted.of += u32::from(weight);
                if *verdict == Verdict::Yes {
                    target.weighted.met += u32::from(weight);
                }
            }
            (Weight::Required, verdict) => {
                target.required.of += 1;
                match verdict {
                    Verdict::Yes => {
                        target.required.met += 1;
                        target.confirmed += u32::from(confirmed(competency, expected));
                    }
                    Verdict::NotYet { missing: items } | Verdict::CannotTell { missing: items, .. } => {
                        missing |= matches!(verdict, Verdict::NotYet { .. });
                        unknown |= matches!(verdict, Verdict::CannotTell { .. });
                        if let [only] = items.as_slice()
                            && only.what.one_example()
                            // Where nothing is known, one example is a beginning and no answer.
                            && !competency.blank()
                            && !competency.own_view_only
                        {
                            target.one_away.push(competency.competency.clone());
                        }
                    }
                    Verdict::NotAsked => {}
                }
            }
        }
    }
    if missing {
        target.verdict = TargetVerdict::NotYet;
    } else if unknown {
        target.verdict = TargetVerdict::CannotTell;
    }
    target
}

/// Every rung up to the one expected is confirmed by others.
fn confirmed(competency: &CompetencyStanding, expected: &Expectation) -> bool {
    let top = competency
        .rungs
        .iter()
        .position(|r| r.rung == expected.rung)
        .unwrap_or(0);
    competency.rungs[..=top]
        .iter()
        .all(|r| r.grade.is_some_and(super::Grade::confirmed))
}

fn lacking(credentials: &[CredentialStanding], question: &Question<'_>) -> Vec<crate::id::CredentialId> {
    credentials
        .iter()
        .filter(|c| matches!(c.state, CredentialState::Missing | CredentialState::Lapsed))
        .filter(|c| {
            question
                .framework
                .credentials
                .iter()
                .any(|r| r.id == c.credential && r.required)
        })
        .map(|c| c.credential.clone())
        .collect()
}

/// Where each credential of the framework stands: the claim that lasts longest counts.
pub(super) fn credentials(record: &Record<'_>, question: &Question<'_>) -> Vec<CredentialStanding> {
    question
        .framework
        .credentials
        .iter()
        .map(|wanted| {
            let best = record
                .credentials
                .iter()
                .filter(|(id, shown)| **id == wanted.id && shown.supports)
                .filter_map(|(_, shown)| match &shown.evidence.what {
                    Happening::Credential { expires, .. } => Some((shown.id, *expires)),
                    _ => None,
                })
                .max_by_key(|(_, expires)| expires.unwrap_or(jiff::civil::Date::MAX));
            let Some((evidence, expires)) = best else {
                return CredentialStanding {
                    credential: wanted.id.clone(),
                    state: CredentialState::Missing,
                    evidence: None,
                    expires: None,
                };
            };
            let soon = question
                .at
                .saturating_add(question.policy.expiry_warning_days.days());
            let state = match expires {
                Some(on) if on < question.at => CredentialState::Lapsed,
                Some(on) if on <= soon => CredentialState::Expiring,
                _ => CredentialState::Held,
            };
            CredentialStanding {
                credential: wanted.id.clone(),
                state,
                evidence: Some(evidence),
                expires,
            }
        })
        .collect()
}
