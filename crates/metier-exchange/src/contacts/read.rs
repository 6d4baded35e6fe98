//! Cards in.

use encoding_rs::{Encoding, WINDOWS_1252};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

use super::{CARDS_MAX, Cards, Contact, EACH_MAX, FILE_MAX, NameParts, Way, address, is_address, kind_of};
use crate::DocumentProblem;
use crate::content_line::{ContentLine, ContentLines, parts, text};
use crate::problem::{PROBLEMS_MAX, shown, text_of};

/// The longest name of a property that is named as left out.
const NAME_MAX: usize = 40;

/// Reads a file of cards. A card that says nobody's name is passed over and named; what is broken in their
/// structure refuses the file.
///
/// # Errors
/// Up to twenty problems, each with its card and line.
pub fn read(bytes: &[u8]) -> Result<Cards, Vec<DocumentProblem>> {
    if bytes.len() > FILE_MAX {
        return Err(vec![DocumentProblem::new(
            format!("the file has {} bytes; at most {FILE_MAX} are read", bytes.len()),
            "export fewer contacts at a time, or leave out their pictures",
        )]);
    }
    let text = text_of(bytes).map_err(|problem| {
        vec![DocumentProblem {
            remedy: "export the contacts again as vCard 3.0 or 4.0".into(),
            ..problem
        }]
    })?;
    let mut reader = Reader::default();
    for line in ContentLines::new(text) {
        let taken = line.and_then(|line| reader.take(&line));
        if let Err(problem) = taken {
            reader.problems.push(problem.about(reader.place()));
        }
        if reader.problems.len() >= PROBLEMS_MAX || reader.full {
            break;
        }
    }
    reader.finish()
}

/// A card that has begun.
#[derive(Default)]
struct Open {
    line: u64,
    version: Option<String>,
    contact: Contact,
    group: bool,
    /// What stands in for a title when there is none.
    role: String,
}

#[derive(Default)]
struct Reader {
    cards: Cards,
    begun: usize,
    open: Option<Open>,
    problems: Vec<DocumentProblem>,
    full: bool,
}

impl Reader {
    /// Where the reader is, as a person would say it.
    fn place(&self) -> String {
        match &self.open {
            Some(open) if !open.contact.name.is_empty() => {
                format!("card {} ({})", self.begun, shown(&open.contact.name))
            }
            Some(_) => format!("card {}", self.begun),
            None if self.begun == 0 => "before the first card".into(),
            None => format!("after card {}", self.begun),
        }
    }

    fn take(&mut self, line: &ContentLine) -> Result<(), DocumentProblem> {
        let card = line.value.trim().eq_ignore_ascii_case("VCARD");
        match line.name.as_str() {
            "BEGIN" if card => self.begin(line.line),
            "END" if card => self.end(line.line),
            _ => match &mut self.open {
                Some(open) => {
                    property(open, &mut self.cards, line);
                    Ok(())
                }
                None => Err(DocumentProblem::new(
                    format!("`{}` stands outside of any card", shown(&line.name)),
                    "cards stand between BEGIN:VCARD and END:VCARD; choose \"vCard\" when you export",
                )
                .at_line(line.line)),
            },
        }
    }

    fn begin(&mut self, line: u64) -> Result<(), DocumentProblem> {
        if let Some(open) = &self.open {
            return Err(DocumentProblem::new(
                format!(
                    "another card begins inside the one that began on line {}",
                    open.line
                ),
                "put END:VCARD before it; a card within a card is not read",
            )
            .at_line(line));
        }
        if self.begun == CARDS_MAX {
            self.full = true;
            return Err(DocumentProblem::new(
                format!("there are more than {CARDS_MAX} cards"),
                "split the file",
            )
            .at_line(line));
        }
        self.begun += 1;
        self.open = Some(Open {
            line,
            ..Open::default()
        });
        Ok(())
    }

    fn end(&mut self, line: u64) -> Result<(), DocumentProblem> {
        let place = self.place();
        let Some(open) = self.open.take() else {
            return Err(DocumentProblem::new(
                "END:VCARD without a card that began",
                "put BEGIN:VCARD where the card begins, or delete the line",
            )
            .at_line(line));
        };
        match open.version.as_deref() {
            Some("2.1" | "3.0" | "4.0") | None => {}
            Some(other) => {
                self.problems.push(
                    DocumentProblem::new(
                        format!("`{}` is no version that is read", shown(other)),
                        "export as vCard 3.0 or 4.0",
                    )
                    .at_line(open.line)
                    .about(place),
                );
                return Ok(());
            }
        }
        if open.group {
            count(&mut self.cards, "KIND:GROUP");
            return Ok(());
        }
        match finished(open) {
            Some(contact) => self.cards.contacts.push(contact),
            None => self.cards.nameless.push(self.begun),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Cards, Vec<DocumentProblem>> {
        let unfinished = self.problems.len() < PROBLEMS_MAX && !self.full;
        if let (Some(open), true) = (&self.open, unfinished) {
            self.problems.push(
                DocumentProblem::new(
                    "the card does not end",
                    "put END:VCARD after its last line; perhaps the file was cut off",
                )
                .at_line(open.line)
                .about(self.place()),
            );
        }
        if self.begun == 0 && self.problems.is_empty() {
            self.problems.push(DocumentProblem::new(
                "there is no card in the file",
                "choose \"vCard\" (a file that ends in .vcf) when you export your contacts",
            ));
        }
        self.problems.truncate(PROBLEMS_MAX);
        if self.problems.is_empty() {
            Ok(self.cards)
        } else {
            Err(self.problems)
        }
    }
}

/// A card with a name, from wherever it says one; `None` when it says nobody's.
fn finished(open: Open) -> Option<Contact> {
    let mut contact = open.contact;
    if contact.title.is_empty() {
        contact.title = open.role;
    }
    if contact.name.is_empty() {
        let name = &contact.parts;
        let said: Vec<&str> = [
            &name.prefix,
            &name.given,
            &name.additional,
            &name.family,
            &name.suffix,
        ]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
        contact.name = if said.is_empty() {
            let organisation = contact.organisation.first();
            let mail = contact.mails.first().map(|way| &way.value);
            organisation.or(mail).cloned().unwrap_or_default()
        } else {
            said.join(" ")
        };
    }
    let whole = NameParts {
        given: contact.name.clone(),
        ..NameParts::default()
    };
    // So it stands where nobody took the name apart.
    if contact.parts == whole {
        contact.parts = NameParts::default();
    }
    (!contact.name.is_empty()).then_some(contact)
}

fn property(open: &mut Open, cards: &mut Cards, line: &ContentLine) {
    let contact = &mut open.contact;
    let name = line.name.as_str();
    let Some(value) = decoded(line) else {
        return count(cards, &format!("{name};ENCODING"));
    };
    let one = || clean(&text(&value));
    let taken = match name {
        "VERSION" => {
            open.version = Some(value.trim().to_owned());
            true
        }
        "KIND" => {
            open.group = value.trim().eq_ignore_ascii_case("group");
            true
        }
        // What a program says of itself.
        "PRODID" => true,
        "FN" => fill(&mut contact.name, one()),
        "N" => named(&mut contact.parts, &value),
        "ORG" => {
            let first = contact.organisation.is_empty();
            if first {
                contact.organisation = trimmed(parts(&value, ';'));
                contact.organisation.truncate(EACH_MAX);
            }
            first
        }
        "TITLE" => fill(&mut contact.title, one()),
        "ROLE" => fill(&mut open.role, one()),
        "EMAIL" => reach(&mut contact.mails, line, &one()),
        "TEL" => reach(&mut contact.phones, line, &one()),
        "URL" => add(&mut contact.urls, address(&one())),
        "NOTE" => {
            let note = one();
            if !contact.note.is_empty() && !note.is_empty() {
                contact.note.push_str("\n\n");
            }
            contact.note.push_str(&note);
            true
        }
        "CATEGORIES" => {
            let categories = trimmed(parts(&value, ',')).into_iter();
            let left = categories.skip_while(|category| add(&mut contact.categories, category.clone()));
            left.count() == 0
        }
        "UID" => {
            let uid = one();
            let first = contact.uid.is_none() && !uid.is_empty();
            if first {
                contact.uid = Some(if is_address(&uid) { address(&uid) } else { uid });
            }
            first
        }
        "REV" => {
            contact.revised = moment(value.trim());
            contact.revised.is_some()
        }
        _ => false,
    };
    if !taken {
        count(cards, name);
    }
}

/// The value as text: quoted-printable is decoded, in the character set it names. Old programs often name
/// none: then it is UTF-8, or else the Western European letters that were usual. `None` when it is no text.
fn decoded(line: &ContentLine) -> Option<String> {
    if !line.says("ENCODING", "QUOTED-PRINTABLE") {
        return Some(line.value.clone());
    }
    let bytes = quoted_printable_decode(line.value.as_bytes())?;
    let named = line.parameter("CHARSET").next();
    let encoding = Encoding::for_label(named.unwrap_or("UTF-8").as_bytes())?;
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(&bytes)
        .or_else(|| {
            let usual = named.is_none().then_some(WINDOWS_1252)?;
            usual.decode_without_bom_handling_and_without_replacement(&bytes)
        })?;
    // There a line break is one, and not the end of the value.
    Some(text.replace("\r\n", "\\n").replace(['\r', '\n'], "\\n"))
}

fn count(cards: &mut Cards, name: &str) {
    let name: String = name.chars().take(NAME_MAX).collect();
    *cards.left_out.entry(name).or_default() += 1;
}

/// Fills a field that is still empty; another value after the first is left out.
fn fill(field: &mut String, value: String) -> bool {
    if field.is_empty() {
        *field = value;
        return true;
    }
    *field == value
}

/// Adds what is neither empty nor there already, while there is room.
fn add(list: &mut Vec<String>, value: String) -> bool {
    if list.len() >= EACH_MAX {
        return false;
    }
    if !value.is_empty() && !list.contains(&value) {
        list.push(value);
    }
    true
}

/// A text without control characters, but for line breaks and tabs, and without blanks around it.
fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    kept.trim().to_owned()
}

fn trimmed(parts: Vec<String>) -> Vec<String> {
    parts
        .into_iter()
        .map(|part| clean(&part))
        .filter(|part| !part.is_empty())
        .collect()
}

fn named(name: &mut NameParts, value: &str) -> bool {
    if *name != NameParts::default() {
        return false;
    }
    // A part may be several names, separated by commas.
    let mut said = split_raw(value, ';')
        .into_iter()
        .map(|part| trimmed(parts(&part, ',')).join(" "));
    let mut next = || said.next().unwrap_or_default();
    name.family = next();
    name.given = next();
    name.additional = next();
    name.prefix = next();
    name.suffix = next();
    true
}

/// Splits where no backslash stands before, and leaves the escapes in.
fn split_raw(value: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for letter in value.chars() {
        if letter == separator && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    parts
}

fn reach(ways: &mut Vec<Way>, line: &ContentLine, value: &str) -> bool {
    let mut bare = value;
    while let Some(rest) = ["tel:", "mailto:"].iter().find_map(|scheme| {
        let start = bare.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| bare[scheme.len()..].trim())
    }) {
        bare = rest;
    }
    if bare.is_empty() || ways.len() >= EACH_MAX {
        return bare.is_empty();
    }
    let mut preferred = line.parameter("PREF").next().is_some();
    let mut kinds: Vec<String> = Vec::new();
    for kind in line.parameter("TYPE").take(EACH_MAX).filter_map(kind_of) {
        match kind.as_str() {
            "pref" => preferred = true,
            // What every mail and every telephone is.
            "internet" | "voice" => {}
            _ if kinds.contains(&kind) => {}
            _ => kinds.push(kind),
        }
    }
    ways.push(Way {
        value: bare.to_owned(),
        kinds,
        preferred,
    });
    true
}

/// An instant as cards write it: in full or without hyphens and colons; a day alone is its beginning. What
/// names no zone is taken as universal time.
fn moment(value: &str) -> Option<Timestamp> {
    let instant = value.parse::<Timestamp>().ok().or_else(|| {
        let local = value
            .parse::<DateTime>()
            .or_else(|_| value.parse::<Date>().map(|day| day.at(0, 0, 0, 0)));
        TimeZone::UTC.to_timestamp(local.ok()?).ok()
    })?;
    // Whole seconds of a year with four digits are what a card can say.
    let year = TimeZone::UTC.to_datetime(instant).year();
    let instant = Timestamp::from_second(instant.as_second()).ok()?;
    (1..=9999).contains(&year).then_some(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_in_every_way_cards_write_them() {
        let expected: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        for text in [
            "2026-01-02T03:04:05Z",
            "20260102T030405Z",
            "20260102T030405",
            "20260102T040405+0100",
        ] {
            assert_eq!(moment(text), Some(expected), "{text}");
        }
        assert_eq!(
            moment("2026-01-02"),
            Some("2026-01-02T00:00:00Z".parse().unwrap())
        );
        assert_eq!(moment("20260102"), Some("2026-01-02T00:00:00Z".parse().unwrap()));
        assert_eq!(moment("yesterday"), None);
    }
}
