//! Looking back: the same page as of another day, stepping from review to review.

use std::sync::Arc;

use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{AsOf, Kind, Metier, Told};
use metier_core::journal::Review;

use crate::Shared;
use crate::form::Sent;
use crate::problem::Problem;
use crate::seen::Seen;

/// Most reviews named one by one; older ones are reached step by step.
const NAMED: usize = 4;

/// The day a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub shown: Date,
    /// Today.
    pub today: Date,
    /// Only what had been recorded by then.
    pub known_then: bool,
    /// A day was asked for that cannot be shown.
    refused: bool,
}

impl Day {
    /// The day an address asks for: today when it asks for none, or for one that has not come.
    pub fn read(asked: &Sent, today: Date) -> Self {
        let text = asked.text("as-of");
        let wanted: Option<Date> = text.parse().ok().filter(|day| *day <= today);
        Self {
            shown: wanted.unwrap_or(today),
            today,
            known_then: asked.text("known") == "then" && wanted.is_some(),
            refused: !text.is_empty() && wanted.is_none(),
        }
    }

    /// The day it is.
    pub fn today(today: Date) -> Self {
        Self {
            shown: today,
            today,
            known_then: false,
            refused: false,
        }
    }

    /// True when it is about a past day.
    pub fn past(&self) -> bool {
        self.shown != self.today
    }

    /// Where the person stood on that day.
    ///
    /// # Errors
    /// When nothing was recorded by then, or as [`Metier::sight`].
    pub async fn sight(&self, shared: &Shared, metier: &Metier) -> Result<Arc<Seen>, Problem> {
        let as_of = AsOf {
            at: self.past().then_some(self.shown),
            known_at: self.known_then.then_some(self.shown),
        };
        shared.kept().sight(metier, as_of).await.map_err(|error| {
            if error.kind == Kind::NotReady && self.known_then {
                Problem::not_found(format!("nothing was recorded by {}", words::day(self.shown)))
            } else {
                error.into()
            }
        })
    }

    /// What links to other pages about the same day carry: empty for today.
    pub fn question(&self) -> String {
        match (self.past(), self.known_then) {
            (false, _) => String::new(),
            (true, false) => format!("?as-of={}", self.shown),
            (true, true) => format!("?as-of={}&known=then", self.shown),
        }
    }

    /// That the page is about a past day, with the way back.
    pub fn notice(&self, reviews: &[Told<Review>]) -> Markup {
        let (before, after) = self.around(reviews);
        html! {
            @if self.refused {
                div.notice.warn role="status" {
                    p { "That is no day that has come, so this is today. Write it as year-month-day." }
                }
            }
            @if self.past() {
                div.notice role="status" {
                    p {
                        strong { "As of " (words::day(self.shown)) ". " }
                        @if self.known_then { "Only what had been recorded by then." }
                        @else { "What had happened by then, from all that is recorded today." }
                    }
                    p.steps {
                        @if let Some(on) = before { (link(on, "Earlier review")) }
                        @if let Some(on) = after { (link(on, "Later review")) }
                        @if self.known_then {
                            a href={ "/?as-of=" (self.shown) } { "With what was recorded later" }
                        } @else {
                            a href={ "/?as-of=" (self.shown) "&known=then" } { "Only what was recorded by then" }
                        }
                        a href="/" { "Back to today" }
                    }
                }
            }
        }
    }

    /// The reviews before and after the day shown.
    fn around(&self, reviews: &[Told<Review>]) -> (Option<Date>, Option<Date>) {
        let days = || reviews.iter().map(|r| r.on).filter(|on| *on <= self.today);
        (
            days().rfind(|on| *on < self.shown),
            days().find(|on| *on > self.shown),
        )
    }

    /// Choosing a day.
    pub fn form(&self, reviews: &[Told<Review>]) -> Markup {
        let mut named: Vec<Date> = reviews.iter().map(|r| r.on).rev().collect();
        named.dedup();
        let (before, _) = self.around(reviews);
        html! {
            form.asof.wide action="/" method="get" {
                label for="as-of" { "Look back to" }
                input #as-of type="date" name="as-of" value=(self.shown) max=(self.today) required;
                button.btn.quiet.small { "Show that day" }
                @if !named.is_empty() {
                    span.steps {
                        span { "your reviews:" }
                        @for on in named.iter().take(NAMED) {
                            @let here = (*on == self.shown).then_some("date");
                            a href={ "/?as-of=" (on) } aria-current=[here] { (words::short_day(*on)) }
                        }
                        @if named.len() > NAMED && let Some(on) = before { (link(on, "Earlier")) }
                    }
                }
            }
        }
    }
}

fn link(on: Date, says: &str) -> Markup {
    html! { a href={ "/?as-of=" (on) } { (says) ", " (words::day(on)) } }
}
