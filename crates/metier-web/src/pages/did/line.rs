//! The parts every way of writing down shares: a line, a link, the limits of a text.

use jiff::civil::Date;
use metier_core::journal::LIMITS;

use crate::form::{Reading, Sent};

/// The most characters of the one line.
const TITLE_MAX: usize = 500;
/// The most characters of a link.
const LINK_MAX: usize = 2000;
/// Characters of a title shown in a list.
const SHOWN: usize = 160;

/// What one line can say of how it came out.
pub const CAME_OFF: &[(&str, &str)] = &[
    ("", "not said"),
    ("yes", "it came off: accepted, or the goal met"),
    ("no", "it did not: done again, or missed"),
];

/// What was chosen of [`CAME_OFF`].
pub fn came_off(sent: &Sent, field: &str) -> Option<bool> {
    match sent.text(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The one line of a field, with line breaks made spaces.
pub fn title_of(reading: &mut Reading<'_>, sent: &Sent, field: &str) -> String {
    let text = sent.text(field);
    let count = text.chars().count();
    if text.is_empty() {
        reading.fault(field, "Say in one line what you did.");
        return String::new();
    }
    if count > TITLE_MAX {
        reading.fault(
            field,
            format!("This has {count} characters. Say it in a line of up to {TITLE_MAX}; the rest belongs in the story."),
        );
        return String::new();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A link; `None` when there is none.
pub fn link_of(reading: &mut Reading<'_>, sent: &Sent, field: &str) -> Option<String> {
    let text = sent.text(field);
    match wrong_link(text) {
        _ if text.is_empty() => None,
        None => Some(text.to_owned()),
        Some(why) => {
            reading.fault(field, why);
            None
        }
    }
}

/// Links, one a line.
pub fn links_of(reading: &mut Reading<'_>, sent: &Sent, field: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for line in sent.text(field).lines().map(str::trim).filter(|l| !l.is_empty()) {
        match wrong_link(line) {
            Some(why) => {
                reading.fault(field, format!("{}: {why}", short(line)));
                break;
            }
            None if links.iter().any(|l| l == line) => {}
            None => links.push(line.to_owned()),
        }
    }
    links
}

fn wrong_link(text: &str) -> Option<&'static str> {
    let address = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match address {
        None => Some("A link begins with https:// or http://."),
        Some(rest) if rest.is_empty() || text.contains(char::is_whitespace) => {
            Some("This is no whole link; copy it from the address bar.")
        }
        Some(_) if text.chars().count() > LINK_MAX => Some("This link is too long to be one."),
        Some(_) => None,
    }
}

/// Notes a fault at every field whose text is longer than a text may be, or says a day that is none.
pub fn within_limits(reading: &mut Reading<'_>, sent: &Sent) {
    for (field, text) in sent.fields() {
        if text.len() > LIMITS.text {
            reading.fault(
                field,
                format!(
                    "This text has {} KB; at most {} KB are kept. Attach it as a file instead.",
                    text.len() >> 10,
                    LIMITS.text >> 10
                ),
            );
        }
    }
}

/// A text as a list shows it.
pub fn short(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SHOWN).collect();
    cut.trim_end().to_owned() + "…"
}

/// The month of a day, as a heading: "March 2026".
pub fn month(on: Date) -> String {
    let day = metier_app::words::day(on);
    day.split_once(' ')
        .map_or(day.clone(), |(_, month)| month.to_owned())
}
