//! `completions` and `man`: what a shell and a manual want to know of the commands.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use metier_app::{AppError, Kind};
use serde_json::json;

use crate::answer::Answer;
use crate::cli::Cli;
use crate::session::Session;

/// Which shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Example, for bash:
  metier completions bash > ~/.local/share/bash-completion/completions/metier")]
pub struct CompletionsArgs {
    /// Which shell
    shell: Shell,
}

/// Prints completions.
pub fn completions(args: &CompletionsArgs, session: &Session) -> Result<Answer, AppError> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "metier", &mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    session.answer(&json!({"shell": args.shell.to_string(), "script": text}), |_| {
        text.clone()
    })
}

/// Where to.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder for the pages
    folder: PathBuf,
}

/// Writes manual pages.
pub fn man(args: &ManArgs, session: &Session) -> Result<Answer, AppError> {
    let written = std::fs::create_dir_all(&args.folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), &args.folder));
    written.map_err(|e| {
        AppError::new(
            Kind::Machine,
            format!("{} cannot be written: {e}", args.folder.display()),
        )
    })?;
    session.answer(&json!({"folder": args.folder}), |_| {
        format!("Wrote the manual pages to {}.\n", args.folder.display())
    })
}
