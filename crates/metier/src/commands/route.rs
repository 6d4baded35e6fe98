//! `route`: the least work that leads to what is aimed at, in order, and what else would do.

use std::collections::BTreeMap;
use std::str::FromStr;

use clap::Args;
use metier_app::words::{Words, capital, plural};
use metier_app::{AppError, AsOf, Metier, RouteAsked, StepToTake, find_entry};
use metier_core::framework::Hours;
use metier_core::id::{ActivityId, LevelId};
use metier_core::plan::Planned;
use metier_core::route::Route;

use super::plan::HoursWord;
use super::recorded::recorded;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// To where, with how much time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier route
  metier route --hours-a-week 8
  metier route --level lead
  metier route --hours teach-interviewing=3          your own estimate of an activity
  metier route --hours teach-interviewing=2/3/6      if all goes well / likely / if it drags
  metier route --take 1 --take 2 --goal 4f2a91c0     put the first two steps into the plan
  metier route --take all")]
pub struct RouteArgs {
    /// Hours a week you can give; absent: those you set aside, or 4
    #[arg(long, value_name = "HOURS")]
    hours_a_week: Option<f64>,
    /// A level other than the one you aim at
    #[arg(long, value_name = "LEVEL")]
    level: Option<LevelId>,
    /// Your own estimate of an activity's hours; may be given again
    #[arg(long, value_name = "ACTIVITY=HOURS")]
    hours: Vec<Estimated>,
    /// Put a step into the plan, by its number, or `all`; may be given again
    #[arg(long, value_name = "STEP")]
    take: Vec<String>,
    /// The goal it is taken for
    #[arg(long, value_name = "GOAL", requires = "take")]
    goal: Option<String>,
}

/// An activity and its hours, as typed.
#[derive(Debug, Clone)]
pub struct Estimated {
    activity: ActivityId,
    hours: Hours,
}

impl FromStr for Estimated {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (activity, hours) = text
            .split_once('=')
            .ok_or("write the activity's id, =, and its hours")?;
        let activity = ActivityId::new(activity).map_err(|e| e.to_string())?;
        let HoursWord(hours) = hours.parse()?;
        Ok(Self { activity, hours })
    }
}

/// Says which steps lead there.
pub async fn run(args: RouteArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let hours: BTreeMap<ActivityId, Hours> = args.hours.into_iter().map(|e| (e.activity, e.hours)).collect();
    let plan = sight.plan();
    let asked = RouteAsked::by_plan(&sight, &plan, args.level, args.hours_a_week, hours);
    let route = sight.route(&asked)?;
    if let (Some(route), false) = (&route, args.take.is_empty()) {
        let goal = args
            .goal
            .as_deref()
            .map(|w| find_entry(&sight.entries, w))
            .transpose()?;
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let steps = sight.steps_to_take(route, &plan, &words, goal);
        return take(&args.take, steps, &metier, session).await;
    }
    session.answer(&route, |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        match &route {
            Some(route) => whole(route, &words, paper),
            None => "Choose what you aim at first: metier aim --level LEVEL\n".into(),
        }
    })
}

/// Puts steps into the plan that are not there yet.
async fn take(
    which: &[String],
    steps: Vec<StepToTake>,
    metier: &Metier,
    session: &Session,
) -> Result<Answer, AppError> {
    let all = which.iter().any(|word| word == "all");
    let mut places = Vec::new();
    for word in which.iter().filter(|word| *word != "all") {
        let place = word
            .parse::<usize>()
            .ok()
            .filter(|n| (1..=steps.len()).contains(n));
        places.push(place.ok_or_else(|| {
            AppError::input(format!("the route has no step `{word}`"))
                .hint(format!("Name a step from 1 to {}, or all.", steps.len()))
        })?);
    }
    let wanted = steps.into_iter().enumerate();
    let wanted = wanted.filter(|(n, step)| step.there.is_none() && (all || places.contains(&(n + 1))));
    let (asking, new): (Vec<StepToTake>, Vec<StepToTake>) =
        wanted.map(|(_, step)| step).partition(StepToTake::asks_for_risk);
    let new: Vec<Planned> = new.into_iter().map(|step| step.planned).collect();
    let count = new.len() as u64;
    let ids = metier.plan_to(new).await?;
    let said = match count {
        0 if asking.is_empty() => "It is in your plan already.".to_owned(),
        0 => "Nothing was put into the plan.".to_owned(),
        n => format!(
            "{} in your plan: metier plan list",
            capital(&plural(n, "step is", "steps are"))
        ),
    };
    let hint = asking.first().and_then(|step| {
        let activity = step.planned.activity.as_ref()?;
        Some(format!(
            "A stretch assignment asks first what could go wrong: metier plan add --activity {activity} --risk TEXT --way-back TEXT"
        ))
    });
    recorded(session, metier, ids, &said, &[], hint).await
}

fn whole(route: &Route, words: &Words<'_>, paper: Paper) -> String {
    let head = format!("To {}. {}", route.name, words.route_length(route));
    let mut text = paper.paragraph("", 0, &head) + "\n";
    for (place, step) in route.steps.iter().enumerate() {
        let lead = format!("{:>3}.", place + 1);
        text += &format!("\n{}\n", paper.paragraph(&lead, 5, &words.doing(&step.what)));
        text += &format!(
            "{}\n",
            paper.paragraph("", 5, &format!("{}.", words.route_when(step)))
        );
        text += &format!(
            "{}\n",
            paper.faint(&paper.paragraph("", 5, &words.route_why(step)))
        );
    }
    let mut rest: Vec<String> = route.unreached.iter().map(|u| words.route_unreached(u)).collect();
    rest.extend(route.runner_up.as_ref().map(|other| words.route_other(other)));
    rest.extend(route.cheaper.iter().map(|c| words.route_cheaper(c)));
    rest.extend(route.notes.iter().map(|note| words.route_note(*note, route)));
    if !rest.is_empty() {
        text.push('\n');
    }
    for said in rest {
        text += &format!("{}\n", paper.paragraph("", 0, &said));
    }
    text
}
