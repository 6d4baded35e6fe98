//! `attempt`: sessions of attempts at one thing.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use metier_app::words::{capital, number};
use metier_app::{AppError, LogEvidence, Metier, ToClaim, competency_of, evidence};
use metier_core::evidence::Happening;
use metier_core::framework::Framework;
use metier_exchange::attempts_csv;
use serde::Serialize;

use super::recorded::{Touched, on, recorded};
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// A session of attempts, or a table of them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier attempt publish-an-article --clean 3
  metier attempt publish-an-article --clean 9 --of 10 --aided 1 --on yesterday
  metier attempt --template > sessions.csv
  metier attempt publish-an-article --csv sessions.csv")]
pub struct AttemptArgs {
    /// The competency, by its id or name
    #[arg(required_unless_present = "template")]
    competency: Option<String>,
    /// How many came out right without help
    #[arg(long, value_name = "N", required_unless_present_any = ["csv", "template"])]
    clean: Option<u32>,
    /// How many you made in all; absent: as many as came out right
    #[arg(long, value_name = "N")]
    of: Option<u32>,
    /// How many came out right with help or the guide open
    #[arg(long, value_name = "N", default_value_t = 0)]
    aided: u32,
    /// The day: 2026-03-04, today or yesterday
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// Minutes for the whole session
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// The guide you had, or could have had
    #[arg(long, value_name = "TEXT")]
    guide: Option<String>,
    /// What the list calls it; absent: the competency's name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The step it shows, where it is not the one that counts attempts
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// Take the sessions from a table
    #[arg(long, value_name = "FILE", conflicts_with_all = ["clean", "of", "on", "minutes", "guide"])]
    csv: Option<PathBuf>,
    /// Print a table to fill in
    #[arg(long, conflicts_with_all = ["competency", "csv", "clean"])]
    template: bool,
}

/// Records attempts.
pub async fn run(args: AttemptArgs, session: &Session) -> Result<Answer, AppError> {
    if args.template {
        let template = attempts_csv::template();
        return session.answer(&template, |_| template.clone());
    }
    let metier = session.open().await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let word = args.competency.as_deref().unwrap_or_default();
    let claim = ToClaim::of_attempts(framework, word, args.step.as_deref())?;
    let title = match &args.title {
        Some(title) => title.trim().to_owned(),
        None => name_of(framework, word)?,
    };
    match &args.csv {
        Some(file) => table(session, &metier, file, &title, claim).await,
        None => one(session, &metier, &args, &title, claim).await,
    }
}

async fn one(
    session: &Session,
    metier: &Metier,
    args: &AttemptArgs,
    title: &str,
    claim: ToClaim,
) -> Result<Answer, AppError> {
    let clean = args.clean.unwrap_or(0);
    let attempts = args.of.unwrap_or_else(|| clean.saturating_add(args.aided));
    let on_day = session.day(args.on);
    let happening = Happening::Attempts {
        attempts,
        clean,
        aided: args.aided,
        guide: args.guide.clone().unwrap_or_default(),
        minutes: args.minutes,
    };
    let touched = Touched::by(std::slice::from_ref(&claim));
    let log = LogEvidence {
        on: on_day,
        evidence: evidence(title, happening),
        claims: vec![claim],
        files: Vec::new(),
    };
    let id = metier.log(log).await?;
    let said = format!("Recorded{}: {clean} of {attempts} clean.", on(on_day, session));
    recorded(session, metier, vec![id], &said, &touched, None).await
}

#[derive(Debug, Serialize)]
struct Tried {
    on: jiff::civil::Date,
    attempts: u32,
    clean: u32,
}

async fn table(
    session: &Session,
    metier: &Metier,
    file: &Path,
    title: &str,
    claim: ToClaim,
) -> Result<Answer, AppError> {
    let named = file.display().to_string();
    let bytes = bytes_of(file)?;
    let rows = metier.log_table(&named, &bytes, title, &claim).await?;
    let sessions: Vec<Tried> = rows
        .iter()
        .map(|r| Tried {
            on: r.on,
            attempts: r.attempts,
            clean: r.clean,
        })
        .collect();
    let (attempts, clean) = rows.iter().fold((0_u64, 0_u64), |(a, c), r| {
        (a + u64::from(r.attempts), c + u64::from(r.clean))
    });
    if session.json() {
        return session.answer(&sessions, |_| String::new());
    }
    let said = format!(
        "{} recorded from {named}: {clean} of {attempts} attempts clean.",
        match rows.len() {
            1 => "One session".to_owned(),
            n => format!("{} sessions", capital(&number(n as u64))),
        }
    );
    let touched = Touched::by(std::slice::from_ref(&claim));
    recorded(session, metier, Vec::new(), &said, &touched, None).await
}

/// The file, or the first bytes past the limit, so that the reader refuses it.
fn bytes_of(file: &Path) -> Result<Vec<u8>, AppError> {
    let failed = |e| AppError::input(format!("{} cannot be read: {e}", file.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .map_err(failed)?
        .take(attempts_csv::FILE_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

fn name_of(framework: &Framework, word: &str) -> Result<String, AppError> {
    let id = competency_of(framework, word)?;
    Ok(framework
        .competency(&id)
        .map_or_else(|| id.to_string(), |c| c.name.clone()))
}
