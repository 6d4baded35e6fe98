//! How much of the field one's positions touched, year by year, drawn and as a table.

use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::Told;
use metier_app::words;
use metier_core::framework::Framework;
use metier_core::person::{Position, YearCovered, coverage};

/// Width of the names, of one year, height of one practice, in pixels.
const NAMES: usize = 150;
const YEAR: usize = 46;
const LINE: usize = 28;
const HEAD: usize = 26;
/// Letters of a practice's name that fit.
const LETTERS: usize = 20;

pub fn section(f: &Framework, told: &[Told<Position>], today: Date) -> Markup {
    let positions: Vec<Position> = told.iter().map(|t| t.what.clone()).collect();
    let years = coverage(&positions, &f.family, today);
    html! {
        section aria-labelledby="positions" {
            h2 #positions { "How much of the field your positions touched" }
            p.big { (words::covered(f, &positions, today)) }
            @if !years.is_empty() { (drawn(f, &years)) }
            p { a href="/mastery/if-it-ended" { "If this job ended tomorrow" } }
            ul.lines {
                @for t in told.iter().rev() {
                    li.entry {
                        div {
                            p.name {
                                (t.what.title)
                                @if !t.what.organisation.is_empty() { ", " (t.what.organisation) }
                            }
                            p.soft.small {
                                (words::capital(&words::span(Some(t.what.from), t.what.until)))
                                @if !t.what.industry.is_empty() { " · " (t.what.industry) }
                                " · " (words::plural(t.what.practices.len() as u64, "practice", "practices"))
                            }
                        }
                        a.btn.quiet.small href={ "/mastery/position?id=" (t.id) } { "Change or end" span.hide { ": " (t.what.title) } }
                    }
                }
            }
            div.act { a.btn.quiet href="/mastery/position" { "Add a position" } }
        }
    }
}

/// The years as a drawing, and as a table.
pub fn drawn(f: &Framework, years: &[YearCovered]) -> Markup {
    html! { (chart(f, years)) (table(f, years)) }
}

fn names(f: &Framework, year: &YearCovered) -> Vec<String> {
    f.practices
        .iter()
        .filter(|p| year.practices.contains(&p.id))
        .map(|p| p.name.clone())
        .collect()
}

/// Practices as lines, years as columns; a bar where a position exercised the practice, a dot where none
/// did.
fn chart(f: &Framework, years: &[YearCovered]) -> Markup {
    let width = NAMES + years.len() * YEAR;
    let height = HEAD + f.practices.len() * LINE;
    html! {
        div.scroll tabindex="0" role="region" aria-label="Chart: practices by year" {
            svg.coverage width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="img" aria-labelledby="coverage-t coverage-d" {
                title #coverage-t { "Practices your positions exercised, year by year" }
                desc #coverage-d { (words::capital(&words::list(&years.iter().map(|y| format!("{}: {} of {}", y.year, names(f, y).len(), f.practices.len())).collect::<Vec<_>>()))) }
                @for (i, year) in years.iter().enumerate() {
                    text.axis x=(NAMES + i * YEAR + YEAR / 2) y="16" text-anchor="middle" { (year.year) }
                }
                @for (row, practice) in f.practices.iter().enumerate() {
                    @let y = HEAD + row * LINE;
                    text x="0" y=(y + 19) { (short(&practice.name)) }
                    @for (i, year) in years.iter().enumerate() {
                        @let x = NAMES + i * YEAR;
                        @if year.practices.contains(&practice.id) {
                            rect.f x=(x + 1) y=(y + 7) width=(YEAR - 2) height="14" rx="3" {}
                        } @else {
                            circle.q cx=(x + YEAR / 2) cy=(y + 14) r="2" {}
                        }
                    }
                }
            }
        }
    }
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(LETTERS - 1).collect();
    short.push('…');
    short
}

fn table(f: &Framework, years: &[YearCovered]) -> Markup {
    html! {
        details.link {
            summary { "The same as a table" }
            table {
                thead { tr { th scope="col" { "Year" } th.n scope="col" { "Of " (f.practices.len()) } th scope="col" { "Practices" } } }
                tbody {
                    @for year in years.iter().rev() {
                        @let names = names(f, year);
                        tr { th scope="row" { (year.year) } td.n { (names.len()) } td { @if names.is_empty() { "none" } @else { (words::list(&names)) } } }
                    }
                }
            }
        }
    }
}
