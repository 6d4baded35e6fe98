//! `move`: the six moves side by side; considered, chosen, set aside.

use std::str::FromStr;

use clap::{Args, Subcommand};
use metier_app::words::{self, Words};
use metier_app::{AppError, AsOf, KnownDemand, Metier, MoveSeen, Sight, find_entry, move_wordings};
use metier_core::framework::Framework;
use metier_core::id::{EntryId, PracticeId};
use metier_core::plan::{CareerMove, MoveConsidered, MoveState};
use serde_json::json;

use super::opportunity::steps;
use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What to do about the six moves.
#[derive(Debug, Subcommand)]
pub enum MoveCommand {
    /// All six side by side: what each would do, or could be
    List,
    /// Think one through
    Add(AddArgs),
    /// One of them: what it would do, how it changed and why
    Show(ShowArgs),
    /// Word it otherwise, and say why
    Change(ChangeArgs),
    /// Choose it, and say why
    Choose(DecideArgs),
    /// Set it aside, and say why
    SetAside(DecideArgs),
    /// Consider it again, and say why
    Again(DecideArgs),
}

/// A move.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier move add up \"Team lead in the northern depot\" --practice planning --practice leading \\
    --shows brief-and-coach-freelancers/leads --note \"More people, less writing\"

Moves: grow-in-place, across, up, step-back, explore, move-on.")]
pub struct AddArgs {
    /// Which of the six
    kind: KindWord,
    /// What exactly
    what: String,
    #[command(flatten)]
    about: AboutArgs,
}

/// What can be said of a move.
#[derive(Debug, Args)]
pub struct AboutArgs {
    /// A practice you would then exercise; may be given again
    #[arg(long = "practice", value_name = "PRACTICE")]
    practices: Vec<String>,
    /// What it would give you the occasion to show; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    shows: Vec<String>,
    /// What speaks for it, and what against it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Which one.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The move, as the list shows it
    #[arg(value_name = "MOVE")]
    considered: String,
}

/// Worded otherwise.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// The move, as the list shows it
    #[arg(value_name = "MOVE")]
    considered: String,
    /// Why it changes; what was written before stays readable
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// What exactly
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    #[command(flatten)]
    about: AboutArgs,
}

/// A decision.
#[derive(Debug, Args)]
pub struct DecideArgs {
    /// The move, as the list shows it
    #[arg(value_name = "MOVE")]
    considered: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: String,
}

/// One of the six, as typed.
#[derive(Debug, Clone, Copy)]
pub struct KindWord(CareerMove);

impl FromStr for KindWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = words::MOVES.iter().find(|(word, _)| *word == text);
        found.map(|(_, kind)| Self(*kind)).ok_or_else(|| {
            let all: Vec<&str> = words::MOVES.iter().map(|(word, _)| *word).collect();
            format!("write one of {}", all.join(", "))
        })
    }
}

/// Does it.
pub async fn run(command: MoveCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        MoveCommand::List => list(session).await,
        MoveCommand::Add(args) => add(args, session).await,
        MoveCommand::Show(args) => show(&args, session).await,
        MoveCommand::Change(args) => change(args, session).await,
        MoveCommand::Choose(args) => decide(args, MoveState::Chosen, session).await,
        MoveCommand::SetAside(args) => decide(args, MoveState::SetAside, session).await,
        MoveCommand::Again(args) => decide(args, MoveState::Open, session).await,
    }
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let moves = sight.moves(&plan);
    let known = metier.known_demand(&sight).await?;
    session.answer(&json!({"moves": moves, "demand": known}), |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = String::new();
        for of in &moves {
            let (name, about) = words::career_move(of.kind);
            text += &format!("{}: {about}\n", paper.strong(name));
            if of.moves.is_empty() {
                let said = words.suggested(of.kind, &of.suggested);
                text += &format!("{}\n", paper.paragraph("", 2, &said));
            }
            for one in &of.moves {
                text += &told(one, &sight, &words, &known, paper);
            }
        }
        text
    })
}

fn told(one: &MoveSeen<'_>, sight: &Sight, words: &Words<'_>, known: &KnownDemand, paper: Paper) -> String {
    let considered = one.considered;
    let mut text = format!(
        "  {}, {} {}\n",
        considered.what,
        words::move_state(considered.state),
        paper.faint(&format!("[{}]", short(one.id)))
    );
    let mut line = |said: &str| text += &format!("{}\n", paper.paragraph("", 4, said));
    if considered.state != MoveState::Open && !considered.because.is_empty() {
        line(&format!("Because: {}", considered.because));
    }
    if !considered.note.is_empty() {
        line(&considered.note);
    }
    match &one.does {
        Some(does) => {
            for (label, names) in words.move_practices(does) {
                line(&format!("{label}: {names}"));
            }
            let target = sight.target.as_ref().map(|t| t.name.as_str());
            line(&words.move_gap(does, target));
            let asked = words.move_demand(&considered.shows, known);
            line(&format!("How many ask for it: {asked}"));
        }
        None => line("Of another profession than the one aimed at."),
    }
    text
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let considered = MoveConsidered {
        kind: args.kind.0,
        what: args.what,
        family: framework.family.clone(),
        practices: practices(&args.about.practices, framework)?,
        shows: steps(&args.about.shows, framework)?,
        note: args.about.note.unwrap_or_default(),
        state: MoveState::Open,
        because: String::new(),
    };
    let id = metier.consider(considered).await?;
    let hint = "Beside the other moves: metier move list".to_owned();
    let said = "Written down. Considering a move commits you to nothing.";
    recorded(session, &metier, vec![id], said, &[], Some(hint)).await
}

fn practices(named: &[String], framework: &Framework) -> Result<Vec<PracticeId>, AppError> {
    let find = |word: &String| {
        let found = framework
            .practices
            .iter()
            .find(|p| p.id.as_str() == word || p.name.to_lowercase() == word.to_lowercase());
        found.map(|p| p.id.clone()).ok_or_else(|| {
            let all: Vec<&str> = framework.practices.iter().map(|p| p.id.as_str()).collect();
            AppError::not_found(format!("{} has no practice `{word}`", framework.title))
                .hint(format!("It has: {}.", all.join(", ")))
        })
    };
    named.iter().map(find).collect()
}

async fn named(metier: &Metier, word: &str) -> Result<(EntryId, MoveConsidered), AppError> {
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let seen = sight.move_seen(&plan, find_entry(&sight.entries, word)?)?;
    Ok((seen.id, seen.considered.clone()))
}

async fn show(args: &ShowArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let seen = sight.move_seen(&plan, find_entry(&sight.entries, &args.considered)?)?;
    let wordings = move_wordings(&sight.entries, seen.id);
    let known = metier.known_demand(&sight).await?;
    session.answer(&json!({"move": seen, "wordings": wordings}), |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = told(&seen, &sight, &words, &known, paper);
        for before in wordings.iter().filter(|w| !w.stands) {
            let said = format!(
                "before: {}, {}",
                before.what.what,
                words::move_state(before.what.state)
            );
            text += &format!("{}\n", paper.faint(&paper.paragraph("", 4, &said)));
        }
        text
    })
}

async fn change(args: ChangeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, mut considered) = named(&metier, &args.considered).await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let about = args.about;
    if !(about.practices.is_empty() && about.shows.is_empty()) && considered.family != framework.family {
        return Err(
            AppError::input("this move is of another profession than the one aimed at")
                .hint("Aim at that one first: metier aim."),
        );
    }
    if !about.practices.is_empty() {
        considered.practices = practices(&about.practices, framework)?;
    }
    if !about.shows.is_empty() {
        considered.shows = steps(&about.shows, framework)?;
    }
    considered.what = args.what.unwrap_or(considered.what);
    considered.note = about.note.unwrap_or(considered.note);
    metier.reconsider(id, considered, &args.because).await?;
    let said = "Changed. What it was before stays readable: metier move show";
    recorded(session, &metier, vec![id], said, &[], None).await
}

async fn decide(args: DecideArgs, state: MoveState, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, considered) = named(&metier, &args.considered).await?;
    let considered = MoveConsidered { state, ..considered };
    metier.reconsider(id, considered, &args.because).await?;
    let said = format!("Noted: {}.", words::move_state(state));
    recorded(session, &metier, vec![id], &said, &[], None).await
}
