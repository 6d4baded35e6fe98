//! Which of the eight areas and the eight strategies a quarter touches, by what; and one way to begin with
//! each that it leaves empty.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use metier_app::words::{self, Beginning, Words, day};
use metier_app::{AsOf, Sight};
use metier_core::id::{ActivityId, EntryId};
use metier_core::journal::{Fact, Lasting, view};
use metier_core::mastery::MasteryFact;
use metier_core::plan::{Coverage, PlanFact, Quarter};

use super::{Here, beside, under};
use crate::Shared;
use crate::form::Asked;
use crate::problem::Problem;

/// What touches one, that is named before the rest is folded; and what is folded.
const NAMED: usize = 2;
const FOLDED: usize = 20;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let now = Quarter::of(metier.surroundings().today());
    let quarter = match asked.text("quarter") {
        "" => now,
        word => words::quarter_of(word).ok_or_else(|| {
            Problem::not_found(format!(
                "`{word}` is no quarter; write the year and the number, as in 2026-4"
            ))
        })?,
    };
    let here = view(&sight.entries, Timestamp::MAX);
    let coverage = Coverage::of(&here, &sight.version.framework, quarter);
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let facts: HashMap<EntryId, &Lasting<'_>> = here.facts.iter().map(|f| (f.root, f)).collect();
    let drawn = Drawn {
        sight,
        words: &words,
        facts: &facts,
        past: quarter.until < now.from,
    };
    let areas: Vec<Row<'_>> = coverage
        .areas
        .iter()
        .map(|t| Row::of(words::area(t.what), &t.by, &t.ideas))
        .collect();
    let strategies: Vec<Row<'_>> = coverage
        .strategies
        .iter()
        .map(|t| Row::of(words::strategy(t.what), &t.by, &t.ideas))
        .collect();
    let content = html! {
        (beside(Here::Coverage))
        h1 { "Areas and strategies" }
        p.eyebrow { (words::capital(&words::quarter(quarter))) @if quarter == now { ", so far and as planned" } }
        (quarters(quarter, now))
        p.lead { (lead(&areas, &strategies)) }
        div.two.even {
            (drawn.list("areas", "The eight areas", &areas))
            (drawn.list("strategies", "The eight strategies", &strategies))
        }
        p.soft.small { "Touched, or not: by something you did, or by something that is in the plan. How often does not count, and nobody has to touch all of them in a quarter." }
    };
    Ok(under("Areas and strategies", &metier).show(&content))
}

/// One area or strategy.
struct Row<'a> {
    name: &'static str,
    about: &'static str,
    begin: Beginning,
    by: &'a [EntryId],
    ideas: &'a [ActivityId],
}

impl<'a> Row<'a> {
    fn of(
        (name, about, begin): (&'static str, &'static str, Beginning),
        by: &'a [EntryId],
        ideas: &'a [ActivityId],
    ) -> Self {
        Self {
            name,
            about,
            begin,
            by,
            ideas,
        }
    }
}

fn lead(areas: &[Row<'_>], strategies: &[Row<'_>]) -> String {
    let empty = |rows: &[Row<'_>]| -> Vec<String> {
        let empty = rows.iter().filter(|r| r.by.is_empty());
        empty.map(|r| r.name.to_owned()).collect()
    };
    match (empty(areas), empty(strategies)) {
        (a, s) if a.is_empty() && s.is_empty() => {
            "Every area and every strategy is touched by something.".into()
        }
        (a, s) if a.len() == areas.len() && s.len() == strategies.len() => {
            "Nothing in this quarter touches any of them yet. One beginning is enough.".into()
        }
        (a, s) => {
            let part = |what: &str, names: &[String]| match names.len() {
                0 => format!("Every {what} is touched."),
                n if n > 4 => format!(
                    "{} of the {what}s are empty.",
                    words::capital(&words::number(n as u64))
                ),
                _ => format!("Empty among the {what}s: {}.", words::list(names)),
            };
            let strategies = part("strategy", &s).replace("strategys", "strategies");
            format!("{} {strategies}", part("area", &a))
        }
    }
}

fn quarters(shown: Quarter, now: Quarter) -> Markup {
    let before = Quarter::of(shown.from.saturating_sub(3.months()));
    let after = Quarter::of(shown.from.saturating_add(3.months()));
    let link = |quarter: Quarter| {
        html! {
            li { a.chip href={ "/plan/coverage?quarter=" (words::quarter_word(quarter)) } { (words::capital(&words::quarter(quarter))) } }
        }
    };
    html! {
        nav aria-label="Quarters" {
            ul.chips {
                (link(before))
                (link(after))
                @if shown != now && before != now && after != now { li { a.chip href="/plan/coverage" { "This quarter" } } }
            }
        }
    }
}

/// What the lists are drawn from.
struct Drawn<'a> {
    sight: &'a Sight,
    words: &'a Words<'a>,
    facts: &'a HashMap<EntryId, &'a Lasting<'a>>,
    past: bool,
}

impl Drawn<'_> {
    fn list(&self, id: &str, title: &str, rows: &[Row<'_>]) -> Markup {
        html! {
            section aria-labelledby=(id) {
                h2 id=(id) { (title) }
                ul.lines { @for row in rows { (self.row(row)) } }
            }
        }
    }

    fn row(&self, row: &Row<'_>) -> Markup {
        // The latest first: that is what one remembers.
        let by: Vec<&EntryId> = row.by.iter().rev().collect();
        let more = by.get(NAMED..).unwrap_or_default();
        html! {
            li.touched {
                p.name {
                    (row.name)
                    @if by.is_empty() { " " span.chip { "empty" } }
                }
                p.soft.small { (words::capital(row.about)) }
                @if by.is_empty() && !self.past { (self.begin(row)) }
                @for id in by.iter().take(NAMED) { p.small { (self.named(**id)) } }
                @if !more.is_empty() {
                    details.link {
                        summary { "And " (more.len()) " more" }
                        @for id in more.iter().take(FOLDED) { p.small { (self.named(**id)) } }
                        @if more.len() > FOLDED { p.small.soft { "And " (more.len() - FOLDED) " before those." } }
                    }
                }
            }
        }
    }

    fn begin(&self, row: &Row<'_>) -> Markup {
        let activities = &self.sight.version.framework.activities;
        let ideas: Vec<_> = row
            .ideas
            .iter()
            .filter_map(|id| activities.iter().find(|a| a.id == *id))
            .collect();
        html! {
            p { (row.begin.said) " " a href=(row.begin.path) { (row.begin.link) } }
            @if !ideas.is_empty() {
                details.link {
                    summary { "Ideas from your profession" }
                    ul.plain { @for a in ideas { li { a href={ "/plan/activity/new?activity=" (a.id) } { (a.name) } } } }
                }
            }
        }
    }

    /// What touches it, as a link where it has a page.
    fn named(&self, id: EntryId) -> Markup {
        let Some(fact) = self.facts.get(&id) else {
            return html! {};
        };
        let said = crate::pages::did::line::short(&self.words.fact(fact.fact()));
        html! {
            @match page_of(fact.fact(), id) {
                Some(path) => a.plainly href=(path) { (said) },
                None => (said),
            }
            span.soft { ", " (day(fact.occurred_on())) }
        }
    }
}

/// The page of a thing, where it has one.
fn page_of(fact: &Fact, id: EntryId) -> Option<String> {
    Some(match fact {
        Fact::Evidence(_) => format!("/did/{id}"),
        Fact::Plan(said) => match &**said {
            PlanFact::Goal(_) => format!("/plan/goal/{id}"),
            PlanFact::Planned(_) => format!("/plan/activity/{id}"),
            PlanFact::Opportunity(_) => format!("/plan/chance/{id}"),
            PlanFact::Setback(_) => format!("/plan/setback/{id}"),
            PlanFact::Reflection(_) => format!("/plan/reflect/{id}"),
            PlanFact::Move(_) => format!("/plan/moves/{id}"),
            _ => return None,
        },
        Fact::FeedbackGiven(_) | Fact::FeedbackUsed(_) | Fact::Rating(_) => "/people".into(),
        Fact::Mastery(said) => match &**said {
            MasteryFact::RealityCheck(_) => "/mastery/check".into(),
            _ => return None,
        },
        _ => return None,
    })
}
