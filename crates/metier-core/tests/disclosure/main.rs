//! Who sees what, where: every audience, purpose, view, reader and sort of entry, one by one.

#![allow(clippy::unwrap_used, clippy::panic)]

mod own;
mod own_view;
mod packets;
mod sorts;

use metier_core::disclosure::{
    Disclosure, ForOthers, KeptOut, LeftOut, Like, Outcome, Reader, Shared, View, What, Which, Whose,
    kept_out, scan,
};
use metier_core::evidence::{Evidence, Happening, Learner};
use metier_core::feedback::{Channel, FeedbackSaid, Observed};
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Audience, Entry, Fact, LIMITS, Purpose, Withdrawal};
use metier_core::rating::{Rating, Role};
use uuid::Uuid;

use sorts::{
    AT, FOR_OTHERS, Hand, SECRET, audiences, confirmation, evidence, feedback, name, rating, reached,
    readers, shown_to, sorts,
};

/// The words of what is seen.
fn words(seen: Result<Shared, LeftOut>) -> Result<String, LeftOut> {
    seen.map(|seen| seen.line().to_string())
}

/// The place of `readers()` at which the giver of everything given stands.
const GIVER: usize = 0;

fn decides(view: View) -> bool {
    matches!(view, View::Packet | View::Public)
}

#[test]
fn every_audience_purpose_view_reader_and_sort_of_entry() {
    let (mut cases, mut let_through) = (0, 0);
    for sort in sorts() {
        for audience in audiences() {
            for purpose in [Purpose::Development, Purpose::Administrative] {
                let mut hand = Hand(Vec::new());
                let entry = hand.tell(sort.fact.clone(), audience.clone(), purpose);
                let disclosure = Disclosure::of(&hand.0, AT);
                for view in View::ALL {
                    for (place, reader) in readers().iter().enumerate() {
                        let case = format!("{} {audience:?} {purpose:?} {view:?} {reader:?}", sort.name);
                        // What takes something back is nothing by itself.
                        let nowhere = match sort.fact {
                            Fact::Withdrawal(_) => LeftOut::NotThere,
                            _ => LeftOut::NoPlace,
                        };
                        let expected = if !sort.views.contains(&view) {
                            Err(nowhere)
                        } else if !reached(&audience).contains(&place) {
                            Err(LeftOut::NotShown)
                        } else if purpose == Purpose::Development && decides(view) {
                            Err(LeftOut::GivenForDevelopment)
                        } else {
                            sort.text.map(str::to_owned)
                        };
                        let told = words(disclosure.shared(entry, reader, view));
                        assert_eq!(told, expected, "{case}");
                        let_through += usize::from(told.is_ok());

                        // Shared just now with just this reader, by the owner.
                        let widened = if !sort.views.contains(&view) {
                            Err(nowhere)
                        } else if sort.bound && purpose == Purpose::Development && decides(view) {
                            Err(LeftOut::GivenForDevelopment)
                        } else if sort.bound && place != GIVER && !reached(&audience).contains(&place) {
                            Err(LeftOut::NotTold)
                        } else {
                            sort.text.map(str::to_owned)
                        };
                        assert_eq!(
                            words(disclosure.if_shared(entry, reader, view)),
                            widened,
                            "{case}"
                        );
                        cases += 1;
                    }
                }
            }
        }
    }
    assert_eq!(cases, sorts().len() * 4 * 2 * 4 * 5);
    assert!(let_through > 100, "{let_through}");
}

#[test]
fn what_is_private_confidential_or_for_development_is_in_no_shared_view() {
    // The other way round: whatever the rest, none of these words come out.
    for sort in sorts() {
        for audience in audiences() {
            for purpose in [Purpose::Development, Purpose::Administrative] {
                let mut hand = Hand(Vec::new());
                let entry = hand.tell(sort.fact.clone(), audience.clone(), purpose);
                let confidential = sort.text != Ok(SECRET);
                let listed = hand.private(name("Zebedee Quill"));
                let disclosure = Disclosure::of(&hand.0, AT);
                for view in View::ALL {
                    for reader in readers() {
                        let shared = disclosure.shared(entry, &reader, view);
                        if audience == Audience::Private
                            || (purpose == Purpose::Development && decides(view))
                            || view == View::Receipt
                        {
                            assert!(shared.is_err(), "{} {view:?}", sort.name);
                        }
                        for seen in [shared, disclosure.if_shared(entry, &reader, view)] {
                            let seen = serde_json::to_string(&seen.ok()).unwrap();
                            assert!(!seen.contains("Quill") && !seen.contains("Zebedee"), "{seen}");
                            assert!(!confidential || !seen.contains("Calmed [a patient]"), "{seen}");
                        }
                        assert_eq!(disclosure.if_shared(listed, &reader, view), Err(LeftOut::NoPlace));
                    }
                }
            }
        }
    }
}

#[test]
fn a_text_for_others_stands_in_place_of_what_somebody_said() {
    let mut hand = Hand(Vec::new());
    let mo = Reader::Party("Mo".into());
    let said = hand.private(rating(Role::Manager, Arrival::Relayed));
    let other = hand.private(confirmation(Arrival::Relayed));
    let in_place = |text: &str| {
        Fact::ForOthers(ForOthers {
            entry: said,
            text: text.into(),
        })
    };
    let seen = |hand: &Hand| {
        let seen = Disclosure::of(&hand.0, AT).if_shared(said, &mo, View::Packet)?;
        let texts: Vec<String> = seen.texts().iter().map(|(_, text)| text.to_string()).collect();
        Ok((texts.join(" / "), seen.redacted()))
    };
    assert_eq!(seen(&hand), Ok((format!("{SECRET} / Mo"), false)));
    let first = hand.private(in_place(FOR_OTHERS));
    assert_eq!(
        seen(&hand),
        Ok((FOR_OTHERS.to_owned(), true)),
        "and not who said it"
    );
    hand.private(in_place(" "));
    assert_eq!(seen(&hand), Err(LeftOut::NoTextForOthers), "the last word holds");
    let last = hand.0[3].link.id;
    for entry in [last, first] {
        let back = Fact::Withdrawal(Withdrawal {
            reason: String::new(),
        });
        hand.correct(back, entry);
    }
    assert_eq!(seen(&hand), Ok((format!("{SECRET} / Mo"), false)));
    let untouched = Disclosure::of(&hand.0, AT)
        .if_shared(other, &mo, View::Packet)
        .unwrap();
    assert!(!untouched.redacted());
    assert!(matches!(
        untouched.what(),
        What::Confirmation {
            role: Role::Manager,
            ..
        }
    ));
}

#[test]
fn a_correction_is_what_is_seen_and_what_was_taken_back_is_not() {
    let mut hand = Hand(Vec::new());
    let mo = Reader::Party("Mo".into());
    let first = hand.private(evidence(false, ""));
    let second = hand.correct(evidence(true, FOR_OTHERS), first);
    for named in [first, second] {
        let seen = Disclosure::of(&hand.0, AT)
            .if_shared(named, &mo, View::Packet)
            .unwrap();
        assert_eq!(
            (seen.entry(), seen.line().to_string()),
            (first, FOR_OTHERS.to_owned())
        );
    }
    hand.correct(
        Fact::Withdrawal(Withdrawal {
            reason: String::new(),
        }),
        first,
    );
    for named in [first, second, EntryId(Uuid::max())] {
        let seen = Disclosure::of(&hand.0, AT).if_shared(named, &mo, View::Packet);
        assert_eq!(seen, Err(LeftOut::NotThere));
    }
}

#[test]
fn a_name_kept_out_is_out_of_every_text_and_what_looks_like_one_is_marked() {
    let mut hand = Hand(Vec::new());
    let entry = hand.private(Fact::Evidence(Box::new(Evidence {
        title: "Helped ZEBEDEE quill, MRN 47110".into(),
        story: "His sister: anna@example.org".into(),
        what: Happening::Teaching {
            learners: vec![Learner {
                name: "Zebedee Quill".into(),
                can_now: "walk".into(),
                unaided: true,
            }],
        },
        ..match evidence(false, "") {
            Fact::Evidence(evidence) => *evidence,
            _ => unreachable!(),
        }
    })));
    hand.private(name("Zebedee Quill"));
    let disclosure = Disclosure::of(&hand.0, AT);
    let seen = disclosure
        .if_shared(entry, &Reader::Anyone, View::Packet)
        .unwrap();
    let texts: Vec<(&str, String)> = seen.texts().iter().map(|(f, t)| (*f, t.to_string())).collect();
    assert_eq!(
        texts,
        [
            ("title", "Helped [a patient], MRN 47110".to_owned()),
            ("story", "His sister: anna@example.org".to_owned()),
            ("learner", "[a patient]".to_owned()),
            ("can now", "walk".to_owned()),
        ]
    );
    let looks: Vec<(&str, Like)> = seen.looks().collect();
    assert_eq!(
        looks,
        [("47110", Like::Number), ("anna@example.org", Like::Email)]
    );
    assert_eq!(seen.replaced(), 2);
    assert_eq!(seen.text("can now").unwrap().to_string(), "walk");
    let heading = disclosure.text("Nights with Zebedee Quill");
    assert_eq!(heading.to_string(), "Nights with [a patient]");
    let before = Disclosure::of(&hand.0, hand.0[0].link.recorded_at);
    assert_eq!(
        before.text("Zebedee Quill").to_string(),
        "Zebedee Quill",
        "as known then"
    );
}

#[test]
fn the_last_word_on_who_may_see_holds_but_what_another_gave_is_not_widened() {
    let mut hand = Hand(Vec::new());
    let own = hand.private(evidence(false, ""));
    let theirs = hand.private(rating(Role::Manager, Arrival::ByLink));
    let noted = hand.private(rating(Role::Manager, Arrival::Relayed));
    for entry in [own, theirs, noted] {
        hand.private(shown_to(entry, Audience::Public, Purpose::Administrative));
    }
    let disclosure = Disclosure::of(&hand.0, AT);
    for (entry, purpose) in [
        (own, Purpose::Administrative),
        (theirs, Purpose::Development),
        (noted, Purpose::Administrative),
    ] {
        let sharing = disclosure.sharing(entry).unwrap();
        assert_eq!((&sharing.audience, sharing.purpose), (&Audience::Public, purpose));
    }
    // Nor by correcting it: the first wording was given for development.
    let corrected = hand.correct(rating(Role::Manager, Arrival::ByLink), theirs);
    hand.0.last_mut().unwrap().payload.purpose = Purpose::Administrative;
    let sharing = Disclosure::of(&hand.0, AT).sharing(corrected).cloned().unwrap();
    assert_eq!(sharing.purpose, Purpose::Development);

    hand.private(shown_to(own, Audience::Private, Purpose::Development));
    let now = Disclosure::of(&hand.0, AT);
    assert_eq!(now.sharing(own).unwrap().audience, Audience::Private);
    let before = Disclosure::of(&hand.0, hand.0[3].link.recorded_at);
    assert_eq!(
        before.sharing(own).unwrap().audience,
        Audience::Public,
        "as known then"
    );
}

#[test]
fn what_stands_beside_an_answer_is_kept_to_what_its_giver_was_told() {
    let mut hand = Hand(Vec::new());
    let mo = Audience::Parties(vec!["Mo".into()]);
    let asked = Some(EntryId(Uuid::max()));
    hand.tell(
        feedback(asked, Channel::Mail),
        mo.clone(),
        Purpose::Administrative,
    );
    let beside = hand.tell(
        rating(Role::Manager, Arrival::Relayed),
        mo,
        Purpose::Administrative,
    );
    hand.private(shown_to(beside, Audience::Public, Purpose::Administrative));
    let disclosure = Disclosure::of(&hand.0, AT);
    let party = |name: &str| Reader::Party(name.into());
    assert!(disclosure.shared(beside, &party("Mo"), View::Packet).is_ok());
    for seen in [
        disclosure.shared(beside, &party("Eve"), View::Packet),
        disclosure.if_shared(beside, &party("Eve"), View::Packet),
    ] {
        assert_eq!(
            seen,
            Err(LeftOut::NotTold),
            "it came by mail, pasted by the owner"
        );
    }
}

/// A rating that names the answer it came with, told Mo for a decision and shared with everybody since.
fn tied(hand: &mut Hand) -> (EntryId, EntryId) {
    let mo = Audience::Parties(vec!["Mo".into()]);
    let asked = Some(EntryId(Uuid::max()));
    let answer = hand.tell(
        feedback(asked, Channel::Mail),
        mo.clone(),
        Purpose::Administrative,
    );
    let Fact::Rating(rated) = rating(Role::Manager, Arrival::Relayed) else {
        panic!()
    };
    let tied = Fact::Rating(Rating {
        answer: Some(answer),
        ..rated
    });
    let beside = hand.tell(tied, mo, Purpose::Administrative);
    hand.private(shown_to(beside, Audience::Public, Purpose::Administrative));
    (answer, beside)
}

#[test]
fn what_a_giver_was_told_outlives_their_answer() {
    let party = |name: &str| Reader::Party(name.into());
    let kept = |hand: &Hand, beside: EntryId, when: &str| {
        let disclosure = Disclosure::of(&hand.0, AT);
        assert!(
            disclosure.shared(beside, &party("Mo"), View::Packet).is_ok(),
            "{when}"
        );
        for seen in [
            disclosure.shared(beside, &party("Eve"), View::Packet),
            disclosure.if_shared(beside, &party("Eve"), View::Packet),
        ] {
            assert_eq!(seen, Err(LeftOut::NotTold), "{when}");
        }
    };
    let mut hand = Hand(Vec::new());
    let (answer, beside) = tied(&mut hand);
    kept(&hand, beside, "as it was given");
    // An erased entry has nothing to read: it is not among the entries any more.
    let mut erased = hand.0.clone();
    erased.retain(|entry| entry.link.id != answer);
    kept(&Hand(erased), beside, "erased");
    let Fact::FeedbackGiven(said) = feedback(Some(EntryId(Uuid::max())), Channel::Mail) else {
        panic!()
    };
    let mut other = (*said).clone();
    other.said = FeedbackSaid::Observed(Observed {
        saw: "Said otherwise since".into(),
        ..Default::default()
    });
    hand.correct(Fact::FeedbackGiven(Box::new(other)), answer);
    kept(&hand, beside, "corrected");
    let back = Fact::Withdrawal(Withdrawal {
        reason: String::new(),
    });
    hand.correct(back, answer);
    kept(&hand, beside, "taken back");
}

#[test]
fn a_text_for_others_of_an_answer_stands_for_the_ratings_that_came_with_it() {
    let mut hand = Hand(Vec::new());
    let (answer, beside) = tied(&mut hand);
    hand.private(Fact::ForOthers(ForOthers {
        entry: answer,
        text: "In my words".into(),
    }));
    let read = |entries: &[Entry]| {
        let seen = Disclosure::of(entries, AT).shared(beside, &Reader::Party("Mo".into()), View::Packet);
        seen.unwrap().line().to_string()
    };
    assert_eq!(read(&hand.0), "In my words");
    let mut erased = hand.0.clone();
    erased.retain(|entry| entry.link.id != answer);
    assert_eq!(read(&erased), "In my words", "also when the answer is erased");
}

#[test]
fn a_scan_tells_exactly_what_would_be_seen_and_what_not() {
    let mut hand = Hand(Vec::new());
    let name = hand.private(name("Zebedee Quill"));
    let open = hand.private(evidence(false, ""));
    let redacted = hand.private(evidence(true, FOR_OTHERS));
    let silent = hand.private(evidence(true, ""));
    let given = hand.private(rating(Role::Manager, Arrival::ByLink));
    let mo = Reader::Party("Mo".into());

    let now = scan(&hand.0, AT, Which::AsShared, &mo, View::Packet);
    assert_eq!(now.left_out(LeftOut::NotShown), 4, "nothing is shared yet");
    let all = scan(&hand.0, AT, Which::AllIfShared, &mo, View::Packet);
    let of = |entry: EntryId| all.items.iter().find(|i| i.entry == entry).unwrap();
    let Outcome::Seen(seen) = &of(open).outcome else {
        panic!()
    };
    assert_eq!(seen.line().to_string(), "Calmed [a patient] at night");
    let Outcome::Seen(seen) = &of(redacted).outcome else {
        panic!()
    };
    assert!(seen.redacted());
    assert_eq!(of(silent).outcome, Outcome::LeftOut(LeftOut::NoTextForOthers));
    assert_eq!(of(silent).line(), SECRET, "for the owner's eyes");
    assert_eq!(of(given).outcome, Outcome::LeftOut(LeftOut::GivenForDevelopment));
    assert_eq!(all.left_out(LeftOut::NoTextForOthers), 1);
    assert_eq!(
        (all.warnings().count(), all.replaced(), all.seen().count()),
        (0, 2, 2)
    );
    assert!(all.items.iter().all(|i| !i.shared && i.entry != name));

    let chosen = [open].into_iter().collect();
    let one = scan(&hand.0, AT, Which::IfShared(&chosen), &mo, View::FeedbackForm);
    assert_eq!(one.items.len(), 1);
    let nothing = scan(&hand.0, AT, Which::AllIfShared, &mo, View::Receipt);
    assert_eq!(nothing.left_out(LeftOut::NoPlace), 4);

    hand.private(shown_to(
        open,
        Audience::Parties(vec!["Mo".into()]),
        Purpose::Administrative,
    ));
    let now = scan(&hand.0, AT, Which::AsShared, &mo, View::Packet);
    assert_eq!(now.left_out(LeftOut::NotShown), 3);
    assert!(now.items.iter().any(|i| i.shared));
    assert_eq!(kept_out(&hand.0, AT).len(), 1);
    let serialised = serde_json::to_string(&now).unwrap();
    assert!(
        !serialised.contains("Zebedee"),
        "a scan can be given away: {serialised}"
    );
}

#[test]
fn a_name_of_one_letter_is_none() {
    for (name, good) in [
        ("Bo", true),
        ("K", false),
        ("  ", false),
        ("--", false),
        ("Müller", true),
    ] {
        let fact = Fact::KeptOut(KeptOut {
            name: name.into(),
            whose: Whose::Other,
        });
        assert_eq!(fact.check(&LIMITS).is_ok(), good, "{name}");
    }
}
