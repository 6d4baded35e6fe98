//! The route: the least work that leads to the target, week by week, what else would do, and taking its steps
//! into the plan.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AsOf, Metier, RouteAsked, Sight, StepToTake, stands_as};
use metier_core::framework::Hours;
use metier_core::id::{ActivityId, EntryId, LevelId};
use metier_core::plan::Plan;
use metier_core::route::{Effort, HOURS_A_WEEK, Note, Route};

use super::activity_form::goal_choice;
use super::{changed_meanwhile, steps, under};
use crate::Shared;
use crate::field::Shown;
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::status;
use crate::problem::{Problem, sentence};

/// The fields of a person's own estimate of an activity.
pub const ESTIMATES: [(&str, &str); 3] = [
    ("low", "If all goes well"),
    ("likely", "Most likely"),
    ("high", "If it drags"),
];

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let (ask, effort, faults) = read(&asked, &seen.sight, &plan);
    let route = seen.sight.route_within(&ask, effort);
    let (route, refused) = match route {
        Ok(route) => (route, None),
        Err(error) => (None, Some(error)),
    };
    let sent = filled(&asked, &plan, &ask);
    let form = Shown {
        sent: &sent,
        faults: &faults,
    };
    let words = Words::new(
        &seen.sight.version.framework,
        &seen.sight.entries,
        seen.sight.standing.at,
    );
    let content = html! {
        p.crumbs { a href="/plan" { "Plan" } }
        @if let Some(text) = told(asked.text("said")) { (notice(&html! { p { (text) } " " a href="/plan" { "To the plan" } })) }
        (form.summary())
        @match &route {
            Some(route) => (whole(route, &seen.sight, &plan, &words, &form, &asked)),
            None => {
                h1 { "How do I get there?" }
                @match &refused {
                    Some(error) => {
                        p.lead { (sentence(&error.message)) }
                        @for hint in &error.hints { p { (hint) } }
                        p { a href="/plan/route" { "The route as it was" } }
                    }
                    None => {
                        p.lead { "There is a way to somewhere only: choose what you aim at first." }
                        div.act { a.btn href="/start/aim" { "Choose what to aim at" } }
                    }
                }
            }
        }
    };
    Ok(under("How do I get there?", &metier)
        .status(status(&faults))
        .show(&content))
}

fn told(said: &str) -> Option<&'static str> {
    match said {
        "taken" => Some("It is in your plan."),
        "all" => Some("What was not in your plan yet is in it now."),
        "all-but" => Some(
            "What was not in your plan yet is in it now, but for stretch assignments: each asks first what could go wrong.",
        ),
        "there" => Some("All of it is in your plan already."),
        _ => None,
    }
}

/// What is asked for: hours a week, another target, one's own estimates, and how long to search.
fn read(asked: &Sent, sight: &Sight, plan: &Plan<'_>) -> (RouteAsked, Effort, Vec<Fault>) {
    let framework = &sight.version.framework;
    let mut reading = Reading::of(asked);
    let hours: Option<f64> = reading.read("hours-a-week", "Write a number of hours, as in 4 or 1.5.");
    if hours.is_some_and(|h| !HOURS_A_WEEK.contains(&h)) {
        reading.fault("hours-a-week", "Give a number from 0.25 to 168.");
    }
    let level = LevelId::new(asked.text("level"))
        .ok()
        .filter(|id| framework.level(id).is_some());
    let mut own: BTreeMap<ActivityId, Hours> = BTreeMap::new();
    for activity in &framework.activities {
        let [low, likely, high] = ESTIMATES.map(|(which, _)| {
            let field = format!("{which}-{}", activity.id);
            reading.read::<f64>(&field, "Write a number of hours, as in 6 or 1.5.")
        });
        let Some(likely) = likely else { continue };
        let hours = Hours {
            low: low.unwrap_or(likely),
            likely,
            high: high.unwrap_or(likely),
        };
        let rising = 0.0 <= hours.low && hours.low <= likely && likely <= hours.high;
        if rising && hours.high <= 100_000.0 {
            own.insert(activity.id.clone(), hours);
        } else {
            reading.fault(
                &format!("likely-{}", activity.id),
                "The three do not rise: if all goes well, most likely, if it drags.",
            );
        }
    }
    let effort = if asked.has("thorough") {
        Effort::THOROUGH
    } else {
        Effort::QUICK
    };
    let faults = reading.done(()).err().unwrap_or_default();
    let hours_a_week = hours.filter(|h| HOURS_A_WEEK.contains(h));
    let ask = RouteAsked::by_plan(sight, plan, level, hours_a_week, own);
    (ask, effort, faults)
}

fn filled(asked: &Sent, plan: &Plan<'_>, ask: &RouteAsked) -> Sent {
    let mut sent = asked.clone();
    if !asked.has("hours-a-week") {
        sent = sent.with("hours-a-week", words::short_hours(ask.hours_a_week));
    }
    if !asked.has("goal") {
        // One goal is most people's: what is taken is for it unless they say otherwise.
        let mut open = plan.open_goals();
        if let (Some(only), None) = (open.next(), open.next()) {
            sent = sent.with("goal", only.id.to_string());
        }
    }
    sent
}

fn whole(
    route: &Route,
    sight: &Sight,
    plan: &Plan<'_>,
    words: &Words<'_>,
    form: &Shown<'_>,
    asked: &Sent,
) -> Markup {
    let take = sight.steps_to_take(route, plan, words, None);
    let left = take.iter().filter(|t| t.there.is_none()).count();
    let part = steps::Part::of(asked, route, &question(asked));
    let unproven = route.notes.contains(&Note::NotProven);
    html! {
        h1.close { "To " (route.name) }
        p.lead { (words.route_length(route)) }
        @if unproven {
            div.notice {
                p {
                    strong { "Not proven to be the best. " }
                    (words.route_note(Note::NotProven, route)) " "
                    @if !asked.has("thorough") { a href={ "/plan/route?thorough=yes&" (question(asked)) } { "Search longer" } " (a few seconds at most)." }
                }
            }
        }
        form #take method="post" action="/plan/route/take" {
            @for (name, value) in asked.fields().filter(|(n, v)| carried(n) && !v.is_empty()) { input type="hidden" name=(name) value=(value); }
        }
        // Estimates of steps that are not on this page of them stay as they were said.
        form #again method="get" action="/plan/route" {
            @for (name, value) in asked.fields().filter(|(n, v)| !v.is_empty() && estimated(n).is_some_and(|a| !part.shows(route, a))) {
                input type="hidden" name=(name) value=(value);
            }
        }
        div.two {
            section aria-labelledby="steps" {
                h2 #steps { "Step by step" }
                @if route.steps.is_empty() { p { "There is nothing to do for it. Keep it fresh, or aim higher." } }
                (steps::draw(route, sight, words, &take, form, &part))
            }
            div {
                (asking(sight, form))
                (taking(route, plan, form, left))
            }
        }
        (others(route, words))
        (steps::milestones(route, words))
    }
}

/// The activity whose estimate a field holds.
fn estimated(name: &str) -> Option<&str> {
    ESTIMATES
        .iter()
        .find_map(|(which, _)| name.strip_prefix(which)?.strip_prefix('-'))
}

/// The fields that say which route this is.
fn carried(name: &str) -> bool {
    estimated(name).is_some() || ["hours-a-week", "level", "thorough"].contains(&name)
}

/// The same question again, as an address carries it.
fn question(asked: &Sent) -> String {
    let mut question = form_urlencoded::Serializer::new(String::new());
    for (name, value) in asked.fields().filter(|(n, v)| carried(n) && !v.is_empty()) {
        question.append_pair(name, value);
    }
    question.finish()
}

/// Hours a week and another target.
fn asking(sight: &Sight, form: &Shown<'_>) -> Markup {
    let framework = &sight.version.framework;
    let aim = sight.target.as_ref().map_or("nothing", |t| t.name.as_str());
    let aim = format!("what you aim at: {aim}");
    let levels: Vec<(&str, &str)> = std::iter::once(("", aim.as_str()))
        .chain(framework.levels.iter().map(|l| (l.id.as_str(), l.name.as_str())))
        .collect();
    let fault = form.faults.iter().find(|f| f.field == "hours-a-week");
    html! {
        section.card aria-labelledby="ask" {
            h2.label #ask { "Ask otherwise" }
            div.field.wrong[fault.is_some()] {
                label for="f-hours-a-week" { "Hours a week" }
                @if let Some(fault) = fault { p.fault { (fault.what) } }
                input #f-hours-a-week type="number" step="any" name="hours-a-week" form="again" value=(form.sent.text("hours-a-week"));
            }
            div.field {
                label for="f-level" { "To" }
                select #f-level name="level" form="again" {
                    @for (value, name) in &levels { option value=(value) selected[form.sent.text("level") == *value] { (name) } }
                }
            }
            div.act { button.btn.quiet form="again" { "Show the route" } }
        }
    }
}

/// Taking all of it, and for which goal.
fn taking(route: &Route, plan: &Plan<'_>, form: &Shown<'_>, left: usize) -> Markup {
    let goals = plan.open_goals().count();
    html! {
        @if !route.steps.is_empty() {
            section.card.first aria-labelledby="take-it" {
                h2.label #take-it { "Into my plan" }
                @if left == 0 {
                    p { "All of it is in your plan. " a href="/plan" { "To the plan" } }
                } @else {
                    p { "Step by step, or all at once. In the plan each step keeps its hours and what it would show, and you can change both." }
                    @if goals > 0 { div.for-goal { (for_goal(&goal_choice(form, plan))) } }
                    div.act { button.btn form="take" name="step" value="all" { "Take the whole route" } }
                }
            }
        }
    }
}

/// The choice of a goal belongs to the form of taking, which stands elsewhere on the page.
fn for_goal(choice: &Markup) -> Markup {
    maud::PreEscaped(choice.0.replacen("<select ", "<select form=\"take\" ", 1))
}

/// The runner-up, what would be chosen if it took less, what cannot be reached, what the answer rests on.
fn others(route: &Route, words: &Words<'_>) -> Markup {
    let notes = route.notes.iter().filter(|n| **n != Note::NotProven);
    html! {
        @if !route.unreached.is_empty() {
            section aria-labelledby="unreached" {
                h2 #unreached { "What cannot be reached this way" }
                ul.lines { @for one in &route.unreached { li { (words.route_unreached(one)) } } }
            }
        }
        @if !route.credentials.is_empty() {
            p { "The target also asks for a credential you do not hold; how long that takes is not known here. " a href="/mastery" { "Credentials" } }
        }
        section aria-labelledby="else" {
            h2 #else { "What else would do" }
            @match &route.runner_up {
                Some(other) => p { (words.route_other(other)) },
                None => p.soft { "No other route does without one of these steps." },
            }
            @if !route.cheaper.is_empty() {
                details.link {
                    summary { "What would be chosen if it took less" }
                    ul { @for one in &route.cheaper { li { (words.route_cheaper(one)) } } }
                }
            }
            @for note in notes { p.soft.small { (words.route_note(*note, route)) } }
        }
    }
}

pub async fn take(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let back = format!("/plan/route?{}", question(&sent));
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let (ask, effort, _) = read(&sent, sight, &plan);
    let goal: Option<EntryId> = sent.text("goal").parse().ok();
    let Some(route) = sight.route_within(&ask, effort)? else {
        return Ok(see_other("/plan/route"));
    };
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let steps = sight.steps_to_take(&route, &plan, &words, goal);
    let which = sent.text("step");
    if which == "all" {
        return take_all(&metier, steps, &back).await;
    }
    let Some(one) = route
        .steps
        .iter()
        .zip(steps)
        .find(|(step, _)| stands_as(&step.what) == which)
    else {
        return Ok(changed_meanwhile(&metier, &back));
    };
    if one.1.there.is_some() {
        return Ok(see_other(&format!("{back}&said=there")));
    }
    if one.1.asks_for_risk() {
        return Ok(see_other(&steps::asking_form(&one.1)));
    }
    metier.plan_to(vec![one.1.planned]).await?;
    Ok(see_other(&format!("{back}&said=taken#s-{which}")))
}

async fn take_all(metier: &Metier, steps: Vec<StepToTake>, back: &str) -> Result<Response, Problem> {
    let left = steps.into_iter().filter(|s| s.there.is_none());
    let (asking, new): (Vec<_>, Vec<_>) = left.partition(StepToTake::asks_for_risk);
    let new: Vec<_> = new.into_iter().map(|s| s.planned).collect();
    if new.is_empty() && asking.is_empty() {
        return Ok(see_other(&format!("{back}&said=there")));
    }
    metier.plan_to(new).await?;
    let said = if asking.is_empty() { "all" } else { "all-but" };
    Ok(see_other(&format!("{back}&said={said}")))
}
