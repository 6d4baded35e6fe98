//! The real catalogue, where it is at hand.

use std::path::PathBuf;

use crate::binary::Home;

/// The O*NET release, or `None` with a word about it.
fn release() -> Option<PathBuf> {
    publication("onet/db_29_2_text.zip")
}

/// A publication, or `None` with a word about it.
fn publication(path: &str) -> Option<PathBuf> {
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

#[test]
fn esco_joins_the_catalogue_and_is_searched_drafted_and_compared() {
    let (Some(onet), Some(esco), Some(links)) = (
        release(),
        publication("esco/esco_1.2.0_en_csv.zip"),
        publication("esco/esco_onet_official.csv"),
    ) else {
        return;
    };
    let home = Home::empty();
    let none = home.fails(&["market", "concepts", "java"]);
    assert!(none.contains("metier catalog import"), "{none}");
    let said = home.ok(&["catalog", "import", &esco.display().to_string()]);
    assert!(said.contains("3,039 occupations; 13,939 skills"), "{said}");
    home.ok(&["catalog", "import", &links.display().to_string()]);
    let all = home.json(&["catalog", "import", &onet.display().to_string()]);
    assert_eq!(all["all_occupations"], 4_055, "the other publications stay");
    assert_eq!(all["concepts"], 13_939 + 8_768);

    let hits = home.json(&["catalog", "search", "web developer"]);
    let of = |name: &str| {
        hits.as_array()
            .unwrap()
            .iter()
            .any(|h| h["classification"] == name)
    };
    assert!(of("onet") && of("esco"), "{hits}");
    let shown = home.ok(&["catalog", "show", "2513.5"]);
    assert!(
        shown.contains("Essential") && shown.contains("Linked to O*NET 15-1254.00"),
        "{shown}"
    );
    let draft = home.json(&["framework", "draft", "--occupation", "2513.5"]);
    assert_eq!(draft["title"], "Web developer");
    let address = home.json(&["catalog", "show", "2513.5"])["uri"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        home.json(&["framework", "draft", "--occupation", &address]),
        draft
    );

    let found = home.json(&["market", "concepts", "Java (computer programing)"]);
    assert_eq!(found[0]["label"], "Java (computer programming)");
    assert_eq!(found[0]["same_name"][0], "Oracle Java");
    let before = home.fails(&["market", "neighbours"]);
    assert!(before.contains("metier start"), "{before}");
    home.ok(&["start", "--occupation", "2513.5", "--name", "Ada"]);
    let near = home.json(&["market", "neighbours", "--limit", "3"]);
    assert_eq!(near["neighbours"].as_array().unwrap().len(), 3);
    assert!(near["neighbours"][0]["missing"].as_f64().unwrap() < 0.9);
    let text = home.ok(&["market", "neighbours", "--occupation", "29-1141"]);
    assert!(text.contains("Missing:") && text.contains("Unused:"), "{text}");
    let own = home.json(&[
        "market",
        "concepts",
        draft["competencies"][0]["name"].as_str().unwrap(),
    ]);
    assert_eq!(own[0]["scheme"], "Own");

    let file = home.file("pay.csv", "a,b\n1,2\n");
    assert!(
        home.fails(&["catalog", "import", &file])
            .contains("no publication of occupations")
    );
    assert_eq!(
        home.json(&["catalog", "search", "web developer"]),
        hits,
        "nothing was changed"
    );
}
