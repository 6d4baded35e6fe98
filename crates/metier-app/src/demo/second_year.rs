//! The example's second year: projects, teaching, a quarter away, plans, results told, a fault found.

use jiff::ToSpan;
use metier_core::evidence::{Artefact, Confirmed, Happening, Learner};
use metier_core::journal::{Fact, Review};
use metier_core::person::Leave;
use metier_core::rating::Role;

use super::{Career, project};
use crate::error::AppError;
use crate::evidence::{evidence, happening_of};

impl Career<'_> {
    /// Projects, teaching, a quarter away, the second review.
    pub(super) fn second_year(&mut self) -> Result<(), AppError> {
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
                happening_of(metier_core::framework::EvidenceKind::Accomplishment).with_outcome(Some(true)),
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
}
