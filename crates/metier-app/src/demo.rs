//! An example career: two years of a content marketer, with every state on the map. Made up, and marked
//! as an example wherever it is shown.

mod case;
mod everyday;
mod first_year;
mod looking;
mod market;
mod mastering;
mod network;
mod planning;
mod presence;
mod recent;
mod second_year;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use metier_core::evidence::{Claim, ClaimAbout, Confirmation, Confirmed, Evidence, Happening, Stance, Step};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Fact};
use metier_core::person::ProfessionStatus;
use metier_core::rating::{Rating, Role};

use crate::error::AppError;
use crate::evidence::evidence;
use crate::frameworks::find_framework;
use crate::home::Metier;
use crate::person::AimChoice;
use crate::record::Writing;

/// What marks an example's name.
const EXAMPLE: &str = "(example)";

impl Metier {
    /// The name an example journal is started with.
    pub fn example_name() -> String {
        format!("Ada Lind {EXAMPLE}")
    }

    /// True when this journal is the example.
    pub fn is_example(&self) -> bool {
        self.journal.name.ends_with(EXAMPLE)
    }

    /// Fills an empty example journal.
    ///
    /// # Errors
    /// When this journal is not an example, or nothing can be recorded. One that is filled stays as it is.
    pub async fn fill_example(&self) -> Result<(), AppError> {
        if !self.is_example() {
            return Err(
                AppError::input(format!("{} holds somebody's journal", self.home.display()))
                    .hint("The example needs a home of its own: `metier demo --home DIR`."),
            );
        }
        if self.life().await?.current().is_some() {
            return Ok(());
        }
        let framework = find_framework(None, "content-marketing")?;
        let mut career = Career::new(self, framework)?;
        career.first_year()?;
        career.everyday()?;
        career.second_year()?;
        // What was told is recorded first, so that the agreement names where the journal stood.
        self.record_dated(std::mem::take(&mut career.told)).await?;
        career.agreed(self.checkpoint().await?)?;
        career.recent()?;
        career.seen_differently()?;
        career.planning()?;
        career.mastering()?;
        career.network()?;
        career.presence()?;
        career.market()?;
        career.told.sort_by_key(|(at, _)| *at);
        self.record_dated(career.told).await
    }
}

/// The career as it is told, oldest first.
struct Career<'a> {
    metier: &'a Metier,
    framework: Framework,
    told: Vec<(Timestamp, Writing)>,
    today: Date,
    /// When the last of it was recorded.
    last: Option<Timestamp>,
    /// What was shown, by its title.
    titles: Vec<(String, EntryId)>,
}

impl<'a> Career<'a> {
    fn new(metier: &'a Metier, framework: Framework) -> Result<Self, AppError> {
        let today = metier.surroundings.today();
        let mut career = Self {
            metier,
            framework,
            told: Vec::new(),
            today,
            last: None,
            titles: Vec::new(),
        };
        let by = today.saturating_add(7.months());
        let choice = AimChoice {
            level: Some("senior".parse().map_err(slug)?),
            own: None,
            by: Some(by),
        };
        let facts = crate::person::beginning(&career.framework, ProfessionStatus::Held, choice)?;
        career.tell(730, Fact::FrameworkPublished(Box::new(career.framework.clone())));
        for fact in facts {
            career.tell(730, fact);
        }
        Ok(career)
    }

    /// Tells a fact of so many days ago, as recorded on the evening of that day.
    fn tell(&mut self, days_ago: i32, fact: Fact) -> EntryId {
        let on = self.today.saturating_sub(days_ago.days());
        let writing = self.metier.writing_on(on, fact);
        self.tell_writing(days_ago, writing)
    }

    /// The same, between what else was told at the time, whatever was told last.
    fn tell_between(&mut self, days_ago: i32, fact: Fact) -> EntryId {
        let last = self.last;
        let until = self.evening(days_ago) + SignedDuration::from_mins(10);
        let earlier = self.told.iter().map(|(at, _)| *at).filter(|at| *at <= until);
        self.last = earlier.max();
        let id = self.tell(days_ago, fact);
        self.last = last.max(self.last);
        id
    }

    /// The same, for somebody else's eyes too.
    fn tell_to(&mut self, who: &str, days_ago: i32, fact: Fact) -> EntryId {
        let on = self.today.saturating_sub(days_ago.days());
        let mut writing = self.metier.shown_to(fact, who);
        writing.draft.occurred_on = on;
        self.tell_writing(days_ago, writing)
    }

    /// Another wording of something told between the rest, of so many days ago.
    fn reword(&mut self, days_ago: i32, of: EntryId, fact: Fact) {
        self.tell_between(days_ago, fact);
        if let Some((_, writing)) = self.told.last_mut() {
            writing.draft.corrects = Some(of);
        }
    }

    fn evening(&self, days_ago: i32) -> Timestamp {
        self.metier.surroundings.now() - SignedDuration::from_hours(24 * i64::from(days_ago))
    }

    fn tell_writing(&mut self, days_ago: i32, writing: Writing) -> EntryId {
        let now = self.metier.surroundings.now();
        let evening = self.evening(days_ago);
        // Later tellings of the same day come later.
        let at = self
            .last
            .map_or(evening, |last| evening.max(last + SignedDuration::from_secs(1)))
            .min(now);
        self.last = Some(at);
        let id = writing.id;
        self.told.push((at, writing));
        id
    }

    fn step(&self, competency: &str, rung: &str) -> Result<Step, AppError> {
        Ok(Step {
            family: self.framework.family.clone(),
            competency: competency.parse().map_err(slug)?,
            rung: rung.parse().map_err(slug)?,
        })
    }

    fn show(
        &mut self,
        days_ago: i32,
        evidence: Evidence,
        steps: &[(&str, &str)],
    ) -> Result<EntryId, AppError> {
        let title = evidence.title.clone();
        let id = self.tell(days_ago, Fact::Evidence(Box::new(evidence)));
        self.titles.push((title, id));
        for (competency, rung) in steps {
            let about = ClaimAbout::Step(self.step(competency, rung)?);
            self.tell(
                days_ago,
                Fact::Claim(Claim {
                    evidence: id,
                    about,
                    stance: Stance::Supports,
                }),
            );
        }
        Ok(id)
    }

    fn attempts(
        &mut self,
        competency: &str,
        title: &str,
        sessions: &[(i32, u32, u32)],
    ) -> Result<(), AppError> {
        for &(days_ago, attempts, clean) in sessions {
            let what = Happening::Attempts {
                attempts,
                clean,
                aided: 0,
                guide: String::new(),
                minutes: None,
            };
            self.show(days_ago, evidence(title, what), &[(competency, "reliable")])?;
        }
        Ok(())
    }

    fn confirm_step(
        &mut self,
        days_ago: i32,
        at: (&str, &str),
        by: &str,
        role: Role,
    ) -> Result<(), AppError> {
        let of = Confirmed::Step(self.step(at.0, at.1)?);
        self.confirm(days_ago, of, by, role);
        Ok(())
    }

    fn confirm(&mut self, days_ago: i32, of: Confirmed, by: &str, role: Role) {
        let confirmation = Confirmation {
            of,
            by: by.into(),
            role,
            words: String::new(),
            arrival: Arrival::Relayed,
            answer: None,
        };
        self.tell(days_ago, Fact::Confirmation(confirmation));
    }

    fn rate(
        &mut self,
        days_ago: i32,
        at: (&str, &str),
        who: (Role, &str),
        reason: &str,
    ) -> Result<(), AppError> {
        let step = self.step(at.0, at.1)?;
        let rater = if who.0 == Role::Oneself {
            self.metier.name()
        } else {
            who.1
        };
        let rating = Rating {
            version: self.framework.digest()?,
            family: step.family,
            competency: step.competency,
            rung: Some(step.rung),
            role: who.0,
            rater: rater.into(),
            reason: reason.into(),
            evidence: Vec::new(),
            arrival: Arrival::Relayed,
            answer: None,
        };
        self.tell(days_ago, Fact::Rating(rating));
        Ok(())
    }

    /// What the first run asked, and the work of every week.
    fn everyday(&mut self) -> Result<(), AppError> {
        for (competency, rung) in everyday::OWN_VIEW {
            self.rate(424, (competency, rung), (Role::Oneself, ""), "")?;
        }
        for (competency, by, role) in everyday::SEEN_WITH_THE_GUIDE {
            self.confirm_step(423, (competency, "follows"), by, role)?;
        }
        for run in everyday::RUNS {
            let sessions: Vec<(i32, u32, u32)> = (0..run.sessions)
                .map(|i| {
                    let missed = u32::from(run.missed_in == Some(i));
                    (run.since - i * run.every, run.each, run.each - missed)
                })
                .collect();
            self.attempts(run.competency, run.title, &sessions)?;
        }
        Ok(())
    }
}

fn project(met: bool, people_led: u32, goal: &str) -> Happening {
    Happening::Project {
        tasks: String::new(),
        deadline: None,
        goal: goal.into(),
        met: Some(met),
        people_led,
    }
}

/// For `map_err`, which hands the error over.
#[allow(clippy::needless_pass_by_value)]
fn slug(error: metier_core::id::SlugError) -> AppError {
    AppError::input(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use metier_core::standing::{Grade, State};

    use super::*;
    use crate::AsOf;
    use crate::surroundings::fixed as surroundings;

    #[tokio::test]
    async fn the_example_shows_every_state() {
        let home = tempfile::tempdir().unwrap();
        let name = Metier::example_name();
        let metier = Metier::open_or_start(home.path(), surroundings(), &name)
            .await
            .unwrap();
        metier.fill_example().await.unwrap();
        let sight = metier.sight(AsOf::default()).await.unwrap();
        let rungs = || sight.standing.competencies.iter().flat_map(|c| &c.rungs);
        let states: HashSet<State> = rungs().map(|r| r.state).collect();
        assert_eq!(states.len(), 6, "{states:?}");
        let grades: HashSet<Grade> = rungs()
            .filter(|r| r.state == State::Proven)
            .filter_map(|r| r.grade)
            .collect();
        assert_eq!(grades.len(), 2);
        assert!(sight.next().is_some());
        assert_eq!(sight.agreements_in_force().len(), 1);
        let agreement = sight.agreements_in_force().remove(0);
        let entries = metier.store.sealed(metier.journal.id).await.unwrap();
        let then = agreement
            .terms
            .checkpoint
            .trace(metier.journal.id, &entries)
            .unwrap();
        assert!(then.then > 100 && then.since > 10, "{then:?}");
        let differ = sight.disagreements();
        assert!(differ.len() == 1 && differ[0].open && !differ[0].what.convincing.is_empty());
        assert_eq!(metier.decisions().await.unwrap().len(), 1);
        let verified = metier.verify().await.unwrap();
        assert_eq!(verified.troubles, Vec::<String>::new());
    }
}
