//! Files that came: a question to gather answers to, a form that a peer filled in, what was released.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::words::{self, day};
use metier_app::{AppError, gathering_text, is_gathering, read_gathering};
use metier_core::agreement::same_name;
use metier_core::gathering::{AskLetter, GatheringLetter, Release};

use super::draw;
use crate::Shared;
use crate::field::Shown;
use crate::form::{Fault, Sent};
use crate::layout::see_other;
use crate::pages::case;
use crate::problem::Problem;

fn fault(what: impl Into<String>) -> Vec<Fault> {
    vec![Fault {
        field: "file".into(),
        what: what.into(),
    }]
}

/// Shows a question, or takes in a form or what was released.
pub async fn read(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let Some(file) = sent.files("file").next() else {
        return draw(&shared, "", &fault("Choose the file first.")).await;
    };
    if !is_gathering(&file.bytes) {
        let metier = shared.opened().await?;
        return match metier.read_peer_form(&file.bytes).await {
            Ok((round, new)) => {
                let said = if new { "answer" } else { "before" };
                Ok(see_other(&format!("/people/gather/round/{round}?said={said}")))
            }
            Err(error) => draw(&shared, "", &case::refused("file", error)?).await,
        };
    }
    match read_gathering(&file.name, &file.bytes) {
        Ok(GatheringLetter::Ask(letter)) => ask_page(&shared, &letter).await,
        Ok(GatheringLetter::Release(release)) => release_came(&shared, &release).await,
        Err(error) => draw(&shared, "", &case::refused("file", error)?).await,
    }
}

/// Takes in what was released.
pub async fn release_came(shared: &Shared, release: &Release) -> Result<Response, Problem> {
    let Some(metier) = shared.metier().await? else {
        let what = format!(
            "This was gathered for {}. It belongs into their journal, which is not here. Nothing was recorded.",
            release.person
        );
        return draw(shared, "", &fault(what)).await;
    };
    match metier.take_release(release).await {
        Ok(id) => Ok(see_other(&format!("/people/gather/came/{id}?said=new"))),
        Err(error) => draw(shared, "", &case::refused("file", error)?).await,
    }
}

/// A question that came, to be read before it is taken on; no journal is needed to read it.
pub async fn ask_page(shared: &Shared, letter: &AskLetter) -> Result<Response, Problem> {
    let metier = shared.metier().await?;
    let same = metier
        .as_ref()
        .is_some_and(|m| same_name(&letter.asked.collector, m.name()));
    let as_me = if same { "" } else { letter.asked.collector.as_str() };
    let text = gathering_text(&GatheringLetter::Ask(Box::new(letter.clone())))?;
    let sent = Sent::default().with("letter", text).with("as", as_me);
    asked(shared, letter, &sent, &[]).await
}

async fn asked(
    shared: &Shared,
    letter: &AskLetter,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let (asked, form) = (&letter.asked, Shown { sent, faults });
    let metier = shared.metier().await?;
    let own = metier.as_ref().is_some_and(|m| m.journal_id() == asked.journal);
    let (person, n) = (&asked.person, asked.threshold);
    let content = html! {
        p.crumbs { a href="/people/gather" { "Without names" } " / A question" }
        h1.close { (person) " asks " (asked.collector) " to gather what peers say" }
        p.lead.soft { "Answers count until " (day(asked.until)) "." }
        (form.summary())
        div.two {
            div {
                section aria-labelledby="about" {
                    h2 #about { "What is asked" }
                    ul.lines {
                        @for of in &asked.about {
                            li {
                                strong { (of.name) }
                                @if !of.looks_like.is_empty() { div.soft { (of.looks_like) } }
                            }
                        }
                    }
                    p { "Of each: “" (words::NEXT_TIME) "” Then one thing " (person) " does well, and one to change." }
                    @if !asked.note.is_empty() { p { (person) " writes:" } blockquote { (asked.note) } }
                }
            }
            div {
                section.card.first aria-labelledby="gather" {
                    h2.label #gather { "What you take on" }
                    @if own {
                        p { "This is your own question: give the file to " (asked.collector) "." }
                    } @else {
                        p { "You name at least " (n) " peers or clients of " (person) " and give each a link or a form. The answers stay in your journal; you can read each with its name, and each is told so." }
                        p { "You close the round, and send " (person) " what may be released: which answers " (n) " or more people gave, and words that enough people let be shown. Under " (n) " answers it is nothing. That nobody learns more rests on you: tell " (person) " neither whom you asked nor how many answered." }
                        @if !asked.not_among.is_empty() { p { "Not to be asked, because they lead " (person) ": " (words::list(&asked.not_among)) "." } }
                        form method="post" action="/people/gather/open" {
                            textarea.hide name="letter" aria-hidden="true" tabindex="-1" { (sent.text("letter")) }
                            @if !sent.text("as").is_empty() {
                                (form.tick("it-is-me", "yes", &format!("I am the {} who is asked to gather it", asked.collector)))
                                input type="hidden" name="as" value=(sent.text("as"));
                            }
                            button.btn { "Gather it" }
                            @if metier.is_none() { p.hint { "A journal of your own is begun for it on this machine, under the name " (asked.collector) "." } }
                        }
                    }
                }
            }
        }
    };
    Ok(case::page_of(shared, "A question")
        .await?
        .status(case::status(faults))
        .show(&content))
}

/// Takes a question on that was shown. Somebody without a journal gets one to keep the answers in.
pub async fn open(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let GatheringLetter::Ask(letter) = read_gathering("the question", sent.text("letter").as_bytes())? else {
        return Err(Problem::App(AppError::input("this is no question")));
    };
    let there = shared.metier().await?;
    let called = match sent.text("as") {
        "" => None,
        name => Some(name),
    };
    let collector = &letter.asked.collector;
    if (called.is_some() || there.is_none()) && !sent.has("it-is-me") {
        let what = format!("{collector} is asked to gather it. Say that this is you, or leave it.");
        return asked(&shared, &letter, &sent, &fault(what)).await;
    }
    let metier = if let Some(metier) = there {
        metier
    } else {
        // What could not be gathered begins no journal.
        if let Err(refusal) = letter.may_be_gathered(collector, shared.surroundings().today()) {
            let error = AppError::input(refusal.to_string()).hint("Nothing was recorded.");
            return asked(&shared, &letter, &sent, &case::refused("file", error)?).await;
        }
        shared.start(collector).await?
    };
    match metier.gather(&letter, called).await {
        Ok(gathers) => Ok(see_other(&format!("/people/gather/round/{}", gathers.round))),
        Err(error) => asked(&shared, &letter, &sent, &case::refused("file", error)?).await,
    }
}
