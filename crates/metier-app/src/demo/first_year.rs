//! The example's first year: a position, the first attempts, the first project, a course, a review.

use jiff::ToSpan;
use metier_core::evidence::{Artefact, Confirmed, Evidence, Happening};
use metier_core::journal::{Fact, Review};
use metier_core::person::Position;
use metier_core::rating::Role;

use super::{Career, project, slug};
use crate::error::AppError;
use crate::evidence::{evidence, happening_of};

impl Career<'_> {
    /// A new position, the first attempts, the first project.
    pub(super) fn first_year(&mut self) -> Result<(), AppError> {
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
                happening_of(metier_core::framework::EvidenceKind::Accomplishment).with_outcome(Some(true)),
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
}
