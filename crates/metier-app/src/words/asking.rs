//! Asking for names and asking masters, in words: what is written to them.

use metier_core::framework::Framework;
use metier_core::mastery::{Exemplar, Mastery, Outreach, OutreachState};

use super::{capital, day, list, plural};
use crate::mastery::{NameAsked, named_by};

/// What a colleague is asked, in a mail and on the page of a link.
pub const NAME_QUESTIONS: [&str; 2] = [
    "To whom would you bring the hardest case: who is the expert?",
    "What have you seen them do that others could not?",
];

/// The questions as a mail.
pub fn name_mail(asked: &NameAsked, name: &str) -> String {
    let mut text = format!("Dear {},\n\n", asked.to);
    if !asked.note.is_empty() {
        text += &format!("{}\n\n", asked.note);
    }
    text += &format!(
        "I want to get better at my profession ({}) and look for people to learn from. One question, a minute:\n\n",
        asked.profession
    );
    text += &format!("1. {}\n\n2. {}\n\n", NAME_QUESTIONS[0], NAME_QUESTIONS[1]);
    text += "They need not be known, nor senior, nor work where we do. Only I read your answer";
    if let Some(until) = asked.until {
        text += &format!("; by {}, please", day(until));
    }
    text + &format!(".\n\nThank you\n{name}\n")
}

/// "named by Bo, Edith and Jonas"; a name given twice by one person counts as one.
pub fn named_by_whom(mastery: &Mastery<'_>, name: &str) -> String {
    let mut by: Vec<String> = named_by(mastery, name)
        .iter()
        .map(|n| n.what.by.clone())
        .collect();
    by.sort();
    by.dedup();
    if by.is_empty() {
        return String::new();
    }
    format!("named by {}", list(&by))
}

/// Questions that a master may be asked, in our own words: of the field, and of one time.
pub const MASTER_QUESTIONS: [&str; 8] = [
    "Tell me about the last one that went wrong: what did you notice first?",
    "What do you see in a piece of work that tells you somebody has mastered it?",
    "What was the hardest thing you accomplished, and what made it hard?",
    "What do people in their second year get wrong?",
    "Do you have to publish to be a master of it, or to be known?",
    "Which of these competencies would you strike, and what is missing?",
    "What did you practise that nobody told you to?",
    "Whom would you ask?",
];

/// The question that goes with the list of competencies.
pub const LIST_QUESTION: &str = MASTER_QUESTIONS[5];

/// A first draft to a master: who asks, why them, what about, how much time, and an easy no.
pub fn outreach_draft(
    framework: &Framework,
    name: &str,
    to: &str,
    exemplar: Option<&Exemplar>,
    mastery: &Mastery<'_>,
    questions: &[String],
) -> String {
    let mut text = format!("Dear {to},\n\n");
    let who = match framework.practitioner.as_str() {
        "" => format!("I work in {}", framework.title),
        who => format!("I am {} {}", article(who), who.to_lowercase()),
    };
    text += &format!("{who} and want to get better at it.");
    if let Some(first) = exemplar.and_then(|e| e.accomplished.first()) {
        text += &format!(
            " I write to you because of what you accomplished: {}.",
            first.what.trim_end_matches('.')
        );
    }
    let mut by: Vec<String> = named_by(mastery, to)
        .iter()
        .map(|n| n.what.by.to_lowercase())
        .collect();
    by.sort();
    by.dedup();
    match by.len() {
        0 => {}
        1 => text += " A colleague told me that you are the one to ask.",
        n => {
            let colleagues = capital(&plural(n as u64, "colleague", "colleagues"));
            text += &format!(" {colleagues} told me that you are the one to ask.");
        }
    }
    if !questions.is_empty() {
        let asked = plural(questions.len() as u64, "question", "questions");
        text += &format!("\n\nI have {asked}:\n");
        for question in questions {
            text += &format!("\n- {question}");
        }
    }
    if questions.iter().any(|q| q == LIST_QUESTION) {
        text += "\n\nThe list of competencies I go by is with this letter.";
    }
    text + &format!(
        "\n\nWould you have twenty minutes in the next two weeks, in the way that suits you? If not, whom would you ask?\n\nThank you\n{name}\n"
    )
}

fn article(word: &str) -> &'static str {
    let vowel = word.chars().next().is_some_and(|c| "aeiouAEIOU".contains(c));
    if vowel { "an" } else { "a" }
}

/// How far an outreach is.
pub fn outreach_state(state: OutreachState) -> &'static str {
    match state {
        OutreachState::Draft => "being written",
        OutreachState::Sent => "sent",
        OutreachState::Answered => "answered",
        OutreachState::Declined => "they said no",
        OutreachState::Closed => "over",
    }
}

/// A link that opens the draft in the program for mail.
pub fn mailto(outreach: &Outreach, subject: &str) -> String {
    let whom = outreach.channel.trim();
    let address = if whom.contains('@') && !whom.contains(char::is_whitespace) {
        whom
    } else {
        ""
    };
    format!(
        "mailto:{}?subject={}&body={}",
        escaped(address),
        escaped(subject),
        escaped(&outreach.draft.replace('\n', "\r\n"))
    )
}

/// A text as it stands in an address: everything but letters, digits and a few marks as bytes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_opens_in_the_program_for_mail_with_every_character_it_has() {
        let outreach = |channel: &str| Outreach {
            to: "Rosa".into(),
            exemplar: None,
            contact: None,
            channel: channel.into(),
            draft: "Dear Rosa,\nsalt & pepper? 100 % é".into(),
            questions: Vec::new(),
            state: OutreachState::Draft,
            next: None,
        };
        let body = "Dear%20Rosa%2C%0D%0Asalt%20%26%20pepper%3F%20100%20%25%20%C3%A9";
        assert_eq!(
            mailto(&outreach("rosa@example.org"), "A question"),
            format!("mailto:rosa@example.org?subject=A%20question&body={body}")
        );
        assert!(mailto(&outreach("at the fair, rosa@"), "x").starts_with("mailto:?"));
    }
}
