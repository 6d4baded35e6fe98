//! Crosswalks: steps of another family read as steps of the one aimed at. The program proposes, the
//! person confirms, one competency at a time.

use std::collections::HashSet;

use metier_core::evidence::{Crosswalk, Step};
use metier_core::framework::{Competency, Framework};
use metier_core::id::{CompetencyId, EntryId, FamilyId};
use metier_core::journal::{Entry, Fact, view};

use crate::error::AppError;
use crate::home::Metier;
use crate::life::{Life, Told, Version};

/// Below this share of common words two names are not proposed for each other.
const ALIKE: f64 = 0.5;

impl Life {
    /// The latest versions of the families here other than the one aimed at.
    pub fn other_families(&self) -> Vec<&Version> {
        let Some(current) = self.current() else {
            return Vec::new();
        };
        let mut seen: HashSet<&FamilyId> = HashSet::from([&current.framework.family]);
        self.versions
            .iter()
            .rev()
            .filter(|v| seen.insert(&v.framework.family))
            .collect()
    }
}

/// The crosswalks that stand.
pub fn crosswalks(entries: &[Entry]) -> Vec<Told<Crosswalk>> {
    view(entries, jiff::Timestamp::MAX)
        .facts
        .iter()
        .filter_map(|fact| match fact.fact() {
            Fact::Crosswalk(what) => Some(Told {
                id: fact.root,
                on: fact.occurred_on(),
                what: what.clone(),
            }),
            _ => None,
        })
        .collect()
}

/// The competency of `to` that most likely means the same, if any does: the same id first, else the
/// name with the most words in common.
pub fn proposed<'f>(competency: &Competency, to: &'f Framework) -> Option<&'f Competency> {
    if let Some(same) = to.competency(&competency.id) {
        return Some(same);
    }
    let words = words_of(&competency.name);
    to.competencies
        .iter()
        .map(|c| (alike(&words, &words_of(&c.name)), c))
        .filter(|(alike, _)| *alike >= ALIKE)
        // The first of several that are equally alike.
        .fold(None, |best: Option<(f64, &Competency)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, c)| c)
}

/// The steps of one ladder that the other has by the same id or the same name.
pub fn common_steps(
    from: &Framework,
    to: &Framework,
) -> Vec<(metier_core::id::RungId, metier_core::id::RungId)> {
    from.ladder
        .active()
        .filter_map(|rung| {
            let same = to.ladder.active().find(|r| r.id == rung.id).or_else(|| {
                to.ladder
                    .active()
                    .find(|r| r.name.eq_ignore_ascii_case(&rung.name))
            })?;
            Some((rung.id.clone(), same.id.clone()))
        })
        .collect()
}

fn words_of(name: &str) -> HashSet<String> {
    const SMALL: [&str; 12] = [
        "a", "an", "the", "to", "of", "and", "or", "in", "on", "for", "with", "it",
    ];
    name.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| !w.is_empty() && !SMALL.contains(&w.as_str()))
        .collect()
}

/// The share of words that two names have in common, 0 to 1.
fn alike(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let all = a.union(b).count();
    if all == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / all as f64
}

impl Metier {
    /// Records that a competency of another family means one of the family aimed at, for the steps given.
    /// Steps that are mapped so already are left as they are.
    ///
    /// # Errors
    /// When a competency, a step or the family is not there, no step is named, or it cannot be recorded.
    pub async fn map_competency(
        &self,
        from: (&FamilyId, &CompetencyId),
        to: &CompetencyId,
        steps: &[(metier_core::id::RungId, metier_core::id::RungId)],
        confidence: f64,
    ) -> Result<Vec<EntryId>, AppError> {
        let (entries, life) = self.read().await?;
        let current = life.needed()?;
        let other = life
            .other_families()
            .into_iter()
            .find(|v| v.framework.family == *from.0)
            .ok_or_else(|| AppError::not_found(format!("there is no other framework `{}` here", from.0)))?;
        exists(&other.framework, from.1)?;
        exists(&current.framework, to)?;
        if steps.is_empty() {
            return Err(AppError::input("no step is ticked").hint("Tick at least one."));
        }
        let there = crosswalks(&entries);
        let mut writings = Vec::new();
        for (theirs, ours) in steps {
            if other.framework.rung(theirs).is_none() || current.framework.rung(ours).is_none() {
                return Err(AppError::not_found(format!(
                    "there is no step `{theirs}` in both frameworks"
                )));
            }
            let step = |framework: &Framework, competency: &CompetencyId, rung| Step {
                family: framework.family.clone(),
                competency: competency.clone(),
                rung,
            };
            let crosswalk = Crosswalk {
                from: step(&other.framework, from.1, theirs.clone()),
                to: step(&current.framework, to, ours.clone()),
                confidence,
            };
            if !there
                .iter()
                .any(|t| t.what.from == crosswalk.from && t.what.to == crosswalk.to)
            {
                writings.push(self.writing(Fact::Crosswalk(crosswalk)));
            }
        }
        self.record(writings).await
    }
}

fn exists(framework: &Framework, competency: &CompetencyId) -> Result<(), AppError> {
    framework
        .competency(competency)
        .map(drop)
        .ok_or_else(|| AppError::not_found(format!("{} has no competency `{competency}`", framework.title)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AimChoice, find_framework};
    use metier_core::person::ProfessionStatus;

    #[test]
    fn the_same_is_proposed_by_id_and_the_alike_by_name() {
        let to = find_framework(None, "content-marketing").unwrap();
        let mut from = to.clone();
        let mut c = from.competencies.remove(8);
        assert_eq!(proposed(&c, &to).unwrap().id, c.id);
        c.id = "publish".parse().unwrap();
        c.name = "Publish articles to the house standard".into();
        assert_eq!(proposed(&c, &to).unwrap().id.as_str(), "publish-an-article");
        c.name = "Weld a pipe".into();
        assert!(proposed(&c, &to).is_none());
        assert_eq!(common_steps(&from, &to).len(), 8);
    }

    #[tokio::test]
    async fn a_competency_is_mapped_once_and_only_to_what_is_there() {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        for family in ["nursing", "content-marketing"] {
            let framework = find_framework(None, family).unwrap();
            metier
                .begin(framework, ProfessionStatus::Held, AimChoice::default())
                .await
                .unwrap();
        }
        let life = metier.life().await.unwrap();
        let nursing = Version::clone(life.other_families()[0]);
        assert_eq!(nursing.framework.family.as_str(), "nursing");
        let from = nursing.framework.competencies[0].id.clone();
        let to: CompetencyId = "publish-an-article".parse().unwrap();
        let other: CompetencyId = "interview-an-expert".parse().unwrap();
        let steps = common_steps(&nursing.framework, &life.current().unwrap().framework);
        let family = &nursing.framework.family;
        let ids = metier
            .map_competency((family, &from), &to, &steps, 0.8)
            .await
            .unwrap();
        assert_eq!(ids.len(), steps.len());
        let again = metier
            .map_competency((family, &from), &to, &steps, 0.8)
            .await
            .unwrap();
        assert!(again.is_empty());
        let (entries, _) = metier.read().await.unwrap();
        assert_eq!(crosswalks(&entries).len(), steps.len());
        assert!(
            metier
                .map_competency((family, &to), &to, &steps, 0.8)
                .await
                .is_err()
        );
        assert!(
            metier
                .map_competency((family, &from), &to, &[], 0.8)
                .await
                .is_err()
        );
        assert!(
            metier
                .map_competency((family, &from), &other, &steps, 2.0)
                .await
                .is_err()
        );
    }
}
