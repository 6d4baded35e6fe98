//! The steps of a route with the weeks they take, drawn beside their words, and a table behind the drawing.

use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Sight, StepToTake, stands_as};
use metier_core::next_step::Doing;
use metier_core::route::{Milestone, Route, RouteStep};

use super::route::ESTIMATES;
use crate::field::Shown;
use crate::form::Sent;

/// Width of all weeks together, in drawing units.
const WIDE: f64 = 1000.0;
/// Height of a step's strip.
const TALL: u32 = 14;

/// Steps on one page.
const AT_ONCE: usize = 20;

/// Which of the steps a page shows, and where the others are.
pub struct Part {
    from: usize,
    of: usize,
    question: String,
}

impl Part {
    /// The part that an address asks for; the first when it asks for none.
    pub fn of(asked: &Sent, route: &Route, question: &str) -> Self {
        let page: usize = asked.text("part").parse().unwrap_or(1);
        let from = page.saturating_sub(1).saturating_mul(AT_ONCE);
        let of = route.steps.len();
        Self {
            from: if from < of { from } else { 0 },
            of,
            question: question.to_owned(),
        }
    }

    fn to(&self) -> usize {
        (self.from + AT_ONCE).min(self.of)
    }

    /// True for an activity that is a step on this page.
    pub fn shows(&self, route: &Route, activity: &str) -> bool {
        route.steps[self.from..self.to()]
            .iter()
            .any(|step| match &step.what {
                Doing::Activity { activity: a, .. } => a.as_str() == activity,
                _ => false,
            })
    }

    /// The ways to the other parts.
    fn ways(&self) -> Markup {
        let address =
            |from: usize| format!("/plan/route?{}&part={}#steps", self.question, from / AT_ONCE + 1);
        html! {
            @if self.of > AT_ONCE {
                nav.row.pager aria-label="Steps" {
                    @if self.from > 0 { a href=(address(self.from - AT_ONCE)) { "Earlier steps" } }
                    span.soft { "Steps " (self.from + 1) " to " (self.to()) " of " (self.of) }
                    @if self.to() < self.of { a href=(address(self.to())) { "Later steps" } }
                }
            }
        }
    }
}

/// The form of a step that asks first what could go wrong.
pub fn asking_form(take: &StepToTake) -> String {
    let activity = take.planned.activity.as_ref().map_or("", |id| id.as_str());
    let goal = take
        .planned
        .goal
        .map_or_else(String::new, |goal| format!("&goal={goal}"));
    format!("/plan/activity/new?activity={activity}{goal}")
}

/// The steps, each with its place among the weeks.
pub fn draw(
    route: &Route,
    sight: &Sight,
    words: &Words<'_>,
    take: &[StepToTake],
    form: &Shown<'_>,
    part: &Part,
) -> Markup {
    let shown = part.from..part.to();
    let steps = &route.steps[shown.clone()];
    html! {
        @if !route.steps.is_empty() {
            p.gantt-axis.soft.small aria-hidden="true" { span { "week 1" } span { "week " (route.weeks) } }
            ol.gantt start=(part.from + 1) {
                @for ((place, step), take) in (part.from + 1..).zip(steps).zip(&take[shown]) {
                    (one(route, (place, step), sight, words, take, form))
                }
            }
            (part.ways())
            details.link {
                summary { "As a table" }
                (table(route, steps, words))
            }
        }
    }
}

fn one(
    route: &Route,
    (place, step): (usize, &RouteStep),
    sight: &Sight,
    words: &Words<'_>,
    take: &StepToTake,
    form: &Shown<'_>,
) -> Markup {
    let name = stands_as(&step.what);
    html! {
        li id={ "s-" (name) } {
            p.name { span.soft { (place) ". " } (take.planned.name) }
            (strip(route, step))
            p.soft.small { (words.route_when(step)) @if step.hours.low.get() < step.hours.high.get() { " (" (words::hours_between(step.hours.low.get(), step.hours.high.get())) ")" } }
            p.small { (words.route_why(step)) }
            div.row.small {
                @match take.there {
                    Some(there) => a href={ "/plan/activity/" (there) } { "In your plan" },
                    None if take.asks_for_risk() => a href=(asking_form(take)) { "Take it: it asks what could go wrong" },
                    None => button.as-link form="take" name="step" value=(name) { "Take this step into my plan" },
                }
                @if let Doing::Activity { activity, .. } = &step.what { (estimate(activity.as_str(), step, sight, form)) }
            }
        }
    }
}

/// When a step is done, among all the weeks: a light mark every fourth week.
fn strip(route: &Route, step: &RouteStep) -> Markup {
    let weeks = f64::from(route.weeks.max(1));
    let hours = route.hours_a_week.get() * weeks;
    let at = |done: f64| (done / hours * WIDE).clamp(0.0, WIDE);
    let (from, to) = (at(step.from.get()), at(step.to.get()));
    let wide = (to - from).max(8.0);
    let every = marks(route.weeks);
    html! {
        svg.weeks-strip viewBox={ "0 0 " (WIDE) " " (TALL) } preserveAspectRatio="none" aria-hidden="true" {
            line x1="0" x2=(WIDE) y1=(TALL / 2) y2=(TALL / 2) class="way" {}
            @for week in (every..route.weeks).step_by(every as usize) {
                @let x = (f64::from(week) / weeks * WIDE).round();
                line x1=(x) x2=(x) y1="0" y2=(TALL) class="week" {}
            }
            rect x=(from.min(WIDE - wide).round()) y="2" width=(wide.round()) height=(TALL - 4) class={ @if step.on_longest { "longest" } @else { "step" } } {}
        }
    }
}

/// How many weeks lie between two marks, so that there are about ten.
fn marks(weeks: u32) -> u32 {
    match weeks {
        0..=12 => 1,
        13..=52 => 4,
        53..=156 => 13,
        _ => 52,
    }
}

/// The person's own estimate of an activity, to ask for the route again with.
fn estimate(activity: &str, step: &RouteStep, sight: &Sight, form: &Shown<'_>) -> Markup {
    let usual = sight
        .version
        .framework
        .activities
        .iter()
        .find(|a| a.id.as_str() == activity);
    let now = [
        step.hours.low.get(),
        step.hours.likely.get(),
        step.hours.high.get(),
    ];
    let wrong = form
        .faults
        .iter()
        .find(|f| f.field == format!("likely-{activity}"));
    let own = form.sent.has(&format!("likely-{activity}"));
    html! {
        details.link open[wrong.is_some()] {
            summary { "Your own hours" }
            @if let Some(usual) = usual { p.hint { "The criteria say " (words::three_hours(usual.hours)) "." } }
            @if let Some(wrong) = wrong { p.fault id={ "e-likely-" (activity) } { (wrong.what) } }
            div.inline {
                @for ((which, label), hours) in ESTIMATES.into_iter().zip(now) {
                    @let field = format!("{which}-{activity}");
                    @let value = if own { form.sent.text(&field).to_owned() } else { String::new() };
                    div.field {
                        label for={ "f-" (field) } { (label) }
                        input type="number" step="any" form="again" id={ "f-" (field) } name=(field) value=(value) placeholder=(words::short_hours(hours));
                    }
                }
                button.btn.quiet.small form="again" { "Ask again" }
            }
        }
    }
}

fn table(route: &Route, steps: &[RouteStep], words: &Words<'_>) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="The route as a table" {
            table {
                caption { "One thing after another, at " (words::exact(route.hours_a_week.get())) " a week" }
                thead { tr { th scope="col" { "Step" } th.n scope="col" { "First week" } th.n scope="col" { "Last week" } th.n scope="col" { "Hours" } th scope="col" { "If all goes well, or drags" } } }
                tbody {
                    @for step in steps {
                        tr {
                            td { (words.doing(&step.what)) }
                            td.n { (step.first_week) }
                            td.n { (step.last_week) }
                            td.n { (words::short_hours(step.hours.likely.get())) }
                            td { (words::hours_between(step.hours.low.get(), step.hours.high.get())) }
                        }
                    }
                }
            }
        }
    }
}

/// In which week what is there for good.
pub fn milestones(route: &Route, words: &Words<'_>) -> Markup {
    /// What a page has room for; the rest is on the steps.
    const MOST: usize = 60;
    let whole: Vec<&Milestone> = route
        .milestones
        .iter()
        .filter(|m| m.completes)
        .take(MOST)
        .collect();
    html! {
        @if !whole.is_empty() {
            section aria-labelledby="when" {
                h2 #when { "What is there when" }
                p.soft { "If every step shows what it should, one after another. Weeks of work, not a promise." }
                details.fold {
                  summary { "By week (" (whole.len()) ")" }
                  ul.lines {
                    @for milestone in whole {
                        li {
                            span.soft { "Week " (milestone.week) ": " }
                            a href={ "/competency/" (milestone.competency) "#" (milestone.rung) } { (words.competency(&milestone.competency)) }
                            ", " (words.rung(&milestone.rung))
                        }
                    }
                  }
                }
            }
        }
    }
}
