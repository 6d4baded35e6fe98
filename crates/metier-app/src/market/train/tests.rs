use std::fmt::Write as _;

use metier_core::catalogue::{Catalogue, Esco, EscoOccupation, EscoSkill, IscoGroup};
use metier_exchange::catalogue_file;

use super::super::concepts::{CONCEPTS_FILE, index_of};
use super::super::evaluated::evaluate_market;
use super::super::trained::TRAINED_FILE;
use super::*;
use crate::occupations::CATALOGUE_FILE;

const SKILLS: [(&str, &str, &str); 4] = [
    (
        "bake bread",
        "make loaves",
        "Mix and bake dough for loaves and rolls.",
    ),
    (
        "lay bricks",
        "build walls of brick",
        "Set bricks in mortar, row on row.",
    ),
    (
        "teach pupils",
        "give lessons",
        "Explain a subject to children at school.",
    ),
    ("repair engines", "mend motors", "Find and mend faults of motors."),
];
const WORK: [(&str, &str); 4] = [
    ("7512", "baker"),
    ("7112", "bricklayer"),
    ("2341", "teacher"),
    ("7231", "mechanic"),
];

/// A home with four skills and four occupations of our own making.
fn home() -> tempfile::TempDir {
    let skills = SKILLS.iter().map(|(label, other, means)| EscoSkill {
        uri: format!("own:{label}"),
        label: (*label).to_owned(),
        alternative_labels: vec![(*other).to_owned()],
        description: (*means).to_owned(),
        ..EscoSkill::default()
    });
    let occupations = (0..).zip(WORK).map(|(at, (code, title))| EscoOccupation {
        uri: format!("own:{title}"),
        code: format!("{code}.1"),
        isco_group: code.to_owned(),
        title: title.to_owned(),
        description: SKILLS[at as usize].2.to_owned(),
        essential: vec![at],
        ..EscoOccupation::default()
    });
    let isco = WORK.map(|(code, title)| IscoGroup {
        code: code.to_owned(),
        label: title.to_owned(),
    });
    let catalogue = Catalogue::default().with_esco(Esco {
        occupations: occupations.collect(),
        skills: skills.collect(),
        isco: isco.into(),
        ..Esco::default()
    });
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(home.path().join(name), bytes).unwrap();
    write(CATALOGUE_FILE, catalogue_file::to_bytes(&catalogue).unwrap());
    write(CONCEPTS_FILE, index_of(&catalogue).to_bytes().unwrap());
    home
}

/// Sentences with labels to learn from and to score on, and adverts with occupations.
fn data(home: &Path) -> PathBuf {
    let folder = home.join("data");
    std::fs::create_dir_all(&folder).unwrap();
    let (mut train, mut dev) = ("sentence,skills\n".to_owned(), "sentence,skills\n".to_owned());
    let mut adverts = "title,description,esco_code\n".to_owned();
    for i in 0..24 {
        // What is taught: three of the four labels.
        let (label, other, _) = SKILLS[i % 3];
        let _ = writeln!(train, "In shift {i} you {other} with us,['{label}']");
        let (code, title) = WORK[i % 4];
        let _ = writeln!(
            adverts,
            "{title} wanted {i},We {} all day.,{code}.1",
            SKILLS[i % 4].1
        );
    }
    for (label, other, _) in SKILLS {
        let _ = writeln!(dev, "You {other} daily,['{label}']");
    }
    dev += "We are many,['UNK']\nWe sing,['sing']\n";
    for (name, text) in [
        ("own_train.csv", &train),
        ("own_dev.csv", &dev),
        ("own_test.csv", &dev),
        ("adverts.csv", &adverts),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[test]
fn links_and_occupations_are_taught_and_scored_and_twice_the_same_to_the_byte() {
    let home = home();
    let asked = TrainAsked {
        folder: data(home.path()),
        postings: Vec::new(),
        seed: 1,
    };
    let done = train_market(home.path(), &asked, |_| {}).unwrap();
    assert_eq!(
        done.parts,
        [Part::Linking, Part::Table, Part::Occupations],
        "{done:?}"
    );
    assert!(done.why.iter().any(|w| w.starts_with("spans")), "{:?}", done.why);
    let used: Vec<_> = done.files.iter().map(|f| (f.file.as_str(), f.used)).collect();
    assert_eq!(
        used,
        [
            ("adverts.csv", Use::Training),
            ("own_dev.csv", Use::Validation),
            ("own_test.csv", Use::LeftAlone),
            ("own_train.csv", Use::Training),
        ]
    );
    let linking = done.linking.as_ref().unwrap().validation.as_ref().unwrap();
    assert_eq!(
        (
            linking.sentences,
            linking.unlabelled,
            linking.not_among_candidates
        ),
        (4, 1, 1)
    );
    assert!(linking.mrr.value > 0.9, "{linking:?}");
    assert_eq!(linking.never_seen.as_ref().unwrap().sentences, 1);
    assert!(done.occupations.as_ref().unwrap().first.value > 0.9, "{done:?}");

    let dev = asked.folder.join("own_dev.csv");
    let adverts = asked.folder.join("adverts.csv");
    let labels = asked.folder.join("labels.txt");
    std::fs::write(&labels, "bake bread\nsing\n").unwrap();
    let scores = || {
        [(&dev, None), (&dev, Some(labels.as_path())), (&adverts, None)]
            .map(|(file, labels)| evaluate_market(home.path(), file, labels).unwrap())
    };
    let [all, given, coded] = scores();
    assert_eq!(all.linking.as_ref(), Some(linking));
    let found = given.linking.as_ref().unwrap();
    assert_eq!(
        (found.candidates, found.sentences, found.not_among_candidates),
        (2, 2, 3)
    );
    let found = coded.occupations.as_ref().unwrap();
    assert_eq!((found.adverts, found.fitted_to), (0, 24));
    assert_eq!(coded.missing.len(), 1);

    let bytes = std::fs::read(home.path().join(TRAINED_FILE)).unwrap();
    assert_eq!(train_market(home.path(), &asked, |_| {}).unwrap(), done);
    assert_eq!(std::fs::read(home.path().join(TRAINED_FILE)).unwrap(), bytes);
    assert_eq!(scores(), [all, given, coded]);
}

#[test]
fn what_is_not_there_is_said_and_the_old_file_stays() {
    let home = home();
    let folder = data(home.path());
    let dev = folder.join("own_dev.csv");
    let before = evaluate_market(home.path(), &dev, None).unwrap_err();
    assert!(before.to_string().contains("no linking was trained"), "{before}");
    let spans = folder.join("spans.conll");
    std::fs::write(&spans, "We\tO\tO\nbake\tO\tO\nbread\tO\tB-Knowledge\n\n").unwrap();
    let names = evaluate_market(home.path(), &spans, None).unwrap();
    assert!(names.spans.is_none() && names.names.is_some() && names.missing.len() == 2);
    assert!(evaluate_market(home.path(), &spans, Some(&dev)).is_err());

    let empty = home.path().join("empty");
    std::fs::create_dir_all(&empty).unwrap();
    let asked = TrainAsked {
        folder: empty,
        postings: Vec::new(),
        seed: 1,
    };
    let refused = train_market(home.path(), &asked, |_| {}).unwrap_err();
    assert!(refused.to_string().contains("nothing was trained"), "{refused}");
    assert!(!home.path().join(TRAINED_FILE).exists());
}
