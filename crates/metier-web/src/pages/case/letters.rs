//! Files that came: a proposal to answer, an answer to take in, a receipt to hold against this journal.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day, days_left};
use metier_app::{Against, AppError, Metier, letter_file, read_letter};
use metier_core::agreement::{Agreement, Letter, Proposal, Receipt, same_name};
use metier_core::framework::{Expectation, Framework};
use metier_core::id::LevelId;

use super::answer::{reply_of, said_of};
use super::{agreements, download, entry_of, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{notice, see_other};
use crate::pages::framework::one_wording;
use crate::path::Path;
use crate::problem::Problem;

/// The letter in a field of a form that was sent.
fn letter_in(sent: &Sent, field: &str) -> Result<Letter, Vec<Fault>> {
    let fault = |what: String| {
        vec![Fault {
            field: field.into(),
            what,
        }]
    };
    let Some(file) = sent.files(field).next() else {
        return Err(fault("Choose a file first.".into()));
    };
    read_letter(&file.name, &file.bytes).map_err(|error| {
        let hints: String = error.hints.iter().map(|hint| format!(" {hint}")).collect();
        fault(crate::problem::sentence(&error.message) + &hints)
    })
}

/// Shows a proposal, or takes in an answer.
pub async fn read(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    match letter_in(&sent, "file") {
        Err(faults) => agreements::draw(&shared, &faults).await,
        Ok(Letter::Receipt(receipt)) => receipt_came(&shared, &receipt).await,
        Ok(Letter::Proposal(proposal)) => proposal_page(&shared, proposal).await,
    }
}

/// Takes in the answer to a proposal made here.
pub async fn receipt_came(shared: &Shared, receipt: &Receipt) -> Result<Response, Problem> {
    let Some(metier) = shared.metier().await? else {
        let terms = &receipt.terms;
        let fault = Fault {
            field: "file".into(),
            what: format!(
                "This is the receipt of an agreement between {} and {}, made on {}. It belongs into the journal of {}, \
                 which is not here. Nothing was recorded.",
                terms.person,
                receipt.answer.by,
                day(receipt.answer.on),
                terms.person
            ),
        };
        return agreements::draw(shared, &[fault]).await;
    };
    match metier.take_answer(receipt).await {
        Ok(_) => {
            let said = said_of(receipt.answer.says);
            Ok(see_other(&format!(
                "/people/agreement/{}?said={said}",
                receipt.agreement
            )))
        }
        Err(error) => agreements::draw(shared, &refused("file", error)?).await,
    }
}

/// A proposal that came, to be read and answered; no journal is needed to read it.
pub async fn proposal_page(shared: &Shared, proposal: Box<Proposal>) -> Result<Response, Problem> {
    let metier = shared.metier().await?;
    let text = letter_file(&Letter::Proposal(proposal.clone()))?;
    let same = metier
        .as_ref()
        .is_some_and(|m| same_name(&proposal.terms.with, m.name()));
    let as_me = if same { "" } else { proposal.terms.with.as_str() };
    let sent = Sent::default().with("letter", text).with("as", as_me);
    asked(shared, &proposal, &sent, &[]).await
}

/// A proposal that came, with what it asks and the form to agree.
async fn asked(
    shared: &Shared,
    proposal: &Proposal,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let (terms, shown) = (&proposal.terms, Shown { sent, faults });
    let metier = shared.metier().await?;
    let today = shared.surroundings().today();
    // What was said no to lies here only when it was answered with this journal.
    let before = match (&metier, terms.amends) {
        (Some(metier), Some(id)) => {
            let kept = metier.kept_receipts().await?;
            kept.into_iter()
                .map(|k| k.what.receipt)
                .rfind(|r| r.agreement == id)
                .map(|r| r.terms)
        }
        _ => None,
    };
    let own = metier.as_ref().is_some_and(|m| terms.journal() == m.journal_id());
    let content = html! {
        p.crumbs { a href="/people/agreement" { "Agreements" } " / A proposal" }
        h1.close { (terms.person) " proposes: " (terms.level_name) " by " (day(terms.by)) }
        p.lead.soft {
            "Proposed to " (terms.with) " on " (day(terms.proposed_on)) ". It can be answered until "
            (day(terms.answer_by)) " (" (days_left(terms.answer_by, today)) ")."
        }
        (shown.summary())
        @if let Some(before) = &before { (again(before, terms)) }
        div.two {
            div { (level_asks(&proposal.criteria, &terms.level)) }
            div {
                section.card.first aria-labelledby="yes" {
                    h2.label #yes { "Do you agree?" }
                    @if own {
                        p { "This is your own proposal: send it to " (terms.with) ", who answers it." }
                    } @else {
                        p { "Saying yes pins " (terms.title) ", version " (terms.version_name) " (" span.mono { (terms.version.short()) } ") for both of you." }
                        @if !terms.note.is_empty() { p { "Also: " (terms.note) } }
                        form method="post" action="/people/agreement/agree" {
                            textarea.hide name="letter" aria-hidden="true" tabindex="-1" { (sent.text("letter")) }
                            @if !sent.text("as").is_empty() {
                                (shown.tick("it-is-me", "yes", &format!("I am the {} it was proposed to", terms.with)))
                                input type="hidden" name="as" value=(sent.text("as"));
                            }
                            (shown.choice(Field::new("answer", "Your answer"), &[("", "choose"), ("yes", "yes, I agree"), ("no", "no")]))
                            (shown.lines(2, Field::new("words", "A word to it").hint("Of a no: why not.").optional()))
                            (shown.lines(2, Field::new("otherwise", "When you say no: what would have to be otherwise").optional()))
                            button.btn { "Answer" }
                            p.hint {
                                @if metier.is_none() { "A journal of your own is begun for it on this machine, under the name " (terms.with) ". " }
                                @else { "It is recorded in your journal, signed with its key. " }
                                "You get the file to send back. A no can become a yes until the day to answer; a yes holds until one of you ends it."
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(super::page_of(shared, "A proposal")
        .await?
        .status(status(faults))
        .show(&content))
}

/// That a proposal was made before, and what it says otherwise now.
pub fn again(before: &Agreement, now: &Agreement) -> Markup {
    let changes = words::term_changes(&now.changes_since(before));
    html! {
        section.card aria-labelledby="again" {
            h2.label #again { "Proposed again" }
            p { "You said no to a proposal of " (day(before.proposed_on)) ". " @if changes.is_empty() { "This one says the same." } @else { "This one says otherwise:" } }
            @if !changes.is_empty() { ul { @for change in &changes { li { (change) } } } }
        }
    }
}

/// What a level asks, every competency with its step.
pub fn level_asks(criteria: &Framework, level: &LevelId) -> Markup {
    let words = Words::new(criteria, &[], jiff::civil::Date::ZERO);
    html! {
        @if let Some(level) = criteria.level(level) {
            section aria-labelledby="asks" {
                h2 #asks { "What " (level.name) " asks" }
                @if !level.summary.is_empty() { p.as-written { (level.summary) } }
                p { (words::level_asks(criteria, level).must) " Each can be opened, to read what it asks." }
                @for asked in &level.expectations {
                    details.fold {
                        summary {
                            (words.competency(&asked.competency)) ": " (words.rung_title(&asked.rung))
                            " " span.soft { (words::weight(asked.weight)) }
                        }
                        (what_is_asked(criteria, asked))
                    }
                }
            }
        }
    }
}

/// What one competency asks at a step: what a colleague would see, the step, and the document's own words.
fn what_is_asked(criteria: &Framework, asked: &Expectation) -> Markup {
    let competency = criteria.competency(&asked.competency);
    let rung = criteria.ladder.rungs.iter().find(|r| r.id == asked.rung);
    html! {
        @if let Some(looks_like) = competency.map(|c| &c.looks_like).filter(|text| !text.is_empty()) {
            p.as-written { (looks_like) }
        }
        @if let Some(rung) = rung.filter(|r| !r.statement.is_empty()) { p { (rung.title) ": " (rung.statement) } }
        @if let Some(wording) = criteria.wording(&asked.competency, &asked.rung) { (one_wording(wording)) }
    }
}

/// Answers a proposal that was shown. Somebody without a journal gets one to keep the receipt in.
pub async fn agree(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let Letter::Proposal(proposal) = read_letter("the proposal", sent.text("letter").as_bytes())? else {
        return Err(Problem::App(AppError::input("this is no proposal")));
    };
    let there = shared.metier().await?;
    let called = match sent.text("as") {
        "" => None,
        name => Some(name),
    };
    if (called.is_some() || there.is_none()) && !sent.has("it-is-me") {
        let faults = [Fault {
            field: "words".into(),
            what: format!(
                "It was proposed to {}. Say that this is you, or leave it.",
                proposal.terms.with
            ),
        }];
        return asked(&shared, &proposal, &sent, &faults).await;
    }
    let reply = match reply_of(&sent) {
        Ok(reply) => reply,
        Err(faults) => return asked(&shared, &proposal, &sent, &faults).await,
    };
    let metier = if let Some(metier) = there {
        metier
    } else {
        // What could not be kept begins no journal.
        if let Err(flaw) = proposal.may_answer(&proposal.terms.with, shared.surroundings().today()) {
            let error = AppError::input(flaw.to_string()).hint("Nothing was recorded.");
            return asked(&shared, &proposal, &sent, &refused("words", error)?).await;
        }
        shared.start(&proposal.terms.with).await?
    };
    match metier.reply(&proposal, called, &reply).await {
        Ok(replied) => {
            let kept = metier.kept_receipts().await?;
            let kept = kept.into_iter().rfind(|k| k.what.receipt == replied.receipt);
            let said = if replied.new { "kept" } else { "again" };
            Ok(see_other(&kept.map_or_else(
                || "/people/agreement".to_owned(),
                |k| format!("/people/agreement/kept/{}?said={said}", k.id),
            )))
        }
        Err(error) => asked(&shared, &proposal, &sent, &refused("words", error)?).await,
    }
}

/// A receipt kept here.
pub async fn kept(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(question): Asked,
) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let kept = one(&metier, &id).await?;
    let receipt = &kept.receipt;
    let terms = &receipt.terms;
    let file = format!("/people/agreement/kept/{id}/file");
    let told = match question.text("said") {
        "kept" => Some("Your answer is recorded here. It reaches them with the file: send it back."),
        "again" => Some(
            "You had answered exactly this before; nothing was recorded again. Here is the file once more.",
        ),
        _ => None,
    };
    let content = html! {
        p.crumbs { a href="/people/agreement" { "Agreements" } " / A receipt" }
        h1.close { (terms.person) ": " (terms.level_name) " by " (day(terms.by)) }
        p.lead.soft { @if receipt.answer.says.is_yes() { "You agreed on " } @else { "You said no on " } (day(receipt.answer.on)) "." }
        @if let Some(told) = told {
            (notice(&html! {
                p { (told) }
                p { a.btn href=(&file) { "Download the file for " (terms.person) } }
            }))
        }
        div.two {
            div {
                @if let Some(criteria) = &kept.criteria { (level_asks(criteria, &terms.level)) }
            }
            div {
                section.card.first aria-labelledby="receipt" {
                    h2.label #receipt { "The receipt" }
                    p { "It is your answer, and the receipt both of you keep: send it to " (terms.person) ", and keep it yourself." }
                    @if told.is_none() { div.act { a.btn href=(&file) { "Download the receipt" } } }
                    (facts(receipt))
                }
            }
        }
    };
    Ok(super::page_of(&shared, "A receipt").await?.show(&content))
}

fn facts(receipt: &Receipt) -> Markup {
    let terms = &receipt.terms;
    html! {
        dl.facts {
            dt { "Criteria" } dd { (terms.title) ", version " (terms.version_name) " " span.mono.soft.small { (terms.version.short()) } }
            @if !terms.note.is_empty() { dt { "Also" } dd { (terms.note) } }
            dt { (terms.person) "'s journal then" } dd { code { (terms.checkpoint.head.0.short()) } }
            @if let Some(checkpoint) = &receipt.answer.checkpoint {
                dt { (receipt.answer.by) "'s journal then" } dd { code { (checkpoint.head.0.short()) } }
            }
            @if !receipt.answer.words.is_empty() { dt { (receipt.answer.by) " said" } dd { (receipt.answer.words) } }
            @if !receipt.answer.otherwise.is_empty() { dt { "To be otherwise" } dd { (receipt.answer.otherwise) } }
            dt { @if receipt.answer.says.is_yes() { "Text agreed to" } @else { "Text answered" } } dd { code { (receipt.answer.text.short()) } }
        }
    }
}

async fn one(metier: &Metier, id: &str) -> Result<metier_core::agreement::ReceiptKept, Problem> {
    let id = entry_of(id)?;
    let all = metier.kept_receipts().await?;
    all.into_iter()
        .find(|k| k.id == id)
        .map(|k| k.what)
        .ok_or_else(|| Problem::not_found("no such receipt is kept here"))
}

pub async fn kept_file(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let kept = one(&metier, &id).await?;
    let name = format!("agreement-receipt-{}.txt", kept.receipt.answer.on);
    let text = letter_file(&Letter::Receipt(Box::new(kept.receipt)))?;
    Ok(download(&name, text))
}

/// Looks whether this journal still goes on from where a receipt says it stood.
pub async fn verify(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let fault = |what: &str| {
        vec![Fault {
            field: "receipt".into(),
            what: what.into(),
        }]
    };
    let receipt = match letter_in(&sent, "receipt") {
        Err(faults) => return agreements::draw(&shared, &faults).await,
        Ok(Letter::Proposal(_)) => {
            let faults = fault(
                "This is a proposal. A receipt is what came back, or what is downloaded once it was answered.",
            );
            return agreements::draw(&shared, &faults).await;
        }
        Ok(Letter::Receipt(receipt)) => receipt,
    };
    let held = match metier.hold_against(&receipt, Against::Here).await {
        Ok(held) => held,
        Err(error) => return agreements::draw(&shared, &refused("receipt", error)?).await,
    };
    let content = html! {
        div.narrow {
            p.crumbs { a href="/people/agreement" { "Agreements" } " / A receipt" }
            h1 { @if held.traced.is_some() { "The past is still as it was" } @else { "It does not go on from there" } }
            div.notice.warn[held.traced.is_none()] { p { (held.said) } }
            p.soft { @if receipt.answer.says.is_yes() { "Agreed" } @else { "Not agreed" } " between " (receipt.terms.person) " and " (receipt.answer.by) ", on " (day(receipt.answer.on)) "." }
            (facts(&receipt))
            div.act { a.btn.quiet href="/people/agreement" { "Back to the agreements" } }
        }
    };
    Ok(super::page_of(&shared, "A receipt").await?.show(&content))
}
