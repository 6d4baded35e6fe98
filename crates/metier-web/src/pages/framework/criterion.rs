//! What a step asks for: the part of a form that says it, and the form for one step of one competency.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Edit, Metier};
use metier_core::framework::{Competency, Criterion, EvidenceKind, Framework, Rung};

use super::{edit, from_slug, keep, radios, slug_of};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::problem::Problem;

const KINDS: [EvidenceKind; 10] = [
    EvidenceKind::Attempts,
    EvidenceKind::Accomplishment,
    EvidenceKind::Project,
    EvidenceKind::Teaching,
    EvidenceKind::Communication,
    EvidenceKind::Incident,
    EvidenceKind::Ownership,
    EvidenceKind::Credential,
    EvidenceKind::Learning,
    EvidenceKind::Recognition,
];

/// A form filled with a criterion; `None`: the same as everywhere.
pub fn filled(sent: Sent, criterion: Option<&Criterion>) -> Sent {
    let kinds = |sent: Sent, of: &[EvidenceKind]| of.iter().fold(sent, |sent, k| sent.with("of", slug_of(k)));
    match criterion {
        None => sent.with("criterion", "same"),
        Some(Criterion::Accuracy { target, days }) => sent
            .with("criterion", "accuracy")
            .with("target", target.map_or_else(String::new, per_cent))
            .with("days", days.map_or_else(String::new, |d| d.to_string())),
        Some(Criterion::Count {
            of,
            at_least,
            in_a_row,
            leading_others,
            confirmed_by,
        }) => kinds(sent, of)
            .with("criterion", "count")
            .with("at_least", at_least.to_string())
            .with("in_a_row", if *in_a_row { "yes" } else { "" })
            .with("leading_others", if *leading_others { "yes" } else { "" })
            .with("confirmed_by", confirmed_by.as_str()),
        Some(Criterion::Attested { of, confirmed_by }) => kinds(sent, of)
            .with("criterion", "attested")
            .with("confirmed_by", confirmed_by.as_str()),
        Some(Criterion::Held { credential }) => sent
            .with("criterion", "held")
            .with("credential", credential.as_ref().map_or("", |c| c.as_str())),
        Some(Criterion::Owned { confirmed_by }) => sent
            .with("criterion", "owned")
            .with("confirmed_by", confirmed_by.as_str()),
        Some(Criterion::Judged {
            at_least,
            confirmed_by,
        }) => sent
            .with("criterion", "judged")
            .with("at_least", at_least.to_string())
            .with("confirmed_by", confirmed_by.as_str()),
    }
}

/// A share as a form holds it: 0.95 as 95.
fn per_cent(share: f64) -> String {
    format!("{}", (share * 100_000.0).round() / 1_000.0)
}

/// The fields of a criterion.
pub fn fields(shown: &Shown<'_>, f: &Framework, own: bool) -> Markup {
    let option =
        |value: &str, name: &str, meaning: &str| (value.to_owned(), name.to_owned(), meaning.to_owned());
    let mut options = vec![
        option("accuracy", "Accuracy", "correct and unaided, again and again"),
        option("count", "Counted", "so many examples of a kind"),
        option(
            "attested",
            "Seen",
            "one example somebody saw, or that can be shown",
        ),
        option("held", "Held", "a credential that has not lapsed"),
        option("owned", "Owned", "named as responsible or accountable"),
        option("judged", "Judged", "would you let them do it unsupervised?"),
    ];
    if own {
        options.insert(
            0,
            option(
                "same",
                "The same as everywhere",
                "what the step asks of every competency",
            ),
        );
    }
    let credentials: Vec<(&str, &str)> = std::iter::once(("", "Any that is claimed for it"))
        .chain(f.credentials.iter().map(|c| (c.id.as_str(), c.name.as_str())))
        .collect();
    html! {
        (radios(shown, "criterion", "What it asks for", "", &options))
        fieldset.depending {
            legend { "If it is accuracy" }
            (shown.line("number", Field::new("target", "Share in per cent").optional()
                .hint("50 to 99.9. Empty: as often as it is done decides. The original asks for 99%: 377 in a row without a miss.")))
            (shown.line("number", Field::new("days", "On at least so many days").optional().hint("Empty: ten.")))
        }
        fieldset.depending {
            legend { "If it is counted, seen or judged" }
            (shown.line("number", Field::new("at_least", "How many").optional().hint("Examples, or people who judge.")))
            (shown.tick("in_a_row", "yes", "The latest ones, none that failed between"))
            (shown.tick("leading_others", "yes", "With others working under the person"))
            fieldset.ticks {
                legend.soft { "Which kinds count (none ticked: any)" }
                @for kind in KINDS { (shown.tick("of", &slug_of(kind), &words::capital(words::kind(kind)))) }
            }
            (shown.line("text", Field::new("confirmed_by", "Who would best confirm it").optional()))
        }
        fieldset.depending {
            legend { "If it is a credential" }
            (shown.choice(Field::new("credential", "Which"), &credentials))
        }
    }
}

/// The criterion a form says; `None` with a fault, or when it is the same as everywhere.
pub fn read(reading: &mut Reading<'_>, sent: &Sent, f: &Framework) -> Option<Criterion> {
    let of: Vec<EvidenceKind> = sent.all("of").filter_map(from_slug).collect();
    let confirmed_by = sent.text("confirmed_by").to_owned();
    match sent.text("criterion") {
        "same" => None,
        "accuracy" => {
            let target = number(
                reading,
                sent,
                "target",
                50.0..=99.9,
                "Give a share from 50 to 99.9 per cent.",
            );
            Some(Criterion::Accuracy {
                target: target.map(|t| t / 100.0),
                days: whole(
                    reading,
                    sent,
                    "days",
                    1..=366,
                    "Give a number of days from 1 to 366.",
                ),
            })
        }
        "count" => Some(Criterion::Count {
            of,
            at_least: whole(
                reading,
                sent,
                "at_least",
                1..=1_000,
                "Give a number from 1 to 1000.",
            )
            .unwrap_or(1),
            in_a_row: sent.has("in_a_row"),
            leading_others: sent.has("leading_others"),
            confirmed_by,
        }),
        "attested" => Some(Criterion::Attested { of, confirmed_by }),
        "held" => {
            let credential = match sent.text("credential") {
                "" => None,
                id => f
                    .credentials
                    .iter()
                    .find(|c| c.id.as_str() == id)
                    .map(|c| c.id.clone()),
            };
            Some(Criterion::Held { credential })
        }
        "owned" => Some(Criterion::Owned { confirmed_by }),
        "judged" => Some(Criterion::Judged {
            at_least: whole(
                reading,
                sent,
                "at_least",
                1..=20,
                "Give a number of people from 1 to 20.",
            )
            .unwrap_or(1),
            confirmed_by,
        }),
        _ => {
            reading.fault("criterion", "Choose what it asks for.");
            None
        }
    }
}

fn number(
    reading: &mut Reading<'_>,
    sent: &Sent,
    field: &str,
    range: std::ops::RangeInclusive<f64>,
    what: &str,
) -> Option<f64> {
    let text = sent.text(field);
    if text.is_empty() {
        return None;
    }
    let read = text.parse::<f64>().ok().filter(|n| range.contains(n));
    if read.is_none() {
        reading.fault(field, what);
    }
    read
}

fn whole(
    reading: &mut Reading<'_>,
    sent: &Sent,
    field: &str,
    range: std::ops::RangeInclusive<u32>,
    what: &str,
) -> Option<u32> {
    let text = sent.text(field);
    if text.is_empty() {
        return None;
    }
    let read = text.parse::<u32>().ok().filter(|n| range.contains(n));
    if read.is_none() {
        reading.fault(field, what);
    }
    read
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let (competency, rung) = place(&f, &asked)?;
    let sent = Sent::default()
        .with("competency", competency.id.as_str())
        .with("step", rung.id.as_str());
    let sent = filled(sent, competency.criteria.get(&rung.id));
    Ok(draw(&metier, &f, competency, rung, &sent, &[]))
}

/// The competency and the step an address or a form names.
fn place<'f>(f: &'f Framework, sent: &Sent) -> Result<(&'f Competency, &'f Rung), Problem> {
    let competency = f
        .competencies
        .iter()
        .find(|c| c.id.as_str() == sent.text("competency"));
    let rung = f.ladder.rungs.iter().find(|r| r.id.as_str() == sent.text("step"));
    competency
        .zip(rung)
        .ok_or_else(|| Problem::not_found("there is no such competency or step in this draft"))
}

fn draw(
    metier: &Metier,
    f: &Framework,
    competency: &Competency,
    rung: &Rung,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let shown = Shown { sent, faults };
    let words = Words::new(f, &[], jiff::civil::Date::ZERO);
    let everywhere = rung.criterion.fitted(competency.frequency);
    let title = format!("{}: {}", rung.name, competency.name);
    edit::form_page(
        metier,
        &title,
        &shown,
        &html! {
            p { "Everywhere else, for something " (words::done(competency.frequency)) ": " (words.criterion(&everywhere)) }
            form method="post" action="/framework/edit/criterion" {
                input type="hidden" name="competency" value=(competency.id);
                input type="hidden" name="step" value=(rung.id);
                (fields(&shown, f, true))
                (edit::buttons())
            }
        },
    )
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let (competency, rung) = place(&f, &sent)?;
    let mut reading = Reading::of(&sent);
    let own = read(&mut reading, &sent, &f);
    let then = format!("/framework/edit/competency?id={}", competency.id);
    let faults = match reading.done(own) {
        Ok(own) => {
            let change = Edit::OwnCriterion(competency.id.clone(), rung.id.clone(), own);
            match keep(&metier, change, "criterion", &then).await? {
                Ok(done) => return Ok(done),
                Err(faults) => faults,
            }
        }
        Err(faults) => faults,
    };
    Ok(draw(&metier, &f, competency, rung, &sent, &faults))
}
