//! What looks like a name, by the words and signs around it. Cautious the other way round than a filter:
//! what is marked too often costs a look, what is missed costs somebody's privacy.

use std::ops::Range;

use super::names::Like;
use super::ordinary::is_ordinary;

/// Words before a name of somebody in one's care.
const PATIENTS: &[&str] = &[
    "patient",
    "patients",
    "pupil",
    "resident",
    "baby",
    "mother",
    "detainee",
    "inmate",
    "child",
    "widow",
    "patientin",
    "bewohner",
    "bewohnerin",
    "schüler",
    "schülerin",
    "patiente",
    "élève",
    "résident",
    "résidente",
    "paciente",
    "alumno",
    "alumna",
    "patiënt",
    "bewoner",
    "leerling",
];
/// Words before a name of who pays.
const CLIENTS: &[&str] = &[
    "client",
    "clients",
    "customer",
    "customers",
    "account",
    "tenant",
    "prospect",
    "buyer",
    "supplier",
    "vendor",
    "kunde",
    "kundin",
    "mandant",
    "mandantin",
    "klient",
    "klientin",
    "mieter",
    "mieterin",
    "lieferant",
    "cliente",
    "locataire",
    "fournisseur",
    "inquilino",
    "proveedor",
    "klant",
    "cliënt",
    "huurder",
    "leverancier",
];
/// Forms of address.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "madam",
    "herr",
    "frau",
    "mme",
    "sister",
    "judge",
    "rev",
    "monsieur",
    "madame",
    "mlle",
    "docteur",
    "señor",
    "señora",
    "sr",
    "sra",
    "doña",
    "mevrouw",
    "meneer",
    "dhr",
    "mevr",
    "schwester",
];
/// Deeds that are done to somebody.
const TO_SOMEBODY: &[&str] = &[
    "coached",
    "taught",
    "trained",
    "mentored",
    "tutored",
    "treated",
    "nursed",
    "helped",
    "supervised",
    "onboarded",
    "advised",
    "represented",
    "defended",
    "discharged",
    "admitted",
    "counselled",
    "formé",
    "accompagné",
    "soigné",
    "formó",
    "formado",
    "acompañado",
    "begeleidde",
    "begeleid",
    "opgeleid",
];
/// Words that stand before names of several words.
const BEFORE_NAMES: &[&str] = &[
    "with", "for", "by", "from", "to", "and", "of", "at", "mit", "für", "von", "bei", "und", "durch", "avec",
    "pour", "par", "chez", "et", "con", "para", "por", "y", "met", "voor", "van", "bij", "door",
];
/// Words before a number that somebody goes by.
const NUMBERED: [&str; 16] = [
    "mrn", "nhs", "ssn", "case", "file", "record", "policy", "account", "invoice", "id", "passport",
    "licence", "license", "member", "customer", "patient",
];
/// Characters before a number in which the word stands that says whose it is.
const NEAR: usize = 40;

/// Everything in a text that looks like a name, the surest first; ranges may overlap.
pub(super) fn all(text: &str, words: &[Range<usize>]) -> Vec<(Range<usize>, Like)> {
    let mut found = emails(text);
    found.extend(numbers(text));
    found.extend(after_words(text, words));
    found
}

/// The words of a text: letters, with apostrophes and hyphens inside.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let joins = matches!(c, '\'' | '’' | '-')
            && open.is_some()
            && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if c.is_alphabetic() || joins || matches!(c, '\u{300}'..='\u{36f}') {
            open.get_or_insert(at);
        } else if let Some(start) = open.take() {
            words.push(start..at);
        }
    }
    if let Some(start) = open {
        words.push(start..text.len());
    }
    words
}

fn emails(text: &str) -> Vec<(Range<usize>, Like)> {
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let start = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| local(*c))
            .last();
        let after = &text[at + 1..];
        let length = after.find(|c| !host(c)).unwrap_or(after.len());
        let domain = after[..length].trim_end_matches(['.', '-']);
        if let Some((start, _)) = start
            && domain.contains('.')
        {
            found.push((start..at + 1 + domain.len(), Like::Email));
        }
    }
    found
}

/// Telephone numbers, and numbers that somebody may go by.
fn numbers(text: &str) -> Vec<(Range<usize>, Like)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let digit = at + offset;
        let start = token_start(text, digit, at);
        let end = token_end(text, digit);
        let token = &text[start..end];
        if let Some(like) = number(token, &text[..start]) {
            found.push((start..end, like));
        }
        at = end.max(digit + 1);
    }
    found
}

/// Where what a digit belongs to begins: letters stuck to it, a plus sign, a bracket.
fn token_start(text: &str, digit: usize, from: usize) -> usize {
    let before = text[from..digit].char_indices().rev();
    let stuck = before
        .take_while(|(_, c)| c.is_ascii_alphanumeric() || matches!(c, '+' | '(' | '-'))
        .last();
    stuck.map_or(digit, |(offset, _)| from + offset)
}

/// Where it ends: after the last digit or letter that is stuck to it or one separator away from a digit.
fn token_end(text: &str, digit: usize) -> usize {
    let mut end = digit;
    let mut gap = 0;
    for (offset, c) in text[digit..].char_indices() {
        if c.is_ascii_digit() || (gap == 0 && c.is_ascii_alphabetic()) {
            end = digit + offset + c.len_utf8();
            gap = 0;
        } else if matches!(c, ' ' | '-' | '.' | '/' | '(' | ')') && gap < 2 {
            gap += 1;
        } else {
            break;
        }
    }
    end
}

fn number(token: &str, before: &str) -> Option<Like> {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let letters = token.bytes().any(|b| b.is_ascii_alphabetic());
    let groups: Vec<&str> = token
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|g| !g.is_empty())
        .collect();
    if is_day_or_sum(&groups, token) {
        return None;
    }
    // The word before it stands within so many characters.
    let near = before.char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at);
    let cue = before[near..]
        .trim_end_matches(['#', ':', '.', ' '])
        .to_lowercase();
    let cue = cue.trim_end_matches(|c: char| !c.is_alphanumeric());
    let cue = ["number", "no", "nr"]
        .iter()
        .find_map(|word| cue.strip_suffix(word).filter(|rest| rest.ends_with(' ')))
        .map_or(cue, str::trim_end);
    let word = cue
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    if digits >= 3 && (NUMBERED.contains(&word) || before.ends_with('#')) {
        return Some(Like::Number);
    }
    if letters {
        return (digits >= 5 && groups.len() <= 2).then_some(Like::Number);
    }
    let dialled = token.starts_with(['+', '0', '(']);
    if (7..=15).contains(&digits) && (dialled || groups.len() >= 3) && groups.len() <= 8 {
        return Some(Like::Phone);
    }
    groups.iter().any(|g| g.len() >= 6).then_some(Like::Number)
}

/// True for days, spans of years, and sums with their thousands apart.
fn is_day_or_sum(groups: &[&str], token: &str) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|g| g.len()).collect();
    let years = groups
        .iter()
        .all(|g| g.len() == 4 && (g.starts_with("19") || g.starts_with("20")));
    let day = matches!(
        lengths[..],
        [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] | [4, 1..=2] | [1..=2, 4]
    );
    let sum = token.contains(' ')
        && !token.starts_with('0')
        && lengths.first().is_some_and(|n| *n <= 3)
        && lengths[1..].iter().all(|n| *n == 3);
    years || (day && !token.starts_with('+')) || sum
}

/// Names by the word before them.
fn after_words(text: &str, words: &[Range<usize>]) -> Vec<(Range<usize>, Like)> {
    let mut found = Vec::new();
    for (n, range) in words.iter().enumerate() {
        let word = text[range.clone()].to_lowercase();
        let word = word.as_str();
        let follows = |room: &str| named(text, &words[n + 1..], range.end, room);
        let (like, name) = if TITLES.contains(&word) {
            (Like::Person, follows(". "))
        } else if PATIENTS.contains(&word) {
            (Like::Patient, follows(" :,\"'“‘("))
        } else if CLIENTS.contains(&word) {
            (Like::Client, follows(" :,\"'“‘("))
        } else if TO_SOMEBODY.contains(&word) {
            (Like::Person, follows(" "))
        } else if BEFORE_NAMES.contains(&word) {
            let several = follows(" ").filter(|name| name.1 > 1);
            (Like::Person, several)
        } else {
            continue;
        };
        if let Some((name, _)) = name {
            found.push((name, like));
        }
    }
    found
}

/// A run of capitalised words that begins right after a place, and how many they are. Only what is in
/// `room` may stand between.
fn named(text: &str, words: &[Range<usize>], after: usize, room: &str) -> Option<(Range<usize>, usize)> {
    let mut name: Option<Range<usize>> = None;
    let mut count = 0;
    let mut end = after;
    for range in words.iter().take(4) {
        let between = &text[end..range.start];
        let allowed = if count == 0 { room } else { " .&" };
        if between.is_empty() || between.len() > 3 || !between.chars().all(|c| allowed.contains(c)) {
            break;
        }
        // A full stop between words ends a sentence, unless it is behind an initial.
        let last = &text[name.clone().unwrap_or(range.start..range.start)];
        if count > 0
            && between.starts_with('.')
            && last.rsplit(' ').next().is_some_and(|w| w.chars().count() > 1)
        {
            break;
        }
        let word = &text[range.clone()];
        if !word.starts_with(char::is_uppercase) || is_ordinary(word) {
            break;
        }
        let start = name.map_or(range.start, |n| n.start);
        name = Some(start..range.end);
        count += 1;
        end = range.end;
    }
    name.map(|n| (n, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<(&str, Like)> {
        let mut found: Vec<(Range<usize>, Like)> = Vec::new();
        for (range, like) in all(text, &words(text)) {
            if found
                .iter()
                .all(|(there, _)| range.end <= there.start || there.end <= range.start)
            {
                found.push((range, like));
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
            .into_iter()
            .map(|(range, like)| (&text[range], like))
            .collect()
    }

    #[test]
    fn addresses_and_telephone_numbers_are_marked() {
        for (text, mark, like) in [
            (
                "Write to anna.meier@example.org.",
                "anna.meier@example.org",
                Like::Email,
            ),
            ("call +44 20 7946 0000 now", "+44 20 7946 0000", Like::Phone),
            ("call (020) 7946-0000", "(020) 7946-0000", Like::Phone),
            ("call 030/123 45 67", "030/123 45 67", Like::Phone),
            ("MRN 4711", "4711", Like::Number),
            ("case no. 20931", "20931", Like::Number),
            ("ticket #4711", "4711", Like::Number),
            (
                "the IBAN DE89370400440532013000",
                "DE89370400440532013000",
                Like::Number,
            ),
            ("born 19841231", "19841231", Like::Number),
        ] {
            assert_eq!(marked(text), [(mark, like)], "{text}");
        }
    }

    #[test]
    fn days_sums_and_years_are_no_numbers_of_somebody() {
        for text in [
            "on 2026-03-04, or 4.3.2026, or 03/04/2026",
            "from 2018-2020 and 2018 – 2020",
            "saved 1,200,000 euros and 1 200 000 more",
            "30 of 30 clean, 99.5%, 3.5 hours, 10:30",
            "eight of 120 in 2026",
            "Windows 11, COVID-19, B2B and A4",
        ] {
            assert_eq!(marked(text), [], "{text}");
        }
    }

    #[test]
    fn names_are_marked_by_the_word_before_them() {
        for (text, mark, like) in [
            ("Calmed Mr. Brown at night", "Brown", Like::Person),
            ("asked Dr Anna B. Meier for advice", "Anna B. Meier", Like::Person),
            ("patient K. fell", "K", Like::Patient),
            ("Patient: Edith Moss", "Edith Moss", Like::Patient),
            ("our client, Acme Holding, agreed", "Acme Holding", Like::Client),
            ("Coached Bo through it", "Bo", Like::Person),
            ("went there with Anna Meier in spring", "Anna Meier", Like::Person),
            ("a film for Northwind & Sons", "Northwind & Sons", Like::Person),
        ] {
            assert_eq!(marked(text), [(mark, like)], "{text}");
        }
    }

    #[test]
    fn ordinary_sentences_stay_unmarked() {
        for text in [
            "Led the ward round with the team. Everyone came.",
            "Published it in March, and in April again",
            "For patients and clients alike. Then we rested.",
            "Taught the new ones, coached nobody",
            "Worked from Leeds and for England",
        ] {
            assert_eq!(marked(text), [], "{text}");
        }
    }

    #[test]
    fn german_nouns_are_no_names_and_names_of_five_languages_are() {
        for text in [
            "Patient Aufnahme und Entlassung geplant",
            "Schulung für Mitarbeiter und Leitung im Vertrieb",
            "Gespräche mit Kunden Abteilung Einkauf vorbereitet",
            "Baby Pflege unterrichtet, Account Planung gemacht",
            "Rapport pour les élèves en Mars",
            "Informe para la clase de Enero",
        ] {
            assert_eq!(marked(text), [], "{text}");
        }
        for (text, mark, like) in [
            ("Mit Anna Meier gesprochen", "Anna Meier", Like::Person),
            ("Frau Müller beruhigt", "Müller", Like::Person),
            ("Patientin K. betreut", "K", Like::Patient),
            ("Fait avec Marie Dupont", "Marie Dupont", Like::Person),
            ("La patiente Morel est sortie", "Morel", Like::Patient),
            ("Preparado con Lucía Pérez", "Lucía Pérez", Like::Person),
            ("Gesprek met Mevrouw Jansen", "Mevrouw Jansen", Like::Person),
        ] {
            let found = marked(text);
            assert!(found.contains(&(mark, like)), "{text}: {found:?}");
        }
    }

    #[test]
    fn any_text_can_be_looked_at() {
        for text in [
            "@",
            "a@",
            "@b.c",
            "+",
            "(",
            "#1",
            "Mr",
            "Mr ",
            "patient:",
            "é1é",
            "日本 Dr 田中",
            "1-",
        ] {
            all(text, &words(text));
        }
        assert_eq!(words("O'Neill-Smith's dog-").len(), 2);
    }
}
