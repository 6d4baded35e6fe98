//! Drawings of demand: a share with its interval, and shares month by month. Each has its numbers beside it.

use maud::{Markup, html};
use metier_app::words::demand::per_cent;
use metier_market::demand::{Demand, MonthShare, Row};

/// Width and height of an interval's drawing, in drawing units.
const WIDE: f64 = 200.0;
const TALL: f64 = 14.0;
/// A month's width, the height of the strip, and the most months drawn.
const STEP: f64 = 12.0;
const STRIP: f64 = 80.0;
const MONTHS: usize = 120;

/// The interval as a bar, the share as a line in it, on a scale up to `most`. The numbers stand beside it.
pub fn interval(row: &Row, most: f64) -> Markup {
    let at = |share: f64| (share / most.max(1e-9) * WIDE * 10.0).round() / 10.0;
    let (low, high) = (at(row.low), at(row.high));
    html! {
        svg.interval viewBox={ "0 0 " (WIDE) " " (TALL) } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            line.axis x1="0" x2=(WIDE) y1=(TALL / 2.0) y2=(TALL / 2.0) {}
            rect.range x=(low) y="3" width=((high - low).max(1.0)) height=(TALL - 6.0) {}
            line.at x1=(at(row.share)) x2=(at(row.share)) y1="0" y2=(TALL) {}
        }
    }
}

/// Shares of the last ten years month by month, with the table behind it.
pub fn months(all: &[MonthShare], demand: &Demand) -> Markup {
    let shown = &all[all.len().saturating_sub(MONTHS)..];
    let share = |m: &MonthShare| (m.of > 0).then(|| m.postings as f64 / m.of as f64);
    let most = shown.iter().filter_map(share).fold(0.0, f64::max).max(1e-9);
    let wide = STEP * shown.len() as f64;
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return html! {};
    };
    html! {
        figure.months {
            svg.month-strip viewBox={ "0 0 " (wide) " " (STRIP) } preserveAspectRatio="none" role="img" aria-labelledby="months-t" {
                title #months-t { "The share of postings that ask for it, from " (first.month) " to " (last.month) ", at most " (per_cent(most)) }
                line.axis x1="0" x2=(wide) y1=(STRIP) y2=(STRIP) {}
                @for (n, month) in shown.iter().enumerate() {
                    @if let Some(share) = share(month) {
                        @let tall = (share / most * (STRIP - 2.0) * 10.0).round() / 10.0;
                        rect.bar x=(STEP * n as f64 + 1.0) y=(STRIP - tall) width=(STEP - 2.0) height=(tall) {}
                    }
                }
            }
            figcaption.small.soft { (first.month) " to " (last.month) ", up to " (per_cent(most)) ". A month without a posting is left empty. " (demand.coverage) }
            details.link {
                summary { "As a table" }
                div.scroll tabindex="0" role="region" aria-label="Month by month" {
                    table {
                        caption { "Postings that ask for it, month by month" }
                        thead { tr { th scope="col" { "Month" } th.n scope="col" { "Ask for it" } th.n scope="col" { "Of" } th.n scope="col" { "Share" } } }
                        tbody {
                            @for month in shown {
                                tr {
                                    td { (month.month) } td.n { (month.postings) } td.n { (month.of) }
                                    td.n { @if let Some(share) = share(month) { (per_cent(share)) } @else { "none" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
