//! `mastery show`, `define`, `thing`: one's own definition and the significant things in it.

use clap::{Args, Subcommand};
use metier_app::words::{self, Words, day};
use metier_app::{
    AppError, AsOf, Define, OwnYears, ThingSaid, ThingSeen, competency_of, find_entry, prefilled, rung_of,
};
use metier_core::framework::{Expectation, Framework, Weight};
use metier_core::id::ThingId;
use metier_core::journal::view;
use metier_core::mastery::{Mastery, Stage};
use serde_json::json;

use super::super::recorded::recorded;
use super::super::start::level;
use crate::answer::Answer;
use crate::session::Session;

/// What a master is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier mastery define --statement \"Somebody whose articles people act on\" --from-level senior
  metier mastery define --ask publish-an-article/teaches --because \"A master brings others up\"")]
pub struct DefineArgs {
    /// A master of this is somebody who…
    #[arg(long, value_name = "TEXT")]
    statement: Option<String>,
    /// To be a master I need to…
    #[arg(long, value_name = "TEXT")]
    needs_to: Option<String>,
    /// What I will have to say
    #[arg(long, value_name = "TEXT")]
    will_say: Option<String>,
    /// A competency to have, written competency/step; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    ask: Vec<String>,
    /// A competency to have no longer; may be given again
    #[arg(long, value_name = "COMPETENCY")]
    drop: Vec<String>,
    /// Begin the competencies with what a level asks
    #[arg(long, value_name = "LEVEL")]
    from_level: Option<String>,
    /// Why you change it; what it said before is kept
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
}

/// What to do about significant things.
#[derive(Debug, Subcommand)]
pub enum ThingCommand {
    /// Something significant to accomplish
    Add {
        /// What
        what: String,
        /// Who would see it for what it is, and how hard it was
        #[arg(long, value_name = "TEXT")]
        recognised_by: Option<String>,
    },
    /// It is met with something you did
    Met {
        /// Which, as `metier mastery show` names it
        thing: ThingId,
        /// The entry of what you did
        #[arg(long, value_name = "ENTRY")]
        by: String,
    },
    /// Something you did does not show it after all
    NotMet {
        /// Which
        thing: ThingId,
        /// The entry
        #[arg(long, value_name = "ENTRY")]
        by: String,
    },
    /// Say it otherwise
    Reword {
        /// Which
        thing: ThingId,
        /// What
        what: String,
        /// Who would see it for what it is
        #[arg(long, value_name = "TEXT")]
        recognised_by: Option<String>,
        /// Why you change it
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
    /// Take it out
    Remove {
        /// Which
        thing: ThingId,
        /// Why
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
}

fn asked(framework: &Framework, word: &str) -> Result<Expectation, AppError> {
    let Some((competency, rung)) = word.split_once('/') else {
        return Err(AppError::input(format!("`{word}` names no step"))
            .hint("Write competency/step, as in publish-an-article/teaches."));
    };
    Ok(Expectation {
        competency: competency_of(framework, competency)?,
        rung: rung_of(framework, rung)?,
        weight: Weight::Required,
    })
}

/// Writes it, or changes it.
pub async fn define(args: DefineArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let view = view(&entries, session.surroundings.now());
    let there = Mastery::of(&view, &framework.family).definition().map(|d| d.what);
    let mut asks = match &args.from_level {
        Some(word) => prefilled(framework, &level(framework, word)?),
        None => there.map_or_else(Vec::new, |d| d.asks.clone()),
    };
    for word in &args.ask {
        let new = asked(framework, word)?;
        asks.retain(|a| a.competency != new.competency);
        asks.push(new);
    }
    for word in &args.drop {
        let competency = competency_of(framework, word)?;
        asks.retain(|a| a.competency != competency);
    }
    let kept = |given: Option<String>, before: &str| given.unwrap_or_else(|| before.to_owned());
    let define = Define {
        statement: kept(args.statement, there.map_or("", |d| &d.statement)),
        will_say: kept(args.will_say, there.map_or("", |d| &d.will_say)),
        needs_to: kept(args.needs_to, there.map_or("", |d| &d.needs_to)),
        asks,
        because: args.because.unwrap_or_default(),
    };
    let first = there.is_none();
    let id = metier.define(define).await?;
    let said = if first {
        "Recorded: what a master is to you."
    } else {
        "Recorded. What you wrote before is kept."
    };
    let hint = "metier mastery show shows it whole; metier aim --own aims at it.".to_owned();
    recorded(session, &metier, vec![id], said, &[], Some(hint)).await
}

/// Does something with a significant thing.
pub async fn thing(command: ThingCommand, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let said = match command {
        ThingCommand::Add { what, recognised_by } => ThingSaid::Add(what, recognised_by.unwrap_or_default()),
        ThingCommand::Met { thing, by } => ThingSaid::Met(thing, find_entry(&entries, &by)?),
        ThingCommand::NotMet { thing, by } => ThingSaid::NotMet(thing, find_entry(&entries, &by)?),
        ThingCommand::Reword {
            thing,
            what,
            recognised_by,
            because,
        } => {
            let by = match recognised_by {
                Some(by) => by,
                None => recognised(&metier, &thing).await?,
            };
            ThingSaid::Reword(thing, what, by, because)
        }
        ThingCommand::Remove { thing, because } => ThingSaid::Remove(thing, because),
    };
    let id = metier.significant(said).await?;
    metier.close().await;
    session.answer(&json!({ "thing": id }), |_| format!("Recorded: {id}.\n"))
}

async fn recognised(metier: &metier_app::Metier, thing: &ThingId) -> Result<String, AppError> {
    let (entries, life) = metier.read().await?;
    let view = view(&entries, metier.surroundings().now());
    let definition = Mastery::of(&view, &life.needed()?.framework.family).definition();
    let things = definition.iter().flat_map(|d| &d.what.things);
    let found = things.into_iter().find(|t| t.id == *thing);
    Ok(found.map_or_else(String::new, |t| t.recognised_by.clone()))
}

/// Shows the whole.
pub async fn show(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let framework = &sight.version.framework;
    let today = session.surroundings.today();
    let words = Words::new(framework, &sight.entries, today);
    let view = view(&sight.entries, sight.standing.known_at);
    let mastery = Mastery::of(&view, &framework.family);
    let definition = mastery.definition();
    let own = OwnYears::of(&sight.life, &framework.family, today);
    let looked_at: Vec<&str> = mastery.exemplars.iter().map(|e| e.what.name.as_str()).collect();
    let value = json!({
        "definition": definition.map(|d| json!({"id": d.id, "on": d.on, "what": d.what})),
        "exemplars": looked_at,
        "masters_asked": mastery.reality(framework).masters,
        "months": own,
    });
    session.answer(&value, |paper| {
        let mut text = format!("{}\n", paper.strong(&framework.title));
        let Some(definition) = &definition else {
            text += "What a master of it is to you is not written yet.\n";
            text += "  metier mastery define --statement \"Somebody who …\"\n";
            return text;
        };
        let d = definition.what;
        text += &format!("{}\n", paper.paragraph("", 0, &d.statement));
        for (name, said) in [
            ("To be a master I need to:", &d.needs_to),
            ("What I will have to say:", &d.will_say),
        ] {
            if !said.is_empty() {
                text += &format!("{}\n", paper.paragraph("", 2, &format!("{name} {said}")));
            }
        }
        if !d.asks.is_empty() {
            text += "\nCompetencies to have\n";
        }
        for asked in &d.asks {
            let there = sight
                .standing
                .competency(&asked.competency)
                .and_then(|c| c.rung(&asked.rung))
                .is_some_and(|r| r.state.proven());
            let state = if there { "proven" } else { "not yet" };
            text += &format!(
                "  {}, {}: {state}\n",
                words.competency(&asked.competency),
                words.rung(&asked.rung)
            );
        }
        let things = ThingSeen::of(definition, &view);
        if !things.is_empty() {
            text += "\nSignificant things to accomplish\n";
        }
        for seen in &things {
            let state = match (seen.shown_by.first(), &seen.goal) {
                (Some(evidence), _) => format!("met with {}", words.evidence(evidence)),
                (None, Some(_)) => "not yet; a goal".to_owned(),
                (None, None) => "not yet".to_owned(),
            };
            text += &format!(
                "  {}: {state}  {}\n",
                seen.thing.what,
                paper.faint(&format!("[{}]", seen.thing.id))
            );
        }
        if !looked_at.is_empty() {
            text += &format!("\nMasters you look at: {}\n", looked_at.join(", "));
        }
        text += &format!(
            "{}\n",
            words::headline_of_checks(mastery.reality(framework).masters)
        );
        text += "\nStages, and the years they usually take (context; nothing asks for them)\n";
        for stage in Stage::ALL {
            let (name, what) = words::stage(stage);
            text += &format!("  {name}, {}: {what}\n", words::stage_years(stage));
        }
        text += &format!("{}\n", paper.faint(&paper.paragraph("", 2, words::STAGE_SOURCE)));
        if own.in_positions > 0 {
            text += &format!("  Your own: {} in positions\n", words::months(own.in_positions));
        }
        text += &format!("\nWritten on {}.\n", day(definition.on));
        text
    })
}
