//! What was called likely, and what came of it.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use metier_app::Life;
use metier_app::words;
use metier_core::framework::Framework;
use metier_core::id::CompetencyId;
use metier_core::track_record::{Call, Counts, StatedBin, TrackRecord, Worth};

use crate::Shared;
use crate::layout::Page;
use crate::problem::Problem;

pub fn routes() -> Router<Shared> {
    Router::new().route("/how/calls", get(calls))
}

async fn calls(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (record, life) = (metier.track_record().await?, metier.life().await?);
    let page = html! {
        div.narrow {
            p.crumbs { a href="/how" { "How this is worked out" } }
            h1 { "What was called likely, and what came of it" }
            p.lead.soft {
                "A step is called likely the first time it is likely at the end of a month, by what was known then. \
                 Each step is called once."
            }
            section.card aria-labelledby="count" { (counted(&record)) }
            @if let Worth::Enough { bins, .. } = &record.worth { (by_chance(bins)) }
            @if !record.calls.is_empty() { (list(&record, &life)) }
            (meaning())
        }
    };
    Ok(Page::new("What was called likely").of(&metier).show(&page))
}

fn counted(record: &TrackRecord) -> Markup {
    let sentences = words::track_record(record);
    html! {
        h2.label #count { "So far" }
        @if let Some((first, further)) = sentences.split_first() {
            p.big { (first) }
            @if record.counts.called > 0 { (bar(record.counts)) }
            @for said in further { p { (said) } }
        }
    }
}

/// Width and height of the bar, in drawing units.
const WIDE: u32 = 600;
const TALL: u32 = 14;

/// The outcomes side by side: filled, crossed out, left open. The sentence above says the same.
fn bar(counts: Counts) -> Markup {
    let to = |n: u32| WIDE * n / counts.called.max(1);
    let (proven, against) = (to(counts.proven), to(counts.proven + counts.against));
    html! {
        svg.outcomes viewBox={ "0 0 " (WIDE) " " (TALL) } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.open x="1" y="1" width=(WIDE - 2) height=(TALL - 2) {}
            @if against > proven {
                rect.against x=(proven) y="0" width=(against - proven) height=(TALL) {}
                line.cross x1=(proven) y1=(TALL / 2) x2=(against) y2=(TALL / 2) {}
            }
            rect.proven x="0" y="0" width=(proven) height=(TALL) {}
        }
        ul.outcome-key.small {
            li.proven { "proven " (counts.proven) }
            @if counts.against > 0 { li.against { "spoken against " (counts.against) } }
            li.open { "still open " (counts.open) }
        }
    }
}

/// Shares by the chance that was stated.
fn by_chance(bins: &[StatedBin]) -> Markup {
    let between = |bin: &StatedBin| {
        let (low, high) = (words::chance(bin.from.get()), words::chance(bin.to.get()));
        if low == high {
            low
        } else {
            format!("{low} to {high}")
        }
    };
    html! {
        h2 #chance { "By the chance stated" }
        p.soft.small {
            "The share that is there lies between the proven ones and all that nothing speaks against. The last column \
             allows for chance as well (95%)."
        }
        div.scroll tabindex="0" role="region" aria-labelledby="chance" {
            table {
                thead {
                    tr {
                        th scope="col" { "stated" } th.n scope="col" { "proven" } th.n scope="col" { "against" }
                        th.n scope="col" { "there" } th.n scope="col" { "with chance" }
                    }
                }
                tbody {
                    @for bin in bins {
                        tr {
                            td.nowrap { (between(bin)) }
                            td.n.nowrap { (bin.proven) " of " (bin.called) }
                            td.n { (bin.against) }
                            td.n.nowrap { (span(bin.share.low.get(), bin.share.high.get())) }
                            td.n.nowrap { (span(bin.share.from.get(), bin.share.to.get())) }
                        }
                    }
                }
            }
        }
    }
}

fn span(low: f64, high: f64) -> String {
    let whole = |share: f64| format!("{:.0}", 100.0 * share);
    if whole(low) == whole(high) {
        format!("{}%", whole(low))
    } else {
        format!("{} to {}%", whole(low), whole(high))
    }
}

/// Every call, by competency, the one called last first.
fn list(record: &TrackRecord, life: &Life) -> Markup {
    let mut competencies: Vec<&CompetencyId> = Vec::new();
    for call in record.calls.iter().rev() {
        if !competencies.contains(&&call.competency) {
            competencies.push(&call.competency);
        }
    }
    html! {
        h2 #each { "Each of them" }
        div.scroll tabindex="0" role="region" aria-labelledby="each" {
            table {
                thead { tr { th scope="col" { "step" } th scope="col" { "what came of it" } } }
                @for competency in competencies {
                    @let calls = || record.calls.iter().filter(|c| c.competency == *competency);
                    tbody {
                        tr {
                            th scope="rowgroup" colspan="2" {
                                @let name = name(life, calls().next_back(), competency);
                                @if has(life, competency) { a href={ "/competency/" (competency) } { (name) } }
                                @else { (name) }
                            }
                        }
                        @for call in calls() { (row(call, life)) }
                    }
                }
            }
        }
    }
}

fn row(call: &Call, life: &Life) -> Markup {
    let rung = criteria(life, call).and_then(|f| f.ladder.rungs.iter().find(|r| r.id == call.rung));
    let on = call.at.to_zoned(jiff::tz::TimeZone::UTC).date();
    html! {
        tr {
            td {
                (rung.map_or(call.rung.as_str(), |r| &r.name))
                span.soft.small.line { (words::chance(call.stated.get())) " in " (words::month_of(on)) }
            }
            td {
                (words::outcome(call))
                @if call.own_view { span.soft { ", on your own view alone" } }
            }
        }
    }
}

fn name<'a>(life: &'a Life, call: Option<&Call>, competency: &'a CompetencyId) -> &'a str {
    call.and_then(|call| criteria(life, call))
        .and_then(|framework| framework.competency(competency))
        .map_or(competency.as_str(), |c| &c.name)
}

/// True when the criteria aimed at now have the competency, so that it has a page.
fn has(life: &Life, competency: &CompetencyId) -> bool {
    life.current()
        .is_some_and(|version| version.framework.competency(competency).is_some())
}

/// The criteria a call was made by.
fn criteria<'a>(life: &'a Life, call: &Call) -> Option<&'a Framework> {
    life.version(&call.version).map(|v| &*v.framework)
}

fn meaning() -> Markup {
    html! {
        h2 { "What this means, and what it does not" }
        ul {
            li { "A chance says how likely it is that you are at least there, not that you will have proven it by some day. So an open call is neither right nor wrong, and shares are given from \u{201c}only the proven ones are there\u{201d} to \u{201c}all that nothing speaks against are\u{201d}." }
            li { "Steps of one competency rest on the same words and examples. They stand or fall together more often than the last column allows for." }
            li { "The past is looked at by today\u{2019}s method, as the pages would have said it then. What you record later never changes an earlier call; erasing an entry can." }
        }
    }
}
