//! What is proposed, and what is settled.

use super::*;
use crate::{AimChoice, find_framework};
use metier_core::person::ProfessionStatus;

#[test]
fn the_same_is_proposed_by_name_and_the_alike_by_words() {
    let to = find_framework(None, "content-marketing").unwrap();
    let mut from = to.clone();
    let best = |from: &Framework, id: &str| -> Option<(String, f64)> {
        proposals(from, &to)
            .into_iter()
            .find(|p| p.to.as_str() == id)
            .map(|p| (p.from.to_string(), p.confidence))
    };
    assert_eq!(
        best(&from, "publish-an-article"),
        Some(("publish-an-article".into(), 1.0))
    );
    from.competencies
        .retain(|c| c.id.as_str() == "publish-an-article");
    from.competencies[0].id = "publish".parse().unwrap();
    from.competencies[0].name = "Publish articles to the house standard".into();
    assert_eq!(best(&from, "publish-an-article").unwrap().0, "publish");
    from.competencies[0].name = "Weld a pipe".into();
    from.competencies[0].looks_like = "The seam holds under pressure.".into();
    // Only what is asked in the same practice is left in common: a faint hint.
    assert!(proposals(&from, &to).iter().all(|p| p.alike < 0.05));
    assert_eq!(common_steps(&from, &to).len(), 8);
}

async fn two_professions() -> (tempfile::TempDir, Metier) {
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
    (home, metier)
}

/// A settlement of one pair between the two.
async fn one_pair(metier: &Metier, verdict: Verdict) -> Settlement {
    let life = metier.life().await.unwrap();
    let nursing = Version::clone(life.other_families()[0]).framework;
    let content = life.current().unwrap().framework.clone();
    Settlement {
        from: nursing.family.clone(),
        to: content.family.clone(),
        steps: common_steps(&nursing, &content),
        both_ways: false,
        rulings: vec![Ruling {
            from: nursing.competencies[0].id.clone(),
            to: "publish-an-article".parse().unwrap(),
            verdict,
        }],
        seen: None,
    }
}

const MOSTLY: Verdict = Verdict::Counts { confidence: 0.8 };

#[tokio::test]
async fn a_pair_is_settled_once_changed_rejected_and_left_open_again() {
    let (_home, metier) = two_professions().await;
    let mut one = one_pair(&metier, MOSTLY).await;
    let steps = one.steps.len();
    let standing = async || {
        let (entries, _) = metier.read().await.unwrap();
        (crosswalks(&entries), settled(&entries, &one.from, &one.to))
    };
    assert_eq!(metier.settle_crosswalk(&one).await.unwrap().len(), steps);
    assert!(metier.settle_crosswalk(&one).await.unwrap().is_empty());
    let (there, now) = standing().await;
    assert_eq!(there.len(), steps);
    assert_eq!(now.rulings, one.rulings);
    assert_eq!((&now.steps, now.both_ways), (&one.steps, false));

    let both = Settlement {
        both_ways: true,
        ..one.clone()
    };
    assert_eq!(
        metier.settle_crosswalk(&both).await.unwrap().len(),
        steps,
        "the other way round, and nothing twice"
    );
    assert!(standing().await.1.both_ways);

    let before = standing().await.1.state;
    let mut changed = both.clone();
    changed.rulings[0].verdict = Verdict::Counts { confidence: 0.5 };
    metier.settle_crosswalk(&changed).await.unwrap();
    let (there, now) = standing().await;
    assert_eq!(there.len(), 2 * steps);
    assert!(there.iter().all(|t| (t.what.confidence - 0.5).abs() < 1e-9));

    // Another tab that still shows what was there before.
    one.seen = Some(before);
    let stale = metier.settle_crosswalk(&one).await.unwrap_err();
    assert!(stale.message.contains("since you looked"), "{stale:?}");
    one.seen = Some(now.state);
    one.rulings[0].verdict = Verdict::Different;
    metier.settle_crosswalk(&one).await.unwrap();
    one.seen = None;
    assert!(
        metier.settle_crosswalk(&one).await.unwrap().is_empty(),
        "said once"
    );
    let (there, now) = standing().await;
    assert!(there.is_empty());
    assert_eq!(now.rulings, one.rulings);
    one.rulings[0].verdict = Verdict::Open;
    metier.settle_crosswalk(&one).await.unwrap();
    assert!(standing().await.1.rulings.is_empty());
}

#[tokio::test]
async fn steps_set_side_by_side_by_the_person_hold_both_ways() {
    let (_home, metier) = two_professions().await;
    let mut one = one_pair(&metier, MOSTLY).await;
    let rung = |id: &str| -> RungId { id.parse().unwrap() };
    one.both_ways = true;
    one.steps = vec![
        (rung("follows"), rung("reliable")),
        (rung("reliable"), rung("reliable")),
    ];
    assert_eq!(metier.settle_crosswalk(&one).await.unwrap().len(), 3);
    let (entries, _) = metier.read().await.unwrap();
    let back = settled(&entries, &one.to, &one.from);
    assert_eq!(back.steps, [(rung("reliable"), rung("follows"))]);
}

#[tokio::test]
async fn only_what_is_there_is_settled() {
    let (_home, metier) = two_professions().await;
    let one = one_pair(&metier, MOSTLY).await;
    let ruling = one.rulings[0].clone();
    let with = |ruling: Ruling| Settlement {
        rulings: vec![ruling],
        ..one.clone()
    };
    let strange = with(Ruling {
        from: ruling.to.clone(),
        ..ruling.clone()
    });
    let sure = with(Ruling {
        verdict: Verdict::Counts { confidence: 2.0 },
        ..ruling
    });
    let mut no_steps = one.clone();
    no_steps.steps.clear();
    let mut no_such_step = one.clone();
    no_such_step.steps[0].1 = "hovers".parse().unwrap();
    let mut same = one.clone();
    same.to = same.from.clone();
    for wrong in [strange, sure, no_steps, no_such_step, same] {
        assert!(metier.settle_crosswalk(&wrong).await.is_err(), "{wrong:?}");
    }
    let (entries, _) = metier.read().await.unwrap();
    assert!(crosswalks(&entries).is_empty());
}

#[tokio::test]
async fn which_counts_in_which_stays_whatever_is_aimed_at() {
    let (_home, metier) = two_professions().await;
    let life = metier.life().await.unwrap();
    let [own, other] = &life.families()[..] else {
        panic!("two families");
    };
    let (own, other) = (own.framework.family.clone(), other.framework.family.clone());
    let facing = metier.facing(&other).await.unwrap();
    let first = (facing.from.family.clone(), facing.to.family.clone());
    metier
        .aim(Some(&other), crate::AimChoice::default())
        .await
        .unwrap();
    let facing = metier.facing(&own).await.unwrap();
    assert_eq!((facing.from.family.clone(), facing.to.family.clone()), first);
    // An address of before leads to what the other is read beside now.
    let life = metier.life().await.unwrap();
    assert_eq!(life.beside(&other).unwrap().framework.family, own);
    assert_eq!(life.beside(&own).unwrap().framework.family, own);
    assert!(life.beside(&FamilyId::new("no-such").unwrap()).is_none());
    // What was settled keeps its direction, too.
    metier.aim(Some(&own), crate::AimChoice::default()).await.unwrap();
    let mut settlement = one_pair(&metier, Verdict::Counts { confidence: 0.5 }).await;
    settlement.both_ways = true;
    metier.settle_crosswalk(&settlement).await.unwrap();
    for (aimed, beside) in [(&own, &other), (&other, &own)] {
        metier
            .aim(Some(aimed), crate::AimChoice::default())
            .await
            .unwrap();
        let facing = metier.facing(beside).await.unwrap();
        assert_eq!(facing.from.family, settlement.from);
        assert_eq!(facing.aims_at_first, *aimed == settlement.from);
    }
}
