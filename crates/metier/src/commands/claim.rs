//! `claim`: says what something recorded bears on.

use clap::Args;
use metier_app::words::Words;
use metier_app::{AppError, ToClaim, find_entry};
use metier_core::evidence::Stance;

use super::recorded::{Touched, recorded};
use crate::answer::Answer;
use crate::session::Session;

/// What bears on what.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier claim last publish-an-article/delivers")]
pub struct ClaimArgs {
    /// The entry, as `metier log --list` shows it, or `last`
    entry: String,
    /// The step it shows, written competency/step
    #[arg(value_name = "COMPETENCY/STEP")]
    step: String,
    /// It speaks against the step
    #[arg(long)]
    against: bool,
}

/// Records a claim.
pub async fn run(args: ClaimArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let entry = find_entry(&entries, &args.entry)?;
    let framework = &life.needed()?.framework;
    let stance = if args.against {
        Stance::Contradicts
    } else {
        Stance::Supports
    };
    let claim = with_stance(ToClaim::read(&args.step, framework)?, stance);
    let touched = Touched::by(std::slice::from_ref(&claim));
    let id = metier.claim(entry, claim).await?;
    let words = Words::new(framework, &entries, session.surroundings.today());
    let verb = if args.against { "speaks against" } else { "shows" };
    let said = format!("Noted: “{}” {verb} {}.", words.evidence(&entry), args.step);
    recorded(session, &metier, vec![id], &said, &touched, None).await
}

/// The same claim, for or against.
pub fn with_stance(claim: ToClaim, stance: Stance) -> ToClaim {
    match claim {
        ToClaim::Step { competency, rung, .. } => ToClaim::Step {
            competency,
            rung,
            stance,
        },
        credential @ ToClaim::Credential(_) => credential,
    }
}
