//! `drafts`: what waits for a yes, and saying yes or no to it.

use std::io::Read;
use std::path::Path;

use clap::{Args, ValueEnum};
use metier_app::words::{capital, held, left_waiting, marked_confidential, plural, taken_for, understood};
use metier_app::{
    AppError, Captured, Form, Kind, Metier, Recorded, ToClaim, Yes, find_draft, suggested, without_questions,
};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use serde::Serialize;

use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::Paper;
use crate::session::Session;

/// What to do with drafts.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier drafts
  metier drafts --confirm 3f21a9c4 --for publish-an-article/delivers
  metier drafts --confirm all
  metier drafts --dismiss 3f21a9c4,90ab12cd
Drafts come from `metier log --paste`, `metier import` and a paired phone. A DRAFT is named as the list shows it.")]
pub struct DraftsArgs {
    /// Record these; `all` records every one that waits and leaves no question open
    #[arg(long, value_name = "DRAFT", value_delimiter = ',')]
    confirm: Vec<String>,
    /// The day of those that say none: 2026-03-04, today or yesterday
    #[arg(long, value_name = "DATE", requires = "confirm")]
    on: Option<Day>,
    /// The step that those confirmed show; may be given again
    #[arg(long = "for", value_name = "COMPETENCY/STEP", requires = "confirm")]
    shows: Vec<String>,
    /// Dismiss these; they can be brought back until they are forgotten
    #[arg(long, value_name = "DRAFT", value_delimiter = ',', conflicts_with = "confirm")]
    dismiss: Vec<String>,
    /// Bring these back that were dismissed
    #[arg(long, value_name = "DRAFT", value_delimiter = ',', conflicts_with_all = ["confirm", "dismiss"])]
    bring_back: Vec<String>,
    /// List what was dismissed
    #[arg(long, conflicts_with_all = ["confirm", "dismiss", "bring_back"])]
    dismissed: bool,
    /// Forget for good what was dismissed
    #[arg(long, conflicts_with_all = ["confirm", "dismiss", "bring_back", "dismissed"])]
    forget: bool,
}

/// Help on a form that is named.
pub const AS_HELP: &str =
    "What it is, where that is not found out right: list, resume, json-resume, markdown, mail or table";

/// Forms of what is pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormWord {
    /// One thing a line
    List,
    /// A resume as text
    Resume,
    /// A resume in the form of jsonresume.org
    JsonResume,
    /// Headings and bullets
    Markdown,
    /// A mail
    Mail,
    /// A table, one thing a row
    Table,
}

/// The form a word names.
pub fn form(word: FormWord) -> Form {
    match word {
        FormWord::List => Form::List,
        FormWord::Resume => Form::Resume,
        FormWord::JsonResume => Form::JsonResume,
        FormWord::Markdown => Form::Markdown,
        FormWord::Mail => Form::Mail,
        FormWord::Table => Form::Table,
    }
}

/// How drafts are confirmed, under a list of them.
pub const HOW_TO_CONFIRM: &str = "\
Nothing is recorded yet. Record one: metier drafts --confirm ID; all that leave no question open: --confirm all
";

/// Does what was asked.
pub async fn run(args: DraftsArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if !args.confirm.is_empty() {
        return confirm(session, &metier, &args).await;
    }
    if !args.dismiss.is_empty() {
        let ids = named(&metier.captured().await?, &args.dismiss)?;
        metier.dismiss_drafts(&ids).await?;
        return done(
            session,
            &metier,
            &ids,
            "dismissed; bring them back with --bring-back",
        )
        .await;
    }
    if !args.bring_back.is_empty() {
        let ids = named(&metier.dismissed().await?, &args.bring_back)?;
        metier.bring_back_drafts(&ids).await?;
        return done(session, &metier, &ids, "waiting again").await;
    }
    if args.forget {
        let gone = metier.forget_dismissed().await?;
        metier.close().await;
        return session.answer(&serde_json::json!({"forgotten": gone}), |_| {
            format!(
                "{} forgotten for good.\n",
                capital(&plural(gone as u64, "draft", "drafts"))
            )
        });
    }
    list(session, &metier, args.dismissed).await
}

async fn list(session: &Session, metier: &Metier, dismissed: bool) -> Result<Answer, AppError> {
    let drafts = if dismissed {
        metier.dismissed().await?
    } else {
        metier.captured().await?
    };
    let life = metier.life().await?;
    metier.close().await;
    let framework = life.current().map(|v| &*v.framework);
    let shown: Vec<&Captured> = drafts.iter().collect();
    session.answer(&drafts, |paper| {
        let count = plural(drafts.len() as u64, "draft", "drafts");
        match (drafts.is_empty(), dismissed) {
            (true, true) => "Nothing was dismissed.\n".into(),
            (true, false) => {
                "No draft waits. Paste a list, a resume, a brag document or a mail: metier log --paste FILE\n"
                    .into()
            }
            (false, true) => {
                let text = format!("{} dismissed:\n", capital(&count));
                text + &listed(&shown, framework, session, paper)
                    + "Bring one back: metier drafts --bring-back ID. Forget all of them for good: --forget\n"
            }
            (false, false) => {
                let text = format!("{} to confirm:\n", capital(&count));
                text + &listed(&shown, framework, session, paper) + HOW_TO_CONFIRM
            }
        }
    })
}

async fn confirm(session: &Session, metier: &Metier, args: &DraftsArgs) -> Result<Answer, AppError> {
    let drafts = metier.captured().await?;
    let all = args.confirm.iter().any(|w| w == "all");
    let (sure, open) = without_questions(&drafts, args.on.is_some());
    let ids: Vec<EntryId> = if all && !drafts.is_empty() {
        sure.iter().map(|d| d.id).collect()
    } else {
        named(&drafts, &args.confirm)?
    };
    let open = if all { open } else { Vec::new() };
    let life = metier.life().await?;
    let claims: Vec<ToClaim> = match life.needed() {
        Ok(version) => args
            .shows
            .iter()
            .map(|step| ToClaim::read(step, &version.framework))
            .collect::<Result<_, _>>()?,
        Err(error) if !args.shows.is_empty() => return Err(error),
        Err(_) => Vec::new(),
    };
    let yes = ids.iter().map(|id| {
        let draft = drafts.iter().find(|d| d.id == *id);
        let own = draft.and_then(|d| d.proposal.day.as_ref()).map(|d| d.date);
        Yes {
            on: own.or_else(|| args.on.map(|day| session.day(Some(day)))),
            claims: claims.clone(),
            ..Yes::to(*id)
        }
    });
    let recorded: Recorded = metier.confirm_drafts(yes.collect()).await?;
    metier.close().await;
    session.answer(&Confirmed::of(&recorded, &open), |paper| {
        let now = plural(recorded.now.len() as u64, "thing", "things");
        let waiting = waiting(&open, paper);
        if recorded.now.is_empty() && recorded.before.is_empty() {
            return format!("Recorded nothing.\n{waiting}");
        }
        let hint = if claims.is_empty() {
            "Say what one shows, and it counts: metier claim ENTRY COMPETENCY/STEP\n"
        } else {
            ""
        };
        format!("Recorded {now}.\n{hint}{waiting}")
    })
}

/// What was recorded, and what keeps waiting.
#[derive(Debug, Serialize)]
struct Confirmed<'a> {
    #[serde(flatten)]
    recorded: &'a Recorded,
    open: Vec<Open<'a>>,
}

/// A draft with an open question.
#[derive(Debug, Serialize)]
pub struct Open<'a> {
    draft: EntryId,
    question: &'a str,
}

impl<'a> Confirmed<'a> {
    fn of(recorded: &'a Recorded, open: &'a [(&Captured, String)]) -> Self {
        Self {
            recorded,
            open: opened(open),
        }
    }
}

/// Drafts with open questions, as they are handed on.
pub fn opened<'a>(open: &'a [(&Captured, String)]) -> Vec<Open<'a>> {
    let one = |(draft, question): &'a (&Captured, String)| Open {
        draft: draft.id,
        question,
    };
    open.iter().map(one).collect()
}

/// Drafts that keep waiting, each with its question and how to answer it; empty where there is none.
pub fn waiting(open: &[(&Captured, String)], paper: Paper) -> String {
    if open.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n", left_waiting(open.len()));
    for (draft, question) in open {
        let id = paper.faint(&format!("[{}]", short(draft.id)));
        text += &format!(
            "{}\n",
            paper.paragraph(&id, 12, &format!("{} {question}", draft.proposal.title))
        );
    }
    text + "Record one all the same, on its day: metier drafts --confirm ID --on 2026-03-04\n"
}

/// What was done to which drafts.
#[derive(Debug, Serialize)]
struct Done<'a> {
    drafts: &'a [EntryId],
}

async fn done(session: &Session, metier: &Metier, ids: &[EntryId], what: &str) -> Result<Answer, AppError> {
    metier.close().await;
    session.answer(&Done { drafts: ids }, |_| {
        format!(
            "{} {what}.\n",
            capital(&plural(ids.len() as u64, "draft", "drafts"))
        )
    })
}

/// The drafts that words name.
fn named(drafts: &[Captured], words: &[String]) -> Result<Vec<EntryId>, AppError> {
    if words.iter().any(|w| w == "all") {
        if drafts.is_empty() {
            return Err(AppError::not_found("there is no draft of that sort")
                .hint("`metier drafts` lists those that wait."));
        }
        return Ok(drafts.iter().map(|d| d.id).collect());
    }
    words.iter().map(|word| find_draft(drafts, word)).collect()
}

/// Drafts, one below the other: what each is taken for, the day it understood, what it may show.
pub fn listed(
    drafts: &[&Captured],
    framework: Option<&Framework>,
    session: &Session,
    paper: Paper,
) -> String {
    let owned: Vec<Captured> = drafts.iter().map(|d| (*d).clone()).collect();
    let suggestions = framework.map(|f| suggested(f, &owned)).unwrap_or_default();
    let mut text = String::new();
    for draft in drafts {
        let proposal = &draft.proposal;
        let id = paper.faint(&format!("[{}]", short(draft.id)));
        text += &format!("{}\n", paper.paragraph(&id, 12, &proposal.title));
        let mut said = match held(proposal) {
            Some(held) => format!("Taken for a position: {held}."),
            None => format!("{}. {}.", taken_for(proposal), understood(proposal.day.as_ref())),
        };
        if let Some(marked) = marked_confidential(proposal) {
            said += &format!(" {marked}.");
        }
        if proposal.day.is_none() && proposal.what.kind().is_some() {
            said += &format!(
                " Recorded as of {} unless you say --on.",
                session.surroundings.today()
            );
        }
        if let Some((competency, words)) = suggestions.get(&draft.id) {
            said += &format!(" It may show {competency} (“{}”).", words.join("”, “"));
        }
        text += &format!("{}\n", paper.faint(&paper.paragraph("", 12, &said)));
        if !proposal.doubt.is_empty() {
            text += &format!(
                "{}\n",
                paper.paragraph("", 12, &format!("Look: {}", proposal.doubt))
            );
        }
    }
    text
}

/// What was passed over.
pub fn left_out(sentences: &[String], paper: Paper) -> String {
    let mut text = String::new();
    if !sentences.is_empty() {
        text += "Left out:\n";
    }
    for said in sentences {
        text += &format!("{}\n", paper.paragraph("  -", 4, said));
    }
    text
}

/// Where drafts from a file say they come from.
pub fn source_of(file: &Path) -> String {
    match file.file_name() {
        Some(name) if file != Path::new("-") => name.to_string_lossy().into_owned(),
        _ => "pasted".into(),
    }
}

/// What a file to be read is called in messages.
pub fn name_of(file: &Path) -> String {
    if file == Path::new("-") {
        "what was piped in".into()
    } else {
        file.display().to_string()
    }
}

/// The bytes of a file, or of what is piped in; one more than `most` shows that there were more.
pub fn bytes_of(file: &Path, most: usize) -> Result<Vec<u8>, AppError> {
    let failed =
        |e: std::io::Error| AppError::new(Kind::Input, format!("{} cannot be read: {e}", name_of(file)));
    let mut bytes = Vec::new();
    let most = most as u64 + 1;
    if file == Path::new("-") {
        std::io::stdin()
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    } else {
        let opened = std::fs::File::open(file).map_err(failed)?;
        opened.take(most).read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok(bytes)
}
