//! The criteria as a document to read.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Life, Version};
use metier_core::canonical::Digest;
use metier_core::framework::ambiguity::ambiguities;
use metier_core::framework::{Competency, Criterion, Framework, Level, Practice, Weight};

use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page, notice};
use crate::pages::guide::why;
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let current = life.needed()?;
    let version = match asked.text("version") {
        "" => current,
        named => named_version(&life, named)?,
    };
    let f = &*version.framework;
    let words = Words::new(f, &[], shared.surroundings().today());
    let zone = &shared.surroundings().zone;
    let since = version.published_at.to_zoned(zone.clone()).date();
    let content = html! {
        (state(&life, version, current))
        p.eyebrow {
            "Version " (f.version) ", since " (words::day(since))
        }
        h1 { (f.title) }
        @if !f.summary.is_empty() { p.lead.as-written { (f.summary) } }
        (origin(f))
        nav.act aria-label="The criteria" {
            a.btn.quiet href="/framework/edit" { "Change it" }
            a href="/framework/compare" { "Versions" }
            a href={ "/framework/document.yaml?version=" (version.digest) } { "Download" }
            a href="/start?again=1" { "Another profession" }
        }
        (beside(&life, version))
        ul.chips aria-label="On this page" {
            li { a.chip href="#steps" { "The steps" } }
            li { a.chip href="#levels" { "Levels" } }
            li { a.chip href="#practices" { "Practices and competencies" } }
            @if !f.credentials.is_empty() { li { a.chip href="#credentials" { "Credentials" } } }
            @if !f.activities.is_empty() { li { a.chip href="#activities" { "Activities" } } }
        }
        (steps(f, &words))
        (levels(f, life.aim().and_then(|a| a.level.as_ref())))
        (practices(f, &words))
        (credentials(f))
        (activities(f, &words))
        (why(&["conditions", "as-an-organisation"]))
        details.link {
            summary { "Show what tells this version from every other" }
            p.small { "Its digest, made of every word of it: " code { (version.digest) } }
        }
    };
    Ok(Page::new(f.title.as_str())
        .under(Nav::Framework)
        .of(&metier)
        .show(&content))
}

/// What leads to a company's criteria, and to what these leave open.
fn beside(life: &Life, shown: &Version) -> Markup {
    let open: usize = ambiguities(&shown.framework).iter().map(|a| a.flags.len()).sum();
    html! {
        ul.plain.leads {
            @if life.other_families().is_empty() {
                li { a href="/framework/import" { "Bring your company’s criteria" } span.soft { ": its levelling guide, read beside these" } }
            } @else {
                li {
                    a href="/framework/others" { "Other criteria that are here" } ": "
                    a href="/framework/crosswalk" { "what counts where" } ", "
                    a href="/framework/beside" { "side by side" } ", "
                    a href="/framework/import" { "bring more" }
                }
            }
            @if open > 0 {
                li {
                    a href={ "/framework/questions?version=" (shown.digest) } { "What to ask before the day it matters" }
                    span.soft { ": " (words::plural(open as u64, "place", "places")) " can be read either way" }
                }
            }
        }
    }
}

/// The version an address names.
pub fn named_version<'l>(life: &'l Life, named: &str) -> Result<&'l Version, Problem> {
    named
        .parse::<Digest>()
        .ok()
        .and_then(|digest| life.version(&digest))
        .ok_or_else(|| Problem::not_found("there is no such version of a framework here"))
}

/// What is to be known before reading: a draft, a newer version, an older one.
fn state(life: &Life, shown: &Version, current: &Version) -> Markup {
    let latest = life.latest(&current.framework.family);
    html! {
        @if shown.digest != current.digest {
            (notice(&html! {
                p {
                    "You are looking at version " (shown.framework.version) " of " (shown.framework.title)
                    ". You aim at version " (current.framework.version) ". "
                    a href="/framework" { "Show what I aim at" }
                }
            }))
        } @else if let Some(latest) = latest.filter(|l| l.digest != current.digest) {
            (notice(&html! {
                p {
                    "A newer version, " (latest.framework.version) ", is published. It changes nothing for you until you say so. "
                    a href="/framework/publish" { "See the changes" }
                }
            }))
        }
        @if life.drafts.contains_key(&current.framework.family) {
            (notice(&html! {
                p {
                    "A draft with changes is kept beside this version. "
                    a href="/framework/edit" { "Go on with it" } " or "
                    a href="/framework/publish" { "look at the changes" } "."
                }
            }))
        }
    }
}

/// Who wrote it and how far it was checked.
fn origin(f: &Framework) -> Markup {
    html! {
        @if f.unchecked_by_profession() {
            div.notice.warn {
                p { strong { "Not yet checked against the profession." } " Every line of it comes from an employer or from somebody who sells it. Ask three or four masters of the field to read it." }
            }
        }
        @if !f.note.is_empty() { p.origin { (f.note) } }
        @for credit in &f.credits { p.soft.small { (credit) } }
    }
}

fn steps(f: &Framework, words: &Words<'_>) -> Markup {
    html! {
        section #steps aria-labelledby="steps-h" {
            h2 #steps-h { "The steps" }
            ol.ladder {
                @for rung in f.ladder.active() {
                    li {
                        h3 { (rung.title) }
                        p { (rung.statement) }
                        p.soft.small { (asked(words, &rung.criterion)) }
                    }
                }
            }
            @for rung in f.ladder.rungs.iter().filter(|r| r.off) {
                p.soft.small { "Not in use: " (rung.title) ". " (rung.statement) }
            }
        }
    }
}

/// What a step of the ladder asks for.
pub fn asked(words: &Words<'_>, criterion: &Criterion) -> String {
    match criterion {
        Criterion::Accuracy { target: None, .. } => words::open_share(),
        other => words.criterion(other),
    }
}

fn levels(f: &Framework, aimed: Option<&metier_core::id::LevelId>) -> Markup {
    html! {
        section #levels aria-labelledby="levels-h" {
            h2 #levels-h { "Levels" }
            @if f.levels.is_empty() {
                p { "There are no levels yet. " a href="/framework/edit#levels" { "Add the first" } }
            }
            div.cards.wide-cards { @for level in &f.levels { (answers(f, level, aimed == Some(&level.id))) } }
            @if !f.levels.is_empty() { (matrix(f)) }
        }
    }
}

/// One level: what it is, and the two questions everybody asks.
fn answers(f: &Framework, level: &Level, aimed: bool) -> Markup {
    let asks = words::level_asks(f, level);
    html! {
        section.card.first[aimed] aria-labelledby={ "level-" (level.id) } {
            h3.big id={ "level-" (level.id) } {
                (level.name)
                @if aimed { " " span.asked.small { "your aim" } }
            }
            @if !level.summary.is_empty() { p { (level.summary) } }
            @if !level.indicative_years.is_empty() {
                p.soft.small { "Usual years: " (level.indicative_years.trim_end_matches('.')) "." }
            }
            dl.answers {
                dt { "Must I meet 100%?" }
                dd { (asks.must) }
                dt { "Which matter most?" }
                dd {
                    (asks.most)
                    (most(f, &asks))
                }
            }
        }
    }
}

/// The first few by name, so that the answer can be acted on.
fn most(f: &Framework, asks: &words::LevelAsks) -> Markup {
    const NAMED: usize = 5;
    let first: Vec<_> = asks
        .foundations
        .iter()
        .chain(&asks.required)
        .take(NAMED)
        .collect();
    html! {
        @if !first.is_empty() {
            ul.small {
                @for id in first {
                    li { a href={ "/competency/" (id) } { (f.competency(id).map_or(id.as_str(), |c| &c.name)) } }
                }
            }
        }
    }
}

/// Competencies by levels.
fn matrix(f: &Framework) -> Markup {
    html! {
        details.fold {
            summary { "Competency by competency" }
            p.soft.small.matrix-key aria-hidden="true" {
                span.w-req { "Step" } " required · "
                span { "Step" } " " span.points { "+3" } " counts points · "
                span.soft { "–" } " not asked"
            }
            table.matrix {
                caption { "What each level asks of each competency." }
                thead { tr { th scope="col" { "Competency" } @for level in &f.levels { th scope="col" { (level.name) } } } }
                @for practice in &f.practices {
                    tbody {
                        tr.pr { th scope="rowgroup" colspan=(f.levels.len() + 1) { (practice.name) } }
                        @for competency in f.competencies_of(&practice.id) {
                            tr {
                                th scope="row" { a href={ "#c-" (competency.id) } { (competency.name) } }
                                @for level in &f.levels {
                                    td data-level=(level.name) { (expected(f, level, competency)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn expected(f: &Framework, level: &Level, competency: &Competency) -> Markup {
    let Some(e) = f.expectation(&level.id, &competency.id) else {
        return html! { span.soft { "–" span.hide { " not asked" } } };
    };
    let step = f
        .ladder
        .rungs
        .iter()
        .find(|r| r.id == e.rung)
        .map_or(e.rung.as_str(), |r| &r.name);
    match e.weight {
        Weight::Required => html! { span.w-req { (step) } span.hide { ", required" } },
        Weight::Weighted(n) => html! {
            span { (step) } " " span.points { "+" (n) span.hide { " " (words::weight(e.weight)) } }
        },
        Weight::NotApplicable => html! { span.soft { "–" span.hide { " not asked" } } },
    }
}

/// Where a competency comes from, in a sentence.
fn source(c: &Competency) -> String {
    let from: Vec<String> = c.provenance.iter().map(words::provenance).collect();
    if from.is_empty() {
        "not said".into()
    } else {
        words::list(&from)
    }
}

/// The text that is there most often; of several, the first in the alphabet.
fn most_common(mut texts: Vec<String>) -> String {
    texts.sort();
    let longest = texts.chunk_by(|a, b| a == b).rev().max_by_key(|run| run.len());
    longest.and_then(<[String]>::first).cloned().unwrap_or_default()
}

fn practices(f: &Framework, words: &Words<'_>) -> Markup {
    // What most of them share is said once, and beside a competency only what differs.
    let most = most_common(f.competencies.iter().map(source).collect());
    html! {
        section #practices aria-labelledby="practices-h" {
            h2 #practices-h { "Practices and competencies" }
            p.soft {
                (words::capital(&words::plural(f.practices.len() as u64, "practice", "practices"))) ", "
                (words::plural(f.competencies.len() as u64, "competency", "competencies")) "."
                @if !(8..=10).contains(&f.practices.len()) { " Most fields have eight to ten practices." }
            }
            p.soft { "Where they come from, unless it is said beside one: " (most) "." }
            @for practice in &f.practices { (one_practice(f, practice, words, &most)) }
        }
    }
}

fn one_practice(f: &Framework, practice: &Practice, words: &Words<'_>, most: &str) -> Markup {
    html! {
        details.fold.practice {
            summary {
                h3 { (practice.name) }
                span.soft.small { (words::plural(f.competencies_of(&practice.id).count() as u64, "competency", "competencies")) }
            }
            // Where an address leads to a practice or a competency, the browser opens what it stands in.
            div id={ "p-" (practice.id) } {
                @if !practice.summary.is_empty() { p.soft { (practice.summary) } }
                ul.lines {
                    @for competency in f.competencies_of(&practice.id) { (one_competency(f, competency, words, most)) }
                }
            }
        }
    }
}

fn one_competency(f: &Framework, c: &Competency, words: &Words<'_>, most: &str) -> Markup {
    html! {
        li id={ "c-" (c.id) } {
            p.name {
                a href={ "/competency/" (c.id) } { (c.name) }
                @if c.foundation { " " span.asked.small { "foundation" } }
            }
            @if !c.looks_like.is_empty() { p { (c.looks_like) } }
            (super::wording(f, c))
            p.soft.small {
                (words::capital(words::ability(c.kind))) "; " (words::layer(c.layer)) "; " (words::grain(c.grain))
                "; " (words::done(c.frequency)) " (" (words::asks(c.frequency)) ")."
            }
            @for (rung, criterion) in &c.criteria {
                p.soft.small { b { (words.rung(rung)) } " here: " (words.criterion(criterion)) }
            }
            @if !c.needs.is_empty() {
                p.soft.small {
                    "Comes after "
                    (words::list(&c.needs.iter().map(|n| words.competency(n).to_owned()).collect::<Vec<_>>())) "."
                }
            }
            @if source(c) != most { p.soft.small { "From: " (source(c)) "." } }
        }
    }
}

fn credentials(f: &Framework) -> Markup {
    html! {
        @if !f.credentials.is_empty() {
            section #credentials aria-labelledby="credentials-h" {
                h2 #credentials-h { "Credentials the field asks for" }
                ul.lines {
                    @for credential in &f.credentials {
                        li {
                            p.name {
                                (credential.name) " "
                                @if credential.required { span.asked.small { "required" } }
                                @else { span.soft.small { "useful" } }
                            }
                            p.soft.small {
                                @if !credential.body.is_empty() { (credential.body) ". " }
                                @match credential.renew_months {
                                    Some(months) => { "Renewed every " (words::plural(u64::from(months), "month", "months")) ". " }
                                    None => { "Does not lapse. " }
                                }
                                (credential.note)
                            }
                        }
                    }
                }
                p { a href="/mastery#credentials" { "Which of them you hold" } }
            }
        }
    }
}

fn activities(f: &Framework, words: &Words<'_>) -> Markup {
    html! {
        @if !f.activities.is_empty() {
            section #activities aria-labelledby="activities-h" {
                h2 #activities-h { "Activities" }
                details.fold {
                    summary { (words::capital(&words::plural(f.activities.len() as u64, "thing", "things"))) " one can do to move" }
                    ul.lines {
                        @for activity in &f.activities {
                            li {
                                p.name { (activity.name) }
                                p.soft.small {
                                    (words::capital(words::activity(activity.kind))) ", about "
                                    (words::hours(activity.hours.likely)) ". Shows "
                                    (words::list(&activity.shows.iter().map(|s| format!("{} ({})", words.competency(&s.competency), words.rung(&s.rung))).collect::<Vec<_>>()))
                                    "."
                                }
                                @if !activity.note.is_empty() { p.small { (activity.note) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
