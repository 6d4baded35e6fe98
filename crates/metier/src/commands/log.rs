//! `log`: records what happened, lists it, corrects it, takes it back.

use std::path::{Path, PathBuf};

use clap::Args;
use metier_app::words::{self, Words, plural};
use metier_app::{
    AppError, Captured, Instead, LogEvidence, Metier, PASTE_MAX, Taken, ToClaim, Yes, evidence, evidence_of,
    find_entry, without_questions,
};
use metier_core::evidence::{Artefact, Evidence, Stance};
use metier_core::framework::Framework;
use metier_core::id::{CredentialId, EntryId};
use metier_core::journal::{Fact, view};
use serde::Serialize;

use super::claim::with_stance;
use super::drafts::{self, FormWord};
use super::happening::Details;
use super::recorded::{Touched, on, recorded};
use super::timeline;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

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
    /// Its words stay with you; others read the redacted text, or nothing
    #[arg(long)]
    confidential: bool,
    /// What others read in its place: written for others to read
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
    /// Keep a list, a resume, a brag document or a mail as drafts; `-` reads what is piped in
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "What is pasted",
        conflicts_with = "text"
    )]
    paste: Option<PathBuf>,
    /// What it is, where that is not found out right
    #[arg(
        long = "as",
        value_name = "FORM",
        help_heading = "What is pasted",
        requires = "paste",
        hide_possible_values = true,
        help = drafts::AS_HELP
    )]
    taken_as: Option<FormWord>,
    /// Record all of it at once that leaves no question open
    #[arg(long, help_heading = "What is pasted", requires = "paste")]
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

/// A word that elsewhere is a command of its own: nobody did "list".
const MISTAKEN: [&str; 5] = ["list", "undo", "erase", "paste", "correct"];

async fn add(session: &Session, metier: &Metier, args: LogArgs) -> Result<Answer, AppError> {
    let text = args.text.as_deref().unwrap_or_default().trim().to_lowercase();
    if let Some(word) = MISTAKEN.iter().find(|word| **word == text) {
        return Err(
            AppError::input(format!("`{word}` alone does not say what happened")).hint(format!(
                "To {word} what is recorded: metier log --{word}. To record something, say it in a few words."
            )),
        );
    }
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

/// What became of a paste, and what of it was recorded.
#[derive(Debug, Serialize)]
struct Pasted<'a> {
    #[serde(flatten)]
    taken: &'a Taken,
    confirmed: Vec<EntryId>,
    open: Vec<drafts::Open<'a>>,
}

async fn paste(session: &Session, metier: &Metier, args: &LogArgs, file: &Path) -> Result<Answer, AppError> {
    let named = drafts::name_of(file);
    let bytes = drafts::bytes_of(file, PASTE_MAX)?;
    let form = args.taken_as.map(drafts::form);
    let reading = Metier::read_capture(&named, &bytes, form)?;
    let life = metier.life().await?;
    let framework = life.current().map(|v| &*v.framework);
    let claims = claims(args, framework)?;
    let source = drafts::source_of(file);
    let taken = metier.capture(&source, reading).await?;
    let of_it: Vec<Captured> = taken.new.iter().chain(&taken.waiting).cloned().collect();
    let (sure, open) = without_questions(&of_it, args.on.is_some());
    let open = if args.yes { open } else { Vec::new() };
    let confirmed = if args.yes {
        let yes: Result<Vec<Yes>, AppError> = sure
            .iter()
            .map(|d| yes_to(d, args, framework, &claims, session))
            .collect();
        metier.confirm_drafts(yes?).await?.now
    } else {
        Vec::new()
    };
    metier.close().await;
    let pasted = Pasted {
        taken: &taken,
        confirmed,
        open: drafts::opened(&open),
    };
    session.answer(&pasted, |paper| {
        let mut text = String::new();
        for said in words::taken(&taken) {
            text += &format!("{}\n", paper.paragraph("", 0, &said));
        }
        let shown: Vec<&Captured> = taken.new.iter().chain(&taken.waiting).collect();
        text += &drafts::listed(&shown, framework, session, paper);
        text += &drafts::left_out(&taken.left_out, paper);
        text + &match pasted.confirmed.len() as u64 {
            0 if shown.is_empty() || args.yes => String::new(),
            0 => drafts::HOW_TO_CONFIRM.to_owned(),
            n => format!("Recorded {}.\n", plural(n, "thing", "things")),
        } + &drafts::waiting(&open, paper)
    })
}

/// A yes to a draft with what was typed beside it.
fn yes_to(
    draft: &Captured,
    args: &LogArgs,
    framework: Option<&Framework>,
    claims: &[ToClaim],
    session: &Session,
) -> Result<Yes, AppError> {
    let own = draft.proposal.day.as_ref().map(|d| d.date);
    let on = own.unwrap_or_else(|| session.day(args.on));
    if draft.proposal.what.kind().is_none() {
        return Ok(Yes::to(draft.id));
    }
    let mut what = evidence_of(&draft.proposal);
    if !args.details.none() || !claims.is_empty() {
        what.what = args.details.happening(framework, claims)?;
    }
    told(&mut what, args);
    Ok(Yes {
        instead: Some(Instead::Evidence(Box::new(LogEvidence {
            on,
            evidence: what,
            claims: claims.to_vec(),
            files: Vec::new(),
        }))),
        ..Yes::to(draft.id)
    })
}
