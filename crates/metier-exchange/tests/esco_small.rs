//! Reading an invented release of two occupations, whole and spoilt in every way we know.

// A whole file of tests: what is given here is known to hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use metier_core::catalogue::{Match, Reuse, SkillKind};
use metier_core::framework::check;
use metier_exchange::esco::{self, EscoError, Import, read_crosswalk};
use metier_exchange::publication::{Publication, publication};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A release as files: (name, content).
type Files = Vec<(String, Vec<u8>)>;

const SKILL: &str = "http://example.org/esco/skill/";

/// A baker and a miller, with five skills below three groups; the columns stand in an order of their own.
fn bakery() -> Files {
    let tables = [
        (
            "skills",
            "skillType,conceptUri,preferredLabel,altLabels,description,status,reuseLevel\n\
             skill/competence,@b,bake bread,\"make loaves\nbread baking\nmake loaves\",\"Bake it, \"\"well\"\".\nDaily.\",released,\n\
             knowledge,@a,kinds of flour,,All of them.,released,cross-sector\n\
             skill/competence,@c,grind corn,mill corn,,released,\n\
             skill/competence,@d,speak Breton,,,released,\n\
             skill/competence,@e,keep bread warm,,,released,\n\
             skill/competence,@z,gone,,,obsolete,\n",
        ),
        (
            "skillGroups",
            "code,preferredLabel,conceptUri\nS,skills,@gS\nS6,handling and moving,@g6\nL,language skills,@gL\n",
        ),
        (
            "broaderRelationsSkillPillar",
            "conceptType,conceptUri,broaderType,broaderUri\n\
             KnowledgeSkillCompetence,@b,SkillGroup,@g6\n\
             KnowledgeSkillCompetence,@e,KnowledgeSkillCompetence,@b\n\
             KnowledgeSkillCompetence,@d,SkillGroup,@gL\n\
             SkillGroup,@g6,SkillGroup,@gS\n\
             SkillGroup,@g6,SkillGroup,@nowhere\n",
        ),
        (
            "skillsHierarchy",
            "Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 2 URI,Level 2 preferred \
             term,Level 3 URI,Level 3 preferred term,Level 0 code,Level 1 code\n\
             @gS,skills,@g8,working with machinery,,,,,S,S8\n",
        ),
        (
            "skillSkillRelations",
            "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n\
             @b,skill/competence,essential,knowledge,@a\n",
        ),
        (
            "languageSkillsCollection",
            "conceptUri,reuseLevel\n@d,transversal\n",
        ),
        (
            "ISCOGroups",
            "conceptUri,code,preferredLabel\n@i,7512,\"Bakers, and others\"\n",
        ),
        (
            "occupations",
            "conceptUri,iscoGroup,preferredLabel,altLabels,description,code\n\
             @o1,7512,baker,\"bread maker\nloaf maker\",Bakers bake.,7512.10\n\
             @o2,7514,miller,,Millers mill.,7512.2\n",
        ),
        (
            "occupationSkillRelations",
            "occupationUri,relationType,skillType,skillUri\n\
             @o1,essential,,@b\n@o1,essential,,@a\n@o1,optional,,@e\n@o1,optional,,@b\n\
             @o2,essential,,@c\n@o2,optional,,@unknown\n",
        ),
    ];
    tables
        .into_iter()
        .map(|(name, text)| {
            let text = text.replace('@', SKILL);
            (format!("ESCO v9.8.7/{name}_en.csv"), text.into_bytes())
        })
        .collect()
}

fn zipped(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(files: &Files) -> Result<Import, EscoError> {
    esco::read(&zipped(files), None, |_| ())
}

/// The release with one file changed by `change`.
fn changed(table: &str, change: impl Fn(&str) -> String) -> Files {
    let mut files = bakery();
    let file = files
        .iter_mut()
        .find(|(name, _)| name.ends_with(&format!("/{table}_en.csv")))
        .unwrap();
    let text = String::from_utf8(file.1.clone()).unwrap();
    file.1 = change(&text).into_bytes();
    files
}

/// What is said of a spoilt release.
#[track_caller]
fn said(files: &Files, parts: &[&str]) {
    let error = read(files).expect_err("it is spoilt").to_string();
    for part in parts {
        assert!(error.contains(part), "`{part}` is not in: {error}");
    }
}

#[test]
fn everything_a_release_says_is_read() {
    let Import { esco, report } = read(&bakery()).unwrap();
    assert_eq!(
        (esco.source.as_str(), esco.language.as_str()),
        ("ESCO 9.8.7", "en")
    );
    assert!(esco.credits[0].contains("This service uses the ESCO classification"));
    assert_eq!(
        (report.occupations, report.skills, report.knowledge, report.groups),
        (2, 5, 1, 4)
    );
    assert_eq!(
        (report.essential, report.optional),
        (3, 1),
        "what is essential is not optional too"
    );
    let skipped: Vec<_> = report
        .skipped
        .iter()
        .map(|s| (s.table.as_str(), s.rows))
        .collect();
    assert_eq!(
        skipped,
        [
            ("broaderRelationsSkillPillar", 1),
            ("occupationSkillRelations", 1),
            ("skills", 1)
        ]
    );

    let baker = esco.occupation("7512.10").unwrap();
    assert_eq!(
        (baker.title.as_str(), baker.isco_group.as_str()),
        ("baker", "7512")
    );
    assert_eq!(baker.alternate_titles, ["bread maker", "loaf maker"]);
    let labels = |places: &[u32]| {
        esco.skills_at(places)
            .map(|s| s.label.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(labels(&baker.essential), ["kinds of flour", "bake bread"]);
    assert_eq!(labels(&baker.optional), ["keep bread warm"]);
    assert_eq!(esco.isco_label("7512"), Some("Bakers, and others"));

    let bread = &esco.skills[1];
    assert_eq!(bread.alternative_labels, ["make loaves", "bread baking"]);
    assert_eq!(bread.description, "Bake it, \"well\".\nDaily.");
    assert_eq!(bread.related, [(0, true)]);
    assert_eq!(
        (esco.skills[0].kind, esco.skills[0].reuse),
        (SkillKind::Knowledge, Some(Reuse::CrossSector))
    );
    let breton = &esco.skills[3];
    assert!(breton.collections.language && !breton.collections.digital);
    assert_eq!(
        breton.reuse,
        Some(Reuse::Transversal),
        "where the list of skills does not say, its collection does"
    );
    assert_eq!(labels(&esco.skills[4].broader), ["bake bread"]);
    let above = &esco.groups[bread.groups[0] as usize];
    assert_eq!(
        (
            above.code.as_str(),
            esco.groups[above.broader[0] as usize].code.as_str()
        ),
        ("S6", "S")
    );
    let from_hierarchy = esco.groups.iter().find(|g| g.code == "S8").unwrap();
    assert_eq!(from_hierarchy.label, "working with machinery");
}

#[test]
fn another_language_and_missing_files_are_read_and_named() {
    let mut files: Files = bakery()
        .into_iter()
        .filter(|(name, _)| !name.contains("Collection") && !name.contains("ISCO"))
        .map(|(name, content)| (name.replace("_en", "_br"), content))
        .collect();
    files.push(("notes.txt".into(), b"anything".to_vec()));
    let Import { esco, report } = read(&files).unwrap();
    assert_eq!(esco.language, "br");
    assert!(
        report.missing_files.contains(&"ISCOGroups".to_owned()),
        "{:?}",
        report.missing_files
    );
}

#[test]
fn an_occupation_is_drafted_from_it() {
    let esco = read(&bakery()).unwrap().esco;
    let catalogue = metier_core::catalogue::Catalogue::default().with_esco(esco);
    let draft = catalogue.draft("7512.10").unwrap();
    assert_eq!(check(&draft), []);
    assert_eq!(draft.competencies.len(), 3);
    assert_eq!(
        catalogue.draft(&format!("{SKILL}o1")).ok().as_ref(),
        Some(&draft),
        "by its address"
    );
}

#[test]
fn what_is_missing_or_spoilt_is_named_with_its_place() {
    let without: Files = bakery()
        .into_iter()
        .filter(|(n, _)| !n.contains("occupations_"))
        .collect();
    said(&without, &["a file is missing", "occupations", "CSV"]);
    said(
        &changed("skills", |t| t.replace("preferredLabel", "preferedLabel")),
        &[
            "skills_en.csv",
            "no column `preferredLabel`",
            "is `preferedLabel` meant?",
        ],
    );
    said(
        &changed("skills", |t| t.replace("grind corn", "")),
        &["preferredLabel", "is empty", "line 7"],
    );
    said(
        &changed("skills", |t| t.replace("knowledge,", "wisdom,")),
        &["is no sort of skill"],
    );
    said(
        &changed("occupations", |t| t.replace("7512.2", "7512.10")),
        &["7512.10 is listed twice"],
    );
    said(
        &changed("occupations", |t| t.replace("7512.2", "miller")),
        &["is not an occupation code"],
    );
    said(
        &changed("occupationSkillRelations", |t| {
            t.replacen("essential", "handy", 1)
        }),
        &["line 2", "is no sort of relation"],
    );
    said(
        &changed("skillGroups", |_| String::new()),
        &["skillGroups_en.csv", "empty"],
    );
    let mut latin = bakery();
    latin[0].1.push(0xe9);
    latin[0].1.extend_from_slice(b",,,,,,\n");
    said(&latin, &["not UTF-8"]);
    let mut twice = bakery();
    twice.push(("other/skills_de.csv".into(), twice[0].1.clone()));
    said(&twice, &["twice", "skills_de.csv", "one language"]);
}

#[test]
fn an_archive_that_is_no_archive_cut_or_a_bomb_is_refused() {
    let whole = zipped(&bakery());
    for at in [0, 1, 30, whole.len() / 2, whole.len() - 1] {
        assert!(esco::read(&whole[..at], None, |_| ()).is_err(), "cut at {at}");
    }
    for at in (0..whole.len()).step_by(7) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        // A byte that the archive does not protect may change a name's case; nothing may panic or half-load.
        if let Ok(import) = esco::read(&changed, None, |_| ()) {
            assert_eq!(import.esco.skills.len(), 5, "byte {at}");
        }
    }
    let mut bomb = bakery();
    bomb[0].1 = vec![b'a'; 64 << 20];
    said(&bomb, &["would unpack to", "no ESCO release"]);
}

const CROSSWALK: &str = "\u{feff}Mapping project name,Example crosswalk,,\nMapping project version date,Jan-30,,\n,,,\n\
    O*NET Id,O*NET Title,ESCO or ISCO URI,Type of Match\n\
    51-3011.00,Bakers,http://example.org/esco/occupation/1,closeMatch\n\
    51-3093.00,\"Food, cooked\",http://example.org/esco/occupation/1,exactMatch\n\
    51-3093.00,Food,http://example.org/esco/isco/C75,exactISCO\n,,,\n";

#[test]
fn the_crosswalk_is_read_behind_its_preamble() {
    let links = read_crosswalk(CROSSWALK.as_bytes()).unwrap();
    assert_eq!(links.source, "Example crosswalk, Jan-30");
    let of: Vec<_> = links
        .of_esco("http://example.org/esco/occupation/1")
        .iter()
        .map(|l| (l.onet.as_str(), l.closeness))
        .collect();
    assert_eq!(
        of,
        [("51-3093.00", Match::Exact), ("51-3011.00", Match::Close)],
        "nearest first"
    );
    assert_eq!(links.of_onet("51-3093.00").len(), 2);
    assert!(links.of_esco("http://example.org/esco/occupation/0").is_empty());
    for (from, to, part) in [
        ("51-3011.00", "baker", "line 5"),
        ("closeMatch", "near", "is no sort of match"),
        ("http://example.org/esco/isco/C75", "C75", "not an address"),
        ("Type of Match", "Kind", "no row names the columns"),
    ] {
        let error = read_crosswalk(CROSSWALK.replace(from, to).as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_publication_is_told_from_its_content() {
    let kind = |bytes: &[u8]| publication(&mut Cursor::new(bytes)).ok();
    assert_eq!(kind(&zipped(&bakery())), Some(Publication::Esco));
    let onet = vec![("db/Occupation Data.txt".to_owned(), b"x".to_vec())];
    assert_eq!(kind(&zipped(&onet)), Some(Publication::Onet));
    assert_eq!(kind(CROSSWALK.as_bytes()), Some(Publication::Crosswalk));
    for other in [b"".as_slice(), b"a,b\n1,2\n", b"PK\x03\x04cut", &[0xff; 100]] {
        assert_eq!(kind(other), None);
    }
}
