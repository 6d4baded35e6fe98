//! The card of a link: its address, from where it opens, how often it was opened, making a new one.

use maud::{Markup, html};
use metier_app::{AppError, Metier, words};
use metier_core::id::EntryId;
use metier_core::invitation::LinkState;

use super::guest;
use crate::Shared;

/// The link about an entry, for somebody; `renew` is where a new one is asked for.
///
/// # Errors
/// When the store cannot be read.
pub async fn link_card(
    shared: &Shared,
    metier: &Metier,
    about: EntryId,
    to: &str,
    renew: &str,
) -> Result<Markup, AppError> {
    let token = shared.links().of(about);
    let links = metier.links().await?;
    let of_it = links.iter().filter(|l| l.invitation.about == about);
    let open = of_it.clone().rfind(|l| l.state == LinkState::Open);
    let answered = of_it.clone().any(|l| l.state == LinkState::Answered);
    let opened = open.and_then(|l| l.opened);
    Ok(html! {
        section.card.first {
            h2 { "The link for " (to) }
            @match (&token, open) {
                (Some(token), Some(_)) => {
                    p.link-whole.mono #link { (shared.address_of(&guest::path_of(token.as_str()))) }
                    p.hint { "All of it is selected by one click or a long tap, to copy." }
                    p { strong { (shared.reach_of_links()) } }
                    p.hint { "The link is shown until the program is closed; it is not stored. Whoever has it can answer once, and sees nothing else." }
                },
                (None, Some(_)) => { p { "A link was made. It is not stored, so it cannot be shown again." } },
                (_, None) => { p { @if answered { (to) " has answered through it." } @else { "No link is open." } } },
            }
            @if let Some(opened) = opened {
                p.soft { "Opened " (words::plural(u64::from(opened.times), "time", "times")) ", not answered yet." }
            }
            form.act method="post" action=(renew) {
                button.btn.quiet { "Make a new link" }
                span.hint { "The one before then opens no longer." }
            }
        }
    })
}
