//! Cards out.

use super::{Contact, NameParts, Way, address, is_address, kind_of};
use crate::content_line::{escape, escape_but_semicolons, write as line};

/// A version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Version {
    /// 3.0 (RFC 2426), which every program reads.
    V3,
    /// 4.0 (RFC 6350).
    #[default]
    V4,
}

impl Version {
    /// A value that is one text, or one of several with commas between.
    fn text(self, text: &str) -> String {
        match self {
            Self::V3 => escape(text),
            Self::V4 => escape_but_semicolons(text),
        }
    }
}

/// Writes cards that [`read`](super::read()) reads back as the same contacts.
///
/// Control characters other than line breaks and tabs are left out, since no card may hold them. A contact
/// without a name is written under its organisation or first mail; one that has neither is left out.
///
/// Version 3.0 demands a name taken apart. Where nobody took it apart, all of it stands as the given name:
/// address books then show and sort the contact under the name as it was typed, and no part of it is passed
/// off as a surname that was only guessed. The reader takes such a line for what it is.
pub fn write(contacts: &[Contact], version: Version) -> String {
    let mut out = String::new();
    for contact in contacts {
        card(&mut out, contact, version);
    }
    out
}

fn card(out: &mut String, contact: &Contact, version: Version) {
    let stand_in = contact
        .organisation
        .first()
        .or(contact.mails.first().map(|way| &way.value));
    let name = match (contact.name.trim(), stand_in) {
        ("", None) => return,
        ("", Some(other)) => other,
        (name, _) => name,
    };
    line(out, "BEGIN", "VCARD");
    line(out, "VERSION", if version == Version::V3 { "3.0" } else { "4.0" });
    if let Some(uid) = &contact.uid {
        // In 4.0 an identity is an address unless it says that it is text.
        let property = if version == Version::V4 && !is_address(uid) {
            "UID;VALUE=text"
        } else {
            "UID"
        };
        let value = if is_address(uid) {
            address(uid)
        } else {
            escape(uid)
        };
        line(out, property, &value);
    }
    line(out, "FN", &version.text(name));
    if version == Version::V3 || contact.parts != NameParts::default() {
        let whole = NameParts {
            given: name.to_owned(),
            ..NameParts::default()
        };
        let parts = if contact.parts == NameParts::default() {
            &whole
        } else {
            &contact.parts
        };
        let parts = [
            &parts.family,
            &parts.given,
            &parts.additional,
            &parts.prefix,
            &parts.suffix,
        ];
        line(out, "N", &parts.map(|part| escape(part)).join(";"));
    }
    if !contact.organisation.is_empty() {
        let units: Vec<_> = contact.organisation.iter().map(|unit| escape(unit)).collect();
        line(out, "ORG", &units.join(";"));
    }
    some(out, "TITLE", &contact.title, version);
    for mail in &contact.mails {
        way(out, "EMAIL", mail, version);
    }
    for phone in &contact.phones {
        way(out, "TEL", phone, version);
    }
    for url in &contact.urls {
        line(out, "URL", &address(url));
    }
    some(out, "NOTE", &contact.note, version);
    if !contact.categories.is_empty() {
        let categories: Vec<_> = contact.categories.iter().map(|c| version.text(c)).collect();
        line(out, "CATEGORIES", &categories.join(","));
    }
    if let Some(revised) = contact.revised {
        line(out, "REV", &revised.strftime("%Y%m%dT%H%M%SZ").to_string());
    }
    line(out, "END", "VCARD");
}

fn some(out: &mut String, name: &str, text: &str, version: Version) {
    if !text.trim().is_empty() {
        line(out, name, &version.text(text));
    }
}

fn way(out: &mut String, name: &str, way: &Way, version: Version) {
    let mut kinds: Vec<String> = way.kinds.iter().filter_map(|kind| kind_of(kind)).collect();
    let mut head = name.to_owned();
    if way.preferred {
        match version {
            Version::V3 => kinds.push("pref".into()),
            Version::V4 => head.push_str(";PREF=1"),
        }
    }
    if !kinds.is_empty() {
        head.push_str(&format!(";TYPE={}", kinds.join(",")));
    }
    line(out, &head, &version.text(&way.value));
}
