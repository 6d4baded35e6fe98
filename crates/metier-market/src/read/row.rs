//! From named values to a posting: which column holds what, and what the values say.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::options::{Limits, Options, size};
use super::{Damaged, Read, What, date, html};
use crate::posting::{Origin, Posting};

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What the posting says; the one that has to be there.
    Text,
    /// What the work is called.
    Title,
    /// Who asks.
    Employer,
    /// Where the work is.
    Place,
    /// The day it was posted.
    Date,
    /// The code of the occupation.
    Occupation,
    /// The identifier its source gives it.
    Id,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::Title,
        Self::Employer,
        Self::Place,
        Self::Date,
        Self::Occupation,
        Self::Id,
    ];

    /// Names of columns that are taken for the field without being told, the first that is there first; in
    /// small letters, without blanks and signs ("Job Title" is "jobtitle").
    pub const fn known(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "description",
                "jobdescription",
                "body",
                "content",
                "fulltext",
                "posting",
                "advert",
                "jobad",
                "jobtext",
                "rawtext",
                "html",
                "fulldescription",
                "descriptiontext",
            ],
            Self::Title => &["title", "jobtitle", "positiontitle", "position", "vacancytitle"],
            Self::Employer => &[
                "employer",
                "company",
                "companyname",
                "employername",
                "hiringorganization",
                "organization",
                "organisation",
                "organizationname",
                "agency",
            ],
            Self::Place => &[
                "place",
                "location",
                "joblocation",
                "locationname",
                "city",
                "region",
            ],
            Self::Date => &[
                "date",
                "dateposted",
                "posted",
                "postedat",
                "posteddate",
                "postingdate",
                "postdate",
                "datepublished",
                "publishedat",
                "published",
                "publicationdate",
                "publicationstartdate",
                "listeddate",
                "createdat",
                "created",
                "postedepoch",
                "dateepoch",
                "epoch",
                "postedunix",
                "dateunix",
                "unixtime",
                "postedepochms",
                "dateepochms",
                "epochms",
                "postedunixms",
                "unixms",
            ],
            Self::Occupation => &[
                "escocode",
                "escouri",
                "esco",
                "onetcode",
                "onetsoccode",
                "onetsoc",
                "onet",
                "iscocode",
                "isco08",
                "isco",
                "occupationcode",
                "occupationalcategory",
                "occupation",
                "soccode",
                "soc",
            ],
            Self::Id => &[
                "id",
                "jobid",
                "postingid",
                "uuid",
                "identifier",
                "advertid",
                "vacancyid",
                "reference",
            ],
        }
    }

    /// The field a column's name stands for, and how far down the list of names it is.
    pub(super) fn of(name: &str, options: &Options) -> Option<(Self, usize)> {
        if let Some((field, _)) = options.columns.iter().find(|(_, told)| told.as_str() == name) {
            return Some((*field, 0));
        }
        let mut plain = [0_u8; 32];
        let mut length = 0;
        for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
            *plain.get_mut(length)? = byte.to_ascii_lowercase();
            length += 1;
        }
        let plain = std::str::from_utf8(&plain[..length]).ok()?;
        Self::ALL
            .into_iter()
            .filter(|field| !options.columns.contains_key(field))
            .find_map(|field| {
                let rank = field.known().iter().position(|known| *known == plain)?;
                Some((field, rank + 1))
            })
    }
}

/// What one row says, field by field.
#[derive(Debug, Clone, Default)]
pub(super) struct Row<'a> {
    values: [Option<Cow<'a, str>>; 7],
    ranks: [usize; 7],
    /// What the column of the date is called.
    pub date_column: Option<Cow<'a, str>>,
    /// Where the posting stands on the web.
    pub link: Option<String>,
}

impl<'a> Row<'a> {
    pub fn set(&mut self, field: Field, value: Option<impl Into<Cow<'a, str>>>) {
        self.values[field as usize] = value.map(Into::into).filter(|value| !value.trim().is_empty());
    }

    /// Sets a field unless a column further up the list of names has.
    pub fn offer(&mut self, field: Field, rank: usize, value: impl Into<Cow<'a, str>>) -> bool {
        let place = field as usize;
        let better = self.values[place].is_none() || rank < self.ranks[place];
        let value = value.into();
        if !better || value.trim().is_empty() {
            return false;
        }
        self.values[place] = Some(value);
        self.ranks[place] = rank;
        true
    }

    pub fn get(&self, field: Field) -> Option<&str> {
        self.values[field as usize].as_deref()
    }

    pub fn take(&mut self, field: Field) -> Option<Cow<'a, str>> {
        self.values[field as usize].take()
    }

    /// The posting of the row, or why there is none; and a note if its date cannot be read.
    pub fn read(mut self, origin: Origin, limits: &Limits, into: &mut VecDeque<Read>) {
        let Some(text) = self.take(Field::Text) else {
            into.push_back(damaged(
                origin,
                "it has no text; check which column or key holds it, or name that one".to_owned(),
            ));
            return;
        };
        let cleaned = if html::is_page(&text) {
            Some(html::page(&text).content)
        } else {
            html::cleaned(&text)
        };
        let (text, stretches) = match cleaned {
            Some(cleaned) => (cleaned.text, cleaned.stretches),
            None => (text.into_owned(), Vec::new()),
        };
        self.finish(text, stretches, origin, limits, into);
    }

    /// The posting of the row with a text that has been cleaned.
    pub fn finish(
        mut self,
        text: String,
        stretches: Vec<crate::posting::Stretch>,
        origin: Origin,
        limits: &Limits,
        into: &mut VecDeque<Read>,
    ) {
        if text.trim().is_empty() {
            let reason = "nothing is left of it without mark-up, navigation and notices".to_owned();
            into.push_back(damaged(origin, reason));
            return;
        }
        if text.len() > limits.text {
            let reason = format!(
                "its text is {} long, and the limit for one posting is {}",
                size(text.len() as u64),
                size(limits.text as u64)
            );
            into.push_back(damaged(origin, reason));
            return;
        }
        let said = self.take(Field::Date);
        let column = self.date_column.take();
        let read = said
            .as_deref()
            .map(|said| date::of_column(said, column.as_deref()));
        let link = self.link.take().as_deref().and_then(web_link);
        let mut short = |field| self.take(field).and_then(|value| short(&value));
        let posting = Posting {
            origin,
            id: short(Field::Id),
            title: short(Field::Title),
            employer: short(Field::Employer),
            place: short(Field::Place),
            date: read.flatten(),
            occupation: short(Field::Occupation),
            link,
            text,
            stretches,
        };
        let note = match (read, said) {
            (Some(None), Some(said)) if !is_nothing(&said) => Some(Damaged {
                origin: posting.origin.clone(),
                what: What::Date,
                reason: format!(
                    "\u{201c}{}\u{201d} is no date that can be read for certain, so the posting counts as undated; \
                     write dates as 2026-01-31",
                    said.trim().chars().take(40).collect::<String>()
                ),
            }),
            _ => None,
        };
        into.push_back(Read::Posting(posting));
        into.extend(note.map(Read::Damaged));
    }
}

fn damaged(origin: Origin, reason: String) -> Read {
    Read::Damaged(Damaged {
        origin,
        what: What::Document,
        reason,
    })
}

/// A value that stands beside the text: one line, without mark-up; nothing where it says nothing.
fn short(value: &str) -> Option<String> {
    let cleaned = html::clean(value);
    if is_nothing(&cleaned) {
        return None;
    }
    let trimmed = cleaned.trim();
    if trimmed.contains(|c: char| c.is_control()) || trimmed.contains("  ") {
        return Some(trimmed.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Some(trimmed.to_owned())
}

/// Longest link that is kept, in bytes.
const LINK_MAX: usize = 2048;

/// A link of the web in one word; nothing of any other sort.
fn web_link(value: &str) -> Option<String> {
    let link = value.trim();
    let scheme = link
        .split_once("://")
        .map(|(scheme, rest)| (scheme, rest.is_empty()));
    let of_the_web = matches!(scheme, Some(("http" | "https", false)));
    let one_word = !link.contains(|c: char| c.is_whitespace() || c.is_control());
    (of_the_web && one_word && link.len() <= LINK_MAX).then(|| link.to_owned())
}

/// Whether a value is how programs write that there is none.
fn is_nothing(value: &str) -> bool {
    matches!(
        value.trim(),
        "" | "nan" | "NaN" | "null" | "NULL" | "None" | "none" | "N/A" | "n/a" | "NA" | "-"
    )
}

/// Which columns of a table hold what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mapping {
    /// For each field in the order of [`Field::ALL`] its column.
    pub columns: [Option<usize>; 7],
    /// What the column of the date is called.
    pub date_column: Option<String>,
}

impl Mapping {
    /// Finds the columns by their names.
    ///
    /// # Errors
    /// If none holds the text, or a column that was named is not there.
    pub fn of(names: &[String], options: &Options) -> Result<Self, String> {
        let mut columns: [Option<(usize, usize)>; 7] = [None; 7];
        for (at, name) in names.iter().enumerate() {
            if let Some((field, rank)) = Field::of(name.trim(), options) {
                let known = &mut columns[field as usize];
                if known.is_none_or(|(_, best)| rank < best) {
                    *known = Some((at, rank));
                }
            }
        }
        let there = || {
            let shown: Vec<&str> = names.iter().take(20).map(|name| name.trim()).collect();
            format!("its columns are: {}", shown.join(", "))
        };
        for (field, name) in &options.columns {
            if columns[*field as usize].is_none() {
                return Err(format!("it has no column \u{201c}{name}\u{201d}; {}", there()));
            }
        }
        if columns[Field::Text as usize].is_none() {
            return Err(format!(
                "no column holds the text: none is called text, description or body; name the one that does; {}",
                there()
            ));
        }
        let columns = columns.map(|found| found.map(|(at, _)| at));
        let date_column = columns[Field::Date as usize].map(|at| names[at].trim().to_owned());
        Ok(Self { columns, date_column })
    }
}
