//! What of one framework counts in another: proposed from words and ladders, and settled by the person, row
//! by row.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AppError, Facing, Kind, Metier, Ruling, Settlement, Verdict};
use metier_core::crosswalk::{MOSTLY_SAME, PARTLY_SAME, Proposal, SAME};
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, RungId};

use super::{crumbs, other_family, refusal};
use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// What can be said of a pair: the word in the form, and as people say it.
const SAID: [(&str, &str); 5] = [
    ("open", "decide later"),
    ("same", "the same thing"),
    ("mostly", "mostly the same"),
    ("partly", "partly the same"),
    ("different", "not the same"),
];

fn verdict(word: &str) -> Option<Verdict> {
    let counts = |confidence| Verdict::Counts { confidence };
    Some(match word {
        "open" => Verdict::Open,
        "same" => counts(SAME),
        "mostly" => counts(MOSTLY_SAME),
        "partly" => counts(PARTLY_SAME),
        "different" => Verdict::Different,
        _ => return None,
    })
}

/// The word for what is said of a pair; a confidence between the words is said by the nearest.
fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Open => "open",
        Verdict::Different => "different",
        Verdict::Counts { confidence } if confidence >= f64::midpoint(SAME, MOSTLY_SAME) => "same",
        Verdict::Counts { confidence } if confidence >= f64::midpoint(MOSTLY_SAME, PARTLY_SAME) => "mostly",
        Verdict::Counts { .. } => "partly",
    }
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, &asked, None).await
}

async fn draw(metier: &Metier, asked: &Sent, refused: Option<&AppError>) -> Result<Response, Problem> {
    let Some(family) = other_family(metier, asked.text("family")).await? else {
        return Ok(see_other("/framework/import"));
    };
    let facing = metier.facing(&family).await?;
    let (from, to) = (&*facing.from, &*facing.to);
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let content = html! {
        (crumbs("What counts where"))
        h1 { "What of " (from.title) " counts in " (to.title) "?" }
        p.soft {
            "You aim at " @if facing.aims_at_first { (from.title) } @else { (to.title) }
            ". The question stays the same whatever you aim at; below you can let it count the other way too."
        }
        @if let Some(error) = refused { (refusal("Nothing was recorded.", error)) }
        @else if asked.has("saved") {
            div.notice role="status" {
                p { "Recorded. " a href={ "/framework/beside?family=" (family) } { "See both side by side" } }
            }
        }
        p.lead { "Proposed from the words both use. Nothing counts until you say so, row by row; you can change your mind." }
        form method="post" action="/framework/crosswalk" {
            input type="hidden" name="family" value=(family);
            input type="hidden" name="from" value=(from.family);
            input type="hidden" name="seen" value=(facing.settled.state);
            (steps(&facing, asked))
            (rows(&facing, asked))
            (by_hand(&facing, asked))
            label.tick-box {
                input type="checkbox" name="both" value="yes"
                    checked[if asked.has("from") { asked.has("both") } else { facing.settled.both_ways || facing.settled.steps.is_empty() }];
                span { "The other way too: what is recorded under " (to.title) " counts in " (from.title) }
            }
            div.stay.ends {
                button.btn { "Keep what is chosen" }
                @if !facing.proposed.is_empty() { button.btn.quiet name="all" value="yes" { "Take all as proposed" } }
                a href={ "/framework/beside?family=" (family) } { "Side by side" }
            }
        }
    };
    Ok(Page::new("What counts where")
        .under(Nav::Framework)
        .of(metier)
        .status(status)
        .show(&content))
}

/// The two ladders beside each other.
fn steps(facing: &Facing, asked: &Sent) -> Markup {
    let today = jiff::civil::Date::ZERO;
    let from = Words::new(&facing.from, &[], today);
    let to = Words::new(&facing.to, &[], today);
    let chosen = |a: &RungId, b: &RungId| {
        if asked.has("from") {
            asked.ticks("step", &format!("{a}={b}"))
        } else {
            facing.steps.iter().any(|(x, y)| x == a && y == b)
        }
    };
    html! {
        details.fold open[facing.steps.is_empty()] {
            summary {
                "Which step is read as which"
                span.soft { " · " (words::plural(facing.steps.len() as u64, "pair", "pairs")) }
            }
            p.hint { "A step of " (facing.from.title) " on the left, and the highest step of " (facing.to.title) " that it surely reaches." }
            ul.lines.step-pairs {
                @for rung in facing.from.ladder.active() {
                    li.entry {
                        label for={ "s-" (rung.id) } { (from.rung(&rung.id)) }
                        select id={ "s-" (rung.id) } name="step" {
                            option value="" { "none of them" }
                            @for other in facing.to.ladder.active() {
                                option value={ (rung.id) "=" (other.id) } selected[chosen(&rung.id, &other.id)] { (to.rung(&other.id)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A pair in the table: settled, or proposed.
struct Row<'f> {
    from: &'f CompetencyId,
    verdict: Verdict,
    proposal: Option<&'f Proposal>,
}

fn rows(facing: &Facing, asked: &Sent) -> Markup {
    let from = Words::new(&facing.from, &[], jiff::civil::Date::ZERO);
    let (alike, alone): (Vec<_>, Vec<_>) = facing
        .to
        .competencies
        .iter()
        .map(|c| (c, pairs(facing, &c.id)))
        .partition(|(_, pairs)| !pairs.is_empty());
    html! {
        @for (competency, pairs) in &alike {
            section.pairs aria-labelledby={ "t-" (competency.id) } {
                h2.name id={ "t-" (competency.id) } { (competency.name) }
                @if !competency.looks_like.is_empty() { p.soft.small { (cut(&competency.looks_like)) } }
                ul.lines {
                    @for row in pairs { li.entry { (one(row, &competency.id, &from, asked)) } }
                }
            }
        }
        @if !alone.is_empty() {
            section.pairs aria-labelledby="alone" {
                h2.name #alone { "Nothing in " (facing.from.title) " sounds like these" }
                p.soft.small { "Below you can say it yourself." }
                ul { @for (competency, _) in &alone { li { (competency.name) } } }
            }
        }
    }
}

fn pairs<'f>(facing: &'f Facing, to: &CompetencyId) -> Vec<Row<'f>> {
    let settled = facing
        .settled
        .rulings
        .iter()
        .filter(|r| r.to == *to)
        .map(|r| Row {
            from: &r.from,
            verdict: r.verdict,
            proposal: None,
        });
    let proposed = facing.proposed.iter().filter(|p| p.to == *to).map(|p| Row {
        from: &p.from,
        verdict: Verdict::Open,
        proposal: Some(p),
    });
    settled.chain(proposed).collect()
}

fn one(row: &Row<'_>, to: &CompetencyId, from: &Words<'_>, asked: &Sent) -> Markup {
    let value = |word: &str| format!("{}={to}={word}", row.from);
    let chosen = SAID
        .iter()
        .map(|(word, _)| *word)
        .find(|word| asked.ticks("pair", &value(word)))
        .unwrap_or(word(row.verdict));
    let id = format!("p-{}-{to}", row.from);
    html! {
        div {
            label for=(id) { (from.competency(row.from)) }
            @match row.proposal {
                Some(p) => p.soft.small {
                    "Proposed: " (said(word(Verdict::Counts { confidence: p.confidence })))
                    @if !p.words.is_empty() { ". Both speak of " (words::list(&quoted(&p.words))) }
                    "."
                },
                None => p.small { b { (match row.verdict { Verdict::Different => "You said: not the same", _ => "You said so" }) } },
            }
        }
        select id=(id) name="pair" {
            @for (word, name) in SAID { option value=(value(word)) selected[word == chosen] { (name) } }
        }
    }
}

fn said(word: &str) -> &'static str {
    SAID.iter().find(|(w, _)| *w == word).map_or("", |(_, name)| name)
}

fn quoted(words: &[String]) -> Vec<String> {
    words.iter().map(|w| format!("“{w}”")).collect()
}

/// The first words of a long text.
fn cut(text: &str) -> String {
    const LONG: usize = 220;
    if text.chars().count() <= LONG {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONG).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

/// A pair that was not proposed.
fn by_hand(facing: &Facing, asked: &Sent) -> Markup {
    let options = |framework: &Framework, name: &str, label: &str| {
        html! {
            div.field {
                label for={ "f-" (name) } { (label) }
                select id={ "f-" (name) } name=(name) {
                    option value="" { "choose" }
                    @for practice in &framework.practices {
                        optgroup label=(practice.name) {
                            @for c in framework.competencies_of(&practice.id) {
                                option value=(c.id) selected[asked.text(name) == c.id.as_str()] { (c.name) }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        details.fold open[asked.has("hand-from") || asked.has("hand-to") || facing.proposed.is_empty()] {
            summary { "Two that were not proposed" }
            div.pair {
                (options(&facing.from, "hand-from", &format!("Of {}", facing.from.title)))
                (options(&facing.to, "hand-to", &format!("counts in {} as", facing.to.title)))
                div.field {
                    label for="f-hand-sure" { "How well they match" }
                    select #f-hand-sure name="hand-sure" {
                        @for (word, name) in &SAID[1..4] { option value=(word) selected[asked.text("hand-sure") == *word] { (name) } }
                    }
                }
            }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let Some(family) = other_family(&metier, sent.text("family")).await? else {
        return Ok(see_other("/framework/import"));
    };
    let facing = metier.facing(&family).await?;
    let settled = match settlement(&facing, &sent) {
        Ok(settlement) => metier.settle_crosswalk(&settlement).await,
        Err(error) => Err(error),
    };
    match settled {
        Ok(_) => Ok(see_other(&format!(
            "/framework/crosswalk?family={family}&saved=1"
        ))),
        Err(error) if error.kind == Kind::Input => draw(&metier, &sent, Some(&error)).await,
        Err(error) => Err(error.into()),
    }
}

/// What the form says.
fn settlement(facing: &Facing, sent: &Sent) -> Result<Settlement, AppError> {
    let unread = || {
        AppError::input("what was sent cannot be read")
            .hint("Look at the page as it stands now, and say it again.")
    };
    if sent.text("from") != facing.from.family.as_str() {
        return Err(
            AppError::input("this was asked of other criteria than those shown now")
                .hint("Look at it as it stands, and say it again."),
        );
    }
    let mut rulings = Vec::new();
    for pair in sent.all("pair") {
        let mut parts = pair.split('=');
        let (Some(from), Some(to), Some(word)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(unread());
        };
        rulings.push(Ruling {
            from: CompetencyId::new(from).map_err(|_| unread())?,
            to: CompetencyId::new(to).map_err(|_| unread())?,
            verdict: verdict(word).ok_or_else(unread)?,
        });
    }
    if sent.has("all") {
        for ruling in rulings.iter_mut().filter(|r| r.verdict == Verdict::Open) {
            let proposal = facing
                .proposed
                .iter()
                .find(|p| p.from == ruling.from && p.to == ruling.to);
            if let Some(proposal) = proposal {
                ruling.verdict = Verdict::Counts {
                    confidence: proposal.confidence,
                };
            }
        }
    }
    match (sent.text("hand-from"), sent.text("hand-to")) {
        ("", "") => {}
        ("", _) | (_, "") => {
            return Err(
                AppError::input("of two that were not proposed only one is chosen")
                    .hint("Choose the other too, or neither."),
            );
        }
        (from, to) => rulings.push(Ruling {
            from: CompetencyId::new(from).map_err(|_| unread())?,
            to: CompetencyId::new(to).map_err(|_| unread())?,
            verdict: verdict(sent.text("hand-sure")).ok_or_else(unread)?,
        }),
    }
    let steps = sent
        .all("step")
        .filter(|s| !s.is_empty())
        .map(|s| {
            let (from, to) = s.split_once('=').ok_or_else(unread)?;
            Ok((
                RungId::new(from).map_err(|_| unread())?,
                RungId::new(to).map_err(|_| unread())?,
            ))
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    Ok(Settlement {
        from: facing.from.family.clone(),
        to: facing.to.family.clone(),
        steps,
        both_ways: sent.has("both"),
        rulings,
        seen: sent.text("seen").parse().ok(),
    })
}
