//! Feedback on the command line: by file, by mail, and what came of it.

use crate::binary::Home;

const COMPETENCY: &str = "publish-an-article";

fn id_of(value: &serde_json::Value) -> String {
    value["recorded"][0].as_str().unwrap().replace('-', "")[24..].to_owned()
}

#[test]
fn a_form_goes_out_and_comes_back_once() {
    let home = Home::of_ada();
    let form = home.file("for-bo.txt", "");
    let ask = [
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
    ];
    let unseen = [
        "feedback", "ask", "Bo", "--role", "peer", "--about", COMPETENCY, "--for", "decision", "--mail",
    ];
    assert!(home.fails(&unseen).contains("nobody is named who decides"));
    assert!(home.fails(&ask).contains("exists already"));
    std::fs::remove_file(&form).unwrap();
    assert!(home.ok(&ask).contains("metier feedback read"));
    let text = std::fs::read_to_string(&form).unwrap();
    assert!(text.contains("decision about"), "{text}");
    assert!(
        home.fails(&["feedback", "read", &form])
            .contains("nothing is written for next:")
    );

    let next = format!("== [next:{COMPETENCY}]\n");
    let filled = text
        .replace("== [saw]\n", "== [saw]\nRewrote the lead twice\n")
        .replace(&next, &format!("{next}yes\n"));
    std::fs::write(&form, filled.replace("[name]\nBo", "[name]\nEve")).unwrap();
    assert!(
        home.fails(&["feedback", "read", &form])
            .contains("--from \"Eve\"")
    );
    std::fs::write(&form, &filled).unwrap();
    let before = home.entries();
    let answer = id_of(&home.json(&["feedback", "read", &form]));
    assert_eq!(
        home.entries(),
        before + 1,
        "the answer; no step of this competency asks that question"
    );
    assert!(
        home.ok(&["feedback", "read", &form])
            .contains("nothing was recorded twice")
    );

    let other = Home::of_ada();
    assert!(
        other
            .fails(&["feedback", "read", &form])
            .contains("was not made here")
    );

    let waits = home.fails(&["feedback", "show", &answer]);
    assert!(waits.contains("your own view comes first"), "{waits}");
    assert!(
        home.ok(&["feedback", "show", &answer, "--anyway"])
            .contains("Rewrote the lead twice")
    );
    home.ok(&["rate", COMPETENCY, "reliable"]);
    home.ok(&[
        "feedback",
        "use",
        &answer,
        "--how",
        "changed",
        "Drafts go out earlier",
    ]);
    let shown = home.ok(&["feedback", "show", &answer]);
    assert!(
        shown.contains("it came by file") && shown.contains("Drafts go out earlier"),
        "{shown}"
    );
    assert!(
        home.ok(&["feedback", "list"])
            .contains("did something differently")
    );
}

#[test]
fn a_mail_is_shown_before_it_is_recorded_and_a_request_can_be_taken_back() {
    let home = Home::of_ada();
    assert!(home.ok(&["feedback", "list"]).contains("Nobody was asked yet"));
    let asked = home.json(&[
        "feedback", "ask", "Bo", "--role", "peer", "--about", COMPETENCY, "--mail",
    ]);
    assert!(
        asked["mail"]
            .as_str()
            .unwrap()
            .contains("1. What did you see me do")
    );
    let request = id_of(&asked);
    let reply = home.file(
        "reply.txt",
        "1. You rang the printer\n2. last week\n3. with somebody beside you\n",
    );
    let before = home.entries();
    let shown = home.ok(&["feedback", "read", &reply, "--mail-of", &request]);
    assert!(
        shown.contains("With somebody beside them") && shown.contains("Nothing is recorded yet"),
        "{shown}"
    );
    assert_eq!(home.entries(), before);
    home.ok(&["feedback", "read", &reply, "--mail-of", &request, "--yes"]);
    assert_eq!(home.entries(), before + 1);

    let asked = home.json(&[
        "feedback", "ask", "Edith", "--role", "manager", "--about", COMPETENCY,
    ]);
    assert!(asked["link"].as_str().unwrap().starts_with("/for/"));
    let request = id_of(&asked);
    assert!(
        home.ok(&["feedback", "withdraw", &request])
            .contains("opens no longer")
    );
    assert!(
        home.fails(&["feedback", "withdraw", &request])
            .contains("no entry")
    );
    let refused = home.fails(&["feedback", "ask", "Edith", "--role", "manager"]);
    assert!(refused.contains("choose at least one competency"), "{refused}");
}
