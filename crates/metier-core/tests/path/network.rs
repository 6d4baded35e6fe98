//! The network as it stands.

use jiff::Timestamp;
use jiff::civil::date;
use metier_core::gap::gap;
use metier_core::journal::{Entry, view};
use metier_core::network::{MentorshipSide, Network, OfferKind, Shared, Wanted};
use metier_core::target::Target;
use serde_json::{Value, json};

use crate::{entry, entry_on, evidence, framework, id, stand_to};

fn contact(name: &str, next: Option<&str>) -> Value {
    let mut contact = json!({"fact": "network", "of": "contact", "name": name});
    if let Some(on) = next {
        contact["next"] = json!({"on": on});
    }
    contact
}

fn coming(entries: &[Entry]) -> Vec<String> {
    let view = view(entries, Timestamp::MAX);
    let coming = Network::of(&view).next_touches();
    coming
        .iter()
        .map(|c| format!("{} {}", c.name, c.next.on))
        .collect()
}

#[test]
fn the_last_word_on_when_to_speak_next_holds() {
    let mut entries = vec![
        entry(1, None, contact("Rosa", Some("2026-09-01"))),
        entry(2, None, contact("Al", None)),
        entry(
            3,
            None,
            json!({"fact": "network", "of": "community", "name": "Cooks", "kind": "event",
            "next": {"on": "2026-08-01"}}),
        ),
    ];
    assert_eq!(coming(&entries), ["Cooks 2026-08-01", "Rosa 2026-09-01"]);
    let spoke = json!({"fact": "network", "of": "touch", "contact": id(1), "next": {"on": "2026-07-15"}});
    entries.push(entry(4, None, spoke));
    assert_eq!(coming(&entries), ["Rosa 2026-07-15", "Cooks 2026-08-01"]);
    // Spoken again, and no day chosen: there is none.
    entries.push(entry_on(
        5,
        None,
        date(2026, 6, 2),
        json!({"fact": "network", "of": "touch", "contact": id(1)}),
    ));
    assert_eq!(coming(&entries), ["Cooks 2026-08-01"]);
    // The contact reworded since.
    entries.push(entry(6, Some(1), contact("Rosa", Some("2026-12-01"))));
    assert_eq!(coming(&entries), ["Cooks 2026-08-01", "Rosa 2026-12-01"]);
}

#[test]
fn a_gap_is_guided_while_somebody_guides_one_through_it() {
    let framework = framework();
    let target = Target::level(&framework, &"m".parse().unwrap());
    let gap = gap(&stand_to(&[], target.as_ref()));
    let mentor = |side: &str, gaps: &[&str], until: Option<&str>| {
        let mut said = json!({"fact": "network", "of": "mentorship", "with": "Rosa", "side": side, "family": "f",
            "gaps": gaps, "from": "2026-01-01"});
        if let Some(until) = until {
            said["until"] = json!(until);
        }
        entry(1, None, said)
    };
    let unguided = |mentorship: Entry| {
        let entries = [mentorship];
        let view = view(&entries, Timestamp::MAX);
        let network = Network::of(&view);
        network.unguided(&gap, date(2026, 7, 1)).len()
    };
    assert_eq!(unguided(mentor("they_guide", &["c"], None)), 0);
    assert_eq!(
        unguided(mentor("they_guide", &["c"], Some("2026-06-30"))),
        1,
        "it is over"
    );
    assert_eq!(unguided(mentor("i_guide", &["c"], None)), 1, "one guides them");
    assert_eq!(
        unguided(mentor("they_guide", &["d"], None)),
        1,
        "through another gap"
    );
    let entries = [mentor("i_guide", &[], None)];
    let view = view(&entries, Timestamp::MAX);
    let network = Network::of(&view);
    assert_eq!(
        network.lasting(MentorshipSide::IGuide, date(2026, 7, 1)).count(),
        1
    );
}

fn people() -> Vec<Entry> {
    vec![
        entry(
            1,
            None,
            json!({"fact": "network", "of": "contact", "name": "Rosa Diaz", "organisation": "The Weekly",
                "offers": [{"kind": "support", "what": "editing"}, {"kind": "platform"}], "categories": ["Press"]}),
        ),
        entry(
            2,
            None,
            json!({"fact": "network", "of": "contact", "name": "Al", "note": "Met at the fair",
                "offers": [{"kind": "opportunity"}]}),
        ),
    ]
}

fn names(entries: &[Entry], wanted: &Wanted) -> Vec<String> {
    let view = view(entries, Timestamp::MAX);
    let found = Network::of(&view).found(wanted);
    found.iter().map(|c| c.what.name.clone()).collect()
}

#[test]
fn people_are_found_by_words_by_what_they_offer_and_by_category() {
    let people = people();
    let words = |words: &str| Wanted {
        words: words.into(),
        ..Wanted::default()
    };
    assert_eq!(names(&people, &words("")), ["Al", "Rosa Diaz"]);
    assert_eq!(names(&people, &words("weekly rosa")), ["Rosa Diaz"]);
    assert_eq!(names(&people, &words("fair")), ["Al"]);
    assert_eq!(
        names(&people, &words("weekly fair")),
        [] as [&str; 0],
        "every word"
    );
    let offers = |kind| Wanted {
        offers: Some(kind),
        ..Wanted::default()
    };
    assert_eq!(names(&people, &offers(OfferKind::Platform)), ["Rosa Diaz"]);
    let press = Wanted {
        category: "press".into(),
        ..Wanted::default()
    };
    assert_eq!(names(&people, &press), ["Rosa Diaz"]);
    let view = view(&people, Timestamp::MAX);
    let network = Network::of(&view);
    assert_eq!(
        network.categories().into_iter().collect::<Vec<_>>(),
        [("Press", 1)]
    );
}

#[test]
fn who_could_help_is_told_by_what_was_written_down_of_them_or_by_having_helped() {
    let mut competency = framework().competencies[0].clone();
    let mut people = people();
    let help = |competency: &metier_core::framework::Competency, entries: &[Entry]| {
        let view = view(entries, Timestamp::MAX);
        let found = Network::of(&view).could_help(&[competency]);
        found[0].iter().map(|c| c.what.name.clone()).collect::<Vec<_>>()
    };
    competency.name = "Edit what others wrote".into();
    assert_eq!(help(&competency, &people), ["Rosa Diaz"]);
    competency.name = "Plan a year".into();
    assert_eq!(help(&competency, &people), [] as [&str; 0]);
    people.push(entry(
        3,
        None,
        json!({"fact": "network", "of": "mentorship", "with": "Al", "contact": id(2), "side": "they_guide",
            "family": "f", "gaps": ["c"], "from": "2025-01-01", "until": "2025-06-01"}),
    ));
    assert_eq!(help(&competency, &people), ["Al"]);
}

#[test]
fn what_was_told_written_and_taught_is_knowledge_shared() {
    let teaching = json!({"fact": "evidence", "title": "Taught Bo", "artefacts": [{"kind": "link", "url": "https://example.org"}],
        "what": {"kind": "teaching", "learners": [{"name": "Bo", "unaided": true}, {"name": "Cy"}]}});
    let project = json!({"fact": "evidence", "title": "A project", "what": {"kind": "project", "met": true}});
    let entries = [
        entry(1, None, evidence()),
        entry_on(2, None, date(2026, 6, 3), teaching),
        entry(3, None, project),
    ];
    let view = view(&entries, Timestamp::MAX);
    let shared = Shared::of(&view);
    let titles: Vec<&str> = shared.iter().map(|s| s.title).collect();
    assert_eq!(titles, ["Taught Bo", "The book is out"]);
    assert_eq!(shared[0].learners, Some((2, 1)));
    assert_eq!(shared[0].links, ["https://example.org"]);
    assert_eq!(shared[1].form, Some("book"));
}

#[test]
fn what_stands_of_the_network_is_read_without_the_rest_of_the_journal() {
    let mut entries = people();
    entries.extend([
        entry(10, None, evidence()),
        entry(11, None, json!({"fact": "network", "of": "mentorship", "with": "Al", "side": "they_guide", "from": "2025-01-01"})),
        entry(12, Some(11), json!({"fact": "network", "of": "mentorship", "with": "Al", "side": "they_guide", "from": "2025-02-01"})),
        entry(13, Some(12), json!({"fact": "withdrawal"})),
        entry(14, Some(2), json!({"fact": "withdrawal"})),
        entry(15, Some(10), json!({"fact": "withdrawal"})),
    ]);
    let all = view(&entries, Timestamp::MAX);
    let whole = Network::of(&all);
    assert_eq!(Network::in_journal(&entries), whole);
    assert_eq!(
        whole.mentorships[0].what.from,
        date(2025, 1, 1),
        "the correction was taken back"
    );
    let guiding = Network::guiding(&entries);
    assert_eq!(guiding.mentorships, whole.mentorships);
    assert!(guiding.contacts.is_empty() && !whole.contacts.is_empty());
    assert!(whole.only_one_called(" rosa DIAZ").is_some() && whole.only_one_called("Nobody").is_none());
}
