//! The parser's errors, said to the person who wrote the document.

use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{Error, Location, UserMessageFormatter};

use crate::DocumentProblem;
use crate::problem::{nearest, shown};

/// A problem with its line and column.
pub(crate) fn problem_of(error: &Error) -> DocumentProblem {
    let mut problem = wording(innermost(error));
    if let Some(location) = error.location().filter(|l| *l != Location::UNKNOWN) {
        problem = problem.at_line(location.line()).at_column(location.column());
    }
    problem
}

fn innermost(mut error: &Error) -> &Error {
    while let Error::AliasError { error: inner, .. } | Error::WithSnippet { error: inner, .. } = error {
        error = inner;
    }
    error
}

fn wording(error: &Error) -> DocumentProblem {
    match error {
        Error::Eof { .. } => DocumentProblem::new(
            "the document is empty or ends too early",
            "start from `metier framework template`",
        ),
        Error::SerdeUnknownField { field, expected, .. } => unknown("field", field, expected),
        Error::SerdeUnknownVariant {
            variant, expected, ..
        } => unknown("value", variant, expected),
        Error::SerdeMissingField { field, .. } => {
            DocumentProblem::new(format!("the field `{field}` is missing"), "add it").about(*field)
        }
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().map(shown).unwrap_or_default();
            DocumentProblem::new(format!("`{key}` is there twice"), "keep one of them").about(key)
        }
        Error::SerdeInvalidType {
            unexpected, expected, ..
        }
        | Error::SerdeInvalidValue {
            unexpected, expected, ..
        } => DocumentProblem::new(
            format!("{} does not fit here", shown(unexpected)),
            format!("expected {}", sort_of(expected)),
        ),
        Error::InvalidScalar { ty, .. } => {
            DocumentProblem::new(format!("this is not {}", sort_of(ty)), "correct the value")
        }
        Error::Unexpected { expected, .. } => DocumentProblem::new(
            format!("{} is expected here", sort_of(expected)),
            "check the indentation and the brackets",
        ),
        Error::NullIntoString { .. } => {
            DocumentProblem::new("there is no value here", "write one, or take the line away")
        }
        Error::UnknownAnchor { .. } => DocumentProblem::new(
            "a value that begins with * repeats an earlier one, and there is none of that name",
            "put the text in quotation marks",
        ),
        Error::InvalidBooleanStrict { .. } => {
            DocumentProblem::new("this must be yes or no", "write true or false")
        }
        Error::MultipleDocuments { .. } => DocumentProblem::new(
            "there is more than one document in the file",
            "keep one, and take the line `---` between them away",
        ),
        Error::Budget { breach, .. } => budget(breach),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => aliases(),
        Error::UnsupportedTag { tag, .. } => DocumentProblem::new(
            format!("the tag `{}` means nothing here", shown(tag)),
            "take it away",
        ),
        other => {
            let said = other.render_with_formatter(&UserMessageFormatter);
            // The formatter adds the place, which is told apart from the words here.
            let words = said
                .rsplit_once(" at line ")
                .map_or(said.as_str(), |(words, _)| words);
            let words: String = words.chars().take(300).collect();
            if words.contains("nest") || words.contains("recursion") {
                deep()
            } else {
                DocumentProblem::new(words, remedy_of(other))
            }
        }
    }
}

/// What the parser calls a sort of value, as a person would.
fn sort_of(expected: &str) -> &str {
    match expected {
        "u8" | "u32" | "u64" | "i64" => "a whole number",
        "f64" => "a number",
        "bool" | "a boolean" => "true or false",
        "string scalar" | "a string" => "a text",
        "mapping start" => "a map (lines of `name: value`, further indented)",
        "sequence start" => "a list (lines that begin with `- `, or [a, b])",
        other => other,
    }
}

/// What helps against what people get wrong most: indentation, and texts that need quotation marks.
fn remedy_of(error: &Error) -> &'static str {
    match error {
        Error::Message { msg, .. } if msg.contains("is not an id") => "",
        Error::Message { .. } | Error::ExternalMessage { .. } => {
            "check the indentation, and put a text that contains `: ` or begins with a sign in quotation marks"
        }
        _ => "",
    }
}

fn unknown(sort: &str, name: &str, expected: &[&str]) -> DocumentProblem {
    let meant = match nearest(name, expected) {
        Some(meant) => format!("perhaps `{meant}` is meant; "),
        None => String::new(),
    };
    DocumentProblem::new(
        format!("the {sort} `{}` is not known here", shown(name)),
        format!("{meant}expected one of {}", expected.join(", ")),
    )
    .about(shown(name))
}

fn budget(breach: &BudgetBreach) -> DocumentProblem {
    match breach {
        BudgetBreach::Depth { .. } => deep(),
        BudgetBreach::Aliases { .. }
        | BudgetBreach::Anchors { .. }
        | BudgetBreach::MergeKeys { .. }
        | BudgetBreach::AliasAnchorRatio { .. } => aliases(),
        BudgetBreach::Documents { .. } => DocumentProblem::new(
            "there is more than one document in the file",
            "keep one, and take the line `---` between them away",
        ),
        _ => DocumentProblem::new(
            "the document has more parts than any framework needs",
            "check that this is the right file",
        ),
    }
}

fn deep() -> DocumentProblem {
    DocumentProblem::new(
        format!(
            "lists and maps are nested deeper than {} levels",
            super::DEPTH_MAX
        ),
        "a framework needs eight; check brackets and indentation",
    )
}

fn aliases() -> DocumentProblem {
    DocumentProblem::new(
        "anchors (&) and aliases (*) repeat too much of the document",
        "write the repeated parts out",
    )
}
