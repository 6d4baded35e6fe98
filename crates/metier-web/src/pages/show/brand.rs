//! What one stands for: values, skills, experiences, and what sets one apart. One page, for oneself.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{Words, day, state};
use metier_app::{
    Apart, AsOf, BrandSaid, Metier, Sight, ValueSaid, brand_wordings, not_standing, presence_mark,
};
use metier_core::id::{EntryId, ThingId};
use metier_core::journal::{Entry, Fact, view};
use metier_core::presence::{Brand, Presence};

use super::super::case::{changed_meanwhile, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::Problem;

/// How many of the latest things are offered as what shows it.
const OFFERED: usize = 25;
/// Empty rows of values and of what sets one apart, after those that are there.
const MORE: usize = 2;
/// The most rows that are read.
const ROWS: usize = 40;
/// How many earlier wordings are drawn.
const EARLIER: usize = 5;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let today = metier.surroundings().today();
    let presence = Presence::in_journal(&sight.entries);
    let words = Words::new(&sight.version.framework, &sight.entries, today);
    let brand = presence.brand();
    let content = html! {
        div.sheet {
            p.crumbs { a href="/show" { "Show" } " / What you stand for" }
            div.row.spread {
                h1.close { "What you stand for" }
                @if brand.is_some() { a.btn.quiet.act href="/show/brand/change" { "Change it" } }
            }
            @if asked.text("said") == "changed" { (notice(&html! { p { "Said. What stood before is kept below." } })) }
            @match brand {
                None => (nothing_yet()),
                Some(brand) => {
                    (drawn(brand.what, &presence, sight, &words))
                    p.soft.small { "As of " (day(today)) ", " (metier.name()) ". Only you see this page; print it for yourself." }
                    p.act { a href="/show/presence" { "Does what you show fit it?" } }
                    (before(&metier, &sight.entries, brand.id))
                },
            }
        }
    };
    Ok(Page::new("What you stand for")
        .under(Nav::Show)
        .of(&metier)
        .show(&content))
}

fn nothing_yet() -> Markup {
    html! {
        section.card.first {
            p.big { "What do you do that somebody else would not, and why?" }
            p { "Begin with one value and what you do because of it. What sets you apart counts once something shows it." }
            div.act { a.btn href="/show/brand/change" { "Say the first" } }
        }
    }
}

fn drawn(brand: &Brand, presence: &Presence<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let expressed = |id: &ThingId| {
        let mut names: Vec<(EntryId, &str)> = Vec::new();
        for channel in &presence.channels {
            let says =
                |c: &metier_core::presence::PublicClaim| c.values.iter().any(|v| v.value == *id && v.agrees);
            if channel.what.claims.iter().any(says) {
                names.push((channel.id, &channel.what.name));
            }
        }
        names
    };
    let same_family = brand.family.as_ref() == Some(&sight.version.framework.family);
    html! {
        @if !brand.sentence.is_empty() { p.one-liner { (brand.sentence) } }
        @if !brand.values.is_empty() {
            section aria-labelledby="values" {
                h2 #values { "Values" }
                ul.lines {
                    @for value in &brand.values {
                        li {
                            p.name { strong { (value.name) } }
                            @if value.means.is_empty() { p.soft { "It is not said yet what you do because of it." } } @else { p { (value.means) } }
                            @let places = expressed(&value.id);
                            @if !places.is_empty() {
                                p.soft.small { "Expressed on " @for (n, (id, name)) in places.iter().enumerate() { @if n > 0 { ", " } a href={ "/show/presence/" (id) } { (name) } } }
                            }
                        }
                    }
                }
            }
        }
        @if !brand.skills.is_empty() {
            section aria-labelledby="skills" {
                h2 #skills { "To be known for" }
                ul.lines {
                    @for id in &brand.skills {
                        li {
                            a href={ "/competency/" (id) } { (words.competency(id)) }
                            @match sight.standing.competency(id).filter(|_| same_family) {
                                Some(c) => span.soft { @match &c.proven { Some(rung) => { ": " (words.rung(rung)) ", " (state(metier_core::standing::State::Proven, c.grade)) }, None => ": nothing proven yet" } },
                                None => span.soft { ": of other criteria" },
                            }
                        }
                    }
                }
            }
        }
        @if !brand.experiences.is_empty() {
            section aria-labelledby="experiences" {
                h2 #experiences { "Experiences" }
                ul.lines { @for id in &brand.experiences { li { (shown(id, words)) } } }
            }
        }
        @if !brand.differentiators.is_empty() {
            section aria-labelledby="apart" {
                h2 #apart { "What sets you apart" }
                ul.lines {
                    @for one in &brand.differentiators {
                        @let backed: Vec<&EntryId> = one.shown_by.iter().filter(|id| words.of_evidence(id).is_some()).collect();
                        li {
                            p.name { (one.words) }
                            @if backed.is_empty() { p.soft { "Nothing shows it yet: so far it is only said." } }
                            @else { ul.plain { @for id in backed { li { "Shown by " (shown(id, words)) } } } }
                        }
                    }
                }
            }
        }
    }
}

fn shown(id: &EntryId, words: &Words<'_>) -> Markup {
    html! {
        @match words.happened_on(id) {
            Some(on) => { a href={ "/did/" (id) } { (words.evidence(id)) } span.soft { ", " (day(on)) } },
            None => span.soft { (words.evidence(id)) },
        }
    }
}

fn before(metier: &Metier, entries: &[Entry], id: EntryId) -> Markup {
    let wordings = not_standing(brand_wordings(entries, id));
    let zone = &metier.surroundings().zone;
    html! {
        @if !wordings.is_empty() {
            details.fold.act {
                summary { "What stood before (" (wordings.len()) ")" }
                ul.lines {
                    @for wording in wordings.iter().take(EARLIER) {
                        @let was = wording.what;
                        li {
                            p.soft.small { "As said on " (day(wording.recorded_at.to_zoned(zone.clone()).date())) }
                            @if !was.sentence.is_empty() { p { (was.sentence) } }
                            @for value in &was.values { p { (value.name) @if !value.means.is_empty() { ": " (value.means) } } }
                            @for one in &was.differentiators { p { (one.words) } }
                        }
                    }
                }
            }
        }
    }
}

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let sent = {
        let presence = Presence::in_journal(&entries);
        let brand = presence.brand();
        let mut sent = Sent::default().with("mark", presence_mark(brand.as_ref()));
        if let Some(brand) = brand {
            sent = as_sent(sent, brand.what);
        }
        sent
    };
    draw(&metier, &entries, &sent, &[]).await
}

fn as_sent(mut sent: Sent, brand: &Brand) -> Sent {
    sent = sent.with("sentence", &*brand.sentence);
    for (row, value) in brand.values.iter().enumerate() {
        sent = sent
            .with(&format!("value-id-{row}"), value.id.as_str())
            .with(&format!("value-{row}"), &*value.name)
            .with(&format!("means-{row}"), &*value.means);
    }
    for id in &brand.skills {
        sent = sent.with("skill", id.as_str());
    }
    for id in &brand.experiences {
        sent = sent.with("experience", id.to_string());
    }
    for (row, one) in brand.differentiators.iter().enumerate() {
        sent = sent.with(&format!("apart-{row}"), &*one.words);
        for id in &one.shown_by {
            sent = sent.with(&format!("by-{row}"), id.to_string());
        }
    }
    sent
}

/// How many rows of a name are filled.
fn rows(sent: &Sent, name: &str) -> usize {
    let last = (0..ROWS).rev().find(|row| sent.has(&format!("{name}-{row}")));
    last.map_or(0, |last| last + 1)
}

async fn draw(
    metier: &Metier,
    entries: &[Entry],
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let form = Shown { sent, faults };
    let view = view(entries, jiff::Timestamp::MAX);
    let all: Vec<(String, String)> = view
        .facts
        .iter()
        .rev()
        .filter_map(|f| match f.fact() {
            Fact::Evidence(e) => Some((
                f.root.to_string(),
                format!("{}, {}", e.title, day(f.occurred_on())),
            )),
            _ => None,
        })
        .collect();
    let offered = |name: &str| -> Vec<&(String, String)> {
        let chosen = all.iter().filter(|(id, _)| sent.ticks(name, id));
        let latest = all.iter().take(OFFERED).filter(|(id, _)| !sent.ticks(name, id));
        chosen.chain(latest).collect()
    };
    Ok(Page::new("What you stand for").under(Nav::Show).of(metier).status(status(faults)).show(&html! {
        div.narrow {
            p.crumbs { a href="/show" { "Show" } " / " a href="/show/brand" { "What you stand for" } }
            h1 { "What do you stand for?" }
            (form.summary())
            form method="post" action="/show/brand/change" {
                input type="hidden" name="mark" value=(sent.text("mark"));
                (form.lines(2, Field::new("sentence", "In a sentence").optional()))
                fieldset {
                    legend { "Values" }
                    p.hint { "What you hold dear at work, and what one can see you do because of it. An empty name takes a value away; save for further rows." }
                    @for row in 0..(rows(sent, "value") + MORE).min(ROWS) {
                        div.brand-row {
                            input type="hidden" name={ "value-id-" (row) } value=(sent.text(&format!("value-id-{row}")));
                            (form.line("text", Field::new(&format!("value-{row}"), "Value").may_stay_empty()))
                            (form.lines(2, Field::new(&format!("means-{row}"), "What you do because of it").may_stay_empty()))
                        }
                    }
                }
                fieldset {
                    legend { "Skills to be known for" }
                    @for practice in &framework.practices {
                        @let chosen = framework.competencies_of(&practice.id).any(|c| sent.ticks("skill", c.id.as_str()));
                        details.fold open[chosen] {
                            summary { (practice.name) }
                            @for c in framework.competencies_of(&practice.id) { (form.tick("skill", c.id.as_str(), &c.name)) }
                        }
                    }
                }
                fieldset {
                    legend { "Experiences to be known for" }
                    @if all.is_empty() { p.soft { "What you record under " a href="/did" { "What I did" } " can be chosen here." } }
                    @else {
                        details.fold open[sent.has("experience")] {
                            summary { "Choose among what you did" }
                            @for (id, title) in offered("experience") { (form.tick("experience", id, title)) }
                        }
                    }
                }
                fieldset {
                    legend { "What sets you apart" }
                    @for row in 0..(rows(sent, "apart") + MORE).min(ROWS) {
                        @let by = format!("by-{row}");
                        div.brand-row {
                            (form.lines(2, Field::new(&format!("apart-{row}"), "What").may_stay_empty()))
                            @if !all.is_empty() {
                                details.link open[sent.has(&by)] {
                                    summary { "What shows it" }
                                    @for (id, title) in offered(&by) { (form.tick(&by, id, title)) }
                                }
                            }
                        }
                    }
                }
                div.act { button.btn { "Say it" } a href="/show/brand" { "Leave it" } }
            }
        }
    }))
}

fn read(sent: &Sent) -> Result<BrandSaid, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let ids = |name: &str| -> Vec<EntryId> { sent.all(name).filter_map(|word| word.parse().ok()).collect() };
    let mut values = Vec::new();
    for row in 0..ROWS {
        let (name, means) = (
            sent.text(&format!("value-{row}")),
            sent.text(&format!("means-{row}")),
        );
        if name.is_empty() {
            continue;
        }
        values.push(ValueSaid {
            id: sent.text(&format!("value-id-{row}")).parse().ok(),
            name: name.to_owned(),
            means: means.to_owned(),
        });
    }
    let apart: Vec<Apart> = (0..ROWS)
        .filter(|row| sent.has(&format!("apart-{row}")))
        .map(|row| Apart {
            words: sent.text(&format!("apart-{row}")).to_owned(),
            shown_by: ids(&format!("by-{row}")),
        })
        .collect();
    let said = BrandSaid {
        sentence: sent.text("sentence").to_owned(),
        values,
        skills: sent.all("skill").filter_map(|word| word.parse().ok()).collect(),
        experiences: ids("experience"),
        apart,
    };
    if said == BrandSaid::default() {
        reading.fault(
            "sentence",
            "Say one thing: a sentence, a value, or what sets you apart.",
        );
    }
    reading.done(said)
}

pub async fn change(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let now = { presence_mark(Presence::in_journal(&entries).brand().as_ref()) };
    if now != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, "/show/brand", &sent));
    }
    let faults = match read(&sent) {
        Ok(said) => match metier.stand_for(said).await {
            Ok(_) => return Ok(see_other("/show/brand?said=changed")),
            Err(error) => refused("sentence", error)?,
        },
        Err(faults) => faults,
    };
    draw(&metier, &entries, &sent, &faults).await
}
