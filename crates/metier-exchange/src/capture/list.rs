//! A list: one thing a line, however it was bulleted, numbered or dated.

use super::around::{heads, in_capitals, in_signature, is_greeting, is_rule, is_sign_off};
use super::dates::{self, Dated, Exactness};
use super::{Form, Proposal, Reading, links_in, of_line};

/// Reads a list.
///
/// Bullets, numbers and tick boxes are taken off. A date in front (`2026-03-04: …`, `4 March 2026 – …`,
/// `March 2026: …`) or in brackets at the end is taken as the item's date; a heading that is a date dates
/// the items under it. Other headings (a Markdown `#`, or a line that ends in a colon) are left out. A
/// line that is indented further, under one with a bullet, belongs to it.
pub(super) fn read(text: &str) -> Reading {
    read_lines((1..).zip(text.lines()))
}

/// Reads a list from lines that are numbered.
pub(super) fn read_lines<'t>(lines: impl Iterator<Item = (u64, &'t str)>) -> Reading {
    let lines: Vec<(u64, &str)> = lines.collect();
    let mut reader = Reader::default();
    // What follows tells a heading: bullets, or a rule drawn under it.
    let mut nexts = vec![Next::Other; lines.len()];
    let mut next = Next::Other;
    for (at, (_, raw)) in lines.iter().enumerate().rev() {
        nexts[at] = next;
        let line = raw.trim();
        if !line.is_empty() {
            next = if is_rule(line) {
                Next::Rule
            } else if without_bullet(line).found {
                Next::Bullet
            } else {
                Next::Other
            };
        }
    }
    for ((line, raw), next) in lines.into_iter().zip(nexts) {
        if reader.items.len() > super::PROPOSALS_MAX {
            break;
        }
        reader.line(line, raw, next);
    }
    reader.done()
}

/// What the next line that is not empty is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Bullet,
    Rule,
    Other,
}

#[derive(Default)]
struct Reader {
    items: Vec<Item>,
    under: Option<Dated>,
    /// The indentation of the last bullet, while lines may still belong to it.
    bullet: Option<usize>,
    headings: usize,
    /// Headings known only by what follows them: said, so that nothing is lost unseen.
    taken: Vec<String>,
    greetings: usize,
    signature: usize,
    /// A letter has ended: what follows may be its signature.
    ended: bool,
}

struct Item {
    line: u64,
    date: Option<Dated>,
    text: String,
    more: Vec<String>,
    unticked: bool,
}

impl Reader {
    fn line(&mut self, line: u64, raw: &str, next: Next) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            self.bullet = None;
            return;
        }
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        let Bullet {
            rest,
            found,
            unticked,
        } = without_bullet(trimmed);
        if let Some(at) = self.bullet
            && indent > at
            && let Some(last) = self.items.last_mut()
        {
            if found {
                last.more.push(rest.to_owned());
            } else if let Some(more) = last.more.last_mut() {
                *more += &format!(" {rest}");
            } else {
                last.text += &format!(" {rest}");
            }
            return;
        }
        if !found && self.around(raw, trimmed) {
            return;
        }
        self.ended = false;
        if !found && let Some(heading) = heading(trimmed) {
            let year = self.under.as_ref().map(|d| d.date.year());
            self.under = dates::in_heading(heading, year);
            self.bullet = None;
            self.headings += 1;
            return;
        }
        let above = match next {
            Next::Bullet | Next::Rule => heads(trimmed),
            Next::Other => in_capitals(trimmed),
        };
        if !found && above && split_date(trimmed).is_none() {
            self.under = None;
            self.bullet = None;
            self.taken.push(super::shown(trimmed));
            return;
        }
        self.bullet = found.then_some(indent);
        let (date, text) = match split_date(rest) {
            Some((date, text)) => (Some(date), text),
            None => (self.under.clone(), rest),
        };
        if text.contains(char::is_alphanumeric) {
            self.items.push(Item {
                line,
                date,
                text: text.to_owned(),
                more: Vec::new(),
                unticked,
            });
        } else {
            // A rule, or a bullet with nothing behind it but perhaps a date.
            self.under = date;
        }
    }

    /// A greeting, or the end of a letter with what stands under it.
    fn around(&mut self, raw: &str, trimmed: &str) -> bool {
        if self.items.is_empty() && is_greeting(trimmed) {
            self.greetings += 1;
        } else if raw.trim_end() == "--" || (!self.items.is_empty() && is_sign_off(trimmed)) {
            self.ended = true;
            self.signature += 1;
        } else if self.ended && in_signature(trimmed) && split_date(trimmed).is_none() {
            self.signature += 1;
        } else {
            return false;
        }
        self.bullet = None;
        true
    }

    fn done(self) -> Reading {
        let mut left_out = Vec::new();
        if self.greetings > 0 {
            left_out.push("The greeting.".into());
        }
        if self.signature > 0 {
            left_out.push(format!("A signature: {} lines.", self.signature));
        }
        if !self.taken.is_empty() {
            const SHOWN: usize = 20;
            let more = if self.taken.len() > SHOWN {
                ", and more"
            } else {
                ""
            };
            let said = self.taken.iter().take(SHOWN).map(|h| format!("“{h}”"));
            left_out.push(format!(
                "Taken for headings: {}{more}.",
                said.collect::<Vec<_>>().join(", ")
            ));
        }
        if self.headings > 0 {
            left_out.push(format!(
                "Headings, which only say when or under what: {}.",
                self.headings
            ));
        }
        Reading {
            form: Form::List,
            proposals: self.items.into_iter().map(Item::proposal).collect(),
            left_out,
        }
    }
}

impl Item {
    fn proposal(self) -> Proposal {
        let mut proposal = of_line(format!("line {}", self.line), &self.text, &self.text, self.date);
        if !self.more.is_empty() {
            let more: String = self.more.iter().map(|m| format!("- {m}\n")).collect();
            proposal.from = format!("{}\n{}", self.text, more.trim_end());
            proposal.links.extend(links_in(&more));
            proposal.note = super::noted(&[&proposal.note, &more]);
        }
        if self.unticked {
            proposal.doubt = UNTICKED.into();
        }
        proposal
    }
}

/// What to say of a box that is not ticked.
pub(super) const UNTICKED: &str = "Its box is not ticked: was it done?";

/// The date at either end of a line, and the rest.
pub(super) fn split_date(line: &str) -> Option<(Dated, &str)> {
    dates::leading(line)
        .or_else(|| dates::bracketed(line))
        .or_else(|| trailing(line))
        .or_else(|| inside(line))
}

/// The one day of a line that names exactly one as year, month and day, wherever it stands: "Fixed the outage of
/// 2026-05-12 in 20 minutes". It belongs to the sentence, and stays in it.
fn inside(line: &str) -> Option<(Dated, &str)> {
    let looks_so = |word: &&str| word.len() == 10 && word.bytes().filter(|b| *b == b'-').count() == 2;
    let words = line.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    let mut days = words.filter(looks_so).filter_map(dates::whole);
    match (days.next(), days.next()) {
        (Some(day), None) => Some((day, line)),
        _ => None,
    }
}

/// A date behind a comma or a dash at the end, which comes off, or behind "on" or "in", which belongs to
/// the sentence: "Passed the exam, 2025-11-02", "Spoke at the fair in March 2026".
fn trailing(line: &str) -> Option<(Dated, &str)> {
    const PARTED: [&str; 6] = [", ", " – ", " — ", " - ", " | ", "\t"];
    const SAID: [&str; 2] = [" on ", " in "];
    let end = line.trim_end_matches('.');
    let at = |part: &&str| {
        let (text, date) = end.rsplit_once(*part)?;
        let date = dates::whole(date)?;
        text.contains(char::is_alphanumeric)
            .then_some((date, text.trim_end()))
    };
    // "March 4, 2026" has a comma inside, and "2014 – 2017" is no day: the longest date counts.
    let parted = PARTED.iter().filter_map(at).min_by_key(|(_, text)| text.len());
    match parted {
        Some((date, text)) if dates::whole(text).is_none() && dates::span_in(line).is_none_or(one_day) => {
            Some((date, text))
        }
        Some(_) => None,
        None => SAID.iter().find_map(at).map(|(date, _)| (date, line)),
    }
}

fn one_day((span, ..): (dates::Span, &str, &str)) -> bool {
    span.until.is_some_and(|until| until == span.from)
}

/// What follows a bullet, a number or a tick box.
pub(super) struct Bullet<'a> {
    pub rest: &'a str,
    pub found: bool,
    pub unticked: bool,
}

pub(super) fn without_bullet(line: &str) -> Bullet<'_> {
    let mut bullet = Bullet {
        rest: line,
        found: false,
        unticked: false,
    };
    // "1. [x] Did it" has two of them, and nothing sensible has more than three.
    for _ in 0..3 {
        let Some(after) = mark(bullet.rest) else { break };
        bullet = Bullet {
            rest: after,
            found: true,
            unticked: bullet.unticked || bullet.rest.starts_with("[ ]"),
        };
    }
    bullet
}

fn mark(line: &str) -> Option<&str> {
    const MARKS: [&str; 15] = [
        "- ", "* ", "+ ", "o ", "• ", "◦ ", "▪ ", "· ", "– ", "— ", "‣ ", "[ ] ", "[x] ", "[X] ", "✓ ",
    ];
    let marked = MARKS.iter().find_map(|mark| {
        let tab = mark.trim_end();
        line.strip_prefix(mark)
            .or_else(|| line.strip_prefix(tab).filter(|rest| rest.starts_with('\t')))
            // "•Did it" happens when pasting from a word processor.
            .or_else(|| line.strip_prefix(tab).filter(|_| matches!(tab, "•" | "▪" | "‣")))
    });
    marked.or_else(|| numbered(line)).map(str::trim_start)
}

/// What follows `1.`, `12)`, `(3)` or `b)`.
fn numbered(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let name = if (1..=3).contains(&digits) {
        digits
    } else {
        usize::from(inner.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let after = inner.get(name..).filter(|_| name > 0)?;
    let closed = match (digits, line.starts_with('(')) {
        (0, _) | (_, true) => after.strip_prefix(')'),
        (_, false) => after.strip_prefix(['.', ')']),
    }?;
    closed.starts_with([' ', '\t']).then_some(closed)
}

/// The text of a heading, when the line is one.
fn heading(line: &str) -> Option<&str> {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes)
        && let Some(text) = line[hashes..].strip_prefix(' ')
    {
        return Some(text.trim().trim_end_matches(':'));
    }
    let plain = line.trim_matches('*').trim();
    let text = plain.strip_suffix(':').unwrap_or(plain);
    let only_a_date = dates::whole(text).is_some_and(|d| d.exact != Exactness::Year || text.len() == 4);
    (plain.ends_with(':') || only_a_date).then_some(text)
}

#[cfg(test)]
mod tests;
