//! The form of answers: help, JSON, plain text.

use crate::binary::Home;

/// Every command with what it needs, so that it answers without being told more.
const COMMANDS: [&[&str]; 26] = [
    &["rate", "publish-an-article", "teaches"],
    &["attempt", "publish-an-article", "--clean", "3"],
    &["attempt", "--template"],
    &[
        "log",
        "Coached Bo",
        "--learner",
        "Bo:unaided",
        "--for",
        "publish-an-article/teaches",
    ],
    &["claim", "last", "interview-an-expert/teaches"],
    &["confirm", "last", "--by", "Bo", "--role", "peer"],
    &["log", "--list"],
    &["log", "--correct", "last", "Coached Bo well"],
    &["log", "--undo", "last"],
    &["standing"],
    &["standing", "publish-an-article"],
    &["gap"],
    &["next"],
    &["route"],
    &["route", "--hours-a-week", "8", "--level", "lead"],
    &["aim", "--level", "lead"],
    &["profession"],
    &["position"],
    &["leave", "--from", "2025-01-01"],
    &["review"],
    &["framework", "list"],
    &["framework", "show"],
    &["framework", "template"],
    &["framework", "diff", "nursing", "teaching"],
    &["policy"],
    &["verify"],
];

#[test]
fn every_command_answers_in_json_and_in_plain_text() {
    let home = Home::of_ada();
    for arguments in COMMANDS {
        home.json(arguments);
    }
    for arguments in COMMANDS {
        let text = home.ok(arguments);
        assert!(!text.contains('\u{1b}'), "{arguments:?} has escapes in a pipe");
        assert!(
            text.ends_with('\n') && text.trim() != "",
            "{arguments:?}: {text:?}"
        );
    }
    let completions = home.json(&["completions", "bash"]);
    assert!(completions["script"].as_str().unwrap().contains("metier"));
}

#[test]
fn standing_in_json_is_the_standing_itself() {
    let home = Home::of_ada();
    let standing = home.json(&["standing"]);
    for field in [
        "at",
        "known_at",
        "family",
        "version",
        "policy",
        "competencies",
        "credentials",
        "target",
        "effort",
    ] {
        assert!(!standing[field].is_null(), "{field}");
    }
    assert_eq!(standing["competencies"][0]["rungs"][0]["state"], "no_record");
}

#[test]
fn every_command_explains_itself() {
    let home = Home::empty();
    let page = home.ok(&["--help"]);
    insta::assert_snapshot!("help", page);
    let commands: Vec<&str> = page
        .lines()
        .skip_while(|l| !l.starts_with("Begin:"))
        .take_while(|l| !l.starts_with("Options:"))
        .filter_map(|l| l.strip_prefix("  ")?.split(' ').next())
        .collect();
    assert!(commands.len() > 25, "{commands:?}");
    for command in commands {
        let help = home.ok(&[command, "--help"]);
        assert!(help.contains("Usage: metier "), "{command}: {help}");
        assert!(help.contains("--json"), "{command}");
    }
    insta::assert_snapshot!("help_log", home.ok(&["log", "--help"]));
    insta::assert_snapshot!("help_standing", home.ok(&["standing", "--help"]));
    assert!(home.ok(&["--version"]).starts_with("metier "));
}

#[test]
fn the_guide_is_listed_and_read_in_the_terminal() {
    let home = Home::empty();
    let contents = home.ok(&["guide"]);
    assert!(contents.contains("why-mastery"), "{contents}");
    let list = home.json(&["guide"]);
    let names: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|p| p["name"].as_str())
        .collect();
    assert_eq!(names.len(), 16);
    for name in &names {
        let text = home.ok(&["guide", name]);
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        assert!(!text.contains("](") && !text.contains("**"), "{text}");
    }
    insta::assert_snapshot!("guide_stages", home.ok(&["guide", "stages"]));
    assert_eq!(
        home.json(&["guide", "stages"])["title"],
        "Stages, and how long they take"
    );
    let refused = home.fails(&["guide", "luck"]);
    assert!(refused.contains("the guide has no page `luck`"), "{refused}");
    assert!(refused.contains("asking-a-master"), "{refused}");
    assert!(!home.path().exists(), "reading makes no home");
}

#[test]
fn manual_pages_and_completions_are_written() {
    let home = Home::empty();
    let folder = home.beside("man").display().to_string();
    home.ok(&["man", &folder]);
    let page = std::fs::read_to_string(home.beside("man").join("metier-standing.1")).unwrap();
    assert!(page.contains("standing"), "{page}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(home.ok(&["completions", shell]).contains("metier"), "{shell}");
    }
    assert!(!home.path().exists(), "neither makes a home");
}

#[test]
fn a_closed_pipe_is_no_complaint() {
    use std::process::Stdio;
    let home = Home::of_ada();
    let mut child = home
        .command(&["framework", "show", "--yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn nothing_is_said_in_colour_to_a_pipe_and_no_secret_is_printed() {
    let home = Home::of_ada();
    let everything =
        home.ok(&["log", "--list", "--json", "--limit", "100"]) + &home.ok(&["verify", "--json"]);
    assert!(!everything.contains("secret"), "{everything}");
}
