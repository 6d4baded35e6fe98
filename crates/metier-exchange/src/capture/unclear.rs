//! What a line says that must be looked at before it is recorded: a day that can be read in two ways or in
//! none, and that it is confidential. English, German, French, Spanish and Dutch.

use super::dates;

/// Times that everybody understands on the day they are written, and nobody after that. A `#` stands for one
/// word, a number or "a few".
const RELATIVE: &[&str] = &[
    "yesterday",
    "recently",
    "lately",
    "the other day",
    "a while ago",
    "a while back",
    "some time ago",
    "# day ago",
    "# days ago",
    "# week ago",
    "# weeks ago",
    "# month ago",
    "# months ago",
    "# year ago",
    "# years ago",
    "gestern",
    "vorgestern",
    "neulich",
    "kürzlich",
    "vor kurzem",
    "vor # tagen",
    "vor # wochen",
    "vor # monaten",
    "vor # jahren",
    "vor einem monat",
    "vor einem jahr",
    "hier",
    "récemment",
    "il y a # jours",
    "il y a # semaines",
    "il y a # mois",
    "il y a # ans",
    "ayer",
    "recientemente",
    "hace # días",
    "hace # semanas",
    "hace # meses",
    "hace # años",
    "gisteren",
    "onlangs",
    "# dagen geleden",
    "# weken geleden",
    "# maanden geleden",
    "# jaar geleden",
];

/// Words that make a part of the year relative, in front of it.
const BEFORE: &[&str] = &[
    "last",
    "this",
    "past",
    "previous",
    "letzten",
    "letztes",
    "letzte",
    "letzter",
    "vorigen",
    "voriges",
    "vorige",
    "vergangenen",
    "vergangenes",
    "vergangene",
    "diesen",
    "dieses",
    "diese",
    "vorig",
    "afgelopen",
    "deze",
    "dit",
];

/// Words that make a part of the year relative, behind it.
const BEHIND: &[&str] = &["dernier", "dernière", "passé", "passée", "pasado", "pasada"];

/// Parts of a year and of a week.
const PARTS: &[&str] = &[
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "year",
    "month",
    "week",
    "quarter",
    "semester",
    "term",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "frühling",
    "frühjahr",
    "sommer",
    "herbst",
    "jahr",
    "monat",
    "woche",
    "quartal",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "printemps",
    "été",
    "automne",
    "hiver",
    "an",
    "année",
    "mois",
    "semaine",
    "trimestre",
    "primavera",
    "verano",
    "otoño",
    "invierno",
    "año",
    "mes",
    "semana",
    "lente",
    "voorjaar",
    "zomer",
    "herfst",
    "jaar",
    "maand",
    "kwartaal",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
];

/// Seasons, which name no day even with their year.
const SEASONS: &[&str] = &[
    "spring",
    "summer",
    "autumn",
    "winter",
    "frühling",
    "frühjahr",
    "sommer",
    "herbst",
    "printemps",
    "été",
    "automne",
    "hiver",
    "primavera",
    "verano",
    "otoño",
    "invierno",
    "lente",
    "voorjaar",
    "zomer",
    "herfst",
];

/// Words by which somebody says that a thing is not for everybody.
const CONFIDENTIAL: &[&str] = &[
    "confidential",
    "strictly private",
    "in confidence",
    "internal only",
    "internally only",
    "internal use only",
    "for internal use",
    "company internal",
    "not for sharing",
    "not to be shared",
    "not for distribution",
    "do not share",
    "don't share",
    "do not forward",
    "do not distribute",
    "under nda",
    "off the record",
    "top secret",
    "vertraulich",
    "vertrauliche",
    "vertraulichen",
    "vertrauliches",
    "vertraulicher",
    "nur intern",
    "nur für intern",
    "nur für den internen gebrauch",
    "nur zum internen gebrauch",
    "nicht weitergeben",
    "streng geheim",
    "geheim",
    "confidentiel",
    "confidentielle",
    "confidentiels",
    "confidentielles",
    "usage interne",
    "diffusion restreinte",
    "confidencial",
    "confidenciales",
    "uso interno",
    "vertrouwelijk",
    "vertrouwelijke",
    "alleen intern",
    "intern gebruik",
    "niet delen",
];

/// Words that say so only where they stand by themselves in brackets.
const IN_BRACKETS: &[&str] = &[
    "internal", "intern", "interne", "interno", "private", "privat", "privé", "secret",
];

/// What to say of a line whose day has two readings, or none that lasts; `None` where there is no such thing.
/// `known`: a whole day is understood from elsewhere in it.
pub(super) fn unclear_day(text: &str, known: bool) -> Option<String> {
    if let Some(word) = two_ways(text) {
        return Some(format!("{word} can be read in two ways: choose the day."));
    }
    if known {
        return None;
    }
    relative(text).map(|said| format!("“{said}” names no day: choose it."))
}

/// `04/03/2026`, `4/3/26`, `04.03.26`: a day, and whose month is whose nobody can tell.
fn two_ways(text: &str) -> Option<&str> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '.')));
    words
        .map(|word| word.trim_matches(['.', '/']))
        .filter(|word| (6..=10).contains(&word.len()))
        .find(|word| {
            let mark = if word.contains('/') { '/' } else { '.' };
            let numbers: Vec<&str> = word.split(mark).collect();
            let [first, second, year] = numbers[..] else {
                return false;
            };
            let short =
                |n: &str, most: u8| n.len() <= 2 && n.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n));
            // Version numbers have full stops, too; a day has a month of two digits beside it.
            let digits = |n: &str| n.bytes().all(|b| b.is_ascii_digit());
            let like_a_date = short(first, 31) && short(second, 31) && digits(year);
            match (mark, year.len()) {
                ('/', 2 | 4) => like_a_date && dates::whole(word).is_none(),
                ('.', 2) => like_a_date && first.len() == 2 && second.len() == 2,
                _ => false,
            }
        })
}

fn relative(text: &str) -> Option<String> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let here = &words[at..];
        let two = match here {
            [first, second, ..] => {
                let year = second.len() == 4 && second.bytes().all(|b| b.is_ascii_digit());
                (BEFORE.contains(&&**first) && PARTS.contains(&&**second))
                    || (PARTS.contains(&&**first) && BEHIND.contains(&&**second))
                    || (SEASONS.contains(&&**first) && year)
            }
            _ => false,
        };
        if two {
            return Some(here[..2].join(" "));
        }
        RELATIVE.iter().find_map(|phrase| matched(here, phrase))
    })
}

/// The words here, where they are those of a phrase. A `#` is one word, or two where the first is "a".
fn matched(here: &[String], phrase: &str) -> Option<String> {
    let mut at = 0;
    for want in phrase.split(' ') {
        let word = here.get(at)?;
        if want == "#" {
            let counts = word.bytes().all(|b| b.is_ascii_digit()) || NUMBERS.contains(&&**word);
            let few = matches!(&**word, "a" | "ein" | "een" | "un")
                && here.get(at + 1).is_some_and(|w| FEW.contains(&&**w));
            if !counts && !few {
                return None;
            }
            at += usize::from(few);
        } else if want != word {
            return None;
        }
        at += 1;
    }
    Some(here[..at].join(" "))
}

const NUMBERS: &[&str] = &[
    "a", "an", "one", "two", "three", "four", "five", "six", "ten", "some", "several", "few", "many", "zwei",
    "drei", "vier", "fünf", "einigen", "paar", "mehreren", "un", "deux", "trois", "quatre", "quelques",
    "dos", "tres", "cuatro", "unos", "unas", "varios", "twee", "drie", "enkele",
];
const FEW: &[&str] = &["few", "couple", "paar"];

/// The words by which a text says that it is confidential, as they stand.
pub(super) fn confidential(text: &str) -> Option<String> {
    let words = words(text);
    let phrase = CONFIDENTIAL.iter().find(|phrase| {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        words
            .windows(wanted.len())
            .any(|here| here.iter().zip(&wanted).all(|(a, b)| a == b))
    });
    phrase.map(|phrase| (*phrase).to_owned()).or_else(|| {
        let mut inside = text.split(['(', '[']).skip(1);
        inside.find_map(|part| {
            let word = part.split([')', ']']).next()?.trim().to_lowercase();
            IN_BRACKETS.contains(&&*word).then_some(word)
        })
    })
}

/// Words without case, in the order they stand. A genitive is its word: "last year's plan".
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| match word.strip_prefix("l'") {
            Some(noun) => noun,
            None => word.strip_suffix("'s").unwrap_or(word),
        })
        .map(|word| word.trim_matches('\'').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_with_two_readings_or_none_is_asked_about() {
        for (text, about) in [
            ("03/04/2025 ran the count", "03/04/2025"),
            ("Ran the count on 3/4/25", "3/4/25"),
            ("Am 03.04.25 gezählt", "03.04.25"),
            ("Ran the campaign last spring", "last spring"),
            ("Closed last year's books", "last year"),
            ("Taught Bo two weeks ago", "two weeks ago"),
            ("Taught Bo a couple weeks ago", "a couple weeks ago"),
            ("Moved the archive in spring 2025", "spring 2025"),
            ("Letzten Frühling das Archiv verlegt", "letzten frühling"),
            ("A formé Bo l'année dernière", "année dernière"),
            ("Formó a Bo hace dos semanas", "hace dos semanas"),
            ("Vorig jaar het archief verhuisd", "vorig jaar"),
        ] {
            let said = unclear_day(text, false).unwrap_or_default();
            assert!(said.contains(about), "{text}: {said}");
        }
        for text in [
            "25/03/2026 ran the count",
            "Spring launch: eight articles on time",
            "Upgraded to 1.2.34",
            "Last place in the queue fixed",
            "Scored 3/4 of the points",
            "Ran 24/7 for a week",
            "This was the week of the fair",
            "Set up 10.0.0.12",
        ] {
            assert_eq!(unclear_day(text, false), None, "{text}");
        }
        assert_eq!(unclear_day("Looked at last spring's campaign", true), None);
    }

    #[test]
    fn what_says_that_it_is_confidential_is_noticed() {
        for (text, because) in [
            ("Closed the merger file (CONFIDENTIAL)", "confidential"),
            ("Fusion vorbereitet, streng vertraulich", "vertraulich"),
            ("New pay bands - internal only", "internal only"),
            ("Plan for the site [internal]", "internal"),
            ("Kündigungen vorbereitet (intern)", "intern"),
            ("Dossier confidentiel", "confidentiel"),
            ("Uso interno: nuevas tarifas", "uso interno"),
            ("Vertrouwelijk: reorganisatie", "vertrouwelijk"),
        ] {
            assert_eq!(confidential(text).as_deref(), Some(because), "{text}");
        }
        for text in [
            "Wrote the confidentiality policy",
            "Trained the intern",
            "Private tutoring",
            "Secretary of the board",
        ] {
            assert_eq!(confidential(text), None, "{text}");
        }
    }
}
