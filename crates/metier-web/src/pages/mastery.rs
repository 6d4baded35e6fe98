//! What mastery is: the profession and the needs it serves, its practices, how much of them one's
//! positions touched, foundations, credentials, and the circumstances that freshness depends on.

mod away;
mod coverage;
mod credential;
pub(super) mod position;
mod profession;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AsOf, Kind, Metier, Sight, Told};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::journal::Fact;
use metier_core::person::Profession;
use metier_core::standing::CredentialState;

use crate::Shared;
use crate::field::Shown;
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::guide::why;
use crate::problem::{Problem, sentence};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/mastery", get(page))
        .route(
            "/mastery/profession",
            get(profession::form).post(profession::save),
        )
        .route("/mastery/position", get(position::form).post(position::save))
        .route("/mastery/leave", get(away::leave).post(away::save_leave))
        .route("/mastery/review", get(away::review).post(away::save_review))
        .route(
            "/mastery/credential",
            get(credential::form).post(credential::save),
        )
        .route("/mastery/take-back", post(take_back))
}

async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = shared.surroundings().today();
    let f = &*sight.version.framework;
    let words = Words::new(f, &sight.entries, today);
    let content = html! {
        p.eyebrow { "What mastery is" }
        h1 { (f.title) }
        @if !f.summary.is_empty() { p.lead { (f.summary) } }
        (meaning(&sight))
        div.two {
            div {
                (coverage::section(f, &sight.life.positions, today))
                (practices(f, &sight))
            }
            div {
                (professions(&sight.life.professions))
                (credentials(f, &sight))
                (foundations(f, &sight, &words))
                (away::section(&sight.life, shared.surroundings().today()))
            }
        }
        (why(&["what-a-master-is", "stages", "asking-a-master", "barriers"]))
    };
    Ok(Page::new("What mastery is")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

/// What "mastered" means for this person, and what it never means.
fn meaning(sight: &Sight) -> Markup {
    let target = sight.standing.target.as_ref();
    html! {
        section.card.first aria-labelledby="meaning" {
            h2.label #meaning { "Mastered means" }
            @match target {
                Some(target) => {
                    p.big { "Every required step of " (target.name) " is proven and fresh." }
                    p { "You have " (target.required.met) " of " (target.required.of) ". It never follows from years, from fame, or from one number." }
                }
                None => {
                    p.big { "Every required step of the level you aim at is proven and fresh." }
                    p { "You aim at no level yet. " a href="/settings/aim" { "Choose one" } }
                }
            }
            div.act {
                a href="/" { "Where you stand" }
                a href="/framework#levels" { "What each level asks" }
                a href="/settings/aim" { "Change the aim" }
            }
        }
    }
}

fn practices(f: &Framework, sight: &Sight) -> Markup {
    html! {
        section aria-labelledby="practices" {
            h2 #practices { "Practices" }
            ul.lines {
                @for practice in &f.practices {
                    @let ids: Vec<_> = f.competencies_of(&practice.id).map(|c| &c.id).collect();
                    @let proven = ids.iter().filter(|id| sight.standing.competency(id).is_some_and(|s| s.proven.is_some())).count();
                    li {
                        p.name { a href={ "/framework#p-" (practice.id) } { (practice.name) } }
                        @if !practice.summary.is_empty() { p.small { (practice.summary) } }
                        p.soft.small {
                            (words::capital(&words::plural(ids.len() as u64, "competency", "competencies"))) "; something proven in "
                            (words::number(proven as u64)) "."
                        }
                    }
                }
            }
        }
    }
}

fn professions(told: &[Told<Profession>]) -> Markup {
    html! {
        section.card aria-labelledby="professions" {
            h2.label #professions { "Professions" }
            ul.plain {
                @for p in told {
                    li.circumstance {
                        p { b { (p.what.name) } " · " (words::profession_status(p.what.status)) }
                        p.soft.small {
                            (words::capital(&words::span(p.what.from, p.what.until))) ". "
                            a href={ "/mastery/profession?id=" (p.id) } { "Change or end" span.hide { ": " (p.what.name) } }
                        }
                        (needs(&p.what))
                    }
                }
            }
            div.act {
                a href="/mastery/profession" { "Add a profession" }
                a href="/start" { "Begin another framework" }
            }
        }
    }
}

/// The needs a profession serves, out of the twelve and the person's own.
fn needs(profession: &Profession) -> Markup {
    let twelve = metier_core::framework::needs();
    let own = profession
        .needs
        .iter()
        .filter(|n| !twelve.iter().any(|t| t.id == **n));
    html! {
        p.soft.small { "Serves " (words::number(profession.needs.len() as u64)) " of the needs people have:" }
        ul.chips.needs {
            @for need in &twelve {
                @if profession.needs.contains(&need.id) { li { span.chip.yes { (need.name) span.hide { ", served" } } } }
                @else { li { span.chip { (need.name) span.hide { ", not named" } } } }
            }
            @for need in own { li { span.chip.yes { (words::need(need.as_str())) span.hide { ", served" } } } }
        }
    }
}

fn credentials(f: &Framework, sight: &Sight) -> Markup {
    html! {
        section.card #credentials aria-labelledby="credentials-h" {
            h2.label #credentials-h { "Credentials the field asks for" }
            @if f.credentials.is_empty() { p { "None." } }
            ul.plain {
                @for wanted in &f.credentials {
                    @let standing = sight.standing.credentials.iter().find(|c| c.credential == wanted.id);
                    @let state = standing.map_or(CredentialState::Missing, |s| s.state);
                    li.circumstance {
                        p { b { (wanted.name) } @if wanted.required { " " span.asked.small { "required" } } }
                        p.small.attention[matches!(state, CredentialState::Expiring | CredentialState::Lapsed)] {
                            (words::capital(words::credential_state(state)))
                            @if let Some(on) = standing.and_then(|s| s.expires) {
                                @if state == CredentialState::Lapsed { " on " } @else { ", until " }
                                (words::day(on))
                            }
                            ". "
                            @if let Some(id) = standing.and_then(|s| s.evidence) { a href={ "/did/" (id) } { "What shows it" } " · " }
                            a href={ "/mastery/credential?id=" (wanted.id) } {
                                @if state == CredentialState::Missing { "Record it" } @else { "Record a renewal" }
                                span.hide { ": " (wanted.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn foundations(f: &Framework, sight: &Sight, words: &Words<'_>) -> Markup {
    let all: Vec<_> = f.competencies.iter().filter(|c| c.foundation).collect();
    html! {
        @if !all.is_empty() {
            section.card aria-labelledby="foundations" {
                h2.label #foundations { "Foundations" }
                p.small { "The rest of the field stands on these." }
                ul.plain {
                    @for c in all {
                        li.circumstance {
                            p { a href={ "/competency/" (c.id) } { (c.name) } }
                            @if let Some(standing) = sight.standing.competency(&c.id) {
                                p.soft.small { "Proven: " (words.proven(standing)) }
                            }
                        }
                    }
                }
            }
        }
    }
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
