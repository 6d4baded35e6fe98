//! The document itself, on one page.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AsOf, Sight, ThingSeen, definition_wordings};
use metier_core::journal::{Noted, View, view};
use metier_core::mastery::{ChainEnd, CriteriaQuestion, Definition, Mastery};
use metier_core::plan::Plan;
use metier_core::target::TargetOf;

use super::{check, identity, named, series, stages, there, thing};
use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page, notice};
use crate::pages::guide::why;
use crate::problem::Problem;

/// How many masters are shown before the rest is folded.
const MASTERS: usize = 6;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let today = shared.surroundings().today();
    let f = &*sight.version.framework;
    let words = Words::new(f, &sight.entries, today);
    let view = view(&sight.entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &f.family);
    let definition = mastery.definition();
    let content = html! {
        p.eyebrow { "What mastery is" }
        h1 { (f.title) }
        @if let Some(said) = said(asked.text("said")) { (notice(&html! { p { (said) } })) }
        div.two {
            div {
                (own_words(sight, definition.as_ref(), &words))
                @if let Some(definition) = &definition { (things(definition, &view, &words)) }
                (masters(sight, &mastery, &view))
                (criteria(&mastery))
            }
            div {
                (meaning(sight))
                (series::card(&mastery, today))
                (check::card(&mastery, f))
                (stages::card(sight, today))
                (identity::card(&mastery))
            }
        }
        (there::sections(sight, &words, today))
        (why(&["what-a-master-is", "stages", "asking-a-master", "barriers"]))
    };
    Ok(Page::new("What mastery is")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

fn said(word: &str) -> Option<&'static str> {
    match word {
        "defined" => Some("Recorded. Whatever you wrote before is kept."),
        "thing" => Some("Recorded."),
        "criteria" => Some("Recorded. An earlier answer stands beside it."),
        "checked" => Some("Recorded: what they said of the list."),
        "identity" => Some("Noted. Nothing is worked out from it."),
        _ => None,
    }
}

fn own_words(sight: &Sight, definition: Option<&Noted<'_, Definition>>, words: &Words<'_>) -> Markup {
    let f = &*sight.version.framework;
    let Some(definition) = definition else {
        return html! {
            section.card.first aria-labelledby="own" {
                h2.label #own { "The field" }
                @if !f.summary.is_empty() { p.big { (f.summary) } }
                p { "What a master of it is to you, nobody else can say: what they do, what they have accomplished, what they have to say. Begin with one sentence; it may change as you do." }
                div.act { a.btn href="/mastery/definition" { "Write what a master is to you" } }
            }
        };
    };
    let d = definition.what;
    let earlier = definition_wordings(&sight.entries, definition.id).len() > 1;
    let aimed = matches!(sight.target.as_ref().map(|t| &t.of), Some(TargetOf::Definition(id)) if *id == definition.id);
    html! {
        section.card.first aria-labelledby="own" {
            h2.label #own { "In your own words" }
            p.big.as-written { (d.statement) }
            @if !d.needs_to.is_empty() { h3 { "To be a master I need to" } p.as-written { (d.needs_to) } }
            @if !d.will_say.is_empty() { h3 { "What I will have to say" } p.as-written { (d.will_say) } }
            @if !d.asks.is_empty() {
                details.link {
                    summary { (words::capital(&words::plural(d.asks.len() as u64, "competency", "competencies"))) " to have" }
                    ul {
                        @for asked in &d.asks {
                            @let there = sight.standing.competency(&asked.competency).and_then(|c| c.rung(&asked.rung)).is_some_and(|r| r.state.proven());
                            li {
                                a href={ "/competency/" (asked.competency) } { (words.competency(&asked.competency)) }
                                ", " (words.rung(&asked.rung)) span.soft { @if there { ": proven" } @else { ": not yet" } }
                            }
                        }
                    }
                }
            }
            p.soft.small { "Written on " (words::day(definition.on)) @if earlier { "; " a href="/mastery/definition/earlier" { "what you wrote before" } } "." }
            div.act {
                a.btn.quiet href="/mastery/definition" { "Change it" }
                @if aimed { span.soft { "You aim at it." } } @else { a href="/settings/aim" { "Aim at it" } }
            }
        }
    }
}

fn things(definition: &Noted<'_, Definition>, view: &View<'_>, words: &Words<'_>) -> Markup {
    let things = ThingSeen::of(definition, view);
    html! {
        section aria-labelledby="things" {
            h2 #things { "Significant things to accomplish" }
            @if things.is_empty() {
                p { "Things that others in the field would see for what they are, and for how hard they were. Name one you would be glad to have done in ten years." }
            }
            ul.lines {
                @for seen in &things { li.entry { (thing::line(seen, words)) } }
            }
            div.act { a.btn.quiet href="/mastery/thing" { "Add one" } }
        }
    }
}

/// What "mastered" means for this person, and what it never means.
fn meaning(sight: &Sight) -> Markup {
    let target = sight.standing.target.as_ref();
    html! {
        section.card aria-labelledby="meaning" {
            h2.label #meaning { "Mastered means" }
            @match target {
                Some(target) => {
                    p {
                        "Every required step of " (target.name) " is proven and fresh."
                        @if !target.things.is_empty() { " Each significant thing in it is there." }
                    }
                    p {
                        "You have " (target.required.met) " of the " (target.required.of) " that are required."
                        @if !target.things.is_empty() {
                            " Of the significant things, " (target.things.iter().filter(|t| t.met()).count()) " of " (target.things.len()) "."
                        }
                        " It never follows from years, from fame, or from one number."
                    }
                }
                None => {
                    p { "Every required step of what you aim at is proven and fresh. It never follows from years, from fame, or from one number." }
                    p { "You aim at nothing yet. " a href="/settings/aim" { "Choose" } }
                }
            }
            div.act {
                a href="/" { "Where you stand" }
                a href="/settings/aim" { "Change the aim" }
                a href="/framework#levels" { "What each level asks" }
            }
        }
    }
}

fn criteria(mastery: &Mastery<'_>) -> Markup {
    let answered = CriteriaQuestion::ALL
        .into_iter()
        .filter(|q| mastery.criteria_of(*q).next().is_some());
    let answered: Vec<CriteriaQuestion> = answered.collect();
    let open = CriteriaQuestion::ALL.len() - answered.len();
    html! {
        section aria-labelledby="criteria" {
            h2 #criteria { "Six questions" }
            @if answered.is_empty() {
                p { "Must a master publish, be known, speak? Fields differ, and so do the people in them. Answer what you can, and look again in a year." }
                div.act { a.btn.quiet href="/mastery/criteria" { "Answer the six" } }
            } @else {
                ul.lines {
                    @for question in &answered { (answer(*question, mastery)) }
                }
                div.act {
                    a.btn.quiet href="/mastery/criteria" { "Look at them again" }
                    @if open > 0 { span.soft { (words::capital(&words::number(open as u64))) " not answered yet." } }
                }
            }
        }
    }
}

/// One of the six with its answer, and what was answered before.
fn answer(question: CriteriaQuestion, mastery: &Mastery<'_>) -> Markup {
    let all: Vec<_> = mastery.criteria_of(question).collect();
    html! {
        li {
            p.small { (words::criteria_question(question)) }
            @if let Some(last) = all.last() {
                p { b { (words::capital(words::weighs(last.what.answer))) } @if !last.what.reason.is_empty() { ": " (last.what.reason) } }
            }
            @if let Some(before) = all.iter().rev().nth(1) {
                p.soft.small { "Before, on " (words::day(before.on)) ": " (words::weighs(before.what.answer)) @if !before.what.reason.is_empty() { ": " (before.what.reason) } }
            }
        }
    }
}

fn masters(sight: &Sight, mastery: &Mastery<'_>, view: &View<'_>) -> Markup {
    let chains = mastery.chains(&sight.standing, &Plan::of(view));
    let line = |exemplar: &Noted<'_, metier_core::mastery::Exemplar>| {
        let of = |is: &dyn Fn(&ChainEnd) -> bool| {
            chains
                .iter()
                .filter(|c| c.exemplar.id == exemplar.id && is(&c.end))
                .count()
        };
        let (have, planned) = (
            of(&|e| *e == ChainEnd::Have),
            of(&|e| matches!(e, ChainEnd::InPlan(_))),
        );
        let (not_yet, open) = (
            of(&|e| *e == ChainEnd::NotYet),
            of(&|e| matches!(e, ChainEnd::NotDistilled | ChainEnd::NotInFramework)),
        );
        html! {
            li.entry {
                div {
                    p.name { a href={ "/mastery/exemplar?id=" (exemplar.id) } { (exemplar.what.name) } }
                    @if !exemplar.what.credible.is_empty() { p.small { (exemplar.what.credible) } }
                    p.soft.small {
                        @if have + planned + not_yet + open == 0 { "What they were seen to do is not written down yet." }
                        @else {
                            "Of what they were seen to do: " (have) " I have, " (planned) " in the plan, " (not_yet) " not yet"
                            @if open > 0 { ", " (open) " with no competency yet" } "."
                        }
                    }
                }
            }
        }
    };
    let (near, further) = mastery.exemplars.split_at(mastery.exemplars.len().min(MASTERS));
    html! {
        section aria-labelledby="masters" {
            h2 #masters { "Masters you look at" }
            @if mastery.exemplars.is_empty() {
                p { "Somebody the others go to, or a company that does it best. Write down what they accomplished, what they were seen to do for it, and which competency that comes down to; their fame and their personality stay apart." }
            }
            ul.lines { @for exemplar in near { (line(exemplar)) } }
            @if !further.is_empty() {
                details.link {
                    summary { (words::capital(&words::plural(further.len() as u64, "more", "more"))) }
                    ul.lines { @for exemplar in further.iter().take(100) { (line(exemplar)) } }
                }
            }
            div.act { a.btn.quiet href="/mastery/exemplar/edit" { "Add a master" } }
            (named::under_masters(mastery))
        }
    }
}
