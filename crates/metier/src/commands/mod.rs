//! What each command does, one file a group.

pub mod agreement;
pub mod ahead;
pub mod back;
mod beside;
pub mod brand;
pub mod care;
pub mod catalog;
pub mod claim;
pub mod community;
mod competency;
pub mod contact;
pub mod crosswalk;
pub mod decision;
pub mod demo;
pub mod disagree;
pub mod drafts;
pub mod feedback;
pub mod framework;
mod gather;
pub mod goal;
pub mod guide;
mod happening;
pub mod import;
pub mod levels;
pub mod log;
pub mod market;
pub mod mastery;
pub mod mentor;
pub mod moves;
pub mod occasion;
pub mod opportunity;
pub mod packet;
pub mod people;
pub mod person;
pub mod phones;
pub mod plan;
mod policy;
pub mod practise;
pub mod presence;
mod recorded;
pub mod route;
pub mod scan;
pub mod series;
pub mod serve;
pub mod shell;
pub mod standing;
pub mod start;
pub mod time;
mod timeline;
mod track_record;

use metier_app::{AppError, Kind};
use tokio::runtime::Runtime;

use crate::answer::Answer;
use crate::cli::Command;
use crate::session::Session;

/// Does what was asked.
///
/// # Errors
/// When it could not be done.
pub fn run(command: Option<Command>, page: &serve::PageArgs, session: &Session) -> Result<Answer, AppError> {
    match command {
        None => serve::open(page, session),
        Some(Command::Serve(args)) => serve::serve(&args, session),
        Some(Command::Demo(args)) => demo::run(&args, session),
        Some(Command::Catalog(command)) => catalog::run(&command, session),
        Some(Command::Guide(args)) => guide::run(&args, session),
        Some(Command::Policy) => policy::run(session),
        Some(Command::Completions(args)) => shell::completions(&args, session),
        Some(Command::Man(args)) => shell::man(&args, session),
        Some(other) => runtime()?.block_on(do_one(other, session)),
    }
}

async fn do_one(command: Command, session: &Session) -> Result<Answer, AppError> {
    match command {
        Command::Start(args) => start::run(args, session).await,
        Command::Log(args) => log::run(*args, session).await,
        Command::Drafts(args) => drafts::run(args, session).await,
        Command::Attempt(args) => practise::run(args, session).await,
        Command::Claim(args) => claim::run(args, session).await,
        Command::Rate(args) => people::rate(args, session).await,
        Command::Confirm(args) => people::confirm(args, session).await,
        Command::Dispute(args) => people::dispute(args, session).await,
        Command::Settle(args) => people::settle(args, session).await,
        Command::Scan(args) => scan::run(args, session).await,
        Command::Redact(args) => scan::redact(args, session).await,
        Command::Phones(args) => phones::run(args, session).await,
        Command::Names(args) => scan::names(args, session).await,
        Command::Agreement(command) => agreement::run(command, session).await,
        Command::Disagree(command) => disagree::run(command, session).await,
        Command::Decision(command) => decision::run(command, session).await,
        Command::Contact(command) => contact::run(command, session).await,
        Command::Mentor(command) => mentor::run(command, session).await,
        Command::Community(command) => community::run(command, session).await,
        Command::Presence(command) => presence::run(command, session).await,
        Command::Brand(args) => brand::run(args, session).await,
        Command::Market(args) => market::run(*args, session).await,
        Command::Standing(args) => standing::standing(args, session).await,
        Command::Gap(args) => standing::gap(args, session).await,
        Command::Next(args) => standing::next(args, session).await,
        Command::Route(args) => route::run(args, session).await,
        Command::Goal(command) => goal::run(command, session).await,
        Command::Plan(command) => plan::run(command, session).await,
        Command::Reflect(args) => back::reflect(args, session).await,
        Command::Setback(args) => back::setback(args, session).await,
        Command::Opportunity(command) => opportunity::run(command, session).await,
        Command::Move(command) => moves::run(command, session).await,
        Command::Spend(args) => time::spend(args, session).await,
        Command::Time(args) => time::time(args, session).await,
        Command::TrackRecord => track_record::run(session).await,
        Command::Aim(args) => person::aim(args, session).await,
        Command::Mastery(command) => mastery::run(*command, session).await,
        Command::Series(args) => series::run(args, session).await,
        Command::Profession(args) => person::profession(args, session).await,
        Command::Position(args) => person::position(args, session).await,
        Command::Leave(args) => occasion::leave(args, session).await,
        Command::Packet(args) => packet::packet(args, session).await,
        Command::ReviewSheet(args) => packet::review_sheet(args, session).await,
        Command::Review(args) => occasion::review(args, session).await,
        Command::Feedback(command) => feedback::run(command, session).await,
        Command::Framework(command) => framework::run(command, session).await,
        Command::Export(args) => care::export(args, session).await,
        Command::Import(args) => import::run(args, session).await,
        Command::Verify => care::verify(session).await,
        Command::Backup(args) => care::backup(args, session).await,
        // These were done above, without a runtime or with one of their own.
        Command::Serve(_)
        | Command::Demo(_)
        | Command::Catalog(_)
        | Command::Guide(_)
        | Command::Policy
        | Command::Completions(_)
        | Command::Man(_) => Err(AppError::input("this command runs by itself")),
    }
}

/// A runtime on this thread: a command does one thing after the other, and starting threads takes longer
/// than most commands do.
fn runtime() -> Result<Runtime, AppError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| cannot_run(&e))
}

fn cannot_run(error: &std::io::Error) -> AppError {
    AppError::new(
        Kind::Machine,
        format!("the system refused what the program needs to run: {error}"),
    )
}

/// The short form of an id that lists show and commands accept.
fn short(id: metier_core::id::EntryId) -> String {
    let hex = id.0.simple().to_string();
    hex[hex.len() - 8..].to_owned()
}
