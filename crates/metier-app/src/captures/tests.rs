use metier_core::framework::EvidenceKind;
use metier_core::person::ProfessionStatus;

use super::*;
use crate::{AimChoice, deeds, find_framework};

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

async fn paste(metier: &Metier, text: &str) -> Taken {
    let reading = Metier::read_capture("it", text.as_bytes(), None).unwrap();
    metier.capture("pasted", reading).await.unwrap()
}

async fn entries(metier: &Metier) -> usize {
    metier.read().await.unwrap().0.len()
}

#[tokio::test]
async fn drafts_survive_a_restart_and_are_recorded_once_when_confirmed() {
    let (home, metier) = started().await;
    let before = entries(&metier).await;
    let taken = paste(
        &metier,
        "- 2026-03-04: Ran the launch\n- Coached Bo\n- 2027-01-01: Too early",
    )
    .await;
    assert_eq!(taken.new.len(), 3);
    assert_eq!(entries(&metier).await, before, "a paste records nothing");
    metier.close().await;

    let metier = Metier::open(home.path(), crate::surroundings::fixed())
        .await
        .unwrap();
    let drafts = metier.captured().await.unwrap();
    assert_eq!(drafts, taken.new);
    assert_eq!(drafts[2].proposal.day, None);
    assert!(drafts[2].proposal.doubt.contains("2027-01-01"));

    let yes = vec![
        Yes::to(drafts[0].id),
        Yes::to(drafts[0].id),
        Yes::to(drafts[1].id),
    ];
    let settled = metier.confirm_drafts(yes).await.unwrap();
    assert_eq!(settled.now, [drafts[0].id, drafts[1].id]);
    let again = metier.confirm_drafts(vec![Yes::to(drafts[0].id)]).await.unwrap();
    assert_eq!((again.now.len(), again.before.len()), (0, 1));
    assert_eq!(entries(&metier).await, before + 2);
    let (all, _) = metier.read().await.unwrap();
    let deeds = deeds(&all);
    let launch = deeds.iter().find(|d| d.id == drafts[0].id).unwrap();
    assert_eq!(launch.wording.on.to_string(), "2026-03-04");
    assert_eq!(launch.wording.evidence.title, "Ran the launch");
    assert_eq!(metier.captured().await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_that_say_yes_at_once_record_it_once() {
    let (home, one) = started().await;
    let other = Metier::open(home.path(), crate::surroundings::fixed())
        .await
        .unwrap();
    let draft = paste(&one, "Ran the launch").await.new[0].id;
    let before = entries(&one).await;
    let (a, b) = tokio::join!(
        one.confirm_drafts(vec![Yes::to(draft)]),
        other.confirm_drafts(vec![Yes::to(draft)])
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!(a.now.len() + b.now.len(), 1);
    assert_eq!(a.before.len() + b.before.len(), 1);
    assert_eq!(entries(&one).await, before + 1);
}

#[tokio::test]
async fn what_was_pasted_before_is_recognised_whatever_became_of_it() {
    let (_home, metier) = started().await;
    let text = "# March 2026\n- Newsletter sent\n- Newsletter sent\n- Ran the launch\n";
    let first = paste(&metier, text).await;
    assert_eq!(first.new.len(), 3, "the same line twice is two things");
    metier
        .confirm_drafts(vec![Yes::to(first.new[0].id)])
        .await
        .unwrap();
    metier.dismiss_drafts(&[first.new[1].id]).await.unwrap();
    let again = paste(&metier, text).await;
    assert_eq!(
        (
            again.new.len(),
            again.recorded,
            again.dismissed,
            again.waiting.len()
        ),
        (0, 1, 1, 1)
    );
    let other_month = paste(&metier, "# April 2026\n- Newsletter sent\n").await;
    assert_eq!(other_month.new.len(), 1);

    metier.erase(first.new[0].id, "names a client").await.unwrap();
    let after = paste(&metier, text).await;
    assert_eq!(after.new.len(), 1, "nothing is left of what was erased for good");
}

#[tokio::test]
async fn what_was_dismissed_comes_back_until_it_is_forgotten() {
    let (_home, metier) = started().await;
    let ids: Vec<EntryId> = paste(&metier, "- one thing\n- another thing")
        .await
        .new
        .iter()
        .map(|d| d.id)
        .collect();
    metier.dismiss_drafts(&ids).await.unwrap();
    assert_eq!(metier.captured().await.unwrap(), []);
    metier.bring_back_drafts(&ids[..1]).await.unwrap();
    assert_eq!(metier.captured().await.unwrap()[0].id, ids[0]);
    assert_eq!(metier.dismissed().await.unwrap().len(), 1);
    assert_eq!(metier.forget_dismissed().await.unwrap(), 1);
    assert_eq!(metier.dismissed().await.unwrap(), []);
    let lost = metier.bring_back_drafts(&ids[1..]).await.unwrap_err();
    assert_eq!(lost.kind, Kind::NotFound);
    assert!(metier.confirm_drafts(vec![Yes::to(ids[1])]).await.is_err());
}

#[tokio::test]
async fn a_yes_that_cannot_be_recorded_leaves_every_draft_waiting() {
    let (_home, metier) = started().await;
    let drafts = paste(&metier, "- one thing\n- another thing").await.new;
    let before = entries(&metier).await;
    let wrong = Yes {
        on: Some(jiff::civil::date(2999, 1, 1)),
        ..Yes::to(drafts[1].id)
    };
    let refused = metier.confirm_drafts(vec![Yes::to(drafts[0].id), wrong]).await;
    assert!(refused.unwrap_err().message.contains("lies in the future"));
    assert_eq!(entries(&metier).await, before);
    assert_eq!(metier.captured().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_resume_gives_positions_and_evidence_with_what_was_claimed() {
    let (_home, metier) = started().await;
    let resume = r#"{"work": [{"name": "Acme", "position": "Editor", "startDate": "2020-01", "endDate": "2021-06",
        "highlights": ["Published an article every week, see https://example.org/a"]}]}"#;
    let drafts = paste(&metier, resume).await.new;
    let life = metier.life().await.unwrap();
    let framework = &life.needed().unwrap().framework;
    let found = suggested(framework, &drafts);
    assert_eq!(found.len(), 1, "a position speaks for no competency");
    let (competency, words) = &found[&drafts[1].id];
    assert_eq!(competency.as_str(), "publish-an-article");
    assert_eq!(words, &["published", "article"]);
    let claim = ToClaim::read("publish-an-article/delivers", framework).unwrap();
    let yes = Yes {
        claims: vec![claim],
        ..Yes::to(drafts[1].id)
    };
    metier
        .confirm_drafts(vec![Yes::to(drafts[0].id), yes])
        .await
        .unwrap();
    let (all, life) = metier.read().await.unwrap();
    assert_eq!(life.positions[0].what.organisation, "Acme");
    assert_eq!(life.positions[0].what.until.unwrap().to_string(), "2021-06-30");
    let deeds = deeds(&all);
    assert_eq!(deeds[0].claims.len(), 1);
    assert_eq!(deeds[0].wording.on.to_string(), "2021-06-30");
    assert!(matches!(
        &deeds[0].wording.evidence.artefacts[..],
        [Artefact::Link { url, .. }] if url == "https://example.org/a"
    ));
    assert_eq!(deeds[0].wording.evidence.what.kind(), EvidenceKind::Communication);
}

#[tokio::test]
async fn too_many_wait_in_line_and_nothing_is_lost() {
    let (_home, metier) = started().await;
    let lines = |from: usize| {
        (from..from + 4_000)
            .map(|n| format!("thing {n}\n"))
            .collect::<String>()
    };
    assert_eq!(paste(&metier, &lines(0)).await.new.len(), 4_000);
    let second = paste(&metier, &lines(4_000)).await;
    assert_eq!((second.new.len(), second.no_room), (1_000, 3_000));
    metier.dismiss_drafts(&[second.new[0].id]).await.unwrap();
    let again = paste(&metier, &lines(4_000)).await;
    assert_eq!(
        (again.new.len(), again.waiting.len(), again.dismissed),
        (1, 999, 1)
    );
}

#[tokio::test]
async fn a_draft_goes_by_the_end_of_its_id() {
    let (_home, metier) = started().await;
    let drafts = paste(&metier, "- one thing\n- another thing").await.new;
    let whole = drafts[0].id.0.simple().to_string();
    assert_eq!(find_draft(&drafts, &whole[20..]).unwrap(), drafts[0].id);
    assert_eq!(
        find_draft(&drafts, &drafts[1].id.to_string()).unwrap(),
        drafts[1].id
    );
    assert!(find_draft(&drafts, "zzzz").is_err() && find_draft(&drafts, "a").is_err());
}

#[test]
fn a_line_is_suggested_the_competency_whose_words_it_shares() {
    let framework = find_framework(None, "content-marketing").unwrap();
    let suggester = metier_core::framework::Suggester::new(&framework);
    let of = |text: &str| suggester.of(text).map(|s| s.competency.id.to_string());
    for (text, competency) in [
        ("Published 120 articles in the house style", "publish-an-article"),
        ("Interviewed four subject-matter experts", "interview-an-expert"),
        ("Sent the monthly e-mail programme", "run-an-email-programme"),
        ("Coached two freelancers on briefs", "brief-and-coach-freelancers"),
        ("Audited the content library", "audit-a-content-library"),
    ] {
        let found = of(text);
        let id = |c: &str| framework.competencies.iter().any(|x| x.id.as_str() == c);
        if id(competency) {
            assert_eq!(found.as_deref(), Some(competency), "{text}");
        } else {
            assert!(found.is_some(), "{text}");
        }
    }
    for text in ["Moved house", "Had a good year at work", "", "日本語"] {
        assert_eq!(of(text), None, "{text}");
    }
}
