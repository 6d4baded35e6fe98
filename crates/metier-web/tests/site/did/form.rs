//! The full form of each kind, its files and its faults.

use axum::http::{StatusCode, header};
use metier_app::deeds;
use metier_core::evidence::{Artefact, Happening, Learner, Rasci, Stance};

use super::{Part, TODAY, entries, how_many, leads_to, nurse, only, upload};

/// Fields and what they are sent with.
type Fields = Vec<(&'static str, &'static str)>;

/// What each kind's form is sent with, and what must be read from it.
// One table, one row a kind: cutting it up would hide a missing one.
#[allow(clippy::too_many_lines)]
fn every_kind() -> Vec<(&'static str, Fields, Happening)> {
    let s = str::to_owned;
    vec![
        (
            "attempts",
            vec![
                ("attempts", "12"),
                ("clean", "10"),
                ("aided", "1"),
                ("minutes", "55"),
                ("guide", "NEWS2"),
            ],
            Happening::Attempts {
                attempts: 12,
                clean: 10,
                aided: 1,
                guide: s("NEWS2"),
                minutes: Some(55),
            },
        ),
        (
            "accomplishment",
            vec![
                ("scope", "30 beds"),
                ("responsibility", "all of it"),
                ("result", "done"),
                ("impact", "9 to 6 days"),
                ("significance", "much"),
                ("difficulty", "time"),
                ("recognised", "the board"),
                ("accepted", "no"),
            ],
            Happening::Accomplishment {
                scope: s("30 beds"),
                responsibility: s("all of it"),
                result: s("done"),
                impact: s("9 to 6 days"),
                significance: s("much"),
                difficulty: s("time"),
                recognised: s("the board"),
                accepted: Some(false),
            },
        ),
        (
            "project",
            vec![
                ("goal", "fewer falls"),
                ("deadline", "2026-05-01"),
                ("met", "yes"),
                ("tasks", "a\nb"),
                ("people-led", "4"),
            ],
            Happening::Project {
                tasks: s("a\nb"),
                deadline: Some(jiff::civil::date(2026, 5, 1)),
                goal: s("fewer falls"),
                met: Some(true),
                people_led: 4,
            },
        ),
        (
            "teaching",
            vec![
                ("learner-0", "K.L."),
                ("can-0", "scores"),
                ("unaided-0", "yes"),
                ("learner-5", "M.N."),
            ],
            Happening::Teaching {
                learners: vec![
                    Learner {
                        name: s("K.L."),
                        can_now: s("scores"),
                        unaided: true,
                    },
                    Learner {
                        name: s("M.N."),
                        can_now: s(""),
                        unaided: false,
                    },
                ],
            },
        ),
        (
            "communication",
            vec![("form", "talk"), ("audience", "students"), ("reach", "40")],
            Happening::Communication {
                form: s("talk"),
                audience: s("students"),
                reach: Some(40),
            },
        ),
        (
            "incident",
            vec![
                ("diagnosed", "the pump"),
                ("reached", "the engineer"),
                ("outcome", "mended"),
            ],
            Happening::Incident {
                diagnosed: s("the pump"),
                reached: s("the engineer"),
                outcome: s("mended"),
            },
        ),
        (
            "ownership",
            vec![("role", "accountable"), ("objective", "OKR 3"), ("until", "")],
            Happening::Ownership {
                role: Some(Rasci::Accountable),
                objective: s("OKR 3"),
                until: None,
            },
        ),
        (
            "credential",
            vec![
                ("body", "the council"),
                ("number", "77"),
                ("expires", "2027-01-01"),
            ],
            Happening::Credential {
                body: s("the council"),
                number: s("77"),
                expires: Some(jiff::civil::date(2027, 1, 1)),
            },
        ),
        (
            "learning",
            vec![
                ("form", "course"),
                ("provider", "the school"),
                ("used-for", "the ward"),
            ],
            Happening::Learning {
                form: s("course"),
                provider: s("the school"),
                used_for: s("the ward"),
            },
        ),
        (
            "recognition",
            vec![("by", "the trust"), ("how", "an award")],
            Happening::Recognition {
                by: s("the trust"),
                how: s("an award"),
            },
        ),
    ]
}

#[tokio::test]
async fn every_kind_has_a_form_that_is_read_shown_and_offered_again_to_correct() {
    let (browser, metier) = nurse().await;
    for (kind, fields, happening) in every_kind() {
        let form = browser.open(&format!("/did/new?kind={kind}")).await;
        for (name, _) in fields.iter().filter(|(name, _)| !name.ends_with("-5")) {
            assert!(
                form.body.contains(&format!("name=\"{name}\"")),
                "{kind} asks for {name}"
            );
        }
        let mut parts = vec![
            Part::Text("kind", kind),
            Part::Text("title", kind),
            Part::Text("date", "2026-03-04"),
            Part::Text("hours", "1.5"),
            Part::Text("story", "more\r\nof it"),
            Part::Text("confidential", "yes"),
            Part::Text("redacted", "something"),
        ];
        parts.extend(fields.iter().map(|(name, value)| Part::Text(name, value)));
        let answer = browser.send(upload(&browser, "/did/new", &parts)).await;
        let to = leads_to(&answer).to_owned();
        let entries = entries(&metier).await;
        let all = deeds(&entries);
        let deed = all.iter().find(|d| d.wording.evidence.title == kind).unwrap();
        assert_eq!(deed.wording.evidence.what, happening);
        assert_eq!(deed.wording.evidence.hours, Some(1.5));
        assert_eq!(deed.wording.evidence.story, "more\nof it");
        assert!(deed.wording.evidence.confidential);

        let page = browser.open(&to).await;
        assert!(
            page.body.contains("Recorded.") && page.body.contains("<p class=\"name\">something</p>"),
            "{kind}"
        );
        // What is offered to be corrected, sent back as it is, changes nothing.
        let form = browser.open(&format!("/did/{}/correct", deed.id)).await;
        assert_eq!(form.status, StatusCode::OK);
        let before = how_many(&metier).await;
        let back = browser
            .send(upload(&browser, &format!("/did/{}/correct", deed.id), &parts))
            .await;
        assert!(leads_to(&back).ends_with("?done=same"), "{kind}");
        assert_eq!(how_many(&metier).await, before);
    }
}

#[tokio::test]
async fn the_kind_that_a_step_asks_for_is_chosen_already() {
    let (browser, _) = nurse().await;
    for (step, heading) in [
        ("teaches", "Teaching"),
        ("delivers", "Project"),
        ("owns", "Responsibility"),
    ] {
        let page = browser
            .open(&format!("/did/new?for=take-observations/{step}"))
            .await;
        assert!(page.body.contains(&format!("<h1>{heading}</h1>")), "{step}");
        assert!(
            page.body.contains(&format!("value=\"{step}\" selected")),
            "{step}"
        );
    }
    let page = browser.open("/did/new?for=take-observations/reliable").await;
    assert!(page.body.contains("<h1>Attempts</h1>"));
    assert!(
        browser
            .open("/did/new")
            .await
            .body
            .contains("What sort of thing was it?")
    );
    assert_eq!(
        browser.post("/did/new", &[("kind", "magic")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn faults_of_a_full_form_keep_everything_but_the_files_and_record_nothing() {
    let (browser, metier) = nurse().await;
    let before = how_many(&metier).await;
    for (kind, wrong, says) in [
        (
            "attempts",
            vec![("attempts", "0"), ("clean", "0")],
            "at least once",
        ),
        (
            "attempts",
            vec![("attempts", "3"), ("clean", "5")],
            "5 right ones are more than 3 times",
        ),
        (
            "attempts",
            vec![("attempts", "many"), ("clean", "1")],
            "whole number",
        ),
        ("teaching", vec![], "Name at least one person"),
        ("teaching", vec![("can-0", "scores")], "Say who"),
        ("credential", vec![], "Say who gave it"),
        (
            "credential",
            vec![("body", "b"), ("expires", "2020-01-01")],
            "ends before it was given",
        ),
        ("recognition", vec![], "Say who recognised it"),
        ("learning", vec![("hours", "-4")], "from 0 to 100000"),
        (
            "learning",
            vec![("links", "https://a.org\nb.org")],
            "begins with https://",
        ),
        (
            "learning",
            vec![("competency-1", "alchemy")],
            "none of the competencies",
        ),
        (
            "credential",
            vec![("body", "b"), ("credential", "none-such")],
            "none of the credentials",
        ),
    ] {
        let mut parts = vec![
            Part::Text("kind", kind),
            Part::Text("title", "Kept as I wrote it"),
            Part::Text("date", TODAY),
            Part::Text("story", "The whole story"),
            Part::File("files", "a.txt", b"hello"),
        ];
        parts.extend(wrong.iter().map(|(name, value)| Part::Text(name, value)));
        let answer = browser.send(upload(&browser, "/did/new", &parts)).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{kind} {wrong:?}"
        );
        for said in [
            says,
            "Kept as I wrote it",
            "The whole story",
            "Choose the files again",
        ] {
            assert!(answer.body.contains(said), "{kind} {wrong:?}: {said}");
        }
    }
    assert_eq!(how_many(&metier).await, before);
}

#[tokio::test]
async fn a_file_is_kept_given_back_as_bytes_and_refused_when_too_large() {
    let (browser, metier) = nurse().await;
    let bytes = b"<script>alert(1)</script>\xff\x00";
    let parts = [
        Part::Text("kind", "learning"),
        Part::Text("title", "A course"),
        Part::Text("date", TODAY),
        Part::Text("competency-0", "assess-pain"),
        Part::Text("step-0", "follows"),
        Part::Text("competency-1", "take-observations"),
        Part::Text("stance-1", "contradicts"),
        Part::Text("step-1", "reliable"),
        Part::File("files", "../../pass\u{e9}.html", bytes),
        Part::File("files", "b.pdf", b"%PDF"),
        Part::File("files", "", b""),
    ];
    leads_to(&browser.send(upload(&browser, "/did/new", &parts)).await);
    let entries = entries(&metier).await;
    let deed = only(&entries);
    assert_eq!(deed.wording.evidence.artefacts.len(), 2);
    let stances: Vec<Stance> = deed.claims.iter().map(|(_, c)| c.stance).collect();
    assert_eq!(stances, [Stance::Supports, Stance::Contradicts]);
    let Artefact::Attachment { digest, name, .. } = &deed.wording.evidence.artefacts[0] else {
        panic!("a file");
    };
    assert_eq!(name, "pass\u{e9}.html");
    let file = browser.open(&format!("/did/{}/file/{digest}", deed.id)).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header(header::CONTENT_TYPE), "application/octet-stream");
    assert!(
        file.header(header::CONTENT_DISPOSITION)
            .starts_with("attachment; ")
    );
    for wrong in ["sha256:00", &digest.to_string().replace('a', "b")] {
        let answer = browser.open(&format!("/did/{}/file/{wrong}", deed.id)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }

    let before = how_many(&metier).await;
    let large = vec![b'x'; (25 << 20) + 1];
    let parts = [
        Part::Text("kind", "learning"),
        Part::Text("title", "A film"),
        Part::File("files", "film.mp4", &large),
    ];
    let answer = browser.send(upload(&browser, "/did/new", &parts)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("film.mp4 has 25 MB; at most 25 MB are kept"));
    assert_eq!(how_many(&metier).await, before);
}
