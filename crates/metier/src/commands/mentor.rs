//! `mentor`: who guides one through which gap, whom one guides, what was said and done with it.

use std::collections::HashMap;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use metier_app::words::{self, Words, day};
use metier_app::{AppError, AsOf, Willing, competency_of, find_entry};
use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::Entry;
use metier_core::name::same_name;
use metier_core::network::{Guidance, Mentorship, MentorshipSide, Network};
use serde_json::json;

use super::contact::find_contact;
use super::recorded::{on, recorded};
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// What to do about mentors.
#[derive(Debug, Subcommand)]
pub enum MentorCommand {
    /// Note who guides you through a gap, or whom you guide
    Add(AddArgs),
    /// Note what was said, and what was done with it
    Log(LogArgs),
    /// Who guides you, whom you guide, and which gaps nobody guides you through
    List,
    /// It ended
    End(EndArgs),
    /// What you are willing to teach
    Willing(WillingArgs),
}

/// Who guides whom.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier mentor add \"Rosa Diaz\" --gap edit-a-text --purpose \"an hour a month\"
  metier mentor add Bo --i-guide --gap publish-an-article --from 2026-10-01")]
pub struct AddArgs {
    /// Their name; that of a contact is linked
    who: String,
    /// You guide them
    #[arg(long)]
    i_guide: bool,
    /// Through which gap: a competency; may be given again; none: in general
    #[arg(long, value_name = "COMPETENCY")]
    gap: Vec<String>,
    /// What is to come of it
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
    /// Since when; absent: today
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Until when; absent while it lasts
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

/// What was said.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier mentor log \"Rosa Diaz\" \"cut the first paragraph, always\"
  metier mentor log 1f0c33aa --done \"did so in the spring issue\"")]
pub struct LogArgs {
    /// The mentorship, as the list shows it, or the name; or the guidance that something was done with
    #[arg(value_name = "WHICH")]
    which: String,
    /// What was said; absent: something was done with guidance noted before
    #[arg(required_unless_present = "done")]
    words: Option<String>,
    /// What was done with it
    #[arg(long, value_name = "TEXT")]
    done: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

/// When it ended.
#[derive(Debug, Args)]
pub struct EndArgs {
    /// The mentorship, as the list shows it, or the name
    #[arg(value_name = "WHICH")]
    which: String,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

/// What one is willing to teach.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier mentor willing
  metier mentor willing publish-an-article --note \"two hours a month, to anybody\"
  metier mentor willing --nothing")]
pub struct WillingArgs {
    /// Competencies; absent: what was said, and what is proven
    competencies: Vec<String>,
    /// How, how often, to whom
    #[arg(long, value_name = "TEXT", requires = "competencies")]
    note: Option<String>,
    /// Nothing at the moment
    #[arg(long, conflicts_with = "competencies")]
    nothing: bool,
}

/// Does it.
pub async fn run(command: MentorCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        MentorCommand::Add(args) => add(args, session).await,
        MentorCommand::Log(args) => log(args, session).await,
        MentorCommand::List => list(session).await,
        MentorCommand::End(args) => end(args, session).await,
        MentorCommand::Willing(args) => willing(args, session).await,
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let gaps: Vec<CompetencyId> = args
        .gap
        .iter()
        .map(|word| competency_of(framework, word))
        .collect::<Result<_, _>>()?;
    let (contact, with) = {
        let network = Network::in_journal(&entries);
        let known = find_contact(&entries, &network, &args.who).ok();
        let contact = network.contacts.iter().find(|c| Some(c.id) == known);
        let name = contact
            .map_or(args.who.trim(), |c| c.what.name.as_str())
            .to_owned();
        (known, name)
    };
    let said = if args.i_guide {
        format!("Noted: you guide {with}.")
    } else {
        format!("Noted: {with} guides you.")
    };
    let mentorship = Mentorship {
        with,
        contact,
        side: if args.i_guide {
            MentorshipSide::IGuide
        } else {
            MentorshipSide::TheyGuide
        },
        family: None,
        gaps,
        purpose: args.purpose.unwrap_or_default(),
        from: session.day(args.from),
        until: args.until,
    };
    let id = metier.mentoring(mentorship).await?;
    recorded(session, &metier, vec![id], &said, &[], None).await
}

/// The mentorship a word names: its entry, or the name where only one that lasts has it.
fn mentorship(entries: &[Entry], network: &Network<'_>, word: &str) -> Result<EntryId, AppError> {
    let named: Vec<EntryId> = network
        .mentorships
        .iter()
        .filter(|m| m.what.until.is_none() && same_name(&m.what.with, word))
        .map(|m| m.id)
        .collect();
    match named.as_slice() {
        [one] => return Ok(*one),
        [] => {}
        several => {
            let ids: Vec<String> = several.iter().map(|id| short(*id)).collect();
            return Err(AppError::input(format!("there are several with {word}"))
                .hint(format!("Name one by its entry: {}.", ids.join(", "))));
        }
    }
    let found = find_entry(entries, word).ok();
    found
        .filter(|id| network.mentorships.iter().any(|m| m.id == *id))
        .ok_or_else(|| {
            AppError::not_found(format!("no mentorship goes by `{word}`"))
                .hint("`metier mentor list` shows those there are.")
        })
}

async fn log(args: LogArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let Some(words) = args.words else {
        let id = find_entry(&entries, &args.which)?;
        let entry = metier.guidance_used(id, &args.done.unwrap_or_default()).await?;
        return recorded(
            session,
            &metier,
            vec![entry],
            "Noted what was done with it.",
            &[],
            None,
        )
        .await;
    };
    let id = { mentorship(&entries, &Network::in_journal(&entries), &args.which)? };
    let guidance = Guidance {
        mentorship: id,
        words,
        done: args.done.unwrap_or_default(),
    };
    let undone = guidance.done.is_empty();
    let on_day = session.day(args.on);
    let entry = metier.guidance(on_day, guidance).await?;
    let hint = undone.then(|| format!("Later: metier mentor log {} --done TEXT", short(entry)));
    let said = format!("Noted what was said{}.", on(on_day, session));
    recorded(session, &metier, vec![entry], &said, &[], hint).await
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = session.surroundings.today();
    let framework = &sight.version.framework;
    let words = Words::new(framework, &sight.entries, today);
    let network = Network::in_journal(&sight.entries);
    let unguided = network.unguided(&sight.gap(), today);
    let known: Vec<_> = unguided
        .iter()
        .filter_map(|id| framework.competency(id))
        .collect();
    let helpers: HashMap<&CompetencyId, _> = known
        .iter()
        .map(|c| &c.id)
        .zip(network.could_help(&known))
        .collect();
    let could = |id: &CompetencyId| -> Vec<String> {
        let found = helpers.get(id).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|c| c.what.name.clone()).collect()
    };
    let mentorships: Vec<_> = network
        .mentorships
        .iter()
        .map(|m| {
            let guidance: Vec<_> = network
                .guidance_of(m.id)
                .map(|g| json!({"entry": g.id, "on": g.on, "words": g.what.words, "done": g.what.done}))
                .collect();
            json!({"entry": m.id, "mentorship": m.what, "guidance": guidance})
        })
        .collect();
    let value = json!({
        "mentorships": mentorships,
        "unguided": unguided.iter().map(|id| json!({"competency": id, "could_help": could(id)})).collect::<Vec<_>>(),
        "willing_to_teach": network.willing.last().map(|w| w.what),
    });
    session.answer(&value, |paper| {
        let mut text = String::new();
        for m in &network.mentorships {
            let who = match m.what.side {
                MentorshipSide::TheyGuide => format!("{} guides you", m.what.with),
                MentorshipSide::IGuide => format!("You guide {}", m.what.with),
            };
            let gaps: Vec<String> = m
                .what
                .gaps
                .iter()
                .map(|g| words.competency(g).to_owned())
                .collect();
            let through = match gaps.as_slice() {
                [] => "in general".to_owned(),
                gaps => format!("through {}", words::list(gaps)),
            };
            let until = m
                .what
                .until
                .map_or_else(String::new, |d| format!(" until {}", day(d)));
            let said = format!("{who} {through}, since {}{until}.", day(m.what.from));
            text += &format!(
                "{}{}\n",
                paper.paragraph("", 2, &said),
                paper.faint(&format!("  [{}]", short(m.id)))
            );
            for g in network.guidance_of(m.id) {
                let done = match g.what.done.as_str() {
                    "" => paper.faint(&format!("  [{}]", short(g.id))),
                    done => format!(" \u{2013} done with it: {done}"),
                };
                text += &format!(
                    "{}\n",
                    paper.paragraph("    ", 4, &format!("{}: {}{done}", day(g.on), g.what.words))
                );
            }
        }
        if text.is_empty() {
            text += "Nobody guides you yet: metier mentor add NAME --gap COMPETENCY\n";
        }
        if !unguided.is_empty() {
            text += &format!("\n{}\n", paper.strong("Gaps nobody guides you through"));
        }
        for id in &unguided {
            let said = match could(id).as_slice() {
                [] => words.competency(id).to_owned(),
                names => format!(
                    "{} (could help, by what you noted: {})",
                    words.competency(id),
                    words::list(names)
                ),
            };
            text += &format!("{}\n", paper.paragraph("", 2, &said));
        }
        text
    })
}

async fn end(args: EndArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let id = { mentorship(&entries, &Network::in_journal(&entries), &args.which)? };
    let until = session.day(args.on);
    let entry = metier.end_mentoring(id, until).await?;
    let said = format!("Noted that it ended{}. What was said stays.", on(until, session));
    recorded(session, &metier, vec![entry], &said, &[], None).await
}

async fn willing(args: WillingArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if args.nothing || !args.competencies.is_empty() {
        let life = metier.life().await?;
        let framework = &life.needed()?.framework;
        let competencies = args
            .competencies
            .iter()
            .map(|word| competency_of(framework, word))
            .collect::<Result<Vec<_>, _>>()?;
        let said = Willing {
            competencies,
            note: args.note.unwrap_or_default(),
        };
        let id = metier.willing(said).await?;
        return recorded(
            session,
            &metier,
            vec![id],
            "Noted what you are willing to teach.",
            &[],
            None,
        )
        .await;
    }
    let sight = metier.sight(AsOf::default()).await?;
    let words = Words::new(
        &sight.version.framework,
        &sight.entries,
        session.surroundings.today(),
    );
    let network = Network::in_journal(&sight.entries);
    let now = network.willing.last().map(|w| w.what);
    let proven: Vec<&CompetencyId> = sight
        .standing
        .competencies
        .iter()
        .filter(|c| c.proven.is_some())
        .map(|c| &c.competency)
        .collect();
    session.answer(&json!({"willing_to_teach": now, "proven": proven}), |paper| {
        let mut text = match now {
            None => "You have not said yet what you are willing to teach.\n".to_owned(),
            Some(now) if now.competencies.is_empty() => "Nothing at the moment.\n".into(),
            Some(now) => {
                let names: Vec<String> = now
                    .competencies
                    .iter()
                    .map(|c| words.competency(c).to_owned())
                    .collect();
                format!(
                    "{}\n",
                    paper.paragraph("", 2, &format!("Willing to teach {}.", words::list(&names)))
                )
            }
        };
        if !proven.is_empty() {
            text += "Proven, which you could teach:\n";
        }
        for id in &proven {
            text += &format!("  {} ({id})\n", words.competency(id));
        }
        text
    })
}
