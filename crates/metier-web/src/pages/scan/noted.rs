//! What was shown to whom, and when: noted by the person, listed under the look before sharing.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{day, plural};
use metier_app::{Kind, Metier, shown_to};
use metier_core::disclosure::View;
use metier_core::id::EntryId;
use metier_core::journal::Entry;

use super::{chosen_of, id_of, view_of};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::{Problem, sentence};

/// What a form "I showed this to … on …" is about, and where it goes.
pub struct About {
    /// Where it goes.
    pub action: String,
    /// What goes along without being asked.
    pub along: Markup,
}

impl About {
    /// These entries, or everything a view lets through when none is named.
    fn entries(entries: &[EntryId], in_view: View) -> Self {
        Self {
            action: "/scan/shared".into(),
            along: html! {
                input type="hidden" name="for" value=(id_of(in_view));
                @for entry in entries { input type="hidden" name="entry" value=(entry); }
            },
        }
    }
}

/// The form under a look at some entries.
pub fn of_entries(entries: &[EntryId], in_view: View, today: Date) -> Markup {
    form(&About::entries(entries, in_view), "", today)
}

/// "I showed this to … on …".
pub fn form(about: &About, with: &str, today: Date) -> Markup {
    let sent = Sent::default().with("with", with).with("on", today.to_string());
    let shown = Shown {
        sent: &sent,
        faults: &[],
    };
    draw(&shown, about)
}

fn draw(form: &Shown<'_>, about: &About) -> Markup {
    html! {
        section.card aria-labelledby="shown" {
            h2.label #shown { "Have you shown it to somebody?" }
            (form.summary())
            form method="post" action=(about.action) {
                (about.along)
                (form.line("text", Field::new("with", "To whom")))
                (form.line("date", Field::new("on", "When")))
                div.act { button.btn.quiet { "Note that I showed it" } }
                p.hint { "Noted with the day, and listed under “What others would see”. From then on they count as somebody who may see it." }
            }
        }
    }
}

/// Notes what was looked at.
pub async fn note(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (in_view, entries) = (view_of(&sent), chosen_of(&sent));
    let about = About::entries(&entries, in_view);
    note_of(&metier, &sent, &entries, in_view, &about).await
}

/// Notes that entries were shown; what cannot be noted is said on the same form.
pub async fn note_of(
    metier: &Metier,
    sent: &Sent,
    entries: &[EntryId],
    in_view: View,
    about: &About,
) -> Result<Response, Problem> {
    let today = metier.surroundings().today();
    let mut reading = Reading::of(sent);
    let with = reading.needed("with", "Say to whom you showed it.");
    let on = reading.past_day("on", today);
    let faults = match reading.done((with, on)) {
        Ok((with, on)) => match metier.note_shown(entries, &with, on, in_view).await {
            Ok(many) => {
                return Ok(see_other(&format!(
                    "/scan?for={}&noted={many}#history",
                    id_of(in_view)
                )));
            }
            Err(error) if error.kind == Kind::Input => vec![Fault {
                field: "with".into(),
                what: sentence(&error.message),
            }],
            Err(error) => return Err(error.into()),
        },
        Err(faults) => faults,
    };
    let shown = Shown {
        sent,
        faults: &faults,
    };
    Ok(Page::new("What you showed")
        .under(Nav::Did)
        .of(metier)
        .status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/scan" { "What others would see" } }
                h1 { "What you showed" }
                (draw(&shown, about))
            }
        }))
}

/// What was just noted.
pub fn told(asked: &Sent) -> Markup {
    let noted = asked.text("noted").parse::<u64>();
    html! {
        @if let Ok(many) = noted { (notice(&html! { p { "Noted: you showed " (plural(many, "thing", "things")) "." } })) }
    }
}

/// What was shown so far, latest first.
pub fn history(entries: &[Entry]) -> Markup {
    let shown = shown_to(entries);
    html! {
        @if !shown.is_empty() {
            section aria-labelledby="history" {
                h2.label #history { "What you showed" }
                ul.plain {
                    @for one in &shown {
                        li { (day(one.on)) ": " (plural(one.entries.len() as u64, "thing", "things")) " to " (one.with) }
                    }
                }
            }
        }
    }
}
