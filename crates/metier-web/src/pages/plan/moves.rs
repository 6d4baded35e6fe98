//! The six moves side by side: what each would do to the practices, to the gap, and what is asked for.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, capital};
use metier_app::{AsOf, KnownDemand, MoveSeen, MovesOf, Sight, move_wordings};
use metier_core::id::{EntryId, PracticeId};
use metier_core::plan::{CareerMove, MoveConsidered, MoveState, Suggested};

use super::activity_form::{read_shows, shows_fields, with_shows};
use super::{CHANGED, Here, beside, earlier, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::{entry_of, refused, status};
use crate::path::Path;
use crate::problem::Problem;

/// Options of one move that are shown before the rest is folded.
const SHOWN: usize = 3;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let moves = sight.moves(&plan);
    let known = metier.known_demand(sight).await?;
    let now: Vec<PracticeId> = sight.practices_now().into_iter().collect();
    let content = html! {
        (beside(Here::Moves))
        h1 { "Six moves" }
        @if asked.text("said") == "kept" { (notice(&html! { p { "Written down. Considering a move commits you to nothing." } })) }
        p.lead { "Up is one of six. Thinking each of them through, also those you will not make, shows what you choose." }
        p.soft {
            @if now.is_empty() { "No position that you hold now names practices of these criteria, so every practice would be new. " a href="/mastery/position" { "Record your position" } }
            @else { "Your work now exercises " (words.practices(&now)) ". Each is held against that." }
        }
        div.cards.two-up { @for of in &moves { (card(of, sight, &words, &known)) } }
    };
    Ok(under("Six moves", &metier).show(&content))
}

fn card(of: &MovesOf<'_>, sight: &Sight, words: &Words<'_>, known: &KnownDemand) -> Markup {
    let (name, about) = words::career_move(of.kind);
    let word = words::move_word(of.kind);
    html! {
        section.card aria-labelledby=(word) {
            h2 id=(word) { (name) }
            p.soft { (capital(about)) }
            @for one in of.moves.iter().take(SHOWN) { (option(one, sight, words, known)) }
            @if of.moves.len() > SHOWN {
                details.fold {
                    summary { "Others (" (of.moves.len() - SHOWN) ")" }
                    @for one in of.moves.iter().skip(SHOWN).take(20) { (option(one, sight, words, known)) }
                }
            }
            @if of.moves.is_empty() {
                p { (words.suggested(of.kind, &of.suggested)) }
                (ideas(&of.suggested))
            }
            @if of.kind == CareerMove::MoveOn { p.small { a href="/market/neighbours" { "Professions near to yours, and what is missing" } } }
            div.act { a.btn.quiet href={ "/plan/moves/new?kind=" (word) } { "Think one through" span.hide { ": " (name) } } }
        }
    }
}

/// Links to what is suggested, where it has a page.
fn ideas(suggested: &Suggested) -> Markup {
    html! {
        @match suggested {
            Suggested::Level(_) => p { a href="/framework#levels" { "What each level asks" } },
            Suggested::NoPosition => p { a href="/mastery/position" { "Record your position" } },
            Suggested::GoesAlong(_) => p { a href="/mastery/if-it-ended" { "All that would go along" } },
            _ => {},
        }
    }
}

fn option(one: &MoveSeen<'_>, sight: &Sight, words: &Words<'_>, known: &KnownDemand) -> Markup {
    let considered = one.considered;
    html! {
        div.option {
            p.name { a href={ "/plan/moves/" (one.id) } { (considered.what) } " " span.chip { (words::move_state(considered.state)) } }
            @if considered.state != MoveState::Open && !considered.because.is_empty() { p.small.as-written { span.soft { "Because: " } (considered.because) } }
            (does(one, sight, words, known))
        }
    }
}

/// What a move would do: practices, gap, demand.
fn does(one: &MoveSeen<'_>, sight: &Sight, words: &Words<'_>, known: &KnownDemand) -> Markup {
    html! {
        @match &one.does {
            Some(does) => dl.facts.small {
                @for (label, names) in words.move_practices(does) { dt { (label) } dd { (names) } }
                dt { "The gap" } dd { (words.move_gap(does, sight.target.as_ref().map(|t| t.name.as_str()))) }
                dt { "How many ask for it" } dd { (words.move_demand(&one.considered.shows, known)) }
            },
            None => p.soft.small { "It is of another profession than the one you aim at, so it is not held against your practices here." },
        }
    }
}

pub async fn new(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sent = {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let now = seen.sight.practices_now();
        let sent = Sent::default().with("kind", asked.text("kind"));
        // A move begins with what one does now; ticks are taken away and added from there.
        now.iter()
            .fold(sent, |sent, id| sent.with("practice", id.as_str()))
    };
    draw_form(&shared, None, "", &sent, &[]).await
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let mut reading = Reading::of(&sent);
    let considered = read(&mut reading, &sent, &seen.sight, None);
    let faults = match reading.done(considered) {
        Ok(considered) => match metier.consider(considered).await {
            Ok(_) => return Ok(see_other("/plan/moves?said=kept")),
            Err(error) => refused("what", error)?,
        },
        Err(faults) => faults,
    };
    draw_form(&shared, None, "", &sent, &faults).await
}

pub async fn one(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let sent = {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let plan = seen.sight.plan();
        filled(seen.sight.move_seen(&plan, id)?.considered)
    };
    draw_form(&shared, Some(id), asked.text("said"), &sent, &[]).await
}

pub async fn save(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let before = seen.sight.move_seen(&plan, id)?;
    let mut reading = Reading::of(&sent);
    if before.mark() != sent.text("mark") {
        reading.fault("what", CHANGED);
    }
    let because = reading.needed("because", "Say in a sentence why.");
    let considered = read(&mut reading, &sent, &seen.sight, Some(before.considered));
    let faults = match reading.done(considered) {
        Ok(considered) => match metier.reconsider(id, considered, &because).await {
            Ok(()) => return Ok(see_other(&format!("/plan/moves/{id}?said=changed"))),
            Err(error) => refused("because", error)?,
        },
        Err(faults) => faults,
    };
    draw_form(&shared, Some(id), "", &sent, &faults).await
}

/// The words by which forms name what became of a move.
const STATES: [(&str, &str, MoveState); 3] = [
    ("open", "I consider it", MoveState::Open),
    ("chosen", "I choose it", MoveState::Chosen),
    ("set-aside", "I set it aside", MoveState::SetAside),
];

fn filled(considered: &MoveConsidered) -> Sent {
    let state = STATES.iter().find(|(.., state)| *state == considered.state);
    let sent = Sent::default()
        .with("kind", words::move_word(considered.kind))
        .with("what", considered.what.as_str())
        .with("note", considered.note.as_str())
        .with("state", state.map_or("", |(word, ..)| *word));
    let sent = with_shows(sent, &considered.shows);
    considered
        .practices
        .iter()
        .fold(sent, |sent, id| sent.with("practice", id.as_str()))
}

async fn draw_form(
    shared: &Shared,
    id: Option<EntryId>,
    said: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let before = id.map(|id| sight.move_seen(&plan, id)).transpose()?;
    let known = match before {
        Some(_) => metier.known_demand(sight).await?,
        None => KnownDemand::default(),
    };
    let form = Shown { sent, faults };
    let title = before
        .as_ref()
        .map_or("Think a move through", |b| b.considered.what.as_str());
    let here = before
        .as_ref()
        .is_none_or(|b| b.considered.family == sight.version.framework.family);
    let kinds: Vec<(&str, String)> = CareerMove::ALL
        .into_iter()
        .map(|kind| {
            let (name, about) = words::career_move(kind);
            (words::move_word(kind), format!("{name}: {about}"))
        })
        .collect();
    let kinds: Vec<(&str, &str)> = kinds.iter().map(|(word, name)| (*word, name.as_str())).collect();
    let states: Vec<(&str, &str)> = STATES.iter().map(|(word, name, _)| (*word, *name)).collect();
    let wordings: Vec<(jiff::Timestamp, String, String)> = id
        .map(|id| move_wordings(&sight.entries, id))
        .unwrap_or_default()
        .iter()
        .map(|w| {
            let what = format!("{}, {}", w.what.what, words::move_state(w.what.state));
            (w.recorded_at, what, w.what.because.clone())
        })
        .collect();
    let content = html! {
        p.crumbs { a href="/plan" { "Plan" } " / " a href="/plan/moves" { "Six moves" } }
        div.narrow {
            h1.close { (title) }
            @if said == "changed" { (notice(&html! { p { "Changed. What it was before stays readable below." } })) }
            (form.summary())
            @if let Some(before) = &before {
                p.lead.soft { (words::career_move(before.considered.kind).0) ", " (words::move_state(before.considered.state)) }
                @if !before.considered.note.is_empty() { p.as-written { (before.considered.note) } }
                (does(before, sight, &words, &known))
                h2 { "Decide, or word it otherwise" }
            }
            form method="post" {
                @if let Some(before) = &before { input type="hidden" name="mark" value=(before.mark()); }
                @if before.is_some() {
                    (form.choice(Field::new("state", "What becomes of it"), &states))
                    (form.lines(2, Field::new("because", "Why").hint("A sentence will do. What it was before stays readable.")))
                }
                (form.choice(Field::new("kind", "Which move"), &kinds))
                (form.line("text", Field::new("what", "What exactly").hint("A position or a role that could be yours: team lead in the northern depot.")))
                @if here {
                    fieldset {
                        legend { "The practices you would then exercise" }
                        @for practice in &sight.version.framework.practices { (form.tick("practice", practice.id.as_str(), &practice.name)) }
                    }
                    (shows_fields(&form, sight, &words, "What it would give you the occasion to show"))
                }
                (form.lines(2, Field::new("note", "What speaks for it, and what against it").optional()))
                div.act {
                    button.btn { @if before.is_some() { "Save it" } @else { "Write it down" } }
                    a href="/plan/moves" { "Leave it" }
                }
            }
            (earlier(&metier, &wordings))
        }
    };
    Ok(under(title, &metier).status(status(faults)).show(&content))
}

fn read(
    reading: &mut Reading<'_>,
    sent: &Sent,
    sight: &Sight,
    before: Option<&MoveConsidered>,
) -> MoveConsidered {
    let framework = &sight.version.framework;
    let what = reading.needed("what", "Say in one line what exactly.");
    let kind = words::MOVES
        .iter()
        .find(|(word, _)| *word == sent.text("kind"))
        .map(|(_, kind)| *kind);
    if kind.is_none() {
        reading.fault("kind", "Choose one of the six.");
    }
    let state = match sent.text("state") {
        "" => Some(MoveState::Open),
        word => STATES.iter().find(|(w, ..)| *w == word).map(|(.., state)| *state),
    };
    if state.is_none() {
        reading.fault("state", "Choose one of the list.");
    }
    // What belongs to another profession is not in this form, and stays.
    let elsewhere = before.filter(|b| b.family != framework.family);
    let (family, practices, shows) = if let Some(b) = elsewhere {
        (b.family.clone(), b.practices.clone(), b.shows.clone())
    } else {
        let ticked = framework
            .practices
            .iter()
            .filter(|p| sent.ticks("practice", p.id.as_str()));
        let practices = ticked.map(|p| p.id.clone()).collect();
        (
            framework.family.clone(),
            practices,
            read_shows(reading, sent, sight),
        )
    };
    MoveConsidered {
        kind: kind.unwrap_or(CareerMove::GrowInPlace),
        what,
        family,
        practices,
        shows,
        note: sent.text("note").to_owned(),
        state: state.unwrap_or_default(),
        because: before.map(|b| b.because.clone()).unwrap_or_default(),
    }
}
