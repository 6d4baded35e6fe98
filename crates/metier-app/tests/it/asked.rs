//! What adverts ask for, against what a person marked by reading them. The words of the starter of content marketing
//! were tuned on its adverts; those of software engineering were written once, and its adverts were never tuned on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use metier_app::{AdvertSaid, AimChoice, AsOf, MarketSeen, Metier, find_framework};
use metier_core::market::{AdvertEnd, Market};
use metier_core::person::ProfessionStatus;

use crate::surroundings;

const MARKETING: &str = include_str!("../../src/demo/adverts.txt");
const MARKETING_MARKS: &str = include_str!("adverts/content-marketing.marks");
const SOFTWARE: &str = include_str!("adverts/software-engineering.txt");
const SOFTWARE_MARKS: &str = include_str!("adverts/software-engineering.marks");

fn adverts(text: &str) -> Vec<AdvertSaid> {
    text.split("=== ")
        .filter_map(|part| {
            let (head, text) = part.split_once('\n')?;
            let mut head = head.split(" | ");
            let mut next = || head.next().unwrap_or_default().to_owned();
            Some(AdvertSaid {
                title: next(),
                employer: next(),
                place: next(),
                text: text.to_owned(),
                ..AdvertSaid::default()
            })
        })
        .collect()
}

fn marks(text: &str) -> Vec<BTreeSet<&str>> {
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| Some(l.split_once(": ")?.1.split(' ').collect()))
        .collect()
}

async fn home(family: &str) -> (tempfile::TempDir, Metier) {
    home_as(family, family).await
}

/// A home with a starter under another name: what adverts call its competencies is not known then.
async fn home_as(family: &str, name: &str) -> (tempfile::TempDir, Metier) {
    let home = tempfile::tempdir().unwrap();
    let metier = Metier::open_or_start(home.path(), surroundings(), "Ada")
        .await
        .unwrap();
    let framework = find_framework(None, family).unwrap();
    let framework = metier_core::framework::Framework {
        family: name.parse().unwrap(),
        ..framework
    };
    metier
        .begin(framework, ProfessionStatus::Held, AimChoice::default())
        .await
        .unwrap();
    (home, metier)
}

async fn seen(metier: &Metier) -> MarketSeen {
    let sight = metier.sight(AsOf::default()).await.unwrap();
    sight.market(&Market::in_journal(&sight.entries), None)
}

/// Right, wrong and missed, over all and by competency.
type Score = (usize, usize, usize);

async fn score(family: &str, name: &str, text: &str, by_hand: &str) -> (Score, BTreeMap<String, Score>) {
    let (_home, metier) = home_as(family, name).await;
    for advert in adverts(text) {
        metier.save_advert(advert).await.unwrap();
    }
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let market = Market::in_journal(&sight.entries);
    let seen = sight.market(&market, None);
    let by_hand = marks(by_hand);
    assert_eq!((seen.adverts, by_hand.len()), (12, 12));
    let mut by: BTreeMap<String, Score> = BTreeMap::new();
    for (place, advert) in market.adverts.iter().enumerate() {
        let found: BTreeSet<&str> = seen
            .asked
            .iter()
            .filter(|a| a.sentences.iter().any(|s| s.advert == advert.id))
            .map(|a| a.competency.as_str())
            .collect();
        for id in found.union(&by_hand[place]) {
            let one = by.entry((*id).to_owned()).or_default();
            match (found.contains(id), by_hand[place].contains(id)) {
                (true, true) => one.0 += 1,
                (true, false) => {
                    one.1 += 1;
                    let asked = seen.asked.iter().find(|a| a.competency.as_str() == *id).unwrap();
                    let s = asked.sentences.iter().find(|s| s.advert == advert.id).unwrap();
                    println!("wrong  {:2} {id}: {} {:?}", place + 1, s.sentence, s.by);
                }
                _ => {
                    one.2 += 1;
                    println!("missed {:2} {id}", place + 1);
                }
            }
        }
    }
    let all = by
        .values()
        .fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
    for (id, one) in &by {
        println!("{id:36} right {} wrong {} missed {}", one.0, one.1, one.2);
    }
    let (right, wrong, missed) = (all.0 as f64, all.1 as f64, all.2 as f64);
    println!(
        "{family}: precision {:.3} recall {:.3} of {}",
        right / (right + wrong),
        right / (right + missed),
        right + missed
    );
    (all, by)
}

fn useful((right, wrong, missed): Score) {
    assert!(
        right * 5 >= (right + wrong) * 4,
        "precision under .8: {right} right, {wrong} wrong"
    );
    assert!(
        right * 5 >= (right + missed) * 3,
        "recall under .6: {right} right, {missed} missed"
    );
}

#[tokio::test]
async fn adverts_that_words_were_tuned_on_are_read_as_a_person_reads_them() {
    useful(
        score(
            "content-marketing",
            "content-marketing",
            MARKETING,
            MARKETING_MARKS,
        )
        .await
        .0,
    );
}

#[tokio::test]
async fn adverts_nobody_tuned_on_are_read_with_few_errors() {
    useful(
        score(
            "software-engineering",
            "software-engineering",
            SOFTWARE,
            SOFTWARE_MARKS,
        )
        .await
        .0,
    );
}

#[tokio::test]
async fn by_names_alone_little_is_found_and_little_of_it_is_wrong() {
    let (right, wrong, _) = score("software-engineering", "our-own", SOFTWARE, SOFTWARE_MARKS)
        .await
        .0;
    assert!(right > 0 && right >= wrong * 2, "{right} right, {wrong} wrong");
}

#[tokio::test]
async fn twelve_pasted_adverts_on_a_fresh_home_give_n_of_12_with_their_sentences() {
    let (home, metier) = home("content-marketing").await;
    for advert in adverts(MARKETING) {
        assert_eq!(metier.save_advert(advert).await.unwrap().like, None);
    }
    let seen = seen(&metier).await;
    assert_eq!((seen.adverts, seen.with_proof), (12, 0));
    let first = &seen.asked[0];
    assert!(
        first.adverts >= 5 && first.sentences.len() >= first.adverts,
        "{first:?}"
    );
    for one in seen.asked.iter().flat_map(|a| &a.sentences) {
        assert!(MARKETING.contains(&one.sentence), "{}", one.sentence);
        assert!(
            one.words.iter().all(|w| one.sentence.get(w.clone()).is_some()),
            "{one:?}"
        );
    }
    let names: Vec<(&str, usize)> = seen.names.iter().map(|n| (n.name.as_str(), n.adverts)).collect();
    println!("{names:?}");
    for name in ["HubSpot", "WordPress"] {
        assert!(
            names.iter().any(|(n, of)| *n == name && *of >= 2),
            "{name}: {names:?}"
        );
    }
    let files: Vec<String> = std::fs::read_dir(home.path())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        !Path::new(home.path()).join("catalogue.bin").exists(),
        "{files:?}"
    );
}

#[tokio::test]
async fn what_a_person_puts_right_counts_and_can_be_taken_back() {
    let (_home, metier) = home("content-marketing").await;
    let text = "What you do\n\n- Write case studies\n- Sing to the tomatoes every day\n";
    let said = AdvertSaid {
        title: "Gardener".into(),
        text: text.into(),
        ..AdvertSaid::default()
    };
    let saved = metier.save_advert(said.clone()).await.unwrap();
    let again = metier
        .save_advert(AdvertSaid {
            title: String::new(),
            ..said
        })
        .await
        .unwrap();
    assert_eq!(again.like, Some((saved.id, "Gardener".into())));
    assert_eq!(again.title, "What you do");
    metier.close_advert(again.id, AdvertEnd::NotForMe).await.unwrap();

    let story = "write-a-customer-story".parse().unwrap();
    let calm = "interview-an-expert".parse().unwrap();
    assert_eq!(seen(&metier).await.of(&story).unwrap().adverts, 1);
    let refused = metier
        .rule_asked(saved.id, &story, "Nothing that stands there", false)
        .await
        .unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("sentence"));
    metier
        .rule_asked(saved.id, &story, "- Write case studies", false)
        .await
        .unwrap();
    let called = metier.also_called(&calm, "sing to the tomatoes").await.unwrap();
    let now = seen(&metier).await;
    assert_eq!((now.adverts, now.put_away), (1, 1));
    assert!(now.of(&story).is_none());
    assert_eq!(
        now.of(&calm).unwrap().sentences[0].sentence,
        "Sing to the tomatoes every day"
    );
    metier
        .rule_asked(saved.id, &story, "- Write case studies", true)
        .await
        .unwrap();
    metier.withdraw(called, "").await.unwrap();
    let last = seen(&metier).await;
    assert!(last.of(&story).is_some() && last.of(&calm).is_none());

    metier.reopen_advert(again.id).await.unwrap();
    assert_eq!(seen(&metier).await.adverts, 2);
    let sight = metier.sight(AsOf::default()).await.unwrap();
    let market = Market::in_journal(&sight.entries);
    assert_eq!(market.last_looked(), Some(sight.standing.at));
    assert!(sight.entries.iter().all(|e| e.link.recorded_at <= Timestamp::MAX));
}

#[tokio::test]
async fn what_is_no_advert_is_refused_and_nothing_is_kept() {
    let (_home, metier) = home("content-marketing").await;
    for (said, field) in [
        (
            AdvertSaid {
                text: " \n".into(),
                ..AdvertSaid::default()
            },
            "text",
        ),
        (
            AdvertSaid {
                text: "x".repeat((1 << 20) + 1),
                ..AdvertSaid::default()
            },
            "text",
        ),
        (
            AdvertSaid {
                text: "Write.".into(),
                link: "javascript:x".into(),
                ..AdvertSaid::default()
            },
            "link",
        ),
        (
            AdvertSaid {
                text: "Write.".into(),
                posted: Some("2999-01-01".parse().unwrap()),
                ..AdvertSaid::default()
            },
            "posted",
        ),
    ] {
        let error = metier.save_advert(said).await.unwrap_err();
        assert_eq!(error.field.as_deref(), Some(field), "{error}");
    }
    assert!(metier_app::advert_text(b"PK\0\x03").is_err());
    assert_eq!(
        metier_app::advert_text("\u{feff}a\r\nb".as_bytes()).unwrap(),
        "a\nb"
    );
    assert_eq!(metier_app::advert_text(b"caf\xe9").unwrap(), "café");
    assert_eq!(seen(&metier).await.adverts, 0);
}
