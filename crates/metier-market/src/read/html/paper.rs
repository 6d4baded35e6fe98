//! What a page says, line by line, with what each line is part of.

use std::ops::Range;

use super::microdata::Microdata;
use super::tokens::{Listener, Tag};
use crate::posting::Stretch;

/// How blanks of the source are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    /// Runs of blanks and line ends are one blank, as in a browser.
    Joined,
    /// Runs of blanks are one blank; a line end stays one.
    Lines,
    /// Every one is kept: the text is no mark-up but for its entities.
    Kept,
}

/// A line and what it is part of.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub range: Range<usize>,
    /// How many of its bytes are inside links.
    pub links: usize,
    /// Inside `main` or `article`.
    pub main: bool,
    /// Inside navigation, a notice, a footer and the like.
    pub around: bool,
}

/// A container one is inside of: its name, and how many of that name are open.
type Inside = Option<(Vec<u8>, usize)>;

/// Collects what a page says.
#[derive(Debug)]
pub(super) struct Paper {
    blanks: Blanks,
    /// All lines, each with a line end behind it.
    pub text: Vec<u8>,
    pub stretches: Vec<Stretch>,
    pub lines: Vec<Line>,
    /// What stands in `title`.
    pub page_title: String,
    /// What `og:title` says.
    pub og_title: Option<String>,
    /// The first heading of the first order, as a range of the text; inside `main` before others.
    pub heading: Option<(Range<usize>, bool)>,
    /// Scripts of the type `application/ld+json`.
    pub linked_data: Vec<String>,
    pub microdata: Microdata,
    began: usize,
    links: usize,
    blank: Option<usize>,
    dropped: Inside,
    around: Inside,
    main: Inside,
    link: usize,
    preformatted: usize,
    heading_from: Option<usize>,
    in_title: bool,
    linked: Option<Vec<u8>>,
}

impl Paper {
    pub fn new(blanks: Blanks) -> Self {
        Self {
            blanks,
            text: Vec::new(),
            stretches: Vec::new(),
            lines: Vec::new(),
            page_title: String::new(),
            og_title: None,
            heading: None,
            linked_data: Vec::new(),
            microdata: Microdata::default(),
            began: 0,
            links: 0,
            blank: None,
            dropped: None,
            around: None,
            main: None,
            link: 0,
            preformatted: 0,
            heading_from: None,
            in_title: false,
            linked: None,
        }
    }

    /// Ends the last line and what is still open.
    pub fn close(&mut self) {
        self.end_line();
        self.end_heading();
        self.microdata.close(self.text.len());
    }

    fn end_line(&mut self) {
        self.blank = None;
        if self.text.len() > self.began {
            self.lines.push(Line {
                range: self.began..self.text.len(),
                links: self.links,
                main: self.main.is_some(),
                around: self.around.is_some(),
            });
            self.text.push(b'\n');
        }
        self.began = self.text.len();
        self.links = 0;
    }

    fn end_heading(&mut self) {
        if let Some(from) = self.heading_from.take() {
            let here = self.main.is_some();
            if from < self.text.len() && self.heading.as_ref().is_none_or(|(_, main)| here && !main) {
                self.heading = Some((from..self.text.len(), here));
            }
        }
    }

    fn run(&mut self, bytes: &[u8], source: usize) {
        if let Some(from) = self.blank.take()
            && self.text.len() > self.began
        {
            self.push(b" ", from);
        }
        self.push(bytes, source);
    }

    fn push(&mut self, bytes: &[u8], source: usize) {
        let at = self.text.len();
        let known = self
            .stretches
            .last()
            .is_some_and(|s| s.source as usize + (at - s.at as usize) == source);
        if !known && let (Ok(at), Ok(source)) = (u32::try_from(at), u32::try_from(source)) {
            self.stretches.push(Stretch { at, source });
        }
        self.text.extend_from_slice(bytes);
        if self.link > 0 {
            self.links += bytes.len();
        }
    }

    /// Text that is shown, with its blanks as a browser would have them.
    fn shown(&mut self, bytes: &[u8], source: usize, verbatim: bool) {
        let place = |at: usize| if verbatim { source + at } else { source };
        let keep_lines = self.blanks == Blanks::Lines || self.preformatted > 0;
        let mut at = 0;
        while at < bytes.len() {
            let long = run_of(&bytes[at..]);
            if long > 0 {
                self.run(&bytes[at..at + long], place(at));
                at += long;
                continue;
            }
            let (special, wide) = special(&bytes[at..]);
            match special {
                Special::LineEnd if keep_lines => self.end_line(),
                Special::Blank | Special::LineEnd => {
                    self.blank.get_or_insert(place(at));
                }
                Special::Nothing => {}
                Special::Letter => self.run(&bytes[at..at + wide], place(at)),
            }
            at += wide;
        }
    }
}

enum Special {
    Blank,
    LineEnd,
    /// A sign that is not seen: a soft hyphen, a blank without width.
    Nothing,
    Letter,
}

/// How many bytes from here on are text of which nothing has to be thought.
fn run_of(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' => match bytes.get(at + 1) {
                Some(next) if at > 0 && *next > b' ' && !matches!(next, 0xc2 | 0xe2) => at += 2,
                _ => break,
            },
            0..=b' ' | 0xc2 | 0xe2 => break,
            _ => at += 1,
        }
    }
    at
}

fn special(bytes: &[u8]) -> (Special, usize) {
    match bytes {
        [b'\n', ..] => (Special::LineEnd, 1),
        [0..=b' ', ..] | [] => (Special::Blank, 1),
        [0xc2, 0xa0, ..] => (Special::Blank, 2),
        [0xc2, 0xad, ..] => (Special::Nothing, 2),
        [0xe2, 0x80, 0x8b..=0x8d, ..] => (Special::Nothing, 3),
        [0xc2, _, ..] => (Special::Letter, 2),
        [0xe2, _, _, ..] => (Special::Letter, 3),
        _ => (Special::Letter, 1),
    }
}

impl Listener for Paper {
    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_slice();
        if self.dropped.is_some() {
            opened_again(&mut self.dropped, name);
            return;
        }
        if name == b"meta" {
            if tag.attribute("property") == Some("og:title") && self.og_title.is_none() {
                self.og_title = tag.attribute("content").map(str::to_owned);
            }
            self.microdata.start(tag, self.text.len());
            return;
        }
        if is_dropped(name) && !(tag.closed && matches!(name, b"svg" | b"math")) {
            let kind = tag.attribute("type").unwrap_or_default();
            let linked = name == b"script" && kind.trim().eq_ignore_ascii_case("application/ld+json");
            self.linked = linked.then(Vec::new);
            self.in_title = name == b"title";
            if is_block(name) {
                self.end_line();
            }
            self.dropped = Some((name.to_vec(), 1));
            return;
        }
        let again = opened_again(&mut self.around, name);
        let again_main = opened_again(&mut self.main, name);
        if is_void(name) {
            match name {
                b"br" | b"hr" => self.end_line(),
                _ => {}
            }
            self.microdata.start(tag, self.text.len());
            return;
        }
        if is_block(name) {
            self.end_line();
        }
        if !again && self.around.is_none() && super::around::is_around(tag, self.main.is_some()) {
            self.end_line();
            self.around = Some((name.to_vec(), 1));
        }
        if !again_main && self.main.is_none() && self.around.is_none() && super::around::is_main(tag) {
            self.end_line();
            self.main = Some((name.to_vec(), 1));
        }
        match name {
            b"a" => self.link = 1,
            b"pre" => self.preformatted += 1,
            b"h1" => {
                self.end_heading();
                self.heading_from = Some(self.text.len());
            }
            _ => {}
        }
        self.microdata.start(tag, self.text.len());
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((open, _)) = &self.dropped {
            if open.as_slice() == name && closed_last(&mut self.dropped, name) {
                self.in_title = false;
                if let Some(script) = self.linked.take() {
                    self.linked_data
                        .push(String::from_utf8_lossy(&script).into_owned());
                }
            }
            return;
        }
        match name {
            b"a" => self.link = 0,
            b"pre" => self.preformatted = self.preformatted.saturating_sub(1),
            b"h1" => self.end_heading(),
            _ => {}
        }
        if is_block(name) || name == b"br" {
            self.end_line();
        }
        let was = (self.around.is_some(), self.main.is_some());
        if closes(&self.around, name) || closes(&self.main, name) {
            self.end_line();
        }
        if was.0 {
            closed_last(&mut self.around, name);
        }
        if was.1 {
            closed_last(&mut self.main, name);
        }
        self.microdata.end(name, self.text.len());
    }

    fn text(&mut self, bytes: &[u8], source: usize, verbatim: bool) {
        if self.dropped.is_some() {
            if let Some(script) = &mut self.linked {
                script.extend_from_slice(bytes);
            } else if self.in_title {
                self.page_title.push_str(&String::from_utf8_lossy(bytes));
            }
        } else if self.blanks == Blanks::Kept {
            self.push(bytes, source);
        } else {
            self.shown(bytes, source, verbatim);
        }
    }
}

/// One more of the container's own name was opened.
fn opened_again(inside: &mut Inside, name: &[u8]) -> bool {
    match inside {
        Some((open, count)) if open.as_slice() == name => {
            *count += 1;
            true
        }
        Some(_) | None => false,
    }
}

fn closes(inside: &Inside, name: &[u8]) -> bool {
    matches!(inside, Some((open, 1)) if open.as_slice() == name)
}

/// One of the container's own name was closed; whether it was the container.
fn closed_last(inside: &mut Inside, name: &[u8]) -> bool {
    let last = closes(inside, name);
    match inside {
        Some((open, count)) if open.as_slice() == name => *count -= 1,
        _ => {}
    }
    if last {
        *inside = None;
    }
    last
}

/// Elements nothing of which is read as text.
fn is_dropped(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"noscript"
            | b"template"
            | b"svg"
            | b"math"
            | b"canvas"
            | b"object"
            | b"iframe"
            | b"select"
            | b"datalist"
            | b"textarea"
            | b"button"
            | b"title"
            | b"noembed"
            | b"noframes"
            | b"audio"
            | b"video"
    )
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"br"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"wbr"
            | b"area"
            | b"base"
            | b"col"
            | b"embed"
            | b"source"
            | b"track"
            | b"param"
    )
}

/// Elements that begin and end a line.
pub(super) fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"li"
            | b"ul"
            | b"ol"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"table"
            | b"thead"
            | b"tbody"
            | b"tfoot"
            | b"caption"
            | b"tr"
            | b"td"
            | b"th"
            | b"section"
            | b"article"
            | b"main"
            | b"header"
            | b"footer"
            | b"nav"
            | b"aside"
            | b"address"
            | b"blockquote"
            | b"center"
            | b"details"
            | b"summary"
            | b"dialog"
            | b"fieldset"
            | b"legend"
            | b"figure"
            | b"figcaption"
            | b"form"
            | b"pre"
            | b"body"
            | b"html"
            | b"head"
            | b"option"
            | b"button"
            | b"select"
            | b"br"
            | b"hr"
    )
}
