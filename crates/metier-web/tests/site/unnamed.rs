//! What peers say without their names: two homes, five givers, and what each side gets to see.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use metier_core::gathering::GatheringFact;
use metier_core::journal::Fact;

use crate::browser::{Answer, Browser, PORT, plain};
use crate::framework::post_file;
use crate::own_view::unplaced_of as unplaced;
use crate::page::{led, refused, seen};

const COMPETENCY: &str = "publish-an-article";

fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut request = plain(Method::POST, path);
    *request.body_mut() = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
        .into();
    let headers = request.headers_mut();
    headers.insert(
        header::ORIGIN,
        format!("http://127.0.0.1:{PORT}").parse().unwrap(),
    );
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    request
}

/// The paths of links on a page.
fn links(page: &str) -> Vec<String> {
    let after = page.split("/for/").skip(1);
    after
        .map(|rest| {
            let token: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
            format!("/for/{token}")
        })
        .collect()
}

/// The mark of a round on its page, empty when it is closed.
async fn stands(bo: &Browser, round: &str) -> String {
    let page = bo.open(round).await.body;
    let mark = page.split("name=\"stands\" value=\"").nth(1).unwrap_or_default();
    mark.split('"').next().unwrap_or_default().to_owned()
}

/// Closes a round as its page shows it.
async fn close(bo: &Browser, round: &str) -> Answer {
    let stands = stands(bo, round).await;
    bo.post(&format!("{round}/close"), &[("stands", stands.as_str())])
        .await
}

const ASK: [(&str, &str); 4] = [
    ("about", COMPETENCY),
    ("by", "Bo"),
    ("not-among", "Edith"),
    ("until", "2026-12-06"),
];

/// Ada's question, and Bo's round with so many peers.
async fn begun(ada: &Browser, bo: &Browser, peers: &[&str]) -> (String, String) {
    let page = led(&ada.post("/people/gather/ask", &ASK).await);
    let file = ada.open(&format!("{page}/file")).await.body;
    let open = [("letter", file.as_str()), ("as", "Bo"), ("it-is-me", "yes")];
    let round = led(&bo.post("/people/gather/open", &open).await);
    let names = peers.join("\n");
    led(&bo
        .post(&format!("{round}/ask"), &[("peers", names.as_str())])
        .await);
    (page, round)
}

/// Ada asks, as the pages lead her: the file for Bo.
async fn question(ada: &Browser) -> String {
    seen(
        &ada.open("/people/gather").await,
        &[
            "Hear what people would not say",
            "which answers 5 or more people gave",
            "Ask my peers",
        ],
    );
    seen(
        &ada.open("/people/gather/ask").await,
        &[
            "Not somebody who decides about you",
            "which answers 5 or more people gave",
        ],
    );
    refused(
        &ada.post("/people/gather/ask", &ASK[1..]).await,
        &["Choose at least one competency", "Edith"],
    );
    let mut own = ASK;
    own[1].1 = "Edith";
    refused(
        &ada.post("/people/gather/ask", &own).await,
        &["does not decide about you"],
    );
    let page = led(&ada.post("/people/gather/ask", &ASK).await);
    seen(
        &ada.open(&page).await,
        &[
            "Give Bo this file",
            "can read each of them with its name",
            "Not asked without a name: Edith",
        ],
    );
    ada.open(&format!("{page}/file")).await.body
}

/// Bo takes it on in a home that had nothing in it, and names six: the round, and their links.
async fn taken_on(bo: &Browser, file: &str) -> (String, Vec<String>) {
    // Bo has no home yet: reading makes none.
    let shown = post_file(bo, "/start/sent", "ask.txt", file.as_bytes()).await;
    seen(
        &shown,
        &[
            "asks Bo to gather",
            "at least 5",
            "I am the Bo who is asked",
            "lead Ada",
        ],
    );
    let mut open = vec![("letter", file), ("as", "Bo")];
    refused(
        &bo.post("/people/gather/open", &open).await,
        &["Say that this is you"],
    );
    assert!(bo.shared.metier().await.unwrap().is_none());
    open.push(("it-is-me", "yes"));
    let round = led(&bo.post("/people/gather/open", &open).await);
    seen(
        &bo.open(&round).await,
        &["Whom do you ask?", "Nobody is asked yet"],
    );
    let ask = format!("{round}/ask");
    for (names, because) in [
        ("Mo\nLi\nJo\nAl", "name at least 5"),
        ("Mo\nLi\nJo\nAl\nEdith", "they lead"),
        ("Mo\nLi\nJo\nAl\nBo", "reads the answers of the others"),
        ("Mo\nLi\nJo\nAl\nmo", "named twice"),
    ] {
        refused(&bo.post(&ask, &[("peers", names)]).await, &[because, "Mo\nLi"]);
    }
    led(&bo
        .post(&ask, &[("peers", "Mo\nLi\nJo\nAl"), ("clients", "Kim\nUwe")])
        .await);
    let page = bo.open(&round).await;
    seen(
        &page,
        &[
            "Kim</strong> (client)",
            "0 of 6 answered; nothing can be released under 5.",
        ],
    );
    let links = links(&page.body);
    assert_eq!(links.len(), 6);
    (round, links)
}

/// Five of them answer, one otherwise than the others.
async fn five_answer(bo: &Browser, round: &str, links: &[String]) {
    for (n, link) in links.iter().take(5).enumerate() {
        let read = bo.send(plain(Method::GET, link)).await;
        let first = read.body.find("First: who sees what").unwrap();
        assert!(first < read.body.find("unsupervised next time?").unwrap());
        seen(&read, &["can read each of them with its name", "without my name"]);
        refused(
            &bo.send(form(link, &[("change", "Show it earlier")])).await,
            &["Show it earlier"],
        );
        let strengths = format!("Strength {n}");
        let fields = [
            ("next-publish-an-article", if n == 4 { "not-yet" } else { "yes" }),
            ("strengths", strengths.as_str()),
            ("show", "yes"),
        ];
        // Before enough have answered, nothing of what they said is on the collector's page.
        let page = bo.open(round).await.body;
        assert!(
            !page.contains("Strength") && !page.contains("reads</summary>"),
            "{n}"
        );
        assert_eq!(led(&bo.send(form(link, &fields)).await), *link);
        seen(
            &bo.send(plain(Method::GET, link)).await,
            &["Your answer is with Bo"],
        );
        assert_eq!(led(&bo.send(form(link, &fields)).await), *link, "a second click");
    }
}

/// What came is told nowhere before the own view, and right after it.
async fn own_view_first(ada: &Browser, came: &str) {
    let competency = format!("/competency/{COMPETENCY}");
    for path in [came, "/people/gather", "/people", &competency] {
        let page = ada.open(path).await;
        for said in [
            "At least 5 people",
            "Strength",
            "No answer was given",
            "released on",
        ] {
            assert!(!page.body.contains(said), "{path}: {said}\n{}", page.body);
        }
        assert!(
            page.body.contains("where you see yourself") || path == came,
            "{path}"
        );
    }
    seen(&ada.open(came).await, &["Your own view first", "Show it now"]);
    let anyway = ada.open(&format!("{came}?anyway=1")).await;
    seen(&anyway, &["At least 5 people"]);
    let answer = came.rsplit('/').next().unwrap();
    let tapped = [
        ("family", "content-marketing"),
        ("competency", COMPETENCY),
        ("answer", answer),
        ("step", "follows"),
    ];
    assert_eq!(led(&ada.post("/people/own-view", &tapped).await), came);
}

#[tokio::test]
async fn peers_answer_to_a_collector_and_the_person_reads_numbers_and_no_name() {
    let (ada, bo) = (Browser::on_example().await, Browser::on_nothing().await);
    let file = question(&ada).await;
    let (round, links) = taken_on(&bo, &file).await;
    five_answer(&bo, &round, &links).await;
    let enough = bo.open(&round).await;
    seen(
        &enough,
        &[
            "5 of 6 answered; that is enough to release.",
            "either no answer was given by 5 or more",
            "Strength 3",
        ],
    );
    led(&close(&bo, &round).await);
    // The link of who did not answer opens no longer; the receipts of the others do.
    let late = bo.send(plain(Method::GET, &links[5])).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    seen(
        &bo.send(plain(Method::GET, &links[0])).await,
        &["This is your receipt"],
    );
    let release = bo.open(&format!("{round}/release")).await.body;
    led(&close(&bo, &round).await);
    assert_eq!(bo.open(&format!("{round}/release")).await.body, release);
    for name in ["Mo", "Kim"] {
        assert!(!release.contains(name), "{release}");
    }

    let read = "/people/gather/read";
    refused(
        &post_file(&bo, read, "r.txt", release.as_bytes()).await,
        &["gathered for Ada"],
    );
    let altered = release.replace("no answer was given by 5", "none was given by 6");
    refused(
        &post_file(&ada, read, "r.txt", altered.as_bytes()).await,
        &["was changed after it was written"],
    );
    unplaced(&ada, COMPETENCY).await;
    let came = led(&post_file(&ada, read, "r.txt", release.as_bytes()).await);
    own_view_first(&ada, &came).await;
    let page = ada.open(&came).await;
    seen(
        &page,
        &[
            "At least 5 people answered.",
            "either no answer was given by 5 or more",
            "Strength 4",
            "It is no rating",
        ],
    );
    for name in ["Mo<", "Kim", "not yet"] {
        assert!(!page.body.contains(name), "{name}");
    }
    refused(
        &post_file(&ada, read, "r.txt", release.as_bytes()).await,
        &["It came already"],
    );
    seen(&ada.open("/people").await, &[&came, "without names"]);
    seen(
        &ada.open(&format!("/competency/{COMPETENCY}")).await,
        &["Peers, without names", "no step moves by it"],
    );
    seen(
        &bo.open("/people/gather").await,
        &["What you gather for others", "Released on 22 November 2026"],
    );
    seen(&bo.open("/start/sent").await, &["What you gather for others"]);
}

#[tokio::test]
async fn a_round_is_closed_only_as_it_was_seen() {
    let (ada, bo) = (Browser::on_example().await, Browser::on_nothing().await);
    let (_, round) = begun(&ada, &bo, &["Mo", "Li", "Jo", "Al", "Kim"]).await;
    let links = links(&bo.open(&round).await.body);
    for link in &links[..4] {
        led(&bo.send(form(link, &[("next-publish-an-article", "yes")])).await);
    }
    let seen_before = stands(&bo, &round).await;
    led(&bo
        .send(form(&links[4], &[("next-publish-an-article", "not-yet")]))
        .await);
    for stale in [&[("stands", seen_before.as_str())][..], &[]] {
        refused(
            &bo.post(&format!("{round}/close"), stale).await,
            &["somebody has answered since", "Close the round and release it"],
        );
    }
    led(&close(&bo, &round).await);
    seen(&bo.open(&round).await, &["What was released"]);
}

#[tokio::test]
async fn a_round_that_too_few_answer_is_closed_and_nothing_is_released() {
    let (ada, bo) = (Browser::on_example().await, Browser::on_nothing().await);
    let (_, round) = begun(&ada, &bo, &["Mo", "Li", "Jo", "Al", "Kim", "Uwe"]).await;
    let links = links(&bo.open(&round).await.body);
    for link in &links[..4] {
        led(&bo.send(form(link, &[("next-publish-an-article", "yes")])).await);
    }
    seen(
        &bo.open(&round).await,
        &[
            "4 of 6 answered; nothing can be released under 5.",
            "Close it without a release",
        ],
    );
    led(&close(&bo, &round).await);
    seen(
        &bo.open(&round).await,
        &[
            "Nothing was released",
            "4 people answered; nothing can be released under 5.",
        ],
    );
    assert_eq!(
        bo.open(&format!("{round}/release")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_form_of_a_peer_is_answered_in_a_browser_and_taken_in_once() {
    let (ada, bo, mo) = (
        Browser::on_example().await,
        Browser::on_nothing().await,
        Browser::on_nothing().await,
    );
    let (_, round) = begun(&ada, &bo, &["Mo", "Li", "Jo", "Al", "Kim"]).await;
    let metier = bo.shared.metier().await.unwrap().unwrap();
    let peer = metier.rounds().await.unwrap()[0].peers[0].id;
    let sent = bo.post(&format!("/people/gather/peer/{peer}/form"), &[]).await;
    assert!(
        sent.header(header::CONTENT_DISPOSITION)
            .contains("without-names-for-mo")
    );
    let shown = post_file(&mo, "/start/sent", "f.txt", sent.body.as_bytes()).await;
    seen(&shown, &["First, who sees it:", "yes or no"]);
    let fields = [
        ("form", sent.body.as_str()),
        ("place-name", "Mo"),
        ("place-next-publish-an-article", "yes"),
        ("place-strengths", "Says what is missing"),
        ("place-show", "yes"),
    ];
    let answered = mo.post("/start/sent/form", &fields).await.body;
    let read = "/people/gather/read";
    assert_eq!(
        led(&post_file(&bo, read, "f.txt", answered.as_bytes()).await),
        round
    );
    let again = post_file(&bo, read, "f.txt", answered.as_bytes()).await;
    assert!(again.header(header::LOCATION).ends_with("said=before"));
    seen(&bo.open(&round).await, &["1 of 5 answered"]);
    refused(
        &post_file(&ada, read, "f.txt", answered.as_bytes()).await,
        &["belongs to no round that is gathered here"],
    );
    // Who has answered needs no new link; a new one for somebody else ends the form they had.
    refused(
        &bo.post(&format!("/people/gather/peer/{peer}/link"), &[]).await,
        &["Mo has answered"],
    );
    let other = metier.rounds().await.unwrap()[0].peers[1].id;
    let form = bo
        .post(&format!("/people/gather/peer/{other}/form"), &[])
        .await
        .body;
    led(&bo.post(&format!("/people/gather/peer/{other}/link"), &[]).await);
    refused(
        &post_file(&bo, read, "f.txt", form.as_bytes()).await,
        &["a newer form was made"],
    );
    let kept = metier.rounds().await.unwrap()[0].peers[0].answer.clone().unwrap();
    assert_eq!(kept.strengths, "Says what is missing");
}

/// Which words of a round each side has: the person, the collector's pages, a giver.
#[tokio::test]
async fn each_side_sees_what_it_was_told_it_would() {
    let (ada, bo) = (Browser::on_example().await, Browser::on_nothing().await);
    let names = ["Zora", "Yves", "Xaver", "Wanda", "Viggo"];
    let (page, round) = begun(&ada, &bo, &names).await;
    let links = links(&bo.open(&round).await.body);
    for (n, link) in links.iter().enumerate() {
        let (hidden, change) = (format!("Hidden {n}"), format!("Shown {n}"));
        // Who does not tick it keeps their words with the collector.
        let mut fields = vec![("next-publish-an-article", "yes"), ("strengths", hidden.as_str())];
        fields.push(("change", change.as_str()));
        if n > 0 {
            fields.push(("show", "yes"));
        }
        led(&bo.send(form(link, &fields)).await);
    }
    led(&close(&bo, &round).await);
    let release = bo.open(&format!("{round}/release")).await.body;
    let came = led(&post_file(&ada, "/people/gather/read", "r.txt", release.as_bytes()).await);
    let person = ada.open(&came).await.body + &ada.open(&page).await.body + &release;
    let metier = bo.shared.metier().await.unwrap().unwrap();
    let journal = serde_json::to_string(
        &metier
            .whole()
            .await
            .unwrap()
            .entries
            .iter()
            .filter(|e| matches!(&e.payload.fact, Fact::Gathering(g) if matches!(**g, GatheringFact::Answered(_))))
            .map(|e| &e.payload)
            .collect::<Vec<_>>(),
    )
    .unwrap();
    let pages = bo.open(&round).await.body + &bo.open("/people/gather").await.body;
    let giver = bo.send(plain(Method::GET, &links[0])).await.body;
    // What: the person, the collector's journal, the collector's pages, a giver's receipt.
    for (what, sees) in [
        ("Zora", [false, false, true, false]),
        ("Hidden 1", [false, true, false, false]),
        ("Shown 0", [false, true, false, false]),
        ("5 or more would let you do it", [true, false, true, false]),
        ("5 of 5", [false, false, false, false]),
    ] {
        let found = [&person, &journal, &pages, &giver].map(|text| text.contains(what));
        assert_eq!(found, sees, "{what}");
    }
    // Four let their words be shown: too few, so nobody's are.
    assert!(!person.contains("Shown 3"));
}
