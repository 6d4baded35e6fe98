//! The texts that cells share.

use quick_xml::events::Event;

use super::xml::{Xml, name};
use crate::DocumentProblem;

/// Every shared text in its place. Formatting inside a text is left out, and so is the reading aid of
/// East Asian texts, which would double their words.
pub(super) fn read(text: &str) -> Result<Vec<String>, DocumentProblem> {
    let mut strings = Vec::new();
    let mut xml = Xml::new(text, "the list of texts");
    loop {
        match xml.next()? {
            Event::Start(e) if name(&e) == "si" => strings.push(item(&mut xml, "si")?),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of an `si` or `is` element that was just begun.
pub(super) fn item(xml: &mut Xml<'_>, closing: &str) -> Result<String, DocumentProblem> {
    let (mut text, mut aids) = (String::new(), 0_u32);
    loop {
        match xml.next()? {
            Event::Start(e) if name(&e) == "rPh" => aids += 1,
            Event::End(e) => {
                let ended: &str = e.name().into_inner();
                let ended = ended.rsplit(':').next().unwrap_or(ended);
                if ended == "rPh" {
                    aids = aids.saturating_sub(1);
                } else if ended == closing {
                    return Ok(unescaped(&text));
                }
            }
            Event::Start(e) if name(&e) == "t" => {
                let part = xml.text()?;
                if aids == 0 {
                    text += &part;
                }
            }
            Event::Eof => return Ok(unescaped(&text)),
            _ => {}
        }
    }
}

/// A text with its `_x000D_` put back into the letters they stand for, and line ends as ours.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain += &rest[..at];
        if let Some(c) = letter(&rest[at..]) {
            plain.push(c);
            rest = &rest[at + 7..];
        } else {
            plain += "_x";
            rest = &rest[at + 2..];
        }
    }
    plain += rest;
    if plain.contains('\r') {
        plain = plain.replace("\r\n", "\n").replace('\r', "\n");
    }
    plain
}

/// The letter of `_xHHHH_` at the beginning of a text.
fn letter(text: &str) -> Option<char> {
    let hex = text.get(2..6)?;
    if text.as_bytes().get(6) != Some(&b'_') || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_and_reading_aids_are_left_out() {
        let xml = "<sst><si><t>one</t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t>&amp; bold</t></r>\
                   <rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si><si/><si><t>a_x000D_\nb</t></si></sst>";
        assert_eq!(read(xml).unwrap(), ["one", "two & bold", "", "a\nb"]);
    }

    #[test]
    fn only_a_whole_escape_is_one() {
        assert_eq!(unescaped("snake_xcase _x00_ _x0041_"), "snake_xcase _x00_ A");
        assert_eq!(unescaped("_x005F_x0041_"), "_x0041_");
        assert_eq!(unescaped("é_xé"), "é_xé");
    }
}
