//! `community`: where the field meets, and which part one takes.

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use metier_app::words::{self, chosen_touch, community_days, community_kind, day};
use metier_app::{AppError, find_entry};
use metier_core::journal::view;
use metier_core::network::{Community, CommunityKind, Network, NextTouch, Shared};
use serde_json::json;

use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::session::Session;

/// What to do about communities.
#[derive(Debug, Subcommand)]
pub enum CommunityCommand {
    /// Note a community, a professional body, an industry group, an event
    Add(AddArgs),
    /// Those there are, with the part you take and what comes next
    List,
    /// Change what is noted; what is not given stays
    Change(ChangeArgs),
    /// What you told, wrote and taught, from what you did
    Shared,
}

/// One to note.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier community add \"Garden writers\" --kind online --part \"answer questions\" --url https://example.org
  metier community add \"Spring fair\" --kind event --from 2027-04-02 --until 2027-04-03 --part speak")]
pub struct AddArgs {
    /// Its name
    name: String,
    /// community, body, industry, online or event
    #[arg(long, value_enum, default_value = "community", hide_possible_values = true)]
    kind: KindWord,
    #[command(flatten)]
    told: Told,
}

/// What can be said of one.
#[derive(Debug, Args)]
pub struct Told {
    /// Where it is found
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Which part you take
    #[arg(long, value_name = "TEXT")]
    part: Option<String>,
    /// Since when, or the first day
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Until when, or the last day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// The day of what comes next
    #[arg(long, value_name = "DATE")]
    next: Option<Date>,
    /// What comes next
    #[arg(long, value_name = "TEXT", requires = "next")]
    about: Option<String>,
    /// What you took along
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// What to change.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// Which one, as the list shows it
    #[arg(value_name = "ENTRY")]
    which: String,
    /// Its name
    #[arg(long)]
    name: Option<String>,
    /// community, body, industry, online or event
    #[arg(long, value_enum, hide_possible_values = true)]
    kind: Option<KindWord>,
    #[command(flatten)]
    told: Told,
}

/// A sort of community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindWord {
    /// A community of practice
    Community,
    /// A professional body
    Body,
    /// A group of an industry
    Industry,
    /// A community of the web
    Online,
    /// An event
    Event,
}

impl KindWord {
    fn kind(self) -> CommunityKind {
        match self {
            Self::Community => CommunityKind::Community,
            Self::Body => CommunityKind::ProfessionalBody,
            Self::Industry => CommunityKind::IndustryGroup,
            Self::Online => CommunityKind::Online,
            Self::Event => CommunityKind::Event,
        }
    }
}

/// Does it.
pub async fn run(command: CommunityCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        CommunityCommand::Add(args) => add(args, session).await,
        CommunityCommand::List => list(session).await,
        CommunityCommand::Change(args) => change(args, session).await,
        CommunityCommand::Shared => shared(session).await,
    }
}

fn told(told: Told, community: &mut Community) {
    let texts = [
        (told.url, &mut community.url),
        (told.part, &mut community.part),
        (told.note, &mut community.note),
    ];
    for (said, field) in texts {
        if let Some(said) = said {
            said.trim().clone_into(field);
        }
    }
    community.from = told.from.or(community.from);
    community.until = told.until.or(community.until);
    if let Some(on) = told.next {
        community.next = Some(NextTouch {
            on,
            what: told.about.unwrap_or_default(),
        });
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let mut community = Community {
        name: args.name.trim().to_owned(),
        kind: args.kind.kind(),
        url: String::new(),
        part: String::new(),
        from: None,
        until: None,
        note: String::new(),
        next: None,
    };
    told(args.told, &mut community);
    let said = format!("Noted: {}.", community.name);
    let id = metier.belong(community).await?;
    recorded(session, &metier, vec![id], &said, &[], None).await
}

async fn change(args: ChangeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let id = find_entry(&entries, &args.which)?;
    let mut community = {
        let network = Network::in_journal(&entries);
        let found = network.communities.iter().find(|c| c.id == id);
        found.map(|c| c.what.clone()).ok_or_else(|| {
            AppError::not_found(format!("no community goes by `{}`", args.which))
                .hint("`metier community list` shows those there are.")
        })?
    };
    if let Some(name) = args.name {
        name.trim().clone_into(&mut community.name);
    }
    if let Some(kind) = args.kind {
        community.kind = kind.kind();
    }
    told(args.told, &mut community);
    let said = format!(
        "Changed: {}. What stood before stays in the journal.",
        community.name
    );
    let entry = metier.change_community(id, community).await?;
    recorded(session, &metier, vec![entry], &said, &[], None).await
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let today = session.surroundings.today();
    let network = Network::in_journal(&entries);
    let value: Vec<_> = network
        .communities
        .iter()
        .map(|c| json!({"entry": c.id, "community": c.what}))
        .collect();
    session.answer(&value, |paper| {
        if network.communities.is_empty() {
            return "None yet: metier community add NAME\n".into();
        }
        let mut text = String::new();
        for c in &network.communities {
            let what = c.what;
            let mut said = format!("{} ({})", what.name, community_kind(what.kind));
            if !what.part.is_empty() {
                said += &format!(": {}", what.part);
            }
            let days = community_days(what);
            if !days.is_empty() {
                said += &format!(", {days}");
            }
            if let Some(next) = &what.next {
                said += &format!("; {}", chosen_touch(next, today));
            }
            text += &format!(
                "{}{}\n",
                paper.paragraph("", 2, &said),
                paper.faint(&format!("  [{}]", short(c.id)))
            );
        }
        text
    })
}

async fn shared(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let view = view(&entries, jiff::Timestamp::MAX);
    let all = Shared::of(&view);
    session.answer(&all, |paper| {
        if all.is_empty() {
            return "Nothing yet: metier log TITLE --form talk\n".into();
        }
        let line = |one: &Shared<'_>| {
            let links: String = one.links.iter().map(|url| format!(" {url}")).collect();
            let said = format!(
                "{}: {} ({}){links}",
                day(one.on),
                one.title,
                words::knowledge_shared(one)
            );
            format!(
                "{}{}\n",
                paper.paragraph("", 2, &said),
                paper.faint(&format!("  [{}]", short(one.evidence)))
            )
        };
        all.iter().map(line).collect()
    })
}
