//! `start`: a home, a key, a profession and what is aimed at.

use clap::Args;
use jiff::civil::Date;
use metier_app::words::{Words, day, list};
use metier_app::{AimChoice, AppError, Metier, draft_occupation, find_framework, needed_catalogue};
use metier_core::framework::Framework;
use metier_core::id::{LevelId, slug_of};
use metier_core::person::ProfessionStatus;
use serde::Serialize;

use crate::answer::Answer;
use crate::session::Session;

/// What to start on.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier start --profession content-marketing --level senior --by 2027-06-30
  metier start --occupation 51-3011.00        (after `metier catalog import`)
  metier start --company ladder.xlsx --role \"Data analyst\" --level senior
`metier framework list` shows the starters; `metier catalog search \"...\"` finds occupations.")]
pub struct StartArgs {
    #[command(flatten)]
    what: What,
    /// Which role or track of the company's document is yours
    #[arg(long, value_name = "NAME", requires = "company")]
    role: Option<String>,
    /// The level you aim at, as in senior; it can be chosen later
    #[arg(long)]
    level: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE")]
    by: Option<Date>,
    /// You want this profession, but do not practise it yet
    #[arg(long)]
    aspired: bool,
    /// Your name, as your entries show it
    #[arg(long)]
    name: Option<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A starter by its name, as in nursing or content-marketing
    #[arg(long, value_name = "WORD")]
    profession: Option<String>,
    /// An occupation by its code, drafted from the catalogue
    #[arg(long, value_name = "CODE")]
    occupation: Option<String>,
    /// A framework document of your own
    #[arg(long, value_name = "FILE")]
    framework: Option<std::path::PathBuf>,
    /// Your company's levelling document, as `metier framework import` reads it
    #[arg(long, value_name = "FILE")]
    company: Option<std::path::PathBuf>,
}

#[derive(Debug, Serialize)]
struct Started<'a> {
    name: &'a str,
    home: &'a std::path::Path,
    profession: &'a str,
    family: &'a metier_core::id::FamilyId,
    version: metier_core::canonical::Digest,
    level: Option<&'a LevelId>,
    by: Option<Date>,
}

/// Starts.
pub async fn run(args: StartArgs, session: &Session) -> Result<Answer, AppError> {
    let framework = wanted(&args, session)?;
    let level = args
        .level
        .as_deref()
        .map(|word| level(&framework, word))
        .transpose()?;
    let choice = AimChoice {
        level,
        own: None,
        by: not_past(args.by, session)?,
    };
    let metier = opened(&args, session).await?;
    if let Some(now) = metier.life().await?.current()
        && now.framework.family == framework.family
    {
        return Err(AppError::input(format!(
            "{} is what you have started on already",
            now.framework.title
        ))
        .hint("To aim at another level: metier aim --level LEVEL")
        .hint("To take up newer criteria: metier framework adopt"));
    }
    let status = if args.aspired {
        ProfessionStatus::Aspired
    } else {
        ProfessionStatus::Held
    };
    metier.begin(framework.clone(), status, choice.clone()).await?;
    metier.close().await;
    let started = Started {
        name: metier.name(),
        home: metier.home(),
        profession: &framework.title,
        family: &framework.family,
        version: framework.digest()?,
        level: choice.level.as_ref(),
        by: choice.by,
    };
    session.answer(&started, |_| welcome(&framework, &choice, &metier))
}

fn wanted(args: &StartArgs, session: &Session) -> Result<Framework, AppError> {
    let what = &args.what;
    if let Some(file) = &what.company {
        return super::levels::of_company(file, args.role.as_deref());
    }
    if let Some(code) = &what.occupation {
        return draft_occupation(&needed_catalogue(&session.home)?, code);
    }
    if let Some(file) = &what.framework {
        return super::framework::document(file);
    }
    find_framework(None, what.profession.as_deref().unwrap_or_default())
}

async fn opened(args: &StartArgs, session: &Session) -> Result<Metier, AppError> {
    let given = args.name.as_deref().map(str::trim).filter(|n| !n.is_empty());
    let name = given.map_or_else(login_name, str::to_owned);
    let metier = Metier::open_or_start(&session.home, session.surroundings.clone(), &name).await?;
    match given {
        Some(given) if given != metier.name() => Err(AppError::input(format!(
            "{} holds the journal of {}",
            session.home.display(),
            metier.name()
        ))
        .hint("Leave out --name to go on with it, or choose another folder with --home DIR.")),
        _ => Ok(metier),
    }
}

/// The name the system knows the person by.
fn login_name() -> String {
    ["USER", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "Me".into())
}

/// The level a word names: its id or its name.
///
/// # Errors
/// When the framework has no such level.
pub fn level(framework: &Framework, word: &str) -> Result<LevelId, AppError> {
    let lower = word.trim().to_lowercase();
    framework
        .levels
        .iter()
        .find(|l| l.id.as_str() == lower || l.name.to_lowercase() == lower)
        .map(|l| l.id.clone())
        .or_else(|| {
            slug_of(&lower)
                .and_then(|slug| framework.levels.iter().find(|l| l.id.as_str() == slug))
                .map(|l| l.id.clone())
        })
        .ok_or_else(|| {
            let there: Vec<&str> = framework.levels.iter().map(|l| l.id.as_str()).collect();
            let error = AppError::not_found(format!("{} has no level `{word}`", framework.title));
            if there.is_empty() {
                error.hint("Its document names no levels yet; leave out --level.")
            } else {
                error.hint(format!("Its levels are: {}.", there.join(", ")))
            }
        })
}

/// A date to reach something by.
///
/// # Errors
/// When it has passed.
pub fn not_past(by: Option<Date>, session: &Session) -> Result<Option<Date>, AppError> {
    match by {
        Some(by) if by < session.surroundings.today() => {
            Err(AppError::input(format!("{by} has passed; an aim lies ahead")))
        }
        other => Ok(other),
    }
}

fn welcome(framework: &Framework, choice: &AimChoice, metier: &Metier) -> String {
    let words = Words::new(framework, &[], metier.surroundings().today());
    let aim = match (&choice.level, choice.by) {
        (Some(level), Some(by)) => format!(", aiming at {} by {}", words.level(level), day(by)),
        (Some(level), None) => format!(", aiming at {}", words.level(level)),
        (None, _) => String::new(),
    };
    let mut said = format!(
        "{}, you have started on {}{aim}.\n\
         Your journal is in {}; nothing leaves this machine.\n\n\
         {} practices and {} competencies say what mastery is here: metier framework show\n",
        metier.name(),
        framework.title,
        metier.home().display(),
        framework.practices.len(),
        framework.competencies.len(),
    );
    if choice.level.is_none() && !framework.levels.is_empty() {
        let levels: Vec<String> = framework.levels.iter().map(|l| l.id.to_string()).collect();
        said += &format!(
            "Choose what you aim at, {}: metier aim --level LEVEL\n",
            list(&levels)
        );
    }
    // One that is short to type, and on which the rest stands where the framework says so.
    let example = framework
        .competencies
        .iter()
        .min_by_key(|c| (!c.foundation, c.id.as_str().len()))
        .map_or("competency", |c| c.id.as_str());
    let step = framework.ladder.active().nth(1).map_or("step", |r| r.id.as_str());
    said += &format!(
        "\nNow:\n\
         \x20 where you see yourself, a line each:   metier rate {example} {step}\n\
         \x20 what you did; last year counts:        metier log \"...\" --for {example}/{step}\n\
         \x20 the map:                               metier standing\n"
    );
    said
}
