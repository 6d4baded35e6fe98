//! `route`: the least work that leads to what is aimed at, in order, and what else would do.

use std::collections::BTreeMap;
use std::str::FromStr;

use clap::Args;
use metier_app::words::Words;
use metier_app::{AppError, AsOf, RouteAsked};
use metier_core::framework::Hours;
use metier_core::id::{ActivityId, LevelId};
use metier_core::route::Route;

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
  metier route --hours teach-interviewing=2/3/6      if all goes well / likely / if it drags")]
pub struct RouteArgs {
    /// Hours a week you can give
    #[arg(long, value_name = "HOURS", default_value_t = 4.0)]
    hours_a_week: f64,
    /// A level other than the one you aim at
    #[arg(long, value_name = "LEVEL")]
    level: Option<LevelId>,
    /// Your own estimate of an activity's hours; may be given again
    #[arg(long, value_name = "ACTIVITY=HOURS")]
    hours: Vec<Estimated>,
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
        let hours: Vec<f64> = hours
            .split('/')
            .map(|h| h.parse().map_err(|_| format!("`{h}` is no number of hours")))
            .collect::<Result<_, String>>()?;
        let hours = match hours[..] {
            [likely] => Hours {
                low: likely,
                likely,
                high: likely,
            },
            [low, likely, high] => Hours { low, likely, high },
            _ => return Err("write one number, or three: low/likely/high".into()),
        };
        Ok(Self { activity, hours })
    }
}

/// Says which steps lead there.
pub async fn run(args: RouteArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let hours: BTreeMap<ActivityId, Hours> = args.hours.into_iter().map(|e| (e.activity, e.hours)).collect();
    let asked = RouteAsked {
        level: args.level,
        hours_a_week: args.hours_a_week,
        hours,
    };
    let route = sight.route(&asked)?;
    session.answer(&route, |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        match &route {
            Some(route) => whole(route, &words, paper),
            None => "Choose what you aim at first: metier aim --level LEVEL\n".into(),
        }
    })
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
