//! `packet` and `review-sheet`: the case for a level, as Markdown.

use clap::Args;
use metier_app::words::plural;
use metier_app::{AppError, Cased, Metier, PacketAsked, find_entry, looks_like_names};
use metier_core::disclosure::LeftOut;
use metier_core::id::LevelId;

use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// For whom, of what.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier packet --for Edith > case.md            Markdown, for whoever decides
  metier packet --look                           what of it is seen, what is not, and why
  metier packet --leave-away 0199aa              never in a packet, until --put-back 0199aa
  metier packet --since 2026-01-01               with what changed since")]
pub struct PacketArgs {
    /// Who reads it
    #[arg(long = "for", value_name = "NAME")]
    reader: Option<String>,
    /// A level other than the one you aim at
    #[arg(long, value_name = "LEVEL")]
    level: Option<LevelId>,
    /// What changed since this day
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,
    /// Leave something away of this and every later packet; may be given again
    #[arg(long, value_name = "ENTRY")]
    leave_away: Vec<String>,
    /// Put it back; may be given again
    #[arg(long, value_name = "ENTRY")]
    put_back: Vec<String>,
    /// Say what of it is seen, what is not, and why, in place of the packet
    #[arg(long)]
    look: bool,
}

/// For one's own eyes.
#[derive(Debug, Args)]
pub struct ReviewSheetArgs {
    /// A level other than the one you aim at
    #[arg(long, value_name = "LEVEL")]
    level: Option<LevelId>,
    /// What changed since this day; absent: since your last review
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,
}

/// Makes a packet.
pub async fn packet(args: PacketArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    choose(&metier, &args).await?;
    let asked = PacketAsked {
        reader: args.reader,
        level: args.level,
        since: args.since.map(|d| session.day(Some(d))),
    };
    let made = metier.packet(&asked).await?;
    if args.look {
        let waits = super::feedback::waits(&metier).await?;
        return session.answer(&made.scan(), |_| look(&made) + &waits);
    }
    let sheet = made.sheet();
    session.answer(&sheet, |_| sheet.markdown())
}

async fn choose(metier: &Metier, args: &PacketArgs) -> Result<(), AppError> {
    if args.leave_away.is_empty() && args.put_back.is_empty() {
        return Ok(());
    }
    let reader = args.reader.as_deref();
    let (entries, _) = metier.read().await?;
    let mut away = metier.left_away(reader).await?;
    for word in &args.leave_away {
        away.insert(find_entry(&entries, word)?);
    }
    for word in &args.put_back {
        away.remove(&find_entry(&entries, word)?);
    }
    metier.leave_away(reader, &away).await
}

/// What is seen, what is not, and why.
fn look(made: &Cased) -> String {
    let s = made.packet.case.statements;
    let mut text = format!(
        "Seen: {}, {}.\n",
        plural(u64::from(s.evidence), "piece of evidence", "pieces of evidence"),
        plural(
            u64::from(s.heard + s.relayed),
            "word of others",
            "words of others"
        ),
    );
    if !made.away.is_empty() {
        text += &format!(
            "Left away by you: {}.\n",
            plural(made.away.len() as u64, "entry", "entries")
        );
    }
    let scan = made.scan();
    for item in &scan.items {
        if let metier_core::disclosure::Outcome::LeftOut(because) = item.outcome {
            let why = match because {
                LeftOut::NoTextForOthers => "confidential, and has no text for others",
                LeftOut::GivenForDevelopment => "given for development: nobody may decide by it",
                LeftOut::NotShown | LeftOut::NoPlace | LeftOut::NotThere => "has no place in a packet",
                LeftOut::NotTold => "was given by somebody who was not told that this reader would see it",
            };
            text += &format!(
                "Not in it: \u{201c}{}\u{201d} ({}): {why}.\n",
                item.line(),
                item.entry
            );
        }
    }
    for (entry, words, _) in looks_like_names(&scan) {
        text += &format!("Looks like a name: \u{201c}{words}\u{201d} in {entry}.\n");
    }
    text
}

/// Makes the sheet.
pub async fn review_sheet(args: ReviewSheetArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let since = args.since.map(|d| session.day(Some(d)));
    let (_, sheet) = metier.review_sheet(args.level.as_ref(), since).await?;
    session.answer(&sheet, |_| sheet.markdown())
}
