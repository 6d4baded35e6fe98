//! The agreement file: what is written is read back as the same, and whatever was done to it on the way is
//! told apart.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ed25519_dalek::{Signer, SigningKey};
use jiff::civil::date;
use metier_core::agreement::{Agreement, Answer, Letter, Proposal, Receipt, Says};
use metier_core::canonical::Digest;
use metier_core::framework::Framework;
use metier_core::id::{EntryId, JournalId};
use metier_core::journal::{Checkpoint, Signature, hex};
use metier_core::rating::Role;
use metier_exchange::agreement_file::{FILE_MAX, read, write};
use metier_exchange::framework_yaml;
use proptest::prelude::*;
use uuid::Uuid;

const ID: EntryId = EntryId(Uuid::from_u128(0x1234));

fn criteria() -> Framework {
    framework_yaml::read(framework_yaml::template().as_bytes()).unwrap()
}

fn sign(digest: Digest) -> Signature {
    let key = SigningKey::from_bytes(&[5; 32]);
    Signature {
        key: hex(key.verifying_key().as_bytes()),
        signature: hex(&key.sign(digest.to_string().as_bytes()).to_bytes()),
    }
}

fn terms(person: &str, with: &str, note: &str) -> Agreement {
    let criteria = criteria();
    Agreement {
        person: person.into(),
        with: with.into(),
        role: Role::Manager,
        family: criteria.family.clone(),
        title: criteria.title.clone(),
        version: criteria.digest().unwrap(),
        version_name: criteria.version.clone(),
        level: criteria.levels[0].id.clone(),
        level_name: criteria.levels[0].name.clone(),
        by: date(2026, 6, 30),
        note: note.into(),
        proposed_on: date(2026, 3, 1),
        answer_by: date(2026, 3, 15),
        checkpoint: Checkpoint::of(JournalId(Uuid::from_u128(7)), []).unwrap(),
        replaces: None,
        amends: None,
    }
}

fn proposal(terms: Agreement) -> Letter {
    Letter::Proposal(Box::new(Proposal {
        agreement: ID,
        signature: Some(sign(terms.text(ID).unwrap())),
        terms,
        criteria: Box::new(criteria()),
    }))
}

fn receipt(terms: Agreement, words: &str) -> Letter {
    let mut answer = Answer {
        agreement: ID,
        text: terms.text(ID).unwrap(),
        says: Says::Yes,
        by: terms.with.clone(),
        on: date(2026, 3, 3),
        words: words.into(),
        otherwise: String::new(),
        checkpoint: Some(Checkpoint::of(JournalId(Uuid::from_u128(8)), []).unwrap()),
        signature: None,
    };
    answer.signature = Some(sign(answer.said().unwrap()));
    Letter::Receipt(Box::new(Receipt {
        agreement: ID,
        signature: Some(sign(terms.text(ID).unwrap())),
        terms,
        answer,
    }))
}

fn refused(text: impl AsRef<[u8]>) -> String {
    read(text.as_ref()).expect_err("should be refused").to_string()
}

#[test]
fn a_file_reads_as_people_and_programs_read_it() {
    let file = write(&proposal(terms("Ada", "Edith", "looked at in March"))).unwrap();
    for said in [
        "Ada proposes to Edith (manager)",
        "2026-06-30",
        "looked at in March",
        "asks:",
        "Without Metier: write back yes, or no with the reason",
        "in the browser: People, Agreements",
        "confirm FILE --out ANSWER",
        "decline FILE --reason TEXT",
    ] {
        assert!(file.contains(said), "{said}\n{file}");
    }
    let file = write(&receipt(terms("Ada", "Edith", ""), "gladly")).unwrap();
    for said in [
        "Ada and Edith (manager) agreed, on 2026-03-03",
        "gladly",
        "Keep this file",
    ] {
        assert!(file.contains(said), "{said}\n{file}");
    }
}

/// The same with a no in it.
fn no(words: &str, otherwise: &str) -> Letter {
    let Letter::Receipt(mut receipt) = receipt(terms("Ada", "Edith", ""), words) else {
        panic!("a receipt")
    };
    receipt.answer.says = Says::No;
    receipt.answer.otherwise = otherwise.into();
    receipt.answer.signature = None;
    receipt.answer.signature = Some(sign(receipt.answer.said().unwrap()));
    Letter::Receipt(receipt)
}

#[test]
fn a_no_carries_its_reason_and_what_would_have_to_be_otherwise() {
    let letter = no("the team is too small", "a launch of your own");
    let file = write(&letter).unwrap();
    for said in [
        "NOT AGREED",
        "Edith (manager) said no, on 2026-03-03",
        "Why not               the team is too small",
        "To be otherwise       a launch of your own",
    ] {
        assert!(file.contains(said), "{said}\n{file}");
    }
    assert_eq!(read(file.as_bytes()).unwrap(), letter);
    let said = refused(write(&no("", "")).unwrap());
    assert!(
        said.contains("neither why nor what would have to be otherwise"),
        "{said}"
    );
    let turned = file.replacen("\"says\":\"no\",", "", 1);
    assert!(refused(&turned).contains("not what its digest says"));
}

#[test]
fn a_picture_of_an_agreement_is_called_one() {
    let said = refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff");
    assert!(
        said.contains("this is a picture") && said.contains("the .txt file"),
        "{said}"
    );
    assert!(refused(b"%PDF-1.7\n\xe2\xe3\xcf\xd3").contains("this is a PDF"));
}

#[test]
fn what_mail_does_to_a_file_changes_nothing() {
    let letter = receipt(terms("Ada", "Edith", ""), "gladly");
    let file = write(&letter).unwrap();
    let quoted: String = file.lines().map(|line| format!("> {line}\r\n")).collect();
    assert_eq!(read(quoted.as_bytes()).unwrap(), letter);
    let spaced = format!("\u{feff}{}\n\n", file.replace("\n\n", "\n\n\n"));
    assert_eq!(read(spaced.as_bytes()).unwrap(), letter);
}

#[test]
fn every_change_is_noticed_where_it_is() {
    let file = write(&proposal(terms("Ada", "Edith", ""))).unwrap();
    assert!(refused(file.replacen("2026-06-30", "2026-12-31", 1)).starts_with("line 8: words"));
    let below = file.rfind("2026-06-30").unwrap();
    let mut sealed = file.clone();
    sealed.replace_range(below..below + 10, "2026-12-31");
    let said = refused(&sealed);
    assert!(
        said.contains("not what its digest says") && said.contains("line "),
        "{said}"
    );
    let cut = &file[..file.len() - 40];
    assert!(refused(cut).contains("cut short"));
    assert!(refused("hello").contains("no agreement file"));
    assert!(refused(format!("{file}{file}")).contains("more than one"));
    assert!(refused(vec![b' '; FILE_MAX + 1]).contains("at most"));
    assert!(refused(b"\xff\xfeA\0").contains("UTF-16"));
    let newer = file.replace("\"metier_agreement\":1", "\"metier_agreement\":2");
    assert!(refused(newer).contains("update Metier"));
    let broken = file.replace("\"letter\":{", "\"letter\":{{");
    assert!(refused(broken).contains("cannot be read"));
}

#[test]
fn a_letter_that_is_not_sound_is_refused_though_its_digests_hold() {
    let mut wrong = terms("Ada", "Edith", "");
    wrong.version = Digest::ZERO;
    let said = refused(write(&proposal(wrong)).unwrap());
    assert!(said.contains("are not the version it names"), "{said}");
    let Letter::Receipt(mut other) = receipt(terms("Ada", "Edith", ""), "") else {
        panic!("a receipt")
    };
    other.answer.by = "Mallory".into();
    other.answer.signature = None;
    let said = refused(write(&Letter::Receipt(other)).unwrap());
    assert!(
        said.contains("proposed to Edith, and the answer is from Mallory"),
        "{said}"
    );
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(person in "[^\\s]\\PC{0,20}", with in "[^\\s]\\PC{0,20}", note in "\\PC{0,40}|-----END METIER AGREEMENT-----\n> x") {
        let terms = terms(&person, &with, &note);
        prop_assume!(terms.check().is_ok());
        for letter in [proposal(terms.clone()), receipt(terms.clone(), &note)] {
            let file = write(&letter).unwrap();
            let again = read(file.as_bytes());
            prop_assert_eq!(again.as_ref(), Ok(&letter), "{}", file);
        }
    }

    #[test]
    fn no_flipped_byte_goes_unnoticed(at in any::<prop::sample::Index>(), bit in 0..7_u8) {
        let letter = receipt(terms("Ada", "Edith", "n"), "gladly");
        let mut file = write(&letter).unwrap().into_bytes();
        let at = at.index(file.len());
        file[at] ^= 1 << bit;
        // Between words a space may become another; nothing that is said may.
        if let Ok(read) = read(&file) {
            prop_assert_eq!(read, letter);
        }
    }
}
