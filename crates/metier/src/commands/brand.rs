//! `brand`: values, skills and experiences together, and what sets one apart.

use clap::Args;
use metier_app::words::{Words, day};
use metier_app::{Apart, AppError, AsOf, BrandSaid, ValueSaid, competency_of, find_entry};
use metier_core::id::EntryId;
use metier_core::journal::Entry;
use metier_core::presence::{Brand, Presence};

use super::recorded::recorded;
use crate::answer::Answer;
use crate::session::Session;

/// What one stands for.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier brand
  metier brand --sentence \"I make gardening plain\" --value \"Plainness=I cut what a beginner would not understand\"
  metier brand --skill edit-a-text --apart \"Was a gardener first\" --apart \"Edits on paper=last\"

What is given of a sort takes the place of what was said of that sort; the rest stays.")]
pub struct BrandArgs {
    /// In a sentence
    #[arg(long, value_name = "TEXT")]
    sentence: Option<String>,
    /// A value, with = and what you do because of it; may be given again
    #[arg(long, value_name = "NAME[=MEANING]")]
    value: Vec<String>,
    /// A skill to be known for; may be given again
    #[arg(long, value_name = "COMPETENCY")]
    skill: Vec<String>,
    /// An experience to be known for: evidence; may be given again
    #[arg(long, value_name = "ENTRY")]
    experience: Vec<String>,
    /// What sets you apart, with = and the evidence that shows it; may be given again
    #[arg(long, value_name = "WHAT[=ENTRY]")]
    apart: Vec<String>,
}

/// Says it, or shows it.
pub async fn run(args: BrandArgs, session: &Session) -> Result<Answer, AppError> {
    let said_nothing = args.sentence.is_none()
        && [&args.value, &args.skill, &args.experience, &args.apart]
            .iter()
            .all(|list| list.is_empty());
    if said_nothing {
        return show(session).await;
    }
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let mut said = before(&entries);
    if let Some(sentence) = args.sentence {
        said.sentence = sentence;
    }
    if !args.value.is_empty() {
        said.values = args.value.iter().map(|text| value(text)).collect();
    }
    if !args.skill.is_empty() {
        let skills = args.skill.iter().map(|word| competency_of(framework, word));
        said.skills = skills.collect::<Result<_, _>>()?;
    }
    if !args.experience.is_empty() {
        let experiences = args.experience.iter().map(|word| find_entry(&entries, word));
        said.experiences = experiences.collect::<Result<_, _>>()?;
    }
    if !args.apart.is_empty() {
        let apart = args.apart.iter().map(|text| apart(&entries, text));
        said.apart = apart.collect::<Result<_, _>>()?;
    }
    let id = metier.stand_for(said).await?;
    let text = "Said. What stood before stays in the journal.";
    recorded(session, &metier, vec![id], text, &[], None).await
}

fn value(text: &str) -> ValueSaid {
    let (name, means) = text.split_once('=').unwrap_or((text, ""));
    ValueSaid {
        id: None,
        name: name.trim().to_owned(),
        means: means.trim().to_owned(),
    }
}

fn apart(entries: &[Entry], text: &str) -> Result<Apart, AppError> {
    let (words, shown_by) = match text.rsplit_once('=') {
        Some((words, entry)) => (words, vec![find_entry(entries, entry)?]),
        None => (text, Vec::new()),
    };
    Ok(Apart {
        words: words.trim().to_owned(),
        shown_by,
    })
}

/// What was said before, to be said again with what is new.
fn before(entries: &[Entry]) -> BrandSaid {
    let Some(brand) = Presence::in_journal(entries).brand() else {
        return BrandSaid::default();
    };
    let brand = brand.what;
    BrandSaid {
        sentence: brand.sentence.clone(),
        values: brand
            .values
            .iter()
            .map(|v| ValueSaid {
                id: Some(v.id.clone()),
                name: v.name.clone(),
                means: v.means.clone(),
            })
            .collect(),
        skills: brand.skills.clone(),
        experiences: brand.experiences.clone(),
        apart: brand
            .differentiators
            .iter()
            .map(|d| Apart {
                words: d.words.clone(),
                shown_by: d.shown_by.clone(),
            })
            .collect(),
    }
}

async fn show(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let words = Words::new(
        &sight.version.framework,
        &sight.entries,
        session.surroundings.today(),
    );
    let brand = Presence::in_journal(&sight.entries).brand().map(|b| b.what);
    session.answer(&brand, |paper| match brand {
        None => "Nothing was said yet: metier brand --value \"NAME=WHAT YOU DO BECAUSE OF IT\"\n".into(),
        Some(brand) => told(brand, &words, paper),
    })
}

fn told(brand: &Brand, words: &Words<'_>, paper: crate::paper::Paper) -> String {
    let shown = |id: &EntryId| {
        let on = words
            .happened_on(id)
            .map_or_else(String::new, |on| format!(", {}", day(on)));
        format!("{}{on}", words.evidence(id))
    };
    let mut text = String::new();
    if !brand.sentence.is_empty() {
        text += &format!("{}\n", paper.paragraph("", 0, &brand.sentence));
    }
    let mut part = |name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text += &format!("\n{}\n", paper.strong(name));
        }
        for line in lines {
            text += &format!("{}\n", paper.paragraph("  ", 4, &line));
        }
    };
    let values = brand.values.iter().map(|v| match v.means.as_str() {
        "" => format!("{}: not said yet what you do because of it", v.name),
        means => format!("{}: {means}", v.name),
    });
    part("Values", values.collect());
    let skills = brand.skills.iter().map(|id| words.competency(id).to_owned());
    part("To be known for", skills.collect());
    part("Experiences", brand.experiences.iter().map(shown).collect());
    let apart = brand.differentiators.iter().map(|d| {
        let backed = d.shown_by.iter().filter(|id| words.of_evidence(id).is_some());
        let backed: Vec<String> = backed.map(shown).collect();
        if backed.is_empty() {
            format!("{}: nothing shows it yet", d.words)
        } else {
            format!("{}: shown by {}", d.words, metier_app::words::list(&backed))
        }
    });
    part("What sets you apart", apart.collect());
    text
}
