//! Reading and verifying a journal file.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use metier_core::canonical::Digest;
use metier_core::id::EntryId;
use metier_core::journal::{Damage, Entry, Fact, Limits, SealError, Sealed, Trouble, head, verify};
use serde::Deserialize;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{FORMAT, FileLimits, Header, JournalFile, JournalFileError, LINES, attachments};
use crate::problem::shown;

/// Text and attachment sizes were checked when the entries were recorded, under limits that may have
/// been others; what bounds them here is the length of a line.
const FACT_LIMITS: Limits = Limits {
    text: usize::MAX,
    attachment: u64::MAX,
};

/// Reads a journal file and verifies all of it: form, digests, chains, signatures, head, dates,
/// numbers, attachments. Attachments that no entry names any more are left out.
///
/// `now` is the reader's clock; where it is given, entries recorded more than a day after it are
/// refused.
///
/// # Errors
/// The first thing that does not hold, with the line of `journal.jsonl` where it can be told.
pub fn read<R: Read + Seek>(
    mut from: R,
    limits: &FileLimits,
    now: Option<Timestamp>,
) -> Result<JournalFile, JournalFileError> {
    let size = from
        .seek(SeekFrom::End(0))
        .and_then(|size| from.rewind().map(|()| size))
        .map_err(|e| JournalFileError::damaged(format!("the file cannot be read: {e}")))?;
    if size > limits.archive {
        return Err(JournalFileError::too_large(format!(
            "the file has {size} bytes; at most {} are read",
            limits.archive
        )));
    }
    let mut zip = ZipArchive::new(from).map_err(|e| not_an_archive(&e))?;
    if zip.len() > limits.files {
        return Err(JournalFileError::too_large(format!(
            "the archive has {} files; at most {} are read",
            zip.len(),
            limits.files
        )));
    }
    if zip.has_duplicate_names() {
        return Err(JournalFileError::damaged(
            "the archive has two files of the same name",
        ));
    }
    attachments::places(&zip)?;

    let (header, entries) = lines(&mut zip, limits)?;
    let named = verified(&header, &entries, now)?;
    let attachments = attachments::read(&mut zip, &named, limits)?;
    Ok(JournalFile {
        header,
        entries,
        attachments,
    })
}

fn not_an_archive(error: &ZipError) -> JournalFileError {
    JournalFileError::damaged(format!(
        "this is not a whole zip archive ({}); it may have been cut short",
        shown(&error.to_string())
    ))
}

/// The line of `journal.jsonl` an entry stands on: the header is line 1.
fn line_number(index: usize) -> u64 {
    index as u64 + 2
}

fn lines<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    limits: &FileLimits,
) -> Result<(Header, Vec<Sealed>), JournalFileError> {
    let file = zip.by_name(LINES).map_err(|e| match e {
        ZipError::FileNotFound => JournalFileError::damaged(format!("there is no `{LINES}` in the archive"))
            .with_remedy("choose a file that `metier export` wrote"),
        e => JournalFileError::damaged(format!("`{LINES}` cannot be read: {e}")),
    })?;
    let mut lines = Lines {
        reader: BufReader::with_capacity(1 << 16, file),
        limits,
        number: 0,
        bytes: 0,
        buffer: Vec::new(),
    };
    let header = match lines.next()? {
        Some(line) => header(line)?,
        None => return Err(JournalFileError::damaged(format!("`{LINES}` is empty"))),
    };
    let mut entries: Vec<Sealed> = Vec::new();
    while let Some(line) = lines.next()? {
        let entry: Sealed = serde_json::from_str(line)
            .map_err(|e| json(&e, line))
            .map_err(|e| e.at_line(line_number(entries.len())))?;
        let refuse =
            |reason: String| Err(JournalFileError::damaged(reason).at_line(line_number(entries.len())));
        if entry.link.journal != header.journal {
            return refuse(format!(
                "this entry belongs to journal {}, the file to journal {}",
                entry.link.journal, header.journal
            ));
        }
        if let Some(last) = entries.last()
            && (last.link.chain, last.link.sequence) >= (entry.link.chain, entry.link.sequence)
        {
            return refuse("this entry does not come in chain order, or comes twice".into());
        }
        if entries.len() as u64 == header.entries {
            return refuse(format!(
                "the header says {} entries, and here is one more",
                header.entries
            ));
        }
        entries.push(entry);
    }
    if entries.len() as u64 != header.entries {
        return Err(JournalFileError::damaged(format!(
            "the header says {} entries, and there are {}; the file was cut short",
            header.entries,
            entries.len()
        ))
        .at_line(line_number(entries.len()).saturating_sub(1)));
    }
    Ok((header, entries))
}

/// Reads the lines of an archive one by one, never more than the limits allow.
struct Lines<'a, R> {
    reader: R,
    limits: &'a FileLimits,
    number: u64,
    bytes: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<'_, R> {
    fn next(&mut self) -> Result<Option<&str>, JournalFileError> {
        self.number += 1;
        self.buffer.clear();
        let read = (&mut self.reader)
            .take(self.limits.line + 1)
            .read_until(b'\n', &mut self.buffer)
            .map_err(|e| {
                JournalFileError::damaged(format!("`{LINES}` cannot be unpacked: {e}")).at_line(self.number)
            })?;
        if read == 0 {
            return Ok(None);
        }
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        }
        if self.buffer.len() as u64 > self.limits.line {
            return Err(JournalFileError::too_large(format!(
                "the line is longer than {} bytes",
                self.limits.line
            ))
            .at_line(self.number));
        }
        self.bytes += read as u64;
        if self.bytes > self.limits.lines {
            return Err(JournalFileError::too_large(format!(
                "`{LINES}` has more than {} bytes",
                self.limits.lines
            ))
            .at_line(self.number));
        }
        std::str::from_utf8(&self.buffer).map(Some).map_err(|e| {
            JournalFileError::damaged(format!(
                "byte {} of the line is not UTF-8 text",
                e.valid_up_to() + 1
            ))
            .at_line(self.number)
        })
    }
}

/// What every version of the format says first.
#[derive(Deserialize)]
struct Version {
    metier_journal: u32,
}

fn header(line: &str) -> Result<Header, JournalFileError> {
    let version: Version = serde_json::from_str(line).map_err(|e| {
        JournalFileError::damaged(format!("this is not the header of a journal file: {e}"))
            .with_remedy("choose a file that `metier export` wrote")
            .at_line(1)
    })?;
    if version.metier_journal > FORMAT {
        return Err(JournalFileError::newer(format!(
            "the file has format {} and was written by a newer Metier; this one reads up to format {FORMAT}",
            version.metier_journal
        ))
        .at_line(1));
    }
    if version.metier_journal == 0 {
        return Err(JournalFileError::damaged("there is no format 0").at_line(1));
    }
    serde_json::from_str(line).map_err(|e| json(&e, line).at_line(1))
}

fn json(error: &serde_json::Error, line: &str) -> JournalFileError {
    // serde_json says "at line 1 column n"; its line is always the one line it was given.
    let said = error.to_string();
    let words = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(words, _)| words);
    let reason = if line.trim().is_empty() {
        "the line is empty".into()
    } else if words.contains("recursion limit") {
        "lists and maps are nested too deep".into()
    } else {
        format!("{words} (column {})", error.column())
    };
    JournalFileError::damaged(reason)
}

/// Checks the entries as a whole; returns the attachments they name.
fn verified(
    header: &Header,
    entries: &[Sealed],
    now: Option<Timestamp>,
) -> Result<BTreeSet<Digest>, JournalFileError> {
    let mut places: HashMap<EntryId, usize> = HashMap::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        if let Some(first) = places.insert(entry.link.id, index) {
            return Err(JournalFileError::damaged(format!(
                "the id {} was used on line {} already",
                entry.link.id,
                line_number(first)
            ))
            .at_line(line_number(index)));
        }
    }
    let line_of = |id: &EntryId| places.get(id).copied().map(line_number);
    let troubles = verify(entries);
    if let Some(trouble) = troubles.iter().min_by_key(|t| line_of(&t.entry)) {
        return Err(JournalFileError {
            line: line_of(&trouble.entry),
            ..damage(trouble)
        });
    }
    let found = head(entries).map_err(|e| JournalFileError::damaged(e.to_string()))?;
    if found != header.head {
        return Err(JournalFileError::damaged(format!(
            "wrong head: the header says {}, the entries have {found}; entries were left out at the end of a chain, or the header was changed",
            header.head
        ))
        .at_line(1));
    }
    let mut named = BTreeSet::new();
    for (index, sealed) in entries.iter().enumerate() {
        let opened = sealed.open().map_err(|e| unreadable(&e));
        if let Some(entry) = opened.map_err(|e| e.at_line(line_number(index)))? {
            plausible(&entry, now).map_err(|e| e.at_line(line_number(index)))?;
            named.extend(attachments::named_by(&entry));
        }
    }
    Ok(named)
}

fn damage(trouble: &Trouble) -> JournalFileError {
    match &trouble.what {
        Damage::Seal(seal @ SealError::Unreadable(_)) => unreadable(seal),
        what => JournalFileError::damaged(format!("entry {}: {what}", trouble.entry)),
    }
}

/// Digest and chain hold, so the entry is as it was written: by a program that knows more.
fn unreadable(seal: &SealError) -> JournalFileError {
    let said = seal.to_string();
    JournalFileError::newer(said.chars().take(300).collect::<String>())
}

/// What no honest program would have recorded: contradicting numbers, dates in the future.
fn plausible(entry: &Entry, now: Option<Timestamp>) -> Result<(), JournalFileError> {
    let recorded_at = entry.link.recorded_at;
    let day = |at: Timestamp| -> Date { at.to_zoned(TimeZone::UTC).date() };
    if let Some(now) = now
        && now
            .checked_add(24.hours())
            .is_ok_and(|latest| recorded_at > latest)
    {
        return Err(JournalFileError::damaged(format!(
            "it was recorded in the future, at {recorded_at} (it is {now} now)"
        ))
        .with_remedy("set the clock of this computer, or of the one that wrote the file"));
    }
    let occurred_on = entry.payload.occurred_on;
    if day(recorded_at)
        .tomorrow()
        .is_ok_and(|latest| occurred_on > latest)
    {
        return Err(JournalFileError::damaged(format!(
            "it says that something happened on {occurred_on}, after it was recorded ({})",
            day(recorded_at)
        )));
    }
    // A published framework was checked by the program that published it, and a later program may
    // check more; it must not refuse what was once recorded.
    if matches!(entry.payload.fact, Fact::FrameworkPublished(_)) {
        return Ok(());
    }
    entry
        .payload
        .fact
        .check(&FACT_LIMITS)
        .map_err(|e| JournalFileError::damaged(e.to_string()))
}
