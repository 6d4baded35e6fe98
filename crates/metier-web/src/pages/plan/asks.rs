//! The competencies a goal takes, each up to which step.

use maud::{Markup, html};
use metier_core::framework::{Expectation, Framework, Weight};
use metier_core::id::RungId;

use crate::field::Shown;
use crate::form::{Reading, Sent};

/// The field of a competency.
fn field(competency: &str) -> String {
    format!("ask-{competency}")
}

/// The list to choose from, folded by practice; a practice in which something is chosen is open.
pub fn draw(form: &Shown<'_>, framework: &Framework) -> Markup {
    html! {
        fieldset {
            legend { "What it takes" }
            p.hint { "Competencies, each up to a step. Leave the rest as they are: with none, the goal is reached when you say so." }
            @for practice in &framework.practices {
                @let of_it: Vec<_> = framework.competencies_of(&practice.id).collect();
                @let chosen = of_it.iter().filter(|c| form.sent.has(&field(c.id.as_str()))).count();
                @if !of_it.is_empty() {
                    details.fold open[chosen > 0] {
                        summary { (practice.name) @if chosen > 0 { span.soft { " (" (chosen) ")" } } }
                        div {
                            @for competency in of_it {
                                @let name = field(competency.id.as_str());
                                div.entry.ask {
                                    label for={ "f-" (name) } { (competency.name) }
                                    select id={ "f-" (name) } name=(name) {
                                        option value="" { "not for this" }
                                        @for rung in framework.ladder.active() {
                                            option value=(rung.id) selected[form.sent.text(&name) == rung.id.as_str()] { (rung.name) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was chosen. What was asked with a weight before keeps it.
pub fn read(
    reading: &mut Reading<'_>,
    sent: &Sent,
    framework: &Framework,
    before: &[Expectation],
) -> Vec<Expectation> {
    let mut asks = Vec::new();
    for competency in &framework.competencies {
        let name = field(competency.id.as_str());
        let word = sent.text(&name);
        if word.is_empty() {
            continue;
        }
        let rung = RungId::new(word).ok().filter(|id| framework.rung(id).is_some());
        let Some(rung) = rung else {
            reading.fault(&name, "This is none of the steps; choose one of the list.");
            continue;
        };
        let weight = before
            .iter()
            .find(|e| e.competency == competency.id)
            .map_or(Weight::Required, |e| e.weight);
        asks.push(Expectation {
            competency: competency.id.clone(),
            rung,
            weight,
        });
    }
    asks
}

/// The form filled with what is asked.
pub fn fill(sent: Sent, asks: &[Expectation]) -> Sent {
    let asked = asks.iter().filter(|e| e.weight != Weight::NotApplicable);
    asked.fold(sent, |sent, e| {
        sent.with(&field(e.competency.as_str()), e.rung.as_str())
    })
}
