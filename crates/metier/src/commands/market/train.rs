//! `market train`: from marked data sets to the trained file.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use metier_app::{AppError, MarketTraining, TRAINED_FILE, TrainAsked, Use, train_market};

use super::scores::{estimate, linking, names, table};
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What to train from.
#[derive(Debug, Args)]
pub struct TrainArgs {
    /// The folder with the data sets; they are recognised by their content
    #[arg(long, value_name = "DIR", default_value = ".")]
    data: PathBuf,
    /// Postings to read as plain text; absent: the JSON Lines files found in the folder
    #[arg(long, value_name = "PATH")]
    postings: Vec<PathBuf>,
    /// The same seed and data give the same file, to the byte
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// Trains, and says how good it is.
pub fn run(args: &TrainArgs, session: &Session) -> Result<Answer, AppError> {
    let watched = std::io::stderr().is_terminal();
    let asked = TrainAsked {
        folder: args.data.clone(),
        postings: args.postings.clone(),
        seed: args.seed,
    };
    let done = train_market(&session.home, &asked, |what| {
        // When standard error is closed nobody watches.
        if watched {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K{what}");
            let _ = std::io::stderr().flush();
        }
    });
    if watched {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
    let done = done?;
    session.answer(&done, |paper| said(&done, paper))
}

fn said(done: &MarketTraining, paper: Paper) -> String {
    let mut text = String::new();
    for file in &done.files {
        let used = match file.used {
            Use::Training => "learnt from",
            Use::Validation => "scored only",
            Use::Text => "read as plain text",
            Use::LeftAlone => "left alone",
        };
        text += &format!("{}: {} of {}, {used}\n", file.file, file.sentences, file.what);
    }
    if let Some(found) = &done.names {
        let left_out = found.left_out;
        text += &format!(
            "\n{}\nOn training sentences left out in turn: precision {:.3}, recall {:.3} ({} found, {} right, {} marked).\n",
            paper.strong("Names alone, on knowledge"),
            left_out.precision().unwrap_or(0.0),
            left_out.recall().unwrap_or(0.0),
            left_out.found,
            left_out.right,
            left_out.marked
        );
        if let Some(scores) = &found.validation {
            text += &format!("On the validation sets:\n{}", names(scores));
        }
    }
    if let Some(report) = &done.tagger {
        text += &format!(
            "\n{}\n{}",
            paper.strong("Spans: single networks on the parts of the training sets that they did not see"),
            table(&report.folds)
        );
    }
    if let Some(validation) = &done.validation {
        text += &format!(
            "\n{}\n{}",
            paper.strong("Spans: what is kept, on the validation sets"),
            table(validation)
        );
    }
    if let Some(found) = &done.linking {
        text += &format!(
            "\n{}\n{} texts of the classification and sentences.\n",
            paper.strong("Links"),
            found.training.lessons
        );
        if let Some(apart) = found.training.kept_apart {
            text += &format!("MRR on sentences kept apart: {}\n", estimate(apart));
        }
        if let Some(scores) = &found.validation {
            text += &format!("On the validation sets:\n{}", linking(scores));
        }
    }
    if let Some(scores) = &done.occupations {
        text += &format!(
            "\n{}\n{} adverts by nested cross-validation, {} of a group no occupation is of.\n  \
             first       {}\n  first five  {}\n  told of the first {:.3}, Brier {:.3}\n",
            paper.strong("Occupations"),
            scores.postings,
            scores.unknown,
            estimate(scores.first),
            estimate(scores.first_five),
            scores.told,
            scores.brier
        );
    }
    text += &format!("\n{TRAINED_FILE}: {:.1} MB.\n", done.bytes as f64 / 1e6);
    for why in &done.why {
        text += &format!("Not trained: {why}.\n");
    }
    text
}
