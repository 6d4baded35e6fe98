use super::*;

fn sheets(text: &str) -> Vec<(String, Vec<Vec<String>>)> {
    read(text, kind_of("", text).unwrap_or(Format::Yaml))
        .unwrap_or_else(|p| panic!("{p}"))
        .into_iter()
        .map(|s| (s.name, s.rows.into_iter().map(|r| r.cells).collect()))
        .collect()
}

#[test]
fn the_name_decides_and_else_the_first_letter() {
    assert_eq!(kind_of("a.JSON", "x"), Some(Format::Json));
    assert_eq!(kind_of("a.yml", "{}"), Some(Format::Yaml));
    assert_eq!(kind_of("a.csv", "{x"), None);
    assert_eq!(kind_of("a", " [1]"), Some(Format::Json));
    assert_eq!(kind_of("a", "---\na: 1"), Some(Format::Yaml));
    assert_eq!(kind_of("a", "a: 1"), None);
}

#[test]
fn records_with_records_inside_become_rows_that_inherit() {
    let read = sheets(
        r#"{"A": {"displayName": "Mobile", "milestones": [{"summary": "x", "signals": ["s", "t"]}, {"summary": "y"}]},
            "B": {"displayName": "Web", "milestones": []}}"#,
    );
    assert_eq!(
        read,
        [(
            String::new(),
            vec![
                vec![
                    "key".into(),
                    "displayName".into(),
                    "milestone".into(),
                    "milestone summary".into(),
                    "milestone signals".into()
                ],
                vec![
                    "A".into(),
                    "Mobile".into(),
                    "1".into(),
                    "x".into(),
                    "- s\n- t".into()
                ],
                vec!["A".into(), "Mobile".into(), "2".into(), "y".into()],
                vec!["B".into(), "Web".into()],
            ]
        )]
    );
}

#[test]
fn three_deep_and_two_sorts_side_by_side() {
    let read = sheets(
        "roles:\n  - name: Writer\n    levels:\n      - name: Junior\n        skills:\n          - {name: Draft, text: Drafts}\n          - {name: Edit, text: Edits}\nskills:\n  - {name: Draft}\n",
    );
    assert_eq!(read[0].0, "roles levels skills");
    assert_eq!(
        read[0].1,
        [
            ["role name", "level name", "skill name", "skill text"],
            ["Writer", "Junior", "Draft", "Drafts"],
            ["Writer", "Junior", "Edit", "Edits"]
        ]
    );
    assert_eq!(read[1].0, "skills");
    assert_eq!(read[1].1, [["skill name"], ["Draft"]]);
}

#[test]
fn a_map_of_maps_is_a_matrix_and_lists_of_lists_are_a_table() {
    assert_eq!(
        sheets("Writing: {Junior: Drafts, Senior: Leads}\nReview: {Junior: Reads}\n")[0].1,
        [
            vec!["key", "Junior", "Senior"],
            vec!["Writing", "Drafts", "Leads"],
            vec!["Review", "Reads"]
        ]
    );
    assert_eq!(
        sheets("[[\"a\", 1], [\"b\", true]]")[0].1,
        [["a", "1"], ["b", "true"]]
    );
}

#[test]
fn a_name_given_twice_and_broken_documents_are_refused_with_their_place() {
    for text in ["{\"a\": {\"x\": 1}, \"a\": {\"x\": 2}}", "a: {x: 1}\na: {x: 2}\n"] {
        let problem = read(text, kind_of("", text).unwrap_or(Format::Yaml)).unwrap_err();
        assert!(problem.to_string().contains("twice"), "{problem}");
        assert!(problem.line.is_some());
    }
    assert_eq!(read("{\"a\": ", Format::Json).unwrap_err().line, Some(1));
    assert!(read("just words", Format::Yaml).is_err());
    assert!(
        read("[1, [2]]", Format::Json)
            .unwrap_err()
            .place
            .contains("row 1")
    );
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(read(&deep, Format::Json).is_err());
    assert!(read(&deep, Format::Yaml).is_err());
}
