//! What a release tells, and what it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use metier_core::feedback::NextTime::{self, Beside, CannotSay, NotYet, Unsupervised};
use metier_core::gathering::{Aggregate, PeerAnswered, TooFew, holds_a_release, released, rounds};
use metier_core::journal::{Fact, Withdrawal};
use proptest::prelude::*;

use crate::{THRESHOLD, about, answer, answered, closed, day, journal, letter, round_of};

/// One answer of each person, given as columns of counts: how many gave each answer about each skill.
fn of_counts(rows: &[[u32; 4]]) -> Vec<PeerAnswered> {
    let people = rows[0].iter().sum::<u32>();
    let said: Vec<Vec<NextTime>> = rows
        .iter()
        .map(|row| {
            let said = row.iter().zip(NextTime::ALL);
            said.flat_map(|(count, answer)| vec![answer; *count as usize])
                .collect()
        })
        .collect();
    (0..people as usize)
        .map(|n| answer(n as u128, &said.iter().map(|skill| skill[n]).collect::<Vec<_>>()))
        .collect()
}

fn told(rows: &[[u32; 4]], threshold: u32) -> Aggregate {
    let answers = of_counts(rows);
    let answers: Vec<&PeerAnswered> = answers.iter().collect();
    released(&answers, &about(rows.len()), threshold).unwrap()
}

fn told_of(rows: &[[u32; 4]]) -> Vec<Vec<(NextTime, u32)>> {
    let told = told(rows, THRESHOLD);
    assert!(told.of.iter().all(|of| !of.withheld));
    told.of
        .into_iter()
        .map(|of| of.counts.into_iter().collect())
        .collect()
}

#[test]
fn it_is_told_that_enough_gave_an_answer_and_never_how_many() {
    assert_eq!(told_of(&[[5, 1, 0, 0]]), [[(Unsupervised, 5)]]);
    assert_eq!(told_of(&[[17, 0, 0, 0]]), [[(Unsupervised, 5)]]);
    assert_eq!(told_of(&[[3, 2, 1, 0]]), [[]]);
    assert_eq!(
        told_of(&[[6, 0, 5, 0], [0, 0, 11, 0]]),
        [vec![(Unsupervised, 5), (NotYet, 5)], vec![(NotYet, 5)]]
    );
}

#[test]
fn what_is_told_of_one_skill_says_nothing_of_how_many_gave_a_rare_answer_of_another() {
    // Three answers told would say that fifteen answered or more; with four of each rare answer of another skill
    // that leaves sixteen. Where three or four were given by enough, it looks as if none was.
    assert_eq!(told_of(&[[5, 5, 6, 0], [4, 4, 4, 4]]), [[], []]);
    assert_eq!(
        told_of(&[[5, 5, 5, 5], [18, 2, 0, 0]]),
        [vec![], vec![(Unsupervised, 5)]]
    );
}

#[test]
fn under_the_threshold_nothing_is_told_whatever_was_said() {
    let answers = of_counts(&[[4, 0, 0, 0]]);
    let answers: Vec<&PeerAnswered> = answers.iter().collect();
    let refused = released(&answers, &about(1), THRESHOLD).unwrap_err();
    assert_eq!(
        refused,
        TooFew {
            answered: 4,
            threshold: 5
        }
    );
    assert_eq!(refused.to_string(), "4 answered; nothing can be released under 5");
}

#[test]
fn words_are_shown_only_of_enough_people_who_agreed_and_in_no_order_of_theirs() {
    let mut answers = of_counts(&[[6, 0, 0, 0]]);
    for (n, answer) in answers.iter_mut().enumerate() {
        answer.strengths = format!("strength {n}");
        answer.words_shown = n > 0;
        if n < 5 {
            answer.change = format!("change {n}");
        }
    }
    let told = |answers: &[PeerAnswered]| {
        released(&answers.iter().collect::<Vec<_>>(), &about(1), THRESHOLD).unwrap()
    };
    let first = told(&answers);
    let mut texts = first.strengths.clone();
    texts.sort();
    assert_eq!(
        texts,
        [
            "strength 1",
            "strength 2",
            "strength 3",
            "strength 4",
            "strength 5"
        ]
    );
    // Four of those who agreed would change something: too few.
    assert!(first.changes.is_empty());
    answers.reverse();
    assert_eq!(told(&answers), first, "the order of answers tells nothing");
    answers[0].words_shown = false;
    assert!(told(&answers).strengths.is_empty());
}

#[test]
fn a_round_is_released_once_and_stands_as_it_was_released_first() {
    let mut facts = round_of(6);
    facts.extend((0..4).map(|n| answered(n, Unsupervised)));
    let entries = journal(facts.clone());
    let early = &rounds(&entries)[0];
    assert_eq!((early.answered(), early.release(day(4)).unwrap()), (4, None));

    facts.push(answered(4, Unsupervised));
    let entries = journal(facts.clone());
    let first = rounds(&entries)[0].release(day(4)).unwrap();
    assert!(first.is_some());
    facts.push(closed(day(4), first.clone()));
    // An answer that comes later, and another closing, from another device.
    facts.push(answered(5, NotYet));
    let entries = journal(facts.clone());
    let second = rounds(&entries)[0].release(day(5)).unwrap();
    facts.push(closed(day(5), second));
    let entries = journal(facts);
    let round = &rounds(&entries)[0];
    assert_eq!(round.closed, Some((day(4), first)));
    assert!(round.open(day(5)).is_err());
}

#[test]
fn what_was_released_stays_released_whatever_is_taken_back() {
    let mut facts = round_of(5);
    facts.extend((0..5).map(|n| answered(n, Unsupervised)));
    let release = rounds(&journal(facts.clone()))[0].release(day(4)).unwrap();
    facts.push(closed(day(4), release.clone()));
    let all: Vec<_> = facts.into_iter().map(|(on, said)| (on, said.fact())).collect();
    for taken_back in [100, 111] {
        // As a merge may bring it from a device that knows nothing of the rule.
        let mut entries = crate::journal_of(all.clone());
        assert!(holds_a_release(&entries, crate::id(taken_back)));
        assert!(!holds_a_release(&entries, crate::id(107)), "an answer");
        let mut back = entries[0].clone();
        back.link.id = crate::id(200);
        back.link.sequence = 99;
        back.link.recorded_at = jiff::Timestamp::from_second(1_795_400_000).unwrap();
        back.payload.corrects = Some(crate::id(taken_back));
        back.payload.fact = Fact::Withdrawal(Withdrawal {
            reason: String::new(),
        });
        entries.push(back);
        let rounds = rounds(&entries);
        assert_eq!(rounds.len(), 1);
        assert_eq!(rounds[0].closed, Some((day(4), release.clone())));
        assert!(rounds[0].apart_from(&letter(8, 1), day(5)).is_err());
    }
    // With nothing released, taking it back opens it again.
    let mut nothing = round_of(5);
    nothing.push(closed(day(4), None));
    assert!(!holds_a_release(&journal(nothing), crate::id(106)));
}

#[test]
fn two_rounds_about_one_skill_are_apart_by_a_quarter() {
    let mut facts = round_of(5);
    let apart = |facts: &[(jiff::civil::Date, _)], on, skills| {
        let entries = journal(facts.to_vec());
        let round = rounds(&entries).remove(0);
        round
            .apart_from(&letter(8, skills), on)
            .map_err(|e| e.to_string())
    };
    assert!(
        apart(&facts, day(4), 1)
            .unwrap_err()
            .contains("close that round first")
    );
    facts.extend((0..5).map(|n| answered(n, Beside)));
    let entries = journal(facts.clone());
    let release = rounds(&entries)[0].release(day(4)).unwrap();
    let mut nothing = facts.clone();
    nothing.push(closed(day(4), None));
    assert_eq!(apart(&nothing, day(5), 1), Ok(()));
    facts.push(closed(day(4), release));
    let refused = apart(&facts, day(5), 1).unwrap_err();
    assert!(refused.contains("from 2026-08-02 on"), "{refused}");
    assert_eq!(apart(&facts, jiff::civil::date(2026, 8, 2), 1), Ok(()));
}

/// The values that each answer can have.
type Could = BTreeMap<NextTime, BTreeSet<u32>>;

/// For so many people: of everything that the rule itself can tell of one skill, what each answer of it can be.
fn by_told(people: u32, threshold: u32) -> &'static BTreeMap<BTreeMap<NextTime, u32>, Could> {
    type Known = BTreeMap<(u32, u32), &'static BTreeMap<BTreeMap<NextTime, u32>, Could>>;
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap();
    known.entry((people, threshold)).or_insert_with(|| {
        let mut found = BTreeMap::<_, Could>::new();
        for i in 0..=people {
            for j in 0..=people - i {
                for k in 0..=people - i - j {
                    let row = [i, j, k, people - i - j - k];
                    let could = found
                        .entry(told(&[row], threshold).of.remove(0).counts)
                        .or_default();
                    for (answer, count) in NextTime::ALL.into_iter().zip(row) {
                        could.entry(answer).or_default().insert(count);
                    }
                }
            }
        }
        Box::leak(Box::new(found))
    })
}

/// Every value that each answer of each skill can have, for somebody who knows the release and the rule: among all
/// tables whose own release is the one told.
fn possible(told: &Aggregate, threshold: u32) -> Vec<Could> {
    let texts = u32::try_from(told.strengths.len().max(told.changes.len())).unwrap();
    let mut found = vec![Could::new(); told.of.len()];
    // More people than this make nothing possible under the threshold that is not possible with fewer.
    for people in threshold.max(texts)..=texts.max(4 * threshold) {
        let of_skill: Option<Vec<&Could>> = told
            .of
            .iter()
            .map(|of| by_told(people, threshold).get(&of.counts))
            .collect();
        // Everybody answered about every skill: what is possible for one only is possible for none.
        for (found, could) in found.iter_mut().zip(of_skill.unwrap_or_default()) {
            for (answer, values) in could {
                found.entry(*answer).or_default().extend(values);
            }
        }
    }
    found
}

fn answers_of(people: usize, skills: usize) -> impl Strategy<Value = Vec<PeerAnswered>> {
    // Some groups are of one mind, so that large counts come up as well as small ones.
    let one = prop_oneof![
        6 => Just(Unsupervised),
        3 => Just(Beside),
        2 => Just(NotYet),
        1 => Just(CannotSay)
    ];
    let person = (
        prop::collection::vec(one, skills),
        any::<bool>(),
        prop::option::of("[a-z]{1,6}"),
        prop::option::of("[a-z]{1,6}"),
    );
    prop::collection::vec(person, people).prop_map(|people| {
        people
            .into_iter()
            .enumerate()
            .map(|(n, (says, words_shown, strengths, change))| PeerAnswered {
                strengths: strengths.unwrap_or_default(),
                change: change.unwrap_or_default(),
                words_shown,
                ..answer(n as u128, &says)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn no_count_under_the_threshold_can_be_worked_out(
        (threshold, answers) in (3_u32..=5, 1_usize..=3, 0_usize..=9).prop_flat_map(|(threshold, skills, more)| {
            (Just(threshold), answers_of(threshold as usize + more, skills))
        })
    ) {
        let skills = answers[0].says.len();
        let by_ref: Vec<&PeerAnswered> = answers.iter().collect();
        let told = released(&by_ref, &about(skills), threshold).unwrap();
        for texts in [&told.strengths, &told.changes] {
            prop_assert!(texts.is_empty() || texts.len() >= threshold as usize);
        }
        let possible = possible(&told, threshold);
        for (at, of) in told.of.iter().enumerate() {
            prop_assert!(of.counts.values().all(|count| *count == threshold));
            for answer in NextTime::ALL {
                if of.counts.contains_key(&answer) {
                    let truly = answers.iter().filter(|a| a.says[at].next_time == answer).count();
                    prop_assert!(truly >= threshold as usize);
                    continue;
                }
                // For all anybody knows it may be zero, and as large as a count that is not told can be.
                let could = &possible[at][&answer];
                for value in 0..threshold {
                    prop_assert!(could.contains(&value), "{:?} of {:?}: {:?}", answer, told, could);
                }
            }
        }
    }

    /// The same, where counts are chosen to meet: large groups, so that sums are told as often as can be.
    #[test]
    fn nor_by_setting_large_groups_against_each_other(
        rows in (9_u32..=26, 2_usize..=3).prop_flat_map(|(people, skills)| {
            let row = (0..=people, 0..=people, 0..=people).prop_map(move |(a, b, c)| {
                let mut cuts = [a, b, c];
                cuts.sort_unstable();
                [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], people - cuts[2]]
            });
            prop::collection::vec(row, skills)
        })
    ) {
        let told = told(&rows, 3);
        let possible = possible(&told, 3);
        for (of, could) in told.of.iter().zip(&possible) {
            for answer in NextTime::ALL.into_iter().filter(|a| !of.counts.contains_key(a)) {
                prop_assert!((0..3).all(|value| could[&answer].contains(&value)), "{:?}: {:?}", told, could);
            }
        }
    }
}
