//! Coverage: which of the eight areas and the eight strategies a quarter's plan and record touch, and which
//! they leave empty. Nothing is scored: an area is touched by something that can be named, or by nothing.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Serialize;

use super::{Plan, PlanFact};
use crate::evidence::Happening;
use crate::framework::{ActivityKind, Framework};
use crate::id::{ActivityId, EntryId};
use crate::journal::{Fact, View};
use crate::market::MarketFact;
use crate::mastery::MasteryFact;
use crate::network::NetworkFact;
use crate::rating::Role;

/// The eight areas of growing in a profession.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// What the rest stands on.
    Foundation,
    /// Learning on.
    Learning,
    /// Doing it in the real world.
    Experience,
    /// Mentors and people.
    Network,
    /// What others say, and what one thinks of it.
    Feedback,
    /// Harder than before.
    Challenge,
    /// Being open to what changes.
    Adaptability,
    /// How one shows, and as what.
    Brand,
}

impl Area {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self::Foundation,
        Self::Learning,
        Self::Experience,
        Self::Network,
        Self::Feedback,
        Self::Challenge,
        Self::Adaptability,
        Self::Brand,
    ];
}

/// The eight strategies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// Say what you want, with milestones.
    Goals,
    /// Keep learning.
    Learning,
    /// Take on what stretches.
    ChallengingWork,
    /// Meet people of the field.
    Network,
    /// Let what you can be seen.
    Showcase,
    /// Ask what others see, and for guidance.
    FeedbackAndMentors,
    /// Learn from what goes wrong.
    Mindset,
    /// Watch what changes, and change with it.
    Agility,
}

impl Strategy {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self::Goals,
        Self::Learning,
        Self::ChallengingWork,
        Self::Network,
        Self::Showcase,
        Self::FeedbackAndMentors,
        Self::Mindset,
        Self::Agility,
    ];
}

/// A quarter of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quarter {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: Date) -> Self {
        let first = (day.month() - 1) / 3 * 3 + 1;
        let from = date(day.year(), first, 1);
        let until = from.saturating_add(2.months()).last_of_month();
        Self { from, until }
    }

    /// True when a time from a day to another, either open, touches it.
    pub fn touches(&self, from: Option<Date>, until: Option<Date>) -> bool {
        from.is_none_or(|from| from <= self.until) && until.is_none_or(|until| until >= self.from)
    }

    /// True when a day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// What touches the areas and strategies of a quarter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// Which quarter.
    pub quarter: Quarter,
    /// Every area, with what touches it.
    pub areas: Vec<Touched<Area>>,
    /// Every strategy, with what touches it.
    pub strategies: Vec<Touched<Strategy>>,
}

/// An area or a strategy, with what touches it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Touched<T> {
    /// Which.
    pub what: T,
    /// The entries that touch it; none: it is left empty.
    pub by: Vec<EntryId>,
    /// Where it is left empty, activities of the framework that would touch it.
    pub ideas: Vec<ActivityId>,
}

impl Coverage {
    /// What a quarter's plan and record touch.
    pub fn of(view: &View<'_>, framework: &Framework, quarter: Quarter) -> Self {
        let plan = Plan::of(view);
        let mut areas: Vec<Touched<Area>> = Area::ALL.into_iter().map(empty).collect();
        let mut strategies: Vec<Touched<Strategy>> = Strategy::ALL.into_iter().map(empty).collect();
        for fact in &view.facts {
            let (a, s) = touches(
                fact.fact(),
                fact.root,
                fact.occurred_on(),
                &plan,
                framework,
                quarter,
            );
            for touched in areas.iter_mut().filter(|t| a.contains(&t.what)) {
                touched.by.push(fact.root);
            }
            for touched in strategies.iter_mut().filter(|t| s.contains(&t.what)) {
                touched.by.push(fact.root);
            }
        }
        let ideas = |fits: &dyn Fn(&ActivityKind) -> bool| -> Vec<ActivityId> {
            let fitting = framework.activities.iter().filter(|a| fits(&a.kind));
            fitting.take(IDEAS).map(|a| a.id.clone()).collect()
        };
        for touched in areas.iter_mut().filter(|t| t.by.is_empty()) {
            touched.ideas = ideas(&|kind| of_kind(*kind).0.contains(&touched.what));
        }
        for touched in strategies.iter_mut().filter(|t| t.by.is_empty()) {
            touched.ideas = ideas(&|kind| of_kind(*kind).1.contains(&touched.what));
        }
        Self {
            quarter,
            areas,
            strategies,
        }
    }
}

/// How many activities are named for what is left empty.
const IDEAS: usize = 3;

fn empty<T>(what: T) -> Touched<T> {
    Touched {
        what,
        by: Vec::new(),
        ideas: Vec::new(),
    }
}

/// What a sort of activity touches.
pub fn of_kind(kind: ActivityKind) -> (&'static [Area], &'static [Strategy]) {
    use ActivityKind as K;
    match kind {
        K::Course | K::Workshop | K::Webinar | K::SelfStudy => (&[Area::Learning], &[Strategy::Learning]),
        K::Certification => (&[Area::Foundation, Area::Learning], &[Strategy::Learning]),
        K::Practice | K::Project => (&[Area::Experience], &[]),
        K::Volunteering | K::Collaboration => (&[Area::Experience, Area::Network], &[Strategy::Network]),
        K::StretchAssignment | K::Leading => {
            (&[Area::Experience, Area::Challenge], &[Strategy::ChallengingWork])
        }
        K::Rotation => (
            &[Area::Experience, Area::Adaptability],
            &[Strategy::ChallengingWork, Strategy::Agility],
        ),
        K::Mentoring => (&[Area::Network, Area::Feedback], &[Strategy::FeedbackAndMentors]),
        K::BeingAMentor => (
            &[Area::Network],
            &[Strategy::FeedbackAndMentors, Strategy::Network],
        ),
        K::Community | K::Event => (&[Area::Network], &[Strategy::Network]),
        K::Publishing | K::Speaking => (&[Area::Brand], &[Strategy::Showcase]),
    }
}

/// What an entry touches in a quarter.
fn touches(
    fact: &Fact,
    root: EntryId,
    on: Date,
    plan: &Plan<'_>,
    framework: &Framework,
    quarter: Quarter,
) -> (Vec<Area>, Vec<Strategy>) {
    let of = |areas: &[Area], strategies: &[Strategy]| (areas.to_vec(), strategies.to_vec());
    let here = quarter.holds(on);
    match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Planned(planned) => {
                let ended = plan.planned_ended(root).map(|e| e.on);
                let from = planned.from.unwrap_or(on);
                if !quarter.touches(Some(from), ended.or(planned.until)) {
                    return of(&[], &[]);
                }
                let (areas, strategies) = of_kind(planned.kind);
                let (mut areas, mut strategies) = of(areas, strategies);
                let foundation = planned.shows.iter().any(|shows| {
                    let competency = framework.competency(&shows.competency);
                    competency.is_some_and(|c| c.foundation)
                });
                if foundation {
                    areas.push(Area::Foundation);
                }
                if planned.stretch.is_some() {
                    areas.push(Area::Challenge);
                    strategies.push(Strategy::ChallengingWork);
                }
                (areas, strategies)
            }
            PlanFact::Goal(goal) => {
                let ended = plan.goal_ended(root).map(|e| e.on);
                if quarter.touches(Some(on), ended.or(goal.by)) {
                    of(&[], &[Strategy::Goals])
                } else {
                    of(&[], &[])
                }
            }
            PlanFact::Setback(_) if here => of(&[Area::Challenge], &[Strategy::Mindset]),
            PlanFact::Reflection(_) if here => of(&[Area::Feedback], &[Strategy::Mindset]),
            PlanFact::Opportunity(_) | PlanFact::Move(_) if here => {
                of(&[Area::Adaptability], &[Strategy::Agility])
            }
            _ => of(&[], &[]),
        },
        Fact::Evidence(evidence) if here => match &evidence.what {
            Happening::Communication { .. } => of(&[Area::Brand], &[Strategy::Showcase]),
            Happening::Learning { .. } => of(&[Area::Learning], &[Strategy::Learning]),
            Happening::Credential { .. } => of(&[Area::Foundation, Area::Learning], &[Strategy::Learning]),
            Happening::Teaching { .. } => of(&[Area::Network], &[Strategy::Network]),
            Happening::Incident { .. } => of(&[Area::Experience, Area::Challenge], &[]),
            Happening::Recognition { .. } => of(&[Area::Feedback, Area::Brand], &[]),
            Happening::Attempts { .. }
            | Happening::Accomplishment { .. }
            | Happening::Project { .. }
            | Happening::Ownership { .. } => of(&[Area::Experience], &[]),
        },
        Fact::FeedbackGiven(_) | Fact::FeedbackUsed(_) if here => {
            of(&[Area::Feedback], &[Strategy::FeedbackAndMentors])
        }
        Fact::Rating(rating) if here && rating.role != Role::Oneself => {
            of(&[Area::Feedback], &[Strategy::FeedbackAndMentors])
        }
        Fact::Network(said) if here => match &**said {
            NetworkFact::Guidance(_) | NetworkFact::Mentorship(_) => {
                of(&[Area::Network], &[Strategy::FeedbackAndMentors])
            }
            NetworkFact::Contact(_) | NetworkFact::Touch(_) | NetworkFact::Community(_) => {
                of(&[Area::Network], &[Strategy::Network])
            }
            NetworkFact::Willing(_) => of(&[], &[]),
        },
        Fact::Mastery(said) if here => match &**said {
            MasteryFact::Conversation(_) => of(&[Area::Network], &[Strategy::FeedbackAndMentors]),
            MasteryFact::RealityCheck(_) => of(&[Area::Adaptability], &[Strategy::Agility]),
            _ => of(&[], &[]),
        },
        Fact::Market(said) if here => match &**said {
            MarketFact::Advert(_) | MarketFact::LookedAt(_) | MarketFact::Note(_) => {
                of(&[Area::Adaptability], &[Strategy::Agility])
            }
            _ => of(&[], &[]),
        },
        Fact::Presence(_) if here => of(&[Area::Brand], &[Strategy::Showcase]),
        _ => of(&[], &[]),
    }
}
