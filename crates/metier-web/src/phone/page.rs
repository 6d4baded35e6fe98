//! What a phone sees: how to pair, two forms, and that something was kept.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::{AppError, FromPhone, Kind, Metier, PAIRED_DAYS, Phone};

use super::paired;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Page, notice, see_other};
use crate::problem::sentence;

/// What stands at the foot of each page.
const FOOT: &str = "What you add goes to your own computer and nowhere else.";

/// Seconds of a day, in which cookies count.
const DAY: i64 = 86_400;

fn page(title: &str) -> Page {
    Page::new(title).alone().foot(FOOT)
}

pub fn refused(status: StatusCode, title: &str, what_to_do: &str) -> Response {
    page(title)
        .status(status)
        .show(&html! { h1 { (title) } p { (what_to_do) } })
}

/// What is not for a phone is not there, for a paired one as for any other.
pub async fn nothing_here() -> Response {
    refused(
        StatusCode::NOT_FOUND,
        "There is nothing here",
        "A phone adds and sees nothing: everything else is on your own computer.",
    )
}

/// A phone is not told what went wrong on the machine, only that nothing was kept.
fn failed(error: &AppError) -> Response {
    tracing::error!(message = %error.message, "a phone could not be served");
    refused(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Nothing was added",
        "Something is wrong on your computer. Look there, then send it again.",
    )
}

fn not_paired() -> Response {
    refused(
        StatusCode::UNAUTHORIZED,
        "This phone is not paired",
        "On your own computer open Settings, Phone, and scan the square there. A pairing ends after some \
         weeks, and whenever it is ended there.",
    )
}

pub async fn show(State(shared): State<Shared>, headers: HeaderMap, Asked(asked): Asked) -> Response {
    let (metier, _) = match who(&shared, &headers).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let kept = notice(&html! {
        p { strong { "Kept." } " It waits on your computer for your yes." }
    });
    let told = if asked.text("done") == "kept" {
        kept
    } else {
        html! {}
    };
    draw(&shared, &metier, &told, &Sent::default(), &[])
}

/// The journal and the phone that asks.
async fn who(shared: &Shared, headers: &HeaderMap) -> Result<(std::sync::Arc<Metier>, Phone), Response> {
    let phone = paired(shared, headers).await.map_err(|e| failed(&e))?;
    let metier = shared.metier().await.map_err(|e| failed(&e))?;
    metier.zip(phone).ok_or_else(not_paired)
}

fn draw(shared: &Shared, metier: &Metier, told: &Markup, sent: &Sent, faults: &[Fault]) -> Response {
    let today = metier.surroundings().today().to_string();
    let time: String = shared
        .surroundings()
        .bytes::<8>()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let practised = sent.text("what") == "practice";
    let (filled, blank) = (
        Shown { sent, faults },
        Shown {
            sent: &Sent::default(),
            faults: &[],
        },
    );
    let (note, practice) = if practised {
        (&blank, &filled)
    } else {
        (&filled, &blank)
    };
    let day = |form: &Shown<'_>| {
        let chosen = form.sent.clone();
        let chosen = if chosen.has("on") {
            chosen
        } else {
            chosen.with("on", today.as_str())
        };
        let form = Shown {
            sent: &chosen,
            faults: form.faults,
        };
        form.line("date", Field::new("on", "When"))
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page("Add something").status(status).show(&html! {
        div.narrow {
            h1 { "Add something" }
            (told)
            (filled.summary())
            form.card.first method="post" action="/" {
                h2.label { "A note" }
                input type="hidden" name="what" value="note";
                (note.lines(3, Field::new("note", "What did you do?")
                    .hint("One line says it; more lines say more. No names of patients or clients.")))
                (day(note))
                button.btn { "Add the note" }
            }
            form.card method="post" action="/" {
                h2.label { "Practice" }
                input type="hidden" name="what" value="practice";
                input type="hidden" name="time" value=(time);
                (practice.line("text", Field::new("title", "What did you practise?")))
                div.row {
                    (practice.line("number", Field::new("attempts", "Times tried")))
                    (practice.line("number", Field::new("clean", "Right and unaided")))
                }
                (day(practice))
                button.btn { "Add the practice" }
            }
            form method="post" action="/forget" {
                p.soft.small { "This phone only adds: it cannot see what is on your computer. "
                    button.btn.quiet.small { "Unpair this phone" } }
            }
        }
    })
}

pub async fn add(State(shared): State<Shared>, headers: HeaderMap, sent: Sent) -> Response {
    let (metier, phone) = match who(&shared, &headers).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let added = match read(&sent, metier.surroundings().today()) {
        Ok((on, what)) => metier.add_from_phone(&phone, on, what).await,
        Err(fault) => return draw(&shared, &metier, &html! {}, &sent, &[fault]),
    };
    match added {
        Ok(()) => see_other("/?done=kept"),
        Err(error) if matches!(error.kind, Kind::Input | Kind::NotReady) => {
            let field = if sent.text("what") == "practice" {
                "title"
            } else {
                "note"
            };
            let fault = Fault {
                field: field.into(),
                what: sentence(&error.message),
            };
            draw(&shared, &metier, &html! {}, &sent, &[fault])
        }
        Err(error) => failed(&error),
    }
}

fn read(sent: &Sent, today: Date) -> Result<(Date, FromPhone), Fault> {
    let fault = |field: &str, what: &str| Fault {
        field: field.into(),
        what: what.into(),
    };
    let on = match sent.text("on") {
        "" => today,
        day => day
            .parse()
            .map_err(|_| fault("on", "Write the day like 2026-03-04."))?,
    };
    if sent.text("what") != "practice" {
        return Ok((on, FromPhone::Note(sent.text("note").to_owned())));
    }
    let number = |field: &str| {
        sent.text(field)
            .parse::<u32>()
            .map_err(|_| fault(field, "Write a whole number."))
    };
    let practice = FromPhone::Practice {
        what: sent.text("title").to_owned(),
        attempts: number("attempts")?,
        clean: number("clean")?,
        time: sent.text("time").chars().take(64).collect(),
    };
    Ok((on, practice))
}

/// Asks before the code is used up: what only looks at an address must not pair.
pub async fn ask(State(shared): State<Shared>, Asked(asked): Asked) -> Response {
    let code = asked.text("code");
    let now = shared.surroundings().now();
    if !shared.phone().is_some_and(|site| site.holds(code, now)) {
        return code_is_over();
    }
    let sent = Sent::default();
    let form = Shown {
        sent: &sent,
        faults: &[],
    };
    page("Pair this phone").show(&html! {
        div.narrow {
            h1 { "Pair this phone" }
            p { "It may then add notes and practice to your journal, and see nothing of it. What it adds waits on \
                 your computer for your yes." }
            form.card.first method="post" action="/pair" {
                input type="hidden" name="code" value=(code);
                (form.line("text", Field::new("name", "What you call this phone").optional()))
                button.btn { "Pair it" }
            }
            p.soft { "It holds for " (PAIRED_DAYS) " days, and can be ended on your computer or here. The way to your \
                      computer is not encrypted: pair in a network you trust." }
        }
    })
}

fn code_is_over() -> Response {
    refused(
        StatusCode::GONE,
        "This square is no longer good",
        "It holds for ten minutes and for one phone. Make a new one on your own computer: Settings, Phone.",
    )
}

pub async fn pair(State(shared): State<Shared>, sent: Sent) -> Response {
    let now = shared.surroundings().now();
    let Some(site) = shared.phone().filter(|site| site.take(sent.text("code"), now)) else {
        return code_is_over();
    };
    let metier = match shared.metier().await {
        Ok(Some(metier)) => metier,
        Ok(None) => return code_is_over(),
        Err(error) => return failed(&error),
    };
    match metier.pair_phone(sent.text("name")).await {
        Ok((_, key)) => {
            let cookie = format!(
                "{}={key}; HttpOnly; SameSite=Strict; Path=/; Max-Age={}",
                site.cookie(),
                PAIRED_DAYS * DAY
            );
            (
                StatusCode::SEE_OTHER,
                [(header::LOCATION, "/".to_owned()), (header::SET_COOKIE, cookie)],
            )
                .into_response()
        }
        Err(error) if error.kind == Kind::NotReady => refused(
            StatusCode::CONFLICT,
            "This phone was not paired",
            &format!("{} {}", sentence(&error.message), error.hints.join(" ")),
        ),
        Err(error) => failed(&error),
    }
}

pub async fn forget(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let (metier, phone) = match who(&shared, &headers).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    if let Err(error) = metier.unpair_phone(phone.id).await {
        return failed(&error);
    }
    refused(
        StatusCode::OK,
        "This phone is no longer paired",
        "What it added is on your computer.",
    )
}
