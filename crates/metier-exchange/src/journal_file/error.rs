//! Why a journal file is refused.

use std::fmt;

/// Why a journal file is refused. Nothing of it was taken over.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct JournalFileError {
    /// The line of `journal.jsonl`, from 1, where it could be told.
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

/// What to do about a file that was damaged or changed.
const TAKE_ANOTHER: &str = "take another copy of the file, or export it again where it came from";

impl JournalFileError {
    /// A file that is damaged: another copy is needed.
    pub(super) fn damaged(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            reason: reason.into(),
            remedy: TAKE_ANOTHER.into(),
        }
    }

    /// A file over a limit.
    pub(super) fn too_large(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            reason: reason.into(),
            remedy: "check that this is a journal file; if it is, raise the limit in the configuration"
                .into(),
        }
    }

    /// A file of a newer program.
    pub(super) fn newer(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            reason: reason.into(),
            remedy: "update Metier here, then import it again".into(),
        }
    }

    pub(super) fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }

    pub(super) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for JournalFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line} of {}: ", super::LINES)?;
        }
        write!(f, "{} ({})", self.reason, self.remedy)
    }
}

impl std::error::Error for JournalFileError {}
