//! `demo`: a filled example career in a home of its own.

use clap::Args;
use metier_app::{AppError, Metier};
use serde_json::json;

use super::serve::{self, PageArgs};
use crate::answer::Answer;
use crate::session::{Session, data_folder};

/// How the example is opened.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Fill the example and return
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    page: PageArgs,
}

/// Fills the example, and opens it.
pub fn run(args: &DemoArgs, session: &Session) -> Result<Answer, AppError> {
    let mut session = session.clone();
    if !session.home_chosen {
        session.home = data_folder()?.join("metier-demo");
    }
    super::runtime()?.block_on(fill(&session))?;
    if args.no_serve {
        return session.answer(&json!({"home": session.home}), |_| {
            format!(
                "The example career is in {}.\n\
                 Look at it: metier standing --home {0}\n",
                session.home.display()
            )
        });
    }
    serve::open(&args.page, &session)
}

async fn fill(session: &Session) -> Result<(), AppError> {
    let (home, around) = (&session.home, session.surroundings.clone());
    // Somebody's own journal is refused before anything is touched.
    let metier = Metier::open_or_start(home, around, &Metier::example_name()).await?;
    metier.fill_example().await?;
    metier.close().await;
    Ok(())
}
