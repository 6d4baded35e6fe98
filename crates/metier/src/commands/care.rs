//! Care of the journal: `export`, `verify`, `backup`.

use std::path::PathBuf;

use clap::Args;
use metier_app::AppError;
use metier_app::words::{capital, plural};
use serde_json::json;

use crate::answer::Answer;
use crate::session::Session;

/// A file.
#[derive(Debug, Args)]
pub struct FileArgs {
    /// The file
    file: PathBuf,
}

/// Writes everything into one file.
pub async fn export(args: FileArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let header = metier.export(&args.file).await?;
    session.answer(&header, |_| {
        format!(
            "Wrote {} of {} to {}.\nHead: {}\n",
            plural(header.entries, "entry", "entries"),
            header.subject,
            args.file.display(),
            header.head
        )
    })
}

/// Looks whether anything was damaged.
pub async fn verify(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let verified = metier.verify().await?;
    let sound = verified.troubles.is_empty();
    session.answer_to(sound, &verified, |_| {
        let looked = format!(
            "{} and {} looked at",
            capital(&plural(verified.entries as u64, "entry", "entries")),
            match verified.attachments {
                0 => "no attachment".to_owned(),
                n => plural(n as u64, "attachment", "attachments"),
            },
        );
        if sound {
            return format!("{looked}: all is well.\nHead: {}\n", verified.head);
        }
        let mut text = format!(
            "{looked}; {} found:\n",
            plural(verified.troubles.len() as u64, "damage", "damages")
        );
        for trouble in &verified.troubles {
            text += &format!("  {trouble}\n");
        }
        text + "Keep this folder as it is, and start anew from a backup or an export: metier import FILE --home DIR\n"
    })
}

/// Copies the whole store.
pub async fn backup(args: FileArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    metier.backup(&args.file).await?;
    session.answer(&json!({"backup": args.file}), |_| {
        format!(
            "Copied everything, your key included, to {}.\n\
             To restore it: put it into an empty folder as {} and use that folder with --home DIR.\n",
            args.file.display(),
            metier_app::STORE_FILE
        )
    })
}
