//! How numbers are shown: enough of it that 0.9 shown as 90% is read as 90%, and a day as a day.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use quick_xml::events::Event;

use super::xml::{Xml, attribute, name};
use crate::DocumentProblem;

/// How the numbers of a cell are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shows {
    /// As it is.
    #[default]
    Number,
    /// In hundredths.
    Percent,
    /// As a day.
    Day,
}

/// The formats of cells, by the number a cell names.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shows: Vec<Shows>,
    from_1904: bool,
}

impl Styles {
    pub fn read(text: &str, from_1904: bool) -> Result<Self, DocumentProblem> {
        let mut codes: HashMap<u32, Shows> = HashMap::new();
        let mut styles = Self {
            shows: Vec::new(),
            from_1904,
        };
        let mut inside = false;
        let mut xml = Xml::new(text, "the list of formats");
        loop {
            match xml.next()? {
                Event::Start(e) if name(&e) == "numFmt" => {
                    if let (Some(id), Some(code)) = (number(&e, "numFmtId"), attribute(&e, "formatCode")) {
                        codes.insert(id, of_code(&code));
                    }
                }
                Event::Start(e) if name(&e) == "cellXfs" => inside = true,
                Event::Start(e) if name(&e) == "cellStyles" => inside = false,
                Event::Start(e) if inside && name(&e) == "xf" => {
                    let id = number(&e, "numFmtId").unwrap_or(0);
                    styles
                        .shows
                        .push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                Event::End(e) if e.name().into_inner().ends_with("cellXfs") => inside = false,
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// A number as a text, the way a cell of that format shows it.
    pub fn shown(&self, style: Option<usize>, value: &str) -> String {
        let shows = style.and_then(|s| self.shows.get(s)).copied().unwrap_or_default();
        let Ok(number) = value.trim().parse::<f64>() else {
            return value.trim().to_owned();
        };
        match shows {
            Shows::Percent => format!("{}%", plain(number * 100.0)),
            Shows::Day => self.day(number).unwrap_or_else(|| plain(number)),
            Shows::Number => plain(number),
        }
    }

    /// A day from the number of days it is after the beginning of a workbook's time.
    fn day(&self, number: f64) -> Option<String> {
        if !(1.0..2_958_466.0).contains(&number) {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, reason = "within the days checked above")]
        let days = number.floor() as i64;
        let start = if self.from_1904 {
            Date::new(1904, 1, 1)
        } else {
            // Day 60 is a 29 February 1900 that never was, so that later days count from the 30th.
            Date::new(1899, 12, if days < 60 { 31 } else { 30 })
        };
        let span: Span = days.days();
        Some(start.ok()?.checked_add(span).ok()?.to_string())
    }
}

fn number(element: &quick_xml::events::BytesStart<'_>, wanted: &str) -> Option<u32> {
    attribute(element, wanted)?.trim().parse().ok()
}

fn built_in(id: u32) -> Shows {
    match id {
        9 | 10 => Shows::Percent,
        14..=17 | 22 => Shows::Day,
        _ => Shows::Number,
    }
}

/// What a format code of somebody's own shows: texts in it, colours and escapes left aside.
fn of_code(code: &str) -> Shows {
    let (mut bare, mut quoted, mut bracket, mut escaped) = (String::new(), false, false, false);
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if bracket => bracket = false,
            _ if quoted || bracket => {}
            _ => bare.push(c.to_ascii_lowercase()),
        }
    }
    if bare.contains('%') {
        Shows::Percent
    } else if bare.contains('y') || (bare.contains('d') && bare.contains('m')) {
        Shows::Day
    } else {
        Shows::Number
    }
}

/// A number without the noise of the last binary digits.
fn plain(number: f64) -> String {
    let rounded = (number * 1e9).round() / 1e9;
    if rounded.is_finite() {
        format!("{rounded}")
    } else {
        format!("{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(from_1904: bool) -> Styles {
        let xml = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/>\
            <numFmt numFmtId=\"165\" formatCode=\"0 &quot;days %&quot;\"/></numFmts>\
            <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>\
            <cellStyles/></styleSheet>";
        Styles::read(xml, from_1904).unwrap()
    }

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        let styles = styles(false);
        for (style, value, shown) in [
            (Some(0), "3", "3"),
            (None, "2.50", "2.5"),
            (Some(1), "0.9", "90%"),
            (Some(1), "0.995", "99.5%"),
            (Some(2), "46000", "2025-12-09"),
            (Some(3), "59.5", "1900-02-28"),
            (Some(3), "61", "1900-03-01"),
            (Some(3), "-4", "-4"),
            (Some(4), "12", "12"),
            (Some(99), "7", "7"),
            (Some(0), "x", "x"),
            (Some(0), "1e400", "inf"),
        ] {
            assert_eq!(styles.shown(style, value), shown, "{value}");
        }
    }

    #[test]
    fn days_of_an_old_mac_count_from_1904() {
        assert_eq!(styles(true).shown(Some(2), "1"), "1904-01-02");
    }
}
