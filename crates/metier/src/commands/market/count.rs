//! `market count` and `market merge`: counts that add up, for any batch system.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use metier_app::{AppError, Columns, count_files, market_concepts, merged_counts};

use super::ingest::{counted, unread};
use super::progress::Watched;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What to count.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market count part-1.jsonl.gz > part-1.counts
  metier market merge part-*.counts > all.counts

Counts of parts add up to the counts of the whole, to the byte. Reposts are counted each time: what was put up
again is found only where all postings are together (metier market ingest).")]
pub struct CountArgs {
    /// Files of postings (text, HTML, JSON Lines, CSV, Parquet; gzip, zstd), folders of them, - for standard input
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// What the fields are called: text, id, title, employer, place, date, occupation
    #[arg(
        long,
        value_name = "FIELD=COLUMN,...",
        default_value = "",
        hide_default_value = true
    )]
    columns: String,
    /// List the documents that could not be read, on standard error
    #[arg(long)]
    damaged: bool,
}

/// What to add up.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Files of counts
    #[arg(required = true, value_name = "COUNTS")]
    paths: Vec<PathBuf>,
}

/// Counts files onto standard output.
pub async fn count(args: CountArgs, session: &Session) -> Result<Answer, AppError> {
    let concepts = market_concepts(&session.home, &session.surroundings).await?;
    let columns = Columns::parse(&args.columns)?;
    let mut watched = Watched::new();
    let made = count_files(&session.home, &args.paths, &columns, &concepts, |step| {
        watched.say(step);
    });
    watched.end();
    let (counts, of) = made?;
    let mut aside = String::new();
    if !of.same.is_empty() || of.damaged > 0 || std::io::stderr().is_terminal() {
        let paper = Paper::of(std::io::stderr().is_terminal());
        aside = counted(&of) + &unread(&of, args.damaged, paper);
    }
    // When standard error is closed there is nobody to tell.
    let _ = std::io::stderr().write_all(aside.as_bytes());
    Ok(Answer {
        said: counts.to_text(),
        yes: true,
    })
}

/// Adds counts up onto standard output.
pub fn merge(args: &MergeArgs) -> Result<Answer, AppError> {
    Ok(Answer {
        said: merged_counts(&args.paths)?.to_text(),
        yes: true,
    })
}
