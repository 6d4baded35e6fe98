//! Public data for tests and measurements, where they are: the names of ESCO and O*NET, and marked texts.

#![allow(
    dead_code,
    reason = "not every file that looks at the data looks at all of them"
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use metier_market::concept::{Concept, Concepts, Name, Scheme, Sort, Trust};
use metier_market::context::Marked;

/// A file below the folder that `METIER_DATA` names; absent, and said so, when it is not there.
pub fn data(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let file = folder.join(path);
    if file.is_file() {
        return Some(file);
    }
    println!("not there: {}; METIER_DATA names the folder", file.display());
    None
}

/// All names of ESCO and of the technologies of O*NET, good for searching.
pub fn concepts() -> Option<Concepts> {
    let (esco, onet) = (
        data("esco/esco_1.2.0_en_csv.zip")?,
        data("onet/db_29_2_text.zip")?,
    );
    let skills = unzipped(&esco, "skills_en.csv");
    let mut rows = csv::Reader::from_reader(skills.as_bytes());
    let mut all: Vec<Concept> = rows
        .deserialize()
        .map(|row: Result<BTreeMap<String, String>, _>| {
            let row = row.unwrap();
            let field = |name: &str| row.get(name).cloned().unwrap_or_default();
            let label = field("preferredLabel");
            let mut names: Vec<Name> = Vec::new();
            for text in field("altLabels").split(['\n', '|']).map(str::trim) {
                if !text.is_empty() && text != label && names.iter().all(|n| n.text != text) {
                    names.push(Name {
                        text: text.to_owned(),
                        trust: Trust::SearchOnly,
                    });
                }
            }
            let sort = match field("skillType").as_str() {
                "knowledge" => Sort::Knowledge,
                _ => Sort::Skill,
            };
            concept(
                Scheme::Esco,
                field("conceptUri"),
                sort,
                label,
                names,
                field("description"),
            )
        })
        .collect();
    let technologies = unzipped(&onet, "Technology Skills.txt");
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_reader(technologies.as_bytes());
    let mut seen = std::collections::HashSet::new();
    for row in rows.deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        let label = row["Example"].clone();
        if seen.insert(label.clone()) {
            all.push(concept(
                Scheme::OnetTechnology,
                label.clone(),
                Sort::Technology,
                label,
                Vec::new(),
                row["Commodity Title"].clone(),
            ));
        }
    }
    Some(Concepts::new(all))
}

fn concept(
    scheme: Scheme,
    key: String,
    sort: Sort,
    label: String,
    names: Vec<Name>,
    description: String,
) -> Concept {
    Concept {
        scheme,
        key,
        sort,
        label,
        names,
        description,
        broader: Vec::new(),
    }
}

fn unzipped(archive: &PathBuf, wanted: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let name = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .find(|name| name.ends_with(wanted))
        .unwrap();
    let mut text = String::new();
    archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A sentence and its marked places: those of knowledge, and those of skills.
#[derive(Debug, Default)]
pub struct Sentence {
    pub text: String,
    pub knowledge: Vec<(u32, u32)>,
    pub skills: Vec<(u32, u32)>,
}

impl Sentence {
    pub fn marked(&self) -> Marked<'_> {
        Marked {
            text: &self.text,
            spans: &self.knowledge,
        }
    }
}

/// `SkillSpan`, house and tech together: "train" or "dev". Words are joined by one blank.
pub fn skillspan(split: &str) -> Option<Vec<Sentence>> {
    let mut all = Vec::new();
    for part in ["house", "tech"] {
        let file = data(&format!(
            "skills-benchmarks/skillspan/skillspan_{part}_{split}.conll"
        ))?;
        let text = std::fs::read_to_string(file).unwrap();
        for sentence in text.split("\n\n").filter(|s| !s.trim().is_empty()) {
            let mut made = Sentence::default();
            let mut open = [false; 2];
            for line in sentence.lines().filter(|l| !l.trim().is_empty()) {
                let columns: Vec<_> = line.split('\t').collect();
                if !made.text.is_empty() {
                    made.text.push(' ');
                }
                let start = u32::try_from(made.text.len()).unwrap();
                made.text.push_str(columns[0]);
                let end = u32::try_from(made.text.len()).unwrap();
                let spans = [&mut made.skills, &mut made.knowledge];
                for ((tag, spans), open) in columns[1..3].iter().zip(spans).zip(&mut open) {
                    match tag.as_bytes()[0] {
                        b'I' if *open => spans.last_mut().unwrap().1 = end,
                        b'B' | b'I' => spans.push((start, end)),
                        _ => {}
                    }
                    *open = tag.as_bytes()[0] != b'O';
                }
            }
            all.push(made);
        }
    }
    Some(all)
}
