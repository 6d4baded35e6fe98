//! `feedback gather`: what peers say without their names: asking for it, gathering it, taking in what was released.

mod asked;
mod round;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use metier_app::{AppError, Metier, find_entry};
use metier_core::id::EntryId;

use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// What to do when a file cannot be written.
const AGAIN: &str = "What was recorded is in the journal; the page Without names writes the file again.";

/// What to do about what peers say without their names.
#[derive(Debug, Subcommand)]
pub enum GatherCommand {
    /// Ask somebody you and your peers trust to gather what they say
    Ask(AskArgs),
    /// What you asked, and what you gather for others
    List,
    /// Take on what somebody asks you to gather
    Open {
        /// The file that was sent
        file: PathBuf,
        /// The name it uses for you, where it is not that of this home
        #[arg(long = "as", value_name = "NAME")]
        called: Option<String>,
    },
    /// Name the peers of a round, and give each a link or a form
    Invite(InviteArgs),
    /// Make a new link or form for one peer; the one before then counts no longer
    Again {
        /// The peer, as `metier feedback gather show ROUND` shows them
        #[arg(value_name = "PEER")]
        peer: String,
        /// Write a form to this file instead of making a link
        #[arg(long, value_name = "FILE")]
        form: Option<PathBuf>,
    },
    /// Take in a form that a peer filled in, or what was released for you
    Read {
        /// The file that came
        file: PathBuf,
    },
    /// How far a round is, or what was released for you
    Show {
        /// As `metier feedback gather list` shows it
        #[arg(value_name = "ENTRY")]
        which: String,
    },
    /// Close a round and write what may be released; a round is released once
    Close(CloseArgs),
    /// Take a question back
    Withdraw {
        /// The question, as `metier feedback gather list` shows it
        #[arg(value_name = "ENTRY")]
        which: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

/// A question to peers.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier feedback gather ask --competency publish-an-article --by Bo --not-among Edith --out for-bo.txt
Bo gathers the answers and can read each with its name. You get which answers 5 or more people gave, and words that enough people let be shown.")]
pub struct AskArgs {
    /// A competency to ask about; may be given up to five times
    #[arg(long, value_name = "COMPETENCY", required = true)]
    competency: Vec<String>,
    /// Who gathers the answers: not somebody who decides about you
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Who leads you, and cannot be among the peers; may be given several times
    #[arg(long, value_name = "NAME")]
    not_among: Vec<String>,
    /// The last day for an answer; three weeks from now when none is given
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// A few words to whoever answers
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Where to write the file to give to them
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Peers of a round.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier feedback gather invite 1a2b3c4d --peer Mo --peer Li --peer Jo --client Kim --client Al
  metier feedback gather invite 1a2b3c4d --peer Mo --peer Li --peer Jo --peer Kim --peer Al --forms for-them")]
pub struct InviteArgs {
    /// The round, as `metier feedback gather list` shows it
    round: String,
    /// Somebody doing the same sort of work; may be given several times
    #[arg(long, value_name = "NAME")]
    peer: Vec<String>,
    /// Somebody it is done for; may be given several times
    #[arg(long, value_name = "NAME")]
    client: Vec<String>,
    /// Write a form for each into this folder instead of making links
    #[arg(long, value_name = "DIR")]
    forms: Option<PathBuf>,
}

/// A round to close.
#[derive(Debug, Args)]
pub struct CloseArgs {
    /// The round, as `metier feedback gather list` shows it
    round: String,
    /// Where to write what is released
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Close it although too few answered, and release nothing
    #[arg(long)]
    anyway: bool,
}

/// Does what was asked.
///
/// # Errors
/// When it cannot be done; nothing is then recorded.
pub async fn run(command: GatherCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        GatherCommand::Ask(args) => asked::ask(args, session).await,
        GatherCommand::List => asked::list(session).await,
        GatherCommand::Open { file, called } => round::open(&file, called.as_deref(), session).await,
        GatherCommand::Invite(args) => round::invite(args, session).await,
        GatherCommand::Again { peer, form } => round::again(&peer, form.as_deref(), session).await,
        GatherCommand::Read { file } => asked::read(&file, session).await,
        GatherCommand::Show { which } => asked::show(&which, session).await,
        GatherCommand::Close(args) => round::close(args, session).await,
        GatherCommand::Withdraw { which, reason } => {
            let metier = session.open().await?;
            let entry = entry_of(&metier, &which).await?;
            let reason = reason.as_deref().unwrap_or_default();
            let id = metier.withdraw_peers(entry, reason).await?;
            let said = "Taken back. What is released of it is no longer taken in.";
            recorded(session, &metier, vec![id], said, &[], None).await
        }
    }
}

async fn entry_of(metier: &Metier, word: &str) -> Result<EntryId, AppError> {
    // Also what waits for the own view goes by its entry.
    find_entry(&metier.whole().await?.entries, word)
}
