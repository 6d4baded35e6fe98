//! One step: its state, what it asks for, why, what shows it, what is missing.

use maud::{Markup, html};
use metier_app::words;
use metier_core::id::EntryId;
use metier_core::standing::{MissingAt, RungStanding};

use super::View;
use crate::mark::mark;
use crate::pages::framework::one_wording;
use crate::pages::lead;

/// Pieces of evidence shown unfolded.
const SHOWN: usize = 3;
/// Pieces of evidence listed at most; the page What I did has all of them.
const LISTED: usize = 100;

impl View<'_> {
    /// A step of the ladder.
    pub fn step(&self, place: usize, rung: &RungStanding) -> Markup {
        let statement = self
            .sight
            .version
            .framework
            .rung(&rung.rung)
            .map(|(_, r)| &r.statement);
        let asked = self
            .standing
            .expected
            .as_ref()
            .is_some_and(|e| e.rung == rung.rung);
        html! {
            section.rung id=(rung.rung) {
                (mark(rung.state, rung.grade))
                div {
                    h2 {
                        (place + 1) ". " (self.words.rung_title(&rung.rung)) " "
                        small {
                            (words::state(rung.state, rung.grade))
                            @if asked { " " span.asked { "your target asks for this" } }
                        }
                    }
                    p.crit {
                        @if let Some(statement) = statement { (statement) " " }
                        (self.words.criterion(&rung.criterion))
                    }
                    @if let Some(wording) = self.sight.version.framework.wording(&self.about.id, &rung.rung) {
                        blockquote.wording { (one_wording(wording)) }
                    }
                    @for reason in &rung.reasons { p { (self.words.reason(reason)) } }
                    (self.evidence(rung))
                    (self.missing(rung))
                }
            }
        }
    }

    /// What is behind the step: what carries most first, then the latest.
    fn evidence(&self, rung: &RungStanding) -> Markup {
        let carries = |id: &EntryId| {
            let carried = self
                .carried
                .iter()
                .find(|c| c.evidence == *id && c.rung == rung.rung)?;
            self.words.carried(carried)
        };
        let mut listed: Vec<(EntryId, Option<String>)> =
            rung.evidence.iter().rev().map(|id| (*id, carries(id))).collect();
        listed.sort_by_key(|(_, carries)| carries.is_none());
        let item = |(id, carries): &(EntryId, Option<String>)| {
            html! {
                li {
                    a href={ "/did/" (id) } { (self.words.evidence(id)) }
                    @if let Some(on) = self.words.happened_on(id) { span.soft { ", " (words::day(on)) } }
                    @if let Some(carries) = carries { ". " (carries) }
                }
            }
        };
        let more = listed.len().saturating_sub(SHOWN);
        html! {
            @if !listed.is_empty() {
                ul { @for one in listed.iter().take(SHOWN) { (item(one)) } }
            }
            @if more > 0 {
                details.link {
                    summary { (more) " more behind it" }
                    ul { @for one in listed.iter().skip(SHOWN).take(LISTED) { (item(one)) } }
                    @if more > LISTED { p { a href="/did" { "All of them are in What I did" } } }
                }
            }
        }
    }

    fn missing(&self, rung: &RungStanding) -> Markup {
        html! {
            @if !rung.missing.is_empty() {
                ul.missing {
                    @for what in &rung.missing {
                        @let at = MissingAt { rung: rung.rung.clone(), what: what.clone() };
                        @let lead = lead::for_missing(&self.about.id, &at);
                        li { (self.words.missing(what)) " " a href=(lead.to) { (lead.says) } }
                    }
                }
            }
        }
    }
}
