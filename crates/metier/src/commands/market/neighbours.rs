//! `market neighbours`: which professions are near, and why.

use clap::Args;
use metier_app::{AppError, needed_catalogue, neighbours, occupation_of_family};
use metier_core::catalogue::{Item, Way};
use serde::Serialize;

use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// Items named of each sort.
const NAMED: usize = 4;

/// From where.
#[derive(Debug, Args)]
pub struct NeighboursArgs {
    /// An occupation by its code, of O*NET or ESCO; absent: the one your framework was drafted from
    #[arg(long, value_name = "CODE")]
    occupation: Option<String>,
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
}

#[derive(Debug, Serialize)]
struct Near<'a> {
    from: &'a str,
    neighbours: &'a [Way],
    credits: Vec<&'a str>,
}

/// Names them.
pub async fn run(args: &NeighboursArgs, session: &Session) -> Result<Answer, AppError> {
    let code = match &args.occupation {
        Some(code) => code.clone(),
        None => own(session).await?,
    };
    let catalogue = needed_catalogue(&session.home)?;
    let ways = neighbours(&catalogue, &code, args.limit)?;
    let near = Near {
        from: &code,
        neighbours: &ways,
        credits: catalogue.all_credits(),
    };
    session.answer(&near, |paper| text(&near, paper))
}

/// The occupation of the framework one works with.
async fn own(session: &Session) -> Result<String, AppError> {
    let metier = session.open().await?;
    let life = metier.life().await;
    metier.close().await;
    let family = life?.needed()?.framework.family.clone();
    occupation_of_family(&family).ok_or_else(|| {
        AppError::not_ready(format!(
            "the framework {family} was not drafted from an occupation"
        ))
        .hint("Name the occupation nearest to it: `metier market neighbours --occupation CODE`.")
        .hint("`metier catalog search \"…\"` finds its code.")
    })
}

fn text(near: &Near<'_>, paper: Paper) -> String {
    if near.neighbours.is_empty() {
        return "No other occupation can be compared with it.\n".into();
    }
    let mut text = String::new();
    for way in near.neighbours {
        text += &format!(
            "{} {}\n",
            way.to.code,
            paper.strong(&metier_app::words::capital(&way.to.title))
        );
        for (label, items, share) in [
            ("Missing", &way.to_learn, Some(way.missing)),
            ("Unused", &way.left_unused, Some(way.unused)),
            ("Carries", &way.carries_over, None),
        ] {
            let said = format!("{}{}", share.map(percent).unwrap_or_default(), named(items));
            text += &format!("{}\n", paper.paragraph(&format!("  {label}:"), 12, &said));
        }
    }
    text += "\nMissing and unused are parts of what the one asks and the other has not, by weight; nearest first by both \
             together.\n";
    for credit in &near.credits {
        text += &format!("\n{}", paper.faint(&paper.paragraph("", 0, credit)));
    }
    text + "\n"
}

fn percent(share: f64) -> String {
    format!("{:.0}%; ", share * 100.0)
}

fn named(items: &[Item]) -> String {
    if items.is_empty() {
        return "nothing".into();
    }
    let names: Vec<&str> = items.iter().take(NAMED).map(|i| i.name.as_str()).collect();
    let more = match items.len() - names.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!("{}{more}", names.join(", "))
}
