//! What if I leave something out: the same question with one piece of evidence taken away.

use std::collections::HashSet;

use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AppError, Sight};
use metier_core::framework::Competency;
use metier_core::id::EntryId;
use metier_core::standing::{State, changes};

use super::View;
use crate::form::Sent;

/// Pieces of evidence offered to be left out, latest first.
const OFFERED: usize = 30;

/// What would be otherwise without one piece of evidence.
#[derive(Debug)]
pub struct Without {
    evidence: EntryId,
    /// What changes here, a sentence each.
    here: Vec<String>,
    /// Names and ids of other competencies in which a step changes its state.
    elsewhere: Vec<(String, String)>,
}

impl Without {
    /// What the address asks to leave out; `None` when nothing.
    pub fn read(
        asked: &Sent,
        sight: &Sight,
        words: &Words<'_>,
        about: &Competency,
    ) -> Result<Option<Self>, AppError> {
        let Ok(evidence) = asked.text("without").parse::<EntryId>() else {
            return Ok(None);
        };
        let now = &sight.standing;
        let then = sight.at(now.at, now.known_at, &HashSet::from([evidence]))?;
        let mut here = Vec::new();
        if let (Some(with), Some(without)) = (now.competency(&about.id), then.competency(&about.id)) {
            for (with, without) in with.rungs.iter().zip(&without.rungs) {
                let said = |r: &metier_core::standing::RungStanding| {
                    let state = words::state(r.state, r.grade);
                    let chance = words::chance(r.probability.get());
                    if matches!(r.state, State::NoRecord) {
                        state.to_owned()
                    } else {
                        format!("{state} ({chance} likely to be there)")
                    }
                };
                let (a, b) = (said(with), said(without));
                if a != b {
                    here.push(format!("{}: {a} becomes {b}.", words.rung(&with.rung)));
                }
            }
        }
        let difference = changes(now, &then);
        let mut elsewhere: Vec<(String, String)> = [
            &difference.proven,
            &difference.refresher,
            &difference.disputed,
            &difference.other,
        ]
        .into_iter()
        .flatten()
        .filter(|m| m.competency != about.id)
        .map(|m| {
            (
                words.competency(&m.competency).to_owned(),
                m.competency.to_string(),
            )
        })
        .collect();
        elsewhere.sort();
        elsewhere.dedup();
        Ok(Some(Self {
            evidence,
            here,
            elsewhere,
        }))
    }

    /// What would be otherwise, above the page as it is.
    pub fn notice(&self, view: &View<'_>) -> Markup {
        html! {
            div.notice role="status" {
                p {
                    strong { "Without \u{201c}" (view.words.evidence(&self.evidence)) "\u{201d}" }
                    @if self.here.is_empty() { " nothing would be otherwise here." } @else { " this would be otherwise:" }
                }
                @if !self.here.is_empty() { ul { @for line in &self.here { li { (line) } } } }
                @if !self.elsewhere.is_empty() {
                    p {
                        "And something in "
                        @for (i, (name, id)) in self.elsewhere.iter().enumerate() {
                            @if i > 0 { ", " }
                            a href={ "/competency/" (id) "?without=" (self.evidence) } { (name) }
                        }
                        "."
                    }
                }
                p {
                    "The page below is with everything; nothing was taken out. "
                    a href={ "/competency/" (view.about.id) "#without" } { "Leave out something else" }
                }
            }
        }
    }
}

impl View<'_> {
    /// What can be left out.
    pub fn leaving_out(&self) -> Markup {
        let mut seen = HashSet::new();
        let mut offered: Vec<EntryId> = self
            .standing
            .items
            .iter()
            .filter_map(|i| i.evidence)
            .filter(|id| seen.insert(*id))
            .collect();
        offered.sort_by_key(|id| std::cmp::Reverse(self.words.happened_on(id)));
        html! {
            h2.label #without { "What if I leave something out?" }
            p { "See what one thing carries; nothing is taken out of your record." }
            details.link {
                summary { "Choose what to leave out" }
                ul.plain {
                    @for id in offered.iter().take(OFFERED) {
                        li {
                            a href={ "?without=" (id) } { (self.words.evidence(id)) }
                            @if let Some(on) = self.words.happened_on(id) { span.soft { ", " (words::day(on)) } }
                        }
                    }
                }
                @if offered.len() > OFFERED { p.soft { "The latest " (OFFERED) " are listed." } }
            }
        }
    }
}
