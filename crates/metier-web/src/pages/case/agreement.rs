//! One agreement: what was agreed, where one stands by exactly that, what changed since, and the answer.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, capital, day, days_left};
use metier_app::{AsOf, EndAgreement, Metier, Pinned, Version, letter_file, stands_as};
use metier_core::agreement::{AgreementEnding, AgreementState, Phase};
use metier_core::standing::{CompetencyStanding, Standing, Verdict};

use super::super::{framework, guest};
use super::{answer, changed_meanwhile, download, entry_of, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// How many open things are named before the rest is folded away.
const NAMED: usize = 6;

/// Ways for what both agreed to to end, as forms write them.
const ENDINGS: [(&str, AgreementEnding); 3] = [
    ("kept", AgreementEnding::Kept),
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

/// The page, with what was sent and what is wrong with it.
pub async fn draw(
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
    let mail = if state.awaits_answer() {
        metier.agreement_mail(state.id).await.ok()
    } else {
        None
    };
    let pinned = sight.pinned(state)?;
    let view = View {
        pinned: &pinned,
        entries: &sight.entries,
        today: shared.surroundings().today(),
        answer: answer::Cards {
            state: &pinned.agreement,
            form: Shown { sent, faults },
            mark,
            mail,
        },
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
    answer: answer::Cards<'a>,
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
            (self.answer.form.summary())
            div.two {
                div {
                    (self.standing())
                    (self.changes())
                }
                div {
                    (self.facts())
                    @if state.awaits_answer() { (self.answer.waiting()) }
                    @if state.phase == Phase::Declined { (self.answer.declined()) }
                    @if state.in_force() { (self.receipt()) }
                    @if state.in_force() || state.awaits_answer() || state.phase == Phase::Declined { (self.ending()) }
                }
            }
        }
    }

    fn facts(&self) -> Markup {
        let terms = &self.pinned.agreement.terms;
        html! {
            section.card.first aria-labelledby="what" {
                h2.label #what { @if self.pinned.agreement.confirmed.is_some() { "What was pinned" } @else { "What is proposed" } }
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
                    @if let Some(no) = self.pinned.agreement.declined.as_ref().filter(|_| self.pinned.agreement.confirmed.is_some()) {
                        dt { "Beside it" }
                        dd {
                            (no.what.answer.by) " also said no, on " (day(no.what.answer.on)) " ("
                            (words::answer_arrival(&no.what.answer, no.what.arrival)) ")"
                        }
                    }
                    @if let Some(old) = terms.amends { dt { "Proposed before" } dd {
                        a href={ "/people/agreement/" (old) } { "What was declined" }
                        @for change in words::term_changes(&self.pinned.otherwise) { br; (change) }
                    } }
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
                ul.lines { @for competency in open.iter().take(NAMED) { (one_open(&words, competency)) } }
                @if open.len() > NAMED {
                    details.fold {
                        summary { "And " (words::number((open.len() - NAMED) as u64)) " more" }
                        ul.lines { @for competency in open.iter().skip(NAMED) { (one_open(&words, competency)) } }
                    }
                }
            }
            p.small { a href="/" { "The map" } " shows where you stand by what you aim at now." }
        }
    }

    fn changes(&self) -> Markup {
        let (Some(agreed), Some(newest)) = (&self.pinned.agreed, &self.pinned.newest) else {
            return html! {
                section aria-labelledby="changes" {
                    h2 #changes { "Changed since" }
                    p { "Nothing: the criteria are still the same." }
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
        let form = &self.answer.form;
        let holds = self.pinned.agreement.in_force();
        let options: Vec<(&str, &str)> = ENDINGS
            .iter()
            .map(|(value, how)| (*value, words::agreement_ending(*how)))
            .collect();
        html! {
            details.fold open[form.faults.iter().any(|f| f.field == "how" || f.field == "why")] {
                summary { @if holds { "It came to its end" } @else { "Call it off" } }
                form method="post" action=(self.action("end")) {
                    input type="hidden" name="mark" value=(self.answer.mark);
                    @if holds { (form.choice(Field::new("how", "How"), &options)) }
                    @else { input type="hidden" name="how" value="called-off"; }
                    (form.line("text", Field::new("who", "Who ended it").hint("Empty: you.").optional()))
                    (form.lines(2, Field::new("why", "Why").hint("Without one it is shown that no reason was given.").optional()))
                    button.btn.quiet { "Record it" }
                }
            }
        }
    }
}

/// One competency that is open.
fn one_open(words: &Words<'_>, competency: &CompetencyStanding) -> Markup {
    html! {
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

fn told(word: &str) -> Option<&'static str> {
    match word {
        "proposed" => Some("Proposed. It is in force once they have answered."),
        "confirmed" => Some("It is in force. Keep the receipt."),
        "declined" => Some(
            "Recorded, with the reason. You can answer it, note what would convince, or propose it again, changed.",
        ),
        "talked" => Some("Recorded."),
        "ended" => Some("Recorded. It stays here, with how it ended."),
        "together" => Some("Both said yes. Give them the receipt before you part."),
        _ => None,
    }
}

pub async fn file(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(&id)?).await?;
    let (letter, what) = if state.confirmed.is_some() || state.declined.is_some() {
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

pub async fn end(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(&id)?).await?;
    if stands_as(&state) != sent.text("mark") {
        return Ok(changed_meanwhile(
            &metier,
            &format!("/people/agreement/{id}"),
            &sent,
        ));
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
