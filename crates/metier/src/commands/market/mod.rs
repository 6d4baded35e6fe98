//! `market`: what employers ask for.

mod evaluate;
mod scores;
mod train;

use clap::Subcommand;
use metier_app::AppError;

use crate::answer::Answer;
use crate::session::Session;

/// What to do with postings.
#[derive(Debug, Subcommand)]
pub enum MarketCommand {
    /// Teach the program to read adverts, from marked data sets; minutes, the same bytes every time
    Train(train::TrainArgs),
    /// Score what was taught on a data set
    Evaluate(evaluate::EvaluateArgs),
}

/// Does what was asked.
#[allow(
    clippy::unused_async,
    reason = "the commands beside these two read the journal"
)]
pub async fn run(command: MarketCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        MarketCommand::Train(args) => train::run(&args, session),
        MarketCommand::Evaluate(args) => evaluate::run(&args, session),
    }
}
