//! `track-record`: what was called likely, and what came of it.

use metier_app::AppError;
use metier_app::words::{self, capital, chance};
use metier_core::framework::Framework;
use metier_core::track_record::{Call, TrackRecord};

use crate::answer::Answer;
use crate::paper::{Paper, cut, pad};
use crate::session::Session;

/// How many calls are listed; JSON has them all.
const LISTED: usize = 12;

/// Looks back.
pub async fn run(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (record, life) = (metier.track_record().await?, metier.life().await?);
    let version = life.needed()?;
    session.answer(&record, |paper| shown(&record, &version.framework, paper))
}

fn shown(record: &TrackRecord, framework: &Framework, paper: Paper) -> String {
    let mut text = format!(
        "{}\n",
        paper.strong("What was called likely, and what came of it")
    );
    for said in words::track_record(record) {
        text += &format!("{}\n", paper.paragraph("", 0, &said));
    }
    if record.calls.is_empty() {
        return text;
    }
    text.push('\n');
    for call in record.calls.iter().rev().take(LISTED) {
        text += &line(call, framework);
    }
    let further = record.calls.len().saturating_sub(LISTED);
    if further > 0 {
        text += &paper.faint(&format!("  and {further} earlier\n"));
    }
    text
}

/// "  2026-03  Publish an article …   Delivers  72%  proven after 75 days"
fn line(call: &Call, framework: &Framework) -> String {
    let name = framework
        .competency(&call.competency)
        .map_or(call.competency.as_str(), |c| &c.name);
    let rungs = &framework.ladder.rungs;
    let rung = rungs
        .iter()
        .find(|r| r.id == call.rung)
        .map_or(call.rung.as_str(), |r| &r.name);
    let month = &call.at.to_string()[..7];
    format!(
        "  {month}  {} {} {} {}\n",
        pad(&cut(name, 34), 34),
        pad(&capital(rung), 14),
        pad(&chance(call.stated.get()), 8),
        words::outcome(call)
    )
}
