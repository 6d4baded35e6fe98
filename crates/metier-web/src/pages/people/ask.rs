//! Asking for feedback: whom, about what, for what, who will see it, until when, which way.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AppError, AskFeedback, Kind, Life, Metier};
use metier_core::feedback::{COMPETENCIES_MAX, Channel};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, Purpose, view};

use super::ROLES;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::guide::why;
use crate::problem::{Problem, sentence};

/// For how long a request is open unless another day is chosen.
const DAYS: i64 = 14;
/// How many of the latest pieces of work are offered.
const OFFERED: usize = 40;

/// The form.
pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = metier.surroundings().today();
    let until = today.checked_add(DAYS.days()).unwrap_or(today);
    let mut sent = Sent::default()
        .with("until", until.to_string())
        .with("purpose", "development")
        .with("channel", "link");
    for (name, value) in asked
        .fields()
        .filter(|(n, _)| ["about", "work", "kind"].contains(n))
    {
        sent = sent.with(name, value);
    }
    draw(&metier, &sent, &[]).await
}

async fn draw(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let (entries, life) = metier.read().await?;
    let form = Shown { sent, faults };
    let roles: Vec<(&str, &str)> = ROLES
        .iter()
        .map(|(name, role)| (*name, words::role(*role)))
        .collect();
    let hint = format!(
        "Up to {COMPETENCIES_MAX}, so that it takes five minutes. Choose none to ask what a piece of work was worth."
    );
    let content = html! {
        div.narrow {
            p.crumbs { a href="/people" { "People" } }
            h1 { "Ask for feedback" }
            (form.summary())
            form method="post" action="/people/ask" {
                (form.line("text", Field::new("to", "Whom do you ask?").hint("As you call them. Somebody who saw you do it.")))
                (form.choice(Field::new("role", "Who are they to you?"), &roles))
                (about(&form, &life, &hint))
                (work(&form, &life, &entries, metier))
                fieldset {
                    legend { "What may the answer be used for?" }
                    p.hint { "They are told first. What was given to get better is shown in no paper made for a decision." }
                    (one_of(&form, "purpose", "development", "for me to get better"))
                    (one_of(&form, "purpose", "decision", "also in a decision about me: a review, a promotion, a raise"))
                }
                (form.line("text", Field::new("seen-by", "Who will see it besides you?").hint("Names, with commas between. They are told first.").optional()))
                (form.line("date", Field::new("until", "Until when?")))
                fieldset {
                    legend { "Which way?" }
                    (one_of(&form, "channel", "link", "a link: for somebody beside you or in your network, while Metier runs"))
                    (one_of(&form, "channel", "file", "a file to send: any text editor can fill it in"))
                    (one_of(&form, "channel", "mail", "questions to copy into a mail; you paste the answer back"))
                }
                (form.lines(3, Field::new("note", "A few words to them").optional()))
                button.btn { "Ask" }
            }
            (why(&["giving-feedback"]))
        }
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("Ask for feedback")
        .under(Nav::People)
        .of(metier)
        .status(status)
        .show(&content))
}

fn one_of(form: &Shown<'_>, name: &str, value: &str, label: &str) -> Markup {
    html! {
        label.tick-box {
            input type="radio" name=(name) value=(value) checked[form.sent.text(name) == value];
            span { (label) }
        }
    }
}

/// A choice of competencies, practice by practice.
pub(in crate::pages) fn about(form: &Shown<'_>, life: &Life, hint: &str) -> Markup {
    let Some(version) = life.current() else {
        return html! {};
    };
    let framework = &version.framework;
    let fault = form.faults.iter().find(|f| f.field == "about");
    html! {
        fieldset #f-about {
            legend { "What about?" }
            p.hint { (hint) }
            @if let Some(fault) = fault { p.fault { (fault.what) } }
            @for practice in &framework.practices {
                @let chosen = framework.competencies_of(&practice.id).any(|c| form.sent.ticks("about", c.id.as_str()));
                details.fold open[chosen] {
                    summary { (practice.name) }
                    @for competency in framework.competencies_of(&practice.id) {
                        (form.tick("about", competency.id.as_str(), &competency.name))
                    }
                }
            }
        }
    }
}

fn work(form: &Shown<'_>, life: &Life, entries: &[Entry], metier: &Metier) -> Markup {
    let Some(version) = life.current() else {
        return html! {};
    };
    let words = Words::new(&version.framework, entries, metier.surroundings().today());
    let stands = view(entries, jiff::Timestamp::MAX);
    let evidence = stands
        .facts
        .iter()
        .rev()
        .filter(|f| matches!(f.fact(), Fact::Evidence(_)));
    let latest: Vec<(String, String)> = evidence
        .take(OFFERED)
        .map(|f| {
            (
                f.root.to_string(),
                format!("{}, {}", words.evidence(&f.root), words::day(f.occurred_on())),
            )
        })
        .collect();
    let mut options = vec![("", "none in particular")];
    options.extend(latest.iter().map(|(id, name)| (id.as_str(), name.as_str())));
    form.choice(
        Field::new("work", "Which piece of work?")
            .hint("They read its title; of a confidential one only the text you wrote for others.")
            .optional(),
        &options,
    )
}

/// Records the request and leads to its page.
pub async fn send(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let to = reading.needed("to", "Say whom you ask.");
    let today = metier.surroundings().today();
    let until = reading.day("until").unwrap_or(today);
    let competencies: Vec<String> = sent
        .all("about")
        .filter(|c| !c.is_empty())
        .map(str::to_owned)
        .collect();
    let work: Option<EntryId> = reading.read("work", "Choose a piece of work from the list.");
    if competencies.is_empty() && work.is_none() {
        reading.fault(
            "about",
            "Choose what you ask about: a competency, or a piece of work.",
        );
    }
    if competencies.len() > COMPETENCIES_MAX {
        reading.fault("about", format!("Choose at most {COMPETENCIES_MAX}."));
    }
    let channel = match sent.text("channel") {
        "file" => Channel::File,
        "mail" => Channel::Mail,
        _ => Channel::Link,
    };
    let role = ROLES
        .iter()
        .find(|(name, _)| *name == sent.text("role"))
        .map(|(_, role)| *role);
    if role.is_none() {
        reading.fault("role", "Choose who they are to you.");
    }
    let ask = AskFeedback {
        to,
        role: role.unwrap_or(metier_core::rating::Role::Peer),
        competencies,
        work,
        purpose: if sent.text("purpose") == "decision" {
            Purpose::Administrative
        } else {
            Purpose::Development
        },
        seen_by: sent.text("seen-by").split(',').map(str::to_owned).collect(),
        until,
        channel,
        note: sent.text("note").to_owned(),
    };
    let ask = match reading.done(ask) {
        Ok(ask) => ask,
        Err(faults) => return draw(&metier, &sent, &faults).await,
    };
    match metier.ask_feedback(ask).await {
        Ok(requested) => {
            if let Some(link) = requested.link {
                shared.links().made(requested.id, link.token);
            }
            Ok(see_other(&format!("/people/asked/{}", requested.id)))
        }
        Err(error) if error.kind == Kind::Input => draw(&metier, &sent, &[fault_of(&error)]).await,
        Err(error) => Err(error.into()),
    }
}

/// Under which field an error of the use case belongs.
fn fault_of(error: &AppError) -> Fault {
    let field = if error.message.contains("piece of work") {
        "work"
    } else if error.message.contains("competenc") {
        "about"
    } else if error.message.starts_with(|c: char| c.is_ascii_digit()) {
        "until"
    } else {
        "to"
    };
    let hints = error.hints.join(" ");
    Fault {
        field: field.into(),
        what: format!("{} {hints}", sentence(&error.message)).trim().to_owned(),
    }
}
