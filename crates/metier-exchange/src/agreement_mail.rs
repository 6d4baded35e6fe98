//! The pasted answer to a mail that asked somebody to agree: a yes, or a no with its reason and what would have
//! to be otherwise. What is read is a draft: it is looked at before it is recorded.

use metier_core::agreement::Says;

use crate::feedback_mail::read_mail_answer;
use crate::problem::DocumentProblem;

/// The two lines of the mail that ask.
pub const QUESTIONS: [&str; 2] = [
    "Do you agree? Write yes, or no and why.",
    "If not: what would have to be otherwise?",
];

/// Words that begin a yes, and those that begin a no, in a few languages.
const YES: [&str; 12] = [
    "yes", "yep", "agreed", "agree", "ok", "okay", "ja", "oui", "si", "s\u{ed}", "sim", "tak",
];
const NO: [&str; 11] = [
    "no", "nope", "not", "nein", "non", "nee", "nei", "nej", "n\u{e3}o", "nie", "disagree",
];
/// Ways to begin that change nothing of what follows.
const BEFORE: [&str; 4] = ["i", "we", "well", "hm"];

/// What a pasted mail says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailReply {
    /// Yes or no; absent: neither could be read, and it has to be chosen.
    pub says: Option<Says>,
    /// What was written to it; of a no, the reason.
    pub words: String,
    /// What would have to be otherwise.
    pub otherwise: String,
    /// What belongs to neither: a greeting, a signature.
    pub beside: String,
}

/// Reads a pasted mail. `sent` is the mail as it was sent.
///
/// # Errors
/// When it is too large, or holds no answer.
pub fn read(text: &str, sent: &str) -> Result<MailReply, Vec<DocumentProblem>> {
    let read = read_mail_answer(text, sent, &QUESTIONS)?;
    let mut answers = read.answers.into_iter();
    let mut next = || answers.next().unwrap_or_default();
    let (first, otherwise) = (next(), next());
    // A greeting above an answer that was not told apart is no part of it.
    let (greeting, first) = if read.in_one {
        greeted(&first)
    } else {
        (String::new(), first)
    };
    let (says, words) = said(&first);
    let beside = [greeting, read.beside].join("\n\n").trim().to_owned();
    Ok(MailReply {
        says,
        words,
        otherwise,
        beside,
    })
}

/// A first line that ends in a comma, an exclamation mark or a colon and stands alone: a greeting.
fn greeted(text: &str) -> (String, String) {
    match text.split_once('\n') {
        Some((line, rest))
            if line.trim_end().ends_with([',', '!', ':'])
                && line.split_whitespace().count() <= 4
                && said(line).0.is_none() =>
        {
            (line.trim().to_owned(), rest.trim().to_owned())
        }
        _ => (String::new(), text.to_owned()),
    }
}

/// The yes or no that a text begins with, and what follows it.
fn said(text: &str) -> (Option<Says>, String) {
    let mut rest = text.trim();
    let mut negated = false;
    loop {
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '\u{2019}'))
            .unwrap_or(rest.len());
        let word = rest[..end].to_lowercase().replace('\u{2019}', "'");
        let after = rest[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
        match word.as_str() {
            "" => return (None, text.trim().to_owned()),
            "do" | "cannot" | "can't" | "don't" | "can" => {
                negated |= word != "do" && word != "can";
                rest = after;
            }
            word if BEFORE.contains(&word) => rest = after,
            // "I do not agree" and "not agreed" are one no.
            "not" => {
                negated = true;
                rest = after;
                if !rest.to_lowercase().starts_with("agree") {
                    return (Some(Says::No), text.trim().to_owned());
                }
            }
            word if YES.contains(&word) => {
                let says = if negated { Says::No } else { Says::Yes };
                return (Some(says), reason(after));
            }
            word if NO.contains(&word) => return (Some(Says::No), reason(after)),
            _ => return (None, text.trim().to_owned()),
        }
        if rest.is_empty() {
            return (None, text.trim().to_owned());
        }
    }
}

/// What follows a yes or no, without the word that joins it.
fn reason(text: &str) -> String {
    let text = text.trim();
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) if ["because", "since", "weil", "car"].contains(&word.to_lowercase().as_str()) => {
            rest.trim().to_owned()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent() -> String {
        format!(
            "Hello Edith,\n\nI propose that we agree on this: Senior by 30 June 2027.\n\n1. {}\n\n2. {}\n\nThank you!\nAda",
            QUESTIONS[0], QUESTIONS[1]
        )
    }

    fn quoted() -> String {
        sent().lines().map(|line| format!("> {line}\n")).collect()
    }

    fn reply(text: &str) -> MailReply {
        read(text, &sent()).unwrap()
    }

    #[test]
    fn a_yes_and_a_no_with_its_reason_are_read_wherever_they_stand() {
        let above = reply(&format!(
            "Hi Ada,\n\nYes, gladly.\n\nOn Monday Ada wrote:\n{}",
            quoted()
        ));
        assert_eq!((above.says, above.words.as_str()), (Some(Says::Yes), "gladly."));
        assert_eq!(above.beside, "Hi Ada,");
        let between = quoted()
            .replace(
                "no and why.\n",
                "no and why.\nNo, because the team is too small.\n",
            )
            .replace("be otherwise?\n", "be otherwise?\nA launch of your own.\n");
        let between = reply(&between);
        assert_eq!(between.says, Some(Says::No));
        assert_eq!(between.words, "the team is too small.");
        assert_eq!(between.otherwise, "A launch of your own.");
        let numbered = reply(&format!("1) no: too early\n2) by December\n\n{}", quoted()));
        assert_eq!(
            (numbered.says, numbered.otherwise.as_str()),
            (Some(Says::No), "by December")
        );
    }

    #[test]
    fn other_ways_of_saying_it() {
        for (text, says) in [
            ("I agree", Some(Says::Yes)),
            ("Ja, gern", Some(Says::Yes)),
            ("I don\u{2019}t agree", Some(Says::No)),
            ("I do not agree, sorry", Some(Says::No)),
            ("Not before the budget is known", Some(Says::No)),
            ("Nein.", Some(Says::No)),
            ("Let us talk", None),
            ("Notwithstanding", None),
        ] {
            assert_eq!(reply(text).says, says, "{text}");
        }
        assert_eq!(
            reply("Not before the budget is known").words,
            "Not before the budget is known"
        );
        assert!(read(&quoted(), &sent()).is_err());
        assert!(read("", &sent()).is_err());
    }
}
