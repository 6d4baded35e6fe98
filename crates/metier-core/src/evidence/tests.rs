use super::*;

#[test]
fn what_is_not_said_is_written_as_null_and_older_forms_are_read_as_they_were() {
    let read = |text: &str| serde_json::from_str::<Happening>(text);
    let accepted = |text: &str| match read(text) {
        Ok(Happening::Accomplishment { accepted, .. }) => accepted,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        accepted(r#"{"kind": "accomplishment"}"#),
        Some(true),
        "as it once read"
    );
    assert_eq!(
        accepted(r#"{"kind": "accomplishment", "accepted": false}"#),
        Some(false)
    );
    assert_eq!(accepted(r#"{"kind": "accomplishment", "accepted": null}"#), None);
    assert!(matches!(
        read(r#"{"kind": "project", "met": true}"#),
        Ok(Happening::Project { met: Some(true), .. })
    ));
    assert!(read(r#"{"kind": "project"}"#).is_err(), "it was always said");
    assert!(read(r#"{"kind": "ownership"}"#).is_err());
    for kind in [
        EvidenceKind::Accomplishment,
        EvidenceKind::Project,
        EvidenceKind::Ownership,
    ] {
        let plain = Happening::plainest(kind);
        assert_eq!(plain.came_off(), None, "{kind:?}");
        let text = serde_json::to_string(&plain).unwrap();
        assert!(text.contains("null"), "{text}");
        assert_eq!(read(&text).unwrap(), plain);
    }
    let done = Happening::plainest(EvidenceKind::Project).with_outcome(Some(true));
    assert_eq!(done.came_off(), Some(true));
}
