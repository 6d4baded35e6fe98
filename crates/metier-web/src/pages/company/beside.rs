//! The same record read against two sets of criteria, side by side.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AsOf, Beside, BesideRow, Version, highest_step, telling_step};
use metier_core::id::{CompetencyId, LevelId};
use metier_core::standing::{CompetencyStanding, RungStanding};

use super::{crumbs, other_family};
use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::mark::mark;
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let others = life.other_families();
    let Some(family) = other_family(&metier, asked.text("family")).await? else {
        return Ok(see_other("/framework/import"));
    };
    let Some(other) = others.iter().copied().find(|v| v.framework.family == family) else {
        return Ok(see_other("/framework/others"));
    };
    let level = level_of(other, &asked);
    let beside = metier.beside(AsOf::default(), &family, level.as_ref()).await?;
    let at = beside.own.standing.at;
    let own = &beside.own.version.framework;
    let mine = Words::new(own, &beside.own.entries, at);
    let theirs = Words::new(&other.framework, &beside.other.entries, at);
    Ok(Page::new("Side by side")
        .under(Nav::Framework)
        .of(&metier)
        .marks()
        .show(&html! {
            (crumbs("Side by side"))
            h1 { "The same record, read against both" }
            (choose(&others, other, level.as_ref()))
            div.cards.wide-cards {
                section.card aria-labelledby="own" {
                    h2.label #own { "What you aim at: " (own.title) }
                    p.big { (mine.headline(&beside.own.standing)) }
                }
                section.card.first aria-labelledby="other" {
                    h2.label #other {
                        (other.framework.title)
                        @if let Some(level) = &level { ", " (theirs.level(level)) }
                    }
                    p.big { (theirs.headline(&beside.other.standing)) }
                    (known(&beside))
                }
            }
            (table(&beside, &mine, &theirs))
            (left(&beside, &mine))
            p.soft.small { "What you recorded is read there, step by step, as you said it counts. What people think of your steps, and your own view, is said of those criteria alone." }
            div.act {
                a.btn href={ "/framework/crosswalk?family=" (family) } { "Say what counts there" }
                a href={ "/framework/questions?family=" (family) } { "What to ask" }
                a href="/framework/others" { "Other criteria" }
            }
        }))
}

/// The level an address names, else the lowest.
fn level_of(other: &Version, asked: &Sent) -> Option<LevelId> {
    let levels = &other.framework.levels;
    levels
        .iter()
        .find(|l| l.id.as_str() == asked.text("level"))
        .or(levels.first())
        .map(|l| l.id.clone())
}

fn choose(others: &[&Version], other: &Version, level: Option<&LevelId>) -> Markup {
    html! {
        form.inline method="get" action="/framework/beside" {
            div.field {
                label for="f-family" { "Criteria" }
                select #f-family name="family" {
                    @for v in others {
                        option value=(v.framework.family) selected[v.digest == other.digest] { (v.framework.title) }
                    }
                }
            }
            @if !other.framework.levels.is_empty() {
                div.field {
                    label for="f-level" { "Level" }
                    select #f-level name="level" {
                        @for l in &other.framework.levels {
                            option value=(l.id) selected[level == Some(&l.id)] { (l.name) }
                        }
                    }
                }
            }
            button.btn.quiet { "Show" }
        }
    }
}

fn known(beside: &Beside) -> Markup {
    let (known, asked) = beside.known();
    html! {
        @if asked > 0 {
            p.soft {
                "Something is known of " (known) " of the " (asked) " it asks for."
                @if known < asked { " Of the others there is no record yet, which is not the same as not being there." }
            }
        }
    }
}

fn table(beside: &Beside, mine: &Words<'_>, theirs: &Words<'_>) -> Markup {
    html! {
        table.beside-rows {
            caption { "Each competency of the other criteria, and what of yours is read as it." }
            thead { tr {
                th scope="col" { (beside.other.version.framework.title) }
                th scope="col" { "Stands there" }
                th scope="col" { "Read from yours" }
            } }
            tbody {
                @for row in &beside.rows {
                    @if let Some(standing) = beside.other.standing.competency(&row.competency) {
                        (one(beside, row, standing, mine, theirs))
                    }
                }
            }
        }
    }
}

fn one(
    beside: &Beside,
    row: &BesideRow,
    standing: &CompetencyStanding,
    mine: &Words<'_>,
    theirs: &Words<'_>,
) -> Markup {
    html! {
        tr {
            th scope="row" { (theirs.competency(&row.competency)) }
            td data-head="Stands there" { (state(standing, telling_step(standing), theirs)) }
            td data-head="Read from yours" {
                @if row.read_as.is_empty() { span.soft { "nothing yet" } }
                @else {
                    ul.plain {
                        @for id in &row.read_as {
                            li {
                                a href={ "/competency/" (id) } { (mine.competency(id)) }
                                @if let Some(own) = beside.own.standing.competency(id) { br; (state(own, highest_step(own).or_else(|| telling_step(own)), mine)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A competency in a line: the step that tells, and how it stands.
fn state(standing: &CompetencyStanding, step: Option<&RungStanding>, words: &Words<'_>) -> Markup {
    let asked = standing.expected.as_ref();
    html! {
        @match step {
            Some(rung) => span.told-state {
                (mark(rung.state, rung.grade)) " "
                (words.rung(&rung.rung)) ": " (words::state(rung.state, rung.grade))
                @if asked.is_some_and(|e| e.rung == rung.rung) { span.soft.small { " (asked for)" } }
            },
            None => span.told-state.soft { "no record" },
        }
    }
}

/// What of one's own counts nowhere there.
fn left(beside: &Beside, mine: &Words<'_>) -> Markup {
    let name = |id: &CompetencyId| mine.competency(id).to_owned();
    html! {
        @if !beside.left.is_empty() {
            details.fold {
                summary { (words::capital(&words::plural(beside.left.len() as u64, "competency", "competencies"))) " of yours read as nothing there" }
                ul { @for id in &beside.left { li { a href={ "/competency/" (id) } { (name(id)) } } } }
            }
        }
    }
}
