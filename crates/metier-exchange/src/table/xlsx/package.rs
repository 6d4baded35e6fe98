//! The zip around a workbook and the parts in it, with limits on what they may unpack to.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::xml::{Xml, attribute, broken, name};
use crate::DocumentProblem;
use crate::problem::shown;

/// Bytes one part may unpack to.
const PART_MAX: u64 = 32 << 20;

/// Bytes all parts that are read may unpack to together.
const TOTAL_MAX: u64 = 64 << 20;

/// Files a package may hold.
const FILES_MAX: usize = 4_000;

/// What a workbook lists.
pub(super) struct Workbook {
    pub sheets: Vec<Listed>,
    /// The part with the texts that cells share.
    pub strings: Option<String>,
    /// The part with the formats of numbers.
    pub styles: Option<String>,
    /// Days are counted from 1904, as old Macs did.
    pub from_1904: bool,
}

/// A sheet as the workbook lists it.
pub(super) struct Listed {
    pub name: String,
    pub part: String,
    pub hidden: bool,
}

/// An opened package.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Places by lower-case name, without a leading slash.
    places: HashMap<String, usize>,
    unpacked: u64,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, DocumentProblem> {
        let mut zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken("the package", &error.to_string()))?;
        if zip.len() > FILES_MAX {
            return Err(broken("the package", "it holds too many files"));
        }
        let mut places = HashMap::new();
        for at in 0..zip.len() {
            let file = zip
                .by_index_raw(at)
                .map_err(|error| broken("the package", &error.to_string()))?;
            if let Ok(name) = file.name() {
                places.insert(key(&name), at);
            }
        }
        let package = Self {
            zip,
            places,
            unpacked: 0,
        };
        package.refuse_others()?;
        Ok(package)
    }

    /// A zip that is no workbook, by what it holds.
    fn refuse_others(&self) -> Result<(), DocumentProblem> {
        let holds = |name: &str| self.places.contains_key(name);
        let (what, remedy) =
            if holds("_rels/.rels") && !holds("word/document.xml") && !holds("ppt/presentation.xml") {
                return Ok(());
            } else if holds("word/document.xml") {
                (
                    "this is a Word document",
                    "copy its table into a spreadsheet and save that",
                )
            } else if holds("ppt/presentation.xml") {
                (
                    "this is a presentation",
                    "copy its table into a spreadsheet and save that",
                )
            } else if holds("content.xml") {
                (
                    "this is an OpenDocument file",
                    "save it as an Excel workbook (.xlsx) or as CSV",
                )
            } else {
                (
                    "this is a zip archive and no workbook",
                    "unpack it and choose the file inside",
                )
            };
        Err(DocumentProblem::new(what, remedy))
    }

    /// A part that must be there.
    pub fn needed(&mut self, part: &str) -> Result<String, DocumentProblem> {
        self.part(part)?
            .ok_or_else(|| broken("a part", &format!("{} is missing", shown(part))))
    }

    fn part(&mut self, part: &str) -> Result<Option<String>, DocumentProblem> {
        let Some(&at) = self.places.get(&key(part)) else {
            return Ok(None);
        };
        let unreadable = |why: String| broken(&format!("the part {}", shown(part)), &why);
        let file = self
            .zip
            .by_index(at)
            .map_err(|error| unreadable(error.to_string()))?;
        let mut bytes = Vec::new();
        // Only what comes out is believed, never what the archive says will.
        file.take(PART_MAX + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(error.to_string()))?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > PART_MAX || self.unpacked > TOTAL_MAX {
            return Err(DocumentProblem::new(
                format!(
                    "the workbook unpacks to more than {} MiB",
                    (if bytes.len() as u64 > PART_MAX {
                        PART_MAX
                    } else {
                        TOTAL_MAX
                    }) >> 20
                ),
                "keep only the sheet with the criteria, without pictures",
            ));
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| unreadable("it is not UTF-8 text".into()))
    }

    /// The workbook the package is about, and where its parts are.
    pub fn workbook(&mut self) -> Result<Workbook, DocumentProblem> {
        let part = self
            .relations("")?
            .into_iter()
            .find(|r| r.kind == "officeDocument")
            .map(|r| r.target)
            .ok_or_else(|| broken("the package", "it names no workbook"))?;
        let relations = self.relations(&part)?;
        let text = self.needed(&part)?;
        let of_kind = |kind: &str| {
            relations
                .iter()
                .find(|r| r.kind == kind)
                .map(|r| r.target.clone())
        };
        let mut workbook = Workbook {
            sheets: Vec::new(),
            strings: of_kind("sharedStrings"),
            styles: of_kind("styles"),
            from_1904: false,
        };
        let mut xml = Xml::new(&text, "the list of sheets");
        loop {
            match xml.next()? {
                Event::Start(e) if name(&e) == "sheet" => {
                    let id = attribute(&e, "id").unwrap_or_default();
                    let found = relations.iter().find(|r| r.id == id);
                    // Charts and dialogues are listed as sheets too.
                    let Some(relation) = found.filter(|r| r.kind == "worksheet") else {
                        continue;
                    };
                    let state = attribute(&e, "state").unwrap_or_default();
                    workbook.sheets.push(Listed {
                        name: attribute(&e, "name").unwrap_or_default(),
                        part: relation.target.clone(),
                        hidden: matches!(state.as_str(), "hidden" | "veryHidden"),
                    });
                }
                Event::Start(e) if name(&e) == "workbookPr" => {
                    let set = attribute(&e, "date1904").unwrap_or_default();
                    workbook.from_1904 = matches!(set.as_str(), "1" | "true");
                }
                Event::Eof => return Ok(workbook),
                _ => {}
            }
        }
    }

    /// What a part refers to; the package itself for the empty name.
    fn relations(&mut self, part: &str) -> Result<Vec<Relation>, DocumentProblem> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = join(folder, &format!("_rels/{file}.rels"));
        let Some(text) = self.part(&rels)? else {
            return Ok(Vec::new());
        };
        let mut relations = Vec::new();
        let mut xml = Xml::new(&text, "the list of parts");
        loop {
            match xml.next()? {
                Event::Start(e) if name(&e) == "Relationship" => {
                    let kind = attribute(&e, "Type").unwrap_or_default();
                    relations.push(Relation {
                        id: attribute(&e, "Id").unwrap_or_default(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        target: join(folder, &attribute(&e, "Target").unwrap_or_default()),
                    });
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

struct Relation {
    id: String,
    /// The last word of its type: `worksheet`, `sharedStrings`.
    kind: String,
    target: String,
}

fn key(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_ascii_lowercase()
}

/// A target as the relations of a folder's part mean it.
fn join(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn targets_are_meant_from_the_folder_of_the_part() {
        assert_eq!(join("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(join("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(join("xl/worksheets", "../styles.xml"), "xl/styles.xml");
        assert_eq!(join("", "_rels/.rels"), "_rels/.rels");
        assert_eq!(join("", "../../../etc"), "etc");
    }
}
