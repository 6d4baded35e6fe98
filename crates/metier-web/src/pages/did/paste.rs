//! Paste anything, or bring a file: it becomes drafts to confirm. A table first says what each column is.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{held, plural, taken_for, understood};
use metier_app::{AppError, Column, Form, Kind, Mapping, Metier, PASTE_MAX, Reading, TableHead, form_of};

use super::drafts;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page};
use crate::problem::{Problem, sentence};

/// Drafts shown before a table is kept.
const PREVIEW: usize = 5;

pub async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    Ok(asking(&metier, &Sent::default(), &[]))
}

const FORMS: [(&str, &str, Option<Form>); 7] = [
    ("", "find out", None),
    ("list", "a list, one thing a line", Some(Form::List)),
    ("resume", "a resume", Some(Form::Resume)),
    ("json", "a resume in JSON", Some(Form::JsonResume)),
    ("markdown", "headings and bullets", Some(Form::Markdown)),
    ("mail", "a mail", Some(Form::Mail)),
    ("table", "a table", Some(Form::Table)),
];

fn asking(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Response {
    let form = Shown { sent, faults };
    let forms: Vec<(&str, &str)> = FORMS.iter().map(|(id, name, _)| (*id, *name)).collect();
    let page = Page::new("Paste anything").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        div.narrow {
            p.crumbs { a href="/did" { "What I did" } }
            h1 { "Paste what tells of what you did" }
            p { "A list, your resume, a brag document, a mail that thanks you, a table. It becomes drafts: you see \
                 what each was taken for, and nothing is recorded until you say yes." }
            (form.summary())
            form method="post" action="/did/paste" enctype="multipart/form-data" {
                (form.lines(12, Field::new("list", "Paste it here").may_stay_empty()
                    .hint("“2026-03: Ran the spring launch”, or just “Ran the spring launch”, or all of a resume.")))
                details.fold open[sent.has("form")] {
                    summary { "Or bring a file" }
                    (form.file(Field::new("file", "File").may_stay_empty()
                        .hint("Text, Markdown, a mail (.eml), JSON Resume, or a table as CSV."), false))
                    (form.choice(Field::new("form", "What it is"), &forms))
                }
                div.act { button.btn { "Show me the drafts" } a href="/did/drafts" { "Drafts that wait" } }
            }
            p.soft { "Quoted replies, greetings and signatures of a mail are left out. A table of attempts at one step goes "
                a href="/did/table" { "here" } "." }
        }
    })
}

pub async fn read(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let file = sent.files("file").find(|f| !f.bytes.is_empty());
    let (source, bytes, field) = match file {
        Some(file) => (file.name.as_str(), file.bytes.as_slice(), "file"),
        None => ("pasted", sent.text("list").as_bytes(), "list"),
    };
    let asked = FORMS
        .iter()
        .find(|(id, ..)| *id == sent.text("form"))
        .and_then(|(.., form)| *form);
    let csv = |name: &str| {
        let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        (end == "csv" || end == "tsv") && file.is_some()
    };
    let table = match asked {
        Some(form) => form == Form::Table,
        None => csv(source) || std::str::from_utf8(bytes).is_ok_and(|text| form_of(text) == Form::Table),
    };
    let refuse = |error: &AppError| asking(&metier, &sent, &faults_of(error, field));
    if table {
        return match Table::read(source, bytes) {
            Ok(table) => Ok(columns(&metier, &table, &Sent::default(), &[])),
            Err(error) => Ok(refuse(&error)),
        };
    }
    let named = if file.is_some() { source } else { "what you pasted" };
    match Metier::read_capture(named, bytes, asked) {
        Ok(reading) => drafts::keep(&metier, source, reading).await,
        Err(error) => Ok(refuse(&error)),
    }
}

/// What is wrong with a paste, each problem beside the field it came in.
fn faults_of(error: &AppError, field: &str) -> Vec<Fault> {
    let fault = |what: &str| Fault {
        field: field.into(),
        what: sentence(what),
    };
    let more = error.hints.iter().filter(|h| !h.starts_with("Nothing was"));
    std::iter::once(&error.message)
        .chain(more)
        .map(|what| fault(what))
        .collect()
}

/// A table on its way to drafts: it travels with the form, so that nothing half-done is kept.
struct Table {
    name: String,
    text: String,
    head: TableHead,
}

impl Table {
    fn read(name: &str, bytes: &[u8]) -> Result<Self, AppError> {
        if bytes.len() > PASTE_MAX {
            let what = format!(
                "{name} has {} KB; at most {} KB are read here",
                bytes.len() >> 10,
                PASTE_MAX >> 10
            );
            return Err(
                AppError::input(what).hint("In a terminal a larger one can be read: metier import FILE.")
            );
        }
        let head = Metier::head_of_table(name, bytes)?;
        Ok(Self {
            name: name.to_owned(),
            text: String::from_utf8_lossy(bytes).into_owned(),
            head,
        })
    }

    fn rows(&self) -> Result<Reading, AppError> {
        Metier::read_table(&self.name, self.text.as_bytes(), &self.head.guess)
    }
}

fn label(column: Column) -> &'static str {
    match column {
        Column::What => "What you did",
        Column::When => "When",
        Column::Kind => "What kind of thing",
        Column::Impact => "What changed because of it",
        Column::Result => "How it came out",
        Column::Scope => "How large",
        Column::Note => "Anything more",
        Column::Link => "A link that shows it",
    }
}

/// Asks which column tells what, with what would become of it.
fn columns(metier: &Metier, table: &Table, sent: &Sent, faults: &[Fault]) -> Response {
    let mut chosen = sent.clone();
    for column in Column::ALL {
        let place = table
            .head
            .guess
            .place(column)
            .map_or(String::new(), |at| (at + 1).to_string());
        chosen = chosen.with(column.name(), place);
    }
    let form = Shown {
        sent: &chosen,
        faults,
    };
    let numbers: Vec<String> = (1..=table.head.names.len()).map(|n| n.to_string()).collect();
    let options: Vec<(&str, &str)> = std::iter::once(("", "no column"))
        .chain(
            numbers
                .iter()
                .map(String::as_str)
                .zip(table.head.names.iter().map(String::as_str)),
        )
        .collect();
    let page = Page::new("A table").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        p.crumbs { a href="/did" { "What I did" } " / " a href="/did/paste" { "Paste anything" } }
        h1 { "Which column tells what?" }
        (form.summary())
        form method="post" action="/did/paste/table" {
            textarea hidden name="table" aria-hidden="true" { "\n" (table.text) }
            input type="hidden" name="name" value=(table.name);
            div.columns {
                @for column in Column::ALL { (form.choice(Field::new(column.name(), label(column)), &options)) }
            }
            div.act {
                button.btn name="do" value="keep" { "Keep them as drafts" }
                button.btn.quiet name="do" value="show" { "Show it so" }
                a href="/did/paste" { "Leave it" }
            }
        }
        (preview(table))
        (as_it_stands(&table.head))
    })
}

fn preview(table: &Table) -> Markup {
    let Ok(reading) = table.rows() else {
        return html! {};
    };
    let many = reading.proposals.len();
    html! {
        h2 { (metier_app::words::capital(&plural(many as u64, "draft", "drafts"))) " so" }
        ul.lines {
            @for proposal in reading.proposals.iter().take(PREVIEW) {
                li {
                    p.name { (proposal.title) }
                    p.soft.small { (drafts::sentence_of(proposal, &held(proposal).unwrap_or_else(|| format!("{}. {}.", taken_for(proposal), understood(proposal.day.as_ref()))))) }
                }
            }
        }
        @if many > PREVIEW { p.soft { "… and " (many - PREVIEW) " more." } }
    }
}

fn as_it_stands(head: &TableHead) -> Markup {
    html! {
        details.fold {
            summary { "The first rows as they stand" }
            div.scroll tabindex="0" role="region" aria-label="The first rows" {
                table {
                    thead { tr { @for name in &head.names { th scope="col" { (name) } } } }
                    tbody { @for row in &head.rows { tr { @for field in row { td { (super::line::short(field)) } } } } }
                }
            }
        }
    }
}

pub async fn table(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let name = sent.text("name").to_owned();
    let mut table = match Table::read(&name, sent.text("table").as_bytes()) {
        Ok(table) => table,
        Err(error) => return Ok(asking(&metier, &Sent::default(), &faults_of(&error, "file"))),
    };
    let names = table.head.names.len();
    table.head.guess = Column::ALL
        .into_iter()
        .fold(Mapping::default(), |mapping, column| {
            let place: Option<usize> = sent.text(column.name()).parse().ok();
            mapping.with(
                column,
                place.and_then(|n| n.checked_sub(1)).filter(|at| *at < names),
            )
        });
    match table.rows() {
        Ok(reading) if sent.text("do") == "keep" => drafts::keep(&metier, &name, reading).await,
        Ok(_) => Ok(columns(&metier, &table, &Sent::default(), &[])),
        Err(error) if error.kind == Kind::Input => Ok(columns(
            &metier,
            &table,
            &Sent::default(),
            &faults_of(&error, "what"),
        )),
        Err(error) => Err(error.into()),
    }
}
