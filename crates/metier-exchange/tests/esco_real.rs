//! The real classification, where it is at hand: read whole, every occupation drafted.

// A whole file of tests: what is given here is known to hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use metier_core::catalogue::{Catalogue, Classification};
use metier_core::framework::{Competency, Practice, Provenance, ProvenanceKind, Weight, check};
use metier_exchange::{catalogue_file, esco, onet};

/// A file of the data folder, or `None` with a word about it.
fn file(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let file = folder.join(path);
    if file.is_file() {
        return Some(file);
    }
    println!("METIER_DATA not found at {}: not run", folder.display());
    None
}

fn import() -> Option<&'static esco::Import> {
    static IMPORT: OnceLock<Option<esco::Import>> = OnceLock::new();
    IMPORT
        .get_or_init(|| {
            let path = file("esco/esco_1.2.0_en_csv.zip")?;
            let bytes = std::fs::read(&path).expect("it can be read");
            Some(esco::read(&bytes, path.file_name()?.to_str(), |_| ()).expect("the release is whole"))
        })
        .as_ref()
}

/// ESCO alone.
fn alone() -> Option<&'static Catalogue> {
    static ALONE: OnceLock<Option<Catalogue>> = OnceLock::new();
    ALONE
        .get_or_init(|| Some(Catalogue::default().with_esco(import()?.esco.clone())))
        .as_ref()
}

/// ESCO beside O*NET, with the crosswalk.
fn joined() -> Option<&'static Catalogue> {
    static JOINED: OnceLock<Option<Catalogue>> = OnceLock::new();
    JOINED
        .get_or_init(|| {
            let onet = std::fs::read(file("onet/db_29_2_text.zip")?).expect("it can be read");
            let links = std::fs::read(file("esco/esco_onet_official.csv")?).expect("it can be read");
            let links = esco::read_crosswalk(&links).expect("the crosswalk is whole");
            assert_eq!(links.links.len(), 4_253);
            assert_eq!(links.source, "ESCO-O*NET Crosswalk, Sep-22");
            let onet = onet::read(&onet, |_| ()).expect("the release is whole").catalogue;
            Some(alone()?.clone().with_onet(onet).with_links(links))
        })
        .as_ref()
}

#[test]
fn the_whole_classification_is_read() {
    let Some(esco::Import { report, esco }) = import() else {
        return;
    };
    assert_eq!(
        (report.source.as_str(), report.language.as_str()),
        ("ESCO 1.2.0", "en")
    );
    assert_eq!(
        (report.occupations, report.skills, report.knowledge),
        (3_039, 13_939, 3_154)
    );
    // 128,998 rows, of which 17 repeat an essential skill as optional.
    assert_eq!(report.essential + report.optional, 128_981);
    assert_eq!(report.missing_files, Vec::<String>::new());
    assert!(
        report.skipped.iter().all(|s| s.rows < 100),
        "{:?}",
        report.skipped
    );
    assert!(esco.skills.iter().filter(|s| s.collections.digital).count() > 1_200);
    assert!(esco.skills.iter().filter(|s| s.collections.language).count() > 300);
    assert!(
        esco.skills
            .iter()
            .all(|s| !(s.groups.is_empty() && s.broader.is_empty()))
    );
}

/// Drafts every `step`th occupation and says how many have so many practices, and the most competencies.
fn draft_each(catalogue: &Catalogue, step: usize) -> (BTreeMap<usize, usize>, usize) {
    let mut practices = BTreeMap::new();
    let mut most = 0;
    let all = &catalogue.esco.as_ref().expect("it is there").occupations;
    for occupation in all.iter().step_by(step) {
        let draft = catalogue.draft(&occupation.code).expect("every one has skills");
        let code = &occupation.code;
        assert_eq!(check(&draft), [], "{code}");
        assert!(
            draft.practices.len() <= 10 && draft.competencies.len() >= 7,
            "{code}"
        );
        let held = |p: &Practice| draft.competencies.iter().any(|c| c.practice == p.id);
        assert!(draft.practices.iter().all(held), "{code}");
        let mut names: Vec<&str> = draft.practices.iter().map(|p| p.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), draft.practices.len(), "{code} {names:?}");
        assert!(
            draft.levels[1]
                .expectations
                .iter()
                .any(|e| e.weight == Weight::Required)
        );
        *practices.entry(draft.practices.len()).or_default() += 1;
        most = most.max(draft.competencies.len());
    }
    (practices, most)
}

#[test]
fn every_occupation_is_drafted_with_eight_to_ten_practices_where_its_skills_allow() {
    let Some(catalogue) = joined() else { return };
    let (practices, most) = draft_each(catalogue, 1);
    println!("practices: {practices:?}, competencies at most {most}");
    assert_eq!(practices.values().sum::<usize>(), 3_039);
    let few: usize = practices.range(..8).map(|(_, count)| count).sum();
    assert!(few * 50 <= 3_039, "{practices:?}");
    assert!(most <= 54);
}

#[test]
fn occupations_are_drafted_from_esco_alone_and_the_crosswalk_adds_to_them() {
    let Some(alone) = alone() else { return };
    let (_, most) = draft_each(alone, 25);
    assert!(most <= 44);
    let Some(catalogue) = joined() else { return };
    let developer = catalogue.draft("2512.4").expect("software developer");
    assert_eq!(developer.title, "Software developer");
    let onet = |p: &Provenance| p.kind == ProvenanceKind::Onet;
    let from_onet = |c: &&Competency| c.provenance.iter().any(onet);
    let added: Vec<&Competency> = developer.competencies.iter().filter(from_onet).collect();
    assert!(
        added.iter().any(|c| c.looks_like.contains("Java")),
        "technology of the linked occupation"
    );
    let dated = |c: &Competency| c.importance.is_some() && c.looks_like.contains("O*NET 29.2");
    assert!(added.iter().any(|c| dated(c)));
    assert_eq!(developer.credits.len(), 5, "{:?}", developer.credits);
}

#[test]
fn both_are_searched_and_the_file_gives_back_what_was_read() {
    let Some(catalogue) = joined() else { return };
    for (query, onet, esco) in [
        ("web developer", "15-1254.00", "2513.5"),
        ("midwife", "29-1161.00", "2222.1"),
        ("electrican", "47-2111.00", "7411.1"),
    ] {
        let hits = catalogue.search(query, 10);
        let found = |of: Classification, code: &str| {
            hits.iter()
                .any(|h| h.classification == of && h.code.starts_with(code))
        };
        assert!(found(Classification::Onet, onet), "{query}: {hits:#?}");
        assert!(found(Classification::Esco, esco), "{query}: {hits:#?}");
    }
    let bytes = catalogue_file::to_bytes(catalogue).expect("it has a binary form");
    println!("catalogue file: {} bytes", bytes.len());
    let read = catalogue_file::from_bytes(&bytes).expect("it is whole");
    assert_eq!((&read.esco, &read.links), (&catalogue.esco, &catalogue.links));
    assert_eq!(read.draft("2512.4").ok(), catalogue.draft("2512.4").ok());
}

#[test]
fn near_professions_are_near() {
    let Some(catalogue) = joined() else { return };
    let (code, near) = ("29-1141.00", "29-1141.03");
    let ways = catalogue.neighbours(code, 12).expect("it is rated");
    assert!(
        ways.iter().any(|w| w.to.code == near),
        "{code}: {:?}",
        ways.iter().map(|w| &w.to.title).collect::<Vec<_>>()
    );
    assert!(
        ways.iter().all(|w| w.missing < 0.1 && w.without_figure < 20),
        "{code}"
    );
    let ways = catalogue.neighbours("2512.4", 10).expect("it lists skills");
    let titles: Vec<&str> = ways.iter().map(|w| w.to.title.as_str()).collect();
    println!("near software developer: {titles:?}");
    assert!(titles.iter().any(|t| t.contains("developer")), "{titles:?}");
}
