//! Finding a draft by what it is called, and what a draft may speak for.

use std::collections::HashMap;

use metier_core::framework::{Framework, Suggester};
use metier_core::id::{CompetencyId, EntryId};

use super::Captured;
use crate::error::AppError;

/// The competency a draft may speak for, with the words that led to it: suggested, never claimed.
pub fn suggested(
    framework: &Framework,
    drafts: &[Captured],
) -> HashMap<EntryId, (CompetencyId, Vec<String>)> {
    let suggester = Suggester::new(framework);
    let evidence = drafts.iter().filter(|d| d.proposal.what.kind().is_some());
    evidence
        .filter_map(|draft| {
            // An address says nothing about what was done.
            let words = draft.proposal.title.split_whitespace();
            let said: Vec<&str> = words.filter(|w| !w.contains("://")).collect();
            let found = suggester.of(&said.join(" "))?;
            Some((draft.id, (found.competency.id.clone(), found.words)))
        })
        .collect()
}

/// The draft a person names: by its whole id, or by at least four characters of its end.
///
/// # Errors
/// When there is none, or more than one.
pub fn find_draft(drafts: &[Captured], word: &str) -> Result<EntryId, AppError> {
    let word = word.trim().trim_start_matches('…').to_lowercase();
    let ends = |draft: &&Captured| {
        let whole = draft.id.0.simple().to_string();
        draft.id.to_string() == word || (word.len() >= 4 && whole.ends_with(&word))
    };
    let mut found = drafts.iter().filter(ends);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.id),
        (None, _) => Err(no_draft(&word)),
        (Some(_), Some(_)) => {
            Err(AppError::input(format!("more than one draft ends in `{word}`")).hint("Give more of its id."))
        }
    }
}

/// What must be answered before a draft can be recorded without being looked at by itself; `None` where nothing
/// is open. `day`: a day was said for those that say none.
pub fn open_question(draft: &Captured, day: bool) -> Option<String> {
    let proposal = &draft.proposal;
    if !proposal.doubt.is_empty() {
        return Some(proposal.doubt.clone());
    }
    let evidence = proposal.what.kind().is_some();
    (evidence && proposal.day.is_none() && !day).then(|| "No day is said in it: choose it.".to_owned())
}

/// Drafts parted into those that can be recorded together and those that keep waiting, each with its question.
pub fn without_questions(drafts: &[Captured], day: bool) -> (Vec<&Captured>, Vec<(&Captured, String)>) {
    let mut sure = Vec::new();
    let mut open = Vec::new();
    for draft in drafts {
        match open_question(draft, day) {
            None => sure.push(draft),
            Some(question) => open.push((draft, question)),
        }
    }
    (sure, open)
}

pub(super) fn no_draft(word: &str) -> AppError {
    AppError::not_found(format!("no draft goes by `{word}`"))
        .hint("`metier drafts` and the page Drafts show those that wait.")
}
