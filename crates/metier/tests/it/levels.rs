//! A company's criteria, through the commands.

use crate::binary::Home;

const LADDER: &str = "\
Role,Level,Area,What we expect
Content designer,Junior,Publishing,Publishes an article to the house standard with a check
Content designer,Senior,Publishing,Regularly publishes articles to the house standard alone
Content designer,Junior,Interviewing,Sits in when a subject-matter expert is interviewed
Content designer,Senior,Interviewing,Interviews subject-matter experts effectively
Content designer,Senior,Interviewing,Interviews subject-matter experts effectively
Editor,,Editing,Edits
Porter,Porter,Lifting,Lifts
";

const FAMILY: &str = "garden-tools-content-designer";

fn import(home: &Home, more: &[&str]) -> String {
    let file = home.file("levels.csv", LADDER);
    let mut arguments = vec!["framework", "import", &file, "--publisher", "Garden Tools"];
    arguments.extend(more);
    home.ok(&arguments)
}

#[test]
fn a_companys_ladder_is_what_one_starts_with() {
    let home = Home::empty();
    let file = home.file("levels.csv", LADDER);
    let said = home.fails(&["framework", "import", &file, "--role", "Porter"]);
    assert!(said.contains("metier start --company"), "{said}");
    let said = home.fails(&["start", "--company", &file]);
    assert!(said.contains("--role: Content designer and Porter"), "{said}");
    let start = [
        "start",
        "--company",
        &file,
        "--role",
        "Content designer",
        "--level",
        "senior",
    ];
    let said = home.ok(&start);
    assert!(
        said.contains("started on Content designer, aiming at Senior"),
        "{said}"
    );
    assert!(home.ok(&["standing"]).contains("Interviewing"));
}

#[test]
fn a_ladder_is_looked_at_taken_in_mapped_and_read_beside_ones_own() {
    let home = Home::of_ada();
    let preview = import(&home, &["--preview"]);
    for said in [
        "Two roles with three levels. Nothing was taken in yet.",
        "what is asked (the criterion)",
        "Editor",
        "1 role has no level",
        "row 6 as row 5",
    ] {
        assert!(
            preview.to_lowercase().contains(&said.to_lowercase()),
            "{said}\n{preview}"
        );
    }
    // With several roles to choose from nothing is taken in without saying which.
    assert!(import(&home, &[]).contains("Nothing was taken in yet."));
    home.fails(&["standing", "--against", FAMILY]);

    let taken = import(&home, &["--role", "content designer"]);
    assert!(
        taken.contains(FAMILY) && taken.contains("junior, senior"),
        "{taken}"
    );
    assert!(import(&home, &["--role", "Content designer"]).contains("is here already"));

    home.ok(&[
        "log",
        "Wrote the spring guide",
        "--for",
        "publish-an-article/reliable",
        "--link",
        "https://example.org/guide",
    ]);
    let proposed = home.ok(&["framework", "crosswalk", FAMILY]);
    assert!(
        proposed.contains("Nothing counts until you confirm it") && proposed.contains("publish-an-article"),
        "{proposed}"
    );
    let before = home.ok(&["standing", "--against", FAMILY, "--level", "senior"]);
    assert!(before.contains("something is known of 0"), "{before}");
    home.ok(&[
        "framework",
        "crosswalk",
        FAMILY,
        "--confirm",
        "publishing=publish-an-article",
        "--sure",
        "same",
        "--step",
        "Reliable=Senior",
        "--reject",
        "interview-an-expert=interviewing",
    ]);
    let settled = home.json(&["framework", "crosswalk", FAMILY]);
    assert_eq!(settled["settled"]["rulings"].as_array().unwrap().len(), 2);
    assert_eq!(settled["settled"]["rulings"][1]["verdict"], "different");
    let both = home.ok(&["standing", "--against", FAMILY, "--level", "senior"]);
    assert!(both.contains("something is known of 1"), "{both}");
    home.ok(&[
        "framework",
        "crosswalk",
        FAMILY,
        "--open",
        "publish-an-article=publishing",
    ]);
    let settled = home.json(&["framework", "crosswalk", FAMILY]);
    assert_eq!(settled["settled"]["rulings"].as_array().unwrap().len(), 1);

    // All that is proposed, and then what is missing for a level of it.
    home.ok(&["framework", "crosswalk", FAMILY, "--confirm"]);
    home.ok(&[
        "framework",
        "crosswalk",
        FAMILY,
        "--confirm",
        "publish-an-article=publishing",
    ]);
    home.ok(&["aim", "--family", FAMILY, "--level", "senior"]);
    let gap = home.json(&["gap"]);
    let known = gap["open"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|i| i["unknown"] == false)
        .count();
    assert!(known + gap["met"].as_array().unwrap().len() > 0, "{gap}");
}

#[test]
fn what_a_ladder_leaves_open_is_asked_about() {
    let home = Home::of_ada();
    import(&home, &["--role", "Content designer", "--aim", "Senior"]);
    let asked = home.ok(&["framework", "check", FAMILY]);
    for said in [
        "can be read either way",
        "“Regularly”: how often, how many or how large would be enough?",
        "What would make it “effectively” for you?",
    ] {
        assert!(asked.contains(said), "{said}\n{asked}");
    }
    assert!(home.ok(&["aim"]).contains("Senior in Content designer"));
}

#[test]
fn what_cannot_be_taken_in_is_refused_with_the_place_and_what_to_do() {
    let home = Home::of_ada();
    let file = home.file("levels.csv", LADDER);
    let fails = |more: &[&str]| {
        let mut arguments = vec!["framework", "import", file.as_str()];
        arguments.extend(more);
        home.fails(&arguments)
    };
    for (more, said) in [
        (
            &["--role", "Content desiner"][..],
            "perhaps `Content designer` is meant",
        ),
        (&["--role", "Editor"], "names no level of `Editor`"),
        (&["--map", "Wages=text"], "there is no column `Wages`"),
        (&["--head", "40"], "there is nothing in row 40"),
        (&["--all", "--aim", "senior"], "only one thing can be aimed at"),
    ] {
        let why = fails(more);
        assert!(why.contains(said), "{said}\n{why}");
    }
    let pdf = home.file("guide.pdf", "%PDF-1.7");
    assert!(home.fails(&["framework", "import", &pdf]).contains("PDF"));
    let gone = home.beside("gone.csv").display().to_string();
    assert!(
        home.fails(&["framework", "import", &gone])
            .contains("cannot be read")
    );
    assert_eq!(
        home.json(&["framework", "list"])
            .to_string()
            .matches("levels-")
            .count(),
        0
    );
    home.fails(&["framework", "crosswalk", FAMILY, "--confirm", "weld=publishing"]);
    // What cannot be read of the arguments themselves.
    for (arguments, said) in [
        (
            &["import", file.as_str(), "--map", "Area=nonsense"][..],
            "use one of role-family",
        ),
        (
            &["crosswalk", FAMILY, "--confirm", "publishing"],
            "write it as ONE=OTHER",
        ),
    ] {
        let why = home.run(&[&["framework"], arguments].concat());
        assert!(why.status == 2 && why.err.contains(said), "{said}\n{}", why.err);
    }
}
