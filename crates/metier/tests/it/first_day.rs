//! From nothing to a map, as a newcomer goes.

use crate::binary::Home;

#[test]
fn start_log_attempt_standing() {
    let home = Home::empty();
    let nothing = home.fails(&["standing"]);
    assert!(nothing.contains("metier start"), "{nothing}");
    assert!(!home.path().exists(), "asking makes nothing");

    let welcome = home.ok(&[
        "start",
        "--profession",
        "content-marketing",
        "--level",
        "senior",
        "--name",
        "Ada",
    ]);
    assert!(
        welcome.starts_with("Ada, you have started on Content marketing"),
        "{welcome}"
    );
    let map = home.ok(&["standing"]);
    assert!(map.contains("Publish an article to house standard"), "{map}");
    assert!(map.contains("✔ proven, confirmed"), "{map}");

    assert_eq!(home.state("publish-an-article", "reliable"), "no_record");
    home.ok(&[
        "attempt",
        "publish-an-article",
        "--clean",
        "3",
        "--on",
        "yesterday",
    ]);
    assert_eq!(home.state("publish-an-article", "reliable"), "likely");
    let logged = home.ok(&[
        "log",
        "Owner of the customer letter",
        "--for",
        "run-an-email-programme/owns",
        "--part",
        "accountable",
        "--link",
        "https://example.org/objectives",
    ]);
    assert!(
        logged.starts_with("Recorded: Owner of the customer letter."),
        "{logged}"
    );
    assert!(logged.contains("Owns the area: proven"), "{logged}");
    assert_eq!(home.state("run-an-email-programme", "owns"), "proven");
}

#[test]
fn what_was_recorded_can_be_listed_corrected_taken_back_and_erased() {
    let home = Home::of_ada();
    home.ok(&[
        "log",
        "Ran the lanch",
        "--met",
        "--for",
        "publish-an-article/delivers",
    ]);
    home.ok(&["log", "--correct", "last", "Ran the launch"]);
    let list = home.ok(&["log", "--list"]);
    assert!(
        list.contains("Ran the lanch (goal met) (corrected since)"),
        "{list}"
    );
    assert!(list.contains("Ran the launch (goal met) (corrects "), "{list}");
    assert!(
        list.contains("shows Publish an article to house standard (Delivers)"),
        "{list}"
    );

    let undone = home.ok(&["log", "--undo", "last"]);
    assert!(undone.starts_with("Taken back: Ran the l"), "{undone}");
    assert_eq!(home.state("publish-an-article", "delivers"), "no_record");
    let back = undone.split("--undo ").nth(1).unwrap().trim();
    home.ok(&["log", "--undo", back]);
    assert_ne!(home.state("publish-an-article", "delivers"), "no_record");

    home.ok(&["log", "--erase", "last", "--reason", "names a client"]);
    let list = home.ok(&["log", "--list"]);
    assert!(!list.contains("Ran the l"), "{list}");
    assert!(
        list.contains("Erased an entry for good: names a client"),
        "{list}"
    );
    home.ok(&["verify"]);
}

#[test]
fn a_competency_goes_by_its_name_or_the_beginning_of_its_id() {
    let home = Home::of_ada();
    for word in [
        "interview-an-expert",
        "Interview a subject-matter expert",
        "interview",
    ] {
        let text = home.ok(&["standing", word]);
        assert!(text.starts_with("Interview a subject-matter expert\n"), "{text}");
    }
    let several = home.fails(&["standing", "write"]);
    assert!(several.contains("write-a-content-brief"), "{several}");
}

#[test]
fn the_list_is_by_the_day_it_happened() {
    let home = Home::of_ada();
    home.ok(&["log", "Later", "--on", "2026-02-02"]);
    home.ok(&["log", "Earlier", "--on", "2026-01-01"]);
    let list = home.ok(&["log", "--list"]);
    assert!(list.find("Later") < list.find("Earlier"), "{list}");
    let two = home.json(&["log", "--list", "--limit", "2"]);
    assert_eq!(two.as_array().unwrap().len(), 2);
}

#[test]
fn a_table_of_attempts_is_taken_whole() {
    let home = Home::of_ada();
    let table = home.file("table.csv", home.ok(&["attempt", "--template"]));
    let said = home.ok(&["attempt", "publish-an-article", "--csv", &table]);
    assert!(said.starts_with("Two sessions recorded from "), "{said}");
    assert!(said.contains("18 of 22 attempts clean"), "{said}");
}

#[test]
fn people_say_confirm_dispute_and_settle() {
    let home = Home::of_ada();
    let step = "edit-others-drafts/follows";
    home.ok(&["confirm", step, "--by", "Edith", "--role", "manager"]);
    assert_eq!(home.state("edit-others-drafts", "follows"), "proven");
    let disputed = home.ok(&["dispute", step, "--by", "Jonas", "--reason", "an old version"]);
    assert_eq!(home.state("edit-others-drafts", "follows"), "disputed");
    let entry = disputed
        .split("metier settle ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    home.ok(&[
        "settle",
        entry,
        "--by",
        "Edith",
        "--outcome",
        "it is the current one",
    ]);
    assert_eq!(home.state("edit-others-drafts", "follows"), "proven");

    home.ok(&["rate", "edit-others-drafts", "delivers"]);
    home.ok(&[
        "rate",
        "edit-others-drafts",
        "none",
        "--role",
        "peer",
        "--by",
        "Mira",
    ]);
    let text = home.ok(&["standing", "edit-others-drafts"]);
    assert!(text.contains("Mira (peer)"), "{text}");
    let own = home.fails(&["confirm", step, "--by", "Ada", "--role", "self"]);
    assert!(own.contains("somebody else's word"), "{own}");
}

#[test]
fn circumstances_are_recorded_and_listed() {
    let home = Home::of_ada();
    assert!(home.ok(&["position"]).contains("No position yet"));
    home.ok(&[
        "position",
        "Writer",
        "--from",
        "2024-05-01",
        "--until",
        "2025-02-01",
        "--practice",
        "write",
    ]);
    let positions = home.json(&["position"]);
    assert_eq!(positions["coverage"][0]["year"], 2024);
    assert_eq!(positions["coverage"][1]["practices"][0], "write");
    home.ok(&["leave", "--from", "2025-03-01", "--until", "2025-05-01"]);
    home.ok(&["review", "--with", "Edith", "--on", "yesterday"]);
    assert!(home.ok(&["standing"]).contains("Since the review of "));
    home.ok(&["profession", "Teaching", "--aspired"]);
    assert!(home.ok(&["profession"]).contains("Teaching (wanted)"));
    home.ok(&["aim", "--level", "lead"]);
    assert_eq!(home.json(&["aim"])["level"], "lead");
    assert!(home.fails(&["aim", "--by", "2001-01-01"]).contains("has passed"));
}

#[test]
fn a_framework_of_ones_own_is_checked_published_compared_and_adopted() {
    let home = Home::of_ada();
    let yaml = home.ok(&["framework", "show", "--yaml"]);
    let same = home.file("same.yaml", &yaml);
    assert!(
        home.ok(&["framework", "check", &same])
            .contains("nothing to mend")
    );
    let next = yaml
        .replacen("version: \"1\"", "version: \"2\"", 1)
        .replacen("version: '1'", "version: '2'", 1)
        .replacen("Research an audience", "Research who reads us", 1);
    assert_ne!(yaml, next);
    let file = home.file("next.yaml", &next);
    home.ok(&["framework", "publish", &file]);
    let diff = home.ok(&["framework", "diff", "content-marketing@1", "content-marketing@2"]);
    assert!(diff.contains("Research who reads us"), "{diff}");
    assert!(
        !home.ok(&["standing"]).contains("Research who reads us"),
        "publishing adopts nothing"
    );
    home.ok(&["framework", "adopt"]);
    assert!(home.ok(&["standing"]).contains("Research who reads us"));

    let broken = home.file(
        "broken.yaml",
        next.replacen("practice: audience", "practice: nowhere", 1),
    );
    let said = home.run(&["framework", "check", &broken]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("nowhere"), "{}", said.out);
    home.fails(&["framework", "publish", &broken]);
}

#[test]
fn the_demo_fills_its_home_and_says_that_it_is_an_example() {
    let home = Home::empty();
    home.ok(&["demo", "--no-serve"]);
    let map = home.ok(&["standing"]);
    assert!(map.starts_with("This is an example career"), "{map}");
    let rows: String = map.lines().skip(5).take_while(|l| !l.starts_with('✔')).collect();
    for shape in ['✔', '●', '◐', '○', '·', '◌', '◇'] {
        assert!(rows.contains(shape), "{shape} is not on the map");
    }
    let entries = home.entries();
    home.ok(&["demo", "--no-serve"]);
    assert_eq!(home.entries(), entries, "filling it again adds nothing");
    let ada = Home::of_ada();
    assert!(ada.fails(&["demo", "--no-serve"]).contains("somebody's journal"));
}

#[test]
fn a_word_that_names_an_option_is_not_taken_for_what_happened() {
    let home = Home::of_ada();
    let recorded = home.ok(&["log", "--list"]);
    for word in ["list", "Undo", "erase", "paste", "correct"] {
        let said = home.fails(&["log", word]);
        assert!(
            said.contains(&format!("metier log --{}", word.to_lowercase())),
            "{said}"
        );
    }
    assert_eq!(home.ok(&["log", "--list"]), recorded);
}
