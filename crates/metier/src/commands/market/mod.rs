//! `market`: what employers ask for. One file a subject.

mod concepts;
mod count;
mod demand;
mod evaluate;
mod ingest;
mod neighbours;
mod progress;
mod scores;
mod train;

use clap::Subcommand;
use metier_app::AppError;

use crate::answer::Answer;
use crate::session::Session;

/// What to do about the market.
#[derive(Debug, Subcommand)]
pub enum MarketCommand {
    /// Read many postings into the home's counts; goes on where it was stopped
    Ingest(ingest::IngestArgs),
    /// Count files of postings, into counts that add up
    Count(count::CountArgs),
    /// Add up counts
    Merge(count::MergeArgs),
    /// Shares with intervals, tested trends, and how they meet your own gaps
    Demand(demand::DemandArgs),
    /// Find skills and technologies by what they are called, with where they come from
    Concepts(concepts::ConceptsArgs),
    /// Professions near to an occupation: what carries over, what is missing, what would be left unused
    Neighbours(neighbours::NeighboursArgs),
    /// Teach the program to read adverts, from marked data sets; minutes, the same bytes every time
    Train(train::TrainArgs),
    /// Score what was taught on a data set
    Evaluate(evaluate::EvaluateArgs),
}

/// Does what was asked.
pub async fn run(command: MarketCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        MarketCommand::Ingest(args) => ingest::run(args, session).await,
        MarketCommand::Count(args) => count::count(args, session).await,
        MarketCommand::Merge(args) => count::merge(&args),
        MarketCommand::Demand(args) => demand::run(args, session).await,
        MarketCommand::Concepts(args) => concepts::run(&args, session).await,
        MarketCommand::Neighbours(args) => neighbours::run(&args, session).await,
        MarketCommand::Train(args) => train::run(&args, session),
        MarketCommand::Evaluate(args) => evaluate::run(&args, session),
    }
}
