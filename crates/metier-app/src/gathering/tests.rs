use jiff::ToSpan;
use metier_core::feedback::{Channel, NextTime};
use metier_core::gathering::{AskLetter, GatheringFact, GatheringLetter, PeerAnswered, PeerSays, Release};
use metier_core::id::EntryId;
use metier_core::journal::Fact;
use metier_core::person::ProfessionStatus;
use metier_core::rating::Role;

use super::*;
use crate::{AimChoice, find_framework};

const COMPETENCY: &str = "publish-an-article";

async fn home(name: &str) -> (tempfile::TempDir, Metier) {
    let home = tempfile::tempdir().unwrap();
    let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), name)
        .await
        .unwrap();
    (home, metier)
}

async fn ada() -> (tempfile::TempDir, Metier) {
    let (home, metier) = home("Ada").await;
    let framework = find_framework(None, "content-marketing").unwrap();
    metier
        .begin(framework, ProfessionStatus::Held, AimChoice::default())
        .await
        .unwrap();
    (home, metier)
}

fn ask(metier: &Metier) -> AskPeers {
    AskPeers {
        by: "Bo".into(),
        competencies: vec![COMPETENCY.into()],
        not_among: vec!["Edith".into()],
        until: metier.surroundings().today() + 7.days(),
        note: "You sat beside me.".into(),
    }
}

async fn letter(ada: &Metier) -> AskLetter {
    let id = ada.ask_peers(ask(ada)).await.unwrap();
    let text = gathering_text(&ada.peers_letter(id).await.unwrap()).unwrap();
    let GatheringLetter::Ask(letter) = read_gathering("ask.txt", text.as_bytes()).unwrap() else {
        panic!("a question");
    };
    *letter
}

fn peers(n: usize) -> Vec<(String, Role)> {
    (1..=n).map(|n| (format!("Peer {n}"), Role::Peer)).collect()
}

fn says(peer: EntryId, next_time: NextTime) -> PeerAnswered {
    PeerAnswered {
        invited: peer,
        channel: Channel::Link,
        says: vec![PeerSays {
            competency: COMPETENCY.parse().unwrap(),
            next_time,
        }],
        strengths: "Says what is missing".into(),
        change: String::new(),
        words_shown: true,
    }
}

async fn answer(bo: &Metier, asked: &AskedPeer, next_time: NextTime) -> Result<bool, AppError> {
    bo.keep_unnamed(asked.link.link.invitation.answer, says(asked.peer.id, next_time))
        .await
}

async fn close(bo: &Metier, round: EntryId) -> Closing {
    let seen = round_stands_as(&bo.round(round).await.unwrap());
    bo.close_round(round, &seen).await.unwrap()
}

fn through_a_file(release: Release) -> Release {
    let text = gathering_text(&GatheringLetter::Release(Box::new(release))).unwrap();
    match read_gathering("release.txt", text.as_bytes()).unwrap() {
        GatheringLetter::Release(release) => *release,
        GatheringLetter::Ask(_) => panic!("a release"),
    }
}

#[tokio::test]
async fn what_peers_say_is_gathered_elsewhere_released_once_and_bears_on_no_step() {
    let (_a, ada) = ada().await;
    let (_b, bo) = home("Bo").await;
    let letter = letter(&ada).await;
    let round = bo.gather(&letter, None).await.unwrap();
    assert!(round.new);
    assert!(!bo.gather(&letter, None).await.unwrap().new);
    let refused = bo.ask_for_round(round.round, &peers(4)).await.unwrap_err();
    assert!(refused.message.contains("name at least 5"), "{refused}");
    let mut named = peers(5);
    named.push(("Edith".into(), Role::Peer));
    let refused = bo.ask_for_round(round.round, &named).await.unwrap_err();
    assert!(refused.message.contains("they lead Ada"), "{refused}");
    let asked = bo.ask_for_round(round.round, &peers(6)).await.unwrap();

    for (n, peer) in asked.iter().take(5).enumerate() {
        assert!(bo.round(round.round).await.unwrap().would_tell().is_err(), "{n}");
        assert!(answer(&bo, peer, NextTime::Unsupervised).await.unwrap());
        assert!(!answer(&bo, peer, NextTime::NotYet).await.unwrap(), "sent twice");
    }
    let closing = close(&bo, round.round).await;
    assert_eq!((closing.answered, closing.threshold, closing.new), (5, 5, true));
    // Whoever comes later finds it closed, and what was released stays the same to the byte.
    let late = answer(&bo, &asked[5], NextTime::NotYet).await.unwrap_err();
    assert!(late.message.contains("was closed on"), "{late}");
    assert!(
        bo.ask_for_round(round.round, &[("Mo".into(), Role::Peer)])
            .await
            .is_err()
    );
    let again = close(&bo, round.round).await;
    assert_eq!(
        (again.release.clone(), again.new),
        (closing.release.clone(), false)
    );

    let release = through_a_file(closing.release.unwrap());
    assert_eq!(release.told.of[0].counts, [(NextTime::Unsupervised, 5)].into());
    assert_eq!(release.told.strengths.len(), 5);
    let standing = ada
        .sight(crate::AsOf::default())
        .await
        .unwrap()
        .standing
        .competencies;
    ada.take_release(&release).await.unwrap();
    let after = ada
        .sight(crate::AsOf::default())
        .await
        .unwrap()
        .standing
        .competencies;
    assert!(after == standing, "it bears on no step");
    let replayed = ada.take_release(&release).await.unwrap_err();
    assert!(replayed.message.contains("came already"), "{replayed}");
    let foreign = bo.take_release(&release).await.unwrap_err();
    assert!(foreign.message.contains("gathered for Ada"), "{foreign}");
    // Of the answers themselves nothing is in her journal: no name, no answer of one.
    let entries = ada.whole().await.unwrap().entries;
    let text: Vec<String> = entries
        .iter()
        .filter(|e| matches!(e.payload.fact, Fact::Gathering(_)))
        .map(|e| serde_json::to_string(&e.payload).unwrap())
        .collect();
    assert_eq!(text.len(), 2);
    assert!(!text.concat().contains("Peer"), "{text:?}");

    // Neither the closing nor the round can be made unsaid.
    let entries = bo.whole().await.unwrap().entries;
    for entry in entries.iter() {
        let id = entry.link.id;
        let Fact::Gathering(said) = &entry.payload.fact else {
            continue;
        };
        if matches!(**said, GatheringFact::Closed(_) | GatheringFact::Collecting(_)) {
            let again = bo.correct(id, bo.surroundings().today(), entry.payload.fact.clone());
            for refused in [
                bo.withdraw(id, "").await.map(drop),
                again.await.map(drop),
                bo.erase(id, "").await,
            ] {
                assert!(refused.unwrap_err().message.contains("a round is released once"));
            }
        }
    }

    let near = ada.ask_peers(ask(&ada)).await.unwrap_err();
    assert!(near.message.contains("set against each other"), "{near}");
    // Recorded all the same, it is refused by who gathers it.
    let asked = ada.asks_of_peers().await.unwrap().remove(0).asked;
    let next = ada.writing(GatheringFact::Asked(asked).fact());
    let next = ada.record(vec![next]).await.unwrap()[0];
    let GatheringLetter::Ask(next) = ada.peers_letter(next).await.unwrap() else {
        panic!("a question")
    };
    let near = bo.gather(&next, None).await.unwrap_err();
    assert!(near.message.contains("set against each other"), "{near}");
}

#[tokio::test]
async fn with_too_few_answers_a_round_closes_and_nothing_is_released() {
    let (_a, ada) = ada().await;
    let (_b, bo) = home("Bo").await;
    let round = bo.gather(&letter(&ada).await, None).await.unwrap().round;
    let asked = bo.ask_for_round(round, &peers(6)).await.unwrap();
    let early = round_stands_as(&bo.round(round).await.unwrap());
    for peer in asked.iter().take(4) {
        answer(&bo, peer, NextTime::Unsupervised).await.unwrap();
    }
    let stale = bo.close_round(round, &early).await.unwrap_err();
    assert!(stale.message.contains("somebody has answered since"), "{stale}");
    assert!(bo.round(round).await.unwrap().closed.is_none());
    let seen = bo.round(round).await.unwrap();
    assert_eq!(
        crate::words::round_so_far(&seen),
        "4 of 6 answered; nothing can be released under 5."
    );
    let closing = close(&bo, round).await;
    assert_eq!((closing.release, closing.answered), (None, 4));
    // Nothing was told, so nothing can be set against the next round.
    let again = ada.ask_peers(ask(&ada)).await.unwrap_err();
    assert!(again.message.contains("Bo gathers what peers say"), "{again}");
    let first = ada.asks_of_peers().await.unwrap()[0].id;
    ada.withdraw_peers(first, "").await.unwrap();
    assert!(bo.gather(&letter(&ada).await, None).await.unwrap().new);
}

#[tokio::test]
async fn only_who_is_asked_gathers_and_never_the_person() {
    let (_a, ada) = ada().await;
    let (_e, eve) = home("Eve").await;
    let letter = letter(&ada).await;
    let own = ada.gather(&letter, None).await.unwrap_err();
    assert!(own.message.contains("you ask this yourself"), "{own}");
    let other = eve.gather(&letter, None).await.unwrap_err();
    assert!(other.hints.iter().any(|h| h.contains("--as \"Bo\"")), "{other:?}");
    assert!(eve.gather(&letter, Some("bo")).await.unwrap().new);
    for (by, because) in [
        ("Ada", "somebody else than yourself"),
        ("Edith", "does not decide about you"),
    ] {
        let wrong = ada
            .ask_peers(AskPeers {
                by: by.into(),
                ..ask(&ada)
            })
            .await
            .unwrap_err();
        assert!(wrong.message.contains(because), "{wrong}");
    }
    let too_many = AskPeers {
        competencies: Vec::new(),
        ..ask(&ada)
    };
    assert!(
        ada.ask_peers(too_many)
            .await
            .unwrap_err()
            .message
            .contains("at least one")
    );
}

#[tokio::test]
async fn a_form_of_a_peer_counts_once_and_what_is_wrong_with_it_is_said() {
    let (_a, ada) = ada().await;
    let (_b, bo) = home("Bo").await;
    let round = bo.gather(&letter(&ada).await, None).await.unwrap().round;
    let asked = bo.ask_for_round(round, &peers(5)).await.unwrap();
    let form = bo
        .peer_form(asked[0].peer.id, &asked[0].link.token)
        .await
        .unwrap()
        .text;
    for said in [
        "can read each",
        "not to Ada",
        "You sat beside me.",
        "Write yes or no",
    ] {
        let even: Vec<&str> = form.split_whitespace().filter(|w| *w != "|").collect();
        assert!(even.join(" ").contains(said), "{said}: {form}");
    }
    let place = format!("== [next:{COMPETENCY}]\n");
    let fill = |next: &str, show: &str| {
        form.replace(&place, &format!("{place}{next}\n"))
            .replace("== [show]\n", &format!("== [show]\n{show}\n"))
            .replace("== [change]\n", "== [change]\nShow it earlier\n")
    };
    for (text, because) in [
        (form.clone(), "nothing is written for next:"),
        (fill("perhaps", ""), "“perhaps” is written"),
        (fill("yes", "perhaps"), "“perhaps” is written for show"),
        (
            fill("yes", "").replace("[name]\nPeer 1", "[name]\nEve"),
            "Eve answered",
        ),
        (fill("yes", "").replace("| First,", "| At first,"), "was altered"),
    ] {
        let error = bo.read_peer_form(text.as_bytes()).await.unwrap_err();
        assert!(error.message.contains(because), "{because}: {error}");
    }
    let sound = fill("with somebody beside them", "Yes, gladly");
    assert_eq!(bo.read_peer_form(sound.as_bytes()).await.unwrap(), (round, true));
    assert_eq!(bo.read_peer_form(sound.as_bytes()).await.unwrap(), (round, false));
    let kept = bo.round(round).await.unwrap().peers[0].answer.clone().unwrap();
    assert_eq!(
        (kept.says[0].next_time, kept.words_shown),
        (NextTime::Beside, true)
    );
    assert_eq!(
        (kept.change.as_str(), kept.channel),
        ("Show it earlier", Channel::File)
    );
    let elsewhere = ada.read_peer_form(sound.as_bytes()).await.unwrap_err();
    assert!(
        elsewhere.message.contains("no round that is gathered here"),
        "{elsewhere}"
    );
    let named = bo
        .read_feedback_file(sound.as_bytes(), &crate::Lenient::default())
        .await
        .unwrap_err();
    assert!(named.hints.iter().any(|h| h.contains("gather read")), "{named:?}");
}
