//! `standing --against`: the same record read against two frameworks.

use metier_app::words::{Words, list, plural, state};
use metier_app::{AppError, AsOf, Beside, Metier, highest_step, telling_step};
use metier_core::id::{CompetencyId, FamilyId};
use metier_core::standing::CompetencyStanding;

use super::start;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// Sets another framework beside the one aimed at; the level is one of the other's.
pub async fn beside(
    session: &Session,
    metier: &Metier,
    as_of: AsOf,
    family: &FamilyId,
    level: Option<&str>,
) -> Result<Answer, AppError> {
    let level = match level {
        None => None,
        Some(word) => {
            let life = metier.life().await?;
            Some(start::level(&life.criteria_of(family)?.framework, word)?)
        }
    };
    let beside = metier.beside(as_of, family, level.as_ref()).await?;
    session.answer(&beside.answer(), |paper| said(&beside, paper))
}

fn said(beside: &Beside, paper: Paper) -> String {
    let (own, other) = (&beside.own.version.framework, &beside.other.version.framework);
    let at = beside.own.standing.at;
    let own_words = Words::new(own, &beside.own.entries, at);
    let words = Words::new(other, &beside.other.entries, at);
    let mut text = format!(
        "{}\n{}\n\n",
        paper.strong(&own.title),
        paper.paragraph("", 0, &own_words.headline(&beside.own.standing))
    );
    let target = beside.other.target.as_ref();
    let of = target.map_or_else(String::new, |target| format!(", {}", target.name));
    text += &format!(
        "{}{of}\n{}\n\n",
        paper.strong(&other.title),
        paper.paragraph("", 0, &words.headline(&beside.other.standing))
    );
    for row in &beside.rows {
        let Some(standing) = beside.other.standing.competency(&row.competency) else {
            continue;
        };
        text += &format!("{}\n", paper.strong(words.competency(&row.competency)));
        text += &format!("{}\n", paper.paragraph("  there:", 10, &there(standing, &words)));
        let here: Vec<String> = row
            .read_as
            .iter()
            .map(|id| here(beside, id, &own_words))
            .collect();
        let here = if here.is_empty() {
            "nothing of it is read as this".to_owned()
        } else {
            here.join("; ")
        };
        text += &format!("{}\n", paper.paragraph("  here:", 10, &here));
    }
    if target.is_some() {
        let (known, asked) = beside.known();
        text += &format!(
            "\n{}\n",
            paper.paragraph(
                "",
                0,
                &format!(
                    "Of {} asked for there, something is known of {known}.",
                    plural(asked as u64, "competency", "competencies")
                )
            )
        );
    } else if !other.levels.is_empty() {
        let levels: Vec<&str> = other.levels.iter().map(|l| l.id.as_str()).collect();
        text += &format!("\nFor one of its levels: --level {}\n", levels.join(" | "));
    }
    if !beside.left.is_empty() {
        let names: Vec<String> = beside
            .left
            .iter()
            .map(|id| own_words.competency(id).to_owned())
            .collect();
        let line = format!("Read as nothing there: {}.", list(&names));
        text += &paper.faint(&format!("{}\n", paper.paragraph("", 2, &line)));
    }
    let hint = format!("What counts there: metier framework crosswalk {}\n", other.family);
    text + &paper.faint(&hint)
}

/// What the other criteria ask, and how far it is shown.
fn there(standing: &CompetencyStanding, words: &Words<'_>) -> String {
    let Some(rung) = telling_step(standing) else {
        return "no record".to_owned();
    };
    let asked = standing.expected.as_ref().is_some_and(|e| e.rung == rung.rung);
    let how = state(rung.state, rung.grade);
    if asked {
        format!("{} is asked for: {how}", words.rung(&rung.rung))
    } else {
        format!("{}: {how}", words.rung(&rung.rung))
    }
}

/// How far one's own competency is shown.
fn here(beside: &Beside, id: &CompetencyId, words: &Words<'_>) -> String {
    let standing = beside.own.standing.competency(id);
    let how = standing
        .and_then(|s| highest_step(s).or_else(|| telling_step(s)))
        .map_or_else(
            || "no record".to_owned(),
            |r| format!("{}: {}", words.rung(&r.rung), state(r.state, r.grade)),
        );
    format!("{} ({how})", words.competency(id))
}
