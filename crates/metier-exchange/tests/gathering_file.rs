//! The gathering file: what is written is read back as the same, and whatever was done to it on the way is told
//! apart.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ed25519_dalek::{Signer, SigningKey};
use jiff::civil::date;
use metier_core::canonical::Digest;
use metier_core::feedback::NextTime;
use metier_core::gathering::{Aggregate, AskLetter, AskedOf, GatheringLetter, OfPeers, PeersAsked, Release};
use metier_core::id::{EntryId, JournalId};
use metier_core::journal::{Signature, hex};
use metier_exchange::gathering_file::{FILE_MAX, read, write};
use proptest::prelude::*;
use uuid::Uuid;

const ID: EntryId = EntryId(Uuid::from_u128(0x1234));

fn sign(digest: Digest) -> Signature {
    let key = SigningKey::from_bytes(&[5; 32]);
    Signature {
        key: hex(key.verifying_key().as_bytes()),
        signature: hex(&key.sign(digest.to_string().as_bytes()).to_bytes()),
    }
}

fn asked(note: &str) -> PeersAsked {
    PeersAsked {
        person: "Ada".into(),
        journal: JournalId(Uuid::from_u128(7)),
        collector: "Bo".into(),
        not_among: vec!["Edith".into()],
        family: "content-marketing".parse().unwrap(),
        title: "Content marketing".into(),
        version: Digest::ZERO,
        version_name: "1".into(),
        about: vec![AskedOf {
            competency: "publish-an-article".parse().unwrap(),
            name: "Publish an article".into(),
            looks_like: "It is out, and it is right".into(),
        }],
        threshold: 5,
        asked_on: date(2026, 5, 1),
        until: date(2026, 5, 20),
        note: note.into(),
    }
}

fn ask(note: &str) -> GatheringLetter {
    let asked = asked(note);
    GatheringLetter::Ask(Box::new(AskLetter {
        ask: ID,
        signature: Some(sign(asked.text(ID).unwrap())),
        asked,
    }))
}

fn release(strengths: Vec<String>) -> GatheringLetter {
    let mut release = Release {
        ask: ID,
        text: asked("").text(ID).unwrap(),
        person: "Ada".into(),
        journal: JournalId(Uuid::from_u128(7)),
        collector: "Bo".into(),
        released_on: date(2026, 5, 21),
        told: Aggregate {
            threshold: 5,
            of: vec![OfPeers {
                competency: "publish-an-article".parse().unwrap(),
                name: "Publish an article".into(),
                counts: [(NextTime::Unsupervised, 5), (NextTime::CannotSay, 5)].into(),
                withheld: false,
            }],
            strengths,
            changes: Vec::new(),
        },
        signature: None,
    };
    release.signature = Some(sign(release.said().unwrap()));
    GatheringLetter::Release(Box::new(release))
}

fn refused(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn both_letters_say_who_sees_what_and_are_read_back() {
    let question = write(&ask("You sat beside me.")).unwrap();
    for said in [
        "Ada asks Bo",
        "Publish an article",
        "Bo can read each answer with its name",
        "Not to be asked, because they lead Ada: Edith",
        "With fewer than 5 answers nothing is released",
    ] {
        assert!(question.contains(said), "{said}:\n{question}");
    }
    assert_eq!(read(question.as_bytes()), Ok(ask("You sat beside me.")));
    let told = write(&release(Vec::new())).unwrap();
    assert!(
        told.contains("Publish an article: 5 or more yes; 5 or more cannot say"),
        "{told}"
    );
    assert_eq!(read(told.as_bytes()), Ok(release(Vec::new())));
    // Quoted in a mail, with other line ends.
    let quoted: String = told.lines().map(|line| format!("> {line}\r\n")).collect();
    assert_eq!(read(quoted.as_bytes()), Ok(release(Vec::new())));
}

#[test]
fn what_was_done_to_a_file_on_the_way_is_told_apart() {
    let told = write(&release(Vec::new())).unwrap();
    assert!(refused(&told.replace("5 or more yes", "6 or more yes")).contains("the words above"));
    assert!(refused(&told.replace("\"unsupervised\":5", "\"unsupervised\":6")).contains("its digest"));
    assert!(refused(&told.replace("-----END", "")).contains("cut short"));
    assert!(refused(&format!("{told}{told}")).contains("more than one gathering"));
    assert!(refused(&told.replace("\"metier_gathering\":1", "\"metier_gathering\":2")).contains("form 2"));
    assert!(refused("hello").contains("no gathering file"));
    assert!(refused(&" ".repeat(FILE_MAX + 1)).contains("at most"));
    // Sealed anew around other words, the signature no longer holds.
    let GatheringLetter::Release(mut other) = release(Vec::new()) else {
        panic!()
    };
    other.told.of[0].counts.remove(&NextTime::Unsupervised);
    let sealed = write(&GatheringLetter::Release(other.clone())).unwrap();
    assert!(refused(&sealed).contains("the signature of Bo does not hold"));
    // What tells of single people is no release, whoever signed it.
    other.told.of[0].counts.insert(NextTime::Unsupervised, 2);
    other.signature = None;
    other.signature = Some(sign(other.said().unwrap()));
    let sealed = write(&GatheringLetter::Release(other)).unwrap();
    assert!(refused(&sealed).contains("2 is under 5"));
}

proptest! {
    #[test]
    fn whatever_was_written_is_read_back(note in "\\PC{0,40}", words in prop::collection::vec("\\PC{1,40}", 5..8)) {
        for letter in [ask(&note), release(words)] {
            let text = write(&letter).unwrap();
            prop_assert_eq!(read(text.as_bytes()), Ok(letter));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }
}
