//! Detection: a text to its mentions. A pure function, the same whoever calls it.
//!
//! The stages are joined here and nowhere else, so that a page, a count on one machine and a count on many
//! cannot differ. The names of the index ([`crate::dictionary`]) and what stands around an ambiguous one
//! ([`crate::context`]) always read. What is trained comes on top where it is there: the tagger
//! ([`crate::tagger`]) marks spans that no name covers, and linking ([`crate::link`]) says which concept such a
//! span speaks of. A span that is like no concept, or that nothing can link, stays without one: it counts as
//! a name no taxonomy has.
//!
//! **Where they overlap**, in this order: a name stays before a span of the tagger, for it is a whole product
//! or subject, exact, and the span around it is mostly a phrase about it ("experience in Kubernetes", "manage
//! Kubernetes clusters"), so that beside the name the phrase would count the same thing twice; of two spans the
//! one that is linked, then the likelier link, then the shorter one, then the earlier.
//!
//! [`Detector`] is shared by all threads; what a thread keeps at hand is its own [`Detecting`], and never
//! changes what is found.

use std::sync::Arc;

use crate::concept::Concepts;
use crate::context::Context;
use crate::dictionary::{Dictionary, Found};
use crate::digest::{digest, pair};
use crate::link::{self, Linker, Reader};
use crate::mention::{Mention, Stage};
use crate::tagger::{Desk, Model, Tagged, Tagger};
use crate::train::{Trained, TrainedError};

/// Of a longer text the tagger reads the beginning, in bytes: sentences are weighed whole, so this bounds the
/// memory of a text without any sentence's end. Names are looked for in all of it.
const TAGGED_MOST: usize = 128 << 10;

/// What was trained, as detection uses it; each may be absent.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// When an ambiguous name is meant; absent: the stated rule.
    pub context: Option<Context>,
    /// Spans that no name covers; absent: none are looked for.
    pub tagger: Option<Model>,
    /// What such a span is linked to; absent: to nothing.
    pub linking: Option<link::Trained>,
}

impl Parts {
    /// The parts of a trained file.
    ///
    /// # Errors
    /// When the bytes of one do not hold together.
    pub fn of(trained: &Trained) -> Result<Self, TrainedError> {
        Ok(Self {
            context: trained.names()?.map(|names| names.context),
            tagger: trained.tagger()?,
            linking: trained.linking()?.map(|linking| linking.trained),
        })
    }
}

/// Everything that looks for mentions in a text.
#[derive(Debug, Clone)]
pub struct Detector {
    dictionary: Dictionary,
    context: Context,
    tagger: Option<Arc<Tagger>>,
    linker: Option<Arc<Linker>>,
    method: u64,
}

impl Detector {
    /// Raised whenever the same index and the same parts would give other mentions: counts made by different
    /// versions do not add up.
    pub const VERSION: u32 = 2;

    /// The names of an index with the stated rule of context, and nothing trained.
    pub fn new(concepts: &Concepts) -> Self {
        let method = pair(index_digest(concepts), u64::from(Self::VERSION));
        Self {
            dictionary: Dictionary::new(concepts),
            context: Context::default(),
            tagger: None,
            linker: None,
            method,
        }
    }

    /// The names of an index, and what was trained.
    ///
    /// # Errors
    /// When a part has no binary form, by which it is told from others; what was trained always has.
    pub fn with(concepts: &Concepts, parts: Parts) -> Result<Self, TrainedError> {
        let mut detector = Self::new(concepts);
        if let Some(context) = parts.context {
            let bytes =
                postcard::to_allocvec(&context).map_err(|e| TrainedError::Unwritable(e.to_string()))?;
            detector.made_of(1, &bytes);
            detector.context = context;
        }
        if let Some(model) = parts.tagger {
            detector.made_of(2, &model.to_bytes()?);
            detector.tagger = Some(Arc::new(Tagger::new(model)));
            // Without a tagger there is nothing to link.
            if let Some(linking) = parts.linking {
                detector.made_of(3, &linking.to_bytes());
                detector.linker = Some(Arc::new(Linker::new(concepts, linking)));
            }
        }
        Ok(detector)
    }

    fn made_of(&mut self, part: u64, bytes: &[u8]) {
        self.method = digest(bytes, pair(self.method, part));
    }

    /// What it is made of, as a number: two detectors of one number find the same.
    pub fn method(&self) -> u64 {
        self.method
    }

    /// What one thread needs to look for mentions in text after text.
    pub fn detecting(&self) -> Detecting<'_> {
        Detecting {
            detector: self,
            desk: Desk::new(),
            reader: self.linker.as_deref().map(Linker::reader),
            found: Vec::new(),
            tagged: Vec::new(),
        }
    }

    /// Every mention of a text, in order and without overlap. For many texts see [`Detector::detecting`].
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.detecting().mentions(text)
    }
}

/// A detector at work on one thread.
#[derive(Debug)]
pub struct Detecting<'a> {
    detector: &'a Detector,
    desk: Desk,
    reader: Option<Reader<'a>>,
    found: Vec<Found>,
    tagged: Vec<Tagged>,
}

impl Detecting<'_> {
    /// Every mention of a text, in order and without overlap: the same as [`Detector::mentions`], whatever was
    /// read before.
    pub fn mentions(&mut self, text: &str) -> Vec<Mention> {
        let detector = self.detector;
        self.found.clear();
        detector.dictionary.find_into(text, &mut self.found);
        let mut mentions = detector.context.mentions(text, &self.found);
        let Some(tagger) = &detector.tagger else {
            return mentions;
        };
        self.tagged.clear();
        let most = text.floor_char_boundary(TAGGED_MOST);
        tagger.tag(&text[..most], &mut self.desk, &mut self.tagged);
        self.tagged.retain(|span| free(&mentions, span.start, span.end));
        let mut spans: Vec<Mention> = Vec::with_capacity(self.tagged.len());
        for span in &self.tagged {
            let words = &text[span.start as usize..span.end as usize];
            let link = self.reader.as_mut().and_then(|reader| reader.link(words));
            spans.push(Mention {
                start: span.start,
                end: span.end,
                concept: link.map(|l| l.concept),
                score: link.map_or(span.probability, |l| l.score),
                stage: Stage::Tagged,
            });
        }
        spans.sort_by(|a, b| {
            let link = |m: &Mention| if m.concept.is_some() { m.score } else { 0.0 };
            let length = |m: &Mention| m.end - m.start;
            b.concept
                .is_some()
                .cmp(&a.concept.is_some())
                .then(link(b).total_cmp(&link(a)))
                .then(length(a).cmp(&length(b)))
                .then(a.start.cmp(&b.start))
        });
        for span in spans {
            if free(&mentions, span.start, span.end) {
                let at = mentions.partition_point(|m| m.start < span.start);
                mentions.insert(at, span);
            }
        }
        mentions
    }
}

/// Whether none of these, which are in order and do not overlap, shares a byte with a place.
fn free(mentions: &[Mention], start: u32, end: u32) -> bool {
    let behind = mentions.partition_point(|m| m.end <= start);
    mentions.get(behind).is_none_or(|m| m.start >= end)
}

/// A digest of what decides which names an index finds, and what is linked to them.
fn index_digest(concepts: &Concepts) -> u64 {
    concepts.iter().fold(0, |state, (_, concept)| {
        let scheme = concept.scheme as u64;
        let of = digest(concept.key.as_bytes(), pair(state, scheme));
        let of = digest(concept.label.as_bytes(), of);
        let of = digest(concept.description.as_bytes(), pair(of, concept.sort as u64));
        concept.names.iter().fold(of, |of, name| {
            digest(name.text.as_bytes(), pair(of, name.trust as u64))
        })
    })
}

#[cfg(test)]
mod tests;
