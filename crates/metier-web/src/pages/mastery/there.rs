//! What is there: practices and positions, professions and the needs they serve, credentials, foundations,
//! times away and reviews; each folded, so that the document above stays in sight.

use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Sight, Told};
use metier_core::framework::Framework;
use metier_core::person::Profession;
use metier_core::standing::CredentialState;

use super::{away, coverage};

/// Everything that is there.
pub fn sections(sight: &Sight, words: &Words<'_>, today: Date) -> Markup {
    let f = &*sight.version.framework;
    let held = sight
        .standing
        .credentials
        .iter()
        .filter(|c| !matches!(c.state, CredentialState::Missing | CredentialState::Lapsed))
        .count();
    html! {
        section aria-labelledby="there" {
            h2 #there { "What is there" }
            (fold("Practices, and how much of them your positions touched", &words::plural(f.practices.len() as u64, "practice", "practices"), &html! {
                (coverage::section(f, &sight.life.positions, today))
                (practices(f, sight))
            }))
            (fold("Professions and the needs they serve", &words::plural(sight.life.professions.len() as u64, "profession", "professions"), &professions(&sight.life.professions)))
            (fold("Credentials and foundations", &format!("{held} of {} credentials held", f.credentials.len()), &html! {
                (credentials(f, sight))
                (foundations(f, sight, words))
            }))
            (fold("Times away and reviews", &words::plural((sight.life.leaves.len() + sight.life.reviews.len()) as u64, "noted", "noted"), &away::section(&sight.life, today)))
        }
    }
}

fn fold(title: &str, says: &str, content: &Markup) -> Markup {
    html! {
        details.fold {
            summary { span { (title) " " span.soft.small { (says) } } }
            (content)
        }
    }
}

fn practices(f: &Framework, sight: &Sight) -> Markup {
    html! {
        section aria-labelledby="practices" {
            h2 #practices { "Practices" }
            ul.lines {
                @for practice in &f.practices {
                    @let ids: Vec<_> = f.competencies_of(&practice.id).map(|c| &c.id).collect();
                    @let proven = ids.iter().filter(|id| sight.standing.competency(id).is_some_and(|s| s.proven.is_some())).count();
                    li {
                        p.name { a href={ "/framework#p-" (practice.id) } { (practice.name) } }
                        @if !practice.summary.is_empty() { p.small { (practice.summary) } }
                        p.soft.small {
                            (words::capital(&words::plural(ids.len() as u64, "competency", "competencies"))) "; something proven in "
                            (words::number(proven as u64)) "."
                        }
                    }
                }
            }
        }
    }
}

fn professions(told: &[Told<Profession>]) -> Markup {
    html! {
        section.card aria-labelledby="professions" {
            h2.label #professions { "Professions" }
            ul.plain {
                @for p in told {
                    li.circumstance {
                        p { b { (p.what.name) } " · " (words::profession_status(p.what.status)) }
                        p.soft.small {
                            (words::capital(&words::span(p.what.from, p.what.until))) ". "
                            a href={ "/mastery/profession?id=" (p.id) } { "Change or end" span.hide { ": " (p.what.name) } }
                        }
                        (needs(&p.what))
                    }
                }
            }
            div.act {
                a href="/mastery/profession" { "Add a profession" }
                a href="/start" { "Begin another framework" }
            }
        }
    }
}

/// The needs a profession serves, out of the twelve and the person's own.
fn needs(profession: &Profession) -> Markup {
    let twelve = metier_core::framework::needs();
    let own = profession
        .needs
        .iter()
        .filter(|n| !twelve.iter().any(|t| t.id == **n));
    html! {
        p.soft.small { "Serves " (words::number(profession.needs.len() as u64)) " of the needs people have:" }
        ul.chips.needs {
            @for need in &twelve {
                @if profession.needs.contains(&need.id) { li { span.chip.yes { (need.name) span.hide { ", served" } } } }
                @else { li { span.chip { (need.name) span.hide { ", not named" } } } }
            }
            @for need in own { li { span.chip.yes { (words::need(need.as_str())) span.hide { ", served" } } } }
        }
    }
}

fn credentials(f: &Framework, sight: &Sight) -> Markup {
    html! {
        section.card #credentials aria-labelledby="credentials-h" {
            h2.label #credentials-h { "Credentials the field asks for" }
            @if f.credentials.is_empty() { p { "None." } }
            ul.plain {
                @for wanted in &f.credentials {
                    @let standing = sight.standing.credentials.iter().find(|c| c.credential == wanted.id);
                    @let state = standing.map_or(CredentialState::Missing, |s| s.state);
                    li.circumstance {
                        p { b { (wanted.name) } @if wanted.required { " " span.asked.small { "required" } } }
                        p.small.attention[matches!(state, CredentialState::Expiring | CredentialState::Lapsed)] {
                            (words::capital(words::credential_state(state)))
                            @if let Some(on) = standing.and_then(|s| s.expires) {
                                @if state == CredentialState::Lapsed { " on " } @else { ", until " }
                                (words::day(on))
                            }
                            ". "
                            @if let Some(id) = standing.and_then(|s| s.evidence) { a href={ "/did/" (id) } { "What shows it" } " · " }
                            a href={ "/mastery/credential?id=" (wanted.id) } {
                                @if state == CredentialState::Missing { "Record it" } @else { "Record a renewal" }
                                span.hide { ": " (wanted.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn foundations(f: &Framework, sight: &Sight, words: &Words<'_>) -> Markup {
    let all: Vec<_> = f.competencies.iter().filter(|c| c.foundation).collect();
    html! {
        @if !all.is_empty() {
            section.card aria-labelledby="foundations" {
                h2.label #foundations { "Foundations" }
                p.small { "The rest of the field stands on these." }
                ul.plain {
                    @for c in all {
                        li.circumstance {
                            p { a href={ "/competency/" (c.id) } { (c.name) } }
                            @if let Some(standing) = sight.standing.competency(&c.id) {
                                p.soft.small { "Proven: " (words.proven(standing)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
