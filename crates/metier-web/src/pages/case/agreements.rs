//! All agreements, and proposing one.

use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, day, days_left};
use metier_app::{Life, Metier, Propose};
use metier_core::agreement::{AgreementState, Kept};
use metier_core::id::EntryId;

use super::{Here, beside, refused, role_of, roles, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    draw(&shared, &[]).await
}

/// The page; with what is wrong with a file that was sent.
pub async fn draw(shared: &Shared, faults: &[Fault]) -> Result<Response, Problem> {
    let Some(metier) = shared.metier().await? else {
        // Nothing was agreed here; a file may have come.
        return crate::pages::start::ask_for_file(shared, faults).await;
    };
    let aimed = metier.life().await?.current().is_some();
    let (all, receipts) = (metier.agreements().await?, metier.kept_receipts().await?);
    let today = metier.surroundings().today();
    let (now, past): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|a| a.in_force() || a.awaits_answer() || a.unsettled());
    let nothing = Sent::default();
    let shown = Shown {
        sent: &nothing,
        faults,
    };
    let content = html! {
        @if aimed { (beside(Here::Agreements)) }
        h1.close { "What was agreed" }
        p.lead.soft { "You and somebody else pin exact criteria, a level and a day. Criteria that change later are shown as changes and hold only once both agree again." }
        (shown.summary())
        div.two {
            div {
                @if !aimed { (own_way()) }
                @else { section aria-labelledby="now" {
                    h2 #now { "Now" }
                    @if now.is_empty() { p { "Nothing is agreed or proposed. Before a review is a good time." } }
                    @else { ul.lines { @for state in now.iter().rev() { (line(state, today)) } } }
                    div.act { a.btn href="/people/agreement/new" { "Propose an agreement" } }
                } }
                @if !past.is_empty() {
                    section aria-labelledby="past" {
                        h2 #past { "Before" }
                        ul.lines { @for state in past.iter().rev() { (line(state, today)) } }
                    }
                }
                @if !receipts.is_empty() { (kept(&receipts)) }
            }
            div {
                section.card aria-labelledby="file" {
                    h2.label #file { "A file came" }
                    p { "A proposal somebody sent you, or the answer to yours. A proposal is shown first; an answer to yours is recorded at once, with its receipt." }
                    form method="post" action="/people/agreement/read" enctype="multipart/form-data" {
                        (shown.file(Field::new("file", "Agreement file"), false))
                        button.btn.quiet { "Read it" }
                    }
                }
                section.card aria-labelledby="verify" {
                    h2.label #verify { "Is the past still as it was?" }
                    p { "A receipt names where each journal stood. Look whether this journal still goes on from there." }
                    form method="post" action="/people/agreement/verify" enctype="multipart/form-data" {
                        (shown.file(Field::new("receipt", "Receipt"), false))
                        button.btn.quiet { "Look" }
                    }
                }
            }
        }
    };
    Ok(super::page_of(shared, "What was agreed")
        .await?
        .status(status(faults))
        .show(&content))
}

/// The way on for somebody who has agreed to something and begun nothing of their own.
fn own_way() -> Markup {
    html! {
        section.card aria-labelledby="own" {
            h2.label #own { "Your own profession" }
            p { "You have chosen none, and need none to answer what others send. When you want to see where you stand yourself:" }
            div.act { a.btn.quiet href="/start" { "Choose a profession" } }
        }
    }
}

fn line(state: &AgreementState, today: Date) -> Markup {
    let terms = &state.terms;
    html! {
        li.entry {
            div {
                p.name {
                    a href={ "/people/agreement/" (state.id) } { (words::agreement_line(terms)) }
                    " " span.asked.small { (words::name_of_phase(state.phase)) }
                }
                p.soft.small {
                    (terms.title) ", version " (terms.version_name) " "
                    span.mono { (terms.version.short()) }
                    @if state.in_force() { " · " (days_left(terms.by, today)) }
                    @if state.awaits_answer() { " · answer by " (day(terms.answer_by)) }
                    @if state.unsettled() { " · answer it, or propose it again" }
                }
            }
        }
    }
}

fn kept(receipts: &[Kept]) -> Markup {
    html! {
        section aria-labelledby="kept" {
            h2 #kept { "Receipts you keep for others" }
            ul.lines {
                @for kept in receipts.iter().rev() {
                    @let receipt = &kept.what.receipt;
                    li.entry {
                        div {
                            p.name {
                                a href={ "/people/agreement/kept/" (kept.id) } {
                                    (receipt.terms.person) ": " (receipt.terms.level_name) " by " (day(receipt.terms.by))
                                }
                            }
                            p.soft.small { @if receipt.answer.says.is_yes() { "You agreed on " } @else { "You said no on " } (day(receipt.answer.on)) }
                        }
                    }
                }
            }
        }
    }
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let aim = life.aim();
    let today = shared.surroundings().today();
    let level = aim
        .and_then(|a| a.level.as_ref())
        .map_or(String::new(), ToString::to_string);
    let by = aim.and_then(|a| a.by).map_or_else(String::new, |d| d.to_string());
    let mut sent = Sent::default()
        .with("replaces", asked.text("replaces"))
        .with("amends", asked.text("amends"))
        .with("level", level)
        .with("answer-by", today.saturating_add(14.days()).to_string());
    if let Ok(id) = asked.text("replaces").parse::<EntryId>() {
        let old = metier.agreement(id).await?;
        sent = sent
            .with("with", old.terms.with)
            .with("by", old.terms.by.to_string());
    }
    if let Ok(id) = asked.text("amends").parse::<EntryId>() {
        // Begun with what was declined, to be changed.
        let old = metier.agreement(id).await?.terms;
        let role = super::OTHERS.iter().find(|(.., role)| *role == old.role);
        sent = Sent::default()
            .with("amends", id.to_string())
            .with("level", old.level.to_string())
            .with("answer-by", today.saturating_add(14.days()).to_string())
            .with("with", old.with)
            .with("role", role.map_or("", |(value, ..)| value))
            .with("by", old.by.to_string())
            .with("note", old.note);
    }
    let sent = sent.with("by", by);
    new(&metier, &life, &sent, &[]).await
}

async fn new(metier: &Metier, life: &Life, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let framework = &life.needed()?.framework;
    let shown = Shown { sent, faults };
    let levels: Vec<(&str, &str)> = framework
        .levels
        .iter()
        .map(|l| (l.id.as_str(), l.name.as_str()))
        .collect();
    let (replaces, amends) = (sent.has("replaces"), sent.has("amends"));
    let declined = match sent.text("amends").parse::<EntryId>() {
        Ok(id) => Some(metier.agreement(id).await?),
        Err(_) => None,
    };
    Ok(Page::new("Propose an agreement").under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/people/agreement" { "Agreements" } " / Propose" }
                h1 { @if amends { "Propose it again, changed" } @else if replaces { "Propose anew" } @else { "Propose an agreement" } }
                @if let Some(no) = &declined {
                    p.lead.soft { (words::phase(no, metier.surroundings().today())) }
                    @if !no.convincing().is_empty() { p.notice { "What would convince " (no.terms.with) ": \u{201c}" (no.convincing()) "\u{201d}. Change the level, the day, the criteria you aim at, or what else is agreed." } }
                }
                p {
                    "On " a href="/framework" { (framework.title) ", version " (framework.version) }
                    ", exactly as it is now."
                    @if replaces { " The agreement in force holds until both have agreed to this one." }
                }
                (shown.summary())
                form method="post" action="/people/agreement/new" {
                    input type="hidden" name="replaces" value=(sent.text("replaces"));
                    input type="hidden" name="amends" value=(sent.text("amends"));
                    (shown.line("text", Field::new("with", "With whom").hint("Their name as you both write it; they answer under it.")))
                    (shown.choice(Field::new("role", "Who they are to you"), &roles()))
                    (shown.choice(Field::new("level", "Level"), &levels))
                    (shown.line("date", Field::new("by", "By when")))
                    (shown.line("date", Field::new("answer-by", "An answer counts until")))
                    (shown.lines(2, Field::new("note", "What else is agreed").hint("For example: looked at together in March; a raise with it.").optional()))
                    div.act { button.btn { "Propose it" } a href="/people/agreement" { "Leave it" } }
                }
            }
        }))
}

pub async fn propose(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let mut reading = Reading::of(&sent);
    let with = reading.needed("with", "Say with whom.");
    let level = reading.read("level", "Choose one of the levels.");
    let by = reading.day("by");
    let answer_by = reading.day("answer-by");
    let replaces = reading.read("replaces", "The agreement it would replace is not known.");
    let amends = reading.read("amends", "The agreement that was declined is not known.");
    if by.is_none() {
        reading.fault("by", "Say by when, as year-month-day.");
    }
    if level.is_none() {
        reading.fault(
            "level",
            "Choose a level; criteria without levels cannot be agreed on yet.",
        );
    }
    let faults = match (reading.done(()), level, by) {
        (Ok(()), Some(level), Some(by)) => {
            let asked = Propose {
                with,
                role: role_of(sent.text("role")),
                level,
                by,
                answer_by,
                note: sent.text("note").to_owned(),
                replaces,
                amends,
            };
            match metier.propose_agreement(asked).await {
                Ok(id) => return Ok(see_other(&format!("/people/agreement/{id}?said=proposed"))),
                Err(error) => refused("with", error)?,
            }
        }
        (Err(faults), ..) => faults,
        _ => Vec::new(),
    };
    new(&metier, &life, &sent, &faults).await
}
