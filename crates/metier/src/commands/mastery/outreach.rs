//! `mastery outreach`: masters to ask, what is written to them, what was said.

use clap::{Args, Subcommand, ValueEnum};
use metier_app::words::{self, MASTER_QUESTIONS};
use metier_app::{AppError, OutreachSaid, find_entry};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Noted, view};
use metier_core::mastery::{Mastery, NextAction, Outreach, OutreachState};
use serde_json::json;

use super::super::recorded::recorded;
use super::super::short;
use super::find_exemplar;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// What to do about masters to ask.
#[derive(Debug, Subcommand)]
pub enum OutreachCommand {
    /// Prepare to ask somebody; a draft is written, unless you give your own
    Ask(AskArgs),
    /// Everybody you ask, and what comes next
    List,
    /// One of them: the letter, how far it is, what was said
    Show {
        /// Their name, or the entry as the list shows it
        who: String,
    },
    /// Say how far it is
    State {
        /// Their name, or the entry as the list shows it
        who: String,
        /// draft, sent, answered, declined or over
        #[arg(value_enum, hide_possible_values = true)]
        state: StateWord,
    },
    /// Note a conversation
    Talked(TalkedArgs),
    /// Questions that masters may be asked, by number
    Questions,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StateWord {
    /// Being written
    Draft,
    /// Sent
    Sent,
    /// They answered
    Answered,
    /// They said no
    Declined,
    /// Over
    Over,
}

/// Whom to ask.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier mastery outreach ask \"Rosa Lindt\" --exemplar \"Rosa Lindt\" --by rosa@example.org \\
      --question 1 --question 6 --question \"How did you learn to cut?\" --next \"send it\" --on 2026-12-03")]
pub struct AskArgs {
    /// Whom, as you would begin the letter; who is there already is said anew
    to: String,
    /// Who it is among the masters you look at
    #[arg(long, value_name = "WHO")]
    exemplar: Option<String>,
    /// By which way: an address for mail, a number, a place
    #[arg(long, value_name = "TEXT")]
    by: Option<String>,
    /// What you ask: a number of `metier mastery outreach questions`, or your own words; may be given again
    #[arg(long, value_name = "QUESTION")]
    question: Vec<String>,
    /// The letter, in place of the draft that is written for you
    #[arg(long, value_name = "TEXT")]
    letter: Option<String>,
    /// What comes next
    #[arg(long, value_name = "TEXT")]
    next: Option<String>,
    /// For which day
    #[arg(long, value_name = "DAY", requires = "next")]
    on: Option<Day>,
}

/// A conversation.
#[derive(Debug, Args)]
pub struct TalkedArgs {
    /// Their name, or the entry as the list shows it
    who: String,
    /// What was said
    words: String,
    /// When; today when none is given
    #[arg(long, value_name = "DAY")]
    day: Option<Day>,
    /// What comes next
    #[arg(long, value_name = "TEXT")]
    next: Option<String>,
    /// For which day
    #[arg(long, value_name = "DAY", requires = "next")]
    on: Option<Day>,
}

/// Does it.
pub async fn run(command: OutreachCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        OutreachCommand::Ask(args) => ask(args, session).await,
        OutreachCommand::List => list(session).await,
        OutreachCommand::Show { who } => show(&who, session).await,
        OutreachCommand::State { who, state } => {
            let metier = session.open().await?;
            let id = id_of(&metier, &who, session).await?;
            let state = match state {
                StateWord::Draft => OutreachState::Draft,
                StateWord::Sent => OutreachState::Sent,
                StateWord::Answered => OutreachState::Answered,
                StateWord::Declined => OutreachState::Declined,
                StateWord::Over => OutreachState::Closed,
            };
            let id = metier.outreach_state(id, state).await?;
            let said = format!("Noted: {}.", words::outreach_state(state));
            recorded(session, &metier, vec![id], &said, &[], None).await
        }
        OutreachCommand::Talked(args) => {
            let metier = session.open().await?;
            let id = id_of(&metier, &args.who, session).await?;
            let today = session.surroundings.today();
            let on = args.day.map_or(today, |day| day.of(today));
            let next = next_of(args.next, args.on, session);
            let talked = metier.talked_to_master(id, on, &args.words, next).await?;
            let hint =
                "What they said of the list: metier mastery check --by NAME --confirm COMPETENCY".to_owned();
            recorded(session, &metier, vec![talked], "Noted.", &[], Some(hint)).await
        }
        OutreachCommand::Questions => session.answer(&MASTER_QUESTIONS, |paper| {
            let lines = (1..).zip(MASTER_QUESTIONS);
            lines
                .map(|(n, question)| format!("{}\n", paper.paragraph(&format!("{n}. "), 3, question)))
                .collect()
        }),
    }
}

fn next_of(what: Option<String>, on: Option<Day>, session: &Session) -> Option<NextAction> {
    Some(NextAction {
        what: what?,
        on: on.map(|day| day.of(session.surroundings.today())),
    })
}

/// The outreach a word names: the name, or the entry.
fn find<'a>(mastery: &Mastery<'a>, entries: &[Entry], word: &str) -> Result<Noted<'a, Outreach>, AppError> {
    let wanted = word.trim().to_lowercase();
    let by_name = mastery
        .outreaches
        .iter()
        .rfind(|o| o.what.to.to_lowercase() == wanted);
    let by_entry = || {
        let id = find_entry(entries, word).ok()?;
        mastery.outreaches.iter().find(|o| o.id == id)
    };
    by_name.or_else(by_entry).copied().ok_or_else(|| {
        AppError::not_found(format!("you ask nobody who goes by `{word}`"))
            .hint("`metier mastery outreach list` shows whom you ask.")
    })
}

async fn id_of(metier: &metier_app::Metier, word: &str, session: &Session) -> Result<EntryId, AppError> {
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    find(&mastery, &entries, word).map(|o| o.id)
}

/// A question as it was given: by its number, or in words.
fn question(given: &str) -> Result<String, AppError> {
    let Ok(number) = given.trim().parse::<usize>() else {
        return Ok(given.trim().to_owned());
    };
    let found = number
        .checked_sub(1)
        .and_then(|place| MASTER_QUESTIONS.get(place));
    found.map(|q| (*q).to_owned()).ok_or_else(|| {
        AppError::input(format!("there is no question {number}"))
            .hint("`metier mastery outreach questions` shows them, or write one of your own.")
    })
}

async fn ask(args: AskArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (there, said) = {
        let (entries, life) = metier.read().await?;
        let f = &life.needed()?.framework;
        let view = view(&entries, session.surroundings.now());
        let mastery = Mastery::of(&view, &f.family);
        let there = find(&mastery, &entries, &args.to).ok();
        let mut said = there.map_or_else(OutreachSaid::default, |t| OutreachSaid {
            next: mastery.next_of(&t).cloned(),
            ..OutreachSaid::from(t.what)
        });
        if there.is_none() {
            args.to.trim().clone_into(&mut said.to);
        }
        let exemplar = args
            .exemplar
            .as_deref()
            .map(|who| find_exemplar(&mastery, &entries, who));
        said.exemplar = exemplar.transpose()?.map(|e| e.id).or(said.exemplar);
        said.channel = args.by.unwrap_or(said.channel);
        if !args.question.is_empty() {
            said.questions = args
                .question
                .iter()
                .map(|q| question(q))
                .collect::<Result<_, _>>()?;
        }
        said.next = next_of(args.next, args.on, session).or(said.next);
        if let Some(letter) = args.letter {
            said.draft = letter;
        } else if said.draft.is_empty() {
            let exemplar = said
                .exemplar
                .and_then(|id| mastery.exemplars.iter().find(|e| e.id == id))
                .map(|e| e.what);
            said.draft =
                words::outreach_draft(f, metier.name(), &said.to, exemplar, &mastery, &said.questions);
        }
        (there.map(|t| t.id), said)
    };
    let letter = said.draft.clone();
    let id = metier.reach_out(there, said).await?;
    let told = format!("Kept. Nothing is sent by itself; this is the letter:\n\n{letter}");
    let hint = format!(
        "Once it is on its way: metier mastery outreach state {} sent",
        short(id)
    );
    recorded(session, &metier, vec![id], &told, &[], Some(hint)).await
}

/// "Next: send it (3 December 2026)".
fn next_line(next: &NextAction) -> String {
    let on = next
        .on
        .map_or_else(String::new, |on| format!(" ({})", words::day(on)));
    format!("Next: {}{on}", next.what)
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let value: Vec<_> = mastery
        .outreaches
        .iter()
        .map(|o| json!({"id": o.id, "on": o.on, "what": o.what, "next": mastery.next_of(o)}))
        .collect();
    session.answer(&value, |paper| {
        if mastery.outreaches.is_empty() {
            return "You ask nobody yet: metier mastery outreach ask NAME --question 1\n".into();
        }
        let lines = mastery.outreaches.iter().map(|o| {
            let next = mastery
                .next_of(o)
                .map_or_else(String::new, |n| format!(". {}", next_line(n)));
            format!(
                "{}: {}{next}{}\n",
                o.what.to,
                words::outreach_state(o.what.state),
                paper.faint(&format!("  [{}]", short(o.id)))
            )
        });
        lines.collect()
    })
}

async fn show(who: &str, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let found = find(&mastery, &entries, who)?;
    let talked: Vec<_> = mastery.conversations_of(found.id).collect();
    let value = json!({
        "id": found.id, "on": found.on, "what": found.what, "next": mastery.next_of(&found),
        "conversations": talked.iter().map(|c| json!({"id": c.id, "on": c.on, "what": c.what})).collect::<Vec<_>>(),
    });
    session.answer(&value, |paper| {
        let mut text = format!(
            "{}: {}\n",
            paper.strong(&found.what.to),
            words::outreach_state(found.what.state)
        );
        if !found.what.channel.is_empty() {
            text += &format!("By: {}\n", found.what.channel);
        }
        if let Some(next) = mastery.next_of(&found) {
            text += &format!("{}\n", next_line(next));
        }
        if !found.what.draft.is_empty() {
            text += &format!("\n{}\n", found.what.draft);
        }
        for conversation in talked.iter().rev() {
            text += &format!(
                "\n{}\n{}\n",
                words::day(conversation.on),
                paper.paragraph("", 2, &conversation.what.words)
            );
            if let Some(next) = &conversation.what.next {
                text += &format!("  {}\n", next_line(next));
            }
        }
        text
    })
}
