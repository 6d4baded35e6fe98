//! The answer after something was recorded: what, and what it changed.

use metier_app::words::{Words, day, state};
use metier_app::{AppError, AsOf, Metier, Sight, ToClaim};
use metier_core::id::{CompetencyId, EntryId, RungId};
use serde::Serialize;

use super::short;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What was recorded.
#[derive(Debug, Serialize)]
pub struct Recorded {
    /// The entries by which it goes.
    pub recorded: Vec<EntryId>,
}

/// What something recorded may have moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// A competency as a whole: somebody judged it.
    Competency(CompetencyId),
    /// One step of it.
    Step(CompetencyId, RungId),
}

impl Touched {
    /// The steps that claims are about.
    pub fn by(claims: &[ToClaim]) -> Vec<Self> {
        claims
            .iter()
            .filter_map(|claim| match claim {
                ToClaim::Step { competency, rung, .. } => Some(Self::Step(competency.clone(), rung.clone())),
                ToClaim::Credential(_) => None,
            })
            .collect()
    }
}

/// Answers with what was recorded and how what it touches stands now.
pub async fn recorded(
    session: &Session,
    metier: &Metier,
    ids: Vec<EntryId>,
    said: &str,
    touched: &[Touched],
    hint: Option<String>,
) -> Result<Answer, AppError> {
    let recorded = Recorded { recorded: ids };
    let now = if session.json() || touched.is_empty() {
        None
    } else {
        // The record is safe by now; that it cannot be judged yet is no reason to call it failed.
        metier.sight(AsOf::default()).await.ok()
    };
    metier.close().await;
    session.answer(&recorded, |paper| {
        let mut text = said.to_owned();
        if let [id] = recorded.recorded.as_slice() {
            text += &paper.faint(&format!("  [{}]", short(*id)));
        }
        text.push('\n');
        if let Some(sight) = &now {
            let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
            for one in touched {
                text += &moved(one, sight, &words, paper);
            }
        }
        if let Some(hint) = &hint {
            text += &format!("{}\n", paper.paragraph("", 2, hint));
        }
        text
    })
}

/// How one thing stands now, and what it still asks for.
fn moved(touched: &Touched, sight: &Sight, words: &Words<'_>, paper: Paper) -> String {
    let (Touched::Competency(id) | Touched::Step(id, _)) = touched;
    let Some(competency) = sight.standing.competency(id) else {
        return String::new();
    };
    let Touched::Step(_, rung) = touched else {
        let said = format!(
            "{}: probably {}. {}",
            words.competency(id),
            words.probably(&competency.probably),
            words.line(competency)
        );
        return paper.paragraph("", 2, &said) + "\n";
    };
    let Some(rung) = competency.rung(rung) else {
        return String::new();
    };
    let why = rung.reasons.first().map_or_else(String::new, |r| words.reason(r));
    let said = format!(
        "{}, {}: {}. {why}",
        words.competency(id),
        words.rung_title(&rung.rung),
        state(rung.state, rung.grade)
    );
    let mut text = paper.paragraph("", 2, &said) + "\n";
    if let Some(missing) = rung.missing.first() {
        text += &format!("{}\n", paper.paragraph("  →", 4, &words.missing(missing)));
    }
    text
}

/// "on 3 February 2026", or nothing for today.
pub fn on(date: jiff::civil::Date, session: &Session) -> String {
    if date == session.surroundings.today() {
        String::new()
    } else {
        format!(" on {}", day(date))
    }
}
