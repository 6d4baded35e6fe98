//! A pasted list: each line becomes a draft; those ticked are recorded together.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::{AsOf, ITEMS_MAX, LogEvidence, Metier, PastedItem, Sight, drafts_of, evidence, one_line};

use super::claims;
use super::line::{title_of, within_limits};
use crate::Shared;
use crate::field::{Field, Group, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::{Problem, sentence};

pub async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    Ok(asking(&metier, &Sent::default(), &[]))
}

fn asking(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Response {
    let form = Shown { sent, faults };
    let page = Page::new("Paste a list").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        div.narrow {
            p.crumbs { a href="/did" { "What I did" } }
            h1 { "Paste a list of what you did" }
            p { "From a resume, a brag document, a mail, your notes: one thing a line, with or without bullets and \
                 dates. You see each line before anything is recorded." }
            (form.summary())
            form method="post" action="/did/paste" {
                (form.lines(12, Field::new("list", "The list").hint("“2026-03: Ran the spring launch”, or just “Ran the spring launch”.")))
                div.act { button.btn { "Show me the drafts" } a href="/did" { "Leave it" } }
            }
            p.soft { "A table of attempts? " a href="/did/table" { "Bring it as a file" } "." }
        }
    })
}

pub async fn read(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = metier.surroundings().today();
    match drafts_of(sent.text("list"), today) {
        Ok(items) => {
            let sight = metier.sight(AsOf::default()).await?;
            Ok(drafts(&metier, &sight, &filled(&items), &[]))
        }
        Err(error) => {
            let what = error
                .hints
                .iter()
                .fold(sentence(&error.message), |said, hint| said + " " + hint);
            let fault = Fault {
                field: "list".into(),
                what,
            };
            Ok(asking(&metier, &sent, &[fault]))
        }
    }
}

/// The drafts as a form: each ticked to begin with.
fn filled(items: &[PastedItem]) -> Sent {
    let mut sent = Sent::default().with("drafts", items.len().to_string());
    for (n, item) in items.iter().enumerate() {
        sent = sent
            .with("take", n.to_string())
            .with(&format!("text-{n}"), &item.text)
            .with(
                &format!("date-{n}"),
                item.date.map(|d| d.to_string()).unwrap_or_default(),
            );
    }
    sent
}

/// How many drafts a form holds.
fn many(sent: &Sent) -> usize {
    sent.text("drafts").parse().unwrap_or(0).min(ITEMS_MAX)
}

fn drafts(metier: &Metier, sight: &Sight, sent: &Sent, faults: &[Fault]) -> Response {
    let form = Shown { sent, faults };
    let framework = &sight.version.framework;
    let (groups, steps) = (claims::competencies(framework), claims::steps(framework));
    let many = many(sent);
    let page = Page::new("Drafts").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        p.crumbs { a href="/did" { "What I did" } " / " a href="/did/paste" { "Paste a list" } }
        h1 { "Which of these " (metier_app::words::plural(many as u64, "thing", "things")) " shall be recorded?" }
        p { "Untick what is not yours or not worth keeping. A day is needed; about is good enough. What it shows \
             can wait." }
        @if many == ITEMS_MAX { p.notice { "These are the first " (many) ". Paste the rest afterwards." } }
        (form.summary())
        form method="post" action="/did/paste/record" {
            input type="hidden" name="drafts" value=(many);
            (form.line("date", Field::new("date", "The day of those without one").may_stay_empty()
                .hint("Empty: today.")))
            ul.lines.drafts { @for n in 0..many { (draft(&form, n, &groups, &steps)) } }
            div.stay { button.btn { "Record the ticked ones" } a href="/did" { "Leave it" } }
        }
    })
}

fn draft(form: &Shown<'_>, n: usize, groups: &[Group<'_>], steps: &[(&str, &str)]) -> Markup {
    let (text, date) = (format!("text-{n}"), format!("date-{n}"));
    let (competency, step) = (format!("competency-{n}"), format!("step-{n}"));
    let number = n + 1;
    html! {
        li.draft {
            (form.tick("take", &n.to_string(), &format!("Record number {number}")))
            (form.line("text", Field::new(&text, "What")))
            (form.line("date", Field::new(&date, "When").may_stay_empty()))
            details.link open[form.sent.has(&competency) || form.sent.has(&step)] {
                summary { "What it shows" }
                div.pair {
                    (form.grouped_choice(Field::new(&competency, "Competency").may_stay_empty(), "nothing in particular", groups))
                    (form.choice(Field::new(&step, "Step"), steps))
                }
            }
        }
    }
}

pub async fn record(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = metier.surroundings().today();
    match ticked(&sent, &sight, today) {
        Ok(logs) => {
            let recorded = metier.log_all(logs).await?.len();
            Ok(see_other(&format!("/did?recorded={recorded}")))
        }
        Err(faults) => Ok(drafts(&metier, &sight, &sent, &faults)),
    }
}

fn ticked(sent: &Sent, sight: &Sight, today: Date) -> Result<Vec<LogEvidence>, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let usual = reading.past_day("date", today);
    let mut logs = Vec::new();
    for n in (0..many(sent)).filter(|n| sent.ticks("take", &n.to_string())) {
        let title = title_of(&mut reading, sent, &format!("text-{n}"));
        let date = format!("date-{n}");
        let on = if sent.has(&date) {
            reading.past_day(&date, today)
        } else {
            usual
        };
        let claims: Vec<_> = claims::read(&mut reading, sent, sight, &format!("-{n}"))
            .into_iter()
            .collect();
        logs.push(LogEvidence {
            on,
            evidence: evidence(&title, one_line(Some(&sight.version.framework), &claims)),
            claims,
            files: Vec::new(),
        });
    }
    if logs.is_empty() {
        reading.fault("date", "Tick at least one to record.");
    }
    within_limits(&mut reading, sent);
    reading.done(logs)
}
