//! What a framework's words leave open: the words, why they do, and the question to ask before the day it
//! matters.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, open, open_why, question};
use metier_app::{Life, Version};
use metier_core::framework::Framework;
use metier_core::framework::ambiguity::{Ambiguity, Flag, Sort, ambiguities};
use metier_core::id::{FamilyId, LevelId};

use super::crumbs;
use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page};
use crate::problem::Problem;

/// Places shown at once; with more, a level is looked at alone.
const SHOWN: usize = 120;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let version = version_of(&life, &asked)?;
    let f = &*version.framework;
    let all = ambiguities(f);
    let level = level_of(&life, f, &asked, count(&all));
    let there: Vec<&Ambiguity> = all.iter().filter(|a| asks(f, level.as_ref(), a)).collect();
    let places: usize = there.iter().map(|a| a.flags.len()).sum();
    let words = Words::new(f, &[], shared.surroundings().today());
    Ok(Page::new("What to ask")
        .under(Nav::Framework)
        .of(&metier)
        .show(&html! {
            (crumbs("What to ask"))
            p.eyebrow { (f.title) }
            h1 { "What these criteria leave open" }
            @if all.is_empty() {
                p.lead { "No word was found that can be read either way. That does not make every criterion clear: read them as somebody who has to judge by them." }
            } @else {
                p.lead {
                    (words::capital(&words::plural(places as u64, "place", "places")))
                    " can be read either way. Ask whoever will judge, before the day it matters, and write the answer down."
                }
                (levels(version, f, level.as_ref()))
                @if there.is_empty() { p { "Nothing that this level asks for was found to be open." } }
                (kinds(&there))
                @for one in there.chunk_by(|a, b| a.competency == b.competency) {
                    section aria-labelledby={ "q-" (one[0].competency) } {
                        h2 id={ "q-" (one[0].competency) } { (words.competency(&one[0].competency)) }
                        @for place in one { (at(place, &words)) }
                    }
                }
                p.soft.small { "These are words that often hide a disagreement, found by rule; the rules know English only, and they are careful rather than complete." }
            }
        }))
}

/// The version an address names: of a family, else by its digest, else what is aimed at.
fn version_of<'l>(life: &'l Life, asked: &Sent) -> Result<&'l Version, Problem> {
    if let Ok(family) = FamilyId::new(asked.text("family")) {
        return Ok(life.criteria_of(&family)?);
    }
    match asked.text("version") {
        "" => Ok(life.needed()?),
        named => crate::pages::framework::named_version(life, named),
    }
}

/// The level looked at: the one that is named; else the one aimed at; else all, or the first where that
/// would be too much.
fn level_of(life: &Life, f: &Framework, asked: &Sent, places: usize) -> Option<LevelId> {
    let first = f.levels.first().map(|l| l.id.clone());
    let wanted = asked.text("level");
    if wanted == "all" && places <= SHOWN {
        return None;
    }
    let named = f.levels.iter().find(|l| l.id.as_str() == wanted);
    let aim = life.aim().filter(|a| a.family == f.family);
    let aimed = aim.and_then(|a| a.level.clone()).filter(|l| f.level(l).is_some());
    named
        .map(|l| l.id.clone())
        .or(aimed)
        .or(first.filter(|_| places > SHOWN))
}

fn count(all: &[Ambiguity]) -> usize {
    all.iter().map(|a| a.flags.len()).sum()
}

/// True when a level asks for the step that the words stand at.
fn asks(f: &Framework, level: Option<&LevelId>, place: &Ambiguity) -> bool {
    let Some(level) = level else { return true };
    f.expectation(level, &place.competency)
        .is_some_and(|e| place.rung.as_ref().is_none_or(|r| *r == e.rung))
}

fn levels(version: &Version, f: &Framework, level: Option<&LevelId>) -> Markup {
    let to = |level: &str| format!("/framework/questions?version={}&level={level}", version.digest);
    html! {
        @if !f.levels.is_empty() {
            ul.chips aria-label="What is asked at" {
                @if count(&ambiguities(f)) <= SHOWN {
                    li { a.chip href=(to("all")) aria-current=[level.is_none().then_some("true")] { "Every level" } }
                }
                @for one in &f.levels {
                    li { a.chip href=(to(one.id.as_str())) aria-current=[(level == Some(&one.id)).then_some("true")] { (one.name) } }
                }
            }
        }
    }
}

/// What is open, sort by sort, with why it matters: said once.
fn kinds(there: &[&Ambiguity]) -> Markup {
    let of = |sort: Sort| {
        let flags = there.iter().flat_map(|a| &a.flags);
        flags.filter(|f| f.sort == sort).count()
    };
    html! {
        details.fold {
            summary { "Why these words" }
            dl.thing-facts {
                @for sort in Sort::ALL {
                    @let count = of(sort);
                    @if count > 0 {
                        dt { (words::capital(open(sort))) ", " (count) }
                        dd { (open_why(sort)) }
                    }
                }
            }
        }
    }
}

fn at(place: &Ambiguity, words: &Words<'_>) -> Markup {
    html! {
        div.open-place {
            @if let Some(rung) = &place.rung { h3 { (words.rung(rung)) } }
            @for sentence in place.flags.chunk_by(|a, b| a.sentence == b.sentence) {
                blockquote { (marked(sentence)) }
                ul.asks {
                    @for flag in sentence {
                        li { b { (question(flag)) } span.soft.small { " " (words::capital(open(flag.sort))) "." } }
                    }
                }
            }
        }
    }
}

/// The sentence with the words in question marked.
fn marked(flags: &[Flag]) -> Markup {
    let sentence = &flags[0].sentence;
    let mut spans: Vec<(usize, usize)> = flags
        .iter()
        .filter(|f| !f.words.is_empty())
        .filter_map(|f| sentence.find(&f.words).map(|at| (at, at + f.words.len())))
        .collect();
    spans.sort_unstable();
    let mut upto = 0;
    let mut parts: Vec<(&str, bool)> = Vec::new();
    for (from, to) in spans {
        if from < upto {
            continue;
        }
        parts.push((&sentence[upto..from], false));
        parts.push((&sentence[from..to], true));
        upto = to;
    }
    parts.push((&sentence[upto..], false));
    html! {
        @for (text, flagged) in parts {
            @if flagged { mark { (text) } } @else { (text) }
        }
    }
}

#[cfg(test)]
mod tests {
    use metier_core::framework::ambiguity::flags;

    use super::marked;

    #[test]
    fn the_words_in_question_are_marked_where_they_stand() {
        let found = flags("Communicates <effectively> with users regularly.");
        let shown = marked(&found).into_string();
        assert!(shown.contains("<mark>regularly</mark>"), "{shown}");
        assert!(!shown.contains("<effectively>"), "{shown}");
    }
}
