//! What somebody pastes into a box.

use std::collections::VecDeque;

use super::options::Options;
use super::row::{Field, Row};
use super::{Read, html, piece};
use crate::posting::{Origin, Posting};

/// What pasted postings name as their file.
pub const PASTED: &str = "pasted";

/// Longest first line that is taken for a title, in characters.
const TITLE_MAX: usize = 100;

/// The adverts of a pasted text: one, or several with a line of three hyphens or more between them. Mark-up is
/// recognised: of a whole page what stands around the advert is left out.
///
/// The first line is the title where it is short and ends no sentence. Parts without any text are no adverts.
pub fn pasted(text: &str) -> Vec<Posting> {
    let options = Options::default();
    let mut found = Vec::new();
    for part in parts(text) {
        let origin = Origin {
            file: PASTED.to_owned(),
            document: found.len() as u64 + 1,
        };
        let mut reads = VecDeque::new();
        if html::is_page(part) {
            piece::page(part, &origin, &options, &mut reads);
        } else {
            let cleaned = html::cleaned(part).unwrap_or_else(|| html::Cleaned {
                text: part.to_owned(),
                stretches: Vec::new(),
            });
            let (title, _) = titled(&cleaned.text);
            let mut row = Row::default();
            row.set(Field::Title, title.map(str::to_owned));
            row.finish(
                cleaned.text,
                cleaned.stretches,
                origin,
                &options.limits,
                &mut reads,
            );
        }
        found.extend(reads.into_iter().filter_map(|read| match read {
            Read::Posting(posting) => Some(posting),
            Read::Damaged(_) => None,
        }));
    }
    found
}

/// The parts between lines of hyphens.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let mark = line.trim();
        if mark.len() >= 3 && mark.bytes().all(|byte| byte == b'-') {
            parts.push(&text[from..at]);
            from = at + line.len();
        }
        at += line.len();
    }
    parts.push(&text[from..]);
    parts
}

/// The first line of a text if it can be its title, and the text.
pub(super) fn titled(text: &str) -> (Option<&str>, &str) {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next();
    let more = lines.next().is_some();
    let title = first.filter(|line| {
        more && line.chars().nth(TITLE_MAX).is_none()
            && !line.ends_with(['.', '!', '?', ':', ';', ','])
            && !line.starts_with(['-', '*', '\u{2022}'])
            && line.chars().any(char::is_alphabetic)
    });
    (title, text)
}
