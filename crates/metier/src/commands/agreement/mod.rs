//! `agreement`: criteria, level and day that two people pin; proposed, answered, shown, verified.

mod answer;
mod shown;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use metier_app::words::{self, capital, day, days_left};
use metier_app::{Against, AppError, EndAgreement, Metier, Propose, find_entry, letter_file};
use metier_core::agreement::{AgreementEnding, AgreementState, Letter, Says};
use metier_core::id::EntryId;
use metier_core::rating::Role;
use serde_json::json;

use super::people::RoleWord;
use super::recorded::recorded;
use super::short;
use super::start::level;
use crate::answer::Answer;
use crate::new_file::{not_there, write_new};
use crate::paper::Paper;
use crate::session::Session;

/// What to do about agreements.
#[derive(Debug, Subcommand)]
pub enum AgreementCommand {
    /// Propose what you aim at: criteria, level and day; writes the file to send
    Propose(ProposeArgs),
    /// The agreements proposed here, and the receipts kept here
    List,
    /// One agreement, and where you stand by exactly its criteria
    Show(WhichArgs),
    /// What an agreement file says; records nothing
    Read(ReadArgs),
    /// Say yes to a proposal, take in an answer that came back, or note a yes given by word
    Confirm(answer::ConfirmArgs),
    /// Say no to a proposal, or note a no given by word, with the reason and what would have to be otherwise
    Decline(answer::DeclineArgs),
    /// The mail that asks for an answer, or what one that came back says
    Mail(answer::MailArgs),
    /// After a no: what would convince them, what you answered
    Talk(answer::TalkArgs),
    /// Write the file again: the proposal while it waits, the receipt once it was answered
    Write(WriteArgs),
    /// A link through which it can be answered without an account, shown this once
    Link(LinkArgs),
    /// It was kept, called off or not reached
    End(EndArgs),
    /// Look whether a journal still goes on from where a receipt says it stood
    Verify(VerifyArgs),
}

/// What to propose.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier agreement propose --with Edith --file for-edith.txt
  metier agreement propose --with Edith --level senior --by 2027-06-30 --note \"reviewed in March\"
  metier agreement propose --again 1f0c33aa --with Edith --by 2027-12-31")]
pub struct ProposeArgs {
    /// With whom
    #[arg(long, value_name = "NAME")]
    with: String,
    /// Who they are to you: manager, peer, client or mentor
    #[arg(long, value_enum, default_value = "manager", hide_possible_values = true)]
    role: RoleWord,
    /// The level; absent: the one you aim at
    #[arg(long)]
    level: Option<String>,
    /// By when; absent: the day you aim at
    #[arg(long, value_name = "DATE")]
    by: Option<Date>,
    /// Until when an answer counts; absent: two weeks
    #[arg(long, value_name = "DATE")]
    answer_by: Option<Date>,
    /// What else is agreed
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The agreement in force that it takes the place of
    #[arg(long, value_name = "ENTRY")]
    replaces: Option<String>,
    /// The proposal that was declined, made again with another level, day or version of the criteria
    #[arg(long, value_name = "ENTRY", conflicts_with = "replaces")]
    again: Option<String>,
    /// Where to write the file to send
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Which one.
#[derive(Debug, Args)]
pub struct WhichArgs {
    /// The agreement, as the list shows it; absent: the one in force, or the latest
    #[arg(value_name = "ENTRY")]
    which: Option<String>,
}

/// A file to read.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// The file that was sent
    file: PathBuf,
}

/// A file to write.
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// The agreement, as the list shows it
    #[arg(value_name = "ENTRY")]
    which: String,
    /// The file; nothing is overwritten
    file: PathBuf,
}

/// An agreement to be answered by link.
#[derive(Debug, Args)]
pub struct LinkArgs {
    /// The agreement, as the list shows it
    #[arg(value_name = "ENTRY")]
    which: String,
    /// Where the program can be reached
    #[arg(long, value_name = "ADDRESS", default_value = "http://127.0.0.1:4711")]
    at: String,
}

/// How it ended.
#[derive(Debug, Args)]
pub struct EndArgs {
    /// The agreement, as the list shows it
    #[arg(value_name = "ENTRY")]
    which: String,
    /// How: kept, called-off or not-reached
    #[arg(long, value_enum, hide_possible_values = true)]
    how: EndingWord,
    /// Who ended it; absent: you
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// How an agreement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EndingWord {
    /// Reached, and kept by both
    Kept,
    /// Called off
    CalledOff,
    /// The day came, and it was not reached
    NotReached,
}

/// A receipt to hold against a journal.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The receipt
    receipt: PathBuf,
    /// The journal to look at, as its owner exported it; absent: the one here
    #[arg(long, value_name = "EXPORT")]
    journal: Option<PathBuf>,
}

/// Does it.
pub async fn run(command: AgreementCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        AgreementCommand::Propose(args) => propose(args, session).await,
        AgreementCommand::List => list(session).await,
        AgreementCommand::Show(args) => shown::show(args, session).await,
        AgreementCommand::Read(args) => shown::read(&args, session),
        AgreementCommand::Confirm(args) => answer::confirm(args, session).await,
        AgreementCommand::Decline(args) => answer::decline(args, session).await,
        AgreementCommand::Mail(args) => answer::mail(args, session).await,
        AgreementCommand::Talk(args) => answer::talk(args, session).await,
        AgreementCommand::Write(args) => write(args, session).await,
        AgreementCommand::Link(args) => link(args, session).await,
        AgreementCommand::End(args) => end(args, session).await,
        AgreementCommand::Verify(args) => verify(args, session).await,
    }
}

async fn propose(args: ProposeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if let Some(file) = &args.file {
        not_there(file)?;
    }
    let (entries, life) = metier.read().await?;
    let (framework, aim) = (&life.needed()?.framework, life.aim());
    let chosen = match &args.level {
        Some(word) => level(framework, word)?,
        None => aim.and_then(|a| a.level.clone()).ok_or_else(|| {
            AppError::not_ready("nothing is aimed at yet").hint("Name the level: --level LEVEL")
        })?,
    };
    let by = args
        .by
        .or(aim.and_then(|a| a.by))
        .ok_or_else(|| AppError::input("no day is named").hint("Say by when: --by DATE"))?;
    let replaces = args
        .replaces
        .as_deref()
        .map(|w| find_entry(&entries, w))
        .transpose()?;
    let amends = args
        .again
        .as_deref()
        .map(|w| find_entry(&entries, w))
        .transpose()?;
    let id = metier
        .propose_agreement(Propose {
            with: args.with,
            role: Role::from(args.role),
            level: chosen,
            by,
            answer_by: args.answer_by,
            note: args.note.unwrap_or_default(),
            replaces,
            amends,
        })
        .await?;
    let state = metier.agreement(id).await?;
    let mut said = format!("Proposed: {}.", words::agreement_line(&state.terms));
    let hint = match &args.file {
        Some(file) => {
            write_letter(file, &metier.proposal(id).await?)?;
            said += &format!(" Wrote {}.", file.display());
            format!(
                "Send it to {}, who can answer until {}. What comes back: metier agreement confirm FILE",
                state.terms.with,
                day(state.terms.answer_by)
            )
        }
        None => format!("To send it: metier agreement write {} FILE", short(id)),
    };
    recorded(session, &metier, vec![id], &said, &[], Some(hint)).await
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (agreements, receipts) = (metier.agreements().await?, metier.kept_receipts().await?);
    let today = session.surroundings.today();
    session.answer(
        &json!({"agreements": agreements, "receipts": receipts}),
        |paper| {
            let mut text = String::new();
            for state in &agreements {
                text += &line(state, today, paper);
            }
            if agreements.is_empty() {
                text += "Nothing was proposed yet: metier agreement propose --with NAME --file FILE\n";
            }
            for kept in &receipts {
                let terms = &kept.what.receipt.terms;
                let answer = match kept.what.receipt.answer.says {
                    Says::Yes => "you agreed",
                    Says::No => "you said no",
                };
                text += &format!(
                    "Receipt kept: {} aims at {} by {}; {answer} on {}  {}\n",
                    terms.person,
                    terms.level_name,
                    day(terms.by),
                    day(kept.what.receipt.answer.on),
                    paper.faint(&format!("[{}]", short(kept.id)))
                );
            }
            text
        },
    )
}

fn line(state: &AgreementState, today: Date, paper: Paper) -> String {
    let left = if state.in_force() {
        format!(", {}", days_left(state.terms.by, today))
    } else {
        String::new()
    };
    format!(
        "{}: {}{left}  {}\n",
        capital(words::name_of_phase(state.phase)),
        words::agreement_line(&state.terms),
        paper.faint(&format!("[{}]", short(state.id)))
    )
}

/// The agreement meant: named, or the one in force, or the latest.
async fn which(metier: &Metier, word: Option<&str>) -> Result<AgreementState, AppError> {
    if let Some(word) = word {
        let (entries, _) = metier.read().await?;
        return metier.agreement(find_entry(&entries, word)?).await;
    }
    let mut all = metier.agreements().await?;
    let place = all
        .iter()
        .rposition(AgreementState::in_force)
        .or_else(|| all.len().checked_sub(1));
    place.map(|place| all.swap_remove(place)).ok_or_else(|| {
        AppError::not_found("nothing was proposed yet")
            .hint("Propose it: metier agreement propose --with NAME --file FILE")
    })
}

async fn write(args: WriteArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let state = which(&metier, Some(&args.which)).await?;
    let letter = if state.confirmed.is_some() || state.declined.is_some() {
        metier.agreement_receipt(state.id).await?
    } else {
        metier.proposal(state.id).await?
    };
    write_letter(&args.file, &letter)?;
    let what = match letter {
        Letter::Proposal(_) => "the proposal",
        Letter::Receipt(_) => "the receipt",
    };
    session.answer(&json!({"file": args.file}), |_| {
        format!("Wrote {what} to {}.\n", args.file.display())
    })
}

async fn link(args: LinkArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let state = which(&metier, Some(&args.which)).await?;
    let made = metier.agreement_link(state.id).await?;
    let address = format!("{}/for/{}", args.at.trim_end_matches('/'), made.token.as_str());
    metier.close().await;
    let value = json!({"link": address, "until": state.terms.answer_by});
    session.answer(&value, |paper| {
        let hint = format!(
            "Whoever has it can answer as {}, once, until {}, while `metier serve` runs and can be reached there. It is not shown again.",
            state.terms.with,
            day(state.terms.answer_by)
        );
        format!("{address}\n{}\n", paper.paragraph("", 2, &hint))
    })
}

async fn end(args: EndArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let state = which(&metier, Some(&args.which)).await?;
    let how = match args.how {
        EndingWord::Kept => AgreementEnding::Kept,
        EndingWord::CalledOff => AgreementEnding::CalledOff,
        EndingWord::NotReached => AgreementEnding::NotReached,
    };
    let id: EntryId = metier
        .end_agreement(
            state.id,
            EndAgreement {
                how,
                by: args.by.unwrap_or_default(),
                reason: args.reason.unwrap_or_default(),
            },
        )
        .await?;
    let said = format!("Noted: the agreement was {}.", words::agreement_ending(how));
    recorded(session, &metier, vec![id], &said, &[], None).await
}

async fn verify(args: VerifyArgs, session: &Session) -> Result<Answer, AppError> {
    let Letter::Receipt(receipt) = Metier::read_letter_file(&args.receipt)? else {
        return Err(AppError::input("this is a proposal, not a receipt")
            .hint("A receipt is the file that came back, or: metier agreement write ENTRY FILE"));
    };
    let metier = session.open().await?;
    let held = match &args.journal {
        None => metier.hold_against(&receipt, Against::Here).await?,
        Some(path) => {
            let file = Metier::read_file(path, session.surroundings.now())?;
            metier.hold_against(&receipt, Against::File(&file)).await?
        }
    };
    session.answer_to(held.traced.is_some(), &held, |paper| {
        paper.paragraph("", 0, &held.said) + "\n"
    })
}

fn write_letter(path: &Path, letter: &Letter) -> Result<(), AppError> {
    not_there(path)?;
    write_new(
        path,
        letter_file(letter)?.as_bytes(),
        "What was recorded is in the journal: metier agreement write ENTRY FILE writes the file again.",
    )
}
