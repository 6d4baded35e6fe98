//! Quick add: one line, and more if one likes.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::{AsOf, LogEvidence, Sight, evidence, one_line};
use metier_core::evidence::Artefact;
use metier_core::framework::Framework;

use super::line::{CAME_OFF, came_off, link_of, title_of, within_limits};
use super::{claims, timeline};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// The form, on top of the timeline.
pub fn draw(form: &Shown<'_>, framework: &Framework) -> Markup {
    let more = form.sent.has("competency") || form.sent.has("link") || !form.faults.is_empty();
    html! {
        form.card.first.quick method="post" action="/did" {
            (form.summary())
            (form.line("text", Field::new("title", "What did you do?")))
            details.link open[more] {
                summary { "When, what it shows, a link" }
                (form.line("date", Field::new("date", "When")))
                (form.choice(Field::new("came-off", "How it came out").optional(), CAME_OFF))
                (claims::pair(form, framework, "", "What does it show?"))
                (form.line("url", Field::new("link", "A link that shows it").optional()))
            }
            div.act {
                button.btn { "Record it" }
                a href="/did/new" { "The full form" }
                a href="/did/paste" { "Paste anything" }
            }
        }
    }
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = metier.surroundings().today();
    match read(&sent, &sight, today) {
        Ok(log) => {
            let entry = metier.log(log).await?;
            Ok(see_other(&format!("/did?added={entry}")))
        }
        Err(faults) => Ok(timeline::page(
            &metier,
            metier.captured().await?.len(),
            &sight.entries,
            &sight.version.framework,
            &Sent::default(),
            &sent,
            &faults,
        )),
    }
}

fn read(sent: &Sent, sight: &Sight, today: Date) -> Result<LogEvidence, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let title = title_of(&mut reading, sent, "title");
    let on = reading.past_day("date", today);
    let claims: Vec<_> = claims::read(&mut reading, sent, sight, "").into_iter().collect();
    let link = link_of(&mut reading, sent, "link");
    within_limits(&mut reading, sent);
    let happened = one_line(Some(&sight.version.framework), &claims);
    let mut what = evidence(&title, happened.with_outcome(came_off(sent, "came-off")));
    what.artefacts.extend(link.map(|url| Artefact::Link {
        url,
        checked_on: None,
    }));
    reading.done(LogEvidence {
        on,
        evidence: what,
        claims,
        files: Vec::new(),
    })
}
