//! `mastery exemplar`: masters one looks at, and the chains from what they accomplished.

use clap::{Args, Subcommand};
use metier_app::words::{self, Words};
use metier_app::{AppError, AsOf, ExemplarHead, Seen, competency_of, find_entry, rung_of};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Noted, view};
use metier_core::mastery::{Behaviour, Exemplar, MasterKind, Mastery};
use metier_core::plan::Plan;
use serde_json::json;

use super::super::recorded::recorded;
use super::super::short;
use crate::answer::Answer;
use crate::session::Session;

/// What to do about masters.
#[derive(Debug, Subcommand)]
pub enum ExemplarCommand {
    /// Add a master, or say anew who one is (by the same name)
    Add(AddArgs),
    /// What they accomplished, and what they were seen to do for it
    Did(DidArgs),
    /// Everybody you look at
    List,
    /// One of them, with the chains from what they accomplished to what you have
    Show {
        /// Their name, or the entry as the list shows it
        who: String,
    },
}

/// Who they are.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Their name
    name: String,
    /// A company, a team, an institution
    #[arg(long)]
    company: bool,
    /// Whether you know them: yes or no
    #[arg(long, value_name = "YES-OR-NO", value_parser = yes_or_no)]
    known: Option<bool>,
    /// Why they are credible, were they not known at all
    #[arg(long, value_name = "TEXT")]
    credible: Option<String>,
    /// What they have written
    #[arg(long, value_name = "TEXT")]
    written: Option<String>,
    /// What they are known for; kept apart
    #[arg(long, value_name = "TEXT")]
    fame: Option<String>,
    /// What belongs to their personality; kept apart
    #[arg(long, value_name = "TEXT")]
    personality: Option<String>,
}

/// What they did.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier mastery exemplar did Rosa --accomplished \"Three stars in a village\" \\
      --seen \"Tastes every sauce before service\" --daily yes --competency season/reliable")]
pub struct DidArgs {
    /// Their name, or the entry as the list shows it
    who: String,
    /// What they accomplished
    #[arg(long, value_name = "TEXT")]
    accomplished: String,
    /// What they were seen to do for it
    #[arg(long, value_name = "TEXT")]
    seen: Option<String>,
    /// Whether they do it day in, day out: yes or no
    #[arg(long, value_name = "YES-OR-NO", value_parser = yes_or_no, requires = "seen")]
    daily: Option<bool>,
    /// The competency it comes down to, with a step or without: competency/step
    #[arg(long, value_name = "COMPETENCY", requires = "seen")]
    competency: Option<String>,
}

fn yes_or_no(word: &str) -> Result<bool, String> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write yes or no".into()),
    }
}

/// The master a word names: their name, or the entry.
///
/// # Errors
/// When nobody goes by it.
pub fn find<'a>(
    mastery: &Mastery<'a>,
    entries: &[Entry],
    word: &str,
) -> Result<Noted<'a, Exemplar>, AppError> {
    let wanted = word.trim().to_lowercase();
    let by_name = mastery
        .exemplars
        .iter()
        .find(|e| e.what.name.to_lowercase() == wanted);
    let by_entry = || {
        let id = find_entry(entries, word).ok()?;
        mastery.exemplars.iter().find(|e| e.id == id)
    };
    by_name.or_else(by_entry).copied().ok_or_else(|| {
        let names: Vec<&str> = mastery.exemplars.iter().map(|e| e.what.name.as_str()).collect();
        let error = AppError::not_found(format!("you look at nobody who goes by `{word}`"));
        if names.is_empty() {
            error.hint("metier mastery exemplar add NAME")
        } else {
            error.hint(format!("You look at: {}.", names.join(", ")))
        }
    })
}

/// Does it.
pub async fn run(command: ExemplarCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        ExemplarCommand::Add(args) => add(args, session).await,
        ExemplarCommand::Did(args) => did(args, session).await,
        ExemplarCommand::List => list(session).await,
        ExemplarCommand::Show { who } => show(&who, session).await,
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let there = find(&mastery, &[], &args.name).ok();
    let mut head = there.map_or_else(ExemplarHead::default, |e| ExemplarHead::from(e.what));
    head.name = args.name;
    if args.company {
        head.kind = MasterKind::Company;
    }
    head.known = args.known.or(head.known);
    for (given, field) in [
        (args.credible, &mut head.credible),
        (args.written, &mut head.written),
        (args.fame, &mut head.fame),
        (args.personality, &mut head.personality),
    ] {
        if let Some(given) = given {
            *field = given;
        }
    }
    let said = format!("Noted: {}.", head.name.trim());
    let id = metier.look_up_to(there.map(|e| e.id), head).await?;
    let hint = "What did they accomplish? metier mastery exemplar did NAME --accomplished TEXT --seen TEXT";
    recorded(session, &metier, vec![id], &said, &[], Some(hint.to_owned())).await
}

async fn did(args: DidArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &framework.family);
    let exemplar = find(&mastery, &entries, &args.who)?;
    let behaviour = match args.seen {
        None => None,
        Some(what) => {
            let (competency, rung) = match args.competency.as_deref() {
                None => (None, None),
                Some(word) => match word.split_once('/') {
                    None => (Some(competency_of(framework, word)?), None),
                    Some((c, r)) => (Some(competency_of(framework, c)?), Some(rung_of(framework, r)?)),
                },
            };
            Some(Behaviour {
                what,
                daily: args.daily,
                competency,
                rung,
            })
        }
    };
    metier
        .seen_of(exemplar.id, Seen::Accomplished(args.accomplished.clone()))
        .await?;
    if let Some(behaviour) = behaviour {
        metier
            .seen_of(exemplar.id, Seen::Did(args.accomplished, behaviour))
            .await?;
    }
    let said = format!("Noted of {}.", exemplar.what.name);
    recorded(session, &metier, vec![exemplar.id], &said, &[], None).await
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let value: Vec<(EntryId, &Exemplar)> = mastery.exemplars.iter().map(|e| (e.id, e.what)).collect();
    session.answer(&value, |paper| {
        if mastery.exemplars.is_empty() {
            return "You look at nobody yet: metier mastery exemplar add NAME\n".into();
        }
        let lines = mastery.exemplars.iter().map(|e| {
            let why = match e.what.credible.as_str() {
                "" => String::new(),
                why => format!(": {why}"),
            };
            let id = paper.faint(&format!("[{}]", short(e.id)));
            format!("{}{why}  {id}\n", e.what.name)
        });
        lines.collect()
    })
}

async fn show(who: &str, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let framework = &sight.version.framework;
    let view = view(&sight.entries, sight.standing.known_at);
    let mastery = Mastery::of(&view, &framework.family);
    let exemplar = find(&mastery, &sight.entries, who)?;
    let mut chains = mastery.chains(&sight.standing, &Plan::of(&view));
    chains.retain(|c| c.exemplar.id == exemplar.id);
    let ends: Vec<_> = chains
        .iter()
        .map(|c| {
            json!({"accomplished": c.accomplished.what, "seen": c.behaviour.what,
                "competency": c.behaviour.competency, "rung": c.behaviour.rung, "end": c.end})
        })
        .collect();
    let value = json!({"id": exemplar.id, "what": exemplar.what, "chains": ends});
    session.answer(&value, |paper| {
        let words = Words::new(framework, &sight.entries, sight.standing.at);
        let e = exemplar.what;
        let mut text = format!("{}\n", paper.strong(&e.name));
        for (name, said) in [
            ("Credible, were they not known:", &e.credible),
            ("Has written:", &e.written),
            ("Known for (kept apart):", &e.fame),
            ("Personality (kept apart):", &e.personality),
        ] {
            if !said.is_empty() {
                text += &format!("{}\n", paper.paragraph("", 2, &format!("{name} {said}")));
            }
        }
        for accomplished in &e.accomplished {
            text += &format!("\n{}\n", accomplished.what);
            for chain in chains
                .iter()
                .filter(|c| std::ptr::eq(c.accomplished, accomplished))
            {
                let competency = match &chain.behaviour.competency {
                    None => String::new(),
                    Some(id) => match &chain.behaviour.rung {
                        Some(rung) => format!(" → {} ({})", words.competency(id), words.rung(rung)),
                        None => format!(" → {}", words.competency(id)),
                    },
                };
                let often = if chain.behaviour.daily == Some(true) {
                    ", day in, day out"
                } else {
                    ""
                };
                let said = format!(
                    "{}{often}{competency} → {}",
                    chain.behaviour.what,
                    words::chain_end(&chain.end)
                );
                text += &format!("{}\n", paper.paragraph("  -", 4, &said));
            }
        }
        text
    })
}
