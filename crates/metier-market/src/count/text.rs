//! The form of counts on disk: lines of fields between tabs, in one order, with a checksum at the end.
//!
//! The same counts give the same bytes, so files can be compared as they are.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::names::{LISTED, ROWS, WIDTH};
use super::{Counts, DamagedDocument, Example, Group, KEPT, Month, Named, Slot, Source, SourceDigest};
use crate::concept::{ConceptId, Scheme, Sort};
use crate::posting::Origin;

/// The first line.
const HEAD: &str = "metier-counts 1";
/// Pairs on a line.
const A_LINE: usize = 256;

/// Why bytes are not counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    /// It begins otherwise.
    #[error("this is no file of counts: it does not begin with \u{201c}{HEAD}\u{201d}")]
    Other,
    /// The checksum at the end does not fit what stands before.
    #[error("the file of counts is damaged or cut off: its checksum does not fit; count again")]
    Checksum,
    /// The numbers contradict each other.
    #[error("the numbers of the counts contradict each other: the files have other totals than the slots")]
    Totals,
    /// A line says something it cannot.
    #[error("line {line} of the counts cannot be read: {what}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

impl Counts {
    /// The counts as text.
    pub fn to_text(&self) -> String {
        let mut out = format!("{HEAD}\nmethod\t{:016x}\n", self.method);
        for (digest, s) in &self.sources {
            let numbers = format!("{}\t{}\t{}", s.postings, s.reposts, s.damaged);
            line(
                &mut out,
                &["source", digest.as_str(), &numbers, &escaped(&s.name)],
            );
        }
        let mut slots: Vec<(&Slot, u32)> = self.slots.iter().map(|(slot, &at)| (slot, at)).collect();
        slots.sort_unstable();
        let mut number = vec![0; slots.len()];
        for (n, &(slot, at)) in slots.iter().enumerate() {
            number[at as usize] = n;
            let group = slot.group.as_ref().map_or("-", Group::as_str);
            let month = slot.month.map_or_else(|| "-".to_owned(), |m| m.to_string());
            let postings = self.postings[at as usize].to_string();
            line(&mut out, &["slot", group, &month, &postings]);
        }
        let mut mentions: BTreeMap<ConceptId, Vec<(usize, u64)>> = BTreeMap::new();
        for (&(concept, slot), &n) in &self.mentions {
            mentions
                .entry(concept)
                .or_default()
                .push((number[slot as usize], n));
        }
        for (concept, mut at) in mentions {
            at.sort_unstable();
            if let Some(named) = self.concepts.get(&concept) {
                let (scheme, sort) = (scheme(named.scheme), sort(named.sort));
                let (key, label) = (escaped(&named.key), escaped(&named.label));
                line(
                    &mut out,
                    &["concept", &concept.0.to_string(), scheme, sort, &key, &label],
                );
            }
            pairs(&mut out, &format!("in\t{}", concept.0), &at);
            for example in self.examples(concept) {
                say(&mut out, &format!("say\t{}", concept.0), example);
            }
        }
        if self.names.occurrences > 0 && !self.names.sketch.is_empty() {
            let _ = writeln!(out, "names\t{}", self.names.occurrences);
            let counters = |row: usize| &self.names.sketch[row * WIDTH..(row + 1) * WIDTH];
            for row in 0..ROWS {
                let at: Vec<(usize, u64)> = (0..)
                    .zip(counters(row).iter().copied())
                    .filter(|c| c.1 > 0)
                    .collect();
                pairs(&mut out, &format!("sketch\t{row}"), &at);
            }
            for (name, example) in &self.names.listed {
                say(&mut out, &format!("name\t{}", escaped(name)), example);
            }
        }
        for d in &self.damaged {
            let document = d.origin.document.to_string();
            line(
                &mut out,
                &["damaged", &document, &escaped(&d.origin.file), &escaped(&d.why)],
            );
        }
        let _ = writeln!(out, "end\t{}", checksum(&out));
        out
    }

    /// The counts that a text holds.
    ///
    /// # Errors
    /// When it is something else, is damaged, or says what cannot be; the line is named.
    pub fn from_text(text: &str) -> Result<Self, CountsError> {
        if text.lines().next() != Some(HEAD) {
            return Err(CountsError::Other);
        }
        let body = text.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
        let sum = text[body..].trim_end().strip_prefix("end\t");
        if sum != Some(checksum(&text[..body]).as_str()) {
            return Err(CountsError::Checksum);
        }
        let mut reading = Reading::default();
        for (n, line) in text[..body].lines().enumerate().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            let read = reading.line(&fields);
            read.map_err(|what| CountsError::Line { line: n + 1, what })?;
        }
        reading.sums()?;
        Ok(reading.counts)
    }
}

fn checksum(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn line(out: &mut String, fields: &[&str]) {
    out.push_str(&fields.join("\t"));
    out.push('\n');
}

fn pairs(out: &mut String, head: &str, all: &[(usize, u64)]) {
    for part in all.chunks(A_LINE) {
        out.push_str(head);
        for (at, n) in part {
            let _ = write!(out, "\t{at}:{n}");
        }
        out.push('\n');
    }
}

fn say(out: &mut String, head: &str, e: &Example) {
    let _ = write!(
        out,
        "{head}\t{:016x}\t{}\t{}\t{}",
        e.rank, e.origin.document, e.start, e.end
    );
    for text in [&e.origin.file, &e.before, &e.words, &e.after] {
        out.push('\t');
        out.push_str(&escaped(text));
    }
    out.push('\n');
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out
}

fn plain(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        let letter = match c {
            '\\' => match letters.next() {
                Some('\\') => '\\',
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                _ => return Err("a backslash stands before nothing it may stand before".into()),
            },
            c => c,
        };
        out.push(letter);
    }
    Ok(out)
}

const SCHEMES: [(Scheme, &str); 3] = [
    (Scheme::Own, "own"),
    (Scheme::OnetTechnology, "onet-technology"),
    (Scheme::Esco, "esco"),
];

const SORTS: [(Sort, &str); 5] = [
    (Sort::Skill, "skill"),
    (Sort::Knowledge, "knowledge"),
    (Sort::Technology, "technology"),
    (Sort::Language, "language"),
    (Sort::Attitude, "attitude"),
];

fn word<T: PartialEq>(all: &[(T, &'static str)], of: &T) -> &'static str {
    all.iter().find(|(t, _)| t == of).map_or("", |(_, word)| word)
}

fn scheme(of: Scheme) -> &'static str {
    word(&SCHEMES, &of)
}

fn sort(of: Sort) -> &'static str {
    word(&SORTS, &of)
}

fn of_word<T: Copy>(all: &[(T, &'static str)], text: &str) -> Result<T, String> {
    let found = all.iter().find(|(_, word)| *word == text);
    found
        .map(|(t, _)| *t)
        .ok_or_else(|| format!("\u{201c}{text}\u{201d} is not known"))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("\u{201c}{text}\u{201d} is no number, or too large"))
}

fn hexadecimal(text: &str) -> Result<u64, String> {
    u64::from_str_radix(text, 16).map_err(|_| format!("\u{201c}{text}\u{201d} is no hexadecimal number"))
}

fn pair_of(text: &str) -> Result<(usize, u64), String> {
    let (at, n) = text
        .split_once(':')
        .ok_or_else(|| format!("\u{201c}{text}\u{201d} is no pair"))?;
    Ok((number(at)?, number(n)?))
}

fn example_of(fields: &[&str]) -> Result<Example, String> {
    let &[rank, document, start, end, file, before, words, after] = fields else {
        return Err("a sentence has eight fields".into());
    };
    Ok(Example {
        rank: hexadecimal(rank)?,
        origin: Origin {
            file: plain(file)?,
            document: number(document)?,
        },
        start: number(start)?,
        end: number(end)?,
        before: plain(before)?,
        words: plain(words)?,
        after: plain(after)?,
    })
}

#[derive(Default)]
struct Reading {
    counts: Counts,
    total: u64,
    seen: HashSet<(ConceptId, usize)>,
}

impl Reading {
    /// Every posting is of a file and of a slot, and there is no name without a posting.
    fn sums(&self) -> Result<(), CountsError> {
        let sources = self.counts.sources.values();
        let of_files = sources.map(|s| s.postings).try_fold(0_u64, u64::checked_add);
        if of_files == Some(self.total) && (self.total > 0 || self.counts.names.occurrences == 0) {
            return Ok(());
        }
        Err(CountsError::Totals)
    }

    fn line(&mut self, fields: &[&str]) -> Result<(), String> {
        let counts = &mut self.counts;
        match *fields {
            ["method", method] => counts.method = hexadecimal(method)?,
            ["source", digest, postings, reposts, damaged, name] => {
                let digest = SourceDigest::new(digest).ok_or("the digest is not one of SHA-256")?;
                let source = Source {
                    name: plain(name)?,
                    postings: number(postings)?,
                    reposts: number(reposts)?,
                    damaged: number(damaged)?,
                };
                if counts.sources.insert(digest, source).is_some() {
                    return Err("the source was there before".into());
                }
            }
            ["slot", group, month, postings] => self.slot(group, month, postings)?,
            ["concept", id, of, what, key, label] => {
                let named = Named {
                    scheme: of_word(&SCHEMES, of)?,
                    sort: of_word(&SORTS, what)?,
                    key: plain(key)?,
                    label: plain(label)?,
                };
                counts.concepts.insert(ConceptId(number(id)?), named);
            }
            ["in", concept, ref pairs @ ..] => self.mentions(ConceptId(number(concept)?), pairs)?,
            ["say", concept, ref rest @ ..] => {
                let kept = counts.examples.entry(ConceptId(number(concept)?)).or_default();
                let example = example_of(rest)?;
                if kept.len() >= KEPT || kept.last().is_some_and(|last| last.rank >= example.rank) {
                    return Err("too many sentences, or out of order".into());
                }
                kept.push(example);
            }
            ["names", occurrences] => counts.names.occurrences = number(occurrences)?,
            ["sketch", row, ref pairs @ ..] => {
                let row: usize = number(row)?;
                for pair in pairs {
                    let (at, n) = pair_of(pair)?;
                    if row >= ROWS || at >= WIDTH || n > counts.names.occurrences {
                        return Err("there is no such counter".into());
                    }
                    *counts.names.counter(row * WIDTH + at) = n;
                }
            }
            ["name", name, ref rest @ ..] => {
                if counts.names.listed.len() >= LISTED || counts.names.sketch.is_empty() {
                    return Err("more names than are listed".into());
                }
                counts.names.list(plain(name)?, example_of(rest)?);
            }
            ["damaged", document, file, why] => {
                let origin = Origin {
                    file: plain(file)?,
                    document: number(document)?,
                };
                let why = plain(why)?;
                counts.damaged.insert(DamagedDocument { origin, why });
            }
            [first, ..] => {
                return Err(format!(
                    "\u{201c}{first}\u{201d} with so many fields is not known"
                ));
            }
            [] => return Err("it is empty".into()),
        }
        Ok(())
    }

    fn slot(&mut self, group: &str, month: &str, postings: &str) -> Result<(), String> {
        let group = match group {
            "-" => None,
            code => Some(Group::of(code).ok_or("it is no group of occupations")?),
        };
        let month = match month {
            "-" => None,
            month => Some(Month::parse(month).ok_or("it is no month")?),
        };
        let slot = Slot { group, month };
        if self.counts.slots.contains_key(&slot) {
            return Err("the slot was there before".into());
        }
        let postings: u64 = number(postings)?;
        self.total = self
            .total
            .checked_add(postings)
            .ok_or("the numbers are too large")?;
        let place = self.counts.slot(slot);
        self.counts.postings[place as usize] = postings;
        Ok(())
    }

    fn mentions(&mut self, concept: ConceptId, pairs: &[&str]) -> Result<(), String> {
        for pair in pairs {
            let (at, n) = pair_of(pair)?;
            let postings = self.counts.postings.get(at).ok_or("there is no such slot")?;
            if n > *postings {
                return Err("more postings mention it than there are".into());
            }
            if !self.seen.insert((concept, at)) {
                return Err("the slot was there before".into());
            }
            let place = u32::try_from(at).map_err(|_| "there is no such slot")?;
            self.counts.mentions.insert((concept, place), n);
        }
        Ok(())
    }
}
