//! Who may gather, who may be asked, and what is wrong with a release that came.

use metier_core::canonical::Digest;
use metier_core::feedback::NextTime::Unsupervised;
use metier_core::gathering::{AskLetter, GatheringFact, Refusal, Release, asks, rounds};
use metier_core::id::{EntryId, JournalId};
use metier_core::journal::{Arrival, Fact};
use metier_core::own_view::OwnViewFirst;
use metier_core::rating::Rating;
use metier_core::rating::Role;
use uuid::Uuid;

use crate::{answered, asked, came, day, id, journal, letter, round_of, signed};

fn named(names: &[&str]) -> Vec<(String, Role)> {
    names
        .iter()
        .map(|name| ((*name).to_owned(), Role::Peer))
        .collect()
}

#[test]
fn neither_the_person_nor_who_leads_them_nor_the_collector_is_among_the_peers() {
    let letter = letter(7, 1);
    let why = |name: &str, role| letter.may_ask(name, role).map_err(|e| e.to_string());
    assert_eq!(why("Mo", Role::Peer), Ok(()));
    assert_eq!(why("Mo", Role::Client), Ok(()));
    for (name, role, because) in [
        ("Mo", Role::Manager, "a manager is never anonymous"),
        ("Mo", Role::Oneself, "nobody is a peer of themselves"),
        ("Mo", Role::Mentor, "a mentor is never anonymous"),
        ("ada", Role::Peer, "it is about them"),
        (" Bo ", Role::Peer, "reads the answers of the others"),
        ("EDITH", Role::Client, "they lead Ada"),
    ] {
        let said = why(name, role).unwrap_err();
        assert!(said.contains(because), "{name}: {said}");
    }
}

#[test]
fn a_round_asks_enough_people_and_each_once() {
    let entries = journal(round_of(0));
    let round = &rounds(&entries)[0];
    let four = named(&["A", "B", "C", "D"]);
    assert!(matches!(
        round.may_ask(&four, day(2)),
        Err(Refusal::TooFewNamed {
            named: 4,
            threshold: 5
        })
    ));
    let twice = named(&["A", "B", "C", "D", "a"]);
    assert!(
        round
            .may_ask(&twice, day(2))
            .unwrap_err()
            .to_string()
            .contains("named twice")
    );
    let five = named(&["A", "B", "C", "D", "E"]);
    assert_eq!(round.may_ask(&five, day(20)), Ok(()));
    assert_eq!(round.may_ask(&five, day(21)), Err(Refusal::Late(day(20))));
    let many: Vec<_> = (0..61).map(|n| (format!("P{n}"), Role::Peer)).collect();
    assert_eq!(round.may_ask(&many, day(2)), Err(Refusal::TooManyNamed(61)));
    // Once enough are asked, one more may join.
    let entries = journal(round_of(5));
    let round = &rounds(&entries)[0];
    assert_eq!(round.may_ask(&named(&["A"]), day(2)), Ok(()));
}

#[test]
fn only_who_was_named_gathers_and_not_for_themselves() {
    let letter = letter(7, 1);
    let here = JournalId(Uuid::from_u128(2));
    assert_eq!(letter.may_gather("bo", here, day(20)), Ok(()));
    assert!(matches!(
        letter.may_gather("Mo", here, day(2)),
        Err(Refusal::Somebody { .. })
    ));
    assert_eq!(
        letter.may_gather("Bo", here, day(21)),
        Err(Refusal::Late(day(20)))
    );
    assert!(matches!(
        letter.may_gather("Bo", letter.asked.journal, day(2)),
        Err(Refusal::Own(_))
    ));
    let wrong = |change: fn(&mut metier_core::gathering::PeersAsked)| {
        let mut asked = asked(1);
        change(&mut asked);
        asked.check().unwrap_err().to_string()
    };
    assert!(wrong(|a| a.threshold = 2).contains("under 3 nobody is anonymous"));
    assert!(wrong(|a| a.collector = "ada".into()).contains("somebody else than yourself"));
    assert!(wrong(|a| a.collector = "Edith".into()).contains("who does not decide about you"));
    assert!(wrong(|a| a.about = crate::about(6)).contains("at most 5"));
    assert!(wrong(|a| a.about = Vec::new()).contains("at least one"));
    assert!(wrong(|a| a.about = [crate::about(1), crate::about(1)].concat()).contains("named twice"));
}

/// What Bo released of Ada's question, whose entry in her journal is the first, signed by a key.
fn release(by: u8) -> Release {
    let mut facts = round_of(5);
    facts[0].1 = GatheringFact::Collecting(AskLetter {
        ask: id(100),
        ..letter(7, 1)
    });
    facts.extend((0..5).map(|n| answered(n, Unsupervised)));
    let entries = journal(facts);
    let round = &rounds(&entries)[0];
    signed(by, round.release(day(4)).unwrap().unwrap())
}

#[test]
fn a_release_is_taken_in_once_unchanged_and_only_by_whom_it_is_for() {
    let ada = JournalId(Uuid::from_u128(1));
    let mut facts = vec![(day(1), GatheringFact::Asked(asked(1)))];
    let take = |facts: &[_], release: &Release, journal_id, key: Option<&str>| {
        let entries = journal(facts.to_vec());
        let asks = asks(&entries);
        release.may_take(journal_id, key, &asks)
    };
    let sound = release(1);
    assert_eq!(take(&facts, &sound, ada, Some("00")), Ok(()));
    let key = sound.signature.as_ref().unwrap().key.clone();
    assert_eq!(
        take(&facts, &sound, ada, Some(&key)),
        Err(Refusal::OwnKey("Bo".into()))
    );
    let other = JournalId(Uuid::from_u128(9));
    assert!(matches!(
        take(&facts, &sound, other, None),
        Err(Refusal::OtherJournal { .. })
    ));
    assert_eq!(take(&[], &sound, ada, None), Err(Refusal::Unknown));

    let mut altered = sound.clone();
    altered.told.strengths = vec!["Listens".into(); 5];
    assert_eq!(
        take(&facts, &altered, ada, None),
        Err(Refusal::Signature("Bo".into()))
    );
    let unsigned = Release {
        signature: None,
        ..sound.clone()
    };
    assert_eq!(take(&facts, &unsigned, ada, None), Err(Refusal::Unsigned));
    // Signed anew, it still has to answer what was asked, and to tell of nobody.
    altered.told.of[0].name = "Another skill".into();
    assert_eq!(
        take(&facts, &signed(1, altered), ada, None),
        Err(Refusal::OtherText)
    );
    let mut small = sound.clone();
    small.told.of[0].counts.insert(Unsupervised, 4);
    let said = take(&facts, &signed(1, small), ada, None)
        .unwrap_err()
        .to_string();
    assert!(said.contains("4 is under 5"), "{said}");
    let mut exact = sound.clone();
    exact.told.of[0].counts.insert(Unsupervised, 6);
    let said = take(&facts, &signed(1, exact), ada, None)
        .unwrap_err()
        .to_string();
    assert!(said.contains("it tells more of"), "{said}");
    let mut few = sound.clone();
    few.told.strengths = vec!["She listens".into()];
    let said = take(&facts, &signed(1, few), ada, None).unwrap_err().to_string();
    assert!(said.contains("1 are shown, under 5"), "{said}");

    facts.push(came(day(6), sound.clone()));
    assert_eq!(take(&facts, &sound, ada, None), Err(Refusal::Already(day(6))));
    let again = signed(
        1,
        Release {
            released_on: day(7),
            ..sound
        },
    );
    assert_eq!(take(&facts, &again, ada, None), Err(Refusal::Twice(day(6))));
    let entries = journal(facts);
    let asks = asks(&entries);
    let of = asks[0].of(&asked(1).about[0].competency).unwrap();
    assert_eq!((of.id, of.of.counts.get(&Unsupervised)), (id(101), Some(&5)));
}

#[test]
fn a_release_waits_for_the_own_view_of_everything_it_tells_of() {
    let mut facts = vec![(day(1), GatheringFact::Asked(asked(2)).fact())];
    let round = Release {
        text: asked(2).text(id(100)).unwrap(),
        ..release(1)
    };
    let mut told = round.told.clone();
    told.of = vec![told.of[0].clone(), told.of[0].clone()];
    told.of[1].competency = asked(2).about[1].competency.clone();
    told.of[1].counts.clear();
    facts.push((day(6), came(day(6), Release { told, ..round }).1.fact()));
    let seen = |facts: &[(jiff::civil::Date, Fact)]| {
        let entries = crate::journal_of(facts.to_vec());
        let own = OwnViewFirst::of(&entries, jiff::Timestamp::MAX);
        let ask = asks(&entries).remove(0).seen(&own);
        (ask.came.is_some(), ask.waits, own.wanted().len(), own.people())
    };
    let waits: Option<EntryId> = Some(id(101));
    assert_eq!(seen(&facts), (false, waits, 2, 1));
    for (n, left) in [(0, 1), (1, 0)] {
        facts.push((
            day(7),
            Fact::Rating(Rating {
                family: asked(2).family,
                version: Digest::ZERO,
                competency: asked(2).about[n].competency.clone(),
                rung: None,
                role: Role::Oneself,
                rater: "Ada".into(),
                reason: String::new(),
                evidence: Vec::new(),
                arrival: Arrival::Relayed,
                answer: None,
            }),
        ));
        let waits = waits.filter(|_| left > 0);
        assert_eq!(seen(&facts), (left == 0, waits, left, left));
    }
}

#[test]
fn one_person_is_known_again_by_journal_key_or_name_and_an_unsigned_question_is_not_gathered() {
    let unsigned = AskLetter {
        signature: None,
        ..letter(8, 1)
    };
    assert_eq!(unsigned.may_be_gathered("Bo", day(2)), Err(Refusal::Unsigned));
    let round = rounds(&journal(round_of(5))).remove(0);
    // Each time all but one of what tells who asks is another, and the family too.
    let other = |journal: u128, by: u8, person: &str| {
        let asked = metier_core::gathering::PeersAsked {
            journal: JournalId(Uuid::from_u128(journal)),
            person: person.into(),
            family: "care".parse().unwrap(),
            ..asked(1)
        };
        let letter = AskLetter {
            asked,
            ..letter(8, 1)
        };
        round.apart_from(&crate::signed_ask(by, letter), day(4))
    };
    for (journal, by, person) in [(1, 9, "Eve"), (9, 3, "Eve"), (9, 9, " ADA")] {
        assert!(matches!(
            other(journal, by, person),
            Err(Refusal::StillOpen { .. })
        ));
    }
    assert_eq!(other(9, 9, "Eve"), Ok(()));
}

#[test]
fn one_competency_is_asked_through_one_collector_at_a_time() {
    let through = |collector: &str| metier_core::gathering::PeersAsked {
        collector: collector.into(),
        ..asked(1)
    };
    let mut facts = vec![(day(1), GatheringFact::Asked(asked(1)))];
    let apart = |facts: &[_], on| asks(&journal(facts.to_vec()))[0].apart_from(&through("Eve"), on);
    assert!(matches!(apart(&facts, day(2)), Err(Refusal::AskedAlready { .. })));
    assert_eq!(apart(&facts, jiff::civil::date(2026, 8, 18)), Ok(()));
    facts.push(came(day(6), release(1)));
    assert!(matches!(apart(&facts, day(7)), Err(Refusal::TooNear { .. })));
    assert_eq!(apart(&facts, jiff::civil::date(2026, 8, 2)), Ok(()));
    // Asked all the same, from another device: what comes second so near is not taken in.
    facts.push((day(6), GatheringFact::Asked(through("Eve"))));
    let second = Release {
        ask: id(102),
        text: through("Eve").text(id(102)).unwrap(),
        collector: "Eve".into(),
        ..release(1)
    };
    let known = asks(&journal(facts));
    let taken = signed(1, second).may_take(asked(1).journal, None, &known);
    assert!(matches!(taken, Err(Refusal::TooNear { .. })), "{taken:?}");
}
