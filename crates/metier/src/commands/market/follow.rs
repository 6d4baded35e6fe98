//! `market note`, `notes` and `sources`: what one follows, and what one changed because of it.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use metier_app::words::{Words, day, how_often, source_kind};
use metier_app::{AppError, NoteSaid, competency_of, find_entry};
use metier_core::id::EntryId;
use metier_core::market::{HowOften, Market, SourceFollowed, SourceKind};
use serde_json::json;

use super::super::recorded::recorded;
use super::super::short;
use crate::answer::Answer;
use crate::session::Session;

/// A note, or a change of one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market note HubSpot \"Three of my adverts name it\" --changed \"I took its free course\"
  metier market note Captions \"Everybody captions now\" --source \"The Plain Letter\" --competency make-content-accessible")]
pub struct NoteArgs {
    /// The technology or skill it is about
    about: String,
    /// What you noted
    text: String,
    /// What you changed because of it
    #[arg(long, value_name = "TEXT")]
    changed: Option<String>,
    /// The source it came from: its name or entry
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// The competency it is about
    #[arg(long, value_name = "COMPETENCY")]
    competency: Option<String>,
    /// What you planned because of it
    #[arg(long, value_name = "ENTRY")]
    planned: Option<String>,
    /// The day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Say this in place of an earlier note
    #[arg(long, value_name = "ENTRY")]
    instead_of: Option<String>,
}

/// Sources.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market sources
  metier market sources --add \"The Plain Letter\" --kind periodical --every monthly
  metier market sources --looked \"The Plain Letter\"")]
pub struct SourcesArgs {
    /// Follow a source of this name
    #[arg(long, value_name = "NAME")]
    add: Option<String>,
    /// Where it is
    #[arg(long, value_name = "URL", requires = "add")]
    link: Option<String>,
    /// Which sort
    #[arg(long, value_enum, requires = "add")]
    kind: Option<KindWord>,
    /// How often you look; absent: when it comes up
    #[arg(long, value_enum, requires = "add")]
    every: Option<EveryWord>,
    /// You looked at this source today: its name or entry
    #[arg(long, value_name = "SOURCE", conflicts_with = "add")]
    looked: Option<String>,
}

/// A sort of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindWord {
    /// A magazine or newsletter
    Periodical,
    /// A person
    Person,
    /// A body of the profession
    Body,
    /// A meeting or conference
    Event,
    /// A place of adverts
    JobBoard,
    /// Anything else
    Other,
}

/// How often one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EveryWord {
    /// Every week
    Weekly,
    /// Every month
    Monthly,
    /// Every three months
    Quarterly,
    /// Every year
    Yearly,
}

fn find_source(
    entries: &[metier_core::journal::Entry],
    market: &Market<'_>,
    word: &str,
) -> Result<EntryId, AppError> {
    let lower = word.trim().to_lowercase();
    let mut named = market
        .sources
        .iter()
        .filter(|s| s.what.name.to_lowercase() == lower);
    if let (Some(one), None) = (named.next(), named.next()) {
        return Ok(one.id);
    }
    let found = find_entry(entries, word).ok();
    found
        .filter(|id| market.sources.iter().any(|s| s.id == *id))
        .ok_or_else(|| {
            AppError::not_found(format!("no source, or several, go by `{word}`"))
                .hint("`metier market sources` shows those you follow.")
        })
}

/// Notes something.
pub async fn note(args: NoteArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let competency = match &args.competency {
        Some(word) => Some(competency_of(&life.needed()?.framework, word)?),
        None => None,
    };
    let source = args
        .source
        .as_ref()
        .map(|word| find_source(&entries, &market, word))
        .transpose()?;
    let planned = args
        .planned
        .as_ref()
        .map(|word| find_entry(&entries, word))
        .transpose()?;
    let said = NoteSaid {
        on: args.on,
        source,
        about: args.about,
        text: args.text,
        changed: args.changed.unwrap_or_default(),
        competency,
        planned,
    };
    let id = match &args.instead_of {
        Some(word) => metier.change_note(find_entry(&entries, word)?, said).await?,
        None => metier.note_market(said).await?,
    };
    recorded(session, &metier, vec![id], "Noted.", &[], None).await
}

/// What was noted.
pub async fn notes(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let words = Words::new(&life.needed()?.framework, &entries, session.surroundings.today());
    let rows: Vec<_> = market
        .notes
        .iter()
        .map(|n| json!({"id": n.id, "on": n.on, "note": n.what}))
        .collect();
    session.answer(&json!({ "notes": rows }), |paper| {
        if market.notes.is_empty() {
            return "Nothing was noted yet: metier market note ABOUT TEXT\n".into();
        }
        let mut text = String::new();
        for note in &market.notes {
            text += &format!(
                "{} {} ({})\n",
                paper.strong(&note.what.about),
                day(note.on),
                short(note.id)
            );
            text += &format!("{}\n", paper.paragraph("  ", 2, &note.what.text));
            if !note.what.changed.is_empty() {
                text += &format!(
                    "{}\n",
                    paper.paragraph("  ", 2, &format!("What I changed: {}", note.what.changed))
                );
            }
            if let Some(id) = &note.what.competency {
                text += &format!("{}\n", paper.paragraph("  ", 2, words.competency(id)));
            }
        }
        text
    })
}

/// Lists sources, follows one, or says that one looked.
pub async fn sources(args: SourcesArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let today = session.surroundings.today();
    if let Some(name) = args.add {
        let source = SourceFollowed {
            name,
            link: args.link.unwrap_or_default(),
            kind: args.kind.map_or(SourceKind::Other, KindWord::kind),
            every: args.every.map(EveryWord::every),
            looked_on: None,
        };
        let id = metier.follow_source(source).await?;
        return recorded(session, &metier, vec![id], "Noted.", &[], None).await;
    }
    if let Some(word) = &args.looked {
        let id = find_source(&entries, &market, word)?;
        let found = market.sources.iter().find(|s| s.id == id).map(|s| s.what.clone());
        let source = found.ok_or_else(|| AppError::not_found("there is no such source"))?;
        let source = SourceFollowed {
            looked_on: Some(today),
            ..source
        };
        let id = metier.change_source(id, source).await?;
        return recorded(
            session,
            &metier,
            vec![id],
            "Noted that you looked today.",
            &[],
            None,
        )
        .await;
    }
    let rows: Vec<_> = market
        .sources
        .iter()
        .map(|s| json!({"id": s.id, "source": s.what, "due": s.what.due(s.on)}))
        .collect();
    session.answer(&json!({ "sources": rows }), |paper| {
        if market.sources.is_empty() {
            return "No source is followed yet: metier market sources --add NAME\n".into();
        }
        let mut text = String::new();
        for source in &market.sources {
            let what = source.what;
            let mut line = format!("{}: {}", what.name, source_kind(what.kind));
            if let Some(every) = what.every {
                line += &format!(", {}", how_often(every));
            }
            match what.due(source.on) {
                Some(on) if on <= today => line += ", to look at again now",
                Some(on) => line += &format!(", next {}", day(on)),
                None => {}
            }
            text += &format!("{}\n", paper.paragraph("", 2, &line));
        }
        text
    })
}

impl KindWord {
    fn kind(self) -> SourceKind {
        match self {
            Self::Periodical => SourceKind::Periodical,
            Self::Person => SourceKind::Person,
            Self::Body => SourceKind::Body,
            Self::Event => SourceKind::Event,
            Self::JobBoard => SourceKind::JobBoard,
            Self::Other => SourceKind::Other,
        }
    }
}

impl EveryWord {
    fn every(self) -> HowOften {
        match self {
            Self::Weekly => HowOften::Weekly,
            Self::Monthly => HowOften::Monthly,
            Self::Quarterly => HowOften::Quarterly,
            Self::Yearly => HowOften::Yearly,
        }
    }
}
