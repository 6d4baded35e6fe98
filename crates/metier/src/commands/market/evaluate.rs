//! `market evaluate`: scores on a data set.

use std::path::PathBuf;

use clap::Args;
use metier_app::{AppError, evaluate_market};

use super::scores::{estimate, linking, names, table};
use crate::answer::Answer;
use crate::session::Session;

/// What to score on.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// The data set; recognised by its content
    file: PathBuf,
    /// The labels that sentences are linked to, one a line; absent: all skills of ESCO
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
}

/// Scores, with intervals.
pub fn run(args: &EvaluateArgs, session: &Session) -> Result<Answer, AppError> {
    let done = evaluate_market(&session.home, &args.file, args.labels.as_deref())?;
    session.answer(&done, |paper| {
        let mut text = format!("{}: {} of {}.\n", done.file, done.sentences, done.format);
        if let Some(spans) = &done.spans {
            text += &format!(
                "A span counts when both its ends are right.\n\n{}\n{}\n{}\n{}",
                paper.strong("Tokens as the set gives them"),
                table(&spans.as_given),
                paper.strong("The same sentences, cut as an advert is cut"),
                table(&spans.as_read)
            );
        }
        if let Some(scores) = &done.names {
            text += &format!(
                "\n{}\n{}",
                paper.strong("Names alone, on knowledge"),
                names(scores)
            );
        }
        if let Some(scores) = &done.linking {
            text += &linking(scores);
        }
        if let Some(scores) = &done.occupations {
            text += &format!(
                "{} scored, {} of a group no occupation is of; {} left out, for the weights were fitted to them.\n",
                scores.adverts, scores.unknown, scores.fitted_to
            );
            if scores.adverts > 0 {
                text += &format!(
                    "  first       {}\n  first five  {}\n  told of the first {:.3}\n",
                    estimate(scores.first),
                    estimate(scores.first_five),
                    scores.told
                );
            }
        }
        for missing in &done.missing {
            text += &format!("Missing: {missing}.\n");
        }
        text
    })
}
