//! `import`: a copy of the journal, or anything that tells of things done, which becomes drafts.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use metier_app::words::{self, capital, plural};
use metier_app::{AppError, Captured, Column, Form, Mapping, Metier, Reading, TableHead, Taken};
use serde::Serialize;
use serde_json::json;

use super::drafts::{self, FormWord};
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// The largest file that is read for drafts, in bytes.
const TABLE_MAX: usize = 16 << 20;

/// What to take in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier import career.zip                     unites this journal with a copy of it, or starts from one
  metier import resume.json                    drafts from a resume, to confirm with `metier drafts`
  metier import deeds.csv --preview            shows what each column is taken for
  metier import deeds.csv --column what=Task --column when=\"Done on\"
Columns: what (needed), when, kind, impact, result, scope, note, link.")]
pub struct ImportArgs {
    /// The file: a journal, a resume (text or JSON), Markdown, a mail, or a table
    file: PathBuf,
    /// Which column of a table tells what, by its name or number; may be given again
    #[arg(long, value_name = "WHAT=COLUMN")]
    column: Vec<String>,
    /// What the file is, where that is not found out right
    #[arg(long = "as", value_name = "FORM", hide_possible_values = true, help = drafts::AS_HELP)]
    form: Option<FormWord>,
    /// Show what would become drafts, and keep nothing
    #[arg(long)]
    preview: bool,
}

/// Takes in a copy of the journal, or reads drafts.
pub async fn run(args: ImportArgs, session: &Session) -> Result<Answer, AppError> {
    if args.form.is_none() && args.column.is_empty() && is_journal(&args.file) {
        return journal(&args.file, session).await;
    }
    let named = drafts::name_of(&args.file);
    let bytes = drafts::bytes_of(&args.file, TABLE_MAX)?;
    let (reading, head) = read(&args, &named, &bytes)?;
    let metier = session.open().await?;
    if args.preview {
        metier.close().await;
        return preview(session, &reading, head.as_ref());
    }
    let source = drafts::source_of(&args.file);
    let taken = metier.capture(&source, reading).await?;
    let life = metier.life().await?;
    metier.close().await;
    let framework = life.current().map(|v| &*v.framework);
    session.answer(&taken, |paper| {
        let shown: Vec<&Captured> = taken.new.iter().collect();
        kept(&taken, head.as_ref(), paper)
            + &drafts::listed(&shown, framework, session, paper)
            + &drafts::left_out(&taken.left_out, paper)
            + if shown.is_empty() {
                ""
            } else {
                drafts::HOW_TO_CONFIRM
            }
    })
}

fn kept(taken: &Taken, head: Option<&TableHead>, paper: Paper) -> String {
    let columns = head.map(|h| columns_said(h, paper)).unwrap_or_default();
    let said = words::taken(taken).into_iter();
    said.fold(columns, |text, said| {
        text + &format!("{}\n", paper.paragraph("", 0, &said))
    })
}

/// True for what `metier export` writes.
fn is_journal(file: &Path) -> bool {
    let named = |end: &str| file.extension().is_some_and(|e| e.eq_ignore_ascii_case(end));
    let mut magic = [0; 4];
    let packed = std::fs::File::open(file)
        .and_then(|mut f| f.read_exact(&mut magic))
        .is_ok()
        && magic == *b"PK\x03\x04";
    named("zip") || (packed && !named("docx") && !named("xlsx") && !named("odt") && !named("ods"))
}

async fn journal(file: &Path, session: &Session) -> Result<Answer, AppError> {
    let read = Metier::read_file(file, session.surroundings.now())?;
    let imported = if Metier::exists(&session.home) {
        let metier = session.open().await?;
        let imported = metier.import(read).await?;
        metier.close().await;
        imported
    } else {
        Metier::start_from(&session.home, session.surroundings.clone(), read).await?
    };
    session.answer(&imported, |_| {
        format!(
            "{} of {} read, {} of them new here.\nHead: {}\n",
            capital(&plural(imported.entries as u64, "entry", "entries")),
            imported.subject,
            metier_app::words::number(imported.added as u64),
            imported.head
        )
    })
}

/// Reads the file; a table with the head its columns were found in.
fn read(args: &ImportArgs, named: &str, bytes: &[u8]) -> Result<(Reading, Option<TableHead>), AppError> {
    let ends = |end: &str| args.file.extension().is_some_and(|e| e.eq_ignore_ascii_case(end));
    let table = match args.form {
        Some(word) => word == FormWord::Table,
        None => !args.column.is_empty() || ends("csv") || ends("tsv"),
    };
    if !table {
        let form = args.form.map(drafts::form).or_else(|| match () {
            () if ends("md") || ends("markdown") => Some(Form::Markdown),
            () if ends("eml") => Some(Form::Mail),
            () if ends("json") => Some(Form::JsonResume),
            () => None,
        });
        return Ok((Metier::read_capture(named, bytes, form)?, None));
    }
    let mut head = Metier::head_of_table(named, bytes)?;
    for given in &args.column {
        head.guess = with(head.guess.clone(), &head, given)?;
    }
    let reading = Metier::read_table(named, bytes, &head.guess)
        .map_err(|error| error.hint("Say which column it is: --column what=NAME"))?;
    Ok((reading, Some(head)))
}

/// A mapping with one column said: "when=Done on".
fn with(mapping: Mapping, head: &TableHead, given: &str) -> Result<Mapping, AppError> {
    let names: Vec<&str> = Column::ALL.iter().map(|c| c.name()).collect();
    let (what, name) = given.split_once('=').ok_or_else(|| {
        AppError::input(format!("`{given}` names no column")).hint("Say WHAT=COLUMN, as in when=\"Done on\".")
    })?;
    let column = Column::of_name(what).ok_or_else(|| {
        AppError::input(format!("a column cannot tell `{what}`"))
            .hint(format!("It can tell: {}.", names.join(", ")))
    })?;
    if name.trim().is_empty() {
        return Ok(mapping.with(column, None));
    }
    let place = head.place(name).ok_or_else(|| {
        AppError::not_found(format!("the table has no column `{name}`"))
            .hint(format!("Its columns are: {}.", head.names.join(", ")))
    })?;
    Ok(mapping.with(column, Some(place)))
}

/// "what: Task; when: Done on".
fn columns_said(head: &TableHead, paper: Paper) -> String {
    let found = Column::ALL.into_iter().filter_map(|column| {
        let name = head.names.get(head.guess.place(column)?)?;
        Some(format!("{}: “{name}”", column.name()))
    });
    let found: Vec<String> = found.collect();
    format!(
        "{}\n",
        paper.paragraph("", 0, &format!("Columns taken for {}.", found.join("; ")))
    )
}

/// What would become drafts.
#[derive(Debug, Serialize)]
struct Preview<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<serde_json::Value>,
    #[serde(flatten)]
    reading: &'a Reading,
}

fn preview(session: &Session, reading: &Reading, head: Option<&TableHead>) -> Result<Answer, AppError> {
    let columns = head.map(|head| {
        let named = Column::ALL
            .into_iter()
            .filter_map(|c| Some((c.name(), head.names.get(head.guess.place(c)?)?)));
        json!(named.collect::<std::collections::BTreeMap<_, _>>())
    });
    session.answer(&Preview { columns, reading }, |paper| {
        let count = plural(reading.proposals.len() as u64, "draft", "drafts");
        let mut text = head.map(|h| columns_said(h, paper)).unwrap_or_default();
        text += &format!("Read as {}: {count}.\n", words::form(reading.form));
        for proposal in &reading.proposals {
            let said = words::held(proposal).unwrap_or_else(|| {
                format!(
                    "{}. {}.",
                    words::taken_for(proposal),
                    words::understood(proposal.day.as_ref())
                )
            });
            text += &format!("{}\n", paper.paragraph("  -", 4, &proposal.title));
            text += &format!("{}\n", paper.faint(&paper.paragraph("", 4, &said)));
        }
        text + &drafts::left_out(&reading.left_out, paper)
            + "Nothing was kept. The same without --preview keeps the drafts.\n"
    })
}
