//! A piece of a source: whole documents as they stand, which any thread can read into postings.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::Encoding;
use mail_parser::MessageParser;

use super::cut::too_long;
use super::options::Options;
use super::parquet::Rows;
use super::position::Position;
use super::records::{Cell, Scanned, Shape, fits, is_blank, scan};
use super::row::{Field, Mapping, Row};
use super::{Damaged, Read, What, encoding, html, job_posting, json};
use crate::posting::Origin;

/// Whole documents as they stand in their file.
///
/// Pieces come in the order of their source and are cut without being understood, which is fast; reading one
/// ([`Piece::read`]) is the work, needs nothing but the piece, and gives the same on any thread.
#[derive(Debug)]
pub struct Piece {
    pub(super) file: Arc<FileHead>,
    pub(super) first: u64,
    pub(super) count: u64,
    pub(super) at: Option<u64>,
    pub(super) length: u64,
    pub(super) body: Body,
}

/// What all pieces of a file share.
#[derive(Debug)]
pub(super) struct FileHead {
    pub name: String,
    pub options: Arc<Options>,
    pub encoding: Option<&'static Encoding>,
}

#[derive(Debug)]
pub(super) enum Body {
    Text(Vec<u8>),
    Page(Vec<u8>),
    Mail(Vec<u8>),
    Lines(Vec<u8>),
    Records(Vec<u8>, Arc<Shape>),
    Group {
        path: PathBuf,
        mapping: Arc<Mapping>,
        group: usize,
        pass: u64,
    },
    Damaged(What, String),
}

impl Piece {
    /// Reads its documents, one after the other.
    pub fn read(self) -> Reads {
        let state = match self.body {
            Body::Group {
                path,
                mapping,
                group,
                pass,
            } => match Rows::open(&path, &mapping, group, pass, &self.file.options.limits) {
                Ok(rows) => State::Rows(Box::new(rows)),
                Err(reason) => State::Whole(Body::Damaged(What::File, reason)),
            },
            body @ (Body::Lines(_) | Body::Records(..)) => State::Cutting(body, 0),
            body => State::Whole(body),
        };
        Reads {
            file: self.file,
            document: self.first,
            state,
            ready: VecDeque::new(),
            cells: Vec::new(),
        }
    }

    /// Where it begins.
    pub fn position(&self) -> Position {
        Position {
            file: self.file.name.clone(),
            document: self.first,
            byte: self.at,
        }
    }

    /// Where reading goes on once this piece and all before it have been read.
    pub fn behind(&self) -> Position {
        Position {
            file: self.file.name.clone(),
            document: self.first + self.count,
            byte: self.at.map(|at| at + self.length),
        }
    }

    /// How many bytes of its file it stands for; none for what is read from the file later.
    pub fn bytes(&self) -> u64 {
        self.length
    }
}

/// The postings of a piece, and what in it could not be read.
pub struct Reads {
    file: Arc<FileHead>,
    document: u64,
    state: State,
    ready: VecDeque<Read>,
    cells: Vec<Cell>,
}

enum State {
    Done,
    Whole(Body),
    Cutting(Body, usize),
    Rows(Box<Rows>),
}

impl Iterator for Reads {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        loop {
            if let Some(read) = self.ready.pop_front() {
                return Some(read);
            }
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return None,
                State::Whole(body) => self.whole(body),
                State::Cutting(Body::Lines(bytes), at) if at < bytes.len() => {
                    let next = self.line(&bytes, at);
                    self.state = State::Cutting(Body::Lines(bytes), next);
                }
                State::Cutting(Body::Records(bytes, shape), at) if at < bytes.len() => {
                    let next = self.record(&bytes, at, &shape);
                    self.state = State::Cutting(Body::Records(bytes, shape), next);
                }
                State::Cutting(..) => {}
                State::Rows(rows) => self.row(rows),
            }
        }
    }
}

impl Reads {
    fn origin(&self) -> Origin {
        Origin {
            file: self.file.name.clone(),
            document: self.document,
        }
    }

    fn damaged(&mut self, what: What, reason: String) {
        let origin = self.origin();
        self.ready
            .push_back(Read::Damaged(Damaged { origin, what, reason }));
    }

    fn line(&mut self, bytes: &[u8], at: usize) -> usize {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        let line = bytes[at..end].trim_ascii();
        let file = Arc::clone(&self.file);
        if line.len() > file.options.limits.document {
            let reason = too_long("line", file.options.limits.document);
            self.damaged(What::Document, reason);
        } else if !line.is_empty() {
            match encoding::decode(line, file.encoding) {
                Ok(text) if text.is_empty() => {}
                Ok(text) => match json::row(&text, &file.options) {
                    Ok(row) => row.read(self.origin(), &file.options.limits, &mut self.ready),
                    Err(reason) => self.damaged(What::Document, reason),
                },
                Err(reason) => self.damaged(What::Document, reason),
            }
        }
        self.document += 1;
        end
    }

    fn record(&mut self, bytes: &[u8], at: usize, shape: &Shape) -> usize {
        let mut cells = std::mem::take(&mut self.cells);
        let end = match scan(bytes, at, shape.separator, true, &mut cells) {
            Scanned::Record(end) => end,
            // The cutter hands out whole records only.
            Scanned::More | Scanned::Wrong(..) => bytes.len(),
        };
        if !is_blank(&cells) {
            match self.cells_to_row(bytes, &cells, shape) {
                Ok(row) => row.read(self.origin(), &self.file.options.limits, &mut self.ready),
                Err(reason) => self.damaged(What::Document, reason),
            }
            self.document += 1;
        }
        self.cells = cells;
        end
    }

    fn cells_to_row<'a>(&self, bytes: &'a [u8], cells: &[Cell], shape: &'a Shape) -> Result<Row<'a>, String> {
        if !fits(cells, shape.width) {
            return Err(format!(
                "it has {} fields and the header has {}",
                cells.len(),
                shape.width
            ));
        }
        let mut row = Row::default();
        row.date_column = shape.mapping.date_column.as_deref().map(Into::into);
        for (field, at) in Field::ALL.into_iter().zip(shape.mapping.columns) {
            if let Some(at) = at {
                row.set(field, Some(cells[at].text(bytes, self.file.encoding)?));
            }
        }
        Ok(row)
    }

    fn row(&mut self, mut rows: Box<Rows>) {
        match rows.next() {
            None => return,
            Some(Ok(row)) => row.read(self.origin(), &self.file.options.limits, &mut self.ready),
            Some(Err((reason, true))) => {
                self.damaged(What::File, reason);
                return;
            }
            Some(Err((reason, false))) => self.damaged(What::Document, reason),
        }
        self.document += 1;
        self.state = State::Rows(rows);
    }

    fn whole(&mut self, body: Body) {
        let (file, origin) = (Arc::clone(&self.file), self.origin());
        let limits = &file.options.limits;
        match body {
            Body::Text(bytes) => match encoding::decode(&bytes, file.encoding) {
                Ok(text) => {
                    let (title, text) = super::pasted::titled(&text);
                    let mut row = Row::default();
                    row.set(Field::Title, title);
                    row.set(Field::Text, Some(text));
                    row.read(origin, limits, &mut self.ready);
                }
                Err(reason) => self.damaged(What::File, reason),
            },
            Body::Page(bytes) => {
                let told = file.encoding.or_else(|| encoding::of_page(&bytes));
                match encoding::decode(&bytes, told).or_else(|_| encoding::decode(&bytes, None)) {
                    Ok(text) => page(&text, &origin, &file.options, &mut self.ready),
                    Err(reason) => self.damaged(What::File, reason),
                }
            }
            Body::Mail(bytes) => {
                let message = MessageParser::default().parse(&bytes);
                match message.as_ref().and_then(|message| message.body_html(0)) {
                    Some(text) => page(&text, &origin, &file.options, &mut self.ready),
                    None => self.damaged(What::File, "it is a saved page without a page in it".to_owned()),
                }
            }
            Body::Damaged(what, reason) => self.damaged(what, reason),
            Body::Lines(_) | Body::Records(..) | Body::Group { .. } => {}
        }
    }
}

/// Bytes of a description below which it is a teaser, and the page itself is read.
const TEASER: usize = 100;

/// The postings of a page: as linked data says, as the page marks them, or the page itself.
pub(super) fn page(source: &str, origin: &Origin, options: &Options, into: &mut VecDeque<Read>) {
    let mut page = html::page(source);
    let limits = &options.limits;
    let mut origin = origin.clone();
    let linked: Vec<Row<'static>> = page
        .linked_data
        .iter()
        .flat_map(|script| job_posting::postings(script))
        .collect();
    let length = |row: &Row<'_>| row.get(Field::Text).map_or(0, str::len);
    if let [row] = linked.as_slice()
        && length(row) < TEASER
    {
        let content = std::mem::take(&mut page.content);
        let mut row = row.clone();
        row.take(Field::Text);
        row.finish(content.text, content.stretches, origin, limits, into);
    } else if !linked.is_empty() {
        for row in linked {
            row.read(origin.clone(), limits, into);
            origin.document += 1;
        }
    } else if page.marked.iter().any(|item| item.text.text.len() >= TEASER) {
        for item in std::mem::take(&mut page.marked) {
            let row = job_posting::marked(&item);
            row.finish(item.text.text, item.text.stretches, origin.clone(), limits, into);
            origin.document += 1;
        }
    } else {
        let mut row = page.marked.first().map(job_posting::marked).unwrap_or_default();
        if row.get(Field::Title).is_none() {
            row.set(Field::Title, page.title.take());
        }
        row.finish(page.content.text, page.content.stretches, origin, limits, into);
    }
}
