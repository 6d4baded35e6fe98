//! What mastery is, written and changed; aimed at; and none of it in what others see.

use metier_core::mastery::{Behaviour, CriteriaQuestion, Mastery, Weighs};
use metier_core::person::{OwnAim, ProfessionStatus};
use metier_core::target::TargetOf;
use tempfile::TempDir;

use crate::{
    AimChoice, AppError, AsOf, CheckSaid, CriteriaSaid, Define, ExemplarHead, Kind, LogEvidence, Metier,
    PacketAsked, Seen, ThingSaid, definition_wordings, evidence, find_framework, happening_of, prefilled,
};

/// Words that stand nowhere but in what is private here.
const SECRET: [&str; 6] = [
    "Zanzibar-statement",
    "Zanzibar-thing",
    "Zanzibar-judge",
    "Zanzibar-name",
    "Zanzibar-did",
    "Zanzibar-accomplished",
];

async fn metier() -> (TempDir, Metier) {
    let home = tempfile::tempdir().unwrap();
    let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
        .await
        .unwrap();
    let framework = find_framework(None, "content-marketing").unwrap();
    metier
        .begin(framework, ProfessionStatus::Held, AimChoice::default())
        .await
        .unwrap();
    (home, metier)
}

fn saying(statement: &str, because: &str) -> Define {
    Define {
        statement: statement.into(),
        because: because.into(),
        ..Define::default()
    }
}

/// The definition as it stands, by what `look` takes of it.
async fn stands<T>(metier: &Metier, look: impl Fn(&Mastery<'_>) -> T) -> T {
    let (entries, life) = metier.read().await.unwrap();
    let view = metier_core::journal::view(&entries, jiff::Timestamp::MAX);
    look(&Mastery::of(&view, &life.needed().unwrap().framework.family))
}

fn kind<T: std::fmt::Debug>(done: Result<T, AppError>) -> Kind {
    done.unwrap_err().kind
}

#[tokio::test]
async fn a_change_asks_why_and_keeps_what_was_written() {
    let (_home, metier) = metier().await;
    assert_eq!(kind(metier.define(saying(" ", "")).await), Kind::Input);
    let id = metier.define(saying("One", "")).await.unwrap();
    metier.define(saying("One", "")).await.unwrap();
    assert_eq!(kind(metier.define(saying("Two", "")).await), Kind::Input);
    metier.define(saying("Two", "I saw more")).await.unwrap();
    let (entries, _) = metier.read().await.unwrap();
    let all = definition_wordings(&entries, id);
    let told: Vec<_> = all
        .iter()
        .map(|w| (w.what.statement.as_str(), w.what.because.as_str()))
        .collect();
    assert_eq!(told, [("One", ""), ("Two", "I saw more")]);
}

#[tokio::test]
async fn a_significant_thing_is_added_met_reworded_and_taken_out() {
    let (_home, metier) = metier().await;
    let add = || ThingSaid::Add("A book".into(), "Editors".into());
    assert_eq!(kind(metier.significant(add()).await), Kind::NotReady);
    metier.define(saying("One", "")).await.unwrap();
    let first = metier.significant(add()).await.unwrap();
    let second = metier.significant(add()).await.unwrap();
    assert_eq!((first.as_str(), second.as_str()), ("a-book", "a-book-2"));
    let today = metier.surroundings().today();
    let happening = happening_of(metier_core::framework::EvidenceKind::Accomplishment);
    let proof = metier
        .log(LogEvidence {
            on: today,
            evidence: evidence("The book is out", happening),
            claims: Vec::new(),
            files: Vec::new(),
        })
        .await
        .unwrap();
    metier
        .significant(ThingSaid::Met(first.clone(), proof))
        .await
        .unwrap();
    let definition = stands(&metier, |m| m.definition().unwrap().id).await;
    assert_eq!(
        kind(
            metier
                .significant(ThingSaid::Met(first.clone(), definition))
                .await
        ),
        Kind::NotFound,
        "a definition is nothing one did"
    );
    let reword = |why: &str| ThingSaid::Reword(second.clone(), "A film".into(), String::new(), why.into());
    assert_eq!(kind(metier.significant(reword("")).await), Kind::Input);
    metier.significant(reword("Nobody reads")).await.unwrap();
    let aim = AimChoice {
        own: Some(OwnAim::Definition(definition)),
        ..AimChoice::default()
    };
    metier.aim(None, aim).await.unwrap();
    let open = metier.sight(AsOf::default()).await.unwrap().gap().things;
    assert_eq!(
        open.iter().map(|t| t.what.as_str()).collect::<Vec<_>>(),
        ["A film"],
        "exactly these items"
    );
    metier
        .significant(ThingSaid::Remove(second, "Not mine".into()))
        .await
        .unwrap();
    metier.significant(ThingSaid::NotMet(first, proof)).await.unwrap();
    let open = metier.sight(AsOf::default()).await.unwrap().gap().things;
    assert_eq!(
        open.iter().map(|t| t.what.as_str()).collect::<Vec<_>>(),
        ["A book"]
    );
}

#[tokio::test]
async fn what_a_master_was_seen_to_do_is_added_row_by_row_and_loses_nothing() {
    let (_home, metier) = metier().await;
    let head = |name: &str| ExemplarHead {
        name: name.into(),
        ..ExemplarHead::default()
    };
    assert_eq!(kind(metier.look_up_to(None, head(" ")).await), Kind::Input);
    let rosa = metier.look_up_to(None, head("Rosa")).await.unwrap();
    let did = |what: &str| Behaviour {
        what: what.into(),
        daily: Some(true),
        competency: None,
        rung: None,
    };
    metier
        .seen_of(rosa, Seen::Accomplished("A desk".into()))
        .await
        .unwrap();
    // Who they are said anew, beside a row added in another window.
    metier
        .seen_of(rosa, Seen::Did("A desk".into(), did("Reads")))
        .await
        .unwrap();
    metier.look_up_to(Some(rosa), head("Rosa Lindt")).await.unwrap();
    metier
        .seen_of(rosa, Seen::Did("A desk".into(), did("Asks")))
        .await
        .unwrap();
    let reworded = Seen::Reworded("A desk".into(), "Reads".into(), did("Reads aloud"));
    metier.seen_of(rosa, reworded).await.unwrap();
    let unknown = Behaviour {
        competency: Some("no-such".parse().unwrap()),
        ..did("Flies")
    };
    assert_eq!(
        kind(metier.seen_of(rosa, Seen::Did("A desk".into(), unknown)).await),
        Kind::Input
    );
    assert_eq!(
        kind(metier.seen_of(rosa, Seen::Did("Gone".into(), did("x"))).await),
        Kind::NotFound
    );
    let told = stands(&metier, |m| {
        let e = m.exemplars[0].what;
        let did = e.accomplished[0].behaviours.iter().map(|b| b.what.clone());
        (e.name.clone(), did.collect::<Vec<_>>())
    })
    .await;
    assert_eq!(
        told,
        (
            "Rosa Lindt".to_owned(),
            vec!["Reads aloud".to_owned(), "Asks".to_owned()]
        )
    );
    metier
        .seen_of(rosa, Seen::DidNot("A desk".into(), "Asks".into()))
        .await
        .unwrap();
    metier
        .seen_of(rosa, Seen::NotAccomplished("A desk".into()))
        .await
        .unwrap();
    assert!(stands(&metier, |m| m.exemplars[0].what.accomplished.is_empty()).await);
}

#[tokio::test]
async fn only_what_changed_of_the_six_is_answered_anew() {
    let (_home, metier) = metier().await;
    let said = |answer, reason: &str| {
        vec![CriteriaSaid {
            question: CriteriaQuestion::Speaks,
            answer,
            reason: reason.into(),
        }]
    };
    assert_eq!(
        metier
            .answer_criteria(said(Weighs::Must, "They listen"))
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        metier
            .answer_criteria(said(Weighs::Must, "They listen "))
            .await
            .unwrap(),
        0
    );
    assert_eq!(
        kind(metier.answer_criteria(said(Weighs::InWords, "")).await),
        Kind::Input
    );
    assert_eq!(metier.answer_criteria(said(Weighs::No, "")).await.unwrap(), 1);
    let answers = stands(&metier, |m| m.criteria_of(CriteriaQuestion::Speaks).count()).await;
    assert_eq!(answers, 2);
}

#[tokio::test]
async fn what_a_master_said_of_the_list_is_kept_with_the_version() {
    let (_home, metier) = metier().await;
    let said = |by: &str, confirmed: &str| CheckSaid {
        by: by.into(),
        confirmed: vec![confirmed.parse().unwrap()],
        added: vec![" ".into(), "Interviewing".into()],
        ..CheckSaid::default()
    };
    assert_eq!(
        kind(metier.reality_checked(said("Rosa", "no-such")).await),
        Kind::NotFound
    );
    assert_eq!(
        kind(metier.reality_checked(said("", "publish-an-article")).await),
        Kind::Input
    );
    metier
        .reality_checked(said("Rosa", "publish-an-article"))
        .await
        .unwrap();
    let framework = metier.life().await.unwrap().needed().unwrap().framework.clone();
    let told = stands(&metier, |m| {
        let reality = m.reality(&framework);
        (reality.masters, reality.added.len())
    })
    .await;
    assert_eq!(told, (1, 1), "an empty line is nothing missing");
}

#[tokio::test]
async fn a_new_version_keeps_ones_own_aim_and_what_is_gone_cannot_be_aimed_at() {
    let (_home, metier) = metier().await;
    let id = metier.define(saying("One", "")).await.unwrap();
    let own = |own| AimChoice {
        own: Some(own),
        ..AimChoice::default()
    };
    metier.aim(None, own(OwnAim::Definition(id))).await.unwrap();
    let mut framework = find_framework(None, "content-marketing").unwrap();
    framework.version = "another".into();
    framework.summary += " Again.";
    metier.publish_framework(framework).await.unwrap();
    metier.adopt_latest().await.unwrap();
    let sight = metier.sight(AsOf::default()).await.unwrap();
    assert_eq!(sight.target.map(|t| t.of), Some(TargetOf::Definition(id)));
    assert_eq!(sight.version.framework.version, "another");
    assert_eq!(
        kind(metier.aim(None, own(OwnAim::Exemplar(id))).await),
        Kind::NotFound
    );
    let both = AimChoice {
        level: Some("senior".parse().unwrap()),
        ..own(OwnAim::Definition(id))
    };
    assert_eq!(kind(metier.aim(None, both).await), Kind::Input);
}

#[tokio::test]
async fn no_word_of_ones_own_target_reaches_a_packet() {
    let (_home, metier) = metier().await;
    let framework = find_framework(None, "content-marketing").unwrap();
    let define = Define {
        statement: SECRET[0].into(),
        asks: prefilled(&framework, &"senior".parse().unwrap()),
        ..Define::default()
    };
    let definition = metier.define(define).await.unwrap();
    metier
        .significant(ThingSaid::Add(SECRET[1].into(), SECRET[2].into()))
        .await
        .unwrap();
    let head = ExemplarHead {
        name: SECRET[3].into(),
        ..ExemplarHead::default()
    };
    let exemplar = metier.look_up_to(None, head).await.unwrap();
    metier
        .seen_of(exemplar, Seen::Accomplished(SECRET[5].into()))
        .await
        .unwrap();
    let behaviour = Behaviour {
        what: SECRET[4].into(),
        daily: None,
        competency: Some(framework.competencies[0].id.clone()),
        rung: None,
    };
    metier
        .seen_of(exemplar, Seen::Did(SECRET[5].into(), behaviour))
        .await
        .unwrap();
    for own in [OwnAim::Definition(definition), OwnAim::Exemplar(exemplar)] {
        let choice = AimChoice {
            own: Some(own),
            ..AimChoice::default()
        };
        metier.aim(None, choice).await.unwrap();
        for reader in [None, Some("Edith".to_owned())] {
            let asked = PacketAsked {
                reader,
                ..PacketAsked::default()
            };
            let made = metier.packet(&asked).await.unwrap();
            let given = serde_json::to_string(&made.packet).unwrap() + &format!("{:?}", made.sheet());
            for secret in SECRET {
                assert!(!given.contains(secret), "{secret}: {given}");
            }
            assert!(given.contains("an own target"));
            assert!(!given.contains(&definition.to_string()) && !given.contains(&exemplar.to_string()));
        }
        let (_, sheet) = metier.review_sheet(None, None).await.unwrap();
        let own_eyes = format!("{sheet:?}");
        let secret = match own {
            OwnAim::Definition(_) => SECRET[1],
            OwnAim::Exemplar(_) => SECRET[3],
        };
        assert!(own_eyes.contains(secret), "{own_eyes}");
    }
}

#[tokio::test]
async fn no_word_of_the_series_the_names_and_the_letters_reaches_a_packet() {
    use metier_core::journal::Arrival;
    let (_home, metier) = metier().await;
    let senior = AimChoice {
        level: Some("senior".parse().unwrap()),
        ..AimChoice::default()
    };
    metier.aim(None, senior).await.unwrap();
    let until = metier.surroundings().today();
    let answer = metier.answer_series("profession", SECRET[0]).await.unwrap();
    let show = crate::ShowAnswers {
        answers: vec![answer],
        to: SECRET[3].into(),
        since: None,
        note: SECRET[1].into(),
    };
    let (shown, _) = metier.show_answers(show, until).await.unwrap();
    let comment = |arrival| crate::Commented {
        shown: Some(shown),
        by: SECRET[3].into(),
        comments: vec![(answer, SECRET[2].into())],
        question: SECRET[4].into(),
        arrival,
    };
    metier.commented(comment(Arrival::ByLink), None).await.unwrap();
    let (asked, _) = metier.ask_for_name(SECRET[3], SECRET[1], until).await.unwrap();
    let named = crate::NameSaid {
        name: SECRET[3].into(),
        why: SECRET[4].into(),
        by: SECRET[5].into(),
        asked: Some(asked),
        arrival: Arrival::ByLink,
    };
    metier.name_given(named, None).await.unwrap();
    let said = crate::OutreachSaid {
        to: SECRET[3].into(),
        channel: SECRET[1].into(),
        questions: vec![SECRET[2].into()],
        draft: SECRET[0].into(),
        ..crate::OutreachSaid::default()
    };
    let outreach = metier.reach_out(None, said).await.unwrap();
    metier
        .talked_to_master(outreach, until, SECRET[5], None)
        .await
        .unwrap();
    for reader in [None, Some("Edith".to_owned()), Some(SECRET[3].to_owned())] {
        let asked = PacketAsked {
            reader: reader.clone().filter(|r| r != SECRET[3]),
            ..PacketAsked::default()
        };
        let made = metier.packet(&asked).await.unwrap();
        let given = serde_json::to_string(&made.packet).unwrap() + &format!("{:?}", made.sheet());
        for secret in SECRET {
            assert!(!given.contains(secret), "{secret}: {given}");
        }
        let view = metier_core::disclosure::View::Packet;
        let with = reader.unwrap_or_else(|| "Mo".into());
        assert_eq!(
            kind(
                metier
                    .note_shown(&[answer, shown, outreach], &with, until, view)
                    .await
            ),
            Kind::Input,
            "there is nothing in it that others would see"
        );
    }
}

#[tokio::test]
async fn names_kept_out_are_out_of_what_a_coach_and_a_colleague_read() {
    let (_home, metier) = metier().await;
    let until = metier.surroundings().today();
    let keep = metier_core::disclosure::KeptOut {
        name: "Zebedee Quill".into(),
        whose: metier_core::disclosure::Whose::Client,
    };
    let fact = metier_core::journal::Fact::KeptOut(keep);
    metier.record(vec![metier.writing(fact)]).await.unwrap();
    let words = "I calmed Zebedee Quill";
    let answer = metier.answer_series("profession", words).await.unwrap();
    let show = |since| crate::ShowAnswers {
        answers: vec![answer],
        to: "Petra".into(),
        since,
        note: words.into(),
    };
    let (first, _) = metier.show_answers(show(None), until).await.unwrap();
    let (shown, _) = metier.show_answers(show(Some(first)), until).await.unwrap();
    let (asked, _) = metier.ask_for_name("Bo", words, until).await.unwrap();
    let read = format!(
        "{:?} {:?} {}",
        metier.showing(shown).await.unwrap(),
        metier.name_asked(asked).await.unwrap(),
        crate::words::showing_mail(&metier.showing(shown).await.unwrap(), "Ada")
    );
    assert!(
        !read.contains("Zebedee") && read.contains("I calmed [a client]"),
        "{read}"
    );
    let other = crate::ShowAnswers {
        to: "Quentin".into(),
        ..show(Some(first))
    };
    assert_eq!(
        kind(metier.show_answers(other, until).await.map(|(id, _)| id)),
        Kind::Input
    );
}
