//! Many at once: a table of attempts.

use axum::http::StatusCode;

use super::{Part, how_many, leads_to, nurse, upload};

#[tokio::test]
async fn a_table_of_attempts_is_taken_whole_or_not_at_all() {
    let (browser, metier) = nurse().await;
    let before = how_many(&metier).await;
    let send = async |table: &[u8]| {
        let parts = [
            Part::Text("competency", "take-observations"),
            Part::Text("step", ""),
            Part::File("file", "log.csv", table),
        ];
        browser.send(upload(&browser, "/did/table", &parts)).await
    };
    let answer = send(b"date,attempts,clean\n2026-01-01,3,5\n2099-01-01,1,1\nx,y,z\n").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["line 2", "line 3", "line 4", "Choose the file again"] {
        assert!(answer.body.contains(said), "{said}");
    }
    let missing = browser
        .send(upload(
            &browser,
            "/did/table",
            &[Part::Text("competency", "explain-common-conditions")],
        ))
        .await;
    assert!(
        missing.body.contains("Choose the file.") && missing.body.contains("not shown by counting attempts")
    );
    assert_eq!(how_many(&metier).await, before);

    let example = browser.open("/did/table/example.csv").await;
    let to = send(example.body.as_bytes()).await;
    assert_eq!(leads_to(&to), "/did?recorded=2");
    let page = browser.open("/did?kind=attempts").await.body;
    assert!(page.contains("Take and score a set of observations") && page.contains("7 of 10 clean"));
}
