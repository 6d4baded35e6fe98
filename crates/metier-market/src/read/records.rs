//! Tables as text, record by record.
//!
//! A field is quoted or it is not: a quote opens only at the beginning of a field and closes only before a
//! separator or the end of a line; inside, two stand for one. So a quote that was lost is seen at the next one,
//! or where the record has another number of fields than the header. Then the record is given up, and reading
//! goes on at the next line that begins a record of the header's width.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::Encoding;

use super::cut::{Broken, Cut, too_long};
use super::encoding;
use super::feed::Feed;
use super::options::{Limits, Options};
use super::row::Mapping;

/// How a table is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub separator: u8,
    pub width: usize,
    pub mapping: Mapping,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its bytes, without the quotes around it.
    pub range: Range<usize>,
    quoted: bool,
    doubled: bool,
}

impl Cell {
    /// What it says.
    ///
    /// # Errors
    /// If its bytes are no text.
    pub fn text<'a>(
        &self,
        bytes: &'a [u8],
        encoding: Option<&'static Encoding>,
    ) -> Result<Cow<'a, str>, String> {
        let text = encoding::decode(&bytes[self.range.clone()], encoding)?;
        Ok(if self.doubled {
            Cow::Owned(text.replace("\"\"", "\""))
        } else {
            text
        })
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scanned {
    /// The record ends before this byte, its line end included.
    Record(usize),
    /// It goes on behind what there is.
    More,
    /// It cannot be a record, which was seen at this byte.
    Wrong(&'static str, usize),
}

/// Scans the record that begins at `from`. `last` says that nothing comes behind the bytes.
pub(super) fn scan(bytes: &[u8], from: usize, separator: u8, last: bool, cells: &mut Vec<Cell>) -> Scanned {
    cells.clear();
    let mut at = from;
    loop {
        if bytes.get(at) == Some(&b'"') {
            let begin = at + 1;
            let mut doubled = false;
            let mut look = begin;
            let close = loop {
                let Some(found) = memchr::memchr(b'"', &bytes[look..]) else {
                    return if last {
                        Scanned::Wrong("a quote opens a field and none closes it", bytes.len())
                    } else {
                        Scanned::More
                    };
                };
                let quote = look + found;
                match bytes.get(quote + 1) {
                    Some(b'"') => {
                        doubled = true;
                        look = quote + 2;
                    }
                    None if !last => return Scanned::More,
                    _ => break quote,
                }
            };
            cells.push(Cell {
                range: begin..close,
                quoted: true,
                doubled,
            });
            let behind = close + 1;
            match (bytes.get(behind), bytes.get(behind + 1)) {
                (None, _) => return Scanned::Record(behind),
                (Some(b'\r'), None) if !last => return Scanned::More,
                (Some(b'\r'), Some(b'\n')) => return Scanned::Record(behind + 2),
                (Some(b'\n'), _) | (Some(b'\r'), None) => return Scanned::Record(behind + 1),
                (Some(byte), _) if *byte == separator => at = behind + 1,
                _ => {
                    return Scanned::Wrong(
                        "a quote stands inside a quoted field and is not doubled, or one was lost before it",
                        behind,
                    );
                }
            }
        } else {
            let end = memchr::memchr2(separator, b'\n', &bytes[at..]);
            let stop = match end {
                Some(found) => at + found,
                None if last => bytes.len(),
                None => return Scanned::More,
            };
            let is_separator = bytes.get(stop) == Some(&separator);
            let close = if !is_separator && stop > at && bytes[stop - 1] == b'\r' {
                stop - 1
            } else {
                stop
            };
            cells.push(Cell {
                range: at..close,
                quoted: false,
                doubled: false,
            });
            if !is_separator {
                return Scanned::Record((stop + 1).min(bytes.len()));
            }
            at = stop + 1;
        }
    }
}

/// The header of a table: its separator and the names of its columns. Nothing where the first record is not
/// whole.
pub(super) fn header(start: &[u8], options: &Options) -> Option<(u8, Vec<String>)> {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let mut best: Option<(bool, usize, u8, Vec<String>)> = None;
    for separator in [b',', b';', b'\t', b'|'] {
        let mut cells = Vec::new();
        if !matches!(scan(start, 0, separator, true, &mut cells), Scanned::Record(_)) {
            continue;
        }
        let names: Vec<String> = cells
            .iter()
            .map(|cell| cell.text(start, None).map(Cow::into_owned))
            .collect::<Result<_, _>>()
            .ok()?;
        let mapped = Mapping::of(&names, options).is_ok();
        if best
            .as_ref()
            .is_none_or(|(known, width, ..)| (mapped, names.len()) > (*known, *width))
        {
            best = Some((mapped, names.len(), separator, names));
        }
    }
    best.map(|(_, _, separator, names)| (separator, names))
}

/// Whether a record has the header's width; fields behind it that are empty do no harm.
pub(super) fn fits(cells: &[Cell], width: usize) -> bool {
    cells.len() >= width && cells[width..].iter().all(|cell| cell.range.is_empty())
}

/// Whether a record is an empty line.
pub(super) fn is_blank(cells: &[Cell]) -> bool {
    matches!(cells, [cell] if cell.range.is_empty() && !cell.quoted)
}

/// Cuts a stream into blocks of whole records.
pub(super) struct Records {
    feed: Feed,
    shape: Shape,
    next: u64,
    block: usize,
    longest: usize,
    cells: Vec<Cell>,
    /// Whether the text of the last good record was quoted.
    quoted: Option<bool>,
    first: bool,
}

/// What was found at the beginning of the buffer.
enum Found {
    /// So many bytes are whole records, so many of them.
    Whole(usize, u64),
    /// Nothing more comes.
    End,
    /// The first record is broken.
    Fault(String),
}

impl Records {
    /// `next` is the number of the record the stream goes on with; with 1 the header is still to come.
    pub fn new(feed: Feed, shape: Shape, next: u64, with_header: bool, limits: &Limits) -> Self {
        Self {
            feed,
            shape,
            next,
            block: limits.block.max(1),
            longest: limits.document.max(1),
            cells: Vec::new(),
            quoted: None,
            first: with_header,
        }
    }

    /// As many whole records as the buffer holds, and at least one.
    fn find(&mut self) -> Found {
        self.feed.top_up(self.block);
        loop {
            let (mut end, mut count) = (0, 0);
            let last = self.feed.ended && self.feed.failed.is_none();
            while end < self.feed.rest().len() {
                match scan(self.feed.rest(), end, self.shape.separator, last, &mut self.cells) {
                    Scanned::Record(to) if is_blank(&self.cells) => end = to,
                    Scanned::Record(to)
                        if fits(&self.cells, self.shape.width) && to - end <= self.longest + 1 =>
                    {
                        self.quoted = self.text_cell().map(|cell| cell.quoted);
                        (end, count) = (to, count + 1);
                    }
                    Scanned::Record(to) if count == 0 && to - end > self.longest + 1 => {
                        return Found::Fault(too_long("row", self.longest));
                    }
                    Scanned::Record(_) if count == 0 => {
                        return Found::Fault(format!(
                            "it has {} fields and the header has {}",
                            self.cells.len(),
                            self.shape.width
                        ));
                    }
                    Scanned::Wrong(why, _) if count == 0 => return Found::Fault(why.to_owned()),
                    Scanned::More | Scanned::Record(_) | Scanned::Wrong(..) => break,
                }
            }
            if end > 0 {
                return Found::Whole(end, count);
            }
            if self.feed.rest().len() > self.longest {
                return Found::Fault(too_long("row", self.longest));
            }
            if self.feed.ended {
                return Found::End;
            }
            let more = (self.feed.rest().len() * 2).clamp(self.block, self.longest + 1);
            self.feed.fill(more);
        }
    }

    fn text_cell(&self) -> Option<&Cell> {
        self.cells.get(self.shape.mapping.columns[0]?)
    }

    /// Passes over lines until one begins a record as the others are.
    fn resynchronise(&mut self) {
        // Trying a line again may read up to a whole document; for the work to stay in proportion to the file,
        // lines are tried on their own once this much was read for nothing.
        let mut tries = 4 * self.longest;
        while self.feed.pass_line(self.block) {
            loop {
                let last = self.feed.ended && self.feed.failed.is_none();
                let length = self.feed.rest().len();
                let line = memchr::memchr(b'\n', self.feed.rest()).map_or(length, |end| end + 1);
                let (bytes, closed) = if tries == 0 {
                    (&self.feed.rest()[..line], line < length || last)
                } else {
                    (self.feed.rest(), last)
                };
                match scan(bytes, 0, self.shape.separator, closed, &mut self.cells) {
                    Scanned::Record(_) if fits(&self.cells, self.shape.width) && self.is_alike() => return,
                    Scanned::More if !self.feed.ended && length <= self.longest => {
                        self.feed.fill((length * 2).clamp(self.block, self.longest + 1));
                    }
                    Scanned::More => {
                        tries = tries.saturating_sub(length);
                        break;
                    }
                    Scanned::Record(end) => {
                        tries = tries.saturating_sub(end);
                        break;
                    }
                    Scanned::Wrong(_, seen) => {
                        tries = tries.saturating_sub(seen);
                        break;
                    }
                }
            }
        }
    }

    /// Whether the record just scanned is written as the last good one was: a line of prose with the right
    /// number of commas is not.
    fn is_alike(&self) -> bool {
        match (self.quoted, self.text_cell()) {
            (Some(true), Some(cell)) => cell.quoted,
            _ => true,
        }
    }

    fn broken(&mut self, at: u64, broken: Broken) -> Cut {
        let first = self.next;
        self.next += 1;
        Cut {
            first,
            count: 1,
            at,
            length: self.feed.offset - at,
            bytes: Err(broken),
        }
    }

    /// Passes over the header. Its separator and names were found in the first bytes.
    fn pass_header(&mut self) {
        self.feed.fill(self.block.max(super::format::LOOK));
        if self.feed.rest().starts_with(b"\xef\xbb\xbf") {
            self.feed.drop(3);
        }
        let separator = self.shape.separator;
        if let Scanned::Record(end) = scan(self.feed.rest(), 0, separator, true, &mut self.cells) {
            self.feed.drop(end);
        }
    }
}

impl Iterator for Records {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if std::mem::take(&mut self.first) {
            self.pass_header();
        }
        match self.find() {
            Found::Whole(end, count) => {
                let at = self.feed.offset;
                let first = self.next;
                self.next += count;
                Some(Cut {
                    first,
                    count,
                    at,
                    length: end as u64,
                    bytes: Ok(self.feed.cut(end)),
                })
            }
            Found::Fault(reason) => {
                let at = self.feed.offset;
                self.resynchronise();
                let passed = self.feed.offset - at;
                let reason =
                    format!("{reason}; {passed} bytes are passed over up to the next row that is whole");
                Some(self.broken(at, Broken::Document(reason)))
            }
            Found::End => {
                let at = self.feed.offset;
                let reason = self.feed.failed.take()?;
                self.feed.drop_all();
                Some(self.broken(at, Broken::Rest(reason)))
            }
        }
    }
}
