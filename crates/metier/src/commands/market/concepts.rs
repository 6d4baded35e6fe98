//! `market concepts`: skills and technologies by what they are called.

use clap::Args;
use metier_app::{AppError, ConceptFound, Metier, concept_index, find_concepts};

use crate::answer::Answer;
use crate::session::Session;

/// What to find.
#[derive(Debug, Args)]
pub struct ConceptsArgs {
    /// Words; typing mistakes are forgiven
    #[arg(required = true)]
    query: Vec<String>,
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
}

/// Finds them, the person's own competencies among them where somebody started.
pub async fn run(args: &ConceptsArgs, session: &Session) -> Result<Answer, AppError> {
    let query = args.query.join(" ");
    let index = if Metier::exists(&session.home) {
        let metier = session.open().await?;
        let index = metier.concept_index().await;
        metier.close().await;
        index?
    } else {
        concept_index(&session.home)?.ok_or_else(|| {
            AppError::not_ready("there are no skills and technologies to look for yet").hint(
                "Get the O*NET database in text form, or ESCO as CSV, and run `metier catalog import FILE.zip`.",
            )
        })?
    };
    let found = find_concepts(&index, &query, args.limit);
    session.answer(&found, |paper| {
        if found.is_empty() {
            return format!("Nothing goes by “{query}”. Try another word for it.\n");
        }
        found
            .iter()
            .map(|f| format!("{}\n", paper.paragraph(f.source(), 8, &said(f))))
            .collect()
    })
}

fn said(found: &ConceptFound) -> String {
    let mut said = found.label.clone();
    if let Some(name) = &found.matched {
        said += &format!(" (also called {name})");
    }
    if found.hot {
        said += "; often asked for in adverts";
    }
    if !found.same_name.is_empty() {
        said += &format!("; of the same name: {}", found.same_name.join(", "));
    }
    said
}
