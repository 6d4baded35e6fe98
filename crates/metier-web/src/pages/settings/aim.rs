//! Changing what is aimed at: a level, one's own definition of mastery, or a master; and by when.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use maud::html;
use metier_app::{AimChoice, Kind, Life, Metier, Version};
use metier_core::journal::view;
use metier_core::mastery::Mastery;
use metier_core::person::OwnAim;

use crate::Shared;
use crate::field::{Field, Group, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::{Problem, sentence};

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let aim = life.aim();
    let level = match aim.and_then(|a| a.own) {
        Some(own) => value_of(own),
        None => aim
            .and_then(|a| a.level.as_ref())
            .map_or_else(String::new, ToString::to_string),
    };
    let by = aim.and_then(|a| a.by).map_or_else(String::new, |d| d.to_string());
    let sent = Sent::default()
        .with("newest", asked.text("newest"))
        .with("level", level)
        .with("by", by);
    draw(&metier, &life, &sent, &[]).await
}

/// What is not a level and can be aimed at: value and name of each.
async fn own(metier: &Metier, version: &Version) -> Result<Vec<(String, String, OwnAim)>, Problem> {
    let (entries, _) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &version.framework.family);
    let definition = mastery.definition().map(|d| {
        let value = format!("definition:{}", d.id);
        (
            value,
            "your own definition of mastery".to_owned(),
            OwnAim::Definition(d.id),
        )
    });
    let exemplars = mastery.exemplars.iter().map(|e| {
        let value = format!("exemplar:{}", e.id);
        (
            value,
            format!("what {} does", e.what.name),
            OwnAim::Exemplar(e.id),
        )
    });
    Ok(definition.into_iter().chain(exemplars).collect())
}

fn value_of(own: OwnAim) -> String {
    match own {
        OwnAim::Definition(id) => format!("definition:{id}"),
        OwnAim::Exemplar(id) => format!("exemplar:{id}"),
    }
}

/// The version whose levels are offered: the one aimed at, or the newest of its family.
fn version_of<'l>(life: &'l Life, sent: &Sent) -> Result<&'l Version, Problem> {
    let current = life.needed()?;
    let newest = sent
        .has("newest")
        .then(|| life.latest(&current.framework.family))
        .flatten();
    Ok(newest.unwrap_or(current))
}

async fn draw(metier: &Metier, life: &Life, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let version = version_of(life, sent)?;
    let shown = Shown { sent, faults };
    let own = own(metier, version).await?;
    let levels = version.framework.levels.iter();
    let mut groups: Vec<Group<'_>> = vec![(
        "A level",
        levels.map(|l| (l.id.as_str(), l.name.as_str())).collect(),
    )];
    if !own.is_empty() {
        let options = own.iter().map(|(value, name, _)| (value.as_str(), name.as_str()));
        groups.push(("Of your own", options.collect()));
    }
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("What you aim at")
        .under(Nav::Settings)
        .of(metier)
        .status(status)
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/settings" { "Settings" } " / What you aim at" }
                h1 { "What do you aim at?" }
                p { (version.framework.title) ", version " (version.framework.version) ". "
                    a href="/framework#levels" { "What each level asks" } }
                (shown.summary())
                form method="post" action="/settings/aim" {
                    input type="hidden" name="newest" value=(sent.text("newest"));
                    (shown.grouped_choice(Field::new("level", "What").may_stay_empty(), "nothing yet", &groups))
                    @if own.is_empty() {
                        p.hint { "Besides a level, it can be what mastery is in your own words, or what a master does: " a href="/mastery" { "What mastery is" } "." }
                    }
                    (shown.line("date", Field::new("by", "By when").optional()))
                    div.act { button.btn { "Aim at it" } a href="/settings" { "Leave it as it is" } }
                }
            }
        }))
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let version = version_of(&life, &sent)?;
    let mut reading = Reading::of(&sent);
    let mine = own(&metier, version).await?;
    let own = mine
        .iter()
        .find(|(value, ..)| value == sent.text("level"))
        .map(|(.., own)| *own);
    let level = match sent.text("level") {
        "" => None,
        _ if own.is_some() => None,
        word => {
            let found = version.framework.levels.iter().find(|l| l.id.as_str() == word);
            if found.is_none() {
                reading.fault("level", "Choose one of these.");
            }
            found.map(|l| l.id.clone())
        }
    };
    let by = reading.day("by");
    if by.is_some_and(|by| by < shared.surroundings().today()) {
        reading.fault(
            "by",
            "This day has passed; choose one to come, or leave it empty.",
        );
    }
    let family = version.framework.family.clone();
    let newest = sent.has("newest").then_some(&family);
    let faults = match reading.done(AimChoice { level, own, by }) {
        Ok(choice) => match metier.aim(newest, choice).await {
            Ok(_) => return Ok(see_other("/settings")),
            Err(error) if error.kind == Kind::Input => vec![Fault {
                field: "level".into(),
                what: sentence(&error.message),
            }],
            Err(error) => return Err(error.into()),
        },
        Err(faults) => faults,
    };
    draw(&metier, &life, &sent, &faults).await
}
