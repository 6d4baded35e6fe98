//! `framework import`: a company's levelling document, looked at and taken in.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use metier_app::words::{capital, found, list, plural};
use metier_app::{
    AimChoice, AppError, Choices, Kind, LEVELS_FILE_MAX, Levelling, Meaning, TakenIn, level_frameworks,
    read_levels,
};
use metier_core::framework::{Framework, Grain};

use super::start;
use crate::answer::Answer;
use crate::paper::{Paper, cut, pad};
use crate::session::Session;

/// How many roles a preview lists.
const LISTED: usize = 80;
/// How many an error names.
const NAMED: usize = 8;

/// A levelling document.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier framework import ladder.xlsx --preview
  metier framework import ladder.xlsx --role \"Data analyst\" --publisher \"Our company\"
  metier framework import ladder.csv --map \"Was=skill\" --map C=text --preview
  metier framework import tracks.json --role Craft --role Mentorship --together

A column means one of: role-family, role, role-description, role-level, role-level-description,
skill-group, skill, skill-description, skill-level, text, signals, examples, grain; its heading itself
is one (level-column, skill-level-column, skill-column); or it is kept as it is (other).")]
pub struct ImportArgs {
    /// The document: CSV, Excel workbook (.xlsx), YAML or JSON
    file: PathBuf,
    /// Only look: what its columns mean, which roles it names, what it lacks
    #[arg(long)]
    preview: bool,
    /// What a column means, by its heading or letters; may be given again
    #[arg(long = "map", value_name = "COLUMN=MEANING", value_parser = mapped)]
    map: Vec<(String, Meaning)>,
    /// The role or track to take in; may be given again
    #[arg(long, value_name = "NAME")]
    role: Vec<String>,
    /// Take in every role that has levels
    #[arg(long, conflicts_with = "role")]
    all: bool,
    /// Take in the tracks that are named as one framework
    #[arg(long)]
    together: bool,
    /// Only this sheet; may be given again
    #[arg(long, value_name = "NAME")]
    sheet: Vec<String>,
    /// The row that holds the headings
    #[arg(long, value_name = "ROW")]
    head: Option<u64>,
    /// How the letters are written, as in windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Whose document it is
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// What the role is called, where the document does not say
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Levels of skill, lowest first
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    skill_levels: Vec<String>,
    /// Levels of the role, lowest first
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    levels: Vec<String>,
    /// How large a skill is: task, project or area; may be given again
    #[arg(long, value_name = "SKILL=SIZE", value_parser = sized)]
    grain: Vec<(String, Grain)>,
    /// Aim at this level of it from now on
    #[arg(long, value_name = "LEVEL")]
    aim: Option<String>,
}

fn mapped(text: &str) -> Result<(String, Meaning), String> {
    // A heading may hold an equals sign itself; a meaning never does.
    let (column, meaning) = text
        .rsplit_once('=')
        .ok_or("write it as COLUMN=MEANING, as in \"Competency=skill\"")?;
    let meaning = meaning.parse().map_err(|e: metier_app::UnknownMeaning| {
        let known: Vec<&str> = Meaning::ALL.iter().map(|m| m.word()).collect();
        format!("{e}; use one of {}", known.join(", "))
    })?;
    Ok((column.trim().to_owned(), meaning))
}

fn sized(text: &str) -> Result<(String, Grain), String> {
    let (skill, size) = text
        .rsplit_once('=')
        .ok_or("write it as SKILL=SIZE, as in \"Strategy=area\"")?;
    let grain = match size.trim().to_lowercase().as_str() {
        "task" => Grain::Task,
        "project" => Grain::Project,
        "area" => Grain::Area,
        _ => return Err(format!("`{size}` is no size; use task, project or area")),
    };
    Ok((skill.trim().to_owned(), grain))
}

impl ImportArgs {
    fn choices(&self) -> Choices {
        Choices {
            encoding: self.encoding.clone(),
            sheets: self.sheet.clone(),
            head: self.head,
            columns: self.map.clone(),
            skill_levels: self.skill_levels.clone(),
            levels: self.levels.clone(),
            role: self.name.clone(),
            publisher: self.publisher.clone().unwrap_or_default(),
            grains: self.grain.clone(),
        }
    }
}

/// Reads a levelling document, and takes in what was chosen of it.
pub async fn import(args: ImportArgs, session: &Session) -> Result<Answer, AppError> {
    let named = args.file.display().to_string();
    let choices = args.choices();
    let levelling = read_levels(&named, &bytes_of(&args.file)?, &choices)?;
    let mut roles: Vec<String> = levelling.usable().map(|p| p.name.clone()).collect();
    if !args.role.is_empty() {
        roles.clone_from(&args.role);
    } else if !args.all && roles.len() > 1 {
        roles.clear();
    }
    if args.preview || roles.is_empty() {
        return session.answer(&levelling, |paper| preview(&levelling, &named, paper));
    }
    let frameworks = level_frameworks(&levelling, &roles, args.together, &choices)?;
    let level = match (&args.aim, frameworks.as_slice()) {
        (None, _) => None,
        (Some(word), [one]) => Some((one.family.clone(), start::level(one, word)?)),
        (Some(_), _) => {
            return Err(AppError::input("only one thing can be aimed at").hint("Name one role with --role."));
        }
    };
    let metier = session.open().await.map_err(|error| match error.kind {
        Kind::NotReady => error.hint(format!(
            "To begin with this document itself: metier start --company {named} --role NAME"
        )),
        _ => error,
    })?;
    let taken = metier.take_in_levels(frameworks, None).await?;
    if let Some((family, level)) = level {
        let choice = AimChoice {
            level: Some(level),
            own: None,
            by: None,
        };
        metier.aim(Some(&family), choice).await?;
    }
    metier.close().await;
    session.answer(&taken, |paper| said(&taken, args.aim.is_some(), paper))
}

/// The criteria of one role or track of a company's document, to begin with.
///
/// # Errors
/// When it cannot be read, names no such role, or several and none is chosen.
pub fn of_company(file: &Path, role: Option<&str>) -> Result<Framework, AppError> {
    let named = file.display().to_string();
    let choices = Choices::default();
    let levelling = read_levels(&named, &bytes_of(file)?, &choices)?;
    let there: Vec<String> = levelling.usable().map(|p| p.name.clone()).collect();
    let wanted = match (role, there.as_slice()) {
        (Some(role), _) => role.to_owned(),
        (None, [one]) => one.clone(),
        (None, several) => {
            let first: Vec<String> = several.iter().take(NAMED).cloned().collect();
            let what = if levelling.tracks { "tracks" } else { "roles" };
            return Err(AppError::input(format!("{named} names {} {what}", several.len()))
                .hint(format!("Say which is yours with --role: {}.", list(&first)))
                .hint(format!(
                    "To see all of them: metier framework import {named} --preview"
                )));
        }
    };
    let mut frameworks = level_frameworks(&levelling, &[wanted], false, &choices)?;
    frameworks
        .pop()
        .ok_or_else(|| AppError::input(format!("{named} has nothing to begin with")))
}

/// The file, or the first bytes past the limit, so that the reader refuses it.
fn bytes_of(file: &Path) -> Result<Vec<u8>, AppError> {
    let failed = |e| AppError::input(format!("{} cannot be read: {e}", file.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .map_err(failed)?
        .take(LEVELS_FILE_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

fn said(taken: &[TakenIn], aimed: bool, paper: Paper) -> String {
    let mut text = String::new();
    for one in taken {
        let how = match (one.already, &one.before) {
            (true, _) => "is here already, exactly so".to_owned(),
            (false, Some(before)) => {
                format!(
                    "taken in as version {}; version {before} was here before",
                    one.version
                )
            }
            (false, None) => format!("taken in, version {}", one.version),
        };
        let levels = if one.levels.is_empty() {
            String::new()
        } else {
            let names: Vec<String> = one.levels.iter().map(|(id, _)| id.to_string()).collect();
            format!(" Levels: {}.", names.join(", "))
        };
        let line = format!(
            "{} ({}): {how}. {}.{levels}",
            one.title,
            one.family,
            capital(&plural(one.competencies as u64, "competency", "competencies"))
        );
        text += &format!("{}\n", paper.paragraph("", 2, &line));
    }
    let [one] = taken else { return text };
    let mut hints = Vec::new();
    if one.open_words > 0 {
        hints.push(format!(
            "{} can be read either way; what to ask: metier framework check {}",
            capital(&plural(one.open_words as u64, "place", "places")),
            one.family
        ));
    }
    hints.push(format!(
        "What counts there of what you recorded: metier framework crosswalk {}",
        one.family
    ));
    if !aimed {
        hints.push(format!(
            "Read beside your own: metier standing --against {}",
            one.family
        ));
        hints.push(format!(
            "To aim at it: metier aim --family {} --level LEVEL",
            one.family
        ));
    }
    for hint in hints {
        text += &paper.faint(&format!("{}\n", paper.paragraph("", 2, &hint)));
    }
    text
}

fn preview(levelling: &Levelling, named: &str, paper: Paper) -> String {
    let what = found(levelling);
    let mut text = format!("{}: {what}. Nothing was taken in yet.\n", paper.strong(named));
    for sheet in &levelling.sheets {
        let of = if sheet.name.is_empty() {
            String::new()
        } else {
            format!(" on the sheet “{}”", sheet.name)
        };
        text += &format!("\n{}\n", paper.strong(&format!("Columns{of}")));
        let wide = sheet
            .columns
            .iter()
            .map(|c| c.heading.chars().count())
            .max()
            .unwrap_or(0)
            .min(32);
        for column in &sheet.columns {
            let guessed = if column.guessed { "" } else { " (you said so)" };
            text += &format!(
                "  {} {}  {}{guessed}\n",
                pad(&column.letters, 3),
                pad(&cut(&column.heading, wide), wide),
                column.meaning.said(),
            );
        }
    }
    for (head, matters) in [("Worth a look", true), ("Also", false)] {
        let mut notes: Vec<String> = levelling
            .notes
            .iter()
            .filter(|n| n.matters() == matters)
            .map(ToString::to_string)
            .collect();
        if !matters {
            notes.extend(levelling.findings.iter().map(ToString::to_string));
        }
        if !notes.is_empty() {
            text += &format!("\n{}\n", paper.strong(head));
        }
        for note in notes {
            text += &format!("{}\n", paper.paragraph("  -", 4, &note));
        }
    }
    text += &parts(levelling, paper);
    text += "\n";
    text += &paper.faint(&format!(
        "{}\n",
        paper.paragraph(
            "",
            0,
            &format!("To take one in: metier framework import {named} --role NAME. To say what a column means: --map \"HEADING=MEANING\".")
        )
    ));
    text
}

fn parts(levelling: &Levelling, paper: Paper) -> String {
    let head = if levelling.tracks { "Tracks" } else { "Roles" };
    let mut text = format!("\n{}\n", paper.strong(head));
    for part in levelling.parts.iter().take(LISTED) {
        let family = if part.family.is_empty() {
            String::new()
        } else {
            format!(" ({})", part.family)
        };
        let levels: Vec<String> = part.levels.iter().map(|l| l.name.clone()).collect();
        let of = if !part.usable(levelling.tracks) {
            "no level, so nothing to aim at".to_owned()
        } else if levelling.tracks {
            plural(part.steps.len() as u64, "step", "steps")
        } else {
            let skills = plural(part.skills.len() as u64, "skill", "skills");
            format!("{skills}; {}", list(&levels))
        };
        text += &format!(
            "{}\n",
            paper.paragraph("", 4, &format!("{}{family}: {of}.", part.name))
        );
    }
    if levelling.parts.len() > LISTED {
        text += &format!("    and {} more\n", levelling.parts.len() - LISTED);
    }
    text
}
