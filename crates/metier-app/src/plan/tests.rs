//! The plan as a person keeps it.

use jiff::civil::date;
use metier_core::framework::{ActivityKind, EvidenceKind, Hours};
use metier_core::id::EntryId;
use metier_core::plan::{Goal, GoalEnding, Planned, PlannedEnding, Stretch, TimeSpent, TrackState};

use super::*;
use crate::{
    AsOf, EndGoal, EndPlanned, LogEvidence, Metier, MilestoneDo, RouteAsked, evidence, happening_of,
};

async fn home() -> (tempfile::TempDir, Metier) {
    let home = tempfile::tempdir().unwrap();
    let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), &Metier::example_name())
        .await
        .unwrap();
    metier.fill_example().await.unwrap();
    (home, metier)
}

fn goal(title: &str) -> Goal {
    Goal {
        title: title.into(),
        why: String::new(),
        family: Some("content-marketing".parse().unwrap()),
        asks: Vec::new(),
        thing: None,
        by: Some(date(2070, 1, 31)),
        milestones: Vec::new(),
        because: String::new(),
    }
}

fn planned(kind: ActivityKind) -> Planned {
    Planned {
        name: " Write it ".into(),
        kind,
        family: "content-marketing".parse().unwrap(),
        activity: None,
        hours: Hours {
            low: 1.0,
            likely: 2.0,
            high: 4.0,
        },
        shows: Vec::new(),
        goal: None,
        from: None,
        until: None,
        stretch: None,
        because: String::new(),
    }
}

async fn seen(metier: &Metier, id: EntryId) -> (String, Goal, TrackState) {
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let plan = sight.plan();
    let seen = sight.goal(&plan, id).unwrap();
    (seen.mark(), seen.goal.clone(), seen.track.state)
}

#[tokio::test]
async fn a_goal_is_changed_with_a_reason_and_every_wording_stays() {
    let (_home, metier) = home().await;
    let id = metier.add_goal(goal("One")).await.unwrap();
    let (mark, now, _) = seen(&metier, id).await;
    let change = |title: &str| Goal {
        title: title.into(),
        ..now.clone()
    };
    let unsaid = metier.change_goal(id, change("Two"), " ").await.unwrap_err();
    assert!(unsaid.message.contains("not said why"), "{unsaid}");
    metier.change_goal(id, now.clone(), "").await.unwrap();
    assert_eq!(
        seen(&metier, id).await.0,
        mark,
        "nothing differs, nothing is recorded"
    );
    metier.change_goal(id, change("Two"), "it grew").await.unwrap();
    assert_ne!(seen(&metier, id).await.0, mark);
    let (entries, _) = metier.read().await.unwrap();
    let wordings = goal_wordings(&entries, id);
    let told: Vec<_> = wordings
        .iter()
        .map(|w| (w.what.title.as_str(), w.stands))
        .collect();
    assert_eq!(told, [("One", false), ("Two", true)]);
    assert_eq!(wordings[1].what.because, "it grew");
    let changes = plan_changes(&entries, 2);
    assert!(matches!(changes[0].what, Reworded::Goal(g, _) if g.title == "Two"));
    assert!(matches!(changes[1].what, Reworded::NewGoal(_)));
}

#[tokio::test]
async fn milestones_are_added_moved_met_with_what_shows_them_and_taken_out() {
    let (_home, metier) = home().await;
    let id = metier.add_goal(goal("One")).await.unwrap();
    let add = |what: &str| MilestoneDo::Add {
        what: what.into(),
        by: Some(date(2069, 1, 1)),
    };
    metier.milestone(id, add("half")).await.unwrap();
    metier.milestone(id, add("most")).await.unwrap();
    let m1: metier_core::id::ThingId = "m1".parse().unwrap();
    let nothing = MilestoneDo::Met {
        id: m1.clone(),
        on: date(2026, 1, 1),
        shown_by: vec![id],
    };
    let refused = metier.milestone(id, nothing).await.unwrap_err();
    assert!(refused.message.contains("is nothing that happened"), "{refused}");
    let log = LogEvidence {
        on: date(2026, 1, 1),
        evidence: evidence("Half of it", happening_of(EvidenceKind::Accomplishment)),
        claims: Vec::new(),
        files: Vec::new(),
    };
    let shown = metier.log(log).await.unwrap();
    let met = MilestoneDo::Met {
        id: m1.clone(),
        on: date(2026, 1, 1),
        shown_by: vec![shown],
    };
    metier.milestone(id, met).await.unwrap();
    let drop = |because: &str| MilestoneDo::Drop {
        id: "m2".parse().unwrap(),
        because: because.into(),
    };
    assert!(
        metier.milestone(id, drop("")).await.is_err(),
        "taking out says why"
    );
    metier.milestone(id, drop("too much")).await.unwrap();
    let (_, now, _) = seen(&metier, id).await;
    assert_eq!(now.milestones.len(), 1);
    assert_eq!(now.milestones[0].shown_by, [shown]);
}

#[tokio::test]
async fn letting_go_says_why_and_can_be_taken_back() {
    let (_home, metier) = home().await;
    let id = metier.add_goal(goal("One")).await.unwrap();
    let end = |how, reason: &str| EndGoal {
        how,
        reason: reason.into(),
        on: date(2026, 1, 1),
    };
    assert!(metier.end_goal(id, end(GoalEnding::LetGo, "")).await.is_err());
    metier
        .end_goal(id, end(GoalEnding::LetGo, "no time"))
        .await
        .unwrap();
    assert_eq!(seen(&metier, id).await.2, TrackState::Ended);
    assert!(
        metier.end_goal(id, end(GoalEnding::Reached, "")).await.is_err(),
        "it ended"
    );
    metier.reopen_goal(id, "").await.unwrap();
    assert_eq!(seen(&metier, id).await.2, TrackState::NotBegun);
}

#[tokio::test]
async fn a_stretch_assignment_asks_for_risk_and_way_back() {
    let (_home, metier) = home().await;
    let bare = planned(ActivityKind::StretchAssignment);
    let refused = metier
        .plan_to(vec![planned(ActivityKind::Project), bare.clone()])
        .await
        .unwrap_err();
    assert!(refused.message.contains("the way back"), "{refused}");
    let before = metier.read().await.unwrap().0.len();
    let whole = Planned {
        stretch: Some(Stretch {
            gap: "publish-an-article".parse().unwrap(),
            risk: "it slips".into(),
            way_back: "Edith takes it".into(),
            at_hand: String::new(),
        }),
        ..bare
    };
    let ids = metier.plan_to(vec![whole]).await.unwrap();
    let (entries, _) = metier.read().await.unwrap();
    assert_eq!(entries.len(), before + 1, "what was refused left nothing behind");
    assert_eq!(planned_wordings(&entries, ids[0])[0].what.name, "Write it");
}

#[tokio::test]
async fn what_is_done_is_recorded_and_linked_in_one() {
    let (_home, metier) = home().await;
    let id = metier
        .plan_to(vec![planned(ActivityKind::Project)])
        .await
        .unwrap()[0];
    let log = LogEvidence {
        on: date(2026, 1, 1),
        evidence: evidence("Wrote it", happening_of(EvidenceKind::Project)),
        claims: Vec::new(),
        files: Vec::new(),
    };
    let shown = metier
        .end_planned(id, EndPlanned::DoneWith(Box::new(log)))
        .await
        .unwrap()
        .unwrap();
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let plan = sight.plan();
    let one = planned_seen(&plan, id).unwrap();
    let ended = one.ended.unwrap();
    assert_eq!(
        (ended.how.how, &ended.how.evidence),
        (PlannedEnding::Done, &vec![shown])
    );
    assert_eq!(ended.on, date(2026, 1, 1));
    let dropped = EndPlanned::Dropped { reason: "no".into() };
    assert!(metier.end_planned(id, dropped).await.is_err(), "it is done");
    metier.reopen_planned(id, "").await.unwrap();
    let unsaid = EndPlanned::Dropped {
        reason: String::new(),
    };
    assert!(metier.end_planned(id, unsaid).await.is_err(), "dropping says why");
}

#[tokio::test]
async fn a_goal_and_its_milestones_lie_within_a_life() {
    let (_home, metier) = home().await;
    let far = Goal {
        by: Some(date(9999, 12, 31)),
        ..goal("Far")
    };
    let refused = metier.add_goal(far.clone()).await.unwrap_err();
    assert!(
        refused.message.contains("9999-12-31 is more than 60 years ahead"),
        "{refused}"
    );
    let id = metier.add_goal(goal("Near")).await.unwrap();
    assert!(metier.change_goal(id, far, "no hurry").await.is_err());
    let milestone = MilestoneDo::Add {
        what: "Half of it".into(),
        by: Some(date(9999, 1, 1)),
    };
    assert!(metier.milestone(id, milestone).await.is_err());
}

#[tokio::test]
async fn time_is_noted_on_what_is_planned_and_never_ahead() {
    let (_home, metier) = home().await;
    let spent = |planned| TimeSpent {
        hours: 1.5,
        planned,
        on_what: " a course ".into(),
    };
    let today = metier.surroundings().today();
    let tomorrow = today.tomorrow().unwrap();
    assert!(metier.spent(spent(None), tomorrow).await.is_err());
    let goal = metier.add_goal(goal("One")).await.unwrap();
    assert!(
        metier.spent(spent(Some(goal)), today).await.is_err(),
        "a goal is nothing planned"
    );
    for hours in [0.0, -1.0, 0.001, 24.5, 1_000.0, f64::NAN] {
        let spent = TimeSpent { hours, ..spent(None) };
        assert!(metier.spent(spent, today).await.is_err(), "{hours}");
    }
    assert!(metier.spent(spent(None), date(1800, 1, 1)).await.is_err());
    let id = metier.plan_to(vec![planned(ActivityKind::Course)]).await.unwrap()[0];
    metier.spent(spent(Some(id)), today).await.unwrap();
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let plan = sight.plan();
    assert_eq!(
        planned_seen(&plan, id).unwrap().spent.get().to_bits(),
        1.5_f64.to_bits()
    );
    assert_eq!(plan.spent.last().unwrap().what.on_what, "a course");
}

#[tokio::test]
async fn the_steps_of_a_route_go_into_the_plan_once_with_the_person_s_own_hours() {
    let (_home, metier) = home().await;
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let framework = sight.version.framework.clone();
    let ask = |sight: &crate::Sight| {
        RouteAsked::by_plan(
            sight,
            &sight.plan(),
            None,
            None,
            std::collections::BTreeMap::new(),
        )
    };
    let take = |sight: &crate::Sight| {
        let route = sight.route(&ask(sight)).unwrap().unwrap();
        let words = crate::words::Words::new(&framework, &sight.entries, sight.standing.at);
        let steps = sight.steps_to_take(&route, &sight.plan(), &words, None);
        assert_eq!(steps.len(), route.steps.len());
        steps
    };
    let asked = ask(&sight);
    assert!((asked.hours_a_week - 3.0).abs() < 1e-9, "what is set aside");
    let new: Vec<Planned> = take(&sight)
        .into_iter()
        .filter(|s| s.there.is_none() && !s.asks_for_risk())
        .map(|s| s.planned)
        .take(5)
        .collect();
    metier.plan_to(new.clone()).await.unwrap();
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let again = take(&sight);
    for taken in &new {
        let there = again.iter().find(|s| s.planned.name == taken.name).unwrap();
        assert!(there.there.is_some(), "{}", taken.name);
    }
    // An activity that is planned with other hours is counted with these.
    let teach: metier_core::id::ActivityId = "teach-publishing".parse().unwrap();
    assert!(ask(&sight).hours.contains_key(&teach));
}

#[tokio::test]
async fn a_step_that_proposes_what_is_in_the_plan_is_done_there() {
    use metier_core::next_step::Doing;

    let (_dir, metier) = home().await;
    let there = async |what: &Doing| {
        let sight = metier.sight(AsOf::default()).await.unwrap();
        planned_already(&sight.plan(), &sight.version.framework, what)
    };
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let proposed = sight
        .version
        .framework
        .activities
        .iter()
        .map(|a| Doing::Activity {
            activity: a.id.clone(),
            kind: a.kind,
            name: a.name.clone(),
        });
    let plan = sight.plan();
    let what = proposed
        .into_iter()
        .find(|what| planned_already(&plan, &sight.version.framework, what).is_none())
        .unwrap();
    let Doing::Activity { activity, kind, .. } = &what else {
        unreachable!()
    };
    let mut planned = planned(*kind);
    planned.activity = Some(activity.clone());
    let id = metier.plan_to(vec![planned]).await.unwrap()[0];
    assert_eq!(there(&what).await, Some(id));
    let tell = Doing::Tell {
        competency: sight.version.framework.competencies[0].id.clone(),
    };
    assert_eq!(there(&tell).await, None);
    let end = EndPlanned::Dropped {
        reason: "not now".into(),
    };
    metier.end_planned(id, end).await.unwrap();
    assert_eq!(there(&what).await, None, "what was dropped may be planned anew");
}

/// Two devices end the same things, and what each wrote comes together on the first.
#[tokio::test]
async fn what_was_ended_on_two_devices_is_open_when_it_is_opened_again() {
    let (home, metier) = home().await;
    let talk = serde_json::json!({"what": "A talk", "origin": "offered"});
    let chance = serde_json::from_value(talk).unwrap();
    let chance = metier.add_chance(chance, date(2026, 1, 1)).await.unwrap();
    let goal = metier.add_goal(goal("One")).await.unwrap();
    let todo = metier
        .plan_to(vec![planned(ActivityKind::Project)])
        .await
        .unwrap()[0];
    let file = home.path().join("copy.jsonl");
    metier.export(&file).await.unwrap();
    let other = tempfile::tempdir().unwrap();
    let now = jiff::Timestamp::MAX;
    let copy = Metier::read_file(&file, now).unwrap();
    Metier::start_from(other.path(), crate::surroundings::fixed(), copy)
        .await
        .unwrap();
    let second = Metier::open(other.path(), crate::surroundings::fixed())
        .await
        .unwrap();
    for device in [&metier, &second] {
        let passed = EndChance {
            how: metier_core::plan::OpportunityEnding::Passed,
            reason: String::new(),
            on: date(2026, 1, 2),
        };
        device.end_chance(chance, passed).await.unwrap();
        let let_go = EndGoal {
            how: GoalEnding::LetGo,
            reason: "no time".into(),
            on: date(2026, 1, 2),
        };
        device.end_goal(goal, let_go).await.unwrap();
        let dropped = EndPlanned::Dropped {
            reason: "no time".into(),
        };
        device.end_planned(todo, dropped).await.unwrap();
    }
    let back = other.path().join("back.jsonl");
    second.export(&back).await.unwrap();
    metier
        .import(Metier::read_file(&back, now).unwrap())
        .await
        .unwrap();
    metier.reopen_chance(chance).await.unwrap();
    metier.reopen_goal(goal, "").await.unwrap();
    metier.reopen_planned(todo, "").await.unwrap();
    let (entries, _) = metier.read().await.unwrap();
    let here = view(&entries, jiff::Timestamp::MAX);
    let plan = Plan::of(&here);
    assert_eq!(plan.opportunity_ended(chance), None);
    assert_eq!(plan.goal_ended(goal), None);
    assert_eq!(plan.planned_ended(todo), None);
}
