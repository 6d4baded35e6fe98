//! Recording what people say: ratings, confirmations, disputes and their answers.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{AppError, Kind, Metier};
use metier_core::id::EntryId;
use metier_core::rating::Role;
use metier_core::standing::Reason;

use super::{View, show};
use crate::Shared;
use crate::field::Field;
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::path::Path;
use crate::problem::{Problem, sentence};

/// What a form says for "not even the first step".
const NONE: &str = "none";
/// How many of the latest pieces of evidence are offered for a confirmation.
const OFFERED: usize = 40;

/// Roles of others, as forms write them.
const OTHERS: [(&str, Role); 4] = [
    ("manager", Role::Manager),
    ("peer", Role::Peer),
    ("client", Role::Client),
    ("mentor", Role::Mentor),
];

fn role_of(text: &str) -> Option<Role> {
    if text == "self" {
        return Some(Role::Oneself);
    }
    OTHERS
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, role)| *role)
}

impl View<'_> {
    /// The forms, folded; one with a fault in it is open.
    pub fn forms(&self) -> Markup {
        let wrong = |field: &str| self.form.faults.iter().any(|f| f.field == field);
        let for_step = self.asked.text("step");
        let disputes = self.disputes();
        html! {
            p { a href={ "/people/ask?about=" (self.about.id) } { "Ask somebody who saw you do it" } }
            details.fold open[wrong("sees") || wrong("rater")] {
                summary { "Record what somebody says" }
                (self.rating_form())
            }
            details.fold open[!for_step.is_empty() || wrong("of") || wrong("confirmer")] {
                summary { "Record a confirmation" }
                (self.confirmation_form(for_step))
            }
            @if !disputes.is_empty() {
                details.fold open {
                    summary { "Answer the dispute" }
                    (self.settling_form(&disputes))
                }
            }
            details.fold open[wrong("disputed") || wrong("disputer")] {
                summary { "Record a dispute" }
                (self.dispute_form())
            }
        }
    }

    fn action(&self, verb: &str) -> String {
        format!("/competency/{}/{verb}", self.about.id)
    }

    fn steps(&self) -> Vec<(&str, &str)> {
        let rungs = self.standing.rungs.iter();
        rungs
            .map(|r| (r.rung.as_str(), self.words.rung_title(&r.rung)))
            .collect()
    }

    fn rating_form(&self) -> Markup {
        let mut roles = vec![("self", "you")];
        roles.extend(OTHERS.iter().map(|(name, role)| (*name, words::role(*role))));
        let mut steps = vec![("", "choose a step"), (NONE, "not even the first step")];
        steps.extend(self.steps());
        html! {
            form #rate method="post" action=(self.action("rate")) {
                (self.form.choice(Field::new("rater-role", "Who says it"), &roles))
                (self.form.line("text", Field::new("rater", "Their name").hint("Initials will do. Leave it empty for your own view.").optional()))
                (self.form.choice(Field::new("sees", "The highest step they see"), &steps))
                (self.form.lines(2, Field::new("because", "Why").hint("What they saw, or what they miss.").optional()))
                button.btn { "Record it" }
                p.hint { "Kept as relayed by you, and shown as such." }
            }
        }
    }

    fn confirmation_form(&self, for_step: &str) -> Markup {
        let roles: Vec<(&str, &str)> = OTHERS
            .iter()
            .map(|(name, role)| (*name, words::role(*role)))
            .collect();
        let mut options: Vec<(String, String)> = vec![(String::new(), "choose what".into())];
        for (rung, title) in self.steps() {
            options.push((format!("step:{rung}"), format!("that I can: {title}")));
        }
        let mut seen = std::collections::HashSet::new();
        let evidence = self.standing.rungs.iter().flat_map(|r| &r.evidence);
        let mut evidence: Vec<&EntryId> = evidence.filter(|id| seen.insert(**id)).collect();
        evidence.sort_by_key(|id| std::cmp::Reverse(self.words.happened_on(id)));
        for id in evidence.into_iter().take(OFFERED) {
            options.push((
                format!("entry:{id}"),
                format!("that it was so: {}", self.words.evidence(id)),
            ));
        }
        let options: Vec<(&str, &str)> = options.iter().map(|(v, n)| (v.as_str(), n.as_str())).collect();
        let filled = self.form.sent.clone().with("of", format!("step:{for_step}"));
        let form = crate::field::Shown {
            sent: if for_step.is_empty() {
                self.form.sent
            } else {
                &filled
            },
            faults: self.form.faults,
        };
        html! {
            form #confirm method="post" action=(self.action("confirm")) {
                (form.choice(Field::new("of", "What they confirm"), &options))
                (form.line("text", Field::new("confirmer", "Who").hint("Initials will do.")))
                (form.choice(Field::new("confirmer-role", "Who they are to you"), &roles))
                (form.lines(2, Field::new("said-so", "In their words").optional()))
                button.btn { "Record it" }
                p.hint { "Kept as relayed by you, and shown as such." }
            }
        }
    }

    fn dispute_form(&self) -> Markup {
        let mut steps = vec![("", "choose a step")];
        steps.extend(self.steps());
        html! {
            form #dispute method="post" action=(self.action("dispute")) {
                p.hint { "The step is held until the dispute is answered." }
                (self.form.choice(Field::new("disputed", "Which step"), &steps))
                (self.form.line("text", Field::new("disputer", "Who disputes it")))
                (self.form.lines(2, Field::new("why", "Why")))
                button.btn { "Record it" }
            }
        }
    }

    fn settling_form(&self, disputes: &[(EntryId, String)]) -> Markup {
        let options: Vec<(String, String)> = disputes
            .iter()
            .map(|(id, what)| (id.to_string(), what.clone()))
            .collect();
        let options: Vec<(&str, &str)> = options.iter().map(|(v, n)| (v.as_str(), n.as_str())).collect();
        html! {
            form #settle method="post" action=(self.action("settle")) {
                (self.form.choice(Field::new("dispute", "Which dispute"), &options))
                (self.form.line("text", Field::new("settler", "Who answered it")))
                (self.form.lines(2, Field::new("outcome", "What was found")))
                button.btn { "Record it" }
            }
        }
    }

    /// Open disputes, with the step each is about.
    fn disputes(&self) -> Vec<(EntryId, String)> {
        let mut open = Vec::new();
        for rung in &self.standing.rungs {
            for reason in &rung.reasons {
                if let Reason::Disputed { entry, .. } = reason
                    && open.iter().all(|(id, _)| id != entry)
                {
                    open.push((
                        *entry,
                        format!("{}: {}", self.words.rung(&rung.rung), self.words.reason(reason)),
                    ));
                }
            }
        }
        open
    }
}

/// Answers a form: on to the page when it was recorded, the form again with what is wrong, or a problem.
async fn answer(
    shared: &Shared,
    id: &str,
    sent: &Sent,
    at_fault: &str,
    said: &str,
    recorded: Result<Result<EntryId, AppError>, Vec<Fault>>,
) -> Result<Response, Problem> {
    let faults = match recorded {
        Ok(Ok(_)) => return Ok(see_other(&format!("/competency/{id}?said={said}#people"))),
        Ok(Err(error)) if error.kind == Kind::Input => vec![Fault {
            field: at_fault.into(),
            what: sentence(&error.message),
        }],
        Ok(Err(error)) => return Err(error.into()),
        Err(faults) => faults,
    };
    let mut response = show(shared, id, &Sent::default(), sent, &faults).await?;
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// Checks that the address names a competency before anything is read from the form.
async fn metier_with(shared: &Shared, id: &str) -> Result<std::sync::Arc<Metier>, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    if framework.competencies.iter().any(|c| c.id.as_str() == id) {
        Ok(metier)
    } else {
        Err(Problem::not_found(format!(
            "{} has no competency `{id}`",
            framework.title
        )))
    }
}

/// Records a rating.
pub async fn rate(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = metier_with(&shared, &id).await?;
    let mut reading = Reading::of(&sent);
    let role = role_of(sent.text("rater-role")).unwrap_or(Role::Oneself);
    if role != Role::Oneself {
        reading.needed("rater", "Say who says it; initials will do.");
    }
    let sees = reading.needed("sees", "Choose the highest step they see.");
    let recorded = match reading.done((sees != NONE).then_some(sees.as_str())) {
        Err(faults) => Err(faults),
        Ok(rung) => Ok(metier
            .rate(&id, rung, role, sent.text("rater"), sent.text("because"))
            .await),
    };
    answer(&shared, &id, &sent, "sees", "rated", recorded).await
}

/// Records a confirmation of a step or of a piece of evidence.
pub async fn confirm(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = metier_with(&shared, &id).await?;
    let mut reading = Reading::of(&sent);
    let of = reading.needed("of", "Choose what they confirm.");
    let by = reading.needed("confirmer", "Say who confirms it; initials will do.");
    let role = role_of(sent.text("confirmer-role")).unwrap_or(Role::Peer);
    let entry: Option<EntryId> = of.strip_prefix("entry:").and_then(|id| id.parse().ok());
    let recorded = match reading.done(()) {
        Err(faults) => Err(faults),
        Ok(()) => Ok(match (of.strip_prefix("step:"), entry) {
            (Some(rung), _) => {
                metier
                    .confirm_step(&id, rung, &by, role, sent.text("said-so"))
                    .await
            }
            (None, Some(entry)) => {
                metier
                    .confirm_evidence(entry, &by, role, sent.text("said-so"))
                    .await
            }
            (None, None) => Err(AppError::input(
                "what is confirmed is neither a step nor something recorded",
            )),
        }),
    };
    answer(&shared, &id, &sent, "of", "confirmed", recorded).await
}

/// Records a dispute.
pub async fn dispute(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = metier_with(&shared, &id).await?;
    let mut reading = Reading::of(&sent);
    let rung = reading.needed("disputed", "Choose the step that is disputed.");
    let by = reading.needed("disputer", "Say who disputes it; initials will do.");
    let why = reading.needed("why", "Say why: a dispute without a reason cannot be answered.");
    let recorded = match reading.done(()) {
        Err(faults) => Err(faults),
        Ok(()) => Ok(metier.dispute(&id, &rung, &by, &why).await),
    };
    answer(&shared, &id, &sent, "disputed", "disputed", recorded).await
}

/// Records how a dispute ended.
pub async fn settle(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = metier_with(&shared, &id).await?;
    let mut reading = Reading::of(&sent);
    let dispute: Option<EntryId> = reading.read("dispute", "Choose the dispute.");
    let by = reading.needed("settler", "Say who answered it; initials will do.");
    let outcome = reading.needed("outcome", "Say what was found.");
    let recorded = match (reading.done(()), dispute) {
        (Err(faults), _) => Err(faults),
        (Ok(()), Some(dispute)) => Ok(metier.settle(dispute, &by, &outcome).await),
        (Ok(()), None) => Ok(Err(AppError::input("no dispute was chosen"))),
    };
    answer(&shared, &id, &sent, "dispute", "settled", recorded).await
}
