use jiff::ToSpan;
use metier_core::feedback::Observed;
use metier_core::framework::{EvidenceKind, Frequency, Wording};
use metier_core::id::RungId;
use metier_core::invitation::LinkState;
use metier_core::journal::Arrival;
use metier_core::person::ProfessionStatus;
use metier_core::standing::Reason;

use super::*;
use crate::feedback_paper::Lenient;
use crate::{AimChoice, AsOf, LogEvidence, evidence, find_framework, happening_of};

const COMPETENCY: &str = "publish-an-article";

/// A home on content marketing where publishing is said to be done this often.
async fn started(often: Frequency) -> (tempfile::TempDir, Metier) {
    let home = tempfile::tempdir().unwrap();
    let metier = Metier::open_or_start(home.path(), crate::surroundings::fixed(), "Ada")
        .await
        .unwrap();
    let mut framework = find_framework(None, "content-marketing").unwrap();
    for competency in &mut framework.competencies {
        if competency.id.as_str() == COMPETENCY {
            competency.frequency = often;
            competency.criteria.clear();
            let wording = Wording {
                text: "The draft needs one round".into(),
                ..Wording::default()
            };
            competency
                .wording
                .insert(RungId::new("reliable").unwrap(), wording);
        }
    }
    metier
        .begin(framework, ProfessionStatus::Held, AimChoice::default())
        .await
        .unwrap();
    (home, metier)
}

fn ask(metier: &Metier, channel: Channel) -> AskFeedback {
    AskFeedback {
        to: "Bo".into(),
        role: Role::Peer,
        competencies: vec![COMPETENCY.into()],
        work: None,
        purpose: Purpose::Development,
        seen_by: Vec::new(),
        until: metier.surroundings().today() + 7.days(),
        channel,
        note: String::new(),
    }
}

fn given(request: EntryId, next_time: NextTime, step: Option<&str>) -> FeedbackGiven {
    FeedbackGiven {
        request: Some(request),
        by: "Bo".into(),
        role: Role::Peer,
        channel: Channel::Link,
        said: FeedbackSaid::Observed(Observed {
            saw: "Rewrote the lead twice".into(),
            of: vec![OfCompetency {
                competency: COMPETENCY.parse().unwrap(),
                next_time,
                step: step.map(|s| RungId::new(s).unwrap()),
            }],
            ..Observed::default()
        }),
    }
}

async fn book(metier: &Metier) -> FeedbackBook {
    let entries = metier.whole().await.unwrap().entries;
    FeedbackBook::of(&entries, metier.surroundings().today())
}

#[tokio::test]
async fn a_yes_confirms_the_step_that_asks_for_it_and_a_chosen_step_is_a_rating() {
    let cases = [
        (Frequency::NotCountable, NextTime::Unsupervised, None, 0, 1),
        (Frequency::NotCountable, NextTime::Beside, None, 0, 0),
        (Frequency::NotCountable, NextTime::NotYet, Some("follows"), 1, 0),
        (Frequency::Weekly, NextTime::Unsupervised, None, 0, 0),
        (Frequency::Weekly, NextTime::Unsupervised, Some("reliable"), 1, 0),
    ];
    for (often, next_time, step, ratings, confirmations) in cases {
        let (_home, metier) = started(often).await;
        let asked = metier.ask_feedback(ask(&metier, Channel::Link)).await.unwrap();
        let answer = metier.surroundings().entry_id();
        let answered = metier
            .take_feedback(answer, given(asked.id, next_time, step))
            .await
            .unwrap();
        assert_eq!(
            answered.beside.len(),
            ratings + confirmations,
            "{often:?} {next_time:?}"
        );
        let entries = metier.whole().await.unwrap().entries;
        let of = |id: &EntryId| &entries.iter().find(|e| e.link.id == *id).unwrap().payload;
        for payload in answered.beside.iter().map(of) {
            assert_eq!(
                (payload.purpose, &payload.audience),
                (Purpose::Development, &Audience::Private)
            );
            match &payload.fact {
                Fact::Rating(r) => assert_eq!((ratings, r.arrival), (1, Arrival::ByLink)),
                Fact::Confirmation(c) => {
                    assert_eq!((confirmations, c.arrival), (1, Arrival::ByLink));
                    let Confirmed::Step(step) = &c.of else { panic!() };
                    assert_eq!(step.rung.as_str(), "reliable");
                }
                other => panic!("{other:?}"),
            }
        }
        let again = metier
            .take_feedback(answer, given(asked.id, next_time, step))
            .await
            .unwrap();
        assert!(!again.new);
        assert_eq!(book(&metier).await.given.len(), 1);
    }
}

#[tokio::test]
async fn another_answer_than_yes_stands_beside_the_step_until_the_same_person_says_yes() {
    let (_home, metier) = started(Frequency::NotCountable).await;
    metier
        .rate(COMPETENCY, Some("follows"), Role::Oneself, "", "")
        .await
        .unwrap();
    let withheld = async || {
        let told = metier.sight(AsOf::default()).await.unwrap();
        let competency = told.standing.competency(&COMPETENCY.parse().unwrap()).unwrap();
        let reasons = competency
            .rungs
            .iter()
            .flat_map(|r| r.reasons.iter().map(|why| (r.rung.as_str(), why)));
        reasons
            .filter_map(|(rung, why)| match why {
                Reason::Withheld { by, next_time, .. } => Some((rung.to_owned(), by.clone(), *next_time)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    for (next_time, told) in [
        (NextTime::CannotSay, None),
        (NextTime::NotYet, Some(NextTime::NotYet)),
        (NextTime::Beside, Some(NextTime::Beside)),
        (NextTime::Unsupervised, None),
    ] {
        let asked = metier.ask_feedback(ask(&metier, Channel::File)).await.unwrap();
        let answer = metier.surroundings().entry_id();
        metier
            .take_feedback(answer, given(asked.id, next_time, None))
            .await
            .unwrap();
        let expected: Vec<_> = told
            .into_iter()
            .map(|n| ("reliable".to_owned(), "Bo".to_owned(), n))
            .collect();
        assert_eq!(withheld().await, expected, "{next_time:?}");
    }
}

#[tokio::test]
async fn a_giver_reads_what_the_criteria_say_of_a_step_in_words_of_their_own() {
    let (_home, metier) = started(Frequency::Weekly).await;
    let asked = metier.ask_feedback(ask(&metier, Channel::File)).await.unwrap();
    let shown = metier.shown_to_giver(&asked.request).await.unwrap();
    assert_eq!(
        shown.competencies[0].worded,
        [("reliable".to_owned(), "The draft needs one round".to_owned())]
    );
}

#[tokio::test]
async fn a_request_is_open_answered_or_over_and_what_came_of_it_is_kept() {
    let (_home, metier) = started(Frequency::Weekly).await;
    let asked = metier.ask_feedback(ask(&metier, Channel::Link)).await.unwrap();
    assert_eq!(book(&metier).await.requests[0].state, RequestState::Open);
    let entries = metier.whole().await.unwrap().entries;
    let later = FeedbackBook::of(&entries, asked.request.until + 1.day());
    assert_eq!(later.requests[0].state, RequestState::Expired);

    let link = asked.link.unwrap();
    let id = link.link.invitation.answer;
    metier
        .take_feedback(id, given(asked.id, NextTime::Beside, None))
        .await
        .unwrap();
    let found = metier.link(link.token.as_str()).await.unwrap().unwrap();
    assert_eq!(found.state, LinkState::Answered);
    assert!(metier.renew_link(asked.id).await.is_err());
    assert_eq!(metier.whole().await.unwrap().waiting.missing(id).len(), 1);
    metier
        .rate(COMPETENCY, Some("follows"), Role::Oneself, "", "")
        .await
        .unwrap();
    assert!(metier.whole().await.unwrap().waiting.is_empty());

    metier
        .use_feedback(id, Use::Changed, "Drafts go out earlier")
        .await
        .unwrap();
    assert!(
        metier
            .use_feedback(asked.id, Use::Changed, "no feedback")
            .await
            .is_err()
    );
    assert!(metier.use_feedback(id, Use::Changed, " ").await.is_err());
    let book = book(&metier).await;
    assert_eq!(
        (book.requests[0].state, book.given[0].used.len()),
        (RequestState::Answered, 1)
    );
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_and_records_nothing() {
    let (_home, metier) = started(Frequency::Weekly).await;
    let before = metier.read().await.unwrap().0.len();
    let good = ask(&metier, Channel::Link);
    let wrong = [
        AskFeedback {
            to: " ".into(),
            ..good.clone()
        },
        AskFeedback {
            role: Role::Oneself,
            ..good.clone()
        },
        AskFeedback {
            competencies: Vec::new(),
            ..good.clone()
        },
        AskFeedback {
            competencies: vec!["juggle".into()],
            ..good.clone()
        },
        AskFeedback {
            until: metier.surroundings().today() - 1.day(),
            ..good.clone()
        },
        AskFeedback {
            until: metier.surroundings().today() + 400.days(),
            ..good.clone()
        },
        AskFeedback {
            work: Some(metier.surroundings().entry_id()),
            ..good
        },
    ];
    for ask in wrong {
        assert!(metier.ask_feedback(ask.clone()).await.is_err(), "{ask:?}");
    }
    assert_eq!(metier.read().await.unwrap().0.len(), before);
    assert!(metier.links().await.unwrap().is_empty());
}

/// Whoever is asked reads the shared form of a piece of work, or the request is not made.
#[tokio::test]
async fn a_giver_reads_nothing_that_is_confidential_in_form_mail_or_file() {
    let (_home, metier) = started(Frequency::Weekly).await;
    let log = |redacted: &str| {
        let mut told = evidence(
            "Saved the Zanzibar account",
            happening_of(EvidenceKind::Accomplishment),
        );
        told.story = "Nobody may know of Quillfeather".into();
        told.confidential = true;
        told.redacted = redacted.into();
        LogEvidence {
            on: metier.surroundings().today(),
            evidence: told,
            claims: Vec::new(),
            files: Vec::new(),
        }
    };
    let bare = metier.log(log("")).await.unwrap();
    let shared = metier.log(log("Saved a large account")).await.unwrap();
    for competencies in [vec![COMPETENCY.to_owned()], Vec::new()] {
        let refused = AskFeedback {
            competencies: competencies.clone(),
            work: Some(bare),
            ..ask(&metier, Channel::File)
        };
        let error = metier.ask_feedback(refused).await.unwrap_err();
        assert!(error.message.contains("cannot be shown to Bo"), "{error}");
        let asked = AskFeedback {
            competencies,
            work: Some(shared),
            ..ask(&metier, Channel::File)
        };
        let asked = metier.ask_feedback(asked).await.unwrap();
        let code = metier.renew_link(asked.id).await.unwrap().token;
        let shown = metier.shown_to_giver(&asked.request).await.unwrap();
        let seen = [
            format!("{shown:?}"),
            metier.feedback_mail(&asked.request).await.unwrap(),
            metier.feedback_file(asked.id, &code).await.unwrap().text,
        ];
        for text in seen {
            assert!(text.contains("Saved a large account"), "{text}");
            assert!(
                !text.contains("Zanzibar") && !text.contains("Quillfeather"),
                "{text}"
            );
        }
    }
}

#[tokio::test]
async fn a_form_that_comes_back_counts_once_and_what_is_wrong_with_it_is_said() {
    let (_home, metier) = started(Frequency::Weekly).await;
    let asked = metier.ask_feedback(ask(&metier, Channel::File)).await.unwrap();
    let code = metier.renew_link(asked.id).await.unwrap().token;
    let blank = metier.feedback_file(asked.id, &code).await.unwrap().text;
    let next = format!("== [next:{COMPETENCY}]\n");
    let step = format!("== [step:{COMPETENCY}]\n");
    let filled = blank
        .replace("== [saw]\n", "== [saw]\nRewrote the lead twice\n")
        .replace(&next, &format!("{next}With somebody beside them\n"))
        .replace(&step, &format!("{step}Reliable\n"));
    let refused = async |text: &str, lenient: &Lenient| {
        let error = metier
            .read_feedback_file(text.as_bytes(), lenient)
            .await
            .unwrap_err();
        format!("{error} {}", error.hints.join(" "))
    };
    let strict = Lenient::default();
    let cases = [
        (blank.clone(), "nothing is written for next:"),
        (
            filled.replace("With somebody beside them", "perhaps"),
            "“perhaps” is written for next:",
        ),
        (
            filled.replace("\nReliable\n", "\nWizard\n"),
            "there is no step “wizard”",
        ),
        (
            filled.replace("What did you see them do?", "What went wrong?"),
            "was altered in line",
        ),
        (
            filled.replace("[name]\nBo\n", "[name]\nEve\n"),
            "you asked Bo, and Eve answered",
        ),
        (
            filled.replace(code.as_str(), &"a".repeat(52)),
            "was not made here",
        ),
        ("Dear Ada, all good!".into(), "no feedback form"),
    ];
    for (text, said) in cases {
        let error = refused(&text, &strict).await;
        assert!(error.contains(said), "{error}");
    }
    assert!(book(&metier).await.given.is_empty());

    let answered = metier
        .read_feedback_file(filled.as_bytes(), &strict)
        .await
        .unwrap();
    assert!(answered.new && answered.beside.len() == 1);
    let again = metier
        .read_feedback_file(filled.as_bytes(), &strict)
        .await
        .unwrap();
    assert_eq!((again.id, again.new), (answered.id, false));
    let given = &book(&metier).await.given[0].given;
    assert_eq!((given.by.as_str(), given.channel), ("Bo", Channel::File));

    // A newer form was made: the one before is told apart from a stranger's.
    let asked = metier.ask_feedback(ask(&metier, Channel::File)).await.unwrap();
    let old = metier.renew_link(asked.id).await.unwrap().token;
    let old = filled.replace(code.as_str(), old.as_str());
    let new = metier.renew_link(asked.id).await.unwrap().token;
    assert!(refused(&old, &strict).await.contains("a newer one was made"));
    let eve = filled
        .replace(code.as_str(), new.as_str())
        .replace("[name]\nBo\n", "[name]\nEve\n");
    let lenient = Lenient {
        from: Some("Eve".into()),
        late: false,
    };
    metier.read_feedback_file(eve.as_bytes(), &lenient).await.unwrap();
    assert_eq!(book(&metier).await.given[0].given.by, "Eve");
}

#[tokio::test]
async fn a_mail_asks_of_each_skill_by_itself_and_of_no_more_than_three() {
    let (_home, metier) = started(Frequency::Weekly).await;
    let framework = metier.life().await.unwrap().needed().unwrap().framework.clone();
    let some = |n: usize| {
        framework
            .competencies
            .iter()
            .take(n)
            .map(|c| c.id.to_string())
            .collect()
    };
    let asked_of = |n: usize| AskFeedback {
        competencies: some(n),
        ..ask(&metier, Channel::Mail)
    };
    let refused = metier.ask_feedback(asked_of(4)).await.unwrap_err();
    assert!(refused.message.contains("at most 3"), "{refused}");
    let asked = metier.ask_feedback(asked_of(2)).await.unwrap();
    let mail = metier.feedback_mail(&asked.request).await.unwrap();
    assert_eq!(mail.matches("unsupervised next time?").count(), 2, "{mail}");
    let seen = metier.feedback_request(asked.id).await.unwrap();
    let said = |draft: crate::MailDraft| match draft.said {
        FeedbackSaid::Observed(o) => o,
        FeedbackSaid::Recognised(_) => panic!(),
    };
    let reply = "1. You rewrote the lead\n3. not yet\n4. yes";
    let both = said(metier.read_feedback_mail(&seen, reply).await.unwrap());
    let answers: Vec<NextTime> = both.of.iter().map(|of| of.next_time).collect();
    assert_eq!(answers, [NextTime::NotYet, NextTime::Unsupervised]);
    let quoted: String = mail.lines().map(|line| format!("> {line}\n")).collect();
    let between = quoted.replacen(
        "(yes / with somebody beside me / not yet / cannot say)\n",
        "(yes / with somebody beside me / not yet / cannot say)\nyes\n",
        1,
    );
    let one = said(metier.read_feedback_mail(&seen, &between).await.unwrap());
    assert_eq!(one.of.len(), 1, "the other was not answered: {one:?}");
    assert_eq!(
        (one.of[0].competency.as_str(), one.of[0].next_time),
        (&*framework.competencies[0].id.to_string(), NextTime::Unsupervised)
    );
}

#[tokio::test]
async fn a_pasted_mail_becomes_a_draft_and_records_nothing() {
    let (_home, metier) = started(Frequency::Weekly).await;
    let asked = metier.ask_feedback(ask(&metier, Channel::Mail)).await.unwrap();
    let seen = metier.feedback_request(asked.id).await.unwrap();
    let before = metier.read().await.unwrap().0.len();
    let reply = "1. You rewrote the lead\n2. In May\n3. Yes, and with pleasure\n5. Show it earlier";
    let draft = metier.read_feedback_mail(&seen, reply).await.unwrap();
    let FeedbackSaid::Observed(o) = draft.said else {
        panic!()
    };
    let name = &metier.shown_to_giver(&seen.request).await.unwrap().competencies[0].name;
    assert_eq!(
        o.saw,
        format!("You rewrote the lead\n\n{name}: Yes, and with pleasure")
    );
    assert_eq!(o.when, "In May");
    assert_eq!(o.of[0].next_time, NextTime::Unsupervised);
    assert_eq!((o.strengths.as_str(), o.change.as_str()), ("", "Show it earlier"));
    let mail = metier.feedback_mail(&seen.request).await.unwrap();
    assert!(
        metier.read_feedback_mail(&seen, &mail).await.is_err(),
        "the question is no answer"
    );
    assert_eq!(metier.read().await.unwrap().0.len(), before);
}
