//! The look before sharing: exactly what others would see, what looks like a name in it, and what is
//! left out and why.

mod instead;
pub mod noted;

use std::collections::HashSet;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use metier_app::words::{self, capital, day, number, plural};
use metier_core::disclosure::{
    LeftOut, Outcome, Piece, Reader, Scan, Scanned, Shared as Seen, SharedText, View, What, Which, scan,
};
use metier_core::id::EntryId;

use super::people::own_view::waits;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page};
use crate::pages::guide::why;
use crate::problem::Problem;

/// Entries on one page.
const PER_PAGE: usize = 40;

const VIEWS: [(&str, &str, View); 4] = [
    ("packet", "a packet or a review sheet", View::Packet),
    ("feedback", "a feedback form", View::FeedbackForm),
    ("receipt", "a receipt", View::Receipt),
    ("public", "a public page", View::Public),
];

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/scan", get(show))
        .route("/scan/shared", axum::routing::post(noted::note))
        .route("/scan/words/{entry}", get(instead::show).post(instead::save))
}

async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let in_view = view_of(&asked);
    let chosen: HashSet<EntryId> = chosen_of(&asked).into_iter().collect();
    let which = if chosen.is_empty() {
        Which::AllIfShared
    } else {
        Which::IfShared(&chosen)
    };
    let scanned = scan(
        &entries,
        metier.surroundings().now(),
        which,
        &reader(in_view),
        in_view,
    );
    let order = in_order(&scanned);
    let pages = order.len().div_ceil(PER_PAGE).max(1);
    let here = asked.text("page").parse().unwrap_or(1_usize).clamp(1, pages);
    let listed = &order[(here - 1) * PER_PAGE..order.len().min(here * PER_PAGE)];
    Ok(Page::new("What others would see")
        .under(Nav::Did)
        .of(&metier)
        .show(&html! {
            p.crumbs { a href="/did" { "What I did" } }
            h1 { "What others would see" }
            p { "Exactly these words, if you put everything into " (words::view(in_view)) ". Nothing is shared by looking." }
            (noted::told(&asked))
            (waits(&metier).await?)
            (choice(&asked))
            (summary(&scanned))
            ul.lines { @for item in listed { (line(item)) } }
            (pager(&asked, here, pages))
            @if scanned.seen().next().is_some() {
                (noted::of_entries(&chosen_of(&asked), in_view, metier.surroundings().today()))
            }
            (noted::history(&entries))
            p.soft.small { "Names are found by the words around them, in English, German, French, Spanish and Dutch, and not all of them. Look yourself before you give anything away." }
            (why(&["privacy"]))
        }))
}

/// Where it would be seen.
fn view_of(asked: &Sent) -> View {
    VIEWS
        .iter()
        .find(|(id, ..)| *id == asked.text("for"))
        .map_or(View::Packet, |(.., view)| *view)
}

/// The entries a look was narrowed to.
fn chosen_of(asked: &Sent) -> Vec<EntryId> {
    asked.all("entry").filter_map(|word| word.parse().ok()).collect()
}

fn id_of(in_view: View) -> &'static str {
    VIEWS
        .iter()
        .find(|(.., view)| *view == in_view)
        .map_or("packet", |(id, ..)| *id)
}

/// Whoever it would be given to: sharing is decided for each entry, not for a person, by looking.
fn reader(in_view: View) -> Reader {
    match in_view {
        View::Public => Reader::Anyone,
        View::Packet | View::FeedbackForm | View::Receipt => Reader::Party(String::new()),
    }
}

/// What asks for a look comes first, then what is left out, then the rest; latest first.
fn in_order<'s, 'a>(scan: &'s Scan<'a>) -> Vec<&'s Scanned<'a>> {
    let rank = |item: &Scanned<'_>| match &item.outcome {
        Outcome::Seen(seen) if seen.looks().next().is_some() => 0,
        Outcome::LeftOut(_) => 1,
        Outcome::Seen(_) => 2,
    };
    let mut items: Vec<&Scanned<'_>> = scan.items.iter().collect();
    items.sort_by_key(|item| rank(item));
    items
}

fn choice(asked: &Sent) -> Markup {
    let views: Vec<(&str, &str)> = VIEWS.iter().map(|(id, name, _)| (*id, *name)).collect();
    let form = Shown {
        sent: asked,
        faults: &[],
    };
    html! {
        form.inline method="get" action="/scan" {
            @for entry in asked.all("entry") { input type="hidden" name="entry" value=(entry); }
            (form.choice(Field::new("for", "In"), &views))
            button.btn.quiet { "Look" }
            a href="/settings/names" { "Names to keep out" }
        }
    }
}

fn summary(scan: &Scan<'_>) -> Markup {
    let seen = scan.seen().count() as u64;
    let marks = scan.warnings().count() as u64;
    let replaced = scan.replaced() as u64;
    let out: Vec<String> = [
        (LeftOut::NoTextForOthers, "confidential, with no text for others"),
        (LeftOut::GivenForDevelopment, "given for development only"),
        (LeftOut::NotTold, "whose giver was not told of it"),
        (LeftOut::NoPlace, "of a sort that has no place in it"),
    ]
    .into_iter()
    .map(|(reason, why)| (scan.left_out(reason) as u64, why))
    .filter(|(n, _)| *n > 0)
    .map(|(n, why)| format!("{} {why}", number(n)))
    .collect();
    html! {
        div.notice.warn[marks > 0] role="status" {
            p { strong { (capital(&plural(seen, "thing", "things"))) " would be seen" }
                @if replaced > 0 { ", with " (plural(replaced, "name", "names")) " replaced" } "." }
            @if !out.is_empty() { p { "Left out: " (words::list(&out)) "." } }
            @if marks > 0 {
                p { (capital(&plural(marks, "word or number looks like a name", "words or numbers look like names")))
                    ", marked below. Reword it, write what others read, or " a href="/settings/names" { "keep the name out" } "." }
            } @else if seen > 0 { p { "Nothing in it looks like a name." } }
        }
    }
}

fn line(item: &Scanned<'_>) -> Markup {
    let happened = matches!(item.what, What::Evidence { .. });
    let write = if happened {
        format!("/did/{}/correct#f-redacted", item.entry)
    } else {
        format!("/scan/words/{}", item.entry)
    };
    html! {
        li {
            p.soft.small { (day(item.on)) " · " (words::sort(&item.what))
                @if let Outcome::Seen(seen) = &item.outcome { @if seen.redacted() { " · the text for others" } }
                @if item.shared { " · shared already" } }
            @match &item.outcome {
                Outcome::LeftOut(reason) => {
                    p.name.soft { @if item.line().is_empty() { "(no words)" } @else { (item.line()) } }
                    p.small { strong { "Left out. " } (words::left_out(*reason)) }
                }
                Outcome::Seen(seen) => { (texts(seen)) }
            }
            p.small {
                @if happened { a href={ "/did/" (item.entry) } { "The entry" } " · " }
                a href=(write) { "Write what others read" }
            }
        }
    }
}

/// The texts that are seen, with what looks like a name marked and named.
pub fn texts(seen: &Seen) -> Markup {
    html! {
        @for (n, (field, text)) in seen.texts().iter().enumerate() {
            @if n == 0 && *field != "by" { p.name { (marked(text)) } }
            @else { p.as-written.small { span.soft { (words::field(field)) ": " } (marked(text)) } }
        }
        @for (words, like) in seen.looks() {
            p.small { strong { "Look: " } "“" (words) "” looks like " (words::like(like)) "." }
        }
    }
}

/// A text as it would be seen.
fn marked(text: &SharedText) -> Markup {
    html! {
        @for piece in text.pieces() {
            @match piece {
                Piece::Plain(words) => (words),
                Piece::Replaced(instead) => span.instead { (instead) },
                Piece::Looks { words, .. } => mark { (words) },
            }
        }
    }
}

fn pager(asked: &Sent, here: usize, pages: usize) -> Markup {
    let to = |page: usize| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in asked.fields().filter(|(name, _)| *name != "page") {
            query.append_pair(name, value);
        }
        query.append_pair("page", &page.to_string());
        format!("/scan?{}", query.finish())
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
