//! `standing`, `gap`, `next`: where the person stands, what is missing, what to do.

use std::collections::HashSet;

use clap::Args;
use metier_app::words::{Words, capital, day, number, still_to_accomplish};
use metier_app::{AppError, AsOf, Kind, Metier, Sight, competency_of, find_entry, planned_already};
use metier_core::framework::Weight;
use metier_core::gap::GapItem;
use metier_core::id::{EntryId, FamilyId};
use metier_core::next_step::{Next, Step};

use super::{beside, competency, short};
use crate::answer::Answer;
use crate::day::Day;
use crate::map;
use crate::paper::Paper;
use crate::session::Session;

/// Of what, as of when.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier standing
  metier standing publish-an-article
  metier standing --as-of 2026-01-01                       what is known today of that day
  metier standing --as-of 2026-01-01 --known-at 2026-01-01   what was known on that day
  metier standing --against our-company-baker --level senior   the same record against other criteria")]
pub struct StandingArgs {
    /// A competency, by its id or name: why it stands as it does
    competency: Option<String>,
    /// What had happened by this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// What had been recorded by the end of this day
    #[arg(long, value_name = "DATE")]
    known_at: Option<Day>,
    /// Leave an entry out, to see what it carries; may be given again
    #[arg(long, value_name = "ENTRY")]
    without: Vec<String>,
    /// Another framework, by its family: the same record read against both
    #[arg(long, value_name = "FAMILY", conflicts_with_all = ["competency", "without"])]
    against: Option<FamilyId>,
    /// A level of that framework
    #[arg(long, value_name = "LEVEL", requires = "against")]
    level: Option<String>,
}

/// Says where the person stands.
pub async fn standing(args: StandingArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let as_of = AsOf {
        at: args.as_of.map(|d| session.day(Some(d))),
        known_at: args.known_at.map(|d| session.day(Some(d))),
    };
    if let Some(family) = &args.against {
        return beside::beside(session, &metier, as_of, family, args.level.as_deref()).await;
    }
    let without = left_out(&metier, &args.without).await?;
    let sight = metier
        .sight_without(as_of, &without)
        .await
        .map_err(|error| match as_of.known_at {
            Some(known_at) if error.kind == Kind::NotReady => {
                AppError::not_found(format!("nothing was aimed at yet by {}", day(known_at)))
                    .hint("`metier log --list` shows what was recorded when.")
            }
            _ => error,
        })?;
    if let Some(word) = &args.competency {
        let id = competency_of(&sight.version.framework, word)?;
        let waits = super::feedback::waits(&metier).await?;
        return competency::answer(session, &sight, &id, &waits);
    }
    let waits = super::feedback::waits(&metier).await?;
    session.answer(&sight.standing, |paper| whole(&sight, &metier, paper) + &waits)
}

async fn left_out(metier: &Metier, words: &[String]) -> Result<HashSet<EntryId>, AppError> {
    let mut without = HashSet::new();
    if !words.is_empty() {
        let (entries, _) = metier.read().await?;
        for word in words {
            without.insert(find_entry(&entries, word)?);
        }
    }
    Ok(without)
}

fn whole(sight: &Sight, metier: &Metier, paper: Paper) -> String {
    let framework = &sight.version.framework;
    let standing = &sight.standing;
    let words = Words::new(framework, &sight.entries, standing.at);
    let mut text = if metier.is_example() {
        "This is an example career; nothing in it is yours.\n".to_owned()
    } else {
        String::new()
    };
    let aim = sight.life.aim().and_then(|aim| {
        let level = words.level(aim.level.as_ref()?);
        let by = aim.by.map_or_else(String::new, |by| format!(" by {}", day(by)));
        Some(format!(", aiming at {level}{by}"))
    });
    text += &format!(
        "{}{}. {}.\n",
        paper.strong(&framework.title),
        aim.unwrap_or_default(),
        day(standing.at)
    );
    text += &paper.paragraph("", 0, &words.headline(standing));
    text += "\n\n";
    text += &map::draw(standing, framework, &words, paper);
    for credential in &standing.credentials {
        if let Some(said) = words.credential(credential) {
            text += &format!("{}\n", paper.paragraph("", 0, &said));
        }
    }
    text += &since(sight, &words, paper);
    text += "\n";
    text += &match sight.next() {
        Some(next) => one(&next.step, &words, paper) + "\n",
        None if standing.target.is_none() && !framework.levels.is_empty() => {
            "Choose what you aim at, and this says what to do next: metier aim --level LEVEL\n".into()
        }
        None => String::new(),
    };
    text + &paper.faint("Why: metier standing COMPETENCY\n")
}

/// What changed since the last review.
fn since(sight: &Sight, words: &Words<'_>, paper: Paper) -> String {
    let Some(review) = sight.last_review() else {
        return String::new();
    };
    let Ok(difference) = sight.since(review) else {
        return String::new();
    };
    let moved = words.changed(&difference);
    let mut text = format!("\nSince the review of {}:", day(review));
    if moved.is_empty() {
        return text + " nothing has moved.\n";
    }
    text.push('\n');
    for change in moved {
        let of: Vec<String> = change
            .competencies
            .iter()
            .map(|c| words.competency(c).to_owned())
            .collect();
        let said = format!(
            "{} {}: {}",
            number(change.count as u64),
            change.what,
            of.join("; ")
        );
        text += &format!("{}\n", paper.paragraph("  -", 4, &said));
    }
    text
}

/// "Next: … It would answer …".
fn one(step: &Step, words: &Words<'_>, paper: Paper) -> String {
    let said = format!("{} {}", words.step(step), words.step_why(step));
    paper.paragraph("Next:", 6, &said)
}

/// The gap takes no more than the target.
#[derive(Debug, Args)]
pub struct GapArgs {
    /// What had happened by this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

/// Says what is missing.
pub async fn gap(args: GapArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let as_of = AsOf {
        at: args.as_of.map(|d| session.day(Some(d))),
        known_at: None,
    };
    let sight = metier.sight(as_of).await?;
    if sight.standing.target.is_none() {
        let levels: Vec<&str> = sight
            .version
            .framework
            .levels
            .iter()
            .map(|l| l.id.as_str())
            .collect();
        return Err(
            AppError::not_ready("nothing is aimed at yet, so nothing is missing for it")
                .hint("metier aim --level LEVEL")
                .hint(format!("The levels are: {}.", levels.join(", "))),
        );
    }
    let gap = sight.gap();
    session.answer(&gap, |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = paper.paragraph("", 0, &words.headline(&sight.standing)) + "\n";
        if !gap.things.is_empty() {
            text += &format!(
                "\n{}\n",
                paper.paragraph("", 0, &still_to_accomplish(&gap.things))
            );
        }
        let (mut known, mut unknown): (Vec<&GapItem>, Vec<&GapItem>) = (Vec::new(), Vec::new());
        for item in &gap.open {
            if item.unknown {
                unknown.push(item);
            } else {
                known.push(item);
            }
        }
        known.sort_by_key(|item| item.missing.len());
        for item in known {
            text += &missing(item, &words, paper);
        }
        let (musts, others): (Vec<&GapItem>, Vec<_>) =
            unknown.into_iter().partition(|i| i.weight == Weight::Required);
        for (those, what) in [
            (
                musts,
                "required, with nothing to judge by yet; one example each would help most",
            ),
            (
                others,
                "that count, but may be made up for elsewhere, with nothing to judge by yet",
            ),
        ] {
            if those.is_empty() {
                continue;
            }
            text += &format!("\n{} {what}:\n", capital(&number(those.len() as u64)));
            for item in those {
                text += &format!("  {}\n", words.competency(&item.competency));
            }
        }
        text
    })
}

fn missing(item: &GapItem, words: &Words<'_>, paper: Paper) -> String {
    let mut text = format!(
        "\n{}: {} asked for{}\n",
        paper.strong(words.competency(&item.competency)),
        words.rung(&item.asked),
        weighted(item)
    );
    for at in &item.missing {
        let said = format!("{}: {}", words.rung(&at.rung), words.missing(&at.what));
        text += &format!("{}\n", paper.paragraph("  -", 4, &said));
    }
    text
}

fn weighted(item: &GapItem) -> &'static str {
    match item.weight {
        Weight::Weighted(_) => " (counts, but may be made up for elsewhere)",
        Weight::Required | Weight::NotApplicable => "",
    }
}

/// Nothing to choose.
#[derive(Debug, Args)]
pub struct NextArgs {}

/// Says what to do next.
pub async fn next(_: NextArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let next = sight.next();
    session.answer(&next, |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        match &next {
            Some(next) => {
                let planned = planned_already(&sight.plan(), &sight.version.framework, &next.step.what);
                all(next, planned, &words, paper)
            }
            None if sight.standing.target.is_none() => {
                "Choose what you aim at first: metier aim --level LEVEL\n".into()
            }
            None => "Nothing is missing for what you aim at.\n".into(),
        }
    })
}

fn all(next: &Next, planned: Option<EntryId>, words: &Words<'_>, paper: Paper) -> String {
    let mut text = format!(
        "{}\n",
        paper.strong(&paper.paragraph("", 0, &words.step(&next.step)))
    );
    text += &format!("{}\n", paper.paragraph("", 0, &words.step_why(&next.step)));
    text += &format!(
        "{}\n",
        paper.faint(&paper.paragraph("", 0, &words.step_choice(&next.step)))
    );
    if let Some(id) = planned {
        let said = format!("It is in your plan: metier plan show {}", short(id));
        text += &format!("{}\n", paper.paragraph("", 0, &said));
    }
    if !next.others.is_empty() {
        text += "\nOr:\n";
        for step in &next.others {
            let said = format!("{} {}", words.step(step), words.step_why(step));
            text += &format!("{}\n", paper.paragraph("  -", 4, &said));
        }
    }
    text
}
