//! `leave` and `review`: time away, and days to look back from.

use clap::Args;
use jiff::civil::Date;
use metier_app::AppError;
use metier_app::words::{day, days_left};
use metier_core::journal::Review;
use metier_core::person::Leave;

use super::recorded::recorded;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// Time away.
#[derive(Debug, Args)]
pub struct LeaveArgs {
    /// First day away
    #[arg(long, value_name = "DATE")]
    from: Date,
    /// Last day away; absent while it lasts
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

/// Records time away.
pub async fn leave(args: LeaveArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let leave = Leave {
        from: args.from,
        until: args.until,
    };
    let id = metier.go_on_leave(leave).await?;
    let until = args
        .until
        .map_or_else(String::new, |u| format!(" until {}", day(u)));
    let said = format!(
        "Noted: away from {}{until}. Nothing grows stale in that time.",
        day(args.from)
    );
    recorded(session, &metier, vec![id], &said, &[], None).await
}

/// A review that took place, or that is to be.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier review --with Edith --note \"asked for a larger project\"
  metier review --on 2026-12-03 --with Edith     a day to come: planned, and counted down to")]
pub struct ReviewArgs {
    /// The day: 2026-03-04, today or yesterday; a day to come plans it
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// With whom
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    /// What was said, or what it is to be about
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Records a review.
pub async fn review(args: ReviewArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let on = session.day(args.on);
    let text = |given: Option<String>| given.unwrap_or_default().trim().to_owned();
    let review = Review {
        with: text(args.with),
        note: text(args.note),
    };
    let with = match review.with.as_str() {
        "" => String::new(),
        name => format!(" with {name}"),
    };
    let id = metier.reviewed(on, review).await?;
    let today = session.surroundings.today();
    let said = if on > today {
        format!("Planned: review{with} on {}, {}.", day(on), days_left(on, today))
    } else {
        format!(
            "Noted: review{with} on {}. The map now says what changes after it.",
            day(on)
        )
    };
    recorded(session, &metier, vec![id], &said, &[], None).await
}
