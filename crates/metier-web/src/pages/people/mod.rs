//! People: what was asked of others, what they said, how it came and what was done with it.

mod ask;
mod asked;
mod back;
pub(super) mod network;
pub(super) mod own_view;
mod said;

pub(super) use ask::about;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{FeedbackBook, FeedbackSeen, RequestSeen, RequestState};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, view};
use metier_core::own_view::OwnViewFirst;
use metier_core::rating::{Dispute, DisputeSettled, Rating, Role};

use super::case;
use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page, notice};
use crate::problem::Problem;

/// The most ratings one page shows.
const RATINGS_SHOWN: usize = 100;

/// Roles of others, as forms and addresses write them.
const ROLES: [(&str, Role); 4] = [
    ("manager", Role::Manager),
    ("peer", Role::Peer),
    ("client", Role::Client),
    ("mentor", Role::Mentor),
];

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/people", get(page))
        .route("/people/ask", get(ask::form).post(ask::send))
        .route("/people/asked/{entry}", get(asked::page))
        .route("/people/asked/{entry}/link", post(asked::link))
        .route("/people/asked/{entry}/file", post(asked::file))
        .route("/people/asked/{entry}/withdraw", post(asked::withdraw))
        .route("/people/asked/{entry}/mail", post(back::mail))
        .route("/people/asked/{entry}/answer", get(back::told).post(back::answer))
        .route("/people/back", get(back::form).post(back::file))
        .route("/people/said/{entry}", get(said::page))
        .route("/people/own-view", get(own_view::page).post(own_view::give))
        .route("/people/said/{entry}/use", post(said::used))
        .merge(network::routes())
}

async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let today = metier.surroundings().today();
    let words = Words::new(framework, &entries, today);
    // What waits is listed by who gave it, and no word of it.
    let whole = metier.whole().await?;
    let book = FeedbackBook::of(&whole.entries, today);
    let role = ROLES
        .iter()
        .find(|(name, _)| *name == asked.text("role"))
        .map(|(_, r)| *r);
    let content = html! {
        (case::beside(case::Here::Feedback))
        div.row.spread {
            h1 { "What others see" }
            a.btn href="/people/ask" { "Ask for feedback" }
        }
        @if asked.text("done") == "withdrawn" { (notice(&html! { p { "The request was taken back. Its link opens no longer." } })) }
        (super::mastery::arrivals(&entries, &framework.family))
        @if book.requests.is_empty() && book.given.is_empty() { (nobody_yet()) }
        div.two {
            div {
                (said_section(&words, &whole.waiting, &book.given, role))
                (super::gather::came_list(&metier).await?)
            }
            div {
                (requests(&words, &book.requests, today))
                (disputes(&words, &entries))
            }
        }
        (own_view::waits(&metier).await?)
        (network::lead(&entries, today))
        (ratings(&words, &entries, role))
    };
    Ok(Page::new("People").under(Nav::People).of(&metier).show(&content))
}

fn nobody_yet() -> Markup {
    html! {
        section.card.first {
            p.big { "Ask one person who saw you do it." }
            p { "They need no account: they get a link, a file or a mail with four questions, and read first who will see the answer and for what. It takes them five minutes." }
        }
    }
}

fn requests(words: &Words<'_>, requests: &[RequestSeen], today: Date) -> Markup {
    let of = |state: RequestState| requests.iter().filter(move |r| r.state == state);
    let lines = |state: RequestState| {
        html! {
            ul.lines {
                @for request in of(state) {
                    li {
                        a href={ "/people/asked/" (request.id) } { (words.asked_for_feedback(&request.request)) }
                        div.soft.small { (when(request, today)) }
                    }
                }
            }
        }
    };
    let over = of(RequestState::Expired).count();
    let answered = of(RequestState::Answered).count();
    html! {
        section aria-labelledby="waiting" {
            h2 #waiting { "Waiting for an answer" }
            @if of(RequestState::Open).next().is_some() { (lines(RequestState::Open)) }
            @else { p.soft { "Nobody is asked right now." } }
            p { a href="/people/back" { "A form came back as a file" } }
            @if over > 0 {
                details.fold { summary { "Over without an answer (" (over) ")" } (lines(RequestState::Expired)) }
            }
            @if answered > 0 {
                details.fold { summary { "Answered (" (answered) ")" } (lines(RequestState::Answered)) }
            }
        }
    }
}

fn when(request: &RequestSeen, today: Date) -> String {
    let until = words::day(request.request.until);
    let asked = words::ago(request.on, today);
    match request.state {
        RequestState::Open => format!("asked {asked}, open until {until}"),
        RequestState::Answered => format!("asked {asked}, answered"),
        RequestState::Expired => format!("was open until {until}"),
    }
}

fn said_section(
    words: &Words<'_>,
    waiting: &OwnViewFirst,
    given: &[FeedbackSeen],
    role: Option<Role>,
) -> Markup {
    let shown: Vec<&FeedbackSeen> = given
        .iter()
        .filter(|g| role.is_none_or(|r| g.given.role == r))
        .collect();
    html! {
        section aria-labelledby="said" {
            h2 #said { "What people said" }
            @if !given.is_empty() {
                ul.chips aria-label="By role" {
                    li { a.chip href="/people" aria-current=[role.is_none().then_some("true")] { "Everybody" } }
                    @for (name, one) in ROLES {
                        @if given.iter().any(|g| g.given.role == one) {
                            li { a.chip href={ "/people?role=" (name) } aria-current=[(role == Some(one)).then_some("true")] { (words::capital(words::role(one))) } }
                        }
                    }
                }
            }
            @if shown.is_empty() { p.soft { "Nothing yet." } }
            ul.lines {
                @for seen in shown {
                    li {
                        @if !waiting.holds(seen.id) {
                            a href={ "/people/said/" (seen.id) } { (words.feedback_said(&seen.given)) }
                        } @else {
                            a href={ "/people/said/" (seen.id) } { (seen.given.by) " (" (words::role(seen.given.role)) ") answered" }
                            ": your own view comes first."
                        }
                        div.soft.small {
                            (words::day(seen.on)) " · " (words::came(seen.given.channel))
                            @match seen.used.last() {
                                Some((_, used)) => { " · " (words::used(used.how)) },
                                None => " · not used yet",
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Every rating that stands, latest first: whose, in which role, what, and how it came. One's own are
/// folded; those that wait for one's own view are not among them.
fn ratings(words: &Words<'_>, entries: &[Entry], role: Option<Role>) -> Markup {
    let stands = view(entries, jiff::Timestamp::MAX);
    let mut all: Vec<(Date, &Rating)> = stands
        .facts
        .iter()
        .filter_map(|f| match f.fact() {
            Fact::Rating(r) => Some((f.occurred_on(), r)),
            _ => None,
        })
        .collect();
    all.reverse();
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, r)| r.role == Role::Oneself);
    let shown: Vec<_> = others
        .into_iter()
        .filter(|(_, r)| role.is_none_or(|role| r.role == role))
        .collect();
    let more = shown.len().saturating_sub(RATINGS_SHOWN);
    html! {
        @if !shown.is_empty() || !own.is_empty() {
            section aria-labelledby="ratings" {
                h2 #ratings { "Ratings over time" }
                @if shown.is_empty() { p.soft { "Nobody else has rated you yet." } }
                @else { (rating_table(words, "Ratings by others", &shown)) }
                @if more > 0 { p.soft { "And " (more) " older ones." } }
                @if !own.is_empty() {
                    details.fold {
                        summary { "Your own view over time (" (own.len()) ")" }
                        (rating_table(words, "Your own view", &own))
                    }
                }
            }
        }
    }
}

fn rating_table(words: &Words<'_>, name: &str, ratings: &[(Date, &Rating)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(name) {
            table.stack {
                caption { "Latest first. How each came to you is kept and never changes." }
                thead { tr { th scope="col" { "Day" } th scope="col" { "Who" } th scope="col" { "Step" } th scope="col" { "How it came" } } }
                tbody {
                    @for (on, rating) in ratings.iter().take(RATINGS_SHOWN) {
                        tr {
                            td.nowrap { (words::day(*on)) }
                            td { (who(rating)) }
                            td {
                                a href={ "/competency/" (rating.competency) "#people" } { (words.competency(&rating.competency)) } ": "
                                (rating.rung.as_ref().map_or("not yet on the first step", |r| words.rung(r)))
                            }
                            td { @if rating.role == Role::Oneself { "your own view" } @else { (words::arrival(rating.arrival)) } }
                        }
                    }
                }
            }
        }
    }
}

fn who(rating: &Rating) -> Markup {
    html! {
        @if rating.role == Role::Oneself { "You" } @else { (rating.rater) " (" (words::role(rating.role)) ")" }
    }
}

/// Disputes with their answers: open ones hold their step, answered ones keep their history.
fn disputes(words: &Words<'_>, entries: &[Entry]) -> Markup {
    let stands = view(entries, jiff::Timestamp::MAX);
    let mut all: Vec<(EntryId, Date, &Dispute)> = Vec::new();
    let mut answers: Vec<(Date, &DisputeSettled)> = Vec::new();
    for fact in &stands.facts {
        match fact.fact() {
            Fact::Dispute(d) => all.push((fact.root, fact.occurred_on(), d)),
            Fact::DisputeSettled(s) => answers.push((fact.occurred_on(), s)),
            _ => {}
        }
    }
    all.reverse();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="disputes" {
                h2 #disputes { "Disputes" }
                ul.lines {
                    @for (id, on, dispute) in all {
                        @let answer = answers.iter().find(|(_, a)| a.dispute == id);
                        li {
                            strong { (words.competency(&dispute.step.competency)) } " (" (words.rung(&dispute.step.rung)) ")"
                            div { (dispute.by) ", " (words::day(on)) ": " (dispute.reason) }
                            @match answer {
                                Some((on, answer)) => {
                                    div { "Answered by " (answer.by) ", " (words::day(*on)) ": " (answer.outcome) }
                                },
                                None => {
                                    div.soft { "Held: the step counts neither way until a person answers." }
                                    a href={ "/competency/" (dispute.step.competency) "#settle" } { "Answer it" }
                                },
                            }
                        }
                    }
                }
            }
        }
    }
}
