//! Mark-up to text.
//!
//! [`page`] reads a web page: what stands around the advert (navigation, headers, footers, notices, menus,
//! lists of links) and what is no text (scripts, styles, forms' lists) is left out. [`clean`] reads a field of
//! a table or a pasted text: tags and entities are resolved if there are any, and nothing is left out but
//! scripts and styles.
//!
//! What is around an advert is told by element, role and class. If that leaves next to nothing of the page,
//! the page does not follow the custom, and everything that is shown is kept.

mod around;
mod microdata;
mod paper;
#[cfg(test)]
mod tests;
mod tokens;

use std::borrow::Cow;
use std::ops::Range;

use self::microdata::Said;
use self::paper::{Blanks, Line, Paper};
use crate::posting::Stretch;

/// Bytes of text below which the main part alone is no advert.
const MAIN_MIN: usize = 200;

/// How many lines of nothing but links make a menu.
const MENU: usize = 3;

/// Text without mark-up, and where it stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The text: a line for each block.
    pub text: String,
    /// Where stretches of it stood; empty where the text is the source's own, byte for byte.
    pub stretches: Vec<Stretch>,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The content without what stands around it.
    pub content: Cleaned,
    /// The heading, or what the page calls itself.
    pub title: Option<String>,
    /// Scripts of linked data, as they stand.
    pub linked_data: Vec<String>,
    /// Postings marked on the page itself.
    pub marked: Vec<Marked>,
}

/// A posting marked on the page: values by the path of their properties (`hiringOrganization.name`).
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub values: Vec<(String, String)>,
    /// What is marked as the description and what belongs to it.
    pub text: Cleaned,
}

/// Properties whose texts together are what a posting says.
pub(super) const TEXTS: [&str; 8] = [
    "description",
    "responsibilities",
    "qualifications",
    "skills",
    "experienceRequirements",
    "educationRequirements",
    "jobBenefits",
    "incentiveCompensation",
];

/// Text without tags and entities. Text without either is given back as it is.
///
/// Mark-up that was escaped twice (`&lt;p&gt;`) is resolved too. Offsets are those of `text`.
pub fn clean(text: &str) -> Cow<'_, str> {
    match cleaned(text) {
        Some(cleaned) => Cow::Owned(cleaned.text),
        None => Cow::Borrowed(text),
    }
}

/// As [`clean`], with the places; nothing where there is nothing to clean.
pub(super) fn cleaned(text: &str) -> Option<Cleaned> {
    let once = cleaned_once(text)?;
    // Descriptions in feeds are often escaped as a whole.
    if !has_tags(text)
        && has_tags(&once.text)
        && let Some(mut twice) = cleaned_once(&once.text)
    {
        for stretch in &mut twice.stretches {
            stretch.source = source_of(&once.stretches, stretch.source);
        }
        return Some(twice);
    }
    Some(once)
}

fn cleaned_once(text: &str) -> Option<Cleaned> {
    if has_tags(text) {
        let blanks = if has_blocks(text) {
            Blanks::Joined
        } else {
            Blanks::Lines
        };
        let paper = read(text, blanks, tokens::tokenize);
        Some(compose(&paper, paper.lines.iter().map(|line| line.range.clone())))
    } else if has_entities(text) {
        let paper = read(text, Blanks::Kept, tokens::resolve);
        Some(Cleaned {
            text: into_text(paper.text),
            stretches: paper.stretches,
        })
    } else {
        None
    }
}

fn read(text: &str, blanks: Blanks, with: fn(&str, Paper) -> Paper) -> Paper {
    let mut paper = with(text, Paper::new(blanks));
    if blanks != Blanks::Kept {
        paper.close();
    }
    paper
}

fn source_of(stretches: &[Stretch], at: u32) -> u32 {
    match stretches.partition_point(|s| s.at <= at).checked_sub(1) {
        Some(before) => stretches[before].source + (at - stretches[before].at),
        None => at,
    }
}

/// Reads a web page.
pub(super) fn page(source: &str) -> Page {
    let mut paper = read(source, Blanks::Joined, tokens::tokenize);
    let kept = content(&paper.lines);
    let content = compose(&paper, kept.into_iter().map(|line| line.range.clone()));
    let piece = |range: &Range<usize>| {
        String::from_utf8_lossy(&paper.text[range.clone()])
            .trim()
            .to_owned()
    };
    let marked = paper
        .microdata
        .items
        .iter()
        .map(|item| {
            let values = item.says.iter().filter_map(|(path, said)| {
                let value = match said {
                    Said::Text(_) if TEXTS.contains(&path.as_str()) => return None,
                    Said::Text(range) => piece(range),
                    Said::Value(value) => value.clone(),
                };
                Some((path.clone(), value))
            });
            let mut ranges: Vec<_> = item
                .says
                .iter()
                .filter_map(|(path, said)| match said {
                    Said::Text(range) if TEXTS.contains(&path.as_str()) => Some(range.clone()),
                    _ => None,
                })
                .collect();
            ranges.sort_by_key(|range| range.start);
            // What is marked inside of what is marked is not said twice.
            let mut end = 0;
            ranges.retain(|range| {
                let new = range.end > end;
                end = end.max(range.end);
                new
            });
            Marked {
                values: values.collect(),
                text: compose(&paper, ranges.into_iter()),
            }
        })
        .collect();
    let heading = paper.heading.as_ref().map(|(range, _)| piece(range));
    let title = [
        heading.map(|heading| heading.replace('\n', " ")),
        paper.og_title.clone(),
        Some(paper.page_title.split_whitespace().collect::<Vec<_>>().join(" ")),
    ]
    .into_iter()
    .flatten()
    .find(|title| !title.is_empty());
    Page {
        content,
        title,
        linked_data: std::mem::take(&mut paper.linked_data),
        marked,
    }
}

/// The lines that are the content.
fn content(lines: &[Line]) -> Vec<&Line> {
    let size = |lines: &[&Line]| lines.iter().map(|line| line.range.len()).sum::<usize>();
    let all: Vec<&Line> = lines.iter().collect();
    let inner: Vec<&Line> = lines.iter().filter(|line| !line.around).collect();
    let main: Vec<&Line> = inner.iter().copied().filter(|line| line.main).collect();
    let inner = without_menus(&inner);
    let main = without_menus(&main);
    let (whole, kept) = (size(&all), size(&inner));
    if size(&main) >= MAIN_MIN.max(kept / 4) {
        main
    } else if kept < MAIN_MIN && whole > 5 * kept {
        without_menus(&all)
    } else {
        inner
    }
}

/// Runs of lines that are nothing but links are menus.
fn without_menus<'a>(lines: &[&'a Line]) -> Vec<&'a Line> {
    let is_link = |line: &Line| line.links * 10 >= line.range.len() * 8;
    lines
        .chunk_by(|a, b| is_link(a) == is_link(b))
        .filter(|run| run.len() < MENU || !is_link(run[0]))
        .flatten()
        .copied()
        .collect()
}

/// Ranges of the paper as one text, a line end between them.
fn compose(paper: &Paper, ranges: impl Iterator<Item = Range<usize>>) -> Cleaned {
    let mut text = Vec::new();
    let mut stretches: Vec<Stretch> = Vec::new();
    for range in ranges {
        let part = paper.text[range.clone()].trim_ascii();
        if part.is_empty() {
            continue;
        }
        let lead = paper.text[range.clone()].len() - paper.text[range.clone()].trim_ascii_start().len();
        let (from, to) = (range.start + lead, range.start + lead + part.len());
        if !text.is_empty() {
            text.push(b'\n');
        }
        let base = text.len();
        let first = paper.stretches.partition_point(|s| (s.at as usize) <= from);
        let at_from = first.checked_sub(1).map(|before| {
            let stretch = paper.stretches[before];
            stretch.source as usize + (from - stretch.at as usize)
        });
        let inside = paper.stretches[first..]
            .iter()
            .take_while(|s| (s.at as usize) < to)
            .map(|s| (s.at as usize - from, s.source as usize));
        for (at, source) in at_from.map(|source| (0, source)).into_iter().chain(inside) {
            let known = stretches
                .last()
                .is_some_and(|s| s.source as usize + (base + at - s.at as usize) == source);
            if !known && let (Ok(at), Ok(source)) = (u32::try_from(base + at), u32::try_from(source)) {
                stretches.push(Stretch { at, source });
            }
        }
        text.extend_from_slice(part);
    }
    Cleaned {
        text: into_text(text),
        stretches,
    }
}

/// What came of valid text is valid text.
fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())
}

/// Whether a text is a whole page, or begins as one.
pub(super) fn is_page(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let mut start = start.as_bytes();
    while let Some(rest) = start.strip_prefix(b"<!--") {
        let Some(end) = memchr::memmem::find(rest, b"-->") else {
            return true;
        };
        start = rest[end + 3..].trim_ascii_start();
    }
    let begins = |tag: &[u8]| start.len() > tag.len() && start[..tag.len()].eq_ignore_ascii_case(tag);
    begins(b"<!doctype html") || begins(b"<html") || begins(b"<head>") || begins(b"<body")
}

/// Whether a text holds tags of HTML. `List<String>` and `salary < 50,000` do not.
pub(super) fn has_tags(text: &str) -> bool {
    tags(text).next().is_some()
}

fn has_blocks(text: &str) -> bool {
    tags(text).any(|name| paper::is_block(name.to_ascii_lowercase().as_bytes()))
}

/// The names of the tags of HTML in a text.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).filter_map(move |at| {
        let rest = &bytes[at + 1..];
        if rest.starts_with(b"!--") {
            return Some("!--");
        }
        let slash = usize::from(rest.first() == Some(&b'/'));
        let length = rest[slash..]
            .iter()
            .take(16)
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        let after = rest.get(slash + length)?;
        let name = &text[at + 1 + slash..at + 1 + slash + length];
        let ends = matches!(after, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r');
        (ends && is_element(name)).then_some(name)
    })
}

fn is_element(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    paper::is_block(name.as_bytes())
        || matches!(
            name.as_str(),
            "a" | "b"
                | "i"
                | "u"
                | "em"
                | "strong"
                | "span"
                | "font"
                | "small"
                | "big"
                | "sup"
                | "sub"
                | "img"
                | "script"
                | "style"
                | "code"
                | "label"
                | "iframe"
        )
}

/// Whether a text holds entities: `&amp;`, `&#8217;`, `&#x2019;`.
fn has_entities(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'&', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        let (digits, skip) = match rest {
            [b'#', b'x' | b'X', ..] => (true, 2),
            [b'#', ..] => (true, 1),
            _ => (false, 0),
        };
        let length = rest[skip..]
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        let enough = length >= if digits { 1 } else { 2 };
        enough && rest.get(skip + length) == Some(&b';')
    })
}
