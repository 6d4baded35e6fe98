//! An example career: two years of a content marketer, with every state on the map. Made up, and marked
//! as an example wherever it is shown.

mod everyday;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use metier_core::evidence::{
    Artefact, Claim, ClaimAbout, Confirmation, Confirmed, Evidence, Happening, Learner, Rasci, Stance, Step,
};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Fact, Review};
use metier_core::person::{Leave, Position, ProfessionStatus};
use metier_core::rating::{Rating, Role};

use crate::error::AppError;
use crate::evidence::{evidence, happening_of};
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
        career.recent()?;
        self.record_dated(career.told).await
    }
}

/// The career as it is told, oldest first.
struct Career<'a> {
    metier: &'a Metier,
    framework: Framework,
    told: Vec<(Timestamp, Writing)>,
    today: Date,
}

impl<'a> Career<'a> {
    fn new(metier: &'a Metier, framework: Framework) -> Result<Self, AppError> {
        let today = metier.surroundings.today();
        let mut career = Self {
            metier,
            framework,
            told: Vec::new(),
            today,
        };
        let by = today.saturating_add(7.months());
        let choice = AimChoice {
            level: Some("senior".parse().map_err(slug)?),
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
        let evening = self.metier.surroundings.now() - SignedDuration::from_hours(24 * i64::from(days_ago));
        // Later tellings of the same day come later.
        let at = self.told.last().map_or(evening, |(last, _)| {
            evening.max(*last + SignedDuration::from_secs(1))
        });
        let writing = self.metier.writing_on(on, fact);
        let id = writing.id;
        self.told.push((at.min(self.metier.surroundings.now()), writing));
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
        let id = self.tell(days_ago, Fact::Evidence(Box::new(evidence)));
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
        };
        self.tell(days_ago, Fact::Rating(rating));
        Ok(())
    }

    /// A new position, the first attempts, the first project.
    fn first_year(&mut self) -> Result<(), AppError> {
        let from = self.today.saturating_sub(725.days());
        let practices = ["write", "edit", "plan", "distribute", "measure"]
            .iter()
            .map(|p| p.parse().map_err(slug))
            .collect::<Result<_, _>>()?;
        self.tell(
            725,
            Fact::Position(Position {
                title: "Content marketer".into(),
                organisation: "Example Garden Tools".into(),
                industry: "Retail".into(),
                family: self.framework.family.clone(),
                practices,
                from,
                until: None,
            }),
        );
        for competency in [
            "publish-an-article",
            "interview-an-expert",
            "edit-others-drafts",
            "run-an-email-programme",
        ] {
            self.confirm_step(700, (competency, "follows"), "Edith", Role::Manager)?;
        }
        let weekly: Vec<(i32, u32, u32)> = (0..14).map(|week| (690 - week * 7, 3, 3)).collect();
        self.attempts("edit-others-drafts", "Edited a colleague's draft", &weekly)?;
        let weekly: Vec<(i32, u32, u32)> = (0..13).map(|week| (640 - week * 9, 3, 3)).collect();
        self.attempts("run-an-email-programme", "Sent the customer letter", &weekly)?;
        let with_link = |mut e: Evidence, url: &str| {
            e.artefacts.push(Artefact::Link {
                url: url.into(),
                checked_on: None,
            });
            e
        };
        for (days, title) in [
            (560, "Garden survey of 40 customers"),
            (530, "Interviews with eight balcony gardeners"),
            (500, "Returns read for what people expected"),
        ] {
            let happened = evidence(
                title,
                happening_of(metier_core::framework::EvidenceKind::Accomplishment),
            );
            self.show(
                days,
                with_link(happened, "https://example.org/research"),
                &[("research-an-audience", "reliable")],
            )?;
        }
        let spring = Evidence {
            hours: Some(60.0),
            ..evidence(
                "Spring launch series",
                project(true, 0, "Eight articles out before the season opens"),
            )
        };
        let spring = self.show(
            470,
            spring,
            &[
                ("publish-an-article", "delivers"),
                ("run-an-email-programme", "delivers"),
                ("edit-others-drafts", "delivers"),
            ],
        )?;
        self.confirm(465, Confirmed::Evidence(spring), "Edith", Role::Manager);
        let course = Evidence {
            hours: Some(12.0),
            ..evidence(
                "Course on writing for search",
                Happening::Learning {
                    form: "online course".into(),
                    provider: "a search consultancy".into(),
                    used_for: "rewrote the twelve product guides".into(),
                },
            )
        };
        self.show(440, course, &[("optimise-a-page-for-search", "follows")])?;
        self.tell(
            425,
            Fact::Review(Review {
                with: "Edith".into(),
                note: "First year; keep going.".into(),
            }),
        );
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

    /// Projects, teaching, a quarter away, the second review.
    fn second_year(&mut self) -> Result<(), AppError> {
        let away = (
            self.today.saturating_sub(400.days()),
            self.today.saturating_sub(340.days()),
        );
        self.tell(
            340,
            Fact::Leave(Leave {
                from: away.0,
                until: Some(away.1),
            }),
        );
        let letter = evidence(
            "Customer letter rebuilt",
            project(true, 2, "From four to two letters a month, same sales"),
        );
        let letter = self.show(
            300,
            letter,
            &[
                ("run-an-email-programme", "delivers"),
                ("run-an-email-programme", "leads"),
                ("edit-others-drafts", "delivers"),
            ],
        )?;
        self.confirm(296, Confirmed::Evidence(letter), "Jonas", Role::Peer);
        let taught = |name: &str, unaided| Happening::Teaching {
            learners: vec![Learner {
                name: name.into(),
                can_now: "does it alone".into(),
                unaided,
            }],
        };
        let editing = self.show(
            280,
            evidence("Taught Bo to edit for the house style", taught("Bo", true)),
            &[("edit-others-drafts", "teaches")],
        )?;
        self.confirm(270, Confirmed::Evidence(editing), "Bo", Role::Peer);
        let mut showed = evidence(
            "Taught the shop team to write the letter",
            taught("Shop team", true),
        );
        showed.artefacts.push(Artefact::Link {
            url: "https://example.org/letter-guide".into(),
            checked_on: None,
        });
        self.show(260, showed, &[("run-an-email-programme", "teaches")])?;
        let weekly: Vec<(i32, u32, u32)> = (0..15).map(|week| (250 - week * 5, 3, 3)).collect();
        self.attempts("interview-an-expert", "Interviewed a grower", &weekly)?;
        let weekly: Vec<(i32, u32, u32)> = (0..13).map(|week| (240 - week * 6, 3, 3)).collect();
        self.attempts("optimise-a-page-for-search", "Page reworked for search", &weekly)?;
        self.results()
    }

    /// Plans, results told, a fault found, the second review.
    fn results(&mut self) -> Result<(), AppError> {
        for (days, title) in [
            (235, "Quarterly plan, spring"),
            (150, "Quarterly plan, summer"),
            (60, "Quarterly plan, autumn"),
        ] {
            let mut plan = evidence(
                title,
                happening_of(metier_core::framework::EvidenceKind::Accomplishment),
            );
            plan.artefacts.push(Artefact::Link {
                url: "https://example.org/plan".into(),
                checked_on: None,
            });
            let plan = self.show(days, plan, &[("build-a-quarterly-content-plan", "reliable")])?;
            self.confirm(days - 2, Confirmed::Evidence(plan), "Edith", Role::Manager);
        }
        self.show(
            140,
            evidence(
                "Summer planting series",
                project(false, 0, "Six articles by June"),
            ),
            &[("report-results-and-impact", "delivers")],
        )?;
        let mut talk = evidence(
            "What the planting series brought in",
            Happening::Communication {
                form: "report".into(),
                audience: "the management team".into(),
                reach: Some(9),
            },
        );
        talk.artefacts.push(Artefact::Link {
            url: "https://example.org/report".into(),
            checked_on: None,
        });
        self.show(
            130,
            talk.clone(),
            &[("report-results-and-impact", "communicates")],
        )?;
        talk.title = "Half-year results on one page".into();
        self.show(110, talk, &[("report-results-and-impact", "communicates")])?;
        let fault = evidence(
            "Found why the letter went to spam",
            Happening::Incident {
                diagnosed: "a wrong sender record after the move".into(),
                reached: "the host's support and our administrator".into(),
                outcome: "delivered again the same day".into(),
            },
        );
        self.show(105, fault, &[("run-an-email-programme", "troubleshoots")])?;
        self.tell(
            102,
            Fact::Review(Review {
                with: "Edith".into(),
                note: "Senior by next summer; agree what it takes.".into(),
            }),
        );
        Ok(())
    }

    /// The last three months: the article run, what people say, a disagreement, a credential.
    fn recent(&mut self) -> Result<(), AppError> {
        let sessions: Vec<(i32, u32, u32)> = (0..12)
            .map(|i| (60 - i * 4, if i < 6 { 3 } else { 2 }, if i < 6 { 3 } else { 2 }))
            .collect();
        self.attempts("publish-an-article", "Published an article", &sessions)?;
        let taught = Happening::Teaching {
            learners: vec![
                Learner {
                    name: "Bo".into(),
                    can_now: "publishes unaided".into(),
                    unaided: true,
                },
                Learner {
                    name: "Cem".into(),
                    can_now: "with the guide".into(),
                    unaided: false,
                },
            ],
        };
        self.show(
            40,
            evidence("Coached two colleagues to publish", taught),
            &[("publish-an-article", "teaches")],
        )?;
        let one = Happening::Teaching {
            learners: vec![Learner {
                name: "Cem".into(),
                can_now: "does it alone".into(),
                unaided: true,
            }],
        };
        self.show(
            35,
            evidence("Took Cem along to three interviews", one),
            &[("interview-an-expert", "teaches")],
        )?;
        for (role, who, rung, reason) in [
            (Role::Oneself, "", "teaches", "I taught two people"),
            (Role::Manager, "Edith", "reliable", "I still edit each draft"),
            (Role::Peer, "Jonas", "delivers", "ran the launch series"),
            (Role::Peer, "Mira", "delivers", "I rely on the dates"),
            (Role::Peer, "Bo", "reliable", "drafts come clean"),
        ] {
            self.rate(30, ("publish-an-article", rung), (role, who), reason)?;
        }
        self.rate(
            28,
            ("optimise-a-page-for-search", "teaches"),
            (Role::Oneself, ""),
            "the guides rank",
        )?;
        self.rate(
            27,
            ("optimise-a-page-for-search", "reliable"),
            (Role::Manager, "Edith"),
            "I have seen it once",
        )?;
        // Misses in a run: the log itself says that something has changed.
        self.attempts(
            "optimise-a-page-for-search",
            "Page reworked for search",
            &[(20, 4, 0), (14, 3, 0), (8, 2, 2)],
        )?;
        let owner = Happening::Ownership {
            role: Rasci::Accountable,
            objective: "Letter revenue, objective 2 of the year".into(),
            until: None,
        };
        let mut owner = evidence("Owner of the customer letter", owner);
        owner.artefacts.push(Artefact::Link {
            url: "https://example.org/objectives".into(),
            checked_on: None,
        });
        self.show(15, owner, &[("run-an-email-programme", "owns")])?;
        self.attempts(
            "run-an-email-programme",
            "Sent the customer letter",
            &[(9, 2, 2), (2, 2, 2)],
        )?;
        self.attempts(
            "edit-others-drafts",
            "Edited a colleague's draft",
            &[(12, 3, 3), (5, 3, 3)],
        )?;
        self.attempts("interview-an-expert", "Interviewed a grower", &[(21, 2, 2)])?;
        Ok(())
    }
}

fn project(met: bool, people_led: u32, goal: &str) -> Happening {
    Happening::Project {
        tasks: String::new(),
        deadline: None,
        goal: goal.into(),
        met,
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
        let verified = metier.verify().await.unwrap();
        assert_eq!(verified.troubles, Vec::<String>::new());
    }
}
