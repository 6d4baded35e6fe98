//! Company criteria: a levelling document read, looked at, and taken in as frameworks.

use metier_core::canonical::Digest;
use metier_core::framework::Framework;
use metier_core::framework::ambiguity::ambiguities;
use metier_core::id::{FamilyId, LevelId};
use metier_core::journal::Fact;
use metier_exchange::levelling;
pub use metier_exchange::levelling::{
    Basis, Choices, Column as LevelsColumn, Levelling, Meaning, Note, Part, Shape, SheetRead, UnknownMeaning,
};
pub use metier_exchange::table::ENCODINGS;
pub use metier_exchange::table::FILE_MAX as LEVELS_FILE_MAX;
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;

/// The most frameworks taken in at once.
const TAKEN_MAX: usize = 200;

/// What became of a role or of tracks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenIn {
    /// The family it is.
    pub family: FamilyId,
    /// Its title.
    pub title: String,
    /// The digest of exactly these criteria.
    pub digest: Digest,
    /// What people call this version.
    pub version: String,
    /// Its levels, lowest first: id and name.
    pub levels: Vec<(LevelId, String)>,
    /// How many competencies it has.
    pub competencies: usize,
    /// How many places in it can be read either way.
    pub open_words: usize,
    /// True when exactly this was here already.
    pub already: bool,
    /// The version that was here before, when there was another.
    pub before: Option<String>,
}

/// Reads a levelling document without recording anything.
///
/// # Errors
/// When it cannot be read, with what is missing and what to do.
pub fn read_levels(name: &str, bytes: &[u8], choices: &Choices) -> Result<Levelling, AppError> {
    levelling::read(name, bytes, choices)
        .map_err(|problem| AppError::document(name, &[problem]).hint("Nothing was changed."))
}

/// What the columns are read as, though something may be missing before criteria can be read.
///
/// # Errors
/// When the file cannot be read, or something was said about a column that is not there.
pub fn look_at_levels(name: &str, bytes: &[u8], choices: &Choices) -> Result<Vec<SheetRead>, AppError> {
    levelling::look(name, bytes, choices)
        .map_err(|problem| AppError::document(name, &[problem]).hint("Nothing was changed."))
}

/// The frameworks of the roles or tracks that are named: each its own, or of tracks all in one.
///
/// # Errors
/// When nothing goes by a name, or one of them has no levels.
pub fn level_frameworks(
    levelling: &Levelling,
    names: &[String],
    together: bool,
    choices: &Choices,
) -> Result<Vec<Framework>, AppError> {
    if names.len() > TAKEN_MAX {
        return Err(AppError::input(format!(
            "{} roles are more than the {TAKEN_MAX} that are taken in at once",
            names.len()
        ))
        .hint("Choose those you need."));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let groups: Vec<&[&str]> = if together {
        vec![&names]
    } else {
        names.chunks(1).collect()
    };
    groups
        .into_iter()
        .map(|names| {
            levelling
                .framework(names, choices)
                .map_err(|problem| AppError::document(&levelling.document, &[problem]))
        })
        .collect()
}

impl Metier {
    /// Publishes frameworks read from a levelling document: all of them or none. What is here already,
    /// to the byte, stays as it is; what is aimed at does not change.
    ///
    /// # Errors
    /// When one of them has problems, criteria were published since they were looked at (`seen` is how many
    /// versions there were), or they cannot be recorded.
    pub async fn take_in_levels(
        &self,
        frameworks: Vec<Framework>,
        seen: Option<usize>,
    ) -> Result<Vec<TakenIn>, AppError> {
        let life = self.life().await?;
        if seen.is_some_and(|seen| seen != life.versions.len()) {
            return Err(
                AppError::input("criteria were published elsewhere since you looked at this")
                    .hint("Nothing was taken in. Look again at what is here, and choose once more."),
            );
        }
        let (mut taken, mut writings) = (Vec::new(), Vec::new());
        for framework in frameworks {
            crate::frameworks::refuse_problems(&framework)?;
            let digest = framework.digest()?;
            let already = life.version(&digest).is_some();
            taken.push(TakenIn {
                family: framework.family.clone(),
                title: framework.title.clone(),
                digest,
                version: framework.version.clone(),
                levels: framework
                    .levels
                    .iter()
                    .map(|l| (l.id.clone(), l.name.clone()))
                    .collect(),
                competencies: framework.competencies.len(),
                open_words: ambiguities(&framework).iter().map(|a| a.flags.len()).sum(),
                already,
                before: life
                    .latest(&framework.family)
                    .filter(|v| v.digest != digest)
                    .map(|v| v.framework.version.clone()),
            });
            if !already {
                writings.push(self.writing(Fact::FrameworkPublished(Box::new(framework))));
            }
        }
        self.record(writings).await?;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[u8] = b"Role,Level,Skill,Skill level,Expectation\n\
        Baker,Junior,Dough,Basic,Kneads\nBaker,Senior,Dough,Expert,Teaches\nPorter,Porter,Lifting,Basic,Lifts\n";

    #[tokio::test]
    async fn a_document_is_taken_in_once_and_a_changed_one_as_a_new_version() {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let choices = Choices::default();
        let names = vec!["Baker".to_owned(), "Porter".to_owned()];
        let read = read_levels("levels.csv", TABLE, &choices).unwrap();
        let frameworks = level_frameworks(&read, &names, false, &choices).unwrap();
        let first = metier.take_in_levels(frameworks.clone(), Some(0)).await.unwrap();
        assert!(first.iter().all(|t| !t.already && t.before.is_none()));
        let stale = metier
            .take_in_levels(frameworks.clone(), Some(0))
            .await
            .unwrap_err();
        assert!(stale.message.contains("since you looked"), "{stale:?}");
        let again = metier.take_in_levels(frameworks, Some(2)).await.unwrap();
        assert!(again.iter().all(|t| t.already));
        assert_eq!(again[0].digest, first[0].digest);
        assert_eq!(metier.life().await.unwrap().versions.len(), 2);

        let changed = String::from_utf8(TABLE.to_vec())
            .unwrap()
            .replace("Teaches", "Teaches two");
        let read = read_levels("levels.csv", changed.as_bytes(), &choices).unwrap();
        let frameworks = level_frameworks(&read, &names, false, &choices).unwrap();
        let second = metier.take_in_levels(frameworks, None).await.unwrap();
        assert_eq!(second[0].before.as_ref(), Some(&first[0].version));
        // The other role says what it said, in another file: its source differs, so its digest does.
        assert_eq!(second[1].family, first[1].family);
        let life = metier.life().await.unwrap();
        assert_eq!(life.versions_of(&first[0].family).count(), 2);
    }

    #[test]
    fn what_cannot_be_chosen_is_refused() {
        let choices = Choices::default();
        let read = read_levels("levels.csv", TABLE, &choices).unwrap();
        let names = |list: &[&str]| -> Vec<String> { list.iter().map(|n| (*n).to_owned()).collect() };
        assert!(level_frameworks(&read, &names(&["Cook"]), false, &choices).is_err());
        assert!(level_frameworks(&read, &names(&["Baker", "Porter"]), true, &choices).is_err());
        assert!(level_frameworks(&read, &names(&["Baker"; 201]), false, &choices).is_err());
        let error = read_levels("x.pdf", b"%PDF-1.7", &choices).unwrap_err();
        assert!(
            error.message.contains("PDF") && error.hints[0].contains("Nothing"),
            "{error:?}"
        );
    }
}
