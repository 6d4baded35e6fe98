//! Masters to ask: the letter to copy or to send, how far it is, the conversations, what comes next.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words;
use metier_core::id::EntryId;
use metier_core::journal::{Noted, view};
use metier_core::mastery::{Mastery, NextAction, Outreach, OutreachState};

use super::{address, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::pages::guide::why;
use crate::path::Path;
use crate::problem::Problem;

/// How many masters, and how many conversations, are listed.
const LISTED: usize = 100;

/// The states, as a form writes them.
pub const STATES: [(&str, OutreachState); 5] = [
    ("draft", OutreachState::Draft),
    ("sent", OutreachState::Sent),
    ("answered", OutreachState::Answered),
    ("declined", OutreachState::Declined),
    ("over", OutreachState::Closed),
];

/// The outreach an address names.
pub fn found<'a>(mastery: &Mastery<'a>, id: EntryId) -> Result<Noted<'a, Outreach>, Problem> {
    let found = mastery.outreaches.iter().find(|o| o.id == id).copied();
    found.ok_or_else(|| Problem::not_found("there is no such master to ask; perhaps it was taken back"))
}

/// "Next: send it, for 3 December 2026"; of a day that has passed it says that it was for that day.
pub fn next(next: &NextAction, today: Date) -> String {
    match next.on {
        None => format!("Next: {}", next.what),
        Some(on) if on < today => format!("Next: {} (it was for {})", next.what, words::day(on)),
        Some(on) => format!("Next: {} (for {})", next.what, words::day(on)),
    }
}

pub async fn list(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = shared.surroundings().today();
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let mut all: Vec<_> = mastery
        .outreaches
        .iter()
        .map(|o| (mastery.next_of(o), *o))
        .collect();
    // What has a day comes first, by its day; the rest as it was told, latest first.
    all.reverse();
    all.sort_by_key(|(next, _)| next.and_then(|n| n.on).unwrap_or(Date::MAX));
    let (over, open): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, o)| matches!(o.what.state, OutreachState::Declined | OutreachState::Closed));
    let row = |next_action: Option<&NextAction>, o: &Noted<'_, Outreach>| {
        html! {
            li.entry {
                div {
                    p.name { a href={ "/mastery/outreach/at/" (o.id) } { (o.what.to) } }
                    p.soft.small {
                        (words::capital(words::outreach_state(o.what.state)))
                        @if !o.what.channel.is_empty() { ", " (o.what.channel) }
                    }
                    @if let Some(action) = next_action { p.small { (next(action, today)) } }
                }
            }
        }
    };
    let content = html! {
        p.crumbs { a href="/mastery#masters" { "What mastery is" } " / Masters to ask" }
        div.row.spread {
            h1.close { "Masters to ask" }
            a.btn href="/mastery/outreach/new" { "Prepare to ask one" }
        }
        @if asked.text("said") == "back" { (notice(&html! { p { "Taken back. It stays in the journal as taken back." } })) }
        @if mastery.outreaches.is_empty() {
            section.card.first {
                p.big { "Most people never ask, because they expect a no." }
                p { "Choose somebody who does it well and three questions they would enjoy. A draft is written for you from what you know of them; you change it, and send it your way." }
            }
        }
        ul.lines { @for (action, o) in open.iter().take(LISTED) { (row(*action, o)) } }
        @if !over.is_empty() {
            details.fold { summary { "Over (" (over.len()) ")" } ul.lines { @for (action, o) in over.iter().take(LISTED) { (row(*action, o)) } } }
        }
        (why(&["asking-a-master"]))
    };
    Ok(Page::new("Masters to ask")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

pub async fn page(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw(&shared, entry, asked.text("said"), &Sent::default(), &[]).await
}

async fn draw(
    shared: &Shared,
    id: EntryId,
    said: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = shared.surroundings().today();
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let told = found(&mastery, id)?;
    let o = told.what;
    let exemplar = o
        .exemplar
        .and_then(|e| mastery.exemplars.iter().find(|x| x.id == e));
    let mut talked: Vec<_> = mastery.conversations_of(id).collect();
    talked.reverse();
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shown = Shown { sent, faults };
    let content = html! {
        p.crumbs { a href="/mastery/outreach" { "Masters to ask" } " / " (o.to) }
        h1.close { "To ask: " (o.to) }
        @match said {
            "kept" => (notice(&html! { p { "Kept. Nothing is sent by itself." } })),
            "state" | "talked" => (notice(&html! { p { "Noted." } })),
            _ => {}
        }
        (shown.summary())
        div.two {
            div {
                (letter(&told))
                section aria-labelledby="talked" {
                    h2 #talked { "What was said" }
                    @if talked.is_empty() { p.soft { "Nothing noted yet. Write it down the same day, as near to their words as you can." } }
                    ul.lines {
                        @for conversation in talked.iter().take(LISTED) {
                            li {
                                p.soft.small { (words::day(conversation.on)) }
                                p.as-written { (conversation.what.words) }
                                @if let Some(then) = &conversation.what.next { p.small { (next(then, today)) } }
                            }
                        }
                    }
                    details.fold open[!faults.is_empty() || o.state == OutreachState::Sent] {
                        summary { "Note a conversation" }
                        form method="post" action={ "/mastery/outreach/at/" (id) "/talked" } {
                            (shown.lines(5, Field::new("words", "What was said")))
                            (shown.line("date", Field::new("on", "When").hint("Today when it is left empty.").may_stay_empty()))
                            (shown.line("text", Field::new("next", "What comes next").optional()))
                            (shown.line("date", Field::new("next-on", "For when").optional()))
                            button.btn { "Note it" }
                        }
                    }
                }
            }
            div {
                section.card aria-labelledby="far" {
                    h2.label #far { "How far it is" }
                    p.big { (words::capital(words::outreach_state(o.state))) }
                    @if let Some(action) = mastery.next_of(&told) { p { (next(action, today)) } }
                    form.act method="post" action={ "/mastery/outreach/at/" (id) "/state" } {
                        @for (word, label) in ways_on(o.state) { button.btn.quiet.small name="state" value=(word) { (label) } }
                    }
                }
                section.card aria-labelledby="check" {
                    h2.label #check { "The list of competencies" }
                    p { "Three or four masters who looked at it make a list you can rely on." }
                    @let exemplar_id = o.exemplar.map(|e| e.to_string()).unwrap_or_default();
                    div.act {
                        a href=(address("/mastery/check/new", &[("by", &o.to), ("exemplar", &exemplar_id)])) { "Note what they said of it" }
                        a href="/mastery/check/sheet" { "A sheet to take along" }
                    }
                }
                @if let Some(exemplar) = exemplar {
                    section.card { h2.label { "Among those you look at" } p { a href={ "/mastery/exemplar?id=" (exemplar.id) } { (exemplar.what.name) } } }
                }
                form.act method="post" action={ "/mastery/outreach/at/" (id) "/end" } {
                    button.btn.risky.small { "Take it back" }
                    span.soft.small { "It stays in the journal as taken back." }
                }
            }
        }
        (why(&["asking-a-master"]))
    };
    Ok(Page::new(format!("To ask: {}", o.to))
        .under(Nav::Mastery)
        .of(&metier)
        .status(status)
        .show(&content))
}

/// What may be said of how far it is, from where it is.
fn ways_on(state: OutreachState) -> &'static [(&'static str, &'static str)] {
    match state {
        OutreachState::Draft => &[("sent", "I have sent it"), ("over", "I leave it")],
        OutreachState::Sent => &[
            ("answered", "They answered"),
            ("declined", "They said no"),
            ("over", "It is over"),
        ],
        OutreachState::Answered => &[("over", "It is over")],
        OutreachState::Declined | OutreachState::Closed => &[("draft", "Begin again")],
    }
}

fn letter(told: &Noted<'_, Outreach>) -> Markup {
    let o = told.what;
    html! {
        section.card.first aria-labelledby="letter" {
            h2 #letter { "What you write" }
            @if !o.channel.is_empty() { p.soft { "By: " (o.channel) } }
            @if o.draft.is_empty() {
                p { "No letter is written yet. " @if !o.questions.is_empty() { "You mean to ask:" } }
                ul { @for question in &o.questions { li { (question) } } }
            }
            @else {
                label.hide for="draft" { "The letter" }
                textarea #draft .whole readonly rows="18" { (o.draft) }
                p.hint { "Only you see it here. It goes where you send it: copy it, or open it in your program for mail." }
            }
            div.act {
                @if !o.draft.is_empty() { a.btn href=(words::mailto(o, "A question about your work")) { "Open it as a mail" } }
                a.btn.quiet href={ "/mastery/outreach/new?id=" (told.id) } { "Change it" }
            }
        }
    }
}

pub async fn state(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = STATES.iter().find(|(word, _)| *word == sent.text("state"));
    let (_, state) = state.ok_or_else(|| Problem::not_found("there is no such state"))?;
    metier.outreach_state(entry, *state).await?;
    Ok(see_other(&format!("/mastery/outreach/at/{entry}?said=state")))
}

/// What comes next, as a form says it.
pub fn next_action(reading: &mut Reading<'_>, sent: &Sent) -> Option<NextAction> {
    let on = reading.day("next-on");
    if !sent.has("next") {
        if on.is_some() {
            reading.fault("next", "Say what comes next on that day.");
        }
        return None;
    }
    Some(NextAction {
        what: sent.text("next").to_owned(),
        on,
    })
}

pub async fn talked(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let words = reading.needed("words", "Write what was said; a sentence is enough.");
    let on = reading.past_day("on", metier.surroundings().today());
    let next = next_action(&mut reading, &sent);
    let faults = match reading.done(()) {
        Ok(()) => match metier.talked_to_master(entry, on, &words, next).await {
            Ok(_) => return Ok(see_other(&format!("/mastery/outreach/at/{entry}?said=talked"))),
            Err(error) => refused(error, "words")?,
        },
        Err(faults) => faults,
    };
    draw(&shared, entry, "", &sent, &faults).await
}

/// Takes it back.
pub async fn end(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    metier.end_outreach(entry).await?;
    Ok(see_other("/mastery/outreach?said=back"))
}
