//! `goal milestone`: what is to be there on the way.

use clap::{Args, Subcommand};
use metier_app::{AppError, MilestoneDo, find_entry};
use metier_core::id::ThingId;

use super::named;
use crate::answer::Answer;
use crate::commands::recorded::recorded;
use crate::day::Day;
use crate::session::Session;

/// What to do about a milestone.
#[derive(Debug, Subcommand)]
pub enum MilestoneCommand {
    /// Add one
    Add(AddArgs),
    /// Word it otherwise or move its day, and say why
    Change(ChangeArgs),
    /// It is there
    Met(MetArgs),
    /// It is not there after all
    Open(WhyArgs),
    /// Take it out, and say why
    Drop(WhyArgs),
}

/// A milestone to add.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The goal, as `metier goal list` shows it
    #[arg(value_name = "GOAL")]
    goal: String,
    /// What is to be there
    what: String,
    /// By when
    #[arg(long, value_name = "DATE")]
    by: Option<Day>,
}

/// A milestone worded otherwise.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// The goal
    #[arg(value_name = "GOAL")]
    goal: String,
    /// The milestone, as `metier goal show` names it
    milestone: ThingId,
    /// Why it changes
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// What is to be there
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// Another day
    #[arg(long, value_name = "DATE", conflicts_with = "no_day")]
    by: Option<Day>,
    /// Without a day
    #[arg(long)]
    no_day: bool,
}

/// A milestone that is there.
#[derive(Debug, Args)]
pub struct MetArgs {
    /// The goal
    #[arg(value_name = "GOAL")]
    goal: String,
    /// The milestone, as `metier goal show` names it
    milestone: ThingId,
    /// Since when; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// What happened that shows it; may be given again
    #[arg(long = "with", value_name = "ENTRY")]
    shown_by: Vec<String>,
}

/// A milestone, and why.
#[derive(Debug, Args)]
pub struct WhyArgs {
    /// The goal
    #[arg(value_name = "GOAL")]
    goal: String,
    /// The milestone, as `metier goal show` names it
    milestone: ThingId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: String,
}

/// Does it.
pub async fn run(command: MilestoneCommand, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (goal, said, what) = match command {
        MilestoneCommand::Add(args) => {
            let by = args.by.map(|by| session.day(Some(by)));
            let add = MilestoneDo::Add { what: args.what, by };
            (args.goal, "Added.", add)
        }
        MilestoneCommand::Change(args) => {
            let (_, goal) = named(&metier, &args.goal).await?;
            let before = goal.milestones.iter().find(|m| m.id == args.milestone);
            let by = match (args.no_day, args.by) {
                (true, _) => None,
                (false, Some(by)) => Some(session.day(Some(by))),
                (false, None) => before.and_then(|m| m.by),
            };
            let what = args
                .what
                .or_else(|| before.map(|m| m.what.clone()))
                .unwrap_or_default();
            let change = MilestoneDo::Change {
                id: args.milestone,
                what,
                by,
                because: args.because,
            };
            (args.goal, "Changed.", change)
        }
        MilestoneCommand::Met(args) => {
            let (entries, _) = metier.read().await?;
            let shown_by = args.shown_by.iter().map(|word| find_entry(&entries, word));
            let met = MilestoneDo::Met {
                id: args.milestone,
                on: session.day(args.on),
                shown_by: shown_by.collect::<Result<_, _>>()?,
            };
            (args.goal, "Noted: it is there.", met)
        }
        MilestoneCommand::Open(args) => {
            let open = MilestoneDo::Open {
                id: args.milestone,
                because: args.because,
            };
            (args.goal, "It is open again.", open)
        }
        MilestoneCommand::Drop(args) => {
            let drop = MilestoneDo::Drop {
                id: args.milestone,
                because: args.because,
            };
            (args.goal, "Taken out.", drop)
        }
    };
    let (id, _) = named(&metier, &goal).await?;
    metier.milestone(id, what).await?;
    recorded(session, &metier, vec![id], said, &[], None).await
}
