//! The forms an English word takes in a text: one more look-up table entry each, no work when reading.
//!
//! By rule, not by list: the plural, the forms in -s, -ed and -ing of a verb, and the British or American
//! way to write it. A form that is a word of a name itself keeps its own meaning, and one that two words
//! could be meant by belongs to neither.

use crate::text::scan::SpreadMap;

use super::vocabulary::Part;

/// Every form of these words that is none of them and belongs to one of them alone, with its word.
pub(super) fn forms(words: &SpreadMap<Box<str>, Part>) -> Vec<(String, &str)> {
    let mut of: SpreadMap<String, Option<&str>> = SpreadMap::default();
    for word in words.keys() {
        for form in inflect(word) {
            if words.contains_key(form.as_str()) {
                continue;
            }
            of.entry(form)
                .and_modify(|known| {
                    if *known != Some(word) {
                        *known = None;
                    }
                })
                .or_insert(Some(word));
        }
    }
    let mut forms: Vec<_> = of
        .into_iter()
        .filter_map(|(form, word)| Some((form, word?)))
        .collect();
    forms.sort_unstable();
    forms
}

/// The forms of a word in small letters; none of a short word or of one that is not all letters.
fn inflect(word: &str) -> Vec<String> {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut forms = Vec::new();
    let without = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() >= 3);
    if let Some(stem) = without("ies") {
        forms.push(format!("{stem}y"));
    } else if let Some(stem) = without("y").filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")]);
    } else if let Some(stem) = without("ing") {
        forms.extend([
            stem.to_owned(),
            format!("{stem}e"),
            format!("{stem}es"),
            format!("{stem}ed"),
        ]);
        forms.push(format!("{word}s"));
    } else if let Some(stem) = without("e") {
        forms.extend([format!("{word}s"), format!("{word}d"), format!("{stem}ing")]);
    } else if word.ends_with("is") {
        // "analysis" has no form that a rule would find.
    } else if word.ends_with("ss")
        || word.ends_with("us")
        || word.ends_with(['x', 'z'])
        || word.ends_with("ch")
        || word.ends_with("sh")
    {
        forms.extend([format!("{word}es"), format!("{word}ed"), format!("{word}ing")]);
    } else if let Some(stem) = without("s") {
        forms.push(stem.to_owned());
    } else {
        forms.extend([format!("{word}s"), format!("{word}ed"), format!("{word}ing")]);
    }
    for (one, other) in [
        ("isation", "ization"),
        ("ising", "izing"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("our", "or"),
    ] {
        for (from, to) in [(one, other), (other, one)] {
            if let Some(stem) = without(from) {
                forms.push(format!("{stem}{to}"));
            }
        }
    }
    for (one, other) in [
        ("programme", "program"),
        ("defence", "defense"),
        ("licence", "license"),
    ] {
        if word == one {
            forms.push(other.to_owned());
        } else if word == other {
            forms.push(one.to_owned());
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Vec<String> {
        let words = (0..)
            .zip(words)
            .map(|(number, word)| {
                let part = Part {
                    number,
                    ..Part::default()
                };
                (Box::from(*word), part)
            })
            .collect();
        forms(&words)
            .into_iter()
            .map(|(form, word)| format!("{form}={word}"))
            .collect()
    }

    #[test]
    fn a_word_takes_its_plural_its_verb_forms_and_both_spellings() {
        assert_eq!(of(&["test"]), ["tested=test", "testing=test", "tests=test"]);
        assert_eq!(
            of(&["study"]),
            ["studied=study", "studies=study", "studying=study"]
        );
        assert_eq!(
            of(&["organise"]),
            [
                "organised=organise",
                "organises=organise",
                "organising=organise",
                "organize=organise"
            ]
        );
        assert_eq!(
            of(&["focus"]),
            ["focused=focus", "focuses=focus", "focusing=focus"]
        );
        assert_eq!(of(&["sql", "c++", "analysis"]), Vec::<String>::new());
    }

    #[test]
    fn a_form_that_is_a_word_or_belongs_to_two_is_nobodys() {
        assert_eq!(
            of(&["test", "testing"]),
            [
                "teste=testing",
                "testes=testing",
                "testings=testing",
                "tests=test"
            ]
        );
    }
}
