//! `plan`: what is planned, done, dropped, planned otherwise; and what lies ahead.

use std::str::FromStr;

use clap::{Args, Subcommand};
use metier_app::words::{self, Words, day};
use metier_app::{
    AppError, AsOf, EndPlanned, PlannedSeen, ToClaim, all_planned, competency_of, find_entry, planned_seen,
    planned_wordings,
};
use metier_core::framework::{ActivityKind, Framework, Hours, Shows};
use metier_core::id::ActivityId;
use metier_core::plan::{Planned, Stretch, planned_changes};
use serde_json::json;

use super::recorded::{on, recorded};
use super::{ahead, short};
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::Paper;
use crate::session::Session;

/// What to do about the plan.
#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Put something into the plan: an activity of the criteria, or your own
    Add(Box<AddArgs>),
    /// What is planned, in the order it comes; what was done or dropped with --all
    List(ListArgs),
    /// One thing planned: what for, the risk, how it changed and why
    Show(ShowArgs),
    /// It is done; name what you recorded of it
    Done(DoneArgs),
    /// It will not be done; says why
    Drop(DropArgs),
    /// Plan it otherwise, and say why
    Change(Box<ChangeArgs>),
    /// Open again what was done or dropped
    Again(ShowArgs),
    /// How often you look back, and what comes next
    Rhythm(ahead::RhythmArgs),
    /// A calendar file with the days of the plan
    Calendar(ahead::CalendarArgs),
    /// Which of the eight areas and strategies a quarter touches
    Coverage(ahead::CoverageArgs),
}

/// Something to plan.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier plan add --activity teach-interviewing --until 2027-02-28
  metier plan add \"Run the spring launch\" --kind stretch-assignment --hours 20/30/60 \\
    --gap plan-a-campaign --risk \"the date slips\" --way-back \"Edith takes it over\" --at-hand Edith

Kinds: course, workshop, webinar, self-study, certification, practice, stretch-assignment, rotation, project,
volunteering, mentoring, being-a-mentor, community, event, collaboration, publishing, speaking, leading.")]
pub struct AddArgs {
    /// What you will do; absent: as the activity is called
    #[arg(required_unless_present = "activity")]
    name: Option<String>,
    /// An activity of the criteria
    #[arg(long, value_name = "ACTIVITY")]
    activity: Option<ActivityId>,
    #[command(flatten)]
    about: AboutArgs,
}

/// What can be said of something planned.
#[derive(Debug, Args)]
pub struct AboutArgs {
    /// What sort of thing it is
    #[arg(long, value_name = "KIND")]
    kind: Option<KindWord>,
    /// Hours: one number, or three: if all goes well/most likely/if it drags
    #[arg(long, value_name = "HOURS")]
    hours: Option<HoursWord>,
    /// From when on
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Until when
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    /// For which goal
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
    /// What it is expected to show; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    shows: Vec<String>,
    /// Beyond what you have done before: the gap it is for
    #[arg(long, value_name = "COMPETENCY")]
    gap: Option<String>,
    /// What could go wrong, and for whom
    #[arg(long, value_name = "TEXT")]
    risk: Option<String>,
    /// What you do then
    #[arg(long, value_name = "TEXT")]
    way_back: Option<String>,
    /// Who is at hand
    #[arg(long, value_name = "NAME")]
    at_hand: Option<String>,
}

/// Which list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// What was done or dropped too
    #[arg(long)]
    all: bool,
}

/// Which thing.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// What is planned, as the list shows it
    #[arg(value_name = "ENTRY")]
    planned: String,
}

/// Something done.
#[derive(Debug, Args)]
pub struct DoneArgs {
    /// What is planned, as the list shows it
    #[arg(value_name = "ENTRY")]
    planned: String,
    /// What you recorded of it; `last` is the latest; may be given again
    #[arg(long = "with", value_name = "ENTRY")]
    evidence: Vec<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

/// Something dropped.
#[derive(Debug, Args)]
pub struct DropArgs {
    /// What is planned, as the list shows it
    #[arg(value_name = "ENTRY")]
    planned: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: String,
}

/// Something planned otherwise.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// What is planned, as the list shows it
    #[arg(value_name = "ENTRY")]
    planned: String,
    /// Why it changes; what was planned before stays readable
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// What you will do
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    #[command(flatten)]
    about: AboutArgs,
}

impl AboutArgs {
    /// The hours that were given.
    pub fn hours(&self) -> Option<HoursWord> {
        self.hours
    }
}

/// A sort of activity, as typed.
#[derive(Debug, Clone, Copy)]
pub struct KindWord(ActivityKind);

impl FromStr for KindWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        words::activity_of(text).map(Self).ok_or_else(|| {
            let all: Vec<String> = words::ACTIVITY_KINDS
                .into_iter()
                .map(words::activity_word)
                .collect();
            format!("write one of {}", all.join(", "))
        })
    }
}

/// Hours, as typed: one number, or three.
#[derive(Debug, Clone, Copy)]
pub struct HoursWord(pub Hours);

impl FromStr for HoursWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let hours: Vec<f64> = text
            .split('/')
            .map(|h| h.parse().map_err(|_| format!("`{h}` is no number of hours")))
            .collect::<Result<_, String>>()?;
        match hours[..] {
            [likely] => Ok(Self(Hours {
                low: likely,
                likely,
                high: likely,
            })),
            [low, likely, high] => Ok(Self(Hours { low, likely, high })),
            _ => Err("write one number, or three: low/likely/high".into()),
        }
    }
}

/// Does it.
pub async fn run(command: PlanCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        PlanCommand::Add(args) => add(*args, session).await,
        PlanCommand::List(args) => list(&args, session).await,
        PlanCommand::Show(args) => show(&args, session).await,
        PlanCommand::Done(args) => done(args, session).await,
        PlanCommand::Drop(args) => drop_it(args, session).await,
        PlanCommand::Change(args) => change(*args, session).await,
        PlanCommand::Again(args) => again(&args, session).await,
        PlanCommand::Rhythm(args) => ahead::rhythm(args, session).await,
        PlanCommand::Calendar(args) => ahead::calendar(args, session).await,
        PlanCommand::Coverage(args) => ahead::coverage(args, session).await,
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let activity = args.activity.as_ref().map(|id| {
        let found = framework.activities.iter().find(|a| a.id == *id);
        found.ok_or_else(|| {
            AppError::not_found(format!("{} has no activity `{id}`", framework.title))
                .hint("`metier framework show` lists them.")
        })
    });
    let activity = activity.transpose()?;
    let mut planned = Planned {
        name: args
            .name
            .or_else(|| activity.map(|a| a.name.clone()))
            .unwrap_or_default(),
        kind: activity.map_or(ActivityKind::Project, |a| a.kind),
        family: framework.family.clone(),
        activity: args.activity.clone(),
        hours: activity.map_or(
            Hours {
                low: 0.0,
                likely: 0.0,
                high: 0.0,
            },
            |a| a.hours,
        ),
        shows: activity.map(|a| a.shows.clone()).unwrap_or_default(),
        goal: None,
        from: None,
        until: None,
        stretch: None,
        because: String::new(),
    };
    if activity.is_none() && args.about.hours.is_none() {
        return Err(AppError::input("it is not said how long it takes")
            .hint("Give hours: --hours 6, or --hours 4/6/12 for well, likely, and if it drags."));
    }
    tell(&mut planned, args.about, framework, &entries, session)?;
    let ids = metier.plan_to(vec![planned]).await?;
    let hint = format!(
        "When it is done: metier log … and metier plan done {} --with last",
        short(ids[0])
    );
    recorded(session, &metier, ids, "It is in your plan.", &[], Some(hint)).await
}

/// Puts what was said in place of what is there.
pub fn tell(
    planned: &mut Planned,
    about: AboutArgs,
    framework: &Framework,
    entries: &[metier_core::journal::Entry],
    session: &Session,
) -> Result<(), AppError> {
    if let Some(KindWord(kind)) = about.kind {
        planned.kind = kind;
    }
    if let Some(HoursWord(hours)) = about.hours {
        planned.hours = hours;
    }
    if let Some(from) = about.from {
        planned.from = Some(session.day(Some(from)));
    }
    if let Some(until) = about.until {
        planned.until = Some(session.day(Some(until)));
    }
    if let Some(goal) = &about.goal {
        planned.goal = Some(find_entry(entries, goal)?);
    }
    for word in &about.shows {
        if let ToClaim::Step { competency, rung, .. } = ToClaim::read(word, framework)? {
            let more = Shows { competency, rung };
            if !planned.shows.contains(&more) {
                planned.shows.push(more);
            }
        }
    }
    let said = [&about.gap, &about.risk, &about.way_back, &about.at_hand];
    if said.into_iter().all(Option::is_none) {
        return Ok(());
    }
    let before = planned.stretch.take();
    let gap = match (&about.gap, &before, planned.shows.first()) {
        (Some(word), ..) => competency_of(framework, word)?,
        (None, Some(before), _) => before.gap.clone(),
        (None, None, Some(first)) => first.competency.clone(),
        (None, None, None) => {
            return Err(
                AppError::input("it is not said for which gap it is").hint("Say it: --gap COMPETENCY")
            );
        }
    };
    let (risk, way_back, at_hand) = before.map_or_else(Default::default, |b| (b.risk, b.way_back, b.at_hand));
    planned.stretch = Some(Stretch {
        gap,
        risk: about.risk.unwrap_or(risk),
        way_back: about.way_back.unwrap_or(way_back),
        at_hand: about.at_hand.unwrap_or(at_hand),
    });
    Ok(())
}

async fn list(args: &ListArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let mut all = all_planned(&plan, sight.standing.at);
    if !args.all {
        all.retain(|p| p.ended.is_none());
    }
    session.answer(&json!({"planned": all}), |paper| {
        if all.is_empty() {
            return "Nothing is planned. The steps that lead to what you aim at: metier route\n".into();
        }
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        all.iter().map(|one| line(one, &words, paper)).collect()
    })
}

fn line(seen: &PlannedSeen<'_>, words: &Words<'_>, paper: Paper) -> String {
    format!(
        "{} {}\n{}\n",
        paper.strong(&seen.planned.name),
        paper.faint(&format!("[{}]", short(seen.id))),
        paper.paragraph("", 2, &format!("{}.", words.planned_line(seen)))
    )
}

async fn show(args: &ShowArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let seen = planned_seen(&plan, find_entry(&sight.entries, &args.planned)?)?;
    let wordings = planned_wordings(&sight.entries, seen.id);
    session.answer(&json!({"planned": seen, "wordings": wordings}), |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = line(&seen, &words, paper);
        let shows = words.shows(&seen.planned.shows);
        if !shows.is_empty() {
            text += &format!(
                "{}\n",
                paper.paragraph("", 2, &format!("Expected to show {shows}."))
            );
        }
        let stretch = seen.planned.stretch.as_ref().map(|s| words.stretch(s));
        for (label, said) in stretch.unwrap_or_default() {
            text += &format!("{}\n", paper.paragraph("", 2, &format!("{label}: {said}")));
        }
        for pair in wordings.windows(2) {
            let said = words.planned_changes(&planned_changes(pair[0].what, pair[1].what));
            let because = &pair[1].what.because;
            let at = pair[1]
                .recorded_at
                .to_zoned(session.surroundings.zone.clone())
                .date();
            let said = format!("{}: {said}. Because: {because}", day(at));
            text += &format!("{}\n", paper.faint(&paper.paragraph("", 2, &said)));
        }
        text
    })
}

async fn done(args: DoneArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let planned = find_entry(&entries, &args.planned)?;
    let evidence = args.evidence.iter().map(|word| find_entry(&entries, word));
    let evidence: Vec<_> = evidence.collect::<Result<_, _>>()?;
    let bare = evidence.is_empty();
    let day_of = session.day(args.on);
    let end = EndPlanned::Done {
        evidence,
        reason: args.reason.unwrap_or_default(),
        on: day_of,
    };
    metier.end_planned(planned, end).await?;
    let hint = bare.then(|| {
        "Only what happened counts: record it with `metier log`, and what it shows with `metier claim`."
            .to_owned()
    });
    let said = format!("Done{}.", on(day_of, session));
    recorded(session, &metier, vec![planned], &said, &[], hint).await
}

async fn drop_it(args: DropArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let planned = find_entry(&entries, &args.planned)?;
    let end = EndPlanned::Dropped { reason: args.because };
    metier.end_planned(planned, end).await?;
    let said = "Dropped. That it was planned stays readable.";
    recorded(session, &metier, vec![planned], said, &[], None).await
}

async fn change(args: ChangeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let plan = sight.plan();
    let seen = planned_seen(&plan, find_entry(&sight.entries, &args.planned)?)?;
    let mut planned = seen.planned.clone();
    planned.name = args.name.unwrap_or(planned.name);
    let life = metier.life().await?;
    let framework = &life.criteria_of(&planned.family)?.framework;
    tell(&mut planned, args.about, framework, &sight.entries, session)?;
    metier.replan(seen.id, planned, &args.because).await?;
    let said = "Changed. What was planned before stays readable: metier plan show";
    recorded(session, &metier, vec![seen.id], said, &[], None).await
}

async fn again(args: &ShowArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let planned = find_entry(&entries, &args.planned)?;
    metier.reopen_planned(planned, "").await?;
    recorded(session, &metier, vec![planned], "It is open again.", &[], None).await
}
