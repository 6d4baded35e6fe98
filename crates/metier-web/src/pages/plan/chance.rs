//! Opportunities: sought or offered, what they would show, and what became of them.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, Words, capital};
use metier_app::{AsOf, ChanceSeen, EndChance, Sight, chance_seen, chance_wordings, chances};
use metier_core::id::EntryId;
use metier_core::plan::{Opportunity, OpportunityEnding, OpportunityOrigin, Plan};

use super::activity_form::{read_shows, shows_fields, with_shows};
use super::{CHANGED, Here, beside, changed_meanwhile, earlier, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::{entry_of, refused, status};
use crate::path::Path;
use crate::problem::Problem;

/// The most of one sort that are listed.
const LISTED: usize = 40;
/// The ways in which a chance comes to nothing, as forms write them.
const ENDINGS: [(&str, &str, OpportunityEnding); 3] = [
    ("refused", "I refused it", OpportunityEnding::Refused),
    ("not-given", "It was not given to me", OpportunityEnding::NotGiven),
    ("passed", "It passed", OpportunityEnding::Passed),
];

pub async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let (ended, open): (Vec<_>, Vec<_>) = chances(&plan).into_iter().partition(|c| c.ended.is_some());
    let taken = |c: &&ChanceSeen<'_>| c.ended.is_some_and(|e| e.how.how == OpportunityEnding::Taken);
    let taken: Vec<&ChanceSeen<'_>> = ended.iter().filter(taken).collect();
    let content = html! {
        (beside(Here::Chances))
        div.row.spread {
            h1 { "Opportunities" }
            a.btn href="/plan/chance/new" { "Write one down" }
        }
        @if open.is_empty() && ended.is_empty() {
            p.lead { "What is offered to you, and what you seek: a project, a talk, a seat in a group. Write down what it would show; refusing is an answer too." }
        }
        @if !open.is_empty() {
            section aria-labelledby="open" {
                h2 #open { "Open" }
                ul.lines { @for chance in open.iter().take(LISTED) { (line(chance, &words, sight.standing.at)) } }
            }
        }
        (foregone(&plan, sight, &words))
        @if !taken.is_empty() {
            section aria-labelledby="taken" {
                h2 #taken { "Taken" }
                ul.lines { @for chance in taken.iter().take(LISTED) { (line(chance, &words, sight.standing.at)) } }
            }
        }
    };
    Ok(under("Opportunities", &metier).show(&content))
}

fn line(seen: &ChanceSeen<'_>, words: &Words<'_>, today: Date) -> Markup {
    let shows = words.would_show(seen.chance, false);
    let planned = seen.ended.and_then(|e| e.how.planned);
    html! {
        li {
            p.name { a href={ "/plan/chance/" (seen.id) } { (seen.chance.what) } }
            p.soft.small { (words.chance_line(seen, today)) }
            @if seen.ended.is_none() && !shows.is_empty() { p.small { (shows) } }
            @if let Some(planned) = planned { p.small { a href={ "/plan/activity/" (planned) } { "In your plan" } } }
        }
    }
}

/// What came to nothing, with what it would have shown and what of that is missing still.
fn foregone(plan: &Plan<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let all = plan.foregone();
    let gap = sight.gap();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="foregone" {
                h2 #foregone { "What came to nothing, and what it would have shown" }
                ul.lines {
                    @for one in all.iter().take(LISTED) {
                        @let shows = words.would_show(one.chance.what, true);
                        @let missing: Vec<_> = one.still_missing(&gap).into_iter().cloned().collect();
                        @let reason = plan.opportunity_ended(one.chance.id).map(|e| e.what.reason.as_str()).unwrap_or_default();
                        li {
                            p.name { a href={ "/plan/chance/" (one.chance.id) } { (one.chance.what.what) } }
                            p.soft.small {
                                (capital(words::chance_ending(one.how))) " on " (words::day(one.on))
                                @if !reason.is_empty() { ": " (reason) }
                            }
                            @if !shows.is_empty() {
                                p.small {
                                    (shows) " "
                                    @if missing.is_empty() { "Nothing of that is missing for what you aim at." }
                                    @else if missing.len() == one.chance.what.shows.len() { "It is still missing for what you aim at." }
                                    @else { "Still missing for what you aim at: " (words.shows(&missing)) "." }
                                }
                            }
                        }
                    }
                }
                @if all.len() > LISTED { p.soft { "And " (all.len() - LISTED) " earlier ones: " code { "metier opportunity list" } "." } }
                p.soft.small { "A refusal can be right. This is here so that you see what you chose between." }
            }
        }
    }
}

pub async fn new(State(shared): State<Shared>) -> Result<Response, Problem> {
    let sent = Sent::default().with("origin", "offered");
    draw_form(&shared, None, &sent, &[]).await
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let mut reading = Reading::of(&sent);
    let on = reading.past_day("day", metier.surroundings().today());
    let chance = read(&mut reading, &sent, &seen.sight, None);
    let faults = match reading.done(chance) {
        Ok(chance) => match metier.add_chance(chance, on).await {
            Ok(id) => return Ok(see_other(&format!("/plan/chance/{id}?said=added"))),
            Err(error) => refused("what", error)?,
        },
        Err(faults) => faults,
    };
    draw_form(&shared, None, &sent, &faults).await
}

pub async fn change(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let sent = {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let plan = seen.sight.plan();
        filled(chance_seen(&plan, id)?.chance)
    };
    draw_form(&shared, Some(id), &sent, &[]).await
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
    let before = chance_seen(&plan, id)?;
    let mut reading = Reading::of(&sent);
    if before.mark() != sent.text("mark") {
        reading.fault("what", CHANGED);
    }
    let because = reading.needed("because", "Say in a sentence why it changes.");
    let chance = read(&mut reading, &sent, &seen.sight, Some(before.chance));
    let faults = match reading.done(chance) {
        Ok(chance) => match metier.change_chance(id, chance, &because).await {
            Ok(()) => return Ok(see_other(&format!("/plan/chance/{id}?said=changed"))),
            Err(error) => refused("because", error)?,
        },
        Err(faults) => faults,
    };
    draw_form(&shared, Some(id), &sent, &faults).await
}

fn filled(chance: &Opportunity) -> Sent {
    let sent = Sent::default()
        .with("what", chance.what.as_str())
        .with("with", chance.with.as_str())
        .with("origin", words::chance_origin(chance.origin))
        .with("by", chance.by.map(|by| by.to_string()).unwrap_or_default());
    with_shows(sent, &chance.shows)
}

async fn draw_form(
    shared: &Shared,
    id: Option<EntryId>,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let before = id.map(|id| chance_seen(&plan, id)).transpose()?;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let form = Shown { sent, faults };
    let title = if before.is_some() {
        "Change the opportunity"
    } else {
        "An opportunity"
    };
    let content = html! {
        (crumbs_to())
        div.narrow {
            h1 { (title) }
            (form.summary())
            @if let (Some(before), true) = (&before, faults.iter().any(|f| f.what == CHANGED)) {
                section.card aria-labelledby="now" {
                    h2.label #now { "How it stands now" }
                    p.name { (before.chance.what) }
                    p.soft { (words.chance_line(before, sight.standing.at)) }
                }
            }
            form method="post" {
                @if let Some(before) = &before { input type="hidden" name="mark" value=(before.mark()); }
                (form.line("text", Field::new("what", "What")))
                (form.choice(Field::new("origin", "Was it offered, or do you seek it?"), &[("offered", "it was offered"), ("sought", "I seek it")]))
                (form.line("text", Field::new("with", "By whom, or with whom").optional()))
                (form.line("date", Field::new("by", "By when an answer is due").optional()))
                (shows_fields(&form, sight, &words, "What it would show"))
                @if before.is_some() {
                    (form.lines(2, Field::new("because", "Why did you change it?").hint("A sentence will do. What you wrote before stays readable.")))
                } @else {
                    (form.line("date", Field::new("day", "When it came up").hint("Empty: today.").may_stay_empty()))
                }
                div.act {
                    button.btn { @if before.is_some() { "Save the change" } @else { "Write it down" } }
                    a href=(id.map_or_else(|| "/plan/chance".to_owned(), |id| format!("/plan/chance/{id}"))) { "Leave it" }
                }
            }
        }
    };
    Ok(under(title, &metier).status(status(faults)).show(&content))
}

fn crumbs_to() -> Markup {
    html! { p.crumbs { a href="/plan" { "Plan" } " / " a href="/plan/chance" { "Opportunities" } } }
}

fn read(reading: &mut Reading<'_>, sent: &Sent, sight: &Sight, before: Option<&Opportunity>) -> Opportunity {
    let framework = &sight.version.framework;
    let what = reading.needed("what", "Say in one line what it is.");
    let by = reading.day("by");
    // What belongs to another profession is not in this form, and stays.
    let elsewhere = before.filter(|b| b.family.as_ref().is_some_and(|f| *f != framework.family));
    let (family, shows) = match elsewhere {
        Some(b) => (b.family.clone(), b.shows.clone()),
        None => (Some(framework.family.clone()), read_shows(reading, sent, sight)),
    };
    Opportunity {
        what,
        with: sent.text("with").to_owned(),
        origin: match sent.text("origin") {
            "sought" => OpportunityOrigin::Sought,
            _ => OpportunityOrigin::Offered,
        },
        family: family.filter(|_| !shows.is_empty()),
        shows,
        by,
        because: before.map(|b| b.because.clone()).unwrap_or_default(),
    }
}

pub async fn one(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw(&shared, entry_of(&id)?, asked.text("said"), &Sent::default(), &[]).await
}

async fn draw(
    shared: &Shared,
    id: EntryId,
    said: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let chance = chance_seen(&plan, id)?;
    let form = Shown { sent, faults };
    let wordings: Vec<(jiff::Timestamp, String, String)> = chance_wordings(&sight.entries, id)
        .iter()
        .map(|w| {
            let by = w
                .what
                .by
                .map_or_else(String::new, |by| format!("; answer by {}", words::day(by)));
            (
                w.recorded_at,
                format!("{}{by}", w.what.what),
                w.what.because.clone(),
            )
        })
        .collect();
    let content = html! {
        (crumbs_to())
        h1.close { (chance.chance.what) }
        @if let Some(text) = told(said) { (notice(&html! { p { (text) } })) }
        (form.summary())
        p.lead.soft { (words.chance_line(&chance, sight.standing.at)) }
        @let shows = words.would_show(chance.chance, chance.ended.is_some_and(|e| e.how.how != OpportunityEnding::Taken));
        @if shows.is_empty() { p.soft { "It is not said what it would show." } } @else { p { (shows) } }
        @match &chance.ended {
            Some(ended) => {
                @if !ended.how.reason.is_empty() { p.as-written { span.soft { "Because: " } (ended.how.reason) } }
                @if let Some(planned) = ended.how.planned { p { a href={ "/plan/activity/" (planned) } { "What it became in your plan" } } }
                form.act method="post" action={ "/plan/chance/" (id) "/again" } {
                    input type="hidden" name="mark" value=(chance.mark());
                    button.btn.quiet { "Open it again" }
                }
            }
            None => {
                div.act {
                    a.btn href={ "/plan/activity/new?chance=" (id) } { "Take it: put it into the plan" }
                    a href={ "/plan/chance/" (id) "/change" } { "Change it" }
                }
                (ending(&form, &chance))
            }
        }
        (earlier(&metier, &wordings))
    };
    Ok(under(chance.chance.what.as_str(), &metier)
        .status(status(faults))
        .show(&content))
}

fn told(said: &str) -> Option<&'static str> {
    Some(match said {
        "added" => "Written down. Taking it puts it into your plan.",
        "changed" => "Changed. What you wrote before stays readable below.",
        "ended" => "Noted. What it would have shown stays visible.",
        "again" => "It is open again.",
        _ => return None,
    })
}

fn ending(form: &Shown<'_>, chance: &ChanceSeen<'_>) -> Markup {
    let options: Vec<(&str, &str)> = ENDINGS.iter().map(|(word, name, _)| (*word, *name)).collect();
    html! {
        details.fold open[!form.faults.is_empty()] {
            summary { "It came to nothing" }
            form method="post" action={ "/plan/chance/" (chance.id) "/end" } {
                input type="hidden" name="mark" value=(chance.mark());
                (form.choice(Field::new("how", "How"), &options))
                (form.lines(2, Field::new("reason", "Why").may_stay_empty().hint("Needed where you refused it.")))
                (form.line("date", Field::new("day", "When").hint("Empty: today.").may_stay_empty()))
                div.act { button.btn.quiet { "Note it" } }
            }
        }
    }
}

pub async fn end(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let mark = {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let plan = seen.sight.plan();
        chance_seen(&plan, id)?.mark()
    };
    let mut reading = Reading::of(&sent);
    if mark != sent.text("mark") {
        reading.fault("how", CHANGED);
    }
    let how = ENDINGS
        .iter()
        .find(|(word, ..)| *word == sent.text("how"))
        .map(|(.., how)| *how);
    if how.is_none() {
        reading.fault("how", "Choose one of the list.");
    }
    if how == Some(OpportunityEnding::Refused) {
        reading.needed("reason", "Say in a sentence why you refused it.");
    }
    let on = reading.past_day("day", metier.surroundings().today());
    let end = EndChance {
        how: how.unwrap_or(OpportunityEnding::Passed),
        reason: sent.text("reason").to_owned(),
        on,
    };
    let faults = match reading.done(end) {
        Ok(end) => match metier.end_chance(id, end).await {
            Ok(_) => return Ok(see_other(&format!("/plan/chance/{id}?said=ended"))),
            Err(error) => refused("reason", error)?,
        },
        Err(faults) => faults,
    };
    draw(&shared, id, "", &sent, &faults).await
}

pub async fn again(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let path = format!("/plan/chance/{id}");
    let mark = {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let plan = seen.sight.plan();
        chance_seen(&plan, id)?.mark()
    };
    if mark != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &path));
    }
    metier.reopen_chance(id).await?;
    Ok(see_other(&format!("{path}?said=again")))
}
