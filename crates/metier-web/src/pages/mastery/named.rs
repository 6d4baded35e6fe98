//! Whom colleagues see as the expert: asking them, the names they gave, and looking at one of them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use metier_app::words::{self, NAME_QUESTIONS};
use metier_app::{Kind, Metier, NameAsked, NameSaid};
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Noted, view};
use metier_core::mastery::{Exemplar, Mastery, Named};
use metier_core::name::same_name;

use super::{form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::pages::guide::why;
use crate::pages::link::link_card;
use crate::path::Path;
use crate::problem::Problem;

/// For how long it can be answered unless another day is chosen.
const DAYS: i64 = 14;
/// How many names, and how many who were asked, are listed.
const LISTED: usize = 100;

/// The names of those one does not look at yet, under the masters one does.
pub fn under_masters(mastery: &Mastery<'_>) -> Markup {
    let names = mastery.names();
    let further: Vec<_> = names.iter().filter(|n| exemplar(n, mastery).is_none()).collect();
    html! {
        @if !further.is_empty() {
            h3 #named { "Named by colleagues" }
            ul.lines { @for named in further.iter().take(6) { (line(named, mastery, false)) } }
        }
        @if names.is_empty() {
            p.soft { "Not sure who it is? " a href="/mastery/named" { "Ask colleagues whom they would name" } "." }
        } @else {
            p { a href="/mastery/named" { "Whom colleagues named, and asking for more" } }
        }
    }
}

/// The master one looks at who goes by the name.
fn exemplar<'a>(named: &Named<'_>, mastery: &Mastery<'a>) -> Option<Noted<'a, Exemplar>> {
    let found = mastery.exemplars.iter();
    found.copied().find(|e| same_name(&e.what.name, named.name))
}

/// Somebody who was named, by whom, and one tap to look at them.
fn line(named: &Named<'_>, mastery: &Mastery<'_>, whole: bool) -> Markup {
    let exemplar = exemplar(named, mastery);
    html! {
        li.entry {
            div {
                p.name {
                    @match exemplar {
                        Some(exemplar) => a href={ "/mastery/exemplar?id=" (exemplar.id) } { (named.name) },
                        None => { (named.name) },
                    }
                }
                p.soft.small { (words::named_by_whom(mastery, named.name)) }
                @for said in named.by.iter().filter(|n| whole && !n.what.why.is_empty()).take(10) {
                    blockquote {
                        p.as-written { (said.what.why) }
                        p.soft.small { (said.what.by) ", " (words::day(said.on)) ", " (words::arrival(said.what.arrival)) }
                    }
                }
            }
            @if exemplar.is_none() {
                form method="post" action="/mastery/named/look" {
                    button.btn.quiet.small name="name" value=(named.name) { "Look at them" span.hide { ": " (named.name) } }
                }
            }
        }
    }
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let names = mastery.names();
    let content = html! {
        p.crumbs { a href="/mastery#masters" { "What mastery is" } " / Named by colleagues" }
        div.row.spread {
            h1.close { "Whom colleagues name" }
            a.btn href="/mastery/named/ask" { "Ask a colleague" }
        }
        @match asked.text("said") {
            "named" => (notice(&html! { p { "Noted." } })),
            "back" => (notice(&html! { p { "Taken back. Its link opens no longer." } })),
            _ => {}
        }
        div.two {
            div {
                @if names.is_empty() {
                    section.card.first {
                        p.big { (NAME_QUESTIONS[0]) }
                        p { "Whoever works beside you knows. Ask two or three of them by a link or a mail; it takes them a minute. The names stand here, and one tap makes somebody a master to look at." }
                    }
                } @else {
                    p.soft { "By name. How often somebody is named may only say how known they are; what they were seen to do says more." }
                }
                ul.lines {
                    @for named in names.iter().take(LISTED) {
                        (line(named, &mastery, true))
                    }
                }
                details.fold {
                    summary { "A colleague told you a name" }
                    form method="post" action="/mastery/named/note" { (said_fields(&Shown { sent: &Sent::default(), faults: &[] }, None)) }
                }
            }
            (asked_list(&mastery))
        }
        (why(&["asking-a-master", "what-a-master-is"]))
    };
    Ok(Page::new("Whom colleagues name")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

fn asked_list(mastery: &Mastery<'_>) -> Markup {
    html! {
        section.card aria-labelledby="asked" {
            h2.label #asked { "Whom you asked" }
            @if mastery.asked.is_empty() { p.soft { "Nobody yet." } }
            ul.lines {
                @for asked in mastery.asked.iter().rev().take(LISTED) {
                    @let answer = mastery.named_for(asked);
                    li {
                        a href={ "/mastery/named/asked/" (asked.id) } { (asked.what.to) }
                        span.soft.small.line {
                            @match answer {
                                Some(answer) => { "named " (answer.what.name) },
                                None => { "asked on " (words::day(asked.on)) ", no answer yet" },
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The two questions, for the person who notes what a colleague said.
fn said_fields(form: &Shown<'_>, asked: Option<&NameAsked>) -> Markup {
    html! {
        @match asked {
            Some(asked) => input type="hidden" name="asked" value=(asked.id);,
            None => (form.line("text", Field::new("by", "Who told you?"))),
        }
        (form.line("text", Field::new("name", "Whom do they name?")))
        (form.lines(2, Field::new("why", "What have they seen them do?").optional()))
        button.btn { "Note it" }
        p.hint { "Kept as relayed by you." }
    }
}

pub async fn ask_form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = metier.surroundings().today();
    let until = today.checked_add(DAYS.days()).unwrap_or(today);
    let sent = Sent::default().with("until", until.to_string());
    draw_ask(&metier, &sent, &[]).await
}

async fn draw_ask(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let life = metier.life().await?;
    let title = life.needed()?.framework.title.clone();
    let shown = Shown { sent, faults };
    Ok(form_page(
        metier,
        "Ask a colleague for a name",
        &shown,
        &html! {
            p { "They are told that you want to get better at your profession (" (title) "), that only you read the answer, and that you may ask whom they name for advice, without saying who named them. Then they are asked: " }
            p.big { (NAME_QUESTIONS[0]) }
            form method="post" action="/mastery/named/ask" {
                (shown.line("text", Field::new("to", "Whom do you ask?").hint("As you call them. They read this name.")))
                (shown.line("date", Field::new("until", "Until when?")))
                (shown.lines(2, Field::new("note", "A few words to them").optional()))
                div.act { button.btn { "Ask" } a href="/mastery/named" { "Leave it" } }
                p.hint { "Next you get a link to hand over, or a text for a mail." }
            }
        },
    ))
}

pub async fn ask(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let to = reading.needed("to", "Say whom you ask.");
    let today = metier.surroundings().today();
    let until = reading.day("until").unwrap_or(today);
    let faults = match reading.done(()) {
        Ok(()) => match metier.ask_for_name(&to, sent.text("note"), until).await {
            Ok((id, link)) => {
                shared.links().made(id, link.token);
                return Ok(see_other(&format!("/mastery/named/asked/{id}")));
            }
            Err(error) => refused(error, "until")?,
        },
        Err(faults) => faults,
    };
    draw_ask(&metier, &sent, &faults).await
}

pub async fn asked(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    draw_asked(&shared, entry, &Sent::default(), &[], "").await
}

async fn draw_asked(
    shared: &Shared,
    id: EntryId,
    sent: &Sent,
    faults: &[Fault],
    beside: &str,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let asked = metier.name_asked(id).await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let answers: Vec<_> = mastery
        .nominated
        .iter()
        .filter(|n| n.what.asked == Some(id))
        .collect();
    let over = asked
        .until
        .is_some_and(|until| metier.surroundings().today() > until);
    let card = link_card(
        shared,
        &metier,
        id,
        &asked.to,
        &format!("/mastery/named/asked/{id}/link"),
    )
    .await?;
    let shown = Shown { sent, faults };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let content = html! {
        p.crumbs { a href="/mastery/named" { "Whom colleagues name" } " / " (asked.to) }
        h1.close { (asked.to) " is asked for a name" }
        (shown.summary())
        @for answer in &answers { (notice(&html! { p { (asked.to) " named " strong { (answer.what.name) } ". " a href="/mastery/named" { "To the names" } } })) }
        div.two {
            div {
                @if over && answers.is_empty() { section.card { p { "Its last day is over. " a href="/mastery/named/ask" { "Ask again" } ", or note what came late below." } } }
                @if !over && answers.is_empty() {
                    (card)
                    details.fold {
                        summary { "Or copy it into a mail" }
                        label.hide for="mail" { "The mail" }
                        textarea #mail .whole readonly rows="14" { (words::name_mail(&asked, metier.name())) }
                    }
                }
            }
            div {
                @if answers.is_empty() {
                    section aria-labelledby="came" {
                        h2 #came { "When the answer comes" }
                        details.fold open[sent.has("mail")] {
                            summary { "Paste the mail that came back" }
                            form method="post" action={ "/mastery/named/asked/" (id) "/mail" } {
                                (shown.lines(6, Field::new("mail", "The whole mail").hint("You look at what was understood before it is recorded.")))
                                button.btn { "Read it" }
                            }
                        }
                        details.fold open[sent.has("name") || (!faults.is_empty() && !sent.has("mail"))] {
                            summary { (asked.to) " told you, or the mail was read" }
                            @if !beside.is_empty() { p.soft.small { "Belongs to neither question:" } blockquote.as-written { (beside) } }
                            form method="post" action="/mastery/named/note" { (said_fields(&shown, Some(&asked))) }
                        }
                    }
                }
                form.act method="post" action={ "/mastery/named/asked/" (id) "/end" } {
                    button.btn.risky.small { "Take the asking back" }
                    span.soft.small { "Its link opens no longer. A name that was given stays." }
                }
            }
        }
    };
    Ok(Page::new("A name asked for")
        .under(Nav::Mastery)
        .of(&metier)
        .status(status)
        .show(&content))
}

/// Reads a pasted mail into the form below it; nothing is recorded.
pub async fn mail(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    match metier.read_name_mail(entry, sent.text("mail")).await {
        Ok(draft) => {
            let read = Sent::default()
                .with("name", draft.name.as_str())
                .with("why", draft.why.as_str());
            draw_asked(&shared, entry, &read, &[], &draft.beside).await
        }
        Err(error) => {
            let faults = refused(error, "mail")?;
            draw_asked(&shared, entry, &sent, &faults, "").await
        }
    }
}

/// Notes a name a colleague gave.
pub async fn note(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let asked = match sent.text("asked") {
        "" => None,
        id => Some(metier.name_asked(super::entry_of(id)?).await?),
    };
    let mut reading = Reading::of(&sent);
    let by = match &asked {
        Some(asked) => asked.to.clone(),
        None => reading.needed("by", "Say who told you."),
    };
    let said = NameSaid {
        name: reading.needed("name", "Write whom they name."),
        why: sent.text("why").to_owned(),
        by,
        asked: asked.as_ref().map(|a| a.id),
        arrival: Arrival::Relayed,
    };
    let faults = match reading.done(said) {
        Ok(said) => match metier.name_given(said, None).await {
            Ok(_) => {
                if let Some(asked) = &asked {
                    metier.revoke_links(asked.id).await?;
                }
                return Ok(see_other("/mastery/named?said=named"));
            }
            Err(error) => refused(error, "name")?,
        },
        Err(faults) => faults,
    };
    if let Some(asked) = asked {
        return draw_asked(&shared, asked.id, &sent, &faults, "").await;
    }
    let shown = Shown {
        sent: &sent,
        faults: &faults,
    };
    Ok(form_page(
        &metier,
        "A colleague told you a name",
        &shown,
        &html! { form method="post" action="/mastery/named/note" { (said_fields(&shown, None)) } },
    ))
}

/// Makes somebody who was named a master to look at.
pub async fn look(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = metier.look_up_to_named(sent.text("name")).await?;
    Ok(see_other(&format!("/mastery/exemplar?id={id}")))
}

/// Makes a new link.
pub async fn link(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    match metier.renew_name_link(entry).await {
        Ok(link) => {
            shared.links().made(entry, link.token);
            Ok(see_other(&format!("/mastery/named/asked/{entry}")))
        }
        Err(error) if error.kind == Kind::Input => {
            let faults = refused(error, "mail")?;
            draw_asked(&shared, entry, &Sent::default(), &faults, "").await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the asking back.
pub async fn end(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    metier.end_name_asked(entry).await?;
    Ok(see_other("/mastery/named?said=back"))
}
