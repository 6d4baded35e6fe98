//! The chain from what a master accomplished to what one has oneself, as a list that reads as a picture: seen
//! from the master, and from the competency.

use maud::{Markup, html};
use metier_app::Sight;
use metier_app::words::{self, Words};
use metier_core::id::CompetencyId;
use metier_core::journal::view;
use metier_core::mastery::{Chain, ChainEnd, Mastery};
use metier_core::plan::Plan;

use super::address;

/// How many chains of one competency its page shows.
const SHOWN: usize = 8;

/// The competency a behaviour comes down to and where the chain ends, or what to do where it ends nowhere.
pub fn ending(chain: &Chain<'_>, words: &Words<'_>) -> Markup {
    let behaviour = chain.behaviour;
    let exemplar = chain.exemplar.id.to_string();
    let did = address(
        "/mastery/exemplar/did",
        &[
            ("id", exemplar.as_str()),
            ("of", &chain.accomplished.what),
            ("what", &behaviour.what),
        ],
    );
    let draft = address(
        "/framework/edit/competency",
        &[("name", &behaviour.what), ("looks_like", &behaviour.what)],
    );
    html! {
        span.to {
            @match &behaviour.competency {
                Some(id) if chain.end != ChainEnd::NotInFramework => {
                    a href={ "/competency/" (id) } { (words.competency(id)) }
                    @if let Some(rung) = &behaviour.rung { span.soft { ", " (words.rung(rung)) } }
                }
                Some(id) => { (id) }
                None => { a href=(did) { "Name the competency" } span.soft.small.line { "None fits? " a href=(draft) { "Add one to a draft of the criteria" } } }
            }
        }
        span.end { span.asked.small { (words::chain_end(&chain.end)) } }
    }
}

/// Who does this day in, day out: on the page of a competency. Nothing when nobody was seen to.
pub fn who_does(sight: &Sight, words: &Words<'_>, competency: &CompetencyId) -> Markup {
    let view = view(&sight.entries, sight.standing.known_at);
    let mastery = Mastery::of(&view, &sight.version.framework.family);
    let mut chains = mastery.chains(&sight.standing, &Plan::of(&view));
    chains.retain(|c| c.behaviour.competency.as_ref() == Some(competency));
    chains.sort_by_key(|c| c.behaviour.daily != Some(true));
    html! {
        @if !chains.is_empty() {
            section.card aria-labelledby="masters" {
                h2.label #masters { "Who does this day in, day out?" }
                ul.plain {
                    @for chain in chains.iter().take(SHOWN) {
                        li.circumstance {
                            p {
                                a href={ "/mastery/exemplar?id=" (chain.exemplar.id) } { (chain.exemplar.what.name) } ": " (chain.behaviour.what)
                            }
                            p.soft.small {
                                (daily(chain.behaviour.daily)) "; seen in: " (chain.accomplished.what) ". "
                                @if let Some(rung) = &chain.behaviour.rung { (words.rung(rung)) ": " }
                                (words::chain_end(&chain.end)) "."
                            }
                        }
                    }
                }
                @if chains.len() > SHOWN { p { a href="/mastery#masters" { "All the masters you look at" } } }
            }
        }
    }
}

/// Whether they practise it every day.
pub fn daily(daily: Option<bool>) -> &'static str {
    match daily {
        Some(true) => "Day in, day out",
        Some(false) => "Seen, not every day",
        None => "How often is not known",
    }
}
