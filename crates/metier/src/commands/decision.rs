//! `decision`: what others decided about a promotion, a raise or a level, and why.

use clap::{Args, Subcommand, ValueEnum};
use metier_app::words::{self, Words, day};
use metier_app::{AppError, Decide, find_entry};
use metier_core::decision::{DecidedAbout, DecisionOutcome};

use super::recorded::{on, recorded};
use super::short;
use super::start::level;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// What to do about decisions.
#[derive(Debug, Subcommand)]
pub enum DecisionCommand {
    /// Record what was decided, by whom, why
    Add(AddArgs),
    /// Every decision, oldest first, with the reason that was given
    List,
    /// Add the reason that was given later
    Reason(ReasonArgs),
}

/// What was decided.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier decision add promotion denied --by Edith --level senior --reason \"needs more work on planning\"
  metier decision add raise not-official-yet --by Edith --on 2026-11-20")]
pub struct AddArgs {
    /// promotion, raise or level
    #[arg(value_enum, hide_possible_values = true)]
    about: AboutWord,
    /// granted, not-official-yet or denied
    #[arg(value_enum, hide_possible_values = true)]
    outcome: OutcomeWord,
    /// Who decided
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The level it is about
    #[arg(long)]
    level: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// The reason that was given; ask for one
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The agreement it goes back to
    #[arg(long, value_name = "ENTRY")]
    agreement: Option<String>,
}

/// A reason given later.
#[derive(Debug, Args)]
pub struct ReasonArgs {
    /// The decision, as the list shows it
    #[arg(value_name = "ENTRY")]
    decision: String,
    /// The reason, as it was given
    reason: String,
}

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AboutWord {
    /// A promotion
    Promotion,
    /// More pay
    Raise,
    /// A level, without either
    Level,
}

/// Which way it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutcomeWord {
    /// Yes
    Granted,
    /// Yes in words, not made official
    NotOfficialYet,
    /// No
    Denied,
}

/// Does it.
pub async fn run(command: DecisionCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        DecisionCommand::Add(args) => add(args, session).await,
        DecisionCommand::List => list(session).await,
        DecisionCommand::Reason(args) => reason(args, session).await,
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let level = args.level.as_deref().map(|w| level(framework, w)).transpose()?;
    let agreement = args
        .agreement
        .as_deref()
        .map(|w| find_entry(&entries, w))
        .transpose()?;
    let day_of = session.day(args.on);
    let without_reason = args.reason.as_deref().is_none_or(|r| r.trim().is_empty());
    let id = metier
        .decided(Decide {
            on: day_of,
            about: match args.about {
                AboutWord::Promotion => DecidedAbout::Promotion,
                AboutWord::Raise => DecidedAbout::Raise,
                AboutWord::Level => DecidedAbout::Level,
            },
            level,
            outcome: match args.outcome {
                OutcomeWord::Granted => DecisionOutcome::Granted,
                OutcomeWord::NotOfficialYet => DecisionOutcome::NotOfficialYet,
                OutcomeWord::Denied => DecisionOutcome::Denied,
            },
            by: args.by,
            reason: args.reason.unwrap_or_default(),
            agreement,
        })
        .await?;
    let hint = without_reason.then(|| {
        format!(
            "No reason was given, and it is shown so. Ask for one: metier decision reason {} TEXT",
            short(id)
        )
    });
    let said = format!("Noted{}.", on(day_of, session));
    recorded(session, &metier, vec![id], &said, &[], hint).await
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (decisions, life) = (metier.decisions().await?, metier.life().await?);
    let framework = &life.needed()?.framework;
    session.answer(&decisions, |paper| {
        if decisions.is_empty() {
            return "No decision was recorded yet.\n".into();
        }
        let words = Words::new(framework, &[], session.surroundings.today());
        let mut text = String::new();
        for decided in &decisions {
            let level = decided.what.level.as_ref().map(|l| words.level(&l.level));
            let said = format!("{}: {}", day(decided.on), words::decided(&decided.what, level));
            text += &format!(
                "{}{}\n",
                paper.paragraph("", 2, &said),
                paper.faint(&format!("  [{}]", short(decided.id)))
            );
        }
        text
    })
}

async fn reason(args: ReasonArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let decision = find_entry(&entries, &args.decision)?;
    let id = metier.reason_given(decision, &args.reason).await?;
    let said = "Noted. What was recorded before stays in the history.";
    recorded(session, &metier, vec![id], said, &[], None).await
}
