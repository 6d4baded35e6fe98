//! `market`: what employers ask for. One file a subject.

mod adverts;
mod asked;
mod concepts;
mod count;
mod demand;
mod evaluate;
mod follow;
mod ingest;
mod neighbours;
mod progress;
mod scores;
mod train;

use clap::{Args, Subcommand};
use metier_app::AppError;

use crate::answer::Answer;
use crate::session::Session;

/// What employers ask for.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market save advert.txt --employer \"Fernhill Tools\"
  metier market
  metier market asked
  metier market also-called publish-an-article \"blog posts\"
  metier market ingest postings/ && metier market demand")]
pub struct MarketArgs {
    /// Absent: the short answer
    #[command(subcommand)]
    command: Option<MarketCommand>,
}

/// What to do about it.
#[derive(Debug, Subcommand)]
pub enum MarketCommand {
    /// Save an advert you would answer, from a file or standard input
    Save(adverts::SaveArgs),
    /// The adverts, each with its number
    Adverts,
    /// What they ask for, with the sentences, beside where you stand
    Asked,
    /// One advert with what it asks for; put it away; put right how it was read
    Advert(adverts::AdvertArgs),
    /// Say what else a competency is called in adverts
    AlsoCalled(asked::CalledArgs),
    /// Put what is asked for on the plan
    Plan(asked::PlanArgs),
    /// Set a name aside that is nothing one could be able to do
    SetAside(asked::SetAsideArgs),
    /// Say that you looked at adverts today
    Looked,
    /// Note something of your field, and what you changed because of it
    Note(follow::NoteArgs),
    /// What you noted
    Notes,
    /// The sources you follow; add one, or say that you looked
    Sources(follow::SourcesArgs),
    /// Professions near to an occupation: what carries over, what is missing, what would be left unused
    Neighbours(neighbours::NeighboursArgs),
    /// Find skills and technologies by what they are called, with where they come from
    Concepts(concepts::ConceptsArgs),
    /// Read many postings into the home's counts; goes on where it was stopped
    Ingest(ingest::IngestArgs),
    /// Shares with intervals, tested trends, and how they meet your own gaps
    Demand(demand::DemandArgs),
    /// Count files of postings, into counts that add up
    Count(count::CountArgs),
    /// Add up counts
    Merge(count::MergeArgs),
    /// Teach the program to read adverts, from marked data sets; minutes, the same bytes every time
    Train(train::TrainArgs),
    /// Score what was taught on a data set
    Evaluate(evaluate::EvaluateArgs),
}

/// Does it.
pub async fn run(args: MarketArgs, session: &Session) -> Result<Answer, AppError> {
    match args.command {
        None => asked::short_answer(session).await,
        Some(MarketCommand::Save(args)) => adverts::save(args, session).await,
        Some(MarketCommand::Adverts) => adverts::list(session).await,
        Some(MarketCommand::Asked) => asked::asked(session).await,
        Some(MarketCommand::Advert(args)) => adverts::advert(args, session).await,
        Some(MarketCommand::AlsoCalled(args)) => asked::also_called(args, session).await,
        Some(MarketCommand::Plan(args)) => asked::plan(args, session).await,
        Some(MarketCommand::SetAside(args)) => asked::set_aside(args, session).await,
        Some(MarketCommand::Looked) => asked::looked(session).await,
        Some(MarketCommand::Note(args)) => follow::note(args, session).await,
        Some(MarketCommand::Notes) => follow::notes(session).await,
        Some(MarketCommand::Sources(args)) => follow::sources(args, session).await,
        Some(MarketCommand::Neighbours(args)) => neighbours::run(&args, session).await,
        Some(MarketCommand::Concepts(args)) => concepts::run(&args, session).await,
        Some(MarketCommand::Ingest(args)) => ingest::run(args, session).await,
        Some(MarketCommand::Demand(args)) => demand::run(args, session).await,
        Some(MarketCommand::Count(args)) => count::count(args, session).await,
        Some(MarketCommand::Merge(args)) => count::merge(&args),
        Some(MarketCommand::Train(args)) => train::run(&args, session),
        Some(MarketCommand::Evaluate(args)) => evaluate::run(&args, session),
    }
}
