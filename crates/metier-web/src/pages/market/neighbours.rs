//! Professions near to one: what carries over, what is missing, what would be left unused, how many ask.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{capital, plural};
use metier_app::{demand_there, market_counts, occupation_of_family, rated_instead};
use metier_core::catalogue::{Catalogue, Classification, End, Hit, Item, Matched, Way, WayError};
use metier_market::count::Group;
use metier_market::demand::professions;

use super::{Here, beside};
use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page};
use crate::problem::Problem;

/// Neighbours shown, occupations found, and reasons of a sort that stand in a list.
const NEAR: usize = 10;
const FOUND: usize = 8;
const REASONS: usize = 8;
/// Reasons that are said in the line itself.
const SAID: usize = 3;
/// Width and height of a bar, in drawing units.
const WIDE: f64 = 200.0;
const TALL: f64 = 14.0;

/// What the page is drawn from.
struct View<'a> {
    catalogue: &'a Catalogue,
    counted: Vec<(Group, u64)>,
    from: Option<String>,
    query: &'a str,
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let title = life.current().map(|v| v.framework.title.clone());
    let family = life.current().map(|v| v.framework.family.clone());
    let Some(catalogue) = shared.catalogue().await? else {
        return Ok(Page::new("Near professions")
            .under(Nav::Market)
            .of(&metier)
            .show(&none_here()));
    };
    let own = family.as_ref().and_then(occupation_of_family);
    let chosen = Some(asked.text("occupation").to_owned()).filter(|code| !code.is_empty());
    let counts = market_counts(shared.home())?;
    let view = View {
        catalogue: &catalogue,
        counted: counts.map(|counts| professions(&counts).0).unwrap_or_default(),
        from: chosen.or(own),
        query: asked.text("q"),
    };
    let content = html! {
        (beside(Here::Neighbours))
        h1 { "Near professions" }
        @match &view.from {
            Some(from) => (around(&view, from, asked.text("to"))),
            None => (nowhere(&view, title.as_deref())),
        }
        @for credit in catalogue.all_credits() { p.soft.small { (credit) } }
    };
    Ok(Page::new("Near professions")
        .under(Nav::Market)
        .of(&metier)
        .show(&content))
}

fn none_here() -> Markup {
    html! {
        (beside(Here::Neighbours))
        h1 { "Near professions" }
        p.lead { "Which professions are near to yours, what you would bring, and what you would have to learn." }
        p { "This needs a catalogue of occupations: the O*NET database in text form, or ESCO as CSV. Both are free. Get one, and run this once in a terminal:" }
        pre { "metier catalog import FILE.zip" }
        p.soft { "It stays on this machine." }
    }
}

/// Where no occupation stands behind the criteria.
fn nowhere(view: &View<'_>, title: Option<&str>) -> Markup {
    let query = if view.query.is_empty() {
        title.unwrap_or("")
    } else {
        view.query
    };
    html! {
        p.lead { "From which occupation do you look?" }
        @if let Some(title) = title {
            p { "Your criteria, " (title) ", were written by hand, not drafted from an occupation of the catalogue. Choose the occupation nearest to what you do." }
        }
        (search(view, None))
        (hits(&view.catalogue.search(query, FOUND), query, None))
    }
}

fn search(view: &View<'_>, from: Option<&str>) -> Markup {
    html! {
        form.inline method="get" action="/market/neighbours" role="search" {
            @if let Some(from) = from { input type="hidden" name="occupation" value=(from); }
            div.field {
                label for="f-q" { "Find an occupation" }
                input #f-q type="search" name="q" value=(view.query) autocomplete="off" placeholder="baker, web designer, midwife\u{2026}";
            }
            button.btn.quiet { "Find" }
        }
    }
}

fn address(from: &str, to: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("occupation", from);
    if let Some(to) = to {
        query.append_pair("to", to);
    }
    format!("/market/neighbours?{}", query.finish())
}

fn hits(found: &[Hit], query: &str, from: Option<&End>) -> Markup {
    html! {
        @if found.is_empty() {
            @if !query.is_empty() { p role="status" { "Nothing was found for \u{201c}" (query) "\u{201d}. Try another word for the work." } }
        } @else {
            ul.lines {
                @for hit in found {
                    li {
                        p.name { (capital(&hit.title)) " " span.soft.small { (hit.classification.name()) " " (hit.code) } }
                        p.small {
                            @if let Matched::AlternateTitle(title) = &hit.matched { span.soft { "Also called " (title) ". " } }
                            @if let Some(from) = from.filter(|from| from.code != hit.code) {
                                a href=(address(&from.code, Some(&hit.code))) { "The way there" span.hide { " to " (hit.title) } } " \u{b7} "
                            }
                            a href=(address(&hit.code, None)) { "Look from there" span.hide { ": " (hit.title) } }
                        }
                    }
                }
            }
        }
    }
}

fn around(view: &View<'_>, from: &str, to: &str) -> Markup {
    let near = if to.is_empty() {
        view.catalogue.neighbours(from, NEAR)
    } else {
        view.catalogue.way(from, to).map(|way| vec![way])
    };
    let end = end_of(view.catalogue, from);
    html! {
        @if let Some(end) = &end {
            p.lead { "From " strong { (capital(&end.title)) } " " span.soft.small { "(" (end.code) ")" } @if let Some(asks) = asks(view, &end.code) { ". " span.soft { (asks) } } }
        }
        @match &near {
            Ok(ways) => {
                @if !to.is_empty() { p { a href=(address(from, None)) { "All that is near to it" } } }
                (list(view, ways, !to.is_empty()))
                @if let Some(way) = ways.first() { (how(way.classification)) } @else { p { "No other occupation can be compared with it." } }
            }
            Err(error) => (not_compared(view, error, to)),
        }
        section aria-labelledby="other" {
            h2 #other { "Another one" }
            (search(view, Some(from)))
            @if !view.query.is_empty() { (hits(&view.catalogue.search(view.query, FOUND), view.query, end.as_ref())) }
        }
    }
}

fn end_of(catalogue: &Catalogue, code: &str) -> Option<End> {
    let onet = catalogue.occupation(code).map(|o| (&o.code, &o.title));
    let found = onet.or_else(|| catalogue.esco_occupation(code).map(|o| (&o.code, &o.title)));
    found.map(|(code, title)| End {
        code: code.clone(),
        title: title.clone(),
    })
}

/// Why there is nothing to see, and where there is.
fn not_compared(view: &View<'_>, error: &WayError, to: &str) -> Markup {
    let code = match error {
        WayError::NotRated { code, .. } => Some(code.as_str()),
        _ => None,
    };
    let instead = code
        .map(|code| rated_instead(view.catalogue, code))
        .unwrap_or_default();
    html! {
        div.notice {
            p { (capital(&error.to_string())) "." }
            @if code.is_some() { p { "That is a gap in what the publisher tells, and says nothing of the work." } }
        }
        @if !instead.is_empty() {
            p { @if to.is_empty() { "Look from one of these, which are near to it and known:" } @else { "These are near to it and known:" } }
            ul { @for end in &instead { li { a href=(address(&end.code, None)) { (capital(&end.title)) } " " span.soft.small { (end.code) } } } }
        }
    }
}

/// How many of the postings counted ask for it.
fn asks(view: &View<'_>, code: &str) -> Option<String> {
    let there = demand_there(view.catalogue, &view.counted, code)?;
    Some(match there.postings {
        0 => format!(
            "None of the {} whose profession is known is of its group.",
            plural(there.of, "posting counted", "postings counted")
        ),
        n => format!(
            "{} of the {} whose profession is known are of its group.",
            capital(&metier_app::words::number(n)),
            plural(there.of, "posting counted", "postings counted")
        ),
    })
}

fn list(view: &View<'_>, ways: &[Way], open: bool) -> Markup {
    let most = ways
        .iter()
        .map(|w| w.missing.max(w.unused))
        .fold(0.0, f64::max)
        .max(1e-9);
    html! {
        ul.lines.near {
            @for way in ways {
                li {
                    p.name { (capital(&way.to.title)) " " span.soft.small { (way.to.code) } }
                    (gap("Missing", way.missing, most))
                    (gap("Left unused", way.unused, most))
                    @if !way.to_learn.is_empty() { p.small { "Most to learn: " (most_of(&way.to_learn)) "." } }
                    @if let Some(asks) = asks(view, &way.to.code) { p.small.soft { (asks) } }
                    details.small open[open] {
                        summary { "What carries over, what is missing, what would be left unused" span.hide { ": " (way.to.title) } }
                        (reasons("Missing", &way.to_learn, "Nothing."))
                        (reasons("Carries over", &way.carries_over, "Nothing that is listed."))
                        (reasons("Would be left unused", &way.left_unused, "Nothing."))
                        @if way.without_figure > 0 {
                            p.soft { "Left out: " (plural(way.without_figure as u64, "thing", "things")) " the publisher gives no reliable figure for." }
                        }
                    }
                    p.small {
                        a href={ "/start?" (form_urlencoded::Serializer::new(String::new()).append_pair("search", &way.to.code).finish()) } { "Draft a framework of it" span.hide { ": " (way.to.title) } }
                        " \u{b7} " a href=(address(&way.to.code, None)) { "Look from there" span.hide { ": " (way.to.title) } }
                    }
                }
            }
        }
    }
}

/// The weightiest reasons, in a line.
fn most_of(items: &[Item]) -> String {
    let names: Vec<String> = items
        .iter()
        .take(SAID)
        .map(|item| item.name.to_lowercase())
        .collect();
    metier_app::words::list(&names)
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.5 => "under 1%".into(),
        p => format!("{p:.0}%"),
    }
}

/// A part of the whole as a bar with its words; the scale ends at the largest of the list.
fn gap(name: &str, share: f64, most: f64) -> Markup {
    let wide = (share / most * WIDE * 10.0).round() / 10.0;
    html! {
        p.gap.small {
            span { (name) " " strong { (percent(share)) } }
            svg.interval viewBox={ "0 0 " (WIDE) " " (TALL) } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                line.axis x1="0" x2=(WIDE) y1=(TALL / 2.0) y2=(TALL / 2.0) {}
                @if wide > 0.0 { rect.range x="0" y="2" width=(wide) height=(TALL - 4.0) {} }
            }
        }
    }
}

fn reasons(name: &str, items: &[Item], none: &str) -> Markup {
    html! {
        h3 { (name) }
        @if items.is_empty() { p { (none) } } @else {
            ul {
                @for item in items.iter().take(REASONS) {
                    li {
                        (capital(&item.name)) " " span.soft {
                            "(" @if item.knowledge { "knowledge, " } (percent(item.part))
                            @if let (Some(from), Some(to)) = (item.level_from, item.level_to) { ", level " (format!("{from:.1}")) " to " (format!("{to:.1}")) }
                            ")"
                        }
                    }
                }
            }
            @if items.len() > REASONS { p.soft { "And " (items.len() - REASONS) " more: " code { "metier market neighbours --json" } } }
        }
    }
}

fn how(classification: Classification) -> Markup {
    html! {
        details.fold {
            summary { "How near is measured" }
            p.small {
                @match classification {
                    Classification::Onet => "O*NET rates how much skill and knowledge each occupation needs, 0 to 7. Missing is how far your level falls short of theirs, weighed by how much it matters there; 100% would be all seven steps in everything. Levels are of the average of the occupation, and not your own.",
                    Classification::Esco => "ESCO lists the skills each occupation needs. Missing is the part of its essential skills that yours does not list; rare skills weigh more. What an occupation lists is what people in it usually need, and not what you can do yourself.",
                }
            }
            p.small { "Left unused is the same the other way round. Neither makes up for the other. The nearest by both together come first. Each bar ends at the largest of this page." }
        }
    }
}
