//! A round as its collector sees it: whom they asked, how many answered, what may be released.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_app::{Metier, gathering_text, round_stands_as};
use metier_core::gathering::{Aggregate, GatheringLetter, Peer, Round};
use metier_core::id::EntryId;
use metier_core::rating::Role;

use super::came::told;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{notice, see_other};
use crate::pages::{case, guest};
use crate::path::Path;
use crate::problem::Problem;

/// The page.
pub async fn page(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw(&shared, entry, asked.text("said"), &Sent::default(), &[]).await
}

async fn draw(
    shared: &Shared,
    entry: EntryId,
    said: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let round = metier.round(entry).await?;
    let today = metier.surroundings().today();
    let asked = &round.letter.asked;
    let form = Shown { sent, faults };
    let open = round.open(today).is_ok();
    let done = match said {
        "answer" => Some("The answer is in your journal."),
        "before" => Some("This answer had been taken in before; nothing was recorded twice."),
        "asked" => Some("They are named. Give each their link or form."),
        _ => None,
    };
    let content = html! {
        p.crumbs { a href="/people/gather" { "Without names" } " / A round" }
        h1.close { "Gathered for " (asked.person) }
        p.lead.soft { (words::asked_of_peers(asked)) ". " (words::capital(&words::round_state(&round, today))) "." }
        @if let Some(done) = done { (notice(&html! { p { (done) } })) }
        (form.summary())
        div.two {
            div {
                @if !round.peers.is_empty() { (peers(shared, &round, open)) }
                @if open { (naming(&form, &round)) }
            }
            div {
                (releasing(&round))
                section.card aria-labelledby="mind" {
                    h2.label #mind { "What rests on you" }
                    p { "Tell " (asked.person) " neither whom you asked nor how many answered: with that, more could be worked out than the numbers tell." }
                    p { "Each answer is in your journal with its name. No page shows it; whoever has your journal could read it." }
                }
            }
        }
    };
    Ok(case::page_of(shared, "A round")
        .await?
        .status(case::status(faults))
        .show(&content))
}

fn peers(shared: &Shared, round: &Round, open: bool) -> Markup {
    html! {
        section aria-labelledby="peers" {
            h2 #peers { "Whom you asked" }
            @if open {
                p { "Each gets a link of their own. " strong { (shared.reach_of_links()) } }
                p.hint { "A link is shown until the program is closed; it is not stored. Whoever has it answers once, and sees nothing else." }
            }
            ul.lines {
                @for peer in &round.peers { (peer_line(shared, peer, open)) }
            }
        }
    }
}

fn peer_line(shared: &Shared, peer: &Peer, open: bool) -> Markup {
    let waits = open && peer.answer.is_none();
    let token = shared.links().of(peer.id).filter(|_| waits);
    html! {
        li {
            div { strong { (peer.name) } " (" (words::role(peer.role)) ") "
                span.soft { @if peer.answer.is_some() { "has answered" } @else if open { "has not answered yet" } @else { "did not answer" } } }
            @if let Some(token) = &token {
                p.link-whole.mono { (shared.address_of(&guest::path_of(token.as_str()))) }
            }
            @if waits {
                div.row {
                    form.act method="post" action={ "/people/gather/peer/" (peer.id) "/form" } { button.btn.quiet.small { "Save a form for " (peer.name) } }
                    form.act method="post" action={ "/people/gather/peer/" (peer.id) "/link" } { button.btn.quiet.small { "Make a new link for " (peer.name) } }
                }
            }
        }
    }
}

/// Naming peers: at least the threshold of them at first, and one by one after that.
fn naming(form: &Shown<'_>, round: &Round) -> Markup {
    let asked = &round.letter.asked;
    let first = round.peers.is_empty();
    let mut never = vec![asked.person.clone()];
    never.extend(asked.not_among.iter().cloned());
    let hint = format!(
        "One name on a line. Not {}, nor any manager: of each there is one, so a number would hide nobody. Not yourself: \
         you read the answers of the others.",
        words::list(&never)
    );
    let fields = html! {
        form method="post" action={ "/people/gather/round/" (round.id) "/ask" } {
            (form.lines(if first { 6 } else { 2 }, Field::new("peers", "Peers").hint(&hint).may_stay_empty()))
            (form.lines(2, Field::new("clients", "Clients").hint("Who use or pay for the work; one name on a line.").optional()))
            button.btn { @if first { "Name them" } @else { "Name them too" } }
        }
    };
    html! {
        @if first {
            section aria-labelledby="name" {
                h2 #name { "Whom do you ask?" }
                p { "At least " (asked.threshold) " in all, and better some more: with fewer than " (asked.threshold) " answers nothing can be released." }
                (fields)
            }
        } @else {
            details.fold open[!form.faults.is_empty()] { summary { "Ask somebody else, too" } (fields) }
        }
    }
}

/// How far it is, and what would be released or was.
fn releasing(round: &Round) -> Markup {
    let asked = &round.letter.asked;
    let person = &asked.person;
    match (&round.closed, round.would_tell()) {
        (Some((_, Some(release))), _) => html! {
            section.card.first aria-labelledby="release" {
                h2.label #release { "What was released" }
                p { "Send " (person) " this file. The round was released once, on " (day(release.released_on)) "; the file stays the same." }
                div.act { a.btn href={ "/people/gather/round/" (round.id) "/release" } { "Save the file for " (person) } }
                (preview(&release.told, person))
            }
        },
        (Some(_), few) => html! {
            section.card.first aria-labelledby="release" {
                h2.label #release { "Nothing was released" }
                p { @if let Err(few) = few { (words::nothing_released(few)) " " } "Tell " (person) " that too few answered, and not how many." }
            }
        },
        (None, Err(_)) => html! {
            section.card.first #f-release aria-labelledby="release" {
                h2.label #release { "How far it is" }
                p.big { (words::round_so_far(round)) }
                @if !round.peers.is_empty() {
                    details.fold {
                        summary { "Close it now" }
                        p { "Nothing would be released, and no answer counts any more." }
                        form.act method="post" action={ "/people/gather/round/" (round.id) "/close" } { (mark(round)) button.btn.risky { "Close it without a release" } }
                    }
                }
            }
        },
        (None, Ok(aggregate)) => html! {
            section.card.first #f-release aria-labelledby="release" {
                h2.label #release { "How far it is" }
                p.big { (words::round_so_far(round)) }
                p { "Closed now, this is what " (person) " would read. A round is released once: whoever has not answered by then is left out." }
                (preview(&aggregate, person))
                form.act method="post" action={ "/people/gather/round/" (round.id) "/close" } { (mark(round)) button.btn { "Close the round and release it" } }
            }
        },
    }
}

fn preview(aggregate: &Aggregate, person: &str) -> Markup {
    html! {
        details.fold {
            summary { "What " (person) " reads" }
            p { (words::at_least(aggregate.threshold)) " " (words::NOT_HOW_MANY) }
            (told(aggregate))
        }
    }
}

/// Names peers.
pub async fn ask(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let named: Vec<(String, Role)> = [("peers", Role::Peer), ("clients", Role::Client)]
        .into_iter()
        .flat_map(|(field, role)| {
            let lines = sent.text(field).lines().map(str::trim);
            lines
                .filter(|name| !name.is_empty())
                .map(move |name| (name.to_owned(), role))
                .collect::<Vec<_>>()
        })
        .collect();
    if named.is_empty() {
        let fault = Fault {
            field: "peers".into(),
            what: "Name somebody.".into(),
        };
        return draw(&shared, entry, "", &sent, &[fault]).await;
    }
    match metier.ask_for_round(entry, &named).await {
        Ok(asked) => {
            for asked in asked {
                shared.links().made(asked.peer.id, asked.link.token);
            }
            Ok(see_other(&format!("/people/gather/round/{entry}?said=asked")))
        }
        Err(error) => draw(&shared, entry, "", &sent, &case::refused("peers", error)?).await,
    }
}

/// Makes a new link for a peer.
pub async fn link(State(shared): State<Shared>, Path(peer): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let (round, _) = metier.peer(peer).await?;
    match metier.renew_peer_link(peer).await {
        Ok(link) => {
            shared.links().made(peer, link.token);
            Ok(see_other(&format!("/people/gather/round/{}", round.id)))
        }
        Err(error) => {
            let faults = case::refused("peers", error)?;
            draw(&shared, round.id, "", &Sent::default(), &faults).await
        }
    }
}

/// The form for a peer, with the code of the link made last.
pub async fn form_file(State(shared): State<Shared>, Path(peer): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    match form_text(&shared, &metier, peer).await {
        Ok(file) => Ok(case::download(&file.name, file.text)),
        Err(error) => {
            let (round, _) = metier.peer(peer).await?;
            let faults = case::refused("peers", error)?;
            draw(&shared, round.id, "", &Sent::default(), &faults).await
        }
    }
}

async fn form_text(
    shared: &Shared,
    metier: &Metier,
    peer: EntryId,
) -> Result<metier_app::FormFile, metier_app::AppError> {
    let token = if let Some(token) = shared.links().of(peer) {
        token
    } else {
        let token = metier.renew_peer_link(peer).await?.token;
        shared.links().made(peer, token.clone());
        token
    };
    metier.peer_form(peer, &token).await
}

/// How the round stood when the page was shown: closing says whether it still does.
fn mark(round: &Round) -> Markup {
    html! { input type="hidden" name="stands" value=(round_stands_as(round)); }
}

/// Closes the round.
pub async fn close(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    match metier.close_round(entry, sent.text("stands")).await {
        Ok(_) => Ok(see_other(&format!("/people/gather/round/{entry}"))),
        Err(error) => {
            let faults = case::refused("release", error)?;
            draw(&shared, entry, "", &Sent::default(), &faults).await
        }
    }
}

/// What was released, as the file to send.
pub async fn release(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let round = metier.round(entry).await?;
    let release = round.closed.and_then(|(_, release)| release);
    let release = release.ok_or_else(|| Problem::not_found("nothing was released of this round"))?;
    let name = format!("peers-say-{}.txt", release.released_on);
    let text = gathering_text(&GatheringLetter::Release(Box::new(release)))?;
    Ok(case::download(&name, text))
}
