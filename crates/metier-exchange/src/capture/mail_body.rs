//! The body of a mail: what is its writer's own, and what is greeting, quotation, signature, disclaimer.

use super::around::{is_greeting, is_sign_off};
use super::list::{self, without_bullet};
use super::mail::header;

/// The most lines, empty ones aside and included, that a signature without its mark may have.
const SIGNATURE_MAX: usize = 12;
const SIGNATURE_LINES: usize = 40;

/// The lines of a body that are its writer's own words; what else there was is said in `left_out`.
pub(super) fn own_words<'t>(lines: &[(u64, &'t str)], left_out: &mut Vec<String>) -> Vec<(u64, &'t str)> {
    Cleaner::default().clean(lines, left_out)
}

#[derive(Default)]
struct Cleaner {
    quoted: usize,
    signature: usize,
    disclaimer: bool,
    greeting: bool,
    /// Something was said already.
    begun: bool,
}

impl Cleaner {
    fn clean<'t>(mut self, lines: &[(u64, &'t str)], left_out: &mut Vec<String>) -> Vec<(u64, &'t str)> {
        let mut kept: Vec<(u64, &str)> = Vec::new();
        // How many lines announce a quoted mail, at each line that begins to.
        let replies: Vec<Option<usize>> = (0..lines.len()).map(|at| begins_reply(&lines[at..])).collect();
        let mut at = 0;
        while let Some(&(number, raw)) = lines.get(at) {
            let line = raw.trim();
            let rest = &lines[at..];
            if line.starts_with('>') {
                self.quoted += 1;
            } else if let Some(length) = replies[at] {
                self.quoted += length;
                // Some programs mark each quoted line, others mark none and quote to the end.
                let marked = rest[length..].iter().find(|(_, l)| !l.trim().is_empty());
                if marked.is_none_or(|(_, l)| !l.trim_start().starts_with('>')) {
                    self.quoted += rest.len() - length;
                    break;
                }
                at += length;
                continue;
            } else if let Some(length) = signature(rest, &replies[at..], self.begun) {
                self.signature += rest[..length]
                    .iter()
                    .filter(|(_, l)| !l.trim().is_empty())
                    .count();
                at += length;
                continue;
            } else if is_device_line(line) {
                self.signature += 1;
            } else if is_disclaimer(line) {
                self.disclaimer = true;
            } else if !self.begun && is_greeting(line) {
                self.greeting = true;
            } else {
                self.begun |= !line.is_empty();
                kept.push((number, raw));
            }
            at += 1;
        }
        self.report(left_out);
        kept
    }

    fn report(&self, left_out: &mut Vec<String>) {
        if self.greeting {
            left_out.push("The greeting.".into());
        }
        if self.quoted > 0 {
            left_out.push(format!("What is quoted from other mails: {} lines.", self.quoted));
        }
        if self.signature > 0 {
            left_out.push(format!("A signature: {} lines.", self.signature));
        }
        if self.disclaimer {
            left_out.push("A disclaimer.".into());
        }
    }
}

/// How many lines announce a quoted mail, when the first does: "On … wrote:", or a block of headers.
fn begins_reply(lines: &[(u64, &str)]) -> Option<usize> {
    let (_, first) = lines.first()?;
    let first = first.trim();
    let bare = first
        .trim_matches(|c: char| matches!(c, '-' | '_' | ' '))
        .to_lowercase();
    if bare == "original message" {
        return Some(1);
    }
    let ruled = first.len() >= 20 && first.bytes().all(|b| b == b'_');
    let heads = |line: &str, name: &str| header(line).is_some_and(|(n, _)| n == name);
    let head = &lines[usize::from(ruled)..];
    let block: Vec<&str> = head.iter().take(4).map(|(_, l)| l.trim()).collect();
    if block.first().is_some_and(|l| heads(l, "from"))
        && block[1..].iter().any(|l| heads(l, "sent") || heads(l, "date"))
    {
        return Some(usize::from(ruled) + 1);
    }
    if !first.starts_with("On ") {
        return None;
    }
    // The announcement may be wrapped.
    let mut said = String::new();
    for (n, (_, line)) in lines.iter().take(3).enumerate() {
        said.push_str(line.trim());
        if said.ends_with("wrote:") {
            return Some(n + 1);
        }
        if line.trim().is_empty() {
            break;
        }
        said.push(' ');
    }
    None
}

/// How many lines a signature has that begins here: up to the end, or to what is quoted after it.
fn signature(lines: &[(u64, &str)], replies: &[Option<usize>], after_text: bool) -> Option<usize> {
    let (_, first) = lines.first()?;
    let quoted = |at: &usize| lines[*at].1.trim_start().starts_with('>') || replies[*at].is_some();
    if first.trim_end() == "--" {
        return Some((1..lines.len()).find(quoted).unwrap_or(lines.len()));
    }
    if !after_text || !is_sign_off(first) {
        return None;
    }
    // No further than a signature can go: a mail may be of sign-offs alone.
    let near = lines.len().min(SIGNATURE_LINES);
    let length = match (1..near).find(quoted) {
        Some(length) => length,
        None if near == lines.len() => near,
        None => return None,
    };
    let rest = lines[1..length]
        .iter()
        .map(|(_, l)| l.trim())
        .filter(|l| !l.is_empty());
    let rest: Vec<&str> = rest.collect();
    let short = |l: &&str| l.chars().count() <= 80 && !without_bullet(l).found;
    (rest.len() <= SIGNATURE_MAX && rest.iter().all(short)).then_some(length)
}

fn is_device_line(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.starts_with("sent from my ")
        || lower.starts_with("get outlook for ")
        || lower.starts_with("sent via ")
}

fn is_disclaimer(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "not the intended recipient",
        "intended only for",
        "intended solely for",
        "confidentiality notice",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase))
}

/// Paragraphs as one line each: mails are wrapped at some width. Bullets stay lines.
pub(super) fn unwrapped(lines: &[(u64, &str)]) -> Vec<(u64, String)> {
    let mut paragraphs: Vec<(u64, String)> = Vec::new();
    let mut open = false;
    for (number, raw) in lines {
        let line = raw.trim();
        if line.is_empty() {
            paragraphs.push((*number, String::new()));
            open = false;
        } else if open && !without_bullet(line).found && list::split_date(line).is_none() {
            if let Some((_, last)) = paragraphs.last_mut() {
                last.push(' ');
                last.push_str(line);
            }
        } else {
            // With its indentation, which says what belongs under what.
            paragraphs.push((*number, (*raw).trim_end().to_owned()));
            open = true;
        }
    }
    paragraphs
}
