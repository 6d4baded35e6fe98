//! Drafts: what was pasted, imported or sent from a phone, each with one tap to record it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{
    self, capital, held, left_waiting, marked_confidential, plural, taken_for, understood,
};
use metier_app::{
    AppError, AsOf, Captured, Kind, Metier, Proposal, Reading, Sight, Taken, ToClaim, Yes, suggested,
    without_questions,
};
use metier_core::evidence::Stance;
use metier_core::id::{CompetencyId, EntryId};

use super::line::short;
use super::{address, named};
use crate::Shared;
use crate::form::{Asked, Fault, Reading as FormReading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::{Problem, sentence};

/// Drafts on one page.
const PER_PAGE: usize = 20;

/// Keeps what was read and shows the drafts with what became of it.
pub async fn keep(metier: &Metier, source: &str, reading: Reading) -> Result<Response, Problem> {
    let taken = metier.capture(source, reading).await?;
    let told = html! { (notice(&became(&taken))) };
    // The new ones stand at the end.
    page(
        metier,
        &told,
        &Sent::default()
            .with("page", "last-new")
            .with("first", first_of(&taken)),
        &[],
    )
    .await
}

fn first_of(taken: &Taken) -> String {
    let first = taken.new.first().or(taken.waiting.first());
    first.map_or(String::new(), |d| d.id.to_string())
}

fn became(taken: &Taken) -> Markup {
    html! {
        @for said in words::taken(taken) { p { (said) } }
        @if !taken.left_out.is_empty() {
            details.link {
                summary { "What was left out" }
                ul { @for said in &taken.left_out { li { (said) } } }
            }
        }
    }
}

pub async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let told = done(&metier, &asked).await?;
    page(&metier, &told, &asked, &[]).await
}

/// What was just done.
async fn done(metier: &Metier, asked: &Sent) -> Result<Markup, Problem> {
    let many = asked.text("n").parse::<u64>().unwrap_or(1);
    let drafts = || capital(&plural(many, "draft", "drafts"));
    let told = match asked.text("done") {
        "recorded" => {
            let (entries, _) = metier.read().await?;
            let id = asked.text("entry").parse::<EntryId>().ok();
            let deed = metier_app::deeds(&entries).into_iter().find(|d| Some(d.id) == id);
            html! { p {
                @match deed {
                    Some(deed) => { "Recorded: " a href=(address(deed.id)) { (short(&deed.wording.evidence.title)) } "." }
                    None => { "Recorded " (plural(many, "thing", "things")) "." }
                }
            } }
        }
        "open" => html! {
            p { "Recorded " (plural(asked.text("n").parse().unwrap_or(0), "thing", "things")) ". "
                (left_waiting(asked.text("open").parse().unwrap_or(1))) " Answer it at the draft: choose the day there, or dismiss it." }
        },
        "before" => html! { p { "That was recorded before; nothing was recorded twice." } },
        "position" => {
            html! { p { "Recorded the position. " a href="/mastery" { "Say which practices it exercised" } "." } }
        }
        "dismissed" => {
            html! { p { (drafts()) " dismissed. " a href="/did/drafts?dismissed=yes" { "Look at what was dismissed" } "." } }
        }
        "back" => html! { p { (drafts()) " waiting again." } },
        "forgotten" => html! { p { (drafts()) " forgotten for good." } },
        _ => return Ok(html! {}),
    };
    Ok(notice(&told))
}

/// The page, with what was just done above it.
async fn page(metier: &Metier, told: &Markup, asked: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let dismissed = asked.has("dismissed");
    let drafts = if dismissed {
        metier.dismissed().await?
    } else {
        metier.captured().await?
    };
    let sight = metier.sight(AsOf::default()).await?;
    let pages = drafts.len().div_ceil(PER_PAGE).max(1);
    let here = match drafts
        .iter()
        .position(|d| d.id.to_string() == asked.text("first"))
    {
        Some(at) => at / PER_PAGE + 1,
        None => asked.text("page").parse().unwrap_or(1_usize).clamp(1, pages),
    };
    let listed = &drafts[(here - 1) * PER_PAGE..drafts.len().min(here * PER_PAGE)];
    let suggestions = suggested(&sight.version.framework, listed);
    let page = Page::new("Drafts").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let today = metier.surroundings().today();
    Ok(page.show(&html! {
        p.crumbs { a href="/did" { "What I did" } }
        @if dismissed { h1 { "What was dismissed" } } @else { h1 { (heading(drafts.len())) } }
        (told)
        @if !faults.is_empty() {
            div.faults role="alert" {
                p { strong { "Nothing was recorded." } }
                ul { @for fault in faults { li { a href={ "#" (fault.field) } { (fault.what) } } } }
            }
        }
        @if !dismissed && !drafts.is_empty() {
            p { "Nothing of this is recorded until you say yes. What it was taken for, and the day, are guesses: look at both." }
        }
        @if drafts.is_empty() { (none(dismissed)) }
        ul.lines {
            @for (n, draft) in listed.iter().enumerate() {
                @let suggestion = suggestions.get(&draft.id).map(|(c, w)| (c, w.as_slice()));
                @let next = listed.get(n + 1).or(listed.first()).map(|d| d.id);
                (line(draft, suggestion, &sight, today, here, next))
            }
        }
        @if listed.len() > 1 || (dismissed && !drafts.is_empty()) { (together(listed.len(), dismissed, here)) }
        (pager(here, pages, dismissed))
    }))
}

fn heading(many: usize) -> String {
    match many {
        0 => "No draft waits".into(),
        n => format!("{} to confirm", capital(&plural(n as u64, "draft", "drafts"))),
    }
}

fn none(dismissed: bool) -> Markup {
    html! {
        @if dismissed { p { "Nothing was dismissed." } }
        @else {
            p { a href="/did/paste" { "Paste a list, a resume, a brag document or a mail" } ", and each thing in it becomes a draft. "
                a href="/did/drafts?dismissed=yes" { "What was dismissed" } }
        }
    }
}

/// What a draft is taken for, and the day.
pub fn sentence_of(proposal: &Proposal, said: &str) -> Markup {
    html! {
        (said)
        @if !proposal.doubt.is_empty() { " " strong { (proposal.doubt) } }
    }
}

fn line(
    draft: &Captured,
    suggestion: Option<(&CompetencyId, &[String])>,
    sight: &Sight,
    today: Date,
    here: usize,
    next: Option<EntryId>,
) -> Markup {
    let proposal = &draft.proposal;
    let id = draft.id.to_string();
    let position = held(proposal);
    let on = proposal.day.as_ref().map_or(today, |d| d.date);
    let name = |c: &CompetencyId| {
        sight
            .version
            .framework
            .competency(c)
            .map_or_else(|| c.to_string(), |c| c.name.clone())
    };
    html! {
        li.capture id={ "d-" (id) } {
            div.capture-head {
                label.tick-box {
                    input type="checkbox" name="draft" value=(id) form="together";
                    span.hide { "Choose “" (short(&proposal.title)) "”" }
                }
                p.what { (proposal.title) }
            }
            p.soft.small {
                @match &position {
                    Some(held) => { "Taken for a position: " (held) "." }
                    None => { (taken_for(proposal)) ". " (understood(proposal.day.as_ref())) "." }
                }
            }
            @if !proposal.doubt.is_empty() { p.small { strong { "Look: " } (proposal.doubt) } }
            @if let Some(marked) = marked_confidential(proposal) { p.small { (marked) "." } }
            details.link.small {
                summary { "The words it came from" }
                div.story.as-written { (proposal.from) }
                @if !proposal.note.is_empty() && !proposal.from.contains(&proposal.note) {
                    p.soft { "Noted with it:" }
                    div.story.as-written { (proposal.note) }
                }
                p.soft { (capital(&draft.source)) ", " (proposal.place) "." }
            }
            @if draft.dismissed {
                form.row method="post" action="/did/drafts/bring-back" {
                    input type="hidden" name="draft" value=(id);
                    button.btn.quiet.small { "Bring it back" }
                }
            } @else {
                form.row.end method="post" action="/did/drafts/confirm" {
                    input type="hidden" name="draft" value=(id);
                    input type="hidden" name="page" value=(here);
                    @if let Some(next) = next { input type="hidden" name="next" value=(next); }
                    @if position.is_none() {
                        div.field.day {
                            label for={ "on-" (id) } { @if proposal.day.is_some() { "When" } @else { "When (today, unless you choose)" } }
                            input type="date" id={ "on-" (id) } name={ "on-" (id) } value=(on) required;
                        }
                    }
                    button.btn.small { "Record it" }
                    @if let Some((competency, words)) = suggestion {
                        button.btn.quiet.small name="shows" value=(competency) title={ "Because of “" (words.join("”, “")) "”" } {
                            "Record it: it shows “" (name(competency)) "”"
                        }
                    }
                    a.small href={ "/did/drafts/" (id) } { "Change it" }
                    button.as-link formaction="/did/drafts/dismiss" formnovalidate { "Dismiss it" }
                }
                @if let Some((_, words)) = suggestion {
                    p.soft.small { "It may show that because of “" (words.join("”, “")) "”. Nothing is claimed unless you choose it." }
                }
            }
        }
    }
}

/// What can be done with several at once.
fn together(many: usize, dismissed: bool, here: usize) -> Markup {
    html! {
        div.together {
            form.row #together method="post" action="/did/drafts/confirm" {
                input type="hidden" name="page" value=(here);
                @if dismissed {
                    button.btn.quiet formaction="/did/drafts/bring-back" { "Bring the ticked ones back" }
                    button.btn.risky formaction="/did/drafts/forget" name="all" value="yes" { "Forget all of them for good" }
                } @else {
                    input type="hidden" name="together" value="yes";
                    button.btn.quiet { "Record the ticked ones" }
                    button.btn.quiet formaction="/did/drafts/dismiss" { "Dismiss the ticked ones" }
                    span.soft.small { "of these " (metier_app::words::number(many as u64)) }
                }
            }
        }
    }
}

fn pager(here: usize, pages: usize, dismissed: bool) -> Markup {
    let to = |page: usize| {
        let which = if dismissed { "&dismissed=yes" } else { "" };
        format!("/did/drafts?page={page}{which}")
    };
    html! {
        @if pages > 1 {
            nav.row.pager aria-label="Pages" {
                @if here > 1 { a.btn.quiet href=(to(here - 1)) rel="prev" { "Earlier" } }
                span.soft { "Page " (here) " of " (pages) }
                @if here < pages { a.btn.quiet href=(to(here + 1)) rel="next" { "Later" } }
            }
        }
    }
}

/// The drafts a form names.
fn chosen(sent: &Sent) -> Result<Vec<EntryId>, Problem> {
    sent.all("draft").map(named).collect()
}

pub async fn confirm(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = metier.surroundings().today();
    let mut ids = chosen(&sent)?;
    let mut reading = FormReading::of(&sent);
    if ids.is_empty() {
        reading.fault("together", "Tick at least one.");
    }
    // Looked at one by one, what is open has been seen; together, it may not have been.
    let mut open = 0;
    if sent.has("together") {
        let ticked: Vec<Captured> = metier
            .captured()
            .await?
            .into_iter()
            .filter(|d| ids.contains(&d.id))
            .collect();
        let questions: Vec<EntryId> = without_questions(&ticked, false)
            .1
            .iter()
            .map(|(d, _)| d.id)
            .collect();
        ids.retain(|id| !questions.contains(id));
        open = questions.len();
    }
    let claims = shown_by(&sent, &sight);
    let mut yes = Vec::new();
    for id in &ids {
        let field = format!("on-{id}");
        let on = sent.has(&field).then(|| reading.past_day(&field, today));
        yes.push(Yes {
            on,
            claims: claims.clone(),
            ..Yes::to(*id)
        });
    }
    let faults = match reading.done(yes) {
        Ok(yes) => match metier.confirm_drafts(yes).await {
            Ok(done) => return Ok(see_other(&after(&sent, &done, open, &metier).await?)),
            Err(error) if matches!(error.kind, Kind::Input | Kind::NotFound) => vec![fault_of(&error, &ids)],
            Err(error) => return Err(error.into()),
        },
        Err(faults) => faults,
    };
    page(&metier, &html! {}, &sent, &faults).await
}

fn fault_of(error: &AppError, ids: &[EntryId]) -> Fault {
    Fault {
        field: ids
            .first()
            .map_or_else(|| "together".into(), |id| format!("d-{id}")),
        what: sentence(&error.message),
    }
}

/// The competency that was tapped, at the next step open.
fn shown_by(sent: &Sent, sight: &Sight) -> Vec<ToClaim> {
    let word = sent.text("shows");
    let competency = sight
        .version
        .framework
        .competencies
        .iter()
        .find(|c| c.id.as_str() == word);
    let claim = competency.and_then(|c| {
        Some(ToClaim::Step {
            competency: c.id.clone(),
            rung: sight.step_to_show(&c.id)?,
            stance: Stance::Supports,
        })
    });
    claim.into_iter().collect()
}

/// Where to go on after something was recorded: to the draft that stood next.
async fn after(
    sent: &Sent,
    done: &metier_app::Recorded,
    open: usize,
    metier: &Metier,
) -> Result<String, Problem> {
    let page = sent.text("page");
    let to = match done.now.as_slice() {
        now if open > 0 => format!("/did/drafts?done=open&n={}&open={open}&page={page}", now.len()),
        [] => format!("/did/drafts?done=before&page={page}"),
        [one] => {
            let (entries, _) = metier.read().await?;
            let position = entries.iter().any(|e| {
                e.link.id == *one && matches!(e.payload.fact, metier_core::journal::Fact::Position(_))
            });
            let what = if position { "position" } else { "recorded" };
            format!("/did/drafts?done={what}&entry={one}&page={page}")
        }
        several => format!("/did/drafts?done=recorded&n={}&page={page}", several.len()),
    };
    Ok(match sent.text("next").parse::<EntryId>() {
        Ok(next) => format!("{to}#d-{next}"),
        Err(_) => to,
    })
}

pub async fn dismiss(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let ids = chosen(&sent)?;
    metier.dismiss_drafts(&ids).await?;
    let next = sent
        .text("next")
        .parse::<EntryId>()
        .map_or(String::new(), |id| format!("#d-{id}"));
    let (n, page) = (ids.len(), sent.text("page"));
    Ok(see_other(&format!(
        "/did/drafts?done=dismissed&n={n}&page={page}{next}"
    )))
}

pub async fn bring_back(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let ids = chosen(&sent)?;
    metier.bring_back_drafts(&ids).await?;
    Ok(see_other(&format!("/did/drafts?done=back&n={}", ids.len())))
}

pub async fn forget(State(shared): State<Shared>, _: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let gone = metier.forget_dismissed().await?;
    Ok(see_other(&format!("/did/drafts?done=forgotten&n={gone}")))
}
