//! Postings as JSON Lines, plain or in gzip: cut into lines in one place, parsed wherever there is time.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use jiff::civil::Date;
use metier_market::posting::{Origin, Posting};
use serde_json::{Map, Value};

use super::files::Columns;

/// The longest line, in bytes.
const LINE_MOST: usize = 16 << 20;
/// Bytes and lines of a block: one piece of work.
const BLOCK_BYTES: usize = 256 << 10;
const BLOCK_LINES: usize = 512;
/// How much may come out of a compressed file for each byte of it, once it is more than a block.
const RATIO_MOST: u64 = 1_000;

/// Lines that follow each other in a file.
#[derive(Debug)]
pub(super) struct Block {
    /// Which document the first line is, from 1.
    pub first: u64,
    pub lines: Vec<Line>,
}

/// A line, or why it is none.
#[derive(Debug)]
pub(super) enum Line {
    Bytes(Vec<u8>),
    TooLong,
    /// The file breaks off here.
    Broken(String),
}

/// A file cut into blocks.
pub(super) struct Blocks {
    bytes: Box<dyn BufRead>,
    next: u64,
    over: bool,
}

impl Blocks {
    /// Opens a file behind so many of its documents.
    pub(super) fn open(path: &Path, behind: u64) -> std::io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut start = BufReader::with_capacity(1 << 17, file);
        let packed = start.fill_buf()?.starts_with(&[0x1f, 0x8b]);
        let bytes: Box<dyn BufRead> = if packed {
            let most = length.saturating_mul(RATIO_MOST).max(64 << 20);
            let open = MultiGzDecoder::new(start);
            Box::new(BufReader::with_capacity(1 << 17, Bounded { open, left: most }))
        } else {
            Box::new(start)
        };
        let mut blocks = Self {
            bytes,
            next: 1,
            over: false,
        };
        while blocks.next <= behind && blocks.line().is_some() {}
        Ok(blocks)
    }

    /// The next line that is not blank; it is the document of this number.
    fn line(&mut self) -> Option<(u64, Line)> {
        loop {
            if self.over {
                return None;
            }
            let number = self.next;
            self.next += 1;
            let line = match self.bytes_of_line() {
                Ok(None) => {
                    self.over = true;
                    self.next = number;
                    return None;
                }
                Ok(Some(line)) => line,
                Err(error) => {
                    self.over = true;
                    Line::Broken(error.to_string())
                }
            };
            match line {
                Line::Bytes(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                line => return Some((number, line)),
            }
        }
    }

    fn bytes_of_line(&mut self) -> std::io::Result<Option<Line>> {
        let mut line = Vec::new();
        let most = LINE_MOST as u64 + 1;
        let read = (&mut self.bytes).take(most).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() > LINE_MOST {
            self.bytes.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Bytes(line)))
    }
}

impl Iterator for Blocks {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let first = self.line()?;
        let mut block = Block {
            first: first.0,
            lines: Vec::new(),
        };
        let mut bytes = 0;
        let mut next = Some(first);
        while let Some((number, line)) = next {
            // Blank lines keep their number, so that a document is the line it stands on.
            while block.first + (block.lines.len() as u64) < number {
                block.lines.push(Line::Bytes(Vec::new()));
            }
            bytes += match &line {
                Line::Bytes(line) => line.len(),
                _ => 0,
            };
            block.lines.push(line);
            if bytes >= BLOCK_BYTES || block.lines.len() >= BLOCK_LINES {
                break;
            }
            next = self.line();
        }
        Some(block)
    }
}

/// A stream of which no more may come than expected.
struct Bounded<R> {
    open: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.open.read(into)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| std::io::Error::other("more comes out of it than a file of postings can hold"))?;
        Ok(read)
    }
}

/// The posting of a line; `None` where it is blank.
///
/// # Errors
/// In words, when it is none.
pub(super) fn posting(line: Line, origin: Origin, columns: &Columns) -> Option<Result<Posting, String>> {
    let bytes = match line {
        Line::Bytes(bytes) if bytes.is_empty() => return None,
        Line::Bytes(bytes) => bytes,
        Line::TooLong => return Some(Err("the line is longer than 16 MiB".into())),
        Line::Broken(why) => return Some(Err(format!("the file breaks off here: {why}"))),
    };
    Some(parsed(&bytes, origin, columns))
}

fn parsed(bytes: &[u8], origin: Origin, columns: &Columns) -> Result<Posting, String> {
    let mut object: Map<String, Value> =
        serde_json::from_slice(bytes).map_err(|e| format!("it is no JSON object: {e}"))?;
    let mut field = |field: &str, usual: &str| match object.remove(columns.name(field, usual)) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let text = field("text", "text").ok_or_else(|| {
        let name = columns.name("text", "text");
        format!("it has no text under \u{201c}{name}\u{201d}")
    })?;
    Ok(Posting {
        origin,
        id: field("id", "id"),
        title: field("title", "title"),
        employer: field("employer", "employer"),
        place: field("place", "place"),
        date: field("date", "date").and_then(|d| day(&d)),
        occupation: field("occupation", "occupation"),
        text,
        stretches: Vec::new(),
    })
}

/// The day a date begins with: 2024-03-05, and whatever comes behind a T or a blank.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    day.parse().ok()
}
