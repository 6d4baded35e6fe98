//! One thing with everything in it: what it says, what shows it, what it is claimed for, who confirmed
//! it, what was said before, and what can be done with it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{Words, ago, capital, day, hours, left_out, role};
use metier_app::{Deed, Metier, Wording, deeds};
use metier_core::disclosure::{Disclosure, Reader, View};
use metier_core::evidence::{Artefact, ClaimAbout, Happening};
use metier_core::framework::Framework;
use metier_core::journal::Entry;

use super::correct::find;
use super::line::short;
use super::{address, claims, kinds, named};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, notice};
use crate::path::Path;
use crate::problem::{Problem, sentence};

/// Days before its expiry that a credential is spoken of.
const EXPIRES_SOON: i32 = 90;

/// Which form of the page was sent, and what is wrong with it.
pub struct Answer<'a> {
    pub form: &'a str,
    pub sent: &'a Sent,
    pub faults: &'a [Fault],
}

pub async fn show(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let deed = find(deeds(&entries), named(&entry)?)?;
    let words = Words::new(&life.needed()?.framework, &entries, metier.surroundings().today());
    Ok(page(
        &metier,
        &entries,
        &life.needed()?.framework,
        &words,
        &deed,
        asked.text("done"),
        None,
    ))
}

/// The page; `answer` is a form of it that came back with faults.
pub fn page(
    metier: &Metier,
    entries: &[Entry],
    framework: &Framework,
    words: &Words<'_>,
    deed: &Deed<'_>,
    done: &str,
    answer: Option<&Answer<'_>>,
) -> Response {
    let today = metier.surroundings().today();
    let now = &deed.wording;
    let page = Page::new(short(&now.evidence.title)).under(Nav::Did).of(metier);
    let page = if answer.is_some() {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        page
    };
    let kind = kinds::described(now.evidence.what.kind());
    page.show(&html! {
        p.crumbs { a href="/did" { "What I did" } " / " (kind.name) ", " (day(now.on)) }
        h1 { (now.evidence.title) }
        @if deed.taken_back.is_none() { (said(done)) }
        @if let Some(back) = &deed.taken_back { (taken_back(deed, back.reason, day_of(metier, back.recorded_at))) }
        div.two {
            div {
                (content(metier, now))
                (shown_by(deed, today))
                (earlier(metier, deed))
                @if deed.taken_back.is_none() { (seen_by_others(entries, metier, deed)) }
                (change(deed, answer))
            }
            div {
                (claimed(framework, words, deed, answer))
                (confirmed(deed, answer))
            }
        }
    })
}

fn day_of(metier: &Metier, at: jiff::Timestamp) -> Date {
    at.to_zoned(metier.surroundings().zone.clone()).date()
}

fn said(done: &str) -> Markup {
    let text = match done {
        "recorded" => "Recorded.",
        "corrected" => "Corrected. What you wrote before is kept below.",
        "same" => "Nothing was different, so nothing was changed.",
        "claimed" => "Noted what it shows.",
        "unclaimed" => "It no longer counts for that.",
        "confirmed" => "Their word is noted.",
        "unconfirmed" => "Their word is taken back.",
        "checked" => "Noted that you looked today.",
        "brought-back" => "It counts again.",
        _ => return html! {},
    };
    notice(&html! { p { (text) } })
}

fn taken_back(deed: &Deed<'_>, reason: &str, on: Date) -> Markup {
    html! {
        div.notice.warn {
            p { strong { "Taken back on " (day(on)) "." } @if !reason.is_empty() { " " (sentence(reason)) } " It counts for nothing." }
            form method="post" action={ (address(deed.id)) "/bring-back" } { button.btn.quiet.small { "Bring it back" } }
        }
    }
}

fn content(metier: &Metier, now: &Wording<'_>) -> Markup {
    let evidence = now.evidence;
    let today = metier.surroundings().today();
    let recorded = day_of(metier, now.recorded_at);
    html! {
        @if let Happening::Credential { expires: Some(on), .. } = &evidence.what { (expiry(*on, today)) }
        dl.thing-facts {
            dt { "When" } dd { (day(now.on)) @if recorded != now.on { span.soft { ", told on " (day(recorded)) } } }
            @for (label, text) in kinds::told(&evidence.what) { dt { (label) } dd.as-written { (text) } }
            @if let Some(took) = evidence.hours { dt { "Effort" } dd { (capital(&hours(took))) } }
            @if evidence.confidential { dt { "Confidential" } dd { "Names or secrets in it stay with you." } }
        }
        @if !evidence.story.is_empty() { div.story.as-written { (evidence.story) } }
    }
}

/// What would be read of it in everything others see, once it is shared.
fn seen_by_others(entries: &[Entry], metier: &Metier, deed: &Deed<'_>) -> Markup {
    let disclosure = Disclosure::of(entries, metier.surroundings().now());
    let outcome = disclosure.if_shared(deed.id, &Reader::Anyone, View::Packet);
    let warns = outcome.as_ref().is_ok_and(|seen| seen.looks().next().is_some());
    html! {
        details.fold #others open[warns || deed.wording.evidence.confidential] {
            summary { "What others would read, if you shared it" }
            @match &outcome {
                Ok(seen) => (crate::pages::scan::texts(seen)),
                Err(reason) => p { (left_out(*reason)) " " a href={ (address(deed.id)) "/correct#f-redacted" } { "Write what others read" } },
            }
        }
    }
}

fn expiry(on: Date, today: Date) -> Markup {
    let left = today.until(on).map_or(0, |span| span.get_days());
    html! {
        @if left < 0 {
            div.notice.warn { p { strong { "It lapsed on " (day(on)) "." } " Record the renewal when you have it." } }
        } @else if left <= EXPIRES_SOON {
            div.notice.warn { p { strong { "It lapses on " (day(on)) }
                @if left == 0 { ", today." } @else { ", in " (metier_app::words::plural(u64::from(left.unsigned_abs()), "day", "days")) "." } } }
        }
    }
}

fn shown_by(deed: &Deed<'_>, today: Date) -> Markup {
    let artefacts = &deed.wording.evidence.artefacts;
    html! {
        h2 #show { "Something to show for it" }
        @if artefacts.is_empty() {
            p.soft { "Nothing yet. " a href={ (address(deed.id)) "/correct" } { "Attach a file or a link" }
                ", or note below who confirmed it." }
        } @else {
            ul.lines {
                @for artefact in artefacts {
                    li.artefact {
                        @match artefact {
                            Artefact::Attachment { digest, name, size, .. } => {
                                a href={ (address(deed.id)) "/file/" (digest) } download=(name) { (name) }
                                span.soft.small { " " (size_of(*size)) }
                            }
                            Artefact::Link { url, .. } => (link(deed, url, today)),
                        }
                    }
                }
            }
        }
    }
}

fn size_of(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes >> 10),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

fn link(deed: &Deed<'_>, url: &str, today: Date) -> Markup {
    html! {
        a href=(url) rel="noreferrer noopener" { (short(url)) }
        p.soft.small {
            @match deed.link_checked(url) {
                None => "You have not looked yet whether it works.",
                Some((on, true)) => { "It worked when you looked, " (ago(on, today)) "." }
                Some((on, false)) => { strong { "It did not work" } " when you looked, " (ago(on, today)) ". Attach a copy instead." }
            }
        }
        form.row method="post" action={ (address(deed.id)) "/link" } {
            input type="hidden" name="url" value=(url);
            button.btn.quiet.small name="works" value="yes" { "I looked: it works" }
            button.btn.quiet.small name="works" value="no" { "It does not" }
        }
    }
}

fn claimed(framework: &Framework, words: &Words<'_>, deed: &Deed<'_>, answer: Option<&Answer<'_>>) -> Markup {
    let none = Sent::default();
    let form = form_of(answer, "claim", &none);
    html! {
        section.card #claims aria-labelledby="claims-h" {
            h2.label #claims-h { "What it shows" }
            @if deed.claims.is_empty() { p { "Nothing yet: it counts for no step." } }
            ul.plain {
                @for (id, claim) in &deed.claims {
                    li.claim {
                        p { (claims::about(words, framework, &claim.about, claim.stance)) }
                        @if let ClaimAbout::Step(step) = &claim.about {
                            @if step.family == framework.family {
                                a.small href={ "/competency/" (step.competency) "?without=" (deed.id) } { "What if I leave it out?" }
                            }
                        }
                        (undo(deed, &id.to_string(), "unclaimed", "It does not show this"))
                    }
                }
            }
            details.link open[answer.is_some_and(|a| a.form == "claim")] {
                summary { "It shows " @if deed.claims.is_empty() { "something" } @else { "something else, too" } }
                form method="post" action={ (address(deed.id)) "/claim" } {
                    (form.summary())
                    (claims::pair_with_stance(&form, framework, "", "Competency"))
                    button.btn.quiet { "Note it" }
                }
            }
        }
    }
}

fn confirmed(deed: &Deed<'_>, answer: Option<&Answer<'_>>) -> Markup {
    let none = Sent::default();
    let form = form_of(answer, "confirm", &none);
    let roles = [
        ("manager", "manager"),
        ("peer", "peer"),
        ("client", "client"),
        ("mentor", "mentor"),
    ];
    html! {
        section.card #confirmed aria-labelledby="confirmed-h" {
            h2.label #confirmed-h { "Who confirmed it" }
            @if deed.confirmations.is_empty() { p { "Nobody yet. It counts on your own record all the same." } }
            ul.plain {
                @for (id, on, confirmation) in &deed.confirmations {
                    li.claim {
                        p { strong { (confirmation.by) } ", " (role(confirmation.role)) ", " (day(*on))
                            span.soft { ", as told by you" } }
                        @if !confirmation.words.is_empty() { blockquote.as-written { (confirmation.words) } }
                        (undo(deed, &id.to_string(), "unconfirmed", "Take this back"))
                    }
                }
            }
            details.link open[answer.is_some_and(|a| a.form == "confirm")] {
                summary { "Somebody confirmed it" }
                form method="post" action={ (address(deed.id)) "/confirm" } {
                    (form.summary())
                    (form.line("text", Field::new("by", "Who").hint("A name or initials.")))
                    (form.choice(Field::new("role", "They are my"), &roles))
                    (form.lines(2, Field::new("words", "In their words").optional()))
                    button.btn.quiet { "Note their word" }
                }
            }
        }
    }
}

fn undo(deed: &Deed<'_>, entry: &str, done: &str, label: &str) -> Markup {
    html! {
        form method="post" action={ (address(deed.id)) "/undo" } {
            input type="hidden" name="entry" value=(entry);
            input type="hidden" name="done" value=(done);
            button.as-link { (label) }
        }
    }
}

fn form_of<'a>(answer: Option<&'a Answer<'a>>, form: &str, none: &'a Sent) -> Shown<'a> {
    match answer.filter(|a| a.form == form) {
        Some(answer) => Shown {
            sent: answer.sent,
            faults: answer.faults,
        },
        None => Shown {
            sent: none,
            faults: &[],
        },
    }
}

fn earlier(metier: &Metier, deed: &Deed<'_>) -> Markup {
    html! {
        @if !deed.earlier.is_empty() {
            h2 #earlier { "What it said before" }
            ol.plain.lines reversed {
                @for (place, was) in deed.earlier.iter().enumerate().rev() {
                    @let next = deed.earlier.get(place + 1).unwrap_or(&deed.wording);
                    li {
                        p.soft.small { "Corrected on " (day(day_of(metier, next.recorded_at))) ". It was:" }
                        p { (was.evidence.title) span.soft { ", " (day(was.on)) } }
                        @for (label, text) in kinds::told(&was.evidence.what) {
                            p.small { span.soft { (label) ": " } (text) }
                        }
                        @if !was.evidence.story.is_empty() { div.small.as-written { (was.evidence.story) } }
                    }
                }
            }
        }
    }
}

fn change(deed: &Deed<'_>, answer: Option<&Answer<'_>>) -> Markup {
    let none = Sent::default();
    let form = form_of(answer, "take-back", &none);
    html! {
        div.act.change {
            a.btn.quiet href={ (address(deed.id)) "/correct" } { "Correct it" }
            @if deed.taken_back.is_none() {
                details #take-back open[answer.is_some_and(|a| a.form == "take-back")] {
                    summary { "Take it back" }
                    form method="post" action={ (address(deed.id)) "/take-back" } {
                        p.hint { "It stays in the record, counts for nothing, and can be brought back." }
                        (form.summary())
                        (form.line("text", Field::new("reason", "Why").optional()))
                        button.btn.quiet { "Take it back" }
                    }
                }
            }
            a href={ (address(deed.id)) "/erase" } { "Erase it for good" }
        }
    }
}
