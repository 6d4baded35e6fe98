//! What postings ask for: shares with intervals, tested trends, the sentences behind them.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use metier_app::words::demand as words;
use metier_app::words::{capital, plural};
use metier_app::{AppError, DemandSeen, Joined, JoinedRow};
use metier_market::concept::{ConceptId, Scheme};
use metier_market::count::{Counts, Month};
use metier_market::demand::{Asked as Question, Demand, Direction, Row};

use super::demand_charts::{interval, months};
use super::{Here, beside};
use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page};
use crate::path::Path;
use crate::problem::Problem;

/// Rows of a page, professions to choose from, and names and files listed.
const ROWS: usize = 50;
const PROFESSIONS: usize = 60;
const NAMES: usize = 100;
const FILES: usize = 40;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/market/demand", get(page))
        .route("/market/demand/{concept}", get(one))
}

/// What is asked of the page.
struct View {
    question: Question,
    sort: &'static str,
    from: usize,
}

impl View {
    fn of(sent: &Sent) -> Self {
        let text = |name: &str| Some(sent.text(name)).filter(|t| !t.is_empty()).map(str::to_owned);
        let profession = text("profession").filter(|p| p.len() <= 16);
        Self {
            question: Question {
                profession,
                month: text("month").and_then(|m| Month::parse(&m)),
            },
            sort: match sent.text("sort") {
                "trend" => "trend",
                "name" => "name",
                _ => "share",
            },
            from: sent.text("from").parse().unwrap_or(0),
        }
    }

    fn address(&self, from: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(profession) = &self.question.profession {
            query.append_pair("profession", profession);
        }
        if let Some(month) = self.question.month {
            query.append_pair("month", &month.to_string());
        }
        query.append_pair("sort", self.sort);
        query.append_pair("from", &from.to_string());
        format!("/market/demand?{}", query.finish())
    }

    /// The rows in the order asked for.
    fn sorted<'a>(&self, demand: &'a Demand) -> Vec<&'a Row> {
        let mut rows: Vec<&Row> = demand.rows.iter().collect();
        match self.sort {
            "name" => rows.sort_by_key(|r| r.label.to_lowercase()),
            "trend" => rows.sort_by_key(|r| match r.trend.direction() {
                Some(Direction::New) => 0,
                Some(Direction::Rising) => 1,
                Some(Direction::Falling) => 2,
                Some(Direction::Unclear) => 3,
                None => 4,
            }),
            _ => {}
        }
        rows
    }
}

async fn page(State(shared): State<Shared>, Asked(sent): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let view = View::of(&sent);
    let seen = metier.market_demand(&view.question).await?;
    let content = html! {
        (beside(Here::Demand))
        h1 { "What postings ask for" }
        @match &seen {
            None => (nothing()),
            Some(seen) => (whole(seen, &view)),
        }
    };
    Ok(Page::new("What postings ask for")
        .under(Nav::Market)
        .of(&metier)
        .show(&content))
}

fn nothing() -> Markup {
    html! {
        p.lead { "No postings were read yet." }
        p { "Here you see what thousands of postings ask for, as shares with what chance allows. Read some in a terminal:" }
        pre { "metier market ingest postings.jsonl.gz" }
        p { "They stay on this machine. A dozen postings that you would answer yourself need none of this." }
    }
}

fn whole(seen: &DemandSeen, view: &View) -> Markup {
    let demand = &seen.demand;
    let rows = view.sorted(demand);
    let from = view.from.min(rows.len());
    let part = &rows[from..rows.len().min(from + ROWS)];
    html! {
        p.lead { (words::of(demand)) }
        p { (words::stated(demand)) }
        (caution(demand))
        (filter(seen, view))
        @if let Some(joined) = &seen.joined { (own(joined)) }
        h2 #asked { "Asked for" }
        @if rows.is_empty() {
            p { "Nothing that is looked for is in these postings." }
        } @else {
            (table(part, demand))
            (further(view, from, rows.len()))
        }
        (beyond_chance("new", "New", "Not asked for before the last twelve months, and now.", demand.appeared()))
        (beyond_chance("fading", "Fading", "Asked for less and less, beyond chance.", demand.fading()))
        (unknown(demand))
        (sources(&seen.counts))
    }
}

fn caution(demand: &Demand) -> Markup {
    html! { p.small.soft.caution { (demand.coverage) " (" (demand.coverage_source) ")" } }
}

fn filter(seen: &DemandSeen, view: &View) -> Markup {
    let (all, without) = &seen.professions;
    let chosen = view.question.profession.as_deref().unwrap_or("");
    let listed = all.iter().take(PROFESSIONS).any(|(g, _)| g.as_str() == chosen);
    html! {
        form.inline.demand-filter method="get" action="/market/demand" {
            @if !all.is_empty() {
                label { "Profession"
                    select name="profession" {
                        option value="" { "all" }
                        @if !chosen.is_empty() && !listed { option value=(chosen) selected { (chosen) } }
                        @for (group, n) in all.iter().take(PROFESSIONS) {
                            option value=(group) selected[group.as_str() == chosen] { (group) " (" (n) ")" }
                        }
                    }
                }
            }
            label { "Order"
                select name="sort" {
                    @for (value, name) in [("share", "most asked for"), ("trend", "trend"), ("name", "name")] {
                        option value=(value) selected[value == view.sort] { (name) }
                    }
                }
            }
            button.btn.quiet { "Show" }
        }
        @if !all.is_empty() && *without > 0 {
            p.small.soft { (capital(&plural(*without, "posting has", "postings have"))) " no profession and count under all only." }
        }
    }
}

fn table(rows: &[&Row], demand: &Demand) -> Markup {
    let most = rows.iter().map(|r| r.high).fold(0.0, f64::max);
    html! {
        div.scroll tabindex="0" role="region" aria-labelledby="asked" {
            table.demand {
                caption { "Each bar is the 95% interval (" (demand.interval) "), the line in it the share; the scale ends at " (words::per_cent(most)) ". Select a name for its sentences." }
                thead {
                    tr {
                        th scope="col" { "What" } th.n scope="col" { "Postings" } th.n scope="col" { "Share" }
                        th scope="col" { "With chance" } th scope="col" { "Trend" }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" { a href={ "/market/demand/" (row.concept.0) } { (row.label) } }
                            td.n { (row.postings) }
                            td.n.nowrap { (words::per_cent(row.share)) }
                            td { (interval(row, most)) span.small.nowrap { (words::per_cent(row.low)) " to " (words::per_cent(row.high)) }
                                @if let Some(drawn) = words::drawn(row) { br; span.small.soft { (drawn) } }
                            }
                            td.small { (words::trend_short(row)) }
                        }
                    }
                }
            }
        }
    }
}

fn further(view: &View, from: usize, all: usize) -> Markup {
    html! {
        @if all > ROWS {
            p.pages {
                @if from > 0 { a href=(view.address(from.saturating_sub(ROWS))) { "The " (ROWS) " before" } " · " }
                (from + 1) " to " (all.min(from + ROWS)) " of " (all)
                @if from + ROWS < all { " · " a href=(view.address(from + ROWS)) { "The next " (ROWS.min(all - from - ROWS)) } }
            }
        }
    }
}

fn own(joined: &Joined) -> Markup {
    let lists = [
        ("Asked for, and no step of it is proven", &joined.asked_not_shown),
        ("Proven, and asked for less and less", &joined.shown_and_fading),
        ("Proven, and asked for", &joined.asked_and_shown),
    ];
    html! {
        section.card aria-labelledby="own" {
            h2.label #own { "Your own competencies" }
            @for (name, rows) in lists {
                @if !rows.is_empty() { h3 { (name) } ul { @for row in rows { (own_row(row)) } } }
            }
            @if joined.not_named > 0 {
                p.small.soft {
                    (capital(&plural(joined.not_named as u64, "competency is", "competencies are")))
                    " named in no posting. They may be asked for in other words."
                }
            }
        }
    }
}

fn own_row(row: &JoinedRow) -> Markup {
    html! {
        li {
            a href={ "/competency/" (row.competency) } { (row.name) } ": "
            (plural(row.postings, "posting", "postings")) ", " (words::per_cent(row.low)) " to " (words::per_cent(row.high))
        }
    }
}

fn beyond_chance<'a>(id: &str, name: &str, what: &str, rows: impl Iterator<Item = &'a Row>) -> Markup {
    let rows: Vec<&Row> = rows.take(ROWS).collect();
    html! {
        @if !rows.is_empty() {
            h2 id=(id) { (name) }
            p.small.soft { (what) }
            ul { @for row in rows { li { a href={ "/market/demand/" (row.concept.0) } { (row.label) } } } }
        }
    }
}

fn unknown(demand: &Demand) -> Markup {
    html! {
        @if !demand.unknown.is_empty() {
            details.fold {
                summary { "Names that no list has" }
                p.small.soft { "Marked as asked for, and fitting no concept. The counts are upper bounds." }
                ul { @for name in demand.unknown.iter().take(NAMES) { li { (name.name) ": at most " (name.at_most) } } }
            }
        }
    }
}

fn sources(counts: &Counts) -> Markup {
    let all: Vec<_> = counts.sources().map(|(_, source)| source).collect();
    html! {
        details.fold {
            summary { "Sources" }
            ul {
                @for source in all.iter().take(FILES) {
                    li { (source.name) ": " (plural(source.postings, "posting", "postings"))
                        @if source.reposts > 0 { ", " (plural(source.reposts, "repost", "reposts")) " left out" }
                        @if source.damaged > 0 { ", " (plural(source.damaged, "document", "documents")) " could not be read" }
                    }
                }
            }
            @if all.len() > FILES { p { "and " (plural((all.len() - FILES) as u64, "file", "files")) " more." } }
        }
    }
}

async fn one(State(shared): State<Shared>, Path(concept): Path<u32>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = metier.market_demand(&Question::default()).await?;
    let missing = || {
        let said = AppError::not_found("no posting that was read asks for this");
        Problem::App(said.hint("What is asked for stands on the page before this."))
    };
    let seen = seen.ok_or_else(missing)?;
    let found = |r: &&Row| r.concept == ConceptId(concept);
    let row = seen.demand.rows.iter().find(found).ok_or_else(missing)?;
    let content = html! {
        div.narrow {
            p.crumbs { a href="/market/demand" { "What postings ask for" } }
            h1 { (row.label) }
            p.lead { "Asked for in " (words::share(row, &seen.demand)) "." }
            p.small.soft { (from(row)) }
            h2 { "Month by month" }
            @let all = Demand::monthly(&seen.counts, row.concept, None);
            @if all.is_empty() { p { (words::stated(&seen.demand)) } (caution(&seen.demand)) } @else {
                p { @match words::trend(row) { Some(trend) => (words::sentence(&trend)), None => (words::stated(&seen.demand)) } }
                (months(&all, &seen.demand))
            }
            (sentences(&seen, row))
        }
    };
    Ok(Page::new(row.label.clone())
        .under(Nav::Market)
        .of(&metier)
        .show(&content))
}

fn from(row: &Row) -> &'static str {
    match row.scheme {
        Scheme::Own => "A competency of your own framework.",
        Scheme::OnetTechnology => "Technology, by O*NET.",
        Scheme::Esco => "A skill of ESCO.",
    }
}

fn sentences(seen: &DemandSeen, row: &Row) -> Markup {
    let kept = seen.counts.examples(row.concept);
    let mut shown: Vec<(String, Markup)> = Vec::new();
    for e in kept {
        let whole = format!("{}{}{}", e.before, e.words, e.after);
        if shown.iter().all(|(text, _)| *text != whole) {
            let said = html! {
                (e.before) mark { (e.words) } (e.after)
                br; span.small.soft { (e.origin.file) ", " (e.origin.document) }
            };
            shown.push((whole, said));
        }
    }
    html! {
        h2 { "In these words" }
        p.small.soft { "A sample that does not depend on what it says. Sentences that are word for word the same stand here once." }
        ul.lines { @for (_, said) in &shown { li { (said) } } }
    }
}
