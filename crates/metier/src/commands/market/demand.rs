//! `market demand`: what is asked for.

use std::path::PathBuf;

use clap::Args;
use metier_app::words::{demand as words, plural};
use metier_app::{AppError, DemandSeen, Joined, Metier, demand_of};
use metier_market::count::Month;
use metier_market::demand::{Asked, Demand, Row, csv};
use serde::Serialize;

use crate::answer::Answer;
use crate::new_file::{not_there, write_new};
use crate::paper::Paper;
use crate::session::Session;

/// Of whom, of when.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market demand
  metier market demand --profession 2512            an ISCO group, or an O*NET code
  metier market demand --month 2024-03 --csv march.csv")]
pub struct DemandArgs {
    /// Only a group of occupations and those below it: the beginning of its ISCO or O*NET code
    #[arg(long, value_name = "CODE")]
    profession: Option<String>,
    /// Only a month
    #[arg(long, value_name = "YYYY-MM", value_parser = month)]
    month: Option<Month>,
    /// Write all rows into a new file
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: usize,
}

fn month(text: &str) -> Result<Month, &'static str> {
    Month::parse(text).ok_or("write it as 2024-03")
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    demand: &'a Demand,
    joined: Option<&'a Joined>,
}

/// Says what is asked for.
pub async fn run(args: DemandArgs, session: &Session) -> Result<Answer, AppError> {
    if let Some(path) = &args.csv {
        not_there(path)?;
    }
    let asked = Asked {
        profession: args.profession.clone(),
        month: args.month,
    };
    let seen = seen(session, &asked).await?;
    let (demand, joined) = match &seen {
        Seen::Own(seen) => (&seen.demand, seen.joined.as_ref()),
        Seen::Nobodys(demand) => (demand, None),
    };
    if let Some(path) = &args.csv {
        write_new(
            path,
            csv(demand).as_bytes(),
            "Name a file in a folder that is there.",
        )?;
    }
    let shown = Shown { demand, joined };
    session.answer(&shown, |paper| text(demand, joined, &args, paper))
}

enum Seen {
    Own(Box<DemandSeen>),
    Nobodys(std::sync::Arc<Demand>),
}

async fn seen(session: &Session, asked: &Asked) -> Result<Seen, AppError> {
    if Metier::exists(&session.home) {
        let metier = session.open().await?;
        if let Some(seen) = metier.market_demand(asked).await? {
            return Ok(Seen::Own(Box::new(seen)));
        }
    }
    demand_of(&session.home, asked).map(Seen::Nobodys)
}

fn text(demand: &Demand, joined: Option<&Joined>, args: &DemandArgs, paper: Paper) -> String {
    let mut text = format!("{}\n", paper.paragraph("", 0, &words::of(demand)));
    text += &format!("{}\n", paper.paragraph("", 0, &words::stated(demand)));
    if demand.rows.is_empty() {
        return text + "Nothing that is looked for is in them.\n";
    }
    text += "\n";
    for row in demand.rows.iter().take(args.limit) {
        text += &format!("{}\n", paper.paragraph("", 2, &line(row, demand, paper)));
    }
    let more = demand.rows.len().saturating_sub(args.limit);
    if more > 0 {
        let said = format!(
            "and {} more: --limit N, --json, or --csv FILE",
            plural(more as u64, "thing", "things")
        );
        text += &format!("{}\n", paper.faint(&said));
    }
    for (head, rows) in [
        ("New", demand.appeared().collect::<Vec<_>>()),
        ("Fading", demand.fading().collect()),
    ] {
        if !rows.is_empty() {
            let named: Vec<&str> = rows.iter().map(|r| r.label.as_str()).collect();
            text += &format!(
                "\n{}\n{}\n",
                paper.strong(head),
                paper.paragraph("", 2, &named.join(", "))
            );
        }
    }
    if !demand.unknown.is_empty() {
        let names: Vec<&str> = demand.unknown.iter().take(20).map(|u| u.name.as_str()).collect();
        let head = paper.strong("Names that no list has");
        text += &format!("\n{head}\n{}\n", paper.paragraph("", 2, &names.join(", ")));
    }
    if let Some(joined) = joined {
        text += &own(joined, paper);
    }
    if let Some(path) = &args.csv {
        text += &format!("\nWritten: {}\n", path.display());
    }
    let caution = format!("{} ({})", demand.coverage, demand.coverage_source);
    text + &format!("\n{}\n", paper.faint(&paper.paragraph("", 0, &caution)))
}

fn line(row: &Row, demand: &Demand, paper: Paper) -> String {
    let mut said = format!("{}: {}", paper.strong(&row.label), words::share(row, demand));
    if let Some(drawn) = words::drawn(row) {
        said += &format!("; {drawn}");
    }
    if let Some(trend) = words::trend(row) {
        said += &format!("; {trend}");
    }
    said
}

fn own(joined: &Joined, paper: Paper) -> String {
    let mut text = String::new();
    for (head, rows) in [
        ("Asked for, and no step of it is proven", &joined.asked_not_shown),
        ("Proven, and asked for less and less", &joined.shown_and_fading),
    ] {
        if !rows.is_empty() {
            text += &format!("\n{}\n", paper.strong(head));
        }
        for row in rows {
            let said = format!("{} ({})", row.name, plural(row.postings, "posting", "postings"));
            text += &format!("{}\n", paper.paragraph("  -", 4, &said));
        }
    }
    text
}
