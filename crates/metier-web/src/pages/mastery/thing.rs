//! A significant thing: adding it, saying it otherwise, meeting it with what one did.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Metier, ThingSaid, ThingSeen, deeds, stands_as};
use metier_core::evidence::Happening;
use metier_core::id::ThingId;
use metier_core::journal::view;
use metier_core::mastery::Mastery;

use super::{MEANWHILE, entry_of, form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// How many things one did are offered at once.
const OFFERED: usize = 40;

/// A significant thing in the list: not yet, met with what, or a goal.
pub fn line(seen: &ThingSeen<'_>, words: &Words<'_>) -> Markup {
    let thing = seen.thing;
    html! {
        div {
            p.name { (thing.what) }
            @if !thing.recognised_by.is_empty() { p.small { "Seen for what it is by " (thing.recognised_by) } }
            p.soft.small {
                @if seen.met() {
                    b { "Met" } " with "
                    @for (i, id) in seen.shown_by.iter().enumerate() {
                        @if i > 0 { ", " }
                        a href={ "/did/" (id) } { (words.evidence(id)) }
                    }
                } @else {
                    "Not yet"
                    @if let Some(goal) = &seen.goal {
                        "; a goal" @if let Some(by) = goal.what.by { ", by " (words::day(by)) }
                    }
                }
                "."
            }
        }
        a.btn.quiet.small href={ "/mastery/thing?id=" (thing.id) } {
            @if seen.met() { "Change" } @else { "Met, or reword" } span.hide { ": " (thing.what) }
        }
    }
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, &asked, None, &[]).await
}

/// The page of one thing, or of a new one. `sent` is what was typed, where something is wrong with it.
async fn draw(
    metier: &Metier,
    asked: &Sent,
    sent: Option<&Sent>,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let view = view(&entries, Timestamp::MAX);
    let words = Words::new(framework, &entries, metier.surroundings().today());
    let definition = Mastery::of(&view, &framework.family).definition();
    let things = definition
        .as_ref()
        .map_or_else(Vec::new, |d| ThingSeen::of(d, &view));
    let there = match asked.text("id") {
        "" => None,
        id => {
            let found = things.iter().find(|t| t.thing.id.as_str() == id);
            Some(found.ok_or_else(|| {
                Problem::not_found("there is no such thing to accomplish; perhaps it was taken out")
            })?)
        }
    };
    let begun = there.map_or_else(Sent::default, |t| {
        Sent::default()
            .with("what", t.thing.what.as_str())
            .with("recognised_by", t.thing.recognised_by.as_str())
    });
    let sent = sent.unwrap_or(&begun);
    let shown = Shown { sent, faults };
    let title = if there.is_some() {
        "A significant thing"
    } else {
        "Something significant to accomplish"
    };
    let meanwhile = faults.iter().any(|f| f.what == MEANWHILE);
    Ok(form_page(
        metier,
        title,
        &shown,
        &html! {
            @if let Some(seen) = there { (meeting(seen, asked, &words, &offered(&entries, asked.text("find"), seen))) }
            @if let Some(seen) = there { h2 { "Say it otherwise" } @if meanwhile { p { "It reads now: " b { (seen.thing.what) } } } }
            form method="post" action="/mastery/thing" {
                input type="hidden" name="id" value=(asked.text("id"));
                @if let Some(seen) = there { input type="hidden" name="mark" value=(stands_as(&seen.thing)); }
                (shown.lines(2, Field::new("what", "What").hint("One thing that can be seen to be done: ran the kitchen of a hotel through a season.")))
                (shown.lines(2, Field::new("recognised_by", "Who would see it for what it is, and how hard it was").optional()))
                @if there.is_some() {
                    (shown.lines(2, Field::new("because", "Why do you change it?").hint("What you wrote before is kept.")))
                }
                div.act {
                    button.btn { "Record it" }
                    @if there.is_some() { button.btn.risky name="do" value="remove" { "Take it out" } }
                    a href="/mastery#things" { "Leave it" }
                }
            }
        },
    ))
}

/// What one did that may show it: what was searched for, or the latest.
fn offered(
    entries: &[metier_core::journal::Entry],
    find: &str,
    seen: &ThingSeen<'_>,
) -> Vec<(String, String)> {
    let find = find.to_lowercase();
    let all = deeds(entries);
    let fitting = all.iter().filter(|deed| {
        let evidence = &deed.wording.evidence;
        deed.taken_back.is_none()
            && !seen.shown_by.contains(&deed.id)
            && if find.is_empty() {
                !matches!(evidence.what, Happening::Attempts { .. })
            } else {
                evidence.title.to_lowercase().contains(&find)
            }
    });
    fitting
        .take(OFFERED)
        .map(|deed| {
            let says = format!("{}, {}", deed.wording.evidence.title, words::day(deed.wording.on));
            (deed.id.to_string(), says)
        })
        .collect()
}

fn meeting(seen: &ThingSeen<'_>, asked: &Sent, words: &Words<'_>, offered: &[(String, String)]) -> Markup {
    html! {
        p.big { (seen.thing.what) }
        @if !seen.met() && seen.goal.is_none() {
            p { "A goal gives it a day, and milestones on the way. " a href={ "/plan/goal/new?thing=" (seen.thing.id) } { "Make it a goal" } }
        }
        section aria-labelledby="met" {
            h2 #met { "What shows it" }
            @if seen.met() {
                ul.lines {
                    @for id in &seen.shown_by {
                        li.entry {
                            p.name { a href={ "/did/" (id) } { (words.evidence(id)) } }
                            form method="post" action="/mastery/thing/met" {
                                input type="hidden" name="id" value=(seen.thing.id);
                                input type="hidden" name="not" value=(id);
                                button.btn.quiet.small { "It does not show it" span.hide { ": " (words.evidence(id)) } }
                            }
                        }
                    }
                }
            } @else { p { "Nothing yet. It is met with something you did, and with nothing else." } }
            form.inline method="get" action="/mastery/thing" {
                input type="hidden" name="id" value=(seen.thing.id);
                div.field {
                    label for="f-find" { "Find what you did" }
                    input #f-find type="search" name="find" value=(asked.text("find"));
                }
                button.btn.quiet { "Find" }
            }
            @if offered.is_empty() {
                p.soft { @if asked.has("find") { "Nothing you did reads like that." } @else { "Nothing is recorded yet that could show it." } " " a href="/did/new" { "Record what you did" } }
            } @else {
                form.inline method="post" action="/mastery/thing/met" {
                    input type="hidden" name="id" value=(seen.thing.id);
                    div.field {
                        label for="f-by" { "It is met with" }
                        select #f-by name="by" { @for (id, says) in offered { option value=(id) { (says) } } }
                    }
                    button.btn { "Met with it" }
                }
            }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let what = reading.needed("what", "Say what is to be accomplished.");
    let by = sent.text("recognised_by").to_owned();
    let because = sent.text("because").to_owned();
    let id: Option<ThingId> = match sent.text("id") {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| Problem::not_found("there is no such thing to accomplish"))?,
        ),
    };
    if let Some(id) = &id {
        let (entries, life) = metier.read().await?;
        let view = view(&entries, Timestamp::MAX);
        let definition = Mastery::of(&view, &life.needed()?.framework.family).definition();
        let there = definition
            .iter()
            .flat_map(|d| &d.what.things)
            .find(|t| t.id == *id);
        if there.is_some_and(|there| stands_as(&there) != sent.text("mark")) {
            reading.fault("what", MEANWHILE);
        }
    }
    let said = match (id, sent.text("do")) {
        (Some(id), "remove") => ThingSaid::Remove(id, because),
        (Some(id), _) => ThingSaid::Reword(id, what, by, because),
        (None, _) => ThingSaid::Add(what, by),
    };
    let field = if matches!(said, ThingSaid::Add(..)) {
        "what"
    } else {
        "because"
    };
    let faults = match reading.done(said) {
        Ok(said) => match metier.significant(said).await {
            Ok(_) => return Ok(see_other("/mastery?said=thing#things")),
            Err(error) if error.kind == metier_app::Kind::NotReady => {
                return Ok(see_other("/mastery/definition"));
            }
            Err(error) => refused(error, field)?,
        },
        Err(faults) => faults,
    };
    draw(&metier, &sent, Some(&sent), &faults).await
}

/// Meets it with something one did, or takes that away.
pub async fn met(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id: ThingId = sent
        .text("id")
        .parse()
        .map_err(|_| Problem::not_found("there is no such thing to accomplish"))?;
    let said = match sent.text("not") {
        "" => ThingSaid::Met(id, entry_of(sent.text("by"))?),
        not => ThingSaid::NotMet(id, entry_of(not)?),
    };
    metier.significant(said).await?;
    Ok(see_other("/mastery?said=thing#things"))
}
