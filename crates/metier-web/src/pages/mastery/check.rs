//! What masters say of the list of competencies: three or four looks at it, each noted per competency.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{CheckSaid, Metier};
use metier_core::framework::Framework;
use metier_core::journal::{Entry, Noted, view};
use metier_core::mastery::{Checked, Mastery, RealityCheck};

use super::{address, form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// How many things that are missing have a line of their own on the form.
const MISSING: usize = 3;

/// How it stands, on the page What mastery is.
pub fn card(mastery: &Mastery<'_>, f: &Framework) -> Markup {
    let reality = mastery.reality(f);
    let spoken = |of: &dyn Fn(&Checked<'_>) -> bool| reality.competencies.iter().filter(|c| of(c)).count();
    html! {
        section.card aria-labelledby="checked" {
            h2.label #checked { "What masters say of this list" }
            p { (words::headline_of_checks(reality.masters)) }
            @if reality.masters > 0 {
                p.soft.small {
                    (spoken(&|c| !c.confirmed.is_empty())) " confirmed, " (spoken(&|c| !c.struck.is_empty())) " struck, "
                    (reality.added.len()) " found missing."
                }
            }
            div.act {
                @if reality.masters > 0 { a href="/mastery/check" { "What they said" } }
                a href="/mastery/check/new" { "Note what one said" }
                a href="/mastery/check/sheet" { "A sheet to take along" }
                a href="/mastery/outreach" { "Masters to ask" }
            }
        }
    }
}

fn names(checks: &[Noted<'_, RealityCheck>]) -> String {
    let mut names: Vec<String> = checks.iter().map(|c| c.what.by.clone()).collect();
    names.dedup();
    words::list(&names)
}

pub async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let f = &life.needed()?.framework;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &f.family);
    let reality = mastery.reality(f);
    let content = html! {
        p.crumbs { a href="/mastery#checked" { "What mastery is" } " / What masters say of the list" }
        h1.close { "What masters say of the list" }
        p.lead { (words::headline_of_checks(reality.masters)) }
        @if reality.masters == 0 {
            p { "A list of competencies is somebody\u{2019}s view until those who are masters have looked at it. Take the sheet to a conversation, and note what they said." }
        }
        div.act {
            a.btn href="/mastery/check/new" { "Note what one said" }
            a.btn.quiet href="/mastery/check/sheet" { "A sheet to take along" }
        }
        @if !reality.added.is_empty() {
            section aria-labelledby="missing" {
                h2 #missing { "What they found missing" }
                ul.lines {
                    @for (check, what) in &reality.added {
                        li.entry {
                            div { p.name { (what) } p.soft.small { (check.what.by) ", " (words::day(check.on)) } }
                            a.btn.quiet.small href=(address("/framework/edit/competency", &[("name", what)])) { "Add it to a draft" span.hide { ": " (what) } }
                        }
                    }
                }
            }
        }
        @if reality.masters > 0 {
            section aria-labelledby="list" {
                h2 #list { "Competency by competency" }
                div.scroll tabindex="0" role="region" aria-label="What masters said of each competency" {
                    table.differ {
                        thead { tr { th scope="col" { "competency" } th scope="col" { "confirmed by" } th scope="col" { "struck by" } } }
                        tbody {
                            @for (checked, c) in reality.competencies.iter().zip(&f.competencies) {
                                tr {
                                    td { a href={ "/competency/" (c.id) } { (c.name) } }
                                    td { (names(&checked.confirmed)) }
                                    td { (names(&checked.struck)) }
                                }
                            }
                        }
                    }
                }
                p.soft.small { "Struck by some and confirmed by others is no error: ask each why." }
            }
            section aria-labelledby="said" {
                h2 #said { "Who looked at it" }
                ul.lines {
                    @for check in mastery.checks.iter().rev().take(50) {
                        li {
                            p.name { a href={ "/did/" (check.id) } { (check.what.by) } }
                            p.soft.small { (words::day(check.on)) ", " (words::arrival(check.what.arrival)) }
                            @if !check.what.words.is_empty() { p.as-written { (check.what.words) } }
                        }
                    }
                }
            }
        }
    };
    Ok(Page::new("What masters say of the list")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let f = &life.needed()?.framework;
    // From the page of a master who is asked: who it is is known.
    let begun = asked
        .fields()
        .filter(|(name, _)| ["by", "exemplar"].contains(name));
    let sent = begun.fold(Sent::default(), |sent, (name, value)| sent.with(name, value));
    Ok(draw(&metier, &entries, f, &sent, &[]))
}

fn draw(metier: &Metier, entries: &[Entry], f: &Framework, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let view = view(entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &f.family);
    let ids: Vec<(String, &str)> = mastery
        .exemplars
        .iter()
        .map(|e| (e.id.to_string(), e.what.name.as_str()))
        .collect();
    let mut exemplars = vec![("", "not among those you look at")];
    exemplars.extend(ids.iter().map(|(id, name)| (id.as_str(), *name)));
    form_page(
        metier,
        "What a master said of the list",
        &shown,
        &html! {
            p { (f.title) ", version " (f.version) ". Leave alone what they did not speak of." }
            form method="post" action="/mastery/check/new" {
                (shown.line("text", Field::new("by", "Who looked at it")))
                @if exemplars.len() > 1 { (shown.choice(Field::new("exemplar", "Among the masters you look at"), &exemplars)) }
                @for practice in &f.practices {
                    h2 { (practice.name) }
                    div.columns {
                        @for c in f.competencies_of(&practice.id) {
                            @let field = format!("c-{}", c.id);
                            div.field {
                                label for={ "f-" (field) } { (c.name) }
                                select id={ "f-" (field) } name=(field) {
                                    @for (value, says) in [("", "not spoken of"), ("confirmed", "it belongs there"), ("struck", "it does not")] {
                                        option value=(value) selected[sent.text(&field) == value] { (says) }
                                    }
                                }
                            }
                        }
                    }
                }
                fieldset {
                    legend { "What is missing" }
                    @for place in 0..MISSING {
                        div.field {
                            label.hide for={ "f-m" (place) } { "Missing, " (place + 1) }
                            input id={ "f-m" (place) } type="text" name="missing" value=(sent.all("missing").nth(place).unwrap_or_default()) autocomplete="off";
                        }
                    }
                }
                (shown.lines(3, Field::new("words", "What else they said").optional()))
                div.act { button.btn { "Record it" } a href="/mastery#checked" { "Leave it" } }
            }
        },
    )
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let f = &life.needed()?.framework;
    let mut reading = Reading::of(&sent);
    let by = reading.needed("by", "Say who looked at it.");
    let exemplar = reading.read("exemplar", "Choose one of the masters.");
    let of = |word: &str| {
        let said = f
            .competencies
            .iter()
            .filter(|c| sent.text(&format!("c-{}", c.id)) == word);
        said.map(|c| c.id.clone()).collect::<Vec<_>>()
    };
    let said = CheckSaid {
        by,
        exemplar,
        confirmed: of("confirmed"),
        struck: of("struck"),
        added: sent.all("missing").map(str::to_owned).collect(),
        words: sent.text("words").into(),
    };
    let faults = match reading.done(said) {
        Ok(said) => match metier.reality_checked(said).await {
            Ok(_) => return Ok(see_other("/mastery/check?said=checked")),
            Err(error) => refused(error, "words")?,
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, &entries, f, &sent, &faults))
}

/// The list to print and take to the conversation.
pub async fn sheet(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let f = &life.needed()?.framework;
    let content = html! {
        div.sheet {
            p.crumbs { a href="/mastery/check" { "What masters say of the list" } " / A sheet to take along" }
            h1 { "Is this what a master can do?" }
            p.eyebrow { (f.title) ", version " (f.version) }
            p { "For each line: does it belong there, or not? What you do not speak of is left open. Then: what is missing?" }
            p { "Who looked at it: ____________________  On: ____________" }
            table.check-sheet {
                thead { tr { th scope="col" { "what" } th scope="col" { "belongs" } th scope="col" { "does not" } } }
                tbody {
                    @for practice in &f.practices {
                        tr.pr { th colspan="3" scope="colgroup" { (practice.name) } }
                        @for c in f.competencies_of(&practice.id) {
                            tr {
                                th scope="row" { (c.name) @if !c.looks_like.is_empty() { span.soft.small.line { (c.looks_like) } } }
                                td { span.tick-here aria-hidden="true" {} }
                                td { span.tick-here aria-hidden="true" {} }
                            }
                        }
                    }
                }
            }
            h2 { "What is missing" }
            @for _ in 0..MISSING { p.write-here { "\u{a0}" } }
            p.act { "Print this page: everything that is only to be pressed stays away. What they said goes " a href="/mastery/check/new" { "here" } "." }
        }
    };
    Ok(Page::new("A sheet to take along")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}
