//! What can be wrong with a letter is told apart, and a sound one is taken once.

use jiff::Timestamp;
use jiff::civil::date;
use metier_core::agreement::{
    AgreementConfirmed, AgreementDeclined, AnswerArrival, Flaw, Receipt, Refusal, Says, agreements,
};
use metier_core::canonical::Digest;
use metier_core::id::JournalId;
use metier_core::journal::{Fact, view};
use uuid::Uuid;

use crate::terms::{EDITH, TODAY, answered, no, proposal, receipt, sign, sign_as, terms};
use crate::writing::{JOURNAL, Writing, draft, id};

fn taken(writing: &Writing, receipt: &Receipt) -> Result<(), Refusal> {
    let open = writing.open();
    let known = agreements(&view(&open, Timestamp::MAX), TODAY);
    let own = sign(Digest::ZERO).key;
    receipt.may_take(JOURNAL, Some(&own), AnswerArrival::ByFile, &known)
}

#[test]
fn a_no_is_taken_with_its_reason_and_a_yes_may_still_follow() {
    let mut writing = Writing::default();
    let terms = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(terms.clone()))));
    let declined = answered(one, no(one, &terms), terms.clone());
    assert_eq!(taken(&writing, &declined), Ok(()));
    let mut silent = no(one, &terms);
    (silent.words, silent.otherwise) = (String::new(), " ".into());
    let silent = answered(one, silent, terms.clone());
    assert_eq!(taken(&writing, &silent), Err(Refusal::Flaw(Flaw::Unreasoned)));
    let mut turned = declined.clone();
    turned.answer.says = Says::Yes;
    assert_eq!(
        taken(&writing, &turned),
        Err(Refusal::Flaw(Flaw::Signature("Edith".into()))),
        "a no is not turned into a yes"
    );
    writing.add(draft(Fact::AgreementDeclined(Box::new(AgreementDeclined {
        answer: declined.answer.clone(),
        arrival: AnswerArrival::ByFile,
    }))));
    assert!(matches!(
        taken(&writing, &declined),
        Err(Refusal::AlreadyNo { .. })
    ));
    let agreed = receipt(one, terms);
    assert_eq!(taken(&writing, &agreed), Ok(()));
    writing.add(draft(Fact::AgreementConfirmed(Box::new(AgreementConfirmed {
        answer: agreed.answer,
        arrival: AnswerArrival::ByFile,
    }))));
    assert!(matches!(taken(&writing, &declined), Err(Refusal::Holds { .. })));
}

#[test]
fn only_what_another_key_signed_is_the_others_word() {
    let mut writing = Writing::default();
    let terms = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(terms.clone()))));
    let signed = receipt(one, terms.clone());
    assert!(signed.answer.heard(AnswerArrival::ByFile));
    let mut own = signed.clone();
    own.answer.signature = Some(sign(own.answer.said().unwrap()));
    assert_eq!(taken(&writing, &own), Err(Refusal::OwnKey("Edith".into())));
    own.signature = None;
    assert_eq!(taken(&writing, &own), Err(Refusal::OwnKey("Edith".into())));
    let mut bare = signed.clone();
    bare.answer.signature = None;
    assert!(!bare.answer.heard(AnswerArrival::ByFile) && bare.answer.heard(AnswerArrival::ByLink));
    assert_eq!(taken(&writing, &bare), Ok(()), "it is kept as what it is");
    writing.add(draft(Fact::AgreementConfirmed(Box::new(AgreementConfirmed {
        answer: bare.answer.clone(),
        arrival: AnswerArrival::ByFile,
    }))));
    assert!(matches!(taken(&writing, &bare), Err(Refusal::Already { .. })));
    assert_eq!(taken(&writing, &signed), Ok(()), "their own word may still come");
}

#[test]
fn a_sound_answer_is_taken_once() {
    let mut writing = Writing::default();
    writing.say("before");
    let terms = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(terms.clone()))));
    let receipt = receipt(one, terms);
    assert_eq!(taken(&writing, &receipt), Ok(()));
    writing.add(draft(Fact::AgreementConfirmed(Box::new(AgreementConfirmed {
        answer: receipt.answer.clone(),
        arrival: AnswerArrival::ByFile,
    }))));
    assert!(matches!(taken(&writing, &receipt), Err(Refusal::Already { .. })));
}

#[test]
fn every_way_of_being_wrong_has_its_answer() {
    let mut writing = Writing::default();
    let good = terms(&writing.entries);
    let one = writing.add(draft(Fact::AgreementProposed(Box::new(good.clone()))));
    let sound = receipt(one, good.clone());
    let refused = |change: &dyn Fn(&mut Receipt)| {
        let mut other = sound.clone();
        change(&mut other);
        taken(&writing, &other).unwrap_err()
    };
    // Changed on the way, with nothing else made to fit.
    let altered = refused(&|r| r.terms.by = date(2026, 12, 31));
    assert_eq!(altered, Refusal::Flaw(Flaw::Signature("Ada".into())));
    let altered = refused(&|r| {
        r.terms.by = date(2026, 12, 31);
        r.signature = None;
    });
    assert_eq!(altered, Refusal::Flaw(Flaw::Text));
    // Changed, and everything made to fit again.
    let altered = refused(&|r| {
        let mut terms = r.terms.clone();
        terms.by = date(2026, 12, 31);
        *r = receipt(one, terms);
    });
    assert_eq!(
        altered,
        Refusal::Altered {
            what: "the day".into()
        }
    );
    let altered = refused(&|r| {
        let mut terms = r.terms.clone();
        terms.version = metier_core::canonical::Digest::ZERO;
        *r = receipt(one, terms);
    });
    assert_eq!(
        altered,
        Refusal::Altered {
            what: "the version of the criteria".into()
        }
    );
    let somebody = refused(&|r| {
        r.answer.by = "Mallory".into();
        r.answer.signature = None;
    });
    assert!(matches!(somebody, Refusal::Flaw(Flaw::Somebody { .. })));
    let unsigned = refused(&|r| r.answer.words = "for a raise, too".into());
    assert_eq!(unsigned, Refusal::Flaw(Flaw::Signature("Edith".into())));
    let late = refused(&|r| {
        r.answer.on = date(2026, 3, 16);
        r.answer.signature = Some(sign_as(EDITH, r.answer.said().unwrap()));
    });
    assert!(matches!(late, Refusal::Flaw(Flaw::Late { .. })));
    let unknown = refused(&|r| *r = receipt(id(77), r.terms.clone()));
    assert_eq!(unknown, Refusal::Unknown(id(77)));
    let elsewhere = sound.may_take(JournalId(Uuid::from_u128(99)), None, AnswerArrival::ByFile, &[]);
    assert!(matches!(elsewhere, Err(Refusal::OtherJournal { .. })));
}

#[test]
fn criteria_other_than_those_named_are_noticed() {
    let terms = terms(&[]);
    let sound = proposal(id(1), terms);
    assert_eq!(sound.check(), Ok(()));
    let mut other = sound.clone();
    other.criteria.levels[0].expectations.clear();
    assert!(matches!(other.check(), Err(Flaw::Criteria { .. })));
    assert!(sound.may_answer("edith ", TODAY).is_ok());
    assert!(matches!(
        sound.may_answer("Bo", TODAY),
        Err(Flaw::Somebody { .. })
    ));
    assert!(matches!(
        sound.may_answer("Edith", date(2026, 4, 1)),
        Err(Flaw::Late { .. })
    ));
    assert!(matches!(
        sound.may_answer("Edith", date(2026, 2, 1)),
        Err(Flaw::Early { .. })
    ));
}
