//! A framework being written: changed in small steps, read from a document, undone, thrown away.

use std::sync::Arc;

use metier_core::framework::{Framework, Problem, check};
use metier_core::id::FamilyId;
use metier_core::journal::{Fact, Withdrawal, view};
use metier_exchange::{DocumentProblem, framework_yaml};

use crate::editing::{Edit, edited};
use crate::error::AppError;
use crate::home::Metier;
use crate::life::{Life, Version};

/// The framework being written, and what it was begun from.
#[derive(Debug, Clone)]
pub struct WorkingCopy {
    /// The draft; where there is none, the version it would begin from.
    pub framework: Arc<Framework>,
    /// True when there is a draft.
    pub drafted: bool,
    /// The version aimed at, which it is compared with.
    pub current: Version,
}

impl WorkingCopy {
    /// What must be mended before it can be published.
    pub fn problems(&self) -> Vec<Problem> {
        check(&self.framework)
    }
}

impl Life {
    /// The framework being written for the profession aimed at: the draft, or else the latest version.
    ///
    /// # Errors
    /// When nothing is aimed at yet.
    pub fn working_copy(&self) -> Result<WorkingCopy, AppError> {
        let current = self.needed()?.clone();
        let family = &current.framework.family;
        let draft = self.drafts.get(family).map(|d| Arc::clone(&d.what));
        let begun_from = self.latest(family).unwrap_or(&current);
        Ok(WorkingCopy {
            drafted: draft.is_some(),
            framework: draft.unwrap_or_else(|| Arc::clone(&begun_from.framework)),
            current,
        })
    }
}

impl Metier {
    /// Changes the draft of the framework aimed at, beginning one from the latest version when there is
    /// none. A change that changes nothing records nothing.
    ///
    /// # Errors
    /// When the change names something that is not there, or cannot be recorded.
    pub async fn edit_framework(&self, edit: Edit) -> Result<(), AppError> {
        let copy = self.life().await?.working_copy()?;
        let after = edited(&copy.framework, edit)?;
        if after == *copy.framework {
            return Ok(());
        }
        self.draft_framework(after).await.map(drop)
    }

    /// Keeps a whole document as the draft of the framework aimed at. It may have problems of content;
    /// [`check_document`] names them with their lines.
    ///
    /// # Errors
    /// When its form does not hold, or it is of another family.
    pub async fn draft_document(&self, text: &[u8]) -> Result<(), Vec<DocumentProblem>> {
        let framework = framework_yaml::read_draft(text).map_err(|p| vec![p])?;
        let told = |error: AppError| vec![trouble(error.message)];
        let copy = self
            .life()
            .await
            .and_then(|life| life.working_copy())
            .map_err(told)?;
        if framework.family != copy.framework.family {
            return Err(vec![trouble(format!(
                "the family is `{}`; this draft is of `{}`",
                framework.family, copy.framework.family
            ))]);
        }
        if framework == *copy.framework {
            return Ok(());
        }
        self.draft_framework(framework).await.map(drop).map_err(told)
    }

    /// Takes the last change of the draft back.
    ///
    /// # Errors
    /// When there is no draft.
    pub async fn undo_draft(&self) -> Result<(), AppError> {
        let life = self.life().await?;
        let family = &life.needed()?.framework.family;
        let draft = life.drafts.get(family).ok_or_else(no_draft)?;
        self.withdraw(draft.id, "").await.map(drop)
    }

    /// Takes every change of the draft back: the published version is left.
    ///
    /// # Errors
    /// When there is no draft.
    pub async fn discard_draft(&self) -> Result<(), AppError> {
        let (entries, life) = self.read().await?;
        let family = life.needed()?.framework.family.clone();
        let mut drafts = Vec::new();
        for fact in view(&entries, self.surroundings.now()).facts {
            match fact.fact() {
                Fact::FrameworkPublished(f) if f.family == family => drafts.clear(),
                Fact::FrameworkDrafted(f) if f.family == family => drafts.push(fact.root),
                _ => {}
            }
        }
        if drafts.is_empty() {
            return Err(no_draft());
        }
        let withdrawals = drafts
            .into_iter()
            .map(|draft| {
                let mut writing = self.writing(Fact::Withdrawal(Withdrawal {
                    reason: String::new(),
                }));
                writing.draft.corrects = Some(draft);
                writing
            })
            .collect();
        self.record(withdrawals).await.map(drop)
    }

    /// Publishes the draft of the framework aimed at under a version name.
    ///
    /// # Errors
    /// When there is no draft, it has problems, or the name is taken.
    pub async fn publish_draft(&self, version: &str) -> Result<(), AppError> {
        let copy = self.life().await?.working_copy()?;
        if !copy.drafted {
            return Err(no_draft());
        }
        let mut framework = (*copy.framework).clone();
        version.clone_into(&mut framework.version);
        self.publish_framework(framework).await.map(drop)
    }
}

/// A framework as a document to read, keep and change elsewhere.
pub fn document(framework: &Framework) -> String {
    framework_yaml::write(framework)
}

/// A short document that explains the form.
pub fn document_template() -> &'static str {
    framework_yaml::template()
}

/// What is wrong with a document, each with the line it stands on where that can be told.
pub fn check_document(text: &[u8]) -> Vec<DocumentProblem> {
    framework_yaml::read(text).err().unwrap_or_default()
}

/// The version names of a family that are taken.
pub fn version_names(life: &Life, family: &FamilyId) -> Vec<String> {
    life.versions_of(family)
        .map(|v| v.framework.version.clone())
        .collect()
}

fn no_draft() -> AppError {
    AppError::not_ready("there is no draft").hint("Change something first.")
}

fn trouble(what: String) -> DocumentProblem {
    DocumentProblem {
        line: None,
        column: None,
        place: String::new(),
        what,
        remedy: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AimChoice, find_framework};
    use metier_core::person::ProfessionStatus;

    async fn started() -> (tempfile::TempDir, Metier) {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let framework = find_framework(None, "content-marketing").unwrap();
        metier
            .begin(framework, ProfessionStatus::Held, AimChoice::default())
            .await
            .unwrap();
        (home, metier)
    }

    fn practice(name: &str) -> Edit {
        Edit::AddPractice(name.into(), String::new())
    }

    #[tokio::test]
    async fn a_draft_grows_is_undone_thrown_away_and_published() {
        let (_home, metier) = started().await;
        assert!(metier.undo_draft().await.is_err());
        metier.edit_framework(practice("One")).await.unwrap();
        metier.edit_framework(practice("Two")).await.unwrap();
        metier.undo_draft().await.unwrap();
        let copy = metier.life().await.unwrap().working_copy().unwrap();
        assert_eq!(copy.framework.practices.last().unwrap().name, "One");
        metier.edit_framework(practice("Three")).await.unwrap();
        metier.discard_draft().await.unwrap();
        let copy = metier.life().await.unwrap().working_copy().unwrap();
        assert!(!copy.drafted);
        assert_eq!(copy.framework, copy.current.framework);
        assert!(metier.publish_draft("2").await.is_err());

        metier.edit_framework(practice("Four")).await.unwrap();
        assert!(
            metier
                .publish_draft("1")
                .await
                .unwrap_err()
                .message
                .contains("called \"1\"")
        );
        metier.publish_draft("2").await.unwrap();
        let life = metier.life().await.unwrap();
        assert_eq!(
            life.current().unwrap().framework.version,
            "1",
            "never applied by itself"
        );
        metier.adopt_latest().await.unwrap();
        let life = metier.life().await.unwrap();
        assert_eq!(life.current().unwrap().framework.version, "2");
        assert!(!life.working_copy().unwrap().drafted);
    }

    #[tokio::test]
    async fn a_document_becomes_the_draft_or_is_refused_with_its_line() {
        let (_home, metier) = started().await;
        let copy = metier.life().await.unwrap().working_copy().unwrap();
        let text = document(&copy.framework);
        metier.draft_document(text.as_bytes()).await.unwrap();
        assert!(
            !metier.life().await.unwrap().working_copy().unwrap().drafted,
            "nothing changed"
        );
        let changed = text.replace("Content marketer\n", "Writer\n");
        assert_ne!(changed, text);
        metier.draft_document(changed.as_bytes()).await.unwrap();
        assert!(metier.life().await.unwrap().working_copy().unwrap().drafted);
        let broken = metier.draft_document(b"family: [").await.unwrap_err();
        assert_eq!(broken[0].line, Some(1), "{}", broken[0]);
        let other = document(&find_framework(None, "nursing").unwrap());
        assert!(
            metier.draft_document(other.as_bytes()).await.unwrap_err()[0]
                .what
                .contains("nursing")
        );
    }
}
