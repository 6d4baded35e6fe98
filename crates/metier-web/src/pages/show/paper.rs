//! The case as a page to print.

use maud::{Markup, html};
use metier_app::words::{self, Sheet, SheetPart, SheetProof, SheetWord};

use crate::mark::mark;

/// The document below its heading.
pub fn paper(sheet: &Sheet) -> Markup {
    let mut practice = "";
    html! {
        p.lead { (sheet.headline) }
        @for said in &sheet.stands_on { p { (said) } }
        @if !sheet.changed.is_empty() {
            section.card {
                h2.label { "What changed" }
                ul { @for said in &sheet.changed { li { (said) } } }
            }
        }
        (glance(sheet))
        // Of what nothing is behind, the line above says everything.
        @for part in sheet.parts.iter().filter(|part| !part.blank()) {
            @if part.practice != practice {
                h2 { (part.practice) }
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
        p.soft.small.basis { (sheet.basis) }
    }
}

/// Every criterion in a line: what somebody with one minute reads.
fn glance(sheet: &Sheet) -> Markup {
    html! {
        table.glance {
            caption.hide { "Every criterion in a line" }
            thead { tr { th scope="col" { "criterion" } th scope="col" { "asked for" } th scope="col" { "where it stands" } } }
            tbody {
                @for part in &sheet.parts {
                    tr {
                        th scope="row" {
                            @if part.blank() { (part.name) } @else { a href={ "#" (part.id) } { (part.name) } }
                        }
                        td { (part.asked) }
                        td { (mark(part.mark.0, part.mark.1)) " " (part.verdict) }
                    }
                }
            }
        }
    }
}

fn one(part: &SheetPart) -> Markup {
    html! {
        section.criterion id=(part.id) {
            h3 { (part.name) }
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

fn evidence(proof: &SheetProof) -> Markup {
    html! {
        li.against[proof.against] {
            b { (proof.title) }
            @if !proof.detail.is_empty() { " (" (proof.detail) ")" }
            ", " (words::day(proof.on)) ". "
            span.soft { (proof.behind) "." }
            @for link in &proof.links { " " a href=(link) rel="noreferrer" { (link) } }
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
