//! `disagree`: where people see it differently, what would convince, by when, and how it ended.

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use metier_app::words::{self, Words, capital, day, days_left, role};
use metier_app::{AppError, AsOf, Differing, Sight, WriteDown, competency_of, find_entry, rung_of};
use metier_core::agreement::AgreementState;
use metier_core::disagreement::{DisagreementState, Ending};
use metier_core::policy::Policy;
use metier_core::rating::Role;
use serde_json::json;

use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What to do about disagreements.
#[derive(Debug, Subcommand)]
pub enum DisagreeCommand {
    /// Where people differ as they say it and evened out by how strict each usually is, and what was written down
    List,
    /// Write one down: what would convince whom, by when
    Write(WriteArgs),
    /// It ended, or was looked at and stays open
    End(EndArgs),
}

/// What to write down.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier disagree write publish-an-article/teaches --convince Edith \\
      --what \"two colleagues who publish without my looking\" --by 2027-01-31")]
pub struct WriteArgs {
    /// The step in question, written competency/step
    #[arg(value_name = "COMPETENCY/STEP")]
    step: String,
    /// Who is to be convinced
    #[arg(long, value_name = "NAME")]
    convince: String,
    /// What would convince them, in their words
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE")]
    by: Option<Date>,
    /// Both of you said yes to this wording
    #[arg(long)]
    both: bool,
    /// The agreement it belongs to
    #[arg(long, value_name = "ENTRY")]
    agreement: Option<String>,
}

/// How it ended.
#[derive(Debug, Args)]
pub struct EndArgs {
    /// The disagreement, as the list shows it
    #[arg(value_name = "ENTRY")]
    which: String,
    /// How: convinced, seen-as-they-do, criterion-changed, decision-stands or stays-open
    #[arg(long, value_enum, hide_possible_values = true)]
    how: EndingWord,
    /// Why, in a sentence
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who said so
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// When it stays open: by when to look again
    #[arg(long, value_name = "DATE")]
    again: Option<Date>,
}

/// Ways to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EndingWord {
    /// What was shown convinced
    Convinced,
    /// You came to see it as they do
    SeenAsTheyDo,
    /// The criterion was changed
    CriterionChanged,
    /// Somebody decided, and the decision stands
    DecisionStands,
    /// Looked at, and it stays open
    StaysOpen,
}

/// Does it.
pub async fn run(command: DisagreeCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        DisagreeCommand::List => list(session).await,
        DisagreeCommand::Write(args) => write(args, session).await,
        DisagreeCommand::End(args) => end(args, session).await,
    }
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let (differing, written) = (sight.differing(1), sight.disagreements());
    let worth: Vec<_> = sight
        .worth_settling()
        .iter()
        .map(|c| c.competency.clone())
        .collect();
    let waits = super::feedback::waits(&metier).await?;
    let declined = metier.unsettled_agreements().await?;
    let value = json!({
        "differing": differing, "written": written, "worth_settling": worth, "declined": declined,
    });
    session.answer(&value, |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = String::new();
        for state in &declined {
            text += &refused(state, session, paper);
        }
        for state in &written {
            text += &one(state, &words, session, paper);
        }
        if !(written.is_empty() && declined.is_empty()) {
            text.push('\n');
        }
        if differing.is_empty() {
            text += "Nobody differs by a step or more.\n";
        }
        text += &waits;
        for one in &differing {
            text += &apart(one, &words, paper);
            if worth.contains(&one.standing.competency) {
                text += &paper.faint(&format!(
                    "  Worth writing down: metier disagree write {}/STEP --convince NAME --what TEXT\n",
                    one.standing.competency
                ));
            }
        }
        text + &assumed(&sight, paper)
    })
}

/// An agreement to which somebody said no.
fn refused(state: &AgreementState, session: &Session, paper: Paper) -> String {
    let today = session.surroundings.today();
    let mut text = format!(
        "The target as a whole: {}  {}\n",
        words::agreement_line(&state.terms),
        paper.faint(&format!("[{}]", short(state.id)))
    );
    let convincing = match state.convincing() {
        "" => format!("What would convince {} was not said yet.", state.terms.with),
        said => format!("What would convince {}: {said}", state.terms.with),
    };
    let again = state
        .again()
        .map(|by| format!("To be looked at again by {} ({}).", day(by), days_left(by, today)));
    for said in [Some(words::phase(state, today)), Some(convincing), again]
        .into_iter()
        .flatten()
    {
        text += &format!("{}\n", paper.paragraph("", 2, &said));
    }
    text
}

fn apart(one: &Differing<'_>, words: &Words<'_>, paper: Paper) -> String {
    let mut text = format!(
        "{}: {} as said, {:.1} taking into account how strict each usually is\n",
        paper.strong(words.competency(&one.standing.competency)),
        words.apart(one.steps),
        one.allowed_steps
    );
    for side in &one.sides {
        let who = match side.role {
            Role::Oneself => "you".to_owned(),
            other => format!("{} ({})", side.who, role(other)),
        };
        let said = format!(
            "{who}: {} (step {}); evened out step {:.1}",
            words.sees(side.rung.as_ref()),
            side.place,
            side.allowed
        );
        text += &format!("{}\n", paper.paragraph("  -", 4, &said));
    }
    text
}

/// What the policy assumes of the roles that spoke.
fn assumed(sight: &Sight, paper: Paper) -> String {
    let policy = Policy::version_1();
    let rungs = sight.version.framework.ladder.active().count();
    let mut roles: Vec<Role> = sight
        .standing
        .competencies
        .iter()
        .flat_map(|c| c.ratings.iter().map(|r| r.role))
        .collect();
    roles.sort_unstable();
    roles.dedup();
    let said: Vec<String> = roles
        .into_iter()
        .map(|role| words::leniency(&policy, role, rungs))
        .collect();
    if said.is_empty() {
        return String::new();
    }
    paper.faint(&paper.paragraph("", 0, &format!("{}.", said.join(". ")))) + "\n"
}

fn one(state: &DisagreementState, words: &Words<'_>, session: &Session, paper: Paper) -> String {
    let what = &state.what;
    let today = session.surroundings.today();
    let mut text = format!(
        "{} ({}): {}{}  {}\n",
        words.competency(&what.competency),
        words.rung(&what.rung),
        if state.open { "open" } else { "ended" },
        match state.by.filter(|_| state.open) {
            Some(by) => format!(", by {} ({})", day(by), days_left(by, today)),
            None => String::new(),
        },
        paper.faint(&format!("[{}]", short(state.id)))
    );
    let convincing = match what.convincing.as_str() {
        "" => format!("What would convince {} was not said yet.", what.whom),
        said => format!("What would convince {}: {said}", what.whom),
    };
    text += &format!("{}\n", paper.paragraph("", 2, &convincing));
    for looked in &state.looked {
        let said = format!(
            "{}: {}, because {}",
            day(looked.on),
            words::ending(looked.what.how),
            looked.what.reason
        );
        text += &format!("{}\n", paper.paragraph("", 2, &said));
    }
    text
}

async fn write(args: WriteArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let framework = &sight.version.framework;
    let Some((competency, rung)) = args.step.split_once('/') else {
        return Err(AppError::input(format!("`{}` names no step", args.step))
            .hint("Write competency/step, as in publish-an-article/teaches."));
    };
    let (competency, rung) = (competency_of(framework, competency)?, rung_of(framework, rung)?);
    let agreement = args
        .agreement
        .as_deref()
        .map(|w| find_entry(&sight.entries, w))
        .transpose()?;
    let id = metier
        .write_down(WriteDown {
            competency: competency.to_string(),
            rung: rung.to_string(),
            whom: args.convince.clone(),
            convincing: args.what.unwrap_or_default(),
            by: args.by,
            both: args.both,
            agreement,
        })
        .await?;
    let words = Words::new(framework, &sight.entries, sight.standing.at);
    let said = format!(
        "Written down: {} ({}), {} to be convinced.",
        words.competency(&competency),
        words.rung(&rung),
        args.convince.trim()
    );
    let proposed = sight.would_convince(&competency, &rung)?;
    let hint = proposed
        .and_then(|found| words.would_tell(&found))
        .map(|most| format!("By what is recorded, most would be told by {most}."));
    recorded(session, &metier, vec![id], &said, &[], hint).await
}

async fn end(args: EndArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let which = find_entry(&entries, &args.which)?;
    let how = match args.how {
        EndingWord::Convinced => Ending::Convinced,
        EndingWord::SeenAsTheyDo => Ending::SeenAsTheyDo,
        EndingWord::CriterionChanged => Ending::CriterionChanged,
        EndingWord::DecisionStands => Ending::DecisionStands,
        EndingWord::StaysOpen => Ending::StaysOpen,
    };
    let by = args.by.as_deref().unwrap_or_default();
    let id = metier.look_at(which, how, by, &args.reason, args.again).await?;
    let said = format!("Noted: {}.", capital(words::ending(how)));
    let left = args
        .again
        .map(|again| format!("To be looked at again by {}.", day(again)));
    recorded(session, &metier, vec![id], &said, &[], left).await
}
