use super::*;

fn sought(name: &str, also: &[&str]) -> Sought {
    Sought {
        name: name.into(),
        looks_like: String::new(),
        also: also.iter().map(|a| (*a).to_owned()).collect(),
    }
}

fn advert<'a>(employer: &'a str, text: &'a str) -> Read<'a> {
    Read {
        title: "Editor",
        employer,
        place: "Graz",
        text,
    }
}

const FIRST: &str = "About the role\n\nYou will write customer stories and interview experts from our Hortus labs.\n\
- Publish with WordPress and HubSpot\n- Plan editorial calendars\n\nWhat we offer\n\n- We publish an article about you in our house magazine, to standard\n";
const SECOND: &str = "What you bring\n\n- Skill with HubSpot, SQL and C#\n- Editorial calendars hold no fear for you\n- You do not need to write a customer story\n\nEqual opportunity\n\nWe check facts.\n";

fn both(rulings: &[Ruling], set_aside: &[String]) -> Asked {
    let sought = [
        sought("Write a customer story", &[]),
        sought("Interview a subject-matter expert", &["interview experts"]),
        sought("Publish an article to house standard", &[]),
        sought("Check facts and sources before publishing", &[]),
    ];
    asked(
        &sought,
        &[advert("Hortus", FIRST), advert("Hortus", SECOND)],
        rulings,
        set_aside,
    )
}

#[test]
fn a_sentence_asks_by_what_a_competency_is_called_and_by_the_words_of_its_name() {
    let asked = both(&[], &[]);
    let said = |c: usize| -> Vec<(usize, &str, By)> {
        let text = [FIRST, SECOND];
        asked.competencies[c]
            .iter()
            .flat_map(|a| {
                a.words
                    .iter()
                    .map(|w| (a.advert, &text[a.advert][w.clone()], a.by))
            })
            .collect()
    };
    assert_eq!(
        said(0),
        [
            (0, "write", By::Words),
            (0, "customer", By::Words),
            (0, "stories", By::Words)
        ]
    );
    assert_eq!(said(1), [(0, "interview experts", By::Name)]);
    assert!(said(2).is_empty(), "what the house offers asks for nothing");
    assert!(said(3).is_empty());
    assert_eq!((asked.adverts(0), asked.adverts(2)), (1, 0));
}

#[test]
fn the_persons_word_counts() {
    let sentence = "- Plan editorial  calendars".trim_start_matches("- ");
    let ruling = |competency, sentence: &str, asks| Ruling {
        advert: 0,
        competency,
        sentence: sentence.into(),
        asks,
    };
    let all = "You will write customer stories and interview experts from our Hortus labs.";
    let ruled = both(
        &[
            ruling(0, all, false),
            ruling(2, "Plan editorial calendars", true),
            ruling(1, "", false),
        ],
        &[],
    );
    assert!(ruled.competencies[0].is_empty() && ruled.competencies[1].is_empty());
    // A dash is part of a line, so the sentence is named with it.
    let dashed = both(
        &[ruling(2, &format!("- {}", sentence.replace("  ", " ")), true)],
        &[],
    );
    let by: Vec<By> = dashed.competencies[2].iter().map(|a| a.by).collect();
    assert_eq!(by, [By::Person]);
    assert!(
        ruled.competencies[2].is_empty(),
        "a sentence that does not stand there asks for nothing"
    );
}

#[test]
fn names_and_phrases_that_no_competency_has_are_told_and_the_employer_is_not() {
    let told = |asked: &Asked| -> Vec<(String, usize)> {
        asked
            .names
            .iter()
            .map(|n| (n.name.clone(), n.places.len()))
            .collect()
    };
    let names = told(&both(&[], &[]));
    assert_eq!(
        names[..2],
        [("editorial calendars".to_owned(), 2), ("HubSpot".to_owned(), 2)],
        "{names:?}"
    );
    for name in ["WordPress", "SQL", "C#"] {
        assert!(names.contains(&(name.to_owned(), 1)), "{name}: {names:?}");
    }
    assert!(
        !names
            .iter()
            .any(|(n, _)| n.contains("Hortus") || n.contains("Equal")),
        "{names:?}"
    );
    let fewer = told(&both(&[], &["hubspot".to_owned()]));
    assert!(!fewer.iter().any(|(n, _)| n == "HubSpot"));
}

#[test]
fn the_same_advert_with_a_few_words_changed_is_alike() {
    let again = FIRST.replace("experts", "scientists");
    assert!(alike(FIRST, &again) > 0.6 && alike(FIRST, FIRST) > SAME_FROM);
    assert!(alike(FIRST, SECOND) < 0.1);
    assert!(alike("a b", "A B") > SAME_FROM && alike("a b", "a c") < SAME_FROM);
}

proptest::proptest! {
    #[test]
    fn every_place_lies_in_its_text(text in "([A-Za-z+#.:,'\u{2019}é•-]{1,9}[ \n]){0,60}") {
        let sought = [sought("Write a story", &["b c"]), sought("Aa bb", &[])];
        let asked = asked(&sought, &[Read { text: &text, ..Read::default() }, Read { text: &text, ..Read::default() }], &[], &[]);
        for one in asked.competencies.iter().flatten() {
            proptest::prop_assert!(text.get(one.sentence.clone()).is_some());
            proptest::prop_assert!(one.words.iter().all(|w| text.get(w.clone()).is_some() && one.sentence.start <= w.start && w.end <= one.sentence.end));
        }
        for (_, sentence, word) in asked.names.iter().flat_map(|n| &n.places) {
            proptest::prop_assert!(text.get(word.clone()).is_some() && sentence.start <= word.start && word.end <= sentence.end);
        }
    }
}
