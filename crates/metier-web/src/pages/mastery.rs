//! What mastery is: a document that lives. What a master is in one's own words, what is still to be
//! accomplished, the six questions, the masters one looks at, what masters say of the list; and then what is
//! there: practices, positions, professions and needs, credentials, times away.

mod away;
pub(super) mod chain;
mod check;
mod coverage;
mod credential;
mod criteria;
mod definition;
mod document;
mod ended;
mod exemplar;
mod identity;
mod named;
mod outreach;
mod outreach_form;
pub(super) mod position;
mod profession;
mod seen;
mod series;
mod showing;
mod stages;
mod there;
mod thing;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::{AppError, Kind, Metier, Told, words};
use metier_core::id::EntryId;
use metier_core::journal::Fact;

use crate::Shared;
use crate::field::Shown;
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::{Problem, sentence};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/mastery", get(document::page))
        .route(
            "/mastery/definition",
            get(definition::form).post(definition::save),
        )
        .route("/mastery/definition/earlier", get(definition::earlier))
        .route("/mastery/thing", get(thing::form).post(thing::save))
        .route("/mastery/thing/met", post(thing::met))
        .route("/mastery/criteria", get(criteria::form).post(criteria::save))
        .route("/mastery/exemplar", get(exemplar::page))
        .route("/mastery/exemplar/edit", get(exemplar::form).post(exemplar::save))
        .route("/mastery/exemplar/did", get(seen::form).post(seen::save))
        .route("/mastery/exemplar/accomplished", post(seen::accomplished))
        .route("/mastery/exemplar/take-back", post(exemplar::take_back))
        .route("/mastery/check", get(check::page))
        .route("/mastery/check/new", get(check::form).post(check::save))
        .route("/mastery/check/sheet", get(check::sheet))
        .route("/mastery/named", get(named::page))
        .route("/mastery/named/ask", get(named::ask_form).post(named::ask))
        .route("/mastery/named/note", post(named::note))
        .route("/mastery/named/look", post(named::look))
        .route("/mastery/named/asked/{entry}", get(named::asked))
        .route("/mastery/named/asked/{entry}/mail", post(named::mail))
        .route("/mastery/named/asked/{entry}/link", post(named::link))
        .route("/mastery/named/asked/{entry}/end", post(named::end))
        .route("/mastery/outreach", get(outreach::list))
        .route(
            "/mastery/outreach/new",
            get(outreach_form::form).post(outreach_form::save),
        )
        .route("/mastery/outreach/at/{entry}", get(outreach::page))
        .route("/mastery/outreach/at/{entry}/state", post(outreach::state))
        .route("/mastery/outreach/at/{entry}/talked", post(outreach::talked))
        .route("/mastery/outreach/at/{entry}/end", post(outreach::end))
        .route("/mastery/series", get(series::page).post(series::answer))
        .route("/mastery/series/read", post(series::read))
        .route(
            "/mastery/series/comment",
            get(series::comment_form).post(series::comment),
        )
        .route("/mastery/series/take-back", post(series::take_back))
        .route("/mastery/series/show", get(showing::form).post(showing::send))
        .route(
            "/mastery/series/shown/{entry}",
            get(showing::page).post(showing::note),
        )
        .route("/mastery/series/shown/{entry}/mail", get(showing::mail))
        .route("/mastery/series/answer", get(series::one))
        .route("/mastery/series/shown/{entry}/link", post(showing::link))
        .route("/mastery/series/shown/{entry}/end", post(showing::end))
        .route("/mastery/identity", get(identity::form).post(identity::save))
        .route(
            "/mastery/profession",
            get(profession::form).post(profession::save),
        )
        .route("/mastery/position", get(position::form).post(position::save))
        .route("/mastery/if-it-ended", get(ended::page))
        .route("/mastery/leave", get(away::leave).post(away::save_leave))
        .route("/mastery/review", get(away::review).post(away::save_review))
        .route(
            "/mastery/credential",
            get(credential::form).post(credential::save),
        )
        .route("/mastery/take-back", post(take_back))
}

/// What others said of answers of the series and was not read yet; empty when nothing waits.
pub(super) fn arrivals(
    entries: &[metier_core::journal::Entry],
    family: &metier_core::id::FamilyId,
) -> Markup {
    let view = metier_core::journal::view(entries, jiff::Timestamp::MAX);
    series::waiting(&metier_core::mastery::Mastery::of(&view, family))
}

/// A form of these circumstances on a page of its own.
fn form_page(metier: &Metier, title: &str, shown: &Shown<'_>, form: &Markup) -> Response {
    let status = if shown.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Page::new(title)
        .under(Nav::Mastery)
        .of(metier)
        .status(status)
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/mastery" { "What mastery is" } " / " (title) }
                h1 { (title) }
                (shown.summary())
                (form)
            }
        })
}

/// Records something new, or corrects what was told: on to the page, or the fault to show.
async fn tell(
    metier: &Metier,
    told: Option<EntryId>,
    fact: Fact,
    field: &str,
) -> Result<Result<Response, Vec<Fault>>, Problem> {
    let on = metier.surroundings().today();
    let recorded = match told {
        Some(entry) => metier.correct(entry, on, fact).await.map(drop),
        None => metier.record(vec![metier.writing(fact)]).await.map(drop),
    };
    match recorded {
        Ok(()) => Ok(Ok(see_other("/mastery"))),
        Err(error) if error.kind == Kind::Input => Ok(Err(vec![Fault {
            field: field.into(),
            what: sentence(&error.message),
        }])),
        Err(error) => Err(error.into()),
    }
}

/// What was told under the id a form or an address names; `None` for something new.
fn told_by<'l, T>(list: &'l [Told<T>], sent: &Sent) -> Result<Option<&'l Told<T>>, Problem> {
    match sent.text("id") {
        "" => Ok(None),
        id => {
            let id: Option<EntryId> = id.parse().ok();
            let found = list.iter().find(|t| Some(t.id) == id);
            found
                .map(Some)
                .ok_or_else(|| Problem::not_found("there is no such entry; perhaps it was taken back"))
        }
    }
}

/// The button that takes an entry back, in a form of its own beside the one that changes it.
fn take_back_form(id: EntryId) -> Markup {
    html! {
        form.act method="post" action="/mastery/take-back" {
            button.btn.risky name="entry" value=(id) { "Take it back" }
            span.soft.small { "It stays in the journal as taken back." }
        }
    }
}

async fn take_back(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let ids = life
        .professions
        .iter()
        .map(|t| t.id)
        .chain(life.positions.iter().map(|t| t.id))
        .chain(life.leaves.iter().map(|t| t.id))
        .chain(life.reviews.iter().map(|t| t.id))
        .chain(life.planned.iter().map(|t| t.id));
    let asked: Option<EntryId> = sent.text("entry").parse().ok();
    let found = ids.into_iter().find(|id| Some(*id) == asked);
    let Some(entry) = found else {
        return Err(Problem::not_found(
            "there is no such entry; perhaps it was taken back already",
        ));
    };
    metier.withdraw(entry, "").await?;
    Ok(see_other("/mastery"))
}

/// A day as a form holds it.
fn day_field(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(String::new, |d| d.to_string())
}

/// Two days of which the second must not come before the first.
fn in_order(
    reading: &mut crate::form::Reading<'_>,
    from: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
) {
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        reading.fault(
            "until",
            format!("This is before it begins, on {}.", words::day(from)),
        );
    }
}

/// What a use case refuses because of what was sent, as faults beside a field; anything else goes on.
fn refused(error: AppError, field: &str) -> Result<Vec<Fault>, Problem> {
    if !matches!(error.kind, Kind::Input | Kind::NotFound) {
        return Err(error.into());
    }
    Ok(vec![Fault {
        field: field.into(),
        what: sentence(&error.message),
    }])
}

/// The id of an entry as an address or a form names it.
fn entry_of(text: &str) -> Result<EntryId, Problem> {
    text.parse()
        .map_err(|_| Problem::not_found("there is no such entry; perhaps it was taken back"))
}

/// An address with values in its question.
fn address(path: &str, values: &[(&str, &str)]) -> String {
    let question = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(values)
        .finish();
    format!("{path}?{question}")
}

/// What is said where a form was drawn before something else was recorded about the same thing.
const MEANWHILE: &str = "It was changed in another window or on another device since you opened this form. Your words are still here and were not recorded; how it stands now is shown below. Send yours again to put them in its place.";
