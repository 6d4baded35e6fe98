//! `market train`: from marked data sets to the trained file.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use metier_app::words::list;
use metier_app::{AppError, MarketTraining, TRAINED_FILE, Use, train_market};

use super::scores::table;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What to train from.
#[derive(Debug, Args)]
pub struct TrainArgs {
    /// The folder with the data sets; they are recognised by their content
    #[arg(long, value_name = "DIR", default_value = ".")]
    data: PathBuf,
    /// The same seed and data give the same file, to the byte
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// Trains, and says how good it is.
pub fn run(args: &TrainArgs, session: &Session) -> Result<Answer, AppError> {
    let watched = std::io::stderr().is_terminal();
    let done = train_market(&session.home, &args.data, Vec::new(), args.seed, |what| {
        // When standard error is closed nobody watches.
        let begin = if watched { "\r\u{1b}[K" } else { "" };
        let end = if watched { "" } else { "\n" };
        let _ = write!(std::io::stderr(), "{begin}{what}{end}");
        let _ = std::io::stderr().flush();
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
        text += &format!(
            "{}: {} sentences, {}, {used}\n",
            file.file, file.sentences, file.what
        );
    }
    text += &format!(
        "\n{}\n{}",
        paper.strong("Single networks on the parts of the training sets that they did not see"),
        table(&done.tagger.folds)
    );
    if let Some(validation) = &done.validation {
        text += &format!(
            "\n{}\n{}",
            paper.strong("What is kept, on the validation sets"),
            table(validation)
        );
    }
    text += &format!(
        "\n{TRAINED_FILE}: {:.1} MB, {} words known.\n",
        done.bytes as f64 / 1e6,
        done.tagger.words
    );
    let missing: Vec<String> = done.missing.iter().map(|p| p.name().to_owned()).collect();
    if !missing.is_empty() {
        text += &format!("Not trained: {}. The rest does without.\n", list(&missing));
    }
    text
}
