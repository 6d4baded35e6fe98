//! What stands around what was done: greetings, the words that end a letter, headings.

/// Words that end a letter.
const SIGN_OFFS: &[&str] = &[
    "best",
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "best wishes",
    "all the best",
    "cheers",
    "thanks",
    "many thanks",
    "thanks again",
    "thank you",
    "thx",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "yours",
    "love",
    "see you",
    "talk soon",
    "mfg",
    "vg",
    "lg",
    "viele grüße",
    "liebe grüße",
    "schöne grüße",
    "beste grüße",
    "herzliche grüße",
    "mit freundlichen grüßen",
    "freundliche grüße",
    "grüße",
    "gruß",
    "danke",
    "vielen dank",
    "cordialement",
    "bien cordialement",
    "bien à vous",
    "amicalement",
    "merci",
    "salutations",
    "saludos",
    "un saludo",
    "saludos cordiales",
    "atentamente",
    "gracias",
    "groeten",
    "groet",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "hartelijke groeten",
    "bedankt",
    "alvast bedankt",
];

/// First words of a greeting.
const GREETINGS: &[&str] = &[
    "hi", "hello", "dear", "hey", "hallo", "liebe", "lieber", "guten", "servus", "moin", "bonjour", "salut",
    "cher", "chère", "hola", "estimado", "estimada", "querido", "querida", "beste", "hoi", "geachte", "dag",
];

/// True for "Hi all," and its like: short, and nothing is told in it.
pub(super) fn is_greeting(line: &str) -> bool {
    let lower = line.to_lowercase();
    let first = lower
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let greets = GREETINGS.contains(&first)
        || lower.starts_with("good morning")
        || lower.starts_with("good afternoon");
    let closed = line.ends_with([',', '!', ':', '-', '–']);
    greets
        && line.chars().count() <= 60
        && !line.contains(". ")
        && (closed || line.split_whitespace().count() <= 3)
}

/// True for a line that ends a letter, with the name behind it or without.
pub(super) fn is_sign_off(line: &str) -> bool {
    let bare = |text: &str| text.trim().trim_end_matches([',', '.', '!']).to_lowercase();
    let name = |text: &str| {
        let words = text.split_whitespace().count();
        (1..=3).contains(&words) && text.trim().starts_with(char::is_uppercase) && !text.ends_with(['.', ':'])
    };
    let whole = bare(line);
    SIGN_OFFS.contains(&whole.as_str())
        || line
            .split_once(", ")
            .is_some_and(|(off, who)| SIGN_OFFS.contains(&bare(off).as_str()) && name(who))
}

/// True for what may stand in a signature: short, and no sentence.
pub(super) fn in_signature(line: &str) -> bool {
    line.chars().count() <= 60 && line.split_whitespace().count() <= 6 && !line.ends_with(['.', '!', ';'])
}

/// True for a line that can be a heading, where it stands over bullets: short, and no sentence.
pub(super) fn heads(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (1..=8).contains(&words) && line.chars().count() <= 80 && !line.ends_with(['.', '!', '?', ';', ','])
}

/// True for a heading in capitals: "EXPERIENCE", "WORK AND PROJECTS".
pub(super) fn in_capitals(line: &str) -> bool {
    let letters: Vec<char> = line.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 4
        && letters.iter().all(|c| c.is_uppercase())
        && line.split_whitespace().count() <= 6
        && !line.chars().any(char::is_numeric)
        && !line.ends_with(['.', '!', '?'])
}

/// True for the line drawn under a heading.
pub(super) fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && (line.bytes().all(|b| b == b'=')
            || line.bytes().all(|b| b == b'-')
            || line.bytes().all(|b| b == b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_and_ends_of_letters_are_told_from_what_was_done() {
        for line in [
            "Hi all,",
            "Dear Ms Brown,",
            "Hallo zusammen!",
            "Bonjour à tous,",
            "Hola",
            "Beste collega's,",
        ] {
            assert!(is_greeting(line), "{line}");
        }
        for line in [
            "Best regards",
            "Thanks!",
            "Viele Grüße,",
            "Cheers, Ada",
            "Saludos,",
            "Thanks, Ada Marlow",
        ] {
            assert!(is_sign_off(line), "{line}");
        }
        for line in [
            "Dear patients were calmed by the new leaflet I wrote",
            "Thanks to the new plan, waiting is down",
            "Best article of the month",
            "Hello campaign launched to 3,000 people",
            "Merci campaign, launched on time",
        ] {
            assert!(!is_greeting(line) && !is_sign_off(line), "{line}");
        }
        assert!(in_capitals("WORK AND PROJECTS") && !in_capitals("ABC") && !in_capitals("Won the NHS award"));
        assert!(is_rule("====") && !is_rule("- x") && !is_rule("--"));
    }
}
