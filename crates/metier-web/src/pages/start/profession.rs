//! Which profession: a starter, or any occupation of the catalogue.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use metier_app::{AimChoice, AppError, Metier, Starter, draft_occupation, find_framework, starters};
use metier_core::catalogue::{Catalogue, Hit, Matched};
use metier_core::framework::{Framework, needs};
use metier_core::person::{Profession, ProfessionStatus};

use super::{Stage, pick, shown};
use crate::Shared;
use crate::field::Field;
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::guide::why;
use crate::problem::{Problem, sentence};

/// The starters, read once.
static STARTERS: LazyLock<Vec<Starter>> = LazyLock::new(starters);

/// Needs that stand under one heading, in reading order: each starter is under the one it serves first.
const HEADINGS: [(&str, &[&str]); 4] = [
    (
        "Health, family and faith",
        &[
            "health-and-well-being",
            "family",
            "social-relationships",
            "spirituality",
        ],
    ),
    (
        "Homes, safety and transport",
        &["home-and-shelter", "environment-and-safety", "transport"],
    ),
    (
        "Learning, work and money",
        &["learning", "work", "economic-security"],
    ),
    ("Leisure and community", &["leisure", "community"]),
];

/// Occupations listed for one search.
const FOUND: usize = 12;
/// The longest name somebody can be called by, in characters.
const NAME_MAX: usize = 200;
/// What begins the value of an occupation, as against a starter's.
const OCCUPATION: &str = "occupation:";

pub async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let (family, status) = begun(&shared).await?.unwrap_or_default();
    let sent = Sent::default()
        .with("search", asked.text("search"))
        .with("profession", family)
        .with("name", "Me")
        .with(
            "status",
            if status == Some(ProfessionStatus::Aspired) {
                "aspired"
            } else {
                "held"
            },
        );
    page(&shared, &sent, &[]).await
}

/// The family that was begun with before, and whether it is practised.
async fn begun(shared: &Shared) -> Result<Option<(String, Option<ProfessionStatus>)>, Problem> {
    let Some(metier) = shared.metier().await? else {
        return Ok(None);
    };
    let life = metier.life().await?;
    Ok(life.current().map(|version| {
        let family = &version.framework.family;
        let last = life
            .professions
            .iter()
            .rfind(|p| p.what.family.as_ref() == Some(family));
        (family.to_string(), last.map(|p| p.what.status))
    }))
}

async fn page(shared: &Shared, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.metier().await?;
    let begun = match &metier {
        Some(metier) => metier.life().await?.current().map(|v| v.framework.title.clone()),
        None => None,
    };
    let (waiting, receipts) = match &metier {
        Some(metier) => {
            let life = metier.life().await?;
            let waiting = life.current().is_none() && !life.versions.is_empty();
            (waiting, !metier.kept_receipts().await?.is_empty())
        }
        None => (false, false),
    };
    let catalogue = shared.catalogue().await?;
    let form = shown(sent, faults);
    let here = shared.home().display().to_string();
    Ok(Stage::Profession.page("Begin", faults, &html! {
        div.start {
            h1 { "What is your profession?" }
            @if let Some(title) = &begun {
                (notice(&html! {
                    p { "You have begun with " strong { (title) } ". "
                        a href="/" { "Go to where you stand" } ", or choose another profession below." }
                }))
            } @else {
                p.lead {
                    "Metier shows where you stand in your profession, and how sure that is. You say what you \
                     did; it keeps the proof. Then it names the one next step. It takes about five minutes."
                }
            }
            (form.summary())
            (before(&here, waiting, receipts))
            form id="find" method="get" action="/start" {}
            form method="post" action="/start" {
                fieldset.picks id="f-profession" aria-describedby=[(!faults.is_empty()).then_some("e-profession")] {
                    legend.hide { "Your profession" }
                    (fault_of(faults, "profession"))
                    (starter_cards(sent))
                }
                (another(sent, catalogue.as_ref()))
                div.start-rest {
                    fieldset {
                        legend { "Do you do this already?" }
                        div.taps {
                            (tap(sent, "status", "held", "I do this"))
                            (tap(sent, "status", "aspired", "I want to do this"))
                        }
                    }
                    @if metier.is_none() {
                        (form.line("text", Field::new("name", "What should your record call you?")
                            .hint("A first name or initials will do. Whoever you ask for something reads it.")))
                    }
                }
                div.stay { button.btn { "Go on" } }
            }
        }
    }))
}

/// What is to be known before anything is written, and the ways that need no choice of a profession.
fn before(here: &str, waiting: bool, receipts: bool) -> Markup {
    html! {
        div.first-know {
            aside.card aria-labelledby="whose" {
                h2.label #whose { "Is this your employer’s computer?" }
                p { "What you write stays on it, in " span.mono.small { (here) } ", and is sent nowhere. But whoever \
                     looks after the computer may be able to read it. At work, write only what they may see, \
                     or begin on a computer of your own and take everything along later." }
                (why(&["why-mastery", "privacy", "as-a-coach"]))
            }
            nav.card aria-labelledby="ways" {
                h2.label #ways { "Other ways to begin" }
                ul.plain.ways {
                    li { a href="/start/sent" { "I was sent a file" }
                        span.soft { " An agreement, a feedback form or a journal: read it, and answer. No profession is needed." } }
                    li { a href="/framework/import" { "My company has a ladder" }
                        span.soft { " Begin with your company’s own levels and criteria." } }
                    @if waiting { li { a href="/start/company" { "Begin with criteria that are here" } } }
                    @if receipts { li { a href="/people/agreement" { "What I agreed to" } } }
                }
            }
        }
    }
}

fn fault_of(faults: &[Fault], field: &str) -> Markup {
    html! {
        @if let Some(fault) = faults.iter().find(|f| f.field == field) {
            p.fault id={ "e-" (field) } { (fault.what) }
        }
    }
}

fn tap(sent: &Sent, name: &str, value: &str, label: &str) -> Markup {
    html! {
        label { input type="radio" name=(name) value=(value) checked[sent.text(name) == value]; span { (label) } }
    }
}

/// The starters, under the needs they serve first.
fn starter_cards(sent: &Sent) -> Markup {
    let under = |at: usize| STARTERS.iter().filter(move |s| heading(&s.framework) == at);
    html! {
        @for (at, (name, _)) in HEADINGS.iter().enumerate() {
            @if under(at).next().is_some() {
                div.kin role="group" aria-labelledby={ "kin-" (at) } {
                    h2.label id={ "kin-" (at) } { (name) }
                    div.cards.two-up {
                        @for starter in under(at) { (starter_card(sent, &starter.framework)) }
                    }
                }
            }
        }
    }
}

/// Under which heading a starter stands; one that serves a need of its own stands under the last.
fn heading(framework: &Framework) -> usize {
    let first = framework.needs.first().map_or("", |need| need.as_str());
    HEADINGS
        .iter()
        .position(|(_, needs)| needs.contains(&first))
        .unwrap_or(HEADINGS.len() - 1)
}

fn starter_card(sent: &Sent, framework: &Framework) -> Markup {
    let serves: Vec<String> = needs()
        .into_iter()
        .filter(|n| framework.needs.contains(&n.id))
        .map(|n| n.name.to_owned())
        .collect();
    pick(
        sent,
        "profession",
        framework.family.as_str(),
        &framework.title,
        &html! {
            span { (framework.summary) }
            @if !serves.is_empty() {
                span.soft.small.serves { "Serves: " (metier_app::words::list(&serves).to_lowercase()) }
            }
        },
    )
}

/// Another profession: searched for in the catalogue, or how to get one.
fn another(sent: &Sent, catalogue: Option<&Arc<Catalogue>>) -> Markup {
    let query = sent.text("search");
    let chosen = sent.text("profession").strip_prefix(OCCUPATION);
    let Some(catalogue) = catalogue else {
        return html! {
            details.fold.another {
                summary { "Another profession" }
                p { "Over 900 occupations can be added from the O*NET database (text form, free), or 3,000 from ESCO \
                    (CSV, free): get either and run "
                    code { "metier catalog import FILE.zip" } " once; then search for yours here. Or begin with \
                    the nearest starter: everything in it can be changed later." }
            }
        };
    };
    let hits = if query.is_empty() {
        Vec::new()
    } else {
        catalogue.search(query, FOUND)
    };
    html! {
        details.fold.another open[!query.is_empty() || chosen.is_some()] {
            summary { "Another profession" }
            div.inline {
                div.field {
                    label for="f-search" { "Search " (catalogue.len()) " occupations" }
                    input #f-search type="search" name="search" value=(query) form="find" autocomplete="off"
                        placeholder="baker, web designer, midwife…";
                }
                button.btn.quiet form="find" { "Search" }
            }
            @if !query.is_empty() {
                input type="hidden" name="search" value=(query);
                @if hits.is_empty() {
                    p role="status" { "Nothing was found for “" (query) "”. Try another word for the work, or \
                        begin with the nearest starter: everything in it can be changed later." }
                } @else {
                    fieldset.picks {
                        legend.hide { "Occupations found" }
                        div.cards.two-up { @for hit in &hits { (occupation(sent, hit)) } }
                    }
                    @for credit in catalogue.all_credits() { p.soft.small { (credit) } }
                }
            }
        }
    }
}

fn occupation(sent: &Sent, hit: &Hit) -> Markup {
    let value = format!("{OCCUPATION}{}", hit.code);
    pick(
        sent,
        "profession",
        &value,
        &metier_app::words::capital(&hit.title),
        &html! {
            @match &hit.matched {
                Matched::AlternateTitle(title) => span { "Also called: " (title) },
                Matched::Task(task) => span { "Does: " (task) },
                Matched::Code | Matched::Title => {}
            }
            span.soft.small { "A draft is made from " (hit.classification.name()) " " (hit.code) "; yours to change" }
        },
    )
}

pub async fn choose(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    match chosen(&shared, &sent).await? {
        Ok((framework, status, name)) => {
            begin(&shared, framework, status, &name).await?;
            Ok(see_other("/start/aim"))
        }
        Err(faults) => Ok(page(&shared, &sent, &faults).await?.into_response()),
    }
}

type Chosen = (Framework, ProfessionStatus, String);

async fn chosen(shared: &Shared, sent: &Sent) -> Result<Result<Chosen, Vec<Fault>>, Problem> {
    let mut reading = Reading::of(sent);
    let word = reading.needed(
        "profession",
        "Choose the profession to begin with; the nearest will do.",
    );
    let framework = if word.is_empty() {
        None
    } else {
        let found = match word.strip_prefix(OCCUPATION) {
            None => find_framework(None, &word),
            Some(code) => match shared.catalogue().await? {
                Some(catalogue) => draft_occupation(&catalogue, code),
                None => Err(AppError::not_ready("no catalogue of occupations is here yet")),
            },
        };
        found
            .map_err(|error| reading.fault("profession", sentence(&error.message)))
            .ok()
    };
    let status = match sent.text("status") {
        "aspired" => ProfessionStatus::Aspired,
        _ => ProfessionStatus::Held,
    };
    let name = match sent.text("name") {
        "" => "Me".to_owned(),
        name if name.chars().count() > NAME_MAX => {
            reading.fault("name", format!("Use up to {NAME_MAX} characters."));
            String::new()
        }
        name => name.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Ok(reading
        .done(())
        .and_then(|()| framework.map(|f| (f, status, name)).ok_or_else(Vec::new)))
}

/// Begins, or changes only what changed when this profession was begun with before.
async fn begin(
    shared: &Shared,
    framework: Framework,
    status: ProfessionStatus,
    name: &str,
) -> Result<(), AppError> {
    let metier: Arc<Metier> = shared.start(name).await?;
    let life = metier.life().await?;
    let begun = life
        .current()
        .is_some_and(|v| v.framework.family == framework.family);
    if !begun {
        return metier.begin(framework, status, AimChoice::default()).await;
    }
    let last = life
        .professions
        .iter()
        .rfind(|p| p.what.family.as_ref() == Some(&framework.family));
    if last.is_none_or(|p| p.what.status != status) {
        metier
            .take_up(Profession {
                name: framework.title,
                family: Some(framework.family),
                status,
                needs: framework.needs,
                from: None,
                until: None,
            })
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_stands_under_one_heading() {
        let mut under: Vec<&str> = HEADINGS.iter().flat_map(|(_, needs)| *needs).copied().collect();
        under.sort_unstable();
        let needs = needs();
        let mut there: Vec<&str> = needs.iter().map(|n| n.id.as_str()).collect();
        there.sort_unstable();
        assert_eq!(under, there);
    }
}
