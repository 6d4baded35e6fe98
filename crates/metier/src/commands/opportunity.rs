//! `opportunity`: sought or offered, taken into the plan, refused, not given, passed.

use clap::{Args, Subcommand, ValueEnum};
use metier_app::words::{self, Words, capital};
use metier_app::{
    AppError, AsOf, ChanceSeen, EndChance, Metier, ToClaim, chance_seen, chance_wordings, chances, find_entry,
};
use metier_core::framework::{ActivityKind, Framework, Hours, Shows};
use metier_core::id::EntryId;
use metier_core::plan::{Opportunity, OpportunityEnding, OpportunityOrigin, Planned};
use serde_json::json;

use super::plan::{AboutArgs, tell};
use super::recorded::{on, recorded};
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::Paper;
use crate::session::Session;

/// What to do about opportunities.
#[derive(Debug, Subcommand)]
pub enum OpportunityCommand {
    /// Write down what was offered, or what you seek
    Add(AddArgs),
    /// Those that are open, and what became of the others
    List,
    /// One of them: what it would show, how it changed and why
    Show(ShowArgs),
    /// Change it, and say why
    Change(ChangeArgs),
    /// Take it: it becomes something planned
    Take(TakeArgs),
    /// It came to nothing: refused, not-given or passed
    End(EndArgs),
    /// Open it again
    Again(ShowArgs),
}

/// Something offered or sought.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier opportunity add \"Speak at the regional meeting\" --with Jonas --by 2027-01-15 \\
    --shows present-results/communicates")]
pub struct AddArgs {
    /// What
    what: String,
    /// You seek it; absent: it was offered
    #[arg(long)]
    sought: bool,
    /// By whom, or with whom
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    /// By when an answer is due
    #[arg(long, value_name = "DATE")]
    by: Option<Day>,
    /// What it would show; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    shows: Vec<String>,
    /// On which day it came up; absent: today
    #[arg(long, value_name = "DATE")]
    date: Option<Day>,
}

/// Which one.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The opportunity, as the list shows it
    #[arg(value_name = "OPPORTUNITY")]
    chance: String,
}

/// Worded otherwise.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// The opportunity, as the list shows it
    #[arg(value_name = "OPPORTUNITY")]
    chance: String,
    /// Why it changes; what was written before stays readable
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// What
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// By whom, or with whom
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    /// By when an answer is due
    #[arg(long, value_name = "DATE")]
    by: Option<Day>,
    /// What else it would show; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    shows: Vec<String>,
}

/// Taken into the plan.
#[derive(Debug, Args)]
pub struct TakeArgs {
    /// The opportunity, as the list shows it
    #[arg(value_name = "OPPORTUNITY")]
    chance: String,
    #[command(flatten)]
    about: AboutArgs,
}

/// What became of it.
#[derive(Debug, Args)]
pub struct EndArgs {
    /// The opportunity, as the list shows it
    #[arg(value_name = "OPPORTUNITY")]
    chance: String,
    /// refused, not-given or passed
    #[arg(value_enum, hide_possible_values = true)]
    how: EndWord,
    /// Why; needed where you refused it
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

/// How it came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EndWord {
    /// You refused it
    Refused,
    /// It was not given to you
    NotGiven,
    /// It passed
    Passed,
}

/// Does it.
pub async fn run(command: OpportunityCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        OpportunityCommand::Add(args) => add(args, session).await,
        OpportunityCommand::List => list(session).await,
        OpportunityCommand::Show(args) => show(&args, session).await,
        OpportunityCommand::Change(args) => change(args, session).await,
        OpportunityCommand::Take(args) => take(args, session).await,
        OpportunityCommand::End(args) => end(args, session).await,
        OpportunityCommand::Again(args) => again(&args, session).await,
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let shows = steps(&args.shows, framework)?;
    let chance = Opportunity {
        what: args.what,
        with: args.with.unwrap_or_default(),
        origin: if args.sought {
            OpportunityOrigin::Sought
        } else {
            OpportunityOrigin::Offered
        },
        family: (!shows.is_empty()).then(|| framework.family.clone()),
        shows,
        by: args.by.map(|by| session.day(Some(by))),
        because: String::new(),
    };
    let day_of = session.day(args.date);
    let id = metier.add_chance(chance, day_of).await?;
    let hint = format!(
        "Take it into the plan: metier opportunity take {} --hours 6",
        short(id)
    );
    let said = format!("Written down{}.", on(day_of, session));
    recorded(session, &metier, vec![id], &said, &[], Some(hint)).await
}

/// The steps that words name.
pub fn steps(named: &[String], framework: &Framework) -> Result<Vec<Shows>, AppError> {
    let mut shows: Vec<Shows> = Vec::new();
    for word in named {
        if let ToClaim::Step { competency, rung, .. } = ToClaim::read(word, framework)? {
            let more = Shows { competency, rung };
            if !shows.contains(&more) {
                shows.push(more);
            }
        }
    }
    Ok(shows)
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let all = chances(&plan);
    session.answer(&json!({"opportunities": all}), |paper| {
        if all.is_empty() {
            return "No opportunity is written down yet: metier opportunity add TEXT --shows COMPETENCY/STEP\n"
                .into();
        }
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        all.iter()
            .map(|one| line(one, &words, sight.standing.at, paper))
            .collect()
    })
}

fn line(seen: &ChanceSeen<'_>, words: &Words<'_>, today: jiff::civil::Date, paper: Paper) -> String {
    let lost = seen.ended.is_some_and(|e| e.how.how != OpportunityEnding::Taken);
    let mut said = words.chance_line(seen, today);
    let shows = words.would_show(seen.chance, lost);
    if !shows.is_empty() {
        said += &format!(" {shows}");
    }
    if let Some(ended) = seen.ended.filter(|e| !e.how.reason.is_empty()) {
        said += &format!(" Because: {}", ended.how.reason);
    }
    format!(
        "{} {}\n{}\n",
        paper.strong(&seen.chance.what),
        paper.faint(&format!("[{}]", short(seen.id))),
        paper.paragraph("", 2, &said)
    )
}

async fn show(args: &ShowArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let seen = chance_seen(&plan, find_entry(&sight.entries, &args.chance)?)?;
    let wordings = chance_wordings(&sight.entries, seen.id);
    session.answer(&json!({"opportunity": seen, "wordings": wordings}), |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = line(&seen, &words, sight.standing.at, paper);
        for before in wordings.iter().filter(|w| !w.stands) {
            let said = format!("before: {}", before.what.what);
            text += &format!("{}\n", paper.faint(&paper.paragraph("", 2, &said)));
        }
        if !seen.chance.because.is_empty() {
            let said = format!("Changed because: {}", seen.chance.because);
            text += &format!("{}\n", paper.faint(&paper.paragraph("", 2, &said)));
        }
        text
    })
}

async fn named(metier: &Metier, word: &str) -> Result<(EntryId, Opportunity), AppError> {
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let seen = chance_seen(&plan, find_entry(&sight.entries, word)?)?;
    Ok((seen.id, seen.chance.clone()))
}

async fn change(args: ChangeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, mut chance) = named(&metier, &args.chance).await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    chance.what = args.what.unwrap_or(chance.what);
    chance.with = args.with.unwrap_or(chance.with);
    chance.by = args.by.map_or(chance.by, |by| Some(session.day(Some(by))));
    let more = steps(&args.shows, framework)?;
    if !more.is_empty() {
        if chance.family.as_ref().is_some_and(|f| *f != framework.family) {
            return Err(
                AppError::input("this one is of another profession than the one aimed at")
                    .hint("Aim at that one first: metier aim."),
            );
        }
        chance.family = Some(framework.family.clone());
        chance.shows.extend(more);
        let mut seen = Vec::new();
        chance.shows.retain(|s| {
            let new = !seen.contains(s);
            seen.push(s.clone());
            new
        });
    }
    metier.change_chance(id, chance, &args.because).await?;
    let said = "Changed. What was written before stays readable: metier opportunity show";
    recorded(session, &metier, vec![id], said, &[], None).await
}

async fn take(args: TakeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, chance) = named(&metier, &args.chance).await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let here = chance.family.as_ref() == Some(&framework.family);
    let mut planned = Planned {
        name: chance.what,
        kind: ActivityKind::Project,
        family: framework.family.clone(),
        activity: None,
        hours: Hours {
            low: 0.0,
            likely: 0.0,
            high: 0.0,
        },
        shows: if here { chance.shows } else { Vec::new() },
        goal: None,
        from: None,
        until: None,
        stretch: None,
        because: String::new(),
    };
    if args.about.hours().is_none() {
        return Err(AppError::input("it is not said how long it takes")
            .hint("Give hours: --hours 6, or --hours 4/6/12 for well, likely, and if it drags."));
    }
    tell(&mut planned, args.about, framework, &entries, session)?;
    let planned = metier.take_chance(id, planned).await?;
    let said = "Taken. It is in your plan.";
    recorded(session, &metier, vec![planned], said, &[], None).await
}

async fn end(args: EndArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, _) = named(&metier, &args.chance).await?;
    let how = match args.how {
        EndWord::Refused => OpportunityEnding::Refused,
        EndWord::NotGiven => OpportunityEnding::NotGiven,
        EndWord::Passed => OpportunityEnding::Passed,
    };
    let end = EndChance {
        how,
        reason: args.because.unwrap_or_default(),
        on: session.day(args.on),
    };
    let ended = metier.end_chance(id, end).await?;
    let said = format!(
        "{}. What it would have shown stays visible.",
        capital(words::chance_ending(how))
    );
    recorded(session, &metier, vec![ended], &said, &[], None).await
}

async fn again(args: &ShowArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, _) = named(&metier, &args.chance).await?;
    metier.reopen_chance(id).await?;
    recorded(session, &metier, vec![id], "It is open again.", &[], None).await
}
