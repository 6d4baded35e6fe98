//! An agreement as the tests use it: Ada and Edith, senior, by June.

use ed25519_dalek::{Signer, SigningKey};
use jiff::civil::{Date, date};
use metier_core::agreement::{Agreement, Answer, Proposal, Receipt, Says};
use metier_core::canonical::Digest;
use metier_core::framework::{Expectation, Framework, Level, Weight, nine_steps};
use metier_core::id::EntryId;
use metier_core::journal::{Checkpoint, Sealed, Signature, hex};
use metier_core::rating::Role;

use crate::writing::JOURNAL;

pub const TODAY: Date = date(2026, 3, 1);

/// The smallest criteria with a level.
pub fn criteria() -> Framework {
    let yaml = serde_json::json!({
        "family": "gardening", "version": "1", "title": "Gardening",
        "practices": [{"id": "grow", "name": "Grow"}],
        "competencies": [{
            "id": "prune", "name": "Prune", "practice": "grow", "kind": "technical", "layer": "profession",
            "grain": "task", "frequency": "weekly",
        }],
    });
    let mut framework: Framework = serde_json::from_value(yaml).unwrap();
    framework.ladder = nine_steps().clone();
    framework.levels = vec![Level {
        id: "senior".parse().unwrap(),
        name: "Senior".into(),
        summary: String::new(),
        indicative_years: String::new(),
        expectations: vec![Expectation {
            competency: "prune".parse().unwrap(),
            rung: framework.ladder.rungs[1].id.clone(),
            weight: Weight::Required,
        }],
    }];
    framework
}

pub fn terms(entries: &[Sealed]) -> Agreement {
    let criteria = criteria();
    Agreement {
        person: "Ada".into(),
        with: "Edith".into(),
        role: Role::Manager,
        family: criteria.family.clone(),
        title: criteria.title.clone(),
        version: criteria.digest().unwrap(),
        version_name: criteria.version.clone(),
        level: "senior".parse().unwrap(),
        level_name: "Senior".into(),
        by: date(2026, 6, 30),
        note: String::new(),
        proposed_on: TODAY,
        answer_by: date(2026, 3, 15),
        checkpoint: Checkpoint::of(JOURNAL, entries).unwrap(),
        replaces: None,
        amends: None,
    }
}

pub fn answer(id: EntryId, terms: &Agreement) -> Answer {
    Answer {
        agreement: id,
        text: terms.text(id).unwrap(),
        says: Says::Yes,
        by: terms.with.clone(),
        on: date(2026, 3, 3),
        words: String::new(),
        otherwise: String::new(),
        checkpoint: None,
        signature: None,
    }
}

/// A no with its reason.
pub fn no(id: EntryId, terms: &Agreement) -> Answer {
    Answer {
        says: Says::No,
        words: "the team is too small for a senior".into(),
        otherwise: "a launch of your own".into(),
        ..answer(id, terms)
    }
}

pub fn proposal(id: EntryId, terms: Agreement) -> Proposal {
    Proposal {
        agreement: id,
        signature: Some(sign(terms.text(id).unwrap())),
        terms,
        criteria: Box::new(criteria()),
    }
}

pub fn receipt(id: EntryId, terms: Agreement) -> Receipt {
    answered(id, answer(id, &terms), terms)
}

/// An answer, signed by Edith, in a receipt.
pub fn answered(id: EntryId, mut answer: Answer, terms: Agreement) -> Receipt {
    answer.signature = Some(sign_as(EDITH, answer.said().unwrap()));
    Receipt {
        agreement: id,
        signature: Some(sign(terms.text(id).unwrap())),
        answer,
        terms,
    }
}

/// The key of Edith's journal, and that of Ada's.
pub const EDITH: [u8; 32] = [6; 32];
pub const ADA: [u8; 32] = [5; 32];

pub fn sign(digest: Digest) -> Signature {
    sign_as(ADA, digest)
}

pub fn sign_as(key: [u8; 32], digest: Digest) -> Signature {
    let key = SigningKey::from_bytes(&key);
    Signature {
        key: hex(key.verifying_key().as_bytes()),
        signature: hex(&key.sign(digest.to_string().as_bytes()).to_bytes()),
    }
}
