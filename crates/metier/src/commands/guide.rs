//! `guide`: short pages about mastery.

use clap::Args;
use metier_app::guide::{Block, GuidePage, SOURCES, guide, guide_page, plain};
use metier_app::{AppError, Kind};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::paper::{Paper, pad};
use crate::session::Session;

/// `guide`
#[derive(Debug, Args)]
pub struct GuideArgs {
    /// The page to read; without it, what there is
    name: Option<String>,
}

/// Lists the pages, or shows one.
///
/// # Errors
/// When there is no page of this name.
pub fn run(args: &GuideArgs, session: &Session) -> Result<Answer, AppError> {
    let Some(name) = &args.name else {
        let list: Vec<Value> = guide()
            .iter()
            .map(|page| json!({"name": page.name, "part": page.part, "title": page.title, "summary": page.summary}))
            .collect();
        return session.answer(&list, contents);
    };
    let Some((page, _, next)) = guide_page(name) else {
        let names: Vec<&str> = guide().iter().map(|page| page.name).collect();
        return Err(
            AppError::new(Kind::NotFound, format!("the guide has no page `{name}`"))
                .hint(format!("there are: {}", names.join(", "))),
        );
    };
    session.answer(page, |paper| shown(page, next, paper))
}

fn contents(paper: Paper) -> String {
    let mut text = String::new();
    let mut part = "";
    for page in guide() {
        if page.part != part {
            part = page.part;
            text += &format!(
                "{}{}\n",
                if text.is_empty() { "" } else { "\n" },
                paper.strong(part)
            );
        }
        text += &format!("  {} {}\n", pad(page.name, 20), page.title);
    }
    text + "\nRead one with `metier guide NAME`.\n"
}

fn shown(page: &GuidePage, next: Option<&GuidePage>, paper: Paper) -> String {
    let mut text = format!("{}\n", paper.strong(&page.title));
    let mut see: Vec<&str> = Vec::new();
    for block in &page.blocks {
        text.push('\n');
        match block {
            Block::Heading { runs, .. } => text += &paper.strong(&plain(runs)),
            Block::Paragraph(runs) => text += &paper.paragraph("", 0, &plain(runs)),
            Block::Quote(runs) => text += &paper.paragraph("", 4, &plain(runs)),
            Block::List { numbered, items } => {
                let lines: Vec<String> = (1..)
                    .zip(items)
                    .map(|(number, item)| {
                        let lead = if *numbered {
                            format!("{number}.")
                        } else {
                            "-".into()
                        };
                        paper.paragraph(&lead, 3, &plain(item))
                    })
                    .collect();
                text += &lines.join("\n");
            }
            Block::Table { head, rows } => {
                let lines: Vec<String> = rows.iter().map(|row| table_row(head, row, paper)).collect();
                text += &lines.join("\n");
            }
        }
        text.push('\n');
        for to in block.runs().into_iter().filter_map(|run| run.to.as_deref()) {
            let name = to.split('#').next().unwrap_or_default();
            if !name.starts_with('/') && !see.contains(&name) {
                see.push(name);
            }
        }
    }
    // The studies named are on one page; it is worth one line, at the end.
    see.sort_by_key(|name| *name == SOURCES);
    if let Some(next) = next.map(|next| next.name).filter(|name| !see.contains(name)) {
        see.insert(0, next);
    }
    if !see.is_empty() {
        let names: Vec<String> = see.iter().map(|name| format!("`metier guide {name}`")).collect();
        text += &format!(
            "\n{}\n",
            paper.paragraph("", 0, &format!("Go on with {}.", names.join(", ")))
        );
    }
    text
}

/// A row of a table as an item: its first cell, then the others under their heads.
fn table_row(
    head: &[Vec<metier_app::guide::Run>],
    row: &[Vec<metier_app::guide::Run>],
    paper: Paper,
) -> String {
    let cells: Vec<String> = head
        .iter()
        .zip(row)
        .enumerate()
        .map(|(place, (head, cell))| {
            let cell = plain(cell);
            match place {
                0 => format!("{cell}."),
                1 => cell,
                _ => format!("{}: {cell}.", plain(head)),
            }
        })
        .collect();
    paper.paragraph("-", 3, &cells.join(" "))
}
