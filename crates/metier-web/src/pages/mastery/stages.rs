//! Stages with the years at which they are usual, and one's own years beside them: context, and no gate.

use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::{OwnYears, Sight, words};
use metier_core::mastery::Stage;

pub fn card(sight: &Sight, today: Date) -> Markup {
    let f = &sight.version.framework;
    let own = OwnYears::of(&sight.life, &f.family, today);
    html! {
        section.card aria-labelledby="stages" {
            h2.label #stages { "Stages, and the years they usually take" }
            dl.answers {
                @for stage in Stage::ALL {
                    @let (name, what) = words::stage(stage);
                    dt { (name) span.soft { ", " (words::stage_years(stage)) } }
                    dd.small { (words::capital(what)) }
                }
            }
            p {
                @if own.in_positions == 0 && own.in_profession.is_none() {
                    "Your own years show once you tell a position, or since when you practise your profession."
                } @else {
                    "Your own so far: "
                    @if let Some(months) = own.in_profession { (words::months(months)) " in the profession" @if own.in_positions > 0 { ", " } }
                    @if own.in_positions > 0 { (words::months(own.in_positions)) " in positions that exercise it" }
                    "."
                }
            }
            p.soft.small { "Years are context. No step, no level and no target ever asks for them." }
            details.link {
                summary { "Where these years come from" }
                p.small { (words::STAGE_SOURCE) " " a href="/guide/stages" { "More of it" } }
                @if f.levels.iter().any(|l| !l.indicative_years.is_empty()) {
                    p.small { "The levels of these criteria say of themselves:" }
                    ul { @for level in f.levels.iter().filter(|l| !l.indicative_years.is_empty()) { li.small { (level.name) ": " (level.indicative_years.trim_end_matches('.')) } } }
                }
            }
        }
    }
}
