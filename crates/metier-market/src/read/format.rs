//! Which format a file is in, by what it holds and what it is called.

use serde::{Deserialize, Serialize};

use super::options::Options;
use super::{html, records};

/// The formats postings come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text, one posting a file.
    Text,
    /// A web page: its postings as linked data or microdata, else its main text.
    Html,
    /// A web page saved with everything it shows (`.mhtml`).
    Mhtml,
    /// JSON Lines: an object a line.
    JsonLines,
    /// A table as text, its first row the names of the columns; separated by commas, semicolons, tabs or bars.
    Csv,
    /// Apache Parquet.
    Parquet,
}

/// Bytes that are looked at to tell a format.
pub(super) const LOOK: usize = 8_192;

/// The format of a file that is called this and begins like this (expanded, in UTF-8).
pub(super) fn detect(name: &str, start: &[u8], options: &Options) -> Format {
    if let Some(told) = options.format {
        return told;
    }
    if start.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    let text = String::from_utf8_lossy(start);
    if html::is_page(&text) {
        return Format::Html;
    }
    let lower = name.to_ascii_lowercase();
    let lower = [".gz", ".gzip", ".zst", ".zstd"]
        .iter()
        .find_map(|end| lower.strip_suffix(end))
        .unwrap_or(&lower);
    match lower.rsplit_once('.').map(|(_, end)| end) {
        Some("jsonl" | "ndjson" | "json") => return Format::JsonLines,
        Some("csv" | "tsv" | "tab") => return Format::Csv,
        Some("parquet" | "pq") => return Format::Parquet,
        Some("html" | "htm" | "xhtml") => return Format::Html,
        Some("mhtml" | "mht") => return Format::Mhtml,
        _ => {}
    }
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    if trimmed.starts_with('{') && trimmed[1..].trim_start().starts_with(['"', '}']) {
        return Format::JsonLines;
    }
    if is_mail(&text) {
        return Format::Mhtml;
    }
    if let Some((_, names)) = records::header(text.as_bytes(), options)
        && names.len() > 1
        && super::row::Mapping::of(&names, options).is_ok()
    {
        return Format::Csv;
    }
    if trimmed.starts_with('<') && html::has_tags(trimmed) {
        return Format::Html;
    }
    Format::Text
}

fn is_mail(text: &str) -> bool {
    let head = text.split("\n\n").next().unwrap_or_default().to_ascii_lowercase();
    head.contains("mime-version:") && head.contains("content-type: multipart/related")
}
