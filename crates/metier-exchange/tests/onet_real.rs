//! The published O*NET release, read, searched and drafted whole.
//!
//! The release is found through `METIER_DATA`; without it these tests say so and check nothing.

// A whole file of tests: what is given here is known to hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use metier_core::catalogue::{Catalogue, DraftError, Matched};
use metier_core::framework::check;
use metier_exchange::catalogue_file;
use metier_exchange::onet::{self, Import};

/// The bytes of the release.
fn release() -> Option<Vec<u8>> {
    let data = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let bytes = std::fs::read(data.join("onet/db_29_2_text.zip")).ok();
    if bytes.is_none() {
        eprintln!("METIER_DATA not found at {}: not run", data.display());
    }
    bytes
}

/// The release, read once for all tests.
fn import() -> Option<&'static Import> {
    Some(&read()?.0)
}

/// The release, and what was told of the progress: (done, total).
type Read = (Import, Vec<(u64, u64)>);

fn read() -> Option<&'static Read> {
    static READ: OnceLock<Option<Read>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut told = Vec::new();
        let import = onet::read(&release()?, |p| told.push((p.done, p.total)));
        Some((import.expect("the published release is read"), told))
    })
    .as_ref()
}

fn catalogue() -> Option<&'static Catalogue> {
    import().map(|i| &i.catalogue)
}

#[test]
fn the_report_counts_what_is_there_and_names_what_is_not() {
    let Some(Import { report, catalogue }) = import() else {
        return;
    };
    assert_eq!(report.source, "O*NET 29.2");
    assert_eq!(report.occupations, 1016);
    assert_eq!(report.with_tasks, 923);
    assert_eq!(report.tasks, 18_796);
    assert_eq!(report.technology, 32_627);
    assert_eq!(report.skipped, []);
    let said = report.to_string();
    assert!(said.contains("1,016 occupations"), "{said}");
    assert!(
        said.contains("4 tables are missing: Abilities, Task Ratings, Work Activities, Work Context."),
        "{said}"
    );
    assert_eq!(
        catalogue.credits,
        [
            "This product includes information from the O*NET 29.2 Database by the U.S. Department of Labor, \
             Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET(R) is a \
             trademark of USDOL/ETA."
        ]
    );
    println!("{said}");
}

#[test]
fn progress_goes_from_nothing_towards_everything() {
    let Some((_, seen)) = read() else {
        return;
    };
    assert_eq!(seen[0].0, 0);
    assert!(seen.is_sorted());
    assert!(seen.iter().all(|(done, total)| done < total));
}

#[test]
fn people_find_what_they_mean() {
    let Some(catalogue) = catalogue() else {
        return;
    };
    for (query, code) in [
        ("web designer", "15-1255.00"),
        ("web desinger", "15-1255.00"),
        ("Web and Digital Interface Designers", "15-1255.00"),
        ("electrician", "47-2111.00"),
        ("elektrician", "47-2111.00"),
        ("nurse practitoner", "29-1171.00"),
        ("registered nurse", "29-1141.00"),
        ("software developer", "15-1252.00"),
        ("sofware develper", "15-1252.00"),
        ("accountant", "13-2011.00"),
        ("plumber", "47-2152.00"),
        ("15-1252", "15-1252.00"),
        ("carpenter", "47-2031.00"),
        ("phlebotomist", "31-9097.00"),
        ("physical therapist", "29-1123.00"),
        ("truck driver", "53-3032.00"),
        ("baker", "51-3011.00"),
        ("teacher elementary school", "25-2021.00"),
        ("graphic designer", "27-1024.00"),
        ("data scientist", "15-2051.00"),
        ("hairdresser", "39-5012.00"),
    ] {
        let hits = catalogue.search(query, 5);
        let found: Vec<String> = hits
            .iter()
            .map(|h| format!("{} {} {:?}", h.code, h.title, h.matched))
            .collect();
        assert_eq!(
            hits.first().map(|h| h.code.as_str()),
            Some(code),
            "{query}: {found:#?}"
        );
    }
    let by_task = catalogue.search("draw blood from patients by vacuum tube", 3);
    assert!(
        by_task
            .iter()
            .any(|h| h.code == "31-9097.00" && matches!(h.matched, Matched::Task(_))),
        "{by_task:#?}"
    );
}

#[test]
fn every_occupation_with_tasks_becomes_a_draft_and_the_others_are_refused() {
    let Some(catalogue) = catalogue() else {
        return;
    };
    let mut practices: BTreeMap<usize, usize> = BTreeMap::new();
    let mut competencies: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut drafted, mut refused, mut rich, mut few) = (0, 0, 0, 0);
    for occupation in &catalogue.occupations {
        let code = &occupation.code;
        match catalogue.draft(code) {
            Ok(framework) => {
                drafted += 1;
                assert_eq!(check(&framework), [], "{code}");
                let count = framework.practices.len();
                assert!((1..=10).contains(&count), "{code} has {count} practices");
                let touched: std::collections::BTreeSet<_> = occupation
                    .tasks
                    .iter()
                    .flat_map(|t| &t.activities)
                    .map(|a| &catalogue.activities[a].general)
                    .collect();
                if touched.len() >= 8 {
                    rich += 1;
                    assert!((8..=10).contains(&count), "{code}: {count} of {}", touched.len());
                } else {
                    assert!(
                        framework.note.contains("The data hold only"),
                        "{code}: {}",
                        framework.note
                    );
                    few += usize::from(count < 8);
                }
                for practice in &framework.practices {
                    assert!(
                        framework.competencies_of(&practice.id).next().is_some(),
                        "{code} {}",
                        practice.id
                    );
                    assert!(practice.name.len() <= 63, "{code} {}", practice.name);
                }
                assert_eq!(framework.levels.len(), 3);
                assert!(
                    framework.levels.iter().all(|l| !l.expectations.is_empty()),
                    "{code}"
                );
                *practices.entry(count).or_default() += 1;
                *competencies
                    .entry(framework.competencies.len() / 5 * 5)
                    .or_default() += 1;
            }
            Err(DraftError::NoTasks { nearest, .. }) => {
                refused += 1;
                assert!(occupation.tasks.is_empty());
                assert!(!nearest.is_empty(), "{code}");
                for (other, _) in nearest {
                    assert!(catalogue.draft(&other).is_ok(), "{code} offers {other}");
                }
            }
            Err(error) => panic!("{code}: {error}"),
        }
    }
    assert_eq!((drafted, refused), (923, 93));
    assert_eq!(drafted - rich, 142, "touch fewer than eight work activities");
    println!("practices: {practices:?}");
    println!("competencies, in fives: {competencies:?}");
    println!(
        "{rich} touch 8 or more work activities, of the other {} {few} have fewer than 8 practices",
        drafted - rich
    );
}

#[test]
fn software_developers_have_eight_to_ten_practices() {
    let Some(catalogue) = catalogue() else {
        return;
    };
    let framework = catalogue.draft("15-1252.00").expect("it has tasks");
    let json = serde_json::to_value(&framework).expect("a framework is JSON");
    let practices = json["practices"].as_array().map_or(0, Vec::len);
    assert!((8..=10).contains(&practices), "{practices}");
    assert!(
        framework.competencies.len() >= 20,
        "{}",
        framework.competencies.len()
    );
}

#[test]
fn unknown_codes_are_answered_with_ones_that_draft() {
    let Some(catalogue) = catalogue() else {
        return;
    };
    for code in ["15-1252.77", "99-9999", "web designer", "", "1", "\u{1F600}"] {
        let Err(DraftError::Unknown { nearest, .. }) = catalogue.draft(code) else {
            panic!("{code} is no code");
        };
        for (other, _) in &nearest {
            assert!(catalogue.draft(other).is_ok(), "{code} offers {other}");
        }
        if code.len() > 1 && code.is_ascii() {
            assert!(!nearest.is_empty(), "{code}");
        }
    }
}

#[test]
fn the_catalogue_file_gives_back_what_was_read() {
    let Some(catalogue) = catalogue() else {
        return;
    };
    let bytes = catalogue_file::to_bytes(catalogue).expect("it has a binary form");
    let read = catalogue_file::from_bytes(&bytes).expect("it is whole");
    assert_eq!(read.occupations, catalogue.occupations);
    assert_eq!(
        read.search("web designer", 10),
        catalogue.search("web designer", 10)
    );
    assert_eq!(read.draft("29-1141").ok(), catalogue.draft("29-1141").ok());
    println!("catalogue file: {} bytes", bytes.len());
}
