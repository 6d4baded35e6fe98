//! Agreements between two homes, disagreements and decisions, as they are typed.

use crate::binary::Home;

pub fn edith() -> Home {
    let home = Home::empty();
    home.ok(&[
        "start",
        "--profession",
        "content-marketing",
        "--name",
        "Edith Berg",
    ]);
    home
}

fn path(home: &Home, name: &str) -> String {
    home.beside(name).display().to_string()
}

/// Ada proposes, Edith agrees in her own home; the paths of both files.
pub fn walked(ada: &Home, edith: &Home) -> (String, String) {
    let (proposal, receipt) = (path(ada, "for-edith.txt"), path(edith, "answer.txt"));
    let said = ada.ok(&[
        "agreement",
        "propose",
        "--with",
        "Edith",
        "--by",
        "2999-01-31",
        "--file",
        &proposal,
    ]);
    assert!(said.contains("with Edith (manager)"), "{said}");
    let said = edith.ok(&["agreement", "read", &proposal]);
    assert!(
        said.contains("Ada proposes to Edith") && said.contains("What Senior"),
        "{said}"
    );
    let said = edith.fails(&["agreement", "confirm", &proposal, "--out", &receipt]);
    assert!(said.contains("--as \"Edith\""), "{said}");
    edith.ok(&[
        "agreement",
        "confirm",
        &proposal,
        "--as",
        "Edith",
        "--words",
        "gladly",
        "--out",
        &receipt,
    ]);
    (proposal, receipt)
}

#[test]
fn who_is_asked_to_agree_needs_no_profession() {
    let (ada, edith) = (Home::of_ada(), Home::empty());
    let (proposal, receipt) = (path(&ada, "for-edith.txt"), path(&edith, "answer.txt"));
    let propose = [
        "agreement",
        "propose",
        "--with",
        "Edith",
        "--by",
        "2999-01-31",
        "--file",
    ];
    ada.ok(&[&propose[..], &[&proposal]].concat());
    let said = edith.ok(&["agreement", "read", &proposal]);
    assert!(said.contains("Ada proposes to Edith"), "{said}");
    let said = edith.fails(&["agreement", "confirm", &proposal, "--as", "Bo", "--out", &receipt]);
    assert!(said.contains("Nothing was recorded"), "{said}");
    assert!(
        !edith.path().join("metier.db").exists(),
        "no journal is begun for nothing"
    );
    edith.ok(&["agreement", "confirm", &proposal, "--out", &receipt]);
    assert!(edith.ok(&["agreement", "list"]).contains("Receipt kept: Ada"));
    ada.ok(&["agreement", "confirm", &receipt]);
}

#[test]
fn two_homes_agree_by_file_and_each_can_hold_the_other_to_its_past() {
    let (ada, edith) = (Home::of_ada(), edith());
    let (proposal, receipt) = walked(&ada, &edith);
    assert_eq!(
        ada.json(&["agreement", "list"])["agreements"][0]["phase"],
        "proposed"
    );
    let said = ada.ok(&["agreement", "confirm", &receipt]);
    assert!(said.contains("It is in force"), "{said}");
    let shown = ada.json(&["agreement", "show"]);
    assert_eq!(shown["agreement"]["phase"], "in_force");
    assert_eq!(
        shown["agreement"]["confirmed"]["what"]["answer"]["words"],
        "gladly"
    );
    assert!(shown["standing"]["target"]["verdict"].is_string());

    // Each side's journal goes on from where the other's receipt says it stood.
    for home in [&ada, &edith] {
        home.ok(&["review", "--note", "another entry"]);
        let held = home.json(&["agreement", "verify", &receipt]);
        assert!(held["traced"]["since"].as_u64().unwrap() >= 1, "{held}");
    }
    // Edith looks at Ada's journal as Ada exports it; and a journal begun anew is found out.
    let export = path(&ada, "ada.zip");
    ada.ok(&["export", &export]);
    let held = edith.json(&["agreement", "verify", &receipt, "--journal", &export]);
    assert_eq!(held["journal_of"], "Ada");
    assert!(held["traced"].is_object(), "{held}");
    let other = Home::of_ada();
    let anew = path(&other, "anew.zip");
    other.ok(&["export", &anew]);
    let said = edith.fails(&["agreement", "verify", &receipt, "--journal", &anew]);
    assert!(said.contains("says nothing of the journal of Ada"), "{said}");

    // The same again changes nothing.
    let (a, e) = (ada.entries(), edith.entries());
    assert!(
        ada.fails(&["agreement", "confirm", &receipt])
            .contains("agreed to this already")
    );
    let again = path(&edith, "again.txt");
    let said = edith.ok(&[
        "agreement",
        "confirm",
        &proposal,
        "--as",
        "Edith",
        "--out",
        &again,
    ]);
    assert!(said.contains("nothing was recorded again"), "{said}");
    assert_eq!(std::fs::read(&receipt).unwrap(), std::fs::read(&again).unwrap());
    assert_eq!((ada.entries(), edith.entries()), (a, e));
}

#[test]
fn what_is_wrong_with_a_file_is_said_and_nothing_is_recorded() {
    let (ada, edith) = (Home::of_ada(), edith());
    let (proposal, receipt) = walked(&ada, &edith);
    let (a, e) = (ada.entries(), edith.entries());
    let text = std::fs::read_to_string(&receipt).unwrap();
    let altered = ada.file("altered.txt", text.replace("2999-01-31", "2999-12-31"));
    let above = ada.file("above.txt", text.replacen("2999-01-31", "2999-12-31", 1));
    let cut = ada.file("cut.txt", &text[..text.len() / 2]);
    for (file, expected) in [
        (&altered, "changed after it was written"),
        (&above, "the words above the sealed part"),
        (&cut, "cut short"),
    ] {
        let said = ada.fails(&["agreement", "confirm", file]);
        assert!(
            said.contains(expected) && said.contains("Nothing was recorded"),
            "{said}"
        );
    }
    // Somebody else's home, one's own proposal, and a journal that never proposed it.
    let out = path(&ada, "own.txt");
    let said = ada.fails(&["agreement", "confirm", &proposal, "--out", &out]);
    assert!(said.contains("this is your own proposal"), "{said}");
    let said = edith.fails(&["agreement", "confirm", &receipt]);
    assert!(said.contains("kept in another journal"), "{said}");
    let said = self::edith().fails(&["agreement", "confirm", &proposal, "--as", "Bo", "--out", &out]);
    assert!(
        said.contains("proposed to Edith, and the answer is from Bo"),
        "{said}"
    );
    let said = ada.fails(&["agreement", "verify", &proposal]);
    assert!(said.contains("not a receipt"), "{said}");
    let said = ada.fails(&["agreement", "propose", "--with", "Edith", "--by", "2001-01-01"]);
    assert!(said.contains("has passed"), "{said}");
    let said = ada.fails(&["agreement", "propose", "--with", "ada", "--by", "2999-01-01"]);
    assert!(said.contains("somebody else than yourself"), "{said}");
    assert_eq!((ada.entries(), edith.entries()), (a, e));
}

#[test]
fn a_yes_by_word_replaces_only_once_both_agree_and_it_can_end() {
    let ada = Home::of_ada();
    let propose = |extra: &[&str]| {
        let mut typed = vec!["agreement", "propose", "--with", "Edith", "--by", "2999-01-31"];
        typed.extend(extra);
        ada.json(&typed)["recorded"][0].as_str().unwrap().to_owned()
    };
    let one = propose(&[]);
    ada.ok(&["agreement", "confirm", &one, "--by", "Edith"]);
    let two = propose(&["--replaces", &one, "--note", "a raise with it"]);
    let phases = || -> Vec<String> {
        let all = ada.json(&["agreement", "list"]);
        let all = all["agreements"].as_array().unwrap();
        all.iter()
            .map(|a| a["phase"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(phases(), ["in_force", "proposed"]);
    let said = ada.fails(&["agreement", "confirm", &two, "--by", "Bo"]);
    assert!(said.contains("the answer is from Bo"), "{said}");
    ada.ok(&["agreement", "confirm", &two, "--by", "Edith"]);
    assert_eq!(phases(), ["replaced", "in_force"]);
    let said = ada.ok(&[
        "agreement",
        "end",
        &two,
        "--how",
        "not-reached",
        "--reason",
        "the team was dissolved",
    ]);
    assert!(said.contains("not reached"), "{said}");
    assert_eq!(phases(), ["replaced", "ended"]);
    assert!(
        ada.fails(&["agreement", "end", &two, "--how", "kept"])
            .contains("over already")
    );
    let link = ada.fails(&["agreement", "link", &two]);
    assert!(link.contains("waits for no answer"), "{link}");
}

#[test]
fn criteria_that_change_later_are_shown_as_changes_and_not_applied() {
    let ada = Home::of_ada();
    let one = ada.json(&["agreement", "propose", "--with", "Edith", "--by", "2999-01-31"]);
    let one = one["recorded"][0].as_str().unwrap().to_owned();
    ada.ok(&["agreement", "confirm", &one, "--by", "Edith"]);
    let text = ada.ok(&["framework", "show", "content-marketing", "--yaml"]);
    let changed = text.replacen("name: Research an audience", "name: Research an audience anew", 1);
    assert_ne!(text, changed);
    let version = ada.file(
        "new.yaml",
        changed
            .replacen("version: '1'", "version: '2'", 1)
            .replacen("version: \"1\"", "version: \"2\"", 1),
    );
    ada.ok(&["framework", "publish", &version]);
    let shown = ada.json(&["agreement", "show"]);
    assert_eq!(shown["agreement"]["phase"], "in_force");
    assert_eq!(
        shown["changes"].as_array().unwrap().len(),
        1,
        "{}",
        shown["changes"]
    );
    assert_ne!(shown["standing"]["version"], shown["standing_newest"]["version"]);
    assert_eq!(
        shown["standing"]["version"],
        shown["agreement"]["terms"]["version"]
    );
    let said = ada.ok(&["agreement", "show"]);
    assert!(said.contains("Nothing of it holds for this agreement"), "{said}");
}

#[test]
fn a_disagreement_is_written_down_looked_at_and_ended() {
    let ada = Home::of_ada();
    ada.ok(&["rate", "publish-an-article", "teaches"]);
    let step = "publish-an-article/delivers";
    let write = [
        "disagree",
        "write",
        step,
        "--convince",
        "Edith",
        "--what",
        "two launches on the day",
    ];
    assert!(ada.fails(&write).contains("Edith has not said yet"));
    ada.ok(&[
        "rate",
        "publish-an-article",
        "follows",
        "--role",
        "manager",
        "--by",
        "Edith",
    ]);
    let listed = ada.json(&["disagree", "list"]);
    assert_eq!(listed["worth_settling"][0], "publish-an-article");
    let sides = listed["differing"][0]["sides"].as_array().unwrap();
    assert_eq!(
        (&sides[0]["who"], sides[0]["place"].as_u64()),
        (&"Edith".into(), Some(1))
    );
    assert!(
        sides[0]["allowed"].as_f64() > Some(1.0),
        "managers are assumed to see people too low"
    );
    let one = ada.json(&write)["recorded"][0].as_str().unwrap().to_owned();
    assert!(
        ada.json(&["disagree", "list"])["worth_settling"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let open = [
        "disagree",
        "end",
        &one,
        "--how",
        "stays-open",
        "--reason",
        "one launch so far",
        "--again",
        "2999-01-01",
    ];
    ada.ok(&open);
    let said = ada.ok(&["disagree", "list"]);
    assert!(
        said.contains("1 January 2999") && said.contains("one launch so far"),
        "{said}"
    );
    ada.ok(&[
        "disagree",
        "end",
        &one,
        "--how",
        "convinced",
        "--reason",
        "both on the day",
        "--by",
        "Edith",
    ]);
    assert!(ada.fails(&open).contains("ended already"));
}

#[test]
fn a_decision_keeps_its_reason_or_that_none_was_given() {
    let ada = Home::of_ada();
    let said = ada.ok(&[
        "decision",
        "add",
        "promotion",
        "denied",
        "--by",
        "Edith",
        "--level",
        "senior",
    ]);
    assert!(said.contains("No reason was given"), "{said}");
    let listed = ada.json(&["decision", "list"]);
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    assert!(ada.ok(&["decision", "list"]).contains("No reason was given."));
    ada.ok(&["decision", "reason", &id, "more work on planning"]);
    let listed = ada.json(&["decision", "list"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(
        (&listed[0]["what"]["reason"], &listed[0]["corrected"]),
        (&"more work on planning".into(), &true.into())
    );
    let said = ada.fails(&["decision", "add", "raise", "granted", "--by", " "]);
    assert!(said.contains("who decided"), "{said}");
    let said = ada.fails(&[
        "decision",
        "add",
        "raise",
        "granted",
        "--by",
        "E",
        "--on",
        "2999-01-01",
    ]);
    assert!(said.contains("future"), "{said}");
}

#[test]
fn a_no_goes_back_by_file_is_talked_about_and_proposed_again() {
    let (ada, edith) = (Home::of_ada(), edith());
    let (proposal, no) = (path(&ada, "for-edith.txt"), path(&edith, "no.txt"));
    ada.ok(&[
        "agreement",
        "propose",
        "--with",
        "Edith",
        "--by",
        "2999-01-31",
        "--file",
        &proposal,
    ]);
    let typed = ["agreement", "decline", &proposal, "--as", "Edith", "--out", &no];
    let said = edith.run(&typed);
    assert!(said.status == 2 && said.err.contains("--reason"), "{}", said.err);
    let reason = [
        "--reason",
        "the team is too small",
        "--otherwise",
        "a launch of your own",
    ];
    let said = edith.ok(&[&typed[..], &reason].concat());
    assert!(said.contains("You said no to Ada"), "{said}");
    let said = ada.ok(&["agreement", "read", &no]);
    assert!(
        said.contains("said no to Ada") && said.contains("the team is too small"),
        "{said}"
    );
    let said = ada.ok(&["agreement", "confirm", &no]);
    assert!(
        said.contains("signed with their key") && said.contains("a launch of your own"),
        "{said}"
    );
    let listed = ada.json(&["agreement", "list"]);
    let one = &listed["agreements"][0];
    assert_eq!(one["phase"], "declined");
    let id = one["id"].as_str().unwrap().to_owned();
    assert!(
        ada.fails(&["agreement", "confirm", &no])
            .contains("said no to this already")
    );

    let said = ada.ok(&["disagree", "list"]);
    assert!(
        said.contains("What would convince Edith: a launch of your own"),
        "{said}"
    );
    ada.ok(&[
        "agreement",
        "talk",
        &id,
        "--convincing",
        "two launches",
        "--again",
        "2998-06-01",
    ]);
    let said = ada.ok(&["agreement", "show", &id]);
    assert!(
        said.contains("two launches") && said.contains("--again"),
        "{said}"
    );
    let by = [
        "agreement",
        "propose",
        "--with",
        "Edith",
        "--by",
        "2999-12-31",
        "--again",
        &id,
    ];
    ada.ok(&by);
    let said = ada.ok(&["agreement", "show"]);
    assert!(
        said.contains("The day: 31 December 2999; before 31 January 2999"),
        "{said}"
    );
    assert_eq!(
        ada.json(&["disagree", "list"])["declined"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let said = ada.ok(&["agreement", "show", &id]);
    assert!(said.contains("Proposed again, changed"), "{said}");
    for home in [&ada, &edith] {
        let held = home.json(&["agreement", "verify", &no]);
        assert!(held["traced"].is_object(), "{held}");
    }
}

#[test]
fn a_mail_asks_for_an_answer_and_what_comes_back_is_read() {
    let ada = Home::of_ada();
    let one = ada.json(&["agreement", "propose", "--with", "Edith", "--by", "2999-01-31"]);
    let one = one["recorded"][0].as_str().unwrap().to_owned();
    let mail = ada.ok(&["agreement", "mail", &one]);
    assert!(
        mail.contains("Do you agree?") && mail.contains("31 January 2999"),
        "{mail}"
    );
    let quoted: String = mail.lines().map(|line| format!("> {line}\n")).collect();
    let reply = ada.file(
        "reply.txt",
        format!("Yes, gladly.\n\nOn Monday Ada wrote:\n{quoted}"),
    );
    let said = ada.ok(&["agreement", "mail", &one, "--answer", &reply]);
    assert!(
        said.contains("It says: yes") && said.contains("Nothing was recorded"),
        "{said}"
    );
    let said = ada.ok(&["agreement", "mail", &one, "--answer", &reply, "--record"]);
    assert!(said.contains("relayed by you"), "{said}");
    assert_eq!(
        ada.json(&["agreement", "list"])["agreements"][0]["phase"],
        "in_force"
    );
}
