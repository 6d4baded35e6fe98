//! Erasing one thing for good.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use metier_app::{Deed, Metier, deeds};

use super::correct::find;
use super::line::{short, within_limits};
use super::{address, named};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

pub async fn show(State(shared): State<Shared>, Path(entry): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let deed = find(deeds(&entries), named(&entry)?)?;
    Ok(page(&metier, &deed, &Sent::default(), &[]))
}

fn page(metier: &Metier, deed: &Deed<'_>, sent: &Sent, faults: &[Fault]) -> Response {
    let form = Shown { sent, faults };
    let page = Page::new("Erase").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        div.narrow {
            p.crumbs { a href="/did" { "What I did" } " / "
                a href=(address(deed.id)) { (short(&deed.wording.evidence.title)) } }
            h1 { "Erase this for good?" }
            blockquote { (short(&deed.wording.evidence.title)) }
            p { "Its words, every earlier wording and the files that nothing else names are gone afterwards. \
                 Nobody can bring them back, you included. What stays is that something was erased, on which day, \
                 and the reason you give here." }
            p { "Copies you made before (exports, backups) still hold it; erase it there, too. To keep it but not \
                 let it count, " a href={ (address(deed.id)) "#take-back" } { "take it back" } " instead." }
            (form.summary())
            form method="post" action={ (address(deed.id)) "/erase" } {
                (form.line("text", Field::new("reason", "Why").hint("It stays readable: do not repeat what is to be gone.")))
                label.tick-box #f-sure {
                    input type="checkbox" name="sure" value="yes";
                    span { "I know that this cannot be undone" }
                }
                div.act { button.btn.risky { "Erase it for good" } a href=(address(deed.id)) { "Keep it" } }
            }
        }
    })
}

pub async fn erase(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let deed = find(deeds(&entries), named(&entry)?)?;
    let mut reading = Reading::of(&sent);
    let reason = reading.needed("reason", "Give a reason: “wrong person” will do.");
    if !sent.has("sure") {
        reading.fault("sure", "Tick that you know this cannot be undone.");
    }
    within_limits(&mut reading, &sent);
    match reading.done(()) {
        Ok(()) => {
            metier.erase(deed.id, &reason).await?;
            Ok(see_other("/did?done=erased"))
        }
        Err(faults) => Ok(page(&metier, &deed, &sent, &faults)),
    }
}
