//! `market`, `market asked`, `also-called`, `plan`, `set-aside`, `looked`: what the adverts ask for, and what to do about it.

use clap::Args;
use metier_app::words::{COVERAGE, asked_for, day, market_headline, state};
use metier_app::{AppError, AsOf, AskedFor, MarketSeen, catalogue, competency_of};
use metier_core::market::Market;

use super::super::recorded::recorded;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// How many lines the short answer has of a sort.
const SHORT: usize = 5;

/// What else a competency is called.
#[derive(Debug, Args)]
pub struct CalledArgs {
    /// Which competency
    competency: String,
    /// The words adverts use
    words: String,
}

/// What to plan.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true)))]
pub struct PlanArgs {
    /// A competency they ask for
    #[arg(group = "what")]
    competency: Option<String>,
    /// A name no competency has
    #[arg(long, value_name = "NAME", group = "what")]
    name: Option<String>,
}

/// A name to set aside.
#[derive(Debug, Args)]
pub struct SetAsideArgs {
    /// As the list shows it
    name: String,
}

async fn seen(session: &Session) -> Result<MarketSeen, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let rated = sight
        .version
        .framework
        .competencies
        .iter()
        .any(|c| c.importance.is_some());
    let catalogue = if rated { catalogue(&session.home)? } else { None };
    let seen = sight.market(&Market::in_journal(&sight.entries), catalogue.as_ref());
    metier.close().await;
    Ok(seen)
}

/// The short answer.
pub async fn short_answer(session: &Session) -> Result<Answer, AppError> {
    let seen = seen(session).await?;
    session.answer(&seen, |paper| {
        if seen.adverts == 0 {
            return "No advert is here yet. Save the 5 to 20 you would answer: metier market save FILE\n"
                .into();
        }
        let mut text = format!("{}\n", paper.strong(&market_headline(&seen)));
        let open: Vec<&AskedFor> = seen.asked.iter().filter(|a| !a.has_proof()).take(SHORT).collect();
        part(
            &mut text,
            paper,
            "Asked for most, and not proven",
            open.into_iter().map(|a| line(a, seen.adverts)),
        );
        let names = seen
            .names
            .iter()
            .take(SHORT)
            .map(|n| format!("{}: {} of {}", n.name, n.adverts, seen.adverts));
        part(&mut text, paper, "Named, and no competency has it", names);
        text += &foot(&seen, paper);
        text + "All of it, with the sentences: metier market asked\n"
    })
}

/// All of it, with the sentences.
pub async fn asked(session: &Session) -> Result<Answer, AppError> {
    let seen = seen(session).await?;
    session.answer(&seen, |paper| {
        if seen.adverts == 0 {
            return "No advert is here yet: metier market save FILE\n".into();
        }
        let mut text = format!("{}\n", paper.strong(&market_headline(&seen)));
        for one in &seen.asked {
            text += &format!("\n{}\n", paper.paragraph("", 2, &line(one, seen.adverts)));
            for said in &one.sentences {
                let said = format!("\u{201c}{}\u{201d} ({})", said.sentence, said.title);
                text += &format!("{}\n", paper.paragraph("    ", 4, &said));
            }
        }
        let names = seen.names.iter().map(|n| {
            let first = n.sentences.first().map_or("", |s| s.sentence.as_str());
            format!(
                "{}: {} of {}. \u{201c}{first}\u{201d}",
                n.name, n.adverts, seen.adverts
            )
        });
        part(&mut text, paper, "Named, and no competency has it", names);
        let shown = seen
            .shown_not_asked
            .iter()
            .map(|a| format!("{}: {}", a.name, state(a.state, a.grade)));
        part(&mut text, paper, "You can show it, and nobody here asks", shown);
        text + &foot(&seen, paper)
    })
}

fn line(one: &AskedFor, of: usize) -> String {
    let importance = one
        .importance
        .map_or_else(String::new, |i| format!(", importance {i:.1} of 5"));
    format!(
        "{}: {} {}{importance}",
        one.name,
        asked_for(one, of),
        state(one.state, one.grade)
    )
}

fn part(text: &mut String, paper: Paper, name: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        *text += &format!("\n{}\n", paper.strong(name));
    }
    for line in lines {
        *text += &format!("{}\n", paper.paragraph("  ", 4, &line));
    }
}

fn foot(seen: &MarketSeen, paper: Paper) -> String {
    let mut text = "\n".to_owned();
    if let Some(from) = &seen.importance_from {
        text += &format!(
            "{}\n",
            paper.paragraph("", 0, &format!("Importance is of {from}."))
        );
    }
    if let Some(on) = seen.look_again {
        text += &format!("To look at adverts again: {}.\n", day(on));
    }
    text + &format!("{}\n", paper.paragraph("", 0, COVERAGE))
}

/// Says what else a competency is called.
pub async fn also_called(args: CalledArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let life = metier.life().await?;
    let competency = competency_of(&life.needed()?.framework, &args.competency)?;
    let id = metier.also_called(&competency, &args.words).await?;
    let said = "Noted. From now on adverts that say so ask for it.";
    recorded(session, &metier, vec![id], said, &[], None).await
}

/// Puts something on the plan.
pub async fn plan(args: PlanArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let planned = match (&args.competency, &args.name) {
        (Some(word), _) => {
            let competency = competency_of(&sight.version.framework, word)?;
            sight.plan_for_asked(&competency)
        }
        (None, Some(name)) => Some(sight.plan_for_name(name)),
        (None, None) => None,
    };
    let planned = planned.ok_or_else(|| AppError::input("say what to plan"))?;
    let said = format!(
        "Planned: {}. Its hours are a first guess: metier plan change",
        planned.name
    );
    let ids = metier.plan_to(vec![planned]).await?;
    recorded(session, &metier, ids, &said, &[], None).await
}

/// Sets a name aside.
pub async fn set_aside(args: SetAsideArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let id = metier.set_name_aside(&args.name).await?;
    recorded(
        session,
        &metier,
        vec![id],
        "Set aside. It is named no more.",
        &[],
        None,
    )
    .await
}

/// Says that one looked.
pub async fn looked(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let id = metier.looked_at_adverts().await?;
    recorded(
        session,
        &metier,
        vec![id],
        "Noted that you looked today.",
        &[],
        None,
    )
    .await
}
