//! A profession held or aspired to, over a life, and the needs it serves.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{Life, Metier};
use metier_core::framework::needs;
use metier_core::id::{FamilyId, NeedId, slug_of};
use metier_core::journal::Fact;
use metier_core::person::{Profession, ProfessionStatus};

use super::{day_field, form_page, in_order, take_back_form, tell, told_by};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::problem::Problem;

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let sent = match told_by(&life.professions, &asked)? {
        None => Sent::default().with("status", "aspired"),
        Some(t) => {
            let p = &t.what;
            let status = match p.status {
                ProfessionStatus::Held => "held",
                ProfessionStatus::Aspired => "aspired",
            };
            let twelve = needs();
            let own: Vec<&str> = p
                .needs
                .iter()
                .filter(|n| !twelve.iter().any(|t| t.id == **n))
                .map(NeedId::as_str)
                .collect();
            let sent = Sent::default()
                .with("id", t.id.to_string())
                .with("name", p.name.as_str())
                .with("family", p.family.as_ref().map_or("", FamilyId::as_str))
                .with("status", status)
                .with("other", own.join(", "))
                .with("from", day_field(p.from))
                .with("until", day_field(p.until));
            p.needs
                .iter()
                .fold(sent, |sent, need| sent.with("needs", need.as_str()))
        }
    };
    draw(&metier, &life, &sent, &[])
}

fn draw(metier: &Metier, life: &Life, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let shown = Shown { sent, faults };
    let told = told_by(&life.professions, sent)?;
    let title = if told.is_some() {
        "A profession"
    } else {
        "Another profession"
    };
    let mut families: Vec<(&str, &str)> = vec![("", "no criteria here yet")];
    for version in life.versions.iter().rev() {
        let family = version.framework.family.as_str();
        if !families.iter().any(|(f, _)| *f == family) {
            families.push((family, &version.framework.title));
        }
    }
    Ok(form_page(
        metier,
        title,
        &shown,
        &html! {
            p { "A profession is apart from any job: it is held, or wanted, and several follow one another over a life." }
            form method="post" action="/mastery/profession" {
                input type="hidden" name="id" value=(sent.text("id"));
                (shown.line("text", Field::new("name", "Profession").hint("Content marketing, nursing, roofing.")))
                (shown.choice(Field::new("status", "How it stands"), &[("held", "I practise it"), ("aspired", "I want it")]))
                (shown.choice(Field::new("family", "Its criteria").hint("Criteria for another one: begin another framework on the page before."), &families))
                (shown.line("date", Field::new("from", "Since").hint("Empty: since before this journal.").optional()))
                (shown.line("date", Field::new("until", "Until").hint("Empty while it lasts. A day here ends it; the history stays.").optional()))
                (ticks(&shown))
                (shown.line("text", Field::new("other", "Another need").hint("Several with commas between.").optional()))
                div.act { button.btn { "Record it" } a href="/mastery" { "Leave it" } }
            }
            @if let Some(t) = told { (take_back_form(t.id)) }
        },
    ))
}

fn ticks(shown: &Shown<'_>) -> Markup {
    html! {
        fieldset.ticks {
            legend { "Which of people’s needs does it serve?" }
            p.hint { "Needs endure when jobs do not." }
            @for need in needs() { (shown.tick("needs", need.id.as_str(), need.name)) }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let told = told_by(&life.professions, &sent)?.map(|t| t.id);
    let faults = match read(&life, &sent) {
        Ok(profession) => match tell(&metier, told, Fact::Profession(profession), "name").await? {
            Ok(done) => return Ok(done),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    draw(&metier, &life, &sent, &faults)
}

fn read(life: &Life, sent: &Sent) -> Result<Profession, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let name = reading.needed("name", "Name the profession.");
    let (from, until) = (reading.day("from"), reading.day("until"));
    in_order(&mut reading, from, until);
    let mut served: Vec<NeedId> = needs()
        .into_iter()
        .map(|n| n.id)
        .filter(|id| sent.ticks("needs", id.as_str()))
        .collect();
    for other in sent
        .text("other")
        .split(',')
        .map(str::trim)
        .filter(|o| !o.is_empty())
    {
        match slug_of(other).and_then(|slug| NeedId::new(slug).ok()) {
            Some(id) if served.contains(&id) => {}
            Some(id) => served.push(id),
            None => reading.fault(
                "other",
                format!("“{other}” has no letter or digit to keep it by; use another word."),
            ),
        }
    }
    let family = FamilyId::new(sent.text("family"))
        .ok()
        .filter(|f| life.latest(f).is_some());
    reading.done(Profession {
        name,
        family,
        status: if sent.text("status") == "held" {
            ProfessionStatus::Held
        } else {
            ProfessionStatus::Aspired
        },
        needs: served,
        from,
        until,
    })
}
