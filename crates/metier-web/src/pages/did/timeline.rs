//! The timeline: everything done, newest first, by month; what was corrected, taken back and erased
//! stays to be seen.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{Words, capital, day, detail, list, plural, role, short_day};
use metier_app::{Deed, Metier, Tombstone, deeds, tombstones};
use metier_core::evidence::{Artefact, ClaimAbout, Happening};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::journal::Entry;

use super::line::{month, short};
use super::{address, claims, kinds, quick, year};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, notice};
use crate::problem::Problem;

/// Things on one page.
const PER_PAGE: usize = 40;
/// Claims of one thing shown in the list.
const CLAIMS: usize = 2;

pub async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let today = metier.surroundings().today();
    let blank = Sent::default().with("date", today.to_string());
    let waiting = metier.captured().await?.len();
    Ok(page(
        &metier,
        waiting,
        &entries,
        &life.needed()?.framework,
        &asked,
        &blank,
        &[],
    ))
}

/// One line of the timeline.
enum Told<'a> {
    Deed(&'a Deed<'a>),
    Erased(&'a Tombstone),
}

impl Told<'_> {
    fn on(&self) -> Date {
        match self {
            Self::Deed(deed) => deed.wording.on,
            Self::Erased(stone) => stone.on,
        }
    }
}

/// The page: `asked` filters it, `sent` is the quick form, `waiting` how many drafts wait for a yes.
pub fn page(
    metier: &Metier,
    waiting: usize,
    entries: &[Entry],
    framework: &Framework,
    asked: &Sent,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let today = metier.surroundings().today();
    let words = Words::new(framework, entries, today);
    let all = deeds(entries);
    let stones = tombstones(entries);
    let found = chosen(&all, &stones, asked);
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let here = asked.text("page").parse().unwrap_or(1_usize).clamp(1, pages);
    let listed = &found[(here - 1) * PER_PAGE..found.len().min(here * PER_PAGE)];
    let form = Shown { sent, faults };
    let page = Page::new("What I did").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        h1 { "What I did" }
        (said(&all, &words, asked))
        @if waiting > 0 {
            p.notice { a href="/did/drafts" { (capital(&plural(waiting as u64, "draft", "drafts"))) } " "
                @if waiting == 1 { "waits" } @else { "wait" } " for your yes. Nothing of it counts until then." }
        }
        div.did {
            div { (quick::draw(&form, framework)) }
            aside { (year::glance(&all, asked, today)) }
        }
        @if !all.is_empty() || !stones.is_empty() { (filters(&all, framework, asked)) }
        @if all.is_empty() && stones.is_empty() { (nothing()) }
        @else if found.is_empty() { p role="status" { "Nothing fits. " a href="/did" { "Show everything" } } }
        @else {
            p.soft.small.told-count role="status" { (capital(&plural(found.len() as u64, "thing", "things"))) @if pages > 1 { ", page " (here) " of " (pages) } }
            (months(listed, framework, &words, metier))
            (pager(asked, here, pages))
            p.soft { "Before you give any of it away: " a href="/scan" { "look what others would see" } "." }
        }
    })
}

fn nothing() -> Markup {
    html! {
        section.card {
            h2 { "Nothing is here yet" }
            p { "One line about one thing you did last year is enough to begin. Later, add what shows it: a file, \
                 a link, or the word of somebody who was there." }
            p { a href="/did/paste" { "Paste a list or a resume you have" } ", or "
                a href="/did/table" { "bring a table of attempts" } "." }
        }
    }
}

/// What was just done.
fn said(all: &[Deed<'_>], words: &Words<'_>, asked: &Sent) -> Markup {
    if asked.text("done") == "erased" {
        return notice(&html! { p { "Erased for good. A mark stays that something was." } });
    }
    if let Ok(many) = asked.text("recorded").parse::<u64>() {
        return notice(&html! { p { "Recorded " (plural(many, "thing", "things")) "." } });
    }
    let added = asked.text("added").parse::<EntryId>().ok();
    let Some(deed) = added.and_then(|id| all.iter().find(|d| d.id == id)) else {
        return html! {};
    };
    notice(&html! {
        p { "Recorded: " strong { (short(&deed.wording.evidence.title)) } "."
            @for (_, claim) in &deed.claims {
                @if let ClaimAbout::Step(step) = &claim.about {
                    " It counts for " (words.competency(&step.competency)) ", " (words.rung(&step.rung)) "."
                }
            }
            " " a href=(address(deed.id)) { @if deed.backed() { "Say more" } @else { "Say more, or add what shows it" } } }
    })
}

/// What the filters leave, newest first.
fn chosen<'a>(all: &'a [Deed<'a>], stones: &'a [Tombstone], asked: &Sent) -> Vec<Told<'a>> {
    let kind = kinds::of_id(asked.text("kind"));
    let competency = asked.text("for");
    let wanted_year = asked.text("year").parse::<i16>().ok();
    let query = asked.text("q").to_lowercase();
    let terms: Vec<&str> = query.split_whitespace().collect();
    let with_taken_back = asked.has("all");
    let fits = |deed: &&Deed<'_>| {
        (with_taken_back || deed.taken_back.is_none())
            && kind.is_none_or(|k| deed.wording.evidence.what.kind() == k)
            && wanted_year.is_none_or(|y| deed.wording.on.year() == y)
            && (competency.is_empty() || bears_on(deed, competency))
            && (terms.is_empty() || says(deed, &terms))
    };
    let mut found: Vec<Told<'a>> = all.iter().filter(fits).map(Told::Deed).collect();
    let narrowed = kind.is_some() || !competency.is_empty() || !terms.is_empty();
    if !narrowed {
        let of_year = stones
            .iter()
            .filter(|s| wanted_year.is_none_or(|y| s.on.year() == y));
        found.extend(of_year.map(Told::Erased));
        found.sort_by_key(|told| std::cmp::Reverse(told.on()));
    }
    found
}

fn bears_on(deed: &Deed<'_>, competency: &str) -> bool {
    deed.claims
        .iter()
        .any(|(_, c)| matches!(&c.about, ClaimAbout::Step(step) if step.competency.as_str() == competency))
}

/// True when every word is somewhere in the line, the story or the kind's fields.
fn says(deed: &Deed<'_>, terms: &[&str]) -> bool {
    let evidence = deed.wording.evidence;
    let fields = kinds::told(&evidence.what);
    let texts = [evidence.title.as_str(), evidence.story.as_str()];
    let text: String = texts
        .into_iter()
        .chain(fields.iter().map(|(_, text)| text.as_str()))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    terms.iter().all(|term| text.contains(term))
}

fn filters(all: &[Deed<'_>], framework: &Framework, asked: &Sent) -> Markup {
    let form = Shown {
        sent: asked,
        faults: &[],
    };
    let any = |name: &'static str| std::iter::once(("", name));
    let kinds: Vec<(&str, &str)> = any("any kind")
        .chain(kinds::KINDS.iter().map(|k| (k.id, k.name)))
        .collect();
    let years: Vec<String> = year::years(all).iter().map(ToString::to_string).collect();
    let years: Vec<(&str, &str)> = any("any year")
        .chain(years.iter().map(|y| (y.as_str(), y.as_str())))
        .collect();
    let narrowed = ["q", "kind", "for", "year", "all"].iter().any(|f| asked.has(f));
    html! {
        details.fold.filters open[narrowed] {
            summary { "Find something" }
            form method="get" action="/did" {
                div.inline {
                    (form.line("search", Field::new("q", "Words in it").optional()))
                    (form.choice(Field::new("kind", "Kind"), &kinds))
                    (form.grouped_choice(Field::new("for", "Shows"), "anything", &claims::competencies(framework)))
                    (form.choice(Field::new("year", "Year"), &years))
                }
                div.row {
                    (form.tick("all", "yes", "with what was taken back"))
                    button.btn.quiet { "Find" }
                    @if narrowed { a href="/did" { "Show everything" } }
                }
            }
        }
    }
}

fn months(listed: &[Told<'_>], framework: &Framework, words: &Words<'_>, metier: &Metier) -> Markup {
    let same_month = |a: &Told<'_>, b: &Told<'_>| a.on().first_of_month() == b.on().first_of_month();
    html! {
        @for of_month in listed.chunk_by(same_month) {
            section {
                h2.label { (of_month.first().map_or(String::new(), |t| month(t.on()))) }
                ul.lines {
                    @for told in of_month {
                        @match told {
                            Told::Deed(deed) => (line(deed, framework, words, metier)),
                            Told::Erased(stone) => {
                                li.told.gone {
                                    p.soft { "Something was erased for good on " (day(stone.on)) "."
                                        @if !stone.reason.is_empty() { " Reason: " (short(&stone.reason)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn line(deed: &Deed<'_>, framework: &Framework, words: &Words<'_>, metier: &Metier) -> Markup {
    let now = &deed.wording;
    let evidence = now.evidence;
    let detail = detail(&evidence.what);
    let zone = metier.surroundings().zone.clone();
    let day_of = |at: jiff::Timestamp| day(at.to_zoned(zone.clone()).date());
    html! {
        li.told.gone[deed.taken_back.is_some()] {
            p.when.soft.small { (short_day(now.on)) " · " (kinds::described(evidence.what.kind()).name) }
            p.what {
                a href=(address(deed.id)) { (short(&evidence.title)) }
                @if !detail.is_empty() { span.soft { " (" (short(&detail)) ")" } }
            }
            @if let Some(back) = &deed.taken_back {
                p.small { strong { "Taken back on " (day_of(back.recorded_at)) "." }
                    @if !back.reason.is_empty() { " " (short(back.reason)) } }
            }
            @if !deed.claims.is_empty() {
                p.small { "Shows: "
                    @for (n, (_, claim)) in deed.claims.iter().take(CLAIMS).enumerate() {
                        @if n > 0 { "; " }
                        (claims::about(words, framework, &claim.about, claim.stance))
                    }
                    @if deed.claims.len() > CLAIMS { " and " (deed.claims.len() - CLAIMS) " more" }
                }
            }
            p.small.soft { (backing(deed)) (expires(&evidence.what, metier.surroundings().today())) }
            @if let Some(was) = deed.earlier.last() {
                p.small.soft { "Corrected on " (day_of(now.recorded_at)) ", was: "
                    @if was.evidence.title == evidence.title { "the same line, other details" }
                    @else { "“" (short(&was.evidence.title)) "”" }
                    @if was.on != now.on { ", " (day(was.on)) } }
            }
        }
    }
}

/// What stands behind it: files, links, people.
fn backing(deed: &Deed<'_>) -> String {
    let is_file = |a: &&Artefact| matches!(a, Artefact::Attachment { .. });
    let artefacts = &deed.wording.evidence.artefacts;
    let files = artefacts.iter().filter(is_file).count();
    let links = artefacts.len() - files;
    let mut behind = Vec::new();
    if files > 0 {
        behind.push(plural(files as u64, "file", "files"));
    }
    if links > 0 {
        behind.push(plural(links as u64, "link", "links"));
    }
    let people: Vec<String> = deed
        .confirmations
        .iter()
        .take(2)
        .map(|(.., c)| format!("{} ({})", c.by, role(c.role)))
        .collect();
    let confirmed = (!people.is_empty()).then(|| format!("Confirmed by {}.", list(&people)));
    let shown = (!behind.is_empty()).then(|| format!("Shown by {}.", list(&behind)));
    match (confirmed, shown) {
        (None, None) => "Your own word.".into(),
        (confirmed, shown) => [confirmed, shown]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
    }
}

fn expires(what: &Happening, today: Date) -> Markup {
    html! {
        @if let Happening::Credential { expires: Some(on), .. } = what {
            @if *on < today { strong { " Lapsed on " (day(*on)) "." } }
        }
    }
}

fn pager(asked: &Sent, here: usize, pages: usize) -> Markup {
    let to = |page: usize| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in asked.fields() {
            if ["q", "kind", "for", "year", "all"].contains(&name) && !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("page", &page.to_string());
        format!("/did?{}", query.finish())
    };
    html! {
        @if pages > 1 {
            nav.row.pager aria-label="Pages" {
                @if here > 1 { a.btn.quiet href=(to(here - 1)) rel="prev" { "Newer" } }
                @if here < pages { a.btn.quiet href=(to(here + 1)) rel="next" { "Older" } }
            }
        }
    }
}
