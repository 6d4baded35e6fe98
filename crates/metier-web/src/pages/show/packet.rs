//! The packet: what is in it is chosen and looked at first, then printed or taken along.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AppError, Cased, Choice, PacketAsked, Together, looks_like_names};
use metier_core::disclosure::{LeftOut, Outcome, Scan, View};
use metier_core::id::EntryId;
use metier_core::journal::{Fact, view};
use metier_core::rating::Role;

use super::super::people::own_view::waits;
use super::super::scan::noted::{self, About, note_of};
use super::{paper as document, review};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

fn asked_of(asked: &Sent) -> PacketAsked {
    let reader = asked.text("for");
    PacketAsked {
        reader: (!reader.is_empty()).then(|| reader.to_owned()),
        level: None,
        since: Reading::of(asked).day("since"),
    }
}

/// The question of an address, to take along to another.
fn along(asked: &Sent) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in ["for", "since"] {
        if !asked.text(name).is_empty() {
            query.append_pair(name, asked.text(name));
        }
    }
    query.finish()
}

/// The page on which it is made.
pub async fn prepare(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let made = metier.packet(&asked_of(&asked)).await?;
    let words = Words::new(
        &made.sight.version.framework,
        &made.sight.entries,
        made.sight.standing.at,
    );
    let sheet = made.sheet();
    let shown = Shown {
        sent: &asked,
        faults: &[],
    };
    let question = along(&asked);
    let scan = made.scan();
    let seen = scan.seen().next().is_some();
    Ok(Page::new("The packet").under(Nav::Show).of(&metier).marks().show(&html! {
        div.sheet {
            p.crumbs { a href="/show" { "Show" } " / The packet" }
            h1 { (sheet.title) }
            p.lead { (sheet.headline) }
            @for said in &sheet.stands_on { p { (said) } }
            p.soft { "Every state in it is worked out from what is in it alone. By your whole record: "
                (words.headline(&made.sight.standing)) }
            form.row method="get" action="/show/packet" {
                (shown.line("text", Field::new("for", "Who reads it").hint("A name; empty: whoever decides.").optional()))
                (shown.line("date", Field::new("since", "With what changed since").optional()))
                button.btn.quiet { "Set" }
            }
            p.act {
                a.btn href={ "/show/packet/paper?" (question) } { "Look at it as they will" } " "
                a.btn.quiet href={ "/show/packet.md?" (question) } download="packet.md" { "As Markdown" }
            }
            (waits(&metier).await?)
            (warnings(&scan))
            (choice(&made, &words, &question))
            @if seen {
                (noted::form(&about(made.sight.standing.known_at, &question), asked.text("for"), metier.surroundings().today()))
            }
        }
    }))
}

/// To note whom the packet was shown to: what is in it is worked out anew, as of when the page was made.
fn about(made_at: Timestamp, question: &str) -> About {
    About {
        action: format!("/show/packet/shown?{question}"),
        along: html! { input type="hidden" name="known" value=(made_at); },
    }
}

/// Notes that what is in the packet was shown to somebody.
pub async fn note_shown(
    State(shared): State<Shared>,
    Asked(asked): Asked,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let made_at = made_at(&sent)?;
    let made = metier.packet(&asked_of(&asked)).await?;
    let seen = made.seen(made_at);
    if seen.is_empty() {
        let error = AppError::input("nothing is in the packet that its reader would see");
        return Err(error.hint("Choose first what is in it.").into());
    }
    let about = about(made_at, &along(&asked));
    note_of(&metier, &sent, &seen, View::Packet, &about).await
}

/// When the page was made that a form comes from.
fn made_at(sent: &Sent) -> Result<Timestamp, AppError> {
    sent.text("known").parse().map_err(|_| {
        AppError::input("the page does not say when it was made").hint("Open it again and choose anew.")
    })
}

/// What is not in it though it was chosen, and what looks like a name.
fn warnings(scan: &Scan<'_>) -> Markup {
    let left_out: Vec<_> = scan
        .items
        .iter()
        .filter_map(|item| match item.outcome {
            Outcome::LeftOut(because) => Some((item, because)),
            Outcome::Seen(_) => None,
        })
        .collect();
    let names = looks_like_names(scan);
    html! {
        @if !left_out.is_empty() || !names.is_empty() {
            section.card aria-labelledby="look" {
                h2.label #look { "Before you give it away" }
                @if !left_out.is_empty() {
                    p { "Chosen, and not in it:" }
                    ul {
                        @for (item, because) in left_out {
                            li { a href={ "/did/" (item.entry) } { (or_untitled(item.line())) } ": " (why(because)) }
                        }
                    }
                }
                @if !names.is_empty() {
                    p { "These look like names or numbers of somebody. If they should not be read, keep the name out, \
                         or write a text for others." }
                    ul {
                        @for (entry, text, _) in names.iter().take(20) {
                            li { "\u{201c}" (text) "\u{201d} in " a href={ "/did/" (entry) } { "this entry" } }
                        }
                        @if names.len() > 20 { li { "and " (names.len() - 20) " more" } }
                    }
                }
            }
        }
    }
}

fn or_untitled(line: &str) -> &str {
    if line.is_empty() { "without a word" } else { line }
}

fn why(because: LeftOut) -> &'static str {
    match because {
        LeftOut::NoTextForOthers => "it is confidential and has no text for others yet.",
        LeftOut::GivenForDevelopment => "it was given to help you grow; nobody decides by it.",
        LeftOut::NotShown | LeftOut::NoPlace | LeftOut::NotThere => "it has no place in a packet.",
        LeftOut::NotTold => "who gave it was not told that this reader would see it.",
    }
}

fn choice(made: &Cased, words: &Words<'_>, question: &str) -> Markup {
    let facts = view(&made.sight.entries, made.sight.standing.known_at).facts;
    let known: std::collections::HashMap<EntryId, _> = facts.iter().map(|f| (f.root, f)).collect();
    let offers = made.offers();
    html! {
        section aria-labelledby="choose" {
            h2 #choose { "What is in it" }
            p.soft { "Untick what stays with you. Contested steps are always in it." }
            form method="post" action={ "/show/packet/choose?" (question) } {
                input type="hidden" name="known" value=(made.sight.standing.known_at);
                @for offer in &offers {
                    fieldset.choose {
                        legend { (words.competency(&offer.competency)) }
                        @for id in &offer.single {
                            @if let Some(fact) = known.get(id) {
                                input type="hidden" name="one" value=(id);
                                label.offer {
                                    input type="checkbox" name="in" value=(id) checked[!made.away.contains(id)];
                                    span { (line(fact.fact(), words)) " " span.soft { (words::day(fact.occurred_on())) } }
                                }
                            }
                        }
                        @for (what, ids) in &offer.together {
                            label.offer {
                                input type="checkbox" name={ "all-" (what.word()) } value=(offer.competency)
                                    checked[!ids.iter().all(|id| made.away.contains(id))];
                                span { (ids.len()) " " (together(*what)) }
                            }
                        }
                    }
                }
                div.act { button.btn { "Put just these in" } }
            }
        }
    }
}

/// What a fact is, in a line.
fn line(fact: &Fact, words: &Words<'_>) -> Markup {
    match fact {
        Fact::Evidence(evidence) => html! {
            (evidence.title)
            @if evidence.confidential && evidence.redacted.trim().is_empty() {
                " " span.soft { "(confidential, no text for others)" }
            } @else if !evidence.redacted.trim().is_empty() {
                " " span.soft { "(others read: " (evidence.redacted) ")" }
            }
        },
        Fact::Rating(rating) if rating.role == Role::Oneself => html! {
            "Your own view: " (rating.rung.as_ref().map_or("not yet on the first step", |rung| words.rung(rung)))
        },
        Fact::Rating(rating) => html! {
            (rating.rater) " (" (words::role(rating.role)) ") says "
            (rating.rung.as_ref().map_or("not yet on the first step", |rung| words.rung(rung)))
        },
        other => html! { (words.fact(other)) },
    }
}

/// Keeps the choice.
pub async fn choose(
    State(shared): State<Shared>,
    Asked(asked): Asked,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let known = made_at(&sent)?;
    let ids = |name: &str| sent.all(name).filter_map(|id| id.parse().ok()).collect();
    let kept_together = [Together::Sessions, Together::Further]
        .into_iter()
        .flat_map(|what| {
            let of = sent.all(if what == Together::Sessions {
                "all-sessions"
            } else {
                "all-further"
            });
            of.filter_map(move |competency| Some((competency.parse().ok()?, what)))
        });
    let choice = Choice {
        known,
        offered: ids("one"),
        kept: ids("in"),
        kept_together: kept_together.collect(),
    };
    metier.choose(&asked_of(&asked), &choice).await?;
    Ok(see_other(&format!("/show/packet?{}", along(&asked))))
}

fn together(what: Together) -> &'static str {
    match what {
        Together::Sessions => "sessions of attempts",
        Together::Further => "further pieces",
    }
}

/// The packet as its reader has it: to print.
pub async fn paper(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let made = metier.packet(&asked_of(&asked)).await?;
    let sheet = made.sheet();
    Ok(Page::new(&*sheet.title).alone().of(&metier).marks().show(&html! {
        div.sheet {
            p.act { a href={ "/show/packet?" (along(&asked)) } { "Back to what is in it" } }
            h1 { (sheet.title) }
            (document::paper(&sheet))
        }
    }))
}

pub async fn markdown(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let made = metier.packet(&asked_of(&asked)).await?;
    Ok(review::file(made.sheet().markdown(), "packet.md"))
}
