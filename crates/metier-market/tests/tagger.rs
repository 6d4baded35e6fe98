//! The tagger from marked sentences to spans in a text, on sentences of our own making.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use metier_market::dataset::{Layer, Marked, Span, SpanSet, read_spans};
use metier_market::evaluate::score_spans;
use metier_market::tagger::{Desk, Model, Tagger};
use metier_market::train::{Dice, Plan, Settings, TaggerData, TrainError, train_tagger};

/// Sentences of one pattern: "You will [design] [Rust] systems ." in which verb and language change.
fn sentences(n: usize, seed: u64) -> Vec<Marked> {
    let verbs = ["design", "build", "test", "operate", "explain"];
    let languages = ["Rust", "Python", "Haskell", "SQL", "Erlang", "OCaml"];
    let mut dice = Dice::new(seed);
    let span = |start, end| Span { start, end };
    (0..n)
        .map(|_| {
            let verb = verbs[dice.below(verbs.len())];
            let language = languages[dice.below(languages.len())];
            let (text, skill, knowledge) = match dice.below(4) {
                0 => (
                    format!("You will {verb} systems in {language} ."),
                    vec![span(2, 4)],
                    vec![span(5, 6)],
                ),
                1 => (
                    format!("Experience with {language} is welcome ."),
                    vec![],
                    vec![span(2, 3)],
                ),
                2 => (
                    format!("You {verb} {language} systems daily ."),
                    vec![span(1, 4)],
                    vec![span(2, 3)],
                ),
                _ => (
                    "We are a friendly team in the old town .".to_owned(),
                    vec![],
                    vec![],
                ),
            };
            Marked {
                tokens: text.split(' ').map(Into::into).collect(),
                skill,
                knowledge,
            }
        })
        .collect()
}

fn plan(teachers: usize) -> Plan {
    Plan {
        network: Settings {
            width: 12,
            hidden: 16,
            rounds: 6,
            batch: 4,
            rate: 0.02,
            ..Settings::default()
        },
        folds: 2,
        teachers,
        unmarked: 300,
    }
}

fn data() -> TaggerData {
    TaggerData {
        marked: vec![SpanSet {
            sentences: sentences(150, 1),
            both_layers: true,
        }],
        texts: vec!["You will design systems in Rust and Erlang. We test.".to_owned(); 4],
        adverts: vec!["You will build systems in Erlang. Experience with SQL is welcome.".to_owned(); 8],
    }
}

#[test]
fn it_finds_what_it_was_taught_in_sentences_it_never_saw_and_in_plain_text() {
    let trained = train_tagger(&data(), &plan(0), 3, |_| ()).unwrap();
    let tagger = Tagger::new(Model::from_bytes(&trained.model.to_bytes().unwrap()).unwrap());
    let mut desk = Desk::new();
    tagger.begin(&mut desk);
    let unseen = sentences(60, 2);
    let found: Vec<_> = unseen
        .iter()
        .map(|m| tagger.spans(m.tokens.iter().map(|t| &**t), &mut desk))
        .collect();
    let scores = score_spans(&unseen, &found, true, 1);
    assert!(scores.combined.f1.value > 0.9, "{scores:?}");
    assert!(trained.report.folds.combined.f1.value > 0.9);

    let text = "We are a friendly team in the old town. Experience with Haskell is welcome.";
    let mut named = Vec::new();
    tagger.tag(text, &mut desk, &mut named);
    let words: Vec<_> = named
        .iter()
        .map(|t| (&text[t.start as usize..t.end as usize], t.layer))
        .collect();
    assert_eq!(words, [("Haskell", Layer::Knowledge)]);
    assert!(named[0].probability > 0.2 && named[0].probability <= 1.0001);
}

#[test]
fn the_same_data_and_seed_give_the_same_bytes_and_another_seed_others() {
    let bytes = |seed| {
        train_tagger(&data(), &plan(2), seed, |_| ())
            .unwrap()
            .model
            .to_bytes()
            .unwrap()
    };
    let first = bytes(5);
    assert_eq!(first, bytes(5));
    assert_ne!(first, bytes(6));
}

#[test]
fn what_was_read_before_does_not_change_what_is_found() {
    let trained = train_tagger(&data(), &plan(0), 3, |_| ()).unwrap();
    let tagger = Tagger::new(trained.model);
    let text = "You will operate systems in OCaml. Experience with Unheard-of is welcome.";
    let (mut fresh, mut used) = (Desk::new(), Desk::new());
    let (mut once, mut again) = (Vec::new(), Vec::new());
    tagger.tag(text, &mut fresh, &mut once);
    // More different words than a desk keeps.
    let many: String = (0..10_000).map(|i| format!("word{i}x ")).collect();
    tagger.tag(&many, &mut used, &mut again);
    again.clear();
    tagger.tag(text, &mut used, &mut again);
    assert_eq!(once, again);
    again.clear();
    tagger.tag("", &mut used, &mut again);
    assert!(again.is_empty());
}

#[test]
fn too_little_and_sets_of_one_layer_are_refused() {
    let mut one = data();
    one.marked[0].both_layers = false;
    for little in [TaggerData::default(), one] {
        assert!(matches!(
            train_tagger(&little, &plan(0), 1, |_| ()),
            Err(TrainError::TooFew { found: 0, .. })
        ));
    }
}

#[test]
fn a_model_that_was_cut_is_refused() {
    let bytes = train_tagger(&data(), &plan(0), 3, |_| ())
        .unwrap()
        .model
        .to_bytes()
        .unwrap();
    for cut in [0, 1, 10, bytes.len() / 2, bytes.len() - 1] {
        assert!(Model::from_bytes(&bytes[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn tokens_of_the_real_sets_cut_again_are_nearly_the_same() {
    let folder = std::env::var_os("METIER_DATA").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        std::path::PathBuf::from,
    );
    let file = folder.join("skills-benchmarks/skillspan/skillspan_house_train.conll");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("METIER_DATA not found at {}: not run", folder.display());
        return;
    };
    let set = read_spans(&text).unwrap();
    let (mut given, mut cut, mut spans, mut kept) = (0, 0, 0, 0);
    for sentence in &set.sentences {
        let recut = sentence.recut();
        given += sentence.tokens.len();
        cut += recut.tokens.len();
        spans += sentence.skill.len() + sentence.knowledge.len();
        kept += recut.skill.len() + recut.knowledge.len();
    }
    assert_eq!(spans, kept);
    assert!(
        cut * 100 < given * 103 && given * 100 < cut * 103,
        "{given} given, {cut} cut"
    );
}
