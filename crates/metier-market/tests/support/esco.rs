//! ESCO and the data sets, from the folder that `METIER_DATA` names. The product reads ESCO on another floor;
//! what is measured here needs labels, names, definitions and relations alone.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};

use metier_market::concept::{Concept, Concepts, Name, Scheme, Sort, Trust};
use metier_market::dataset::{Asked, read_annotations, read_labels, read_sentences};
use metier_market::occupation::{Group, Occupation};

type Row = HashMap<String, String>;

/// The folder of public data sets; absent when it is not there.
pub fn folder() -> Option<PathBuf> {
    let fallback = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("METIER_DATA").map_or(fallback, PathBuf::from);
    let there = folder.join("esco/esco_1.2.0_en_csv.zip").exists();
    if !there {
        eprintln!("no public data sets in {}: set METIER_DATA", folder.display());
    }
    there.then_some(folder)
}

fn rows(folder: &Path, table: &str) -> Vec<Row> {
    let file = File::open(folder.join("esco/esco_1.2.0_en_csv.zip")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let entry = archive.by_name(table).unwrap();
    csv::Reader::from_reader(entry)
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

fn lines(cell: &str) -> impl Iterator<Item = String> {
    cell.lines()
        .map(|l| l.trim().to_owned())
        .filter(|l| !l.is_empty())
}

/// Every skill of ESCO, each other name for searching only.
pub fn skills(folder: &Path) -> Vec<Concept> {
    let concept = |row: Row| Concept {
        scheme: Scheme::Esco,
        key: row["conceptUri"].clone(),
        sort: if row["skillType"] == "knowledge" {
            Sort::Knowledge
        } else {
            Sort::Skill
        },
        names: lines(&row["altLabels"])
            .filter(|text| text.to_lowercase() != row["preferredLabel"].to_lowercase())
            .map(|text| Name {
                text,
                trust: Trust::SearchOnly,
            })
            .collect(),
        label: row["preferredLabel"].clone(),
        description: row["description"].clone(),
        broader: Vec::new(),
    };
    rows(folder, "skills_en.csv").into_iter().map(concept).collect()
}

/// The concepts of these labels, in their order, with what ESCO says of those it holds.
pub fn of_labels(labels: &[String], skills: &[Concept]) -> Concepts {
    let known: HashMap<&str, &Concept> = skills.iter().map(|c| (c.label.as_str(), c)).collect();
    let concept = |label: &String| {
        known.get(label.as_str()).map_or_else(
            || Concept {
                scheme: Scheme::Esco,
                key: label.clone(),
                sort: Sort::Skill,
                label: label.clone(),
                names: Vec::new(),
                description: String::new(),
                broader: Vec::new(),
            },
            |c| (*c).clone(),
        )
    };
    Concepts::new(labels.iter().map(concept).collect())
}

/// The sentences of `SkillSkape`: "train" or "dev".
pub fn skillskape(folder: &Path, split: &str) -> Vec<Asked> {
    let file = folder.join(format!("skills-benchmarks/skillskape/{split}.csv"));
    read_sentences(&std::fs::read(file).unwrap()).unwrap()
}

/// The real sentences of both validation splits, and the labels they are linked to.
pub fn validation(folder: &Path) -> (Vec<Asked>, Vec<String>) {
    let folder = folder.join("skills-benchmarks/esco-linking-validation");
    let split = |name| std::fs::read(folder.join(format!("{name}_validation_annotations.csv"))).unwrap();
    let mut sentences = read_annotations(&split("house")).unwrap();
    sentences.extend(read_annotations(&split("tech")).unwrap());
    let labels = std::fs::read_to_string(folder.join("skills_en_label.txt")).unwrap();
    (sentences, read_labels(&labels))
}

/// Every occupation of ESCO and every unit group of ISCO.
pub fn occupations(folder: &Path) -> (Vec<Occupation>, Vec<Group>) {
    let skills: HashMap<String, String> = rows(folder, "skills_en.csv")
        .into_iter()
        .map(|r| (r["conceptUri"].clone(), r["preferredLabel"].clone()))
        .collect();
    let mut asked: BTreeMap<(String, bool), Vec<String>> = BTreeMap::new();
    for row in rows(folder, "occupationSkillRelations_en.csv") {
        if let Some(skill) = skills.get(&row["skillUri"]) {
            let key = (row["occupationUri"].clone(), row["relationType"] == "essential");
            asked.entry(key).or_default().push(skill.clone());
        }
    }
    let mut take = |key: &str, essential| asked.remove(&(key.to_owned(), essential)).unwrap_or_default();
    let occupations = rows(folder, "occupations_en.csv")
        .into_iter()
        .map(|row| Occupation {
            key: row["conceptUri"].clone(),
            code: row["code"].clone(),
            isco: row["iscoGroup"].clone(),
            label: row["preferredLabel"].clone(),
            names: lines(&row["altLabels"]).collect(),
            description: row["description"].clone(),
            essential: take(&row["conceptUri"], true),
            optional: take(&row["conceptUri"], false),
        })
        .collect();
    let groups = rows(folder, "ISCOGroups_en.csv")
        .into_iter()
        .filter(|row| row["code"].len() == 4)
        .map(|row| Group {
            code: row["code"].clone(),
            label: row["preferredLabel"].clone(),
            description: row["description"].clone(),
        })
        .collect();
    (occupations, groups)
}
