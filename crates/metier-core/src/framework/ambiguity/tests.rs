use super::*;

fn found(text: &str) -> Vec<(Sort, String)> {
    flags(text).into_iter().map(|f| (f.sort, f.words)).collect()
}

fn only(text: &str, sort: Sort, words: &str) {
    assert_eq!(found(text), [(sort, words.to_owned())], "{text}");
}

#[test]
fn what_nobody_can_see_is_flagged_unless_something_is_done_with_it() {
    only(
        "Understands the role of testing and how it works",
        Sort::Unseen,
        "Understands",
    );
    only(
        "has an awareness of commercial processes",
        Sort::Unseen,
        "has an awareness",
    );
    only("is aware of accessibility", Sort::Unseen, "is aware");
    only("You can:\n- understand users", Sort::Unseen, "understand");
    assert_eq!(
        found("Understands the process and explains it to new colleagues"),
        []
    );
    assert_eq!(found("understand and apply data standards"), []);
    assert_eq!(found("Explains the purpose of user stories"), []);
    assert_eq!(found("be accountable for the budget"), []);
}

#[test]
fn praise_open_cases_and_degrees_are_flagged_with_their_words() {
    only(
        "Communicates effectively with clients",
        Sort::Vague,
        "effectively",
    );
    only(
        "Gives leadership qualities a name",
        Sort::Vague,
        "leadership qualities",
    );
    only(
        "Escalates issues where appropriate",
        Sort::OpenCase,
        "where appropriate",
    );
    only("Meets stakeholders regularly", Sort::NoThreshold, "regularly");
    only("Solves complex problems", Sort::NoThreshold, "complex");
    assert_eq!(found("Meets stakeholders regularly, every two weeks"), []);
    assert_eq!(found("Follows the house style"), []);
}

#[test]
fn a_comparison_without_the_other_side_is_flagged() {
    only(
        "Enables engineers to work more effectively",
        Sort::Comparison,
        "more effectively",
    );
    only("Takes on larger projects", Sort::Comparison, "larger");
    only(
        "Builds industry-leading interactions",
        Sort::Comparison,
        "industry-leading",
    );
    assert_eq!(found("Takes on projects larger than three teams"), []);
    assert_eq!(found("Mentors more junior colleagues"), []);
}

#[test]
fn two_things_are_two_only_when_each_has_its_own_object() {
    only(
        "break down complexity and produce clear outputs",
        Sort::TwoThings,
        "and produce",
    );
    only(
        "Designs the service and trains the users",
        Sort::TwoThings,
        "and trains",
    );
    for text in [
        "design and run workshops",
        "identify risks and issues",
        "identify, define and communicate requirements",
        "work with developers to design and build services",
        "use evidence to inform decisions and improve services",
        "follow standards and controls",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_flag_names_its_sentence_and_a_framework_its_places() {
    let mut framework = crate::catalogue::example::bakery().draft("51-3011").unwrap();
    framework.competencies.truncate(1);
    framework.competencies[0].looks_like = "Communicates effectively.".into();
    let open = ambiguities(&framework);
    assert_eq!((open.len(), &open[0].rung), (1, &None));
    let rung = framework.ladder.rungs[1].id.clone();
    framework.competencies[0].wording.insert(
        rung.clone(),
        crate::framework::Wording {
            text: "Kneads alone. Is aware of hygiene.".into(),
            signals: vec!["Works quickly".into()],
            examples: vec!["Was excellent".into()],
        },
    );
    let open = ambiguities(&framework);
    assert_eq!(
        open.len(),
        1,
        "what a document says stands for what it looks like"
    );
    assert_eq!(open[0].rung.as_ref(), Some(&rung));
    let words: Vec<&str> = open[0].flags.iter().map(|f| f.words.as_str()).collect();
    assert_eq!(words, ["Is aware", "quickly"]);
    assert_eq!(open[0].flags[0].sentence, "Is aware of hygiene");
}

#[test]
fn no_list_holds_a_word_twice() {
    use super::lexicon::*;
    for list in [
        &VAGUE[..],
        &OPEN_CASE,
        &DEGREE,
        &RANK,
        &INNER,
        &INNER_NOUNS,
        &STATES,
        &OPENERS,
        &BELOW,
    ] {
        let mut sorted = list.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), list.len(), "{list:?}");
    }
}
