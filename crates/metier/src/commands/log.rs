//! `log`: records what happened, lists it, corrects it, takes it back.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use metier_app::words::{Words, plural};
use metier_app::{
    AppError, ITEMS_MAX, Kind, LogEvidence, Metier, PastedItem, ToClaim, drafts_of, evidence, find_entry,
};
use metier_core::evidence::{Artefact, Evidence, Stance};
use metier_core::framework::Framework;
use metier_core::id::{CredentialId, EntryId};
use metier_core::journal::{Fact, view};
use serde::Serialize;

use super::claim::with_stance;
use super::happening::Details;
use super::recorded::{Touched, on, recorded};
use super::timeline;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// The most of a pasted text that is read, in bytes.
const PASTE_MAX: u64 = 1 << 20;

/// What happened, or what to do with what is recorded.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier log \"Spring launch: eight articles on time\" --met --for publish-an-article/delivers
  metier log \"Coached Bo\" --learner Bo:unaided --for publish-an-article/teaches --on 2026-03-04
  metier log --list
  metier log --undo last
An ENTRY is named as the list shows it, or `last` for what was recorded last.")]
pub struct LogArgs {
    /// What happened, in one line
    #[arg(required_unless_present_any = ["list", "undo", "erase", "paste"])]
    text: Option<String>,
    /// The day it happened: 2026-03-04, today or yesterday
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// The step it shows; may be given again
    #[arg(long = "for", value_name = "COMPETENCY/STEP")]
    shows: Vec<String>,
    /// A step it speaks against; may be given again
    #[arg(long, value_name = "COMPETENCY/STEP")]
    against: Vec<String>,
    /// A credential of the framework that it is
    #[arg(long, value_name = "CREDENTIAL")]
    credential: Option<CredentialId>,
    /// More about it
    #[arg(long, value_name = "TEXT")]
    story: Option<String>,
    /// A link that shows it; may be given again
    #[arg(long, value_name = "URL")]
    link: Vec<String>,
    /// A file that shows it, kept with your journal; may be given again
    #[arg(long, value_name = "PATH")]
    file: Vec<PathBuf>,
    /// Hours it took
    #[arg(long, value_name = "H")]
    hours: Option<f64>,
    /// Its words stay with you; others read the redacted text
    #[arg(long, requires = "redacted")]
    confidential: bool,
    /// What others read when it is confidential
    #[arg(long, value_name = "TEXT")]
    redacted: Option<String>,
    #[command(flatten)]
    details: Details,

    /// List what was recorded, latest first
    #[arg(long, help_heading = "What is recorded", conflicts_with_all = ["text", "undo", "correct", "erase", "paste"])]
    list: bool,
    /// How many to list
    #[arg(
        long,
        value_name = "N",
        default_value_t = 30,
        help_heading = "What is recorded"
    )]
    limit: usize,
    /// Take an entry back; it stays to be seen, and can be brought back by undoing the undo
    #[arg(long, value_name = "ENTRY", help_heading = "What is recorded", conflicts_with_all = ["text", "correct", "erase", "paste"])]
    undo: Option<String>,
    /// Give an entry a new wording: log --correct ENTRY "the new text"
    #[arg(long, value_name = "ENTRY", help_heading = "What is recorded", requires = "text", conflicts_with_all = ["erase", "paste"])]
    correct: Option<String>,
    /// Erase the content of an entry for good
    #[arg(long, value_name = "ENTRY", help_heading = "What is recorded", requires = "reason", conflicts_with_all = ["text", "paste"])]
    erase: Option<String>,
    /// Why it is undone or erased
    #[arg(long, value_name = "TEXT", help_heading = "What is recorded")]
    reason: Option<String>,
    /// Show what a pasted list would record; `-` reads what is piped in
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "What is recorded",
        conflicts_with = "text"
    )]
    paste: Option<PathBuf>,
    /// Record the pasted list
    #[arg(long, help_heading = "What is recorded", requires = "paste")]
    yes: bool,
}

/// Does what was asked.
pub async fn run(args: LogArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if args.list {
        return timeline::list(session, &metier, args.limit).await;
    }
    if let Some(entry) = &args.undo {
        return undo(
            session,
            &metier,
            entry,
            args.reason.as_deref().unwrap_or_default(),
        )
        .await;
    }
    if let Some(entry) = &args.erase {
        return erase(
            session,
            &metier,
            entry,
            args.reason.as_deref().unwrap_or_default(),
        )
        .await;
    }
    if let Some(file) = &args.paste {
        return paste(session, &metier, &args, file).await;
    }
    if let Some(entry) = &args.correct {
        return correct(session, &metier, &args, entry).await;
    }
    add(session, &metier, args).await
}

async fn add(session: &Session, metier: &Metier, args: LogArgs) -> Result<Answer, AppError> {
    let life = metier.life().await?;
    let version = life.current();
    let framework = version.map(|v| &*v.framework);
    let claims = claims(&args, framework)?;
    let happening = args.details.happening(framework, &claims)?;
    let on_day = session.day(args.on);
    let mut what = evidence(args.text.as_deref().unwrap_or_default().trim(), happening);
    told(&mut what, &args);
    let files = files(&args)?;
    let touched = Touched::by(&claims);
    let said = format!(
        "Recorded{}: {}.",
        on(on_day, session),
        what.title.trim_end_matches('.')
    );
    let log = LogEvidence {
        on: on_day,
        evidence: what,
        claims,
        files,
    };
    let unclaimed = log.claims.is_empty();
    let id = metier.log(log).await?;
    let hint = unclaimed.then(|| {
        "Say what it shows, and it counts: metier claim last COMPETENCY/STEP (metier framework show lists them)"
            .to_owned()
    });
    recorded(session, metier, vec![id], &said, &touched, hint).await
}

fn claims(args: &LogArgs, framework: Option<&Framework>) -> Result<Vec<ToClaim>, AppError> {
    let mut claims = Vec::new();
    if args.shows.is_empty() && args.against.is_empty() && args.credential.is_none() {
        return Ok(claims);
    }
    let Some(framework) = framework else {
        return Err(
            AppError::not_ready("no profession was chosen yet, so there is nothing to show")
                .hint("Run `metier start --profession …` first, or leave out --for."),
        );
    };
    for step in &args.shows {
        claims.push(ToClaim::read(step, framework)?);
    }
    for step in &args.against {
        claims.push(with_stance(ToClaim::read(step, framework)?, Stance::Contradicts));
    }
    claims.extend(args.credential.clone().map(ToClaim::Credential));
    Ok(claims)
}

/// The files named, read.
fn files(args: &LogArgs) -> Result<Vec<(String, String, Vec<u8>)>, AppError> {
    args.file.iter().map(|file| Metier::file(file)).collect()
}

/// What was typed of a piece of evidence beside its title and kind.
fn told(evidence: &mut Evidence, args: &LogArgs) {
    if let Some(story) = &args.story {
        story.trim().clone_into(&mut evidence.story);
    }
    if args.hours.is_some() {
        evidence.hours = args.hours;
    }
    evidence.confidential |= args.confidential;
    if let Some(redacted) = &args.redacted {
        redacted.trim().clone_into(&mut evidence.redacted);
    }
    evidence
        .artefacts
        .extend(args.link.iter().map(|url| Artefact::Link {
            url: url.trim().to_owned(),
            checked_on: None,
        }));
}

async fn correct(session: &Session, metier: &Metier, args: &LogArgs, word: &str) -> Result<Answer, AppError> {
    if !(args.shows.is_empty() && args.against.is_empty()) {
        return Err(
            AppError::input("a correction rewords what is there; it takes no step")
                .hint("For a step: metier claim ENTRY COMPETENCY/STEP"),
        );
    }
    let (entries, _) = metier.read().await?;
    let entry = find_entry(&entries, word)?;
    let now = view(&entries, session.surroundings.now());
    let roots = metier_core::journal::View::roots(&entries);
    let root = roots.get(&entry).copied().unwrap_or(entry);
    let lasting = now.facts.iter().find(|f| f.root == root);
    let Some((Fact::Evidence(old), was_on)) = lasting.map(|l| (l.fact(), l.occurred_on())) else {
        return Err(AppError::input(
            "only something that happened, and was not taken back, can be reworded so",
        )
        .hint("Take the entry back with `metier log --undo ENTRY` and record it anew."));
    };
    let mut what = (**old).clone();
    args.text
        .as_deref()
        .unwrap_or_default()
        .trim()
        .clone_into(&mut what.title);
    if !args.details.none() {
        what.what = args.details.happening(None, &[])?;
    }
    told(&mut what, args);
    let said = format!("Corrected: {}.", what.title.trim_end_matches('.'));
    let on_day = args.on.map_or(was_on, |day| session.day(Some(day)));
    let log = LogEvidence {
        on: on_day,
        evidence: what,
        claims: Vec::new(),
        files: files(args)?,
    };
    let id = metier.correct_evidence(root, log).await?;
    let hint = "The old wording stays to be seen: metier log --list".to_owned();
    recorded(session, metier, vec![id], &said, &[], Some(hint)).await
}

async fn undo(session: &Session, metier: &Metier, word: &str, reason: &str) -> Result<Answer, AppError> {
    let (entries, _) = metier.read().await?;
    let entry = find_entry(&entries, word)?;
    let said = format!("Taken back: {}.", title(session, metier, entry).await?);
    let id = metier.withdraw(entry, reason).await?;
    let hint = format!(
        "It stays to be seen. To bring it back: metier log --undo {}",
        super::short(id)
    );
    recorded(session, metier, vec![id], &said, &[], Some(hint)).await
}

async fn erase(session: &Session, metier: &Metier, word: &str, reason: &str) -> Result<Answer, AppError> {
    let (entries, _) = metier.read().await?;
    let entry = find_entry(&entries, word)?;
    metier.erase(entry, reason).await?;
    let said =
        "Erased for good: what it said is gone; that something stood here, when and why it went stays.";
    let hint = "Exports and backups made before still hold it.".to_owned();
    recorded(session, metier, vec![entry], said, &[], Some(hint)).await
}

async fn title(session: &Session, metier: &Metier, entry: EntryId) -> Result<String, AppError> {
    let (entries, life) = metier.read().await?;
    let found = entries.iter().find(|e| e.link.id == entry);
    let said = match (found, life.current()) {
        (Some(entry), Some(version)) => {
            Words::new(&version.framework, &entries, session.surroundings.today()).fact(&entry.payload.fact)
        }
        _ => entry.to_string(),
    };
    Ok(said.trim_end_matches('.').to_owned())
}

/// What a pasted list would record.
#[derive(Debug, Serialize)]
struct Pasted<'a> {
    would_record: &'a [PastedItem],
    recorded: Vec<EntryId>,
}

async fn paste(session: &Session, metier: &Metier, args: &LogArgs, file: &Path) -> Result<Answer, AppError> {
    let items = drafts_of(&text_of(file)?, session.surroundings.today())?;
    let life = metier.life().await?;
    let framework = life.current().map(|v| &*v.framework);
    let claims = claims(args, framework)?;
    let today = session.day(args.on);
    let ids = if args.yes {
        let mut logs = Vec::with_capacity(items.len());
        for item in &items {
            let mut what = evidence(&item.text, args.details.happening(framework, &claims)?);
            told(&mut what, args);
            logs.push(LogEvidence {
                on: item.date.unwrap_or(today),
                evidence: what,
                claims: claims.clone(),
                files: Vec::new(),
            });
        }
        metier.log_all(logs).await?
    } else {
        Vec::new()
    };
    metier.close().await;
    let pasted = Pasted {
        would_record: &items,
        recorded: ids,
    };
    session.answer(&pasted, |paper| {
        let count = plural(items.len() as u64, "thing", "things");
        let mut text = if args.yes {
            format!("Recorded {count}:\n")
        } else {
            format!("This would record {count}:\n")
        };
        for item in &items {
            let date = item.date.unwrap_or(today).to_string();
            text += &format!("{}\n", paper.paragraph(&date, 12, &item.text));
        }
        if items.len() == ITEMS_MAX {
            text += &format!("Only the first {ITEMS_MAX} are taken at once.\n");
        }
        if !args.yes {
            text += "Nothing is recorded yet. The same command with --yes records them.\n";
        }
        text
    })
}

fn text_of(file: &Path) -> Result<String, AppError> {
    let named = file.display();
    let failed = |e: std::io::Error| AppError::new(Kind::Input, format!("{named} cannot be read: {e}"));
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().take(PASTE_MAX + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file)
            .map_err(failed)?
            .take(PASTE_MAX + 1)
            .read_to_end(&mut bytes)
    }
    .map_err(failed)?;
    if bytes.len() as u64 > PASTE_MAX {
        return Err(
            AppError::input(format!("{named} has more than {PASTE_MAX} bytes"))
                .hint("Paste it in parts. Nothing was recorded."),
        );
    }
    String::from_utf8(bytes).map_err(|e| {
        AppError::input(format!(
            "{named} is not text in UTF-8: byte {} does not fit",
            e.utf8_error().valid_up_to() + 1
        ))
        .hint("Save it as UTF-8. Nothing was recorded.")
    })
}
