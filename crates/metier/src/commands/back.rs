//! `reflect` and `setback`: looking back, and what went wrong with the lesson.

use std::str::FromStr;

use clap::{Args, Subcommand};
use metier_app::words::{self, Words, day};
use metier_app::{
    AppError, AsOf, Sight, competency_of, find_entry, looked_at, reflection_wordings, setback_wordings,
};
use metier_core::id::{CompetencyId, EntryId};
use metier_core::plan::{Drive, Looked, LookedBack, Plan, Reflection, Setback};
use serde_json::{Value, json};

use super::recorded::{on, recorded};
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::Paper;
use crate::session::Session;

/// A look back of two minutes, or the earlier ones.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  metier reflect                                     the earlier ones
  metier reflect \"Three interviews\" --learnt \"Silence works\" --next \"Ask for numbers\" --drive high
  metier reflect --about publish-an-article          the earlier ones about it

For you alone: it is in nothing that others see."
)]
pub struct ReflectArgs {
    #[command(subcommand)]
    command: Option<LookCommand>,
    /// What you did; absent: the earlier ones are shown
    words: Option<String>,
    /// What you learnt
    #[arg(long, value_name = "TEXT", requires = "words")]
    learnt: Option<String>,
    /// What is next
    #[arg(long, value_name = "TEXT", requires = "words")]
    next: Option<String>,
    /// How much you are drawn to go on: low, steady or high; never added up
    #[arg(long, value_name = "HOW", requires = "words")]
    drive: Option<DriveWord>,
    #[command(flatten)]
    about: AboutArgs,
}

/// What was written down before, so that neither word is taken for what is written down now.
#[derive(Debug, Subcommand)]
pub enum LookCommand {
    /// The earlier ones
    List(ListArgs),
    /// One of them, and how it was worded before
    Show(ShowArgs),
}

/// Which of the earlier ones.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A competency they are about; may be given again
    #[arg(long, value_name = "COMPETENCY")]
    about: Vec<String>,
    /// A goal they are about
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
}

/// Which one.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The one, as the list shows it
    #[arg(value_name = "ENTRY")]
    entry: String,
}

/// What it is about, and when it was.
#[derive(Debug, Args)]
pub struct AboutArgs {
    /// A competency it is about; may be given again
    #[arg(long, value_name = "COMPETENCY")]
    about: Vec<String>,
    /// A goal it is about
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    date: Option<Day>,
}

/// How much one is drawn to go on, as typed.
#[derive(Debug, Clone, Copy)]
pub struct DriveWord(Drive);

impl FromStr for DriveWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = words::DRIVES.iter().find(|(word, _)| *word == text);
        found
            .map(|(_, drive)| Self(*drive))
            .ok_or_else(|| "write low, steady or high".into())
    }
}

/// Notes a look back, or shows the earlier ones.
pub async fn reflect(args: ReflectArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    if let Some(command) = args.command {
        return earlier(command, session, &sight, Sort::Reflections);
    }
    let (competencies, goal) = about(&args.about, &sight)?;
    let Some(words) = args.words else {
        return list(session, &sight, &competencies, goal, Sort::Reflections);
    };
    let last = sight.plan().reflections.last().map(|r| r.what.next.clone());
    let day_of = session.day(args.about.date);
    let said = Reflection {
        words,
        learnt: args.learnt.unwrap_or_default(),
        next: args.next.unwrap_or_default(),
        drive: args.drive.map(|d| d.0),
        competencies,
        goal,
    };
    let id = metier.reflect(None, said, day_of).await?;
    let hint = last
        .filter(|next| !next.is_empty())
        .map(|next| format!("Last time you meant to go on with: {next}"));
    let said = format!("Kept{}, for you alone.", on(day_of, session));
    recorded(session, &metier, vec![id], &said, &[], hint).await
}

/// What went wrong, a lesson that comes later, or the earlier ones.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  metier setback                                     the earlier ones
  metier setback \"The launch mail went out with the wrong link\" --otherwise \"Two people click every link\"
  metier setback --learn 4f2a91c0 --lesson \"I checked it alone, and late\""
)]
pub struct SetbackArgs {
    #[command(subcommand)]
    command: Option<LookCommand>,
    /// What went wrong; absent: the earlier ones are shown
    what: Option<String>,
    /// Add to one that is written down already
    #[arg(long, value_name = "ENTRY", conflicts_with = "what")]
    learn: Option<String>,
    /// What you learnt from it
    #[arg(long, value_name = "TEXT")]
    lesson: Option<String>,
    /// What you do otherwise from now on
    #[arg(long, value_name = "TEXT")]
    otherwise: Option<String>,
    /// In what you had planned, as `metier plan list` shows it
    #[arg(long, value_name = "ENTRY")]
    planned: Option<String>,
    #[command(flatten)]
    about: AboutArgs,
}

/// Notes a setback, adds its lesson, or shows the earlier ones.
pub async fn setback(args: SetbackArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    if let Some(command) = args.command {
        return earlier(command, session, &sight, Sort::Setbacks);
    }
    let (competencies, goal) = about(&args.about, &sight)?;
    let planned = args
        .planned
        .as_deref()
        .map(|word| find_entry(&sight.entries, word))
        .transpose()?;
    if let Some(word) = &args.learn {
        let plan = sight.plan();
        let one = looked_at(&plan, find_entry(&sight.entries, word)?)?;
        let Looked::Setback(before) = one.what else {
            return Err(Sort::Setbacks.other(word));
        };
        let mut said = before.clone();
        said.lesson = args.lesson.unwrap_or(said.lesson);
        said.otherwise = args.otherwise.unwrap_or(said.otherwise);
        said.planned = planned.or(said.planned);
        said.goal = goal.or(said.goal);
        said.competencies.extend(competencies);
        said.competencies.sort();
        said.competencies.dedup();
        let day_of = args.about.date.map_or(one.on, |date| session.day(Some(date)));
        let id = metier.set_back(Some(one.id), said, day_of).await?;
        let said = "Added. What you wrote before stays readable.";
        return recorded(session, &metier, vec![id], said, &[], None).await;
    }
    let Some(what) = args.what else {
        if args.lesson.is_some() || args.otherwise.is_some() {
            return Err(AppError::input("it is not said of which setback")
                .hint("Say what went wrong, or name one that is there: --learn ENTRY."));
        }
        return list(session, &sight, &competencies, goal, Sort::Setbacks);
    };
    let day_of = session.day(args.about.date);
    let bare = args.lesson.is_none();
    let said = Setback {
        what,
        lesson: args.lesson.unwrap_or_default(),
        otherwise: args.otherwise.unwrap_or_default(),
        planned,
        goal,
        competencies,
    };
    let id = metier.set_back(None, said, day_of).await?;
    let hint = bare.then(|| {
        format!(
            "The lesson may come later: metier setback --learn {} --lesson TEXT",
            short(id)
        )
    });
    let said = format!("Kept{}, for you alone.", on(day_of, session));
    recorded(session, &metier, vec![id], &said, &[], hint).await
}

/// Which of the two it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Reflections,
    Setbacks,
}

impl Sort {
    fn holds(self, what: &Looked<'_>) -> bool {
        (self == Self::Setbacks) == matches!(what, Looked::Setback(_))
    }

    /// The one that a word names is of the other sort.
    fn other(self, word: &str) -> AppError {
        let (is, command) = match self {
            Self::Reflections => ("a setback and no look back", "reflect"),
            Self::Setbacks => ("a look back and no setback", "setback"),
        };
        AppError::input(format!("{word} is {is}")).hint(format!("`metier {command}` lists those there are."))
    }
}

fn about(args: &AboutArgs, sight: &Sight) -> Result<(Vec<CompetencyId>, Option<EntryId>), AppError> {
    named(&args.about, args.goal.as_deref(), sight)
}

fn named(
    competencies: &[String],
    goal: Option<&str>,
    sight: &Sight,
) -> Result<(Vec<CompetencyId>, Option<EntryId>), AppError> {
    let framework = &sight.version.framework;
    let named = competencies.iter().map(|word| competency_of(framework, word));
    let competencies = named.collect::<Result<_, _>>()?;
    let goal = goal.map(|word| find_entry(&sight.entries, word)).transpose()?;
    Ok((competencies, goal))
}

/// The earlier ones, or one of them.
fn earlier(command: LookCommand, session: &Session, sight: &Sight, which: Sort) -> Result<Answer, AppError> {
    match command {
        LookCommand::List(args) => {
            let (competencies, goal) = named(&args.about, args.goal.as_deref(), sight)?;
            list(session, sight, &competencies, goal, which)
        }
        LookCommand::Show(args) => show(&args, session, sight, which),
    }
}

fn show(args: &ShowArgs, session: &Session, sight: &Sight, which: Sort) -> Result<Answer, AppError> {
    let plan = sight.plan();
    let one = looked_at(&plan, find_entry(&sight.entries, &args.entry)?)?;
    if !which.holds(&one.what) {
        return Err(which.other(&args.entry));
    }
    let (wordings, before): (Value, Vec<String>) = match which {
        Sort::Reflections => {
            let all = reflection_wordings(&sight.entries, one.id);
            let before = all.iter().filter(|w| !w.stands);
            (
                json!(all),
                before.map(|w| said(Looked::Reflection(w.what))).collect(),
            )
        }
        Sort::Setbacks => {
            let all = setback_wordings(&sight.entries, one.id);
            let before = all.iter().filter(|w| !w.stands);
            (
                json!(all),
                before.map(|w| said(Looked::Setback(w.what))).collect(),
            )
        }
    };
    let value = json!({"id": one.id, "on": one.on, "what": one.what, "wordings": wordings});
    session.answer(&value, |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = line(&one, &words, paper);
        for said in before {
            let said = paper.paragraph("", 2, &format!("before: {said}"));
            text += &format!("{}\n", paper.faint(&said));
        }
        text
    })
}

/// All of one wording, in one line.
fn said(what: Looked<'_>) -> String {
    let parts = parts(what).into_iter().filter(|(_, said)| !said.is_empty());
    let parts: Vec<String> = parts.map(|(label, said)| format!("{label}{said}")).collect();
    parts.join(" \u{b7} ")
}

/// The most that are listed at once.
const LISTED: usize = 40;

fn list(
    session: &Session,
    sight: &Sight,
    competencies: &[CompetencyId],
    goal: Option<EntryId>,
    which: Sort,
) -> Result<Answer, AppError> {
    let plan = sight.plan();
    let found: Vec<LookedBack<'_>> = plan
        .looked_back(None, goal)
        .into_iter()
        .filter(|one| which.holds(&one.what))
        .filter(|one| competencies.iter().all(|id| one.what.competencies().contains(id)))
        .collect();
    let value: Vec<Value> = found
        .iter()
        .map(|one| json!({"id": one.id, "on": one.on, "what": one.what}))
        .collect();
    let value = json!({"looked_back": value, "drive": plan.drive_over_time()});
    session.answer(&value, |paper| {
        if found.is_empty() {
            return match which {
                Sort::Reflections => {
                    "None is written down. Two minutes: metier reflect TEXT --learnt TEXT --next TEXT\n"
                }
                Sort::Setbacks => "None is written down. One line is enough: metier setback TEXT\n",
            }
            .into();
        }
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text: String = found
            .iter()
            .take(LISTED)
            .map(|one| line(one, &words, paper))
            .collect();
        if found.len() > LISTED {
            text += &format!("And {} earlier; all of them with --json.\n", found.len() - LISTED);
        }
        text + &drives(&plan, found.first())
    })
}

/// What it says, each with its label.
fn parts(what: Looked<'_>) -> [(&'static str, &str); 3] {
    match what {
        Looked::Reflection(said) => [
            ("", said.words.as_str()),
            ("learnt: ", said.learnt.as_str()),
            ("next: ", said.next.as_str()),
        ],
        Looked::Setback(said) => [
            ("", said.what.as_str()),
            ("lesson: ", said.lesson.as_str()),
            ("otherwise now: ", said.otherwise.as_str()),
        ],
    }
}

fn line(one: &LookedBack<'_>, words: &Words<'_>, paper: Paper) -> String {
    let mut head = day(one.on);
    if let Looked::Reflection(Reflection {
        drive: Some(drive), ..
    }) = one.what
    {
        head += &format!(", drawn to go on: {}", words::drive(*drive));
    }
    let about: Vec<String> = one
        .what
        .competencies()
        .iter()
        .map(|id| words.competency(id).to_owned())
        .collect();
    if !about.is_empty() {
        head += &format!(", about {}", words::list(&about));
    }
    let mut text = format!(
        "{} {}\n",
        paper.strong(&head),
        paper.faint(&format!("[{}]", short(one.id)))
    );
    for (label, said) in parts(one.what).into_iter().filter(|(_, said)| !said.is_empty()) {
        text += &format!("{}\n", paper.paragraph("", 2, &format!("{label}{said}")));
    }
    text
}

/// What drew one on over time, under reflections.
fn drives(plan: &Plan<'_>, first: Option<&LookedBack<'_>>) -> String {
    let over = plan.drive_over_time();
    if over.is_empty() || !matches!(first.map(|one| one.what), Some(Looked::Reflection(_))) {
        return String::new();
    }
    let lines = over
        .iter()
        .rev()
        .take(8)
        .map(|one| format!("  {}\n", words::drive_over(one)));
    format!("What drew you on, over time\n{}", lines.collect::<String>())
}
