//! What is said of mastery, as it stands.

use ChainEnd::{Have, InPlan, NotDistilled, NotInFramework, NotYet};
use jiff::Timestamp;
use jiff::civil::date;
use metier_core::journal::view;
use metier_core::mastery::{ChainEnd, CriteriaQuestion, Mastery, Weighs};
use metier_core::plan::Plan;
use serde_json::json;

use crate::{entry, entry_on, framework, id, proof, stand_to};

#[test]
fn a_chain_ends_in_have_in_the_plan_or_not_yet() {
    let behaviours = json!([
        {"what": "a", "competency": "c", "rung": "follows"}, {"what": "b", "competency": "c", "rung": "owns"},
        {"what": "e", "competency": "d"}, {"what": "g"}, {"what": "h", "competency": "gone"},
    ]);
    let exemplar = json!({"fact": "mastery", "of": "exemplar", "family": "f", "name": "Rosa", "kind": "person",
        "accomplished": [{"what": "x", "behaviours": behaviours}]});
    let mut entries = vec![entry(1, None, exemplar)];
    entries.extend(proof(2, "c", "follows"));
    let ends = |entries: &[_]| {
        let view = view(entries, Timestamp::MAX);
        let mastery = Mastery::of(&view, &"f".parse().unwrap());
        let chains = mastery.chains(&stand_to(entries, None), &Plan::of(&view));
        chains.into_iter().map(|c| c.end).collect::<Vec<_>>()
    };
    assert_eq!(
        ends(&entries),
        [Have, NotYet, NotYet, NotDistilled, NotInFramework]
    );
    let planned = json!({"fact": "plan", "of": "planned", "name": "P", "kind": "course", "family": "f",
        "hours": {"low": 1.0, "likely": 1.0, "high": 1.0}, "shows": [{"competency": "d", "rung": "follows"}]});
    entries.push(entry(4, None, planned));
    assert_eq!(ends(&entries)[2], InPlan(vec![id(4)]));
    let done = json!({"fact": "plan", "of": "planned_ended", "planned": id(4), "how": "done"});
    entries.push(entry(5, None, done));
    assert_eq!(
        ends(&entries)[2],
        NotYet,
        "what is done and not proven is not had"
    );
}

#[test]
fn an_answer_given_again_stands_beside_the_earlier_one() {
    let answer = |n, day, answer: &str| {
        let said = json!({"fact": "mastery", "of": "criteria", "family": "f", "question": "published", "answer": answer});
        entry_on(n, None, day, said)
    };
    // Told later of an earlier day: by day, not by when it was told.
    let entries = [
        answer(1, date(2026, 5, 1), "no"),
        answer(2, date(2025, 5, 1), "must"),
    ];
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &"f".parse().unwrap());
    let answers: Vec<_> = mastery
        .criteria_of(CriteriaQuestion::Published)
        .map(|c| c.what.answer)
        .collect();
    assert_eq!(answers, [Weighs::Must, Weighs::No]);
    assert_eq!(mastery.criteria_of(CriteriaQuestion::Speaks).count(), 0);
    assert_eq!(Mastery::of(&view, &"g".parse().unwrap()).criteria, []);
}

#[test]
fn names_are_kept_together_whoever_gave_them_and_nobody_is_ranked() {
    let naming = |n, name: &str, by: &str| {
        entry(
            n,
            None,
            json!({"fact": "mastery", "of": "nominated", "family": "f", "name": name, "by": by}),
        )
    };
    let entries = [
        naming(1, "Zoe", "Ann"),
        naming(2, "zoe ", "Bo"),
        naming(3, "Al", "Bo"),
        naming(4, "Al  Moor", "Bo"),
        naming(5, "al moor", "Cy"),
    ];
    let view = view(&entries, Timestamp::MAX);
    let names = Mastery::of(&view, &"f".parse().unwrap()).names();
    let told: Vec<_> = names.iter().map(|n| (n.name, n.by.len())).collect();
    assert_eq!(told, [("Al", 1), ("Al  Moor", 2), ("Zoe", 2)]);
}

#[test]
fn what_masters_said_of_the_list_is_told_by_competency() {
    let check = |n, by: &str, findings: serde_json::Value| {
        let version = format!("sha256:{}", "0".repeat(64));
        entry(
            n,
            None,
            json!({"fact": "mastery", "of": "reality_check", "family": "f", "version": version,
            "by": by, "findings": findings, "arrival": "relayed"}),
        )
    };
    let entries = [
        check(
            1,
            "Rosa",
            json!([{"found": {"confirmed": "c"}}, {"found": {"added": "Fish"}}]),
        ),
        check(2, "Max", json!([{"found": {"struck": "c"}}])),
        check(3, "rosa", json!([{"found": {"confirmed": "d"}}])),
    ];
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &"f".parse().unwrap());
    let reality = mastery.reality(&framework());
    assert_eq!(reality.masters, 2);
    let told: Vec<_> = reality
        .competencies
        .iter()
        .map(|c| (c.confirmed.len(), c.struck.len()))
        .collect();
    assert_eq!(told, [(1, 1), (1, 0)]);
    assert_eq!(reality.added[0].1, "Fish");
}

fn answered(n: u128, day: jiff::civil::Date, question: &str, words: &str) -> metier_core::journal::Entry {
    let said = json!({"fact": "mastery", "of": "answer", "question": question, "asked": "?", "words": words});
    entry_on(n, None, day, said)
}

#[test]
fn the_question_of_a_week_is_the_next_open_one_then_the_one_answered_longest_ago() {
    use metier_core::mastery::SERIES;
    let thursday = date(2026, 6, 4);
    let now = |entries: &[_]| {
        let view = view(entries, Timestamp::MAX);
        let mastery = Mastery::of(&view, &"f".parse().unwrap());
        let week = mastery.this_week(thursday).unwrap();
        (
            week.question.id.to_owned(),
            week.last,
            week.answered.map(|a| a.what.question.to_string()),
        )
    };
    let first = || SERIES[0].id.to_owned();
    assert_eq!(now(&[]), (first(), None, None));
    // Answered on the Sunday before: the next one waits; on Monday of this week: it says so.
    let mut entries = vec![answered(1, date(2026, 5, 31), SERIES[0].id, "A cook")];
    assert_eq!(now(&entries), (SERIES[1].id.to_owned(), None, None));
    entries.push(answered(2, date(2026, 6, 1), SERIES[1].id, "Hunger"));
    assert_eq!(
        now(&entries),
        (SERIES[2].id.to_owned(), None, Some(SERIES[1].id.to_owned()))
    );
    for (n, question) in (3..).zip(&SERIES[2..]) {
        entries.push(answered(n, date(2026, 5, 1), question.id, "x"));
    }
    let longest_ago = SERIES[2].id.to_owned();
    assert_eq!(now(&entries[2..]).0, first(), "open comes before long ago");
    entries.truncate(2);
    for (n, question) in (3..).zip(&SERIES[2..]) {
        entries.push(answered(n, date(2026, 5, 1), question.id, "x"));
    }
    let (id, last, _) = now(&entries);
    assert_eq!((id, last), (longest_ago, Some(date(2026, 5, 1))));
    // One that somebody put comes first, until it is answered.
    let put = json!({"fact": "mastery", "of": "put", "id": "asked-1", "question": "Why?", "by": "Ida", "arrival": "by_link"});
    entries.push(entry(50, None, put));
    assert_eq!(now(&entries).0, "asked-1");
    entries.push(answered(51, thursday, "asked-1", "Because"));
    assert_eq!(now(&entries).0, SERIES[2].id);
}

#[test]
fn who_is_shown_answers_again_sees_what_changed_and_what_they_said_and_nothing_else() {
    use metier_core::mastery::Since;
    let shown = |n, answers: &[u128], since: Option<u128>| {
        let answers: Vec<_> = answers.iter().map(|a| id(*a)).collect();
        let mut fact =
            json!({"fact": "mastery", "of": "shown", "answers": answers, "to": "Ida", "until": "2026-12-01"});
        if let Some(since) = since {
            fact["since"] = json!(id(since));
        }
        entry(n, None, fact)
    };
    let comment = |n, answer: u128, shown: Option<u128>, words: &str| {
        let mut fact = json!({"fact": "mastery", "of": "comment", "answer": id(answer), "by": "Ida", "words": words,
            "arrival": "by_link"});
        if let Some(shown) = shown {
            fact["shown"] = json!(id(shown));
        }
        entry(n, None, fact)
    };
    let day = |d| date(2026, 5, d);
    let mut entries = vec![
        answered(1, day(1), "profession", "A cook"),
        answered(2, day(2), "need", "Hunger"),
        answered(3, day(3), "mastery", "Kept to oneself"),
        shown(4, &[1, 2], None),
        comment(5, 1, Some(4), "Whose cook?"),
        comment(6, 1, None, "Noted elsewhere"),
        answered(7, day(20), "profession", "A chef"),
        answered(8, day(21), "say", "Salt last"),
        shown(9, &[7, 2, 8], Some(4)),
    ];
    let look = |entries: &[_], of: u128| {
        let view = view(entries, Timestamp::MAX);
        let mastery = Mastery::of(&view, &"f".parse().unwrap());
        let showing = mastery.showing(id(of)).unwrap();
        let line = |a: &metier_core::mastery::ShownAnswer<'_>| {
            let since = match a.since {
                Since::New => "new".to_owned(),
                Since::Same => "same".to_owned(),
                Since::Reworded => "reworded".to_owned(),
                Since::Answered(before) => format!("was {}", before.what.words),
            };
            let said: Vec<&str> = a.said.iter().map(|c| c.what.words.as_str()).collect();
            format!("{}: {since} {said:?}", a.answer.what.words)
        };
        let unread = mastery.unread();
        (
            showing.answers.iter().map(line).collect::<Vec<_>>(),
            unread.entries(),
        )
    };
    assert_eq!(look(&entries, 4).0, ["A cook: new []", "Hunger: new []"]);
    assert_eq!(
        look(&entries, 9).0,
        [
            "Hunger: same []",
            "A chef: was A cook [\"Whose cook?\"]",
            "Salt last: new []"
        ]
    );
    assert_eq!(look(&entries, 9).1, [id(5), id(6)]);
    entries.push(entry(
        10,
        None,
        json!({"fact": "mastery", "of": "read", "entries": [id(5)]}),
    ));
    let said = json!({"fact": "mastery", "of": "answer", "question": "need", "asked": "?", "words": "Hunger, and company"});
    entries.push(entry_on(11, Some(2), day(2), said));
    entries.push(entry(12, Some(8), json!({"fact": "withdrawal", "reason": ""})));
    let (lines, unread) = look(&entries, 9);
    assert_eq!(
        lines,
        [
            "Hunger, and company: reworded []",
            "A chef: was A cook [\"Whose cook?\"]"
        ],
        "what was taken back is not shown"
    );
    assert_eq!(unread, [id(6)]);
}

#[test]
fn what_comes_next_with_a_master_is_what_was_said_last_and_nothing_once_it_is_over() {
    let outreach = |n, corrects, state: &str, next: &str| {
        let said = json!({"fact": "mastery", "of": "outreach", "to": "Rosa", "state": state, "next": {"what": next}});
        entry(n, corrects, said)
    };
    let next = |entries: &[_]| {
        let view = view(entries, Timestamp::MAX);
        let mastery = Mastery::of(&view, &"f".parse().unwrap());
        let next = mastery.next_of(&mastery.outreaches[0]);
        next.map(|n| n.what.clone())
    };
    let mut entries = vec![outreach(1, None, "draft", "send it")];
    assert_eq!(next(&entries).as_deref(), Some("send it"));
    let talked = json!({"fact": "mastery", "of": "conversation", "outreach": id(1), "words": "Salt",
        "next": {"what": "cook it", "on": "2026-12-01"}});
    entries.push(entry(2, None, talked));
    assert_eq!(next(&entries).as_deref(), Some("cook it"));
    entries.push(outreach(3, Some(1), "answered", "thank her"));
    assert_eq!(next(&entries).as_deref(), Some("thank her"));
    let nothing = json!({"fact": "mastery", "of": "conversation", "outreach": id(1), "words": "Done"});
    entries.push(entry(4, None, nothing));
    assert_eq!(next(&entries), None, "nothing was agreed");
    entries.push(outreach(5, Some(1), "closed", "left over"));
    assert_eq!(next(&entries), None);
}
