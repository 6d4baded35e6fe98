//! `plan rhythm`, `plan calendar`, `plan coverage`: how often one looks back, the days in a calendar, and
//! which areas and strategies a quarter leaves empty.

use std::path::PathBuf;

use clap::Args;
use metier_app::words::{self, Words, capital, day};
use metier_app::{AppError, AsOf, Kind, Titles};
use metier_core::journal::view;
use metier_core::plan::{Coverage, Quarter, Rhythm};
use serde_json::json;

use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// The rhythm of looking back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier plan rhythm                                 what it is, and what comes next
  metier plan rhythm --reflect-weeks 2 --review-months 6
  metier plan rhythm --none")]
pub struct RhythmArgs {
    /// Weeks between two looks back
    #[arg(long, value_name = "WEEKS")]
    reflect_weeks: Option<u8>,
    /// Months between two reviews with somebody
    #[arg(long, value_name = "MONTHS")]
    review_months: Option<u8>,
    /// Months between two looks at the field
    #[arg(long, value_name = "MONTHS")]
    market_months: Option<u8>,
    /// Keep no rhythm from today
    #[arg(long, conflicts_with_all = ["reflect_weeks", "review_months", "market_months"])]
    none: bool,
}

/// Says the rhythm or shows it. What is not given stays out of the new one.
pub async fn rhythm(args: RhythmArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let given = [args.reflect_weeks, args.review_months, args.market_months];
    if args.none || given.into_iter().any(|n| n.is_some()) {
        let rhythm = Rhythm {
            from: session.surroundings.today(),
            reflect_weeks: args.reflect_weeks,
            review_months: args.review_months,
            market_months: args.market_months,
        };
        let said = words::rhythm(&rhythm);
        let id = metier.set_rhythm(rhythm).await?;
        let hint = "The days for your calendar: metier plan calendar --out metier.ics".to_owned();
        return recorded(session, &metier, vec![id], &said, &[], Some(hint)).await;
    }
    let sight = metier.sight(AsOf::default()).await?;
    let (plan, today) = (sight.plan(), sight.standing.at);
    let (now, next) = (plan.rhythm(today), plan.next_by_rhythm(today));
    let value = json!({
        "rhythm": now,
        "next": next.iter().map(|(what, on)| json!({"what": what, "on": on})).collect::<Vec<_>>(),
    });
    session.answer(&value, |_| {
        let mut text = match now {
            Some(now) => words::rhythm(now) + "\n",
            None => {
                "No rhythm is chosen yet: metier plan rhythm --reflect-weeks 2 --review-months 6\n".into()
            }
        };
        for (what, on) in &next {
            text += &format!("  {}: {}\n", words::dated(*what), day(*on));
        }
        text
    })
}

/// The calendar file.
#[derive(Debug, Args)]
#[command(after_help = "\
Each day says only what sort of day it is, since colleagues may look into a calendar; --names says of what.
Take the file in again when the plan has changed: days that moved are moved, days that are over are taken out.")]
pub struct CalendarArgs {
    /// The file to write, as in metier.ics
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// With names and subjects
    #[arg(long)]
    names: bool,
}

/// Writes the calendar file.
pub async fn calendar(args: CalendarArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let titles = if args.names { Titles::Full } else { Titles::Short };
    let made = metier.calendar(titles).await?;
    std::fs::write(&args.out, &made.bytes).map_err(|e| {
        AppError::new(
            Kind::Machine,
            format!("{} could not be written: {e}", args.out.display()),
        )
        .hint("Name a file in a folder that is there and that you may write to.")
    })?;
    let value = json!({"file": args.out, "name": made.name, "events": made.events});
    session.answer(&value, |_| {
        let standing = made.events.iter().filter(|e| !e.cancelled).count();
        let over = made.events.len() - standing;
        let mut text = format!(
            "{} written to {}.\n",
            capital(&words::plural(standing as u64, "day", "days")),
            args.out.display()
        );
        if over > 0 {
            text += &format!(
                "It also names {} that no longer take place, so that your calendar takes them out.\n",
                words::plural(over as u64, "day", "days")
            );
        }
        text
    })
}

/// Which quarter.
#[derive(Debug, Args)]
pub struct CoverageArgs {
    /// Another quarter than this one, as in 2026-3
    #[arg(long, value_name = "YEAR-NUMBER")]
    quarter: Option<String>,
}

/// Shows what touches each area and strategy, and how to begin with what is empty.
pub async fn coverage(args: CoverageArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let quarter = match &args.quarter {
        None => Quarter::of(sight.standing.at),
        Some(word) => words::quarter_of(word).ok_or_else(|| {
            AppError::input(format!("`{word}` is no quarter"))
                .hint("Write the year and the number, as in 2026-3.")
        })?,
    };
    let here = view(&sight.entries, sight.standing.known_at);
    let coverage = Coverage::of(&here, &sight.version.framework, quarter);
    session.answer(&coverage, |paper| {
        let said = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let line = |(name, _, begin): (&str, &str, words::Beginning), by: &[metier_core::id::EntryId]| {
            let Some(last) = by.last() else {
                return format!(
                    "{}\n",
                    paper.paragraph("", 2, &format!("{name}: empty. {}", begin.said))
                );
            };
            let fact = here
                .facts
                .iter()
                .find(|f| f.root == *last)
                .map(|f| said.fact(f.fact()));
            let more = match by.len() {
                1 => String::new(),
                n => format!(", and {} more", n - 1),
            };
            let what = fact.unwrap_or_default();
            let what = format!("{name}: {what} [{}]{more}", short(*last));
            format!("{}\n", paper.paragraph("", 2, &what))
        };
        let mut text = format!("{}\n", head(paper, &capital(&words::quarter(quarter))));
        text += "The eight areas\n";
        for touched in &coverage.areas {
            text += &line(words::area(touched.what), &touched.by);
        }
        text += "The eight strategies\n";
        for touched in &coverage.strategies {
            text += &line(words::strategy(touched.what), &touched.by);
        }
        text
    })
}

fn head(paper: Paper, text: &str) -> String {
    paper.strong(text)
}
