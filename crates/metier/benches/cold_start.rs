//! What a person waits for: one run of the binary on a journal of ten thousand entries, from the start of
//! the process to its end.
//!
//! `cargo bench -p metier --bench cold_start`

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up says so by panicking; its group is made by a macro"
)]

use std::path::Path;
use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::ToSpan;
use jiff::civil::date;

/// Sessions a competency; each is a piece of evidence and a claim.
const SESSIONS: i32 = 200;

/// Competencies with sessions: 25 times 200 times 2 is ten thousand entries.
const COMPETENCIES: usize = 25;

fn metier(home: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_metier"))
        .args(arguments)
        .env("METIER_HOME", home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// A career of ten thousand entries over eight years.
fn lived_in(home: &Path) {
    metier(
        home,
        &[
            "start",
            "--profession",
            "content-marketing",
            "--level",
            "senior",
            "--name",
            "Ada",
        ],
    );
    let framework: serde_json::Value =
        serde_json::from_str(&metier(home, &["framework", "show", "--json"])).unwrap();
    let competencies = framework["competencies"].as_array().unwrap();
    for (n, competency) in competencies.iter().take(COMPETENCIES).enumerate() {
        let mut table = "date,attempts,clean,note\n".to_owned();
        for session in 0..SESSIONS {
            let on = date(2018, 1, 1).saturating_add((session * 14).days());
            let clean = if session % 37 == 5 { 2 } else { 3 };
            table += &format!("{on},3,{clean},session {session} of thing {n}\n");
        }
        let file = home.with_file_name("sessions.csv");
        std::fs::write(&file, table).unwrap();
        let id = competency["id"].as_str().unwrap();
        let file = file.display().to_string();
        metier(home, &["attempt", id, "--csv", &file, "--step", "reliable"]);
    }
}

fn cold_start(bench: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    lived_in(&home);
    let mut group = bench.benchmark_group("cold_start_of_10000_entries");
    group.sample_size(30);
    for arguments in [
        ["standing"].as_slice(),
        &["standing", "publish-an-article"],
        &["next"],
        &["log", "--list"],
        &["--version"],
    ] {
        group.bench_function(arguments.join(" "), |b| b.iter(|| metier(&home, arguments)));
    }
    group.finish();
}

criterion_group!(benches, cold_start);
criterion_main!(benches);
