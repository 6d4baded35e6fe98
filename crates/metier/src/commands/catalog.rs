//! `catalog`: occupations as public classifications describe them.

mod esco;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Subcommand;
use metier_app::words::{list, plural};
use metier_app::{AppError, CatalogueImported, PublicationReport, import_catalogue, needed_catalogue};
use metier_core::catalogue::{Matched, Occupation};
use metier_exchange::onet::{Progress, Report};
use serde::Serialize;

use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What to do with the catalogue.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Take in O*NET, ESCO or the crosswalk between them; the old catalogue stays until the new one is whole
    Import {
        /// As published: O*NET in text form (zip), ESCO as CSV (zip), or the ESCO-O*NET crosswalk (CSV)
        file: PathBuf,
    },
    /// Find occupations by what they are called or what is done in them
    Search {
        /// Words; typing mistakes are forgiven
        #[arg(required = true)]
        query: Vec<String>,
        /// How many to show
        #[arg(long, value_name = "N", default_value_t = 10)]
        limit: usize,
    },
    /// Look at one occupation
    Show {
        /// Its code, as in 15-1255.00 (O*NET) or 2512.4 (ESCO), or its ESCO address
        code: String,
    },
}

/// Does what was asked.
pub fn run(command: &CatalogCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        CatalogCommand::Import { file } => import(session, file),
        CatalogCommand::Search { query, limit } => search(session, &query.join(" "), *limit),
        CatalogCommand::Show { code } => show(session, code),
    }
}

fn import(session: &Session, file: &std::path::Path) -> Result<Answer, AppError> {
    let watched = std::io::stderr().is_terminal();
    let report = import_catalogue(&session.home, file, |progress| {
        if watched {
            say(&progress);
        }
    });
    if watched {
        // The line of progress makes room for what follows.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
    let report = report?;
    session.answer(&report, |paper| taken_in(&report, paper))
}

fn say(progress: &Progress<'_>) {
    let percent = progress.done * 100 / progress.total.max(1);
    // When standard error is closed nobody watches.
    let _ = write!(std::io::stderr(), "\r\u{1b}[K{percent:>3}%  {}", progress.table);
    let _ = std::io::stderr().flush();
}

/// A count with its thousands set off: "1,016".
fn figure(n: usize) -> String {
    let digits = n.to_string();
    let mut said = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

fn taken_in(imported: &CatalogueImported, paper: Paper) -> String {
    let mut text = match &imported.report {
        PublicationReport::Onet(report) => reported(report, paper),
        PublicationReport::Esco(report) => esco::reported(report, paper),
        PublicationReport::Crosswalk { source, links } => {
            format!(
                "{source}: {} links between occupations of O*NET and ESCO.\n",
                figure(*links)
            )
        }
    };
    if let Some(why) = &imported.old_lost {
        let said = format!("What was in the catalogue before could not be kept: {why}");
        text += &format!("{}\n", paper.paragraph("", 0, &said));
    }
    let now = format!(
        "The catalogue holds {}: {} occupations, and {} skills and technologies to look for.",
        list(&imported.sources),
        figure(imported.all_occupations),
        figure(imported.concepts)
    );
    text + &paper.paragraph("", 0, &now) + "\nFind yours: metier catalog search \"...\"\n"
}

fn reported(report: &Report, paper: Paper) -> String {
    let mut text = format!(
        "{}: {} occupations, {} of them with tasks to draft from; {} tasks, {} other titles, {} uses of technology.\n",
        report.source,
        figure(report.occupations),
        figure(report.with_tasks),
        figure(report.tasks),
        figure(report.alternate_titles),
        figure(report.technology),
    );
    text = paper.paragraph("", 0, &text) + "\n";
    if !report.missing_tables.is_empty() {
        let said = format!(
            "{} not in this file: {}. The rest does without.",
            plural(
                report.missing_tables.len() as u64,
                "table of the release is",
                "tables of the release are"
            ),
            list(&report.missing_tables)
        );
        text += &format!("{}\n", paper.paragraph("", 0, &metier_app::words::capital(&said)));
    }
    for skipped in &report.skipped {
        text += &format!(
            "{}: {} rows passed over, about occupations the release does not list.\n",
            skipped.table,
            figure(skipped.rows)
        );
    }
    text
}

fn search(session: &Session, query: &str, limit: usize) -> Result<Answer, AppError> {
    let catalogue = needed_catalogue(&session.home)?;
    let hits = catalogue.search(query, limit);
    session.answer(&hits, |paper| {
        if hits.is_empty() {
            return format!("Nothing goes by “{query}”. Try another word for it, or what is done in it.\n");
        }
        let mut text = String::new();
        for hit in &hits {
            let also = match &hit.matched {
                Matched::Code | Matched::Title => String::new(),
                Matched::AlternateTitle(title) => format!(" (also called {title})"),
                Matched::Task(task) => format!(" (does: {task})"),
            };
            text += &format!(
                "{}\n",
                paper.paragraph(&hit.code, 12, &format!("{}{also}", hit.title))
            );
        }
        text + &paper
            .faint("Look at one: metier catalog show CODE. Start on it: metier start --occupation CODE\n")
    })
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    occupation: &'a Occupation,
    related_titles: Vec<&'a str>,
    credits: &'a [String],
}

fn show(session: &Session, code: &str) -> Result<Answer, AppError> {
    let catalogue = needed_catalogue(&session.home)?;
    if let (None, Some(occupation)) = (catalogue.occupation(code), catalogue.esco_occupation(code)) {
        return esco::show(session, &catalogue, occupation);
    }
    let occupation = catalogue.occupation(code).ok_or_else(|| {
        AppError::not_found(format!("no occupation has the code {code}"))
            .hint("`metier catalog search \"...\"` finds occupations.")
    })?;
    let related = catalogue.related(code);
    let shown = Shown {
        occupation,
        related_titles: related.iter().map(|o| o.title.as_str()).collect(),
        credits: &catalogue.credits,
    };
    session.answer(&shown, |paper| {
        let mut text = format!("{} {}\n", occupation.code, paper.strong(&occupation.title));
        text += &format!("{}\n", paper.paragraph("", 0, &occupation.description));
        let called: Vec<String> = occupation.alternate_titles.iter().take(8).cloned().collect();
        if !called.is_empty() {
            text += &format!("\n{}\n", paper.paragraph("Also called:", 13, &called.join(", ")));
        }
        if occupation.tasks.is_empty() {
            text += "\nNo tasks are known of it, so that no framework can be drafted.\n";
        } else {
            text += &format!("\n{}\n", paper.strong("Tasks"));
        }
        for task in &occupation.tasks {
            text += &format!("{}\n", paper.paragraph("  -", 4, &task.text));
        }
        if !related.is_empty() {
            text += &format!("\n{}\n", paper.strong("Related"));
        }
        for other in related.iter().take(8) {
            text += &format!("  {}  {}\n", other.code, other.title);
        }
        for credit in &catalogue.credits {
            text += &format!("\n{}", paper.faint(&paper.paragraph("", 0, credit)));
        }
        text + "\n"
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn figures_have_their_thousands_set_off() {
        assert_eq!(super::figure(7), "7");
        assert_eq!(super::figure(1016), "1,016");
        assert_eq!(super::figure(1_234_567), "1,234,567");
    }
}
