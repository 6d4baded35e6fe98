//! Settings: the data and what can be done with it, what is aimed at, the numbers of the judgement, and
//! what program this is.

mod aim;
mod data;
mod names;
mod numbers;
mod phone;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AppError, Kind, Life, Metier, STORE_FILE};

use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page};
use crate::problem::{Problem, sentence};

pub use data::IMPORT_LIMIT as FILE_LIMIT;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/settings", get(page))
        .route("/settings/aim", get(aim::form).post(aim::save))
        .route("/settings/names", get(names::show).post(names::add))
        .route("/settings/names/remove", post(names::remove))
        .route("/settings/phone", get(phone::show).post(phone::pair))
        .route("/settings/phone/unpair", post(phone::unpair))
        .route("/settings/export", get(data::export))
        .route(
            "/settings/import",
            post(data::import).layer(DefaultBodyLimit::max(data::IMPORT_LIMIT)),
        )
        .route("/settings/verify", post(data::verify))
}

async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    match shared.started().await {
        Ok(metier) => draw(&metier, &html! {}, &[]).await,
        Err(Problem::App(error)) if error.kind == Kind::Damaged => damaged(&shared, &error).await,
        Err(problem) => Err(problem),
    }
}

/// What can still be done when the journal cannot be read.
async fn damaged(shared: &Shared, error: &AppError) -> Result<Response, Problem> {
    let Some(metier) = shared.metier().await? else {
        return Err(Problem::NotStarted);
    };
    Ok(Page::new("Settings").under(Nav::Settings).of(&metier).show(&html! {
        h1 { "The journal is damaged" }
        p.lead { (sentence(&error.message)) }
        p { "Look at what is damaged, then put a backup in its place, or begin a new home from an export. It is kept here:" }
        pre.command { code { (metier.home().join(STORE_FILE).display()) } }
        form.act method="post" action="/settings/verify" { button.btn { "Show everything that is damaged" } }
    }))
}

/// The page, with what was just done above it and the faults of the import beside its field.
async fn draw(metier: &Metier, told: &Markup, faults: &[Fault]) -> Result<Response, Problem> {
    let (entries, life) = metier.read().await?;
    let head = metier.head().await?;
    let sent = Sent::default();
    let shown = Shown { sent: &sent, faults };
    let content = html! {
        h1 { "Settings" }
        (told)
        (shown.summary())
        div.two {
            div {
                (data_section(metier, entries.len(), &head.to_string(), &shown))
                (erasing(metier))
            }
            div {
                (aiming(&life))
                (confidential(metier.names_kept_out().await?.len()))
                (adding(metier.phones().await?.len()))
                (numbers::section())
                (program(metier))
            }
        }
    };
    let status = if faults.is_empty() {
        axum::http::StatusCode::OK
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("Settings")
        .under(Nav::Settings)
        .of(metier)
        .status(status)
        .show(&content))
}

fn data_section(metier: &Metier, entries: usize, head: &str, shown: &Shown<'_>) -> Markup {
    html! {
        section #data aria-labelledby="data-h" {
            h2 #data-h { "Your data" }
            dl.facts {
                dt { "Where it is" } dd { code { (metier.home().join(STORE_FILE).display()) } }
                dt { "Entries" } dd { (entries) }
                dt { "Its exact state" } dd { code { (head) } }
            }
            h3 { "Take it all with you" }
            p { "One file with every entry and every attachment. It holds everything: keep it where you would keep a diary." }
            div.act { a.btn href="/settings/export" { "Download everything" } }
            h3 { "Bring a copy back" }
            p { "Unites this journal with a copy of it, from another device or an older export. All of the file is taken, or nothing." }
            form method="post" action="/settings/import" enctype="multipart/form-data" {
                (shown.file(Field::new("file", "Journal file").hint("A .zip that was exported here or on another device."), false))
                button.btn.quiet { "Unite" }
            }
            h3 { "Look for damage" }
            p { "Recomputes the digest of every entry and attachment, and checks every chain and signature." }
            form.act method="post" action="/settings/verify" { button.btn.quiet { "Verify now" } }
            h3 { "Back up" }
            p { "Copies the whole store, the signing key included, while it is in use. In a terminal:" }
            pre.command { code { "metier --home " (quoted(&metier.home().display().to_string())) " backup FILE" } }
            p.soft.small { "A backup put in place of " code { (STORE_FILE) } " is the same home again. An export is for reading and uniting, and holds no key." }
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

fn erasing(metier: &Metier) -> Markup {
    html! {
        section #erase aria-labelledby="erase-h" {
            h2 #erase-h { "Erase" }
            p {
                "Erasing an entry removes its content for good, with every earlier wording and the files nothing else names. "
                "What stays is a line that says when and why, so that nobody can say the rest was changed. Taking back is gentler: it can be undone. "
                "Both are beside each entry of " a href="/did" { "What I did" } "."
            }
            p.soft { "Copies elsewhere (an export, a backup, what you sent to others) are not reached." }
            details.link {
                summary { "Erase everything here" }
                p { "Everything is in one folder. Stop the program, then delete the folder:" }
                pre.command { code { (metier.home().display()) } }
                p { "There is no other copy unless you made one, and no way back." }
            }
        }
    }
}

fn aiming(life: &Life) -> Markup {
    let aim = life.aim();
    let version = life.current();
    let own = aim.and_then(|a| a.own).map(words::own_aim);
    html! {
        section.card.first aria-labelledby="aim-h" {
            h2.label #aim-h { "What you aim at" }
            @if let Some(version) = version {
                @let words = Words::new(&version.framework, &[], jiff::civil::Date::ZERO);
                p.big {
                    @match aim.and_then(|a| a.level.as_ref()) {
                        Some(level) => (words.level(level)),
                        None => (own.unwrap_or("Nothing yet")),
                    }
                }
                p {
                    (version.framework.title) ", version " (version.framework.version)
                    @if let Some(by) = aim.and_then(|a| a.by) { ", by " (words::day(by)) }
                    "."
                }
            }
            div.act { a.btn.quiet href="/settings/aim" { "Change" } a href="/start" { "Another profession" } }
        }
    }
}

fn confidential(names: usize) -> Markup {
    html! {
        section.card aria-labelledby="confidential-h" {
            h2.label #confidential-h { "Names to keep out" }
            p {
                @match names {
                    0 => "Patients, clients, your employer’s secrets: no name is kept out yet.",
                    n => { (words::capital(&words::plural(n as u64, "name stays", "names stay"))) " out of everything others see." }
                }
            }
            div.act { a.btn.quiet href="/settings/names" { "The list" } a href="/scan" { "What others would see" } }
        }
    }
}

fn adding(phones: usize) -> Markup {
    html! {
        section.card aria-labelledby="phone-h" {
            h2.label #phone-h { "Phone" }
            p {
                @match phones {
                    0 => "A phone in the same network can be allowed to add, and sees nothing.",
                    n => { (words::capital(&words::plural(n as u64, "phone adds and sees", "phones add and see"))) " nothing." }
                }
            }
            div.act { a.btn.quiet href="/settings/phone" { "Add from your phone" } }
        }
    }
}

fn program(metier: &Metier) -> Markup {
    html! {
        section.card aria-labelledby="program" {
            h2.label #program { "This program" }
            dl.facts {
                dt { "Version" } dd { (env!("CARGO_PKG_VERSION")) }
                dt { "Kept for" } dd { (metier.name()) }
                dt { "Folder" } dd { code { (metier.home().display()) } }
                @if let Some(fingerprint) = metier.key_fingerprint() {
                    dt { "Fingerprint of your key" } dd { code { (fingerprint) } }
                }
            }
            p.soft.small { "Every entry written here is signed with the key. Nothing is sent anywhere." }
        }
    }
}
