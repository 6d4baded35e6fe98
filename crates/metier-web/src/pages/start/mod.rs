//! First run: profession, aim, where one sees oneself, the first things done. Four short pages, each
//! with an address of its own; every choice is recorded as it is made, so the way can be left and taken
//! up again anywhere.

mod aim;
mod company;
mod place;
mod profession;
mod sent;
mod things;

pub use sent::draw as ask_for_file;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};

use crate::Shared;
use crate::field::Shown;
use crate::form::{Fault, Sent};
use crate::layout::Page;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/start", get(profession::show).post(profession::choose))
        .route(
            "/start/sent",
            get(sent::show)
                .post(sent::open)
                .layer(DefaultBodyLimit::max(super::settings::FILE_LIMIT)),
        )
        .route("/start/sent/form", post(sent::answered))
        .route(
            "/start/sent/own",
            post(sent::own).layer(DefaultBodyLimit::max(super::settings::FILE_LIMIT)),
        )
        .route("/start/company", get(company::show).post(company::choose))
        .route("/start/aim", get(aim::show).post(aim::choose))
        .route("/start/place", get(place::show).post(place::choose))
        .route("/start/things", get(things::show).post(things::tell))
}

/// The pages of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Profession,
    Aim,
    Place,
    Things,
}

impl Stage {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Profession, "Profession"),
        (Self::Aim, "Aim"),
        (Self::Place, "Your own view"),
        (Self::Things, "First things"),
    ];

    /// Where on the way this page is.
    fn way(self) -> Markup {
        html! {
            ol.way aria-label="The four pages of the beginning" {
                @for (stage, name) in Self::ALL {
                    li aria-current=[(stage == self).then_some("step")] { span { (name) } }
                }
            }
        }
    }

    /// A page of the way; with faults it says so to a machine, too.
    fn page(self, title: &str, faults: &[Fault], content: &Markup) -> Response {
        let page = Page::new(title).alone();
        let page = if faults.is_empty() {
            page
        } else {
            page.status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
        };
        page.show(&html! { (self.way()) (content) })
    }
}

/// A form at rest, or as it was sent with what is wrong with it.
fn shown<'a>(sent: &'a Sent, faults: &'a [Fault]) -> Shown<'a> {
    Shown { sent, faults }
}

/// One card to choose among several: a radio button with a name and what it means.
fn pick(sent: &Sent, field: &str, value: &str, name: &str, more: &Markup) -> Markup {
    html! {
        label.pick {
            input type="radio" name=(field) value=(value) checked[sent.text(field) == value];
            span { strong { (name) } (more) }
        }
    }
}
