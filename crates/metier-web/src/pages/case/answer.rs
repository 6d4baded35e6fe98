//! The other's answer to an agreement: the ways to ask for it, what came back by mail or by word, and what can be
//! done after a no.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_app::{AppError, Kind, MailReply, Metier, Reply, stands_as};
use metier_core::agreement::{AgreementState, AnswerArrival, Phase, Says};

use super::{agreement, changed_meanwhile, entry_of, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// The parts of an agreement's page that are about the answer.
pub struct Cards<'a> {
    pub state: &'a AgreementState,
    pub form: Shown<'a>,
    pub mark: String,
    /// The mail that asks for it.
    pub mail: Option<String>,
}

impl Cards<'_> {
    fn action(&self, verb: &str) -> String {
        format!("/people/agreement/{}/{verb}", self.state.id)
    }

    fn wrong(&self, fields: &[&str]) -> bool {
        self.form
            .faults
            .iter()
            .any(|f| fields.contains(&f.field.as_str()))
    }

    /// While it waits: by file, by link, by mail, by word.
    pub fn waiting(&self) -> Markup {
        let with = &self.state.terms.with;
        html! {
            section.card aria-labelledby="answer" {
                h2.label #answer { (with) "'s answer" }
                p { "Send the file: it says what to do with it, with Metier or without. What comes back is read on the page of agreements." }
                div.act { a.btn href=(self.action("file")) { "The file for " (with) } }
                @if self.state.phase == Phase::Proposed {
                    details.fold {
                        summary { "They have no Metier: by link" }
                        form method="post" action=(self.action("link")) {
                            p { "Without an account they read what it asks, say yes or no once, and keep the receipt." }
                            button.btn.quiet { "Make a link" }
                        }
                    }
                }
                @if let Some(mail) = &self.mail {
                    details.fold open[self.wrong(&["mail"])] {
                        summary { "By mail" }
                        label for="ask" { "Copy this into a mail to " (with) }
                        textarea #ask .whole readonly rows="12" { (mail) }
                        form method="post" action=(self.action("mail")) {
                            (self.form.lines(6, Field::new("mail", "The whole mail that came back").hint("Quoted or not, answered above, below or between: you look at it before it is recorded.")))
                            button.btn.quiet { "Read it" }
                        }
                    }
                }
                details.fold open[self.wrong(&["answer", "words", "otherwise"])] {
                    summary { "They said it in words" }
                    (self.by_word())
                }
            }
        }
    }

    /// What somebody said, as one wrote it down.
    fn by_word(&self) -> Markup {
        form_of_answer(self.state, &self.form, &self.mark, "Record it")
    }

    /// After a no: what it says, answering it, proposing again, a yes after all.
    pub fn declined(&self) -> Markup {
        let with = &self.state.terms.with;
        html! {
            section.card aria-labelledby="no" {
                h2.label #no { (with) " said no" }
                @if let Some(no) = &self.state.declined {
                    @let answer = &no.what.answer;
                    dl.facts {
                        dt { "Why" } dd { @if answer.words.is_empty() { "They did not say." } @else { "\u{201c}" (answer.words) "\u{201d}" } }
                        @if !answer.otherwise.is_empty() { dt { "To be otherwise" } dd { "\u{201c}" (answer.otherwise) "\u{201d}" } }
                        dt { "How it came" } dd { (words::answer_arrival(answer, no.what.arrival)) ", " (day(answer.on)) }
                    }
                }
                @for talked in &self.state.talked {
                    dl.facts {
                        @if !talked.what.reply.is_empty() { dt { "You answered" } dd { (talked.what.reply) } }
                        @if !talked.what.convincing.is_empty() { dt { "Would convince" } dd { "\u{201c}" (talked.what.convincing) "\u{201d}" } }
                        dt { "On" } dd { (day(talked.on)) @if let Some(again) = talked.what.again { "; to be looked at again by " (day(again)) } }
                    }
                }
                @match self.state.proposed_again {
                    Some(again) => p { a href={ "/people/agreement/" (again) } { "It was proposed again, changed" } "." },
                    None => div.act { a.btn href={ "/people/agreement/new?amends=" (self.state.id) } { "Propose it again, changed" } },
                }
                details.fold open[self.wrong(&["convincing", "reply", "again"])] {
                    summary { "Answer it, or note what would convince" }
                    form method="post" action=(self.action("talk")) {
                        input type="hidden" name="mark" value=(self.mark);
                        (self.form.lines(2, Field::new("convincing", &format!("What would convince {with}, in their words")).hint("Something that can be looked at later: what, how often, seen by whom.").optional()))
                        (self.form.lines(2, Field::new("reply", "What you answered").optional()))
                        (self.form.line("date", Field::new("again", "Look at it again by").optional()))
                        button.btn.quiet { "Record it" }
                    }
                    p.hint { "Where it hangs on one competency, " a href={ "/people/disagreements?agreement=" (self.state.id) } { "write down what would settle it" } " there." }
                }
                details.fold open[self.wrong(&["answer", "words", "otherwise"])] {
                    summary { "They say something else by now" }
                    (self.by_word())
                }
                div.act { a.btn.quiet.small href=(self.action("file")) { "The receipt of the no" } }
            }
        }
    }
}

/// Yes or no, and what was said to it.
fn form_of_answer(state: &AgreementState, form: &Shown<'_>, mark: &str, button: &str) -> Markup {
    let with = &state.terms.with;
    html! {
        form method="post" action={ "/people/agreement/" (state.id) "/word" } {
            input type="hidden" name="mark" value=(mark);
            (form.choice(Field::new("answer", "What they said"), &[("", "choose"), ("yes", "yes, they agree"), ("no", "no")]))
            (form.lines(2, Field::new("words", "In their words").hint("Of a no: why not.").optional()))
            (form.lines(2, Field::new("otherwise", "When it is no: what would have to be otherwise").optional()))
            button.btn.quiet { (button) }
            p.hint { "Kept as relayed by you, and shown as such. Put down " (with) "\u{2019}s words, not yours; the receipt is then yours to give them." }
        }
    }
}

async fn found(shared: &Shared, id: &str) -> Result<(std::sync::Arc<Metier>, AgreementState), Problem> {
    let metier = shared.started().await?;
    let state = metier.agreement(entry_of(id)?).await?;
    Ok((metier, state))
}

/// The agreement, if it still is what the form was drawn from; else the page that says it is not.
async fn still(
    shared: &Shared,
    id: &str,
    sent: &Sent,
) -> Result<Result<(std::sync::Arc<Metier>, AgreementState), Response>, Problem> {
    let (metier, state) = found(shared, id).await?;
    if stands_as(&state) == sent.text("mark") {
        return Ok(Ok((metier, state)));
    }
    let back = format!("/people/agreement/{id}");
    Ok(Err(changed_meanwhile(&metier, &back, sent)))
}

/// Yes, or no with its reason.
pub fn reply_of(sent: &Sent) -> Result<Reply, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let says = match sent.text("answer") {
        "yes" => Says::Yes,
        "no" => Says::No,
        _ => {
            reading.fault("answer", "Choose yes or no.");
            Says::Yes
        }
    };
    if says == Says::No && !sent.has("words") && !sent.has("otherwise") {
        reading.fault("words", "Say why not, or what would have to be otherwise.");
    }
    reading.done(Reply {
        says,
        words: sent.text("words").to_owned(),
        otherwise: sent.text("otherwise").to_owned(),
    })
}

/// What the agreement's page then says was done.
pub fn said_of(says: Says) -> &'static str {
    match says {
        Says::Yes => "confirmed",
        Says::No => "declined",
    }
}

/// Records what they said by word, or in a mail that was looked at.
pub async fn by_word(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let (metier, state) = match still(&shared, &id, &sent).await? {
        Ok(found) => found,
        Err(changed) => return Ok(changed),
    };
    let faults = match reply_of(&sent) {
        Ok(reply) => {
            let done = metier.answered(state.id, &state.terms.with, &reply, AnswerArrival::Relayed);
            match done.await {
                Ok(_) => {
                    let said = said_of(reply.says);
                    return Ok(see_other(&format!("/people/agreement/{id}?said={said}")));
                }
                Err(error) => refused("words", error)?,
            }
        }
        Err(faults) => faults,
    };
    agreement::draw(&shared, &metier, state, &Sent::default(), &sent, &faults).await
}

/// Reads a pasted mail and shows what was understood. Nothing is recorded.
pub async fn mail(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let (metier, state) = found(&shared, &id).await?;
    match metier.read_agreement_mail(state.id, sent.text("mail")).await {
        Ok(read) => Ok(look(&metier, &state, &read)),
        Err(error) => {
            let faults = under_mail(error)?;
            agreement::draw(&shared, &metier, state, &Sent::default(), &sent, &faults).await
        }
    }
}

fn under_mail(error: AppError) -> Result<Vec<Fault>, Problem> {
    match error.kind {
        Kind::Input => refused("mail", error),
        _ => Err(error.into()),
    }
}

/// What was understood, to be confirmed.
fn look(metier: &Metier, state: &AgreementState, read: &MailReply) -> Response {
    let says = match read.says {
        Some(Says::Yes) => "yes",
        Some(Says::No) => "no",
        None => "",
    };
    let sent = Sent::default()
        .with("answer", says)
        .with("words", read.words.clone())
        .with("otherwise", read.otherwise.clone());
    let form = Shown {
        sent: &sent,
        faults: &[],
    };
    Page::new("An answer")
        .under(Nav::People)
        .of(metier)
        .status(status(&[]))
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/people/agreement" { "Agreements" } " / " a href={ "/people/agreement/" (state.id) } { (words::agreement_line(&state.terms)) } }
                h1 { "Is this what " (state.terms.with) " wrote?" }
                @if read.says.is_none() { p.notice { "Whether it is a yes or a no could not be told: choose it." } }
                @if !read.beside.is_empty() { details.fold { summary { "What belongs to neither question" } pre.quoted { (read.beside) } } }
                (form_of_answer(state, &form, &stands_as(state), "Record it"))
            }
        })
}

/// Keeps what was said after a no.
pub async fn talk(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let (metier, state) = match still(&shared, &id, &sent).await? {
        Ok(found) => found,
        Err(changed) => return Ok(changed),
    };
    let mut reading = Reading::of(&sent);
    let again = reading.day("again");
    if !sent.has("convincing") && !sent.has("reply") {
        reading.fault(
            "convincing",
            "Write what would convince them, or what you answered.",
        );
    }
    let faults = if let Err(faults) = reading.done(()) {
        faults
    } else {
        let done = metier
            .talked(state.id, sent.text("reply"), sent.text("convincing"), again)
            .await;
        match done {
            Ok(_) => return Ok(see_other(&format!("/people/agreement/{id}?said=talked"))),
            Err(error) => refused("again", error)?,
        }
    };
    agreement::draw(&shared, &metier, state, &Sent::default(), &sent, &faults).await
}
