//! The worked example of the model, told through the commands, reads as the model says.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::binary::Home;

/// A content marketer's record: thirty clean attempts over twelve days, two colleagues taught, what
/// people say.
fn told() -> Home {
    let home = Home::of_ada();
    let today: Date = home.json(&["log", "--list"])[0]["on"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let ago = |days: i32| today.saturating_sub(days.days()).to_string();
    let mut table = "date,attempts,clean\n".to_owned();
    for day in 1..=12 {
        let clean = if day <= 6 { 3 } else { 2 };
        table += &format!("{},{clean},{clean}\n", ago(30 - day));
    }
    let table = home.file("articles.csv", table);
    home.ok(&[
        "attempt",
        "publish-an-article",
        "--csv",
        &table,
        "--title",
        "Published an article",
    ]);
    home.ok(&[
        "log",
        "Coached two colleagues to publish",
        "--learner",
        "Bo:unaided",
        "--learner",
        "Cy",
        "--for",
        "publish-an-article/teaches",
        "--on",
        &ago(7),
    ]);
    home.ok(&[
        "confirm",
        "publish-an-article/follows",
        "--by",
        "Ed",
        "--role",
        "manager",
    ]);
    home.ok(&["rate", "publish-an-article", "teaches"]);
    for (role, by, step) in [
        ("manager", "Mo", "reliable"),
        ("peer", "Jonas", "delivers"),
        ("peer", "Mira", "3"),
        ("peer", "Nils", "reliable"),
    ] {
        home.ok(&["rate", "publish-an-article", step, "--role", role, "--by", by]);
    }
    home
}

/// The same text whenever it runs: days and the ends of ids are taken out.
fn timeless(text: &str) -> String {
    let mut said = String::new();
    for line in text.lines() {
        let line = match line.find(" [") {
            Some(at) if line.ends_with(']') => &line[..at],
            _ => line,
        };
        said += line;
        said.push('\n');
    }
    let today = said
        .split("confirmed it on ")
        .nth(1)
        .and_then(|rest| rest.split('.').next())
        .map(str::to_owned);
    match today {
        Some(today) => said.replace(&today, "TODAY"),
        None => said,
    }
}

#[test]
fn the_text_says_what_the_model_says() {
    let home = told();
    let text = home.ok(&["standing", "publish-an-article"]);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Proven: Follows the guide (proven, confirmed)",
        "30 in a row without a miss, over twelve days. That is enough to claim 88%.",
        "Six more without a miss would be enough for 90%.",
        "for 99% 347 more",
        "4 Teaches it likely",
        "Ask the person you taught to confirm “Coached two colleagues to publish”",
        "From the ratings alone: Reliable to Teaches, most likely Delivers",
        "at least Reliable 91%",
        "at least Delivers 65%",
        "at least Teaches 28%",
        "You and your manager are two steps apart.",
        "what would convince you?",
        "Leads bigger versions (Senior content marketer asks for it). Not yet.",
        "six more without a miss",
        "one larger project",
    ] {
        assert!(flat.contains(said), "not said: {said}\n{text}");
    }
    insta::assert_snapshot!("worked_example", timeless(&text));
}

#[test]
fn six_more_clean_ones_prove_it_on_her_own_record() {
    let home = told();
    assert_eq!(home.state("publish-an-article", "reliable"), "likely");
    home.ok(&["attempt", "publish-an-article", "--clean", "6"]);
    assert_eq!(home.state("publish-an-article", "reliable"), "proven");
}

#[test]
fn too_few_calls_are_counted_and_not_judged() {
    let home = told();
    // Everything was recorded this month, and months are looked at when they are over.
    let record = home.json(&["track-record"]);
    assert_eq!(record["counts"]["called"], 0);
    assert_eq!(record["worth"]["worth"], "too_few");
    let said = home.ok(&["track-record"]);
    assert!(said.contains("Nothing has been called likely yet"), "{said}");
}

#[test]
fn the_competency_says_what_would_settle_it() {
    let home = told();
    let looked = home.json(&["standing", "publish-an-article"]);
    let found = &looked["would_settle"];
    assert!(
        found["best"].as_array().is_some_and(|best| !best.is_empty()),
        "{found}"
    );
    assert!(found["best"][0]["range"].as_f64() <= found["range"].as_f64());
    // Manager and peers spoke; a mentor did not.
    let roles: Vec<_> = found["words"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| &w["what"]["role"])
        .collect();
    assert!(roles.iter().any(|role| **role == "mentor") && roles.iter().all(|role| **role != "manager"));
}
