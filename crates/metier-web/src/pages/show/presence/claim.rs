//! One claim: its words, the competency and step it asserts, what it tells, the values it expresses.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::words::tells_of;
use metier_app::{Life, Metier};
use metier_core::id::{CompetencyId, EntryId, RungId};
use metier_core::journal::Entry;
use metier_core::presence::{Asserted, Expresses, Presence, PublicClaim, Tells, TellsOf, Value};

use super::super::super::case::{changed_meanwhile, entry_of, refused, status};
use super::{Standing, of_entries};
use crate::Shared;
use crate::field::{Field, Group, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

pub const TELLS: [(&str, TellsOf); 6] = [
    ("position", TellsOf::Position),
    ("organisation", TellsOf::Organisation),
    ("profession", TellsOf::Profession),
    ("since", TellsOf::Since),
    ("credential", TellsOf::Credential),
    ("place", TellsOf::Place),
];

/// A claim of a channel that is there, or a new one.
struct Here {
    id: EntryId,
    place: Option<usize>,
    channel: Standing,
    values: Vec<Value>,
}

impl Here {
    fn of(entries: &[Entry], id: &str, place: &str) -> Result<Self, Problem> {
        let id = entry_of(id)?;
        let channel = of_entries(entries, id)?;
        let place = match place {
            "new" => None,
            number => Some(number.parse::<usize>().map_err(|_| gone())?),
        };
        if place.is_some_and(|place| place >= channel.what.claims.len()) {
            return Err(gone());
        }
        let brand = Presence::in_journal(entries).brand();
        Ok(Self {
            id,
            place,
            channel,
            values: brand.map(|b| b.what.values.clone()).unwrap_or_default(),
        })
    }

    fn claim(&self) -> Option<&PublicClaim> {
        self.channel.what.claims.get(self.place?)
    }

    fn address(&self) -> String {
        let place = self
            .place
            .map_or_else(|| "new".to_owned(), |place| place.to_string());
        format!("/show/presence/{}/claim/{place}", self.id)
    }
}

fn gone() -> Problem {
    Problem::not_found("there is no such claim; it may have been taken back")
}

pub async fn form(
    State(shared): State<Shared>,
    Path((id, place)): Path<(String, String)>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let here = Here::of(&entries, &id, &place)?;
    // Claims have places, and those move when one is taken away: an old address leads to the list.
    if asked.has("mark") && asked.text("mark") != here.channel.mark {
        return Ok(see_other(&format!("/show/presence/{}", here.id)));
    }
    let mut sent = Sent::default().with("mark", here.channel.mark.clone());
    if let Some(claim) = here.claim() {
        sent = sent.with("words", &*claim.words);
        let family = &life.needed()?.framework.family;
        match &claim.asserts {
            Some(asserted) if asserted.family == *family => {
                sent = sent
                    .with("competency", asserted.competency.as_str())
                    .with("step", asserted.rung.as_str());
            }
            Some(_) => sent = sent.with("keep", "1"),
            None => {}
        }
        if let Some(tells) = &claim.tells {
            let of = TELLS.iter().find(|(_, of)| *of == tells.of);
            sent = sent
                .with("tells", of.map_or("", |(name, _)| *name))
                .with("told", &*tells.value);
        }
        for expressed in &claim.values {
            let how = if expressed.agrees { "expresses" } else { "strains" };
            sent = sent.with(&format!("value-{}", expressed.value), how);
        }
    }
    draw(&metier, &life, &here, &sent, &[])
}

fn draw(
    metier: &Metier,
    life: &Life,
    here: &Here,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let framework = &life.needed()?.framework;
    let shown = Shown { sent, faults };
    let groups: Vec<Group<'_>> = framework
        .practices
        .iter()
        .map(|p| {
            let of = framework.competencies_of(&p.id);
            (
                p.name.as_str(),
                of.map(|c| (c.id.as_str(), c.name.as_str())).collect(),
            )
        })
        .collect();
    let mut steps = vec![("", "no step")];
    steps.extend(
        framework
            .ladder
            .active()
            .map(|r| (r.id.as_str(), r.title.as_str())),
    );
    let mut tells = vec![("", "nothing that another channel tells too")];
    tells.extend(TELLS.iter().map(|(name, of)| (*name, tells_of(*of))));
    let other = here
        .claim()
        .and_then(|c| c.asserts.as_ref())
        .filter(|a| a.family != framework.family);
    let title = if here.place.is_some() {
        "A claim"
    } else {
        "Add a claim"
    };
    let back = format!("/show/presence/{}", here.id);
    Ok(Page::new(title).under(Nav::Show).of(metier).status(status(faults)).show(&html! {
        div.narrow {
            p.crumbs { a href="/show/presence" { "Where you show" } " / " a href=(back) { (here.channel.what.name) } }
            h1 { (title) }
            (shown.summary())
            form method="post" action=(here.address()) {
                input type="hidden" name="mark" value=(sent.text("mark"));
                (shown.lines(3, Field::new("words", "As it stands there")))
                (shown.grouped_choice(Field::new("competency", "Which competency it asserts"), "none", &groups))
                (shown.choice(Field::new("step", "At which step"), &steps))
                @if let Some(other) = other {
                    (shown.tick("keep", "1", &format!("leave it linked to {} of other criteria", other.competency)))
                }
                (shown.choice(Field::new("tells", "What it tells of you"), &tells))
                (shown.line("text", Field::new("told", "What it says of that").hint("2014; Head of content").may_stay_empty()))
                @if here.values.is_empty() {
                    p.soft { "Values can be linked once " a href="/show/brand" { "you stated some" } "." }
                } @else {
                    fieldset {
                        legend { "Your values" }
                        @for value in &here.values {
                            (shown.choice(Field::new(&format!("value-{}", value.id), &value.name), &[("", "not in it"), ("expresses", "it expresses it"), ("strains", "it goes against it")]))
                        }
                    }
                }
                div.act {
                    button.btn { "Note it" }
                    @if here.place.is_some() { button.btn.risky name="remove" value="1" formnovalidate { "It stands there no longer" } }
                    a href=(back) { "Leave it" }
                }
            }
        }
    }))
}

fn read(sent: &Sent, life: &Life, here: &Here) -> Result<Result<PublicClaim, Vec<Fault>>, Problem> {
    let framework = &life.needed()?.framework;
    let mut reading = Reading::of(sent);
    let words = reading.needed("words", "Say what stands there.");
    let competency: Option<CompetencyId> = reading.read("competency", "Choose one of the competencies.");
    let rung: Option<RungId> = reading.read("step", "Choose one of the steps.");
    let asserts = match (competency, rung) {
        (Some(competency), Some(rung)) => Some(Asserted {
            family: framework.family.clone(),
            competency,
            rung,
        }),
        (Some(_), None) => {
            reading.fault("step", "Say which step it claims, or no competency.");
            None
        }
        (None, Some(_)) => {
            reading.fault("competency", "Say of which competency, or no step.");
            None
        }
        (None, None) if sent.has("keep") => {
            let before = here.claim().and_then(|c| c.asserts.clone());
            before.filter(|a| a.family != framework.family)
        }
        (None, None) => None,
    };
    let tells = TELLS.iter().find(|(name, _)| *name == sent.text("tells"));
    let told = sent.text("told").to_owned();
    if tells.is_some() && told.is_empty() {
        reading.fault("told", "Say what it says of that.");
    }
    if tells.is_none() && !told.is_empty() {
        reading.fault("tells", "Choose of what it tells this.");
    }
    // Links to values that are stated no longer go when the claim is saved: the form cannot show them.
    let values = here.values.iter().filter_map(|value| {
        let agrees = match sent.text(&format!("value-{}", value.id)) {
            "expresses" => true,
            "strains" => false,
            _ => return None,
        };
        Some(Expresses {
            value: value.id.clone(),
            agrees,
        })
    });
    let claim = PublicClaim {
        words,
        asserts,
        tells: tells.map(|(_, of)| Tells { of: *of, value: told }),
        values: values.collect(),
    };
    Ok(reading.done(claim))
}

pub async fn change(
    State(shared): State<Shared>,
    Path((id, place)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let back = format!("/show/presence/{}", entry_of(&id)?);
    // The place may be gone because it changed meanwhile; what was typed is shown then too.
    let standing = of_entries(&entries, entry_of(&id)?)?;
    if standing.mark != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    let here = Here::of(&entries, &id, &place)?;
    let mut channel = here.channel.what.clone();
    if let (Some(place), true) = (here.place, sent.has("remove")) {
        channel.claims.remove(place);
        metier.change_channel(here.id, channel).await?;
        return Ok(see_other(&format!("{back}?said=removed")));
    }
    let faults = match read(&sent, &life, &here)? {
        Ok(claim) => {
            let place = here.place.unwrap_or(channel.claims.len());
            match channel.claims.get_mut(place) {
                Some(before) => *before = claim,
                None => channel.claims.push(claim),
            }
            match metier.change_channel(here.id, channel).await {
                Ok(_) => return Ok(see_other(&format!("{back}?said=changed#claim-{place}"))),
                Err(error) => refused("competency", error)?,
            }
        }
        Err(faults) => faults,
    };
    draw(&metier, &life, &here, &sent, &faults)
}
