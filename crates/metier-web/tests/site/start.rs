//! First run: from an empty home to a map, each page with what it refuses.

use axum::http::{StatusCode, header};
use metier_app::AsOf;
use metier_core::person::ProfessionStatus;
use metier_core::rating::Role;

use crate::browser::{Answer, Browser};

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

async fn begun() -> Browser {
    let browser = Browser::on_nothing().await;
    let fields = [("profession", "nursing"), ("name", "Ada"), ("status", "held")];
    assert_eq!(leads_to(&browser.post("/start", &fields).await), "/start/aim");
    browser
}

async fn standing(browser: &Browser) -> metier_app::Sight {
    let metier = browser.shared.metier().await.unwrap().unwrap();
    metier.sight(AsOf::default()).await.unwrap()
}

#[tokio::test]
async fn an_empty_home_leads_to_the_first_page_and_looking_makes_nothing() {
    let browser = Browser::on_nothing().await;
    assert_eq!(leads_to(&browser.open("/").await), "/start");
    for later in ["/start/aim", "/start/place", "/start/things", "/did"] {
        assert_eq!(leads_to(&browser.open(later).await), "/start", "{later}");
    }
    let page = browser.open("/start").await;
    assert_eq!(page.status, StatusCode::OK);
    for said in [
        "Nursing",
        "Accounting",
        "metier catalog import",
        "employer’s computer",
        "call you",
    ] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!(browser.shared.metier().await.unwrap().is_none());
}

#[tokio::test]
async fn every_starter_stands_once_under_the_needs_it_serves() {
    let page = Browser::on_nothing().await.open("/start").await.body;
    let at = |what: &str| {
        assert_eq!(page.matches(what).count(), 1, "{what}");
        page.find(what).unwrap()
    };
    for starter in metier_app::starters() {
        at(&format!(
            "name=\"profession\" value=\"{}\"",
            starter.framework.family
        ));
    }
    let first = |family: &str| at(&format!("value=\"{family}\""));
    let under = |heading: &str| at(&format!(">{heading}<"));
    let homes = under("Homes, safety and transport");
    let learning = under("Learning, work and money");
    let leisure = under("Leisure and community");
    assert!(under("Health, family and faith") < first("nursing") && first("social-work") < homes);
    assert!(homes < first("electrical-installation") && first("architecture") < learning);
    assert!(learning < first("teaching") && first("accounting") < leisure);
    assert!(leisure < first("cooking"));
}

#[tokio::test]
async fn fifteen_inputs_lead_to_a_map_with_six_competencies() {
    let browser = begun().await;
    let aim = browser.open("/start/aim").await;
    assert!(aim.body.contains("Staff nurse") && aim.body.contains("things must be met"));
    let fields = [("level", "staff-nurse"), ("by", "2028-06-30")];
    assert_eq!(
        leads_to(&browser.post("/start/aim", &fields).await),
        "/start/place"
    );

    let placed = [
        ("take-observations", "reliable"),
        ("take-a-nursing-history", "follows"),
        ("assess-pain", "teaches"),
        ("screen-for-risk", "delivers"),
        ("explain-common-conditions", "owns"),
        ("write-a-care-plan", "reliable"),
        ("plan-a-safe-discharge", "unknown"),
    ];
    assert_eq!(
        leads_to(&browser.post("/start/place", &placed).await),
        "/start/things"
    );

    let things = browser.open("/start/things").await;
    assert_eq!(
        things.body.matches("type=\"hidden\"").count(),
        3,
        "three are asked for"
    );
    assert!(things.body.contains("value=\"assess-pain/teaches\""));
    let fields = [
        ("for-1", "assess-pain/teaches"),
        ("text-1", "Taught two new nurses to assess pain"),
        ("date-1", "2026-03-04"),
        ("link-1", "https://example.org/session"),
    ];
    assert_eq!(leads_to(&browser.post("/start/things", &fields).await), "/");

    let sight = standing(&browser).await;
    let seen = sight.standing.competencies.iter().filter(|c| !c.blank()).count();
    assert_eq!(seen, 6);
    let metier = browser.shared.metier().await.unwrap().unwrap();
    assert_eq!(metier.name(), "Ada");
    let entries = metier.read().await.unwrap().0;
    let deeds = metier_app::deeds(&entries);
    assert_eq!(deeds.len(), 1);
    assert!(deeds[0].backed());
    assert_eq!(
        deeds[0].wording.evidence.what.kind(),
        metier_core::framework::EvidenceKind::Teaching
    );
    assert_eq!(browser.open("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_page_of_the_way_can_be_left_and_taken_up_again() {
    let browser = begun().await;
    browser
        .post("/start/aim", &[("level", "staff-nurse"), ("by", "")])
        .await;
    browser.post("/start/place", &[("assess-pain", "teaches")]).await;
    let checked = |body: &str, value: &str| body.contains(&format!("value=\"{value}\" checked"));
    assert!(checked(&browser.open("/start").await.body, "nursing"));
    assert!(checked(&browser.open("/start/aim").await.body, "staff-nurse"));
    assert!(checked(&browser.open("/start/place").await.body, "teaches"));
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let before = metier.read().await.unwrap().0.len();
    // Going through it again without a change records nothing.
    browser
        .post("/start", &[("profession", "nursing"), ("status", "held")])
        .await;
    browser
        .post("/start/aim", &[("level", "staff-nurse"), ("by", "")])
        .await;
    browser.post("/start/place", &[("assess-pain", "teaches")]).await;
    browser
        .post(
            "/start/things",
            &[("for-0", "assess-pain/teaches"), ("text-0", "")],
        )
        .await;
    assert_eq!(metier.read().await.unwrap().0.len(), before);
    // Wanting it instead of doing it keeps the aim.
    browser
        .post("/start", &[("profession", "nursing"), ("status", "aspired")])
        .await;
    let life = metier.life().await.unwrap();
    assert_eq!(
        life.professions.last().unwrap().what.status,
        ProfessionStatus::Aspired
    );
    assert!(life.aim().unwrap().level.is_some());
}

#[tokio::test]
async fn what_is_unknown_now_is_no_view_any_more() {
    let browser = begun().await;
    browser.post("/start/place", &[("assess-pain", "teaches")]).await;
    browser.post("/start/place", &[("assess-pain", "unknown")]).await;
    let sight = standing(&browser).await;
    let said = sight.standing.competencies.iter().flat_map(|c| &c.ratings);
    assert_eq!(said.filter(|r| r.role == Role::Oneself).count(), 0);
}

#[tokio::test]
async fn no_profession_or_one_that_is_not_there_is_refused_with_everything_kept() {
    let browser = Browser::on_nothing().await;
    for (profession, says) in [
        ("", "Choose the profession"),
        ("alchemy", "no framework goes by"),
        ("occupation:15-1252.00", "no catalogue of occupations"),
    ] {
        let fields = [
            ("profession", profession),
            ("name", "Ada <b>"),
            ("status", "aspired"),
        ];
        let answer = browser.post("/start", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.to_lowercase().contains(&says.to_lowercase()),
            "{profession}"
        );
        assert!(answer.body.contains("Ada &lt;b&gt;"), "the name is kept");
        assert!(answer.body.contains("value=\"aspired\" checked"));
    }
    let long = "x".repeat(300);
    let answer = browser
        .post("/start", &[("profession", "nursing"), ("name", &long)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        browser.shared.metier().await.unwrap().is_none(),
        "nothing was begun"
    );
}

#[tokio::test]
async fn an_aim_in_the_past_or_at_no_level_is_refused() {
    let browser = begun().await;
    for (level, by, says) in [
        ("staff-nurse", "2020-01-01", "This day has passed"),
        ("staff-nurse", "soon", "year-month-day"),
        ("emperor", "", "no such level"),
    ] {
        let answer = browser.post("/start/aim", &[("level", level), ("by", by)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}");
    }
    assert_eq!(standing(&browser).await.life.aim().unwrap().level, None);
    let answer = browser.post("/start/aim", &[("level", "open"), ("by", "")]).await;
    assert_eq!(leads_to(&answer), "/start/place");
}

#[tokio::test]
async fn a_step_that_is_none_and_things_with_faults_are_refused_with_nothing_recorded() {
    let browser = begun().await;
    let answer = browser
        .post(
            "/start/place",
            &[("assess-pain", "teaches"), ("take-observations", "flies")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Choose one of the answers"));
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let before = metier.read().await.unwrap().0.len();
    for (field, value, says) in [
        ("date-0", "2031-01-01", "This day has not come yet"),
        ("link-0", "javascript:alert(1)", "begins with https://"),
        (
            "link-1",
            "https://example.org",
            "Say in a line what the link shows",
        ),
    ] {
        let fields = [
            ("for-0", "assess-pain/follows"),
            ("for-1", "take-observations/follows"),
            ("text-0", "Assessed pain on every round"),
            (field, value),
        ];
        let answer = browser.post("/start/things", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}");
        assert!(answer.body.contains("Assessed pain on every round"), "kept");
    }
    assert_eq!(metier.read().await.unwrap().0.len(), before);
}

#[tokio::test]
async fn an_occupation_of_the_catalogue_is_found_and_begun_with() {
    let browser = Browser::on_nothing().await;
    let data = std::env::var("METIER_DATA").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        Into::into,
    );
    let archive = data.join("onet/db_29_2_text.zip");
    if !archive.exists() {
        eprintln!("METIER_DATA not found at {}: not run", data.display());
        return;
    }
    metier_app::import_catalogue(browser.shared.home(), &archive, |_| {}).unwrap();
    let page = browser.open("/start?search=web+desiner").await;
    assert!(page.body.contains("value=\"occupation:15-1255.00\""));
    assert!(page.body.contains("O*NET"), "its publisher is credited");
    let nothing = browser.open("/start?search=qqqqzzzz").await;
    assert!(nothing.body.contains("Nothing was found for"));
    let fields = [
        ("profession", "occupation:15-1255.00"),
        ("search", "web designer"),
    ];
    assert_eq!(leads_to(&browser.post("/start", &fields).await), "/start/aim");
    assert_eq!(browser.open("/start/place").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_occupation_of_esco_is_found_and_begun_with() {
    let browser = Browser::on_nothing().await;
    let data = std::env::var("METIER_DATA").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        Into::into,
    );
    let archive = data.join("esco/esco_1.2.0_en_csv.zip");
    if !archive.exists() {
        eprintln!("METIER_DATA not found at {}: not run", data.display());
        return;
    }
    metier_app::import_catalogue(browser.shared.home(), &archive, |_| {}).unwrap();
    let page = browser.open("/start?search=web+develper").await;
    assert!(page.body.contains("value=\"occupation:2513.5\""));
    assert!(page.body.contains("A draft is made from ESCO 2513.5"));
    assert!(
        page.body
            .contains("This service uses the ESCO classification of the European Commission")
    );
    let fields = [("profession", "occupation:2513.5"), ("search", "web developer")];
    assert_eq!(leads_to(&browser.post("/start", &fields).await), "/start/aim");
    assert_eq!(browser.open("/start/place").await.status, StatusCode::OK);
}
