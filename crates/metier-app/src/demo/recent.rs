//! The example's last three months: the article run, what people say, what they see differently, what is owned.

use metier_core::evidence::{Artefact, Happening, Learner, Rasci};
use metier_core::rating::Role;

use super::Career;
use crate::error::AppError;
use crate::evidence::evidence;

impl Career<'_> {
    /// The last three months: the article run, what people say, a disagreement, a credential.
    pub(super) fn recent(&mut self) -> Result<(), AppError> {
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
            role: Some(Rasci::Accountable),
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
