//! What is said of ESCO: a release taken in, an occupation looked at.

use metier_app::AppError;
use metier_app::words::{capital, list, plural};
use metier_core::catalogue::{Catalogue, EscoOccupation, EscoSkill, Match};
use metier_exchange::esco::Report;
use serde::Serialize;

use super::figure;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What a release held.
pub(super) fn reported(report: &Report, paper: Paper) -> String {
    let said = format!(
        "{}: {} occupations; {} skills, {} of them knowledge, with {} other names; {} essential and {} optional \
         relations.",
        report.source,
        figure(report.occupations),
        figure(report.skills),
        figure(report.knowledge),
        figure(report.alternative_labels),
        figure(report.essential),
        figure(report.optional),
    );
    let mut text = format!("{}\n", paper.paragraph("", 0, &said));
    if !report.missing_files.is_empty() {
        let said = format!(
            "{} not in this archive: {}. The rest does without.",
            plural(
                report.missing_files.len() as u64,
                "file of the release is",
                "files of the release are"
            ),
            list(&report.missing_files)
        );
        text += &format!("{}\n", paper.paragraph("", 0, &capital(&said)));
    }
    for skipped in &report.skipped {
        text += &format!(
            "{}: {} rows passed over, withdrawn or about something the release does not list.\n",
            skipped.table,
            figure(skipped.rows)
        );
    }
    text
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    classification: &'static str,
    uri: &'a str,
    code: &'a str,
    title: &'a str,
    isco_group: &'a str,
    isco_label: Option<&'a str>,
    alternate_titles: &'a [String],
    description: &'a str,
    essential: Vec<Skill<'a>>,
    optional: Vec<Skill<'a>>,
    linked: Option<Linked<'a>>,
    credits: &'a [String],
}

#[derive(Debug, Serialize)]
struct Skill<'a> {
    uri: &'a str,
    label: &'a str,
}

#[derive(Debug, Serialize)]
struct Linked<'a> {
    code: &'a str,
    title: &'a str,
    closeness: Match,
}

impl<'a> Skill<'a> {
    fn of(skill: &'a EscoSkill) -> Self {
        Self {
            uri: &skill.uri,
            label: &skill.label,
        }
    }
}

/// One occupation.
pub(super) fn show(
    session: &Session,
    catalogue: &Catalogue,
    occupation: &EscoOccupation,
) -> Result<Answer, AppError> {
    let Some(esco) = &catalogue.esco else {
        return Err(AppError::not_ready("ESCO is not in the catalogue"));
    };
    let skills = |places| esco.skills_at(places).map(Skill::of).collect::<Vec<_>>();
    let shown = Shown {
        classification: "ESCO",
        uri: &occupation.uri,
        code: &occupation.code,
        title: &occupation.title,
        isco_group: &occupation.isco_group,
        isco_label: esco.isco_label(&occupation.isco_group),
        alternate_titles: &occupation.alternate_titles,
        description: &occupation.description,
        essential: skills(&occupation.essential),
        optional: skills(&occupation.optional),
        linked: catalogue.linked_onet(occupation).map(|(onet, closeness)| Linked {
            code: &onet.code,
            title: &onet.title,
            closeness,
        }),
        credits: &esco.credits,
    };
    session.answer(&shown, |paper| text(&shown, paper))
}

fn text(shown: &Shown<'_>, paper: Paper) -> String {
    let mut text = format!("{} {}\n", shown.code, paper.strong(&capital(shown.title)));
    text += &format!("{}\n", paper.paragraph("", 0, shown.description));
    let called: Vec<String> = shown.alternate_titles.iter().take(8).cloned().collect();
    if !called.is_empty() {
        text += &format!("\n{}\n", paper.paragraph("Also called:", 13, &called.join(", ")));
    }
    for (heading, skills) in [("Essential", &shown.essential), ("Optional", &shown.optional)] {
        if !skills.is_empty() {
            text += &format!("\n{}\n", paper.strong(heading));
        }
        for skill in skills {
            text += &format!("{}\n", paper.paragraph("  -", 4, skill.label));
        }
    }
    if let Some(linked) = &shown.linked {
        text += &format!("\nLinked to O*NET {} {}\n", linked.code, linked.title);
    }
    for credit in shown.credits {
        text += &format!("\n{}", paper.faint(&paper.paragraph("", 0, credit)));
    }
    text + "\n"
}
