//! What is one's own of mastery: every sort of it, told to nobody.

use metier_core::id::EntryId;
use serde_json::{Value, json};

use crate::sorts::SECRET;

/// Answers of the series with what somebody said of them, names, masters who are asked.
pub fn of_mastery(id: EntryId) -> Vec<(&'static str, Value)> {
    vec![
        (
            "mastery",
            json!({"of": "answer", "question": "say", "asked": "What?", "words": SECRET}),
        ),
        (
            "mastery",
            json!({"of": "comment", "answer": id, "by": "Mo", "words": SECRET}),
        ),
        (
            "mastery",
            json!({"of": "comment", "answer": id, "by": "Mo", "words": SECRET, "shown": id, "arrival": "by_link"}),
        ),
        (
            "mastery",
            json!({"of": "shown", "answers": [id], "to": "Mo", "until": "2027-01-01", "note": SECRET}),
        ),
        (
            "mastery",
            json!({"of": "put", "id": "asked-1", "question": SECRET, "by": "Mo", "arrival": "by_link"}),
        ),
        ("mastery", json!({"of": "read", "entries": [id]})),
        (
            "mastery",
            json!({"of": "nomination_asked", "family": "nursing", "profession": "Nursing", "to": "Mo", "note": SECRET}),
        ),
        (
            "mastery",
            json!({"of": "nominated", "family": "nursing", "name": "Zebedee Quill", "why": SECRET, "by": "Mo",
            "asked": id, "arrival": "by_link"}),
        ),
        (
            "mastery",
            json!({"of": "outreach", "to": "Mo", "channel": "a letter", "draft": SECRET, "questions": [SECRET], "state": "sent"}),
        ),
        (
            "mastery",
            json!({"of": "conversation", "outreach": id, "words": SECRET}),
        ),
    ]
}
