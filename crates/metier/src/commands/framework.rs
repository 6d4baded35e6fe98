//! `framework`: criteria as documents.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use metier_app::words::{Words, capital, change, plural, question};
use metier_app::{
    AppError, Life, Metier, compare, draft_occupation, find_framework, needed_catalogue, starters,
};
use metier_core::canonical::Digest;
use metier_core::framework::ambiguity::{Ambiguity, ambiguities};
use metier_core::framework::{Change, Framework};
use metier_core::id::FamilyId;
use metier_exchange::{DocumentProblem, framework_yaml};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::recorded::recorded;
use super::{crosswalk, levels};
use crate::answer::Answer;
use crate::paper::{Paper, pad};
use crate::session::Session;

/// What to do with criteria.
#[derive(Debug, Subcommand)]
pub enum FrameworkCommand {
    /// The starters, and what was published here
    List,
    /// Read one; the one you aim at when none is named
    Show {
        /// A family, FAMILY@VERSION, the beginning of a digest, or a file
        word: Option<String>,
        /// Print the document itself, to be edited
        #[arg(long)]
        yaml: bool,
    },
    /// Draft one from an occupation of the catalogue, as a document to make your own
    Draft {
        /// The occupation's code, as in 15-1252.00
        #[arg(long, value_name = "CODE")]
        occupation: String,
        /// Keep the draft in your journal too
        #[arg(long)]
        keep: bool,
    },
    /// Print a short document that explains the format
    Template,
    /// Check criteria: what is to be mended (exit status 1), and which words leave it open
    Check {
        /// A document; or a family, FAMILY@VERSION, or a digest's beginning
        word: String,
    },
    /// Take in a company's levelling document: CSV, Excel workbook, YAML or JSON
    Import(Box<levels::ImportArgs>),
    /// What of the criteria you aim at counts in another framework: proposed, and confirmed by you
    Crosswalk(crosswalk::CrosswalkArgs),
    /// Publish a document as a version that never changes again
    Publish {
        /// The document
        file: PathBuf,
        /// Aim at it from now on
        #[arg(long)]
        adopt: bool,
    },
    /// What changed between two
    Diff {
        /// The older: a family, FAMILY@VERSION, a digest's beginning, or a file
        old: String,
        /// The newer
        new: String,
    },
    /// Aim at the latest version published here, with the same level and date
    Adopt,
}

/// Does what was asked.
pub async fn run(command: FrameworkCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        FrameworkCommand::List => list(session).await,
        FrameworkCommand::Show { word, yaml } => show(session, word.as_deref(), yaml).await,
        FrameworkCommand::Draft { occupation, keep } => draft(session, &occupation, keep).await,
        FrameworkCommand::Template => {
            let template = framework_yaml::template();
            session.answer(&template, |_| template.to_owned())
        }
        FrameworkCommand::Check { word } => check(session, &word).await,
        FrameworkCommand::Import(args) => levels::import(*args, session).await,
        FrameworkCommand::Crosswalk(args) => crosswalk::crosswalk(args, session).await,
        FrameworkCommand::Publish { file, adopt } => publish(session, &file, adopt).await,
        FrameworkCommand::Diff { old, new } => diff(session, &old, &new).await,
        FrameworkCommand::Adopt => {
            let metier = session.open().await?;
            let before = metier.life().await?.needed()?.digest;
            let id = metier.adopt_latest().await?;
            let now = metier.life().await?.needed()?.clone();
            let said = if now.digest == before {
                format!(
                    "You aim at the latest version of {} already.",
                    now.framework.title
                )
            } else {
                format!(
                    "You now aim at {}, version {}.",
                    now.framework.title, now.framework.version
                )
            };
            recorded(session, &metier, vec![id], &said, &[], None).await
        }
    }
}

/// A framework there is to choose from.
#[derive(Debug, Serialize)]
struct Listed {
    family: FamilyId,
    version: String,
    title: String,
    digest: Digest,
    starter: bool,
    aimed_at: bool,
    practices: usize,
    competencies: usize,
    levels: Vec<String>,
}

/// The person's life, where somebody started here.
async fn life_here(session: &Session) -> Result<Option<std::sync::Arc<Life>>, AppError> {
    if !Metier::exists(&session.home) {
        return Ok(None);
    }
    Ok(Some(session.open().await?.life().await?))
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let life = life_here(session).await?;
    let mut there = Vec::new();
    if let Some(life) = &life {
        let aimed = life.current().map(|v| v.digest);
        for version in &life.versions {
            there.push(listed(&version.framework, false, aimed == Some(version.digest))?);
        }
    }
    for starter in starters() {
        there.push(listed(&starter.framework, true, false)?);
    }
    session.answer(&there, |paper| {
        let mut text = String::new();
        for (head, starter) in [("Published here", false), ("Starters", true)] {
            let those: Vec<&Listed> = there.iter().filter(|l| l.starter == starter).collect();
            if those.is_empty() {
                continue;
            }
            text += &format!("{}\n", paper.strong(head));
            for one in those {
                let aimed = if one.aimed_at { "; what you aim at" } else { "" };
                text += &format!(
                    "  {:<26} {}, version {}: {} practices, {} competencies{aimed}\n",
                    one.family.as_str(), one.title, one.version, one.practices, one.competencies
                );
            }
        }
        text + "For any other profession: metier catalog search \"...\", then metier framework draft --occupation CODE\n"
    })
}

fn listed(framework: &Framework, starter: bool, aimed_at: bool) -> Result<Listed, AppError> {
    Ok(Listed {
        family: framework.family.clone(),
        version: framework.version.clone(),
        title: framework.title.clone(),
        digest: framework.digest()?,
        starter,
        aimed_at,
        practices: framework.practices.len(),
        competencies: framework.competencies.len(),
        levels: framework.levels.iter().map(|l| l.id.to_string()).collect(),
    })
}

/// A framework by a word or a file.
async fn find(session: &Session, word: &str) -> Result<Framework, AppError> {
    let path = Path::new(word);
    if path.is_file() {
        return document(path);
    }
    find_framework(life_here(session).await?.as_deref(), word)
}

/// A framework document from a file.
///
/// # Errors
/// When it cannot be read, or has anything to mend.
pub fn document(path: &Path) -> Result<Framework, AppError> {
    let named = path.display().to_string();
    framework_yaml::read(&bytes_of(path)?)
        .map_err(|problems| AppError::document(&named, &problems).hint("Nothing was changed."))
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, AppError> {
    let failed = |e| AppError::input(format!("{} cannot be read: {e}", path.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .map_err(failed)?
        // One byte more than is read, so that the reader says it is too large.
        .take(framework_yaml::DOCUMENT_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

async fn show(session: &Session, word: Option<&str>, yaml: bool) -> Result<Answer, AppError> {
    let framework = match word {
        Some(word) => find(session, word).await?,
        None => (*session.open().await?.life().await?.needed()?.framework).clone(),
    };
    session.answer(&framework, |paper| {
        if yaml {
            framework_yaml::write(&framework)
        } else {
            read(&framework, paper, session)
        }
    })
}

fn read(framework: &Framework, paper: Paper, session: &Session) -> String {
    let mut text = format!(
        "{}, version {}\n",
        paper.strong(&framework.title),
        framework.version
    );
    for part in [&framework.summary, &framework.note] {
        if !part.is_empty() {
            text += &format!("{}\n", paper.paragraph("", 0, part));
        }
    }
    for credit in &framework.credits {
        text += &paper.faint(&format!("{}\n", paper.paragraph("", 0, credit)));
    }
    let names = framework
        .competencies
        .iter()
        .map(|c| c.name.width())
        .max()
        .unwrap_or(0)
        .min(56);
    for practice in &framework.practices {
        text += &format!(
            "\n{}  {}\n",
            paper.strong(&practice.name),
            paper.faint(practice.id.as_str())
        );
        for competency in framework.competencies_of(&practice.id) {
            let id = competency.id.as_str();
            let (name, wide) = (
                pad(&competency.name, names),
                names + 4 + id.len() <= paper.width(),
            );
            let between = if wide {
                "  ".to_owned()
            } else {
                format!("\n{}", pad("", 6))
            };
            text += &format!(
                "  {}{between}{}\n",
                if wide { name.as_str() } else { name.trim_end() },
                paper.faint(id)
            );
        }
    }
    let words = Words::new(framework, &[], session.surroundings.today());
    text += &format!("\n{}\n", paper.strong("Steps"));
    for (n, rung) in (1..).zip(framework.ladder.active()) {
        let said = format!("{}: {}", rung.title, words.criterion(&rung.criterion));
        text += &format!("{}\n", paper.paragraph(&format!("  {n} {}", rung.id), 18, &said));
    }
    if !framework.levels.is_empty() {
        text += &format!("\n{}\n", paper.strong("Levels"));
    }
    for level in &framework.levels {
        let asks = plural(level.expectations.len() as u64, "competency", "competencies");
        let said = format!("{}, names {asks}. {}", level.name, level.summary);
        text += &format!("{}\n", paper.paragraph(&format!("  {}", level.id), 18, &said));
    }
    text
}

async fn draft(session: &Session, code: &str, keep: bool) -> Result<Answer, AppError> {
    let framework = draft_occupation(&needed_catalogue(&session.home)?, code)?;
    if keep {
        let metier = session.open().await?;
        metier.draft_framework(framework.clone()).await?;
        metier.close().await;
    }
    session.answer(&framework, |_| framework_yaml::write(&framework))
}

#[derive(Debug, Serialize)]
struct Checked {
    ok: bool,
    problems: Vec<DocumentProblem>,
    /// Words that leave it open whether a criterion is met: advice, not problems.
    open: Vec<Ambiguity>,
}

async fn check(session: &Session, word: &str) -> Result<Answer, AppError> {
    let read = if Path::new(word).exists() {
        framework_yaml::read(&bytes_of(Path::new(word))?)
    } else {
        Ok(find(session, word).await?)
    };
    let checked = Checked {
        ok: read.is_ok(),
        problems: read.as_ref().err().cloned().unwrap_or_default(),
        open: read.as_ref().map(ambiguities).unwrap_or_default(),
    };
    session.answer_to(checked.ok, &checked, |paper| match &read {
        Ok(f) => {
            format!(
                "{word}: {}, version {}. {} practices, {} competencies, nothing to mend.\n",
                f.title,
                f.version,
                f.practices.len(),
                f.competencies.len()
            ) + &open_words(f, &checked.open, paper, session)
        }
        Err(problems) => problems
            .iter()
            .map(|problem| format!("{word}: {problem}\n"))
            .collect(),
    })
}

/// The words that leave it open, with the questions to ask.
fn open_words(framework: &Framework, open: &[Ambiguity], paper: Paper, session: &Session) -> String {
    if open.is_empty() {
        return String::new();
    }
    let words = Words::new(framework, &[], session.surroundings.today());
    let count: usize = open.iter().map(|o| o.flags.len()).sum();
    let mut text = format!(
        "\n{}\n",
        paper.paragraph(
            "",
            0,
            &format!(
                "{} can be read either way. Ask before the day it matters:",
                capital(&plural(count as u64, "place", "places"))
            )
        )
    );
    for one in open {
        let step = match &one.rung {
            Some(rung) => format!(", {}", words.rung(rung)),
            None => String::new(),
        };
        text += &format!("\n{}{step}\n", paper.strong(words.competency(&one.competency)));
        for flag in &one.flags {
            text += &format!("{}\n", paper.paragraph("  -", 4, &question(flag)));
            text += &paper.faint(&format!(
                "{}\n",
                paper.paragraph("", 4, &format!("in: {}", flag.sentence))
            ));
        }
    }
    text
}

async fn publish(session: &Session, file: &Path, adopt: bool) -> Result<Answer, AppError> {
    let framework = document(file)?;
    let metier = session.open().await?;
    let family = framework.family.clone();
    let mut said = format!("Published: {}, version {}.", framework.title, framework.version);
    let mut ids = vec![metier.publish_framework(framework).await?];
    let aimed = metier.life().await?.aim().map(|a| a.family.clone());
    let hint = if adopt {
        if aimed.as_ref() == Some(&family) {
            ids.push(metier.adopt_latest().await?);
        } else {
            ids.push(
                metier
                    .aim(Some(&family), metier_app::AimChoice::default())
                    .await?,
            );
        }
        said += " You aim at it from now on.";
        None
    } else {
        Some("What you aim at is as before. To aim at this: metier framework adopt".to_owned())
    };
    recorded(session, &metier, ids, &said, &[], hint).await
}

async fn diff(session: &Session, old: &str, new: &str) -> Result<Answer, AppError> {
    let (old, new) = (find(session, old).await?, find(session, new).await?);
    let changes: Vec<Change> = compare(&old, &new);
    session.answer(&changes, |paper| {
        if changes.is_empty() {
            return "No difference in criteria.\n".into();
        }
        let mut text = format!(
            "{} {} to {} {}, {}:\n",
            old.title,
            old.version,
            new.title,
            new.version,
            plural(changes.len() as u64, "change", "changes")
        );
        for one in &changes {
            text += &format!(
                "{}\n",
                paper.paragraph("  -", 4, &change(&old, &new, one).sentence())
            );
        }
        text
    })
}
