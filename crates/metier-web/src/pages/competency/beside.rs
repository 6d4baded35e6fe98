//! Beside the steps: what people say, freshness, leaving something out, where it was used, the criterion.

use maud::{Markup, html};
use metier_app::words;
use metier_core::framework::{Criterion, Rung};
use metier_core::standing::{Said, State};

use super::super::mastery::chain::who_does;
use super::View;

impl View<'_> {
    /// The cards beside the steps.
    pub fn beside(&self) -> Markup {
        html! {
            section.card aria-labelledby="people" { (self.people()) }
            section.card aria-labelledby="fresh" { (self.fresh()) }
            @if !self.standing.items.is_empty() {
                section.card aria-labelledby="without" { (self.leaving_out()) }
            }
            section.card aria-labelledby="often" { (self.how_often()) }
            @if !self.day.past() { (crate::pages::market::mention(self.sight, &self.about.id)) }
            (who_does(self.sight, self.words, &self.about.id))
            (self.where_used())
        }
    }

    fn people(&self) -> Markup {
        html! {
            h2.label #people { "What people say" }
            (self.waits)
            @if self.standing.ratings.is_empty() {
                @if self.waits.0.is_empty() { p { "Nobody has said anything yet, not even you." } }
            } @else {
                div.scroll tabindex="0" role="region" aria-label="Who says what" {
                    table.said {
                        thead { tr { th scope="col" { "who" } th scope="col" { "says" } th scope="col" { "because" } } }
                        tbody { @for said in &self.standing.ratings { (self.said(said)) } }
                    }
                }
                @if let Some(sentence) = self.words.people(self.standing) { p { (sentence) } }
                @if self.standing.apart.as_ref().is_some_and(|a| a.steps > 1) {
                    p {
                        strong { "What would convince you?" } " Ask that of whoever sees it lower, and "
                        a href={ "/people/disagreements/new?competency=" (self.about.id) } { "write down what they name" } "."
                    }
                }
            }
            @if let Some(settles) = &self.settle {
                p {
                    strong { "What would settle it most" } ": " (settles.most) "."
                    span.soft.small.line { (settles.because) }
                }
            }
            (self.unnamed)
            (super::super::people::network::guided(&self.sight.entries, &self.about.id, self.day.shown))
            (self.forms())
        }
    }

    fn said(&self, said: &Said) -> Markup {
        let own = said.role == metier_core::rating::Role::Oneself;
        html! {
            tr {
                td {
                    (words::role(said.role))
                    @if !own { ", " (said.rater) }
                    span.soft.small.line {
                        @if !own { (words::arrival(said.arrival)) ", " }
                        (words::short_day(said.on)) " " (said.on.year())
                    }
                }
                td {
                    @match &said.rung {
                        Some(rung) => (self.words.rung(rung)),
                        None => "not even the first step",
                    }
                }
                td { a href={ "/did/" (said.entry) } { @if said.reason.is_empty() { "no reason given" } @else { (said.reason) } } }
            }
        }
    }

    fn fresh(&self) -> Markup {
        let due = self.standing.rungs.iter().any(|r| r.state == State::RefresherDue);
        html! {
            h2.label #fresh { "Still fresh?" }
            @match &self.standing.last_used {
                None => p { "Nothing says that it was ever used." },
                Some(last) => p {
                    @match &last.evidence {
                        Some(id) => {
                            "Last used " (words::ago(last.on, self.day.shown)) ", in "
                            a href={ "/did/" (id) } { (self.words.evidence(id)) } "."
                        }
                        None => "In use: your position exercises it.",
                    }
                    @if due { " A refresher is due: use it once and log it." }
                    @else if self.standing.proven.is_some() { " Nothing is due." }
                },
            }
        }
    }

    fn how_often(&self) -> Markup {
        // Where the criteria say something of their own, what follows from how often it is done is not asked.
        let counted = |rung: &&Rung| matches!(rung.criterion, Criterion::Accuracy { .. });
        let mut active = self.sight.version.framework.ladder.active();
        let own = active
            .find(counted)
            .filter(|rung| self.about.criteria.contains_key(&rung.id));
        html! {
            h2.label #often { "How often is it done?" }
            p {
                (words::capital(words::frequency(self.about.frequency))) ". "
                @match own {
                    Some(rung) => { "What \u{201c}" (rung.title) "\u{201d} asks for is said for this competency by itself, and stands with the step." }
                    None => { "So \u{201c}reliable\u{201d} here means " (words::asks(self.about.frequency)) ". The original asks for 99%." }
                }
            }
            p { a href={ "/framework/edit#" (self.about.id) } { "Change how often, or a criterion" } }
            p.soft.small {
                (words::capital(words::ability(self.about.kind))) ", " (words::layer(self.about.layer)) "."
                @if !self.about.provenance.is_empty() {
                    " From "
                    @for (i, from) in self.about.provenance.iter().enumerate() {
                        @if i > 0 { "; " }
                        (words::provenance(from))
                    }
                    "."
                }
            }
        }
    }

    fn where_used(&self) -> Markup {
        let used: Vec<_> = self
            .sight
            .life
            .positions
            .iter()
            .filter(|p| {
                p.what.family == self.sight.version.framework.family
                    && p.what.practices.contains(&self.standing.practice)
            })
            .collect();
        html! {
            @if !used.is_empty() {
                section.card aria-labelledby="used" {
                    h2.label #used { "Where it was used" }
                    ul.plain {
                        @for position in used {
                            li {
                                (position.what.title)
                                @if !position.what.organisation.is_empty() { ", " (position.what.organisation) }
                                span.soft {
                                    ", from " (words::month_of(position.what.from))
                                    @if let Some(until) = position.what.until { " until " (words::month_of(until)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
