//! `spend` and `time`: time set aside for learning, and time spent.

use clap::{Args, Subcommand};
use metier_app::words::{self, short_day, short_hours};
use metier_app::{AppError, AsOf, find_entry};
use metier_core::plan::{TimeSetAside, TimeSpent};
use serde_json::json;

use super::recorded::{on, recorded};
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::pad;
use crate::session::Session;

/// Weeks and quarters shown.
const WEEKS: u32 = 12;
const QUARTERS: u32 = 4;

/// Time spent.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier spend 1.5 --on 4f2a91c0          on something planned
  metier spend 0.5 --on \"reading about tone\" --date yesterday")]
pub struct SpendArgs {
    /// Hours
    hours: f64,
    /// What is planned, as `metier plan list` shows it; or in words
    #[arg(long, value_name = "ENTRY|TEXT")]
    on: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    date: Option<Day>,
}

/// What to do about time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier time
  metier time aside 4 --when \"Thursday mornings\"
  metier time aside 0 --from 2027-07-01")]
pub struct TimeArgs {
    #[command(subcommand)]
    command: Option<TimeCommand>,
}

/// What to do about time.
#[derive(Debug, Subcommand)]
pub enum TimeCommand {
    /// Set hours a week aside; what held before stays as it was until then
    Aside(AsideArgs),
}

/// Time set aside.
#[derive(Debug, Args)]
pub struct AsideArgs {
    /// Hours a week; 0: none for a while
    hours: f64,
    /// When in the week
    #[arg(long, value_name = "TEXT")]
    when: Option<String>,
    /// From when on; absent: today
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
}

/// Notes time spent.
pub async fn spend(args: SpendArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (mut planned, mut on_what) = (None, String::new());
    if let Some(word) = args.on {
        let sight = metier.sight(AsOf::default()).await?;
        let plan = sight.plan();
        // A word that names nothing planned is what it was spent on.
        let id = find_entry(&sight.entries, &word).ok();
        planned = id.filter(|id| plan.planned.iter().any(|p| p.id == *id));
        if planned.is_none() {
            on_what = word;
        }
    }
    let spent = TimeSpent {
        hours: args.hours,
        planned,
        on_what,
    };
    let day_of = session.day(args.date);
    let id = metier.spent(spent, day_of).await?;
    let said = format!("Noted: {}{}.", words::exact(args.hours), on(day_of, session));
    recorded(session, &metier, vec![id], &said, &[], None).await
}

/// Shows or sets aside.
pub async fn time(args: TimeArgs, session: &Session) -> Result<Answer, AppError> {
    match args.command {
        Some(TimeCommand::Aside(args)) => aside(args, session).await,
        None => show(session).await,
    }
}

async fn aside(args: AsideArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let aside = TimeSetAside {
        hours_a_week: args.hours,
        from: session.day(args.from),
        when: args.when.unwrap_or_default(),
    };
    let id = metier.set_aside(aside).await?;
    recorded(session, &metier, vec![id], "Set aside.", &[], None).await
}

async fn show(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let (plan, today) = (sight.plan(), sight.standing.at);
    let (weeks, quarters) = (plan.weeks(today, WEEKS), plan.quarters(today, QUARTERS));
    let now = plan.hours_a_week(today);
    let value = json!({"hours_a_week": now, "weeks": weeks, "quarters": quarters});
    session.answer(&value, |paper| {
        let mut text = match now {
            None => "No time is set aside yet: metier time aside HOURS --when TEXT\n".to_owned(),
            Some(hours) => format!("{} a week set aside.\n", words::capital(&words::exact(hours))),
        };
        let row =
            |when: &str, aside: &str, spent: &str| format!("{}{}{spent}\n", pad(when, 26), pad(aside, 12));
        text += &paper.strong(&row("Hours", "set aside", "spent"));
        for week in weeks.iter().rev() {
            let aside = short_hours(words::rounded(week.planned.get()));
            let when = format!("week from {}", short_day(week.from));
            text += &row(&when, &aside, &short_hours(week.spent.get()));
        }
        for quarter in quarters.iter().rev() {
            let aside = short_hours(words::rounded(quarter.planned.get()));
            let number = (quarter.from.month() - 1) / 3 + 1;
            let when = format!("quarter {number} of {}", quarter.from.year());
            text += &row(&when, &aside, &short_hours(quarter.spent.get()));
        }
        text
    })
}
