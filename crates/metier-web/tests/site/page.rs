//! What an answer says and where it leads, as the tests ask it.

use axum::http::{StatusCode, header};

use crate::browser::Answer;

/// The page is there and holds these texts.
pub fn seen(answer: &Answer, texts: &[&str]) {
    holds(answer, StatusCode::OK, texts);
}

/// The form is shown again and says what is wrong in these texts.
pub fn refused(answer: &Answer, texts: &[&str]) {
    holds(answer, StatusCode::UNPROCESSABLE_ENTITY, texts);
}

fn holds(answer: &Answer, status: StatusCode, texts: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.body);
    for text in texts {
        assert!(answer.body.contains(text), "{text}\n{}", answer.body);
    }
}

/// Where a form leads, without the question.
pub fn led(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.header(header::LOCATION);
    path.split('?').next().unwrap().to_owned()
}

/// What a hidden field holds.
pub fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}
