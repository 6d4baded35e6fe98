//! What is said of mastery, the plan, the network and one's presence: as it stands in a journal, and what is
//! refused.

use metier_core::journal::{Fact, LIMITS};

const EVIDENCE: &str = "019a0000-0000-7000-8000-000000000001";

/// One of each sort, as it stands in a journal.
fn each() -> Vec<String> {
    let texts = [
        r#"{"fact":"mastery","of":"definition","family":"cooking","statement":"Feeds a hundred as if they were four.",
            "asks":[{"competency":"run-a-service","rung":"owns","weight":"required"}],
            "things":[{"id":"own-menu","what":"A menu of my own, a year on the card","shown_by":["EVIDENCE"]}]}"#,
        r#"{"fact":"mastery","of":"criteria","family":"cooking","question":"published","answer":"helps","reason":"Cooks read."}"#,
        r#"{"fact":"mastery","of":"exemplar","family":"cooking","name":"Rosa","kind":"person","known":true,
            "accomplished":[{"what":"Twelve years without a bad plate",
                "behaviours":[{"what":"Tastes everything","daily":true,"competency":"taste","rung":"reliable"}]}]}"#,
        r#"{"fact":"mastery","of":"nomination_asked","family":"cooking","profession":"Chef","to":"Ann"}"#,
        r#"{"fact":"mastery","of":"nominated","family":"cooking","name":"Rosa","by":"Ann","asked":"EVIDENCE","arrival":"by_link"}"#,
        r#"{"fact":"mastery","of":"outreach","to":"Rosa","channel":"a letter","questions":["What do you taste for?"],
            "state":"sent","next":{"what":"call","on":"2026-12-01"}}"#,
        r#"{"fact":"mastery","of":"conversation","outreach":"EVIDENCE","words":"Salt last."}"#,
        r#"{"fact":"mastery","of":"reality_check","family":"cooking","version":"sha256:0000000000000000000000000000000000000000000000000000000000000000",
            "by":"Rosa","findings":[{"found":{"confirmed":"taste"}},{"found":{"added":"Buying fish"},"words":"Half of it is buying."}],
            "arrival":"relayed"}"#,
        r#"{"fact":"mastery","of":"identity","layer":"profession","words":"A cook, wherever."}"#,
        r#"{"fact":"mastery","of":"answer","question":"good-day","asked":"What was a good day?","words":"Friday."}"#,
        r#"{"fact":"mastery","of":"comment","answer":"EVIDENCE","by":"Ida","words":"Why Friday?","arrival":"by_file"}"#,
        r#"{"fact":"mastery","of":"shown","answers":["EVIDENCE"],"to":"Ida","until":"2026-12-01"}"#,
        r#"{"fact":"mastery","of":"put","id":"asked-1","question":"Why Friday?","by":"Ida","shown":"EVIDENCE","arrival":"by_link"}"#,
        r#"{"fact":"mastery","of":"read","entries":["EVIDENCE"]}"#,
        r#"{"fact":"plan","of":"goal","title":"Run the pass","family":"cooking",
            "asks":[{"competency":"run-a-service","rung":"delivers","weight":"required"}],
            "thing":{"definition":"EVIDENCE","thing":"own-menu"},"by":"2027-06-01",
            "milestones":[{"id":"first","what":"A Tuesday alone","by":"2027-01-01","met_on":"2026-12-20","shown_by":["EVIDENCE"]}]}"#,
        r#"{"fact":"plan","of":"goal_ended","goal":"EVIDENCE","how":"let_go","reason":"The place closed."}"#,
        r#"{"fact":"plan","of":"planned","name":"Sauces with Rosa","kind":"mentoring","family":"cooking",
            "hours":{"low":4.0,"likely":6.0,"high":12.0},"shows":[{"competency":"taste","rung":"reliable"}],
            "stretch":{"gap":"taste","risk":"A spoilt service","way_back":"Rosa takes the pass","at_hand":"Rosa"}}"#,
        r#"{"fact":"plan","of":"planned_ended","planned":"EVIDENCE","how":"done","evidence":["EVIDENCE"]}"#,
        r#"{"fact":"plan","of":"set_aside","hours_a_week":1.5,"from":"2026-11-01","when":"Monday mornings"}"#,
        r#"{"fact":"plan","of":"spent","hours":1.0,"planned":"EVIDENCE"}"#,
        r#"{"fact":"plan","of":"rhythm","from":"2026-11-01","reflect_weeks":1,"review_months":6}"#,
        r#"{"fact":"plan","of":"opportunity","what":"Cater the fair","with":"the town","origin":"offered","by":"2026-12-05","because":"A week later"}"#,
        r#"{"fact":"plan","of":"opportunity_ended","opportunity":"EVIDENCE","how":"refused","reason":"Same week."}"#,
        r#"{"fact":"plan","of":"setback","what":"Split sauce for forty","lesson":"Heat.","otherwise":"A second pan.",
            "goal":"EVIDENCE","competencies":["taste"]}"#,
        r#"{"fact":"plan","of":"reflection","words":"Slow week.","learnt":"Rest.","drive":"low","goal":"EVIDENCE"}"#,
        r#"{"fact":"plan","of":"move","kind":"step_back","what":"Pastry again","family":"cooking","practices":["pastry"],"state":"open"}"#,
        r#"{"fact":"network","of":"contact","name":"Rosa","reach":[{"kind":"mail","value":"rosa@example.org"}],
            "offers":[{"kind":"support","what":"tastes with me"}],"next":{"on":"2026-12-01"}}"#,
        r#"{"fact":"network","of":"touch","contact":"EVIDENCE","words":"Coffee."}"#,
        r#"{"fact":"network","of":"mentorship","with":"Rosa","side":"they_guide","family":"cooking","gaps":["taste"],"from":"2026-01-01"}"#,
        r#"{"fact":"network","of":"guidance","mentorship":"EVIDENCE","words":"Salt last.","done":"Did."}"#,
        r#"{"fact":"network","of":"willing","family":"cooking","competencies":["taste"]}"#,
        r#"{"fact":"network","of":"community","name":"Cooks of the valley","kind":"community","from":"2025-01-01"}"#,
        r#"{"fact":"presence","of":"channel","name":"My page","kind":"site","url":"https://example.org",
            "claims":[{"words":"Runs the pass","asserts":{"family":"cooking","competency":"run-a-service","rung":"owns"},
                "tells":{"of":"since","value":"2012"},"values":[{"value":"no-waste","agrees":true}]}]}"#,
        r#"{"fact":"presence","of":"brand","sentence":"Nothing is thrown away.","values":[{"id":"no-waste","name":"No waste"}],
            "differentiators":[{"words":"Whole animals","shown_by":["EVIDENCE"]}]}"#,
    ];
    texts
        .iter()
        .map(|text| text.replace("EVIDENCE", EVIDENCE))
        .collect()
}

#[test]
fn each_sort_is_read_and_written_alike_and_well_formed() {
    for text in each() {
        let fact: Fact = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&fact).unwrap(), value, "{text}");
        assert_eq!(fact.check(&LIMITS), Ok(()), "{text}");
    }
}

#[test]
fn a_field_that_no_sort_has_is_refused() {
    for text in each() {
        let more = text.replacen('{', r#"{"streak":9,"#, 1);
        assert!(serde_json::from_str::<Fact>(&more).is_err(), "{more}");
    }
}

#[test]
fn what_cannot_be_meant_is_named() {
    let cases = [
        (
            r#"{"fact":"mastery","of":"definition","family":"cooking","statement":" "}"#,
            "what a master is: is empty",
        ),
        (
            r#"{"fact":"mastery","of":"definition","family":"cooking","statement":"x",
                "things":[{"id":"a","what":"x"},{"id":"a","what":"y"}]}"#,
            "something to accomplish: a is there twice",
        ),
        (
            r#"{"fact":"mastery","of":"exemplar","family":"cooking","name":"Rosa","kind":"person",
                "accomplished":[{"what":"x","behaviours":[{"what":"y","rung":"owns"}]}]}"#,
            "choose the competency it is a step of",
        ),
        (
            r#"{"fact":"mastery","of":"reality_check","family":"cooking","version":"sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "by":"Rosa","findings":[{"found":{"confirmed":"taste"}},{"found":{"struck":"taste"}}]}"#,
            "taste is there twice",
        ),
        (
            r#"{"fact":"plan","of":"planned","name":"x","kind":"course","family":"cooking","hours":{"low":4,"likely":2,"high":9}}"#,
            "three numbers that rise",
        ),
        (
            r#"{"fact":"plan","of":"planned","name":"x","kind":"course","family":"cooking","hours":{"low":1,"likely":2,"high":9},
                "stretch":{"gap":"taste","risk":"some","way_back":""}}"#,
            "the way back: is empty",
        ),
        (
            r#"{"fact":"plan","of":"spent","hours":0}"#,
            "hours: give a number above 0",
        ),
        (
            r#"{"fact":"plan","of":"rhythm","from":"2026-11-01","reflect_weeks":0}"#,
            "weeks between reflections: give a number from 1 to 52",
        ),
        (
            r#"{"fact":"network","of":"mentorship","with":"Rosa","side":"i_guide","from":"2026-02-01","until":"2026-01-01"}"#,
            "ends on 2026-01-01, before it begins on 2026-02-01",
        ),
        (
            r#"{"fact":"presence","of":"channel","name":"x","kind":"site","url":"javascript:alert(1)"}"#,
            "start it with https://",
        ),
        (
            r#"{"fact":"network","of":"community","name":"x","kind":"online","url":"javascript:alert(1)"}"#,
            "address: start it with https:// or http://",
        ),
        (
            r#"{"fact":"network","of":"contact","name":"x","reach":[{"kind":"web","value":" Java\tscript:alert(1)"}]}"#,
            "address: start it with https:// or http://",
        ),
        (
            r#"{"fact":"network","of":"contact","name":"x","reach":[{"kind":"web","value":"data:text/html,x"}]}"#,
            "address: start it with https:// or http://",
        ),
    ];
    for (text, said) in cases {
        let fact: Fact = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
        let problem = fact.check(&LIMITS).unwrap_err().to_string();
        assert!(problem.contains(said), "{problem}: {text}");
    }
}

#[test]
fn addresses_of_the_web_are_taken_as_they_are_usually_written() {
    for address in [
        "https://example.org/x?y=javascript:1",
        "HTTP://example.org",
        "example.org",
        "www.example.org/~a:b",
        "example.org:8080/x",
    ] {
        let text = format!(
            r#"{{"fact":"network","of":"contact","name":"x","parts":{{"family":"y"}},"reach":[{{"kind":"web","value":"{address}"}}]}}"#
        );
        let fact: Fact = serde_json::from_str(&text).unwrap();
        assert_eq!(fact.check(&LIMITS), Ok(()), "{address}");
    }
}
