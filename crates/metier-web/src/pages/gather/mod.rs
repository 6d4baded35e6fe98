//! What peers say without their names: asking for it, gathering it for somebody else, reading what was released.

mod ask;
mod came;
mod letter;
mod round;

pub use came::{beside, came_list};
pub use letter::{ask_page, release_came};

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_core::gathering::{AskSeen, Round};
use metier_core::policy::Policy;

use super::case;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::notice;
use crate::pages::guide::why;
use crate::problem::Problem;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/people/gather", get(page))
        .route("/people/gather/ask", get(ask::form).post(ask::send))
        .route("/people/gather/asked/{entry}", get(ask::asked))
        .route("/people/gather/asked/{entry}/file", get(ask::file))
        .route("/people/gather/asked/{entry}/withdraw", post(ask::withdraw))
        .route("/people/gather/read", post(letter::read))
        .route("/people/gather/open", post(letter::open))
        .route("/people/gather/round/{entry}", get(round::page))
        .route("/people/gather/round/{entry}/ask", post(round::ask))
        .route("/people/gather/round/{entry}/close", post(round::close))
        .route("/people/gather/round/{entry}/release", get(round::release))
        .route("/people/gather/peer/{entry}/link", post(round::link))
        .route("/people/gather/peer/{entry}/form", post(round::form_file))
        .route("/people/gather/came/{entry}", get(came::page))
}

async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    draw(&shared, asked.text("said"), &[]).await
}

/// The page; with what was just done, or what is wrong with a file that was sent.
async fn draw(shared: &Shared, said: &str, faults: &[Fault]) -> Result<Response, Problem> {
    let Some(metier) = shared.metier().await? else {
        // Nothing is gathered here; a file may have come.
        return super::start::ask_for_file(shared, faults).await;
    };
    let aimed = metier.life().await?.current().is_some();
    let (asks, rounds) = (metier.asks_of_peers().await?, metier.rounds().await?);
    let today = metier.surroundings().today();
    let nothing = Sent::default();
    let form = Shown {
        sent: &nothing,
        faults,
    };
    let done = match said {
        "withdrawn" => Some("The question was taken back. What is released of it is no longer taken in."),
        "before" => Some("This answer had been taken in before; nothing was recorded twice."),
        _ => None,
    };
    let content = html! {
        @if aimed { (case::beside(case::Here::Unnamed)) }
        div.row.spread {
            h1 { "What peers say, without names" }
            @if aimed { a.btn href="/people/gather/ask" { "Ask my peers" } }
        }
        @if let Some(done) = done { (notice(&html! { p { (done) } })) }
        (form.summary())
        div.two {
            div {
                @if aimed { (asked_section(&asks, today)) }
                @if !rounds.is_empty() { (rounds_section(&rounds, today)) }
                @else if !aimed { p { "Nothing is gathered here." } }
            }
            div {
                section.card aria-labelledby="file" {
                    h2.label #file { "A file came" }
                    p { "A question that you are to gather answers to, a form that a peer filled in, or what was released for you. A question is shown first; the others are recorded at once." }
                    form method="post" action="/people/gather/read" enctype="multipart/form-data" {
                        (form.file(Field::new("file", "The file"), false))
                        button.btn.quiet { "Read it" }
                    }
                }
            }
        }
        @if aimed { (why(&["giving-feedback"])) }
    };
    Ok(case::page_of(shared, "Without names")
        .await?
        .status(case::status(faults))
        .show(&content))
}

fn asked_section(asks: &[AskSeen], today: Date) -> Markup {
    html! {
        section aria-labelledby="asked" {
            h2 #asked { "What you asked" }
            @if asks.is_empty() {
                section.card.first {
                    p.big { "Hear what people would not say with their name on it." }
                    p { (words::unnamed_for_me(Policy::version_1().anonymity)) }
                    p { a href="/people/gather/ask" { "Choose what you ask, and who gathers it" } }
                }
            }
            ul.lines {
                @for ask in asks.iter().rev() {
                    li {
                        @match ask.came.as_ref().map(|came| came.id).or(ask.waits) {
                            Some(came) => {
                                a href={ "/people/gather/came/" (came) } { (words::asked_of_peers(&ask.asked)) }
                                (came::came_line(ask))
                            },
                            None => {
                                a href={ "/people/gather/asked/" (ask.id) } { (words::asked_of_peers(&ask.asked)) }
                                div.soft.small {
                                    (ask.asked.collector) " gathers it, "
                                    @if today > ask.asked.until { "until " (day(ask.asked.until)) "; nothing has come yet" }
                                    @else { "until " (day(ask.asked.until)) }
                                }
                            },
                        }
                    }
                }
            }
        }
    }
}

fn rounds_section(rounds: &[Round], today: Date) -> Markup {
    html! {
        section aria-labelledby="rounds" {
            h2 #rounds { "What you gather for others" }
            ul.lines {
                @for round in rounds.iter().rev() {
                    li {
                        a href={ "/people/gather/round/" (round.id) } {
                            "For " (round.letter.asked.person) ": " (words::asked_of_peers(&round.letter.asked))
                        }
                        div.soft.small {
                            @if round.closed.is_none() { (words::round_so_far(round)) " " }
                            (words::capital(&words::round_state(round, today)))
                        }
                    }
                }
            }
        }
    }
}
