//! What goes wrong, as a person reads it: what happened, and what to do.

use std::fmt;

use metier_core::journal::{FactError, MergeConflict, RecordError};
use metier_exchange::DocumentProblem;
use metier_store::{AppendError, StoreError, UniteError};
use serde::Serialize;

/// Sorts of errors, as scripts tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What was given cannot be used.
    Input,
    /// What was asked for is not there.
    NotFound,
    /// It cannot be done in this order: something has to come first.
    NotReady,
    /// The journal or the store is damaged.
    Damaged,
    /// The machine did not do its part: disk, file, permission.
    Machine,
}

/// An error with what to do about it.
#[derive(Debug, Clone, Serialize)]
pub struct AppError {
    /// Its sort.
    pub kind: Kind,
    /// What happened, where.
    pub message: String,
    /// Which field it is about, as a person would call it; absent: none, or more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What to do.
    pub hints: Vec<String>,
}

impl AppError {
    /// An error of some sort.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            field: None,
            hints: Vec::new(),
        }
    }

    /// What was given cannot be used.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(Kind::Input, message)
    }

    /// What was asked for is not there.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// Something has to come first.
    pub fn not_ready(message: impl Into<String>) -> Self {
        Self::new(Kind::NotReady, message)
    }

    /// The same error about one field.
    #[must_use]
    pub fn of(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The same error with something to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The problems of a document, the first as the message.
    pub fn document(name: &str, problems: &[DocumentProblem]) -> Self {
        let mut problems = problems.iter();
        let first = problems
            .next()
            .map_or_else(|| "it cannot be read".into(), ToString::to_string);
        // The name of a file stands in quotation marks: no sentence may begin it with a capital it has not.
        let mut error = Self::input(if name.contains(['.', '/']) {
            format!("\u{201c}{name}\u{201d}: {first}")
        } else {
            format!("{name}: {first}")
        });
        error.hints.extend(problems.map(ToString::to_string));
        error
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AppError {}

impl From<RecordError> for AppError {
    fn from(error: RecordError) -> Self {
        let said = Self::input(error.to_string());
        match error {
            RecordError::Fact(fault) => said.of(fault.field),
            _ => said,
        }
    }
}

impl From<FactError> for AppError {
    fn from(error: FactError) -> Self {
        Self::input(error.to_string()).of(error.field)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::new(Kind::Machine, error.to_string())
    }
}

impl From<AppendError> for AppError {
    fn from(error: AppendError) -> Self {
        Self::new(Kind::Machine, error.to_string())
    }
}

impl From<UniteError> for AppError {
    fn from(error: UniteError) -> Self {
        Self::input(error.to_string())
    }
}

impl From<MergeConflict> for AppError {
    fn from(error: MergeConflict) -> Self {
        Self::input(error.to_string()).hint("Nothing was changed. Keep the copy you trust.")
    }
}

impl From<metier_core::canonical::CanonicalError> for AppError {
    fn from(error: metier_core::canonical::CanonicalError) -> Self {
        Self::input(error.to_string())
    }
}

impl From<metier_measure::MeasureError> for AppError {
    fn from(error: metier_measure::MeasureError) -> Self {
        Self::new(
            Kind::Damaged,
            format!("the policy's numbers cannot be used: {error}"),
        )
    }
}
