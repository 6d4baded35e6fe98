//! `market evaluate`: scores on a data set.

use std::path::PathBuf;

use clap::Args;
use metier_app::{AppError, evaluate_market};

use super::scores::table;
use crate::answer::Answer;
use crate::session::Session;

/// What to score on.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// The data set; recognised by its content
    file: PathBuf,
}

/// Scores, with intervals.
pub fn run(args: &EvaluateArgs, session: &Session) -> Result<Answer, AppError> {
    let done = evaluate_market(&session.home, &args.file)?;
    session.answer(&done, |paper| {
        format!(
            "{}: {}, {} sentences. A span counts when both its ends are right.\n\n{}\n{}\n{}\n{}",
            done.file,
            done.format,
            done.as_given.sentences,
            paper.strong("Tokens as the set gives them"),
            table(&done.as_given),
            paper.strong("The same sentences, cut as an advert is cut"),
            table(&done.as_read)
        )
    })
}
