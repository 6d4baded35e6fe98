//! What a form or an address carries, read into the domain's types at the edge.
//!
//! [`Sent`] keeps everything as it was sent, so that a form with a fault in it can be shown again with
//! nothing lost; [`Reading`] takes values out of it and gathers the faults, each under its field.

use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use jiff::civil::Date;
use metier_app::AppError;

use crate::problem::Problem;

/// The most fields a form may have.
const FIELDS: usize = 5_000;

/// A form as it was sent, or the question in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
}

/// A file that came with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// Its name, without folders.
    pub name: String,
    /// What the browser says it is.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Sent {
    /// The fields of an urlencoded text.
    pub fn read(text: &[u8]) -> Self {
        let fields = form_urlencoded::parse(text)
            .take(FIELDS)
            .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")))
            .collect();
        Self {
            fields,
            files: Vec::new(),
        }
    }

    /// The same with one more field: to fill a form before it is shown.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// A field's text without the space around it; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.trim())
            .unwrap_or_default()
    }

    /// Every text sent under a name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.trim())
    }

    /// Every field, as it was sent.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// True when something was sent under a name: a ticked box.
    pub fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// True when this value is among those sent under a name: one of several boxes.
    pub fn ticks(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }

    /// Files that came under a name.
    pub fn files<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Upload> {
        self.files.iter().filter(move |f| f.field == name)
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_multipart = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.starts_with("multipart/form-data"));
        if !is_multipart {
            let body = axum::body::Bytes::from_request(request, state)
                .await
                .map_err(|e| too_large(&e.body_text()))?;
            return Ok(Self::read(&body));
        }
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|e| too_large(&e.body_text()))?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|e| too_large(&e.body_text()))? {
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let media_type = part
                .content_type()
                .unwrap_or("application/octet-stream")
                .to_owned();
            let bytes = part.bytes().await.map_err(|e| too_large(&e.body_text()))?;
            if sent.fields.len() + sent.files.len() >= FIELDS {
                return Err(too_large("too many fields"));
            }
            match file_name {
                // An empty file field is sent as a file without a name.
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) => sent.files.push(Upload {
                    field,
                    name: bare_name(&name),
                    media_type,
                    bytes: bytes.to_vec(),
                }),
                None => sent
                    .fields
                    .push((field, String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
            }
        }
        Ok(sent)
    }
}

/// The question in an address: `?as-of=2026-08-12`.
#[derive(Debug, Clone, Default)]
pub struct Asked(pub Sent);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Sent::read(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

fn bare_name(name: &str) -> String {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if bare.is_empty() {
        "file".into()
    } else {
        bare.into()
    }
}

fn too_large(why: &str) -> Problem {
    Problem::App(
        AppError::input(format!("the form cannot be read: {why}"))
            .hint("A file may have up to 25 MB. Nothing was recorded."),
    )
}

/// Something wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which field.
    pub field: String,
    /// What is wrong and what to do, as a sentence.
    pub what: String,
}

/// Takes values out of a form and gathers what is wrong with them.
#[derive(Debug)]
pub struct Reading<'a> {
    sent: &'a Sent,
    faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    pub fn of(sent: &'a Sent) -> Self {
        Self {
            sent,
            faults: Vec::new(),
        }
    }

    /// Notes a fault.
    pub fn fault(&mut self, field: &str, what: impl Into<String>) {
        self.faults.push(Fault {
            field: field.into(),
            what: what.into(),
        });
    }

    /// A text that must not be empty; `what` is said when it is.
    pub fn needed(&mut self, field: &str, what: &str) -> String {
        let text = self.sent.text(field);
        if text.is_empty() {
            self.fault(field, what);
        }
        text.to_owned()
    }

    /// A value that can be read from a text; `None` when nothing was sent, or with a fault.
    pub fn read<T: std::str::FromStr>(&mut self, field: &str, what: &str) -> Option<T> {
        let text = self.sent.text(field);
        if text.is_empty() {
            return None;
        }
        let read = text.parse().ok();
        if read.is_none() {
            self.fault(field, what);
        }
        read
    }

    /// A day; `None` when nothing was sent, or with a fault.
    pub fn day(&mut self, field: &str) -> Option<Date> {
        self.read(field, "Write the day as year-month-day, as in 2026-08-12.")
    }

    /// A day that has come; today when nothing was sent.
    pub fn past_day(&mut self, field: &str, today: Date) -> Date {
        match self.day(field) {
            Some(day) if day > today => {
                self.fault(field, "This day has not come yet.");
                today
            }
            day => day.unwrap_or(today),
        }
    }

    /// What was read, when nothing is wrong.
    ///
    /// # Errors
    /// Every fault.
    pub fn done<T>(self, value: T) -> Result<T, Vec<Fault>> {
        if self.faults.is_empty() {
            Ok(value)
        } else {
            Err(self.faults)
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_was_sent_is_kept_and_read_without_the_space_around_it() {
        let sent = Sent::read(b"title=+A+day%0D%0Aout+&tag=a&tag=b&empty=");
        assert_eq!(sent.text("title"), "A day\nout");
        assert_eq!(sent.all("tag").collect::<Vec<_>>(), ["a", "b"]);
        assert!(sent.ticks("tag", "b") && !sent.ticks("tag", "c"));
        assert!(!sent.has("empty") && !sent.has("absent"));
    }

    #[test]
    fn a_day_is_read_or_what_is_wrong_is_said_under_its_field() {
        let today = date(2026, 11, 22);
        let read = |text: &str| {
            let sent = Sent::default().with("on", text);
            let mut reading = Reading::of(&sent);
            let day = reading.past_day("on", today);
            reading.done(day)
        };
        assert_eq!(read("2026-08-12"), Ok(date(2026, 8, 12)));
        assert_eq!(read(""), Ok(today));
        for wrong in ["12.8.2026", "2026-02-30", "2026-11-23"] {
            assert_eq!(read(wrong).unwrap_err()[0].field, "on", "{wrong}");
        }
    }

    #[tokio::test]
    async fn files_come_with_their_bare_names() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA talk\r\n\
            --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"..\\..\\notes.txt\"\r\n\
            Content-Type: text/plain\r\n\r\nhello\r\n\
            --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--b--\r\n";
        let request = Request::builder()
            .header(CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(body))
            .unwrap();
        let sent = Sent::from_request(request, &()).await.unwrap();
        assert_eq!(sent.text("title"), "A talk");
        let files: Vec<_> = sent
            .files("file")
            .map(|f| (f.name.as_str(), f.bytes.as_slice()))
            .collect();
        assert_eq!(files, [("notes.txt", &b"hello"[..])]);
    }
}
