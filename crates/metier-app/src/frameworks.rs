//! Frameworks: starters, drafts, published versions, differences.

use metier_core::framework::{Change, Framework, check, difference};
use metier_core::id::{EntryId, FamilyId};
use metier_core::journal::Fact;
use metier_core::person::ProfessionStatus;
use metier_exchange::framework_yaml;

use crate::error::AppError;
use crate::home::Metier;
use crate::life::Life;
use crate::person::AimChoice;

/// The starters that come with the program, as documents.
const PACKS: [&str; 12] = [
    include_str!("../../../packs/nursing.yaml"),
    include_str!("../../../packs/electrical-installation.yaml"),
    include_str!("../../../packs/teaching.yaml"),
    include_str!("../../../packs/software-engineering.yaml"),
    include_str!("../../../packs/content-marketing.yaml"),
    include_str!("../../../packs/accounting.yaml"),
    include_str!("../../../packs/cooking.yaml"),
    include_str!("../../../packs/social-work.yaml"),
    include_str!("../../../packs/architecture.yaml"),
    include_str!("../../../packs/football-coaching.yaml"),
    include_str!("../../../packs/chaplaincy.yaml"),
    include_str!("../../../packs/vehicle-mechanics.yaml"),
];

/// A starter.
#[derive(Debug, Clone)]
pub struct Starter {
    /// Its document.
    pub framework: Framework,
}

/// The starters that come with the program.
pub fn starters() -> Vec<Starter> {
    PACKS.into_iter().filter_map(starter).collect()
}

/// That each of them reads and checks is a test below.
fn starter(text: &str) -> Option<Starter> {
    framework_yaml::read(text.as_bytes())
        .ok()
        .map(|framework| Starter { framework })
}

/// The starter that goes by a word: its family id, its title or what its practitioner is called. One named by
/// its family id is the only one read.
fn starter_by(word: &str) -> Option<Framework> {
    let wanted = word.to_lowercase();
    let line = format!("\nfamily: {wanted}\n");
    let named = PACKS.into_iter().find(|text| text.contains(&line));
    let there = named.map_or_else(starters, |text| starter(text).into_iter().collect());
    there.into_iter().map(|s| s.framework).find(|f| {
        f.family.as_str() == wanted
            || f.title.to_lowercase() == wanted
            || f.practitioner.to_lowercase() == wanted
    })
}

impl Metier {
    /// Starts on a framework: publishes it here, takes up its profession and aims.
    ///
    /// # Errors
    /// When the framework has problems, the level is not one of its, or nothing can be recorded.
    pub async fn begin(
        &self,
        framework: Framework,
        status: ProfessionStatus,
        choice: AimChoice,
    ) -> Result<(), AppError> {
        refuse_problems(&framework)?;
        let life = self.life().await?;
        let mut facts = crate::person::beginning(&framework, status, choice)?;
        if life.version(&framework.digest()?).is_none() {
            facts.insert(0, Fact::FrameworkPublished(Box::new(framework)));
        }
        self.record(facts.into_iter().map(|fact| self.writing(fact)).collect())
            .await
            .map(drop)
    }

    /// Starts on criteria that are here already: takes up their profession and aims.
    ///
    /// # Errors
    /// When no version of the family is published here, or it cannot be recorded.
    pub async fn begin_with(&self, family: &FamilyId, status: ProfessionStatus) -> Result<(), AppError> {
        let life = self.life().await?;
        let framework = &life.criteria_of(family)?.framework;
        let facts = crate::person::beginning(framework, status, AimChoice::default())?;
        self.record(facts.into_iter().map(|fact| self.writing(fact)).collect())
            .await
            .map(drop)
    }

    /// Keeps a framework being written. It may still have problems.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub async fn draft_framework(&self, framework: Framework) -> Result<EntryId, AppError> {
        let writing = self.writing(Fact::FrameworkDrafted(Box::new(framework)));
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Publishes a framework version, which never changes again. Publishing does not change what is
    /// aimed at: [`Metier::adopt_latest`] does, after a look at the difference.
    ///
    /// # Errors
    /// When it has problems, equals a version that is published, or reuses a version's name.
    pub async fn publish_framework(&self, framework: Framework) -> Result<EntryId, AppError> {
        refuse_problems(&framework)?;
        let life = self.life().await?;
        let digest = framework.digest()?;
        if life.version(&digest).is_some() {
            return Err(AppError::input(format!(
                "this exact version of {} is published already ({})",
                framework.family,
                digest.short()
            )));
        }
        if life
            .versions_of(&framework.family)
            .any(|v| v.framework.version == framework.version)
        {
            return Err(AppError::input(format!(
                "{} has a published version called \"{}\", and published versions never change",
                framework.family, framework.version
            ))
            .hint("Give this one another `version`."));
        }
        let writing = self.writing(Fact::FrameworkPublished(Box::new(framework)));
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Aims at the latest published version of the family aimed at now, with the same level, or the
    /// same of one's own, and date.
    ///
    /// # Errors
    /// When nothing is aimed at, or the latest version no longer has the level.
    pub async fn adopt_latest(&self) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let aim = life
            .aim()
            .cloned()
            .ok_or_else(|| AppError::not_ready("nothing is aimed at yet"))?;
        self.aim(
            Some(&aim.family),
            AimChoice {
                level: aim.level,
                own: aim.own,
                by: aim.by,
            },
        )
        .await
    }

    /// Finds a framework by a word: a family id (latest version, or its draft when `draft`), a digest
    /// or its beginning, or a starter's family id.
    ///
    /// # Errors
    /// When nothing goes by that word.
    pub async fn find_framework(&self, word: &str) -> Result<Framework, AppError> {
        let life = self.life().await?;
        find_framework(Some(&life), word)
    }
}

/// Finds a framework among what is published here and the starters.
///
/// # Errors
/// When nothing goes by that word.
pub fn find_framework(life: Option<&Life>, word: &str) -> Result<Framework, AppError> {
    let (family, version) = word.split_once('@').map_or((word, None), |(f, v)| (f, Some(v)));
    if let Some(life) = life {
        let family_id = FamilyId::new(family).ok();
        let of_family = life.versions.iter().rev().find(|v| {
            family_id.as_ref().is_some_and(|f| v.framework.family == *f)
                && version.is_none_or(|name| v.framework.version == name)
        });
        let hex = word.trim_start_matches("sha256:");
        let of_digest = || {
            let long_enough = hex.len() >= 6;
            life.versions
                .iter()
                .find(|v| long_enough && v.digest.to_string()[7..].starts_with(hex))
        };
        if let Some(found) = of_family.or_else(of_digest) {
            return Ok((*found.framework).clone());
        }
        if let Some(draft) = family_id
            .and_then(|f| life.drafts.get(&f))
            .filter(|_| version == Some("draft"))
        {
            return Ok((*draft.what).clone());
        }
    }
    let starter = starter_by(family);
    starter.filter(|f| version.is_none_or(|v| v == f.version)).ok_or_else(|| {
        let there: Vec<String> = starters().iter().map(|s| s.framework.family.to_string()).collect();
        AppError::not_found(format!("no framework goes by `{word}`"))
            .hint(format!("The starters are: {}.", there.join(", ")))
            .hint("For any other profession: `metier catalog search \"…\"`, then `metier framework draft --occupation CODE`.")
    })
}

/// The differences between two documents.
pub fn compare(old: &Framework, new: &Framework) -> Vec<Change> {
    difference(old, new)
}

pub(crate) fn refuse_problems(framework: &Framework) -> Result<(), AppError> {
    let problems = check(framework);
    let Some(first) = problems.first() else {
        return Ok(());
    };
    let mut error = AppError::input(format!(
        "{} has {} to mend: {} {}",
        framework.title,
        problems.len(),
        first.place,
        first.what
    ));
    error.hints.extend(
        problems
            .iter()
            .skip(1)
            .take(10)
            .map(|p| format!("{} {}", p.place, p.what)),
    );
    Err(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_starter_reads_checks_and_is_full() {
        for text in PACKS {
            let framework = framework_yaml::read(text.as_bytes()).unwrap_or_else(|p| panic!("{}", p[0]));
            let name = &framework.family;
            assert!((8..=10).contains(&framework.practices.len()), "{name}");
            for practice in &framework.practices {
                let n = framework.competencies_of(&practice.id).count();
                assert!((3..=5).contains(&n), "{name} {}: {n}", practice.id);
            }
            assert!(framework.levels.len() >= 3, "{name}");
            assert!(framework.activities.len() >= 12, "{name}");
            assert!(
                !framework.note.is_empty() && !framework.needs.is_empty(),
                "{name}"
            );
        }
    }

    #[test]
    fn a_starter_is_found_by_family_title_and_practitioner() {
        for starter in starters() {
            let family = &starter.framework.family;
            assert_eq!(
                starter_by(family.as_str()).map(|f| f.family),
                Some(family.clone())
            );
        }
        let nursing = || FamilyId::new("nursing").ok();
        assert_eq!(starter_by("nurse").map(|f| f.family), nursing());
        assert_eq!(starter_by("Nursing").map(|f| f.family), nursing());
        let teaching = starter_by("School teaching").map(|f| f.family);
        assert_eq!(teaching, FamilyId::new("teaching").ok());
        assert_eq!(starter_by("alchemy"), None);
    }

    #[test]
    fn nobody_is_asked_for_377_of_anything_by_a_starter() {
        use metier_core::framework::Criterion;
        for Starter { framework } in starters() {
            for competency in &framework.competencies {
                for rung in framework.ladder.active() {
                    if let Criterion::Accuracy {
                        target: Some(target), ..
                    } = framework.criterion(competency, rung)
                    {
                        assert!(target <= 0.95, "{} {}", framework.family, competency.id);
                    }
                }
            }
        }
    }
}
