//! What other pages say of the market, in a line.

use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::Sight;
use metier_app::words::{asked_for, day, market_headline};
use metier_core::id::CompetencyId;
use metier_core::market::Market;

/// On the page of a competency: how many adverts ask for it. Nothing where there is no advert.
pub fn mention(sight: &Sight, competency: &CompetencyId) -> Markup {
    let market = Market::in_journal(&sight.entries);
    if market.considered().is_empty() {
        return html! {};
    }
    let seen = sight.market(&market, None);
    html! {
        section.card aria-labelledby="employers" {
            h2.label #employers { "What employers ask" }
            @match seen.of(competency) {
                Some(one) => p { a href={ "/market#c-" (competency) } { (asked_for(one, seen.adverts)) } },
                None => p.soft { "None of the " (seen.adverts) " adverts you saved asks for this. " a href="/market" { "What they ask for" } },
            }
        }
    }
}

/// On the page Where I stand. Nothing where there is no advert.
pub fn tell(sight: &Sight) -> Markup {
    let market = Market::in_journal(&sight.entries);
    if market.considered().is_empty() {
        return html! {};
    }
    html! { p.soft.small { a href="/market" { (market_headline(&sight.market(&market, None))) } } }
}

/// On the plan and its rhythm: the day to look at adverts again. Nothing where there is none.
pub fn remind(sight: &Sight, today: Date) -> Markup {
    let market = Market::in_journal(&sight.entries);
    html! {
        @if let Some(on) = market.look_again() {
            p.small { a href="/market" { "Look at your adverts again" } @if on <= today { ": it is three months or more" } @else { ": " (day(on)) } }
        }
    }
}
