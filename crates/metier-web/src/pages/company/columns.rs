//! What the columns of a document mean: read so, or said otherwise.

use maud::{Markup, html};
use metier_app::{ENCODINGS, LevelsColumn, Meaning, SheetRead};

use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};

/// Columns that can be said anew on the page; the command can say any.
const SAID: usize = 40;

/// The form that reads the document anew.
pub fn form(sheets: &[SheetRead], sent: &Sent, faults: &[Fault], needed: bool) -> Markup {
    let shown = Shown { sent, faults };
    let several = sheets.len() > 1;
    let encodings: Vec<(&str, &str)> = std::iter::once(("", "as it looks"))
        .chain(ENCODINGS.iter().copied())
        .collect();
    // Where each sheet's columns begin among all of them.
    let begins = sheets.iter().scan(0, |next, sheet| {
        let begin = *next;
        *next += sheet.columns.len();
        Some(begin)
    });
    let all: usize = sheets.iter().map(|s| s.columns.len()).sum();
    html! {
        (shown.summary())
        form #f-columns method="get" action="/framework/import/look" {
            input type="hidden" name="doc" value=(sent.text("doc"));
            @for (sheet, begin) in sheets.iter().zip(begins) {
                @if several {
                    h3 { "Sheet “" (sheet.name) "”" }
                    label.tick-box {
                        input type="checkbox" name="sheet" value=(sheet.name) checked[sent.ticks("sheet", &sheet.name)];
                        span { "Read only what is ticked" span.hide { ": " (sheet.name) } }
                    }
                }
                ul.lines.columns {
                    @for (place, column) in sheet.columns.iter().enumerate() {
                        li.entry { (one(column, if several { &sheet.name } else { "" }, sent, begin + place < SAID)) }
                    }
                }
            }
            @if all > SAID { p.soft { "What the columns after these mean cannot be said on this page: leave away columns that hold nothing that matters, and send the document again." } }
            details.link open[!faults.is_empty() || needed || more(sent)] {
                summary { "More about the document" }
                div.pair {
                    (shown.line("text", Field::new("publisher", "Whose it is").may_stay_empty()))
                    (shown.line("text", Field::new("role-name", "What the role is called").may_stay_empty().hint("Where the document does not say.")))
                    (shown.line("text", Field::new("head", "Row of the headings").may_stay_empty().hint("Counted from 1.")))
                    (shown.choice(Field::new("encoding", "How its letters are written").may_stay_empty(), &encodings))
                }
                (shown.line("text", Field::new("levels", "Levels of the role, lowest first").may_stay_empty().hint("Where their order is read wrongly: Junior, Senior, Lead")))
                (shown.line("text", Field::new("skill-levels", "Levels of skill, lowest first").may_stay_empty().hint("Awareness, Working, Practitioner, Expert")))
            }
            div.act { button.btn.quiet[!needed] { "Read it again so" } }
        }
    }
}

fn more(sent: &Sent) -> bool {
    ["role-name", "head", "encoding", "levels", "skill-levels"]
        .iter()
        .any(|f| sent.has(f))
}

fn one(column: &LevelsColumn, sheet: &str, sent: &Sent, control: bool) -> Markup {
    let heading = if column.heading.is_empty() {
        "(no heading)"
    } else {
        &column.heading
    };
    let place = if sheet.is_empty() {
        column.letters.clone()
    } else {
        format!("{sheet}!{}", column.letters)
    };
    let value = |meaning: Meaning| format!("{place}={}", meaning.word());
    let said = Meaning::ALL.into_iter().find(|m| sent.ticks("col", &value(*m)));
    html! {
        div {
            p.name { span.soft.mono.letters { (column.letters) } " " (heading) }
            @if !column.above.is_empty() { p.soft.small { "Under “" (column.above) "”" } }
            @if column.samples.is_empty() { p.soft.small { "Nothing stands in it." } }
            @else { p.soft.small { (column.samples.join(" · ")) } }
        }
        @if control {
            label {
                span.hide { "Column " (column.letters) ", " (heading) ", means" }
                select name="col" {
                    option value="" selected[said.is_none()] {
                        @if said.is_none() { (column.meaning.said()) } @else { "as it looks" }
                    }
                    @for meaning in Meaning::ALL {
                        @if said.is_some() || meaning != column.meaning {
                            option value=(value(meaning)) selected[said == Some(meaning)] { (meaning.said()) }
                        }
                    }
                }
            }
        } @else { p.small { (column.meaning.said()) } }
    }
}
