//! The example looks back and ahead: a rhythm, what was learnt, a setback, chances, a move set aside.

use jiff::ToSpan;
use metier_core::framework::Shows;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::plan::{
    CareerMove, Drive, MoveConsidered, MoveState, Opportunity, OpportunityEnded, OpportunityEnding,
    OpportunityOrigin, PlanFact, Reflection, Rhythm, Setback,
};

use super::{Career, slug};
use crate::error::AppError;

/// Days ago, what was done, learnt, next, and the drive.
const REFLECTIONS: [(i32, &str, &str, &str, Drive); 5] = [
    (
        70,
        "Two articles out, and the spring plan begun with sales.",
        "A plan written alone is rewritten twice.",
        "Bring product in before the first draft.",
        Drive::High,
    ),
    (
        56,
        "Half the fortnight went into one brief.",
        "I brief too much when I am unsure of the reader.",
        "One page at most, and call the freelancer instead.",
        Drive::Steady,
    ),
    (
        42,
        "Published four pieces, none of which I am proud of.",
        "Pace without a question makes filler.",
        "Ask what it is for before saying yes.",
        Drive::Low,
    ),
    (
        28,
        "Said no to one piece; the one I kept got an hour more.",
        "The hour went into the interview, and it shows.",
        "Keep the editing hour on Thursdays.",
        Drive::Steady,
    ),
    (
        13,
        "Bo published alone for the first time.",
        "Teaching slowed me down for two weeks and then did not.",
        "Let Bo take the next one without me.",
        Drive::High,
    ),
];

impl Career<'_> {
    /// Tells how the example looks back and ahead; `goal` is what it is for.
    pub(super) fn looking(&mut self, goal: EntryId) -> Result<(), AppError> {
        let rhythm = Rhythm {
            from: self.today.saturating_sub(84.days()),
            reflect_weeks: Some(2),
            review_months: Some(6),
            market_months: None,
        };
        self.tell_between(84, PlanFact::Rhythm(rhythm).fact());
        let brief: CompetencyId = "brief-and-coach-freelancers".parse().map_err(slug)?;
        for (days_ago, words, learnt, next, drive) in REFLECTIONS {
            let said = Reflection {
                words: words.into(),
                learnt: learnt.into(),
                next: next.into(),
                drive: Some(drive),
                competencies: if days_ago == 56 {
                    vec![brief.clone()]
                } else {
                    Vec::new()
                },
                goal: (days_ago == 70).then_some(goal),
            };
            self.tell_between(days_ago, PlanFact::Reflection(said).fact());
            if days_ago == 42 {
                self.tell_between(40, PlanFact::Setback(setback()?).fact());
                self.refused()?;
            }
        }
        self.offered()?;
        let practices = ["plan", "lead", "measure"].map(|p| p.parse().map_err(slug));
        let up = MoveConsidered {
            kind: CareerMove::Up,
            what: "Lead the content team when Edith moves on".into(),
            family: self.framework.family.clone(),
            practices: practices.into_iter().collect::<Result<_, _>>()?,
            shows: vec![step("brief-and-coach-freelancers", "leads")?],
            note: "More people and more say; hardly any writing of my own.".into(),
            state: MoveState::SetAside,
            because: "I want two more years of writing first.".into(),
        };
        self.tell_between(7, PlanFact::Move(up).fact());
        let practices = ["audience", "plan", "write", "edit", "formats"].map(|p| p.parse().map_err(slug));
        let grow = MoveConsidered {
            kind: CareerMove::GrowInPlace,
            what: "Take over the videos of the spring launch".into(),
            family: self.framework.family.clone(),
            practices: practices.into_iter().collect::<Result<_, _>>()?,
            shows: Vec::new(),
            note: "Nobody else wants them, and readers watch more than they read.".into(),
            state: MoveState::Open,
            because: String::new(),
        };
        self.tell_between(6, PlanFact::Move(grow).fact());
        Ok(())
    }

    fn chance(&self, what: &str, with: &str, shows: (&str, &str)) -> Result<Opportunity, AppError> {
        Ok(Opportunity {
            what: what.into(),
            with: with.into(),
            origin: OpportunityOrigin::Offered,
            family: Some(self.framework.family.clone()),
            shows: vec![step(shows.0, shows.1)?],
            by: None,
            because: String::new(),
        })
    }

    fn refused(&mut self) -> Result<(), AppError> {
        let chance = self.chance(
            "Present the year\u{2019}s results to the management team",
            "Edith",
            ("report-results-and-impact", "communicates"),
        )?;
        let opportunity = self.tell_between(36, PlanFact::Opportunity(chance).fact());
        let refused = OpportunityEnded {
            opportunity,
            how: OpportunityEnding::Refused,
            reason: "Three days\u{2019} notice, in the week of the launch.".into(),
            planned: None,
        };
        self.tell_between(35, PlanFact::OpportunityEnded(refused).fact());
        Ok(())
    }

    fn offered(&mut self) -> Result<(), AppError> {
        let mut chance = self.chance(
            "Speak about the editing hour at the regional meeting",
            "Jonas",
            ("publish-an-article", "communicates"),
        )?;
        chance.by = Some(self.today.saturating_add(18.days()));
        self.tell_between(8, PlanFact::Opportunity(chance).fact());
        Ok(())
    }
}

fn step(competency: &str, rung: &str) -> Result<Shows, AppError> {
    Ok(Shows {
        competency: competency.parse().map_err(slug)?,
        rung: rung.parse().map_err(slug)?,
    })
}

fn setback() -> Result<Setback, AppError> {
    Ok(Setback {
        what: "The autumn newsletter went out with last year\u{2019}s prices.".into(),
        lesson: "I checked it alone, late, and by reading what I expected to read.".into(),
        otherwise: "Somebody who did not write it reads every number aloud.".into(),
        planned: None,
        goal: None,
        competencies: vec!["publish-an-article".parse().map_err(slug)?],
    })
}
