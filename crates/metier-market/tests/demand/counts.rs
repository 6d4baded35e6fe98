use jiff::civil::date;
use metier_market::count::{Counts, CountsError, DamagedDocument, KEPT, MergeError};
use metier_market::demand::{Asked, Demand, Rule, Stated};
use metier_market::posting::{Origin, Posting};
use proptest::prelude::*;

use crate::world::{Dice, counted, digest, posting};

const SAID: [&str; 6] = [
    "You run Kubernetes and k8s clusters. Ask jane@example.org!",
    "Project management; Postgres",
    "Golang with PostgreSQL",
    "We bake bread.\tAnd more\\less",
    "Before go live you test Kubernetes",
    "",
];

/// Postings of one file, by a seed.
fn postings(file: &str, seed: u64, count: u64) -> Vec<Posting> {
    let mut dice = Dice(seed);
    (1..=count)
        .map(|n| {
            let text = format!(
                "{} {}",
                SAID[dice.below(6) as usize],
                SAID[dice.below(6) as usize]
            );
            let text = format!("{text} Number {}.", dice.below(50));
            let day = (dice.below(4) > 0).then(|| date(2023, 1 + dice.below(12) as i8, 9));
            let code = ["2512.4", "5120", "15-1252.00", "baker"][dice.below(4) as usize];
            posting(file, n, day, Some(code), &text)
        })
        .collect()
}

fn merged(parts: &[&Counts]) -> Counts {
    let mut whole = Counts::new(parts[0].method());
    for part in parts {
        whole.merge(part).unwrap();
    }
    whole
}

#[test]
fn a_share_has_its_interval_its_sentences_and_its_caution() {
    let all = [
        posting(
            "a.txt",
            1,
            None,
            None,
            "We use Kubernetes. You lead k8s clusters; mail jo@example.org.",
        ),
        posting("a.txt", 2, None, None, "Bread. Nothing to go live with."),
        posting("a.txt", 3, None, None, "Write to jo@example.org about Kubernetes"),
    ];
    let counts = counted(&all, 1);
    let demand = Demand::of(&counts, &Asked::default(), Rule::USUAL).unwrap();
    assert_eq!(demand.rows.len(), 1, "an ambiguous name is no mention");
    let row = &demand.rows[0];
    assert_eq!(
        (row.label.as_str(), row.postings, demand.postings),
        ("Kubernetes", 2, 3)
    );
    assert!(
        (row.low - 0.2077).abs() < 1e-4 && (row.high - 0.9385).abs() < 1e-4,
        "{row:?}"
    );
    assert_eq!(demand.stated, Stated::Undated);
    assert!(demand.coverage.contains("white-collar"));
    let said: Vec<String> = counts
        .examples(row.concept)
        .iter()
        .map(|e| format!("{}|{}|{}", e.before, e.words, e.after))
        .collect();
    assert_eq!(said.len(), 2);
    assert!(said.contains(&"We use |Kubernetes|.".to_owned()), "{said:?}");
    assert!(
        said.contains(&"Write to [e-mail] about |Kubernetes|".to_owned()),
        "{said:?}"
    );
}

#[test]
fn a_file_counted_twice_is_refused_and_a_part_given_twice_is_one() {
    let (one, two) = (counted(&postings("a", 1, 9), 1), counted(&postings("b", 2, 9), 2));
    let mut both = merged(&[&one, &two]);
    let before = both.to_text();
    assert_eq!(
        both.merge(&one),
        Err(MergeError::CountedTwice { name: "a".into() })
    );
    assert_eq!(both.to_text(), before, "nothing was changed");
    let again = both.clone();
    both.merge(&again).unwrap();
    assert_eq!(both.to_text(), before);
    assert_eq!(both.merge(&Counts::new(7)), Err(MergeError::Method));
}

#[test]
fn a_damaged_file_of_counts_is_told_from_another_file() {
    let text = counted(&postings("a", 3, 20), 1).to_text();
    assert!(Counts::from_text(&text).is_ok());
    assert_eq!(Counts::from_text("label,share\n"), Err(CountsError::Other));
    assert_eq!(Counts::from_text(""), Err(CountsError::Other));
    assert_eq!(
        Counts::from_text(&text[..text.len() / 2]),
        Err(CountsError::Checksum)
    );
    assert_eq!(
        Counts::from_text(&text.replacen("2512", "2513", 1)),
        Err(CountsError::Checksum)
    );
}

#[test]
fn a_line_that_cannot_be_is_named() {
    let refused = |line: &str| {
        let body = format!("metier-counts 1\nmethod\t00\nslot\t-\t-\t3\n{line}\n");
        let sum: String = sha2::Digest::finalize(sha2::Digest::chain_update(
            <sha2::Sha256 as sha2::Digest>::new(),
            body.as_bytes(),
        ))
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
        match Counts::from_text(&format!("{body}end\t{sum}\n")) {
            Err(CountsError::Line { line: 4, what }) => what,
            other => panic!("{line}: {other:?}"),
        }
    };
    assert!(refused("in\t0\t0:4").contains("more postings"));
    assert!(refused("in\t0\t7:1").contains("no such slot"));
    assert!(refused("in\t0\t0:1\t0:1").contains("before"));
    assert!(refused("slot\t-\t-\t1").contains("before"));
    assert!(refused("slot\tbaker\t-\t1").contains("no group"));
    assert!(refused(&format!("slot\t-\t2020-01\t{}", u64::MAX)).contains("too large"));
    assert!(refused("sketch\t9\t0:1").contains("counter"));
    assert!(refused("perhaps\t1").contains("not known"));
    assert!(refused("").contains("not known"));
}

#[test]
fn names_without_their_counters_are_read_and_written_without_them() {
    let body = "metier-counts 1\nmethod\t00\nsource\t".to_owned()
        + &"0".repeat(64)
        + &format!("\t1\t{0}\t{0}\ta\nslot\t-\t-\t1\nnames\t5\n", u64::MAX);
    let sum: String = <sha2::Sha256 as sha2::Digest>::digest(body.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let mut counts = Counts::from_text(&format!("{body}end\t{sum}\n")).unwrap();
    assert!(!counts.to_text().contains("names"));
    counts.add_damaged(
        &digest(1),
        DamagedDocument {
            origin: Origin::default(),
            why: String::new(),
        },
    );
    assert_eq!((counts.reposts(), counts.unread()), (u64::MAX, u64::MAX));
}

#[test]
fn damaged_documents_are_counted_and_the_first_are_listed() {
    let mut counts = Counts::new(1);
    for document in (1..=1500).rev() {
        counts.add_damaged(
            &digest(1),
            DamagedDocument {
                origin: Origin {
                    file: "a".into(),
                    document,
                },
                why: "it is cut off".into(),
            },
        );
    }
    let listed: Vec<u64> = counts.damaged().map(|d| d.origin.document).collect();
    assert_eq!(listed, (1..=1000).collect::<Vec<_>>());
    assert_eq!(counts.sources().map(|(_, s)| s.damaged).sum::<u64>(), 1500);
}

#[test]
fn a_profession_with_few_postings_is_drawn_towards_all() {
    let mut all = Vec::new();
    for group in 0..30_u64 {
        let (of, asking) = if group == 0 { (4, 4) } else { (200, 20 + group % 7) };
        for n in 0..of {
            let text = if n < asking { "Kubernetes" } else { "bread" };
            let code = format!("{}", 1000 + group);
            all.push(posting("a", all.len() as u64 + 1, None, Some(&code), text));
        }
    }
    let counts = counted(&all, 1);
    let asked = Asked {
        profession: Some("1000".into()),
        month: None,
    };
    let row = &Demand::of(&counts, &asked, Rule::USUAL).unwrap().rows[0];
    let drawn = row.drawn.unwrap();
    assert!((row.share - 1.0).abs() < 1e-12);
    assert!(drawn.share < 0.7 && drawn.share > 0.11, "{drawn:?}");
    assert_eq!((drawn.professions, drawn.interval), (30, None));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn parts_merge_to_the_whole_in_any_order_and_grouping(
        seeds in proptest::collection::vec((any::<u64>(), 0..40_u64), 2..6),
        shift in 0..6_usize,
    ) {
        let parts: Vec<(u64, Vec<Posting>)> = seeds
            .iter()
            .zip(1..)
            .map(|(&(seed, count), n)| (n, postings(&format!("part-{n}"), seed, count)))
            .collect();
        let counts: Vec<Counts> = parts.iter().map(|(n, p)| counted(p, *n)).collect();
        // The whole: one run over everything, the last part first.
        let concepts = crate::world::concepts();
        let detector = metier_market::detect::Detector::new(&concepts);
        let free = metier_market::count::Thresholds::new(concepts.len());
        let mut whole = Counts::new(detector.method());
        for (n, postings) in parts.iter().rev() {
            for posting in postings {
                whole.add(&digest(*n), metier_market::count::read(&detector, posting, &free));
            }
        }
        whole.name(&concepts);
        let mut order: Vec<&Counts> = counts.iter().collect();
        let shift = shift % order.len();
        order.rotate_left(shift);
        prop_assert_eq!(merged(&order).to_text(), whole.to_text());
        let (left, right) = order.split_at(1 + shift % (order.len() - 1));
        let grouped = merged(&[&merged(left), &merged(right)]);
        prop_assert_eq!(grouped.to_text(), whole.to_text());
        prop_assert!(whole.concepts().all(|(id, _)| whole.examples(id).len() <= KEPT));
        let again = Counts::from_text(&whole.to_text()).unwrap();
        prop_assert_eq!(again.to_text(), whole.to_text());
    }

    #[test]
    fn no_text_makes_the_reader_of_counts_fail_otherwise_than_by_an_error(text in "(metier-counts 1\n)?(slot|in|say|end|name|sketch)?\\PC{0,80}") {
        let _ = Counts::from_text(&text);
    }
}
