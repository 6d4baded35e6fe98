//! How drafts are kept beside the journal.

use metier_core::id::EntryId;
use metier_store::Aside;
use serde::{Deserialize, Serialize};

use super::{Captured, KIND, Proposal};
use crate::error::AppError;

/// How a draft is kept.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) state: State,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) source: String,
    /// Gone once it is recorded: the entry says it then, and may be erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) proposal: Option<Proposal>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Waiting,
    Dismissed,
    Recorded,
}

pub(super) fn aside_of(draft: &Captured) -> Result<Aside, AppError> {
    let kept = Kept {
        state: State::Waiting,
        source: draft.source.clone(),
        proposal: Some(draft.proposal.clone()),
    };
    Ok(Aside {
        kind: KIND.into(),
        digest: draft.digest,
        id: draft.id.0,
        kept_at: draft.since,
        body: json(&kept)?,
    })
}

pub(super) fn json(kept: &Kept) -> Result<String, AppError> {
    serde_json::to_string(kept).map_err(|e| AppError::input(format!("a draft cannot be kept: {e}")))
}

pub(super) fn captured_of(aside: &Aside, kept: Kept) -> Option<Captured> {
    Some(Captured {
        id: EntryId(aside.id),
        since: aside.kept_at,
        source: kept.source,
        proposal: kept.proposal?,
        dismissed: kept.state == State::Dismissed,
        digest: aside.digest,
    })
}
