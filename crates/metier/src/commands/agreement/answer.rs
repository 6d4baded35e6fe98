//! The answer to an agreement: yes or no, by file, by mail, by word; and what is said after a no.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use metier_app::words::{self, day};
use metier_app::{AppError, Kind, Metier, Reply};
use metier_core::agreement::{AnswerArrival, Letter, Proposal, Receipt, Says};
use serde_json::json;

use super::super::recorded::recorded;
use super::super::short;
use super::{which, write_letter};
use crate::answer::Answer;
use crate::new_file::not_there;
use crate::session::Session;

/// A yes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier agreement confirm for-edith.txt --out answer.txt    Edith, in her own home
  metier agreement confirm answer.txt                        Ada takes in what came back, a yes or a no
  metier agreement confirm 1f0c33aa --by Edith               Edith said yes in words")]
pub struct ConfirmArgs {
    /// The file that was sent; or the agreement, when the answer was given by word
    #[arg(value_name = "FILE|ENTRY")]
    what: String,
    /// Who said yes by word
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// In their words
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
    /// The name the proposal uses for you, where it is not that of this home
    #[arg(long = "as", value_name = "NAME")]
    called: Option<String>,
    /// Where to write the file to send back
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A no.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier agreement decline for-edith.txt --reason \"the team is too small\" --otherwise \"a launch of your own\" --out answer.txt
  metier agreement decline 1f0c33aa --by Edith --reason \"not before the budget is known\"    Edith said no in words")]
pub struct DeclineArgs {
    /// The file that was sent; or the agreement, when the answer was given by word
    #[arg(value_name = "FILE|ENTRY")]
    what: String,
    /// Who said no by word
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why not, in their words
    #[arg(long, value_name = "TEXT", required_unless_present = "otherwise")]
    reason: Option<String>,
    /// What would have to be otherwise
    #[arg(long, value_name = "TEXT")]
    otherwise: Option<String>,
    /// The name the proposal uses for you, where it is not that of this home
    #[arg(long = "as", value_name = "NAME")]
    called: Option<String>,
    /// Where to write the file to send back
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A mail to send, or one that came back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier agreement mail 1f0c33aa > mail.txt
  metier agreement mail 1f0c33aa --answer reply.txt             shows what it says; records nothing
  metier agreement mail 1f0c33aa --answer reply.txt --record    records it, as relayed by you")]
pub struct MailArgs {
    /// The agreement, as the list shows it
    #[arg(value_name = "ENTRY")]
    which: String,
    /// The mail that came back, saved as text
    #[arg(long, value_name = "FILE")]
    answer: Option<PathBuf>,
    /// Record what it says
    #[arg(long, requires = "answer")]
    record: bool,
}

/// What was said after a no.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier agreement talk 1f0c33aa --convincing \"two launches on the day\" --again 2027-03-01")]
pub struct TalkArgs {
    /// The agreement, as the list shows it
    #[arg(value_name = "ENTRY")]
    which: String,
    /// What would convince them, in their words
    #[arg(long, value_name = "TEXT", required_unless_present = "reply")]
    convincing: Option<String>,
    /// What you answered
    #[arg(long, value_name = "TEXT")]
    reply: Option<String>,
    /// By when to look at it again
    #[arg(long, value_name = "DATE")]
    again: Option<Date>,
}

/// Says yes, takes in what came back, or notes a yes.
pub async fn confirm(args: ConfirmArgs, session: &Session) -> Result<Answer, AppError> {
    let reply = Reply::yes(args.words.as_deref().unwrap_or_default());
    if let Some(by) = &args.by {
        return by_word(&args.what, by, &reply, session).await;
    }
    match letter_at(&args.what)? {
        Letter::Proposal(proposal) => {
            let (called, out) = (args.called.as_deref(), args.out.as_deref());
            say(&proposal, called, &reply, out, session).await
        }
        Letter::Receipt(receipt) => take(&args.what, &receipt, session).await,
    }
}

/// Says no, or notes one.
pub async fn decline(args: DeclineArgs, session: &Session) -> Result<Answer, AppError> {
    let reply = Reply::no(
        args.reason.as_deref().unwrap_or_default(),
        args.otherwise.as_deref().unwrap_or_default(),
    );
    if let Some(by) = &args.by {
        return by_word(&args.what, by, &reply, session).await;
    }
    match letter_at(&args.what)? {
        Letter::Proposal(proposal) => {
            let (called, out) = (args.called.as_deref(), args.out.as_deref());
            say(&proposal, called, &reply, out, session).await
        }
        Letter::Receipt(_) => Err(AppError::input("this is an answer, not a proposal")
            .hint("An answer that came back is taken in by: metier agreement confirm FILE")),
    }
}

fn letter_at(what: &str) -> Result<Letter, AppError> {
    let file = Path::new(what);
    if !file.exists() {
        return Err(AppError::new(Kind::NotFound, format!("there is no file {what}"))
            .hint("Name the file that was sent; or the agreement and who said it by word: --by NAME"));
    }
    Metier::read_letter_file(file)
}

async fn by_word(word: &str, by: &str, reply: &Reply, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let state = which(&metier, Some(word)).await?;
    let id = metier
        .answered(state.id, by, reply, AnswerArrival::Relayed)
        .await?;
    let (said, hint) = match reply.says {
        Says::Yes => (
            format!("Noted: {} agreed, relayed by you. It is in force.", by.trim()),
            format!(
                "Give them the receipt: metier agreement write {} FILE",
                short(state.id)
            ),
        ),
        Says::No => (
            format!("Noted: {} said no, relayed by you.", by.trim()),
            after_a_no(state.id),
        ),
    };
    recorded(session, &metier, vec![id], &said, &[], Some(hint)).await
}

fn after_a_no(id: metier_core::id::EntryId) -> String {
    let id = short(id);
    format!(
        "What would convince them: metier agreement talk {id} --convincing TEXT. To propose it again, changed: metier agreement propose --again {id}"
    )
}

async fn take(file: &str, receipt: &Receipt, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let id = metier.take_answer(receipt).await?;
    let (terms, answer) = (&receipt.terms, &receipt.answer);
    let what = format!("{} by {}", terms.level_name, day(terms.by));
    let how = words::answer_arrival(answer, AnswerArrival::ByFile);
    let said = match answer.says {
        Says::Yes => format!(
            "{} agreed on {}: {what} ({how}). It is in force.",
            answer.by,
            day(answer.on)
        ),
        Says::No => format!(
            "{} said no on {}: {what} ({how}). {}",
            answer.by,
            day(answer.on),
            [&answer.words, &answer.otherwise]
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(|text| format!("\u{201c}{text}\u{201d}"))
                .collect::<Vec<_>>()
                .join(" \u{2013} ")
        ),
    };
    let hint = match answer.says {
        Says::Yes => format!("Keep {file}: it is your receipt, and names where their journal stood."),
        Says::No => after_a_no(receipt.agreement),
    };
    recorded(session, &metier, vec![id], &said, &[], Some(hint)).await
}

async fn say(
    proposal: &Proposal,
    called: Option<&str>,
    reply: &Reply,
    out: Option<&Path>,
    session: &Session,
) -> Result<Answer, AppError> {
    let Some(out) = out else {
        return Err(AppError::input("it is not said where to write the answer")
            .hint("Name the file to send back: --out FILE"));
    };
    not_there(out)?;
    let metier = home_to_answer_in(proposal, called, session).await?;
    let replied = metier.reply(proposal, called, reply).await?;
    write_letter(out, &Letter::Receipt(Box::new(replied.receipt.clone())))?;
    metier.close().await;
    session.answer(&replied, |paper| {
        let terms = &proposal.terms;
        let what = format!("{}: {} by {}", terms.person, terms.level_name, day(terms.by));
        let said = match (replied.new, reply.says) {
            (true, Says::Yes) => format!("You agreed with {what}. The receipt is in your journal."),
            (true, Says::No) => format!("You said no to {what}. The receipt is in your journal."),
            (false, _) => format!(
                "You agreed to exactly this on {} already; nothing was recorded again.",
                day(replied.receipt.answer.on)
            ),
        };
        let next = format!("Send {} back to {}.", out.display(), terms.person);
        format!("{said}\n{}\n", paper.paragraph("", 2, &next))
    })
}

/// The home; somebody who has none gets one to keep the receipt in, under the name they are proposed to as.
async fn home_to_answer_in(
    proposal: &Proposal,
    called: Option<&str>,
    session: &Session,
) -> Result<Metier, AppError> {
    match session.open().await {
        Err(error) if error.kind == Kind::NotReady => {}
        opened => return opened,
    }
    let name = called.unwrap_or(&proposal.terms.with).trim();
    if let Err(flaw) = proposal.may_answer(name, session.surroundings.today()) {
        return Err(AppError::input(flaw.to_string()).hint("Nothing was recorded."));
    }
    Metier::open_or_start(&session.home, session.surroundings.clone(), name).await
}

/// The mail that asks, or what one that came back says.
pub async fn mail(args: MailArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let state = which(&metier, Some(&args.which)).await?;
    let Some(path) = &args.answer else {
        let mail = metier.agreement_mail(state.id).await?;
        return session.answer(&json!({"mail": mail}), |_| mail.clone());
    };
    let text = mail_at(path)?;
    let read = metier.read_agreement_mail(state.id, &text).await?;
    let said = match read.says {
        Some(Says::Yes) => "yes",
        Some(Says::No) => "no",
        None => "neither yes nor no could be read",
    };
    if args.record {
        let Some(says) = read.says else {
            return Err(AppError::input("whether it is a yes or a no could not be told").hint(format!(
                "Note it yourself: metier agreement confirm {0} --by NAME, or: metier agreement decline {0} --by NAME --reason TEXT",
                short(state.id)
            )));
        };
        let reply = Reply {
            says,
            words: read.words,
            otherwise: read.otherwise,
        };
        let with = state.terms.with.clone();
        let id = metier
            .answered(state.id, &with, &reply, AnswerArrival::Relayed)
            .await?;
        let said = format!("Noted: {with} answered {said}, relayed by you.");
        return recorded(session, &metier, vec![id], &said, &[], None).await;
    }
    let value =
        json!({"says": read.says, "words": read.words, "otherwise": read.otherwise, "beside": read.beside});
    session.answer(&value, |paper| {
        let mut lines = format!("It says: {said}\n");
        for (name, text) in [
            ("In their words", &read.words),
            ("To be otherwise", &read.otherwise),
            ("Beside it", &read.beside),
        ] {
            if !text.is_empty() {
                lines += &format!("{}\n", paper.paragraph("", 2, &format!("{name}: {text}")));
            }
        }
        lines + "Nothing was recorded; with --record it is, as relayed by you.\n"
    })
}

/// A mail that was saved, up to a byte more than is read, so that a larger one is refused by its size.
fn mail_at(path: &Path) -> Result<String, AppError> {
    use std::io::Read;
    let failed = |e: std::io::Error| AppError::input(format!("{} cannot be read: {e}", path.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .map_err(failed)?
        .take(MAIL_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The most bytes of a mail.
const MAIL_MAX: u64 = 1 << 20;

/// Keeps what was said after a no.
pub async fn talk(args: TalkArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let state = which(&metier, Some(&args.which)).await?;
    let id = metier
        .talked(
            state.id,
            args.reply.as_deref().unwrap_or_default(),
            args.convincing.as_deref().unwrap_or_default(),
            args.again,
        )
        .await?;
    let said = format!("Noted, beside the no of {}.", state.terms.with);
    recorded(session, &metier, vec![id], &said, &[], Some(after_a_no(state.id))).await
}
