//! `log --list`: what was recorded, latest first, corrections in sight.

use std::collections::HashSet;

use metier_app::words::{Words, capital, plural};
use metier_app::{AppError, Holds, Line, Metier, timeline};
use metier_core::evidence::Claim;
use metier_core::id::EntryId;
use metier_core::journal::Fact;

use super::short;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// Lists the timeline.
pub async fn list(session: &Session, metier: &Metier, limit: usize) -> Result<Answer, AppError> {
    let (entries, life) = metier.read().await?;
    let mut lines = timeline(&entries);
    // By the day it happened, so that a correction stands beside what it corrects.
    lines.sort_by_key(|l| std::cmp::Reverse((l.on, l.recorded_at, l.entry)));
    let all = lines.len();
    lines.truncate(limit);
    let framework = life.needed().map(|v| &*v.framework)?;
    let words = Words::new(framework, &entries, session.surroundings.today());
    let shown: HashSet<EntryId> = lines.iter().map(|l| l.entry).collect();
    session.answer(&lines, |paper| {
        let mut text = String::new();
        for line in &lines {
            // What a thing shows stands under it.
            if claim_of(line).is_none_or(|claim| !shown.contains(&claim.evidence)) {
                text += &format!("{}\n", one(line, &words, paper));
                for claim in lines.iter().rev().filter_map(claim_of) {
                    if claim.evidence == line.entry {
                        text += &format!("{}\n", paper.faint(&paper.paragraph("", 24, &words.claim(claim))));
                    }
                }
            }
        }
        if all > lines.len() {
            text += &format!(
                "\n{} not shown: metier log --list --limit {all}\n",
                capital(&plural(
                    (all - lines.len()) as u64,
                    "earlier entry is",
                    "earlier entries are"
                ))
            );
        }
        text
    })
}

/// The claim of a line, when it is one that holds.
fn claim_of<'a>(line: &Line<'a>) -> Option<&'a Claim> {
    match line.fact {
        Fact::Claim(claim) if line.holds == Holds::Yes => Some(claim),
        _ => None,
    }
}

/// `2026-11-20  a1b2c3d4  Coached two colleagues`.
fn one(line: &Line<'_>, words: &Words<'_>, paper: Paper) -> String {
    let mark = match (line.holds, line.corrects) {
        (Holds::Yes | Holds::TakesBack, None) => String::new(),
        (Holds::Yes, Some(id)) => format!(" (corrects {})", short(id)),
        (Holds::Corrected, _) => " (corrected since)".into(),
        (Holds::TakenBack, _) => " (taken back)".into(),
        (Holds::TakesBack, Some(id)) => format!(" ({})", short(id)),
    };
    let said = words.fact(line.fact) + &mark;
    let lead = format!("{}  {}  ", line.on, short(line.entry));
    let text = paper.paragraph(&lead, 22, &said);
    if line.holds == Holds::Yes {
        text
    } else {
        paper.faint(&text)
    }
}
