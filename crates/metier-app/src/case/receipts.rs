//! The other side: reading a proposal, saying yes or no to it, keeping the receipt, and looking later whether a
//! journal still goes on from where it stood.

use std::path::Path;

use metier_core::agreement::{
    Answer, Kept, Letter, Proposal, Receipt, ReceiptKept, Says, receipts, same_name,
};
use metier_core::id::JournalId;
use metier_core::journal::{Checkpoint, Fact, Sealed, Traced, view};
use metier_exchange::agreement_file;
use metier_exchange::journal_file::JournalFile;
use serde::Serialize;

use super::Reply;
use crate::error::AppError;
use crate::home::Metier;
use crate::words;

/// Somebody answered a proposal here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replied {
    /// The receipt to send back and to keep.
    pub receipt: Receipt,
    /// False when the same was answered before: then nothing was recorded again.
    pub new: bool,
}

/// Whether a journal still goes on from where a receipt says it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Whose journal was looked at.
    pub journal_of: String,
    /// How many entries were there then, and since; absent: it does not go on from there.
    pub traced: Option<Traced>,
    /// The whole answer as a sentence.
    pub said: String,
}

/// Whose journal a receipt is held against.
#[derive(Debug)]
pub enum Against<'a> {
    /// The one of this home.
    Here,
    /// One that somebody exported.
    File(&'a JournalFile),
}

/// Reads an agreement file that was sent, by the name it was sent under.
///
/// # Errors
/// With place and reason when it is damaged, changed or no such file.
pub fn read_letter(name: &str, bytes: &[u8]) -> Result<Letter, AppError> {
    agreement_file::read(bytes).map_err(|problem| {
        AppError::document(name, std::slice::from_ref(&problem)).hint("Nothing was recorded.")
    })
}

/// A letter as the file that is sent and kept.
///
/// # Errors
/// When something in it has no canonical form.
pub fn letter_file(letter: &Letter) -> Result<String, AppError> {
    Ok(agreement_file::write(letter)?)
}

impl Metier {
    /// Reads an agreement file.
    ///
    /// # Errors
    /// When it cannot be opened, or as [`read_letter`].
    pub fn read_letter_file(path: &Path) -> Result<Letter, AppError> {
        use std::io::Read;
        let named = path.display().to_string();
        let failed = |e: std::io::Error| AppError::input(format!("{named} cannot be read: {e}"));
        let mut bytes = Vec::new();
        // One byte more than is read, so that a larger file is refused by its size.
        std::fs::File::open(path)
            .map_err(failed)?
            .take(agreement_file::FILE_MAX as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        read_letter(&named, &bytes)
    }

    /// The receipts kept here of agreements that others proposed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn kept_receipts(&self) -> Result<Vec<Kept>, AppError> {
        let (entries, _) = self.read().await?;
        Ok(receipts(&view(&entries, self.surroundings.now())))
    }

    /// Answers somebody's proposal with yes or no: keeps the receipt in this journal and returns it to be sent
    /// back, signed where there is a key. `called` is the name the proposal uses for this home's owner, where it
    /// differs. A no may be followed by a yes; a yes holds until one of both ends it.
    ///
    /// # Errors
    /// When it was proposed to somebody else, the day to answer has passed, it is one's own, a yes was given before,
    /// or a no says neither why nor what would have to be otherwise.
    pub async fn reply(
        &self,
        proposal: &Proposal,
        called: Option<&str>,
        reply: &Reply,
    ) -> Result<Replied, AppError> {
        let nothing = |error: AppError| error.hint("Nothing was recorded.");
        let terms = &proposal.terms;
        if terms.journal() == self.journal.id {
            return Err(nothing(AppError::input("this is your own proposal").hint(
                format!("Send it to {}; they answer it in their own home.", terms.with),
            )));
        }
        if let Some(before) = self.replied_before(proposal, reply.says).await? {
            return Ok(before);
        }
        let by = called.map_or(self.name(), str::trim);
        let today = self.surroundings.today();
        proposal.may_answer(by, today).map_err(|flaw| {
            let error = AppError::input(flaw.to_string());
            nothing(if same_name(by, &terms.with) {
                error
            } else {
                error.hint(format!(
                    "If that is you, say so; in a terminal: --as \"{}\"",
                    terms.with
                ))
            })
        })?;
        let text = terms.text(proposal.agreement)?;
        let mut answer = Answer {
            checkpoint: Some(self.checkpoint().await?),
            ..reply.answer(proposal.agreement, text, by, today)
        };
        if !answer.reasoned() {
            return Err(nothing(
                AppError::input("a no says why").hint("Say why not, or what would have to be otherwise."),
            ));
        }
        answer.signature = self.signed(answer.said()?);
        let receipt = Receipt {
            agreement: proposal.agreement,
            terms: terms.clone(),
            signature: proposal.signature.clone(),
            answer,
        };
        let fact = Fact::ReceiptKept(Box::new(ReceiptKept {
            receipt: receipt.clone(),
            criteria: Some(proposal.criteria.clone()),
        }));
        self.record_shown(fact, &terms.person).await?;
        Ok(Replied { receipt, new: true })
    }

    /// The receipt of an earlier answer that says the same; `None` when there is none, or only a no that may be
    /// followed by another answer.
    async fn replied_before(&self, proposal: &Proposal, says: Says) -> Result<Option<Replied>, AppError> {
        let kept = self.kept_receipts().await?;
        let of_it = kept.into_iter().map(|k| k.what.receipt);
        let of_it: Vec<Receipt> = of_it.filter(|r| r.agreement == proposal.agreement).collect();
        if let Some(other) = of_it.iter().find(|r| r.terms != proposal.terms) {
            return Err(AppError::input(format!(
                "you answered other terms under the same agreement on {}: one of the two files was changed",
                other.answer.on
            ))
            .hint("Nothing was recorded."));
        }
        let yes = of_it.iter().find(|r| r.answer.says.is_yes());
        match (yes, says) {
            (Some(yes), Says::Yes) => Ok(Some(Replied {
                receipt: yes.clone(),
                new: false,
            })),
            (Some(yes), Says::No) => Err(AppError::input(format!(
                "you agreed to it on {}, so it holds until one of you ends it",
                yes.answer.on
            ))
            .hint(format!("Tell {}. Nothing was recorded.", proposal.terms.person))),
            (None, _) => Ok(None),
        }
    }

    /// Looks whether a journal goes on from where a receipt says it stood.
    ///
    /// # Errors
    /// When the receipt names neither that journal nor any state of it, or the store cannot be read.
    pub async fn hold_against(&self, receipt: &Receipt, against: Against<'_>) -> Result<Held, AppError> {
        match against {
            Against::Here => {
                let entries = self.store.sealed(self.journal.id).await?;
                held(receipt, self.journal.id, self.name(), &entries)
            }
            Against::File(file) => held(receipt, file.header.journal, &file.header.subject, &file.entries),
        }
    }
}

fn held(receipt: &Receipt, journal: JournalId, of: &str, entries: &[Sealed]) -> Result<Held, AppError> {
    let checkpoints = [
        Some(&receipt.terms.checkpoint),
        receipt.answer.checkpoint.as_ref(),
    ];
    let Some(checkpoint) = checkpoints
        .into_iter()
        .flatten()
        .find(|c: &&Checkpoint| c.journal == journal)
    else {
        return Err(AppError::input(format!(
            "the receipt says nothing of the journal of {of}: it is of an agreement between {} and {}",
            receipt.terms.person, receipt.terms.with
        ))
        .hint("Look at the journal of one of them: --journal EXPORT.zip"));
    };
    Ok(match checkpoint.trace(journal, entries) {
        Ok(traced) => Held {
            journal_of: of.to_owned(),
            traced: Some(traced),
            said: format!(
                "The journal of {of} goes on from where it stood: {} still as {}, and {} since.",
                match traced.then {
                    1 => "the one entry it held then is".to_owned(),
                    n => format!("the {} it held then are", words::plural(n, "entry", "entries")),
                },
                if traced.then == 1 { "it was" } else { "they were" },
                match traced.since {
                    0 => "nothing was added".to_owned(),
                    1 => "one was added".to_owned(),
                    n => format!("{} were added", words::number(n)),
                }
            ),
        },
        Err(why) => Held {
            journal_of: of.to_owned(),
            traced: None,
            said: words::untraced(&why, of),
        },
    })
}
