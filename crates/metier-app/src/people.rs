//! What people say: ratings, confirmations, disputes, as the owner records them.

use metier_core::evidence::{Confirmation, Confirmed, Step};
use metier_core::id::{EntryId, FamilyId};
use metier_core::journal::{Arrival, Fact};
use metier_core::rating::{Dispute, DisputeSettled, Rating, Role};

use crate::error::AppError;
use crate::evidence::{competency_of, rung_of};
use crate::home::Metier;

impl Metier {
    /// Records a rating. A rung that is absent means: not even on the first.
    ///
    /// # Errors
    /// When the framework has no such competency or rung, or nobody is named.
    pub async fn rate(
        &self,
        competency: &str,
        rung: Option<&str>,
        role: Role,
        rater: &str,
        reason: &str,
    ) -> Result<EntryId, AppError> {
        let fact = self.rating(competency, rung, role, rater, reason).await?;
        self.record(vec![self.writing(fact)]).await.map(|ids| ids[0])
    }

    /// The person's own view of several competencies at once: one tap each.
    ///
    /// # Errors
    /// When one of them names a competency or rung the framework does not have; nothing is recorded.
    pub async fn place_myself(&self, placed: &[(String, String)]) -> Result<Vec<EntryId>, AppError> {
        let mut writings = Vec::with_capacity(placed.len());
        for (competency, rung) in placed {
            let fact = self
                .rating(competency, Some(rung), Role::Oneself, self.name(), "")
                .await?;
            writings.push(self.writing(fact));
        }
        self.record(writings).await
    }

    /// The person's own view of one competency, by the latest criteria of its family: where it is absent, by
    /// those aimed at.
    ///
    /// # Errors
    /// When no version of the family is here, or it has no such competency or rung.
    pub async fn own_view(
        &self,
        family: Option<&FamilyId>,
        competency: &str,
        rung: &str,
    ) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let version = match family {
            Some(family) => life.criteria_of(family)?,
            None => life.needed()?,
        };
        let fact = Fact::Rating(Rating {
            family: version.framework.family.clone(),
            version: version.digest,
            competency: competency_of(&version.framework, competency)?,
            rung: Some(rung_of(&version.framework, rung)?),
            role: Role::Oneself,
            rater: self.name().to_owned(),
            reason: String::new(),
            evidence: Vec::new(),
            arrival: Arrival::Relayed,
            answer: None,
        });
        self.record(vec![self.writing(fact)]).await.map(|ids| ids[0])
    }

    async fn rating(
        &self,
        competency: &str,
        rung: Option<&str>,
        role: Role,
        rater: &str,
        reason: &str,
    ) -> Result<Fact, AppError> {
        let life = self.life().await?;
        let version = life.needed()?;
        let rater = match (role, rater.trim()) {
            (Role::Oneself, _) => self.name().to_owned(),
            (_, "") => {
                return Err(AppError::input("nobody is named").hint("Say who rates; initials will do."));
            }
            (_, name) => name.to_owned(),
        };
        Ok(Fact::Rating(Rating {
            family: version.framework.family.clone(),
            version: version.digest,
            competency: competency_of(&version.framework, competency)?,
            rung: rung.map(|r| rung_of(&version.framework, r)).transpose()?,
            role,
            rater,
            reason: reason.trim().to_owned(),
            evidence: Vec::new(),
            arrival: Arrival::Relayed,
            answer: None,
        }))
    }

    /// Records that somebody confirmed a piece of evidence.
    ///
    /// # Errors
    /// When there is no such evidence, or nobody is named.
    pub async fn confirm_evidence(
        &self,
        evidence: EntryId,
        by: &str,
        role: Role,
        words: &str,
    ) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let there = entries
            .iter()
            .any(|e| e.link.id == evidence && matches!(e.payload.fact, Fact::Evidence(_)));
        if !there {
            return Err(crate::record::no_entry(evidence));
        }
        self.confirm(Confirmed::Evidence(evidence), by, role, words).await
    }

    /// Records that somebody confirmed a rung as such: "yes, unsupervised".
    ///
    /// # Errors
    /// When the framework has no such competency or rung, or nobody is named.
    pub async fn confirm_step(
        &self,
        competency: &str,
        rung: &str,
        by: &str,
        role: Role,
        words: &str,
    ) -> Result<EntryId, AppError> {
        let step = self.step(competency, rung).await?;
        self.confirm(Confirmed::Step(step), by, role, words).await
    }

    async fn confirm(&self, of: Confirmed, by: &str, role: Role, words: &str) -> Result<EntryId, AppError> {
        if role == Role::Oneself {
            return Err(AppError::input("a confirmation is somebody else's word")
                .hint("Your own record stands by itself; attach a file or a link to prove it."));
        }
        let confirmation = Confirmation {
            of,
            by: by.trim().to_owned(),
            role,
            words: words.trim().to_owned(),
            arrival: Arrival::Relayed,
            answer: None,
        };
        self.record(vec![self.writing(Fact::Confirmation(confirmation))])
            .await
            .map(|ids| ids[0])
    }

    /// Records that somebody disputes a rung.
    ///
    /// # Errors
    /// When the framework has no such competency or rung, or no reason is given.
    pub async fn dispute(
        &self,
        competency: &str,
        rung: &str,
        by: &str,
        reason: &str,
    ) -> Result<EntryId, AppError> {
        let step = self.step(competency, rung).await?;
        let dispute = Dispute {
            step,
            by: by.trim().to_owned(),
            reason: reason.trim().to_owned(),
        };
        self.record(vec![self.writing(Fact::Dispute(dispute))])
            .await
            .map(|ids| ids[0])
    }

    /// Records how a dispute ended.
    ///
    /// # Errors
    /// When there is no such dispute, or no outcome is given.
    pub async fn settle(&self, dispute: EntryId, by: &str, outcome: &str) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let there = entries
            .iter()
            .any(|e| e.link.id == dispute && matches!(e.payload.fact, Fact::Dispute(_)));
        if !there {
            return Err(crate::record::no_entry(dispute));
        }
        let settled = DisputeSettled {
            dispute,
            by: by.trim().to_owned(),
            outcome: outcome.trim().to_owned(),
        };
        self.record(vec![self.writing(Fact::DisputeSettled(settled))])
            .await
            .map(|ids| ids[0])
    }

    async fn step(&self, competency: &str, rung: &str) -> Result<Step, AppError> {
        let life = self.life().await?;
        let framework = &life.needed()?.framework;
        Ok(Step {
            family: framework.family.clone(),
            competency: competency_of(framework, competency)?,
            rung: rung_of(framework, rung)?,
        })
    }
}
