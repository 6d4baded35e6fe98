//! What looking back has in common: what it is about, how lists show it, taking it back.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day};
use metier_app::{AsOf, Sight, competency_of, looked_at};
use metier_core::id::{CompetencyId, EntryId};
use metier_core::plan::{Looked, LookedBack, Plan};

use super::activity_form::goal_choice;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Reading, Sent};
use crate::layout::see_other;
use crate::pages::case::entry_of;
use crate::pages::did::claims;
use crate::pages::did::line::short;
use crate::path::Path;
use crate::problem::Problem;

/// How many of them one page lists.
const LISTED: usize = 25;

/// The fields that say what it is about: competencies, and a goal.
pub fn about_fields(form: &Shown<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let framework = &sight.version.framework;
    let listed: Vec<&str> = form.sent.all("listed").collect();
    html! {
        details.fold open[!listed.is_empty() || form.sent.has("about") || form.sent.has("goal")] {
            summary { "What it is about " span.soft { "(if you like)" } }
            @for one in &listed {
                input type="hidden" name="listed" value=(one);
                @if let Ok(id) = CompetencyId::new(*one) { (form.tick("kept", one, words.competency(&id))) }
            }
            (form.grouped_choice(Field::new("about", if listed.is_empty() { "A competency" } else { "Another competency" }).may_stay_empty(), "nothing in particular", &claims::competencies(framework)))
            (goal_choice(form, &sight.plan()))
        }
    }
}

/// What it is about, as a form says.
pub fn read_about(
    reading: &mut Reading<'_>,
    sent: &Sent,
    sight: &Sight,
) -> (Vec<CompetencyId>, Option<EntryId>) {
    let mut about: Vec<CompetencyId> = sent
        .all("kept")
        .filter_map(|id| CompetencyId::new(id).ok())
        .collect();
    if sent.has("about") {
        match competency_of(&sight.version.framework, sent.text("about")) {
            Ok(id) if !about.contains(&id) => about.push(id),
            Ok(_) => {}
            Err(_) => reading.fault(
                "about",
                "This is none of the competencies here; choose one of the list.",
            ),
        }
    }
    let goal = reading.read("goal", "Choose one of the goals, or none.");
    (about, goal)
}

/// A form filled with what something is about.
pub fn fill_about(sent: Sent, what: &Looked<'_>) -> Sent {
    let goal = what.goal().map(|g| g.to_string()).unwrap_or_default();
    let mut sent = sent.with("goal", goal);
    for id in what.competencies() {
        sent = sent.with("listed", id.as_str()).with("kept", id.as_str());
    }
    sent
}

/// What something is about, as links.
pub fn about(what: &Looked<'_>, plan: &Plan<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let goal = what.goal().and_then(|id| plan.goals.iter().find(|g| g.id == id));
    let here = |id: &CompetencyId| sight.version.framework.competency(id).is_some();
    html! {
        @if !what.competencies().is_empty() || goal.is_some() {
            p.soft.small {
                "About "
                @for (n, id) in what.competencies().iter().enumerate() {
                    @if n > 0 { ", " }
                    @if here(id) { a href={ "/competency/" (id) } { (words.competency(id)) } } @else { (words.competency(id)) }
                }
                @if let Some(goal) = goal {
                    @if !what.competencies().is_empty() { ", " }
                    a href={ "/plan/goal/" (goal.id) } { (goal.what.title) }
                }
            }
        }
    }
}

/// Those found again, latest first, with a way to find fewer; and a page of them at a time.
pub fn earlier(
    asked: &Sent,
    sight: &Sight,
    plan: &Plan<'_>,
    words: &Words<'_>,
    path: &str,
    which: fn(&Looked<'_>) -> bool,
) -> Markup {
    let competency = CompetencyId::new(asked.text("competency")).ok();
    let goal: Option<EntryId> = asked.text("goal").parse().ok();
    let found: Vec<LookedBack<'_>> = plan
        .looked_back(competency.as_ref(), goal)
        .into_iter()
        .filter(|one| which(&one.what))
        .collect();
    let every = plan.looked_back(None, None).iter().any(|one| which(&one.what));
    let page: usize = asked.text("page").parse().unwrap_or(0);
    let from = page.saturating_mul(LISTED).min(found.len());
    let shown = &found[from..(from + LISTED).min(found.len())];
    let narrow = competency.is_some() || goal.is_some();
    let sent = Sent::default()
        .with("competency", asked.text("competency"))
        .with("goal", asked.text("goal"));
    let form = Shown {
        sent: &sent,
        faults: &[],
    };
    let goals: Vec<(String, &str)> = plan
        .goals
        .iter()
        .map(|g| (g.id.to_string(), g.what.title.as_str()))
        .collect();
    let options: Vec<(&str, &str)> = std::iter::once(("", "any or none"))
        .chain(goals.iter().map(|(id, title)| (id.as_str(), *title)))
        .collect();
    let more = |page: usize| {
        let question = form_urlencoded::Serializer::new(String::new())
            .append_pair("competency", asked.text("competency"))
            .append_pair("goal", asked.text("goal"))
            .append_pair("page", &page.to_string())
            .finish();
        format!("{path}?{question}#earlier")
    };
    html! {
        @if every {
            section aria-labelledby="earlier" {
                h2 #earlier { "Earlier ones" }
                form.inline method="get" action={ (path) "#earlier" } {
                    (form.grouped_choice(Field::new("competency", "About").may_stay_empty(), "anything", &claims::competencies(&sight.version.framework)))
                    @if !goals.is_empty() { (form.choice(Field::new("goal", "For which goal").may_stay_empty(), &options)) }
                    button.btn.quiet { "Find" }
                    @if narrow { a href=(path) { "Show all" } }
                }
                @if found.is_empty() { p.soft { "None is about that." } }
                ul.lines { @for one in shown { (line(one, words)) } }
                @if from > 0 || from + LISTED < found.len() {
                    p {
                        @if from > 0 { a href=(more(page - 1)) { "Later ones" } " " }
                        @if from + LISTED < found.len() { a href=(more(page + 1)) { "Earlier ones (" (found.len() - from - LISTED) ")" } }
                    }
                }
            }
        }
    }
}

/// One of them, as lists show it.
pub fn line(one: &LookedBack<'_>, words: &Words<'_>) -> Markup {
    let names: Vec<String> = one
        .what
        .competencies()
        .iter()
        .map(|id| words.competency(id).to_owned())
        .collect();
    html! {
        li {
            @match one.what {
                Looked::Reflection(said) => {
                    p.name { a.plainly href={ "/plan/reflect/" (one.id) } { (short(&said.words)) } }
                    @if !said.learnt.is_empty() { p { span.soft { "Learnt: " } (short(&said.learnt)) } }
                    @if !said.next.is_empty() { p { span.soft { "Next: " } (short(&said.next)) } }
                }
                Looked::Setback(said) => {
                    p.name { a.plainly href={ "/plan/setback/" (one.id) } { (short(&said.what)) } }
                    @if said.lesson.is_empty() { p.soft { "No lesson yet. It may come later." } } @else { p { span.soft { "Lesson: " } (short(&said.lesson)) } }
                    @if !said.otherwise.is_empty() { p { span.soft { "Otherwise now: " } (short(&said.otherwise)) } }
                }
            }
            p.soft.small {
                (day(one.on))
                @if let Looked::Reflection(said) = one.what { @if let Some(drive) = said.drive { " \u{b7} drawn to go on: " (words::drive(drive)) } }
                @if !names.is_empty() { " \u{b7} " (words::list(&names)) }
            }
        }
    }
}

/// The button that takes it back.
pub fn take_back_form(id: EntryId) -> Markup {
    html! {
        form.act method="post" action={ "/plan/looked/" (id) "/take-back" } {
            button.btn.risky { "Take it back" }
            span.soft.small { "It stays in your journal as taken back." }
        }
    }
}

pub async fn take_back(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let path = {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let plan = seen.sight.plan();
        match looked_at(&plan, id)?.what {
            Looked::Reflection(_) => "/plan/reflect?said=back",
            Looked::Setback(_) => "/plan/setback?said=back",
        }
    };
    metier.take_back_looked(id).await?;
    Ok(see_other(path))
}
