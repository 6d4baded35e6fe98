//! One's own view first, in every command that could tell of an answer.

use crate::binary::Home;

const COMPETENCY: &str = "publish-an-article";
const WORDS: &str = "Rewrote the lead twice";

/// Bo's answer, by file, before Ada has said where she sees herself.
fn answered() -> Home {
    let home = Home::of_ada();
    let form = home.file("for-bo.txt", "");
    std::fs::remove_file(&form).unwrap();
    home.ok(&[
        "feedback",
        "ask",
        "Bo",
        "--role",
        "peer",
        "--about",
        COMPETENCY,
        "--for",
        "decision",
        "--seen-by",
        "Edith",
        "--file",
        &form,
    ]);
    let text = std::fs::read_to_string(&form).unwrap();
    let filled = text
        .replace(
            &format!("== [next:{COMPETENCY}]\n"),
            &format!("== [next:{COMPETENCY}]\nyes\n"),
        )
        .replace("== [saw]\n", &format!("== [saw]\n{WORDS}\n"))
        .replace(
            &format!("== [step:{COMPETENCY}]\n"),
            &format!("== [step:{COMPETENCY}]\nleads\n"),
        );
    assert!(filled.contains("leads\n"), "{filled}");
    std::fs::write(&form, filled).unwrap();
    home.ok(&["feedback", "read", &form]);
    home
}

#[test]
fn no_command_tells_of_an_answer_before_the_own_view_is_in() {
    let home = answered();
    let commands: [&[&str]; 10] = [
        &["standing"],
        &["standing", COMPETENCY],
        &["gap"],
        &["next"],
        &["scan"],
        &["disagree", "list"],
        &["packet", "--for", "Edith"],
        &["packet", "--look"],
        &["review-sheet"],
        &["log", "--list"],
    ];
    let told = |arguments: &[&str]| {
        let (text, json) = (home.run(arguments), home.run(&[arguments, &["--json"]].concat()));
        format!("{}{}{}{}", text.out, text.err, json.out, json.err)
    };
    for arguments in commands {
        let said = told(arguments);
        assert!(!said.contains(WORDS), "{arguments:?}\n{said}");
        assert!(!said.contains("\"rater\":\"Bo\""), "{arguments:?}\n{said}");
    }
    for arguments in [&["standing", COMPETENCY][..], &["review-sheet"], &["scan"]] {
        let said = told(arguments);
        assert!(
            said.contains("answer waits until you have said"),
            "{arguments:?}\n{said}"
        );
    }
    home.ok(&["rate", COMPETENCY, "reliable"]);
    for arguments in [&["standing", COMPETENCY][..], &["review-sheet"], &["scan"]] {
        let said = told(arguments);
        assert!(
            said.contains(WORDS) && !said.contains("answer waits"),
            "{arguments:?}\n{said}"
        );
    }
}
