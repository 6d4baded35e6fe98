//! From the bytes of a page to start tags, end tags and stretches of text.
//!
//! The tokenizer is html5gum, which follows the WHATWG standard; no tree is built, so that a page nested
//! a hundred thousand deep costs no more than a flat one of the same length.

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

/// Attributes that say something about what an element is for; others are passed over.
const KEPT: [&[u8]; 13] = [
    b"class",
    b"id",
    b"role",
    b"itemprop",
    b"itemtype",
    b"itemscope",
    b"content",
    b"datetime",
    b"type",
    b"property",
    b"hidden",
    b"aria-hidden",
    b"style",
];

/// Longest tag or attribute name that is told apart from others; the rest of a name is passed over.
const NAME_MAX: usize = 64;

/// A tag, as far as it is of interest.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// Its name, in small letters.
    pub name: Vec<u8>,
    /// Whether it is written as `<name/>`.
    pub closed: bool,
    end: bool,
    values: [Option<String>; KEPT.len()],
    current: Option<usize>,
    attribute: Vec<u8>,
    value: Vec<u8>,
}

impl Tag {
    /// The value of one of the attributes that are kept; empty where it has none.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let at = KEPT.iter().position(|kept| *kept == name.as_bytes())?;
        self.values[at].as_deref()
    }

    fn begin(&mut self, end: bool) {
        self.name.clear();
        self.closed = false;
        self.end = end;
        self.values = Default::default();
        self.attribute.clear();
        self.value.clear();
        self.current = None;
    }

    /// The attribute's name is whole: is it one of those that are kept?
    fn name_read(&mut self) {
        if self.current.is_none() && !self.attribute.is_empty() {
            self.current = KEPT.iter().position(|kept| *kept == self.attribute.as_slice());
        }
    }

    fn keep(&mut self) {
        self.name_read();
        if let Some(at) = self.current.take()
            && self.values[at].is_none()
        {
            self.values[at] = Some(String::from_utf8_lossy(&self.value).into_owned());
        }
        self.attribute.clear();
        self.value.clear();
    }
}

/// What is told of a page, in its order.
pub(super) trait Listener {
    /// A start tag.
    fn start(&mut self, tag: &Tag);
    /// An end tag.
    fn end(&mut self, name: &[u8]);
    /// A stretch of text that stands at this byte of the source, entities resolved. `verbatim` says that
    /// its bytes are those of the source.
    fn text(&mut self, bytes: &[u8], source: usize, verbatim: bool);
}

/// Reads mark-up and tells the listener.
pub(super) fn tokenize<L: Listener>(source: &str, listener: L) -> L {
    run(source, listener, State::Data)
}

/// Resolves entities, and takes every tag for text.
pub(super) fn resolve<L: Listener>(source: &str, listener: L) -> L {
    run(source, listener, State::RcData)
}

fn run<L: Listener>(source: &str, listener: L, state: State) -> L {
    let mut telling = Telling {
        source: source.as_bytes(),
        position: 0,
        told: 0,
        tag: Tag::default(),
        last_start: Vec::new(),
        listener,
    };
    let mut tokenizer = Tokenizer::new_with_emitter(source, &mut telling);
    tokenizer.set_state(state);
    // The emitter yields no tokens, and reading a string cannot fail.
    for _ in tokenizer {}
    telling.listener
}

struct Telling<'s, L> {
    source: &'s [u8],
    /// Bytes of the source the tokenizer has read.
    position: usize,
    /// Where the last thing that was told ended.
    told: usize,
    tag: Tag,
    last_start: Vec<u8>,
    listener: L,
}

impl<L: Listener> Emitter for &mut Telling<'_, L> {
    type Token = std::convert::Infallible;

    fn set_last_start_tag(&mut self, last: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(last.unwrap_or_default());
    }

    fn emit_eof(&mut self) {}

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Self::Token> {
        None
    }

    fn emit_string(&mut self, bytes: &[u8]) {
        let end = self.position.min(self.source.len());
        let begin = end.saturating_sub(bytes.len());
        // What was read is compared rather than believed: an offset that is told is right.
        let verbatim = begin >= self.told && self.source[begin..end] == *bytes;
        let source = if verbatim { begin } else { self.told.min(end) };
        self.listener.text(bytes, source, verbatim);
        self.told = end;
    }

    fn init_start_tag(&mut self) {
        self.tag.begin(false);
    }

    fn init_end_tag(&mut self) {
        self.tag.begin(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.tag.keep();
        self.told = self.position;
        if self.tag.end {
            self.last_start.clear();
            let Telling { listener, tag, .. } = &mut **self;
            listener.end(&tag.name);
            return None;
        }
        let Telling {
            listener,
            tag,
            last_start,
            ..
        } = &mut **self;
        last_start.clear();
        last_start.extend_from_slice(&tag.name);
        listener.start(tag);
        naive_next_state(last_start)
    }

    fn emit_current_comment(&mut self) {
        self.told = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.told = self.position;
    }

    fn set_self_closing(&mut self) {
        self.tag.closed = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, bytes: &[u8]) {
        let room = NAME_MAX.saturating_sub(self.tag.name.len());
        self.tag.name.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.tag.keep();
    }

    fn init_attribute_value(&mut self) {
        self.tag.name_read();
    }

    fn push_attribute_name(&mut self, bytes: &[u8]) {
        let room = NAME_MAX.saturating_sub(self.tag.attribute.len());
        self.tag
            .attribute
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn push_attribute_value(&mut self, bytes: &[u8]) {
        self.tag.name_read();
        if self.tag.current.is_some() {
            self.tag.value.extend_from_slice(bytes);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.end && !self.tag.name.is_empty() && self.tag.name == self.last_start
    }

    #[allow(clippy::cast_sign_loss)]
    fn move_position(&mut self, by: isize) {
        self.position = self.position.saturating_add_signed(by);
    }
}
