//! What mastery is, as it stands: the definition, the answers and how they changed, the chains from exemplars
//! to competencies seen from both ends, and what masters said of the list.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Accomplished, AnswerComment, AnswersShown, Behaviour, CommentsRead, Conversation, CriteriaAnswer,
    CriteriaQuestion, Definition, Exemplar, Found, IdentitySaid, MasteryFact, NextAction, Nominated,
    NominationAsked, Outreach, OutreachState, QuestionPut, RealityCheck, SeriesAnswer,
};
use crate::framework::Framework;
use crate::id::{CompetencyId, EntryId, FamilyId, QuestionId};
use crate::journal::{Fact, Noted, View};
use crate::name::{plain_name, same_name};
use crate::plan::Plan;
use crate::standing::Standing;

/// What is said of the mastery of one profession.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mastery<'a> {
    /// One's own definitions; the last one counts.
    pub definitions: Vec<Noted<'a, Definition>>,
    /// Answers to the six questions, by day.
    pub criteria: Vec<Noted<'a, CriteriaAnswer>>,
    /// Exemplars.
    pub exemplars: Vec<Noted<'a, Exemplar>>,
    /// Colleagues asked.
    pub asked: Vec<Noted<'a, NominationAsked>>,
    /// Names given.
    pub nominated: Vec<Noted<'a, Nominated>>,
    /// What masters said of the list.
    pub checks: Vec<Noted<'a, RealityCheck>>,
    /// Masters to ask: of every profession.
    pub outreaches: Vec<Noted<'a, Outreach>>,
    /// Conversations with them, by day.
    pub conversations: Vec<Noted<'a, Conversation>>,
    /// Which layer one sees oneself on, by day: of every profession.
    pub identity: Vec<Noted<'a, IdentitySaid>>,
    /// Answers of the series, by day: of every profession.
    pub answers: Vec<Noted<'a, SeriesAnswer>>,
    /// Comments on them.
    pub comments: Vec<Noted<'a, AnswerComment>>,
    /// To whom answers were shown, in the order of the journal.
    pub shown: Vec<Noted<'a, AnswersShown>>,
    /// Questions that others put, by day.
    pub put: Vec<Noted<'a, QuestionPut>>,
    /// What others said and was read.
    pub read: Vec<Noted<'a, CommentsRead>>,
}

impl<'a> Mastery<'a> {
    /// What stands of it for a profession.
    pub fn of(view: &View<'a>, family: &FamilyId) -> Self {
        macro_rules! noted {
            ($sort:ident) => {
                noted!($sort, |_| true)
            };
            ($sort:ident, $keep:expr) => {
                view.noted(|fact: &'a Fact| match fact {
                    Fact::Mastery(said) => match &**said {
                        MasteryFact::$sort(what) => Some(what).filter($keep),
                        _ => None,
                    },
                    _ => None,
                })
            };
        }
        let mut mastery = Self {
            definitions: noted!(Definition, |d| d.family == *family),
            criteria: noted!(Criteria, |c| c.family == *family),
            exemplars: noted!(Exemplar, |e| e.family == *family),
            asked: noted!(NominationAsked, |n| n.family == *family),
            nominated: noted!(Nominated, |n| n.family == *family),
            checks: noted!(RealityCheck, |c| c.family == *family),
            outreaches: noted!(Outreach),
            conversations: noted!(Conversation),
            identity: noted!(Identity),
            answers: noted!(Answer),
            comments: noted!(Comment),
            shown: noted!(Shown),
            put: noted!(Put),
            read: noted!(Read),
        };
        mastery.criteria.sort_by_key(|c| (c.on, c.recorded_at));
        mastery.conversations.sort_by_key(|c| (c.on, c.recorded_at));
        mastery.identity.sort_by_key(|i| (i.on, i.recorded_at));
        mastery.answers.sort_by_key(|a| (a.on, a.recorded_at));
        mastery.put.sort_by_key(|p| (p.on, p.recorded_at));
        mastery
    }

    /// One's own definition.
    pub fn definition(&self) -> Option<Noted<'a, Definition>> {
        self.definitions.last().copied()
    }

    /// Every answer to one of the six questions, earliest first; the last one counts.
    pub fn criteria_of(
        &self,
        question: CriteriaQuestion,
    ) -> impl Iterator<Item = &Noted<'a, CriteriaAnswer>> {
        self.criteria.iter().filter(move |c| c.what.question == question)
    }

    /// Every answer to a question of the series, earliest first.
    pub fn answers_of<'s>(
        &'s self,
        question: &'s QuestionId,
    ) -> impl Iterator<Item = &'s Noted<'a, SeriesAnswer>> {
        self.answers.iter().filter(move |a| a.what.question == *question)
    }

    /// Comments on an answer, in the order they were made.
    pub fn comments_on(&self, answer: EntryId) -> impl Iterator<Item = &Noted<'a, AnswerComment>> {
        self.comments.iter().filter(move |c| c.what.answer == answer)
    }

    /// Conversations of an outreach, earliest first.
    pub fn conversations_of(&self, outreach: EntryId) -> impl Iterator<Item = &Noted<'a, Conversation>> {
        self.conversations
            .iter()
            .filter(move |c| c.what.outreach == outreach)
    }

    /// What comes next with a master: what the conversation noted last says, unless something was said of the
    /// outreach itself since. Of one that is over, nothing.
    pub fn next_of(&self, outreach: &Noted<'a, Outreach>) -> Option<&'a NextAction> {
        if matches!(
            outreach.what.state,
            OutreachState::Declined | OutreachState::Closed
        ) {
            return None;
        }
        let talked = self.conversations_of(outreach.id).max_by_key(|c| c.recorded_at);
        match talked {
            Some(talked) if talked.recorded_at >= outreach.recorded_at => talked.what.next.as_ref(),
            _ => outreach.what.next.as_ref(),
        }
    }

    /// Who was named, by whom; names in the order of the alphabet, because nobody is ranked.
    pub fn names(&self) -> Vec<Named<'a>> {
        let mut names: BTreeMap<String, Named<'a>> = BTreeMap::new();
        for nominated in &self.nominated {
            let key = plain_name(&nominated.what.name);
            let somebody = names.entry(key).or_insert_with(|| Named {
                name: nominated.what.name.trim(),
                by: Vec::new(),
            });
            somebody.by.push(*nominated);
        }
        names.into_values().collect()
    }

    /// What somebody who was asked for a name said: in answer to it, or told to the person from that day on.
    pub fn named_for(&self, asked: &Noted<'a, NominationAsked>) -> Option<Noted<'a, Nominated>> {
        let told = |n: &&Noted<'a, Nominated>| {
            n.what.asked.is_none() && n.on >= asked.on && same_name(&n.what.by, &asked.what.to)
        };
        let answers = self.nominated.iter().filter(|n| n.what.asked == Some(asked.id));
        answers.chain(self.nominated.iter().filter(told)).next().copied()
    }

    /// Every chain from something an exemplar accomplished to a competency, and where it ends.
    pub fn chains(&self, standing: &Standing, plan: &Plan<'a>) -> Vec<Chain<'a>> {
        let mut chains = Vec::new();
        for exemplar in &self.exemplars {
            for accomplished in &exemplar.what.accomplished {
                for behaviour in &accomplished.behaviours {
                    chains.push(Chain {
                        exemplar: *exemplar,
                        accomplished,
                        behaviour,
                        end: end(behaviour, standing, plan),
                    });
                }
            }
        }
        chains
    }

    /// What masters said of every competency of the framework, and what they found missing.
    pub fn reality(&self, framework: &Framework) -> Reality<'a> {
        let of = |id: &CompetencyId, found: &dyn Fn(&Found) -> bool| -> Vec<Noted<'a, RealityCheck>> {
            let said = |check: &&Noted<'a, RealityCheck>| {
                check.what.findings.iter().any(|f| match &f.found {
                    Found::Confirmed(c) | Found::Struck(c) => c == id && found(&f.found),
                    Found::Added(_) => false,
                })
            };
            self.checks.iter().filter(said).copied().collect()
        };
        let competencies = framework
            .competencies
            .iter()
            .map(|c| Checked {
                competency: c.id.clone(),
                confirmed: of(&c.id, &|f| matches!(f, Found::Confirmed(_))),
                struck: of(&c.id, &|f| matches!(f, Found::Struck(_))),
            })
            .collect();
        let added = self.checks.iter().flat_map(|check| {
            check.what.findings.iter().filter_map(|f| match &f.found {
                Found::Added(what) => Some((*check, what.as_str())),
                Found::Confirmed(_) | Found::Struck(_) => None,
            })
        });
        let mut masters: Vec<String> = self
            .checks
            .iter()
            .map(|c| c.what.by.trim().to_lowercase())
            .collect();
        masters.sort_unstable();
        masters.dedup();
        Reality {
            masters: masters.len(),
            competencies,
            added: added.collect(),
        }
    }
}

/// Somebody who was named as a master.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<'a> {
    /// Their name, as it was given first.
    pub name: &'a str,
    /// Every naming.
    pub by: Vec<Noted<'a, Nominated>>,
}

/// From something an exemplar accomplished, through what they were seen to do, to a competency.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain<'a> {
    /// Whose.
    pub exemplar: Noted<'a, Exemplar>,
    /// What they accomplished.
    pub accomplished: &'a Accomplished,
    /// What they were seen to do.
    pub behaviour: &'a Behaviour,
    /// Where it ends.
    pub end: ChainEnd,
}

/// Where a chain ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainEnd {
    /// No competency was named yet.
    NotDistilled,
    /// The framework has no such competency.
    NotInFramework,
    /// I have this: it is proven, up to the step it was seen at.
    Have,
    /// It is in the plan.
    InPlan(Vec<EntryId>),
    /// Not yet.
    NotYet,
}

fn end(behaviour: &Behaviour, standing: &Standing, plan: &Plan<'_>) -> ChainEnd {
    let Some(competency) = &behaviour.competency else {
        return ChainEnd::NotDistilled;
    };
    let Some(stands) = standing.competency(competency) else {
        return ChainEnd::NotInFramework;
    };
    let there = match &behaviour.rung {
        Some(rung) => stands.rung(rung).is_some_and(|r| r.state.proven()),
        None => stands.proven.is_some(),
    };
    if there {
        return ChainEnd::Have;
    }
    let planned: Vec<EntryId> = plan.towards(competency).map(|p| p.id).collect();
    if planned.is_empty() {
        ChainEnd::NotYet
    } else {
        ChainEnd::InPlan(planned)
    }
}

/// What masters said of a list of competencies.
#[derive(Debug, Clone, PartialEq)]
pub struct Reality<'a> {
    /// How many different masters looked at it. Three or four are enough to rely on it.
    pub masters: usize,
    /// Every competency, in the framework's order.
    pub competencies: Vec<Checked<'a>>,
    /// What they found missing.
    pub added: Vec<(Noted<'a, RealityCheck>, &'a str)>,
}

/// What masters said of one competency.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked<'a> {
    /// Which.
    pub competency: CompetencyId,
    /// Who says it belongs there.
    pub confirmed: Vec<Noted<'a, RealityCheck>>,
    /// Who says it does not.
    pub struck: Vec<Noted<'a, RealityCheck>>,
}

/// How many masters a list should be shown to before one relies on it.
pub const MASTERS_WANTED: usize = 3;
