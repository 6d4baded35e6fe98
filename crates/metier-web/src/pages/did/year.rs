//! A year at a glance: how many things a month, as bars with a table behind them. No streaks: an empty
//! month is a month.

use std::collections::BTreeSet;

use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::Deed;
use metier_app::words::plural;

use crate::form::Sent;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// Width of a month, height of the tallest bar, room under it for its letter; in drawing units.
const STEP: usize = 24;
const TALL: usize = 64;
const FOOT: usize = 18;

/// The years something happened in, latest first.
pub fn years(all: &[Deed<'_>]) -> Vec<i16> {
    let years: BTreeSet<i16> = all.iter().map(|d| d.wording.on.year()).collect();
    years.into_iter().rev().collect()
}

/// The year asked for, or the latest something happened in.
pub fn glance(all: &[Deed<'_>], asked: &Sent, today: Date) -> Markup {
    let years = years(all);
    let year = asked
        .text("year")
        .parse()
        .ok()
        .or(years.first().copied())
        .unwrap_or(today.year());
    let mut counts = [0_usize; 12];
    for deed in all
        .iter()
        .filter(|d| d.taken_back.is_none() && d.wording.on.year() == year)
    {
        counts[usize::from(deed.wording.on.month().unsigned_abs()) - 1] += 1;
    }
    let total: usize = counts.iter().sum();
    if all.is_empty() {
        return html! {};
    }
    let earlier = years.iter().find(|y| **y < year);
    let later = years.iter().rev().find(|y| **y > year);
    html! {
        section.card.year aria-labelledby="year-h" {
            h2.label #year-h { (year) ": " (plural(total as u64, "thing", "things")) }
            (bars(&counts, year))
            div.row.small {
                @if let Some(y) = earlier { a href={ "/did?year=" (y) } { (y) } }
                @if let Some(y) = later { a href={ "/did?year=" (y) } { (y) } }
                details.link {
                    summary { "As a table" }
                    table {
                        thead { tr { th scope="col" { "Month" } th.n scope="col" { "Things" } } }
                        tbody {
                            @for (name, count) in MONTHS.iter().zip(counts) {
                                tr { td { (name) } td.n { (count) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn bars(counts: &[usize; 12], year: i16) -> Markup {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let tall = |count: usize| {
        if count == 0 {
            0
        } else {
            (count * TALL / most).max(3)
        }
    };
    html! {
        svg.bars viewBox={ "0 0 " (STEP * 12) " " (TALL + FOOT + 14) } role="img" aria-labelledby="bars-t bars-d" {
            title #bars-t { "Things done in " (year) ", by month" }
            desc #bars-d { @for (name, count) in MONTHS.iter().zip(counts) { (name) " " (count) ". " } }
            line x1="0" x2=(STEP * 12) y1=(TALL + 14) y2=(TALL + 14) class="axis" {}
            @for (n, count) in counts.iter().enumerate() {
                @let height = tall(*count);
                @if height > 0 {
                    rect class="bar" x=(n * STEP + 4) y=(TALL + 14 - height) width=(STEP - 8) height=(height) rx="2" {}
                    text x=(n * STEP + STEP / 2) y=(TALL + 10 - height) class="count" { (count) }
                }
                text x=(n * STEP + STEP / 2) y=(TALL + 14 + FOOT - 4) class="month" { (&MONTHS[n][..1]) }
            }
        }
    }
}
