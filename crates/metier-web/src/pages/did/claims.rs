//! What a thing shows: pairs of competency and step, for or against.

use maud::{Markup, html};
use metier_app::words::Words;
use metier_app::{Sight, ToClaim, competency_of, rung_of};
use metier_core::evidence::{ClaimAbout, Stance};
use metier_core::framework::Framework;

use crate::field::{Field, Group, Shown};
use crate::form::{Reading, Sent};

/// Pairs offered on a full form at once.
pub const PAIRS: usize = 3;

/// The competencies of a framework under their practices.
pub fn competencies(framework: &Framework) -> Vec<Group<'_>> {
    framework
        .practices
        .iter()
        .map(|practice| {
            let of_it = framework.competencies_of(&practice.id);
            (
                practice.name.as_str(),
                of_it.map(|c| (c.id.as_str(), c.name.as_str())).collect(),
            )
        })
        .collect()
}

/// The steps to choose from; the first leaves it to the program.
pub fn steps(framework: &Framework) -> Vec<(&str, &str)> {
    let ladder = framework
        .ladder
        .active()
        .map(|r| (r.id.as_str(), r.title.as_str()));
    std::iter::once(("", "the next step open"))
        .chain(ladder)
        .collect()
}

/// The fields of one pair; `end` is what the fields' names end in.
pub fn pair(form: &Shown<'_>, framework: &Framework, end: &str, label: &str) -> Markup {
    let (competency, step) = (format!("competency{end}"), format!("step{end}"));
    html! {
        (form.grouped_choice(Field::new(&competency, label).optional(), "nothing in particular", &competencies(framework)))
        (form.choice(Field::new(&step, "Which step"), &steps(framework)))
    }
}

/// The fields of one pair that may also speak against a step.
pub fn pair_with_stance(form: &Shown<'_>, framework: &Framework, end: &str, label: &str) -> Markup {
    let stance = format!("stance{end}");
    html! {
        div.pair {
            (pair(form, framework, end, label))
            (form.choice(Field::new(&stance, "For or against"), &[("supports", "it shows it"), ("contradicts", "it speaks against it")]))
        }
    }
}

/// What one pair of fields says; `None` when nothing was chosen.
pub fn read(reading: &mut Reading<'_>, sent: &Sent, sight: &Sight, end: &str) -> Option<ToClaim> {
    let (field, step_field) = (format!("competency{end}"), format!("step{end}"));
    let framework = &sight.version.framework;
    let (word, step) = (sent.text(&field), sent.text(&step_field));
    if word.is_empty() {
        if !step.is_empty() {
            reading.fault(&field, "Choose what this is a step of.");
        }
        return None;
    }
    let competency = competency_of(framework, word)
        .map_err(|_| {
            reading.fault(
                &field,
                "This is none of the competencies here; choose one of the list.",
            );
        })
        .ok()?;
    let rung = if step.is_empty() {
        sight.step_to_show(&competency)?
    } else {
        rung_of(framework, step)
            .map_err(|_| {
                reading.fault(
                    &step_field,
                    "This is none of the steps here; choose one of the list.",
                );
            })
            .ok()?
    };
    let stance = match sent.text(&format!("stance{end}")) {
        "contradicts" => Stance::Contradicts,
        _ => Stance::Supports,
    };
    Some(ToClaim::Step {
        competency,
        rung,
        stance,
    })
}

/// Every pair of a full form, each once.
pub fn read_all(reading: &mut Reading<'_>, sent: &Sent, sight: &Sight) -> Vec<ToClaim> {
    let mut claims: Vec<ToClaim> = Vec::new();
    for n in 0..PAIRS {
        let claim = read(reading, sent, sight, &format!("-{n}"));
        claims.extend(claim.filter(|c| !claims.contains(c)));
    }
    claims
}

/// What a claim is about, as a link to its reasons where it is of the framework aimed at.
pub fn about(words: &Words<'_>, framework: &Framework, about: &ClaimAbout, stance: Stance) -> Markup {
    html! {
        @if stance == Stance::Contradicts { "speaks against " }
        @match about {
            ClaimAbout::Step(step) if step.family == framework.family => {
                a href={ "/competency/" (step.competency) "#" (step.rung) } { (words.competency(&step.competency)) }
                ", " (words.rung(&step.rung))
            }
            ClaimAbout::Step(step) => { (step.competency) ", " (step.rung) " (" (step.family) ")" }
            ClaimAbout::Credential { credential, .. } => {
                @let listed = framework.credentials.iter().find(|c| c.id == *credential);
                "the credential " (listed.map_or(credential.as_str(), |c| c.name.as_str()))
            }
        }
    }
}
