//! `market ingest`: many postings into the home's counts.

use std::path::PathBuf;

use clap::Args;
use metier_app::words::{capital, number, plural};
use metier_app::{AppError, Columns, Counted, Ingest, Ingested, ingest, market_concepts};

use super::progress::Watched;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What to read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market ingest postings.jsonl.gz
  metier market ingest 2024/ 2025/ --columns text=description,date=posted_on
  metier market ingest postings.jsonl.gz --damaged        list what could not be read

All of it together is one collection, in place of the one before: name old and new files, so that reposts are
found across them. Stopped or killed, the same command goes on where it was. Of standard input a copy is kept
until all of it is counted: going on reads that copy.")]
pub struct IngestArgs {
    /// Files of postings (text, HTML, JSON Lines, CSV, Parquet; gzip, zstd), folders of them, - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What the fields are called: text, id, title, employer, place, date, occupation
    #[arg(
        long,
        value_name = "FIELD=COLUMN,...",
        default_value = "",
        hide_default_value = true
    )]
    columns: String,
    /// Count every posting, reposts too
    #[arg(long)]
    no_dedup: bool,
    /// Begin anew where an earlier run was not finished
    #[arg(long)]
    anew: bool,
    /// List the documents that could not be read
    #[arg(long)]
    damaged: bool,
    /// Postings after which what is done is put on disk
    #[arg(long, value_name = "N", default_value_t = 50_000, hide = true)]
    save_after: u64,
}

/// Reads them.
pub async fn run(args: IngestArgs, session: &Session) -> Result<Answer, AppError> {
    let concepts = market_concepts(&session.home, &session.surroundings).await?;
    let asked = Ingest {
        paths: args.paths,
        columns: Columns::parse(&args.columns)?,
        once: !args.no_dedup,
        save_after: args.save_after,
    };
    let mut watched = Watched::new();
    let ingested = ingest(&session.home, &asked, &concepts, args.anew, |step| {
        watched.say(step);
    });
    watched.end();
    let ingested = ingested?;
    session.answer(&ingested, |paper| said(&ingested, args.damaged, paper))
}

fn said(ingested: &Ingested, damaged: bool, paper: Paper) -> String {
    let mut text = String::new();
    if ingested.went_on {
        text += "Went on where it was stopped.\n";
    }
    text += &counted(&ingested.counted);
    if ingested.counted.postings == 0 {
        return text + &unread(&ingested.counted, damaged, paper);
    }
    if let (Some(compared), Some(path)) = (ingested.compared, &ingested.reposts) {
        text += &match compared.dropped {
            0 => "There is no repost among them.\n".to_owned(),
            n => format!(
                "{} left out, each in favour of the earliest of its kind: {}\n",
                capital(&plural(n, "repost", "reposts")),
                path.display()
            ),
        };
    }
    text += &unread(&ingested.counted, damaged, paper);
    text + "See what is asked for: metier market demand\n"
}

/// What was counted, in a line or more.
pub fn counted(counted: &Counted) -> String {
    let files = plural(counted.files as u64, "file", "files");
    let mut text = match (counted.postings, counted.concepts) {
        (0, _) => format!("No posting was found in {files}.\n"),
        (n, 0) => format!(
            "{} of {files} counted; nothing that is known here is asked for in them.\n",
            capital(&plural(n, "posting", "postings"))
        ),
        (n, concepts) => format!(
            "{} of {files} counted; {} in them.\n",
            capital(&plural(n, "posting", "postings")),
            plural(concepts as u64, "thing is asked for", "things are asked for"),
        ),
    };
    for (same, first) in &counted.same {
        text += &format!(
            "{} has the same contents as {}: counted once.\n",
            same.display(),
            first.display()
        );
    }
    text
}

/// Reasons that are told without being asked for.
const TOLD: usize = 3;

/// What could not be read: all that is listed, or the first few.
pub fn unread(counted: &Counted, listed: bool, paper: Paper) -> String {
    if counted.damaged == 0 {
        return String::new();
    }
    let told = if listed { usize::MAX } else { TOLD };
    let mut text = format!(
        "{} could not be read:\n",
        capital(&plural(counted.damaged, "document", "documents"))
    );
    for one in counted.damaged_listed.iter().take(told) {
        let line = format!("{}, {}: {}", one.origin.file, one.origin.document, one.why);
        text += &format!("{}\n", paper.paragraph("  -", 4, &line));
    }
    let shown = counted.damaged_listed.len().min(told) as u64;
    match counted.damaged.saturating_sub(shown) {
        0 => {}
        more if listed => text += &format!("  and {} more.\n", number(more)),
        more => text += &format!("  and {} more: --damaged lists them.\n", number(more)),
    }
    text
}
