//! What somebody said about a document, as a form or an address carries it.

use maud::{Markup, html};
use metier_app::{Choices, Meaning};
use metier_core::canonical::Digest;

use crate::form::{Reading, Sent};

/// The fields that say how a document is to be read.
const FIELDS: [&str; 9] = [
    "doc",
    "publisher",
    "role-name",
    "encoding",
    "head",
    "sheet",
    "skill-levels",
    "levels",
    "col",
];

/// The document an address names.
pub fn document(sent: &Sent) -> Option<Digest> {
    sent.text("doc").parse().ok()
}

/// What was said; what cannot be read of it is a fault.
pub fn read(reading: &mut Reading<'_>, sent: &Sent) -> Choices {
    let filled = |field: &str| Some(sent.text(field).to_owned()).filter(|t| !t.is_empty());
    let names = |field: &str| -> Vec<String> {
        sent.text(field)
            .split(['\n', ','])
            .map(|n| n.trim().to_owned())
            .filter(|n| !n.is_empty())
            .collect()
    };
    let mut columns = Vec::new();
    for said in sent.all("col").filter(|s| !s.is_empty()) {
        let column = said
            .rsplit_once('=')
            .and_then(|(column, word)| Some((column.to_owned(), word.parse::<Meaning>().ok()?)));
        match column {
            Some(column) => columns.push(column),
            None => reading.fault("columns", "Choose what the column means from the list."),
        }
    }
    Choices {
        encoding: filled("encoding"),
        sheets: sent
            .all("sheet")
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect(),
        head: reading.read("head", "Write the number of the row, as in 3."),
        columns,
        skill_levels: names("skill-levels"),
        levels: names("levels"),
        role: filled("role-name"),
        publisher: sent.text("publisher").to_owned(),
        grains: Vec::new(),
    }
}

/// The same as hidden fields, for a form that goes on with it.
pub fn hidden(sent: &Sent) -> Markup {
    html! {
        @for (name, value) in sent.fields().filter(|(n, v)| FIELDS.contains(n) && !v.is_empty()) {
            input type="hidden" name=(name) value=(value);
        }
    }
}
