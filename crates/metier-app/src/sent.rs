//! A file that somebody was sent, told apart by what stands in it: by people who have no journal of their
//! own, too. Nothing is recorded by looking.

use jiff::Timestamp;
use metier_core::agreement::Letter;
use metier_core::gathering::GatheringLetter;
use metier_exchange::feedback_form::{FIRST_LINE, read_form};
pub use metier_exchange::feedback_form::{FORM_MAX, FormPart, FormRead};
use metier_exchange::journal_file::JournalFile;

use crate::case::read_letter;
use crate::error::AppError;
use crate::home::Metier;

/// What begins an archive.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// What a file is that somebody was sent.
#[derive(Debug, Clone)]
pub enum WasSent {
    /// A proposal to agree to, or the receipt of one.
    Letter(Box<Letter>),
    /// What is asked of peers without their names, or what was released of it.
    Gathering(Box<GatheringLetter>),
    /// A form that asks for feedback.
    Form(FormRead),
    /// A copy of somebody's journal, whole.
    Journal(Box<JournalFile>),
}

/// Looks at a file that was sent, by the name it was sent under.
///
/// # Errors
/// When it is nothing that Metier writes, or it is damaged: with place and reason.
pub fn look_at_sent(name: &str, bytes: &[u8], now: Timestamp) -> Result<WasSent, AppError> {
    if bytes.starts_with(ARCHIVE) {
        let journal = Metier::read_upload(name, bytes, now)?;
        return Ok(WasSent::Journal(Box::new(journal)));
    }
    if holds(bytes, "METIER AGREEMENT") {
        return Ok(WasSent::Letter(Box::new(read_letter(name, bytes)?)));
    }
    if crate::is_gathering(bytes) {
        return Ok(WasSent::Gathering(Box::new(crate::read_gathering(name, bytes)?)));
    }
    if holds(bytes, FIRST_LINE.trim_start_matches(['|', ' '])) {
        return form_of_text(name, bytes).map(WasSent::Form);
    }
    Err(AppError::input(format!(
        "{name} is neither an agreement, nor a feedback form, nor a copy of a journal"
    ))
    .hint("A company’s ladder is brought in by “My company has a ladder”. Anything else: ask whoever sent it what it is.")
    .hint("Nothing was recorded."))
}

/// A feedback form.
///
/// # Errors
/// With place and reason when it is damaged.
pub fn form_of_text(name: &str, bytes: &[u8]) -> Result<FormRead, AppError> {
    read_form(bytes).map_err(|problems| AppError::document(name, &problems).hint("Nothing was recorded."))
}

/// True when a text holds these letters, in one byte each or two.
pub(crate) fn holds(bytes: &[u8], wanted: &str) -> bool {
    let narrow = wanted.as_bytes();
    let wide: Vec<u8> = narrow.iter().flat_map(|&b| [b, 0]).collect();
    let begin = &bytes[..bytes.len().min(FORM_MAX)];
    [narrow, &wide]
        .iter()
        .any(|w| begin.windows(w.len()).any(|part| part == *w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_told_apart_by_what_stands_in_it() {
        let look = |bytes: &[u8]| look_at_sent("it.txt", bytes, Timestamp::UNIX_EPOCH);
        let form = "Hello\n| METIER FEEDBACK FORM 1\n| What did you see?\n== [saw]\n\n== [code]\nabc\n";
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(form.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in [form.as_bytes(), &wide] {
            let Ok(WasSent::Form(read)) = look(bytes) else {
                panic!("a form");
            };
            assert_eq!(read.code, "abc");
        }
        for (bytes, said) in [
            (&b"Role,Level\n"[..], "neither an agreement"),
            (b"", "neither an agreement"),
            (b"PK\x03\x04broken", "it.txt"),
            (b"-----BEGIN METIER AGREEMENT-----\n{}\n", "it.txt"),
            (b"-----BEGIN METIER GATHERING-----\n{}\n", "it.txt"),
            (b"| METIER FEEDBACK FORM 1\n== [saw]\n", "cut off"),
        ] {
            let error = look(bytes).unwrap_err();
            assert!(error.message.contains(said), "{error:?}");
            assert!(
                error.hints.iter().any(|h| h.starts_with("Nothing was")),
                "{error:?}"
            );
        }
    }
}
