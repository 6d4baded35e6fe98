//! The plan: goals and milestones, what is planned and done, the route, time; and every refusal.

use axum::http::StatusCode;
use metier_core::framework::ActivityKind;

use crate::browser::Browser;
use crate::page::{hidden, led, refused, seen};

const GOAL: [(&str, &str); 3] = [
    ("title", "Run the spring launch"),
    ("by", "2027-05-31"),
    ("ask-publish-an-article", "teaches"),
];

async fn goal(browser: &Browser) -> String {
    led(&browser.post("/plan/goal/new", &GOAL).await)
}

const PLANNED: [(&str, &str); 4] = [
    ("name", "Teach Bo"),
    ("kind", "being-a-mentor"),
    ("likely", "6"),
    ("shows", "publish-an-article/teaches"),
];

async fn planned(browser: &Browser) -> String {
    led(&browser.post("/plan/activity/new", &PLANNED).await)
}

#[tokio::test]
async fn the_plan_shows_goals_what_comes_next_the_gap_time_and_what_changed() {
    let browser = Browser::on_example().await;
    let plan = browser.open("/plan").await;
    seen(
        &plan,
        &[
            "aria-current=\"page\">Plan</a>",
            "Lead the content of a whole launch",
            "On the way",
            "next milestone: The spring plan agreed",
            "How do I get there?",
            "hours noted. This quarter so far.",
            "moved from",
            "the spring launch moved to May",
        ],
    );
    assert!(!plan.body.contains('%'), "no percentages of effort");
    assert!(plan.body.len() < 100_000);
    seen(
        &browser.open("/plan/changes").await,
        &["sales now sends the questions every Friday"],
    );
}

#[tokio::test]
async fn somebody_without_a_plan_is_told_how_to_begin() {
    let browser = Browser::on_nothing().await;
    let start = [("profession", "nursing"), ("name", "Ada"), ("status", "held")];
    led(&browser.post("/start", &start).await);
    led(&browser
        .post("/start/aim", &[("level", "staff-nurse"), ("by", "2028-06-30")])
        .await);
    let plan = browser.open("/plan").await;
    seen(
        &plan,
        &[
            "Nothing is planned yet.",
            "Write the first goal",
            "How do I get there?",
            "Set some aside",
        ],
    );
    seen(
        &browser.open("/plan/route").await,
        &["Step by step", "Take the whole route"],
    );
    seen(&browser.open("/plan/time").await, &["No time is set aside yet."]);
}

#[tokio::test]
async fn a_goal_is_written_changed_with_a_reason_and_its_history_read() {
    let browser = Browser::on_example().await;
    let page = goal(&browser).await;
    seen(
        &browser.open(&page).await,
        &[
            "Run the spring launch",
            "31 May 2027",
            "What it takes is still open",
            "Teaches",
        ],
    );
    let form = browser.open(&format!("{page}/change")).await;
    let mark = hidden(&form.body, "mark");
    let change = |because: &'static str| {
        let mut change: Vec<(&str, String)> = GOAL.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
        change[1].1 = "2027-08-31".into();
        change.push(("mark", mark.clone()));
        change.push(("because", because.into()));
        change
    };
    let send = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        browser.post(&format!("{page}/change"), &fields).await
    };
    refused(
        &send(change("")).await,
        &["Say in a sentence why it changes.", "2027-08-31"],
    );
    assert_eq!(led(&send(change("the launch moved")).await), page);
    seen(
        &browser.open(&page).await,
        &[
            "How it was worded before (1)",
            "Its day moved from 31 May 2027 to 31 August 2027",
            "the launch moved",
        ],
    );
    // A second window that was opened before loses nothing, and sees what stands.
    let late = send(change("again")).await;
    refused(
        &late,
        &[
            "It was changed meanwhile",
            "How it stands now",
            "again",
            "31 August 2027",
        ],
    );
    let fresh = hidden(&late.body, "mark");
    assert_ne!(fresh, mark);
}

#[tokio::test]
async fn milestones_are_added_met_and_moved() {
    let browser = Browser::on_example().await;
    let page = goal(&browser).await;
    refused(
        &browser
            .post(&format!("{page}/milestone"), &[("milestone", "")])
            .await,
        &["Say what is to be there."],
    );
    let add = [("milestone", "Half the articles"), ("milestone-by", "2027-02-28")];
    led(&browser.post(&format!("{page}/milestone"), &add).await);
    let milestone = format!("{page}/milestone/m1");
    let form = browser.open(&milestone).await;
    seen(&form, &["Half the articles", "What shows it", "2027-02-28"]);
    let mark = hidden(&form.body, "mark");
    let evidence = form.body.split("name=\"shown-by\"").nth(1).unwrap();
    let evidence = evidence
        .split("<option value=\"")
        .nth(2)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let met = [
        ("mark", mark.as_str()),
        ("do", "met"),
        ("shown-by", evidence.as_str()),
    ];
    assert_eq!(led(&browser.post(&milestone, &met).await), page);
    seen(
        &browser.open(&page).await,
        &["There since 22 November 2026", &format!("/did/{evidence}")],
    );
    // The button of the other window is from before.
    let late = browser.post(&milestone, &met).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let mark = hidden(&browser.open(&milestone).await.body, "mark");
    let unsaid = [
        ("mark", mark.as_str()),
        ("do", "drop"),
        ("what", "Half the articles"),
        ("because", ""),
    ];
    refused(
        &browser.post(&milestone, &unsaid).await,
        &["Say in a sentence why it changes."],
    );
}

#[tokio::test]
async fn a_goal_ends_with_a_reason_and_opens_again() {
    let browser = Browser::on_example().await;
    let page = goal(&browser).await;
    let mark = hidden(&browser.open(&page).await.body, "mark");
    let end = [("mark", mark.as_str()), ("how", "let-go"), ("reason", "")];
    refused(
        &browser.post(&format!("{page}/end"), &end).await,
        &["Say why you let it go"],
    );
    let end = [
        ("mark", mark.as_str()),
        ("how", "let-go"),
        ("reason", "another did it"),
    ];
    led(&browser.post(&format!("{page}/end"), &end).await);
    let ended = browser.open(&page).await;
    seen(&ended, &["Let go on 22 November 2026: another did it"]);
    let mark = hidden(&ended.body, "mark");
    led(&browser.post(&format!("{page}/again"), &[("mark", &mark)]).await);
    seen(&browser.open(&page).await, &["It came to its end"]);
}

#[tokio::test]
async fn something_planned_is_done_and_what_happened_is_linked() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/plan/activity").await,
        &[
            "What your profession offers",
            "Would show",
            "Something of your own",
            "Speaking in front of people",
        ],
    );
    let page = planned(&browser).await;
    seen(
        &browser.open(&page).await,
        &["As a mentor, about 6 hours", "It is done", "Publish an article"],
    );
    let form = browser.open(&format!("{page}/done")).await;
    seen(
        &form,
        &[
            "What happened?",
            "value=\"Teach Bo\"",
            "name=\"kind\" value=\"teaching\"",
        ],
    );
    let mark = hidden(&form.body, "mark");
    let record = [
        ("mark", mark.as_str()),
        ("kind", "accomplishment"),
        ("title", "Bo publishes alone"),
        ("date", "2026-11-20"),
        ("competency-0", "publish-an-article"),
        ("step-0", "teaches"),
    ];
    assert_eq!(led(&browser.post(&format!("{page}/done"), &record).await), page);
    seen(
        &browser.open(&page).await,
        &["done on 20 November 2026", "Bo publishes alone", "/did/"],
    );
    assert_eq!(
        browser.post(&format!("{page}/done"), &record).await.status,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn something_planned_otherwise_or_dropped_says_why() {
    let browser = Browser::on_example().await;
    let page = planned(&browser).await;
    let mark = hidden(&browser.open(&format!("{page}/change")).await.body, "mark");
    let mut change = PLANNED.to_vec();
    change[2] = ("likely", "9");
    change.push(("mark", &mark));
    refused(
        &browser.post(&format!("{page}/change"), &change).await,
        &["Say in a sentence why it changes."],
    );
    change.push(("because", "Bo is new to it"));
    led(&browser.post(&format!("{page}/change"), &change).await);
    let changed = browser.open(&page).await;
    seen(
        &changed,
        &["Takes about 9 hours, was about 6 hours", "Bo is new to it"],
    );
    let mark = hidden(&changed.body, "mark");
    let drop = [("mark", mark.as_str()), ("reason", "")];
    refused(&browser.post(&format!("{page}/drop"), &drop).await, &["Say why"]);
    led(&browser
        .post(&format!("{page}/drop"), &[("mark", &mark), ("reason", "Bo left")])
        .await);
    seen(
        &browser.open(&page).await,
        &["dropped on", "Bo left", "Open it again"],
    );
}

#[tokio::test]
async fn a_stretch_is_planned_with_its_risk_and_the_way_back() {
    let browser = Browser::on_example().await;
    let form = browser
        .open("/plan/activity/new?activity=explain-a-traffic-loss")
        .await;
    seen(
        &form,
        &[
            "<details class=\"fold\" open>",
            "What could go wrong",
            "The way back",
        ],
    );
    let mut stretch = vec![
        ("name", "Find the cause"),
        ("kind", "stretch-assignment"),
        ("likely", "6"),
    ];
    refused(
        &browser.post("/plan/activity/new", &stretch).await,
        &[
            "Choose the gap it is for.",
            "Say what could go wrong",
            "Say what you do then.",
        ],
    );
    stretch.extend([
        ("stretch-gap", "optimise-a-page-for-search"),
        ("risk", "it sinks further"),
        ("way-back", "the old text back"),
        ("at-hand", "Jonas"),
    ]);
    let page = led(&browser.post("/plan/activity/new", &stretch).await);
    seen(
        &browser.open(&page).await,
        &[
            "A risk you chose",
            "it sinks further",
            "the old text back",
            "Jonas",
        ],
    );
    let wrong = [
        ("name", ""),
        ("kind", "project"),
        ("low", "9"),
        ("likely", "6"),
        ("from", "2027-02-02"),
        ("until", "2027-01-01"),
    ];
    refused(
        &browser.post("/plan/activity/new", &wrong).await,
        &[
            "Say in one line",
            "The three do not rise",
            "It ends before it begins",
        ],
    );
}

#[tokio::test]
async fn the_route_is_drawn_asked_otherwise_and_taken_into_the_plan() {
    let browser = Browser::on_example().await;
    let route = browser.open("/plan/route").await;
    seen(
        &route,
        &[
            "To Senior",
            "Step by step",
            "<svg class=\"weeks-strip\"",
            "As a table",
            "What else would do",
            "Later steps",
        ],
    );
    assert!(route.body.len() < 100_000);
    seen(
        &browser.open("/plan/route?level=lead&hours-a-week=8").await,
        &["To Content lead", "at 8 hours a week"],
    );
    refused(
        &browser.open("/plan/route?hours-a-week=0").await,
        &["Give a number from 0.25 to 168."],
    );
    seen(
        &browser.open("/plan/route?part=2").await,
        &["Steps 21 to", "Earlier steps"],
    );
    let step = route.body.split("name=\"step\" value=\"").nth(1).unwrap();
    let step = step.split('"').next().unwrap().to_owned();
    assert_ne!(step, "all");
    assert_eq!(
        led(&browser.post("/plan/route/take", &[("step", &step)]).await),
        "/plan/route"
    );
    let taken = browser.open("/plan/route?said=taken").await;
    seen(&taken, &["It is in your plan.", "In your plan</a>"]);
    assert!(
        !taken.body.contains(&format!("value=\"{step}\"")),
        "once is enough"
    );
    led(&browser.post("/plan/route/take", &[("step", "all")]).await);
    // What goes beyond what one has done before asks first what could go wrong.
    let rest = browser.open("/plan/route?said=all-but").await;
    seen(&rest, &["each asks first what could go wrong"]);
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let sight = metier.sight(metier_app::AsOf::default()).await.unwrap();
    let view = metier_core::journal::view(&sight.entries, jiff::Timestamp::MAX);
    let planned = metier_core::plan::Plan::of(&view).planned;
    // The one of the example was planned with its risk; none came from the route without one.
    assert!(
        planned
            .iter()
            .all(|p| p.what.stretch.is_some() || p.what.kind != ActivityKind::StretchAssignment)
    );
    assert!(planned.len() > 20, "{}", planned.len());
    let gone = browser.post("/plan/route/take", &[("step", "nothing")]).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn time_is_set_aside_noted_and_taken_back() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/plan/time").await,
        &["3 hours a week set aside", "Week by week", "By quarter"],
    );
    let aside = [("hours-a-week", "5"), ("when", "Friday"), ("from", "")];
    led(&browser.post("/plan/time/aside", &aside).await);
    seen(
        &browser.open("/plan/time").await,
        &["5 hours a week set aside, Friday, since 22 November 2026"],
    );
    refused(
        &browser.post("/plan/time/aside", &[("hours-a-week", "500")]).await,
        &["Give a number from 0 to 168."],
    );
    let note = [
        ("back", "/plan"),
        ("hours", "0.5"),
        ("on", ""),
        ("what", "a talk"),
    ];
    assert_eq!(led(&browser.post("/plan/time/spent", &note).await), "/plan");
    for (hours, day, said) in [
        ("-1", "", "Give a number from 0.01 to 24"),
        ("25", "", "25 hours are not what one day has."),
        ("1000", "", "Give a number from 0.01 to 24"),
        ("0.001", "", "Give a number from 0.01 to 24"),
        ("1", "1800-01-01", "1800-01-01 is more than 60 years ago."),
    ] {
        let typed = [("hours", hours), ("day", day), ("back", "/plan")];
        refused(&browser.post("/plan/time/spent", &typed).await, &[said]);
    }
    refused(
        &browser
            .post(
                "/plan/time/spent",
                &[("hours", "1"), ("day", "2999-01-01"), ("back", "/plan/time")],
            )
            .await,
        &["This day has not come yet."],
    );
    let page = browser.open("/plan/time").await;
    seen(&page, &["on a talk"]);
    let entry = hidden(&page.body, "entry");
    led(&browser.post("/plan/time/take-back", &[("entry", &entry)]).await);
    assert!(!browser.open("/plan/time").await.body.contains("on a talk"));
    // Nothing but time that was noted goes by that form.
    let goal = goal(&browser).await;
    let goal = goal.rsplit('/').next().unwrap();
    let other = browser.post("/plan/time/take-back", &[("entry", goal)]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_not_there_is_said() {
    let browser = Browser::on_example().await;
    for path in [
        "/plan/goal/nonsense",
        "/plan/goal/01a2025f-2898-78f1-9a19-e06f04719970",
        "/plan/activity/01a2025f-2898-78f1-9a19-e06f04719970",
        "/plan/activity/01a2025f-2898-78f1-9a19-e06f04719970/done",
    ] {
        assert_eq!(browser.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    refused(
        &browser
            .post("/plan/goal/new", &[("title", ""), ("by", "2001-01-01")])
            .await,
        &[
            "Say in one line what you want to reach.",
            "This day has passed.",
            "value=\"2001-01-01\"",
        ],
    );
}
