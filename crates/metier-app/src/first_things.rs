//! Which things worth telling first: those that would back up most of how somebody sees themselves.

use std::collections::HashSet;

use metier_core::framework::Weight;
use metier_core::id::{CompetencyId, RungId};
use metier_core::rating::Role;
use metier_core::standing::{CompetencyStanding, State};

use crate::standing::Sight;

/// A step that one example would back up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToBack {
    /// Of which competency.
    pub competency: CompetencyId,
    /// Which step.
    pub rung: RungId,
}

impl Sight {
    /// Steps that one example each would back up, the most worth first: where the person places
    /// themselves highest, what the target requires before what it does not, each a different step
    /// while there are some. Where nobody placed themselves, the first steps the target asks for.
    pub fn first_to_back(&self, most: usize) -> Vec<ToBack> {
        let mut placed: Vec<(usize, bool, &CompetencyStanding)> = self
            .standing
            .competencies
            .iter()
            .filter_map(|c| Some((own_step(c)?, required(c), c)))
            .filter(|(step, _, c)| c.rungs[*step].state != State::Proven)
            .collect();
        // A stable sort keeps the framework's order among equals.
        placed.sort_by_key(|(step, required, _)| std::cmp::Reverse((*step, *required)));
        let mut steps = HashSet::new();
        let (varied, same): (Vec<_>, Vec<_>) = placed.into_iter().partition(|(step, ..)| steps.insert(*step));
        let told: Vec<(usize, &CompetencyStanding)> = varied
            .into_iter()
            .chain(same)
            .map(|(step, _, c)| (step, c))
            .collect();
        let asked = self
            .standing
            .competencies
            .iter()
            .filter(|c| required(c) && own_step(c).is_none());
        let others = self
            .standing
            .competencies
            .iter()
            .filter(|c| own_step(c).is_none());
        let first_step = |c| (0, c);
        let mut seen = HashSet::new();
        told.into_iter()
            .chain(asked.map(first_step))
            .chain(others.map(first_step))
            .filter(|(_, c)| seen.insert(&c.competency))
            .filter_map(|(step, c)| {
                Some(ToBack {
                    competency: c.competency.clone(),
                    rung: c.rungs.get(step)?.rung.clone(),
                })
            })
            .take(most)
            .collect()
    }

    /// The lowest step of a competency that is not proven yet: what one more example is best said to
    /// show when nobody says which.
    pub fn step_to_show(&self, competency: &CompetencyId) -> Option<RungId> {
        let rungs = &self.standing.competency(competency)?.rungs;
        let open = rungs.iter().find(|r| !r.state.proven());
        open.or(rungs.last()).map(|r| r.rung.clone())
    }
}

/// The place of the step on which the person sees themselves.
fn own_step(standing: &CompetencyStanding) -> Option<usize> {
    let own = standing.ratings.iter().rev().find(|r| r.role == Role::Oneself)?;
    let rung = own.rung.as_ref()?;
    standing.rungs.iter().position(|r| r.rung == *rung)
}

fn required(standing: &CompetencyStanding) -> bool {
    standing
        .expected
        .as_ref()
        .is_some_and(|e| e.weight == Weight::Required)
}

#[cfg(test)]
mod tests {
    use metier_core::person::ProfessionStatus;

    use crate::{AimChoice, AsOf, Metier, find_framework};

    async fn begun() -> (tempfile::TempDir, Metier) {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
            .await
            .unwrap();
        let framework = find_framework(None, "nursing").unwrap();
        let choice = AimChoice {
            level: Some(framework.levels[0].id.clone()),
            own: None,
            by: None,
        };
        metier
            .begin(framework, ProfessionStatus::Held, choice)
            .await
            .unwrap();
        (home, metier)
    }

    #[tokio::test]
    async fn what_is_placed_highest_comes_first_and_each_step_once() {
        let (_home, metier) = begun().await;
        let place = |c: &str, r: &str| (c.to_owned(), r.to_owned());
        metier
            .place_myself(&[
                place("take-observations", "reliable"),
                place("assess-pain", "reliable"),
                place("screen-for-risk", "teaches"),
            ])
            .await
            .unwrap();
        let sight = metier.sight(AsOf::default()).await.unwrap();
        let told: Vec<String> = sight
            .first_to_back(3)
            .iter()
            .map(|t| format!("{}/{}", t.competency, t.rung))
            .collect();
        assert_eq!(
            told,
            [
                "screen-for-risk/teaches",
                "take-observations/reliable",
                "assess-pain/reliable"
            ]
        );
    }

    #[tokio::test]
    async fn who_placed_nothing_is_asked_about_what_the_target_asks_for() {
        let (_home, metier) = begun().await;
        let sight = metier.sight(AsOf::default()).await.unwrap();
        let told = sight.first_to_back(3);
        assert_eq!(told.len(), 3);
        for told in &told {
            let standing = sight.standing.competency(&told.competency).unwrap();
            assert!(super::required(standing), "{}", told.competency);
            assert_eq!(sight.step_to_show(&told.competency).as_ref(), Some(&told.rung));
        }
    }
}
