//! The real catalogue, where it is at hand.

use std::path::PathBuf;

use crate::binary::Home;

/// The release, or `None` with a word about it.
fn release() -> Option<PathBuf> {
    let folder = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let file = folder.join("onet/db_29_2_text.zip");
    if file.is_file() {
        return Some(file);
    }
    println!("METIER_DATA not found at {}: not run", folder.display());
    None
}

#[test]
fn the_release_is_imported_searched_drafted_and_started_on() {
    let Some(release) = release() else { return };
    let home = Home::empty();
    let before = home.fails(&["catalog", "search", "web designer"]);
    assert!(before.contains("metier catalog import"), "{before}");

    let said = home.ok(&["catalog", "import", &release.display().to_string()]);
    assert!(said.contains("1,016 occupations"), "{said}");
    assert!(
        said.contains("Four tables of the release are not in this file"),
        "{said}"
    );
    let hits = home.json(&["catalog", "search", "web", "designer"]);
    let codes: Vec<&str> = hits
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|h| h["code"].as_str())
        .collect();
    assert!(codes[0].starts_with("15-1255"), "{codes:?}");
    assert!(home.ok(&["catalog", "show", "15-1255"]).contains("Tasks"));

    let draft = home.json(&["framework", "draft", "--occupation", "15-1252.00"]);
    let practices = draft["practices"].as_array().unwrap().len();
    assert!((8..=10).contains(&practices), "{practices}");
    let yaml = home.file(
        "draft.yaml",
        home.ok(&["framework", "draft", "--occupation", "15-1252.00"]),
    );
    assert!(
        home.ok(&["framework", "check", &yaml])
            .contains("nothing to mend")
    );

    home.ok(&["start", "--occupation", "15-1252.00", "--name", "Ada"]);
    assert!(home.ok(&["standing"]).contains("no record"));
    let unknown = home.fails(&["framework", "draft", "--occupation", "99-9999.00"]);
    assert!(unknown.contains("99-9999.00"), "{unknown}");
}
