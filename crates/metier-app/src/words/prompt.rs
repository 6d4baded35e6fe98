//! What to think of, when somebody is asked for one thing they did.

use metier_core::evidence::Stance;
use metier_core::framework::{Criterion, EvidenceKind};
use metier_core::id::{CompetencyId, RungId};

use super::Words;
use crate::{ToClaim, wanted_kind};

impl Words<'_> {
    /// "Somebody you taught it to, and what they can do now": what one line about this step could say.
    pub fn prompt(&self, competency: &CompetencyId, rung: &RungId) -> &'static str {
        let step = ToClaim::Step {
            competency: competency.clone(),
            rung: rung.clone(),
            stance: Stance::Supports,
        };
        match wanted_kind(self.framework, &step) {
            Some(EvidenceKind::Project) if self.leads_others(competency, rung) => {
                "A bigger one you ran with others working under you"
            }
            Some(EvidenceKind::Project) => "One you finished to a deadline or a goal",
            Some(EvidenceKind::Teaching) => "Somebody you taught it to, and what they do alone now",
            Some(EvidenceKind::Communication) => "Something you wrote or said about it that others used",
            Some(EvidenceKind::Incident) => "A time it went wrong and you found out why",
            Some(EvidenceKind::Ownership) => "What you answer for here, and where that is written",
            Some(EvidenceKind::Credential) => "The credential you hold for it",
            Some(EvidenceKind::Learning) => "What you learned, and what you used it for",
            Some(EvidenceKind::Recognition) => "Who said in public that you do it well",
            Some(EvidenceKind::Attempts | EvidenceKind::Accomplishment) | None => {
                "One time you did it, and how it came out"
            }
        }
    }

    fn leads_others(&self, competency: &CompetencyId, rung: &RungId) -> bool {
        let criterion = self
            .framework
            .rung(rung)
            .zip(self.framework.competency(competency))
            .map(|((_, rung), competency)| self.framework.criterion(competency, rung));
        matches!(
            criterion,
            Some(Criterion::Count {
                leading_others: true,
                ..
            })
        )
    }
}
