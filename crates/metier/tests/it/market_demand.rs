//! `metier market`: postings read, counted, merged and shown, by the real program.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::binary::{Home, Said};

const SAID: [&str; 5] = [
    "You publish an article to house standard every week.",
    "Nothing is asked for here but kindness; write to jobs@example.org today.",
    "A team that bakes bread at night looks for you.",
    "Whoever likes to brief a freelancer is welcome.",
    "We keep bees on the roof and count them.",
];

/// Postings as JSON Lines; three of ten are the one before with a word changed.
fn lines(seed: usize, count: usize, dated: bool) -> String {
    (0..count)
        .map(|n| {
            let number = seed * 10_000 + if n % 10 < 3 { n / 10 * 10 } else { n };
            let filler: String = (0..40)
                .map(|k| format!("w{} ", (number * 31 + k * 17) % 977))
                .collect();
            let text = format!(
                "{} Office {n}. {filler} {}",
                SAID[number % 5],
                SAID[number / 5 % 5]
            );
            let code = ["2431", "1222.2"][number % 2];
            let mut posting = json!({"id": n, "text": text, "occupation": code});
            if dated {
                posting["date"] = json!(format!("20{}-{:02}-03", 21 + n % 3, 1 + n % 12));
            }
            format!("{posting}\n")
        })
        .collect()
}

/// A home whose own framework has the names that the postings use.
fn home() -> Home {
    let home = Home::of_ada();
    let names = home.json(&["framework", "show"]).to_string();
    assert!(names.contains("Publish an article to house standard"), "{names}");
    home
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn ingested_postings_give_shares_with_intervals_sentences_and_no_trend_without_dates() {
    let home = home();
    let file = home.file("a.jsonl", lines(1, 200, false));
    let said = home.ok(&["market", "ingest", &file]);
    assert!(said.contains("reposts left out"), "{said}");
    let demand = home.json(&["market", "demand"]);
    assert_eq!(demand["stated"]["answer"], "undated");
    assert_eq!(demand["interval"], "Wilson");
    assert!(demand["coverage"].as_str().unwrap().contains("white-collar"));
    let row = &demand["rows"][0];
    assert_eq!(row["label"], "Publish an article to house standard");
    let number = |name: &str| row[name].as_f64().unwrap();
    assert!(0.0 < number("low") && number("low") < number("share") && number("share") < number("high"));
    assert_eq!(row["trend"]["answer"], "not_stated");
    let asked: Vec<&Value> = demand["joined"]["asked_not_shown"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    assert_eq!(asked[0]["name"], "Publish an article to house standard");
    let text = home.ok(&["market", "demand"]);
    assert!(text.contains("no trend can be stated"), "{text}");
    let counts = String::from_utf8(read(&home.path().join("market/demand.counts"))).unwrap();
    assert!(
        !counts.contains("jobs@example.org"),
        "addresses are taken out of what is kept"
    );
    // Another selection, and a table.
    let of_one = home.json(&["market", "demand", "--profession", "24"]);
    assert!(of_one["postings"].as_u64().unwrap() < demand["postings"].as_u64().unwrap());
    let csv = home.beside("out.csv");
    home.ok(&["market", "demand", "--csv", csv.to_str().unwrap()]);
    let table = String::from_utf8(read(&csv)).unwrap();
    assert!(
        table.lines().nth(1).unwrap().contains("white-collar"),
        "the caution goes along"
    );
    home.fails(&["market", "demand", "--csv", csv.to_str().unwrap()]);
}

#[test]
fn counts_of_four_parts_are_those_of_the_whole_to_the_byte() {
    let home = home();
    let parts: Vec<String> = (0..4)
        .map(|n| home.file(&format!("part-{n}.jsonl"), lines(n, 90 + n, n % 2 == 0)))
        .collect();
    let whole: Vec<&str> = ["market", "count"]
        .into_iter()
        .chain(parts.iter().map(String::as_str))
        .collect();
    let whole = home.ok(&whole);
    let counts: Vec<String> = parts
        .iter()
        .enumerate()
        .rev()
        .map(|(n, part)| home.file(&format!("{n}.counts"), home.ok(&["market", "count", part])))
        .collect();
    let merge: Vec<&str> = ["market", "merge"]
        .into_iter()
        .chain(counts.iter().map(String::as_str))
        .collect();
    assert_eq!(home.ok(&merge), whole);
    // A part given twice is one part; one that overlaps is refused by the file's name.
    let (first, second) = (counts[0].as_str(), counts[1].as_str());
    assert_eq!(
        home.ok(&["market", "merge", first, first]),
        home.ok(&["market", "merge", first])
    );
    let two = home.file("two.counts", home.ok(&["market", "merge", first, second]));
    let said = home.fails(&["market", "merge", &two, first]);
    assert!(
        said.contains("part-3.jsonl") && said.contains("count twice"),
        "{said}"
    );
    // The same contents under another name count once, and that is said.
    let again = home.file("again.jsonl", lines(0, 90, true));
    let run = home.run(&["market", "count", &parts[0], &again]);
    assert_eq!(run.out, home.ok(&["market", "count", &parts[0]]));
    assert!(run.err.contains("same contents"), "{}", run.err);
    let cut = home.file("cut.counts", &whole[..whole.len() / 2]);
    assert!(
        home.fails(&["market", "merge", &cut])
            .contains("damaged or cut off")
    );
}

#[test]
fn what_cannot_be_read_is_counted_and_listed_and_stops_nothing() {
    let home = home();
    let mut bytes = lines(1, 20, true).into_bytes();
    bytes.extend_from_slice(b"{\"text\": \"cut off\n\n[1,2]\n{\"other\": \"no text\"}\n\xff\xfe\x81\n");
    bytes.extend_from_slice(format!("{{\"text\": \"{}\"}}\n", "x".repeat(17 << 20)).as_bytes());
    bytes.extend_from_slice(lines(2, 20, true).as_bytes());
    let file = home.file("a.jsonl", bytes);
    let said = home.ok(&["market", "ingest", &file, "--no-dedup", "--damaged"]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("40 postings") && said.contains("Five documents could not be read"),
        "{said}"
    );
    assert!(
        said.contains("16 MiB") && said.contains("holds the text"),
        "{said}"
    );
    assert!(
        home.fails(&["market", "ingest", "not-there.jsonl"])
            .contains("not-there.jsonl")
    );
    assert!(
        home.fails(&["market", "ingest", &file, "--columns", "body=text"])
            .contains("names no column")
    );
    let demand = home.json(&["market", "demand"]);
    assert_eq!(
        (&demand["postings"], &demand["damaged"]),
        (&json!(40), &json!(5)),
        "what was there stays"
    );
    let said = home.ok(&["market", "ingest", &file, "--no-dedup", "--anew"]);
    assert!(said.contains("and two more: --damaged lists them"), "{said}");
    let table = home.file("t.csv", "a,b\n1,2\n");
    let said = home.ok(&["market", "ingest", &table, "--anew"]);
    assert!(
        said.starts_with("No posting was found in one file.\nOne document"),
        "{said}"
    );
    assert!(
        !said.contains("repost") && !said.contains("market demand"),
        "{said}"
    );
    let said = home.fails(&["market", "merge", &home.file("no.counts", [0xff, 0x00])]);
    assert!(
        said.contains("holds no counts") && said.contains("market count"),
        "{said}"
    );
}

#[test]
fn lines_tables_pages_and_standard_input_are_counted_alike() {
    let lines = lines(3, 60, true);
    let postings: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let text = |posting: &Value, name: &str| posting[name].as_str().unwrap().to_owned();
    let home = home();
    let pages = home.beside("pages");
    std::fs::create_dir(&pages).unwrap();
    let mut table = String::from("posted on;code;what it says\n");
    for (n, posting) in postings.iter().enumerate() {
        let (date, code, said) = (
            text(posting, "date"),
            text(posting, "occupation"),
            text(posting, "text"),
        );
        table += &format!("{date};{code};\"{said}\"\n");
        let linked = json!({
            "@context": "https://schema.org", "@type": "JobPosting", "datePosted": date,
            "occupationalCategory": code, "description": said,
        });
        let page = format!(
            "<html><body><nav>Home</nav><script type=\"application/ld+json\">{linked}</script></body></html>"
        );
        std::fs::write(pages.join(format!("{n:02}.html")), page).unwrap();
    }
    std::fs::write(pages.join(".hidden"), "You publish an article to house standard.").unwrap();
    let shown = |home: &Home| {
        let demand = home.json(&["market", "demand"]);
        let rows = demand["rows"].as_array().unwrap();
        let row = |r: &Value| (r["label"].clone(), r["postings"].clone(), r["share"].clone());
        let rows: Vec<_> = rows.iter().map(row).collect();
        assert!(!rows.is_empty());
        (demand["postings"].clone(), demand["undated"].clone(), rows)
    };
    let file = home.file("a.jsonl", &lines);
    home.ok(&["market", "ingest", &file, "--no-dedup"]);
    let as_lines = shown(&home);
    let file = home.file("a.csv", table);
    let columns = "text=what it says,date=posted on,occupation=code";
    home.ok(&["market", "ingest", &file, "--no-dedup", "--columns", columns]);
    assert_eq!(shown(&home), as_lines);
    home.ok(&["market", "ingest", pages.to_str().unwrap(), "--no-dedup"]);
    assert_eq!(shown(&home), as_lines);
    let input = |arguments: &[&str]| {
        let file = std::fs::File::open(home.beside("a.jsonl")).unwrap();
        Said::of(&home.command(arguments).stdin(file).output().unwrap())
    };
    let said = input(&["market", "ingest", "-", "--no-dedup"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(shown(&home), as_lines);
    assert!(!home.path().join("market/unfinished").exists());
    let counted = input(&["market", "count", "-"]);
    assert_eq!(counted.status, 0, "{}", counted.err);
    let file = home.file("of-input.counts", counted.out);
    let merged = home.ok(&["market", "merge", &file]);
    assert_eq!(merged, home.ok(&["market", "merge", &file, &file]));
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "it waits for another process, and not for ever"
)]
fn killed_at_several_points_it_goes_on_and_counts_the_same() {
    let home = home();
    let folder = home.beside("postings");
    std::fs::create_dir(&folder).unwrap();
    for n in 0..14 {
        std::fs::write(folder.join(format!("{n:02}.jsonl")), lines(n, 300, true)).unwrap();
    }
    let from = folder.display().to_string();
    let arguments = ["market", "ingest", &from, "--save-after", "100"];
    let progress = home.path().join("market/unfinished/progress.json");
    let mut killed = 0;
    for (stage, postings) in [
        ("comparing", 300),
        ("comparing", 1500),
        ("counting", 300),
        ("counting", 2000),
    ] {
        let mut child = home.command(&arguments).spawn().unwrap();
        let begun = Instant::now();
        loop {
            let at: Value = std::fs::read(&progress)
                .ok()
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
                .unwrap_or_default();
            if at["stage"] == stage && at["postings"].as_u64() >= Some(postings) {
                child.kill().unwrap();
                child.wait().unwrap();
                killed += usize::from(progress.exists());
                break;
            }
            assert_eq!(
                child.try_wait().unwrap(),
                None,
                "it ended before {stage} {postings}"
            );
            assert!(begun.elapsed() < Duration::from_mins(2), "{at}");
            std::thread::yield_now();
        }
    }
    assert_eq!(killed, 4, "each of the four stopped in the middle");
    // Something else is not read into what was begun.
    let other = home.fails(&["market", "ingest", &from, "--no-dedup"]);
    assert!(other.contains("not finished"), "{other}");
    let said = Said::of(&home.command(&arguments).output().unwrap());
    assert!(
        said.out.contains("Went on where it was stopped"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(!home.path().join("market/unfinished").exists());
    let other = self::home();
    other.ok(&["market", "ingest", &from]);
    for file in ["market/demand.counts", "market/reposts.csv"] {
        assert!(
            read(&home.path().join(file)) == read(&other.path().join(file)),
            "{file}"
        );
    }
}

#[test]
fn the_sample_of_real_postings_gives_shares_with_intervals_and_no_trend() {
    let data = std::env::var_os("METIER_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        Into::into,
    );
    let sample = data.join("postings/sample_4000.jsonl.gz");
    if !sample.exists() {
        eprintln!("{} is not there: nothing was tried", sample.display());
        return;
    }
    let home = Home::empty();
    home.ok(&["start", "--profession", "software-engineering", "--name", "Ada"]);
    for publication in ["onet/db_29_2_text.zip", "esco/esco_1.2.0_en_csv.zip"] {
        home.ok(&["catalog", "import", data.join(publication).to_str().unwrap()]);
    }
    home.ok(&["market", "ingest", sample.to_str().unwrap(), "--no-dedup"]);
    let demand = home.json(&["market", "demand"]);
    assert_eq!(
        (&demand["postings"], &demand["undated"]),
        (&json!(4000), &json!(4000))
    );
    assert_eq!(demand["stated"]["answer"], "undated");
    let rows = demand["rows"].as_array().unwrap();
    assert!(rows.len() > 100, "{}", rows.len());
    let of = |scheme: &str| rows.iter().any(|row| row["scheme"] == scheme);
    assert!(of("Esco") && of("OnetTechnology"), "both lists are looked for");
    for row in rows {
        let number = |name: &str| row[name].as_f64().unwrap();
        assert!(number("low") <= number("share") && number("share") <= number("high"));
    }
}
