//! Versions, and what changed from one to another.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{Version, compare};
use metier_core::framework::Framework;

use super::show::named_version;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::Asked;
use crate::layout::{Nav, Page};
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let current = life.needed()?;
    let versions: Vec<&Version> = life.versions_of(&current.framework.family).collect();
    let chosen = match (asked.text("from"), asked.text("to")) {
        ("", _) | (_, "") => None,
        (from, to) => Some((named_version(&life, from)?, named_version(&life, to)?)),
    };
    let zone = &shared.surroundings().zone;
    let content = html! {
        p.crumbs { a href="/framework" { "Framework" } " / Versions" }
        h1 { "Versions of " (current.framework.title) }
        p { "A published version never changes; its name is the digest of its text. Which one holds for you is your own choice." }
        ul.lines {
            @for version in versions.iter().rev() {
                li.entry {
                    div {
                        p.name {
                            a href={ "/framework?version=" (version.digest) } { "Version " (version.framework.version) }
                            @if version.digest == current.digest { " " span.asked.small { "your aim" } }
                        }
                        p.soft.small {
                            "Published " (words::day(version.published_at.to_zoned(zone.clone()).date())) " · "
                            span.mono { (version.digest.short()) }
                        }
                    }
                    @if version.digest != current.digest {
                        a.btn.quiet.small href={ "/framework/compare?from=" (current.digest) "&to=" (version.digest) } {
                            "What would change" span.hide { " with version " (version.framework.version) }
                        }
                    }
                }
            }
        }
        @if versions.len() > 1 { (choose(&versions, &asked)) }
        @if let Some((from, to)) = chosen {
            section aria-labelledby="changes" {
                h2 #changes { "From version " (from.framework.version) " to version " (to.framework.version) }
                (changes(&from.framework, &to.framework))
            }
        }
    };
    Ok(Page::new("Versions")
        .under(Nav::Framework)
        .of(&metier)
        .show(&content))
}

fn choose(versions: &[&Version], asked: &crate::form::Sent) -> Markup {
    let options: Vec<(String, String)> = versions
        .iter()
        .map(|v| {
            (
                v.digest.to_string(),
                format!("{} ({})", v.framework.version, v.digest.short()),
            )
        })
        .collect();
    let options: Vec<(&str, &str)> = options.iter().map(|(d, n)| (d.as_str(), n.as_str())).collect();
    let shown = Shown {
        sent: asked,
        faults: &[],
    };
    html! {
        form.inline method="get" action="/framework/compare" {
            (shown.choice(Field::new("from", "From"), &options))
            (shown.choice(Field::new("to", "To"), &options))
            button.btn.quiet { "Compare" }
        }
    }
}

/// Every change, as what was said and what is said now.
pub fn changes(from: &Framework, to: &Framework) -> Markup {
    let changes = compare(from, to);
    html! {
        @if changes.is_empty() { p { "Nothing differs but the name of the version." } }
        @else {
            p.soft { (words::capital(&words::plural(changes.len() as u64, "change", "changes"))) "." }
            ul.lines.changes {
                @for change in &changes {
                    @let said = words::change(from, to, change);
                    li {
                        p.name { (said.what) }
                        @match (&said.before, &said.after) {
                            (Some(before), None) if before == "there" => { p.small { "Taken out." } }
                            (None, Some(after)) if after == "new" => { p.small { "New." } }
                            (before, after) => {
                                p.small { span.soft { "Before: " } @match before { Some(t) => del { (t) }, None => "nothing" } }
                                p.small { span.soft { "Now: " } @match after { Some(t) => ins { (t) }, None => "nothing" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
