//! `mastery`: what mastery is, as a document that lives.

mod define;
mod ended;
mod exemplar;
mod names;
mod outreach;
mod said;

use clap::Subcommand;
use metier_app::AppError;

use crate::answer::Answer;
use crate::session::Session;

pub use exemplar::find as find_exemplar;

/// What to do about what mastery is.
#[derive(Debug, Subcommand)]
pub enum MasteryCommand {
    /// What a master is to you, what is still to accomplish, whom you look at, how long it takes
    Show,
    /// Write or change what a master is to you; what you leave out stays as it was
    Define(define::DefineArgs),
    /// Significant things to accomplish: add, met, not-met, reword, remove
    #[command(subcommand)]
    Thing(define::ThingCommand),
    /// The six questions: all of them, or answer one
    Criteria(said::CriteriaArgs),
    /// Masters you look at: add, did, list, show
    #[command(subcommand)]
    Exemplar(exemplar::ExemplarCommand),
    /// Whom colleagues see as the expert: ask, list, note, look
    #[command(subcommand)]
    Names(names::NamesCommand),
    /// Masters to ask: the letter, how far it is, what was said
    #[command(subcommand)]
    Outreach(outreach::OutreachCommand),
    /// What masters say of the list of competencies; or note what one said
    Check(said::CheckArgs),
    /// Which layer you see yourself on, over time; or say it
    Identity(said::IdentityArgs),
    /// If this job ended tomorrow: what is proven and would go with you, and what lies untouched
    IfItEnded,
}

/// Does it.
pub async fn run(command: MasteryCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        MasteryCommand::Show => define::show(session).await,
        MasteryCommand::Define(args) => define::define(args, session).await,
        MasteryCommand::Thing(command) => define::thing(command, session).await,
        MasteryCommand::Criteria(args) => said::criteria(args, session).await,
        MasteryCommand::Exemplar(command) => exemplar::run(command, session).await,
        MasteryCommand::Names(command) => names::run(command, session).await,
        MasteryCommand::Outreach(command) => outreach::run(command, session).await,
        MasteryCommand::Check(args) => said::check(args, session).await,
        MasteryCommand::Identity(args) => said::identity(args, session).await,
        MasteryCommand::IfItEnded => ended::show(session).await,
    }
}
