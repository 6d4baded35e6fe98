//! One's own view first, on every page that could tell of an answer.

use axum::http::{StatusCode, header};
use metier_core::feedback::{Channel, FeedbackGiven, FeedbackSaid, NextTime, Observed, OfCompetency};
use metier_core::id::{CompetencyId, RungId};
use metier_core::rating::Role;

use crate::browser::Browser;
use crate::guest::{ask, asked};

/// What only the answer says.
const WHO: &str = "Quillon";
const WORDS: &str = "walked the night shift through it";

/// A competency of the example's level without a view of one's own, or one whose view is taken back.
async fn unplaced(browser: &Browser) -> String {
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let sight = metier.sight(metier_app::AsOf::default()).await.unwrap();
    let found = sight.standing.competencies.iter().find(|c| c.expected.is_some());
    let id = found.unwrap().competency.to_string();
    unplaced_of(browser, &id).await;
    id
}

/// Takes back every view of one's own of a competency.
pub async fn unplaced_of(browser: &Browser, id: &str) {
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let entries = metier.read().await.unwrap().0;
    let own = entries.iter().filter(|e| {
        matches!(&e.payload.fact, metier_core::journal::Fact::Rating(r)
            if r.role == Role::Oneself && r.competency.as_str() == id)
    });
    for entry in own {
        metier.withdraw(entry.link.id, "").await.unwrap();
    }
}

#[tokio::test]
async fn no_page_tells_of_an_answer_before_the_own_view_is_in() {
    let browser = Browser::on_example().await;
    let competency = unplaced(&browser).await;
    let mut request = ask();
    WHO.clone_into(&mut request.to);
    request.competencies = vec![competency.clone()];
    let (requested, _) = asked(&browser, request).await;
    let views = [
        "/",
        "/did",
        "/how",
        "/how/calls",
        "/scan",
        "/scan?for=public",
        "/show/map",
        "/show/packet",
        "/show/packet?for=Edith",
        "/show/packet/paper?for=Edith",
        "/show/packet.md?for=Edith",
        "/show/review",
        "/show/review.md",
        "/people/disagreements",
        &format!("/people/disagreements/new?competency={competency}"),
        "/people/meeting",
        "/people/decisions",
        "/people/agreement",
        &format!("/competency/{competency}"),
    ];
    let mut before = Vec::new();
    for view in views {
        before.push(browser.open(view).await.body);
    }
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let answer = requested.link.unwrap().link.invitation.answer;
    let given = FeedbackGiven {
        request: Some(requested.id),
        by: WHO.into(),
        role: Role::Peer,
        channel: Channel::Link,
        said: FeedbackSaid::Observed(Observed {
            saw: WORDS.into(),
            of: vec![OfCompetency {
                competency: CompetencyId::new(&competency).unwrap(),
                next_time: NextTime::Unsupervised,
                step: Some(RungId::new("leads").unwrap()),
            }],
            ..Observed::default()
        }),
    };
    metier.take_feedback(answer, given).await.unwrap();

    let notice = |body: &str| body.contains("answer waits until you have said where you see yourself");
    for (view, before) in views.into_iter().zip(&before) {
        let now = browser.open(view).await;
        assert_eq!(now.status, StatusCode::OK, "{view}\n{}", now.body);
        assert!(!now.body.contains(WORDS), "{view}\n{}", now.body);
        let asked = before.matches(WHO).count();
        assert_eq!(now.body.matches(WHO).count(), asked, "{view}\n{}", now.body);
        let told = ["/competency/", "/scan", "/people/disagreements"];
        let told = told.iter().any(|t| view.starts_with(t)) && !view.contains("/new");
        if told || ["/show/packet", "/show/review"].contains(&view) {
            assert!(notice(&now.body), "{view}\n{}", now.body);
            assert!(now.body.contains("a courtesy to yourself"), "{view}");
            assert!(
                now.body.contains(&format!("/people/own-view#{competency}")),
                "{view}"
            );
        }
    }
    let people = browser.open("/people").await.body;
    assert!(
        people.contains("own view comes first") && notice(&people),
        "{people}"
    );
    assert!(!people.contains(WORDS), "{people}");

    // One tap, and it is there.
    let page = browser.open("/people/own-view").await.body;
    assert!(page.contains("name=\"step\" value=\"follows\""), "{page}");
    let tapped = [
        ("family", "content-marketing"),
        ("competency", &*competency),
        ("step", "follows"),
    ];
    let led = browser.post("/people/own-view", &tapped).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.body);
    let led = browser.open(led.header(header::LOCATION)).await;
    assert!(led.body.contains("stands beside it now"), "{}", led.body);
    for view in ["/show/review", &*format!("/competency/{competency}"), "/scan"] {
        let now = browser.open(view).await.body;
        assert!(now.contains(WORDS) && !notice(&now), "{view}\n{now}");
    }

    let wrong = [("competency", &*competency), ("step", "nowhere")];
    let wrong = browser.post("/people/own-view", &wrong).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}
