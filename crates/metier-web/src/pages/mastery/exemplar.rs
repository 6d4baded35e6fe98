//! A master one looks at: who they are, and the chains from what they accomplished.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::words::Words;
use metier_app::{AsOf, ExemplarHead, Metier, stands_as};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Noted, view};
use metier_core::mastery::{Accomplished, Chain, Exemplar, MasterKind, Mastery};
use metier_core::plan::Plan;
use metier_core::target::TargetOf;

use super::chain::{daily, ending};
use super::{MEANWHILE, address, entry_of, form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::Problem;

/// The master an address names, of the profession aimed at.
pub fn found<'a>(mastery: &Mastery<'a>, id: &str) -> Result<Noted<'a, Exemplar>, Problem> {
    let id = entry_of(id)?;
    let found = mastery.exemplars.iter().find(|e| e.id == id).copied();
    found.ok_or_else(|| {
        Problem::not_found("there is no such master among those you look at; perhaps they were taken out")
    })
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let words = Words::new(
        &sight.version.framework,
        &sight.entries,
        shared.surroundings().today(),
    );
    let view = view(&sight.entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &sight.version.framework.family);
    let exemplar = found(&mastery, asked.text("id"))?;
    let mut chains = mastery.chains(&sight.standing, &Plan::of(&view));
    chains.retain(|c| c.exemplar.id == exemplar.id);
    let aimed =
        matches!(sight.target.as_ref().map(|t| &t.of), Some(TargetOf::Exemplar(id)) if *id == exemplar.id);
    let e = exemplar.what;
    let content = html! {
        p.crumbs { a href="/mastery#masters" { "What mastery is" } " / A master" }
        h1.close { (e.name) }
        @if asked.has("gone") { (notice(&html! { p { "That was not there any more: it may have been taken out in another window. This is how it stands." } })) }
        div.two {
            div { (accomplished(&exemplar, &chains, &words)) }
            div {
                (about(&exemplar))
                (by_colleagues(&mastery, &e.name))
                section.card aria-labelledby="aim" {
                    h2.label #aim { "As an aim" }
                    @if aimed { p { "You aim at what they were seen to do." } }
                    @else { p { "What they were seen to do can be what you aim at; their fame and their personality ask nothing of you." } p { a href="/settings/aim" { "Choose what you aim at" } } }
                }
            }
        }
    };
    Ok(Page::new(e.name.as_str())
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

/// What colleagues who named them have seen them do.
fn by_colleagues(mastery: &Mastery<'_>, name: &str) -> Markup {
    let by = metier_app::named_by(mastery, name);
    html! {
        @if !by.is_empty() {
            section.card aria-labelledby="named" {
                h2.label #named { "Named by colleagues" }
                ul.lines {
                    @for named in by.iter().take(20) {
                        li {
                            p { (named.what.by) span.soft.small { ", " (metier_app::words::day(named.on)) ", " (metier_app::words::arrival(named.what.arrival)) } }
                            @if !named.what.why.is_empty() { p.as-written { (named.what.why) } }
                        }
                    }
                }
            }
        }
    }
}

fn about(exemplar: &Noted<'_, Exemplar>) -> Markup {
    let e = exemplar.what;
    let known = match (e.kind, e.known) {
        (_, Some(true)) => "You know them.",
        (_, Some(false)) => "You do not know them yet.",
        (_, None) => "Whether you know them is not said.",
    };
    html! {
        section.card aria-labelledby="who" {
            h2.label #who { @match e.kind { MasterKind::Person => "A person", MasterKind::Company => "A company" } }
            p { (known) }
            dl.facts {
                @if !e.credible.is_empty() { dt { "Why they are credible, were they not known at all" } dd.as-written { (e.credible) } }
                @if !e.written.is_empty() { dt { "What they have written" } dd.as-written { (e.written) } }
            }
            @if !e.fame.is_empty() || !e.personality.is_empty() {
                details.link {
                    summary { "Kept apart: fame and personality" }
                    p.soft.small { "Nothing to copy, and nothing that asks anything of you." }
                    dl.facts {
                        @if !e.fame.is_empty() { dt { "Known for" } dd.as-written { (e.fame) } }
                        @if !e.personality.is_empty() { dt { "Their personality" } dd.as-written { (e.personality) } }
                    }
                }
            }
            div.act {
                a.btn.quiet href={ "/mastery/exemplar/edit?id=" (exemplar.id) } { "Change" }
                @if e.kind == MasterKind::Person { a href={ "/mastery/outreach/new?exemplar=" (exemplar.id) } { "Ask them something" } }
            }
        }
    }
}

fn accomplished(exemplar: &Noted<'_, Exemplar>, chains: &[Chain<'_>], words: &Words<'_>) -> Markup {
    html! {
        section aria-labelledby="did" {
            h2 #did { "What they accomplished, and what that comes down to" }
            @if exemplar.what.accomplished.is_empty() {
                p { "Begin with one thing they accomplished. Then ask what they were seen to do for it, so plainly that a colleague could see it happen." }
            }
            @for one in &exemplar.what.accomplished { (accomplishment(exemplar.id, one, chains, words)) }
            form.inline method="post" action="/mastery/exemplar/accomplished" {
                input type="hidden" name="id" value=(exemplar.id);
                div.field.grow { label for="f-what" { "They accomplished" } input #f-what type="text" name="what" required autocomplete="off"; }
                button.btn { "Add it" }
            }
        }
    }
}

fn accomplishment(id: EntryId, one: &Accomplished, chains: &[Chain<'_>], words: &Words<'_>) -> Markup {
    let exemplar = id.to_string();
    let add = address(
        "/mastery/exemplar/did",
        &[("id", exemplar.as_str()), ("of", &one.what)],
    );
    html! {
        div.chains {
            h3 { (one.what) }
            ol.chain {
                @for chain in chains.iter().filter(|c| std::ptr::eq(c.accomplished, one)) {
                    @let change = address("/mastery/exemplar/did", &[("id", exemplar.as_str()), ("of", &one.what), ("what", &chain.behaviour.what)]);
                    li {
                        span.from {
                            a href=(change) { (chain.behaviour.what) }
                            span.soft.small.line { (daily(chain.behaviour.daily)) }
                        }
                        (ending(chain, words))
                    }
                }
            }
            div.act {
                a.btn.quiet.small href=(add) { "What were they seen to do?" span.hide { " " (one.what) } }
                @if one.behaviours.is_empty() {
                    form method="post" action="/mastery/exemplar/take-back" {
                        input type="hidden" name="id" value=(id);
                        input type="hidden" name="of" value=(one.what);
                        button.as-link { "Take it out" span.hide { ": " (one.what) } }
                    }
                }
            }
        }
    }
}

fn now(entries: &[Entry], family: &metier_core::id::FamilyId, id: &str) -> Result<Option<Exemplar>, Problem> {
    if id.is_empty() {
        return Ok(None);
    }
    let view = view(entries, Timestamp::MAX);
    found(&Mastery::of(&view, family), id).map(|e| Some(e.what.clone()))
}

/// What of an exemplar the form of who they are holds.
fn mark(exemplar: Option<&Exemplar>) -> String {
    let head = exemplar.map(|e| Exemplar {
        accomplished: Vec::new(),
        ..e.clone()
    });
    stands_as(&head)
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let there = now(&entries, &life.needed()?.framework.family, asked.text("id"))?;
    let sent = Sent::default()
        .with("id", asked.text("id"))
        .with("mark", mark(there.as_ref()));
    let sent = match &there {
        None => sent.with("kind", "person").with("name", asked.text("name")),
        Some(e) => sent
            .with("name", e.name.as_str())
            .with(
                "kind",
                if e.kind == MasterKind::Company {
                    "company"
                } else {
                    "person"
                },
            )
            .with(
                "known",
                e.known.map_or("", |known| if known { "yes" } else { "no" }),
            )
            .with("written", e.written.as_str())
            .with("credible", e.credible.as_str())
            .with("fame", e.fame.as_str())
            .with("personality", e.personality.as_str()),
    };
    Ok(draw(&metier, there.as_ref(), &sent, &[]))
}

fn draw(metier: &Metier, there: Option<&Exemplar>, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let title = if there.is_some() {
        "A master you look at"
    } else {
        "A master to look at"
    };
    form_page(
        metier,
        title,
        &shown,
        &html! {
            @if let Some(there) = there.filter(|_| faults.iter().any(|f| f.what == MEANWHILE)) {
                div.notice {
                    p { strong { "How it stands now: " } (there.name) }
                    @for text in [&there.credible, &there.written, &there.fame, &there.personality] { @if !text.is_empty() { p.as-written { (text) } } }
                }
            }
            form method="post" action="/mastery/exemplar/edit" {
                input type="hidden" name="id" value=(sent.text("id"));
                input type="hidden" name="mark" value=(sent.text("mark"));
                (shown.line("text", Field::new("name", "Who")))
                (shown.choice(Field::new("kind", "Who they are"), &[("person", "a person"), ("company", "a company, a team, an institution")]))
                (shown.choice(Field::new("known", "Do you know them?"), &[("", "not said"), ("yes", "yes"), ("no", "not yet")]))
                (shown.lines(2, Field::new("credible", "Why are they credible, were they not known at all?").hint("What they can show, or who has seen them do it.").optional()))
                (shown.lines(2, Field::new("written", "Have they written something?").hint("A book, articles, a blog: what you could read.").optional()))
                fieldset {
                    legend { "Kept apart" }
                    p.hint { "Neither is a skill; written down, they get out of the way." }
                    (shown.lines(2, Field::new("fame", "What they are known for").optional()))
                    (shown.lines(2, Field::new("personality", "What belongs to their personality").optional()))
                }
                div.act { button.btn { "Record it" } a href="/mastery#masters" { "Leave it" } }
            }
            @if there.is_some() {
                form.act method="post" action="/mastery/exemplar/take-back" {
                    input type="hidden" name="id" value=(sent.text("id"));
                    button.btn.risky { "Take them out" }
                    span.soft.small { "They stay in the journal as taken back." }
                }
            }
        },
    )
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let there = now(&entries, &life.needed()?.framework.family, sent.text("id"))?;
    let mut reading = Reading::of(&sent);
    let name = reading.needed("name", "Name them.");
    let head = ExemplarHead {
        name,
        kind: if sent.text("kind") == "company" {
            MasterKind::Company
        } else {
            MasterKind::Person
        },
        known: match sent.text("known") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        written: sent.text("written").into(),
        credible: sent.text("credible").into(),
        fame: sent.text("fame").into(),
        personality: sent.text("personality").into(),
    };
    let now = mark(there.as_ref());
    if there.is_some() && sent.text("mark") != now {
        let kept = sent.fields().filter(|(name, _)| *name != "mark");
        let sent = kept.fold(Sent::default().with("mark", now), |all, (name, value)| {
            all.with(name, value)
        });
        let fault = Fault {
            field: "name".into(),
            what: MEANWHILE.into(),
        };
        return Ok(draw(&metier, there.as_ref(), &sent, &[fault]));
    }
    let told = match sent.text("id") {
        "" => None,
        id => Some(entry_of(id)?),
    };
    let faults = match reading.done(head) {
        Ok(head) => match metier.look_up_to(told, head).await {
            Ok(id) => return Ok(see_other(&format!("/mastery/exemplar?id={id}"))),
            Err(error) => refused(error, "name")?,
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, there.as_ref(), &sent, &faults))
}

/// Takes a master out, or one thing they accomplished.
pub async fn take_back(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    now(&entries, &life.needed()?.framework.family, sent.text("id"))?;
    let id = entry_of(sent.text("id"))?;
    if sent.has("of") {
        let of = sent.text("of").to_owned();
        let done = metier.seen_of(id, metier_app::Seen::NotAccomplished(of)).await;
        return super::seen::back(done, id);
    }
    metier.withdraw(id, "").await?;
    Ok(see_other("/mastery#masters"))
}

/// A step by its name.
pub fn steps(f: &metier_core::framework::Framework) -> Vec<(&str, &str)> {
    std::iter::once(("", "not said"))
        .chain(f.ladder.active().map(|r| (r.id.as_str(), r.name.as_str())))
        .collect()
}

/// The competencies under their practices.
pub fn competencies(f: &metier_core::framework::Framework) -> Vec<crate::field::Group<'_>> {
    f.practices
        .iter()
        .map(|practice| {
            let within = f.competencies_of(&practice.id);
            let options = within.map(|c| (c.id.as_str(), c.name.as_str())).collect();
            (practice.name.as_str(), options)
        })
        .collect()
}
