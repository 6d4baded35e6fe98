//! Drafts: what was pasted, imported or sent from a phone, each with one tap to record it.

use std::collections::HashSet;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{
    self, capital, held, left_waiting, marked_confidential, plural, taken_for, understood,
};
use metier_app::{
    AppError, AsOf, Captured, Kind, Metier, Proposal, Reading, Sight, Taken, ToClaim, Yes, open_question,
    suggested,
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
            p {
                @match asked.text("n").parse().unwrap_or(0_u64) {
                    0 => { "Nothing was recorded. " }
                    n => { "Recorded " (plural(n, "thing", "things")) ". " }
                }
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
            @for draft in listed {
                @let suggestion = suggestions.get(&draft.id).map(|(c, w)| (c, w.as_slice()));
                (line(draft, suggestion, &sight, asked))
            }
        }
        @if !listed.is_empty() { (together(listed.len(), dismissed, here, asked)) }
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
    sent: &Sent,
) -> Markup {
    let proposal = &draft.proposal;
    let id = draft.id.to_string();
    let position = held(proposal);
    // What was typed stays where something else could not be recorded.
    let on = match sent.text(&format!("on-{id}")) {
        "" => proposal
            .day
            .as_ref()
            .map_or(String::new(), |d| d.date.to_string()),
        typed => typed.to_owned(),
    };
    let ticked = sent.all("draft").any(|d| d == id);
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
                    input type="checkbox" name="draft" value=(id) checked[ticked] form="together";
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
                // All fields belong to the one form below, so that no day that was chosen is lost.
                div.row.end {
                    @if position.is_none() {
                        div.field.day {
                            label for={ "on-" (id) } { @if proposal.day.is_some() { "When" } @else { "When (today, if left empty)" } }
                            input type="date" id={ "on-" (id) } name={ "on-" (id) } value=(on) form="together";
                        }
                    }
                    button.btn.small name="one" value=(id) form="together" { "Record it" }
                    @if let Some((competency, words)) = suggestion {
                        button.btn.quiet.small name="one" value={ (id) "/" (competency) } form="together" title={ "Because of “" (words.join("”, “")) "”" } {
                            "Record it: it shows “" (name(competency)) "”"
                        }
                    }
                    a.small href={ "/did/drafts/" (id) } { "Change it" }
                    button.as-link name="one" value=(id) form="together" formaction="/did/drafts/dismiss" formnovalidate { "Dismiss it" }
                }
                @if let Some((_, words)) = suggestion {
                    p.soft.small { "It may show that because of “" (words.join("”, “")) "”. Nothing is claimed unless you choose it." }
                }
            }
        }
    }
}

/// What can be done with several at once.
fn together(many: usize, dismissed: bool, here: usize, sent: &Sent) -> Markup {
    html! {
        div.together {
            form.row #together method="post" action="/did/drafts/confirm" {
                input type="hidden" name="page" value=(here);
                @if dismissed {
                    button.btn.quiet formaction="/did/drafts/bring-back" { "Bring the ticked ones back" }
                    button.btn.risky formaction="/did/drafts/forget" name="all" value="yes" { "Forget all of them for good" }
                } @else {
                    input type="hidden" name="together" value="yes";
                    @if many > 1 {
                        div.field.day {
                            label for="on-all" { "Day of those that say none" }
                            input type="date" id="on-all" name="on-all" value=(sent.text("on-all"));
                        }
                    }
                    button.btn.quiet { "Record the ticked ones" }
                    @if many > 1 { button.btn.quiet name="all" value="yes" { "Record all " (metier_app::words::number(many as u64)) } }
                    button.btn.quiet formaction="/did/drafts/dismiss" { "Dismiss the ticked ones" }
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

/// The drafts a form names: the one whose button was pressed, or those that are ticked.
fn chosen(sent: &Sent) -> Result<Vec<EntryId>, Problem> {
    match sent.text("one") {
        "" => sent.all("draft").map(named).collect(),
        one => Ok(vec![named(one.split('/').next().unwrap_or(one))?]),
    }
}

/// The draft after one that is dealt with, to go on at.
fn next_of(drafts: &[Captured], sent: &Sent, ids: &[EntryId]) -> Option<EntryId> {
    if sent.text("one").is_empty() {
        return None;
    }
    let at = drafts.iter().position(|d| ids.contains(&d.id))?;
    let next = drafts.get(at + 1).or(drafts.first())?;
    (!ids.contains(&next.id)).then_some(next.id)
}

/// Those that are not recorded together with others: what is asked about them was not answered. A day that was
/// chosen answers what was open of the day.
fn unanswered(ticked: &[&Captured], sent: &Sent) -> HashSet<EntryId> {
    let day_of = |draft: &Captured| sent.text(&format!("on-{}", draft.id)).to_owned();
    let open = |draft: &&&Captured| {
        let guess = draft.proposal.day.as_ref().map(|d| d.date.to_string());
        let typed = day_of(draft);
        let chosen = !typed.is_empty() && guess != Some(typed);
        !chosen && open_question(draft, sent.has("on-all")).is_some()
    };
    ticked.iter().filter(open).map(|d| d.id).collect()
}

pub async fn confirm(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = metier.surroundings().today();
    let drafts = metier.captured().await?;
    let mut ids = if sent.has("all") {
        on_page(&drafts, &sent)
    } else {
        chosen(&sent)?
    };
    let next = next_of(&drafts, &sent, &ids);
    let mut reading = FormReading::of(&sent);
    if ids.is_empty() {
        reading.fault("together", "Tick at least one.");
    }
    // Looked at one by one, what is open has been seen; together, it may not have been.
    let mut open = 0;
    if sent.has("together") && !sent.has("one") {
        let ticked: Vec<&Captured> = drafts.iter().filter(|d| ids.contains(&d.id)).collect();
        let questions = unanswered(&ticked, &sent);
        ids.retain(|id| !questions.contains(id));
        open = questions.len();
    }
    let claims = shown_by(&sent, &sight);
    let undated: HashSet<EntryId> = drafts
        .iter()
        .filter(|d| d.proposal.day.is_none())
        .map(|d| d.id)
        .collect();
    let mut yes = Vec::new();
    for id in &ids {
        let field = format!("on-{id}");
        let field = if undated.contains(id) && sent.text(&field).is_empty() {
            "on-all".to_owned()
        } else {
            field
        };
        let on = (!sent.text(&field).is_empty()).then(|| reading.past_day(&field, today));
        yes.push(Yes {
            on,
            claims: claims.clone(),
            ..Yes::to(*id)
        });
    }
    let faults = match reading.done(yes) {
        Ok(yes) => match metier.confirm_drafts(yes).await {
            Ok(done) => return Ok(see_other(&after(&sent, &done, (open, next), &metier).await?)),
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

/// The drafts of the page that was shown.
fn on_page(drafts: &[Captured], sent: &Sent) -> Vec<EntryId> {
    let here = sent.text("page").parse().unwrap_or(1_usize).max(1);
    let page = drafts.iter().skip((here - 1) * PER_PAGE).take(PER_PAGE);
    page.map(|d| d.id).collect()
}

/// The competency that was tapped, at the next step open.
fn shown_by(sent: &Sent, sight: &Sight) -> Vec<ToClaim> {
    let word = sent.text("one").split_once('/').map_or("", |(_, word)| word);
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
    (open, next): (usize, Option<EntryId>),
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
    Ok(match next {
        Some(next) => format!("{to}#d-{next}"),
        None => to,
    })
}

pub async fn dismiss(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let ids = chosen(&sent)?;
    let next = next_of(&metier.captured().await?, &sent, &ids);
    metier.dismiss_drafts(&ids).await?;
    let next = next.map_or(String::new(), |id| format!("#d-{id}"));
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
