//! Our own framework document: YAML (or JSON, which is YAML), field for field what
//! [`metier_core::framework::Framework`] is. The form is described in `docs/framework-format.md`.

mod locate;
pub(crate) mod wording;

use metier_core::framework::{Framework, check};
use serde_saphyr::options::{AliasLimits, DuplicateKeyPolicy};

use crate::DocumentProblem;
use crate::problem::{PROBLEMS_MAX, text_of};

/// The largest document accepted, in bytes.
pub const DOCUMENT_MAX: usize = 2 << 20;

/// How deep lists and maps may nest; a framework needs eight levels.
const DEPTH_MAX: usize = 24;

/// A short framework that explains the format in its comments, and that [`read`] accepts.
pub fn template() -> &'static str {
    include_str!("template.yaml")
}

/// Reads a framework document and checks it as a whole.
///
/// # Errors
/// The first problem of form (with line, column and what was expected), or up to twenty problems of
/// content, each with the line it stands on where that can be told.
pub fn read(bytes: &[u8]) -> Result<Framework, Vec<DocumentProblem>> {
    let (framework, text) = parse(bytes).map_err(|problem| vec![problem])?;
    let mut problems: Vec<DocumentProblem> = check(&framework)
        .into_iter()
        .take(PROBLEMS_MAX)
        .map(|problem| {
            let line = locate::line_of(text, &problem.place, problem.what.contains("used twice"));
            DocumentProblem {
                line,
                ..DocumentProblem::new(problem.what, "").about(problem.place)
            }
        })
        .collect();
    if problems.is_empty() {
        return Ok(framework);
    }
    problems.sort_by_key(|p| p.line.unwrap_or(u64::MAX));
    Err(problems)
}

/// Reads a document that is still being written: its form must hold, its content need not.
///
/// # Errors
/// The first problem of form.
pub fn read_draft(bytes: &[u8]) -> Result<Framework, DocumentProblem> {
    parse(bytes).map(|(framework, _)| framework)
}

fn parse(bytes: &[u8]) -> Result<(Framework, &str), DocumentProblem> {
    if bytes.len() > DOCUMENT_MAX {
        return Err(DocumentProblem::new(
            format!(
                "the document has {} bytes; at most {DOCUMENT_MAX} are read",
                bytes.len()
            ),
            "a framework of 2,000 competencies fits; check that this is the right file",
        ));
    }
    let text = text_of(bytes)?;
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: DEPTH_MAX,
            flow_nesting_limit: DEPTH_MAX,
            max_documents: 1,
            max_events: 400_000,
            max_nodes: 200_000,
            max_anchors: 200,
            max_aliases: 200,
            max_merge_keys: 100,
            max_recorded_anchor_events: 20_000,
            max_recorded_anchor_bytes: DOCUMENT_MAX,
            max_total_scalar_bytes: 2 * DOCUMENT_MAX,
        },
        alias_limits: alias_limits(),
        duplicate_keys: DuplicateKeyPolicy::Error,
        // `name: No` is a text; only true and false are yes and no.
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options::<Framework>(text, options)
        .map(|framework| (framework, text))
        .map_err(|error| wording::problem_of(&error))
}

fn alias_limits() -> AliasLimits {
    let mut limits = AliasLimits::default();
    limits.max_total_replayed_events = 20_000;
    limits.max_replay_stack_depth = 8;
    limits
}

/// Writes a framework as a YAML document that [`read`] reads back as the same framework.
pub fn write(framework: &Framework) -> String {
    let options = serde_saphyr::ser_options! {
        indent_step: 2,
        compact_list_indent: false,
        folded_wrap_chars: 110,
    };
    // A framework is lists, texts and numbers, all of which have a YAML form. Should the writer ever
    // see that otherwise, the same document in JSON is YAML too.
    serde_saphyr::to_string_with_options(framework, options)
        .or_else(|_| serde_json::to_string_pretty(framework))
        .unwrap_or_default()
}
