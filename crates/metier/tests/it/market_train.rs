//! Teaching the program to read adverts, and scoring it.

use std::fmt::Write as _;

use crate::binary::Home;

/// A set of our own making: sentences of a few patterns, `n` of them.
fn set(n: usize) -> String {
    let languages = ["Rust", "Python", "Haskell", "SQL", "Erlang"];
    let verbs = ["design", "build", "test"];
    let mut text = String::new();
    for i in 0..n {
        let (verb, language) = (verbs[i % 3], languages[(i * 7 + i / 3) % 5]);
        let rows: &[(&str, &str, &str)] = if i % 3 == 0 {
            &[
                ("You", "O", "O"),
                (verb, "B-Skill", "O"),
                (language, "I-Skill", "B-Knowledge"),
                ("systems", "I-Skill", "O"),
                (".", "O", "O"),
            ]
        } else {
            &[
                ("We", "O", "O"),
                ("use", "O", "O"),
                (language, "O", "B-Knowledge"),
                ("here:", "O", "O"),
            ]
        };
        for (token, skill, knowledge) in rows {
            let _ = writeln!(text, "{token}\t{skill}\t{knowledge}");
        }
        text.push('\n');
    }
    text
}

#[test]
fn what_is_taught_is_scored_and_twice_the_same() {
    let home = Home::empty();
    let data = home.path().join("data");
    std::fs::create_dir_all(data.join("deeper")).unwrap();
    std::fs::write(data.join("own_train.conll"), set(60)).unwrap();
    std::fs::write(data.join("deeper/own_dev.conll"), set(20)).unwrap();
    std::fs::write(data.join("own_test.conll"), set(20)).unwrap();
    std::fs::write(data.join("notes.txt"), "Nothing to learn from.\n").unwrap();
    std::fs::write(data.join("binary.bin"), [0xff, 0xfe, 0x00]).unwrap();
    let folder = data.display().to_string();
    let dev = data.join("deeper/own_dev.conll").display().to_string();

    let before = home.fails(&["market", "evaluate", &dev]);
    assert!(before.contains("market train"), "{before}");

    let done = home.json(&["market", "train", "--data", &folder]);
    assert_eq!(done["validation"]["sentences"], 20);
    assert!(
        done["validation"]["combined"]["f1"]["value"].as_f64().unwrap() > 0.8,
        "{done}"
    );
    let used: Vec<&str> = done["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|f| f["used"].as_str())
        .collect();
    assert_eq!(used, ["validation", "left_alone", "training"]);
    assert!(done["missing"].as_array().unwrap().iter().any(|m| m == "linking"));
    let trained = home.path().join("market/trained.bin");
    let bytes = std::fs::read(&trained).unwrap();
    let scores = home.json(&["market", "evaluate", &dev]);
    assert!(home.ok(&["market", "evaluate", &dev]).contains("both"));

    home.ok(&["market", "train", "--data", &folder]);
    assert_eq!(std::fs::read(&trained).unwrap(), bytes);
    assert_eq!(home.json(&["market", "evaluate", &dev]), scores);

    let refused = home.fails(&[
        "market",
        "evaluate",
        &data.join("notes.txt").display().to_string(),
    ]);
    assert!(refused.contains("B-..."), "{refused}");
    std::fs::write(&trained, &bytes[..bytes.len() - 1]).unwrap();
    let refused = home.fails(&["market", "evaluate", &dev]);
    assert!(refused.contains("damaged"), "{refused}");
    let refused = home.fails(&[
        "market",
        "train",
        "--data",
        &data.join("deeper").display().to_string(),
    ]);
    assert!(refused.contains("too few"), "{refused}");
}
