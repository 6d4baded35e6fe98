//! What peers say without their names, as it is typed: two homes, and forms for those who answer.

use crate::binary::Home;

const COMPETENCY: &str = "publish-an-article";

fn path(home: &Home, name: &str) -> String {
    home.beside(name).display().to_string()
}

fn short(id: &serde_json::Value) -> String {
    id.as_str().unwrap().replace('-', "")[24..].to_owned()
}

/// Ada asks, and Bo takes it on in a home that had nothing in it: the round.
fn begun(ada: &Home, bo: &Home) -> String {
    let file = path(ada, "for-bo.txt");
    let ask = [
        "feedback",
        "gather",
        "ask",
        "--competency",
        COMPETENCY,
        "--by",
        "Bo",
        "--not-among",
        "Edith",
        "--out",
        &file,
    ];
    assert!(ada.ok(&ask).contains("You never learn who said what"));
    assert!(ada.fails(&ask).contains("exists already"));
    assert!(
        ada.fails(&["feedback", "gather", "open", &file])
            .contains("you ask this yourself")
    );
    let refused = bo.fails(&["feedback", "gather", "open", &file, "--as", "Eve"]);
    assert!(refused.contains("and you are Eve"), "{refused}");
    let taken = bo.json(&["feedback", "gather", "open", &file]);
    assert!(
        bo.ok(&["feedback", "gather", "open", &file])
            .contains("had taken this on before")
    );
    short(&taken["round"])
}

fn forms(bo: &Home, round: &str) -> Vec<String> {
    let folder = path(bo, "forms");
    let invite = ["feedback", "gather", "invite", round];
    let four = [
        &invite[..],
        &["--peer", "Mo", "--peer", "Li", "--peer", "Jo", "--client", "Al"],
    ]
    .concat();
    assert!(bo.fails(&four).contains("name at least 5"));
    let led = [&four[..], &["--peer", "Edith"]].concat();
    assert!(bo.fails(&led).contains("they lead Ada"));
    let given = bo.json(&[&four[..], &["--peer", "Kim", "--peer", "Uwe", "--forms", &folder]].concat());
    let files = given["given"].as_array().unwrap().iter();
    files
        .map(|one| one["file"].as_str().unwrap().to_owned())
        .collect()
}

fn filled(form: &str) -> String {
    let text = std::fs::read_to_string(form).unwrap();
    let next = format!("== [next:{COMPETENCY}]\n");
    text.replace(&next, &format!("{next}yes\n"))
        .replace("== [change]\n", "== [change]\nShow it earlier\n")
        .replace("== [show]\n", "== [show]\nyes\n")
}

#[test]
fn what_peers_say_goes_through_a_collector_and_comes_back_as_numbers() {
    let (ada, bo) = (Home::of_ada(), Home::empty());
    let round = begun(&ada, &bo);
    let forms = forms(&bo, &round);
    assert!(
        bo.fails(&["feedback", "gather", "read", &forms[0]])
            .contains("nothing is written for next:")
    );
    let out = path(&bo, "for-ada.txt");
    for (n, form) in forms.iter().take(5).enumerate() {
        let close = ["feedback", "gather", "close", &round, "--out", &out];
        let refused = bo.fails(&close);
        assert!(
            refused.contains(&format!("{n} of 6 answered; nothing can be released under 5")),
            "{refused}"
        );
        std::fs::write(form, filled(form)).unwrap();
        bo.ok(&["feedback", "gather", "read", form]);
    }
    assert!(
        bo.ok(&["feedback", "gather", "read", &forms[0]])
            .contains("nothing was recorded twice")
    );
    assert!(
        bo.fails(&["feedback", "read", &forms[0]])
            .contains("feedback gather read")
    );
    let shown = bo.ok(&["feedback", "gather", "show", &round]);
    assert!(
        shown.contains("5 of 6 answered") && !shown.contains("earlier"),
        "{shown}"
    );
    assert!(
        bo.ok(&["feedback", "gather", "close", &round, "--out", &out])
            .contains("Send it to Ada")
    );
    let again = path(&bo, "again.txt");
    assert!(
        bo.ok(&["feedback", "gather", "close", &round, "--out", &again])
            .contains("holds the same")
    );
    let text = std::fs::read_to_string(&out).unwrap();
    assert_eq!(text, std::fs::read_to_string(&again).unwrap());
    assert!(
        bo.fails(&["feedback", "gather", "read", &forms[5]])
            .contains("the round is closed")
    );

    assert!(
        bo.fails(&["feedback", "gather", "read", &out])
            .contains("gathered for Ada")
    );
    let altered = ada.file("altered.txt", text.replace("5 or more yes", "6 or more yes"));
    assert!(
        ada.fails(&["feedback", "gather", "read", &altered])
            .contains("was changed after it was written")
    );
    let read = ada.ok(&["feedback", "gather", "read", &out]);
    let list = ada.json(&["feedback", "gather", "list"]);
    let ask = short(&list["asks"][0]["id"]);
    let show = ["feedback", "gather", "show", &ask];
    let told = ada.ok(&show) + &ada.json(&show).to_string() + &ada.ok(&["standing", COMPETENCY]);
    for hidden in [
        "would let you do it unsupervised",
        "\"counts\"",
        "Show it earlier",
    ] {
        assert!(
            !read.contains(hidden) && !told.contains(hidden),
            "{hidden}: {read}{told}"
        );
    }
    assert!(read.contains(&format!("metier rate {COMPETENCY} STEP")), "{read}");
    assert!(told.contains("answer waits until you have said"), "{told}");
    ada.ok(&["rate", COMPETENCY, "reliable"]);
    let read = ada.ok(&show);
    for said in [
        "At least 5 people answered.",
        "5 or more would let you do it unsupervised",
        "Show it earlier",
        "It is no rating",
    ] {
        assert!(read.contains(said), "{said}: {read}");
    }
    assert!(
        ada.fails(&["feedback", "gather", "read", &out])
            .contains("it came already")
    );
    assert!(
        ada.ok(&["feedback", "gather", "show", &ask])
            .contains("Gathered by Bo")
    );
    assert!(
        ada.fails(&["feedback", "gather", "withdraw", &ask])
            .contains("in your journal already")
    );
}

#[test]
fn a_round_that_too_few_answer_is_closed_only_when_that_is_said() {
    let (ada, bo) = (Home::of_ada(), Home::empty());
    let round = begun(&ada, &bo);
    let names = ["Mo", "Li", "Jo", "Al", "Kim"];
    let invite: Vec<&str> = ["feedback", "gather", "invite", &round]
        .into_iter()
        .chain(names.iter().flat_map(|name| ["--peer", name]))
        .collect();
    let said = bo.ok(&invite);
    assert_eq!(said.matches("/for/").count(), 5, "{said}");
    let shown = bo.json(&["feedback", "gather", "show", &round]);
    let (peer, form) = (short(&shown["peers"][0]["id"]), path(&bo, "mo.txt"));
    assert!(
        bo.ok(&["feedback", "gather", "again", &peer, "--form", &form])
            .contains("mo.txt")
    );
    std::fs::write(&form, filled(&form)).unwrap();
    assert!(
        bo.ok(&["feedback", "gather", "read", &form])
            .contains("1 of 5 answered; nothing can be released")
    );
    let out = path(&bo, "for-ada.txt");
    let close = ["feedback", "gather", "close", &round, "--out", &out];
    assert!(bo.fails(&close).contains("--anyway"));
    let closed = bo.ok(&[&close[..], &["--anyway"]].concat());
    assert!(
        closed.contains("1 person answered; nothing can be released under 5"),
        "{closed}"
    );
    assert!(!std::path::Path::new(&out).exists());
    assert!(
        bo.ok(&["feedback", "gather", "list"])
            .contains("nothing was released")
    );
    assert!(ada.ok(&["feedback", "gather", "list"]).contains("through Bo"));
}
