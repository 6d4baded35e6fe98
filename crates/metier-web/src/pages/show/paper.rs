//! The case as a page to print.

use maud::{Markup, html};
use metier_app::words::{self, Glance, Sheet, SheetPart, SheetProof, SheetWord};
use metier_core::id::CompetencyId;

use crate::mark::mark;

/// The document below its heading: the first page for whoever has one minute, the rest behind it.
pub fn paper(sheet: &Sheet) -> Markup {
    let mut practice = "";
    html! {
        p.lead { (sheet.headline) }
        p { (sheet.counts) }
        @for said in &sheet.stands_on { p.stands { (said) } }
        (glance(sheet))
        (lines("Where people differ", &sheet.differ()))
        (lines("What to ask", &sheet.ask_first()))
        div.annex {
            h2 { "Each criterion" }
            @if !sheet.changed.is_empty() {
                section.card {
                    h3.label { "What changed" }
                    ul { @for said in &sheet.changed { li { (said) } } }
                }
            }
            // Of what nothing is behind, the first page says everything.
            @for part in sheet.parts.iter().filter(|part| !part.bare()) {
                @if part.practice != practice {
                    p.label.practice-of { (part.practice) }
                    ({ practice = &part.practice; "" })
                }
                (one(part))
            }
            @if !sheet.witnesses.is_empty() {
                section {
                    h2 { "Whose answer came after what" }
                    p.soft { "Whoever answered kept a receipt that names the journal\u{2019}s head of that day." }
                    ul { @for said in &sheet.witnesses { li { (said) } } }
                }
            }
        }
        p.soft.small.basis { (sheet.basis) }
    }
}

fn lines(title: &str, said: &[(&CompetencyId, String)]) -> Markup {
    html! {
        @if !said.is_empty() {
            section.first-lines {
                h2.label { (title) }
                ul { @for (id, line) in said { li { a href={ "#" (id) } { (line) } } } }
            }
        }
    }
}

/// What somebody with one minute reads: a line for each criterion that there is proof of, the others by name.
fn glance(sheet: &Sheet) -> Markup {
    let Glance { told, open, blank } = sheet.glance();
    html! {
        @if !told.is_empty() { (told_in_a_line(&told)) }
        (by_name("Recorded, and not enough to tell", &open))
        (by_name("Nothing recorded", &blank))
    }
}

fn by_name(title: &str, parts: &[&SheetPart]) -> Markup {
    html! {
        @if !parts.is_empty() {
            section.first-lines {
                h2.label { (title) " (" (parts.len()) ")" }
                p.names {
                    @for (i, part) in parts.iter().enumerate() {
                        @if i > 0 { "; " }
                        @if part.bare() { (part.name) } @else { a href={ "#" (part.id) } { (part.name) } }
                    }
                    "."
                }
            }
        }
    }
}

fn told_in_a_line(parts: &[&SheetPart]) -> Markup {
    html! {
        table.glance {
            caption.hide { "What there is proof of, in a line each" }
            thead { tr {
                th scope="col" { "criterion" } th scope="col" { "asked for" } th scope="col" { "where it stands" }
                th scope="col" { "strongest proof" }
            } }
            tbody {
                @for part in parts {
                    tr {
                        th scope="row" { a href={ "#" (part.id) } { (part.name) } }
                        td { (part.asked) }
                        td { (mark(part.mark.0, part.mark.1)) " " (part.brief) }
                        td { (part.strongest) }
                    }
                }
            }
        }
    }
}

/// Folded on a screen, open on paper.
fn one(part: &SheetPart) -> Markup {
    html! {
        details.criterion {
            summary { h3 { (part.name) } span.soft.small { (mark(part.mark.0, part.mark.1)) " " (words::state(part.mark.0, part.mark.1)) } }
            div id=(part.id) {
            @if !part.looks_like.is_empty() { p.soft { (part.looks_like) } }
            p { "Asked for: " (part.asked) ". " strong { (part.verdict) } }
            ul.sheet-steps {
                @for step in &part.steps {
                    li {
                        (mark(step.state, step.grade)) " "
                        span { b { (step.title) } " " span.soft { (words::state(step.state, step.grade)) }
                            @if !step.why.is_empty() { br; (step.why) } }
                    }
                }
            }
            @if !part.proofs.is_empty() || !part.counted.is_empty() {
                h4.label { "Evidence" }
                ul.proofs {
                    @for proof in &part.proofs { (evidence(proof)) }
                    @for said in &part.counted { li { (said) } }
                }
            }
            @if !part.people.is_empty() {
                h4.label { "What people say" }
                ul.proofs { @for word in &part.people { (said(word)) } }
            }
            @if let Some(apart) = &part.apart { p { (apart) } }
            @if !part.disputes.is_empty() {
                h4.label { "Contested" }
                ul { @for dispute in &part.disputes { li { (dispute) } } }
            }
            @if !part.ask.is_empty() {
                h4.label { "What to ask for" }
                ul.ask { @for ask in &part.ask { li { (ask) } } }
            }
            }
        }
    }
}

/// In full once, and then by its number.
fn evidence(proof: &SheetProof) -> Markup {
    html! {
        li.against[proof.against] {
            span.soft { "No. " (proof.number) } " "
            @if proof.again {
                (proof.title) ", told above. "
                span.soft { (proof.behind) "." }
            } @else {
                b { (proof.title) }
                @if !proof.detail.is_empty() { " (" (proof.detail) ")" }
                ", " (words::day(proof.on)) ". "
                span.soft { (proof.behind) "." }
                @for link in &proof.links { " " a href=(link) rel="noreferrer" { (link) } }
            }
        }
    }
}

fn said(word: &SheetWord) -> Markup {
    html! {
        li {
            (word.who) ": " b { (word.sees) } "."
            @if !word.because.is_empty() { " \u{201c}" (word.because) "\u{201d}" }
            " " span.soft { "(" (word.how) ")" }
        }
    }
}
