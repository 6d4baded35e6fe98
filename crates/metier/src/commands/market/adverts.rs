//! `market save`, `adverts` and `advert`: the adverts one would answer.

use std::io::Read;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use metier_app::words::{Words, advert_end, day};
use metier_app::{
    AdvertSaid, AppError, AsOf, By, Kind, PAGE_MAX, advert_text, adverts_in, competency_of, find_advert,
};
use metier_core::market::{AdvertEnd, Market};
use serde_json::json;

use super::super::recorded::recorded;
use super::super::short;
use crate::answer::Answer;
use crate::session::Session;

/// An advert to save.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market save advert.html --posted 2026-11-02
  pbpaste | metier market save - --title \"Content editor\"")]
pub struct SaveArgs {
    /// A file of text or a saved page; several adverts with a line --- between them; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What the work is called; absent: the first line
    #[arg(long)]
    title: Option<String>,
    /// Who asks
    #[arg(long, value_name = "NAME")]
    employer: Option<String>,
    /// Where the work is
    #[arg(long)]
    place: Option<String>,
    /// The day it was posted
    #[arg(long, value_name = "DATE")]
    posted: Option<Date>,
    /// Where it stood; nobody looks there
    #[arg(long, value_name = "URL")]
    link: Option<String>,
}

/// One advert.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier market advert 3
  metier market advert 3 --asks publish-an-article --sentence \"Write blog posts\"
  metier market advert 3 --asks-not publish-an-article
  metier market advert 3 --put-away answered")]
pub struct AdvertArgs {
    /// Its number in the list, its title, or its entry
    advert: String,
    /// It asks for this, in the sentence given
    #[arg(long, value_name = "COMPETENCY", requires = "sentence")]
    asks: Option<String>,
    /// It does not ask for this: in the sentence given, or nowhere
    #[arg(long, value_name = "COMPETENCY", conflicts_with = "asks")]
    asks_not: Option<String>,
    /// The sentence, word for word
    #[arg(long, value_name = "TEXT")]
    sentence: Option<String>,
    /// It counts no longer: answered, closed or not-for-me
    #[arg(long, value_name = "WHY", conflicts_with_all = ["asks", "asks_not"])]
    put_away: Option<EndWord>,
    /// It counts again
    #[arg(long, conflicts_with_all = ["asks", "asks_not", "put_away"])]
    again: bool,
}

/// Why an advert is put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EndWord {
    /// You answered it
    Answered,
    /// The work is given
    Closed,
    /// You would not answer it after all
    NotForMe,
}

/// Saves one.
pub async fn save(args: SaveArgs, session: &Session) -> Result<Answer, AppError> {
    let text = read(&args.file)?;
    let found = adverts_in(&AdvertSaid {
        title: args.title.unwrap_or_default(),
        employer: args.employer.unwrap_or_default(),
        place: args.place.unwrap_or_default(),
        posted: args.posted,
        link: args.link.unwrap_or_default(),
        text,
    })?;
    let metier = session.open().await?;
    let (mut ids, mut said) = (Vec::new(), Vec::new());
    for saved in metier.save_adverts(found).await? {
        said.push(format!("Saved: {}.", saved.title));
        if let Some((id, title)) = &saved.like {
            said.push(format!(
                "It is nearly the same as \u{201c}{title}\u{201d}. If they are one: metier market advert {} --put-away closed",
                short(*id)
            ));
        }
        ids.push(saved.id);
    }
    let next = Some("Next: metier market".into());
    recorded(session, &metier, ids, &said.join("\n"), &[], next).await
}

fn read(file: &std::path::Path) -> Result<String, AppError> {
    let named = file.display();
    let failed = |e: std::io::Error| AppError::new(Kind::Input, format!("{named} cannot be read: {e}"));
    let most = PAGE_MAX as u64 + 1;
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    } else {
        let open = std::fs::File::open(file).map_err(failed)?;
        open.take(most).read_to_end(&mut bytes).map_err(failed)?;
    }
    advert_text(&bytes)
}

/// Lists them.
pub async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let rows: Vec<_> = (1_usize..)
        .zip(&market.adverts)
        .map(|(number, a)| {
            json!({"number": number, "id": a.id, "title": a.what.title, "employer": a.what.employer, "place": a.what.place,
                "posted": a.what.posted, "saved": a.on, "link": a.what.link, "put_away": market.ended(a.id).map(|e| e.what.why)})
        })
        .collect();
    session.answer(&json!({ "adverts": rows }), |paper| {
        if market.adverts.is_empty() {
            return "No advert is here yet: metier market save FILE\n".into();
        }
        let mut text = String::new();
        for (number, advert) in (1_usize..).zip(&market.adverts) {
            let mut line = advert.what.title.clone();
            if !advert.what.employer.is_empty() {
                line += &format!(", {}", advert.what.employer);
            }
            if let Some(on) = advert.what.posted {
                line += &format!(", posted {}", day(on));
            }
            if let Some(end) = market.ended(advert.id) {
                line += &format!(" (put away: {})", advert_end(end.what.why));
            }
            text += &format!("{}\n", paper.paragraph(&format!("{number:>3}  "), 5, &line));
        }
        text
    })
}

/// Shows one, or puts something right in it.
pub async fn advert(args: AdvertArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let market = Market::in_journal(&sight.entries);
    let advert = find_advert(&sight.entries, &market, &args.advert)?;
    let framework = &sight.version.framework;
    if let Some(word) = args.asks.as_ref().or(args.asks_not.as_ref()) {
        let competency = competency_of(framework, word)?;
        let sentence = args.sentence.unwrap_or_default();
        let id = metier
            .rule_asked(advert.id, &competency, &sentence, args.asks.is_some())
            .await?;
        return recorded(
            session,
            &metier,
            vec![id],
            "Noted. Your word counts from now on.",
            &[],
            None,
        )
        .await;
    }
    if args.again {
        metier.reopen_advert(advert.id).await?;
        return recorded(session, &metier, vec![advert.id], "It counts again.", &[], None).await;
    }
    if let Some(why) = args.put_away {
        let why = match why {
            EndWord::Answered => AdvertEnd::Answered,
            EndWord::Closed => AdvertEnd::Closed,
            EndWord::NotForMe => AdvertEnd::NotForMe,
        };
        let id = metier.close_advert(advert.id, why).await?;
        let said = "Put away. It stays readable and counts no longer.";
        return recorded(session, &metier, vec![id], said, &[], None).await;
    }
    let seen = sight
        .advert(&market, advert.id)
        .ok_or_else(|| AppError::not_found("there is no such advert"))?;
    let words = Words::new(framework, &sight.entries, session.surroundings.today());
    let value = json!({"id": advert.id, "advert": advert.what, "sentences": seen.sentences});
    session.answer(&value, |paper| {
        let mut text = format!("{}\n\n", paper.strong(&advert.what.title));
        for sentence in &seen.sentences {
            text += &format!(
                "{}\n",
                paper.paragraph("", 0, &advert.what.text[sentence.at.clone()])
            );
            for (competency, _, by) in &sentence.asks {
                let said = if *by == By::Person { " (you said so)" } else { "" };
                text += &format!(
                    "{}\n",
                    paper.paragraph("    > ", 6, &format!("{}{said}", words.competency(competency)))
                );
            }
        }
        text
    })
}
