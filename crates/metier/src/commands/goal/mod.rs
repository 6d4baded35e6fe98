//! `goal`: what one wants to reach, its milestones, whether one is on the way, and how it changed.

mod milestone;

use clap::{Args, Subcommand, ValueEnum};
use metier_app::words::{self, Words, day};
use metier_app::{
    AppError, AsOf, EndGoal, GoalSeen, Metier, Sight, ToClaim, competency_of, find_entry, goal_wordings,
};
use metier_core::framework::{Expectation, Framework, Weight};
use metier_core::id::{EntryId, ThingId};
use metier_core::journal::view;
use metier_core::mastery::Mastery;
use metier_core::plan::{Goal, GoalEnding, ThingOf, goal_changes};
use serde_json::json;

use super::recorded::recorded;
use super::short;
use super::start::level;
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::Paper;
use crate::session::Session;

/// What to do about goals.
#[derive(Debug, Subcommand)]
pub enum GoalCommand {
    /// Write down something to reach
    Add(AddArgs),
    /// Every goal, and whether you are on the way
    List,
    /// One goal: milestones, what it takes, how it changed and why
    Show(ShowArgs),
    /// Word it otherwise, and say why
    Change(ChangeArgs),
    /// Its milestones: add, change, met, open, drop
    #[command(subcommand)]
    Milestone(milestone::MilestoneCommand),
    /// It was reached, or let go
    End(EndArgs),
    /// Open it again
    Again(ShowArgs),
}

/// A goal to write down.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier goal add \"Lead the spring campaign\" --by 2027-05-31 --takes plan-a-campaign/leads
  metier goal add \"Senior by summer\" --as senior --by 2027-06-30")]
pub struct AddArgs {
    /// The goal, in one line
    title: String,
    /// What it is good for
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE")]
    by: Option<Day>,
    /// A competency it takes, up to which step; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    takes: Vec<String>,
    /// Everything that a level asks
    #[arg(long = "as", value_name = "LEVEL")]
    like: Option<String>,
    /// The significant thing of your own definition of mastery that it is
    #[arg(long, value_name = "THING")]
    thing: Option<String>,
}

/// Which goal.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The goal, as the list shows it
    #[arg(value_name = "GOAL")]
    goal: String,
}

/// How a goal is worded now.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier goal change 4f2a91c0 --by 2027-09-30 --because \"the launch moved\"")]
pub struct ChangeArgs {
    /// The goal, as the list shows it
    #[arg(value_name = "GOAL")]
    goal: String,
    /// Why it changes; what it was stays readable
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// Another title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What it is good for
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// Another day
    #[arg(long, value_name = "DATE", conflicts_with = "no_day")]
    by: Option<Day>,
    /// Without a day
    #[arg(long)]
    no_day: bool,
    /// A competency it takes, up to which step; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    takes: Vec<String>,
    /// A competency it takes no longer; may be given again
    #[arg(long, value_name = "COMPETENCY")]
    no_longer: Vec<String>,
}

/// How a goal ended.
#[derive(Debug, Args)]
pub struct EndArgs {
    /// The goal, as the list shows it
    #[arg(value_name = "GOAL")]
    goal: String,
    /// reached or let-go
    #[arg(value_enum, hide_possible_values = true)]
    how: EndWord,
    /// What came of it; why it is let go
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

/// How a goal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EndWord {
    /// It is there
    Reached,
    /// It is no goal any more
    LetGo,
}

/// Does it.
pub async fn run(command: GoalCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        GoalCommand::Add(args) => add(args, session).await,
        GoalCommand::List => list(session).await,
        GoalCommand::Show(args) => show(&args, session).await,
        GoalCommand::Change(args) => change(args, session).await,
        GoalCommand::Milestone(command) => milestone::run(command, session).await,
        GoalCommand::End(args) => end(args, session).await,
        GoalCommand::Again(args) => again(&args, session).await,
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let framework = &sight.version.framework;
    let mut asks: Vec<Expectation> = Vec::new();
    if let Some(word) = &args.like {
        let id = level(framework, word)?;
        let found = framework.level(&id);
        asks = found.map(|l| l.expectations.clone()).unwrap_or_default();
        asks.retain(|e| e.weight != Weight::NotApplicable);
    }
    asked(&mut asks, &args.takes, framework)?;
    let thing = args
        .thing
        .as_deref()
        .map(|word| thing_of(&sight, word))
        .transpose()?;
    let goal = Goal {
        title: args.title,
        why: args.why.unwrap_or_default(),
        family: (!asks.is_empty()).then(|| framework.family.clone()),
        asks,
        thing,
        by: args.by.map(|by| session.day(Some(by))),
        milestones: Vec::new(),
        because: String::new(),
    };
    let id = metier.add_goal(goal).await?;
    let hint = format!(
        "Milestones make it easier to see where you are: metier goal milestone add {} TEXT --by DATE",
        short(id)
    );
    recorded(session, &metier, vec![id], "Written down.", &[], Some(hint)).await
}

/// Puts what is named in place of what was asked of the same competency.
fn asked(asks: &mut Vec<Expectation>, takes: &[String], framework: &Framework) -> Result<(), AppError> {
    for word in takes {
        let ToClaim::Step { competency, rung, .. } = ToClaim::read(word, framework)? else {
            continue;
        };
        match asks.iter_mut().find(|e| e.competency == competency) {
            Some(there) => there.rung = rung,
            None => asks.push(Expectation {
                competency,
                rung,
                weight: Weight::Required,
            }),
        }
    }
    Ok(())
}

fn thing_of(sight: &Sight, word: &str) -> Result<ThingOf, AppError> {
    let thing = ThingId::new(word).map_err(|e| AppError::input(e.to_string()))?;
    let here = view(&sight.entries, sight.standing.known_at);
    let mastery = Mastery::of(&here, &sight.version.framework.family);
    let definition = mastery.definition().ok_or_else(|| {
        AppError::not_ready("you have written no definition of mastery yet")
            .hint("Write it on the page What mastery is.")
    })?;
    Ok(ThingOf {
        definition: definition.id,
        thing,
    })
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let goals = sight.goals(&plan);
    session.answer(&json!({"goals": goals}), |paper| {
        if goals.is_empty() {
            return "No goal is written down yet: metier goal add TITLE --by DATE\n".into();
        }
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        goals.iter().map(|goal| line(goal, &words, paper)).collect()
    })
}

fn line(seen: &GoalSeen<'_>, words: &Words<'_>, paper: Paper) -> String {
    let by = seen
        .goal
        .by
        .map_or_else(String::new, |by| format!(", by {}", day(by)));
    let head = format!(
        "{}{by}: {}",
        paper.strong(&seen.goal.title),
        words::track_state(seen.track.state)
    );
    format!(
        "{head} {}\n{}\n",
        paper.faint(&format!("[{}]", short(seen.id))),
        paper.paragraph("", 2, &words.on_track(seen))
    )
}

async fn show(args: &ShowArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let goal = sight.goal(&plan, find_entry(&sight.entries, &args.goal)?)?;
    let wordings = goal_wordings(&sight.entries, goal.id);
    session.answer(&json!({"goal": goal, "wordings": wordings}), |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = line(&goal, &words, paper);
        if !goal.goal.why.is_empty() {
            text += &format!("{}\n", paper.paragraph("", 2, &goal.goal.why));
        }
        for milestone in &goal.goal.milestones {
            let when = match (milestone.met_on, milestone.by) {
                (Some(on), _) => format!("there since {}", day(on)),
                (None, Some(by)) => format!("by {}", day(by)),
                (None, None) => "without a day".into(),
            };
            let said = format!("{}: {when} [{}]", milestone.what, milestone.id);
            text += &format!("{}\n", paper.paragraph("  -", 4, &said));
        }
        for asked in &goal.goal.asks {
            let open = goal.track.open.contains(&asked.competency);
            let state = if open { "still open" } else { "proven" };
            let said = format!(
                "takes {} ({}): {state}",
                words.competency(&asked.competency),
                words.rung(&asked.rung)
            );
            text += &format!("{}\n", paper.paragraph("", 2, &said));
        }
        for pair in wordings.windows(2) {
            let said = words.goal_changes(&goal_changes(pair[0].what, pair[1].what));
            let because = match pair[1].what.because.as_str() {
                "" => String::new(),
                because => format!(" Because: {because}"),
            };
            let at = pair[1]
                .recorded_at
                .to_zoned(session.surroundings.zone.clone())
                .date();
            text += &format!(
                "{}\n",
                paper.faint(&paper.paragraph("", 2, &format!("{}: {said}.{because}", day(at))))
            );
        }
        text
    })
}

/// The goal that a word names, as it is worded now.
async fn named(metier: &Metier, word: &str) -> Result<(EntryId, Goal), AppError> {
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let seen = sight.goal(&plan, find_entry(&sight.entries, word)?)?;
    Ok((seen.id, seen.goal.clone()))
}

async fn change(args: ChangeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, mut goal) = named(&metier, &args.goal).await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    if !args.takes.is_empty() || !args.no_longer.is_empty() {
        if goal.family.as_ref().is_some_and(|f| *f != framework.family) {
            return Err(
                AppError::input("this goal is of another profession than the one aimed at")
                    .hint("Aim at that one first: metier aim."),
            );
        }
        asked(&mut goal.asks, &args.takes, framework)?;
        for word in &args.no_longer {
            let gone = competency_of(framework, word)?;
            goal.asks.retain(|e| e.competency != gone);
        }
        goal.family = (!goal.asks.is_empty()).then(|| framework.family.clone());
    }
    goal.title = args.title.unwrap_or(goal.title);
    goal.why = args.why.unwrap_or(goal.why);
    if args.no_day {
        goal.by = None;
    } else if let Some(by) = args.by {
        goal.by = Some(session.day(Some(by)));
    }
    metier.change_goal(id, goal, &args.because).await?;
    let said = "Changed. What it was before stays readable: metier goal show";
    recorded(session, &metier, vec![id], said, &[], None).await
}

async fn end(args: EndArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, _) = named(&metier, &args.goal).await?;
    let how = match args.how {
        EndWord::Reached => GoalEnding::Reached,
        EndWord::LetGo => GoalEnding::LetGo,
    };
    let end = EndGoal {
        how,
        reason: args.reason.unwrap_or_default(),
        on: session.day(args.on),
    };
    let ended = metier.end_goal(id, end).await?;
    let said = format!("Noted: {}.", words::goal_ending(how));
    recorded(session, &metier, vec![ended], &said, &[], None).await
}

async fn again(args: &ShowArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, _) = named(&metier, &args.goal).await?;
    metier.reopen_goal(id, "").await?;
    recorded(session, &metier, vec![id], "It is open again.", &[], None).await
}
