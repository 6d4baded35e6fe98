//! One agreement: what was agreed, where one stands by exactly that, what changed since, and the answer.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, capital, day, days_left};
use metier_app::{AsOf, EndAgreement, Metier, Pinned, Version, letter_file, stands_as};
use metier_core::agreement::{AgreementEnding, AgreementState, AnswerArrival, Phase};
use metier_core::standing::{Standing, Verdict};

use super::super::{framework, guest};
use super::{changed_meanwhile, download, entry_of, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::Problem;

/// How many open things are named before the rest is only counted.
const NAMED: usize = 6;

/// Ways to end, as forms write them.
const ENDINGS: [(&str, AgreementEnding); 4] = [
    ("kept", AgreementEnding::Kept),
    ("declined", AgreementEnding::Declined),
    ("called-off", AgreementEnding::CalledOff),
    ("not-reached", AgreementEnding::NotReached),
];

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(&id)?).await?;
    draw(&shared, &metier, state, &asked, &Sent::default(), &[]).await
}

async fn draw(
    shared: &Shared,
    metier: &Metier,
    state: AgreementState,
    asked: &Sent,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let seen = shared.kept().sight(metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let mark = stands_as(&state);
    let pinned = sight.pinned(state)?;
    let view = View {
        pinned: &pinned,
        entries: &sight.entries,
        today: shared.surroundings().today(),
        form: Shown { sent, faults },
        mark,
    };
    Ok(Page::new("An agreement")
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .marks()
        .show(&view.page(asked.text("said"))))
}

struct View<'a> {
    pinned: &'a Pinned,
    entries: &'a [metier_core::journal::Entry],
    today: jiff::civil::Date,
    form: Shown<'a>,
    mark: String,
}

impl View<'_> {
    fn page(&self, said: &str) -> Markup {
        let state = &self.pinned.agreement;
        let terms = &state.terms;
        html! {
            p.crumbs { a href="/people/agreement" { "Agreements" } " / " (terms.with) }
            h1.close { (words::agreement_line(terms)) }
            p.lead.soft { (words::phase(state, self.today)) }
            @if let Some(told) = told(said) { (notice(&html! { p { (told) } })) }
            (self.form.summary())
            div.two {
                div {
                    (self.standing())
                    (self.changes())
                }
                div {
                    (self.facts())
                    @if state.awaits_answer() { (self.answering()) }
                    @if state.in_force() { (self.receipt()) }
                    @if state.in_force() || state.awaits_answer() { (self.ending()) }
                }
            }
        }
    }

    fn facts(&self) -> Markup {
        let terms = &self.pinned.agreement.terms;
        html! {
            section.card.first aria-labelledby="what" {
                h2.label #what { "What was pinned" }
                dl.facts {
                    dt { "Criteria" }
                    dd {
                        a href={ "/framework?version=" (terms.version) } { (terms.title) ", version " (terms.version_name) }
                        " " span.mono.soft.small { (terms.version.short()) }
                    }
                    dt { "Level" } dd { (terms.level_name) }
                    dt { "By" } dd { (day(terms.by)) span.soft { " (" (days_left(terms.by, self.today)) ")" } }
                    @if !terms.note.is_empty() { dt { "Also" } dd { (terms.note) } }
                    dt { "Your journal then" } dd { code { (terms.checkpoint.head.0.short()) } }
                    @if let Some(theirs) = self.pinned.agreement.confirmed.as_ref().and_then(|c| c.what.answer.checkpoint.as_ref()) {
                        dt { "Their journal then" } dd { code { (theirs.head.0.short()) } }
                    }
                    @if let Some(confirmed) = &self.pinned.agreement.confirmed {
                        @if !confirmed.what.answer.words.is_empty() {
                            dt { (confirmed.what.answer.by) " said" } dd { "\u{201c}" (confirmed.what.answer.words) "\u{201d}" }
                        }
                    }
                }
            }
        }
    }

    fn standing(&self) -> Markup {
        html! {
            section aria-labelledby="there" {
                h2 #there { "Am I there, by exactly these criteria?" }
                @match (&self.pinned.agreed, &self.pinned.standing) {
                    (Some(version), Some(standing)) => (self.by(version, standing)),
                    _ => p { "The criteria that were agreed on are no longer in this journal, so it cannot be told." },
                }
            }
        }
    }

    fn by(&self, version: &Version, standing: &Standing) -> Markup {
        let words = Words::new(&version.framework, self.entries, self.today);
        let open: Vec<_> = standing
            .competencies
            .iter()
            .filter(|c| matches!(c.verdict, Verdict::NotYet { .. } | Verdict::CannotTell { .. }))
            .collect();
        html! {
            p.big { (words.headline(standing)) }
            @if !open.is_empty() {
                ul.lines {
                    @for competency in open.iter().take(NAMED) {
                        li {
                            p.name {
                                a href={ "/competency/" (competency.competency) } { (words.competency(&competency.competency)) }
                                @if let Some(asked) = &competency.expected {
                                    " " span.asked.small { (words.rung_title(&asked.rung)) }
                                }
                            }
                            p.small { (words.verdict(competency)) }
                        }
                    }
                }
                @if open.len() > NAMED {
                    p.soft.small { "And " (words::number((open.len() - NAMED) as u64)) " more; the map shows them all." }
                }
            }
        }
    }

    fn changes(&self) -> Markup {
        let (Some(agreed), Some(newest)) = (&self.pinned.agreed, &self.pinned.newest) else {
            return html! {
                section aria-labelledby="changes" {
                    h2 #changes { "Changed since" }
                    p { "Nothing: the criteria are still those that were agreed on." }
                }
            };
        };
        let state = &self.pinned.agreement;
        html! {
            section aria-labelledby="changes" {
                h2 #changes { "Changed since" }
                p {
                    "Version " (newest.framework.version) " came after version " (agreed.framework.version)
                    " was agreed on. Nothing of it holds for this agreement until both agree again."
                }
                @match &self.pinned.standing_newest {
                    Some(standing) => p { "By version " (newest.framework.version) ": " (Words::new(&newest.framework, self.entries, self.today).headline(standing)) },
                    None => p { "Version " (newest.framework.version) " has no level " (state.terms.level_name) "." },
                }
                (framework::changes(&agreed.framework, &newest.framework))
                @if state.in_force() {
                    div.act { a.btn.quiet href={ "/people/agreement/new?replaces=" (state.id) } { "Propose the version you aim at" } }
                }
            }
        }
    }

    fn action(&self, verb: &str) -> String {
        format!("/people/agreement/{}/{verb}", self.pinned.agreement.id)
    }

    fn answering(&self) -> Markup {
        let terms = &self.pinned.agreement.terms;
        html! {
            section.card aria-labelledby="answer" {
                h2.label #answer { (terms.with) "'s answer" }
                p { "Send the file. With a journal of their own they answer it there and send a file back; read that on the page of agreements." }
                div.act { a.btn href=(self.action("file")) { "The file for " (terms.with) } }
                @if self.pinned.agreement.phase == Phase::Proposed {
                    details.fold {
                        summary { "They have no Metier: by link" }
                        form method="post" action=(self.action("link")) {
                            p { "Without an account they read what it asks, say yes or no once, and keep the receipt." }
                            button.btn.quiet { "Make a link" }
                        }
                    }
                }
                details.fold open[self.form.faults.iter().any(|f| f.field == "words")] {
                    summary { "They said yes in words" }
                    form method="post" action=(self.action("word")) {
                        input type="hidden" name="mark" value=(self.mark);
                        (self.form.lines(2, Field::new("words", "In their words").optional()))
                        button.btn.quiet { "Note that " (terms.with) " agreed" }
                        p.hint { "Kept as relayed by you, and shown as such. The receipt is then yours to give them." }
                    }
                }
            }
        }
    }

    fn receipt(&self) -> Markup {
        html! {
            section.card aria-labelledby="receipt" {
                h2.label #receipt { "The receipt" }
                p { "Both sides keep it. It names where each journal stood, so that neither can write its past anew alone." }
                div.act { a.btn href=(self.action("file")) { "Download the receipt" } }
            }
        }
    }

    fn ending(&self) -> Markup {
        let options: Vec<(&str, &str)> = ENDINGS
            .iter()
            .map(|(value, how)| (*value, words::agreement_ending(*how)))
            .collect();
        html! {
            details.fold open[self.form.faults.iter().any(|f| f.field == "how" || f.field == "why")] {
                summary { "It came to its end" }
                form method="post" action=(self.action("end")) {
                    input type="hidden" name="mark" value=(self.mark);
                    (self.form.choice(Field::new("how", "How"), &options))
                    (self.form.line("text", Field::new("who", "Who ended it").hint("Empty: you.").optional()))
                    (self.form.lines(2, Field::new("why", "Why").hint("Without one it is shown that no reason was given.").optional()))
                    button.btn.quiet { "Record it" }
                }
            }
        }
    }
}

fn told(word: &str) -> Option<&'static str> {
    match word {
        "proposed" => Some("Proposed. It is in force once they have answered."),
        "confirmed" => Some("It is in force. Keep the receipt."),
        "ended" => Some("Recorded. It stays here, with how it ended."),
        "together" => Some("Both said yes. Give them the receipt before you part."),
        _ => None,
    }
}

pub async fn file(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(&id)?).await?;
    let (letter, what) = if state.confirmed.is_some() {
        (metier.agreement_receipt(state.id).await?, "receipt")
    } else {
        (metier.proposal(state.id).await?, "proposal")
    };
    let text = letter_file(&letter)?;
    Ok(download(
        &format!("agreement-{what}-{}.txt", state.terms.proposed_on),
        text,
    ))
}

/// Makes a link and shows it, this once.
pub async fn link(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(&id)?).await?;
    let made = metier.agreement_link(state.id).await?;
    let address = shared.address_of(&guest::path_of(made.token.as_str()));
    Ok(Page::new("A link").under(Nav::People).of(&metier).show(&html! {
        div.narrow {
            p.crumbs { a href="/people/agreement" { "Agreements" } " / " a href={ "/people/agreement/" (id) } { (state.terms.with) } }
            h1 { "A link for " (state.terms.with) }
            p { "It is shown this once. Copy it whole, and send it to nobody else: whoever has it answers as " (state.terms.with) "." }
            pre.command { code { (address) } }
            ul {
                li { "It can be answered once, until " (day(state.terms.answer_by)) " (" (days_left(state.terms.answer_by, shared.surroundings().today())) ")." }
                li { (shared.reach_of_links()) }
                li { "It shows the terms and what the level asks, and nothing else of your journal." }
            }
            div.act { a.btn.quiet href={ "/people/agreement/" (id) } { "Back to the agreement" } }
        }
    }))
}

pub async fn by_word(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(&id)?).await?;
    if stands_as(&state) != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &format!("/people/agreement/{id}")));
    }
    let with = state.terms.with.clone();
    let done = metier
        .answered(state.id, &with, sent.text("words"), AnswerArrival::Relayed)
        .await;
    match done {
        Ok(_) => Ok(see_other(&format!("/people/agreement/{id}?said=confirmed"))),
        Err(error) => {
            let faults = refused("words", error)?;
            draw(&shared, &metier, state, &Sent::default(), &sent, &faults).await
        }
    }
}

pub async fn end(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(&id)?).await?;
    if stands_as(&state) != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &format!("/people/agreement/{id}")));
    }
    let mut reading = Reading::of(&sent);
    let how = ENDINGS.iter().find(|(value, _)| *value == sent.text("how"));
    if how.is_none() {
        reading.fault("how", "Choose how it ended.");
    }
    let faults = match (reading.done(()), how) {
        (Ok(()), Some((_, how))) => {
            let end = EndAgreement {
                how: *how,
                by: sent.text("who").to_owned(),
                reason: sent.text("why").to_owned(),
            };
            match metier.end_agreement(state.id, end).await {
                Ok(_) => return Ok(see_other(&format!("/people/agreement/{id}?said=ended"))),
                Err(error) => refused("how", error)?,
            }
        }
        (Err(faults), _) => faults,
        _ => Vec::new(),
    };
    draw(&shared, &metier, state, &Sent::default(), &sent, &faults).await
}

/// The line about an agreement in force on the page that says where one stands.
pub fn reminder(state: &AgreementState, today: jiff::civil::Date) -> Markup {
    html! {
        p.small {
            a href={ "/people/agreement/" (state.id) } { "Agreed with " (state.terms.with) }
            ": " (state.terms.level_name) " by " (day(state.terms.by)) ". "
            (capital(&days_left(state.terms.by, today))) "."
        }
    }
}
