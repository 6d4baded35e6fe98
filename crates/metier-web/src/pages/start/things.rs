//! The first things done: three that would back up most of how somebody sees themselves.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::Words;
use metier_app::{AsOf, LogEvidence, Sight, ToBack, ToClaim, evidence, one_line};
use metier_core::evidence::Artefact;

use super::{Stage, shown};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::pages::did::line::{CAME_OFF, came_off, link_of, title_of};
use crate::problem::Problem;

/// How many are asked for.
const THINGS: usize = 3;

pub async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = metier.surroundings().today();
    let mut sent = Sent::default();
    for (n, back) in sight.first_to_back(THINGS).iter().enumerate() {
        sent = sent
            .with(&format!("for-{n}"), format!("{}/{}", back.competency, back.rung))
            .with(&format!("date-{n}"), today.to_string());
    }
    Ok(page(&sight, today, &sent, &[]))
}

fn page(sight: &Sight, today: Date, sent: &Sent, faults: &[Fault]) -> Response {
    let framework = &sight.version.framework;
    let words = Words::new(framework, &sight.entries, today);
    let form = shown(sent, faults);
    Stage::Things.page("First things", faults, &html! {
        div.start {
            h1 { "Three things you did last year would back up most of it" }
            p.lead { "Add the first; the others can wait. One line each is enough. Never name a patient or a client." }
            (form.summary())
            form method="post" action="/start/things" {
                @for n in 0..THINGS {
                    @if let Some(ToClaim::Step { competency, rung, .. }) = claimed(sight, sent, n) {
                        (thing(&form, &words, n, &ToBack { competency, rung }))
                    }
                }
                div.stay {
                    button.btn { "Record and see where I stand" }
                    a href="/" { "Skip this" }
                }
            }
            p { "Already written down somewhere? " a href="/did/paste" { "Paste a list, a resume or a brag document" } " instead." }
        }
    })
}

fn thing(form: &Shown<'_>, words: &Words<'_>, n: usize, back: &ToBack) -> Markup {
    let (text, date, link) = (format!("text-{n}"), format!("date-{n}"), format!("link-{n}"));
    let out = format!("out-{n}");
    let prompt = words.prompt(&back.competency, &back.rung);
    html! {
        section.card.thing {
            input type="hidden" name={ "for-" (n) } value={ (back.competency) "/" (back.rung) };
            h2.label { (words.rung_title(&back.rung)) }
            p.big { (words.competency(&back.competency)) }
            (form.line("text", Field::new(&text, prompt).may_stay_empty()))
            (form.line("date", Field::new(&date, "When, about").may_stay_empty()))
            (form.choice(Field::new(&out, "How it came out").optional(), CAME_OFF))
            details.link open[form.sent.has(&link)] {
                summary { "A link that shows it" }
                (form.line("url", Field::new(&link, "The link").optional()))
            }
        }
    }
}

/// What the thing with this number is claimed for.
fn claimed(sight: &Sight, sent: &Sent, n: usize) -> Option<ToClaim> {
    ToClaim::read(sent.text(&format!("for-{n}")), &sight.version.framework).ok()
}

pub async fn tell(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = metier.surroundings().today();
    match told(&sight, &sent, today) {
        Ok(logs) => {
            metier.log_all(logs).await?;
            Ok(see_other("/"))
        }
        Err(faults) => Ok(page(&sight, today, &sent, &faults)),
    }
}

fn told(sight: &Sight, sent: &Sent, today: Date) -> Result<Vec<LogEvidence>, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let mut logs = Vec::new();
    for n in 0..THINGS {
        let (text, date, link) = (format!("text-{n}"), format!("date-{n}"), format!("link-{n}"));
        if sent.text(&text).is_empty() {
            if sent.has(&link) {
                reading.fault(&text, "Say in a line what the link shows.");
            }
            continue;
        }
        let title = title_of(&mut reading, sent, &text);
        let on = reading.past_day(&date, today);
        let link = link_of(&mut reading, sent, &link);
        let claims: Vec<ToClaim> = claimed(sight, sent, n).into_iter().collect();
        let happened = one_line(Some(&sight.version.framework), &claims);
        let came_off = came_off(sent, &format!("out-{n}"));
        let mut what = evidence(&title, happened.with_outcome(came_off));
        what.artefacts.extend(link.map(|url| Artefact::Link {
            url,
            checked_on: None,
        }));
        logs.push(LogEvidence {
            on,
            evidence: what,
            claims,
            files: Vec::new(),
        });
    }
    reading.done(logs)
}
