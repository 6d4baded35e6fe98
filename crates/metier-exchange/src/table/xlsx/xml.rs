//! Events of an XML part, with its errors said in our words.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, BytesText, Event};
use quick_xml::{Reader, XmlVersion};

use crate::DocumentProblem;
use crate::problem::shown;

/// Elements may nest this deep; a workbook needs ten levels.
const DEPTH_MAX: u32 = 64;

/// Reads a part event by event.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    part: &'static str,
    depth: u32,
}

impl<'t> Xml<'t> {
    /// `part` is what a person would call it: "a sheet", "the list of sheets".
    pub fn new(text: &'t str, part: &'static str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part,
            depth: 0,
        }
    }

    pub fn next(&mut self) -> Result<Event<'t>, DocumentProblem> {
        let event = self
            .reader
            .read_event()
            .map_err(|error| broken(self.part, &error.to_string()))?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(broken(self.part, "it ends too early")),
            _ => {}
        }
        if self.depth > DEPTH_MAX {
            return Err(broken(self.part, "its elements are nested too deep"));
        }
        Ok(event)
    }

    /// The text up to the end of the element that was just begun, without what stands inside further
    /// elements.
    pub fn text(&mut self) -> Result<String, DocumentProblem> {
        let (mut text, floor) = (String::new(), self.depth);
        loop {
            match self.next()? {
                Event::Text(t) if self.depth == floor => text += &plain(&t),
                Event::CData(t) if self.depth == floor => text += &t,
                Event::GeneralRef(name) if self.depth == floor => text += &self.reference(&name)?,
                Event::End(_) if self.depth < floor => return Ok(text),
                Event::Eof => return Err(broken(self.part, "it ends too early")),
                _ => {}
            }
        }
    }

    fn reference(&self, name: &BytesRef<'_>) -> Result<String, DocumentProblem> {
        let unknown = || broken(self.part, &format!("&{}; means nothing", shown(name)));
        match name.resolve_char_ref() {
            Ok(Some(c)) => Ok(c.to_string()),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(name)
                .map(str::to_owned)
                .ok_or_else(unknown),
            Err(_) => Err(unknown()),
        }
    }
}

fn plain<'e>(text: &'e BytesText<'_>) -> Cow<'e, str> {
    text.xml_content(XmlVersion::Implicit1_0)
}

/// The name of an element without its prefix.
pub(super) fn name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name: &str = element.name().into_inner();
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute by its name without prefix; `None` when it is not there.
pub(super) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|a| {
            let key: &str = a.key.into_inner();
            key.rsplit(':').next() == Some(wanted)
        })
        .and_then(|a| {
            a.normalized_value(XmlVersion::Implicit1_0)
                .ok()
                .map(Cow::into_owned)
        })
}

pub(super) fn broken(part: &str, why: &str) -> DocumentProblem {
    DocumentProblem::new(
        format!("{part} in the workbook cannot be read: {}", shown(why)),
        "open it in a spreadsheet and save it again, or save the sheet as CSV",
    )
}
