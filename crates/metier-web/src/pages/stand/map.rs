//! The mastery map: practices and competencies as rows, steps as columns.

use maud::{Markup, html};
use metier_app::Sight;
use metier_app::words::{self, Words};
use metier_core::standing::CompetencyStanding;

use super::as_of::Day;
use super::cell;
use crate::mark;

/// The map as a table. Every cell leads to its reasons.
pub fn map(sight: &Sight, words: &Words<'_>, day: &Day) -> Markup {
    let framework = &sight.version.framework;
    let level = sight.standing.target.as_ref().map_or("", |t| t.name.as_str());
    let columns = framework.ladder.active().count() + 2;
    let question = day.question();
    html! {
        div.scroll.table-map tabindex="0" role="region" aria-label="Map as a table" {
            table.map {
                caption {
                    "The outlined band is where you probably are (80%); a wide band means little evidence, not \
                     little skill."
                    @if !level.is_empty() { " The ring is what " (level) " asks for." }
                }
                thead {
                    tr {
                        th scope="col" { "Competency" }
                        @for rung in framework.ladder.active() {
                            th scope="col" title=(rung.title) { span { (rung.name) } }
                        }
                        th.ago scope="col" { "last used" }
                    }
                }
                @for practice in &framework.practices {
                    tbody {
                        tr.pr { th colspan=(columns) scope="rowgroup" { (practice.name) } }
                        @for standing in sight.standing.competencies.iter().filter(|c| c.practice == practice.id) {
                            (row(standing, words, day, &question, level))
                        }
                    }
                }
            }
        }
    }
}

fn row(standing: &CompetencyStanding, words: &Words<'_>, day: &Day, question: &str, level: &str) -> Markup {
    let page = format!("/competency/{}{question}", standing.competency);
    html! {
        tr {
            th scope="row" {
                a href=(page) { (words.competency(&standing.competency)) }
                // A row of "no record" says so by itself.
                @if !standing.blank() { small { (words.line(standing)) } }
            }
            @for (place, rung) in standing.rungs.iter().enumerate() {
                @let classes = cell::classes(standing, place);
                td class=[(!classes.is_empty()).then_some(classes)] {
                    a href={ (page) "#" (rung.rung) } aria-label=(cell::label(standing, rung, place, words, level)) {
                        (mark::bare(rung.state, rung.grade))
                    }
                }
            }
            td.ago { (last_used(standing, day)) }
        }
    }
}

/// "12 days ago", "in use", "never".
pub fn last_used(standing: &CompetencyStanding, day: &Day) -> String {
    match &standing.last_used {
        None => "never".into(),
        Some(last) if last.evidence.is_none() && last.on >= day.shown => "in use".into(),
        Some(last) => words::ago(last.on, day.shown),
    }
}
