//! `reflect`, `setback`, `opportunity`, `move`, the rhythm, the calendar file and the coverage, as they are typed.

use crate::binary::Home;

fn id(home: &Home, arguments: &[&str]) -> String {
    home.json(arguments)["recorded"][0].as_str().unwrap().to_owned()
}

#[test]
fn a_rhythm_is_kept_and_a_calendar_written_again_says_what_is_over() {
    let home = Home::of_ada();
    assert!(home.ok(&["plan", "rhythm"]).contains("No rhythm is chosen yet"));
    assert!(
        home.fails(&["plan", "rhythm", "--reflect-weeks", "60"])
            .contains("from 1 to 52")
    );
    home.ok(&["plan", "rhythm", "--reflect-weeks", "2", "--review-months", "6"]);
    let shown = home.json(&["plan", "rhythm"]);
    assert_eq!(shown["rhythm"]["reflect_weeks"], 2);
    assert_eq!(shown["next"][0]["what"], "reflection");
    let goal = id(&home, &["goal", "add", "Lead a launch", "--by", "2070-05-31"]);
    let file = home.beside("metier.ics").display().to_string();
    let first = home.json(&["plan", "calendar", "--out", &file]);
    let of_goal = |made: &serde_json::Value| {
        let events = made["events"].as_array().unwrap().clone();
        events.into_iter().find(|e| e["what"] == "goal").unwrap()
    };
    assert_eq!(of_goal(&first)["title"], "A goal’s day");
    assert_eq!(of_goal(&first)["start"], "2070-05-31");
    assert_eq!(of_goal(&first)["sequence"], 0);
    home.ok(&["goal", "change", &goal, "--no-day", "--because", "no hurry"]);
    home.ok(&["plan", "rhythm", "--none"]);
    let again = home.json(&["plan", "calendar", "--out", &file, "--names"]);
    assert_eq!(of_goal(&again)["uid"], of_goal(&first)["uid"]);
    assert_eq!(of_goal(&again)["title"], "Goal: Lead a launch");
    assert_eq!(of_goal(&again)["sequence"], 1);
    let events = again["events"].as_array().unwrap();
    assert_eq!(events.len(), first["events"].as_array().unwrap().len());
    assert!(events.iter().all(|e| e["cancelled"] == true), "{again}");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR") && text.contains("STATUS:CANCELLED"));
    let nowhere = home.beside("nowhere").join("m.ics").display().to_string();
    assert!(
        home.fails(&["plan", "calendar", "--out", &nowhere])
            .contains("could not be written")
    );
}

#[test]
fn looking_back_is_kept_and_found_again() {
    let home = Home::of_ada();
    assert!(home.ok(&["reflect"]).contains("None is written down."));
    home.ok(&["reflect", "Two drafts", "--next", "Call Jonas", "--drive", "high"]);
    let said = home.ok(&[
        "reflect",
        "One draft",
        "--learnt",
        "Ask first",
        "--about",
        "publish-an-article",
    ]);
    assert!(
        said.contains("Last time you meant to go on with: Call Jonas"),
        "{said}"
    );
    let about = home.json(&["reflect", "--about", "publish-an-article"]);
    assert_eq!(about["looked_back"].as_array().unwrap().len(), 1);
    assert_eq!(about["drive"][0]["drive"], "high");
    assert_eq!(home.run(&["reflect", "x", "--drive", "very"]).status, 2);
    assert!(
        home.fails(&["reflect", "x", "--date", "2999-01-01"])
            .contains("has not come yet")
    );

    let setback = id(
        &home,
        &[
            "setback",
            "The link was wrong",
            "--otherwise",
            "Two click every link",
        ],
    );
    home.ok(&["setback", "--learn", &setback, "--lesson", "Checked alone"]);
    let listed = home.json(&["setback"]);
    let one = &listed["looked_back"][0]["what"]["setback"];
    assert_eq!(one["lesson"], "Checked alone");
    assert_eq!(one["otherwise"], "Two click every link");
    assert!(
        home.fails(&["setback", "--lesson", "of what?"])
            .contains("not said of which")
    );
}

#[test]
fn list_and_show_are_never_taken_for_what_went_wrong_or_was_done() {
    let home = Home::of_ada();
    for command in ["reflect", "setback"] {
        assert!(home.ok(&[command, "list"]).contains("None is written down."));
        assert_eq!(home.run(&[command, "show"]).status, 2);
        assert_eq!(home.json(&[command])["looked_back"], serde_json::json!([]));
    }
    let reflected = id(&home, &["reflect", "list what was read", "--learnt", "Ask first"]);
    let late = id(
        &home,
        &["setback", "A late handover", "--about", "publish-an-article"],
    );
    home.ok(&["setback", "--learn", &late, "--lesson", "Say it early"]);
    assert!(home.ok(&["reflect", "list"]).contains("list what was read"));
    let about = home.json(&["setback", "list", "--about", "publish-an-article"]);
    assert_eq!(about["looked_back"].as_array().unwrap().len(), 1);
    let shown = home.ok(&["setback", "show", &late]);
    assert!(
        shown.contains("lesson: Say it early") && shown.contains("before: A late handover"),
        "{shown}"
    );
    assert_eq!(
        home.json(&["setback", "show", &late])["wordings"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert!(
        home.ok(&["reflect", "show", &reflected])
            .contains("learnt: Ask first")
    );
    assert!(
        home.fails(&["setback", "show", &reflected])
            .contains("is a look back and no setback")
    );
    assert!(
        home.fails(&["reflect", "show", &late])
            .contains("is a setback and no look back")
    );
}

#[test]
fn an_opportunity_is_written_down_taken_refused_and_opened_again() {
    let home = Home::of_ada();
    let talk = id(
        &home,
        &[
            "opportunity",
            "add",
            "Speak at the meeting",
            "--with",
            "Jonas",
            "--by",
            "2999-01-15",
            "--shows",
            "publish-an-article/teaches",
        ],
    );
    home.ok(&[
        "opportunity",
        "change",
        &talk,
        "--by",
        "2999-02-01",
        "--because",
        "more time",
    ]);
    assert!(
        home.fails(&["opportunity", "end", &talk, "refused"])
            .contains("not said why")
    );
    home.ok(&[
        "opportunity",
        "end",
        &talk,
        "refused",
        "--because",
        "the same week",
    ]);
    let list = home.ok(&["opportunity", "list"]);
    let list = list.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        list.contains("Would have shown Publish an article to house standard (Teaches)."),
        "{list}"
    );
    home.ok(&["opportunity", "again", &talk]);
    assert!(
        home.fails(&["opportunity", "take", &talk])
            .contains("how long it takes")
    );
    let planned = id(&home, &["opportunity", "take", &talk, "--hours", "6"]);
    let shown = home.json(&["opportunity", "show", &talk]);
    assert_eq!(shown["opportunity"]["ended"]["planned"], planned.as_str());
    assert_eq!(shown["wordings"].as_array().unwrap().len(), 2);
    let in_plan = home.json(&["plan", "show", &planned]);
    assert_eq!(in_plan["planned"]["planned"]["shows"][0]["rung"], "teaches");
    assert!(
        home.fails(&["opportunity", "take", &talk, "--hours", "6"])
            .contains("came to its end before")
    );
}

#[test]
fn moves_are_considered_chosen_and_held_against_the_practices() {
    let home = Home::of_ada();
    let six = home.ok(&["move", "list"]);
    assert!(six.contains("Grow in place") && !six.contains("advert"), "{six}");
    let up = id(
        &home,
        &[
            "move",
            "add",
            "up",
            "Lead the team",
            "--practice",
            "lead",
            "--shows",
            "publish-an-article/teaches",
        ],
    );
    let shown = home.json(&["move", "show", &up]);
    assert_eq!(shown["move"]["does"]["gained"][0], "lead");
    assert_eq!(home.run(&["move", "add", "sideways", "x"]).status, 2);
    assert!(
        home.fails(&["move", "add", "up", "x", "--practice", "juggling"])
            .contains("It has: audience")
    );
    home.ok(&["move", "set-aside", &up, "--because", "not yet"]);
    home.ok(&[
        "move",
        "change",
        &up,
        "--what",
        "Lead a team of two",
        "--because",
        "smaller",
    ]);
    let said = home.ok(&["move", "show", &up]);
    assert!(
        said.contains("before: Lead the team, set aside") && said.contains("Because: smaller"),
        "{said}"
    );
}

#[test]
fn a_quarter_and_the_end_of_a_job_are_told() {
    let home = Home::of_ada();
    home.ok(&["setback", "A late handover"]);
    let now = home.ok(&["plan", "coverage"]);
    assert!(
        now.contains("Growth mindset: Setback: A late handover") && now.contains("Brand: empty."),
        "{now}"
    );
    let past = home.json(&["plan", "coverage", "--quarter", "2020-1"]);
    assert_eq!(past["quarter"]["from"], "2020-01-01");
    assert!(
        past["areas"]
            .as_array()
            .unwrap()
            .iter()
            .all(|a| a["by"].as_array().unwrap().is_empty())
    );
    assert!(
        home.fails(&["plan", "coverage", "--quarter", "spring"])
            .contains("is no quarter")
    );
    let ended = home.ok(&["mastery", "if-it-ended"]);
    assert!(
        ended.contains("Nothing is proven yet") && ended.contains("Only this employer (0)"),
        "{ended}"
    );
}
