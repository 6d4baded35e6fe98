//! Cuts sources into pieces, in their order.

use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::cut::{Broken, Cut, Lines, too_long};
use super::feed::Feed;
use super::format::{Format, detect};
use super::input::{self, Input, could_not};
use super::options::Options;
use super::parquet;
use super::piece::{Body, FileHead, Piece};
use super::position::Position;
use super::records::{self, Records, Shape};
use super::row::Mapping;
use super::source::{self, Source, Walk};
use super::{What, encoding};

/// The pieces of sources: an iterator that one thread drives while others read the pieces.
///
/// It holds one block of the file it is in, whatever the file's size, and the names of the folders it is in.
pub struct Pieces {
    walk: Walk,
    options: Arc<Options>,
    from: Option<Position>,
    current: Current,
}

enum Current {
    Nothing,
    Lines(Arc<FileHead>, Lines),
    Records(Arc<FileHead>, Arc<Shape>, Box<Records>),
    Groups(Groups),
}

struct Groups {
    head: Arc<FileHead>,
    path: PathBuf,
    mapping: Arc<Mapping>,
    ranges: std::iter::Enumerate<std::vec::IntoIter<Range<u64>>>,
    next: u64,
}

/// Cuts sources into pieces; reading them is left to the caller's threads.
pub fn pieces(sources: impl IntoIterator<Item = Source>, options: Options) -> Pieces {
    Pieces {
        walk: Walk::new(sources, &options.limits),
        from: options.from.clone(),
        options: Arc::new(options),
        current: Current::Nothing,
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.current.next() {
                return Some(piece);
            }
            self.current = Current::Nothing;
            let file = match self.walk.next() {
                Some(Ok(file)) => file,
                Some(Err(damaged)) => {
                    let head = self.head(damaged.origin.file, None);
                    return Some(whole(head, Body::Damaged(damaged.what, damaged.reason)));
                }
                None => {
                    // A run that was to go on and read nothing must not look like a run that is done.
                    let missing = self.from.take()?;
                    let reason =
                        "reading was to go on in this file, and it is not among the sources".to_owned();
                    let head = self.head(missing.file, None);
                    return Some(whole(head, Body::Damaged(What::File, reason)));
                }
            };
            let name = file.name();
            let from = match self.from.take() {
                Some(from) if from.file == name => Some(from),
                Some(from) => {
                    self.from = Some(from);
                    continue;
                }
                None => None,
            };
            match self.open(file, &name, from) {
                Ok(Some(piece)) => return Some(piece),
                Ok(None) => {}
                Err(reason) => {
                    let head = self.head(name, None);
                    return Some(whole(head, Body::Damaged(What::File, reason)));
                }
            }
        }
    }
}

/// A piece that is a whole file.
fn whole(head: Arc<FileHead>, body: Body) -> Piece {
    let (first, length) = match &body {
        Body::Text(bytes) | Body::Page(bytes) | Body::Mail(bytes) => (1, bytes.len() as u64),
        Body::Damaged(..) => (0, 0),
        _ => (1, 0),
    };
    Piece {
        file: head,
        first,
        count: 2 - first,
        at: None,
        length,
        body,
    }
}

impl Pieces {
    fn head(&self, name: String, encoding: Option<&'static encoding_rs::Encoding>) -> Arc<FileHead> {
        Arc::new(FileHead {
            name,
            options: Arc::clone(&self.options),
            encoding,
        })
    }

    /// Opens a file: what is cut is set up, what is whole is handed out.
    fn open(
        &mut self,
        file: source::File,
        name: &str,
        from: Option<Position>,
    ) -> Result<Option<Piece>, String> {
        let options = Arc::clone(&self.options);
        let told = options.encoding.as_deref();
        let (path, bytes): (_, input::Bytes) = match file {
            source::File::Path(path) => {
                let file = File::open(&path).map_err(|error| could_not(&error))?;
                (Some(path), Box::new(file))
            }
            source::File::Stream(_, bytes) => (None, bytes),
        };
        let input = input::open(bytes, told, &options.limits)?;
        let format = detect(name, &input.start, &options);
        if format == Format::Parquet || input.start.starts_with(b"PAR1") {
            let Some(path) = path.filter(|_| input.plain) else {
                return Err(
                    "Parquet is read from a file that is not compressed as a whole; save it as one"
                        .to_owned(),
                );
            };
            let head = self.head(name.to_owned(), None);
            let table = parquet::open(&path, &options)?;
            self.current = Current::Groups(Groups {
                head,
                path,
                mapping: Arc::new(table.mapping),
                ranges: parquet::ranges(&table.groups).into_iter().enumerate(),
                next: from.map_or(1, |from| from.document.max(1)),
            });
            return Ok(None);
        }
        if encoding::is_binary(&input.start) {
            return Err("it is no text: postings come as text, HTML, JSON Lines, CSV or Parquet".to_owned());
        }
        let head = self.head(name.to_owned(), input.encoding);
        match format {
            Format::JsonLines => {
                let next = from.as_ref().map_or(1, |from| from.document.max(1));
                let feed = self.feed(input, path, from)?;
                self.current = Current::Lines(head, Lines::new(feed, next, &options.limits));
                Ok(None)
            }
            Format::Csv => {
                let shape = Arc::new(shape(&input, &options)?);
                let next = from.as_ref().map_or(1, |from| from.document.max(1));
                let with_header = from.as_ref().is_none_or(|from| from.byte.unwrap_or(0) == 0);
                let feed = self.feed(input, path, from)?;
                let records = Records::new(feed, (*shape).clone(), next, with_header, &options.limits);
                self.current = Current::Records(head, shape, Box::new(records));
                Ok(None)
            }
            Format::Text | Format::Html | Format::Mhtml | Format::Parquet => {
                if from.is_some_and(|from| from.document > 1) {
                    return Ok(None);
                }
                let bytes = self.document(input)?;
                Ok(Some(whole(
                    head,
                    match format {
                        Format::Html => Body::Page(bytes),
                        Format::Mhtml => Body::Mail(bytes),
                        _ => Body::Text(bytes),
                    },
                )))
            }
        }
    }

    /// The whole of a file that is one document.
    fn document(&self, input: Input) -> Result<Vec<u8>, String> {
        let limit = self.options.limits.document;
        let mut bytes = Vec::new();
        input
            .bytes
            .take(limit as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| could_not(&error))?;
        if bytes.len() > limit {
            return Err(too_long("file", limit));
        }
        if bytes.trim_ascii().is_empty() {
            return Err("it is empty".to_owned());
        }
        Ok(bytes)
    }

    /// The stream of a file from the position on.
    fn feed(&self, input: Input, path: Option<PathBuf>, from: Option<Position>) -> Result<Feed, String> {
        let byte = from.and_then(|from| from.byte).unwrap_or(0);
        if byte > 0
            && input.plain
            && let Some(path) = path
        {
            let mut file = File::open(path).map_err(|error| could_not(&error))?;
            file.seek(SeekFrom::Start(byte))
                .map_err(|error| could_not(&error))?;
            return Ok(Feed::new(Box::new(file), byte));
        }
        let mut feed = Feed::new(input.bytes, 0);
        feed.pass(byte, self.options.limits.block.max(1));
        Ok(feed)
    }
}

/// How a table is written, from its first bytes.
fn shape(input: &Input, options: &Options) -> Result<Shape, String> {
    let start = encoding::decode(&input.start, input.encoding);
    let start = match &start {
        Ok(text) => text.as_bytes(),
        // The first bytes may end inside a character, and need not be UTF-8 for the names to be.
        Err(_) => &input.start,
    };
    let (separator, names) = records::header(start, options)
        .ok_or("its first row, the names of the columns, cannot be read; one of its quotes may be missing")?;
    if names.len() > options.limits.columns {
        return Err(format!(
            "it has {} columns, and the limit is {}",
            names.len(),
            options.limits.columns
        ));
    }
    Ok(Shape {
        separator,
        width: names.len(),
        mapping: Mapping::of(&names, options)?,
    })
}

impl Current {
    fn next(&mut self) -> Option<Piece> {
        match self {
            Self::Nothing => None,
            Self::Lines(head, lines) => lines.next().map(|cut| cut_piece(head, cut, Body::Lines)),
            Self::Records(head, shape, records) => records
                .next()
                .map(|cut| cut_piece(head, cut, |bytes| Body::Records(bytes, Arc::clone(shape)))),
            Self::Groups(groups) => groups.next(),
        }
    }
}

fn cut_piece(head: &Arc<FileHead>, cut: Cut, body: impl FnOnce(Vec<u8>) -> Body) -> Piece {
    Piece {
        file: Arc::clone(head),
        first: cut.first,
        count: cut.count,
        at: Some(cut.at),
        length: cut.length,
        body: match cut.bytes {
            Ok(bytes) => body(bytes),
            Err(Broken::Document(reason)) => Body::Damaged(What::Document, reason),
            Err(Broken::Rest(reason)) => Body::Damaged(What::File, reason),
        },
    }
}

impl Groups {
    fn next(&mut self) -> Option<Piece> {
        loop {
            let (group, rows) = self.ranges.next()?;
            let (first, end) = (rows.start + 1, rows.end + 1);
            if end <= self.next {
                continue;
            }
            let begin = first.max(self.next);
            return Some(Piece {
                file: Arc::clone(&self.head),
                first: begin,
                count: end - begin,
                at: None,
                length: 0,
                body: Body::Group {
                    path: self.path.clone(),
                    mapping: Arc::clone(&self.mapping),
                    group,
                    pass: begin - first,
                },
            });
        }
    }
}
